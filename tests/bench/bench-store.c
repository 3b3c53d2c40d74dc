/* Rows 8 and 11: a highlight until it is on disk, beside a plain transaction of the same bytes; the undo of an import, beside
 * deleting the same rows. */
#include "memo-bench.h"

#include "store/memo-sql.h"

#define HIGHLIGHTS 300
#define IMPORTED 1000
#define UNDO_RUNS 3

/* The same journal and the same pages as the store's, and nothing but the row. */
static sqlite3 *
open_plain (MemoBench *bench, const char *name, const char *synchronous)
{
  g_autofree char *file = g_strdup_printf ("%s-%s.db", synchronous, name);
  g_autofree char *path = g_build_filename (memo_bench_get_folder (bench), file, NULL);
  g_autofree char *sql = g_strdup_printf (
      "PRAGMA synchronous=%s; CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT UNIQUE NOT "
      "NULL, article TEXT, start INTEGER, end INTEGER, exact TEXT, prefix TEXT, suffix TEXT, comment "
      "TEXT, color TEXT, state TEXT)",
      synchronous);
  sqlite3 *db = NULL;

  if (sqlite3_open (path, &db) != SQLITE_OK || sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  return db;
}

static double
insert_plain (sqlite3 *db, MemoRecord *record)
{
  static const MemoField fields[] = { MEMO_ANNOTATION_ARTICLE, MEMO_ANNOTATION_EXACT,   MEMO_ANNOTATION_PREFIX,
                                      MEMO_ANNOTATION_SUFFIX,  MEMO_ANNOTATION_COMMENT, MEMO_ANNOTATION_COLOR,
                                      MEMO_ANNOTATION_STATE };
  sqlite3_stmt *statement = NULL;
  double start = memo_bench_now ();

  sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
  sqlite3_prepare_v2 (
      db,
      "INSERT INTO a (uuid, article, exact, prefix, suffix, comment, color, state, start, end) VALUES (?, "
      "?, ?, ?, ?, ?, ?, ?, ?, ?)",
      -1, &statement, NULL);
  sqlite3_bind_text (statement, 1, memo_record_get_uuid (record), -1, SQLITE_STATIC);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    sqlite3_bind_text (statement, 2 + i, memo_record_get_text (record, fields[i]), -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 9, memo_record_get_int (record, MEMO_ANNOTATION_START));
  sqlite3_bind_int64 (statement, 10, memo_record_get_int (record, MEMO_ANNOTATION_END));
  sqlite3_step (statement);
  sqlite3_finalize (statement);
  if (sqlite3_exec (db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  return memo_bench_now () - start;
}

static double
apply (MemoDatabase *database, MemoChange *change)
{
  g_autoptr (GError) error = NULL;
  double start = memo_bench_now ();

  memo_database_apply (database, change, NULL, &error);
  memo_bench_check (error);
  return memo_bench_now () - start;
}

static void
report_highlight (MemoBench *bench, const char *what, const char *size, GArray *times, GArray *floors)
{
  g_autofree char *extra = g_strdup_printf ("\"p99\":%.3f", memo_bench_percentile (times, 0.99));

  memo_bench_report (bench, &(MemoBenchRow){ .row = 8,
                                             .what = what,
                                             .size = size,
                                             .unit = "ms",
                                             .figure = memo_bench_percentile (times, 0.5),
                                             .floor = memo_bench_percentile (floors, 0.5),
                                             .type = MEMO_LIMIT_RATIO,
                                             .limit = 2,
                                             .extra = extra });
}

static void
measure_highlights (MemoBench *bench, MemoGenerate *other, const char *size)
{
  MemoDatabase *database = memo_bench_open_database (bench, size);
  sqlite3 *full = open_plain (bench, size, "FULL"), *extra = open_plain (bench, size, "EXTRA");
  g_autoptr (GArray) times = memo_bench_times_new ();
  g_autoptr (GArray) fulls = memo_bench_times_new ();
  g_autoptr (GArray) extras = memo_bench_times_new ();

  for (guint i = 0; i < HIGHLIGHTS; i++)
    {
      g_autoptr (MemoRecord) record = memo_generate_record (other, MEMO_KIND_ANNOTATION, i);
      g_autoptr (MemoChange) change = memo_change_new ("Add highlight", NULL);

      memo_change_insert (change, record);
      memo_bench_add (times, apply (database, change));
      memo_bench_add (fulls, insert_plain (full, record));
      memo_bench_add (extras, insert_plain (extra, record));
    }
  report_highlight (bench, "highlight on disk (floor: synchronous=FULL)", size, times, fulls);
  report_highlight (bench, "highlight on disk (floor: synchronous=EXTRA)", size, times, extras);
  sqlite3_close (full);
  sqlite3_close (extra);
  memo_database_close (database);
}

static gint64
last_article (MemoDatabase *database)
{
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  memo_sql_int (database, "SELECT max (id) FROM article", &id, &error);
  memo_bench_check (error);
  return id;
}

static MemoChange *
make_import (MemoGenerate *other)
{
  MemoChange *change = memo_change_new ("Import", NULL);

  for (guint i = 0; i < IMPORTED; i++)
    {
      g_autoptr (MemoRecord) record = memo_generate_record (other, MEMO_KIND_ARTICLE, i);

      memo_change_insert (change, record);
    }
  return change;
}

/* In the same file, by the same connection: what the triggers do to the search index is a part of both. */
static double
delete_rows (MemoDatabase *database, gint64 after)
{
  g_autofree char *sql =
      g_strdup_printf ("BEGIN IMMEDIATE; DELETE FROM article WHERE id > %" G_GINT64_FORMAT "; COMMIT", after);
  g_autoptr (GError) error = NULL;
  double start = memo_bench_now ();

  memo_sql_exec (database, sql, &error);
  memo_bench_check (error);
  return memo_bench_now () - start;
}

static void
measure_undo (MemoBench *bench, MemoGenerate *other, const char *size)
{
  MemoDatabase *database = memo_bench_open_database (bench, size);
  g_autoptr (MemoChange) change = make_import (other);
  g_autoptr (GArray) times = memo_bench_times_new ();
  g_autoptr (GArray) floors = memo_bench_times_new ();
  g_autoptr (GError) error = NULL;
  gint64 before = last_article (database);

  for (guint run = 0; run < UNDO_RUNS; run++)
    {
      double start;

      apply (database, change);
      memo_bench_add (floors, delete_rows (database, before));
      apply (database, change);
      start = memo_bench_now ();
      memo_database_undo (database, NULL, NULL, &error);
      memo_bench_add (times, memo_bench_now () - start);
      memo_bench_check (error);
      g_assert_cmpint (last_article (database), ==, before);
    }
  memo_bench_report (bench, &(MemoBenchRow){ .row = 11,
                                             .what = "undo of an import of 1,000 articles",
                                             .size = size,
                                             .unit = "ms",
                                             .figure = memo_bench_percentile (times, 0.5),
                                             .floor = memo_bench_percentile (floors, 0.5),
                                             .type = MEMO_LIMIT_RATIO,
                                             .limit = 2 });
  memo_database_close (database);
}

int
main (int argc, char **argv)
{
  MemoBench *bench = memo_bench_new ("store");
  MemoGenerateSize size = { .articles = IMPORTED, .annotations = IMPORTED * 10 };
  /* Another seed: records that the library does not hold yet. */
  g_autoptr (MemoGenerate) other = memo_generate_new (&size, 2);

  if (!g_str_equal (memo_bench_get_size (), "1000"))
    measure_highlights (bench, other, "1000");
  measure_highlights (bench, other, memo_bench_get_size ());
  measure_undo (bench, other, memo_bench_get_size ());
  return memo_bench_end (bench);
}
