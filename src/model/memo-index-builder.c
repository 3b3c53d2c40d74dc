#include "memo-index-private.h"

struct _MemoIndexBuilder
{
  MemoIndex *base; /* the snapshot before; NULL: none */
  MemoIndex *index;
  gboolean kinds[MEMO_N_KINDS]; /* that have changed */
  roaring_bitmap_t *touched;    /* nodes whose values for a filter may be others than in @base */
  gboolean tree_moved;          /* sectors stand elsewhere: all values may be others */
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
  copy = chunk != NULL ? g_memdup2 (chunk, sizeof *chunk) : g_new0 (MemoChunk, 1);
  g_atomic_ref_count_init (&copy->refs);
  for (guint i = 0; i < MEMO_CHUNK_ROWS; i++)
    if (copy->rows[i] != NULL)
      memo_index_row_ref (copy->rows[i]);
  chunk_unref (chunk);
  index->chunks->pdata[number] = copy;
  return copy;
}

/* Relations */

typedef gboolean (*RowLess) (const MemoIndexRow *a, const MemoIndexRow *b);

static gboolean
node_less (const MemoIndexRow *a, const MemoIndexRow *b)
{
  return a->node < b->node;
}

static void
insert (MemoIndex *index, MemoRelationType type, guint key, guint value, RowLess less)
{
  guint low = 0, high;
  const guint32 *values = memo_index_related (index, type, key, &high);
  const MemoIndexRow *row = memo_index_row (index, value);

  if (key == 0 || value == 0)
    return;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      gboolean before = less != NULL ? less (row, memo_index_row (index, values[middle])) : value < values[middle];

      if (before)
        high = middle;
      else
        low = middle + 1;
    }
  memo_relation_insert (&index->relations[type], key, value, low);
}

static void
take_out (MemoIndex *index, MemoRelationType type, guint key, guint value)
{
  if (key != 0 && value != 0)
    memo_relation_remove (&index->relations[type], key, value);
}

/* What evidence of @owner is evidence of: the agreement for a follow-up that is there. */
static guint
target_of (MemoIndex *index, guint owner)
{
  const MemoIndexRow *follow_up = memo_index_row_of (index, MEMO_KIND_FOLLOW_UP, owner);

  return follow_up != NULL ? follow_up->owner : owner;
}

/* @annotation is evidence of @target, or is so no more. */
static void
aim (MemoIndex *index, guint annotation, guint target, gboolean on)
{
  if (on)
    insert (index, MEMO_RELATION_TARGETS, annotation, target, NULL);
  else
    take_out (index, MEMO_RELATION_TARGETS, annotation, target);
}

static void
support (MemoIndex *index, guint record, guint annotation, gboolean on)
{
  if (on)
    insert (index, MEMO_RELATION_EVIDENCE, record, annotation, NULL);
  else
    take_out (index, MEMO_RELATION_EVIDENCE, record, annotation);
}

/* Its evidence counts for the agreement while the follow-up is there. */
static void
link_follow_up (MemoIndex *index, const MemoIndexRow *row, gboolean on)
{
  guint n;
  const guint32 *annotations = memo_index_related (index, MEMO_RELATION_EVIDENCE, row->node, &n);
  g_autofree guint32 *copy = g_memdup2 (annotations, n * sizeof (guint32));

  for (guint i = 0; i < n; i++)
    {
      aim (index, copy[i], row->node, !on);
      aim (index, copy[i], row->owner, on);
      support (index, row->owner, copy[i], on);
    }
}

/* Enters or takes out what @row, which stands in the index, says of its relations. */
static void
link_row (MemoIndex *index, const MemoIndexRow *row, gboolean on)
{
  guint target;

  switch ((MemoKind) row->kind)
    {
    case MEMO_KIND_ANNOTATION:
      if (on)
        insert (index, MEMO_RELATION_ANNOTATIONS, row->owner, row->node, memo_index_annotation_less);
      else
        take_out (index, MEMO_RELATION_ANNOTATIONS, row->owner, row->node);
      break;
    case MEMO_KIND_EVIDENCE:
      target = target_of (index, row->owner);
      support (index, row->owner, row->other, on);
      if (target != row->owner)
        support (index, target, row->other, on);
      aim (index, row->other, target, on);
      break;
    case MEMO_KIND_FOLLOW_UP:
      if (on)
        insert (index, MEMO_RELATION_FOLLOW_UPS, row->owner, row->node, memo_index_follow_up_less);
      else
        take_out (index, MEMO_RELATION_FOLLOW_UPS, row->owner, row->node);
      link_follow_up (index, row, on);
      break;
    case MEMO_KIND_AGREEMENT:
    case MEMO_KIND_SECTOR:
      if (on)
        insert (index, MEMO_RELATION_CHILDREN, row->owner, row->node, node_less);
      else
        take_out (index, MEMO_RELATION_CHILDREN, row->owner, row->node);
      break;
    default:
      break;
    }
}

/* Whether the step from @old to @row (each nullable) changes a relation. */
static gboolean
is_moved (const MemoIndexRow *old, const MemoIndexRow *row)
{
  return old == NULL || row == NULL || old->owner != row->owner || old->other != row->other ||
         old->position != row->position || old->about->first != row->about->first || old->spanned != row->spanned ||
         old->id != row->id;
}

/* Filters */

static void
touch_annotations (MemoIndexBuilder *self, MemoRelationType type, guint node)
{
  guint n;
  const guint32 *annotations = memo_index_related (self->index, type, node, &n);

  for (guint i = 0; i < n; i++)
    {
      const MemoIndexRow *annotation = memo_index_row_of (self->index, MEMO_KIND_ANNOTATION, annotations[i]);
      const guint32 *targets;
      guint n_targets;

      roaring_bitmap_add (self->touched, annotations[i]);
      if (type == MEMO_RELATION_EVIDENCE && annotation != NULL)
        roaring_bitmap_add (self->touched, annotation->owner);
      if (type == MEMO_RELATION_EVIDENCE)
        continue;
      targets = memo_index_related (self->index, MEMO_RELATION_TARGETS, annotations[i], &n_targets);
      roaring_bitmap_add_many (self->touched, n_targets, targets);
    }
}

/* All that @row, as it stands in the index, gives values to. */
static void
touch (MemoIndexBuilder *self, const MemoIndexRow *row)
{
  const guint32 *targets;
  guint n;

  if (self->base == NULL)
    return;
  roaring_bitmap_add (self->touched, row->node);
  switch ((MemoKind) row->kind)
    {
    case MEMO_KIND_ARTICLE:
      touch_annotations (self, MEMO_RELATION_ANNOTATIONS, row->node);
      break;
    case MEMO_KIND_ANNOTATION:
      roaring_bitmap_add (self->touched, row->owner);
      targets = memo_index_related (self->index, MEMO_RELATION_TARGETS, row->node, &n);
      roaring_bitmap_add_many (self->touched, n, targets);
      break;
    case MEMO_KIND_AGREEMENT:
    case MEMO_KIND_EVENT:
    case MEMO_KIND_BODY:
      touch_annotations (self, MEMO_RELATION_EVIDENCE, row->node);
      break;
    case MEMO_KIND_FOLLOW_UP:
      roaring_bitmap_add (self->touched, row->owner);
      touch_annotations (self, MEMO_RELATION_EVIDENCE, row->node);
      break;
    case MEMO_KIND_EVIDENCE:
      roaring_bitmap_add (self->touched, target_of (self->index, row->owner));
      roaring_bitmap_add (self->touched, row->other);
      if (memo_index_row_of (self->index, MEMO_KIND_ANNOTATION, row->other) != NULL)
        roaring_bitmap_add (self->touched, memo_index_row (self->index, row->other)->owner);
      break;
    default:
      break;
    }
}

static void
set_live (MemoIndex *index, MemoKind kind, guint node, gboolean on)
{
  if (on)
    roaring_bitmap_add (memo_bits_own (&index->live[kind]), node);
  else
    roaring_bitmap_remove (memo_bits_own (&index->live[kind]), node);
}

/* An annotation shows while its article is there. */
static void
show (MemoIndex *index, const MemoIndexRow *row, gboolean on)
{
  const guint32 *annotations;
  guint n;

  set_live (index, row->kind, row->node,
            on && (row->kind != MEMO_KIND_ANNOTATION ||
                   memo_index_row_of (index, MEMO_KIND_ARTICLE, row->owner) != NULL));
  if (row->kind != MEMO_KIND_ARTICLE)
    return;
  annotations = memo_index_related (index, MEMO_RELATION_ANNOTATIONS, row->node, &n);
  for (guint i = 0; i < n; i++)
    set_live (index, MEMO_KIND_ANNOTATION, annotations[i], on);
}

/* Takes @row (nullable). */
static void
put_row (MemoIndex *index, guint node, MemoIndexRow *row)
{
  MemoChunk *chunk = own_chunk (index, node / MEMO_CHUNK_ROWS);
  guint place = node % MEMO_CHUNK_ROWS;

  chunk->rows[place] = row;
  chunk->first[place] = row != NULL && row->spanned ? row->about->first : G_MAXINT32;
  chunk->last[place] = row != NULL && row->spanned ? row->about->last : G_MININT32;
}

/* Takes @row; NULL removes. */
static void
replace (MemoIndexBuilder *self, guint node, MemoIndexRow *row)
{
  MemoIndexRow *old = memo_index_row (self->index, node);
  gboolean moved;

  if (old == NULL && row == NULL)
    return;
  if (old != NULL && row != NULL && old->kind != row->kind)
    {
      /* One UUID in two tables: only a damaged file has that. The later one stands. */
      replace (self, node, NULL);
      old = NULL;
    }
  moved = is_moved (old, row);
  if (old != NULL)
    {
      self->kinds[old->kind] = TRUE;
      self->tree_moved |= moved && old->kind == MEMO_KIND_SECTOR;
      touch (self, old);
      if (moved)
        {
          link_row (self->index, old, FALSE);
          put_row (self->index, node, NULL);
          show (self->index, old, FALSE);
        }
    }
  if (row != NULL)
    {
      self->kinds[row->kind] = TRUE;
      self->tree_moved |= moved && row->kind == MEMO_KIND_SECTOR;
      put_row (self->index, node, row);
      if (moved)
        {
          link_row (self->index, row, TRUE);
          show (self->index, row, TRUE);
        }
      touch (self, row);
    }
  if (old != NULL)
    memo_index_row_unref (old);
}

MemoIndexBuilder *
memo_index_builder_new (MemoIndex *base, MemoDict *dict)
{
  MemoIndexBuilder *self = g_new0 (MemoIndexBuilder, 1);
  MemoIndex *index = self->index = g_object_new (MEMO_TYPE_INDEX, NULL);

  self->touched = roaring_bitmap_create ();
  index->chunks = g_ptr_array_new_with_free_func ((GDestroyNotify) chunk_unref);
  if (base == NULL)
    {
      index->dict = dict != NULL ? memo_dict_ref (dict) : memo_dict_new ();
      for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
        {
          index->live[kind] = memo_bits_new ();
          self->kinds[kind] = TRUE;
        }
      for (guint type = 0; type < MEMO_N_RELATIONS; type++)
        index->relations[type] = memo_relation_new ();
      return self;
    }

  self->base = g_object_ref (base);
  index->dict = memo_dict_ref (base->dict);
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
      for (guint facet = 0; facet < MEMO_N_VALUES; facet++)
        if (base->bits[kind][facet] != NULL)
          index->bits[kind][facet] = g_hash_table_ref (base->bits[kind][facet]);
    }
  for (guint type = 0; type < MEMO_N_RELATIONS; type++)
    index->relations[type] = memo_relation_ref (base->relations[type]);
  return self;
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

  memo_index_derive (index, self->kinds);
  /* When much is new, filling is faster than comparing. */
  if (self->base == NULL || self->tree_moved ||
      roaring_bitmap_get_cardinality (self->touched) > memo_dict_get_size (index->dict) / 8)
    memo_index_fill_bits (index);
  else
    memo_index_update_bits (index, self->base, self->touched);
  memo_index_builder_free (self);
  return index;
}

void
memo_index_builder_free (MemoIndexBuilder *self)
{
  g_clear_object (&self->index);
  g_clear_object (&self->base);
  roaring_bitmap_free (self->touched);
  g_free (self);
}
