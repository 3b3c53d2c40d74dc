#include "memo-library-merge.h"

#include "memo-actions.h"
#include "memo-library-private.h"

typedef struct
{
  MemoIndexer *indexer;
  char *path;
  gboolean dry;
  GCancellable *cancellable;
  GMainContext *context;
  GTask *task;
  MemoLibraryProgress progress;
  gpointer progress_data;
} Merging;

static void
merging_free (gpointer data)
{
  Merging *merging = data;

  memo_indexer_unref (merging->indexer);
  g_clear_object (&merging->cancellable);
  g_clear_object (&merging->task);
  g_main_context_unref (merging->context);
  g_free (merging->path);
  g_free (merging);
}

typedef struct
{
  MemoMerge *merge;
  MemoCommit *commit;
} Merged;

static void
merged_free (gpointer data)
{
  Merged *merged = data;

  memo_merge_free (merged->merge);
  memo_commit_free (merged->commit);
  g_free (merged);
}

/* One report on its way from the store's thread. */
typedef struct
{
  GTask *task;
  MemoLibraryProgress progress;
  gpointer data;
  guint done, total;
} Report;

static gboolean
report_cb (gpointer data)
{
  Report *report = data;

  if (!g_task_get_completed (report->task))
    report->progress (report->done, report->total, report->data);
  return G_SOURCE_REMOVE;
}

static void
report_free (gpointer data)
{
  Report *report = data;

  g_object_unref (report->task);
  g_free (report);
}

static void
progress_cb (guint done, guint total, gpointer data)
{
  Merging *merging = data;
  g_autoptr (GSource) source = NULL;
  Report *report;

  if (merging->progress == NULL)
    return;
  report = g_new0 (Report, 1);
  report->task = g_object_ref (merging->task);
  report->progress = merging->progress;
  report->data = merging->progress_data;
  report->done = done;
  report->total = total;
  /* Not g_main_context_invoke(): that calls it here and now while the loop is between two runs. */
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, report_cb, report, report_free);
  g_source_attach (source, merging->context);
}

static gpointer
merge_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Merging *merging = data;
  g_autoptr (MemoNotice) notice = NULL;
  MemoMerge *merge;
  Merged *merged;

  /* Only until it is committed: what is done is done. */
  memo_database_set_cancellable (database, merging->cancellable);
  merge = memo_database_merge (database, merging->path, merging->dry, progress_cb, merging, &notice, error);
  memo_database_set_cancellable (database, NULL);
  if (merge == NULL)
    return NULL;
  merged = g_new0 (Merged, 1);
  merged->merge = merge;
  merged->commit = memo_commit_new (database, merging->indexer, notice, NULL);
  return merged;
}

static void
merged_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  MemoLibrary *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  Merged *merged = memo_store_run_finish (MEMO_STORE (source), result, &error);

  if (merged == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }
  memo_library_take_commit (self, merged->commit, task, g_steal_pointer (&merged->merge),
                            (GDestroyNotify) memo_merge_free);
  merged_free (merged);
}

void
memo_library_merge_async (MemoLibrary *self,
                          const char *path,
                          gboolean dry,
                          MemoLibraryProgress progress,
                          gpointer progress_data,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task;
  Merging *merging;

  g_return_if_fail (MEMO_IS_LIBRARY (self) && path != NULL);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, memo_library_merge_async);
  g_task_set_check_cancellable (task, FALSE);
  merging = g_new0 (Merging, 1);
  merging->indexer = memo_indexer_ref (self->indexer);
  merging->path = g_canonicalize_filename (path, NULL);
  merging->dry = dry;
  g_set_object (&merging->cancellable, cancellable);
  merging->context = g_main_context_ref_thread_default ();
  merging->task = g_object_ref (task);
  merging->progress = progress;
  merging->progress_data = progress_data;
  memo_store_run_async (self->store, MEMO_PRIORITY_SOON, merge_job, merging, merging_free, merged_free, NULL, merged_cb,
                        task);
}

MemoMerge *
memo_library_merge_finish (MemoLibrary *self, GAsyncResult *result, GError **error)
{
  return memo_library_take (self, result, memo_library_merge_async, error);
}

static gpointer
earlier_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return memo_database_read_earlier (database, ((MemoQuery *) data)->text, error);
}

void
memo_library_earlier_async (MemoLibrary *self,
                            const char *uuid,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (MEMO_IS_LIBRARY (self) && uuid != NULL);
  memo_library_run (self, MEMO_PRIORITY_PERSON, earlier_job, memo_query_new (uuid), memo_query_free,
                    (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data, memo_library_earlier_async);
}

GPtrArray *
memo_library_earlier_finish (MemoLibrary *self, GAsyncResult *result, GError **error)
{
  return memo_library_take (self, result, memo_library_earlier_async, error);
}

/* Changes that are made of what the store holds */

MemoRecord *
memo_library_read_whole (MemoDatabase *database, const char *uuid, GError **error)
{
  const char *uuids[] = { uuid, NULL };
  g_autoptr (GPtrArray) records = NULL;
  MemoKind kind;

  if (!memo_database_find_kind (database, uuid, &kind, error))
    return NULL;
  records = memo_database_read_uuids (database, kind, uuids, TRUE, error);
  return records != NULL ? g_object_ref (records->pdata[0]) : NULL;
}

typedef struct
{
  MemoIndexer *indexer;
  MemoStoreJob job;
  gpointer data;
  GDestroyNotify data_free;
} Making;

static void
making_free (gpointer data)
{
  Making *making = data;

  memo_indexer_unref (making->indexer);
  making->data_free (making->data);
  g_free (making);
}

/* Made and applied in one go: nothing that this process does comes in between. */
static gpointer
make_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Making *making = data;
  g_autoptr (MemoNotice) notice = NULL;
  g_autoptr (MemoChange) change = making->job (database, making->data, cancellable, error);

  if (change == NULL || !memo_database_apply (database, change, &notice, error))
    return NULL;
  memo_database_set_cancellable (database, NULL);
  return memo_commit_new (database, making->indexer, notice, NULL);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  MemoCommit *commit = memo_store_run_finish (MEMO_STORE (source), result, &error);

  if (commit == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    memo_library_take_commit (g_task_get_source_object (task), commit, g_object_ref (task), NULL, NULL);
  memo_commit_free (commit);
}

void
memo_library_run_change (MemoLibrary *self, MemoStoreJob job, gpointer data, GDestroyNotify data_free, GTask *task)
{
  Making *making = g_new0 (Making, 1);

  making->indexer = memo_indexer_ref (self->indexer);
  making->job = job;
  making->data = data;
  making->data_free = data_free;
  memo_store_run_async (self->store, MEMO_PRIORITY_PERSON, make_job, making, making_free, memo_commit_free,
                        g_task_get_cancellable (task), made_cb, task);
}

static gpointer
use_earlier_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  MemoQuery *query = data;
  g_autoptr (MemoRecord) record = memo_library_read_whole (database, query->text, error);
  g_autoptr (GPtrArray) earlier = record != NULL ? memo_database_read_earlier (database, query->text, error) : NULL;
  g_autoptr (GPtrArray) annotations =
      earlier != NULL ? memo_database_read_where (database, MEMO_ANNOTATION_ARTICLE, query->text, error) : NULL;

  if (annotations == NULL)
    return NULL;
  return memo_action_use_earlier (record, earlier, g_array_index (query->ids, gint64, 0), annotations, error);
}

void
memo_library_use_earlier_async (MemoLibrary *self,
                                const char *uuid,
                                gint64 id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task;
  MemoQuery *query;

  g_return_if_fail (MEMO_IS_LIBRARY (self) && uuid != NULL);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, memo_library_use_earlier_async);
  g_task_set_check_cancellable (task, FALSE);
  query = memo_query_new (uuid);
  query->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (query->ids, id);
  memo_library_run_change (self, use_earlier_job, query, memo_query_free, task);
}

gboolean
memo_library_use_earlier_finish (MemoLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, memo_library_use_earlier_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
