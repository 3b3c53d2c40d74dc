#include <string.h>
#include "base/memo-text.h"
#include "import/memo-furniture.h"
#include "import/memo-html-pieces.h"

#define MOST_PIECES 40 /* between headline and article; behind the article */
#define BEFORE_TITLE 4

static gboolean
is_furniture (MemoNode *node)
{
  switch (node->text ? GUMBO_TAG_LAST : (GumboTag) node->tag)
    {
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_OBJECT:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
remove_furniture (MemoNode *page)
{
  MemoNode *next;

  for (MemoNode *node = page->first; node; node = next)
    {
      gboolean furniture = is_furniture (node);

      next = memo_node_walk (node, page, furniture);
      if (furniture)
        memo_node_remove (node);
    }
}

/* The first @length bytes without white space: pieces of the two readings may differ in how they are broken. */
static gboolean
is_same (const char *a, const char *b)
{
  gsize n = 0;

  while (n < 60)
    {
      while (*a && (guchar) *a <= ' ')
        a++;
      while (*b && (guchar) *b <= ' ')
        b++;
      if (!*a || !*b)
        break;
      if (*a++ != *b++)
        return FALSE;
      n++;
    }
  return n >= 60 || (n > 0 && *a == *b);
}

static int
find_piece (GPtrArray *pieces, const char *text, int from, int to, int step)
{
  for (int i = from; i != to; i += step)
    if (is_same (((MemoPiece *) pieces->pdata[i])->text, text))
      return i;
  return -1;
}

static int
find_title (MemoDraft *draft, GPtrArray *pieces)
{
  g_autofree char *key = draft->title ? memo_text_key (draft->title) : NULL;
  int other = -1;

  for (guint i = 0; key && *key && i < pieces->len; i++)
    {
      MemoPiece *piece = pieces->pdata[i];

      if (piece->type != MEMO_BLOCK_HEADING || piece->level > 2)
        continue;
      if (strlen (piece->text) < 1000)
        {
          g_autofree char *heading = memo_text_key (piece->text);
          if (g_str_equal (heading, key))
            return i;
        }
      if (other < 0 && piece->level == 1)
        other = i;
    }
  return other;
}

/* A piece goes only once: on a broken page the headline may stand behind the article. */
static void
move (GPtrArray *pieces, int from, int to, GPtrArray *into)
{
  for (int i = from; i < to; i++)
    if (pieces->pdata[i])
      g_ptr_array_add (into, g_steal_pointer (&pieces->pdata[i]));
}

static void
free_piece (gpointer piece)
{
  if (piece)
    memo_piece_free (piece);
}

void
memo_html_add_surroundings (MemoDraft *draft, MemoArena *arena, MemoNode *page, const char *base)
{
  GPtrArray *own = draft->pieces;
  g_autoptr (GPtrArray) all = NULL;
  int title, first = -1, last = -1;

  remove_furniture (page);
  memo_draft_settle (draft);
  all = draft->pieces = g_ptr_array_new_with_free_func (free_piece);
  memo_html_add_pieces (draft, arena, page, base);
  draft->pieces = own;
  g_clear_pointer (&draft->spare, memo_piece_free);
  if (draft->overflow)
    g_string_free (g_steal_pointer (&draft->overflow), TRUE);

  title = find_title (draft, all);
  for (guint i = 0; i < MIN (own->len, 4) && first < 0; i++)
    first = find_piece (all, ((MemoPiece *) own->pdata[i])->text, 0, all->len, 1);
  for (guint i = 0; i < MIN (own->len, 4) && last < 0; i++)
    last = find_piece (all, ((MemoPiece *) own->pdata[own->len - 1 - i])->text, (int) all->len - 1, -1, -1);
  if (last >= 0)
    move (all, last + 1, MIN ((int) all->len, last + 1 + MOST_PIECES), draft->tail);
  if (title >= 0 && (first < 0 || title < first || title < first + 4))
    {
      int from = MAX (0, title - BEFORE_TITLE);
      int to = first > title ? first : title;

      if (to - title <= MOST_PIECES)
        move (all, from, to, draft->head);
      else
        move (all, from, title, draft->head);
    }
  /* The languages of the article may be named within it, where they are taken for links and nothing else. */
  for (guint i = 0; i < all->len; i++)
    if (all->pdata[i] && memo_furniture_versions (((MemoPiece *) all->pdata[i])->text))
      move (all, i, i + 1, draft->head);
}
