#pragma once

#include "memo-reader-highlights.h"

G_BEGIN_DECLS

/* The text view of the reader: draws the summary's box and the marks, for what is visible alone. */
#define MEMO_TYPE_READER_TEXT (memo_reader_text_get_type ())
G_DECLARE_FINAL_TYPE (MemoReaderText, memo_reader_text, MEMO, READER_TEXT, GtkTextView)

/* (transfer floating) */
MemoReaderText *memo_reader_text_new (void);
void memo_reader_text_set (MemoReaderText *self, MemoReaderBuffer *buffer, MemoReaderHighlights *highlights);
void memo_reader_text_set_dark (MemoReaderText *self, gboolean dark);
/* Frames this annotation; NULL: none. */
void memo_reader_text_set_selected (MemoReaderText *self, const char *uuid);
/* Offsets of the article's text that can be seen, in the summary or in the body; FALSE when none. */
gboolean memo_reader_text_get_visible (MemoReaderText *self, gboolean summary, glong *ret_start, glong *ret_end);
/* Rectangle, in the widget's coordinates, of the text's [start, end): its first line's left to its last line's right. */
gboolean memo_reader_text_get_rectangle (MemoReaderText *self, glong start, glong end, GdkRectangle *ret_rectangle);

G_END_DECLS
