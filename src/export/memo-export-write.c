#include "memo-export-private.h"

#include "base/memo-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

static void
set_write_error (GError **error, const char *path, int code)
{
  MemoError kind = MEMO_ERROR_IO;
  if (code == ENOSPC || code == EDQUOT || code == EFBIG)
    kind = MEMO_ERROR_FULL;
  else if (code == EROFS || code == EACCES || code == EPERM)
    kind = MEMO_ERROR_READ_ONLY;
  else if (code == ENOENT || code == ENOTDIR)
    kind = MEMO_ERROR_NOT_FOUND;
  g_autofree char *name = g_filename_display_name (path);
  /* Translators: first the name of a file, then the system's own words for the cause. */
  g_set_error (error, MEMO_ERROR, kind, _ ("The file “%s” could not be written: %s. Nothing was changed."), name,
               g_strerror (code));
}

/* 0, or errno. */
static int
write_all (int fd, GBytes *bytes, GCancellable *cancellable)
{
  gsize size, done = 0;
  const char *start = g_bytes_get_data (bytes, &size);
  while (done < size)
    {
      if (g_cancellable_is_cancelled (cancellable))
        return ECANCELED;
      ssize_t n = write (fd, start + done, MIN (size - done, 1024 * 1024));
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return errno;
      done += n;
    }
  return fsync (fd) == 0 ? 0 : errno;
}

/* The directory's own entry survives a loss of power, too. */
static void
flush_directory (const char *directory)
{
  int fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return;
  /* Some file systems cannot; the file itself is safe by now. */
  (void) !fsync (fd);
  close (fd);
}

static gboolean
write_local (const char *asked_path, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  /* A link stays one: what it points to is replaced. */
  char *resolved = realpath (asked_path, NULL);
  g_autofree char *path = g_strdup (resolved ? resolved : asked_path);
  free (resolved);
  g_autofree char *directory = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *temporary = g_strdup_printf ("%s/.%.200s.XXXXXX", directory, name);
  struct stat old;
  gboolean exists = stat (path, &old) == 0;
  int code = 0;

  if (exists && S_ISDIR (old.st_mode))
    code = EISDIR;
  else if (exists && !S_ISREG (old.st_mode))
    {
      /* A terminal, pipe or device: there is nothing to put in its place. */
      int fd = open (path, O_WRONLY | O_CLOEXEC);
      code = fd < 0 ? errno : write_all (fd, bytes, cancellable);
      if (fd >= 0)
        close (fd);
      if (code == EINVAL || code == ENOTSUP || code == EROFS)
        code = 0; /* such a thing cannot be flushed */
      if (code == 0)
        return TRUE;
    }
  if (code != 0)
    {
      set_write_error (error, asked_path, code);
      return FALSE;
    }

  int fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0666);
  if (fd < 0)
    {
      set_write_error (error, asked_path, errno);
      return FALSE;
    }
  if (exists)
    (void) !fchmod (fd, old.st_mode & 07777);
  code = write_all (fd, bytes, cancellable);
  if (close (fd) != 0 && code == 0)
    code = errno;
  if (code == 0 && g_rename (temporary, path) != 0)
    code = errno;
  if (code != 0)
    {
      g_unlink (temporary);
      if (!g_cancellable_set_error_if_cancelled (cancellable, error))
        set_write_error (error, asked_path, code);
      return FALSE;
    }
  flush_directory (directory);
  return TRUE;
}

gboolean
memo_export_write (GFile *file, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = g_file_get_path (file);
  g_autoptr (GError) cause = NULL;
  gsize size;
  const char *start = g_bytes_get_data (bytes, &size);

  if (path != NULL)
    return write_local (path, bytes, cancellable, error);
  if (g_file_replace_contents (file, start, size, NULL, FALSE, G_FILE_CREATE_NONE, NULL, cancellable, &cause))
    return TRUE;
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&cause));
  else
    {
      g_autofree char *name = g_file_get_parse_name (file);
      /* Translators: first the name of a file, then the system's own words for the cause. */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_IO, _ ("The file “%s” could not be written: %s. Nothing was changed."),
                   name, cause->message);
    }
  return FALSE;
}
