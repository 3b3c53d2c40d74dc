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
#include "memo-backup.h"
#include "memo-store.h"

#define PAGES 64                       /* copied between two looks at the clock and the cancellable */
#define SLICE 50                       /* ms, where nobody waits for the connection */
#define PATIENCE (10 * G_USEC_PER_SEC) /* while another process writes */
#define RESTARTS 20                    /* by other processes, after which it is done in one go */
/* Longer than somebody who types holds a library. */
#define BUSY_MILLISECONDS ((int) (MEMO_HOLD_MOST / G_TIME_SPAN_MILLISECOND) + 1000)

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

static void
set_same_error (const char *path, GError **error)
{
  /* Translators: path of a file that was given for a copy of the library */
  g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("“%s” is the library itself. Choose another file."), path);
}

/* A copy takes the place of a file or of nothing: not of a folder, nor of a device. @code: of the error. */
static gboolean
ensure_replaceable (const char *path, int code, GError **error)
{
  struct stat status;

  if (stat (path, &status) != 0 || S_ISREG (status.st_mode))
    return TRUE;
  if (S_ISDIR (status.st_mode))
    /* Translators: path of a folder */
    g_set_error (error, MEMO_ERROR, code, _ ("“%s” is a folder, not a library."), path);
  else
    /* Translators: path of a device, pipe or socket */
    g_set_error (error, MEMO_ERROR, code, _ ("“%s” is not a regular file and cannot be a library."), path);
  return FALSE;
}

/* A copy under way. The connection knows it as long as it reads from there; everything else belongs to the owner. */
struct _MemoCopy
{
  char *path;
  char *temporary;
  int schema;
  sqlite3 *target;
  sqlite3_backup *backup; /* NULL: over */
  int left, restarts;
  gint64 moved; /* monotonic time of the last page */
  gboolean complete, kept;
};

/* Ends what the connection has to do with @copy. */
static int
detach (MemoDatabase *self, MemoCopy *copy)
{
  int code = sqlite3_backup_finish (g_steal_pointer (&copy->backup));

  g_clear_pointer (&copy->target, sqlite3_close);
  self->copies = g_slist_remove (self->copies, copy);
  return code;
}

void
memo_backup_stop_all (MemoDatabase *self)
{
  while (self->copies != NULL)
    detach (self, self->copies->data);
}

MemoCopy *
memo_database_copy (MemoDatabase *self, const char *path, GError **error)
{
  MemoCopy *copy;
  g_autofree char *name = g_filename_display_basename (path);
  int code;

  /* Another program that has the library open would go on writing to a file without a name. */
  if (memo_store_is_same_file (self->path, path))
    {
      set_same_error (path, error);
      return NULL;
    }
  if (!ensure_replaceable (path, MEMO_ERROR_IO, error))
    return NULL;
  copy = g_new0 (MemoCopy, 1);
  copy->path = g_strdup (path);
  copy->temporary = temporary_beside (path);
  copy->schema = self->schema;
  copy->left = G_MAXINT;
  copy->moved = g_get_monotonic_time ();
  self->copies = g_slist_prepend (self->copies, copy);
  code = memo_sql_open (copy->temporary, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &copy->target);
  /* The file is thrown away when this fails, and flushed as a whole when it does not. */
  if (code == SQLITE_OK)
    code = sqlite3_exec (copy->target, "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF;", NULL, NULL, NULL);
  if (code == SQLITE_OK)
    {
      copy->backup = sqlite3_backup_init (copy->target, "main", self->db, "main");
      code = copy->backup != NULL ? SQLITE_OK : sqlite3_errcode (copy->target);
    }
  if (code == SQLITE_OK)
    return copy;
  memo_sql_set_error_for (copy->target, code, name, error);
  detach (self, copy);
  memo_copy_free (copy);
  return NULL;
}

gboolean
memo_database_copy_step (MemoDatabase *self, MemoCopy *copy, guint milliseconds, gboolean *ret_done, GError **error)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;
  g_autofree char *name = g_filename_display_basename (copy->path);
  int code, finished;

  g_return_val_if_fail (copy->backup != NULL, FALSE);

  do
    {
      int left;

      /* A change by another process starts it again; somewhere that has to end. */
      code = sqlite3_backup_step (copy->backup, copy->restarts > RESTARTS ? -1 : PAGES);
      left = sqlite3_backup_remaining (copy->backup);
      copy->restarts += left > copy->left;
      if (left != copy->left)
        copy->moved = g_get_monotonic_time ();
      copy->left = left;
      if (g_cancellable_is_cancelled (self->cancellable))
        code = SQLITE_INTERRUPT;
    }
  while (code == SQLITE_OK && g_get_monotonic_time () < end);
  /* The whole library goes by: nobody comes back to these pages. */
  sqlite3_db_release_memory (self->db);
  *ret_done = code == SQLITE_DONE;
  /* Another process is writing: later. */
  if (code == SQLITE_OK || (((code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED) &&
                            g_get_monotonic_time () - copy->moved < PATIENCE))
    return TRUE;
  if (code == SQLITE_INTERRUPT)
    memo_sql_set_error_for (NULL, code, name, error);
  else if (code != SQLITE_DONE)
    memo_sql_set_error_for (copy->target, code, name, error);
  finished = detach (self, copy);
  copy->complete = code == SQLITE_DONE && finished == SQLITE_OK;
  if (code == SQLITE_DONE && !copy->complete)
    memo_sql_set_error_for (NULL, finished, name, error);
  return copy->complete;
}

/* Copies the connection's whole content at once. */
static MemoCopy *
copy_whole (MemoDatabase *self, const char *path, GError **error)
{
  g_autoptr (MemoCopy) copy = memo_database_copy (self, path, error);
  gboolean done = copy == NULL;

  while (!done)
    {
      int left = copy->left;

      if (!memo_database_copy_step (self, copy, SLICE, &done, error))
        return NULL;
      if (!done && left == copy->left)
        g_usleep (1000);
    }
  return g_steal_pointer (&copy);
}

/* Whether the copy at @path is whole. The full check knows the present schema only. */
static gboolean
verify_copy (const char *path, int schema, GCancellable *cancellable, GError **error)
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
  memo_database_set_cancellable (copy, cancellable);
  problems = memo_check_copy (copy, error);
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

gboolean
memo_copy_keep (MemoCopy *copy, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (copy->complete && !copy->kept, FALSE);

  if (!verify_copy (copy->temporary, copy->schema, cancellable, error) || !flush_path (copy->temporary, O_RDWR, error))
    return FALSE;
  if (g_rename (copy->temporary, copy->path) != 0)
    return set_io_error (copy->path, error);
  copy->kept = TRUE;
  return flush_folder_of (copy->path, error);
}

const char *
memo_copy_get_temporary (MemoCopy *copy)
{
  return copy->temporary;
}

void
memo_copy_free (MemoCopy *copy)
{
  if (copy == NULL)
    return;
  if (!copy->kept)
    {
      g_autofree char *journal = g_strconcat (copy->temporary, "-journal", NULL);

      g_unlink (copy->temporary);
      /* Of a check that the disk had no place for. */
      g_unlink (journal);
    }
  g_free (copy->temporary);
  g_free (copy->path);
  g_free (copy);
}

gboolean
memo_database_backup (MemoDatabase *self, const char *path, GError **error)
{
  g_autoptr (MemoCopy) copy = copy_whole (self, path, error);

  return copy != NULL && memo_copy_keep (copy, self->cancellable, error);
}

/* Keeps other programs away from the library at @path until @ret_db is closed: whoever waits finds another file in its place
 * then, and writes nothing. Fails when one of them has it in use for longer than somebody's typing holds it. */
static gboolean
keep_away (const char *path, sqlite3 **ret_db, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  int code = memo_sql_open (path, SQLITE_OPEN_READWRITE, ret_db);

  if (code == SQLITE_OK)
    code = sqlite3_busy_timeout (*ret_db, BUSY_MILLISECONDS);
  if (code == SQLITE_OK)
    code = sqlite3_exec (*ret_db, "BEGIN EXCLUSIVE", NULL, NULL, NULL);
  code &= 0xff;
  /* Damage is no reason to refuse: it may be why the backup is wanted. */
  if (code != SQLITE_BUSY && code != SQLITE_LOCKED)
    return TRUE;
  memo_sql_set_error_for (*ret_db, code, name, error);
  return FALSE;
}

/* A name beside @path with a reason and the time, that nobody uses. (transfer full) */
static char *
name_beside (const char *path, const char *reason)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%d-%H%M%S");
  char *name = g_strdup_printf ("%s.before-%s-%s", path, reason, time);

  for (int i = 2; g_file_test (name, G_FILE_TEST_EXISTS); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s.before-%s-%s-%d", path, reason, time, i);
    }
  return name;
}

gboolean
memo_backup_put_aside (MemoDatabase *self, GError **error)
{
  g_autofree char *path = name_beside (self->path, "repair");
  g_autoptr (MemoCopy) copy = copy_whole (self, path, error);

  if (copy == NULL || !flush_path (copy->temporary, O_RDWR, error))
    return FALSE;
  if (g_rename (copy->temporary, path) != 0)
    return set_io_error (path, error);
  copy->kept = TRUE;
  return flush_folder_of (path, error);
}

/* Puts the file at @path out of the way, beside itself under a name with the time; a journal that belongs to it goes
 * along. */
static gboolean
keep_old (const char *path, GError **error)
{
  g_autofree char *kept = name_beside (path, "restore");
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);

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

gboolean
memo_store_restore (const char *asked_path, const char *backup, GError **error)
{
  /* A link stays one: what it points to is replaced. */
  char *resolved = realpath (asked_path, NULL);
  g_autofree char *path = g_strdup (resolved != NULL ? resolved : asked_path);
  g_autoptr (MemoCopy) copy = NULL;
  MemoDatabase *source;
  sqlite3 *held = NULL;
  gboolean fine;

  free (resolved);
  if (!ensure_replaceable (path, MEMO_ERROR_NOT_A_LIBRARY, error))
    return FALSE;
  if (memo_store_is_same_file (path, backup))
    {
      set_same_error (backup, error);
      return FALSE;
    }
  source = memo_database_open (backup, MEMO_OPEN_READ_ONLY, error);
  if (source == NULL)
    return FALSE;
  copy = copy_whole (source, path, error);
  memo_database_close (source);
  fine = copy != NULL && verify_copy (copy->temporary, copy->schema, NULL, error) &&
         flush_path (copy->temporary, O_RDWR, error);
  if (fine && g_file_test (path, G_FILE_TEST_EXISTS))
    fine = keep_away (path, &held, error) && keep_old (path, error);
  if (fine && g_rename (copy->temporary, path) != 0)
    fine = set_io_error (path, error);
  sqlite3_close (held);
  if (!fine)
    return FALSE;
  copy->kept = TRUE;
  return flush_folder_of (path, error);
}
