#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Menus of the register's rows; their actions are in the group "register" of memo-register-view.c. */

/* What can be done with the selected rows. (transfer full) */
GMenuModel *memo_register_menu_new (void);
/* The statuses that the agreement with row id @id can be given. (transfer full) */
GMenuModel *memo_register_menu_new_statuses (gint64 id);

G_END_DECLS
