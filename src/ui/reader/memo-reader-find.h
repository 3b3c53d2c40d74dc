#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Find in the text of the reader: any case, any typographic variant, Turkish İ and ı alike. */
#define MEMO_TYPE_READER_FIND (memo_reader_find_get_type ())
G_DECLARE_FINAL_TYPE (MemoReaderFind, memo_reader_find, MEMO, READER_FIND, GtkWidget)

/* (transfer floating) */
MemoReaderFind *memo_reader_find_new (GtkTextView *view);
/* Opens the bar, with the selected words when they are on one line. */
void memo_reader_find_open (MemoReaderFind *self);
gboolean memo_reader_find_is_open (MemoReaderFind *self);
void memo_reader_find_close (MemoReaderFind *self);
/* The view has another buffer. */
void memo_reader_find_reset (MemoReaderFind *self);
/* Selects the match after (or before) the cursor, round the end. */
void memo_reader_find_step (MemoReaderFind *self, gboolean forward);
/* For tests. */
guint memo_reader_find_get_n (MemoReaderFind *self);
void memo_reader_find_set_words (MemoReaderFind *self, const char *words);

G_END_DECLS
