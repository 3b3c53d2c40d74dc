#include "memo-duplicates.h"

#include "memo-actions.h"

#include "memo-library-private.h"
#include "memo-worker.h"

#define SLICE 400      /* records: a few milliseconds */
#define APART "apart " /* state: a pair that is no duplicate */

/* A search on its way: the store's thread fills it slice by slice. */
typedef struct
{
  MemoDuplicates *duplicates;
  MemoKind kind;
  gint64 after;
  GPtrArray *found;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  memo_duplicates_free (search->duplicates);
  g_clear_pointer (&search->found, g_ptr_array_unref);
  g_free (search);
}

static char *
apart_key (const char *one, const char *other)
{
  gboolean ordered = g_strcmp0 (one, other) < 0;

  return g_strconcat (APART, ordered ? one : other, " ", ordered ? other : one, NULL);
}

void
memo_library_keep_apart (MemoLibrary *self, const char *uuid, const char *other_uuid)
{
  g_autofree char *key = apart_key (uuid, other_uuid);

  memo_library_set_state (self, key, "1");
}

static void start_slice (GTask *task);

static gpointer
slice_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Search *search = data;
  g_autoptr (GPtrArray) records = NULL;

  while (search->kind < MEMO_N_KINDS && !memo_duplicates_takes (search->kind))
    search->kind++;
  if (search->kind == MEMO_N_KINDS)
    return search;
  records = memo_database_scan (database, search->kind, search->after, SLICE, FALSE, FALSE, error);
  if (records == NULL)
    return NULL;
  for (guint i = 0; i < records->len; i++)
    memo_duplicates_add (search->duplicates, records->pdata[i], FALSE);
  if (records->len > 0)
    search->after = memo_record_get_id (records->pdata[records->len - 1]);
  if (records->len < SLICE)
    {
      search->kind++;
      search->after = 0;
    }
  return search;
}

/* Leaves out what was said to be two. */
static gpointer
apart_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  GPtrArray *found = ((Search *) data)->found;
  g_autoptr (GError) cause = NULL;

  for (guint i = found->len; i > 0 && cause == NULL; i--)
    {
      MemoDuplicate *duplicate = g_ptr_array_index (found, i - 1);
      g_autofree char *key = apart_key (memo_record_get_uuid (duplicate->one), memo_record_get_uuid (duplicate->other));
      g_autofree char *value = memo_database_get_state (database, key, &cause);

      if (value != NULL)
        g_ptr_array_remove_index (found, i - 1);
    }
  if (cause == NULL)
    return data;
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

static void
apart_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  Search *search = memo_store_run_finish (MEMO_STORE (source), result, &error);

  if (search == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&search->found), (GDestroyNotify) g_ptr_array_unref);
}

static void
find_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Search *search = g_task_get_task_data (data);

  search->found = memo_duplicates_find (search->duplicates);
  g_task_return_boolean (task, TRUE);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  MemoLibrary *self = MEMO_LIBRARY (source);

  memo_store_run_async (self->store, MEMO_PRIORITY_SOON, apart_job, g_task_get_task_data (task), NULL, NULL,
                        g_task_get_cancellable (task), apart_cb, task);
}

static void
slice_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  g_autoptr (GError) error = NULL;
  Search *search = memo_store_run_finish (MEMO_STORE (source), result, &error);

  if (search == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
    }
  else if (search->kind < MEMO_N_KINDS)
    start_slice (task);
  else
    {
      g_autoptr (GTask) worker = g_task_new (g_task_get_source_object (task), NULL, found_cb, task);

      g_task_set_source_tag (worker, find_thread);
      g_task_set_task_data (worker, g_object_ref (task), g_object_unref);
      memo_worker_run (worker, find_thread);
    }
}

static void
start_slice (GTask *task)
{
  MemoLibrary *self = g_task_get_source_object (task);

  memo_store_run_async (self->store, MEMO_PRIORITY_SOON, slice_job, g_task_get_task_data (task), NULL, NULL,
                        g_task_get_cancellable (task), slice_cb, task);
}

void
memo_library_duplicates_async (MemoLibrary *self,
                               GPtrArray *fresh,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task;
  Search *search;

  g_return_if_fail (MEMO_IS_LIBRARY (self));
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, memo_library_duplicates_async);
  search = g_new0 (Search, 1);
  search->duplicates = memo_duplicates_new ();
  g_task_set_task_data (task, search, search_free);
  for (guint i = 0; fresh != NULL && i < fresh->len; i++)
    memo_duplicates_add (search->duplicates, fresh->pdata[i], TRUE);
  start_slice (task);
}

GPtrArray *
memo_library_duplicates_finish (MemoLibrary *self, GAsyncResult *result, GError **error)
{
  return memo_library_take (self, result, memo_library_duplicates_async, error);
}

/* Uniting */

typedef struct
{
  char *from, *into;
  char **take;
} Uniting;

static void
uniting_free (gpointer data)
{
  Uniting *uniting = data;

  g_free (uniting->from);
  g_free (uniting->into);
  g_strfreev (uniting->take);
  g_free (uniting);
}

static gpointer
gather_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Uniting *uniting = data;
  g_autoptr (MemoRecord) from = memo_library_read_whole (database, uniting->from, error);
  g_autoptr (MemoRecord) into = from != NULL ? memo_library_read_whole (database, uniting->into, error) : NULL;
  g_autoptr (GPtrArray) referring = g_ptr_array_new_with_free_func (g_object_unref);

  if (into == NULL)
    return NULL;
  for (MemoKind kind = 0; kind < MEMO_N_KINDS; kind++)
    {
      g_autoptr (GPtrArray) some = memo_database_read_naming (database, kind, uniting->from, error);

      if (some == NULL)
        return NULL;
      for (guint i = 0; i < some->len; i++)
        g_ptr_array_add (referring, g_object_ref (some->pdata[i]));
    }
  return memo_action_unite (from, into, (const char *const *) uniting->take, referring, error);
}

void
memo_library_unite_async (MemoLibrary *self,
                          const char *from_uuid,
                          const char *into_uuid,
                          const char *const *take,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task;
  Uniting *uniting;

  g_return_if_fail (MEMO_IS_LIBRARY (self) && from_uuid != NULL && into_uuid != NULL);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, memo_library_unite_async);
  g_task_set_check_cancellable (task, FALSE);
  uniting = g_new0 (Uniting, 1);
  uniting->from = g_strdup (from_uuid);
  uniting->into = g_strdup (into_uuid);
  uniting->take = g_strdupv ((char **) take);
  memo_library_run_change (self, gather_job, uniting, uniting_free, task);
}

gboolean
memo_library_unite_finish (MemoLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, memo_library_unite_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
