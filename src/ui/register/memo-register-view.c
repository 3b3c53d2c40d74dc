#include "memo-register-view.h"

#include <adwaita.h>

#include "memo-register-columns.h"
#include "memo-register-conflicts.h"
#include "memo-register-edit.h"
#include "memo-register-menu.h"
#include "memo-register-open.h"
#include "memo-register-order.h"
#include "model/memo-record-list.h"
#include "model/memo-words.h"
#include "model/memo-worker.h"
#include "ui/details/memo-agreement-dialog.h"
#include "ui/memo-paced.h"

/* From here on the order is made in a thread. */
#define AT_ONCE 5000

#define MEMO_TYPE_REGISTER_VIEW (memo_register_view_get_type ())
G_DECLARE_FINAL_TYPE (MemoRegisterView, memo_register_view, MEMO, REGISTER_VIEW, GtkBox)

struct _MemoRegisterView
{
  GtkBox parent_instance;

  MemoSession *session;
  GtkColumnView *table;
  GtkWidget *stack, *spinner, *columns, *scroller, *open_all;
  GtkWidget *menu, *statuses; /* of the row under the pointer */

  MemoRegisterHost host;
  MemoRegisterConflicts *conflicts;
  GSimpleActionGroup *actions;
  MemoLibrary *library; /* that the list is of; may yet have to open */
  MemoRecordList *records;
  MemoPaced *list;
  GtkMultiSelection *selection;
  MemoRegisterOrder *order;
  GArray *ids; /* what the list shows; nullable */
  MemoRegisterOpen *open;
  GCancellable *ordering;
  gboolean stale;
  gboolean following; /* the selection is being set from what the session shows */
  guint refresh_id;
};

G_DEFINE_FINAL_TYPE (MemoRegisterView, memo_register_view, GTK_TYPE_BOX)

static void reorder (MemoRegisterView *self);

/* (transfer full) ids of the selected rows */
static GArray *
get_selected (MemoRegisterView *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GtkBitset) set =
      self->selection ? gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection)) : NULL;
  GtkBitsetIter iter;
  guint position;

  if (!set || !gtk_bitset_iter_init_first (&iter, set, &position))
    return ids;
  /* Not from the rows: to ask for a row is to load it, and all may be selected. */
  do
    if (self->ids && position < self->ids->len)
      g_array_append_val (ids, g_array_index (self->ids, gint64, position));
  while (gtk_bitset_iter_next (&iter, &position));
  return ids;
}

/* What is to be done at the row @id is for all that are selected, unless it is none of them. (transfer full) */
static GArray *
get_meant (MemoRegisterView *self, gint64 id)
{
  GArray *ids = get_selected (self);

  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return ids;
  g_array_set_size (ids, 0);
  g_array_append_val (ids, id);
  return ids;
}

/* Those whose rows stay selected: of several also those whose rows are not in the list yet. (transfer full) */
static GArray *
get_kept (MemoRegisterView *self)
{
  GArray *several =
      self->library == memo_session_get_library (self->session) ? memo_session_get_several (self->session) : NULL;

  return several ? g_array_ref (several) : get_selected (self);
}

static guint
find_position (MemoRegisterView *self, gint64 id)
{
  for (guint i = 0; self->ids && i < self->ids->len; i++)
    if (g_array_index (self->ids, gint64, i) == id)
      return i;
  return G_MAXUINT;
}

static void
enable (MemoRegisterView *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_actions (MemoRegisterView *self)
{
  g_autoptr (GArray) ids = get_selected (self);
  MemoLibrary *library = self->session ? memo_session_get_library (self->session) : NULL;
  gboolean writable = library && !memo_library_get_read_only (library);
  g_autoptr (GArray) packages = self->order ? memo_register_order_get_packages (self->order) : NULL;
  gint64 id = ids->len == 1 ? g_array_index (ids, gint64, 0) : 0;
  gboolean package = id != 0 && self->order && memo_register_order_get_n_children (self->order, id) > 0;

  enable (self, "new", writable);
  enable (self, "edit", library && (ids->len == 1 || (writable && ids->len > 1)));
  enable (self, "rename", writable && ids->len == 1);
  enable (self, "trash", writable && ids->len > 0);
  enable (self, "set-status", writable);
  enable (self, "set-statuses", writable && ids->len > 0);
  enable (self, "open", package && !memo_register_open_has (self->open, id));
  enable (self, "close",
          id != 0 && self->order &&
              ((package && memo_register_open_has (self->open, id)) ||
               memo_register_order_get_parent (self->order, id) != 0));
  enable (self, "toggle-all", packages && packages->len > 0);
  gtk_widget_set_visible (self->open_all, packages && packages->len > 0);
}

/* What is selected is shown; when nothing is left of several, nothing. */
static void
show_selected (MemoRegisterView *self)
{
  g_autoptr (GArray) ids = get_selected (self);

  if (self->library == memo_session_get_library (self->session) &&
      (ids->len > 0 || memo_session_get_several (self->session)))
    memo_session_show_several (self->session, ids);
}

static void
selection_cb (MemoRegisterView *self)
{
  update_actions (self);
  if (!self->following)
    show_selected (self);
}

/* The rows of @selected are selected, wherever they stand now, and the cursor is with them. */
static void
select_again (MemoRegisterView *self, GArray *selected)
{
  guint n = MIN (self->ids->len, g_list_model_get_n_items (G_LIST_MODEL (self->selection))), position;
  g_autoptr (GtkBitset) set = gtk_bitset_new_empty (), all = gtk_bitset_new_range (0, n);

  for (guint i = 0; i < selected->len; i++)
    {
      position = memo_record_list_find (self->records, g_array_index (selected, gint64, i));
      if (position < n)
        gtk_bitset_add (set, position);
    }
  self->following = TRUE;
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), set, all);
  self->following = FALSE;
  if (gtk_bitset_get_size (set) == 1)
    memo_register_columns_scroll_to (self->table, gtk_bitset_get_minimum (set));
}

static void
show_rows (MemoRegisterView *self)
{
  g_autoptr (GArray) ids = NULL, selected = NULL;
  MemoIndex *index = self->library ? memo_library_get_index (self->library) : NULL;

  if (!self->order || !self->list)
    return;
  selected = get_kept (self);
  ids = memo_register_order_flatten (self->order, memo_register_open_get_ids (self->open));
  g_clear_pointer (&self->ids, g_array_unref);
  self->ids = g_array_ref (ids);
  /* Of several each may have moved. */
  if (memo_paced_set_ids (self->list, ids) || selected->len > 1)
    select_again (self, selected);
  if (memo_session_get_several (self->session) && g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == ids->len)
    show_selected (self);
  memo_register_columns_refresh (GTK_WIDGET (self->table));
  update_actions (self);
  if (ids->len > 0)
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "table");
  else if (index && memo_index_get_n (index, MEMO_KIND_AGREEMENT) == 0)
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "empty");
  else
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "nothing");
}

static void
toggle (MemoRegisterView *self, gint64 package)
{
  memo_register_open_toggle (self->open, package);
  show_rows (self);
}

static gboolean
is_open (gpointer user_data, gint64 package)
{
  return memo_register_open_has (((MemoRegisterView *) user_data)->open, package);
}

static MemoRegisterOrder *
get_order (gpointer user_data)
{
  return ((MemoRegisterView *) user_data)->order;
}

static gboolean
has_conflict (gpointer user_data, MemoRow *row)
{
  return memo_register_conflicts_has (((MemoRegisterView *) user_data)->conflicts, memo_row_get_id (row));
}

static gboolean
refresh_now (gpointer user_data)
{
  MemoRegisterView *self = user_data;

  self->refresh_id = 0;
  memo_register_columns_refresh (GTK_WIDGET (self->table));
  return G_SOURCE_REMOVE;
}

static void
conflict_cb (MemoRegisterView *self)
{
  if (self->refresh_id == 0)
    self->refresh_id = g_idle_add (refresh_now, self);
}

/* Selects what the session shows, when it is here. */
static void
follow (MemoRegisterView *self)
{
  const char *uuid = memo_session_get_shown (self->session);
  MemoIndex *index = self->library ? memo_library_get_index (self->library) : NULL;
  gint64 id = index && uuid ? memo_index_get_id (index, MEMO_KIND_AGREEMENT, uuid) : 0, parent;
  g_autoptr (GtkBitset) selected = NULL;
  guint position;

  if (id == 0 || !self->list || !self->order)
    return;
  parent = memo_register_order_get_parent (self->order, id);
  if (parent != 0 && !memo_register_open_has (self->open, parent))
    toggle (self, parent);
  position = find_position (self, id);
  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  /* Not there yet: once the list is whole. */
  if (position >= g_list_model_get_n_items (G_LIST_MODEL (self->selection)) ||
      (gtk_bitset_contains (selected, position) && gtk_bitset_get_size (selected) == 1))
    return;
  self->following = TRUE;
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  self->following = FALSE;
  memo_register_columns_scroll_to (self->table, position);
}

static void
whole_cb (MemoRegisterView *self)
{
  g_autoptr (GArray) kept = get_kept (self);

  if (kept->len < 2)
    {
      follow (self);
      return;
    }
  select_again (self, kept);
  show_selected (self);
}

static void
set_library (MemoRegisterView *self, MemoLibrary *library)
{
  if (self->library == library)
    return;
  g_set_object (&self->library, library);
  memo_register_open_clear (self->open);
  g_clear_pointer (&self->order, memo_register_order_free);
  g_clear_pointer (&self->ids, g_array_unref);
  gtk_column_view_set_model (self->table, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->records);
  if (!library)
    return;
  self->records = memo_record_list_new (library, MEMO_KIND_AGREEMENT);
  self->list = memo_paced_new (self->records, GTK_WIDGET (self->table));
  g_signal_connect_object (self->list, "whole", G_CALLBACK (whole_cb), self, G_CONNECT_SWAPPED);
  self->selection = gtk_multi_selection_new (g_object_ref (memo_paced_get_model (self->list)));
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_cb), self, G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (self->selection));
}

typedef struct
{
  MemoSelection *selection;
  MemoSort sort;
  gboolean descending;
} Ordering;

static void
ordering_free (gpointer data)
{
  Ordering *ordering = data;

  g_object_unref (ordering->selection);
  g_free (ordering);
}

static void
make_order (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Ordering *ordering = task_data;

  g_task_return_pointer (task, memo_register_order_new (ordering->selection, ordering->sort, ordering->descending),
                         (GDestroyNotify) memo_register_order_free);
}

static void
take_order (MemoRegisterView *self, MemoRegisterOrder *order, Ordering *ordering)
{
  if (ordering->selection == memo_session_get_selection (self->session))
    memo_library_keep_head (self->library, ordering->selection, MEMO_KIND_AGREEMENT, ordering->sort,
                            ordering->descending, memo_register_order_get_roots (order));
  g_clear_pointer (&self->order, memo_register_order_free);
  self->order = order;
  memo_register_open_follow (self->open, memo_selection_get_filter (ordering->selection), order);
  show_rows (self);
  follow (self);
}

static void
ordered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  MemoRegisterView *self = MEMO_REGISTER_VIEW (source);
  MemoRegisterOrder *order = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Cancelled: a newer order is being made. */
  if (!order)
    return;
  if (!self->session)
    {
      memo_register_order_free (order);
      return;
    }
  g_clear_object (&self->ordering);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), FALSE);
  take_order (self, order, g_task_get_task_data (G_TASK (result)));
}

static void
reorder (MemoRegisterView *self)
{
  Ordering order = { NULL, MEMO_SORT_DATE, TRUE };
  MemoHead *head;
  g_autoptr (GTask) task = NULL;
  Ordering *ordering;

  g_cancellable_cancel (self->ordering);
  g_clear_object (&self->ordering);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      self->stale = TRUE;
      return;
    }
  self->stale = FALSE;
  if (!self->session)
    return;
  set_library (self, memo_session_get_listed (self->session));
  memo_register_conflicts_set_library (self->conflicts, memo_session_get_library (self->session));
  memo_register_columns_get_sort (self->table, &order.sort, &order.descending);
  order.selection = memo_session_get_rows (self->session, MEMO_KIND_AGREEMENT, order.sort, order.descending, &head);
  if (!order.selection || !self->library)
    return;
  if (head)
    memo_record_list_add_records (self->records, memo_head_get_records (head));
  if (memo_selection_get_count (order.selection, MEMO_KIND_AGREEMENT) <= AT_ONCE)
    {
      take_order (self, memo_register_order_new (order.selection, order.sort, order.descending), &order);
      return;
    }
  ordering = g_memdup2 (&order, sizeof order);
  g_object_ref (ordering->selection);
  self->ordering = g_cancellable_new ();
  task = g_task_new (self, self->ordering, ordered_cb, NULL);
  g_task_set_source_tag (task, reorder);
  g_task_set_task_data (task, ordering, ordering_free);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), TRUE);
  memo_worker_run (task, make_order);
}

/* It came, or goes because the library's opening failed. */
static void
head_cb (MemoRegisterView *self)
{
  if (!memo_session_get_library (self->session))
    reorder (self);
}

/* Rows that were chosen before the library was there. */
static void
library_cb (MemoRegisterView *self)
{
  if (self->library && self->library == memo_session_get_library (self->session))
    selection_cb (self);
}

static void
activate_cb (MemoRegisterView *self, guint position)
{
  g_autoptr (MemoRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  g_autoptr (GArray) ids = row ? get_meant (self, memo_row_get_id (row)) : NULL;

  /* One can be looked at in any library. */
  if (ids && (ids->len == 1 || !memo_library_get_read_only (self->library)))
    memo_register_edit (GTK_WIDGET (self), self->session, ids);
}

/* The package at hand for opening and closing: the selected one, or what the selected one stands in. */
static void
open_or_close (MemoRegisterView *self, gboolean open)
{
  g_autoptr (GArray) ids = get_selected (self);
  gint64 id = ids->len == 1 ? g_array_index (ids, gint64, 0) : 0;
  guint position;

  if (id == 0 || !self->order)
    return;
  if (!open && !(memo_register_order_get_n_children (self->order, id) > 0 && memo_register_open_has (self->open, id)))
    id = memo_register_order_get_parent (self->order, id);
  if (id == 0 || memo_register_open_has (self->open, id) == open)
    return;
  toggle (self, id);
  position = find_position (self, id);
  if (position != G_MAXUINT)
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
}

static void
new_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MemoRegisterView *self = user_data;

  memo_agreement_dialog_present (GTK_WIDGET (self), self->session, NULL, NULL, -1, -1);
}

static void
edit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MemoRegisterView *self = user_data;
  g_autoptr (GArray) ids = get_selected (self);

  memo_register_edit (GTK_WIDGET (self), self->session, ids);
}

static void
rename_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MemoRegisterView *self = user_data;
  g_autoptr (GArray) ids = get_selected (self);

  if (ids->len > 0)
    memo_register_rename (GTK_WIDGET (self), self->session, g_array_index (ids, gint64, 0));
}

static void
trash_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MemoRegisterView *self = user_data;
  g_autoptr (GArray) ids = get_selected (self);

  memo_register_trash (self->session, ids);
}

static void
set_status_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MemoRegisterView *self = user_data;
  g_autoptr (GArray) ids = NULL;
  const char *status;
  gint64 id;

  g_variant_get (parameter, "(x&s)", &id, &status);
  ids = get_meant (self, id);
  memo_register_set_status (self->session, ids, status);
}

static void
set_statuses_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MemoRegisterView *self = user_data;
  g_autoptr (GArray) ids = get_selected (self);

  memo_register_set_status (self->session, ids, g_variant_get_string (parameter, NULL));
}

static void
open_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_or_close (user_data, TRUE);
}

static void
close_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_or_close (user_data, FALSE);
}

static void
toggle_all_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MemoRegisterView *self = user_data;

  if (!self->order)
    return;
  memo_register_open_toggle_all (self->open, self->order);
  show_rows (self);
}

static void
clear_filter_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MemoRegisterView *self = user_data;
  g_autoptr (MemoFilter) filter = memo_filter_new ();

  memo_session_set_filter (self->session, filter);
}

static void
popup (MemoRegisterView *self, double x, double y)
{
  MemoCell *cell;
  MemoRow *row = memo_register_columns_pick (self->table, x, y, &cell);
  guint position = row ? find_position (self, memo_row_get_id (row)) : G_MAXUINT;

  if (!row || position == G_MAXUINT)
    return;
  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  memo_register_menu_popup (self->menu, GTK_WIDGET (self->table), x, y);
}

/* Below the cell of the status of @row. */
static void
popup_statuses (MemoRegisterView *self, MemoRow *row, MemoCell *cell)
{
  g_autoptr (GMenuModel) menu = memo_register_menu_new_statuses (memo_row_get_id (row));

  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->statuses), menu);
  memo_register_menu_popup (self->statuses, GTK_WIDGET (cell), 0, gtk_widget_get_height (GTK_WIDGET (cell)));
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, MemoRegisterView *self)
{
  double cell_x, cell_y;
  MemoRegisterPart part;
  MemoCell *cell;
  MemoRow *row;

  if (gdk_event_triggers_context_menu (gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture))))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      popup (self, x, y);
      return;
    }
  row = memo_register_columns_pick (self->table, x, y, &cell);
  if (!row || gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture)) != GDK_BUTTON_PRIMARY ||
      !gtk_widget_translate_coordinates (GTK_WIDGET (self->table), GTK_WIDGET (cell), x, y, &cell_x, &cell_y))
    return;
  part = memo_register_columns_get_part (cell, cell_x);
  if (part == MEMO_REGISTER_PART_TEXT)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if (part == MEMO_REGISTER_PART_ARROW)
    toggle (self, memo_row_get_id (row));
  else
    popup_statuses (self, row, cell);
}

/* The list would take the arrows for itself. */
static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, MemoRegisterView *self)
{
  gboolean open = key == GDK_KEY_Right || key == GDK_KEY_KP_Right;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  if ((!open && key != GDK_KEY_Left && key != GDK_KEY_KP_Left) || (state & gtk_accelerator_get_default_mod_mask ()) ||
      !focus || gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER))
    return FALSE;
  if (!g_action_get_enabled (g_action_map_lookup_action (G_ACTION_MAP (self->actions), open ? "open" : "close")))
    return FALSE;
  open_or_close (self, open);
  return TRUE;
}

static void
menu_key (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MemoRegisterView *self = MEMO_REGISTER_VIEW (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  double x, y;

  if (focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->table)) &&
      gtk_widget_translate_coordinates (focus, GTK_WIDGET (self->table), 40, gtk_widget_get_height (focus) / 2.0, &x,
                                        &y))
    popup (self, x, y);
}

static void
shown_cb (MemoRegisterView *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    follow (self);
}

static void
memo_register_view_map (GtkWidget *widget)
{
  MemoRegisterView *self = MEMO_REGISTER_VIEW (widget);

  GTK_WIDGET_CLASS (memo_register_view_parent_class)->map (widget);
  if (self->stale)
    reorder (self);
  else
    follow (self);
}

static gboolean
memo_register_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (MEMO_REGISTER_VIEW (widget)->table));
}

static void
memo_register_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GTK_WIDGET_CLASS (memo_register_view_parent_class)->size_allocate (widget, width, height, baseline);
  gtk_popover_present (GTK_POPOVER (MEMO_REGISTER_VIEW (widget)->menu));
  gtk_popover_present (GTK_POPOVER (MEMO_REGISTER_VIEW (widget)->statuses));
}

static void
memo_register_view_dispose (GObject *object)
{
  MemoRegisterView *self = MEMO_REGISTER_VIEW (object);

  g_cancellable_cancel (self->ordering);
  g_clear_object (&self->ordering);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  if (self->table)
    gtk_column_view_set_model (self->table, NULL);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->statuses, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->records);
  g_clear_object (&self->library);
  g_clear_object (&self->conflicts);
  g_clear_object (&self->actions);
  g_clear_object (&self->session);
  g_clear_pointer (&self->order, memo_register_order_free);
  g_clear_pointer (&self->ids, g_array_unref);
  G_OBJECT_CLASS (memo_register_view_parent_class)->dispose (object);
}

static void
memo_register_view_finalize (GObject *object)
{
  memo_register_open_free (MEMO_REGISTER_VIEW (object)->open);
  G_OBJECT_CLASS (memo_register_view_parent_class)->finalize (object);
}

static void
memo_register_view_class_init (MemoRegisterViewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = memo_register_view_dispose;
  object_class->finalize = memo_register_view_finalize;
  widget_class->map = memo_register_view_map;
  widget_class->grab_focus = memo_register_view_grab_focus;
  widget_class->size_allocate = memo_register_view_size_allocate;

  gtk_widget_class_install_action (widget_class, "register-menu.popup", NULL, menu_key);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "register-menu.popup", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "register-menu.popup", NULL);
  /* Menus name the last one. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "register.trash", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "register.trash", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "register.rename", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_plus, 0, "register.open", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_minus, 0, "register.close", NULL);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/memorandum_app/Memorandum/memo-register-view.ui");
  gtk_widget_class_bind_template_child (widget_class, MemoRegisterView, table);
  gtk_widget_class_bind_template_child (widget_class, MemoRegisterView, stack);
  gtk_widget_class_bind_template_child (widget_class, MemoRegisterView, spinner);
  gtk_widget_class_bind_template_child (widget_class, MemoRegisterView, columns);
  gtk_widget_class_bind_template_child (widget_class, MemoRegisterView, scroller);
  gtk_widget_class_bind_template_child (widget_class, MemoRegisterView, open_all);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
memo_register_view_init (MemoRegisterView *self)
{
  static const GActionEntry entries[] = {
    { "new", new_action },
    { "edit", edit_action },
    { "rename", rename_action },
    { "trash", trash_action },
    { "set-status", set_status_action, "(xs)" },
    { "set-statuses", set_statuses_action, "s" },
    { "open", open_action },
    { "close", close_action },
    { "toggle-all", toggle_all_action },
    { "clear-filter", clear_filter_action },
  };
  g_autoptr (GMenuModel) menu = memo_register_menu_new ();
  GtkEventController *keys;
  GtkGesture *gesture;

  self->stale = TRUE;
  self->open = memo_register_open_new ();
  self->actions = g_simple_action_group_new ();
  self->conflicts = memo_register_conflicts_new ();
  g_signal_connect_object (self->conflicts, "found", G_CALLBACK (conflict_cb), self, G_CONNECT_SWAPPED);
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "register", G_ACTION_GROUP (self->actions));
  gtk_widget_init_template (GTK_WIDGET (self));

  self->menu = memo_register_menu_add (GTK_WIDGET (self), menu);
  self->statuses = memo_register_menu_add (GTK_WIDGET (self), NULL);
  gesture = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), 0);
  g_signal_connect (gesture, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (gesture), GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self->table), GTK_EVENT_CONTROLLER (gesture));
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->table), keys);
}

GtkWidget *
memo_register_view_new (MemoSession *session)
{
  MemoRegisterView *self = g_object_new (MEMO_TYPE_REGISTER_VIEW, NULL);
  g_autoptr (GMenuModel) columns = NULL;
  GListModel *all;

  self->session = g_object_ref (session);
  self->host = (MemoRegisterHost){ session, get_order, is_open, has_conflict, self };
  columns = memo_register_columns_add (self->table, &self->host, G_ACTION_MAP (self->actions));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->columns), columns);
  all = gtk_column_view_get_columns (self->table);
  {
    g_autoptr (GtkColumnViewColumn) date = g_list_model_get_item (all, 1);

    gtk_column_view_sort_by_column (self->table, date, GTK_SORT_DESCENDING);
  }
  g_signal_connect_object (gtk_column_view_get_sorter (self->table), "changed", G_CALLBACK (reorder), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::selection", G_CALLBACK (reorder), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::shown", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::head", G_CALLBACK (head_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::library", G_CALLBACK (library_cb), self, G_CONNECT_SWAPPED);
  update_actions (self);
  reorder (self);
  return GTK_WIDGET (self);
}
