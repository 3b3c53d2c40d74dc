#include "memo-reader-pair.h"

#include <math.h>

#include "memo-reader-buffer.h"

struct _MemoReaderPair
{
  GtkWidget parent_instance;
  MemoSession *session;
  GtkWidget *paned;
  MemoReader *readers[2]; /* the second is NULL while nothing is compared */
  gboolean following;
  guint settle_id;
};

G_DEFINE_FINAL_TYPE (MemoReaderPair, memo_reader_pair, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_TITLE,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

/* Numbers of the blocks at which sections begin, from 0 to the end of the body. (transfer full) of guint */
static GArray *
find_sections (GArray *blocks)
{
  GArray *sections = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = 0, none = 0;

  g_array_append_val (sections, none);
  for (guint i = 0; i < blocks->len; i++)
    {
      MemoBlock *block = &g_array_index (blocks, MemoBlock, i);

      if (block->type == MEMO_BLOCK_FOOTNOTE || block->type == MEMO_BLOCK_SUMMARY)
        continue;
      if (block->type == MEMO_BLOCK_HEADING && i > 0)
        g_array_append_val (sections, i);
      n = i + 1;
    }
  g_array_append_val (sections, n);
  return sections;
}

double
memo_reader_pair_map (GArray *from, GArray *to, double position)
{
  g_autoptr (GArray) a = find_sections (from);
  g_autoptr (GArray) b = find_sections (to);
  guint i = 0;
  double start, length, other_start, other_length;

  if (a->len != b->len)
    {
      guint last_a = g_array_index (a, guint, a->len - 1), last_b = g_array_index (b, guint, b->len - 1);

      return last_a ? position * last_b / last_a : 0;
    }
  while (i + 2 < a->len && position >= g_array_index (a, guint, i + 1))
    i++;
  start = g_array_index (a, guint, i);
  length = g_array_index (a, guint, i + 1) - start;
  other_start = g_array_index (b, guint, i);
  other_length = g_array_index (b, guint, i + 1) - other_start;
  return length > 0 ? other_start + (position - start) * other_length / length : other_start;
}

static MemoReaderBuffer *
get_buffer (MemoReader *reader)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (memo_reader_get_view (reader));

  return MEMO_IS_READER_BUFFER (buffer) ? MEMO_READER_BUFFER (buffer) : NULL;
}

static GtkAdjustment *
get_adjustment (MemoReader *reader)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (memo_reader_get_view (reader)));
}

/* Top and height of the lines of block number @index of the body. */
static gboolean
get_block_place (MemoReader *reader, guint index, int *ret_y, int *ret_height)
{
  MemoReaderBuffer *buffer = get_buffer (reader);
  GArray *blocks = memo_reader_buffer_get_blocks (buffer);
  GtkTextIter iter;

  if (index >= blocks->len)
    return FALSE;
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (buffer), &iter,
                                      memo_reader_buffer_from_text (buffer,
                                                                    g_array_index (blocks, MemoBlock, index).start));
  gtk_text_view_get_line_yrange (memo_reader_get_view (reader), &iter, ret_y, ret_height);
  return TRUE;
}

/* -1 above the body. */
static double
get_position (MemoReader *reader)
{
  MemoReaderBuffer *buffer = get_buffer (reader);
  GtkTextView *view = memo_reader_get_view (reader);
  GArray *blocks = memo_reader_buffer_get_blocks (buffer);
  GdkRectangle visible;
  GtkTextIter iter;
  int y, height, summary_from, summary_to, offset;
  glong place;
  guint low = 0, high = blocks->len;

  gtk_text_view_get_visible_rect (view, &visible);
  gtk_text_view_get_line_at_y (view, &iter, visible.y, NULL);
  offset = gtk_text_iter_get_offset (&iter);
  if (memo_reader_buffer_get_summary (buffer, &summary_from, &summary_to) && offset <= summary_to)
    return -1;
  place = memo_reader_buffer_to_text (buffer, offset);
  if (place < 0)
    return -1;
  while (low < high)
    {
      guint middle = (low + high) / 2;

      if ((glong) g_array_index (blocks, MemoBlock, middle).end <= place)
        low = middle + 1;
      else
        high = middle;
    }
  if (!get_block_place (reader, low, &y, &height) || height <= 0)
    return -1;
  if (low == 0 && visible.y < y)
    return -1;
  return low + CLAMP ((double) (visible.y - y) / height, 0, 0.999);
}

static void
set_position (MemoReader *reader, double position)
{
  int y, height;
  guint index = (guint) floor (position);

  if (get_block_place (reader, index, &y, &height))
    gtk_adjustment_set_value (get_adjustment (reader), y + (position - index) * height);
}

static void
follow (MemoReaderPair *self, guint leader)
{
  MemoReader *from = self->readers[leader], *to = self->readers[1 - leader];
  double position;

  if (self->following || from == NULL || to == NULL || get_buffer (from) == NULL || get_buffer (to) == NULL)
    return;
  position = get_position (from);
  self->following = TRUE;
  if (position < 0)
    gtk_adjustment_set_value (get_adjustment (to), gtk_adjustment_get_value (get_adjustment (from)));
  else
    set_position (to, memo_reader_pair_map (memo_reader_buffer_get_blocks (get_buffer (from)),
                                            memo_reader_buffer_get_blocks (get_buffer (to)), position));
  self->following = FALSE;
}

static void
first_scrolled_cb (MemoReaderPair *self)
{
  follow (self, 0);
}

static void
second_scrolled_cb (MemoReaderPair *self)
{
  follow (self, 1);
}

static gboolean
settle_cb (gpointer user_data)
{
  MemoReaderPair *self = user_data;

  self->settle_id = 0;
  follow (self, 0);
  return G_SOURCE_REMOVE;
}

/* The other version is there: it goes where the first is read. */
static void
other_titled_cb (MemoReaderPair *self)
{
  g_clear_handle_id (&self->settle_id, g_source_remove);
  self->settle_id = g_timeout_add (150, settle_cb, self);
}

static void
titled_cb (MemoReaderPair *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TITLE]);
}

static void
compare_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *uuid = g_variant_get_string (parameter, NULL);

  memo_reader_pair_compare (MEMO_READER_PAIR (widget), uuid[0] ? uuid : NULL);
}

static void
memo_reader_pair_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MemoReaderPair *self = MEMO_READER_PAIR (object);

  if (id == PROP_TITLE)
    g_value_set_string (value, self->readers[0] ? memo_reader_get_title (self->readers[0]) : NULL);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static gboolean
memo_reader_pair_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (MEMO_READER_PAIR (widget)->readers[0]));
}

static void
memo_reader_pair_dispose (GObject *object)
{
  MemoReaderPair *self = MEMO_READER_PAIR (object);

  g_clear_handle_id (&self->settle_id, g_source_remove);
  memo_reader_pair_compare (self, NULL);
  if (self->readers[0])
    {
      g_signal_handlers_disconnect_by_data (self->readers[0], self);
      g_signal_handlers_disconnect_by_data (get_adjustment (self->readers[0]), self);
    }
  self->readers[0] = NULL;
  g_clear_pointer (&self->paned, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (memo_reader_pair_parent_class)->dispose (object);
}

static void
memo_reader_pair_class_init (MemoReaderPairClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = memo_reader_pair_dispose;
  object_class->get_property = memo_reader_pair_get_property;
  widget_class->grab_focus = memo_reader_pair_grab_focus;
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "pair.compare", "s", compare_action);
}

static void
memo_reader_pair_init (MemoReaderPair *self)
{
}

MemoReaderPair *
memo_reader_pair_new (MemoSession *session)
{
  MemoReaderPair *self = g_object_new (MEMO_TYPE_READER_PAIR, NULL);

  self->session = g_object_ref (session);
  self->paned = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  self->readers[0] = memo_reader_new (session);
  gtk_paned_set_start_child (GTK_PANED (self->paned), GTK_WIDGET (self->readers[0]));
  gtk_paned_set_shrink_start_child (GTK_PANED (self->paned), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (self->paned), FALSE);
  gtk_widget_set_parent (self->paned, GTK_WIDGET (self));
  g_signal_connect_swapped (self->readers[0], "notify::title", G_CALLBACK (titled_cb), self);
  g_signal_connect_swapped (get_adjustment (self->readers[0]), "value-changed", G_CALLBACK (first_scrolled_cb), self);
  return self;
}

MemoReader *
memo_reader_pair_get_reader (MemoReaderPair *self)
{
  g_return_val_if_fail (MEMO_IS_READER_PAIR (self), NULL);
  return self->readers[0];
}

MemoReader *
memo_reader_pair_get_other (MemoReaderPair *self)
{
  g_return_val_if_fail (MEMO_IS_READER_PAIR (self), NULL);
  return self->readers[1];
}

void
memo_reader_pair_compare (MemoReaderPair *self, const char *uuid)
{
  g_return_if_fail (MEMO_IS_READER_PAIR (self));
  if (uuid == NULL)
    {
      if (self->readers[1] == NULL)
        return;
      g_signal_handlers_disconnect_by_data (self->readers[1], self);
      g_signal_handlers_disconnect_by_data (get_adjustment (self->readers[1]), self);
      self->readers[1] = NULL;
      gtk_paned_set_end_child (GTK_PANED (self->paned), NULL);
      return;
    }
  if (self->readers[1] == NULL)
    {
      self->readers[1] = memo_reader_new (self->session);
      gtk_paned_set_end_child (GTK_PANED (self->paned), GTK_WIDGET (self->readers[1]));
      gtk_paned_set_position (GTK_PANED (self->paned), gtk_widget_get_width (GTK_WIDGET (self)) / 2);
      g_signal_connect_swapped (self->readers[1], "notify::title", G_CALLBACK (other_titled_cb), self);
      g_signal_connect_swapped (get_adjustment (self->readers[1]), "value-changed", G_CALLBACK (second_scrolled_cb),
                                self);
    }
  memo_reader_open (self->readers[1], uuid, -1, -1);
}
