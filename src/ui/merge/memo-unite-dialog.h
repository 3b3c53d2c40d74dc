#pragma once

#include "../memo-session.h"

G_BEGIN_DECLS

/* Two records side by side: which value of each field is kept, then one of them, or that they are two. @done (nullable) is called
 * when either was chosen. */
void memo_unite_dialog_present (GtkWidget *parent,
                                MemoSession *session,
                                const char *uuid,
                                const char *other_uuid,
                                GSourceFunc done,
                                gpointer data);

G_END_DECLS
