#include "memo-chips.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/memo-text.h"
#include "memo-filter-list.h"
#include "model/memo-words.h"
#include "ui/memo-dialog.h"

struct _MemoChips
{
  GtkWidget parent_instance;

  MemoSession *session;
  GtkWidget *box;
  GtkWidget *scrolled;
  GtkWidget *chips;
  GtkWidget *count;
  GtkWidget *clear;
  GtkWidget *save;
  GtkWidget *saved;
  GtkWidget *saved_list;
};

G_DEFINE_FINAL_TYPE (MemoChips, memo_chips, GTK_TYPE_WIDGET)

static void
remove_cb (GtkWidget *button, MemoChips *self)
{
  MemoFilter *without = g_object_get_data (G_OBJECT (button), "memo-without");

  memo_session_set_filter (self->session, without);
}

/* @without: the filter without this chip; taken. */
static void
add_chip (MemoChips *self, const char *text, gboolean none, MemoFilter *without)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  /* Translators: %s is a part of the filter, such as a sector's name. */
  g_autofree char *name = g_strdup_printf (_ ("Take “%s” off the filter"), text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  gtk_box_append (GTK_BOX (chip), label);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  memo_dialog_name (button, name);
  g_object_set_data_full (G_OBJECT (button), "memo-without", without, g_object_unref);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (chip), button);
  gtk_widget_add_css_class (chip, "memo-chip");
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  if (none)
    gtk_widget_add_css_class (chip, "none");
  gtk_box_append (GTK_BOX (self->chips), chip);
}

static char *
name_chip (MemoIndex *index, MemoFacet facet, MemoChoice choice, const char *value)
{
  g_autofree char *name = memo_filter_value_name (index, facet, value);
  MemoRecord *record = facet == MEMO_FACET_SECTOR ? memo_index_get_record (index, MEMO_KIND_SECTOR, value) : NULL;

  if (choice == MEMO_CHOICE_NONE)
    /* Translators: a part of the filter: everything without this sector, party, tag … */
    return g_strdup_printf (_ ("not %s"), name);
  if (choice == MEMO_CHOICE_ALL)
    /* Translators: a part of the filter: this value must be there, with the others. */
    return g_strdup_printf (_ ("must have %s"), name);
  if (record && !memo_record_get_text (record, MEMO_SECTOR_PARENT))
    /* Translators: a part of the filter: this sector with those below it in the tree. */
    return g_strdup_printf (_ ("%s and below"), name);
  return g_steal_pointer (&name);
}

static void
add_date_chip (MemoChips *self, MemoFilter *filter)
{
  MemoDate *from = memo_filter_get_from (filter), *to = memo_filter_get_to (filter);
  g_autofree char *text = NULL;

  if (!from && !to)
    return;
  if (from && to)
    {
      if (memo_date_equal (from, to))
        text = g_strdup (memo_date_get_edtf (from));
      else
        /* Translators: from one date to another: “2019–2030”. */
        text = g_strdup_printf (_ ("%s–%s"), memo_date_get_edtf (from), memo_date_get_edtf (to));
    }
  else if (from)
    /* Translators: a part of the filter: from this date on. */
    text = g_strdup_printf (_ ("from %s"), memo_date_get_edtf (from));
  else
    /* Translators: a part of the filter: up to this date. */
    text = g_strdup_printf (_ ("until %s"), memo_date_get_edtf (to));
  add_chip (self, text, FALSE, memo_filter_with_dates (filter, NULL, NULL));
}

static void
filter_cb (MemoChips *self)
{
  MemoFilter *filter = memo_session_get_filter (self->session);
  MemoLibrary *library = memo_session_get_library (self->session);
  MemoIndex *index = library ? memo_library_get_index (library) : NULL;
  gboolean empty = memo_filter_is_empty (filter);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->chips)))
    gtk_box_remove (GTK_BOX (self->chips), child);
  gtk_widget_set_visible (self->scrolled, !empty);
  gtk_widget_set_visible (self->clear, !empty);
  if (empty || !index)
    return;
  if (memo_filter_get_words (filter)[0])
    {
      /* Translators: the words of the filter, in quotation marks. */
      g_autofree char *text = g_strdup_printf (_ ("“%s”"), memo_filter_get_words (filter));

      add_chip (self, text, FALSE, memo_filter_with_words (filter, ""));
    }
  for (int facet = 0; facet < MEMO_N_FACETS; facet++)
    for (int choice = MEMO_CHOICE_ANY; choice <= MEMO_CHOICE_NONE; choice++)
      for (const char *const *value = memo_filter_get_values (filter, facet, choice); *value; value++)
        {
          g_autofree char *text = name_chip (index, facet, choice, *value);

          add_chip (self, text, choice == MEMO_CHOICE_NONE, memo_filter_without (filter, facet, *value));
        }
  add_date_chip (self, filter);
  if (memo_filter_get_single_source (filter))
    add_chip (self, _ ("single source"), FALSE, memo_filter_with_single_source (filter, FALSE));
  if (memo_filter_get_no_evidence (filter))
    add_chip (self, _ ("without evidence"), FALSE, memo_filter_with_no_evidence (filter, FALSE));
}

static void
selection_cb (MemoChips *self)
{
  MemoSelection *selection = memo_session_get_selection (self->session);
  g_autofree char *agreements = NULL, *articles = NULL, *text = NULL;
  MemoIndex *index;
  guint n, all;

  if (!selection)
    {
      gtk_label_set_text (GTK_LABEL (self->count), "");
      return;
    }
  index = memo_selection_get_index (selection);
  n = memo_selection_get_count (selection, MEMO_KIND_AGREEMENT);
  all = memo_index_get_n (index, MEMO_KIND_AGREEMENT);
  if (n == all)
    agreements = g_strdup_printf (ngettext ("%'u agreement", "%'u agreements", all), all);
  else
    /* Translators: how many the filter shows, of how many there are. */
    agreements = g_strdup_printf (ngettext ("%'u of %'u agreement", "%'u of %'u agreements", all), n, all);
  n = memo_selection_get_count (selection, MEMO_KIND_ARTICLE);
  all = memo_index_get_n (index, MEMO_KIND_ARTICLE);
  if (n == all)
    articles = g_strdup_printf (ngettext ("%'u article", "%'u articles", all), all);
  else
    /* Translators: how many the filter shows, of how many there are. */
    articles = g_strdup_printf (ngettext ("%'u of %'u article", "%'u of %'u articles", all), n, all);
  /* Translators: first a number of agreements, then a number of articles. */
  text = g_strdup_printf (_ ("%s · %s"), agreements, articles);
  gtk_label_set_text (GTK_LABEL (self->count), text);
}

/* Saved filters. */

static void
saved_activated_cb (MemoChips *self, GtkListBoxRow *row)
{
  MemoRecord *record = g_object_get_data (G_OBJECT (row), "memo-filter");
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoFilter) filter = NULL;

  if (!record)
    return;
  filter = memo_filter_from_json (memo_record_get_text (record, MEMO_FILTER_JSON), &error);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->saved));
  if (filter)
    memo_session_set_filter (self->session, filter);
  else
    memo_session_toast (self->session, error->message, FALSE);
}

static void
delete_cb (GtkWidget *button, MemoChips *self)
{
  MemoRecord *record = g_object_get_data (G_OBJECT (button), "memo-filter");
  g_autoptr (MemoChange) change = memo_change_new (N_ ("Delete filter"), memo_record_get_title (record));
  /* Translators: %s is the name of a saved filter. */
  g_autofree char *said = g_strdup_printf (_ ("Filter “%s” was deleted"), memo_record_get_title (record));

  memo_change_trash (change, record);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->saved));
  memo_session_apply (self->session, change, said, NULL, NULL);
}

static void
fill_saved (MemoChips *self)
{
  MemoLibrary *library = memo_session_get_library (self->session);
  GPtrArray *filters = library ? memo_index_get_records (memo_library_get_index (library), MEMO_KIND_FILTER) : NULL;
  GtkListBoxRow *before;

  /* Rows alone: the first child may be what is said when there are none. */
  while ((before = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->saved_list), 0)))
    gtk_list_box_remove (GTK_LIST_BOX (self->saved_list), GTK_WIDGET (before));
  for (guint i = 0; filters && i < filters->len; i++)
    {
      MemoRecord *record = g_ptr_array_index (filters, i);
      GtkWidget *row = gtk_list_box_row_new ();
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
      GtkWidget *label = gtk_label_new (memo_record_get_title (record));
      GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_set_hexpand (label, TRUE);
      gtk_box_append (GTK_BOX (box), label);
      gtk_widget_add_css_class (button, "flat");
      memo_dialog_name (button, _ ("Delete This Filter"));
      g_object_set_data_full (G_OBJECT (button), "memo-filter", g_object_ref (record), g_object_unref);
      g_object_set_data_full (G_OBJECT (row), "memo-filter", g_object_ref (record), g_object_unref);
      g_signal_connect (button, "clicked", G_CALLBACK (delete_cb), self);
      gtk_box_append (GTK_BOX (box), button);
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      memo_record_get_title (record), -1);
      gtk_list_box_append (GTK_LIST_BOX (self->saved_list), row);
    }
}

typedef struct
{
  MemoSession *session;
  GtkWidget *window;
  GtkWidget *entry;
} Saving;

static void
saving_free (gpointer data, GClosure *closure)
{
  Saving *saving = data;

  g_object_unref (saving->session);
  g_free (saving);
}

/* The filter of that name takes the new value. (nullable) */
static MemoRecord *
find_saved (MemoSession *session, const char *name)
{
  GPtrArray *filters =
      memo_index_get_records (memo_library_get_index (memo_session_get_library (session)), MEMO_KIND_FILTER);
  g_autofree char *key = memo_text_key (name);

  for (guint i = 0; filters && i < filters->len; i++)
    {
      g_autofree char *other = memo_text_key (memo_record_get_title (g_ptr_array_index (filters, i)));

      if (g_str_equal (key, other))
        return g_ptr_array_index (filters, i);
    }
  return NULL;
}

static void
save_cb (GtkWidget *button, Saving *saving)
{
  MemoRecord *same;
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (saving->entry))));
  g_autofree char *json = NULL, *said = NULL;
  g_autoptr (MemoChange) change = NULL;
  g_autoptr (MemoRecord) record = NULL;
  MemoRecordBuilder *builder;

  if (!name[0])
    {
      gtk_widget_grab_focus (saving->entry);
      return;
    }
  json = memo_filter_to_json (memo_session_get_filter (saving->session));
  same = find_saved (saving->session, name);
  builder = same ? memo_record_builder_edit (same) : memo_record_builder_new (MEMO_KIND_FILTER, NULL);
  memo_record_builder_set_text (builder, MEMO_FILTER_NAME, name);
  memo_record_builder_set_text (builder, MEMO_FILTER_JSON, json);
  record = memo_record_builder_end (builder);
  change = memo_change_new (N_ ("Save filter"), name);
  if (same)
    memo_change_update (change, same, record);
  else
    memo_change_insert (change, record);
  /* Translators: %s is the name of a filter. */
  said = g_strdup_printf (_ ("Filter “%s” was saved"), name);
  memo_session_apply (saving->session, change, said, NULL, NULL);
  gtk_window_destroy (GTK_WINDOW (saving->window));
}

void
memo_chips_save_filter (GtkWidget *parent, MemoSession *session)
{
  Saving *saving = g_new0 (Saving, 1);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *button;

  saving->session = g_object_ref (session);
  saving->entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (saving->entry), _ ("Name"));
  gtk_editable_set_text (GTK_EDITABLE (saving->entry), memo_filter_get_words (memo_session_get_filter (session)));
  g_object_set (saving->entry, "activates-default", TRUE, NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), saving->entry);
  gtk_widget_set_margin_top (group, 18);
  gtk_widget_set_margin_bottom (group, 24);
  gtk_widget_set_margin_start (group, 18);
  gtk_widget_set_margin_end (group, 18);
  saving->window = memo_dialog_new (parent, _ ("Save Filter"), group, _ ("_Save"), &button);
  g_signal_connect_data (button, "clicked", G_CALLBACK (save_cb), saving, saving_free, 0);
  gtk_window_set_default_size (GTK_WINDOW (saving->window), 400, -1);
  gtk_window_present (GTK_WINDOW (saving->window));
  gtk_widget_grab_focus (saving->entry);
}

static GtkWidget *
make_saved (MemoChips *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *empty = gtk_label_new (_ ("No filter has been saved yet."));

  self->saved_list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->saved_list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->saved_list, "memo-filter-list");
  gtk_widget_add_css_class (empty, "dim-label");
  gtk_list_box_set_placeholder (GTK_LIST_BOX (self->saved_list), empty);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->saved_list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Saved Filters"),
                                  -1);
  g_signal_connect_swapped (self->saved_list, "row-activated", G_CALLBACK (saved_activated_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 360);
  gtk_widget_set_size_request (scrolled, 240, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->saved_list);
  gtk_popover_set_child (GTK_POPOVER (popover), scrolled);
  g_signal_connect_swapped (popover, "show", G_CALLBACK (fill_saved), self);

  self->saved = gtk_menu_button_new ();
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->saved), _ ("Saved Filters"));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->saved), popover);
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (self->saved), GTK_ARROW_UP);
  gtk_widget_add_css_class (self->saved, "flat");
  return self->saved;
}

static void
memo_chips_dispose (GObject *object)
{
  MemoChips *self = MEMO_CHIPS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (memo_chips_parent_class)->dispose (object);
}

static void
memo_chips_class_init (MemoChipsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = memo_chips_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
memo_chips_init (MemoChips *self)
{
}

GtkWidget *
memo_chips_new (MemoSession *session)
{
  MemoChips *self = g_object_new (MEMO_TYPE_CHIPS, NULL);

  self->session = g_object_ref (session);
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  self->chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (self->scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->chips);
  gtk_box_append (GTK_BOX (self->box), self->scrolled);
  self->clear = gtk_button_new_from_icon_name ("edit-clear-all-symbolic");
  gtk_widget_add_css_class (self->clear, "flat");
  memo_dialog_name (self->clear, _ ("Clear Filter"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->clear), "win.clear-filter");
  gtk_box_append (GTK_BOX (self->box), self->clear);
  self->count = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->count), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->count), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->count, TRUE);
  gtk_widget_set_margin_start (self->count, 4);
  gtk_widget_add_css_class (self->count, "dim-label");
  gtk_widget_add_css_class (self->count, "memo-count");
  gtk_box_append (GTK_BOX (self->box), self->count);
  gtk_box_append (GTK_BOX (self->box), make_saved (self));
  self->save = gtk_button_new_with_label (_ ("Save Filter…"));
  gtk_widget_add_css_class (self->save, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->save), "win.save-filter");
  gtk_box_append (GTK_BOX (self->box), self->save);

  g_signal_connect_object (session, "notify::filter", G_CALLBACK (filter_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::library", G_CALLBACK (filter_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::selection", G_CALLBACK (selection_cb), self, G_CONNECT_SWAPPED);
  filter_cb (self);
  selection_cb (self);
  return GTK_WIDGET (self);
}
