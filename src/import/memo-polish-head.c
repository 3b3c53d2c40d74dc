/* Headline, label and subtitle, and what of the head stands where. */

#include "memo-polish-head.h"

#include <string.h>

#include "base/memo-text.h"
#include "memo-extract.h"
#include "memo-furniture.h"
#include "memo-metadata.h"
#include "memo-polish.h"

gboolean
memo_head_is_body (const MemoPiece *piece)
{
  return piece->type == MEMO_BLOCK_PARAGRAPH && !memo_piece_is_short (piece, MEMO_HEAD_LONG);
}

static gboolean
is_title (MemoDraft *draft, const MemoPiece *piece)
{
  if (!draft->title || !*draft->title || strlen (piece->text) > 1000)
    return FALSE;
  if (piece->type != MEMO_BLOCK_HEADING)
    {
      g_autofree char *a = memo_text_key (piece->text);
      g_autofree char *b = memo_text_key (draft->title);
      return g_str_equal (a, b);
    }
  return memo_extract_similarity (draft->title, piece->text) > 0.8 &&
         memo_extract_similarity (piece->text, draft->title) > 0.6;
}

/* Pieces of the head that were found around the article: nothing of them is body. */
static void
read_head (MemoDraft *draft)
{
  GPtrArray *pieces = draft->head;
  gboolean behind_title = FALSE, only_meta = TRUE;

  for (guint i = 0; i < pieces->len; i++)
    {
      MemoPiece *piece = memo_polish_piece (pieces, i);
      const char *kind;
      guint n;

      if (is_title (draft, piece))
        {
          behind_title = TRUE;
          continue;
        }
      kind = memo_piece_is_short (piece, 40) ? memo_furniture_kind (piece->text) : NULL;
      if (kind)
        {
          g_free (draft->kind);
          draft->kind = g_strdup (kind);
          continue;
        }
      if (!behind_title)
        continue;
      if (memo_piece_is_short (piece, 60) && memo_furniture_is_summary (piece->text))
        {
          n = memo_head_points_at (pieces, i + 1, TRUE);
          memo_head_take_points (draft, pieces, i + 1, n);
          i += n;
          continue;
        }
      n = draft->summary->len == 0 ? memo_head_points_at (pieces, i, FALSE) : 0;
      if (n == 0 && draft->summary->len == 0)
        n = memo_head_paragraphs_before_byline (draft, pieces, i);
      if (n > 0)
        {
          memo_head_take_points (draft, pieces, i, n);
          i += n - 1;
          continue;
        }
      if (memo_furniture_is_button (piece->text) || memo_furniture_is_caption (piece->text) ||
          piece->type == MEMO_BLOCK_CAPTION || memo_furniture_versions (piece->text))
        continue;
      if (memo_head_read_line (draft, piece->text) != MEMO_HEAD_OTHER)
        continue;
      if (!draft->subtitle && only_meta && memo_head_is_point (piece) &&
          (piece->type == MEMO_BLOCK_PARAGRAPH || piece->type == MEMO_BLOCK_HEADING))
        draft->subtitle = memo_text_collapse (piece->text);
      only_meta = FALSE;
    }
}

/* Byline and date may stand under a sentence or two of introduction; another day than the article's is part of a chronology. */
static gboolean
is_meta_below (MemoDraft *draft, MemoPiece *piece, guint skipped)
{
  g_autoptr (MemoDate) date = NULL;
  g_autoptr (MemoDate) known = draft->published ? memo_date_ref (draft->published) : NULL;

  if (skipped > 2)
    return FALSE;
  date = skipped > 0 ? memo_head_read_date (draft, piece->text, NULL) : NULL;
  if (date && known && !memo_date_equal (date, known))
    return FALSE;
  /* "What was signed on 12 March 2024" is a heading, and a sentence is a sentence. */
  if (piece->type == MEMO_BLOCK_HEADING || skipped > 0)
    {
      g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
      const char *rest = memo_furniture_byline (piece->text);

      memo_head_add_parts (draft, parts, piece->text);
      if (parts->len == 1 && !(rest && piece->type == MEMO_BLOCK_PARAGRAPH))
        return FALSE;
    }
  return memo_head_read_line (draft, piece->text) == MEMO_HEAD_META;
}

/* The same within the pieces themselves: what is understood goes. */
static void
read_beginning (MemoDraft *draft, guint from)
{
  GPtrArray *pieces = draft->pieces;
  guint looked = 0;
  gboolean consumed = FALSE;

  for (guint i = from; i < pieces->len && pieces->len > 1 && looked < MEMO_HEAD_LINES; looked++)
    {
      MemoPiece *piece = memo_polish_piece (pieces, i);
      const char *kind;
      guint n;

      if (is_title (draft, piece) && pieces->len > 1)
        {
          g_ptr_array_remove_index (pieces, i);
          continue;
        }
      if (memo_head_is_body (piece) || piece->type == MEMO_BLOCK_ROW || piece->type == MEMO_BLOCK_CODE)
        break;
      kind =
          memo_piece_is_short (piece, 40) && piece->type != MEMO_BLOCK_ITEM ? memo_furniture_kind (piece->text) : NULL;
      if (kind)
        {
          g_free (draft->kind);
          draft->kind = g_strdup (kind);
          g_ptr_array_remove_index (pieces, i);
          continue;
        }
      if (memo_piece_is_short (piece, 60) && memo_furniture_is_summary (piece->text) &&
          (n = memo_head_points_at (pieces, i + 1, TRUE)) > 0 && i + 1 + n < pieces->len)
        {
          memo_head_take_points (draft, pieces, i + 1, n);
          g_ptr_array_remove_range (pieces, i, n + 1);
          continue;
        }
      /* A sentence set as a heading, straight under the headline. */
      if (piece->type == MEMO_BLOCK_HEADING && i == from && !consumed && !draft->subtitle &&
          memo_head_is_point (piece) && memo_furniture_is_sentence (piece->text, 5) && i + 1 < pieces->len &&
          memo_polish_piece (pieces, i + 1)->type != MEMO_BLOCK_HEADING)
        {
          draft->subtitle = memo_text_collapse (piece->text);
          g_ptr_array_remove_index (pieces, i);
          continue;
        }
      /* A list of points straight before the body; what stood between the headline and it is no list's introduction. */
      n = memo_head_points_at (pieces, i, FALSE);
      if (n > 0 && i + n < pieces->len && (i == from || draft->summary->len > 0) &&
          memo_polish_piece (pieces, i + n)->type != MEMO_BLOCK_ITEM)
        {
          memo_head_take_points (draft, pieces, i, n);
          g_ptr_array_remove_range (pieces, i, n);
          continue;
        }
      n = i == from && draft->summary->len == 0 ? memo_head_paragraphs_before_byline (draft, pieces, i) : 0;
      if (n > 0 && i + n + 1 < pieces->len)
        {
          memo_head_take_points (draft, pieces, i, n);
          g_ptr_array_remove_range (pieces, i, n);
          continue;
        }
      /* In plain text a short line by itself looks like a heading. */
      if ((piece->type == MEMO_BLOCK_PARAGRAPH ||
           (piece->type == MEMO_BLOCK_HEADING && g_str_equal (draft->format, "text"))) &&
          (i == from || consumed) && memo_head_read_lone_dateline (draft, piece->text))
        {
          g_ptr_array_remove_index (pieces, i);
          consumed = TRUE;
          continue;
        }
      if ((piece->type == MEMO_BLOCK_PARAGRAPH ||
           (piece->type == MEMO_BLOCK_HEADING && g_str_equal (draft->format, "text"))) &&
          is_meta_below (draft, piece, consumed ? 0 : i - from))
        {
          g_ptr_array_remove_index (pieces, i);
          /* One sentence between it and the headline is a subtitle. */
          if (!consumed && i == from + 1 && !draft->subtitle && memo_head_is_point (memo_polish_piece (pieces, from)) &&
              memo_polish_piece (pieces, from)->type != MEMO_BLOCK_ITEM)
            {
              draft->subtitle = memo_text_collapse (memo_polish_piece (pieces, from)->text);
              g_ptr_array_remove_index (pieces, from);
              i--;
            }
          consumed = TRUE;
          continue;
        }
      if (piece->type == MEMO_BLOCK_PARAGRAPH && memo_furniture_has (draft->summary, piece->text))
        {
          g_ptr_array_remove_index (pieces, i);
          continue;
        }
      if (piece->type == MEMO_BLOCK_PARAGRAPH && memo_piece_is_short (piece, 300) &&
          memo_furniture_is_caption (piece->text))
        piece->type = MEMO_BLOCK_CAPTION;
      i++;
    }
}

/* A name alone in a line with a date line beside it is the author's. */
static void
read_lone_names (MemoDraft *draft)
{
  GPtrArray *pieces = draft->pieces;

  for (guint i = 0; i + 1 < pieces->len && i < 8 && draft->authors->len == 0; i++)
    {
      MemoPiece *piece = memo_polish_piece (pieces, i);
      MemoPiece *next = memo_polish_piece (pieces, i + 1);
      g_autoptr (MemoDate) date = NULL;

      if ((piece->type != MEMO_BLOCK_PARAGRAPH && piece->type != MEMO_BLOCK_HEADING) ||
          !memo_piece_is_short (piece, 60) || !memo_head_looks_like_name (piece->text))
        continue;
      date = memo_piece_is_short (next, 120) ? memo_head_read_date (draft, next->text, NULL) : NULL;
      if (!date && i > 0)
        date = memo_piece_is_short (memo_polish_piece (pieces, i - 1), 120)
                   ? memo_head_read_date (draft, memo_polish_piece (pieces, i - 1)->text, NULL)
                   : NULL;
      if (!date)
        continue;
      memo_metadata_add_byline (draft, piece->text);
      g_ptr_array_remove_index (pieces, i);
    }
}

void
memo_polish_head (MemoDraft *draft)
{
  GPtrArray *pieces = draft->pieces;

  read_head (draft);
  if (g_str_equal (draft->format, "markdown") && !draft->title)
    for (guint i = 0; i < MIN (pieces->len, 5); i++)
      {
        MemoPiece *piece = memo_polish_piece (pieces, i);
        if (piece->type == MEMO_BLOCK_HEADING && piece->level == 1)
          {
            draft->title = memo_text_collapse (piece->text);
            break;
          }
      }
  if (g_str_equal (draft->format, "text"))
    memo_head_read_plain (draft);
  read_lone_names (draft);
  read_beginning (draft, 0);
  for (guint i = 0; i < pieces->len; i++)
    {
      MemoPiece *piece = memo_polish_piece (pieces, i);
      gboolean guessed = piece->type == MEMO_BLOCK_HEADING && g_str_equal (draft->format, "text");

      if ((piece->type == MEMO_BLOCK_PARAGRAPH || guessed) && memo_piece_is_short (piece, 250) &&
          memo_furniture_is_caption (piece->text))
        {
          piece->type = MEMO_BLOCK_CAPTION;
          piece->level = 0;
        }
    }
  for (guint i = 0; i < MIN (pieces->len, 4); i++)
    {
      MemoPiece *piece = memo_polish_piece (pieces, i);
      if (piece->type == MEMO_BLOCK_PARAGRAPH)
        {
          memo_head_read_dateline (draft, piece->text);
          break;
        }
    }
}
