#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* Search over everything as one types: a window over @parent's with results grouped by kind or all best first, hits in bold. Enter
 * opens the passage, shows the record, or filters by the sector. Before anything is typed it offers the field words. */
void memo_search_present (GtkWidget *parent, MemoSession *session);

G_END_DECLS
