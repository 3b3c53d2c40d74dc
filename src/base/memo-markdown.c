#include "memo-markdown.h"

#include <string.h>

#include "memo-text.h"

/* What CommonMark has for inline code, links, images, emphasis and escapes, within one line each; what is not closed stays. */

static void
hide (char *start, char *end, char sign)
{
  memset (start, sign, end - start);
}

/* The end of what @open opens at @start; NULL: it is not closed before @limit. */
static char *
find_end (char *start, char *limit, char open, char close)
{
  int depth = 0;

  for (char *p = start; p < limit; p++)
    if (*p == '\\' && p + 1 < limit)
      p++;
    else if (*p == open)
      depth++;
    else if (*p == close && --depth == 0)
      return p;
  return NULL;
}

/* [words](target): the words are looked at like all others. */
static gboolean
hide_link (char *p, char *limit, char sign)
{
  char *close = find_end (p, limit, '[', ']');
  char *end = close != NULL && close + 1 < limit && close[1] == '(' ? find_end (close + 1, limit, '(', ')') : NULL;

  if (end == NULL)
    return FALSE;
  hide (p, p + 1, sign);
  hide (close, end + 1, sign);
  return TRUE;
}

/* Where a run of the same mark as at [@start, @end) closes it. */
static char *
find_run (char *start, char *end, char *limit)
{
  gsize length = end - start;

  for (char *p = end; p + length <= limit; p++)
    if (*p == '\\')
      p++;
    else if (p > end && *p == *start && strncmp (p, start, length) == 0 && !g_ascii_isspace (p[-1]))
      return p;
  return NULL;
}

/* Returns what comes next: behind code, whose signs are its own, or behind the mark. */
static char *
hide_run (char *begin, char *start, char *limit, char sign)
{
  char *end = start, *close;
  gboolean code = *start == '`';

  while (end < limit && *end == *start)
    end++;
  if (end == limit || (!code && g_ascii_isspace (*end)) || (*start == '~' && end - start != 2))
    return end;
  /* snake_case has no emphasis. */
  if (*start == '_' && start > begin && (g_ascii_isalnum (start[-1]) || (start[-1] & 0x80)))
    return end;
  close = find_run (start, end, limit);
  if (close == NULL)
    return end;
  hide (close, close + (end - start), sign);
  hide (start, end, sign);
  return code ? close + (end - start) : end;
}

static void
hide_inline (char *start, char *limit, char sign)
{
  char *p = start;

  while (p < limit)
    if (*p == '\\' && p + 1 < limit && g_ascii_ispunct (p[1]))
      {
        hide (p, p + 1, sign);
        p += 2;
      }
    else if (*p == '!' && p + 1 < limit && p[1] == '[' && hide_link (p + 1, limit, sign))
      {
        hide (p, p + 1, sign);
        p += 2;
      }
    else if (*p == '[' && hide_link (p, limit, sign))
      p++;
    else if (*p != '\0' && strchr ("*_`~", *p) != NULL)
      p = hide_run (start, p, limit, sign);
    else
      p++;
}

static gboolean
is_rule (const char *line, const char *limit)
{
  int n = 0;

  if (line == limit || strchr ("-*_", *line) == NULL)
    return FALSE;
  for (const char *p = line; p < limit; p++)
    if (*p == *line)
      n++;
    else if (!g_ascii_isspace (*p))
      return FALSE;
  return n >= 3;
}

static gboolean
is_title (const char *start, const char *limit, const char *title)
{
  g_autofree char *line = g_strndup (start, limit - start);
  g_autofree char *heading = memo_text_collapse (line);

  return g_strcmp0 (heading, title) == 0;
}

/* The marks at the start of a line. Returns where its words begin. */
static char *
hide_marks (char *line, char *limit, const char *title, char sign)
{
  char *p = line;

  while (p < limit && (*p == ' ' || *p == '\t' || *p == '>'))
    {
      if (*p == '>')
        *p = sign;
      p++;
    }
  if (is_rule (p, limit))
    {
      hide (p, limit, sign);
      return limit;
    }
  if (limit - p > 1 && strchr ("-*+", *p) != NULL && p[1] == ' ')
    {
      hide (p, p + 2, sign);
      return p + 2;
    }
  gsize level = strspn (p, "#");

  if (level < 1 || level > 6 || (p + level < limit && p[level] != ' '))
    return p;
  hide (p, p + level, sign);
  if (is_title (p + level, limit, title))
    hide (p, limit, sign);
  return p + level;
}

char *
memo_markdown_hide (const char *text, const char *title, char sign)
{
  char *shown = g_strdup (text);
  gboolean code = FALSE, first = TRUE;

  for (char *line = shown, *next; *line != '\0'; line = next)
    {
      char *limit = line + strcspn (line, "\n");
      gsize blank = strspn (line, " \t\r");

      next = *limit != '\0' ? limit + 1 : limit;
      if (line + blank >= limit)
        continue;
      if (g_str_has_prefix (line + blank, "```") || g_str_has_prefix (line + blank, "~~~"))
        {
          code = !code;
          hide (line, limit, sign);
        }
      else if (!code)
        hide_inline (hide_marks (line, limit, first ? title : NULL, sign), limit, sign);
      first = FALSE;
    }
  return shown;
}
