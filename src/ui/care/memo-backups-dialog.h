#pragma once

#include "ui/memo-window.h"

G_BEGIN_DECLS

/* The backups of the window's library: make one, save a copy, restore one. The dialog is returned (borrowed). */
GtkWidget *memo_backups_dialog_present (MemoWindow *window);

G_END_DECLS
