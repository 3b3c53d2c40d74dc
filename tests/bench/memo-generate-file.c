#include "memo-generate.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>
#include "base/memo-error.h"
#include "model/memo-seed.h"
#include "store/memo-sql.h"

/* To be raised when the same seed gives other records than before. */
#define VERSION 1

static gboolean
insert (MemoDatabase *database, MemoRecord *record, GError **error)
{
  MemoStep step = { .op = MEMO_OP_INSERT, .record = record };

  return memo_records_write (database, &step, 1, g_get_real_time (), error);
}

static gboolean
insert_all (MemoGenerate *self, MemoDatabase *database, GError **error)
{
  g_autoptr (MemoChange) seed = memo_seed_change ();
  GArray *steps = memo_change_get_steps (seed);

  for (guint i = 0; i < steps->len; i++)
    if (!insert (database, g_array_index (steps, MemoStep, i).record, error))
      return FALSE;
  for (MemoKind kind = 0; kind < MEMO_N_KINDS; kind++)
    for (guint i = 0, n = memo_generate_get_n (self, kind); i < n; i++)
      {
        g_autoptr (MemoRecord) record = memo_generate_record (self, kind, i);

        if (!insert (database, record, error))
          return FALSE;
      }
  return TRUE;
}

/* Takes the triggers and indexes away. What makes them again (transfer full). */
static char *
drop_followers (MemoDatabase *database, GError **error)
{
  g_autoptr (GString) make = g_string_new (NULL);
  g_autoptr (GString) drop = g_string_new (NULL);
  g_autoptr (MemoStatement) statement = memo_sql_prepare (
      database, "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('trigger', 'index') AND sql IS NOT NULL",
      error);

  if (statement == NULL)
    return NULL;
  while (memo_sql_step (database, statement, error))
    {
      g_string_append_printf (drop, "DROP %s %s;", sqlite3_column_text (statement, 0),
                              sqlite3_column_text (statement, 1));
      g_string_append_printf (make, "%s;\n", sqlite3_column_text (statement, 2));
    }
  memo_statement_reset (statement);
  return memo_sql_exec (database, drop->str, error) ? g_string_free (g_steal_pointer (&make), FALSE) : NULL;
}

static gboolean
index_words (MemoDatabase *database, GError **error)
{
  gboolean fine = TRUE;

  for (MemoKind kind = 0; fine && kind < MEMO_N_KINDS; kind++)
    if (memo_check_index_kind (kind))
      {
        const char *name = memo_kind_get_name (kind);
        g_autofree char *sql = g_strdup_printf ("INSERT INTO %s_words (%s_words) VALUES ('rebuild')", name, name);

        fine = memo_sql_exec (database, sql, error);
      }
  return fine;
}

/* A register without articles is only listed, never searched: its words would take half of the time. */
static gboolean
has_words (MemoGenerate *self)
{
  return memo_generate_get_n (self, MEMO_KIND_ARTICLE) > 0;
}

/* All at once instead of by triggers, row by row: what comes out is the same. */
static gboolean
fill (MemoGenerate *self, MemoDatabase *database, GError **error)
{
  g_autofree char *followers = NULL;

  if (!memo_sql_exec (database, "PRAGMA synchronous=OFF; PRAGMA cache_size=-262144", error) ||
      !memo_sql_begin (database, TRUE, error))
    return FALSE;
  followers = drop_followers (database, error);
  if (followers == NULL || !insert_all (self, database, error) ||
      (has_words (self) && !index_words (database, error)) || !memo_sql_exec (database, followers, error))
    {
      memo_sql_rollback (database);
      return FALSE;
    }
  return memo_sql_commit (database, error) && memo_database_set_state (database, "seeded", "1", error);
}

gboolean
memo_generate_write (MemoGenerate *self, const char *path, GError **error)
{
  MemoDatabase *database = memo_database_open (path, MEMO_OPEN_CREATE, error);
  gboolean fine = database != NULL && fill (self, database, error);

  if (database != NULL)
    memo_database_close (database);
  return fine;
}

/* Changes whenever another file would come out. */
static char *
file_name (const char *size, guint32 seed)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (int version = 1; version <= memo_schema_latest (); version++)
    {
      g_autoptr (GBytes) step = memo_schema_step (version);

      g_checksum_update (checksum, g_bytes_get_data (step, NULL), g_bytes_get_size (step));
    }
  return g_strdup_printf ("generated-%s-%u-%d-%.8s.memorandum", size, seed, VERSION, g_checksum_get_string (checksum));
}

static void
set_errno (GError **error, const char *path)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", path, g_strerror (code));
}

char *
memo_generate_cached (const char *folder, const char *size, guint32 seed, GError **error)
{
  g_autofree char *name = file_name (size, seed);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *lock_path = g_strconcat (path, ".lock", NULL);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autoptr (MemoGenerate) generate = NULL;
  MemoGenerateSize numbers;
  gboolean fine = TRUE;
  int lock;

  if (!memo_generate_parse_size (size, &numbers))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "“%s” is no size", size);
      return NULL;
    }
  g_mkdir_with_parents (folder, 0777);
  lock = g_open (lock_path, O_CREAT | O_RDWR | O_CLOEXEC, 0666);
  if (lock < 0 || flock (lock, LOCK_EX) != 0)
    {
      set_errno (error, lock_path);
      if (lock >= 0)
        close (lock);
      return NULL;
    }
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_remove (part);
      generate = memo_generate_new (&numbers, seed);
      fine = memo_generate_write (generate, part, error);
      if (fine && g_rename (part, path) != 0)
        {
          set_errno (error, path);
          fine = FALSE;
        }
    }
  close (lock);
  return fine ? g_steal_pointer (&path) : NULL;
}

gboolean
memo_generate_copy (const char *folder, const char *size, guint32 seed, const char *path, GError **error)
{
  g_autofree char *cached = memo_generate_cached (folder, size, seed, error);
  g_autoptr (GFile) from = NULL;
  g_autoptr (GFile) to = g_file_new_for_path (path);

  if (cached == NULL)
    return FALSE;
  from = g_file_new_for_path (cached);
  return g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, error);
}
