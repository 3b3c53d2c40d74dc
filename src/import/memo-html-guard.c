#include "import/memo-html-guard.h"

#include <string.h>

#define DEEPEST 600
#define DEEPEST_FORMATTING 32 /* the parser opens these again in every paragraph */
#define ATTRIBUTES 200

/* Elements that never nest in themselves without others between, or are empty: they do not count as depth. */
static gboolean
is_shallow (const char *name, gsize length)
{
  static const char *const names[] = { "area",  "base", "br",    "col",   "embed",  "hr",       "img",
                                       "input", "link", "meta",  "param", "source", "track",    "wbr",
                                       "p",     "li",   "dt",    "dd",    "option", "optgroup", "tr",
                                       "td",    "th",   "thead", "tbody", "tfoot",  "colgroup", "rp",
                                       "rt",    "html", "head",  "body",  NULL };

  for (guint i = 0; names[i]; i++)
    if (strlen (names[i]) == length && g_ascii_strncasecmp (names[i], name, length) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_formatting (const char *name, gsize length)
{
  static const char *const names[] = { "a", "b",     "big",    "code",   "em", "font", "i", "nobr",
                                       "s", "small", "strike", "strong", "tt", "u",    NULL };

  for (guint i = 0; names[i]; i++)
    if (strlen (names[i]) == length && g_ascii_strncasecmp (names[i], name, length) == 0)
      return TRUE;
  return FALSE;
}

/* Elements whose content is text up to their end tag. */
static const char *
raw_name (const char *name, gsize length)
{
  static const char *const names[] = { "script", "style", "textarea", "title", "xmp", "iframe", "noembed", NULL };

  for (guint i = 0; names[i]; i++)
    if (strlen (names[i]) == length && g_ascii_strncasecmp (names[i], name, length) == 0)
      return names[i];
  return NULL;
}

/* Behind the tag's >, honouring quotes; blanks attributes over the limit. */
static char *
end_of_tag (char *at, char *end, gboolean *changed)
{
  guint attributes = 0;
  gboolean in_name = FALSE, value_due = FALSE;

  while (at < end && *at != '>')
    {
      char c = *at;

      if ((c == '"' || c == '\'') && value_due)
        {
          char *close = memchr (at + 1, c, end - at - 1);
          if (!close)
            return end;
          if (attributes > ATTRIBUTES)
            {
              memset (at, ' ', close + 1 - at);
              *changed = TRUE;
            }
          at = close + 1;
          in_name = value_due = FALSE;
          continue;
        }
      if (c == '=')
        {
          value_due = TRUE;
          in_name = FALSE;
        }
      else if (c == '/' && !value_due)
        in_name = FALSE;
      else if (!g_ascii_isspace (c))
        {
          if (value_due)
            {
              /* unquoted value */
              while (at < end && !g_ascii_isspace (*at) && *at != '>')
                {
                  if (attributes > ATTRIBUTES)
                    *at = ' ';
                  at++;
                }
              value_due = FALSE;
              continue;
            }
          if (!in_name)
            attributes++;
          in_name = TRUE;
        }
      else if (in_name)
        in_name = FALSE;
      if (attributes > ATTRIBUTES && !g_ascii_isspace (*at))
        {
          *at = ' ';
          *changed = TRUE;
        }
      at++;
    }
  return at < end ? at + 1 : end;
}

static char *
find_end_tag (char *at, char *end, const char *name)
{
  gsize length = strlen (name);

  while (at < end && (at = memchr (at, '<', end - at)))
    {
      if ((gsize) (end - at) > length + 2 && at[1] == '/' && g_ascii_strncasecmp (at + 2, name, length) == 0 &&
          !g_ascii_isalnum (at[2 + length]))
        return at;
      at++;
    }
  return end;
}

gboolean
memo_html_guard (char *markup, gsize length)
{
  char *end = markup + length;
  char *at = markup;
  guint depths[2] = { 0, 0 };
  gboolean changed = FALSE;

  while (at < end && (at = memchr (at, '<', end - at)))
    {
      char *tag = at;
      char *name = at + 1;
      gboolean closing = name < end && *name == '/';
      gsize name_length = 0;
      guint *depth, deepest;
      const char *raw;

      if (end - at >= 4 && memcmp (at, "<!--", 4) == 0)
        {
          char *close = g_strstr_len (at + 4, end - at - 4, "-->");
          at = close ? close + 3 : end;
          continue;
        }
      if (closing)
        name++;
      while (name + name_length < end && name_length < 64 &&
             (g_ascii_isalnum (name[name_length]) || name[name_length] == '-'))
        name_length++;
      if (name_length == 0 || !g_ascii_isalpha (*name))
        {
          at++;
          continue;
        }
      at = end_of_tag (name + name_length, end, &changed);
      if (is_shallow (name, name_length))
        continue;
      depth = &depths[is_formatting (name, name_length)];
      deepest = depth == depths ? DEEPEST : DEEPEST_FORMATTING;
      if (closing)
        {
          if (*depth > deepest)
            {
              memset (tag, ' ', at - tag);
              changed = TRUE;
            }
          if (*depth > 0)
            (*depth)--;
          continue;
        }
      raw = raw_name (name, name_length);
      if (raw)
        {
          at = find_end_tag (at, end, raw);
          if (at < end)
            at = end_of_tag (at + 2, end, &changed);
          continue;
        }
      if (at - tag >= 2 && at[-2] == '/' && at[-1] == '>')
        {
          /* closes itself in SVG alone; elsewhere browsers ignore the slash, and so does the parser */
          if (name_length != 3 || g_ascii_strncasecmp (name, "div", 3) != 0)
            continue;
        }
      if (++*depth > deepest)
        {
          memset (tag, ' ', at - tag);
          changed = TRUE;
        }
    }
  return changed;
}
