#include "memo-trash.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include "base/memo-error.h"
#include "memo-sql.h"

#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
#define STEP (10 * DAY)  /* the clock may go on by that much between two sweeps */
#define PROVED (7 * DAY) /* one that went on by more is believed after that, and as many sweeps: */
#define PROOFS 3
#define CLOCK_STATE "care-clock"
#define BATCH 20

/* What hangs on what: gone with it, and back with it. */
static const struct
{
  MemoKind owner;
  MemoField field;
} ties[] = {
  { MEMO_KIND_ARTICLE, MEMO_ANNOTATION_ARTICLE },     { MEMO_KIND_AGREEMENT, MEMO_FOLLOW_UP_AGREEMENT },
  { MEMO_KIND_ANNOTATION, MEMO_EVIDENCE_ANNOTATION }, { MEMO_KIND_AGREEMENT, MEMO_EVIDENCE_RECORD },
  { MEMO_KIND_FOLLOW_UP, MEMO_EVIDENCE_RECORD },      { MEMO_KIND_EVENT, MEMO_EVIDENCE_RECORD },
  { MEMO_KIND_BODY, MEMO_EVIDENCE_RECORD },           { MEMO_KIND_PARTY, MEMO_EVIDENCE_RECORD },
};

gboolean
memo_trash_time (MemoDatabase *self, gint64 now, gint64 *ret_time, GError **error)
{
  gint64 last = 0;

  if (!memo_sql_int (self, "SELECT max (time) FROM history", &last, error))
    return FALSE;
  *ret_time = MAX (now, last);
  return TRUE;
}

/* Reading and restoring */

static int
compare_deleted (gconstpointer a, gconstpointer b)
{
  gint64 x = memo_record_get_deleted (*(MemoRecord **) a), y = memo_record_get_deleted (*(MemoRecord **) b);

  return (x < y) - (x > y);
}

GPtrArray *
memo_database_read_trash (MemoDatabase *self, GError **error)
{
  g_autoptr (GPtrArray) trash = g_ptr_array_new_with_free_func (g_object_unref);

  for (MemoKind kind = 0; kind < MEMO_N_KINDS; kind++)
    {
      GPtrArray *records = memo_database_scan (self, kind, 0, G_MAXINT, TRUE, FALSE, error);

      if (records == NULL)
        return NULL;
      g_ptr_array_extend_and_steal (trash, records);
    }
  g_ptr_array_sort (trash, compare_deleted);
  return g_steal_pointer (&trash);
}

/* A set of records in the trash, each once. */
typedef struct
{
  MemoDatabase *database;
  GPtrArray *records;
  GHashTable *known; /* UUID, borrowed from records */
} Restoring;

static MemoRecord *
read_one (MemoDatabase *self, MemoKind kind, const char *uuid, GError **error)
{
  const char *const uuids[] = { uuid, NULL };
  g_autoptr (GPtrArray) records = memo_database_read_uuids (self, kind, uuids, FALSE, error);

  return records != NULL && records->pdata[0] != NULL ? g_object_ref (records->pdata[0]) : NULL;
}

static gboolean
take (Restoring *restoring, MemoKind kind, const char *uuid, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (MemoRecord) record = NULL;

  if (g_hash_table_contains (restoring->known, uuid))
    return TRUE;
  record = read_one (restoring->database, kind, uuid, &cause);
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (record == NULL || memo_record_get_deleted (record) == 0)
    return TRUE;
  g_hash_table_add (restoring->known, (gpointer) memo_record_get_uuid (record));
  g_ptr_array_add (restoring->records, g_steal_pointer (&record));
  return TRUE;
}

/* What @record hangs on, and what hangs on it since the same moment. */
static gboolean
take_tied (Restoring *restoring, MemoRecord *record, GError **error)
{
  MemoKind kind = memo_record_get_kind (record);

  for (guint i = 0; i < G_N_ELEMENTS (ties); i++)
    {
      MemoKind dependent = ties[i].field >> 8;
      const char *owner = dependent == kind ? memo_record_get_text (record, ties[i].field) : NULL;
      g_autoptr (GPtrArray) uuids = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GError) cause = NULL;

      if (owner != NULL && !take (restoring, ties[i].owner, owner, error))
        return FALSE;
      if (ties[i].owner == kind)
        {
          g_autofree char *sql =
              g_strdup_printf ("SELECT uuid FROM %s WHERE \"%s\" = ?1 AND deleted = ?2 ORDER BY id",
                               memo_kind_get_name (dependent), memo_field_get_info (ties[i].field)->name);
          g_autoptr (MemoStatement) statement = memo_sql_prepare (restoring->database, sql, error);

          if (statement == NULL)
            return FALSE;
          memo_sql_bind_text (statement, 1, memo_record_get_uuid (record));
          sqlite3_bind_int64 (statement, 2, memo_record_get_deleted (record));
          while (memo_sql_step (restoring->database, statement, &cause))
            g_ptr_array_add (uuids, memo_sql_dup_text (statement, 0));
        }
      if (cause != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      for (guint j = 0; j < uuids->len; j++)
        if (!take (restoring, dependent, uuids->pdata[j], error))
          return FALSE;
    }
  return TRUE;
}

MemoChange *
memo_database_restore_trashed (MemoDatabase *self, const char *const *uuids, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  Restoring restoring = { self, records, known };
  g_autoptr (MemoChange) change = memo_change_new (N_ ("Restore from the trash"), NULL);

  for (guint i = 0; uuids[i] != NULL; i++)
    {
      MemoKind kind;

      if (!memo_database_find_kind (self, uuids[i], &kind, error) || !take (&restoring, kind, uuids[i], error))
        return NULL;
      if (!g_hash_table_contains (known, uuids[i]))
        {
          /* Translators: identifier of a record */
          g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("The record “%s” is not in the trash."), uuids[i]);
          return NULL;
        }
    }
  if (records->len > 0)
    memo_change_set_detail (change, memo_record_get_title (records->pdata[0]));
  for (guint i = 0; i < records->len; i++)
    if (!take_tied (&restoring, records->pdata[i], error))
      return NULL;
  for (guint i = 0; i < records->len; i++)
    memo_change_restore (change, records->pdata[i]);
  return g_steal_pointer (&change);
}

/* Removing */

typedef enum
{
  STAGE_CLOCK,
  STAGE_TRASH,
  STAGE_CLAIMED,
  STAGE_NOTE,
  STAGE_ORIGINALS,
  STAGE_DONE
} Stage;

struct _MemoSweep
{
  gint64 now;
  gint64 trusted; /* time that is believed; 0: none */
  gboolean emptying;
  char **uuids; /* nullable */
  Stage stage;
  MemoKind kind; /* of the trash's records */
  gint64 after;  /* row id that was dealt with */
  guint next;    /* of uuids */
  char *sha256;  /* original that was dealt with */
  guint removed, originals;
};

MemoSweep *
memo_sweep_new (gint64 now)
{
  MemoSweep *self = g_new0 (MemoSweep, 1);

  self->now = now;
  return self;
}

MemoSweep *
memo_sweep_new_emptying (const char *const *uuids)
{
  MemoSweep *self = g_new0 (MemoSweep, 1);

  self->emptying = TRUE;
  self->stage = STAGE_TRASH;
  self->uuids = g_strdupv ((char **) uuids);
  return self;
}

void
memo_sweep_free (MemoSweep *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->uuids);
  g_free (self->sha256);
  g_free (self);
}

guint
memo_sweep_get_removed (MemoSweep *self)
{
  return self->removed;
}

guint
memo_sweep_get_originals (MemoSweep *self)
{
  return self->originals;
}

/* The library's own time. seen: the clock at the last sweep; trusted: the newest time that is believed; since, proofs: the time that
 * the clock has leapt to, and the sweeps from then on. */
static gboolean
run_clock (MemoDatabase *self, MemoSweep *sweep, GError **error)
{
#define FORMAT "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d"
  g_autoptr (GError) cause = NULL;
  g_autofree char *stored = memo_database_get_state (self, CLOCK_STATE, &cause);
  g_autofree char *changed = NULL;
  gint64 seen = 0, trusted = 0, since = 0, last = 0;
  int proofs = 0;

  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (!memo_sql_int (self, "SELECT max (time) FROM history", &last, error))
    return FALSE;
  if (stored == NULL || sscanf (stored, FORMAT, &seen, &trusted, &since, &proofs) != 4)
    seen = trusted = last != 0 ? last : sweep->now;
  if (sweep->now - trusted <= STEP)
    since = 0;
  else if (since == 0 || sweep->now < seen || sweep->now - seen > STEP)
    {
      since = sweep->now;
      proofs = 0;
    }
  else if (++proofs >= PROOFS && sweep->now - since >= PROVED)
    since = 0;
  if (since == 0)
    trusted = MAX (trusted, sweep->now);
  /* A clock behind the last action is wrong. */
  sweep->trusted = sweep->now < last ? 0 : MIN (trusted, sweep->now);
  changed = g_strdup_printf (FORMAT, sweep->now, trusted, since, proofs);
  return memo_database_set_state (self, CLOCK_STATE, changed, error);
#undef FORMAT
}

static gboolean
run_with (MemoDatabase *self, const char *sql, const char *text, GError **error)
{
  g_autoptr (MemoStatement) statement = memo_sql_prepare (self, sql, error);

  if (statement == NULL)
    return FALSE;
  memo_sql_bind_text (statement, 1, text);
  return memo_sql_run (self, statement, error);
}

/* Deletes the rows of @field's kind that hang on @owner (an SQL expression over ?1), and what hangs on them before. */
static gboolean
remove_tied (MemoDatabase *self, MemoKind owner, const char *owners, const char *uuid, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (ties); i++)
    {
      const char *table = memo_kind_get_name (ties[i].field >> 8);
      g_autofree char *where = NULL;
      g_autofree char *inner = NULL;
      g_autofree char *sql = NULL;

      if (ties[i].owner != owner)
        continue;
      where =
          g_strdup_printf ("FROM %s WHERE \"%s\" IN (%s)", table, memo_field_get_info (ties[i].field)->name, owners);
      inner = g_strdup_printf ("SELECT uuid %s", where);
      sql = g_strdup_printf ("DELETE %s", where);
      if (!remove_tied (self, ties[i].field >> 8, inner, uuid, error) || !run_with (self, sql, uuid, error))
        return FALSE;
    }
  return TRUE;
}

/* One record with all that hangs on it. */
static gboolean
remove_record (MemoDatabase *self, MemoSweep *sweep, MemoKind kind, const char *uuid, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE uuid = ?1 AND deleted <> 0", memo_kind_get_name (kind));

  if (!remove_tied (self, kind, "?1", uuid, error) || !run_with (self, sql, uuid, error))
    return FALSE;
  sweep->removed += sqlite3_changes (self->db);
  return run_with (self, "DELETE FROM earlier WHERE record = ?1", uuid, error);
}

/* Some that are due, of the kind and behind the row the sweep is at; none: it goes on to the next kind. */
static GPtrArray *
read_due (MemoDatabase *self, MemoSweep *sweep, GArray *ids, GError **error)
{
  g_autoptr (GPtrArray) uuids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *sql = g_strdup_printf ("SELECT id, uuid FROM %s WHERE deleted <> 0 AND deleted < ?1 AND id > ?2"
                                          " ORDER BY id LIMIT ?3",
                                          memo_kind_get_name (sweep->kind));
  g_autoptr (MemoStatement) statement = memo_sql_prepare (self, sql, error);
  g_autoptr (GError) cause = NULL;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, sweep->emptying ? G_MAXINT64 : sweep->trusted - MEMO_TRASH_DAYS * DAY);
  sqlite3_bind_int64 (statement, 2, sweep->after);
  sqlite3_bind_int (statement, 3, BATCH);
  while (memo_sql_step (self, statement, &cause))
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      g_array_append_val (ids, id);
      g_ptr_array_add (uuids, memo_sql_dup_text (statement, 1));
    }
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  return g_steal_pointer (&uuids);
}

static gboolean
is_over (gint64 end)
{
  return g_get_monotonic_time () >= end;
}

static gboolean
remove_named (MemoDatabase *self, MemoSweep *sweep, gint64 end, GError **error)
{
  do
    {
      const char *uuid = sweep->uuids[sweep->next];
      g_autoptr (MemoRecord) record = NULL;
      g_autoptr (GError) cause = NULL;
      MemoKind kind;

      if (uuid == NULL)
        {
          sweep->stage = STAGE_DONE;
          return TRUE;
        }
      sweep->next++;
      /* It may be gone already, with what it hung on. */
      if (!memo_database_find_kind (self, uuid, &kind, &cause))
        {
          if (g_error_matches (cause, MEMO_ERROR, MEMO_ERROR_NOT_FOUND))
            continue;
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      record = read_one (self, kind, uuid, &cause);
      if (record != NULL && memo_record_get_deleted (record) == 0)
        continue;
      if (cause != NULL || !remove_record (self, sweep, kind, uuid, &cause))
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
    }
  while (!is_over (end));
  return TRUE;
}

static gboolean
remove_due (MemoDatabase *self, MemoSweep *sweep, gint64 end, GError **error)
{
  while (sweep->kind < MEMO_N_KINDS)
    {
      g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (GPtrArray) uuids = read_due (self, sweep, ids, error);

      if (uuids == NULL)
        return FALSE;
      for (guint i = 0; i < uuids->len; i++)
        {
          if (!remove_record (self, sweep, sweep->kind, uuids->pdata[i], error))
            return FALSE;
          sweep->after = g_array_index (ids, gint64, i);
          if (is_over (end))
            return TRUE;
        }
      if (uuids->len < BATCH)
        {
          sweep->kind++;
          sweep->after = 0;
        }
    }
  sweep->stage = sweep->emptying ? STAGE_DONE : STAGE_CLAIMED;
  return TRUE;
}

/* By an article, or by one that a merge has set aside. */
#define IS_NEEDED(sha256)                                                                                              \
  "(EXISTS (SELECT 1 FROM article a WHERE a.original = " sha256 ") OR " sha256                                         \
  " IN (SELECT value FROM earlier WHERE field = 'original' AND value IS NOT NULL))"

/* Originals, some at a time behind the one the sweep is at: those that are new among the orphans. */
static gboolean
note_orphans (MemoDatabase *self, MemoSweep *sweep, gint64 end, GError **error)
{
  static const char note[] = "INSERT OR IGNORE INTO orphan (sha256, since, step) SELECT o.sha256, ?3,"
                             " coalesce ((SELECT max (id) FROM history), 0) FROM original o"
                             " WHERE o.sha256 > ?1 AND o.sha256 <= ?2"
                             " AND NOT " IS_NEEDED ("o.sha256");

  do
    {
      g_autoptr (MemoStatement) last = memo_sql_prepare (
          self, "SELECT max (sha256) FROM (SELECT sha256 FROM original WHERE sha256 > ? ORDER BY sha256 LIMIT 50)",
          error);
      g_autoptr (MemoStatement) statement = last != NULL ? memo_sql_prepare (self, note, error) : NULL;
      g_autofree char *up_to = NULL;

      if (statement == NULL)
        return FALSE;
      memo_sql_bind_text (last, 1, sweep->sha256 != NULL ? sweep->sha256 : "");
      if (!memo_sql_run (self, last, error))
        return FALSE;
      up_to = memo_sql_dup_text (last, 0);
      if (up_to == NULL)
        {
          sweep->stage = STAGE_ORIGINALS;
          return TRUE;
        }
      memo_sql_bind_text (statement, 1, sweep->sha256 != NULL ? sweep->sha256 : "");
      memo_sql_bind_text (statement, 2, up_to);
      sqlite3_bind_int64 (statement, 3, sweep->trusted);
      if (!memo_sql_run (self, statement, error))
        return FALSE;
      memo_statement_reset (g_steal_pointer (&statement));
      g_free (sweep->sha256);
      sweep->sha256 = g_steal_pointer (&up_to);
    }
  while (!is_over (end));
  return TRUE;
}

/* One at a time, for they may be large. */
static gboolean
remove_originals (MemoDatabase *self, MemoSweep *sweep, gint64 end, GError **error)
{
  /* An article may have come to need it since the sweep looked. */
  static const char due[] = "SELECT sha256 FROM orphan WHERE since < ?1"
                            " AND step < coalesce ((SELECT min (id) FROM history), 0x7fffffffffffffff)"
                            " AND NOT " IS_NEEDED ("orphan.sha256") " LIMIT 1";

  do
    {
      g_autoptr (MemoStatement) statement = memo_sql_prepare (self, due, error);
      g_autofree char *sha256 = NULL;

      if (statement == NULL)
        return FALSE;
      sqlite3_bind_int64 (statement, 1, sweep->trusted - MEMO_TRASH_DAYS * DAY);
      if (!memo_sql_run (self, statement, error))
        return FALSE;
      sha256 = memo_sql_dup_text (statement, 0);
      memo_statement_reset (g_steal_pointer (&statement));
      if (sha256 == NULL)
        {
          sweep->stage = STAGE_DONE;
          return TRUE;
        }
      if (!run_with (self, "DELETE FROM original WHERE sha256 = ?1", sha256, error) ||
          !run_with (self, "DELETE FROM orphan WHERE sha256 = ?1", sha256, error))
        return FALSE;
      sweep->originals++;
    }
  while (!is_over (end));
  return TRUE;
}

static gboolean
run_stage (MemoDatabase *self, MemoSweep *sweep, gint64 end, GError **error)
{
  switch (sweep->stage)
    {
    case STAGE_TRASH:
      return sweep->uuids != NULL ? remove_named (self, sweep, end, error) : remove_due (self, sweep, end, error);
    case STAGE_CLAIMED:
      sweep->stage = STAGE_NOTE;
      return memo_sql_exec (self, "DELETE FROM orphan WHERE " IS_NEEDED ("orphan.sha256"), error);
    case STAGE_NOTE:
      return note_orphans (self, sweep, end, error);
    case STAGE_ORIGINALS:
      return remove_originals (self, sweep, end, error);
    default:
      return TRUE;
    }
}

gboolean
memo_database_sweep (MemoDatabase *self,
                     MemoSweep *sweep,
                     guint milliseconds,
                     gboolean *ret_done,
                     MemoNotice **ret_notice,
                     GError **error)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;
  MemoSweep before;

  *ret_notice = NULL;
  if (sweep->stage == STAGE_CLOCK)
    {
      if (!run_clock (self, sweep, error))
        return FALSE;
      sweep->stage = sweep->trusted != 0 ? STAGE_TRASH : STAGE_DONE;
      *ret_done = sweep->stage == STAGE_DONE;
      return TRUE;
    }
  if (!memo_sql_begin (self, TRUE, error))
    return FALSE;
  before = *sweep;
  if (!run_stage (self, sweep, end, error))
    memo_sql_rollback (self);
  else if (memo_changes_commit (self, ret_notice, error))
    {
      *ret_done = sweep->stage == STAGE_DONE;
      return TRUE;
    }
  sweep->removed = before.removed;
  sweep->originals = before.originals;
  return FALSE;
}
