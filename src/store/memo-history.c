/* The session extension has to be asked for before sqlite3.h is read. */
#define SQLITE_ENABLE_SESSION
#define SQLITE_ENABLE_PREUPDATE_HOOK
#include "memo-sql.h"

#include <glib/gi18n.h>
#include "base/memo-error.h"

/* Every change is one transaction; what it did to the tables of records is kept as a changeset, and undo applies the
 * inverse. The newest action that is not undone is the next to undo; behind it stand those that can be redone.
 * Changes of one action that come one after the other (an import of many files) are rows with the same step: undone, done
 * again, listed and dropped together. */

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
  if (code == SQLITE_OK)
    code = sqlite3session_attach (session, MEMO_EARLIER);
  if (code != SQLITE_OK)
    {
      memo_sql_set_error (self, code, error);
      return NULL;
    }
  return g_steal_pointer (&session);
}

/* Whether the newest row is of the same action, with nothing in between. */
static gboolean
goes_on (MemoDatabase *self, const char *action, gboolean *ret_goes_on, GError **error)
{
  gint64 newest;

  *ret_goes_on = FALSE;
  if (self->action == NULL || g_strcmp0 (self->action, action) != 0)
    return TRUE;
  if (!memo_sql_int (self, "SELECT id FROM history ORDER BY id DESC LIMIT 1", &newest, error))
    return FALSE;
  *ret_goes_on = newest == self->action_row;
  return TRUE;
}

/* Drops what was undone, and the oldest beyond the bounds. total and step of an entry count from the first that ever
 * was, so that the bounds are a subtraction. */
static gboolean
make_room (MemoDatabase *self, const char *action, gint64 size, gint64 *ret_total, gint64 *ret_step, GError **error)
{
  g_autoptr (MemoStatement) statement = NULL;
  gboolean same;

  if (!memo_sql_exec (self, "DELETE FROM history WHERE undone <> 0", error) || !goes_on (self, action, &same, error) ||
      !memo_sql_int (self, "SELECT total FROM history ORDER BY id DESC LIMIT 1", ret_total, error) ||
      !memo_sql_int (self, "SELECT step FROM history ORDER BY id DESC LIMIT 1", ret_step, error))
    return FALSE;
  /* No library counts that far: what stands there makes no sense, and nothing can be told apart from it by these numbers. */
  if (*ret_total < 0 || *ret_total > G_MAXINT64 - size || *ret_step < 0 || *ret_step == G_MAXINT64)
    {
      if (!memo_sql_exec (self, "DELETE FROM history", error))
        return FALSE;
      *ret_total = *ret_step = 0;
      same = FALSE;
    }
  *ret_total += size;
  *ret_step += same ? 0 : 1;
  /* The action that reaches over a bound stays whole. */
  statement = memo_sql_prepare (self,
                                "WITH keep (id, step) AS (SELECT id, step FROM history WHERE total > ?1 AND step > ?2"
                                " ORDER BY id LIMIT 1)"
                                "DELETE FROM history WHERE id < coalesce ((SELECT id FROM keep), 0x7fffffffffffffff)"
                                " AND step < coalesce ((SELECT step FROM keep), ?3)",
                                error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, *ret_total - BYTES_MAX);
  sqlite3_bind_int64 (statement, 2, *ret_step - STEPS_MAX);
  sqlite3_bind_int64 (statement, 3, *ret_step);
  return memo_sql_run (self, statement, error);
}

static gboolean
add_entry (MemoDatabase *self,
           const char *name,
           const char *detail,
           const char *action,
           gint64 now,
           const void *changeset,
           int size,
           GError **error)
{
  g_autoptr (MemoStatement) statement = NULL;
  gint64 total = 0, step = 0;

  if (!make_room (self, action, size, &total, &step, error))
    return FALSE;
  statement =
      memo_sql_prepare (self,
                        "INSERT INTO history (name, detail, time, step, total, changeset) VALUES (?, ?, ?, ?, ?, ?)",
                        error);
  if (statement == NULL)
    return FALSE;
  memo_sql_bind_text (statement, 1, name);
  memo_sql_bind_text (statement, 2, detail);
  sqlite3_bind_int64 (statement, 3, now);
  sqlite3_bind_int64 (statement, 4, step);
  sqlite3_bind_int64 (statement, 5, total);
  sqlite3_bind_blob (statement, 6, changeset, size, SQLITE_STATIC);
  if (!memo_sql_run (self, statement, error))
    return FALSE;
  g_free (self->action);
  self->action = g_strdup (action);
  self->action_row = sqlite3_last_insert_rowid (self->db);
  return TRUE;
}

/* What the session has seen becomes an entry, and with @times the time of every field that it changed. */
static gboolean
record_action (MemoDatabase *self,
               Session *session,
               const char *name,
               const char *detail,
               const char *action,
               gboolean times,
               gint64 now,
               GError **error)
{
  void *changeset = NULL;
  int size = 0, code;
  gboolean fine;

  if (sqlite3session_isempty (session))
    return TRUE;
  code = sqlite3session_changeset (session, &size, &changeset);
  if (code != SQLITE_OK)
    {
      memo_sql_set_error_for (NULL, code, self->name, error);
      return FALSE;
    }
  fine = size == 0 || (add_entry (self, name, detail, action, now, changeset, size, error) &&
                       (!times || memo_edits_note (self, changeset, size, FALSE, now, error)));
  sqlite3_free (changeset);
  return fine;
}

static gboolean
record (MemoDatabase *self,
        const char *name,
        const char *detail,
        const char *action,
        gboolean times,
        MemoHistoryWrite write,
        gpointer data,
        MemoNotice **ret_notice,
        GError **error)
{
  g_autoptr (Session) session = NULL;
  gint64 now = memo_history_clock ();
  gboolean fine;

  if (!memo_sql_begin (self, TRUE, error))
    return FALSE;
  session = session_start (self, error);
  fine = session != NULL && write (self, data, now, error) &&
         record_action (self, session, name, detail, action, times, now, error);
  g_clear_pointer (&session, sqlite3session_delete);
  if (!fine)
    memo_sql_rollback (self);
  if (fine && memo_changes_commit (self, ret_notice, error))
    return TRUE;
  /* Its row is gone, and another action may get its number. */
  g_clear_pointer (&self->action, g_free);
  return FALSE;
}

gboolean
memo_history_record (MemoDatabase *self,
                     const char *name,
                     const char *detail,
                     gboolean times,
                     MemoHistoryWrite write,
                     gpointer data,
                     MemoNotice **ret_notice,
                     GError **error)
{
  return record (self, name, detail, NULL, times, write, data, ret_notice, error);
}

static gboolean
write_steps (MemoDatabase *self, gpointer data, gint64 now, GError **error)
{
  GArray *steps = data;

  return memo_records_write (self, (MemoStep *) (gpointer) steps->data, steps->len, now, error);
}

gboolean
memo_database_apply (MemoDatabase *self, MemoChange *change, MemoNotice **ret_notice, GError **error)
{
  GArray *steps = memo_change_get_steps (change);
  gboolean times = FALSE;

  /* What is new has no times but its own: a highlight costs nothing here. */
  for (guint i = 0; i < steps->len && !times; i++)
    times = g_array_index (steps, MemoStep, i).op != MEMO_OP_INSERT;
  return record (self, memo_change_get_name (change), memo_change_get_detail (change), memo_change_get_action (change),
                 times, write_steps, steps, ret_notice, error);
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
      memo_sql_prepare (self, "SELECT id, name, detail, time, undone, step FROM history ORDER BY id DESC", error);
  g_autoptr (GError) cause = NULL;
  gint64 step = -1;

  if (statement == NULL)
    return NULL;
  /* The last change of an action speaks for all of them. */
  while (entries->len < limit && memo_sql_step (self, statement, &cause))
    {
      if (sqlite3_column_int64 (statement, 5) != step)
        g_ptr_array_add (entries, take_entry (statement));
      step = sqlite3_column_int64 (statement, 5);
    }
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  return g_steal_pointer (&entries);
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

/* Undoes or redoes the change that is next, when it is of @step (-1: of any). NULL without an error: there is none. */
static MemoHistoryEntry *
walk_one (MemoDatabase *self, gboolean undo, gint64 *step, GError **error)
{
  g_autoptr (MemoStatement) statement =
      memo_sql_prepare (self,
                        undo ? "SELECT id, name, detail, time, undone, step, changeset FROM history WHERE undone = 0"
                               " ORDER BY id DESC LIMIT 1"
                             : "SELECT id, name, detail, time, undone, step, changeset FROM history WHERE undone <> 0"
                               " ORDER BY id LIMIT 1",
                        error);
  g_autoptr (MemoHistoryEntry) entry = NULL;
  gboolean conflict = FALSE, fine;

  if (statement == NULL || !memo_sql_step (self, statement, error))
    return NULL;
  if (*step != -1 && sqlite3_column_int64 (statement, 5) != *step)
    return NULL;
  *step = sqlite3_column_int64 (statement, 5);
  entry = take_entry (statement);
  fine = memo_changeset_apply (self, sqlite3_column_blob (statement, 6), sqlite3_column_bytes (statement, 6), undo,
                               &conflict, error) &&
         memo_edits_note (self, sqlite3_column_blob (statement, 6), sqlite3_column_bytes (statement, 6), undo,
                          memo_history_clock (), error);
  memo_statement_reset (g_steal_pointer (&statement));
  if (!fine && conflict)
    /* Translators: name of an action: "Add highlight" */
    g_set_error (error, MEMO_ERROR, MEMO_ERROR_CONFLICT,
                 undo ? _ ("“%s” cannot be undone, because a later change is in the way. Nothing was changed.")
                      : _ ("“%s” cannot be done again, because a later change is in the way. Nothing was changed."),
                 g_dgettext (GETTEXT_PACKAGE, entry->name));
  if (!fine || !mark_undone (self, entry->id, undo, error))
    return NULL;
  entry->undone = undo;
  return g_steal_pointer (&entry);
}

/* Undo and redo are the same walk in two directions, over all changes of one action. */
static gboolean
walk (MemoDatabase *self, gboolean undo, MemoNotice **ret_notice, MemoHistoryEntry **ret_entry, GError **error)
{
  g_autoptr (MemoHistoryEntry) newest = NULL;
  MemoHistoryEntry *entry;
  g_autoptr (GError) cause = NULL;
  gint64 step = -1;

  if (!memo_sql_begin (self, TRUE, error))
    return FALSE;
  while ((entry = walk_one (self, undo, &step, &cause)) != NULL)
    if (newest == NULL || newest->id < entry->id)
      {
        memo_history_entry_free (newest);
        newest = entry;
      }
    else
      memo_history_entry_free (entry);
  if (cause == NULL && newest == NULL)
    g_set_error_literal (&cause, MEMO_ERROR, MEMO_ERROR_NOT_FOUND,
                         undo ? _ ("There is nothing to undo.") : _ ("There is nothing to redo."));
  if (cause != NULL)
    {
      memo_sql_rollback (self);
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (!memo_changes_commit (self, ret_notice, error))
    return FALSE;
  if (ret_entry != NULL)
    *ret_entry = g_steal_pointer (&newest);
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
