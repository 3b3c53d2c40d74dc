#include "memo-timeline-canvas.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "base/memo-language.h"
#include "memo-timeline-painter.h"
#include "model/memo-words.h"

/* Below this many items a layout takes less than two milliseconds, above it is made in a thread. */
#define AT_ONCE 20000
#define N_KEPT 6

struct _MemoTimelineCanvas
{
  GtkWidget parent_instance;

  MemoTimelinePainter painter;
  MemoTimelineData *data; /* the newest; the painter's layout may still be of another */
  GtkAdjustment *vadjustment;
  GQueue kept; /* layouts of the newest data, the last used first */
  GCancellable *making;
  char *wanted; /* UUID of the selected record, also while it is not here */
  guint rows;
  gboolean fitted;

  double pointer; /* where it is, less than 0: not here */
  double drag_origin, drag_offset, pinch_density;
  gboolean dragged;
};

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

static MemoTimelineData *
shown_data (MemoTimelineCanvas *self)
{
  return self->painter.layout ? memo_timeline_layout_get_data (self->painter.layout) : NULL;
}

static void
update_adjustment (MemoTimelineCanvas *self)
{
  double page = MAX (self->painter.height - MEMO_TIMELINE_HEADER, 1);
  double upper = MAX (memo_timeline_painter_get_lanes_height (&self->painter), page);

  gtk_adjustment_configure (self->vadjustment, CLAMP (gtk_adjustment_get_value (self->vadjustment), 0, upper - page), 0,
                            upper, 40, page, page);
  self->painter.offset = gtk_adjustment_get_value (self->vadjustment);
}

static void
moved (MemoTimelineCanvas *self)
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

static void
adopt (MemoTimelineCanvas *self, MemoTimelineLayout *layout)
{
  MemoTimelineData *before = shown_data (self), *data = memo_timeline_layout_get_data (layout);

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
      g_task_run_in_thread (task, make_layout);
    }
}

/* Moves so that @item is seen. */
static void
reveal (MemoTimelineCanvas *self, guint item)
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
  moved (self);
}

static void
choose (MemoTimelineCanvas *self, guint item, gboolean show)
{
  g_free (self->wanted);
  self->wanted = item != G_MAXUINT ? g_strdup (memo_timeline_data_get_entry (shown_data (self), item)->uuid) : NULL;
  if (self->painter.selected != item)
    {
      self->painter.selected = item;
      describe (self);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  if (item != G_MAXUINT && show)
    reveal (self, item);
  g_signal_emit (self, signals[SELECTED], 0, item);
}

static void
open_cluster (MemoTimelineCanvas *self, const MemoTimelineShape *shape, const graphene_rect_t *rect)
{
  MemoTimelineMembers members;
  const MemoTimelineItem *items = memo_timeline_data_get_items (shown_data (self), NULL);
  gint32 first = G_MAXINT32, last = G_MININT32;

  members.items = memo_timeline_layout_get_members (self->painter.layout, shape, &members.n);
  for (guint i = 0; i < members.n; i++)
    {
      first = MIN (first, items[members.items[i]].first);
      last = MAX (last, items[members.items[i]].first);
    }
  /* Looking closer helps as long as they begin on days that can be told apart. */
  if (first < last && self->painter.scale.density * 1.2 < MEMO_TIMELINE_CLUSTER)
    {
      memo_timeline_canvas_show_days (self, first - (last - first) / 8 - 1, last + (last - first) / 8 + 1);
      return;
    }
  g_signal_emit (self, signals[CLUSTER], 0, &members,
                 &(GdkRectangle){ rect->origin.x, rect->origin.y, rect->size.width, rect->size.height });
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, MemoTimelineCanvas *self)
{
  const MemoTimelineShape *shape;
  graphene_rect_t rect;
  guint lane, row;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->dragged)
    return;
  shape = memo_timeline_painter_hit (&self->painter, x, y, &lane, &row);
  if (!shape)
    {
      choose (self, G_MAXUINT, FALSE);
      return;
    }
  if (shape->count > 1)
    {
      memo_timeline_painter_get_shape (&self->painter, lane, row, shape, &rect);
      open_cluster (self, shape, &rect);
      return;
    }
  choose (self, shape->start, FALSE);
  if (n_press == 2)
    g_signal_emit (self, signals[ACTIVATED], 0, self->painter.selected);
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, MemoTimelineCanvas *self)
{
  self->drag_origin = self->painter.scale.origin;
  self->drag_offset = gtk_adjustment_get_value (self->vadjustment);
  self->dragged = FALSE;
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, MemoTimelineCanvas *self)
{
  if (!self->dragged && fabs (dx) < 4 && fabs (dy) < 4)
    return;
  if (!self->dragged)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
  self->dragged = TRUE;
  self->painter.scale.origin = self->drag_origin - dx / self->painter.scale.density;
  gtk_adjustment_set_value (self->vadjustment, self->drag_offset - dy);
  moved (self);
}

static void
drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, MemoTimelineCanvas *self)
{
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, MemoTimelineCanvas *self)
{
  guint lane, row, item = G_MAXUINT;
  const MemoTimelineShape *shape = memo_timeline_painter_hit (&self->painter, x, y, &lane, &row);

  self->pointer = x;
  if (shape && shape->count == 1)
    item = shape->start;
  if (item == self->painter.hovered)
    return;
  self->painter.hovered = item;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
leave_cb (GtkEventControllerMotion *controller, MemoTimelineCanvas *self)
{
  self->pointer = -1;
  self->painter.hovered = G_MAXUINT;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, MemoTimelineCanvas *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  GdkDevice *device = event ? gdk_event_get_device (event) : NULL;
  gboolean touchpad = device && gdk_device_get_source (device) == GDK_SOURCE_TOUCHPAD;
  double x = self->painter.width / 2;

  if ((state & GDK_CONTROL_MASK) || (!touchpad && !(state & GDK_SHIFT_MASK) && dy != 0))
    {
      /* Scroll events have no place of their own. */
      if (self->pointer >= 0)
        x = self->pointer;
      memo_timeline_scale_zoom (&self->painter.scale, x, pow (touchpad ? 1.02 : 1.2, -dy));
    }
  else
    {
      double unit = touchpad ? 1 : 60;

      if ((state & GDK_SHIFT_MASK) && dx == 0)
        {
          dx = dy;
          dy = 0;
        }
      self->painter.scale.origin += dx * unit / self->painter.scale.density;
      gtk_adjustment_set_value (self->vadjustment, gtk_adjustment_get_value (self->vadjustment) + dy * unit);
    }
  moved (self);
  return TRUE;
}

static void
pinch_begin_cb (GtkGesture *gesture, GdkEventSequence *sequence, MemoTimelineCanvas *self)
{
  self->pinch_density = self->painter.scale.density;
}

static void
pinch_cb (GtkGestureZoom *gesture, double factor, MemoTimelineCanvas *self)
{
  double x = self->painter.width / 2, y;

  gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y);
  memo_timeline_scale_zoom (&self->painter.scale, x, self->pinch_density * factor / self->painter.scale.density);
  moved (self);
}

/* From the selected entry to another one. */
static void
step (MemoTimelineCanvas *self, int across, int down)
{
  MemoTimelineData *data = shown_data (self);
  const MemoTimelineLane *lanes;
  const MemoTimelineItem *items;
  guint n_items, n_lanes, item = self->painter.selected, lane;

  if (!data)
    return;
  items = memo_timeline_data_get_items (data, &n_items);
  lanes = memo_timeline_data_get_lanes (data, &n_lanes);
  if (n_items == 0)
    return;
  if (item >= n_items)
    {
      gint32 middle = (gint32) memo_timeline_scale_to_day (&self->painter.scale, self->painter.width / 2);

      choose (self, memo_timeline_data_nearest (data, 0, middle), TRUE);
      return;
    }
  lane = memo_timeline_data_get_lane (data, item);
  if (down != 0)
    {
      int target = CLAMP ((int) lane + down, 0, (int) n_lanes - 1);

      if (target != (int) lane)
        item = memo_timeline_data_nearest (data, target, items[item].first);
    }
  else if (across == G_MININT)
    {
      item = lanes[lane].begin;
    }
  else if (across == G_MAXINT)
    {
      item = lanes[lane].end - 1;
    }
  else
    {
      item = CLAMP ((gint64) item + across, lanes[lane].begin, (gint64) lanes[lane].end - 1);
    }
  choose (self, item, TRUE);
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, MemoTimelineCanvas *self)
{
  gboolean control = state & GDK_CONTROL_MASK;
  double page = self->painter.width * 0.8 / self->painter.scale.density;

  if (state & GDK_ALT_MASK)
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      if (control)
        memo_timeline_canvas_center (self,
                                     memo_timeline_scale_to_day (&self->painter.scale, self->painter.width * 0.4));
      else
        step (self, -1, 0);
      return TRUE;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      if (control)
        memo_timeline_canvas_center (self,
                                     memo_timeline_scale_to_day (&self->painter.scale, self->painter.width * 0.6));
      else
        step (self, 1, 0);
      return TRUE;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      step (self, 0, -1);
      return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      step (self, 0, 1);
      return TRUE;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      step (self, G_MININT, 0);
      return TRUE;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      step (self, G_MAXINT, 0);
      return TRUE;
    case GDK_KEY_Page_Up:
    case GDK_KEY_Page_Down:
      self->painter.scale.origin += key == GDK_KEY_Page_Up ? -page : page;
      moved (self);
      return TRUE;
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      memo_timeline_canvas_zoom (self, 1.5);
      return TRUE;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      memo_timeline_canvas_zoom (self, 1 / 1.5);
      return TRUE;
    case GDK_KEY_0:
    case GDK_KEY_KP_0:
      memo_timeline_canvas_fit (self);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      if (self->painter.selected == G_MAXUINT)
        return FALSE;
      g_signal_emit (self, signals[ACTIVATED], 0, self->painter.selected);
      return TRUE;
    case GDK_KEY_Escape:
      if (self->painter.selected == G_MAXUINT)
        return FALSE;
      choose (self, G_MAXUINT, FALSE);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
tooltip_cb (MemoTimelineCanvas *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip, gpointer user_data)
{
  g_autofree char *text = NULL;
  const MemoTimelineShape *shape = NULL;
  graphene_rect_t rect;
  guint lane, row;

  if (keyboard && self->painter.selected != G_MAXUINT)
    shape = memo_timeline_layout_find (self->painter.layout, self->painter.selected, &lane, &row);
  else if (!keyboard)
    shape = memo_timeline_painter_hit (&self->painter, x, y, &lane, &row);
  if (!shape)
    return FALSE;

  if (shape->count > 1)
    {
      g_autoptr (MemoDate) first = memo_date_new_day (shape->first), last = memo_date_new_day (shape->last);
      g_autofree char *from = memo_date_format (first, self->painter.language, MEMO_DATE_STYLE_LONG);
      g_autofree char *to = memo_date_format (last, self->painter.language, MEMO_DATE_STYLE_LONG);
      g_autofree char *count = g_strdup_printf (ngettext ("%u entry", "%u entries", shape->count), shape->count);

      text = shape->first == shape->last ? g_strdup_printf ("%s\n%s", count, from)
                                         : g_strdup_printf ("%s\n%s – %s", count, from, to);
    }
  else
    {
      const MemoEntry *entry = memo_timeline_data_get_entry (shown_data (self), shape->start);
      g_autofree char *when = memo_date_format (entry->when, self->painter.language, MEMO_DATE_STYLE_LONG);
      const char *kind = entry->kind == MEMO_KIND_FOLLOW_UP ? memo_word_status (entry->status)
                                                            : memo_word_kind (entry->kind, entry->type);

      text = g_strdup_printf ("%s\n%s%s%s", entry->title ? entry->title : _ ("Untitled"), when, kind ? " · " : "",
                              kind ? kind : "");
    }
  memo_timeline_painter_get_shape (&self->painter, lane, row, shape, &rect);
  gtk_tooltip_set_text (tooltip, text);
  gtk_tooltip_set_tip_area (tooltip, &(GdkRectangle){
                                         MAX (rect.origin.x, 0), rect.origin.y,
                                         MAX (MIN (rect.size.width, self->painter.width - MAX (rect.origin.x, 0)), 1),
                                         rect.size.height });
  return TRUE;
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
  if (!self->fitted && shown_data (self))
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
  if (self->painter.starved)
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
  GtkEventController *controller;
  GtkGesture *gesture;

  memo_timeline_painter_init (&self->painter, widget);
  self->painter.language = memo_language_of_interface ();
  self->painter.today = memo_day_today ();
  self->painter.scale = (MemoTimelineScale){ self->painter.today - 3650, 0.1 };
  self->vadjustment = g_object_ref_sink (gtk_adjustment_new (0, 0, 1, 40, 1, 1));
  g_signal_connect_object (self->vadjustment, "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  g_queue_init (&self->kept);
  self->pointer = -1;
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_hexpand (widget, TRUE);
  gtk_widget_set_vexpand (widget, TRUE);
  gtk_widget_set_has_tooltip (widget, TRUE);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_size_request (widget, 200, 160);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (tooltip_cb), NULL);
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (focus_cb), NULL);

  gesture = gtk_gesture_drag_new ();
  g_signal_connect (gesture, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (gesture, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (gesture, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (gesture));
  gesture = gtk_gesture_click_new ();
  g_signal_connect (gesture, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (gesture));
  gesture = gtk_gesture_zoom_new ();
  g_signal_connect (gesture, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect (gesture, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (gesture));
  controller = gtk_event_controller_motion_new ();
  g_signal_connect (controller, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (controller, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (widget, controller);
  controller = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  g_signal_connect (controller, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (widget, controller);
  controller = gtk_event_controller_key_new ();
  g_signal_connect (controller, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (widget, controller);

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
  return shown_data (self);
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
  moved (self);
}

void
memo_timeline_canvas_fit (MemoTimelineCanvas *self)
{
  MemoTimelineData *data = shown_data (self);
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
  moved (self);
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
  moved (self);
}

void
memo_timeline_canvas_center (MemoTimelineCanvas *self, double day)
{
  self->painter.scale.origin = day - self->painter.width / 2 / self->painter.scale.density;
  moved (self);
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
  if (!shown_data (self))
    return;
  item = memo_timeline_data_find (shown_data (self), uuid);
  if (self->painter.selected != item)
    {
      self->painter.selected = item;
      describe (self);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  if (item != G_MAXUINT && show)
    reveal (self, item);
}

guint
memo_timeline_canvas_get_selected (MemoTimelineCanvas *self)
{
  return self->painter.selected;
}

char *
memo_timeline_canvas_dup_description (MemoTimelineCanvas *self, guint item)
{
  MemoTimelineData *data = shown_data (self);
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
