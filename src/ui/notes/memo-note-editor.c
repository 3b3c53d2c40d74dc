#include "memo-note-editor.h"

#include <glib/gi18n.h>

#include "base/memo-text.h"
#include "memo-note-style.h"
#include "ui/reader/memo-reader-footnote.h"

struct _MemoNoteEditor
{
  GtkWidget parent_instance;
  MemoSession *session;
  MemoLibrary *library;
  GtkWidget *scroller, *view;
  GtkTextBuffer *buffer;
  MemoRecord *note; /* as the library has it; NULL: not there yet */
  char *uuid;       /* also while it is loaded */
  GCancellable *cancellable;
  guint save_id;
  gboolean dirty, loading;
  gulong changed_id;
};

G_DEFINE_FINAL_TYPE (MemoNoteEditor, memo_note_editor, GTK_TYPE_WIDGET)

enum
{
  SAVED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

char *
memo_note_title (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text ? text : "", "\n", -1);

  for (guint i = 0; lines[i]; i++)
    {
      char *line = g_strstrip (lines[i]);
      g_autofree char *words = NULL;

      line += strspn (line, "#>*-_ \t");
      words = memo_text_collapse (line);
      if (words[0])
        return memo_text_ellipsize (words, 120);
    }
  return g_strdup ("");
}

char *
memo_note_link_at (const char *line, int offset)
{
  g_autoptr (GRegex) regex =
      g_regex_new ("\\[[^\\]]*\\]\\(([^)\\s]+)\\)|((?:https?://|memo:[a-z_]+/)[^\\s)>]+)", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_regex_match (regex, line, 0, &match);
  while (g_match_info_matches (match))
    {
      int from, to;

      g_match_info_fetch_pos (match, 0, &from, &to);
      if (g_utf8_pointer_to_offset (line, line + from) <= offset && offset < g_utf8_pointer_to_offset (line, line + to))
        {
          g_autofree char *target = g_match_info_fetch (match, 1);

          return target && target[0] ? g_steal_pointer (&target) : g_match_info_fetch (match, 2);
        }
      if (!g_match_info_next (match, NULL))
        break;
    }
  return NULL;
}

static char *
dup_text (MemoNoteEditor *self)
{
  GtkTextIter from, to;

  gtk_text_buffer_get_bounds (self->buffer, &from, &to);
  return gtk_text_buffer_get_text (self->buffer, &from, &to, TRUE);
}

void
memo_note_editor_flush (MemoNoteEditor *self)
{
  g_autofree char *text = NULL;
  g_autofree char *title = NULL;
  g_autoptr (MemoRecordBuilder) builder = NULL;
  g_autoptr (MemoRecord) record = NULL;

  g_return_if_fail (MEMO_IS_NOTE_EDITOR (self));
  g_clear_handle_id (&self->save_id, g_source_remove);
  if (!self->dirty || self->library == NULL)
    return;
  text = dup_text (self);
  title = memo_note_title (text);
  self->dirty = FALSE;
  if (self->note == NULL && title[0] == '\0')
    return;
  builder = self->note ? memo_record_builder_edit (self->note) : memo_record_builder_new (MEMO_KIND_NOTE, NULL);
  memo_record_builder_set_text (builder, MEMO_NOTE_TITLE, title);
  memo_record_builder_set_text (builder, MEMO_NOTE_TEXT, text);
  record = memo_record_builder_end (g_steal_pointer (&builder));
  if (self->note && memo_record_field_equal (self->note, record, MEMO_NOTE_TEXT) &&
      memo_record_field_equal (self->note, record, MEMO_NOTE_TITLE))
    return;
  memo_saver_save (memo_session_get_saver (self->session), self->library,
                   self->note ? N_ ("Edit note") : N_ ("Add note"), self->note, record);
  g_set_object (&self->note, record);
  g_free (self->uuid);
  self->uuid = g_strdup (memo_record_get_uuid (record));
}

static gboolean
save_cb (gpointer user_data)
{
  MemoNoteEditor *self = user_data;

  self->save_id = 0;
  memo_note_editor_flush (self);
  return G_SOURCE_REMOVE;
}

static void
edited_cb (MemoNoteEditor *self)
{
  if (self->loading)
    return;
  self->dirty = TRUE;
  g_clear_handle_id (&self->save_id, g_source_remove);
  self->save_id = g_timeout_add (1000, save_cb, self);
}

static void
set_text (MemoNoteEditor *self, const char *text)
{
  self->loading = TRUE;
  gtk_text_buffer_begin_irreversible_action (self->buffer);
  gtk_text_buffer_set_text (self->buffer, text ? text : "", -1);
  gtk_text_buffer_end_irreversible_action (self->buffer);
  self->loading = FALSE;
  self->dirty = FALSE;
}

/* The words of the note that is open, on their way to the library; nullable. */
static MemoRecord *
get_waiting (MemoNoteEditor *self)
{
  return self->session ? memo_saver_get_waiting (memo_session_get_saver (self->session), self->uuid) : NULL;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MemoNoteEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) note = memo_library_get_finish (MEMO_LIBRARY (source), result, &error);
  const char *text;
  g_autofree char *now = NULL;

  if (note == NULL)
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      if (self->session)
        memo_session_toast (self->session, error->message, FALSE);
      if (self->dirty)
        gtk_widget_set_sensitive (self->view, TRUE);
      return;
    }
  if (get_waiting (self))
    {
      gtk_widget_set_sensitive (self->view, TRUE);
      return;
    }
  /* Typed meanwhile: those words win, on top of what is stored now. */
  if (self->dirty)
    {
      g_set_object (&self->note, note);
      gtk_widget_set_sensitive (self->view, TRUE);
      if (self->save_id == 0)
        edited_cb (self);
      return;
    }
  if (memo_record_get_deleted (note) != 0)
    {
      memo_note_editor_open (self, NULL);
      return;
    }
  g_set_object (&self->note, note);
  text = memo_record_get_text (note, MEMO_NOTE_TEXT);
  now = dup_text (self);
  gtk_widget_set_sensitive (self->view, TRUE);
  if (g_strcmp0 (now, text ? text : "") != 0)
    {
      GtkTextIter start;

      set_text (self, text);
      gtk_text_buffer_get_start_iter (self->buffer, &start);
      gtk_text_buffer_place_cursor (self->buffer, &start);
    }
}

static void
load (MemoNoteEditor *self)
{
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  memo_library_get_async (self->library, self->uuid, TRUE, self->cancellable, loaded_cb, g_object_ref (self));
}

/* Undo, or another process: what is shown follows, unless it is being written. */
static void
changed_cb (MemoNoteEditor *self, MemoNotice *notice)
{
  GArray *touched = memo_notice_get_touched (notice);
  gboolean ours = memo_notice_is_everything (notice);
  gint64 id;

  if (self->uuid == NULL || self->note == NULL || self->dirty || get_waiting (self))
    return;
  id = memo_record_get_id (self->note);
  for (guint i = 0; !ours && touched && i < touched->len; i++)
    {
      MemoTouched *one = &g_array_index (touched, MemoTouched, i);

      ours = one->kind == MEMO_KIND_NOTE && (id == 0 || one->id == id);
    }
  if (ours)
    load (self);
}

/* It is as it was written, with what the library added. */
static void
saved_cb (MemoNoteEditor *self, const char *uuid)
{
  if (g_strcmp0 (uuid, self->uuid) != 0)
    return;
  if (!self->dirty && !get_waiting (self))
    load (self);
  g_signal_emit (self, signals[SAVED], 0, uuid);
}

static void
library_cb (MemoNoteEditor *self)
{
  MemoLibrary *library = memo_session_get_library (self->session);
  gboolean same_place =
      library && self->library && g_str_equal (memo_library_get_path (library), memo_library_get_path (self->library));

  if (library == self->library)
    return;
  memo_note_editor_flush (self);
  g_clear_signal_handler (&self->changed_id, self->library);
  g_set_object (&self->library, library);
  if (library)
    self->changed_id = g_signal_connect_object (library, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  /* What is being written when another file comes into the library's place goes on in that one. */
  if (same_place && get_waiting (self))
    return;
  memo_note_editor_open (self, NULL);
}

/* --- links --- */

static void
annotation_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MemoNoteEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) record = memo_library_get_finish (MEMO_LIBRARY (source), result, &error);

  if (self->session == NULL)
    return;
  if (record == NULL)
    {
      memo_session_toast (self->session, error->message, FALSE);
      return;
    }
  memo_session_show (self->session, memo_record_get_uuid (record));
  if (memo_record_get_text (record, MEMO_ANNOTATION_ARTICLE))
    memo_session_open_article (self->session, memo_record_get_text (record, MEMO_ANNOTATION_ARTICLE),
                               memo_record_get_int (record, MEMO_ANNOTATION_START),
                               memo_record_get_int (record, MEMO_ANNOTATION_END));
}

static void
follow (MemoNoteEditor *self, const char *target)
{
  g_auto (GStrv) parts = NULL;
  MemoKind kind;

  if (!g_str_has_prefix (target, "memo:"))
    {
      memo_reader_follow (GTK_WIDGET (self), self->session, target);
      return;
    }
  parts = g_strsplit (target + strlen ("memo:"), "/", 2);
  if (self->library == NULL || g_strv_length (parts) != 2 || !memo_kind_from_name (parts[0], &kind))
    {
      memo_session_toast (self->session, _ ("This link leads nowhere."), FALSE);
      return;
    }
  switch (kind)
    {
    case MEMO_KIND_ANNOTATION:
      memo_library_get_async (self->library, parts[1], FALSE, NULL, annotation_cb, g_object_ref (self));
      break;
    case MEMO_KIND_ARTICLE:
      memo_session_open_article (self->session, parts[1], -1, -1);
      break;
    case MEMO_KIND_AGREEMENT:
      memo_session_show (self->session, parts[1]);
      memo_session_go (self->session, "register");
      break;
    case MEMO_KIND_EVENT:
      memo_session_show (self->session, parts[1]);
      memo_session_go (self->session, "timeline");
      break;
    default:
      memo_session_show (self->session, parts[1]);
      break;
    }
}

static char *
dup_link (MemoNoteEditor *self, const GtkTextIter *at)
{
  GtkTextIter from = *at, to = *at;
  g_autofree char *line = NULL;

  gtk_text_iter_set_line_offset (&from, 0);
  if (!gtk_text_iter_ends_line (&to))
    gtk_text_iter_forward_to_line_end (&to);
  line = gtk_text_buffer_get_slice (self->buffer, &from, &to, TRUE);
  return memo_note_link_at (line, gtk_text_iter_get_line_offset (at));
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, MemoNoteEditor *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  g_autofree char *target = NULL;
  GtkTextIter iter;
  int buffer_x, buffer_y;

  if (!(state & GDK_CONTROL_MASK))
    return;
  gtk_text_view_window_to_buffer_coords (GTK_TEXT_VIEW (self->view), GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y,
                                         &buffer_x, &buffer_y);
  if (!gtk_text_view_get_iter_at_location (GTK_TEXT_VIEW (self->view), &iter, buffer_x, buffer_y))
    return;
  target = dup_link (self, &iter);
  if (target == NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  follow (self, target);
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, MemoNoteEditor *self)
{
  GtkTextIter cursor;
  g_autofree char *target = NULL;

  if (!(state & GDK_CONTROL_MASK) || (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter))
    return FALSE;
  gtk_text_buffer_get_iter_at_mark (self->buffer, &cursor, gtk_text_buffer_get_insert (self->buffer));
  target = dup_link (self, &cursor);
  if (target)
    follow (self, target);
  return TRUE;
}

static void
memo_note_editor_unmap (GtkWidget *widget)
{
  memo_note_editor_flush (MEMO_NOTE_EDITOR (widget));
  GTK_WIDGET_CLASS (memo_note_editor_parent_class)->unmap (widget);
}

static gboolean
memo_note_editor_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (MEMO_NOTE_EDITOR (widget)->view);
}

static void
memo_note_editor_dispose (GObject *object)
{
  MemoNoteEditor *self = MEMO_NOTE_EDITOR (object);

  if (self->session)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      g_signal_handlers_disconnect_by_data (memo_session_get_saver (self->session), self);
    }
  if (self->buffer)
    {
      g_signal_handlers_disconnect_by_data (self->buffer, self);
      g_clear_handle_id (&self->save_id, g_source_remove);
    }
  g_clear_signal_handler (&self->changed_id, self->library);
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->buffer);
  g_clear_object (&self->note);
  g_clear_object (&self->library);
  g_clear_object (&self->session);
  g_clear_pointer (&self->uuid, g_free);
  G_OBJECT_CLASS (memo_note_editor_parent_class)->dispose (object);
}

static void
memo_note_editor_class_init (MemoNoteEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = memo_note_editor_dispose;
  widget_class->unmap = memo_note_editor_unmap;
  widget_class->grab_focus = memo_note_editor_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[SAVED] = g_signal_new ("saved", MEMO_TYPE_NOTE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_STRING);
}

static void
memo_note_editor_init (MemoNoteEditor *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkTextView *view;

  self->view = gtk_text_view_new ();
  view = GTK_TEXT_VIEW (self->view);
  self->buffer = g_object_ref (gtk_text_view_get_buffer (view));
  memo_note_style_attach (self->buffer);
  gtk_text_buffer_set_enable_undo (self->buffer, TRUE);
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (view, 28);
  gtk_text_view_set_right_margin (view, 28);
  gtk_text_view_set_top_margin (view, 20);
  gtk_text_view_set_bottom_margin (view, 60);
  gtk_text_view_set_pixels_inside_wrap (view, 4);
  gtk_text_view_set_pixels_below_lines (view, 4);
  gtk_widget_add_css_class (self->view, "memo-note-text");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Text of the note"),
                                  -1);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (self->view, GTK_EVENT_CONTROLLER (click));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->view, keys);
  g_signal_connect_swapped (self->buffer, "changed", G_CALLBACK (edited_cb), self);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->view);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

MemoNoteEditor *
memo_note_editor_new (MemoSession *session)
{
  MemoNoteEditor *self = g_object_new (MEMO_TYPE_NOTE_EDITOR, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_swapped (session, "notify::library", G_CALLBACK (library_cb), self);
  g_signal_connect_swapped (memo_session_get_saver (session), "saved", G_CALLBACK (saved_cb), self);
  g_signal_connect_swapped (memo_session_get_saver (session), "gather", G_CALLBACK (memo_note_editor_flush), self);
  library_cb (self);
  return self;
}

void
memo_note_editor_open (MemoNoteEditor *self, const char *uuid)
{
  g_return_if_fail (MEMO_IS_NOTE_EDITOR (self));
  if (uuid && g_strcmp0 (uuid, self->uuid) == 0)
    return;
  memo_note_editor_flush (self);
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->note);
  g_free (self->uuid);
  self->uuid = g_strdup (uuid);
  if (uuid && get_waiting (self))
    {
      g_set_object (&self->note, get_waiting (self));
      set_text (self, memo_record_get_text (self->note, MEMO_NOTE_TEXT));
      gtk_widget_set_sensitive (self->view, TRUE);
    }
  else if (uuid && self->library)
    {
      /* Not written to while it is on its way. */
      gtk_widget_set_sensitive (self->view, FALSE);
      load (self);
    }
  else
    {
      set_text (self, "");
      gtk_widget_set_sensitive (self->view, TRUE);
    }
}

const char *
memo_note_editor_get_uuid (MemoNoteEditor *self)
{
  g_return_val_if_fail (MEMO_IS_NOTE_EDITOR (self), NULL);
  return self->uuid;
}

MemoRecord *
memo_note_editor_get_note (MemoNoteEditor *self)
{
  g_return_val_if_fail (MEMO_IS_NOTE_EDITOR (self), NULL);
  return self->note;
}

void
memo_note_editor_insert (MemoNoteEditor *self, const char *text)
{
  g_return_if_fail (MEMO_IS_NOTE_EDITOR (self));
  gtk_text_buffer_delete_selection (self->buffer, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (self->buffer, text, -1);
  gtk_widget_grab_focus (self->view);
}

GtkTextBuffer *
memo_note_editor_get_buffer (MemoNoteEditor *self)
{
  g_return_val_if_fail (MEMO_IS_NOTE_EDITOR (self), NULL);
  return self->buffer;
}
