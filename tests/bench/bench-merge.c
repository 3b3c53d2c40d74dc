/* What a merge, the times of edits and undo cost, each beside its floor in the same run. Prints one JSON object.
 * bench-merge [ARTICLES [ANNOTATIONS [AGREEMENTS]]] */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include "../store/fixture.h"
#include "store/memo-merge.h"
#include "store/memo-sql.h"

static guint32 seed = 7;

static guint32
draw (guint32 below)
{
  seed = seed * 1664525u + 1013904223u;
  return (seed >> 8) % below;
}

static char *
make_text (gsize bytes)
{
  static const char *const parts[] = { "agree", "ment", "trade", "ver", "anlaş", "ma",
                                       "sağ",   "lık",  "согла", "ше",  "ни",    "е" };
  GString *text = g_string_sized_new (bytes + 64);

  while (text->len < bytes)
    {
      for (guint i = 0, n = 1 + draw (3); i < n; i++)
        g_string_append (text, parts[draw (G_N_ELEMENTS (parts))]);
      g_string_append_printf (text, "%u%s", (guint) (draw (40) * draw (40) * draw (12)), draw (12) == 0 ? ". " : " ");
    }
  return g_string_free (text, FALSE);
}

static double
seconds_since (gint64 start)
{
  return (g_get_monotonic_time () - start) / 1e6;
}

static MemoRecord *
make_one (MemoKind kind, const char *article)
{
  g_autofree char *text = make_text (kind == MEMO_KIND_ARTICLE ? 5000 : 60);

  if (kind == MEMO_KIND_ARTICLE)
    return make_record (kind, MEMO_ARTICLE_TITLE, "An article", MEMO_ARTICLE_LANGUAGE, "en", MEMO_ARTICLE_TEXT, text,
                        -1);
  if (kind == MEMO_KIND_ANNOTATION)
    return make_record (kind, MEMO_ANNOTATION_ARTICLE, article, MEMO_ANNOTATION_EXACT, text, MEMO_ANNOTATION_START,
                        "10", MEMO_ANNOTATION_END, "70", MEMO_ANNOTATION_COLOR, "yellow", MEMO_ANNOTATION_STATE,
                        "anchored", -1);
  return make_record (kind, MEMO_AGREEMENT_TITLE, text, MEMO_AGREEMENT_SIGNED, "2025-11-28", MEMO_AGREEMENT_STATUS,
                      "signed", -1);
}

/* @n new records, a thousand in an action. */
static void
add (MemoDatabase *database, MemoKind kind, guint n, GPtrArray *records, GPtrArray *articles)
{
  for (guint done = 0; done < n;)
    {
      MemoChange *change = memo_change_new ("Import", NULL);

      for (guint i = 0; i < 1000 && done < n; i++, done++)
        {
          const char *article = articles != NULL ? memo_record_get_uuid (articles->pdata[draw (articles->len)]) : NULL;
          MemoRecord *record = make_one (kind, article);

          memo_change_insert (change, record);
          g_ptr_array_add (records, record);
        }
      memo_notice_unref (apply (database, change));
    }
}

static MemoChange *
edit_all (MemoDatabase *database, GPtrArray *records, guint n, MemoField field, const char *text)
{
  MemoChange *change = memo_change_new ("Edit", NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MemoRecord) now = read_record (database, records->pdata[i]);
      g_autoptr (MemoRecord) edited = edit_record (now, field, text);

      memo_change_update (change, now, edited);
    }
  return change;
}

static gboolean
write_steps (MemoDatabase *database, gpointer data, gint64 now, GError **error)
{
  GArray *steps = memo_change_get_steps (data);

  return memo_records_write (database, (MemoStep *) (gpointer) steps->data, steps->len, now, error);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  return (*(const double *) a > *(const double *) b) - (*(const double *) a < *(const double *) b);
}

static double
median (double *values, guint n)
{
  qsort (values, n, sizeof *values, compare_doubles);
  return values[n / 2];
}

static double
time_merge (MemoDatabase *database, const char *path, gboolean dry)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  g_autoptr (MemoMerge) merge = memo_database_merge (database, path, dry, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return seconds_since (start);
}

static double
time_walk (MemoDatabase *database, gboolean undo)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  (undo ? memo_database_undo : memo_database_redo) (database, NULL, NULL, &error);
  g_assert_no_error (error);
  return seconds_since (start);
}

/* Edits of many records, with the times of their fields and without. */
static void
bench_edits (MemoDatabase *database, GPtrArray *agreements)
{
  double with[5], without[5];
  guint n = MIN (10000, agreements->len);

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *text = g_strdup_printf ("in round %u", i);
      g_autofree char *other = g_strdup_printf ("in round %u again", i);
      MemoChange *change = edit_all (database, agreements, n, MEMO_AGREEMENT_SUMMARY, text);
      g_autoptr (GError) error = NULL;
      gint64 start = g_get_monotonic_time ();

      memo_notice_unref (apply (database, change));
      with[i] = seconds_since (start);
      change = edit_all (database, agreements, n, MEMO_AGREEMENT_SUMMARY, other);
      start = g_get_monotonic_time ();
      g_assert_true (memo_history_record (database, "Edit", NULL, FALSE, write_steps, change, NULL, &error));
      without[i] = seconds_since (start);
      memo_change_unref (change);
    }
  g_print (" \"edit_records\": %u, \"edit_with_times\": %.3f, \"edit_without_times\": %.3f,\n", n, median (with, 5),
           median (without, 5));
}

/* Undo of an import, beside deleting the same rows by one statement with the same triggers. */
static void
bench_undo (MemoDatabase *database)
{
  double undo[5], redo[5], floor[5];

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (GError) error = NULL;
      gint64 first = 0, start;
      g_autofree char *sql = NULL;

      memo_sql_int (database, "SELECT max(id) FROM article", &first, NULL);
      add (database, MEMO_KIND_ARTICLE, 1000, records, NULL);
      undo[i] = time_walk (database, TRUE);
      redo[i] = time_walk (database, FALSE);
      sql = g_strdup_printf ("BEGIN IMMEDIATE; DELETE FROM article WHERE id > %" G_GINT64_FORMAT "; COMMIT", first);
      start = g_get_monotonic_time ();
      g_assert_true (memo_sql_exec (database, sql, &error));
      floor[i] = seconds_since (start);
    }
  g_print (" \"undo_import_1000\": %.3f, \"redo_import_1000\": %.3f, \"delete_1000\": %.3f, \"undo_ratio\": %.2f,\n",
           median (undo, 5), median (redo, 5), median (floor, 5), median (undo, 5) / median (floor, 5));
}

int
main (int argc, char **argv)
{
  guint n_articles = argc > 1 ? atoi (argv[1]) : 1000, n_marks = argc > 2 ? atoi (argv[2]) : n_articles * 10,
        n_agreements = argc > 3 ? atoi (argv[3]) : n_articles * 2;
  Fixture fixture = { NULL };
  g_autoptr (GPtrArray) articles = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) marks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) agreements = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *empty_path = NULL;
  MemoDatabase *other, *empty;
  gint64 start;

  fixture_set_up (&fixture, NULL);
  start = g_get_monotonic_time ();
  add (fixture.database, MEMO_KIND_ARTICLE, n_articles, articles, NULL);
  add (fixture.database, MEMO_KIND_ANNOTATION, n_marks, marks, articles);
  add (fixture.database, MEMO_KIND_AGREEMENT, n_agreements, agreements, NULL);
  g_print ("{\"articles\": %u, \"annotations\": %u, \"agreements\": %u, \"import\": %.2f,\n", n_articles, n_marks,
           n_agreements, seconds_since (start));

  empty_path = g_build_filename (fixture.folder, "empty.memorandum", NULL);
  empty = memo_database_open (empty_path, MEMO_OPEN_CREATE, &error);
  g_print (" \"merge_look\": %.2f,", time_merge (empty, fixture.path, TRUE));
  g_print (" \"merge_into_empty\": %.2f,", time_merge (empty, fixture.path, FALSE));
  g_print (" \"merge_again\": %.2f,", time_merge (empty, fixture.path, FALSE));
  g_print (" \"merge_undo\": %.2f,\n", time_walk (empty, TRUE));
  memo_database_close (empty);

  path = g_build_filename (fixture.folder, "copy.memorandum", NULL);
  memo_database_backup (fixture.database, path, &error);
  g_assert_no_error (error);
  other = memo_database_open (path, MEMO_OPEN_DEFAULT, &error);
  memo_notice_unref (apply (fixture.database, edit_all (fixture.database, agreements, MIN (1000, agreements->len),
                                                        MEMO_AGREEMENT_SUMMARY, "ours")));
  memo_notice_unref (
      apply (other, edit_all (other, agreements, MIN (1000, agreements->len), MEMO_AGREEMENT_SUMMARY, "theirs")));
  memo_notice_unref (
      apply (other, edit_all (other, articles, MIN (1000, articles->len), MEMO_ARTICLE_TITLE, "theirs")));
  memo_database_close (other);
  g_print (" \"merge_2000_changes\": %.2f,\n", time_merge (fixture.database, path, FALSE));
  bench_edits (fixture.database, agreements);
  bench_undo (fixture.database);
  g_print (" \"done\": true}\n");
  fixture_tear_down (&fixture, NULL);
  return 0;
}
