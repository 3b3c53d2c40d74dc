#pragma once

#include <gtk/gtk.h>

#include "memo-timeline-data.h"
#include "memo-timeline-scale.h"

G_BEGIN_DECLS

/* The picture of a timeline: lanes of points, bars and counted clusters. Wheel and pinch zoom at the pointer, dragging moves,
 * arrows go from entry to entry. Properties: "vadjustment" (read only: the lanes, when they are higher than the widget).
 * Signals: "selected" (item: guint, G_MAXUINT none), "activated" (item), "moved" (scale or size is another), "cluster"
 * (MemoTimelineMembers *, GdkRectangle *): one was clicked that looking closer does not take apart. */
#define MEMO_TYPE_TIMELINE_CANVAS (memo_timeline_canvas_get_type ())
G_DECLARE_FINAL_TYPE (MemoTimelineCanvas, memo_timeline_canvas, MEMO, TIMELINE_CANVAS, GtkWidget)

typedef struct
{
  const guint32 *items;
  guint n;
} MemoTimelineMembers;

GtkWidget *memo_timeline_canvas_new (void);
/* What it shows is replaced when the layout is there (at once when it is small); the place looked at stays. */
void memo_timeline_canvas_set_data (MemoTimelineCanvas *self, MemoTimelineData *data);
/* What is shown now (nullable): items count in this. */
MemoTimelineData *memo_timeline_canvas_get_data (MemoTimelineCanvas *self);
GtkAdjustment *memo_timeline_canvas_get_vadjustment (MemoTimelineCanvas *self);
const MemoTimelineScale *memo_timeline_canvas_get_scale (MemoTimelineCanvas *self);
void memo_timeline_canvas_set_scale (MemoTimelineCanvas *self, const MemoTimelineScale *scale);
/* All that is dated. */
void memo_timeline_canvas_fit (MemoTimelineCanvas *self);
void memo_timeline_canvas_show_days (MemoTimelineCanvas *self, gint32 first, gint32 last);
void memo_timeline_canvas_zoom (MemoTimelineCanvas *self, double factor);
/* Brings the middle to @day. */
void memo_timeline_canvas_center (MemoTimelineCanvas *self, double day);
/* Selects the record @uuid (nullable) without a signal, now or when it comes, and moves there when @show. */
void memo_timeline_canvas_select (MemoTimelineCanvas *self, const char *uuid, gboolean show);
guint memo_timeline_canvas_get_selected (MemoTimelineCanvas *self);
/* What a screen reader is told about an item: title, date, lane and place in it. (transfer full) */
char *memo_timeline_canvas_dup_description (MemoTimelineCanvas *self, guint item);
/* A layout is being computed in a thread. */
gboolean memo_timeline_canvas_get_busy (MemoTimelineCanvas *self);

G_END_DECLS
