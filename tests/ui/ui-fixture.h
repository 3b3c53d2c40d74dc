#pragma once

#include <adwaita.h>
#include <glib/gstdio.h>

#include "../patience.h"
#include "ui/memo-application.h"
#include "ui/memo-session.h"

/* A library in a temporary directory, and waiting with the main loop for what comes later. */
typedef struct
{
  char *directory;
  char *path;
  MemoSession *session;
} UiFixture;

static inline void
ui_wait_until (gboolean (*done) (gpointer data), gpointer data)
{
  gint64 end = patience_end (60);

  while (!done (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
}

/* That it comes true, however busy the machine is; for what comes from another thread or from the display. */
#define ui_assert_soon(condition)                                                                                      \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    gint64 end_of_wait = patience_end (60);                                                                            \
                                                                                                                       \
    while (!(condition) && g_get_monotonic_time () < end_of_wait)                                                      \
      if (!g_main_context_iteration (NULL, FALSE))                                                                     \
        g_usleep (1000);                                                                                               \
    g_assert_true (condition);                                                                                         \
  }                                                                                                                    \
  G_STMT_END

/* Until there was nothing to do for so many milliseconds in all: where the machine is busy with other things, it takes longer. */
static inline void
ui_settle (guint ms)
{
  for (guint idle = 0; idle < ms;)
    if (!g_main_context_iteration (NULL, FALSE))
      {
        g_usleep (1000);
        idle++;
      }
}

static inline gboolean
ui_has_selection (gpointer session)
{
  gboolean busy;

  g_object_get (session, "busy", &busy, NULL);
  return memo_session_get_selection (session) && !busy;
}

static inline char *
ui_make_directory (void)
{
  char *directory = g_dir_make_tmp ("memo-ui-XXXXXX", NULL);

  g_assert_nonnull (directory);
  return directory;
}

static inline void
ui_remove_directory (const char *directory)
{
  GDir *dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        ui_remove_directory (path);
      else
        g_unlink (path);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_rmdir (directory);
}

static inline void
ui_fixture_set_up (UiFixture *fixture, gconstpointer data)
{
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoLibrary) library = NULL;

  fixture->directory = ui_make_directory ();
  fixture->path = g_build_filename (fixture->directory, "test.memorandum", NULL);
  memo_library_open_async (fixture->path, MEMO_OPEN_CREATE, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  library = memo_library_open_finish (result, &error);
  g_assert_no_error (error);
  fixture->session = memo_session_new ();
  memo_session_set_library (fixture->session, library);
  ui_wait_until (ui_has_selection, fixture->session);
}

static inline void
ui_fixture_tear_down (UiFixture *fixture, gconstpointer data)
{
  MemoLibrary *library = g_object_ref (memo_session_get_library (fixture->session));
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  memo_session_set_library (fixture->session, NULL);
  memo_library_close_async (library, memo_await_cb, &await);
  result = memo_await (&await);
  g_assert_true (memo_library_close_finish (library, result, &error));
  g_assert_no_error (error);
  g_object_unref (library);
  g_object_unref (fixture->session);
  ui_remove_directory (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->path);
}

static inline gboolean
ui_flag_is_set (gpointer flag)
{
  return *(gboolean *) flag;
}

static inline void
ui_applied_cb (GObject *source, GAsyncResult *result, gpointer flag)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (memo_session_apply_finish (MEMO_SESSION (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) flag = TRUE;
}

/* A new agreement; (transfer full) its UUID. */
static inline char *
ui_add_agreement (MemoSession *session, const MemoValue *values, guint n)
{
  MemoIndex *index = memo_library_get_index (memo_session_get_library (session));
  g_autoptr (MemoRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoChange) change = memo_action_edit (index, MEMO_KIND_AGREEMENT, NULL, values, n, &record, &error);
  gboolean done = FALSE;

  g_assert_no_error (error);
  memo_session_apply (session, change, "Added", ui_applied_cb, &done);
  ui_wait_until (ui_flag_is_set, &done);
  ui_wait_until (ui_has_selection, session);
  return g_strdup (memo_record_get_uuid (record));
}

/* The first descendant of @widget (itself too) of @type whose label or text is @label (nullable: any). */
static inline GtkWidget *
ui_find (GtkWidget *widget, GType type, const char *label)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    {
      g_autofree char *text = NULL;

      if (!label)
        return widget;
      if (GTK_IS_LABEL (widget))
        text = g_strdup (gtk_label_get_text (GTK_LABEL (widget)));
      else if (GTK_IS_BUTTON (widget))
        text = g_strdup (gtk_button_get_label (GTK_BUTTON (widget)));
      else if (ADW_IS_PREFERENCES_ROW (widget))
        text = g_strdup (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)));
      if (g_strcmp0 (text, label) == 0)
        return widget;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = ui_find (child, type, label);

      if (found)
        return found;
    }
  return NULL;
}
