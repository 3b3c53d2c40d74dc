#include "memo-index-private.h"

/* Which values a record has for a filter, and the bitmaps of who has which. A record has values of its own; an article also those
 * of its annotations (sectors, tags, speakers); articles and annotations also those of the records that they are evidence of
 * (sectors, parties, status, body); agreements, events and bodies also the language and the article of their evidence. */

gboolean
memo_kind_is_selected (MemoKind kind)
{
  return kind == MEMO_KIND_ARTICLE || kind == MEMO_KIND_ANNOTATION || kind == MEMO_KIND_AGREEMENT ||
         kind == MEMO_KIND_EVENT || kind == MEMO_KIND_NOTE || kind == MEMO_KIND_BODY;
}

static gboolean
is_register (MemoKind kind)
{
  return kind == MEMO_KIND_AGREEMENT || kind == MEMO_KIND_EVENT || kind == MEMO_KIND_BODY;
}

static gboolean
comes_by_evidence (MemoFacet facet)
{
  return facet == MEMO_FACET_SECTOR || facet == MEMO_FACET_PARTY || facet == MEMO_FACET_STATUS ||
         facet == MEMO_FACET_BODY;
}

static void
visit_own (const MemoIndexRow *row, MemoFacet facet, MemoVisit visit, gpointer data)
{
  guint n;
  const guint32 *values = memo_index_row_get_values (row, facet, &n);

  for (guint i = 0; i < n; i++)
    visit (values[i], data);
}

static void
visit_annotation (MemoIndex *self, const MemoIndexRow *annotation, MemoFacet facet, MemoVisit visit, gpointer data)
{
  guint n;
  const guint32 *targets;

  visit_own (annotation, facet, visit, data);
  if (!comes_by_evidence (facet))
    return;
  targets = memo_index_related (self, MEMO_RELATION_TARGETS, annotation->node, &n);
  for (guint i = 0; i < n; i++)
    {
      const MemoIndexRow *record = memo_index_row (self, targets[i]);

      if (record != NULL && is_register (record->kind))
        visit_own (record, facet, visit, data);
    }
}

static void
visit_nature (const MemoIndexRow *article, MemoFacet facet, MemoVisit visit, gpointer data)
{
  if (facet == MEMO_FACET_SOURCE)
    visit (article->node, data);
  else
    visit_own (article, facet, visit, data);
}

void
memo_index_visit_values (MemoIndex *self, const MemoIndexRow *row, MemoFacet facet, MemoVisit visit, gpointer data)
{
  gboolean nature = facet == MEMO_FACET_KIND || facet == MEMO_FACET_LANGUAGE || facet == MEMO_FACET_SOURCE;
  const guint32 *annotations;
  guint n;

  if (row->kind == MEMO_KIND_ANNOTATION)
    {
      const MemoIndexRow *article = memo_index_row_of (self, MEMO_KIND_ARTICLE, row->owner);

      if (!nature)
        visit_annotation (self, row, facet, visit, data);
      else if (article != NULL)
        visit_nature (article, facet, visit, data);
      return;
    }
  if (row->kind == MEMO_KIND_ARTICLE)
    {
      visit_nature (row, facet, visit, data);
      if (nature)
        return;
      annotations = memo_index_related (self, MEMO_RELATION_ANNOTATIONS, row->node, &n);
      for (guint i = 0; i < n; i++)
        visit_annotation (self, memo_index_row (self, annotations[i]), facet, visit, data);
      return;
    }
  visit_own (row, facet, visit, data);
  if (!is_register (row->kind) || (facet != MEMO_FACET_LANGUAGE && facet != MEMO_FACET_SOURCE))
    return;
  annotations = memo_index_related (self, MEMO_RELATION_EVIDENCE, row->node, &n);
  for (guint i = 0; i < n; i++)
    {
      const MemoIndexRow *annotation = memo_index_row_of (self, MEMO_KIND_ANNOTATION, annotations[i]);
      const MemoIndexRow *article =
          annotation != NULL ? memo_index_row_of (self, MEMO_KIND_ARTICLE, annotation->owner) : NULL;

      if (article != NULL)
        visit_nature (article, facet, visit, data);
    }
}

/* Bits */

static void
visit_bits (MemoIndex *index, const MemoIndexRow *row, guint facet, MemoVisit visit, gpointer data)
{
  int year;

  if (facet != MEMO_VALUES_YEAR)
    {
      memo_index_visit_values (index, row, facet, visit, data);
      return;
    }
  year = row->kind == MEMO_KIND_AGREEMENT ? memo_index_row_get_year (row) : G_MININT;
  if (year != G_MININT)
    visit (memo_year_value (year), data);
}

static guint
sector_above (MemoIndex *index, guint sector)
{
  const MemoIndexRow *row = memo_index_row_of (index, MEMO_KIND_SECTOR, sector);

  return row != NULL ? row->owner : 0;
}

static GHashTable *
table_new (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) memo_bits_unref);
}

typedef struct
{
  MemoIndex *index;
  GHashTable *table;
  gboolean tree;
  guint node;
} Fill;

static void
fill_cb (guint value, gpointer data)
{
  Fill *fill = data;

  while (value != 0)
    {
      MemoBits *bits = g_hash_table_lookup (fill->table, GUINT_TO_POINTER (value));

      if (bits == NULL)
        {
          bits = memo_bits_new ();
          g_hash_table_insert (fill->table, GUINT_TO_POINTER (value), bits);
        }
      /* Up the tree until a sector that has it: also the end of a circle. */
      if (!roaring_bitmap_add_checked (bits->bitmap, fill->node) || !fill->tree)
        return;
      value = sector_above (fill->index, value);
    }
}

/* All facets of a row while it is at hand. */
static void
fill_kind (MemoIndex *self, MemoKind kind)
{
  Fill fills[MEMO_N_VALUES] = { 0 };
  roaring_uint32_iterator_t iter;

  for (guint facet = 0; facet < MEMO_N_VALUES; facet++)
    if (facet != MEMO_FACET_SOURCE)
      fills[facet] = (Fill){ self, table_new (), facet == MEMO_FACET_SECTOR, 0 };
  for (roaring_init_iterator (memo_index_live (self, kind), &iter); iter.has_value;
       roaring_advance_uint32_iterator (&iter))
    {
      const MemoIndexRow *row = memo_index_row (self, iter.current_value);

      for (guint facet = 0; facet < MEMO_N_VALUES; facet++)
        if (fills[facet].table != NULL)
          {
            fills[facet].node = iter.current_value;
            visit_bits (self, row, facet, fill_cb, &fills[facet]);
          }
    }
  for (guint facet = 0; facet < MEMO_N_VALUES; facet++)
    if (fills[facet].table != NULL)
      {
        GHashTableIter tables;
        gpointer bits;

        g_hash_table_iter_init (&tables, fills[facet].table);
        while (g_hash_table_iter_next (&tables, NULL, &bits))
          roaring_bitmap_shrink_to_fit (((MemoBits *) bits)->bitmap);
        g_clear_pointer (&self->bits[kind][facet], g_hash_table_unref);
        self->bits[kind][facet] = fills[facet].table;
      }
}

void
memo_index_fill_bits (MemoIndex *self)
{
  for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
    if (memo_kind_is_selected (kind))
      fill_kind (self, kind);
}

typedef struct
{
  MemoIndex *index;
  gboolean tree;
  GHashTable *values;
} Collect;

static void
collect_cb (guint value, gpointer data)
{
  Collect *collect = data;

  while (value != 0 && g_hash_table_add (collect->values, GUINT_TO_POINTER (value)) && collect->tree)
    value = sector_above (collect->index, value);
}

/* The values that a filter finds @node by. */
static void
collect (MemoIndex *index, MemoKind kind, guint node, guint facet, GHashTable *values)
{
  Collect data = { index, facet == MEMO_FACET_SECTOR, values };

  g_hash_table_remove_all (values);
  if (roaring_bitmap_contains (memo_index_live (index, kind), node))
    visit_bits (index, memo_index_row (index, node), facet, collect_cb, &data);
}

/* A table that no other snapshot has: a copy that shares the bitmaps, unless @own says that it is one. */
static GHashTable *
own_table (GHashTable **place, gboolean *own)
{
  GHashTable *copy;
  GHashTableIter iter;
  gpointer key, value;

  if (*own)
    return *place;
  copy = table_new ();
  g_hash_table_iter_init (&iter, *place);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (copy, key, memo_bits_ref (value));
  g_hash_table_unref (*place);
  *place = copy;
  *own = TRUE;
  return copy;
}

static void
set_bit (GHashTable *table, guint value, guint node, gboolean on)
{
  MemoBits *bits = g_hash_table_lookup (table, GUINT_TO_POINTER (value));

  bits = bits != NULL ? memo_bits_ref (bits) : memo_bits_new ();
  g_hash_table_remove (table, GUINT_TO_POINTER (value));
  if (on)
    roaring_bitmap_add (memo_bits_own (&bits), node);
  else
    roaring_bitmap_remove (memo_bits_own (&bits), node);
  if (roaring_bitmap_is_empty (bits->bitmap))
    memo_bits_unref (bits);
  else
    g_hash_table_insert (table, GUINT_TO_POINTER (value), bits);
}

/* Sets or clears the bits of @node for what is in @values and not in @others. */
static void
set_bits (GHashTable **table, gboolean *own, GHashTable *values, GHashTable *others, guint node, gboolean on)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    if (!g_hash_table_contains (others, value))
      set_bit (own_table (table, own), GPOINTER_TO_UINT (value), node, on);
}

void
memo_index_update_bits (MemoIndex *self, MemoIndex *base, const roaring_bitmap_t *touched)
{
  g_autoptr (GHashTable) before = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) after = g_hash_table_new (NULL, NULL);
  gboolean own[MEMO_N_KINDS][MEMO_N_VALUES] = { 0 };
  roaring_uint32_iterator_t iter;

  for (roaring_init_iterator (touched, &iter); iter.has_value; roaring_advance_uint32_iterator (&iter))
    for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
      {
        guint node = iter.current_value;

        if (!memo_kind_is_selected (kind) ||
            (memo_index_row_of (base, kind, node) == NULL && memo_index_row_of (self, kind, node) == NULL))
          continue;
        for (guint facet = 0; facet < MEMO_N_VALUES; facet++)
          if (facet != MEMO_FACET_SOURCE)
            {
              collect (base, kind, node, facet, before);
              collect (self, kind, node, facet, after);
              set_bits (&self->bits[kind][facet], &own[kind][facet], before, after, node, FALSE);
              set_bits (&self->bits[kind][facet], &own[kind][facet], after, before, node, TRUE);
            }
      }
}
