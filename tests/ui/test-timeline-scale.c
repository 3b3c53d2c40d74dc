#include <glib.h>
#include <math.h>
#include <string.h>

#include "base/memo-date.h"
#include "ui/timeline/memo-timeline-scale.h"

static void
test_ways (void)
{
  MemoTimelineScale scale = { 1000, 2.5 };

  g_assert_cmpfloat_with_epsilon (memo_timeline_scale_to_x (&scale, 1010), 25, 1e-9);
  g_assert_cmpfloat_with_epsilon (memo_timeline_scale_to_day (&scale, 25), 1010, 1e-9);
}

static void
test_zoom (void)
{
  MemoTimelineScale scale = { 1000, 2.5 };
  double day = memo_timeline_scale_to_day (&scale, 300);

  memo_timeline_scale_zoom (&scale, 300, 1.7);
  g_assert_cmpfloat_with_epsilon (scale.density, 4.25, 1e-9);
  g_assert_cmpfloat_with_epsilon (memo_timeline_scale_to_day (&scale, 300), day, 1e-6);
  for (int i = 0; i < 200; i++)
    memo_timeline_scale_zoom (&scale, 300, 2);
  g_assert_cmpfloat (scale.density, ==, MEMO_TIMELINE_DENSITY_MAX);
  for (int i = 0; i < 200; i++)
    memo_timeline_scale_zoom (&scale, 300, 0.5);
  g_assert_cmpfloat (scale.density, ==, MEMO_TIMELINE_DENSITY_MIN);
}

static void
test_fit (void)
{
  MemoTimelineScale scale = { 0, 1 };

  memo_timeline_scale_fit (&scale, 100, 1099, 1000);
  g_assert_cmpfloat (memo_timeline_scale_to_x (&scale, 100), >, 20);
  g_assert_cmpfloat (memo_timeline_scale_to_x (&scale, 1100), <, 980);

  scale.origin = -1e9;
  memo_timeline_scale_limit (&scale, 1000);
  g_assert_cmpfloat (scale.origin, ==, memo_day_from_ymd (1, 1, 1));
  scale.origin = 1e9;
  memo_timeline_scale_limit (&scale, 1000);
  g_assert_cmpfloat (memo_timeline_scale_to_day (&scale, 1000), <=, memo_day_from_ymd (9999, 12, 31));
}

static void
test_levels (void)
{
  for (int level = -20; level <= 14; level++)
    {
      MemoTimelineScale scale = { 0, memo_timeline_level_get_density (level) };

      g_assert_cmpint (memo_timeline_scale_get_level (&scale), ==, level);
      scale.density *= 1.4;
      g_assert_cmpint (memo_timeline_scale_get_level (&scale), ==, level);
    }
}

static const MemoTimelineTick *
find (GArray *ticks, const char *label, gboolean upper)
{
  for (guint i = 0; i < ticks->len; i++)
    {
      const MemoTimelineTick *tick = &g_array_index (ticks, MemoTimelineTick, i);

      if (tick->upper == upper && strcmp (tick->label, label) == 0)
        return tick;
    }
  return NULL;
}

static void
test_ticks (void)
{
  MemoTimelineScale scale = { memo_day_from_ymd (2025, 10, 12), 60 };
  g_autoptr (GArray) days = NULL, months = NULL, years = NULL, centuries = NULL;

  days = memo_timeline_scale_get_ticks (&scale, 1800, 96, "ru");
  g_assert_nonnull (find (days, "октябрь 2025", TRUE));
  g_assert_nonnull (find (days, "ноябрь 2025", TRUE));
  g_assert_cmpint (find (days, "13", FALSE)->day, ==, memo_day_from_ymd (2025, 10, 13));

  scale.density = 4;
  months = memo_timeline_scale_get_ticks (&scale, 1000, 96, "en");
  g_assert_cmpint (find (months, "November", FALSE)->day, ==, memo_day_from_ymd (2025, 11, 1));
  g_assert_cmpint (find (months, "2026", TRUE)->day, ==, memo_day_from_ymd (2026, 1, 1));
  g_assert_cmpint (find (months, "2025", TRUE)->x, <, 0);

  scale.density = 0.05;
  years = memo_timeline_scale_get_ticks (&scale, 1000, 96, "tr");
  g_assert_cmpint (find (years, "2030", FALSE)->day, ==, memo_day_from_ymd (2030, 1, 1));
  g_assert_null (find (years, "2031", FALSE));

  scale = (MemoTimelineScale){ memo_day_from_ymd (1, 1, 1), 0.0013 };
  centuries = memo_timeline_scale_get_ticks (&scale, 1000, 96, "en");
  g_assert_cmpuint (centuries->len, >=, 4);
  for (guint i = 1; i < centuries->len; i++)
    g_assert_cmpfloat (g_array_index (centuries, MemoTimelineTick, i).x -
                           g_array_index (centuries, MemoTimelineTick, i - 1).x,
                       >=, 90);
}

/* At every density marks are in order, apart from each other, and not too far apart to read the scale by. */
static void
test_ticks_spacing (void)
{
  for (double density = MEMO_TIMELINE_DENSITY_MIN; density <= MEMO_TIMELINE_DENSITY_MAX; density *= 1.3)
    {
      MemoTimelineScale scale = { memo_day_from_ymd (1900, 3, 5), density };
      g_autoptr (GArray) ticks = NULL;
      double before = -G_MAXDOUBLE;
      guint lower = 0;

      memo_timeline_scale_limit (&scale, 1200);
      ticks = memo_timeline_scale_get_ticks (&scale, 1200, 96, "en");
      for (guint i = 0; i < ticks->len; i++)
        {
          const MemoTimelineTick *tick = &g_array_index (ticks, MemoTimelineTick, i);

          g_assert_cmpfloat_with_epsilon (tick->x, memo_timeline_scale_to_x (&scale, tick->day), 1e-6);
          if (tick->upper)
            continue;
          g_assert_cmpfloat (tick->x - before, >=, 40);
          before = tick->x;
          lower++;
        }
      g_assert_cmpuint (lower, >=, 2);
      g_assert_cmpuint (lower, <=, 40);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timeline/scale/ways", test_ways);
  g_test_add_func ("/timeline/scale/zoom", test_zoom);
  g_test_add_func ("/timeline/scale/fit", test_fit);
  g_test_add_func ("/timeline/scale/levels", test_levels);
  g_test_add_func ("/timeline/scale/ticks", test_ticks);
  g_test_add_func ("/timeline/scale/ticks-spacing", test_ticks_spacing);
  return g_test_run ();
}
