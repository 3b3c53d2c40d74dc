#include "memo-register-columns.h"

#include <glib/gi18n.h>

#include "base/memo-language.h"
#include "model/memo-words.h"
#include "ui/memo-settings.h"

#define NO_SORT -1

typedef struct _Column Column;

struct _Column
{
  const char *id;
  const char *title;
  int sort;
  int width;
  GtkWidget *(*make) (void);
  void (*show) (GtkWidget *cell, MemoRow *row, MemoRecord *record, MemoRegisterHost *host);
};

static MemoIndex *
get_index (MemoRegisterHost *host)
{
  MemoLibrary *library = memo_session_get_library (host->session);

  return library ? memo_library_get_index (library) : NULL;
}

static GtkWidget *
make_label (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

/* A longer text: over several lines rather than cut. */
static GtkWidget *
make_text (int lines)
{
  GtkWidget *label = make_label ();

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), lines);
  return label;
}

static GtkWidget *
make_names (void)
{
  return make_text (2);
}

static void
set_label (GtkWidget *label, const char *text, gboolean dim)
{
  gtk_label_set_text (GTK_LABEL (label), text ? text : "");
  if (dim)
    gtk_widget_add_css_class (label, "dim-label");
  else
    gtk_widget_remove_css_class (label, "dim-label");
}

/* Title: room for depth, the arrow of a package, the title. */

static void
toggled_cb (GtkWidget *button)
{
  MemoRegisterHost *host = g_object_get_data (G_OBJECT (button), "host");
  MemoRow *row = g_object_get_data (G_OBJECT (button), "row");

  if (host && row)
    host->toggle (host->view, memo_row_get_id (row));
}

static GtkWidget *
make_title (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2),
            *button = gtk_button_new_from_icon_name ("pan-end-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "memo-expander");
  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect (button, "clicked", G_CALLBACK (toggled_cb), NULL);
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), make_text (3));
  return box;
}

/* A row of GTK 4.8 has no name of its own: without one a screen reader says the name of a class. */
static void
name_row (GtkWidget *cell, MemoRecord *record, const char *title)
{
  GtkWidget *outer = gtk_widget_get_parent (cell), *row = outer ? gtk_widget_get_parent (outer) : NULL;
  MemoDate *date = record ? memo_record_get_date (record, MEMO_AGREEMENT_SIGNED) : NULL;
  const char *status = record ? memo_record_get_text (record, MEMO_AGREEMENT_STATUS) : NULL;
  g_autofree char *when = date ? memo_date_format (date, memo_language_of_interface (), MEMO_DATE_STYLE_LONG) : NULL;
  g_autofree char *spoken = g_strconcat (title, when ? ", " : "", when ? when : "", status ? ", " : "",
                                         status ? memo_word_status (status) : "", NULL);

  if (row)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
show_title (GtkWidget *cell, MemoRow *row, MemoRecord *record, MemoRegisterHost *host)
{
  GtkWidget *button = gtk_widget_get_first_child (cell), *label = gtk_widget_get_next_sibling (button);
  MemoRegisterOrder *order = host->get_order (host->view);
  guint n = order ? memo_register_order_get_n_children (order, memo_row_get_id (row)) : 0;
  gboolean open = n > 0 && host->is_open (host->view, memo_row_get_id (row));
  const char *title = record ? memo_record_get_title (record) : "…";

  gtk_widget_set_margin_start (cell, order ? 18 * memo_register_order_get_depth (order, memo_row_get_id (row)) : 0);
  g_object_set_data (G_OBJECT (button), "host", host);
  g_object_set_data (G_OBJECT (button), "row", row);
  gtk_button_set_icon_name (GTK_BUTTON (button), open ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_widget_set_opacity (button, n > 0 ? 1 : 0);
  gtk_widget_set_sensitive (button, n > 0);
  gtk_widget_set_tooltip_text (button, n == 0 ? NULL : open ? _ ("Close package") : _ ("Open package"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  open ? _ ("Close package") : _ ("Open package"), -1);
  if (n > 0)
    gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_EXPANDED, open, -1);
  set_label (label, *title ? title : _ ("Untitled"), !*title || !record);
  gtk_widget_set_tooltip_text (label, title);
  name_row (cell, record, gtk_label_get_text (GTK_LABEL (label)));
}

static void
show_date (GtkWidget *cell, MemoDate *date, gboolean say)
{
  g_autofree char *text = date ? memo_date_format (date, memo_language_of_interface (), MEMO_DATE_STYLE_SHORT) : NULL;

  set_label (cell,
             text  ? text
             : say ? _ ("undated")
                   : NULL,
             !date || memo_date_get_precision (date) != MEMO_PRECISION_DAY);
  gtk_widget_set_tooltip_text (cell, date ? memo_date_get_written (date) : NULL);
}

static void
show_signed (GtkWidget *cell, MemoRow *row, MemoRecord *record, MemoRegisterHost *host)
{
  show_date (cell, record ? memo_record_get_date (record, MEMO_AGREEMENT_SIGNED) : NULL, record != NULL);
}

static void
show_in_force (GtkWidget *cell, MemoRow *row, MemoRecord *record, MemoRegisterHost *host)
{
  show_date (cell, record ? memo_record_get_date (record, MEMO_AGREEMENT_IN_FORCE) : NULL, FALSE);
}

static void
show_ends (GtkWidget *cell, MemoRow *row, MemoRecord *record, MemoRegisterHost *host)
{
  MemoDate *date = record ? memo_record_get_date (record, MEMO_AGREEMENT_ENDS) : NULL;

  if (record && !date)
    date = memo_record_get_date (record, MEMO_AGREEMENT_HORIZON);
  show_date (cell, date, FALSE);
}

static void
show_parties (GtkWidget *cell, MemoRow *row, MemoRecord *record, MemoRegisterHost *host)
{
  MemoIndex *index = get_index (host);
  const char *const *uuids = record ? memo_record_get_texts (record, MEMO_AGREEMENT_PARTIES) : NULL;
  g_autoptr (GString) codes = g_string_new (NULL);
  g_autofree char *names = NULL;

  for (guint i = 0; index && uuids && uuids[i]; i++)
    {
      MemoRecord *party = memo_index_get_record (index, MEMO_KIND_PARTY, uuids[i]);
      const char *code = party ? memo_record_get_text (party, MEMO_PARTY_CODE) : NULL;
      g_autofree char *name = code ? NULL : memo_word_name (index, MEMO_KIND_PARTY, uuids[i]);

      if (code || name)
        g_string_append_printf (codes, "%s%s", codes->len > 0 ? ", " : "", code ? code : name);
    }
  if (index && uuids && uuids[0])
    names = memo_word_names (index, MEMO_KIND_PARTY, uuids);
  set_label (cell, codes->str, FALSE);
  gtk_widget_set_tooltip_text (cell, names);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, names ? names : "", -1);
}

static void
show_sectors (GtkWidget *cell, MemoRow *row, MemoRecord *record, MemoRegisterHost *host)
{
  MemoIndex *index = get_index (host);
  const char *const *uuids = record ? memo_record_get_texts (record, MEMO_AGREEMENT_SECTORS) : NULL;
  guint n = uuids ? g_strv_length ((char **) uuids) : 0;
  g_autofree char *names = index && n > 0 ? memo_word_names (index, MEMO_KIND_SECTOR, uuids) : NULL;
  g_autofree char *several = n > 2 ? g_strdup_printf (ngettext ("%u sector", "%u sectors", n), n) : NULL;

  set_label (cell, several ? several : names, several != NULL);
  gtk_widget_set_tooltip_text (cell, names);
}

static void
show_kind (GtkWidget *cell, MemoRow *row, MemoRecord *record, MemoRegisterHost *host)
{
  const char *kind = record ? memo_record_get_text (record, MEMO_AGREEMENT_KIND) : NULL;

  set_label (cell, kind ? memo_word_kind (MEMO_KIND_AGREEMENT, kind) : NULL, FALSE);
}

/* Status: a button that opens a menu of all of them. */

static void
status_popup_cb (GtkMenuButton *button, gpointer user_data)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  const char *const *values = memo_word_get_values (MEMO_AGREEMENT_STATUS);
  MemoRow *row = g_object_get_data (G_OBJECT (button), "row");

  for (guint i = 0; row && values && values[i]; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (memo_word_status (values[i]), NULL);

      g_menu_item_set_action_and_target (item, "register.set-status", "(xs)", memo_row_get_id (row), values[i]);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static GtkWidget *
make_status (void)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *label = make_label ();

  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), label);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "memo-status");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button, _ ("Change status"));
  /* Keys stay with the row: Enter opens it, and its menu has the statuses too. */
  gtk_widget_set_focusable (gtk_widget_get_first_child (button), FALSE);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), status_popup_cb, NULL, NULL);
  return button;
}

static void
show_status (GtkWidget *cell, MemoRow *row, MemoRecord *record, MemoRegisterHost *host)
{
  const char *status = record ? memo_record_get_text (record, MEMO_AGREEMENT_STATUS) : NULL;
  const char *word = status ? memo_word_status (status) : NULL;
  GtkWidget *label = gtk_menu_button_get_child (GTK_MENU_BUTTON (cell));
  /* Translators: %s is the status of an agreement. */
  g_autofree char *spoken = g_strdup_printf (_ ("Status: %s"), word ? word : _ ("none"));

  g_object_set_data (G_OBJECT (cell), "row", row);
  set_label (label, word ? word : record ? "–" : NULL, !word);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/* Identified: how many of a package are known, of how many. */

static GtkWidget *
make_identified (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *bar = gtk_level_bar_new (), *label = make_label ();

  gtk_widget_set_hexpand (label, FALSE);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_HIGH);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_FULL);
  gtk_widget_set_size_request (bar, 36, -1);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), bar);
  return box;
}

static void
show_identified (GtkWidget *cell, MemoRow *row, MemoRecord *record, MemoRegisterHost *host)
{
  GtkWidget *label = gtk_widget_get_first_child (cell), *bar = gtk_widget_get_next_sibling (label);
  gint64 declared = record ? memo_record_get_int (record, MEMO_AGREEMENT_DECLARED) : MEMO_UNSET;
  MemoIndex *index = get_index (host);
  MemoCounts counts = { 0 };
  g_autofree char *text = NULL;

  if (index)
    memo_index_get_counts (index, memo_row_get_id (row), &counts);
  if (record && declared != MEMO_UNSET && declared > 0)
    /* Translators: of a package's agreements: how many are identified, how many were declared. */
    text = g_strdup_printf (_ ("%1$u of %2$u"), counts.identified, (guint) declared);
  else if (record && counts.identified > 0)
    text = g_strdup_printf ("%u", counts.identified);
  set_label (label, text, FALSE);
  gtk_widget_set_visible (bar, declared != MEMO_UNSET && declared > 0);
  if (declared != MEMO_UNSET && declared > 0)
    gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), MIN ((double) counts.identified / declared, 1));
}

static void
show_sources (GtkWidget *cell, MemoRow *row, MemoRecord *record, MemoRegisterHost *host)
{
  MemoIndex *index = get_index (host);
  MemoCounts counts = { 0 };
  g_autofree char *text = NULL, *sources = NULL, *independent = NULL, *tip = NULL;
  gboolean conflict;

  if (!index || !memo_index_get_counts (index, memo_row_get_id (row), &counts) || !record)
    {
      set_label (cell, NULL, FALSE);
      return;
    }
  conflict = counts.evidence > 1 && host->has_conflict (host->view, row);
  text = counts.sources > 0 ? g_strdup_printf ("%u / %u%s", counts.sources, counts.independent, conflict ? "  ≠" : "")
                            : g_strdup ("–");
  set_label (cell, text, counts.sources == 0);
  if (conflict)
    gtk_widget_add_css_class (cell, "memo-conflict");
  else
    gtk_widget_remove_css_class (cell, "memo-conflict");
  sources = g_strdup_printf (ngettext ("%u source", "%u sources", counts.sources), counts.sources);
  independent = g_strdup_printf (ngettext ("%u of them independent", "%u of them independent", counts.independent),
                                 counts.independent);
  if (counts.sources == 0)
    tip = g_strdup (_ ("No evidence yet"));
  else
    tip = g_strconcat (sources, "\n", independent, conflict ? "\n" : NULL,
                       conflict ? _ ("They say different things") : NULL, NULL);
  gtk_widget_set_tooltip_text (cell, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
}

static const Column columns[] = {
  { "title", NC_ ("column", "Title"), MEMO_SORT_TITLE, 144, make_title, show_title },
  { "signed", NC_ ("column", "Signed"), MEMO_SORT_DATE, 104, make_label, show_signed },
  { "parties", NC_ ("column", "Parties"), MEMO_SORT_PARTIES, 74, make_label, show_parties },
  { "sectors", NC_ ("column", "Sectors"), MEMO_SORT_SECTORS, 108, make_names, show_sectors },
  { "status", NC_ ("column", "Status"), MEMO_SORT_STATUS, 112, make_status, show_status },
  { "identified", NC_ ("column", "Identified"), MEMO_SORT_IDENTIFIED, 108, make_identified, show_identified },
  { "sources", NC_ ("column", "Sources"), MEMO_SORT_SOURCES, 76, make_label, show_sources },
  { "kind", NC_ ("column", "Kind"), MEMO_SORT_KIND, 108, make_names, show_kind },
  { "in-force", NC_ ("column", "In force"), NO_SORT, 108, make_label, show_in_force },
  { "ends", NC_ ("column", "Ends"), NO_SORT, 108, make_label, show_ends },
};

/* The newest columns are hidden until somebody asks for them: a table that fits is calmer. */
static const char *const hidden_at_first[] = { "kind", "in-force", "ends", NULL };

static const char *
get_title (const Column *column)
{
  return g_dpgettext2 (NULL, "column", column->title);
}

static void
show_cell (GtkListItem *item)
{
  const Column *column = g_object_get_data (G_OBJECT (item), "column");
  MemoRegisterHost *host = g_object_get_data (G_OBJECT (item), "host");
  MemoRow *row = gtk_list_item_get_item (item);

  if (row && column)
    column->show (gtk_list_item_get_child (item), row, memo_row_get_record (row), host);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, MemoRegisterHost *host)
{
  const Column *column = g_object_get_data (G_OBJECT (factory), "column");

  g_object_set_data (G_OBJECT (item), "column", (gpointer) column);
  g_object_set_data (G_OBJECT (item), "host", host);
  gtk_list_item_set_child (item, column->make ());
  g_object_set_data (G_OBJECT (gtk_list_item_get_child (item)), "item", item);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, MemoRegisterHost *host)
{
  MemoRow *row = gtk_list_item_get_item (item);
  const Column *column = g_object_get_data (G_OBJECT (item), "column");
  GtkWidget *cell = gtk_widget_get_parent (gtk_list_item_get_child (item));

  if (cell)
    gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, get_title (column), -1);
  g_signal_connect_swapped (row, "notify::record", G_CALLBACK (show_cell), item);
  show_cell (item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, MemoRegisterHost *host)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), show_cell, item);
}

/* A column view of GTK 4.8 does not say by which column it sorts. The columns' sorters do when they are asked to compare: the
 * first one asked is the one. */
static int probed = NO_SORT;

static int
probe (gconstpointer a, gconstpointer b, gpointer sort)
{
  if (probed == NO_SORT)
    probed = GPOINTER_TO_INT (sort);
  return -1;
}

gboolean
memo_register_columns_get_sort (GtkColumnView *view, MemoSort *ret_sort, gboolean *ret_descending)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (view);
  g_autoptr (GObject) one = g_object_new (G_TYPE_OBJECT, NULL), other = g_object_new (G_TYPE_OBJECT, NULL);
  GtkOrdering ordering;

  probed = NO_SORT;
  ordering = gtk_sorter_compare (sorter, one, other);
  if (probed == NO_SORT)
    return FALSE;
  *ret_sort = probed;
  *ret_descending = ordering == GTK_ORDERING_LARGER;
  return TRUE;
}

/* The width that a column begins with: its heading is read whole in every language, that of the dates, which sort at
 * first, with the arrow. */
static int
get_width (GtkColumnView *view, const Column *info)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (view), NULL);
  g_autofree char *markup = g_markup_printf_escaped ("<b>%s</b>", get_title (info));
  int width;

  pango_layout_set_markup (layout, markup, -1);
  pango_layout_get_pixel_size (layout, &width, NULL);
  return MAX (info->width, width + (info->sort == MEMO_SORT_DATE ? 34 : 16));
}

/* GTK 4.8 leaves room for the fixed width of columns that are hidden: they have none until they are shown. */
static void
show_column (GtkColumnViewColumn *column, gboolean visible)
{
  int width = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), "width"));

  if (!visible && gtk_column_view_column_get_fixed_width (column) > 0)
    g_object_set_data (G_OBJECT (column), "width", GINT_TO_POINTER (gtk_column_view_column_get_fixed_width (column)));
  gtk_column_view_column_set_fixed_width (column, visible ? width : 0);
}

static void
visible_cb (GtkColumnViewColumn *changed, GParamSpec *pspec, GtkColumnView *view)
{
  GListModel *all = gtk_column_view_get_columns (view);
  g_autoptr (GPtrArray) hidden = g_ptr_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (all, i);

      if (!gtk_column_view_column_get_visible (column))
        g_ptr_array_add (hidden, g_object_get_data (G_OBJECT (column), "id"));
    }
  show_column (changed, gtk_column_view_column_get_visible (changed));
  /* An empty list stands for never chosen. */
  if (hidden->len == 0)
    g_ptr_array_add (hidden, (gpointer) "none");
  g_ptr_array_add (hidden, NULL);
  memo_settings_set_strv ("register-columns", (const char *const *) hidden->pdata);
}

static void
add_column (GtkColumnView *view, const Column *info, MemoRegisterHost *host, gboolean visible)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column;

  g_object_set_data (G_OBJECT (factory), "column", (gpointer) info);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), host);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), host);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), host);
  column = gtk_column_view_column_new (get_title (info), factory);
  g_object_set_data (G_OBJECT (column), "id", (gpointer) info->id);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_visible (column, visible);
  g_object_set_data (G_OBJECT (column), "width", GINT_TO_POINTER (get_width (view, info)));
  gtk_column_view_column_set_expand (column, info->sort == MEMO_SORT_TITLE);
  show_column (column, visible);
  if (info->sort != NO_SORT)
    {
      g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (probe, GINT_TO_POINTER (info->sort), NULL));

      gtk_column_view_column_set_sorter (column, sorter);
    }
  gtk_column_view_append_column (view, column);
  g_signal_connect_object (column, "notify::visible", G_CALLBACK (visible_cb), view, 0);
  g_object_unref (column);
}

GMenuModel *
memo_register_columns_add (GtkColumnView *view, MemoRegisterHost *host, GActionMap *actions)
{
  g_auto (GStrv) kept = memo_settings_get_strv ("register-columns");
  const char *const *hidden = kept && kept[0] ? (const char *const *) kept : hidden_at_first;
  GListModel *all = gtk_column_view_get_columns (view);
  g_autoptr (GMenu) menu = g_menu_new (), section = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    add_column (view, &columns[i], host, i == 0 || !g_strv_contains (hidden, columns[i].id));
  /* The title stays: without it a row is nobody's. */
  for (guint i = 1; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (all, i);
      g_autofree char *name = g_strconcat ("column-", columns[i].id, NULL);
      g_autofree char *detailed = g_strconcat ("register.", name, NULL);
      g_autoptr (GPropertyAction) action = g_property_action_new (name, column, "visible");

      g_action_map_add_action (actions, G_ACTION (action));
      g_menu_append (section, get_title (&columns[i]), detailed);
    }
  g_menu_append_section (menu, _ ("Columns"), G_MENU_MODEL (section));
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (all, i);

      gtk_column_view_column_set_header_menu (column, G_MENU_MODEL (menu));
    }
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

static void
refresh (GtkWidget *widget)
{
  GtkListItem *item = g_object_get_data (G_OBJECT (widget), "item");

  if (item)
    {
      show_cell (item);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    refresh (child);
}

void
memo_register_columns_refresh (GtkColumnView *view)
{
  refresh (GTK_WIDGET (view));
}

MemoRow *
memo_register_columns_pick (GtkColumnView *view, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (view), x, y, GTK_PICK_DEFAULT);

  for (; widget && widget != GTK_WIDGET (view); widget = gtk_widget_get_parent (widget))
    {
      GtkListItem *item = g_object_get_data (G_OBJECT (widget), "item");

      /* The cell around what we put into it, and the row around the cells. */
      if (!item && g_strv_contains ((const char *const[]){ "cell", "row", NULL }, gtk_widget_get_css_name (widget)))
        for (GtkWidget *child = widget; child && !item; child = gtk_widget_get_first_child (child))
          item = g_object_get_data (G_OBJECT (child), "item");
      if (item)
        return gtk_list_item_get_item (item);
    }
  return NULL;
}
