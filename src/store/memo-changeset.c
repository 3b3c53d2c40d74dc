/* The session extension has to be asked for before sqlite3.h is read. */
#define SQLITE_ENABLE_SESSION
#define SQLITE_ENABLE_PREUPDATE_HOOK
#include "memo-sql.h"

/* Applying what the session extension has recorded. It applies row by row, and FTS5 writes out what it has gathered before
 * every such row: rows that are to go are taken away here, all of a table by one statement, and it does the rest. */

typedef sqlite3_changeset_iter Iter;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Iter, sqlite3changeset_finalize)

static int
filter_cb (void *data, const char *table)
{
  MemoKind kind;

  return memo_kind_from_name (table, &kind) || g_str_equal (table, MEMO_EARLIER);
}

/* A record that is not there any more was deleted permanently, for no number is given twice: the step passes over it. */
static int
conflict_cb (void *data, int reason, sqlite3_changeset_iter *iter)
{
  gboolean *conflict = data;

  if (reason == SQLITE_CHANGESET_NOTFOUND)
    return SQLITE_CHANGESET_OMIT;
  *conflict = TRUE;
  return SQLITE_CHANGESET_ABORT;
}

/* "SELECT "id" IS ?1 AND "uuid" IS ?2 … FROM table WHERE id = ?1"; NULL without an error: @n_columns are more than there are. */
static char *
same_sql (MemoDatabase *self, const char *table, int n_columns, GError **error)
{
  g_autofree char *names_sql = g_strdup_printf ("SELECT * FROM %s", table);
  g_autoptr (MemoStatement) names = memo_sql_prepare (self, names_sql, error);
  GString *sql;

  if (names == NULL || n_columns > sqlite3_column_count (names))
    return NULL;
  sql = g_string_new ("SELECT ");
  for (int i = 0; i < n_columns; i++)
    g_string_append_printf (sql, "%s\"%s\" IS ?%d", i > 0 ? " AND " : "", sqlite3_column_name (names, i), i + 1);
  g_string_append_printf (sql, " FROM %s WHERE id = ?1", table);
  return g_string_free (sql, FALSE);
}

/* Whether the row that @iter takes away is there as it was recorded; @ret_conflict: it is there, but another. */
static gboolean
is_same (MemoDatabase *self,
         const char *sql,
         sqlite3_changeset_iter *iter,
         int n_columns,
         gboolean *ret_conflict,
         GError **error)
{
  g_autoptr (MemoStatement) statement = memo_sql_prepare (self, sql, error);

  if (statement == NULL)
    return FALSE;
  for (int i = 0; i < n_columns; i++)
    {
      sqlite3_value *value = NULL;

      sqlite3changeset_old (iter, i, &value);
      sqlite3_bind_value (statement, i + 1, value);
    }
  if (!memo_sql_step (self, statement, error))
    return FALSE;
  *ret_conflict = sqlite3_column_int (statement, 0) == 0;
  return !*ret_conflict;
}

/* @ids: row ids as a JSON array that is still open, or "". */
static gboolean
take_away (MemoDatabase *self, const char *table, GString *ids, GError **error)
{
  g_autofree char *sql = NULL;
  g_autoptr (MemoStatement) statement = NULL;

  if (ids->len == 0)
    return TRUE;
  g_string_append_c (ids, ']');
  sql = g_strdup_printf ("DELETE FROM %s WHERE id IN (SELECT value FROM json_each (?))", table);
  statement = memo_sql_prepare (self, sql, error);
  if (statement == NULL)
    return FALSE;
  memo_sql_bind_text (statement, 1, ids->str);
  if (!memo_sql_run (self, statement, error))
    return FALSE;
  g_string_truncate (ids, 0);
  return TRUE;
}

/* Takes away all rows that are to go. @ret_rest: there are other changes too. */
static gboolean
take_all_away (MemoDatabase *self,
               const void *changeset,
               int size,
               gboolean invert,
               gboolean *ret_rest,
               gboolean *ret_conflict,
               GError **error)
{
  g_autoptr (Iter) iter = NULL;
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autofree char *table = NULL;
  g_autofree char *sql = NULL;
  g_autoptr (GError) cause = NULL;
  int code;

  *ret_rest = FALSE;
  code = sqlite3changeset_start_v2 (&iter, size, (void *) changeset, invert ? SQLITE_CHANGESETSTART_INVERT : 0);
  while (code == SQLITE_OK && (code = sqlite3changeset_next (iter)) == SQLITE_ROW)
    {
      const char *now = NULL;
      int n_columns = 0, op = 0;
      sqlite3_value *id = NULL;

      code = sqlite3changeset_op (iter, &now, &n_columns, &op, NULL);
      if (code != SQLITE_OK || op != SQLITE_DELETE || !filter_cb (NULL, now))
        {
          *ret_rest |= op != SQLITE_DELETE;
          continue;
        }
      if (g_strcmp0 (table, now) != 0)
        {
          if (table != NULL && !take_away (self, table, ids, error))
            return FALSE;
          g_free (table);
          table = g_strdup (now);
          g_free (sql);
          sql = same_sql (self, table, n_columns, &cause);
        }
      if (sql == NULL && cause == NULL)
        *ret_rest = TRUE;
      else if (sql != NULL && is_same (self, sql, iter, n_columns, ret_conflict, &cause))
        {
          sqlite3changeset_old (iter, 0, &id);
          g_string_append_printf (ids, "%c%lld", ids->len == 0 ? '[' : ',', sqlite3_value_int64 (id));
        }
      if (cause != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      if (*ret_conflict)
        return FALSE;
    }
  if (code == SQLITE_DONE)
    return table == NULL || take_away (self, table, ids, error);
  memo_sql_set_error_for (NULL, code, self->name, error);
  return FALSE;
}

gboolean
memo_changeset_apply (MemoDatabase *self,
                      const void *changeset,
                      int size,
                      gboolean invert,
                      gboolean *ret_conflict,
                      GError **error)
{
  gboolean rest;
  int code;

  *ret_conflict = FALSE;
  if (!take_all_away (self, changeset, size, invert, &rest, ret_conflict, error))
    return FALSE;
  if (!rest)
    return TRUE;
  code = sqlite3changeset_apply_v2 (self->db, size, (void *) changeset, filter_cb, conflict_cb, ret_conflict, NULL,
                                    NULL, invert ? SQLITE_CHANGESETAPPLY_INVERT : 0);
  if (code == SQLITE_OK)
    return TRUE;
  if (!*ret_conflict)
    memo_sql_set_error_for (NULL, code, self->name, error);
  return FALSE;
}
