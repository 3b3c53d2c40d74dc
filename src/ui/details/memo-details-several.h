#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* The details of several agreements (row ids: GArray of gint64) together: when, how many of each status, what all of them have; edited
 * and moved to the trash from there. NULL: none of them is there. (transfer floating) */
GtkWidget *memo_details_several_new (MemoSession *session, GArray *agreements);

G_END_DECLS
