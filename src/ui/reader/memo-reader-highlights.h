#pragma once

#include "memo-reader-buffer.h"

G_BEGIN_DECLS

/* The annotations of the article in a buffer, by place. The text view draws them where they are seen (memo-reader-marks.h): tags
 * would cost layout for each of them. Only where the cursor is do they stand in the buffer too, as tags with a background, for
 * assistive technology; no foreground: GTK 4.8 crashes on that when a screen reader asks. Signal "changed" after any change. */
#define MEMO_TYPE_READER_HIGHLIGHTS (memo_reader_highlights_get_type ())
G_DECLARE_FINAL_TYPE (MemoReaderHighlights, memo_reader_highlights, MEMO, READER_HIGHLIGHTS, GObject)

typedef struct
{
  MemoRecord *record;
  glong start, end; /* code points of the text; both -1 for an orphan */
  guint color;
} MemoHighlight;

/* A part of the text under the same marks. */
typedef struct
{
  glong start, end;
  const MemoHighlight *top;   /* the one that began last */
  const MemoHighlight *under; /* the next one below; NULL: none */
} MemoHighlightRun;

#define MEMO_N_COLORS 5
extern const char *const memo_reader_colors[MEMO_N_COLORS + 1];
/* yellow when unknown or NULL */
guint memo_reader_color_find (const char *name);
/* Behind the words. */
void memo_reader_color_get_fill (guint color, gboolean dark, GdkRGBA *ret_rgba);
/* Of the line and of a card's edge. */
void memo_reader_color_get_strong (guint color, gboolean dark, GdkRGBA *ret_rgba);

/* (transfer full) */
MemoReaderHighlights *memo_reader_highlights_new (MemoReaderBuffer *buffer);
void memo_reader_highlights_set_dark (MemoReaderHighlights *self, gboolean dark);
/* All annotations at once. */
void memo_reader_highlights_set_records (MemoReaderHighlights *self, GPtrArray *annotations);
/* One came, changed or went (@record NULL or in the trash). */
void memo_reader_highlights_update (MemoReaderHighlights *self, gint64 id, MemoRecord *record);

/* By start, the longer first; orphans at the end. Borrowed. */
guint memo_reader_highlights_get_n (MemoReaderHighlights *self);
const MemoHighlight *memo_reader_highlights_get (MemoReaderHighlights *self, guint position);
/* First position whose start is not before @offset. */
guint memo_reader_highlights_seek (MemoReaderHighlights *self, glong offset);
/* The innermost at @offset; NULL when there is none. */
const MemoHighlight *memo_reader_highlights_get_at (MemoReaderHighlights *self, glong offset);
const MemoHighlight *memo_reader_highlights_get_by_uuid (MemoReaderHighlights *self, const char *uuid);

typedef void (*MemoHighlightFunc) (const MemoHighlight *highlight, gpointer user_data);
/* Those that share a character with [start, end), by start. */
void memo_reader_highlights_foreach (MemoReaderHighlights *self,
                                     glong start,
                                     glong end,
                                     MemoHighlightFunc func,
                                     gpointer user_data);

typedef void (*MemoHighlightRunFunc) (const MemoHighlightRun *run, gpointer user_data);
/* The marked parts of [start, end), in order. */
void memo_reader_highlights_foreach_run (MemoReaderHighlights *self,
                                         glong start,
                                         glong end,
                                         MemoHighlightRunFunc func,
                                         gpointer user_data);
/* The marks in [start, end), where the cursor is, are attributes of the text; those of before no longer. */
void memo_reader_highlights_tell (MemoReaderHighlights *self, glong start, glong end);

G_END_DECLS
