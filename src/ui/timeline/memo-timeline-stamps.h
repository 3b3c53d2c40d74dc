#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Round shapes that come again and again on a screen, drawn once each and kept as textures: filling a path costs several times
 * as much as copying what it gave. */
typedef struct _MemoTimelineStamps MemoTimelineStamps;

typedef enum
{
  MEMO_TIMELINE_STAMP_POINT,   /* a disc */
  MEMO_TIMELINE_STAMP_RING,    /* a point whose day is not sure */
  MEMO_TIMELINE_STAMP_CLUSTER, /* a pale pill with an edge */
  MEMO_TIMELINE_STAMP_BAR      /* a pill, or its left or right end */
} MemoTimelineStampType;

typedef enum
{
  MEMO_TIMELINE_FADE_IN = 1 << 0,
  MEMO_TIMELINE_FADE_OUT = 1 << 1,
  MEMO_TIMELINE_LEFT = 1 << 2, /* of a bar, only this many pixels at its left … */
  MEMO_TIMELINE_RIGHT = 1 << 3 /* … or right end */
} MemoTimelineStampFlags;

#define MEMO_TIMELINE_FADE 44 /* pixels of a bar's end that is not sure, where it is long enough */

/* @widget: for whose display it is drawn; borrowed. */
MemoTimelineStamps *memo_timeline_stamps_new (GtkWidget *widget);
void memo_timeline_stamps_free (MemoTimelineStamps *self);
/* Draws a shape of whole pixels at a whole pixel. @color: of a cluster its edge. */
void memo_timeline_stamps_draw (MemoTimelineStamps *self,
                                GtkSnapshot *snapshot,
                                MemoTimelineStampType type,
                                MemoTimelineStampFlags flags,
                                const GdkRGBA *color,
                                double x,
                                double y,
                                int width,
                                int height);

G_END_DECLS
