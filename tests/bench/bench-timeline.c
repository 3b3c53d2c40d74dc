#include "memo-bench.h"

#include <adwaita.h>
#include <math.h>

#include "ui/timeline/memo-timeline-canvas.h"

/* Row 6: processor time of the interface's thread for a frame of a timeline of a million entries, while it moves and zooms; and,
 * as the floor, for a frame of as many rectangles as a screen of the timeline has shapes. */

#define N_LANES 8
#define N_RECTANGLES 700

static const char *const names[] = { "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", NULL };

typedef struct
{
  GtkWidget *window, *canvas;
  GMainLoop *loop;
  GArray *frames; /* gint64, microseconds */
  gint64 began;
  guint step;
  gboolean ready;
} Bench;

static gint64
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static int
place (const MemoEntry *entry, guint8 *ret_color, gpointer user_data)
{
  *ret_color = 1 + entry->id % N_LANES;
  return entry->id % N_LANES;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const MemoEntry *x = a, *y = b;

  return (x->first > y->first) - (x->first < y->first);
}

static GArray *
make_entries (guint n)
{
  GArray *entries = g_array_sized_new (FALSE, TRUE, sizeof (MemoEntry), n);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  MemoDate *when = memo_date_new_day (0);

  for (guint i = 0; i < n; i++)
    {
      MemoEntry entry = { .kind = MEMO_KIND_AGREEMENT, .id = g_rand_int_range (random, 0, 1 << 20), .when = when };
      double kind = g_rand_double (random);

      entry.uuid = g_strdup_printf ("%u", i);
      entry.title = g_strdup_printf ("Agreement no. %u on direct flights", i);
      entry.type = "agreement";
      entry.first = g_rand_int_range (random, -5000, 20600);
      entry.last = kind < 0.6 ? entry.first : entry.first + (gint32) pow (10, 1 + 2.5 * g_rand_double (random));
      entry.soft = kind > 0.95 ? MEMO_SOFT_END : kind > 0.9 ? MEMO_SOFT_START : 0;
      g_array_append_val (entries, entry);
    }
  qsort (entries->data, n, sizeof (MemoEntry), compare_entries);
  return entries;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Bench *bench = user_data;
  MemoTimelineCanvas *canvas = MEMO_TIMELINE_CANVAS (bench->canvas);
  MemoTimelineScale scale = *memo_timeline_canvas_get_scale (canvas);
  static const double densities[] = { 0.03, 0.5, 8 };

  if (!bench->ready)
    {
      bench->ready = memo_timeline_canvas_get_data (canvas) && !memo_timeline_canvas_get_busy (canvas);
      return G_SOURCE_CONTINUE;
    }
  if (bench->step < 300)
    {
      if (bench->step % 100 == 0)
        scale = (MemoTimelineScale){ -3000, densities[bench->step / 100] };
      else
        scale.origin += 12 / scale.density;
      memo_timeline_canvas_set_scale (canvas, &scale);
    }
  else
    {
      memo_timeline_canvas_zoom (canvas, bench->step / 100 % 2 ? 1 / 1.08 : 1.08);
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
tick_floor_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

static void
before_cb (GdkFrameClock *clock, Bench *bench)
{
  bench->began = now ();
}

static void
after_cb (GdkFrameClock *clock, Bench *bench)
{
  gint64 took = now () - bench->began;

  if (!bench->ready)
    return;
  g_array_append_val (bench->frames, took);
  if (++bench->step == 700)
    g_main_loop_quit (bench->loop);
}

/* The floor: a widget of rectangles. */
typedef GtkWidget Floor;
typedef GtkWidgetClass FloorClass;
static GType floor_get_type (void);
G_DEFINE_TYPE (Floor, floor, GTK_TYPE_WIDGET)

static void
floor_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  for (guint i = 0; i < N_RECTANGLES; i++)
    gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 0.2f, 0.5f, 0.9f, 1 },
                               &GRAPHENE_RECT_INIT (i % 36 * 35, i / 36 * 30, 30, 22));
}

static void
floor_class_init (FloorClass *class)
{
  class->snapshot = floor_snapshot;
}

static void
floor_init (Floor *self)
{
}

static gint
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static double
percentile (GArray *frames, guint from, guint per_mille)
{
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_vals (sorted, &g_array_index (frames, gint64, from), frames->len - from);
  g_array_sort (sorted, compare_times);
  return g_array_index (sorted, gint64, (sorted->len - 1) * per_mille / 1000) / 1000.0;
}

static GArray *
run (GtkWidget *child, GtkTickCallback tick, gboolean ready)
{
  Bench bench = { .ready = ready };
  GdkFrameClock *clock;

  bench.window = adw_window_new ();
  bench.canvas = child;
  bench.loop = g_main_loop_new (NULL, FALSE);
  bench.frames = g_array_new (FALSE, FALSE, sizeof (gint64));
  gtk_window_set_default_size (GTK_WINDOW (bench.window), 1280, 720);
  adw_window_set_content (ADW_WINDOW (bench.window), child);
  gtk_window_present (GTK_WINDOW (bench.window));
  gtk_widget_add_tick_callback (child, tick, &bench, NULL);
  clock = gdk_surface_get_frame_clock (gtk_native_get_surface (GTK_NATIVE (bench.window)));
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_cb), &bench);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (after_cb), &bench);
  g_main_loop_run (bench.loop);
  g_signal_handlers_disconnect_by_data (clock, &bench);
  gtk_window_destroy (GTK_WINDOW (bench.window));
  g_main_loop_unref (bench.loop);
  return bench.frames;
}

static void
measure (MemoBench *bench, guint n, const char *name, GArray *base)
{
  g_autoptr (MemoTimelineData) data = NULL;
  g_autoptr (GArray) frames = NULL;
  GArray *entries = make_entries (n);
  GtkWidget *canvas = memo_timeline_canvas_new ();

  data =
      memo_timeline_data_new ((MemoEntry *) (gpointer) entries->data, n, NULL, names, place, NULL, memo_day_today ());
  memo_timeline_canvas_set_data (MEMO_TIMELINE_CANVAS (canvas), data);
  frames = run (canvas, tick_cb, FALSE);
  memo_bench_report (bench, &(MemoBenchRow){ .row = 6,
                                             .what = "timeline: processor time of a frame, median",
                                             .size = name,
                                             .unit = "ms",
                                             .figure = percentile (frames, 5, 500),
                                             .floor = percentile (base, 5, 500),
                                             .type = MEMO_LIMIT_FIGURE,
                                             .limit = 8 });
  memo_bench_report (bench, &(MemoBenchRow){ .row = 6,
                                             .what = "timeline: processor time of a frame, p99",
                                             .size = name,
                                             .unit = "ms",
                                             .figure = percentile (frames, 5, 990),
                                             .floor = percentile (base, 5, 990),
                                             .type = MEMO_LIMIT_FIGURE,
                                             .limit = 16 });
}

int
main (int argc, char **argv)
{
  MemoBench *bench = memo_bench_new ("timeline");
  g_autoptr (GArray) base = NULL;

  adw_init ();
  base = run (g_object_new (floor_get_type (), NULL), tick_floor_cb, TRUE);
  measure (bench, 100000, "100,000", base);
  measure (bench, 1000000, "1,000,000", base);
  return memo_bench_end (bench);
}
