#include "ui-fixture.h"

#include "ui/memo-application.h"
#include "ui/memo-shortcuts.h"
#include "ui/memo-window.h"
#include "ui/notes/memo-note-editor.h"

static gboolean
is_open (gpointer window)
{
  return memo_session_get_library (memo_window_get_session (window)) &&
         ui_has_selection (memo_window_get_session (window));
}

static gboolean
action_enabled (MemoWindow *window, const char *name)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (window), name);
}

static const char *
get_view (MemoWindow *window)
{
  g_autoptr (GVariant) state = g_action_group_get_action_state (G_ACTION_GROUP (window), "view");

  return g_intern_string (g_variant_get_string (state, NULL));
}

/* A label that gets the focus by itself is not drawn as selected. */
static void
test_label_focus (void)
{
  g_autoptr (MemoApplication) application = memo_application_new ();
  g_autoptr (GError) error = NULL;
  GtkWidget *window = gtk_window_new ();
  GtkWidget *label = gtk_label_new ("Title");

  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  g_assert_no_error (error);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_window_set_child (GTK_WINDOW (window), label);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (label);
  g_assert_false (gtk_label_get_selection_bounds (GTK_LABEL (label), NULL, NULL));
  gtk_window_destroy (GTK_WINDOW (window));
}

static MemoWindow *
open_window (const char *directory)
{
  MemoWindow *window = memo_window_new (NULL);
  g_autofree char *path = g_build_filename (directory, "test.memorandum", NULL);

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

  gtk_window_close (GTK_WINDOW (window));
  ui_assert_soon (!memo_session_get_library (session));
  g_object_unref (session);
  g_assert_finalize_object (G_OBJECT (window));
  if (directory)
    ui_remove_directory (directory);
  g_free (directory);
}

static void
test_views_and_places (void)
{
  char *directory = ui_make_directory ();
  MemoWindow *window = open_window (directory);
  static const char *const views[] = { "register", "timeline", "sectors", "notes" };

  g_assert_cmpstr (get_view (window), ==, "articles");
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      GtkWidget *focus;

      g_action_group_activate_action (G_ACTION_GROUP (window), "view", g_variant_new_string (views[i]));
      ui_settle (60);
      g_assert_cmpstr (get_view (window), ==, views[i]);
      /* The keys of the view work without a click into it. */
      focus = gtk_window_get_focus (GTK_WINDOW (window));
      g_assert_nonnull (focus);
      g_assert_true (gtk_widget_get_mapped (focus));
      g_assert_nonnull (gtk_widget_get_ancestor (focus, GTK_TYPE_STACK));
    }
  g_action_group_activate_action (G_ACTION_GROUP (window), "back", NULL);
  g_assert_cmpstr (get_view (window), ==, "sectors");
  g_action_group_activate_action (G_ACTION_GROUP (window), "forward", NULL);
  g_assert_cmpstr (get_view (window), ==, "notes");
  g_assert_false (action_enabled (window, "forward"));
  close_window (window, directory);
}

static void
test_undo_follows_the_library (void)
{
  static const MemoValue values[] = { { "title", "Vaccines" } };
  char *directory = ui_make_directory ();
  MemoWindow *window = open_window (directory);
  MemoSession *session = memo_window_get_session (window);
  g_autofree char *uuid = NULL;

  g_assert_false (action_enabled (window, "undo"));
  uuid = ui_add_agreement (session, values, 1);
  ui_assert_soon (action_enabled (window, "undo"));
  memo_session_show (session, uuid);
  ui_settle (50);
  g_action_group_activate_action (G_ACTION_GROUP (window), "undo", NULL);
  ui_assert_soon (!action_enabled (window, "undo") && action_enabled (window, "redo"));
  close_window (window, directory);
}

static void
test_panes_toggle (void)
{
  char *directory = ui_make_directory ();
  MemoWindow *window = open_window (directory);
  g_autoptr (GVariant) before = g_action_group_get_action_state (G_ACTION_GROUP (window), "filter-pane");
  g_autoptr (GVariant) after = NULL;

  g_action_group_activate_action (G_ACTION_GROUP (window), "filter-pane", NULL);
  ui_settle (50);
  after = g_action_group_get_action_state (G_ACTION_GROUP (window), "filter-pane");
  g_assert_cmpint (g_variant_get_boolean (before), !=, g_variant_get_boolean (after));
  g_action_group_activate_action (G_ACTION_GROUP (window), "filter-pane", NULL);
  close_window (window, directory);
}

static guint
count_items (GMenuModel *menu, GActionGroup *group)
{
  guint n = 0;

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autofree char *action = NULL;

      if (section)
        n += count_items (section, group);
      if (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action))
        {
          n++;
          if (g_str_has_prefix (action, "win."))
            {
              g_auto (GStrv) parts = g_strsplit (action + 4, "::", 2);

              g_assert_true (g_action_group_has_action (group, parts[0]));
            }
        }
    }
  return n;
}

/* Every entry of the menus is an action that the window has. */
static GtkWidget *
find_classed (GtkWidget *widget, const char *css_class)
{
  GtkWidget *found = gtk_widget_has_css_class (widget, css_class) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_classed (child, css_class);
  return found;
}

/* A narrow window has the names of the views at its foot, whole. */
static void
test_narrow (void)
{
  char *directory = ui_make_directory ();
  MemoWindow *window = open_window (directory);
  GtkWidget *foot = find_classed (GTK_WIDGET (window), "memo-switcher"), *button;

  g_assert_nonnull (foot);
  gtk_window_set_default_size (GTK_WINDOW (window), 1150, 700);
  ui_assert_soon (!gtk_widget_get_visible (foot) && gtk_widget_get_width (GTK_WIDGET (window)) >= 1000);
  button = find_classed (GTK_WIDGET (window), "memo-view-button");
  g_assert_nonnull (gtk_widget_get_ancestor (button, ADW_TYPE_HEADER_BAR));
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 500);
  ui_assert_soon (gtk_widget_get_visible (foot));
  g_assert_true (gtk_widget_is_ancestor (button, foot));
  ui_assert_soon (gtk_widget_get_width (foot) > 0 &&
                  gtk_widget_get_width (foot) <= gtk_widget_get_width (GTK_WIDGET (window)));
  gtk_window_set_default_size (GTK_WINDOW (window), 1150, 700);
  ui_assert_soon (!gtk_widget_get_visible (foot));
  close_window (window, directory);
}

static gboolean
is_seen (MemoWindow *window, const char *text)
{
  GtkWidget *label = ui_find (GTK_WIDGET (window), GTK_TYPE_LABEL, text);

  return label && gtk_widget_get_mapped (label);
}

/* A first look: what this is, and the buttons to begin. */
static void
test_start (void)
{
  char *directory = ui_make_directory ();
  MemoWindow *window = open_window (directory);

  g_action_group_activate_action (G_ACTION_GROUP (window), "view", g_variant_new_string ("articles"));
  ui_assert_soon (is_seen (window, "Begin with an article"));
  g_assert_true (is_seen (window, "Open Sample Library"));
  g_assert_false (is_seen (window, "No article is open"));
  close_window (window, directory);
}

/* Where a pane has no room beside the view it stands instead of it, until another view is asked for. */
static void
test_panes_instead (void)
{
  char *directory = ui_make_directory ();
  MemoWindow *window = open_window (directory);
  GActionGroup *actions = G_ACTION_GROUP (window);

  g_action_group_activate_action (actions, "view", g_variant_new_string ("register"));
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 500);
  ui_assert_soon (!is_seen (window, "Without evidence") && is_seen (window, "New Agreement…"));
  g_action_group_activate_action (actions, "filter-pane", NULL);
  ui_assert_soon (is_seen (window, "Without evidence") && !is_seen (window, "New Agreement…"));
  ui_settle (100);
  g_assert_true (is_seen (window, "Without evidence"));
  g_action_group_activate_action (actions, "details-pane", NULL);
  ui_assert_soon (is_seen (window, "Nothing Selected") && !is_seen (window, "Without evidence"));
  g_action_group_activate_action (actions, "details-pane", NULL);
  ui_assert_soon (is_seen (window, "New Agreement…") && !is_seen (window, "Nothing Selected"));
  g_action_group_activate_action (actions, "filter-pane", NULL);
  ui_assert_soon (is_seen (window, "Without evidence"));
  g_action_group_activate_action (actions, "view", g_variant_new_string ("register"));
  ui_assert_soon (is_seen (window, "New Agreement…") && !is_seen (window, "Without evidence"));
  gtk_window_set_default_size (GTK_WINDOW (window), 1300, 700);
  ui_assert_soon (is_seen (window, "New Agreement…") && is_seen (window, "Without evidence"));
  close_window (window, directory);
}

static void
test_menus_have_actions (void)
{
  char *directory = ui_make_directory ();
  MemoWindow *window = open_window (directory);
  g_autoptr (GMenuModel) add = memo_shortcuts_build_menu (MEMO_MENU_ADD);
  g_autoptr (GMenuModel) main_menu = memo_shortcuts_build_menu (MEMO_MENU_MAIN);
  g_autofree char *tooltip = memo_shortcuts_dup_tooltip ("win.undo");

  g_assert_cmpuint (count_items (add, G_ACTION_GROUP (window)), ==, 6);
  g_assert_cmpuint (count_items (main_menu, G_ACTION_GROUP (window)), >=, 10);
  g_assert_cmpstr (tooltip, ==, "Undo (Ctrl+Z)");
  close_window (window, directory);
}

/* Dialogs open and close without a warning. */
static void
test_dialogs (void)
{
  static const char *const names[] = { "search", "preferences", "shortcuts", "help", "new-agreement", "export" };
  char *directory = ui_make_directory ();
  MemoWindow *window = open_window (directory);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());
      guint before = g_list_model_get_n_items (windows);
      g_autoptr (GPtrArray) closing = g_ptr_array_new_with_free_func (g_object_unref);

      g_action_group_activate_action (G_ACTION_GROUP (window), names[i], NULL);
      ui_assert_soon (g_list_model_get_n_items (windows) == before + 1);
      ui_settle (120);
      for (guint j = 0; j < g_list_model_get_n_items (windows); j++)
        {
          g_autoptr (GtkWindow) other = g_list_model_get_item (windows, j);

          if (gtk_window_get_transient_for (other) == GTK_WINDOW (window))
            g_ptr_array_add (closing, g_object_ref (other));
        }
      for (guint j = 0; j < closing->len; j++)
        gtk_window_close (g_ptr_array_index (closing, j));
      ui_assert_soon (g_list_model_get_n_items (windows) == before);
    }
  close_window (window, directory);
}

static GtkWidget *
find_type (GtkWidget *widget, GType type)
{
  GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (widget), type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_type (child, type);
  return found;
}

static char *
dup_written (MemoNoteEditor *editor)
{
  GtkTextIter from, to;

  gtk_text_buffer_get_bounds (memo_note_editor_get_buffer (editor), &from, &to);
  return gtk_text_buffer_get_text (memo_note_editor_get_buffer (editor), &from, &to, TRUE);
}

/* Another program puts @data where the library is while something is written that no library has yet: it is in the new one. */
static void
replace_while_writing (MemoWindow *window, const char *data, gsize length, const char *words, guint n_notes)
{
  MemoSession *session = memo_window_get_session (window);
  g_autoptr (MemoLibrary) old = g_object_ref (memo_session_get_library (session));
  MemoNoteEditor *editor = MEMO_NOTE_EDITOR (find_type (GTK_WIDGET (window), MEMO_TYPE_NOTE_EDITOR));
  const char *path = memo_library_get_path (old);
  g_autofree char *aside = g_strconcat (path, ".aside", NULL);
  g_autofree char *text = NULL;
  g_autofree char *whole = NULL;

  g_assert_cmpint (g_rename (path, aside), ==, 0);
  g_assert_true (g_file_set_contents (path, data, length, NULL));
  memo_note_editor_insert (editor, words);
  whole = dup_written (editor);
  ui_assert_soon (memo_session_get_library (session) != old);
  ui_assert_soon (ui_find (GTK_WIDGET (window), GTK_TYPE_LABEL,
                           "Another program has replaced the library; what is there now was opened."));
  text = dup_written (editor);
  g_assert_cmpstr (text, ==, whole);
  ui_assert_soon (memo_note_editor_get_note (editor) &&
                  g_strcmp0 (memo_record_get_text (memo_note_editor_get_note (editor), MEMO_NOTE_TEXT), whole) == 0);
  ui_assert_soon (memo_index_get_n (memo_library_get_index (memo_session_get_library (session)), MEMO_KIND_NOTE) ==
                  n_notes);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (editor)));
}

static void
test_replaced_while_writing (void)
{
  char *directory = ui_make_directory ();
  MemoWindow *window = open_window (directory);
  g_autofree char *path = g_build_filename (directory, "test.memorandum", NULL);
  g_autofree char *empty = NULL;
  g_autofree char *one = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &empty, &length, NULL));
  g_action_group_activate_action (G_ACTION_GROUP (window), "view", g_variant_new_string ("notes"));
  ui_settle (60);
  g_assert_true (gtk_widget_activate_action (gtk_window_get_focus (GTK_WINDOW (window)), "notes.new", NULL));
  replace_while_writing (window, empty, length, "A new note", 1);
  g_assert_true (g_file_get_contents (path, &one, &length, NULL));
  replace_while_writing (window, one, length, ", and more", 1);
  close_window (window, directory);
}

/* A window without a library says why, and tries again when it is asked to. */
static void
test_cannot_open (void)
{
  char *directory = ui_make_directory ();
  MemoWindow *window = open_window (directory);
  g_autofree char *path = g_build_filename (directory, "test.memorandum", NULL);
  g_autofree char *aside = g_strconcat (path, ".aside", NULL);
  const char *title = "The Library Could Not Be Opened";

  close_window (window, NULL);
  g_assert_cmpint (g_rename (path, aside), ==, 0);
  g_assert_true (g_file_set_contents (path, "No library.", -1, NULL));
  window = g_object_ref (memo_window_new (NULL));
  gtk_window_present (GTK_WINDOW (window));
  memo_window_open_library (window, path, FALSE);
  ui_assert_soon (is_seen (window, title));
  g_assert_false (is_seen (window, "No article is open"));
  g_assert_false (is_seen (window, "Begin with an article"));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "view"));
  g_assert_true (ui_find (GTK_WIDGET (window), GTK_TYPE_BUTTON, "Try Again") ==
                 gtk_window_get_focus (GTK_WINDOW (window)));

  g_action_group_activate_action (G_ACTION_GROUP (window), "open-again", NULL);
  ui_settle (200);
  g_assert_true (is_seen (window, title));
  g_assert_cmpint (g_rename (aside, path), ==, 0);
  g_action_group_activate_action (G_ACTION_GROUP (window), "open-again", NULL);
  ui_wait_until (is_open, window);
  g_assert_false (is_seen (window, title));
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "view"));
  close_window (window, directory);
}

static gboolean
closes_now (MemoWindow *window)
{
  return !gtk_widget_get_visible (GTK_WIDGET (window));
}

/* The dialog with that button. (nullable) */
static GtkWidget *
find_answer (const char *label)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *found = NULL;

  for (guint i = 0; !found && i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      found = gtk_widget_get_mapped (window) ? ui_find (window, GTK_TYPE_BUTTON, label) : NULL;
    }
  return found;
}

static gboolean
has_waiting (MemoSession *session)
{
  const char *cause;
  g_autofree char *trouble = memo_saver_dup_trouble (memo_session_get_saver (session), &cause);

  return trouble != NULL;
}

static gboolean
has_written (MemoNoteEditor *editor, const char *expected)
{
  g_autofree char *text = dup_written (editor);

  return g_str_equal (text, expected);
}

/* What cannot be saved is held, and said, through other notes and the closing of the window, until it is. */
static void
test_unsaved (void)
{
  char *directory = ui_make_directory ();
  MemoWindow *window = open_window (directory);
  MemoSession *session = memo_window_get_session (window);
  MemoIndex *index;
  g_autofree char *path = g_build_filename (directory, "test.memorandum", NULL);
  g_autofree char *aside = g_strconcat (path, ".aside", NULL);
  const char *said = "“Words that matter” is not saved yet. It is tried again until it works.";
  g_autofree char *uuid = NULL;
  g_autofree char *text = NULL;
  MemoNoteEditor *editor;
  GtkWidget *label;

  g_action_group_activate_action (G_ACTION_GROUP (window), "view", g_variant_new_string ("notes"));
  ui_settle (60);
  g_assert_true (gtk_widget_activate_action (gtk_window_get_focus (GTK_WINDOW (window)), "notes.new", NULL));
  editor = MEMO_NOTE_EDITOR (find_type (GTK_WIDGET (window), MEMO_TYPE_NOTE_EDITOR));
  g_assert_cmpint (g_rename (path, aside), ==, 0);
  memo_note_editor_insert (editor, "Words that matter");
  g_action_group_activate_action (G_ACTION_GROUP (window), "save", NULL);
  ui_assert_soon ((label = ui_find (GTK_WIDGET (window), GTK_TYPE_LABEL, said)) && gtk_widget_get_mapped (label));
  uuid = g_strdup (memo_note_editor_get_uuid (editor));
  g_assert_nonnull (uuid);

  /* Another note, and back. */
  memo_note_editor_open (editor, NULL);
  g_assert_true (gtk_widget_get_mapped (label));
  memo_note_editor_open (editor, uuid);
  text = dup_written (editor);
  g_assert_cmpstr (text, ==, "Words that matter");

  /* The window asks before it closes. */
  ui_assert_soon (find_answer ("_Close"));
  g_signal_emit_by_name (find_answer ("_Close"), "clicked");
  gtk_window_close (GTK_WINDOW (window));
  ui_assert_soon (find_answer ("_Close Without Saving"));
  g_assert_false (closes_now (window));
  g_signal_emit_by_name (find_answer ("_Cancel"), "clicked");
  ui_assert_soon (!find_answer ("_Close Without Saving"));

  /* Nor does it close when there is no more reason to ask. */
  g_assert_cmpint (g_rename (aside, path), ==, 0);
  g_action_group_activate_action (G_ACTION_GROUP (window), "save", NULL);
  ui_assert_soon (!has_waiting (session));
  g_assert_false (closes_now (window));
  ui_assert_soon (!gtk_widget_get_mapped (label));
  index = memo_library_get_index (memo_session_get_library (session));
  g_assert_cmpint (memo_index_get_id (index, MEMO_KIND_NOTE, uuid), >, 0);

  /* What is not wanted any more can be thrown away, when that is what is meant. */
  g_assert_cmpint (g_rename (path, aside), ==, 0);
  memo_note_editor_insert (editor, "Other words");
  g_action_group_activate_action (G_ACTION_GROUP (window), "save", NULL);
  ui_assert_soon (gtk_widget_get_mapped (label));
  g_signal_emit_by_name (ui_find (GTK_WIDGET (window), GTK_TYPE_BUTTON, "_Discard…"), "clicked");
  ui_assert_soon (find_answer ("_Discard"));
  g_assert_true (gtk_widget_get_mapped (label));
  g_signal_emit_by_name (find_answer ("_Discard"), "clicked");
  ui_assert_soon (!gtk_widget_get_mapped (label));
  g_assert_false (has_waiting (session));
  g_assert_null (memo_note_editor_get_uuid (editor));
  g_assert_cmpint (g_rename (aside, path), ==, 0);
  memo_note_editor_open (editor, uuid);
  ui_assert_soon (has_written (editor, "Words that matter"));
  close_window (window, directory);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  memo_application_init_resources ();
  g_test_add_func ("/window/label-focus", test_label_focus);
  g_test_add_func ("/window/views-and-places", test_views_and_places);
  g_test_add_func ("/window/replaced-while-writing", test_replaced_while_writing);
  g_test_add_func ("/window/cannot-open", test_cannot_open);
  g_test_add_func ("/window/unsaved", test_unsaved);
  g_test_add_func ("/window/undo-follows-the-library", test_undo_follows_the_library);
  g_test_add_func ("/window/panes-toggle", test_panes_toggle);
  g_test_add_func ("/window/narrow", test_narrow);
  g_test_add_func ("/window/start", test_start);
  g_test_add_func ("/window/panes-instead", test_panes_instead);
  g_test_add_func ("/window/menus-have-actions", test_menus_have_actions);
  g_test_add_func ("/window/dialogs", test_dialogs);
  return g_test_run ();
}
