#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* One facet in the filter pane: its values with counts, most first; sectors as a tree. A click takes a value into the
 * filter or off it; the words “any”, “all” and “not” in the header say how the next ones combine; a secondary click offers all
 * choices. Hidden while there is no value. */
#define MEMO_TYPE_FILTER_LIST (memo_filter_list_get_type ())
G_DECLARE_FINAL_TYPE (MemoFilterList, memo_filter_list, MEMO, FILTER_LIST, GtkWidget)

GtkWidget *memo_filter_list_new (MemoSession *session, MemoFacet facet);

/* What a person calls a facet's value. (transfer full) */
char *memo_filter_value_name (MemoIndex *index, MemoFacet facet, const char *value);

G_END_DECLS
