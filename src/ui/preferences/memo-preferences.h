#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Reading: size, width, spacing, theme; what language the interface speaks. Changes hold at once. */
void memo_preferences_present (GtkWidget *parent);

G_END_DECLS
