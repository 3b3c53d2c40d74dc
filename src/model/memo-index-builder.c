#include "memo-index-private.h"

struct _MemoIndexBuilder
{
  MemoIndex *index;
  gboolean kinds[MEMO_N_KINDS];
  gboolean relations[MEMO_N_RELATIONS];
  gboolean own_bits[MEMO_N_KINDS][MEMO_N_FACETS];
};

gboolean
memo_kind_is_small (MemoKind kind)
{
  return kind == MEMO_KIND_PARTY || kind == MEMO_KIND_SECTOR || kind == MEMO_KIND_BODY || kind == MEMO_KIND_FOLLOW_UP ||
         kind == MEMO_KIND_FILTER;
}

MemoBits *
memo_bits_new (void)
{
  MemoBits *self = g_new0 (MemoBits, 1);

  g_atomic_ref_count_init (&self->refs);
  self->bitmap = roaring_bitmap_create ();
  return self;
}

MemoBits *
memo_bits_ref (MemoBits *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
memo_bits_unref (MemoBits *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  roaring_bitmap_free (self->bitmap);
  g_free (self);
}

roaring_bitmap_t *
memo_bits_own (MemoBits **place)
{
  if (!g_atomic_ref_count_compare (&(*place)->refs, 1))
    {
      MemoBits *copy = g_new0 (MemoBits, 1);

      g_atomic_ref_count_init (&copy->refs);
      copy->bitmap = roaring_bitmap_copy ((*place)->bitmap);
      memo_bits_unref (*place);
      *place = copy;
    }
  return (*place)->bitmap;
}

static void
chunk_unref (MemoChunk *chunk)
{
  if (chunk == NULL || !g_atomic_ref_count_dec (&chunk->refs))
    return;
  for (guint i = 0; i < MEMO_CHUNK_ROWS; i++)
    if (chunk->rows[i] != NULL)
      memo_index_row_unref (chunk->rows[i]);
  g_free (chunk);
}

static MemoChunk *
own_chunk (MemoIndex *index, guint number)
{
  MemoChunk *chunk, *copy;

  if (number >= index->chunks->len)
    g_ptr_array_set_size (index->chunks, number + 1);
  chunk = g_ptr_array_index (index->chunks, number);
  if (chunk != NULL && g_atomic_ref_count_compare (&chunk->refs, 1))
    return chunk;
  copy = g_new0 (MemoChunk, 1);
  g_atomic_ref_count_init (&copy->refs);
  if (chunk != NULL)
    for (guint i = 0; i < MEMO_CHUNK_ROWS; i++)
      copy->rows[i] = chunk->rows[i] != NULL ? memo_index_row_ref (chunk->rows[i]) : NULL;
  chunk_unref (chunk);
  index->chunks->pdata[number] = copy;
  return copy;
}

static GHashTable *
own_bits (MemoIndexBuilder *self, MemoKind kind, MemoFacet facet)
{
  GHashTable **place = &self->index->bits[kind][facet];
  GHashTable *copy;
  GHashTableIter iter;
  gpointer key, value;

  if (self->own_bits[kind][facet])
    return *place;
  copy = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) memo_bits_unref);
  if (*place != NULL)
    {
      g_hash_table_iter_init (&iter, *place);
      while (g_hash_table_iter_next (&iter, &key, &value))
        g_hash_table_insert (copy, key, memo_bits_ref (value));
      g_hash_table_unref (*place);
    }
  *place = copy;
  self->own_bits[kind][facet] = TRUE;
  return copy;
}

static void
set_bit (MemoIndexBuilder *self, const MemoIndexRow *row, MemoFacet facet, guint value, gboolean on)
{
  GHashTable *table = own_bits (self, row->kind, facet);
  MemoBits *bits = g_hash_table_lookup (table, GUINT_TO_POINTER (value));

  if (bits == NULL)
    {
      if (!on)
        return;
      bits = memo_bits_new ();
      roaring_bitmap_add (bits->bitmap, row->node);
      g_hash_table_insert (table, GUINT_TO_POINTER (value), bits);
      return;
    }
  if (!g_atomic_ref_count_compare (&bits->refs, 1))
    {
      MemoBits *copy = memo_bits_ref (bits);

      memo_bits_own (&copy);
      g_hash_table_insert (table, GUINT_TO_POINTER (value), copy);
      bits = copy;
    }
  if (on)
    roaring_bitmap_add (bits->bitmap, row->node);
  else
    {
      roaring_bitmap_remove (bits->bitmap, row->node);
      if (roaring_bitmap_is_empty (bits->bitmap))
        g_hash_table_remove (table, GUINT_TO_POINTER (value));
    }
}

static gboolean
has_value (const guint32 *values, guint n, guint32 value)
{
  for (guint i = 0; i < n; i++)
    if (values[i] == value)
      return TRUE;
  return FALSE;
}

/* Sets or clears the bits of @row that @other (nullable) does not have as well. */
static void
set_bits (MemoIndexBuilder *self, const MemoIndexRow *row, const MemoIndexRow *other, gboolean on)
{
  for (guint facet = 0; facet < MEMO_N_FACETS; facet++)
    {
      guint n, n_other = 0;
      const guint32 *values = memo_index_row_get_values (row, facet, &n);
      const guint32 *others = other != NULL ? memo_index_row_get_values (other, facet, &n_other) : NULL;

      for (guint i = 0; i < n; i++)
        if (!has_value (others, n_other, values[i]))
          set_bit (self, row, facet, values[i], on);
    }
}

/* Notes which relations the step from @old to @row (each nullable) changes. */
static void
note_relations (MemoIndexBuilder *self, const MemoIndexRow *old, const MemoIndexRow *row)
{
  const MemoIndexRow *any = row != NULL ? row : old;
  gboolean moved = old == NULL || row == NULL || old->owner != row->owner || old->other != row->other ||
                   old->position != row->position || old->first != row->first;

  if (!moved)
    return;
  switch ((MemoKind) any->kind)
    {
    case MEMO_KIND_ARTICLE:
      if (old == NULL || row == NULL)
        self->relations[MEMO_RELATION_ANNOTATIONS] = TRUE;
      break;
    case MEMO_KIND_ANNOTATION:
      self->relations[MEMO_RELATION_ANNOTATIONS] = TRUE;
      break;
    case MEMO_KIND_EVIDENCE:
      self->relations[MEMO_RELATION_EVIDENCE] = self->relations[MEMO_RELATION_TARGETS] = TRUE;
      break;
    case MEMO_KIND_FOLLOW_UP:
      self->relations[MEMO_RELATION_FOLLOW_UPS] = TRUE;
      self->relations[MEMO_RELATION_EVIDENCE] = self->relations[MEMO_RELATION_TARGETS] = TRUE;
      break;
    case MEMO_KIND_AGREEMENT:
      if ((old != NULL ? old->owner : 0) != (row != NULL ? row->owner : 0))
        self->relations[MEMO_RELATION_CHILDREN] = TRUE;
      break;
    case MEMO_KIND_SECTOR:
      self->relations[MEMO_RELATION_CHILDREN] = TRUE;
      break;
    default:
      break;
    }
}

static MemoBits **
live_of (MemoIndex *index, MemoKind kind)
{
  return kind == MEMO_KIND_ANNOTATION ? &index->annotations : &index->live[kind];
}

/* Takes @row; NULL removes. */
static void
replace (MemoIndexBuilder *self, guint node, MemoIndexRow *row)
{
  MemoIndexRow *old = memo_index_row (self->index, node);
  MemoChunk *chunk;

  if (old == NULL && row == NULL)
    return;
  if (old != NULL && row != NULL && old->kind != row->kind)
    {
      /* One UUID in two tables: only a damaged file has that. The later one stands. */
      replace (self, node, NULL);
      old = NULL;
    }
  if (old != NULL)
    {
      self->kinds[old->kind] = TRUE;
      set_bits (self, old, row, FALSE);
      if (row == NULL)
        roaring_bitmap_remove (memo_bits_own (live_of (self->index, old->kind)), node);
    }
  if (row != NULL)
    {
      self->kinds[row->kind] = TRUE;
      set_bits (self, row, old, TRUE);
      if (old == NULL)
        roaring_bitmap_add (memo_bits_own (live_of (self->index, row->kind)), node);
    }
  note_relations (self, old, row);
  if (old != NULL)
    memo_index_row_ref (old);
  chunk = own_chunk (self->index, node / MEMO_CHUNK_ROWS);
  if (chunk->rows[node % MEMO_CHUNK_ROWS] != NULL)
    memo_index_row_unref (chunk->rows[node % MEMO_CHUNK_ROWS]);
  chunk->rows[node % MEMO_CHUNK_ROWS] = row;
  if (old != NULL)
    memo_index_row_unref (old);
}

MemoIndexBuilder *
memo_index_builder_new (MemoIndex *base, MemoDict *dict)
{
  MemoIndexBuilder *self = g_new0 (MemoIndexBuilder, 1);
  MemoIndex *index = self->index = g_object_new (MEMO_TYPE_INDEX, NULL);

  index->chunks = g_ptr_array_new_with_free_func ((GDestroyNotify) chunk_unref);
  if (base == NULL)
    {
      index->dict = dict != NULL ? memo_dict_ref (dict) : memo_dict_new ();
      index->annotations = memo_bits_new ();
      for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
        {
          index->live[kind] = memo_bits_new ();
          self->kinds[kind] = TRUE;
        }
      for (guint type = 0; type < MEMO_N_RELATIONS; type++)
        self->relations[type] = TRUE;
      return self;
    }

  index->dict = memo_dict_ref (base->dict);
  index->annotations = memo_bits_ref (base->annotations);
  g_ptr_array_set_size (index->chunks, base->chunks->len);
  for (guint i = 0; i < base->chunks->len; i++)
    {
      MemoChunk *chunk = g_ptr_array_index (base->chunks, i);

      if (chunk != NULL)
        g_atomic_ref_count_inc (&chunk->refs);
      index->chunks->pdata[i] = chunk;
    }
  for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
    {
      index->live[kind] = memo_bits_ref (base->live[kind]);
      index->records[kind] = base->records[kind] != NULL ? g_ptr_array_ref (base->records[kind]) : NULL;
      index->names[kind] = base->names[kind] != NULL ? g_hash_table_ref (base->names[kind]) : NULL;
      for (guint facet = 0; facet < MEMO_N_FACETS; facet++)
        if (base->bits[kind][facet] != NULL)
          index->bits[kind][facet] = g_hash_table_ref (base->bits[kind][facet]);
    }
  for (guint type = 0; type < MEMO_N_RELATIONS; type++)
    if (base->relations[type] != NULL)
      {
        g_atomic_ref_count_inc (&base->relations[type]->refs);
        index->relations[type] = base->relations[type];
      }
  return self;
}

MemoDict *
memo_index_builder_get_dict (MemoIndexBuilder *self)
{
  return self->index->dict;
}

void
memo_index_builder_put (MemoIndexBuilder *self, MemoRecord *record)
{
  MemoDict *dict = self->index->dict;
  MemoKind kind = memo_record_get_kind (record);
  guint node = memo_dict_add (dict, memo_record_get_uuid (record));

  memo_dict_set_id (dict, kind, memo_record_get_id (record), node);
  if (memo_record_get_deleted (record) != 0)
    {
      if (memo_index_row_of (self->index, kind, node) != NULL)
        replace (self, node, NULL);
    }
  else
    replace (self, node, memo_index_row_new_from_record (dict, record));
}

void
memo_index_builder_remove (MemoIndexBuilder *self, MemoKind kind, gint64 id)
{
  guint node = memo_dict_find_id (self->index->dict, kind, id);
  MemoIndexRow *row = memo_index_row_of (self->index, kind, node);

  if (row != NULL && row->id == id)
    replace (self, node, NULL);
}

MemoIndex *
memo_index_builder_end (MemoIndexBuilder *self)
{
  MemoIndex *index = g_steal_pointer (&self->index);

  memo_index_derive (index, self->kinds, self->relations);
  g_free (self);
  return index;
}

void
memo_index_builder_free (MemoIndexBuilder *self)
{
  g_clear_object (&self->index);
  g_free (self);
}
