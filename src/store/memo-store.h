#pragma once

#include "memo-database.h"

G_BEGIN_DECLS

/* The thread that owns a library's connection, and its queue of jobs. */
typedef enum
{
  MEMO_PRIORITY_PERSON, /* somebody waits for it */
  MEMO_PRIORITY_SOON,
  MEMO_PRIORITY_BACKGROUND /* cut into slices of a few milliseconds by the caller */
} MemoPriority;

#define MEMO_TYPE_STORE (memo_store_get_type ())
G_DECLARE_FINAL_TYPE (MemoStore, memo_store, MEMO, STORE, GObject)

/* Runs in the store's thread. Returns a result for memo_store_run_finish() or NULL with an error. */
typedef gpointer (*MemoStoreJob) (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error);

MemoStore *memo_store_new (void);
/* Opens @path in the store's thread. */
void memo_store_open_async (MemoStore *self,
                            const char *path,
                            MemoOpenFlags flags,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean memo_store_open_finish (MemoStore *self, GAsyncResult *result, GError **error);
/* @reader is another store on the same library. What a job of it left held (memo_database_hold()) it lets go of when no other job
 * follows in time, and at once when somebody waits for a job of @self that cannot commit. Keeps @reader's queue, not @reader. */
void memo_store_set_reader (MemoStore *self, MemoStore *reader);
/* Runs what is queued, then closes; further jobs fail. */
void memo_store_close_async (MemoStore *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean memo_store_close_finish (MemoStore *self, GAsyncResult *result, GError **error);
/* @data_free runs when the job is over; @result_free when nobody took the result. A job that returns NULL sets the
 * error. */
void memo_store_run_async (MemoStore *self,
                           MemoPriority priority,
                           MemoStoreJob job,
                           gpointer data,
                           GDestroyNotify data_free,
                           GDestroyNotify result_free,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
/* (transfer full) */
gpointer memo_store_run_finish (MemoStore *self, GAsyncResult *result, GError **error);
/* A file takes the library's place: a backup restored. The old file is kept beside it. Library must be closed.
 * Blocks. */
gboolean memo_store_restore (const char *path, const char *backup, GError **error);
/* Whether both paths lead to one file that is there. */
gboolean memo_store_is_same_file (const char *one, const char *other);

G_END_DECLS
