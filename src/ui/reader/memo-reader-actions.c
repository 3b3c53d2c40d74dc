#include "memo-reader-private.h"

#include <glib/gi18n.h>

#include "memo-reader-editors.h"
#include "memo-reader-footnote.h"
#include "model/memo-words.h"
#include "ui/details/memo-agreement-dialog.h"

/* H takes the colour that was taken last, in any reader. */
static guint last_color;

/* What an editor's popover is for: an annotation that is there, or a passage that becomes one. */
typedef struct
{
  MemoReader *reader;
  MemoRecord *article;
  MemoRecord *annotation; /* nullable */
  glong start, end;
  MemoField field;
} Aim;

static void
aim_free (gpointer data)
{
  Aim *aim = data;

  g_object_unref (aim->reader);
  g_object_unref (aim->article);
  g_clear_object (&aim->annotation);
  g_free (aim);
}

static void
say_error (MemoReader *self, GError *error)
{
  memo_session_toast (self->session, error->message, FALSE);
}

/* An annotation with exactly the selected words, so that a second key changes it instead of making another. */
static MemoRecord *
find_same (MemoReader *self, glong start, glong end)
{
  guint n = memo_reader_highlights_get_n (self->highlights);

  for (guint i = memo_reader_highlights_seek (self->highlights, start); i < n; i++)
    {
      const MemoHighlight *item = memo_reader_highlights_get (self->highlights, i);

      if (item->start != start)
        break;
      if (item->end == end)
        return item->record;
    }
  return NULL;
}

MemoRecord *
memo_reader_get_target (MemoReader *self)
{
  const MemoHighlight *item;
  GtkTextIter cursor;
  glong start, end, offset;

  if (self->buffer == NULL)
    return NULL;
  if (memo_reader_buffer_get_passage (self->buffer, &start, &end))
    return find_same (self, start, end);
  gtk_text_buffer_get_iter_at_mark (GTK_TEXT_BUFFER (self->buffer), &cursor,
                                    gtk_text_buffer_get_insert (GTK_TEXT_BUFFER (self->buffer)));
  offset = memo_reader_buffer_to_text (self->buffer, gtk_text_iter_get_offset (&cursor));
  item = offset >= 0 ? memo_reader_highlights_get_at (self->highlights, offset) : NULL;
  if (item == NULL)
    item = memo_reader_highlights_get_by_uuid (self->highlights, memo_session_get_shown (self->session));
  return item ? item->record : NULL;
}

static gboolean
take_aim (MemoReader *self, Aim *ret_aim)
{
  MemoRecord *target;

  *ret_aim = (Aim){ self, self->article, NULL, -1, -1 };
  if (self->article == NULL || self->buffer == NULL)
    return FALSE;
  target = memo_reader_get_target (self);
  if (memo_reader_buffer_get_passage (self->buffer, &ret_aim->start, &ret_aim->end))
    {
      ret_aim->annotation = target;
      return TRUE;
    }
  if (target == NULL)
    {
      memo_session_toast (self->session, _ ("Select a passage first."), FALSE);
      return FALSE;
    }
  ret_aim->annotation = target;
  ret_aim->start = memo_record_get_int (target, MEMO_ANNOTATION_START);
  ret_aim->end = memo_record_get_int (target, MEMO_ANNOTATION_END);
  return TRUE;
}

/* What was written, until the library has it. */
typedef struct
{
  MemoLibrary *library;
  MemoRecord *before; /* nullable */
  MemoRecord *after;
} Written;

static void
written_free (Written *written)
{
  g_clear_object (&written->library);
  g_clear_object (&written->before);
  g_object_unref (written->after);
  g_free (written);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Written, written_free)

/* A comment is not lost when it cannot be saved. */
static void
hold (MemoSession *session, Written *written)
{
  if (written->library && memo_record_get_text (written->after, MEMO_ANNOTATION_COMMENT))
    memo_saver_save (memo_session_get_saver (session), written->library,
                     written->before ? N_ ("Edit comment") : N_ ("Add comment"), written->before, written->after);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Written) written = user_data;
  MemoSession *session = MEMO_SESSION (source);

  /* The session has said what went wrong. */
  if (!memo_session_apply_finish (session, result, NULL))
    hold (session, written);
  else if (written->before == NULL)
    memo_session_show (session, memo_record_get_uuid (written->after));
}

static void
apply (MemoReader *self, MemoChange *change, const char *said, MemoRecord *before, MemoRecord *after)
{
  g_autoptr (Written) written = g_new0 (Written, 1);

  g_set_object (&written->library, self->library);
  g_set_object (&written->before, before);
  g_set_object (&written->after, after);
  /* Another library has come while it was written: that is not the one it is for. */
  if (self->library != memo_session_get_library (self->session))
    hold (self->session, written);
  else
    memo_session_apply (self->session, change, said, written_cb, g_steal_pointer (&written));
}

static void
annotate (MemoReader *self,
          MemoRecord *article,
          glong start,
          glong end,
          const char *comment,
          const char *const *tags,
          const char *const *sectors)
{
  g_autoptr (MemoRecord) annotation = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoChange) change = memo_action_annotate (article, start, end, memo_reader_colors[last_color], comment,
                                                        tags, sectors, NULL, &annotation, &error);

  if (change == NULL)
    {
      say_error (self, error);
      return;
    }
  apply (self, change,
         comment ? _ ("Comment added")
                 : (tags ? _ ("Tags added") : (sectors ? _ ("Sectors added") : _ ("Highlight added"))),
         NULL, annotation);
  if (self->article == article && self->buffer)
    {
      GtkTextIter from, to;

      /* The words are marked now; the selection would hide the mark. */
      gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (self->buffer), &from, &to);
      gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self->buffer), &from);
    }
}

static void
update (MemoReader *self, MemoRecord *base, MemoField field, const char *const *values)
{
  g_autoptr (MemoRecordBuilder) builder = memo_record_builder_edit (base);
  g_autoptr (MemoRecord) record = NULL;
  g_autoptr (MemoChange) change = NULL;
  const char *quote = memo_record_get_text (base, MEMO_ANNOTATION_EXACT);
  const char *name, *said;

  if (field == MEMO_ANNOTATION_COMMENT || field == MEMO_ANNOTATION_COLOR)
    memo_record_builder_set_text (builder, field, values[0]);
  else
    memo_record_builder_set_texts (builder, field, values);
  record = memo_record_builder_end (g_steal_pointer (&builder));
  switch ((int) field)
    {
    case MEMO_ANNOTATION_COMMENT:
      name = N_ ("Edit comment");
      said = _ ("Comment changed");
      break;
    case MEMO_ANNOTATION_COLOR:
      name = N_ ("Change colour");
      said = _ ("Colour changed");
      break;
    case MEMO_ANNOTATION_TAGS:
      name = N_ ("Change tags");
      said = _ ("Tags changed");
      break;
    default:
      name = N_ ("Change sectors");
      said = _ ("Sectors changed");
      break;
    }
  change = memo_change_new (name, quote);
  memo_change_update (change, base, record);
  apply (self, change, said, base, record);
}

static void
edited_cb (const char *const *values, gpointer user_data)
{
  Aim *aim = user_data;

  if (aim->annotation)
    update (aim->reader, aim->annotation, aim->field, values);
  else if (values[0] == NULL || values[0][0] == '\0')
    return;
  else
    annotate (aim->reader, aim->article, aim->start, aim->end, aim->field == MEMO_ANNOTATION_COMMENT ? values[0] : NULL,
              aim->field == MEMO_ANNOTATION_TAGS ? values : NULL,
              aim->field == MEMO_ANNOTATION_SECTORS ? values : NULL);
}

static void
edit_field (MemoReader *self, MemoField field)
{
  static const char *const none[] = { NULL };
  GtkWidget *parent = GTK_WIDGET (self->text);
  GdkRectangle at;
  Aim aim, *data;

  if (!take_aim (self, &aim))
    return;
  aim.field = field;
  data = g_memdup2 (&aim, sizeof aim);
  g_object_ref (data->reader);
  g_object_ref (data->article);
  if (data->annotation)
    g_object_ref (data->annotation);
  memo_reader_page_set_bar (self->page, -1, -1);
  if (!memo_reader_text_get_rectangle (self->text, aim.start, aim.end, &at))
    at = (GdkRectangle){ 0, 0, 1, 1 };
  /* A long passage may reach out of sight: the popover points to what can be seen of it. */
  if (at.y < 0)
    {
      at.height = MAX (at.height + at.y, 1);
      at.y = 0;
    }
  at.height = CLAMP (at.height, 1, MAX (gtk_widget_get_height (parent) / 2 - at.y, 1));
  if (field == MEMO_ANNOTATION_COMMENT)
    memo_reader_edit_comment (parent, &at,
                              aim.annotation ? memo_record_get_text (aim.annotation, MEMO_ANNOTATION_COMMENT) : NULL,
                              edited_cb, data, aim_free);
  else if (field == MEMO_ANNOTATION_TAGS)
    memo_reader_edit_tags (parent, &at, self->session,
                           aim.annotation ? memo_record_get_texts (aim.annotation, field) : none, edited_cb, data,
                           aim_free);
  else
    memo_reader_edit_sectors (parent, &at, self->session,
                              aim.annotation ? memo_record_get_texts (aim.annotation, field) : none, edited_cb, data,
                              aim_free);
}

static void
highlight_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MemoReader *self = MEMO_READER (widget);
  const char *color = g_variant_get_string (parameter, NULL);
  Aim aim;

  if (!take_aim (self, &aim))
    return;
  if (color[0])
    last_color = memo_reader_color_find (color);
  if (aim.annotation == NULL)
    annotate (self, aim.article, aim.start, aim.end, NULL, NULL, NULL);
  else if (g_strcmp0 (memo_record_get_text (aim.annotation, MEMO_ANNOTATION_COLOR), memo_reader_colors[last_color]))
    {
      const char *const values[] = { memo_reader_colors[last_color], NULL };

      update (self, aim.annotation, MEMO_ANNOTATION_COLOR, values);
    }
}

static void
field_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  edit_field (MEMO_READER (widget),
              g_str_equal (name, "reader.comment")
                  ? MEMO_ANNOTATION_COMMENT
                  : (g_str_equal (name, "reader.tag") ? MEMO_ANNOTATION_TAGS : MEMO_ANNOTATION_SECTORS));
}

static void
agreement_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MemoReader *self = MEMO_READER (widget);
  Aim aim;

  if (take_aim (self, &aim))
    memo_agreement_dialog_present (widget, self->session, NULL, aim.article, aim.start, aim.end);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MemoReader *self = MEMO_READER (widget);
  g_autoptr (MemoRecord) annotation = NULL;
  g_autoptr (MemoChange) change = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *citation = NULL;
  g_autofree char *text = NULL;
  Aim aim;

  if (!take_aim (self, &aim))
    return;
  /* Never applied: it carries the quote and the place for the citation. */
  change = memo_action_annotate (aim.article, aim.start, aim.end, NULL, NULL, NULL, NULL, NULL, &annotation, &error);
  if (change == NULL)
    {
      say_error (self, error);
      return;
    }
  citation = memo_word_citation (memo_library_get_index (self->library), aim.article, annotation);
  /* Translators: what is copied: %1$s is the quote, %2$s its source */
  text = g_strdup_printf (_ ("“%1$s” (%2$s)"), memo_record_get_text (annotation, MEMO_ANNOTATION_EXACT), citation);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  memo_session_toast (self->session, _ ("Copied with citation"), FALSE);
}

static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MemoReader *self = MEMO_READER (widget);
  MemoRecord *target = memo_reader_get_target (self);
  g_autoptr (MemoChange) change = NULL;

  if (target == NULL)
    return;
  change = memo_change_new (N_ ("Remove highlight"), memo_record_get_text (target, MEMO_ANNOTATION_EXACT));
  memo_change_trash (change, target);
  memo_session_apply (self->session, change, _ ("Highlight removed"), NULL, NULL);
}

static void
find_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  memo_reader_find (MEMO_READER (widget));
}

gboolean
memo_reader_activate (MemoReader *self, int offset)
{
  const MemoReaderSpot *spot = self->buffer ? memo_reader_buffer_get_spot (self->buffer, offset) : NULL;
  const MemoHighlight *item = NULL;
  GtkTextIter iter;
  GdkRectangle at;
  glong place;

  if (self->buffer == NULL)
    return FALSE;
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (self->buffer), &iter, offset);
  if (spot && spot->type == MEMO_SPAN_MARK)
    {
      GtkTextView *view = GTK_TEXT_VIEW (self->text);

      gtk_text_view_get_iter_location (view, &iter, &at);
      gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, at.x, at.y, &at.x, &at.y);
      memo_reader_footnote_present (GTK_WIDGET (self->text), &at, self->session, self->buffer, spot->target);
      return TRUE;
    }
  if (spot)
    {
      memo_reader_follow (GTK_WIDGET (self), self->session, spot->target);
      return TRUE;
    }
  place = memo_reader_buffer_to_text (self->buffer, offset);
  if (place >= 0)
    item = memo_reader_highlights_get_at (self->highlights, place);
  if (item == NULL)
    return FALSE;
  memo_session_show (self->session, memo_record_get_uuid (item->record));
  return TRUE;
}

/* The Latin letter on a key, so that the keys work with a Russian layout too: from another group of the keyboard's map, or by
 * its place when there is no such group. */
static guint
get_letter (GtkEventController *controller, guint keyval, guint keycode)
{
  /* X11 and Wayland both number keys as evdev does, plus 8. */
  static const struct
  {
    guint keycode, letter;
  } places[] = { { 43, GDK_KEY_h }, { 57, GDK_KEY_n }, { 28, GDK_KEY_t }, { 39, GDK_KEY_s },
                 { 38, GDK_KEY_a }, { 54, GDK_KEY_c }, { 41, GDK_KEY_f }, { 42, GDK_KEY_g } };
  g_autofree GdkKeymapKey *keys = NULL;
  g_autofree guint *keyvals = NULL;
  int n = 0;

  keyval = gdk_keyval_to_lower (keyval);
  if (keyval < 128 || !g_unichar_isalpha (gdk_keyval_to_unicode (keyval)))
    return keyval;
  if (gdk_display_map_keycode (gtk_widget_get_display (gtk_event_controller_get_widget (controller)), keycode, &keys,
                               &keyvals, &n))
    for (int i = 0; i < n; i++)
      if (keys[i].level == 0 && keyvals[i] < 128)
        return keyvals[i];
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (places[i].keycode == keycode)
      return places[i].letter;
  return keyval;
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, MemoReader *self)
{
  guint letter = get_letter (GTK_EVENT_CONTROLLER (controller), keyval, keycode);
  GtkWidget *widget = GTK_WIDGET (self);

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK))
    {
      if ((state & GDK_CONTROL_MASK) && !(state & GDK_ALT_MASK) && letter == GDK_KEY_f)
        {
          memo_reader_find (self);
          return TRUE;
        }
      if ((state & GDK_CONTROL_MASK) && letter == GDK_KEY_g && memo_reader_find_is_open (self->find))
        {
          memo_reader_find_step (self->find, !(state & GDK_SHIFT_MASK));
          return TRUE;
        }
      return FALSE;
    }
  if (state & GDK_SHIFT_MASK)
    return FALSE;
  switch (letter)
    {
    case GDK_KEY_h:
      return gtk_widget_activate_action (widget, "reader.highlight", "s", "");
    case GDK_KEY_1:
    case GDK_KEY_2:
    case GDK_KEY_3:
    case GDK_KEY_4:
    case GDK_KEY_5:
      return gtk_widget_activate_action (widget, "reader.highlight", "s", memo_reader_colors[letter - GDK_KEY_1]);
    case GDK_KEY_n:
      return gtk_widget_activate_action (widget, "reader.comment", NULL);
    case GDK_KEY_t:
      return gtk_widget_activate_action (widget, "reader.tag", NULL);
    case GDK_KEY_s:
      return gtk_widget_activate_action (widget, "reader.sector", NULL);
    case GDK_KEY_a:
      return gtk_widget_activate_action (widget, "reader.agreement", NULL);
    case GDK_KEY_c:
      return gtk_widget_activate_action (widget, "reader.copy", NULL);
    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
      return gtk_widget_activate_action (widget, "reader.remove", NULL);
    case GDK_KEY_F3:
      memo_reader_find_step (self->find, TRUE);
      return TRUE;
    case GDK_KEY_Escape:
      if (memo_reader_find_is_open (self->find))
        {
          memo_reader_find_close (self->find);
          return TRUE;
        }
      memo_reader_page_set_bar (self->page, -1, -1);
      return FALSE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      if (self->buffer)
        {
          GtkTextIter cursor;

          gtk_text_buffer_get_iter_at_mark (GTK_TEXT_BUFFER (self->buffer), &cursor,
                                            gtk_text_buffer_get_insert (GTK_TEXT_BUFFER (self->buffer)));
          return memo_reader_activate (self, gtk_text_iter_get_offset (&cursor));
        }
      return FALSE;
    default:
      return FALSE;
    }
}

static int
get_offset_at (MemoReader *self, double x, double y)
{
  GtkTextIter iter;
  int buffer_x, buffer_y;

  gtk_text_view_window_to_buffer_coords (GTK_TEXT_VIEW (self->text), GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y,
                                         &buffer_x, &buffer_y);
  if (!gtk_text_view_get_iter_at_location (GTK_TEXT_VIEW (self->text), &iter, buffer_x, buffer_y))
    return -1;
  return gtk_text_iter_get_offset (&iter);
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, MemoReader *self)
{
  int offset;

  if (n_press != 1 || self->buffer == NULL || gtk_text_buffer_get_has_selection (GTK_TEXT_BUFFER (self->buffer)))
    return;
  offset = get_offset_at (self, x, y);
  if (offset >= 0)
    memo_reader_activate (self, offset);
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, MemoReader *self)
{
  int offset = self->buffer ? get_offset_at (self, x, y) : -1;
  gboolean spot = offset >= 0 && memo_reader_buffer_get_spot (self->buffer, offset);

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->text), spot ? "pointer" : "text");
}

void
memo_reader_add_keys (MemoReader *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  g_autoptr (GMenu) menu = g_menu_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->text), keys);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->text), motion);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->text), GTK_EVENT_CONTROLLER (click));

  g_menu_append (menu, _ ("Copy with Citation"), "reader.copy");
  g_menu_append (menu, _ ("Comment…"), "reader.comment");
  g_menu_append (menu, _ ("Tags…"), "reader.tag");
  g_menu_append (menu, _ ("Sectors…"), "reader.sector");
  g_menu_append (menu, _ ("New Agreement…"), "reader.agreement");
  g_menu_append (menu, _ ("Remove Highlight"), "reader.remove");
  gtk_text_view_set_extra_menu (GTK_TEXT_VIEW (self->text), G_MENU_MODEL (menu));
}

/* Once more, after a failure. */
static void
load_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MemoReader *self = MEMO_READER (widget);

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "loading");
  memo_reader_load (self);
}

void
memo_reader_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "reader.highlight", "s", highlight_action);
  gtk_widget_class_install_action (widget_class, "reader.comment", NULL, field_action);
  gtk_widget_class_install_action (widget_class, "reader.tag", NULL, field_action);
  gtk_widget_class_install_action (widget_class, "reader.sector", NULL, field_action);
  gtk_widget_class_install_action (widget_class, "reader.agreement", NULL, agreement_action);
  gtk_widget_class_install_action (widget_class, "reader.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "reader.remove", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "reader.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "reader.load", NULL, load_action);
}
