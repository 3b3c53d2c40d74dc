#include "memo-action-private.h"

#include "base/memo-text.h"

#include <string.h>

static void
quote_free (gpointer data)
{
  MemoQuote *self = data;
  g_clear_object (&self->evidence);
  g_clear_object (&self->annotation);
  g_clear_object (&self->article);
  g_free (self);
}

static void
claim_free (gpointer data)
{
  MemoClaim *self = data;
  g_free (self->value);
  g_ptr_array_unref (self->quotes);
  g_free (self);
}

static void
claims_free (gpointer data)
{
  MemoClaims *self = data;
  g_free (self->field);
  g_ptr_array_unref (self->claims);
  g_free (self);
}

/* Both intervals: "since 2008" and "since 2019" are in tension although they overlap, so each end is compared. */
static gboolean
intervals_agree (const char *a, const char *b)
{
  g_auto (GStrv) ends_a = g_strsplit (a, "/", 2);
  g_auto (GStrv) ends_b = g_strsplit (b, "/", 2);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (MemoDate) date_a = memo_date_new (ends_a[i], NULL);
      g_autoptr (MemoDate) date_b = memo_date_new (ends_b[i], NULL);

      if ((date_a != NULL) != (date_b != NULL) || (date_a != NULL && !memo_date_overlaps (date_a, date_b)))
        return FALSE;
    }
  return TRUE;
}

/* Sentences about the whole differ in their wording; that is no conflict. */
static gboolean
is_prose (const char *field)
{
  const char *const prose[] = { "title", "summary", "comment", NULL };

  return field == NULL || g_strv_contains (prose, field);
}

gboolean
memo_claim_values_agree (MemoFieldType type, const char *a, const char *b)
{
  if (a == NULL || b == NULL)
    return TRUE;
  if (type == MEMO_FIELD_DATE)
    {
      g_autoptr (MemoDate) date_a = memo_date_new (a, NULL);
      g_autoptr (MemoDate) date_b = memo_date_new (b, NULL);
      if (date_a != NULL && date_b != NULL && memo_date_get_precision (date_a) == MEMO_PRECISION_INTERVAL &&
          memo_date_get_precision (date_b) == MEMO_PRECISION_INTERVAL)
        return intervals_agree (memo_date_get_edtf (date_a), memo_date_get_edtf (date_b));
      if (date_a != NULL && date_b != NULL)
        return memo_date_overlaps (date_a, date_b);
    }
  /* Several parties, sectors, tags: each may name another one of them. */
  if (type == MEMO_FIELD_REFS || type == MEMO_FIELD_TEXTS || type == MEMO_FIELD_JSON)
    return TRUE;
  g_autofree char *key_a = memo_text_key (a);
  g_autofree char *key_b = memo_text_key (b);
  return g_str_equal (key_a, key_b);
}

/* The same claim, not only one that agrees. */
static gboolean
is_same_value (MemoFieldType type, const char *a, const char *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  if (type == MEMO_FIELD_DATE)
    {
      g_autoptr (MemoDate) date_a = memo_date_new (a, NULL);
      g_autoptr (MemoDate) date_b = memo_date_new (b, NULL);
      if (date_a != NULL && date_b != NULL)
        return memo_date_equal (date_a, date_b);
    }
  g_autofree char *key_a = memo_text_key (a);
  g_autofree char *key_b = memo_text_key (b);
  return g_str_equal (key_a, key_b);
}

/* Versions of one work are one source. */
static const char *
get_work (MemoRecord *article)
{
  const char *work = memo_record_get_text (article, MEMO_ARTICLE_WORK);
  return work ? work : memo_record_get_uuid (article);
}

static gboolean
cites (MemoRecord *article, const char *uuid)
{
  const char *json = memo_record_get_text (article, MEMO_ARTICLE_REFERENCES);
  g_autoptr (JsonNode) root = json && strstr (json, uuid) ? json_from_string (json, NULL) : NULL;
  JsonArray *array = root && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      JsonNode *member =
          JSON_NODE_HOLDS_OBJECT (element) ? json_object_get_member (json_node_get_object (element), "cites") : NULL;
      if (member != NULL && json_node_get_value_type (member) == G_TYPE_STRING &&
          g_str_equal (json_node_get_string (member), uuid))
        return TRUE;
    }
  return FALSE;
}

/* Marks quotes whose work cites another of the claim, and counts the others' works. */
static void
weigh (MemoClaim *claim)
{
  g_autoptr (GHashTable) works = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) citing = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < claim->quotes->len; i++)
    {
      MemoQuote *quote = g_ptr_array_index (claim->quotes, i);
      const char *work = get_work (quote->article);
      g_hash_table_add (works, (gpointer) work);
      for (guint k = 0; k < claim->quotes->len; k++)
        {
          MemoQuote *other = g_ptr_array_index (claim->quotes, k);
          if (!g_str_equal (work, get_work (other->article)) &&
              cites (quote->article, memo_record_get_uuid (other->article)))
            g_hash_table_add (citing, (gpointer) work);
        }
    }
  for (guint i = 0; i < claim->quotes->len; i++)
    {
      MemoQuote *quote = g_ptr_array_index (claim->quotes, i);
      quote->cited = g_hash_table_contains (citing, get_work (quote->article));
    }
  guint n_works = g_hash_table_size (works), n_citing = g_hash_table_size (citing);
  /* Those that cite each other in a circle are one source. */
  claim->independent = n_works > 0 ? MAX (1, n_works - n_citing) : 0;
}

static MemoClaims *
get_claims (GPtrArray *all, const char *field)
{
  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (((MemoClaims *) g_ptr_array_index (all, i))->field, field) == 0)
      return g_ptr_array_index (all, i);
  MemoClaims *claims = g_new0 (MemoClaims, 1);
  claims->field = g_strdup (field);
  claims->claims = g_ptr_array_new_with_free_func (claim_free);
  claims->agree = TRUE;
  g_ptr_array_add (all, claims);
  return claims;
}

static MemoClaim *
get_claim (MemoClaims *claims, MemoFieldType type, const char *value)
{
  for (guint i = 0; i < claims->claims->len; i++)
    {
      MemoClaim *claim = g_ptr_array_index (claims->claims, i);
      if (is_same_value (type, claim->value, value))
        return claim;
    }
  MemoClaim *claim = g_new0 (MemoClaim, 1);
  claim->value = g_strdup (value);
  claim->quotes = g_ptr_array_new_with_free_func (quote_free);
  g_ptr_array_add (claims->claims, claim);
  return claim;
}

/* The type of the field with that name in any of the kinds that take evidence. */
static MemoFieldType
get_field_type (const char *field)
{
  static const MemoKind kinds[] = { MEMO_KIND_AGREEMENT, MEMO_KIND_EVENT, MEMO_KIND_BODY, MEMO_KIND_PARTY,
                                    MEMO_KIND_FOLLOW_UP };
  for (guint i = 0; field != NULL && i < G_N_ELEMENTS (kinds); i++)
    {
      int found = memo_kind_find_field (kinds[i], field);
      if (found >= 0)
        return memo_field_get_info (found)->type;
    }
  return MEMO_FIELD_TEXT;
}

/* Finds the one with that UUID among @records, whose elements may be NULL. (nullable) */
static MemoRecord *
find_record (GPtrArray *records, const char *uuid)
{
  for (guint i = 0; records != NULL && uuid != NULL && i < records->len; i++)
    {
      MemoRecord *record = g_ptr_array_index (records, i);
      if (record != NULL && g_str_equal (memo_record_get_uuid (record), uuid))
        return record;
    }
  return NULL;
}

/* (transfer full): GPtrArray of MemoClaims: the record as a whole first, then fields in the order of the evidence. */
static GPtrArray *
compare (GPtrArray *evidence, GPtrArray *annotations, GPtrArray *articles)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (claims_free);
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < evidence->len; i++)
      {
        MemoRecord *one = g_ptr_array_index (evidence, i);
        const char *field = memo_record_get_text (one, MEMO_EVIDENCE_FIELD);
        MemoRecord *annotation = find_record (annotations, memo_record_get_text (one, MEMO_EVIDENCE_ANNOTATION));
        if ((field == NULL) != (pass == 0) || annotation == NULL || memo_record_get_deleted (annotation) != 0)
          continue;
        MemoRecord *article = find_record (articles, memo_record_get_text (annotation, MEMO_ANNOTATION_ARTICLE));
        /* A passage whose article is in the trash says nothing for now. */
        if (article == NULL)
          continue;
        MemoClaim *claim = get_claim (get_claims (all, field), get_field_type (field),
                                      memo_record_get_text (one, MEMO_EVIDENCE_VALUE));
        MemoQuote *quote = g_new0 (MemoQuote, 1);
        quote->evidence = g_object_ref (one);
        quote->annotation = g_object_ref (annotation);
        quote->article = g_object_ref (article);
        g_ptr_array_add (claim->quotes, quote);
      }

  for (guint i = 0; i < all->len; i++)
    {
      MemoClaims *claims = g_ptr_array_index (all, i);
      MemoFieldType type = get_field_type (claims->field);
      for (guint k = 0; k < claims->claims->len; k++)
        {
          MemoClaim *claim = g_ptr_array_index (claims->claims, k);
          weigh (claim);
          for (guint m = 0; m < k; m++)
            if (!is_prose (claims->field) &&
                !memo_claim_values_agree (type, claim->value,
                                          ((MemoClaim *) g_ptr_array_index (claims->claims, m))->value))
              claims->agree = FALSE;
        }
    }
  return all;
}

typedef struct
{
  GPtrArray *evidence, *annotations;
} Data;

static void
data_free (gpointer data)
{
  Data *self = data;
  g_clear_pointer (&self->evidence, g_ptr_array_unref);
  g_clear_pointer (&self->annotations, g_ptr_array_unref);
  g_free (self);
}

/* Row ids of the records that @field of @records points to, each once; those that are gone have none. */
static GArray *
list_ids (MemoIndex *index, GPtrArray *records, MemoField field, MemoKind kind)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < records->len; i++)
    {
      MemoRecord *record = g_ptr_array_index (records, i);
      const char *uuid = record ? memo_record_get_text (record, field) : NULL;
      gint64 id = uuid ? memo_index_get_id (index, kind, uuid) : 0;
      gboolean known = id == 0;
      for (guint k = 0; k < ids->len && !known; k++)
        known = g_array_index (ids, gint64, k) == id;
      if (!known)
        g_array_append_val (ids, id);
    }
  return ids;
}

static void
articles_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Data *data = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) articles = memo_library_load_finish (MEMO_LIBRARY (source), result, &error);
  if (articles == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, compare (data->evidence, data->annotations, articles),
                           (GDestroyNotify) g_ptr_array_unref);
}

static void
annotations_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  MemoLibrary *library = MEMO_LIBRARY (source);
  Data *data = g_task_get_task_data (task);
  GError *error = NULL;
  data->annotations = memo_library_load_finish (library, result, &error);
  if (data->annotations == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_autoptr (GArray) ids =
      list_ids (memo_library_get_index (library), data->annotations, MEMO_ANNOTATION_ARTICLE, MEMO_KIND_ARTICLE);
  GCancellable *cancellable = g_task_get_cancellable (task);
  memo_library_load_async (library, MEMO_KIND_ARTICLE, ids, FALSE, cancellable, articles_cb, g_steal_pointer (&task));
}

static void
evidence_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  MemoLibrary *library = MEMO_LIBRARY (source);
  Data *data = g_task_get_task_data (task);
  GError *error = NULL;
  data->evidence = memo_library_where_finish (library, result, &error);
  if (data->evidence == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_autoptr (GArray) ids =
      list_ids (memo_library_get_index (library), data->evidence, MEMO_EVIDENCE_ANNOTATION, MEMO_KIND_ANNOTATION);
  GCancellable *cancellable = g_task_get_cancellable (task);
  memo_library_load_async (library, MEMO_KIND_ANNOTATION, ids, FALSE, cancellable, annotations_cb,
                           g_steal_pointer (&task));
}

void
memo_claims_async (MemoLibrary *library,
                   const char *record_uuid,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  GTask *task = g_task_new (library, cancellable, callback, user_data);
  g_task_set_source_tag (task, memo_claims_async);
  g_task_set_task_data (task, g_new0 (Data, 1), data_free);
  memo_library_where_async (library, MEMO_EVIDENCE_RECORD, record_uuid, cancellable, evidence_cb, task);
}

GPtrArray *
memo_claims_finish (MemoLibrary *library, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, library), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
