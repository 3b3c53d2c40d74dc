/* Extended Date/Time Format, ISO 8601-2:2019 annex A, level 1 (https://www.loc.gov/standards/datetime/), with the
 * quarters and halves of level 2, which registers use. */

#include "memo-date-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "memo-error.h"
#include "memo-text.h"

#define YEAR_MAX 5000000 /* so that days fit in 32 bits */

G_DEFINE_BOXED_TYPE (MemoDate, memo_date, memo_date_ref, memo_date_unref)

/* Groups of months in EDTF; seasons are those of the northern half, where this program's agreements are. */
static const struct
{
  int code;
  int month;
  int months;
} groups[] = {
  { 21, 3, 3 }, { 22, 6, 3 }, { 23, 9, 3 },  { 24, 12, 3 }, { 33, 1, 3 },
  { 34, 4, 3 }, { 35, 7, 3 }, { 36, 10, 3 }, { 40, 1, 6 },  { 41, 7, 6 },
};

static gboolean
is_leap (int year)
{
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int
memo_days_in_month (int year, int month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  if (month == 2 && is_leap (year))
    return 29;
  return days[month - 1];
}

/* Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"
 * (https://howardhinnant.github.io/date_algorithms.html). */
gint32
memo_day_from_ymd (int year, int month, int day)
{
  gint64 y = (gint64) year - (month <= 2);
  gint64 era = (y >= 0 ? y : y - 399) / 400;
  gint64 of_era = y - era * 400;
  gint64 of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void
memo_day_to_ymd (gint32 day, int *year, int *month, int *mday)
{
  gint64 z = (gint64) day + 719468;
  gint64 era = (z >= 0 ? z : z - 146096) / 146097;
  gint64 of_era = z - era * 146097;
  gint64 y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  gint64 of_year = of_era - (365 * y + y / 4 - y / 100);
  gint64 m = (5 * of_year + 2) / 153;

  if (mday != NULL)
    *mday = of_year - (153 * m + 2) / 5 + 1;
  m += m < 10 ? 3 : -9;
  if (month != NULL)
    *month = m;
  if (year != NULL)
    *year = y + era * 400 + (m <= 2);
}

gint32
memo_day_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  int year, month, day;

  g_date_time_get_ymd (now, &year, &month, &day);
  return memo_day_from_ymd (year, month, day);
}

static gboolean
parse_two (const char **p, int *value)
{
  if (!g_ascii_isdigit ((*p)[0]) || !g_ascii_isdigit ((*p)[1]))
    return FALSE;
  *value = ((*p)[0] - '0') * 10 + (*p)[1] - '0';
  *p += 2;
  return TRUE;
}

static gboolean
parse_unspecified (const char **p)
{
  if ((*p)[0] != 'X' || (*p)[1] != 'X')
    return FALSE;
  *p += 2;
  return TRUE;
}

static int
find_group (int code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    if (groups[i].code == code)
      return i;
  return -1;
}

/* "Y-170000" */
static gboolean
parse_long_year (const char **p, int *year)
{
  gboolean negative;
  gint64 value = 0;
  int digits = 0;

  (*p)++;
  negative = **p == '-';
  if (negative)
    (*p)++;
  for (; g_ascii_isdigit (**p); (*p)++, digits++)
    if (value <= YEAR_MAX)
      value = value * 10 + **p - '0';
  if (digits < 5 || value > YEAR_MAX)
    return FALSE;
  *year = negative ? -value : value;
  return TRUE;
}

/* Year, month and day as far as they go; *p is behind them afterwards. */
static gboolean
parse_calendar (const char **p, Edge *edge)
{
  gboolean negative = FALSE;
  int high, low, number;

  edge->precision = MEMO_PRECISION_YEAR;
  if (**p == 'Y')
    return parse_long_year (p, &edge->year);

  if (**p == '-')
    {
      negative = TRUE;
      (*p)++;
    }
  if (!parse_two (p, &high))
    return FALSE;
  if (parse_unspecified (p))
    {
      edge->precision = MEMO_PRECISION_CENTURY;
      edge->year = high * 100;
    }
  else if (g_ascii_isdigit ((*p)[0]) && (*p)[1] == 'X')
    {
      edge->precision = MEMO_PRECISION_DECADE;
      edge->year = high * 100 + ((*p)[0] - '0') * 10;
      *p += 2;
    }
  else if (parse_two (p, &low))
    edge->year = high * 100 + low;
  else
    return FALSE;
  if (negative)
    {
      if (edge->year == 0)
        return FALSE;
      edge->year = -edge->year;
    }

  if (**p != '-')
    return TRUE;
  if (edge->precision != MEMO_PRECISION_YEAR)
    return FALSE;
  (*p)++;
  if (parse_unspecified (p))
    {
      if (**p != '-')
        return TRUE;
      (*p)++;
      return parse_unspecified (p);
    }
  if (!parse_two (p, &number))
    return FALSE;
  edge->month = number;
  if (find_group (edge->month) >= 0)
    {
      edge->precision = MEMO_PRECISION_INTERVAL;
      return TRUE;
    }
  if (edge->month < 1 || edge->month > 12)
    return FALSE;
  edge->precision = MEMO_PRECISION_MONTH;
  if (**p != '-')
    return TRUE;
  (*p)++;
  if (parse_unspecified (p))
    return TRUE;
  if (!parse_two (p, &number))
    return FALSE;
  edge->day = number;
  edge->precision = MEMO_PRECISION_DAY;
  return edge->day >= 1 && edge->day <= memo_days_in_month (edge->year, edge->month);
}

static gboolean
parse_edge (const char *text, gboolean in_interval, Edge *edge)
{
  const char *p = text;

  memset (edge, 0, sizeof *edge);
  if (in_interval && (text[0] == '\0' || strcmp (text, "..") == 0))
    {
      edge->kind = text[0] == '\0' ? EDGE_UNKNOWN : EDGE_OPEN;
      return TRUE;
    }
  if (!parse_calendar (&p, edge))
    return FALSE;
  switch (*p)
    {
    case '?':
      edge->uncertain = TRUE;
      p++;
      break;
    case '~':
      edge->approximate = TRUE;
      p++;
      break;
    case '%':
      edge->uncertain = edge->approximate = TRUE;
      p++;
      break;
    default:
      break;
    }
  return *p == '\0';
}

static void
edge_bounds (const Edge *edge, gint32 *first, gint32 *last)
{
  int year = edge->year;
  int end_year = year;
  int month = 1;
  int end_month = 12;
  int group;

  switch (edge->precision)
    {
    case MEMO_PRECISION_DAY:
      *first = *last = memo_day_from_ymd (year, edge->month, edge->day);
      return;
    case MEMO_PRECISION_MONTH:
      month = end_month = edge->month;
      break;
    case MEMO_PRECISION_INTERVAL:
      group = find_group (edge->month);
      month = groups[group].month;
      end_month = month + groups[group].months - 1;
      if (end_month > 12)
        {
          end_month -= 12;
          end_year++;
        }
      break;
    case MEMO_PRECISION_DECADE:
      /* "-198X" is -1989 to -1980 */
      if (year < 0)
        year -= 9;
      else
        end_year += 9;
      break;
    case MEMO_PRECISION_CENTURY:
      if (year < 0)
        year -= 99;
      else
        end_year += 99;
      break;
    case MEMO_PRECISION_YEAR:
    default:
      break;
    }
  *first = memo_day_from_ymd (year, month, 1);
  *last = memo_day_from_ymd (end_year, end_month, memo_days_in_month (end_year, end_month));
}

/* Fills everything but the strings and the reference count. */
static gboolean
parse_edtf (const char *text, MemoDate *self)
{
  const char *slash = strchr (text, '/');
  gint32 ignored;

  if (slash == NULL)
    {
      if (!parse_edge (text, FALSE, &self->edges[0]))
        return FALSE;
      self->precision = self->edges[0].precision;
      edge_bounds (&self->edges[0], &self->first, &self->last);
    }
  else
    {
      g_autofree char *start = g_strndup (text, slash - text);

      if (!parse_edge (start, TRUE, &self->edges[0]) || !parse_edge (slash + 1, TRUE, &self->edges[1]) ||
          (self->edges[0].kind != EDGE_DATE && self->edges[1].kind != EDGE_DATE))
        return FALSE;
      self->interval = TRUE;
      self->precision = MEMO_PRECISION_INTERVAL;
      self->first = MEMO_DATE_OPEN_START;
      self->last = MEMO_DATE_OPEN_END;
      if (self->edges[0].kind == EDGE_DATE)
        edge_bounds (&self->edges[0], &self->first, &ignored);
      if (self->edges[1].kind == EDGE_DATE)
        edge_bounds (&self->edges[1], &ignored, &self->last);
      if (self->first > self->last)
        return FALSE;
    }
  self->uncertain = self->edges[0].uncertain || self->edges[1].uncertain;
  self->approximate = self->edges[0].approximate || self->edges[1].approximate;
  return TRUE;
}

MemoDate *
memo_date_new (const char *text, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text != NULL ? text : ""));
  const char *bracket = strstr (trimmed, " (");
  gsize length = strlen (trimmed);
  MemoDate parsed = { 0 };
  MemoDate *self;

  if (bracket != NULL && trimmed[length - 1] == ')')
    {
      parsed.written = g_strndup (bracket + 2, trimmed + length - 1 - (bracket + 2));
      parsed.edtf = g_strchomp (g_strndup (trimmed, bracket - trimmed));
    }
  else
    parsed.edtf = g_steal_pointer (&trimmed);

  if (!parse_edtf (parsed.edtf, &parsed))
    {
      g_free (parsed.edtf);
      g_free (parsed.written);
      /* Translators: %s is what was typed or found in a file. */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("“%s” is not a date."), text != NULL ? text : "");
      return NULL;
    }
  if (parsed.written != NULL && parsed.written[0] == '\0')
    g_clear_pointer (&parsed.written, g_free);

  self = g_new (MemoDate, 1);
  *self = parsed;
  g_atomic_ref_count_init (&self->references);
  return self;
}

MemoDate *
memo_date_new_day (gint32 day)
{
  g_autofree char *edtf = NULL;
  int year, month, mday;

  memo_day_to_ymd (day, &year, &month, &mday);
  /* EDTF gives longer years no days. */
  g_return_val_if_fail (year >= -9999 && year <= 9999, NULL);
  edtf = g_strdup_printf ("%s%04d-%02d-%02d", year < 0 ? "-" : "", ABS (year), month, mday);
  return memo_date_new (edtf, NULL);
}

MemoDate *
memo_date_ref (MemoDate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
memo_date_unref (MemoDate *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->edtf);
  g_free (self->written);
  g_free (self);
}

const char *
memo_date_get_edtf (const MemoDate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->edtf;
}

const char *
memo_date_get_written (const MemoDate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->written;
}

char *
memo_date_to_string (const MemoDate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->written == NULL)
    return g_strdup (self->edtf);
  return g_strdup_printf ("%s (%s)", self->edtf, self->written);
}

gint32
memo_date_get_first (const MemoDate *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->first;
}

gint32
memo_date_get_last (const MemoDate *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->last;
}

MemoPrecision
memo_date_get_precision (const MemoDate *self)
{
  g_return_val_if_fail (self != NULL, MEMO_PRECISION_DAY);

  return self->precision;
}

gboolean
memo_date_is_uncertain (const MemoDate *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->uncertain;
}

gboolean
memo_date_is_approximate (const MemoDate *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->approximate;
}

int
memo_date_compare (const MemoDate *a, const MemoDate *b)
{
  if (a == NULL || b == NULL)
    return (a == NULL) - (b == NULL);
  if (a->first != b->first)
    return a->first < b->first ? -1 : 1;
  if (a->last != b->last)
    return a->last < b->last ? -1 : 1;
  return 0;
}

gboolean
memo_date_equal (const MemoDate *a, const MemoDate *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return strcmp (a->edtf, b->edtf) == 0;
}

gboolean
memo_date_overlaps (const MemoDate *a, const MemoDate *b)
{
  if (a == NULL || b == NULL)
    return FALSE;
  return a->first <= b->last && b->first <= a->last;
}
