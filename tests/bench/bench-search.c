/* As-you-type search: every prefix of words in three languages, the first 50 hits with snippets, beside the bare FTS5 statement for
 * the same prefix on the same texts. Prints one JSON object.
 * bench-search --cache FOLDER [--size S] [--seed N] [--words 1000] [--slow MS] */
#include <sqlite3.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "memo-generate.h"
#include "model/memo-library.h"

static double
now (void)
{
  return g_get_monotonic_time () / 1000.0;
}

/* Of all threads of this process: what the machine does besides does not count. */
static double
now_busy (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec * 1000.0 + time.tv_nsec / 1e6;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return first < second ? -1 : first > second;
}

static double
quantile (GArray *sorted, double part)
{
  return g_array_index (sorted, double, MIN (sorted->len - 1, (guint) (sorted->len * part)));
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
time_floor (sqlite3 *db, const char *prefix, double *ret_busy)
{
  g_autofree char *expression = g_strdup_printf ("\"%s\" *", prefix);
  double start = now (), busy = now_busy ();
  sqlite3_stmt *statement;

  sqlite3_prepare_v2 (db, "SELECT rowid, snippet (w, 1, '', '', '', 20) FROM w WHERE w MATCH ? ORDER BY rank LIMIT 50",
                      -1, &statement, NULL);
  sqlite3_bind_text (statement, 1, expression, -1, SQLITE_STATIC);
  while (sqlite3_step (statement) == SQLITE_ROW)
    ;
  sqlite3_finalize (statement);
  *ret_busy = now_busy () - busy;
  return now () - start;
}

static double
time_search (MemoLibrary *library, const char *prefix, guint *ret_hits, double *ret_busy)
{
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  double start = now (), busy = now_busy ();

  memo_library_search_async (library, prefix, TRUE, NULL, 50, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  hits = memo_library_search_finish (library, result, NULL);
  g_assert_nonnull (hits);
  *ret_hits = hits->len;
  *ret_busy = now_busy () - busy;
  return now () - start;
}

static void
print_length (GArray *times, GArray *lengths, guint length)
{
  g_autoptr (GArray) some = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < times->len; i++)
    if (g_array_index (lengths, guint, i) == length)
      g_array_append_val (some, g_array_index (times, double, i));
  if (some->len == 0)
    return;
  g_array_sort (some, compare_doubles);
  g_print ("    {\"letters\": %u, \"n\": %u, \"p50_ms\": %.3f, \"p99_ms\": %.3f, \"max_ms\": %.3f},\n", length,
           some->len, quantile (some, 0.5), quantile (some, 0.99), quantile (some, 1));
}

static void
print_ratio (const char *name, GArray *mine, GArray *bare)
{
  g_array_sort (mine, compare_doubles);
  g_array_sort (bare, compare_doubles);
  g_print (
      "  \"%s\": {\"p50_ms\": %.3f, \"p99_ms\": %.3f, \"max_ms\": %.3f, \"floor_p50_ms\": %.3f, \"floor_p99_ms\": %.3f,"
      " \"ratio_p50\": %.2f},\n",
      name, quantile (mine, 0.5), quantile (mine, 0.99), quantile (mine, 1), quantile (bare, 0.5),
      quantile (bare, 0.99), quantile (mine, 0.5) / quantile (bare, 0.5));
}

int
main (int argc, char **argv)
{
  g_autofree char *cache = NULL;
  g_autofree char *size = NULL;
  int seed = 1, n_words = 1000, slow = 0;
  const GOptionEntry entries[] = {
    { "cache", 0, 0, G_OPTION_ARG_FILENAME, &cache, "Where made-up libraries are kept", "FOLDER" },
    { "size", 0, 0, G_OPTION_ARG_STRING, &size, "S, L, or a number of articles", "SIZE" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "Which library of that size", "N" },
    { "words", 0, 0, G_OPTION_ARG_INT, &n_words, "Words to type", "N" },
    { "slow", 0, 0, G_OPTION_ARG_INT, &slow, "Name what takes longer", "MS" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autoptr (MemoVocabulary) vocabulary = memo_vocabulary_new ();
  g_autoptr (GHashTable) floors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GArray) mine = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) bare = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) mine_busy = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) bare_busy = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) lengths = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GAsyncResult) result = NULL;
  MemoLibrary *library;
  MemoAwait await = { 0 };
  MemoDraw draw = memo_draw_new (77, 0, 0);
  sqlite3 *floor;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || cache == NULL)
    {
      g_printerr ("%s", error != NULL ? error->message : g_option_context_get_help (context, TRUE, NULL));
      return EXIT_FAILURE;
    }
  path = memo_generate_cached (cache, size != NULL ? size : "S", seed, &error);
  if (path == NULL)
    g_error ("%s", error->message);
  floor = open_floor (path);
  memo_library_open_async (path, MEMO_OPEN_READ_ONLY, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  library = memo_library_open_finish (result, &error);
  if (library == NULL)
    g_error ("%s", error->message);

  for (int i = 0; i < n_words; i++)
    {
      const char *word = memo_vocabulary_draw (vocabulary, i % MEMO_N_WORDS, &draw);
      guint length = 0;

      for (const char *end = word; *end != '\0';)
        {
          g_autofree char *prefix = NULL;
          double *known, took, busy;
          guint hits;

          end = g_utf8_next_char (end);
          length++;
          prefix = g_strndup (word, end - word);
          took = time_search (library, prefix, &hits, &busy);
          if (slow > 0 && busy > slow)
            g_printerr ("%s: %.1f ms, %u hits\n", prefix, busy, hits);
          known = g_hash_table_lookup (floors, prefix);
          if (known == NULL)
            {
              known = g_new (double, 2);
              known[0] = time_floor (floor, prefix, &known[1]);
              g_hash_table_insert (floors, g_strdup (prefix), known);
            }
          g_array_append_val (mine, took);
          g_array_append_val (bare, known[0]);
          g_array_append_val (mine_busy, busy);
          g_array_append_val (bare_busy, known[1]);
          g_array_append_val (lengths, length);
        }
    }
  g_print ("{\"row\": 3, \"what\": \"as-you-type search\", \"size\": \"%s\", \"words\": %d, \"prefixes\": %u,\n  "
           "\"letters\": [\n",
           size != NULL ? size : "S", n_words, mine->len);
  for (guint length = 1; length < 12; length++)
    print_length (mine_busy, lengths, length);
  g_print ("    {}],\n");
  print_ratio ("clock", mine, bare);
  print_ratio ("processor", mine_busy, bare_busy);
  g_print ("  \"reach\": \"p99 <= 16 ms, ratio_p50 <= 1.5\"}\n");
  sqlite3_close (floor);
  memset (&await, 0, sizeof await);
  memo_library_close_async (library, memo_await_cb, &await);
  g_object_unref (memo_await (&await));
  g_object_unref (library);
  return 0;
}
