#include "memo-note-style.h"

#include <string.h>

#include "base/memo-text.h"

/* Addresses of records say nothing to a person: they are hidden but on the lines of the cursor and the selection (what is
 * hidden would not be copied). */
#define HIDDEN "hidden"
#define SHOWN "memo-shown" /* qdata: the first and the last of those lines */

/* Patterns within a line; no foreground colours (see the reader's highlights). */
static const struct
{
  const char *tag, *pattern;
} patterns[] = {
  { "heading", "^#{1,6} .*$" },
  { "quotation", "^> .*$" },
  { "strong", "(\\*\\*|__)(?=\\S).+?(?<=\\S)\\1" },
  { "emphasis", "(?<![*\\w])\\*(?=[^\\s*])[^*]+(?<=\\S)\\*(?!\\w)" },
  { "code", "`[^`]+`" },
  { "address", "\\]\\([^)\\s]+\\)" },
  { HIDDEN, "\\]\\(memo:[^)\\s]+\\)" },
  { HIDDEN, "\\[(?=[^\\]]+\\]\\(memo:)" },
  { "link", "\\[[^\\]]+\\](?=\\()" },
  { "link", "(?<!\\()(https?://|memo:[a-z_]+/)[^\\s)>]+" },
};

static GRegex **
get_patterns (void)
{
  static GRegex *compiled[G_N_ELEMENTS (patterns)];
  static gsize done;

  if (g_once_init_enter (&done))
    {
      for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
        compiled[i] = g_regex_new (patterns[i].pattern, G_REGEX_OPTIMIZE, 0, NULL);
      g_once_init_leave (&done, 1);
    }
  return compiled;
}

typedef struct
{
  int first, last;
} Lines;

static Lines
get_lines (GtkTextBuffer *buffer)
{
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_mark (buffer, &from, gtk_text_buffer_get_insert (buffer));
  gtk_text_buffer_get_iter_at_mark (buffer, &to, gtk_text_buffer_get_selection_bound (buffer));
  gtk_text_iter_order (&from, &to);
  return (Lines){ gtk_text_iter_get_line (&from), gtk_text_iter_get_line (&to) };
}

static void
style_line (GtkTextBuffer *buffer, int number)
{
  Lines shown = get_lines (buffer);
  GRegex **compiled = get_patterns ();
  GtkTextIter from, to;
  g_autofree char *line = NULL;
  int start;

  gtk_text_buffer_get_iter_at_line (buffer, &from, number);
  to = from;
  if (!gtk_text_iter_ends_line (&to))
    gtk_text_iter_forward_to_line_end (&to);
  gtk_text_buffer_remove_all_tags (buffer, &from, &to);
  line = gtk_text_buffer_get_slice (buffer, &from, &to, TRUE);
  start = gtk_text_iter_get_offset (&from);
  if (memo_text_is_unbroken (line, strlen (line)))
    gtk_text_buffer_apply_tag_by_name (buffer, "unbroken", &from, &to);
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_autoptr (GMatchInfo) match = NULL;

      if (g_str_equal (patterns[i].tag, HIDDEN) && number >= shown.first && number <= shown.last)
        continue;
      if (!g_regex_match (compiled[i], line, 0, &match))
        continue;
      while (g_match_info_matches (match))
        {
          int a, b;

          g_match_info_fetch_pos (match, 0, &a, &b);
          gtk_text_buffer_get_iter_at_offset (buffer, &from, start + (int) g_utf8_pointer_to_offset (line, line + a));
          gtk_text_buffer_get_iter_at_offset (buffer, &to, start + (int) g_utf8_pointer_to_offset (line, line + b));
          gtk_text_buffer_apply_tag_by_name (buffer, patterns[i].tag, &from, &to);
          if (!g_match_info_next (match, NULL))
            break;
        }
    }
}

static void
style_lines (GtkTextBuffer *buffer, int first, int last)
{
  for (int i = first; i <= last && i < gtk_text_buffer_get_line_count (buffer); i++)
    style_line (buffer, i);
}

static void
inserted_cb (GtkTextBuffer *buffer, GtkTextIter *end, const char *text, int length, gpointer user_data)
{
  GtkTextIter start = *end;

  gtk_text_iter_backward_chars (&start, (int) g_utf8_strlen (text, length));
  style_lines (buffer, gtk_text_iter_get_line (&start), gtk_text_iter_get_line (end));
}

static void
deleted_cb (GtkTextBuffer *buffer, GtkTextIter *from, GtkTextIter *to, gpointer user_data)
{
  style_lines (buffer, gtk_text_iter_get_line (from), gtk_text_iter_get_line (to));
}

/* Styling moves nothing, but the iterator that other handlers and the caller use must stay valid. */
static void
after_insert_cb (GtkTextBuffer *buffer, GtkTextIter *end, const char *text, int length, gpointer user_data)
{
  int offset = gtk_text_iter_get_offset (end);

  inserted_cb (buffer, end, text, length, user_data);
  gtk_text_buffer_get_iter_at_offset (buffer, end, offset);
}

static void
after_delete_cb (GtkTextBuffer *buffer, GtkTextIter *from, GtkTextIter *to, gpointer user_data)
{
  int offset = gtk_text_iter_get_offset (from);

  deleted_cb (buffer, from, to, user_data);
  gtk_text_buffer_get_iter_at_offset (buffer, from, offset);
  *to = *from;
}

static void
mark_set_cb (GtkTextBuffer *buffer, GtkTextIter *at, GtkTextMark *mark, gpointer user_data)
{
  Lines *before = g_object_get_data (G_OBJECT (buffer), SHOWN), now;

  if (mark != gtk_text_buffer_get_insert (buffer) && mark != gtk_text_buffer_get_selection_bound (buffer))
    return;
  now = get_lines (buffer);
  if (now.first == before->first && now.last == before->last)
    return;
  style_lines (buffer, before->first, before->last);
  style_lines (buffer, now.first, now.last);
  *before = now;
}

void
memo_note_style_attach (GtkTextBuffer *buffer)
{
  gtk_text_buffer_create_tag (buffer, "heading", "weight", PANGO_WEIGHT_BOLD, "scale", 1.2, NULL);
  gtk_text_buffer_create_tag (buffer, "quotation", "style", PANGO_STYLE_ITALIC, "left-margin", 36, NULL);
  gtk_text_buffer_create_tag (buffer, "strong", "weight", PANGO_WEIGHT_BOLD, NULL);
  gtk_text_buffer_create_tag (buffer, "emphasis", "style", PANGO_STYLE_ITALIC, NULL);
  gtk_text_buffer_create_tag (buffer, "code", "family", "monospace", NULL);
  gtk_text_buffer_create_tag (buffer, "address", "scale", 0.75, NULL);
  gtk_text_buffer_create_tag (buffer, HIDDEN, "invisible", TRUE, NULL);
  gtk_text_buffer_create_tag (buffer, "link", "underline", PANGO_UNDERLINE_SINGLE, NULL);
  gtk_text_buffer_create_tag (buffer, "unbroken", "wrap-mode", GTK_WRAP_CHAR, NULL);
  g_object_set_data_full (G_OBJECT (buffer), SHOWN, g_new0 (Lines, 1), g_free);
  g_signal_connect_after (buffer, "mark-set", G_CALLBACK (mark_set_cb), NULL);
  g_signal_connect_after (buffer, "insert-text", G_CALLBACK (after_insert_cb), NULL);
  g_signal_connect_after (buffer, "delete-range", G_CALLBACK (after_delete_cb), NULL);
}
