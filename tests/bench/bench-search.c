/* Row 3, as-you-type search: every prefix of words in three languages, the first 50 hits with snippets, beside the bare FTS5
 * statement for the same prefix on the same texts. In processor time of all threads: what the machine does besides does not count.
 * bench-search [--words 1000] [--slow MS] */
#include "memo-bench.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <time.h>

#define SMALL "1000"

static double
now_busy (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec * 1000.0 + time.tv_nsec / 1e6;
}

static void
exec (sqlite3 *db, const char *sql)
{
  char *message = NULL;

  if (sqlite3_exec (db, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", sql, message);
}

/* The same texts in one plain FTS5 table beside the library; made once. */
static sqlite3 *
open_floor (const char *library)
{
  g_autofree char *path = g_strconcat (library, ".floor", NULL);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  sqlite3 *db;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      char *attach = sqlite3_mprintf ("ATTACH %Q AS l", library);

      remove (part);
      sqlite3_open (part, &db);
      exec (db, "PRAGMA synchronous = OFF");
      exec (db, attach);
      sqlite3_free (attach);
      exec (db,
            "BEGIN; CREATE VIRTUAL TABLE w USING fts5 (title, text, prefix='1 2 3');"
            "INSERT INTO w SELECT title, text FROM l.article; INSERT INTO w SELECT exact, comment FROM l.annotation;"
            "INSERT INTO w SELECT title, summary FROM l.agreement; INSERT INTO w SELECT title, summary FROM l.event;"
            "COMMIT");
      sqlite3_close (db);
      g_rename (part, path);
    }
  sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL);
  exec (db, "PRAGMA cache_size = -32768");
  return db;
}

static double
time_floor (sqlite3 *db, const char *prefix)
{
  g_autofree char *expression = g_strdup_printf ("\"%s\" *", prefix);
  double start = now_busy ();
  sqlite3_stmt *statement;

  sqlite3_prepare_v2 (db, "SELECT rowid, snippet (w, 1, '', '', '', 20) FROM w WHERE w MATCH ? ORDER BY rank LIMIT 50",
                      -1, &statement, NULL);
  sqlite3_bind_text (statement, 1, expression, -1, SQLITE_STATIC);
  while (sqlite3_step (statement) == SQLITE_ROW)
    ;
  sqlite3_finalize (statement);
  return now_busy () - start;
}

static double
time_search (MemoLibrary *library, const char *prefix, double *ret_clock)
{
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GError) error = NULL;
  double start = memo_bench_now (), busy = now_busy ();

  memo_library_search_async (library, prefix, TRUE, NULL, 50, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  hits = memo_library_search_finish (library, result, &error);
  memo_bench_check (error);
  *ret_clock = memo_bench_now () - start;
  return now_busy () - busy;
}

static void
report (MemoBench *bench,
        const char *size,
        const char *what,
        double part,
        MemoLimit type,
        double limit,
        GArray *const *times)
{
  g_autofree char *extra = g_strdup_printf ("\"wall\":%.3f", memo_bench_percentile (times[2], part));

  memo_bench_report (bench, &(MemoBenchRow){ .row = 3,
                                             .what = what,
                                             .size = size,
                                             .unit = "ms",
                                             .figure = memo_bench_percentile (times[0], part),
                                             .floor = memo_bench_percentile (times[1], part),
                                             .type = type,
                                             .limit = limit,
                                             .extra = extra });
}

static void
measure (MemoBench *bench, const char *size, int n_words, int slow)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = memo_generate_cached (memo_bench_get_cache (), size, 1, &error);
  g_autoptr (MemoVocabulary) vocabulary = memo_vocabulary_new ();
  g_autoptr (GHashTable) floors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GArray) mine = memo_bench_times_new ();
  g_autoptr (GArray) bare = memo_bench_times_new ();
  g_autoptr (GArray) clocks = memo_bench_times_new ();
  g_autoptr (GArray) letters = memo_bench_times_new ();
  GArray *const all[] = { mine, bare, clocks };
  g_autoptr (GAsyncResult) result = NULL;
  MemoAwait await = { 0 };
  MemoDraw draw = memo_draw_new (77, 0, 0);
  MemoLibrary *library;
  sqlite3 *floor;

  memo_bench_check (error);
  floor = open_floor (path);
  memo_library_open_async (path, MEMO_OPEN_READ_ONLY, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  library = memo_library_open_finish (result, &error);
  memo_bench_check (error);
  for (int i = 0; i < n_words; i++)
    {
      const char *word = memo_vocabulary_draw (vocabulary, i % MEMO_N_WORDS, &draw);

      for (const char *end = word; *end != '\0';)
        {
          g_autofree char *prefix = NULL;
          double *known, took, clock;

          end = g_utf8_next_char (end);
          prefix = g_strndup (word, end - word);
          took = time_search (library, prefix, &clock);
          if (slow > 0 && took > slow)
            g_printerr ("%s: %.1f ms\n", prefix, took);
          known = g_hash_table_lookup (floors, prefix);
          if (known == NULL)
            {
              known = g_new (double, 1);
              *known = time_floor (floor, prefix);
              g_hash_table_insert (floors, g_strdup (prefix), known);
            }
          memo_bench_add (mine, took);
          memo_bench_add (bare, *known);
          memo_bench_add (clocks, clock);
          if (g_utf8_next_char (word) == end)
            memo_bench_add (letters, took);
        }
    }
  report (bench, size, "as-you-type search, median", 0.5, MEMO_LIMIT_RATIO, 1.5, all);
  report (bench, size, "as-you-type search, p99", 0.99, MEMO_LIMIT_FIGURE, 16, all);
  memo_bench_report (bench, &(MemoBenchRow){ .row = 3,
                                             .what = "as-you-type search, one letter, median",
                                             .size = size,
                                             .unit = "ms",
                                             .figure = memo_bench_percentile (letters, 0.5) });
  sqlite3_close (floor);
  memo_bench_close_library (library);
}

int
main (int argc, char **argv)
{
  MemoBench *bench = memo_bench_new ("search");
  int words = 1000, slow = 0;
  const GOptionEntry entries[] = {
    { "words", 0, 0, G_OPTION_ARG_INT, &words, "Words to type", "N" },
    { "slow", 0, 0, G_OPTION_ARG_INT, &slow, "Name what takes longer", "MS" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_parse (context, &argc, &argv, &error);
  memo_bench_check (error);
  if (!g_str_equal (memo_bench_get_size (), SMALL))
    measure (bench, SMALL, words, slow);
  measure (bench, memo_bench_get_size (), words, slow);
  return memo_bench_end (bench);
}
