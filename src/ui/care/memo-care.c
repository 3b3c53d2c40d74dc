#include "memo-care.h"

#include <glib/gi18n.h>

#include "base/memo-date.h"
#include "base/memo-language.h"
#include "model/memo-caretaker.h"
#include "model/memo-worker.h"
#include "store/memo-place.h"
#include "ui/memo-compat.h"
#include "ui/memo-settings.h"

#define CARETAKER "memo-caretaker"

char *
memo_care_format_time (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc ? g_date_time_to_local (utc) : NULL;
  g_autofree char *edtf = local ? g_date_time_format (local, "%Y-%m-%d") : NULL;
  g_autoptr (MemoDate) date = edtf ? memo_date_new (edtf, NULL) : NULL;
  g_autofree char *day =
      date ? memo_date_format (date, memo_language_of_interface (), MEMO_DATE_STYLE_SHORT) : g_strdup ("");
  g_autofree char *clock = local ? g_date_time_format (local, "%H:%M") : g_strdup ("");

  return g_strjoin (" ", day, clock, NULL);
}

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

/* Where the library lies, looked at by a worker: a share may be slow to answer. */

typedef struct
{
  char *path;
  MemoPlace place;
  const char *service;
} Looking;

static void
looking_free (gpointer data)
{
  Looking *looking = data;

  g_free (looking->path);
  g_free (looking);
}

static void
look_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Looking *looking = data;

  looking->place = memo_place_look (looking->path, &looking->service);
  g_task_return_boolean (task, TRUE);
}

static void
looked_cb (GObject *window, GAsyncResult *result, gpointer data)
{
  Looking *looking = g_task_get_task_data (G_TASK (result));
  g_autofree char *advice = memo_place_dup_advice (looking->place, looking->service);
  g_auto (GStrv) before = memo_settings_get_strv ("advised-libraries");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) after = NULL;

  if (!advice || !gtk_widget_get_mapped (GTK_WIDGET (window)))
    return;
  g_strv_builder_addv (builder, (const char **) before);
  g_strv_builder_add (builder, looking->path);
  after = g_strv_builder_end (builder);
  memo_settings_set_strv ("advised-libraries", (const char *const *) after);
  memo_compat_ask (GTK_WIDGET (window),
                   looking->place == MEMO_PLACE_SYNCED ? _ ("A Library in a Synchronised Folder")
                                                       : _ ("A Library on a Share"),
                   advice, _ ("_Close"), NULL, FALSE, NULL, NULL);
}

/* Once for each library. */
static void
advise (GtkWidget *window, MemoLibrary *library)
{
  g_auto (GStrv) advised = memo_settings_get_strv ("advised-libraries");
  g_autoptr (GTask) task = NULL;
  Looking *looking;

  if (g_strv_contains ((const char *const *) advised, memo_library_get_path (library)))
    return;
  looking = g_new0 (Looking, 1);
  looking->path = g_strdup (memo_library_get_path (library));
  task = g_task_new (window, NULL, looked_cb, NULL);
  g_task_set_task_data (task, looking, looking_free);
  memo_worker_run (task, look_thread);
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
  advise (window, library);
}

void
memo_care_attach (GtkWidget *window, MemoSession *session)
{
  g_return_if_fail (GTK_IS_WIDGET (window) && MEMO_IS_SESSION (session));

  g_signal_connect_object (session, "notify::library", G_CALLBACK (library_cb), window, 0);
  memo_settings_watch ("automatic-backups", G_CALLBACK (setting_cb), G_OBJECT (window));
  library_cb (session, NULL, window);
}
