#include "memo-timeline-data.h"

struct _MemoTimelineData
{
  gatomicrefcount references;
  const MemoEntry *entries;
  GObject *owner;
  MemoTimelineItem *items;
  guint n_items;
  MemoTimelineLane *lanes;
  guint n_lanes;
  GArray *undated;
  gint32 first, last;
};

/* An open start has no first day: it is drawn from a year before all that is known. */
static gint32
find_low (const MemoEntry *entries, guint n)
{
  gint32 low = G_MAXINT32;

  for (guint i = 0; i < n; i++)
    {
      if (!entries[i].when)
        continue;
      low = MIN (low, (entries[i].soft & MEMO_OPEN_START) ? entries[i].last : entries[i].first);
      if (!(entries[i].soft & MEMO_OPEN_START))
        break;
    }
  return low == G_MAXINT32 ? 0 : low - 365;
}

static gint
compare_items (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const MemoTimelineItem *x = a, *y = b;

  return (x->first > y->first) - (x->first < y->first);
}

static void
drop_empty_lanes (MemoTimelineData *self)
{
  guint kept = 0;

  for (guint i = 0; i < self->n_lanes; i++)
    {
      if (self->lanes[i].begin == self->lanes[i].end)
        g_free (self->lanes[i].name);
      else
        self->lanes[kept++] = self->lanes[i];
    }
  self->n_lanes = kept;
}

static void
add_item (MemoTimelineData *self,
          guint *next,
          const MemoEntry *entry,
          guint position,
          guint8 color,
          gint32 low,
          gint32 today)
{
  MemoTimelineItem *item = &self->items[(*next)++];

  item->entry = position;
  item->soft = entry->soft;
  item->color = color;
  item->letters = entry->title ? (guint8) MIN (g_utf8_strlen (entry->title, -1), 255) : 8;
  item->first = (entry->soft & MEMO_OPEN_START) ? low : entry->first;
  item->last = entry->last;
  if ((entry->soft & MEMO_OPEN_END) && (entry->last == MEMO_DATE_OPEN_END || entry->last < item->first))
    item->last = MAX (today, item->first);
  item->last = MAX (item->last, item->first);
  self->first = MIN (self->first, item->first);
  self->last = MAX (self->last, item->last);
}

MemoTimelineData *
memo_timeline_data_new (const MemoEntry *entries,
                        guint n_entries,
                        gpointer owner,
                        const char *const *names,
                        MemoTimelinePlace place,
                        gpointer user_data,
                        gint32 today)
{
  MemoTimelineData *self = g_new0 (MemoTimelineData, 1);
  g_autofree gint16 *placed = g_new (gint16, n_entries + 1);
  g_autofree guint8 *colors = g_new0 (guint8, n_entries + 1);
  g_autofree guint *next = NULL;
  gint32 low = find_low (entries, n_entries);
  guint begin = 0;

  g_atomic_ref_count_init (&self->references);
  self->entries = entries;
  self->owner = owner ? g_object_ref (owner) : NULL;
  self->undated = g_array_new (FALSE, FALSE, sizeof (guint));
  self->first = G_MAXINT32;
  self->last = G_MININT32;
  self->n_lanes = g_strv_length ((char **) names);
  self->lanes = g_new0 (MemoTimelineLane, self->n_lanes + 1);
  next = g_new0 (guint, self->n_lanes + 1);

  for (guint i = 0; i < n_entries; i++)
    {
      int lane = place (&entries[i], &colors[i], user_data);

      placed[i] = lane >= 0 && lane < (int) self->n_lanes && entries[i].when ? lane : -1;
      if (lane >= 0 && !entries[i].when)
        g_array_append_val (self->undated, i);
      else if (placed[i] >= 0)
        self->lanes[placed[i]].end++;
    }
  for (guint i = 0; i < self->n_lanes; i++)
    {
      self->lanes[i].name = g_strdup (names[i]);
      self->lanes[i].begin = next[i] = begin;
      begin += self->lanes[i].end;
      self->lanes[i].end = begin;
    }

  /* A counting sort by lane keeps the order of days. */
  self->n_items = begin;
  self->items = g_new (MemoTimelineItem, MAX (begin, 1));
  for (guint i = 0; i < n_entries; i++)
    if (placed[i] >= 0)
      add_item (self, &next[placed[i]], &entries[i], i, colors[i], low, today);

  for (guint i = 0; i < self->n_lanes; i++)
    for (guint j = self->lanes[i].begin + 1; j < self->lanes[i].end; j++)
      if (self->items[j].first < self->items[j - 1].first)
        {
          g_qsort_with_data (&self->items[self->lanes[i].begin], self->lanes[i].end - self->lanes[i].begin,
                             sizeof (MemoTimelineItem), compare_items, NULL);
          break;
        }
  drop_empty_lanes (self);
  return self;
}

MemoTimelineData *
memo_timeline_data_ref (MemoTimelineData *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
memo_timeline_data_unref (MemoTimelineData *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  for (guint i = 0; i < self->n_lanes; i++)
    g_free (self->lanes[i].name);
  g_free (self->lanes);
  g_free (self->items);
  g_array_unref (self->undated);
  g_clear_object (&self->owner);
  g_free (self);
}

const MemoTimelineItem *
memo_timeline_data_get_items (MemoTimelineData *self, guint *ret_n)
{
  if (ret_n)
    *ret_n = self->n_items;
  return self->items;
}

const MemoTimelineLane *
memo_timeline_data_get_lanes (MemoTimelineData *self, guint *ret_n)
{
  if (ret_n)
    *ret_n = self->n_lanes;
  return self->lanes;
}

const MemoEntry *
memo_timeline_data_get_entry (MemoTimelineData *self, guint item)
{
  g_return_val_if_fail (item < self->n_items, NULL);

  return &self->entries[self->items[item].entry];
}

guint
memo_timeline_data_get_lane (MemoTimelineData *self, guint item)
{
  guint low = 0, high = self->n_lanes;

  while (low + 1 < high)
    {
      guint middle = (low + high) / 2;

      if (self->lanes[middle].begin <= item)
        low = middle;
      else
        high = middle;
    }
  return low;
}

guint
memo_timeline_data_find (MemoTimelineData *self, const char *uuid)
{
  for (guint i = 0; uuid && i < self->n_items; i++)
    if (g_strcmp0 (self->entries[self->items[i].entry].uuid, uuid) == 0)
      return i;
  return G_MAXUINT;
}

guint
memo_timeline_data_nearest (MemoTimelineData *self, guint lane, gint32 day)
{
  guint low, high;

  g_return_val_if_fail (lane < self->n_lanes, G_MAXUINT);

  low = self->lanes[lane].begin;
  high = self->lanes[lane].end;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (self->items[middle].first < day)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == self->lanes[lane].end)
    return low - 1;
  if (low > self->lanes[lane].begin &&
      (gint64) day - self->items[low - 1].first < (gint64) self->items[low].first - day)
    return low - 1;
  return low;
}

GArray *
memo_timeline_data_get_undated (MemoTimelineData *self)
{
  return self->undated;
}

const MemoEntry *
memo_timeline_data_get_undated_entry (MemoTimelineData *self, guint position)
{
  g_return_val_if_fail (position < self->undated->len, NULL);

  return &self->entries[g_array_index (self->undated, guint, position)];
}

gboolean
memo_timeline_data_get_range (MemoTimelineData *self, gint32 *ret_first, gint32 *ret_last)
{
  if (self->n_items == 0)
    return FALSE;
  *ret_first = self->first;
  *ret_last = self->last;
  return TRUE;
}

guint
memo_timeline_data_count (MemoTimelineData *self, double first, double last, guint n, guint *counts)
{
  double scale = n / MAX (last - first + 1, 1);
  guint highest = 0;

  for (guint i = 0; i < n; i++)
    counts[i] = 0;
  for (guint i = 0; i < self->n_items; i++)
    {
      double part = (self->items[i].first - first) * scale;

      if (part < 0 || part >= n)
        continue;
      counts[(guint) part]++;
      highest = MAX (highest, counts[(guint) part]);
    }
  return highest;
}
