#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* Which agreements have sources that contradict each other: looked up one by one as rows are shown, and remembered until the
 * library changes. Signal "found": one more is known to have a conflict. */
#define MEMO_TYPE_REGISTER_CONFLICTS (memo_register_conflicts_get_type ())
G_DECLARE_FINAL_TYPE (MemoRegisterConflicts, memo_register_conflicts, MEMO, REGISTER_CONFLICTS, GObject)

MemoRegisterConflicts *memo_register_conflicts_new (void);
void memo_register_conflicts_set_library (MemoRegisterConflicts *self, MemoLibrary *library); /* nullable */
/* What is known now; FALSE starts looking. */
gboolean memo_register_conflicts_has (MemoRegisterConflicts *self, gint64 agreement);

G_END_DECLS
