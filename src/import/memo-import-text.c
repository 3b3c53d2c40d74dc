#include "import/memo-import-private.h"

#include <stdlib.h>
#include <string.h>
#include "base/memo-language.h"
#include "import/memo-furniture.h"

/* Plain text, as a page is when it is copied from a browser: paragraphs are lines, or lines with empty ones between. */

#define SHORTEST_WIDTH 45 /* programs wrap at no smaller width */

typedef struct
{
  char *text; /* within the whole; trimmed */
  gboolean gap;
} Line;

static GArray *
split (char *text)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));
  gboolean gap = FALSE;

  for (char *at = text; at && *at;)
    {
      char *end = strchr (at, '\n');
      char *next = end ? end + 1 : NULL;
      char *tail;

      if (end)
        *end = '\0';
      while (*at && (g_unichar_isspace (g_utf8_get_char (at)) || g_utf8_get_char (at) == 0xFEFF))
        at = g_utf8_next_char (at);
      tail = at + strlen (at);
      while (tail > at && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (tail))))
        tail = g_utf8_prev_char (tail);
      *tail = '\0';
      if (*at)
        {
          g_array_append_val (lines, ((Line){ at, gap }));
          gap = FALSE;
        }
      else
        gap = TRUE;
      at = next;
    }
  return lines;
}

/* Text wrapped at a fixed width: most lines of a paragraph are nearly as long as the longest, and none is much longer. */
static gboolean
is_wrapped (GArray *lines)
{
  guint longest = 0, joined = 0, full = 0;

  for (guint i = 0; i < lines->len; i++)
    longest = MAX (longest, g_utf8_strlen (g_array_index (lines, Line, i).text, 400));
  if (longest < SHORTEST_WIDTH || longest > 130)
    return FALSE;
  for (guint i = 0; i + 1 < lines->len; i++)
    if (!g_array_index (lines, Line, i + 1).gap)
      {
        joined++;
        full += g_utf8_strlen (g_array_index (lines, Line, i).text, 400) > longest * 7 / 10;
      }
  return joined >= 3 && full * 10 >= joined * 7;
}

/* Bytes of a bullet with its space at the start of a line: "• ", "- ", "1. ". */
static gsize
bullet (const char *line, guint *ret_number)
{
  static const char *const marks[] = { "•", "‣", "▪", "●", "◦", "·", "–", "-", "*", "", "►", "■", "✓", "➤" };
  gsize digits = strspn (line, "0123456789");

  *ret_number = 0;
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      gsize length = strlen (marks[i]);
      if (length && g_str_has_prefix (line, marks[i]) && (line[length] == ' ' || line[length] == '\t') &&
          line[length + 1])
        return length + strspn (line + length, " \t");
    }
  if (digits > 0 && digits < 4 && (line[digits] == '.' || line[digits] == ')') &&
      (line[digits + 1] == ' ' || line[digits + 1] == '\t') && line[digits + 2])
    {
      *ret_number = atoi (line);
      return digits + 1 + strspn (line + digits + 1, " \t");
    }
  return 0;
}

static gboolean
ends_sentence (const char *line)
{
  static const char *const ends[] = {
    ".", "!", "?", "…", ":", ";", ".”", ".\"", ".’", ".»", "?”", "!”", "]", ")", ","
  };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (line, ends[i]))
      return TRUE;
  return FALSE;
}

/* A short line by itself without an end mark, before a longer one, heads what follows. */
static gboolean
is_heading (GArray *lines, guint i, gboolean wrapped)
{
  Line *line = &g_array_index (lines, Line, i);
  Line *next = i + 1 < lines->len ? line + 1 : NULL;
  glong length = g_utf8_strlen (line->text, 400);

  if (i == 0 || !next || length > 90 || length < 3 || ends_sentence (line->text))
    return FALSE;
  if (strchr (line->text, '\t') || g_unichar_islower (g_utf8_get_char (line->text)))
    return FALSE;
  if ((wrapped || line->gap) && !(line->gap && next->gap))
    return FALSE;
  return g_utf8_strlen (next->text, 4000) > MAX (100, length * 2) && ends_sentence (next->text);
}

static void
add_lines (MemoDraft *draft, GArray *lines)
{
  gboolean wrapped = is_wrapped (lines);

  for (guint i = 0; i < lines->len; i++)
    {
      Line *line = &g_array_index (lines, Line, i);
      MemoBlockType type = MEMO_BLOCK_PARAGRAPH;
      gboolean gap = line->gap;
      guint number;
      gsize skip = bullet (line->text, &number);
      g_autoptr (GString) text = g_string_new (line->text + skip);
      MemoPiece *piece;

      if (skip)
        type = MEMO_BLOCK_ITEM;
      else if (is_heading (lines, i, wrapped))
        type = MEMO_BLOCK_HEADING;
      else if (strchr (line->text, '\t'))
        type = MEMO_BLOCK_ROW;
      while (wrapped && type != MEMO_BLOCK_HEADING && i + 1 < lines->len)
        {
          Line *next = &g_array_index (lines, Line, i + 1);
          guint unused;

          if (next->gap || bullet (next->text, &unused))
            break;
          if (g_str_has_suffix (text->str, "-") && text->len > 2 && g_unichar_islower (g_utf8_get_char (next->text)) &&
              g_ascii_isalpha (text->str[text->len - 2]))
            g_string_append (text, next->text);
          else
            g_string_append_printf (text, " %s", next->text);
          i++;
        }
      piece = memo_draft_add (draft, type, g_strndup (text->str, text->len));
      piece->gap = gap;
      piece->number = number;
      if (type == MEMO_BLOCK_HEADING)
        piece->level = 2;
      else if (type == MEMO_BLOCK_ITEM)
        piece->level = 1;
    }
}

MemoDraft *
memo_import_plain (GBytes *bytes, GError **error)
{
  g_autoptr (MemoDraft) draft = memo_draft_new ("text");
  g_autofree char *text = memo_charset_to_utf8 (bytes, NULL, NULL);
  g_autoptr (GArray) lines = split (text);

  add_lines (draft, lines);
  return g_steal_pointer (&draft);
}
