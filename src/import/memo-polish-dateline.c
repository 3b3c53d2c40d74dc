/* Place and day, in front of the first sentence or in a line of their own. */

#include "memo-polish-head.h"

#include <string.h>

#include "base/memo-text.h"

void
memo_head_read_dateline (MemoDraft *draft, const char *text)
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
      while (!(date = memo_head_read_date (draft, day, &written)) && strchr (day, ','))
        day = strchr (day, ',') + 1;
      if (date)
        memo_head_set_published (draft, date, written);
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

gboolean
memo_head_read_lone_dateline (MemoDraft *draft, const char *text)
{
  static const char around[] = " ,.:;|-()";
  g_autofree char *line = dashes_as_hyphens (text);
  g_autofree char *written = NULL;
  g_autoptr (MemoDate) date = memo_head_read_date (draft, line, &written);
  g_autoptr (GString) rest = NULL;
  g_auto (GStrv) words = NULL;
  const char *day;

  /* "12 March 2024, Ankara": the date stands in front. */
  for (char *at = line; !date && (at = strpbrk (at, ",-(")); at++)
    {
      g_autofree char *front = g_strndup (line, at - line);
      date = memo_head_read_date (draft, front, &written);
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
  memo_head_set_published (draft, date, written);
  if (rest->len > 0 && !draft->place)
    draft->place = place_of (rest->str);
  return TRUE;
}
