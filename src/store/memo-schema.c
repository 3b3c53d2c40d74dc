#include "memo-sql.h"

#include <glib/gi18n.h>
#include <string.h>
#include "base/memo-error.h"
#include "memo-schema-resource.h"

/* The steps from an empty file to the present, one resource each: NNNN-name.sql takes user_version NNNN-1 to NNNN. A
 * step is never edited once it was released. */
static const char *const steps[] = { "0001-first.sql", "0002-edits.sql" };

/* Tables that FTS5 keeps for itself; their SQL is FTS5's own matter and may differ between versions of SQLite. */
static const char *const shadows[] = { "_data", "_idx", "_docsize", "_config", "_content" };

int
memo_schema_latest (void)
{
  return G_N_ELEMENTS (steps);
}

GBytes *
memo_schema_step (int version)
{
  g_autofree char *path = g_strconcat ("/io/github/memorandum_app/schema/", steps[version - 1], NULL);
  GBytes *bytes = g_resource_lookup_data (memo_schema_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert (bytes != NULL);
  return bytes;
}

static int
run_step (sqlite3 *db, int version)
{
  g_autoptr (GBytes) bytes = memo_schema_step (version);
  g_autofree char *sql = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return sqlite3_exec (db, sql, NULL, NULL, NULL);
}

/* One transaction from @from to @to; nothing when another process has been there first. */
static gboolean
run_transaction (MemoDatabase *self, int from, int to, GError **error)
{
  g_autofree char *mark =
      g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d;", MEMO_APPLICATION_ID, to);
  gint64 present = 0;
  int code = SQLITE_OK;

  if (!memo_sql_begin (self, TRUE, error))
    return FALSE;
  if (!memo_sql_int (self, "SELECT user_version FROM pragma_user_version", &present, error))
    {
      memo_sql_rollback (self);
      return FALSE;
    }
  if (present != from)
    {
      memo_sql_rollback (self);
      return TRUE;
    }
  for (int version = from + 1; code == SQLITE_OK && version <= to; version++)
    code = run_step (self->db, version);
  if (code == SQLITE_OK)
    code = sqlite3_exec (self->db, mark, NULL, NULL, NULL);
  if (code != SQLITE_OK)
    {
      memo_sql_set_error (self, code, error);
      memo_sql_rollback (self);
      return FALSE;
    }
  return memo_sql_commit (self, error);
}

/* All steps in one transaction: a new library is there whole or not at all. */
gboolean
memo_schema_create (MemoDatabase *self, GError **error)
{
  if (!run_transaction (self, 0, memo_schema_latest (), error))
    return FALSE;
  self->schema = memo_schema_latest ();
  return TRUE;
}

static gboolean
run_steps (MemoDatabase *self, GError **error)
{
  for (int version = self->schema; version < memo_schema_latest (); version++)
    if (!run_transaction (self, version, version + 1, error))
      return FALSE;
  self->schema = memo_schema_latest ();
  return TRUE;
}

/* What may only be read is brought up to date in a copy that vanishes with the connection. */
static gboolean
migrate_copy (MemoDatabase *self, GError **error)
{
  gboolean fine;

  if (!memo_database_move_to_copy (self, error))
    return FALSE;
  self->read_only = FALSE;
  fine = run_steps (self, error);
  self->read_only = TRUE;
  return fine;
}

gboolean
memo_schema_migrate (MemoDatabase *self, GError **error)
{
  g_autofree char *backup = NULL;
  g_autoptr (GError) cause = NULL;

  if (self->schema == memo_schema_latest ())
    return TRUE;
  if (self->read_only)
    return migrate_copy (self, error);
  backup = g_strdup_printf ("%s.before-%d", self->path, memo_schema_latest ());
  if (!memo_database_backup (self, backup, &cause))
    {
      /* Translators: name of the library's file, then the reason as a sentence */
      g_set_error (
          error, MEMO_ERROR, cause->domain == MEMO_ERROR ? cause->code : MEMO_ERROR_FAILED,
          _ ("The library “%s” was made by an older version, and no backup could be written before bringing it "
             "up to date; it stays as it is. %s"),
          self->name, cause->message);
      return FALSE;
    }
  return run_steps (self, error);
}

/* A table of FTS5's own: only columns, so that nothing in it runs. */
static gboolean
is_shadow (const char *table, const char *sql)
{
  static const char *const active[] = { "CHECK", " AS ", "GENERATED", "DEFAULT", "COLLATE" };
  g_autofree char *upper = g_ascii_strup (sql, -1);

  if (strstr (table, "_words_") == NULL || !g_str_has_prefix (upper, "CREATE TABLE "))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (active); i++)
    if (strstr (upper, active[i]) != NULL)
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (shadows); i++)
    if (g_str_has_suffix (table, shadows[i]))
      return TRUE;
  return FALSE;
}

/* "type name" -> SQL, or "" for what SQLite and FTS5 make by themselves. */
static GHashTable *
read_objects (sqlite3 *db, int *ret_code)
{
  g_autoptr (GHashTable) objects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sqlite3_stmt *statement = NULL;
  int code =
      sqlite3_prepare_v2 (db, "SELECT type || ' ' || name, tbl_name, sql FROM sqlite_schema", -1, &statement, NULL);

  while (code == SQLITE_OK && (code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      const char *name = (const char *) sqlite3_column_text (statement, 0);
      const char *table = (const char *) sqlite3_column_text (statement, 1);
      const char *sql = (const char *) sqlite3_column_text (statement, 2);

      if (sql != NULL && table != NULL && is_shadow (table, sql))
        sql = NULL;
      if (name != NULL)
        g_hash_table_replace (objects, g_strdup (name), g_strdup (sql != NULL ? sql : ""));
      code = SQLITE_OK;
    }
  sqlite3_finalize (statement);
  *ret_code = code == SQLITE_DONE ? SQLITE_OK : code;
  return *ret_code == SQLITE_OK ? g_steal_pointer (&objects) : NULL;
}

/* What a library of @schema holds; made once. */
static GHashTable *
get_expected (int schema)
{
  static GHashTable *expected[G_N_ELEMENTS (steps)];
  GHashTable **place = &expected[schema - 1];

  if (g_once_init_enter (place))
    {
      sqlite3 *db = NULL;
      GHashTable *objects;
      int code = memo_sql_open (":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &db);

      for (int version = 1; code == SQLITE_OK && version <= schema; version++)
        code = run_step (db, version);
      if (code != SQLITE_OK)
        g_error ("The schema of version %d cannot be made: %s", schema, sqlite3_errmsg (db));
      objects = read_objects (db, &code);
      g_assert (objects != NULL);
      sqlite3_close (db);
      g_once_init_leave (place, objects);
    }
  return *place;
}

/* Left by ANALYZE, harmless. */
static gboolean
is_statistics (const char *name)
{
  return g_str_has_prefix (name, "table sqlite_stat");
}

gboolean
memo_schema_verify (MemoDatabase *self, GError **error)
{
  GHashTable *expected = get_expected (self->schema);
  g_autoptr (GHashTable) found = NULL;
  GHashTableIter iter;
  const char *name, *sql;
  int code;

  found = read_objects (self->db, &code);
  if (found == NULL)
    {
      memo_sql_set_error (self, code, error);
      return FALSE;
    }
  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, (gpointer *) &name, (gpointer *) &sql))
    {
      const char *wanted = g_hash_table_lookup (expected, name);

      if (wanted == NULL && is_statistics (name))
        continue;
      if (wanted == NULL || g_strcmp0 (wanted, sql) != 0)
        {
          /* Translators: name of the library's file, then what was found: "trigger steal_it" */
          g_set_error (
              error, MEMO_ERROR, MEMO_ERROR_CORRUPT,
              _ ("The library “%s” holds something that does not belong to it (%s) and was not opened. Nothing was "
                 "changed."),
              self->name, name);
          return FALSE;
        }
    }
  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, (gpointer *) &name, NULL))
    if (!g_hash_table_contains (found, name))
      {
        /* Translators: name of the library's file, then what is missing: "table article" */
        g_set_error (error, MEMO_ERROR, MEMO_ERROR_CORRUPT,
                     _ ("The library “%s” lacks a part of its own (%s) and was not opened. Nothing was changed."),
                     self->name, name);
        return FALSE;
      }
  return TRUE;
}
