#include "memo-window-private.h"

#include <glib/gi18n.h>

#include "base/memo-error.h"
#include "memo-compat.h"
#include "memo-config.h"
#include "memo-settings.h"
#include "model/memo-worker.h"
#include "store/memo-backups.h"

#define ROW_HEIGHT 40 /* pixels: of a low row in a list */

void
memo_window_update_title (MemoWindow *self)
{
  MemoLibrary *library = memo_session_get_library (self->session);

  if (library)
    {
      g_autofree char *name = memo_library_dup_name (library);
      /* Translators: title of the window: a library's name and the program's. */
      g_autofree char *title = g_strdup_printf (_ ("%s — Memorandum"), name);

      gtk_window_set_title (GTK_WINDOW (self), title);
    }
  else
    gtk_window_set_title (GTK_WINDOW (self), _ ("Memorandum"));
}

static void
remember_library (MemoLibrary *library)
{
  const char *path = memo_library_get_path (library);
  g_auto (GStrv) before = memo_settings_get_strv ("recent-libraries");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) recent = NULL;
  guint n = 1;

  g_strv_builder_add (builder, path);
  for (char **name = before; *name && n < 8; name++)
    if (!g_str_equal (*name, path))
      {
        g_strv_builder_add (builder, *name);
        n++;
      }
  recent = g_strv_builder_end (builder);
  memo_settings_set_strv ("recent-libraries", (const char *const *) recent);
  memo_settings_set_string ("last-library", path);
}

static void
old_closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (!memo_library_close_finish (MEMO_LIBRARY (source), result, &error))
    memo_window_add_toast (self, error->message, NULL, NULL);
}

static void reopen_library (MemoWindow *self, const char *path);

/* Another program has put a backup, or nothing, where the library was. */
static void
moved_cb (MemoWindow *self, const char *message, MemoLibrary *library)
{
  g_autofree char *path = g_strdup (memo_library_get_path (library));

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    reopen_library (self, path);
  else
    memo_compat_ask (GTK_WIDGET (self), _ ("The Library Is Gone"), message, _ ("_Close"), NULL, FALSE, NULL, NULL);
}

static void
set_library (MemoWindow *self, MemoLibrary *library)
{
  g_autoptr (MemoLibrary) old = memo_session_get_library (self->session);

  if (old)
    {
      g_object_ref (old);
      g_signal_handlers_disconnect_by_func (old, memo_window_update_actions, self);
      g_signal_handlers_disconnect_by_func (old, moved_cb, self);
    }
  memo_places_clear (self->places);
  memo_session_set_library (self->session, library);
  if (old)
    memo_library_close_async (old, old_closed_cb, g_object_ref (self));
  g_signal_connect_object (library, "notify", G_CALLBACK (memo_window_update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (library, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  remember_library (library);
  memo_places_visit (self->places, memo_window_get_view (self), NULL, -1, -1);
  memo_window_update_title (self);
  memo_window_update_actions (self);
  if (self->pending)
    {
      g_autoptr (GPtrArray) files = g_steal_pointer (&self->pending);

      memo_window_import (self, files);
    }
}

/* The library of last time; NULL: the user's own. (transfer full) */
static char *
dup_last_path (void)
{
  g_autofree char *last = memo_settings_get_string ("last-library");

  return last[0] && g_file_test (last, G_FILE_TEST_EXISTS) ? g_steal_pointer (&last) : NULL;
}

/* In place of the views, which without a library have nothing to show. Made when it is needed: the first frame does not wait for it. */
static void
make_failed (MemoWindow *self)
{
  static const struct
  {
    const char *label, *action;
  } buttons[] = { { N_ ("Try Again"), "win.open-again" },
                  { N_ ("Open Library…"), "win.open-library" },
                  { N_ ("Open Sample Library"), "win.sample-library" } };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (_ (buttons[i].label));

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), buttons[i].action);
      gtk_widget_add_css_class (button, "pill");
      if (i == 0)
        gtk_widget_add_css_class (button, "suggested-action");
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  self->failed = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->failed), "dialog-warning-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (self->failed), _ ("The Library Could Not Be Opened"));
  adw_status_page_set_child (ADW_STATUS_PAGE (self->failed), box);
  gtk_stack_add_named (GTK_STACK (self->main), self->failed, "failed");
}

gboolean
memo_window_has_failed (MemoWindow *self)
{
  return self->failed && gtk_stack_get_visible_child (GTK_STACK (self->main)) == self->failed;
}

/* @message: NULL when there is nothing to say, or no more. */
static void
set_failure (MemoWindow *self, const char *path, MemoOpenFlags flags, const char *message)
{
  g_autofree char *escaped = message ? g_markup_escape_text (message, -1) : NULL;

  g_free (self->failed_path);
  self->failed_path = g_strdup (path);
  self->failed_flags = flags;
  if (message && !self->failed)
    make_failed (self);
  if (self->failed)
    adw_status_page_set_description (ADW_STATUS_PAGE (self->failed), escaped);
  gtk_stack_set_visible_child_name (GTK_STACK (self->main), message ? "failed" : "panes");
  memo_window_update_actions (self);
  if (message)
    gtk_widget_child_focus (self->failed, GTK_DIR_TAB_FORWARD);
}

typedef struct
{
  MemoWindow *window;
  GCancellable *work;
  guint generation;
  char *path;
  MemoOpenFlags flags;
  gboolean replaced; /* by another program, while it was open */
} Opening;

static void
opening_free (Opening *opening)
{
  g_object_unref (opening->window);
  g_object_unref (opening->work);
  g_free (opening->path);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void open_library (MemoWindow *self, const char *path, MemoOpenFlags flags);
static void ask_for_backup (MemoWindow *self, const char *path, const char *message);

static void
read_only_cb (gboolean accepted, gpointer data)
{
  g_autoptr (Opening) opening = data;

  if (accepted)
    open_library (opening->window, opening->path, MEMO_OPEN_READ_ONLY);
}

/* Takes @opening. */
static void
finish_opening (Opening *taken, MemoLibrary *library, GError *error)
{
  g_autoptr (Opening) opening = taken;
  MemoWindow *self = opening->window;

  memo_work_bar_end (self->work_bar, opening->work);
  if (self->closing || opening->generation != self->opening)
    {
      if (library)
        memo_library_close_async (library, old_closed_cb, g_object_ref (self));
      return;
    }
  if (library)
    {
      set_library (self, library);
      set_failure (self, NULL, MEMO_OPEN_DEFAULT, NULL);
      if (opening->replaced)
        memo_window_add_toast (self, _ ("Another program has replaced the library; what is there now was opened."),
                               NULL, NULL);
      return;
    }
  memo_session_set_head (self->session, NULL);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  if (!memo_session_get_library (self->session))
    set_failure (self, opening->path, opening->flags, error->message);
  if (g_error_matches (error, MEMO_ERROR, MEMO_ERROR_READ_ONLY))
    memo_compat_ask (GTK_WIDGET (self), _ ("Open for Reading Alone?"), error->message, _ ("_Cancel"), _ ("_Open"),
                     FALSE, read_only_cb, g_steal_pointer (&opening));
  else if (g_error_matches (error, MEMO_ERROR, MEMO_ERROR_CORRUPT))
    ask_for_backup (self, opening->path, error->message);
  else if (memo_session_get_library (self->session))
    memo_compat_ask (GTK_WIDGET (self), _ ("The Library Could Not Be Opened"), error->message, _ ("_Close"), NULL,
                     FALSE, NULL, NULL);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoLibrary) library = memo_library_open_finish (result, &error);

  finish_opening (data, library, error);
}

static gboolean
painted_cb (gpointer head)
{
  memo_head_set_shown (head);
  return G_SOURCE_REMOVE;
}

/* A frame begins, and is painted before anything idle is called. */
static gboolean
frame_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer head)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, painted_cb, g_object_ref (head), g_object_unref);
  return G_SOURCE_REMOVE;
}

/* The beginning of the list that the window shows first is there before the library is. */
static void
head_cb (MemoHead *head, gpointer data)
{
  Opening *opening = data;
  MemoWindow *self = opening->window;

  if (self->closing || opening->generation != self->opening || memo_session_get_library (self->session))
    return;
  memo_session_set_head (self->session, head);
  memo_window_build_view (self);
  gtk_widget_add_tick_callback (GTK_WIDGET (self), frame_cb, g_object_ref (head), g_object_unref);
}

static void
open_async (const char *path,
            MemoOpenFlags flags,
            const char *view,
            MemoHeadFunc head,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer data)
{
  static const struct
  {
    const char *view;
    MemoKind kind;
  } lists[] = { { "articles", MEMO_KIND_ARTICLE }, { "register", MEMO_KIND_AGREEMENT }, { "notes", MEMO_KIND_NOTE } };
  guint rows = memo_settings_get_boolean ("window-maximized")
                   ? G_MAXUINT
                   : memo_settings_get_int ("window-height") / ROW_HEIGHT + 1;
  MemoKind kind = MEMO_N_KINDS;

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (g_str_equal (lists[i].view, view))
      kind = lists[i].kind;
  memo_library_open_with_head_async (path, flags | MEMO_OPEN_AT_ONCE, kind, rows, kind < MEMO_N_KINDS ? head : NULL,
                                     cancellable, callback, data);
}

static Opening *
begin_opening (MemoWindow *self, const char *path, MemoOpenFlags flags)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->window = g_object_ref (self);
  opening->generation = ++self->opening;
  opening->path = g_strdup (path);
  opening->flags = flags;
  opening->work = memo_work_bar_begin (self->work_bar, _ ("Opening the library…"));
  return opening;
}

static void
open_library (MemoWindow *self, const char *path, MemoOpenFlags flags)
{
  Opening *opening = begin_opening (self, path, flags);

  open_async (path, flags, memo_window_get_view (self), head_cb, opening->work, opened_cb, opening);
}

static void
reopen_library (MemoWindow *self, const char *path)
{
  Opening *opening = begin_opening (self, path, MEMO_OPEN_DEFAULT);

  opening->replaced = TRUE;
  open_async (path, MEMO_OPEN_DEFAULT, memo_window_get_view (self), head_cb, opening->work, opened_cb, opening);
}

void
memo_window_open_library (MemoWindow *self, const char *path, gboolean create)
{
  g_return_if_fail (MEMO_IS_WINDOW (self));
  open_library (self, path, create ? MEMO_OPEN_CREATE : MEMO_OPEN_DEFAULT);
}

void
memo_window_open_again (MemoWindow *self)
{
  g_autofree char *path = g_strdup (self->failed_path);

  if (path)
    open_library (self, path, self->failed_flags);
  else
    memo_window_open_last (self);
}

/* A backup in the library's place: closed, restored and opened again; what fails is said, and the library is opened as it is. */

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Opening) opening = data;
  MemoWindow *self = opening->window;
  g_autoptr (GError) error = NULL;
  gboolean restored = g_task_propagate_boolean (G_TASK (result), &error);

  memo_work_bar_end (self->work_bar, opening->work);
  if (self->closing || opening->generation != self->opening)
    return;
  if (restored)
    memo_window_add_toast (self, _ ("The backup was restored. What was there before is kept among the backups."), NULL,
                           NULL);
  else
    memo_compat_ask (GTK_WIDGET (self), _ ("The Backup Could Not Be Restored"), error->message, _ ("_Close"), NULL,
                     FALSE, NULL, NULL);
  open_library (self, opening->path, MEMO_OPEN_DEFAULT);
}

static void
restore_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const char *const *paths = data;
  GError *error = NULL;

  if (memo_store_restore (paths[0], paths[1], &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* For restore_thread(), which ends in the library being opened. (transfer full) */
static GTask *
make_restore (MemoWindow *self, const char *path, const char *backup)
{
  const char *paths[] = { path, backup, NULL };
  GTask *task = g_task_new (NULL, NULL, restored_cb, begin_opening (self, path, MEMO_OPEN_DEFAULT));

  g_task_set_task_data (task, g_strdupv ((char **) paths), (GDestroyNotify) g_strfreev);
  return task;
}

static void
closed_for_restore_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (memo_library_close_finish (MEMO_LIBRARY (source), result, &error))
    memo_worker_run (task, restore_thread);
  else
    g_task_return_error (task, error);
}

/* Another window of the program would go on with the file that is put aside. */
static gboolean
is_open_elsewhere (MemoWindow *self, MemoLibrary *library)
{
  GListModel *windows = gtk_window_get_toplevels ();
  gboolean found = FALSE;

  for (guint i = 0; !found && i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
      MemoLibrary *other = MEMO_IS_WINDOW (window) && window != GTK_WINDOW (self)
                               ? memo_session_get_library (memo_window_get_session (MEMO_WINDOW (window)))
                               : NULL;

      found = other && memo_library_is_at (other, memo_library_get_path (library));
    }
  return found;
}

void
memo_window_restore_backup (MemoWindow *self, const char *backup)
{
  g_autoptr (MemoLibrary) library = NULL;
  GTask *task;

  g_return_if_fail (MEMO_IS_WINDOW (self) && backup);

  library = memo_session_get_library (self->session);
  g_return_if_fail (library);
  g_object_ref (library);
  if (is_open_elsewhere (self, library))
    {
      memo_window_add_toast (self, _ ("The library is open in another window. Close that one first."), NULL, NULL);
      return;
    }
  task = make_restore (self, memo_library_get_path (library), backup);
  g_signal_handlers_disconnect_by_func (library, memo_window_update_actions, self);
  memo_places_clear (self->places);
  memo_session_set_library (self->session, NULL);
  memo_window_update_actions (self);
  memo_library_close_async (library, closed_for_restore_cb, task);
}

/* A library that is too damaged to be opened: its newest backup is offered. */

typedef struct
{
  MemoWindow *window;
  char *path, *message;
  char *backup; /* nullable */
} Damaged;

static void
damaged_free (Damaged *damaged)
{
  g_object_unref (damaged->window);
  g_free (damaged->path);
  g_free (damaged->message);
  g_free (damaged->backup);
  g_free (damaged);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Damaged, damaged_free)

static void
damaged_answered_cb (gboolean accepted, gpointer data)
{
  g_autoptr (Damaged) damaged = data;
  g_autoptr (GTask) task = NULL;

  if (!accepted)
    return;
  task = make_restore (damaged->window, damaged->path, damaged->backup);
  memo_worker_run (task, restore_thread);
}

static void
newest_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Damaged *damaged = data;
  g_autoptr (GPtrArray) list = memo_backups_list (damaged->path, NULL);

  for (guint i = 0; list && i < list->len && !damaged->backup; i++)
    {
      MemoBackup *backup = g_ptr_array_index (list, i);

      if (backup->reason == MEMO_BACKUP_REGULAR)
        damaged->backup = g_strdup (backup->path);
    }
  g_task_return_boolean (task, TRUE);
}

static void
newest_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Damaged) damaged = data;
  GtkWidget *window = GTK_WIDGET (damaged->window);
  g_autofree char *body = NULL;

  if (damaged->window->closing)
    return;
  if (!damaged->backup)
    {
      if (!memo_window_has_failed (damaged->window))
        memo_compat_ask (window, _ ("The Library Could Not Be Opened"), damaged->message, _ ("_Close"), NULL, FALSE,
                         NULL, NULL);
      return;
    }
  body = g_strconcat (damaged->message, "\n\n",
                      _ ("Its newest backup can take its place; the damaged file is kept beside it."), NULL);
  memo_compat_ask (window, _ ("The Library Could Not Be Opened"), body, _ ("_Close"), _ ("_Restore"), FALSE,
                   damaged_answered_cb, g_steal_pointer (&damaged));
}

static void
ask_for_backup (MemoWindow *self, const char *path, const char *message)
{
  Damaged *damaged = g_new0 (Damaged, 1);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, newest_cb, damaged);

  damaged->window = g_object_ref (self);
  damaged->path = path ? g_strdup (path) : memo_library_get_default_path ();
  damaged->message = g_strdup (message);
  g_task_set_task_data (task, damaged, NULL);
  memo_worker_run (task, newest_thread);
}

/* The last library is asked for before GTK starts, and is read while the window is made. */
static struct
{
  gboolean asked, done;
  MemoLibrary *library;
  GError *error;
  MemoHead *head;
  Opening *opening; /* who waits for it */
} early;

static void
early_head_cb (MemoHead *head, gpointer data)
{
  if (early.opening)
    head_cb (head, early.opening);
  else
    g_set_object (&early.head, head);
}

static void
early_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  early.library = memo_library_open_finish (result, &early.error);
  early.done = TRUE;
  if (early.opening)
    finish_opening (g_steal_pointer (&early.opening), early.library, early.error);
  else
    return;
  g_clear_object (&early.library);
  g_clear_error (&early.error);
}

static void
open_last_async (MemoHeadFunc head, GAsyncReadyCallback callback, gpointer data)
{
  g_autofree char *last = dup_last_path ();
  g_autofree char *view = memo_settings_get_string ("view");

  open_async (last, last ? MEMO_OPEN_DEFAULT : MEMO_OPEN_CREATE, view, head, NULL, callback, data);
}

void
memo_window_open_early (void)
{
  g_return_if_fail (!early.asked);

  early.asked = TRUE;
  open_last_async (early_head_cb, early_opened_cb, NULL);
}

void
memo_window_open_last (MemoWindow *self)
{
  Opening *opening;
  g_autofree char *last = NULL;

  g_return_if_fail (MEMO_IS_WINDOW (self));

  last = dup_last_path ();
  opening = begin_opening (self, last, MEMO_OPEN_DEFAULT);
  if (!early.asked)
    {
      open_last_async (head_cb, opened_cb, opening);
      return;
    }
  early.asked = FALSE;
  if (early.head)
    head_cb (early.head, opening);
  g_clear_object (&early.head);
  if (!early.done)
    {
      early.opening = opening;
      return;
    }
  finish_opening (opening, early.library, early.error);
  g_clear_object (&early.library);
  g_clear_error (&early.error);
}

static void
sample_copied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Opening) opening = data;
  g_autoptr (GError) error = NULL;

  if (!g_file_copy_finish (G_FILE (source), result, &error) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    {
      memo_window_add_toast (opening->window, error->message, NULL, NULL);
      return;
    }
  open_library (opening->window, opening->path, MEMO_OPEN_DEFAULT);
}

void
memo_window_open_sample (MemoWindow *self)
{
  const char *override = g_getenv ("MEMO_SAMPLE_LIBRARY");
  g_autofree char *from =
      override ? g_strdup (override) : g_build_filename (MEMO_PKGDATADIR, "sample.memorandum", NULL);
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "memorandum", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = NULL;
  Opening *opening;

  g_return_if_fail (MEMO_IS_WINDOW (self));

  if (!g_file_test (from, G_FILE_TEST_EXISTS))
    {
      memo_window_add_toast (self, _ ("The sample library is not installed."), NULL, NULL);
      if (!memo_session_get_library (self->session))
        memo_window_open_last (self);
      return;
    }
  g_mkdir_with_parents (folder, 0700);
  opening = g_new0 (Opening, 1);
  opening->window = g_object_ref (self);
  opening->work = g_cancellable_new ();
  opening->path = g_build_filename (folder, "sample.memorandum", NULL);
  target = g_file_new_for_path (opening->path);
  /* A copy that is there already is the person's: it is opened as it is. */
  g_file_copy_async (source, target, G_FILE_COPY_TARGET_DEFAULT_PERMS, G_PRIORITY_DEFAULT, NULL, NULL, NULL,
                     sample_copied_cb, opening);
}

void
memo_window_open_files (MemoWindow *self, GFile **files, guint n_files, gboolean open_last)
{
  g_autoptr (GPtrArray) articles = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *library = NULL;

  g_return_if_fail (MEMO_IS_WINDOW (self));

  for (guint i = 0; i < n_files; i++)
    {
      g_autofree char *path = g_file_get_path (files[i]);

      if (path && g_str_has_suffix (path, ".memorandum"))
        {
          g_free (library);
          library = g_steal_pointer (&path);
        }
      else
        g_ptr_array_add (articles, g_object_ref (files[i]));
    }
  if (!library && !open_last)
    {
      memo_window_import (self, articles);
      return;
    }
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  if (articles->len > 0)
    self->pending = g_steal_pointer (&articles);
  if (library)
    open_library (self, library, MEMO_OPEN_DEFAULT);
  else
    memo_window_open_last (self);
}
