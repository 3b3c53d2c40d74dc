#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Menus of the register's rows; their actions are in the group "register" of memo-register-view.c. */

/* What can be done with the selected rows. (transfer full) */
GMenuModel *memo_register_menu_new (void);
/* The statuses that the agreement with row id @id can be given. (transfer full) */
GMenuModel *memo_register_menu_new_statuses (gint64 id);
/* A popover with @model (nullable), a child of @parent, which unparents it. */
GtkWidget *memo_register_menu_add (GtkWidget *parent, GMenuModel *model);
/* Pops up @menu, that memo_register_menu_add() made, at a place in @widget. */
void memo_register_menu_popup (GtkWidget *menu, GtkWidget *widget, double x, double y);

G_END_DECLS
