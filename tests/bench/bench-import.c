/* Row 4: 5,000 HTML pages are imported with their parser's processes; the floor parses each page once in one thread, puts the same
 * texts into a plain table and builds a plain index of the words. A fifth of them is imported once more while somebody writes a
 * note every now and then: how long that waits stands beside it. bench-import [PAGES] */
#include "memo-bench.h"

#include <gumbo.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/resource.h>
#include "import/memo-import.h"

#define PAGES 5000

/* Milliseconds of the processors that this process has used, in all its threads. */
static double
processor (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000.0 +
         (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000.0;
}

typedef struct
{
  GPtrArray *files; /* of GFile */
  GPtrArray *texts; /* of char */
  GPtrArray *titles;
} Pages;

static void
append_menu (GString *html, const char *name, guint n)
{
  g_string_append_printf (html, "<nav class=\"%s\"><ul>", name);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (html, "<li><a href=\"/%s/%u\">%s %u</a></li>", name, i, name, i);
  g_string_append (html, "</ul></nav>\n");
}

/* An article as sites serve it: menus, a sidebar, scripts and styles around it. */
static char *
make_page (MemoRecord *record)
{
  g_auto (GStrv) paragraphs = g_strsplit (memo_record_get_text (record, MEMO_ARTICLE_TEXT), "\n\n", -1);
  MemoDate *published = memo_record_get_date (record, MEMO_ARTICLE_PUBLISHED);
  GString *html = g_string_new (NULL);

  g_string_append_printf (html,
                          "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><title>%s | %s</title>\n"
                          "<meta name=\"author\" content=\"%s\"><meta property=\"article:published_time\" "
                          "content=\"%s\">\n<style>body { margin: 0; } nav { float: left; }</style>"
                          "<script>window.dataLayer = window.dataLayer || [];</script></head>\n<body>",
                          memo_record_get_text (record, MEMO_ARTICLE_LANGUAGE), memo_record_get_title (record),
                          memo_record_get_text (record, MEMO_ARTICLE_OUTLET),
                          memo_record_get_text (record, MEMO_ARTICLE_BYLINE), memo_date_get_edtf (published));
  append_menu (html, "menu", 25);
  g_string_append_printf (html, "<main><article><h1>%s</h1>\n", memo_record_get_title (record));
  for (guint i = 0; paragraphs[i] != NULL; i++)
    g_string_append_printf (html, "<p>%s</p>\n", paragraphs[i]);
  g_string_append (html, "</article></main>\n<aside><h3>Most read</h3>");
  append_menu (html, "related", 15);
  append_menu (html, "footer", 20);
  g_string_append (html, "</aside></body></html>\n");
  return g_string_free (html, FALSE);
}

static void
write_pages (MemoBench *bench, Pages *pages, guint n)
{
  MemoGenerateSize size = { .articles = n };
  g_autoptr (MemoGenerate) generate = memo_generate_new (&size, 3);

  pages->files = g_ptr_array_new_with_free_func (g_object_unref);
  pages->texts = g_ptr_array_new_with_free_func (g_free);
  pages->titles = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MemoRecord) record = memo_generate_record (generate, MEMO_KIND_ARTICLE, i);
      g_autofree char *name = g_strdup_printf ("page-%05u.html", i);
      g_autofree char *path = g_build_filename (memo_bench_get_folder (bench), name, NULL);
      g_autofree char *html = make_page (record);
      g_autoptr (GError) error = NULL;

      g_file_set_contents_full (path, html, -1, G_FILE_SET_CONTENTS_NONE, 0666, &error);
      memo_bench_check (error);
      g_ptr_array_add (pages->files, g_file_new_for_path (path));
      g_ptr_array_add (pages->texts, g_strdup (memo_record_get_text (record, MEMO_ARTICLE_TEXT)));
      g_ptr_array_add (pages->titles, g_strdup (memo_record_get_title (record)));
    }
}

static double
measure_parse (Pages *pages)
{
  double start = memo_bench_now ();

  for (guint i = 0; i < pages->files->len; i++)
    {
      g_autofree char *html = NULL;
      gsize length;

      if (!g_file_load_contents (pages->files->pdata[i], NULL, &html, &length, NULL, NULL))
        g_error ("page %u", i);
      gumbo_destroy_output (&kGumboDefaultOptions, gumbo_parse_with_options (&kGumboDefaultOptions, html, length));
    }
  return memo_bench_now () - start;
}

static void
exec (sqlite3 *db, const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
}

static double
measure_insert (MemoBench *bench, Pages *pages)
{
  g_autofree char *path = g_build_filename (memo_bench_get_folder (bench), "plain.db", NULL);
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  double start;

  sqlite3_open (path, &db);
  exec (db,
        "PRAGMA synchronous=FULL; PRAGMA cache_size=-32768; CREATE TABLE a (id INTEGER PRIMARY KEY, title TEXT, text "
        "TEXT); CREATE VIRTUAL TABLE w USING fts5 (title, text, content='a', content_rowid='id', prefix='1 2 3')");
  start = memo_bench_now ();
  exec (db, "BEGIN IMMEDIATE");
  sqlite3_prepare_v2 (db, "INSERT INTO a (title, text) VALUES (?, ?)", -1, &statement, NULL);
  for (guint i = 0; i < pages->texts->len; i++)
    {
      sqlite3_bind_text (statement, 1, pages->titles->pdata[i], -1, SQLITE_STATIC);
      sqlite3_bind_text (statement, 2, pages->texts->pdata[i], -1, SQLITE_STATIC);
      sqlite3_step (statement);
      sqlite3_reset (statement);
    }
  sqlite3_finalize (statement);
  exec (db, "INSERT INTO w (w) VALUES ('rebuild')");
  exec (db, "COMMIT");
  sqlite3_close (db);
  return memo_bench_now () - start;
}

static MemoLibrary *
open_library (MemoBench *bench, const char *name)
{
  g_autofree char *path = g_build_filename (memo_bench_get_folder (bench), name, NULL);
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GError) error = NULL;
  MemoAwait await = { 0 };
  MemoLibrary *library;

  memo_library_open_async (path, MEMO_OPEN_CREATE, NULL, memo_await_cb, &await);
  opened = memo_await (&await);
  library = memo_library_open_finish (opened, &error);
  memo_bench_check (error);
  return library;
}

static void
import (MemoLibrary *library, GPtrArray *files)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  MemoImportOptions options = { 0 };
  MemoAwait await = { 0 };

  memo_import_files_async (library, files, &options, NULL, NULL, NULL, memo_await_cb, &await);
  done = memo_await (&await);
  results = memo_import_files_finish (library, done, &error);
  memo_bench_check (error);
  for (guint i = 0; i < results->len; i++)
    memo_bench_check (((MemoImportResult *) results->pdata[i])->error);
}

static double
measure_import (MemoBench *bench, Pages *pages)
{
  MemoLibrary *library = open_library (bench, "import.memorandum");
  double start, took;

  memo_bench_watch ();
  start = memo_bench_now ();
  import (library, pages->files);
  took = memo_bench_now () - start;
  memo_bench_watch_end (bench, "import of HTML pages", "5,000");
  memo_bench_close_library (library);
  return took;
}

/* Somebody who writes notes meanwhile. */
typedef struct
{
  MemoLibrary *library;
  GArray *times;
  double since; /* 0: nothing is being saved */
} Writer;

static void
written_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  Writer *writer = data;
  g_autoptr (GError) error = NULL;

  memo_library_apply_finish (writer->library, result, &error);
  memo_bench_check (error);
  memo_bench_add (writer->times, memo_bench_now () - writer->since);
  writer->since = 0;
}

static gboolean
write_cb (gpointer data)
{
  Writer *writer = data;
  g_autoptr (MemoChange) change = memo_change_new ("Add note", NULL);
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_NOTE, NULL);
  g_autoptr (MemoRecord) note = NULL;

  memo_record_builder_set_text (builder, MEMO_NOTE_TITLE, "Meanwhile");
  note = memo_record_builder_end (builder);
  memo_change_insert (change, note);
  if (writer->since == 0)
    {
      writer->since = memo_bench_now ();
      memo_library_apply_async (writer->library, change, NULL, written_cb, writer);
    }
  return G_SOURCE_CONTINUE;
}

/* How long each of them waits until it is on disk. (transfer full) */
static GArray *
measure_writer (MemoBench *bench, Pages *pages)
{
  Writer writer = { open_library (bench, "meanwhile.memorandum"), memo_bench_times_new (), 0 };
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  guint timer;

  for (guint i = 0; i < pages->files->len; i += 5)
    g_ptr_array_add (files, pages->files->pdata[i]);
  timer = g_timeout_add (150, write_cb, &writer);
  import (writer.library, files);
  g_source_remove (timer);
  while (writer.since != 0)
    g_main_context_iteration (NULL, TRUE);
  memo_bench_close_library (writer.library);
  return writer.times;
}

int
main (int argc, char **argv)
{
  MemoBench *bench = memo_bench_new ("import");
  guint n = argc > 1 ? (guint) atoi (argv[1]) : PAGES;
  g_autofree char *size = g_strdup_printf ("%u", n);
  g_autofree char *extra = NULL;
  g_autoptr (GArray) waits = NULL;
  Pages pages;
  double parse, insert, took, used;

  write_pages (bench, &pages, n);
  parse = measure_parse (&pages);
  insert = measure_insert (bench, &pages);
  used = processor ();
  took = measure_import (bench, &pages);
  /* Of this process: that of the parser's processes is not in it. */
  used = processor () - used;
  waits = measure_writer (bench, &pages);
  extra = g_strdup_printf ("\"parse\":%.1f,\"insert\":%.1f,\"processor\":%.1f,\"note\":%.1f,\"note_longest\":%.1f",
                           parse, insert, used, memo_bench_percentile (waits, 0.5), memo_bench_percentile (waits, 1));
  memo_bench_report (bench, &(MemoBenchRow){ .row = 4,
                                             .what = "import of HTML pages",
                                             .size = size,
                                             .unit = "ms",
                                             .figure = took,
                                             .floor = parse + insert,
                                             .type = MEMO_LIMIT_RATIO,
                                             .limit = 1.5,
                                             .extra = extra });
  g_ptr_array_unref (pages.files);
  g_ptr_array_unref (pages.texts);
  g_ptr_array_unref (pages.titles);
  return memo_bench_end (bench);
}
