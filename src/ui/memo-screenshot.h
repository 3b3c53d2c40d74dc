#pragma once

#include "memo-window.h"

G_BEGIN_DECLS

/* Renders every view, light and dark, to DIRECTORY/VIEW-LANGUAGE[-dark].png, then closes the window: for the pictures of
 * the store page and for looking at changes. */
void memo_screenshot_run (MemoWindow *window, const char *directory);
/* What @widget shows now, at its size. */
gboolean memo_screenshot_save (GtkWidget *widget, const char *path, GError **error);

G_END_DECLS
