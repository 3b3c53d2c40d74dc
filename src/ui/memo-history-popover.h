#pragma once

#include "memo-session.h"
#include "memo-work-bar.h"

G_BEGIN_DECLS

/* What was done, newest first; choosing an entry undoes or redoes until it is the last that stands. */
GtkWidget *memo_history_popover_new (MemoSession *session, MemoWorkBar *work_bar);

G_END_DECLS
