#include "memo-timeline-scale.h"

#include <math.h>

#include "base/memo-date.h"

typedef enum
{
  UNIT_DAY,
  UNIT_MONTH,
  UNIT_YEAR
} Unit;

typedef struct
{
  Unit unit;
  int count;
  double days; /* the shortest it can be */
} Step;

static const Step steps[] = {
  { UNIT_DAY, 1, 1 },         { UNIT_DAY, 7, 7 },          { UNIT_MONTH, 1, 28 },     { UNIT_MONTH, 3, 90 },
  { UNIT_YEAR, 1, 365 },      { UNIT_YEAR, 2, 730 },       { UNIT_YEAR, 5, 1826 },    { UNIT_YEAR, 10, 3652 },
  { UNIT_YEAR, 20, 7304 },    { UNIT_YEAR, 50, 18262 },    { UNIT_YEAR, 100, 36524 }, { UNIT_YEAR, 200, 73048 },
  { UNIT_YEAR, 500, 182621 }, { UNIT_YEAR, 1000, 365242 },
};

double
memo_timeline_scale_to_x (const MemoTimelineScale *self, double day)
{
  return (day - self->origin) * self->density;
}

double
memo_timeline_scale_to_day (const MemoTimelineScale *self, double x)
{
  return self->origin + x / self->density;
}

void
memo_timeline_scale_zoom (MemoTimelineScale *self, double x, double factor)
{
  double day = memo_timeline_scale_to_day (self, x);

  self->density = CLAMP (self->density * factor, MEMO_TIMELINE_DENSITY_MIN, MEMO_TIMELINE_DENSITY_MAX);
  self->origin = day - x / self->density;
}

void
memo_timeline_scale_fit (MemoTimelineScale *self, gint32 first, gint32 last, double width)
{
  double days = MAX ((double) last - first + 1, 1), before, behind;

  width = MAX (width, 1);
  before = MIN (width * 0.05, 40);
  behind = MIN (width * 0.3, 240);
  self->density = CLAMP ((width - before - behind) / days, MEMO_TIMELINE_DENSITY_MIN, MEMO_TIMELINE_DENSITY_MAX);
  /* In the middle of what is left between: a single day stands there too. */
  self->origin = first + days / 2 - (before + (width - before - behind) / 2) / self->density;
}

void
memo_timeline_scale_limit (MemoTimelineScale *self, double width)
{
  double low = memo_day_from_ymd (1, 1, 1);
  double high = memo_day_from_ymd (9999, 12, 31) - width / self->density;

  self->origin = high < low ? (low + high) / 2 : CLAMP (self->origin, low, high);
}

int
memo_timeline_scale_get_level (const MemoTimelineScale *self)
{
  return (int) floor (log2 (self->density) * 2 + 1e-9);
}

double
memo_timeline_level_get_density (int level)
{
  return exp2 (level / 2.0);
}

static void
clear_tick (gpointer tick)
{
  g_free (((MemoTimelineTick *) tick)->label);
}

static char *
format_date (const char *language, const char *format, ...)
{
  g_autofree char *edtf = NULL;
  g_autoptr (MemoDate) date = NULL;
  va_list args;

  va_start (args, format);
  edtf = g_strdup_vprintf (format, args);
  va_end (args);

  date = memo_date_new (edtf, NULL);
  return date ? memo_date_format (date, language, MEMO_DATE_STYLE_LONG) : g_steal_pointer (&edtf);
}

static void
add_tick (GArray *ticks, const MemoTimelineScale *self, gboolean upper, gint32 day, char *label)
{
  MemoTimelineTick tick = { day, memo_timeline_scale_to_x (self, day), upper, label };

  g_array_append_val (ticks, tick);
}

static void
add_days (GArray *ticks, const MemoTimelineScale *self, int count, gint32 first, gint32 last)
{
  for (gint32 day = first; day <= last; day++)
    {
      int year, month, mday;

      memo_day_to_ymd (day, &year, &month, &mday);
      /* A week that begins close to the end of a month would touch the next first. */
      if (count > 1 && ((mday - 1) % count != 0 || mday > 24))
        continue;
      add_tick (ticks, self, FALSE, day, g_strdup_printf ("%d", mday));
    }
}

static void
add_months (GArray *ticks,
            const MemoTimelineScale *self,
            int count,
            gint32 first,
            gint32 last,
            gboolean upper,
            const char *language)
{
  double width = self->density * 28 * count;
  int year, month, mday;

  memo_day_to_ymd (first, &year, &month, &mday);
  if (!upper && mday > 1)
    month++;
  while (!upper && month <= 12 && (month - 1) % count != 0)
    month++;
  for (;; month += count)
    {
      gint32 day;

      if (month > 12)
        {
          month = 1;
          year++;
        }
      day = memo_day_from_ymd (year, month, 1);
      if (day > last)
        break;
      add_tick (ticks, self, upper, day,
                upper ? format_date (language, "%04d-%02d", year, month)
                      : memo_month_name (month, language, width < 90));
    }
}

static void
add_years (GArray *ticks,
           const MemoTimelineScale *self,
           int count,
           gint32 first,
           gint32 last,
           gboolean upper,
           const char *language)
{
  int year, month, mday;

  memo_day_to_ymd (first, &year, &month, &mday);
  if (!upper)
    {
      if (month > 1 || mday > 1)
        year++;
      year = (int) ceil ((double) year / count) * count;
    }
  for (; year <= 9999; year += count)
    {
      gint32 day = memo_day_from_ymd (MAX (year, 1), 1, 1);

      if (day > last)
        break;
      add_tick (ticks, self, upper, day, format_date (language, "%04d", MAX (year, 1)));
    }
}

GArray *
memo_timeline_scale_get_ticks (const MemoTimelineScale *self, double width, double spacing, const char *language)
{
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (MemoTimelineTick));
  double low = memo_day_from_ymd (1, 1, 1), high = memo_day_from_ymd (9999, 12, 31);
  gint32 first = (gint32) CLAMP (floor (self->origin), low, high);
  gint32 last = (gint32) CLAMP (ceil (memo_timeline_scale_to_day (self, width)), low, high);
  guint i;

  g_array_set_clear_func (ticks, clear_tick);
  for (i = 0; i < G_N_ELEMENTS (steps) - 1; i++)
    if (steps[i].days * self->density >= spacing * (steps[i].unit == UNIT_DAY ? 0.5 : 1))
      break;

  switch (steps[i].unit)
    {
    case UNIT_DAY:
      add_months (ticks, self, 1, first, last, TRUE, language);
      add_days (ticks, self, steps[i].count, first, last);
      break;
    case UNIT_MONTH:
      add_years (ticks, self, 1, first, last, TRUE, language);
      add_months (ticks, self, steps[i].count, first, last, FALSE, language);
      break;
    case UNIT_YEAR:
    default:
      add_years (ticks, self, steps[i].count, first, last, FALSE, language);
      break;
    }
  return ticks;
}
