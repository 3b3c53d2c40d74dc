#include "memo-reader-page.h"

#include "memo-reader-bar.h"

#define CARD_LEAST 170
#define CARD_MOST 240
#define GUTTER 26
#define EDGE 24
#define LEAST_COLUMN 400

struct _MemoReaderPage
{
  GtkWidget parent_instance;
  GtkWidget *scroller;
  MemoReaderText *text;
  MemoReaderMargin *margin;
  GtkWidget *bar;
  int column;
  glong bar_start, bar_end;
};

G_DEFINE_FINAL_TYPE (MemoReaderPage, memo_reader_page, GTK_TYPE_WIDGET)

static void
memo_reader_page_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  MemoReaderPage *self = MEMO_READER_PAGE (widget);

  gtk_widget_measure (self->scroller, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (*minimum, 240);
      *natural = MAX (*natural, self->column + 2 * EDGE);
    }
}

static void
place_bar (MemoReaderPage *self, int width, int height)
{
  GtkRequisition size;
  GdkRectangle at;
  int x, y;

  if (self->bar_start < 0 || !memo_reader_text_get_rectangle (self->text, self->bar_start, self->bar_end, &at) ||
      at.y + at.height < 0 || at.y > height)
    {
      gtk_widget_set_child_visible (self->bar, FALSE);
      return;
    }
  gtk_widget_get_preferred_size (self->bar, NULL, &size);
  size.width = MIN (size.width, MAX (width - 16, 1));
  x = CLAMP (at.x + at.width / 2 - size.width / 2, 8, MAX (width - size.width - 8, 8));
  y = at.y + at.height + 8;
  if (y + size.height > height - 8)
    y = at.y - size.height - 8;
  y = CLAMP (y, 8, MAX (height - size.height - 8, 8));
  gtk_widget_set_child_visible (self->bar, TRUE);
  gtk_widget_size_allocate (self->bar, &(GtkAllocation){ x, y, size.width, size.height }, -1);
}

static void
memo_reader_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MemoReaderPage *self = MEMO_READER_PAGE (widget);
  GtkTextView *view = GTK_TEXT_VIEW (self->text);
  gboolean cards = width >= LEAST_COLUMN + CARD_LEAST + GUTTER + 2 * EDGE;
  /* The column comes first: cards take a fifth and what it leaves. */
  int card = CLAMP (MAX (width / 5, width - self->column - GUTTER - 2 * EDGE), CARD_LEAST, CARD_MOST);
  int beside = cards ? GUTTER + card : 0;
  int column = MIN (self->column, width - beside - 2 * EDGE);
  int left = MAX ((width - column - beside) / 2, EDGE);
  int right = MAX (width - left - column, 0);
  int minimum;

  if (gtk_text_view_get_left_margin (view) != left)
    gtk_text_view_set_left_margin (view, left);
  if (gtk_text_view_get_right_margin (view) != right)
    gtk_text_view_set_right_margin (view, right);
  gtk_widget_measure (self->scroller, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_size_allocate (self->scroller, &(GtkAllocation){ 0, 0, MAX (width, minimum), height }, -1);
  gtk_widget_set_child_visible (GTK_WIDGET (self->margin), cards);
  if (cards)
    gtk_widget_size_allocate (GTK_WIDGET (self->margin), &(GtkAllocation){ left + column + GUTTER, 0, card, height },
                              -1);
  place_bar (self, width, height);
}

/* Scrolled, or another part of the text was laid out. */
static void
moved_cb (MemoReaderPage *self)
{
  memo_reader_margin_update (self->margin);
  if (self->bar_start >= 0)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
memo_reader_page_dispose (GObject *object)
{
  MemoReaderPage *self = MEMO_READER_PAGE (object);
  GtkWidget *margin = (GtkWidget *) self->margin;

  g_clear_pointer (&self->bar, gtk_widget_unparent);
  self->margin = NULL;
  g_clear_pointer (&margin, gtk_widget_unparent);
  if (self->scroller)
    {
      GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));

      g_signal_handlers_disconnect_by_data (adjustment, self);
    }
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (memo_reader_page_parent_class)->dispose (object);
}

static void
memo_reader_page_class_init (MemoReaderPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = memo_reader_page_dispose;
  widget_class->measure = memo_reader_page_measure;
  widget_class->size_allocate = memo_reader_page_size_allocate;
}

static void
memo_reader_page_init (MemoReaderPage *self)
{
  self->column = 680;
  self->bar_start = -1;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
}

MemoReaderPage *
memo_reader_page_new (MemoSession *session)
{
  MemoReaderPage *self = g_object_new (MEMO_TYPE_READER_PAGE, NULL);
  GtkAdjustment *adjustment;

  self->text = memo_reader_text_new ();
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->text));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  self->margin = memo_reader_margin_new (session, self->text);
  gtk_widget_set_parent (GTK_WIDGET (self->margin), GTK_WIDGET (self));
  self->bar = memo_reader_bar_new ();
  gtk_widget_set_child_visible (self->bar, FALSE);
  gtk_widget_set_parent (self->bar, GTK_WIDGET (self));
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (moved_cb), self);
  g_signal_connect_swapped (adjustment, "changed", G_CALLBACK (moved_cb), self);
  return self;
}

MemoReaderText *
memo_reader_page_get_text (MemoReaderPage *self)
{
  g_return_val_if_fail (MEMO_IS_READER_PAGE (self), NULL);
  return self->text;
}

MemoReaderMargin *
memo_reader_page_get_margin (MemoReaderPage *self)
{
  g_return_val_if_fail (MEMO_IS_READER_PAGE (self), NULL);
  return self->margin;
}

void
memo_reader_page_set_column (MemoReaderPage *self, int pixels)
{
  g_return_if_fail (MEMO_IS_READER_PAGE (self));
  if (self->column == pixels)
    return;
  self->column = pixels;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
memo_reader_page_set_bar (MemoReaderPage *self, glong start, glong end)
{
  g_return_if_fail (MEMO_IS_READER_PAGE (self));
  if (self->bar_start == start && self->bar_end == end)
    return;
  self->bar_start = start;
  self->bar_end = end;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
