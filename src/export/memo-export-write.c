#include "memo-export-private.h"

#include "base/memo-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* So much text is gathered before it goes to the file. */
#define PIECE (1024 * 1024)

struct _MemoExportTarget
{
  GString *text;
  GFile *file;     /* NULL: the text is the result */
  char *path;      /* what is replaced, links followed; NULL: no local file */
  char *temporary; /* beside it; NULL: what is there is no regular file, and written at the end */
  int fd;          /* of the temporary; -1: none */
  goffset written;
  int code; /* errno of what could not be written; 0: none */
};

static gboolean
fail (MemoExportTarget *self, int code, GError **error)
{
  MemoError kind = MEMO_ERROR_IO;
  if (code == ENOSPC || code == EDQUOT || code == EFBIG)
    kind = MEMO_ERROR_FULL;
  else if (code == EROFS || code == EACCES || code == EPERM)
    kind = MEMO_ERROR_READ_ONLY;
  else if (code == ENOENT || code == ENOTDIR)
    kind = MEMO_ERROR_NOT_FOUND;
  g_autofree char *path = g_file_get_path (self->file);
  g_autofree char *name = g_filename_display_name (path);
  /* Translators: first the name of a file, then the system's own words for the cause. */
  g_set_error (error, MEMO_ERROR, kind, _ ("The file “%s” could not be written: %s. Nothing was changed."), name,
               g_strerror (code));
  return FALSE;
}

/* 0, or errno. */
static int
write_all (int fd, const GString *text, GCancellable *cancellable)
{
  gsize done = 0;

  while (done < text->len)
    {
      if (g_cancellable_is_cancelled (cancellable))
        return ECANCELED;
      ssize_t n = write (fd, text->str + done, MIN (text->len - done, PIECE));
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return errno;
      done += n;
    }
  return 0;
}

/* What there is goes to the temporary, and the disk is set to work: it writes while further text is made. */
static void
write_piece (MemoExportTarget *self)
{
  if (self->code == 0)
    self->code = write_all (self->fd, self->text, NULL);
  if (self->code == 0)
    (void) !sync_file_range (self->fd, self->written, self->text->len, SYNC_FILE_RANGE_WRITE);
  self->written += self->text->len;
  g_string_truncate (self->text, 0);
}

/* The directory's own entry survives a loss of power, too. */
static void
flush_directory (const char *path)
{
  g_autofree char *directory = g_path_get_dirname (path);
  int fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return;
  /* Some file systems cannot; the file itself is safe by now. */
  (void) !fsync (fd);
  close (fd);
}

/* A terminal, pipe or device: there is nothing to put in its place. 0, or errno. */
static int
write_device (MemoExportTarget *self, GCancellable *cancellable)
{
  int fd = open (self->path, O_WRONLY | O_CLOEXEC);
  int code = fd < 0 ? errno : write_all (fd, self->text, cancellable);

  if (code == 0 && fsync (fd) != 0)
    code = errno;
  if (fd >= 0)
    close (fd);
  /* Such a thing cannot be flushed. */
  return code == EINVAL || code == ENOTSUP || code == EROFS ? 0 : code;
}

/* 0, or errno. */
static int
replace (MemoExportTarget *self, GCancellable *cancellable)
{
  int fd = self->fd;

  write_piece (self);
  if (self->code == 0 && fsync (fd) != 0)
    self->code = errno;
  self->fd = -1;
  if (close (fd) != 0 && self->code == 0)
    self->code = errno;
  if (self->code == 0 && g_cancellable_is_cancelled (cancellable))
    self->code = ECANCELED;
  if (self->code == 0 && g_rename (self->temporary, self->path) != 0)
    self->code = errno;
  if (self->code != 0)
    return self->code;
  g_clear_pointer (&self->temporary, g_free);
  flush_directory (self->path);
  return 0;
}

static gboolean
replace_remote (MemoExportTarget *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (g_file_replace_contents (self->file, self->text->str, self->text->len, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                               cancellable, &cause))
    return TRUE;
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&cause));
  else
    {
      g_autofree char *name = g_file_get_parse_name (self->file);
      /* Translators: first the name of a file, then the system's own words for the cause. */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_IO, _ ("The file “%s” could not be written: %s. Nothing was changed."),
                   name, cause->message);
    }
  return FALSE;
}

MemoExportTarget *
memo_export_target_open (MemoLibrary *library, GFile *file, GError **error)
{
  g_autoptr (MemoExportTarget) self = g_new0 (MemoExportTarget, 1);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autofree char *directory = NULL;
  g_autofree char *name = NULL;
  struct stat old;
  gboolean exists;
  char *resolved;

  self->text = g_string_new (NULL);
  self->file = file != NULL ? g_object_ref (file) : NULL;
  self->fd = -1;
  if (path == NULL)
    return g_steal_pointer (&self);
  if (library != NULL && memo_library_is_at (library, path))
    {
      g_autofree char *shown = g_filename_display_name (path);
      /* Translators: path of a file that was given for a copy of the library */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("“%s” is the library itself. Choose another file."),
                   shown);
      return NULL;
    }

  /* A link stays one: what it points to is replaced. */
  resolved = realpath (path, NULL);
  self->path = g_strdup (resolved ? resolved : path);
  free (resolved);
  exists = stat (self->path, &old) == 0;
  if (exists && S_ISDIR (old.st_mode))
    return fail (self, EISDIR, error), NULL;
  if (exists && !S_ISREG (old.st_mode))
    return g_steal_pointer (&self);

  directory = g_path_get_dirname (self->path);
  name = g_path_get_basename (self->path);
  self->temporary = g_strdup_printf ("%s/.%.200s.XXXXXX", directory, name);
  self->fd = g_mkstemp_full (self->temporary, O_RDWR | O_CLOEXEC, 0666);
  if (self->fd < 0)
    {
      int code = errno;

      g_clear_pointer (&self->temporary, g_free);
      fail (self, code, error);
      return NULL;
    }
  if (exists)
    (void) !fchmod (self->fd, old.st_mode & 07777);
  return g_steal_pointer (&self);
}

GString *
memo_export_target_get_text (MemoExportTarget *self)
{
  return self->text;
}

void
memo_export_target_pass (MemoExportTarget *self)
{
  if (self->text->len >= PIECE && self->fd >= 0)
    write_piece (self);
}

gboolean
memo_export_target_check (MemoExportTarget *self, GError **error)
{
  return self->code == 0 || fail (self, self->code, error);
}

/* As memo_export_target_close(), but on error a temporary may be left. */
static GBytes *
finish (MemoExportTarget *self, GCancellable *cancellable, GError **error)
{
  int code = 0;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (self->file == NULL)
    return g_string_free_to_bytes (g_steal_pointer (&self->text));
  if (self->path == NULL)
    return replace_remote (self, cancellable, error) ? g_bytes_new (NULL, 0) : NULL;
  code = self->fd >= 0 ? replace (self, cancellable) : write_device (self, cancellable);
  if (code == 0)
    return g_bytes_new (NULL, 0);
  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    fail (self, code, error);
  return NULL;
}

static void
remove_temporary (MemoExportTarget *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  g_clear_pointer (&self->temporary, g_free);
}

GBytes *
memo_export_target_close (MemoExportTarget *self, GCancellable *cancellable, GError **error)
{
  GBytes *bytes = finish (self, cancellable, error);

  if (bytes == NULL)
    remove_temporary (self);
  return bytes;
}

void
memo_export_target_free (MemoExportTarget *self)
{
  remove_temporary (self);
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  g_clear_object (&self->file);
  g_free (self->path);
  g_free (self);
}
