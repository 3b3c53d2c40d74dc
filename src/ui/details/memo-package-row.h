#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* A row that offers the packages of the library, once they are read. @first: what says that there is none, or that it stays. @now
 * (nullable): UUID of the one that is chosen. @without: UUIDs of agreements that cannot be it. */
GtkWidget *memo_package_row_new (MemoSession *session, const char *first, const char *now, const char *const *without);
/* UUID; "": the first; NULL: not known yet. */
const char *memo_package_row_get (GtkWidget *row);

G_END_DECLS
