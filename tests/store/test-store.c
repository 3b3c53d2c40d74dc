#include "fixture.h"

typedef struct
{
  GAsyncResult *result;
  GMainLoop *loop;
} Wait;

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Wait *wait = data;

  wait->result = g_object_ref (result);
  g_main_loop_quit (wait->loop);
}

static GAsyncResult *
wait_for (Wait *wait)
{
  GAsyncResult *result;

  if (wait->result == NULL)
    g_main_loop_run (wait->loop);
  result = g_steal_pointer (&wait->result);
  g_clear_pointer (&wait->loop, g_main_loop_unref);
  return result;
}

#define WAIT                                                                                                           \
  {                                                                                                                    \
    NULL, g_main_loop_new (NULL, FALSE)                                                                                \
  }

static MemoStore *
open_store (Fixture *fixture)
{
  MemoStore *store = memo_store_new ();
  Wait wait = WAIT;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  memo_store_open_async (store, fixture->path, MEMO_OPEN_DEFAULT, NULL, done_cb, &wait);
  result = wait_for (&wait);
  g_assert_true (memo_store_open_finish (store, result, &error));
  g_assert_no_error (error);
  return store;
}

static void
close_store (MemoStore *store)
{
  Wait wait = WAIT;
  g_autoptr (GAsyncResult) result = NULL;

  memo_store_close_async (store, done_cb, &wait);
  result = wait_for (&wait);
  g_assert_true (memo_store_close_finish (store, result, NULL));
}

static gpointer
path_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return g_strdup (memo_database_get_path (database));
}

static void
test_run (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoStore) store = open_store (fixture);
  Wait wait = WAIT, again = WAIT, late = WAIT;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) twice = NULL;
  g_autoptr (GAsyncResult) closed = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  memo_store_run_async (store, MEMO_PRIORITY_PERSON, path_job, NULL, NULL, g_free, NULL, done_cb, &wait);
  result = wait_for (&wait);
  path = memo_store_run_finish (store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (path, ==, fixture->path);
  memo_store_open_async (store, fixture->path, MEMO_OPEN_DEFAULT, NULL, done_cb, &again);
  twice = wait_for (&again);
  g_assert_false (memo_store_open_finish (store, twice, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_FAILED);
  g_clear_error (&error);
  close_store (store);
  memo_store_run_async (store, MEMO_PRIORITY_PERSON, path_job, g_strdup ("x"), g_free, g_free, NULL, done_cb, &late);
  closed = wait_for (&late);
  g_assert_null (memo_store_run_finish (store, closed, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_FAILED);
}

/* Opened, closed, opened again; an opening that fails leaves a store that can be used. */
static void
test_reopen (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoStore) store = open_store (fixture);
  Wait bad = WAIT, wait = WAIT;
  g_autoptr (GAsyncResult) failed = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  close_store (store);
  memo_store_open_async (store, "/nowhere/at/all", MEMO_OPEN_DEFAULT, NULL, done_cb, &bad);
  failed = wait_for (&bad);
  g_assert_false (memo_store_open_finish (store, failed, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  memo_store_open_async (store, fixture->path, MEMO_OPEN_DEFAULT, NULL, done_cb, &wait);
  result = wait_for (&wait);
  g_assert_true (memo_store_open_finish (store, result, &error));
  close_store (store);
}

static GString *order;

static gpointer
order_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_string_append (order, data);
  return NULL;
}

/* Until everything is in the queue. */
static gpointer
wait_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_mutex_lock (data);
  g_mutex_unlock (data);
  return NULL;
}

static void
test_priority (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoStore) store = open_store (fixture);
  GMutex gate;

  order = g_string_new (NULL);
  g_mutex_init (&gate);
  g_mutex_lock (&gate);
  memo_store_run_async (store, MEMO_PRIORITY_PERSON, wait_job, &gate, NULL, NULL, NULL, NULL, NULL);
  memo_store_run_async (store, MEMO_PRIORITY_BACKGROUND, order_job, "d", NULL, NULL, NULL, NULL, NULL);
  memo_store_run_async (store, MEMO_PRIORITY_SOON, order_job, "c", NULL, NULL, NULL, NULL, NULL);
  memo_store_run_async (store, MEMO_PRIORITY_PERSON, order_job, "a", NULL, NULL, NULL, NULL, NULL);
  memo_store_run_async (store, MEMO_PRIORITY_PERSON, order_job, "b", NULL, NULL, NULL, NULL, NULL);
  g_mutex_unlock (&gate);
  /* Closing runs what is queued. */
  close_store (store);
  g_mutex_clear (&gate);
  g_assert_cmpstr (order->str, ==, "abcd");
  g_string_free (order, TRUE);
}

/* Counts for ever, until it is interrupted. */
static gpointer
endless_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < 1000000; i++)
    if (memo_database_search (database, "a b c", TRUE, 10, error) == NULL)
      return NULL;
  return NULL;
}

static gboolean
cancel_cb (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoStore) store = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Wait wait = WAIT, queued = WAIT;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) never = NULL;
  g_autoptr (GError) error = NULL;
  MemoChange *change = memo_change_new ("Import", NULL);

  for (int i = 0; i < 2000; i++)
    {
      g_autoptr (MemoRecord) note = make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "a b c", -1);

      memo_change_insert (change, note);
    }
  memo_notice_unref (apply (fixture->database, change));
  store = open_store (fixture);
  memo_store_run_async (store, MEMO_PRIORITY_PERSON, endless_job, NULL, NULL, NULL, cancellable, done_cb, &wait);
  g_timeout_add (20, cancel_cb, cancellable);
  result = wait_for (&wait);
  g_assert_null (memo_store_run_finish (store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  memo_store_run_async (store, MEMO_PRIORITY_PERSON, path_job, NULL, NULL, g_free, cancellable, done_cb, &queued);
  never = wait_for (&queued);
  g_assert_null (memo_store_run_finish (store, never, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  close_store (store);
}

/* A store that is dropped with work in its queue finishes it first. */
static void
test_drop (Fixture *fixture, gconstpointer data)
{
  MemoStore *store = open_store (fixture);
  Wait wait = WAIT;
  g_autoptr (GAsyncResult) result = NULL;

  order = g_string_new (NULL);
  memo_store_run_async (store, MEMO_PRIORITY_BACKGROUND, order_job, "x", NULL, NULL, NULL, done_cb, &wait);
  g_object_unref (store);
  result = wait_for (&wait);
  g_assert_cmpstr (order->str, ==, "x");
  g_string_free (order, TRUE);
}

static gpointer
hold_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return memo_database_hold (database, error) ? memo_database_search (database, "word", TRUE, 10, error) : NULL;
}

static gpointer
write_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (MemoRecord) note = make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "word", -1);
  MemoChange *change = memo_change_new ("New note", NULL);

  memo_change_insert (change, note);
  memo_notice_unref (apply (database, change));
  return GINT_TO_POINTER (TRUE);
}

static GPtrArray *
hold (MemoStore *reader)
{
  Wait wait = WAIT;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *hits;

  memo_store_run_async (reader, MEMO_PRIORITY_PERSON, hold_job, NULL, NULL, NULL, NULL, done_cb, &wait);
  result = wait_for (&wait);
  hits = memo_store_run_finish (reader, result, &error);
  g_assert_no_error (error);
  return hits;
}

/* Microseconds from the hold to the end of a commit beside it. */
static gint64
hold_and_write (MemoStore *store, MemoStore *reader, MemoPriority priority, guint n_before)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GPtrArray) hits = hold (reader);
  g_autoptr (GAsyncResult) result = NULL;
  Wait wait = WAIT;

  g_assert_cmpuint (hits->len, ==, MIN (n_before, 10));
  memo_store_run_async (store, priority, write_job, NULL, NULL, NULL, NULL, done_cb, &wait);
  result = wait_for (&wait);
  g_assert_nonnull (memo_store_run_finish (store, result, NULL));
  return g_get_monotonic_time () - start;
}

/* Who types is not kept waiting by a commit that nobody waits for; the person's own edits do not wait for the typing. */
static void
test_hold (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoStore) store = open_store (fixture), reader = memo_store_new ();
  g_autoptr (GAsyncResult) result = NULL;
  Wait wait = WAIT;
  gint64 fastest = G_MAXINT64;
  guint n = 0;

  memo_store_open_async (reader, fixture->path, MEMO_OPEN_READ_ONLY, NULL, done_cb, &wait);
  result = wait_for (&wait);
  g_assert_true (memo_store_open_finish (reader, result, NULL));
  memo_store_set_reader (store, reader);
  g_assert_cmpint (hold_and_write (store, reader, MEMO_PRIORITY_SOON, n++), >=, 300 * G_TIME_SPAN_MILLISECOND);
  for (guint i = 0; i < 10; i++)
    fastest = MIN (fastest, hold_and_write (store, reader, MEMO_PRIORITY_PERSON, n++));
  g_assert_cmpint (fastest, <, 300 * G_TIME_SPAN_MILLISECOND);
  close_store (reader);
  close_store (store);
}

/* Who types on and on lets others commit in between. */
static void
test_hold_ends (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoStore) store = open_store (fixture), reader = memo_store_new ();
  g_autoptr (GAsyncResult) result = NULL;
  Wait wait = WAIT, written = WAIT;
  guint n = 0;

  memo_store_open_async (reader, fixture->path, MEMO_OPEN_READ_ONLY, NULL, done_cb, &wait);
  result = wait_for (&wait);
  g_assert_true (memo_store_open_finish (reader, result, NULL));
  memo_store_set_reader (store, reader);
  g_ptr_array_unref (hold (reader));
  memo_store_run_async (store, MEMO_PRIORITY_SOON, write_job, NULL, NULL, NULL, NULL, done_cb, &written);
  while (n == 0)
    {
      g_autoptr (GPtrArray) hits = hold (reader);

      n = hits->len;
    }
  g_assert_cmpuint (n, ==, 1);
  g_object_unref (wait_for (&written));
  close_store (reader);
  close_store (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add_test ("/store/store/run", test_run);
  fixture_add_test ("/store/store/reopen", test_reopen);
  fixture_add_test ("/store/store/priority", test_priority);
  fixture_add_test ("/store/store/cancel", test_cancel);
  fixture_add_test ("/store/store/drop", test_drop);
  fixture_add_test ("/store/store/hold", test_hold);
  fixture_add_test ("/store/store/hold-ends", test_hold_ends);
  return g_test_run ();
}
