#pragma once

#include "memo-library.h"
#include "store/memo-merge.h"

G_BEGIN_DECLS

/* Calls of the library about other libraries and about values and actions of the past. In the thread that made it. */
typedef void (*MemoLibraryProgress) (guint done, guint total, gpointer data);

/* Everything of the library at @path into this one, as one action (store/memo-merge.h). @dry: only looks. @progress
 * (nullable) is called in this thread, not after the callback. A cancelled merge has changed nothing. */
void memo_library_merge_async (MemoLibrary *self,
                               const char *path,
                               gboolean dry,
                               MemoLibraryProgress progress,
                               gpointer progress_data,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
MemoMerge *memo_library_merge_finish (MemoLibrary *self, GAsyncResult *result, GError **error); /* (transfer full) */

/* What merges have set aside of the record with that UUID, newest first: GPtrArray of MemoEarlier. */
void memo_library_earlier_async (MemoLibrary *self,
                                 const char *uuid,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *memo_library_earlier_finish (MemoLibrary *self, GAsyncResult *result, GError **error); /* (transfer full) */

/* The earlier value with that id becomes the value again, as an action. */
void memo_library_use_earlier_async (MemoLibrary *self,
                                     const char *uuid,
                                     gint64 id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean memo_library_use_earlier_finish (MemoLibrary *self, GAsyncResult *result, GError **error);

/* Undoes or redoes, one action after the other, until the one with @id (of MemoHistoryEntry) is the last that stands; 0: none
 * stands. The first that is in conflict stops it: MEMO_ERROR_CONFLICT, and what was done until then remains. */
void memo_library_jump_async (MemoLibrary *self,
                              gint64 id,
                              MemoLibraryProgress progress,
                              gpointer progress_data,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* @ret_undone, @ret_redone: how many actions, also when it was stopped. */
gboolean memo_library_jump_finish (MemoLibrary *self,
                                   GAsyncResult *result,
                                   guint *ret_undone,
                                   guint *ret_redone,
                                   GError **error);

G_END_DECLS
