#pragma once

/* The calls that change files fail, or kill the process, when they are told to: those of the program itself, of GLib and of
 * SQLite, on real files below one folder. A program that links this has its own open(), write(), rename() …, which pass on to
 * the C library. Reading never fails. */

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  FAIL_ONCE,    /* the call fails, those after it do not */
  FAIL_FOREVER, /* it and all after it fail */
  FAIL_KILL     /* the process gets SIGKILL instead of the call */
} FailMode;

/* Counts calls below @folder (kept by reference); nothing fails yet. */
void fail_calls_watch (const char *folder);
/* The @at-th call from now fails with @code, an errno. @at 0: none, and counts from 0 again. */
void fail_calls_arm (guint at, FailMode mode, int code);
/* Since it was armed. */
guint fail_calls_get_count (void);
gboolean fail_calls_has_failed (void);

G_END_DECLS
