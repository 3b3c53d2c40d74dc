#include "model-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <time.h>

#include "base/memo-error.h"
#include "model/memo-actions.h"
#include "model/memo-caretaker.h"

#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

static GPtrArray *
read_trash (MemoLibrary *library)
{
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *trash;

  memo_library_trash_async (library, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  trash = memo_library_trash_finish (library, result, &error);
  g_assert_no_error (error);
  return trash;
}

static MemoRecord *
add (MemoLibrary *library, const char *title)
{
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_NOTE, NULL);
  g_autoptr (MemoChange) change = memo_change_new ("Add", title);
  MemoRecord *record;

  memo_record_builder_set_text (builder, MEMO_NOTE_TITLE, title);
  record = memo_record_builder_end (builder);
  memo_change_insert (change, record);
  fixture_apply (library, change);
  return record;
}

static void
trash (MemoLibrary *library, MemoRecord *record)
{
  g_autoptr (MemoChange) change = memo_change_new ("Trash", NULL);

  memo_change_trash (change, record);
  fixture_apply (library, change);
}

static void
changed_cb (MemoLibrary *library, MemoNotice *notice, guint *changes)
{
  (*changes)++;
}

static void
moved_cb (MemoLibrary *library, const char *message, guint *moved)
{
  g_assert_nonnull (message);
  (*moved)++;
}

/* Who has a library open learns, once, that another file is in its place: a restore from the command line. */
static void
test_replaced (void)
{
  g_autofree char *path = fixture_path ("replaced");
  g_autofree char *aside = g_strconcat (path, ".aside", NULL);
  g_autofree char *data = NULL;
  g_autoptr (MemoLibrary) library = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (MemoRecord) note = add (library, "Note");
  gint64 end = patience_end (20);
  gsize length;
  guint moved = 0;

  g_signal_connect (library, "moved", G_CALLBACK (moved_cb), &moved);
  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  g_assert_cmpint (g_rename (path, aside), ==, 0);
  g_assert_true (g_file_set_contents (path, data, length, NULL));
  while (moved == 0 && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (moved, ==, 1);
  fixture_close (library);
}

static void
test_trash (void)
{
  g_autofree char *path = fixture_path ("trash");
  g_autoptr (MemoLibrary) library = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (MemoRecord) one = add (library, "One");
  g_autoptr (MemoRecord) two = add (library, "Two");
  const char *uuids[] = { memo_record_get_uuid (one), NULL };
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) both = NULL;
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;
  guint changes = 0, removed = 0, n = memo_index_get_n (memo_library_get_index (library), MEMO_KIND_NOTE);

  trash (library, one);
  trash (library, two);
  both = read_trash (library);
  g_assert_cmpuint (both->len, ==, 2);
  g_assert_cmpstr (memo_record_get_title (both->pdata[0]), ==, "Two");
  g_signal_connect (library, "changed", G_CALLBACK (changed_cb), &changes);
  memo_library_restore_async (library, uuids, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  g_assert_true (memo_library_restore_finish (library, result, &error));
  g_assert_no_error (error);
  g_clear_object (&result);
  g_assert_cmpuint (changes, ==, 1);
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (library), MEMO_KIND_NOTE), ==, n - 1);
  left = read_trash (library);
  g_assert_cmpuint (left->len, ==, 1);
  memo_library_restore_async (library, uuids, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  g_assert_false (memo_library_restore_finish (library, result, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
  g_clear_error (&error);
  g_clear_object (&result);

  memo_library_sweep_async (library, g_get_real_time (), NULL, memo_await_cb, &await);
  result = memo_await (&await);
  g_assert_true (memo_library_sweep_finish (library, result, &removed, &error));
  g_assert_cmpuint (removed, ==, 0);
  g_clear_object (&result);
  memo_library_empty_trash_async (library, NULL, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  g_assert_true (memo_library_empty_trash_finish (library, result, &removed, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (removed, ==, 1);
  g_assert_cmpuint (changes, ==, 2);
  none = read_trash (library);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (library), MEMO_KIND_NOTE), ==, n - 1);
  fixture_close (library);
}

static char *
keep_backup (MemoLibrary *library, gint64 now, gboolean asked)
{
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *path = NULL;

  memo_library_keep_backup_async (library, now, asked, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  g_assert_true (memo_library_keep_backup_finish (library, result, &path, &error));
  g_assert_no_error (error);
  return path;
}

static void
remove_backups (const char *library)
{
  g_autofree char *folder = memo_backups_get_folder (library);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
test_backups (void)
{
  g_autofree char *path = fixture_path ("backups");
  g_autoptr (MemoLibrary) library = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (MemoRecord) one = add (library, "One");
  g_autoptr (MemoRecord) two = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  MemoAwait await = { 0 };
  gint64 now = g_get_real_time ();
  g_autofree char *first = keep_backup (library, now, FALSE);
  g_autofree char *again = NULL;
  g_autofree char *unchanged = NULL;
  g_autofree char *next = NULL;
  g_autofree char *asked = NULL;

  g_assert_nonnull (first);
  g_assert_true (g_file_test (first, G_FILE_TEST_IS_REGULAR));
  /* Once a day, and only when something was done. */
  two = add (library, "Two");
  again = keep_backup (library, now + DAY - DAY / 24, FALSE);
  g_assert_null (again);
  next = keep_backup (library, now + DAY, FALSE);
  g_assert_nonnull (next);
  unchanged = keep_backup (library, now + 3 * DAY, FALSE);
  g_assert_null (unchanged);
  asked = keep_backup (library, now + 3 * DAY, TRUE);
  g_assert_nonnull (asked);
  memo_library_backups_async (library, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  list = memo_library_backups_finish (library, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 3);
  fixture_close (library);
  remove_backups (path);
}

/* One that is asked for stays, whatever else is due meanwhile. */
static void
test_backup_asked (void)
{
  g_autofree char *path = fixture_path ("asked");
  g_autoptr (MemoLibrary) library = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (MemoRecord) one = add (library, "One");
  gint64 now = g_get_real_time ();
  MemoAwait await = { 0 }, due = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) other = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *asked = NULL;
  g_autofree char *made = NULL;
  g_autofree char *later = NULL;

  memo_library_keep_backup_async (library, now, TRUE, NULL, memo_await_cb, &await);
  memo_library_keep_backup_async (library, now + 2 * G_USEC_PER_SEC, FALSE, NULL, memo_await_cb, &due);
  result = memo_await (&await);
  other = memo_await (&due);
  g_assert_true (memo_library_keep_backup_finish (library, result, &asked, &error));
  g_assert_no_error (error);
  g_assert_true (memo_library_keep_backup_finish (library, other, &made, &error));
  g_assert_no_error (error);
  g_assert_null (made);
  list = memo_backups_list (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (((MemoBackup *) list->pdata[0])->path, ==, asked);

  /* Once it is made, the next day's is due again. */
  g_clear_object (&one);
  one = add (library, "Two");
  later = keep_backup (library, now + 2 * DAY, FALSE);
  g_assert_nonnull (later);
  fixture_close (library);
  remove_backups (path);
}

/* Nobody who asks for something waits for a backup: it is asked while one is made, again and again. */
static void
test_backup_aside (void)
{
  g_autofree char *path = fixture_path ("aside");
  g_autoptr (MemoLibrary) library = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (GString) text = g_string_new (NULL);
  MemoAwait backup = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *made = NULL;
  gint64 longest = 0;
  guint asked = 0;

  for (guint i = 0; i < 60000; i++)
    g_string_append_printf (text, "word%u ", i * 7919 % 60000);
  for (guint i = 0; i < 20; i++)
    {
      MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_NOTE, NULL);
      g_autoptr (MemoChange) change = memo_change_new ("Add", NULL);
      g_autoptr (MemoRecord) record = NULL;

      memo_record_builder_set_text (builder, MEMO_NOTE_TEXT, text->str);
      record = memo_record_builder_end (builder);
      memo_change_insert (change, record);
      fixture_apply (library, change);
    }
  memo_library_keep_backup_async (library, g_get_real_time (), FALSE, NULL, memo_await_cb, &backup);
  while (!backup.result)
    {
      MemoAwait await = { 0 };
      g_autoptr (GAsyncResult) answer = NULL;
      g_autoptr (GPtrArray) trash = NULL;
      clock_t start = clock ();

      memo_library_trash_async (library, NULL, memo_await_cb, &await);
      answer = memo_await (&await);
      trash = memo_library_trash_finish (library, answer, NULL);
      g_assert_nonnull (trash);
      longest = MAX (longest, clock () - start);
      asked++;
    }
  result = memo_await (&backup);
  g_assert_true (memo_library_keep_backup_finish (library, result, &made, &error));
  g_assert_no_error (error);
  g_assert_nonnull (made);
  g_test_message ("%u answers, the slowest after %.1f ms of the processor", asked, longest * 1000.0 / CLOCKS_PER_SEC);
  g_assert_cmpuint (asked, >, 20);
  /* By what was done meanwhile: the clock says nothing on a busy machine. */
  g_assert_cmpint (longest, <, CLOCKS_PER_SEC / 2);
  fixture_close (library);
  remove_backups (path);
}

/* Cancelled and closed half-way: the library closes as it should, and nothing is left. */
static void
test_backup_cancelled (void)
{
  g_autofree char *path = fixture_path ("cancelled");
  g_autoptr (MemoLibrary) library = fixture_open (path, MEMO_OPEN_CREATE);
  g_autofree char *folder = memo_backups_get_folder (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  MemoAwait await = { 0 }, closed = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 end = g_get_monotonic_time () + 30 * 1000;

  memo_library_keep_backup_async (library, g_get_real_time (), TRUE, cancellable, memo_await_cb, &await);
  while (g_get_monotonic_time () < end && !await.result)
    g_main_context_iteration (NULL, FALSE);
  g_cancellable_cancel (cancellable);
  result = memo_await (&await);
  if (!memo_library_keep_backup_finish (library, result, NULL, &error))
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_clear_object (&result);

  memo_library_keep_backup_async (library, g_get_real_time (), TRUE, NULL, memo_await_cb, &await);
  memo_library_close_async (library, memo_await_cb, &closed);
  result = memo_await (&closed);
  g_assert_true (memo_library_close_finish (library, result, &error));
  g_assert_no_error (error);
  g_clear_object (&result);
  result = memo_await (&await);
  memo_library_keep_backup_finish (library, result, NULL, NULL);
  remove_backups (path);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

static void
failed_cb (MemoCaretaker *caretaker, const char *text, guint *told)
{
  g_assert_cmpuint (strlen (text), >, 10);
  (*told)++;
}

static void
wait_a_while (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

/* What goes wrong is told once, and work goes on. */
static void
test_caretaker (void)
{
  g_autofree char *path = fixture_path ("caretaker");
  g_autoptr (MemoLibrary) library = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (MemoRecord) one = add (library, "One");
  g_autoptr (MemoCaretaker) caretaker = memo_caretaker_new (library);
  g_autofree char *folder = memo_backups_get_folder (path);
  g_autoptr (GPtrArray) list = NULL;
  gint64 now = g_get_real_time ();
  guint told = 0;

  g_signal_connect (caretaker, "failed", G_CALLBACK (failed_cb), &told);
  /* A file where the folder is to be. */
  remove_backups (path);
  {
    g_autofree char *parent = g_path_get_dirname (folder);

    g_mkdir_with_parents (parent, 0700);
    g_assert_true (g_file_set_contents (folder, "x", 1, NULL));
  }
  for (guint i = 0; i < 3; i++)
    {
      memo_caretaker_run (caretaker, now);
      wait_a_while (100);
    }
  g_assert_cmpuint (told, ==, 1);
  g_assert_cmpint (g_unlink (folder), ==, 0);
  memo_caretaker_set_backups (caretaker, FALSE);
  memo_caretaker_run (caretaker, now);
  wait_a_while (100);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  memo_caretaker_set_backups (caretaker, TRUE);
  for (guint i = 0; i < 200 && (!list || list->len == 0); i++)
    {
      g_clear_pointer (&list, g_ptr_array_unref);
      memo_caretaker_run (caretaker, now);
      wait_a_while (20);
      list = memo_backups_list (path, NULL);
    }
  g_assert_cmpuint (list->len, >=, 1);
  g_assert_cmpuint (told, ==, 1);
  wait_a_while (200);
  g_object_run_dispose (G_OBJECT (caretaker));
  fixture_close (library);
  remove_backups (path);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/library-care/trash", test_trash);
  g_test_add_func ("/library-care/replaced", test_replaced);
  g_test_add_func ("/library-care/backups", test_backups);
  g_test_add_func ("/library-care/backup-asked", test_backup_asked);
  g_test_add_func ("/library-care/backup-aside", test_backup_aside);
  g_test_add_func ("/library-care/backup-cancelled", test_backup_cancelled);
  g_test_add_func ("/library-care/caretaker", test_caretaker);
  return fixture_run ();
}
