#pragma once

#include "memo-library.h"
#include "store/memo-backups.h"
#include "store/memo-trash.h"

G_BEGIN_DECLS

/* Keeping a library: its trash and its backups. Everything is done in slices, so that nobody waits. Checking, copying to a file
 * and counting are in memo-library.h. */

/* What a record in the trash is called in a list; never empty. (transfer full) */
char *memo_trash_dup_title (MemoRecord *record);
/* Days until it is removed, by the clock at @now (UTC microseconds). */
guint memo_trash_get_days_left (MemoRecord *record, gint64 now);

/* What is in the trash, the newest first. (transfer full) GPtrArray of MemoRecord without heavy fields */
void memo_library_trash_async (MemoLibrary *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GPtrArray *memo_library_trash_finish (MemoLibrary *self, GAsyncResult *result, GError **error);
/* Brings records back with what they hang on and what went with them, as one action that can be undone. */
void memo_library_restore_async (MemoLibrary *self,
                                 const char *const *uuids,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean memo_library_restore_finish (MemoLibrary *self, GAsyncResult *result, GError **error);
/* Removes records in the trash for good; @uuids NULL: all. @ret_removed (nullable) */
void memo_library_empty_trash_async (MemoLibrary *self,
                                     const char *const *uuids,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean memo_library_empty_trash_finish (MemoLibrary *self, GAsyncResult *result, guint *ret_removed, GError **error);
/* Removes what has been in the trash for MEMO_TRASH_DAYS, in the background. @now: UTC microseconds. */
void memo_library_sweep_async (MemoLibrary *self,
                               gint64 now,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean memo_library_sweep_finish (MemoLibrary *self, GAsyncResult *result, guint *ret_removed, GError **error);

/* A backup among those that are kept, and the thinning of them. Unless @asked it is made in the background, and only when the newest
 * is a day old and something was done since. @now: UTC microseconds. @ret_path (nullable, transfer full): NULL when none was
 * made. */
void memo_library_keep_backup_async (MemoLibrary *self,
                                     gint64 now,
                                     gboolean asked,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean memo_library_keep_backup_finish (MemoLibrary *self, GAsyncResult *result, char **ret_path, GError **error);
/* The newest first. (transfer full) GPtrArray of MemoBackup */
void memo_library_backups_async (MemoLibrary *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *memo_library_backups_finish (MemoLibrary *self, GAsyncResult *result, GError **error);

G_END_DECLS
