#include "memo-timeline-painter.h"

#include <glib/gi18n.h>
#include <math.h>

#define LANE_TITLE 24.0
#define LANE_PADDING 6.0
#define ROW 26.0
#define BAR 22.0
#define POINT 12.0
#define CLUSTER 24.0
#define LEAST_TITLE 40.0 /* less of a title says nothing */
#define MOST_TITLE 480.0
#define END 64 /* pixels of each end of a long bar */

/* Middle tones of GNOME's palette that carry white text, by day and by night. */
static const guint32 palette[MEMO_TIMELINE_N_COLORS] = { 0x77767b, 0x2a7bde, 0x2b8a4b, 0xb36b00, 0x8b44ac,
                                                         0x14808f, 0xc64545, 0x7a6a4f, 0xb8447f, 0x4c5fd0,
                                                         0x6b8e23, 0x9a3b1f, 0x3f6d8f };

static void
set_rgb (GdkRGBA *color, guint32 rgb, float alpha)
{
  color->red = ((rgb >> 16) & 0xff) / 255.f;
  color->green = ((rgb >> 8) & 0xff) / 255.f;
  color->blue = (rgb & 0xff) / 255.f;
  color->alpha = alpha;
}

void
memo_timeline_color (guint color, gboolean dark, GdkRGBA *ret_color)
{
  set_rgb (ret_color, palette[color % MEMO_TIMELINE_N_COLORS], 1);
  if (dark)
    {
      ret_color->red = MIN (ret_color->red * 1.08f, 1);
      ret_color->green = MIN (ret_color->green * 1.08f, 1);
      ret_color->blue = MIN (ret_color->blue * 1.08f, 1);
    }
}

void
memo_timeline_accent (gboolean dark, float alpha, GdkRGBA *ret_color)
{
  set_rgb (ret_color, dark ? 0x78aeed : 0x3584e4, alpha);
}

void
memo_timeline_ink (gboolean dark, float alpha, GdkRGBA *ret_color)
{
  set_rgb (ret_color, dark ? 0xffffff : 0x000000, alpha);
}

/* Where the line of today is not drawn. */
typedef struct
{
  double top, bottom;
} Gap;

void
memo_timeline_painter_init (MemoTimelinePainter *self, GtkWidget *widget)
{
  *self = (MemoTimelinePainter){ .selected = G_MAXUINT, .hovered = G_MAXUINT, .widget = widget, .language = "en" };
  self->texts = memo_timeline_texts_new (widget);
  self->stamps = memo_timeline_stamps_new (widget);
  self->gaps = g_array_new (FALSE, FALSE, sizeof (Gap));
}

void
memo_timeline_painter_clear (MemoTimelinePainter *self)
{
  g_clear_pointer (&self->texts, memo_timeline_texts_free);
  g_clear_pointer (&self->stamps, memo_timeline_stamps_free);
  g_clear_pointer (&self->gaps, g_array_unref);
  g_clear_pointer (&self->tops, g_free);
  g_clear_pointer (&self->layout, memo_timeline_layout_unref);
}

void
memo_timeline_painter_forget (MemoTimelinePainter *self)
{
  memo_timeline_texts_forget (self->texts);
}

static double
measure_lane (const MemoTimelineLane *lane, guint rows)
{
  return LANE_TITLE + MIN (rows + 1, lane->end - lane->begin) * ROW + LANE_PADDING;
}

guint
memo_timeline_rows_for (double height, const MemoTimelineLane *lanes, guint n_lanes)
{
  guint rows;

  for (rows = 7; rows > 2; rows--)
    {
      double sum = 0;

      for (guint i = 0; i < n_lanes && sum <= height; i++)
        sum += measure_lane (&lanes[i], rows);
      if (sum <= height)
        break;
    }
  return rows;
}

void
memo_timeline_painter_set_layout (MemoTimelinePainter *self, MemoTimelineLayout *layout)
{
  const MemoTimelineLane *lanes = memo_timeline_data_get_lanes (memo_timeline_layout_get_data (layout), &self->n_lanes);
  guint rows = memo_timeline_layout_get_rows (layout);

  memo_timeline_layout_ref (layout);
  g_clear_pointer (&self->layout, memo_timeline_layout_unref);
  self->layout = layout;
  self->tops = g_renew (double, self->tops, self->n_lanes + 1);
  self->tops[0] = 0;
  /* The height follows from how many there are, not from how they stand now: lanes keep still while zooming. */
  for (guint i = 0; i < self->n_lanes; i++)
    self->tops[i + 1] = self->tops[i] + measure_lane (&lanes[i], rows);
}

double
memo_timeline_painter_get_lane_height (MemoTimelinePainter *self, guint lane)
{
  return self->tops[lane + 1] - self->tops[lane];
}

double
memo_timeline_painter_get_lane_top (MemoTimelinePainter *self, guint lane)
{
  return MEMO_TIMELINE_HEADER - self->offset + self->tops[lane];
}

double
memo_timeline_painter_get_lanes_height (MemoTimelinePainter *self)
{
  return self->layout ? self->tops[self->n_lanes] : 0;
}

void
memo_timeline_painter_get_shape (MemoTimelinePainter *self,
                                 guint lane,
                                 guint row,
                                 const MemoTimelineShape *shape,
                                 graphene_rect_t *ret_rect)
{
  double top = memo_timeline_painter_get_lane_top (self, lane) + LANE_TITLE + row * ROW;
  double x, width, height;

  if (shape->count > 1)
    {
      char digits[16];

      width = CLUSTER + MAX (g_snprintf (digits, sizeof digits, "%u", shape->count) - 2, 0) * 8;
      height = CLUSTER;
      x = memo_timeline_scale_to_x (&self->scale, memo_timeline_layout_get_center (self->layout, shape)) - width / 2;
    }
  else if (shape->first == shape->last)
    {
      width = height = POINT;
      x = memo_timeline_scale_to_x (&self->scale, shape->first);
      if (self->scale.density > POINT)
        x += (self->scale.density - POINT) / 2;
    }
  else
    {
      height = BAR;
      x = memo_timeline_scale_to_x (&self->scale, shape->first);
      width = MAX ((shape->last + 1.0 - shape->first) * self->scale.density, POINT);
      if (row == memo_timeline_layout_get_rows (self->layout))
        width = MIN (width, CLUSTER);
    }
  graphene_rect_init (ret_rect, x, top + (ROW - height) / 2, width, height);
}

const MemoTimelineShape *
memo_timeline_painter_hit (MemoTimelinePainter *self, double x, double y, guint *ret_lane, guint *ret_row)
{
  if (!self->layout || y < MEMO_TIMELINE_HEADER)
    return NULL;
  for (guint lane = 0; lane < self->n_lanes; lane++)
    {
      double top = memo_timeline_painter_get_lane_top (self, lane) + LANE_TITLE;
      const MemoTimelineShape *shapes;
      gboolean more;
      guint row, n;

      if (y < top || y >= top + memo_timeline_painter_get_lane_height (self, lane) - LANE_TITLE)
        continue;
      row = (guint) ((y - top) / ROW);
      if (row > memo_timeline_layout_get_rows (self->layout))
        return NULL;
      shapes = memo_timeline_layout_visible (self->layout, lane, row, memo_timeline_scale_to_day (&self->scale, x - 60),
                                             memo_timeline_scale_to_day (&self->scale, x + 60), &n, &more);
      for (guint i = n; i-- > 0;)
        {
          graphene_rect_t rect;

          memo_timeline_painter_get_shape (self, lane, row, &shapes[i], &rect);
          graphene_rect_inset (&rect, -4, -3);
          if (graphene_rect_contains_point (&rect, &GRAPHENE_POINT_INIT (x, y)))
            {
              *ret_lane = lane;
              *ret_row = row;
              return &shapes[i];
            }
        }
      return NULL;
    }
  return NULL;
}

/* A text in the lanes: the line of today stops where it would run through it. */
static void
draw_text (MemoTimelinePainter *self,
           GtkSnapshot *snapshot,
           MemoTimelineText *text,
           double x,
           double middle,
           double room,
           const GdkRGBA *color)
{
  double width = MIN (room, memo_timeline_text_get_width (text));

  memo_timeline_texts_draw (self->texts, snapshot, text, x, middle, room, color);
  if (self->line > x - 5 && self->line < x + width + 5)
    {
      double half = memo_timeline_text_get_height (text) / 2.0;
      Gap gap = { middle - half, middle + half };

      g_array_append_val (self->gaps, gap);
    }
}

/* A border that meets itself in the middle: a path is filled, where a clip would need a mask of its own. */
static void
fill_rounded (GtkSnapshot *snapshot, const graphene_rect_t *rect, double radius, const GdkRGBA *color)
{
  GskRoundedRect rounded;
  float half = MIN (rect->size.width, rect->size.height) / 2;

  gsk_rounded_rect_init_from_rect (&rounded, rect, radius);
  gtk_snapshot_append_border (snapshot, &rounded, (float[4]){ half, half, half, half },
                              (GdkRGBA[4]){ *color, *color, *color, *color });
}

static void
stroke_rounded (GtkSnapshot *snapshot, const graphene_rect_t *rect, double radius, float width, const GdkRGBA *color)
{
  GskRoundedRect rounded;

  gsk_rounded_rect_init_from_rect (&rounded, rect, radius);
  gtk_snapshot_append_border (snapshot, &rounded, (float[4]){ width, width, width, width },
                              (GdkRGBA[4]){ *color, *color, *color, *color });
}

/* Where the title of a shape can stand: inside from @from to @to, before @left, behind @right as far as @room goes. */
typedef struct
{
  double from, to;
  double left, right;
  double room;
  double middle;
} Place;

/* Inside when there is room, else beside, where it is whole; cut only where it is whole nowhere. @taken: how far the row is
 * drawn on; returns the same with the title. */
static double
draw_title (MemoTimelinePainter *self, GtkSnapshot *snapshot, const char *title, const Place *place, double taken)
{
  gboolean seen = place->right > 0 && place->left < self->width;
  MemoTimelineText *text = seen ? memo_timeline_texts_get (self->texts, title, FALSE, FALSE) : NULL;
  double whole = text ? memo_timeline_text_get_width (text) : 0, width;
  double inside = MIN (place->to, self->width) - place->from, behind = MIN (place->room, MOST_TITLE);
  double before = MIN (place->left - MAX (taken, 0) - 12, MOST_TITLE);
  double most = MAX (inside, MAX (behind, before));
  GdkRGBA white = { 1, 1, 1, 1 }, ink;

  if (!text || most < MIN (LEAST_TITLE, whole))
    return place->right;
  memo_timeline_ink (self->dark, 0.85, &ink);
  if (inside >= MIN (whole, most))
    {
      draw_text (self, snapshot, text, place->from, place->middle, inside, &white);
      return place->right;
    }
  if (behind >= MIN (whole, most))
    {
      draw_text (self, snapshot, text, place->right + 6, place->middle, behind, &ink);
      return place->right + 6 + memo_timeline_texts_measure (self->texts, text, behind);
    }
  width = memo_timeline_texts_measure (self->texts, text, before);
  draw_text (self, snapshot, text, place->left - 6 - width, place->middle, before, &ink);
  return place->right;
}

/* A bar with an end that fades: a short one is one stamp, a long one its two ends and what is between. */
static void
draw_fading (MemoTimelinePainter *self,
             GtkSnapshot *snapshot,
             const graphene_rect_t *rect,
             MemoTimelineStampFlags flags,
             const GdkRGBA *color)
{
  double x = floor (rect->origin.x), y = floor (rect->origin.y);
  int width = (int) (floor (rect->origin.x + rect->size.width) - x), height = (int) rect->size.height;

  if (width <= 2 * END)
    {
      memo_timeline_stamps_draw (self->stamps, snapshot, MEMO_TIMELINE_STAMP_BAR, flags, color, x, y, width, height);
      return;
    }
  /* A pixel of the middle below each end: no seam at any scale. */
  gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT (x + END - 1, y, width - 2 * END + 2, height));
  memo_timeline_stamps_draw (self->stamps, snapshot, MEMO_TIMELINE_STAMP_BAR,
                             (flags & MEMO_TIMELINE_FADE_IN) | MEMO_TIMELINE_LEFT, color, x, y, END, height);
  memo_timeline_stamps_draw (self->stamps, snapshot, MEMO_TIMELINE_STAMP_BAR,
                             (flags & MEMO_TIMELINE_FADE_OUT) | MEMO_TIMELINE_RIGHT, color, x + width - END, y, END,
                             height);
}

static void
draw_bar (MemoTimelinePainter *self,
          GtkSnapshot *snapshot,
          const MemoTimelineItem *item,
          const graphene_rect_t *whole,
          Place *place)
{
  GdkRGBA color, white = { 1, 1, 1, 1 };
  double x = MAX (whole->origin.x, -40), right = MIN (whole->origin.x + whole->size.width, self->width + 40);
  double y = whole->origin.y, height = whole->size.height;
  graphene_rect_t rect = GRAPHENE_RECT_INIT (x, y, right - x, height);
  double fade = MIN (MEMO_TIMELINE_FADE, (right - x) * 0.4);
  gboolean fade_in = (item->soft & (MEMO_SOFT_START | MEMO_OPEN_START)) && x == whole->origin.x;
  gboolean fade_out = (item->soft & MEMO_SOFT_END) && right == whole->origin.x + whole->size.width;
  double from = x + (fade_in ? fade : 0), to = right - (fade_out ? fade : 0);
  MemoTimelineText *text;

  /* Out of sight: only its title may reach in. */
  if (right <= x)
    return;
  memo_timeline_color (item->color, self->dark, &color);
  if (!fade_in && !fade_out)
    fill_rounded (snapshot, &rect, height / 2, &color);
  else
    draw_fading (self, snapshot, &rect, (fade_in ? MEMO_TIMELINE_FADE_IN : 0) | (fade_out ? MEMO_TIMELINE_FADE_OUT : 0),
                 &color);

  place->to = to;
  if ((item->soft & MEMO_OPEN_END) && to - from > 40 && (text = memo_timeline_texts_get (self->texts, "→", TRUE, TRUE)))
    {
      place->to -= 22;
      draw_text (self, snapshot, text, place->to, y + height / 2, G_MAXDOUBLE, &white);
    }
  if ((item->soft & MEMO_OPEN_START) && to - from > 60 &&
      (text = memo_timeline_texts_get (self->texts, "←", TRUE, TRUE)))
    {
      draw_text (self, snapshot, text, from + 2, y + height / 2, G_MAXDOUBLE, &white);
      from += 18;
    }
  place->from = MAX (from, 0) + 9;
  place->to -= 6;
}

static void
draw_cluster (MemoTimelinePainter *self,
              GtkSnapshot *snapshot,
              const MemoTimelineShape *shape,
              const graphene_rect_t *rect)
{
  GdkRGBA color, ink;
  char digits[16];
  MemoTimelineText *text;

  memo_timeline_accent (self->dark, self->dark ? 0.28 : 0.16, &color);
  memo_timeline_ink (self->dark, 0.85, &ink);
  memo_timeline_stamps_draw (self->stamps, snapshot, MEMO_TIMELINE_STAMP_CLUSTER, 0, &color, rect->origin.x,
                             rect->origin.y, (int) rect->size.width, (int) rect->size.height);
  g_snprintf (digits, sizeof digits, "%u", shape->count);
  text = memo_timeline_texts_get (self->texts, digits, TRUE, FALSE);
  if (text)
    draw_text (self, snapshot, text,
               floor (rect->origin.x) + (rect->size.width - memo_timeline_text_get_width (text)) / 2,
               rect->origin.y + rect->size.height / 2, G_MAXDOUBLE, &ink);
}

/* Draws it with its title; returns how far the row is drawn on now, which was @taken. */
static double
draw_shape (MemoTimelinePainter *self,
            GtkSnapshot *snapshot,
            guint lane,
            guint row,
            const MemoTimelineShape *shape,
            const MemoTimelineShape *next,
            double taken)
{
  MemoTimelineData *data = memo_timeline_layout_get_data (self->layout);
  graphene_rect_t rect, following;
  const MemoTimelineItem *item;
  const MemoEntry *entry;
  Place place;

  memo_timeline_painter_get_shape (self, lane, row, shape, &rect);
  if (shape->count > 1)
    {
      draw_cluster (self, snapshot, shape, &rect);
      return rect.origin.x + rect.size.width;
    }

  item = memo_timeline_data_get_items (data, NULL) + shape->start;
  entry = memo_timeline_data_get_entry (data, shape->start);
  place = (Place){ .left = rect.origin.x,
                   .right = rect.origin.x + rect.size.width,
                   .room = self->width,
                   .middle = rect.origin.y + rect.size.height / 2 };
  if (next)
    {
      memo_timeline_painter_get_shape (self, lane, row, next, &following);
      place.room = MIN (place.room, following.origin.x);
    }
  place.room -= place.right + 12;
  if (rect.size.height > POINT)
    {
      draw_bar (self, snapshot, item, &rect, &place);
    }
  else
    {
      GdkRGBA color;

      memo_timeline_color (item->color, self->dark, &color);
      memo_timeline_stamps_draw (self->stamps, snapshot,
                                 (item->soft & (MEMO_SOFT_START | MEMO_SOFT_END)) ? MEMO_TIMELINE_STAMP_RING
                                                                                  : MEMO_TIMELINE_STAMP_POINT,
                                 0, &color, rect.origin.x, rect.origin.y, POINT, POINT);
    }
  return draw_title (self, snapshot, entry->title && *entry->title ? entry->title : _ ("Untitled"), &place, taken);
}

static void
draw_selection (MemoTimelinePainter *self, GtkSnapshot *snapshot, guint item, gboolean strong)
{
  const MemoTimelineShape *shape;
  graphene_rect_t rect;
  GdkRGBA color;
  guint lane, row, n;

  memo_timeline_data_get_items (memo_timeline_layout_get_data (self->layout), &n);
  if (item >= n || !(shape = memo_timeline_layout_find (self->layout, item, &lane, &row)))
    return;
  memo_timeline_painter_get_shape (self, lane, row, shape, &rect);
  if (rect.origin.x < -50)
    {
      rect.size.width += rect.origin.x + 50;
      rect.origin.x = -50;
    }
  rect.size.width = MIN (rect.size.width, self->width + 100 - rect.origin.x);
  if (rect.size.width <= 0)
    return;
  graphene_rect_inset (&rect, -3, -3);
  if (strong)
    memo_timeline_accent (self->dark, 1, &color);
  else
    memo_timeline_ink (self->dark, 0.3, &color);
  stroke_rounded (snapshot, &rect, rect.size.height / 2, strong && self->focused ? 2.5 : 1.5, &color);
}

static void
draw_ticks (MemoTimelinePainter *self, GtkSnapshot *snapshot)
{
  g_autoptr (GArray) ticks = memo_timeline_scale_get_ticks (&self->scale, self->width, 96, self->language);
  GdkRGBA line, strong, ink, dim;
  gboolean any_upper = FALSE;

  memo_timeline_ink (self->dark, 0.08, &line);
  memo_timeline_ink (self->dark, 0.2, &strong);
  memo_timeline_ink (self->dark, 0.85, &ink);
  memo_timeline_ink (self->dark, 0.6, &dim);
  for (guint i = 0; i < ticks->len; i++)
    any_upper |= g_array_index (ticks, MemoTimelineTick, i).upper;

  for (guint i = 0; i < ticks->len; i++)
    {
      const MemoTimelineTick *tick = &g_array_index (ticks, MemoTimelineTick, i);
      MemoTimelineText *text = memo_timeline_texts_get (self->texts, tick->label, tick->upper, TRUE);
      double x = tick->x + 6;

      if (tick->upper)
        {
          int width = memo_timeline_text_get_width (text);

          x = MAX (x, 8);
          /* The unit at the left edge stays named until the next one pushes it out. */
          for (guint j = i + 1; j < ticks->len; j++)
            if (g_array_index (ticks, MemoTimelineTick, j).upper)
              {
                x = MIN (x, g_array_index (ticks, MemoTimelineTick, j).x - width - 8);
                break;
              }
        }
      gtk_snapshot_append_color (snapshot, tick->upper ? &strong : &line,
                                 &GRAPHENE_RECT_INIT (floor (tick->x),
                                                      tick->upper || !any_upper ? 0 : MEMO_TIMELINE_HEADER / 2, 1,
                                                      self->height));
      memo_timeline_texts_draw (self->texts, snapshot, text, x,
                                tick->upper ? 13
                                : any_upper ? 34
                                            : 24,
                                G_MAXDOUBLE, tick->upper ? &ink : &dim);
    }
  gtk_snapshot_append_color (snapshot, &strong, &GRAPHENE_RECT_INIT (0, MEMO_TIMELINE_HEADER - 1, self->width, 1));
}

static void
draw_lane (MemoTimelinePainter *self, GtkSnapshot *snapshot, guint lane, double top, double height)
{
  const MemoTimelineLane *lanes = memo_timeline_data_get_lanes (memo_timeline_layout_get_data (self->layout), NULL);
  double from = memo_timeline_scale_to_day (&self->scale, -340);
  double to = memo_timeline_scale_to_day (&self->scale, self->width + 20);
  GdkRGBA line, ink;
  MemoTimelineText *name;
  guint most = (guint) (self->width / POINT) + 1;

  for (guint row = 0; row < memo_timeline_layout_get_n_rows (self->layout, lane); row++)
    {
      guint n, stride;
      gboolean more;
      double taken = 0;
      const MemoTimelineShape *shapes = memo_timeline_layout_visible (self->layout, lane, row, from, to, &n, &more);

      /* Only while the layout of a coarser level is on its way can there be more than fit beside each other. */
      stride = n / most + 1;
      for (guint i = 0; i < n; i += stride)
        taken = draw_shape (self, snapshot, lane, row, &shapes[i], i + 1 < n || more ? &shapes[i + 1] : NULL, taken);
    }

  memo_timeline_ink (self->dark, 0.12, &line);
  memo_timeline_ink (self->dark, 0.9, &ink);
  gtk_snapshot_append_color (snapshot, &line, &GRAPHENE_RECT_INIT (0, floor (top + height) - 1, self->width, 1));
  name = memo_timeline_texts_get (self->texts, lanes[lane].name, TRUE, TRUE);
  draw_text (self, snapshot, name, 12, top + LANE_TITLE / 2 + 1, self->width - 24, &ink);
}

static int
compare_gaps (gconstpointer a, gconstpointer b)
{
  const Gap *x = a, *y = b;

  return (x->top > y->top) - (x->top < y->top);
}

/* The line of today, but for where words stand. */
static void
draw_line (MemoTimelinePainter *self, GtkSnapshot *snapshot, const GdkRGBA *color)
{
  double y = MEMO_TIMELINE_HEADER;

  for (guint i = 0; i <= self->gaps->len; i++)
    {
      const Gap *gap = i < self->gaps->len ? &g_array_index (self->gaps, Gap, i) : NULL;
      double end = gap ? MIN (floor (gap->top), self->height) : self->height;

      if (end > y)
        gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT (self->line - 1, y, 2, end - y));
      if (gap)
        y = MAX (y, ceil (gap->bottom));
    }
}

/* What is to come. */
static void
draw_future (MemoTimelinePainter *self, GtkSnapshot *snapshot)
{
  double x = MAX (self->line, 0);
  GdkRGBA future;

  memo_timeline_ink (self->dark, 0.025, &future);
  if (x < self->width)
    gtk_snapshot_append_color (snapshot, &future,
                               &GRAPHENE_RECT_INIT (x, MEMO_TIMELINE_HEADER, self->width - x, self->height));
}

/* The name of the line. */
static void
draw_today (MemoTimelinePainter *self, GtkSnapshot *snapshot, const GdkRGBA *color)
{
  GdkRGBA ground;
  MemoTimelineText *text = memo_timeline_texts_get (self->texts, _ ("Today"), FALSE, TRUE);
  int width = memo_timeline_text_get_width (text);
  double x = self->line + 8 + width < self->width ? self->line + 6 : self->line - 6 - width;
  double middle = self->height - 12;

  /* Beside the name of the lowest lane in sight, where no title stands. */
  for (guint lane = self->layout ? self->n_lanes : 0; lane-- > 0;)
    {
      double top = memo_timeline_painter_get_lane_top (self, lane);

      if (top >= MEMO_TIMELINE_HEADER && top + LANE_TITLE <= self->height)
        {
          middle = top + LANE_TITLE / 2 + 1;
          break;
        }
    }
  set_rgb (&ground, self->dark ? 0x242424 : 0xfafafa, 0.9);
  fill_rounded (snapshot, &GRAPHENE_RECT_INIT (x - 3, middle - 10, width + 6, 20), 4, &ground);
  memo_timeline_texts_draw (self->texts, snapshot, text, x, middle, G_MAXDOUBLE, color);
}

void
memo_timeline_painter_draw (MemoTimelinePainter *self, GtkSnapshot *snapshot)
{
  GdkRGBA red = self->dark ? (GdkRGBA){ 1.f, 0.38f, 0.38f, 1 } : (GdkRGBA){ 0.88f, 0.11f, 0.14f, 1 };
  g_autoptr (GtkSnapshot) lanes = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  gboolean today;

  memo_timeline_texts_begin (self->texts);
  self->line = floor (memo_timeline_scale_to_x (&self->scale, self->today + 0.5));
  today = self->line >= -80 && self->line <= self->width;
  g_array_set_size (self->gaps, 0);
  for (guint lane = 0; self->layout && lane < self->n_lanes; lane++)
    {
      double top = memo_timeline_painter_get_lane_top (self, lane);
      double height = memo_timeline_painter_get_lane_height (self, lane);

      if (top < self->height && top + height > MEMO_TIMELINE_HEADER)
        draw_lane (self, lanes, lane, top, height);
    }
  if (self->layout)
    {
      if (self->hovered != self->selected)
        draw_selection (self, lanes, self->hovered, FALSE);
      draw_selection (self, lanes, self->selected, TRUE);
    }
  node = gtk_snapshot_to_node (lanes);
  g_array_sort (self->gaps, compare_gaps);

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, self->width, self->height));
  draw_ticks (self, snapshot);
  draw_future (self, snapshot);
  /* Strong behind the lanes, faint through the bars. */
  if (today)
    draw_line (self, snapshot, &red);
  if (node)
    {
      gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, MEMO_TIMELINE_HEADER, self->width,
                                                             MAX (self->height - MEMO_TIMELINE_HEADER, 0)));
      gtk_snapshot_append_node (snapshot, node);
      gtk_snapshot_pop (snapshot);
    }
  if (today)
    {
      draw_line (self, snapshot, &(GdkRGBA){ red.red, red.green, red.blue, 0.4f });
      draw_today (self, snapshot, &red);
    }
  gtk_snapshot_pop (snapshot);
}
