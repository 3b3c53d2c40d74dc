#include "memo-window-private.h"

#include <glib/gi18n.h>

#include "articles/memo-articles-view.h"
#include "base/memo-error.h"
#include "care/memo-care.h"
#include "details/memo-details-pane.h"
#include "filter/memo-chips.h"
#include "filter/memo-filter-pane.h"
#include "memo-cell.h"
#include "memo-compat.h"
#include "memo-config.h"
#include "memo-dialog.h"
#include "memo-history-popover.h"
#include "memo-saver-bar.h"
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

/* Widths from which one and both side panes have room beside the view, in pixels at the usual size of text. */
#define ROOM_FOR_ONE 840
#define ROOM_FOR_BOTH 1160
#define ROOM_FOR_MARGIN 1440 /* list, text, margin cards and details at once */
#define ROOM_FOR_WIDE 1900

/* In this order the parts of a window are made once it is seen. */
enum
{
  BUILD_VIEW,
  BUILD_FILTER,
  BUILD_CHIPS,
  BUILD_DETAILS,
  BUILD_ALL
};

static void apply_panes (MemoWindow *self);

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

/* Its keys work at once, without a click into it. */
static void
focus_view (MemoWindow *self)
{
  GtkWidget *view = adw_bin_get_child (ADW_BIN (gtk_stack_get_visible_child (GTK_STACK (self->views))));

  GtkWidget *focus;

  if (!view)
    return;
  gtk_widget_grab_focus (view);
  focus = gtk_window_get_focus (GTK_WINDOW (self));
  if (focus && gtk_widget_get_mapped (focus))
    return;
  /* What would have it is not seen: the view is empty, and its button to begin is what there is to press. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_child_focus (view, GTK_DIR_TAB_FORWARD);
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
  self->pane_asked = FALSE;
  apply_panes (self);
  focus_view (self);
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
  apply_panes (self);
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

/* In the articles what the details would say of an article or annotation stands in its head and margin, and a note says
 * all of itself: their room is worth more to the text until something else is shown, or the person asks. */
gboolean
memo_window_text_comes_first (MemoWindow *self)
{
  const char *view = memo_window_get_view (self);
  const char *shown = memo_session_get_shown (self->session);
  MemoLibrary *library = memo_session_get_library (self->session);
  MemoIndex *index = library ? memo_library_get_index (library) : NULL;
  gboolean in_notes = g_str_equal (view, "notes");

  if (self->details_asked || self->room > 2 || (!in_notes && !g_str_equal (view, "articles")))
    return FALSE;
  for (guint kind = 0; shown && index && kind < MEMO_N_KINDS; kind++)
    if (memo_index_get_id (index, kind, shown))
      return in_notes ? kind == MEMO_KIND_NOTE : kind == MEMO_KIND_ARTICLE || kind == MEMO_KIND_ANNOTATION;
  return TRUE;
}

static void
apply_panes (MemoWindow *self)
{
  gboolean fits = self->room > 0 || self->pane_asked;
  gboolean filter = self->filter_wanted && fits;
  gboolean details = self->details_wanted && fits && !memo_window_text_comes_first (self);
  gboolean instead = self->room == 0 && (filter || details);

  if (self->room < 2 && filter && details)
    details = FALSE;
  if (filter && !adw_bin_get_child (ADW_BIN (self->filter_bin)) && self->built > BUILD_FILTER)
    adw_bin_set_child (ADW_BIN (self->filter_bin), memo_filter_pane_new (self->session));
  if (details && !adw_bin_get_child (ADW_BIN (self->details_bin)) && self->built > BUILD_DETAILS)
    adw_bin_set_child (ADW_BIN (self->details_bin), memo_details_pane_new (self->session));
  gtk_widget_set_visible (self->filter_bin, filter);
  gtk_widget_set_visible (self->details_bin, details);
  gtk_widget_set_visible (self->views, !instead);
  gtk_widget_set_visible (self->inner, !instead || details);
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
  self->pane_asked = filter || details;
  self->filter_wanted = filter;
  self->details_wanted = details;
  memo_settings_set_boolean ("filter-visible", filter);
  memo_settings_set_boolean ("details-visible", details);
  apply_panes (self);
}

/* Where the header has no room for the names of the views they stand at the foot of the window. */
static void
place_switcher (MemoWindow *self)
{
  gboolean below = gtk_widget_get_visible (self->switcher_bin);

  if (below == self->narrow)
    return;
  g_object_ref (self->switcher);
  if (self->narrow)
    {
      adw_header_bar_set_title_widget (ADW_HEADER_BAR (self->header), NULL);
      adw_bin_set_child (ADW_BIN (self->switcher_bin), self->switcher);
    }
  else
    {
      adw_bin_set_child (ADW_BIN (self->switcher_bin), NULL);
      adw_header_bar_set_title_widget (ADW_HEADER_BAR (self->header), self->switcher);
    }
  g_object_unref (self->switcher);
  gtk_widget_set_halign (self->switcher, self->narrow ? GTK_ALIGN_FILL : GTK_ALIGN_CENTER);
  gtk_box_set_homogeneous (GTK_BOX (self->switcher), self->narrow);
  gtk_widget_set_visible (self->switcher_bin, self->narrow);
}

static gboolean
fit_cb (gpointer data)
{
  MemoWindow *self = data;

  self->fit_id = 0;
  place_switcher (self);
  gtk_widget_set_size_request (self->filter_bin, memo_cell_scale (self->filter_bin, self->room == 4 ? 280 : 220), -1);
  gtk_widget_set_size_request (self->details_bin, memo_cell_scale (self->details_bin, self->room == 4 ? 400 : 260), -1);
  apply_panes (self);
  return G_SOURCE_REMOVE;
}

static void
memo_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MemoWindow *self = MEMO_WINDOW (widget);
  int room = width >= memo_cell_scale (widget, ROOM_FOR_WIDE)     ? 4
             : width >= memo_cell_scale (widget, ROOM_FOR_MARGIN) ? 3
             : width >= memo_cell_scale (widget, ROOM_FOR_BOTH)   ? 2
             : width >= memo_cell_scale (widget, ROOM_FOR_ONE)    ? 1
                                                                  : 0;
  gboolean narrow;

  GTK_WIDGET_CLASS (memo_window_parent_class)->size_allocate (widget, width, height, baseline);
  if (!self->narrow)
    gtk_widget_measure (self->header, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &self->header_needs, NULL, NULL);
  narrow = width < self->header_needs;
  if (room == self->room && narrow == self->narrow)
    return;
  self->room = room;
  self->narrow = narrow;
  if (!self->fit_id)
    self->fit_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_cb, self, NULL);
}

/* What is not needed for the first frame, a part in each turn of the main loop. */
static gboolean
build_cb (gpointer data)
{
  MemoWindow *self = data;

  if (self->built == BUILD_VIEW)
    memo_window_build_view (self);
  else if (self->built == BUILD_CHIPS)
    {
      gtk_box_prepend (GTK_BOX (self->bottom), memo_chips_new (self->session));
      memo_window_init_dnd (self);
    }
  self->built++;
  apply_panes (self);
  if (self->built < BUILD_ALL)
    return G_SOURCE_CONTINUE;
  self->build_id = 0;
  return G_SOURCE_REMOVE;
}

void
memo_window_build_view (MemoWindow *self)
{
  ensure_view (self, memo_window_get_view (self));
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

static void
close_answered_cb (gboolean accepted, gpointer data)
{
  g_autoptr (MemoWindow) self = data;

  self->close_anyway = accepted;
  if (accepted)
    gtk_window_close (GTK_WINDOW (self));
}

/* Nothing that was written goes with the window unless the person says so. */
static gboolean
keeps_open (MemoWindow *self)
{
  MemoSaver *saver = memo_session_get_saver (self->session);
  const char *cause;
  g_autofree char *trouble = NULL;
  g_autofree char *body = NULL;

  if (self->close_anyway)
    return FALSE;
  memo_saver_gather (saver);
  self->close_wanted = memo_saver_is_busy (saver);
  if (self->close_wanted)
    return TRUE;
  trouble = memo_saver_dup_trouble (saver, &cause);
  if (!trouble)
    return FALSE;
  body = g_strconcat (trouble, "\n\n", cause, NULL);
  memo_compat_ask (GTK_WIDGET (self), _ ("Close Without Saving?"), body, _ ("_Cancel"), _ ("_Close Without Saving"),
                   TRUE, close_answered_cb, g_object_ref (self));
  return TRUE;
}

static void
saver_cb (MemoWindow *self, MemoSaver *saver)
{
  if (!self->close_wanted || memo_saver_is_busy (saver))
    return;
  self->close_wanted = FALSE;
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
memo_window_close_request (GtkWindow *window)
{
  MemoWindow *self = MEMO_WINDOW (window);
  MemoLibrary *library = memo_session_get_library (self->session);
  int width, height;

  if (self->closing || keeps_open (self))
    return TRUE;
  self->closing = TRUE;
  memo_work_bar_cancel (self->work_bar);
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
  g_signal_handlers_disconnect_by_func (library, memo_window_update_actions, self);
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
      gtk_button_set_child (GTK_BUTTON (button), label);
      gtk_widget_set_hexpand (label, TRUE);
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
  GtkWidget *header = self->header = adw_header_bar_new ();
  GtkWidget *add = gtk_menu_button_new ();
  GtkWidget *menu = gtk_menu_button_new ();
  g_autoptr (GMenuModel) add_menu = memo_shortcuts_build_menu (MEMO_MENU_ADD);
  g_autoptr (GMenuModel) main_menu = memo_shortcuts_build_menu (MEMO_MENU_MAIN);

  adw_header_bar_pack_start (ADW_HEADER_BAR (header),
                             make_button (gtk_toggle_button_new (), "sidebar-show-symbolic", "win.filter-pane"));
  gtk_menu_button_set_label (GTK_MENU_BUTTON (add), _ ("_Add"));
  gtk_menu_button_set_use_underline (GTK_MENU_BUTTON (add), TRUE);
  memo_dialog_add_menu (add, add_menu);
  gtk_widget_set_tooltip_text (add, _ ("Add articles and agreements"));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), add);
  self->switcher = make_switcher ();
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->switcher);

  self->recent = g_menu_new ();
  memo_window_update_recent (self);
  g_menu_insert_submenu (G_MENU (main_menu), 0, _ ("Recent Libraries"), G_MENU_MODEL (self->recent));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (menu), "open-menu-symbolic");
  memo_dialog_add_menu (menu, main_menu);
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
                                GTK_POPOVER (memo_history_popover_new (self->session, self->work_bar)));
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
  gtk_paned_set_shrink_start_child (GTK_PANED (self->inner), FALSE);
  gtk_paned_set_resize_end_child (GTK_PANED (self->inner), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (self->inner), FALSE);

  self->filter_bin = adw_bin_new ();
  gtk_widget_set_size_request (self->filter_bin, 220, -1);
  gtk_widget_add_css_class (self->filter_bin, "memo-sidebar");
  self->outer = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  gtk_paned_set_start_child (GTK_PANED (self->outer), self->filter_bin);
  gtk_paned_set_end_child (GTK_PANED (self->outer), self->inner);
  gtk_paned_set_resize_start_child (GTK_PANED (self->outer), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (self->outer), FALSE);
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
  g_clear_pointer (&self->failed_path, g_free);
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
  memo_care_attach (GTK_WIDGET (self), self->session);
  self->work_bar = MEMO_WORK_BAR (memo_work_bar_new ());
  gtk_box_append (GTK_BOX (box), make_header (self));
  self->main = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->main), make_panes (self), "panes");
  gtk_box_append (GTK_BOX (box), self->main);
  self->switcher_bin = adw_bin_new ();
  gtk_widget_add_css_class (self->switcher_bin, "memo-switcher");
  gtk_widget_set_visible (self->switcher_bin, FALSE);
  gtk_box_append (GTK_BOX (box), self->switcher_bin);
  gtk_box_append (GTK_BOX (box), memo_saver_bar_new (memo_session_get_saver (self->session)));
  self->bottom = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_add_css_class (self->bottom, "memo-bottombar");
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
  memo_window_update_title (self);
  if (MEMO_DEVEL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");

  g_signal_connect_object (self->session, "go", G_CALLBACK (go_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "open-article", G_CALLBACK (open_article_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "toast", G_CALLBACK (toast_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::shown", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (memo_session_get_saver (self->session), "changed", G_CALLBACK (saver_cb), self,
                           G_CONNECT_SWAPPED);

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
