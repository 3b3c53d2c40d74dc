#include "memo-sectors-view.h"

#include <glib/gi18n.h>

#include "memo-sector-dialog.h"
#include "memo-sectors-matrix.h"
#include "model/memo-worker.h"

/* From here on sector × party and × status are counted in a thread. */
#define AT_ONCE 20000

#define MEMO_TYPE_SECTORS_VIEW (memo_sectors_view_get_type ())
G_DECLARE_FINAL_TYPE (MemoSectorsView, memo_sectors_view, MEMO, SECTORS_VIEW, GtkBox)

struct _MemoSectorsView
{
  GtkBox parent_instance;

  MemoSession *session;
  GtkWidget *across, *all, *spinner, *matrix, *scrollbar, *footer, *menu;
  GMenuModel *row_menu;

  GHashTable *folded;     /* UUIDs */
  MemoSelection *counted; /* what cells is of */
  MemoMatrix *cells;
  MemoAcross counted_across;
  GCancellable *counting;
  gboolean stale;
};

G_DEFINE_FINAL_TYPE (MemoSectorsView, memo_sectors_view, GTK_TYPE_BOX)

static void rebuild (MemoSectorsView *self);

static MemoSectorsMatrix *
get_matrix (MemoSectorsView *self)
{
  return MEMO_SECTORS_MATRIX (self->matrix);
}

/* The sector at the cursor; NULL on the row of all. */
static MemoRecord *
get_sector (MemoSectorsView *self)
{
  MemoSectorsTable *table = memo_sectors_matrix_get_table (get_matrix (self));
  guint row = memo_sectors_matrix_get_row (get_matrix (self));
  MemoLibrary *library = memo_session_get_library (self->session);
  const MemoSectorsRow *info = table && row < table->rows->len ? g_ptr_array_index (table->rows, row) : NULL;

  if (!info || !info->uuid || !library)
    return NULL;
  return memo_index_get_record (memo_library_get_index (library), MEMO_KIND_SECTOR, info->uuid);
}

static void
update_actions (MemoSectorsView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  MemoLibrary *library = self->session ? memo_session_get_library (self->session) : NULL;
  gboolean writable = library && !memo_library_get_read_only (library);
  gboolean sector = writable && get_sector (self) != NULL;

  gtk_widget_action_set_enabled (widget, "sectors.new", writable);
  gtk_widget_action_set_enabled (widget, "sectors.add-below", sector);
  gtk_widget_action_set_enabled (widget, "sectors.edit", sector);
  gtk_widget_action_set_enabled (widget, "sectors.up", sector);
  gtk_widget_action_set_enabled (widget, "sectors.down", sector);
  gtk_widget_action_set_enabled (widget, "sectors.delete", sector);
}

static void
show_table (MemoSectorsView *self, MemoSelection *selection)
{
  int year, month, day;
  gboolean all = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->all)) ||
                 memo_selection_get_count (selection, MEMO_KIND_AGREEMENT) == 0;
  MemoSectorsTable *table;
  g_autofree char *footer = NULL;

  memo_day_to_ymd (memo_day_today (), &year, &month, &day);
  table = memo_sectors_table_new (selection, gtk_drop_down_get_selected (GTK_DROP_DOWN (self->across)), self->cells,
                                  memo_sectors_matrix_get_room (get_matrix (self)), year, self->folded, all);
  footer = memo_sectors_table_make_footer (table, selection);
  gtk_label_set_text (GTK_LABEL (self->footer), footer);
  memo_sectors_matrix_take_table (get_matrix (self), table, self->folded);
  update_actions (self);
}

typedef struct
{
  MemoSelection *selection;
  MemoAcross across;
} Counting;

static void
counting_free (gpointer data)
{
  Counting *counting = data;

  g_object_unref (counting->selection);
  g_free (counting);
}

static MemoMatrix *
count (MemoSelection *selection, MemoAcross across)
{
  return memo_matrix_new (selection, across == MEMO_ACROSS_PARTY ? MEMO_FACET_PARTY : MEMO_FACET_STATUS);
}

static void
take_cells (MemoSectorsView *self, MemoSelection *selection, MemoAcross across, MemoMatrix *cells)
{
  g_clear_pointer (&self->cells, memo_matrix_free);
  self->cells = cells;
  self->counted_across = across;
  g_set_object (&self->counted, selection);
}

static void
count_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Counting *counting = task_data;

  g_task_return_pointer (task, count (counting->selection, counting->across), (GDestroyNotify) memo_matrix_free);
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  MemoSectorsView *self = MEMO_SECTORS_VIEW (source);
  Counting *counting = g_task_get_task_data (G_TASK (result));
  MemoMatrix *cells = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Cancelled: another selection is being counted. */
  if (!cells)
    return;
  g_clear_object (&self->counting);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), FALSE);
  take_cells (self, counting->selection, counting->across, cells);
  show_table (self, counting->selection);
}

static void
rebuild (MemoSectorsView *self)
{
  MemoSelection *selection = self->session ? memo_session_get_selection (self->session) : NULL;
  MemoAcross across = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->across));
  g_autoptr (GTask) task = NULL;
  Counting *counting;

  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), FALSE);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      self->stale = TRUE;
      return;
    }
  self->stale = FALSE;
  if (!selection || memo_sectors_matrix_get_room (get_matrix (self)) == 0)
    return;
  if (across == MEMO_ACROSS_YEAR || (self->counted == selection && self->counted_across == across))
    {
      show_table (self, selection);
      return;
    }
  if (memo_selection_get_count (selection, MEMO_KIND_AGREEMENT) <= AT_ONCE)
    {
      take_cells (self, selection, across, count (selection, across));
      show_table (self, selection);
      return;
    }
  counting = g_new (Counting, 1);
  *counting = (Counting){ g_object_ref (selection), across };
  self->counting = g_cancellable_new ();
  task = g_task_new (self, self->counting, counted_cb, NULL);
  g_task_set_source_tag (task, rebuild);
  g_task_set_task_data (task, counting, counting_free);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), TRUE);
  memo_worker_run (task, count_in_thread);
}

static void
across_cb (MemoSectorsView *self)
{
  if (self->session)
    rebuild (self);
}

static void
chosen_cb (MemoSectorsView *self, guint row, int column)
{
  MemoSectorsTable *table = memo_sectors_matrix_get_table (get_matrix (self));
  g_autoptr (MemoFilter) filter =
      memo_sectors_table_make_filter (table, memo_session_get_filter (self->session), row, column);

  memo_session_set_filter (self->session, filter);
  memo_session_go (self->session, "register");
}

static void
fold_cb (MemoSectorsView *self, guint row)
{
  MemoSectorsTable *table = memo_sectors_matrix_get_table (get_matrix (self));
  const MemoSectorsRow *info = g_ptr_array_index (table->rows, row);
  g_autofree char *uuid = g_strdup (info->uuid);

  if (!g_hash_table_remove (self->folded, uuid))
    g_hash_table_add (self->folded, g_steal_pointer (&uuid));
  rebuild (self);
}

static void
menu_cb (MemoSectorsView *self, guint row, const GdkRectangle *place)
{
  update_actions (self);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), place);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  memo_sector_dialog_present (widget, MEMO_SECTORS_VIEW (widget)->session, NULL, NULL);
}

static void
add_below_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MemoRecord *sector = get_sector (MEMO_SECTORS_VIEW (widget));

  if (sector)
    memo_sector_dialog_present (widget, MEMO_SECTORS_VIEW (widget)->session, NULL, memo_record_get_uuid (sector));
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MemoRecord *sector = get_sector (MEMO_SECTORS_VIEW (widget));

  if (sector)
    memo_sector_dialog_present (widget, MEMO_SECTORS_VIEW (widget)->session, sector, NULL);
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MemoRecord *sector = get_sector (MEMO_SECTORS_VIEW (widget));

  if (sector)
    memo_sector_delete (MEMO_SECTORS_VIEW (widget)->session, sector);
}

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MemoRecord *sector = get_sector (MEMO_SECTORS_VIEW (widget));

  if (sector)
    memo_sector_move (MEMO_SECTORS_VIEW (widget)->session, sector, g_str_equal (name, "sectors.up") ? -1 : 1);
}

static void
filter_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MemoSectorsView *self = MEMO_SECTORS_VIEW (widget);

  if (memo_sectors_matrix_get_table (get_matrix (self)))
    chosen_cb (self, memo_sectors_matrix_get_row (get_matrix (self)), -1);
}

static void
memo_sectors_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (memo_sectors_view_parent_class)->map (widget);
  if (MEMO_SECTORS_VIEW (widget)->stale)
    rebuild (MEMO_SECTORS_VIEW (widget));
}

static gboolean
memo_sectors_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (MEMO_SECTORS_VIEW (widget)->matrix);
}

static void
memo_sectors_view_dispose (GObject *object)
{
  MemoSectorsView *self = MEMO_SECTORS_VIEW (object);

  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->cells, memo_matrix_free);
  g_clear_object (&self->counted);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (memo_sectors_view_parent_class)->dispose (object);
}

static void
memo_sectors_view_finalize (GObject *object)
{
  g_hash_table_unref (MEMO_SECTORS_VIEW (object)->folded);
  G_OBJECT_CLASS (memo_sectors_view_parent_class)->finalize (object);
}

static void
memo_sectors_view_class_init (MemoSectorsViewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = memo_sectors_view_dispose;
  object_class->finalize = memo_sectors_view_finalize;
  widget_class->map = memo_sectors_view_map;
  widget_class->grab_focus = memo_sectors_view_grab_focus;

  gtk_widget_class_install_action (widget_class, "sectors.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "sectors.add-below", NULL, add_below_action);
  gtk_widget_class_install_action (widget_class, "sectors.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "sectors.up", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "sectors.down", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "sectors.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "sectors.filter", NULL, filter_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "sectors.edit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "sectors.delete", NULL);

  g_type_ensure (MEMO_TYPE_SECTORS_MATRIX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/memorandum_app/Memorandum/memo-sectors-view.ui");
  gtk_widget_class_bind_template_child (widget_class, MemoSectorsView, across);
  gtk_widget_class_bind_template_child (widget_class, MemoSectorsView, all);
  gtk_widget_class_bind_template_child (widget_class, MemoSectorsView, spinner);
  gtk_widget_class_bind_template_child (widget_class, MemoSectorsView, matrix);
  gtk_widget_class_bind_template_child (widget_class, MemoSectorsView, scrollbar);
  gtk_widget_class_bind_template_child (widget_class, MemoSectorsView, footer);
  gtk_widget_class_bind_template_child (widget_class, MemoSectorsView, row_menu);
  gtk_widget_class_bind_template_callback (widget_class, across_cb);
  gtk_widget_class_bind_template_callback (widget_class, rebuild);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, fold_cb);
  gtk_widget_class_bind_template_callback (widget_class, menu_cb);
}

static void
scrollable_cb (GtkAdjustment *adjustment, GParamSpec *pspec, GtkWidget *scrollbar)
{
  gtk_widget_set_visible (scrollbar,
                          gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment) + 0.5);
}

static void
memo_sectors_view_init (MemoSectorsView *self)
{
  GtkAdjustment *adjustment;

  self->stale = TRUE;
  self->folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->menu = gtk_popover_menu_new_from_model (self->row_menu);
  gtk_widget_set_parent (self->menu, self->matrix);
  adjustment = memo_sectors_matrix_get_vadjustment (get_matrix (self));
  gtk_scrollbar_set_adjustment (GTK_SCROLLBAR (self->scrollbar), adjustment);
  g_signal_connect_object (adjustment, "notify::upper", G_CALLBACK (scrollable_cb), self->scrollbar, 0);
  g_signal_connect_object (adjustment, "notify::page-size", G_CALLBACK (scrollable_cb), self->scrollbar, 0);
  scrollable_cb (adjustment, NULL, self->scrollbar);
}

GtkWidget *
memo_sectors_view_new (MemoSession *session)
{
  MemoSectorsView *self = g_object_new (MEMO_TYPE_SECTORS_VIEW, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::selection", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  update_actions (self);
  rebuild (self);
  return GTK_WIDGET (self);
}
