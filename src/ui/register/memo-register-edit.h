#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* What is done to agreements by their row ids (GArray of gint64), each as one change that can be undone. */
void memo_register_trash (MemoSession *session, GArray *ids);
void memo_register_set_status (MemoSession *session, GArray *ids, const char *status);
/* The dialog with all fields of one, or with what several can be given. */
void memo_register_edit (GtkWidget *parent, MemoSession *session, GArray *ids);
/* A small dialog with the title. */
void memo_register_rename (GtkWidget *parent, MemoSession *session, gint64 id);

G_END_DECLS
