#include "memo-export-private.h"

#include <glib/gi18n.h>
#include <string.h>

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
append_node (GString *out, const MemoNode *node, MemoNodeType next)
{
  switch (node->type)
    {
    case MEMO_NODE_HEADING:
      {
        gsize start = out->len;
        append_lines (out, node->text, "");
        glong width = g_utf8_strlen (out->str + start, -1);
        g_string_append_c (out, '\n');
        for (glong i = 0; i < width && node->level < 3; i++)
          g_string_append_c (out, node->level == 1 ? '=' : '-');
        g_string_append (out, node->level < 3 ? "\n\n" : "\n");
        break;
      }
    case MEMO_NODE_FIELD:
      g_string_append_printf (out, "%s%s", node->label, C_ ("after the name of a field", ": "));
      append_lines (out, node->text, "    ");
      g_string_append (out, next == MEMO_NODE_FIELD ? "\n" : "\n\n");
      break;
    case MEMO_NODE_QUOTE:
      g_string_append (out, "    ");
      if (node->label != NULL)
        g_string_append_printf (out, "%s%s", node->label, C_ ("after the name of a field", ": "));
      append_lines (out, node->text, "    ");
      if (node->footnote > 0)
        g_string_append_printf (out, " [%u]", node->footnote);
      g_string_append (out, "\n\n");
      break;
    case MEMO_NODE_ITEM:
      g_string_append (out, "- ");
      append_lines (out, node->text, "  ");
      g_string_append (out, next == MEMO_NODE_ITEM ? "\n" : "\n\n");
      break;
    default:
      append_lines (out, node->text, "");
      g_string_append (out, "\n\n");
      break;
    }
}

char *
memo_export_text (MemoExportData *data)
{
  g_autoptr (MemoDocument) document = memo_document_new (data);
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < document->nodes->len; i++)
    append_node (out, &g_array_index (document->nodes, MemoNode, i),
                 i + 1 < document->nodes->len ? g_array_index (document->nodes, MemoNode, i + 1).type
                                              : MEMO_NODE_HEADING);
  for (guint i = 0; i < document->footnotes->len; i++)
    {
      g_string_append_printf (out, "[%u] ", i + 1);
      append_lines (out, g_ptr_array_index (document->footnotes, i), "    ");
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}
