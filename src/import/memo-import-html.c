#include "import/memo-import-private.h"

#include <string.h>
#include <glib/gi18n.h>
#include "base/memo-error.h"
#include "base/memo-language.h"
#include "import/memo-extract.h"
#include "import/memo-html-guard.h"
#include "import/memo-html-pieces.h"
#include "import/memo-metadata.h"

#define MOST_NODES 2000000

static void *
allocate (void *arena, size_t size)
{
  return memo_arena_alloc (arena, size);
}

static void
deallocate (void *arena, void *piece)
{
  memo_arena_release (arena, piece);
}

/* The charset that the page names in its first kilobytes: <meta charset=…>, or in the content of an http-equiv. */
static char *
named_charset (const char *data, gsize length)
{
  g_autofree char *head = g_ascii_strdown (data, MIN (length, 4096));
  const char *at;
  gsize n;

  for (gsize i = 0; i < MIN (length, 4096); i++)
    if (head[i] == '\0')
      head[i] = ' ';
  for (at = strstr (head, "charset"); at; at = strstr (at, "charset"))
    {
      at += strlen ("charset");
      at += strspn (at, " \t\r\n");
      if (*at != '=')
        continue;
      at++;
      at += strspn (at, " \t\r\n\"'");
      n = strspn (at, "abcdefghijklmnopqrstuvwxyz0123456789-_:.");
      if (n > 2 && n < 40)
        return g_strndup (at, n);
    }
  return NULL;
}

/* Browsers write where a page was saved from into a comment: <!-- saved from url=(0042)https://… -->. */
static char *
saved_from (const char *markup)
{
  g_autofree char *head = g_strndup (markup, 2048);
  const char *at = strstr (head, "saved from url=(");
  const char *close = at ? strchr (at, ')') : NULL;
  g_autofree char *url = close ? g_strndup (close + 1, strcspn (close + 1, " \t\r\n>")) : NULL;

  return url && g_str_has_prefix (url, "http") ? memo_html_resolve (url, NULL) : NULL;
}

/* A page of which nothing was recognised as an article still holds its words. */
static void
add_everything (MemoDraft *draft, MemoArena *arena, const GumboNode *body, const char *base)
{
  MemoNode *root = memo_node_build (arena, body, MOST_NODES, NULL);

  memo_html_add_pieces (draft, arena, root, base);
}

MemoDraft *
memo_import_html (GBytes *bytes, GError **error)
{
  g_autoptr (MemoArena) arena = NULL;
  g_autoptr (MemoDraft) draft = memo_draft_new ("html");
  g_autofree char *charset = NULL;
  g_autofree char *markup = NULL;
  GumboOptions options = kGumboDefaultOptions;
  GumboOutput *output;
  MemoMetadata metadata = { 0 };
  MemoExtract extract = { 0 };
  MemoNode *article = NULL;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  charset = length > 0 ? named_charset (data, length) : NULL;
  markup = memo_charset_to_utf8 (bytes, charset, NULL);
  length = strlen (markup);
  memo_html_guard (markup, length);

  arena = memo_arena_new ();
  options.allocator = allocate;
  options.deallocator = deallocate;
  options.userdata = arena;
  options.max_errors = 0;
  /* The output is never destroyed: it goes with the arena. */
  output = gumbo_parse_with_options (&options, markup, length);
  if (!output || !output->root)
    {
      g_set_error_literal (error, MEMO_ERROR, MEMO_ERROR_FORMAT, _ ("This is no web page."));
      return NULL;
    }
  memo_metadata_read (output->root, draft, &metadata);
  if (!draft->url)
    draft->url = saved_from (markup);
  if (!metadata.base)
    metadata.base = g_strdup (draft->url);
  if (metadata.body)
    {
      extract.arena = arena;
      extract.body = metadata.body;
      extract.title = metadata.title;
      extract.has_byline = metadata.named_author;
      extract.limit = MOST_NODES;
      article = memo_extract_article (&extract);
      if (article)
        memo_html_add_pieces (draft, arena, article, metadata.base);
      if (draft->pieces->len == 0)
        add_everything (draft, arena, metadata.body, metadata.base);
      else
        memo_html_add_surroundings (draft, arena, memo_node_build (arena, metadata.body, MOST_NODES, NULL),
                                    metadata.base);
      if (extract.byline)
        memo_metadata_add_byline (draft, extract.byline);
      if (extract.cut)
        memo_draft_warn (draft, _ ("The page is extremely large; only its beginning was read."));
    }
  g_free (extract.byline);
  memo_metadata_clear (&metadata);
  return g_steal_pointer (&draft);
}
