#include "memo-index-private.h"

#include <string.h>

/* Relations between records. A list has room for a power of two, its length included. */

static gsize
room_for (guint n)
{
  gsize room = 2;

  while (room < (gsize) n + 1)
    room *= 2;
  return room;
}

static void
chunk_unref (MemoRelationChunk *chunk)
{
  if (chunk == NULL || !g_atomic_ref_count_dec (&chunk->refs))
    return;
  for (guint i = 0; i < MEMO_RELATION_KEYS; i++)
    g_free (chunk->lists[i]);
  g_free (chunk);
}

MemoRelation *
memo_relation_new (void)
{
  MemoRelation *self = g_new0 (MemoRelation, 1);

  g_atomic_ref_count_init (&self->refs);
  self->chunks = g_ptr_array_new_with_free_func ((GDestroyNotify) chunk_unref);
  return self;
}

MemoRelation *
memo_relation_ref (MemoRelation *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
memo_relation_unref (MemoRelation *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->chunks);
  g_free (self);
}

static MemoRelation *
own_relation (MemoRelation **place)
{
  MemoRelation *copy;

  if (g_atomic_ref_count_compare (&(*place)->refs, 1))
    return *place;
  copy = memo_relation_new ();
  g_ptr_array_set_size (copy->chunks, (*place)->chunks->len);
  for (guint i = 0; i < copy->chunks->len; i++)
    {
      MemoRelationChunk *chunk = g_ptr_array_index ((*place)->chunks, i);

      if (chunk != NULL)
        g_atomic_ref_count_inc (&chunk->refs);
      copy->chunks->pdata[i] = chunk;
    }
  memo_relation_unref (*place);
  *place = copy;
  return copy;
}

/* Where the list of @key is kept, for writing. */
static guint32 **
own_list (MemoRelation **place, guint key)
{
  MemoRelation *self = own_relation (place);
  guint number = key / MEMO_RELATION_KEYS;
  MemoRelationChunk *chunk, *copy;

  if (number >= self->chunks->len)
    g_ptr_array_set_size (self->chunks, number + 1);
  chunk = g_ptr_array_index (self->chunks, number);
  if (chunk == NULL || !g_atomic_ref_count_compare (&chunk->refs, 1))
    {
      copy = g_new0 (MemoRelationChunk, 1);
      g_atomic_ref_count_init (&copy->refs);
      for (guint i = 0; chunk != NULL && i < MEMO_RELATION_KEYS; i++)
        if (chunk->lists[i] != NULL)
          copy->lists[i] = g_memdup2 (chunk->lists[i], room_for (chunk->lists[i][0]) * sizeof (guint32));
      chunk_unref (chunk);
      self->chunks->pdata[number] = chunk = copy;
    }
  return &chunk->lists[key % MEMO_RELATION_KEYS];
}

void
memo_relation_insert (MemoRelation **place, guint key, guint32 value, guint position)
{
  guint32 **list = own_list (place, key);
  guint n = *list != NULL ? (*list)[0] : 0;

  g_return_if_fail (position <= n);
  if (*list == NULL || room_for (n + 1) != room_for (n))
    *list = g_renew (guint32, *list, room_for (n + 1));
  memmove (*list + position + 2, *list + position + 1, (n - position) * sizeof (guint32));
  (*list)[position + 1] = value;
  (*list)[0] = n + 1;
}

void
memo_relation_remove (MemoRelation **place, guint key, guint32 value)
{
  guint32 **list = own_list (place, key);
  guint n = *list != NULL ? (*list)[0] : 0;
  guint i = 0;

  while (i < n && (*list)[i + 1] != value)
    i++;
  if (i == n)
    return;
  memmove (*list + i + 1, *list + i + 2, (n - i - 1) * sizeof (guint32));
  (*list)[0] = n - 1;
  if (n == 1)
    g_clear_pointer (list, g_free);
  else if (room_for (n - 1) != room_for (n))
    *list = g_renew (guint32, *list, room_for (n - 1));
}
