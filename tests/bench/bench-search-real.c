/* Search in real text: a folder of HTML pages in English, Turkish and Russian (the pages of the Debian packages
 * libreoffice-help-en-us, -tr and -ru) is imported; sixty words are typed letter by letter, each has to find an inflected form; then
 * the same while pages are imported in this process, and in another one. Prints one JSON object.
 * bench-search-real FOLDER CLI [--library FILE] [--meanwhile 1000] [--rounds 3] */
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memo-text.h"
#include "import/memo-import.h"

static const char *const words[3][21] = {
  { "document", "table",     "function",  "cell",  "button",  "image",  "column",
    "formula",  "select",    "style",     "field", "window",  "option", "value",
    "number",   "character", "paragraph", "print", "command", "export", NULL },
  { "belge",   "tablo",   "hücre", "sayfa", "işlev",    "düğme",    "sütun", "satır", "metin", "biçim", "alan",
    "pencere", "seçenek", "değer", "sayı",  "karakter", "paragraf", "komut", "dosya", "resim", NULL },
  { "документ", "таблица", "ячейка",      "страница", "функция", "кнопка",   "столбец",
    "строка",   "текст",   "изображение", "стиль",    "поле",    "параметр", "значение",
    "число",    "символ",  "абзац",       "команда",  "файл",    "окно",     NULL },
};

static double
now (void)
{
  return g_get_monotonic_time () / 1000.0;
}

/* Of this thread's process: what the machine does besides does not count. */
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
list_pages (const char *folder, GPtrArray *files)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        continue;
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        list_pages (path, files);
      else if (g_str_has_suffix (name, ".html"))
        g_ptr_array_add (files, g_file_new_for_path (path));
    }
}

static GPtrArray *
search (MemoLibrary *library, const char *text, gboolean typing, guint limit)
{
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *hits;

  memo_library_search_async (library, text, typing, NULL, limit, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  hits = memo_library_search_finish (library, result, &error);
  if (hits == NULL)
    g_error ("%s", error->message);
  return hits;
}

/* Whether something is found by another form of the word. */
static gboolean
finds_inflected (MemoLibrary *library, const char *word)
{
  g_autoptr (GPtrArray) hits = search (library, word, FALSE, 2000);
  g_autofree char *key = memo_text_key (word);

  for (guint i = 0; i < hits->len; i++)
    {
      MemoHit *hit = hits->pdata[i];
      const char *start = hit->snippet != NULL ? strchr (hit->snippet, '\2') : NULL;

      for (; start != NULL; start = strchr (start + 1, '\2'))
        {
          const char *end = strchr (start, '\3');
          g_autofree char *found = g_strndup (start + 1, end != NULL ? end - start - 1 : 0);
          g_autofree char *found_key = memo_text_key (found);

          if (hit->kind == MEMO_KIND_ARTICLE && strcmp (found_key, key) != 0)
            return TRUE;
        }
    }
  return FALSE;
}

typedef struct
{
  const char *name;
  GArray *clock, *busy; /* each key stroke */
  double worst_p99;     /* of one word */
  const char *worst;
} Typed;

/* Types every word @rounds times, as long as @go_on (nullable) is TRUE. */
static void
type_words (MemoLibrary *library, guint rounds, const gboolean *go_on, Typed *typed)
{
  typed->clock = g_array_new (FALSE, FALSE, sizeof (double));
  typed->busy = g_array_new (FALSE, FALSE, sizeof (double));
  typed->worst_p99 = 0;
  for (guint i = 0; i < 60 && (go_on == NULL || *go_on); i++)
    {
      const char *word = words[i % 3][i / 3];
      g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (double));

      for (guint round = 0; round < rounds; round++)
        for (const char *end = word; *end != '\0';)
          {
            g_autofree char *prefix = NULL;
            g_autoptr (GPtrArray) hits = NULL;
            double start, busy;

            end = g_utf8_next_char (end);
            prefix = g_strndup (word, end - word);
            start = now ();
            busy = now_busy ();
            hits = search (library, prefix, TRUE, 50);
            start = now () - start;
            busy = now_busy () - busy;
            g_array_append_val (typed->clock, start);
            g_array_append_val (typed->busy, busy);
            g_array_append_val (own, start);
          }
      g_array_sort (own, compare_doubles);
      if (quantile (own, 0.99) > typed->worst_p99)
        {
          typed->worst_p99 = quantile (own, 0.99);
          typed->worst = word;
        }
    }
  g_array_sort (typed->clock, compare_doubles);
  g_array_sort (typed->busy, compare_doubles);
}

static void
print_typed (const Typed *typed)
{
  g_print (
      "  \"%s\": {\"strokes\": %u, \"p50_ms\": %.2f, \"p99_ms\": %.2f, \"max_ms\": %.2f, \"processor_p50_ms\": %.2f, "
      "\"processor_p99_ms\": %.2f, \"worst_word\": \"%s\", \"its_p99_ms\": %.2f},\n",
      typed->name, typed->clock->len, quantile (typed->clock, 0.5), quantile (typed->clock, 0.99),
      quantile (typed->clock, 1), quantile (typed->busy, 0.5), quantile (typed->busy, 0.99), typed->worst,
      typed->worst_p99);
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GPtrArray) results = memo_import_files_finish (MEMO_LIBRARY (source), result, NULL);

  *(gboolean *) data = FALSE;
}

static void
exited_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  *(gboolean *) data = FALSE;
}

/* Pages that the library does not have yet: others with a line more. */
static GPtrArray *
copy_pages (GPtrArray *pages, guint n, const char *folder, const char *line)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n && i < pages->len; i++)
    {
      GFile *page = pages->pdata[i * (pages->len / MIN (n, pages->len))];
      g_autofree char *text = NULL;
      g_autofree char *path = g_strdup_printf ("%s/%s-%u.html", folder, line, i);
      g_autoptr (GString) copy = NULL;

      if (!g_file_load_contents (page, NULL, &text, NULL, NULL, NULL))
        continue;
      copy = g_string_new (text);
      g_string_append_printf (copy, "<p>%s %u</p>", line, i);
      g_file_set_contents (path, copy->str, copy->len, NULL);
      g_ptr_array_add (copies, g_file_new_for_path (path));
    }
  return copies;
}

static void
remove_files (GPtrArray *files)
{
  for (guint i = 0; i < files->len; i++)
    g_file_delete (files->pdata[i], NULL, NULL);
}

static double
import_all (MemoLibrary *library, GPtrArray *files)
{
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  MemoImportOptions options = { NULL };
  double start = now ();

  memo_import_files_async (library, files, &options, NULL, NULL, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  results = memo_import_files_finish (library, result, &error);
  if (results == NULL)
    g_error ("%s", error->message);
  return now () - start;
}

int
main (int argc, char **argv)
{
  g_autofree char *kept = NULL;
  int meanwhile = 1000, rounds = 3;
  const GOptionEntry entries[] = {
    { "library", 0, 0, G_OPTION_ARG_FILENAME, &kept, "The library to make, or the one that was made", "FILE" },
    { "meanwhile", 0, 0, G_OPTION_ARG_INT, &meanwhile, "Pages imported while somebody types", "N" },
    { "rounds", 0, 0, G_OPTION_ARG_INT, &rounds, "How often each word is typed", "N" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("FOLDER CLI");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) missing = g_ptr_array_new ();
  g_autoptr (GPtrArray) here = NULL;
  g_autoptr (GPtrArray) there = NULL;
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  MemoLibrary *library;
  MemoImportOptions options = { NULL };
  MemoAwait await = { 0 };
  Typed alone = { "alone" }, same = { "import_in_this_process" }, other = { "import_in_another_process" };
  gboolean going = TRUE;
  double took = 0;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc < 3)
    {
      g_printerr ("%s", error != NULL ? error->message : g_option_context_get_help (context, TRUE, NULL));
      return EXIT_FAILURE;
    }
  list_pages (argv[1], pages);
  if (pages->len == 0)
    {
      g_print ("{\"skipped\": \"no pages in %s\"}\n", argv[1]);
      return EXIT_SUCCESS;
    }
  folder = g_dir_make_tmp ("memo-real-XXXXXX", NULL);
  path = kept != NULL ? g_strdup (kept) : g_build_filename (folder, "help.memorandum", NULL);
  memo_library_open_async (path, MEMO_OPEN_CREATE, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  library = memo_library_open_finish (result, &error);
  if (library == NULL)
    g_error ("%s", error->message);
  if (memo_index_get_n (memo_library_get_index (library), MEMO_KIND_ARTICLE) == 0)
    took = import_all (library, pages);
  g_print ("{\"pages\": %u, \"articles\": %u, \"import_ms\": %.0f,\n", pages->len,
           memo_index_get_n (memo_library_get_index (library), MEMO_KIND_ARTICLE), took);

  for (guint i = 0; i < 60; i++)
    if (!finds_inflected (library, words[i % 3][i / 3]))
      g_ptr_array_add (missing, (char *) words[i % 3][i / 3]);
  g_print ("  \"words\": 60, \"find_inflected\": %u, \"do_not\": [", 60 - missing->len);
  for (guint i = 0; i < missing->len; i++)
    g_print ("%s\"%s\"", i > 0 ? ", " : "", (char *) missing->pdata[i]);
  g_print ("],\n");

  type_words (library, rounds, NULL, &alone);
  print_typed (&alone);
  here = copy_pages (pages, meanwhile, folder, "here");
  memo_import_files_async (library, here, &options, NULL, NULL, NULL, imported_cb, &going);
  type_words (library, rounds, &going, &same);
  print_typed (&same);
  g_print ("  \"imported_while_typing_here\": %s,\n", going ? "\"still going\"" : "\"ended before\"");
  while (going)
    g_main_context_iteration (NULL, TRUE);
  there = copy_pages (pages, meanwhile, folder, "there");
  g_ptr_array_add (arguments, argv[2]);
  g_ptr_array_add (arguments, (char *) "--library");
  g_ptr_array_add (arguments, path);
  g_ptr_array_add (arguments, (char *) "import");
  for (guint i = 0; i < there->len; i++)
    g_ptr_array_add (arguments, (char *) g_file_peek_path (there->pdata[i]));
  g_ptr_array_add (arguments, NULL);
  process = g_subprocess_newv ((const char *const *) arguments->pdata, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
  if (process == NULL)
    g_error ("%s", error->message);
  going = TRUE;
  g_subprocess_wait_async (process, NULL, exited_cb, &going);
  type_words (library, rounds, &going, &other);
  print_typed (&other);
  g_print ("  \"imported_while_typing_there\": %s,\n", going ? "\"still going\"" : "\"ended before\"");
  while (going)
    g_main_context_iteration (NULL, TRUE);
  g_print ("  \"ratio_p99_here\": %.2f, \"ratio_p99_there\": %.2f, \"reach\": \"p99 <= 16 ms, ratios <= 2\"}\n",
           quantile (same.clock, 0.99) / quantile (alone.clock, 0.99),
           quantile (other.clock, 0.99) / quantile (alone.clock, 0.99));

  memset (&await, 0, sizeof await);
  memo_library_close_async (library, memo_await_cb, &await);
  g_object_unref (memo_await (&await));
  g_object_unref (library);
  remove_files (here);
  remove_files (there);
  if (kept == NULL)
    g_remove (path);
  g_rmdir (folder);
  return missing->len == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
