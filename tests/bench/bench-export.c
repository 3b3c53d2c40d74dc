/* Row 10: 100,000 annotations to CSV, Markdown and JSON, beside reading the rows that are written with plain SQL. */
#include "memo-bench.h"

#include "export/memo-export.h"
#include "store/memo-sql.h"

#define RUNS 3

static MemoSelection *
select_all (MemoLibrary *library)
{
  g_autoptr (MemoFilter) filter = memo_filter_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  MemoSelection *selection;
  MemoAwait await = { 0 };

  memo_library_select_async (library, filter, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  selection = memo_library_select_finish (library, result, &error);
  memo_bench_check (error);
  return selection;
}

static double
measure_export (MemoLibrary *library, GFile *file, const MemoExportOptions *options)
{
  g_autoptr (MemoSelection) selection = select_all (library);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  MemoAwait await = { 0 };
  double start = memo_bench_now (), took;

  memo_export_file_async (library, selection, file, options, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  memo_export_file_finish (library, result, &error);
  took = memo_bench_now () - start;
  memo_bench_check (error);
  return took;
}

/* Every column of every row, as text. */
static double
read_rows (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  double start = memo_bench_now ();
  gsize sum = 0;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  while (sqlite3_step (statement) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_count (statement); i++)
      if (sqlite3_column_text (statement, i) != NULL)
        sum += sqlite3_column_bytes (statement, i);
  sqlite3_finalize (statement);
  g_assert_cmpuint (sum, >, 0);
  return memo_bench_now () - start;
}

int
main (int argc, char **argv)
{
  MemoBench *bench = memo_bench_new ("export");
  const char *size = memo_bench_get_size ();
  MemoLibrary *library = memo_bench_open_library (bench, size);
  /* What each holds: all formats name the articles, which have to be read for the paragraphs' numbers. */
  static const struct
  {
    const char *format, *what;
    const char *sql[8];
  } formats[] = {
    { "csv",
      "export to CSV",
      { "SELECT * FROM annotation WHERE deleted = 0", "SELECT * FROM article WHERE deleted = 0" } },
    { "markdown",
      "export to Markdown",
      { "SELECT * FROM annotation WHERE deleted = 0", "SELECT * FROM article WHERE deleted = 0",
        "SELECT * FROM agreement WHERE deleted = 0", "SELECT * FROM event WHERE deleted = 0",
        "SELECT * FROM evidence WHERE deleted = 0", "SELECT * FROM follow_up WHERE deleted = 0",
        "SELECT * FROM note WHERE deleted = 0" } },
    { "json",
      "export to JSON",
      { "SELECT * FROM annotation WHERE deleted = 0", "SELECT * FROM article WHERE deleted = 0",
        "SELECT * FROM agreement WHERE deleted = 0", "SELECT * FROM event WHERE deleted = 0",
        "SELECT * FROM evidence WHERE deleted = 0", "SELECT * FROM follow_up WHERE deleted = 0",
        "SELECT * FROM note WHERE deleted = 0" } },
  };
  g_autofree char *path = g_build_filename (memo_bench_get_folder (bench), "export", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  sqlite3 *db = NULL;

  if (memo_sql_open (memo_library_get_path (library), SQLITE_OPEN_READONLY, &db) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GArray) times = memo_bench_times_new ();
      g_autoptr (GArray) floors = memo_bench_times_new ();
      MemoExportOptions options = { .format = formats[i].format, .kind = MEMO_KIND_ANNOTATION, .language = "en" };

      for (guint run = 0; run < RUNS; run++)
        {
          double floor = 0;

          for (guint k = 0; formats[i].sql[k] != NULL; k++)
            floor += read_rows (db, formats[i].sql[k]);
          memo_bench_add (floors, floor);
          if (run == 0)
            memo_bench_watch ();
          memo_bench_add (times, measure_export (library, file, &options));
          if (run == 0)
            memo_bench_watch_end (bench, formats[i].what, size);
          /* What the benchmark does for itself is not watched: to delete a hundred megabytes takes longer than a frame. */
          g_file_delete (file, NULL, NULL);
        }
      memo_bench_report (bench, &(MemoBenchRow){ .row = 10,
                                                 .what = formats[i].what,
                                                 .size = size,
                                                 .unit = "ms",
                                                 .figure = memo_bench_percentile (times, 0.5),
                                                 .floor = memo_bench_percentile (floors, 0.5),
                                                 .type = MEMO_LIMIT_RATIO,
                                                 .limit = 2 });
    }
  sqlite3_close (db);
  memo_bench_close_library (library);
  return memo_bench_end (bench);
}
