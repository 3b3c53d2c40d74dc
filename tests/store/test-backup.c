#include "fixture.h"
#include "store/memo-backup.h"

static guint
count_notes (const char *path)
{
  g_autoptr (GError) error = NULL;
  MemoDatabase *database = memo_database_open (path, MEMO_OPEN_DEFAULT, &error);
  g_autoptr (GPtrArray) notes = NULL;

  g_assert_no_error (error);
  notes = memo_database_scan (database, MEMO_KIND_NOTE, 0, 100, FALSE, TRUE, &error);
  g_assert_no_error (error);
  assert_clean (database);
  memo_database_close (database);
  return notes->len;
}

static guint
count_files (Fixture *fixture, const char *part)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_strrstr (name, part) != NULL;
  return n;
}

static void
add_note (Fixture *fixture)
{
  g_object_unref (insert_record (fixture->database, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "A", -1)));
}

static void
test_backup_restore (Fixture *fixture, gconstpointer data)
{
  g_autofree char *backup = g_build_filename (fixture->folder, "backup", NULL);
  g_autoptr (GError) error = NULL;

  add_note (fixture);
  g_assert_true (memo_database_backup (fixture->database, backup, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_notes (backup), ==, 1);
  add_note (fixture);
  /* Over an older one. */
  g_assert_true (memo_database_backup (fixture->database, backup, &error));
  g_assert_cmpuint (count_notes (backup), ==, 2);
  add_note (fixture);
  g_clear_pointer (&fixture->database, memo_database_close);
  g_assert_true (memo_store_restore (fixture->path, backup, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_notes (fixture->path), ==, 2);
  g_assert_cmpuint (count_files (fixture, "before-restore"), ==, 1);
  g_assert_true (memo_store_restore (fixture->path, backup, &error));
  g_assert_cmpuint (count_files (fixture, "before-restore"), ==, 2);
  g_assert_cmpuint (count_files (fixture, ".tmp"), ==, 0);
  /* Where nothing is. */
  g_unlink (fixture->path);
  g_assert_true (memo_store_restore (fixture->path, backup, &error));
  g_assert_cmpuint (count_notes (fixture->path), ==, 2);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (fixture->folder, "no", "folder", NULL);
  g_autofree char *text = g_build_filename (fixture->folder, "text", NULL);
  g_autofree char *folder = g_build_filename (fixture->folder, "folder", NULL);
  g_autofree char *pipe = g_build_filename (fixture->folder, "pipe", NULL);
  g_autofree char *backup = g_build_filename (fixture->folder, "backup", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  sqlite3 *other = NULL;
  struct stat status;

  add_note (fixture);
  g_assert_false (memo_database_backup (fixture->database, nowhere, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_IO);
  g_clear_error (&error);
  g_mkdir (folder, 0700);
  g_assert_false (memo_database_backup (fixture->database, folder, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_IO);
  g_clear_error (&error);
  g_rmdir (folder);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_false (memo_database_backup (fixture->database, pipe, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_IO);
  g_clear_error (&error);
  g_assert_cmpint (stat (pipe, &status), ==, 0);
  g_assert_true (S_ISFIFO (status.st_mode));
  g_unlink (pipe);
  /* Whoever has the library open would be left with a file that has no name. */
  g_assert_false (memo_database_backup (fixture->database, fixture->path, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  memo_database_set_cancellable (fixture->database, cancellable);
  g_assert_false (memo_database_backup (fixture->database, backup, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  memo_database_set_cancellable (fixture->database, NULL);
  g_assert_true (memo_database_backup (fixture->database, backup, &error));
  g_clear_pointer (&fixture->database, memo_database_close);
  g_file_set_contents (text, "no library", -1, NULL);
  g_mkdir (folder, 0700);
  g_assert_false (memo_store_restore (folder, backup, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_NOT_A_LIBRARY);
  g_clear_error (&error);
  g_assert_true (g_file_test (folder, G_FILE_TEST_IS_DIR));
  g_rmdir (folder);
  g_assert_false (memo_store_restore (fixture->path, fixture->path, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (memo_store_restore (fixture->path, text, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_NOT_A_LIBRARY);
  g_clear_error (&error);
  /* In use by somebody. */
  sqlite3_open (fixture->path, &other);
  sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL);
  g_assert_false (memo_store_restore (fixture->path, backup, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_BUSY);
  sqlite3_close (other);
  g_assert_cmpuint (count_files (fixture, ".tmp"), ==, 0);
  g_assert_cmpuint (count_files (fixture, "before-restore"), ==, 0);
  g_assert_cmpuint (count_notes (fixture->path), ==, 1);
}

static gboolean reading;

static gpointer
read_for_a_while (gpointer path)
{
  sqlite3 *reader = NULL;

  g_assert_cmpint (sqlite3_open (path, &reader), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (reader, "BEGIN; SELECT count(*) FROM note;", NULL, NULL, NULL), ==, SQLITE_OK);
  g_atomic_int_set (&reading, TRUE);
  g_usleep (300 * G_TIME_SPAN_MILLISECOND);
  sqlite3_close (reader);
  return NULL;
}

/* Somebody else looks something up meanwhile. */
static void
test_restore_beside_reader (Fixture *fixture, gconstpointer data)
{
  g_autofree char *backup = g_build_filename (fixture->folder, "backup", NULL);
  g_autoptr (GError) error = NULL;
  GThread *reader;

  g_assert_true (memo_database_backup (fixture->database, backup, &error));
  g_clear_pointer (&fixture->database, memo_database_close);
  reader = g_thread_new ("reader", read_for_a_while, fixture->path);
  while (!g_atomic_int_get (&reading))
    g_usleep (1000);
  g_assert_true (memo_store_restore (fixture->path, backup, &error));
  g_assert_no_error (error);
  g_thread_join (reader);
}

/* Who had the library open, and in use for nothing, is told: what he writes would be in the file that was put aside. */
static void
test_restored_under_another (Fixture *fixture, gconstpointer data)
{
  g_autofree char *backup = g_build_filename (fixture->folder, "backup", NULL);
  g_autoptr (MemoRecord) note = make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "Lost?", -1);
  g_autoptr (MemoChange) change = memo_change_new ("Edit", NULL);
  g_autoptr (GError) error = NULL;

  g_object_unref (insert_record (fixture->database, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "Kept", -1)));
  g_assert_true (memo_database_backup (fixture->database, backup, &error));
  g_assert_true (memo_store_restore (fixture->path, backup, &error));
  g_assert_no_error (error);
  memo_change_insert (change, note);
  g_assert_false (memo_database_apply (fixture->database, change, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_READ_ONLY);
  g_assert_cmpuint (count_notes (fixture->path), ==, 1);
}

/* A copy that is not whole is not kept. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *backup = g_build_filename (fixture->folder, "backup", NULL);
  g_autoptr (GError) error = NULL;

  g_object_unref (insert_record (fixture->database, make_record (MEMO_KIND_ARTICLE, MEMO_ARTICLE_TEXT, "Words.", -1)));
  run_sql (fixture->path, "UPDATE article SET sha256 = 'x'");
  g_assert_false (memo_database_backup (fixture->database, backup, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_CORRUPT);
  g_assert_false (g_file_test (backup, G_FILE_TEST_EXISTS));
}

/* Nothing is left of one that is given up, nor of a check of it that was broken off. */
static void
test_given_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *backup = g_build_filename (fixture->folder, "backup", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *journal = NULL;
  MemoCopy *copy = memo_database_copy (fixture->database, backup, &error);
  gboolean done = FALSE;

  g_assert_no_error (error);
  while (!done)
    g_assert_true (memo_database_copy_step (fixture->database, copy, 50, &done, &error));
  journal = g_strconcat (memo_copy_get_temporary (copy), "-journal", NULL);
  g_assert_true (g_file_set_contents (journal, "left", -1, NULL));
  memo_copy_free (copy);
  g_assert_cmpuint (count_files (fixture, ".tmp"), ==, 0);
  g_assert_false (g_file_test (backup, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add_test ("/store/backup/restore", test_backup_restore);
  fixture_add_test ("/store/backup/restore-beside-reader", test_restore_beside_reader);
  fixture_add_test ("/store/backup/refused", test_refused);
  fixture_add_test ("/store/backup/given-up", test_given_up);
  fixture_add_test ("/store/backup/restored-under-another", test_restored_under_another);
  fixture_add_test ("/store/backup/damaged", test_damaged);
  return g_test_run ();
}
