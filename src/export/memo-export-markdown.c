#include "memo-export-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* CommonMark with footnotes ([^1]) as GitHub, pandoc and most note programs read them. */

/* Escapes one line of words so that none of them is markup. */
static void
append_escaped (GString *out, const char *text)
{
  gboolean start = TRUE, digits = FALSE;
  for (const char *p = text; *p != '\0'; p++)
    {
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
      if (strchr ("\\`*_[]<>|~&", *p) != NULL || (start && strchr ("#+-=", *p) != NULL) ||
          (digits && (*p == '.' || *p == ')')))
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
      digits = g_ascii_isdigit (*p) && (start || digits);
      start = start && (*p == ' ' || *p == '\t');
    }
}

/* Escapes all lines; @prefix stands in front of each. */
static void
append_lines (GString *out, const char *text, const char *prefix)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_printf (out, "\n%s", prefix);
      append_escaped (out, lines[i]);
    }
}

static void
append_source (GString *out, const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (*p == *MEMO_MARK_NOTE)
      g_string_append (out, "[^");
    else if (*p == *MEMO_MARK_NOTE_END)
      g_string_append_c (out, ']');
    else
      g_string_append_c (out, *p);
}

static void
append_node (GString *out, const MemoNode *node, MemoNodeType next)
{
  switch (node->type)
    {
    case MEMO_NODE_HEADING:
      for (guint i = 0; i < node->level; i++)
        g_string_append_c (out, '#');
      g_string_append_c (out, ' ');
      append_lines (out, node->text, " ");
      g_string_append (out, "\n\n");
      break;
    case MEMO_NODE_FIELD:
      g_string_append (out, "- **");
      append_lines (out, node->label, " ");
      /* Translators: between the name of a field and its value. */
      g_string_append_printf (out, "**%s", C_ ("after the name of a field", ": "));
      append_lines (out, node->text, "  ");
      g_string_append (out, next == MEMO_NODE_FIELD ? "\n" : "\n\n");
      break;
    case MEMO_NODE_QUOTE:
      g_string_append (out, "> ");
      if (node->label != NULL)
        {
          g_string_append (out, "**");
          append_lines (out, node->label, "> ");
          g_string_append_printf (out, "**%s", C_ ("after the name of a field", ": "));
        }
      append_lines (out, node->text, "> ");
      if (node->footnote > 0)
        g_string_append_printf (out, "[^%u]", node->footnote);
      g_string_append (out, "\n\n");
      break;
    case MEMO_NODE_ITEM:
      g_string_append (out, "- ");
      append_lines (out, node->text, "  ");
      g_string_append (out, next == MEMO_NODE_ITEM ? "\n" : "\n\n");
      break;
    case MEMO_NODE_SOURCE:
      {
        g_autofree char *text = memo_note_to_markdown (node->text, node->label);
        append_source (out, text);
        g_string_append (out, "\n\n");
        break;
      }
    default:
      append_lines (out, node->text, "");
      g_string_append (out, "\n\n");
      break;
    }
}

char *
memo_export_markdown (MemoExportData *data)
{
  g_autoptr (MemoDocument) document = memo_document_new (data);
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < document->nodes->len; i++)
    append_node (out, &g_array_index (document->nodes, MemoNode, i),
                 i + 1 < document->nodes->len ? g_array_index (document->nodes, MemoNode, i + 1).type
                                              : MEMO_NODE_HEADING);
  for (guint i = 0; i < document->footnotes->len; i++)
    {
      g_string_append_printf (out, "[^%u]: ", i + 1);
      append_lines (out, g_ptr_array_index (document->footnotes, i), "    ");
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}
