#include "memo-export-private.h"

/* Plain text: headings underlined, quotes indented, footnotes as [1]. */

static void
append_lines (GString *out, const char *text, const char *prefix)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == *MEMO_MARK_NOTE)
        g_string_append (out, " [");
      else if (*p == *MEMO_MARK_NOTE_END)
        g_string_append_c (out, ']');
      else if (*p != *MEMO_MARK_URL && *p != *MEMO_MARK_URL_END)
        g_string_append_c (out, *p);
      if (*p == '\n')
        g_string_append (out, prefix);
    }
}

static void
append_heading (GString *out, const MemoNode *node)
{
  gsize start = out->len;
  glong width;

  append_lines (out, node->text, "");
  if (node->level > 2)
    return;
  width = g_utf8_strlen (out->str + start, -1);
  g_string_append_c (out, '\n');
  for (glong i = 0; i < width; i++)
    g_string_append_c (out, node->level == 1 ? '=' : '-');
}

static void
end (MemoExportData *data)
{
  static const MemoLineFormat format = {
    append_lines, append_heading,  NULL,        .field = "",      .field_indent = "    ", .bold = "", .quote = "    ",
    .call = " [", .call_end = "]", .note = "[", .note_end = "] ",
  };
  g_autoptr (MemoDocument) document = memo_document_new (data);

  memo_document_write_lines (document, &format, data->target);
}

const MemoExportWriter memo_export_text = {
  .article_fields = MEMO_DOCUMENT_ARTICLE_FIELDS,
  .annotation_fields = MEMO_DOCUMENT_ANNOTATION_FIELDS,
  .end = end,
};
