#include "memo-links.h"

#include "base/memo-text.h"

#include <string.h>

/* Titles shorter than this are no proof of anything: "News". */
#define MIN_TITLE 12

struct _MemoLinks
{
  GMutex mutex;
  GHashTable *articles; /* UUID → Kept */
  GHashTable *keys;     /* what it is found by → GPtrArray of UUIDs (of the articles kept) */
  GHashTable *pending; /* UUIDs (of the articles kept) whose keys are not made yet: only who looks for something pays */
};

/* The linking fields, in this order. */
static const MemoField fields[] = { MEMO_ARTICLE_TITLE,     MEMO_ARTICLE_URL,        MEMO_ARTICLE_WORK,
                                    MEMO_ARTICLE_LANGUAGE,  MEMO_ARTICLE_OUTLET,     MEMO_ARTICLE_VERSIONS,
                                    MEMO_ARTICLE_PUBLISHED, MEMO_ARTICLE_REFERENCES, MEMO_ARTICLE_AUTHORS };

/* An article as far as it is kept, in one piece: few of them are ever asked for again. */
typedef struct
{
  gint64 id, created, modified;
  char texts[]; /* UUID, then each field as it is stored, "" when unset */
} Kept;

MemoLinks *
memo_links_new (void)
{
  MemoLinks *self = g_new0 (MemoLinks, 1);
  g_mutex_init (&self->mutex);
  self->articles = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->pending = g_hash_table_new (g_str_hash, g_str_equal);
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  return self;
}

void
memo_links_free (MemoLinks *self)
{
  g_hash_table_unref (self->articles);
  g_hash_table_unref (self->keys);
  g_hash_table_unref (self->pending);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

guint32
memo_links_fields (void)
{
  guint32 bits = 0;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    bits |= MEMO_FIELD_BIT (fields[i]);
  return bits;
}

static gboolean
is_tracking (const char *parameter)
{
  static const char *const prefixes[] = { "utm_", "fbclid", "gclid", "yclid", "mc_cid", "mc_eid", "ref=", "_ga" };
  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (parameter, prefixes[i]))
      return TRUE;
  return FALSE;
}

char *
memo_url_key (const char *url)
{
  if (url == NULL)
    return NULL;
  g_autofree char *trimmed = g_strstrip (g_strdup (url));
  const char *scheme = strstr (trimmed, "://");
  const char *rest = scheme ? scheme + 3 : g_str_has_prefix (trimmed, "//") ? trimmed + 2 : trimmed;
  if (g_ascii_strncasecmp (rest, "www.", 4) == 0)
    rest += 4;
  if (*rest == '\0' || strchr (rest, '.') == NULL || strpbrk (rest, " \t\n") != NULL)
    return NULL;

  gsize host_length = strcspn (rest, "/?#");
  g_autofree char *host = g_ascii_strdown (rest, host_length);
  if (g_str_has_suffix (host, ":80"))
    host[strlen (host) - 3] = '\0';
  else if (g_str_has_suffix (host, ":443"))
    host[strlen (host) - 4] = '\0';
  const char *path = rest + host_length;
  gsize path_length = strcspn (path, "?#");
  const char *query = path[path_length] == '?' ? path + path_length + 1 : "";
  g_autofree char *raw = g_strndup (path, path_length);
  g_autofree char *decoded = g_uri_unescape_string (raw, "/");
  GString *key = g_string_new (host);
  g_string_append (key, decoded && g_utf8_validate (decoded, -1, NULL) ? decoded : raw);
  while (key->len > 0 && (key->str[key->len - 1] == '/' || key->str[key->len - 1] == '.'))
    g_string_truncate (key, key->len - 1);

  g_autofree char *words = g_strndup (query, strcspn (query, "#"));
  g_auto (GStrv) parameters = g_strsplit (words, "&", -1);
  char separator = '?';
  for (guint i = 0; parameters[i] != NULL; i++)
    if (*parameters[i] != '\0' && !is_tracking (parameters[i]))
      {
        g_string_append_printf (key, "%c%s", separator, parameters[i]);
        separator = '&';
      }
  return g_string_free (key, FALSE);
}

/* A title without what typesetting and quotation marks do to it; NULL when it is too short to prove anything. */
static char *
title_key (const char *title)
{
  if (title == NULL)
    return NULL;
  g_autofree char *key = memo_text_key (title);
  GString *words = g_string_new (NULL);
  gboolean space = FALSE;
  for (const char *p = key; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (!g_unichar_isalnum (c))
        {
          space = TRUE;
          continue;
        }
      if (space && words->len > 0)
        g_string_append_c (words, ' ');
      space = FALSE;
      g_string_append_unichar (words, c);
    }
  if (g_utf8_strlen (words->str, -1) < MIN_TITLE)
    {
      g_string_free (words, TRUE);
      return NULL;
    }
  return g_string_free (words, FALSE);
}

/* Takes @text. */
static void
add_key (GPtrArray *keys, char type, char *text)
{
  if (text != NULL && *text != '\0')
    g_ptr_array_add (keys, g_strdup_printf ("%c%s", type, text));
  g_free (text);
}

static char *
day_key (const MemoDate *published, const char *outlet)
{
  if (published == NULL || memo_date_get_precision (published) != MEMO_PRECISION_DAY)
    return NULL;
  /* What was pasted often names no outlet; such texts meet among themselves. */
  g_autofree char *key = memo_text_key (outlet != NULL ? outlet : "");
  return g_strdup_printf ("%d %s", memo_date_get_first (published), key);
}

static JsonArray *
parse_array (const char *json, JsonNode **ret_root)
{
  *ret_root = json ? json_from_string (json, NULL) : NULL;
  return *ret_root && JSON_NODE_HOLDS_ARRAY (*ret_root) ? json_node_get_array (*ret_root) : NULL;
}

static const char *
get_member (JsonArray *array, guint i, const char *name)
{
  JsonNode *element = json_array_get_element (array, i);
  JsonNode *member =
      JSON_NODE_HOLDS_OBJECT (element) ? json_object_get_member (json_node_get_object (element), name) : NULL;
  return member && json_node_get_value_type (member) == G_TYPE_STRING ? json_node_get_string (member) : NULL;
}

/* What @article is found by. */
static GPtrArray *
list_keys (MemoRecord *article)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonNode) versions_root = NULL;
  g_autoptr (JsonNode) references_root = NULL;
  JsonArray *versions = parse_array (memo_record_get_text (article, MEMO_ARTICLE_VERSIONS), &versions_root);
  JsonArray *references = parse_array (memo_record_get_text (article, MEMO_ARTICLE_REFERENCES), &references_root);

  add_key (keys, 'u', memo_url_key (memo_record_get_text (article, MEMO_ARTICLE_URL)));
  add_key (keys, 't', title_key (memo_record_get_text (article, MEMO_ARTICLE_TITLE)));
  add_key (keys, 'w', g_strdup (memo_record_get_text (article, MEMO_ARTICLE_WORK)));
  add_key (keys, 'd',
           day_key (memo_record_get_date (article, MEMO_ARTICLE_PUBLISHED),
                    memo_record_get_text (article, MEMO_ARTICLE_OUTLET)));
  for (guint i = 0; versions != NULL && i < json_array_get_length (versions); i++)
    add_key (keys, 'v', memo_url_key (get_member (versions, i, "url")));
  for (guint i = 0; references != NULL && i < json_array_get_length (references); i++)
    if (get_member (references, i, "cites") == NULL)
      {
        add_key (keys, 'c', memo_url_key (get_member (references, i, "url")));
        add_key (keys, 'n', title_key (get_member (references, i, "title")));
      }
  return keys;
}

static Kept *
keep (MemoRecord *article)
{
  g_autoptr (GString) texts = g_string_new (memo_record_get_uuid (article));
  Kept *kept;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *stored = memo_record_dup_stored (article, fields[i]);
      g_string_append_c (texts, '\0');
      g_string_append (texts, stored != NULL ? stored : "");
    }
  kept = g_malloc (sizeof (Kept) + texts->len + 1);
  kept->id = memo_record_get_id (article);
  kept->created = memo_record_get_created (article);
  kept->modified = memo_record_get_modified (article);
  memcpy (kept->texts, texts->str, texts->len + 1);
  return kept;
}

/* The way back. (transfer full) */
static MemoRecord *
make_record (const Kept *kept)
{
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_ARTICLE, kept->texts);
  const char *text = kept->texts;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      text += strlen (text) + 1;
      /* It was a value of this field before, and so it can be one again. */
      memo_record_builder_set_stored (builder, fields[i], text, NULL);
    }
  memo_record_builder_set_identity (builder, kept->id, kept->created, kept->modified, 0, FALSE);
  return memo_record_builder_end (builder);
}

/* With the mutex held: takes @kept out of the table of keys. */
static void
forget (MemoLinks *self, const Kept *kept)
{
  if (g_hash_table_remove (self->pending, kept->texts))
    return;
  g_autoptr (MemoRecord) record = make_record (kept);
  g_autoptr (GPtrArray) keys = list_keys (record);
  for (guint i = 0; i < keys->len; i++)
    {
      GPtrArray *uuids = g_hash_table_lookup (self->keys, g_ptr_array_index (keys, i));
      if (uuids != NULL && g_ptr_array_remove (uuids, (gpointer) kept->texts) && uuids->len == 0)
        g_hash_table_remove (self->keys, g_ptr_array_index (keys, i));
    }
}

void
memo_links_put (MemoLinks *self, MemoRecord *article)
{
  Kept *kept = keep (article);

  g_mutex_lock (&self->mutex);
  const Kept *old = g_hash_table_lookup (self->articles, kept->texts);
  if (old != NULL)
    forget (self, old);
  g_hash_table_replace (self->articles, kept->texts, kept);
  g_hash_table_add (self->pending, kept->texts);
  g_mutex_unlock (&self->mutex);
}

/* With the mutex held: makes the keys that are not made yet. */
static void
make_keys (MemoLinks *self)
{
  GHashTableIter iter;
  gpointer uuid;
  g_hash_table_iter_init (&iter, self->pending);
  while (g_hash_table_iter_next (&iter, &uuid, NULL))
    {
      g_autoptr (MemoRecord) record = make_record (g_hash_table_lookup (self->articles, uuid));
      g_autoptr (GPtrArray) keys = list_keys (record);
      for (guint i = 0; i < keys->len; i++)
        {
          const char *key = g_ptr_array_index (keys, i);
          GPtrArray *uuids = g_hash_table_lookup (self->keys, key);
          if (uuids == NULL)
            {
              uuids = g_ptr_array_new ();
              g_hash_table_insert (self->keys, g_strdup (key), uuids);
            }
          if (!g_ptr_array_find (uuids, uuid, NULL))
            g_ptr_array_add (uuids, uuid);
        }
    }
  g_hash_table_remove_all (self->pending);
}

MemoRecord *
memo_links_get (MemoLinks *self, const char *uuid)
{
  g_mutex_lock (&self->mutex);
  const Kept *kept = g_hash_table_lookup (self->articles, uuid);
  MemoRecord *record = kept != NULL ? make_record (kept) : NULL;
  g_mutex_unlock (&self->mutex);
  return record;
}

/* Adds the articles that are found by the key. Takes @text. */
static void
find (MemoLinks *self, char type, char *text, GPtrArray *found)
{
  if (text == NULL)
    return;
  g_autofree char *key = g_strdup_printf ("%c%s", type, text);
  g_free (text);
  g_mutex_lock (&self->mutex);
  make_keys (self);
  GPtrArray *uuids = g_hash_table_lookup (self->keys, key);
  guint known = found->len;
  for (guint i = 0; uuids != NULL && i < uuids->len; i++)
    {
      const char *uuid = g_ptr_array_index (uuids, i);
      gboolean there = FALSE;
      for (guint k = 0; k < known && !there; k++)
        there = g_str_equal (g_ptr_array_index (found, k), uuid);
      if (!there)
        g_ptr_array_add (found, g_strdup (uuid));
    }
  g_mutex_unlock (&self->mutex);
}

GPtrArray *
memo_links_find_url (MemoLinks *self, const char *url)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  find (self, 'u', memo_url_key (url), found);
  return found;
}

GPtrArray *
memo_links_find_title (MemoLinks *self, const char *title)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  find (self, 't', title_key (title), found);
  return found;
}

GPtrArray *
memo_links_find_version (MemoLinks *self, const char *url)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  find (self, 'v', memo_url_key (url), found);
  return found;
}

GPtrArray *
memo_links_find_citing (MemoLinks *self, const char *url, const char *title)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  find (self, 'c', memo_url_key (url), found);
  find (self, 'n', title_key (title), found);
  return found;
}

GPtrArray *
memo_links_find_work (MemoLinks *self, const char *work)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  find (self, 'w', g_strdup (work), found);
  return found;
}

GPtrArray *
memo_links_find_day (MemoLinks *self, const MemoDate *published, const char *outlet)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  find (self, 'd', day_key (published, outlet), found);
  return found;
}
