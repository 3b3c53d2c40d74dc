#include <glib.h>
#include <math.h>

#include "ui/timeline/memo-timeline-layout.h"

#define N_LANES 3

typedef struct
{
  GArray *entries;
  MemoTimelineData *data;
} Fixture;

static int
place (const MemoEntry *entry, guint8 *ret_color, gpointer user_data)
{
  *ret_color = 1;
  return entry->id < 0 ? -1 : entry->id % N_LANES;
}

static void
add (Fixture *fixture, gint64 id, gint32 first, gint32 last, guint8 soft)
{
  MemoEntry entry = { .kind = MEMO_KIND_AGREEMENT,
                      .id = id,
                      .uuid = "u",
                      .title = "t",
                      .first = first,
                      .last = last,
                      .soft = soft,
                      .when = memo_date_new_day (0) };

  g_array_append_val (fixture->entries, entry);
}

static void
clear_entry (gpointer data)
{
  MemoEntry *entry = data;

  g_clear_pointer (&entry->when, memo_date_unref);
}

static void
build (Fixture *fixture)
{
  static const char *const names[] = { "Zero", "One", "Two", "Empty", NULL };

  fixture->data = memo_timeline_data_new ((MemoEntry *) (gpointer) fixture->entries->data, fixture->entries->len, NULL,
                                          names, place, NULL, 20000);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->entries = g_array_new (FALSE, TRUE, sizeof (MemoEntry));
  g_array_set_clear_func (fixture->entries, clear_entry);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->data, memo_timeline_data_unref);
  g_array_unref (fixture->entries);
}

static gint
compare_entries (gconstpointer a, gconstpointer b)
{
  const MemoEntry *x = a, *y = b;

  return (x->first > y->first) - (x->first < y->first);
}

static void
fill (Fixture *fixture, guint n)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (42);

  for (guint i = 0; i < n; i++)
    {
      gint32 first = g_rand_int_range (random, 0, 15000);
      double kind = g_rand_double (random);

      add (fixture, i, first, kind < 0.6 ? first : first + (gint32) pow (10, 1 + 2.5 * g_rand_double (random)),
           kind > 0.95 ? MEMO_SOFT_END : 0);
    }
  g_array_sort (fixture->entries, compare_entries);
  build (fixture);
}

static void
test_lanes (Fixture *fixture, gconstpointer data)
{
  const MemoTimelineLane *lanes;
  gint32 first, last;
  guint n;

  add (fixture, 3, G_MININT32, 900, MEMO_OPEN_START);
  add (fixture, 1, 1000, 1000, 0);
  add (fixture, -1, 1001, 1001, 0); /* left out */
  add (fixture, 4, 2000, G_MAXINT32, MEMO_OPEN_END);
  add (fixture, 7, 30000, MEMO_DATE_OPEN_END, MEMO_OPEN_END);
  add (fixture, 5, 0, 0, 0); /* undated */
  g_clear_pointer (&g_array_index (fixture->entries, MemoEntry, 5).when, memo_date_unref);
  build (fixture);

  lanes = memo_timeline_data_get_lanes (fixture->data, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (lanes[0].name, ==, "Zero");
  g_assert_cmpstr (lanes[1].name, ==, "One");
  g_assert_cmpuint (lanes[1].end - lanes[1].begin, ==, 3);
  g_assert_cmpuint (memo_timeline_data_get_undated (fixture->data)->len, ==, 1);
  g_assert_cmpint (memo_timeline_data_get_undated_entry (fixture->data, 0)->id, ==, 5);

  g_assert_true (memo_timeline_data_get_range (fixture->data, &first, &last));
  g_assert_cmpint (first, ==, 900 - 365);
  g_assert_cmpint (last, ==, 30000);
  /* What has no end goes on until today. */
  g_assert_cmpint (memo_timeline_data_get_items (fixture->data, NULL)[2].last, ==, 20000);
  g_assert_cmpuint (memo_timeline_data_get_lane (fixture->data, 0), ==, 0);
  g_assert_cmpuint (memo_timeline_data_get_lane (fixture->data, 3), ==, 1);
  g_assert_cmpuint (memo_timeline_data_nearest (fixture->data, 1, 1400), ==, 1);
  g_assert_cmpuint (memo_timeline_data_nearest (fixture->data, 1, 1600), ==, 2);
  g_assert_cmpuint (memo_timeline_data_nearest (fixture->data, 1, 99999), ==, 3);
}

static void
test_none (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoTimelineLayout) layout = NULL;
  gint32 first, last;
  guint n;

  build (fixture);
  g_assert_false (memo_timeline_data_get_range (fixture->data, &first, &last));
  memo_timeline_data_get_lanes (fixture->data, &n);
  g_assert_cmpuint (n, ==, 0);
  layout = memo_timeline_layout_new (fixture->data, 0, 3);
  g_assert_nonnull (layout);
}

/* At every level each item stands exactly once, nothing overlaps, and looking finds what stands there. */
static void
test_complete (Fixture *fixture, gconstpointer data)
{
  guint n_items;

  fill (fixture, 3000);
  memo_timeline_data_get_items (fixture->data, &n_items);
  g_assert_cmpuint (n_items, ==, 3000);
  for (int level = -12; level <= 12; level += 3)
    {
      g_autoptr (MemoTimelineLayout) layout = memo_timeline_layout_new (fixture->data, level, 3);
      g_autofree guint *seen = g_new0 (guint, n_items);
      double density = memo_timeline_level_get_density (level);

      for (guint lane = 0; lane < N_LANES; lane++)
        for (guint row = 0; row < memo_timeline_layout_get_n_rows (layout, lane); row++)
          {
            guint n, n_members;
            gboolean more;
            double end = -G_MAXDOUBLE;
            const MemoTimelineShape *shapes = memo_timeline_layout_visible (layout, lane, row, -1e9, 1e9, &n, &more);

            g_assert_false (more);
            for (guint i = 0; i < n; i++)
              {
                const guint32 *members = memo_timeline_layout_get_members (layout, &shapes[i], &n_members);
                double start = shapes[i].count > 1 ? memo_timeline_layout_get_center (layout, &shapes[i]) - 13 / density
                                                   : shapes[i].first;

                g_assert_cmpuint (n_members, ==, shapes[i].count);
                for (guint j = 0; j < n_members; j++)
                  {
                    seen[members[j]]++;
                    g_assert_cmpuint (memo_timeline_data_get_lane (fixture->data, members[j]), ==, lane);
                  }
                if (row < 3)
                  {
                    g_assert_cmpfloat (start, >=, end - 1e-6);
                    end = shapes[i].count > 1 ? start + 26 / density
                                              : MAX (shapes[i].last + 1, shapes[i].first + 14 / density);
                  }
              }
          }
      for (guint i = 0; i < n_items; i++)
        g_assert_cmpuint (seen[i], ==, 1);
    }
}

static void
test_visible (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoTimelineLayout) layout = NULL;

  fill (fixture, 2000);
  layout = memo_timeline_layout_new (fixture->data, -2, 4);
  for (guint lane = 0; lane < N_LANES; lane++)
    for (guint row = 0; row < 4; row++)
      for (double from = -500; from < 16000; from += 997)
        {
          double to = from + 1200;
          guint n, n_all, expected = 0;
          gboolean more;
          const MemoTimelineShape *all = memo_timeline_layout_visible (layout, lane, row, -1e9, 1e9, &n_all, NULL);

          for (guint i = 0; i < n_all; i++)
            if (all[i].first <= to && (all[i].count > 1 ? all[i].first + 68 : all[i].last + 1) >= from)
              expected++;
          memo_timeline_layout_visible (layout, lane, row, from, to, &n, &more);
          g_assert_cmpuint (n, <=, expected + 1);
          g_assert_cmpuint (n + 2, >=, expected);
        }
}

static void
test_find (Fixture *fixture, gconstpointer data)
{
  guint n_items;

  fill (fixture, 1500);
  memo_timeline_data_get_items (fixture->data, &n_items);
  for (int level = -10; level <= 10; level += 5)
    {
      g_autoptr (MemoTimelineLayout) layout = memo_timeline_layout_new (fixture->data, level, 2);

      for (guint item = 0; item < n_items; item += 7)
        {
          guint lane, row;
          const MemoTimelineShape *shape = memo_timeline_layout_find (layout, item, &lane, &row);

          g_assert_nonnull (shape);
          g_assert_cmpuint (lane, ==, memo_timeline_data_get_lane (fixture->data, item));
        }
    }
}

/* Six signed on one day are one cluster from afar and from close; two are two points when there are rows for them. */
static void
test_same_day (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoTimelineLayout) far = NULL, near = NULL;
  const MemoTimelineShape *shapes;
  guint n;

  for (guint i = 0; i < 6; i++)
    add (fixture, 0, 1000, 1000, 0);
  add (fixture, 1, 1000, 1000, 0);
  add (fixture, 1, 1000, 1000, 0);
  build (fixture);

  far = memo_timeline_layout_new (fixture->data, -10, 3);
  near = memo_timeline_layout_new (fixture->data, 14, 3);
  shapes = memo_timeline_layout_visible (far, 0, 0, 900, 1100, &n, NULL);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (shapes[0].count, ==, 6);
  shapes = memo_timeline_layout_visible (near, 0, 0, 900, 1100, &n, NULL);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (shapes[0].count, ==, 6);
  g_assert_cmpuint (memo_timeline_layout_get_n_rows (near, 1), ==, 2);
}

static void
test_count (Fixture *fixture, gconstpointer data)
{
  guint counts[4];

  add (fixture, 0, 0, 0, 0);
  add (fixture, 0, 10, 10, 0);
  add (fixture, 0, 39, 39, 0);
  build (fixture);
  g_assert_cmpuint (memo_timeline_data_count (fixture->data, 0, 39, 4, counts), ==, 1);
  g_assert_cmpuint (counts[0], ==, 1);
  g_assert_cmpuint (counts[1], ==, 1);
  g_assert_cmpuint (counts[2], ==, 0);
  g_assert_cmpuint (counts[3], ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/timeline/layout/lanes", test_lanes);
  ADD ("/timeline/layout/none", test_none);
  ADD ("/timeline/layout/complete", test_complete);
  ADD ("/timeline/layout/visible", test_visible);
  ADD ("/timeline/layout/find", test_find);
  ADD ("/timeline/layout/same-day", test_same_day);
  ADD ("/timeline/layout/count", test_count);
  return g_test_run ();
}
