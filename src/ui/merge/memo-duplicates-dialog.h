#pragma once

#include "../memo-session.h"

G_BEGIN_DECLS

/* The list of records that may be the same; a row opens the two side by side. */
void memo_duplicates_dialog_present (GtkWidget *parent, MemoSession *session);

G_END_DECLS
