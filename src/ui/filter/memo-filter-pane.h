#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* The left pane: words, facets with counts, years, what lacks evidence. */
#define MEMO_TYPE_FILTER_PANE (memo_filter_pane_get_type ())
G_DECLARE_FINAL_TYPE (MemoFilterPane, memo_filter_pane, MEMO, FILTER_PANE, GtkWidget)

GtkWidget *memo_filter_pane_new (MemoSession *session);

G_END_DECLS
