#pragma once

#include "../memo-session.h"

G_BEGIN_DECLS

/* What merges have set aside of @record, folded; each value can be taken back. @earlier: of MemoEarlier. (transfer floating);
 * NULL when there is nothing to offer. */
GtkWidget *memo_earlier_values_new (MemoSession *session, MemoRecord *record, GPtrArray *earlier);

G_END_DECLS
