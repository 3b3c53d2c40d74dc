#pragma once

#include "memo-session.h"
#include "memo-work-bar.h"

G_BEGIN_DECLS

/* What to export, in which form, in which language; then where to. Progress is shown in @work_bar. */
void memo_export_dialog_present (GtkWidget *parent, MemoSession *session, MemoWorkBar *work_bar);

G_END_DECLS
