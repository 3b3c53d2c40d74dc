#include "import/memo-traits.h"

#include <string.h>

/* The words are those that makers of web pages use. The lists began with the ones that Arc90's and Mozilla's Readability
 * made known. */
static const char *const unlikely[] = { "-ad-",         "ai2html",    "banner",  "breadcrumb", "combx",  "comment",
                                        "community",    "cover-wrap", "disqus",  "extra",      "footer", "gdpr",
                                        "header",       "legends",    "menu",    "related",    "remark", "replies",
                                        "rss",          "shoutbox",   "sidebar", "skyscraper", "social", "sponsor",
                                        "supplemental", "ad-break",   "agegate", "pagination", "pager",  "popup",
                                        "yom-remote",   NULL };
static const char *const maybe[] = { "and", "article", "body", "column", "content", "main", "mathjax", "shadow", NULL };
static const char *const good[] = { "article",    "body", "content", "entry", "main",  "page",
                                    "pagination", "post", "text",    "blog",  "story", NULL };
static const char *const bad[] = { "-ad-",     "hidden", "banner",   "combx",    "comment", "com-",       "contact",
                                   "footer",   "gdpr",   "masthead", "media",    "meta",    "outbrain",   "promo",
                                   "related",  "scroll", "share",    "shoutbox", "sidebar", "skyscraper", "sponsor",
                                   "shopping", "tags",   "widget",   NULL };
static const char *const byline[] = { "byline", "author", "dateline", "writtenby", "p-author", NULL };

enum
{
  NAME_UNLIKELY = 1,
  NAME_MAYBE = 2,
  NAME_GOOD = 4,
  NAME_BAD = 8,
  NAME_BYLINE = 16,
  NAME_SHARE = 32
};

static gboolean
holds_any (const char *name, const char *const *words)
{
  for (; *words; words++)
    if (strstr (name, *words))
      return TRUE;
  return FALSE;
}

/* "share" or "sharedaddy" as a word; _ parts words too. */
static gboolean
holds_share (const char *name)
{
  for (const char *at = strstr (name, "share"); at; at = strstr (at + 5, "share"))
    {
      const char *end = g_str_has_prefix (at, "sharedaddy") ? at + 10 : at + 5;

      if ((at == name || !g_ascii_isalnum (at[-1])) && !g_ascii_isalnum (*end))
        return TRUE;
    }
  return FALSE;
}

static gboolean
holds_word (const char *name, const char *word)
{
  gsize length = strlen (word);

  for (const char *at = strstr (name, word); at; at = strstr (at + length, word))
    if ((at == name || at[-1] == ' ') && (at[length] == '\0' || at[length] == ' '))
      return TRUE;
  return FALSE;
}

static guint
judge (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  guint said = 0;

  if (holds_any (lower, unlikely))
    said |= NAME_UNLIKELY;
  if (holds_any (lower, maybe))
    said |= NAME_MAYBE;
  if (holds_any (lower, good))
    said |= NAME_GOOD;
  if (holds_any (lower, bad) || holds_word (lower, "hid"))
    said |= NAME_BAD;
  if (holds_any (lower, byline))
    said |= NAME_BYLINE;
  if (holds_share (lower))
    said |= NAME_SHARE;
  return said;
}

/* Pages repeat a few hundred names thousands of times. Each thread keeps what it judged. */
static guint
judge_cached (const char *name)
{
  static GPrivate cache_key = G_PRIVATE_INIT ((GDestroyNotify) g_hash_table_unref);
  GHashTable *cache = g_private_get (&cache_key);
  gpointer found;

  if (strlen (name) > 400)
    return judge (name);
  if (!cache)
    {
      cache = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_private_set (&cache_key, cache);
    }
  if (g_hash_table_lookup_extended (cache, name, NULL, &found))
    return GPOINTER_TO_UINT (found);
  if (g_hash_table_size (cache) > 20000)
    g_hash_table_remove_all (cache);
  found = GUINT_TO_POINTER (judge (name));
  g_hash_table_insert (cache, g_strdup (name), found);
  return GPOINTER_TO_UINT (found);
}

guint
memo_traits_of (const char *klass, const char *id)
{
  guint by_class = klass && *klass ? judge_cached (klass) : 0;
  guint by_id = id && *id ? judge_cached (id) : 0;
  guint both = by_class | by_id;
  guint traits = 0;

  if (both & NAME_UNLIKELY)
    traits |= MEMO_TRAIT_UNLIKELY;
  if (both & NAME_MAYBE)
    traits |= MEMO_TRAIT_MAYBE;
  if (by_class & NAME_GOOD)
    traits |= MEMO_TRAIT_CLASS_GOOD;
  if (by_class & NAME_BAD)
    traits |= MEMO_TRAIT_CLASS_BAD;
  if (by_id & NAME_GOOD)
    traits |= MEMO_TRAIT_ID_GOOD;
  if (by_id & NAME_BAD)
    traits |= MEMO_TRAIT_ID_BAD;
  if (both & NAME_BYLINE)
    traits |= MEMO_TRAIT_BYLINE;
  if (both & NAME_SHARE)
    traits |= MEMO_TRAIT_SHARE;
  return traits;
}
