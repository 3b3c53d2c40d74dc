#include "memo-reader-find.h"

#include <glib/gi18n.h>

#include "base/memo-text.h"
#include "memo-reader-buffer.h"

/* Marked in the text; further matches are counted and reached, but not marked. */
#define MAX_MARKED 2000

struct _MemoReaderFind
{
  GtkWidget parent_instance;
  GtkTextView *view;
  GtkWidget *revealer, *entry, *count, *previous, *next;
  GArray *keys;    /* of gunichar: the text under memo_char_key(), made at the first search */
  GArray *places;  /* of int: place in the buffer of each key */
  GArray *matches; /* of int pairs: from, to */
  int current;     /* -1: none */
};

G_DEFINE_FINAL_TYPE (MemoReaderFind, memo_reader_find, GTK_TYPE_WIDGET)

static void
show_count (MemoReaderFind *self)
{
  guint n = self->matches->len / 2;
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *text = NULL;

  if (words[0] == '\0')
    text = g_strdup ("");
  else if (n == 0)
    text = g_strdup (_ ("Not found"));
  else if (self->current >= 0)
    /* Translators: which match of the words that are looked for, of how many */
    text = g_strdup_printf (_ ("%d of %u"), self->current + 1, n);
  else
    text = g_strdup_printf (ngettext ("%u match", "%u matches", n), n);
  gtk_label_set_text (GTK_LABEL (self->count), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->count), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_sensitive (self->previous, n > 0);
  gtk_widget_set_sensitive (self->next, n > 0);
  if (words[0] && n == 0)
    gtk_widget_add_css_class (self->entry, "error");
  else
    gtk_widget_remove_css_class (self->entry, "error");
}

static void
add_keys (GArray *keys, GArray *places, const char *text)
{
  int at = 0;

  for (const char *p = text; *p; p = g_utf8_next_char (p), at++)
    {
      gunichar key = memo_char_key (g_utf8_get_char (p));

      if (key == 0)
        continue;
      if (g_unichar_isspace (key))
        {
          key = ' ';
          if (keys->len > 0 && g_array_index (keys, gunichar, keys->len - 1) == ' ')
            continue;
        }
      g_array_append_val (keys, key);
      if (places)
        g_array_append_val (places, at);
    }
}

static GtkTextTag *
get_tag (GtkTextBuffer *buffer)
{
  GtkTextTagTable *table = gtk_text_buffer_get_tag_table (buffer);
  GtkTextTag *tag = gtk_text_tag_table_lookup (table, "found");

  /* Background alone, as for highlights. */
  if (tag == NULL)
    tag = gtk_text_buffer_create_tag (buffer, "found", "background-rgba", &((GdkRGBA){ 1.0, 0.55, 0.1, 0.45 }), NULL);
  gtk_text_tag_set_priority (tag, gtk_text_tag_table_get_size (table) - 1);
  return tag;
}

static void
unmark (MemoReaderFind *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter from, to;

  if (self->matches->len == 0)
    return;
  gtk_text_buffer_get_bounds (buffer, &from, &to);
  gtk_text_buffer_remove_tag (buffer, get_tag (buffer), &from, &to);
  g_array_set_size (self->matches, 0);
  self->current = -1;
}

static void
search (MemoReaderFind *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  g_autoptr (GArray) needle = g_array_new (FALSE, FALSE, sizeof (gunichar));
  g_autofree char *words = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  const gunichar *keys;

  unmark (self);
  add_keys (needle, NULL, g_strstrip (words));
  if (needle->len > 0 && self->keys == NULL)
    {
      GtkTextIter from, to;
      g_autofree char *text = NULL;

      if (MEMO_IS_READER_BUFFER (buffer))
        memo_reader_buffer_fill (MEMO_READER_BUFFER (buffer), G_MAXINT);
      gtk_text_buffer_get_bounds (buffer, &from, &to);
      text = gtk_text_buffer_get_slice (buffer, &from, &to, TRUE);
      self->keys = g_array_new (FALSE, FALSE, sizeof (gunichar));
      self->places = g_array_new (FALSE, FALSE, sizeof (int));
      add_keys (self->keys, self->places, text);
    }
  if (needle->len == 0)
    {
      show_count (self);
      return;
    }
  keys = (const gunichar *) (gpointer) self->keys->data;
  for (guint i = 0; i + needle->len <= self->keys->len; i++)
    {
      int place[2];

      if (keys[i] != g_array_index (needle, gunichar, 0) ||
          memcmp (keys + i, needle->data, needle->len * sizeof (gunichar)) != 0)
        continue;
      place[0] = g_array_index (self->places, int, i);
      place[1] = g_array_index (self->places, int, i + needle->len - 1) + 1;
      g_array_append_vals (self->matches, place, 2);
      if (self->matches->len <= 2 * MAX_MARKED)
        {
          GtkTextIter from, to;

          gtk_text_buffer_get_iter_at_offset (buffer, &from, place[0]);
          gtk_text_buffer_get_iter_at_offset (buffer, &to, place[1]);
          gtk_text_buffer_apply_tag (buffer, get_tag (buffer), &from, &to);
        }
      i += needle->len - 1;
    }
  show_count (self);
}

void
memo_reader_find_step (MemoReaderFind *self, gboolean forward)
{
  GtkTextBuffer *buffer;
  GtkTextIter from, to;
  int n, at;

  g_return_if_fail (MEMO_IS_READER_FIND (self));
  n = self->matches->len / 2;
  if (n == 0)
    return;
  buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_buffer_get_selection_bounds (buffer, &from, &to);
  at = gtk_text_iter_get_offset (forward ? &to : &from);
  if (forward)
    {
      for (self->current = 0; self->current < n; self->current++)
        if (g_array_index (self->matches, int, 2 * self->current) >= at)
          break;
      if (self->current == n)
        self->current = 0;
    }
  else
    {
      for (self->current = n - 1; self->current >= 0; self->current--)
        if (g_array_index (self->matches, int, 2 * self->current + 1) <= at)
          break;
      if (self->current < 0)
        self->current = n - 1;
    }
  gtk_text_buffer_get_iter_at_offset (buffer, &from, g_array_index (self->matches, int, 2 * self->current));
  gtk_text_buffer_get_iter_at_offset (buffer, &to, g_array_index (self->matches, int, 2 * self->current + 1));
  gtk_text_buffer_select_range (buffer, &from, &to);
  gtk_text_view_scroll_to_mark (self->view, gtk_text_buffer_get_insert (buffer), 0.1, TRUE, 0.5, 0.3);
  show_count (self);
}

static void
changed_cb (MemoReaderFind *self)
{
  search (self);
}

static void
activate_cb (MemoReaderFind *self)
{
  memo_reader_find_step (self, TRUE);
}

static void
previous_cb (MemoReaderFind *self)
{
  memo_reader_find_step (self, FALSE);
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, MemoReaderFind *self)
{
  if (keyval == GDK_KEY_Escape)
    {
      memo_reader_find_close (self);
      return TRUE;
    }
  if (keyval == GDK_KEY_Return && (state & GDK_SHIFT_MASK))
    {
      memo_reader_find_step (self, FALSE);
      return TRUE;
    }
  return FALSE;
}

static GtkWidget *
add_icon (GtkWidget *box, const char *icon, const char *tooltip, GCallback clicked, MemoReaderFind *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
memo_reader_find_dispose (GObject *object)
{
  MemoReaderFind *self = MEMO_READER_FIND (object);

  g_clear_pointer (&self->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (memo_reader_find_parent_class)->dispose (object);
}

static void
memo_reader_find_finalize (GObject *object)
{
  MemoReaderFind *self = MEMO_READER_FIND (object);

  g_clear_pointer (&self->keys, g_array_unref);
  g_clear_pointer (&self->places, g_array_unref);
  g_clear_pointer (&self->matches, g_array_unref);
  G_OBJECT_CLASS (memo_reader_find_parent_class)->finalize (object);
}

static void
memo_reader_find_class_init (MemoReaderFindClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = memo_reader_find_dispose;
  G_OBJECT_CLASS (klass)->finalize = memo_reader_find_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_SEARCH);
}

static void
memo_reader_find_init (MemoReaderFind *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->matches = g_array_new (FALSE, FALSE, sizeof (int));
  self->current = -1;
  self->revealer = gtk_revealer_new ();
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), box);
  gtk_widget_add_css_class (box, "memo-reader-find");

  self->entry = gtk_search_entry_new ();
  gtk_widget_set_hexpand (self->entry, TRUE);
  g_object_set (self->entry, "placeholder-text", _ ("Find in the article"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Find in the article"), -1);
  gtk_box_append (GTK_BOX (box), self->entry);
  self->count = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->count, "dim-label");
  gtk_widget_add_css_class (self->count, "memo-count");
  gtk_box_append (GTK_BOX (box), self->count);
  self->previous = add_icon (box, "go-up-symbolic", _ ("Previous match"), G_CALLBACK (previous_cb), self);
  self->next = add_icon (box, "go-down-symbolic", _ ("Next match"), G_CALLBACK (activate_cb), self);
  add_icon (box, "window-close-symbolic", _ ("Close the search"), G_CALLBACK (memo_reader_find_close), self);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->revealer, keys);
  g_signal_connect_swapped (self->entry, "search-changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (activate_cb), self);
  show_count (self);
}

MemoReaderFind *
memo_reader_find_new (GtkTextView *view)
{
  MemoReaderFind *self = g_object_new (MEMO_TYPE_READER_FIND, NULL);

  self->view = view; /* its sibling */
  return self;
}

void
memo_reader_find_open (MemoReaderFind *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter from, to;

  g_return_if_fail (MEMO_IS_READER_FIND (self));
  buffer = gtk_text_view_get_buffer (self->view);
  if (gtk_text_buffer_get_selection_bounds (buffer, &from, &to) &&
      gtk_text_iter_get_line (&from) == gtk_text_iter_get_line (&to) &&
      gtk_text_iter_get_offset (&to) - gtk_text_iter_get_offset (&from) < 100)
    {
      g_autofree char *words = gtk_text_buffer_get_slice (buffer, &from, &to, FALSE);

      gtk_editable_set_text (GTK_EDITABLE (self->entry), words);
    }
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
  gtk_widget_grab_focus (self->entry);
  search (self);
}

gboolean
memo_reader_find_is_open (MemoReaderFind *self)
{
  g_return_val_if_fail (MEMO_IS_READER_FIND (self), FALSE);
  return gtk_revealer_get_reveal_child (GTK_REVEALER (self->revealer));
}

void
memo_reader_find_close (MemoReaderFind *self)
{
  g_return_if_fail (MEMO_IS_READER_FIND (self));
  unmark (self);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

void
memo_reader_find_reset (MemoReaderFind *self)
{
  g_return_if_fail (MEMO_IS_READER_FIND (self));
  g_clear_pointer (&self->keys, g_array_unref);
  g_clear_pointer (&self->places, g_array_unref);
  g_array_set_size (self->matches, 0);
  self->current = -1;
  if (memo_reader_find_is_open (self))
    search (self);
}

guint
memo_reader_find_get_n (MemoReaderFind *self)
{
  g_return_val_if_fail (MEMO_IS_READER_FIND (self), 0);
  return self->matches->len / 2;
}

void
memo_reader_find_set_words (MemoReaderFind *self, const char *words)
{
  g_return_if_fail (MEMO_IS_READER_FIND (self));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), words);
  search (self);
}
