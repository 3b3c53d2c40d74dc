#pragma once

#include "memo-timeline-canvas.h"

G_BEGIN_DECLS

/* The whole time at the foot of a timeline: how much begins when, and a window over the part that the canvas shows, to drag
 * or to move with the arrow keys. */
#define MEMO_TYPE_TIMELINE_OVERVIEW (memo_timeline_overview_get_type ())
G_DECLARE_FINAL_TYPE (MemoTimelineOverview, memo_timeline_overview, MEMO, TIMELINE_OVERVIEW, GtkWidget)

GtkWidget *memo_timeline_overview_new (void);
void memo_timeline_overview_set_canvas (MemoTimelineOverview *self, MemoTimelineCanvas *canvas);

G_END_DECLS
