#include "memo-details-parts.h"

#include <string.h>

#include "ui/memo-dialog.h"

GtkWidget *
memo_details_content_new (void)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);

  gtk_widget_set_margin_top (content, 12);
  gtk_widget_set_margin_bottom (content, 18);
  gtk_widget_set_margin_start (content, 14);
  gtk_widget_set_margin_end (content, 14);
  return content;
}

GtkWidget *
memo_details_add_label (GtkWidget *box, const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), 12);
  if (css)
    gtk_widget_add_css_class (label, css);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

GtkWidget *
memo_details_add_head (GtkWidget *content, const char *title, const char *detail)
{
  GtkWidget *titles = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  GtkWidget *label = memo_details_add_label (titles, title, "title-4");

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  label = memo_details_add_label (row, detail, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (titles), row);
  gtk_box_append (GTK_BOX (content), titles);
  return row;
}

GtkWidget *
memo_details_add_button (GtkWidget *box, const char *icon, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  memo_dialog_name (button, name);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

void
memo_details_open_section (GtkWidget *section, const char *title, const char *detail)
{
  /* A number stands beside the title, words below it: beside a long title they would break into two lines. */
  gboolean below = detail && strchr (detail, ' ');
  GtkWidget *header = gtk_box_new (below ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, below ? 1 : 8);
  GtkWidget *label;

  gtk_widget_set_visible (section, TRUE);
  gtk_widget_set_margin_top (header, 6);
  label = memo_details_add_label (header, title, "heading");
  gtk_label_set_width_chars (GTK_LABEL (label), -1);
  if (detail)
    {
      label = memo_details_add_label (header, detail, "dim-label");
      gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
      gtk_widget_add_css_class (label, "caption");
    }
  gtk_box_append (GTK_BOX (section), header);
}
