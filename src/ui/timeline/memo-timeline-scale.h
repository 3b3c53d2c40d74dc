#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Days ↔ pixels. A plain value; no widget, no display. Days may have fractions; day d covers [d, d + 1). */
typedef struct
{
  double origin;  /* the day at x = 0 */
  double density; /* pixels per day */
} MemoTimelineScale;

/* From a screen that shows ten thousand years to a day of 160 pixels. */
#define MEMO_TIMELINE_DENSITY_MIN 0.0003
#define MEMO_TIMELINE_DENSITY_MAX 160.0

double memo_timeline_scale_to_x (const MemoTimelineScale *self, double day);
double memo_timeline_scale_to_day (const MemoTimelineScale *self, double x);
/* Changes the density by @factor, within the limits; what is at @x stays at @x. */
void memo_timeline_scale_zoom (MemoTimelineScale *self, double x, double factor);
/* Shows days [first, last] in @width pixels, with some air at both sides, more where the titles of the last ones stand. */
void memo_timeline_scale_fit (MemoTimelineScale *self, gint32 first, gint32 last, double width);
/* Keeps what is seen within the years 1 to 9999. */
void memo_timeline_scale_limit (MemoTimelineScale *self, double width);

/* Layouts are made for steps of density, half an octave apart: the step at or below the scale's density, and its density. */
int memo_timeline_scale_get_level (const MemoTimelineScale *self);
double memo_timeline_level_get_density (int level);

typedef struct
{
  gint32 day;
  double x;
  gboolean upper; /* of the larger unit: the year above months, the month above days */
  char *label;
} MemoTimelineTick;

/* Marks in @width pixels, at least @spacing apart, from days to thousands of years, in the words of @language. The first of
 * the upper ones may stand left of 0. (transfer full) GArray of MemoTimelineTick, which frees its labels. */
GArray *
memo_timeline_scale_get_ticks (const MemoTimelineScale *self, double width, double spacing, const char *language);

G_END_DECLS
