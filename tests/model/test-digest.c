#include "action-fixture.h"

#include "model/memo-digest.h"

static void
test_digest (void)
{
  g_autofree char *path = fixture_path ("digest.memorandum");
  MemoLibrary *library = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (MemoRecord) one =
      ADD (library, MEMO_KIND_AGREEMENT, { "title", "Vaccines" }, { "party", "RU" }, { "party", "VE" },
           { "sector", "health" }, { "status", "signed" }, { "signed", "2025-11-28" }, { "tag", "a" });
  g_autoptr (MemoRecord) two =
      ADD (library, MEMO_KIND_AGREEMENT, { "title", "Oil" }, { "party", "VE" }, { "sector", "energy" },
           { "sector", "health" }, { "status", "signed" }, { "signed", "2019/.." });
  g_autoptr (MemoRecord) three =
      ADD (library, MEMO_KIND_AGREEMENT, { "title", "Flights" }, { "party", "VE" }, { "sector", "health" });
  gint64 numbers[] = { memo_record_get_id (one), memo_record_get_id (two), memo_record_get_id (three), 99999 };
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  MemoIndex *index = memo_library_get_index (library);
  g_autoptr (MemoDigest) digest = NULL, none = NULL;

  none = memo_digest_new (index, ids);
  g_assert_cmpuint (none->n, ==, 0);
  g_assert_null (none->earliest);

  g_array_append_vals (ids, numbers, G_N_ELEMENTS (numbers));
  digest = memo_digest_new (index, ids);
  g_assert_cmpuint (digest->n, ==, 3);
  g_assert_cmpuint (digest->undated, ==, 1);
  g_assert_cmpstr (memo_date_get_edtf (digest->earliest), ==, "2019/..");
  g_assert_cmpstr (memo_date_get_edtf (digest->latest), ==, "2025-11-28");
  g_assert_cmpuint (memo_digest_count (digest, MEMO_FACET_STATUS, "signed"), ==, 2);
  g_assert_cmpuint (memo_digest_count (digest, MEMO_FACET_STATUS, "ended"), ==, 0);
  g_assert_cmpuint (memo_digest_count (digest, MEMO_FACET_TAG, "a"), ==, 1);
  g_auto (GStrv) parties = memo_digest_dup_values (digest, MEMO_FACET_PARTY, 3);
  g_auto (GStrv) all = memo_digest_dup_values (digest, MEMO_FACET_SECTOR, 1);
  g_assert_cmpuint (g_strv_length (parties), ==, 1);
  g_assert_cmpstr (parties[0], ==, memo_record_get_uuid (memo_index_find_party (index, "VE")));
  g_assert_cmpuint (g_strv_length (all), ==, 2);
  g_assert_cmpstr (all[0], ==, memo_record_get_uuid (memo_index_find_sector (index, "health")));
  fixture_close (library);
  g_object_unref (library);
}

/* In a thread, and not at all when nobody waits any more. */
static void
test_async (void)
{
  g_autofree char *path = fixture_path ("digest-async.memorandum");
  MemoLibrary *library = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (MemoRecord) one = ADD (library, MEMO_KIND_AGREEMENT, { "title", "Oil" }, { "tag", "a" });
  gint64 id = memo_record_get_id (one);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof id);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_array_append_val (ids, id);
  for (guint cancelled = 0; cancelled < 2; cancelled++)
    {
      MemoAwait await = { 0 };
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (MemoDigest) digest = NULL;

      memo_digest_new_async (memo_library_get_index (library), ids, cancellable, memo_await_cb, &await);
      if (cancelled)
        g_cancellable_cancel (cancellable);
      result = memo_await (&await);
      digest = memo_digest_new_finish (result, &error);
      if (cancelled)
        {
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
          g_assert_null (digest);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpuint (digest->n, ==, 1);
      g_assert_cmpuint (memo_digest_count (digest, MEMO_FACET_TAG, "a"), ==, 1);
    }
  fixture_close (library);
  g_object_unref (library);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/digest/several", test_digest);
  g_test_add_func ("/digest/async", test_async);
  return fixture_run ();
}
