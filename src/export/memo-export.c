#include "memo-export-private.h"

#include "base/memo-error.h"
#include "model/memo-worker.h"

#include <glib/gi18n.h>

static const MemoExportFormat formats[] = {
  { "markdown", "md", "text/markdown", N_ ("Markdown") },
  { "html", "html", "text/html", N_ ("Web page (HTML)") },
  { "text", "txt", "text/plain", N_ ("Plain text") },
  { "csv", "csv", "text/csv", N_ ("Table (CSV)") },
  { "json", "json", "application/json", N_ ("Everything (JSON)") },
};

/* One for each format, in that order. */
static const MemoExportWriter *const writers[] = { &memo_export_markdown, &memo_export_html, &memo_export_text,
                                                   &memo_export_csv, &memo_export_json };

const MemoExportFormat *
memo_export_get_formats (guint *ret_n)
{
  if (ret_n != NULL)
    *ret_n = G_N_ELEMENTS (formats);
  return formats;
}

static int
find_format (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_strcmp0 (formats[i].name, name) == 0)
      return i;
  return -1;
}

static void
end_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  MemoExportData *data = task_data;
  GError *error = NULL;
  GBytes *bytes;

  if (data->writer->end != NULL)
    data->writer->end (data);
  bytes = memo_export_target_close (data->target, cancellable, &error);
  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
  /* Here: to let go of a hundred thousand records takes longer than the main loop has, or than somebody should wait. */
  memo_export_data_free (data);
}

static void
gathered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  MemoExportData *data = memo_export_gather_finish (MEMO_LIBRARY (source), result, &error);

  if (data == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, data, NULL);
  memo_worker_run (task, end_thread);
}

/* The window that asked may be closed meanwhile: the process does not end before the file is renamed or removed. */
static void
hold_application (GTask *task)
{
  GApplication *application = g_application_get_default ();

  if (application == NULL)
    return;
  g_application_hold (application);
  g_signal_connect_swapped (task, "notify::completed", G_CALLBACK (g_application_release), application);
}

static void
start (MemoLibrary *library,
       MemoSelection *selection,
       GFile *file,
       const MemoExportOptions *options,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data,
       gpointer tag)
{
  GTask *task = g_task_new (library, cancellable, callback, user_data);
  int format = find_format (options->format);
  MemoExportData *data;

  g_task_set_source_tag (task, tag);
  /* Where it is too late to cancel, the file is there: that is the answer then. */
  g_task_set_check_cancellable (task, FALSE);
  if (format < 0)
    {
      g_autofree char *names = NULL;
      for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
        {
          char *more = names ? g_strconcat (names, ", ", formats[i].name, NULL) : g_strdup (formats[i].name);
          g_free (names);
          names = more;
        }
      /* Translators: first what the user typed, then the formats there are. */
      g_task_return_new_error (task, MEMO_ERROR, MEMO_ERROR_INVALID,
                               _ ("There is no export format “%s”. It can be: %s."),
                               options->format ? options->format : "", names);
      g_object_unref (task);
      return;
    }
  data = memo_export_data_new (selection, writers[format], options);
  data->title = memo_library_dup_name (library);
  if (file != NULL)
    hold_application (task);
  memo_export_gather_async (library, data, file, cancellable, gathered_cb, task);
}

void
memo_export_file_async (MemoLibrary *library,
                        MemoSelection *selection,
                        GFile *file,
                        const MemoExportOptions *options,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (G_IS_FILE (file));
  start (library, selection, file, options, cancellable, callback, user_data, memo_export_file_async);
}

gboolean
memo_export_file_finish (MemoLibrary *library, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, library), FALSE);
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), error);
  return bytes != NULL;
}

void
memo_export_bytes_async (MemoLibrary *library,
                         MemoSelection *selection,
                         const MemoExportOptions *options,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  start (library, selection, NULL, options, cancellable, callback, user_data, memo_export_bytes_async);
}

GBytes *
memo_export_bytes_finish (MemoLibrary *library, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, library), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
