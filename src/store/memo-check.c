#include "memo-sql.h"

#include <glib/gi18n.h>
#include <string.h>
#include "base/memo-error.h"

#define PROBLEMS_MAX 1000

/* The next thing that SQLite's own check finds in the file, or NULL. SQLite 3.44 and later look into the search index too;
 * what is wrong there is mended by check_index() and no reason not to open. Borrowed until the next. */
static const char *
next_damage (MemoDatabase *self, MemoStatement *statement, GError **error)
{
  while (memo_sql_step (self, statement, error))
    {
      const char *answer = (const char *) sqlite3_column_text (statement, 0);

      if (answer != NULL && strcmp (answer, "ok") != 0 && strstr (answer, "FTS5 table") == NULL)
        return answer;
    }
  return NULL;
}

/* What is said in @answer, a line each, without SQLite's headings. (transfer full) */
static GPtrArray *
split_answer (const char *answer)
{
  g_auto (GStrv) lines = g_strsplit (answer, "\n", -1);
  GPtrArray *causes = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '\0' && !g_str_has_prefix (lines[i], "***"))
      g_ptr_array_add (causes, g_strdup (lines[i]));
  if (causes->len == 0)
    g_ptr_array_add (causes, g_strdup (answer));
  return causes;
}

gboolean
memo_check_quick (MemoDatabase *self, GError **error)
{
  g_autoptr (MemoStatement) statement = memo_sql_prepare (self, "PRAGMA quick_check (100)", error);
  g_autoptr (GError) cause = NULL;
  g_autoptr (GPtrArray) causes = NULL;
  const char *answer;

  if (statement == NULL)
    return FALSE;
  answer = next_damage (self, statement, &cause);
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (answer == NULL)
    return TRUE;
  causes = split_answer (answer);
  /* Translators: name of the library's file, then what SQLite found */
  g_set_error (error, MEMO_ERROR, MEMO_ERROR_CORRUPT,
               _ ("The library “%s” is damaged (%s). Nothing was changed; a backup, if there is one, can be restored."),
               self->name, (char *) causes->pdata[0]);
  return FALSE;
}

/* SQLite's own check of pages and indexes. */
static gboolean
check_file (MemoDatabase *self, GPtrArray *problems, GError **error)
{
  g_autoptr (MemoStatement) statement = memo_sql_prepare (self, "PRAGMA integrity_check (100)", error);
  g_autoptr (GError) cause = NULL;
  const char *answer;

  if (statement == NULL)
    return FALSE;
  while ((answer = next_damage (self, statement, &cause)) != NULL)
    {
      g_autoptr (GPtrArray) causes = split_answer (answer);

      for (guint i = 0; i < causes->len; i++)
        /* Translators: what SQLite found in the file */
        g_ptr_array_add (problems,
                         g_strdup_printf (_ ("The library's file is damaged: %s."), (char *) causes->pdata[i]));
    }
  if (cause == NULL)
    return TRUE;
  if (!g_error_matches (cause, MEMO_ERROR, MEMO_ERROR_CORRUPT))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  g_ptr_array_add (problems, g_strdup (cause->message));
  return TRUE;
}

static int
command_index (MemoDatabase *self, MemoKind kind, const char *command)
{
  const char *name = memo_kind_get_name (kind);
  g_autofree char *sql =
      strcmp (command, "integrity-check") == 0
          ? g_strdup_printf ("INSERT INTO %s_words (%s_words, rank) VALUES ('integrity-check', 1)", name, name)
          : g_strdup_printf ("INSERT INTO %s_words (%s_words) VALUES ('%s')", name, name, command);

  return sqlite3_exec (self->db, sql, NULL, NULL, NULL);
}

/* The search index against what the records hold. */
static gboolean
check_index (MemoDatabase *self, GPtrArray *problems, gboolean repair, GError **error)
{
  for (MemoKind kind = 0; kind < MEMO_N_KINDS && !self->read_only; kind++)
    {
      int code;

      if (!memo_check_index_kind (kind))
        continue;
      if (!memo_sql_begin (self, TRUE, error))
        return FALSE;
      code = command_index (self, kind, "integrity-check");
      if ((code & 0xff) == SQLITE_CORRUPT && repair)
        {
          code = command_index (self, kind, "rebuild");
          if (code == SQLITE_OK)
            code = command_index (self, kind, "integrity-check");
        }
      if ((code & 0xff) == SQLITE_CORRUPT)
        /* Translators: kind of records in the library's file: "article" */
        g_ptr_array_add (problems, g_strdup_printf (_ ("The search index of “%s” does not match the records."),
                                                    memo_kind_get_name (kind)));
      else if (code != SQLITE_OK)
        {
          memo_sql_set_error (self, code, error);
          memo_sql_rollback (self);
          return FALSE;
        }
      if (!memo_sql_commit (self, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_texts (MemoDatabase *self, GPtrArray *problems, GError **error)
{
  g_autoptr (MemoStatement) statement = memo_sql_prepare (self, "SELECT uuid, title, sha256, text FROM article", error);
  g_autoptr (GError) cause = NULL;

  if (statement == NULL)
    return FALSE;
  while (problems->len < PROBLEMS_MAX && memo_sql_step (self, statement, &cause))
    {
      const char *text = (const char *) sqlite3_column_text (statement, 3);
      g_autofree char *sum = text != NULL ? g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text,
                                                                         sqlite3_column_bytes (statement, 3))
                                          : NULL;

      if (g_strcmp0 (sum, (const char *) sqlite3_column_text (statement, 2)) != 0)
        /* Translators: title of an article, then its identifier */
        g_ptr_array_add (problems, g_strdup_printf (_ ("The text of the article “%s” (%s) is not what was saved."),
                                                    (const char *) sqlite3_column_text (statement, 1),
                                                    (const char *) sqlite3_column_text (statement, 0)));
    }
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gboolean
check_originals (MemoDatabase *self, GPtrArray *problems, GError **error)
{
  g_autoptr (MemoStatement) statement =
      memo_sql_prepare (self,
                        "SELECT o.sha256, o.data, a.title, o.codec, o.size FROM original o LEFT JOIN article a ON "
                        "a.original = o.sha256 GROUP BY o.sha256",
                        error);
  g_autoptr (GError) cause = NULL;

  if (statement == NULL)
    return FALSE;
  while (problems->len < PROBLEMS_MAX && memo_sql_step (self, statement, &cause))
    {
      g_autoptr (GBytes) bytes =
          memo_records_unpack (statement, 1, sqlite3_column_int (statement, 3), sqlite3_column_int64 (statement, 4));
      g_autofree char *sum = bytes != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes) : NULL;
      const char *title = (const char *) sqlite3_column_text (statement, 2);

      if (g_strcmp0 (sum, (const char *) sqlite3_column_text (statement, 0)) != 0)
        /* Translators: title of an article, then the SHA-256 of its file */
        g_ptr_array_add (problems, g_strdup_printf (_ ("The original file of “%s” (%s) is not what was saved."),
                                                    title != NULL ? title : "",
                                                    (const char *) sqlite3_column_text (statement, 0)));
    }
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* TRUE: the column holds what the field can hold. */
static gboolean
check_value (MemoRecordBuilder *builder, MemoField field, MemoStatement *statement, int column, GError **error)
{
  const char *stored = (const char *) sqlite3_column_text (statement, column);
  g_autofree char *own = NULL;

  memo_sql_get_text (statement, column, &own);
  if (own != NULL)
    {
      g_set_error_literal (error, MEMO_ERROR, MEMO_ERROR_CORRUPT, _ ("The text is not valid UTF-8."));
      return FALSE;
    }
  return memo_field_get_info (field)->type == MEMO_FIELD_TEXT ||
         memo_record_builder_set_stored (builder, field, stored, error);
}

/* Values that cannot be what their field holds: dates, JSON, text that is no UTF-8. */
static gboolean
check_values (MemoDatabase *self, MemoKind kind, GPtrArray *problems, GError **error)
{
  guint n;
  const MemoFieldInfo *fields = memo_kind_get_fields (kind, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *sql = NULL;
      g_autoptr (MemoStatement) statement = NULL;
      g_autoptr (MemoRecordBuilder) builder = NULL;
      g_autoptr (GError) cause = NULL;

      if (fields[i].type == MEMO_FIELD_INT)
        continue;
      sql = g_strdup_printf ("SELECT uuid, \"%s\" FROM %s WHERE \"%s\" IS NOT NULL", fields[i].name,
                             memo_kind_get_name (kind), fields[i].name);
      statement = memo_sql_prepare (self, sql, error);
      if (statement == NULL)
        return FALSE;
      builder = memo_record_builder_new (kind, NULL);
      while (problems->len < PROBLEMS_MAX && memo_sql_step (self, statement, &cause))
        {
          g_autoptr (GError) bad = NULL;

          if (!check_value (builder, MEMO_FIELD (kind, i), statement, 1, &bad))
            /* Translators: kind of a record, its identifier, name of a field, then the reason as a sentence */
            g_ptr_array_add (problems, g_strdup_printf (_ ("The record “%s” %s holds a bad value in “%s”: %s"),
                                                        memo_kind_get_name (kind),
                                                        (const char *) sqlite3_column_text (statement, 0),
                                                        fields[i].name, bad->message));
        }
      if (cause != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
    }
  return TRUE;
}

/* What hangs on something that is not there at all, neither in use nor in the trash. */
static const struct
{
  MemoField field;
  MemoKind owners[5];
  guint n;
} ties[] = {
  { MEMO_ANNOTATION_ARTICLE, { MEMO_KIND_ARTICLE }, 1 },
  { MEMO_FOLLOW_UP_AGREEMENT, { MEMO_KIND_AGREEMENT }, 1 },
  { MEMO_EVIDENCE_ANNOTATION, { MEMO_KIND_ANNOTATION }, 1 },
  { MEMO_EVIDENCE_RECORD,
    { MEMO_KIND_AGREEMENT, MEMO_KIND_FOLLOW_UP, MEMO_KIND_EVENT, MEMO_KIND_BODY, MEMO_KIND_PARTY },
    5 },
};

/* @loose (nullable): the records, as UUIDs. */
static gboolean
check_ties (MemoDatabase *self, GPtrArray *problems, GHashTable *loose, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (ties); i++)
    {
      const char *table = memo_kind_get_name (ties[i].field >> 8), *name = memo_field_get_info (ties[i].field)->name;
      g_autoptr (GString) sql = g_string_new (NULL);
      g_autoptr (MemoStatement) statement = NULL;
      g_autoptr (GError) cause = NULL;

      g_string_printf (sql, "SELECT uuid FROM %s t WHERE deleted = 0 AND \"%s\" IS NOT NULL", table, name);
      for (guint j = 0; j < ties[i].n; j++)
        g_string_append_printf (sql, " AND NOT EXISTS (SELECT 1 FROM %s o WHERE o.uuid = t.\"%s\")",
                                memo_kind_get_name (ties[i].owners[j]), name);
      statement = memo_sql_prepare (self, sql->str, error);
      if (statement == NULL)
        return FALSE;
      while (problems->len < PROBLEMS_MAX && memo_sql_step (self, statement, &cause))
        {
          const char *uuid = (const char *) sqlite3_column_text (statement, 0);

          /* Translators: kind of a record, its identifier, name of a field */
          g_ptr_array_add (problems, g_strdup_printf (_ ("The record “%s” %s hangs on something that is not in the "
                                                         "library (“%s”)."),
                                                      table, uuid, name));
          if (loose != NULL)
            g_hash_table_add (loose, g_strdup (uuid));
        }
      if (cause != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
    }
  return TRUE;
}

/* @ret_damaged (nullable): the file itself is not whole. @loose (nullable): see check_ties(). */
static GPtrArray *
look (MemoDatabase *self, gboolean repair, gboolean *ret_damaged, GHashTable *loose, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  if (!check_file (self, problems, error))
    return NULL;
  if (ret_damaged != NULL)
    *ret_damaged = problems->len > 0;
  if (!check_index (self, problems, repair, error) || !check_texts (self, problems, error) ||
      !check_originals (self, problems, error) || !check_ties (self, problems, loose, error))
    return NULL;
  for (MemoKind kind = 0; kind < MEMO_N_KINDS; kind++)
    if (!check_values (self, kind, problems, error))
      return NULL;
  return g_steal_pointer (&problems);
}

GPtrArray *
memo_check_copy (MemoDatabase *self, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  return check_file (self, problems, error) && check_index (self, problems, FALSE, error) &&
                 check_texts (self, problems, error) && check_originals (self, problems, error)
             ? g_steal_pointer (&problems)
             : NULL;
}

/* Into the trash, where they can be looked at and restored. */
static gboolean
put_away (MemoDatabase *self, GHashTable *loose, GError **error)
{
  g_autoptr (MemoChange) change = memo_change_new (N_ ("Repair the library"), NULL);
  GHashTableIter iter;
  const char *uuid;

  g_hash_table_iter_init (&iter, loose);
  while (g_hash_table_iter_next (&iter, (gpointer *) &uuid, NULL))
    {
      const char *const uuids[] = { uuid, NULL };
      g_autoptr (GPtrArray) records = NULL;
      MemoKind kind;

      if (!memo_database_find_kind (self, uuid, &kind, error))
        return FALSE;
      records = memo_database_read_uuids (self, kind, uuids, FALSE, error);
      if (records == NULL)
        return FALSE;
      if (records->pdata[0] != NULL)
        memo_change_trash (change, records->pdata[0]);
    }
  return memo_database_apply (self, change, NULL, error);
}

/* Repair takes nothing away: indexes are made anew from the records, what hangs on nothing goes into the trash, and a file with
 * damaged pages is copied as it is before anything in it is touched. Texts that are not what was saved stay as they are. */
GPtrArray *
memo_database_check (MemoDatabase *self, gboolean repair, GError **error)
{
  g_autoptr (GHashTable) loose = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) cause = NULL;
  gboolean damaged;

  if (!repair || self->read_only)
    return look (self, FALSE, NULL, NULL, error);
  problems = look (self, FALSE, &damaged, loose, error);
  if (problems == NULL || problems->len == 0)
    return g_steal_pointer (&problems);
  if (damaged && !memo_backup_put_aside (self, error))
    return NULL;
  if ((!memo_sql_exec (self, "REINDEX", &cause) ||
       (g_hash_table_size (loose) > 0 && !put_away (self, loose, &cause))) &&
      !g_error_matches (cause, MEMO_ERROR, MEMO_ERROR_CORRUPT))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  return look (self, TRUE, NULL, NULL, error);
}
