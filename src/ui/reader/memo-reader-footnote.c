#include "memo-reader-footnote.h"

#include <glib/gi18n.h>

static gboolean
unparent_cb (gpointer popover)
{
  if (gtk_widget_get_parent (popover))
    gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

static void
closed_cb (GtkWidget *popover)
{
  GtkWidget *parent = gtk_widget_get_parent (popover);

  g_idle_add_full (G_PRIORITY_DEFAULT, unparent_cb, g_object_ref (popover), g_object_unref);
  if (parent && gtk_widget_get_mapped (parent))
    gtk_widget_grab_focus (parent);
}

void
memo_reader_popover_present (GtkWidget *parent, const GdkRectangle *at, GtkWidget *child)
{
  GtkWidget *popover = gtk_popover_new ();

  gtk_widget_add_css_class (popover, "memo-reader-editor");
  gtk_popover_set_child (GTK_POPOVER (popover), child);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), at);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_widget_set_parent (popover, parent);
  gtk_popover_popup (GTK_POPOVER (popover));
}

void
memo_reader_follow (GtkWidget *parent, MemoSession *session, const char *target)
{
  g_autofree char *scheme = NULL;

  if (target == NULL)
    return;
  if (g_str_has_prefix (target, "article/"))
    {
      memo_session_open_article (session, target + strlen ("article/"), -1, -1);
      return;
    }
  scheme = g_uri_parse_scheme (target);
  /* A saved page may name anything; only what a browser or a mail program shows is opened. */
  if (g_strcmp0 (scheme, "http") == 0 || g_strcmp0 (scheme, "https") == 0 || g_strcmp0 (scheme, "mailto") == 0)
    {
      g_autoptr (GError) error = NULL;

      if (!g_app_info_launch_default_for_uri (target, NULL, &error))
        memo_session_toast (session, error->message, FALSE);
    }
  else
    memo_session_toast (session, _ ("This link does not lead to a web page."), FALSE);
}

typedef struct
{
  MemoSession *session;
  char *target;
} Link;

static void
link_free (gpointer data, GClosure *closure)
{
  Link *link = data;

  g_object_unref (link->session);
  g_free (link->target);
  g_free (link);
}

static void
link_clicked_cb (GtkWidget *button, Link *link)
{
  GtkWidget *popover = gtk_widget_get_ancestor (button, GTK_TYPE_POPOVER);

  memo_reader_follow (button, link->session, link->target);
  if (popover)
    gtk_popover_popdown (GTK_POPOVER (popover));
}

static void
add_link (GtkWidget *box, MemoSession *session, const char *text, const char *target)
{
  GtkWidget *button = gtk_button_new_with_label (text);
  Link *link = g_new0 (Link, 1);

  link->session = g_object_ref (session);
  link->target = g_strdup (target);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button, g_str_has_prefix (target, "article/") ? NULL : target);
  g_signal_connect_data (button, "clicked", G_CALLBACK (link_clicked_cb), link, link_free, 0);
  gtk_box_append (GTK_BOX (box), button);
}

/* The entry of the references that @label names. (transfer none) (nullable) */
static JsonObject *
find_reference (JsonNode *references, const char *label)
{
  JsonArray *array = references && JSON_NODE_HOLDS_ARRAY (references) ? json_node_get_array (references) : NULL;

  for (guint i = 0; array && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (node) &&
          g_strcmp0 (json_object_get_string_member_with_default (json_node_get_object (node), "label", NULL), label) ==
              0)
        return json_node_get_object (node);
    }
  return NULL;
}

void
memo_reader_footnote_present (GtkWidget *parent,
                              const GdkRectangle *at,
                              MemoSession *session,
                              MemoReaderBuffer *buffer,
                              const char *label)
{
  MemoRecord *article = memo_reader_buffer_get_article (buffer);
  const char *json = memo_record_get_text (article, MEMO_ARTICLE_REFERENCES);
  g_autoptr (JsonNode) references = json ? json_from_string (json, NULL) : NULL;
  JsonObject *reference = find_reference (references, label);
  g_autofree char *text = memo_reader_buffer_dup_footnote (buffer, label);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *words;

  if (text == NULL && reference)
    text = g_strdup (json_object_get_string_member_with_default (reference, "text", NULL));
  words = gtk_label_new (text ? text : _ ("This article has no footnote of that name."));
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (words), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (words), 50);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_selectable (GTK_LABEL (words), TRUE);
  gtk_box_append (GTK_BOX (box), words);
  if (reference)
    {
      const char *cites = json_object_get_string_member_with_default (reference, "cites", NULL);
      const char *url = json_object_get_string_member_with_default (reference, "url", NULL);

      if (cites)
        {
          g_autofree char *target = g_strconcat ("article/", cites, NULL);

          add_link (box, session, _ ("Open the cited article"), target);
        }
      if (url)
        add_link (box, session, _ ("Open the web address"), url);
    }
  memo_reader_popover_present (parent, at, box);
  /* Focus selects all of it otherwise. */
  gtk_label_select_region (GTK_LABEL (words), 0, 0);
}
