/* With it, both names of a call would be one. */
#undef _FILE_OFFSET_BITS
#include "fail-calls.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define FILES 1024

static const char *watched;
static gboolean ours[FILES]; /* by descriptor: a file below the folder */
static guint count, fail_at;
static FailMode fail_mode;
static int fail_code;
static gboolean failed;

void
fail_calls_watch (const char *folder)
{
  watched = folder;
  fail_calls_arm (0, FAIL_ONCE, 0);
}

void
fail_calls_arm (guint at, FailMode mode, int code)
{
  count = 0;
  fail_at = at;
  fail_mode = mode;
  fail_code = code;
  failed = FALSE;
}

guint
fail_calls_get_count (void)
{
  return count;
}

gboolean
fail_calls_has_failed (void)
{
  return failed;
}

static gboolean
is_below (const char *path)
{
  return watched != NULL && path != NULL && strncmp (path, watched, strlen (watched)) == 0;
}

/* Counts one call; TRUE when it is to fail, with errno set. */
static gboolean
operate (gboolean counts)
{
  if (!counts)
    return FALSE;
  count++;
  if (fail_at == 0 || count < fail_at || (count > fail_at && fail_mode != FAIL_FOREVER))
    return FALSE;
  failed = TRUE;
  if (fail_mode == FAIL_KILL)
    kill (getpid (), SIGKILL);
  errno = fail_code;
  return TRUE;
}

static gboolean
is_ours (int fd)
{
  return fd >= 0 && fd < FILES && ours[fd];
}

#define REAL(name) ((__typeof__ (&name)) real_call (#name))

static void *
real_call (const char *name)
{
  void *call = dlsym (RTLD_NEXT, name);

  if (call == NULL)
    abort ();
  return call;
}

/* Only what may write counts. */
static int
open_any (const char *path, int flags, mode_t mode)
{
  gboolean below = is_below (path);
  int fd;

  if (operate (below && (flags & (O_CREAT | O_RDWR | O_WRONLY))))
    return -1;
  fd = REAL (open64) (path, flags, mode);
  if (fd >= 0 && fd < FILES)
    ours[fd] = below;
  return fd;
}

int
open (const char *path, int flags, ...)
{
  va_list list;
  mode_t mode;

  va_start (list, flags);
  mode = va_arg (list, int);
  va_end (list);
  return open_any (path, flags, mode);
}

int
open64 (const char *path, int flags, ...)
{
  va_list list;
  mode_t mode;

  va_start (list, flags);
  mode = va_arg (list, int);
  va_end (list);
  return open_any (path, flags, mode);
}

/* It is closed even so. */
int
close (int fd)
{
  gboolean fails = operate (is_ours (fd));
  int result;

  if (fd >= 0 && fd < FILES)
    ours[fd] = FALSE;
  result = REAL (close) (fd);
  if (!fails)
    return result;
  errno = fail_code;
  return -1;
}

/* Counts a write; how much of @size gets through, 0: none of it. A disk that is full takes the half. */
static size_t
admit (int fd, size_t size)
{
  if (!operate (is_ours (fd)))
    return size;
  return fail_code == ENOSPC ? size / 2 : 0;
}

ssize_t
write (int fd, const void *bytes, size_t size)
{
  size_t admitted = admit (fd, size);

  return admitted == 0 && size > 0 ? -1 : REAL (write) (fd, bytes, admitted);
}

ssize_t
pwrite (int fd, const void *bytes, size_t size, off_t offset)
{
  size_t admitted = admit (fd, size);

  return admitted == 0 && size > 0 ? -1 : REAL (pwrite) (fd, bytes, admitted, offset);
}

ssize_t
pwrite64 (int fd, const void *bytes, size_t size, off64_t offset)
{
  size_t admitted = admit (fd, size);

  return admitted == 0 && size > 0 ? -1 : REAL (pwrite64) (fd, bytes, admitted, offset);
}

int
ftruncate (int fd, off_t size)
{
  return operate (is_ours (fd)) ? -1 : REAL (ftruncate) (fd, size);
}

int
ftruncate64 (int fd, off64_t size)
{
  return operate (is_ours (fd)) ? -1 : REAL (ftruncate64) (fd, size);
}

int
fsync (int fd)
{
  return operate (is_ours (fd)) ? -1 : REAL (fsync) (fd);
}

int
fdatasync (int fd)
{
  return operate (is_ours (fd)) ? -1 : REAL (fdatasync) (fd);
}

int
unlink (const char *path)
{
  return operate (is_below (path)) ? -1 : REAL (unlink) (path);
}

int
rename (const char *from, const char *to)
{
  return operate (is_below (to)) ? -1 : REAL (rename) (from, to);
}

int
link (const char *from, const char *to)
{
  return operate (is_below (to)) ? -1 : REAL (link) (from, to);
}
