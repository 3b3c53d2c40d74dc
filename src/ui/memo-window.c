#include "memo-window-private.h"

#include <glib/gi18n.h>

#include "articles/memo-articles-view.h"
#include "base/memo-error.h"
#include "details/memo-details-pane.h"
#include "filter/memo-chips.h"
#include "filter/memo-filter-pane.h"
#include "memo-compat.h"
#include "memo-config.h"
#include "memo-dialog.h"
#include "memo-history-popover.h"
#include "memo-settings.h"
#include "memo-shortcuts.h"
#include "notes/memo-notes-view.h"
#include "register/memo-register-view.h"
#include "search/memo-search.h"
#include "sectors/memo-sectors-view.h"
#include "timeline/memo-timeline-view.h"

G_DEFINE_FINAL_TYPE (MemoWindow, memo_window, ADW_TYPE_APPLICATION_WINDOW)

static const struct
{
  const char *name, *title;
  GtkWidget *(*create) (MemoSession *session);
} view_table[] = {
  { "articles", N_ ("Articles"), memo_articles_view_new }, { "register", N_ ("Register"), memo_register_view_new },
  { "timeline", N_ ("Timeline"), memo_timeline_view_new }, { "sectors", N_ ("Sectors"), memo_sectors_view_new },
  { "notes", N_ ("Notes"), memo_notes_view_new },
};

/* Widths from which one and both side panes have room beside the view. */
#define ROOM_FOR_ONE 720
#define ROOM_FOR_BOTH 1160
#define ROOM_FOR_WIDE 1900

/* TRUE when the view was built just now. */
static gboolean
ensure_view (MemoWindow *self, const char *name)
{
  GtkWidget *bin = gtk_stack_get_child_by_name (GTK_STACK (self->views), name);

  if (!bin || adw_bin_get_child (ADW_BIN (bin)))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (view_table); i++)
    if (g_str_equal (view_table[i].name, name))
      adw_bin_set_child (ADW_BIN (bin), view_table[i].create (self->session));
  return TRUE;
}

const char *
memo_window_get_view (MemoWindow *self)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (self->views));
}

void
memo_window_set_view (MemoWindow *self, const char *name)
{
  gboolean known = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (view_table); i++)
    known |= g_str_equal (view_table[i].name, name);
  if (!known)
    name = "articles";
  ensure_view (self, name);
  gtk_stack_set_visible_child_name (GTK_STACK (self->views), name);
  if (!self->moving)
    memo_places_visit (self->places, name, NULL, -1, -1);
  memo_window_update_actions (self);
}

static void
go_cb (MemoWindow *self, const char *name)
{
  memo_window_set_view (self, name);
}

/* The articles view may not be there yet: it is built, and hears the signal when it is sent again. */
static void
open_article_cb (MemoWindow *self, const char *uuid, glong start, glong end)
{
  gboolean is_new = ensure_view (self, "articles");
  gboolean was = self->moving;

  self->moving = TRUE;
  memo_window_set_view (self, "articles");
  self->moving = was;
  if (!self->moving)
    memo_places_visit (self->places, "articles", uuid, start, end);
  memo_window_update_actions (self);
  if (is_new)
    {
      g_signal_stop_emission_by_name (self->session, "open-article");
      g_signal_emit_by_name (self->session, "open-article", uuid, start, end);
    }
}

static void
shown_cb (MemoWindow *self)
{
  if (!self->moving)
    memo_places_set_shown (self->places, memo_session_get_shown (self->session));
}

void
memo_window_move (MemoWindow *self, int step)
{
  const MemoPlace *place = memo_places_move (self->places, step);
  g_autofree char *view = NULL, *article = NULL, *shown = NULL;

  if (!place)
    return;
  view = g_strdup (place->view);
  article = g_strdup (place->article);
  shown = g_strdup (place->shown);
  self->moving = TRUE;
  memo_window_set_view (self, view);
  if (article)
    memo_session_open_article (self->session, article, place->start, place->end);
  if (shown)
    memo_session_show (self->session, shown);
  self->moving = FALSE;
  memo_window_update_actions (self);
}

void
memo_window_add_toast (MemoWindow *self, const char *text, const char *button, const char *action)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);

  if (button)
    {
      adw_toast_set_button_label (toast, button);
      adw_toast_set_action_name (toast, action);
    }
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), toast);
}

static void
toast_cb (MemoWindow *self, const char *text, gboolean undoable)
{
  memo_window_add_toast (self, text, undoable ? _ ("Undo") : NULL, undoable ? "win.undo" : NULL);
}

/* Panes. */

static void
apply_panes (MemoWindow *self)
{
  gboolean filter = self->filter_wanted && self->room > 0;
  gboolean details = self->details_wanted && self->room > 0;

  if (self->room < 2 && filter && details)
    details = FALSE;
  if (filter && !adw_bin_get_child (ADW_BIN (self->filter_bin)) && !self->build_id)
    adw_bin_set_child (ADW_BIN (self->filter_bin), memo_filter_pane_new (self->session));
  if (details && !adw_bin_get_child (ADW_BIN (self->details_bin)) && !self->build_id)
    adw_bin_set_child (ADW_BIN (self->details_bin), memo_details_pane_new (self->session));
  gtk_widget_set_visible (self->filter_bin, filter);
  gtk_widget_set_visible (self->details_bin, details);
  memo_window_update_actions (self);
}

void
memo_window_set_panes (MemoWindow *self, gboolean filter, gboolean details)
{
  if (self->room < 2 && filter && details)
    {
      /* The one that was asked for now folds the other away. */
      if (gtk_widget_get_visible (self->filter_bin))
        filter = FALSE;
      else
        details = FALSE;
    }
  if (self->room == 0 && (filter || details))
    self->room = 1;
  self->filter_wanted = filter;
  self->details_wanted = details;
  memo_settings_set_boolean ("filter-visible", filter);
  memo_settings_set_boolean ("details-visible", details);
  apply_panes (self);
}

static gboolean
fit_cb (gpointer data)
{
  MemoWindow *self = data;

  self->fit_id = 0;
  gtk_widget_set_size_request (self->filter_bin, self->room == 3 ? 280 : 220, -1);
  gtk_widget_set_size_request (self->details_bin, self->room == 3 ? 400 : 260, -1);
  apply_panes (self);
  return G_SOURCE_REMOVE;
}

static void
memo_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MemoWindow *self = MEMO_WINDOW (widget);
  int room = width >= ROOM_FOR_WIDE ? 3 : width >= ROOM_FOR_BOTH ? 2 : width >= ROOM_FOR_ONE ? 1 : 0;

  GTK_WIDGET_CLASS (memo_window_parent_class)->size_allocate (widget, width, height, baseline);
  if (room == self->room)
    return;
  self->room = room;
  if (!self->fit_id)
    self->fit_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_cb, self, NULL);
}

/* What is not needed for the first frame. */
static gboolean
build_cb (gpointer data)
{
  MemoWindow *self = data;

  self->build_id = 0;
  ensure_view (self, memo_window_get_view (self));
  apply_panes (self);
  gtk_box_prepend (GTK_BOX (self->bottom), memo_chips_new (self->session));
  memo_window_init_dnd (self);
  return G_SOURCE_REMOVE;
}

/* Library. */

static void
update_title (MemoWindow *self)
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
state_cb (MemoWindow *self)
{
  memo_window_update_actions (self);
}

static void
old_closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (!memo_library_close_finish (MEMO_LIBRARY (source), result, &error))
    memo_window_add_toast (self, error->message, NULL, NULL);
}

static void
set_library (MemoWindow *self, MemoLibrary *library)
{
  g_autoptr (MemoLibrary) old = memo_session_get_library (self->session);

  if (old)
    {
      g_object_ref (old);
      g_signal_handlers_disconnect_by_func (old, state_cb, self);
    }
  memo_places_clear (self->places);
  if (self->build_id)
    {
      g_source_remove (self->build_id);
      build_cb (self);
    }
  memo_session_set_library (self->session, library);
  if (old)
    memo_library_close_async (old, old_closed_cb, g_object_ref (self));
  g_signal_connect_object (library, "notify", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  remember_library (library);
  memo_places_visit (self->places, memo_window_get_view (self), NULL, -1, -1);
  update_title (self);
  memo_window_update_actions (self);
  if (self->pending)
    {
      g_autoptr (GPtrArray) files = g_steal_pointer (&self->pending);

      memo_window_import (self, files);
    }
}

typedef struct
{
  MemoWindow *window;
  GCancellable *work;
  guint generation;
  char *path;
  gboolean create;
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
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  if (g_error_matches (error, MEMO_ERROR, MEMO_ERROR_READ_ONLY))
    memo_compat_ask (GTK_WIDGET (self), _ ("Open for Reading Alone?"), error->message, _ ("_Cancel"), _ ("_Open"),
                     FALSE, read_only_cb, g_steal_pointer (&opening));
  else
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

static Opening *
begin_opening (MemoWindow *self, const char *path)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->window = g_object_ref (self);
  opening->generation = ++self->opening;
  opening->path = g_strdup (path);
  opening->work = memo_work_bar_begin (self->work_bar, _ ("Opening the library…"));
  return opening;
}

static void
open_library (MemoWindow *self, const char *path, MemoOpenFlags flags)
{
  Opening *opening = begin_opening (self, path);

  memo_library_open_async (path, flags, opening->work, opened_cb, opening);
}

void
memo_window_open_library (MemoWindow *self, const char *path, gboolean create)
{
  g_return_if_fail (MEMO_IS_WINDOW (self));
  open_library (self, path, create ? MEMO_OPEN_CREATE : MEMO_OPEN_DEFAULT);
}

/* The last library is asked for before GTK starts, and is read while the window is made. */
static struct
{
  gboolean asked, done;
  MemoLibrary *library;
  GError *error;
  Opening *opening; /* who waits for it */
} early;

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
open_last_async (GAsyncReadyCallback callback, gpointer data)
{
  g_autofree char *last = memo_settings_get_string ("last-library");
  gboolean there = last[0] && g_file_test (last, G_FILE_TEST_EXISTS);

  memo_library_open_async (there ? last : NULL, there ? MEMO_OPEN_DEFAULT : MEMO_OPEN_CREATE, NULL, callback, data);
}

void
memo_window_open_early (void)
{
  g_return_if_fail (!early.asked);

  early.asked = TRUE;
  open_last_async (early_opened_cb, NULL);
}

void
memo_window_open_last (MemoWindow *self)
{
  Opening *opening;

  g_return_if_fail (MEMO_IS_WINDOW (self));

  opening = begin_opening (self, NULL);
  if (!early.asked)
    {
      open_last_async (opened_cb, opening);
      return;
    }
  early.asked = FALSE;
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

/* Closing: state is kept, the writer is drained, then the window goes. */

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoWindow) self = data;
  g_autoptr (GError) error = NULL;
  GApplication *application = g_application_get_default ();

  if (!memo_library_close_finish (MEMO_LIBRARY (source), result, &error))
    g_printerr ("%s\n", error->message);
  memo_session_set_library (self->session, NULL);
  gtk_window_destroy (GTK_WINDOW (self));
  if (application)
    g_application_release (application);
}

static gboolean
memo_window_close_request (GtkWindow *window)
{
  MemoWindow *self = MEMO_WINDOW (window);
  MemoLibrary *library = memo_session_get_library (self->session);
  int width, height;

  if (self->closing)
    return TRUE;
  self->closing = TRUE;
  gtk_window_get_default_size (window, &width, &height);
  memo_settings_set_boolean ("window-maximized", gtk_window_is_maximized (window));
  if (!gtk_window_is_maximized (window) && width > 0 && height > 0)
    {
      memo_settings_set_int ("window-width", width);
      memo_settings_set_int ("window-height", height);
    }
  memo_settings_set_string ("view", memo_window_get_view (self));
  if (!library)
    return GTK_WINDOW_CLASS (memo_window_parent_class)->close_request (window);

  if (g_application_get_default ())
    g_application_hold (g_application_get_default ());
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_handlers_disconnect_by_func (library, state_cb, self);
  memo_library_close_async (library, closed_cb, g_object_ref (self));
  return TRUE;
}

/* Construction. */

void
memo_window_show_search (MemoWindow *self)
{
  memo_search_present (self->search_button, self->session);
}

static GtkWidget *
make_switcher (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);

  for (guint i = 0; i < G_N_ELEMENTS (view_table); i++)
    {
      GtkWidget *button = gtk_toggle_button_new ();
      GtkWidget *label = gtk_label_new (_ (view_table[i].title));
      g_autofree char *action = g_strdup_printf ("win.view::%s", view_table[i].name);
      g_autofree char *tooltip = memo_shortcuts_dup_tooltip (action);

      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), 4);
      gtk_button_set_child (GTK_BUTTON (button), label);
      gtk_widget_set_tooltip_text (button, tooltip);
      gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (view_table[i].title),
                                      -1);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_add_css_class (button, "memo-view-button");
      gtk_box_append (GTK_BOX (box), button);
    }
  return box;
}

static GtkWidget *
make_button (GtkWidget *button, const char *icon, const char *action)
{
  g_autofree char *tooltip = memo_shortcuts_dup_tooltip (action);

  gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  memo_dialog_name (button, tooltip);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
make_header (MemoWindow *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *add = gtk_menu_button_new ();
  GtkWidget *menu = gtk_menu_button_new ();
  g_autoptr (GMenuModel) add_menu = memo_shortcuts_build_menu (MEMO_MENU_ADD);
  g_autoptr (GMenuModel) main_menu = memo_shortcuts_build_menu (MEMO_MENU_MAIN);

  adw_header_bar_pack_start (ADW_HEADER_BAR (header),
                             make_button (gtk_toggle_button_new (), "sidebar-show-symbolic", "win.filter-pane"));
  gtk_menu_button_set_label (GTK_MENU_BUTTON (add), _ ("_Add"));
  gtk_menu_button_set_use_underline (GTK_MENU_BUTTON (add), TRUE);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (add), add_menu);
  gtk_widget_set_tooltip_text (add, _ ("Add articles and agreements"));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), add);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), make_switcher ());

  self->recent = g_menu_new ();
  memo_window_update_recent (self);
  g_menu_insert_submenu (G_MENU (main_menu), 0, _ ("Recent Libraries"), G_MENU_MODEL (self->recent));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (menu), "open-menu-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (menu), main_menu);
  gtk_menu_button_set_primary (GTK_MENU_BUTTON (menu), TRUE);
  memo_dialog_name (menu, _ ("Main Menu"));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), menu);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header),
                           make_button (gtk_toggle_button_new (), "sidebar-show-right-symbolic", "win.details-pane"));
  self->search_button = make_button (gtk_button_new (), "system-search-symbolic", "win.search");
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->search_button);
  self->redo_button = make_button (gtk_button_new (), "edit-redo-symbolic", "win.redo");
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->redo_button);
  self->undo_button = adw_split_button_new ();
  adw_split_button_set_icon_name (ADW_SPLIT_BUTTON (self->undo_button), "edit-undo-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->undo_button), "win.undo");
  adw_split_button_set_popover (ADW_SPLIT_BUTTON (self->undo_button),
                                GTK_POPOVER (memo_history_popover_new (self->session)));
  adw_split_button_set_dropdown_tooltip (ADW_SPLIT_BUTTON (self->undo_button), _ ("History"));
  memo_dialog_name (self->undo_button, _ ("Undo"));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->undo_button);
  return header;
}

static GtkWidget *
make_panes (MemoWindow *self)
{
  self->views = gtk_stack_new ();
  for (guint i = 0; i < G_N_ELEMENTS (view_table); i++)
    gtk_stack_add_titled (GTK_STACK (self->views), adw_bin_new (), view_table[i].name, _ (view_table[i].title));
  gtk_stack_set_hhomogeneous (GTK_STACK (self->views), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (self->views), FALSE);
  gtk_widget_set_hexpand (self->views, TRUE);

  self->details_bin = adw_bin_new ();
  gtk_widget_set_size_request (self->details_bin, 260, -1);
  gtk_widget_add_css_class (self->details_bin, "memo-sidebar");
  self->inner = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  gtk_paned_set_start_child (GTK_PANED (self->inner), self->views);
  gtk_paned_set_end_child (GTK_PANED (self->inner), self->details_bin);
  gtk_paned_set_resize_end_child (GTK_PANED (self->inner), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (self->inner), FALSE);

  self->filter_bin = adw_bin_new ();
  gtk_widget_set_size_request (self->filter_bin, 220, -1);
  gtk_widget_add_css_class (self->filter_bin, "memo-sidebar");
  self->outer = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  gtk_paned_set_start_child (GTK_PANED (self->outer), self->filter_bin);
  gtk_paned_set_end_child (GTK_PANED (self->outer), self->inner);
  gtk_paned_set_resize_start_child (GTK_PANED (self->outer), FALSE);
  gtk_paned_set_shrink_start_child (GTK_PANED (self->outer), FALSE);
  gtk_paned_set_position (GTK_PANED (self->outer), 236);
  gtk_widget_set_vexpand (self->outer, TRUE);
  return self->outer;
}

static void
memo_window_dispose (GObject *object)
{
  MemoWindow *self = MEMO_WINDOW (object);

  g_clear_handle_id (&self->fit_id, g_source_remove);
  g_clear_handle_id (&self->build_id, g_source_remove);
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  g_clear_object (&self->session);
  g_clear_object (&self->places);
  g_clear_object (&self->recent);
  G_OBJECT_CLASS (memo_window_parent_class)->dispose (object);
}

static void
memo_window_class_init (MemoWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = memo_window_dispose;
  GTK_WIDGET_CLASS (klass)->size_allocate = memo_window_size_allocate;
  GTK_WINDOW_CLASS (klass)->close_request = memo_window_close_request;
}

static void
memo_window_init (MemoWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *view = memo_settings_get_string ("view");

  self->session = memo_session_new ();
  self->places = memo_places_new ();
  self->filter_wanted = memo_settings_get_boolean ("filter-visible");
  self->details_wanted = memo_settings_get_boolean ("details-visible");
  self->room = -1;
  self->build_id = g_idle_add_full (G_PRIORITY_LOW, build_cb, self, NULL);

  memo_window_init_actions (self);
  gtk_box_append (GTK_BOX (box), make_header (self));
  gtk_box_append (GTK_BOX (box), make_panes (self));
  self->bottom = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_add_css_class (self->bottom, "memo-bottombar");
  self->work_bar = MEMO_WORK_BAR (memo_work_bar_new ());
  gtk_box_append (GTK_BOX (self->bottom), GTK_WIDGET (self->work_bar));
  gtk_box_append (GTK_BOX (box), self->bottom);
  self->toasts = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->toasts), box);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), self->toasts);

  gtk_window_set_default_size (GTK_WINDOW (self), memo_settings_get_int ("window-width"),
                               memo_settings_get_int ("window-height"));
  if (memo_settings_get_boolean ("window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  gtk_widget_set_size_request (GTK_WIDGET (self), 620, 400);
  update_title (self);
  if (MEMO_DEVEL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");

  g_signal_connect_object (self->session, "go", G_CALLBACK (go_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "open-article", G_CALLBACK (open_article_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "toast", G_CALLBACK (toast_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::shown", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);

  for (guint i = 0; i < G_N_ELEMENTS (view_table); i++)
    if (g_str_equal (view_table[i].name, view))
      gtk_stack_set_visible_child_name (GTK_STACK (self->views), view);
  memo_window_update_actions (self);
}

MemoWindow *
memo_window_new (GtkApplication *application)
{
  return g_object_new (MEMO_TYPE_WINDOW, "application", application, NULL);
}

MemoSession *
memo_window_get_session (MemoWindow *self)
{
  g_return_val_if_fail (MEMO_IS_WINDOW (self), NULL);
  return self->session;
}
