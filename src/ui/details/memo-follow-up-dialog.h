#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* A further step in an agreement's status history: status, date, comment. */
void memo_follow_up_dialog_present (GtkWidget *parent, MemoSession *session, MemoRecord *agreement);

G_END_DECLS
