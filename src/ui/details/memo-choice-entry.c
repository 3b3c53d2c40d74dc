#include "memo-choice-entry.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/memo-text.h"
#include "model/memo-words.h"
#include "ui/memo-dialog.h"

#define MAX_PROPOSALS 8

struct _MemoChoiceEntry
{
  GtkWidget parent_instance;

  MemoIndex *index;
  MemoKind kind;
  gboolean many, allow_new;
  GPtrArray *values; /* of char * */

  GtkWidget *box;
  GtkWidget *chips;
  GtkWidget *entry;
  GtkWidget *popover;
  GtkWidget *list;
  gboolean completing;
};

G_DEFINE_FINAL_TYPE (MemoChoiceEntry, memo_choice_entry, GTK_TYPE_WIDGET)

static void rebuild_chips (MemoChoiceEntry *self);

static char *
name_value (MemoChoiceEntry *self, const char *value)
{
  if (memo_index_get_record (self->index, self->kind, value))
    return memo_word_name (self->index, self->kind, value);
  return g_strdup (value);
}

static gboolean
has_value (MemoChoiceEntry *self, const char *value)
{
  return g_ptr_array_find_with_equal_func (self->values, value, g_str_equal, NULL);
}

static void
add_value (MemoChoiceEntry *self, const char *value)
{
  g_autofree char *kept = g_strdup (value);

  if (!self->many)
    g_ptr_array_set_size (self->values, 0);
  if (!has_value (self, kept))
    g_ptr_array_add (self->values, g_steal_pointer (&kept));
  self->completing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  self->completing = FALSE;
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  rebuild_chips (self);
}

static void
remove_cb (GtkWidget *button, MemoChoiceEntry *self)
{
  const char *value = g_object_get_data (G_OBJECT (button), "memo-value");
  guint at;

  if (g_ptr_array_find_with_equal_func (self->values, value, g_str_equal, &at))
    g_ptr_array_remove_index (self->values, at);
  rebuild_chips (self);
  gtk_widget_grab_focus (self->entry);
}

static void
rebuild_chips (MemoChoiceEntry *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->chips)))
    gtk_flow_box_remove (GTK_FLOW_BOX (self->chips), child);
  gtk_widget_set_visible (self->chips, self->values->len > 0);
  for (guint i = 0; i < self->values->len; i++)
    {
      const char *value = g_ptr_array_index (self->values, i);
      GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
      GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
      g_autofree char *name = name_value (self, value);
      /* Translators: %s is the name of a party, a sector or a body. */
      g_autofree char *remove = g_strdup_printf (_ ("Take “%s” off"), name);
      GtkWidget *label = gtk_label_new (name);

      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
      gtk_box_append (GTK_BOX (chip), label);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      memo_dialog_name (button, remove);
      g_object_set_data_full (G_OBJECT (button), "memo-value", g_strdup (value), g_free);
      g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), self);
      gtk_box_append (GTK_BOX (chip), button);
      gtk_widget_add_css_class (chip, "memo-chip");
      gtk_widget_set_halign (chip, GTK_ALIGN_START);
      gtk_flow_box_append (GTK_FLOW_BOX (self->chips), chip);
    }
}

/* 0: no match; 1: a word of it begins so; 2: it begins so; 3: the same. */
static int
match (MemoChoiceEntry *self, MemoRecord *record, const char *key)
{
  static const MemoField name_fields[] = { MEMO_PARTY_NAMES, MEMO_SECTOR_NAMES, MEMO_BODY_NAMES };
  static const char *const languages[] = { "en", "tr", "ru" };
  MemoField names = 0;
  int best = 0;

  for (guint i = 0; i < G_N_ELEMENTS (name_fields); i++)
    if ((MemoKind) (name_fields[i] >> 8) == self->kind)
      names = name_fields[i];
  for (int i = -2; i < (int) G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *name = NULL, *name_key = NULL, *inner = NULL;

      if (i >= 0)
        name = memo_record_dup_name_in (record, names, languages[i]);
      else if (i == -1)
        name = g_strdup (memo_record_get_title (record));
      else if (self->kind == MEMO_KIND_PARTY)
        name = g_strdup (memo_record_get_text (record, MEMO_PARTY_CODE));
      else if (self->kind == MEMO_KIND_BODY)
        name = g_strdup (memo_record_get_text (record, MEMO_BODY_ACRONYM));
      if (!name)
        continue;
      name_key = memo_text_key (name);
      inner = g_strconcat (" ", key, NULL);
      if (g_str_equal (name_key, key))
        return 3;
      if (i != -2 && g_str_has_prefix (name_key, key))
        best = MAX (best, 2);
      else if (strstr (name_key, inner))
        best = MAX (best, 1);
    }
  return best;
}

static void
add_proposal (MemoChoiceEntry *self, const char *value, const char *text)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  g_object_set_data_full (G_OBJECT (row), "memo-value", g_strdup (value), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
changed_cb (MemoChoiceEntry *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *key = memo_text_key (typed);
  GPtrArray *records = memo_index_get_records (self->index, self->kind);
  GtkWidget *child;
  guint n = 0;
  gboolean same = FALSE;

  if (self->completing)
    return;
  gtk_widget_remove_css_class (self->entry, "error");
  g_strstrip (key);
  while ((child = gtk_widget_get_first_child (self->list)))
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  for (int wanted = 3; key[0] && wanted >= 1; wanted--)
    for (guint i = 0; i < records->len && n < MAX_PROPOSALS; i++)
      {
        MemoRecord *record = g_ptr_array_index (records, i);
        const char *uuid = memo_record_get_uuid (record);
        g_autofree char *name = NULL;

        if (has_value (self, uuid) || match (self, record, key) != wanted)
          continue;
        same |= wanted == 3;
        name = memo_word_name (self->index, self->kind, uuid);
        add_proposal (self, uuid, name);
        n++;
      }
  if (key[0] && self->allow_new && !same)
    {
      /* Translators: %s is the name of a new party or body. */
      g_autofree char *text = g_strdup_printf (_ ("New: “%s”"), typed);

      add_proposal (self, typed, text);
      n++;
    }
  if (n > 0)
    {
      gtk_list_box_select_row (GTK_LIST_BOX (self->list), gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0));
      gtk_popover_popup (GTK_POPOVER (self->popover));
    }
  else
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
row_cb (MemoChoiceEntry *self, GtkListBoxRow *row)
{
  add_value (self, g_object_get_data (G_OBJECT (row), "memo-value"));
  gtk_widget_grab_focus (self->entry);
}

static void
activate_cb (MemoChoiceEntry *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  if (gtk_widget_get_visible (self->popover) && row)
    add_value (self, g_object_get_data (G_OBJECT (row), "memo-value"));
  else if (gtk_editable_get_text (GTK_EDITABLE (self->entry))[0])
    gtk_widget_add_css_class (self->entry, "error");
  else
    gtk_widget_activate_default (GTK_WIDGET (self));
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, MemoChoiceEntry *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  int at = row ? gtk_list_box_row_get_index (row) : -1;

  if (key == GDK_KEY_BackSpace && !gtk_editable_get_text (GTK_EDITABLE (self->entry))[0] && self->values->len > 0)
    {
      g_ptr_array_remove_index (self->values, self->values->len - 1);
      rebuild_chips (self);
      return TRUE;
    }
  if (!gtk_widget_get_visible (self->popover))
    return FALSE;
  if (key == GDK_KEY_Down || key == GDK_KEY_Up)
    {
      row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), at + (key == GDK_KEY_Down ? 1 : -1));
      if (row)
        gtk_list_box_select_row (GTK_LIST_BOX (self->list), row);
      return TRUE;
    }
  if (key == GDK_KEY_Escape)
    {
      gtk_popover_popdown (GTK_POPOVER (self->popover));
      return TRUE;
    }
  return FALSE;
}

static gboolean
memo_choice_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (MEMO_CHOICE_ENTRY (widget)->entry);
}

static void
memo_choice_entry_dispose (GObject *object)
{
  MemoChoiceEntry *self = MEMO_CHOICE_ENTRY (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_clear_object (&self->index);
  G_OBJECT_CLASS (memo_choice_entry_parent_class)->dispose (object);
}

static void
memo_choice_entry_class_init (MemoChoiceEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = memo_choice_entry_dispose;
  widget_class->grab_focus = memo_choice_entry_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
memo_choice_entry_init (MemoChoiceEntry *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->values = g_ptr_array_new_with_free_func (g_free);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->chips = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->chips), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->chips), 8);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->chips), 2);
  gtk_widget_set_visible (self->chips, FALSE);
  self->entry = gtk_entry_new ();
  gtk_box_append (GTK_BOX (self->box), self->chips);
  gtk_box_append (GTK_BOX (self->box), self->entry);

  self->popover = gtk_popover_new ();
  gtk_popover_set_autohide (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self->popover), GTK_POS_BOTTOM);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  self->list = gtk_list_box_new ();
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (self->list), TRUE);
  gtk_widget_set_focusable (self->list, FALSE);
  gtk_popover_set_child (GTK_POPOVER (self->popover), self->list);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_cb), self);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (activate_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->entry, keys);
}

GtkWidget *
memo_choice_entry_new (MemoIndex *index, MemoKind kind, const char *title, gboolean many, gboolean allow_new)
{
  MemoChoiceEntry *self = g_object_new (MEMO_TYPE_CHOICE_ENTRY, NULL);

  self->index = g_object_ref (index);
  self->kind = kind;
  self->many = many;
  self->allow_new = allow_new;
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return GTK_WIDGET (self);
}

void
memo_choice_entry_set_placeholder (MemoChoiceEntry *self, const char *text)
{
  g_return_if_fail (MEMO_IS_CHOICE_ENTRY (self));

  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), text);
}

void
memo_choice_entry_set_values (MemoChoiceEntry *self, const char *const *values)
{
  g_return_if_fail (MEMO_IS_CHOICE_ENTRY (self));

  g_ptr_array_set_size (self->values, 0);
  for (; *values; values++)
    g_ptr_array_add (self->values, g_strdup (*values));
  rebuild_chips (self);
}

GStrv
memo_choice_entry_dup_values (MemoChoiceEntry *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *rest = NULL;

  g_return_val_if_fail (MEMO_IS_CHOICE_ENTRY (self), NULL);

  rest = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  for (guint i = 0; i < self->values->len; i++)
    if (self->many || !rest[0])
      g_strv_builder_add (builder, g_ptr_array_index (self->values, i));
  if (rest[0])
    g_strv_builder_add (builder, rest);
  return g_strv_builder_end (builder);
}
