/* memorandum-import-helper: reads files for the application, in a process that can do nothing else. It gets bytes on one
 * socket and gives a draft back there; it opens no file and no socket, writes nowhere, and has limits of memory and time. */

#include <errno.h>
#include <libintl.h>
#include <locale.h>
#include <seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <glib/gi18n.h>
#include "base/memo-error.h"
#include "base/memo-language.h"
#include "import/memo-import-private.h"
#include "import/memo-import-process.h"
#include "memo-config.h"

/* Of memory of its own; with what is mapped from libraries it stays below 512 MB. */
#define MEMORY_LIMIT (G_GUINT64_CONSTANT (448) * 1024 * 1024)
#define SPACE_LIMIT (G_GUINT64_CONSTANT (1024) * 1024 * 1024)
#define LARGEST_REQUEST (G_GUINT64_CONSTANT (256) * 1024 * 1024)

/* Whatever is loaded on first use is loaded now: language models, character tables, word lists. */
static void
warm_up (void)
{
  static const char page[] =
      "<html><head><title>Q</title></head><body><h1>Q</h1><p>The states have agreed, on 28 November "
      "2025, that flights, energy and science are worth a joint plan.</p></body></html>";
  static const char line[] =
      "\xcf\xf0\xe8\xe2\xe5\xf2, \xec\xe8\xf0 \xe8 \xe4\xf0\xf3\xe6\xe1\xe0 \xed\xe0\xf0\xee\xe4\xee\xe2";
  static const char *const texts[] = { page, line, "# Plan\n\nBakanlar 28 Kasım 2025 günü bir anlaşma imzaladı.\n",
                                       "Министры подписали соглашение 28 ноября 2025 года.\n" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
      JsonObject *draft = memo_import_parse (bytes, i == 2 ? "a.md" : "a", NULL, NULL);

      g_clear_pointer (&draft, json_object_unref);
    }
}

static void
limit (int what, rlim_t value)
{
  struct rlimit limits = { value, value };

  setrlimit (what, &limits);
}

static void
confine (void)
{
  static const int allowed[] = { SCMP_SYS (read),
                                 SCMP_SYS (write),
                                 SCMP_SYS (readv),
                                 SCMP_SYS (writev),
                                 SCMP_SYS (close),
                                 SCMP_SYS (fstat),
                                 SCMP_SYS (lseek),
                                 SCMP_SYS (mmap),
                                 SCMP_SYS (munmap),
                                 SCMP_SYS (mremap),
                                 SCMP_SYS (mprotect),
                                 SCMP_SYS (madvise),
                                 SCMP_SYS (brk),
                                 SCMP_SYS (futex),
                                 SCMP_SYS (exit),
                                 SCMP_SYS (exit_group),
                                 SCMP_SYS (rt_sigaction),
                                 SCMP_SYS (rt_sigprocmask),
                                 SCMP_SYS (rt_sigreturn),
                                 SCMP_SYS (sigaltstack),
                                 SCMP_SYS (clock_gettime),
                                 SCMP_SYS (clock_getres),
                                 SCMP_SYS (gettimeofday),
                                 SCMP_SYS (time),
                                 SCMP_SYS (getpid),
                                 SCMP_SYS (gettid),
                                 SCMP_SYS (tgkill),
                                 SCMP_SYS (poll),
                                 SCMP_SYS (ppoll),
                                 SCMP_SYS (sched_yield),
                                 SCMP_SYS (getrandom),
                                 SCMP_SYS (restart_syscall),
                                 SCMP_SYS (nanosleep),
                                 SCMP_SYS (clock_nanosleep),
                                 SCMP_SYS (set_robust_list),
                                 SCMP_SYS (sysinfo),
                                 SCMP_SYS (getuid),
                                 SCMP_SYS (setitimer),
                                 SCMP_SYS (geteuid),
                                 SCMP_SYS (getgid),
                                 SCMP_SYS (getegid) };
  scmp_filter_ctx filter;

  limit (RLIMIT_CORE, 0);
#ifndef __SANITIZE_ADDRESS__
  /* A sanitizer writes down what it found. */
  limit (RLIMIT_FSIZE, 0);
  limit (RLIMIT_NOFILE, MEMO_IMPORT_FD + 1);
  limit (RLIMIT_DATA, MEMORY_LIMIT);
  limit (RLIMIT_AS, SPACE_LIMIT);
#endif
  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
#ifndef __SANITIZE_ADDRESS__
  /* Anything else fails with EPERM: a library that tries and can do without goes on. */
  filter = seccomp_init (SCMP_ACT_ERRNO (EPERM));
  if (!filter)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (allowed); i++)
    seccomp_rule_add (filter, SCMP_ACT_ALLOW, allowed[i], 0);
  /* Where the kernel has no filters the limits above still hold. */
  if (seccomp_load (filter) != 0)
    g_debug ("No system call filter");
  seccomp_release (filter);
#endif
}

static gboolean
read_all (void *data, gsize length)
{
  char *at = data;

  while (length > 0)
    {
      gssize n = read (MEMO_IMPORT_FD, at, length);

      if (n == 0 || (n < 0 && errno != EINTR))
        return FALSE;
      if (n > 0)
        {
          at += n;
          length -= n;
        }
    }
  return TRUE;
}

static gboolean
write_all (const void *data, gsize length)
{
  const char *at = data;

  while (length > 0)
    {
      gssize n = write (MEMO_IMPORT_FD, at, length);

      if (n < 0 && errno != EINTR)
        return FALSE;
      if (n > 0)
        {
          at += n;
          length -= n;
        }
    }
  return TRUE;
}

static gboolean
reply (const char *body, gsize length, guint32 error)
{
  MemoImportHeader header = { MEMO_IMPORT_MAGIC, error, length };

  return write_all (&header, sizeof header) && write_all (body, length);
}

/* Made before it is needed: what runs in a signal handler may not even translate. */
static char *too_late;

static void
too_late_cb (int number)
{
  _exit (reply (too_late, strlen (too_late), 1 + MEMO_ERROR_LIMIT) ? 0 : 1);
}

/* Stops the file at hand after @seconds of processor time; 0: never. */
static void
set_timer (guint seconds)
{
  struct itimerval timer = { .it_value.tv_sec = seconds };

  setitimer (ITIMER_PROF, &timer, NULL);
}

static void
prepare_timer (void)
{
  struct sigaction action = { .sa_handler = too_late_cb };

  too_late = g_strdup (_ ("Reading the file took too long."));
  sigaction (SIGPROF, &action, NULL);
}

static const char *
get_option (JsonObject *request, const char *member)
{
  return request ? json_object_get_string_member_with_default (request, member, NULL) : NULL;
}

static gboolean
answer (const char *request, GBytes *bytes)
{
  g_autoptr (JsonNode) root = json_from_string (request, NULL);
  JsonObject *asked = root && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  MemoImportOptions options = { get_option (asked, "language"), get_option (asked, "kind"), NULL,
                                get_option (asked, "format") };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonGenerator) generator = NULL;
  g_autoptr (GString) text = NULL;
  JsonObject *draft;

  set_timer (asked ? json_object_get_int_member_with_default (asked, "seconds", 0) : 0);
  draft = memo_import_parse (bytes, get_option (asked, "name"), &options, &error);
  if (!draft)
    {
      set_timer (0);
      return reply (error->message, strlen (error->message), 1 + error->code);
    }
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, draft);
  generator = json_generator_new ();
  json_generator_set_root (generator, node);
  text = json_generator_to_gstring (generator, g_string_new (NULL));
  set_timer (0);
  return reply (text->str, text->len, 0);
}

int
main (int argc, char *argv[])
{
  MemoImportHeader header;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("MEMO_LOCALEDIR") ? g_getenv ("MEMO_LOCALEDIR") : MEMO_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  /* Who searches or reads meanwhile comes first. */
  if (nice (10) == -1)
    g_debug ("helper: no lower priority");
  warm_up ();
  prepare_timer ();
  confine ();
  while (read_all (&header, sizeof header))
    {
      g_autofree char *request = NULL;
      g_autoptr (GBytes) bytes = NULL;
      char *data;

      if (header.magic != MEMO_IMPORT_MAGIC || header.name_length > 65536 || header.length > LARGEST_REQUEST)
        return 1;
      request = g_malloc0 (header.name_length + 1);
      data = g_malloc (header.length + 1);
      if (!read_all (request, header.name_length) || !read_all (data, header.length))
        {
          g_free (data);
          return 1;
        }
      bytes = g_bytes_new_take (data, header.length);
      if (!answer (request, bytes))
        return 1;
    }
  return 0;
}
