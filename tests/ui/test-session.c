#include "ui-fixture.h"

static const MemoValue health[] = { { "title", "Vaccines" },
                                    { "party", "Russia" },
                                    { "party", "VE" },
                                    { "sector", "Health" },
                                    { "status", "signed" } };
static const MemoValue energy[] = { { "title", "Oil" },
                                    { "party", "RU" },
                                    { "sector", "Energy" },
                                    { "signed", "2019" } };

static char *last_toast;
static gboolean last_undoable;

static void
toast_cb (MemoSession *session, const char *text, gboolean undoable)
{
  g_free (last_toast);
  last_toast = g_strdup (text);
  last_undoable = undoable;
}

static void
test_filter_selects (UiFixture *fixture, gconstpointer data)
{
  g_autofree char *one = ui_add_agreement (fixture->session, health, G_N_ELEMENTS (health));
  g_autofree char *two = ui_add_agreement (fixture->session, energy, G_N_ELEMENTS (energy));
  MemoIndex *index = memo_library_get_index (memo_session_get_library (fixture->session));
  MemoRecord *sector = memo_index_find_sector (index, "Health");
  g_autoptr (MemoFilter) filter = memo_filter_with (memo_session_get_filter (fixture->session), MEMO_FACET_SECTOR,
                                                    MEMO_CHOICE_ANY, memo_record_get_uuid (sector));
  MemoSelection *selection;

  g_assert_cmpuint (memo_selection_get_count (memo_session_get_selection (fixture->session), MEMO_KIND_AGREEMENT), ==,
                    2);
  memo_session_set_filter (fixture->session, filter);
  ui_settle (20);
  ui_wait_until (ui_has_selection, fixture->session);
  selection = memo_session_get_selection (fixture->session);
  g_assert_cmpuint (memo_selection_get_count (selection, MEMO_KIND_AGREEMENT), ==, 1);
  g_assert_true (
      memo_selection_contains (selection, MEMO_KIND_AGREEMENT,
                               memo_index_get_id (memo_selection_get_index (selection), MEMO_KIND_AGREEMENT, one)));
}

static gboolean
undone_was_said (gpointer data)
{
  return last_toast && strstr (last_toast, "Undone") && ui_has_selection (data);
}

static void
test_apply_says_and_undo_takes_back (UiFixture *fixture, gconstpointer data)
{
  g_autofree char *uuid = NULL;

  g_signal_connect (fixture->session, "toast", G_CALLBACK (toast_cb), NULL);
  uuid = ui_add_agreement (fixture->session, health, G_N_ELEMENTS (health));
  g_assert_cmpstr (last_toast, ==, "Added");
  g_assert_true (last_undoable);
  memo_session_undo (fixture->session);
  ui_wait_until (undone_was_said, fixture->session);
  g_assert_false (last_undoable);
  ui_settle (20);
  ui_wait_until (ui_has_selection, fixture->session);
  g_assert_cmpuint (memo_selection_get_count (memo_session_get_selection (fixture->session), MEMO_KIND_AGREEMENT), ==,
                    0);
}

static void
count_cb (GObject *object, GParamSpec *pspec, guint *count)
{
  ++*count;
}

static void
test_same_value_is_no_change (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (MemoFilter) empty = memo_filter_new ();
  static guint shown, filtered;

  g_signal_connect (fixture->session, "notify::shown", G_CALLBACK (count_cb), &shown);
  g_signal_connect (fixture->session, "notify::filter", G_CALLBACK (count_cb), &filtered);
  memo_session_show (fixture->session, "x");
  memo_session_show (fixture->session, "x");
  memo_session_set_filter (fixture->session, empty);
  g_assert_cmpuint (shown, ==, 1);
  g_assert_cmpuint (filtered, ==, 0);
}

/* What the filter takes from the list goes from the details; what was not in the list stays there. */
static void
test_filter_takes_shown (UiFixture *fixture, gconstpointer data)
{
  static const MemoValue oil[] = { { "title", "Oil" }, { "status", "signed" } };
  static const MemoValue gas[] = { { "title", "Gas" }, { "status", "ended" } };
  g_autofree char *one = ui_add_agreement (fixture->session, oil, G_N_ELEMENTS (oil));
  g_autofree char *two = ui_add_agreement (fixture->session, gas, G_N_ELEMENTS (gas));
  g_autoptr (MemoFilter) all = memo_filter_new ();
  g_autoptr (MemoFilter) is_signed = memo_filter_with (all, MEMO_FACET_STATUS, MEMO_CHOICE_ANY, "signed");
  g_autoptr (MemoFilter) words = memo_filter_with_words (is_signed, "nothing");

  memo_session_show (fixture->session, one);
  memo_session_set_filter (fixture->session, is_signed);
  ui_settle (20);
  ui_wait_until (ui_has_selection, fixture->session);
  g_assert_cmpstr (memo_session_get_shown (fixture->session), ==, one);
  memo_session_set_filter (fixture->session, words);
  ui_settle (20);
  ui_wait_until (ui_has_selection, fixture->session);
  g_assert_null (memo_session_get_shown (fixture->session));

  memo_session_show (fixture->session, two);
  memo_session_set_filter (fixture->session, is_signed);
  ui_settle (20);
  ui_wait_until (ui_has_selection, fixture->session);
  g_assert_cmpstr (memo_session_get_shown (fixture->session), ==, two);
}

/* Of several agreements together nothing is shown by itself; a filter leaves some, and of two one is shown. */
static void
test_several (UiFixture *fixture, gconstpointer data)
{
  static const MemoValue gas[] = { { "title", "Gas" }, { "sector", "Energy" }, { "status", "ended" } };
  g_autofree char *one = ui_add_agreement (fixture->session, health, G_N_ELEMENTS (health));
  g_autofree char *two = ui_add_agreement (fixture->session, energy, G_N_ELEMENTS (energy));
  g_autofree char *three = ui_add_agreement (fixture->session, gas, G_N_ELEMENTS (gas));
  const char *uuids[] = { one, two, three };
  MemoIndex *index = memo_library_get_index (memo_session_get_library (fixture->session));
  g_autoptr (MemoFilter) all = memo_filter_new ();
  g_autoptr (MemoFilter) oil = memo_filter_with_words (all, "oil");
  g_autoptr (MemoFilter) fields = memo_filter_with (all, MEMO_FACET_SECTOR, MEMO_CHOICE_ANY,
                                                    memo_record_get_uuid (memo_index_find_sector (index, "Energy")));
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  static guint shown;

  for (guint i = 0; i < G_N_ELEMENTS (uuids); i++)
    {
      gint64 id = memo_index_get_id (index, MEMO_KIND_AGREEMENT, uuids[i]);

      g_array_append_val (ids, id);
    }
  memo_session_show (fixture->session, one);
  g_signal_connect (fixture->session, "notify::shown", G_CALLBACK (count_cb), &shown);
  memo_session_show_several (fixture->session, ids);
  memo_session_show_several (fixture->session, ids);
  g_assert_cmpuint (shown, ==, 1);
  g_assert_null (memo_session_get_shown (fixture->session));
  g_assert_cmpuint (memo_session_get_several (fixture->session)->len, ==, 3);

  memo_session_set_filter (fixture->session, fields);
  ui_settle (20);
  ui_wait_until (ui_has_selection, fixture->session);
  g_assert_cmpuint (memo_session_get_several (fixture->session)->len, ==, 2);
  memo_session_set_filter (fixture->session, oil);
  ui_settle (20);
  ui_wait_until (ui_has_selection, fixture->session);
  g_assert_null (memo_session_get_several (fixture->session));
  g_assert_cmpstr (memo_session_get_shown (fixture->session), ==, two);

  memo_session_show_several (fixture->session, ids);
  memo_session_show (fixture->session, NULL);
  g_assert_null (memo_session_get_several (fixture->session));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/session/filter-selects", UiFixture, NULL, ui_fixture_set_up, test_filter_selects, ui_fixture_tear_down);
  g_test_add ("/session/apply-says-and-undo-takes-back", UiFixture, NULL, ui_fixture_set_up,
              test_apply_says_and_undo_takes_back, ui_fixture_tear_down);
  g_test_add ("/session/same-value-is-no-change", UiFixture, NULL, ui_fixture_set_up, test_same_value_is_no_change,
              ui_fixture_tear_down);
  g_test_add ("/session/filter-takes-shown", UiFixture, NULL, ui_fixture_set_up, test_filter_takes_shown,
              ui_fixture_tear_down);
  g_test_add ("/session/several", UiFixture, NULL, ui_fixture_set_up, test_several, ui_fixture_tear_down);
  return g_test_run ();
}
