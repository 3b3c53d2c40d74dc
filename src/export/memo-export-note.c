#include "memo-export-private.h"

#include <string.h>

/* A researcher's note inside of a longer text: its headings go below those around it, and what HTML needs of Markdown is
 * set: headings, lists, quotations, emphasis, code, links. The rest stays as it was written. */

/* Number of # at the start of a heading's line; 0: it is none. */
static guint
get_level (const char *line)
{
  guint level = strspn (line, "#");
  return level >= 1 && level <= 6 && (line[level] == ' ' || line[level] == '\0') ? level : 0;
}

static const char *
get_heading (const char *line)
{
  return line + get_level (line) + strspn (line + get_level (line), " ");
}

/* The lines without a heading that only repeats the note's title. */
static GStrv
split_lines (const char *text, const char *title)
{
  GStrv lines = g_strsplit (text, "\n", -1);
  guint first = 0;
  while (lines[first] != NULL && *g_strchomp (lines[first]) == '\0')
    first++;
  if (lines[first] != NULL && get_level (lines[first]) > 0 && g_strcmp0 (get_heading (lines[first]), title) == 0)
    *lines[first] = '\0';
  return lines;
}

char *
memo_note_to_markdown (const char *text, const char *title)
{
  g_auto (GStrv) lines = split_lines (text, title);
  GString *out = g_string_new (NULL);
  gboolean code = FALSE;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      guint level = code ? 0 : get_level (lines[i]);
      if (g_str_has_prefix (lines[i], "```"))
        code = !code;
      if (out->len == 0 && *lines[i] == '\0')
        continue;
      for (guint k = 0; level > 0 && k < MIN (3, 6 - level); k++)
        g_string_append_c (out, '#');
      g_string_append_printf (out, "%s\n", lines[i]);
    }
  while (out->len > 0 && out->str[out->len - 1] == '\n')
    g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}

/* Where @mark closes what it opened at @start; NULL: it is no mark. */
static const char *
find_close (const char *start, const char *mark)
{
  const char *end = g_ascii_isspace (*start) ? NULL : strstr (start, mark);
  return end != NULL && end > start && !g_ascii_isspace (end[-1]) ? end : NULL;
}

static void append_inline (GString *out, const char *text, gsize length);

/* Emphasis and code. Returns the end of what was set, or NULL. */
static const char *
append_marked (GString *out, const char *p, const char *limit)
{
  static const struct
  {
    const char *mark, *element;
  } marks[] = { { "**", "strong" }, { "__", "strong" }, { "*", "em" }, { "`", "code" } };
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      gsize length = strlen (marks[i].mark);
      const char *close = strncmp (p, marks[i].mark, length) == 0 ? find_close (p + length, marks[i].mark) : NULL;
      if (close == NULL || close + length > limit)
        continue;
      g_string_append_printf (out, "<%s>", marks[i].element);
      if (*p == '`')
        memo_html_append (out, p + length, close - p - length);
      else
        append_inline (out, p + length, close - p - length);
      g_string_append_printf (out, "</%s>", marks[i].element);
      return close + length;
    }
  return NULL;
}

/* [words](https://…). Returns the end of what was set, or NULL. */
static const char *
append_link (GString *out, const char *p, const char *limit)
{
  const char *close = *p == '[' ? strchr (p, ']') : NULL;
  const char *end = close != NULL && close[1] == '(' ? strchr (close, ')') : NULL;
  if (end == NULL || end >= limit)
    return NULL;
  g_autofree char *url = g_strndup (close + 2, end - close - 2);
  gboolean web = g_str_has_prefix (url, "https://") || g_str_has_prefix (url, "http://");
  if (web)
    {
      g_string_append (out, "<a href=\"");
      memo_html_append (out, url, strlen (url));
      g_string_append (out, "\">");
    }
  append_inline (out, p + 1, close - p - 1);
  if (web)
    g_string_append (out, "</a>");
  return end + 1;
}

static void
append_inline (GString *out, const char *text, gsize length)
{
  const char *limit = text + length, *plain = text, *p = text;
  while (p < limit)
    {
      GString *set = g_string_new (NULL);
      const char *end = append_marked (set, p, limit);
      if (end == NULL)
        end = append_link (set, p, limit);
      if (end != NULL)
        {
          memo_html_append (out, plain, p - plain);
          g_string_append_len (out, set->str, set->len);
          plain = end;
        }
      g_string_free (set, TRUE);
      p = end ? end : g_utf8_next_char (p);
    }
  memo_html_append (out, plain, limit - plain);
}

/* What stands at the start of a line of a list: its length, or 0. */
static gsize
get_bullet (const char *line)
{
  gsize indent = strspn (line, " "), digits = strspn (line + indent, "0123456789");
  if (digits > 0 && digits < 4 && strchr (".)", line[indent + digits]) != NULL && line[indent + digits + 1] == ' ')
    return indent + digits + 2;
  if (line[indent] != '\0' && strchr ("-*+", line[indent]) != NULL && line[indent + 1] == ' ')
    return indent + 2;
  return 0;
}

typedef enum
{
  OPEN_NOTHING,
  OPEN_PARAGRAPH,
  OPEN_LIST,
  OPEN_QUOTE,
  OPEN_CODE
} Open;

static void
change_open (GString *out, Open *open, Open wanted)
{
  static const char *const ends[] = { "", "</p>\n", "</li>\n</ul>\n", "</p></blockquote>\n", "</code></pre>\n" };
  static const char *const starts[] = { "", "<p>", "<ul>\n<li>", "<blockquote><p>", "<pre><code>" };
  g_string_append_printf (out, "%s%s", ends[*open], starts[wanted]);
  *open = wanted;
}

char *
memo_note_to_html (const char *text, const char *title)
{
  g_auto (GStrv) lines = split_lines (text, title);
  GString *out = g_string_new (NULL);
  Open open = OPEN_NOTHING;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = lines[i];
      gsize bullet = get_bullet (line);
      guint level = get_level (line);
      if (g_str_has_prefix (line, "```"))
        change_open (out, &open, open == OPEN_CODE ? OPEN_NOTHING : OPEN_CODE);
      else if (open == OPEN_CODE)
        {
          memo_html_append (out, line, strlen (line));
          g_string_append_c (out, '\n');
        }
      else if (*line == '\0')
        change_open (out, &open, OPEN_NOTHING);
      else if (level > 0)
        {
          change_open (out, &open, OPEN_NOTHING);
          g_string_append_printf (out, "<h%u>", MIN (level + 3, 6));
          append_inline (out, get_heading (line), strlen (get_heading (line)));
          g_string_append_printf (out, "</h%u>\n", MIN (level + 3, 6));
        }
      else
        {
          Open wanted = bullet > 0 ? OPEN_LIST : *line == '>' ? OPEN_QUOTE : open;
          if (bullet == 0 && *line == '>')
            line += 1 + strspn (line + 1, " ");
          if (wanted == OPEN_NOTHING)
            wanted = OPEN_PARAGRAPH;
          if (wanted != open)
            change_open (out, &open, wanted);
          else
            g_string_append (out, bullet > 0 ? "</li>\n<li>" : "<br>\n");
          append_inline (out, line + bullet, strlen (line + bullet));
        }
    }
  change_open (out, &open, OPEN_NOTHING);
  return g_string_free (out, FALSE);
}
