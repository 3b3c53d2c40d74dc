#pragma once

#include "memo-reader-buffer.h"
#include "ui/memo-session.h"

G_BEGIN_DECLS

/* What a mark in the text refers to: the footnote's words, the cited article when it is in the library, its address. */
void memo_reader_footnote_present (GtkWidget *parent,
                                   const GdkRectangle *at,
                                   MemoSession *session,
                                   MemoReaderBuffer *buffer,
                                   const char *label);
/* A popover of its own life: shown once, gone when closed. */
void memo_reader_popover_present (GtkWidget *parent, const GdkRectangle *at, GtkWidget *child);
/* Opens "article/UUID" in the reader and any other address in the browser, after asking nothing: the user clicked it. */
void memo_reader_follow (GtkWidget *parent, MemoSession *session, const char *target);

G_END_DECLS
