#include "views-fixture.h"

#include "model/memo-packages.h"
#include "ui/register/memo-register-order.h"

static gint64
find_title (GArray *ids, MemoSelection *selection, const char *title)
{
  GArray *entries = memo_selection_get_entries (selection);

  for (guint i = 0; i < entries->len; i++)
    {
      const MemoEntry *entry = &g_array_index (entries, MemoEntry, i);

      if (entry->kind == MEMO_KIND_AGREEMENT && g_strcmp0 (entry->title, title) == 0)
        return entry->id;
    }
  return 0;
}

static guint
place_of (GArray *ids, gint64 id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return i;
  return G_MAXUINT;
}

static void
test_packages (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRegisterOrder) order = NULL;
  g_autoptr (GHashTable) open = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray) closed = NULL, opened = NULL, packages = NULL;
  MemoSelection *selection;
  gint64 package, child;
  guint n;

  views_fill (fixture->session);
  selection = memo_session_get_selection (fixture->session);
  n = memo_selection_get_count (selection, MEMO_KIND_AGREEMENT);
  order = memo_register_order_new (selection, MEMO_SORT_DATE, TRUE);
  closed = memo_register_order_flatten (order, open);
  g_assert_cmpuint (closed->len, ==, n - 3);
  package = find_title (closed, selection, "42 agreements of the XIX session");
  child = find_title (closed, selection, "More direct flights");
  g_assert_cmpuint (memo_register_order_get_n_children (order, package), ==, 2);
  g_assert_cmpint (memo_register_order_get_parent (order, child), ==, package);
  g_assert_cmpuint (memo_register_order_get_depth (order, child), ==, 1);
  g_assert_cmpuint (memo_register_order_get_depth (order, package), ==, 0);
  g_assert_cmpuint (place_of (closed, child), ==, G_MAXUINT);

  g_hash_table_add (open, &package);
  opened = memo_register_order_flatten (order, open);
  g_assert_cmpuint (opened->len, ==, n - 1);
  g_assert_cmpuint (place_of (opened, child), >, place_of (opened, package));
  g_assert_cmpuint (place_of (opened, child), <=, place_of (opened, package) + 2);
  packages = memo_register_order_get_packages (order);
  g_assert_cmpuint (packages->len, ==, 2);
}

/* What a filter takes the package of stands by itself. */
static void
test_alone (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (MemoFilter) all = memo_filter_new (), filter = NULL;
  g_autoptr (MemoRegisterOrder) order = NULL;
  g_autoptr (GHashTable) open = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray) ids = NULL;
  MemoSelection *selection;

  views_fill (fixture->session);
  filter = memo_filter_with (all, MEMO_FACET_STATUS, MEMO_CHOICE_ANY, "announced");
  memo_session_set_filter (fixture->session, filter);
  ui_wait_until (ui_has_selection, fixture->session);
  selection = memo_session_get_selection (fixture->session);
  order = memo_register_order_new (selection, MEMO_SORT_TITLE, FALSE);
  ids = memo_register_order_flatten (order, open);
  g_assert_cmpuint (ids->len, ==, memo_selection_get_count (selection, MEMO_KIND_AGREEMENT));
  g_assert_cmpuint (place_of (ids, find_title (ids, selection, "More direct flights")), !=, G_MAXUINT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/register/order/packages", UiFixture, NULL, ui_fixture_set_up, test_packages, ui_fixture_tear_down);
  g_test_add ("/register/order/alone", UiFixture, NULL, ui_fixture_set_up, test_alone, ui_fixture_tear_down);
  return g_test_run ();
}
