#pragma once

#include "memo-session.h"

G_BEGIN_DECLS

/* What was done, newest first; choosing an entry undoes it with all that came after it. */
GtkWidget *memo_history_popover_new (MemoSession *session);

G_END_DECLS
