#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* One article, for reading and annotating. Property "title". Keys with a selection or with the cursor in a mark: H highlight,
 * 1 to 5 colours, N comment, T tags, S sectors, A agreement, C copy with citation, Delete. */
#define MEMO_TYPE_READER (memo_reader_get_type ())
G_DECLARE_FINAL_TYPE (MemoReader, memo_reader, MEMO, READER, GtkWidget)

/* (transfer floating) */
MemoReader *memo_reader_new (MemoSession *session);
/* Loads the article; then shows the passage [start, end), or the place where reading stopped when start is -1. */
void memo_reader_open (MemoReader *self, const char *uuid, glong start, glong end);
const char *memo_reader_get_uuid (MemoReader *self);    /* nullable: nothing is open */
MemoRecord *memo_reader_get_article (MemoReader *self); /* nullable: not loaded yet */
const char *memo_reader_get_title (MemoReader *self);
/* Remembers how far it was read. */
void memo_reader_keep_place (MemoReader *self);
void memo_reader_find (MemoReader *self);
/* For tests: the text view, how many annotations there are (orphans too), and the buffer's passage selected. */
GtkTextView *memo_reader_get_view (MemoReader *self);
guint memo_reader_get_n_annotations (MemoReader *self);
void memo_reader_select (MemoReader *self, glong start, glong end);

G_END_DECLS
