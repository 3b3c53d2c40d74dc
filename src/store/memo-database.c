#include "memo-sql.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/memo-error.h"
#include "base/memo-text.h"

#define HEADER 100
#define BUSY_SECONDS 10
#define HOLD_PAUSE (300 * G_TIME_SPAN_MILLISECOND) /* between two strokes of somebody who types */
/* Libraries up to this size are looked through at every opening; larger ones only after an unclean end, and otherwise
 * by memo_database_check() in the background. */
#define QUICK_CHECK_BYTES (4 * 1024 * 1024)

/* The files this process has open. POSIX locks vanish when any descriptor of the file is closed, so such a file must
 * not be looked into behind SQLite's back. */
static GMutex open_lock;
static GArray *open_files; /* of struct stat */

static gboolean
is_open_here (const struct stat *status)
{
  for (guint i = 0; open_files != NULL && i < open_files->len; i++)
    {
      struct stat *other = &g_array_index (open_files, struct stat, i);

      if (other->st_dev == status->st_dev && other->st_ino == status->st_ino)
        return TRUE;
    }
  return FALSE;
}

static void
note_open (MemoDatabase *self)
{
  struct stat status;

  if (stat (self->path, &status) != 0)
    return;
  self->device = status.st_dev;
  self->inode = status.st_ino;
  g_mutex_lock (&open_lock);
  if (open_files == NULL)
    open_files = g_array_new (FALSE, FALSE, sizeof (struct stat));
  g_array_append_val (open_files, status);
  g_mutex_unlock (&open_lock);
}

static void
note_closed (MemoDatabase *self)
{
  g_mutex_lock (&open_lock);
  for (guint i = 0; open_files != NULL && i < open_files->len; i++)
    {
      struct stat *other = &g_array_index (open_files, struct stat, i);

      if (other->st_dev == self->device && other->st_ino == self->inode)
        {
          g_array_remove_index_fast (open_files, i);
          break;
        }
    }
  g_mutex_unlock (&open_lock);
}

static void
set_not_a_library (const char *name, GError **error)
{
  /* Translators: name of a file */
  g_set_error (error, MEMO_ERROR, MEMO_ERROR_NOT_A_LIBRARY,
               _ ("“%s” is not a Memorandum library. Nothing was changed."), name);
}

static void
set_newer (const char *name, int schema, GError **error)
{
  /* Translators: name of a file, then two version numbers of the file format */
  g_set_error (
      error, MEMO_ERROR, MEMO_ERROR_NEWER,
      _ ("The library “%s” was made by a newer version of Memorandum (format %d, this version knows %d). Nothing was "
         "changed; open it with the newer version."),
      name, schema, memo_schema_latest ());
}

/* Judges what the file says about itself. */
static gboolean
judge (const char *name, guint32 application, int schema, GError **error)
{
  if (application != MEMO_APPLICATION_ID || schema < 1)
    set_not_a_library (name, error);
  else if (schema > memo_schema_latest ())
    set_newer (name, schema, error);
  else
    return TRUE;
  return FALSE;
}

/* Looks at the file's kind and first bytes without SQLite, so that what is no library of ours is not touched.
 * @ret_empty: there is nothing yet. */
static gboolean
inspect (MemoDatabase *self, MemoOpenFlags flags, gboolean *ret_empty, GError **error)
{
  static const char magic[16] = "SQLite format 3";
  g_autofree char *journal = g_strconcat (self->path, "-journal", NULL);
  guint8 header[HEADER];
  struct stat status, left;
  ssize_t length;
  gboolean here;
  int fd;

  *ret_empty = FALSE;
  if (stat (self->path, &status) != 0)
    {
      int problem = errno;

      if (problem == ENOENT && (flags & MEMO_OPEN_CREATE))
        {
          *ret_empty = TRUE;
          return TRUE;
        }
      if (problem == ENOENT)
        /* Translators: path of a file */
        g_set_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND, _ ("There is no library “%s”."), self->path);
      else
        /* Translators: path of a file, then the cause as the system words it */
        g_set_error (error, MEMO_ERROR, MEMO_ERROR_IO, _ ("The library “%s” cannot be reached: %s."), self->path,
                     g_strerror (problem));
      return FALSE;
    }
  if (!S_ISREG (status.st_mode))
    {
      if (S_ISDIR (status.st_mode))
        /* Translators: path of a folder */
        g_set_error (error, MEMO_ERROR, MEMO_ERROR_NOT_A_LIBRARY, _ ("“%s” is a folder, not a library."), self->path);
      else
        /* Translators: path of a device, pipe or socket */
        g_set_error (error, MEMO_ERROR, MEMO_ERROR_NOT_A_LIBRARY,
                     _ ("“%s” is not a regular file and cannot be a library."), self->path);
      return FALSE;
    }
  g_mutex_lock (&open_lock);
  self->second = is_open_here (&status);
  g_mutex_unlock (&open_lock);
  /* A journal of this process's own is that of a transaction under way. */
  self->unclean = !self->second && stat (journal, &left) == 0 && S_ISREG (left.st_mode) && left.st_size > 0;
  if (status.st_size == 0)
    {
      if (!(flags & MEMO_OPEN_CREATE))
        set_not_a_library (self->name, error);
      *ret_empty = TRUE;
      return (flags & MEMO_OPEN_CREATE) != 0;
    }
  /* With a journal beside it the first page may be half written: SQLite puts it right and judges. */
  if (self->unclean)
    return TRUE;
  g_mutex_lock (&open_lock);
  here = is_open_here (&status);
  if (here)
    {
      g_mutex_unlock (&open_lock);
      return TRUE;
    }
  fd = open (self->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  length = fd >= 0 ? pread (fd, header, sizeof header, 0) : -1;
  if (length < 0)
    /* Translators: path of a file, then the cause as the system words it */
    g_set_error (error, MEMO_ERROR, MEMO_ERROR_IO, _ ("The library “%s” cannot be read: %s."), self->path,
                 g_strerror (errno));
  if (fd >= 0)
    close (fd);
  g_mutex_unlock (&open_lock);
  if (length < 0)
    return FALSE;
  /* Bytes 18 and 19 are 2 in write-ahead mode, which a library never is in: opening it would leave files beside it. */
  if (length < HEADER || memcmp (header, magic, sizeof magic) != 0 || header[18] != 1 || header[19] != 1)
    {
      set_not_a_library (self->name, error);
      return FALSE;
    }
#define BE32(at) ((guint32) header[at] << 24 | header[(at) + 1] << 16 | header[(at) + 2] << 8 | header[(at) + 3])
  return judge (self->name, BE32 (68), (int) BE32 (60), error);
#undef BE32
}

/* Another connection commits: mostly that is over in a few milliseconds, and somebody waits for a search. */
static int
busy_cb (void *data, int count)
{
  MemoDatabase *self = data;
  gint64 now = g_get_monotonic_time (), waited;

  if (count == 0)
    self->busy_since = now;
  waited = now - self->busy_since;
  if (g_cancellable_is_cancelled (self->cancellable) || waited > BUSY_SECONDS * G_USEC_PER_SEC)
    return 0;
  if (self->busy_func != NULL)
    self->busy_func (self->busy_data);
  /* A wait that has lasted goes on: the longer, the longer the next look can be away. */
  g_usleep (CLAMP (waited / 8, 100, 10000));
  return 1;
}

void
memo_database_set_busy_func (MemoDatabase *self, MemoBusyFunc func, gpointer data)
{
  self->busy_func = func;
  self->busy_data = data;
}

gboolean
memo_database_hold (MemoDatabase *self, GError **error)
{
  gint64 now = g_get_monotonic_time ();

  g_return_val_if_fail (self->read_only, FALSE);
  if (self->held_since == 0)
    {
      if (!memo_sql_begin (self, FALSE, error))
        return FALSE;
      self->held_since = now;
    }
  self->held_until = MIN (now + HOLD_PAUSE, self->held_since + MEMO_HOLD_MOST);
  return TRUE;
}

gint64
memo_database_get_held_until (MemoDatabase *self)
{
  return self->held_since != 0 ? self->held_until : 0;
}

void
memo_database_let_go (MemoDatabase *self)
{
  /* It has changed nothing. */
  memo_sql_rollback (self);
  self->held_since = 0;
}

static int
progress_cb (void *data)
{
  MemoDatabase *self = data;

  return g_cancellable_is_cancelled (self->cancellable);
}

/* EXTRA is FULL and flushes the folder when the journal is deleted: without that a power cut can bring the journal
 * back, and with it the state before an edit that was acknowledged. */
static gboolean
configure (MemoDatabase *self, GError **error)
{
  static const char settings[] = "PRAGMA mmap_size = 0;"
                                 "PRAGMA cell_size_check = ON;"
                                 "PRAGMA synchronous = EXTRA;"
                                 "PRAGMA foreign_keys = OFF;"
                                 "PRAGMA secure_delete = OFF;"
                                 "PRAGMA temp_store = MEMORY;"
                                 "PRAGMA cache_size = -32768;"
                                 "PRAGMA journal_mode = DELETE;";

  sqlite3_busy_handler (self->db, busy_cb, self);
  sqlite3_progress_handler (self->db, 1000, progress_cb, self);
  return memo_sql_exec (self, settings, error);
}

/* Reads what the file says about itself through SQLite, which has put right what a crash left. */
static gboolean
judge_open (MemoDatabase *self, gboolean *ret_empty, GError **error)
{
  gint64 application = 0, schema = 0, objects = 0;
  g_autoptr (GError) cause = NULL;

  if (!memo_sql_int (self, "SELECT count(*) FROM sqlite_schema", &objects, &cause) ||
      !memo_sql_int (self, "PRAGMA application_id", &application, &cause) ||
      !memo_sql_int (self, "PRAGMA user_version", &schema, &cause))
    {
      if (sqlite3_errcode (self->db) == SQLITE_NOTADB)
        set_not_a_library (self->name, error);
      else
        g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  self->schema = (int) schema;
  *ret_empty = objects == 0 && application == 0 && schema == 0;
  return *ret_empty || judge (self->name, (guint32) application, (int) schema, error);
}

/* FTS5 before 3.42 may not be written by triggers while the schema is not trusted. It has been compared word by word
 * with what it has to be when this is called; until then nothing in it runs. */
static void
trust (MemoDatabase *self)
{
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 1, NULL);
}

gboolean
memo_database_move_to_copy (MemoDatabase *self, GError **error)
{
  sqlite3 *copy = NULL;
  sqlite3_backup *backup = NULL;
  int code = memo_sql_open ("", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &copy), finished;

  if (code == SQLITE_OK)
    {
      backup = sqlite3_backup_init (copy, "main", self->db, "main");
      code = backup != NULL ? sqlite3_backup_step (backup, -1) : sqlite3_errcode (copy);
    }
  finished = sqlite3_backup_finish (backup);
  if (code != SQLITE_DONE || finished != SQLITE_OK)
    {
      memo_sql_set_error_for (copy, code == SQLITE_DONE ? finished : code, self->name, error);
      sqlite3_close (copy);
      return FALSE;
    }
  g_hash_table_remove_all (self->statements);
  sqlite3_close (self->db);
  note_closed (self);
  self->inode = self->device = 0;
  self->db = copy;
  return configure (self, error);
}

static gboolean
open_file (MemoDatabase *self, MemoOpenFlags flags, GError **error)
{
  gboolean empty;
  int mode, code;
  gint64 pages = 0, page = 0;

  if (!inspect (self, flags, &empty, error))
    return FALSE;
  mode = (flags & MEMO_OPEN_READ_ONLY) ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  if (flags & MEMO_OPEN_CREATE)
    mode |= SQLITE_OPEN_CREATE;
  code = memo_sql_open (self->path, mode, &self->db);
  if (code != SQLITE_OK)
    {
      g_autofree char *folder = g_path_get_dirname (self->path);

      /* Where nothing can be made SQLite tries to read, and what it says then is that the file is not there. */
      if ((code & 0xff) == SQLITE_CANTOPEN && g_file_test (folder, G_FILE_TEST_IS_DIR) && g_access (folder, W_OK) != 0)
        memo_sql_set_error_for (NULL, SQLITE_READONLY, self->name, error);
      else
        memo_sql_set_error (self, code, error);
      return FALSE;
    }
  note_open (self);
  self->read_only = sqlite3_db_readonly (self->db, "main") == 1;
  if (self->read_only && !(flags & MEMO_OPEN_READ_ONLY))
    {
      memo_sql_set_error_for (NULL, SQLITE_READONLY, self->name, error);
      return FALSE;
    }
  if (!configure (self, error) || !judge_open (self, &empty, error))
    return FALSE;
  if (empty && !(flags & MEMO_OPEN_CREATE))
    {
      set_not_a_library (self->name, error);
      return FALSE;
    }
  if (empty && !memo_schema_create (self, error))
    return FALSE;
  /* Before the migration, for it runs what is there, and after it. */
  if (!memo_schema_verify (self, error) || !memo_schema_migrate (self, error) || !memo_schema_verify (self, error) ||
      !memo_sql_int (self, "PRAGMA page_count", &pages, error) ||
      !memo_sql_int (self, "PRAGMA page_size", &page, error))
    return FALSE;
  if (!self->second && (self->unclean || pages * page <= QUICK_CHECK_BYTES) && !memo_check_quick (self, error))
    return FALSE;
  trust (self);
  return memo_changes_start (self, error);
}

/* Where links lead, so that the journal stands beside the file itself. (nullable) (transfer full) */
static char *
resolve (const char *path)
{
  char *real = realpath (path, NULL);
  char *copy;

  if (real == NULL)
    return g_canonicalize_filename (path, NULL);
  copy = g_strdup (real);
  free (real);
  return copy;
}

MemoDatabase *
memo_database_open (const char *path, MemoOpenFlags flags, GError **error)
{
  MemoDatabase *self;
  struct stat status;

  g_return_val_if_fail (path != NULL, NULL);

  /* A link that leads nowhere: SQLite would make a file at its other end. */
  if (lstat (path, &status) == 0 && S_ISLNK (status.st_mode) && stat (path, &status) != 0)
    {
      /* Translators: path of a symbolic link */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND, _ ("“%s” is a link that leads to no file."), path);
      return NULL;
    }
  self = g_new0 (MemoDatabase, 1);
  self->path = resolve (path);
  self->name = g_filename_display_basename (self->path);
  self->statements = memo_sql_statements_new ();
  if (open_file (self, flags, error))
    return self;
  memo_database_close (self);
  return NULL;
}

void
memo_database_close (MemoDatabase *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->statements);
  memo_backup_stop_all (self);
  if (self->db != NULL)
    {
      memo_sql_rollback (self);
      if (sqlite3_close (self->db) != SQLITE_OK)
        g_critical ("A statement was still in use when the library was closed: %s", sqlite3_errmsg (self->db));
      note_closed (self);
    }
  g_free (self->path);
  g_free (self->name);
  g_free (self->action);
  g_free (self);
}

const char *
memo_database_get_path (MemoDatabase *self)
{
  return self->path;
}

void
memo_database_set_cancellable (MemoDatabase *self, GCancellable *cancellable)
{
  self->cancellable = cancellable;
}

char *
memo_database_get_state (MemoDatabase *self, const char *key, GError **error)
{
  g_autoptr (MemoStatement) statement = memo_sql_prepare (self, "SELECT value FROM state WHERE key = ?", error);

  if (statement == NULL)
    return NULL;
  memo_sql_bind_text (statement, 1, key);
  return memo_sql_step (self, statement, error) ? memo_sql_dup_text (statement, 0) : NULL;
}

gboolean
memo_database_set_state (MemoDatabase *self, const char *key, const char *value, GError **error)
{
  g_autoptr (MemoStatement) statement = NULL;

  if (!memo_sql_begin (self, TRUE, error))
    return FALSE;
  statement = memo_sql_prepare (self,
                                value != NULL ? "INSERT OR REPLACE INTO state (key, value) VALUES (?1, ?2)"
                                              : "DELETE FROM state WHERE key = ?1",
                                error);
  if (statement != NULL)
    {
      memo_sql_bind_text (statement, 1, key);
      if (value != NULL)
        memo_sql_bind_text (statement, 2, value);
    }
  if (statement == NULL || !memo_sql_run (self, statement, error))
    {
      memo_statement_reset (g_steal_pointer (&statement));
      memo_sql_rollback (self);
      return FALSE;
    }
  memo_statement_reset (g_steal_pointer (&statement));
  return memo_sql_commit (self, error);
}

JsonObject *
memo_database_stats (MemoDatabase *self, GError **error)
{
  g_autoptr (JsonObject) stats = json_object_new ();
  gint64 value = 0, page = 0, pages = 0;

  for (MemoKind kind = 0; kind < MEMO_N_KINDS; kind++)
    {
      const char *name = memo_kind_get_name (kind);
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s WHERE deleted = 0", name);
      g_autofree char *member = g_str_has_suffix (name, "y")
                                    ? g_strdup_printf ("%.*sies", (int) strlen (name) - 1, name)
                                : kind == MEMO_KIND_EVIDENCE ? g_strdup (name)
                                                             : g_strconcat (name, "s", NULL);

      if (!memo_sql_int (self, sql, &value, error))
        return NULL;
      json_object_set_int_member (stats, member, value);
    }
  if (!memo_sql_int (self, "SELECT count(*) FROM history", &value, error) ||
      !memo_sql_int (self, "PRAGMA page_size", &page, error) ||
      !memo_sql_int (self, "PRAGMA page_count", &pages, error))
    return NULL;
  json_object_set_int_member (stats, "history", value);
  json_object_set_int_member (stats, "bytes", page * pages);
  json_object_set_int_member (stats, "schema", self->schema);
  return g_steal_pointer (&stats);
}
