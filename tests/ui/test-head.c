/* The window of a library that was shown before: its first rows are there before the library is. */
#include "ui-fixture.h"

#include "ui/articles/memo-articles-list.h"
#include "ui/memo-settings.h"
#include "ui/memo-window.h"

#define N 150
#define KEPT 4 /* the row that is chosen early */

typedef struct
{
  char *directory, *path;
  MemoWindow *window;
} Setup;

typedef struct
{
  MemoWindow *window;
  gboolean seen, editable;
  guint n;
  GListModel *model;
  GPtrArray *rows; /* of MemoRow */
  GArray *ids;
} Early;

static MemoRecord *
make (MemoKind kind, guint i)
{
  MemoRecordBuilder *builder = memo_record_builder_new (kind, NULL);
  g_autofree char *title = g_strdup_printf ("%s %u", i % 3 == 0 ? "İklim" : i % 3 == 1 ? "Ёлка" : "Apple", i);
  g_autofree char *day = g_strdup_printf ("%u-%02u-%02u", 1990 + i % 30, 1 + i % 12, 1 + i % 28);
  g_autoptr (MemoDate) date = memo_date_new (day, NULL);

  memo_record_builder_set_text (builder,
                                kind == MEMO_KIND_ARTICLE     ? MEMO_ARTICLE_TITLE
                                : kind == MEMO_KIND_AGREEMENT ? MEMO_AGREEMENT_TITLE
                                                              : MEMO_NOTE_TITLE,
                                title);
  if (kind == MEMO_KIND_ARTICLE)
    {
      memo_record_builder_set_text (builder, MEMO_ARTICLE_TEXT, "Words.");
      memo_record_builder_set_date (builder, MEMO_ARTICLE_PUBLISHED, date);
    }
  else if (kind == MEMO_KIND_AGREEMENT)
    memo_record_builder_set_date (builder, MEMO_AGREEMENT_SIGNED, date);
  return memo_record_builder_end (builder);
}

static void
add (MemoSession *session, MemoKind kind, guint from, guint n)
{
  g_autoptr (MemoChange) change = memo_change_new ("Fill", NULL);
  gboolean done = FALSE;

  for (guint i = from; i < from + n; i++)
    {
      g_autoptr (MemoRecord) record = make (kind, i);

      if (kind == MEMO_KIND_ARTICLE)
        memo_change_insert_article (change, record, NULL);
      else
        memo_change_insert (change, record);
    }
  memo_session_apply (session, change, NULL, ui_applied_cb, &done);
  ui_wait_until (ui_flag_is_set, &done);
  ui_wait_until (ui_has_selection, session);
}

static gboolean
is_open (gpointer window)
{
  return memo_session_get_library (memo_window_get_session (window)) &&
         ui_has_selection (memo_window_get_session (window));
}

/* The list of records that is seen. */
static GListModel *
find_list (GtkWidget *widget)
{
  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (GTK_IS_LIST_VIEW (widget))
    {
      GtkSelectionModel *model = gtk_list_view_get_model (GTK_LIST_VIEW (widget));
      g_autoptr (GObject) row = model ? g_list_model_get_item (G_LIST_MODEL (model), 0) : NULL;

      if (MEMO_IS_ROW (row))
        return G_LIST_MODEL (model);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GListModel *found = find_list (child);

      if (found)
        return found;
    }
  return NULL;
}

static gboolean
is_enabled (GtkWidget *widget, const char *action)
{
  GtkWidget *button = gtk_button_new ();
  gboolean enabled;

  gtk_widget_set_parent (button, widget);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  enabled = gtk_widget_get_sensitive (button);
  gtk_widget_unparent (button);
  return enabled;
}

/* After the window has made its view of it. */
static gboolean
look_cb (gpointer data)
{
  Early *early = data;
  MemoSession *session = memo_window_get_session (early->window);
  GtkWidget *table;

  early->model = find_list (GTK_WIDGET (early->window));
  early->n = early->model ? g_list_model_get_n_items (early->model) : 0;
  for (guint i = 0; i < early->n; i++)
    {
      MemoRow *row = g_list_model_get_item (early->model, i);
      gint64 id = memo_row_get_id (row);

      /* Nothing is to be waited for. */
      g_assert_nonnull (memo_row_get_record (row));
      g_ptr_array_add (early->rows, row);
      g_array_append_val (early->ids, id);
    }
  if (early->n > KEPT)
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (early->model), KEPT, TRUE);
  early->seen = memo_session_get_library (session) == NULL;
  table = ui_find (GTK_WIDGET (early->window), GTK_TYPE_COLUMN_VIEW, NULL);
  if (early->seen && table && gtk_column_view_get_model (GTK_COLUMN_VIEW (table)) == (gpointer) early->model)
    early->editable = is_enabled (table, "register.edit");
  return G_SOURCE_REMOVE;
}

static void
head_cb (MemoSession *session, GParamSpec *pspec, gpointer data)
{
  g_autoptr (MemoHead) head = NULL;

  g_object_get (session, "head", &head, NULL);
  if (head && !memo_session_get_library (session))
    g_idle_add_full (G_PRIORITY_HIGH, look_cb, data, NULL);
}

static Early
open_window (Setup *setup)
{
  Early early = { NULL };

  early.rows = g_ptr_array_new_with_free_func (g_object_unref);
  early.ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  early.window = setup->window = g_object_ref (memo_window_new (NULL));
  g_signal_connect (memo_window_get_session (setup->window), "notify::head", G_CALLBACK (head_cb), &early);
  gtk_window_present (GTK_WINDOW (setup->window));
  memo_window_open_library (setup->window, setup->path, TRUE);
  ui_wait_until (is_open, setup->window);
  g_signal_handlers_disconnect_by_func (memo_window_get_session (setup->window), head_cb, &early);
  ui_settle (300);
  return early;
}

static void
early_clear (Early *early)
{
  g_ptr_array_unref (early->rows);
  g_array_unref (early->ids);
}

static void
close_window (Setup *setup)
{
  g_autoptr (MemoSession) session = g_object_ref (memo_window_get_session (setup->window));

  gtk_window_close (GTK_WINDOW (setup->window));
  ui_assert_soon (!memo_session_get_library (session));
  g_assert_finalize_object (G_OBJECT (setup->window));
}

static void
set_up (Setup *setup, const char *view)
{
  Early early;

  memo_settings_set_string ("view", view);
  setup->directory = ui_make_directory ();
  setup->path = g_build_filename (setup->directory, "test.memorandum", NULL);
  early = open_window (setup);
  /* A new library was never shown. */
  g_assert_false (early.seen);
  early_clear (&early);
}

static void
tear_down (Setup *setup)
{
  ui_remove_directory (setup->directory);
  g_free (setup->directory);
  g_free (setup->path);
  memo_settings_set_string ("view", "articles");
}

/* A view gets its rows by and by. */
static gboolean
has_all (gpointer model)
{
  return g_list_model_get_n_items (model) == N;
}

static void
check_again (Setup *setup)
{
  Early early = open_window (setup);
  g_autoptr (GtkBitset) selected = NULL;

  g_assert_true (early.seen);
  /* What needs the library waits for it. */
  g_assert_false (early.editable);
  g_assert_cmpuint (early.n, >, KEPT);
  g_assert_cmpuint (early.n, <, N);
  /* What came first is what comes first, and the same list has gone on. */
  g_assert_true (find_list (GTK_WIDGET (setup->window)) == early.model);
  ui_wait_until (has_all, early.model);
  for (guint i = 0; i < early.n; i++)
    {
      g_autoptr (MemoRow) row = g_list_model_get_item (early.model, i);

      g_assert_true (row == g_ptr_array_index (early.rows, i));
      g_assert_cmpint (memo_row_get_id (row), ==, g_array_index (early.ids, gint64, i));
    }
  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (early.model));
  g_assert_cmpuint (gtk_bitset_get_size (selected), ==, 1);
  g_assert_true (gtk_bitset_contains (selected, KEPT));
  early_clear (&early);
}

/* What was chosen before the library was there is opened when it is. */
static gboolean
is_shown (gpointer session)
{
  return memo_session_get_shown (session) != NULL;
}

static void
test_views (gconstpointer data)
{
  static const struct
  {
    const char *view;
    MemoKind kind;
  } views[] = { { "articles", MEMO_KIND_ARTICLE }, { "register", MEMO_KIND_AGREEMENT }, { "notes", MEMO_KIND_NOTE } };
  const char *view = data;
  Setup setup = { NULL };

  set_up (&setup, view);
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    if (g_str_equal (views[i].view, view))
      add (memo_window_get_session (setup.window), views[i].kind, 0, N);
  close_window (&setup);
  for (guint i = 0; i < 2; i++)
    {
      check_again (&setup);
      ui_wait_until (is_shown, memo_window_get_session (setup.window));
      close_window (&setup);
    }
  tear_down (&setup);
}

/* Somebody else has added what would be first: nothing of then is shown. */
static void
test_changed (void)
{
  Setup setup = { NULL };
  UiFixture other = { NULL };
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (MemoLibrary) library = NULL;
  Early early;

  set_up (&setup, "articles");
  add (memo_window_get_session (setup.window), MEMO_KIND_ARTICLE, 0, N - 1);
  close_window (&setup);
  memo_library_open_async (setup.path, MEMO_OPEN_DEFAULT, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  library = memo_library_open_finish (result, NULL);
  g_assert_nonnull (library);
  other.session = memo_session_new ();
  memo_session_set_library (other.session, library);
  ui_wait_until (ui_has_selection, other.session);
  add (other.session, MEMO_KIND_ARTICLE, N - 1, 1);
  memo_session_set_library (other.session, NULL);
  g_clear_object (&result);
  await = (MemoAwait){ 0 };
  memo_library_close_async (library, memo_await_cb, &await);
  result = memo_await (&await);
  g_assert_true (memo_library_close_finish (library, result, NULL));
  ui_settle (50);
  g_object_unref (other.session);

  early = open_window (&setup);
  g_assert_false (early.seen);
  early_clear (&early);
  close_window (&setup);
  check_again (&setup);
  close_window (&setup);
  tear_down (&setup);
}

/* The order of last time is what counts. */
static void
test_orders (void)
{
  static const char *const sorts[] = { "title", "annotations", "created", "date" };
  Setup setup = { NULL };

  set_up (&setup, "articles");
  add (memo_window_get_session (setup.window), MEMO_KIND_ARTICLE, 0, N);
  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    {
      Early early;

      /* Chosen while the window is open: kept at the closing. Chosen elsewhere: the old beginning is of no use. */
      memo_settings_set_string ("articles-sort", sorts[i]);
      ui_settle (50);
      close_window (&setup);
      check_again (&setup);
      close_window (&setup);
      memo_settings_set_string ("articles-sort", sorts[(i + 1) % G_N_ELEMENTS (sorts)]);
      early = open_window (&setup);
      g_assert_cmpuint (early.n, ==, 0);
      early_clear (&early);
    }
  close_window (&setup);
  memo_settings_set_string ("articles-sort", "date");
  tear_down (&setup);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  memo_application_init_resources ();
  g_test_add_data_func ("/head/articles", "articles", test_views);
  g_test_add_data_func ("/head/register", "register", test_views);
  g_test_add_data_func ("/head/notes", "notes", test_views);
  g_test_add_func ("/head/changed", test_changed);
  g_test_add_func ("/head/orders", test_orders);
  return g_test_run ();
}
