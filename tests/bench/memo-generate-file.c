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
#define STEPS_PER_CHANGE 5000

static gboolean
apply (MemoDatabase *database, MemoChange *change, GError **error)
{
  /* Without history the pages of the change before are used again. */
  return memo_database_apply (database, change, NULL, error) && memo_database_clear_history (database, error);
}

gboolean
memo_generate_write (MemoGenerate *self, const char *path, GError **error)
{
  MemoDatabase *database = memo_database_open (path, MEMO_OPEN_CREATE, error);
  g_autoptr (MemoChange) change = memo_seed_change ();
  gboolean fine;

  if (database == NULL)
    return FALSE;
  fine = apply (database, change, error) && memo_database_set_state (database, "seeded", "1", error);
  for (MemoKind kind = 0; fine && kind < MEMO_N_KINDS; kind++)
    for (guint i = 0, n = memo_generate_get_n (self, kind); fine && i < n;)
      {
        g_autoptr (MemoChange) part = memo_change_new ("Import", NULL);

        for (guint end = MIN (n, i + STEPS_PER_CHANGE); i < end; i++)
          {
            g_autoptr (MemoRecord) record = memo_generate_record (self, kind, i);

            memo_change_insert (part, record);
          }
        fine = apply (database, part, error);
      }
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
