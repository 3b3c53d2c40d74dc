#include "import/memo-polish.h"

#include <string.h>
#include "base/memo-language.h"
#include "base/memo-text.h"
#include "import/memo-furniture.h"

gboolean
memo_piece_is_short (const MemoPiece *piece, guint length)
{
  return strlen (piece->text) <= length * 2 && g_utf8_strlen (piece->text, -1) <= length;
}

double
memo_piece_link_share (const MemoPiece *piece)
{
  glong length, links = 0;

  if (!piece->spans || piece->spans->len == 0)
    return 0;
  length = g_utf8_strlen (piece->text, -1);
  for (guint i = 0; piece->spans && i < piece->spans->len; i++)
    {
      MemoSpan *span = &g_array_index (piece->spans, MemoSpan, i);
      if (span->type == MEMO_SPAN_LINK)
        links += span->end - span->start;
    }
  return length > 0 ? (double) links / length : 0;
}

MemoPiece *
memo_polish_piece (GPtrArray *pieces, guint i)
{
  return pieces->pdata[i];
}

/* The names of languages in @text, with the links over them. FALSE: something else stands there too. */
static gboolean
read_languages (MemoDraft *draft, MemoPiece *piece, const char *text, gboolean commit)
{
  g_autoptr (GString) plain = g_string_new (text);
  g_auto (GStrv) words = NULL;
  const char *from = text;
  guint found = 0, other = 0;

  /* The set below is one of bytes. */
  g_string_replace (plain, "·", " ", 0);
  words = g_strsplit_set (plain->str, " ,;|/:()[]\n\t", -1);
  for (guint i = 0; words[i]; i++)
    {
      const char *language = *words[i] ? memo_language_from_name (words[i]) : NULL;
      const char *url = NULL;
      const char *at;

      if (!*words[i] || g_str_equal (words[i], "•") || g_str_equal (words[i], "–") || g_str_equal (words[i], "-"))
        continue;
      if (!language)
        {
          other++;
          continue;
        }
      found++;
      at = strstr (from, words[i]);
      if (at && at >= piece->text && at < piece->text + strlen (piece->text))
        {
          guint offset = g_utf8_pointer_to_offset (piece->text, at);
          for (guint j = 0; piece->spans && j < piece->spans->len; j++)
            {
              MemoSpan *span = &g_array_index (piece->spans, MemoSpan, j);
              if (span->type == MEMO_SPAN_LINK && span->start <= offset && span->end > offset)
                url = span->target;
            }
          from = at + strlen (words[i]);
        }
      if (commit)
        memo_draft_add_version (draft, language, url);
    }
  return found > 0 && other <= 1;
}

gboolean
memo_polish_versions (MemoDraft *draft, GPtrArray *pieces, guint i, guint *ret_n)
{
  MemoPiece *piece = memo_polish_piece (pieces, i);
  const char *rest;
  guint n = 1;

  if (!memo_piece_is_short (piece, 300))
    return FALSE;
  rest = memo_furniture_versions (piece->text);
  if (!rest)
    return FALSE;
  while (*rest == ':' || *rest == ' ' || *rest == '\n')
    rest++;
  if (*rest && !read_languages (draft, piece, rest, FALSE))
    return FALSE;
  if (*rest)
    read_languages (draft, piece, rest, TRUE);
  /* The languages may stand in lines of their own. */
  while (i + n < pieces->len && n < 12)
    {
      MemoPiece *next = memo_polish_piece (pieces, i + n);
      if (!memo_piece_is_short (next, 60) || !read_languages (draft, next, next->text, FALSE))
        break;
      read_languages (draft, next, next->text, TRUE);
      n++;
    }
  *ret_n = n;
  return *rest || n > 1;
}

/* Buttons, counters, consent, and lists of versions anywhere. */
static void
remove_furniture (MemoDraft *draft)
{
  GPtrArray *pieces = draft->pieces;
  GPtrArray *kept = g_ptr_array_new_with_free_func ((GDestroyNotify) memo_piece_free);
  g_autoptr (GPtrArray) removed = g_ptr_array_new ();

  for (guint i = 0; i < pieces->len;)
    {
      MemoPiece *piece = memo_polish_piece (pieces, i);
      gboolean edge = i < 12 || i + 12 > pieces->len;
      gboolean plain = piece->type == MEMO_BLOCK_PARAGRAPH || piece->type == MEMO_BLOCK_CAPTION;
      guint n = 1;
      gboolean gone = FALSE;

      if (piece->type != MEMO_BLOCK_ROW && piece->type != MEMO_BLOCK_CODE)
        {
          /* In the middle a word alone may be an item of a list or a heading. */
          gone = (edge || plain) && memo_piece_is_short (piece, 80) && memo_furniture_is_button (piece->text) &&
                 !memo_furniture_is_end (piece->text);
          if (!gone)
            gone = memo_polish_versions (draft, pieces, i, &n);
          if (!gone)
            n = 1;
          if (!gone && edge)
            gone = memo_furniture_is_consent (piece->text);
        }
      for (guint j = i; j < i + n; j++)
        g_ptr_array_add (gone ? removed : kept, pieces->pdata[j]);
      i += n;
      if (gone && i < pieces->len)
        memo_polish_piece (pieces, i)->after = TRUE;
    }
  /* Nothing but such words: then they are what was meant. */
  if (kept->len > 0)
    {
      for (guint i = 0; i < removed->len; i++)
        memo_piece_free (removed->pdata[i]);
      g_ptr_array_set_free_func (pieces, NULL);
      g_ptr_array_unref (pieces);
      draft->pieces = kept;
    }
  else
    g_ptr_array_unref (kept);
  for (guint i = 0; i < draft->head->len; i++)
    {
      guint n;
      memo_polish_versions (draft, draft->head, i, &n);
    }
  for (guint i = 0; i < draft->tail->len; i++)
    {
      guint n;
      memo_polish_versions (draft, draft->tail, i, &n);
    }
}

/* A page names itself among its versions. */
static void
remove_own_version (MemoDraft *draft)
{
  for (guint i = 0; i < draft->versions->len; i++)
    {
      MemoDraftVersion *version = draft->versions->pdata[i];
      if (g_strcmp0 (version->language, draft->language) == 0 ||
          (version->url && g_strcmp0 (version->url, draft->url) == 0))
        g_ptr_array_remove_index (draft->versions, i--);
    }
}

/* "Deniz İNCESU" where the biography has "Deniz İncesu". */
static void
settle_names (MemoDraft *draft)
{
  for (guint i = 0; i < draft->biographies->len; i++)
    {
      MemoDraftBiography *biography = draft->biographies->pdata[i];

      for (guint j = 0; biography->author && j < draft->authors->len; j++)
        {
          g_autofree char *a = memo_text_key (biography->author);
          g_autofree char *b = memo_text_key (draft->authors->pdata[j]);

          if (g_str_equal (a, b) && !g_str_equal (biography->author, draft->authors->pdata[j]))
            {
              g_free (draft->authors->pdata[j]);
              draft->authors->pdata[j] = g_strdup (biography->author);
            }
        }
    }
}

/* A site is no author of its own articles. */
static void
remove_site (MemoDraft *draft)
{
  g_autofree char *outlet = draft->outlet ? memo_text_key (draft->outlet) : NULL;

  for (guint i = 0; outlet && i < draft->authors->len; i++)
    {
      g_autofree char *author = memo_text_key (draft->authors->pdata[i]);
      if (g_str_equal (author, outlet))
        g_ptr_array_remove_index (draft->authors, i--);
    }
}

void
memo_draft_polish (MemoDraft *self)
{
  remove_furniture (self);
  remove_site (self);
  memo_polish_head (self);
  memo_polish_biographies (self);
  memo_polish_notes (self);
  memo_polish_end (self);
  remove_own_version (self);
  settle_names (self);
}
