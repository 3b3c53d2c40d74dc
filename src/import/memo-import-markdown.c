#include "import/memo-import-private.h"

#include <string.h>
#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
#include "base/memo-language.h"
#include "base/memo-text.h"
#include "import/memo-furniture.h"
#include "import/memo-html-pieces.h"
#include "import/memo-metadata.h"

#define MOST_CELLS 1000 /* in a row of a table */

typedef struct
{
  MemoDraft *draft;
  GString *text;
  guint length;
  MemoPiece scratch; /* its spans */
  GArray *starts;    /* of guint: where open spans began */
  guint depth;       /* of lists */
  guint quotation;
  gboolean row;
  guint cells;
  guint number;      /* of the list item */
  gboolean first;    /* the item's first paragraph is due */
  GPtrArray *labels; /* names of footnotes, in the order of their numbers */
  guint notes;       /* read so far */
  const char *label; /* of the footnote that is being read */
} Builder;

/* The name of a footnote, which the parser does not tell: from the line where it is defined. (transfer full) */
static char *
name_of_footnote (cmark_node *node, GPtrArray *lines, guint number)
{
  int i = cmark_node_get_start_line (node);
  const char *line = i >= 1 && (guint) i <= lines->len ? lines->pdata[i - 1] : "";
  gsize length = strcspn (line, "\n");
  const char *start = g_strstr_len (line, length, "[^");
  const char *end = start ? g_strstr_len (start, length - (start - line), "]:") : NULL;

  return end && end - start < 40 ? g_strndup (start + 2, end - start - 2) : g_strdup_printf ("%u", number);
}

static GPtrArray *
lines_of (const char *text)
{
  GPtrArray *lines = g_ptr_array_new ();

  for (const char *at = text; at; at = strchr (at, '\n') ? strchr (at, '\n') + 1 : NULL)
    g_ptr_array_add (lines, (gpointer) at);
  return lines;
}

static void
append (Builder *self, const char *text)
{
  g_string_append (self->text, text);
  self->length += g_utf8_strlen (text, -1);
}

static void
flush (Builder *self, MemoBlockType type, guint level)
{
  MemoPiece *piece;

  while (self->text->len > 0 && g_ascii_isspace (self->text->str[self->text->len - 1]))
    g_string_truncate (self->text, self->text->len - 1);
  if (self->text->len > 0)
    {
      piece = memo_draft_add (self->draft, type, g_strndup (self->text->str, self->text->len));
      piece->level = level;
      piece->spans = g_steal_pointer (&self->scratch.spans);
      if (type == MEMO_BLOCK_ITEM)
        piece->number = self->number;
      if (self->label && type == MEMO_BLOCK_PARAGRAPH)
        {
          piece->type = MEMO_BLOCK_FOOTNOTE;
          piece->label = g_strdup (self->label);
        }
    }
  g_clear_pointer (&self->scratch.spans, g_array_unref);
  g_string_truncate (self->text, 0);
  self->length = 0;
}

static void
start_span (Builder *self)
{
  g_array_append_val (self->starts, self->length);
}

static void
end_span (Builder *self, MemoSpanType type, const char *target)
{
  guint start = g_array_index (self->starts, guint, self->starts->len - 1);

  g_array_set_size (self->starts, self->starts->len - 1);
  if (self->length > start)
    memo_piece_add_span (&self->scratch, type, start, self->length, target);
}

static void
add_mark (Builder *self, cmark_node *node)
{
  const char *index = cmark_node_get_literal (node);
  guint i = index ? g_ascii_strtoull (index, NULL, 10) : 0;
  const char *label = i > 0 && i <= self->labels->len ? self->labels->pdata[i - 1] : index;
  g_autofree char *shown = label ? g_strdup_printf ("[%s]", label) : NULL;

  if (!label)
    return;

  start_span (self);
  append (self, shown);
  end_span (self, MEMO_SPAN_MARK, label);
}

/* The text of raw HTML without its tags. */
static void
append_raw (Builder *self, const char *html)
{
  gboolean tag = FALSE;

  for (const char *at = html; *at; at = g_utf8_next_char (at))
    {
      if (*at == '<')
        tag = TRUE;
      else if (*at == '>' && tag)
        tag = FALSE;
      else if (!tag)
        {
          g_string_append_len (self->text, at, g_utf8_next_char (at) - at);
          self->length++;
        }
    }
}

static void
enter_table (Builder *self, cmark_node *node, gboolean entering)
{
  const char *type = cmark_node_get_type_string (node);

  if (g_str_equal (type, "table_row") || g_str_equal (type, "table_header"))
    {
      self->row = entering;
      self->cells = 0;
      if (!entering)
        flush (self, MEMO_BLOCK_ROW, 0);
    }
  else if (g_str_equal (type, "table_cell") && entering && self->cells++ > 0)
    append (self, "\t");
  else if (g_str_equal (type, "strikethrough"))
    return;
}

static void
leave_paragraph (Builder *self)
{
  if (self->row)
    return;
  if (self->depth > 0 && self->first)
    {
      flush (self, MEMO_BLOCK_ITEM, self->depth);
      self->first = FALSE;
    }
  else
    flush (self, self->quotation ? MEMO_BLOCK_QUOTATION : MEMO_BLOCK_PARAGRAPH, 0);
}

static void
visit (Builder *self, cmark_node *node, gboolean entering)
{
  cmark_node_type type = cmark_node_get_type (node);
  g_autofree char *url = NULL;

  if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
    append (self, cmark_node_get_literal (node));
  else if (type == CMARK_NODE_SOFTBREAK)
    append (self, " ");
  else if (type == CMARK_NODE_LINEBREAK)
    append (self, "\n");
  else if (type == CMARK_NODE_HTML_INLINE)
    return;
  else if (type == CMARK_NODE_HTML_BLOCK)
    {
      append_raw (self, cmark_node_get_literal (node));
      flush (self, MEMO_BLOCK_PARAGRAPH, 0);
    }
  else if (type == CMARK_NODE_CODE_BLOCK)
    {
      append (self, cmark_node_get_literal (node));
      flush (self, MEMO_BLOCK_CODE, 0);
    }
  else if (type == CMARK_NODE_PARAGRAPH)
    {
      if (!entering)
        leave_paragraph (self);
    }
  else if (type == CMARK_NODE_HEADING)
    {
      if (!entering)
        flush (self, MEMO_BLOCK_HEADING, cmark_node_get_heading_level (node));
    }
  else if (type == CMARK_NODE_BLOCK_QUOTE)
    self->quotation += entering ? 1 : -1;
  else if (type == CMARK_NODE_LIST)
    self->depth += entering ? 1 : -1;
  else if (type == CMARK_NODE_ITEM)
    {
      cmark_node *list = cmark_node_parent (node);

      self->first = entering;
      self->number = 0;
      if (entering && cmark_node_get_list_type (list) == CMARK_ORDERED_LIST)
        {
          /* the list keeps how many items it had */
          guint before = GPOINTER_TO_UINT (cmark_node_get_user_data (list));

          self->number = cmark_node_get_list_start (list) + before;
          cmark_node_set_user_data (list, GUINT_TO_POINTER (before + 1));
        }
    }
  else if (type == CMARK_NODE_EMPH || type == CMARK_NODE_STRONG || type == CMARK_NODE_LINK)
    {
      if (entering)
        start_span (self);
      else if (type == CMARK_NODE_LINK)
        {
          url = memo_html_resolve (cmark_node_get_url (node), NULL);
          if (url)
            end_span (self, MEMO_SPAN_LINK, url);
          else
            g_array_set_size (self->starts, self->starts->len - 1);
        }
      else
        end_span (self, type == CMARK_NODE_EMPH ? MEMO_SPAN_EMPHASIS : MEMO_SPAN_STRONG, NULL);
    }
  else if (type == CMARK_NODE_FOOTNOTE_REFERENCE)
    {
      /* Told twice, though it holds nothing. */
      if (entering)
        add_mark (self, node);
    }
  else if (type == CMARK_NODE_FOOTNOTE_DEFINITION)
    self->label = entering && self->notes < self->labels->len ? self->labels->pdata[self->notes++] : NULL;
  else
    enter_table (self, node, entering);
}

/* "title: …" between lines of --- in front of the text. Returns what follows. */
static char *
read_front_matter (MemoDraft *draft, char *text)
{
  char *end, *line;

  if (!g_str_has_prefix (text, "---\n") || !(end = strstr (text + 4, "\n---")))
    return text;
  *end = '\0';
  for (line = text + 4; line && *line;)
    {
      char *next = strchr (line, '\n');
      char *colon;

      if (next)
        *next++ = '\0';
      colon = strchr (line, ':');
      if (colon)
        {
          g_autofree char *key = g_ascii_strdown (line, colon - line);
          g_autofree char *value = g_strstrip (g_strdup (colon + 1));
          gsize length = strlen (value);

          if (length >= 2 && (*value == '"' || *value == '\'') && value[length - 1] == *value)
            {
              memmove (value, value + 1, length - 2);
              value[length - 2] = '\0';
            }
          if (g_str_equal (key, "title") && *value)
            {
              g_free (draft->title);
              draft->title = g_strdup (value);
            }
          else if (g_str_equal (key, "subtitle") && *value)
            {
              g_free (draft->subtitle);
              draft->subtitle = g_strdup (value);
            }
          else if (g_str_equal (key, "author") || g_str_equal (key, "authors"))
            {
              g_strdelimit (value, "[]\"", ' ');
              memo_metadata_add_byline (draft, value);
            }
          else if (g_str_equal (key, "date") && !draft->published)
            draft->published = memo_furniture_read_timestamp (value);
          else if ((g_str_equal (key, "lang") || g_str_equal (key, "language")) && !draft->language_hint)
            draft->language_hint = g_strdup (value);
          else if (g_str_equal (key, "url") || g_str_equal (key, "source"))
            {
              g_free (draft->url);
              draft->url = memo_html_resolve (value, NULL);
            }
          else if (g_str_equal (key, "outlet") || g_str_equal (key, "publisher"))
            {
              g_free (draft->outlet);
              draft->outlet = g_strdup (value);
            }
        }
      line = next;
    }
  end += strlen ("\n---");
  while (*end == '-')
    end++;
  return end;
}

/* Whether each row could be one of a table that somebody reads. The time that cmark needs for a row grows with the square of
 * its cells. */
static gboolean
has_sane_rows (const char *text)
{
  guint cells = 0;

  for (const char *p = strpbrk (text, "|\n"); p && cells <= MOST_CELLS; p = strpbrk (p + 1, "|\n"))
    cells = *p == '|' ? cells + 1 : 0;
  return cells <= MOST_CELLS;
}

MemoDraft *
memo_import_markdown (GBytes *bytes, GError **error)
{
  g_autoptr (MemoDraft) draft = memo_draft_new ("markdown");
  g_autofree char *whole = memo_charset_to_utf8 (bytes, NULL, NULL);
  char *text = read_front_matter (draft, whole);
  Builder self = { 0 };
  g_autoptr (GPtrArray) lines = NULL;
  cmark_parser *parser;
  cmark_node *document;
  cmark_iter *iter;
  cmark_event_type event;

  cmark_gfm_core_extensions_ensure_registered ();
  parser = cmark_parser_new (CMARK_OPT_FOOTNOTES | CMARK_OPT_VALIDATE_UTF8);
  if (has_sane_rows (text))
    cmark_parser_attach_syntax_extension (parser, cmark_find_syntax_extension ("table"));
  cmark_parser_attach_syntax_extension (parser, cmark_find_syntax_extension ("strikethrough"));
  cmark_parser_feed (parser, text, strlen (text));
  document = cmark_parser_finish (parser);

  self.draft = draft;
  self.text = g_string_new (NULL);
  self.starts = g_array_new (FALSE, FALSE, sizeof (guint));
  lines = lines_of (text);
  self.labels = g_ptr_array_new_with_free_func (g_free);
  for (cmark_node *node = cmark_node_first_child (document); node; node = cmark_node_next (node))
    if (cmark_node_get_type (node) == CMARK_NODE_FOOTNOTE_DEFINITION)
      g_ptr_array_add (self.labels, name_of_footnote (node, lines, self.labels->len + 1));
  iter = cmark_iter_new (document);
  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE)
    visit (&self, cmark_iter_get_node (iter), event == CMARK_EVENT_ENTER);
  flush (&self, MEMO_BLOCK_PARAGRAPH, 0);
  cmark_iter_free (iter);
  g_ptr_array_unref (self.labels);
  g_array_unref (self.starts);
  g_string_free (self.text, TRUE);
  cmark_node_free (document);
  cmark_parser_free (parser);
  return g_steal_pointer (&draft);
}
