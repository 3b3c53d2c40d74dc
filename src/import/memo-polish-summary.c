/* The points of a summary, between headline and body. */

#include "memo-polish-head.h"

#include <string.h>

#include "base/memo-text.h"
#include "memo-furniture.h"
#include "memo-polish.h"

gboolean
memo_head_is_point (const MemoPiece *piece)
{
  glong length = strlen (piece->text) > 1200 ? 1200 : g_utf8_strlen (piece->text, -1);

  return length >= 20 && length <= 400 && strchr (piece->text, ' ') && !strchr (piece->text, '\t') &&
         memo_piece_link_share (piece) < 0.4;
}

guint
memo_head_points_at (GPtrArray *pieces, guint i, gboolean headed)
{
  MemoBlockType type;
  guint n = 0;

  if (i >= pieces->len)
    return 0;
  type = memo_polish_piece (pieces, i)->type;
  if (type != MEMO_BLOCK_ITEM && !(headed && (type == MEMO_BLOCK_PARAGRAPH || type == MEMO_BLOCK_QUOTATION)))
    return 0;
  while (i + n < pieces->len && memo_polish_piece (pieces, i + n)->type == type &&
         memo_head_is_point (memo_polish_piece (pieces, i + n)))
    n++;
  if (i + n < pieces->len && memo_polish_piece (pieces, i + n)->type == type && type == MEMO_BLOCK_ITEM)
    return 0; /* a list with other things in it */
  if (type == MEMO_BLOCK_PARAGRAPH && n > 3)
    n = 3;
  return n >= (headed ? 1 : 2) && n <= 7 ? n : 0;
}

void
memo_head_take_points (MemoDraft *draft, GPtrArray *pieces, guint i, guint n)
{
  for (guint j = 0; j < n; j++)
    {
      g_autofree char *text = memo_text_collapse (memo_polish_piece (pieces, i + j)->text);
      if (!memo_furniture_has (draft->summary, text))
        g_ptr_array_add (draft->summary, g_steal_pointer (&text));
    }
}

guint
memo_head_paragraphs_before_byline (MemoDraft *draft, GPtrArray *pieces, guint i)
{
  guint n = 0;

  while (i + n < pieces->len && n < 7)
    {
      MemoPiece *piece = memo_polish_piece (pieces, i + n);

      if ((n > 0 && piece->after) || piece->type != MEMO_BLOCK_PARAGRAPH || memo_head_is_body (piece) ||
          !memo_head_is_point (piece) || memo_furniture_is_caption (piece->text) || memo_head_is_meta (draft, piece))
        break;
      n++;
    }
  if (n < 2 || n > 6 || i + n >= pieces->len)
    return 0;
  /* A name alone says nothing: it may head what comes behind a short article. */
  if (!memo_polish_piece (pieces, i + n)->after &&
      (!memo_head_is_meta (draft, memo_polish_piece (pieces, i + n)) ||
       memo_head_looks_like_name (memo_polish_piece (pieces, i + n)->text)))
    return 0;
  return n;
}

guint
memo_head_lines_of_summary (MemoDraft *draft, guint from, guint body)
{
  GPtrArray *pieces = draft->pieces;
  guint n = 0;
  gboolean together = TRUE;

  while (from + n < body && n < 8)
    {
      MemoPiece *piece = memo_polish_piece (pieces, from + n);

      if (!memo_head_is_point (piece) || piece->type == MEMO_BLOCK_CAPTION || memo_furniture_is_caption (piece->text) ||
          !memo_piece_is_short (piece, 300) || memo_head_is_meta (draft, piece))
        break;
      if (n > 0 && piece->after)
        break;
      if (n > 0 && piece->gap)
        together = FALSE;
      n++;
    }
  if (n < 2 || n > 6)
    return 0;
  if (from + n < body || memo_polish_piece (pieces, from + n)->after ||
      (together && memo_polish_piece (pieces, from + n)->gap && n > 1))
    return n;
  return n == 3 && draft->kind ? n : 0;
}
