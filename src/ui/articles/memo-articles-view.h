#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* The list of articles beside the reader. (transfer floating) */
GtkWidget *memo_articles_view_new (MemoSession *session);

G_END_DECLS
