#include "ui-fixture.h"

#include "ui/details/memo-choice-entry.h"
#include "ui/details/memo-details-pane.h"
#include "ui/details/memo-evidence-page.h"
#include "ui/filter/memo-chips.h"
#include "ui/filter/memo-filter-list.h"
#include "ui/filter/memo-filter-pane.h"
#include "ui/filter/memo-year-bars.h"

static const MemoValue health[] = { { "title", "Vaccines" }, { "party", "RU" },      { "party", "VE" },
                                    { "sector", "Health" },  { "status", "signed" }, { "signed", "2025-11-28" } };
static const MemoValue energy[] = { { "title", "Oil" },
                                    { "party", "RU" },
                                    { "sector", "Energy" },
                                    { "signed", "2019" } };

static GtkWidget *
show (GtkWidget *child)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 300, 700);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  ui_settle (100);
  return window;
}

static void
select_again (UiFixture *fixture)
{
  ui_settle (20);
  ui_wait_until (ui_has_selection, fixture->session);
}

static void
test_click_filters (UiFixture *fixture, gconstpointer data)
{
  g_autofree char *one = ui_add_agreement (fixture->session, health, G_N_ELEMENTS (health));
  g_autofree char *two = ui_add_agreement (fixture->session, energy, G_N_ELEMENTS (energy));
  GtkWidget *pane = memo_filter_pane_new (fixture->session);
  GtkWidget *window = show (pane);
  GtkWidget *label = ui_find (pane, GTK_TYPE_LABEL, "Energy");
  GtkWidget *row = gtk_widget_get_ancestor (label, GTK_TYPE_LIST_BOX_ROW);
  MemoFilter *filter;

  g_assert_nonnull (row);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, "Energy, 1");
  g_signal_emit_by_name (row, "activate");
  filter = memo_session_get_filter (fixture->session);
  g_assert_cmpuint (g_strv_length ((char **) memo_filter_get_values (filter, MEMO_FACET_SECTOR, MEMO_CHOICE_ANY)), ==,
                    1);
  select_again (fixture);
  g_assert_cmpuint (memo_selection_get_count (memo_session_get_selection (fixture->session), MEMO_KIND_AGREEMENT), ==,
                    1);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, "Energy, 1, chosen");

  /* Again: off. */
  g_signal_emit_by_name (row, "activate");
  g_assert_true (memo_filter_is_empty (memo_session_get_filter (fixture->session)));
  select_again (fixture);
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
find_row (GtkWidget *list, const char *name)
{
  GtkWidget *label = ui_find (list, GTK_TYPE_LABEL, name);

  return label ? gtk_widget_get_ancestor (label, GTK_TYPE_LIST_BOX_ROW) : NULL;
}

/* A number of the pane counts what the view lists, and what would lead to an empty view is not there. */
static void
test_counts_of_view (UiFixture *fixture, gconstpointer data)
{
  static const MemoValue treaty[] = { { "title", "Orbits" }, { "kind", "treaty" } };
  g_autofree char *one = ui_add_agreement (fixture->session, treaty, G_N_ELEMENTS (treaty));
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_ARTICLE, NULL);
  g_autoptr (MemoRecord) article = NULL;
  g_autoptr (MemoChange) change = memo_change_new ("Add", NULL);
  gboolean done = FALSE;
  GtkWidget *list, *window;

  memo_record_builder_set_text (builder, MEMO_ARTICLE_TITLE, "Satellites");
  memo_record_builder_set_text (builder, MEMO_ARTICLE_KIND, "news");
  article = memo_record_builder_end (builder);
  memo_change_insert (change, article);
  memo_session_apply (fixture->session, change, NULL, ui_applied_cb, &done);
  ui_wait_until (ui_flag_is_set, &done);
  select_again (fixture);
  list = memo_filter_list_new (fixture->session, MEMO_FACET_KIND);
  window = show (list);

  memo_session_set_view (fixture->session, "register");
  ui_assert_soon (find_row (list, "Treaty") && !find_row (list, "News"));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find_row (list, "Treaty")), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Treaty, 1");
  memo_session_set_view (fixture->session, "articles");
  ui_assert_soon (find_row (list, "News") && !find_row (list, "Treaty"));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find_row (list, "News")), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "News, 1");

  /* What is chosen stays, to be taken off. */
  g_signal_emit_by_name (find_row (list, "News"), "activate");
  select_again (fixture);
  memo_session_set_view (fixture->session, "sectors");
  ui_assert_soon (find_row (list, "Treaty"));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find_row (list, "News")), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "News, 0, chosen");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_not_and_all (UiFixture *fixture, gconstpointer data)
{
  g_autofree char *one = ui_add_agreement (fixture->session, health, G_N_ELEMENTS (health));
  g_autofree char *two = ui_add_agreement (fixture->session, energy, G_N_ELEMENTS (energy));
  GtkWidget *list = memo_filter_list_new (fixture->session, MEMO_FACET_SECTOR);
  GtkWidget *window = show (list);
  GtkWidget *none = ui_find (list, GTK_TYPE_TOGGLE_BUTTON, "not");
  g_autofree char *value = NULL;
  static const char *const words[] = { "all", "not", "any", "not" };
  static const MemoChoice choices[] = { MEMO_CHOICE_ALL, MEMO_CHOICE_NONE, MEMO_CHOICE_ANY, MEMO_CHOICE_NONE };
  GtkWidget *row = gtk_widget_get_ancestor (ui_find (list, GTK_TYPE_LABEL, "Energy"), GTK_TYPE_LIST_BOX_ROW);
  MemoFilter *filter;

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (none), TRUE);
  g_signal_emit_by_name (row, "activate");
  filter = memo_session_get_filter (fixture->session);
  g_assert_cmpuint (g_strv_length ((char **) memo_filter_get_values (filter, MEMO_FACET_SECTOR, MEMO_CHOICE_NONE)), ==,
                    1);
  select_again (fixture);
  g_assert_cmpuint (memo_selection_get_count (memo_session_get_selection (fixture->session), MEMO_KIND_AGREEMENT), ==,
                    1);
  value = g_strdup (memo_filter_get_values (filter, MEMO_FACET_SECTOR, MEMO_CHOICE_NONE)[0]);
  /* The words change how what is chosen already combines. */
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (ui_find (list, GTK_TYPE_TOGGLE_BUTTON, words[i])), TRUE);
      filter = memo_session_get_filter (fixture->session);
      for (MemoChoice choice = 0; choice < 3; choice++)
        g_assert_cmpuint (g_strv_length ((char **) memo_filter_get_values (filter, MEMO_FACET_SECTOR, choice)), ==,
                          choice == choices[i]);
    }
  /* And they follow a filter that comes from elsewhere. */
  filter = memo_filter_new ();
  memo_session_set_filter (fixture->session, filter);
  g_object_unref (filter);
  filter = memo_filter_with (memo_session_get_filter (fixture->session), MEMO_FACET_SECTOR, MEMO_CHOICE_ALL, value);
  memo_session_set_filter (fixture->session, filter);
  g_object_unref (filter);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (ui_find (list, GTK_TYPE_TOGGLE_BUTTON, "all"))));
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (none)));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_chips (UiFixture *fixture, gconstpointer data)
{
  g_autofree char *one = ui_add_agreement (fixture->session, health, G_N_ELEMENTS (health));
  g_autofree char *two = ui_add_agreement (fixture->session, energy, G_N_ELEMENTS (energy));
  GtkWidget *chips = memo_chips_new (fixture->session);
  GtkWidget *window = show (chips);
  g_autoptr (MemoFilter) filter =
      memo_filter_with (memo_session_get_filter (fixture->session), MEMO_FACET_STATUS, MEMO_CHOICE_ANY, "signed");
  GtkWidget *label, *button;

  memo_session_set_filter (fixture->session, filter);
  select_again (fixture);
  label = ui_find (chips, GTK_TYPE_LABEL, "Signed");
  g_assert_nonnull (label);
  g_assert_nonnull (ui_find (chips, GTK_TYPE_LABEL, "1 of 2 agreements · 0 articles"));
  button = gtk_widget_get_next_sibling (label);
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (memo_filter_is_empty (memo_session_get_filter (fixture->session)));
  select_again (fixture);
  g_assert_nonnull (ui_find (chips, GTK_TYPE_LABEL, "2 agreements · 0 articles"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The list says that it is empty, also when it is opened again. */
static void
test_saved (UiFixture *fixture, gconstpointer data)
{
  GtkWidget *chips = memo_chips_new (fixture->session);
  GtkWidget *window = show (chips);
  GtkMenuButton *button = GTK_MENU_BUTTON (ui_find (chips, GTK_TYPE_MENU_BUTTON, NULL));

  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *said;

      gtk_menu_button_popup (button);
      ui_settle (100);
      said =
          ui_find (GTK_WIDGET (gtk_menu_button_get_popover (button)), GTK_TYPE_LABEL, "No filter has been saved yet.");
      g_assert_nonnull (said);
      g_assert_true (gtk_widget_get_mapped (said));
      gtk_menu_button_popdown (button);
      ui_settle (50);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_years (UiFixture *fixture, gconstpointer data)
{
  g_autofree char *one = ui_add_agreement (fixture->session, health, G_N_ELEMENTS (health));
  g_autofree char *two = ui_add_agreement (fixture->session, energy, G_N_ELEMENTS (energy));
  GtkWidget *bars = memo_year_bars_new (fixture->session);
  GtkWidget *window = show (bars);
  int first = 0, last = 0;

  g_assert_true (memo_year_bars_get_range (MEMO_YEAR_BARS (bars), &first, &last));
  g_assert_cmpint (first, ==, 2019);
  g_assert_cmpint (last, ==, 2025);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
title_is_shown (gpointer pane)
{
  return ui_find (pane, GTK_TYPE_LABEL, "Vaccines") && ui_find (pane, GTK_TYPE_LABEL, "28 November 2025") &&
         ui_find (pane, GTK_TYPE_LABEL, "Follow-up");
}

static void
test_details (UiFixture *fixture, gconstpointer data)
{
  g_autofree char *uuid = ui_add_agreement (fixture->session, health, G_N_ELEMENTS (health));
  GtkWidget *pane = memo_details_pane_new (fixture->session);
  GtkWidget *window = show (pane);

  g_assert_nonnull (ui_find (pane, GTK_TYPE_LABEL, "Nothing Selected"));
  memo_session_show (fixture->session, uuid);
  ui_wait_until (title_is_shown, pane);
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle (50);
}

static void
test_choice_entry (UiFixture *fixture, gconstpointer data)
{
  MemoIndex *index = memo_library_get_index (memo_session_get_library (fixture->session));
  GtkWidget *entry = memo_choice_entry_new (index, MEMO_KIND_PARTY, "Parties", TRUE, TRUE);
  GtkWidget *window = show (entry);
  GtkWidget *text = ui_find (entry, GTK_TYPE_ENTRY, NULL);
  g_auto (GStrv) values = NULL;

  gtk_editable_set_text (GTK_EDITABLE (text), "venezu");
  ui_settle (50);
  g_signal_emit_by_name (text, "activate");
  gtk_editable_set_text (GTK_EDITABLE (text), "Guayabo Steel");
  values = memo_choice_entry_dup_values (MEMO_CHOICE_ENTRY (entry));
  g_assert_cmpuint (g_strv_length (values), ==, 2);
  g_assert_cmpstr (values[0], ==, memo_record_get_uuid (memo_index_find_party (index, "VE")));
  g_assert_cmpstr (values[1], ==, "Guayabo Steel");
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle (20);
}

static const char draft[] = "{\"format\":\"text\",\"type\":\"article\",\"title\":\"Two "
                            "capitals\",\"language\":\"en\",\"published\":\"2025-11-30\","
                            "\"text\":\"The texts were signed on 28 November "
                            "2025.\",\"blocks\":[{\"type\":\"paragraph\",\"start\":0,\"end\":43}]}";

static gboolean
has_agreements (gpointer page)
{
  GtkWidget *row = ui_find (page, ADW_TYPE_COMBO_ROW, "The passage is for");

  return row && gtk_widget_get_visible (row);
}

static gboolean
quote_is_shown (gpointer pane)
{
  return ui_find (pane, GTK_TYPE_LABEL, "Evidence") != NULL &&
         ui_find (pane, GTK_TYPE_LABEL, "“signed on 28 November 2025”") != NULL;
}

/* A passage becomes evidence of an agreement that is there. */
static void
test_evidence (UiFixture *fixture, gconstpointer data)
{
  MemoLibrary *library = memo_session_get_library (fixture->session);
  g_autofree char *uuid = ui_add_agreement (fixture->session, health, G_N_ELEMENTS (health));
  g_autoptr (JsonNode) node = json_from_string (draft, NULL);
  g_autoptr (MemoRecord) article = NULL;
  g_autoptr (MemoChange) import = NULL;
  g_autoptr (MemoChange) change = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *page, *window, *pane;
  gboolean done = FALSE;

  import =
      memo_action_import (memo_library_get_index (library), json_node_get_object (node), NULL, NULL, &article, &error);
  g_assert_no_error (error);
  memo_session_apply (fixture->session, import, NULL, ui_applied_cb, &done);
  ui_wait_until (ui_flag_is_set, &done);

  page = memo_evidence_page_new (fixture->session, "signed on 28 November 2025");
  window = show (page);
  ui_wait_until (has_agreements, page);
  g_assert_null (memo_evidence_page_get_target (MEMO_EVIDENCE_PAGE (page)));
  adw_combo_row_set_selected (ADW_COMBO_ROW (ui_find (page, ADW_TYPE_COMBO_ROW, "The passage is for")), 1);
  g_assert_cmpstr (memo_record_get_uuid (memo_evidence_page_get_target (MEMO_EVIDENCE_PAGE (page))), ==, uuid);
  adw_combo_row_set_selected (ADW_COMBO_ROW (ui_find (page, ADW_TYPE_COMBO_ROW, "What it proves")), 1);
  change = memo_evidence_page_make_change (MEMO_EVIDENCE_PAGE (page), article, 15, 41, &error);
  g_assert_no_error (error);
  gtk_window_destroy (GTK_WINDOW (window));
  done = FALSE;
  memo_session_apply (fixture->session, change, NULL, ui_applied_cb, &done);
  ui_wait_until (ui_flag_is_set, &done);

  pane = memo_details_pane_new (fixture->session);
  window = show (pane);
  memo_session_show (fixture->session, uuid);
  ui_wait_until (quote_is_shown, pane);
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle (50);
}

#define ADD(name, func) g_test_add (name, UiFixture, NULL, ui_fixture_set_up, func, ui_fixture_tear_down)

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  memo_application_init_resources ();
  ADD ("/panes/click-filters", test_click_filters);
  ADD ("/panes/counts-of-view", test_counts_of_view);
  ADD ("/panes/not-and-all", test_not_and_all);
  ADD ("/panes/chips", test_chips);
  ADD ("/panes/saved", test_saved);
  ADD ("/panes/years", test_years);
  ADD ("/panes/details", test_details);
  ADD ("/panes/choice-entry", test_choice_entry);
  ADD ("/panes/evidence", test_evidence);
  return g_test_run ();
}
