#include "memo-library-care.h"
#include "memo-library-private.h"

#include <glib/gi18n.h>

#include "base/memo-language.h"
#include "base/memo-text.h"
#include "memo-words.h"

#define SLICE 3 /* ms */
#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

char *
memo_trash_dup_title (MemoRecord *record)
{
  MemoKind kind = memo_record_get_kind (record);
  g_autofree char *title = NULL;

  if (kind == MEMO_KIND_SECTOR)
    title = memo_record_dup_name_in (record, MEMO_SECTOR_NAMES, memo_language_of_interface ());
  else if (kind == MEMO_KIND_FOLLOW_UP)
    title = g_strdup (memo_word_status (memo_record_get_text (record, MEMO_FOLLOW_UP_STATUS)));
  else if (kind == MEMO_KIND_EVIDENCE && memo_record_get_text (record, MEMO_EVIDENCE_VALUE))
    title = g_strdup (memo_record_get_text (record, MEMO_EVIDENCE_VALUE));
  else if (kind == MEMO_KIND_EVIDENCE && memo_record_get_text (record, MEMO_EVIDENCE_FIELD))
    title = g_strdup (memo_word_field (memo_record_get_text (record, MEMO_EVIDENCE_FIELD)));
  else
    title = memo_text_collapse (memo_record_get_title (record));
  return title && title[0] ? g_steal_pointer (&title) : g_strdup (_ ("Untitled"));
}

guint
memo_trash_get_days_left (MemoRecord *record, gint64 now)
{
  gint64 left = MEMO_TRASH_DAYS * DAY - (now - memo_record_get_deleted (record));

  return CLAMP ((left + DAY - 1) / DAY, 0, MEMO_TRASH_DAYS);
}

static gpointer
trash_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return memo_database_read_trash (database, error);
}

void
memo_library_trash_async (MemoLibrary *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (MEMO_IS_LIBRARY (self));
  memo_library_run (self, MEMO_PRIORITY_PERSON, trash_job, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, cancellable,
                    callback, user_data, memo_library_trash_async);
}

GPtrArray *
memo_library_trash_finish (MemoLibrary *self, GAsyncResult *result, GError **error)
{
  return memo_library_take (self, result, memo_library_trash_async, error);
}

static gpointer
restore_job (MemoDatabase *database, gpointer uuids, GCancellable *cancellable, GError **error)
{
  return memo_database_restore_trashed (database, uuids, error);
}

void
memo_library_restore_async (MemoLibrary *self,
                            const char *const *uuids,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task;

  g_return_if_fail (MEMO_IS_LIBRARY (self) && uuids != NULL);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, memo_library_restore_async);
  g_task_set_check_cancellable (task, FALSE);
  memo_library_run_change (self, restore_job, g_strdupv ((char **) uuids), (GDestroyNotify) g_strfreev, task);
}

gboolean
memo_library_restore_finish (MemoLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, memo_library_restore_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Removing, slice by slice. The sweep is touched by the store's thread while a slice runs, and by ours between them. */
typedef struct
{
  MemoIndexer *indexer;
  MemoSweep *sweep;
  MemoPriority priority;
  gboolean done;
} Sweeping;

static void
sweeping_free (gpointer data)
{
  Sweeping *sweeping = data;

  memo_indexer_unref (sweeping->indexer);
  memo_sweep_free (sweeping->sweep);
  g_free (sweeping);
}

static gpointer
sweep_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Sweeping *sweeping = g_task_get_task_data (data);
  g_autoptr (MemoNotice) notice = NULL;

  if (!memo_database_sweep (database, sweeping->sweep, SLICE, &sweeping->done, &notice, error))
    return NULL;
  memo_database_set_cancellable (database, NULL);
  return notice != NULL ? memo_commit_new (database, sweeping->indexer, notice, NULL) : g_new0 (MemoCommit, 1);
}

static void sweep_on (GTask *task);

static void
swept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Sweeping *sweeping = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoCommit) commit = memo_store_run_finish (MEMO_STORE (source), result, &error);

  if (commit == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (!sweeping->done)
    {
      if (commit->notice != NULL)
        memo_library_take_commit (g_task_get_source_object (task), commit, NULL, NULL, NULL);
      sweep_on (g_steal_pointer (&task));
    }
  else if (commit->notice != NULL)
    memo_library_take_commit (g_task_get_source_object (task), commit, g_object_ref (task), NULL, NULL);
  else
    g_task_return_boolean (task, TRUE);
}

/* Takes @task. */
static void
sweep_on (GTask *task)
{
  MemoLibrary *self = g_task_get_source_object (task);
  Sweeping *sweeping = g_task_get_task_data (task);

  memo_store_run_async (self->store, sweeping->priority, sweep_job, g_object_ref (task), g_object_unref,
                        memo_commit_free, g_task_get_cancellable (task), swept_cb, task);
}

/* Takes @sweep. */
static void
start_sweep (MemoLibrary *self,
             MemoSweep *sweep,
             MemoPriority priority,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data,
             gpointer tag)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Sweeping *sweeping = g_new0 (Sweeping, 1);

  sweeping->indexer = memo_indexer_ref (self->indexer);
  sweeping->sweep = sweep;
  sweeping->priority = priority;
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, sweeping, sweeping_free);
  g_task_set_check_cancellable (task, FALSE);
  sweep_on (task);
}

static gboolean
finish_sweep (MemoLibrary *self, GAsyncResult *result, gpointer tag, guint *ret_removed, GError **error)
{
  Sweeping *sweeping;

  g_return_val_if_fail (g_task_is_valid (result, self) && g_async_result_is_tagged (result, tag), FALSE);
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  sweeping = g_task_get_task_data (G_TASK (result));
  if (ret_removed != NULL)
    *ret_removed = memo_sweep_get_removed (sweeping->sweep);
  return TRUE;
}

void
memo_library_empty_trash_async (MemoLibrary *self,
                                const char *const *uuids,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (MEMO_IS_LIBRARY (self));
  start_sweep (self, memo_sweep_new_emptying (uuids), MEMO_PRIORITY_SOON, cancellable, callback, user_data,
               memo_library_empty_trash_async);
}

gboolean
memo_library_empty_trash_finish (MemoLibrary *self, GAsyncResult *result, guint *ret_removed, GError **error)
{
  return finish_sweep (self, result, memo_library_empty_trash_async, ret_removed, error);
}

void
memo_library_sweep_async (MemoLibrary *self,
                          gint64 now,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (MEMO_IS_LIBRARY (self));
  start_sweep (self, memo_sweep_new (now), MEMO_PRIORITY_BACKGROUND, cancellable, callback, user_data,
               memo_library_sweep_async);
}

gboolean
memo_library_sweep_finish (MemoLibrary *self, GAsyncResult *result, guint *ret_removed, GError **error)
{
  return finish_sweep (self, result, memo_library_sweep_async, ret_removed, error);
}
