#include "memo-reader-outline.h"

#include <glib/gi18n.h>

#include "base/memo-text.h"

typedef struct
{
  MemoReaderBuffer *buffer;
  GtkWidget *list;
  MemoOutlineFunc go;
  gpointer user_data;
} Outline;

static void
outline_free (gpointer data)
{
  Outline *outline = data;

  g_clear_object (&outline->buffer);
  g_free (outline);
}

static Outline *
get_outline (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "memo-outline");
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, GtkWidget *button)
{
  Outline *outline = get_outline (button);
  glong offset = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (row), "offset"));

  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  if (outline->go)
    outline->go (offset, outline->user_data);
}

/* Filled when it is opened: most articles are read without. */
static void
fill_cb (GtkWidget *popover, GtkWidget *button)
{
  Outline *outline = get_outline (button);
  GArray *blocks = outline->buffer ? memo_reader_buffer_get_blocks (outline->buffer) : NULL;
  const char *text = outline->buffer
                         ? memo_record_get_text (memo_reader_buffer_get_article (outline->buffer), MEMO_ARTICLE_TEXT)
                         : NULL;
  const char *at = text;
  glong place = 0;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (outline->list)))
    gtk_list_box_remove (GTK_LIST_BOX (outline->list), row);
  for (guint i = 0; text && i < blocks->len; i++)
    {
      MemoBlock *block = &g_array_index (blocks, MemoBlock, i);
      const char *end;
      g_autofree char *bytes = NULL;
      g_autofree char *title = NULL;
      GtkWidget *label;

      if (block->type != MEMO_BLOCK_HEADING || block->end <= block->start || block->start < place)
        continue;
      at = g_utf8_offset_to_pointer (at, block->start - place);
      end = g_utf8_offset_to_pointer (at, block->end - block->start);
      bytes = g_strndup (at, end - at);
      at = end;
      place = block->end;
      title = memo_text_collapse (bytes);
      label = gtk_label_new (title);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 48);
      gtk_widget_set_margin_start (label, 6 + 14 * (CLAMP (block->level, 1, 4) - 1));
      gtk_widget_set_margin_end (label, 6);
      row = gtk_list_box_row_new ();
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
      g_object_set_data (G_OBJECT (row), "offset", GSIZE_TO_POINTER (block->start));
      gtk_list_box_append (GTK_LIST_BOX (outline->list), row);
    }
}

GtkWidget *
memo_reader_outline_new (void)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  Outline *outline = g_new0 (Outline, 1);

  outline->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (outline->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (outline->list, "memo-filter-list");
  g_object_set_data_full (G_OBJECT (button), "memo-outline", outline, outline_free);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 420);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), outline->list);
  gtk_widget_set_size_request (scroller, 300, -1);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-list-bullet-symbolic");
  gtk_widget_set_tooltip_text (button, _ ("Headings"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Headings"), -1);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect (outline->list, "row-activated", G_CALLBACK (activated_cb), button);
  g_signal_connect (popover, "show", G_CALLBACK (fill_cb), button);
  return button;
}

void
memo_reader_outline_set (GtkWidget *button, MemoReaderBuffer *buffer, MemoOutlineFunc go, gpointer user_data)
{
  Outline *outline = get_outline (button);
  GArray *blocks = buffer ? memo_reader_buffer_get_blocks (buffer) : NULL;
  gboolean any = FALSE;

  g_set_object (&outline->buffer, buffer);
  outline->go = go;
  outline->user_data = user_data;
  for (guint i = 0; blocks && i < blocks->len && !any; i++)
    any = g_array_index (blocks, MemoBlock, i).type == MEMO_BLOCK_HEADING;
  gtk_widget_set_sensitive (button, any);
}
