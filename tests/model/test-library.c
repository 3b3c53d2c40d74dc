#include <glib/gstdio.h>

#include "base/memo-error.h"
#include "model/memo-library.h"
#include "model-fixture.h"

/* A library on a real file. */

static MemoRecord *
agreement_record (const char *title, const char *signed_on)
{
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_AGREEMENT, NULL);
  g_autoptr (MemoDate) date = memo_date_new (signed_on, NULL);

  memo_record_builder_set_text (builder, MEMO_AGREEMENT_TITLE, title);
  memo_record_builder_set_text (builder, MEMO_AGREEMENT_KIND, "agreement");
  memo_record_builder_set_date (builder, MEMO_AGREEMENT_SIGNED, date);
  return memo_record_builder_end (builder);
}

static MemoRecord *
article_record (const char *title, const char *text)
{
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_ARTICLE, NULL);

  memo_record_builder_set_text (builder, MEMO_ARTICLE_TITLE, title);
  memo_record_builder_set_text (builder, MEMO_ARTICLE_LANGUAGE, "en");
  memo_record_builder_set_text (builder, MEMO_ARTICLE_TEXT, text);
  return memo_record_builder_end (builder);
}

static void
count_changed_cb (MemoLibrary *library, MemoNotice *notice, gpointer data)
{
  guint *count = data;

  (*count)++;
}

static void
test_new (void)
{
  g_autofree char *path = fixture_path ("new.memorandum");
  g_autoptr (MemoLibrary) library = fixture_open (path, MEMO_OPEN_CREATE);
  MemoIndex *index = memo_library_get_index (library);
  g_autofree char *name = memo_library_dup_name (library);
  MemoRecord *russia;

  g_assert_cmpstr (name, ==, "new");
  g_assert_cmpstr (memo_library_get_path (library), ==, path);
  g_assert_false (memo_library_get_read_only (library));
  g_assert_cmpuint (memo_index_get_n (index, MEMO_KIND_SECTOR), >, 20);
  g_assert_cmpuint (memo_index_get_n (index, MEMO_KIND_PARTY), >, 200);
  russia = memo_index_find_party (index, "россия");
  g_assert_nonnull (russia);
  g_assert_true (russia == memo_index_find_party (index, "RU"));
  g_assert_false (fixture_flag (library, "can-undo"));
  g_assert_false (fixture_flag (library, "can-redo"));
  g_assert_false (fixture_flag (library, "loading"));
  fixture_close (library);
}

static void
test_open_again (void)
{
  g_autofree char *path = fixture_path ("again.memorandum");
  g_autoptr (MemoLibrary) first = fixture_open (path, MEMO_OPEN_CREATE);
  guint sectors = memo_index_get_n (memo_library_get_index (first), MEMO_KIND_SECTOR);
  g_autoptr (MemoLibrary) second = NULL;
  g_autoptr (MemoLibrary) third = NULL;

  fixture_close (first);
  second = fixture_open (path, MEMO_OPEN_CREATE);
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (second), MEMO_KIND_SECTOR), ==, sectors);
  fixture_close (second);
  third = fixture_open (path, MEMO_OPEN_READ_ONLY);
  g_assert_true (memo_library_get_read_only (third));
  memo_library_set_state (third, "place", "not kept");
  fixture_close (third);
}

static void
test_open_fails (void)
{
  g_autofree char *path = fixture_path ("text.memorandum");
  g_autofree char *missing = fixture_path ("missing.memorandum");
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "not a library", -1, NULL));
  g_assert_null (fixture_try_open (path, MEMO_OPEN_DEFAULT, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_NOT_A_LIBRARY);
  g_clear_error (&error);
  g_assert_null (fixture_try_open (missing, MEMO_OPEN_DEFAULT, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND);
}

static void
test_default_path (void)
{
  g_autofree char *path = memo_library_get_default_path ();
  g_autoptr (MemoLibrary) library = fixture_open (NULL, MEMO_OPEN_CREATE);
  g_autofree char *name = memo_library_dup_name (library);

  g_assert_true (g_str_has_suffix (path, "/memorandum/library.memorandum"));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpstr (name, ==, "My library");
  fixture_close (library);
}

static void
test_apply (void)
{
  g_autofree char *path = fixture_path ("apply.memorandum");
  g_autoptr (MemoLibrary) library = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (MemoRecord) record = agreement_record ("Joint vaccine", "2025-11-28");
  const char *uuid = memo_record_get_uuid (record);
  g_autoptr (MemoRecord) loaded = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;
  g_autofree char *undo_name = NULL;
  g_autoptr (GPtrArray) history = NULL;
  guint changes = 0;
  gint64 id;

  g_signal_connect (library, "changed", G_CALLBACK (count_changed_cb), &changes);
  fixture_insert (library, "Add agreement", record);
  g_assert_cmpuint (changes, ==, 1);
  id = memo_index_get_id (memo_library_get_index (library), MEMO_KIND_AGREEMENT, uuid);
  g_assert_cmpint (id, >, 0);
  g_assert_cmpstr (memo_index_get_uuid (memo_library_get_index (library), MEMO_KIND_AGREEMENT, id), ==, uuid);
  g_object_get (library, "undo-name", &undo_name, NULL);
  g_assert_cmpstr (undo_name, ==, "Add agreement");
  g_assert_true (fixture_flag (library, "can-undo"));

  loaded = fixture_get (library, uuid, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (memo_record_get_title (loaded), ==, "Joint vaccine");
  g_assert_null (fixture_get (library, "00000000-0000-4000-8000-000000000000", FALSE, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  undone = fixture_walk (library, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (undone, ==, "Add agreement");
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (library), MEMO_KIND_AGREEMENT), ==, 0);
  g_assert_false (fixture_flag (library, "can-undo"));
  g_assert_true (fixture_flag (library, "can-redo"));
  g_assert_null (fixture_walk (library, TRUE, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  redone = fixture_walk (library, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (redone, ==, "Add agreement");
  g_assert_cmpint (memo_index_get_id (memo_library_get_index (library), MEMO_KIND_AGREEMENT, uuid), ==, id);
  g_assert_cmpuint (changes, ==, 3);

  {
    MemoAwait await = { 0 };
    g_autoptr (GAsyncResult) result = NULL;

    memo_library_history_async (library, 10, NULL, memo_await_cb, &await);
    result = memo_await (&await);
    history = memo_library_history_finish (library, result, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (history->len, ==, 1);
  }
  fixture_close (library);
}

static void
test_many_undone (void)
{
  g_autofree char *path = fixture_path ("undone.memorandum");
  g_autoptr (MemoLibrary) library = fixture_open (path, MEMO_OPEN_CREATE);
  g_autofree char *name = NULL;

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (MemoRecord) record = agreement_record ("One of many", "2024");

      fixture_insert (library, i == 2 ? "Third" : "Other", record);
    }
  for (guint i = 0; i < 18; i++)
    {
      g_autofree char *undone = fixture_walk (library, TRUE, NULL);

      g_assert_nonnull (undone);
    }
  g_object_get (library, "redo-name", &name, NULL);
  g_assert_cmpstr (name, ==, "Third");
  g_assert_true (fixture_flag (library, "can-undo"));
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (library), MEMO_KIND_AGREEMENT), ==, 2);
  fixture_close (library);
}

static void
test_cancel (void)
{
  g_autofree char *path = fixture_path ("cancel.memorandum");
  g_autoptr (MemoLibrary) library = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (MemoRecord) record = agreement_record ("Never", "2025");
  g_autoptr (MemoChange) change = memo_change_new ("Add agreement", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  MemoAwait await = { 0 };

  memo_change_insert (change, record);
  g_cancellable_cancel (cancellable);
  memo_library_apply_async (library, change, cancellable, memo_await_cb, &await);
  result = memo_await (&await);
  g_assert_false (memo_library_apply_finish (library, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (library), MEMO_KIND_AGREEMENT), ==, 0);
  fixture_close (library);
}

static void
test_other_process (void)
{
  g_autofree char *path = fixture_path ("two.memorandum");
  g_autoptr (MemoLibrary) one = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (MemoLibrary) two = fixture_open (path, MEMO_OPEN_DEFAULT);
  g_autoptr (MemoRecord) record = agreement_record ("From elsewhere", "2025-11");
  gint64 until = patience_end (60);
  guint changes = 0;

  g_signal_connect (two, "changed", G_CALLBACK (count_changed_cb), &changes);
  fixture_insert (one, "Add agreement", record);
  while (changes == 0 && g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (changes, ==, 1);
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (two), MEMO_KIND_AGREEMENT), ==, 1);
  g_assert_true (fixture_flag (two, "can-undo"));
  fixture_close (one);
  fixture_close (two);
}

/* More than a notice can name: everything is read again before the call is over. */
static void
test_everything (void)
{
  g_autofree char *path = fixture_path ("many.memorandum");
  g_autoptr (MemoLibrary) library = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (MemoChange) change = memo_change_new ("Import", NULL);
  g_autoptr (MemoRecord) record = agreement_record ("Another", "2001");
  guint changes = 0;

  for (guint i = 0; i < 5200; i++)
    {
      g_autofree char *title = g_strdup_printf ("Agreement %u", i);
      g_autoptr (MemoRecord) one = agreement_record (title, "1999-05");

      memo_change_insert (change, one);
    }
  g_signal_connect (library, "changed", G_CALLBACK (count_changed_cb), &changes);
  fixture_apply (library, change);
  g_assert_cmpuint (changes, ==, 1);
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (library), MEMO_KIND_AGREEMENT), ==, 5200);
  fixture_insert (library, "Add agreement", record);
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (library), MEMO_KIND_AGREEMENT), ==, 5201);
  fixture_close (library);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  guint *left = data;
  g_autoptr (GError) error = NULL;

  memo_library_apply_finish (MEMO_LIBRARY (source), result, &error);
  g_assert_no_error (error);
  (*left)--;
}

/* Large changes and small ones, here and elsewhere, one upon the other: in the end the index knows them all. */
static void
test_changes_while_reading (void)
{
  g_autofree char *path = fixture_path ("busy.memorandum");
  g_autoptr (MemoLibrary) one = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (MemoLibrary) two = fixture_open (path, MEMO_OPEN_DEFAULT);
  g_autoptr (MemoRecord) last = agreement_record ("Trashed in between", "2003");
  g_autoptr (MemoChange) trash = memo_change_new ("Delete agreement", NULL);
  gint64 until = patience_end (60);
  guint expected = 0, left = 0;

  fixture_insert (one, "Add agreement", last);
  memo_change_trash (trash, last);
  for (guint round = 0; round < 6; round++)
    {
      g_autoptr (MemoChange) change = memo_change_new ("Import", NULL);
      guint n = round % 3 == 0 ? 5100 : 3;

      for (guint i = 0; i < n; i++)
        {
          g_autoptr (MemoRecord) record = agreement_record ("One of many", "1999-05");

          memo_change_insert (change, record);
        }
      expected += n;
      left++;
      memo_library_apply_async (one, change, NULL, done_cb, &left);
    }
  left++;
  memo_library_apply_async (one, trash, NULL, done_cb, &left);
  while (left > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (one), MEMO_KIND_AGREEMENT), ==, expected);
  g_assert_false (fixture_flag (one, "loading"));
  while (memo_index_get_n (memo_library_get_index (two), MEMO_KIND_AGREEMENT) != expected &&
         g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (two), MEMO_KIND_AGREEMENT), ==, expected);
  fixture_close (one);
  fixture_close (two);
}

static void
test_closed (void)
{
  g_autofree char *path = fixture_path ("closed.memorandum");
  g_autoptr (MemoLibrary) library = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (MemoRecord) record = agreement_record ("Too late", "2025");
  g_autoptr (MemoChange) change = memo_change_new ("Add agreement", NULL);
  g_autoptr (MemoFilter) filter = memo_filter_new ();
  g_autoptr (MemoFilter) worded = memo_filter_with_words (filter, "late");
  g_autoptr (GError) error = NULL;
  MemoAwait await = { 0 };
  GAsyncResult *result;

  fixture_close (library);
  memo_change_insert (change, record);
  memo_library_apply_async (library, change, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  g_assert_false (memo_library_apply_finish (library, result, &error));
  g_object_unref (result);
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (fixture_walk (library, TRUE, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (fixture_get (library, memo_record_get_uuid (record), FALSE, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);

  memo_library_select_async (library, worded, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  g_assert_null (memo_library_select_finish (library, result, &error));
  g_object_unref (result);
  g_assert_nonnull (error);
  g_clear_error (&error);
  memo_library_search_async (library, "late", TRUE, worded, 5, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  g_assert_null (memo_library_search_finish (library, result, &error));
  g_object_unref (result);
  g_assert_nonnull (error);
  g_clear_error (&error);
  memo_library_search_async (library, "late", TRUE, NULL, 5, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  g_assert_null (memo_library_search_finish (library, result, &error));
  g_object_unref (result);
  g_assert_nonnull (error);
  g_clear_error (&error);
  memo_library_check_async (library, FALSE, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  g_assert_null (memo_library_check_finish (library, result, &error));
  g_object_unref (result);
  g_assert_nonnull (error);
  memo_library_set_state (library, "place", "not kept");
  /* What was known stays readable. */
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (library), MEMO_KIND_PARTY), >, 200);
}

/* Sectors that were thrown away do not come back by themselves. */
static void
test_seeded_once (void)
{
  g_autofree char *path = fixture_path ("seeded.memorandum");
  g_autoptr (MemoLibrary) library = fixture_open (path, MEMO_OPEN_CREATE);
  GPtrArray *sectors = memo_index_get_records (memo_library_get_index (library), MEMO_KIND_SECTOR);
  g_autoptr (MemoChange) change = memo_change_new ("Delete sector", NULL);
  g_autoptr (MemoLibrary) again = NULL;

  for (guint i = 0; i < sectors->len; i++)
    memo_change_trash (change, g_ptr_array_index (sectors, i));
  fixture_apply (library, change);
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (library), MEMO_KIND_SECTOR), ==, 0);
  fixture_close (library);
  again = fixture_open (path, MEMO_OPEN_CREATE);
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (again), MEMO_KIND_SECTOR), ==, 0);
  g_assert_true (fixture_flag (again, "can-undo"));
  fixture_close (again);
}

static void
test_reading (void)
{
  g_autofree char *path = fixture_path ("reading.memorandum");
  g_autofree char *copy = fixture_path ("copy.memorandum");
  g_autoptr (MemoLibrary) library = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (MemoRecord) record = article_record ("A new chapter", "They signed 42 agreements on health.");
  g_autoptr (MemoChange) change = memo_change_new ("Import article", NULL);
  g_autoptr (GBytes) page = g_bytes_new_static ("<html>", 6);
  g_autoptr (MemoOriginal) original = memo_original_new (page);
  g_autofree char *sha = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, page);
  g_autoptr (MemoRecord) whole = NULL;
  g_autoptr (GError) error = NULL;
  MemoAwait await = { 0 };
  GAsyncResult *result;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) where = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonObject) stats = NULL;
  g_autofree char *state = NULL;
  gint64 id;

  memo_change_insert_article (change, record, original);
  fixture_apply (library, change);
  whole = fixture_get (library, memo_record_get_uuid (record), TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (memo_record_is_whole (whole));
  g_assert_cmpstr (memo_record_get_text (whole, MEMO_ARTICLE_TEXT), ==, "They signed 42 agreements on health.");

  id = memo_record_get_id (whole);
  g_array_append_val (ids, id);
  id = 99999;
  g_array_append_val (ids, id);
  memo_library_load_async (library, MEMO_KIND_ARTICLE, ids, FALSE, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  records = memo_library_load_finish (library, result, &error);
  g_object_unref (result);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 2);
  g_assert_nonnull (g_ptr_array_index (records, 0));
  g_assert_null (g_ptr_array_index (records, 1));

  memo_library_where_async (library, MEMO_ANNOTATION_ARTICLE, memo_record_get_uuid (record), NULL, memo_await_cb,
                            &await);
  result = memo_await (&await);
  where = memo_library_where_finish (library, result, &error);
  g_object_unref (result);
  g_assert_no_error (error);
  g_assert_cmpuint (where->len, ==, 0);

  memo_library_original_async (library, sha, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  bytes = memo_library_original_finish (library, result, &error);
  g_object_unref (result);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, page));

  memo_library_get_state_async (library, "place", memo_await_cb, &await);
  result = memo_await (&await);
  g_assert_null (memo_library_get_state_finish (library, result, &error));
  g_object_unref (result);
  g_assert_no_error (error);
  memo_library_set_state (library, "place", "17");
  memo_library_check_async (library, FALSE, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  problems = memo_library_check_finish (library, result, &error);
  g_object_unref (result);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  while (state == NULL)
    {
      memo_library_get_state_async (library, "place", memo_await_cb, &await);
      result = memo_await (&await);
      state = memo_library_get_state_finish (library, result, &error);
      g_object_unref (result);
      g_assert_no_error (error);
    }
  g_assert_cmpstr (state, ==, "17");

  g_clear_pointer (&problems, g_ptr_array_unref);
  memo_library_check_async (library, TRUE, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  problems = memo_library_check_finish (library, result, &error);
  g_object_unref (result);
  g_assert_no_error (error);
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (library), MEMO_KIND_ARTICLE), ==, 1);

  memo_library_stats_async (library, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  stats = memo_library_stats_finish (library, result, &error);
  g_object_unref (result);
  g_assert_no_error (error);
  g_assert_cmpint (json_object_get_int_member (stats, "articles"), ==, 1);

  memo_library_backup_async (library, copy, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  g_assert_true (memo_library_backup_finish (library, result, &error));
  g_object_unref (result);
  g_assert_no_error (error);
  fixture_close (library);
  {
    g_autoptr (MemoLibrary) other = fixture_open (copy, MEMO_OPEN_DEFAULT);

    g_assert_cmpuint (memo_index_get_n (memo_library_get_index (other), MEMO_KIND_ARTICLE), ==, 1);
    fixture_close (other);
  }
}

static guint
search (MemoLibrary *library, const char *words, MemoFilter *filter, guint limit)
{
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  memo_library_search_async (library, words, FALSE, filter, limit, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  hits = memo_library_search_finish (library, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < hits->len; i++)
    n += ((MemoHit *) hits->pdata[i])->kind != MEMO_KIND_SECTOR;
  return n;
}

static void
test_search (void)
{
  g_autofree char *path = fixture_path ("search.memorandum");
  g_autoptr (MemoLibrary) library = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (MemoRecord) article = article_record ("Quarrel over vaccines", "A laboratory in Caracas.");
  g_autoptr (MemoRecord) old = agreement_record ("Vaccine protocol", "2008");
  g_autoptr (MemoRecord) young = agreement_record ("Vaccine memorandum", "2025-11-28");
  g_autoptr (MemoFilter) all = memo_filter_new ();
  g_autoptr (MemoDate) from = memo_date_new ("2020", NULL);
  g_autoptr (MemoFilter) late = memo_filter_with_dates (all, from, NULL);
  g_autoptr (MemoFilter) worded = memo_filter_with_words (all, "protocol");
  g_autoptr (MemoSelection) selection = NULL;
  g_autoptr (MemoSelection) both = NULL;

  fixture_insert (library, "Import article", article);
  fixture_insert (library, "Add agreement", old);
  fixture_insert (library, "Add agreement", young);
  g_assert_cmpuint (search (library, "vaccine", NULL, 50), ==, 3);
  g_assert_cmpuint (search (library, "vaccine", all, 50), ==, 3);
  g_assert_cmpuint (search (library, "vaccine", all, 1), ==, 1);
  g_assert_cmpuint (search (library, "vaccine", late, 1), ==, 1);
  g_assert_cmpuint (search (library, "vaccine", late, 50), ==, 1);
  g_assert_cmpuint (search (library, "nothing of this", late, 50), ==, 0);

  selection = fixture_select (library, worded);
  g_assert_cmpuint (memo_selection_get_count (selection, MEMO_KIND_AGREEMENT), ==, 1);
  g_assert_cmpuint (memo_selection_get_count (selection, MEMO_KIND_ARTICLE), ==, 0);
  both = fixture_select (library, all);
  g_assert_cmpuint (memo_selection_get_count (both, MEMO_KIND_AGREEMENT), ==, 2);
  g_assert_true (memo_selection_get_index (both) == memo_library_get_index (library));
  g_assert_true (memo_selection_get_filter (both) == all);
  fixture_close (library);
}

static void
test_dropped (void)
{
  g_autofree char *path = fixture_path ("dropped.memorandum");
  MemoLibrary *library = fixture_open (path, MEMO_OPEN_CREATE);

  /* Without closing: the store ends with it. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  fixture_end (library);
}

int
main (int argc, char *argv[])
{
  fixture_init (&argc, &argv);

  g_test_add_func ("/library/new", test_new);
  g_test_add_func ("/library/open-again", test_open_again);
  g_test_add_func ("/library/open-fails", test_open_fails);
  g_test_add_func ("/library/default-path", test_default_path);
  g_test_add_func ("/library/apply", test_apply);
  g_test_add_func ("/library/many-undone", test_many_undone);
  g_test_add_func ("/library/cancel", test_cancel);
  g_test_add_func ("/library/other-process", test_other_process);
  g_test_add_func ("/library/everything", test_everything);
  g_test_add_func ("/library/changes-while-reading", test_changes_while_reading);
  g_test_add_func ("/library/closed", test_closed);
  g_test_add_func ("/library/seeded-once", test_seeded_once);
  g_test_add_func ("/library/reading", test_reading);
  g_test_add_func ("/library/search", test_search);
  g_test_add_func ("/library/dropped", test_dropped);
  return fixture_run ();
}
