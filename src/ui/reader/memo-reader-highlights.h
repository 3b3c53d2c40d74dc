#pragma once

#include "memo-reader-buffer.h"

G_BEGIN_DECLS

/* The annotations of the article in a buffer as marks in its text. A colour is a background and, for those who cannot tell the
 * colours apart, a line of its own kind. No foreground colours: GTK 4.8 crashes on them when a screen reader asks.
 * Signal "changed" after any change. */
#define MEMO_TYPE_READER_HIGHLIGHTS (memo_reader_highlights_get_type ())
G_DECLARE_FINAL_TYPE (MemoReaderHighlights, memo_reader_highlights, MEMO, READER_HIGHLIGHTS, GObject)

typedef struct
{
  MemoRecord *record;
  glong start, end; /* code points of the text; both -1 for an orphan */
  guint color;
  gboolean over; /* begins within an earlier one */
} MemoHighlight;

#define MEMO_N_COLORS 5
extern const char *const memo_reader_colors[MEMO_N_COLORS + 1];
/* yellow when unknown or NULL */
guint memo_reader_color_find (const char *name);
/* Of the line and of a card's edge. */
void memo_reader_color_get_strong (guint color, gboolean dark, GdkRGBA *ret_rgba);

/* (transfer full) */
MemoReaderHighlights *memo_reader_highlights_new (MemoReaderBuffer *buffer);
void memo_reader_highlights_set_dark (MemoReaderHighlights *self, gboolean dark);
/* All annotations at once, in one pass. */
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

G_END_DECLS
