#include "memo-window-private.h"

#include <glib/gi18n.h>

#include "import/memo-import.h"
#include "memo-dialog.h"

typedef struct
{
  MemoWindow *window;
  GCancellable *work;
} Task;

static void
task_free (Task *task)
{
  memo_work_bar_end (task->window->work_bar, task->work);
  g_object_unref (task->window);
  g_object_unref (task->work);
  g_free (task);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Task, task_free)

static Task *
task_new (MemoWindow *self, const char *text)
{
  Task *task = g_new0 (Task, 1);

  task->window = g_object_ref (self);
  task->work = memo_work_bar_begin (self->work_bar, text);
  return task;
}

static void
progress_cb (guint done, guint total, const char *file, gpointer data)
{
  Task *task = data;
  /* Translators: progress of an import: how many files are done, of how many. */
  g_autofree char *text = g_strdup_printf (_ ("Importing %u of %u"), MIN (done + 1, total), total);

  memo_work_bar_progress (task->window->work_bar, task->work, total ? (double) done / total : -1, text);
}

/* Says what came of it; the dialog with the details is behind the toast's button. Takes @results. */
static void
say_results (MemoWindow *self, GPtrArray *results)
{
  guint imported = 0, failed = 0, warned = 0;
  const char *last = NULL;
  g_autofree char *good = NULL, *text = NULL;

  for (guint i = 0; i < results->len; i++)
    {
      MemoImportResult *result = g_ptr_array_index (results, i);

      if (result->error)
        failed++;
      else
        {
          imported++;
          if (result->uuid && g_strcmp0 (result->type, "article") == 0)
            last = result->uuid;
          if (result->warnings && result->warnings[0])
            warned++;
        }
    }
  good = g_strdup_printf (ngettext ("%u file imported", "%u files imported", imported), imported);
  if (failed > 0)
    {
      g_autofree char *bad = g_strdup_printf (ngettext ("%u failed", "%u failed", failed), failed);

      /* Translators: two results in a row: “3 files imported, 1 failed”. */
      text = g_strdup_printf (_ ("%s, %s"), good, bad);
    }
  else
    text = g_steal_pointer (&good);

  if (imported == 1 && last)
    memo_session_open_article (self->session, last, -1, -1);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  self->results = results;
  if (failed > 0 || warned > 0)
    memo_window_add_toast (self, text, _ ("Details"), "win.import-results");
  else
    memo_window_add_toast (self, text, _ ("Undo"), "win.undo");
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Task) task = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *results = memo_import_files_finish (MEMO_LIBRARY (source), result, &error);

  if (results)
    say_results (task->window, results);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    memo_window_add_toast (task->window, _ ("The import was cancelled; what was imported is kept."), NULL, NULL);
  else
    memo_window_add_toast (task->window, error->message, NULL, NULL);
}

void
memo_window_import (MemoWindow *self, GPtrArray *files)
{
  MemoLibrary *library = memo_session_get_library (self->session);
  const MemoImportOptions options = { NULL };
  Task *task;

  if (!library || files->len == 0)
    return;
  task = task_new (self, _ ("Importing…"));
  memo_import_files_async (library, files, &options, progress_cb, task, task->work, imported_cb, task);
}

static void
text_imported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Task) task = data;
  g_autoptr (GError) error = NULL;
  MemoImportResult *imported = memo_import_text_finish (MEMO_LIBRARY (source), result, &error);

  if (imported)
    {
      GPtrArray *results = g_ptr_array_new_with_free_func ((GDestroyNotify) memo_import_result_free);

      g_ptr_array_add (results, imported);
      say_results (task->window, results);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    memo_window_add_toast (task->window, error->message, NULL, NULL);
}

void
memo_window_import_text (MemoWindow *self, const char *text, gboolean html)
{
  MemoLibrary *library = memo_session_get_library (self->session);
  const MemoImportOptions options = { NULL };
  Task *task;

  if (!library)
    return;
  task = task_new (self, _ ("Importing…"));
  memo_import_text_async (library, text, html, &options, task->work, text_imported_cb, task);
}

void
memo_window_show_import_results (MemoWindow *self)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *window;

  if (!self->results)
    return;
  for (guint i = 0; i < self->results->len; i++)
    {
      MemoImportResult *result = g_ptr_array_index (self->results, i);
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *warnings = result->warnings ? g_strjoinv ("\n", result->warnings) : NULL;
      const char *title = result->title && !result->error ? result->title : result->file;
      g_autofree char *name = g_markup_escape_text (title ? title : "", -1);
      g_autofree char *detail =
          g_markup_escape_text (result->error ? result->error->message
                                              : (warnings && warnings[0] ? warnings : _ ("Imported")),
                                -1);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), detail);
      adw_action_row_set_icon_name (ADW_ACTION_ROW (row),
                                    result->error ? "dialog-warning-symbolic" : "object-select-symbolic");
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  window = memo_dialog_new (GTK_WIDGET (self), _ ("Results of the Import"), page, NULL, NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), 560, 480);
  gtk_window_present (GTK_WINDOW (window));
}
