#include "import-test.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sys/socket.h>
#include "import/memo-import-process.h"

static const char page[] =
    "<html><head><title>A plan of two harbours</title></head><body><p>The harbours agreed on a plan, and on "
    "its calendar, and everybody was content.</p></body></html>";

static JsonObject *
parse (const char *text, gssize length, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);

  return memo_import_process_parse (bytes, "a.html", NULL, cancellable, error);
}

static void
test_answer (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) draft = NULL;

  memo_import_process_hold ();
  for (guint i = 0; i < 20; i++)
    {
      g_clear_pointer (&draft, json_object_unref);
      draft = parse (page, -1, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (get (draft, "title"), ==, "A plan of two harbours");
    }
  memo_import_process_release ();
}

/* An error of the parser comes over with its message. */
static void
test_error (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (parse ("<html></html>", -1, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_FORMAT);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (parse (page, -1, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A helper that dies or is none: an error, and the next file is read by a new one. */
static void
test_crash (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "memo-helper-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) draft = NULL;
  g_autofree char *real = memo_import_process_find_helper ();
  int fd;

  g_assert_nonnull (real);
  fd = g_mkstemp_full (path, O_RDWR, 0700);
  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents_full (path, "#!/bin/sh\nkill -9 $$\n", -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  g_setenv ("MEMO_IMPORT_HELPER", path, TRUE);
  memo_import_process_hold ();
  g_assert_null (parse (page, -1, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_FORMAT);
  g_clear_error (&error);

  g_setenv ("MEMO_IMPORT_HELPER", real, TRUE);
  draft = parse (page, -1, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (draft);
  memo_import_process_release ();
  g_unlink (path);

  g_setenv ("MEMO_IMPORT_HELPER", "/nonexistent/helper", TRUE);
  g_assert_null (parse (page, -1, NULL, &error));
  g_assert_nonnull (error);
  g_unsetenv ("MEMO_IMPORT_HELPER");
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (200000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

/* A helper that hangs is left behind when the import is cancelled. */
static void
test_hang (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "memo-helper-XXXXXX", NULL);
  g_autofree char *real = memo_import_process_find_helper ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  GThread *thread;
  int fd;

  fd = g_mkstemp_full (path, O_RDWR, 0700);
  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (
      g_file_set_contents_full (path, "#!/bin/sh\nexec sleep 60\n", -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  g_setenv ("MEMO_IMPORT_HELPER", path, TRUE);
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_assert_null (parse (page, -1, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 15 * G_USEC_PER_SEC);
  g_thread_join (thread);
  g_setenv ("MEMO_IMPORT_HELPER", real, TRUE);
  g_unlink (path);
}

#ifndef __SANITIZE_ADDRESS__
/* More memory than is allowed: an error for that file alone. The address sanitizer reserves more than any limit by itself,
 * so that the helper sets none under it. */
static void
test_hunger (void)
{
  g_autoptr (GString) text = g_string_new ("<html><body>");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) draft = NULL;

  memo_import_process_hold ();
  for (guint i = 0; i < 6000000; i++)
    g_string_append (text, "<p>x");
  g_assert_null (parse (text->str, text->len, NULL, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (error->domain, ==, MEMO_ERROR);
  g_clear_error (&error);
  draft = parse (page, -1, NULL, &error);
  g_assert_no_error (error);
  memo_import_process_release ();
}
#endif

/* More processor time than is allowed: a helper of one's own is asked for a large page within a second. */
static void
test_late (void)
{
  static const char request[] = "{\"name\":\"a.html\",\"seconds\":1}";
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autofree char *path = memo_import_process_find_helper ();
  g_autoptr (GSubprocess) helper = NULL;
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GString) text = g_string_new ("<html><body><p>");
  g_autofree char *message = NULL;
  GOutputStream *out;
  GInputStream *in;
  MemoImportHeader header = { MEMO_IMPORT_MAGIC, strlen (request), 0 };
  int ends[2];

  while (text->len < 56 * 1024 * 1024)
    g_string_append (text, "The ministers agreed on a plan, and on its calendar, and everybody was content with it. ");
  header.length = text->len;
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), ==, 0);
  g_subprocess_launcher_take_fd (launcher, ends[1], MEMO_IMPORT_FD);
  helper = g_subprocess_launcher_spawn (launcher, NULL, path, NULL);
  g_assert_nonnull (helper);
  socket = g_socket_new_from_fd (ends[0], NULL);
  connection = g_socket_connection_factory_create_connection (socket);
  out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_assert_true (g_output_stream_write_all (out, &header, sizeof header, NULL, NULL, NULL));
  g_assert_true (g_output_stream_write_all (out, request, strlen (request), NULL, NULL, NULL));
  g_assert_true (g_output_stream_write_all (out, text->str, text->len, NULL, NULL, NULL));
  g_assert_true (g_input_stream_read_all (in, &header, sizeof header, NULL, NULL, NULL));
  g_assert_cmpuint (header.name_length, ==, 1 + MEMO_ERROR_LIMIT);
  message = g_malloc0 (header.length + 1);
  g_assert_true (g_input_stream_read_all (in, message, header.length, NULL, NULL, NULL));
  g_assert_cmpstr (message, ==, "Reading the file took too long.");
  g_assert_true (g_subprocess_wait (helper, NULL, NULL));
}

static gpointer
parse_some (gpointer data)
{
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) draft = parse (page, -1, NULL, &error);

      g_assert_no_error (error);
    }
  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[6];

  memo_import_process_hold ();
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("parse", parse_some, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  memo_import_process_release ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/process/answer", test_answer);
  g_test_add_func ("/import/process/error", test_error);
  g_test_add_func ("/import/process/cancelled", test_cancelled);
  g_test_add_func ("/import/process/crash", test_crash);
  g_test_add_func ("/import/process/hang", test_hang);
#ifndef __SANITIZE_ADDRESS__
  g_test_add_func ("/import/process/hunger", test_hunger);
#endif
  g_test_add_func ("/import/process/late", test_late);
  g_test_add_func ("/import/process/threads", test_threads);
  return g_test_run ();
}
