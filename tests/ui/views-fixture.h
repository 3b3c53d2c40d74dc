#pragma once

#include "ui-fixture.h"

GResource *memo_ui_get_resource (void);

/* libadwaita, and the templates of the views. */
static inline void
views_init (void)
{
  adw_init ();
  g_resources_register (memo_ui_get_resource ());
}

/* A register as a researcher might have it: two packages of a commission's sessions, what belongs to them, and agreements of
 * other years and sectors; some without a date, one since long, one with a horizon. All in one change. */
static inline void
views_add (MemoChange *change,
           MemoIndex *index,
           const char *title,
           const char *signed_on,
           const char *sector,
           const char *party,
           const char *status,
           const char *package,
           const char *declared,
           char **ret_uuid)
{
  MemoValue values[8];
  guint n = 0;
  g_autoptr (MemoRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoChange) one = NULL;
  GArray *steps;

  values[n++] = (MemoValue){ "title", title };
  if (signed_on)
    values[n++] = (MemoValue){ "signed", signed_on };
  if (sector)
    values[n++] = (MemoValue){ "sector", sector };
  if (party)
    values[n++] = (MemoValue){ "party", party };
  values[n++] = (MemoValue){ "party", "RU" };
  if (status)
    values[n++] = (MemoValue){ "status", status };
  if (declared)
    values[n++] = (MemoValue){ "declared", declared };
  one = memo_action_edit (index, MEMO_KIND_AGREEMENT, NULL, values, n, &record, &error);
  g_assert_no_error (error);
  if (package)
    {
      MemoRecordBuilder *builder = memo_record_builder_edit (record);
      MemoRecord *child;

      memo_record_builder_set_text (builder, MEMO_AGREEMENT_PACKAGE, package);
      child = memo_record_builder_end (builder);
      memo_change_insert (change, child);
      g_set_object (&record, child);
      g_object_unref (child);
    }
  else
    {
      steps = memo_change_get_steps (one);
      for (guint i = 0; i < steps->len; i++)
        memo_change_insert (change, g_array_index (steps, MemoStep, i).record);
    }
  if (ret_uuid)
    *ret_uuid = g_strdup (memo_record_get_uuid (record));
}

static inline void
views_add_event (MemoChange *change, MemoIndex *index, const char *title, const char *when, const char *kind)
{
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_EVENT, NULL);
  g_autoptr (MemoDate) date = memo_date_new (when, NULL);
  g_autoptr (MemoRecord) record = NULL;

  memo_record_builder_set_text (builder, MEMO_EVENT_TITLE, title);
  memo_record_builder_set_text (builder, MEMO_EVENT_KIND, kind);
  memo_record_builder_set_date (builder, MEMO_EVENT_WHEN, date);
  record = memo_record_builder_end (builder);
  memo_change_insert (change, record);
}

static inline void
views_fill (MemoSession *session)
{
  static const char *const sectors[] = { "Health", "Energy", "Education", "Air transport", "Agriculture", "Industry" };
  static const char *const parties[] = { "VE", "CU", "NI", "TR" };
  static const char *const statuses[] = { "announced", "signed", "in_force", "under_review" };
  MemoIndex *index = memo_library_get_index (memo_session_get_library (session));
  g_autoptr (MemoChange) change = memo_change_new ("Fill", NULL);
  g_autofree char *nineteen = NULL, *eighteen = NULL;
  gboolean done = FALSE;

  views_add (change, index, "42 agreements of the XIX session", "2025-11-28", "Health", "VE", "signed", NULL, "42",
             &nineteen);
  views_add (change, index, "Joint cancer vaccines", "2025-11-28", "Health", "VE", "announced", nineteen, NULL, NULL);
  views_add (change, index, "More direct flights", "2025-11-28", "Air transport", "VE", "announced", nineteen, NULL,
             NULL);
  views_add (change, index, "12 agreements of the XVIII session", "2024-10", "Energy", "VE", "under_review", NULL, "12",
             &eighteen);
  views_add (change, index, "Pipeline maintenance", "2024-10", "Energy", "VE", "in_force", eighteen, NULL, NULL);
  views_add (change, index, "University programmes", NULL, "Education", "VE", "announced", NULL, NULL, NULL);
  views_add (change, index, "Seed exchange", NULL, "Agriculture", "CU", "announced", NULL, NULL, NULL);
  views_add (change, index, "Energy data exchange", "2025", "Energy", "VE", "signed", NULL, NULL, NULL);
  views_add (change, index, "Visa-free travel", "2019/..", NULL, "VE", "in_force", NULL, NULL, NULL);
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *title = g_strdup_printf ("Protocol no. %u on cooperation", i + 1);
      g_autofree char *date = i % 5 == 0 ? g_strdup_printf ("%u", 2010 + i * 7 % 16)
                                         : g_strdup_printf ("%u-%02u-%02u", 2012 + i * 5 % 14, 1 + i % 12, 1 + i % 28);

      views_add (change, index, title, date, sectors[i % G_N_ELEMENTS (sectors)], parties[i % G_N_ELEMENTS (parties)],
                 statuses[i % G_N_ELEMENTS (statuses)], NULL, NULL, NULL);
    }
  views_add_event (change, index, "XIX session", "2025-11-28", "session");
  views_add_event (change, index, "XVIII session", "2024-10-12", "session");
  views_add_event (change, index, "Sanctions", "2014/..", "context");
  views_add_event (change, index, "Founding of the commission", "2008-11-26?", "founding");
  memo_session_apply (session, change, NULL, ui_applied_cb, &done);
  ui_wait_until (ui_flag_is_set, &done);
  ui_wait_until (ui_has_selection, session);
}

/* One view in a window of its own. */
typedef struct
{
  UiFixture ui;
  GtkWidget *window, *view;
} ViewFixture;

static inline void
view_fixture_set_up (ViewFixture *fixture, GtkWidget *(*create) (MemoSession *session), gboolean fill)
{
  ui_fixture_set_up (&fixture->ui, NULL);
  if (fill)
    views_fill (fixture->ui.session);
  fixture->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 600);
  fixture->view = create (fixture->ui.session);
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->view);
  gtk_window_present (GTK_WINDOW (fixture->window));
  ui_settle (250);
}

static inline void
view_fixture_tear_down (ViewFixture *fixture)
{
  /* A view goes with its window. */
  g_object_add_weak_pointer (G_OBJECT (fixture->view), (gpointer *) &fixture->view);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_settle (100);
  g_assert_null (fixture->view);
  ui_fixture_tear_down (&fixture->ui, NULL);
}
