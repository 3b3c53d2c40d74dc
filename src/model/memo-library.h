#pragma once

#include "memo-index.h"
#include "store/memo-store.h"

G_BEGIN_DECLS

/* The one way in: a library, open in its store. All calls from the thread that made it (main loop). Properties: "index"
 * (MemoIndex, replaced whole), "loading", "can-undo", "can-redo", "undo-name", "redo-name" (already translated, nullable).
 * Signals: "changed" (MemoNotice): after every commit, also another process's; the index already knows it. "moved" (a sentence that
 * says so): once, when the open file is no longer the one at its path; nothing is looked for after that. */
#define MEMO_TYPE_LIBRARY (memo_library_get_type ())
G_DECLARE_FINAL_TYPE (MemoLibrary, memo_library, MEMO, LIBRARY, GObject)

/* Opens; a new library gets the sector tree and the countries. @path nullable: the user's own library
 * ($XDG_DATA_HOME/memorandum/library.memorandum). The index is loaded when it finishes; with
 * MEMO_OPEN_AT_ONCE that of a large library may lack annotations, evidence and follow-ups until "loading" ends, when "changed"
 * says so. */
void memo_library_open_async (const char *path,
                              MemoOpenFlags flags,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
MemoLibrary *memo_library_open_finish (GAsyncResult *result, GError **error);
char *memo_library_get_default_path (void); /* (transfer full) */
void memo_library_close_async (MemoLibrary *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean memo_library_close_finish (MemoLibrary *self, GAsyncResult *result, GError **error);

const char *memo_library_get_path (MemoLibrary *self);
gboolean memo_library_is_at (MemoLibrary *self, const char *path); /* by any name: nothing else may be written there */
char *memo_library_dup_name (MemoLibrary *self);                   /* for titles */
gboolean memo_library_get_read_only (MemoLibrary *self);
MemoIndex *memo_library_get_index (MemoLibrary *self); /* borrowed, never NULL once open */

void memo_library_apply_async (MemoLibrary *self,
                               MemoChange *change,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/* When it returns TRUE the change is on disk and the index knows it. */
gboolean memo_library_apply_finish (MemoLibrary *self, GAsyncResult *result, GError **error);

void memo_library_get_async (MemoLibrary *self,
                             const char *uuid,
                             gboolean whole,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
MemoRecord *memo_library_get_finish (MemoLibrary *self, GAsyncResult *result, GError **error); /* (transfer full) */
/* By row ids, in their order; gone ones are NULL. (transfer full) GPtrArray of MemoRecord */
void memo_library_load_async (MemoLibrary *self,
                              MemoKind kind,
                              GArray *ids,
                              gboolean whole,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
GPtrArray *memo_library_load_finish (MemoLibrary *self, GAsyncResult *result, GError **error);
/* The same with @fields alone, as MEMO_FIELD_BIT() names them; all: whole. */
void memo_library_load_fields_async (MemoLibrary *self,
                                     MemoKind kind,
                                     guint32 fields,
                                     GArray *ids,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *memo_library_load_fields_finish (MemoLibrary *self, GAsyncResult *result, GError **error);
/* Live records whose REF @field is @uuid: annotations of an article, evidence of a record, follow-ups, children. */
void memo_library_where_async (MemoLibrary *self,
                               MemoField field,
                               const char *uuid,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GPtrArray *memo_library_where_finish (MemoLibrary *self, GAsyncResult *result, GError **error);
void memo_library_original_async (MemoLibrary *self,
                                  const char *sha256,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GBytes *memo_library_original_finish (MemoLibrary *self, GAsyncResult *result, GError **error);

/* Filter to selection: words through the store, the rest from the index in a worker thread. */
void memo_library_select_async (MemoLibrary *self,
                                MemoFilter *filter,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
MemoSelection *
memo_library_select_finish (MemoLibrary *self, GAsyncResult *result, GError **error); /* (transfer full) */
/* GPtrArray of MemoHit, best first, within @filter (nullable). */
void memo_library_search_async (MemoLibrary *self,
                                const char *words,
                                gboolean typing,
                                MemoFilter *filter,
                                guint limit,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GPtrArray *memo_library_search_finish (MemoLibrary *self, GAsyncResult *result, GError **error);

void memo_library_undo_async (MemoLibrary *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* (transfer full): the translated name of what was undone; NULL with error. */
char *memo_library_undo_finish (MemoLibrary *self, GAsyncResult *result, GError **error);
void memo_library_redo_async (MemoLibrary *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
char *memo_library_redo_finish (MemoLibrary *self, GAsyncResult *result, GError **error);
void memo_library_history_async (MemoLibrary *self,
                                 guint limit,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *memo_library_history_finish (MemoLibrary *self,
                                        GAsyncResult *result,
                                        GError **error); /* of MemoHistoryEntry, newest first */

void
memo_library_get_state_async (MemoLibrary *self, const char *key, GAsyncReadyCallback callback, gpointer user_data);
char *memo_library_get_state_finish (MemoLibrary *self, GAsyncResult *result, GError **error);
void memo_library_set_state (MemoLibrary *self, const char *key, const char *value); /* in the background */

void memo_library_check_async (MemoLibrary *self,
                               gboolean repair,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GPtrArray *memo_library_check_finish (MemoLibrary *self, GAsyncResult *result, GError **error);
void memo_library_backup_async (MemoLibrary *self,
                                const char *path,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean memo_library_backup_finish (MemoLibrary *self, GAsyncResult *result, GError **error);
void memo_library_stats_async (MemoLibrary *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
JsonObject *memo_library_stats_finish (MemoLibrary *self, GAsyncResult *result, GError **error);

/* Runs the calling thread's main context until @result is there: for the command line and tests alone. */
typedef struct
{
  GAsyncResult *result;
  GMainLoop *loop;
} MemoAwait;
void
memo_await_cb (GObject *source, GAsyncResult *result, gpointer await); /* use as callback with a zeroed MemoAwait */
GAsyncResult *memo_await (MemoAwait *await);                           /* (transfer full) */

G_END_DECLS
