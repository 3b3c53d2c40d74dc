#include <string.h>
#include "base/memo-text.h"
#include "import/memo-furniture.h"
#include "import/memo-html-pieces.h"
#include "import/memo-polish.h"
#include "import/memo-references.h"

/* The label at the start of a note: "[i] ", "(3) ", "12. ", "¹ ". Bytes of it with what parts it from the text; 0: none.
 * ret_sure: in brackets or raised. */
static gsize
label_at (const char *text, char **ret_label, gboolean *ret_sure)
{
  static const char *const raised[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
  const char *at = text;
  g_autoptr (GString) digits = g_string_new (NULL);

  *ret_sure = FALSE;
  if (*at == '[' || *at == '(')
    {
      char close = *at == '[' ? ']' : ')';
      const char *end = strchr (at, close);
      g_autofree char *inner = end && end - at <= 10 ? g_strndup (at + 1, end - at - 1) : NULL;
      char *label = inner ? memo_html_label (inner) : NULL;

      if (!label)
        return 0;
      *ret_label = label;
      *ret_sure = *at == '[';
      end++;
      return end - text + strspn (end, " \t.:");
    }
  while (TRUE)
    {
      guint i;
      for (i = 0; i < G_N_ELEMENTS (raised); i++)
        if (g_str_has_prefix (at, raised[i]))
          break;
      if (i == G_N_ELEMENTS (raised))
        break;
      g_string_append_c (digits, '0' + i);
      at += strlen (raised[i]);
    }
  if (digits->len > 0)
    {
      *ret_label = g_strdup (digits->str);
      *ret_sure = TRUE;
      return at - text + strspn (at, " \t");
    }
  {
    gsize length = strspn (at, "0123456789");
    gsize end = length;

    if (length == 0)
      end = length = strspn (at, "ivxlc");
    if (length == 0 && (g_str_has_prefix (at, "*") || g_str_has_prefix (at, "†")))
      end = length = *at == '*' ? strspn (at, "*") : strlen ("†");
    if (length == 0 || length > 5)
      return 0;
    end += strspn (at + end, ".):");
    if (at[end] != ' ' && at[end] != '\t')
      return 0;
    *ret_label = g_strndup (at, length);
    return end + strspn (at + end, " \t");
  }
}

/* Whether "[label]" stands in a piece before @to. */
static gboolean
is_called (GPtrArray *pieces, guint to, const char *label)
{
  g_autofree char *mark = g_strdup_printf ("[%s]", label);

  for (guint i = 0; i < to; i++)
    {
      MemoPiece *piece = memo_polish_piece (pieces, i);
      const char *at = strstr (piece->text, mark);

      if (at && at > piece->text)
        return TRUE;
      for (guint j = 0; piece->spans && j < piece->spans->len; j++)
        {
          MemoSpan *span = &g_array_index (piece->spans, MemoSpan, j);
          if (span->type == MEMO_SPAN_MARK && g_strcmp0 (span->target, label) == 0)
            return TRUE;
        }
    }
  return FALSE;
}

static gboolean
looks_cited (const char *text)
{
  return strstr (text, "http") || strstr (text, "www.") || memo_furniture_ibid (text);
}

/* Without the label, and the arrow that leads back. */
static void
strip_note (MemoPiece *piece)
{
  char *label = NULL;
  gboolean sure;
  gsize length;
  static const char *const arrows[] = { "↩", "↑", "⏎", "^", "↵", "︎", "️" };

  length = label_at (piece->text, &label, &sure);
  if (length > 0 && g_strcmp0 (label, piece->label) == 0)
    memo_piece_cut_start (piece, g_utf8_pointer_to_offset (piece->text, piece->text + length));
  g_free (label);
  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    {
      g_strchomp (piece->text);
      if (g_str_has_suffix (piece->text, arrows[i]))
        {
          piece->text[strlen (piece->text) - strlen (arrows[i])] = '\0';
          g_strchomp (piece->text);
          memo_piece_cut_end (piece, g_utf8_strlen (piece->text, -1));
          i = (guint) -1;
        }
    }
  if (g_str_has_prefix (piece->text, "^ "))
    memo_piece_cut_start (piece, 1);
}

/* In a section of notes nearly anything with a label is one; elsewhere the label must be called in the text before. */
static gboolean
is_note (GPtrArray *pieces, guint i, const char *label, gsize length, gboolean sure, gboolean section)
{
  const char *text = memo_polish_piece (pieces, i)->text;

  if (section && (length > 0 || looks_cited (text)))
    return TRUE;
  if (!is_called (pieces, i, label))
    return FALSE;
  return section || sure || (length > 0 && i > pieces->len / 3 && looks_cited (text));
}

/* Pieces behind a heading of notes, and labelled pieces whose label is called in the text before. */
static void
find_notes (MemoDraft *draft)
{
  GPtrArray *pieces = draft->pieces;
  gboolean section = FALSE;

  for (guint i = 1; i < pieces->len; i++)
    {
      MemoPiece *piece = memo_polish_piece (pieces, i);
      char *label = NULL;
      gboolean sure = FALSE;
      gsize length;

      if (piece->type == MEMO_BLOCK_FOOTNOTE || piece->type == MEMO_BLOCK_ROW || piece->type == MEMO_BLOCK_CODE)
        continue;
      if (piece->type == MEMO_BLOCK_HEADING || memo_piece_is_short (piece, 40))
        {
          if (i > pieces->len / 3 && memo_furniture_is_notes (piece->text))
            {
              section = TRUE;
              continue;
            }
          if (piece->type == MEMO_BLOCK_HEADING)
            {
              section = FALSE;
              continue;
            }
        }
      length = label_at (piece->text, &label, &sure);
      if (length == 0 && piece->type == MEMO_BLOCK_ITEM && piece->number > 0)
        label = g_strdup_printf ("%u", piece->number);
      if (label && is_note (pieces, i, label, length, sure, section))
        {
          /* The label alone in its line: the note is the next one. */
          if (length > 0 && piece->text[length] == '\0' && i + 1 < pieces->len)
            {
              g_ptr_array_remove_index (pieces, i);
              piece = memo_polish_piece (pieces, i);
            }
          piece->type = MEMO_BLOCK_FOOTNOTE;
          piece->level = piece->number = 0;
          g_free (piece->label);
          piece->label = g_steal_pointer (&label);
        }
      g_free (label);
    }
}

static gboolean
has_mark_at (MemoPiece *piece, guint offset)
{
  for (guint i = 0; piece->spans && i < piece->spans->len; i++)
    {
      MemoSpan *span = &g_array_index (piece->spans, MemoSpan, i);
      if (span->type == MEMO_SPAN_MARK && offset >= span->start && offset < span->end)
        return TRUE;
    }
  return FALSE;
}

/* "[i]" in the text calls the footnote i. */
static void
find_marks (MemoPiece *piece, GHashTable *labels)
{
  guint marks = 0;

  for (const char *at = strchr (piece->text, '['); at && marks < 500; at = strchr (at + 1, '['))
    {
      const char *end = strchr (at, ']');
      g_autofree char *label = end && end - at <= 9 ? g_strndup (at + 1, end - at - 1) : NULL;
      guint start;

      if (!label || !g_hash_table_contains (labels, label))
        continue;
      start = g_utf8_pointer_to_offset (piece->text, at);
      if (!has_mark_at (piece, start + 1))
        memo_piece_add_span (piece, MEMO_SPAN_MARK, start, start + 2 + g_utf8_strlen (label, -1), label);
      marks++;
    }
}

static void
drop_idle_marks (MemoPiece *piece, GHashTable *labels)
{
  for (guint i = 0; piece->spans && i < piece->spans->len;)
    {
      MemoSpan *span = &g_array_index (piece->spans, MemoSpan, i);
      if (span->type == MEMO_SPAN_MARK && (!span->target || !g_hash_table_contains (labels, span->target)))
        g_array_remove_index (piece->spans, i);
      else
        i++;
    }
}

/* A link in the note is better than an address cut out of its text. */
static void
take_link (MemoPiece *piece, MemoReference *reference)
{
  for (guint i = 0; piece->spans && i < piece->spans->len && !reference->url && !reference->ibid; i++)
    {
      MemoSpan *span = &g_array_index (piece->spans, MemoSpan, i);
      if (span->type == MEMO_SPAN_LINK && span->target && g_str_has_prefix (span->target, "http"))
        reference->url = g_strdup (span->target);
    }
}

void
memo_polish_notes (MemoDraft *draft)
{
  GPtrArray *pieces = draft->pieces;
  g_autoptr (GHashTable) labels = g_hash_table_new (g_str_hash, g_str_equal);
  MemoReference *previous = NULL;

  find_notes (draft);
  for (guint i = 0; i < pieces->len; i++)
    {
      MemoPiece *piece = memo_polish_piece (pieces, i);
      MemoReference *reference;

      if (piece->type != MEMO_BLOCK_FOOTNOTE)
        continue;
      if (piece->label)
        g_hash_table_add (labels, piece->label);
      strip_note (piece);
      reference = memo_reference_parse (draft, piece->label, piece->text, previous);
      take_link (piece, reference);
      g_ptr_array_add (draft->references, reference);
      previous = reference;
    }
  for (guint i = 0; i < pieces->len; i++)
    {
      MemoPiece *piece = memo_polish_piece (pieces, i);

      if (piece->type == MEMO_BLOCK_FOOTNOTE || piece->type == MEMO_BLOCK_CODE)
        continue;
      drop_idle_marks (piece, labels);
      if (g_hash_table_size (labels) > 0)
        find_marks (piece, labels);
    }
}
