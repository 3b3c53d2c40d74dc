#include "action-fixture.h"

#include "base/memo-error.h"
#include "base/memo-text.h"

static MemoLibrary *library;

static MemoIndex *
get_index (void)
{
  return memo_library_get_index (library);
}

static void
assert_fails (MemoKind kind, MemoRecord *base, const char *field, const char *value, int code, const char *word)
{
  const MemoValue values[] = { { "title", "T" }, { field, value } };
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoChange) change =
      memo_action_edit (get_index (), kind, base, base ? values + 1 : values, base ? 1 : 2, NULL, &error);
  if (change != NULL)
    g_error ("%s=%s was taken", field, value);
  g_assert_error (error, MEMO_ERROR, code);
  g_assert_nonnull (strstr (error->message, word));
}

static void
test_agreement (void)
{
  g_autoptr (MemoRecord) package =
      ADD (library, MEMO_KIND_AGREEMENT, { "title", "42 agreements" }, { "signed", "28 November 2025" },
           { "party", "Россия" }, { "party", "VE" }, { "party", "Rusya Federasyonu" }, { "party", "Yutong Holding" },
           { "sector", "health" }, { "sector", "SMEs" }, { "status", "signed" }, { "declared", "42" },
           { "body", "Intergovernmental Commission (CIAN)" }, { "session", "XIX" }, { "horizon", "2030" },
           { "tag", "a" }, { "role", "VE=host" });
  const char *const *parties = memo_record_get_texts (package, MEMO_AGREEMENT_PARTIES);

  g_assert_cmpstr (memo_record_get_text (package, MEMO_AGREEMENT_KIND), ==, "package");
  g_assert_cmpstr (memo_date_get_edtf (memo_record_get_date (package, MEMO_AGREEMENT_SIGNED)), ==, "2025-11-28");
  g_assert_cmpstr (memo_date_get_edtf (memo_record_get_date (package, MEMO_AGREEMENT_HORIZON)), ==, "2030");
  g_assert_cmpint (memo_record_get_int (package, MEMO_AGREEMENT_DECLARED), ==, 42);
  g_assert_cmpint (memo_record_get_int (package, MEMO_AGREEMENT_SESSION), ==, 19);
  g_assert_cmpuint (g_strv_length ((GStrv) parties), ==, 3);
  g_assert_cmpstr (parties[0], ==, memo_record_get_uuid (memo_index_find_party (get_index (), "RU")));
  MemoRecord *company = memo_index_find_party (get_index (), "YUTONG HOLDING");
  g_assert_cmpstr (memo_record_get_text (company, MEMO_PARTY_KIND), ==, "company");
  g_assert_nonnull (strstr (memo_record_get_text (package, MEMO_AGREEMENT_ROLES), "host"));

  MemoRecord *body = memo_index_find_body (get_index (), "cian");
  g_assert_nonnull (body);
  g_assert_cmpstr (memo_record_get_text (body, MEMO_BODY_NAME), ==, "Intergovernmental Commission");
  g_assert_cmpstr (memo_record_get_text (package, MEMO_AGREEMENT_BODY), ==, memo_record_get_uuid (body));

  GPtrArray *follow_ups = memo_index_get_records (get_index (), MEMO_KIND_FOLLOW_UP);
  g_assert_cmpuint (follow_ups->len, ==, 1);
  MemoRecord *first = g_ptr_array_index (follow_ups, 0);
  g_assert_cmpstr (memo_record_get_text (first, MEMO_FOLLOW_UP_STATUS), ==, "signed");
  g_assert_cmpstr (memo_date_get_edtf (memo_record_get_date (first, MEMO_FOLLOW_UP_DATE)), ==, "2025-11-28");

  /* The same body and package again. */
  g_autoptr (MemoRecord) child =
      ADD (library, MEMO_KIND_AGREEMENT, { "title", "Cancer vaccine" }, { "package", memo_record_get_uuid (package) },
           { "body", "Intergovernmental Commission" }, { "session", "19th" }, { "sector", "Aşı" });
  g_assert_cmpstr (memo_record_get_text (child, MEMO_AGREEMENT_BODY), ==, memo_record_get_uuid (body));
  MemoCounts counts;
  g_assert_true (memo_index_get_counts (get_index (), memo_record_get_id (package), &counts));
  g_assert_cmpuint (counts.identified, ==, 1);
}

static void
test_edit (void)
{
  g_autoptr (MemoRecord) base = ADD (library, MEMO_KIND_AGREEMENT, { "title", "Old" }, { "party", "RU" },
                                     { "sector", "energy" }, { "status", "announced" });
  const MemoValue values[] = { { "title", "New" },       { "party", "TR" },
                               { "party", "IR" },        { "sector", "" },
                               { "status", "In force" }, { "date", "2026-01-05" },
                               { "comment", "Gazette" }, { "in-force", "5 Ocak 2026" } };
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) changed = NULL;
  guint before = memo_index_get_n (get_index (), MEMO_KIND_FOLLOW_UP);
  apply (library,
         memo_action_edit (get_index (), MEMO_KIND_AGREEMENT, base, values, G_N_ELEMENTS (values), &changed, &error),
         error);
  g_autoptr (MemoRecord) read = get (library, memo_record_get_uuid (base));

  g_assert_cmpstr (memo_record_get_title (read), ==, "New");
  g_assert_cmpstr (memo_record_get_text (read, MEMO_AGREEMENT_STATUS), ==, "in_force");
  g_assert_cmpstr (memo_date_get_edtf (memo_record_get_date (read, MEMO_AGREEMENT_IN_FORCE)), ==, "2026-01-05");
  g_assert_cmpuint (g_strv_length ((GStrv) memo_record_get_texts (read, MEMO_AGREEMENT_PARTIES)), ==, 2);
  g_assert_cmpuint (g_strv_length ((GStrv) memo_record_get_texts (read, MEMO_AGREEMENT_SECTORS)), ==, 0);
  g_assert_cmpuint (memo_index_get_n (get_index (), MEMO_KIND_FOLLOW_UP), ==, before + 1);
}

static void
test_edit_errors (void)
{
  g_autoptr (MemoRecord) base = ADD (library, MEMO_KIND_AGREEMENT, { "title", "Base" });
  const char *gone = "6f1b7d8e-0000-4000-8000-000000000000";

  assert_fails (MEMO_KIND_AGREEMENT, NULL, "sector", "juggling", MEMO_ERROR_INVALID, "juggling");
  assert_fails (MEMO_KIND_AGREEMENT, NULL, "signed", "2025-02-30", MEMO_ERROR_INVALID, "2025-02-30");
  assert_fails (MEMO_KIND_AGREEMENT, NULL, "signed", "this Friday", MEMO_ERROR_INVALID, "this Friday");
  assert_fails (MEMO_KIND_AGREEMENT, NULL, "status", "forgotten", MEMO_ERROR_INVALID, "forgotten");
  assert_fails (MEMO_KIND_AGREEMENT, NULL, "kind", "handshake", MEMO_ERROR_INVALID, "handshake");
  assert_fails (MEMO_KIND_AGREEMENT, NULL, "declared", "many", MEMO_ERROR_INVALID, "many");
  assert_fails (MEMO_KIND_AGREEMENT, NULL, "session", "last", MEMO_ERROR_INVALID, "last");
  assert_fails (MEMO_KIND_AGREEMENT, NULL, "smell", "x", MEMO_ERROR_INVALID, "smell");
  assert_fails (MEMO_KIND_AGREEMENT, NULL, "role", "host", MEMO_ERROR_INVALID, "host");
  assert_fails (MEMO_KIND_AGREEMENT, NULL, "party", "person:", MEMO_ERROR_INVALID, "name");
  assert_fails (MEMO_KIND_AGREEMENT, NULL, "package", gone, MEMO_ERROR_NOT_FOUND, gone);
  assert_fails (MEMO_KIND_AGREEMENT, base, "package", memo_record_get_uuid (base), MEMO_ERROR_INVALID, "itself");
  assert_fails (MEMO_KIND_AGREEMENT, base, "title", "", MEMO_ERROR_INVALID, "Title");
  assert_fails (MEMO_KIND_ARTICLE, NULL, "language", "Klingonish", MEMO_ERROR_INVALID, "Klingonish");
  assert_fails (MEMO_KIND_ARTICLE, NULL, "references", "[", MEMO_ERROR_INVALID, "JSON");
}

static void
test_other_kinds (void)
{
  g_autoptr (MemoRecord) event = ADD (library, MEMO_KIND_EVENT, { "title", "Founding" }, { "kind", "founding" },
                                      { "date", "2008" }, { "party", "Venezuela" }, { "body", "CIAN" });
  g_autoptr (MemoRecord) note = ADD (library, MEMO_KIND_NOTE, { "title", "N" }, { "text", "# Words" }, { "tag", "x" });
  g_autoptr (MemoRecord) sector = ADD (library, MEMO_KIND_SECTOR, { "code", "899" }, { "name_en", "Weaving" },
                                       { "name-tr", "Dokuma" }, { "parent", "Culture" }, { "position", "9" });
  g_autoptr (MemoRecord) body =
      ADD (library, MEMO_KIND_BODY, { "name", "Forum of Weavers" }, { "founded", "1984~" }, { "kind", "forum" });
  g_autoptr (MemoRecord) party = ADD (library, MEMO_KIND_PARTY, { "name", "Weavers Ltd" }, { "alias", "WL" });

  g_assert_cmpstr (memo_date_get_edtf (memo_record_get_date (event, MEMO_EVENT_WHEN)), ==, "2008");
  g_assert_cmpstr (memo_record_get_text (note, MEMO_NOTE_TEXT), ==, "# Words");
  g_assert_true (memo_action_find_sector (get_index (), "dokuma") != NULL);
  g_assert_cmpstr (memo_record_get_text (sector, MEMO_SECTOR_PARENT), ==,
                   memo_record_get_uuid (memo_index_find_sector (get_index (), "840")));
  g_assert_cmpstr (memo_record_get_text (body, MEMO_BODY_KIND), ==, "forum");
  g_assert_cmpstr (memo_record_get_text (party, MEMO_PARTY_KIND), ==, "company");
  assert_fails (MEMO_KIND_SECTOR, sector, "parent", "899", MEMO_ERROR_INVALID, "itself");

  const MemoValue rename[] = { { "name_tr", "" }, { "name_ru", "Ткачество" } };
  g_autoptr (GError) error = NULL;
  apply (library, memo_action_edit (get_index (), MEMO_KIND_SECTOR, sector, rename, 2, NULL, &error), error);
  g_assert_null (memo_index_find_sector (get_index (), "dokuma"));
  g_assert_nonnull (memo_index_find_sector (get_index (), "ткачество"));
}

static void
test_follow_up (void)
{
  g_autoptr (MemoRecord) agreement =
      ADD (library, MEMO_KIND_AGREEMENT, { "title", "F" }, { "signed", "2025" }, { "status", "signed" });
  g_autoptr (MemoDate) late = memo_date_new ("2026-10-01", NULL);
  g_autoptr (MemoDate) early = memo_date_new ("2026-03", NULL);
  g_autoptr (MemoRecord) step = NULL;
  g_autoptr (GError) error = NULL;

  apply (library,
         memo_action_follow_up (get_index (), agreement, "under_review", late, "At the XX session", &step, &error),
         error);
  g_autoptr (MemoRecord) reviewed = get (library, memo_record_get_uuid (agreement));
  g_assert_cmpstr (memo_record_get_text (reviewed, MEMO_AGREEMENT_STATUS), ==, "under_review");

  /* An entry from before the latest one adds to the history alone. */
  apply (library, memo_action_follow_up (get_index (), reviewed, "in_force", early, NULL, NULL, &error), error);
  g_autoptr (MemoRecord) still = get (library, memo_record_get_uuid (agreement));
  g_assert_cmpstr (memo_record_get_text (still, MEMO_AGREEMENT_STATUS), ==, "under_review");

  g_assert_null (memo_action_follow_up (get_index (), still, "gone", late, NULL, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (memo_action_follow_up (get_index (), still, NULL, late, NULL, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
}

#define TEXT "Forty-two agreements were signed this Friday. Both sides spoke of “trust”.\\n\\nMore flights follow."
static const char *const article_json =
    "{\"title\":\"Report\",\"published\":\"2025-11-28\",\"language\":\"en\",\"text\":\"" TEXT "\",\"blocks\":["
    "{\"type\":\"paragraph\",\"start\":0,\"end\":75},{\"type\":\"paragraph\",\"start\":77,\"end\":97}]}";

static void
test_annotate (void)
{
  g_autoptr (MemoRecord) article = import (library, article_json, NULL);
  const char *const tags[] = { "trust", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) annotation = NULL;
  glong start, end;

  /* Quotes are found whatever their typography. */
  g_assert_true (memo_action_locate (article, "spoke of \"trust\"", NULL, NULL, &start, &end, &error));
  apply (library, memo_action_annotate (article, start, end, "green", "Check", tags, NULL, NULL, &annotation, &error),
         error);
  g_assert_cmpstr (memo_record_get_text (annotation, MEMO_ANNOTATION_EXACT), ==, "spoke of “trust”");
  g_assert_cmpstr (memo_record_get_text (annotation, MEMO_ANNOTATION_STATE), ==, "anchored");
  g_assert_cmpint (memo_record_get_int (annotation, MEMO_ANNOTATION_START), ==, start);
  g_assert_true (g_str_has_suffix (memo_record_get_text (annotation, MEMO_ANNOTATION_PREFIX), "Both sides "));

  g_assert_false (memo_action_locate (article, "words that are nowhere to be found", NULL, NULL, &start, &end, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (memo_action_locate (article, " ", NULL, NULL, &start, &end, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (memo_action_annotate (article, 5, 5, NULL, NULL, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (memo_action_annotate (article, 0, 5000, NULL, NULL, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (memo_action_annotate (article, 0, 5, "beige", NULL, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
}

static void
test_from_passage (void)
{
  g_autoptr (MemoRecord) article = import (library, article_json, NULL);
  const MemoValue values[] = { { "title", "" }, { "signed", "this Friday" }, { "declared", "42" } };
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) agreement = NULL;

  apply (library,
         memo_action_agreement_from_passage (get_index (), article, 0, 44, NULL, values, G_N_ELEMENTS (values),
                                             &agreement, &error),
         error);
  g_autoptr (MemoRecord) read = get (library, memo_record_get_uuid (agreement));
  g_assert_cmpstr (memo_record_get_title (read), ==, "Forty-two agreements were signed this Friday");
  g_assert_cmpstr (memo_date_get_edtf (memo_record_get_date (read, MEMO_AGREEMENT_SIGNED)), ==, "2025-11-28");
  MemoCounts counts;
  g_assert_true (memo_index_get_counts (get_index (), memo_record_get_id (read), &counts));
  g_assert_cmpuint (counts.evidence, ==, 1);
  g_assert_cmpuint (counts.sources, ==, 1);

  /* From an annotation that is there already, with a title. */
  g_autoptr (MemoRecord) flights = annotate (library, article, "More flights follow");
  const MemoValue more[] = { { "title", "Flights" } };
  g_autoptr (MemoRecord) second = NULL;
  guint before = memo_index_get_n (get_index (), MEMO_KIND_ANNOTATION);
  apply (library, memo_action_agreement_from_passage (get_index (), article, 0, 0, flights, more, 1, &second, &error),
         error);
  g_assert_cmpuint (memo_index_get_n (get_index (), MEMO_KIND_ANNOTATION), ==, before);
  g_assert_cmpstr (memo_record_get_title (second), ==, "Flights");

  /* One undo takes all of it back. */
  g_autofree char *undone = fixture_walk (library, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (memo_index_get_id (get_index (), MEMO_KIND_AGREEMENT, memo_record_get_uuid (second)), ==, 0);

  g_assert_null (memo_action_agreement_from_passage (get_index (), article, 9, 2, NULL, more, 1, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
}

static void
test_evidence_errors (void)
{
  g_autoptr (MemoRecord) article = import (library, article_json, NULL);
  g_autoptr (MemoRecord) annotation = annotate (library, article, "signed this Friday");
  g_autoptr (MemoRecord) agreement =
      ADD (library, MEMO_KIND_AGREEMENT, { "title", "E" }, { "signed", "28.11.2025" }, { "session", "19" });
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) evidence = NULL;
  g_autoptr (MemoRecord) number = NULL;

  apply (library, memo_action_evidence (agreement, annotation, "signed", NULL, &evidence, &error), error);
  g_assert_cmpstr (memo_record_get_text (evidence, MEMO_EVIDENCE_VALUE), ==, "2025-11-28");
  apply (library, memo_action_evidence (agreement, annotation, "session", "XIXth", &number, &error), error);
  g_assert_cmpstr (memo_record_get_text (number, MEMO_EVIDENCE_VALUE), ==, "19");

  g_assert_null (memo_action_evidence (agreement, annotation, "signed", "someday", NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (memo_action_evidence (agreement, annotation, "smell", NULL, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (memo_action_evidence (agreement, article, NULL, NULL, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (memo_action_evidence (article, annotation, NULL, NULL, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
}

static void
test_update_text (void)
{
  g_autoptr (MemoRecord) article = import (library, article_json, NULL);
  g_autoptr (MemoRecord) same = annotate (library, article, "Forty-two agreements");
  g_autoptr (MemoRecord) moves = annotate (library, article, "More flights follow");
  g_autoptr (MemoRecord) lost = annotate (library, article, "Both sides spoke of “trust”");
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (JsonObject) draft =
      draft_new ("{\"text\":\"Forty-two agreements were signed this Friday. Nothing else was said about it.\\n\\n"
                 "In the spring, then: More flights follow.\",\"outlet\":\"Wire\",\"title\":\"Other\"}");
  g_autoptr (GBytes) bytes = g_bytes_new_static ("new", 3);
  g_autoptr (MemoOriginal) original = memo_original_new (bytes);
  g_autoptr (GError) error = NULL;
  guint anchored, moved, orphaned;

  g_ptr_array_add (all, same);
  g_ptr_array_add (all, moves);
  g_ptr_array_add (all, lost);
  apply (library, memo_action_update_text (article, draft, original, all, &anchored, &moved, &orphaned, &error), error);
  g_assert_cmpuint (anchored, ==, 1);
  g_assert_cmpuint (moved, ==, 1);
  g_assert_cmpuint (orphaned, ==, 1);
  g_autoptr (MemoRecord) read = get (library, memo_record_get_uuid (article));
  g_autoptr (MemoRecord) read_moved = get (library, memo_record_get_uuid (moves));
  g_autoptr (MemoRecord) read_lost = get (library, memo_record_get_uuid (lost));
  g_assert_cmpstr (memo_record_get_title (read), ==, "Report");
  g_assert_cmpstr (memo_record_get_text (read, MEMO_ARTICLE_OUTLET), ==, "Wire");
  g_autofree char *words = memo_text_slice (memo_record_get_text (read, MEMO_ARTICLE_TEXT),
                                            memo_record_get_int (read_moved, MEMO_ANNOTATION_START),
                                            memo_record_get_int (read_moved, MEMO_ANNOTATION_END));
  g_assert_cmpstr (words, ==, "More flights follow");
  g_assert_cmpstr (memo_record_get_text (read_lost, MEMO_ANNOTATION_STATE), ==, "orphan");
  g_assert_cmpstr (memo_record_get_text (read_lost, MEMO_ANNOTATION_EXACT), ==, "Both sides spoke of “trust”");

  g_autoptr (JsonObject) empty = draft_new ("{}");
  g_assert_null (memo_action_update_text (article, empty, NULL, all, NULL, NULL, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_autofree char *path = fixture_path ("actions.memorandum");
  library = fixture_open (path, MEMO_OPEN_CREATE);
  g_test_add_func ("/actions/agreement", test_agreement);
  g_test_add_func ("/actions/edit", test_edit);
  g_test_add_func ("/actions/edit/errors", test_edit_errors);
  g_test_add_func ("/actions/other-kinds", test_other_kinds);
  g_test_add_func ("/actions/follow-up", test_follow_up);
  g_test_add_func ("/actions/annotate", test_annotate);
  g_test_add_func ("/actions/from-passage", test_from_passage);
  g_test_add_func ("/actions/evidence", test_evidence_errors);
  g_test_add_func ("/actions/update-text", test_update_text);
  int result = fixture_run ();
  fixture_close (library);
  g_clear_object (&library);
  return result;
}
