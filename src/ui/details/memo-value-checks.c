#include "memo-value-checks.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/memo-language.h"
#include "base/memo-text.h"
#include "model/memo-words.h"

/* Each is a widget, and a large register has thousands of tags. */
#define MOST 50

static MemoKind
get_kind (MemoFacet facet)
{
  return facet == MEMO_FACET_PARTY ? MEMO_KIND_PARTY : MEMO_KIND_SECTOR;
}

/* What is gone from the library has no name. */
static gboolean
has_name (MemoIndex *index, MemoFacet facet, const char *value)
{
  return facet == MEMO_FACET_TAG || memo_index_get_record (index, get_kind (facet), value);
}

/* (transfer full) */
static char *
name_value (MemoIndex *index, MemoFacet facet, const char *value)
{
  return facet == MEMO_FACET_TAG ? g_strdup (value) : memo_word_name (index, get_kind (facet), value);
}

static void
add_check (GtkWidget *box, const char *value, const char *name, guint count, guint n)
{
  GtkWidget *check = gtk_check_button_new (), *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (name);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_box_append (GTK_BOX (content), label);
  if (count < n)
    {
      g_autofree char *text = g_strdup_printf ("%u", count);

      label = gtk_label_new (text);
      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_add_css_class (label, "memo-count");
      gtk_box_append (GTK_BOX (content), label);
    }
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), content);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_halign (check, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (check), "memo-value", g_strdup (value), g_free);
  g_object_set_data_full (G_OBJECT (check), "memo-key", memo_text_sort_key (name, memo_language_of_interface ()),
                          g_free);
  gtk_flow_box_append (GTK_FLOW_BOX (box), check);
  /* The check itself takes the focus. */
  gtk_widget_set_focusable (gtk_widget_get_parent (check), FALSE);
}

/* By name: a name is looked for. */
static int
compare_names (GtkFlowBoxChild *a, GtkFlowBoxChild *b, gpointer data)
{
  return strcmp (g_object_get_data (G_OBJECT (gtk_flow_box_child_get_child (a)), "memo-key"),
                 g_object_get_data (G_OBJECT (gtk_flow_box_child_get_child (b)), "memo-key"));
}

/* Those that are not listed. */
static void
add_rest (GtkWidget *checks, guint n)
{
  g_autofree char *text = g_strdup_printf (
      /* Translators: below a list of parties, sectors or tags to tick; %u is how many there are besides. */
      ngettext ("%u more that is rarer is not listed: select fewer agreements.",
                "%u more that are rarer are not listed: select fewer agreements.", n),
      n);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (checks), label);
}

GtkWidget *
memo_value_checks_new (MemoIndex *index, MemoFacet facet, MemoDigest *digest)
{
  GArray *values = digest->values[facet];
  GtkWidget *checks, *box;
  guint n = 0;

  for (guint i = 0; i < values->len; i++)
    n += has_name (index, facet, g_array_index (values, MemoFacetCount, i).value);
  if (n == 0)
    return NULL;
  checks = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  box = gtk_flow_box_new ();
  gtk_box_append (GTK_BOX (checks), box);
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (box), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (box), 8);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (box), 12);
  gtk_flow_box_set_sort_func (GTK_FLOW_BOX (box), compare_names, NULL, NULL);
  for (guint i = 0, shown = 0; i < values->len && shown < MOST; i++)
    {
      MemoFacetCount *count = &g_array_index (values, MemoFacetCount, i);
      g_autofree char *name = has_name (index, facet, count->value) ? name_value (index, facet, count->value) : NULL;

      if (!name)
        continue;
      add_check (box, count->value, name, count->count, digest->n);
      shown++;
    }
  if (n > MOST)
    add_rest (checks, n - MOST);
  return checks;
}

GStrv
memo_value_checks_dup_values (GtkWidget *checks)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (GtkWidget *child = gtk_widget_get_first_child (gtk_widget_get_first_child (checks)); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *check = gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (child));

      if (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
        g_strv_builder_add (builder, g_object_get_data (G_OBJECT (check), "memo-value"));
    }
  return g_strv_builder_end (builder);
}
