#include "ui-fixture.h"

#include "model/memo-library-merge.h"
#include "ui/memo-history-popover.h"
#include "ui/memo-work-bar.h"
#include "ui/merge/memo-duplicates-dialog.h"
#include "ui/merge/memo-earlier-values.h"
#include "ui/merge/memo-merge-task.h"

/* Merging, duplicates and the history, by their dialogs. */

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

static gboolean
has_window (gpointer title)
{
  return find_window (title) != NULL;
}

static gboolean
has_no_window (gpointer title)
{
  return find_window (title) == NULL;
}

static guint
count_agreements (MemoSession *session)
{
  return memo_index_get_n (memo_library_get_index (memo_session_get_library (session)), MEMO_KIND_AGREEMENT);
}

static gboolean
has_two (gpointer session)
{
  return count_agreements (session) == 2;
}

static gboolean
has_one (gpointer session)
{
  return count_agreements (session) == 1;
}

static void
click (GtkWidget *window, const char *label)
{
  GtkWidget *button = ui_find (window, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static GtkWidget *
make_window (UiFixture *fixture, MemoWorkBar **ret_bar)
{
  GtkWidget *window = gtk_window_new ();

  *ret_bar = MEMO_WORK_BAR (memo_work_bar_new ());
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (*ret_bar));
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* A library with one agreement that looks like ours. */
static char *
make_other (UiFixture *fixture)
{
  UiFixture other = { NULL };
  const MemoValue values[] = { { "title", "Water pact" }, { "signed", "2020-05" }, { "tag", "theirs" } };
  char *path = g_build_filename (fixture->directory, "other.memorandum", NULL);
  g_autofree char *uuid = NULL;
  g_autoptr (GFile) from = NULL;
  g_autoptr (GFile) to = g_file_new_for_path (path);
  MemoLibrary *library;
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;

  ui_fixture_set_up (&other, NULL);
  uuid = ui_add_agreement (other.session, values, G_N_ELEMENTS (values));
  library = g_object_ref (memo_session_get_library (other.session));
  memo_session_set_library (other.session, NULL);
  memo_library_close_async (library, memo_await_cb, &await);
  result = memo_await (&await);
  from = g_file_new_for_path (other.path);
  g_assert_true (g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, NULL));
  g_object_unref (library);
  g_object_unref (other.session);
  ui_remove_directory (other.directory);
  g_free (other.directory);
  g_free (other.path);
  return path;
}

static void
test_merge (UiFixture *fixture, gconstpointer data)
{
  const MemoValue values[] = { { "title", "Water Pact" }, { "signed", "2020-05-01" } };
  g_autofree char *own = ui_add_agreement (fixture->session, values, G_N_ELEMENTS (values));
  g_autofree char *path = make_other (fixture);
  MemoWorkBar *bar;
  GtkWidget *window = make_window (fixture, &bar);
  GtkWidget *dialog;

  /* The look alone changes nothing. */
  memo_merge_task_look (window, fixture->session, bar, path);
  ui_wait_until (has_window, (gpointer) "Merge “other.memorandum”");
  dialog = find_window ("Merge “other.memorandum”");
  g_assert_nonnull (ui_find (dialog, GTK_TYPE_LABEL, "Possible Duplicates"));
  g_assert_nonnull (ui_find (dialog, GTK_TYPE_LABEL, "Agreement"));
  gtk_window_close (GTK_WINDOW (dialog));
  ui_wait_until (has_no_window, (gpointer) "Merge “other.memorandum”");
  ui_settle (50);
  g_assert_cmpuint (count_agreements (fixture->session), ==, 1);

  memo_merge_task_look (window, fixture->session, bar, path);
  ui_wait_until (has_window, (gpointer) "Merge “other.memorandum”");
  click (find_window ("Merge “other.memorandum”"), "_Merge");
  ui_wait_until (has_two, fixture->session);

  /* Side by side, and into one. */
  memo_duplicates_dialog_present (window, fixture->session);
  ui_wait_until (has_window, (gpointer) "Possible Duplicates");
  dialog = find_window ("Possible Duplicates");
  while (!ui_find (dialog, GTK_TYPE_LIST_BOX_ROW, NULL))
    ui_settle (10);
  g_signal_emit_by_name (ui_find (dialog, GTK_TYPE_LIST_BOX, NULL), "row-activated",
                         ui_find (dialog, GTK_TYPE_LIST_BOX_ROW, NULL));
  while (!find_window ("Merge Into One"))
    ui_settle (10);
  dialog = find_window ("Merge Into One");
  while (!ui_find (dialog, GTK_TYPE_CHECK_BUTTON, NULL))
    ui_settle (10);
  click (dialog, "_Merge Into One");
  ui_wait_until (has_one, fixture->session);
  ui_wait_until (has_no_window, (gpointer) "Merge Into One");
  g_assert_null (ui_find (find_window ("Possible Duplicates"), GTK_TYPE_LIST_BOX_ROW, NULL));
  gtk_window_destroy (GTK_WINDOW (find_window ("Possible Duplicates")));
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle (50);
}

/* A value that was set aside stands folded in the details, and is taken back from there. */
static void
test_earlier (UiFixture *fixture, gconstpointer data)
{
  const MemoValue values[] = { { "title", "First" }, { "party", "TR" } };
  g_autofree char *uuid = ui_add_agreement (fixture->session, values, 2);
  g_autoptr (MemoRecord) record = NULL;
  MemoRecord *russia;
  MemoEarlier *named = g_new0 (MemoEarlier, 1);
  g_autoptr (GPtrArray) earlier = g_ptr_array_new_with_free_func ((GDestroyNotify) memo_earlier_free);
  MemoEarlier *one = g_new0 (MemoEarlier, 1), *other = g_new0 (MemoEarlier, 1);
  MemoLibrary *library = memo_session_get_library (fixture->session);
  g_autoptr (GAsyncResult) result = NULL;
  MemoAwait await = { 0 };
  GtkWidget *values_box;

  memo_library_get_async (library, uuid, TRUE, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  record = memo_library_get_finish (library, result, NULL);
  *one = (MemoEarlier){ 1, g_strdup ("title"), g_strdup ("Zeroth"), 1, g_strdup ("other.memorandum"), 2 };
  *other = (MemoEarlier){ 2, g_strdup ("title"), g_strdup ("First"), 1, g_strdup ("other.memorandum"), 2 };
  g_ptr_array_add (earlier, other);
  g_assert_null (memo_earlier_values_new (fixture->session, record, earlier));
  g_ptr_array_add (earlier, one);
  russia = memo_index_find_party (memo_library_get_index (library), "RU");
  *named = (MemoEarlier){ 3, g_strdup ("parties"), NULL, 1, g_strdup ("other.memorandum"), 2 };
  named->value = g_strdup_printf ("%s unknown", memo_record_get_uuid (russia));
  g_ptr_array_add (earlier, named);
  values_box = g_object_ref_sink (memo_earlier_values_new (fixture->session, record, earlier));
  gtk_expander_set_expanded (GTK_EXPANDER (values_box), TRUE);
  g_assert_nonnull (ui_find (values_box, GTK_TYPE_LABEL, "Zeroth"));
  g_assert_nonnull (ui_find (values_box, GTK_TYPE_LABEL, "Russia, unknown"));
  g_assert_null (ui_find (values_box, GTK_TYPE_LABEL, "First"));
  g_assert_nonnull (ui_find (values_box, GTK_TYPE_BUTTON, "_Use This"));
  g_object_unref (values_box);
}

static guint
count_rows (GtkWidget *list)
{
  guint n = 0;

  while (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), n))
    n++;
  return n;
}

static void
open_history (GtkWidget *popover, guint rows)
{
  gtk_popover_popup (GTK_POPOVER (popover));
  while (count_rows (ui_find (popover, GTK_TYPE_LIST_BOX, NULL)) != rows)
    ui_settle (10);
}

static void
choose (GtkWidget *popover, int row)
{
  GtkWidget *list = ui_find (popover, GTK_TYPE_LIST_BOX, NULL);

  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), row));
}

static gboolean
has_none (gpointer session)
{
  return count_agreements (session) == 0;
}

static void
test_history (UiFixture *fixture, gconstpointer data)
{
  const MemoValue first = { "title", "First" }, second = { "title", "Second" };
  g_autofree char *one = ui_add_agreement (fixture->session, &first, 1);
  g_autofree char *two = ui_add_agreement (fixture->session, &second, 1);
  MemoWorkBar *bar;
  GtkWidget *window = make_window (fixture, &bar);
  GtkWidget *popover = memo_history_popover_new (fixture->session, bar);

  gtk_widget_set_parent (popover, window);
  /* The newest, the older, and what was before both. */
  open_history (popover, 3);
  choose (popover, 1);
  ui_wait_until (has_one, fixture->session);
  ui_settle (50);
  open_history (popover, 3);
  choose (popover, 2);
  ui_wait_until (has_none, fixture->session);
  ui_settle (50);
  open_history (popover, 3);
  choose (popover, 0);
  ui_wait_until (has_two, fixture->session);
  ui_settle (50);
  gtk_widget_unparent (popover);
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle (50);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/merge/dialogs", UiFixture, NULL, ui_fixture_set_up, test_merge, ui_fixture_tear_down);
  g_test_add ("/merge/earlier", UiFixture, NULL, ui_fixture_set_up, test_earlier, ui_fixture_tear_down);
  g_test_add ("/merge/history", UiFixture, NULL, ui_fixture_set_up, test_history, ui_fixture_tear_down);
  return g_test_run ();
}
