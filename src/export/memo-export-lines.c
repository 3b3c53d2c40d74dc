#include "memo-export-private.h"

/* What formats of lines have in common: Markdown and plain text. */

/* A number between two marks. */
static void
append_number (GString *out, const char *mark, guint number, const char *mark_end)
{
  g_string_append (out, mark);
  memo_export_append_number (out, number);
  g_string_append (out, mark_end);
}

static void
append_label (GString *out,
              const MemoDocument *document,
              const MemoNode *node,
              const char *indent,
              const MemoLineFormat *format)
{
  g_string_append (out, format->bold);
  format->append_lines (out, node->label, indent);
  g_string_append (out, format->bold);
  g_string_append (out, document->after_label);
}

static void
append_node (GString *out,
             const MemoDocument *document,
             const MemoNode *node,
             MemoNodeType next,
             const MemoLineFormat *format)
{
  gboolean listed = node->type == next && (next == MEMO_NODE_FIELD || next == MEMO_NODE_ITEM);

  switch (node->type)
    {
    case MEMO_NODE_HEADING:
      format->append_heading (out, node);
      break;
    case MEMO_NODE_FIELD:
      g_string_append (out, format->field);
      append_label (out, document, node, " ", format);
      format->append_lines (out, node->text, format->field_indent);
      break;
    case MEMO_NODE_QUOTE:
      g_string_append (out, format->quote);
      if (node->label != NULL)
        append_label (out, document, node, format->quote, format);
      format->append_lines (out, node->text, format->quote);
      if (node->footnote > 0)
        append_number (out, format->call, node->footnote, format->call_end);
      break;
    case MEMO_NODE_ITEM:
      g_string_append (out, "- ");
      format->append_lines (out, node->text, "  ");
      break;
    default:
      if (node->type == MEMO_NODE_SOURCE && format->append_source != NULL)
        format->append_source (out, node);
      else
        format->append_lines (out, node->text, "");
      break;
    }
  g_string_append (out, listed ? "\n" : "\n\n");
}

void
memo_document_write_lines (MemoDocument *self, const MemoLineFormat *format, MemoExportTarget *target)
{
  GString *out = memo_export_target_get_text (target);
  const MemoNode *nodes = (const MemoNode *) self->nodes->data;

  for (guint i = 0; i < self->nodes->len; i++)
    {
      append_node (out, self, &nodes[i], i + 1 < self->nodes->len ? nodes[i + 1].type : MEMO_NODE_HEADING, format);
      memo_export_target_pass (target);
    }
  for (guint i = 0; i < self->footnotes->len; i++)
    {
      append_number (out, format->note, i + 1, format->note_end);
      format->append_lines (out, g_ptr_array_index (self->footnotes, i), "    ");
      g_string_append_c (out, '\n');
      memo_export_target_pass (target);
    }
}
