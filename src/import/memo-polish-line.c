/* What a single line of the head says: byline and date, a name, or more than that. */

#include "memo-polish-head.h"

#include <string.h>

#include "base/memo-text.h"
#include "memo-furniture.h"
#include "memo-metadata.h"
#include "memo-polish.h"

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

MemoDate *
memo_head_read_date (MemoDraft *draft, const char *line, char **ret_written)
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

void
memo_head_set_published (MemoDraft *draft, MemoDate *date, const char *written)
{
  if (!draft->published)
    {
      draft->published = memo_date_ref (date);
      draft->published_written = g_strdup (written);
    }
  else if (!draft->published_written && memo_date_equal (draft->published, date))
    draft->published_written = g_strdup (written);
}

gboolean
memo_head_looks_like_name (const char *text)
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

static gboolean
read_accessed (MemoDraft *draft, const char *line)
{
  static const char *const words[] = { "accessed", "erisim tarihi", "дата обращения", "date accessed", "retrieved" };
  g_autofree char *key = memo_text_key (line);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (key, words[i]))
      {
        MemoDate *date = memo_head_read_date (draft, line, NULL);
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
  return (rest || front) && memo_head_looks_like_name (rest ? rest : text);
}

void
memo_head_add_parts (MemoDraft *draft, GPtrArray *parts, const char *part)
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

MemoHeadLine
memo_head_read_line (MemoDraft *draft, const char *line)
{
  static const char *const separators[] = { " · ", " • ", " | ", "|", " – ", " — ", " - ", "\n", " / ", "\t" };
  g_autoptr (GString) plain = g_string_new (line);
  g_auto (GStrv) pieces = NULL;
  g_autoptr (GPtrArray) parts = NULL;
  gboolean date_seen = FALSE, by_seen = FALSE, other = FALSE;
  const char *name = NULL, *update = NULL;
  const char *rest;

  if (strlen (line) > 400 || g_utf8_strlen (line, -1) > 180)
    return MEMO_HEAD_OTHER;
  if (read_accessed (draft, line))
    return MEMO_HEAD_META;
  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    g_string_replace (plain, separators[i], "\x1f", 0);
  pieces = g_strsplit (plain->str, "\x1f", 20);
  parts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; pieces[i]; i++)
    memo_head_add_parts (draft, parts, g_strstrip (pieces[i]));
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
        date = memo_head_read_date (draft, part, &written);
        if (pass == 0)
          {
            if (date && !rest)
              date_seen = TRUE;
            else if (rest && (memo_head_looks_like_name (rest) || g_str_equal (rest, part)))
              by_seen = TRUE;
            else if (rest && strchr (rest, ','))
              {
                /* "by A B, 28 November 2025" */
                g_autofree char *before = g_strndup (rest, strchr (rest, ',') - rest);
                g_autoptr (MemoDate) after = memo_head_read_date (draft, strchr (rest, ',') + 1, NULL);
                if (memo_head_looks_like_name (before) && after)
                  by_seen = date_seen = TRUE;
                else
                  other = TRUE;
              }
            else if (memo_head_looks_like_name (part) && !name)
              name = part;
            else
              {
                /* "A B, 28 November 2025" */
                const char *comma = strchr (part, ',');
                g_autofree char *before = comma ? g_strndup (part, comma - part) : NULL;
                g_autoptr (MemoDate) after = comma ? memo_head_read_date (draft, comma + 1, NULL) : NULL;
                if (before && after && memo_head_looks_like_name (before))
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
          memo_head_set_published (draft, date, written);
        else
          {
            const char *words = rest ? rest : part;
            const char *comma = strchr (words, ',');
            g_autofree char *day = NULL;
            g_autoptr (MemoDate) after = comma ? memo_head_read_date (draft, comma + 1, &day) : NULL;
            g_autofree char *before = after ? g_strndup (words, comma - words) : g_strdup (words);

            if (memo_furniture_is_button (part) || memo_furniture_kind (part))
              continue;
            if (after)
              memo_head_set_published (draft, after, day);
            if ((rest || draft->authors->len == 0) && memo_head_looks_like_name (before))
              memo_metadata_add_byline (draft, before);
          }
      }
  if (other)
    return MEMO_HEAD_OTHER;
  if (update && !draft->published)
    {
      /* Better than none. */
      g_autofree char *written = NULL;
      g_autoptr (MemoDate) date = memo_head_read_date (draft, update, &written);
      if (date)
        memo_head_set_published (draft, date, written);
    }
  if (date_seen || by_seen)
    return MEMO_HEAD_META;
  return name && !memo_furniture_has (draft->authors, name) ? MEMO_HEAD_NAME : MEMO_HEAD_META;
}

guint
memo_head_count_words (const char *text)
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

gboolean
memo_head_is_meta (MemoDraft *draft, const MemoPiece *piece)
{
  const char *rest = memo_furniture_byline (piece->text);
  g_autoptr (MemoDate) date = NULL;

  if (!memo_piece_is_short (piece, 180))
    return FALSE;
  if (rest && memo_head_looks_like_name (rest))
    return TRUE;
  date = memo_head_read_date (draft, piece->text, NULL);
  return (date && memo_head_count_words (piece->text) <= 8) ||
         memo_head_read_line (draft, piece->text) != MEMO_HEAD_OTHER;
}
