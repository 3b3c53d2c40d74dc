#include "action-fixture.h"

#include "base/memo-error.h"
#include "model/memo-action-private.h"

/* Who says what. */

static MemoLibrary *library;

static GPtrArray *
claims_of (MemoRecord *record)
{
  MemoAwait await = { 0 };
  g_autoptr (GError) error = NULL;
  memo_claims_async (library, memo_record_get_uuid (record), NULL, memo_await_cb, &await);
  g_autoptr (GAsyncResult) result = memo_await (&await);
  GPtrArray *claims = memo_claims_finish (library, result, &error);
  g_assert_no_error (error);
  return claims;
}

static void
tie (MemoRecord *record, MemoRecord *annotation, const char *field, const char *value)
{
  g_autoptr (GError) error = NULL;
  apply (library, memo_action_evidence (record, annotation, field, value, NULL, &error), error);
}

static MemoClaims *
find_claims (GPtrArray *all, const char *field)
{
  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (((MemoClaims *) g_ptr_array_index (all, i))->field, field) == 0)
      return g_ptr_array_index (all, i);
  return NULL;
}

static void
test_claims (void)
{
  g_autoptr (MemoRecord) report =
      import (library,
              "{\"title\":\"The report of the wire\",\"language\":\"en\",\"url\":\"https://w.example/r\",\"text\":"
              "\"It was founded in 2008 and talks were fruitful.\"}",
              NULL);
  g_autoptr (MemoRecord) analysis =
      import (library,
              "{\"title\":\"The analysis of it\",\"language\":\"en\",\"url\":\"https://k.example/en\",\"text\":"
              "\"Regular meetings since 2019 were "
              "productive.\",\"references\":[{\"text\":\"r\",\"url\":\"https://w.example/r\"}]}",
              NULL);
  g_autoptr (MemoRecord) version =
      import (library,
              "{\"title\":\"Onun analizi\",\"language\":\"tr\",\"text\":\"2019'dan beri toplantılar verimli.\"}",
              memo_record_get_uuid (analysis));
  g_autoptr (MemoRecord) agreement = ADD (library, MEMO_KIND_AGREEMENT, { "title", "A" }, { "signed", "2008" });
  g_autoptr (MemoRecord) founded = annotate (library, report, "founded in 2008");
  g_autoptr (MemoRecord) meetings = annotate (library, analysis, "meetings since 2019");
  g_autoptr (MemoRecord) toplanti = annotate (library, version, "2019'dan beri");

  tie (agreement, founded, NULL, NULL);
  tie (agreement, meetings, NULL, NULL);
  tie (agreement, toplanti, NULL, NULL);
  tie (agreement, founded, "signed", NULL);
  tie (agreement, meetings, "signed", "since 2019");
  tie (agreement, founded, "in_force", "2008-05");
  tie (agreement, meetings, "in_force", "2008");
  tie (agreement, founded, "title", "İncesu agreement");
  tie (agreement, meetings, "title", "INCESU AGREEMENT");
  tie (agreement, founded, "parties", "RU");
  tie (agreement, meetings, "parties", "VE");

  g_autoptr (GPtrArray) all = claims_of (agreement);
  MemoClaims *whole = g_ptr_array_index (all, 0);
  g_assert_null (whole->field);
  g_assert_cmpuint (whole->claims->len, ==, 1);
  MemoClaim *claim = g_ptr_array_index (whole->claims, 0);
  g_assert_cmpuint (claim->quotes->len, ==, 3);
  g_assert_cmpuint (claim->independent, ==, 1);
  g_assert_false (((MemoQuote *) g_ptr_array_index (claim->quotes, 0))->cited);
  g_assert_true (((MemoQuote *) g_ptr_array_index (claim->quotes, 1))->cited);
  g_assert_true (((MemoQuote *) g_ptr_array_index (claim->quotes, 2))->cited);
  g_assert_true (whole->agree);

  MemoClaims *dates = find_claims (all, "signed");
  g_assert_cmpuint (dates->claims->len, ==, 2);
  g_assert_false (dates->agree);
  g_assert_cmpstr (((MemoClaim *) g_ptr_array_index (dates->claims, 1))->value, ==, "2019/..");
  g_assert_true (find_claims (all, "in_force")->agree);
  g_assert_cmpuint (find_claims (all, "in_force")->claims->len, ==, 2);
  g_assert_cmpuint (find_claims (all, "title")->claims->len, ==, 1);
  g_assert_true (find_claims (all, "parties")->agree);

  /* An annotation in the trash is evidence no more. */
  g_autoptr (MemoChange) change = memo_change_new ("Delete", NULL);
  memo_change_trash (change, meetings);
  fixture_apply (library, change);
  g_autoptr (GPtrArray) fewer = claims_of (agreement);
  g_assert_cmpuint (find_claims (fewer, "signed")->claims->len, ==, 1);

  /* Nor does an article in the trash say anything. */
  g_autoptr (MemoChange) more = memo_change_new ("Delete", NULL);
  memo_change_trash (more, report);
  fixture_apply (library, more);
  g_autoptr (GPtrArray) least = claims_of (agreement);
  g_assert_null (find_claims (least, "signed"));
}

/* Two that cite each other are one source. */
static void
test_circle (void)
{
  g_autoptr (MemoRecord) a = import (
      library,
      "{\"title\":\"First of the "
      "circle\",\"url\":\"https://c.example/1\",\"text\":\"one\",\"references\":[{\"url\":\"https://c.example/2\"}]}",
      NULL);
  g_autoptr (MemoRecord) b = import (
      library,
      "{\"title\":\"Second of the "
      "circle\",\"url\":\"https://c.example/2\",\"text\":\"two\",\"references\":[{\"url\":\"https://c.example/1\"}]}",
      NULL);
  g_autoptr (MemoRecord) event = ADD (library, MEMO_KIND_EVENT, { "title", "E" });
  g_autoptr (MemoRecord) one = annotate (library, a, "one");
  g_autoptr (MemoRecord) two = annotate (library, b, "two");
  tie (event, one, NULL, NULL);
  tie (event, two, NULL, NULL);
  g_autoptr (GPtrArray) all = claims_of (event);
  MemoClaims *whole = g_ptr_array_index (all, 0);
  g_assert_cmpuint (((MemoClaim *) g_ptr_array_index (whole->claims, 0))->independent, ==, 1);
}

static void
test_none (void)
{
  g_autoptr (MemoRecord) agreement = ADD (library, MEMO_KIND_AGREEMENT, { "title", "Nobody says it" });
  g_autoptr (GPtrArray) all = claims_of (agreement);
  g_assert_cmpuint (all->len, ==, 0);
}

static void
test_agreeing (void)
{
  g_assert_true (memo_claim_values_agree (MEMO_FIELD_DATE, "2008", "2008-05-01"));
  g_assert_false (memo_claim_values_agree (MEMO_FIELD_DATE, "2008", "2019/.."));
  g_assert_true (memo_claim_values_agree (MEMO_FIELD_DATE, "soon", "SOON"));
  g_assert_true (memo_claim_values_agree (MEMO_FIELD_TEXT, "Fruitful", "fruitful"));
  g_assert_false (memo_claim_values_agree (MEMO_FIELD_INT, "42", "24"));
  g_assert_true (memo_claim_values_agree (MEMO_FIELD_INT, NULL, "24"));
  g_assert_true (memo_claim_values_agree (MEMO_FIELD_REFS, "a", "b"));
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_autofree char *path = fixture_path ("claims.memorandum");
  library = fixture_open (path, MEMO_OPEN_CREATE);
  g_test_add_func ("/claims/claims", test_claims);
  g_test_add_func ("/claims/circle", test_circle);
  g_test_add_func ("/claims/none", test_none);
  g_test_add_func ("/claims/agreeing", test_agreeing);
  int result = fixture_run ();
  fixture_close (library);
  g_clear_object (&library);
  return result;
}
