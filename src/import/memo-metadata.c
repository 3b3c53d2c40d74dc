#include "import/memo-metadata.h"

#include <string.h>
#include "base/memo-language.h"
#include "base/memo-text.h"
#include "import/memo-furniture.h"
#include "import/memo-html-pieces.h"

typedef struct
{
  GHashTable *values;  /* name or property, lower case → content */
  GPtrArray *json;     /* texts of JSON-LD scripts */
  GPtrArray *headings; /* of GumboNode: h1 and h2 */
  GPtrArray *authors;  /* names from several elements of one name */
  char *title;         /* of the title element */
  char *language;
  char *canonical, *base;
  char *time;          /* first date that an element gives */
  gboolean time_named; /* … as the date of publication */
  const GumboNode *body;
} Page;

static const char *
attribute (const GumboNode *node, const char *name)
{
  GumboAttribute *found = gumbo_get_attribute (&node->v.element.attributes, name);

  return found ? found->value : NULL;
}

/* Walking with a stack: no recursion. */
typedef struct
{
  const GumboNode *node;
  guint next;
} Step;

static const GumboNode *
walk (GArray *stack, gboolean skip)
{
  if (skip && stack->len > 0)
    g_array_set_size (stack, stack->len - 1);
  while (stack->len > 0)
    {
      Step *step = &g_array_index (stack, Step, stack->len - 1);
      const GumboVector *children = &step->node->v.element.children;
      const GumboNode *child;

      if (step->next >= children->length)
        {
          g_array_set_size (stack, stack->len - 1);
          continue;
        }
      child = children->data[step->next++];
      if (child->type == GUMBO_NODE_ELEMENT)
        g_array_append_val (stack, ((Step){ child, 0 }));
      return child;
    }
  return NULL;
}

/* As a browser shows it: runs of ASCII white space are one; the wider and the unbreakable kinds stay. */
static char *
collapse_ascii (const char *text)
{
  GString *plain = g_string_new (NULL);

  for (; *text; text++)
    if ((guchar) *text > ' ')
      g_string_append_c (plain, *text);
    else if (plain->len > 0 && plain->str[plain->len - 1] != ' ')
      g_string_append_c (plain, ' ');
  if (plain->len > 0 && plain->str[plain->len - 1] == ' ')
    g_string_truncate (plain, plain->len - 1);
  return g_string_free (plain, FALSE);
}

char *
memo_gumbo_dup_text (const GumboNode *root, gsize limit)
{
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (Step));
  g_autoptr (GString) text = g_string_new (NULL);

  g_array_append_val (stack, ((Step){ root, 0 }));
  for (const GumboNode *node = walk (stack, FALSE); node && text->len < limit; node = walk (stack, FALSE))
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA)
      g_string_append_len (text, node->v.text.text, MIN (strlen (node->v.text.text), limit * 2));
    else if (node->type == GUMBO_NODE_ELEMENT && node->v.element.tag == GUMBO_TAG_BR)
      g_string_append_c (text, ' ');
  if (!g_utf8_validate (text->str, text->len, NULL))
    {
      g_autofree char *valid = g_utf8_make_valid (text->str, text->len);
      return collapse_ascii (valid);
    }
  return collapse_ascii (text->str);
}

static void
read_meta (Page *page, const GumboNode *node)
{
  const char *content = attribute (node, "content");
  const char *property = attribute (node, "property");
  const char *name = attribute (node, "name");
  const char *itemprop = attribute (node, "itemprop");
  g_autofree char *plain = NULL;
  g_auto (GStrv) names = NULL;

  if (!content || !*content || strlen (content) > 20000)
    {
      return;
    }
  plain = collapse_ascii (content);
  if (property && *property)
    names = g_strsplit_set (property, " \t\n", 10);
  else if (name && *name)
    names = g_strsplit (name, "\n", 2);
  else if (itemprop)
    names = g_strsplit_set (itemprop, " \t\n", 10);
  for (guint i = 0; names && names[i]; i++)
    {
      g_autofree char *key = g_ascii_strdown (g_strstrip (names[i]), -1);

      for (char *at = key; *at; at++)
        if (*at == '.')
          *at = ':';
      if (!*key || !*plain)
        continue;
      if (g_str_equal (key, "citation_author") || g_str_equal (key, "dc:creator") || g_str_equal (key, "author"))
        g_ptr_array_add (page->authors, g_strdup (plain));
      if (!g_hash_table_contains (page->values, key))
        g_hash_table_insert (page->values, g_steal_pointer (&key), g_strdup (plain));
    }
}

static gboolean
has_token (const char *list, const char *token)
{
  g_auto (GStrv) parts = list ? g_strsplit_set (list, " \t\n", -1) : NULL;

  for (guint i = 0; parts && parts[i]; i++)
    if (g_ascii_strcasecmp (parts[i], token) == 0)
      return TRUE;
  return FALSE;
}

static void
read_link (Page *page, const GumboNode *node, MemoDraft *draft)
{
  const char *rel = attribute (node, "rel"), *href = attribute (node, "href");
  const char *hreflang;

  if (!rel || !href)
    return;
  if (has_token (rel, "canonical") && !page->canonical)
    page->canonical = memo_html_resolve (href, NULL);
  hreflang = attribute (node, "hreflang");
  if (hreflang && has_token (rel, "alternate"))
    {
      const char *language = memo_language_from_name (hreflang);
      g_autofree char *url = memo_html_resolve (href, page->canonical);

      if (language && url)
        memo_draft_add_version (draft, language, url);
    }
}

static void
read_time (Page *page, const GumboNode *node)
{
  const char *datetime = attribute (node, "datetime");
  const char *itemprop = attribute (node, "itemprop");
  const char *klass = attribute (node, "class");
  gboolean named = has_token (itemprop, "datePublished") || attribute (node, "pubdate") != NULL ||
                   has_token (klass, "published") || has_token (klass, "entry-date");

  if (!datetime)
    datetime = attribute (node, "content");
  if (!datetime || has_token (itemprop, "dateModified") || has_token (klass, "updated") || page->time_named)
    return;
  if (page->time && !named)
    return;
  g_free (page->time);
  page->time = g_strdup (datetime);
  page->time_named = named;
}

static void
read_element (Page *page, const GumboNode *node, MemoDraft *draft)
{
  switch (node->v.element.tag)
    {
    case GUMBO_TAG_HTML:
      if (attribute (node, "lang"))
        page->language = g_strdup (attribute (node, "lang"));
      break;
    case GUMBO_TAG_BODY:
      if (!page->body)
        page->body = node;
      if (!page->language && attribute (node, "lang"))
        page->language = g_strdup (attribute (node, "lang"));
      break;
    case GUMBO_TAG_TITLE:
      if (!page->title && !(node->parent && node->parent->type == GUMBO_NODE_ELEMENT &&
                            node->parent->v.element.tag_namespace != GUMBO_NAMESPACE_HTML))
        page->title = memo_gumbo_dup_text (node, 2000);
      break;
    case GUMBO_TAG_META:
      read_meta (page, node);
      break;
    case GUMBO_TAG_LINK:
      read_link (page, node, draft);
      break;
    case GUMBO_TAG_BASE:
      if (!page->base && attribute (node, "href"))
        page->base = memo_html_resolve (attribute (node, "href"), NULL);
      break;
    case GUMBO_TAG_SCRIPT:
      if (attribute (node, "type") && g_ascii_strcasecmp (attribute (node, "type"), "application/ld+json") == 0 &&
          node->v.element.children.length > 0 && page->json->len < 50)
        {
          const GumboNode *child = node->v.element.children.data[0];
          if (child->type == GUMBO_NODE_TEXT || child->type == GUMBO_NODE_CDATA)
            g_ptr_array_add (page->json, (gpointer) child->v.text.text);
        }
      break;
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
      if (page->headings->len < 200)
        g_ptr_array_add (page->headings, (gpointer) node);
      break;
    case GUMBO_TAG_TIME:
      read_time (page, node);
      break;
    default:
      break;
    }
}

/* The title. */

static guint
count_words (const char *text)
{
  guint words = 0;
  gboolean in = FALSE;

  for (; *text; text++)
    {
      gboolean space = g_ascii_isspace (*text);
      words += !space && !in;
      in = !space;
    }
  return words;
}

/* Bytes of a separator (with the spaces around it) at @at, or 0. */
static gsize
separator_at (const char *at, gboolean *ret_hierarchy)
{
  static const char *const separators[] = { "|", "-", "–", "—", "\\", "/", ">", "»", "·", "•" };

  if (*at != ' ')
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    {
      gsize length = strlen (separators[i]);
      if (g_str_has_prefix (at + 1, separators[i]) && at[1 + length] == ' ')
        {
          if (ret_hierarchy)
            *ret_hierarchy = *ret_hierarchy || (i >= 4 && i <= 7);
          return length + 2;
        }
    }
  return 0;
}

static const GumboNode *
find_heading (Page *page, const char *text)
{
  for (guint i = 0; i < page->headings->len; i++)
    {
      g_autofree char *heading = memo_gumbo_dup_text (page->headings->pdata[i], 2000);
      if (g_str_equal (heading, text))
        return page->headings->pdata[i];
    }
  return NULL;
}

/* The title element's text holds the site's name too: before or behind a separator or colon. */
static char *
title_of_page (Page *page)
{
  const char *original = page->title ? page->title : "";
  g_autofree char *title = NULL;
  const char *first = NULL, *last = NULL;
  gsize first_length = 0;
  gboolean hierarchy = FALSE;
  guint separators = 0;

  for (const char *at = original; *at; at++)
    {
      gsize length = separator_at (at, &hierarchy);
      if (length == 0)
        continue;
      if (!first)
        {
          first = at;
          first_length = length;
        }
      last = at;
      separators++;
    }
  if (first)
    {
      title = g_strndup (original, last - original);
      if (count_words (title) < 3)
        {
          g_free (title);
          title = g_strdup (first + first_length);
        }
    }
  else if (strstr (original, ": "))
    {
      const char *colon = strrchr (original, ':');

      if (find_heading (page, original))
        return g_strdup (original);
      title = g_strstrip (g_strdup (colon + 1));
      if (count_words (title) < 3)
        {
          g_free (title);
          title = g_strstrip (g_strdup (strchr (original, ':') + 1));
        }
      else
        {
          g_autofree char *before = g_strndup (original, strchr (original, ':') - original);
          if (count_words (before) > 5)
            return g_strdup (original);
        }
    }
  else if (g_utf8_strlen (original, -1) > 150 || g_utf8_strlen (original, -1) < 15)
    {
      const GumboNode *only = NULL;
      guint n = 0;

      for (guint i = 0; i < page->headings->len; i++)
        {
          const GumboNode *node = page->headings->pdata[i];
          if (node->v.element.tag == GUMBO_TAG_H1)
            {
              only = node;
              n++;
            }
        }
      if (n == 1)
        title = memo_gumbo_dup_text (only, 2000);
    }
  if (!title || !*title)
    {
      g_free (title);
      title = g_strdup (original);
    }
  /* Few words left: rather the whole, unless what went was one word of a path. */
  if (count_words (title) <= 4 && (!hierarchy || count_words (title) != count_words (original) - separators - 1))
    return g_strdup (original);
  return g_steal_pointer (&title);
}

/* "Headline | The Site" where the site is known by name. */
static char *
without_site (Page *page, const char *title, const char *site)
{
  gsize length = strlen (title);
  g_autofree char *short_title = NULL;

  for (const char *at = title; *at; at++)
    {
      gsize separator = separator_at (at, NULL);

      if (separator > 0 && at > title && site)
        {
          g_autofree char *rest = memo_text_key (at + separator);
          g_autofree char *name = memo_text_key (site);

          if (g_str_equal (rest, name) && (gsize) (at - title) > length / 4)
            {
              short_title = g_strndup (title, at - title);
              break;
            }
        }
    }
  if (short_title && find_heading (page, short_title))
    return g_steal_pointer (&short_title);
  return g_strdup (title);
}

static const char *
first_of (Page *page, const char *const *names)
{
  for (guint i = 0; names[i]; i++)
    {
      const char *value = g_hash_table_lookup (page->values, names[i]);
      if (value && *value)
        return value;
    }
  return NULL;
}

static void
read_authors (Page *page, MemoDraft *draft)
{
  static const char *const names[] = {
    "article:author", "parsely-author", "sailthru:author", "byl", "dcterm:creator", "twitter:creator", NULL
  };

  for (guint i = 0; i < page->authors->len && i < 30; i++)
    if (!strstr (page->authors->pdata[i], "://"))
      memo_metadata_add_byline (draft, page->authors->pdata[i]);
  for (guint i = 0; names[i] && draft->authors->len == 0; i++)
    {
      const char *value = g_hash_table_lookup (page->values, names[i]);
      if (value && !strstr (value, "://") && *value != '@')
        memo_metadata_add_byline (draft, value);
    }
}

static void
read_rest (Page *page, MemoDraft *draft)
{
  static const char *const sites[] = { "og:site_name",           "dc:publisher",     "dcterms:publisher",
                                       "citation_journal_title", "application-name", NULL };
  static const char *const dates[] = { "article:published_time",
                                       "datepublished",
                                       "parsely-pub-date",
                                       "dc:date:issued",
                                       "dcterms:issued",
                                       "dcterms:created",
                                       "dc:date",
                                       "dcterms:date",
                                       "citation_publication_date",
                                       "citation_date",
                                       "date",
                                       "pubdate",
                                       "publish-date",
                                       "publishdate",
                                       "sailthru:date",
                                       "og:published_time",
                                       NULL };
  static const char *const sections[] = { "article:section", "og:type", "dc:type", NULL };
  const char *value = first_of (page, sites);

  if (value && (!draft->outlet || g_hash_table_contains (page->values, "og:site_name")))
    {
      g_free (draft->outlet);
      draft->outlet = g_strdup (value);
    }
  for (guint i = 0; dates[i] && !draft->published; i++)
    if ((value = g_hash_table_lookup (page->values, dates[i])))
      draft->published = memo_furniture_read_timestamp (value);
  if (!draft->published && page->time)
    draft->published = memo_furniture_read_timestamp (page->time);
  for (guint i = 0; sections[i]; i++)
    if ((value = g_hash_table_lookup (page->values, sections[i])) && memo_furniture_kind (value))
      {
        g_free (draft->kind);
        draft->kind = g_strdup (memo_furniture_kind (value));
        break;
      }
  draft->url = g_strdup (page->canonical);
  value = g_hash_table_lookup (page->values, "og:url");
  if (!draft->url && value)
    draft->url = memo_html_resolve (value, NULL);
  value = g_hash_table_lookup (page->values, "og:locale");
  draft->language_hint = page->language && *page->language ? g_strdup (page->language) : g_strdup (value);
  if (!draft->language_hint)
    draft->language_hint = g_strdup (g_hash_table_lookup (page->values, "content-language"));
}

/* Behind the last separator of the title element stands the site's name, if a heading has the rest. */
static void
outlet_from_title (Page *page, MemoDraft *draft, const char *title)
{
  const char *last = NULL;
  gsize length = 0;

  if (draft->outlet || !page->title || !g_str_has_prefix (page->title, title))
    return;
  for (const char *at = page->title; *at; at++)
    {
      gsize separator = separator_at (at, NULL);
      if (separator)
        {
          last = at;
          length = separator;
        }
    }
  if (last && (gsize) (last - page->title) >= strlen (title) && last[length])
    draft->outlet = g_strdup (last + length);
}

void
memo_metadata_read (const GumboNode *root, MemoDraft *draft, MemoMetadata *ret_metadata)
{
  static const char *const titles[] = { "dc:title", "dcterm:title",        "dcterms:title",
                                        "og:title", "weibo:article:title", "weibo:webpage:title",
                                        "title",    "twitter:title",       "parsely-title",
                                        NULL };
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (Step));
  g_autofree char *title = NULL;
  g_autofree char *page_title = NULL;
  Page page = { 0 };

  page.values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  page.json = g_ptr_array_new ();
  page.headings = g_ptr_array_new ();
  page.authors = g_ptr_array_new_with_free_func (g_free);
  if (root->type == GUMBO_NODE_ELEMENT)
    {
      read_element (&page, root, draft);
      g_array_append_val (stack, ((Step){ root, 0 }));
    }
  for (const GumboNode *node = walk (stack, FALSE); node; node = walk (stack, FALSE))
    if (node->type == GUMBO_NODE_ELEMENT)
      read_element (&page, node, draft);

  page_title = title_of_page (&page);
  for (guint i = 0; i < page.json->len; i++)
    if (memo_metadata_read_ld (page.json->pdata[i], page_title, draft, &title))
      break;
  if (draft->authors->len == 0)
    read_authors (&page, draft);
  read_rest (&page, draft);
  if (!title)
    title = g_strdup (first_of (&page, titles));
  if (!title)
    title = g_strdup (page_title);
  outlet_from_title (&page, draft, title);
  draft->title = without_site (&page, title, draft->outlet);

  ret_metadata->title = g_strdup (draft->title);
  ret_metadata->base = page.base ? g_steal_pointer (&page.base) : g_strdup (draft->url);
  ret_metadata->named_author = draft->authors->len > 0;
  ret_metadata->body = page.body;
  ret_metadata->heading = find_heading (&page, draft->title);
  g_hash_table_unref (page.values);
  g_ptr_array_unref (page.json);
  g_ptr_array_unref (page.headings);
  g_ptr_array_unref (page.authors);
  g_free (page.title);
  g_free (page.language);
  g_free (page.canonical);
  g_free (page.base);
  g_free (page.time);
}

void
memo_metadata_clear (MemoMetadata *self)
{
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->base, g_free);
}
