#pragma once

#include "memo-timeline-data.h"

G_BEGIN_DECLS

typedef enum
{
  MEMO_LANES_SECTOR,
  MEMO_LANES_PARTY,
  MEMO_LANES_BODY,
  MEMO_LANES_STATUS,
  MEMO_LANES_KIND,
  MEMO_N_LANES
} MemoLanes;

typedef enum
{
  MEMO_SHOW_AGREEMENTS = 1 << 0,
  MEMO_SHOW_FOLLOW_UPS = 1 << 1,
  MEMO_SHOW_CONTEXT = 1 << 2, /* events and bodies, in a lane of their own above the others */
  MEMO_SHOW_ARTICLES = 1 << 3 /* in a lane below */
} MemoShow;

/* "sector"; what settings keep. Static. */
const char *memo_lanes_get_name (MemoLanes lanes);
MemoLanes memo_lanes_from_name (const char *name);
/* "Sector"; translated, static. */
const char *memo_lanes_get_label (MemoLanes lanes);

/* What is in @selection, sorted into lanes; in any thread. (transfer full) */
MemoTimelineData *memo_lanes_build (MemoSelection *selection, MemoLanes lanes, MemoShow show, gint32 today);

G_END_DECLS
