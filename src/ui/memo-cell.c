#include "memo-cell.h"

#include "memo-compat.h"

#define ARROW 16
#define GAP 6
#define BAR_WIDTH 36
#define BAR_HEIGHT 8
#define DIM 0.55f
#define USUAL_LINE 19 /* pixels */
/* Narrower than this, in heights of its line, a cell is narrow. */
#define NARROW 16

struct _MemoCell
{
  GtkWidget parent_instance;
  MemoCellFill fill;
  gpointer user_data;
  guint lines, narrow_lines;
  char *text, *tip;
  const char *arrow_tip;
  double part;
  int indent, slack;
  MemoCellArrow arrow;
  gboolean dim, cut;
  gboolean stale;      /* to be filled */
  gboolean filling;    /* it is drawn in any case */
  GPtrArray *waiting;  /* where it stands; nullable */
  guint waiting_place; /* in it */
};

G_DEFINE_FINAL_TYPE (MemoCell, memo_cell, GTK_TYPE_WIDGET)

/* Cells that were out of sight when they were to be drawn, one array for each frame clock. */
static GQuark waiting_quark;

static gboolean
is_in_sight (MemoCell *self)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;

  if (!scroller)
    return TRUE;
  /* What is around it: the lines of a row come into sight together, for one may be placed by another. */
  return gtk_widget_compute_bounds (gtk_widget_get_parent (GTK_WIDGET (self)), scroller, &bounds) &&
         bounds.origin.y < gtk_widget_get_height (scroller) && bounds.origin.y + bounds.size.height > 0;
}

static void
stop_waiting (MemoCell *self)
{
  MemoCell *last;

  if (!self->waiting)
    return;
  last = g_ptr_array_index (self->waiting, self->waiting->len - 1);
  last->waiting_place = self->waiting_place;
  g_ptr_array_remove_index_fast (self->waiting, self->waiting_place);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
}

/* All have their places now, and nothing is drawn yet. */
static void
layout_cb (GdkFrameClock *clock, GPtrArray *waiting)
{
  for (guint i = waiting->len; i-- > 0;)
    {
      MemoCell *self = g_ptr_array_index (waiting, i);

      if (!is_in_sight (self))
        continue;
      stop_waiting (self);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
}

static void
wait_for_sight (MemoCell *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));
  GPtrArray *waiting;

  if (self->waiting || !clock)
    return;
  waiting = g_object_get_qdata (G_OBJECT (clock), waiting_quark);
  if (!waiting)
    {
      waiting = g_ptr_array_new ();
      g_object_set_qdata_full (G_OBJECT (clock), waiting_quark, waiting, (GDestroyNotify) g_ptr_array_unref);
      g_signal_connect (clock, "layout", G_CALLBACK (layout_cb), waiting);
    }
  self->waiting = g_ptr_array_ref (waiting);
  self->waiting_place = waiting->len;
  g_ptr_array_add (waiting, self);
}

static void
draw_arrow (MemoCell *self, GtkSnapshot *snapshot, const GdkRGBA *color, int height)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr (GtkIconPaintable) icon =
      gtk_icon_theme_lookup_icon (gtk_icon_theme_get_for_display (gtk_widget_get_display (widget)),
                                  self->arrow == MEMO_CELL_ARROW_OPEN ? "pan-down-symbolic" : "pan-end-symbolic", NULL,
                                  ARROW, gtk_widget_get_scale_factor (widget), gtk_widget_get_direction (widget),
                                  GTK_ICON_LOOKUP_FORCE_SYMBOLIC);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (self->indent, (height - ARROW) / 2));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, ARROW, ARROW, color, 1);
  gtk_snapshot_restore (snapshot);
}

static void
draw_bar (MemoCell *self, GtkSnapshot *snapshot, const GdkRGBA *color, int x, int height)
{
  graphene_rect_t whole = GRAPHENE_RECT_INIT (x, (height - BAR_HEIGHT) / 2, BAR_WIDTH, BAR_HEIGHT);
  GdkRGBA track = *color, accent = *color;
  GskRoundedRect shape;

  track.alpha *= 0.15f;
  memo_compat_get_accent (GTK_WIDGET (self), &accent);
  gsk_rounded_rect_init_from_rect (&shape, &whole, BAR_HEIGHT / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, &track, &whole);
  gtk_snapshot_append_color (snapshot, &accent,
                             &GRAPHENE_RECT_INIT (x, whole.origin.y, BAR_WIDTH * self->part, BAR_HEIGHT));
  gtk_snapshot_pop (snapshot);
}

/* (transfer none) A word that is broken gets no hyphen, which would be read as its own. */
static PangoAttrList *
get_attributes (void)
{
  static PangoAttrList *attributes;

  if (!attributes)
    {
      attributes = pango_attr_list_new ();
      pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
    }
  return attributes;
}

static void
memo_cell_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MemoCell *self = MEMO_CELL (widget);
  int x, text_width = 0, text_height = 0, width = gtk_widget_get_width (widget),
         height = gtk_widget_get_height (widget);
  GdkRGBA color;

  if (!is_in_sight (self))
    {
      wait_for_sight (self);
      return;
    }
  if (self->stale)
    {
      self->stale = FALSE;
      self->filling = TRUE;
      self->fill (self, self->user_data);
      self->filling = FALSE;
    }
  memo_compat_get_color (widget, &color);
  self->slack = 0;
  if (self->arrow > MEMO_CELL_ARROW_ROOM)
    draw_arrow (self, snapshot, &color, height);
  x = self->indent + (self->arrow != MEMO_CELL_ARROW_NONE ? ARROW + GAP : 0);
  if (self->text && self->text[0] && x < width)
    {
      g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, self->text);
      GdkRGBA ink = color;

      if (self->dim)
        ink.alpha *= DIM;
      pango_layout_set_width (layout, (width - x) * PANGO_SCALE);
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
      pango_layout_set_attributes (layout, get_attributes ());
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_height (layout, height * PANGO_SCALE);
      pango_layout_get_pixel_size (layout, &text_width, &text_height);
      self->cut = pango_layout_is_ellipsized (layout);
      self->slack = MAX (height - text_height, 0);
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, (height - text_height) / 2));
      gtk_snapshot_append_layout (snapshot, layout, &ink);
      gtk_snapshot_restore (snapshot);
    }
  if (self->part >= 0 && x + text_width + GAP + BAR_WIDTH <= width)
    draw_bar (self, snapshot, &color, width - BAR_WIDTH, height);
}

/* In pixels. Metrics cost a look at the fonts, and the cells of a list have the same few. */
static int
get_line_height (PangoContext *context)
{
  static GHashTable *heights; /* font with resolution → pixels */
  g_autofree char *font = pango_font_description_to_string (pango_context_get_font_description (context));
  g_autofree char *key = g_strdup_printf ("%s %g", font, pango_cairo_context_get_resolution (context));
  int height;

  if (!heights)
    heights = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  height = GPOINTER_TO_INT (g_hash_table_lookup (heights, key));
  if (height == 0)
    {
      PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);

      height = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));
      pango_font_metrics_unref (metrics);
      g_hash_table_insert (heights, g_steal_pointer (&key), GINT_TO_POINTER (height));
    }
  return height;
}

static void
memo_cell_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  MemoCell *self = MEMO_CELL (widget);
  int line_height;

  if (orientation == GTK_ORIENTATION_HORIZONTAL || self->lines == 0)
    return;
  line_height = get_line_height (gtk_widget_get_pango_context (widget));
  *minimum = *natural =
      (for_size >= 0 && for_size < NARROW * line_height ? self->narrow_lines : self->lines) * line_height;
}

static GtkSizeRequestMode
memo_cell_get_request_mode (GtkWidget *widget)
{
  return MEMO_CELL (widget)->lines != MEMO_CELL (widget)->narrow_lines ? GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH
                                                                       : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static gboolean
memo_cell_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  MemoCell *self = MEMO_CELL (widget);
  const char *tip = memo_cell_is_on_arrow (self, x) ? self->arrow_tip
                    : self->tip                     ? self->tip
                    : self->cut                     ? self->text
                                                    : NULL;

  if (!tip)
    return FALSE;
  gtk_tooltip_set_text (tooltip, tip);
  return TRUE;
}

static void
memo_cell_unmap (GtkWidget *widget)
{
  stop_waiting (MEMO_CELL (widget));
  GTK_WIDGET_CLASS (memo_cell_parent_class)->unmap (widget);
}

static void
memo_cell_finalize (GObject *object)
{
  MemoCell *self = MEMO_CELL (object);

  stop_waiting (self);
  g_free (self->text);
  g_free (self->tip);
  G_OBJECT_CLASS (memo_cell_parent_class)->finalize (object);
}

static void
memo_cell_class_init (MemoCellClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  waiting_quark = g_quark_from_static_string ("memo-cells-waiting");
  G_OBJECT_CLASS (class)->finalize = memo_cell_finalize;
  widget_class->snapshot = memo_cell_snapshot;
  widget_class->get_request_mode = memo_cell_get_request_mode;
  widget_class->measure = memo_cell_measure;
  widget_class->query_tooltip = memo_cell_query_tooltip;
  widget_class->unmap = memo_cell_unmap;
  gtk_widget_class_set_css_name (widget_class, "memo-cell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
memo_cell_init (MemoCell *self)
{
  self->part = -1;
  self->stale = TRUE;
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

GtkWidget *
memo_cell_new (guint lines, guint narrow_lines, MemoCellFill fill, gpointer user_data)
{
  MemoCell *self = g_object_new (MEMO_TYPE_CELL, NULL);

  self->lines = lines;
  self->narrow_lines = narrow_lines;
  self->fill = fill;
  self->user_data = user_data;
  return GTK_WIDGET (self);
}

static void
redraw (MemoCell *self)
{
  if (!self->filling && !self->waiting)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
memo_cell_refill (MemoCell *self)
{
  g_return_if_fail (MEMO_IS_CELL (self));
  self->stale = TRUE;
  redraw (self);
}

void
memo_cell_set_text (MemoCell *self, const char *text, gboolean dim)
{
  g_return_if_fail (MEMO_IS_CELL (self));
  self->dim = dim;
  self->cut = FALSE;
  g_clear_pointer (&self->tip, g_free);
  /* Also where the text is the same: other words may have been set for it. */
  memo_cell_set_spoken (self, text);
  redraw (self);
  if (g_strcmp0 (self->text, text) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text);
}

const char *
memo_cell_get_text (MemoCell *self)
{
  g_return_val_if_fail (MEMO_IS_CELL (self), NULL);
  return self->text;
}

int
memo_cell_get_slack (MemoCell *self)
{
  g_return_val_if_fail (MEMO_IS_CELL (self), 0);
  return self->slack;
}

void
memo_cell_set_tip (MemoCell *self, const char *tip)
{
  g_return_if_fail (MEMO_IS_CELL (self));
  g_free (self->tip);
  self->tip = g_strdup (tip);
}

void
memo_cell_set_spoken (MemoCell *self, const char *spoken)
{
  g_return_if_fail (MEMO_IS_CELL (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken ? spoken : "", -1);
}

void
memo_cell_set_arrow (MemoCell *self, MemoCellArrow arrow, int indent, const char *tip)
{
  g_return_if_fail (MEMO_IS_CELL (self));
  self->arrow = arrow;
  self->indent = indent;
  self->arrow_tip = tip;
  if (arrow > MEMO_CELL_ARROW_ROOM)
    gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, arrow == MEMO_CELL_ARROW_OPEN,
                                 -1);
  else
    gtk_accessible_reset_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED);
  redraw (self);
}

void
memo_cell_set_part (MemoCell *self, double part)
{
  g_return_if_fail (MEMO_IS_CELL (self));
  self->part = part;
  redraw (self);
}

gboolean
memo_cell_is_on_arrow (MemoCell *self, double x)
{
  g_return_val_if_fail (MEMO_IS_CELL (self), FALSE);
  return self->arrow > MEMO_CELL_ARROW_ROOM && x >= self->indent && x < self->indent + ARROW + GAP;
}

int
memo_cell_scale (GtkWidget *widget, int pixels)
{
  return pixels * get_line_height (gtk_widget_get_pango_context (widget)) / USUAL_LINE;
}
