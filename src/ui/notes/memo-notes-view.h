#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* The list of notes beside the editor. (transfer floating) */
GtkWidget *memo_notes_view_new (MemoSession *session);

G_END_DECLS
