#include "memo-reader-editors.h"

#include <glib/gi18n.h>

#include "base/memo-text.h"
#include "model/memo-words.h"

typedef struct
{
  GtkWidget *popover, *entry, *list;
  MemoSession *session;
  GHashTable *chosen; /* sectors: set of UUIDs */
  GStrv before;
  GStrv (*get) (gpointer editor);
  MemoEditorDone done;
  gpointer user_data;
  GDestroyNotify free_data;
  gboolean cancelled, over;
} Editor;

static void
editor_free (Editor *editor)
{
  if (editor->free_data)
    editor->free_data (editor->user_data);
  g_clear_object (&editor->session);
  g_clear_pointer (&editor->chosen, g_hash_table_unref);
  g_strfreev (editor->before);
  g_free (editor);
}

static gboolean
unparent_cb (gpointer popover)
{
  if (gtk_widget_get_parent (popover))
    gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

static void
closed_cb (GtkWidget *popover, Editor *editor)
{
  g_auto (GStrv) values = NULL;
  GtkWidget *parent = gtk_widget_get_parent (popover);

  if (editor->over)
    return;
  editor->over = TRUE;
  values = editor->get (editor);

  if (!editor->cancelled && !g_strv_equal ((const char *const *) values, (const char *const *) editor->before))
    editor->done ((const char *const *) values, editor->user_data);
  /* Not while the popover still closes. */
  g_idle_add_full (G_PRIORITY_DEFAULT, unparent_cb, g_object_ref (popover), g_object_unref);
  if (parent && gtk_widget_get_mapped (parent))
    gtk_widget_grab_focus (parent);
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, Editor *editor)
{
  if (keyval == GDK_KEY_Escape)
    {
      editor->cancelled = TRUE;
      gtk_popover_popdown (GTK_POPOVER (editor->popover));
      return TRUE;
    }
  if ((keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter) && (state & GDK_CONTROL_MASK))
    {
      gtk_popover_popdown (GTK_POPOVER (editor->popover));
      return TRUE;
    }
  return FALSE;
}

static Editor *
editor_new (GtkWidget *parent,
            const GdkRectangle *at,
            GtkWidget *box,
            MemoEditorDone done,
            gpointer user_data,
            GDestroyNotify free_data)
{
  Editor *editor = g_new0 (Editor, 1);
  GtkEventController *keys = gtk_event_controller_key_new ();

  editor->done = done;
  editor->user_data = user_data;
  editor->free_data = free_data;
  editor->popover = gtk_popover_new ();
  gtk_widget_add_css_class (editor->popover, "memo-reader-editor");
  gtk_popover_set_child (GTK_POPOVER (editor->popover), box);
  gtk_popover_set_pointing_to (GTK_POPOVER (editor->popover), at);
  gtk_popover_set_position (GTK_POPOVER (editor->popover), GTK_POS_BOTTOM);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), editor);
  gtk_widget_add_controller (editor->popover, keys);
  g_signal_connect (editor->popover, "closed", G_CALLBACK (closed_cb), editor);
  g_object_set_data_full (G_OBJECT (editor->popover), "memo-editor", editor, (GDestroyNotify) editor_free);
  gtk_widget_set_parent (editor->popover, parent);
  return editor;
}

static void
close_cb (Editor *editor)
{
  gtk_popover_popdown (GTK_POPOVER (editor->popover));
}

static GtkWidget *
make_box (const char *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_size_request (box, 300, -1);
  return box;
}

static void
add_done (GtkWidget *box, Editor *editor, const char *hint)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (hint);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Save"));

  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (close_cb), editor);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), button);
  gtk_box_append (GTK_BOX (box), row);
}

static GtkWidget *
make_scroller (GtkWidget *child, int height)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), height);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), height * 2);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);
  return scroller;
}

/* --- comment --- */

static GStrv
get_comment (gpointer data)
{
  Editor *editor = data;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (editor->entry));
  GtkTextIter from, to;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &from, &to);
  text = g_strstrip (gtk_text_buffer_get_text (buffer, &from, &to, TRUE));
  return g_strsplit (text, "\x1f", 1);
}

void
memo_reader_edit_comment (GtkWidget *parent,
                          const GdkRectangle *at,
                          const char *comment,
                          MemoEditorDone done,
                          gpointer user_data,
                          GDestroyNotify free_data)
{
  GtkWidget *box = make_box (_ ("Comment"));
  Editor *editor = editor_new (parent, at, box, done, user_data, free_data);
  GtkWidget *scroller;

  editor->get = get_comment;
  editor->entry = gtk_text_view_new ();
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (editor->entry), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (editor->entry), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (editor->entry), 8);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (editor->entry), 8);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (editor->entry), 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (editor->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Comment"), -1);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (editor->entry)), comment ? comment : "", -1);
  scroller = make_scroller (editor->entry, 96);
  gtk_widget_add_css_class (scroller, "memo-comment-frame");
  gtk_box_append (GTK_BOX (box), scroller);
  add_done (box, editor, _ ("Ctrl+Enter saves"));
  editor->before = get_comment (editor);
  gtk_popover_popup (GTK_POPOVER (editor->popover));
  gtk_widget_grab_focus (editor->entry);
}

/* --- tags --- */

GStrv
memo_reader_split_tags (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text ? text : "", ",;\n", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; parts[i]; i++)
    {
      g_autofree char *tag = memo_text_collapse (parts[i]);
      const char *word = tag[0] == '#' ? tag + 1 : tag;

      if (word[0] && g_hash_table_add (seen, g_strdup (word)))
        g_strv_builder_add (builder, word);
    }
  return g_strv_builder_end (builder);
}

static GStrv
get_tags (gpointer data)
{
  Editor *editor = data;

  return memo_reader_split_tags (gtk_editable_get_text (GTK_EDITABLE (editor->entry)));
}

static gboolean
filter_tag (GtkListBoxRow *row, gpointer user_data)
{
  Editor *editor = user_data;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (editor->entry));
  const char *comma = strrchr (text, ',');
  g_autofree char *last = g_strstrip (g_strdup (comma ? comma + 1 : text));
  g_autofree char *wanted = memo_text_key (last);
  g_autofree char *key = memo_text_key (g_object_get_data (G_OBJECT (row), "value"));
  g_auto (GStrv) tags = get_tags (editor);

  if (g_strv_contains ((const char *const *) tags, g_object_get_data (G_OBJECT (row), "value")))
    return FALSE;
  return wanted[0] == '\0' || strstr (key, wanted) != NULL;
}

static void
tag_typed_cb (Editor *editor)
{
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (editor->list));
}

static void
tag_chosen_cb (GtkListBox *list, GtkListBoxRow *row, Editor *editor)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (editor->entry));
  const char *comma = strrchr (text, ',');
  g_autofree char *kept = comma ? g_strndup (text, comma - text + 1) : g_strdup ("");
  g_autofree char *now =
      g_strconcat (kept, kept[0] ? " " : "", g_object_get_data (G_OBJECT (row), "value"), ", ", NULL);

  gtk_editable_set_text (GTK_EDITABLE (editor->entry), now);
  gtk_widget_grab_focus (editor->entry);
  gtk_editable_set_position (GTK_EDITABLE (editor->entry), -1);
}

static GtkWidget *
add_row (GtkWidget *list, GtkWidget *child, const char *value)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);
  g_object_set_data_full (G_OBJECT (row), "value", g_strdup (value), g_free);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return row;
}

void
memo_reader_edit_tags (GtkWidget *parent,
                       const GdkRectangle *at,
                       MemoSession *session,
                       const char *const *tags,
                       MemoEditorDone done,
                       gpointer user_data,
                       GDestroyNotify free_data)
{
  GtkWidget *box = make_box (_ ("Tags"));
  Editor *editor = editor_new (parent, at, box, done, user_data, free_data);
  MemoSelection *selection = memo_session_get_selection (session);
  g_autofree char *text = g_strjoinv (", ", (char **) tags);
  g_autofree char *start = text[0] ? g_strconcat (text, ", ", NULL) : g_strdup ("");
  GArray *facet = selection ? memo_selection_get_facet (selection, MEMO_FACET_TAG) : NULL;

  editor->get = get_tags;
  editor->session = g_object_ref (session);
  editor->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (editor->entry), _ ("Tags, with commas between"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (editor->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Tags"), -1);
  gtk_editable_set_text (GTK_EDITABLE (editor->entry), start);
  gtk_box_append (GTK_BOX (box), editor->entry);

  editor->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (editor->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (editor->list, "memo-filter-list");
  for (guint i = 0; facet && i < facet->len && i < 200; i++)
    {
      const char *tag = g_array_index (facet, MemoFacetCount, i).value;
      GtkWidget *label = gtk_label_new (tag);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      add_row (editor->list, label, tag);
    }
  editor->before = get_tags (editor);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (editor->list), filter_tag, editor, NULL);
  g_signal_connect_swapped (editor->entry, "changed", G_CALLBACK (tag_typed_cb), editor);
  g_signal_connect_swapped (editor->entry, "activate", G_CALLBACK (close_cb), editor);
  g_signal_connect (editor->list, "row-activated", G_CALLBACK (tag_chosen_cb), editor);
  if (facet && facet->len > 0)
    gtk_box_append (GTK_BOX (box), make_scroller (editor->list, 90));
  else
    g_object_ref_sink (editor->list),
        g_object_set_data_full (G_OBJECT (editor->popover), "list", editor->list, g_object_unref);
  add_done (box, editor, _ ("Enter saves"));
  gtk_popover_popup (GTK_POPOVER (editor->popover));
  gtk_widget_grab_focus (editor->entry);
  gtk_editable_set_position (GTK_EDITABLE (editor->entry), -1);
}

/* --- sectors --- */

/* In the order of the tree, so that equal choices are equal lists. */
static GStrv
get_sectors (gpointer data)
{
  Editor *editor = data;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  MemoLibrary *library = memo_session_get_library (editor->session);
  GPtrArray *sectors = library ? memo_index_get_records (memo_library_get_index (library), MEMO_KIND_SECTOR) : NULL;

  for (guint i = 0; sectors && i < sectors->len; i++)
    {
      const char *uuid = memo_record_get_uuid (g_ptr_array_index (sectors, i));

      if (g_hash_table_contains (editor->chosen, uuid))
        g_strv_builder_add (builder, uuid);
    }
  return g_strv_builder_end (builder);
}

static gboolean
filter_sector (GtkListBoxRow *row, gpointer user_data)
{
  Editor *editor = user_data;
  g_autofree char *wanted = memo_text_key (gtk_editable_get_text (GTK_EDITABLE (editor->entry)));

  return wanted[0] == '\0' || strstr (g_object_get_data (G_OBJECT (row), "key"), wanted) != NULL;
}

static void
sector_toggled_cb (GtkCheckButton *check, Editor *editor)
{
  const char *uuid = g_object_get_data (G_OBJECT (check), "value");

  if (gtk_check_button_get_active (check))
    g_hash_table_add (editor->chosen, g_strdup (uuid));
  else
    g_hash_table_remove (editor->chosen, uuid);
}

static void
sector_row_cb (GtkListBox *list, GtkListBoxRow *row, Editor *editor)
{
  GtkCheckButton *check = GTK_CHECK_BUTTON (gtk_list_box_row_get_child (row));

  gtk_check_button_set_active (check, !gtk_check_button_get_active (check));
}

/* Enter takes the first sector that fits what was typed; with nothing typed it is done. */
static void
sector_enter_cb (Editor *editor)
{
  if (gtk_editable_get_text (GTK_EDITABLE (editor->entry))[0])
    for (int i = 0;; i++)
      {
        GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (editor->list), i);

        if (row == NULL)
          break;
        if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
          {
            gtk_check_button_set_active (GTK_CHECK_BUTTON (gtk_list_box_row_get_child (row)), TRUE);
            break;
          }
      }
  gtk_popover_popdown (GTK_POPOVER (editor->popover));
}

static guint
get_depth (MemoIndex *index, MemoRecord *sector)
{
  guint depth = 0;

  while (depth < 6)
    {
      const char *parent = memo_record_get_text (sector, MEMO_SECTOR_PARENT);

      sector = parent ? memo_index_get_record (index, MEMO_KIND_SECTOR, parent) : NULL;
      if (sector == NULL)
        break;
      depth++;
    }
  return depth;
}

void
memo_reader_edit_sectors (GtkWidget *parent,
                          const GdkRectangle *at,
                          MemoSession *session,
                          const char *const *sectors,
                          MemoEditorDone done,
                          gpointer user_data,
                          GDestroyNotify free_data)
{
  GtkWidget *box = make_box (_ ("Sectors"));
  Editor *editor = editor_new (parent, at, box, done, user_data, free_data);
  MemoIndex *index = memo_library_get_index (memo_session_get_library (session));
  GPtrArray *all = memo_index_get_records (index, MEMO_KIND_SECTOR);

  editor->get = get_sectors;
  editor->session = g_object_ref (session);
  editor->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; sectors[i]; i++)
    g_hash_table_add (editor->chosen, g_strdup (sectors[i]));
  editor->before = get_sectors (editor);
  editor->entry = gtk_search_entry_new ();
  g_object_set (editor->entry, "placeholder-text", _ ("Name or code of a sector"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (editor->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name or code of a sector"), -1);
  gtk_box_append (GTK_BOX (box), editor->entry);

  editor->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (editor->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (editor->list, "memo-filter-list");
  for (guint i = 0; all && i < all->len; i++)
    {
      MemoRecord *sector = g_ptr_array_index (all, i);
      const char *uuid = memo_record_get_uuid (sector);
      const char *code = memo_record_get_text (sector, MEMO_SECTOR_CODE);
      const char *names = memo_record_get_text (sector, MEMO_SECTOR_NAMES);
      g_autofree char *name = memo_word_name (index, MEMO_KIND_SECTOR, uuid);
      g_autofree char *words = g_strconcat (code ? code : "", " ", name ? name : "", " ", names ? names : "", NULL);
      GtkWidget *check = gtk_check_button_new_with_label (name ? name : code);
      GtkWidget *row;

      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), g_hash_table_contains (editor->chosen, uuid));
      gtk_widget_set_margin_start (check, 6 + 18 * get_depth (index, sector));
      g_object_set_data_full (G_OBJECT (check), "value", g_strdup (uuid), g_free);
      g_signal_connect (check, "toggled", G_CALLBACK (sector_toggled_cb), editor);
      row = add_row (editor->list, check, uuid);
      g_object_set_data_full (G_OBJECT (row), "key", memo_text_key (words), g_free);
    }
  gtk_list_box_set_filter_func (GTK_LIST_BOX (editor->list), filter_sector, editor, NULL);
  g_signal_connect_swapped (editor->entry, "search-changed", G_CALLBACK (tag_typed_cb), editor);
  g_signal_connect_swapped (editor->entry, "activate", G_CALLBACK (sector_enter_cb), editor);
  g_signal_connect (editor->list, "row-activated", G_CALLBACK (sector_row_cb), editor);
  gtk_box_append (GTK_BOX (box), make_scroller (editor->list, 180));
  add_done (box, editor, _ ("Enter takes the first"));
  gtk_popover_popup (GTK_POPOVER (editor->popover));
  gtk_widget_grab_focus (editor->entry);
}
