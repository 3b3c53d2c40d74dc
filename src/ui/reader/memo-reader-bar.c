#include "memo-reader-bar.h"

#include <glib/gi18n.h>

#include "memo-reader-highlights.h"
#include "model/memo-words.h"

static void
add_button (GtkWidget *bar, const char *text, const char *key, const char *action, const char *tooltip)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 5);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *hint = gtk_label_new (key);

  gtk_widget_add_css_class (hint, "dim-label");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), hint);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (GTK_BOX (bar), button);
}

static void
add_color (GtkWidget *bar, guint color)
{
  const char *word = memo_word_color (memo_reader_colors[color]);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *swatch = gtk_label_new (NULL);
  g_autofree char *number = g_strdup_printf ("%u", color + 1);
  /* Translators: tooltip of a button: the name of a colour and the key for it */
  g_autofree char *tooltip = g_strdup_printf (_ ("Highlight: %1$s (%2$s)"), word, number);

  gtk_widget_add_css_class (swatch, "memo-swatch");
  gtk_widget_add_css_class (swatch, memo_reader_colors[color]);
  gtk_label_set_text (GTK_LABEL (swatch), number);
  gtk_button_set_child (GTK_BUTTON (button), swatch);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "memo-swatch-button");
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "reader.highlight");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", memo_reader_colors[color]);
  gtk_box_append (GTK_BOX (bar), button);
}

GtkWidget *
memo_reader_bar_new (void)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (bar, "memo-reader-bar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Selected passage"), -1);
  for (guint i = 0; i < MEMO_N_COLORS; i++)
    add_color (bar, i);
  add_button (bar, _ ("Comment"), "N", "reader.comment", _ ("Write a comment on the passage"));
  add_button (bar, _ ("Tag"), "T", "reader.tag", _ ("Tag the passage"));
  add_button (bar, _ ("Sector"), "S", "reader.sector", _ ("Put the passage under a sector"));
  add_button (bar, _ ("Agreement"), "A", "reader.agreement", _ ("Make an agreement with the passage as evidence"));
  add_button (bar, _ ("Copy"), "C", "reader.copy", _ ("Copy with citation"));
  return bar;
}
