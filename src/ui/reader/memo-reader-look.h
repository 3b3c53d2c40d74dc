#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A button whose popover sets the size, width, spacing and colours of the text, for all readers. (transfer floating) */
GtkWidget *memo_reader_look_new (void);

/* Adds reader.css to the display, once. */
void memo_reader_add_style (void);

G_END_DECLS
