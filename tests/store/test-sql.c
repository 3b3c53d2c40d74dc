#include "fixture.h"
#include "store/memo-sql.h"

#include <string.h>

/* Every cause comes out as an error of its own, with a sentence that names the library and keeps SQLite's words. */
static void
test_errors (void)
{
  static const struct
  {
    int code;
    MemoError error;
    gboolean ours; /* the sentence says why in the person's language; else it hands on SQLite's words */
  } rows[] = {
    { SQLITE_FULL, MEMO_ERROR_FULL, TRUE },
    { SQLITE_READONLY_DBMOVED, MEMO_ERROR_READ_ONLY, TRUE },
    { SQLITE_PERM, MEMO_ERROR_READ_ONLY, TRUE },
    { SQLITE_BUSY_SNAPSHOT, MEMO_ERROR_BUSY, TRUE },
    { SQLITE_LOCKED, MEMO_ERROR_BUSY, TRUE },
    { SQLITE_CORRUPT_VTAB, MEMO_ERROR_CORRUPT },
    { SQLITE_NOTADB, MEMO_ERROR_CORRUPT },
    { SQLITE_IOERR_WRITE, MEMO_ERROR_IO },
    { SQLITE_CANTOPEN, MEMO_ERROR_IO },
    { SQLITE_TOOBIG, MEMO_ERROR_LIMIT, TRUE },
    { SQLITE_CONSTRAINT_UNIQUE, MEMO_ERROR_CONFLICT },
    { SQLITE_NOMEM, MEMO_ERROR_FAILED },
    { SQLITE_ERROR, MEMO_ERROR_FAILED },
  };
  g_autoptr (GError) cancelled = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      memo_sql_set_error_for (NULL, rows[i].code, "my.memorandum", &error);
      g_assert_error (error, MEMO_ERROR, rows[i].error);
      g_assert_nonnull (strstr (error->message, "my.memorandum"));
      g_assert_cmpint (strstr (error->message, sqlite3_errstr (rows[i].code)) == NULL, ==, rows[i].ours);
      g_assert_cmpint (strstr (error->message, "moved") != NULL, ==, rows[i].code == SQLITE_READONLY_DBMOVED);
    }
  memo_sql_set_error_for (NULL, SQLITE_INTERRUPT, "my.memorandum", &cancelled);
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_statements (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 value = 7;

  g_assert_null (memo_sql_prepare (fixture->database, "SELECT nothing FROM nowhere", &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (memo_sql_exec (fixture->database, "nonsense", &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (memo_sql_int (fixture->database, "SELECT abs (-9223372036854775808)", &value, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_true (memo_sql_int (fixture->database, "SELECT 1 WHERE 0", &value, &error));
  g_assert_cmpint (value, ==, 0);
  /* More different statements than are kept. */
  for (int i = 0; i < 500; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT %d", i);

      g_assert_true (memo_sql_int (fixture->database, sql, &value, &error));
      g_assert_cmpint (value, ==, i);
    }
}

static void
test_transactions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  memo_sql_rollback (fixture->database);
  g_assert_false (memo_sql_commit (fixture->database, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_true (memo_sql_begin (fixture->database, TRUE, &error));
  g_assert_true (memo_sql_commit (fixture->database, &error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/sql/errors", test_errors);
  fixture_add_test ("/store/sql/statements", test_statements);
  fixture_add_test ("/store/sql/transactions", test_transactions);
  return g_test_run ();
}
