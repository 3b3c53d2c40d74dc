#include "memo-backups.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/memo-error.h"
#include "memo-sql.h"

#define SECOND G_USEC_PER_SEC
#define DAY (G_GINT64_CONSTANT (86400) * SECOND)
#define SUFFIX ".memorandum"
#define DAYS 12
#define WEEKS 10
#define MONTHS 9

void
memo_backup_free (MemoBackup *backup)
{
  g_free (backup->path);
  g_free (backup->name);
  g_free (backup);
}

/* Where it really is, so that all its names have the same backups. (transfer full) */
static char *
resolve (const char *library)
{
  char *real = realpath (library, NULL);
  char *copy = real != NULL ? g_strdup (real) : g_canonicalize_filename (library, NULL);

  free (real);
  return copy;
}

char *
memo_backups_get_folder (const char *library)
{
  g_autofree char *path = resolve (library);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, path, -1);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *folder = NULL;

  if (g_str_has_suffix (name, SUFFIX) && strlen (name) > strlen (SUFFIX))
    name[strlen (name) - strlen (SUFFIX)] = '\0';
  folder = g_strdup_printf ("%s-%.8s", name, hash);
  return g_build_filename (g_get_user_data_dir (), "memorandum", "backups", folder, NULL);
}

gboolean
memo_backups_parse_name (const char *name, gint64 *ret_time)
{
  static const char shape[] = "dddd-dd-ddTdd-dd-ddZ" SUFFIX;
  g_autoptr (GDateTime) time = NULL;
  int year, month, day, hour, minute, second;

  if (strlen (name) != strlen (shape))
    return FALSE;
  for (gsize i = 0; shape[i] != '\0' && shape[i] != '.'; i++)
    if (shape[i] == 'd' ? !g_ascii_isdigit (name[i]) : name[i] != shape[i])
      return FALSE;
  if (!g_str_has_suffix (name, SUFFIX))
    return FALSE;
  sscanf (name, "%4d-%2d-%2dT%2d-%2d-%2dZ", &year, &month, &day, &hour, &minute, &second);
  time = g_date_time_new_utc (year, month, day, hour, minute, second);
  if (time == NULL)
    return FALSE;
  *ret_time = g_date_time_to_unix (time) * SECOND;
  return TRUE;
}

char *
memo_backups_prepare (const char *library, gint64 time, GError **error)
{
  g_autofree char *folder = memo_backups_get_folder (library);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int problem = errno;

      g_set_error (error, MEMO_ERROR, problem == ENOSPC ? MEMO_ERROR_FULL : MEMO_ERROR_READ_ONLY,
                   /* Translators: a folder, then the cause as the system words it */
                   _ ("The folder “%s” for backups cannot be made: %s."), folder, g_strerror (problem));
      return NULL;
    }
  for (gint64 second = time / SECOND;; second++)
    {
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (second);
      g_autofree char *name = utc != NULL ? g_date_time_format (utc, "%Y-%m-%dT%H-%M-%SZ" SUFFIX) : NULL;
      char *path = g_build_filename (folder, name != NULL ? name : "backup" SUFFIX, NULL);

      if (name == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
        return path;
      g_free (path);
    }
}

static int
compare_backups (gconstpointer a, gconstpointer b)
{
  const MemoBackup *x = *(MemoBackup **) a, *y = *(MemoBackup **) b;

  return x->time != y->time ? (x->time < y->time) - (x->time > y->time) : strcmp (y->name, x->name);
}

/* Takes @path. */
static void
add_backup (GPtrArray *list, char *path, MemoBackupReason reason, gint64 time)
{
  GStatBuf status;
  MemoBackup *backup;

  if (g_stat (path, &status) != 0 || !S_ISREG (status.st_mode))
    {
      g_free (path);
      return;
    }
  backup = g_new0 (MemoBackup, 1);
  backup->path = path;
  backup->name = g_path_get_basename (path);
  backup->reason = reason;
  backup->time = time != 0 ? time : (gint64) status.st_mtime * SECOND;
  backup->size = status.st_size;
  g_ptr_array_add (list, backup);
}

/* FALSE with an error, unless the folder is not there. */
static gboolean
open_folder (const char *folder, GDir **ret_dir, GError **error)
{
  g_autoptr (GError) cause = NULL;

  *ret_dir = g_dir_open (folder, 0, &cause);
  if (cause == NULL || g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return TRUE;
  g_set_error (error, MEMO_ERROR, MEMO_ERROR_IO, "%s", cause->message);
  return FALSE;
}

static void
list_beside (const char *library, GPtrArray *list)
{
  static const struct
  {
    const char *part;
    MemoBackupReason reason;
  } kinds[] = {
    { ".before-restore-", MEMO_BACKUP_BEFORE_RESTORE },
    { ".before-repair-", MEMO_BACKUP_BEFORE_REPAIR },
    { ".before-", MEMO_BACKUP_BEFORE_UPDATE },
  };
  g_autofree char *path = resolve (library);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (!g_str_has_prefix (name, base) || g_str_has_suffix (name, "-journal") || g_str_has_suffix (name, ".tmp"))
        continue;
      for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
        if (g_str_has_prefix (name + strlen (base), kinds[i].part))
          {
            add_backup (list, g_build_filename (folder, name, NULL), kinds[i].reason, 0);
            break;
          }
    }
}

GPtrArray *
memo_backups_list (const char *library, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) memo_backup_free);
  g_autofree char *folder = memo_backups_get_folder (library);
  g_autoptr (GDir) dir = NULL;
  const char *name;
  gint64 time;

  if (!open_folder (folder, &dir, error))
    return NULL;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (memo_backups_parse_name (name, &time))
      add_backup (list, g_build_filename (folder, name, NULL), MEMO_BACKUP_REGULAR, time);
  list_beside (library, list);
  g_ptr_array_sort (list, compare_backups);
  return g_steal_pointer (&list);
}

char *
memo_backups_find (const char *library, const char *text, GError **error)
{
  g_autoptr (GPtrArray) list = memo_backups_list (library, error);
  g_autofree char *time = g_strdelimit (g_strdup (text), ":", '-');

  if (list == NULL)
    return NULL;
  for (guint i = 0; text[0] != '\0' && i < list->len; i++)
    {
      MemoBackup *backup = list->pdata[i];

      if (g_str_equal (backup->name, text) ||
          (backup->reason == MEMO_BACKUP_REGULAR && g_str_has_prefix (backup->name, time)))
        return g_strdup (backup->path);
    }
  /* Translators: what was typed for the name or time of a backup */
  g_set_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND, _ ("There is no backup “%s” of this library."), text);
  return NULL;
}

/* Thinning */

/* Numbers that are equal for times of the same day, week or month. */
static gint64
period_of (gint64 time, int which)
{
  gint64 day = (time >= 0 ? time : time - DAY + 1) / DAY;
  GDate date;

  switch (which)
    {
    case 0:
      return day;
    case 1:
      /* The first of January 1970 was a Thursday. */
      return (day + 3 >= 0 ? day + 3 : day + 3 - 6) / 7;
    default:
      g_date_clear (&date, 1);
      g_date_set_julian (&date, (guint32) CLAMP (day + 719163, 1, 3652059));
      return g_date_get_year (&date) * 12 + g_date_get_month (&date);
    }
}

static int
compare_times (gconstpointer a, gconstpointer b, gpointer data)
{
  const gint64 *times = data;
  gint64 x = times[*(const guint *) a], y = times[*(const guint *) b];

  return (x < y) - (x > y);
}

void
memo_backups_choose (const gint64 *times, guint n, gint64 now, gboolean *ret_keep)
{
  static const guint places[] = { DAYS, WEEKS, MONTHS };
  g_autofree guint *order = g_new (guint, n);
  guint first = 0;

  for (guint i = 0; i < n; i++)
    order[i] = i;
  if (n > 1)
    g_qsort_with_data (order, n, sizeof (guint), compare_times, (gpointer) times);
  for (; first < n && times[order[first]] > now; first++)
    ret_keep[order[first]] = TRUE;
  for (guint i = first; i < n; i++)
    ret_keep[order[i]] = FALSE;
  for (int which = 0; which < 3; which++)
    {
      guint taken = 0;
      gint64 last = 0;

      for (guint i = first; i < n && taken <= places[which]; i++)
        {
          gint64 period = period_of (times[order[i]], which);

          if (taken > 0 && period == last)
            continue;
          last = period;
          if (++taken <= places[which])
            ret_keep[order[i]] = TRUE;
        }
    }
}

/* Copies that were under way when a program was killed. */
static void
remove_leavings (const char *folder, gint64 now)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf status;

      if ((g_str_has_suffix (name, ".tmp") || g_str_has_suffix (name, ".tmp-journal")) && g_stat (path, &status) == 0 &&
          now / SECOND - status.st_mtime > DAY / SECOND)
        g_unlink (path);
    }
}

gboolean
memo_backups_thin (const char *library, gint64 now, GError **error)
{
  g_autofree char *folder = memo_backups_get_folder (library);
  g_autoptr (GPtrArray) list = memo_backups_list (library, error);
  g_autofree gint64 *times = NULL;
  g_autofree gboolean *keep = NULL;
  guint n = 0;

  if (list == NULL)
    return FALSE;
  times = g_new0 (gint64, list->len);
  keep = g_new0 (gboolean, list->len);
  for (guint i = 0; i < list->len; i++)
    if (((MemoBackup *) list->pdata[i])->reason == MEMO_BACKUP_REGULAR)
      times[n++] = ((MemoBackup *) list->pdata[i])->time;
  memo_backups_choose (times, n, now, keep);
  n = 0;
  for (guint i = 0; i < list->len; i++)
    {
      MemoBackup *backup = list->pdata[i];

      if (backup->reason == MEMO_BACKUP_REGULAR && !keep[n++] && g_unlink (backup->path) != 0)
        {
          /* Translators: a file, then the cause as the system words it */
          g_set_error (error, MEMO_ERROR, MEMO_ERROR_IO, _ ("The old backup “%s” could not be removed: %s."),
                       backup->path, g_strerror (errno));
          return FALSE;
        }
    }
  remove_leavings (folder, now);
  return TRUE;
}

/* Looking into backups */

char *
memo_database_get_stamp (MemoDatabase *self, GError **error)
{
  gint64 changes = 0, step = 0, time = 0;

  if (!memo_sql_int (self, "SELECT seq FROM sqlite_sequence WHERE name = 'change_log'", &changes, error) ||
      !memo_sql_int (self, "SELECT max (id) FROM history", &step, error) ||
      !memo_sql_int (self, "SELECT time FROM history ORDER BY id DESC LIMIT 1", &time, error))
    return NULL;
  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, changes, step, time);
}

/* A connection that only reads, of any version. FALSE: none. */
static gboolean
look_into (const char *path, MemoDatabase *raw)
{
  memset (raw, 0, sizeof *raw);
  raw->name = g_filename_display_basename (path);
  raw->statements = memo_sql_statements_new ();
  raw->read_only = TRUE;
  return memo_sql_open (path, SQLITE_OPEN_READONLY, &raw->db) == SQLITE_OK;
}

static void
look_away (MemoDatabase *raw)
{
  g_hash_table_unref (raw->statements);
  sqlite3_close (raw->db);
  g_free (raw->name);
}

char *
memo_backups_read_stamp (const char *path)
{
  MemoDatabase raw;
  char *stamp = look_into (path, &raw) ? memo_database_get_stamp (&raw, NULL) : NULL;

  look_away (&raw);
  return stamp;
}

gboolean
memo_backups_count (const char *path, guint *ret_articles, guint *ret_annotations, guint *ret_agreements)
{
  MemoDatabase raw;
  gint64 articles = 0, annotations = 0, agreements = 0;
  gboolean fine = look_into (path, &raw) &&
                  memo_sql_int (&raw, "SELECT count (*) FROM article WHERE deleted = 0", &articles, NULL) &&
                  memo_sql_int (&raw, "SELECT count (*) FROM annotation WHERE deleted = 0", &annotations, NULL) &&
                  memo_sql_int (&raw, "SELECT count (*) FROM agreement WHERE deleted = 0", &agreements, NULL);

  look_away (&raw);
  if (!fine)
    return FALSE;
  *ret_articles = articles;
  *ret_annotations = annotations;
  *ret_agreements = agreements;
  return TRUE;
}
