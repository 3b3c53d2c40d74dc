#include "import/memo-metadata.h"

#include <string.h>
#include "base/memo-text.h"
#include "import/memo-extract.h"
#include "import/memo-furniture.h"

#define LARGEST (1024 * 1024)
#define DEEPEST 48

/* The parser recurses: not for what nests deeper than any page does. */
static gboolean
is_sane (const char *json)
{
  gboolean quoted = FALSE;
  guint depth = 0;
  const char *at;

  for (at = json; *at; at++)
    {
      if (quoted)
        {
          if (*at == '\\' && at[1])
            at++;
          else if (*at == '"')
            quoted = FALSE;
        }
      else if (*at == '"')
        quoted = TRUE;
      else if (*at == '{' || *at == '[')
        {
          if (++depth > DEEPEST)
            return FALSE;
        }
      else if ((*at == '}' || *at == ']') && depth > 0)
        depth--;
    }
  return at - json < LARGEST;
}

static const char *
get_string (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node && JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) > 0)
    node = json_array_get_element (json_node_get_array (node), 0);
  return node && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static const char *
get_name (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node && JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) > 0)
    node = json_array_get_element (json_node_get_array (node), 0);
  if (node && JSON_NODE_HOLDS_OBJECT (node))
    return get_string (json_node_get_object (node), "name");
  return get_string (object, member);
}

static const char *
article_type (JsonObject *object)
{
  static const char *const types[] = { "Article",
                                       "AdvertiserContentArticle",
                                       "NewsArticle",
                                       "AnalysisNewsArticle",
                                       "AskPublicNewsArticle",
                                       "BackgroundNewsArticle",
                                       "OpinionNewsArticle",
                                       "ReportageNewsArticle",
                                       "ReviewNewsArticle",
                                       "Report",
                                       "SatiricalArticle",
                                       "ScholarlyArticle",
                                       "MedicalScholarlyArticle",
                                       "SocialMediaPosting",
                                       "BlogPosting",
                                       "LiveBlogPosting",
                                       "DiscussionForumPosting",
                                       "TechArticle",
                                       "APIReference",
                                       NULL };
  JsonNode *node = json_object_get_member (object, "@type");
  JsonArray *array = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  const char *type = get_string (object, "@type");

  for (guint i = 1; array && i < json_array_get_length (array); i++)
    {
      JsonNode *other = json_array_get_element (array, i);
      if (type && g_strv_contains (types, type))
        break;
      if (JSON_NODE_HOLDS_VALUE (other) && json_node_get_value_type (other) == G_TYPE_STRING)
        type = json_node_get_string (other);
    }
  return type && g_strv_contains (types, type) ? type : NULL;
}

static JsonObject *
find_article (JsonNode *root, guint depth)
{
  JsonArray *array = NULL;

  if (JSON_NODE_HOLDS_OBJECT (root))
    {
      JsonObject *object = json_node_get_object (root);
      JsonNode *graph = json_object_get_member (object, "@graph");

      if (article_type (object))
        return object;
      if (graph && JSON_NODE_HOLDS_ARRAY (graph))
        array = json_node_get_array (graph);
    }
  else if (JSON_NODE_HOLDS_ARRAY (root))
    array = json_node_get_array (root);
  for (guint i = 0; array && depth < 3 && i < json_array_get_length (array); i++)
    {
      JsonObject *found = find_article (json_array_get_element (array, i), depth + 1);
      if (found)
        return found;
    }
  return NULL;
}

static void
read_authors (JsonObject *article, MemoDraft *draft)
{
  JsonNode *node = json_object_get_member (article, "author");
  JsonArray *array = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (!array)
    {
      const char *name = node ? get_name (article, "author") : NULL;
      if (name)
        memo_metadata_add_byline (draft, name);
      return;
    }
  for (guint i = 0; i < MIN (json_array_get_length (array), 50); i++)
    {
      JsonNode *item = json_array_get_element (array, i);
      const char *name = NULL;

      if (JSON_NODE_HOLDS_OBJECT (item))
        name = get_string (json_node_get_object (item), "name");
      else if (JSON_NODE_HOLDS_VALUE (item) && json_node_get_value_type (item) == G_TYPE_STRING)
        name = json_node_get_string (item);
      if (name)
        memo_metadata_add_byline (draft, name);
    }
}

gboolean
memo_metadata_read_ld (const char *json, const char *html_title, MemoDraft *draft, char **ret_title)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GString) plain = g_string_new (NULL);
  JsonObject *article;
  const char *name, *headline, *title, *value, *type;

  while (g_ascii_isspace (*json))
    json++;
  if (g_str_has_prefix (json, "<![CDATA["))
    json += strlen ("<![CDATA[");
  if (!is_sane (json))
    return FALSE;
  /* Line breaks within strings are no JSON, but frequent. */
  for (const char *at = json; *at; at++)
    g_string_append_c (plain, (guchar) *at < ' ' ? ' ' : *at);
  g_strchomp (plain->str);
  plain->len = strlen (plain->str);
  if (g_str_has_suffix (plain->str, "]]>"))
    g_string_truncate (plain, plain->len - 3);
  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, plain->str, plain->len, NULL) || !json_parser_get_root (parser))
    return FALSE;
  article = find_article (json_parser_get_root (parser), 0);
  if (!article)
    return FALSE;

  name = get_string (article, "name");
  headline = get_string (article, "headline");
  title = name ? name : headline;
  if (name && headline && !g_str_equal (name, headline))
    {
      gboolean by_name = html_title && memo_extract_similarity (name, html_title) > 0.75;
      gboolean by_headline = html_title && memo_extract_similarity (headline, html_title) > 0.75;
      title = by_headline && !by_name ? headline : name;
    }
  if (title && !*ret_title)
    {
      g_autofree char *collapsed = memo_text_collapse (title);
      if (*collapsed)
        *ret_title = g_steal_pointer (&collapsed);
    }
  read_authors (article, draft);
  value = get_name (article, "publisher");
  if (value && !draft->outlet)
    draft->outlet = memo_text_collapse (value);
  value = get_string (article, "datePublished");
  if (value && !draft->published)
    draft->published = memo_furniture_read_timestamp (value);
  value = get_string (article, "articleSection");
  type = article_type (article);
  if (!draft->kind && value && memo_furniture_kind (value))
    draft->kind = g_strdup (memo_furniture_kind (value));
  if (!draft->kind && type)
    {
      static const char *const kinds[][2] = {
        { "AnalysisNewsArticle", "analysis" },     { "OpinionNewsArticle", "opinion" },
        { "ReviewNewsArticle", "opinion" },        { "ScholarlyArticle", "academic" },
        { "MedicalScholarlyArticle", "academic" }, { "NewsArticle", "news" },
        { "ReportageNewsArticle", "news" },        { "BackgroundNewsArticle", "news" }
      };
      for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
        if (g_str_equal (type, kinds[i][0]))
          draft->kind = g_strdup (kinds[i][1]);
    }
  return TRUE;
}
