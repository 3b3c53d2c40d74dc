#include "memo-filter.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/memo-error.h"

#define N_CHOICES (MEMO_CHOICE_NONE + 1)

struct _MemoFilter
{
  GObject parent_instance;
  GStrv values[MEMO_N_FACETS][N_CHOICES]; /* never NULL; in the order in which they were added */
  MemoDate *from, *to;
  char *words;
  gboolean single_source, no_evidence;
};

G_DEFINE_FINAL_TYPE (MemoFilter, memo_filter, G_TYPE_OBJECT)

static const char *const facet_names[MEMO_N_FACETS] = { "sector",   "party", "status", "kind",
                                                        "language", "tag",   "source", "body" };
static const char *const choice_names[N_CHOICES] = { "any", "all", "none" };

static GStrv
strv_with (GStrv values, const char *value)
{
  guint n = g_strv_length (values);
  GStrv result = g_new0 (char *, n + 2);

  for (guint i = 0; i < n; i++)
    result[i] = g_strdup (values[i]);
  result[n] = g_strdup (value);
  return result;
}

static GStrv
strv_without (GStrv values, const char *value)
{
  GStrv result = g_new0 (char *, g_strv_length (values) + 1);
  guint n = 0;

  for (guint i = 0; values[i] != NULL; i++)
    if (strcmp (values[i], value) != 0)
      result[n++] = g_strdup (values[i]);
  return result;
}

static gboolean
strv_same_set (GStrv a, GStrv b)
{
  if (g_strv_length (a) != g_strv_length (b))
    return FALSE;
  for (guint i = 0; a[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) b, a[i]))
      return FALSE;
  return TRUE;
}

static void
take_strv (GStrv *place, GStrv values)
{
  g_strfreev (*place);
  *place = values;
}

static MemoFilter *
copy (MemoFilter *self)
{
  MemoFilter *result = memo_filter_new ();

  for (guint facet = 0; facet < MEMO_N_FACETS; facet++)
    for (guint choice = 0; choice < N_CHOICES; choice++)
      take_strv (&result->values[facet][choice], g_strdupv (self->values[facet][choice]));
  result->from = self->from != NULL ? memo_date_ref (self->from) : NULL;
  result->to = self->to != NULL ? memo_date_ref (self->to) : NULL;
  g_free (result->words);
  result->words = g_strdup (self->words);
  result->single_source = self->single_source;
  result->no_evidence = self->no_evidence;
  return result;
}

static void
drop_value (MemoFilter *self, MemoFacet facet, const char *value)
{
  for (guint choice = 0; choice < N_CHOICES; choice++)
    take_strv (&self->values[facet][choice], strv_without (self->values[facet][choice], value));
}

static void
add_value (MemoFilter *self, MemoFacet facet, MemoChoice choice, const char *value)
{
  if (g_strv_contains ((const char *const *) self->values[facet][choice], value))
    return;
  drop_value (self, facet, value);
  take_strv (&self->values[facet][choice], strv_with (self->values[facet][choice], value));
}

static void
memo_filter_finalize (GObject *object)
{
  MemoFilter *self = MEMO_FILTER (object);

  for (guint facet = 0; facet < MEMO_N_FACETS; facet++)
    for (guint choice = 0; choice < N_CHOICES; choice++)
      g_strfreev (self->values[facet][choice]);
  g_clear_pointer (&self->from, memo_date_unref);
  g_clear_pointer (&self->to, memo_date_unref);
  g_free (self->words);
  G_OBJECT_CLASS (memo_filter_parent_class)->finalize (object);
}

static void
memo_filter_class_init (MemoFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = memo_filter_finalize;
}

static void
memo_filter_init (MemoFilter *self)
{
  for (guint facet = 0; facet < MEMO_N_FACETS; facet++)
    for (guint choice = 0; choice < N_CHOICES; choice++)
      self->values[facet][choice] = g_new0 (char *, 1);
  self->words = g_strdup ("");
}

MemoFilter *
memo_filter_new (void)
{
  return g_object_new (MEMO_TYPE_FILTER, NULL);
}

gboolean
memo_filter_is_empty (MemoFilter *self)
{
  g_return_val_if_fail (MEMO_IS_FILTER (self), TRUE);

  for (guint facet = 0; facet < MEMO_N_FACETS; facet++)
    for (guint choice = 0; choice < N_CHOICES; choice++)
      if (self->values[facet][choice][0] != NULL)
        return FALSE;
  return self->from == NULL && self->to == NULL && *self->words == '\0' && !self->single_source && !self->no_evidence;
}

gboolean
memo_filter_equal (MemoFilter *a, MemoFilter *b)
{
  if (a == b)
    return TRUE;
  if (a == NULL || b == NULL)
    return FALSE;
  for (guint facet = 0; facet < MEMO_N_FACETS; facet++)
    for (guint choice = 0; choice < N_CHOICES; choice++)
      if (!strv_same_set (a->values[facet][choice], b->values[facet][choice]))
        return FALSE;
  return memo_date_equal (a->from, b->from) && memo_date_equal (a->to, b->to) && strcmp (a->words, b->words) == 0 &&
         a->single_source == b->single_source && a->no_evidence == b->no_evidence;
}

const char *const *
memo_filter_get_values (MemoFilter *self, MemoFacet facet, MemoChoice choice)
{
  g_return_val_if_fail (MEMO_IS_FILTER (self) && facet < MEMO_N_FACETS && choice < N_CHOICES, NULL);
  return (const char *const *) self->values[facet][choice];
}

MemoFilter *
memo_filter_with (MemoFilter *self, MemoFacet facet, MemoChoice choice, const char *value)
{
  MemoFilter *result;

  g_return_val_if_fail (MEMO_IS_FILTER (self) && facet < MEMO_N_FACETS && choice < N_CHOICES, NULL);
  g_return_val_if_fail (value != NULL, NULL);
  result = copy (self);
  add_value (result, facet, choice, value);
  return result;
}

MemoFilter *
memo_filter_with_many (MemoFilter *self, MemoFacet facet, MemoChoice choice, const char *const *values)
{
  MemoFilter *result;
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (MEMO_IS_FILTER (self) && facet < MEMO_N_FACETS && choice < N_CHOICES, NULL);
  g_return_val_if_fail (values != NULL, NULL);
  result = copy (self);
  for (guint i = 0; result->values[facet][choice][i] != NULL; i++)
    {
      g_hash_table_add (known, result->values[facet][choice][i]);
      g_strv_builder_add (builder, result->values[facet][choice][i]);
    }
  for (guint i = 0; values[i] != NULL; i++)
    if (g_hash_table_add (known, (char *) values[i]))
      g_strv_builder_add (builder, values[i]);
  for (guint other = 0; other < N_CHOICES; other++)
    for (guint i = 0; other != choice && result->values[facet][other][0] != NULL && values[i] != NULL; i++)
      take_strv (&result->values[facet][other], strv_without (result->values[facet][other], values[i]));
  take_strv (&result->values[facet][choice], g_strv_builder_end (builder));
  return result;
}

MemoFilter *
memo_filter_without (MemoFilter *self, MemoFacet facet, const char *value)
{
  MemoFilter *result;

  g_return_val_if_fail (MEMO_IS_FILTER (self) && facet < MEMO_N_FACETS && value != NULL, NULL);
  result = copy (self);
  drop_value (result, facet, value);
  return result;
}

MemoFilter *
memo_filter_without_facet (MemoFilter *self, MemoFacet facet)
{
  MemoFilter *result;

  g_return_val_if_fail (MEMO_IS_FILTER (self) && facet < MEMO_N_FACETS, NULL);
  result = copy (self);
  for (guint choice = 0; choice < N_CHOICES; choice++)
    take_strv (&result->values[facet][choice], g_new0 (char *, 1));
  return result;
}

MemoDate *
memo_filter_get_from (MemoFilter *self)
{
  return self->from;
}

MemoDate *
memo_filter_get_to (MemoFilter *self)
{
  return self->to;
}

MemoFilter *
memo_filter_with_dates (MemoFilter *self, MemoDate *from, MemoDate *to)
{
  MemoFilter *result;

  g_return_val_if_fail (MEMO_IS_FILTER (self), NULL);
  result = copy (self);
  g_clear_pointer (&result->from, memo_date_unref);
  g_clear_pointer (&result->to, memo_date_unref);
  result->from = from != NULL ? memo_date_ref (from) : NULL;
  result->to = to != NULL ? memo_date_ref (to) : NULL;
  return result;
}

const char *
memo_filter_get_words (MemoFilter *self)
{
  return self->words;
}

MemoFilter *
memo_filter_with_words (MemoFilter *self, const char *words)
{
  MemoFilter *result;

  g_return_val_if_fail (MEMO_IS_FILTER (self), NULL);
  result = copy (self);
  g_free (result->words);
  result->words = words != NULL ? g_strstrip (g_strdup (words)) : g_strdup ("");
  return result;
}

gboolean
memo_filter_get_single_source (MemoFilter *self)
{
  return self->single_source;
}

gboolean
memo_filter_get_no_evidence (MemoFilter *self)
{
  return self->no_evidence;
}

MemoFilter *
memo_filter_with_single_source (MemoFilter *self, gboolean on)
{
  MemoFilter *result;

  g_return_val_if_fail (MEMO_IS_FILTER (self), NULL);
  result = copy (self);
  result->single_source = on != FALSE;
  return result;
}

MemoFilter *
memo_filter_with_no_evidence (MemoFilter *self, gboolean on)
{
  MemoFilter *result;

  g_return_val_if_fail (MEMO_IS_FILTER (self), NULL);
  result = copy (self);
  result->no_evidence = on != FALSE;
  return result;
}

static void
set_date (JsonObject *object, const char *name, MemoDate *date)
{
  if (date != NULL)
    {
      g_autofree char *text = memo_date_to_string (date);

      json_object_set_string_member (object, name, text);
    }
}

char *
memo_filter_to_json (MemoFilter *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  g_return_val_if_fail (MEMO_IS_FILTER (self), NULL);

  for (guint facet = 0; facet < MEMO_N_FACETS; facet++)
    {
      JsonObject *choices = NULL;

      for (guint choice = 0; choice < N_CHOICES; choice++)
        {
          GStrv values = self->values[facet][choice];
          JsonArray *array;

          if (values[0] == NULL)
            continue;
          array = json_array_new ();
          for (guint i = 0; values[i] != NULL; i++)
            json_array_add_string_element (array, values[i]);
          if (choices == NULL)
            choices = json_object_new ();
          json_object_set_array_member (choices, choice_names[choice], array);
        }
      if (choices != NULL)
        json_object_set_object_member (object, facet_names[facet], choices);
    }
  set_date (object, "from", self->from);
  set_date (object, "to", self->to);
  if (*self->words != '\0')
    json_object_set_string_member (object, "words", self->words);
  if (self->single_source)
    json_object_set_boolean_member (object, "single_source", TRUE);
  if (self->no_evidence)
    json_object_set_boolean_member (object, "no_evidence", TRUE);
  json_node_take_object (node, object);
  return json_to_string (node, FALSE);
}

static gboolean
invalid (GError **error, const char *member)
{
  /* Translators: %s is the name of a member of a JSON file, such as “sector” */
  g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("This is not a filter: “%s” has an unexpected value"), member);
  return FALSE;
}

static gboolean
read_facet (MemoFilter *self, MemoFacet facet, JsonNode *node, GError **error)
{
  JsonObject *choices;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return invalid (error, facet_names[facet]);
  choices = json_node_get_object (node);
  for (guint choice = 0; choice < N_CHOICES; choice++)
    {
      JsonNode *member = json_object_get_member (choices, choice_names[choice]);
      JsonArray *array;

      if (member == NULL)
        continue;
      if (!JSON_NODE_HOLDS_ARRAY (member))
        return invalid (error, facet_names[facet]);
      array = json_node_get_array (member);
      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          JsonNode *element = json_array_get_element (array, i);

          if (json_node_get_value_type (element) != G_TYPE_STRING)
            return invalid (error, facet_names[facet]);
          add_value (self, facet, choice, json_node_get_string (element));
        }
    }
  return TRUE;
}

static gboolean
read_date (JsonObject *object, const char *name, MemoDate **ret_date, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return invalid (error, name);
  *ret_date = memo_date_new (json_node_get_string (node), error);
  return *ret_date != NULL;
}

static gboolean
read_flag (JsonObject *object, const char *name, gboolean *ret_flag, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    return TRUE;
  if (json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return invalid (error, name);
  *ret_flag = json_node_get_boolean (node);
  return TRUE;
}

MemoFilter *
memo_filter_from_json (const char *json, GError **error)
{
  g_autoptr (MemoFilter) self = memo_filter_new ();
  g_autoptr (GError) cause = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;
  JsonNode *node;

  g_return_val_if_fail (json != NULL, NULL);

  root = json_from_string (json, &cause);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      /* Translators: %s is the reason, from the JSON parser */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("This is not a filter: %s"),
                   cause != NULL ? cause->message : _ ("it is no JSON object"));
      return NULL;
    }
  object = json_node_get_object (root);
  for (guint facet = 0; facet < MEMO_N_FACETS; facet++)
    {
      node = json_object_get_member (object, facet_names[facet]);
      if (node != NULL && !read_facet (self, facet, node, error))
        return NULL;
    }
  if (!read_date (object, "from", &self->from, error) || !read_date (object, "to", &self->to, error) ||
      !read_flag (object, "single_source", &self->single_source, error) ||
      !read_flag (object, "no_evidence", &self->no_evidence, error))
    return NULL;
  node = json_object_get_member (object, "words");
  if (node != NULL)
    {
      if (json_node_get_value_type (node) != G_TYPE_STRING)
        {
          invalid (error, "words");
          return NULL;
        }
      g_free (self->words);
      self->words = g_strstrip (g_strdup (json_node_get_string (node)));
    }
  return g_steal_pointer (&self);
}

const char *
memo_facet_get_name (MemoFacet facet)
{
  g_return_val_if_fail (facet < MEMO_N_FACETS, NULL);
  return facet_names[facet];
}
