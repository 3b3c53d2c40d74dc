#include "ui-fixture.h"

#include <string.h>

#include "model/memo-library-care.h"
#include "ui/care/memo-backups-dialog.h"
#include "ui/care/memo-trash-dialog.h"

static gboolean
is_open (gpointer window)
{
  return memo_session_get_library (memo_window_get_session (window)) &&
         ui_has_selection (memo_window_get_session (window));
}

static MemoWindow *
open_window (char **ret_directory)
{
  MemoWindow *window = memo_window_new (NULL);
  g_autofree char *path = NULL;

  *ret_directory = ui_make_directory ();
  path = g_build_filename (*ret_directory, "test.memorandum", NULL);
  g_object_ref (window);
  gtk_window_present (GTK_WINDOW (window));
  memo_window_open_library (window, path, TRUE);
  ui_wait_until (is_open, window);
  ui_settle (100);
  return window;
}

static void
close_window (MemoWindow *window, char *directory)
{
  MemoSession *session = g_object_ref (memo_window_get_session (window));
  g_autofree char *path = g_strdup (memo_library_get_path (memo_session_get_library (session)));
  g_autofree char *backups = memo_backups_get_folder (path);

  gtk_window_close (GTK_WINDOW (window));
  ui_assert_soon (!memo_session_get_library (session));
  g_object_unref (session);
  ui_settle (50);
  g_assert_finalize_object (G_OBJECT (window));
  ui_remove_directory (backups);
  ui_remove_directory (directory);
  g_free (directory);
}

static char *
add (MemoSession *session, const char *title)
{
  const MemoValue values[] = { { "title", title }, { "party", "RU" } };

  return ui_add_agreement (session, values, G_N_ELEMENTS (values));
}

static void
trash (MemoSession *session, const char *uuid)
{
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (MemoRecord) record = NULL;
  g_autoptr (MemoChange) change = memo_change_new ("Trash", NULL);
  gboolean done = FALSE;

  memo_library_get_async (memo_session_get_library (session), uuid, FALSE, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  record = memo_library_get_finish (memo_session_get_library (session), result, NULL);
  memo_change_trash (change, record);
  memo_session_apply (session, change, NULL, ui_applied_cb, &done);
  ui_wait_until (ui_flag_is_set, &done);
}

static GListModel *
get_rows (GtkWidget *dialog)
{
  return G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (ui_find (dialog, GTK_TYPE_LIST_VIEW, NULL))));
}

typedef struct
{
  GtkWidget *dialog;
  guint n;
} Rows;

static gboolean
has_rows (gpointer data)
{
  Rows *rows = data;

  return g_list_model_get_n_items (get_rows (rows->dialog)) == rows->n;
}

static void
wait_for_rows (GtkWidget *dialog, guint n)
{
  Rows rows = { dialog, n };

  ui_wait_until (has_rows, &rows);
}

static gboolean
is_enabled (GtkWidget *dialog, const char *label)
{
  return gtk_widget_is_sensitive (ui_find (dialog, GTK_TYPE_BUTTON, label));
}

/* In a modal window; with libadwaita 1.5 the question may also stand within the window that asks. */
static GtkWidget *
find_answer (const char *label)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *button = NULL;

  for (int modal = 1; !button && modal >= 0; modal--)
    for (guint i = 0; !button && i < g_list_model_get_n_items (windows); i++)
      {
        g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

        if (gtk_widget_get_mapped (window) && gtk_window_get_modal (GTK_WINDOW (window)) == modal)
          button = ui_find (window, GTK_TYPE_BUTTON, label);
      }
  return button;
}

/* The answer to the question that stands in front. */
static void
answer (const char *label)
{
  ui_assert_soon (find_answer (label));
  ui_settle (50);
  g_signal_emit_by_name (find_answer (label), "clicked");
  ui_settle (50);
}

static void
test_trash (void)
{
  char *directory;
  MemoWindow *window = open_window (&directory);
  MemoSession *session = memo_window_get_session (window);
  g_autofree char *one = add (session, "Vaccines");
  g_autofree char *two = add (session, "Pipelines");
  g_autofree char *three = add (session, "Visas");
  GtkWidget *dialog = memo_trash_dialog_present (GTK_WIDGET (window), session);
  GtkSelectionModel *model = GTK_SELECTION_MODEL (get_rows (dialog));
  GtkWidget *stack = gtk_widget_get_ancestor (ui_find (dialog, ADW_TYPE_STATUS_PAGE, NULL), GTK_TYPE_STACK);
  GtkWidget *search = ui_find (dialog, GTK_TYPE_SEARCH_ENTRY, NULL);
  MemoLibrary *library = memo_session_get_library (session);

  ui_assert_soon (g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (stack)), "empty"));
  g_assert_false (is_enabled (dialog, "_Empty Trash…"));
  /* It follows what is done elsewhere. */
  trash (session, one);
  trash (session, two);
  trash (session, three);
  wait_for_rows (dialog, 3);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "list");
  g_assert_true (is_enabled (dialog, "_Empty Trash…"));
  g_assert_false (is_enabled (dialog, "_Restore"));
  ui_assert_soon (ui_find (dialog, GTK_TYPE_LABEL, "Visas"));
  g_assert_nonnull (ui_find (dialog, GTK_TYPE_LABEL, "30 days left"));

  gtk_editable_set_text (GTK_EDITABLE (search), "PIPE");
  wait_for_rows (dialog, 1);
  gtk_editable_set_text (GTK_EDITABLE (search), "nothing");
  wait_for_rows (dialog, 0);
  ui_assert_soon (g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (stack)), "none"));
  gtk_editable_set_text (GTK_EDITABLE (search), "");
  wait_for_rows (dialog, 3);

  /* Two at once; the newest stands first. */
  gtk_selection_model_select_range (model, 0, 2, TRUE);
  g_assert_true (is_enabled (dialog, "_Restore"));
  gtk_widget_activate_action (dialog, "trash.restore", NULL);
  wait_for_rows (dialog, 1);
  ui_settle (50);
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (library), MEMO_KIND_AGREEMENT), ==, 2);

  gtk_selection_model_select_all (model);
  gtk_widget_activate_action (dialog, "trash.delete", NULL);
  answer ("_Cancel");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 1);
  gtk_widget_activate_action (dialog, "trash.delete", NULL);
  answer ("_Delete");
  wait_for_rows (dialog, 0);
  trash (session, two);
  wait_for_rows (dialog, 1);
  gtk_widget_activate_action (dialog, "trash.empty", NULL);
  answer ("_Empty");
  wait_for_rows (dialog, 0);
  gtk_window_close (GTK_WINDOW (dialog));
  ui_settle (50);
  close_window (window, directory);
}

static gboolean
has_restore (gpointer dialog)
{
  return ui_find (dialog, ADW_TYPE_ACTION_ROW, NULL) != NULL;
}

static void
test_backups (void)
{
  char *directory;
  MemoWindow *window = open_window (&directory);
  MemoSession *session = memo_window_get_session (window);
  g_autofree char *one = add (session, "Vaccines");
  g_autofree char *two = NULL;
  g_autoptr (GPtrArray) list = NULL;
  GtkWidget *dialog = memo_backups_dialog_present (window);
  GtkWidget *row, *button = NULL;
  MemoLibrary *before = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *year = NULL;
  const char *title;

  g_set_weak_pointer (&before, memo_session_get_library (session));
  ui_assert_soon (ui_find (dialog, ADW_TYPE_STATUS_PAGE, NULL));
  g_signal_emit_by_name (ui_find (dialog, GTK_TYPE_BUTTON, "_Back Up Now"), "clicked");
  ui_wait_until (has_restore, dialog);
  row = ui_find (dialog, ADW_TYPE_ACTION_ROW, NULL);
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "1 agreement"));
  /* A day as it is written elsewhere, whatever the locale makes of it: "21 Nov 2026 23:22". */
  title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
  year = g_date_time_format (now, "%Y");
  g_assert_nonnull (strstr (title, year));
  g_assert_null (strchr (title, '/'));
  two = add (session, "Pipelines");
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (before), MEMO_KIND_AGREEMENT), ==, 2);

  /* Back to the first: the window goes on with the library as it was. */
  for (GtkWidget *child = ui_find (row, GTK_TYPE_BUTTON, NULL); child; child = gtk_widget_get_next_sibling (child))
    button = child;
  g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, "Restore this backup");
  g_signal_emit_by_name (button, "clicked");
  answer ("_Restore");
  ui_assert_soon (memo_session_get_library (session) != before && is_open (window));
  g_clear_weak_pointer (&before);
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (memo_session_get_library (session)), MEMO_KIND_AGREEMENT),
                    ==, 1);
  list = memo_backups_list (memo_library_get_path (memo_session_get_library (session)), NULL);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpint (((MemoBackup *) list->pdata[0])->reason, ==, MEMO_BACKUP_BEFORE_RESTORE);
  close_window (window, directory);
}

static gboolean
is_closed (gpointer session)
{
  return !memo_session_get_library (session);
}

/* A library that cannot be opened any more comes back from its newest backup. */
static void
test_damaged (void)
{
  char *directory;
  MemoWindow *window = open_window (&directory);
  MemoSession *session = memo_window_get_session (window);
  g_autofree char *one = add (session, "Vaccines");
  g_autofree char *path = g_strdup (memo_library_get_path (memo_session_get_library (session)));
  g_autofree char *bytes = NULL;
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  gsize size;

  memo_library_keep_backup_async (memo_session_get_library (session), g_get_real_time (), TRUE, NULL, memo_await_cb,
                                  &await);
  result = memo_await (&await);
  g_assert_true (memo_library_keep_backup_finish (memo_session_get_library (session), result, NULL, NULL));
  g_object_ref (session);
  gtk_window_close (GTK_WINDOW (window));
  ui_wait_until (is_closed, session);
  g_object_unref (session);
  ui_settle (50);
  g_assert_finalize_object (G_OBJECT (window));

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  memset (bytes + size / 2, 0xff, size / 4);
  g_assert_true (g_file_set_contents (path, bytes, size, NULL));
  window = memo_window_new (NULL);
  g_object_ref (window);
  gtk_window_present (GTK_WINDOW (window));
  memo_window_open_library (window, path, FALSE);
  ui_settle (500);
  g_assert_null (memo_session_get_library (memo_window_get_session (window)));
  answer ("_Restore");
  ui_wait_until (is_open, window);
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (
                                          memo_session_get_library (memo_window_get_session (window))),
                                      MEMO_KIND_AGREEMENT),
                    ==, 1);
  close_window (window, directory);
}

int
main (int argc, char **argv)
{
  char *home = ui_make_directory ();
  int status;

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  memo_application_init_resources ();
  g_test_add_func ("/ui/care/trash", test_trash);
  g_test_add_func ("/ui/care/backups", test_backups);
  g_test_add_func ("/ui/care/damaged", test_damaged);
  status = g_test_run ();
  ui_remove_directory (home);
  g_free (home);
  return status;
}
