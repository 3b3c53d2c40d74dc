#include "fixture.h"
#include "store/memo-sql.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
assert_refused (const char *path, MemoOpenFlags flags, MemoError code)
{
  g_autoptr (GError) error = NULL;
  MemoDatabase *database = memo_database_open (path, flags, &error);

  g_assert_null (database);
  g_assert_error (error, MEMO_ERROR, code);
  g_assert_cmpuint (strlen (error->message), >, 20);
}

static char *
read_bytes (const char *path, gsize *length)
{
  char *bytes = NULL;

  g_assert_true (g_file_get_contents (path, &bytes, length, NULL));
  return bytes;
}

/* Refused, and the file is byte for byte what it was, with nothing left beside it. */
static void
assert_untouched (Fixture *fixture, const char *path, MemoError code)
{
  gsize before_length, after_length;
  g_autofree char *before = read_bytes (path, &before_length);
  g_autofree char *after = NULL;
  static const char *const suffixes[] = { "-journal", "-wal", "-shm" };

  assert_refused (path, MEMO_OPEN_CREATE, code);
  assert_refused (path, MEMO_OPEN_DEFAULT, code);
  assert_refused (path, MEMO_OPEN_READ_ONLY, code);
  after = read_bytes (path, &after_length);
  g_assert_cmpmem (before, before_length, after, after_length);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *beside = g_strconcat (path, suffixes[i], NULL);

      g_assert_false (g_file_test (beside, G_FILE_TEST_EXISTS));
    }
}

static void
test_open (Fixture *fixture, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "missing", NULL);
  g_autofree char *nowhere = g_build_filename (fixture->folder, "no", "such", "folder", NULL);
  g_autofree char *link = g_build_filename (fixture->folder, "link", NULL);
  g_autofree char *dangling = g_build_filename (fixture->folder, "dangling", NULL);
  g_autofree char *fifo = g_build_filename (fixture->folder, "fifo", NULL);
  g_autoptr (GError) error = NULL;
  MemoDatabase *through;

  g_assert_cmpstr (memo_database_get_path (fixture->database), ==, fixture->path);
  assert_refused (missing, MEMO_OPEN_DEFAULT, MEMO_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (missing, G_FILE_TEST_EXISTS));
  assert_refused (nowhere, MEMO_OPEN_CREATE, MEMO_ERROR_IO);
  assert_refused (fixture->folder, MEMO_OPEN_CREATE, MEMO_ERROR_NOT_A_LIBRARY);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  assert_refused (fifo, MEMO_OPEN_CREATE, MEMO_ERROR_NOT_A_LIBRARY);
  g_assert_cmpint (symlink (missing, dangling), ==, 0);
  assert_refused (dangling, MEMO_OPEN_CREATE, MEMO_ERROR_NOT_FOUND);
  g_assert_cmpint (symlink (fixture->path, link), ==, 0);
  through = memo_database_open (link, MEMO_OPEN_DEFAULT, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (memo_database_get_path (through), ==, fixture->path);
  memo_database_close (through);
  memo_database_close (NULL);
}

static void
test_foreign_files (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "other", NULL);

  g_file_set_contents (path, "hello", -1, NULL);
  assert_untouched (fixture, path, MEMO_ERROR_NOT_A_LIBRARY);
  g_unlink (path);
  run_sql (path, "CREATE TABLE article (id INTEGER PRIMARY KEY)");
  assert_untouched (fixture, path, MEMO_ERROR_NOT_A_LIBRARY);
  g_unlink (path);
  run_sql (path, "PRAGMA journal_mode = WAL; CREATE TABLE article (id INTEGER PRIMARY KEY)");
  assert_untouched (fixture, path, MEMO_ERROR_NOT_A_LIBRARY);
  g_unlink (path);
  /* Empty: there is nothing to lose in making it a library, but only when asked. */
  g_file_set_contents (path, "", 0, NULL);
  assert_refused (path, MEMO_OPEN_DEFAULT, MEMO_ERROR_NOT_A_LIBRARY);
  memo_database_close (memo_database_open (path, MEMO_OPEN_CREATE, NULL));
  assert_refused (fixture->folder, MEMO_OPEN_DEFAULT, MEMO_ERROR_NOT_A_LIBRARY);
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->database, memo_database_close);
  run_sql (fixture->path, "PRAGMA user_version = 9999");
  assert_untouched (fixture, fixture->path, MEMO_ERROR_NEWER);
}

static void
test_foreign_schema (Fixture *fixture, gconstpointer data)
{
  static const char *const strangers[][2] = {
    { "CREATE TRIGGER steal AFTER INSERT ON note BEGIN DELETE FROM article; END", "DROP TRIGGER steal" },
    { "CREATE VIEW extra AS SELECT * FROM note", "DROP VIEW extra" },
    { "CREATE TABLE extra (a)", "DROP TABLE extra" },
    { "DROP INDEX note_trash", "CREATE INDEX note_trash ON note (title)" },
  };

  g_clear_pointer (&fixture->database, memo_database_close);
  run_sql (fixture->path, "ANALYZE");
  memo_database_close (memo_database_open (fixture->path, MEMO_OPEN_DEFAULT, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      run_sql (fixture->path, strangers[i][0]);
      assert_untouched (fixture, fixture->path, MEMO_ERROR_CORRUPT);
      run_sql (fixture->path, strangers[i][1]);
    }
  assert_untouched (fixture, fixture->path, MEMO_ERROR_CORRUPT);
}

/* A library whose pages were overwritten never crashes, and says so at the opening or at the check. */
static void
test_damage (Fixture *fixture, gconstpointer data)
{
  gsize length;
  g_autofree char *good = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (int i = 0; i < 20; i++)
    g_object_unref (insert_record (fixture->database, make_record (MEMO_KIND_ARTICLE, MEMO_ARTICLE_TITLE, "A title",
                                                                   MEMO_ARTICLE_TEXT, "Words of an article.", -1)));
  g_clear_pointer (&fixture->database, memo_database_close);
  good = read_bytes (fixture->path, &length);
  for (int round = 0; round < 60; round++)
    {
      g_autofree char *bad = g_memdup2 (good, length);
      g_autoptr (GError) error = NULL;
      MemoDatabase *database;

      for (int k = 0; k < 40; k++)
        bad[g_rand_int_range (rand, round % 2 == 0 ? 0 : 4096, length)] = g_rand_int (rand);
      g_assert_true (g_file_set_contents (fixture->path, bad, round % 5 == 4 ? length / 2 : length, NULL));
      database = memo_database_open (fixture->path, MEMO_OPEN_DEFAULT, &error);
      if (database != NULL)
        {
          g_autoptr (GPtrArray) problems = memo_database_check (database, FALSE, &error);
          g_autoptr (GPtrArray) hits = memo_database_search (database, "words", TRUE, 10, NULL);
          g_autoptr (GPtrArray) all = memo_database_scan (database, MEMO_KIND_ARTICLE, 0, 100, FALSE, TRUE, NULL);

          memo_database_undo (database, NULL, NULL, NULL);
          memo_database_close (database);
        }
    }
}

static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRecord) note =
      insert_record (fixture->database, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "A", -1));
  g_autoptr (MemoRecord) read = NULL;
  g_autoptr (MemoChange) change = memo_change_new ("Delete", NULL);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;

  memo_database_close (fixture->database);
  fixture->database = memo_database_open (fixture->path, MEMO_OPEN_READ_ONLY, &error);
  g_assert_no_error (error);
  read = read_record (fixture->database, note);
  g_assert_nonnull (read);
  memo_change_trash (change, note);
  g_assert_false (memo_database_apply (fixture->database, change, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_false (memo_database_set_state (fixture->database, "a", "b", &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_false (memo_database_undo (fixture->database, NULL, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_READ_ONLY);
  g_clear_error (&error);
  problems = memo_database_check (fixture->database, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  if (getuid () != 0)
    {
      g_chmod (fixture->path, 0400);
      assert_refused (fixture->path, MEMO_OPEN_DEFAULT, MEMO_ERROR_READ_ONLY);
    }
}

static void
test_state (Fixture *fixture, gconstpointer data)
{
  g_autofree char *none = memo_database_get_state (fixture->database, "place", NULL);
  g_autofree char *some = NULL;
  g_autofree char *gone = NULL;

  g_assert_null (none);
  g_assert_true (memo_database_set_state (fixture->database, "place", "12", NULL));
  g_assert_true (memo_database_set_state (fixture->database, "place", "13", NULL));
  fixture_reopen (fixture);
  some = memo_database_get_state (fixture->database, "place", NULL);
  g_assert_cmpstr (some, ==, "13");
  g_assert_true (memo_database_set_state (fixture->database, "place", NULL, NULL));
  gone = memo_database_get_state (fixture->database, "place", NULL);
  g_assert_null (gone);
}

static void
test_stats (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRecord) note =
      insert_record (fixture->database, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "A", -1));
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) stats = memo_database_stats (fixture->database, &error);

  g_assert_no_error (error);
  g_assert_cmpint (json_object_get_int_member (stats, "notes"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (stats, "articles"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (stats, "bodies"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (stats, "parties"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (stats, "evidence"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (stats, "history"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (stats, "schema"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (stats, "bytes"), >, 4096);
}

/* Somebody else holds the library: the wait ends when it is cancelled. */
static void
test_busy (Fixture *fixture, gconstpointer data)
{
  sqlite3 *other = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  sqlite3_open (fixture->path, &other);
  sqlite3_exec (other, "BEGIN EXCLUSIVE", NULL, NULL, NULL);
  g_cancellable_cancel (cancellable);
  memo_database_set_cancellable (fixture->database, cancellable);
  g_assert_false (memo_database_set_state (fixture->database, "a", "b", &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_BUSY);
  memo_database_set_cancellable (fixture->database, NULL);
  sqlite3_close (other);
  g_assert_true (memo_database_set_state (fixture->database, "a", "b", NULL));
}

/* No space left, in the middle of an action. */
static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (3000000, 'x');
  g_autoptr (MemoRecord) note = make_record (MEMO_KIND_NOTE, MEMO_NOTE_TEXT, text, -1);
  g_autoptr (MemoChange) change = memo_change_new ("Add", NULL);
  g_autoptr (GError) error = NULL;

  memo_change_insert (change, note);
  g_assert_true (memo_sql_exec (fixture->database, "PRAGMA max_page_count = 500", NULL));
  g_assert_false (memo_database_apply (fixture->database, change, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_FULL);
  g_assert_true (memo_sql_exec (fixture->database, "PRAGMA max_page_count = 1000000", NULL));
  assert_clean (fixture->database);
  g_assert_null (read_record (fixture->database, note));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add_test ("/store/database/open", test_open);
  fixture_add_test ("/store/database/foreign-files", test_foreign_files);
  fixture_add_test ("/store/database/newer", test_newer);
  fixture_add_test ("/store/database/foreign-schema", test_foreign_schema);
  fixture_add_test ("/store/database/damage", test_damage);
  fixture_add_test ("/store/database/read-only", test_read_only);
  fixture_add_test ("/store/database/state", test_state);
  fixture_add_test ("/store/database/stats", test_stats);
  fixture_add_test ("/store/database/busy", test_busy);
  fixture_add_test ("/store/database/full", test_full);
  return g_test_run ();
}
