#include "views-fixture.h"

#include "ui/timeline/memo-timeline-canvas.h"
#include "ui/timeline/memo-timeline-lanes.h"
#include "ui/timeline/memo-timeline-overview.h"
#include "ui/timeline/memo-timeline-view.h"

typedef struct
{
  UiFixture ui;
  GtkWidget *window, *view;
  MemoTimelineCanvas *canvas;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer fill)
{
  ui_fixture_set_up (&fixture->ui, NULL);
  if (fill)
    views_fill (fixture->ui.session);
  fixture->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 600);
  fixture->view = memo_timeline_view_new (fixture->ui.session);
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->view);
  gtk_window_present (GTK_WINDOW (fixture->window));
  ui_settle (200);
  fixture->canvas = MEMO_TIMELINE_CANVAS (ui_find (fixture->view, MEMO_TYPE_TIMELINE_CANVAS, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  /* A view goes with its window. */
  g_object_add_weak_pointer (G_OBJECT (fixture->view), (gpointer *) &fixture->view);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_settle (100);
  g_assert_null (fixture->view);
  ui_fixture_tear_down (&fixture->ui, NULL);
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
  GtkWidget *label = ui_find (fixture->view, GTK_TYPE_LABEL, "Nothing has happened yet");

  g_assert_nonnull (label);
  g_assert_true (gtk_widget_get_mapped (label));
}

static void
test_lanes (Fixture *fixture, gconstpointer data)
{
  GtkDropDown *lanes = GTK_DROP_DOWN (ui_find (fixture->view, GTK_TYPE_DROP_DOWN, NULL));
  MemoSelection *selection = memo_session_get_selection (fixture->ui.session);

  /* All agreements but two undated ones, and four events. */
  g_assert_cmpuint (count_items (fixture), ==, memo_selection_get_count (selection, MEMO_KIND_AGREEMENT) - 2 + 4);
  g_assert_true (has_lane (fixture, "Sessions and context"));
  g_assert_true (has_lane (fixture, "Health"));
  g_assert_true (has_lane (fixture, "Transport and storage"));
  g_assert_true (has_lane (fixture, "No sector"));
  gtk_drop_down_set_selected (lanes, MEMO_LANES_STATUS);
  ui_settle (50);
  g_assert_true (has_lane (fixture, "Under review"));
  g_assert_false (has_lane (fixture, "Health"));
  gtk_drop_down_set_selected (lanes, MEMO_LANES_PARTY);
  ui_settle (50);
  g_assert_true (has_lane (fixture, "Cuba"));
  gtk_drop_down_set_selected (lanes, MEMO_LANES_SECTOR);
}

static void
test_context (Fixture *fixture, gconstpointer data)
{
  guint n = count_items (fixture);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->canvas), "timeline.context", NULL));
  ui_settle (50);
  g_assert_cmpuint (count_items (fixture), ==, n - 4);
  g_assert_false (has_lane (fixture, "Sessions and context"));
}

static void
test_follow (Fixture *fixture, gconstpointer data)
{
  MemoTimelineData *shown = memo_timeline_canvas_get_data (fixture->canvas);
  const char *uuid = memo_timeline_data_get_entry (shown, 7)->uuid;
  g_autofree char *said = NULL;

  memo_session_show (fixture->ui.session, uuid);
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

static void
test_filter (Fixture *fixture, gconstpointer data)
{
  MemoLibrary *library = memo_session_get_library (fixture->ui.session);
  MemoRecord *sector = memo_index_find_sector (memo_library_get_index (library), "Health");
  g_autoptr (MemoFilter) all = memo_filter_new ();
  g_autoptr (MemoFilter) filter =
      memo_filter_with (all, MEMO_FACET_SECTOR, MEMO_CHOICE_ANY, memo_record_get_uuid (sector));

  memo_session_set_filter (fixture->ui.session, filter);
  ui_wait_until (ui_has_selection, fixture->ui.session);
  ui_settle (50);
  g_assert_true (has_lane (fixture, "Health"));
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
  ADD ("/timeline/view/filter", TRUE, test_filter);
  return g_test_run ();
}
