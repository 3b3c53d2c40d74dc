#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The small bar below a selection: the five colours, comment, tag, sector, agreement, copy, each with its key. It only activates
 * the actions of the reader around it. (transfer floating) */
GtkWidget *memo_reader_bar_new (void);

G_END_DECLS
