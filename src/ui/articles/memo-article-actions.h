#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* What can be done with an article from its menu; each is one change with Undo. @article need not be whole. */
void memo_article_trash (MemoSession *session, MemoRecord *article);
/* Asks for the other article; both share one work then. */
void memo_article_attach (GtkWidget *parent, MemoSession *session, MemoRecord *article);
/* The file it came from, as it was, in the program that shows such files. */
void memo_article_open_original (GtkWidget *parent, MemoSession *session, MemoRecord *article);
/* The web address, to be copied or opened. */
void memo_article_show_address (GtkWidget *parent, MemoSession *session, MemoRecord *article);

G_END_DECLS
