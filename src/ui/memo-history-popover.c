#include "memo-history-popover.h"

#include <glib/gi18n.h>

#include "base/memo-language.h"
#include "base/memo-text.h"
#include "model/memo-library-merge.h"
#include "model/memo-words.h"

/* What was done, the newest first, with what was undone above it. A row leads to the moment right after its action. */

#define LIMIT 200
#define MANY 20 /* steps that are worth a progress bar */

typedef struct
{
  MemoSession *session;
  MemoWorkBar *work_bar;
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
  g_object_unref (history->work_bar);
  g_free (history);
}

static GDateTime *
local_time (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);

  return utc ? g_date_time_to_local (utc) : NULL;
}

/* Day since the year 1 by the local calendar; 0: unknown. */
static int
local_day (gint64 time)
{
  g_autoptr (GDateTime) local = local_time (time);
  GDate date;

  if (!local)
    return 0;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, g_date_time_get_day_of_month (local), g_date_time_get_month (local),
                  g_date_time_get_year (local));
  return g_date_get_julian (&date);
}

/* "Today", "Yesterday", "21 November 2026" */
static char *
day_words (gint64 time)
{
  int days = local_day (g_get_real_time ()) - local_day (time);
  g_autoptr (MemoDate) date = NULL;
  g_autoptr (GDateTime) local = local_time (time);
  g_autofree char *text = local ? g_date_time_format (local, "%Y-%m-%d") : NULL;

  if (days == 0)
    return g_strdup (_ ("Today"));
  if (days == 1)
    return g_strdup (_ ("Yesterday"));
  date = text ? memo_date_new (text, NULL) : NULL;
  return date ? memo_date_format (date, memo_language_of_interface (), MEMO_DATE_STYLE_LONG) : g_strdup ("");
}

/* A row for what stands after the action: @entry NULL: before all of them. */
static void
add_row (History *history, MemoHistoryEntry *entry, gboolean here)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const char *name = entry ? memo_word_action (entry->name) : _ ("Before All of This");
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");
  g_autoptr (GDateTime) local = entry ? local_time (entry->time) : NULL;
  g_autofree char *time = local ? g_date_time_format (local, "%H:%M") : g_strdup ("");
  g_autofree char *line = entry && entry->detail ? memo_text_collapse (entry->detail) : NULL;
  const char *state = here ? _ ("you are here") : entry && entry->undone ? _ ("undone") : "";
  /* Translators: for screen readers: time of an action, its detail, and "undone" or "you are here" */
  g_autofree char *described = g_strdup_printf (_ ("%s, %s, %s"), time, line ? line : "", state);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (texts), label);
  if (line && line[0])
    {
      label = gtk_label_new (line);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 34);
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (texts), label);
    }
  gtk_widget_set_opacity (mark, here ? 1 : 0);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_margin_top (box, 4);
  gtk_widget_set_margin_bottom (box, 4);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_box_append (GTK_BOX (box), mark);
  gtk_box_append (GTK_BOX (box), texts);
  label = gtk_label_new (time);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, described, -1);
  if (entry && entry->undone)
    gtk_widget_add_css_class (texts, "dim-label");
  g_object_set_data_full (G_OBJECT (row), "memo-id", g_memdup2 (&(gint64){ entry ? entry->id : 0 }, sizeof (gint64)),
                          g_free);
  g_object_set_data_full (G_OBJECT (row), "memo-time",
                          g_memdup2 (&(gint64){ entry ? entry->time : 0 }, sizeof (gint64)), g_free);
  gtk_list_box_append (GTK_LIST_BOX (history->list), row);
  if (here)
    gtk_widget_grab_focus (row);
}

static gint64
get_number (GtkListBoxRow *row, const char *name)
{
  return *(gint64 *) g_object_get_data (G_OBJECT (row), name);
}

/* The first row of a day says which. */
static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  gint64 time = get_number (row, "memo-time");
  g_autofree char *day = NULL;
  GtkWidget *label;

  if (time == 0 || (before && local_day (get_number (before, "memo-time")) == local_day (time)))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  day = day_words (time);
  label = gtk_label_new (day);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_margin_start (label, 6);
  gtk_widget_set_margin_top (label, 6);
  gtk_list_box_row_set_header (row, label);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) popover = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = memo_library_history_finish (MEMO_LIBRARY (source), result, &error);
  History *history = g_object_get_data (G_OBJECT (popover), "memo-history");
  gboolean found = FALSE;
  GtkWidget *child;

  if (!entries || !gtk_widget_get_root (popover))
    return;
  while ((child = gtk_widget_get_first_child (history->list)))
    gtk_list_box_remove (GTK_LIST_BOX (history->list), child);
  for (guint i = 0; i < entries->len; i++)
    {
      MemoHistoryEntry *entry = g_ptr_array_index (entries, i);

      add_row (history, entry, !found && !entry->undone);
      found |= !entry->undone;
    }
  if (entries->len > 0 && entries->len < LIMIT)
    add_row (history, NULL, !found);
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
  MemoWorkBar *work_bar;
  GCancellable *work;
} Jump;

static void
progress_cb (guint done, guint total, gpointer data)
{
  Jump *jump = data;

  if (total >= MANY)
    memo_work_bar_progress (jump->work_bar, jump->work, (double) done / total, NULL);
}

/* The first that is in conflict stops it: said are both, how far it came and why no further. */
static void
jumped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Jump *jump = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *steps = NULL;
  g_autofree char *text = NULL;
  guint undone, redone;
  gboolean fine = memo_library_jump_finish (MEMO_LIBRARY (source), result, &undone, &redone, &error);

  memo_work_bar_end (jump->work_bar, jump->work);
  if (undone > 0)
    steps = g_strdup_printf (ngettext ("%u step was undone", "%u steps were undone", undone), undone);
  else if (redone > 0)
    steps = g_strdup_printf (ngettext ("%u step was done again", "%u steps were done again", redone), redone);
  if (!fine && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    /* Translators: "3 steps were undone", then why no more */
    text = steps ? g_strdup_printf (_ ("%s, then it stopped. %s"), steps, error->message) : g_strdup (error->message);
  else
    text = g_steal_pointer (&steps);
  if (text)
    memo_session_toast (jump->session, text, FALSE);
  g_object_unref (jump->session);
  g_object_unref (jump->work_bar);
  g_object_unref (jump->work);
  g_free (jump);
}

static void
row_cb (History *history, GtkListBoxRow *row)
{
  MemoLibrary *library = memo_session_get_library (history->session);
  Jump *jump;

  gtk_popover_popdown (GTK_POPOVER (history->popover));
  if (!library)
    return;
  jump = g_new0 (Jump, 1);
  jump->session = g_object_ref (history->session);
  jump->work_bar = g_object_ref (history->work_bar);
  jump->work = memo_work_bar_begin (history->work_bar, _ ("Going through the history…"));
  memo_library_jump_async (library, get_number (row, "memo-id"), progress_cb, jump, jump->work, jumped_cb, jump);
}

GtkWidget *
memo_history_popover_new (MemoSession *session, MemoWorkBar *work_bar)
{
  History *history = g_new0 (History, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *title = gtk_label_new (_ ("Back or Forth to"));
  GtkWidget *empty = gtk_label_new (_ ("Nothing has been changed yet."));

  history->session = g_object_ref (session);
  history->work_bar = g_object_ref (work_bar);
  history->popover = gtk_popover_new ();
  g_object_set_data_full (G_OBJECT (history->popover), "memo-history", history, history_free);
  history->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (history->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (history->list, "memo-filter-list");
  gtk_widget_add_css_class (empty, "dim-label");
  gtk_list_box_set_placeholder (GTK_LIST_BOX (history->list), empty);
  gtk_list_box_set_header_func (GTK_LIST_BOX (history->list), header_cb, NULL, NULL);
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
