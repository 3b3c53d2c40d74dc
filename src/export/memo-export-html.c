#include "memo-export-private.h"

#include <string.h>

/* One page that stands alone: no script, nothing loaded. */

static const char style[] =
    "body{font:1.05rem/1.55 serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}\n"
    "h1,h2,h3{font-family:sans-serif;line-height:1.25}h2{margin-top:2.2em}\n"
    "blockquote{margin:1em 0;padding:.2em 1em;border-left:.25em solid #c9a400;background:#fdf9e6}\n"
    "dl{display:grid;grid-template-columns:max-content auto;gap:.15em 1em}dt{font-weight:bold}dd{margin:0}\n"
    ".comment{margin-left:1.25em}.footnotes{margin-top:3em;font-size:.9em}\n"
    "@media "
    "(prefers-color-scheme:dark){body{color:#eee;background:#1e1e1e}blockquote{background:#2c2a1c}a{color:#8ab4f8}}\n";

static void
append_footnote_call (GString *out, guint64 number)
{
  g_string_append_printf (out,
                          "<sup><a href=\"#note-%" G_GUINT64_FORMAT "\" role=\"doc-noteref\">%" G_GUINT64_FORMAT
                          "</a></sup>",
                          number, number);
}

static void
append_escaped (GString *out, const char *text, gboolean breaks)
{
  for (const char *p = text; *p != '\0'; p++)
    switch (*p)
      {
      case '&':
        g_string_append (out, "&amp;");
        break;
      case '<':
        g_string_append (out, "&lt;");
        break;
      case '>':
        g_string_append (out, "&gt;");
        break;
      case '"':
        g_string_append (out, "&quot;");
        break;
      case '\n':
        g_string_append (out, breaks ? "<br>\n" : "\n");
        break;
      case '\016': /* MEMO_MARK_URL */
        {
          const char *end = strchr (p, *MEMO_MARK_URL_END);
          g_autofree char *url = g_strndup (p + 1, end - p - 1);
          g_autofree char *scheme = g_uri_parse_scheme (url);
          GString *plain = g_string_new (NULL);
          append_escaped (plain, url, FALSE);
          if (g_strcmp0 (scheme, "http") == 0 || g_strcmp0 (scheme, "https") == 0)
            g_string_append_printf (out, "<a href=\"%s\">%s</a>", plain->str, plain->str);
          else
            g_string_append (out, plain->str);
          g_string_free (plain, TRUE);
          p = end;
          break;
        }
      case '\002': /* MEMO_MARK_NOTE */
        {
          char *end;
          guint64 number = g_ascii_strtoull (p + 1, &end, 10);
          append_footnote_call (out, number);
          p = end;
          break;
        }
      default:
        g_string_append_c (out, *p);
      }
}

void
memo_html_append (GString *out, const char *text, gsize length)
{
  g_autofree char *part = g_strndup (text, length);
  append_escaped (out, part, FALSE);
}

static void
append_element (GString *out, const char *open, const char *text, const char *close)
{
  g_string_append (out, open);
  append_escaped (out, text, TRUE);
  g_string_append (out, close);
}

static void
append_node (GString *out, const MemoDocument *document, const MemoNode *node, gboolean first, gboolean last)
{
  switch (node->type)
    {
    case MEMO_NODE_HEADING:
      g_string_append_printf (out, "<h%u>", node->level);
      append_escaped (out, node->text, TRUE);
      g_string_append_printf (out, "</h%u>\n", node->level);
      break;
    case MEMO_NODE_FIELD:
      append_element (out, first ? "<dl>\n<dt>" : "<dt>", node->label, "</dt>");
      append_element (out, "<dd>", node->text, last ? "</dd>\n</dl>\n" : "</dd>\n");
      break;
    case MEMO_NODE_QUOTE:
      g_string_append (out, "<blockquote><p>");
      if (node->label != NULL)
        {
          append_element (out, "<b>", node->label, "</b>");
          g_string_append (out, document->after_label);
        }
      append_escaped (out, node->text, TRUE);
      if (node->footnote > 0)
        append_footnote_call (out, node->footnote);
      g_string_append (out, "</p></blockquote>\n");
      break;
    case MEMO_NODE_COMMENT:
      append_element (out, "<p class=\"comment\">", node->text, "</p>\n");
      break;
    case MEMO_NODE_ITEM:
      append_element (out, first ? "<ul>\n<li>" : "<li>", node->text, last ? "</li>\n</ul>\n" : "</li>\n");
      break;
    case MEMO_NODE_SOURCE:
      {
        g_autofree char *html = memo_note_to_html (node->text, node->label);
        g_string_append_printf (out, "<div class=\"note\">\n%s</div>\n", html);
        break;
      }
    default:
      append_element (out, "<p>", node->text, "</p>\n");
      break;
    }
}

static void
end (MemoExportData *data)
{
  g_autoptr (MemoDocument) document = memo_document_new (data);
  GString *out = memo_export_target_get_text (data->target);

  g_string_append (out, "<!DOCTYPE html>\n<html lang=\"");
  append_escaped (out, document->language, FALSE);
  g_string_append (out, "\">\n<head>\n<meta charset=\"utf-8\">\n"
                        "<meta name=\"viewport\" content=\"width=device-width\">\n");
  append_element (out, "<title>", document->title, "</title>\n<style>\n");
  g_string_append_printf (out, "%s</style>\n</head>\n<body>\n", style);

  MemoNode *nodes = (MemoNode *) document->nodes->data;
  guint n = document->nodes->len;
  for (guint i = 0; i < n; i++)
    {
      append_node (out, document, &nodes[i], i == 0 || nodes[i - 1].type != nodes[i].type,
                   i + 1 == n || nodes[i + 1].type != nodes[i].type);
      memo_export_target_pass (data->target);
    }
  if (document->footnotes->len > 0)
    g_string_append (out, "<ol class=\"footnotes\">\n");
  for (guint i = 0; i < document->footnotes->len; i++)
    {
      g_string_append_printf (out, "<li id=\"note-%u\">", i + 1);
      append_escaped (out, g_ptr_array_index (document->footnotes, i), FALSE);
      g_string_append (out, "</li>\n");
    }
  if (document->footnotes->len > 0)
    g_string_append (out, "</ol>\n");
  g_string_append (out, "</body>\n</html>\n");
}

const MemoExportWriter memo_export_html = {
  .article_fields = MEMO_DOCUMENT_ARTICLE_FIELDS,
  .annotation_fields = MEMO_DOCUMENT_ANNOTATION_FIELDS,
  .end = end,
};
