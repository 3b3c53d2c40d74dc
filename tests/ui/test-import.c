#include "ui-fixture.h"

#include <string.h>

#include "ui/memo-window.h"

/* Files and text into the library by drop, by paste and by the dialog, in the window itself. */

static const char page[] = "<html><head><title>A plan of two harbours</title></head><body><h1>A plan of two "
                           "harbours</h1><p>The harbours agreed on a "
                           "plan, and on its calendar, and everybody was content with it.</p></body></html>";
static const char text[] =
    "İki liman ve bir plan\n\nLimanlar bir plan ve takvim üzerinde anlaştı, herkes de bundan memnun kaldı.\n";

typedef struct
{
  char *directory;
  MemoWindow *window;
  guint articles; /* waited for */
} Fixture;

static guint
count_articles (Fixture *self)
{
  MemoLibrary *library = memo_session_get_library (memo_window_get_session (self->window));

  return memo_index_get_n (memo_library_get_index (library), MEMO_KIND_ARTICLE);
}

static gboolean
has_articles (gpointer fixture)
{
  return count_articles (fixture) == ((Fixture *) fixture)->articles;
}

static gboolean
is_open (gpointer window)
{
  return memo_session_get_library (memo_window_get_session (window)) &&
         ui_has_selection (memo_window_get_session (window));
}

static void
wait_for_articles (Fixture *self, guint n)
{
  self->articles = n;
  ui_wait_until (has_articles, self);
  ui_settle (100);
}

static void
activate (Fixture *self, const char *name)
{
  g_action_group_activate_action (G_ACTION_GROUP (self->window), name, NULL);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *path = NULL;

  self->directory = ui_make_directory ();
  path = g_build_filename (self->directory, "test.memorandum", NULL);
  self->window = g_object_ref (memo_window_new (NULL));
  gtk_window_present (GTK_WINDOW (self->window));
  memo_window_open_library (self->window, path, TRUE);
  ui_wait_until (is_open, self->window);
  ui_settle (100);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (MemoSession) session = g_object_ref (memo_window_get_session (self->window));

  gtk_window_close (GTK_WINDOW (self->window));
  ui_assert_soon (!memo_session_get_library (session));
  g_object_unref (self->window);
  ui_remove_directory (self->directory);
  g_free (self->directory);
}

static GFile *
make_file (Fixture *self, const char *name, const char *content)
{
  g_autofree char *path = g_build_filename (self->directory, name, NULL);

  if (content)
    g_assert_true (g_file_set_contents (path, content, -1, NULL));
  return g_file_new_for_path (path);
}

/* Where files are dropped. Borrowed. */
static GtkDropTarget *
find_drop_target (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller) && gtk_drop_target_get_formats (GTK_DROP_TARGET (controller)) &&
          gdk_content_formats_contain_gtype (gtk_drop_target_get_formats (GTK_DROP_TARGET (controller)),
                                             GDK_TYPE_FILE_LIST))
        return GTK_DROP_TARGET (controller);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkDropTarget *target = find_drop_target (child);

      if (target)
        return target;
    }
  return NULL;
}

/* Takes the files. */
static gboolean
drop (Fixture *self, GFile **files, guint n)
{
  GtkDropTarget *target = find_drop_target (GTK_WIDGET (self->window));
  g_auto (GValue) value = G_VALUE_INIT;
  GSList *list = NULL;
  gboolean taken = FALSE;

  g_assert_nonnull (target);
  for (guint i = n; i > 0; i--)
    list = g_slist_prepend (list, files[i - 1]);
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, list);
  g_signal_emit_by_name (target, "drop", &value, 10.0, 10.0, &taken);
  return taken;
}

/* All that is dropped at once is one step to undo; what fails is named. */
static void
test_drop (Fixture *self, gconstpointer data)
{
  GFile *files[] = { make_file (self, "a.html", page), make_file (self, "missing.html", NULL),
                     make_file (self, "b.txt", text) };
  GListModel *windows = gtk_window_get_toplevels ();
  guint before;

  g_assert_true (drop (self, files, G_N_ELEMENTS (files)));
  wait_for_articles (self, 2);
  before = g_list_model_get_n_items (windows);
  activate (self, "import-results");
  ui_assert_soon (g_list_model_get_n_items (windows) == before + 1);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) other = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (other) != GTK_WINDOW (self->window))
        continue;
      g_assert_nonnull (ui_find (GTK_WIDGET (other), ADW_TYPE_ACTION_ROW, "A plan of two harbours"));
      gtk_window_close (other);
      break;
    }
  activate (self, "undo");
  wait_for_articles (self, 0);
  activate (self, "redo");
  wait_for_articles (self, 2);
}

/* Nothing is taken where there is nothing. */
static void
test_drop_nothing (Fixture *self, gconstpointer data)
{
  g_assert_false (drop (self, NULL, 0));
  g_assert_cmpuint (count_articles (self), ==, 0);
}

static void
put_on_clipboard (Fixture *self, const char *type, const void *data, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GdkContentProvider) provider = gdk_content_provider_new_for_bytes (type, bytes);

  g_assert_true (gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self->window)), provider));
}

static char *
get_title (Fixture *self)
{
  MemoSession *session = memo_window_get_session (self->window);
  g_autoptr (GArray) ids =
      memo_selection_get_ids (memo_session_get_selection (session), MEMO_KIND_ARTICLE, MEMO_SORT_TITLE, FALSE);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) records = NULL;
  MemoAwait await = { 0 };

  g_assert_cmpuint (ids->len, ==, 1);
  memo_library_load_async (memo_session_get_library (session), MEMO_KIND_ARTICLE, ids, FALSE, NULL, memo_await_cb,
                           &await);
  result = memo_await (&await);
  records = memo_library_load_finish (memo_session_get_library (session), result, NULL);
  return g_strdup (memo_record_get_title (records->pdata[0]));
}

static void
assert_pasted (Fixture *self, const char *title)
{
  g_autofree char *found = NULL;

  activate (self, "paste-article");
  wait_for_articles (self, 1);
  ui_wait_until (ui_has_selection, memo_window_get_session (self->window));
  found = get_title (self);
  g_assert_cmpstr (found, ==, title);
}

static void
test_paste_html (Fixture *self, gconstpointer data)
{
  put_on_clipboard (self, "text/html", page, strlen (page));
  assert_pasted (self, "A plan of two harbours");
}

/* As some browsers put it there. */
static void
test_paste_wide (Fixture *self, gconstpointer data)
{
  gsize length;
  g_autofree char *wide = g_convert (page, -1, "UTF-16LE", "UTF-8", NULL, &length, NULL);

  put_on_clipboard (self, "text/html", wide, length);
  assert_pasted (self, "A plan of two harbours");
}

static void
test_paste_text (Fixture *self, gconstpointer data)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self->window)), text);
  assert_pasted (self, "İki liman ve bir plan");
}

static void
test_paste_files (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) file = make_file (self, "a.html", page);
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, g_slist_prepend (NULL, g_object_ref (file)));
  gdk_clipboard_set_value (gtk_widget_get_clipboard (GTK_WIDGET (self->window)), &value);
  assert_pasted (self, "A plan of two harbours");
}

static void
test_paste_nothing (Fixture *self, gconstpointer data)
{
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self->window)), NULL);
  activate (self, "paste-article");
  ui_assert_soon (ui_find (GTK_WIDGET (self->window), GTK_TYPE_LABEL, "There is no text on the clipboard."));
  g_assert_cmpuint (count_articles (self), ==, 0);
}

static GtkWindow *
find_chooser (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (GTK_IS_FILE_CHOOSER (window))
        return window;
    }
  return NULL;
}

static gboolean
chooser_is_there (gpointer data)
{
  GtkWindow *chooser = find_chooser ();

  return chooser && gtk_widget_get_mapped (GTK_WIDGET (chooser));
}

static gboolean
file_is_chosen (gpointer chooser)
{
  g_autoptr (GListModel) files = gtk_file_chooser_get_files (chooser);

  return g_list_model_get_n_items (files) == 1;
}

static void
test_dialog (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) file = make_file (self, "a.html", page);
  GtkWindow *chooser;

  activate (self, "import");
  ui_wait_until (chooser_is_there, NULL);
  chooser = find_chooser ();
  g_assert_true (gtk_file_chooser_set_file (GTK_FILE_CHOOSER (chooser), file, NULL));
  ui_wait_until (file_is_chosen, chooser);
  gtk_dialog_response (GTK_DIALOG (chooser), GTK_RESPONSE_ACCEPT);
  wait_for_articles (self, 1);
}

static void
test_dialog_cancelled (Fixture *self, gconstpointer data)
{
  activate (self, "import");
  ui_wait_until (chooser_is_there, NULL);
  gtk_dialog_response (GTK_DIALOG (find_chooser ()), GTK_RESPONSE_CANCEL);
  ui_assert_soon (!find_chooser ());
  g_assert_cmpuint (count_articles (self), ==, 0);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  memo_application_init_resources ();
#define ADD(name, func) g_test_add ("/window/import/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("drop", test_drop);
  ADD ("drop-nothing", test_drop_nothing);
  ADD ("paste-html", test_paste_html);
  ADD ("paste-wide", test_paste_wide);
  ADD ("paste-text", test_paste_text);
  ADD ("paste-files", test_paste_files);
  ADD ("paste-nothing", test_paste_nothing);
  ADD ("dialog", test_dialog);
  ADD ("dialog-cancelled", test_dialog_cancelled);
  return g_test_run ();
}
