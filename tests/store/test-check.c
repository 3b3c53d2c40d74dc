#include "fixture.h"

#include <string.h>
#include "store/memo-salvage.h"
#include "store/memo-sql.h"

static GPtrArray *
check (Fixture *fixture, gboolean repair)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *problems = memo_database_check (fixture->database, repair, &error);

  g_assert_no_error (error);
  return problems;
}

static MemoRecord *
add_article (Fixture *fixture, const char *title)
{
  g_autoptr (GBytes) bytes = g_bytes_new (title, strlen (title));
  g_autoptr (MemoOriginal) original = NULL;
  MemoRecord *article = make_record (MEMO_KIND_ARTICLE, MEMO_ARTICLE_TITLE, title, MEMO_ARTICLE_PUBLISHED, "2025",
                                     MEMO_ARTICLE_TEXT, "Words.", -1);
  MemoChange *change = memo_change_new ("Import", NULL);

  original = memo_original_new (bytes);
  memo_change_insert_article (change, article, original);
  memo_notice_unref (apply (fixture->database, change));
  return article;
}

/* Triggers of the library do not run here, so the index does not follow. */
static void
test_index (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRecord) article = add_article (fixture, "First");
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) repaired = NULL;
  g_autoptr (GPtrArray) hits = NULL;

  assert_clean (fixture->database);
  run_sql (fixture->path, "PRAGMA writable_schema = ON; DELETE FROM article_words_data WHERE id > 100");
  fixture_reopen (fixture);
  before = check (fixture, FALSE);
  g_assert_cmpuint (before->len, ==, 1);
  g_assert_nonnull (strstr (before->pdata[0], "article"));
  repaired = check (fixture, TRUE);
  g_assert_cmpuint (repaired->len, ==, 0);
  assert_clean (fixture->database);
  hits = memo_database_search (fixture->database, "first", FALSE, 10, NULL);
  g_assert_cmpuint (hits->len, ==, 1);
}

/* Each problem names the record. */
static void
test_values (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRecord) article = add_article (fixture, "First");
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GPtrArray) light = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "First", -1);
  const char *uuids[] = { memo_record_get_uuid (article), NULL };

  run_sql (fixture->path, "UPDATE article SET sha256 = 'x', published = 'yesterday'; UPDATE original SET data = 'x'");
  problems = check (fixture, TRUE);
  g_assert_cmpuint (problems->len, ==, 3);
  g_assert_nonnull (strstr (problems->pdata[0], memo_record_get_uuid (article)));
  g_assert_nonnull (strstr (problems->pdata[1], "First"));
  g_assert_nonnull (strstr (problems->pdata[2], memo_record_get_uuid (article)));
  read = memo_database_read_uuids (fixture->database, MEMO_KIND_ARTICLE, uuids, TRUE, &error);
  g_assert_null (read);
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_CORRUPT);
  g_clear_error (&error);
  /* The list still shows it. */
  light = memo_database_read_uuids (fixture->database, MEMO_KIND_ARTICLE, uuids, FALSE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (light->pdata[0]);
  bytes = memo_database_read_original (fixture->database, sum, &error);
  g_assert_null (bytes);
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_CORRUPT);
}

/* What is no UTF-8 any more is read as far as it goes, and not one byte further. */
static void
test_letters (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRecord) note =
      insert_record (fixture->database,
                     make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "Harbour", MEMO_NOTE_TEXT, "Harbour", -1));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (MemoRecord) now = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  MemoHit *hit;

  g_assert_true (memo_sql_exec (fixture->database,
                                "UPDATE note SET title = CAST (x'486172626f757220f0' AS TEXT), "
                                "text = CAST (x'486172626f7572ff20f4' AS TEXT)",
                                &error));
  hits = memo_database_search (fixture->database, "harbour", FALSE, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, ==, 1);
  hit = hits->pdata[0];
  g_assert_cmpstr (hit->title, ==, "Harbour \xef\xbf\xbd");
  g_assert_true (g_utf8_validate (hit->snippet, -1, NULL));
  problems = check (fixture, FALSE);
  g_assert_cmpuint (problems->len, ==, 2);
  g_assert_nonnull (strstr (problems->pdata[0], memo_record_get_uuid (note)));
  now = read_record (fixture->database, note);
  g_assert_cmpstr (memo_record_get_text (now, MEMO_NOTE_TEXT), ==, "Harbour\xef\xbf\xbd \xef\xbf\xbd");
}

/* Nothing is dropped: what hangs on nothing goes into the trash. */
static void
test_ties (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRecord) article = add_article (fixture, "First");
  g_autoptr (MemoRecord) tied =
      insert_record (fixture->database,
                     make_record (MEMO_KIND_ANNOTATION, MEMO_ANNOTATION_ARTICLE, memo_record_get_uuid (article),
                                  MEMO_ANNOTATION_EXACT, "Words", -1));
  g_autoptr (MemoRecord) loose =
      insert_record (fixture->database, make_record (MEMO_KIND_EVIDENCE, MEMO_EVIDENCE_ANNOTATION,
                                                     memo_record_get_uuid (tied), MEMO_EVIDENCE_RECORD, "nobody", -1));
  g_autoptr (GPtrArray) problems = check (fixture, FALSE);
  g_autoptr (GPtrArray) repaired = NULL;
  g_autoptr (MemoRecord) now = NULL;

  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_nonnull (strstr (problems->pdata[0], memo_record_get_uuid (loose)));
  repaired = check (fixture, TRUE);
  g_assert_cmpuint (repaired->len, ==, 0);
  now = read_record (fixture->database, loose);
  g_assert_cmpint (memo_record_get_deleted (now), !=, 0);
  g_assert_true (memo_database_undo (fixture->database, NULL, NULL, NULL));
  g_clear_object (&now);
  now = read_record (fixture->database, loose);
  g_assert_cmpint (memo_record_get_deleted (now), ==, 0);
}

/* Finds a page that is full of @word, from the end, and spoils it. */
static void
spoil (const char *path, const char *word)
{
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  for (gsize page = size - 4096; page > 4096; page -= 4096)
    if (memmem (bytes + page, 4096, word, strlen (word)) != NULL)
      {
        memset (bytes + page, 0xff, 4096);
        g_assert_true (g_file_set_contents (path, bytes, size, NULL));
        return;
      }
  g_assert_not_reached ();
}

/* A page of the notes is gone: the file is not opened, and all other notes are saved. */
static void
test_salvage (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRecord) article = add_article (fixture, "First");
  MemoChange *change = memo_change_new ("Add", NULL);
  g_autofree char *saved = NULL;
  g_autofree char *before = NULL, *after = NULL;
  gsize length, again;
  guint records = 0, lost = 0;
  gint64 n;
  MemoDatabase *database;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GBytes) original = NULL;
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "First", -1);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *title = g_strdup_printf ("Zebra%u on its own way across the page of a table", i);
      g_autoptr (MemoRecord) note = make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, title, -1);

      memo_change_insert (change, note);
    }
  memo_notice_unref (apply (fixture->database, change));
  g_assert_true (memo_database_clear_history (fixture->database, NULL));
  g_clear_pointer (&fixture->database, memo_database_close);
  run_sql (fixture->path, "INSERT INTO earlier (record, field, value, time, origin, merged)"
                          " VALUES ('r', 'title', 'Older', 5, 'other', 6);"
                          "INSERT INTO edit (record, field, time) VALUES ('r', 'title', 7); VACUUM");
  spoil (fixture->path, "Zebra150 on");
  g_assert_true (g_file_get_contents (fixture->path, &before, &length, NULL));
  g_assert_null (memo_database_open (fixture->path, MEMO_OPEN_DEFAULT, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_CORRUPT);
  /* One line for the cause, and not SQLite's heading. */
  g_assert_null (strchr (error->message, '\n'));
  g_assert_null (strstr (error->message, "***"));
  g_clear_error (&error);
  saved = memo_store_salvage (fixture->path, &records, &lost, &error);
  g_assert_no_error (error);
  g_assert_nonnull (saved);
  /* The damaged file stays as it is. */
  g_assert_true (g_file_get_contents (fixture->path, &after, &again, NULL));
  g_assert_true (length == again && memcmp (before, after, length) == 0);
  database = memo_database_open (saved, MEMO_OPEN_DEFAULT, &error);
  g_assert_no_error (error);
  assert_clean (database);
  notes = memo_database_scan (database, MEMO_KIND_NOTE, 0, 1000, FALSE, TRUE, &error);
  g_test_message ("%u of 300 notes, %u records lost", notes->len, lost);
  g_assert_cmpuint (notes->len, >=, 250);
  g_assert_cmpuint (notes->len, <, 300);
  g_assert_cmpuint (records, ==, notes->len + 1);
  g_assert_cmpuint (lost, ==, 300 - notes->len);
  original = memo_database_read_original (database, sum, &error);
  g_assert_no_error (error);
  g_assert_true (
      memo_sql_int (database, "SELECT count(*) FROM earlier WHERE value = 'Older' AND time = 5", &n, &error));
  g_assert_cmpint (n, ==, 1);
  g_assert_true (memo_sql_int (database, "SELECT count(*) FROM edit WHERE record = 'r' AND time = 7", &n, &error));
  g_assert_cmpint (n, ==, 1);
  memo_database_close (database);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add_test ("/store/check/index", test_index);
  fixture_add_test ("/store/check/values", test_values);
  fixture_add_test ("/store/check/letters", test_letters);
  fixture_add_test ("/store/check/ties", test_ties);
  fixture_add_test ("/store/check/salvage", test_salvage);
  return g_test_run ();
}
