#pragma once

#include <glib.h>

/* When what is waited for would have come, were it to come at all: monotonic time. Where everything is slower, under sanitizers, the
 * environment says how many times: MEMO_TEST_PATIENCE. */
static inline gint64
patience_end (guint seconds)
{
  const char *times = g_getenv ("MEMO_TEST_PATIENCE");

  return g_get_monotonic_time () + (gint64) (seconds * (times ? g_ascii_strtod (times, NULL) : 1) * G_USEC_PER_SEC);
}
