#include "memo-sectors-matrix.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#define ROW 36.0
#define HEADER 34.0
#define NAME_LEAST 170.0
#define NAME_MOST 420.0
#define BARS 112.0
#define CELL_LEAST 62.0
#define CELL_WISHED 96.0
#define CELL_MOST 150.0
#define TOTAL 72.0
#define INDENT 16.0
#define ARROW 18.0

struct _MemoSectorsMatrix
{
  GtkWidget parent_instance;

  MemoSectorsTable *table;
  GHashTable *folded;
  GtkAdjustment *vadjustment;
  GHashTable *texts;
  double name, cell; /* widths */
  double names;      /* the width that all names would need */
  guint room;
  guint row;  /* of the cursor */
  int column; /* -1: the sector itself; as many as there are columns: the total */
  guint hover_row;
  int hover_column;
};

G_DEFINE_FINAL_TYPE (MemoSectorsMatrix, memo_sectors_matrix, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  FOLD,
  MENU,
  ROOM,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define NOWHERE -2

static guint
get_n_rows (MemoSectorsMatrix *self)
{
  return self->table ? self->table->rows->len : 0;
}

static int
get_n_columns (MemoSectorsMatrix *self)
{
  return self->table ? (int) self->table->columns->len : 0;
}

static const MemoSectorsRow *
get_row (MemoSectorsMatrix *self, guint row)
{
  return g_ptr_array_index (self->table->rows, row);
}

static double
get_left (MemoSectorsMatrix *self, int column)
{
  return column < 0 ? 0 : self->name + BARS + column * self->cell;
}

static double
get_width (MemoSectorsMatrix *self, int column)
{
  if (column < 0)
    return self->name + BARS;
  return column < get_n_columns (self) ? self->cell : TOTAL;
}

static void
get_rect (MemoSectorsMatrix *self, guint row, int column, graphene_rect_t *ret_rect)
{
  graphene_rect_init (ret_rect, get_left (self, column),
                      HEADER + row * ROW - gtk_adjustment_get_value (self->vadjustment), get_width (self, column), ROW);
}

static gboolean
find_cell (MemoSectorsMatrix *self, double x, double y, guint *ret_row, int *ret_column)
{
  double row = (y - HEADER + gtk_adjustment_get_value (self->vadjustment)) / ROW;

  if (y < HEADER || row < 0 || row >= get_n_rows (self))
    return FALSE;
  *ret_row = (guint) row;
  for (int column = -1; column <= get_n_columns (self); column++)
    if (x >= get_left (self, column) && x < get_left (self, column) + get_width (self, column))
      {
        *ret_column = column;
        return TRUE;
      }
  return FALSE;
}

static guint
get_count (MemoSectorsMatrix *self, guint row, int column)
{
  const MemoSectorsRow *info = get_row (self, row);

  return column >= 0 && column < get_n_columns (self) ? info->counts[column] : info->total;
}

/* A cell of none is no button: it would lead to an empty view. */
static void
choose (MemoSectorsMatrix *self, guint row, int column)
{
  if (get_count (self, row, column) > 0)
    g_signal_emit (self, signals[CHOSEN], 0, row, column == get_n_columns (self) ? -1 : column);
}

static void
describe (MemoSectorsMatrix *self)
{
  g_autofree char *text =
      self->row < get_n_rows (self) ? memo_sectors_matrix_dup_description (self, self->row, self->column) : NULL;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text ? text : _ ("Sectors"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _ ("Arrow keys go from cell to cell, Enter filters by the cell."), -1);
}

static void
move_to (MemoSectorsMatrix *self, guint row, int column)
{
  if (get_n_rows (self) == 0)
    return;
  self->row = MIN (row, get_n_rows (self) - 1);
  self->column = CLAMP (column, -1, get_n_columns (self));
  gtk_adjustment_clamp_page (self->vadjustment, self->row * ROW, (self->row + 1) * ROW);
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Colours */

static void
set_ink (GdkRGBA *color, gboolean dark, float alpha)
{
  *color = dark ? (GdkRGBA){ 1, 1, 1, alpha } : (GdkRGBA){ 0, 0, 0, alpha };
}

static void
set_accent (GdkRGBA *color, gboolean dark, float alpha)
{
  *color = dark ? (GdkRGBA){ 0.38f, 0.63f, 0.92f, alpha } : (GdkRGBA){ 0.21f, 0.52f, 0.89f, alpha };
}

/* What does not fit into the width stands in two lines of a smaller size, and is cut only where that is not enough. */
static PangoLayout *
get_text (MemoSectorsMatrix *self, const char *text, gboolean bold, double room, double height)
{
  g_autofree char *key = g_strdup_printf ("%c%d %s", bold ? 'b' : 'n', (int) room, text);
  g_autoptr (PangoAttrList) attributes = NULL;
  PangoLayout *layout = g_hash_table_lookup (self->texts, key);
  int width;

  if (layout)
    return layout;
  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  attributes = pango_attr_list_new ();
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width > room)
    {
      pango_attr_list_insert (attributes, pango_attr_scale_new (PANGO_SCALE_SMALL));
      pango_layout_set_attributes (layout, attributes);
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
      pango_layout_set_height (layout, height >= ROW ? -2 : -1);
    }
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, (int) MAX (room, 8) * PANGO_SCALE);
  g_hash_table_insert (self->texts, g_steal_pointer (&key), layout);
  return layout;
}

/* @place: 0 left, 0.5 middle, 1 right */
static void
draw_text (MemoSectorsMatrix *self,
           GtkSnapshot *snapshot,
           const char *text,
           gboolean bold,
           const graphene_rect_t *rect,
           double place,
           const GdkRGBA *color)
{
  double room = rect->size.width - 12;
  PangoLayout *layout = get_text (self, text, bold, room, rect->size.height);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (floor (rect->origin.x + 6 + (room - width) * place),
                                                          floor (rect->origin.y + (rect->size.height - height) / 2)));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
draw_years (MemoSectorsMatrix *self,
            GtkSnapshot *snapshot,
            const MemoSectorsRow *row,
            double x,
            double y,
            gboolean dark)
{
  int n = self->table->last_year - self->table->first_year + 1, parts, each;
  double width = BARS - 16, step, most = 0;
  g_autofree double *sums = NULL;
  GdkRGBA color;

  if (n < 1)
    return;
  /* Never thinner than three pixels: years share a bar when there are many. */
  each = (int) ceil (n * 3.0 / width);
  parts = (n + each - 1) / each;
  step = width / MAX (parts, 8);
  sums = g_new0 (double, parts);
  for (int i = 0; i < n; i++)
    sums[i / each] += row->years[i];
  for (int i = 0; i < parts; i++)
    most = MAX (most, sums[i]);
  set_accent (&color, dark, dark ? 0.8 : 0.85);
  for (int i = 0; i < parts; i++)
    if (sums[i] > 0)
      {
        double height = MAX (sums[i] / most * (ROW - 14), 2);

        gtk_snapshot_append_color (snapshot, &color,
                                   &GRAPHENE_RECT_INIT (x + 8 + i * step, y + ROW - 7 - height, MAX (step - 1, 1),
                                                        height));
      }
}

static void
draw_cell (MemoSectorsMatrix *self,
           GtkSnapshot *snapshot,
           const graphene_rect_t *rect,
           guint count,
           gboolean shaded,
           gboolean bold,
           gboolean dark)
{
  graphene_rect_t inner = *rect;
  char digits[16];
  GdkRGBA color;
  double strength = self->table->highest > 0 ? sqrt ((double) count / self->table->highest) : 0;

  graphene_rect_inset (&inner, 3, 4);
  if (shaded && count > 0)
    {
      GskRoundedRect rounded;

      gsk_rounded_rect_init_from_rect (&rounded, &inner, 4);
      set_accent (&color, dark, dark ? 0.12 + 0.63 * strength : 0.08 + 0.82 * strength * strength);
      gtk_snapshot_push_rounded_clip (snapshot, &rounded);
      gtk_snapshot_append_color (snapshot, &color, &inner);
      gtk_snapshot_pop (snapshot);
    }
  g_snprintf (digits, sizeof digits, "%u", count);
  if (!dark && shaded && strength > 0.9)
    color = (GdkRGBA){ 1, 1, 1, 1 };
  else
    set_ink (&color, dark, count > 0 ? 0.85 : 0.4);
  draw_text (self, snapshot, count > 0 ? digits : "·", bold, rect, 0.5, &color);
}

static void
draw_row (MemoSectorsMatrix *self, GtkSnapshot *snapshot, guint index, double width, gboolean dark)
{
  const MemoSectorsRow *row = get_row (self, index);
  gboolean bold = row->uuid == NULL;
  graphene_rect_t rect;
  GdkRGBA ink, line;
  double x = 12 + row->depth * INDENT;
  char digits[16];

  set_ink (&ink, dark, 0.85);
  set_ink (&line, dark, bold ? 0.3 : 0.1);
  get_rect (self, index, -1, &rect);
  if (index == self->hover_row && self->hover_column != NOWHERE)
    {
      GdkRGBA hover;

      set_ink (&hover, dark, 0.04);
      gtk_snapshot_append_color (snapshot, &hover, &GRAPHENE_RECT_INIT (0, rect.origin.y, width, ROW));
    }
  gtk_snapshot_append_color (snapshot, &line,
                             &GRAPHENE_RECT_INIT (0, floor (rect.origin.y + (bold ? 0 : ROW)) - (bold ? 0 : 1), width,
                                                  1));
  if (row->parent)
    {
      GdkRGBA dim;

      set_ink (&dim, dark, 0.55);
      draw_text (self, snapshot, self->folded && g_hash_table_contains (self->folded, row->uuid) ? "▸" : "▾", FALSE,
                 &GRAPHENE_RECT_INIT (x - 6, rect.origin.y, ARROW + 12, ROW), 0, &dim);
    }
  draw_text (self, snapshot, row->name ? row->name : "", bold,
             &GRAPHENE_RECT_INIT (x + ARROW - 6, rect.origin.y, self->name - x - ARROW + 6, ROW), 0, &ink);
  draw_years (self, snapshot, row, self->name, rect.origin.y, dark);
  for (int column = 0; column < get_n_columns (self); column++)
    {
      get_rect (self, index, column, &rect);
      draw_cell (self, snapshot, &rect, row->counts[column], !bold, bold, dark);
    }
  get_rect (self, index, get_n_columns (self), &rect);
  g_snprintf (digits, sizeof digits, "%u", row->total);
  draw_text (self, snapshot, digits, TRUE, &rect, 0.7, &ink);
}

static void
draw_header (MemoSectorsMatrix *self, GtkSnapshot *snapshot, double width, gboolean dark)
{
  GdkRGBA dim, line;
  int n = get_n_columns (self);

  set_ink (&dim, dark, 0.6);
  set_ink (&line, dark, 0.2);
  draw_text (self, snapshot, _ ("Sector"), TRUE, &GRAPHENE_RECT_INIT (6, 0, self->name - 6, HEADER), 0, &dim);
  if (self->table->last_year >= self->table->first_year)
    {
      g_autofree char *years = self->table->first_year == self->table->last_year
                                   ? g_strdup_printf ("%d", self->table->first_year)
                                   : g_strdup_printf ("%d–%d", self->table->first_year, self->table->last_year);

      draw_text (self, snapshot, years, TRUE, &GRAPHENE_RECT_INIT (self->name + 2, 0, BARS - 2, HEADER), 0, &dim);
    }
  for (int i = 0; i < n; i++)
    draw_text (self, snapshot, g_array_index (self->table->columns, MemoSectorsColumn, i).label, TRUE,
               &GRAPHENE_RECT_INIT (get_left (self, i), 0, self->cell, HEADER), 0.5, &dim);
  draw_text (self, snapshot, _ ("Total"), TRUE, &GRAPHENE_RECT_INIT (get_left (self, n), 0, TOTAL, HEADER), 0.7, &dim);
  gtk_snapshot_append_color (snapshot, &line, &GRAPHENE_RECT_INIT (0, HEADER - 1, width, 1));
}

static void
memo_sectors_matrix_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MemoSectorsMatrix *self = MEMO_SECTORS_MATRIX (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double offset = gtk_adjustment_get_value (self->vadjustment);
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  if (!self->table)
    return;
  draw_header (self, snapshot, width, dark);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, HEADER, width, MAX (height - HEADER, 0)));
  for (guint i = (guint) (offset / ROW); i < get_n_rows (self) && HEADER + i * ROW - offset < height; i++)
    draw_row (self, snapshot, i, width, dark);
  if (self->row < get_n_rows (self) && gtk_widget_has_focus (widget))
    {
      GskRoundedRect rounded;
      graphene_rect_t rect;
      GdkRGBA color;

      get_rect (self, self->row, self->column, &rect);
      graphene_rect_inset (&rect, 1, 2);
      gsk_rounded_rect_init_from_rect (&rounded, &rect, 6);
      set_accent (&color, dark, 1);
      gtk_snapshot_append_border (snapshot, &rounded, (float[4]){ 2, 2, 2, 2 },
                                  (GdkRGBA[4]){ color, color, color, color });
    }
  gtk_snapshot_pop (snapshot);
}

static void
update_adjustment (MemoSectorsMatrix *self)
{
  double page = MAX (gtk_widget_get_height (GTK_WIDGET (self)) - HEADER, 1), upper = get_n_rows (self) * ROW;

  upper = MAX (upper, page);
  gtk_adjustment_configure (self->vadjustment, CLAMP (gtk_adjustment_get_value (self->vadjustment), 0, upper - page), 0,
                            upper, ROW, page, page);
}

/* What the longest name needs to be read in one line. */
static double
measure_names (MemoSectorsMatrix *self)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  double most = 0;

  for (guint i = 0; i < get_n_rows (self); i++)
    {
      const MemoSectorsRow *row = get_row (self, i);
      int width;

      pango_layout_set_text (layout, row->name ? row->name : "", -1);
      pango_layout_get_pixel_size (layout, &width, NULL);
      most = MAX (most, 12 + row->depth * INDENT + ARROW + width + 12);
    }
  return most;
}

static gboolean
room_cb (gpointer self)
{
  g_signal_emit (self, signals[ROOM], 0);
  return G_SOURCE_REMOVE;
}

/* Names get what they need; where that would take the room of columns that may be, no more than a share. */
static void
update_widths (MemoSectorsMatrix *self, int width)
{
  int n = MAX (get_n_columns (self), 1);
  double left = width - BARS - TOTAL;
  guint room = self->room;

  self->name = CLAMP (self->names, NAME_LEAST, CLAMP (width * 0.3, NAME_LEAST, NAME_MOST));
  self->room = (guint) MAX ((left - self->name) / CELL_LEAST, 1);
  self->name = CLAMP (self->names, self->name, MAX (left - n * CELL_WISHED, self->name));
  self->cell = MIN (floor ((left - self->name) / n), CELL_MOST);
  self->cell = MAX (self->cell, 28);
  if (room != self->room)
    g_idle_add_full (G_PRIORITY_HIGH_IDLE, room_cb, g_object_ref (self), g_object_unref);
}

static void
memo_sectors_matrix_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MemoSectorsMatrix *self = MEMO_SECTORS_MATRIX (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    gtk_popover_present (GTK_POPOVER (child));
  update_widths (self, width);
  update_adjustment (self);
}

static void
memo_sectors_matrix_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  MemoSectorsMatrix *self = MEMO_SECTORS_MATRIX (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = NAME_LEAST + BARS + TOTAL + CELL_LEAST;
  else
    {
      *minimum = HEADER + 3 * ROW;
      *natural = MAX (*minimum, HEADER + get_n_rows (self) * ROW);
    }
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, MemoSectorsMatrix *self)
{
  guint row;
  int column;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!find_cell (self, x, y, &row, &column))
    return;
  move_to (self, row, column);
  if (column == -1 && get_row (self, row)->parent && x < 12 + get_row (self, row)->depth * INDENT + ARROW)
    g_signal_emit (self, signals[FOLD], 0, row);
  else
    choose (self, row, column);
}

static void
open_menu (MemoSectorsMatrix *self, guint row, int column)
{
  graphene_rect_t rect;

  move_to (self, row, column);
  get_rect (self, self->row, self->column, &rect);
  g_signal_emit (self, signals[MENU], 0, self->row,
                 &(GdkRectangle){ rect.origin.x, rect.origin.y, rect.size.width, rect.size.height });
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, MemoSectorsMatrix *self)
{
  guint row;
  int column;

  if (find_cell (self, x, y, &row, &column))
    open_menu (self, row, column);
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, MemoSectorsMatrix *self)
{
  guint row = 0;
  int column = NOWHERE;

  if (find_cell (self, x, y, &row, &column) && get_count (self, row, column) == 0)
    column = NOWHERE;
  if (row != self->hover_row || column != self->hover_column)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  self->hover_row = row;
  self->hover_column = column;
}

static void
leave_cb (GtkEventControllerMotion *controller, MemoSectorsMatrix *self)
{
  self->hover_column = NOWHERE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, MemoSectorsMatrix *self)
{
  gtk_adjustment_set_value (self->vadjustment, gtk_adjustment_get_value (self->vadjustment) + dy * ROW * 1.5);
  return TRUE;
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, MemoSectorsMatrix *self)
{
  int page = MAX ((int) (gtk_adjustment_get_page_size (self->vadjustment) / ROW) - 1, 1);
  const MemoSectorsRow *row;
  gboolean folded;

  if (self->row >= get_n_rows (self) || (state & GDK_ALT_MASK))
    return FALSE;
  row = get_row (self, self->row);
  folded = row->parent && self->folded && g_hash_table_contains (self->folded, row->uuid);
  switch (key)
    {
    case GDK_KEY_Left:
      if (self->column == -1 && row->parent && !folded)
        g_signal_emit (self, signals[FOLD], 0, self->row);
      else
        move_to (self, self->row, self->column - 1);
      return TRUE;
    case GDK_KEY_Right:
      if (self->column == -1 && folded)
        g_signal_emit (self, signals[FOLD], 0, self->row);
      else
        move_to (self, self->row, self->column + 1);
      return TRUE;
    case GDK_KEY_Up:
      move_to (self, self->row > 0 ? self->row - 1 : 0, self->column);
      return TRUE;
    case GDK_KEY_Down:
      move_to (self, self->row + 1, self->column);
      return TRUE;
    case GDK_KEY_Page_Up:
      move_to (self, (guint) MAX ((int) self->row - page, 0), self->column);
      return TRUE;
    case GDK_KEY_Page_Down:
      move_to (self, self->row + page, self->column);
      return TRUE;
    case GDK_KEY_Home:
      move_to (self, (state & GDK_CONTROL_MASK) ? 0 : self->row, -1);
      return TRUE;
    case GDK_KEY_End:
      move_to (self, (state & GDK_CONTROL_MASK) ? get_n_rows (self) : self->row, get_n_columns (self));
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      choose (self, self->row, self->column);
      return TRUE;
    case GDK_KEY_Menu:
      open_menu (self, self->row, self->column);
      return TRUE;
    case GDK_KEY_F10:
      if (!(state & GDK_SHIFT_MASK))
        return FALSE;
      open_menu (self, self->row, self->column);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
tooltip_cb (MemoSectorsMatrix *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  g_autofree char *text = NULL;
  graphene_rect_t rect;
  guint row = self->row;
  int column = self->column;

  if (row >= get_n_rows (self) || (!keyboard && !find_cell (self, x, y, &row, &column)))
    return FALSE;
  text = memo_sectors_matrix_dup_description (self, row, column);
  get_rect (self, row, column, &rect);
  gtk_tooltip_set_text (tooltip, text);
  gtk_tooltip_set_tip_area (tooltip,
                            &(GdkRectangle){ rect.origin.x, rect.origin.y, rect.size.width, rect.size.height });
  return TRUE;
}

static gboolean
memo_sectors_matrix_focus (GtkWidget *widget, GtkDirectionType direction)
{
  if (gtk_widget_has_focus (widget))
    return direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD;
  return gtk_widget_grab_focus (widget);
}

static void
memo_sectors_matrix_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (memo_sectors_matrix_parent_class)->css_changed (widget, change);
  g_hash_table_remove_all (MEMO_SECTORS_MATRIX (widget)->texts);
  MEMO_SECTORS_MATRIX (widget)->names = measure_names (MEMO_SECTORS_MATRIX (widget));
}

static void
memo_sectors_matrix_dispose (GObject *object)
{
  MemoSectorsMatrix *self = MEMO_SECTORS_MATRIX (object);

  g_clear_pointer (&self->table, memo_sectors_table_free);
  g_clear_object (&self->vadjustment);
  self->folded = NULL;
  G_OBJECT_CLASS (memo_sectors_matrix_parent_class)->dispose (object);
}

static void
memo_sectors_matrix_finalize (GObject *object)
{
  g_hash_table_unref (MEMO_SECTORS_MATRIX (object)->texts);
  G_OBJECT_CLASS (memo_sectors_matrix_parent_class)->finalize (object);
}

static void
memo_sectors_matrix_class_init (MemoSectorsMatrixClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = memo_sectors_matrix_dispose;
  G_OBJECT_CLASS (class)->finalize = memo_sectors_matrix_finalize;
  widget_class->snapshot = memo_sectors_matrix_snapshot;
  widget_class->size_allocate = memo_sectors_matrix_size_allocate;
  widget_class->measure = memo_sectors_matrix_measure;
  widget_class->focus = memo_sectors_matrix_focus;
  widget_class->css_changed = memo_sectors_matrix_css_changed;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_INT);
  signals[FOLD] = g_signal_new ("fold", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_UINT);
  signals[MENU] = g_signal_new ("menu", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                2, G_TYPE_UINT, GDK_TYPE_RECTANGLE | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[ROOM] =
      g_signal_new ("room", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "matrix");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
memo_sectors_matrix_init (MemoSectorsMatrix *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *controller;
  GtkGesture *gesture;

  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->vadjustment = g_object_ref_sink (gtk_adjustment_new (0, 0, 1, ROW, 1, 1));
  self->column = -1;
  self->hover_column = NOWHERE;
  g_signal_connect_object (self->vadjustment, "value-changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (gtk_widget_queue_draw), NULL);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (tooltip_cb), NULL);
  gtk_widget_set_has_tooltip (widget, TRUE);
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_hexpand (widget, TRUE);
  gtk_widget_set_vexpand (widget, TRUE);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);

  gesture = gtk_gesture_click_new ();
  g_signal_connect (gesture, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (gesture));
  gesture = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  g_signal_connect (gesture, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (gesture));
  controller = gtk_event_controller_motion_new ();
  g_signal_connect (controller, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (controller, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (widget, controller);
  controller = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  g_signal_connect (controller, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (widget, controller);
  controller = gtk_event_controller_key_new ();
  g_signal_connect (controller, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (widget, controller);
  describe (self);
}

GtkWidget *
memo_sectors_matrix_new (void)
{
  return g_object_new (MEMO_TYPE_SECTORS_MATRIX, NULL);
}

guint
memo_sectors_matrix_get_room (MemoSectorsMatrix *self)
{
  return self->room;
}

void
memo_sectors_matrix_take_table (MemoSectorsMatrix *self, MemoSectorsTable *table, GHashTable *folded)
{
  g_return_if_fail (MEMO_IS_SECTORS_MATRIX (self));

  g_clear_pointer (&self->table, memo_sectors_table_free);
  self->table = table;
  self->folded = folded;
  g_hash_table_remove_all (self->texts);
  self->names = measure_names (self);
  self->row = MIN (self->row, get_n_rows (self) > 0 ? get_n_rows (self) - 1 : 0);
  self->column = MIN (self->column, get_n_columns (self));
  if (gtk_widget_get_width (GTK_WIDGET (self)) > 0)
    update_widths (self, gtk_widget_get_width (GTK_WIDGET (self)));
  update_adjustment (self);
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

MemoSectorsTable *
memo_sectors_matrix_get_table (MemoSectorsMatrix *self)
{
  return self->table;
}

GtkAdjustment *
memo_sectors_matrix_get_vadjustment (MemoSectorsMatrix *self)
{
  return self->vadjustment;
}

guint
memo_sectors_matrix_get_row (MemoSectorsMatrix *self)
{
  return self->row;
}

char *
memo_sectors_matrix_dup_description (MemoSectorsMatrix *self, guint row, int column)
{
  const MemoSectorsRow *info = get_row (self, row);
  guint count = get_count (self, row, column);
  g_autofree char *counted = g_strdup_printf (ngettext ("%u agreement", "%u agreements", count), count);

  if (column >= 0 && column < get_n_columns (self))
    /* Translators: sector, then year or party or status, then "3 agreements". */
    return g_strdup_printf (_ ("%1$s, %2$s: %3$s"), info->name,
                            g_array_index (self->table->columns, MemoSectorsColumn, column).name, counted);
  /* Translators: sector, then "3 agreements". */
  return g_strdup_printf (_ ("%1$s: %2$s"), info->name, counted);
}
