#include "memo-article-row.h"

#include <glib/gi18n.h>

#include "base/memo-language.h"
#include "model/memo-words.h"
#include "ui/memo-cell.h"

struct _MemoArticleRow
{
  GtkWidget parent_instance;
  MemoSession *session;
  MemoRow *row;
};

G_DEFINE_FINAL_TYPE (MemoArticleRow, memo_article_row, GTK_TYPE_WIDGET)

static void
add_part (GString *string, const char *part)
{
  if (!part || !part[0])
    return;
  if (string->len > 0)
    g_string_append (string, "\302\240· ");
  g_string_append (string, part);
}

/* "EN TR RU": the article's own language, then those of the versions that its page names. */
static char *
make_languages (MemoRecord *record)
{
  const char *own = memo_record_get_text (record, MEMO_ARTICLE_LANGUAGE);
  const char *json = memo_record_get_text (record, MEMO_ARTICLE_VERSIONS);
  g_autoptr (JsonNode) node = json ? json_from_string (json, NULL) : NULL;
  JsonArray *versions = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GString) string = g_string_new (NULL);

  if (own && !g_str_equal (own, "und"))
    {
      g_autofree char *code = g_ascii_strup (own, -1);

      g_string_append (string, code);
    }
  for (guint i = 0; versions && i < json_array_get_length (versions) && i < 6; i++)
    {
      JsonNode *element = json_array_get_element (versions, i);
      const char *language =
          JSON_NODE_HOLDS_OBJECT (element)
              ? json_object_get_string_member_with_default (json_node_get_object (element), "language", "")
              : "";
      g_autofree char *code = g_ascii_strup (language, -1);

      if (code[0] && strstr (string->str, code) == NULL)
        g_string_append_printf (string, "%s%s", string->len ? " " : "", code);
    }
  return g_string_free (g_steal_pointer (&string), FALSE);
}

static MemoRecord *
get_record (MemoArticleRow *self)
{
  return self->row ? memo_row_get_record (self->row) : NULL;
}

/* Outlet, kind, languages. */
static char *
make_facts (MemoRecord *record)
{
  const char *kind = memo_record_get_text (record, MEMO_ARTICLE_KIND);
  g_autofree char *languages = make_languages (record);
  g_autoptr (GString) facts = g_string_new (NULL);

  add_part (facts, memo_record_get_text (record, MEMO_ARTICLE_OUTLET));
  add_part (facts, kind ? memo_word_kind (MEMO_KIND_ARTICLE, kind) : NULL);
  add_part (facts, languages);
  return g_string_free (g_steal_pointer (&facts), FALSE);
}

/* Date, annotations. */
static char *
make_counts (MemoArticleRow *self, MemoRecord *record)
{
  MemoIndex *index = memo_session_get_index (self->session, MEMO_KIND_ARTICLE, memo_row_get_id (self->row));
  MemoDate *published = memo_record_get_date (record, MEMO_ARTICLE_PUBLISHED);
  g_autofree char *date =
      published ? memo_date_format (published, memo_language_of_interface (), MEMO_DATE_STYLE_SHORT) : NULL;
  guint n = index ? memo_index_get_annotations (index, memo_row_get_id (self->row)) : 0;
  g_autofree char *annotations = n > 0 ? g_strdup_printf (ngettext ("%u annotation", "%u annotations", n), n) : NULL;
  g_autoptr (GString) counts = g_string_new (NULL);

  add_part (counts, date);
  add_part (counts, annotations);
  return g_string_free (g_steal_pointer (&counts), FALSE);
}

/* Nullable; borrowed from @record. */
static const char *
get_title (MemoRecord *record)
{
  const char *title = record ? memo_record_get_title (record) : NULL;

  return title && !title[0] ? _ ("Untitled article") : title;
}

/* A list item of GTK 4.8 has no name of its own: without one a screen reader says nothing of the row. The focus may come to it
 * before it is drawn, so this does not wait for the cells. */
static void
name_item (MemoArticleRow *self)
{
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (self));
  MemoRecord *record = get_record (self);
  g_autofree char *facts = record ? make_facts (record) : NULL;
  g_autofree char *counts = record ? make_counts (self, record) : NULL;
  g_autofree char *spoken = record ? g_strjoin (", ", get_title (record), facts, counts, NULL) : NULL;

  if (item && spoken)
    gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  else if (item)
    gtk_accessible_reset_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

static void
fill_title (MemoCell *cell, gpointer user_data)
{
  memo_cell_set_text (cell, get_title (get_record (user_data)), FALSE);
  /* The number of annotations may be another. */
  name_item (user_data);
}

static void
fill_facts (MemoCell *cell, gpointer user_data)
{
  MemoRecord *record = get_record (user_data);
  g_autofree char *facts = record ? make_facts (record) : NULL;

  memo_cell_set_text (cell, facts, FALSE);
}

static void
fill_counts (MemoCell *cell, gpointer user_data)
{
  MemoRecord *record = get_record (user_data);
  g_autofree char *counts = record ? make_counts (user_data, record) : NULL;

  memo_cell_set_text (cell, counts, FALSE);
}

static void
refill (MemoArticleRow *self)
{
  GtkWidget *cell;

  for (cell = gtk_widget_get_first_child (GTK_WIDGET (self)); cell; cell = gtk_widget_get_next_sibling (cell))
    memo_cell_refill (MEMO_CELL (cell));
}

static void
show (MemoArticleRow *self)
{
  name_item (self);
  refill (self);
}

static void
add_cell (MemoArticleRow *self, const char *css_class, guint lines, guint narrow_lines, MemoCellFill fill)
{
  GtkWidget *cell = memo_cell_new (lines, narrow_lines, fill, self);

  gtk_widget_add_css_class (cell, css_class);
  gtk_widget_set_parent (cell, GTK_WIDGET (self));
}

/* The title may need less than its lines: what stands below follows it closely, and all of it is in the middle of the row. */
static void
memo_article_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GtkWidget *title = gtk_widget_get_first_child (widget), *below;

  gtk_widget_snapshot_child (widget, title, snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, -memo_cell_get_slack (MEMO_CELL (title)) / 2));
  for (below = gtk_widget_get_next_sibling (title); below; below = gtk_widget_get_next_sibling (below))
    gtk_widget_snapshot_child (widget, below, snapshot);
}

static void
memo_article_row_dispose (GObject *object)
{
  MemoArticleRow *self = MEMO_ARTICLE_ROW (object);
  GtkWidget *child;

  if (self->row)
    g_signal_handlers_disconnect_by_data (self->row, self);
  g_clear_object (&self->row);
  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (memo_article_row_parent_class)->dispose (object);
}

static void
memo_article_row_class_init (MemoArticleRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = memo_article_row_dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = memo_article_row_snapshot;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
memo_article_row_init (MemoArticleRow *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 1);
  gtk_widget_add_css_class (GTK_WIDGET (self), "memo-article-row");
  add_cell (self, "title", 2, 3, fill_title);
  add_cell (self, "facts", 1, 1, fill_facts);
  add_cell (self, "facts", 1, 1, fill_counts);
}

GtkWidget *
memo_article_row_new (MemoSession *session)
{
  MemoArticleRow *self = g_object_new (MEMO_TYPE_ARTICLE_ROW, NULL);

  self->session = g_object_ref (session);
  /* The number of annotations is the index's, which every change may alter. */
  g_signal_connect_object (session, "notify::selection", G_CALLBACK (refill), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
memo_article_row_bind (MemoArticleRow *self, MemoRow *row)
{
  g_return_if_fail (MEMO_IS_ARTICLE_ROW (self));
  if (self->row)
    g_signal_handlers_disconnect_by_data (self->row, self);
  g_set_object (&self->row, row);
  if (row)
    g_signal_connect_swapped (row, "notify::record", G_CALLBACK (show), self);
  show (self);
}

MemoRow *
memo_article_row_get_row (MemoArticleRow *self)
{
  g_return_val_if_fail (MEMO_IS_ARTICLE_ROW (self), NULL);
  return self->row;
}
