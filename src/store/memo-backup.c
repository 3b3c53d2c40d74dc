#include "memo-sql.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/memo-error.h"
#include "base/memo-text.h"
#include "memo-store.h"

#define PAGES 512 /* copied between two looks at the cancellable */

static gboolean
set_io_error (const char *path, GError **error)
{
  int problem = errno;

  /* Translators: path of a file, then the cause as the system words it */
  g_set_error (error, MEMO_ERROR,
               problem == ENOSPC                       ? MEMO_ERROR_FULL
               : problem == EACCES || problem == EROFS ? MEMO_ERROR_READ_ONLY
                                                       : MEMO_ERROR_IO,
               _ ("“%s” could not be written: %s. What was there before is kept."), path, g_strerror (problem));
  return FALSE;
}

static gboolean
flush_path (const char *path, int flags, GError **error)
{
  int fd = open (path, flags | O_CLOEXEC);
  gboolean fine = fd >= 0 && fsync (fd) == 0;

  if (!fine)
    set_io_error (path, error);
  if (fd >= 0)
    close (fd);
  return fine;
}

static gboolean
flush_folder_of (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return flush_path (folder, O_RDONLY | O_DIRECTORY, error);
}

/* A name beside @path that nobody uses. (transfer full) */
static char *
temporary_beside (const char *path)
{
  g_autofree char *uuid = memo_uuid_new ();

  return g_strdup_printf ("%s.%.8s.tmp", path, uuid);
}

/* Copies the connection's whole content into the new file @path. */
static gboolean
copy_into (MemoDatabase *self, const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  sqlite3 *target = NULL;
  sqlite3_backup *backup = NULL;
  int code = memo_sql_open (path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &target);

  /* The file is thrown away when this fails, and flushed as a whole when it does not. */
  if (code == SQLITE_OK)
    code = sqlite3_exec (target, "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF;", NULL, NULL, NULL);
  if (code == SQLITE_OK)
    {
      backup = sqlite3_backup_init (target, "main", self->db, "main");
      code = backup != NULL ? SQLITE_OK : sqlite3_errcode (target);
    }
  for (int waits = 0; backup != NULL && code == SQLITE_OK;)
    {
      code = sqlite3_backup_step (backup, PAGES);
      if (g_cancellable_is_cancelled (self->cancellable))
        code = SQLITE_INTERRUPT;
      else if ((code == SQLITE_BUSY || code == SQLITE_LOCKED) && waits++ < 1000)
        {
          g_usleep (10000);
          code = SQLITE_OK;
        }
    }
  if (backup != NULL)
    {
      int finished = sqlite3_backup_finish (backup);

      if (code == SQLITE_DONE)
        code = finished;
    }
  if (code != SQLITE_OK)
    memo_sql_set_error_for (code == SQLITE_INTERRUPT ? NULL : target, code, name, error);
  sqlite3_close (target);
  return code == SQLITE_OK;
}

/* Whether the copy at @path is whole. The full check knows the present schema only. */
static gboolean
verify_copy (const char *path, int schema, GError **error)
{
  MemoDatabase *copy;
  g_autoptr (GPtrArray) problems = NULL;

  if (schema < memo_schema_latest ())
    {
      MemoDatabase raw = { NULL };
      gboolean fine;

      raw.name = g_filename_display_basename (path);
      raw.statements = memo_sql_statements_new ();
      fine = memo_sql_open (path, SQLITE_OPEN_READONLY, &raw.db) == SQLITE_OK && memo_check_quick (&raw, error);
      g_hash_table_unref (raw.statements);
      sqlite3_close (raw.db);
      g_free (raw.name);
      return fine;
    }
  copy = memo_database_open (path, MEMO_OPEN_DEFAULT, error);
  if (copy == NULL)
    return FALSE;
  problems = memo_database_check (copy, FALSE, error);
  memo_database_close (copy);
  if (problems == NULL)
    return FALSE;
  if (problems->len == 0)
    return TRUE;
  /* Translators: the first thing that was found, as a sentence */
  g_set_error (error, MEMO_ERROR, MEMO_ERROR_CORRUPT, _ ("The copy was not kept, because it is not whole. %s"),
               (char *) problems->pdata[0]);
  return FALSE;
}

gboolean
memo_store_is_same_file (const char *one, const char *other)
{
  struct stat first, second;

  return stat (one, &first) == 0 && stat (other, &second) == 0 && first.st_dev == second.st_dev &&
         first.st_ino == second.st_ino;
}

static void
set_same_error (const char *path, GError **error)
{
  /* Translators: path of a file that was given for a copy of the library */
  g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("“%s” is the library itself. Choose another file."), path);
}

gboolean
memo_database_backup (MemoDatabase *self, const char *path, GError **error)
{
  g_autofree char *temporary = temporary_beside (path);

  /* Another program that has the library open would go on writing to a file without a name. */
  if (memo_store_is_same_file (self->path, path))
    {
      set_same_error (path, error);
      return FALSE;
    }
  if (copy_into (self, temporary, error) && verify_copy (temporary, self->schema, error) &&
      flush_path (temporary, O_RDWR, error))
    {
      if (g_rename (temporary, path) == 0)
        return flush_folder_of (path, error);
      set_io_error (path, error);
    }
  g_unlink (temporary);
  return FALSE;
}

/* Fails when another program has the library at @path in use. */
static gboolean
ensure_free (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  sqlite3 *db = NULL;
  int code = memo_sql_open (path, SQLITE_OPEN_READWRITE, &db);

  if (code == SQLITE_OK)
    code = sqlite3_exec (db, "BEGIN EXCLUSIVE; ROLLBACK;", NULL, NULL, NULL);
  code &= 0xff;
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
    memo_sql_set_error_for (db, code, name, error);
  /* Damage is no reason to refuse: it may be why the backup is wanted. */
  sqlite3_close (db);
  return code != SQLITE_BUSY && code != SQLITE_LOCKED;
}

/* Puts the file at @path out of the way, beside itself under a name with the time; a journal that belongs to it goes
 * along. */
static gboolean
keep_old (const char *path, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *kept = g_strdup_printf ("%s.before-restore-%s", path, time);
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);

  for (int i = 2; g_file_test (kept, G_FILE_TEST_EXISTS); i++)
    {
      g_free (kept);
      kept = g_strdup_printf ("%s.before-restore-%s-%d", path, time, i);
    }
  /* A second name rather than a new one: the library is never without a file. Not every file system can. */
  if (link (path, kept) != 0 && g_rename (path, kept) != 0)
    return set_io_error (kept, error);
  if (g_file_test (journal, G_FILE_TEST_EXISTS))
    {
      g_autofree char *kept_journal = g_strconcat (kept, "-journal", NULL);

      if (g_rename (journal, kept_journal) != 0)
        return set_io_error (kept_journal, error);
    }
  return TRUE;
}

/* A backup takes the place of a file or of nothing: not of a folder, nor of a device. */
static gboolean
ensure_replaceable (const char *path, const char *backup, GError **error)
{
  struct stat status;

  if (stat (path, &status) != 0 || S_ISREG (status.st_mode))
    {
      if (!memo_store_is_same_file (path, backup))
        return TRUE;
      set_same_error (backup, error);
    }
  else if (S_ISDIR (status.st_mode))
    /* Translators: path of a folder */
    g_set_error (error, MEMO_ERROR, MEMO_ERROR_NOT_A_LIBRARY, _ ("“%s” is a folder, not a library."), path);
  else
    /* Translators: path of a device, pipe or socket */
    g_set_error (error, MEMO_ERROR, MEMO_ERROR_NOT_A_LIBRARY, _ ("“%s” is not a regular file and cannot be a library."),
                 path);
  return FALSE;
}

gboolean
memo_store_restore (const char *asked_path, const char *backup, GError **error)
{
  /* A link stays one: what it points to is replaced. */
  char *resolved = realpath (asked_path, NULL);
  g_autofree char *path = g_strdup (resolved != NULL ? resolved : asked_path);
  g_autofree char *temporary = temporary_beside (path);
  MemoDatabase *source;
  gboolean fine;

  free (resolved);
  if (!ensure_replaceable (path, backup, error))
    return FALSE;
  source = memo_database_open (backup, MEMO_OPEN_READ_ONLY, error);
  if (source == NULL)
    return FALSE;
  fine = copy_into (source, temporary, error) && verify_copy (temporary, memo_schema_latest (), error) &&
         flush_path (temporary, O_RDWR, error);
  memo_database_close (source);
  if (fine && g_file_test (path, G_FILE_TEST_EXISTS))
    fine = ensure_free (path, error) && keep_old (path, error);
  if (fine && g_rename (temporary, path) != 0)
    fine = set_io_error (path, error);
  if (fine)
    return flush_folder_of (path, error);
  g_unlink (temporary);
  return FALSE;
}
