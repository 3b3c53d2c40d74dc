#include "memo-backups-dialog.h"

#include <glib/gi18n.h>

#include "model/memo-library-care.h"
#include "model/memo-worker.h"
#include "ui/care/memo-care.h"
#include "ui/memo-compat.h"
#include "ui/memo-dialog.h"
#include "ui/memo-settings.h"

typedef struct
{
  MemoWindow *parent;
  MemoSession *session;
  MemoLibrary *library;
  GtkWidget *window;
  GtkWidget *stack;
  GtkWidget *list;
  GtkWidget *now;
  GtkWidget *spinner;
  GCancellable *cancellable;
} Backups;

static const char *const library_globs[] = { "*.memorandum", NULL };

static void
backups_free (gpointer data)
{
  Backups *backups = data;

  g_cancellable_cancel (backups->cancellable);
  g_object_unref (backups->cancellable);
  g_object_unref (backups->parent);
  g_object_unref (backups->session);
  g_object_unref (backups->library);
  g_free (backups);
}

static Backups *
get_backups (gpointer window)
{
  return g_object_get_data (G_OBJECT (window), "memo-backups");
}

static void
set_busy (Backups *backups, gboolean busy)
{
  gtk_spinner_set_spinning (GTK_SPINNER (backups->spinner), busy);
  gtk_widget_set_sensitive (backups->now, !busy);
}

/* One backup of the list, with what it holds. */
typedef struct
{
  MemoBackup *backup; /* of the list that is kept beside */
  gboolean readable;
  guint articles, annotations, agreements;
} Entry;

typedef struct
{
  GPtrArray *list;
  GArray *entries;
} Entries;

static void
entries_free (gpointer data)
{
  Entries *entries = data;

  g_ptr_array_unref (entries->list);
  g_array_unref (entries->entries);
  g_free (entries);
}

/* In a worker: files are opened. */
static void
count_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Entries *entries = g_new0 (Entries, 1);

  entries->list = g_ptr_array_ref (data);
  entries->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  for (guint i = 0; i < entries->list->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      Entry entry = { entries->list->pdata[i] };

      entry.readable = memo_backups_count (entry.backup->path, &entry.articles, &entry.annotations, &entry.agreements);
      g_array_append_val (entries->entries, entry);
    }
  g_task_return_pointer (task, entries, entries_free);
}

static const char *
describe (MemoBackupReason reason)
{
  switch (reason)
    {
    case MEMO_BACKUP_BEFORE_UPDATE:
      return _ ("Before an update of the format");
    case MEMO_BACKUP_BEFORE_RESTORE:
      return _ ("Before a restore");
    case MEMO_BACKUP_BEFORE_REPAIR:
      return _ ("Before a repair");
    default:
      return NULL;
    }
}

/* Restoring */

typedef struct
{
  GtkWidget *window;
  char *path;
} Asked;

static void
asked_free (Asked *asked)
{
  g_object_unref (asked->window);
  g_free (asked->path);
  g_free (asked);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)

static Asked *
asked_new (Backups *backups, const char *path)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->window = g_object_ref (backups->window);
  asked->path = g_strdup (path);
  return asked;
}

static gboolean
restore_idle_cb (gpointer data)
{
  Asked *asked = data;
  Backups *backups = get_backups (asked->window);

  if (backups)
    {
      g_autoptr (MemoWindow) parent = g_object_ref (backups->parent);

      gtk_window_close (GTK_WINDOW (asked->window));
      memo_window_restore_backup (parent, asked->path);
    }
  return G_SOURCE_REMOVE;
}

/* The question has to be gone before the dialog is closed that it stands over. */
static void
restore_answered_cb (gboolean accepted, gpointer data)
{
  if (accepted)
    g_idle_add_full (G_PRIORITY_DEFAULT, restore_idle_cb, data, (GDestroyNotify) asked_free);
  else
    asked_free (data);
}

static void
restore_cb (GtkWidget *button, Backups *backups)
{
  memo_compat_ask (backups->window, _ ("Restore This Backup?"),
                   _ ("The library becomes what it was then. What it is now is kept beside it, and stands in this list "
                      "too."),
                   _ ("_Cancel"), _ ("_Restore"), TRUE, restore_answered_cb,
                   asked_new (backups, g_object_get_data (G_OBJECT (button), "memo-path")));
}

/* Saving a copy */

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Asked) asked = data;
  g_autoptr (GError) error = NULL;
  Backups *backups = get_backups (asked->window);

  if (!backups)
    return;
  set_busy (backups, FALSE);
  if (G_IS_FILE (source) ? g_file_copy_finish (G_FILE (source), result, &error)
                         : memo_library_backup_finish (MEMO_LIBRARY (source), result, &error))
    {
      g_autofree char *name = g_path_get_basename (asked->path);
      /* Translators: %s is the name of a file. */
      g_autofree char *text = g_strdup_printf (_ ("A copy was saved as “%s”."), name);

      memo_session_toast (backups->session, text, FALSE);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    memo_session_toast (backups->session, error->message, FALSE);
}

/* @asked: the backup that is copied, or NULL for the library as it is. */
static void
copy_chosen_cb (GPtrArray *files, gpointer data)
{
  g_autoptr (Asked) asked = data;
  Backups *backups = get_backups (asked->window);
  g_autofree char *path = files ? g_file_get_path (g_ptr_array_index (files, 0)) : NULL;

  if (!path || !backups)
    return;
  set_busy (backups, TRUE);
  if (!asked->path)
    memo_library_backup_async (backups->library, path, backups->cancellable, copied_cb, asked_new (backups, path));
  else if (memo_library_is_at (backups->library, path))
    {
      set_busy (backups, FALSE);
      memo_session_toast (backups->session, _ ("That is the library itself. Choose another file."), FALSE);
    }
  else
    {
      g_autoptr (GFile) source = g_file_new_for_path (asked->path);

      g_file_copy_async (source, g_ptr_array_index (files, 0), G_FILE_COPY_OVERWRITE, G_PRIORITY_DEFAULT,
                         backups->cancellable, NULL, NULL, copied_cb, asked_new (backups, path));
    }
}

static void
copy_cb (GtkWidget *button, Backups *backups)
{
  const MemoFilePattern patterns[] = { { _ ("Libraries"), library_globs }, { NULL } };
  const char *path = g_object_get_data (G_OBJECT (button), "memo-path");

  memo_compat_choose_file (backups->window, MEMO_CHOOSE_SAVE, _ ("Save a Copy"), _ ("_Save"), patterns,
                           _ ("Backup.memorandum"), copy_chosen_cb, asked_new (backups, path));
}

/* The list */

static void
append_button (GtkWidget *row,
               Backups *backups,
               const char *icon,
               const char *name,
               const char *path,
               GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  memo_dialog_name (button, name);
  g_object_set_data_full (G_OBJECT (button), "memo-path", g_strdup (path), g_free);
  g_signal_connect (button, "clicked", clicked, backups);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static GtkWidget *
make_row (Backups *backups, const Entry *entry)
{
  GtkWidget *row = adw_action_row_new ();
  const char *reason = describe (entry->backup->reason);
  g_autofree char *time = memo_care_format_time (entry->backup->time);
  g_autofree char *size = g_format_size (entry->backup->size);
  g_autofree char *articles =
      g_strdup_printf (ngettext ("%u article", "%u articles", entry->articles), entry->articles);
  g_autofree char *annotations =
      g_strdup_printf (ngettext ("%u annotation", "%u annotations", entry->annotations), entry->annotations);
  g_autofree char *agreements =
      g_strdup_printf (ngettext ("%u agreement", "%u agreements", entry->agreements), entry->agreements);
  g_autofree char *counts = entry->readable ? g_strjoin (", ", articles, annotations, agreements, NULL)
                                            : g_strdup (_ ("This file cannot be read."));
  g_autofree char *subtitle = g_strjoin (" · ", counts, size, reason, NULL);
  g_autofree char *escaped = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), time);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
  append_button (row, backups, "document-save-as-symbolic", _ ("Save a copy of this backup"), entry->backup->path,
                 G_CALLBACK (copy_cb));
  if (entry->readable)
    append_button (row, backups, "document-revert-symbolic", _ ("Restore this backup"), entry->backup->path,
                   G_CALLBACK (restore_cb));
  return row;
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  Entries *entries = g_task_propagate_pointer (G_TASK (result), NULL);
  Backups *backups = get_backups (window);
  GtkWidget *child;

  if (backups && entries)
    {
      while ((child = gtk_widget_get_first_child (backups->list)))
        gtk_list_box_remove (GTK_LIST_BOX (backups->list), child);
      for (guint i = 0; i < entries->entries->len; i++)
        gtk_list_box_append (GTK_LIST_BOX (backups->list),
                             make_row (backups, &g_array_index (entries->entries, Entry, i)));
      gtk_stack_set_visible_child_name (GTK_STACK (backups->stack), entries->entries->len > 0 ? "list" : "empty");
    }
  if (entries)
    entries_free (entries);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = memo_library_backups_finish (MEMO_LIBRARY (source), result, &error);
  Backups *backups = get_backups (window);
  g_autoptr (GTask) task = NULL;

  if (!backups)
    return;
  if (!list)
    {
      memo_session_toast (backups->session, error->message, FALSE);
      return;
    }
  task = g_task_new (NULL, backups->cancellable, counted_cb, g_object_ref (window));
  g_task_set_task_data (task, g_ptr_array_ref (list), (GDestroyNotify) g_ptr_array_unref);
  memo_worker_run (task, count_thread);
}

static void
read_list (Backups *backups)
{
  memo_library_backups_async (backups->library, backups->cancellable, listed_cb, g_object_ref (backups->window));
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  g_autoptr (GError) error = NULL;
  gboolean made = memo_library_keep_backup_finish (MEMO_LIBRARY (source), result, NULL, &error);
  Backups *backups = get_backups (window);

  if (!backups)
    return;
  set_busy (backups, FALSE);
  if (made)
    read_list (backups);
  else
    memo_session_toast (backups->session, error->message, FALSE);
}

static void
now_cb (GtkWidget *button, Backups *backups)
{
  set_busy (backups, TRUE);
  /* It goes on when the dialog is closed. */
  memo_library_keep_backup_async (backups->library, g_get_real_time (), TRUE, NULL, made_cb,
                                  g_object_ref (backups->window));
}

static void
destroy_cb (GtkWidget *window)
{
  g_object_set_data (G_OBJECT (window), "memo-backups", NULL);
}

static GtkWidget *
make_content (Backups *backups)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *empty = adw_status_page_new ();
  GtkWidget *about =
      gtk_label_new (memo_settings_get_boolean ("automatic-backups")
                         ? _ ("A backup is made every day on which something was done. The newest of the last twelve "
                              "days, ten weeks and nine months are kept.")
                         : _ ("Automatic backups are turned off in the preferences."));

  gtk_label_set_wrap (GTK_LABEL (about), TRUE);
  gtk_label_set_xalign (GTK_LABEL (about), 0);
  gtk_widget_add_css_class (about, "dim-label");
  backups->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (backups->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (backups->list, "boxed-list");
  gtk_widget_set_valign (backups->list, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (backups->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Backups"), -1);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (empty), "document-save-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (empty), _ ("No Backups Yet"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (empty),
      _ ("A backup is a whole copy of the library at one moment, checked before it is kept. Make the first one now."));
  gtk_widget_add_css_class (empty, "compact");
  backups->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (backups->stack), gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "wait");
  gtk_stack_add_named (GTK_STACK (backups->stack), backups->list, "list");
  gtk_stack_add_named (GTK_STACK (backups->stack), empty, "empty");
  gtk_widget_set_vexpand (backups->stack, TRUE);
  gtk_box_append (GTK_BOX (box), about);
  gtk_box_append (GTK_BOX (box), backups->stack);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  return scrolled;
}

static GtkWidget *
make_bar (Backups *backups)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *copy = gtk_button_new_with_mnemonic (_ ("_Save a Copy As…"));

  backups->now = gtk_button_new_with_mnemonic (_ ("_Back Up Now"));
  backups->spinner = gtk_spinner_new ();
  gtk_widget_add_css_class (backups->now, "suggested-action");
  gtk_widget_set_hexpand (backups->spinner, TRUE);
  gtk_widget_set_halign (backups->spinner, GTK_ALIGN_START);
  g_signal_connect (backups->now, "clicked", G_CALLBACK (now_cb), backups);
  g_signal_connect (copy, "clicked", G_CALLBACK (copy_cb), backups);
  gtk_widget_set_margin_top (bar, 8);
  gtk_widget_set_margin_bottom (bar, 8);
  gtk_widget_set_margin_start (bar, 12);
  gtk_widget_set_margin_end (bar, 12);
  gtk_box_append (GTK_BOX (bar), backups->spinner);
  gtk_box_append (GTK_BOX (bar), copy);
  gtk_box_append (GTK_BOX (bar), backups->now);
  return bar;
}

GtkWidget *
memo_backups_dialog_present (MemoWindow *parent)
{
  Backups *backups = g_new0 (Backups, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  backups->parent = g_object_ref (parent);
  backups->session = g_object_ref (memo_window_get_session (parent));
  backups->library = g_object_ref (memo_session_get_library (backups->session));
  backups->cancellable = g_cancellable_new ();
  gtk_box_append (GTK_BOX (box), make_content (backups));
  gtk_widget_set_vexpand (gtk_widget_get_first_child (box), TRUE);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), make_bar (backups));
  backups->window = memo_dialog_new (GTK_WIDGET (parent), _ ("Backups"), box, NULL, NULL);
  g_object_set_data_full (G_OBJECT (backups->window), "memo-backups", backups, backups_free);
  gtk_window_set_default_size (GTK_WINDOW (backups->window), 620, 560);
  g_signal_connect (backups->window, "destroy", G_CALLBACK (destroy_cb), NULL);
  g_signal_connect_object (backups->session, "notify::library", G_CALLBACK (gtk_window_close), backups->window,
                           G_CONNECT_SWAPPED);
  read_list (backups);
  gtk_window_present (GTK_WINDOW (backups->window));
  return backups->window;
}
