#include "memo-care.h"

#include "model/memo-caretaker.h"
#include "ui/memo-settings.h"

#define CARETAKER "memo-caretaker"

static void
failed_cb (MemoCaretaker *caretaker, const char *text, MemoSession *session)
{
  memo_session_toast (session, text, FALSE);
}

static void
dispose_caretaker (gpointer caretaker)
{
  g_object_run_dispose (caretaker);
  g_object_unref (caretaker);
}

static void
setting_cb (GtkWidget *window)
{
  MemoCaretaker *caretaker = g_object_get_data (G_OBJECT (window), CARETAKER);

  if (caretaker)
    memo_caretaker_set_backups (caretaker, memo_settings_get_boolean ("automatic-backups"));
}

static void
library_cb (MemoSession *session, GParamSpec *pspec, GtkWidget *window)
{
  MemoLibrary *library = memo_session_get_library (session);
  MemoCaretaker *caretaker = library ? memo_caretaker_new (library) : NULL;

  g_object_set_data_full (G_OBJECT (window), CARETAKER, caretaker, dispose_caretaker);
  if (!caretaker)
    return;
  g_signal_connect_object (caretaker, "failed", G_CALLBACK (failed_cb), session, 0);
  setting_cb (window);
}

void
memo_care_attach (GtkWidget *window, MemoSession *session)
{
  g_return_if_fail (GTK_IS_WIDGET (window) && MEMO_IS_SESSION (session));

  g_signal_connect_object (session, "notify::library", G_CALLBACK (library_cb), window, 0);
  memo_settings_watch ("automatic-backups", G_CALLBACK (setting_cb), G_OBJECT (window));
  library_cb (session, NULL, window);
}
