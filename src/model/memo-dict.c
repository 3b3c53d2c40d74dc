#include "memo-dict.h"

struct _MemoDict
{
  gatomicrefcount refs;
  GMutex mutex;
  GStringChunk *chunk;
  GPtrArray *texts;  /* by node */
  GHashTable *nodes; /* text → node */
  GHashTable *ids[MEMO_N_KINDS];
  MemoLinks *links;
};

MemoDict *
memo_dict_new (void)
{
  MemoDict *self = g_new0 (MemoDict, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->mutex);
  self->links = memo_links_new ();
  self->chunk = g_string_chunk_new (64 * 1024);
  self->texts = g_ptr_array_new ();
  g_ptr_array_add (self->texts, NULL);
  self->nodes = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
    self->ids[kind] = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

MemoDict *
memo_dict_ref (MemoDict *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
memo_dict_unref (MemoDict *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_mutex_clear (&self->mutex);
  g_hash_table_unref (self->nodes);
  g_ptr_array_unref (self->texts);
  g_string_chunk_free (self->chunk);
  memo_links_free (self->links);
  for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
    g_hash_table_unref (self->ids[kind]);
  g_free (self);
}

guint
memo_dict_add (MemoDict *self, const char *text)
{
  guint node;

  if (text == NULL || *text == '\0')
    return 0;
  g_mutex_lock (&self->mutex);
  node = GPOINTER_TO_UINT (g_hash_table_lookup (self->nodes, text));
  if (node == 0)
    {
      char *own = g_string_chunk_insert (self->chunk, text);

      node = self->texts->len;
      g_ptr_array_add (self->texts, own);
      g_hash_table_insert (self->nodes, own, GUINT_TO_POINTER (node));
    }
  g_mutex_unlock (&self->mutex);
  return node;
}

guint
memo_dict_find (MemoDict *self, const char *text)
{
  guint node;

  if (text == NULL)
    return 0;
  g_mutex_lock (&self->mutex);
  node = GPOINTER_TO_UINT (g_hash_table_lookup (self->nodes, text));
  g_mutex_unlock (&self->mutex);
  return node;
}

const char *
memo_dict_get (MemoDict *self, guint node)
{
  const char *text;

  g_mutex_lock (&self->mutex);
  text = node < self->texts->len ? g_ptr_array_index (self->texts, node) : NULL;
  g_mutex_unlock (&self->mutex);
  return text;
}

guint
memo_dict_get_size (MemoDict *self)
{
  guint size;

  g_mutex_lock (&self->mutex);
  size = self->texts->len;
  g_mutex_unlock (&self->mutex);
  return size;
}

void
memo_dict_set_id (MemoDict *self, MemoKind kind, gint64 id, guint node)
{
  g_mutex_lock (&self->mutex);
  g_hash_table_insert (self->ids[kind], g_memdup2 (&id, sizeof id), GUINT_TO_POINTER (node));
  g_mutex_unlock (&self->mutex);
}

guint
memo_dict_find_id (MemoDict *self, MemoKind kind, gint64 id)
{
  guint node;

  g_mutex_lock (&self->mutex);
  node = GPOINTER_TO_UINT (g_hash_table_lookup (self->ids[kind], &id));
  g_mutex_unlock (&self->mutex);
  return node;
}

MemoLinks *
memo_dict_get_links (MemoDict *self)
{
  return self->links;
}
