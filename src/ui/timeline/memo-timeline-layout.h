#pragma once

#include "memo-timeline-data.h"
#include "memo-timeline-scale.h"

G_BEGIN_DECLS

/* Where the items of a MemoTimelineData stand at one level of density: each lane has rows in which nothing overlaps, so
 * what is visible is found by binary search and the cost of a frame follows what is seen. What stands too close becomes
 * a counted cluster. A layout depends on the density alone, not on the place looked at: nothing jumps while moving.
 * Immutable, counted references, safe in any thread. */
typedef struct _MemoTimelineLayout MemoTimelineLayout;

#define MEMO_TIMELINE_POINT 14.0   /* pixels: the least that an item takes */
#define MEMO_TIMELINE_CLUSTER 34.0 /* width of the cells in which short items are counted */
#define MEMO_TIMELINE_LETTER 7.2   /* room that is left for a letter of a title where there is any */
#define MEMO_TIMELINE_LABEL 480.0  /* but for a whole title no more than this */

typedef struct
{
  gint32 first, last;
  guint32 start; /* the item; for a cluster where its members begin */
  guint32 count; /* above 1: a cluster */
} MemoTimelineShape;

/* @rows: how many a lane may fill (1 … 60) before the rest goes into a row of clusters below them. (transfer full) */
MemoTimelineLayout *memo_timeline_layout_new (MemoTimelineData *data, int level, guint rows);
MemoTimelineLayout *memo_timeline_layout_ref (MemoTimelineLayout *self);
void memo_timeline_layout_unref (MemoTimelineLayout *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoTimelineLayout, memo_timeline_layout_unref)

int memo_timeline_layout_get_level (MemoTimelineLayout *self);
MemoTimelineData *memo_timeline_layout_get_data (MemoTimelineLayout *self);
guint memo_timeline_layout_get_rows (MemoTimelineLayout *self);
/* Rows in use; 0 … rows + 1. */
guint memo_timeline_layout_get_n_rows (MemoTimelineLayout *self, guint lane);
/* Shapes of a row that may touch the days [from, to], in order, one more behind them when there is one (to know how much
 * room the last has). Borrowed; *ret_n without that one. */
const MemoTimelineShape *memo_timeline_layout_visible (MemoTimelineLayout *self,
                                                       guint lane,
                                                       guint row,
                                                       double from,
                                                       double to,
                                                       guint *ret_n,
                                                       gboolean *ret_more);
/* The middle of a cluster, in days. */
double memo_timeline_layout_get_center (MemoTimelineLayout *self, const MemoTimelineShape *shape);
/* The items of a shape. Borrowed. */
const guint32 *
memo_timeline_layout_get_members (MemoTimelineLayout *self, const MemoTimelineShape *shape, guint *ret_n);
/* The shape that shows @item; NULL when there is none. */
const MemoTimelineShape *
memo_timeline_layout_find (MemoTimelineLayout *self, guint item, guint *ret_lane, guint *ret_row);

G_END_DECLS
