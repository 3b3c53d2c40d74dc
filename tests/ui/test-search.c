#include "ui-fixture.h"

#include <string.h>

#include "model/memo-seed.h"
#include "ui/memo-settings.h"
#include "ui/search/memo-search.h"

/* The search window with the seed's sectors and parties and one agreement. */

typedef struct
{
  GtkWidget *parent, *window, *entry, *list, *grouped;
} Parts;

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found)
        return found;
    }
  return NULL;
}

static void
add_agreement (UiFixture *fixture)
{
  g_autoptr (MemoChange) change = memo_change_new ("Add agreement", NULL);
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_AGREEMENT, NULL);
  g_autofree char *sector = memo_seed_dup_uuid (MEMO_KIND_SECTOR, "120");
  const char *sectors[] = { sector, NULL };
  g_autoptr (MemoRecord) record = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  MemoAwait await = { 0 };

  memo_record_builder_set_text (builder, MEMO_AGREEMENT_TITLE, "Vaccine protocol");
  memo_record_builder_set_texts (builder, MEMO_AGREEMENT_SECTORS, sectors);
  record = memo_record_builder_end (builder);
  memo_change_insert (change, record);
  memo_library_apply_async (memo_session_get_library (fixture->session), change, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  g_assert_true (memo_library_apply_finish (memo_session_get_library (fixture->session), result, &error));
  g_assert_no_error (error);
}

static void
present (UiFixture *fixture, Parts *parts)
{
  g_autoptr (GList) windows = NULL;

  parts->parent = gtk_window_new ();
  gtk_window_present (GTK_WINDOW (parts->parent));
  memo_search_present (parts->parent, fixture->session);
  windows = gtk_window_list_toplevels ();
  parts->window = NULL;
  for (GList *link = windows; link; link = link->next)
    if (link->data != parts->parent && find (link->data, GTK_TYPE_SEARCH_ENTRY))
      parts->window = link->data;
  g_assert_nonnull (parts->window);
  parts->entry = find (parts->window, GTK_TYPE_SEARCH_ENTRY);
  parts->list = find (parts->window, GTK_TYPE_LIST_BOX);
  parts->grouped = NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (gtk_widget_get_parent (parts->entry)); child;
       child = gtk_widget_get_next_sibling (child))
    if (G_OBJECT_TYPE (child) == GTK_TYPE_TOGGLE_BUTTON)
      parts->grouped = child;
  g_assert_nonnull (parts->grouped);
}

static gboolean
has_rows (gpointer list)
{
  return gtk_list_box_get_row_at_index (list, 0) != NULL;
}

static MemoHit *
get_hit (Parts *parts, int index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (parts->list), index);

  return row ? g_object_get_data (G_OBJECT (row), "memo-hit") : NULL;
}

static GtkListBoxRow *
find_row (Parts *parts, MemoKind kind)
{
  for (int i = 0; get_hit (parts, i); i++)
    if (get_hit (parts, i)->kind == kind)
      return gtk_list_box_get_row_at_index (GTK_LIST_BOX (parts->list), i);
  return NULL;
}

static void
close_parent (Parts *parts)
{
  gtk_window_destroy (GTK_WINDOW (parts->parent));
  ui_settle (50);
}

/* A sector found in another language narrows what the views show. */
static void
test_sector (UiFixture *fixture, gconstpointer data)
{
  Parts parts;
  g_autofree char *sector = memo_seed_dup_uuid (MEMO_KIND_SECTOR, "120");
  GtkListBoxRow *row;

  add_agreement (fixture);
  present (fixture, &parts);
  gtk_editable_set_text (GTK_EDITABLE (parts.entry), "здравоохранения");
  ui_wait_until (has_rows, parts.list);
  row = find_row (&parts, MEMO_KIND_AGREEMENT);
  g_assert_nonnull (row);
  g_assert_nonnull (((MemoHit *) g_object_get_data (G_OBJECT (row), "memo-hit"))->reason);
  row = find_row (&parts, MEMO_KIND_SECTOR);
  g_assert_nonnull (row);
  g_signal_emit_by_name (parts.list, "row-activated", row);
  g_assert_cmpstr (memo_filter_get_values (memo_session_get_filter (fixture->session), MEMO_FACET_SECTOR,
                                           MEMO_CHOICE_ANY)[0],
                   ==, sector);
  close_parent (&parts);
}

/* Grouped by kind or best first: remembered. */
static void
test_flat (UiFixture *fixture, gconstpointer data)
{
  Parts parts;
  double last = -G_MAXDOUBLE;

  add_agreement (fixture);
  present (fixture, &parts);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (parts.grouped)));
  gtk_editable_set_text (GTK_EDITABLE (parts.entry), "health");
  ui_wait_until (has_rows, parts.list);
  for (int i = 2; get_hit (&parts, i); i++)
    if (get_hit (&parts, i)->kind != get_hit (&parts, i - 1)->kind)
      for (int k = 0; k < i - 1; k++)
        g_assert_cmpint (get_hit (&parts, k)->kind, !=, get_hit (&parts, i)->kind);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (parts.grouped), FALSE);
  g_assert_false (memo_settings_get_boolean ("search-grouped"));
  for (int i = 0; get_hit (&parts, i); i++)
    {
      g_assert_cmpfloat (get_hit (&parts, i)->rank, >=, last);
      last = get_hit (&parts, i)->rank;
    }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (parts.grouped), TRUE);
  g_assert_true (memo_settings_get_boolean ("search-grouped"));
  close_parent (&parts);
}

/* The field words that are offered can be typed on. */
static void
test_hints (UiFixture *fixture, gconstpointer data)
{
  Parts parts;
  GtkWidget *hints, *button;
  const char *text;

  add_agreement (fixture);
  present (fixture, &parts);
  hints = find (parts.window, GTK_TYPE_FLOW_BOX);
  button = find (hints, GTK_TYPE_BUTTON);
  g_assert_nonnull (gtk_widget_get_tooltip_text (button));
  g_signal_emit_by_name (button, "clicked");
  text = gtk_editable_get_text (GTK_EDITABLE (parts.entry));
  g_assert_true (g_str_has_suffix (text, ":"));
  gtk_editable_set_text (GTK_EDITABLE (parts.entry), "sector:heal");
  ui_wait_until (has_rows, parts.list);
  g_assert_nonnull (find_row (&parts, MEMO_KIND_AGREEMENT));
  close_parent (&parts);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_test_add ("/ui/search/sector", UiFixture, NULL, ui_fixture_set_up, test_sector, ui_fixture_tear_down);
  g_test_add ("/ui/search/flat", UiFixture, NULL, ui_fixture_set_up, test_flat, ui_fixture_tear_down);
  g_test_add ("/ui/search/hints", UiFixture, NULL, ui_fixture_set_up, test_hints, ui_fixture_tear_down);
  return g_test_run ();
}
