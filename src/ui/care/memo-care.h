#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* Looks after the library of @session as long as @window is there: backups and trash go on in the background, and what goes wrong
 * is told. */
void memo_care_attach (GtkWidget *window, MemoSession *session);

G_END_DECLS
