#pragma once

#include "memo-reader-margin.h"

G_BEGIN_DECLS

/* Lays out the column of text, the cards beside it and the bar below the selection. When it gets narrow the cards go. */
#define MEMO_TYPE_READER_PAGE (memo_reader_page_get_type ())
G_DECLARE_FINAL_TYPE (MemoReaderPage, memo_reader_page, MEMO, READER_PAGE, GtkWidget)

/* (transfer floating) */
MemoReaderPage *memo_reader_page_new (MemoSession *session);
MemoReaderText *memo_reader_page_get_text (MemoReaderPage *self);     /* borrowed */
MemoReaderMargin *memo_reader_page_get_margin (MemoReaderPage *self); /* borrowed */
/* Most pixels that a line may take. */
void memo_reader_page_set_column (MemoReaderPage *self, int pixels);
/* Shows the bar at the text's [start, end), or hides it: start -1. */
void memo_reader_page_set_bar (MemoReaderPage *self, glong start, glong end);

G_END_DECLS
