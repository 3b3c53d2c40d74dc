#include "memo-timeline-layout.h"

#include <math.h>

struct _MemoTimelineLayout
{
  gatomicrefcount references;
  MemoTimelineData *data;
  int level;
  guint rows;
  guint n_lanes;
  double density;
  double cell;     /* days */
  GArray **shapes; /* of MemoTimelineShape: lane × (rows + 1) */
  GArray *members; /* guint32: items of the clusters */
};

/* State of one lane while it is filled. */
typedef struct
{
  MemoTimelineLayout *layout;
  const MemoTimelineItem *items;
  GArray **shapes;
  double *ends;   /* first free day of each row */
  double *labels; /* the same behind the room for a title */
  gint64 cell;
  GArray *small; /* items of the cell at hand that are shorter than a cell */
  GArray *rest;  /* items of that cell for which no row had room */
  double below;  /* first free day of the row below the rows, behind the room for a title */
} Filling;

static gint64
cell_of (MemoTimelineLayout *self, gint32 day)
{
  return (gint64) floor (day / self->cell);
}

/* FALSE: no row has room, or none without standing in a title while there is room below the rows (for what is @brief). */
static gboolean
place (Filling *filling, double first, double end, double label, gboolean brief, const MemoTimelineShape *shape)
{
  guint rows = filling->layout->rows, row;

  for (row = 0; row < rows; row++)
    if (filling->labels[row] <= first)
      break;
  if (row == rows && brief && (filling->rest->len > 0 || filling->below <= first))
    return FALSE;
  if (row == rows)
    for (row = 0; row < rows; row++)
      if (filling->ends[row] <= first)
        break;
  if (row == rows)
    return FALSE;
  filling->ends[row] = end;
  filling->labels[row] = MAX (end, label);
  g_array_append_val (filling->shapes[row], *shape);
  return TRUE;
}

/* Where the title of an item ends, in days: inside the item if that is long enough, else behind it. No text is measured
 * here: the layout needs no display, and a title that is a little longer is cut or stands before the item. */
static double
get_label_end (MemoTimelineLayout *self, const MemoTimelineItem *item, double first, double end)
{
  double width = MIN (item->letters * MEMO_TIMELINE_LETTER + 24, MEMO_TIMELINE_LABEL) / self->density;

  return end - first >= width ? end : end + width;
}

static void
place_item (Filling *filling, guint32 index)
{
  MemoTimelineLayout *self = filling->layout;
  const MemoTimelineItem *item = &filling->items[index];
  MemoTimelineShape shape = { item->first, item->last, index, 1 };
  double end = MAX (item->last + 1.0, item->first + (MEMO_TIMELINE_POINT + 2) / self->density);
  double label = get_label_end (self, item, item->first, end);

  if (place (filling, item->first, end, label, end - item->first <= self->cell, &shape))
    return;
  if (filling->rest->len == 0)
    filling->below = MAX (label, (filling->cell + 1) * self->cell);
  g_array_append_val (filling->rest, index);
}

static MemoTimelineShape
make_cluster (MemoTimelineLayout *self, const MemoTimelineItem *items, GArray *indices)
{
  MemoTimelineShape shape = { G_MAXINT32, G_MININT32, self->members->len, indices->len };

  for (guint i = 0; i < indices->len; i++)
    {
      const MemoTimelineItem *item = &items[g_array_index (indices, guint32, i)];

      shape.first = MIN (shape.first, item->first);
      shape.last = MAX (shape.last, item->last);
    }
  g_array_append_vals (self->members, indices->data, indices->len);
  return shape;
}

static void
flush (Filling *filling)
{
  MemoTimelineLayout *self = filling->layout;

  if (filling->small->len > self->rows)
    {
      MemoTimelineShape shape = make_cluster (self, filling->items, filling->small);
      double first = filling->cell * self->cell;

      if (!place (filling, first, first + self->cell, first + self->cell, TRUE, &shape))
        {
          filling->below = MAX (filling->below, first + self->cell);
          g_array_set_size (self->members, shape.start);
          g_array_append_vals (filling->rest, filling->small->data, filling->small->len);
        }
    }
  else
    {
      for (guint i = 0; i < filling->small->len; i++)
        place_item (filling, g_array_index (filling->small, guint32, i));
    }
  g_array_set_size (filling->small, 0);

  if (filling->rest->len > 0)
    {
      MemoTimelineShape shape = { 0 };

      if (filling->rest->len == 1)
        {
          shape.start = g_array_index (filling->rest, guint32, 0);
          shape.first = filling->items[shape.start].first;
          shape.last = filling->items[shape.start].last;
          shape.count = 1;
        }
      else
        {
          shape = make_cluster (self, filling->items, filling->rest);
        }
      g_array_append_val (filling->shapes[self->rows], shape);
      g_array_set_size (filling->rest, 0);
    }
}

static void
fill_lane (MemoTimelineLayout *self, const MemoTimelineItem *items, const MemoTimelineLane *lane, GArray **shapes)
{
  g_autofree double *ends = g_new (double, self->rows);
  g_autofree double *labels = g_new (double, self->rows);
  g_autoptr (GArray) small = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) rest = g_array_new (FALSE, FALSE, sizeof (guint32));
  Filling filling = { self, items, shapes, ends, labels, G_MININT64, small, rest, -G_MAXDOUBLE };

  for (guint row = 0; row < self->rows; row++)
    ends[row] = labels[row] = -G_MAXDOUBLE;
  for (guint32 i = lane->begin; i < lane->end; i++)
    {
      gint64 cell = cell_of (self, items[i].first);

      if (cell != filling.cell)
        {
          flush (&filling);
          filling.cell = cell;
        }
      if ((double) items[i].last - items[i].first + 1 < self->cell || items[i].first == items[i].last)
        g_array_append_val (small, i);
      else
        place_item (&filling, i);
    }
  flush (&filling);
}

MemoTimelineLayout *
memo_timeline_layout_new (MemoTimelineData *data, int level, guint rows)
{
  MemoTimelineLayout *self = g_new0 (MemoTimelineLayout, 1);
  const MemoTimelineItem *items = memo_timeline_data_get_items (data, NULL);
  const MemoTimelineLane *lanes = memo_timeline_data_get_lanes (data, &self->n_lanes);

  g_atomic_ref_count_init (&self->references);
  self->data = memo_timeline_data_ref (data);
  self->level = level;
  self->rows = CLAMP (rows, 1, 60);
  self->density = memo_timeline_level_get_density (level);
  /* A cell is never less than a day: what happens on one day cannot be told apart by looking closer. */
  self->cell = MAX (MEMO_TIMELINE_CLUSTER / self->density, 1);
  self->members = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->shapes = g_new (GArray *, MAX (self->n_lanes * (self->rows + 1), 1));
  for (guint i = 0; i < self->n_lanes * (self->rows + 1); i++)
    self->shapes[i] = g_array_new (FALSE, FALSE, sizeof (MemoTimelineShape));
  for (guint i = 0; i < self->n_lanes; i++)
    fill_lane (self, items, &lanes[i], self->shapes + i * (self->rows + 1));
  return self;
}

MemoTimelineLayout *
memo_timeline_layout_ref (MemoTimelineLayout *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
memo_timeline_layout_unref (MemoTimelineLayout *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  for (guint i = 0; i < self->n_lanes * (self->rows + 1); i++)
    g_array_unref (self->shapes[i]);
  g_free (self->shapes);
  g_array_unref (self->members);
  memo_timeline_data_unref (self->data);
  g_free (self);
}

int
memo_timeline_layout_get_level (MemoTimelineLayout *self)
{
  return self->level;
}

MemoTimelineData *
memo_timeline_layout_get_data (MemoTimelineLayout *self)
{
  return self->data;
}

guint
memo_timeline_layout_get_rows (MemoTimelineLayout *self)
{
  return self->rows;
}

guint
memo_timeline_layout_get_n_rows (MemoTimelineLayout *self, guint lane)
{
  guint n = self->rows + 1;

  g_return_val_if_fail (lane < self->n_lanes, 0);

  while (n > 0 && self->shapes[lane * (self->rows + 1) + n - 1]->len == 0)
    n--;
  return n;
}

static double
get_end (MemoTimelineLayout *self, guint row, const MemoTimelineShape *shape)
{
  /* A single one below the rows may be long and still have neighbours: it is drawn no wider than a cluster. */
  if (shape->count > 1 || row == self->rows)
    return (cell_of (self, shape->first) + 1) * self->cell;
  return MAX (shape->last + 1.0, shape->first + MEMO_TIMELINE_POINT / self->density);
}

const MemoTimelineShape *
memo_timeline_layout_visible (MemoTimelineLayout *self,
                              guint lane,
                              guint row,
                              double from,
                              double to,
                              guint *ret_n,
                              gboolean *ret_more)
{
  GArray *shapes;
  guint low = 0, high, end;

  g_return_val_if_fail (lane < self->n_lanes && row <= self->rows, NULL);

  shapes = self->shapes[lane * (self->rows + 1) + row];
  high = shapes->len;
  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (get_end (self, row, &g_array_index (shapes, MemoTimelineShape, middle)) < from)
        low = middle + 1;
      else
        high = middle;
    }
  end = low;
  high = shapes->len;
  while (end < high)
    {
      guint middle = (end + high) / 2;

      if (g_array_index (shapes, MemoTimelineShape, middle).first <= to)
        end = middle + 1;
      else
        high = middle;
    }
  *ret_n = end - low;
  if (ret_more)
    *ret_more = end < shapes->len;
  return shapes->len > low ? &g_array_index (shapes, MemoTimelineShape, low) : NULL;
}

double
memo_timeline_layout_get_center (MemoTimelineLayout *self, const MemoTimelineShape *shape)
{
  return (cell_of (self, shape->first) + 0.5) * self->cell;
}

const guint32 *
memo_timeline_layout_get_members (MemoTimelineLayout *self, const MemoTimelineShape *shape, guint *ret_n)
{
  *ret_n = shape->count;
  return shape->count > 1 ? &g_array_index (self->members, guint32, shape->start) : &shape->start;
}

const MemoTimelineShape *
memo_timeline_layout_find (MemoTimelineLayout *self, guint item, guint *ret_lane, guint *ret_row)
{
  const MemoTimelineItem *items = memo_timeline_data_get_items (self->data, NULL);
  guint lane = memo_timeline_data_get_lane (self->data, item);
  double cell = cell_of (self, items[item].first) * self->cell;

  for (guint row = 0; row <= self->rows; row++)
    {
      guint n;
      const MemoTimelineShape *shapes =
          memo_timeline_layout_visible (self, lane, row, cell, cell + self->cell, &n, NULL);

      for (guint i = 0; i < n; i++)
        {
          guint n_members;
          const guint32 *members = memo_timeline_layout_get_members (self, &shapes[i], &n_members);

          for (guint j = 0; j < n_members; j++)
            if (members[j] == item)
              {
                *ret_lane = lane;
                *ret_row = row;
                return &shapes[i];
              }
        }
    }
  return NULL;
}
