/* Rows 7 and 5 of a library on disk: a list of a million agreements is opened and jumps to random places. The floor reads the
 * same rows by their ids with plain SQL. */
#include "memo-bench.h"

#include "model/memo-record-list.h"
#include "store/memo-sql.h"

#define SCREEN 40
#define JUMPS 100

static void
loaded_cb (GObject *row, GParamSpec *pspec, gpointer data)
{
  guint *left = data;

  (*left)--;
}

/* Until all rows of a screen have their records. */
static double
jump (GListModel *list, guint position, gint64 *ids)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  double start = memo_bench_now (), took;
  guint left = 0;

  for (guint i = 0; i < SCREEN; i++)
    {
      MemoRow *row = g_list_model_get_item (list, position + i);

      ids[i] = memo_row_get_id (row);
      g_ptr_array_add (rows, row);
      if (memo_row_get_record (row) == NULL)
        {
          left++;
          g_signal_connect (row, "notify::record", G_CALLBACK (loaded_cb), &left);
        }
    }
  while (left > 0)
    g_main_context_iteration (NULL, TRUE);
  took = memo_bench_now () - start;
  for (guint i = 0; i < rows->len; i++)
    g_signal_handlers_disconnect_by_func (rows->pdata[i], loaded_cb, &left);
  return took;
}

static double
read_rows (sqlite3_stmt *statement, const gint64 *ids)
{
  double start = memo_bench_now ();

  for (guint i = 0; i < SCREEN; i++)
    {
      sqlite3_bind_int64 (statement, 1, ids[i]);
      g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
      for (int k = 0; k < sqlite3_column_count (statement); k++)
        sqlite3_column_text (statement, k);
      sqlite3_reset (statement);
    }
  return memo_bench_now () - start;
}

static void
measure (MemoBench *bench, const char *size, const char *name)
{
  MemoLibrary *library = memo_bench_open_library (bench, size);
  g_autoptr (GArray) opens = memo_bench_times_new ();
  g_autoptr (GArray) jumps = memo_bench_times_new ();
  g_autoptr (GArray) floors = memo_bench_times_new ();
  g_autoptr (MemoFilter) filter = memo_filter_new ();
  g_autoptr (MemoSelection) selection = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (MemoRecordList) list = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *extra = NULL;
  MemoAwait await = { 0 };
  MemoDraw draw = memo_draw_new (1, 100, 0);
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  gint64 shown[SCREEN];

  memo_library_select_async (library, filter, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  selection = memo_library_select_finish (library, result, &error);
  memo_bench_check (error);
  ids = memo_selection_get_ids (selection, MEMO_KIND_AGREEMENT, MEMO_SORT_TITLE, FALSE);
  if (memo_sql_open (memo_library_get_path (library), SQLITE_OPEN_READONLY, &db) != SQLITE_OK ||
      sqlite3_prepare_v2 (db, "SELECT * FROM agreement WHERE id = ?", -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));

  memo_bench_watch ();
  for (guint i = 0; i < 5; i++)
    {
      double start = memo_bench_now ();

      g_clear_object (&list);
      list = memo_record_list_new (library, MEMO_KIND_AGREEMENT);
      memo_record_list_set_ids (list, ids);
      jump (G_LIST_MODEL (list), 0, shown);
      memo_bench_add (opens, memo_bench_now () - start);
    }
  for (guint i = 0; i < JUMPS; i++)
    {
      memo_bench_add (jumps, jump (G_LIST_MODEL (list), memo_draw (&draw, ids->len - SCREEN), shown));
      memo_bench_add (floors, read_rows (statement, shown));
    }
  memo_bench_watch_end (bench, "list, open and jump", name);
  extra = g_strdup_printf ("\"p99\":%.3f", memo_bench_percentile (jumps, 0.99));
  memo_bench_report (bench, &(MemoBenchRow){ .row = 7,
                                             .what = "list: open, first rows there",
                                             .size = name,
                                             .unit = "ms",
                                             .figure = memo_bench_percentile (opens, 0.5),
                                             .type = MEMO_LIMIT_FIGURE,
                                             .limit = 16 });
  memo_bench_report (bench, &(MemoBenchRow){ .row = 7,
                                             .what = "list: jump to a random row, all rows there",
                                             .size = name,
                                             .unit = "ms",
                                             .figure = memo_bench_percentile (jumps, 0.5),
                                             .floor = memo_bench_percentile (floors, 0.5),
                                             .type = MEMO_LIMIT_FIGURE,
                                             .limit = 16,
                                             .extra = extra });
  memo_bench_report (bench, &(MemoBenchRow){ .row = 7,
                                             .what = "list: jump, the slowest of a hundred",
                                             .size = name,
                                             .unit = "ms",
                                             .figure = memo_bench_percentile (jumps, 1),
                                             .floor = memo_bench_percentile (floors, 1),
                                             .type = MEMO_LIMIT_FIGURE,
                                             .limit = 16 });
  sqlite3_finalize (statement);
  sqlite3_close (db);
  g_clear_object (&list);
  memo_bench_close_library (library);
}

int
main (int argc, char **argv)
{
  MemoBench *bench = memo_bench_new ("list");

  measure (bench, "0,0,100000,0", "100,000");
  measure (bench, "0,0,1000000,0", "1,000,000");
  return memo_bench_end (bench);
}
