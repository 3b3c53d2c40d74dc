#include "memo-reader-highlights.h"

struct _MemoReaderHighlights
{
  GObject parent_instance;
  MemoReaderBuffer *buffer;
  GArray *items;  /* of MemoHighlight */
  guint anchored; /* items with a place; the orphans follow */
  glong longest;
  GtkTextTag *tags[MEMO_N_COLORS][2]; /* plain, over another */
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
/* What tells the colours apart without colour. (No colour for the line above: GTK 4.8 frees "overline-rgba" twice.) */
static const struct
{
  PangoUnderline under;
  PangoOverline over;
} lines[MEMO_N_COLORS] = {
  { PANGO_UNDERLINE_SINGLE, PANGO_OVERLINE_NONE },   { PANGO_UNDERLINE_DOUBLE, PANGO_OVERLINE_NONE },
  { PANGO_UNDERLINE_NONE, PANGO_OVERLINE_SINGLE },   { PANGO_UNDERLINE_ERROR, PANGO_OVERLINE_NONE },
  { PANGO_UNDERLINE_SINGLE, PANGO_OVERLINE_SINGLE },
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
  MemoHighlight item = { g_object_ref (record), -1, -1, 0, FALSE };
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
} Paint;

static void
paint_range (int from, int to, gpointer user_data)
{
  Paint *paint = user_data;
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (paint->self->buffer);
  GtkTextIter a, b;

  gtk_text_buffer_get_iter_at_offset (buffer, &a, from);
  gtk_text_buffer_get_iter_at_offset (buffer, &b, to);
  if (paint->tag)
    {
      gtk_text_buffer_apply_tag (buffer, paint->tag, &a, &b);
      return;
    }
  for (guint i = 0; i < MEMO_N_COLORS; i++)
    for (guint over = 0; over < 2; over++)
      gtk_text_buffer_remove_tag (buffer, paint->self->tags[i][over], &a, &b);
}

static void
paint_item (MemoReaderHighlights *self, MemoHighlight *item)
{
  Paint paint = { self, self->tags[item->color][item->over] };

  memo_reader_buffer_foreach (self->buffer, item->start, item->end, paint_range, &paint);
}

static void
paint_nothing (MemoReaderHighlights *self, glong start, glong end)
{
  Paint paint = { self, NULL };

  memo_reader_buffer_foreach (self->buffer, start, end, paint_range, &paint);
}

/* Order, number of anchored ones, longest, and which lie over which: one walk. */
static void
settle (MemoReaderHighlights *self)
{
  glong reach = -1;

  g_array_sort (self->items, compare_items);
  self->longest = 0;
  self->anchored = 0;
  for (guint i = 0; i < self->items->len; i++)
    {
      MemoHighlight *item = &g_array_index (self->items, MemoHighlight, i);

      if (item->start < 0)
        break;
      self->anchored++;
      item->over = item->start < reach;
      reach = MAX (reach, item->end);
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
  /* Later tags win, so those for what lies over another come last. */
  for (guint over = 0; over < 2; over++)
    for (guint i = 0; i < MEMO_N_COLORS; i++)
      {
        g_autofree char *name = g_strconcat ("highlight-", memo_reader_colors[i], over ? "-over" : NULL, NULL);

        self->tags[i][over] = gtk_text_buffer_create_tag (GTK_TEXT_BUFFER (buffer), name, "underline", lines[i].under,
                                                          "overline", lines[i].over, NULL);
      }
  memo_reader_highlights_set_dark (self, FALSE);
  return self;
}

void
memo_reader_highlights_set_dark (MemoReaderHighlights *self, gboolean dark)
{
  g_return_if_fail (MEMO_IS_READER_HIGHLIGHTS (self));
  for (guint over = 0; over < 2; over++)
    for (guint i = 0; i < MEMO_N_COLORS; i++)
      {
        GdkRGBA background, line;

        gdk_rgba_parse (&background, backgrounds[dark ? 1 : 0][i]);
        gdk_rgba_parse (&line, strong[dark ? 1 : 0][i]);
        g_object_set (self->tags[i][over], "background-rgba", &background, "underline-rgba", &line, NULL);
      }
}

void
memo_reader_highlights_set_records (MemoReaderHighlights *self, GPtrArray *annotations)
{
  g_return_if_fail (MEMO_IS_READER_HIGHLIGHTS (self));
  if (self->anchored > 0)
    {
      Paint paint = { self, NULL };

      paint_range (0, gtk_text_buffer_get_char_count (GTK_TEXT_BUFFER (self->buffer)), &paint);
    }
  g_array_set_size (self->items, 0);
  for (guint i = 0; i < annotations->len; i++)
    {
      MemoHighlight item = make_item (g_ptr_array_index (annotations, i));

      g_array_append_val (self->items, item);
    }
  settle (self);
  for (guint i = 0; i < self->anchored; i++)
    paint_item (self, &g_array_index (self->items, MemoHighlight, i));
  g_signal_emit (self, signals[CHANGED], 0);
}

void
memo_reader_highlights_update (MemoReaderHighlights *self, gint64 id, MemoRecord *record)
{
  glong start = G_MAXLONG, end = -1;
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
      if (item->start >= 0)
        {
          start = item->start;
          end = item->end;
        }
      g_array_remove_index (self->items, i);
      known = TRUE;
      break;
    }
  if (!known && record == NULL)
    return;
  if (record)
    {
      MemoHighlight item = make_item (record);

      if (item.start >= 0)
        {
          start = MIN (start, item.start);
          end = MAX (end, item.end);
        }
      g_array_append_val (self->items, item);
    }
  settle (self);
  if (end > start)
    {
      glong from = start, to = end;

      /* Those beside may now lie over another or not: their whole ranges are painted again. */
      for (guint i = 0; i < self->anchored; i++)
        {
          MemoHighlight *item = &g_array_index (self->items, MemoHighlight, i);

          if (item->start < end && item->end > start)
            {
              from = MIN (from, item->start);
              to = MAX (to, item->end);
            }
        }
      paint_nothing (self, from, to);
      for (guint i = 0; i < self->anchored; i++)
        {
          MemoHighlight *item = &g_array_index (self->items, MemoHighlight, i);

          if (item->start < to && item->end > from)
            paint_item (self, item);
        }
    }
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
