#include "fixture.h"
#include "store/memo-sql.h"

#include <string.h>

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
join_sorted (GPtrArray *names)
{
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

/* The tables that the steps make and the table of fields say the same. */
static void
test_columns (Fixture *fixture, gconstpointer data)
{
  static const char *const identity[] = { "id", "uuid", "created", "modified", "deleted" };

  for (MemoKind kind = 0; kind < MEMO_N_KINDS; kind++)
    {
      g_autoptr (GPtrArray) wanted = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *sql = g_strdup_printf ("SELECT name FROM pragma_table_info ('%s')", memo_kind_get_name (kind));
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;
      g_autoptr (GError) error = NULL;
      guint n;
      const MemoFieldInfo *fields = memo_kind_get_fields (kind, &n);
      g_autoptr (MemoStatement) statement = memo_sql_prepare (fixture->database, sql, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < G_N_ELEMENTS (identity); i++)
        g_ptr_array_add (wanted, g_strdup (identity[i]));
      for (guint i = 0; i < n; i++)
        g_ptr_array_add (wanted, g_strdup (fields[i].name));
      while (memo_sql_step (fixture->database, statement, &error))
        g_ptr_array_add (found, memo_sql_dup_text (statement, 0));
      g_assert_no_error (error);
      first = join_sorted (wanted);
      second = join_sorted (found);
      g_assert_cmpstr (first, ==, second);
    }
}

static void
test_steps (Fixture *fixture, gconstpointer data)
{
  gint64 version = 0, application = 0;

  for (int step = 1; step <= memo_schema_latest (); step++)
    {
      g_autoptr (GBytes) sql = memo_schema_step (step);

      g_assert_cmpuint (g_bytes_get_size (sql), >, 0);
    }
  g_assert_true (memo_sql_int (fixture->database, "PRAGMA user_version", &version, NULL));
  g_assert_true (memo_sql_int (fixture->database, "PRAGMA application_id", &application, NULL));
  g_assert_cmpint (version, ==, memo_schema_latest ());
  g_assert_cmpint (application, ==, MEMO_APPLICATION_ID);
  g_assert_true (memo_schema_verify (fixture->database, NULL));
}

/* Two that create at once: the second finds it made. */
static void
test_created_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (memo_schema_create (fixture->database, &error));
  g_assert_no_error (error);
  fixture->database->schema = memo_schema_latest ();
  g_assert_true (memo_schema_migrate (fixture->database, &error));
  assert_clean (fixture->database);
}

/* A backup comes before a migration, and stands beside the library. */
static void
test_backup_first (Fixture *fixture, gconstpointer data)
{
  g_autofree char *backup = g_strdup_printf ("%s.before-%d", fixture->path, memo_schema_latest ());
  g_autoptr (GError) error = NULL;

  fixture->database->schema = 0;
  g_assert_true (memo_schema_migrate (fixture->database, &error));
  g_assert_no_error (error);
  g_assert_cmpint (fixture->database->schema, ==, memo_schema_latest ());
  g_assert_true (g_file_test (backup, G_FILE_TEST_EXISTS));
  /* No backup, no migration. */
  g_unlink (backup);
  g_mkdir (backup, 0700);
  fixture->database->schema = 0;
  g_assert_false (memo_schema_migrate (fixture->database, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_IO);
  g_rmdir (backup);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add_test ("/store/schema/columns", test_columns);
  fixture_add_test ("/store/schema/steps", test_steps);
  fixture_add_test ("/store/schema/created-meanwhile", test_created_meanwhile);
  fixture_add_test ("/store/schema/backup-first", test_backup_first);
  return g_test_run ();
}
