#pragma once

#include <gtk/gtk.h>

#include "memo-timeline-layout.h"
#include "memo-timeline-stamps.h"
#include "memo-timeline-texts.h"

G_BEGIN_DECLS

#define MEMO_TIMELINE_HEADER 46.0 /* height of the two lines of marks */
#define MEMO_TIMELINE_N_COLORS 13 /* the first is for what has no sector */

/* Draws a layout: what a frame needs and nothing else. The canvas owns one and fills it in. */
typedef struct
{
  MemoTimelineLayout *layout; /* nullable */
  double *tops;               /* of the lanes, from the first one's; one more for the end of the last */
  guint n_lanes;
  MemoTimelineScale scale;
  double width, height;
  double offset;  /* how far the lanes are scrolled down */
  guint selected; /* item, G_MAXUINT for none */
  guint hovered;
  gint32 today;
  gboolean dark;
  gboolean focused;
  const char *language;
  GtkWidget *widget; /* for the font */
  MemoTimelineTexts *texts;
  MemoTimelineStamps *stamps;
  double line;  /* of today */
  GArray *gaps; /* in that line, where words of this frame stand */
} MemoTimelinePainter;

void memo_timeline_painter_init (MemoTimelinePainter *self, GtkWidget *widget);
void memo_timeline_painter_clear (MemoTimelinePainter *self);
/* Forgets shaped texts: the font or the language is another. */
void memo_timeline_painter_forget (MemoTimelinePainter *self);
void memo_timeline_painter_set_layout (MemoTimelinePainter *self, MemoTimelineLayout *layout);
void memo_timeline_painter_draw (MemoTimelinePainter *self, GtkSnapshot *snapshot);

/* Height of all lanes; how many rows a lane may get (2 … 7) so that they fit into @height where that is possible. */
double memo_timeline_painter_get_lanes_height (MemoTimelinePainter *self);
guint memo_timeline_rows_for (double height, const MemoTimelineLane *lanes, guint n_lanes);
double memo_timeline_painter_get_lane_top (MemoTimelinePainter *self, guint lane);
double memo_timeline_painter_get_lane_height (MemoTimelinePainter *self, guint lane);
void memo_timeline_painter_get_shape (MemoTimelinePainter *self,
                                      guint lane,
                                      guint row,
                                      const MemoTimelineShape *shape,
                                      graphene_rect_t *ret_rect);
/* The shape at a place; NULL when there is none. */
const MemoTimelineShape *
memo_timeline_painter_hit (MemoTimelinePainter *self, double x, double y, guint *ret_lane, guint *ret_row);
/* The colours shared by canvas and overview. */
void memo_timeline_color (guint color, gboolean dark, GdkRGBA *ret_color);
void memo_timeline_accent (gboolean dark, float alpha, GdkRGBA *ret_color);
void memo_timeline_ink (gboolean dark, float alpha, GdkRGBA *ret_color);

G_END_DECLS
