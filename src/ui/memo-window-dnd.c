#include "memo-window-private.h"

#include <glib/gi18n.h>

#include "base/memo-language.h"

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer data)
{
  MemoWindow *self = data;

  if (!memo_session_get_library (self->session))
    return FALSE;
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      GSList *list = g_value_get_boxed (value);
      g_autoptr (GPtrArray) files = g_ptr_array_new ();

      for (; list; list = list->next)
        g_ptr_array_add (files, list->data);
      memo_window_open_files (self, (GFile **) files->pdata, files->len, FALSE);
      return files->len > 0;
    }
  return FALSE;
}

static GdkDragAction
drop_enter_cb (GtkDropTarget *target, double x, double y, gpointer data)
{
  MemoWindow *self = data;

  gtk_widget_add_css_class (self->views, "memo-drop");
  return GDK_ACTION_COPY;
}

static void
drop_leave_cb (GtkDropTarget *target, gpointer data)
{
  MemoWindow *self = data;

  gtk_widget_remove_css_class (self->views, "memo-drop");
}

void
memo_window_init_dnd (MemoWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  g_signal_connect (target, "enter", G_CALLBACK (drop_enter_cb), self);
  g_signal_connect (target, "leave", G_CALLBACK (drop_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->toasts), GTK_EVENT_CONTROLLER (target));
}

/* Pasting: HTML when the clipboard has it, else plain text; files are imported as files. */

static void
text_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);

  if (text && text[0])
    memo_window_import_text (self, text, FALSE);
  else
    memo_window_add_toast (self, _ ("There is no text on the clipboard."), NULL, NULL);
}

static void
html_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoWindow) self = data;
  GOutputStream *memory = G_OUTPUT_STREAM (source);
  gconstpointer bytes = g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (memory));
  gsize size = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory));
  g_autofree char *html = NULL;
  g_autoptr (GBytes) whole = NULL;

  if (g_output_stream_splice_finish (memory, result, NULL) < 0 || size == 0)
    {
      memo_window_add_toast (self, _ ("There is no text on the clipboard."), NULL, NULL);
      return;
    }
  /* Some programs put it there as UTF-16. */
  whole = g_bytes_new_static (bytes, size);
  html = memo_charset_to_utf8 (whole, NULL, NULL);
  memo_window_import_text (self, html, TRUE);
}

static void
stream_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, &error);
  g_autoptr (GOutputStream) memory = NULL;

  if (!stream)
    {
      memo_window_add_toast (self, error->message, NULL, NULL);
      return;
    }
  memory = g_memory_output_stream_new_resizable ();
  g_output_stream_splice_async (memory, stream,
                                G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, NULL, html_read_cb, g_object_ref (self));
}

static void
files_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoWindow) self = data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  if (!value)
    return;
  for (GSList *l = g_value_get_boxed (value); l; l = l->next)
    g_ptr_array_add (files, g_object_ref (l->data));
  memo_window_import (self, files);
}

void
memo_window_paste (MemoWindow *self)
{
  static const char *const html_types[] = { "text/html", NULL };
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);

  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL, files_read_cb,
                                    g_object_ref (self));
  else if (gdk_content_formats_contain_mime_type (formats, "text/html"))
    gdk_clipboard_read_async (clipboard, (const char **) html_types, G_PRIORITY_DEFAULT, NULL, stream_cb,
                              g_object_ref (self));
  else
    gdk_clipboard_read_text_async (clipboard, NULL, text_read_cb, g_object_ref (self));
}
