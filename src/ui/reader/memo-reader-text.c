#include "memo-reader-text.h"

#include "memo-reader-marks.h"

struct _MemoReaderText
{
  GtkTextView parent_instance;
  MemoReaderBuffer *buffer;
  MemoReaderHighlights *highlights;
  GArray *strips; /* of MemoReaderStrip: of the frame that is drawn */
  char *selected;
  gboolean dark;
};

G_DEFINE_FINAL_TYPE (MemoReaderText, memo_reader_text, GTK_TYPE_TEXT_VIEW)

static void
draw_summary (MemoReaderText *self, GtkSnapshot *snapshot)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GdkRGBA color = { 0, 0, 0, 0.06 };
  GtkTextIter iter;
  GdkRectangle visible;
  GskRoundedRect box;
  int from, to, y, height, top, left, right;

  if (!memo_reader_buffer_get_summary (self->buffer, &from, &to))
    return;
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (self->buffer), &iter, from);
  gtk_text_view_get_line_yrange (view, &iter, &top, &height);
  gtk_text_view_get_visible_rect (view, &visible);
  if (top > visible.y + visible.height)
    return;
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (self->buffer), &iter, to);
  gtk_text_view_get_line_yrange (view, &iter, &y, &height);
  if (y + height < visible.y)
    return;
  if (self->dark)
    color = (GdkRGBA){ 1, 1, 1, 0.08 };
  left = gtk_text_view_get_left_margin (view);
  right = gtk_widget_get_width (GTK_WIDGET (view)) - gtk_text_view_get_right_margin (view);
  gsk_rounded_rect_init_from_rect (&box,
                                   &GRAPHENE_RECT_INIT (left, top + 10, MAX (right - left, 0), y + height - top - 24),
                                   10);
  gtk_snapshot_push_rounded_clip (snapshot, &box);
  gtk_snapshot_append_color (snapshot, &color, &box.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
draw_selected (MemoReaderText *self, GtkSnapshot *snapshot, glong start, glong end)
{
  const MemoHighlight *selected =
      self->selected ? memo_reader_highlights_get_by_uuid (self->highlights, self->selected) : NULL;
  GdkRGBA color;

  if (selected == NULL || selected->start < 0 || selected->start >= end || selected->end <= start)
    return;
  memo_reader_color_get_strong (selected->color, self->dark, &color);
  memo_reader_marks_draw_frame (GTK_TEXT_VIEW (self), self->buffer, MAX (selected->start, start),
                                MIN (selected->end, end), &color, snapshot);
}

static void
memo_reader_text_snapshot_layer (GtkTextView *view, GtkTextViewLayer layer, GtkSnapshot *snapshot)
{
  MemoReaderText *self = MEMO_READER_TEXT (view);
  gboolean below = layer == GTK_TEXT_VIEW_LAYER_BELOW_TEXT;

  if (self->buffer == NULL || self->highlights == NULL)
    return;
  if (below)
    {
      draw_summary (self, snapshot);
      g_array_set_size (self->strips, 0);
    }
  for (guint summary = 0; summary < 2; summary++)
    {
      glong start, end;

      if (!memo_reader_text_get_visible (self, summary == 1, &start, &end))
        continue;
      if (below)
        memo_reader_marks_collect (view, self->buffer, self->highlights, start, end, self->strips);
      else
        draw_selected (self, snapshot, start, end);
    }
  if (below)
    memo_reader_marks_draw_fill (self->strips, self->dark, snapshot);
  else
    memo_reader_marks_draw_lines (self->strips, self->dark, snapshot);
}

/* Where the cursor is, what is marked is an attribute of the text. */
static void
tell (MemoReaderText *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  glong start = 0, end = 0;
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_mark (buffer, &from, gtk_text_buffer_get_insert (buffer));
  gtk_text_iter_set_line_offset (&from, 0);
  to = from;
  if (!gtk_text_iter_ends_line (&to))
    gtk_text_iter_forward_to_line_end (&to);
  if (!memo_reader_buffer_range_to_text (self->buffer, gtk_text_iter_get_offset (&from), gtk_text_iter_get_offset (&to),
                                         &start, &end))
    start = end = 0;
  memo_reader_highlights_tell (self->highlights, start, end);
}

static void
mark_set_cb (MemoReaderText *self, GtkTextIter *iter, GtkTextMark *mark, GtkTextBuffer *buffer)
{
  if (mark == gtk_text_buffer_get_insert (buffer))
    tell (self);
}

/* Lets go of the article that is shown. */
static void
clear (MemoReaderText *self)
{
  if (self->buffer)
    g_signal_handlers_disconnect_by_func (self->buffer, mark_set_cb, self);
  if (self->highlights)
    g_signal_handlers_disconnect_by_func (self->highlights, gtk_widget_queue_draw, self);
  g_clear_object (&self->buffer);
  g_clear_object (&self->highlights);
}

static void
memo_reader_text_dispose (GObject *object)
{
  MemoReaderText *self = MEMO_READER_TEXT (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  /* An editor that is still open is a child that the text view does not know. */
  while (child)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      if (GTK_IS_POPOVER (child) && gtk_widget_has_css_class (child, "memo-reader-editor"))
        gtk_widget_unparent (child);
      child = next;
    }
  clear (self);
  g_clear_pointer (&self->strips, g_array_unref);
  g_clear_pointer (&self->selected, g_free);
  G_OBJECT_CLASS (memo_reader_text_parent_class)->dispose (object);
}

static void
memo_reader_text_class_init (MemoReaderTextClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = memo_reader_text_dispose;
  GTK_TEXT_VIEW_CLASS (klass)->snapshot_layer = memo_reader_text_snapshot_layer;
}

static void
memo_reader_text_init (MemoReaderText *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);

  self->strips = g_array_new (FALSE, FALSE, sizeof (MemoReaderStrip));
  gtk_text_view_set_editable (view, FALSE);
  gtk_text_view_set_cursor_visible (view, TRUE);
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_top_margin (view, 12);
  gtk_text_view_set_bottom_margin (view, 96);
  gtk_widget_add_css_class (GTK_WIDGET (self), "memo-reader-text");
}

MemoReaderText *
memo_reader_text_new (void)
{
  return g_object_new (MEMO_TYPE_READER_TEXT, NULL);
}

void
memo_reader_text_set (MemoReaderText *self, MemoReaderBuffer *buffer, MemoReaderHighlights *highlights)
{
  g_return_if_fail (MEMO_IS_READER_TEXT (self));
  clear (self);
  self->buffer = g_object_ref (buffer);
  self->highlights = g_object_ref (highlights);
  g_signal_connect_swapped (buffer, "mark-set", G_CALLBACK (mark_set_cb), self);
  g_signal_connect_swapped (highlights, "changed", G_CALLBACK (gtk_widget_queue_draw), self);
  gtk_text_view_set_buffer (GTK_TEXT_VIEW (self), GTK_TEXT_BUFFER (buffer));
}

void
memo_reader_text_set_dark (MemoReaderText *self, gboolean dark)
{
  g_return_if_fail (MEMO_IS_READER_TEXT (self));
  self->dark = dark;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
memo_reader_text_set_selected (MemoReaderText *self, const char *uuid)
{
  g_return_if_fail (MEMO_IS_READER_TEXT (self));
  if (g_strcmp0 (uuid, self->selected) == 0)
    return;
  g_free (self->selected);
  self->selected = g_strdup (uuid);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
memo_reader_text_get_visible (MemoReaderText *self, gboolean summary, glong *ret_start, glong *ret_end)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GdkRectangle visible;
  GtkTextIter from, to;
  int a, b, summary_from, summary_to;

  g_return_val_if_fail (MEMO_IS_READER_TEXT (self), FALSE);
  if (self->buffer == NULL)
    return FALSE;
  gtk_text_view_get_visible_rect (view, &visible);
  gtk_text_view_get_line_at_y (view, &from, visible.y, NULL);
  gtk_text_view_get_line_at_y (view, &to, visible.y + visible.height, NULL);
  if (!gtk_text_iter_ends_line (&to))
    gtk_text_iter_forward_to_line_end (&to);
  a = gtk_text_iter_get_offset (&from);
  b = gtk_text_iter_get_offset (&to);
  if (memo_reader_buffer_get_summary (self->buffer, &summary_from, &summary_to))
    {
      if (summary)
        b = MIN (b, summary_to);
      else
        a = MAX (a, summary_to);
    }
  else if (summary)
    return FALSE;
  return a < b && memo_reader_buffer_range_to_text (self->buffer, a, b, ret_start, ret_end);
}

gboolean
memo_reader_text_get_rectangle (MemoReaderText *self, glong start, glong end, GdkRectangle *ret_rectangle)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GdkRectangle first, last;
  GtkTextIter iter;

  g_return_val_if_fail (MEMO_IS_READER_TEXT (self), FALSE);
  if (self->buffer == NULL || start < 0)
    return FALSE;
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (self->buffer), &iter,
                                      memo_reader_buffer_from_text (self->buffer, start));
  gtk_text_view_get_iter_location (view, &iter, &first);
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (self->buffer), &iter,
                                      memo_reader_buffer_from_text (self->buffer, MAX (start, end - 1)));
  gtk_text_view_get_iter_location (view, &iter, &last);
  if (last.y < first.y)
    last = first;
  ret_rectangle->x = MIN (first.x, last.x);
  ret_rectangle->y = first.y;
  ret_rectangle->width = MAX (MAX (last.x + last.width, first.x + first.width) - ret_rectangle->x, 1);
  ret_rectangle->height = last.y + last.height - first.y;
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, ret_rectangle->x, ret_rectangle->y,
                                         &ret_rectangle->x, &ret_rectangle->y);
  return TRUE;
}
