#include <string.h>
#include "base/memo-text.h"
#include "import/memo-furniture.h"
#include "import/memo-metadata.h"
#include "import/memo-polish.h"

/* Where the words of @name end at the start of @text, whatever their case, behind titles as "Dr."; NULL: it does not begin with them. */
static const char *
behind_name (const char *text, const char *name)
{
  g_autofree char *key = memo_text_key (name);
  glong n = g_utf8_strlen (name, -1);
  glong length;

  text = memo_byline_skip_titles (text);
  length = g_utf8_strlen (text, MIN (strlen (text), 1000));

  for (glong i = n; i <= MIN (n + 4, length); i++)
    {
      g_autofree char *head = g_utf8_substring (text, 0, i);
      g_autofree char *head_key = memo_text_key (head);

      if (g_str_equal (head_key, key))
        {
          const char *end = text + strlen (head);
          return *end && g_unichar_isalnum (g_utf8_get_char (end)) ? NULL : end;
        }
    }
  return NULL;
}

static char *
author_of (MemoDraft *draft, const char *text)
{
  for (guint i = 0; i < draft->authors->len; i++)
    {
      const char *end = behind_name (text, draft->authors->pdata[i]);
      if (end)
        {
          text = memo_byline_skip_titles (text);
          return g_strndup (text, end - text);
        }
    }
  return NULL;
}

/* What follows a name when it is said who he is; not what he said. */
static gboolean
tells_of_author (const char *rest)
{
  static const char *const said[] = { " said",    " says",       " told",       " argue",  " soyledi",
                                      " dedi",    " belirtti",   " ifade etti", " сказал", " заявил",
                                      " отметил", " подчеркнул", " сообщил" };
  g_autofree char *key = NULL;

  if (strlen (rest) < 12 || strlen (rest) > 3000)
    return FALSE;
  key = memo_text_key (rest);
  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    {
      const char *at = strstr (key, said[i]);
      if (at && at - key < 40)
        return FALSE;
    }
  return TRUE;
}

static void
add_biography (MemoDraft *draft, GString *text)
{
  MemoDraftBiography *biography = g_new0 (MemoDraftBiography, 1);

  biography->text = g_strndup (text->str, text->len);
  biography->author = author_of (draft, text->str);
  if (!biography->author && draft->authors->len == 1)
    biography->author = g_strdup (draft->authors->pdata[0]);
  for (guint i = 0; i < draft->biographies->len; i++)
    {
      MemoDraftBiography *other = draft->biographies->pdata[i];
      if (g_str_equal (other->text, biography->text))
        {
          g_free (biography->author);
          g_free (biography->text);
          g_free (biography);
          return;
        }
    }
  g_ptr_array_add (draft->biographies, biography);
}

/* "Deniz İncesu is …" with no known author: the words before the verb are the name. */
static void
learn_author (MemoDraft *draft, const char *text)
{
  static const char *const verbs[] = { " is ", " was ", " holds ", " works ", " – ", " — ", ", " };

  if (draft->authors->len > 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      const char *at = strstr (text, verbs[i]);
      g_autofree char *name = at && at - text < 60 ? g_strndup (text, at - text) : NULL;
      g_auto (GStrv) words = name ? g_strsplit (name, " ", -1) : NULL;
      guint n = words ? g_strv_length (words) : 0;
      gboolean capital = n >= 2 && n <= 4;

      for (guint j = 0; j < n && capital; j++)
        capital = g_unichar_isupper (g_utf8_get_char (words[j]));
      if (capital)
        {
          memo_draft_add_author (draft, memo_byline_skip_titles (name));
          return;
        }
    }
}

/* Behind "About the author": up to the next heading or list. */
static guint
take_box (MemoDraft *draft, GPtrArray *pieces, guint i)
{
  guint n = 1;
  gboolean any = FALSE;

  while (i + n < pieces->len && n <= 5)
    {
      MemoPiece *piece = memo_polish_piece (pieces, i + n);
      g_autofree char *name = NULL;
      g_autoptr (GString) text = NULL;

      if (piece->type == MEMO_BLOCK_FOOTNOTE || memo_furniture_is_end (piece->text) ||
          memo_furniture_is_notes (piece->text) || (any && piece->type == MEMO_BLOCK_HEADING))
        break;
      if (memo_piece_is_short (piece, 60) && !memo_furniture_is_sentence (piece->text, 5))
        {
          /* the name in a line of its own, or links to his pages */
          if (any)
            {
              if (memo_piece_link_share (piece) < 0.5)
                break;
            }
          else if (draft->authors->len == 0)
            learn_author (draft, piece->text);
          n++;
          continue;
        }
      if (any && draft->authors->len < 2)
        break;
      learn_author (draft, piece->text);
      text = g_string_new (piece->text);
      add_biography (draft, text);
      any = TRUE;
      n++;
    }
  return any ? n : 0;
}

static void
look_for_biographies (MemoDraft *draft, GPtrArray *pieces, gboolean own)
{
  guint last = pieces->len;
  guint seen = 0;

  for (guint i = 0; i < pieces->len; i++)
    {
      MemoPiece *piece = memo_polish_piece (pieces, i);
      guint n;

      if (!memo_piece_is_short (piece, 50) || (own && i < pieces->len / 3) ||
          !memo_furniture_is_biography (piece->text))
        continue;
      n = take_box (draft, pieces, i);
      if (n > 0)
        {
          g_ptr_array_remove_range (pieces, i, n);
          i--;
        }
    }
  /* Without a heading: among the last pieces, one that begins with the author's name. */
  for (guint i = MIN (last, pieces->len); i > 0 && seen < 8; i--)
    {
      MemoPiece *piece = memo_polish_piece (pieces, i - 1);
      g_autoptr (GString) text = NULL;
      const char *rest = NULL;

      if (own && i - 1 <= pieces->len / 3)
        break;
      if (piece->type == MEMO_BLOCK_FOOTNOTE || piece->text[0] == '[')
        continue;
      seen++;
      for (guint j = 0; j < draft->authors->len && !rest; j++)
        rest = behind_name (piece->text, draft->authors->pdata[j]);
      if (piece->type != MEMO_BLOCK_PARAGRAPH || !rest || !tells_of_author (rest))
        continue;
      text = g_string_new (piece->text);
      add_biography (draft, text);
      g_ptr_array_remove_index (pieces, i - 1);
    }
}

/* The author's name alone in a line, at the end of the article: it headed the biography, or signs the text. */
static void
remove_names (MemoDraft *draft)
{
  GPtrArray *pieces = draft->pieces;
  guint seen = 0;

  for (guint i = pieces->len; i > 1 && seen < 8; i--)
    {
      MemoPiece *piece = memo_polish_piece (pieces, i - 1);

      if (piece->type == MEMO_BLOCK_FOOTNOTE || piece->text[0] == '[')
        continue;
      seen++;
      if (!memo_piece_is_short (piece, 80))
        continue;
      for (guint j = 0; j < draft->authors->len; j++)
        {
          const char *rest = behind_name (piece->text, draft->authors->pdata[j]);
          if (rest && !rest[strspn (rest, " .:,")])
            {
              g_ptr_array_remove_index (pieces, i - 1);
              break;
            }
        }
    }
}

void
memo_polish_biographies (MemoDraft *draft)
{
  look_for_biographies (draft, draft->pieces, TRUE);
  if (draft->biographies->len == 0)
    look_for_biographies (draft, draft->tail, FALSE);
  if (draft->biographies->len > 0)
    remove_names (draft);
}

/* What stands at the end of pages. */
static gboolean
is_last_line (const MemoPiece *piece)
{
  static const char *const starts[] = { "tags:",           "tag:",      "tagged",      "filed under", "posted in",
                                        "categories:",     "category:", "etiketler",   "etiket:",     "kategori:",
                                        "kategoriler:",    "метки:",    "теги:",       "рубрика:",    "рубрики:",
                                        "ключевые слова:", "© ",        "copyright ©", "(c) 20" };
  g_autofree char *key = NULL;

  if (!memo_piece_is_short (piece, 200))
    return FALSE;
  key = memo_text_key (piece->text);
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    if (g_str_has_prefix (key, starts[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_heading_like (const MemoPiece *piece)
{
  return piece->type == MEMO_BLOCK_HEADING ||
         ((piece->type == MEMO_BLOCK_PARAGRAPH || piece->type == MEMO_BLOCK_ITEM) && memo_piece_is_short (piece, 60));
}

/* Of all from @from on only the notes stay. */
static void
keep_notes (GPtrArray *pieces, guint from)
{
  guint kept = from;

  for (guint i = from; i < pieces->len; i++)
    {
      MemoPiece *piece = pieces->pdata[i];

      if (piece->type != MEMO_BLOCK_FOOTNOTE)
        continue;
      pieces->pdata[i] = pieces->pdata[kept];
      pieces->pdata[kept++] = piece;
    }
  g_ptr_array_set_size (pieces, kept);
}

void
memo_polish_end (MemoDraft *draft)
{
  GPtrArray *pieces = draft->pieces;
  gsize before = 0, all = 0;
  guint removed = 0;

  for (guint i = 0; i < pieces->len; i++)
    all += strlen (memo_polish_piece (pieces, i)->text);
  for (guint i = 0; i < pieces->len; i++)
    {
      MemoPiece *piece = memo_polish_piece (pieces, i);

      if (i > 0 && is_heading_like (piece) && memo_furniture_is_end (piece->text))
        {
          if (before * 2 > all)
            {
              keep_notes (pieces, i);
              break;
            }
          /* Within the article: the words and the links under them. */
          if (removed++ > 50)
            break;
          do
            g_ptr_array_remove_index (pieces, i);
          while (i < pieces->len && removed++ < 50 && memo_piece_link_share (memo_polish_piece (pieces, i)) > 0.8);
          i--;
          continue;
        }
      before += strlen (piece->text);
    }
  while (pieces->len > 1 && is_last_line (memo_polish_piece (pieces, pieces->len - 1)))
    g_ptr_array_remove_index (pieces, pieces->len - 1);
  /* A line of tags may stand before the notes. */
  for (guint i = pieces->len; i > 1 && i + 8 > pieces->len; i--)
    if (is_last_line (memo_polish_piece (pieces, i - 1)))
      g_ptr_array_remove_index (pieces, i - 1);
}
