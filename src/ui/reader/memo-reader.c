#include "memo-reader-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/memo-language.h"
#include "memo-reader-look.h"
#include "memo-reader-outline.h"
#include "model/memo-words.h"
#include "ui/memo-settings.h"

G_DEFINE_FINAL_TYPE (MemoReader, memo_reader, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_TITLE,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

static const char *const looks[] = { "memo-light", "memo-sepia", "memo-dark" };

static void
set_title (MemoReader *self, const char *title)
{
  g_autofree char *text = g_strdup (title && title[0] ? title : _ ("Untitled article"));

  if (g_strcmp0 (self->title, text) == 0)
    return;
  g_free (self->title);
  self->title = g_steal_pointer (&text);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TITLE]);
}

static void
apply_look (MemoReader *self)
{
  g_autofree char *theme = memo_settings_get_string ("reader-theme");
  int size = CLAMP (memo_settings_get_int ("reader-size"), 70, 200) / 10 * 10;
  int width = CLAMP (memo_settings_get_int ("reader-width"), 300, 2000);
  double spacing = CLAMP (memo_settings_get_double ("reader-spacing"), 1.0, 3.0);
  gboolean dark = g_str_equal (theme, "dark") || (!g_str_equal (theme, "light") && !g_str_equal (theme, "sepia") &&
                                                  adw_style_manager_get_dark (adw_style_manager_get_default ()));
  const char *look = dark ? "memo-dark" : (g_str_equal (theme, "sepia") ? "memo-sepia" : "memo-light");
  g_autofree char *size_class = g_strdup_printf ("memo-size-%d", size);
  /* A size of 100 is 12.5 points. A serif's own line is 1.36 of it; a spacing of 1.5 makes it 1.62, as books do. */
  double em = 12.5 * 96 / 72 * size / 100;
  int room = (int) MAX (0, (spacing * 1.08 - 1.36) * em + 0.5);
  int gap = (int) (em * 0.6);

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (g_str_equal (looks[i], look))
      gtk_widget_add_css_class (GTK_WIDGET (self), looks[i]);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (self), looks[i]);
  for (int i = 70; i <= 200; i += 10)
    {
      g_autofree char *other = g_strdup_printf ("memo-size-%d", i);

      if (i != size)
        gtk_widget_remove_css_class (GTK_WIDGET (self->text), other);
    }
  gtk_widget_add_css_class (GTK_WIDGET (self->text), size_class);
  /* The width is given for a text of 14 points: 680 pixels are 70 to 75 letters. */
  memo_reader_page_set_column (self->page, width * size / 112);
  gtk_text_view_set_pixels_inside_wrap (GTK_TEXT_VIEW (self->text), room);
  gtk_text_view_set_pixels_above_lines (GTK_TEXT_VIEW (self->text), room / 2 + gap);
  gtk_text_view_set_pixels_below_lines (GTK_TEXT_VIEW (self->text), room / 2);
  self->dark = dark;
  memo_reader_text_set_dark (self->text, dark);
  if (self->highlights)
    memo_reader_highlights_set_dark (self->highlights, dark);
  if (self->buffer)
    memo_reader_buffer_set_spacing (self->buffer, gap + room / 2);
}

static void
look_changed_cb (MemoReader *self, const char *key)
{
  if (key == NULL || g_str_has_prefix (key, "reader-"))
    apply_look (self);
}

static void
shown_cb (MemoReader *self)
{
  memo_reader_text_set_selected (self->text, memo_session_get_shown (self->session));
}

static void
notice_cb (MemoReader *self, MemoNotice *notice)
{
  memo_reader_notice (self, notice);
}

static void
library_cb (MemoReader *self)
{
  MemoLibrary *library = memo_session_get_library (self->session);

  if (library == self->library)
    return;
  g_clear_signal_handler (&self->changed_id, self->library);
  g_set_object (&self->library, library);
  if (library)
    self->changed_id = g_signal_connect_object (library, "changed", G_CALLBACK (notice_cb), self, G_CONNECT_SWAPPED);
}

/* --- the bar --- */

static gboolean
bar_cb (gpointer user_data)
{
  MemoReader *self = user_data;
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  glong start, end;

  if (native)
    {
      GdkSurface *surface = gtk_native_get_surface (native);
      GdkSeat *seat = gdk_display_get_default_seat (gdk_surface_get_display (surface));
      GdkModifierType state = 0;

      if (seat && gdk_seat_get_pointer (seat))
        gdk_surface_get_device_position (surface, gdk_seat_get_pointer (seat), NULL, NULL, &state);
      /* Still dragging. */
      if (state & GDK_BUTTON1_MASK)
        return G_SOURCE_CONTINUE;
    }
  self->bar_id = 0;
  if (self->buffer && gtk_widget_has_focus (GTK_WIDGET (self->text)) &&
      memo_reader_buffer_get_passage (self->buffer, &start, &end))
    memo_reader_page_set_bar (self->page, start, end);
  return G_SOURCE_REMOVE;
}

static void
selection_cb (MemoReader *self)
{
  memo_reader_page_set_bar (self->page, -1, -1);
  g_clear_handle_id (&self->bar_id, g_source_remove);
  if (self->buffer && gtk_text_buffer_get_has_selection (GTK_TEXT_BUFFER (self->buffer)))
    self->bar_id = g_timeout_add (200, bar_cb, self);
}

static void
mark_set_cb (MemoReader *self, GtkTextIter *iter, GtkTextMark *mark)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);

  if (mark == gtk_text_buffer_get_insert (buffer) || mark == gtk_text_buffer_get_selection_bound (buffer))
    selection_cb (self);
}

/* --- places --- */

/* First character of the text that can be seen; -1 at the top. */
static glong
get_place (MemoReader *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->text);
  GdkRectangle visible;
  GtkTextIter iter;

  if (self->buffer == NULL || !gtk_widget_get_mapped (GTK_WIDGET (view)))
    return -1;
  gtk_text_view_get_visible_rect (view, &visible);
  if (visible.y <= 4)
    return 0;
  gtk_text_view_get_iter_at_location (view, &iter, gtk_text_view_get_left_margin (view), visible.y + 4);
  return MAX (memo_reader_buffer_to_text (self->buffer, gtk_text_iter_get_offset (&iter)), 0);
}

void
memo_reader_keep_place (MemoReader *self)
{
  glong place;

  g_return_if_fail (MEMO_IS_READER (self));
  g_clear_handle_id (&self->place_id, g_source_remove);
  place = get_place (self);
  if (place < 0)
    return;
  self->place = place;
  if (self->library && !memo_library_get_read_only (self->library))
    {
      g_autofree char *key = g_strconcat ("place/", self->uuid, NULL);
      g_autofree char *value = g_strdup_printf ("%ld", place);

      memo_library_set_state (self->library, key, value);
    }
}

static gboolean
place_cb (gpointer user_data)
{
  MemoReader *self = user_data;

  self->place_id = 0;
  memo_reader_keep_place (self);
  return G_SOURCE_REMOVE;
}

static void
scrolled_cb (MemoReader *self, GtkAdjustment *adjustment)
{
  double value = gtk_adjustment_get_value (adjustment);

  gtk_label_set_text (GTK_LABEL (self->heading), value > 90 && self->article ? self->title : "");
  g_clear_handle_id (&self->place_id, g_source_remove);
  if (self->article)
    self->place_id = g_timeout_add_seconds (2, place_cb, self);
}

static void
go_to (MemoReader *self, glong offset, double align)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (buffer, &iter, memo_reader_buffer_from_text (self->buffer, offset));
  gtk_text_buffer_place_cursor (buffer, &iter);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->text), gtk_text_buffer_get_insert (buffer), 0, TRUE, 0, align);
}

static void
outline_cb (glong offset, gpointer user_data)
{
  MemoReader *self = user_data;

  go_to (self, offset, 0.04);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
show_wanted (MemoReader *self)
{
  glong start = self->wanted_start, end = self->wanted_end;
  guint n;

  self->wanted_start = -1;
  if (self->buffer == NULL || start < 0)
    return;
  go_to (self, start, 0.3);
  n = memo_reader_highlights_get_n (self->highlights);
  for (guint i = memo_reader_highlights_seek (self->highlights, start); i < n; i++)
    {
      const MemoHighlight *item = memo_reader_highlights_get (self->highlights, i);

      if (item->start != start)
        break;
      /* A marked passage is framed. */
      if (item->end == end)
        return;
    }
  if (end > start)
    {
      memo_reader_select (self, start, end);
      g_clear_handle_id (&self->bar_id, g_source_remove);
    }
}

void
memo_reader_settle (MemoReader *self, const char *place)
{
  glong offset = place ? strtol (place, NULL, 10) : 0;

  if (self->buffer == NULL)
    return;
  if (self->wanted_start >= 0)
    show_wanted (self);
  else if (self->place > 0 || offset > 0)
    go_to (self, self->place > 0 ? self->place : offset, 0);
  self->place = -1;
}

/* --- showing --- */

static void
add_version (GArray *links, GHashTable *languages, const char *language, char *target)
{
  MemoReaderLink link = { memo_language_own_name (language), target };

  if (language && g_hash_table_add (languages, g_strdup (language)))
    g_array_append_val (links, link);
  else
    g_free (target);
}

/* Versions in the library first, then those that the page named. */
static GArray *
make_versions (MemoRecord *article, GPtrArray *versions)
{
  GArray *links = g_array_new (FALSE, FALSE, sizeof (MemoReaderLink));
  g_autoptr (GHashTable) languages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *own = memo_record_get_text (article, MEMO_ARTICLE_LANGUAGE);
  const char *json = memo_record_get_text (article, MEMO_ARTICLE_VERSIONS);
  g_autoptr (JsonNode) node = json ? json_from_string (json, NULL) : NULL;
  JsonArray *named = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (own)
    g_hash_table_add (languages, g_strdup (own));
  for (guint i = 0; versions && i < versions->len; i++)
    {
      MemoRecord *version = g_ptr_array_index (versions, i);

      if (!g_str_equal (memo_record_get_uuid (version), memo_record_get_uuid (article)) &&
          memo_record_get_deleted (version) == 0)
        add_version (links, languages, memo_record_get_text (version, MEMO_ARTICLE_LANGUAGE),
                     g_strconcat ("article/", memo_record_get_uuid (version), NULL));
    }
  for (guint i = 0; named && i < json_array_get_length (named); i++)
    {
      JsonNode *element = json_array_get_element (named, i);

      if (JSON_NODE_HOLDS_OBJECT (element))
        {
          JsonObject *object = json_node_get_object (element);

          add_version (links, languages, json_object_get_string_member_with_default (object, "language", NULL),
                       g_strdup (json_object_get_string_member_with_default (object, "url", "")));
        }
    }
  return links;
}

static char *
make_facts (MemoRecord *article)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  const char *kind = memo_record_get_text (article, MEMO_ARTICLE_KIND);
  const char *outlet = memo_record_get_text (article, MEMO_ARTICLE_OUTLET);
  MemoDate *published = memo_record_get_date (article, MEMO_ARTICLE_PUBLISHED);
  g_autofree char *date =
      published ? memo_date_format (published, memo_language_of_interface (), MEMO_DATE_STYLE_LONG) : NULL;

  if (kind)
    g_ptr_array_add (parts, (char *) memo_word_kind (MEMO_KIND_ARTICLE, kind));
  if (outlet)
    g_ptr_array_add (parts, (char *) outlet);
  if (date)
    g_ptr_array_add (parts, date);
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

/* The versions in the library, to be read beside this one. */
static void
offer_versions (MemoReader *self, GArray *links)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) end = g_menu_new ();
  g_autoptr (GMenu) versions = g_menu_new ();

  for (guint i = 0; i < links->len; i++)
    {
      MemoReaderLink *link = &g_array_index (links, MemoReaderLink, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (link->text, NULL);

      if (!g_str_has_prefix (link->target, "article/"))
        continue;
      g_menu_item_set_action_and_target (item, "pair.compare", "s", link->target + strlen ("article/"));
      g_menu_append_item (versions, item);
    }
  g_menu_append (end, _ ("This Version Alone"), "pair.compare::");
  g_menu_append_section (menu, _ ("Read beside it"), G_MENU_MODEL (versions));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (end));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->versions), G_MENU_MODEL (menu));
  gtk_widget_set_visible (self->versions, g_menu_model_get_n_items (G_MENU_MODEL (versions)) > 0);
}

void
memo_reader_show_article (MemoReader *self, MemoRecord *article, GPtrArray *versions)
{
  g_autofree char *facts = make_facts (article);
  g_autofree char *authors = memo_word_names (memo_library_get_index (self->library), MEMO_KIND_PARTY,
                                              memo_record_get_texts (article, MEMO_ARTICLE_AUTHORS));
  GArray *links = make_versions (article, versions);
  MemoReaderHeader header = { facts, links, authors };
  g_autofree char *language = NULL;

  if (self->buffer)
    g_signal_handlers_disconnect_by_data (self->buffer, self);
  g_clear_object (&self->highlights);
  g_clear_object (&self->buffer);
  g_set_object (&self->article, article);
  self->buffer = memo_reader_buffer_new (article, &header);
  self->highlights = memo_reader_highlights_new (self->buffer);
  offer_versions (self, links);
  for (guint i = 0; i < links->len; i++)
    g_free ((char *) g_array_index (links, MemoReaderLink, i).target);
  g_array_unref (links);

  memo_reader_text_set (self->text, self->buffer, self->highlights);
  memo_reader_margin_set (memo_reader_page_get_margin (self->page), self->highlights);
  memo_reader_outline_set (self->outline, self->buffer, outline_cb, self);
  memo_reader_find_reset (self->find);
  g_signal_connect_swapped (self->buffer, "mark-set", G_CALLBACK (mark_set_cb), self);
  apply_look (self);
  set_title (self, memo_record_get_title (article));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL, self->title, -1);
  shown_cb (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "page");
}

void
memo_reader_show_failure (MemoReader *self, const char *message)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);

  /* Nothing of what was there before can be found or marked behind it. */
  g_clear_object (&self->article);
  if (memo_reader_find_is_open (self->find))
    memo_reader_find_close (self->find);
  memo_reader_outline_set (self->outline, NULL, NULL, NULL);
  gtk_widget_set_visible (self->versions, FALSE);
  gtk_label_set_text (GTK_LABEL (self->heading), "");
  set_title (self, _ ("The article cannot be shown"));
  adw_status_page_set_description (ADW_STATUS_PAGE (self->failed), escaped);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "failed");
}

/* What was being written in a popover is kept, and nothing points to a text that is gone. */
static void
close_popovers (MemoReader *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->text));

  while (child)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      if (GTK_IS_POPOVER (child) && gtk_widget_has_css_class (child, "memo-reader-editor"))
        {
          GtkRoot *root = gtk_widget_get_root (child);
          GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

          /* The window would hold on to a focus that goes with the reader. */
          if (focus && gtk_widget_is_ancestor (focus, child))
            gtk_root_set_focus (root, NULL);
          gtk_popover_popdown (GTK_POPOVER (child));
          g_signal_emit_by_name (child, "closed");
        }
      child = next;
    }
}

static void
unmap_cb (MemoReader *self)
{
  close_popovers (self);
  memo_reader_keep_place (self);
}

static void
memo_reader_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MemoReader *self = MEMO_READER (object);

  if (id == PROP_TITLE)
    g_value_set_string (value, self->title);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static gboolean
memo_reader_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (MEMO_READER (widget)->text));
}

static void
memo_reader_dispose (GObject *object)
{
  MemoReader *self = MEMO_READER (object);

  g_clear_handle_id (&self->bar_id, g_source_remove);
  g_clear_handle_id (&self->place_id, g_source_remove);
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_signal_handler (&self->changed_id, self->library);
  g_clear_signal_handler (&self->library_id, self->session);
  g_clear_signal_handler (&self->shown_id, self->session);
  if (self->dark_id)
    g_clear_signal_handler (&self->dark_id, adw_style_manager_get_default ());
  if (self->buffer)
    g_signal_handlers_disconnect_by_data (self->buffer, self);
  if (self->outline)
    memo_reader_outline_set (self->outline, NULL, NULL, NULL);
  self->outline = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->highlights);
  g_clear_object (&self->buffer);
  g_clear_object (&self->article);
  g_clear_object (&self->library);
  g_clear_object (&self->session);
  g_clear_pointer (&self->annotations, g_ptr_array_unref);
  g_clear_pointer (&self->uuid, g_free);
  g_clear_pointer (&self->title, g_free);
  G_OBJECT_CLASS (memo_reader_parent_class)->dispose (object);
}

static void
memo_reader_class_init (MemoReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = memo_reader_dispose;
  object_class->get_property = memo_reader_get_property;
  widget_class->grab_focus = memo_reader_grab_focus;
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "memoreader");
  memo_reader_install_actions (widget_class);
}

static void
memo_reader_init (MemoReader *self)
{
  self->wanted_start = -1;
  self->place = -1;
}

static GtkWidget *
make_toolbar (MemoReader *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *find = gtk_button_new_from_icon_name ("edit-find-symbolic");

  gtk_widget_add_css_class (bar, "memo-reader-toolbar");
  self->heading = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->heading), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->heading), 0);
  gtk_widget_set_hexpand (self->heading, TRUE);
  gtk_widget_add_css_class (self->heading, "dim-label");
  gtk_box_append (GTK_BOX (bar), self->heading);
  self->outline = memo_reader_outline_new ();
  memo_reader_outline_set (self->outline, NULL, NULL, NULL);
  gtk_box_append (GTK_BOX (bar), self->outline);
  self->versions = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->versions), "view-dual-symbolic");
  gtk_widget_add_css_class (self->versions, "flat");
  gtk_widget_set_tooltip_text (self->versions, _ ("Versions side by side"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->versions), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Versions side by side"), -1);
  gtk_widget_set_visible (self->versions, FALSE);
  gtk_box_append (GTK_BOX (bar), self->versions);
  gtk_widget_add_css_class (find, "flat");
  gtk_widget_set_tooltip_text (find, _ ("Find in the article"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (find), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Find in the article"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (find), "reader.find");
  gtk_box_append (GTK_BOX (bar), find);
  gtk_box_append (GTK_BOX (bar), memo_reader_look_new ());
  return bar;
}

MemoReader *
memo_reader_new (MemoSession *session)
{
  MemoReader *self = g_object_new (MEMO_TYPE_READER, NULL);
  GtkWidget *spinner = gtk_spinner_new ();
  GtkWidget *retry = gtk_button_new_with_label (_ ("Try Again"));
  GtkAdjustment *adjustment;

  memo_reader_add_style ();
  self->session = g_object_ref (session);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->page = memo_reader_page_new (session);
  self->text = memo_reader_page_get_text (self->page);
  self->find = memo_reader_find_new (GTK_TEXT_VIEW (self->text));
  self->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (retry), "reader.load");
  gtk_widget_add_css_class (retry, "pill");
  gtk_widget_set_halign (retry, GTK_ALIGN_CENTER);
  self->failed = adw_status_page_new ();
  adw_status_page_set_child (ADW_STATUS_PAGE (self->failed), retry);
  adw_status_page_set_title (ADW_STATUS_PAGE (self->failed), _ ("The article cannot be shown"));
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->failed), "dialog-warning-symbolic");
  gtk_stack_add_named (GTK_STACK (self->stack), spinner, "loading");
  gtk_stack_add_named (GTK_STACK (self->stack), GTK_WIDGET (self->page), "page");
  gtk_stack_add_named (GTK_STACK (self->stack), self->failed, "failed");
  gtk_box_append (GTK_BOX (self->box), make_toolbar (self));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->find));
  gtk_box_append (GTK_BOX (self->box), self->stack);
  memo_reader_add_keys (self);

  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->text));
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->page, "unmap", G_CALLBACK (unmap_cb), self);
  self->shown_id = g_signal_connect_swapped (session, "notify::shown", G_CALLBACK (shown_cb), self);
  self->library_id = g_signal_connect_swapped (session, "notify::library", G_CALLBACK (library_cb), self);
  self->dark_id =
      g_signal_connect_swapped (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (apply_look), self);
  memo_settings_watch (NULL, G_CALLBACK (look_changed_cb), G_OBJECT (self));
  library_cb (self);
  apply_look (self);
  return self;
}

void
memo_reader_open (MemoReader *self, const char *uuid, glong start, glong end)
{
  g_return_if_fail (MEMO_IS_READER (self));
  self->wanted_start = start;
  self->wanted_end = end;
  if (self->article && g_strcmp0 (uuid, self->uuid) == 0)
    {
      show_wanted (self);
      return;
    }
  if (self->article)
    memo_reader_keep_place (self);
  self->place = -1;
  g_clear_object (&self->article);
  g_free (self->uuid);
  self->uuid = g_strdup (uuid);
  /* What was there stays until the other is ready: no flicker. */
  if (self->buffer == NULL)
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "loading");
  memo_reader_load (self);
}

const char *
memo_reader_get_uuid (MemoReader *self)
{
  g_return_val_if_fail (MEMO_IS_READER (self), NULL);
  return self->uuid;
}

MemoRecord *
memo_reader_get_article (MemoReader *self)
{
  g_return_val_if_fail (MEMO_IS_READER (self), NULL);
  return self->article;
}

const char *
memo_reader_get_title (MemoReader *self)
{
  g_return_val_if_fail (MEMO_IS_READER (self), NULL);
  return self->title;
}

void
memo_reader_find (MemoReader *self)
{
  g_return_if_fail (MEMO_IS_READER (self));
  if (self->article)
    memo_reader_find_open (self->find);
}

guint
memo_reader_get_n_annotations (MemoReader *self)
{
  g_return_val_if_fail (MEMO_IS_READER (self), 0);
  return self->highlights ? memo_reader_highlights_get_n (self->highlights) : 0;
}

GtkTextView *
memo_reader_get_view (MemoReader *self)
{
  g_return_val_if_fail (MEMO_IS_READER (self), NULL);
  return GTK_TEXT_VIEW (self->text);
}

void
memo_reader_select (MemoReader *self, glong start, glong end)
{
  GtkTextIter from, to;

  g_return_if_fail (MEMO_IS_READER (self) && self->buffer);
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (self->buffer), &from,
                                      memo_reader_buffer_from_text (self->buffer, start));
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (self->buffer), &to,
                                      memo_reader_buffer_from_text (self->buffer, MAX (end - 1, start)) + 1);
  gtk_text_buffer_select_range (GTK_TEXT_BUFFER (self->buffer), &from, &to);
}
