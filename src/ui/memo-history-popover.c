#include "memo-history-popover.h"

#include <glib/gi18n.h>

#include "base/memo-text.h"
#include "model/memo-words.h"

#define LIMIT 50

typedef struct
{
  MemoSession *session;
  GtkWidget *popover;
  GtkWidget *list;
  GCancellable *asking;
} History;

static void
history_free (gpointer data)
{
  History *history = data;

  if (history->asking)
    g_cancellable_cancel (history->asking);
  g_clear_object (&history->asking);
  g_object_unref (history->session);
  g_free (history);
}

static char *
format_time (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc ? g_date_time_to_local (utc) : NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (!local)
    return g_strdup ("");
  if (g_date_time_get_year (local) == g_date_time_get_year (now) &&
      g_date_time_get_day_of_year (local) == g_date_time_get_day_of_year (now))
    return g_date_time_format (local, "%H:%M");
  return g_date_time_format (local, "%-d %b %H:%M");
}

static void
add_row (History *history, MemoHistoryEntry *entry, guint steps)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (memo_word_action (entry->name));
  g_autofree char *time = format_time (entry->time);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (texts), label);
  if (entry->detail && entry->detail[0])
    {
      g_autofree char *line = memo_text_collapse (entry->detail);

      label = gtk_label_new (line);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 34);
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (texts), label);
    }
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_margin_top (box, 4);
  gtk_widget_set_margin_bottom (box, 4);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_box_append (GTK_BOX (box), texts);
  label = gtk_label_new (time);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, memo_word_action (entry->name),
                                  -1);
  if (entry->undone)
    {
      gtk_widget_add_css_class (row, "dim-label");
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
    }
  g_object_set_data (G_OBJECT (row), "memo-steps", GUINT_TO_POINTER (steps));
  gtk_list_box_append (GTK_LIST_BOX (history->list), row);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) popover = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = memo_library_history_finish (MEMO_LIBRARY (source), result, &error);
  History *history = g_object_get_data (G_OBJECT (popover), "memo-history");
  GtkWidget *child;
  guint steps = 0;

  if (!entries || !gtk_widget_get_root (popover))
    return;
  while ((child = gtk_widget_get_first_child (history->list)))
    gtk_list_box_remove (GTK_LIST_BOX (history->list), child);
  for (guint i = 0; i < entries->len; i++)
    {
      MemoHistoryEntry *entry = g_ptr_array_index (entries, i);

      add_row (history, entry, entry->undone ? 0 : ++steps);
    }
}

static void
show_cb (History *history)
{
  MemoLibrary *library = memo_session_get_library (history->session);

  if (!library)
    return;
  if (history->asking)
    g_cancellable_cancel (history->asking);
  g_clear_object (&history->asking);
  history->asking = g_cancellable_new ();
  memo_library_history_async (library, LIMIT, history->asking, read_cb, g_object_ref (history->popover));
}

typedef struct
{
  MemoSession *session;
  guint steps, done;
} Undoing;

/* One after the other: the first that cannot be undone stops it, and says why. */
static void
undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Undoing *undoing = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = memo_library_undo_finish (MEMO_LIBRARY (source), result, &error);
  g_autofree char *text = NULL;

  if (name && ++undoing->done < undoing->steps)
    {
      memo_library_undo_async (MEMO_LIBRARY (source), NULL, undone_cb, undoing);
      return;
    }
  if (!name)
    memo_session_toast (undoing->session, error->message, FALSE);
  else
    {
      text = g_strdup_printf (ngettext ("%u step was undone", "%u steps were undone", undoing->done), undoing->done);
      memo_session_toast (undoing->session, text, FALSE);
    }
  g_object_unref (undoing->session);
  g_free (undoing);
}

static void
row_cb (History *history, GtkListBoxRow *row)
{
  MemoLibrary *library = memo_session_get_library (history->session);
  guint steps = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "memo-steps"));
  Undoing *undoing;

  gtk_popover_popdown (GTK_POPOVER (history->popover));
  if (!library || steps == 0)
    return;
  undoing = g_new0 (Undoing, 1);
  undoing->session = g_object_ref (history->session);
  undoing->steps = steps;
  memo_library_undo_async (library, NULL, undone_cb, undoing);
}

GtkWidget *
memo_history_popover_new (MemoSession *session)
{
  History *history = g_new0 (History, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *title = gtk_label_new (_ ("Undo down to"));
  GtkWidget *empty = gtk_label_new (_ ("Nothing has been changed yet."));

  history->session = g_object_ref (session);
  history->popover = gtk_popover_new ();
  g_object_set_data_full (G_OBJECT (history->popover), "memo-history", history, history_free);
  history->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (history->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (history->list, "memo-filter-list");
  gtk_widget_add_css_class (empty, "dim-label");
  gtk_list_box_set_placeholder (GTK_LIST_BOX (history->list), empty);
  gtk_accessible_update_property (GTK_ACCESSIBLE (history->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("History"), -1);
  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_margin_start (title, 6);
  gtk_widget_set_margin_top (title, 4);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 420);
  gtk_widget_set_size_request (scrolled, 320, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), history->list);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_popover_set_child (GTK_POPOVER (history->popover), box);
  g_signal_connect_swapped (history->list, "row-activated", G_CALLBACK (row_cb), history);
  g_signal_connect_swapped (history->popover, "show", G_CALLBACK (show_cb), history);
  return history->popover;
}
