/* The head of a plain text, whose lines say by nothing but their place and length what they are. */

#include "memo-polish-head.h"

#include <string.h>

#include "base/memo-text.h"
#include "memo-furniture.h"
#include "memo-polish.h"

/* The headline among the first lines: behind menus, before the body. */
static int
find_headline (MemoDraft *draft, guint body)
{
  GPtrArray *pieces = draft->pieces;
  int first = -1;

  for (guint i = 0; i < body; i++)
    {
      MemoPiece *piece = memo_polish_piece (pieces, i);
      const char *text = piece->text;
      const char *rest;

      if (memo_furniture_kind (text) || memo_furniture_is_button (text) || memo_furniture_is_summary (text) ||
          memo_furniture_is_consent (text) || !memo_piece_is_short (piece, 250) || piece->type == MEMO_BLOCK_ITEM)
        continue;
      rest = memo_furniture_byline (text);
      if (rest && memo_head_looks_like_name (rest))
        continue;
      {
        g_autoptr (MemoDate) date = memo_head_read_date (draft, text, NULL);
        if (date && memo_head_count_words (text) < 6)
          continue;
      }
      if (memo_head_count_words (text) >= 4 || g_utf8_strlen (text, -1) >= 28)
        return i;
      if (first < 0)
        first = i;
    }
  return first;
}

void
memo_head_read_plain (MemoDraft *draft)
{
  GPtrArray *pieces = draft->pieces;
  guint body = 0, n;
  int title;

  /* The first paragraph that is long, or else the longest line of the first ones. */
  while (body < pieces->len && memo_piece_is_short (memo_polish_piece (pieces, body), MEMO_HEAD_LONG))
    body++;
  if (body == pieces->len)
    {
      body = MIN (pieces->len, 2);
      while (body < MIN (pieces->len, MEMO_HEAD_LINES) && memo_head_is_meta (draft, memo_polish_piece (pieces, body)))
        body++;
      if (body == pieces->len && body > 1)
        body--;
    }
  if (body == 0)
    return;
  title = draft->title ? -1 : find_headline (draft, body);
  if (title >= 0)
    {
      draft->title = memo_text_collapse (memo_polish_piece (pieces, title)->text);
      for (int i = 0; i < title; i++)
        {
          const char *kind = memo_furniture_kind (memo_polish_piece (pieces, i)->text);
          if (kind)
            {
              g_free (draft->kind);
              draft->kind = g_strdup (kind);
            }
          else
            {
              g_autofree char *written = NULL;
              g_autoptr (MemoDate) date = memo_head_read_date (draft, memo_polish_piece (pieces, i)->text, &written);
              if (date)
                memo_head_set_published (draft, date, written);
            }
        }
      if ((guint) title + 1 == pieces->len)
        return; /* nothing but a headline: it is the text too */
      g_ptr_array_remove_range (pieces, 0, title + 1);
      body -= title + 1;
    }
  if (body > MEMO_HEAD_LINES)
    return;
  /* A label may stand under the headline too. */
  if (body > 0 && memo_furniture_kind (memo_polish_piece (pieces, 0)->text))
    {
      g_free (draft->kind);
      draft->kind = g_strdup (memo_furniture_kind (memo_polish_piece (pieces, 0)->text));
      g_ptr_array_remove_index (pieces, 0);
      body--;
    }
  for (guint i = 0; i < body; i++)
    {
      n = memo_head_lines_of_summary (draft, i, body);
      if (n > 0)
        {
          memo_head_take_points (draft, pieces, i, n);
          g_ptr_array_remove_range (pieces, i, n);
          body -= n;
          break;
        }
      if (!memo_head_is_meta (draft, memo_polish_piece (pieces, i)))
        break;
    }
  /* One sentence under the headline, with byline or date behind it. */
  if (body >= 2 && memo_head_is_point (memo_polish_piece (pieces, 0)) &&
      !memo_head_is_meta (draft, memo_polish_piece (pieces, 0)) &&
      memo_polish_piece (pieces, 0)->type != MEMO_BLOCK_ITEM &&
      memo_head_is_meta (draft, memo_polish_piece (pieces, 1)) &&
      !memo_furniture_is_caption (memo_polish_piece (pieces, 0)->text))
    {
      draft->subtitle = memo_text_collapse (memo_polish_piece (pieces, 0)->text);
      g_ptr_array_remove_index (pieces, 0);
    }
}
