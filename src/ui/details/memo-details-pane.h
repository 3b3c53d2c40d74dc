#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* The right pane: the record that the session shows. Fields, evidence, follow-ups, related records, and what can be done. */
#define MEMO_TYPE_DETAILS_PANE (memo_details_pane_get_type ())
G_DECLARE_FINAL_TYPE (MemoDetailsPane, memo_details_pane, MEMO, DETAILS_PANE, GtkWidget)

GtkWidget *memo_details_pane_new (MemoSession *session);

G_END_DECLS
