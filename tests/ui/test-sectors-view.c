#include "views-fixture.h"

#include "ui/sectors/memo-sector-dialog.h"
#include "ui/sectors/memo-sectors-matrix.h"
#include "ui/sectors/memo-sectors-view.h"

typedef struct
{
  ViewFixture view;
  MemoSectorsMatrix *matrix;
  char *toast;
  gboolean gone;
} Fixture;

static void
toast_cb (MemoSession *session, const char *text, gboolean undoable, Fixture *fixture)
{
  g_free (fixture->toast);
  fixture->toast = g_strdup (text);
}

static void
go_cb (MemoSession *session, const char *view, Fixture *fixture)
{
  fixture->gone = g_str_equal (view, "register");
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  view_fixture_set_up (&fixture->view, memo_sectors_view_new, TRUE);
  g_signal_connect (fixture->view.ui.session, "toast", G_CALLBACK (toast_cb), fixture);
  g_signal_connect (fixture->view.ui.session, "go", G_CALLBACK (go_cb), fixture);
  fixture->matrix = MEMO_SECTORS_MATRIX (ui_find (fixture->view.view, MEMO_TYPE_SECTORS_MATRIX, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  view_fixture_tear_down (&fixture->view);
  g_free (fixture->toast);
}

static void
test_cell (Fixture *fixture, gconstpointer data)
{
  MemoSectorsTable *table = memo_sectors_matrix_get_table (fixture->matrix);
  g_autofree char *said = NULL;

  g_assert_nonnull (table);
  g_assert_cmpuint (table->columns->len, >, 4);
  said = memo_sectors_matrix_dup_description (fixture->matrix, table->rows->len - 1, -1);
  g_assert_cmpstr (said, ==, "All agreements: 49 agreements");
  g_signal_emit_by_name (fixture->matrix, "chosen", 0u, -1);
  g_assert_true (fixture->gone);
  g_assert_false (memo_filter_is_empty (memo_session_get_filter (fixture->view.ui.session)));
  ui_wait_until (ui_has_selection, fixture->view.ui.session);
}

static void
count_cb (MemoSectorsMatrix *matrix, guint row, int column, guint *n)
{
  ++*n;
}

/* Enter on a cell with nothing in it leads nowhere; on one with a number it does. */
static void
test_empty_cell (Fixture *fixture, gconstpointer data)
{
  GListModel *controllers = gtk_widget_observe_controllers (GTK_WIDGET (fixture->matrix));
  GtkEventController *keys = NULL;
  MemoSectorsTable *table = memo_sectors_matrix_get_table (fixture->matrix);
  const MemoSectorsRow *row = g_ptr_array_index (table->rows, 0);
  guint n = 0, full = 0;
  gboolean handled;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        keys = controller;
    }
  g_assert_nonnull (keys);
  g_signal_handlers_disconnect_by_data (fixture->matrix, fixture->view.view);
  g_signal_connect (fixture->matrix, "chosen", G_CALLBACK (count_cb), &n);
  for (guint i = 0; i < table->columns->len; i++)
    {
      g_signal_emit_by_name (keys, "key-pressed", GDK_KEY_Right, 0u, 0, &handled);
      g_signal_emit_by_name (keys, "key-pressed", GDK_KEY_Return, 0u, 0, &handled);
      full += row->counts[i] > 0;
    }
  g_assert_cmpuint (full, <, table->columns->len);
  g_assert_cmpuint (full, >, 0);
  g_assert_cmpuint (n, ==, full);
  g_object_unref (controllers);
}

static void
test_across (Fixture *fixture, gconstpointer data)
{
  GtkDropDown *across = GTK_DROP_DOWN (ui_find (fixture->view.view, GTK_TYPE_DROP_DOWN, NULL));

  for (guint i = 0; i < MEMO_N_ACROSS; i++)
    {
      gtk_drop_down_set_selected (across, i);
      ui_assert_soon (memo_sectors_matrix_get_table (fixture->matrix)->across == i);
      g_assert_cmpuint (memo_sectors_matrix_get_table (fixture->matrix)->columns->len, >, 0);
    }
}

static gboolean
has_toast (gpointer fixture)
{
  return ((Fixture *) fixture)->toast != NULL;
}

/* A sector that is used, or has others below it, stays; a new one goes and comes back. */
static void
test_delete (Fixture *fixture, gconstpointer data)
{
  MemoLibrary *library = memo_session_get_library (fixture->view.ui.session);
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_SECTOR, NULL);
  g_autoptr (MemoRecord) added = NULL, record = NULL;
  g_autoptr (MemoChange) change = memo_change_new ("Add sector", NULL);
  gboolean done = FALSE;

  memo_sector_delete (fixture->view.ui.session,
                      memo_index_find_sector (memo_library_get_index (library), "Air transport"));
  ui_wait_until (has_toast, fixture);
  g_assert_nonnull (strstr (fixture->toast, "use it"));
  g_clear_pointer (&fixture->toast, g_free);
  memo_sector_delete (fixture->view.ui.session, memo_index_find_sector (memo_library_get_index (library), "Energy"));
  ui_wait_until (has_toast, fixture);
  g_assert_nonnull (strstr (fixture->toast, "below it"));
  g_clear_pointer (&fixture->toast, g_free);

  memo_record_builder_set_text (builder, MEMO_SECTOR_NAMES, "{\"en\":\"Beekeeping\",\"tr\":\"Arıcılık\"}");
  added = memo_record_builder_end (builder);
  memo_change_insert (change, added);
  memo_session_apply (fixture->view.ui.session, change, NULL, ui_applied_cb, &done);
  ui_wait_until (ui_flag_is_set, &done);
  record = memo_index_find_sector (memo_library_get_index (library), "Beekeeping");
  g_assert_nonnull (record);
  g_object_ref (record);
  memo_sector_delete (fixture->view.ui.session, record);
  ui_wait_until (has_toast, fixture);
  g_assert_cmpstr (fixture->toast, ==, "Sector deleted");
  g_assert_null (memo_index_find_sector (memo_library_get_index (library), "Beekeeping"));
}

static void
test_dialog (Fixture *fixture, gconstpointer data)
{
  MemoLibrary *library = memo_session_get_library (fixture->view.ui.session);
  MemoRecord *energy = memo_index_find_sector (memo_library_get_index (library), "Energy"), *added;
  g_autoptr (GList) windows = NULL;
  GtkWidget *dialog, *entry, *button;

  memo_sector_dialog_present (fixture->view.view, fixture->view.ui.session, NULL, memo_record_get_uuid (energy));
  ui_settle (100);
  windows = gtk_window_list_toplevels ();
  dialog = NULL;
  for (GList *l = windows; l; l = l->next)
    if (l->data != fixture->view.window)
      dialog = l->data;
  g_assert_nonnull (dialog);
  entry = ui_find (dialog, ADW_TYPE_ENTRY_ROW, "Name (English)");
  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "Tidal power");
  button = ui_find (dialog, GTK_TYPE_BUTTON, "_Add");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  ui_wait_until (has_toast, fixture);
  added = memo_index_find_sector (memo_library_get_index (library), "Tidal power");
  g_assert_nonnull (added);
  g_assert_cmpstr (memo_record_get_text (added, MEMO_SECTOR_PARENT), ==, memo_record_get_uuid (energy));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  views_init ();
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/sectors/view/cell", test_cell);
  ADD ("/sectors/view/empty-cell", test_empty_cell);
  ADD ("/sectors/view/across", test_across);
  ADD ("/sectors/view/delete", test_delete);
  ADD ("/sectors/view/dialog", test_dialog);
  return g_test_run ();
}
