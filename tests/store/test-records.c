#include "fixture.h"

#include <string.h>

/* Every table has the columns that the table of fields names, and no others. */
static void
test_columns (Fixture *fixture, gconstpointer data)
{
  for (MemoKind kind = 0; kind < MEMO_N_KINDS; kind++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) found = memo_database_scan (fixture->database, kind, 0, 10, FALSE, TRUE, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (found->len, ==, 0);
    }
}

/* Each kind with every field set comes back as it was. */
static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) problems = NULL;
  for (MemoKind kind = 0; kind < MEMO_N_KINDS; kind++)
    {
      MemoRecordBuilder *builder = memo_record_builder_new (kind, NULL);
      g_autoptr (MemoRecord) record = NULL;
      g_autoptr (MemoRecord) saved = NULL;
      MemoKind found;
      guint n;
      const MemoFieldInfo *fields = memo_kind_get_fields (kind, &n);
      g_autoptr (GError) error = NULL;

      for (guint i = 0; i < n; i++)
        {
          const char *value = NULL;

          switch (fields[i].type)
            {
            case MEMO_FIELD_INT:
              value = "42";
              break;
            case MEMO_FIELD_DATE:
              value = "2025-11-28 (28 Kasım 2025)";
              break;
            case MEMO_FIELD_TEXTS:
              value = "[\"one\",\"two \\\"2\\\"\"]";
              break;
            case MEMO_FIELD_REF:
            case MEMO_FIELD_REFS:
              value = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
              break;
            case MEMO_FIELD_JSON:
              value = g_str_equal (fields[i].name, "blocks") ? "[]" : "{\"en\":\"Health\"}";
              break;
            case MEMO_FIELD_TEXT:
            default:
              value = "Текст İ";
            }
          memo_record_builder_set_stored (builder, MEMO_FIELD (kind, i), value, &error);
          g_assert_no_error (error);
        }
      record = memo_record_builder_end (builder);
      saved = insert_record (fixture->database, g_object_ref (record));
      g_assert_true (memo_record_is_whole (saved));
      g_assert_cmpint (memo_record_get_id (saved), >, 0);
      g_assert_cmpint (memo_record_get_created (saved), >, 0);
      for (guint i = 0; i < n; i++)
        if (MEMO_FIELD (kind, i) != MEMO_ARTICLE_SHA256)
          {
            g_autofree char *before = memo_record_dup_stored (record, MEMO_FIELD (kind, i));
            g_autofree char *after = memo_record_dup_stored (saved, MEMO_FIELD (kind, i));

            g_assert_cmpstr (before, ==, after);
          }
      g_assert_true (memo_database_find_kind (fixture->database, memo_record_get_uuid (record), &found, NULL));
      g_assert_cmpint (found, ==, kind);
    }
  /* Nothing is wrong but that they hang on what is not there. */
  problems = memo_database_check (fixture->database, FALSE, NULL);
  g_assert_cmpuint (problems->len, ==, 4);
  for (guint i = 0; i < problems->len; i++)
    g_assert_nonnull (strstr (problems->pdata[i], "hangs on"));
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;
  gint64 ids[] = { 5, 7 };
  MemoKind kind = MEMO_KIND_NOTE;

  found = memo_database_read (fixture->database, MEMO_KIND_NOTE, ids, 2, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_null (found->pdata[0]);
  g_assert_false (memo_database_find_kind (fixture->database, "nobody", &kind, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (memo_database_read_original (fixture->database, "00", &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND);
}

/* Two edits that started from the same state and change different fields both stay. */
static void
test_only_changed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRecord) base =
      insert_record (fixture->database,
                     make_record (MEMO_KIND_AGREEMENT, MEMO_AGREEMENT_TITLE, "A", MEMO_AGREEMENT_SUMMARY, "S", -1));
  g_autoptr (MemoRecord) first = edit_record (base, MEMO_AGREEMENT_TITLE, "B");
  g_autoptr (MemoRecord) second = edit_record (base, MEMO_AGREEMENT_SUMMARY, NULL);
  g_autoptr (MemoRecord) now = NULL;
  g_autoptr (MemoRecord) stranger = make_record (MEMO_KIND_AGREEMENT, MEMO_AGREEMENT_TITLE, "X", -1);
  g_autoptr (MemoRecord) strange = NULL;
  g_autoptr (MemoChange) bad = memo_change_new ("Edit", NULL);
  g_autoptr (GError) error = NULL;
  MemoChange *change = memo_change_new ("Edit", NULL);
  MemoNotice *nothing;

  memo_change_update (change, base, first);
  memo_change_update (change, base, second);
  memo_notice_unref (apply (fixture->database, change));
  now = read_record (fixture->database, base);
  g_assert_cmpstr (memo_record_get_text (now, MEMO_AGREEMENT_TITLE), ==, "B");
  g_assert_null (memo_record_get_text (now, MEMO_AGREEMENT_SUMMARY));
  g_assert_cmpint (memo_record_get_modified (now), >=, memo_record_get_modified (base));
  /* Nothing differs: no action at all. */
  change = memo_change_new ("Edit", NULL);
  memo_change_update (change, now, now);
  nothing = apply (fixture->database, change);
  g_assert_null (nothing);
  strange = edit_record (stranger, MEMO_AGREEMENT_TITLE, "Y");
  memo_change_update (bad, stranger, strange);
  g_assert_false (memo_database_apply (fixture->database, bad, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND);
}

static void
test_trash (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRecord) note =
      insert_record (fixture->database, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "A", -1));
  g_autoptr (GPtrArray) live = NULL;
  g_autoptr (GPtrArray) trash = NULL;
  g_autoptr (MemoRecord) now = NULL;
  MemoChange *change = memo_change_new ("Delete", NULL);

  memo_change_trash (change, note);
  memo_notice_unref (apply (fixture->database, change));
  live = memo_database_scan (fixture->database, MEMO_KIND_NOTE, 0, 10, FALSE, FALSE, NULL);
  trash = memo_database_scan (fixture->database, MEMO_KIND_NOTE, 0, 10, TRUE, FALSE, NULL);
  g_assert_cmpuint (live->len, ==, 0);
  g_assert_cmpuint (trash->len, ==, 1);
  g_assert_cmpint (memo_record_get_deleted (trash->pdata[0]), >, 0);
  change = memo_change_new ("Restore", NULL);
  memo_change_restore (change, note);
  memo_notice_unref (apply (fixture->database, change));
  now = read_record (fixture->database, note);
  g_assert_cmpint (memo_record_get_deleted (now), ==, 0);
}

static void
test_article (Fixture *fixture, gconstpointer data)
{
  static const char html[] = "<p>The original.</p>";
  g_autoptr (GBytes) bytes = g_bytes_new_static (html, sizeof html - 1);
  g_autoptr (MemoOriginal) original = NULL;
  g_autoptr (GBytes) back = NULL;
  g_autoptr (MemoRecord) article = make_record (MEMO_KIND_ARTICLE, MEMO_ARTICLE_TITLE, "A", MEMO_ARTICLE_TEXT, "Body.",
                                                MEMO_ARTICLE_BLOCKS, "[]", MEMO_ARTICLE_LANGUAGE, "tr", -1);
  g_autoptr (MemoRecord) saved = NULL;
  g_autoptr (MemoRecord) edited = NULL;
  g_autoptr (MemoRecord) light = NULL;
  g_autoptr (GPtrArray) some = NULL;
  g_autoptr (MemoRecord) renamed = NULL;
  g_autoptr (MemoRecord) now = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "Body.", -1);
  g_autofree char *other = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "Other.", -1);
  MemoChange *change = memo_change_new ("Import", NULL);

  original = memo_original_new (bytes);
  memo_change_insert_article (change, article, original);
  memo_notice_unref (apply (fixture->database, change));
  saved = read_record (fixture->database, article);
  g_assert_cmpstr (memo_record_get_text (saved, MEMO_ARTICLE_SHA256), ==, sum);
  back = memo_database_read_original (fixture->database, memo_record_get_text (saved, MEMO_ARTICLE_ORIGINAL), &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, back));
  edited = edit_record (saved, MEMO_ARTICLE_TEXT, "Other.");
  change = memo_change_new ("Update", NULL);
  memo_change_update (change, saved, edited);
  memo_notice_unref (apply (fixture->database, change));
  /* A light copy does not lose the text. */
  rows = memo_database_scan (fixture->database, MEMO_KIND_ARTICLE, 0, 1, FALSE, FALSE, &error);
  g_assert_no_error (error);
  light = g_object_ref (rows->pdata[0]);
  g_assert_false (memo_record_is_whole (light));
  g_assert_null (memo_record_get_text (light, MEMO_ARTICLE_TEXT));
  /* One that has less is read the same way. */
  some = memo_database_scan_fields (fixture->database, MEMO_KIND_ARTICLE,
                                    MEMO_FIELD_BIT (MEMO_ARTICLE_LANGUAGE) | MEMO_FIELD_BIT (MEMO_ARTICLE_TEXT), 0, 10,
                                    &error);
  g_assert_no_error (error);
  g_assert_cmpuint (some->len, ==, 1);
  g_assert_false (memo_record_is_whole (some->pdata[0]));
  g_assert_null (memo_record_get_text (some->pdata[0], MEMO_ARTICLE_TITLE));
  g_assert_null (memo_record_get_text (some->pdata[0], MEMO_ARTICLE_TEXT));
  g_assert_cmpstr (memo_record_get_text (some->pdata[0], MEMO_ARTICLE_LANGUAGE), ==, "tr");
  g_assert_cmpint (memo_record_get_id (some->pdata[0]), ==, memo_record_get_id (saved));
  renamed = edit_record (light, MEMO_ARTICLE_TITLE, "B");
  change = memo_change_new ("Rename", NULL);
  memo_change_update (change, light, renamed);
  memo_notice_unref (apply (fixture->database, change));
  now = read_record (fixture->database, article);
  g_assert_cmpstr (memo_record_get_title (now), ==, "B");
  g_assert_cmpstr (memo_record_get_text (now, MEMO_ARTICLE_TEXT), ==, "Other.");
  g_assert_cmpstr (memo_record_get_text (now, MEMO_ARTICLE_SHA256), ==, other);
  assert_clean (fixture->database);
}

/* Whatever can be packed and what cannot comes back byte for byte. */
static void
test_originals (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (int i = 0; i < 6; i++)
    {
      gsize size = (gsize[]){ 0, 1, 513, 100000, 100000, 3000000 }[i];
      guint8 *raw = g_malloc (size + 1);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (MemoOriginal) original = NULL;
      g_autoptr (GBytes) back = NULL;
      g_autoptr (MemoRecord) article = make_record (MEMO_KIND_ARTICLE, MEMO_ARTICLE_TITLE, "A", -1);
      g_autoptr (MemoRecord) saved = NULL;
      g_autoptr (GError) error = NULL;
      MemoChange *change = memo_change_new ("Import", NULL);

      for (gsize k = 0; k < size; k++)
        raw[k] = i == 4 ? g_rand_int (rand) : k / 100;
      bytes = g_bytes_new_take (raw, size);
      original = memo_original_new (bytes);
      memo_change_insert_article (change, article, original);
      memo_notice_unref (apply (fixture->database, change));
      saved = read_record (fixture->database, article);
      back =
          memo_database_read_original (fixture->database, memo_record_get_text (saved, MEMO_ARTICLE_ORIGINAL), &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (bytes, back));
    }
  assert_clean (fixture->database);
}

static void
test_where (Fixture *fixture, gconstpointer data)
{
  static const char article[] = "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
                    party[] = "5f2504e0-4f89-41d3-9a0c-0305e82c3301";
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) meetings = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 3; i++)
    g_object_unref (insert_record (fixture->database, make_record (MEMO_KIND_ANNOTATION, MEMO_ANNOTATION_ARTICLE,
                                                                   i < 2 ? article : party, -1)));
  g_object_unref (insert_record (fixture->database,
                                 make_record (MEMO_KIND_EVENT, MEMO_EVENT_TITLE, "M", MEMO_EVENT_PARTIES, party, -1)));
  found = memo_database_read_where (fixture->database, MEMO_ANNOTATION_ARTICLE, article, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
  meetings = memo_database_read_where (fixture->database, MEMO_EVENT_PARTIES, party, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (meetings->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add_test ("/store/records/columns", test_columns);
  fixture_add_test ("/store/records/round-trip", test_round_trip);
  fixture_add_test ("/store/records/missing", test_missing);
  fixture_add_test ("/store/records/only-changed", test_only_changed);
  fixture_add_test ("/store/records/trash", test_trash);
  fixture_add_test ("/store/records/article", test_article);
  fixture_add_test ("/store/records/originals", test_originals);
  fixture_add_test ("/store/records/where", test_where);
  return g_test_run ();
}
