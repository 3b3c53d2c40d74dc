#include "import/memo-html-pieces.h"

#include <string.h>

#define DEPTH_OF_LISTS 12
#define OPEN_SPANS 64

typedef struct
{
  MemoNode *node;
  MemoSpanType type;
  guint start;
  char *target;
} OpenSpan;

typedef struct
{
  gboolean ordered;
  guint next;
} List;

typedef struct
{
  MemoDraft *draft;
  MemoArena *arena;
  const char *base;
  GString *text;
  guint length;     /* code points in text */
  gboolean space;   /* white space is due */
  MemoPiece *piece; /* under construction: its spans */
  GArray *open;     /* of OpenSpan */
  List lists[DEPTH_OF_LISTS];
  guint depth; /* of lists */
  guint quotation, code, caption, row, heading;
  guint item;        /* number + 1 of the item whose first piece is due; 0: none */
  GHashTable *marks; /* id of a footnote → label, from the marks seen so far */
  char *label;       /* of the footnote that begins here */
  MemoNode *label_node;
} Builder;

char *
memo_html_label (const char *text)
{
  const char *start = text, *end;
  gsize length;

  while (*start == '[' || *start == '(' || *start == ' ')
    start++;
  end = start;
  if (*end == '*' || g_str_has_prefix (end, "†") || g_str_has_prefix (end, "‡"))
    {
      while (*end == '*' || (guchar) *end >= 0x80)
        end++;
    }
  else if (g_ascii_isdigit (*end))
    while (g_ascii_isdigit (*end))
      end++;
  else if (strchr ("ivxlcIVXLC", *end) && *end)
    while (*end && strchr ("ivxlcIVXLC", *end))
      end++;
  else if (g_ascii_isalpha (*end))
    end++;
  length = end - start;
  if (length == 0 || length > 8)
    return NULL;
  while (*end == ']' || *end == ')' || *end == ' ' || *end == '.')
    end++;
  return *end ? NULL : g_strndup (start, length);
}

char *
memo_html_resolve (const char *href, const char *base)
{
  g_autofree char *plain = NULL;
  g_autofree char *scheme = NULL;
  char *out;

  if (!href)
    return NULL;
  /* As browsers do: no white space around, no line breaks or tabs within. */
  while (*href && (guchar) *href <= ' ')
    href++;
  plain = out = g_malloc (strlen (href) + 1);
  for (const char *at = href; *at; at++)
    if (*at != '\t' && *at != '\n' && *at != '\r')
      *out++ = *at;
  while (out > plain && (guchar) out[-1] <= ' ')
    out--;
  *out = '\0';
  if (!*plain || *plain == '#' || out - plain > 4000)
    return NULL;
  scheme = g_uri_parse_scheme (plain);
  if (scheme)
    {
      if (g_ascii_strcasecmp (scheme, "http") == 0 || g_ascii_strcasecmp (scheme, "https") == 0 ||
          g_ascii_strcasecmp (scheme, "mailto") == 0 || g_ascii_strcasecmp (scheme, "ftp") == 0 ||
          g_ascii_strcasecmp (scheme, "doi") == 0)
        return g_steal_pointer (&plain);
      return NULL;
    }
  if (!base)
    return g_str_has_prefix (plain, "//") ? g_strconcat ("https:", plain, NULL) : NULL;
  return g_uri_resolve_relative (base, plain, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED, NULL);
}

static MemoBlockType
current_type (Builder *self)
{
  if (self->code)
    return MEMO_BLOCK_CODE;
  if (self->row)
    return MEMO_BLOCK_ROW;
  if (self->heading)
    return MEMO_BLOCK_HEADING;
  if (self->caption)
    return MEMO_BLOCK_CAPTION;
  if (self->item)
    return MEMO_BLOCK_ITEM;
  if (self->quotation)
    return MEMO_BLOCK_QUOTATION;
  return MEMO_BLOCK_PARAGRAPH;
}

static void
end_span (Builder *self, OpenSpan *span)
{
  if (self->length > span->start)
    memo_piece_add_span (self->piece, span->type, span->start, self->length, span->target);
}

/* The text so far is a piece. */
static void
flush (Builder *self)
{
  MemoPiece *piece;
  gsize blank;

  self->space = FALSE;
  if (self->code)
    while (self->text->len > 0 && g_ascii_isspace (self->text->str[self->text->len - 1]))
      {
        g_string_truncate (self->text, self->text->len - 1);
        self->length--;
      }
  for (guint i = 0; i < self->open->len; i++)
    end_span (self, &g_array_index (self->open, OpenSpan, i));
  blank = strspn (self->text->str, " \t\n");
  if (blank < self->text->len)
    {
      piece = memo_draft_add (self->draft, current_type (self), g_strndup (self->text->str, self->text->len));
      piece->spans = g_steal_pointer (&self->piece->spans);
      piece->level = piece->type == MEMO_BLOCK_HEADING ? self->heading
                     : piece->type == MEMO_BLOCK_ITEM  ? MAX (self->depth, 1)
                                                       : 0;
      if (piece->type == MEMO_BLOCK_ITEM)
        {
          piece->number = self->item - 1;
          self->item = 0;
        }
      if (self->label)
        {
          piece->type = MEMO_BLOCK_FOOTNOTE;
          piece->label = g_steal_pointer (&self->label);
          piece->level = 0;
        }
    }
  g_clear_pointer (&self->piece->spans, g_array_unref);
  g_string_truncate (self->text, 0);
  self->length = 0;
  for (guint i = 0; i < self->open->len; i++)
    g_array_index (self->open, OpenSpan, i).start = 0;
}

static void
append_char (Builder *self, const char *at, gsize bytes)
{
  g_string_append_len (self->text, at, bytes);
  self->length++;
}

static void
end_space (Builder *self)
{
  char last = self->text->len ? self->text->str[self->text->len - 1] : '\n';

  if (self->space && last != '\n' && last != '\t')
    append_char (self, " ", 1);
  self->space = FALSE;
}

/* Bytes of the run at @at without white space and soft hyphens; ret_length: its code points. */
static gsize
run_at (const char *at, guint *ret_length)
{
  const char *end = at;
  guint length = 0;

  for (; (guchar) *end > ' '; end++)
    {
      if ((guchar) *end == 0xC2 && ((guchar) end[1] == 0xA0 || (guchar) end[1] == 0xAD))
        break;
      length += ((guchar) *end & 0xC0) != 0x80;
    }
  *ret_length = length;
  return end - at;
}

static void
append_text (Builder *self, const char *text)
{
  const char *at = text;

  if (self->code)
    {
      g_string_append (self->text, text);
      self->length += g_utf8_strlen (text, -1);
      return;
    }
  while (*at)
    {
      guint length;
      gsize bytes = run_at (at, &length);

      if (bytes > 0)
        {
          if (self->space)
            end_space (self);
          g_string_append_len (self->text, at, bytes);
          self->length += length;
          at += bytes;
        }
      else if ((guchar) *at > ' ' && (guchar) at[1] == 0xAD)
        at += 2; /* a soft hyphen */
      else
        {
          self->space = TRUE;
          at += (guchar) *at > ' ' ? 2 : 1;
        }
    }
}

static void
open_span (Builder *self, MemoNode *node, MemoSpanType type, char *target)
{
  OpenSpan span = { node, type, 0, target };

  if (self->open->len >= OPEN_SPANS)
    {
      g_free (target);
      return;
    }
  if (!self->code)
    end_space (self);
  span.start = self->length;
  g_array_append_val (self->open, span);
}

static void
close_span (Builder *self, MemoNode *node)
{
  if (self->open->len == 0 || g_array_index (self->open, OpenSpan, self->open->len - 1).node != node)
    return;
  end_span (self, &g_array_index (self->open, OpenSpan, self->open->len - 1));
  g_free (g_array_index (self->open, OpenSpan, self->open->len - 1).target);
  g_array_set_size (self->open, self->open->len - 1);
}

/* An element with the id that an earlier mark names is that mark's footnote. */
static void
look_for_footnote (Builder *self, MemoNode *node)
{
  const char *id;
  const char *label = NULL;

  if (!node->source || node->source->v.element.attributes.length == 0 || g_hash_table_size (self->marks) == 0)
    return;
  id = memo_node_get_attribute (node, "id");
  if (id)
    label = g_hash_table_lookup (self->marks, id);
  if (!label && node->tag == GUMBO_TAG_A && (id = memo_node_get_attribute (node, "name")))
    label = g_hash_table_lookup (self->marks, id);
  /* Only where a block begins: an anchor within running text is the way back. */
  if (!label || self->text->len > 0)
    return;
  g_free (self->label);
  self->label = g_strdup (label);
  self->label_node = node;
  g_hash_table_remove (self->marks, id);
}

static void
enter_link (Builder *self, MemoNode *node)
{
  const char *href = memo_node_get_attribute (node, "href");
  const char *fragment = href ? strchr (href, '#') : NULL;
  g_autofree char *text = NULL;
  char *label = NULL;
  char *target;

  if (fragment && fragment[1] && memo_node_measure (self->arena, node)->length <= 10)
    {
      text = memo_node_dup_text (node, 40);
      label = memo_html_label (text);
    }
  if (label && self->length > 0 && !self->label)
    {
      if (g_hash_table_size (self->marks) < 10000)
        g_hash_table_insert (self->marks, g_strdup (fragment + 1), g_strdup (label));
      open_span (self, node, MEMO_SPAN_MARK, label);
      return;
    }
  g_free (label);
  target = memo_html_resolve (href, self->base);
  if (target)
    open_span (self, node, MEMO_SPAN_LINK, target);
}

static void
enter_superscript (Builder *self, MemoNode *node)
{
  g_autofree char *text = NULL;
  char *label;

  if (memo_node_measure (self->arena, node)->length > 6 || self->length == 0 || self->label)
    return;
  for (MemoNode *child = node->first; child; child = child->next)
    if (!child->text && child->tag == GUMBO_TAG_A)
      return;
  text = memo_node_dup_text (node, 20);
  label = memo_html_label (text);
  if (label && (g_ascii_isdigit (*label) || *label == '*' || text[0] == '['))
    open_span (self, node, MEMO_SPAN_MARK, g_steal_pointer (&label));
  g_free (label);
}

static gboolean
is_block_element (GumboTag tag)
{
  switch (tag)
    {
    case GUMBO_TAG_P:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_MENU:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_TFOOT:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_LEGEND:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_SUMMARY:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_HTML:
    case GUMBO_TAG_OPTION:
      return TRUE;
    default:
      return memo_tag_is_heading (tag);
    }
}

static gboolean
is_row (Builder *self, MemoNode *node)
{
  MemoNode *table = node->parent;
  guint cells = 0;
  gboolean blocks = FALSE;

  if (self->row)
    return FALSE;
  while (table && table->tag != GUMBO_TAG_TABLE)
    table = table->parent;
  for (MemoNode *cell = node->first; cell; cell = cell->next)
    if (!cell->text && (cell->tag == GUMBO_TAG_TD || cell->tag == GUMBO_TAG_TH))
      {
        cells++;
        for (MemoNode *child = cell->first; child; child = child->next)
          blocks |= memo_node_measure (self->arena, child)->has_block && child->tag != GUMBO_TAG_IMG;
      }
  return (table && table->data_table) || (cells > 1 && !blocks);
}

static gboolean
is_caption (MemoNode *node)
{
  const char *klass;

  if (node->tag == GUMBO_TAG_FIGCAPTION || node->tag == GUMBO_TAG_CAPTION)
    return TRUE;
  if ((node->tag != GUMBO_TAG_P && node->tag != GUMBO_TAG_DIV) || !node->source)
    return FALSE;
  klass = memo_node_get_attribute (node, "class");
  return klass && strstr (klass, "caption-text");
}

static void
enter (Builder *self, MemoNode *node)
{
  GumboTag tag = node->tag;

  if (is_block_element (tag) && !(self->row && tag != GUMBO_TAG_TR))
    flush (self);
  look_for_footnote (self, node);
  switch (tag)
    {
    case GUMBO_TAG_BR:
      if (self->code || (self->text->len > 0 && !self->row))
        {
          self->space = FALSE;
          if (self->text->len > 0 && (self->code || self->text->str[self->text->len - 1] != '\n'))
            append_char (self, "\n", 1);
        }
      else
        self->space = TRUE;
      break;
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
      if (self->row)
        {
          self->space = FALSE;
          if (node->prev && memo_node_measure (self->arena, node->parent)->length > 0)
            for (MemoNode *cell = node->prev; cell; cell = cell->prev)
              if (!cell->text && (cell->tag == GUMBO_TAG_TD || cell->tag == GUMBO_TAG_TH))
                {
                  append_char (self, "\t", 1);
                  break;
                }
        }
      break;
    case GUMBO_TAG_TR:
      if (self->row || is_row (self, node))
        self->row++;
      break;
    case GUMBO_TAG_BLOCKQUOTE:
      self->quotation++;
      break;
    case GUMBO_TAG_PRE:
      self->code++;
      break;
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_MENU:
      if (self->depth < DEPTH_OF_LISTS)
        {
          const char *start = memo_node_get_attribute (node, "start");
          self->lists[self->depth].ordered = tag == GUMBO_TAG_OL;
          self->lists[self->depth].next = start ? CLAMP (g_ascii_strtoll (start, NULL, 10), 1, 100000) : 1;
        }
      self->depth++;
      break;
    case GUMBO_TAG_LI:
      self->item = 1;
      if (self->depth > 0 && self->depth <= DEPTH_OF_LISTS && self->lists[self->depth - 1].ordered)
        self->item = 1 + self->lists[self->depth - 1].next++;
      break;
    case GUMBO_TAG_A:
      enter_link (self, node);
      break;
    case GUMBO_TAG_SUP:
      enter_superscript (self, node);
      break;
    case GUMBO_TAG_EM:
    case GUMBO_TAG_I:
    case GUMBO_TAG_CITE:
      open_span (self, node, MEMO_SPAN_EMPHASIS, NULL);
      break;
    case GUMBO_TAG_STRONG:
    case GUMBO_TAG_B:
      open_span (self, node, MEMO_SPAN_STRONG, NULL);
      break;
    default:
      if (memo_tag_is_heading (tag))
        self->heading = tag - GUMBO_TAG_H1 + 1;
      else if (is_caption (node))
        self->caption++;
      break;
    }
}

static void
leave (Builder *self, MemoNode *node)
{
  GumboTag tag = node->tag;

  if (is_block_element (tag) && !(self->row && tag != GUMBO_TAG_TR))
    flush (self);
  else if (is_block_element (tag))
    self->space = TRUE;
  if (node == self->label_node)
    {
      /* nothing followed within it: an empty anchor before the text keeps its label for what comes next */
      if (tag != GUMBO_TAG_A)
        g_clear_pointer (&self->label, g_free);
      self->label_node = NULL;
    }
  switch (tag)
    {
    case GUMBO_TAG_TR:
      if (self->row)
        self->row--;
      break;
    case GUMBO_TAG_BLOCKQUOTE:
      self->quotation--;
      break;
    case GUMBO_TAG_PRE:
      self->code--;
      break;
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_MENU:
      self->depth--;
      break;
    case GUMBO_TAG_LI:
      self->item = 0;
      break;
    case GUMBO_TAG_A:
    case GUMBO_TAG_SUP:
    case GUMBO_TAG_EM:
    case GUMBO_TAG_I:
    case GUMBO_TAG_CITE:
    case GUMBO_TAG_STRONG:
    case GUMBO_TAG_B:
      close_span (self, node);
      break;
    default:
      if (memo_tag_is_heading (tag))
        self->heading = 0;
      else if (is_caption (node))
        self->caption--;
      break;
    }
}

static gboolean
is_skipped (MemoNode *node)
{
  return !node->text && (node->tag == GUMBO_TAG_SVG || node->tag == GUMBO_TAG_AUDIO || node->tag == GUMBO_TAG_VIDEO);
}

void
memo_html_add_pieces (MemoDraft *draft, MemoArena *arena, MemoNode *article, const char *base)
{
  Builder self = { 0 };
  MemoPiece scratch = { 0 };
  MemoNode *node = article;

  self.draft = draft;
  self.arena = arena;
  self.base = base;
  self.text = g_string_new (NULL);
  self.piece = &scratch;
  self.open = g_array_new (FALSE, FALSE, sizeof (OpenSpan));
  self.marks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  while (node)
    {
      gboolean down = FALSE;

      if (node->text)
        append_text (&self, node->text);
      else if (!is_skipped (node))
        {
          enter (&self, node);
          down = node->first != NULL;
          if (!down)
            leave (&self, node);
        }
      if (down)
        {
          node = node->first;
          continue;
        }
      while (node != article && !node->next)
        {
          node = node->parent;
          leave (&self, node);
        }
      node = node == article ? NULL : node->next;
    }
  flush (&self);
  g_clear_pointer (&scratch.spans, g_array_unref);
  g_free (self.label);
  for (guint i = 0; i < self.open->len; i++)
    g_free (g_array_index (self.open, OpenSpan, i).target);
  g_array_unref (self.open);
  g_hash_table_unref (self.marks);
  g_string_free (self.text, TRUE);
}
