#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/memo-language.h"
#include "memo-timeline-canvas-private.h"
#include "model/memo-worker.h"

/* Below this many items a layout takes less than two milliseconds, above it is made in a thread. */
#define AT_ONCE 20000
#define N_KEPT 6

G_DEFINE_FINAL_TYPE (MemoTimelineCanvas, memo_timeline_canvas, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_VADJUSTMENT,
  N_PROPS
};

enum
{
  SELECTED,
  ACTIVATED,
  MOVED,
  CLUSTER,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void ensure_layout (MemoTimelineCanvas *self);

static void
update_adjustment (MemoTimelineCanvas *self)
{
  double page = MAX (self->painter.height - MEMO_TIMELINE_HEADER, 1);
  double upper = MAX (memo_timeline_painter_get_lanes_height (&self->painter), page);

  gtk_adjustment_configure (self->vadjustment, CLAMP (gtk_adjustment_get_value (self->vadjustment), 0, upper - page), 0,
                            upper, 40, page, page);
  self->painter.offset = gtk_adjustment_get_value (self->vadjustment);
}

void
memo_timeline_canvas_moved (MemoTimelineCanvas *self)
{
  memo_timeline_scale_limit (&self->painter.scale, self->painter.width);
  ensure_layout (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[MOVED], 0);
}

static void
describe (MemoTimelineCanvas *self)
{
  g_autofree char *text = NULL;

  if (self->painter.selected != G_MAXUINT)
    text = memo_timeline_canvas_dup_description (self, self->painter.selected);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text ? text : _ ("Timeline"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _ ("Arrow keys go from entry to entry, plus and minus zoom, Enter opens."), -1);
}

void
memo_timeline_canvas_mark (MemoTimelineCanvas *self, guint item)
{
  if (self->painter.selected == item)
    return;
  self->painter.selected = item;
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
adopt (MemoTimelineCanvas *self, MemoTimelineLayout *layout)
{
  MemoTimelineData *before = memo_timeline_canvas_get_data (self), *data = memo_timeline_layout_get_data (layout);

  if (before != data)
    {
      self->painter.selected = memo_timeline_data_find (data, self->wanted);
      self->painter.hovered = G_MAXUINT;
    }
  memo_timeline_painter_set_layout (&self->painter, layout);
  if (before != data)
    {
      if (!self->fitted)
        memo_timeline_canvas_fit (self);
      describe (self);
    }
  update_adjustment (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
keep (MemoTimelineCanvas *self, MemoTimelineLayout *layout)
{
  g_queue_push_head (&self->kept, memo_timeline_layout_ref (layout));
  while (self->kept.length > N_KEPT)
    memo_timeline_layout_unref (g_queue_pop_tail (&self->kept));
}

typedef struct
{
  MemoTimelineData *data;
  int level;
  guint rows;
} Making;

static void
making_free (gpointer data)
{
  Making *making = data;

  memo_timeline_data_unref (making->data);
  g_free (making);
}

static void
make_layout (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Making *making = task_data;

  g_task_return_pointer (task, memo_timeline_layout_new (making->data, making->level, making->rows),
                         (GDestroyNotify) memo_timeline_layout_unref);
}

static void
layout_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  MemoTimelineCanvas *self = MEMO_TIMELINE_CANVAS (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoTimelineLayout) layout = g_task_propagate_pointer (G_TASK (result), &error);

  /* Cancelled: other data came, whose layout is under way. */
  if (!layout)
    return;
  g_clear_object (&self->making);
  if (memo_timeline_layout_get_data (layout) == self->data)
    {
      keep (self, layout);
      adopt (self, layout);
    }
  ensure_layout (self);
}

static void
ensure_layout (MemoTimelineCanvas *self)
{
  int level = memo_timeline_scale_get_level (&self->painter.scale);
  const MemoTimelineLane *lanes;
  guint n_items, n_lanes;

  if (!self->data || self->painter.width < 1)
    return;
  memo_timeline_data_get_items (self->data, &n_items);
  lanes = memo_timeline_data_get_lanes (self->data, &n_lanes);
  self->rows = memo_timeline_rows_for (self->painter.height - MEMO_TIMELINE_HEADER, lanes, n_lanes);

  for (GList *link = self->kept.head; link; link = link->next)
    if (memo_timeline_layout_get_level (link->data) == level &&
        memo_timeline_layout_get_rows (link->data) == self->rows)
      {
        g_queue_unlink (&self->kept, link);
        g_queue_push_head_link (&self->kept, link);
        if (link->data != self->painter.layout)
          adopt (self, link->data);
        return;
      }

  if (n_items <= AT_ONCE)
    {
      g_autoptr (MemoTimelineLayout) layout = memo_timeline_layout_new (self->data, level, self->rows);

      keep (self, layout);
      adopt (self, layout);
    }
  else if (!self->making)
    {
      g_autoptr (GTask) task = NULL;
      Making *making = g_new (Making, 1);

      *making = (Making){ memo_timeline_data_ref (self->data), level, self->rows };
      self->making = g_cancellable_new ();
      task = g_task_new (self, self->making, layout_made_cb, NULL);
      g_task_set_source_tag (task, make_layout);
      g_task_set_task_data (task, making, making_free);
      memo_worker_run (task, make_layout);
    }
}

void
memo_timeline_canvas_reveal (MemoTimelineCanvas *self, guint item)
{
  MemoTimelinePainter *painter = &self->painter;
  const MemoTimelineShape *shape;
  graphene_rect_t rect;
  guint lane, row;
  double page = painter->height - MEMO_TIMELINE_HEADER, top, bottom, right;

  shape = memo_timeline_layout_find (painter->layout, item, &lane, &row);
  if (!shape)
    return;
  memo_timeline_painter_get_shape (painter, lane, row, shape, &rect);
  right = rect.origin.x + MIN (rect.size.width, painter->width / 2);
  if (rect.origin.x < 24)
    painter->scale.origin -= (painter->width / 4 - rect.origin.x) / painter->scale.density;
  else if (right > painter->width - 24)
    painter->scale.origin += (rect.origin.x - painter->width / 2) / painter->scale.density;

  top = memo_timeline_painter_get_lane_top (painter, lane) + painter->offset - MEMO_TIMELINE_HEADER;
  bottom = MIN (top + memo_timeline_painter_get_lane_height (painter, lane), top + page);
  gtk_adjustment_clamp_page (self->vadjustment, top, bottom);
  memo_timeline_canvas_moved (self);
}

static void
focus_cb (MemoTimelineCanvas *self)
{
  self->painter.focused = gtk_widget_has_focus (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
scrolled_cb (MemoTimelineCanvas *self)
{
  self->painter.offset = gtk_adjustment_get_value (self->vadjustment);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
style_cb (MemoTimelineCanvas *self)
{
  self->painter.dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
memo_timeline_canvas_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MemoTimelineCanvas *self = MEMO_TIMELINE_CANVAS (widget);
  double middle = memo_timeline_scale_to_day (&self->painter.scale, self->painter.width / 2);

  if (self->fitted && self->painter.width > 0)
    self->painter.scale.origin = middle - width / 2.0 / self->painter.scale.density;
  self->painter.width = width;
  self->painter.height = height;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    gtk_popover_present (GTK_POPOVER (child));
  if (!self->fitted && memo_timeline_canvas_get_data (self))
    memo_timeline_canvas_fit (self);
  ensure_layout (self);
  update_adjustment (self);
  g_signal_emit (self, signals[MOVED], 0);
}

static gboolean
starved_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  gtk_widget_queue_draw (widget);
  return G_SOURCE_REMOVE;
}

static void
memo_timeline_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MemoTimelineCanvas *self = MEMO_TIMELINE_CANVAS (widget);

  memo_timeline_painter_draw (&self->painter, snapshot);
  if (memo_timeline_texts_get_starved (self->painter.texts))
    gtk_widget_add_tick_callback (widget, starved_cb, NULL, NULL);
}

static void
memo_timeline_canvas_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  MemoTimelineCanvas *self = MEMO_TIMELINE_CANVAS (widget);

  GTK_WIDGET_CLASS (memo_timeline_canvas_parent_class)->css_changed (widget, change);
  memo_timeline_painter_forget (&self->painter);
}

static gboolean
memo_timeline_canvas_focus (GtkWidget *widget, GtkDirectionType direction)
{
  /* Arrow keys stay here; Tab leaves. */
  if (gtk_widget_has_focus (widget))
    return direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD;
  return gtk_widget_grab_focus (widget);
}

static void
memo_timeline_canvas_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MemoTimelineCanvas *self = MEMO_TIMELINE_CANVAS (object);

  if (id == PROP_VADJUSTMENT)
    g_value_set_object (value, self->vadjustment);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
drop_layouts (MemoTimelineCanvas *self)
{
  g_cancellable_cancel (self->making);
  g_clear_object (&self->making);
  g_queue_clear_full (&self->kept, (GDestroyNotify) memo_timeline_layout_unref);
}

static void
memo_timeline_canvas_dispose (GObject *object)
{
  MemoTimelineCanvas *self = MEMO_TIMELINE_CANVAS (object);

  drop_layouts (self);
  g_clear_pointer (&self->data, memo_timeline_data_unref);
  memo_timeline_painter_clear (&self->painter);
  g_clear_object (&self->vadjustment);
  g_clear_pointer (&self->wanted, g_free);
  G_OBJECT_CLASS (memo_timeline_canvas_parent_class)->dispose (object);
}

static void
memo_timeline_canvas_class_init (MemoTimelineCanvasClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = memo_timeline_canvas_get_property;
  object_class->dispose = memo_timeline_canvas_dispose;
  widget_class->size_allocate = memo_timeline_canvas_size_allocate;
  widget_class->snapshot = memo_timeline_canvas_snapshot;
  widget_class->css_changed = memo_timeline_canvas_css_changed;
  widget_class->focus = memo_timeline_canvas_focus;

  props[PROP_VADJUSTMENT] =
      g_param_spec_object ("vadjustment", NULL, NULL, GTK_TYPE_ADJUSTMENT, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SELECTED] = g_signal_new ("selected", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[MOVED] =
      g_signal_new ("moved", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CLUSTER] = g_signal_new ("cluster", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_POINTER, GDK_TYPE_RECTANGLE | G_SIGNAL_TYPE_STATIC_SCOPE);

  gtk_widget_class_set_css_name (widget_class, "timeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
memo_timeline_canvas_init (MemoTimelineCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  memo_timeline_painter_init (&self->painter, widget);
  self->painter.language = memo_language_of_interface ();
  self->painter.today = memo_day_today ();
  self->painter.scale = (MemoTimelineScale){ self->painter.today - 3650, 0.1 };
  self->vadjustment = g_object_ref_sink (gtk_adjustment_new (0, 0, 1, 40, 1, 1));
  g_signal_connect_object (self->vadjustment, "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  g_queue_init (&self->kept);
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_hexpand (widget, TRUE);
  gtk_widget_set_vexpand (widget, TRUE);
  gtk_widget_set_has_tooltip (widget, TRUE);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_size_request (widget, 200, 160);
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (focus_cb), NULL);

  memo_timeline_input_add (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (style_cb), self,
                           G_CONNECT_SWAPPED);
  style_cb (self);
  describe (self);
}

GtkWidget *
memo_timeline_canvas_new (void)
{
  return g_object_new (MEMO_TYPE_TIMELINE_CANVAS, NULL);
}

void
memo_timeline_canvas_set_data (MemoTimelineCanvas *self, MemoTimelineData *data)
{
  g_return_if_fail (MEMO_IS_TIMELINE_CANVAS (self));

  if (self->data == data)
    return;
  drop_layouts (self);
  memo_timeline_data_ref (data);
  g_clear_pointer (&self->data, memo_timeline_data_unref);
  self->data = data;
  self->painter.today = memo_day_today ();
  ensure_layout (self);
}

MemoTimelineData *
memo_timeline_canvas_get_data (MemoTimelineCanvas *self)
{
  return self->painter.layout ? memo_timeline_layout_get_data (self->painter.layout) : NULL;
}

GtkAdjustment *
memo_timeline_canvas_get_vadjustment (MemoTimelineCanvas *self)
{
  return self->vadjustment;
}

const MemoTimelineScale *
memo_timeline_canvas_get_scale (MemoTimelineCanvas *self)
{
  return &self->painter.scale;
}

void
memo_timeline_canvas_set_scale (MemoTimelineCanvas *self, const MemoTimelineScale *scale)
{
  g_return_if_fail (MEMO_IS_TIMELINE_CANVAS (self));

  self->painter.scale.origin = scale->origin;
  self->painter.scale.density = CLAMP (scale->density, MEMO_TIMELINE_DENSITY_MIN, MEMO_TIMELINE_DENSITY_MAX);
  self->fitted = TRUE;
  memo_timeline_canvas_moved (self);
}

void
memo_timeline_canvas_fit (MemoTimelineCanvas *self)
{
  MemoTimelineData *data = memo_timeline_canvas_get_data (self);
  gint32 first, last;

  if (self->painter.width < 1 || !data || !memo_timeline_data_get_range (data, &first, &last))
    return;
  self->fitted = TRUE;
  memo_timeline_canvas_show_days (self, first, MAX (last, self->painter.today));
}

void
memo_timeline_canvas_show_days (MemoTimelineCanvas *self, gint32 first, gint32 last)
{
  memo_timeline_scale_fit (&self->painter.scale, first, last, self->painter.width);
  memo_timeline_canvas_moved (self);
}

void
memo_timeline_canvas_zoom (MemoTimelineCanvas *self, double factor)
{
  double x = self->painter.width / 2;
  const MemoTimelineShape *shape;
  graphene_rect_t rect;
  guint lane, row;

  /* Around the selected entry as long as it is seen. */
  if (self->painter.selected != G_MAXUINT &&
      (shape = memo_timeline_layout_find (self->painter.layout, self->painter.selected, &lane, &row)))
    {
      memo_timeline_painter_get_shape (&self->painter, lane, row, shape, &rect);
      if (rect.origin.x >= 0 && rect.origin.x <= self->painter.width)
        x = rect.origin.x;
    }
  memo_timeline_scale_zoom (&self->painter.scale, x, factor);
  memo_timeline_canvas_moved (self);
}

void
memo_timeline_canvas_center (MemoTimelineCanvas *self, double day)
{
  self->painter.scale.origin = day - self->painter.width / 2 / self->painter.scale.density;
  memo_timeline_canvas_moved (self);
}

void
memo_timeline_canvas_select (MemoTimelineCanvas *self, const char *uuid, gboolean show)
{
  guint item;

  g_return_if_fail (MEMO_IS_TIMELINE_CANVAS (self));

  if (g_strcmp0 (self->wanted, uuid) != 0)
    {
      g_free (self->wanted);
      self->wanted = g_strdup (uuid);
    }
  if (!memo_timeline_canvas_get_data (self))
    return;
  item = memo_timeline_data_find (memo_timeline_canvas_get_data (self), uuid);
  memo_timeline_canvas_mark (self, item);
  if (item != G_MAXUINT && show)
    memo_timeline_canvas_reveal (self, item);
}

guint
memo_timeline_canvas_get_selected (MemoTimelineCanvas *self)
{
  return self->painter.selected;
}

char *
memo_timeline_canvas_dup_description (MemoTimelineCanvas *self, guint item)
{
  MemoTimelineData *data = memo_timeline_canvas_get_data (self);
  const MemoEntry *entry = memo_timeline_data_get_entry (data, item);
  guint lane = memo_timeline_data_get_lane (data, item);
  const MemoTimelineLane *lanes = memo_timeline_data_get_lanes (data, NULL);
  g_autofree char *when = memo_date_format (entry->when, self->painter.language, MEMO_DATE_STYLE_LONG);

  /* Translators: for screen readers: title, date, lane, position in the lane, number of entries in the lane. */
  return g_strdup_printf (_ ("%1$s, %2$s, %3$s, %4$u of %5$u"), entry->title ? entry->title : _ ("Untitled"), when,
                          lanes[lane].name, item - lanes[lane].begin + 1, lanes[lane].end - lanes[lane].begin);
}

gboolean
memo_timeline_canvas_get_busy (MemoTimelineCanvas *self)
{
  return self->making != NULL;
}
