#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* The timeline. (transfer floating) */
GtkWidget *memo_timeline_view_new (MemoSession *session);

G_END_DECLS
