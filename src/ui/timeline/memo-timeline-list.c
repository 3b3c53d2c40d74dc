#include "memo-timeline-list.h"

#include <glib/gi18n.h>

#include "base/memo-language.h"

#define MOST 200

typedef struct
{
  MemoTimelineData *data;
  GPtrArray *entries;
  MemoTimelineChosen chosen;
  gpointer user_data;
} Choice;

static void
choice_free (gpointer data, GClosure *closure)
{
  Choice *choice = data;

  g_ptr_array_unref (choice->entries);
  memo_timeline_data_unref (choice->data);
  g_free (choice);
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, Choice *choice)
{
  int index = gtk_list_box_row_get_index (row);
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (list), GTK_TYPE_POPOVER);

  if (index < 0 || index >= (int) choice->entries->len)
    return;
  choice->chosen (g_ptr_array_index (choice->entries, index), choice->user_data);
  gtk_popover_popdown (GTK_POPOVER (popover));
}

static GtkWidget *
make_row (const MemoEntry *entry)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2), *label;

  label = gtk_label_new (entry->title && *entry->title ? entry->title : _ ("Untitled"));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 48);
  gtk_box_append (GTK_BOX (box), label);
  if (entry->when)
    {
      g_autofree char *when = memo_date_format (entry->when, memo_language_of_interface (), MEMO_DATE_STYLE_LONG);

      label = gtk_label_new (when);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  return box;
}

GtkWidget *
memo_timeline_list_new (MemoTimelineData *data,
                        const guint32 *items,
                        guint n,
                        gboolean undated,
                        MemoTimelineChosen chosen,
                        gpointer user_data)
{
  GtkWidget *popover = gtk_popover_new (), *scroller = gtk_scrolled_window_new (), *list = gtk_list_box_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  Choice *choice = g_new0 (Choice, 1);

  choice->data = memo_timeline_data_ref (data);
  choice->entries = g_ptr_array_new ();
  choice->chosen = chosen;
  choice->user_data = user_data;
  for (guint i = 0; i < MIN (n, MOST); i++)
    {
      const MemoEntry *entry =
          undated ? memo_timeline_data_get_undated_entry (data, i) : memo_timeline_data_get_entry (data, items[i]);

      g_ptr_array_add (choice->entries, (gpointer) entry);
      gtk_list_box_append (GTK_LIST_BOX (list), make_row (entry));
    }
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_BROWSE);
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (list), TRUE);
  g_signal_connect_data (list, "row-activated", G_CALLBACK (activated_cb), choice, choice_free, 0);
  gtk_widget_add_css_class (list, "navigation-sidebar");

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 360);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_box_append (GTK_BOX (box), scroller);
  if (n > MOST)
    {
      g_autofree char *text =
          g_strdup_printf (ngettext ("and %u more: narrow the filter", "and %u more: narrow the filter", n - MOST),
                           n - MOST);
      GtkWidget *label = gtk_label_new (text);

      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_set_margin_bottom (label, 6);
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  return popover;
}
