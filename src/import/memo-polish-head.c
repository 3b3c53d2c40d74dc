#include <string.h>
#include "base/memo-language.h"
#include "base/memo-text.h"
#include "import/memo-extract.h"
#include "import/memo-furniture.h"
#include "import/memo-metadata.h"
#include "import/memo-polish.h"

#define LONG_PARAGRAPH 160 /* a piece from here on is surely body */
#define HEAD_LINES 14      /* between headline and body at most */

static gboolean
has_year (const char *text)
{
  for (const char *at = text; *at; at++)
    if (g_ascii_isdigit (*at))
      {
        gsize n = strspn (at, "0123456789");
        if (n == 4 && (*at == '1' || *at == '2'))
          return TRUE;
        at += n - 1;
      }
  return FALSE;
}

/* The date in a line such as "Published on Friday, 28 November 2025, 10:30 (GMT+3)"; NULL when the line is more than that.
 * ret_written (transfer full): its words. */
static MemoDate *
read_date (MemoDraft *draft, const char *line, char **ret_written)
{
  g_autofree char *plain = memo_text_collapse (line);
  char *at;

  if (strlen (plain) > 120 || !has_year (plain))
    return NULL;
  /* the time of day and what follows it */
  for (at = strchr (plain, ':'); at; at = strchr (at + 1, ':'))
    if (at > plain + 1 && g_ascii_isdigit (at[-1]) && g_ascii_isdigit (at[1]) && g_ascii_isdigit (at[2]))
      {
        char *cut = at - 1;
        if (cut > plain && g_ascii_isdigit (cut[-1]))
          cut--;
        while (cut > plain && strchr (" ,|-", cut[-1]))
          cut--;
        if (has_year (plain) && cut > plain)
          {
            char kept = *cut;
            *cut = '\0';
            if (!has_year (plain))
              *cut = kept;
          }
        break;
      }
  for (guint words = 0; words < 5; words++)
    {
      gsize length;
      MemoDate *date;

      while (*plain && strchr (" ,.:;|-()", *plain))
        memmove (plain, plain + 1, strlen (plain));
      length = strlen (plain);
      while (length > 0 && strchr (" ,;|-()", plain[length - 1]))
        plain[--length] = '\0';
      if (!has_year (plain))
        return NULL;
      date = memo_draft_parse_date (draft, plain);
      if (date && memo_date_get_precision (date) <= MEMO_PRECISION_MONTH)
        {
          if (ret_written)
            *ret_written = g_strdup (plain);
          return date;
        }
      g_clear_pointer (&date, memo_date_unref);
      at = strpbrk (plain, " :");
      if (!at)
        return NULL;
      memmove (plain, at + 1, strlen (at + 1) + 1);
    }
  return NULL;
}

static void
set_published (MemoDraft *draft, MemoDate *date, const char *written)
{
  if (!draft->published)
    {
      draft->published = memo_date_ref (date);
      draft->published_written = g_strdup (written);
    }
  else if (!draft->published_written && memo_date_equal (draft->published, date))
    draft->published_written = g_strdup (written);
}

/* Two to four words that begin with capitals. */
static gboolean
looks_like_name (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t", -1);
  guint n = 0;

  if (strlen (text) > 100 || strpbrk (text, "0123456789@:/?!\"") || strstr (text, ". "))
    {
      /* initials: "A. B. Name" */
      if (strpbrk (text, "0123456789@:/?!\"") || strlen (text) > 60)
        return FALSE;
    }
  for (guint i = 0; words[i]; i++)
    {
      static const char *const small[] = { "de",  "van", "von",  "der", "al",  "el", "bin", "ve",
                                           "and", "и",   "oğlu", "da",  "del", "la", "den" };
      gboolean is_small = FALSE;

      if (!*words[i])
        continue;
      for (guint j = 0; j < G_N_ELEMENTS (small); j++)
        is_small |= g_str_equal (words[i], small[j]);
      if (!is_small && !g_unichar_isupper (g_utf8_get_char (words[i])))
        return FALSE;
      n++;
    }
  return n >= 2 && n <= 9;
}

typedef enum
{
  LINE_OTHER,
  LINE_META, /* byline, date, counters: nothing else */
  LINE_NAME, /* might be an author: only beside a date */
} LineKind;

static gboolean
read_accessed (MemoDraft *draft, const char *line)
{
  static const char *const words[] = { "accessed", "erisim tarihi", "дата обращения", "date accessed", "retrieved" };
  g_autofree char *key = memo_text_key (line);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (key, words[i]))
      {
        MemoDate *date = read_date (draft, line, NULL);
        if (!date)
          return FALSE;
        g_clear_pointer (&draft->accessed, memo_date_unref);
        draft->accessed = date;
        return TRUE;
      }
  return FALSE;
}

/* "18:40", "18.40 (GMT+3)", "6:40 pm". */
static gboolean
is_time (const char *text)
{
  gsize length = strspn (text, "0123456789:.");

  return length >= 4 && length <= 8 && strlen (text + length) <= 10 && strcspn (text, ":.") <= 2;
}

/* "Updated 2 days ago", "Güncelleme: 23.04.2024": not when it was published. */
static gboolean
tells_update (const char *part)
{
  static const char *const words[] = { "updated",        "last updated", "last modified", "guncelleme",
                                       "son guncelleme", "guncellendi",  "обновлено",     "обновлена" };
  g_autofree char *key = memo_text_key (part);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (key, words[i]))
      return TRUE;
  return FALSE;
}

/* What may stand around a date: a byline, or in front a name; counters, buttons and the time of day go. */
static gboolean
goes_with_date (char *text, gboolean front)
{
  const char *rest;
  char *last, *button = NULL;

  memmove (text, text + strspn (text, " ,.:;|-()"), strlen (text + strspn (text, " ,.:;|-()")) + 1);
  for (gsize n = strlen (text); n > 0 && strchr (" ,:;|-(", text[n - 1]); n--)
    text[n - 1] = '\0';
  if (!*text || is_time (text) || memo_furniture_is_button (text) || tells_update (text))
    {
      *text = '\0';
      return TRUE;
    }
  /* "by A B Leave a comment": up to four words of a button */
  last = text + strlen (text);
  for (guint words = 0; words < 4 && (last = g_strrstr_len (text, last - text, " ")); words++)
    if (memo_furniture_is_button (last + 1))
      button = last;
  if (button)
    *button = '\0';
  rest = memo_furniture_byline (text);
  return (rest || front) && looks_like_name (rest ? rest : text);
}

/* "Işıl İNCİRLİ 16 Ekim 2025 Okuma süresi: 6 dk", with nothing but spaces between: adds the parts of @part to @parts. */
static void
add_parts (MemoDraft *draft, GPtrArray *parts, const char *part)
{
  guint tries = 0;

  for (const char *from = part; from && has_year (from) && tries < 12; tries++)
    {
      const char *to = from;

      /* The longest date is looked for: five words at most. */
      for (guint words = 0; words < 5 && *to; words++)
        to += strcspn (to, " ") + (to[strcspn (to, " ")] == ' ');
      while (to > from)
        {
          g_autofree char *day = g_strchomp (g_strndup (from, to - from));
          g_autoptr (MemoDate) date = NULL;

          for (gsize n = strlen (day); n > 0 && strchr (",;|-", day[n - 1]); n--)
            day[n - 1] = '\0';
          date = has_year (day) ? memo_draft_parse_date (draft, day) : NULL;
          if (date && memo_date_get_precision (date) == MEMO_PRECISION_DAY)
            {
              g_autofree char *front = g_strndup (part, from - part);
              g_autofree char *behind = g_strdup (to);

              if (!goes_with_date (front, TRUE) || !goes_with_date (behind, FALSE))
                break;
              g_ptr_array_add (parts, g_strdup (front));
              g_ptr_array_add (parts, g_steal_pointer (&day));
              g_ptr_array_add (parts, g_strdup (behind));
              return;
            }
          /* one word less */
          while (to > from && to[-1] == ' ')
            to--;
          while (to > from && to[-1] != ' ')
            to--;
        }
      from = strchr (from, ' ');
      from = from ? from + 1 : NULL;
    }
  g_ptr_array_add (parts, g_strdup (part));
}

/* What a line of the head says: its parts between · | – or line breaks. */
static LineKind
read_line (MemoDraft *draft, const char *line, gboolean dated)
{
  static const char *const separators[] = { " · ", " • ", " | ", "|", " – ", " — ", " - ", "\n", " / ", "\t" };
  g_autoptr (GString) plain = g_string_new (line);
  g_auto (GStrv) pieces = NULL;
  g_autoptr (GPtrArray) parts = NULL;
  gboolean date_seen = FALSE, by_seen = FALSE, other = FALSE;
  const char *name = NULL, *update = NULL;
  const char *rest;

  if (strlen (line) > 400 || g_utf8_strlen (line, -1) > 180)
    return LINE_OTHER;
  if (read_accessed (draft, line))
    return LINE_META;
  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    g_string_replace (plain, separators[i], "\x1f", 0);
  pieces = g_strsplit (plain->str, "\x1f", 20);
  parts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; pieces[i]; i++)
    add_parts (draft, parts, g_strstrip (pieces[i]));
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < parts->len; i++)
      {
        char *part = g_strstrip (parts->pdata[i]);
        g_autoptr (MemoDate) date = NULL;
        g_autofree char *written = NULL;

        if (!*part || is_time (part) ||
            (pass == 0 &&
             (memo_furniture_is_button (part) || memo_furniture_kind (part) || memo_byline_is_nobody (part))))
          continue;
        if (tells_update (part))
          {
            update = part;
            continue;
          }
        rest = memo_furniture_byline (part);
        date = read_date (draft, part, &written);
        if (pass == 0)
          {
            if (date && !rest)
              date_seen = TRUE;
            else if (rest && (looks_like_name (rest) || g_str_equal (rest, part)))
              by_seen = TRUE;
            else if (rest && strchr (rest, ','))
              {
                /* "by A B, 28 November 2025" */
                g_autofree char *before = g_strndup (rest, strchr (rest, ',') - rest);
                g_autoptr (MemoDate) after = read_date (draft, strchr (rest, ',') + 1, NULL);
                if (looks_like_name (before) && after)
                  by_seen = date_seen = TRUE;
                else
                  other = TRUE;
              }
            else if (looks_like_name (part) && !name)
              name = part;
            else
              {
                /* "A B, 28 November 2025" */
                const char *comma = strchr (part, ',');
                g_autofree char *before = comma ? g_strndup (part, comma - part) : NULL;
                g_autoptr (MemoDate) after = comma ? read_date (draft, comma + 1, NULL) : NULL;
                if (before && after && looks_like_name (before))
                  {
                    date_seen = TRUE;
                    name = part;
                  }
                else
                  other = TRUE;
              }
            continue;
          }
        /* Second pass, once the whole line is understood. */
        if (other || (!date_seen && !by_seen))
          break;
        if (date && !rest)
          set_published (draft, date, written);
        else
          {
            const char *words = rest ? rest : part;
            const char *comma = strchr (words, ',');
            g_autofree char *day = NULL;
            g_autoptr (MemoDate) after = comma ? read_date (draft, comma + 1, &day) : NULL;
            g_autofree char *before = after ? g_strndup (words, comma - words) : g_strdup (words);

            if (memo_furniture_is_button (part) || memo_furniture_kind (part))
              continue;
            if (after)
              set_published (draft, after, day);
            if ((rest || draft->authors->len == 0) && looks_like_name (before))
              memo_metadata_add_byline (draft, before);
          }
      }
  if (other)
    return LINE_OTHER;
  if (update && !draft->published)
    {
      /* Better than none. */
      g_autofree char *written = NULL;
      g_autoptr (MemoDate) date = read_date (draft, update, &written);
      if (date)
        set_published (draft, date, written);
    }
  if (date_seen || by_seen)
    return LINE_META;
  return name && !memo_furniture_has (draft->authors, name) ? LINE_NAME : LINE_META;
}

/* "CARACAS, 28 November 2025 –", "ANKARA (AA) –", "МОСКВА, 28 ноября 2025. /ТАСС/." at the start of the body: place and date.
 * The words stay where they are. */
static void
read_dateline (MemoDraft *draft, const char *text)
{
  static const char *const dashes[] = { " – ", " — ", " - ", "– ", "— ", ". /", "/ ", ": " };
  const char *end = NULL;
  g_autofree char *line = NULL;
  g_autofree char *place = NULL;
  char *bracket, *comma;
  glong letters = 0, lower = 0;

  for (guint i = 0; i < G_N_ELEMENTS (dashes); i++)
    {
      const char *at = strstr (text, dashes[i]);
      if (at && at - text < 140 && (!end || at < end))
        end = at;
    }
  if (!end || end == text)
    return;
  line = g_strndup (text, end - text);
  bracket = strpbrk (line, "(/");
  if (bracket)
    *bracket = '\0';
  g_strchomp (line);
  comma = strchr (line, ',');
  place = comma ? g_strndup (line, comma - line) : g_strdup (line);
  g_strstrip (place);
  if (!*place || g_utf8_strlen (place, -1) > 40 || strpbrk (place, "0123456789.:;?!\"“«"))
    return;
  for (const char *at = place; *at; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      letters += g_unichar_isalpha (c) != 0;
      lower += g_unichar_islower (c) != 0;
    }
  if (letters < 3 || !g_unichar_isupper (g_utf8_get_char (place)))
    return;
  if (comma)
    {
      g_autofree char *written = NULL;
      g_autoptr (MemoDate) date = NULL;
      const char *day = comma + 1;

      /* "CARACAS, Venezuela, 28 November 2025" */
      while (!(date = read_date (draft, day, &written)) && strchr (day, ','))
        day = strchr (day, ',') + 1;
      if (date)
        set_published (draft, date, written);
      else if (lower > 0)
        return;
    }
  else if (lower > 0)
    return;
  if (!draft->place)
    draft->place = g_steal_pointer (&place);
}

/* "Ankara", "NEW YORK", "CARACAS, Venezuela": the name of a place, and not of a person. (transfer full) (nullable) */
static char *
place_of (const char *text)
{
  const char *comma = strchr (text, ',');
  g_autofree char *place = comma ? g_strndup (text, comma - text) : g_strdup (text);
  g_autofree char *upper = g_utf8_strup (place, -1);

  return comma || !strchr (place, ' ') || g_str_equal (place, upper) ? g_steal_pointer (&place) : NULL;
}

/* One line of @text with every dash as "-". (transfer full) */
static char *
dashes_as_hyphens (const char *text)
{
  g_autofree char *line = memo_text_collapse (text);
  GString *out = g_string_new (line);

  g_string_replace (out, "–", "-", 0);
  g_string_replace (out, "—", "-", 0);
  return g_string_free (out, FALSE);
}

/* "ANKARA, 12 March 2024", "12 Mart 2024 – Ankara (AA)", "Москва. 12 марта 2024 г." alone in its line: a day, and at most names
 * beside it. FALSE: the line is more than that. */
static gboolean
read_lone_dateline (MemoDraft *draft, const char *text)
{
  static const char around[] = " ,.:;|-()";
  g_autofree char *line = dashes_as_hyphens (text);
  g_autofree char *written = NULL;
  g_autoptr (MemoDate) date = read_date (draft, line, &written);
  g_autoptr (GString) rest = NULL;
  g_auto (GStrv) words = NULL;
  const char *day;

  /* "12 March 2024, Ankara": the date stands in front. */
  for (char *at = line; !date && (at = strpbrk (at, ",-(")); at++)
    {
      g_autofree char *front = g_strndup (line, at - line);
      date = read_date (draft, front, &written);
    }
  day = date ? strstr (line, written) : NULL;
  if (!day || memo_date_get_precision (date) != MEMO_PRECISION_DAY)
    return FALSE;
  rest = g_string_new_len (line, day - line);
  g_string_append (rest, day + strlen (written));
  if (strpbrk (rest->str, "(/"))
    g_string_truncate (rest, strcspn (rest->str, "(/"));
  g_string_erase (rest, 0, strspn (rest->str, around));
  while (rest->len > 0 && strchr (around, rest->str[rest->len - 1]))
    g_string_truncate (rest, rest->len - 1);
  words = g_strsplit (rest->str, " ", -1);
  if (g_strv_length (words) > 4 || strpbrk (rest->str, "0123456789:;!?"))
    return FALSE;
  for (guint i = 0; words[i]; i++)
    if (!g_unichar_isupper (g_utf8_get_char (words[i])))
      return FALSE;
  set_published (draft, date, written);
  if (rest->len > 0 && !draft->place)
    draft->place = place_of (rest->str);
  return TRUE;
}

/* A point of a summary: a sentence of its own, no link, not as long as a paragraph of the body. */
static gboolean
is_point (const MemoPiece *piece)
{
  glong length = strlen (piece->text) > 1200 ? 1200 : g_utf8_strlen (piece->text, -1);

  return length >= 20 && length <= 400 && strchr (piece->text, ' ') && !strchr (piece->text, '\t') &&
         memo_piece_link_share (piece) < 0.4;
}

/* A row of two to six items (or, behind a heading of summaries, paragraphs) from @i on. Number of pieces; 0: none. */
static guint
points_at (GPtrArray *pieces, guint i, gboolean headed)
{
  MemoBlockType type;
  guint n = 0;

  if (i >= pieces->len)
    return 0;
  type = memo_polish_piece (pieces, i)->type;
  if (type != MEMO_BLOCK_ITEM && !(headed && (type == MEMO_BLOCK_PARAGRAPH || type == MEMO_BLOCK_QUOTATION)))
    return 0;
  while (i + n < pieces->len && memo_polish_piece (pieces, i + n)->type == type &&
         is_point (memo_polish_piece (pieces, i + n)))
    n++;
  if (i + n < pieces->len && memo_polish_piece (pieces, i + n)->type == type && type == MEMO_BLOCK_ITEM)
    return 0; /* a list with other things in it */
  if (type == MEMO_BLOCK_PARAGRAPH && n > 3)
    n = 3;
  return n >= (headed ? 1 : 2) && n <= 7 ? n : 0;
}

static void
take_points (MemoDraft *draft, GPtrArray *pieces, guint i, guint n)
{
  for (guint j = 0; j < n; j++)
    {
      g_autofree char *text = memo_text_collapse (memo_polish_piece (pieces, i + j)->text);
      if (!memo_furniture_has (draft->summary, text))
        g_ptr_array_add (draft->summary, g_steal_pointer (&text));
    }
}

static gboolean
is_body (const MemoPiece *piece)
{
  return piece->type == MEMO_BLOCK_PARAGRAPH && !memo_piece_is_short (piece, LONG_PARAGRAPH);
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

static guint
count_words (const char *text)
{
  guint n = 0;
  gboolean in = FALSE;

  for (; *text; text++)
    {
      gboolean space = g_ascii_isspace (*text);
      n += !space && !in;
      in = !space;
    }
  return n;
}

static gboolean
is_meta_line (MemoDraft *draft, const MemoPiece *piece)
{
  const char *rest = memo_furniture_byline (piece->text);
  g_autoptr (MemoDate) date = NULL;

  if (!memo_piece_is_short (piece, 180))
    return FALSE;
  if (rest && looks_like_name (rest))
    return TRUE;
  date = read_date (draft, piece->text, NULL);
  return (date && count_words (piece->text) <= 8) || read_line (draft, piece->text, FALSE) != LINE_OTHER;
}

/* Two to six sentences, each a paragraph, with byline or date behind them: points of a summary. */
static guint
paragraphs_before_byline (MemoDraft *draft, GPtrArray *pieces, guint i)
{
  guint n = 0;

  while (i + n < pieces->len && n < 7)
    {
      MemoPiece *piece = memo_polish_piece (pieces, i + n);

      if ((n > 0 && piece->after) || piece->type != MEMO_BLOCK_PARAGRAPH || is_body (piece) || !is_point (piece) ||
          memo_furniture_is_caption (piece->text) || is_meta_line (draft, piece))
        break;
      n++;
    }
  if (n < 2 || n > 6 || i + n >= pieces->len)
    return 0;
  /* A name alone says nothing: it may head what comes behind a short article. */
  if (!memo_polish_piece (pieces, i + n)->after && (!is_meta_line (draft, memo_polish_piece (pieces, i + n)) ||
                                                    looks_like_name (memo_polish_piece (pieces, i + n)->text)))
    return 0;
  return n;
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
          n = points_at (pieces, i + 1, TRUE);
          take_points (draft, pieces, i + 1, n);
          i += n;
          continue;
        }
      n = draft->summary->len == 0 ? points_at (pieces, i, FALSE) : 0;
      if (n == 0 && draft->summary->len == 0)
        n = paragraphs_before_byline (draft, pieces, i);
      if (n > 0)
        {
          take_points (draft, pieces, i, n);
          i += n - 1;
          continue;
        }
      if (memo_furniture_is_button (piece->text) || memo_furniture_is_caption (piece->text) ||
          piece->type == MEMO_BLOCK_CAPTION || memo_furniture_versions (piece->text))
        continue;
      if (read_line (draft, piece->text, FALSE) != LINE_OTHER)
        continue;
      if (!draft->subtitle && only_meta && is_point (piece) &&
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
  date = skipped > 0 ? read_date (draft, piece->text, NULL) : NULL;
  if (date && known && !memo_date_equal (date, known))
    return FALSE;
  /* "What was signed on 12 March 2024" is a heading, and a sentence is a sentence. */
  if (piece->type == MEMO_BLOCK_HEADING || skipped > 0)
    {
      g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
      const char *rest = memo_furniture_byline (piece->text);

      add_parts (draft, parts, piece->text);
      if (parts->len == 1 && !(rest && piece->type == MEMO_BLOCK_PARAGRAPH))
        return FALSE;
    }
  return read_line (draft, piece->text, FALSE) == LINE_META;
}

/* The same within the pieces themselves: what is understood goes. */
static void
read_beginning (MemoDraft *draft, guint from)
{
  GPtrArray *pieces = draft->pieces;
  guint looked = 0;
  gboolean consumed = FALSE;

  for (guint i = from; i < pieces->len && pieces->len > 1 && looked < HEAD_LINES; looked++)
    {
      MemoPiece *piece = memo_polish_piece (pieces, i);
      const char *kind;
      guint n;

      if (is_title (draft, piece) && pieces->len > 1)
        {
          g_ptr_array_remove_index (pieces, i);
          continue;
        }
      if (is_body (piece) || piece->type == MEMO_BLOCK_ROW || piece->type == MEMO_BLOCK_CODE)
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
          (n = points_at (pieces, i + 1, TRUE)) > 0 && i + 1 + n < pieces->len)
        {
          take_points (draft, pieces, i + 1, n);
          g_ptr_array_remove_range (pieces, i, n + 1);
          continue;
        }
      /* A sentence set as a heading, straight under the headline. */
      if (piece->type == MEMO_BLOCK_HEADING && i == from && !consumed && !draft->subtitle && is_point (piece) &&
          memo_furniture_is_sentence (piece->text, 5) && i + 1 < pieces->len &&
          memo_polish_piece (pieces, i + 1)->type != MEMO_BLOCK_HEADING)
        {
          draft->subtitle = memo_text_collapse (piece->text);
          g_ptr_array_remove_index (pieces, i);
          continue;
        }
      /* A list of points straight before the body; what stood between the headline and it is no list's introduction. */
      n = points_at (pieces, i, FALSE);
      if (n > 0 && i + n < pieces->len && (i == from || draft->summary->len > 0) &&
          memo_polish_piece (pieces, i + n)->type != MEMO_BLOCK_ITEM)
        {
          take_points (draft, pieces, i, n);
          g_ptr_array_remove_range (pieces, i, n);
          continue;
        }
      n = i == from && draft->summary->len == 0 ? paragraphs_before_byline (draft, pieces, i) : 0;
      if (n > 0 && i + n + 1 < pieces->len)
        {
          take_points (draft, pieces, i, n);
          g_ptr_array_remove_range (pieces, i, n);
          continue;
        }
      /* In plain text a short line by itself looks like a heading. */
      if ((piece->type == MEMO_BLOCK_PARAGRAPH ||
           (piece->type == MEMO_BLOCK_HEADING && g_str_equal (draft->format, "text"))) &&
          (i == from || consumed) && read_lone_dateline (draft, piece->text))
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
          if (!consumed && i == from + 1 && !draft->subtitle && is_point (memo_polish_piece (pieces, from)) &&
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

/* Plain text. */

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
      if (rest && looks_like_name (rest))
        continue;
      {
        g_autoptr (MemoDate) date = read_date (draft, text, NULL);
        if (date && count_words (text) < 6)
          continue;
      }
      if (count_words (text) >= 4 || g_utf8_strlen (text, -1) >= 28)
        return i;
      if (first < 0)
        first = i;
    }
  return first;
}

/* Unmarked lines between headline and body are a summary when they stand together without empty lines while paragraphs
 * have those, when byline or date follow them, or when a label and three of them say so. */
static guint
lines_of_summary (MemoDraft *draft, guint from, guint body)
{
  GPtrArray *pieces = draft->pieces;
  guint n = 0;
  gboolean together = TRUE;

  while (from + n < body && n < 8)
    {
      MemoPiece *piece = memo_polish_piece (pieces, from + n);

      if (!is_point (piece) || piece->type == MEMO_BLOCK_CAPTION || memo_furniture_is_caption (piece->text) ||
          !memo_piece_is_short (piece, 300) || is_meta_line (draft, piece))
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

static void
read_text_head (MemoDraft *draft)
{
  GPtrArray *pieces = draft->pieces;
  guint body = 0, n;
  int title;

  /* The first paragraph that is long, or else the longest line of the first ones. */
  while (body < pieces->len && memo_piece_is_short (memo_polish_piece (pieces, body), LONG_PARAGRAPH))
    body++;
  if (body == pieces->len)
    {
      body = MIN (pieces->len, 2);
      while (body < MIN (pieces->len, HEAD_LINES) && is_meta_line (draft, memo_polish_piece (pieces, body)))
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
              g_autoptr (MemoDate) date = read_date (draft, memo_polish_piece (pieces, i)->text, &written);
              if (date)
                set_published (draft, date, written);
            }
        }
      if ((guint) title + 1 == pieces->len)
        return; /* nothing but a headline: it is the text too */
      g_ptr_array_remove_range (pieces, 0, title + 1);
      body -= title + 1;
    }
  if (body > HEAD_LINES)
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
      n = lines_of_summary (draft, i, body);
      if (n > 0)
        {
          take_points (draft, pieces, i, n);
          g_ptr_array_remove_range (pieces, i, n);
          body -= n;
          break;
        }
      if (!is_meta_line (draft, memo_polish_piece (pieces, i)))
        break;
    }
  /* One sentence under the headline, with byline or date behind it. */
  if (body >= 2 && is_point (memo_polish_piece (pieces, 0)) && !is_meta_line (draft, memo_polish_piece (pieces, 0)) &&
      memo_polish_piece (pieces, 0)->type != MEMO_BLOCK_ITEM && is_meta_line (draft, memo_polish_piece (pieces, 1)) &&
      !memo_furniture_is_caption (memo_polish_piece (pieces, 0)->text))
    {
      draft->subtitle = memo_text_collapse (memo_polish_piece (pieces, 0)->text);
      g_ptr_array_remove_index (pieces, 0);
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
          !memo_piece_is_short (piece, 60) || !looks_like_name (piece->text))
        continue;
      date = memo_piece_is_short (next, 120) ? read_date (draft, next->text, NULL) : NULL;
      if (!date && i > 0)
        date = memo_piece_is_short (memo_polish_piece (pieces, i - 1), 120)
                   ? read_date (draft, memo_polish_piece (pieces, i - 1)->text, NULL)
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
    read_text_head (draft);
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
          read_dateline (draft, piece->text);
          break;
        }
    }
}
