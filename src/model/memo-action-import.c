#include "memo-action-private.h"

#include "base/memo-error.h"
#include "base/memo-text.h"
#include "memo-index-private.h"
#include "memo-links.h"
#include "records/memo-blocks.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  const char *text = node && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
  return text && *text ? text : NULL;
}

static JsonArray *
get_array (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  return node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonObject *
get_element (JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);
  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static GStrv
dup_texts (JsonObject *object, const char *name)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  JsonArray *array = get_array (object, name);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *text = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
      if (text != NULL && *text != '\0')
        g_strv_builder_add (texts, text);
    }
  return g_strv_builder_end (texts);
}

static char *
dup_json (JsonObject *object, const char *name)
{
  JsonArray *array = get_array (object, name);
  if (array == NULL || json_array_get_length (array) == 0)
    return NULL;
  return json_to_string (json_object_get_member (object, name), FALSE);
}

/* "2025-11-28" with what was written beside; a date that cannot be read is left out, never guessed. (nullable) */
static MemoDate *
get_date (JsonObject *draft, const char *name)
{
  g_autofree char *written_name = g_strconcat (name, "_written", NULL);
  const char *edtf = get_text (draft, name);
  const char *written = get_text (draft, written_name);
  g_autofree char *both =
      edtf && written && strcmp (edtf, written) != 0 ? g_strdup_printf ("%s (%s)", edtf, written) : NULL;
  MemoDate *date = both ? memo_date_new (both, NULL) : NULL;
  if (date == NULL && edtf != NULL)
    date = memo_date_new (edtf, NULL);
  return date;
}

static const char *
get_biography (JsonObject *draft, const char *author)
{
  JsonArray *array = get_array (draft, "biographies");
  g_autofree char *key = memo_text_key (author);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *entry = get_element (array, i);
      const char *name = entry ? get_text (entry, "author") : NULL;
      g_autofree char *name_key = name ? memo_text_key (name) : NULL;
      if (g_strcmp0 (key, name_key) == 0)
        return get_text (entry, "text");
    }
  return NULL;
}

static GStrv
get_authors (MemoDraft *self, JsonObject *draft)
{
  g_auto (GStrv) names = dup_texts (draft, "authors");
  g_autoptr (GPtrArray) uuids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; names[i] != NULL; i++)
    {
      gboolean seen = FALSE;
      g_autofree char *key = memo_text_key (names[i]);
      for (guint k = 0; k < i && !seen; k++)
        {
          g_autofree char *other = memo_text_key (names[k]);
          seen = g_str_equal (key, other);
        }
      g_autofree char *uuid = seen ? NULL : memo_draft_get_person (self, names[i], get_biography (draft, names[i]));
      if (uuid != NULL && !g_ptr_array_find_with_equal_func (uuids, uuid, g_str_equal, NULL))
        g_ptr_array_add (uuids, g_steal_pointer (&uuid));
    }
  g_ptr_array_add (uuids, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&uuids), FALSE);
}

static void
set_text (MemoRecordBuilder *builder, const char *text, const char *blocks)
{
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text ? text : "", -1);

  memo_record_builder_set_text (builder, MEMO_ARTICLE_TEXT, text);
  memo_record_builder_set_text (builder, MEMO_ARTICLE_SHA256, sha256);
  memo_record_builder_set_text (builder, MEMO_ARTICLE_BLOCKS, blocks);
}

/* Text, structure and original: what a new text of an article brings. */
static gboolean
set_body (MemoRecordBuilder *builder, JsonObject *draft, MemoOriginal *original, GError **error)
{
  const char *text = get_text (draft, "text");
  g_autofree char *blocks = dup_json (draft, "blocks");
  g_autofree char *biographies = dup_json (draft, "biographies");
  g_autofree char *versions = dup_json (draft, "versions");
  g_autofree char *references = dup_json (draft, "references");
  g_auto (GStrv) summary = dup_texts (draft, "summary");
  g_autoptr (GArray) parsed = memo_blocks_from_json (blocks, error);

  if (parsed == NULL)
    return FALSE;
  set_text (builder, text, blocks);
  memo_record_builder_set_texts (builder, MEMO_ARTICLE_SUMMARY, (const char *const *) summary);
  memo_record_builder_set_text (builder, MEMO_ARTICLE_BIOGRAPHIES, biographies);
  memo_record_builder_set_text (builder, MEMO_ARTICLE_VERSIONS, versions);
  memo_record_builder_set_text (builder, MEMO_ARTICLE_REFERENCES, references);
  if (original != NULL)
    memo_record_builder_set_text (builder, MEMO_ARTICLE_ORIGINAL, memo_original_get_sha256 (original));
  return TRUE;
}

static const struct
{
  const char *name;
  MemoField field;
} plain_fields[] = {
  { "title", MEMO_ARTICLE_TITLE },
  { "subtitle", MEMO_ARTICLE_SUBTITLE },
  { "outlet", MEMO_ARTICLE_OUTLET },
  { "language", MEMO_ARTICLE_LANGUAGE },
  { "kind", MEMO_ARTICLE_KIND },
  { "url", MEMO_ARTICLE_URL },
  { "place", MEMO_ARTICLE_PLACE },
  { "file", MEMO_ARTICLE_FILE },
  { "media_type", MEMO_ARTICLE_MEDIA_TYPE },
};

static gboolean
is_live (MemoIndex *index, const char *uuid)
{
  return memo_index_get_id (index, MEMO_KIND_ARTICLE, uuid) != 0;
}

/* The first of @uuids that is in the library and is not @own. Takes @uuids. (transfer full) (nullable) */
static char *
first_live (MemoIndex *index, GPtrArray *uuids, const char *own)
{
  g_autoptr (GPtrArray) owned = uuids;
  for (guint i = 0; i < owned->len; i++)
    if (is_live (index, g_ptr_array_index (owned, i)) && g_strcmp0 (g_ptr_array_index (owned, i), own) != 0)
      return g_strdup (g_ptr_array_index (owned, i));
  return NULL;
}

/* References with "cites" for those that are in the library. (transfer full) (nullable) */
static char *
resolve_references (MemoIndex *index, const char *json, const char *own)
{
  MemoLinks *links = memo_dict_get_links (index->dict);
  g_autoptr (JsonNode) root = json ? json_from_string (json, NULL) : NULL;
  JsonArray *array = root && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *reference = get_element (array, i);
      if (reference == NULL || get_text (reference, "cites") != NULL)
        continue;
      g_autofree char *uuid = first_live (index, memo_links_find_url (links, get_text (reference, "url")), own);
      if (uuid == NULL)
        uuid = first_live (index, memo_links_find_title (links, get_text (reference, "title")), own);
      if (uuid != NULL)
        json_object_set_string_member (reference, "cites", uuid);
    }
  return array ? json_to_string (root, FALSE) : g_strdup (json);
}

/* One more article of the library that the change touches, as far as the links keep it: an update of it is made only once. */
typedef struct
{
  MemoRecord *base;
  MemoRecordBuilder *builder;
} Touched;

static void
touched_free (gpointer data)
{
  Touched *self = data;
  g_clear_object (&self->base);
  g_clear_pointer (&self->builder, memo_record_builder_free);
  g_free (self);
}

static Touched *
touch (GHashTable *all, MemoIndex *index, const char *uuid)
{
  Touched *touched = g_hash_table_lookup (all, uuid);
  if (touched != NULL)
    return touched;
  touched = g_new0 (Touched, 1);
  touched->base = memo_links_get (memo_dict_get_links (index->dict), uuid);
  touched->builder = memo_record_builder_edit (touched->base);
  g_hash_table_insert (all, g_strdup (uuid), touched);
  return touched;
}

/* Articles that cite the new one get to know it. */
static void
link_citing (MemoIndex *index, MemoRecord *article, GHashTable *touched)
{
  const char *url = memo_record_get_text (article, MEMO_ARTICLE_URL);
  const char *title = memo_record_get_text (article, MEMO_ARTICLE_TITLE);
  g_autoptr (MemoLinks) own = memo_links_new ();
  g_autoptr (GPtrArray) citing = memo_links_find_citing (memo_dict_get_links (index->dict), url, title);

  memo_links_put (own, article);
  for (guint i = 0; i < citing->len; i++)
    {
      const char *uuid = g_ptr_array_index (citing, i);
      if (!is_live (index, uuid) || g_str_equal (uuid, memo_record_get_uuid (article)))
        continue;
      Touched *other = touch (touched, index, uuid);
      g_autoptr (JsonNode) root = json_from_string (memo_record_get_text (other->base, MEMO_ARTICLE_REFERENCES), NULL);
      JsonArray *array = json_node_get_array (root);
      for (guint k = 0; k < json_array_get_length (array); k++)
        {
          JsonObject *reference = get_element (array, k);
          if (reference == NULL || get_text (reference, "cites") != NULL)
            continue;
          g_autoptr (GPtrArray) by_url = memo_links_find_url (own, get_text (reference, "url"));
          g_autoptr (GPtrArray) by_title = memo_links_find_title (own, get_text (reference, "title"));
          if (by_url->len + by_title->len > 0)
            json_object_set_string_member (reference, "cites", memo_record_get_uuid (article));
        }
      g_autofree char *json = json_to_string (root, FALSE);
      memo_record_builder_set_text (other->builder, MEMO_ARTICLE_REFERENCES, json);
    }
}

/* Whether @article's page says that it is also to be had in @language, without an address. */
static gboolean
names_language (MemoRecord *article, const char *language)
{
  const char *json = memo_record_get_text (article, MEMO_ARTICLE_VERSIONS);
  g_autoptr (JsonNode) root = json ? json_from_string (json, NULL) : NULL;
  JsonArray *array = root && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *version = get_element (array, i);
      if (version != NULL && get_text (version, "url") == NULL &&
          g_strcmp0 (get_text (version, "language"), language) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
share_author (MemoRecord *a, MemoRecord *b)
{
  const char *const *authors = memo_record_get_texts (a, MEMO_ARTICLE_AUTHORS);
  for (guint i = 0; authors[i] != NULL; i++)
    if (g_strv_contains (memo_record_get_texts (b, MEMO_ARTICLE_AUTHORS), authors[i]))
      return TRUE;
  return FALSE;
}

static void
add_all (GPtrArray *all, GPtrArray *more)
{
  for (guint i = 0; i < more->len; i++)
    if (!g_ptr_array_find_with_equal_func (all, g_ptr_array_index (more, i), g_str_equal, NULL))
      g_ptr_array_add (all, g_strdup (g_ptr_array_index (more, i)));
  g_ptr_array_unref (more);
}

/* Articles of the library that are the same work in another language: addresses say so on either side; or, where a page names
 * the language alone, author, outlet and day are the same. */
static GPtrArray *
find_versions (MemoIndex *index, MemoRecord *article)
{
  MemoLinks *links = memo_dict_get_links (index->dict);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  const char *language = memo_record_get_text (article, MEMO_ARTICLE_LANGUAGE);
  const char *json = memo_record_get_text (article, MEMO_ARTICLE_VERSIONS);
  g_autoptr (JsonNode) root = json ? json_from_string (json, NULL) : NULL;
  JsonArray *array = root && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;

  add_all (found, memo_links_find_version (links, memo_record_get_text (article, MEMO_ARTICLE_URL)));
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *version = get_element (array, i);
      if (version != NULL && get_text (version, "url") != NULL)
        add_all (found, memo_links_find_url (links, get_text (version, "url")));
    }

  g_autoptr (GPtrArray) near = memo_links_find_day (links, memo_record_get_date (article, MEMO_ARTICLE_PUBLISHED),
                                                    memo_record_get_text (article, MEMO_ARTICLE_OUTLET));
  for (guint i = 0; i < near->len; i++)
    {
      g_autoptr (MemoRecord) other = memo_links_get (links, g_ptr_array_index (near, i));
      const char *other_language = memo_record_get_text (other, MEMO_ARTICLE_LANGUAGE);
      if (g_strcmp0 (language, other_language) != 0 && share_author (article, other) &&
          (names_language (article, other_language) || names_language (other, language)))
        {
          g_autoptr (GPtrArray) one = g_ptr_array_new ();
          g_ptr_array_add (one, g_ptr_array_index (near, i));
          add_all (found, g_ptr_array_ref (one));
        }
    }
  for (guint i = found->len; i > 0; i--)
    {
      const char *uuid = g_ptr_array_index (found, i - 1);
      g_autoptr (MemoRecord) other = memo_links_get (links, uuid);
      /* A page that lists itself among its versions is no second version, nor is the same page imported again. */
      if (!is_live (index, uuid) || g_str_equal (uuid, memo_record_get_uuid (article)) ||
          g_strcmp0 (memo_record_get_text (other, MEMO_ARTICLE_LANGUAGE), language) == 0)
        g_ptr_array_remove_index (found, i - 1);
    }
  return found;
}

/* Gives the article and its other versions one work. */
static void
link_work (MemoIndex *index,
           MemoRecord *article,
           MemoRecordBuilder *builder,
           const char *version_of,
           GHashTable *touched)
{
  MemoLinks *links = memo_dict_get_links (index->dict);
  g_autoptr (GPtrArray) versions = find_versions (index, article);
  g_autofree char *work = NULL;

  if (version_of != NULL && !g_ptr_array_find_with_equal_func (versions, version_of, g_str_equal, NULL))
    g_ptr_array_insert (versions, 0, g_strdup (version_of));
  for (guint i = 0; i < versions->len && work == NULL; i++)
    {
      g_autoptr (MemoRecord) other = memo_links_get (links, g_ptr_array_index (versions, i));
      work = g_strdup (memo_record_get_text (other, MEMO_ARTICLE_WORK));
    }
  if (work == NULL)
    work = memo_uuid_new ();
  memo_record_builder_set_text (builder, MEMO_ARTICLE_WORK, work);

  for (guint i = 0; i < versions->len; i++)
    {
      g_autoptr (MemoRecord) other = memo_links_get (links, g_ptr_array_index (versions, i));
      const char *old = memo_record_get_text (other, MEMO_ARTICLE_WORK);
      if (g_strcmp0 (old, work) == 0)
        continue;
      /* Two works turn out to be one. */
      g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (all, g_strdup (g_ptr_array_index (versions, i)));
      if (old != NULL)
        add_all (all, memo_links_find_work (links, old));
      for (guint k = 0; k < all->len; k++)
        if (is_live (index, g_ptr_array_index (all, k)))
          memo_record_builder_set_text (touch (touched, index, g_ptr_array_index (all, k))->builder, MEMO_ARTICLE_WORK,
                                        work);
    }
}

gboolean
memo_action_has_article (MemoIndex *index, JsonObject *draft)
{
  MemoLinks *links = memo_dict_get_links (index->dict);
  g_autoptr (MemoDate) published = get_date (draft, "published");
  g_autoptr (GPtrArray) at_url = memo_links_find_url (links, get_text (draft, "url"));
  g_autoptr (GPtrArray) titled = memo_links_find_title (links, get_text (draft, "title"));
  guint n_url = at_url->len;
  gboolean told = published != NULL || get_text (draft, "outlet") != NULL; /* a headline alone is no proof */

  if (told)
    add_all (at_url, g_steal_pointer (&titled));
  for (guint i = 0; i < at_url->len; i++)
    {
      const char *uuid = g_ptr_array_index (at_url, i);
      g_autoptr (MemoRecord) other = is_live (index, uuid) ? memo_links_get (links, uuid) : NULL;
      MemoDate *day = other != NULL ? memo_record_get_date (other, MEMO_ARTICLE_PUBLISHED) : NULL;

      if (other == NULL ||
          g_strcmp0 (memo_record_get_text (other, MEMO_ARTICLE_LANGUAGE), get_text (draft, "language")) != 0)
        continue;
      if (i < n_url ||
          (g_strcmp0 (memo_record_get_text (other, MEMO_ARTICLE_OUTLET), get_text (draft, "outlet")) == 0 &&
           (day == published || (day != NULL && published != NULL && memo_date_equal (day, published)))))
        return TRUE;
    }
  return FALSE;
}

MemoChange *
memo_action_import (MemoIndex *index,
                    JsonObject *draft,
                    MemoOriginal *original,
                    const char *version_of,
                    MemoRecord **ret_article,
                    GError **error)
{
  g_auto (MemoDraft) self = { 0 };
  g_autoptr (MemoRecordBuilder) builder = memo_record_builder_new (MEMO_KIND_ARTICLE, NULL);
  g_autoptr (GHashTable) touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, touched_free);
  g_autofree char *detail = get_text (draft, "title") ? memo_text_ellipsize (get_text (draft, "title"), 80) : NULL;

  if (version_of != NULL && !is_live (index, version_of))
    {
      /* Translators: %s is the id of a record. */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND, _ ("There is no article “%s” in this library."),
                   version_of);
      return NULL;
    }
  memo_draft_init (&self, index, N_ ("Import article"), detail);
  for (guint i = 0; i < G_N_ELEMENTS (plain_fields); i++)
    memo_record_builder_set_text (builder, plain_fields[i].field, get_text (draft, plain_fields[i].name));
  g_autoptr (MemoDate) published = get_date (draft, "published");
  g_autoptr (MemoDate) accessed = get_date (draft, "accessed");
  g_auto (GStrv) tags = dup_texts (draft, "tags");
  g_auto (GStrv) authors = get_authors (&self, draft);
  memo_record_builder_set_date (builder, MEMO_ARTICLE_PUBLISHED, published);
  memo_record_builder_set_date (builder, MEMO_ARTICLE_ACCESSED, accessed);
  memo_record_builder_set_texts (builder, MEMO_ARTICLE_TAGS, (const char *const *) tags);
  memo_record_builder_set_texts (builder, MEMO_ARTICLE_AUTHORS, (const char *const *) authors);
  g_auto (GStrv) printed = dup_texts (draft, "authors");
  g_autofree char *byline = printed ? g_strjoinv ("; ", printed) : NULL;
  memo_record_builder_set_text (builder, MEMO_ARTICLE_BYLINE, byline);
  if (!set_body (builder, draft, original, error))
    return NULL;

  g_autoptr (MemoRecord) plain = memo_record_builder_end (g_steal_pointer (&builder));
  g_autofree char *references =
      resolve_references (index, memo_record_get_text (plain, MEMO_ARTICLE_REFERENCES), memo_record_get_uuid (plain));
  builder = memo_record_builder_edit (plain);
  memo_record_builder_set_text (builder, MEMO_ARTICLE_REFERENCES, references);
  link_work (index, plain, builder, version_of, touched);
  g_autoptr (MemoRecord) article = memo_record_builder_end (g_steal_pointer (&builder));
  memo_change_insert_article (self.change, article, original);

  link_citing (index, article, touched);
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, touched);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Touched *other = value;
      g_autoptr (MemoRecord) changed = memo_record_builder_end (g_steal_pointer (&other->builder));
      memo_change_update (self.change, other->base, changed);
    }
  if (ret_article != NULL)
    *ret_article = g_steal_pointer (&article);
  return memo_draft_end (&self);
}

/* References of the new text keep what the old ones were found to cite. (transfer full) (nullable) */
static char *
keep_cites (const char *old_json, const char *new_json)
{
  g_autoptr (JsonNode) old_root = old_json ? json_from_string (old_json, NULL) : NULL;
  g_autoptr (JsonNode) new_root = new_json ? json_from_string (new_json, NULL) : NULL;
  if (old_root == NULL || new_root == NULL || !JSON_NODE_HOLDS_ARRAY (old_root) || !JSON_NODE_HOLDS_ARRAY (new_root))
    return g_strdup (new_json);
  JsonArray *olds = json_node_get_array (old_root), *news = json_node_get_array (new_root);
  for (guint i = 0; i < json_array_get_length (news); i++)
    for (guint k = 0; k < json_array_get_length (olds); k++)
      {
        JsonObject *now = get_element (news, i), *old = get_element (olds, k);
        if (now == NULL || old == NULL || get_text (old, "cites") == NULL || get_text (now, "cites") != NULL)
          continue;
        if ((get_text (now, "url") != NULL && g_strcmp0 (get_text (now, "url"), get_text (old, "url")) == 0) ||
            (get_text (now, "text") != NULL && g_strcmp0 (get_text (now, "text"), get_text (old, "text")) == 0))
          json_object_set_string_member (now, "cites", get_text (old, "cites"));
      }
  return json_to_string (new_root, FALSE);
}

MemoRecord *
memo_annotation_find_again (MemoRecord *annotation, const char *text, MemoAnchorResult *ret_result)
{
  MemoAnchorResult result;
  glong start, end;
  MemoSelector selector = {
    memo_record_get_text (annotation, MEMO_ANNOTATION_EXACT),
    memo_record_get_text (annotation, MEMO_ANNOTATION_PREFIX),
    memo_record_get_text (annotation, MEMO_ANNOTATION_SUFFIX),
    memo_record_get_int (annotation, MEMO_ANNOTATION_START),
    memo_record_get_int (annotation, MEMO_ANNOTATION_END),
  };
  MemoRecordBuilder *builder = memo_record_builder_edit (annotation);
  if (selector.start < 0 || selector.end < 0)
    selector.start = selector.end = -1;
  result = selector.exact ? memo_anchor_find (text, &selector, &start, &end, NULL) : MEMO_ANCHOR_ORPHAN;
  if (ret_result != NULL)
    *ret_result = result;
  if (result == MEMO_ANCHOR_ORPHAN)
    {
      memo_record_builder_set_text (builder, MEMO_ANNOTATION_STATE, "orphan");
      return memo_record_builder_end (builder);
    }
  g_autofree char *exact = NULL;
  g_autofree char *prefix = NULL;
  g_autofree char *suffix = NULL;
  memo_anchor_describe (text, start, end, &exact, &prefix, &suffix);
  memo_record_builder_set_int (builder, MEMO_ANNOTATION_START, start);
  memo_record_builder_set_int (builder, MEMO_ANNOTATION_END, end);
  memo_record_builder_set_text (builder, MEMO_ANNOTATION_EXACT, exact);
  memo_record_builder_set_text (builder, MEMO_ANNOTATION_PREFIX, prefix);
  memo_record_builder_set_text (builder, MEMO_ANNOTATION_SUFFIX, suffix);
  memo_record_builder_set_text (builder, MEMO_ANNOTATION_STATE, "anchored");
  return memo_record_builder_end (builder);
}

/* The new text with the summary points of the old one behind it, and the blocks of both: what is cited of the points stays.
 * (transfer full); NULL when the old text has none. */
static char *
append_summary (MemoRecord *article, const char *text, GArray *blocks)
{
  const char *old = memo_record_get_text (article, MEMO_ARTICLE_TEXT);
  glong old_end = old ? memo_text_length (old) : 0, end = memo_text_length (text);
  g_autoptr (GArray) old_blocks = memo_blocks_from_json (memo_record_get_text (article, MEMO_ARTICLE_BLOCKS), NULL);
  g_autoptr (GString) whole = g_string_new (text);

  for (guint i = 0; old_blocks != NULL && i < old_blocks->len; i++)
    {
      MemoBlock *point = &g_array_index (old_blocks, MemoBlock, i);
      if (point->type != MEMO_BLOCK_SUMMARY || point->end > old_end)
        continue;
      g_autofree char *words = memo_text_slice (old, point->start, point->end);
      if (blocks->len == 0)
        memo_blocks_add (blocks, MEMO_BLOCK_PARAGRAPH, 0, end);
      g_string_append_printf (whole, "\n\n%s", words);
      memo_blocks_add (blocks, MEMO_BLOCK_SUMMARY, end + 2, end + 2 + point->end - point->start);
      end += 2 + point->end - point->start;
    }
  return strlen (text) < whole->len ? g_string_free (g_steal_pointer (&whole), FALSE) : NULL;
}

/* What the new text of an article is silent about stays: plain text has no notes of its authors, no marked references … */
static gboolean
keep_silent (MemoRecord *article, MemoRecordBuilder *builder, JsonObject *draft, GError **error)
{
  static const struct
  {
    const char *name;
    MemoField field;
  } lists[] = {
    { "references", MEMO_ARTICLE_REFERENCES },
    { "biographies", MEMO_ARTICLE_BIOGRAPHIES },
    { "versions", MEMO_ARTICLE_VERSIONS },
  };
  g_auto (GStrv) summary = dup_texts (draft, "summary");

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *json = dup_json (draft, lists[i].name);
      if (json == NULL)
        memo_record_builder_set_text (builder, lists[i].field, memo_record_get_text (article, lists[i].field));
    }
  if (summary[0] == NULL)
    {
      g_autofree char *json = dup_json (draft, "blocks");
      g_autoptr (GArray) blocks = memo_blocks_from_json (json, error);
      g_autofree char *text = blocks ? append_summary (article, get_text (draft, "text"), blocks) : NULL;
      g_autofree char *both = text ? memo_blocks_to_json (blocks) : NULL;
      if (blocks == NULL)
        return FALSE;
      if (text != NULL)
        set_text (builder, text, both);
      memo_record_builder_set_texts (builder, MEMO_ARTICLE_SUMMARY,
                                     memo_record_get_texts (article, MEMO_ARTICLE_SUMMARY));
    }
  return TRUE;
}

MemoChange *
memo_action_update_text (MemoRecord *article,
                         JsonObject *draft,
                         MemoOriginal *original,
                         GPtrArray *annotations,
                         guint *ret_anchored,
                         guint *ret_moved,
                         guint *ret_orphaned,
                         GError **error)
{
  const char *text;
  guint anchored = 0, moved = 0, orphaned = 0;

  if (get_text (draft, "text") == NULL)
    {
      g_set_error_literal (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("The new text of the article is empty."));
      return NULL;
    }
  g_autoptr (MemoRecordBuilder) builder = memo_record_builder_edit (article);
  g_autofree char *references = dup_json (draft, "references");
  g_autofree char *kept = keep_cites (memo_record_get_text (article, MEMO_ARTICLE_REFERENCES), references);
  if (!set_body (builder, draft, original, error))
    return NULL;
  memo_record_builder_set_text (builder, MEMO_ARTICLE_REFERENCES, kept);
  if (!keep_silent (article, builder, draft, error))
    return NULL;
  /* What the researcher has set right stays; what was not known is filled in. */
  for (guint i = 0; i < G_N_ELEMENTS (plain_fields); i++)
    if (memo_record_get_text (article, plain_fields[i].field) == NULL)
      memo_record_builder_set_text (builder, plain_fields[i].field, get_text (draft, plain_fields[i].name));
  g_autoptr (MemoDate) published = get_date (draft, "published");
  if (memo_record_get_date (article, MEMO_ARTICLE_PUBLISHED) == NULL)
    memo_record_builder_set_date (builder, MEMO_ARTICLE_PUBLISHED, published);

  g_autoptr (MemoChange) change = memo_change_new (N_ ("Update text"), memo_record_get_title (article));
  g_autoptr (MemoRecord) changed = memo_record_builder_end (g_steal_pointer (&builder));
  text = memo_record_get_text (changed, MEMO_ARTICLE_TEXT);
  memo_change_update (change, article, changed);
  if (original != NULL)
    g_array_index (memo_change_get_steps (change), MemoStep, 0).original = memo_original_ref (original);

  for (guint i = 0; annotations != NULL && i < annotations->len; i++)
    {
      MemoRecord *annotation = g_ptr_array_index (annotations, i);
      MemoAnchorResult result;
      g_autoptr (MemoRecord) found = memo_annotation_find_again (annotation, text, &result);
      anchored += result == MEMO_ANCHOR_SAME;
      moved += result == MEMO_ANCHOR_MOVED || result == MEMO_ANCHOR_APPROXIMATE;
      orphaned += result == MEMO_ANCHOR_ORPHAN;
      memo_change_update (change, annotation, found);
    }
  if (ret_anchored != NULL)
    *ret_anchored = anchored;
  if (ret_moved != NULL)
    *ret_moved = moved;
  if (ret_orphaned != NULL)
    *ret_orphaned = orphaned;
  return g_steal_pointer (&change);
}
