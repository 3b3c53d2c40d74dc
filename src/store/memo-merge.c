#include "memo-merge-private.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include "base/memo-error.h"
#include "memo-store.h"

/* One walk over all records of the other library, with a look at ours for each: nothing grows with the libraries but the
 * changeset. The other library is a second connection, so that its file can be held to the same suspicion as ours. */

#define PROGRESS 256

/* Pages that wait in memory for the end of the transaction, 256 MiB of them: as soon as one goes to the file before, nobody can
 * read the library until the merge is over. */
#define WAIT_FOR_THE_END "PRAGMA cache_spill = 65536"
#define AS_ALWAYS "PRAGMA cache_spill = 1"

static void
decision_free (gpointer data)
{
  MemoMergeDecision *decision = data;

  g_free (decision->uuid);
  g_free (decision->title);
  g_free (decision->field);
  g_free (decision->kept);
  g_free (decision->set_aside);
  g_free (decision->origin);
  g_free (decision);
}

void
memo_merge_free (MemoMerge *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_clear_pointer (&self->decisions, g_ptr_array_unref);
  g_clear_pointer (&self->fresh, g_ptr_array_unref);
  g_free (self);
}

gboolean
memo_merge_has_changes (MemoMerge *self)
{
  guint n = self->trashed + self->restored + self->decided;

  for (MemoKind kind = 0; kind < MEMO_N_KINDS; kind++)
    n += self->added[kind] + self->changed[kind];
  return n > 0;
}

void
memo_earlier_free (MemoEarlier *self)
{
  if (self == NULL)
    return;
  g_free (self->field);
  g_free (self->value);
  g_free (self->origin);
  g_free (self);
}

GPtrArray *
memo_database_read_earlier (MemoDatabase *self, const char *uuid, GError **error)
{
  g_autoptr (MemoStatement) statement = memo_sql_prepare (
      self, "SELECT id, field, value, time, origin, merged FROM earlier WHERE record = ? ORDER BY merged DESC, id DESC",
      error);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) memo_earlier_free);
  g_autoptr (GError) cause = NULL;

  if (statement == NULL)
    return NULL;
  memo_sql_bind_text (statement, 1, uuid);
  while (memo_sql_step (self, statement, &cause))
    {
      MemoEarlier *one = g_new0 (MemoEarlier, 1);

      one->id = sqlite3_column_int64 (statement, 0);
      one->field = memo_sql_dup_text (statement, 1);
      one->value = memo_sql_dup_text (statement, 2);
      one->time = sqlite3_column_int64 (statement, 3);
      one->origin = memo_sql_dup_text (statement, 4);
      one->merged = sqlite3_column_int64 (statement, 5);
      g_ptr_array_add (all, one);
    }
  if (cause == NULL)
    return g_steal_pointer (&all);
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

/* Opening the other one */

typedef struct
{
  MemoDatabase *database;
  char *folder; /* nullable: where its copy lies */
} Other;

static void
other_clear (Other *other)
{
  memo_database_close (other->database);
  if (other->folder != NULL)
    {
      g_autoptr (GDir) dir = g_dir_open (other->folder, 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *path = g_build_filename (other->folder, name, NULL);

          g_unlink (path);
        }
      g_rmdir (other->folder);
    }
  g_free (other->folder);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Other, other_clear)

static gboolean
copy_file (const char *from, const char *folder, const char *name, GCancellable *cancellable, GError **error)
{
  g_autofree char *to = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) cause = NULL;

  if (g_file_copy (source, target, G_FILE_COPY_TARGET_DEFAULT_PERMS, cancellable, NULL, NULL, &cause))
    return TRUE;
  /* Translators: path of a file, then the cause as the system words it */
  g_set_error (error, MEMO_ERROR, MEMO_ERROR_IO, _ ("“%s” could not be copied to be read: %s."), from, cause->message);
  return FALSE;
}

/* What has to be brought up to date, or put right after a crash, before it can be read: that happens to a copy. */
static gboolean
open_copy (MemoDatabase *self, const char *path, Other *other, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  g_autofree char *journal_name = g_path_get_basename (journal);
  g_autofree char *copy = NULL;
  g_autoptr (GError) cause = NULL;

  other->folder = g_dir_make_tmp ("memorandum-merge-XXXXXX", &cause);
  if (other->folder == NULL)
    {
      g_set_error_literal (error, MEMO_ERROR, MEMO_ERROR_IO, cause->message);
      return FALSE;
    }
  copy = g_build_filename (other->folder, name, NULL);
  if (!copy_file (path, other->folder, name, self->cancellable, error) ||
      (g_file_test (journal, G_FILE_TEST_EXISTS) &&
       !copy_file (journal, other->folder, journal_name, self->cancellable, error)))
    return FALSE;
  other->database = memo_database_open (copy, MEMO_OPEN_DEFAULT, error);
  return other->database != NULL;
}

static gboolean
open_other (MemoDatabase *self, const char *path, Other *other, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (memo_store_is_same_file (self->path, path))
    {
      /* Translators: path of a file that was given for another library */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("“%s” is the library itself. Choose another one."), path);
      return FALSE;
    }
  other->database = memo_database_open (path, MEMO_OPEN_READ_ONLY, &cause);
  if (other->database == NULL && g_error_matches (cause, MEMO_ERROR, MEMO_ERROR_READ_ONLY))
    return open_copy (self, path, other, error);
  if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  return other->database != NULL;
}

/* Walking */

typedef struct
{
  Merge merge;
  MemoMergeProgress progress;
  gpointer data;
  guint done, total;
} Walk;

static void
append_columns (GString *sql, MemoKind kind)
{
  guint n;
  const MemoFieldInfo *fields = memo_kind_get_fields (kind, &n);

  g_string_append (sql, "id, uuid, created, modified, deleted");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (sql, ", \"%s\"", fields[i].name);
}

static char *
select_sql (MemoKind kind, const char *rest)
{
  GString *sql = g_string_new ("SELECT ");

  append_columns (sql, kind);
  g_string_append_printf (sql, " FROM %s %s", memo_kind_get_name (kind), rest);
  return g_string_free (sql, FALSE);
}

/* The record without its heavy fields. (transfer full) */
static MemoRecord *
dup_light (MemoKind kind, MemoStatement *row)
{
  MemoRecordBuilder *builder = memo_record_builder_new (kind, memo_merge_text (row, 1));
  guint n;
  const MemoFieldInfo *fields = memo_kind_get_fields (kind, &n);

  for (guint i = 0; i < n; i++)
    {
      const char *stored = fields[i].heavy ? NULL : memo_merge_text (row, MERGE_IDENTITY + i);

      if (stored != NULL)
        memo_record_builder_set_stored (builder, MEMO_FIELD (kind, i), stored, NULL);
    }
  return memo_record_builder_end (builder);
}

static gboolean
copy_times (Merge *self, const char *uuid, GError **error)
{
  g_autoptr (MemoStatement) statement =
      memo_sql_prepare (self->theirs, "SELECT field, time FROM edit WHERE record = ?1", error);
  g_autoptr (GError) cause = NULL;

  if (statement == NULL)
    return FALSE;
  memo_sql_bind_text (statement, 1, uuid);
  while (memo_sql_step (self->theirs, statement, &cause))
    if (!memo_edits_set (self->ours, uuid, memo_merge_text (statement, 0), sqlite3_column_int64 (statement, 1), error))
      return FALSE;
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* Whether a record that is not here was deleted for good, and not changed there since. */
static gboolean
is_gone (Merge *self, MemoKind kind, const char *uuid, gboolean *ret_gone, GError **error)
{
  MergeTimes here, there;
  gboolean changed;

  *ret_gone = FALSE;
  if (!memo_merge_read_times (self->ours, kind, uuid, &here, error))
    return FALSE;
  if (here.trash == 0)
    return TRUE;
  if (!memo_merge_read_times (self->theirs, kind, uuid, &there, error) ||
      !memo_merge_changed_since (self->theirs, kind, uuid, &there, here.trash, &changed, error))
    return FALSE;
  *ret_gone = !changed;
  return TRUE;
}

/* Whether it hangs on a record that is not taken. */
static gboolean
hangs_on_left (Merge *self, MemoKind kind, MemoStatement *theirs)
{
  static const MemoField owners[] = { MEMO_ANNOTATION_ARTICLE, MEMO_FOLLOW_UP_AGREEMENT, MEMO_EVIDENCE_RECORD,
                                      MEMO_EVIDENCE_ANNOTATION };

  for (guint i = 0; i < G_N_ELEMENTS (owners); i++)
    if ((MemoKind) (owners[i] >> 8) == kind)
      {
        const char *owner = memo_merge_text (theirs, MERGE_IDENTITY + (owners[i] & 0xff));

        if (owner != NULL && g_hash_table_contains (self->left, owner))
          return TRUE;
      }
  return FALSE;
}

/* The record on which @theirs stands is not here. What lies in their trash comes into ours, so that what refers to it does not
 * refer to nothing. */
static gboolean
add_record (Merge *self, MemoKind kind, MemoStatement *theirs, GError **error)
{
  const char *uuid = memo_merge_text (theirs, 1);
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (MemoStatement) statement = NULL;
  gboolean sound = TRUE, gone = hangs_on_left (self, kind, theirs), trash = sqlite3_column_int64 (theirs, 4) != 0;
  guint n;

  if (!gone && (!is_gone (self, kind, uuid, &gone, error) ||
                (!gone && kind == MEMO_KIND_ARTICLE && !memo_merge_take_article (self, theirs, &sound, error))))
    return FALSE;
  if (gone || !sound)
    {
      g_hash_table_add (self->left, g_strdup (uuid));
      return TRUE;
    }
  self->result->added[kind] += !trash;
  if (kind == MEMO_KIND_ANNOTATION)
    {
      const char *article = memo_merge_text (theirs, MERGE_IDENTITY + (MEMO_ANNOTATION_ARTICLE & 0xff));

      if (article != NULL && g_hash_table_contains (self->texts, article))
        g_hash_table_add (self->unsound, g_strdup (article));
    }
  if (self->dry)
    {
      if (!trash && (kind == MEMO_KIND_ARTICLE || kind == MEMO_KIND_AGREEMENT || kind == MEMO_KIND_BODY ||
                     kind == MEMO_KIND_PARTY))
        g_ptr_array_add (self->result->fresh, dup_light (kind, theirs));
      return TRUE;
    }
  memo_kind_get_fields (kind, &n);
  g_string_printf (sql, "INSERT INTO %s (", memo_kind_get_name (kind));
  append_columns (sql, kind);
  g_string_append (sql, ") VALUES (NULL");
  for (guint i = 1; i < MERGE_IDENTITY + n; i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  statement = memo_sql_prepare (self->ours, sql->str, error);
  if (statement == NULL)
    return FALSE;
  for (guint i = 1; i < MERGE_IDENTITY + n; i++)
    sqlite3_bind_value (statement, i, sqlite3_column_value (theirs, i));
  return memo_sql_run (self->ours, statement, error) && copy_times (self, uuid, error);
}

static gboolean
walk_kind (Walk *walk, MemoKind kind, GError **error)
{
  Merge *self = &walk->merge;
  g_autofree char *all = select_sql (kind, "ORDER BY id");
  g_autofree char *one = select_sql (kind, "WHERE uuid = ?");
  g_autoptr (MemoStatement) theirs = memo_sql_prepare (self->theirs, all, error);
  g_autoptr (GError) cause = NULL;

  if (theirs == NULL)
    return FALSE;
  while (memo_sql_step (self->theirs, theirs, &cause))
    {
      g_autoptr (MemoStatement) ours = memo_sql_prepare (self->ours, one, error);

      if (ours == NULL)
        return FALSE;
      memo_sql_bind_text (ours, 1, memo_merge_text (theirs, 1));
      if (memo_sql_step (self->ours, ours, &cause) ? !memo_merge_record (self, kind, ours, theirs, error)
                                                   : cause == NULL && !add_record (self, kind, theirs, error))
        return FALSE;
      if (cause != NULL)
        break;
      if (++walk->done % PROGRESS == 0 && walk->progress != NULL)
        walk->progress (walk->done, walk->total, walk->data);
    }
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* What they have deleted for good leaves the times of its deletion behind. */
static gboolean
walk_gone (Merge *self, GError **error)
{
  g_autoptr (MemoStatement) gone =
      memo_sql_prepare (self->theirs, "SELECT record, time FROM edit WHERE field = 'deleted'", error);
  g_autoptr (GError) cause = NULL;

  if (gone == NULL)
    return FALSE;
  while (memo_sql_step (self->theirs, gone, &cause))
    {
      const char *uuid = memo_merge_text (gone, 0);
      gint64 time = sqlite3_column_int64 (gone, 1);

      for (MemoKind kind = 0; kind < MEMO_N_KINDS; kind++)
        {
          g_autofree char *sql =
              g_strdup_printf ("SELECT 1 FROM %s WHERE uuid = ?1 AND deleted = 0", memo_kind_get_name (kind));
          g_autofree char *any = g_strdup_printf ("SELECT 1 FROM %s WHERE uuid = ?1", memo_kind_get_name (kind));
          g_autoptr (MemoStatement) here = memo_sql_prepare (self->ours, sql, error);
          g_autoptr (MemoStatement) there = memo_sql_prepare (self->theirs, any, error);
          MergeTimes times;
          gboolean changed, only_here;

          if (here == NULL || there == NULL)
            return FALSE;
          memo_sql_bind_text (here, 1, uuid);
          memo_sql_bind_text (there, 1, uuid);
          only_here = memo_sql_step (self->ours, here, &cause) && !memo_sql_step (self->theirs, there, &cause);
          if (cause != NULL)
            {
              g_propagate_error (error, g_steal_pointer (&cause));
              return FALSE;
            }
          if (!only_here)
            continue;
          if (!memo_merge_read_times (self->ours, kind, uuid, &times, error) ||
              !memo_merge_changed_since (self->ours, kind, uuid, &times, time, &changed, error) ||
              (!changed && !memo_merge_set_deleted (self, kind, uuid, time, time, error)))
            return FALSE;
          self->result->kept += changed;
        }
    }
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gboolean
write_merge (MemoDatabase *database, gpointer data, gint64 now, GError **error)
{
  Walk *walk = data;
  Merge *self = &walk->merge;

  self->now = now;
  for (MemoKind kind = 0; kind < MEMO_N_KINDS; kind++)
    if (!walk_kind (walk, kind, error))
      return FALSE;
  return walk_gone (self, error) && memo_merge_find_places (self, error);
}

/* The other library as it is at one moment. */
static gboolean
run (Walk *walk, const char *detail, MemoNotice **ret_notice, GError **error)
{
  Merge *self = &walk->merge;
  gboolean fine;

  for (MemoKind kind = 0; kind < MEMO_N_KINDS; kind++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s", memo_kind_get_name (kind));
      gint64 count = 0;

      if (!memo_sql_int (self->theirs, sql, &count, error))
        return FALSE;
      walk->total += count;
    }
  if (!self->dry)
    {
      fine =
          memo_sql_exec (self->ours, WAIT_FOR_THE_END, error) &&
          memo_history_record (self->ours, N_ ("Merge library"), detail, FALSE, write_merge, walk, ret_notice, error);
      memo_sql_exec (self->ours, AS_ALWAYS, NULL);
      return fine;
    }
  if (!memo_sql_begin (self->ours, FALSE, error))
    return FALSE;
  fine = write_merge (self->ours, walk, memo_history_clock (), error);
  memo_sql_rollback (self->ours);
  return fine;
}

MemoMerge *
memo_database_merge (MemoDatabase *self,
                     const char *path,
                     gboolean dry,
                     MemoMergeProgress progress,
                     gpointer data,
                     MemoNotice **ret_notice,
                     GError **error)
{
  g_auto (Other) other = { NULL, NULL };
  g_autoptr (MemoMerge) result = g_new0 (MemoMerge, 1);
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) left = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) unsound = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Walk walk = { { self, NULL, result, dry, 0, texts, left, unsound }, progress, data, 0, 0 };
  gboolean fine;

  result->decisions = g_ptr_array_new_with_free_func (decision_free);
  result->fresh = g_ptr_array_new_with_free_func (g_object_unref);
  if (!open_other (self, path, &other, error))
    return NULL;
  walk.merge.theirs = other.database;
  result->name = g_strdup (other.database->name);
  memo_database_set_cancellable (other.database, self->cancellable);
  if (!memo_sql_begin (other.database, FALSE, error))
    return NULL;
  fine = run (&walk, result->name, ret_notice, error);
  memo_sql_rollback (other.database);
  return fine ? g_steal_pointer (&result) : NULL;
}
