#pragma once

#include "memo-reader-buffer.h"

G_BEGIN_DECLS

/* A button whose popover lists the headings; choosing one goes there. Insensitive without headings. (transfer floating) */
GtkWidget *memo_reader_outline_new (void);
typedef void (*MemoOutlineFunc) (glong offset, gpointer user_data);
/* @go: called with an offset of the text. @buffer nullable. */
void memo_reader_outline_set (GtkWidget *outline, MemoReaderBuffer *buffer, MemoOutlineFunc go, gpointer user_data);

G_END_DECLS
