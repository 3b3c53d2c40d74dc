#include "memo-filter-list.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/memo-language.h"
#include "model/memo-words.h"
#include "ui/memo-dialog.h"

#define FEW 8

struct _MemoFilterList
{
  GtkWidget parent_instance;

  MemoSession *session;
  MemoFacet facet;
  MemoChoice choice; /* of the next click */

  GtkWidget *box;
  GtkWidget *modes[3];
  GtkWidget *list;
  GtkWidget *more;
  GHashTable *rows;     /* value → GtkListBoxRow in the list */
  GHashTable *expanded; /* sectors that show what is below them */
  GPtrArray *order;     /* values in the list, in order */
  gboolean all;
  gboolean articles; /* what the numbers count; else agreements */
  guint update_id;
};

G_DEFINE_FINAL_TYPE (MemoFilterList, memo_filter_list, GTK_TYPE_WIDGET)

static GQuark value_quark;

static gboolean
has_value (MemoField field, const char *value)
{
  const char *const *values = memo_word_get_values (field);

  return values && g_strv_contains (values, value);
}

char *
memo_filter_value_name (MemoIndex *index, MemoFacet facet, const char *value)
{
  switch (facet)
    {
    case MEMO_FACET_SECTOR:
      return memo_word_name (index, MEMO_KIND_SECTOR, value);
    case MEMO_FACET_PARTY:
      return memo_word_name (index, MEMO_KIND_PARTY, value);
    case MEMO_FACET_BODY:
      return memo_word_name (index, MEMO_KIND_BODY, value);
    case MEMO_FACET_STATUS:
      return g_strdup (memo_word_status (value));
    case MEMO_FACET_LANGUAGE:
      return g_strdup (memo_language_name (value, memo_language_of_interface ()));
    case MEMO_FACET_KIND:
      if (has_value (MEMO_AGREEMENT_KIND, value))
        return g_strdup (memo_word_kind (MEMO_KIND_AGREEMENT, value));
      if (has_value (MEMO_ARTICLE_KIND, value))
        return g_strdup (memo_word_kind (MEMO_KIND_ARTICLE, value));
      return g_strdup (memo_word_kind (MEMO_KIND_EVENT, value));
    case MEMO_FACET_SOURCE:
      return g_strdup (_ ("One article"));
    default:
      return g_strdup (value);
    }
}

/* How @value stands in the filter; -1 when it does not. */
static int
get_choice (MemoFilterList *self, const char *value)
{
  MemoFilter *filter = memo_session_get_filter (self->session);

  for (int choice = MEMO_CHOICE_ANY; choice <= MEMO_CHOICE_NONE; choice++)
    if (g_strv_contains (memo_filter_get_values (filter, self->facet, choice), value))
      return choice;
  return -1;
}

static void
choose (MemoFilterList *self, const char *value, int choice)
{
  MemoFilter *filter = memo_session_get_filter (self->session);
  g_autoptr (MemoFilter) changed = choice < 0 || get_choice (self, value) == choice
                                       ? memo_filter_without (filter, self->facet, value)
                                       : memo_filter_with (filter, self->facet, choice, value);

  memo_session_set_filter (self->session, changed);
}

static const char *
row_get_value (GtkWidget *row)
{
  return g_object_get_qdata (G_OBJECT (row), value_quark);
}

static void
row_activated_cb (MemoFilterList *self, GtkListBoxRow *row)
{
  const char *value = row_get_value (GTK_WIDGET (row));
  g_autofree char *copy = g_strdup (value);
  int now = get_choice (self, copy);

  choose (self, copy, now >= 0 ? -1 : (int) self->choice);
}

/* "facet.choose" (value, choice). */
static void
choose_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MemoFilterList *self = MEMO_FILTER_LIST (widget);
  const char *value;
  int choice;

  g_variant_get (parameter, "(&si)", &value, &choice);
  if (choice == 3)
    {
      g_autoptr (MemoFilter) cleared = memo_filter_without_facet (memo_session_get_filter (self->session), self->facet);
      g_autoptr (MemoFilter) changed = memo_filter_with (cleared, self->facet, MEMO_CHOICE_ANY, value);

      memo_session_set_filter (self->session, changed);
    }
  else
    choose (self, value, choice);
}

static void
add_item (GMenu *menu, const char *label, const char *value, int choice)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "facet.choose", "(si)", value, choice);
  g_menu_append_item (menu, item);
}

static void
popover_closed_cb (GtkWidget *popover)
{
  /* Not at once: the chosen item's action runs after the popover has closed. */
  g_idle_add_once ((GSourceOnceFunc) gtk_widget_unparent, popover);
}

static void
show_menu (MemoFilterList *self, GtkWidget *row)
{
  const char *value = row_get_value (row);
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *popover;

  add_item (menu, _ ("Any of These"), value, MEMO_CHOICE_ANY);
  add_item (menu, _ ("Must Have"), value, MEMO_CHOICE_ALL);
  add_item (menu, _ ("Without"), value, MEMO_CHOICE_NONE);
  add_item (menu, _ ("Only This"), value, 3);
  if (get_choice (self, value) >= 0)
    add_item (menu, _ ("Take Off the Filter"), value, -1);
  popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_widget_set_parent (popover, row);
  gtk_popover_set_position (GTK_POPOVER (popover), GTK_POS_BOTTOM);
  g_signal_connect (popover, "closed", G_CALLBACK (popover_closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
secondary_cb (GtkGestureClick *click, int n, double x, double y, MemoFilterList *self)
{
  show_menu (self, gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (click)));
}

static gboolean
menu_key_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  show_menu (data, widget);
  return TRUE;
}

static void update (MemoFilterList *self);

static void
expand_cb (GtkToggleButton *button, MemoFilterList *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);
  const char *value = row_get_value (row);

  if (gtk_toggle_button_get_active (button))
    g_hash_table_add (self->expanded, g_strdup (value));
  else
    g_hash_table_remove (self->expanded, value);
  update (self);
}

typedef struct
{
  GtkWidget *expander, *check, *label, *count;
} RowParts;

static GtkWidget *
make_row (MemoFilterList *self, MemoIndex *index, const char *value, int depth, gboolean parent)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  RowParts *parts = g_new0 (RowParts, 1);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  g_autofree char *name = memo_filter_value_name (index, self->facet, value);

  gtk_widget_set_margin_start (box, 4 + depth * 14);
  gtk_widget_set_margin_end (box, 6);
  if (self->facet == MEMO_FACET_SECTOR)
    {
      parts->expander = parent ? gtk_toggle_button_new () : gtk_image_new ();
      if (parent)
        {
          gtk_button_set_icon_name (GTK_BUTTON (parts->expander), "pan-end-symbolic");
          gtk_widget_add_css_class (parts->expander, "flat");
          memo_dialog_name (parts->expander, _ ("Show what is below"));
          g_signal_connect (parts->expander, "toggled", G_CALLBACK (expand_cb), self);
        }
      gtk_widget_add_css_class (parts->expander, "memo-expander");
      gtk_box_append (GTK_BOX (box), parts->expander);
    }
  parts->check = gtk_check_button_new ();
  gtk_widget_set_can_target (parts->check, FALSE);
  gtk_widget_set_can_focus (parts->check, FALSE);
  gtk_box_append (GTK_BOX (box), parts->check);
  parts->label = gtk_label_new (name);
  gtk_label_set_xalign (GTK_LABEL (parts->label), 0);
  gtk_label_set_wrap (GTK_LABEL (parts->label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (parts->label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_ellipsize (GTK_LABEL (parts->label), PANGO_ELLIPSIZE_END);
  gtk_label_set_lines (GTK_LABEL (parts->label), 3);
  gtk_widget_set_hexpand (parts->label, TRUE);
  gtk_widget_set_tooltip_text (parts->label, name);
  gtk_box_append (GTK_BOX (box), parts->label);
  parts->count = gtk_label_new (NULL);
  gtk_widget_add_css_class (parts->count, "dim-label");
  gtk_widget_add_css_class (parts->count, "memo-count");
  gtk_box_append (GTK_BOX (box), parts->count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (secondary_cb), self);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_alternative_trigger_new (gtk_keyval_trigger_new (GDK_KEY_Menu, 0),
                                                     gtk_keyval_trigger_new (GDK_KEY_F10, GDK_SHIFT_MASK)),
                        gtk_callback_action_new (menu_key_cb, self, NULL)));
  gtk_widget_add_controller (row, keys);
  g_object_set_qdata_full (G_OBJECT (row), value_quark, g_strdup (value), g_free);
  g_object_set_data_full (G_OBJECT (row), "memo-parts", parts, g_free);
  return row;
}

/* A number leads to what it counts: articles where articles are listed, agreements elsewhere. */
static guint
get_count (MemoFilterList *self, const MemoFacetCount *count)
{
  return self->articles ? count->articles : count->count;
}

static void
update_row (MemoFilterList *self, MemoIndex *index, GtkWidget *row, const MemoFacetCount *count)
{
  RowParts *parts = g_object_get_data (G_OBJECT (row), "memo-parts");
  int choice = get_choice (self, count->value);
  guint shown = get_count (self, count);
  g_autofree char *number = g_strdup_printf ("%'u", shown);
  g_autofree char *name = memo_filter_value_name (index, self->facet, count->value);
  g_autofree char *spoken = NULL;

  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (parts->label)), name) != 0)
    {
      gtk_label_set_text (GTK_LABEL (parts->label), name);
      gtk_widget_set_tooltip_text (parts->label, name);
    }

  gtk_label_set_text (GTK_LABEL (parts->count), number);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (parts->check), choice == MEMO_CHOICE_ANY || choice == MEMO_CHOICE_ALL);
  gtk_check_button_set_inconsistent (GTK_CHECK_BUTTON (parts->check), choice == MEMO_CHOICE_NONE);
  if (choice == MEMO_CHOICE_ANY || choice == MEMO_CHOICE_ALL)
    gtk_widget_add_css_class (row, "chosen");
  else
    gtk_widget_remove_css_class (row, "chosen");
  if (choice == MEMO_CHOICE_NONE)
    gtk_widget_add_css_class (row, "refused");
  else
    gtk_widget_remove_css_class (row, "refused");
  if (GTK_IS_TOGGLE_BUTTON (parts->expander))
    {
      gboolean expanded = g_hash_table_contains (self->expanded, count->value);

      gtk_button_set_icon_name (GTK_BUTTON (parts->expander), expanded ? "pan-down-symbolic" : "pan-end-symbolic");
      g_signal_handlers_block_by_func (parts->expander, expand_cb, self);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (parts->expander), expanded);
      g_signal_handlers_unblock_by_func (parts->expander, expand_cb, self);
    }
  if (choice == MEMO_CHOICE_NONE)
    /* Translators: for screen readers: a value of the filter that is excluded, and how many have it. */
    spoken = g_strdup_printf (_ ("%s, %u, excluded"), name, shown);
  else if (choice >= 0)
    /* Translators: for screen readers: a chosen value of the filter, and how many have it. */
    spoken = g_strdup_printf (_ ("%s, %u, chosen"), name, shown);
  else
    /* Translators: for screen readers: a value of the filter, and how many have it. */
    spoken = g_strdup_printf (_ ("%s, %u"), name, shown);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static int
compare_counts (gconstpointer a, gconstpointer b, gpointer data)
{
  MemoFilterList *self = data;
  guint first = get_count (self, a), second = get_count (self, b);

  return first > second ? -1 : first < second;
}

/* The facet's counts that lead to something in the view, and what is chosen; most first (sectors: tree order). */
static GArray *
get_counts (MemoFilterList *self, MemoSelection *selection)
{
  GArray *all = memo_selection_get_facet (selection, self->facet);
  GArray *counts = g_array_new (FALSE, FALSE, sizeof (MemoFacetCount));

  for (guint i = 0; i < all->len; i++)
    {
      const MemoFacetCount *count = &g_array_index (all, MemoFacetCount, i);

      if (get_count (self, count) > 0 || get_choice (self, count->value) >= 0)
        g_array_append_val (counts, *count);
    }
  if (self->facet != MEMO_FACET_SECTOR)
    g_array_sort_with_data (counts, compare_counts, self);
  return counts;
}

/* What is to be listed: indices into the facet's counts. */
static GArray *
pick (MemoFilterList *self, MemoIndex *index, GArray *counts, GArray *depths, guint *ret_hidden)
{
  GArray *picked = g_array_new (FALSE, FALSE, sizeof (guint));

  *ret_hidden = 0;
  for (guint i = 0; i < counts->len; i++)
    {
      const MemoFacetCount *count = &g_array_index (counts, MemoFacetCount, i);
      gboolean chosen = get_choice (self, count->value) >= 0;
      int depth = 0;

      if (self->facet == MEMO_FACET_SECTOR)
        {
          MemoRecord *sector = memo_index_get_record (index, MEMO_KIND_SECTOR, count->value);
          gboolean open = TRUE;

          while (sector && memo_record_get_text (sector, MEMO_SECTOR_PARENT))
            {
              const char *parent = memo_record_get_text (sector, MEMO_SECTOR_PARENT);

              open = open && g_hash_table_contains (self->expanded, parent);
              sector = memo_index_get_record (index, MEMO_KIND_SECTOR, parent);
              depth++;
            }
          if (!open && !chosen)
            continue;
        }
      else if (!self->all && !chosen && picked->len >= FEW)
        {
          ++*ret_hidden;
          continue;
        }
      g_array_append_val (picked, i);
      g_array_append_val (depths, depth);
    }
  return picked;
}

/* Is something below the sector at @i? Tree order: what is below follows at once. */
static gboolean
has_children (GArray *counts, MemoIndex *index, guint i)
{
  const char *value = g_array_index (counts, MemoFacetCount, i).value;
  MemoRecord *sector;
  gboolean below = FALSE;

  if (i + 1 == counts->len)
    return FALSE;
  sector = memo_index_get_record (index, MEMO_KIND_SECTOR, g_array_index (counts, MemoFacetCount, i + 1).value);
  while (sector && !below && memo_record_get_text (sector, MEMO_SECTOR_PARENT))
    {
      const char *parent = memo_record_get_text (sector, MEMO_SECTOR_PARENT);

      below = g_str_equal (parent, value);
      sector = memo_index_get_record (index, MEMO_KIND_SECTOR, parent);
    }
  return below;
}

static gboolean
row_is_parent (GtkWidget *row)
{
  RowParts *parts = g_object_get_data (G_OBJECT (row), "memo-parts");

  return GTK_IS_TOGGLE_BUTTON (parts->expander);
}

static gboolean
same_order (MemoFilterList *self, MemoIndex *index, GArray *counts, GArray *picked)
{
  if (self->order->len != picked->len)
    return FALSE;
  for (guint i = 0; i < picked->len; i++)
    {
      guint at = g_array_index (picked, guint, i);
      const char *value = g_array_index (counts, MemoFacetCount, at).value;

      if (!g_str_equal (g_ptr_array_index (self->order, i), value))
        return FALSE;
      if (self->facet == MEMO_FACET_SECTOR &&
          row_is_parent (g_hash_table_lookup (self->rows, value)) != has_children (counts, index, at))
        return FALSE;
    }
  return TRUE;
}

/* Rows stay when the values do: the focus and the eye keep their place, only the numbers change. */
static void
update (MemoFilterList *self)
{
  MemoSelection *selection = memo_session_get_selection (self->session);
  MemoIndex *index = selection ? memo_selection_get_index (selection) : NULL;
  g_autoptr (GArray) counts = selection ? get_counts (self, selection) : NULL;
  g_autoptr (GArray) depths = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GArray) picked = NULL;
  guint hidden;

  if (counts)
    picked = pick (self, index, counts, depths, &hidden);
  gtk_widget_set_visible (GTK_WIDGET (self), picked && picked->len > 0);
  if (!picked)
    return;
  if (!same_order (self, index, counts, picked))
    {
      GtkWidget *child;
      GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
      GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
      GtkWidget *focused = focus && gtk_widget_is_ancestor (focus, self->list)
                               ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW)
                           : GTK_IS_LIST_BOX_ROW (focus) && gtk_widget_get_parent (focus) == self->list ? focus
                                                                                                        : NULL;
      g_autofree char *kept = focused ? g_strdup (row_get_value (focused)) : NULL;
      g_autoptr (GHashTable) old = g_steal_pointer (&self->rows);

      self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
      g_ptr_array_set_size (self->order, 0);
      while ((child = gtk_widget_get_first_child (self->list)))
        gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
      for (guint i = 0; i < picked->len; i++)
        {
          guint at = g_array_index (picked, guint, i);
          const MemoFacetCount *count = &g_array_index (counts, MemoFacetCount, at);
          GtkWidget *row = g_hash_table_lookup (old, count->value);

          gboolean parent = self->facet == MEMO_FACET_SECTOR && has_children (counts, index, at);

          if (!row || row_is_parent (row) != parent)
            row = make_row (self, index, count->value, g_array_index (depths, int, i), parent);
          gtk_list_box_append (GTK_LIST_BOX (self->list), row);
          g_hash_table_insert (self->rows, g_strdup (count->value), g_object_ref (row));
          g_ptr_array_add (self->order, g_strdup (count->value));
          if (g_strcmp0 (kept, count->value) == 0)
            gtk_widget_grab_focus (row);
        }
    }
  for (guint i = 0; i < picked->len; i++)
    {
      const MemoFacetCount *count = &g_array_index (counts, MemoFacetCount, g_array_index (picked, guint, i));

      update_row (self, index, g_hash_table_lookup (self->rows, count->value), count);
    }
  gtk_widget_set_visible (self->more, hidden > 0 || self->all);
  if (self->all)
    gtk_button_set_label (GTK_BUTTON (self->more), _ ("Show fewer"));
  else
    {
      g_autofree char *label = g_strdup_printf (ngettext ("Show %u more", "Show %u more", hidden), hidden);

      gtk_button_set_label (GTK_BUTTON (self->more), label);
    }
}

static void
more_cb (MemoFilterList *self)
{
  self->all = !self->all;
  update (self);
}

/* The words also change how what is chosen already combines. */
static void
mode_cb (GtkToggleButton *button, MemoFilterList *self)
{
  MemoFilter *filter = memo_session_get_filter (self->session);
  g_autoptr (MemoFilter) changed = g_object_ref (filter);

  if (!gtk_toggle_button_get_active (button))
    return;
  for (int choice = 0; choice < 3; choice++)
    if (self->modes[choice] == GTK_WIDGET (button))
      self->choice = choice;
  for (MemoChoice other = 0; other < 3; other++)
    for (const char *const *value = memo_filter_get_values (filter, self->facet, other);
         other != self->choice && *value; value++)
      {
        MemoFilter *next = memo_filter_with (changed, self->facet, self->choice, *value);

        g_object_unref (changed);
        changed = next;
      }
  memo_session_set_filter (self->session, changed);
}

/* A filter that comes from elsewhere, a saved one or another list, says how its values combine. */
static void
follow_filter (MemoFilterList *self)
{
  MemoFilter *filter = memo_session_get_filter (self->session);
  int only = -1, n = 0;

  for (MemoChoice choice = 0; choice < 3; choice++)
    if (*memo_filter_get_values (filter, self->facet, choice))
      {
        only = choice;
        n++;
      }
  if (n != 1 || only == (int) self->choice)
    return;
  self->choice = only;
  g_signal_handlers_block_by_func (self->modes[only], mode_cb, self);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->modes[only]), TRUE);
  g_signal_handlers_unblock_by_func (self->modes[only], mode_cb, self);
}

static void
filter_cb (MemoFilterList *self)
{
  follow_filter (self);
  update (self);
}

static GtkWidget *
make_header (MemoFilterList *self)
{
  /* Translators: how the chosen values of a facet combine, as short as can be: any of them, all of them, none of them. */
  const char *words[] = { C_ ("combine", "any"), C_ ("combine", "all"), C_ ("combine", "not") };
  const char *names[] = { _ ("Any of these"), _ ("All of these"), _ ("None of these") };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *title = gtk_label_new (memo_word_facet (self->facet));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "caption-heading");
  gtk_widget_add_css_class (title, "dim-label");
  gtk_widget_set_margin_start (title, 6);
  gtk_box_append (GTK_BOX (box), title);
  for (int choice = 0; choice < 3; choice++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (words[choice]);
      /* Translators: first the name of a facet (“Sector”), then how its values combine (“Any of these”). */
      g_autofree char *name = g_strdup_printf (_ ("%s: %s"), memo_word_facet (self->facet), names[choice]);

      gtk_widget_add_css_class (button, "flat");
      gtk_widget_add_css_class (button, "memo-mode");
      memo_dialog_name (button, name);
      if (choice > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (self->modes[0]));
      self->modes[choice] = button;
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->modes[0]), TRUE);
  for (int choice = 0; choice < 3; choice++)
    g_signal_connect (self->modes[choice], "toggled", G_CALLBACK (mode_cb), self);
  return box;
}

static gboolean
update_cb (gpointer data)
{
  MemoFilterList *self = data;

  self->update_id = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

/* The view itself comes first, then one list in each turn of the main loop. */
static void
view_cb (MemoFilterList *self)
{
  gboolean articles = g_strcmp0 (memo_session_get_view (self->session), "articles") == 0;

  if (articles == self->articles)
    return;
  self->articles = articles;
  if (self->update_id == 0)
    self->update_id = g_idle_add_full (G_PRIORITY_LOW + self->facet, update_cb, self, NULL);
}

static void
memo_filter_list_dispose (GObject *object)
{
  MemoFilterList *self = MEMO_FILTER_LIST (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->expanded, g_hash_table_unref);
  g_clear_pointer (&self->order, g_ptr_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (memo_filter_list_parent_class)->dispose (object);
}

static void
memo_filter_list_class_init (MemoFilterListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  value_quark = g_quark_from_static_string ("memo-filter-value");
  G_OBJECT_CLASS (klass)->dispose = memo_filter_list_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "facet.choose", "(si)", choose_cb);
}

static void
memo_filter_list_init (MemoFilterList *self)
{
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->expanded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->order = g_ptr_array_new_with_free_func (g_free);
}

GtkWidget *
memo_filter_list_new (MemoSession *session, MemoFacet facet)
{
  MemoFilterList *self = g_object_new (MEMO_TYPE_FILTER_LIST, NULL);

  self->session = g_object_ref (session);
  self->facet = facet;
  self->articles = g_strcmp0 (memo_session_get_view (session), "articles") == 0;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_box_append (GTK_BOX (self->box), make_header (self));
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "memo-filter-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, memo_word_facet (facet),
                                  -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_box_append (GTK_BOX (self->box), self->list);
  self->more = gtk_button_new_with_label ("");
  gtk_widget_add_css_class (self->more, "flat");
  gtk_widget_add_css_class (self->more, "caption");
  gtk_widget_set_halign (self->more, GTK_ALIGN_START);
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (more_cb), self);
  gtk_box_append (GTK_BOX (self->box), self->more);

  g_signal_connect_object (session, "notify::selection", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::filter", G_CALLBACK (filter_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::view", G_CALLBACK (view_cb), self, G_CONNECT_SWAPPED);
  filter_cb (self);
  return GTK_WIDGET (self);
}
