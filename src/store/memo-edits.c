/* The session extension has to be asked for before sqlite3.h is read. */
#define SQLITE_ENABLE_SESSION
#define SQLITE_ENABLE_PREUPDATE_HOOK
#include "memo-sql.h"

/* When which field of a record was last changed: what a merge decides by. Taken from the changeset of every action, its
 * undo and its redo, so that nobody who changes a record has to think of it. */

/* Follow from another field, or are no part of what a record says. */
static gboolean
is_said (const char *column)
{
  static const char *const silent[] = { "id", "uuid", "created", "modified", "sha256", NULL };

  return !g_strv_contains (silent, column);
}

/* Every field that the update on which @iter stands has changed. */
static gboolean
note_update (MemoDatabase *self,
             const char *table,
             sqlite3_changeset_iter *iter,
             int n_columns,
             gint64 now,
             GError **error)
{
  g_autofree char *names_sql = g_strdup_printf ("SELECT * FROM %s", table);
  g_autofree char *note_sql = g_strdup_printf ("INSERT INTO edit (record, field, time) SELECT uuid, ?2, ?3 FROM %s"
                                               " WHERE id = ?1 ON CONFLICT DO UPDATE SET time = excluded.time",
                                               table);
  g_autoptr (MemoStatement) names = memo_sql_prepare (self, names_sql, error);
  sqlite3_value *id = NULL;

  if (names == NULL)
    return FALSE;
  sqlite3changeset_old (iter, 0, &id);
  for (int i = 0; i < n_columns; i++)
    {
      g_autoptr (MemoStatement) note = NULL;
      sqlite3_value *value = NULL;

      if (sqlite3changeset_new (iter, i, &value) != SQLITE_OK || value == NULL ||
          !is_said (sqlite3_column_name (names, i)))
        continue;
      note = memo_sql_prepare (self, note_sql, error);
      if (note == NULL)
        return FALSE;
      sqlite3_bind_value (note, 1, id);
      memo_sql_bind_text (note, 2, sqlite3_column_name (names, i));
      sqlite3_bind_int64 (note, 3, now);
      if (!memo_sql_run (self, note, error))
        return FALSE;
    }
  return TRUE;
}

/* A record that undo has taken away as though it had never been. */
static gboolean
forget (MemoDatabase *self, sqlite3_changeset_iter *iter, gboolean invert, GError **error)
{
  g_autoptr (MemoStatement) statement = memo_sql_prepare (self, "DELETE FROM edit WHERE record = ?", error);
  sqlite3_value *uuid = NULL;

  if (statement == NULL)
    return FALSE;
  (invert ? sqlite3changeset_new : sqlite3changeset_old) (iter, 1, &uuid);
  sqlite3_bind_value (statement, 1, uuid);
  return memo_sql_run (self, statement, error);
}

gboolean
memo_edits_note (MemoDatabase *self, const void *changeset, int size, gboolean invert, gint64 now, GError **error)
{
  sqlite3_changeset_iter *iter = NULL;
  int code = sqlite3changeset_start (&iter, size, (void *) changeset), finalized;
  gboolean fine = TRUE;

  while (code == SQLITE_OK && fine && (code = sqlite3changeset_next (iter)) == SQLITE_ROW)
    {
      const char *table = NULL;
      int n_columns = 0, op = 0;
      MemoKind kind;

      code = sqlite3changeset_op (iter, &table, &n_columns, &op, NULL);
      if (code != SQLITE_OK || !memo_kind_from_name (table, &kind))
        continue;
      if (op == SQLITE_UPDATE)
        fine = note_update (self, table, iter, n_columns, now, error);
      else if (op == (invert ? SQLITE_INSERT : SQLITE_DELETE))
        fine = forget (self, iter, invert, error);
    }
  finalized = sqlite3changeset_finalize (iter);
  if (!fine)
    return FALSE;
  if (code == SQLITE_DONE)
    code = finalized;
  if (code != SQLITE_OK)
    memo_sql_set_error_for (NULL, code, self->name, error);
  return code == SQLITE_OK;
}

gboolean
memo_edits_set (MemoDatabase *self, const char *record, const char *field, gint64 time, GError **error)
{
  g_autoptr (MemoStatement) statement =
      memo_sql_prepare (self, "INSERT OR REPLACE INTO edit (record, field, time) VALUES (?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;
  memo_sql_bind_text (statement, 1, record);
  memo_sql_bind_text (statement, 2, field);
  sqlite3_bind_int64 (statement, 3, time);
  return memo_sql_run (self, statement, error);
}
