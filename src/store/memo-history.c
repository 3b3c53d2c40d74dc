/* The session extension has to be asked for before sqlite3.h is read. */
#define SQLITE_ENABLE_SESSION
#define SQLITE_ENABLE_PREUPDATE_HOOK
#include "memo-sql.h"

#include <glib/gi18n.h>
#include "base/memo-error.h"

/* Every action is one transaction; what it did to the tables of records is kept as a changeset, and undo applies the
 * inverse. The newest action that is not undone is the next to undo; behind it stand those that can be redone. */

#define STEPS_MAX 5000
#define BYTES_MAX (G_GINT64_CONSTANT (200) * 1024 * 1024)

typedef sqlite3_session Session;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Session, sqlite3session_delete)

void
memo_history_entry_free (MemoHistoryEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->name);
  g_free (entry->detail);
  g_free (entry);
}

gint64
memo_history_clock (void)
{
  return g_get_real_time ();
}

static Session *
session_start (MemoDatabase *self, GError **error)
{
  g_autoptr (Session) session = NULL;
  int code = sqlite3session_create (self->db, "main", &session);

  for (MemoKind kind = 0; code == SQLITE_OK && kind < MEMO_N_KINDS; kind++)
    code = sqlite3session_attach (session, memo_kind_get_name (kind));
  if (code != SQLITE_OK)
    {
      memo_sql_set_error (self, code, error);
      return NULL;
    }
  return g_steal_pointer (&session);
}

/* Drops what was undone, and the oldest beyond the bounds. total and step of an entry count from the first that ever
 * was, so that the bounds are a subtraction. */
static gboolean
make_room (MemoDatabase *self, gint64 size, gint64 *ret_total, gint64 *ret_step, GError **error)
{
  g_autoptr (MemoStatement) statement = NULL;

  if (!memo_sql_exec (self, "DELETE FROM history WHERE undone <> 0", error) ||
      !memo_sql_int (self, "SELECT total FROM history ORDER BY id DESC LIMIT 1", ret_total, error) ||
      !memo_sql_int (self, "SELECT step FROM history ORDER BY id DESC LIMIT 1", ret_step, error))
    return FALSE;
  *ret_total += size;
  *ret_step += 1;
  statement = memo_sql_prepare (self,
                                "DELETE FROM history WHERE id < coalesce ((SELECT id FROM history"
                                " WHERE total > ?1 AND step > ?2 ORDER BY id LIMIT 1), 0x7fffffffffffffff)",
                                error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, *ret_total - BYTES_MAX);
  sqlite3_bind_int64 (statement, 2, *ret_step - STEPS_MAX);
  return memo_sql_run (self, statement, error);
}

static gboolean
record_action (MemoDatabase *self, Session *session, MemoChange *change, gint64 now, GError **error)
{
  g_autoptr (MemoStatement) statement = NULL;
  void *changeset = NULL;
  int size = 0, code;
  gint64 total = 0, step = 0;

  if (sqlite3session_isempty (session))
    return TRUE;
  code = sqlite3session_changeset (session, &size, &changeset);
  if (code != SQLITE_OK)
    {
      memo_sql_set_error_for (NULL, code, self->name, error);
      return FALSE;
    }
  if (size == 0)
    {
      sqlite3_free (changeset);
      return TRUE;
    }
  if (make_room (self, size, &total, &step, error))
    statement =
        memo_sql_prepare (self,
                          "INSERT INTO history (name, detail, time, step, total, changeset) VALUES (?, ?, ?, ?, ?, ?)",
                          error);
  if (statement == NULL)
    {
      sqlite3_free (changeset);
      return FALSE;
    }
  memo_sql_bind_text (statement, 1, memo_change_get_name (change));
  memo_sql_bind_text (statement, 2, memo_change_get_detail (change));
  sqlite3_bind_int64 (statement, 3, now);
  sqlite3_bind_int64 (statement, 4, step);
  sqlite3_bind_int64 (statement, 5, total);
  sqlite3_bind_blob (statement, 6, changeset, size, sqlite3_free);
  return memo_sql_run (self, statement, error);
}

/* Ends the transaction that has made changes; what it touched becomes the notice. */
static gboolean
finish (MemoDatabase *self, MemoNotice **ret_notice, GError **error)
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

gboolean
memo_database_apply (MemoDatabase *self, MemoChange *change, MemoNotice **ret_notice, GError **error)
{
  GArray *steps = memo_change_get_steps (change);
  g_autoptr (Session) session = NULL;
  gint64 now = memo_history_clock ();
  gboolean fine;

  if (!memo_sql_begin (self, TRUE, error))
    return FALSE;
  session = session_start (self, error);
  fine = session != NULL;
  for (guint i = 0; fine && i < steps->len; i++)
    fine = memo_records_write (self, &g_array_index (steps, MemoStep, i), now, error);
  fine = fine && record_action (self, session, change, now, error);
  g_clear_pointer (&session, sqlite3session_delete);
  if (!fine)
    {
      memo_sql_rollback (self);
      return FALSE;
    }
  return finish (self, ret_notice, error);
}

static MemoHistoryEntry *
take_entry (MemoStatement *statement)
{
  MemoHistoryEntry *entry = g_new0 (MemoHistoryEntry, 1);

  entry->id = sqlite3_column_int64 (statement, 0);
  entry->name = memo_sql_dup_text (statement, 1);
  entry->detail = memo_sql_dup_text (statement, 2);
  entry->time = sqlite3_column_int64 (statement, 3);
  entry->undone = sqlite3_column_int (statement, 4) != 0;
  return entry;
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoHistoryEntry, memo_history_entry_free)

GPtrArray *
memo_database_read_history (MemoDatabase *self, guint limit, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) memo_history_entry_free);
  g_autoptr (MemoStatement) statement =
      memo_sql_prepare (self, "SELECT id, name, detail, time, undone FROM history ORDER BY id DESC LIMIT ?", error);
  g_autoptr (GError) cause = NULL;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, limit);
  while (memo_sql_step (self, statement, &cause))
    g_ptr_array_add (entries, take_entry (statement));
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  return g_steal_pointer (&entries);
}

static int
filter_cb (void *data, const char *table)
{
  MemoKind kind;

  return memo_kind_from_name (table, &kind);
}

static int
conflict_cb (void *data, int reason, sqlite3_changeset_iter *iter)
{
  gboolean *conflict = data;

  *conflict = TRUE;
  return SQLITE_CHANGESET_ABORT;
}

/* Applies @changeset, or its inverse. */
static gboolean
apply_changeset (MemoDatabase *self,
                 const void *changeset,
                 int size,
                 gboolean invert,
                 gboolean *ret_conflict,
                 GError **error)
{
  int code = sqlite3changeset_apply_v2 (self->db, size, (void *) changeset, filter_cb, conflict_cb, ret_conflict, NULL,
                                        NULL, invert ? SQLITE_CHANGESETAPPLY_INVERT : 0);

  if (code == SQLITE_OK)
    return TRUE;
  if (!*ret_conflict)
    memo_sql_set_error_for (NULL, code, self->name, error);
  return FALSE;
}

static gboolean
mark_undone (MemoDatabase *self, gint64 id, gboolean undone, GError **error)
{
  g_autoptr (MemoStatement) statement = memo_sql_prepare (self, "UPDATE history SET undone = ? WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement, 1, undone);
  sqlite3_bind_int64 (statement, 2, id);
  return memo_sql_run (self, statement, error);
}

/* Undo and redo are the same walk in two directions. */
static gboolean
walk (MemoDatabase *self, gboolean undo, MemoNotice **ret_notice, MemoHistoryEntry **ret_entry, GError **error)
{
  g_autoptr (MemoStatement) statement = NULL;
  g_autoptr (MemoHistoryEntry) entry = NULL;
  g_autoptr (GError) cause = NULL;
  gboolean conflict = FALSE, fine;

  if (!memo_sql_begin (self, TRUE, error))
    return FALSE;
  statement = memo_sql_prepare (self,
                                undo ? "SELECT id, name, detail, time, undone, changeset FROM history WHERE undone = 0"
                                       " ORDER BY id DESC LIMIT 1"
                                     : "SELECT id, name, detail, time, undone, changeset FROM history WHERE undone <> 0"
                                       " ORDER BY id LIMIT 1",
                                error);
  if (statement == NULL)
    {
      memo_sql_rollback (self);
      return FALSE;
    }
  if (!memo_sql_step (self, statement, &cause))
    {
      memo_statement_reset (g_steal_pointer (&statement));
      memo_sql_rollback (self);
      if (cause != NULL)
        g_propagate_error (error, g_steal_pointer (&cause));
      else
        g_set_error_literal (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND,
                             undo ? _ ("There is nothing to undo.") : _ ("There is nothing to redo."));
      return FALSE;
    }
  entry = take_entry (statement);
  fine = apply_changeset (self, sqlite3_column_blob (statement, 5), sqlite3_column_bytes (statement, 5), undo,
                          &conflict, error);
  memo_statement_reset (g_steal_pointer (&statement));
  if (!fine && conflict)
    /* Translators: name of an action: "Add highlight" */
    g_set_error (error, MEMO_ERROR, MEMO_ERROR_CONFLICT,
                 undo ? _ ("“%s” cannot be undone, because a later change is in the way. Nothing was changed.")
                      : _ ("“%s” cannot be done again, because a later change is in the way. Nothing was changed."),
                 g_dgettext (GETTEXT_PACKAGE, entry->name));
  if (!fine || !mark_undone (self, entry->id, undo, error))
    {
      memo_sql_rollback (self);
      return FALSE;
    }
  if (!finish (self, ret_notice, error))
    return FALSE;
  entry->undone = undo;
  if (ret_entry != NULL)
    *ret_entry = g_steal_pointer (&entry);
  return TRUE;
}

gboolean
memo_database_undo (MemoDatabase *self, MemoNotice **ret_notice, MemoHistoryEntry **ret_entry, GError **error)
{
  return walk (self, TRUE, ret_notice, ret_entry, error);
}

gboolean
memo_database_redo (MemoDatabase *self, MemoNotice **ret_notice, MemoHistoryEntry **ret_entry, GError **error)
{
  return walk (self, FALSE, ret_notice, ret_entry, error);
}

gboolean
memo_database_clear_history (MemoDatabase *self, GError **error)
{
  if (!memo_sql_begin (self, TRUE, error))
    return FALSE;
  if (!memo_sql_exec (self, "DELETE FROM history", error))
    {
      memo_sql_rollback (self);
      return FALSE;
    }
  return memo_sql_commit (self, error);
}
