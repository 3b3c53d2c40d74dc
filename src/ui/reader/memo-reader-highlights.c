#include "memo-reader-highlights.h"

struct _MemoReaderHighlights
{
  GObject parent_instance;
  MemoReaderBuffer *buffer;
  GArray *items;  /* of MemoHighlight */
  guint anchored; /* items with a place; the orphans follow */
  glong longest;
  GtkTextTag *tags[MEMO_N_COLORS];
  glong told_start, told_end; /* where the tags are */
};

G_DEFINE_FINAL_TYPE (MemoReaderHighlights, memo_reader_highlights, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

const char *const memo_reader_colors[MEMO_N_COLORS + 1] = { "yellow", "green", "blue", "pink", "purple", NULL };

static const char *const backgrounds[2][MEMO_N_COLORS] = {
  { "#fdeea0", "#c9edc9", "#cfe2fc", "#fbd2e0", "#e2d3f8" },
  { "#5a4d10", "#1e4c2a", "#1c436f", "#63273e", "#473079" },
};
static const char *const strong[2][MEMO_N_COLORS] = {
  { "#c59b00", "#2c9a54", "#2f7fe0", "#cf4c86", "#8b4bb0" },
  { "#e6bb1b", "#4fc97c", "#6ea9ee", "#ee86ac", "#bd94ea" },
};
guint
memo_reader_color_find (const char *name)
{
  for (guint i = 0; i < MEMO_N_COLORS; i++)
    if (g_strcmp0 (memo_reader_colors[i], name) == 0)
      return i;
  return 0;
}

void
memo_reader_color_get_strong (guint color, gboolean dark, GdkRGBA *ret_rgba)
{
  g_return_if_fail (color < MEMO_N_COLORS);
  gdk_rgba_parse (ret_rgba, strong[dark ? 1 : 0][color]);
}

void
memo_reader_color_get_fill (guint color, gboolean dark, GdkRGBA *ret_rgba)
{
  g_return_if_fail (color < MEMO_N_COLORS);
  gdk_rgba_parse (ret_rgba, backgrounds[dark ? 1 : 0][color]);
}

static void
highlight_clear (gpointer data)
{
  MemoHighlight *item = data;

  g_clear_object (&item->record);
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const MemoHighlight *x = a, *y = b;

  if ((x->start < 0) != (y->start < 0))
    return x->start < 0 ? 1 : -1;
  if (x->start != y->start)
    return x->start < y->start ? -1 : 1;
  if (x->end != y->end)
    return x->end > y->end ? -1 : 1;
  return memo_record_get_id (x->record) < memo_record_get_id (y->record) ? -1 : 1;
}

static MemoHighlight
make_item (MemoRecord *record)
{
  MemoHighlight item = { g_object_ref (record), -1, -1, 0 };
  gint64 start = memo_record_get_int (record, MEMO_ANNOTATION_START);
  gint64 end = memo_record_get_int (record, MEMO_ANNOTATION_END);

  item.color = memo_reader_color_find (memo_record_get_text (record, MEMO_ANNOTATION_COLOR));
  if (start != MEMO_UNSET && end != MEMO_UNSET && start >= 0 && end > start &&
      g_strcmp0 (memo_record_get_text (record, MEMO_ANNOTATION_STATE), "orphan") != 0)
    {
      item.start = start;
      item.end = end;
    }
  return item;
}

typedef struct
{
  MemoReaderHighlights *self;
  GtkTextTag *tag; /* NULL: take all off */
} Telling;

static void
tell_range (int from, int to, gpointer user_data)
{
  Telling *telling = user_data;
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (telling->self->buffer);
  GtkTextIter a, b;

  gtk_text_buffer_get_iter_at_offset (buffer, &a, from);
  gtk_text_buffer_get_iter_at_offset (buffer, &b, to);
  if (telling->tag)
    gtk_text_buffer_apply_tag (buffer, telling->tag, &a, &b);
  for (guint i = 0; telling->tag == NULL && i < MEMO_N_COLORS; i++)
    gtk_text_buffer_remove_tag (buffer, telling->self->tags[i], &a, &b);
}

static void
tell_run (const MemoHighlightRun *run, gpointer user_data)
{
  MemoReaderHighlights *self = user_data;
  Telling telling = { self, self->tags[run->top->color] };

  memo_reader_buffer_foreach (self->buffer, run->start, run->end, tell_range, &telling);
}

static void
tell (MemoReaderHighlights *self)
{
  if (self->told_end > self->told_start)
    memo_reader_highlights_foreach_run (self, self->told_start, self->told_end, tell_run, self);
}

static void
tell_nothing (MemoReaderHighlights *self)
{
  Telling telling = { self, NULL };

  if (self->told_end > self->told_start)
    memo_reader_buffer_foreach (self->buffer, self->told_start, self->told_end, tell_range, &telling);
}

/* Order, number of anchored ones, longest. */
static void
settle (MemoReaderHighlights *self)
{
  g_array_sort (self->items, compare_items);
  self->longest = 0;
  self->anchored = 0;
  for (guint i = 0; i < self->items->len; i++)
    {
      MemoHighlight *item = &g_array_index (self->items, MemoHighlight, i);

      if (item->start < 0)
        break;
      self->anchored++;
      self->longest = MAX (self->longest, item->end - item->start);
    }
}

static void
memo_reader_highlights_finalize (GObject *object)
{
  MemoReaderHighlights *self = MEMO_READER_HIGHLIGHTS (object);

  g_clear_object (&self->buffer);
  g_clear_pointer (&self->items, g_array_unref);
  G_OBJECT_CLASS (memo_reader_highlights_parent_class)->finalize (object);
}

static void
memo_reader_highlights_class_init (MemoReaderHighlightsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = memo_reader_highlights_finalize;
  signals[CHANGED] =
      g_signal_new ("changed", MEMO_TYPE_READER_HIGHLIGHTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
memo_reader_highlights_init (MemoReaderHighlights *self)
{
  self->items = g_array_new (FALSE, FALSE, sizeof (MemoHighlight));
  g_array_set_clear_func (self->items, highlight_clear);
}

MemoReaderHighlights *
memo_reader_highlights_new (MemoReaderBuffer *buffer)
{
  MemoReaderHighlights *self = g_object_new (MEMO_TYPE_READER_HIGHLIGHTS, NULL);

  self->buffer = g_object_ref (buffer);
  for (guint i = 0; i < MEMO_N_COLORS; i++)
    {
      g_autofree char *name = g_strconcat ("highlight-", memo_reader_colors[i], NULL);

      self->tags[i] = gtk_text_buffer_create_tag (GTK_TEXT_BUFFER (buffer), name, NULL);
    }
  memo_reader_highlights_set_dark (self, FALSE);
  return self;
}

void
memo_reader_highlights_set_dark (MemoReaderHighlights *self, gboolean dark)
{
  g_return_if_fail (MEMO_IS_READER_HIGHLIGHTS (self));
  for (guint i = 0; i < MEMO_N_COLORS; i++)
    {
      GdkRGBA fill;

      memo_reader_color_get_fill (i, dark, &fill);
      g_object_set (self->tags[i], "background-rgba", &fill, NULL);
    }
}

void
memo_reader_highlights_set_records (MemoReaderHighlights *self, GPtrArray *annotations)
{
  g_return_if_fail (MEMO_IS_READER_HIGHLIGHTS (self));
  tell_nothing (self);
  g_array_set_size (self->items, 0);
  for (guint i = 0; i < annotations->len; i++)
    {
      MemoHighlight item = make_item (g_ptr_array_index (annotations, i));

      g_array_append_val (self->items, item);
    }
  settle (self);
  tell (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
memo_reader_highlights_update (MemoReaderHighlights *self, gint64 id, MemoRecord *record)
{
  gboolean known = FALSE;

  g_return_if_fail (MEMO_IS_READER_HIGHLIGHTS (self));
  if (record && (memo_record_get_deleted (record) != 0 ||
                 g_strcmp0 (memo_record_get_text (record, MEMO_ANNOTATION_ARTICLE),
                            memo_record_get_uuid (memo_reader_buffer_get_article (self->buffer))) != 0))
    record = NULL;
  for (guint i = 0; i < self->items->len; i++)
    {
      MemoHighlight *item = &g_array_index (self->items, MemoHighlight, i);

      if (memo_record_get_id (item->record) != id)
        continue;
      g_array_remove_index (self->items, i);
      known = TRUE;
      break;
    }
  if (!known && record == NULL)
    return;
  if (record)
    {
      MemoHighlight item = make_item (record);

      g_array_append_val (self->items, item);
    }
  settle (self);
  tell_nothing (self);
  tell (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

guint
memo_reader_highlights_get_n (MemoReaderHighlights *self)
{
  g_return_val_if_fail (MEMO_IS_READER_HIGHLIGHTS (self), 0);
  return self->items->len;
}

const MemoHighlight *
memo_reader_highlights_get (MemoReaderHighlights *self, guint position)
{
  g_return_val_if_fail (MEMO_IS_READER_HIGHLIGHTS (self), NULL);
  g_return_val_if_fail (position < self->items->len, NULL);
  return &g_array_index (self->items, MemoHighlight, position);
}

guint
memo_reader_highlights_seek (MemoReaderHighlights *self, glong offset)
{
  guint low = 0, high;

  g_return_val_if_fail (MEMO_IS_READER_HIGHLIGHTS (self), 0);
  high = self->anchored;
  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (self->items, MemoHighlight, middle).start < offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

void
memo_reader_highlights_foreach (MemoReaderHighlights *self,
                                glong start,
                                glong end,
                                MemoHighlightFunc func,
                                gpointer user_data)
{
  g_return_if_fail (MEMO_IS_READER_HIGHLIGHTS (self));
  for (guint i = memo_reader_highlights_seek (self, start - self->longest); i < self->anchored; i++)
    {
      MemoHighlight *item = &g_array_index (self->items, MemoHighlight, i);

      if (item->start >= end)
        break;
      if (item->end > start)
        func (item, user_data);
    }
}

void
memo_reader_highlights_foreach_run (MemoReaderHighlights *self,
                                    glong start,
                                    glong end,
                                    MemoHighlightRunFunc func,
                                    gpointer user_data)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new ();
  guint next;
  glong at;

  g_return_if_fail (MEMO_IS_READER_HIGHLIGHTS (self));
  next = memo_reader_highlights_seek (self, start - self->longest);
  for (at = start; at < end;)
    {
      MemoHighlightRun run = { .start = at, .end = end };
      const MemoHighlight *item;

      for (; next < self->anchored; next++)
        {
          item = &g_array_index (self->items, MemoHighlight, next);
          if (item->start > at)
            {
              run.end = MIN (run.end, item->start);
              break;
            }
          if (item->end > at)
            g_ptr_array_add (open, (gpointer) item);
        }
      /* In order of start: the last that is still open is on top. Those that end below it go when they come to the top. */
      while (open->len > 0 && ((MemoHighlight *) g_ptr_array_index (open, open->len - 1))->end <= at)
        g_ptr_array_set_size (open, open->len - 1);
      for (guint i = open->len; run.under == NULL && i-- > 0;)
        {
          item = g_ptr_array_index (open, i);
          if (item->end <= at)
            continue;
          run.end = MIN (run.end, item->end);
          if (run.top == NULL)
            run.top = item;
          else
            run.under = item;
        }
      if (run.top)
        func (&run, user_data);
      at = run.end;
    }
}

void
memo_reader_highlights_tell (MemoReaderHighlights *self, glong start, glong end)
{
  g_return_if_fail (MEMO_IS_READER_HIGHLIGHTS (self));
  if (start == self->told_start && end == self->told_end)
    return;
  tell_nothing (self);
  self->told_start = start;
  self->told_end = end;
  tell (self);
}

static void
take_inner (const MemoHighlight *highlight, gpointer user_data)
{
  const MemoHighlight **inner = user_data;

  if (*inner == NULL || highlight->end - highlight->start <= (*inner)->end - (*inner)->start)
    *inner = highlight;
}

const MemoHighlight *
memo_reader_highlights_get_at (MemoReaderHighlights *self, glong offset)
{
  const MemoHighlight *inner = NULL;

  memo_reader_highlights_foreach (self, offset, offset + 1, take_inner, &inner);
  return inner;
}

const MemoHighlight *
memo_reader_highlights_get_by_uuid (MemoReaderHighlights *self, const char *uuid)
{
  g_return_val_if_fail (MEMO_IS_READER_HIGHLIGHTS (self), NULL);
  for (guint i = 0; uuid && i < self->items->len; i++)
    {
      MemoHighlight *item = &g_array_index (self->items, MemoHighlight, i);

      if (g_str_equal (memo_record_get_uuid (item->record), uuid))
        return item;
    }
  return NULL;
}
