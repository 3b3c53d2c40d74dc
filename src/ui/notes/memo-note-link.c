#include "memo-note-link.h"

#include <glib/gi18n.h>

#include "base/memo-text.h"
#include "model/memo-words.h"

typedef struct
{
  MemoSession *session;
  MemoNoteEditor *editor;
  GtkWidget *button, *entry, *list;
  GCancellable *cancellable;
} Link;

static void
link_free (gpointer data)
{
  Link *link = data;

  if (link->cancellable)
    g_cancellable_cancel (link->cancellable);
  g_clear_object (&link->cancellable);
  g_object_unref (link->session);
  g_free (link);
}

/* Brackets would end the link's words. */
static char *
clean_label (const char *text)
{
  g_autofree char *line = memo_text_collapse (text);

  g_strdelimit (line, "[]", ' ');
  return memo_text_ellipsize (line, 100);
}

char *
memo_note_link_text (MemoIndex *index, MemoRecord *record, MemoRecord *article)
{
  MemoKind kind = memo_record_get_kind (record);
  const char *uuid = memo_record_get_uuid (record);
  g_autofree char *title = clean_label (memo_record_get_title (record));

  if (kind == MEMO_KIND_ANNOTATION)
    {
      g_autofree char *citation = article ? memo_word_citation (index, article, record) : NULL;
      g_autofree char *label = clean_label (citation ? citation : title);
      const char *exact = memo_record_get_text (record, MEMO_ANNOTATION_EXACT);
      g_autofree char *quote = memo_text_collapse (exact ? exact : "");
      g_autofree char *target = g_strconcat ("memo:annotation/", uuid, NULL);

      /* Translators: a quote in a note, and the link to its place: %1$s is the quote, %2$s the source, %3$s the address */
      return g_strdup_printf (_ ("“%1$s” ([%2$s](%3$s))"), quote, label, target);
    }
  return g_strdup_printf ("[%s](memo:%s/%s)", title[0] ? title : memo_word_record (kind), memo_kind_get_name (kind),
                          uuid);
}

typedef struct
{
  MemoSession *session;
  MemoNoteEditor *editor;
  MemoRecord *record;
} Insertion;

static void
insertion_free (Insertion *insertion)
{
  g_object_unref (insertion->session);
  g_object_unref (insertion->editor);
  g_clear_object (&insertion->record);
  g_free (insertion);
}

static void
insert_record (Insertion *insertion, MemoLibrary *library, MemoRecord *article)
{
  g_autofree char *text = memo_note_link_text (memo_library_get_index (library), insertion->record, article);

  memo_note_editor_insert (insertion->editor, text);
}

static void
article_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Insertion *insertion = user_data;
  g_autoptr (MemoRecord) article = memo_library_get_finish (MEMO_LIBRARY (source), result, NULL);

  /* Without its article a passage is still linked, by its own words. */
  insert_record (insertion, MEMO_LIBRARY (source), article);
  insertion_free (insertion);
}

static void
record_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Insertion *insertion = user_data;
  g_autoptr (GError) error = NULL;
  const char *article;

  insertion->record = memo_library_get_finish (MEMO_LIBRARY (source), result, &error);
  if (insertion->record == NULL)
    {
      memo_session_toast (insertion->session, error->message, FALSE);
      insertion_free (insertion);
      return;
    }
  article = memo_record_get_kind (insertion->record) == MEMO_KIND_ANNOTATION
                ? memo_record_get_text (insertion->record, MEMO_ANNOTATION_ARTICLE)
                : NULL;
  if (article)
    {
      /* Whole: a citation names the paragraph. */
      memo_library_get_async (MEMO_LIBRARY (source), article, TRUE, NULL, article_cb, insertion);
      return;
    }
  insert_record (insertion, MEMO_LIBRARY (source), NULL);
  insertion_free (insertion);
}

static void
insert (Link *link, const char *uuid)
{
  MemoLibrary *library = memo_session_get_library (link->session);
  Insertion *insertion = g_new0 (Insertion, 1);

  insertion->session = g_object_ref (link->session);
  insertion->editor = g_object_ref (link->editor);
  memo_library_get_async (library, uuid, FALSE, NULL, record_cb, insertion);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (link->button));
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, Link *link)
{
  insert (link, g_object_get_data (G_OBJECT (row), "uuid"));
}

static void
add_row (Link *link, MemoKind kind, const char *uuid, const char *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *line = memo_text_collapse (title ? title : "");
  GtkWidget *name = gtk_label_new (line);
  GtkWidget *what = gtk_label_new (memo_word_record (kind));

  for (guint i = 0; i < 2; i++)
    {
      GtkLabel *label = GTK_LABEL (i ? what : name);

      gtk_label_set_xalign (label, 0);
      gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (label, 44);
    }
  gtk_widget_add_css_class (what, "dim-label");
  gtk_widget_add_css_class (what, "caption");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), what);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "uuid", g_strdup (uuid), g_free);
  gtk_list_box_append (GTK_LIST_BOX (link->list), row);
}

static void
clear (Link *link)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (link->list)) && GTK_IS_LIST_BOX_ROW (row))
    gtk_list_box_remove (GTK_LIST_BOX (link->list), row);
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) button = user_data;
  Link *link = g_object_get_data (G_OBJECT (button), "memo-link");
  g_autoptr (MemoRecord) record = memo_library_get_finish (MEMO_LIBRARY (source), result, NULL);

  if (record && memo_record_get_deleted (record) == 0)
    {
      clear (link);
      add_row (link, memo_record_get_kind (record), memo_record_get_uuid (record), memo_record_get_title (record));
    }
}

static void
hits_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) button = user_data;
  Link *link = g_object_get_data (G_OBJECT (button), "memo-link");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = memo_library_search_finish (MEMO_LIBRARY (source), result, &error);

  if (hits == NULL)
    return;
  clear (link);
  for (guint i = 0; i < hits->len; i++)
    {
      MemoHit *hit = g_ptr_array_index (hits, i);

      if (hit->kind != MEMO_KIND_SECTOR)
        add_row (link, hit->kind, hit->uuid, hit->title);
    }
}

/* Nothing typed: the record of the details pane is offered. */
static void
search (Link *link)
{
  MemoLibrary *library = memo_session_get_library (link->session);
  const char *words = gtk_editable_get_text (GTK_EDITABLE (link->entry));

  if (link->cancellable)
    g_cancellable_cancel (link->cancellable);
  g_clear_object (&link->cancellable);
  link->cancellable = g_cancellable_new ();
  if (library == NULL)
    return;
  if (words[0])
    memo_library_search_async (library, words, TRUE, NULL, 20, link->cancellable, hits_cb, g_object_ref (link->button));
  else
    {
      clear (link);
      if (memo_session_get_shown (link->session))
        memo_library_get_async (library, memo_session_get_shown (link->session), FALSE, link->cancellable, shown_cb,
                                g_object_ref (link->button));
    }
}

static void
enter_cb (Link *link)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (link->list), 0);

  if (row)
    insert (link, g_object_get_data (G_OBJECT (row), "uuid"));
}

static void
show_cb (Link *link)
{
  gtk_editable_set_text (GTK_EDITABLE (link->entry), "");
  search (link);
  gtk_widget_grab_focus (link->entry);
}

GtkWidget *
memo_note_link_new (MemoSession *session, MemoNoteEditor *editor)
{
  Link *link = g_new0 (Link, 1);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *empty = gtk_label_new (_ ("Select an annotation or an agreement, or type some of its words."));

  link->session = g_object_ref (session);
  link->editor = editor; /* beside the button */
  link->button = gtk_menu_button_new ();
  link->entry = gtk_search_entry_new ();
  link->list = gtk_list_box_new ();
  g_object_set_data_full (G_OBJECT (link->button), "memo-link", link, link_free);
  g_object_set (link->entry, "placeholder-text", _ ("Words of the record"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (link->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Words of the record"), -1);
  gtk_label_set_wrap (GTK_LABEL (empty), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (empty), 36);
  gtk_widget_add_css_class (empty, "dim-label");
  gtk_list_box_set_placeholder (GTK_LIST_BOX (link->list), empty);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (link->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (link->list, "memo-filter-list");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 120);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 320);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), link->list);
  gtk_box_append (GTK_BOX (box), link->entry);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_widget_set_size_request (box, 320, -1);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (link->button), popover);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (link->button), _ ("Insert Link…"));
  gtk_widget_add_css_class (link->button, "flat");
  g_signal_connect_swapped (popover, "show", G_CALLBACK (show_cb), link);
  g_signal_connect_swapped (link->entry, "search-changed", G_CALLBACK (search), link);
  g_signal_connect_swapped (link->entry, "activate", G_CALLBACK (enter_cb), link);
  g_signal_connect (link->list, "row-activated", G_CALLBACK (activated_cb), link);
  return link->button;
}
