#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* Search over everything as one types: a window over @parent's with results grouped by kind, hits in bold. Enter opens the
 * passage or shows the record. */
void memo_search_present (GtkWidget *parent, MemoSession *session);

G_END_DECLS
