#include "memo-export-private.h"

#include <string.h>

/* CommonMark with footnotes ([^1]) as GitHub, pandoc and most note programs read them. */

#define MARKUP "\\`*_[]<>|~&"

/* Escapes one line of words so that none of them is markup. Returns where it ends. */
static const char *
append_escaped (GString *out, const char *text)
{
  gboolean start = TRUE, digits = FALSE;
  const char *p;

  for (p = text; *p != '\0' && *p != '\n'; p++)
    {
      if (!start && !digits)
        {
          gsize plain = strcspn (p, MARKUP MEMO_MARK_URL "\n");
          g_string_append_len (out, p, plain);
          p += plain;
          if (*p == '\0' || *p == '\n')
            break;
        }
      if (*p == *MEMO_MARK_URL)
        {
          const char *end = strchr (p, *MEMO_MARK_URL_END);
          g_autofree char *url = g_strndup (p + 1, end - p - 1);
          g_autofree char *plain = g_uri_escape_string (url, ":/?#[]@!$&'()*+,;=%", TRUE);
          g_string_append_printf (out, "<%s>", plain);
          p = end;
          start = FALSE;
          continue;
        }
      if (strchr (MARKUP, *p) != NULL || (start && strchr ("#+-=", *p) != NULL) || (digits && (*p == '.' || *p == ')')))
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
      digits = g_ascii_isdigit (*p) && (start || digits);
      start = start && (*p == ' ' || *p == '\t');
    }
  return p;
}

/* Escapes all lines; @prefix stands in front of each. */
static void
append_lines (GString *out, const char *text, const char *prefix)
{
  for (const char *end = append_escaped (out, text); *end != '\0'; end = append_escaped (out, end + 1))
    g_string_append_printf (out, "\n%s", prefix);
}

static void
append_heading (GString *out, const MemoNode *node)
{
  for (guint i = 0; i < node->level; i++)
    g_string_append_c (out, '#');
  g_string_append_c (out, ' ');
  append_lines (out, node->text, " ");
}

static void
append_source (GString *out, const MemoNode *node)
{
  g_autofree char *text = memo_note_to_markdown (node->text, node->label);

  for (const char *p = text; *p != '\0'; p++)
    if (*p == *MEMO_MARK_NOTE)
      g_string_append (out, "[^");
    else if (*p == *MEMO_MARK_NOTE_END)
      g_string_append_c (out, ']');
    else
      g_string_append_c (out, *p);
}

static void
end (MemoExportData *data)
{
  static const MemoLineFormat format = {
    append_lines,  append_heading, append_source,   .field = "- ", .field_indent = "  ", .bold = "**",
    .quote = "> ", .call = "[^",   .call_end = "]", .note = "[^",  .note_end = "]: ",
  };
  g_autoptr (MemoDocument) document = memo_document_new (data);

  memo_document_write_lines (document, &format, data->target);
}

const MemoExportWriter memo_export_markdown = {
  .article_fields = MEMO_DOCUMENT_ARTICLE_FIELDS,
  .annotation_fields = MEMO_DOCUMENT_ANNOTATION_FIELDS,
  .end = end,
};
