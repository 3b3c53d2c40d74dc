#include "memo-window-private.h"

#include <glib/gi18n.h>

#include "care/memo-backups-dialog.h"
#include "care/memo-trash-dialog.h"
#include "details/memo-agreement-dialog.h"
#include "details/memo-record-dialog.h"
#include "filter/memo-chips.h"
#include "memo-compat.h"
#include "memo-config.h"
#include "memo-dialog.h"
#include "memo-export-dialog.h"
#include "memo-help.h"
#include "memo-settings.h"
#include "memo-shortcuts.h"
#include "merge/memo-duplicates-dialog.h"
#include "merge/memo-merge-task.h"
#include "preferences/memo-preferences.h"

static const char *const library_globs[] = { "*.memorandum", NULL };
static const char *const article_globs[] = { "*.html",     "*.htm", "*.xhtml", "*.mhtml", "*.txt", "*.md",
                                             "*.markdown", "*.pdf", "*.epub",  "*.docx",  "*.odt", "*.csv",
                                             "*.json",     "*.bib", "*.ris",   NULL };
static const char *const all_globs[] = { "*", NULL };

/* TRUE while a text that is being written has its own undo. */
static gboolean
undo_in_text (MemoWindow *self, const char *name)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (GTK_IS_TEXT (focus) && gtk_editable_get_editable (GTK_EDITABLE (focus)))
    {
      g_autofree char *before = g_strdup (gtk_editable_get_text (GTK_EDITABLE (focus)));

      /* An empty entry without a history leaves the keys to the library. */
      gtk_widget_activate_action (focus, name, NULL);
      return before[0] || !g_str_equal (before, gtk_editable_get_text (GTK_EDITABLE (focus)));
    }
  if (GTK_IS_TEXT_VIEW (focus) && gtk_text_view_get_editable (GTK_TEXT_VIEW (focus)))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus));
      gboolean undo = g_str_equal (name, "text.undo");

      if (undo ? gtk_text_buffer_get_can_undo (buffer) : gtk_text_buffer_get_can_redo (buffer))
        {
          if (undo)
            gtk_text_buffer_undo (buffer);
          else
            gtk_text_buffer_redo (buffer);
          return TRUE;
        }
    }
  return FALSE;
}

static void
undo_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MemoWindow *self = data;

  if (!undo_in_text (self, "text.undo"))
    memo_session_undo (self->session);
}

static void
redo_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MemoWindow *self = data;

  if (!undo_in_text (self, "text.redo"))
    memo_session_redo (self->session);
}

/* Notes are saved by themselves; this does it now. */
static void
save_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MemoWindow *self = data;

  memo_saver_try_now (memo_session_get_saver (self->session));
}

static void
new_library_chosen_cb (GPtrArray *files, gpointer data)
{
  g_autoptr (MemoWindow) self = data;
  g_autofree char *path = files ? g_file_get_path (g_ptr_array_index (files, 0)) : NULL;

  if (!path)
    return;
  if (!g_str_has_suffix (path, ".memorandum"))
    {
      char *whole = g_strconcat (path, ".memorandum", NULL);

      g_free (path);
      path = whole;
    }
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    memo_window_add_toast (self, _ ("There is a file of that name already: it was left as it is."), NULL, NULL);
  else
    memo_window_open_library (self, path, TRUE);
}

static void
new_library_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const MemoFilePattern patterns[] = { { _ ("Libraries"), library_globs }, { NULL } };

  memo_compat_choose_file (data, MEMO_CHOOSE_SAVE, _ ("New Library"), _ ("_Create"), patterns,
                           _ ("Research.memorandum"), new_library_chosen_cb, g_object_ref (data));
}

static void
library_chosen_cb (GPtrArray *files, gpointer data)
{
  g_autoptr (MemoWindow) self = data;
  g_autofree char *path = files ? g_file_get_path (g_ptr_array_index (files, 0)) : NULL;

  if (path)
    memo_window_open_library (self, path, FALSE);
}

static void
open_library_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const MemoFilePattern patterns[] = { { _ ("Libraries"), library_globs }, { _ ("All Files"), all_globs }, { NULL } };

  memo_compat_choose_file (data, MEMO_CHOOSE_OPEN, _ ("Open Library"), _ ("_Open"), patterns, NULL, library_chosen_cb,
                           g_object_ref (data));
}

static void
open_recent_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  memo_window_open_library (data, g_variant_get_string (parameter, NULL), FALSE);
}

static void
sample_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  memo_window_open_sample (data);
}

static void
open_again_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  memo_window_open_again (data);
}

static void
articles_chosen_cb (GPtrArray *files, gpointer data)
{
  g_autoptr (MemoWindow) self = data;

  if (files)
    memo_window_import (self, files);
}

static void
import_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const MemoFilePattern patterns[] = { { _ ("Articles and Records"), article_globs },
                                       { _ ("All Files"), all_globs },
                                       { NULL } };

  memo_compat_choose_file (data, MEMO_CHOOSE_OPEN_MANY, _ ("Import Files"), _ ("_Import"), patterns, NULL,
                           articles_chosen_cb, g_object_ref (data));
}

static void
paste_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  memo_window_paste (data);
}

static void
import_results_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  memo_window_show_import_results (data);
}

static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MemoWindow *self = data;

  memo_export_dialog_present (data, self->session, self->work_bar);
}

static void
merge_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MemoWindow *self = data;

  memo_merge_task_start (data, self->session, self->work_bar);
}

static void
duplicates_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MemoWindow *self = data;

  memo_duplicates_dialog_present (data, self->session);
}

static void
new_agreement_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MemoWindow *self = data;

  memo_agreement_dialog_present (data, self->session, NULL, NULL, -1, -1);
}

static void
new_record_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MemoWindow *self = data;
  MemoKind kind;

  if (memo_kind_from_name (g_variant_get_string (parameter, NULL), &kind) && memo_record_dialog_can_edit (kind))
    memo_record_dialog_present (data, self->session, kind, NULL);
}

typedef struct
{
  MemoWindow *window;
  GCancellable *work;
} Care;

static void
care_free (Care *care)
{
  memo_work_bar_end (care->window->work_bar, care->work);
  g_object_unref (care->window);
  g_object_unref (care->work);
  g_free (care);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Care, care_free)

static Care *
care_new (MemoWindow *self, const char *text)
{
  Care *care = g_new0 (Care, 1);

  care->window = g_object_ref (self);
  care->work = memo_work_bar_begin (self->work_bar, text);
  return care;
}

static void
trash_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MemoWindow *self = data;

  memo_trash_dialog_present (data, self->session);
}

static void
backups_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  memo_backups_dialog_present (data);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Care) care = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = memo_library_check_finish (MEMO_LIBRARY (source), result, &error);

  if (!problems)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        memo_window_add_toast (care->window, error->message, NULL, NULL);
    }
  else if (problems->len == 0)
    memo_window_add_toast (care->window, _ ("The library is in order."), NULL, NULL);
  else
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint i = 0; i < problems->len && i < 20; i++)
        g_string_append_printf (text, "%s\n", (const char *) g_ptr_array_index (problems, i));
      memo_compat_ask (GTK_WIDGET (care->window), _ ("Problems in the Library"), text->str, _ ("_Close"), NULL, FALSE,
                       NULL, NULL);
    }
}

static void
check_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MemoWindow *self = data;
  MemoLibrary *library = memo_session_get_library (self->session);
  Care *care = care_new (self, _ ("Checking the library…"));

  memo_library_check_async (library, FALSE, care->work, checked_cb, care);
}

static void
view_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  memo_window_set_view (data, g_variant_get_string (parameter, NULL));
}

static void
filter_pane_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  MemoWindow *self = data;

  memo_window_set_panes (self, g_variant_get_boolean (state),
                         gtk_widget_get_visible (self->details_bin) ||
                             (self->details_wanted && memo_window_text_comes_first (self)));
}

static void
details_pane_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  MemoWindow *self = data;

  self->details_asked = g_variant_get_boolean (state);
  memo_window_set_panes (self, gtk_widget_get_visible (self->filter_bin),
                         self->details_asked || (self->details_wanted && memo_window_text_comes_first (self)));
}

static void
back_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  memo_window_move (data, -1);
}

static void
forward_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  memo_window_move (data, 1);
}

static void
clear_filter_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MemoWindow *self = data;
  g_autoptr (MemoFilter) empty = memo_filter_new ();

  memo_session_set_filter (self->session, empty);
}

static void
save_filter_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MemoWindow *self = data;

  memo_chips_save_filter (data, self->session);
}

static void
fullscreen_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (gtk_window_is_fullscreen (data))
    gtk_window_unfullscreen (data);
  else
    gtk_window_fullscreen (data);
}

static void
search_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  memo_window_show_search (data);
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  memo_preferences_present (data);
}

static void
shortcuts_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  memo_shortcuts_present (data);
}

static void
help_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  memo_help_present (data);
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *authors[] = { "The Memorandum developers", NULL };

  /* Also where nothing is installed. Not from the beginning: a window that finds the icon draws it in six sizes before its first frame. */
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gtk_widget_get_display (data)),
                                    "/io/github/memorandum_app/Memorandum/about");
  gtk_show_about_dialog (data, "program-name", _ ("Memorandum"), "version", MEMO_VERSION, "logo-icon-name", MEMO_APP_ID,
                         "comments", _ ("A register of agreements, tied to the words they come from"), "license-type",
                         GTK_LICENSE_GPL_3_0, "authors", authors,
                         /* Translators: your names, one a line. */
                         "translator-credits", _ ("translator-credits"), NULL);
}

static const GActionEntry actions[] = {
  { "new-library", new_library_cb },
  { "open-library", open_library_cb },
  { "open-recent", open_recent_cb, "s" },
  { "sample-library", sample_cb },
  { "open-again", open_again_cb },
  { "import", import_cb },
  { "paste-article", paste_cb },
  { "import-results", import_results_cb },
  { "export", export_cb },
  { "merge", merge_cb },
  { "duplicates", duplicates_cb },
  { "trash", trash_cb },
  { "backups", backups_cb },
  { "check", check_cb },
  { "new-agreement", new_agreement_cb },
  { "new-record", new_record_cb, "s" },
  { "undo", undo_cb },
  { "redo", redo_cb },
  { "save", save_cb },
  { "view", view_cb, "s", "'articles'" },
  { "filter-pane", NULL, NULL, "true", filter_pane_cb },
  { "details-pane", NULL, NULL, "true", details_pane_cb },
  { "back", back_cb },
  { "forward", forward_cb },
  { "clear-filter", clear_filter_cb },
  { "save-filter", save_filter_cb },
  { "fullscreen", fullscreen_cb },
  { "search", search_cb },
  { "preferences", preferences_cb },
  { "shortcuts", shortcuts_cb },
  { "help", help_cb },
  { "about", about_cb },
};

static GSimpleAction *
get_action (MemoWindow *self, const char *name)
{
  return G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), name));
}

static void
enable (MemoWindow *self, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (get_action (self, name), enabled);
}

static void
name_step (GtkWidget *button, const char *what, const char *action)
{
  g_autofree char *keys = memo_shortcuts_dup_tooltip (action);

  memo_dialog_name (button, what ? what : keys);
}

/* The one place that decides which commands can be given now. */
void
memo_window_update_actions (MemoWindow *self)
{
  MemoLibrary *library = memo_session_get_library (self->session);
  gboolean open = library != NULL;
  gboolean writable = open && !memo_library_get_read_only (library);
  gboolean failed = memo_window_has_failed (self);
  gboolean filtered = open && !memo_filter_is_empty (memo_session_get_filter (self->session));
  gboolean can_undo = FALSE, can_redo = FALSE;
  g_autofree char *undo_name = NULL, *redo_name = NULL, *undo_text = NULL, *redo_text = NULL;

  if (open)
    g_object_get (library, "can-undo", &can_undo, "can-redo", &can_redo, "undo-name", &undo_name, "redo-name",
                  &redo_name, NULL);
  enable (self, "import", writable);
  enable (self, "paste-article", writable);
  enable (self, "export", open);
  enable (self, "merge", writable);
  enable (self, "duplicates", writable);
  enable (self, "trash", open);
  enable (self, "backups", open);
  enable (self, "check", open);
  enable (self, "new-agreement", writable);
  enable (self, "new-record", writable);
  enable (self, "undo", writable && can_undo);
  enable (self, "redo", writable && can_redo);
  enable (self, "back", memo_places_can_move (self->places, -1));
  enable (self, "forward", memo_places_can_move (self->places, 1));
  enable (self, "clear-filter", filtered);
  enable (self, "save-filter", writable && filtered);
  enable (self, "search", open);
  enable (self, "open-again", failed);
  enable (self, "view", !failed);
  enable (self, "filter-pane", !failed);
  enable (self, "details-pane", !failed);

  memo_session_set_view (self->session, memo_window_get_view (self));
  g_simple_action_set_state (get_action (self, "view"), g_variant_new_string (memo_window_get_view (self)));
  g_simple_action_set_state (get_action (self, "filter-pane"),
                             g_variant_new_boolean (gtk_widget_get_visible (self->filter_bin)));
  g_simple_action_set_state (get_action (self, "details-pane"),
                             g_variant_new_boolean (gtk_widget_get_visible (self->details_bin)));

  if (undo_name)
    /* Translators: %s is the name of an action, such as “Add highlight”. */
    undo_text = g_strdup_printf (_ ("Undo: %s"), undo_name);
  if (redo_name)
    /* Translators: %s is the name of an action, such as “Add highlight”. */
    redo_text = g_strdup_printf (_ ("Redo: %s"), redo_name);
  name_step (self->undo_button, undo_text, "win.undo");
  name_step (self->redo_button, redo_text, "win.redo");
}

void
memo_window_update_recent (MemoWindow *self)
{
  g_auto (GStrv) recent = memo_settings_get_strv ("recent-libraries");

  g_menu_remove_all (self->recent);
  for (char **path = recent; *path; path++)
    {
      g_autofree char *name = g_path_get_basename (*path);
      g_autoptr (GMenuItem) item = NULL;

      if (g_str_has_suffix (name, ".memorandum"))
        name[strlen (name) - strlen (".memorandum")] = '\0';
      item = g_menu_item_new (name, NULL);
      g_menu_item_set_action_and_target (item, "win.open-recent", "s", *path);
      g_menu_append_item (self->recent, item);
    }
}

void
memo_window_init_actions (MemoWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  g_signal_connect_object (self->session, "notify::filter", G_CALLBACK (memo_window_update_actions), self,
                           G_CONNECT_SWAPPED);
  memo_settings_watch ("recent-libraries", G_CALLBACK (memo_window_update_recent), G_OBJECT (self));
}
