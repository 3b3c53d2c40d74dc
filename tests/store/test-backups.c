#include "fixture.h"

#include <string.h>
#include <utime.h>
#include "store/memo-backup.h"
#include "store/memo-backups.h"
#include "store/memo-trash.h"

#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define DAY (24 * HOUR)

static gint64
at (const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static guint
count_kept (const gint64 *times, guint n, gint64 now)
{
  g_autofree gboolean *keep = g_new (gboolean, n);
  guint kept = 0;

  memo_backups_choose (times, n, now, keep);
  for (guint i = 0; i < n; i++)
    kept += keep[i];
  return kept;
}

static void
test_choose_edges (void)
{
  gint64 now = at ("2026-11-21T12:00:00Z");
  gint64 times[] = { at ("2026-11-20T23:59:59Z"), at ("2026-11-20T00:00:00Z"), at ("2026-11-21T00:00:00Z"),
                     at ("2028-01-01T00:00:00Z"), at ("2028-01-01T00:00:01Z"), at ("1969-12-31T23:00:00Z"),
                     at ("1969-12-31T22:00:00Z") };
  gboolean keep[G_N_ELEMENTS (times)];

  memo_backups_choose (NULL, 0, now, NULL);
  memo_backups_choose (times, 1, now, keep);
  g_assert_true (keep[0]);
  memo_backups_choose (times, G_N_ELEMENTS (times), now, keep);
  g_assert_true (keep[0]);  /* the newest of its day */
  g_assert_false (keep[1]); /* an older one of it */
  g_assert_true (keep[2]);
  g_assert_true (keep[3]); /* what is to come stays, all of it */
  g_assert_true (keep[4]);
  g_assert_true (keep[5]);
  g_assert_false (keep[6]);
  /* Only what is to come. */
  g_assert_cmpuint (count_kept (times, 3, at ("2001-01-01T00:00:00Z")), ==, 3);
}

/* One an hour for two years: 12 days, 10 weeks and 9 months, some of which are the same. */
static void
test_choose_long (void)
{
  gint64 now = at ("2026-11-21T12:00:00Z"); /* a Saturday */
  guint n = 2 * 365 * 24;
  g_autofree gint64 *times = g_new (gint64, n);
  g_autofree gboolean *keep = g_new (gboolean, n);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  static const char *const expected[] = {
    "2026-11-21 12", "2026-11-20 23", "2026-11-19 23", "2026-11-18 23", "2026-11-17 23", "2026-11-16 23",
    "2026-11-15 23", "2026-11-14 23", "2026-11-13 23", "2026-11-12 23", "2026-11-11 23", "2026-11-10 23",
    "2026-11-08 23", "2026-11-01 23", "2026-10-31 23", "2026-10-25 23", "2026-10-18 23", "2026-10-11 23",
    "2026-10-04 23", "2026-09-30 23", "2026-09-27 23", "2026-09-20 23", "2026-08-31 23", "2026-07-31 23",
    "2026-06-30 23", "2026-05-31 23", "2026-04-30 23", "2026-03-31 23",
  };

  for (guint i = 0; i < n; i++)
    times[i] = now - i * HOUR;
  memo_backups_choose (times, n, now, keep);
  for (guint i = 0; i < n; i++)
    if (keep[i])
      {
        g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (times[i] / G_USEC_PER_SEC);

        g_ptr_array_add (kept, g_date_time_format (time, "%Y-%m-%d %H"));
      }
  g_assert_cmpuint (kept->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < kept->len; i++)
    g_assert_cmpstr (kept->pdata[i], ==, expected[i]);
}

/* Thinned every day, as it is in use: nothing that is needed later is lost on the way, whatever the order. */
static void
test_choose_daily (void)
{
  gint64 start = at ("2024-01-01T10:00:00Z");
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint most = 0;
  gint64 oldest, now = start;

  for (guint day = 0; day < 3 * 365; day++)
    {
      g_autoptr (GArray) left = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autofree gboolean *keep = NULL;

      now = start + day * DAY;
      g_array_insert_val (times, day * 7 % (times->len + 1), now);
      keep = g_new (gboolean, times->len);
      memo_backups_choose ((gint64 *) (gpointer) times->data, times->len, now, keep);
      for (guint i = 0; i < times->len; i++)
        {
          gint64 time = g_array_index (times, gint64, i);

          if (time == now)
            g_assert_true (keep[i]);
          if (keep[i])
            g_array_append_val (left, time);
        }
      g_array_unref (times);
      times = g_steal_pointer (&left);
      most = MAX (most, times->len);
    }
  g_assert_cmpuint (most, <=, 12 + 10 + 9);
  g_assert_cmpuint (times->len, >=, 12 + 9);
  oldest = now;
  for (guint i = 0; i < times->len; i++)
    oldest = MIN (oldest, g_array_index (times, gint64, i));
  /* Nine months, the present one among them. */
  g_assert_cmpint ((now - oldest) / DAY, >=, 8 * 30);
  g_assert_cmpint ((now - oldest) / DAY, <=, 9 * 31);
}

/* Rarely used: days that have one count, not days of the calendar. */
static void
test_choose_rare (void)
{
  gint64 now = at ("2026-11-21T12:00:00Z");
  gint64 times[40];

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    times[i] = now - (i + 1) * 100 * DAY;
  g_assert_cmpuint (count_kept (times, G_N_ELEMENTS (times), now), ==, 12);
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  static const char *const wrong[] = { "2026-11-21.memorandum", "2026-13-21T21-47-52Z.memorandum", "x",
                                       "2026-11-21T21-47-52Z.memorandum.tmp", "2026-11-21T21:47:52Z.memorandum" };
  g_autofree char *folder = memo_backups_get_folder (fixture->path);
  g_autofree char *link = g_build_filename (fixture->folder, "link", NULL);
  g_autofree char *linked = NULL;
  g_autofree char *path = NULL;
  g_autofree char *next = NULL;
  g_autofree char *name = NULL;
  gint64 time = 0;

  g_assert_true (memo_backups_parse_name ("2026-11-21T21-47-52Z.memorandum", &time));
  g_assert_cmpint (time, ==, at ("2026-11-21T21:47:52Z"));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (memo_backups_parse_name (wrong[i], &time));
  g_assert_true (g_str_has_prefix (folder, g_get_user_data_dir ()));
  g_assert_nonnull (strstr (folder, "backups/test-"));
  g_assert_cmpint (symlink (fixture->path, link), ==, 0);
  linked = memo_backups_get_folder (link);
  g_assert_cmpstr (linked, ==, folder);
  path = memo_backups_prepare (fixture->path, time, NULL);
  name = g_path_get_basename (path);
  g_assert_cmpstr (name, ==, "2026-11-21T21-47-52Z.memorandum");
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  /* A name is never given twice. */
  next = memo_backups_prepare (fixture->path, time, NULL);
  g_assert_true (g_str_has_suffix (next, "2026-11-21T21-47-53Z.memorandum"));
  g_unlink (path);
  g_rmdir (folder);
}

static void
make_backup (Fixture *fixture, const char *time)
{
  g_autofree char *path = memo_backups_prepare (fixture->path, at (time), NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (memo_database_backup (fixture->database, path, &error));
  g_assert_no_error (error);
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = memo_backups_get_folder (fixture->path);
  g_autofree char *beside = g_strconcat (fixture->path, ".before-2", NULL);
  g_autofree char *leaving = g_build_filename (folder, "x.1234.tmp", NULL);
  g_autoptr (GPtrArray) none = memo_backups_list (fixture->path, NULL);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GPtrArray) thinned = NULL;
  g_autofree char *found = NULL;
  g_autofree char *stamp = memo_database_get_stamp (fixture->database, NULL);
  g_autofree char *changed = NULL;
  g_autofree char *copied = NULL;
  g_autoptr (GError) error = NULL;
  guint articles, annotations, agreements;
  struct utimbuf old = { 1000000000, 1000000000 };

  g_assert_cmpuint (none->len, ==, 0);
  make_backup (fixture, "2026-11-20T10:00:00Z");
  g_object_unref (
      insert_record (fixture->database, make_record (MEMO_KIND_AGREEMENT, MEMO_AGREEMENT_TITLE, "Pact", -1)));
  make_backup (fixture, "2026-11-21T10:00:00Z");
  make_backup (fixture, "2026-11-21T09:00:00Z");
  g_assert_true (g_file_set_contents (beside, "old", -1, NULL));
  g_assert_true (g_file_set_contents (leaving, "half", -1, NULL));
  g_assert_cmpint (utime (leaving, &old), ==, 0);
  g_assert_cmpint (utime (beside, &old), ==, 0);
  list = memo_backups_list (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 4);
  g_assert_cmpstr (((MemoBackup *) list->pdata[0])->name, ==, "2026-11-21T10-00-00Z.memorandum");
  g_assert_cmpint (((MemoBackup *) list->pdata[0])->time, ==, at ("2026-11-21T10:00:00Z"));
  g_assert_cmpint (((MemoBackup *) list->pdata[0])->size, >, 10000);
  g_assert_cmpint (((MemoBackup *) list->pdata[3])->reason, ==, MEMO_BACKUP_BEFORE_UPDATE);

  g_assert_true (memo_backups_count (((MemoBackup *) list->pdata[0])->path, &articles, &annotations, &agreements));
  g_assert_cmpuint (agreements, ==, 1);
  g_assert_true (memo_backups_count (((MemoBackup *) list->pdata[2])->path, &articles, &annotations, &agreements));
  g_assert_cmpuint (agreements, ==, 0);
  g_assert_false (memo_backups_count (beside, &articles, &annotations, &agreements));

  changed = memo_database_get_stamp (fixture->database, NULL);
  g_assert_cmpstr (changed, !=, stamp);
  copied = memo_backups_read_stamp (((MemoBackup *) list->pdata[0])->path);
  g_assert_cmpstr (copied, ==, changed);
  /* A reading place is no change. */
  g_assert_true (memo_database_set_state (fixture->database, "place", "12", NULL));
  g_free (stamp);
  stamp = memo_database_get_stamp (fixture->database, NULL);
  g_assert_cmpstr (stamp, ==, changed);

  found = memo_backups_find (fixture->path, "2026-11-21T09:00", &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (found, "/2026-11-21T09-00-00Z.memorandum"));
  g_free (found);
  found = memo_backups_find (fixture->path, "2026-11-21", &error);
  g_assert_true (g_str_has_suffix (found, "/2026-11-21T10-00-00Z.memorandum"));
  g_free (found);
  found = memo_backups_find (fixture->path, "yesterday", &error);
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* Those beside the library and in other folders are left alone. */
  g_assert_true (memo_backups_thin (fixture->path, at ("2026-11-22T00:00:00Z"), &error));
  g_assert_no_error (error);
  thinned = memo_backups_list (fixture->path, NULL);
  g_assert_cmpuint (thinned->len, ==, 3);
  g_assert_false (g_file_test (leaving, G_FILE_TEST_EXISTS));
  for (guint i = 0; i < 2; i++)
    g_unlink (((MemoBackup *) thinned->pdata[i])->path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* In slices, while the library is written: what is written goes into the copy, and each slice is short. */
static void
test_slices (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "copy", NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *stamp = NULL;
  g_autofree char *copied = NULL;
  MemoCopy *copy;
  gboolean done = FALSE;
  guint slices = 0;

  for (guint i = 0; i < 40000; i++)
    g_string_append_printf (text, "word%u ", i);
  for (guint i = 0; i < 20; i++)
    g_object_unref (
        insert_record (fixture->database, make_record (MEMO_KIND_ARTICLE, MEMO_ARTICLE_TEXT, text->str, -1)));
  copy = memo_database_copy (fixture->database, path, &error);
  g_assert_no_error (error);
  while (!done)
    {
      g_assert_true (memo_database_copy_step (fixture->database, copy, 0, &done, &error));
      g_assert_no_error (error);
      if (slices++ % 4 == 0 && !done)
        g_object_unref (insert_record (fixture->database, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "A", -1)));
    }
  g_assert_cmpuint (slices, >, 10);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (memo_copy_keep (copy, NULL, &error));
  g_assert_no_error (error);
  memo_copy_free (copy);
  stamp = memo_database_get_stamp (fixture->database, NULL);
  copied = memo_backups_read_stamp (path);
  g_assert_cmpstr (copied, ==, stamp);

  /* Closed half-way: nothing is left. */
  copy = memo_database_copy (fixture->database, path, &error);
  g_assert_true (memo_database_copy_step (fixture->database, copy, 0, &done, &error));
  g_assert_false (done);
  g_clear_pointer (&fixture->database, memo_database_close);
  g_assert_true (g_file_test (memo_copy_get_temporary (copy), G_FILE_TEST_EXISTS));
  memo_copy_free (copy);
  g_assert_cmpstr (copied, ==, stamp);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("memo-home-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (home, "memorandum", "backups", NULL);
  g_autofree char *parent = NULL;
  int status;

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/backups/choose/edges", test_choose_edges);
  g_test_add_func ("/store/backups/choose/long", test_choose_long);
  g_test_add_func ("/store/backups/choose/daily", test_choose_daily);
  g_test_add_func ("/store/backups/choose/rare", test_choose_rare);
  fixture_add_test ("/store/backups/names", test_names);
  fixture_add_test ("/store/backups/list", test_list);
  fixture_add_test ("/store/backups/slices", test_slices);
  status = g_test_run ();
  g_rmdir (folder);
  parent = g_path_get_dirname (folder);
  g_rmdir (parent);
  g_rmdir (home);
  return status;
}
