#include "action-fixture.h"

#include "base/memo-error.h"
#include "model/memo-duplicates.h"
#include "model/memo-library-merge.h"

/* Merging, duplicates, and jumping through the history, as the window and the command line do it. */

static MemoMerge *
merge (MemoLibrary *library, const char *path, gboolean dry)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  MemoAwait await = { NULL };
  MemoMerge *merge;

  memo_library_merge_async (library, path, dry, NULL, NULL, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  merge = memo_library_merge_finish (library, result, &error);
  g_assert_no_error (error);
  return merge;
}

static GPtrArray *
duplicates (MemoLibrary *library, GPtrArray *fresh)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  MemoAwait await = { NULL };
  GPtrArray *found;

  memo_library_duplicates_async (library, fresh, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  found = memo_library_duplicates_finish (library, result, &error);
  g_assert_no_error (error);
  return found;
}

static gboolean
unite (MemoLibrary *library, MemoRecord *from, MemoRecord *into, const char *const *take, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  MemoAwait await = { NULL };

  memo_library_unite_async (library, memo_record_get_uuid (from), memo_record_get_uuid (into), take, NULL,
                            memo_await_cb, &await);
  result = memo_await (&await);
  return memo_library_unite_finish (library, result, error);
}

static gboolean
jump (MemoLibrary *library, gint64 id, guint *undone, guint *redone, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  MemoAwait await = { NULL };

  memo_library_jump_async (library, id, NULL, NULL, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  return memo_library_jump_finish (library, result, undone, redone, error);
}

static GPtrArray *
history (MemoLibrary *library)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  MemoAwait await = { NULL };
  GPtrArray *entries;

  memo_library_history_async (library, 100, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  entries = memo_library_history_finish (library, result, &error);
  g_assert_no_error (error);
  return entries;
}

static void
test_merge (void)
{
  g_autofree char *path = fixture_path ("merge-one.memorandum");
  g_autofree char *other_path = fixture_path ("merge-other.memorandum");
  g_autoptr (MemoLibrary) other = fixture_open (other_path, MEMO_OPEN_CREATE);
  g_autoptr (MemoRecord) theirs =
      ADD (other, MEMO_KIND_AGREEMENT, { "title", "Health pact" }, { "party", "TR" }, { "signed", "2020-05-01" });
  g_autoptr (MemoLibrary) library = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (MemoRecord) ours =
      ADD (library, MEMO_KIND_AGREEMENT, { "title", "Health pact" }, { "party", "TR" }, { "signed", "2020-05" });
  g_autoptr (MemoMerge) dry = NULL;
  g_autoptr (MemoMerge) done = NULL;
  g_autoptr (GPtrArray) proposed = NULL;
  g_autofree char *name = NULL;

  fixture_close (other);
  dry = merge (library, other_path, TRUE);
  g_assert_cmpuint (dry->added[MEMO_KIND_AGREEMENT], ==, 1);
  /* States and sectors are the same in every library. */
  g_assert_cmpuint (dry->added[MEMO_KIND_PARTY] + dry->changed[MEMO_KIND_PARTY] + dry->added[MEMO_KIND_SECTOR], ==, 0);
  proposed = duplicates (library, dry->fresh);
  g_assert_cmpuint (proposed->len, ==, 1);
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (library), MEMO_KIND_AGREEMENT), ==, 1);

  done = merge (library, other_path, FALSE);
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (library), MEMO_KIND_AGREEMENT), ==, 2);
  g_assert_true (fixture_flag (library, "can-undo"));
  name = fixture_walk (library, TRUE, NULL);
  g_assert_cmpstr (name, ==, "Merge library");
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (library), MEMO_KIND_AGREEMENT), ==, 1);
  fixture_close (library);
}

static void
test_cancelled (void)
{
  g_autofree char *path = fixture_path ("cancel-one.memorandum");
  g_autofree char *other_path = fixture_path ("cancel-other.memorandum");
  g_autoptr (MemoLibrary) other = fixture_open (other_path, MEMO_OPEN_CREATE);
  g_autoptr (MemoRecord) theirs = ADD (other, MEMO_KIND_NOTE, { "title", "Note" });
  g_autoptr (MemoLibrary) library = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  MemoAwait await = { NULL };

  fixture_close (other);
  g_cancellable_cancel (cancellable);
  memo_library_merge_async (library, other_path, FALSE, NULL, NULL, cancellable, memo_await_cb, &await);
  result = memo_await (&await);
  g_assert_null (memo_library_merge_finish (library, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (library), MEMO_KIND_NOTE), ==, 0);
  fixture_close (library);
}

static gboolean
proposes (GPtrArray *found, MemoRecord *one, MemoRecord *other)
{
  for (guint i = 0; i < found->len; i++)
    {
      MemoDuplicate *duplicate = found->pdata[i];
      const char *a = memo_record_get_uuid (duplicate->one), *b = memo_record_get_uuid (duplicate->other);

      if ((g_str_equal (a, memo_record_get_uuid (one)) && g_str_equal (b, memo_record_get_uuid (other))) ||
          (g_str_equal (b, memo_record_get_uuid (one)) && g_str_equal (a, memo_record_get_uuid (other))))
        return TRUE;
    }
  return FALSE;
}

static void
test_duplicates (void)
{
  g_autofree char *path = fixture_path ("duplicates.memorandum");
  g_autoptr (MemoLibrary) library = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (GPtrArray) fresh_library = duplicates (library, NULL);
  g_autoptr (MemoRecord) trade = ADD (library, MEMO_KIND_AGREEMENT, { "title", "Agreement on trade and transport" },
                                      { "party", "TR" }, { "party", "RU" }, { "signed", "2020-05-01" });
  g_autoptr (MemoRecord) similar = ADD (library, MEMO_KIND_AGREEMENT, { "title", "Agreement on transport and trade" },
                                        { "party", "RU" }, { "party", "TR" }, { "signed", "2020-05" });
  g_autoptr (MemoRecord) later = ADD (library, MEMO_KIND_AGREEMENT, { "title", "Agreement on trade and transport" },
                                      { "party", "TR" }, { "party", "RU" }, { "signed", "2024-05-01" });
  g_autoptr (MemoRecord) others = ADD (library, MEMO_KIND_AGREEMENT, { "title", "Agreement on transport and energy" },
                                       { "party", "VE" }, { "party", "TR" }, { "signed", "2020-05" });
  g_autoptr (MemoRecord) page =
      import (library, "{\"title\":\"A page\",\"text\":\"One text.\",\"url\":\"https://www.example.org/a/#top\"}",
              NULL);
  g_autoptr (MemoRecord) again =
      import (library, "{\"title\":\"Another\",\"text\":\"Other text.\",\"url\":\"http://example.org/a\"}", NULL);
  g_autoptr (MemoRecord) company =
      ADD (library, MEMO_KIND_PARTY, { "name", "Rosatom" }, { "kind", "company" }, { "name_ru", "Росатом" });
  g_autoptr (MemoRecord) russian = ADD (library, MEMO_KIND_PARTY, { "name", "РОСАТОМ" }, { "kind", "company" });
  g_autoptr (MemoRecord) person = ADD (library, MEMO_KIND_PARTY, { "name", "Rosatom" }, { "kind", "person" });
  g_autoptr (GPtrArray) found = duplicates (library, NULL);
  g_autoptr (GPtrArray) after = NULL;

  g_assert_cmpuint (fresh_library->len, ==, 0);
  g_assert_true (proposes (found, trade, similar));
  g_assert_true (proposes (found, page, again));
  g_assert_true (proposes (found, company, russian));
  g_assert_false (proposes (found, trade, later));
  g_assert_false (proposes (found, similar, others));
  g_assert_false (proposes (found, company, person));
  g_assert_cmpuint (found->len, ==, 3);
  memo_library_keep_apart (library, memo_record_get_uuid (russian), memo_record_get_uuid (company));
  after = duplicates (library, NULL);
  g_assert_false (proposes (after, company, russian));
  g_assert_cmpuint (after->len, ==, 2);
  fixture_close (library);
}

/* What a session signs on one day, as two researchers name it. */
static void
test_one_day (void)
{
  static const char *const subjects[] = {
    "tourism",    "energy data",     "migration", "railways", "maritime transport",
    "fisheries",  "standardization", "archives",  "youth",    "higher education",
    "veterinary", "road transport",  "culture",   "customs",  "statistics"
  };
  g_autofree char *path = fixture_path ("day-one.memorandum");
  g_autofree char *other_path = fixture_path ("day-other.memorandum");
  g_autoptr (MemoLibrary) other = fixture_open (other_path, MEMO_OPEN_CREATE);
  g_autoptr (MemoLibrary) library = NULL;
  g_autoptr (MemoRecord) their_vaccine = NULL;
  g_autoptr (MemoRecord) our_vaccine = NULL;
  g_autoptr (MemoRecord) their_visas = NULL;
  g_autoptr (MemoRecord) our_visas = NULL;
  g_autoptr (MemoMerge) dry = NULL;
  g_autoptr (GPtrArray) proposed = NULL;
  g_autoptr (GPtrArray) alone = NULL;

  /* Each names some that the other does not. */
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *title = g_strdup_printf ("Memorandum of cooperation on %s", subjects[i]);

      g_object_unref (ADD (other, MEMO_KIND_AGREEMENT, { "title", title }, { "party", "TR" }, { "party", "VE" },
                           { "signed", "2025-11-28" }, { "kind", "memorandum" }));
    }
  their_vaccine =
      ADD (other, MEMO_KIND_AGREEMENT, { "title", "Agreement on the joint production of vaccines against cancer" },
           { "party", "TR" }, { "party", "VE" }, { "signed", "2025-11-28" });
  their_visas = ADD (other, MEMO_KIND_AGREEMENT, { "title", "Agreement on visas" }, { "party", "TR" },
                     { "party", "VE" }, { "signed", "2024-03-01" });
  fixture_close (other);

  library = fixture_open (path, MEMO_OPEN_CREATE);
  for (guint i = 10; i < G_N_ELEMENTS (subjects); i++)
    {
      g_autofree char *title = g_strdup_printf ("Cooperation agreement: %s", subjects[i]);

      g_object_unref (ADD (library, MEMO_KIND_AGREEMENT, { "title", title }, { "party", "VE" }, { "party", "TR" },
                           { "signed", "2025-11-28" }));
    }
  our_vaccine = ADD (library, MEMO_KIND_AGREEMENT, { "title", "Cancer vaccine protocol" }, { "party", "VE" },
                     { "party", "TR" }, { "signed", "2025-11-28" }, { "kind", "protocol" });
  our_visas = ADD (library, MEMO_KIND_AGREEMENT, { "title", "Соглашение о безвизовом режиме" }, { "party", "VE" },
                   { "party", "TR" }, { "signed", "2024-03-01" });
  alone = duplicates (library, NULL);
  g_assert_cmpuint (alone->len, ==, 0);
  dry = merge (library, other_path, TRUE);
  proposed = duplicates (library, dry->fresh);
  g_assert_true (proposes (proposed, our_vaccine, their_vaccine));
  /* No other on that day, in either library. */
  g_assert_true (proposes (proposed, our_visas, their_visas));
  g_assert_cmpuint (proposed->len, ==, 2);
  fixture_close (library);
}

/* Two of one day, or year, that have in common what such papers are called, and two that are about the same. */
static void
test_kinds (void)
{
  static const struct
  {
    const char *one, *other;
    gboolean same;
  } pairs[] = {
    { "Memorandum on tourism", "Memorandum on fisheries", FALSE },
    { "Memorandum of understanding on tourism", "Memorandum of understanding on fisheries", FALSE },
    { "Agreement on oil", "Agreement on gas", FALSE },
    { "Agreement on oil", "Agreement on gas and fisheries", FALSE },
    { "Protocol 3", "Protocol 4", FALSE },
    { "Turizm mutabakat zaptı", "Balıkçılık mutabakat zaptı", FALSE },
    { "Su anlaşması", "Gaz anlaşması", FALSE },
    { "Turizm alanında iş birliği anlaşması", "Gaz alanında iş birliği anlaşması", FALSE },
    { "Меморандум о туризме", "Меморандум о рыболовстве", FALSE },
    { "Меморандум о взаимопонимании о туризме", "Меморандум о взаимопонимании о рыболовстве", FALSE },
    { "Соглашение о газе", "Соглашение о воде", FALSE },
    { "Agreement on the supply of gas", "Gas supply memorandum", TRUE },
    { "Agreement on gas", "Gas agreement", TRUE },
    { "Turizm mutabakat zaptı", "Turizm anlaşması", TRUE },
    { "Соглашение о поставках газа", "Меморандум о поставке газа", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *name = g_strdup_printf ("kinds-%u.memorandum", i);
      g_autofree char *path = fixture_path (name);
      g_autoptr (MemoLibrary) library = fixture_open (path, MEMO_OPEN_CREATE);
      g_autoptr (MemoRecord) one = ADD (library, MEMO_KIND_AGREEMENT, { "title", pairs[i].one }, { "party", "TR" },
                                        { "party", "VE" }, { "signed", "2020-05-01" });
      g_autoptr (MemoRecord) other = ADD (library, MEMO_KIND_AGREEMENT, { "title", pairs[i].other }, { "party", "VE" },
                                          { "party", "TR" }, { "signed", "2020-05-01" });
      g_autoptr (MemoRecord) vague =
          ADD (library, MEMO_KIND_AGREEMENT, { "title", pairs[i].one }, { "party", "RU" }, { "signed", "2020-05" });
      g_autoptr (MemoRecord) vaguer =
          ADD (library, MEMO_KIND_AGREEMENT, { "title", pairs[i].other }, { "party", "RU" }, { "signed", "2020" });
      g_autoptr (GPtrArray) found = duplicates (library, NULL);

      g_test_message ("%s, %s: %u", pairs[i].one, pairs[i].other, found->len);
      g_assert_true (proposes (found, one, other) == pairs[i].same);
      /* Without a day, words are compared as they are written. */
      g_assert_false (!pairs[i].same && proposes (found, vague, vaguer));
      fixture_close (library);
    }
}

static void
test_unite (void)
{
  g_autofree char *path = fixture_path ("unite.memorandum");
  g_autoptr (MemoLibrary) library = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (MemoRecord) kept =
      ADD (library, MEMO_KIND_AGREEMENT, { "title", "Health pact" }, { "party", "TR" }, { "tag", "a" });
  g_autoptr (MemoRecord) gone =
      ADD (library, MEMO_KIND_AGREEMENT, { "title", "Health Pact of 2020" }, { "party", "TR" }, { "tag", "b" },
           { "signed", "2020-05-01" }, { "status", "signed" });
  g_autoptr (MemoRecord) child =
      ADD (library, MEMO_KIND_AGREEMENT, { "title", "Part" }, { "package", memo_record_get_uuid (gone) });
  g_autoptr (MemoRecord) article =
      import (library, "{\"title\":\"A page\",\"text\":\"They signed a health pact.\"}", NULL);
  g_autoptr (MemoRecord) mark = annotate (library, article, "health pact");
  g_autofree char *link = g_strdup_printf ("See [it](memo:agreement/%s).", memo_record_get_uuid (gone));
  g_autoptr (MemoRecord) note = ADD (library, MEMO_KIND_NOTE, { "title", "Note" }, { "text", link });
  g_autoptr (MemoRecord) evidence = NULL;
  g_autoptr (MemoRecord) now = NULL;
  g_autoptr (MemoRecord) part = NULL;
  g_autoptr (MemoRecord) linked = NULL;
  g_autoptr (MemoRecord) proof = NULL;
  g_autoptr (MemoRecord) trash = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  const char *const take[] = { "title", NULL };
  const char *const wrong[] = { "nonsense", NULL };

  apply (library, memo_action_evidence (gone, mark, NULL, NULL, &evidence, &error), error);
  g_assert_false (unite (library, gone, kept, wrong, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (unite (library, gone, article, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (unite (library, gone, kept, take, &error));
  g_assert_no_error (error);

  now = get (library, memo_record_get_uuid (kept));
  g_assert_cmpstr (memo_record_get_title (now), ==, "Health Pact of 2020");
  g_assert_cmpstr (memo_date_get_edtf (memo_record_get_date (now, MEMO_AGREEMENT_SIGNED)), ==, "2020-05-01");
  g_assert_true (g_strv_contains (memo_record_get_texts (now, MEMO_AGREEMENT_TAGS), "a"));
  g_assert_true (g_strv_contains (memo_record_get_texts (now, MEMO_AGREEMENT_TAGS), "b"));
  part = get (library, memo_record_get_uuid (child));
  g_assert_cmpstr (memo_record_get_text (part, MEMO_AGREEMENT_PACKAGE), ==, memo_record_get_uuid (kept));
  linked = get (library, memo_record_get_uuid (note));
  g_assert_nonnull (strstr (memo_record_get_text (linked, MEMO_NOTE_TEXT), memo_record_get_uuid (kept)));
  proof = get (library, memo_record_get_uuid (evidence));
  g_assert_cmpstr (memo_record_get_text (proof, MEMO_EVIDENCE_RECORD), ==, memo_record_get_uuid (kept));
  trash = get (library, memo_record_get_uuid (gone));
  g_assert_cmpint (memo_record_get_deleted (trash), !=, 0);

  /* One step. */
  name = fixture_walk (library, TRUE, NULL);
  g_assert_cmpstr (name, ==, "Unite duplicates");
  g_clear_object (&part);
  part = get (library, memo_record_get_uuid (child));
  g_assert_cmpstr (memo_record_get_text (part, MEMO_AGREEMENT_PACKAGE), ==, memo_record_get_uuid (gone));
  g_clear_object (&trash);
  trash = get (library, memo_record_get_uuid (gone));
  g_assert_cmpint (memo_record_get_deleted (trash), ==, 0);
  fixture_close (library);
}

/* Annotations of both stand in the text that is kept; a name that goes is found again. */
static void
test_unite_others (void)
{
  g_autofree char *path = fixture_path ("unite-others.memorandum");
  g_autoptr (MemoLibrary) library = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (MemoRecord) kept =
      import (library, "{\"title\":\"A page\",\"text\":\"First, a word. They met in May.\"}", NULL);
  g_autoptr (MemoRecord) gone =
      import (library, "{\"title\":\"A page\",\"text\":\"They met in May. Quite another end.\"}", NULL);
  g_autoptr (MemoRecord) mark = annotate (library, gone, "met in May");
  g_autoptr (MemoRecord) lost = annotate (library, gone, "Quite another end");
  g_autoptr (MemoRecord) company = ADD (library, MEMO_KIND_PARTY, { "name", "Rosatom" }, { "kind", "company" });
  g_autoptr (MemoRecord) russian = ADD (library, MEMO_KIND_PARTY, { "name", "Росатом" }, { "kind", "company" });
  g_autoptr (MemoRecord) pact = ADD (library, MEMO_KIND_AGREEMENT, { "title", "Pact" }, { "party", "Росатом" },
                                     { "party", "Rosatom" }, { "role", "Росатом=builder" });
  g_autoptr (MemoRecord) now = NULL;
  g_autoptr (MemoRecord) orphan = NULL;
  g_autoptr (MemoRecord) agreement = NULL;
  g_autoptr (GError) error = NULL;
  const char *const *parties;

  g_assert_true (unite (library, gone, kept, NULL, &error));
  now = get (library, memo_record_get_uuid (mark));
  g_assert_cmpstr (memo_record_get_text (now, MEMO_ANNOTATION_ARTICLE), ==, memo_record_get_uuid (kept));
  g_assert_cmpint (memo_record_get_int (now, MEMO_ANNOTATION_START), ==, 20);
  orphan = get (library, memo_record_get_uuid (lost));
  g_assert_cmpstr (memo_record_get_text (orphan, MEMO_ANNOTATION_STATE), ==, "orphan");
  g_assert_true (unite (library, russian, company, NULL, &error));
  agreement = get (library, memo_record_get_uuid (pact));
  parties = memo_record_get_texts (agreement, MEMO_AGREEMENT_PARTIES);
  g_assert_cmpuint (g_strv_length ((char **) parties), ==, 1);
  g_assert_cmpstr (parties[0], ==, memo_record_get_uuid (company));
  g_assert_nonnull (strstr (memo_record_get_text (agreement, MEMO_AGREEMENT_ROLES), memo_record_get_uuid (company)));
  g_assert_cmpstr (memo_record_get_uuid (memo_index_find_party (memo_library_get_index (library), "росатом")), ==,
                   memo_record_get_uuid (company));
  fixture_close (library);
}

/* An article's text that lost, with the places of its annotations, comes back whole. */
static void
test_earlier (void)
{
  g_autofree char *path = fixture_path ("earlier-one.memorandum");
  g_autofree char *other_path = fixture_path ("earlier-other.memorandum");
  g_autoptr (MemoLibrary) library = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (MemoRecord) article =
      import (library, "{\"title\":\"A page\",\"text\":\"A word. They met in May. The end.\"}", NULL);
  g_autoptr (MemoRecord) mark = annotate (library, article, "met in May");
  g_autoptr (MemoLibrary) other = NULL;
  g_autoptr (JsonObject) ours = draft_new ("{\"text\":\"Ours. They met in May. The end.\"}");
  g_autoptr (JsonObject) theirs = draft_new ("{\"text\":\"In their own words. They met in May. The end.\"}");
  g_autoptr (GPtrArray) marks = g_ptr_array_new ();
  g_autoptr (GPtrArray) earlier = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) asked = NULL;
  g_autoptr (MemoMerge) done = NULL;
  g_autoptr (MemoRecord) now = NULL;
  g_autoptr (MemoRecord) placed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  MemoAwait await = { NULL }, ask = { NULL };
  gint64 id = 0;
  gsize size;

  fixture_close (library);
  g_clear_object (&library);
  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  g_assert_true (g_file_set_contents (other_path, contents, size, NULL));
  library = fixture_open (path, MEMO_OPEN_DEFAULT);
  other = fixture_open (other_path, MEMO_OPEN_DEFAULT);
  g_ptr_array_add (marks, mark);
  apply (library, memo_action_update_text (article, ours, NULL, marks, NULL, NULL, NULL, &error), error);
  apply (other, memo_action_update_text (article, theirs, NULL, marks, NULL, NULL, NULL, &error), error);
  fixture_close (other);
  done = merge (library, other_path, FALSE);
  now = get (library, memo_record_get_uuid (article));
  g_assert_true (g_str_has_prefix (memo_record_get_text (now, MEMO_ARTICLE_TEXT), "In their own"));
  placed = get (library, memo_record_get_uuid (mark));
  g_assert_cmpint (memo_record_get_int (placed, MEMO_ANNOTATION_START), ==, 25);

  memo_library_earlier_async (library, memo_record_get_uuid (article), NULL, memo_await_cb, &ask);
  asked = memo_await (&ask);
  earlier = memo_library_earlier_finish (library, asked, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < earlier->len; i++)
    if (memo_action_is_earlier_shown (now, earlier, i))
      id = ((MemoEarlier *) earlier->pdata[i])->id;
  g_assert_cmpint (id, !=, 0);
  memo_library_use_earlier_async (library, memo_record_get_uuid (article), id, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  g_assert_true (memo_library_use_earlier_finish (library, result, &error));
  g_clear_object (&now);
  now = get (library, memo_record_get_uuid (article));
  g_assert_true (g_str_has_prefix (memo_record_get_text (now, MEMO_ARTICLE_TEXT), "Ours."));
  g_clear_object (&placed);
  placed = get (library, memo_record_get_uuid (mark));
  g_assert_cmpint (memo_record_get_int (placed, MEMO_ANNOTATION_START), ==, 11);
  fixture_close (library);
}

static void
test_jump (void)
{
  g_autofree char *path = fixture_path ("jump.memorandum");
  g_autoptr (MemoLibrary) library = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  MemoIndex *index;
  guint undone, redone;

  for (int i = 0; i < 5; i++)
    {
      g_autofree char *title = g_strdup_printf ("Note %d", i);
      g_autoptr (MemoRecord) note = ADD (library, MEMO_KIND_NOTE, { "title", title });
    }
  entries = history (library);
  g_assert_cmpuint (entries->len, ==, 5);
  g_assert_true (jump (library, ((MemoHistoryEntry *) entries->pdata[3])->id, &undone, &redone, &error));
  g_assert_cmpuint (undone, ==, 3);
  g_assert_cmpuint (redone, ==, 0);
  index = memo_library_get_index (library);
  g_assert_cmpuint (memo_index_get_n (index, MEMO_KIND_NOTE), ==, 2);
  g_assert_true (jump (library, ((MemoHistoryEntry *) entries->pdata[1])->id, &undone, &redone, &error));
  g_assert_cmpuint (redone, ==, 2);
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (library), MEMO_KIND_NOTE), ==, 4);
  g_assert_true (jump (library, 0, &undone, &redone, &error));
  g_assert_cmpuint (undone, ==, 4);
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (library), MEMO_KIND_NOTE), ==, 0);
  g_assert_true (jump (library, ((MemoHistoryEntry *) entries->pdata[0])->id, &undone, &redone, &error));
  g_assert_cmpuint (redone, ==, 5);
  g_assert_true (jump (library, ((MemoHistoryEntry *) entries->pdata[0])->id, &undone, &redone, &error));
  g_assert_cmpuint (undone + redone, ==, 0);
  g_assert_false (jump (library, 12345, &undone, &redone, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND);
  fixture_close (library);
}

/* Somebody adds a note in another process while the first step has just been undone. */
static void
meanwhile_cb (guint done, guint total, gpointer data)
{
  g_autoptr (MemoRecord) note = NULL;

  if (done == 1)
    note = ADD (MEMO_LIBRARY (data), MEMO_KIND_NOTE, { "title", "Meanwhile" });
}

static void
test_jump_two_processes (void)
{
  g_autofree char *path = fixture_path ("jump-two.memorandum");
  g_autoptr (MemoLibrary) here = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (MemoLibrary) there = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  MemoAwait await = { NULL };
  guint undone, redone;

  for (int i = 0; i < 5; i++)
    {
      g_autofree char *title = g_strdup_printf ("Note %d", i);
      g_autoptr (MemoRecord) note = ADD (here, MEMO_KIND_NOTE, { "title", title });
    }
  there = fixture_open (path, MEMO_OPEN_DEFAULT);
  entries = history (here);
  memo_library_jump_async (here, ((MemoHistoryEntry *) entries->pdata[3])->id, meanwhile_cb, there, NULL, memo_await_cb,
                           &await);
  result = memo_await (&await);
  g_assert_true (memo_library_jump_finish (here, result, &undone, &redone, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (undone, ==, 4);
  g_assert_cmpuint (redone, ==, 0);
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (here), MEMO_KIND_NOTE), ==, 2);
  fixture_close (there);
  fixture_close (here);
}

/* Another process: what it did to another record is in nobody's way; to the same one, it is said. */
static void
test_two_processes (void)
{
  g_autofree char *path = fixture_path ("two.memorandum");
  g_autoptr (MemoLibrary) here = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (MemoRecord) one = ADD (here, MEMO_KIND_NOTE, { "title", "One" });
  g_autoptr (MemoRecord) two = ADD (here, MEMO_KIND_NOTE, { "title", "Two" });
  g_autoptr (MemoLibrary) there = fixture_open (path, MEMO_OPEN_DEFAULT);
  const MemoValue first = { "title", "One, edited" }, second = { "title", "Two, edited there" },
                  third = { "title", "One, edited there" };
  g_autoptr (MemoRecord) now = NULL;
  g_autoptr (MemoRecord) other = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  MemoChange *change;
  guint undone, redone;

  apply (here, memo_action_edit (memo_library_get_index (here), MEMO_KIND_NOTE, one, &first, 1, NULL, &error), error);
  /* Their edit of the other note is the newest action now: a raw undo would take it back, a jump to ours takes both. */
  apply (there, memo_action_edit (memo_library_get_index (there), MEMO_KIND_NOTE, two, &second, 1, NULL, &error),
         error);
  name = fixture_walk (here, TRUE, &error);
  g_assert_no_error (error);
  now = get (here, memo_record_get_uuid (two));
  g_assert_cmpstr (memo_record_get_title (now), ==, "Two");
  other = get (here, memo_record_get_uuid (one));
  g_assert_cmpstr (memo_record_get_title (other), ==, "One, edited");

  /* A stranger's write that stands in no history is in the way. */
  g_clear_object (&other);
  other = get (there, memo_record_get_uuid (one));
  change = memo_action_edit (memo_library_get_index (there), MEMO_KIND_NOTE, other, &third, 1, NULL, &error);
  apply (there, change, error);
  {
    g_autoptr (GPtrArray) entries = history (here);

    g_assert_true (jump (here, ((MemoHistoryEntry *) entries->pdata[entries->len - 1])->id, &undone, &redone, &error));
    g_assert_no_error (error);
  }
  g_clear_object (&now);
  now = get (there, memo_record_get_uuid (one));
  g_assert_cmpstr (memo_record_get_title (now), ==, "One");
  fixture_close (here);
  fixture_close (there);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/merging/merge", test_merge);
  g_test_add_func ("/merging/cancelled", test_cancelled);
  g_test_add_func ("/merging/duplicates", test_duplicates);
  g_test_add_func ("/merging/one-day", test_one_day);
  g_test_add_func ("/merging/kinds", test_kinds);
  g_test_add_func ("/merging/unite", test_unite);
  g_test_add_func ("/merging/unite-others", test_unite_others);
  g_test_add_func ("/merging/earlier", test_earlier);
  g_test_add_func ("/merging/jump", test_jump);
  g_test_add_func ("/merging/jump-two-processes", test_jump_two_processes);
  g_test_add_func ("/merging/two-processes", test_two_processes);
  return fixture_run ();
}
