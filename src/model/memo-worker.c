#include "memo-worker.h"

/* The thread has a task of its own, without a source: the callback, where the caller's task belongs, lets go of that. */

typedef struct
{
  GTask *task;
  GTaskThreadFunc function;
} Work;

static void
work_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;

  work->function (work->task, g_task_get_source_object (work->task), g_task_get_task_data (work->task), cancellable);
  g_task_return_boolean (task, TRUE);
}

static void
worked_cb (GObject *source, GAsyncResult *result, gpointer task)
{
  g_object_unref (task);
}

void
memo_worker_run (GTask *task, GTaskThreadFunc function)
{
  g_autoptr (GTask) thread = NULL;
  Work *work;

  g_return_if_fail (G_IS_TASK (task) && function != NULL);
  work = g_new (Work, 1);
  *work = (Work){ task, function };
  thread = g_task_new (NULL, g_task_get_cancellable (task), worked_cb, g_object_ref (task));
  g_task_set_source_tag (thread, memo_worker_run);
  g_task_set_task_data (thread, work, g_free);
  g_task_run_in_thread (thread, work_thread);
}
