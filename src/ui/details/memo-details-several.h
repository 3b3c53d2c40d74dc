#pragma once

#include "model/memo-digest.h"
#include "ui/memo-session.h"

G_BEGIN_DECLS

/* The details of several agreements (row ids: GArray of gint64, that does not change any more) together, from their @digest: when, how
 * many of each status, what all of them have; edited and moved to the trash from there. (transfer floating) */
GtkWidget *memo_details_several_new (MemoSession *session, GArray *agreements, MemoDigest *digest);
/* Whether the two say the same of the same agreements. */
gboolean memo_details_several_is_same (GtkWidget *a, GtkWidget *b);

G_END_DECLS
