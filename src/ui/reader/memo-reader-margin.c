#include "memo-reader-margin.h"

#include <glib/gi18n.h>

#include "memo-reader-card.h"

/* Cards beside one screen of text; more would only be a wall. */
#define MAX_CARDS 60
#define GAP 6

struct _MemoReaderMargin
{
  GtkWidget parent_instance;
  MemoSession *session;
  MemoReaderText *text;
  MemoReaderHighlights *highlights;
  GPtrArray *cards; /* of MemoReaderCard, by place; borrowed from the widget tree */
  guint update_id;
  gulong highlights_id;
  gulong shown_id;
};

G_DEFINE_FINAL_TYPE (MemoReaderMargin, memo_reader_margin, GTK_TYPE_WIDGET)

static gboolean
is_shown (MemoReaderMargin *self, MemoRecord *record)
{
  return g_strcmp0 (memo_session_get_shown (self->session), memo_record_get_uuid (record)) == 0;
}

static void
words_changed_cb (MemoReaderMargin *self, MemoReaderCard *card)
{
  gtk_widget_set_child_visible (GTK_WIDGET (card), TRUE);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static MemoReaderCard *
take_card (GPtrArray *cards, MemoRecord *record)
{
  for (guint i = 0; i < cards->len; i++)
    {
      MemoReaderCard *card = g_ptr_array_index (cards, i);

      if (g_str_equal (memo_record_get_uuid (memo_reader_card_get_record (card)), memo_record_get_uuid (record)))
        {
          g_ptr_array_remove_index (cards, i);
          return card;
        }
    }
  return NULL;
}

/* Cards for what is marked in [start, end), behind those that are there. */
static void
add_cards (MemoReaderMargin *self, GPtrArray *before, glong start, glong end)
{
  guint n = memo_reader_highlights_get_n (self->highlights);

  for (guint i = memo_reader_highlights_seek (self->highlights, start); i < n && self->cards->len < MAX_CARDS; i++)
    {
      const MemoHighlight *item = memo_reader_highlights_get (self->highlights, i);
      MemoReaderCard *card;

      if (item->start < 0 || item->start >= end)
        break;
      card = take_card (before, item->record);
      if (card == NULL)
        {
          card = memo_reader_card_new (self->session);
          g_signal_connect_object (card, "words-changed", G_CALLBACK (words_changed_cb), self, G_CONNECT_SWAPPED);
          gtk_widget_set_parent (GTK_WIDGET (card), GTK_WIDGET (self));
        }
      memo_reader_card_set_record (card, item->record);
      memo_reader_card_set_selected (card, is_shown (self, item->record));
      /* Tab goes through them in the order of the page. */
      gtk_widget_insert_after (GTK_WIDGET (card), GTK_WIDGET (self),
                               self->cards->len ? g_ptr_array_index (self->cards, self->cards->len - 1) : NULL);
      g_ptr_array_add (self->cards, card);
    }
}

void
memo_reader_margin_update (MemoReaderMargin *self)
{
  g_autoptr (GPtrArray) before = NULL;
  glong start, end;

  g_return_if_fail (MEMO_IS_READER_MARGIN (self));
  g_clear_handle_id (&self->update_id, g_source_remove);
  before = self->cards;
  self->cards = g_ptr_array_new ();
  if (self->highlights && gtk_widget_get_child_visible (GTK_WIDGET (self)))
    {
      if (memo_reader_text_get_visible (self->text, TRUE, &start, &end))
        add_cards (self, before, start, end);
      if (memo_reader_text_get_visible (self->text, FALSE, &start, &end))
        add_cards (self, before, start, end);
    }
  for (guint i = 0; i < before->len; i++)
    gtk_widget_unparent (g_ptr_array_index (before, i));
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static gboolean
update_cb (gpointer user_data)
{
  MemoReaderMargin *self = user_data;

  self->update_id = 0;
  memo_reader_margin_update (self);
  return G_SOURCE_REMOVE;
}

static void
queue_update (MemoReaderMargin *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_cb, self, NULL);
}

static void
memo_reader_margin_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  *minimum = 0;
  *natural = 0;
}

static void
memo_reader_margin_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MemoReaderMargin *self = MEMO_READER_MARGIN (widget);
  int free_y = G_MININT;

  for (guint i = 0; i < self->cards->len; i++)
    {
      MemoReaderCard *card = g_ptr_array_index (self->cards, i);
      MemoRecord *record = memo_reader_card_get_record (card);
      gint64 start = memo_record_get_int (record, MEMO_ANNOTATION_START);
      gint64 end = memo_record_get_int (record, MEMO_ANNOTATION_END);
      gboolean visible = start >= 0 && (memo_reader_card_has_words (card) || is_shown (self, record));
      GdkRectangle place;
      int minimum, natural, card_width, y;

      if (!visible || !memo_reader_text_get_rectangle (self->text, start, end, &place))
        {
          gtk_widget_set_child_visible (GTK_WIDGET (card), FALSE);
          continue;
        }
      gtk_widget_set_child_visible (GTK_WIDGET (card), TRUE);
      gtk_widget_measure (GTK_WIDGET (card), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      card_width = MAX (width, minimum);
      gtk_widget_measure (GTK_WIDGET (card), GTK_ORIENTATION_VERTICAL, card_width, NULL, &natural, NULL, NULL);
      y = MAX (place.y - 2, free_y);
      gtk_widget_size_allocate (GTK_WIDGET (card), &(GtkAllocation){ 0, y, card_width, natural }, -1);
      free_y = y + natural + GAP;
    }
}

static gboolean
scroll_cb (MemoReaderMargin *self, double dx, double dy)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->text));

  gtk_adjustment_set_value (adjustment,
                            gtk_adjustment_get_value (adjustment) + dy * gtk_adjustment_get_page_size (adjustment) / 8);
  return TRUE;
}

static gboolean
memo_reader_margin_contains (GtkWidget *widget, double x, double y)
{
  return TRUE;
}

static void
memo_reader_margin_dispose (GObject *object)
{
  MemoReaderMargin *self = MEMO_READER_MARGIN (object);
  GtkWidget *child;

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_signal_handler (&self->highlights_id, self->highlights);
  g_clear_signal_handler (&self->shown_id, self->session);
  g_ptr_array_set_size (self->cards, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  g_clear_object (&self->highlights);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (memo_reader_margin_parent_class)->dispose (object);
}

static void
memo_reader_margin_finalize (GObject *object)
{
  g_ptr_array_unref (MEMO_READER_MARGIN (object)->cards);
  G_OBJECT_CLASS (memo_reader_margin_parent_class)->finalize (object);
}

static void
memo_reader_margin_class_init (MemoReaderMarginClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = memo_reader_margin_dispose;
  G_OBJECT_CLASS (klass)->finalize = memo_reader_margin_finalize;
  widget_class->measure = memo_reader_margin_measure;
  widget_class->size_allocate = memo_reader_margin_size_allocate;
  widget_class->contains = memo_reader_margin_contains;
  gtk_widget_class_set_css_name (widget_class, "memomargin");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
memo_reader_margin_init (MemoReaderMargin *self)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  self->cards = g_ptr_array_new ();
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Annotations in the margin"),
                                  -1);
}

MemoReaderMargin *
memo_reader_margin_new (MemoSession *session, MemoReaderText *text)
{
  MemoReaderMargin *self = g_object_new (MEMO_TYPE_READER_MARGIN, NULL);

  self->session = g_object_ref (session);
  self->text = text; /* its sibling, which lives as long */
  self->shown_id = g_signal_connect_swapped (session, "notify::shown", G_CALLBACK (queue_update), self);
  return self;
}

void
memo_reader_margin_set (MemoReaderMargin *self, MemoReaderHighlights *highlights)
{
  g_return_if_fail (MEMO_IS_READER_MARGIN (self));
  g_clear_signal_handler (&self->highlights_id, self->highlights);
  g_set_object (&self->highlights, highlights);
  if (highlights)
    self->highlights_id = g_signal_connect_swapped (highlights, "changed", G_CALLBACK (queue_update), self);
  queue_update (self);
}

void
memo_reader_margin_refresh (MemoReaderMargin *self)
{
  g_return_if_fail (MEMO_IS_READER_MARGIN (self));
  for (guint i = 0; i < self->cards->len; i++)
    memo_reader_card_refresh (g_ptr_array_index (self->cards, i));
}
