#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* The dialog for an event, a body or a party: @record NULL makes a new one of @kind. */
void memo_record_dialog_present (GtkWidget *parent, MemoSession *session, MemoKind kind, MemoRecord *record);
/* Kinds that the dialog knows. */
gboolean memo_record_dialog_can_edit (MemoKind kind);

G_END_DECLS
