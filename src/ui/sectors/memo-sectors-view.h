#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* The tree and the matrix of sectors. (transfer floating) */
GtkWidget *memo_sectors_view_new (MemoSession *session);

G_END_DECLS
