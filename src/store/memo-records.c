#include "memo-sql.h"

#include <glib/gi18n.h>
#include <string.h>
#include "base/memo-error.h"

/* SQL for every kind of record, made from the table of fields. Columns 0 to 4 of what is read are always the
 * identity. */
#define IDENTITY "id, uuid, created, modified, deleted"
#define N_IDENTITY 5

/* Which fields are read, as MEMO_FIELD_BIT() names them: all when @whole, else all that are not heavy. */
static guint32
bits_of (MemoKind kind, gboolean whole)
{
  guint n;
  const MemoFieldInfo *fields = memo_kind_get_fields (kind, &n);
  guint32 bits = 0;

  for (guint i = 0; i < n; i++)
    if (whole || !fields[i].heavy)
      bits |= MEMO_FIELD_BIT (i);
  return bits;
}

/* Appends ", "title", "kind"" … */
static void
append_columns (GString *sql, MemoKind kind, guint32 bits)
{
  guint n;
  const MemoFieldInfo *fields = memo_kind_get_fields (kind, &n);

  for (guint i = 0; i < n; i++)
    if ((bits & MEMO_FIELD_BIT (i)) != 0)
      g_string_append_printf (sql, ", \"%s\"", fields[i].name);
}

static char *
select_sql (MemoKind kind, guint32 bits, const char *where)
{
  GString *sql = g_string_new ("SELECT " IDENTITY);

  append_columns (sql, kind, bits);
  g_string_append_printf (sql, " FROM %s WHERE %s", memo_kind_get_name (kind), where);
  return g_string_free (sql, FALSE);
}

static char *
sha256_of (const char *text)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static void
set_not_found (MemoKind kind, const char *uuid, GError **error)
{
  /* Translators: identifier of a record */
  g_set_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND, _ ("There is no record “%s” in the library."), uuid);
}

/* Article texts are compared with their SHA-256 whenever they are read whole. */
static gboolean
verify_text (MemoDatabase *self, MemoRecord *record, GError **error)
{
  const char *text = memo_record_get_text (record, MEMO_ARTICLE_TEXT);
  const char *wanted = memo_record_get_text (record, MEMO_ARTICLE_SHA256);
  g_autofree char *found = text != NULL ? sha256_of (text) : NULL;

  if (g_strcmp0 (found, wanted) == 0)
    return TRUE;
  /* Translators: title of an article, then its identifier */
  g_set_error (
      error, MEMO_ERROR, MEMO_ERROR_CORRUPT,
      _ ("The text of the article “%s” (%s) is damaged: it is not what was saved. Nothing was changed; a backup may "
         "still hold it."),
      memo_record_get_title (record), memo_record_get_uuid (record));
  return FALSE;
}

#define FIELDS_MAX 32

/* The record in the row that @statement stands on. */
static MemoRecord *
take_row (MemoDatabase *self, MemoKind kind, guint32 bits, MemoStatement *statement, GError **error)
{
  guint n;
  const MemoFieldInfo *fields = memo_kind_get_fields (kind, &n);
  MemoStored stored[FIELDS_MAX] = { { NULL } };
  char *own[FIELDS_MAX] = { NULL };
  MemoIdentity identity = { (const char *) sqlite3_column_text (statement, 1),
                            sqlite3_column_int64 (statement, 0),
                            sqlite3_column_int64 (statement, 2),
                            sqlite3_column_int64 (statement, 3),
                            sqlite3_column_int64 (statement, 4),
                            bits == bits_of (kind, TRUE) };
  MemoRecord *record;
  int column = N_IDENTITY;

  g_assert (n <= FIELDS_MAX);
  for (guint i = 0; i < n; i++)
    if ((bits & MEMO_FIELD_BIT (i)) != 0)
      {
        if (fields[i].type != MEMO_FIELD_INT)
          {
            stored[i].text = memo_sql_get_text (statement, column, &own[i]);
            stored[i].length = own[i] != NULL ? strlen (own[i]) : sqlite3_column_bytes (statement, column);
          }
        else if (sqlite3_column_type (statement, column) != SQLITE_NULL)
          {
            stored[i].text = "";
            stored[i].number = sqlite3_column_int64 (statement, column);
          }
        column++;
      }
  record = memo_record_new_stored (kind, &identity, stored);
  for (guint i = 0; i < n; i++)
    g_free (own[i]);
  if (kind == MEMO_KIND_ARTICLE && identity.whole && !verify_text (self, record, error))
    g_clear_object (&record);
  return record;
}

static void
free_nullable (gpointer record)
{
  if (record != NULL)
    g_object_unref (record);
}

static GPtrArray *
records_new (guint reserved)
{
  return g_ptr_array_new_full (reserved, free_nullable);
}

/* Ids that follow each other so closely are read in one go: skipping a row costs less than looking for the next. */
#define RUN_GAP 4
#define RUN_MIN 8

/* How many of the @n ids from the first one make such a run; 1: none. */
static guint
get_run (const gint64 *ids, guint n)
{
  guint run = 1;

  while (run < n && ids[run] > ids[run - 1] && ids[run] - ids[run - 1] <= RUN_GAP)
    run++;
  return run >= RUN_MIN ? run : 1;
}

/* Adds one record for each of @n ascending ids. */
static gboolean
read_run (MemoDatabase *self,
          const char *sql,
          MemoKind kind,
          const gint64 *ids,
          guint n,
          guint32 bits,
          GPtrArray *records,
          GError **error)
{
  g_autoptr (MemoStatement) statement = memo_sql_prepare (self, sql, error);
  g_autoptr (GError) cause = NULL;
  guint i = 0;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, ids[0]);
  sqlite3_bind_int64 (statement, 2, ids[n - 1]);
  while (cause == NULL && memo_sql_step (self, statement, &cause))
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      for (; i < n && ids[i] < id; i++)
        g_ptr_array_add (records, NULL);
      if (i < n && ids[i] == id)
        {
          g_ptr_array_add (records, take_row (self, kind, bits, statement, &cause));
          i++;
        }
    }
  for (; i < n; i++)
    g_ptr_array_add (records, NULL);
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* Adds the record with the id, or the UUID when that is not NULL. */
static gboolean
read_one (MemoDatabase *self,
          const char *sql,
          MemoKind kind,
          gint64 id,
          const char *uuid,
          guint32 bits,
          GPtrArray *records,
          GError **error)
{
  g_autoptr (MemoStatement) statement = memo_sql_prepare (self, sql, error);
  g_autoptr (GError) cause = NULL;
  MemoRecord *record = NULL;

  if (statement == NULL)
    return FALSE;
  if (uuid == NULL)
    sqlite3_bind_int64 (statement, 1, id);
  else
    memo_sql_bind_text (statement, 1, uuid);
  if (memo_sql_step (self, statement, &cause))
    record = take_row (self, kind, bits, statement, &cause);
  g_ptr_array_add (records, record);
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* One record for each of @n keys, which are row ids or UUIDs. */
static GPtrArray *
read_each (MemoDatabase *self,
           MemoKind kind,
           const gint64 *ids,
           const char *const *uuids,
           guint n,
           guint32 bits,
           GError **error)
{
  g_autofree char *run_sql = select_sql (kind, bits, "id BETWEEN ?1 AND ?2 ORDER BY id");
  g_autofree char *one_sql = select_sql (kind, bits, ids != NULL ? "id = ?" : "uuid = ?");
  g_autoptr (GPtrArray) records = records_new (n);
  g_autoptr (GError) cause = NULL;
  /* In one transaction the file is locked and looked at once, not for every record. */
  gboolean begun = n > 1 && sqlite3_get_autocommit (self->db);

  if (begun && !memo_sql_begin (self, FALSE, error))
    return NULL;
  for (guint i = 0, run = 1; cause == NULL && i < n; i += run)
    {
      run = ids != NULL ? get_run (ids + i, n - i) : 1;
      if (run > 1)
        read_run (self, run_sql, kind, ids + i, run, bits, records, &cause);
      else
        read_one (self, one_sql, kind, ids != NULL ? ids[i] : 0, ids != NULL ? NULL : uuids[i], bits, records, &cause);
    }
  if (begun && cause != NULL)
    memo_sql_rollback (self);
  else if (begun)
    memo_sql_commit (self, &cause);
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  return g_steal_pointer (&records);
}

GPtrArray *
memo_database_read (MemoDatabase *self, MemoKind kind, const gint64 *ids, guint n, gboolean whole, GError **error)
{
  /* Without ids there is nothing to read, and an empty array may be NULL. */
  return n > 0 ? read_each (self, kind, ids, NULL, n, bits_of (kind, whole), error) : records_new (0);
}

GPtrArray *
memo_database_read_fields (MemoDatabase *self,
                           MemoKind kind,
                           guint32 fields,
                           const gint64 *ids,
                           guint n,
                           GError **error)
{
  return n > 0 ? read_each (self, kind, ids, NULL, n, fields & bits_of (kind, TRUE), error) : records_new (0);
}

GPtrArray *
memo_database_read_uuids (MemoDatabase *self, MemoKind kind, const char *const *uuids, gboolean whole, GError **error)
{
  return read_each (self, kind, NULL, uuids, g_strv_length ((char **) uuids), bits_of (kind, whole), error);
}

gboolean
memo_database_find_kind (MemoDatabase *self, const char *uuid, MemoKind *ret_kind, GError **error)
{
  for (MemoKind kind = 0; kind < MEMO_N_KINDS; kind++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM %s WHERE uuid = ?", memo_kind_get_name (kind));
      g_autoptr (MemoStatement) statement = memo_sql_prepare (self, sql, error);
      g_autoptr (GError) cause = NULL;

      if (statement == NULL)
        return FALSE;
      memo_sql_bind_text (statement, 1, uuid);
      if (memo_sql_step (self, statement, &cause))
        {
          *ret_kind = kind;
          return TRUE;
        }
      if (cause != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
    }
  set_not_found (MEMO_KIND_ARTICLE, uuid, error);
  return FALSE;
}

/* All rows of a bound statement. */
static GPtrArray *
take_rows (MemoDatabase *self, MemoKind kind, guint32 bits, MemoStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) records = records_new (0);
  g_autoptr (GError) cause = NULL;

  while (memo_sql_step (self, statement, &cause))
    {
      MemoRecord *record = take_row (self, kind, bits, statement, &cause);

      if (record == NULL)
        break;
      g_ptr_array_add (records, record);
    }
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  return g_steal_pointer (&records);
}

static GPtrArray *
scan (MemoDatabase *self, MemoKind kind, gint64 after, guint limit, gboolean trash, guint32 bits, GError **error)
{
  g_autofree char *sql = select_sql (kind, bits,
                                     trash ? "id > ?1 AND deleted <> 0 ORDER BY id LIMIT ?2"
                                           : "id > ?1 AND deleted = 0 ORDER BY id LIMIT ?2");
  g_autoptr (MemoStatement) statement = memo_sql_prepare (self, sql, error);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, after);
  sqlite3_bind_int64 (statement, 2, limit);
  return take_rows (self, kind, bits, statement, error);
}

GPtrArray *
memo_database_scan (MemoDatabase *self,
                    MemoKind kind,
                    gint64 after,
                    guint limit,
                    gboolean trash,
                    gboolean whole,
                    GError **error)
{
  return scan (self, kind, after, limit, trash, bits_of (kind, whole), error);
}

GPtrArray *
memo_database_scan_fields (MemoDatabase *self, MemoKind kind, guint32 fields, gint64 after, guint limit, GError **error)
{
  g_autoptr (GPtrArray) records = scan (self, kind, after, limit, FALSE, fields & bits_of (kind, FALSE), error);

  /* Nobody comes back to these pages. What else was in the cache goes too: it is soon read again. */
  sqlite3_db_release_memory (self->db);
  return g_steal_pointer (&records);
}

GPtrArray *
memo_database_read_where (MemoDatabase *self, MemoField field, const char *uuid, GError **error)
{
  MemoKind kind = field >> 8;
  const MemoFieldInfo *info = memo_field_get_info (field);
  g_autofree char *where = NULL;
  g_autofree char *sql = NULL;
  g_autoptr (MemoStatement) statement = NULL;

  if (info->type == MEMO_FIELD_REFS)
    where = g_strdup_printf ("instr (\"%s\", ?1) > 0 AND deleted = 0 ORDER BY id", info->name);
  else
    where = g_strdup_printf ("\"%s\" = ?1 AND deleted = 0 ORDER BY id", info->name);
  sql = select_sql (kind, bits_of (kind, FALSE), where);
  statement = memo_sql_prepare (self, sql, error);
  if (statement == NULL)
    return NULL;
  memo_sql_bind_text (statement, 1, uuid);
  return take_rows (self, kind, bits_of (kind, FALSE), statement, error);
}

GPtrArray *
memo_database_read_naming (MemoDatabase *self, MemoKind kind, const char *uuid, GError **error)
{
  guint n;
  const MemoFieldInfo *fields = memo_kind_get_fields (kind, &n);
  g_autoptr (GString) where = g_string_new ("(0");
  g_autofree char *sql = NULL;
  g_autoptr (MemoStatement) statement = NULL;

  for (guint i = 0; i < n; i++)
    if (fields[i].type == MEMO_FIELD_REF)
      g_string_append_printf (where, " OR \"%s\" = ?1", fields[i].name);
    else if (!fields[i].heavy && (fields[i].type == MEMO_FIELD_REFS || fields[i].type == MEMO_FIELD_JSON ||
                                  MEMO_FIELD (kind, i) == MEMO_NOTE_TEXT))
      g_string_append_printf (where, " OR instr (\"%s\", ?1) > 0", fields[i].name);
  g_string_append (where, ") ORDER BY id");
  sql = select_sql (kind, bits_of (kind, FALSE), where->str);
  statement = memo_sql_prepare (self, sql, error);
  if (statement == NULL)
    return NULL;
  memo_sql_bind_text (statement, 1, uuid);
  return take_rows (self, kind, bits_of (kind, FALSE), statement, error);
}

/* The blob of column @column as it was before it was packed. NULL when it cannot be unpacked. (transfer full) */
GBytes *
memo_records_unpack (MemoStatement *statement, int column, int codec, gint64 size)
{
  const void *data = sqlite3_column_blob (statement, column);

  return memo_original_unpack (data, sqlite3_column_bytes (statement, column), codec, size);
}

GBytes *
memo_database_read_original (MemoDatabase *self, const char *sha256, GError **error)
{
  g_autoptr (MemoStatement) statement =
      memo_sql_prepare (self, "SELECT data, codec, size FROM original WHERE sha256 = ?", error);
  g_autoptr (GError) cause = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *found = NULL;

  if (statement == NULL)
    return NULL;
  memo_sql_bind_text (statement, 1, sha256);
  if (!memo_sql_step (self, statement, &cause))
    {
      if (cause != NULL)
        g_propagate_error (error, g_steal_pointer (&cause));
      else
        /* Translators: SHA-256 of a file */
        g_set_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND, _ ("The library does not hold the original file %s."),
                     sha256);
      return NULL;
    }
  bytes = memo_records_unpack (statement, 0, sqlite3_column_int (statement, 1), sqlite3_column_int64 (statement, 2));
  if (bytes != NULL)
    found = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  if (g_strcmp0 (found, sha256) != 0)
    {
      /* Translators: SHA-256 of a file */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_CORRUPT,
                   _ ("The original file %s is damaged: it is not what was saved. A backup may still hold it."),
                   sha256);
      return NULL;
    }
  return g_steal_pointer (&bytes);
}

static gboolean
write_original (MemoDatabase *self, MemoOriginal *original, GError **error)
{
  g_autoptr (MemoStatement) statement =
      memo_sql_prepare (self, "INSERT OR IGNORE INTO original (sha256, size, codec, data) VALUES (?, ?, ?, ?)", error);
  MemoCodec codec;
  GBytes *packed = memo_original_get_packed (original, &codec);
  gsize length;
  const void *data = g_bytes_get_data (packed, &length);

  if (statement == NULL)
    return FALSE;
  memo_sql_bind_text (statement, 1, memo_original_get_sha256 (original));
  sqlite3_bind_int64 (statement, 2, memo_original_get_size (original));
  sqlite3_bind_int (statement, 3, codec);
  sqlite3_bind_blob64 (statement, 4, data != NULL ? data : "", length, SQLITE_STATIC);
  return memo_sql_run (self, statement, error);
}

/* The SHA-256 columns are the store's own: what a caller put there counts only when the store has nothing to sum. */
typedef struct
{
  char *text;           /* of MEMO_ARTICLE_TEXT */
  const char *original; /* of the original's bytes; borrowed */
} Sums;

static void
sums_clear (gpointer data)
{
  Sums *sums = data;

  g_free (sums->text);
}

static void
bind_field (MemoStatement *statement,
            int index,
            MemoRecord *record,
            MemoField field,
            MemoFieldType type,
            const Sums *sums)
{
  if (field == MEMO_ARTICLE_SHA256 && sums->text != NULL)
    memo_sql_bind_text (statement, index, sums->text);
  else if (field == MEMO_ARTICLE_ORIGINAL && sums->original != NULL)
    memo_sql_bind_text (statement, index, sums->original);
  else if (type == MEMO_FIELD_INT)
    {
      gint64 value = memo_record_get_int (record, field);

      if (value == MEMO_UNSET)
        sqlite3_bind_null (statement, index);
      else
        sqlite3_bind_int64 (statement, index, value);
    }
  else if (type == MEMO_FIELD_TEXT || type == MEMO_FIELD_REF || type == MEMO_FIELD_JSON)
    memo_sql_bind_text (statement, index, memo_record_get_text (record, field));
  else
    {
      char *stored = memo_record_dup_stored (record, field);

      if (stored != NULL)
        sqlite3_bind_text (statement, index, stored, -1, g_free);
      else
        sqlite3_bind_null (statement, index);
    }
}

/* Inserted by one statement: FTS5 writes the words that it has gathered at the beginning of every statement that can fail
 * halfway, and one segment of the index for a hundred articles costs a third of a hundred segments. */
#define ROWS_MAX 128

static char *
insert_sql (MemoKind kind, guint n_rows)
{
  guint n;
  GString *sql = g_string_new (NULL);

  memo_kind_get_fields (kind, &n);
  g_string_printf (sql, "INSERT INTO %s (uuid, created, modified, deleted", memo_kind_get_name (kind));
  append_columns (sql, kind, bits_of (kind, TRUE));
  g_string_append (sql, ") VALUES ");
  for (guint row = 0; row < n_rows; row++)
    {
      g_string_append (sql, row == 0 ? "(?, ?, ?, ?" : ", (?, ?, ?, ?");
      for (guint i = 0; i < n; i++)
        g_string_append (sql, ", ?");
      g_string_append_c (sql, ')');
    }
  return g_string_free (sql, FALSE);
}

static void
bind_row (MemoStatement *statement, int *at, MemoRecord *record, const Sums *sums, gint64 now)
{
  MemoKind kind = memo_record_get_kind (record);
  guint n;
  const MemoFieldInfo *fields = memo_kind_get_fields (kind, &n);
  gint64 created = memo_record_get_created (record), modified = memo_record_get_modified (record);

  memo_sql_bind_text (statement, (*at)++, memo_record_get_uuid (record));
  sqlite3_bind_int64 (statement, (*at)++, created != 0 ? created : now);
  sqlite3_bind_int64 (statement, (*at)++, modified != 0 ? modified : now);
  sqlite3_bind_int64 (statement, (*at)++, memo_record_get_deleted (record));
  for (guint i = 0; i < n; i++)
    bind_field (statement, (*at)++, record, MEMO_FIELD (kind, i), fields[i].type, sums);
}

/* The records of @n steps that are all inserts of one kind. */
static gboolean
insert (MemoDatabase *self, const MemoStep *steps, const Sums *sums, guint n, gint64 now, GError **error)
{
  g_autofree char *sql = insert_sql (memo_record_get_kind (steps[0].record), n);
  MemoStatement *statement = NULL;
  int at = 1;
  gboolean fine;

  /* One for many rows is large, and the next will have another number of them: it is not kept. */
  if (n == 1)
    statement = memo_sql_prepare (self, sql, error);
  else if (sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) != SQLITE_OK)
    memo_sql_set_error (self, sqlite3_errcode (self->db), error);
  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    bind_row (statement, &at, steps[i].record, &sums[i], now);
  fine = memo_sql_run (self, statement, error);
  if (n == 1)
    memo_statement_reset (statement);
  else
    sqlite3_finalize (statement);
  return fine;
}

/* Only what differs from @base is written, so that another window's edit of another field stays. */
static gboolean
update (MemoDatabase *self, MemoRecord *base, MemoRecord *record, const Sums *sums, gint64 now, GError **error)
{
  MemoKind kind = memo_record_get_kind (record);
  guint n;
  const MemoFieldInfo *fields = memo_kind_get_fields (kind, &n);
  g_autofree gboolean *changed = g_new0 (gboolean, n);
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (MemoStatement) statement = NULL;
  gboolean any = FALSE, text = FALSE;
  int index = 1;

  for (guint i = 0; i < n; i++)
    {
      MemoField field = MEMO_FIELD (kind, i);

      /* A heavy field that the copy never loaded is not one that was emptied. */
      if (fields[i].heavy && !memo_record_is_whole (record) && memo_record_get_text (record, field) == NULL)
        continue;
      changed[i] = !memo_record_field_equal (base, record, field);
      text |= changed[i] && field == MEMO_ARTICLE_TEXT;
    }
  if (kind == MEMO_KIND_ARTICLE)
    {
      changed[MEMO_ARTICLE_SHA256 & 0xff] = text;
      changed[MEMO_ARTICLE_ORIGINAL & 0xff] |= sums->original != NULL;
    }
  g_string_printf (sql, "UPDATE %s SET modified = ?", memo_kind_get_name (kind));
  for (guint i = 0; i < n; i++)
    if (changed[i])
      {
        g_string_append_printf (sql, ", \"%s\" = ?", fields[i].name);
        any = TRUE;
      }
  g_string_append (sql, " WHERE uuid = ?");
  if (!any)
    return TRUE;
  statement = memo_sql_prepare (self, sql->str, error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, index++, now);
  for (guint i = 0; i < n; i++)
    if (changed[i])
      bind_field (statement, index++, record, MEMO_FIELD (kind, i), fields[i].type, sums);
  memo_sql_bind_text (statement, index, memo_record_get_uuid (record));
  if (!memo_sql_run (self, statement, error))
    return FALSE;
  if (sqlite3_changes (self->db) > 0)
    return TRUE;
  set_not_found (kind, memo_record_get_uuid (record), error);
  return FALSE;
}

static gboolean
set_deleted (MemoDatabase *self, MemoRecord *record, gint64 deleted, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE %s SET deleted = ?1 WHERE uuid = ?2",
                                          memo_kind_get_name (memo_record_get_kind (record)));
  g_autoptr (MemoStatement) statement = memo_sql_prepare (self, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, deleted);
  memo_sql_bind_text (statement, 2, memo_record_get_uuid (record));
  if (!memo_sql_run (self, statement, error))
    return FALSE;
  if (sqlite3_changes (self->db) > 0)
    return TRUE;
  set_not_found (memo_record_get_kind (record), memo_record_get_uuid (record), error);
  return FALSE;
}

/* Sums of what @step brings; an original is put into its table. */
static gboolean
take_sums (MemoDatabase *self, const MemoStep *step, Sums *sums, GError **error)
{
  const char *text;

  if ((step->op != MEMO_OP_INSERT && step->op != MEMO_OP_UPDATE) ||
      memo_record_get_kind (step->record) != MEMO_KIND_ARTICLE)
    return TRUE;
  text = memo_record_get_text (step->record, MEMO_ARTICLE_TEXT);
  if (text != NULL)
    sums->text = sha256_of (text);
  if (step->original == NULL)
    return TRUE;
  sums->original = memo_original_get_sha256 (step->original);
  return write_original (self, step->original, error);
}

/* How many of @n steps from the first on are inserts of one kind. */
static guint
count_inserts (const MemoStep *steps, guint n)
{
  guint count = 0;

  while (count < MIN (n, ROWS_MAX) && steps[count].op == MEMO_OP_INSERT &&
         memo_record_get_kind (steps[count].record) == memo_record_get_kind (steps[0].record))
    count++;
  return count;
}

static gboolean
write_one (MemoDatabase *self, const MemoStep *step, const Sums *sums, gint64 now, GError **error)
{
  switch (step->op)
    {
    case MEMO_OP_UPDATE:
      return update (self, step->base, step->record, sums, now, error);
    case MEMO_OP_TRASH:
      return memo_trash_time (self, now, &now, error) && set_deleted (self, step->record, now, error);
    case MEMO_OP_RESTORE:
      return set_deleted (self, step->record, 0, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}

gboolean
memo_records_write (MemoDatabase *self, const MemoStep *steps, guint n, gint64 now, GError **error)
{
  for (guint i = 0, count; i < n; i += count)
    {
      guint inserts = count_inserts (steps + i, n - i);
      g_autoptr (GArray) sums = g_array_new (FALSE, TRUE, sizeof (Sums));
      gboolean fine = TRUE;

      count = MAX (inserts, 1);
      g_array_set_clear_func (sums, sums_clear);
      g_array_set_size (sums, count);
      for (guint k = 0; k < count && fine; k++)
        fine = take_sums (self, steps + i + k, &g_array_index (sums, Sums, k), error);
      fine = fine && (inserts > 0 ? insert (self, steps + i, (Sums *) (gpointer) sums->data, count, now, error)
                                  : write_one (self, steps + i, (Sums *) (gpointer) sums->data, now, error));
      if (!fine)
        return FALSE;
    }
  return TRUE;
}
