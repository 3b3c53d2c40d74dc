#include "memo-bench.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* Seconds: what takes longer has gone wrong. */
#define TIME_LIMIT 600

struct _MemoBench
{
  char *name;
  char *folder;
  GString *table, *json;
  guint copies;
};

static struct
{
  gboolean on;
  double since, since_cpu; /* when the context last had something to do */
  double longest, longest_cpu;
  double floor, floor_cpu; /* of what is watched next; 0: none */
} watch;

double
memo_bench_now (void)
{
  return g_get_monotonic_time () / 1000.0;
}

static double
processor_now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * 1000.0 + time.tv_nsec / 1000000.0;
}

GArray *
memo_bench_times_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (double));
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return (first > second) - (first < second);
}

double
memo_bench_percentile (GArray *times, double part)
{
  g_return_val_if_fail (times->len > 0, 0);
  g_array_sort (times, compare_doubles);
  return g_array_index (times, double, (guint) ((times->len - 1) * part + 0.5));
}

void
memo_bench_check (GError *error)
{
  if (error == NULL)
    return;
  g_printerr ("%s\n", error->message);
  exit (EXIT_FAILURE);
}

const char *
memo_bench_get_cache (void)
{
  static char *folder;

  /* Libraries of hundreds of megabytes have no place where somebody happens to stand. */
  if (folder == NULL)
    folder = g_strdup (g_getenv ("MEMO_BENCH_CACHE"));
  if (folder == NULL)
    folder = g_build_filename (g_get_user_cache_dir (), "memorandum-bench", NULL);
  return folder;
}

const char *
memo_bench_get_size (void)
{
  const char *size = g_getenv ("MEMO_BENCH_SIZE");

  return size != NULL ? size : "S";
}

MemoBench *
memo_bench_new (const char *name)
{
  MemoBench *self = g_new0 (MemoBench, 1);
  g_autoptr (GError) error = NULL;
  /* Beside the cache: the folder for temporary files is in memory on some machines, where nothing is flushed. */
  g_autofree char *template = g_build_filename (memo_bench_get_cache (), "run-XXXXXX", NULL);

  alarm (TIME_LIMIT);
  setlocale (LC_ALL, "");
  g_mkdir_with_parents (memo_bench_get_cache (), 0777);
  self->name = g_strdup (name);
  self->folder = g_mkdtemp (g_steal_pointer (&template));
  if (self->folder == NULL)
    g_error ("no folder in %s", memo_bench_get_cache ());
  self->table = g_string_new (NULL);
  self->json = g_string_new (NULL);
  return self;
}

const char *
memo_bench_get_folder (MemoBench *self)
{
  return self->folder;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_folder (path);
      else
        g_remove (path);
    }
  g_rmdir (folder);
}

/* A number as JSON has it, whatever the locale. */
static void
append_number (GString *json, const char *name, double value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (json, ",\"%s\":%s", name, g_ascii_formatd (number, sizeof number, "%.4g", value));
}

void
memo_bench_report (MemoBench *self, const MemoBenchRow *row)
{
  double ratio = row->floor > 0 ? row->figure / row->floor : 0;
  double value = row->type == MEMO_LIMIT_RATIO  ? ratio
                 : row->type == MEMO_LIMIT_MORE ? row->figure - row->floor
                                                : row->figure;
  gboolean met = value <= row->limit;
  static const char *const targets[] = { "", "", " ×", " more" };
  g_autofree char *target = g_strdup_printf ("≤ %g%s", row->limit, targets[row->type]);
  g_autofree char *ratio_text = ratio > 0 ? g_strdup_printf ("%.2f", ratio) : g_strdup ("");
  g_autofree char *floor_text = row->floor > 0 ? g_strdup_printf ("%.3f", row->floor) : g_strdup ("");

  g_string_append_printf (self->table, "%3d  %-64.64s %-10s %12.3f %-3s %12s %9s  %-10s %s\n", row->row, row->what,
                          row->size, row->figure, row->unit, floor_text, ratio_text,
                          row->type != MEMO_LIMIT_NONE ? target : "",
                          row->type == MEMO_LIMIT_NONE ? ""
                          : met                        ? "met"
                                                       : "MISSED");
  g_string_append_printf (self->json, "%s{\"row\":%d,\"what\":\"%s\",\"size\":\"%s\",\"unit\":\"%s\"",
                          self->json->len > 0 ? "," : "", row->row, row->what, row->size, row->unit);
  append_number (self->json, "figure", row->figure);
  if (row->floor > 0)
    {
      append_number (self->json, "floor", row->floor);
      append_number (self->json, "ratio", ratio);
    }
  if (row->type != MEMO_LIMIT_NONE)
    g_string_append_printf (self->json, ",\"target\":\"%s\",\"met\":%s", target, met ? "true" : "false");
  if (row->extra != NULL)
    g_string_append_printf (self->json, ",%s", row->extra);
  g_string_append_c (self->json, '}');
}

int
memo_bench_end (MemoBench *self)
{
  double load[3] = { 0 };

  if (getloadavg (load, 3) < 0)
    load[0] = -1;
  g_print ("row  %-64s %-10s %12s     %12s %9s  %-10s\n%s", "what", "size", "figure", "floor", "ratio", "target",
           self->table->str);
  g_string_prepend (self->json, "\",\"rows\":[");
  g_string_prepend (self->json, self->name);
  g_string_prepend (self->json, "{\"bench\":\"");
  g_string_append_c (self->json, ']');
  append_number (self->json, "load", load[0]);
  g_print ("%s}\n", self->json->str);
  remove_folder (self->folder);
  g_string_free (self->table, TRUE);
  g_string_free (self->json, TRUE);
  g_free (self->folder);
  g_free (self->name);
  g_free (self);
  return EXIT_SUCCESS;
}

/* The thread has been busy since it last waited. */
static void
note_busy (void)
{
  if (!watch.on)
    return;
  watch.longest = MAX (watch.longest, memo_bench_now () - watch.since);
  watch.longest_cpu = MAX (watch.longest_cpu, processor_now () - watch.since_cpu);
}

/* All that the context does happens between two calls of this. */
static int
poll_cb (GPollFD *fds, guint n, int timeout)
{
  int found;

  note_busy ();
  found = poll ((struct pollfd *) (gpointer) fds, n, timeout);
  watch.since = memo_bench_now ();
  watch.since_cpu = processor_now ();
  return found;
}

void
memo_bench_watch (void)
{
  g_main_context_set_poll_func (NULL, poll_cb);
  watch.on = TRUE;
  /* What is asked for is part of it, not only what follows from it. */
  watch.since = memo_bench_now ();
  watch.since_cpu = processor_now ();
  watch.longest = watch.longest_cpu = 0;
}

/* More wants to run than can: what the clock says is not the program's. */
static gboolean
is_loaded (void)
{
  double load = 0;

  return getloadavg (&load, 1) == 1 && load > g_get_num_processors () + 0.5;
}

void
memo_bench_watch_floor (void)
{
  note_busy ();
  watch.on = FALSE;
  watch.floor = watch.longest;
  watch.floor_cpu = watch.longest_cpu;
}

void
memo_bench_watch_end (MemoBench *self, const char *what, const char *size)
{
  char clock[G_ASCII_DTOSTR_BUF_SIZE], processor[G_ASCII_DTOSTR_BUF_SIZE];
  gboolean loaded = is_loaded ();
  g_autofree char *extra = NULL, *title = NULL;

  note_busy ();
  extra = g_strdup_printf ("\"clock\":%s,\"processor\":%s,\"judged\":\"%s\"",
                           g_ascii_formatd (clock, sizeof clock, "%.4g", watch.longest),
                           g_ascii_formatd (processor, sizeof processor, "%.4g", watch.longest_cpu),
                           loaded ? "processor" : "clock");
  title = g_strdup_printf ("busy: %s (clock %.1f, processor %.1f)", what, watch.longest, watch.longest_cpu);

  watch.on = FALSE;
  memo_bench_report (self, &(MemoBenchRow){ .row = 12,
                                            .what = title,
                                            .size = size,
                                            .unit = "ms",
                                            .figure = loaded ? watch.longest_cpu : watch.longest,
                                            .floor = loaded ? watch.floor_cpu : watch.floor,
                                            .type = MEMO_LIMIT_FIGURE,
                                            .limit = 16,
                                            .extra = extra });
  watch.floor = watch.floor_cpu = 0;
}

static char *
make_copy (MemoBench *self, const char *size)
{
  g_autofree char *name = g_strdup_printf ("%u.memorandum", ++self->copies);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  memo_generate_copy (memo_bench_get_cache (), size, 1, path, &error);
  memo_bench_check (error);
  return g_steal_pointer (&path);
}

MemoDatabase *
memo_bench_open_database (MemoBench *self, const char *size)
{
  g_autofree char *path = make_copy (self, size);
  g_autoptr (GError) error = NULL;
  MemoDatabase *database = memo_database_open (path, MEMO_OPEN_DEFAULT, &error);

  memo_bench_check (error);
  return database;
}

MemoLibrary *
memo_bench_open_library (MemoBench *self, const char *size)
{
  g_autofree char *path = make_copy (self, size);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  MemoLibrary *library;
  MemoAwait await = { 0 };

  memo_library_open_async (path, MEMO_OPEN_DEFAULT, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  library = memo_library_open_finish (result, &error);
  memo_bench_check (error);
  return library;
}

void
memo_bench_close_library (MemoLibrary *library)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  MemoAwait await = { 0 };

  memo_library_close_async (library, memo_await_cb, &await);
  result = memo_await (&await);
  memo_library_close_finish (library, result, &error);
  memo_bench_check (error);
  g_object_unref (library);
}
