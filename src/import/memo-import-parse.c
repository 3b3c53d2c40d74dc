#include "import/memo-import-private.h"

#include <string.h>
#include <glib/gi18n.h>
#include "base/memo-error.h"
#include "base/memo-language.h"

typedef enum
{
  FORMAT_HTML,
  FORMAT_TEXT,
  FORMAT_MARKDOWN
} Format;

static const char *const format_names[] = { "html", "text", "markdown" };

static gboolean
ends_with (const char *name, const char *suffix)
{
  gsize length = strlen (name), tail = strlen (suffix);

  return length > tail && g_ascii_strcasecmp (name + length - tail, suffix) == 0;
}

static gboolean
is_binary (GBytes *bytes)
{
  static const char *const starts[] = { "%PDF-",    "{\\rtf",          "%!PS",       "PK\x03\x04",
                                        "\177ELF",  "\x89PNG",         "GIF8",       "\xFF\xD8\xFF",
                                        "\x1F\x8B", "SQLite format 3", "7z\xBC\xAF", "\xD0\xCF\x11\xE0",
                                        "OggS" };
  gsize length;
  const guchar *data = g_bytes_get_data (bytes, &length);
  guint nul = 0, n = MIN (length, 4096);

  /* Documents, pictures, programs: letters may be among their bytes, but nothing to read as they stand. */
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    if (length >= strlen (starts[i]) && memcmp (data, starts[i], strlen (starts[i])) == 0)
      return TRUE;
  if (memo_charset_is_wide (bytes))
    return FALSE;
  for (guint i = 0; i < n; i++)
    nul += data[i] == 0;
  return nul > 0 && (nul < n / 4 || nul > n * 3 / 4);
}

static gboolean
begins_any (const char *text, const char *const *starts)
{
  for (guint i = 0; starts[i]; i++)
    if (g_ascii_strncasecmp (text, starts[i], strlen (starts[i])) == 0)
      return TRUE;
  return FALSE;
}

/* @head: the beginning as single bytes, NULs left out (so that UTF-16 reads too). */
static gboolean
looks_like_html (const char *head)
{
  static const char *const starts[] = {
    "<!doctype html", "<html",    "<head", "<body",  "<article",        "<div", "<p>", "<p ", "<h1", "<meta", "<title",
    "<main",          "<section", "<span", "<table", "<!-- saved from", NULL
  };

  while (*head && ((guchar) *head <= ' ' || (guchar) *head >= 0xEF))
    head++;
  if (*head != '<')
    return FALSE;
  if (begins_any (head, starts))
    return TRUE;
  return (g_str_has_prefix (head, "<!--") || g_str_has_prefix (head, "<?xml")) &&
         (strstr (head, "<html") || strstr (head, "<HTML") || strstr (head, "<body") ||
          strstr (head, "<!DOCTYPE html"));
}

/* Markdown by its marks at the beginnings of lines. */
static gboolean
looks_like_markdown (const char *head)
{
  guint marks = 0;

  if (g_str_has_prefix (head, "---\n") && strstr (head, "\ntitle:"))
    return TRUE;
  for (const char *line = head; line && *line; line = strchr (line, '\n'), line = line ? line + 1 : NULL)
    {
      gsize hashes = strspn (line, "#");

      if (hashes >= 1 && hashes <= 6 && line[hashes] == ' ')
        marks += 2;
      else if (g_str_has_prefix (line, "> ") || g_str_has_prefix (line, "```"))
        marks++;
      if (g_str_has_prefix (line, "[^"))
        marks += 2;
    }
  return marks >= 2;
}

static Format
guess_format (GBytes *bytes, const char *name)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr (GString) head = g_string_new (NULL);

  for (gsize i = 0; i < MIN (length, 8192); i++)
    if (data[i] != '\0')
      g_string_append_c (head, data[i]);
  if (looks_like_html (head->str))
    return FORMAT_HTML;
  if (name && (ends_with (name, ".html") || ends_with (name, ".htm") || ends_with (name, ".xhtml")))
    return FORMAT_HTML;
  if (name && (ends_with (name, ".md") || ends_with (name, ".markdown") || ends_with (name, ".mkd")))
    return FORMAT_MARKDOWN;
  if (name && ends_with (name, ".txt"))
    return FORMAT_TEXT;
  return looks_like_markdown (head->str) ? FORMAT_MARKDOWN : FORMAT_TEXT;
}

void
memo_draft_detect_language (MemoDraft *draft)
{
  g_autoptr (GString) sample = g_string_new (NULL);

  /* A site's own words for a page whose text is another's. */
  if (draft->title)
    g_string_append_printf (sample, "%s\n", draft->title);
  for (guint i = 0; i < draft->pieces->len && sample->len < 20000; i++)
    {
      MemoPiece *piece = draft->pieces->pdata[i];
      if (piece->type == MEMO_BLOCK_CODE)
        continue;
      if (strlen (piece->text) > 20000)
        {
          g_autofree char *part = g_utf8_substring (piece->text, 0, MIN (4000, g_utf8_strlen (piece->text, 20000)));
          g_string_append (sample, part);
        }
      else
        g_string_append (sample, piece->text);
      g_string_append_c (sample, '\n');
    }
  draft->language = memo_language_detect (sample->str, draft->language_hint);
}

static void
name_untitled (MemoDraft *draft, const char *name)
{
  g_autofree char *base = NULL;
  char *dot;

  if (draft->title && *draft->title)
    return;
  g_free (draft->title);
  draft->title = NULL;
  for (guint i = 0; i < draft->pieces->len && !draft->title; i++)
    {
      MemoPiece *piece = draft->pieces->pdata[i];
      if (piece->type == MEMO_BLOCK_HEADING)
        draft->title = g_strdup (piece->text);
    }
  if (draft->title || !name)
    return;
  base = g_path_get_basename (name);
  dot = strrchr (base, '.');
  if (dot && dot > base)
    *dot = '\0';
  draft->title = g_utf8_make_valid (base, -1);
}

JsonObject *
memo_import_parse (GBytes *bytes, const char *name, const MemoImportOptions *options, GError **error)
{
  g_autoptr (MemoDraft) draft = NULL;
  int format = -1;

  if (g_bytes_get_size (bytes) > MEMO_IMPORT_LARGEST)
    {
      g_set_error_literal (error, MEMO_ERROR, MEMO_ERROR_LIMIT, _ ("The file is too large to be an article."));
      return NULL;
    }
  if (options && options->format)
    {
      for (guint i = 0; i < G_N_ELEMENTS (format_names); i++)
        if (g_str_equal (options->format, format_names[i]))
          format = i;
      if (format < 0)
        {
          /* Translators: %s is the name of a file format that was asked for. */
          g_set_error (error, MEMO_ERROR, MEMO_ERROR_FORMAT, _ ("The format “%s” cannot be imported."),
                       options->format);
          return NULL;
        }
    }
  else if (is_binary (bytes) && guess_format (bytes, NULL) != FORMAT_HTML)
    {
      g_set_error_literal (error, MEMO_ERROR, MEMO_ERROR_FORMAT, _ ("The file is neither text nor a web page."));
      return NULL;
    }
  else
    format = guess_format (bytes, name);

  switch ((Format) format)
    {
    case FORMAT_HTML:
      draft = memo_import_html (bytes, error);
      break;
    case FORMAT_MARKDOWN:
      draft = memo_import_markdown (bytes, error);
      break;
    case FORMAT_TEXT:
    default:
      draft = memo_import_plain (bytes, error);
      break;
    }
  if (!draft)
    return NULL;

  memo_draft_settle (draft);
  memo_draft_detect_language (draft);
  if (options && options->language)
    {
      const char *language = memo_language_from_name (options->language);
      draft->language = language ? language : draft->language;
    }
  memo_draft_polish (draft);
  memo_draft_break_long (draft);
  if (options && options->kind)
    {
      g_free (draft->kind);
      draft->kind = g_strdup (options->kind);
    }
  name_untitled (draft, name);
  if (draft->pieces->len == 0 && draft->summary->len == 0)
    {
      g_set_error_literal (error, MEMO_ERROR, MEMO_ERROR_FORMAT, _ ("There is no text in the file."));
      return NULL;
    }
  return memo_draft_to_json (draft);
}
