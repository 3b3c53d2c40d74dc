#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the pages of the details pane are built of. */

/* A page's column. (transfer floating) */
GtkWidget *memo_details_content_new (void);
/* A label that wraps, at the end of @box; @css nullable. */
GtkWidget *memo_details_add_label (GtkWidget *box, const char *text, const char *css);
/* The head of a page: @title, and below it @detail with room for buttons behind it, which is returned. */
GtkWidget *memo_details_add_head (GtkWidget *content, const char *title, const char *detail);
/* A flat button with an icon, at the end of @box. */
GtkWidget *memo_details_add_button (GtkWidget *box, const char *icon, const char *name);
/* @section is seen from now on, under @title; @detail (nullable): a number or words. */
void memo_details_open_section (GtkWidget *section, const char *title, const char *detail);

G_END_DECLS
