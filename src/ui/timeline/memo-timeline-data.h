#pragma once

#include "model/memo-index.h"

G_BEGIN_DECLS

/* What a timeline shows, in lanes: immutable, counted references, safe in any thread. No display needed. */
typedef struct _MemoTimelineData MemoTimelineData;

/* MemoEntry.soft */
enum
{
  MEMO_SOFT_START = 1,
  MEMO_SOFT_END = 2,
  MEMO_OPEN_START = 4,
  MEMO_OPEN_END = 8
};

typedef struct
{
  gint32 first, last; /* what is drawn: an open start or end reaches to the edge of what is known */
  guint32 entry;      /* position among the entries */
  guint8 soft;
  guint8 color;   /* of the palette */
  guint8 letters; /* of its title; no more than 255 */
} MemoTimelineItem;

typedef struct
{
  char *name;
  guint begin, end; /* its items, by first day */
} MemoTimelineLane;

/* The lane of @entry, or -1 to leave it out; its colour. Asked for undated entries too (a lane then only means: keep it). */
typedef int (*MemoTimelinePlace) (const MemoEntry *entry, guint8 *ret_color, gpointer user_data);

/* @entries: by first day, undated at the end; borrowed from @owner (nullable), of which a reference is kept. @names: of the
 * lanes, NULL-terminated; those that stay empty are left out. @today: where an open end reaches to. (transfer full) */
MemoTimelineData *memo_timeline_data_new (const MemoEntry *entries,
                                          guint n_entries,
                                          gpointer owner,
                                          const char *const *names,
                                          MemoTimelinePlace place,
                                          gpointer user_data,
                                          gint32 today);
MemoTimelineData *memo_timeline_data_ref (MemoTimelineData *self);
void memo_timeline_data_unref (MemoTimelineData *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoTimelineData, memo_timeline_data_unref)

const MemoTimelineItem *memo_timeline_data_get_items (MemoTimelineData *self, guint *ret_n);
const MemoTimelineLane *memo_timeline_data_get_lanes (MemoTimelineData *self, guint *ret_n);
const MemoEntry *memo_timeline_data_get_entry (MemoTimelineData *self, guint item);
/* Lane of an item. */
guint memo_timeline_data_get_lane (MemoTimelineData *self, guint item);
/* Item of the record @uuid; G_MAXUINT when it is not among them. */
guint memo_timeline_data_find (MemoTimelineData *self, const char *uuid);
/* The item that starts nearest to @day in a lane. */
guint memo_timeline_data_nearest (MemoTimelineData *self, guint lane, gint32 day);
/* Positions among the entries (GArray of guint) of the undated. Borrowed. */
GArray *memo_timeline_data_get_undated (MemoTimelineData *self);
const MemoEntry *memo_timeline_data_get_undated_entry (MemoTimelineData *self, guint position);
/* First and last day that anything is at; FALSE when nothing is dated. */
gboolean memo_timeline_data_get_range (MemoTimelineData *self, gint32 *ret_first, gint32 *ret_last);
/* How many begin in each of @n equal parts of [first, last]; returns the highest. */
guint memo_timeline_data_count (MemoTimelineData *self, double first, double last, guint n, guint *counts);

G_END_DECLS
