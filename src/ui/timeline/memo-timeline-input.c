#include <glib/gi18n.h>
#include <math.h>

#include "memo-timeline-canvas-private.h"
#include "model/memo-words.h"

static void
choose (MemoTimelineCanvas *self, guint item, gboolean show)
{
  g_free (self->wanted);
  self->wanted = item != G_MAXUINT
                     ? g_strdup (memo_timeline_data_get_entry (memo_timeline_canvas_get_data (self), item)->uuid)
                     : NULL;
  memo_timeline_canvas_mark (self, item);
  if (item != G_MAXUINT && show)
    memo_timeline_canvas_reveal (self, item);
  g_signal_emit_by_name (self, "selected", item);
}

static void
open_cluster (MemoTimelineCanvas *self, const MemoTimelineShape *shape, const graphene_rect_t *rect)
{
  MemoTimelineMembers members;
  const MemoTimelineItem *items = memo_timeline_data_get_items (memo_timeline_canvas_get_data (self), NULL);
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
  g_signal_emit_by_name (self, "cluster", &members,
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
    g_signal_emit_by_name (self, "activated", self->painter.selected);
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
  memo_timeline_canvas_moved (self);
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
  memo_timeline_canvas_moved (self);
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

  if (gtk_gesture_is_active (GTK_GESTURE (gesture)))
    gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y);
  memo_timeline_scale_zoom (&self->painter.scale, x, self->pinch_density * factor / self->painter.scale.density);
  memo_timeline_canvas_moved (self);
}

/* From the selected entry to another one. */
static void
step (MemoTimelineCanvas *self, int across, int down)
{
  MemoTimelineData *data = memo_timeline_canvas_get_data (self);
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
      memo_timeline_canvas_moved (self);
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
      g_signal_emit_by_name (self, "activated", self->painter.selected);
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
      const MemoEntry *entry = memo_timeline_data_get_entry (memo_timeline_canvas_get_data (self), shape->start);
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

void
memo_timeline_input_add (MemoTimelineCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *controller;
  GtkGesture *gesture;

  self->pointer = -1;
  g_signal_connect (self, "query-tooltip", G_CALLBACK (tooltip_cb), NULL);
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
}
