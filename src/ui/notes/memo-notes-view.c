#include "memo-notes-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "memo-note-editor.h"
#include "memo-note-link.h"
#include "model/memo-record-list.h"
#include "ui/memo-cell.h"
#include "ui/memo-dialog.h"
#include "ui/memo-paced.h"
#include "ui/reader/memo-reader-look.h"

#define MEMO_TYPE_NOTES_VIEW (memo_notes_view_get_type ())
G_DECLARE_FINAL_TYPE (MemoNotesView, memo_notes_view, MEMO, NOTES_VIEW, GtkWidget)

struct _MemoNotesView
{
  GtkWidget parent_instance;
  MemoSession *session;
  MemoLibrary *library;
  MemoLibrary *listed; /* that the list is of: is there before the library is */
  MemoRecordList *records;
  MemoPaced *paced; /* the records, as the list gets them */
  GtkSingleSelection *selection;
  GtkWidget *paned, *count, *list, *list_stack, *stack;
  MemoNoteEditor *editor;
  GtkEventController *keys; /* on the window, while the view is seen */
  gboolean quiet, writing;
  char *wanted; /* UUID to select once it is listed */
};

G_DEFINE_FINAL_TYPE (MemoNotesView, memo_notes_view, GTK_TYPE_WIDGET)

static void
show_editor (MemoNotesView *self)
{
  gboolean any = self->library ? memo_index_get_n (memo_library_get_index (self->library), MEMO_KIND_NOTE) > 0
                               : memo_session_get_listed (self->session) != NULL;
  gboolean open = self->writing || memo_note_editor_get_uuid (self->editor);

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), open ? "editor" : (any ? "choose" : "empty"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "notes.delete", memo_note_editor_get_uuid (self->editor) != NULL);
}

static void
select_wanted (MemoNotesView *self, gboolean scroll)
{
  const char *uuid = self->wanted ? self->wanted : memo_note_editor_get_uuid (self->editor);
  gint64 id =
      uuid && self->library ? memo_index_get_id (memo_library_get_index (self->library), MEMO_KIND_NOTE, uuid) : 0;
  guint position = id && self->records ? memo_record_list_find (self->records, id) : G_MAXUINT;

  /* What is chosen in a library that is not there yet stays chosen. */
  if (self->library == NULL)
    return;
  /* Not there yet: once the list is whole. */
  if (position != G_MAXUINT && position >= g_list_model_get_n_items (G_LIST_MODEL (self->selection)))
    return;
  self->quiet = TRUE;
  gtk_single_selection_set_selected (self->selection, position == G_MAXUINT ? GTK_INVALID_LIST_POSITION : position);
  self->quiet = FALSE;
  if (position == G_MAXUINT)
    return;
  g_clear_pointer (&self->wanted, g_free);
  /* The cursor goes where the list is scrolled to. */
  if (scroll)
    gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", position);
}

static void
whole_cb (MemoNotesView *self)
{
  select_wanted (self, FALSE);
}

static void
refill (MemoNotesView *self)
{
  MemoHead *head;
  MemoSelection *selection = memo_session_get_rows (self->session, MEMO_KIND_NOTE, MEMO_SORT_MODIFIED, TRUE, &head);
  g_autoptr (GArray) ids = NULL;
  g_autofree char *count = NULL;
  gboolean moved;
  guint all, n;

  if (selection == NULL || self->records == NULL)
    return;
  ids = memo_selection_get_ids (selection, MEMO_KIND_NOTE, MEMO_SORT_MODIFIED, TRUE);
  if (head)
    memo_record_list_add_records (self->records, memo_head_get_records (head));
  else
    memo_library_keep_head (self->library, selection, MEMO_KIND_NOTE, MEMO_SORT_MODIFIED, TRUE, ids);
  self->quiet = TRUE;
  moved = memo_paced_set_ids (self->paced, ids);
  self->quiet = FALSE;
  select_wanted (self, moved);
  n = head ? memo_head_get_total (head) : ids->len;
  count = g_strdup_printf (ngettext ("%u note", "%u notes", n), n);
  gtk_label_set_text (GTK_LABEL (self->count), count);
  all = memo_index_get_n (memo_selection_get_index (selection), MEMO_KIND_NOTE);
  gtk_stack_set_visible_child_name (GTK_STACK (self->list_stack), n == 0 && all > 0 ? "hidden" : "list");
  show_editor (self);
}

static void
selected_cb (MemoNotesView *self)
{
  MemoRow *row = gtk_single_selection_get_selected_item (self->selection);
  const char *uuid;

  /* What is chosen in a library that is not there yet opens when it is. */
  if (self->quiet || row == NULL || self->library == NULL)
    return;
  uuid = memo_index_get_uuid (memo_library_get_index (self->library), MEMO_KIND_NOTE, memo_row_get_id (row));
  if (uuid == NULL)
    return;
  self->writing = FALSE;
  memo_note_editor_open (self->editor, uuid);
  memo_session_show (self->session, uuid);
  show_editor (self);
}

/* A note found by the search, or a place gone back to. */
static void
shown_cb (MemoNotesView *self)
{
  const char *uuid = memo_session_get_shown (self->session);

  if (uuid == NULL || self->library == NULL || g_strcmp0 (uuid, memo_note_editor_get_uuid (self->editor)) == 0 ||
      memo_index_get_id (memo_library_get_index (self->library), MEMO_KIND_NOTE, uuid) == 0)
    return;
  self->writing = FALSE;
  g_free (self->wanted);
  self->wanted = g_strdup (uuid);
  memo_note_editor_open (self->editor, uuid);
  select_wanted (self, TRUE);
  show_editor (self);
}

static void
saved_cb (MemoNotesView *self, const char *uuid)
{
  if (g_strcmp0 (uuid, self->wanted) != 0)
    {
      g_free (self->wanted);
      self->wanted = g_strdup (uuid);
    }
  select_wanted (self, FALSE);
  show_editor (self);
}

/* What was written is gone; what the library has can be opened again. */
static void
discarded_cb (MemoNotesView *self, const char *uuid)
{
  if (g_strcmp0 (uuid, memo_note_editor_get_uuid (self->editor)) != 0)
    return;
  self->writing = FALSE;
  g_clear_pointer (&self->wanted, g_free);
  memo_note_editor_open (self->editor, NULL);
  self->quiet = TRUE;
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  self->quiet = FALSE;
  show_editor (self);
}

static void
library_cb (MemoNotesView *self)
{
  MemoLibrary *library = memo_session_get_library (self->session);
  gboolean opened = g_set_object (&self->library, library) && library == self->listed;

  if (g_set_object (&self->listed, memo_session_get_listed (self->session)))
    {
      self->writing = FALSE;
      self->quiet = TRUE;
      gtk_single_selection_set_model (self->selection, NULL);
      g_clear_object (&self->paced);
      g_clear_object (&self->records);
      if (self->listed)
        {
          self->records = memo_record_list_new (self->listed, MEMO_KIND_NOTE);
          self->paced = memo_paced_new (self->records, self->list);
          g_signal_connect_object (self->paced, "whole", G_CALLBACK (whole_cb), self, G_CONNECT_SWAPPED);
          gtk_single_selection_set_model (self->selection, memo_paced_get_model (self->paced));
        }
      self->quiet = FALSE;
      refill (self);
    }
  else if (opened)
    selected_cb (self);
  show_editor (self);
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MemoNotesView *self = MEMO_NOTES_VIEW (widget);

  if (self->library == NULL)
    return;
  self->writing = TRUE;
  g_clear_pointer (&self->wanted, g_free);
  memo_note_editor_open (self->editor, NULL);
  self->quiet = TRUE;
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  self->quiet = FALSE;
  show_editor (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->editor));
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MemoNotesView *self = MEMO_NOTES_VIEW (widget);
  g_autoptr (MemoRecord) note = NULL;
  g_autoptr (MemoChange) change = NULL;

  memo_note_editor_flush (self->editor);
  g_set_object (&note, memo_note_editor_get_note (self->editor));
  if (note == NULL)
    return;
  self->writing = FALSE;
  g_clear_pointer (&self->wanted, g_free);
  memo_note_editor_open (self->editor, NULL);
  if (memo_saver_forget (memo_session_get_saver (self->session), memo_record_get_uuid (note)))
    {
      change = memo_change_new (N_ ("Delete note"), memo_record_get_title (note));
      memo_change_trash (change, note);
      memo_session_apply (self->session, change, _ ("Note deleted"), NULL, NULL);
    }
  show_editor (self);
}

/* Nullable; borrowed. */
static const char *
get_title (MemoRow *row)
{
  MemoRecord *record = row ? memo_row_get_record (row) : NULL;
  const char *title = record ? memo_record_get_title (record) : NULL;

  return title && !title[0] ? _ ("Untitled note") : title;
}

static void
fill_cell (MemoCell *cell, gpointer user_data)
{
  memo_cell_set_text (cell, get_title (gtk_list_item_get_item (user_data)), FALSE);
}

/* The row has its name before it is drawn: the focus may come to it first. */
static void
show_row (MemoCell *cell, GParamSpec *pspec, MemoRow *row)
{
  GtkAccessible *item = GTK_ACCESSIBLE (gtk_widget_get_parent (GTK_WIDGET (cell)));
  const char *title = get_title (row);

  if (title)
    gtk_accessible_update_property (item, GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  else
    gtk_accessible_reset_property (item, GTK_ACCESSIBLE_PROPERTY_LABEL);
  memo_cell_refill (cell);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *cell = memo_cell_new (2, 2, fill_cell, item);

  gtk_widget_add_css_class (cell, "memo-article-row");
  gtk_list_item_set_child (item, cell);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  MemoCell *cell = MEMO_CELL (gtk_list_item_get_child (item));
  MemoRow *row = gtk_list_item_get_item (item);

  g_signal_connect_swapped (row, "notify::record", G_CALLBACK (show_row), cell);
  show_row (cell, NULL, row);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item), gtk_list_item_get_child (item));
}

/* The window's own Ctrl+N is for agreements and would come first. */
static gboolean
key_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, MemoNotesView *self)
{
  GdkModifierType held = state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK | GDK_SUPER_MASK);

  if (held != GDK_CONTROL_MASK || gdk_keyval_to_lower (keyval) != GDK_KEY_n)
    return FALSE;
  return gtk_widget_activate_action (GTK_WIDGET (self), "notes.new", NULL);
}

static void
memo_notes_view_map (GtkWidget *widget)
{
  MemoNotesView *self = MEMO_NOTES_VIEW (widget);

  GTK_WIDGET_CLASS (memo_notes_view_parent_class)->map (widget);
  self->keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->keys, GTK_PHASE_CAPTURE);
  g_signal_connect (self->keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (gtk_widget_get_root (widget)), self->keys);
}

static void
memo_notes_view_unmap (GtkWidget *widget)
{
  MemoNotesView *self = MEMO_NOTES_VIEW (widget);

  if (self->keys)
    gtk_widget_remove_controller (gtk_event_controller_get_widget (self->keys), self->keys);
  self->keys = NULL;
  GTK_WIDGET_CLASS (memo_notes_view_parent_class)->unmap (widget);
}

static void
memo_notes_view_dispose (GObject *object)
{
  MemoNotesView *self = MEMO_NOTES_VIEW (object);

  if (self->session)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      g_signal_handlers_disconnect_by_data (memo_session_get_saver (self->session), self);
    }
  if (self->selection)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  if (self->editor)
    g_signal_handlers_disconnect_by_data (self->editor, self);
  g_clear_object (&self->paced);
  g_clear_pointer (&self->paned, gtk_widget_unparent);
  self->editor = NULL;
  g_clear_object (&self->selection);
  g_clear_object (&self->records);
  g_clear_object (&self->library);
  g_clear_object (&self->listed);
  g_clear_object (&self->session);
  g_clear_pointer (&self->wanted, g_free);
  G_OBJECT_CLASS (memo_notes_view_parent_class)->dispose (object);
}

static gboolean
memo_notes_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (MEMO_NOTES_VIEW (widget)->list);
}

static void
memo_notes_view_class_init (MemoNotesViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = memo_notes_view_dispose;
  widget_class->map = memo_notes_view_map;
  widget_class->grab_focus = memo_notes_view_grab_focus;
  widget_class->unmap = memo_notes_view_unmap;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "notes.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "notes.delete", NULL, delete_action);
}

static void
memo_notes_view_init (MemoNotesView *self)
{
}

static GtkWidget *
make_page (const char *icon, const char *title, const char *text, const char *button, const char *action)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), text);
  if (button)
    {
      GtkWidget *child = gtk_button_new_with_label (button);

      gtk_widget_set_halign (child, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (child, "pill");
      gtk_widget_add_css_class (child, "suggested-action");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (child), action);
      adw_status_page_set_child (ADW_STATUS_PAGE (page), child);
    }
  return page;
}

static GtkWidget *
make_list (MemoNotesView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *add = gtk_button_new_from_icon_name ("list-add-symbolic");
  GtkWidget *clear = gtk_button_new_with_label (_ ("Clear Filter"));
  GtkWidget *hidden = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *label = gtk_label_new (_ ("No note matches the filter"));
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  gtk_widget_add_css_class (bar, "memo-list-bar");
  self->count = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->count), 0);
  gtk_widget_set_hexpand (self->count, TRUE);
  gtk_widget_add_css_class (self->count, "count");
  gtk_box_append (GTK_BOX (bar), self->count);
  memo_dialog_name (add, _ ("New note"));
  gtk_widget_add_css_class (add, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "notes.new");
  gtk_box_append (GTK_BOX (bar), add);
  gtk_box_append (GTK_BOX (box), bar);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  self->list = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  gtk_widget_add_css_class (self->list, "memo-article-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Notes"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_set_valign (hidden, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (clear, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (clear), "win.clear-filter");
  gtk_box_append (GTK_BOX (hidden), label);
  gtk_box_append (GTK_BOX (hidden), clear);
  self->list_stack = gtk_stack_new ();
  gtk_widget_set_vexpand (self->list_stack, TRUE);
  gtk_stack_add_named (GTK_STACK (self->list_stack), scroller, "list");
  gtk_stack_add_named (GTK_STACK (self->list_stack), hidden, "hidden");
  gtk_box_append (GTK_BOX (box), self->list_stack);
  gtk_widget_set_size_request (box, 170, -1);
  return box;
}

static GtkWidget *
make_editor (MemoNotesView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *delete = gtk_button_new_from_icon_name ("user-trash-symbolic");
  GtkWidget *hint = gtk_label_new (_ ("Ctrl+click follows a link"));

  self->editor = memo_note_editor_new (self->session);
  gtk_widget_set_vexpand (GTK_WIDGET (self->editor), TRUE);
  gtk_widget_add_css_class (bar, "memo-list-bar");
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_label_set_ellipsize (GTK_LABEL (hint), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (hint, TRUE);
  gtk_widget_add_css_class (hint, "count");
  gtk_box_append (GTK_BOX (bar), hint);
  gtk_box_append (GTK_BOX (bar), memo_note_link_new (self->session, self->editor));
  memo_dialog_name (delete, _ ("Delete the note"));
  gtk_widget_add_css_class (delete, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (delete), "notes.delete");
  gtk_box_append (GTK_BOX (bar), delete);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->editor));
  return box;
}

GtkWidget *
memo_notes_view_new (MemoSession *session)
{
  MemoNotesView *self = g_object_new (MEMO_TYPE_NOTES_VIEW, NULL);

  memo_reader_add_style ();
  self->session = g_object_ref (session);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), make_editor (self), "editor");
  gtk_stack_add_named (
      GTK_STACK (self->stack),
      make_page ("document-edit-symbolic", _ ("No notes yet"),
                 _ ("Notes are your own words, in Markdown, with links to passages and agreements. They "
                    "are saved while you write."),
                 _ ("New Note"), "notes.new"),
      "empty");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       make_page ("document-edit-symbolic", _ ("No note is open"),
                                  _ ("Choose one in the list, or begin another."), _ ("New Note"), "notes.new"),
                       "choose");
  gtk_widget_set_size_request (self->stack, 260, -1);
  self->paned = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  gtk_paned_set_start_child (GTK_PANED (self->paned), make_list (self));
  gtk_paned_set_end_child (GTK_PANED (self->paned), self->stack);
  gtk_paned_set_resize_start_child (GTK_PANED (self->paned), FALSE);
  gtk_paned_set_shrink_start_child (GTK_PANED (self->paned), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (self->paned), FALSE);
  gtk_paned_set_position (GTK_PANED (self->paned), 230);
  gtk_widget_set_parent (self->paned, GTK_WIDGET (self));

  g_signal_connect_swapped (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self);
  g_signal_connect_swapped (memo_session_get_saver (session), "discarded", G_CALLBACK (discarded_cb), self);
  g_signal_connect_swapped (self->editor, "saved", G_CALLBACK (saved_cb), self);
  g_signal_connect_swapped (session, "notify::selection", G_CALLBACK (refill), self);
  g_signal_connect_swapped (session, "notify::library", G_CALLBACK (library_cb), self);
  g_signal_connect_swapped (session, "notify::head", G_CALLBACK (library_cb), self);
  g_signal_connect_swapped (session, "notify::shown", G_CALLBACK (shown_cb), self);
  library_cb (self);
  show_editor (self);
  return GTK_WIDGET (self);
}
