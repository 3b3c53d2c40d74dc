#include "views-fixture.h"

#include "model/memo-record-list.h"
#include "ui/details/memo-choice-entry.h"
#include "ui/details/memo-details-pane.h"
#include "ui/register/memo-register-columns.h"
#include "ui/register/memo-register-view.h"

/* Several rows of the register: their details, and what is done to all of them. */

typedef struct
{
  ViewFixture view;
  GtkColumnView *table;
  GtkWidget *pane;
  char *said;
  gboolean undoable;
} Fixture;

static GtkWidget *
make_view (MemoSession *session)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *view = memo_register_view_new (session);

  gtk_widget_set_hexpand (view, TRUE);
  gtk_box_append (GTK_BOX (box), view);
  gtk_box_append (GTK_BOX (box), memo_details_pane_new (session));
  return box;
}

static gboolean
is_whole (gpointer table)
{
  GtkMultiSelection *selection = GTK_MULTI_SELECTION (gtk_column_view_get_model (table));
  GtkSliceListModel *slice = GTK_SLICE_LIST_MODEL (gtk_multi_selection_get_model (selection));

  return gtk_slice_list_model_get_size (slice) == G_MAXUINT && g_list_model_get_n_items (G_LIST_MODEL (slice)) > 0;
}

static void
toast_cb (MemoSession *session, const char *text, gboolean undoable, Fixture *fixture)
{
  g_free (fixture->said);
  fixture->said = g_strdup (text);
  fixture->undoable = undoable;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  view_fixture_set_up (&fixture->view, make_view, TRUE);
  fixture->table = GTK_COLUMN_VIEW (ui_find (fixture->view.view, GTK_TYPE_COLUMN_VIEW, NULL));
  fixture->pane = ui_find (fixture->view.view, MEMO_TYPE_DETAILS_PANE, NULL);
  g_signal_connect (fixture->view.ui.session, "toast", G_CALLBACK (toast_cb), fixture);
  ui_wait_until (is_whole, fixture->table);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (fixture->view.ui.session, fixture);
  view_fixture_tear_down (&fixture->view);
  g_free (fixture->said);
}

static MemoIndex *
get_index (Fixture *fixture)
{
  return memo_library_get_index (memo_session_get_library (fixture->view.ui.session));
}

static gint64
get_id (Fixture *fixture, guint position)
{
  g_autoptr (MemoRow) row = g_list_model_get_item (G_LIST_MODEL (gtk_column_view_get_model (fixture->table)), position);

  return memo_row_get_id (row);
}

static char *
dup_uuid (Fixture *fixture, guint position)
{
  return g_strdup (memo_index_get_uuid (get_index (fixture), MEMO_KIND_AGREEMENT, get_id (fixture, position)));
}

static void
select_two (Fixture *fixture, guint first, guint second)
{
  GtkSelectionModel *model = gtk_column_view_get_model (fixture->table);

  gtk_selection_model_select_item (model, first, TRUE);
  gtk_selection_model_select_item (model, second, FALSE);
  ui_settle (50);
}

static guint
count_selected (Fixture *fixture)
{
  g_autoptr (GtkBitset) set = gtk_selection_model_get_selection (gtk_column_view_get_model (fixture->table));

  return gtk_bitset_get_size (set);
}

/* As it is in the library now. */
static MemoRecord *
load (Fixture *fixture, const char *uuid)
{
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  MemoRecord *record;

  memo_library_get_async (memo_session_get_library (fixture->view.ui.session), uuid, TRUE, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  record = memo_library_get_finish (memo_session_get_library (fixture->view.ui.session), result, NULL);
  g_assert_nonnull (record);
  return record;
}

static void
test_details (Fixture *fixture, gconstpointer data)
{
  MemoSession *session = fixture->view.ui.session;
  g_autofree char *second = dup_uuid (fixture, 4), *first = dup_uuid (fixture, 1);

  select_two (fixture, 1, 4);
  g_assert_null (memo_session_get_shown (session));
  g_assert_cmpuint (memo_session_get_several (session)->len, ==, 2);
  ui_assert_soon (ui_find (fixture->pane, GTK_TYPE_LABEL, "2 agreements"));
  g_assert_nonnull (ui_find (fixture->pane, GTK_TYPE_LABEL, "In common"));

  /* One that is left is shown as itself. */
  gtk_selection_model_unselect_item (gtk_column_view_get_model (fixture->table), 1);
  g_assert_cmpstr (memo_session_get_shown (session), ==, second);
  g_assert_null (memo_session_get_several (session));
  ui_assert_soon (!ui_find (fixture->pane, GTK_TYPE_LABEL, "2 agreements"));

  /* What is shown from elsewhere is the only row selected. */
  select_two (fixture, 1, 4);
  memo_session_show (session, first);
  g_assert_cmpuint (count_selected (fixture), ==, 1);
  g_assert_true (gtk_selection_model_is_selected (gtk_column_view_get_model (fixture->table), 1));
}

static gboolean
is_idle (gpointer data)
{
  Fixture *fixture = data;

  return fixture->said && ui_has_selection (fixture->view.ui.session);
}

static void
wait_said (Fixture *fixture)
{
  ui_wait_until (is_idle, fixture);
  ui_settle (50);
}

static void
undo (Fixture *fixture)
{
  g_clear_pointer (&fixture->said, g_free);
  memo_session_undo (fixture->view.ui.session);
  wait_said (fixture);
}

static void
test_trash (Fixture *fixture, gconstpointer data)
{
  MemoSession *session = fixture->view.ui.session;
  guint n = memo_index_get_n (get_index (fixture), MEMO_KIND_AGREEMENT);
  GtkWidget *icon;

  select_two (fixture, 1, 4);
  ui_assert_soon (ui_find (fixture->pane, GTK_TYPE_LABEL, "2 agreements"));
  for (icon = ui_find (fixture->pane, GTK_TYPE_BUTTON, NULL);
       icon && g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (icon)), "user-trash-symbolic") != 0;
       icon = gtk_widget_get_next_sibling (icon))
    ;
  g_assert_nonnull (icon);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, "Move to the Trash");
  g_signal_emit_by_name (icon, "clicked");
  wait_said (fixture);
  g_assert_true (fixture->undoable);
  ui_assert_soon (memo_index_get_n (get_index (fixture), MEMO_KIND_AGREEMENT) == n - 2);
  ui_assert_soon (!memo_session_get_several (session));
  ui_assert_soon (gtk_widget_get_mapped (ui_find (fixture->pane, GTK_TYPE_LABEL, "Nothing Selected")));
  undo (fixture);
  g_assert_cmpuint (memo_index_get_n (get_index (fixture), MEMO_KIND_AGREEMENT), ==, n);
}

static GtkWidget *
find_window (const char *title)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (g_strcmp0 (gtk_window_get_title (window), title) == 0)
        return GTK_WIDGET (window);
    }
  return NULL;
}

static GtkWidget *
open_dialog (Fixture *fixture)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->table), "register.edit", NULL));
  ui_assert_soon (find_window ("Edit 2 Agreements"));
  g_clear_pointer (&fixture->said, g_free);
  return find_window ("Edit 2 Agreements");
}

static void
save (GtkWidget *window)
{
  g_signal_emit_by_name (ui_find (window, GTK_TYPE_BUTTON, "_Save"), "clicked");
}

/* The entry of the row that is called @title. */
static GtkWidget *
find_choice (GtkWidget *window, const char *title)
{
  GtkWidget *label = ui_find (window, GTK_TYPE_LABEL, title);

  return ui_find (gtk_widget_get_parent (label), MEMO_TYPE_CHOICE_ENTRY, NULL);
}

static void
test_dialog (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = dup_uuid (fixture, 1), *second = dup_uuid (fixture, 4);
  g_autoptr (MemoRecord) before = load (fixture, first), other = load (fixture, second);
  g_autoptr (MemoRecord) after = NULL, back = NULL, after_other = NULL;
  const char *const values[] = { "Guayabo Steel", NULL };
  GtkWidget *window, *away, *check;
  MemoRecord *party;

  select_two (fixture, 1, 4);
  window = open_dialog (fixture);
  adw_combo_row_set_selected (ADW_COMBO_ROW (ui_find (window, ADW_TYPE_COMBO_ROW, "Status")), 7); /* ended */
  memo_choice_entry_set_values (MEMO_CHOICE_ENTRY (find_choice (window, "Add parties")), values);
  gtk_editable_set_text (GTK_EDITABLE (ui_find (window, ADW_TYPE_ENTRY_ROW, "Add tags, with commas between")),
                         "a, b c");
  away = gtk_widget_get_parent (ui_find (window, GTK_TYPE_LABEL, "Take away parties"));
  check = ui_find (away, GTK_TYPE_CHECK_BUTTON, NULL);
  g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL));
  /* All there are: nobody but the new one is left. */
  for (GtkWidget *child = gtk_widget_get_parent (check); child; child = gtk_widget_get_next_sibling (child))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (ui_find (child, GTK_TYPE_CHECK_BUTTON, NULL)), TRUE);
  save (window);
  wait_said (fixture);
  g_assert_cmpstr (fixture->said, ==, "2 agreements were changed");
  g_assert_true (fixture->undoable);
  g_assert_null (find_window ("Edit 2 Agreements"));

  after = load (fixture, first);
  after_other = load (fixture, second);
  party = memo_index_find_party (get_index (fixture), "Guayabo Steel");
  g_assert_cmpstr (memo_record_get_text (after, MEMO_AGREEMENT_STATUS), ==, "ended");
  g_assert_cmpuint (g_strv_length ((GStrv) memo_record_get_texts (after, MEMO_AGREEMENT_PARTIES)), ==, 1);
  g_assert_cmpstr (memo_record_get_texts (after_other, MEMO_AGREEMENT_PARTIES)[0], ==, memo_record_get_uuid (party));
  g_assert_cmpstr (memo_record_get_texts (after_other, MEMO_AGREEMENT_TAGS)[1], ==, "b c");
  g_assert_true (memo_record_field_equal (before, after, MEMO_AGREEMENT_KIND));
  g_assert_true (memo_record_field_equal (other, after_other, MEMO_AGREEMENT_SECTORS));

  undo (fixture);
  back = load (fixture, first);
  g_assert_true (memo_record_field_equal (before, back, MEMO_AGREEMENT_STATUS));
  g_assert_true (memo_record_field_equal (before, back, MEMO_AGREEMENT_PARTIES));
}

/* Both stay selected, wherever another status puts them, and their details say it. */
static void
test_stay_selected (Fixture *fixture, gconstpointer data)
{
  GListModel *columns = gtk_column_view_get_columns (fixture->table);
  g_autoptr (GtkColumnViewColumn) status = g_list_model_get_item (columns, 4);
  gint64 ids[2];
  GtkWidget *window;
  MemoSort sort;
  gboolean descending;

  gtk_column_view_sort_by_column (fixture->table, status, GTK_SORT_ASCENDING);
  ui_settle (100);
  g_assert_true (memo_register_columns_get_sort (fixture->table, &sort, &descending));
  g_assert_cmpint (sort, ==, MEMO_SORT_STATUS);
  ids[0] = get_id (fixture, 0);
  ids[1] = get_id (fixture, 2);
  select_two (fixture, 0, 2);
  window = open_dialog (fixture);
  adw_combo_row_set_selected (ADW_COMBO_ROW (ui_find (window, ADW_TYPE_COMBO_ROW, "Status")), 6); /* suspended */
  save (window);
  wait_said (fixture);
  ui_assert_soon (get_id (fixture, 0) != ids[0]);
  g_assert_cmpuint (count_selected (fixture), ==, 2);
  g_assert_cmpuint (memo_session_get_several (fixture->view.ui.session)->len, ==, 2);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (fixture->table))); i++)
    if (gtk_selection_model_is_selected (gtk_column_view_get_model (fixture->table), i))
      g_assert_true (get_id (fixture, i) == ids[0] || get_id (fixture, i) == ids[1]);
  ui_assert_soon (ui_find (fixture->pane, GTK_TYPE_LABEL, "Suspended"));
}

/* Nothing said, nothing done; what is wrong is said where it was typed. */
static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  const char *const unknown[] = { "juggling", NULL };
  GtkWidget *window;

  select_two (fixture, 1, 4);
  window = open_dialog (fixture);
  memo_choice_entry_set_values (MEMO_CHOICE_ENTRY (find_choice (window, "Add sectors")), unknown);
  save (window);
  ui_assert_soon (ui_find (window, GTK_TYPE_LABEL, "There is no sector “juggling” in this library."));
  g_assert_true (gtk_widget_get_sensitive (window));
  memo_choice_entry_set_values (MEMO_CHOICE_ENTRY (find_choice (window, "Add sectors")), unknown + 1);
  save (window);
  wait_said (fixture);
  g_assert_cmpstr (fixture->said, ==, "Nothing had to be changed");
  g_assert_false (fixture->undoable);
  ui_assert_soon (!find_window ("Edit 2 Agreements"));
}

/* A longer list comes a few rows a frame: those that stand further below are selected with the last of them. */
static void
test_wider_filter (Fixture *fixture, gconstpointer data)
{
  MemoSession *session = fixture->view.ui.session;
  GListModel *rows = G_LIST_MODEL (gtk_column_view_get_model (fixture->table));
  g_autoptr (MemoFilter) all = memo_filter_new (), few = NULL;
  g_autoptr (GArray) ids = NULL;
  guint n = g_list_model_get_n_items (rows), left;

  few = memo_filter_with (all, MEMO_FACET_STATUS, MEMO_CHOICE_ANY, "under_review");
  memo_session_set_filter (session, few);
  ui_assert_soon (g_list_model_get_n_items (rows) < n && is_whole (fixture->table));
  ui_settle (50);
  left = g_list_model_get_n_items (rows);
  g_assert_cmpuint (left, >, 1);
  g_assert_cmpuint (left + 20, <, n);
  select_two (fixture, left - 2, left - 1);
  ids = g_array_copy (memo_session_get_several (session));
  g_assert_cmpuint (ids->len, ==, 2);

  memo_session_set_filter (session, all);
  ui_assert_soon (g_list_model_get_n_items (rows) == n && is_whole (fixture->table));
  ui_settle (50);
  g_assert_cmpuint (count_selected (fixture), ==, 2);
  g_assert_cmpuint (memo_session_get_several (session)->len, ==, 2);
  for (guint i = 0; i < n; i++)
    if (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (rows), i))
      g_assert_true (get_id (fixture, i) == g_array_index (ids, gint64, 0) ||
                     get_id (fixture, i) == g_array_index (ids, gint64, 1));
}

static void
apply (Fixture *fixture, MemoChange *change)
{
  gboolean done = FALSE;

  memo_session_apply (fixture->view.ui.session, change, NULL, ui_applied_cb, &done);
  ui_wait_until (ui_flag_is_set, &done);
  ui_wait_until (ui_has_selection, fixture->view.ui.session);
  ui_settle (50);
}

/* Rows @first and @second are given a status, or tags: as the dialog does it. */
static void
edit_two (Fixture *fixture, guint first, guint second, const MemoValue *values, guint n)
{
  g_autofree char *one = dup_uuid (fixture, first), *two = dup_uuid (fixture, second);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (MemoChange) change = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (records, load (fixture, one));
  g_ptr_array_add (records, load (fixture, two));
  change = memo_action_edit_many (get_index (fixture), records, values, n, NULL, &error);
  g_assert_no_error (error);
  apply (fixture, change);
}

/* What changes elsewhere in the library leaves the page, and what changes in it leaves its place. */
static void
test_page_stays (Fixture *fixture, gconstpointer data)
{
  const MemoValue ended = { "status", "ended" };
  GtkWidget *scrolled = ui_find (fixture->pane, GTK_TYPE_SCROLLED_WINDOW, NULL), *label;
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));

  gtk_window_set_default_size (GTK_WINDOW (fixture->view.window), 1000, 200);
  select_two (fixture, 1, 4);
  ui_assert_soon ((label = ui_find (fixture->pane, GTK_TYPE_LABEL, "2 agreements")));
  ui_assert_soon (gtk_adjustment_get_upper (place) - gtk_adjustment_get_page_size (place) > 20);
  gtk_adjustment_set_value (place, 20);
  edit_two (fixture, 2, 3, &ended, 1);
  g_assert_true (ui_find (fixture->pane, GTK_TYPE_LABEL, "2 agreements") == label);
  g_assert_cmpfloat (gtk_adjustment_get_value (place), ==, 20);
  edit_two (fixture, 1, 4, &ended, 1);
  ui_assert_soon (ui_find (fixture->pane, GTK_TYPE_LABEL, "Ended"));
  ui_settle (50);
  g_assert_cmpfloat (gtk_adjustment_get_value (place), ==, 20);
}

/* Of very many tags the dialog lists some, and says so. */
static void
test_many_tags (Fixture *fixture, gconstpointer data)
{
  MemoValue values[60];
  char tags[60][8];
  GtkWidget *window, *away;
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_snprintf (tags[i], sizeof tags[i], "tag %02u", i);
      values[i] = (MemoValue){ "add_tag", tags[i] };
    }
  edit_two (fixture, 1, 4, values, G_N_ELEMENTS (values));
  select_two (fixture, 1, 4);
  window = open_dialog (fixture);
  away = gtk_widget_get_parent (ui_find (window, GTK_TYPE_LABEL, "Take away tags"));
  for (GtkWidget *child = gtk_widget_get_parent (ui_find (away, GTK_TYPE_CHECK_BUTTON, NULL)); child;
       child = gtk_widget_get_next_sibling (child))
    {
      gtk_check_button_set_active (GTK_CHECK_BUTTON (ui_find (child, GTK_TYPE_CHECK_BUTTON, NULL)), TRUE);
      n++;
    }
  g_assert_cmpuint (n, ==, 50);
  g_assert_nonnull (ui_find (away, GTK_TYPE_LABEL, "10 more that are rarer are not listed: select fewer agreements."));
  save (window);
  wait_said (fixture);
  {
    g_autofree char *uuid = dup_uuid (fixture, 1);
    g_autoptr (MemoRecord) record = load (fixture, uuid);

    g_assert_cmpuint (g_strv_length ((GStrv) memo_record_get_texts (record, MEMO_AGREEMENT_TAGS)), ==, 10);
  }
}

/* Activated, several rows that cannot be changed are not offered for it. */
static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  MemoSession *session = fixture->view.ui.session;
  g_autoptr (MemoLibrary) library = g_object_ref (memo_session_get_library (session)), reader = NULL;
  MemoAwait await = { 0 }, closing = { 0 };
  g_autoptr (GAsyncResult) result = NULL, closed = NULL;
  g_autoptr (GError) error = NULL;

  memo_library_open_async (fixture->view.ui.path, MEMO_OPEN_READ_ONLY, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  reader = memo_library_open_finish (result, &error);
  g_assert_no_error (error);
  memo_session_set_library (session, reader);
  ui_wait_until (ui_has_selection, session);
  ui_assert_soon (is_whole (fixture->table));
  select_two (fixture, 1, 4);
  g_signal_emit_by_name (fixture->table, "activate", 1);
  ui_settle (200);
  g_assert_null (find_window ("Edit 2 Agreements"));
  memo_session_set_library (session, library);
  ui_wait_until (ui_has_selection, session);
  memo_library_close_async (reader, memo_await_cb, &closing);
  closed = memo_await (&closing);
  g_assert_true (memo_library_close_finish (reader, closed, &error));
  ui_assert_soon (is_whole (fixture->table));
  select_two (fixture, 1, 4);
  g_signal_emit_by_name (fixture->table, "activate", 1);
  ui_assert_soon (find_window ("Edit 2 Agreements"));
  gtk_window_destroy (GTK_WINDOW (find_window ("Edit 2 Agreements")));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  views_init ();
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/register/many/details", test_details);
  ADD ("/register/many/trash", test_trash);
  ADD ("/register/many/dialog", test_dialog);
  ADD ("/register/many/stay-selected", test_stay_selected);
  ADD ("/register/many/nothing", test_nothing);
  ADD ("/register/many/wider-filter", test_wider_filter);
  ADD ("/register/many/page-stays", test_page_stays);
  ADD ("/register/many/many-tags", test_many_tags);
  ADD ("/register/many/read-only", test_read_only);
  return g_test_run ();
}
