#include "memo-sql.h"

#include "base/memo-error.h"

/* Triggers write every change of a record into change_log, whoever makes it: an edit, undo, a merge, another process. A
 * notice is what stands there beyond what was seen. */

#define LOG_MAX 20000    /* rows kept */
#define TOUCHED_MAX 5000 /* more than this many records: reload everything */

static gboolean
read_data_version (MemoDatabase *self, gint64 *ret_version, GError **error)
{
  return memo_sql_int (self, "PRAGMA data_version", ret_version, error);
}

gboolean
memo_changes_start (MemoDatabase *self, GError **error)
{
  return read_data_version (self, &self->data_version, error) &&
         memo_sql_int (self, "SELECT seq FROM sqlite_sequence WHERE name = 'change_log'", &self->seen, error);
}

gboolean
memo_changes_collect (MemoDatabase *self, MemoNotice **ret_notice, gint64 *ret_seen, GError **error)
{
  g_autoptr (MemoStatement) statement =
      memo_sql_prepare (self, "SELECT seq, kind, id FROM change_log WHERE seq > ? ORDER BY seq", error);
  g_autoptr (GArray) touched = g_array_new (FALSE, FALSE, sizeof (MemoTouched));
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GError) cause = NULL;
  gint64 seen = self->seen, first = 0;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, self->seen);
  while (memo_sql_step (self, statement, &cause))
    {
      gint64 key[1];

      seen = sqlite3_column_int64 (statement, 0);
      if (first == 0)
        first = seen;
      if (touched->len > TOUCHED_MAX)
        continue;
      key[0] = sqlite3_column_int64 (statement, 2) * MEMO_N_KINDS + sqlite3_column_int (statement, 1);
      if (!g_hash_table_contains (known, key))
        {
          MemoTouched one = { sqlite3_column_int (statement, 1), sqlite3_column_int64 (statement, 2) };

          g_hash_table_add (known, g_memdup2 (key, sizeof key));
          g_array_append_val (touched, one);
        }
    }
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  *ret_seen = seen;
  if (first == 0)
    *ret_notice = NULL;
  else
    {
      /* A gap: rows were trimmed before we came. */
      gboolean everything = first > self->seen + 1 || touched->len > TOUCHED_MAX;

      if (everything)
        g_array_set_size (touched, 0);
      *ret_notice = memo_notice_new (g_steal_pointer (&touched), everything);
    }
  return TRUE;
}

gboolean
memo_changes_trim (MemoDatabase *self, GError **error)
{
  gint64 first = 0, last = 0;
  g_autoptr (MemoStatement) statement = NULL;

  if (!memo_sql_int (self, "SELECT min(seq) FROM change_log", &first, error) ||
      !memo_sql_int (self, "SELECT max(seq) FROM change_log", &last, error))
    return FALSE;
  if (last - first < 2 * LOG_MAX)
    return TRUE;
  statement = memo_sql_prepare (self, "DELETE FROM change_log WHERE seq <= ?", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, last - LOG_MAX);
  return memo_sql_run (self, statement, error);
}

gboolean
memo_changes_commit (MemoDatabase *self, MemoNotice **ret_notice, GError **error)
{
  g_autoptr (MemoNotice) notice = NULL;
  gint64 seen;

  if (!memo_changes_collect (self, &notice, &seen, error) || !memo_changes_trim (self, error))
    {
      memo_sql_rollback (self);
      return FALSE;
    }
  if (!memo_sql_commit (self, error))
    return FALSE;
  self->seen = seen;
  if (ret_notice != NULL)
    *ret_notice = g_steal_pointer (&notice);
  return TRUE;
}

MemoNotice *
memo_database_poll (MemoDatabase *self, GError **error)
{
  gint64 version = 0, seen = 0;
  MemoNotice *notice = NULL;
  int moved = FALSE;

  if (sqlite3_file_control (self->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved)
    {
      memo_sql_set_moved (self->name, MEMO_ERROR_NOT_FOUND, error);
      return NULL;
    }
  if (!read_data_version (self, &version, error) || version == self->data_version)
    return NULL;
  if (!memo_changes_collect (self, &notice, &seen, error))
    return NULL;
  self->data_version = version;
  self->seen = seen;
  return notice;
}

gint64
memo_database_get_seen (MemoDatabase *self)
{
  return self->seen;
}
