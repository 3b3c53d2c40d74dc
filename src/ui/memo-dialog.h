#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A modal AdwWindow around @content: title, Escape closes. With @accept (a label; nullable) it has Cancel and that button
 * as default; connect to @ret_accept's "clicked" (nullable). Not yet presented. (transfer none) */
GtkWidget *
memo_dialog_new (GtkWidget *parent, const char *title, GtkWidget *content, const char *accept, GtkWidget **ret_accept);

/* A row of @group (an AdwPreferencesGroup) with @title above @widget, for what is too large for a row of its own kind. */
void memo_dialog_add_labelled (GtkWidget *group, const char *title, GtkWidget *widget);

/* Tooltip and accessible name of an icon-only button, in one. */
void memo_dialog_name (GtkWidget *widget, const char *name);

/* @menu (transfer none) for @button (a GtkMenuButton), whose widgets are made when it is opened for the first time. */
void memo_dialog_add_menu (GtkWidget *button, GMenuModel *menu);

G_END_DECLS
