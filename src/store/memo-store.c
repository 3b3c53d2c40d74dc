#include "memo-store.h"

#include <glib/gi18n.h>
#include "base/memo-error.h"

/* The thread lives as long as the store; it holds no reference to it, only to the queue that both share. */

typedef struct
{
  MemoStoreJob job;
  gpointer data;
  GDestroyNotify data_free;
  GDestroyNotify result_free;
  GTask *task;
} Job;

typedef struct _Queue Queue;
struct _Queue
{
  gatomicrefcount refs;
  GMutex lock;
  GCond wake;
  GQueue jobs[MEMO_PRIORITY_BACKGROUND + 1];
  MemoPriority running; /* the job that runs, or ran last */
  gboolean quit;
  gboolean let_go;        /* of what is held, as soon as no job runs */
  Queue *reader;          /* nullable */
  MemoDatabase *database; /* touched by the thread alone */
};

struct _MemoStore
{
  GObject parent_instance;
  Queue *queue;
  GThread *thread;
  gboolean closing; /* from the call that closes to the next one that opens */
};

G_DEFINE_FINAL_TYPE (MemoStore, memo_store, G_TYPE_OBJECT)

static void
queue_unref (Queue *queue)
{
  if (!g_atomic_ref_count_dec (&queue->refs))
    return;
  g_clear_pointer (&queue->reader, queue_unref);
  g_mutex_clear (&queue->lock);
  g_cond_clear (&queue->wake);
  g_free (queue);
}

/* Takes @job. */
static void
run_job (Queue *queue, Job *job)
{
  GCancellable *cancellable = g_task_get_cancellable (job->task);
  g_autoptr (GError) error = NULL;
  gpointer result = NULL;

  if (!g_cancellable_set_error_if_cancelled (cancellable, &error))
    {
      if (queue->database != NULL)
        memo_database_set_cancellable (queue->database, cancellable);
      result = job->job (queue->database, job->data, cancellable, &error);
      if (queue->database != NULL)
        memo_database_set_cancellable (queue->database, NULL);
    }
  /* Before the answer: what the data refers to is let go of while whoever asked still holds it, and does not end here. */
  if (job->data_free != NULL)
    job->data_free (job->data);
  if (error != NULL)
    {
      if (result != NULL && job->result_free != NULL)
        job->result_free (result);
      g_task_return_error (job->task, g_steal_pointer (&error));
    }
  else
    g_task_return_pointer (job->task, result, job->result_free);
  g_object_unref (job->task);
  g_free (job);
}

/* Called in the thread of @data, a queue, while another connection does not let it commit. */
static void
busy_cb (gpointer data)
{
  Queue *queue = data, *reader;
  gboolean somebody_waits;

  g_mutex_lock (&queue->lock);
  reader = queue->reader;
  somebody_waits = queue->running == MEMO_PRIORITY_PERSON || !g_queue_is_empty (&queue->jobs[MEMO_PRIORITY_PERSON]);
  g_mutex_unlock (&queue->lock);
  if (reader == NULL || !somebody_waits)
    return;
  g_mutex_lock (&reader->lock);
  reader->let_go = TRUE;
  g_cond_signal (&reader->wake);
  g_mutex_unlock (&reader->lock);
}

/* With the lock. NULL: there is none. */
static Job *
take_job (Queue *queue)
{
  for (guint i = 0; i < G_N_ELEMENTS (queue->jobs); i++)
    if (!g_queue_is_empty (&queue->jobs[i]))
      {
        queue->running = i;
        return g_queue_pop_head (&queue->jobs[i]);
      }
  return NULL;
}

/* NULL: that was all. */
static Job *
wait_for_job (Queue *queue)
{
  Job *job = NULL;

  g_mutex_lock (&queue->lock);
  while (TRUE)
    {
      gint64 until = queue->database != NULL ? memo_database_get_held_until (queue->database) : 0;

      if (until == 0)
        queue->let_go = FALSE;
      if (until != 0 && (queue->let_go || g_get_monotonic_time () >= until))
        {
          /* That is a call of the file system's: who adds a job does not wait for it. */
          g_mutex_unlock (&queue->lock);
          memo_database_let_go (queue->database);
          g_mutex_lock (&queue->lock);
        }
      else if ((job = take_job (queue)) != NULL || queue->quit)
        break;
      else if (until != 0)
        g_cond_wait_until (&queue->wake, &queue->lock, until);
      else
        g_cond_wait (&queue->wake, &queue->lock);
    }
  g_mutex_unlock (&queue->lock);
  return job;
}

static gpointer
thread_cb (gpointer data)
{
  Queue *queue = data;
  Job *job;

  while ((job = wait_for_job (queue)) != NULL)
    run_job (queue, job);
  g_clear_pointer (&queue->database, memo_database_close);
  queue_unref (queue);
  return NULL;
}

static void
push (MemoStore *self, MemoPriority priority, Job *job)
{
  g_mutex_lock (&self->queue->lock);
  g_queue_push_tail (&self->queue->jobs[priority], job);
  g_cond_signal (&self->queue->wake);
  g_mutex_unlock (&self->queue->lock);
}

static void
memo_store_finalize (GObject *object)
{
  MemoStore *self = MEMO_STORE (object);

  g_mutex_lock (&self->queue->lock);
  self->queue->quit = TRUE;
  g_cond_signal (&self->queue->wake);
  g_mutex_unlock (&self->queue->lock);
  /* The last reference may have been that of a task, dropped in the thread itself. */
  if (self->thread == g_thread_self ())
    g_thread_unref (self->thread);
  else
    g_thread_join (self->thread);
  queue_unref (self->queue);
  G_OBJECT_CLASS (memo_store_parent_class)->finalize (object);
}

static void
memo_store_class_init (MemoStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = memo_store_finalize;
}

static void
memo_store_init (MemoStore *self)
{
  self->queue = g_new0 (Queue, 1);
  g_atomic_ref_count_init (&self->queue->refs);
  g_mutex_init (&self->queue->lock);
  g_cond_init (&self->queue->wake);
  g_atomic_ref_count_inc (&self->queue->refs);
  self->thread = g_thread_new ("memo-store", thread_cb, self->queue);
}

MemoStore *
memo_store_new (void)
{
  return g_object_new (MEMO_TYPE_STORE, NULL);
}

/* A job that stands in its own queue's data. */
typedef struct
{
  Queue *queue;
  char *path;
  MemoOpenFlags flags;
} OpenData;

static void
open_data_free (gpointer data)
{
  OpenData *open = data;

  queue_unref (open->queue);
  g_free (open->path);
  g_free (open);
}

static OpenData *
open_data_new (MemoStore *self, const char *path, MemoOpenFlags flags)
{
  OpenData *open = g_new0 (OpenData, 1);

  open->queue = self->queue;
  g_atomic_ref_count_inc (&self->queue->refs);
  open->path = g_strdup (path);
  open->flags = flags;
  return open;
}

static gpointer
open_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  OpenData *open = data;

  if (database != NULL)
    {
      g_set_error_literal (error, MEMO_ERROR, MEMO_ERROR_FAILED, _ ("A library is open already."));
      return NULL;
    }
  open->queue->database = memo_database_open (open->path, open->flags, error);
  if (open->queue->database != NULL)
    memo_database_set_busy_func (open->queue->database, busy_cb, open->queue);
  return open->queue->database != NULL ? GINT_TO_POINTER (TRUE) : NULL;
}

static gpointer
close_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  OpenData *open = data;

  g_clear_pointer (&open->queue->database, memo_database_close);
  return GINT_TO_POINTER (TRUE);
}

static Job *
job_new (MemoStore *self,
         MemoStoreJob function,
         gpointer data,
         GDestroyNotify data_free,
         GDestroyNotify result_free,
         GCancellable *cancellable,
         GAsyncReadyCallback callback,
         gpointer user_data,
         gpointer tag)
{
  Job *job = g_new0 (Job, 1);

  job->job = function;
  job->data = data;
  job->data_free = data_free;
  job->result_free = result_free;
  job->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (job->task, tag);
  /* What was done was done: a cancel that comes after the commit must not hide it. */
  g_task_set_check_cancellable (job->task, FALSE);
  return job;
}

void
memo_store_open_async (MemoStore *self,
                       const char *path,
                       MemoOpenFlags flags,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (MEMO_IS_STORE (self));

  push (self, self->closing ? MEMO_PRIORITY_BACKGROUND : MEMO_PRIORITY_PERSON,
        job_new (self, open_job, open_data_new (self, path, flags), open_data_free, NULL, cancellable, callback,
                 user_data, memo_store_open_async));
  self->closing = FALSE;
}

gboolean
memo_store_open_finish (MemoStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

void
memo_store_set_reader (MemoStore *self, MemoStore *reader)
{
  g_return_if_fail (MEMO_IS_STORE (self) && MEMO_IS_STORE (reader));

  g_mutex_lock (&self->queue->lock);
  g_clear_pointer (&self->queue->reader, queue_unref);
  self->queue->reader = reader->queue;
  g_atomic_ref_count_inc (&reader->queue->refs);
  g_mutex_unlock (&self->queue->lock);
}

void
memo_store_close_async (MemoStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (MEMO_IS_STORE (self));

  self->closing = TRUE;
  /* Behind everything that is queued. */
  push (self, MEMO_PRIORITY_BACKGROUND,
        job_new (self, close_job, open_data_new (self, NULL, 0), open_data_free, NULL, NULL, callback, user_data,
                 memo_store_close_async));
}

gboolean
memo_store_close_finish (MemoStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

/* A caller's job, which needs an open library. */
typedef struct
{
  MemoStoreJob job; /* NULL: asked for after the closing */
  gpointer data;
  GDestroyNotify data_free;
} RunData;

static void
run_data_free (gpointer data)
{
  RunData *run = data;

  if (run->data_free != NULL)
    run->data_free (run->data);
  g_free (run);
}

static gpointer
run_cb (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  RunData *run = data;

  if (database == NULL || run->job == NULL)
    {
      g_set_error_literal (error, MEMO_ERROR, MEMO_ERROR_FAILED, _ ("The library is closed. Nothing was changed."));
      return NULL;
    }
  return run->job (database, run->data, cancellable, error);
}

void
memo_store_run_async (MemoStore *self,
                      MemoPriority priority,
                      MemoStoreJob job,
                      gpointer data,
                      GDestroyNotify data_free,
                      GDestroyNotify result_free,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  RunData *run;

  g_return_if_fail (MEMO_IS_STORE (self));
  g_return_if_fail (job != NULL);

  run = g_new0 (RunData, 1);
  run->job = self->closing ? NULL : job;
  run->data = data;
  run->data_free = data_free;
  push (self, priority,
        job_new (self, run_cb, run, run_data_free, result_free, cancellable, callback, user_data,
                 memo_store_run_async));
}

gpointer
memo_store_run_finish (MemoStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
