#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* The bottom row: the active filter as chips that can be taken off one by one, what it shows ("128 of 4,532 agreements"),
 * saving it under a name, choosing a saved one. */
#define MEMO_TYPE_CHIPS (memo_chips_get_type ())
G_DECLARE_FINAL_TYPE (MemoChips, memo_chips, MEMO, CHIPS, GtkWidget)

GtkWidget *memo_chips_new (MemoSession *session);
/* Asks for a name and saves the session's filter under it. */
void memo_chips_save_filter (GtkWidget *parent, MemoSession *session);

G_END_DECLS
