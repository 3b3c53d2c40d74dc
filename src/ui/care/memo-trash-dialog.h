#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* What is in the trash of the session's library, with Restore, Delete Permanently and Empty; follows the library. The dialog is
 * returned (borrowed). */
GtkWidget *memo_trash_dialog_present (GtkWidget *parent, MemoSession *session);

G_END_DECLS
