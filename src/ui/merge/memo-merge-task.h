#pragma once

#include "../memo-session.h"
#include "../memo-work-bar.h"

G_BEGIN_DECLS

/* Asks for another library, shows what merging it would do, and merges it when the person wants that. Nothing when no
 * library is open. */
void memo_merge_task_start (GtkWidget *parent, MemoSession *session, MemoWorkBar *work_bar);
/* The same without asking for the file. */
void memo_merge_task_look (GtkWidget *parent, MemoSession *session, MemoWorkBar *work_bar, const char *path);

G_END_DECLS
