#pragma once

#include "memo-database.h"

G_BEGIN_DECLS

/* Saves what can be read of the damaged library at @path, which nobody has open, into a new library beside it; the damaged file stays
 * as it is. The history is not saved. @ret_saved, @ret_lost: records; there may be more lost than are known of. Blocks. (transfer full):
 * path of the new library */
char *memo_store_salvage (const char *path, guint *ret_saved, guint *ret_lost, GError **error);

G_END_DECLS
