#include "memo-reader-buffer.h"

#include <string.h>

#include "base/memo-text.h"

/* Room for a bullet or a number in front of an item, in pixels. */
#define LEAD 24
/* Bytes of text that go into the buffer at once, and microseconds that they may take before the window is looked after. */
#define SLICE 65536
#define MAX_FILLING 6000

/* One run of the article's text as it stands in the buffer. */
typedef struct
{
  int buffer;
  glong text;
  int length;
  gboolean summary;
} Segment;

struct _MemoReaderBuffer
{
  GtkTextBuffer parent_instance;
  MemoRecord *article;
  GArray *blocks;
  GArray *segments; /* by place in the buffer; summary first */
  GArray *spots;    /* by place in the buffer */
  guint n_summary;  /* segments of the summary, in front of the body's */

  /* What is not in the buffer yet; NULL when all is. */
  GString *text;
  gsize filled;  /* bytes */
  GArray *marks; /* of Mark, by end */
  guint n_marked;
  guint fill_id;
};

G_DEFINE_FINAL_TYPE (MemoReaderBuffer, memo_reader_buffer, GTK_TYPE_TEXT_BUFFER)

/* Tags to apply once the text stands. */
typedef struct
{
  const char *name;
  int from, to;
} Mark;

typedef struct
{
  MemoReaderBuffer *self;
  int length; /* code points in the text so far */
} Builder;

static void
spot_clear (gpointer data)
{
  MemoReaderSpot *spot = data;

  g_free (spot->target);
}

static void
builder_mark (Builder *builder, const char *name, int from, int to)
{
  Mark mark = { name, from, to };

  if (to > from)
    g_array_append_val (builder->self->marks, mark);
}

static void
builder_append (Builder *builder, const char *text, gssize bytes, int length)
{
  g_string_append_len (builder->self->text, text, bytes < 0 ? (gssize) strlen (text) : bytes);
  builder->length += length < 0 ? (int) g_utf8_strlen (text, bytes) : length;
}

static void
builder_break (Builder *builder)
{
  if (builder->length > 0)
    builder_append (builder, "\n", 1, 1);
}

static void
builder_spot (Builder *builder, MemoSpanType type, int from, int to, const char *target)
{
  MemoReaderSpot spot = { from, to, type, g_strdup (target) };

  g_array_append_val (builder->self->spots, spot);
  builder_mark (builder, type == MEMO_SPAN_MARK ? "mark" : "link", from, to);
}

static void
builder_header (Builder *builder, const MemoReaderHeader *header)
{
  MemoRecord *article = builder->self->article;
  const char *subtitle = memo_record_get_text (article, MEMO_ARTICLE_SUBTITLE);
  int from = builder->length;

  builder_append (builder, header->facts, -1, -1);
  for (guint i = 0; header->versions && i < header->versions->len; i++)
    {
      MemoReaderLink *link = &g_array_index (header->versions, MemoReaderLink, i);
      int start;

      builder_append (builder, " · ", -1, -1);
      start = builder->length;
      builder_append (builder, link->text, -1, -1);
      builder_spot (builder, MEMO_SPAN_LINK, start, builder->length, link->target);
    }
  builder_mark (builder, "facts", from, builder->length);

  builder_break (builder);
  from = builder->length;
  builder_append (builder, memo_record_get_title (article), -1, -1);
  builder_mark (builder, "title", from, builder->length);
  if (subtitle)
    {
      builder_break (builder);
      from = builder->length;
      builder_append (builder, subtitle, -1, -1);
      builder_mark (builder, "subtitle", from, builder->length);
    }
  if (header->authors && header->authors[0])
    {
      builder_break (builder);
      from = builder->length;
      builder_append (builder, header->authors, -1, -1);
      builder_mark (builder, "authors", from, builder->length);
    }
}

static const char *
block_tag (MemoBlock *block)
{
  static const char *const headings[] = { "heading-1", "heading-2", "heading-3" };
  static const char *const items[] = { "item-1", "item-2", "item-3" };
  guint level = CLAMP (block->level, 1, 3);

  switch (block->type)
    {
    case MEMO_BLOCK_HEADING:
      return headings[level - 1];
    case MEMO_BLOCK_ITEM:
      return items[level - 1];
    case MEMO_BLOCK_QUOTATION:
      return "quotation";
    case MEMO_BLOCK_CAPTION:
      return "caption";
    case MEMO_BLOCK_ROW:
      return "row";
    case MEMO_BLOCK_CODE:
      return "code";
    case MEMO_BLOCK_FOOTNOTE:
      return "footnote";
    case MEMO_BLOCK_SUMMARY:
      return "summary";
    case MEMO_BLOCK_PARAGRAPH:
    default:
      return NULL;
    }
}

/* What a reader sees in front of a block and is not in the text. (transfer full) (nullable) */
static char *
block_lead (MemoBlock *block)
{
  if (block->type == MEMO_BLOCK_SUMMARY)
    return g_strdup ("•\t");
  if (block->type == MEMO_BLOCK_ITEM)
    return block->number > 0 ? g_strdup_printf ("%u.\t", block->number) : g_strdup ("•\t");
  return NULL;
}

static void
builder_spans (Builder *builder, MemoBlock *block, int from)
{
  for (guint i = 0; block->spans && i < block->spans->len; i++)
    {
      MemoSpan *span = &g_array_index (block->spans, MemoSpan, i);
      guint start = CLAMP (span->start, block->start, block->end);
      guint end = CLAMP (span->end, block->start, block->end);
      int a = from + (int) (start - block->start), b = from + (int) (end - block->start);

      if (a >= b)
        continue;
      switch (span->type)
        {
        case MEMO_SPAN_EMPHASIS:
          builder_mark (builder, "emphasis", a, b);
          break;
        case MEMO_SPAN_STRONG:
          builder_mark (builder, "strong", a, b);
          break;
        case MEMO_SPAN_LINK:
        case MEMO_SPAN_MARK:
          builder_spot (builder, span->type, a, b, span->target);
          break;
        default:
          break;
        }
    }
}

static void
builder_block (Builder *builder, MemoBlock *block, const char *bytes, gsize n_bytes)
{
  g_autofree char *lead = block_lead (block);
  const char *tag = block_tag (block);
  int from, start;
  Segment segment;

  builder_break (builder);
  start = builder->length;
  if (lead)
    builder_append (builder, lead, -1, -1);
  from = builder->length;
  segment = (Segment){ from, block->start, (int) (block->end - block->start), block->type == MEMO_BLOCK_SUMMARY };
  builder_append (builder, bytes, n_bytes, segment.length);
  g_array_append_val (builder->self->segments, segment);
  if (tag)
    builder_mark (builder, tag, start, builder->length);
  builder_spans (builder, block, from);
}

/* A text without structure: a paragraph to each run between line breaks. */
static void
make_blocks (GArray *blocks, const char *text)
{
  guint at = 0, start = 0;
  gboolean in_block = FALSE;

  for (const char *p = text;; p = g_utf8_next_char (p), at++)
    {
      gboolean at_break = *p == '\0' || *p == '\n';

      if (!at_break && !in_block)
        start = at;
      if (at_break && in_block)
        memo_blocks_add (blocks, MEMO_BLOCK_PARAGRAPH, start, at);
      in_block = !at_break;
      if (*p == '\0')
        break;
    }
}

/* @n characters on from @p, less when @end comes first; *ret_n: how many. Sixty-four bytes at a time are no more characters than
 * that: long texts are walked several times as fast as character by character. */
static const char *
advance (const char *p, const char *end, guint n, guint *ret_n)
{
  guint left = n;

  while (left >= 64 && end - p >= 64)
    {
      guint continued = 0;

      for (guint i = 0; i < 64; i++)
        continued += ((guchar) p[i] & 0xc0) == 0x80;
      left -= 64 - continued;
      p += 64;
    }
  /* Only whole characters count: the last one may not be complete. */
  while (p < end && ((guchar) *p & 0xc0) == 0x80)
    p++;
  for (; left > 0 && p < end; left--)
    p = g_utf8_next_char (p);
  *ret_n = n - left;
  return p;
}

/* Bytes at the start and end of every block, in one walk over the text; blocks outside the text or out of order become empty. */
static gsize *
locate_blocks (GArray *blocks, const char *text)
{
  gsize *places = g_new0 (gsize, blocks->len * 2 + 1);
  const char *p = text, *end = text + strlen (text);
  guint at = 0, length, n;

  advance (text, end, G_MAXUINT, &length);
  for (guint i = 0; i < blocks->len; i++)
    {
      MemoBlock *block = &g_array_index (blocks, MemoBlock, i);

      block->end = MIN (block->end, length);
      if (block->start < at || block->end < block->start)
        block->end = block->start = at;
      p = advance (p, end, block->start - at, &n);
      places[2 * i] = p - text;
      p = advance (p, end, block->end - block->start, &n);
      places[2 * i + 1] = p - text;
      at = block->end;
    }
  return places;
}

static void
add_tags (GtkTextBuffer *buffer)
{
  static const char *const headings[] = { "heading-1", "heading-2", "heading-3" };
  static const char *const items[] = { "item-1", "item-2", "item-3" };
  static const double scales[] = { 1.3, 1.15, 1.05 };
  g_autoptr (PangoTabArray) tabs = pango_tab_array_new_with_positions (1, TRUE, PANGO_TAB_LEFT, LEAD);

  gtk_text_buffer_create_tag (buffer, "facts", "family", "sans-serif", "scale", 0.78, "pixels-inside-wrap", 2,
                              "pixels-below-lines", 2, NULL);
  gtk_text_buffer_create_tag (buffer, "title", "family", "sans-serif", "scale", 1.55, "weight", PANGO_WEIGHT_BOLD,
                              "pixels-inside-wrap", 0, "pixels-above-lines", 2, "pixels-below-lines", 4, NULL);
  gtk_text_buffer_create_tag (buffer, "subtitle", "family", "sans-serif", "scale", 1.05, "pixels-below-lines", 4, NULL);
  gtk_text_buffer_create_tag (buffer, "authors", "family", "sans-serif", "scale", 0.85, "pixels-below-lines", 4, NULL);
  for (guint i = 0; i < 3; i++)
    {
      gtk_text_buffer_create_tag (buffer, headings[i], "family", "sans-serif", "scale", scales[i], "pixels-inside-wrap",
                                  0, "weight", PANGO_WEIGHT_BOLD, NULL);
      gtk_text_buffer_create_tag (buffer, items[i], "accumulative-margin", TRUE, "left-margin", 4 + LEAD * (int) i,
                                  "indent", -LEAD, "tabs", tabs, NULL);
    }
  gtk_text_buffer_create_tag (buffer, "quotation", "accumulative-margin", TRUE, "left-margin", 28, "right-margin", 16,
                              "style", PANGO_STYLE_ITALIC, NULL);
  gtk_text_buffer_create_tag (buffer, "caption", "family", "sans-serif", "scale", 0.8, NULL);
  gtk_text_buffer_create_tag (buffer, "row", "family", "sans-serif", "scale", 0.85, NULL);
  gtk_text_buffer_create_tag (buffer, "code", "family", "monospace", "scale", 0.85, NULL);
  gtk_text_buffer_create_tag (buffer, "footnote", "scale", 0.82, "pixels-inside-wrap", 3, NULL);
  gtk_text_buffer_create_tag (buffer, "summary", "family", "sans-serif", "scale", 0.85, "pixels-inside-wrap", 2,
                              "accumulative-margin", TRUE, "left-margin", 16, "right-margin", 16, "indent", -LEAD,
                              "tabs", tabs, "pixels-above-lines", 3, "pixels-below-lines", 3, NULL);
  gtk_text_buffer_create_tag (buffer, "summary-first", "pixels-above-lines", 20, NULL);
  gtk_text_buffer_create_tag (buffer, "summary-last", "pixels-below-lines", 24, NULL);
  gtk_text_buffer_create_tag (buffer, "emphasis", "style", PANGO_STYLE_ITALIC, NULL);
  gtk_text_buffer_create_tag (buffer, "strong", "weight", PANGO_WEIGHT_BOLD, NULL);
  gtk_text_buffer_create_tag (buffer, "link", "underline", PANGO_UNDERLINE_SINGLE, NULL);
  gtk_text_buffer_create_tag (buffer, "mark", "scale", 0.75, "rise", 5 * PANGO_SCALE, "underline",
                              PANGO_UNDERLINE_SINGLE, NULL);
  gtk_text_buffer_create_tag (buffer, "unbroken", "wrap-mode", GTK_WRAP_CHAR, NULL);
}

/* Lines with a word without an end are broken anywhere. GTK asks the first character how; the rest of the
 * line may come later. */
static void
mark_unbroken (Builder *builder)
{
  const char *counted = builder->self->text->str, *end = counted + builder->self->text->len;
  int from = 0;

  for (const char *line = counted, *stop; line < end; line = stop + 1)
    {
      stop = memchr (line, '\n', end - line);
      if (!stop)
        stop = end;
      if (memo_text_is_unbroken (line, stop - line))
        {
          from += (int) g_utf8_strlen (counted, line - counted);
          counted = line;
          builder_mark (builder, "unbroken", from, from + 1);
        }
    }
}

static int
compare_marks (gconstpointer a, gconstpointer b)
{
  const Mark *x = a, *y = b;

  return (x->to > y->to) - (x->to < y->to);
}

/* Puts the next slice of the text in, and the tags that it completes. */
static void
fill_slice (MemoReaderBuffer *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  const char *from = self->text->str + self->filled, *end = self->text->str + self->text->len;
  const char *to = from + MIN (SLICE, end - from);
  GtkTextIter a, b;
  int length;

  /* Whole characters, and no line break that is one of two. */
  while (to < end && (((guchar) *to & 0xc0) == 0x80 || (to[-1] == '\r' && *to == '\n')))
    to++;
  gtk_text_buffer_get_end_iter (buffer, &a);
  gtk_text_buffer_insert (buffer, &a, from, to - from);
  self->filled += to - from;
  length = gtk_text_buffer_get_char_count (buffer);
  for (; self->n_marked < self->marks->len; self->n_marked++)
    {
      Mark *mark = &g_array_index (self->marks, Mark, self->n_marked);

      if (mark->to > length)
        break;
      gtk_text_buffer_get_iter_at_offset (buffer, &a, mark->from);
      gtk_text_buffer_get_iter_at_offset (buffer, &b, mark->to);
      gtk_text_buffer_apply_tag_by_name (buffer, mark->name, &a, &b);
    }
  if (self->filled < self->text->len)
    return;
  g_string_free (g_steal_pointer (&self->text), TRUE);
  g_clear_pointer (&self->marks, g_array_unref);
}

static gboolean
fill_cb (gpointer user_data)
{
  MemoReaderBuffer *self = user_data;
  gint64 until = g_get_monotonic_time () + MAX_FILLING;

  while (self->text && g_get_monotonic_time () < until)
    fill_slice (self);
  if (self->text)
    return G_SOURCE_CONTINUE;
  self->fill_id = 0;
  return G_SOURCE_REMOVE;
}

void
memo_reader_buffer_fill (MemoReaderBuffer *self, int offset)
{
  g_return_if_fail (MEMO_IS_READER_BUFFER (self));
  while (self->text && gtk_text_buffer_get_char_count (GTK_TEXT_BUFFER (self)) <= offset)
    fill_slice (self);
}

static void
build (MemoReaderBuffer *self, const MemoReaderHeader *header)
{
  const char *text = memo_record_get_text (self->article, MEMO_ARTICLE_TEXT);
  g_autofree gsize *places = NULL;
  Builder builder = { self, 0 };
  GtkTextIter start;

  if (text == NULL)
    text = "";
  self->text = g_string_sized_new (strlen (text) + 1024);
  self->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  if (self->blocks->len == 0)
    make_blocks (self->blocks, text);
  places = locate_blocks (self->blocks, text);

  builder_header (&builder, header);
  for (int summary = 1; summary >= 0; summary--)
    {
      for (guint i = 0; i < self->blocks->len; i++)
        {
          MemoBlock *block = &g_array_index (self->blocks, MemoBlock, i);

          if ((block->type == MEMO_BLOCK_SUMMARY) == summary && block->end > block->start)
            builder_block (&builder, block, text + places[2 * i], places[2 * i + 1] - places[2 * i]);
        }
      if (summary)
        self->n_summary = self->segments->len;
    }
  if (self->n_summary > 0)
    {
      Segment *first = &g_array_index (self->segments, Segment, 0);
      Segment *last = &g_array_index (self->segments, Segment, self->n_summary - 1);

      builder_mark (&builder, "summary-first", first->buffer - 2, first->buffer + first->length);
      builder_mark (&builder, "summary-last", last->buffer - 2, last->buffer + last->length);
    }

  mark_unbroken (&builder);
  g_array_sort (self->marks, compare_marks);
  /* The first screen at once. The rest comes when that is painted, and before what is out of sight is laid out. */
  fill_slice (self);
  if (self->text)
    self->fill_id = g_idle_add_full (GDK_PRIORITY_REDRAW + 1, fill_cb, self, NULL);
  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (self), &start);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self), &start);
}

static void
memo_reader_buffer_finalize (GObject *object)
{
  MemoReaderBuffer *self = MEMO_READER_BUFFER (object);

  g_clear_handle_id (&self->fill_id, g_source_remove);
  if (self->text)
    g_string_free (self->text, TRUE);
  g_clear_pointer (&self->marks, g_array_unref);
  g_clear_object (&self->article);
  g_clear_pointer (&self->blocks, g_array_unref);
  g_clear_pointer (&self->segments, g_array_unref);
  g_clear_pointer (&self->spots, g_array_unref);
  G_OBJECT_CLASS (memo_reader_buffer_parent_class)->finalize (object);
}

static void
memo_reader_buffer_class_init (MemoReaderBufferClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = memo_reader_buffer_finalize;
}

static void
memo_reader_buffer_init (MemoReaderBuffer *self)
{
  self->segments = g_array_new (FALSE, FALSE, sizeof (Segment));
  self->spots = g_array_new (FALSE, FALSE, sizeof (MemoReaderSpot));
  g_array_set_clear_func (self->spots, spot_clear);
}

MemoReaderBuffer *
memo_reader_buffer_new (MemoRecord *article, const MemoReaderHeader *header)
{
  MemoReaderBuffer *self = g_object_new (MEMO_TYPE_READER_BUFFER, "enable-undo", FALSE, NULL);
  g_autoptr (GError) error = NULL;

  self->article = g_object_ref (article);
  self->blocks = memo_blocks_from_json (memo_record_get_text (article, MEMO_ARTICLE_BLOCKS), &error);
  if (self->blocks == NULL)
    {
      /* The words are what counts: a damaged structure is shown as plain paragraphs. */
      g_message ("Structure of %s: %s", memo_record_get_uuid (article), error->message);
      self->blocks = memo_blocks_new ();
    }
  add_tags (GTK_TEXT_BUFFER (self));
  build (self, header);
  return self;
}

MemoRecord *
memo_reader_buffer_get_article (MemoReaderBuffer *self)
{
  g_return_val_if_fail (MEMO_IS_READER_BUFFER (self), NULL);
  return self->article;
}

GArray *
memo_reader_buffer_get_blocks (MemoReaderBuffer *self)
{
  g_return_val_if_fail (MEMO_IS_READER_BUFFER (self), NULL);
  return self->blocks;
}

/* First segment of [low, high) that ends behind @offset of the buffer. */
static guint
find_by_buffer (MemoReaderBuffer *self, int offset)
{
  guint low = 0, high = self->segments->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      Segment *segment = &g_array_index (self->segments, Segment, middle);

      if (segment->buffer + segment->length <= offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* The same by offset in the text, within the summary's or the body's segments. */
static guint
find_by_text (MemoReaderBuffer *self, glong offset, guint low, guint high)
{
  while (low < high)
    {
      guint middle = (low + high) / 2;
      Segment *segment = &g_array_index (self->segments, Segment, middle);

      if (segment->text + segment->length <= offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

glong
memo_reader_buffer_to_text (MemoReaderBuffer *self, int offset)
{
  guint i;
  Segment *segment;

  g_return_val_if_fail (MEMO_IS_READER_BUFFER (self), -1);
  i = find_by_buffer (self, offset);
  if (i >= self->segments->len)
    return -1;
  segment = &g_array_index (self->segments, Segment, i);
  if (i == 0 && offset < segment->buffer)
    return -1;
  return segment->text + MAX (0, offset - segment->buffer);
}

int
memo_reader_buffer_from_text (MemoReaderBuffer *self, glong offset)
{
  Segment *segment;
  guint i;
  int place;

  g_return_val_if_fail (MEMO_IS_READER_BUFFER (self), 0);
  if (self->segments->len == 0)
    return 0;
  /* The body's text stands in front of the summary's. */
  i = find_by_text (self, offset, self->n_summary, self->segments->len);
  if (i == self->segments->len && self->n_summary > 0)
    {
      i = find_by_text (self, offset, 0, self->n_summary);
      if (i == self->n_summary)
        i = offset == 0 ? 0 : self->n_summary - 1;
    }
  i = MIN (i, self->segments->len - 1);
  segment = &g_array_index (self->segments, Segment, i);
  place = segment->buffer + (int) CLAMP (offset - segment->text, 0, segment->length);
  memo_reader_buffer_fill (self, place);
  return place;
}

gboolean
memo_reader_buffer_range_to_text (MemoReaderBuffer *self, int from, int to, glong *ret_start, glong *ret_end)
{
  glong start = -1, end = -1;
  gboolean summary = TRUE;

  g_return_val_if_fail (MEMO_IS_READER_BUFFER (self), FALSE);
  for (guint i = find_by_buffer (self, from); i < self->segments->len; i++)
    {
      Segment *segment = &g_array_index (self->segments, Segment, i);
      int a = MAX (from, segment->buffer), b = MIN (to, segment->buffer + segment->length);

      if (segment->buffer >= to)
        break;
      if (a >= b)
        continue;
      if (start >= 0 && summary && !segment->summary)
        start = -1;
      if (start < 0)
        start = segment->text + (a - segment->buffer);
      summary = segment->summary;
      end = segment->text + (b - segment->buffer);
    }
  if (start < 0 || end <= start)
    return FALSE;
  if (ret_start)
    *ret_start = start;
  if (ret_end)
    *ret_end = end;
  return TRUE;
}

gboolean
memo_reader_buffer_get_passage (MemoReaderBuffer *self, glong *ret_start, glong *ret_end)
{
  GtkTextIter from, to;

  if (!gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (self), &from, &to))
    return FALSE;
  return memo_reader_buffer_range_to_text (self, gtk_text_iter_get_offset (&from), gtk_text_iter_get_offset (&to),
                                           ret_start, ret_end);
}

void
memo_reader_buffer_foreach (MemoReaderBuffer *self,
                            glong start,
                            glong end,
                            MemoReaderRangeFunc func,
                            gpointer user_data)
{
  guint parts[2][2] = { { 0, self->n_summary }, { self->n_summary, self->segments->len } };

  g_return_if_fail (MEMO_IS_READER_BUFFER (self));
  for (guint part = 0; part < 2; part++)
    for (guint i = find_by_text (self, start, parts[part][0], parts[part][1]); i < parts[part][1]; i++)
      {
        Segment *segment = &g_array_index (self->segments, Segment, i);
        glong a = MAX (start, segment->text), b = MIN (end, segment->text + segment->length);

        if (segment->text >= end)
          break;
        if (a < b)
          func (segment->buffer + (int) (a - segment->text), segment->buffer + (int) (b - segment->text), user_data);
      }
}

const MemoReaderSpot *
memo_reader_buffer_get_spot (MemoReaderBuffer *self, int offset)
{
  guint low = 0, high;

  g_return_val_if_fail (MEMO_IS_READER_BUFFER (self), NULL);
  high = self->spots->len;
  while (low < high)
    {
      guint middle = (low + high) / 2;
      MemoReaderSpot *spot = &g_array_index (self->spots, MemoReaderSpot, middle);

      if (spot->to <= offset)
        low = middle + 1;
      else
        high = middle;
    }
  if (low < self->spots->len)
    {
      MemoReaderSpot *spot = &g_array_index (self->spots, MemoReaderSpot, low);

      if (spot->from <= offset && offset < spot->to)
        return spot;
    }
  return NULL;
}

gboolean
memo_reader_buffer_get_summary (MemoReaderBuffer *self, int *ret_from, int *ret_to)
{
  Segment *first, *last;

  g_return_val_if_fail (MEMO_IS_READER_BUFFER (self), FALSE);
  if (self->n_summary == 0)
    return FALSE;
  first = &g_array_index (self->segments, Segment, 0);
  last = &g_array_index (self->segments, Segment, self->n_summary - 1);
  *ret_from = first->buffer;
  *ret_to = last->buffer + last->length;
  return TRUE;
}

char *
memo_reader_buffer_dup_footnote (MemoReaderBuffer *self, const char *label)
{
  const char *text = memo_record_get_text (self->article, MEMO_ARTICLE_TEXT);

  g_return_val_if_fail (MEMO_IS_READER_BUFFER (self), NULL);
  for (guint i = 0; i < self->blocks->len; i++)
    {
      MemoBlock *block = &g_array_index (self->blocks, MemoBlock, i);

      if (block->type == MEMO_BLOCK_FOOTNOTE && g_strcmp0 (block->label, label) == 0)
        return g_utf8_substring (text, block->start, block->end);
    }
  return NULL;
}

void
memo_reader_buffer_set_spacing (MemoReaderBuffer *self, int pixels)
{
  GtkTextTagTable *table = gtk_text_buffer_get_tag_table (GTK_TEXT_BUFFER (self));
  const struct
  {
    const char *name;
    double above;
  } rooms[] = { { "heading-1", 2.2 }, { "heading-2", 1.8 }, { "heading-3", 1.5 }, { "item-1", 0.4 },
                { "item-2", 0.3 },    { "item-3", 0.3 },    { "row", 0.3 },       { "code", 0.3 },
                { "footnote", 0.6 },  { "caption", 0.6 } };

  for (guint i = 0; i < G_N_ELEMENTS (rooms); i++)
    g_object_set (gtk_text_tag_table_lookup (table, rooms[i].name), "pixels-above-lines",
                  (int) (rooms[i].above * pixels + 0.5), NULL);
}
