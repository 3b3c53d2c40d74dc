#pragma once

#include <gtk/gtk.h>

#include "memo-saver.h"

G_BEGIN_DECLS

/* Says which words could not be saved and why, and what can be done; takes no room while all is well. (transfer floating) */
#define MEMO_TYPE_SAVER_BAR (memo_saver_bar_get_type ())
G_DECLARE_FINAL_TYPE (MemoSaverBar, memo_saver_bar, MEMO, SAVER_BAR, GtkWidget)

GtkWidget *memo_saver_bar_new (MemoSaver *saver);

G_END_DECLS
