#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* Looks after the library of @session as long as @window is there: backups and trash go on in the background, and what goes wrong
 * is told. */
void memo_care_attach (GtkWidget *window, MemoSession *session);

/* "21 Nov 2026 23:22", by the local clock and in the language of the interface; @time: UTC microseconds. (transfer full) */
char *memo_care_format_time (gint64 time);

G_END_DECLS
