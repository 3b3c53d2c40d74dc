#include "memo-filter-pane.h"

#include <glib/gi18n.h>

#include "memo-filter-list.h"
#include "memo-year-bars.h"
#include "ui/memo-dialog.h"

struct _MemoFilterPane
{
  GtkWidget parent_instance;

  MemoSession *session;
  GtkWidget *scrolled;
  GtkWidget *words;
  GtkWidget *year_box;
  GtkWidget *year_label;
  GtkWidget *bars;
  GtkWidget *from;
  GtkWidget *to;
  GtkWidget *single_source;
  GtkWidget *no_evidence;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (MemoFilterPane, memo_filter_pane, GTK_TYPE_WIDGET)

static void
words_cb (MemoFilterPane *self)
{
  g_autoptr (MemoFilter) changed = NULL;

  if (self->updating)
    return;
  changed = memo_filter_with_words (memo_session_get_filter (self->session),
                                    gtk_editable_get_text (GTK_EDITABLE (self->words)));
  memo_session_set_filter (self->session, changed);
}

static void
check_cb (GtkCheckButton *button, MemoFilterPane *self)
{
  MemoFilter *filter = memo_session_get_filter (self->session);
  gboolean on = gtk_check_button_get_active (button);
  g_autoptr (MemoFilter) changed = NULL;

  if (self->updating)
    return;
  changed = GTK_WIDGET (button) == self->single_source ? memo_filter_with_single_source (filter, on)
                                                       : memo_filter_with_no_evidence (filter, on);
  memo_session_set_filter (self->session, changed);
}

/* A written date, or an error sign on the entry. */
static gboolean
read_date (GtkWidget *entry, MemoDate **ret_date)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  g_autoptr (MemoDate) today = memo_date_new_day (memo_day_today ());

  *ret_date = NULL;
  gtk_widget_remove_css_class (entry, "error");
  if (!text[0])
    return TRUE;
  *ret_date = memo_date_parse (text, NULL, today, NULL);
  if (!*ret_date)
    gtk_widget_add_css_class (entry, "error");
  return *ret_date != NULL;
}

static void
dates_cb (MemoFilterPane *self)
{
  g_autoptr (MemoDate) from = NULL;
  g_autoptr (MemoDate) to = NULL;
  g_autoptr (MemoFilter) changed = NULL;

  if (self->updating)
    return;
  if (!read_date (self->from, &from) || !read_date (self->to, &to))
    return;
  changed = memo_filter_with_dates (memo_session_get_filter (self->session), from, to);
  memo_session_set_filter (self->session, changed);
}

static void
leave_cb (MemoFilterPane *self)
{
  dates_cb (self);
}

static void
set_entry_date (GtkWidget *entry, MemoDate *date)
{
  const char *text = date ? memo_date_get_edtf (date) : "";

  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), text))
    gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_widget_remove_css_class (entry, "error");
}

static void
filter_cb (MemoFilterPane *self)
{
  MemoFilter *filter = memo_session_get_filter (self->session);
  const char *words = memo_filter_get_words (filter);

  self->updating = TRUE;
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->words)), words))
    gtk_editable_set_text (GTK_EDITABLE (self->words), words);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->single_source), memo_filter_get_single_source (filter));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->no_evidence), memo_filter_get_no_evidence (filter));
  set_entry_date (self->from, memo_filter_get_from (filter));
  set_entry_date (self->to, memo_filter_get_to (filter));
  self->updating = FALSE;
}

static void
selection_cb (MemoFilterPane *self)
{
  int first, last;

  if (memo_year_bars_get_range (MEMO_YEAR_BARS (self->bars), &first, &last))
    {
      /* Translators: the first and the last year of a chart. */
      g_autofree char *text =
          first == last ? g_strdup_printf ("%d", first) : g_strdup_printf (_ ("%d–%d"), first, last);

      gtk_label_set_text (GTK_LABEL (self->year_label), text);
    }
  gtk_widget_set_visible (self->year_label, gtk_widget_get_visible (self->bars));
}

static GtkWidget *
make_date_entry (MemoFilterPane *self, const char *name)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), name);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 6);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (dates_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (entry, focus);
  return entry;
}

static GtkWidget *
make_years (MemoFilterPane *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *title = gtk_label_new (_ ("Year"));
  GtkWidget *dates = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "caption-heading");
  gtk_widget_add_css_class (title, "dim-label");
  self->year_label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->year_label, "caption");
  gtk_widget_add_css_class (self->year_label, "dim-label");
  gtk_box_append (GTK_BOX (header), title);
  gtk_box_append (GTK_BOX (header), self->year_label);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  self->bars = memo_year_bars_new (self->session);
  self->from = make_date_entry (self, _ ("From"));
  self->to = make_date_entry (self, _ ("To"));
  gtk_box_append (GTK_BOX (dates), self->from);
  gtk_box_append (GTK_BOX (dates), self->to);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), self->bars);
  gtk_box_append (GTK_BOX (box), dates);
  return box;
}

static GtkWidget *
make_check (MemoFilterPane *self, const char *label)
{
  GtkWidget *check = gtk_check_button_new_with_label (label);

  gtk_widget_set_margin_start (check, 4);
  g_signal_connect (check, "toggled", G_CALLBACK (check_cb), self);
  return check;
}

static gboolean
memo_filter_pane_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (MEMO_FILTER_PANE (widget)->words);
}

static void
memo_filter_pane_dispose (GObject *object)
{
  MemoFilterPane *self = MEMO_FILTER_PANE (object);

  self->updating = TRUE;
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (memo_filter_pane_parent_class)->dispose (object);
}

static void
memo_filter_pane_class_init (MemoFilterPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = memo_filter_pane_dispose;
  widget_class->grab_focus = memo_filter_pane_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
memo_filter_pane_init (MemoFilterPane *self)
{
}

GtkWidget *
memo_filter_pane_new (MemoSession *session)
{
  static const MemoFacet before[] = { MEMO_FACET_SECTOR, MEMO_FACET_PARTY };
  static const MemoFacet after[] = { MEMO_FACET_STATUS, MEMO_FACET_KIND, MEMO_FACET_BODY, MEMO_FACET_LANGUAGE,
                                     MEMO_FACET_TAG };
  MemoFilterPane *self = g_object_new (MEMO_TYPE_FILTER_PANE, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->session = g_object_ref (session);
  gtk_widget_set_margin_top (box, 10);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 8);
  gtk_widget_set_margin_end (box, 8);

  self->words = gtk_search_entry_new ();
  g_object_set (self->words, "placeholder-text", _ ("Words in the filter"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->words), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Words in the filter"), -1);
  g_signal_connect_swapped (self->words, "search-changed", G_CALLBACK (words_cb), self);
  gtk_box_append (GTK_BOX (box), self->words);
  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    gtk_box_append (GTK_BOX (box), memo_filter_list_new (session, before[i]));
  gtk_box_append (GTK_BOX (box), make_years (self));
  for (guint i = 0; i < G_N_ELEMENTS (after); i++)
    gtk_box_append (GTK_BOX (box), memo_filter_list_new (session, after[i]));
  self->single_source = make_check (self, _ ("From a single source"));
  self->no_evidence = make_check (self, _ ("Without evidence"));
  gtk_box_append (GTK_BOX (box), self->single_source);
  gtk_box_append (GTK_BOX (box), self->no_evidence);

  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), box);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Filter"), -1);

  g_signal_connect_object (session, "notify::filter", G_CALLBACK (filter_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::selection", G_CALLBACK (selection_cb), self, G_CONNECT_SWAPPED);
  filter_cb (self);
  selection_cb (self);
  return GTK_WIDGET (self);
}
