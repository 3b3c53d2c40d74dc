#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* A date as registers and articles give it: EDTF (ISO 8601-2) level 1, never coerced. Immutable, counted references,
 * safe in any thread. Days are counted from 1970-01-01 in the proleptic Gregorian calendar. */
typedef struct _MemoDate MemoDate;

#define MEMO_TYPE_DATE (memo_date_get_type ())
GType memo_date_get_type (void);

#define MEMO_DATE_OPEN_START G_MININT32 /* "../2008": no earliest day */
#define MEMO_DATE_OPEN_END G_MAXINT32   /* "2019/..": no latest day */

typedef enum
{
  MEMO_PRECISION_DAY,
  MEMO_PRECISION_MONTH,
  MEMO_PRECISION_YEAR,
  MEMO_PRECISION_DECADE,
  MEMO_PRECISION_CENTURY,
  MEMO_PRECISION_INTERVAL
} MemoPrecision;

typedef enum
{
  MEMO_DATE_STYLE_LONG, /* 28 November 2025; 28 ноября 2025; ноябрь 2025 */
  MEMO_DATE_STYLE_SHORT /* 28 Nov 2025 */
} MemoDateStyle;

/* Reads @text as EDTF: 2008, 2025-11, 2025-11-28, 1897-05-15?, 1984~, 2004%, 198X, 19XX, 2019/.., ../2008,
 * 2008/2012, 2025-21 (spring), 2025-33 (first quarter), 2025-40 (first half), 2004-XX, Y-170000; also with the
 * written form behind it in brackets as memo_date_to_string() makes it. MEMO_ERROR_INVALID otherwise (also for
 * 2025-02-30). Returns: (transfer full) */
MemoDate *memo_date_new (const char *text, GError **error);

/* Reads a date as people write it in English, Turkish or Russian (language "en", "tr", "ru" or NULL for any), or EDTF:
 * "28 November 2025", "Nov. 28, 2025", "28 Kasım 2025", "28 ноября 2025 г.", "ноябрь 2025", "28.11.2025", "since 2019",
 * "2019'dan beri", "с 2019 года", "over the past twenty years", "this Friday", "today", "dün", "вчера".
 * Relative words resolve against @reference (nullable: they fail then). A date without a year takes none: it fails with
 * MEMO_ERROR_INVALID, whatever @reference is. The written form is kept. Returns: (transfer full) */
MemoDate *memo_date_parse (const char *text, const char *language, const MemoDate *reference, GError **error);

/* The day @day (days since 1970-01-01) with day precision. Returns: (transfer full) */
MemoDate *memo_date_new_day (gint32 day);

MemoDate *memo_date_ref (MemoDate *self);
void memo_date_unref (MemoDate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoDate, memo_date_unref)

const char *memo_date_get_edtf (const MemoDate *self);
/* As it was written, or NULL when that was the EDTF itself. */
const char *memo_date_get_written (const MemoDate *self);
/* For storage: "2025-11-28" or "2025-11-28 (28 Kasım 2025)"; memo_date_new() reads it. Returns: (transfer full) */
char *memo_date_to_string (const MemoDate *self);

/* First and last day the date may stand for, or MEMO_DATE_OPEN_START / MEMO_DATE_OPEN_END. */
gint32 memo_date_get_first (const MemoDate *self);
gint32 memo_date_get_last (const MemoDate *self);
MemoPrecision memo_date_get_precision (const MemoDate *self);
gboolean memo_date_is_uncertain (const MemoDate *self);   /* ? or % */
gboolean memo_date_is_approximate (const MemoDate *self); /* ~ or % */

int memo_date_compare (const MemoDate *a, const MemoDate *b);    /* by first day, then last; NULL last */
gboolean memo_date_equal (const MemoDate *a, const MemoDate *b); /* same EDTF; NULL equals NULL */
gboolean memo_date_overlaps (const MemoDate *a, const MemoDate *b);

/* In the grammar of @language (a code; others print as English). Returns: (transfer full) */
char *memo_date_format (const MemoDate *self, const char *language, MemoDateStyle style);

/* Calendar arithmetic for scales: years may be negative or above 9999. */
gint32 memo_day_from_ymd (int year, int month, int day);
void memo_day_to_ymd (gint32 day, int *year, int *month, int *mday);
/* Today by the local clock. */
gint32 memo_day_today (void);
/* "November", "Nov"; standalone form: "ноябрь". month 1..12. Returns: (transfer full) */
char *memo_month_name (int month, const char *language, gboolean abbreviated);

G_END_DECLS
