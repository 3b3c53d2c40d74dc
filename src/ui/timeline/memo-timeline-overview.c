#include "memo-timeline-overview.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "base/memo-language.h"
#include "memo-timeline-painter.h"

#define PART 10.0 /* pixels of a bar with its gap */
#define LABELS 20.0
#define EDGE 8.0

struct _MemoTimelineOverview
{
  GtkWidget parent_instance;

  MemoTimelineCanvas *canvas;
  MemoTimelineData *counted; /* what the bars are of */
  guint *counts;
  guint n_counts, highest;
  MemoTimelineScale scale;
  double grip; /* day of the window's start, less that of the pointer, while dragging */
};

G_DEFINE_FINAL_TYPE (MemoTimelineOverview, memo_timeline_overview, GTK_TYPE_WIDGET)

/* Counts again when the data or the width is another. */
static gboolean
count (MemoTimelineOverview *self)
{
  MemoTimelineData *data = self->canvas ? memo_timeline_canvas_get_data (self->canvas) : NULL;
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  guint n = MAX ((width - 2 * EDGE) / PART, 1);
  gint32 first, last;

  if (!data || width <= 2 * EDGE || !memo_timeline_data_get_range (data, &first, &last))
    return FALSE;
  last = MAX (last, memo_day_today ());
  self->scale.density = (width - 2 * EDGE) / MAX ((double) last - first + 1, 1);
  self->scale.origin = first - EDGE / self->scale.density;
  if (data == self->counted && n == self->n_counts)
    return TRUE;

  memo_timeline_data_ref (data);
  g_clear_pointer (&self->counted, memo_timeline_data_unref);
  self->counted = data;
  self->n_counts = n;
  self->counts = g_renew (guint, self->counts, n);
  self->highest = memo_timeline_data_count (data, first, last, n, self->counts);
  return TRUE;
}

static void
get_window (MemoTimelineOverview *self, double *ret_first, double *ret_days)
{
  const MemoTimelineScale *scale = memo_timeline_canvas_get_scale (self->canvas);

  *ret_first = scale->origin;
  *ret_days = gtk_widget_get_width (GTK_WIDGET (self->canvas)) / scale->density;
}

static void
move_to (MemoTimelineOverview *self, double first)
{
  MemoTimelineScale scale = *memo_timeline_canvas_get_scale (self->canvas);

  scale.origin = first;
  memo_timeline_canvas_set_scale (self->canvas, &scale);
}

static void
memo_timeline_overview_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MemoTimelineOverview *self = MEMO_TIMELINE_OVERVIEW (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget), base = height - LABELS;
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  g_autoptr (GArray) ticks = NULL;
  GdkRGBA bar, ink, line, fill, border;
  graphene_rect_t window;
  GskRoundedRect rounded;
  double first, days, left, right;

  if (!count (self))
    return;
  memo_timeline_accent (dark, dark ? 0.7 : 0.75, &bar);
  memo_timeline_accent (dark, 0.14, &fill);
  memo_timeline_accent (dark, 1, &border);
  memo_timeline_ink (dark, 0.6, &ink);
  memo_timeline_ink (dark, 0.15, &line);

  for (guint i = 0; i < self->n_counts; i++)
    if (self->counts[i] > 0)
      {
        /* The square root keeps the few beside the many. */
        double part = (base - 6) * sqrt ((double) self->counts[i] / self->highest);
        double step = (width - 2 * EDGE) / self->n_counts;

        part = MAX (part, 2);
        gtk_snapshot_append_color (snapshot, &bar,
                                   &GRAPHENE_RECT_INIT (EDGE + i * step, base - part, MAX (step - 2, 1), part));
      }
  gtk_snapshot_append_color (snapshot, &line, &GRAPHENE_RECT_INIT (0, base, width, 1));

  ticks = memo_timeline_scale_get_ticks (&self->scale, width, 110, memo_language_of_interface ());
  for (guint i = 0; i < ticks->len; i++)
    {
      const MemoTimelineTick *tick = &g_array_index (ticks, MemoTimelineTick, i);
      g_autoptr (PangoLayout) text = NULL;
      PangoRectangle extents;

      if (tick->upper)
        continue;
      text = gtk_widget_create_pango_layout (widget, tick->label);
      pango_layout_get_pixel_extents (text, NULL, &extents);
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (floor (CLAMP (tick->x - extents.width / 2.0, 2,
                                                                            width - extents.width - 2)),
                                                              floor (base + (LABELS - extents.height) / 2)));
      gtk_snapshot_append_layout (snapshot, text, &ink);
      gtk_snapshot_restore (snapshot);
    }

  get_window (self, &first, &days);
  left = CLAMP (memo_timeline_scale_to_x (&self->scale, first), 1, width - 9);
  right = CLAMP (memo_timeline_scale_to_x (&self->scale, first + days), left + 8, width - 1);
  graphene_rect_init (&window, left, 2, right - left, base - 1);
  gsk_rounded_rect_init_from_rect (&rounded, &window, 5);
  gtk_snapshot_push_rounded_clip (snapshot, &rounded);
  gtk_snapshot_append_color (snapshot, &fill, &window);
  gtk_snapshot_pop (snapshot);
  if (gtk_widget_has_focus (widget))
    gtk_snapshot_append_border (snapshot, &rounded, (float[4]){ 3, 3, 3, 3 },
                                (GdkRGBA[4]){ border, border, border, border });
  else
    gtk_snapshot_append_border (snapshot, &rounded, (float[4]){ 1.5, 1.5, 1.5, 1.5 },
                                (GdkRGBA[4]){ border, border, border, border });
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, MemoTimelineOverview *self)
{
  double day = memo_timeline_scale_to_day (&self->scale, x), first, days;

  if (!count (self))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  get_window (self, &first, &days);
  if (day < first || day > first + days)
    {
      first = day - days / 2;
      move_to (self, first);
    }
  self->grip = first - day;
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, MemoTimelineOverview *self)
{
  double x, y;

  if (gtk_gesture_drag_get_start_point (gesture, &x, &y) && count (self))
    move_to (self, memo_timeline_scale_to_day (&self->scale, x + dx) + self->grip);
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, MemoTimelineOverview *self)
{
  if (!self->canvas)
    return FALSE;
  if (dy != 0)
    memo_timeline_canvas_zoom (self->canvas, pow (1.2, -dy));
  return TRUE;
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, MemoTimelineOverview *self)
{
  double first, days;

  if (!count (self))
    return FALSE;
  get_window (self, &first, &days);
  switch (key)
    {
    case GDK_KEY_Left:
      move_to (self, first - days / 10);
      return TRUE;
    case GDK_KEY_Right:
      move_to (self, first + days / 10);
      return TRUE;
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
    case GDK_KEY_Up:
      memo_timeline_canvas_zoom (self->canvas, 1.5);
      return TRUE;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
    case GDK_KEY_Down:
      memo_timeline_canvas_zoom (self->canvas, 1 / 1.5);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
moved_cb (MemoTimelineOverview *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
memo_timeline_overview_measure (GtkWidget *widget,
                                GtkOrientation orientation,
                                int for_size,
                                int *minimum,
                                int *natural,
                                int *minimum_baseline,
                                int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 120 : 72;
}

static gboolean
memo_timeline_overview_focus (GtkWidget *widget, GtkDirectionType direction)
{
  if (gtk_widget_has_focus (widget))
    return direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD;
  return gtk_widget_grab_focus (widget);
}

static void
memo_timeline_overview_dispose (GObject *object)
{
  MemoTimelineOverview *self = MEMO_TIMELINE_OVERVIEW (object);

  g_clear_object (&self->canvas);
  g_clear_pointer (&self->counted, memo_timeline_data_unref);
  g_clear_pointer (&self->counts, g_free);
  G_OBJECT_CLASS (memo_timeline_overview_parent_class)->dispose (object);
}

static void
memo_timeline_overview_class_init (MemoTimelineOverviewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = memo_timeline_overview_dispose;
  widget_class->measure = memo_timeline_overview_measure;
  widget_class->snapshot = memo_timeline_overview_snapshot;
  widget_class->focus = memo_timeline_overview_focus;
  gtk_widget_class_set_css_name (widget_class, "overview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
memo_timeline_overview_init (MemoTimelineOverview *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *controller;
  GtkGesture *gesture;

  gtk_widget_set_focusable (widget, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Overview of the timeline"),
                                  -1);
  gesture = gtk_gesture_drag_new ();
  g_signal_connect (gesture, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (gesture, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (gesture));
  controller = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  g_signal_connect (controller, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (widget, controller);
  controller = gtk_event_controller_key_new ();
  g_signal_connect (controller, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (widget, controller);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
memo_timeline_overview_new (void)
{
  return g_object_new (MEMO_TYPE_TIMELINE_OVERVIEW, NULL);
}

void
memo_timeline_overview_set_canvas (MemoTimelineOverview *self, MemoTimelineCanvas *canvas)
{
  g_return_if_fail (MEMO_IS_TIMELINE_OVERVIEW (self));

  if (g_set_object (&self->canvas, canvas) && canvas)
    g_signal_connect_object (canvas, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
}
