#include "../patience.h"
#include "model/memo-worker.h"

static GMutex mutex;
static GCond cond;
static gboolean answered, seen;

/* Goes on after its answer, until that is heard. */
static void
early_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  gint64 end = patience_end (60);

  g_assert_true (source == data);
  g_task_return_int (task, 7);
  g_mutex_lock (&mutex);
  while (!answered && g_cond_wait_until (&cond, &mutex, end))
    ;
  seen = answered;
  g_mutex_unlock (&mutex);
}

static void
early_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_task_propagate_int (G_TASK (result), &error), ==, 7);
  g_assert_no_error (error);
  g_mutex_lock (&mutex);
  answered = TRUE;
  g_cond_signal (&cond);
  g_mutex_unlock (&mutex);
}

static void
test_early (void)
{
  g_autoptr (GObject) source = g_object_new (G_TYPE_OBJECT, NULL);
  gpointer alive = source;
  GTask *task = g_task_new (source, NULL, early_cb, NULL);

  g_task_set_task_data (task, source, NULL);
  memo_worker_run (task, early_thread);
  g_object_add_weak_pointer (source, &alive);
  g_object_unref (g_steal_pointer (&source));
  g_object_unref (task);
  /* With the source the task is gone, and with that the thread. */
  while (alive != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (seen);
}

static GThread *here;
static guint ended, left;

static void
end_cb (gpointer data)
{
  g_assert_true (g_thread_self () == here);
  ended++;
}

static void
gone_cb (gpointer data, GObject *source)
{
  end_cb (data);
}

static void
answer_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
}

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer cancelled)
{
  g_assert_true (g_task_propagate_boolean (G_TASK (result), NULL) != (cancelled != NULL));
  left--;
}

/* Neither the source nor the data ever ends in a worker. */
static void
test_ends (void)
{
  here = g_thread_self ();
  for (guint i = 0; i < 2000; i++)
    {
      GObject *source = g_object_new (G_TYPE_OBJECT, NULL);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      gpointer cancelled = i % 3 == 0 ? cancellable : NULL;
      GTask *task = g_task_new (source, cancellable, answer_cb, cancelled);

      g_object_weak_ref (source, gone_cb, NULL);
      g_object_unref (source);
      g_task_set_task_data (task, here, end_cb);
      memo_worker_run (task, answer_thread);
      if (cancelled != NULL)
        g_cancellable_cancel (cancellable);
      g_object_unref (task);
      for (left++; left > 20;)
        g_main_context_iteration (NULL, TRUE);
    }
  while (ended < 4000)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (left, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/worker/early", test_early);
  g_test_add_func ("/model/worker/ends", test_ends);
  return g_test_run ();
}
