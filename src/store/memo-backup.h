#pragma once

#include "memo-database.h"

G_BEGIN_DECLS

/* A copy of a library, made in slices while it is in use: what is written meanwhile goes into it too. It is written beside @path
 * and takes its place when it is found whole. */
typedef struct _MemoCopy MemoCopy;

/* MEMO_ERROR_INVALID when @path is the library itself. Store's thread. (transfer full) */
MemoCopy *memo_database_copy (MemoDatabase *self, const char *path, GError **error);
/* Goes on for @milliseconds, or not at all while another process writes. FALSE: failed, only memo_copy_free() is left. Store's
 * thread. */
gboolean
memo_database_copy_step (MemoDatabase *self, MemoCopy *copy, guint milliseconds, gboolean *ret_done, GError **error);
/* Checks the whole copy, flushes it and gives it its name; takes seconds for a large library. Any thread, after the last
 * step. */
gboolean memo_copy_keep (MemoCopy *copy, GCancellable *cancellable, GError **error);
/* Where it is until then. */
const char *memo_copy_get_temporary (MemoCopy *copy);
/* Removes what was not kept. Any thread, once the connection is closed or the last step over. */
void memo_copy_free (MemoCopy *copy);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoCopy, memo_copy_free)

G_END_DECLS
