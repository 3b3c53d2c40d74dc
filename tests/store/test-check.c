#include "fixture.h"

#include <string.h>

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
  MemoRecord *article = make_record (MEMO_KIND_ARTICLE, MEMO_ARTICLE_TITLE, title, MEMO_ARTICLE_PUBLISHED, "2025",
                                     MEMO_ARTICLE_TEXT, "Words.", -1);
  MemoChange *change = memo_change_new ("Import", NULL);

  memo_change_insert_article (change, article, bytes);
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add_test ("/store/check/index", test_index);
  fixture_add_test ("/store/check/values", test_values);
  return g_test_run ();
}
