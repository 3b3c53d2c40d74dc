#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* The table of agreements. (transfer floating) */
GtkWidget *memo_register_view_new (MemoSession *session);

G_END_DECLS
