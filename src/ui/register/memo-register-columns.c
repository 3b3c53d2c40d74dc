#include "memo-register-columns.h"

#include <glib/gi18n.h>

#include "base/memo-language.h"
#include "model/memo-words.h"
#include "ui/memo-settings.h"

#define NO_SORT -1

static GQuark column_quark, host_quark, item_quark;

typedef struct _Column Column;

struct _Column
{
  const char *id;
  const char *title;
  int sort;
  int width;   /* pixels at the usual size of text */
  guint lines; /* that the column asks for */
  void (*show) (MemoCell *cell, MemoRow *row, MemoRecord *record, MemoRegisterHost *host);
};

static MemoIndex *
get_index (MemoRegisterHost *host, MemoRow *row)
{
  return memo_session_get_index (host->session, MEMO_KIND_AGREEMENT, memo_row_get_id (row));
}

/* Nullable; borrowed from @record. */
static const char *
get_name (MemoRecord *record)
{
  const char *title = record ? memo_record_get_title (record) : NULL;

  return title && !*title ? _ ("Untitled") : title;
}

/* A row of GTK 4.8 has no name of its own: without one a screen reader says the name of a class. The focus may come to it before
 * it is drawn, so this does not wait for the cell, which is that of the title. */
static void
name_row (MemoCell *cell, MemoRecord *record)
{
  GtkWidget *outer = gtk_widget_get_parent (GTK_WIDGET (cell)), *row = outer ? gtk_widget_get_parent (outer) : NULL;
  MemoDate *date = record ? memo_record_get_date (record, MEMO_AGREEMENT_SIGNED) : NULL;
  const char *status = record ? memo_record_get_text (record, MEMO_AGREEMENT_STATUS) : NULL;
  g_autofree char *when = date ? memo_date_format (date, memo_language_of_interface (), MEMO_DATE_STYLE_LONG) : NULL;
  g_autofree char *spoken = record ? g_strconcat (get_name (record), when ? ", " : "", when ? when : "",
                                                  status ? ", " : "", status ? memo_word_status (status) : "", NULL)
                                   : NULL;

  if (row && spoken)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  else if (row)
    gtk_accessible_reset_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

/* Room for depth, the arrow of a package, the title. */
static void
show_title (MemoCell *cell, MemoRow *row, MemoRecord *record, MemoRegisterHost *host)
{
  MemoRegisterOrder *order = host->get_order (host->view);
  guint n = order ? memo_register_order_get_n_children (order, memo_row_get_id (row)) : 0;
  gboolean open = n > 0 && host->is_open (host->view, memo_row_get_id (row));
  const char *name = get_name (record);

  memo_cell_set_arrow (cell,
                       open    ? MEMO_CELL_ARROW_OPEN
                       : n > 0 ? MEMO_CELL_ARROW_CLOSED
                               : MEMO_CELL_ARROW_ROOM,
                       order ? 18 * memo_register_order_get_depth (order, memo_row_get_id (row)) : 0,
                       open ? _ ("Close package") : _ ("Open package"));
  memo_cell_set_text (cell, name ? name : "…", !name || !*memo_record_get_title (record));
}

static void
show_date (MemoCell *cell, MemoDate *date, gboolean say)
{
  g_autofree char *text = date ? memo_date_format (date, memo_language_of_interface (), MEMO_DATE_STYLE_SHORT) : NULL;

  memo_cell_set_text (cell,
                      text  ? text
                      : say ? _ ("undated")
                            : NULL,
                      !date || memo_date_get_precision (date) != MEMO_PRECISION_DAY);
  memo_cell_set_tip (cell, date ? memo_date_get_written (date) : NULL);
}

static void
show_signed (MemoCell *cell, MemoRow *row, MemoRecord *record, MemoRegisterHost *host)
{
  show_date (cell, record ? memo_record_get_date (record, MEMO_AGREEMENT_SIGNED) : NULL, record != NULL);
}

static void
show_in_force (MemoCell *cell, MemoRow *row, MemoRecord *record, MemoRegisterHost *host)
{
  show_date (cell, record ? memo_record_get_date (record, MEMO_AGREEMENT_IN_FORCE) : NULL, FALSE);
}

static void
show_ends (MemoCell *cell, MemoRow *row, MemoRecord *record, MemoRegisterHost *host)
{
  MemoDate *date = record ? memo_record_get_date (record, MEMO_AGREEMENT_ENDS) : NULL;

  if (record && !date)
    date = memo_record_get_date (record, MEMO_AGREEMENT_HORIZON);
  show_date (cell, date, FALSE);
}

static void
show_parties (MemoCell *cell, MemoRow *row, MemoRecord *record, MemoRegisterHost *host)
{
  MemoIndex *index = get_index (host, row);
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
  memo_cell_set_text (cell, codes->str, FALSE);
  memo_cell_set_tip (cell, names);
  memo_cell_set_spoken (cell, names);
}

static void
show_sectors (MemoCell *cell, MemoRow *row, MemoRecord *record, MemoRegisterHost *host)
{
  MemoIndex *index = get_index (host, row);
  const char *const *uuids = record ? memo_record_get_texts (record, MEMO_AGREEMENT_SECTORS) : NULL;
  guint n = uuids ? g_strv_length ((char **) uuids) : 0;
  g_autofree char *names = index && n > 0 ? memo_word_names (index, MEMO_KIND_SECTOR, uuids) : NULL;
  g_autofree char *several = n > 2 ? g_strdup_printf (ngettext ("%u sector", "%u sectors", n), n) : NULL;

  memo_cell_set_text (cell, several ? several : names, several != NULL);
  memo_cell_set_tip (cell, names);
}

static void
show_kind (MemoCell *cell, MemoRow *row, MemoRecord *record, MemoRegisterHost *host)
{
  const char *kind = record ? memo_record_get_text (record, MEMO_AGREEMENT_KIND) : NULL;

  memo_cell_set_text (cell, kind ? memo_word_kind (MEMO_KIND_AGREEMENT, kind) : NULL, FALSE);
}

/* A press opens a menu of all of them. */
static void
show_status (MemoCell *cell, MemoRow *row, MemoRecord *record, MemoRegisterHost *host)
{
  const char *status = record ? memo_record_get_text (record, MEMO_AGREEMENT_STATUS) : NULL;
  const char *word = status ? memo_word_status (status) : NULL;
  /* Translators: %s is the status of an agreement. */
  g_autofree char *spoken = g_strdup_printf (_ ("Status: %s"), word ? word : _ ("none"));

  memo_cell_set_text (cell, word ? word : record ? "–" : NULL, !word);
  memo_cell_set_tip (cell, _ ("Change status"));
  memo_cell_set_spoken (cell, spoken);
}

/* How many of a package are known, of how many. */
static void
show_identified (MemoCell *cell, MemoRow *row, MemoRecord *record, MemoRegisterHost *host)
{
  gint64 declared = record ? memo_record_get_int (record, MEMO_AGREEMENT_DECLARED) : MEMO_UNSET;
  MemoIndex *index = get_index (host, row);
  MemoCounts counts = { 0 };
  g_autofree char *text = NULL;

  if (index)
    memo_index_get_counts (index, memo_row_get_id (row), &counts);
  if (record && declared != MEMO_UNSET && declared > 0)
    /* Translators: of a package's agreements: how many are identified, how many were declared. */
    text = g_strdup_printf (_ ("%1$u of %2$u"), counts.identified, (guint) declared);
  else if (record && counts.identified > 0)
    text = g_strdup_printf ("%u", counts.identified);
  memo_cell_set_text (cell, text, FALSE);
  memo_cell_set_part (cell,
                      declared != MEMO_UNSET && declared > 0 ? MIN ((double) counts.identified / declared, 1) : -1);
}

static void
show_sources (MemoCell *cell, MemoRow *row, MemoRecord *record, MemoRegisterHost *host)
{
  MemoIndex *index = get_index (host, row);
  MemoCounts counts = { 0 };
  g_autofree char *text = NULL, *sources = NULL, *independent = NULL, *tip = NULL;
  gboolean conflict;

  gtk_widget_remove_css_class (GTK_WIDGET (cell), "memo-conflict");
  if (!index || !memo_index_get_counts (index, memo_row_get_id (row), &counts) || !record)
    {
      memo_cell_set_text (cell, NULL, FALSE);
      return;
    }
  conflict = counts.evidence > 1 && host->has_conflict (host->view, row);
  text = counts.sources > 0 ? g_strdup_printf ("%u / %u%s", counts.sources, counts.independent, conflict ? "  ≠" : "")
                            : g_strdup ("–");
  memo_cell_set_text (cell, text, counts.sources == 0);
  if (conflict)
    gtk_widget_add_css_class (GTK_WIDGET (cell), "memo-conflict");
  sources = g_strdup_printf (ngettext ("%u source", "%u sources", counts.sources), counts.sources);
  independent = g_strdup_printf (ngettext ("%u of them independent", "%u of them independent", counts.independent),
                                 counts.independent);
  if (counts.sources == 0)
    tip = g_strdup (_ ("No evidence yet"));
  else
    tip = g_strconcat (sources, "\n", independent, conflict ? "\n" : NULL,
                       conflict ? _ ("They say different things") : NULL, NULL);
  memo_cell_set_tip (cell, tip);
  memo_cell_set_spoken (cell, tip);
}

static const Column columns[] = {
  { "title", NC_ ("column", "Title"), MEMO_SORT_TITLE, 144, 2, show_title },
  { "signed", NC_ ("column", "Signed"), MEMO_SORT_DATE, 104, 0, show_signed },
  { "parties", NC_ ("column", "Parties"), MEMO_SORT_PARTIES, 74, 0, show_parties },
  { "sectors", NC_ ("column", "Sectors"), MEMO_SORT_SECTORS, 108, 0, show_sectors },
  { "status", NC_ ("column", "Status"), MEMO_SORT_STATUS, 112, 0, show_status },
  { "identified", NC_ ("column", "Identified"), MEMO_SORT_IDENTIFIED, 108, 0, show_identified },
  { "sources", NC_ ("column", "Sources"), MEMO_SORT_SOURCES, 76, 0, show_sources },
  { "kind", NC_ ("column", "Kind"), MEMO_SORT_KIND, 108, 0, show_kind },
  { "in-force", NC_ ("column", "In force"), NO_SORT, 108, 0, show_in_force },
  { "ends", NC_ ("column", "Ends"), NO_SORT, 108, 0, show_ends },
};

/* The newest columns are hidden until somebody asks for them: a table that fits is calmer. */
static const char *const hidden_at_first[] = { "kind", "in-force", "ends", NULL };

static const char *
get_title (const Column *column)
{
  return g_dpgettext2 (NULL, "column", column->title);
}

static void
fill_cell (MemoCell *cell, gpointer user_data)
{
  GtkListItem *item = user_data;
  const Column *column = g_object_get_qdata (G_OBJECT (item), column_quark);
  MemoRegisterHost *host = g_object_get_qdata (G_OBJECT (item), host_quark);
  MemoRow *row = gtk_list_item_get_item (item);

  if (!row)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (GTK_WIDGET (cell))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, get_title (column), -1);
  column->show (cell, row, memo_row_get_record (row), host);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, MemoRegisterHost *host)
{
  const Column *column = g_object_get_qdata (G_OBJECT (factory), column_quark);
  GtkWidget *cell = memo_cell_new (column->lines, column->lines ? column->lines + 1 : 0, fill_cell, item);

  g_object_set_qdata (G_OBJECT (item), column_quark, (gpointer) column);
  g_object_set_qdata (G_OBJECT (item), host_quark, host);
  g_object_set_qdata (G_OBJECT (cell), item_quark, item);
  if (column->show == show_status)
    gtk_widget_add_css_class (cell, "memo-status");
  gtk_list_item_set_child (item, cell);
}

static void
show_row (MemoCell *cell, GParamSpec *pspec, MemoRow *row)
{
  const Column *column = g_object_get_qdata (g_object_get_qdata (G_OBJECT (cell), item_quark), column_quark);

  if (column->show == show_title)
    name_row (cell, memo_row_get_record (row));
  memo_cell_refill (cell);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, MemoRegisterHost *host)
{
  MemoCell *cell = MEMO_CELL (gtk_list_item_get_child (item));
  MemoRow *row = gtk_list_item_get_item (item);

  g_signal_connect_swapped (row, "notify::record", G_CALLBACK (show_row), cell);
  show_row (cell, NULL, row);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, MemoRegisterHost *host)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item), gtk_list_item_get_child (item));
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
  return MAX (memo_cell_scale (GTK_WIDGET (view), info->width), width + (info->sort == MEMO_SORT_DATE ? 34 : 16));
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

  g_object_set_qdata (G_OBJECT (factory), column_quark, (gpointer) info);
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

  column_quark = g_quark_from_static_string ("memo-column");
  host_quark = g_quark_from_static_string ("memo-host");
  item_quark = g_quark_from_static_string ("memo-item");
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

void
memo_register_columns_refresh (GtkWidget *widget)
{
  if (MEMO_IS_CELL (widget))
    {
      memo_cell_refill (MEMO_CELL (widget));
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    memo_register_columns_refresh (child);
}

MemoRow *
memo_register_columns_pick (GtkColumnView *view, double x, double y, MemoCell **ret_cell)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (view), x, y, GTK_PICK_DEFAULT);

  *ret_cell = NULL;
  for (; widget && widget != GTK_WIDGET (view); widget = gtk_widget_get_parent (widget))
    {
      GtkWidget *cell = widget;

      /* The cell around what we put into it, and the row around the cells. */
      if (g_strv_contains ((const char *const[]){ "cell", "row", NULL }, gtk_widget_get_css_name (widget)))
        while (cell && !MEMO_IS_CELL (cell))
          cell = gtk_widget_get_first_child (cell);
      if (MEMO_IS_CELL (cell))
        {
          *ret_cell = MEMO_CELL (cell);
          return gtk_list_item_get_item (g_object_get_qdata (G_OBJECT (cell), item_quark));
        }
    }
  return NULL;
}

MemoRegisterPart
memo_register_columns_get_part (MemoCell *cell, double x)
{
  const Column *column = g_object_get_qdata (g_object_get_qdata (G_OBJECT (cell), item_quark), column_quark);

  if (x < 0 || x >= gtk_widget_get_width (GTK_WIDGET (cell)))
    return MEMO_REGISTER_PART_TEXT;
  return memo_cell_is_on_arrow (cell, x) ? MEMO_REGISTER_PART_ARROW
         : column->show == show_status   ? MEMO_REGISTER_PART_STATUS
                                         : MEMO_REGISTER_PART_TEXT;
}

void
memo_register_columns_scroll_to (GtkColumnView *table, guint position)
{
  /* The list inside of a column view is the one that can. */
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (table)); child;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_activate_action (child, "list.scroll-to-item", "u", position))
      return;
}
