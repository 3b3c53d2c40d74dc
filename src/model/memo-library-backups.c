#include "memo-library-care.h"
#include "memo-library-private.h"
#include "memo-worker.h"

#include <glib/gstdio.h>
#include <malloc.h>

#include "base/memo-error.h"
#include "store/memo-backup.h"

/* A copy is read in slices by the store's thread and looked at by another one, with a connection of its own: nobody waits for either.
 * The check of a library is that of a copy. */

#define SLICE 4  /* ms */
#define PAUSE 10 /* ms between two slices in the background */

typedef enum
{
  COPY_TO_FILE,
  COPY_FOR_BACKUPS,
  COPY_TO_CHECK
} Purpose;

typedef struct
{
  Purpose purpose;
  MemoPriority priority;
  char *library;
  char *path;  /* NULL: none is due */
  char *stamp; /* of the newest backup; nullable */
  gint64 now;
  gboolean asked;
  MemoCopy *copy;
  gboolean done;
} Copying;

static void
copying_free (gpointer data)
{
  Copying *copying = data;

  memo_copy_free (copying->copy);
  g_free (copying->library);
  g_free (copying->path);
  g_free (copying->stamp);
  g_free (copying);
}

static GTask *
copying_new (MemoLibrary *self,
             Purpose purpose,
             MemoPriority priority,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data,
             gpointer tag)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Copying *copying = g_new0 (Copying, 1);

  copying->purpose = purpose;
  copying->priority = priority;
  copying->library = g_strdup (self->path);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, copying, copying_free);
  return task;
}

/* In the store's thread. */
static gpointer
start_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Copying *copying = g_task_get_task_data (data);

  if (copying->purpose == COPY_FOR_BACKUPS && !copying->asked && copying->stamp != NULL)
    {
      g_autofree char *stamp = memo_database_get_stamp (database, error);

      if (stamp == NULL)
        return NULL;
      if (g_str_equal (stamp, copying->stamp))
        {
          g_clear_pointer (&copying->path, g_free);
          return GINT_TO_POINTER (TRUE);
        }
    }
  copying->copy = memo_database_copy (database, copying->path, error);
  return GINT_TO_POINTER (copying->copy != NULL);
}

static gpointer
step_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Copying *copying = g_task_get_task_data (data);

  /* The connection has to let go of a copy that is cancelled, so this is run all the same. */
  memo_database_set_cancellable (database, g_task_get_cancellable (data));
  return GINT_TO_POINTER (memo_database_copy_step (database, copying->copy, SLICE, &copying->done, error));
}

static gpointer
check_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  MemoQuery *query = data;
  GPtrArray *problems = memo_database_check (database, query->flag, error);

  if (problems != NULL && query->flag)
    memo_indexer_start (query->indexer);
  return problems;
}

/* In a worker. */
static void
keep_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Copying *copying = data;
  GError *error = NULL;

  if (!memo_copy_keep (copying->copy, cancellable, &error))
    g_task_return_error (task, error);
  /* A backup that is there is one, whatever becomes of the old ones. */
  else if (copying->purpose == COPY_FOR_BACKUPS && !memo_backups_thin (copying->library, copying->now, &error))
    {
      g_message ("%s", error->message);
      g_clear_error (&error);
      g_task_return_boolean (task, TRUE);
    }
  else
    g_task_return_boolean (task, TRUE);
}

static void
check_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Copying *copying = data;
  g_autoptr (GError) error = NULL;
  MemoDatabase *database = memo_database_open (memo_copy_get_temporary (copying->copy), MEMO_OPEN_DEFAULT, &error);
  GPtrArray *problems = NULL;

  if (database != NULL)
    {
      memo_database_set_cancellable (database, cancellable);
      problems = memo_database_check (database, FALSE, &error);
      memo_database_close (database);
#ifdef __GLIBC__
      /* The whole copy went by; what it took is not kept for the next one. */
      malloc_trim (0);
#endif
    }
  else if (g_error_matches (error, MEMO_ERROR, MEMO_ERROR_CORRUPT))
    {
      problems = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (problems, g_strdup (error->message));
    }
  if (problems != NULL)
    g_task_return_pointer (task, problems, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void checked_cb (GObject *source, GAsyncResult *result, gpointer data);

/* Takes @task. No place for a copy: then the library itself is looked through. */
static void
check_itself (GTask *task)
{
  MemoLibrary *self = g_task_get_source_object (task);
  MemoQuery *query = memo_query_new (NULL);

  query->indexer = memo_indexer_ref (self->indexer);
  memo_store_run_async (self->store, MEMO_PRIORITY_BACKGROUND, check_job, query, memo_query_free,
                        (GDestroyNotify) g_ptr_array_unref, g_task_get_cancellable (task), checked_cb, task);
}

static void step_on (GTask *task);

static gboolean
pause_cb (gpointer data)
{
  step_on (g_object_ref (data));
  return G_SOURCE_REMOVE;
}

static void
stepped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Copying *copying = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSource) pause = NULL;

  memo_store_run_finish (MEMO_STORE (source), result, &error);
  if (error != NULL)
    {
      if (copying->purpose == COPY_TO_CHECK && error->domain == MEMO_ERROR &&
          (error->code == MEMO_ERROR_FULL || error->code == MEMO_ERROR_IO || error->code == MEMO_ERROR_READ_ONLY))
        check_itself (g_steal_pointer (&task));
      else
        g_task_return_error (task, g_steal_pointer (&error));
    }
  else if (copying->path == NULL)
    g_task_return_boolean (task, TRUE);
  else if (copying->done)
    memo_worker_run (task, copying->purpose == COPY_TO_CHECK ? check_thread : keep_thread);
  else
    {
      pause = g_timeout_source_new (copying->priority == MEMO_PRIORITY_BACKGROUND ? PAUSE : 0);
      g_task_attach_source (task, pause, pause_cb);
    }
}

/* Takes @task. */
static void
step_on (GTask *task)
{
  MemoLibrary *self = g_task_get_source_object (task);
  Copying *copying = g_task_get_task_data (task);

  memo_store_run_async (self->store, copying->priority, copying->copy == NULL ? start_job : step_job,
                        g_object_ref (task), g_object_unref, NULL, NULL, stepped_cb, task);
}

/* To a file */

void
memo_library_backup_async (MemoLibrary *self,
                           const char *path,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task;
  Copying *copying;

  g_return_if_fail (MEMO_IS_LIBRARY (self) && path != NULL);
  task =
      copying_new (self, COPY_TO_FILE, MEMO_PRIORITY_SOON, cancellable, callback, user_data, memo_library_backup_async);
  copying = g_task_get_task_data (task);
  copying->path = g_strdup (path);
  step_on (task);
}

gboolean
memo_library_backup_finish (MemoLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, memo_library_backup_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Among the backups */

#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

/* In a worker: whether one is due, and where it is to be. */
static void
plan_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Copying *copying = data;
  g_autoptr (GPtrArray) list = NULL;
  GError *error = NULL;

  if (!copying->asked)
    {
      list = memo_backups_list (copying->library, &error);
      for (guint i = 0; list != NULL && i < list->len; i++)
        {
          MemoBackup *backup = list->pdata[i];

          /* One of a time to come is of a clock that was wrong. */
          if (backup->reason != MEMO_BACKUP_REGULAR || backup->time > copying->now)
            continue;
          if (copying->now - backup->time < DAY)
            {
              g_task_return_boolean (task, TRUE);
              return;
            }
          copying->stamp = memo_backups_read_stamp (backup->path);
          break;
        }
    }
  if (error == NULL)
    copying->path = memo_backups_prepare (copying->library, copying->now, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
planned_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Copying *copying = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, error);
  else if (copying->path == NULL)
    g_task_return_boolean (task, TRUE);
  else
    step_on (g_steal_pointer (&task));
}

static void
asked_over_cb (MemoLibrary *self)
{
  self->backups_asked_for--;
}

void
memo_library_keep_backup_async (MemoLibrary *self,
                                gint64 now,
                                gboolean asked,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task;
  Copying *copying;
  g_autoptr (GTask) plan = NULL;

  g_return_if_fail (MEMO_IS_LIBRARY (self));
  task = copying_new (self, COPY_FOR_BACKUPS, asked ? MEMO_PRIORITY_SOON : MEMO_PRIORITY_BACKGROUND, cancellable,
                      callback, user_data, memo_library_keep_backup_async);
  copying = g_task_get_task_data (task);
  copying->now = now;
  copying->asked = asked;
  /* One that is being made for a person is the one of today, too. Another that was begun later would take its place. */
  if (!asked && self->backups_asked_for > 0)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  if (asked)
    {
      self->backups_asked_for++;
      g_signal_connect_object (task, "notify::completed", G_CALLBACK (asked_over_cb), self, G_CONNECT_SWAPPED);
    }
  /* The data stays that of the task, which waits for this one. */
  plan = g_task_new (self, cancellable, planned_cb, task);
  g_task_set_task_data (plan, copying, NULL);
  memo_worker_run (plan, plan_thread);
}

gboolean
memo_library_keep_backup_finish (MemoLibrary *self, GAsyncResult *result, char **ret_path, GError **error)
{
  Copying *copying;

  g_return_val_if_fail (g_async_result_is_tagged (result, memo_library_keep_backup_async), FALSE);
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  copying = g_task_get_task_data (G_TASK (result));
  if (ret_path != NULL)
    *ret_path = g_strdup (copying->path);
  return TRUE;
}

static void
list_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *list = memo_backups_list (data, &error);

  if (list != NULL)
    g_task_return_pointer (task, list, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
memo_library_backups_async (MemoLibrary *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (MEMO_IS_LIBRARY (self));
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, memo_library_backups_async);
  g_task_set_task_data (task, g_strdup (self->path), g_free);
  memo_worker_run (task, list_thread);
}

GPtrArray *
memo_library_backups_finish (MemoLibrary *self, GAsyncResult *result, GError **error)
{
  return memo_library_take (self, result, memo_library_backups_async, error);
}

/* Checking */

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *problems = memo_store_run_finish (MEMO_STORE (source), result, &error);

  if (problems == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, problems, (GDestroyNotify) g_ptr_array_unref);
}

static void
repaired_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoNotice) notice = memo_notice_new (NULL, TRUE);
  GPtrArray *problems = memo_store_run_finish (MEMO_STORE (source), result, &error);

  if (problems == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
    }
  else
    memo_library_reload (g_task_get_source_object (task), notice, task, problems, (GDestroyNotify) g_ptr_array_unref);
}

void
memo_library_check_async (MemoLibrary *self,
                          gboolean repair,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task;
  Copying *copying;
  MemoQuery *query;

  g_return_if_fail (MEMO_IS_LIBRARY (self));
  task =
      copying_new (self, COPY_TO_CHECK, MEMO_PRIORITY_SOON, cancellable, callback, user_data, memo_library_check_async);
  if (repair)
    {
      query = memo_query_new (NULL);
      query->indexer = memo_indexer_ref (self->indexer);
      query->flag = TRUE;
      memo_store_run_async (self->store, MEMO_PRIORITY_PERSON, check_job, query, memo_query_free,
                            (GDestroyNotify) g_ptr_array_unref, cancellable, repaired_cb, task);
      return;
    }
  copying = g_task_get_task_data (task);
  {
    g_autofree char *folder = memo_backups_get_folder (self->path);
    g_autofree char *name = g_path_get_basename (self->path);

    g_mkdir_with_parents (folder, 0700);
    copying->path = g_build_filename (folder, name, NULL);
  }
  step_on (task);
}

GPtrArray *
memo_library_check_finish (MemoLibrary *self, GAsyncResult *result, GError **error)
{
  return memo_library_take (self, result, memo_library_check_async, error);
}
