#include "views-fixture.h"

#include "model/memo-record-list.h"
#include "model/memo-words.h"
#include "ui/register/memo-register-columns.h"
#include "ui/register/memo-register-edit.h"
#include "ui/register/memo-register-view.h"

typedef struct
{
  ViewFixture view;
  GtkColumnView *table;
} Fixture;

/* The view has all rows that the list has. */
static gboolean
is_whole (gpointer table)
{
  GtkMultiSelection *selection = GTK_MULTI_SELECTION (gtk_column_view_get_model (table));
  GtkSliceListModel *slice = GTK_SLICE_LIST_MODEL (gtk_multi_selection_get_model (selection));

  return gtk_slice_list_model_get_size (slice) == G_MAXUINT && g_list_model_get_n_items (G_LIST_MODEL (slice)) > 0;
}

static void
set_up (Fixture *fixture, gconstpointer fill)
{
  view_fixture_set_up (&fixture->view, memo_register_view_new, fill != NULL);
  fixture->table = GTK_COLUMN_VIEW (ui_find (fixture->view.view, GTK_TYPE_COLUMN_VIEW, NULL));
  if (fill)
    ui_wait_until (is_whole, fixture->table);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  view_fixture_tear_down (&fixture->view);
}

static GListModel *
get_rows (Fixture *fixture)
{
  return G_LIST_MODEL (gtk_column_view_get_model (fixture->table));
}

static void
activate (Fixture *fixture, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->table), action, NULL));
  ui_settle (50);
}

static gboolean
is_loaded (gpointer row)
{
  return memo_row_get_record (row) != NULL;
}

static char *
get_title (Fixture *fixture, guint position)
{
  g_autoptr (MemoRow) row = g_list_model_get_item (get_rows (fixture), position);

  ui_wait_until (is_loaded, row);
  return g_strdup (memo_record_get_title (memo_row_get_record (row)));
}

static guint
find (Fixture *fixture, const char *title)
{
  for (guint i = 0; i < g_list_model_get_n_items (get_rows (fixture)); i++)
    {
      g_autofree char *other = get_title (fixture, i);

      if (g_str_equal (other, title))
        return i;
    }
  return G_MAXUINT;
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  GtkWidget *label = ui_find (fixture->view.view, GTK_TYPE_LABEL, "No agreements yet");

  g_assert_nonnull (label);
  g_assert_true (gtk_widget_get_mapped (label));
}

static void
test_packages (Fixture *fixture, gconstpointer data)
{
  guint n = g_list_model_get_n_items (get_rows (fixture)),
        position = find (fixture, "42 agreements of the XIX session");
  g_autofree char *below = NULL;

  g_assert_cmpuint (position, !=, G_MAXUINT);
  gtk_selection_model_select_item (gtk_column_view_get_model (fixture->table), position, TRUE);
  activate (fixture, "register.open");
  g_assert_cmpuint (g_list_model_get_n_items (get_rows (fixture)), ==, n + 2);
  below = get_title (fixture, position + 1);
  g_assert_true (g_str_equal (below, "Joint cancer vaccines") || g_str_equal (below, "More direct flights"));
  activate (fixture, "register.close");
  g_assert_cmpuint (g_list_model_get_n_items (get_rows (fixture)), ==, n);
  activate (fixture, "register.toggle-all");
  g_assert_cmpuint (g_list_model_get_n_items (get_rows (fixture)), ==, n + 3);
}

static gboolean
has_flights_row (gpointer fixture)
{
  return find (fixture, "More direct flights") != G_MAXUINT;
}

static gboolean
has_no_flights_row (gpointer fixture)
{
  return find (fixture, "More direct flights") == G_MAXUINT;
}

/* What a filter lets through is seen, also in a package that is closed; without the filter that is closed again. */
static void
test_filter_opens (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoFilter) none = memo_filter_new ();
  g_autoptr (MemoFilter) flights = memo_filter_with_words (none, "flights");

  g_assert_true (has_no_flights_row (fixture));
  memo_session_set_filter (fixture->view.ui.session, flights);
  ui_wait_until (has_flights_row, fixture);
  memo_session_set_filter (fixture->view.ui.session, none);
  ui_wait_until (has_no_flights_row, fixture);
}

static void
test_sort (Fixture *fixture, gconstpointer data)
{
  GListModel *columns = gtk_column_view_get_columns (fixture->table);
  g_autoptr (GtkColumnViewColumn) title = g_list_model_get_item (columns, 0);
  g_autofree char *first = NULL;
  MemoSort sort;
  gboolean descending;

  g_assert_true (memo_register_columns_get_sort (fixture->table, &sort, &descending));
  g_assert_cmpint (sort, ==, MEMO_SORT_DATE);
  g_assert_true (descending);
  gtk_column_view_sort_by_column (fixture->table, title, GTK_SORT_ASCENDING);
  ui_settle (100);
  g_assert_true (memo_register_columns_get_sort (fixture->table, &sort, &descending));
  g_assert_cmpint (sort, ==, MEMO_SORT_TITLE);
  g_assert_false (descending);
  first = get_title (fixture, 0);
  g_assert_cmpstr (first, ==, "12 agreements of the XVIII session");
}

static gint64
get_id (Fixture *fixture, guint position)
{
  g_autoptr (MemoRow) row = g_list_model_get_item (get_rows (fixture), position);

  return memo_row_get_id (row);
}

/* What is selected is, wherever another order puts it. */
static void
test_selected (Fixture *fixture, gconstpointer data)
{
  GtkSelectionModel *model = gtk_column_view_get_model (fixture->table);
  g_autoptr (GtkColumnViewColumn) title = g_list_model_get_item (gtk_column_view_get_columns (fixture->table), 0);
  guint n = g_list_model_get_n_items (get_rows (fixture)), n_selected = 0;
  gint64 first = get_id (fixture, 0), fifth = get_id (fixture, 4);

  g_assert_cmpuint (n, >, 40); /* so many that rows are given other records */
  gtk_selection_model_select_item (model, 0, TRUE);
  gtk_selection_model_select_item (model, 4, FALSE);
  gtk_column_view_sort_by_column (fixture->table, title, GTK_SORT_ASCENDING);
  ui_settle (100);
  g_assert_cmpint (get_id (fixture, 0), !=, first);
  for (guint i = 0; i < n; i++)
    {
      gboolean wanted = get_id (fixture, i) == first || get_id (fixture, i) == fifth;

      g_assert_cmpint (gtk_selection_model_is_selected (model, i), ==, wanted);
      n_selected += wanted;
    }
  g_assert_cmpuint (n_selected, ==, 2);
}

static MemoCell *
find_cell (GtkWidget *widget, const char *text)
{
  if (MEMO_IS_CELL (widget) && g_strcmp0 (memo_cell_get_text (MEMO_CELL (widget)), text) == 0)
    return MEMO_CELL (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      MemoCell *found = find_cell (child, text);

      if (found)
        return found;
    }
  return NULL;
}

static guint
count_cells (GtkWidget *widget, gboolean filled)
{
  guint n = MEMO_IS_CELL (widget) && (!filled || memo_cell_get_text (MEMO_CELL (widget))) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    n += count_cells (child, filled);
  return n;
}

/* Every row has a name, whether it was drawn or not. */
static gboolean
all_have_names (GtkWidget *widget)
{
  if (g_str_equal (gtk_widget_get_css_name (widget), "row") &&
      !gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    return FALSE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (!all_have_names (child))
      return FALSE;
  return TRUE;
}

/* Only cells in sight are filled, and those that come into sight are. */
static void
test_sight (Fixture *fixture, gconstpointer data)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (fixture->table));
  guint last = g_list_model_get_n_items (get_rows (fixture)) - 1;
  g_autofree char *title = get_title (fixture, last);

  ui_settle (200);
  g_assert_cmpuint (count_cells (GTK_WIDGET (fixture->table), TRUE), >, 0);
  g_assert_cmpuint (count_cells (GTK_WIDGET (fixture->table), TRUE), <,
                    count_cells (GTK_WIDGET (fixture->table), FALSE));
  ui_assert_soon (all_have_names (GTK_WIDGET (fixture->table)));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  ui_settle (300);
  g_assert_nonnull (find_cell (GTK_WIDGET (fixture->table), title));
}

/* A press on the arrow or on the status is for these, elsewhere for the row. */
static void
test_parts (Fixture *fixture, gconstpointer data)
{
  guint position = find (fixture, "42 agreements of the XIX session");
  MemoCell *cell;

  gtk_selection_model_select_item (gtk_column_view_get_model (fixture->table), position, TRUE);
  memo_session_show (fixture->view.ui.session, memo_session_get_shown (fixture->view.ui.session));
  ui_settle (300);
  cell = find_cell (GTK_WIDGET (fixture->table), "42 agreements of the XIX session");
  g_assert_nonnull (cell);
  g_assert_cmpint (memo_register_columns_get_part (cell, 4), ==, MEMO_REGISTER_PART_ARROW);
  g_assert_cmpint (memo_register_columns_get_part (cell, 40), ==, MEMO_REGISTER_PART_TEXT);
  cell = find_cell (GTK_WIDGET (fixture->table), memo_word_status ("signed"));
  g_assert_nonnull (cell);
  g_assert_cmpint (memo_register_columns_get_part (cell, 4), ==, MEMO_REGISTER_PART_STATUS);
}

static gboolean
has_no_flights (gpointer fixture)
{
  return find (fixture, "Energy data exchange") == G_MAXUINT;
}

static gboolean
has_flights (gpointer fixture)
{
  return find (fixture, "Energy data exchange") != G_MAXUINT;
}

static void
test_trash (Fixture *fixture, gconstpointer data)
{
  guint position = find (fixture, "Energy data exchange");

  gtk_selection_model_select_item (gtk_column_view_get_model (fixture->table), position, TRUE);
  ui_settle (50);
  g_assert_nonnull (memo_session_get_shown (fixture->view.ui.session));
  activate (fixture, "register.trash");
  ui_wait_until (has_no_flights, fixture);
  memo_session_undo (fixture->view.ui.session);
  ui_wait_until (has_flights, fixture);
}

static gboolean
is_suspended (gpointer data)
{
  Fixture *fixture = data;
  GtkSelectionModel *model = gtk_column_view_get_model (fixture->table);

  for (guint i = 2; i < 5; i++)
    {
      g_autoptr (MemoRow) row = g_list_model_get_item (G_LIST_MODEL (model), i);
      MemoRecord *record = memo_row_get_record (row);

      if (!record || g_strcmp0 (memo_record_get_text (record, MEMO_AGREEMENT_STATUS), "suspended") != 0)
        return FALSE;
    }
  return TRUE;
}

static void
test_status (Fixture *fixture, gconstpointer data)
{
  gtk_selection_model_unselect_all (gtk_column_view_get_model (fixture->table));
  gtk_selection_model_select_range (gtk_column_view_get_model (fixture->table), 2, 3, TRUE);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->table), "register.set-statuses", "s", "suspended"));
  ui_wait_until (is_suspended, fixture);
}

static void
test_columns (Fixture *fixture, gconstpointer data)
{
  GListModel *columns = gtk_column_view_get_columns (fixture->table);
  g_autoptr (GtkColumnViewColumn) kind = g_list_model_get_item (columns, 7);

  g_assert_false (gtk_column_view_column_get_visible (kind));
  activate (fixture, "register.column-kind");
  g_assert_true (gtk_column_view_column_get_visible (kind));
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (kind), >, 0);
  activate (fixture, "register.column-kind");
  g_assert_false (gtk_column_view_column_get_visible (kind));
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoFilter) all = memo_filter_new (), filter = memo_filter_with_words (all, "zzzzzz");
  GtkWidget *label;

  memo_session_set_filter (fixture->view.ui.session, filter);
  ui_wait_until (ui_has_selection, fixture->view.ui.session);
  ui_settle (50);
  label = ui_find (fixture->view.view, GTK_TYPE_LABEL, "No agreement matches");
  g_assert_nonnull (label);
  g_assert_true (gtk_widget_get_mapped (label));
  g_assert_true (gtk_widget_activate_action (label, "register.clear-filter", NULL));
  ui_wait_until (ui_has_selection, fixture->view.ui.session);
  g_assert_true (memo_filter_is_empty (memo_session_get_filter (fixture->view.ui.session)));
}

/* The words set for one text are not those of the next record, not even where that has the same text. */
static void
test_spoken (void)
{
  g_autoptr (GtkWidget) widget = g_object_ref_sink (memo_cell_new (1, 1, NULL, NULL));
  MemoCell *cell = MEMO_CELL (widget);

  memo_cell_set_text (cell, "VE", FALSE);
  memo_cell_set_spoken (cell, "Venezuela");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, "Venezuela");
  memo_cell_set_text (cell, "VE", FALSE);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, "VE");
}

/* A title in a narrow column has a line more; its row is as high as those of shorter titles. */
static void
test_narrow (void)
{
  g_autoptr (GtkWidget) title = g_object_ref_sink (memo_cell_new (2, 3, NULL, NULL)),
                        line = g_object_ref_sink (memo_cell_new (1, 1, NULL, NULL));
  int one, wide, narrow;

  gtk_widget_measure (line, GTK_ORIENTATION_VERTICAL, 120, &one, NULL, NULL, NULL);
  gtk_widget_measure (title, GTK_ORIENTATION_VERTICAL, 900, &wide, NULL, NULL, NULL);
  gtk_widget_measure (title, GTK_ORIENTATION_VERTICAL, 120, &narrow, NULL, NULL, NULL);
  g_assert_cmpint (one, >, 0);
  g_assert_cmpint (wide, ==, 2 * one);
  g_assert_cmpint (narrow, ==, 3 * one);
  memo_cell_set_text (MEMO_CELL (title), "Protocol", FALSE);
  gtk_widget_measure (title, GTK_ORIENTATION_VERTICAL, 120, &narrow, NULL, NULL, NULL);
  g_assert_cmpint (narrow, ==, 3 * one);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  views_init ();
#define ADD(path, fill, func) g_test_add (path, Fixture, GINT_TO_POINTER (fill), set_up, func, tear_down)
  ADD ("/register/view/empty", FALSE, test_empty);
  ADD ("/register/view/packages", TRUE, test_packages);
  ADD ("/register/view/sort", TRUE, test_sort);
  ADD ("/register/view/filter-opens", TRUE, test_filter_opens);
  ADD ("/register/view/selected", TRUE, test_selected);
  ADD ("/register/view/sight", TRUE, test_sight);
  ADD ("/register/view/parts", TRUE, test_parts);
  ADD ("/register/view/trash", TRUE, test_trash);
  ADD ("/register/view/status", TRUE, test_status);
  ADD ("/register/view/columns", TRUE, test_columns);
  ADD ("/register/view/nothing", TRUE, test_nothing);
  g_test_add_func ("/register/view/spoken", test_spoken);
  g_test_add_func ("/register/view/narrow", test_narrow);
  return g_test_run ();
}
