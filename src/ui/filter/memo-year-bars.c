#include "memo-year-bars.h"

#include <glib/gi18n.h>

#include "ui/memo-compat.h"

#define HEIGHT 44

struct _MemoYearBars
{
  GtkWidget parent_instance;

  MemoSession *session;
  GArray *counts; /* of guint, from first on */
  int first;
  guint most;
  int cursor;             /* the year of the keyboard; G_MININT: none */
  int drag_from, drag_to; /* while dragging; G_MININT: none */
};

G_DEFINE_FINAL_TYPE (MemoYearBars, memo_year_bars, GTK_TYPE_WIDGET)

static int
get_last (MemoYearBars *self)
{
  return self->first + (int) self->counts->len - 1;
}

gboolean
memo_year_bars_get_range (MemoYearBars *self, int *ret_first, int *ret_last)
{
  if (self->counts->len == 0)
    return FALSE;
  *ret_first = self->first;
  *ret_last = get_last (self);
  return TRUE;
}

static int
year_of (MemoDate *date, gboolean last)
{
  gint32 day = last ? memo_date_get_last (date) : memo_date_get_first (date);
  int year, month, mday;

  if (day == MEMO_DATE_OPEN_START || day == MEMO_DATE_OPEN_END)
    return day;
  memo_day_to_ymd (day, &year, &month, &mday);
  return year;
}

/* The chosen years, or the dragged ones. */
static gboolean
get_chosen (MemoYearBars *self, int *ret_from, int *ret_to)
{
  MemoFilter *filter = memo_session_get_filter (self->session);
  MemoDate *from = memo_filter_get_from (filter), *to = memo_filter_get_to (filter);

  if (self->drag_from != G_MININT)
    {
      *ret_from = MIN (self->drag_from, self->drag_to);
      *ret_to = MAX (self->drag_from, self->drag_to);
      return TRUE;
    }
  if (!from && !to)
    return FALSE;
  *ret_from = from ? year_of (from, FALSE) : G_MININT;
  *ret_to = to ? year_of (to, TRUE) : G_MAXINT;
  return TRUE;
}

static void
set_years (MemoYearBars *self, int from, int to)
{
  MemoFilter *filter = memo_session_get_filter (self->session);
  g_autofree char *from_text = g_strdup_printf ("%04d", from);
  g_autofree char *to_text = g_strdup_printf ("%04d", to);
  g_autoptr (MemoDate) from_date = memo_date_new (from_text, NULL);
  g_autoptr (MemoDate) to_date = memo_date_new (to_text, NULL);
  g_autoptr (MemoFilter) changed = memo_filter_with_dates (filter, from_date, to_date);

  memo_session_set_filter (self->session, changed);
}

static void
clear_years (MemoYearBars *self)
{
  g_autoptr (MemoFilter) changed = memo_filter_with_dates (memo_session_get_filter (self->session), NULL, NULL);

  memo_session_set_filter (self->session, changed);
}

static void
speak (MemoYearBars *self)
{
  g_autofree char *text = NULL;

  if (self->counts->len == 0)
    return;
  if (self->cursor != G_MININT && self->cursor >= self->first && self->cursor <= get_last (self))
    {
      guint count = g_array_index (self->counts, guint, self->cursor - self->first);

      /* Translators: for screen readers: a year and how many agreements it has. */
      text = g_strdup_printf (ngettext ("%d: %u agreement", "%d: %u agreements", count), self->cursor, count);
    }
  else
    /* Translators: the first and the last year of a bar chart. */
    text = g_strdup_printf (_ ("Agreements by year, %d to %d"), self->first, get_last (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
update (MemoYearBars *self)
{
  MemoSelection *selection = memo_session_get_selection (self->session);
  GArray *years = selection ? memo_selection_get_years (selection) : NULL;
  int from, to, first = 0, last = -1;

  if (years && years->len > 0)
    {
      first = g_array_index (years, MemoYearCount, 0).year;
      last = g_array_index (years, MemoYearCount, years->len - 1).year;
      last = MIN (last, first + 400);
    }
  /* A chosen range does not shrink the chart to itself: what was seen before stays clickable. */
  if (self->counts->len > 0 && get_chosen (self, &from, &to))
    {
      int old_last = get_last (self);

      if (last < first)
        {
          first = self->first;
          last = old_last;
        }
      first = MIN (first, self->first);
      last = MAX (last, old_last);
    }
  g_array_set_size (self->counts, 0);
  self->first = first;
  self->most = 0;
  if (last >= first)
    g_array_set_size (self->counts, last - first + 1);
  for (guint i = 0; years && i < years->len; i++)
    {
      MemoYearCount *count = &g_array_index (years, MemoYearCount, i);

      if (count->year > last)
        break;
      g_array_index (self->counts, guint, count->year - first) = count->count;
      self->most = MAX (self->most, count->count);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), self->counts->len > 0);
  speak (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static int
year_at (MemoYearBars *self, double x)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));

  return self->first + CLAMP ((int) (x / width * self->counts->len), 0, (int) self->counts->len - 1);
}

static void
drag_begin_cb (GtkGestureDrag *drag, double x, double y, MemoYearBars *self)
{
  if (self->counts->len == 0)
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->drag_from = self->drag_to = year_at (self, x);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_update_cb (GtkGestureDrag *drag, double dx, double dy, MemoYearBars *self)
{
  double x, y;

  if (self->drag_from == G_MININT)
    return;
  gtk_gesture_drag_get_start_point (drag, &x, &y);
  self->drag_to = year_at (self, x + dx);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_end_cb (GtkGestureDrag *drag, double dx, double dy, MemoYearBars *self)
{
  int from = MIN (self->drag_from, self->drag_to), to = MAX (self->drag_from, self->drag_to);
  int old_from, old_to;

  if (self->drag_from == G_MININT)
    return;
  self->drag_from = self->drag_to = G_MININT;
  self->cursor = from;
  if (get_chosen (self, &old_from, &old_to) && from == to && old_from == from && old_to == to)
    clear_years (self);
  else
    set_years (self, from, to);
  speak (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, MemoYearBars *self)
{
  int from, to, step = 0;

  if (self->counts->len == 0)
    return FALSE;
  if (key == GDK_KEY_Left || key == GDK_KEY_KP_Left)
    step = -1;
  else if (key == GDK_KEY_Right || key == GDK_KEY_KP_Right)
    step = 1;
  if (step && (state & (GDK_ALT_MASK | GDK_CONTROL_MASK)))
    return FALSE;
  if (self->cursor == G_MININT && (step || key == GDK_KEY_Home))
    self->cursor = get_last (self);
  else if (step)
    self->cursor = CLAMP (self->cursor + step, self->first, get_last (self));
  if (key == GDK_KEY_Home)
    self->cursor = self->first;
  else if (key == GDK_KEY_End)
    self->cursor = get_last (self);
  else if (key == GDK_KEY_Return || key == GDK_KEY_space || key == GDK_KEY_KP_Enter)
    {
      if (self->cursor == G_MININT)
        return FALSE;
      if (get_chosen (self, &from, &to) && from == to && from == self->cursor)
        clear_years (self);
      else
        set_years (self, self->cursor, self->cursor);
    }
  else if (!step)
    return FALSE;
  if (step && (state & GDK_SHIFT_MASK))
    {
      if (!get_chosen (self, &from, &to))
        from = to = self->cursor - step;
      set_years (self, MIN (from, self->cursor), MAX (to, self->cursor));
    }
  speak (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

static gboolean
tooltip_cb (MemoYearBars *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  g_autofree char *text = NULL;
  int year;
  guint count;

  if (self->counts->len == 0 || keyboard)
    return FALSE;
  year = year_at (self, x);
  count = g_array_index (self->counts, guint, year - self->first);
  text = g_strdup_printf (ngettext ("%d: %u agreement", "%d: %u agreements", count), year, count);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
memo_year_bars_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MemoYearBars *self = MEMO_YEAR_BARS (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double step = self->counts->len ? width / self->counts->len : 0;
  int from = G_MININT, to = G_MAXINT;
  gboolean chosen = get_chosen (self, &from, &to);
  GdkRGBA color;

  memo_compat_get_color (widget, &color);
  for (guint i = 0; i < self->counts->len; i++)
    {
      guint count = g_array_index (self->counts, guint, i);
      int year = self->first + (int) i;
      gboolean in = !chosen || (year >= from && year <= to);
      GdkRGBA shade = color;
      double tall = self->most ? (height - 4) * count / self->most : 0;
      double bar = MIN (MAX (step - 1.5, 1), 22);

      shade.alpha *= in ? 0.85 : 0.3;
      if (count > 0)
        tall = MAX (tall, 2);
      else
        {
          tall = 1;
          shade.alpha *= 0.4;
        }
      gtk_snapshot_append_color (snapshot, &shade,
                                 &GRAPHENE_RECT_INIT (i * step + (step - bar) / 2, height - 1 - tall, bar, tall));
      if (year == self->cursor && gtk_widget_has_focus (widget))
        gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (i * step, height - 1, step, 1));
    }
}

static void
memo_year_bars_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 60;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 200;
}

static void
memo_year_bars_dispose (GObject *object)
{
  MemoYearBars *self = MEMO_YEAR_BARS (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->counts, g_array_unref);
  G_OBJECT_CLASS (memo_year_bars_parent_class)->dispose (object);
}

static void
memo_year_bars_class_init (MemoYearBarsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = memo_year_bars_dispose;
  widget_class->snapshot = memo_year_bars_snapshot;
  widget_class->measure = memo_year_bars_measure;
  gtk_widget_class_set_css_name (widget_class, "memoyears");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
memo_year_bars_init (MemoYearBars *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->counts = g_array_new (FALSE, TRUE, sizeof (guint));
  self->cursor = self->drag_from = self->drag_to = G_MININT;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (tooltip_cb), NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "memo-years");
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
memo_year_bars_new (MemoSession *session)
{
  MemoYearBars *self = g_object_new (MEMO_TYPE_YEAR_BARS, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::selection", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::filter", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
