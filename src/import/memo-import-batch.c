#include "import/memo-import-batch.h"

#include <string.h>
#include <glib/gi18n.h>
#include "base/memo-text.h"
#include "model/memo-worker.h"

MemoImportItem *
memo_import_item_new (guint file, JsonObject *draft, MemoOriginal *original)
{
  MemoImportItem *item = g_new0 (MemoImportItem, 1);

  item->file = file;
  item->draft = json_object_ref (draft);
  item->size = strlen (json_object_get_string_member_with_default (draft, "text", ""));
  item->original = original ? memo_original_ref (original) : NULL;
  return item;
}

void
memo_import_item_free (MemoImportItem *item)
{
  if (!item)
    return;
  json_object_unref (item->draft);
  g_clear_pointer (&item->original, memo_original_unref);
  g_free (item->uuid);
  g_clear_error (&item->error);
  g_free (item);
}

void
memo_import_batch_free (MemoImportBatch *batch)
{
  g_clear_pointer (&batch->change, memo_change_unref);
  g_ptr_array_unref (batch->taken);
  g_ptr_array_unref (batch->later);
  g_ptr_array_unref (batch->failed);
  g_free (batch);
}

typedef struct
{
  MemoIndex *index;
  GPtrArray *items;
  char *version_of;
  guint before;
} Build;

static void
build_free (Build *self)
{
  g_object_unref (self->index);
  g_ptr_array_unref (self->items);
  g_free (self->version_of);
  g_free (self);
}

/* Which drafts speak of each other, by addresses, titles and days. */
typedef struct
{
  GHashTable *present; /* keys that drafts in the change have */
  GHashTable *named;   /* keys that they speak of */
} Ties;

static char *
key_of_url (const char *url)
{
  const char *at = strstr (url, "://");
  g_autofree char *key = g_ascii_strdown (at ? at + 3 : url, -1);
  gsize length;

  if (g_str_has_prefix (key, "www."))
    memmove (key, key + 4, strlen (key + 4) + 1);
  key[strcspn (key, "#?")] = '\0';
  length = strlen (key);
  if (length > 0 && key[length - 1] == '/')
    key[length - 1] = '\0';
  return g_strconcat ("u:", key, NULL);
}

static void
add_key (GPtrArray *keys, const char *kind, const char *text)
{
  if (!text || !*text)
    return;
  if (g_str_equal (kind, "u"))
    g_ptr_array_add (keys, key_of_url (text));
  else
    {
      g_autofree char *key = memo_text_key (text);
      g_ptr_array_add (keys, g_strconcat (kind, ":", key, NULL));
    }
}

static const char *
get_text (JsonObject *object, const char *member)
{
  return json_object_get_string_member_with_default (object, member, NULL);
}

static JsonArray *
get_array (JsonObject *object, const char *member)
{
  return json_object_has_member (object, member) ? json_object_get_array_member (object, member) : NULL;
}

static void
collect_keys (JsonObject *draft, GPtrArray *own, GPtrArray *named)
{
  JsonArray *versions = get_array (draft, "versions");
  JsonArray *references = get_array (draft, "references");

  add_key (own, "u", get_text (draft, "url"));
  add_key (own, "t", get_text (draft, "title"));
  for (guint i = 0; versions && i < json_array_get_length (versions); i++)
    {
      add_key (named, "u", get_text (json_array_get_object_element (versions, i), "url"));
      /* A version by language alone is known by its day. */
      add_key (named, "d", get_text (draft, "published"));
    }
  if (versions && json_array_get_length (versions) > 0)
    add_key (own, "d", get_text (draft, "published"));
  for (guint i = 0; references && i < json_array_get_length (references); i++)
    {
      JsonObject *reference = json_array_get_object_element (references, i);
      add_key (named, "u", get_text (reference, "url"));
      add_key (named, "t", get_text (reference, "title"));
    }
}

static gboolean
holds_one (GHashTable *set, GPtrArray *keys)
{
  for (guint i = 0; i < keys->len; i++)
    if (g_hash_table_contains (set, keys->pdata[i]))
      return TRUE;
  return FALSE;
}

static void
add_all (GHashTable *set, GPtrArray *keys)
{
  for (guint i = 0; i < keys->len; i++)
    g_hash_table_add (set, g_strdup (keys->pdata[i]));
}

/* @article with authors as @renamed (UUID → UUID) has them. (transfer full) */
static MemoRecord *
with_authors (MemoRecord *article, GHashTable *renamed)
{
  const char *const *authors = memo_record_get_texts (article, MEMO_ARTICLE_AUTHORS);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) changed = NULL;
  MemoRecordBuilder *edit;
  gboolean any = FALSE;

  for (guint i = 0; authors[i]; i++)
    {
      const char *other = g_hash_table_lookup (renamed, authors[i]);
      g_strv_builder_add (builder, other ? other : authors[i]);
      any |= other != NULL;
    }
  if (!any)
    return g_object_ref (article);
  changed = g_strv_builder_end (builder);
  edit = memo_record_builder_edit (article);
  memo_record_builder_set_texts (edit, MEMO_ARTICLE_AUTHORS, (const char *const *) changed);
  return memo_record_builder_end (edit);
}

/* FALSE: a record of the library would be changed twice; nothing was added. */
static gboolean
merge (MemoChange *into, MemoChange *change, GHashTable *persons, GHashTable *updated)
{
  GArray *steps = memo_change_get_steps (change);
  g_autoptr (GHashTable) renamed = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < steps->len; i++)
    {
      MemoStep *step = &g_array_index (steps, MemoStep, i);
      if (step->op == MEMO_OP_UPDATE && g_hash_table_contains (updated, memo_record_get_uuid (step->record)))
        return FALSE;
    }
  for (guint i = 0; i < steps->len; i++)
    {
      MemoStep *step = &g_array_index (steps, MemoStep, i);
      MemoKind kind = memo_record_get_kind (step->record);

      if (step->op == MEMO_OP_UPDATE)
        {
          g_hash_table_add (updated, g_strdup (memo_record_get_uuid (step->record)));
          memo_change_update (into, step->base, step->record);
        }
      else if (step->op == MEMO_OP_INSERT && kind == MEMO_KIND_PARTY)
        {
          char *key = memo_text_key (memo_record_get_title (step->record));
          const char *uuid = g_hash_table_lookup (persons, key);

          if (uuid)
            {
              g_hash_table_insert (renamed, (gpointer) memo_record_get_uuid (step->record), (gpointer) uuid);
              g_free (key);
              continue;
            }
          g_hash_table_insert (persons, key, g_strdup (memo_record_get_uuid (step->record)));
          memo_change_insert (into, step->record);
        }
      else if (step->op == MEMO_OP_INSERT && kind == MEMO_KIND_ARTICLE)
        {
          g_autoptr (MemoRecord) article = with_authors (step->record, renamed);
          memo_change_insert_article (into, article, step->original);
        }
      else if (step->op == MEMO_OP_INSERT)
        memo_change_insert (into, step->record);
    }
  return TRUE;
}

static MemoChange *
build_one (Build *self, MemoImportItem *item)
{
  g_autoptr (MemoRecord) article = NULL;
  MemoChange *change =
      memo_action_import (self->index, item->draft, item->original, self->version_of, &article, &item->error);

  if (change)
    item->uuid = g_strdup (memo_record_get_uuid (article));
  return change;
}

static void
build_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Build *self = data;
  MemoImportBatch *batch = g_new0 (MemoImportBatch, 1);
  g_autoptr (GHashTable) persons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) updated = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Ties ties = { g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
  g_autoptr (GHashTable) originals = g_hash_table_new (g_str_hash, g_str_equal); /* SHA-256, of items taken */
  g_autoptr (MemoChange) alone = NULL;

  batch->taken = g_ptr_array_new_with_free_func ((GDestroyNotify) memo_import_item_free);
  batch->later = g_ptr_array_new_with_free_func ((GDestroyNotify) memo_import_item_free);
  batch->failed = g_ptr_array_new_with_free_func ((GDestroyNotify) memo_import_item_free);
  while (self->items->len > 0)
    {
      MemoImportItem *item = g_ptr_array_steal_index (self->items, 0);
      g_autoptr (GPtrArray) own = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GPtrArray) named = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (MemoChange) change = NULL;

      collect_keys (item->draft, own, named);
      if (batch->taken->len > 0 && (self->version_of || holds_one (ties.named, own) || holds_one (ties.present, named)))
        {
          g_ptr_array_add (batch->later, item);
          continue;
        }
      item->again = memo_action_has_article (self->index, item->draft) ||
                    (item->original && g_hash_table_contains (originals, memo_original_get_sha256 (item->original)));
      change = build_one (self, item);
      if (!change)
        {
          g_ptr_array_add (batch->failed, item);
          continue;
        }
      if (!batch->change)
        batch->change = memo_change_new (N_ ("Import articles"), NULL);
      if (!merge (batch->change, change, persons, updated))
        {
          g_clear_pointer (&item->uuid, g_free);
          g_ptr_array_add (batch->later, item);
          continue;
        }
      if (batch->taken->len == 0)
        alone = memo_change_ref (change);
      g_ptr_array_add (batch->taken, item);
      if (item->original)
        g_hash_table_add (originals, (gpointer) memo_original_get_sha256 (item->original));
      add_all (ties.present, own);
      add_all (ties.named, named);
    }
  /* The history names the one article, or says how many became one step. */
  if (self->before + batch->taken->len == 1)
    {
      memo_change_unref (batch->change);
      batch->change = g_steal_pointer (&alone);
    }
  else if (batch->change)
    {
      g_autofree char *count = g_strdup_printf ("%u", self->before + batch->taken->len);
      memo_change_set_detail (batch->change, count);
    }
  g_hash_table_unref (ties.present);
  g_hash_table_unref (ties.named);
  g_task_return_pointer (task, batch, (GDestroyNotify) memo_import_batch_free);
}

void
memo_import_batch_build_async (MemoIndex *index,
                               GPtrArray *items,
                               const char *version_of,
                               guint before,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Build *self = g_new0 (Build, 1);

  self->index = g_object_ref (index);
  self->items = g_ptr_array_ref (items);
  self->version_of = g_strdup (version_of);
  self->before = before;
  g_task_set_source_tag (task, memo_import_batch_build_async);
  g_task_set_task_data (task, self, (GDestroyNotify) build_free);
  memo_worker_run (task, build_thread);
}

MemoImportBatch *
memo_import_batch_build_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
