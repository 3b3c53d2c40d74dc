#include "views-fixture.h"

#include "ui/timeline/memo-timeline-canvas.h"
#include "ui/timeline/memo-timeline-lanes.h"
#include "ui/timeline/memo-timeline-overview.h"
#include "ui/timeline/memo-timeline-view.h"

typedef struct
{
  ViewFixture view;
  MemoTimelineCanvas *canvas;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer fill)
{
  view_fixture_set_up (&fixture->view, memo_timeline_view_new, fill != NULL);
  fixture->canvas = MEMO_TIMELINE_CANVAS (ui_find (fixture->view.view, MEMO_TYPE_TIMELINE_CANVAS, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  view_fixture_tear_down (&fixture->view);
}

static guint
count_items (Fixture *fixture)
{
  MemoTimelineData *data = memo_timeline_canvas_get_data (fixture->canvas);
  guint n = 0;

  if (data)
    memo_timeline_data_get_items (data, &n);
  return n;
}

static gboolean
has_lane (Fixture *fixture, const char *name)
{
  guint n;
  const MemoTimelineLane *lanes = memo_timeline_data_get_lanes (memo_timeline_canvas_get_data (fixture->canvas), &n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (lanes[i].name, name))
      return TRUE;
  return FALSE;
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  GtkWidget *label = ui_find (fixture->view.view, GTK_TYPE_LABEL, "Nothing has happened yet");

  g_assert_nonnull (label);
  g_assert_true (gtk_widget_get_mapped (label));
}

static void
test_lanes (Fixture *fixture, gconstpointer data)
{
  GtkDropDown *lanes = GTK_DROP_DOWN (ui_find (fixture->view.view, GTK_TYPE_DROP_DOWN, NULL));
  MemoSelection *selection = memo_session_get_selection (fixture->view.ui.session);

  /* All agreements but two undated ones, and four events. */
  g_assert_cmpuint (count_items (fixture), ==, memo_selection_get_count (selection, MEMO_KIND_AGREEMENT) - 2 + 4);
  g_assert_true (has_lane (fixture, "Sessions and context"));
  g_assert_true (has_lane (fixture, "Health"));
  g_assert_true (has_lane (fixture, "Transport and storage"));
  g_assert_true (has_lane (fixture, "No sector"));
  gtk_drop_down_set_selected (lanes, MEMO_LANES_STATUS);
  ui_assert_soon (has_lane (fixture, "Under review"));
  g_assert_false (has_lane (fixture, "Health"));
  gtk_drop_down_set_selected (lanes, MEMO_LANES_PARTY);
  ui_assert_soon (has_lane (fixture, "Cuba"));
  gtk_drop_down_set_selected (lanes, MEMO_LANES_SECTOR);
}

static void
test_context (Fixture *fixture, gconstpointer data)
{
  guint n = count_items (fixture);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->canvas), "timeline.context", NULL));
  ui_assert_soon (count_items (fixture) == n - 4);
  g_assert_false (has_lane (fixture, "Sessions and context"));
}

static void
test_follow (Fixture *fixture, gconstpointer data)
{
  MemoTimelineData *shown = memo_timeline_canvas_get_data (fixture->canvas);
  const char *uuid = memo_timeline_data_get_entry (shown, 7)->uuid;
  g_autofree char *said = NULL;

  memo_session_show (fixture->view.ui.session, uuid);
  g_assert_cmpuint (memo_timeline_canvas_get_selected (fixture->canvas), ==, 7);
  said = memo_timeline_canvas_dup_description (fixture->canvas, 7);
  g_assert_true (g_str_has_prefix (said, memo_timeline_data_get_entry (shown, 7)->title));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->canvas), GTK_ACCESSIBLE_PROPERTY_LABEL, said);
}

static void
test_zoom (Fixture *fixture, gconstpointer data)
{
  double density = memo_timeline_canvas_get_scale (fixture->canvas)->density;

  for (guint i = 0; i < 25; i++)
    {
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->canvas), "timeline.zoom-in", NULL));
      ui_settle (5);
    }
  g_assert_cmpfloat (memo_timeline_canvas_get_scale (fixture->canvas)->density, ==, MEMO_TIMELINE_DENSITY_MAX);
  for (guint i = 0; i < 40; i++)
    {
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->canvas), "timeline.zoom-out", NULL));
      ui_settle (5);
    }
  g_assert_cmpfloat (memo_timeline_canvas_get_scale (fixture->canvas)->density, ==, MEMO_TIMELINE_DENSITY_MIN);
  gtk_widget_activate_action (GTK_WIDGET (fixture->canvas), "timeline.fit", NULL);
  g_assert_cmpfloat_with_epsilon (memo_timeline_canvas_get_scale (fixture->canvas)->density, density, density * 0.05);
}

static GtkGesture *
find_pinch (Fixture *fixture)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (fixture->canvas));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_ZOOM (controller))
        return GTK_GESTURE (controller);
    }
  return NULL;
}

/* Two fingers: the factor counts from where they began, not from the last step, and the middle stays. */
static void
test_pinch (Fixture *fixture, gconstpointer data)
{
  GtkGesture *pinch = find_pinch (fixture);
  const MemoTimelineScale *scale = memo_timeline_canvas_get_scale (fixture->canvas);
  double density = scale->density, x = gtk_widget_get_width (GTK_WIDGET (fixture->canvas)) / 2.0;
  double middle = memo_timeline_scale_to_day (scale, x);

  g_assert_nonnull (pinch);
  g_signal_emit_by_name (pinch, "begin", NULL);
  g_signal_emit_by_name (pinch, "scale-changed", 1.5);
  g_signal_emit_by_name (pinch, "scale-changed", 2.0);
  g_assert_cmpfloat_with_epsilon (scale->density, density * 2, density * 0.001);
  g_assert_cmpfloat_with_epsilon (memo_timeline_scale_to_day (scale, x), middle, 2);
  g_signal_emit_by_name (pinch, "begin", NULL);
  g_signal_emit_by_name (pinch, "scale-changed", 0.5);
  g_assert_cmpfloat_with_epsilon (scale->density, density, density * 0.001);
  g_signal_emit_by_name (pinch, "scale-changed", 1e9);
  g_assert_cmpfloat (scale->density, ==, MEMO_TIMELINE_DENSITY_MAX);
}

static void
test_filter (Fixture *fixture, gconstpointer data)
{
  MemoLibrary *library = memo_session_get_library (fixture->view.ui.session);
  MemoRecord *sector = memo_index_find_sector (memo_library_get_index (library), "Health");
  g_autoptr (MemoFilter) all = memo_filter_new ();
  g_autoptr (MemoFilter) filter =
      memo_filter_with (all, MEMO_FACET_SECTOR, MEMO_CHOICE_ANY, memo_record_get_uuid (sector));

  memo_session_set_filter (fixture->view.ui.session, filter);
  ui_wait_until (ui_has_selection, fixture->view.ui.session);
  ui_assert_soon (has_lane (fixture, "Health"));
  g_assert_false (has_lane (fixture, "Energy"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  views_init ();
#define ADD(path, fill, func) g_test_add (path, Fixture, GINT_TO_POINTER (fill), set_up, func, tear_down)
  ADD ("/timeline/view/empty", FALSE, test_empty);
  ADD ("/timeline/view/lanes", TRUE, test_lanes);
  ADD ("/timeline/view/context", TRUE, test_context);
  ADD ("/timeline/view/follow", TRUE, test_follow);
  ADD ("/timeline/view/zoom", TRUE, test_zoom);
  ADD ("/timeline/view/pinch", TRUE, test_pinch);
  ADD ("/timeline/view/filter", TRUE, test_filter);
  return g_test_run ();
}
