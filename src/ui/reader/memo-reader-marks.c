#include "memo-reader-marks.h"

typedef enum
{
  LINE_SINGLE,
  LINE_DOUBLE,
  LINE_ABOVE,
  LINE_WAVE,
  LINE_BOTH
} Line;

static const Line lines[MEMO_N_COLORS] = { LINE_SINGLE, LINE_DOUBLE, LINE_ABOVE, LINE_WAVE, LINE_BOTH };

typedef struct
{
  GtkTextView *view;
  MemoReaderBuffer *buffer;
  GArray *strips; /* NULL: a frame is drawn */
  MemoReaderStrip strip;
  GtkSnapshot *snapshot;
  const GdkRGBA *color;
} Walk;

static void
draw_frame (const GdkRectangle *line, const GdkRGBA *color, GtkSnapshot *snapshot)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT (line->x - 2, line->y - 1, line->width + 4, line->height + 2),
                                   4);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1.5, 1.5, 1.5, 1.5 },
                              (GdkRGBA[4]){ *color, *color, *color, *color });
}

/* Each display line's part of a range of the buffer. */
static void
walk_lines (int from, int to, gpointer user_data)
{
  Walk *walk = user_data;
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (walk->buffer);
  GtkTextIter at, end, next;

  gtk_text_buffer_get_iter_at_offset (buffer, &at, from);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, to);
  while (gtk_text_iter_compare (&at, &end) < 0)
    {
      GtkTextIter before;
      GdkRectangle first, last;
      GdkRectangle *place = &walk->strip.place;

      next = at;
      if (!gtk_text_view_forward_display_line (walk->view, &next) || gtk_text_iter_compare (&next, &at) <= 0 ||
          gtk_text_iter_compare (&next, &end) > 0)
        next = end;
      before = next;
      gtk_text_iter_backward_char (&before);
      gtk_text_view_get_iter_location (walk->view, &at, &first);
      gtk_text_view_get_iter_location (walk->view, &before, &last);
      *place = (GdkRectangle){ MIN (first.x, last.x), first.y, 0, first.height };
      place->width = MAX (first.x + first.width, last.x + last.width) - place->x;
      if (walk->strips)
        g_array_append_val (walk->strips, walk->strip);
      else
        draw_frame (place, walk->color, walk->snapshot);
      at = next;
    }
}

static void
add_run (const MemoHighlightRun *run, gpointer user_data)
{
  Walk *walk = user_data;

  walk->strip.color = run->top->color;
  walk->strip.under = run->under ? (int) run->under->color : -1;
  memo_reader_buffer_foreach (walk->buffer, run->start, run->end, walk_lines, walk);
}

void
memo_reader_marks_collect (GtkTextView *view,
                           MemoReaderBuffer *buffer,
                           MemoReaderHighlights *highlights,
                           glong start,
                           glong end,
                           GArray *strips)
{
  Walk walk = { .view = view, .buffer = buffer, .strips = strips };

  memo_reader_highlights_foreach_run (highlights, start, end, add_run, &walk);
}

void
memo_reader_marks_draw_frame (GtkTextView *view,
                              MemoReaderBuffer *buffer,
                              glong start,
                              glong end,
                              const GdkRGBA *color,
                              GtkSnapshot *snapshot)
{
  Walk walk = { .view = view, .buffer = buffer, .snapshot = snapshot, .color = color };

  memo_reader_buffer_foreach (buffer, start, end, walk_lines, &walk);
}

void
memo_reader_marks_draw_fill (GArray *strips, gboolean dark, GtkSnapshot *snapshot)
{
  for (guint i = 0; i < strips->len; i++)
    {
      const MemoReaderStrip *strip = &g_array_index (strips, MemoReaderStrip, i);
      const GdkRectangle *place = &strip->place;
      GdkRGBA color;

      memo_reader_color_get_fill (strip->color, dark, &color);
      gtk_snapshot_append_color (snapshot, &color,
                                 &GRAPHENE_RECT_INIT (place->x, place->y, place->width, place->height));
    }
}

static void
draw_wave (const GdkRectangle *place, const GdkRGBA *color, GtkSnapshot *snapshot)
{
  graphene_rect_t tile = GRAPHENE_RECT_INIT (place->x, place->y + place->height - 4, 6, 4);
  cairo_t *cr;

  gtk_snapshot_push_repeat (snapshot, &GRAPHENE_RECT_INIT (place->x, tile.origin.y, place->width, 4), &tile);
  cr = gtk_snapshot_append_cairo (snapshot, &tile);
  cairo_translate (cr, tile.origin.x, tile.origin.y);
  cairo_move_to (cr, -1.5, 0.75);
  for (int i = 0; i < 4; i++)
    cairo_line_to (cr, 1.5 + 3 * i, i % 2 ? 0.75 : 3.25);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, 1.2);
  cairo_stroke (cr);
  cairo_destroy (cr);
  gtk_snapshot_pop (snapshot);
}

static void
draw_line (const MemoReaderStrip *strip, gboolean dark, GtkSnapshot *snapshot)
{
  const GdkRectangle *place = &strip->place;
  Line line = lines[strip->color];
  GdkRGBA color;

  memo_reader_color_get_strong (strip->color, dark, &color);
  if (line == LINE_SINGLE || line == LINE_DOUBLE || line == LINE_BOTH)
    gtk_snapshot_append_color (snapshot, &color,
                               &GRAPHENE_RECT_INIT (place->x, place->y + place->height - 4, place->width, 1));
  if (line == LINE_DOUBLE)
    gtk_snapshot_append_color (snapshot, &color,
                               &GRAPHENE_RECT_INIT (place->x, place->y + place->height - 2, place->width, 1));
  if (line == LINE_ABOVE || line == LINE_BOTH)
    gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (place->x, place->y + 1, place->width, 1));
  if (line == LINE_WAVE)
    draw_wave (place, &color, snapshot);
}

void
memo_reader_marks_draw_lines (GArray *strips, gboolean dark, GtkSnapshot *snapshot)
{
  for (guint i = 0; i < strips->len; i++)
    {
      const MemoReaderStrip *strip = &g_array_index (strips, MemoReaderStrip, i);
      const GdkRectangle *place = &strip->place;
      GdkRGBA color;

      draw_line (strip, dark, snapshot);
      if (strip->under < 0)
        continue;
      memo_reader_color_get_strong ((guint) strip->under, dark, &color);
      gtk_snapshot_append_color (snapshot, &color,
                                 &GRAPHENE_RECT_INIT (place->x, place->y + place->height - 3, place->width, 3));
    }
}
