#include "base/memo-error.h"
#include "model/memo-filter.h"

static void
test_empty (void)
{
  g_autoptr (MemoFilter) filter = memo_filter_new ();
  g_autofree char *json = memo_filter_to_json (filter);

  g_assert_true (memo_filter_is_empty (filter));
  g_assert_cmpstr (json, ==, "{}");
  g_assert_cmpstr (memo_filter_get_words (filter), ==, "");
  g_assert_null (memo_filter_get_from (filter));
  g_assert_null (memo_filter_get_to (filter));
  for (MemoFacet facet = 0; facet < MEMO_N_FACETS; facet++)
    for (MemoChoice choice = MEMO_CHOICE_ANY; choice <= MEMO_CHOICE_NONE; choice++)
      g_assert_null (memo_filter_get_values (filter, facet, choice)[0]);
}

static void
test_immutable (void)
{
  g_autoptr (MemoFilter) filter = memo_filter_new ();
  g_autoptr (MemoFilter) any = memo_filter_with (filter, MEMO_FACET_TAG, MEMO_CHOICE_ANY, "oil");
  g_autoptr (MemoFilter) twice = memo_filter_with (any, MEMO_FACET_TAG, MEMO_CHOICE_ANY, "oil");
  g_autoptr (MemoFilter) none = memo_filter_with (any, MEMO_FACET_TAG, MEMO_CHOICE_NONE, "oil");
  g_autoptr (MemoFilter) more = memo_filter_with (none, MEMO_FACET_TAG, MEMO_CHOICE_ALL, "gas");
  g_autoptr (MemoFilter) less = memo_filter_without (more, MEMO_FACET_TAG, "oil");
  g_autoptr (MemoFilter) cleared = memo_filter_without_facet (more, MEMO_FACET_TAG);

  g_assert_true (memo_filter_is_empty (filter));
  g_assert_false (memo_filter_is_empty (any));
  g_assert_true (memo_filter_equal (any, twice));
  g_assert_cmpuint (g_strv_length ((GStrv) memo_filter_get_values (twice, MEMO_FACET_TAG, MEMO_CHOICE_ANY)), ==, 1);
  g_assert_null (memo_filter_get_values (none, MEMO_FACET_TAG, MEMO_CHOICE_ANY)[0]);
  g_assert_cmpstr (memo_filter_get_values (none, MEMO_FACET_TAG, MEMO_CHOICE_NONE)[0], ==, "oil");
  g_assert_cmpstr (memo_filter_get_values (more, MEMO_FACET_TAG, MEMO_CHOICE_ALL)[0], ==, "gas");
  g_assert_null (memo_filter_get_values (less, MEMO_FACET_TAG, MEMO_CHOICE_NONE)[0]);
  g_assert_true (memo_filter_is_empty (cleared));
  g_assert_false (memo_filter_equal (any, none));
  g_assert_false (memo_filter_equal (any, NULL));
  g_assert_true (memo_filter_equal (any, any));
}

static void
test_equal_in_any_order (void)
{
  g_autoptr (MemoFilter) a = memo_filter_from_json ("{\"tag\":{\"any\":[\"a\",\"b\"]}}", NULL);
  g_autoptr (MemoFilter) b = memo_filter_from_json ("{\"tag\":{\"any\":[\"b\",\"a\"]}}", NULL);
  g_autoptr (MemoFilter) c = memo_filter_from_json ("{\"tag\":{\"any\":[\"b\",\"c\"]}}", NULL);

  g_assert_true (memo_filter_equal (a, b));
  g_assert_false (memo_filter_equal (a, c));
}

static MemoFilter *
full_filter (void)
{
  g_autoptr (MemoFilter) filter = memo_filter_new ();
  g_autoptr (MemoDate) from = memo_date_new ("2019", NULL);
  g_autoptr (MemoDate) to = memo_date_new ("2025-11-28", NULL);

  for (MemoFacet facet = 0; facet < MEMO_N_FACETS; facet++)
    for (MemoChoice choice = MEMO_CHOICE_ANY; choice <= MEMO_CHOICE_NONE; choice++)
      {
        g_autofree char *value = g_strdup_printf ("%s “%u”", memo_facet_get_name (facet), choice);
        g_autoptr (MemoFilter) next = memo_filter_with (filter, facet, choice, value);

        g_set_object (&filter, next);
      }
  {
    g_autoptr (MemoFilter) dated = memo_filter_with_dates (filter, from, to);
    g_autoptr (MemoFilter) worded = memo_filter_with_words (dated, "  ortak aşı ");
    g_autoptr (MemoFilter) single = memo_filter_with_single_source (worded, TRUE);

    return memo_filter_with_no_evidence (single, TRUE);
  }
}

static void
test_json (void)
{
  g_autoptr (MemoFilter) filter = full_filter ();
  g_autofree char *json = memo_filter_to_json (filter);
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoFilter) back = memo_filter_from_json (json, &error);
  g_autoptr (MemoFilter) no_words = memo_filter_with_words (filter, NULL);
  g_autoptr (MemoFilter) no_dates = memo_filter_with_dates (filter, NULL, NULL);
  g_autoptr (MemoFilter) no_single = memo_filter_with_single_source (filter, FALSE);

  g_assert_no_error (error);
  g_assert_true (memo_filter_equal (filter, back));
  g_assert_cmpstr (memo_filter_get_words (back), ==, "ortak aşı");
  g_assert_cmpstr (memo_date_get_edtf (memo_filter_get_from (back)), ==, "2019");
  g_assert_cmpstr (memo_date_get_edtf (memo_filter_get_to (back)), ==, "2025-11-28");
  g_assert_true (memo_filter_get_single_source (back));
  g_assert_true (memo_filter_get_no_evidence (back));
  g_assert_false (memo_filter_equal (filter, no_words));
  g_assert_false (memo_filter_equal (filter, no_dates));
  g_assert_false (memo_filter_equal (filter, no_single));
}

static void
test_json_form (void)
{
  g_autoptr (MemoFilter) filter = memo_filter_new ();
  g_autoptr (MemoFilter) with = memo_filter_with (filter, MEMO_FACET_SECTOR, MEMO_CHOICE_ANY, "u-1");
  g_autoptr (MemoDate) from = memo_date_new ("2019", NULL);
  g_autoptr (MemoFilter) dated = memo_filter_with_dates (with, from, NULL);
  g_autoptr (MemoFilter) single = memo_filter_with_single_source (dated, TRUE);
  g_autofree char *json = memo_filter_to_json (single);
  g_autoptr (MemoFilter) lenient =
      memo_filter_from_json ("{\"from\":null,\"unknown\":7,\"tag\":{\"other\":3},\"words\":\"\"}", NULL);

  g_assert_cmpstr (json, ==, "{\"sector\":{\"any\":[\"u-1\"]},\"from\":\"2019\",\"single_source\":true}");
  g_assert_nonnull (lenient);
  g_assert_true (memo_filter_is_empty (lenient));
}

static void
test_json_bad (void)
{
  static const char *const bad[] = { "",
                                     "[]",
                                     "{",
                                     "7",
                                     "{\"tag\":[]}",
                                     "{\"tag\":{\"any\":\"x\"}}",
                                     "{\"tag\":{\"any\":[1]}}",
                                     "{\"tag\":{\"any\":[null]}}",
                                     "{\"tag\":{\"any\":[[]]}}",
                                     "{\"from\":2019}",
                                     "{\"to\":\"2025-02-30\"}",
                                     "{\"from\":\"soon\"}",
                                     "{\"words\":[]}",
                                     "{\"single_source\":\"yes\"}",
                                     "{\"no_evidence\":1}" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MemoFilter) filter = memo_filter_from_json (bad[i], &error);

      g_test_message ("%s: %s", bad[i], error != NULL ? error->message : "taken");
      g_assert_null (filter);
      g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter/empty", test_empty);
  g_test_add_func ("/filter/immutable", test_immutable);
  g_test_add_func ("/filter/equal-in-any-order", test_equal_in_any_order);
  g_test_add_func ("/filter/json", test_json);
  g_test_add_func ("/filter/json-form", test_json_form);
  g_test_add_func ("/filter/json-bad", test_json_bad);
  return g_test_run ();
}
