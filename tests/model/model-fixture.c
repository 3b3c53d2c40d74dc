#include "model-fixture.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

static char *folder;

void
fixture_init (int *argc, char ***argv)
{
  g_autoptr (GError) error = NULL;

  folder = g_dir_make_tmp ("memo-model-XXXXXX", &error);
  g_assert_no_error (error);
  /* Before anything asks for the user's folders. */
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_test_init (argc, argv, NULL);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

int
fixture_run (void)
{
  int result = g_test_run ();

  remove_tree (folder);
  g_clear_pointer (&folder, g_free);
  return result;
}

char *
fixture_path (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

MemoLibrary *
fixture_try_open (const char *path, MemoOpenFlags flags, GError **error)
{
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;

  memo_library_open_async (path, flags, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  return memo_library_open_finish (result, error);
}

MemoLibrary *
fixture_open (const char *path, MemoOpenFlags flags)
{
  g_autoptr (GError) error = NULL;
  MemoLibrary *library = fixture_try_open (path, flags, &error);

  g_assert_no_error (error);
  g_assert_nonnull (library);
  return library;
}

void
fixture_close (MemoLibrary *library)
{
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  memo_library_close_async (library, memo_await_cb, &await);
  result = memo_await (&await);
  g_assert_true (memo_library_close_finish (library, result, &error));
  g_assert_no_error (error);
}

void
fixture_end (MemoLibrary *library)
{
  gpointer alive = library;
  gint64 limit = patience_end (60);

  g_object_add_weak_pointer (G_OBJECT (library), &alive);
  g_object_unref (library);
  while (alive != NULL && g_get_monotonic_time () < limit)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  g_assert_null (alive);
}

void
fixture_apply (MemoLibrary *library, MemoChange *change)
{
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  memo_library_apply_async (library, change, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  memo_library_apply_finish (library, result, &error);
  g_assert_no_error (error);
}

void
fixture_insert (MemoLibrary *library, const char *name, MemoRecord *record)
{
  g_autoptr (MemoChange) change = memo_change_new (name, memo_record_get_title (record));

  memo_change_insert (change, record);
  fixture_apply (library, change);
}

MemoRecord *
fixture_get (MemoLibrary *library, const char *uuid, gboolean whole, GError **error)
{
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;

  memo_library_get_async (library, uuid, whole, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  return memo_library_get_finish (library, result, error);
}

char *
fixture_walk (MemoLibrary *library, gboolean undo, GError **error)
{
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;

  if (undo)
    memo_library_undo_async (library, NULL, memo_await_cb, &await);
  else
    memo_library_redo_async (library, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  return undo ? memo_library_undo_finish (library, result, error) : memo_library_redo_finish (library, result, error);
}

MemoSelection *
fixture_select (MemoLibrary *library, MemoFilter *filter)
{
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  MemoSelection *selection;

  memo_library_select_async (library, filter, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  selection = memo_library_select_finish (library, result, &error);
  g_assert_no_error (error);
  return selection;
}

gboolean
fixture_flag (MemoLibrary *library, const char *property)
{
  gboolean value;

  g_object_get (library, property, &value, NULL);
  return value;
}
