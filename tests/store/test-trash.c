#include "fixture.h"

#include <string.h>
#include "store/memo-trash.h"

#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

static void
trash (Fixture *fixture, MemoRecord *first, MemoRecord *second)
{
  MemoChange *change = memo_change_new ("Trash", NULL);

  memo_change_trash (change, first);
  if (second != NULL)
    memo_change_trash (change, second);
  memo_notice_unref (apply (fixture->database, change));
}

static MemoRecord *
add (Fixture *fixture, MemoRecord *record)
{
  return insert_record (fixture->database, record);
}

static gboolean
is_live (Fixture *fixture, MemoRecord *record)
{
  g_autoptr (MemoRecord) now = read_record (fixture->database, record);

  return now != NULL && memo_record_get_deleted (now) == 0;
}

static gboolean
is_gone (Fixture *fixture, MemoRecord *record)
{
  g_autoptr (MemoRecord) now = read_record (fixture->database, record);

  return now == NULL;
}

/* Runs a sweep to its end; returns the records removed. */
static guint
sweep_with (Fixture *fixture, MemoSweep *taken, guint *ret_originals)
{
  g_autoptr (MemoSweep) sweep = taken;
  gboolean done = FALSE;

  for (guint slices = 0; !done; slices++)
    {
      g_autoptr (MemoNotice) notice = NULL;
      g_autoptr (GError) error = NULL;

      memo_database_sweep (fixture->database, sweep, 0, &done, &notice, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (slices, <, 10000);
    }
  if (ret_originals != NULL)
    *ret_originals = memo_sweep_get_originals (sweep);
  return memo_sweep_get_removed (sweep);
}

static guint
sweep_at (Fixture *fixture, gint64 now)
{
  return sweep_with (fixture, memo_sweep_new (now), NULL);
}

static void
restore (Fixture *fixture, MemoRecord *record)
{
  const char *uuids[] = { memo_record_get_uuid (record), NULL };
  g_autoptr (GError) error = NULL;
  MemoChange *change = memo_database_restore_trashed (fixture->database, uuids, &error);

  g_assert_no_error (error);
  memo_notice_unref (apply (fixture->database, change));
}

/* An agreement with a step of its history and evidence for it, from an annotation of an article. */
typedef struct
{
  MemoRecord *article, *annotation, *agreement, *step, *evidence;
} Web;

static void
web_init (Fixture *fixture, Web *web)
{
  web->article =
      add (fixture, make_record (MEMO_KIND_ARTICLE, MEMO_ARTICLE_TITLE, "News", MEMO_ARTICLE_TEXT, "Words of it.", -1));
  web->annotation =
      add (fixture, make_record (MEMO_KIND_ANNOTATION, MEMO_ANNOTATION_ARTICLE, memo_record_get_uuid (web->article),
                                 MEMO_ANNOTATION_EXACT, "Words", -1));
  web->agreement = add (fixture, make_record (MEMO_KIND_AGREEMENT, MEMO_AGREEMENT_TITLE, "Pact", -1));
  web->step = add (fixture, make_record (MEMO_KIND_FOLLOW_UP, MEMO_FOLLOW_UP_AGREEMENT,
                                         memo_record_get_uuid (web->agreement), MEMO_FOLLOW_UP_STATUS, "signed", -1));
  web->evidence = add (fixture, make_record (MEMO_KIND_EVIDENCE, MEMO_EVIDENCE_RECORD, memo_record_get_uuid (web->step),
                                             MEMO_EVIDENCE_ANNOTATION, memo_record_get_uuid (web->annotation), -1));
}

static void
web_clear (Web *web)
{
  g_object_unref (web->article);
  g_object_unref (web->annotation);
  g_object_unref (web->agreement);
  g_object_unref (web->step);
  g_object_unref (web->evidence);
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRecord) note = add (fixture, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "A", -1));
  g_autoptr (MemoRecord) party = add (fixture, make_record (MEMO_KIND_PARTY, MEMO_PARTY_NAME, "B", -1));
  g_autoptr (GPtrArray) before = memo_database_read_trash (fixture->database, NULL);
  g_autoptr (GPtrArray) after = NULL;

  g_assert_cmpuint (before->len, ==, 0);
  trash (fixture, note, NULL);
  trash (fixture, party, NULL);
  after = memo_database_read_trash (fixture->database, NULL);
  g_assert_cmpuint (after->len, ==, 2);
  g_assert_cmpstr (memo_record_get_title (after->pdata[0]), ==, "B");
  g_assert_cmpstr (memo_record_get_title (after->pdata[1]), ==, "A");
}

static void
test_restore (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRecord) other = add (fixture, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "A", -1));
  g_autoptr (GError) error = NULL;
  Web web;
  const char *uuids[] = { memo_record_get_uuid (other), NULL };
  const char *wrong[] = { "nobody", NULL };

  web_init (fixture, &web);
  /* With what went with it, and nothing that went at another time. */
  trash (fixture, web.evidence, NULL);
  trash (fixture, web.annotation, web.article);
  restore (fixture, web.article);
  g_assert_true (is_live (fixture, web.article));
  g_assert_true (is_live (fixture, web.annotation));
  g_assert_false (is_live (fixture, web.evidence));
  /* One action. */
  g_assert_true (memo_database_undo (fixture->database, NULL, NULL, NULL));
  g_assert_false (is_live (fixture, web.article));
  g_assert_false (is_live (fixture, web.annotation));
  /* A part brings back what it hangs on. */
  trash (fixture, web.agreement, web.step);
  restore (fixture, web.evidence);
  g_assert_true (is_live (fixture, web.evidence));
  g_assert_true (is_live (fixture, web.annotation));
  g_assert_true (is_live (fixture, web.article));
  g_assert_true (is_live (fixture, web.step));
  g_assert_true (is_live (fixture, web.agreement));
  assert_clean (fixture->database);

  g_assert_null (memo_database_restore_trashed (fixture->database, uuids, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (memo_database_restore_trashed (fixture->database, wrong, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND);
  web_clear (&web);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRecord) kept = add (fixture, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "Kept", -1));
  g_autoptr (MemoRecord) note = add (fixture, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "Gone", -1));
  g_autoptr (GError) error = NULL;
  const char *live[] = { memo_record_get_uuid (kept), "nobody", NULL };
  const char *one[] = { memo_record_get_uuid (note), NULL };
  Web web;

  web_init (fixture, &web);
  trash (fixture, web.article, NULL);
  trash (fixture, note, NULL);
  /* What is in use stays, whoever asks. */
  g_assert_cmpuint (sweep_with (fixture, memo_sweep_new_emptying (live), NULL), ==, 0);
  g_assert_true (is_live (fixture, kept));
  g_assert_cmpuint (sweep_with (fixture, memo_sweep_new_emptying (one), NULL), ==, 1);
  g_assert_true (is_gone (fixture, note));
  g_assert_false (is_gone (fixture, web.article));
  g_assert_cmpuint (sweep_with (fixture, memo_sweep_new_emptying (NULL), NULL), ==, 1);
  g_assert_true (is_gone (fixture, web.article));
  g_assert_true (is_gone (fixture, web.annotation));
  g_assert_true (is_gone (fixture, web.evidence));
  g_assert_true (is_live (fixture, web.agreement));
  g_assert_true (is_live (fixture, web.step));
  g_assert_true (is_live (fixture, kept));
  /* Steps pass over what is gone for good, so that those before them can be undone. */
  g_assert_true (memo_database_undo (fixture->database, NULL, NULL, &error));
  g_assert_true (memo_database_undo (fixture->database, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (is_gone (fixture, note));
  g_assert_true (is_gone (fixture, web.article));
  g_assert_true (is_live (fixture, kept));
  while (memo_database_undo (fixture->database, NULL, NULL, &error))
    ;
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND);
  g_assert_true (is_gone (fixture, kept));
  assert_clean (fixture->database);
  web_clear (&web);
}

/* As the library's time goes when it is used every few days. */
static guint
live_on (Fixture *fixture, gint64 from, int days)
{
  guint removed = 0;

  for (int day = 4; day < days; day += 4)
    removed += sweep_at (fixture, from + day * DAY);
  return removed + sweep_at (fixture, from + days * DAY);
}

/* Thirty days; steps of an agreement and their evidence go with it. */
static void
test_thirty_days (Fixture *fixture, gconstpointer data)
{
  gint64 now = g_get_real_time ();
  g_autoptr (MemoRecord) young = NULL;
  Web web;

  web_init (fixture, &web);
  trash (fixture, web.agreement, NULL);
  g_assert_cmpuint (sweep_at (fixture, g_get_real_time ()), ==, 0);
  g_assert_cmpuint (live_on (fixture, now, 29), ==, 0);
  g_assert_false (is_gone (fixture, web.agreement));
  g_assert_cmpuint (sweep_at (fixture, now + 31 * DAY), ==, 1);
  g_assert_true (is_gone (fixture, web.agreement));
  g_assert_true (is_gone (fixture, web.step));
  g_assert_true (is_gone (fixture, web.evidence));
  g_assert_true (is_live (fixture, web.annotation));
  assert_clean (fixture->database);
  web_clear (&web);
}

/* Whatever the clock does, nothing goes early. */
static void
test_clock (Fixture *fixture, gconstpointer data)
{
  gint64 now = g_get_real_time (), ahead = now + 730 * DAY;
  g_autoptr (MemoRecord) note = add (fixture, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "A", -1));
  g_autoptr (MemoRecord) other = add (fixture, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "B", -1));
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autofree char *sql = NULL;

  trash (fixture, note, NULL);
  now = g_get_real_time ();
  g_assert_cmpuint (sweep_at (fixture, now), ==, 0);
  for (int i = 0; i < 200; i++)
    g_assert_cmpuint (sweep_at (fixture, now + g_rand_int_range (random, -730, 730) * DAY), ==, 0);
  /* Ahead for some days, then put right. */
  g_assert_cmpuint (live_on (fixture, now, 6), ==, 0);
  g_assert_cmpuint (live_on (fixture, ahead, 6), ==, 0);
  g_assert_cmpuint (sweep_at (fixture, now + 7 * DAY), ==, 0);
  /* Before the last action nothing is removed at all. */
  g_assert_cmpuint (sweep_at (fixture, now - DAY), ==, 0);
  /* Into the trash with a clock that is behind: the time of the last action counts. */
  g_assert_cmpuint (live_on (fixture, now, 20), ==, 0);
  sql = g_strdup_printf ("UPDATE history SET time = %" G_GINT64_FORMAT, now + 20 * DAY);
  run_sql (fixture->path, sql);
  trash (fixture, other, NULL);
  g_assert_cmpuint (live_on (fixture, now + 20 * DAY, 20), ==, 1);
  g_assert_true (is_gone (fixture, note));
  g_assert_false (is_gone (fixture, other));
  /* A long absence is believed after a week. */
  g_assert_cmpuint (sweep_at (fixture, ahead), ==, 0);
  g_assert_cmpuint (sweep_at (fixture, ahead + 3 * DAY), ==, 0);
  g_assert_cmpuint (sweep_at (fixture, ahead + 6 * DAY), ==, 0);
  g_assert_cmpuint (sweep_at (fixture, ahead + 8 * DAY), ==, 1);
  g_assert_true (is_gone (fixture, other));
}

static guint
count_originals (Fixture *fixture)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  guint n;

  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT count(*) FROM original", -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  n = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return n;
}

static MemoRecord *
add_with_original (Fixture *fixture, const char *words)
{
  g_autoptr (GBytes) bytes = g_bytes_new (words, strlen (words));
  g_autoptr (MemoOriginal) original = NULL;
  MemoRecord *article = make_record (MEMO_KIND_ARTICLE, MEMO_ARTICLE_TITLE, words, MEMO_ARTICLE_TEXT, words, -1);
  MemoChange *change = memo_change_new ("Import", NULL);

  original = memo_original_new (bytes);
  memo_change_insert_article (change, article, original);
  memo_notice_unref (apply (fixture->database, change));
  return article;
}

static void
test_originals (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRecord) kept = add_with_original (fixture, "kept");
  g_autoptr (MemoRecord) gone = add_with_original (fixture, "gone");
  g_autoptr (MemoRecord) again = NULL;
  gint64 now;
  guint originals;

  trash (fixture, gone, NULL);
  g_assert_cmpuint (sweep_with (fixture, memo_sweep_new_emptying (NULL), NULL), ==, 1);
  now = g_get_real_time ();
  g_assert_cmpuint (sweep_at (fixture, now), ==, 0);
  /* Steps that may need it are kept. */
  live_on (fixture, now, 30);
  sweep_with (fixture, memo_sweep_new (now + 31 * DAY), &originals);
  g_assert_cmpuint (originals, ==, 0);
  g_assert_cmpuint (count_originals (fixture), ==, 2);
  /* Needed again, by the same file. */
  again = add_with_original (fixture, "gone");
  g_assert_true (memo_database_clear_history (fixture->database, NULL));
  live_on (fixture, now + 31 * DAY, 31);
  sweep_with (fixture, memo_sweep_new (now + 63 * DAY), &originals);
  g_assert_cmpuint (originals, ==, 0);
  trash (fixture, again, NULL);
  sweep_with (fixture, memo_sweep_new_emptying (NULL), NULL);
  g_assert_true (memo_database_clear_history (fixture->database, NULL));
  sweep_with (fixture, memo_sweep_new (now + 64 * DAY), &originals);
  g_assert_cmpuint (originals, ==, 0);
  live_on (fixture, now + 64 * DAY, 30);
  sweep_with (fixture, memo_sweep_new (now + 95 * DAY), &originals);
  g_assert_cmpuint (originals, ==, 1);
  g_assert_cmpuint (count_originals (fixture), ==, 1);
  g_assert_true (is_live (fixture, kept));
  assert_clean (fixture->database);
}

/* One that a merge has set aside can be taken back. */
static void
test_set_aside (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRecord) gone = add_with_original (fixture, "gone");
  gint64 now;
  guint originals;

  run_sql (fixture->path, "INSERT INTO earlier (record, field, value, time, origin, merged)"
                          " SELECT 'another', 'original', sha256, 1, 'theirs', 1 FROM original");
  trash (fixture, gone, NULL);
  g_assert_cmpuint (sweep_with (fixture, memo_sweep_new_emptying (NULL), NULL), ==, 1);
  g_assert_true (memo_database_clear_history (fixture->database, NULL));
  now = g_get_real_time ();
  sweep_with (fixture, memo_sweep_new (now), &originals);
  live_on (fixture, now, 60);
  g_assert_cmpuint (count_originals (fixture), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add_test ("/store/trash/set-aside", test_set_aside);
  fixture_add_test ("/store/trash/list", test_list);
  fixture_add_test ("/store/trash/restore", test_restore);
  fixture_add_test ("/store/trash/empty", test_empty);
  fixture_add_test ("/store/trash/thirty-days", test_thirty_days);
  fixture_add_test ("/store/trash/clock", test_clock);
  fixture_add_test ("/store/trash/originals", test_originals);
  return g_test_run ();
}
