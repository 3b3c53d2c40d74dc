#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The short guide: what the program is for, in the order of a working day. */
void memo_help_present (GtkWidget *parent);

G_END_DECLS
