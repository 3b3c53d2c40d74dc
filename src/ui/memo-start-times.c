#include "memo-start-times.h"

#include "model/memo-record-list.h"

/* Whether a list below @widget has a row on the screen that shows a record. */
static gboolean
shows_record (GtkWidget *widget)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LIST_VIEW (widget) && child && gtk_widget_get_mapped (child) && gtk_widget_get_height (child) > 0)
    {
      g_autoptr (GObject) row =
          g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (widget))), 0);

      if (MEMO_IS_ROW (row) && memo_row_get_record (MEMO_ROW (row)))
        return TRUE;
    }
  for (; child; child = gtk_widget_get_next_sibling (child))
    if (shows_record (child))
      return TRUE;
  return FALSE;
}

static void
painted_cb (GdkFrameClock *clock, MemoWindow *window)
{
  static gboolean first = TRUE, records = TRUE;
  MemoSession *session = memo_window_get_session (window);
  MemoLibrary *library = memo_session_get_library (session);
  gboolean busy, loading = TRUE;

  if (first)
    g_print ("first frame %" G_GINT64_FORMAT "\n", g_get_monotonic_time ());
  first = FALSE;
  if (library)
    g_object_get (library, "loading", &loading, NULL);
  g_object_get (session, "busy", &busy, NULL);
  busy = busy || !memo_session_get_selection (session);
  if (records && (!busy || shows_record (GTK_WIDGET (window))))
    {
      g_print ("records %" G_GINT64_FORMAT "\n", g_get_monotonic_time ());
      records = FALSE;
    }
  if (!busy && !loading)
    {
      g_print ("library %" G_GINT64_FORMAT "\n", g_get_monotonic_time ());
      g_signal_handlers_disconnect_by_func (clock, painted_cb, window);
    }
  fflush (stdout);
}

void
memo_start_times_print (MemoWindow *window)
{
  gtk_widget_realize (GTK_WIDGET (window));
  g_signal_connect_object (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint", G_CALLBACK (painted_cb),
                           window, 0);
}
