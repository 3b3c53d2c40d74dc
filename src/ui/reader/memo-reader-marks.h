#pragma once

#include "memo-reader-highlights.h"

G_BEGIN_DECLS

/* What is marked on the lines that can be seen, and how it looks: behind the words a colour; above them, for those who cannot tell
 * the colours apart, a line of its own kind for each, below that a bar in the colour of the mark underneath, and a frame around the
 * selected one. The cost follows what is seen. */

/* A part of one line of the screen. */
typedef struct
{
  GdkRectangle place; /* in the buffer's coordinates */
  guint color;
  int under; /* the colour of the mark below; -1: none */
} MemoReaderStrip;

/* Adds the strips of the text's [start, end) to @strips. */
void memo_reader_marks_collect (GtkTextView *view,
                                MemoReaderBuffer *buffer,
                                MemoReaderHighlights *highlights,
                                glong start,
                                glong end,
                                GArray *strips);
void memo_reader_marks_draw_fill (GArray *strips, gboolean dark, GtkSnapshot *snapshot);
void memo_reader_marks_draw_lines (GArray *strips, gboolean dark, GtkSnapshot *snapshot);
/* A frame around each line's part of the text's [start, end). */
void memo_reader_marks_draw_frame (GtkTextView *view,
                                   MemoReaderBuffer *buffer,
                                   glong start,
                                   glong end,
                                   const GdkRGBA *color,
                                   GtkSnapshot *snapshot);

G_END_DECLS
