#pragma once

#include "memo-window.h"

G_BEGIN_DECLS

/* Renders every view, light and dark, to DIRECTORY/VIEW-LANGUAGE[-dark].png, then closes the window: for the pictures of
 * the store page and for looking at changes. */
void memo_screenshot_run (MemoWindow *window, const char *directory);

G_END_DECLS
