#include "memo-reader-text.h"

struct _MemoReaderText
{
  GtkTextView parent_instance;
  MemoReaderBuffer *buffer;
  MemoReaderHighlights *highlights;
  char *selected;
  gboolean dark;
};

G_DEFINE_FINAL_TYPE (MemoReaderText, memo_reader_text, GTK_TYPE_TEXT_VIEW)

typedef void (*LineFunc) (const GdkRectangle *line, gpointer user_data);

/* Calls @func with the place (in the buffer's coordinates) of each display line's part of a buffer range. */
static void
foreach_line (GtkTextView *view, int from, int to, LineFunc func, gpointer user_data)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter at, end, next;

  gtk_text_buffer_get_iter_at_offset (buffer, &at, from);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, to);
  while (gtk_text_iter_compare (&at, &end) < 0)
    {
      GtkTextIter before;
      GdkRectangle first, last, line;

      next = at;
      if (!gtk_text_view_forward_display_line (view, &next) || gtk_text_iter_compare (&next, &at) <= 0 ||
          gtk_text_iter_compare (&next, &end) > 0)
        next = end;
      before = next;
      gtk_text_iter_backward_char (&before);
      gtk_text_view_get_iter_location (view, &at, &first);
      gtk_text_view_get_iter_location (view, &before, &last);
      line = (GdkRectangle){ MIN (first.x, last.x), first.y, 0, first.height };
      line.width = MAX (first.x + first.width, last.x + last.width) - line.x;
      func (&line, user_data);
      at = next;
    }
}

typedef struct
{
  MemoReaderText *self;
  GtkSnapshot *snapshot;
  GdkRGBA color;
  gboolean frame;
  glong start, end; /* of the text: what is visible, or the outer mark */
  const MemoHighlight *outer;
} Drawing;

static void
draw_line (const GdkRectangle *line, gpointer user_data)
{
  Drawing *drawing = user_data;

  if (drawing->frame)
    {
      GskRoundedRect outline;

      gsk_rounded_rect_init_from_rect (
          &outline, &GRAPHENE_RECT_INIT (line->x - 2, line->y - 1, line->width + 4, line->height + 2), 4);
      gtk_snapshot_append_border (drawing->snapshot, &outline, (float[4]){ 1.5, 1.5, 1.5, 1.5 },
                                  (GdkRGBA[4]){ drawing->color, drawing->color, drawing->color, drawing->color });
    }
  else
    gtk_snapshot_append_color (drawing->snapshot, &drawing->color,
                               &GRAPHENE_RECT_INIT (line->x, line->y + line->height - 3, line->width, 3));
}

static void
draw_range (int from, int to, gpointer user_data)
{
  Drawing *drawing = user_data;

  foreach_line (GTK_TEXT_VIEW (drawing->self), from, to, draw_line, drawing);
}

/* The outer mark stays visible as a bar below the words that both mark. */
static void
draw_under (const MemoHighlight *inner, gpointer user_data)
{
  Drawing *drawing = user_data;
  glong start, end;

  if (!inner->over || inner->start < drawing->outer->start || inner == drawing->outer)
    return;
  start = MAX (MAX (inner->start, drawing->outer->start), drawing->start);
  end = MIN (MIN (inner->end, drawing->outer->end), drawing->end);
  if (start < end && (inner->start > drawing->outer->start || inner > drawing->outer))
    memo_reader_buffer_foreach (drawing->self->buffer, start, end, draw_range, drawing);
}

static void
draw_overlaps (const MemoHighlight *outer, gpointer user_data)
{
  Drawing *drawing = user_data;

  drawing->outer = outer;
  memo_reader_color_get_strong (outer->color, drawing->self->dark, &drawing->color);
  memo_reader_highlights_foreach (drawing->self->highlights, MAX (outer->start, drawing->start),
                                  MIN (outer->end, drawing->end), draw_under, drawing);
}

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
draw_marks (Drawing *drawing)
{
  MemoReaderText *self = drawing->self;
  const MemoHighlight *selected;

  drawing->frame = FALSE;
  memo_reader_highlights_foreach (self->highlights, drawing->start, drawing->end, draw_overlaps, drawing);
  selected = self->selected ? memo_reader_highlights_get_by_uuid (self->highlights, self->selected) : NULL;
  if (selected == NULL || selected->start < 0 || selected->start >= drawing->end || selected->end <= drawing->start)
    return;
  drawing->frame = TRUE;
  memo_reader_color_get_strong (selected->color, self->dark, &drawing->color);
  memo_reader_buffer_foreach (self->buffer, MAX (selected->start, drawing->start), MIN (selected->end, drawing->end),
                              draw_range, drawing);
}

static void
memo_reader_text_snapshot_layer (GtkTextView *view, GtkTextViewLayer layer, GtkSnapshot *snapshot)
{
  MemoReaderText *self = MEMO_READER_TEXT (view);
  Drawing drawing = { self, snapshot };

  if (self->buffer == NULL || self->highlights == NULL)
    return;
  if (layer == GTK_TEXT_VIEW_LAYER_BELOW_TEXT)
    {
      draw_summary (self, snapshot);
      return;
    }
  for (guint summary = 0; summary < 2; summary++)
    if (memo_reader_text_get_visible (self, summary == 1, &drawing.start, &drawing.end))
      draw_marks (&drawing);
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
  g_clear_object (&self->buffer);
  g_clear_object (&self->highlights);
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
  g_set_object (&self->buffer, buffer);
  g_set_object (&self->highlights, highlights);
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
