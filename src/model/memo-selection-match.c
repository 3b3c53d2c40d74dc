#include "memo-selection-private.h"

#include <string.h>

#define FOREACH_NODE(bitmap, iter)                                                                                     \
  for (roaring_init_iterator ((bitmap), &(iter)); (iter).has_value; roaring_advance_uint32_iterator (&(iter)))

/* All nodes that the relation leads to from @from, when they are of @kind. */
static void
add_related (MemoIndex *index,
             MemoRelationType type,
             const roaring_bitmap_t *from,
             MemoKind kind,
             roaring_bitmap_t *result)
{
  roaring_uint32_iterator_t iter;

  FOREACH_NODE (from, iter)
  {
    guint n;
    const guint32 *values = memo_index_related (index, type, iter.current_value, &n);

    for (guint i = 0; i < n; i++)
      if (memo_index_row_of (index, kind, values[i]) != NULL)
        roaring_bitmap_add (result, values[i]);
  }
}

static void
add_articles_of (MemoIndex *index, const roaring_bitmap_t *annotations, roaring_bitmap_t *result)
{
  roaring_uint32_iterator_t iter;

  FOREACH_NODE (annotations, iter)
  {
    const MemoIndexRow *annotation = memo_index_row_of (index, MEMO_KIND_ANNOTATION, iter.current_value);

    if (annotation != NULL && memo_index_row_of (index, MEMO_KIND_ARTICLE, annotation->owner) != NULL)
      roaring_bitmap_add (result, annotation->owner);
  }
}

/* What stands in the article, and what that is evidence of. */
static void
match_source (MemoIndex *index, MemoKind kind, guint article, roaring_bitmap_t *result)
{
  const guint32 *annotations;
  guint n;

  /* One in the trash is no source. */
  if (memo_index_row_of (index, MEMO_KIND_ARTICLE, article) == NULL)
    return;
  if (kind == MEMO_KIND_ARTICLE)
    {
      roaring_bitmap_add (result, article);
      return;
    }
  annotations = memo_index_related (index, MEMO_RELATION_ANNOTATIONS, article, &n);
  if (kind == MEMO_KIND_ANNOTATION)
    roaring_bitmap_add_many (result, n, annotations);
  else
    {
      g_autoptr (roaring_bitmap_t) all = roaring_bitmap_of_ptr (n, annotations);

      add_related (index, MEMO_RELATION_TARGETS, all, kind, result);
    }
}

static roaring_bitmap_t *
match_value (MemoIndex *index, MemoKind kind, MemoFacet facet, const char *value)
{
  guint node = memo_dict_find (index->dict, value);
  roaring_bitmap_t *result;
  MemoBits *bits;

  if (facet == MEMO_FACET_SOURCE && kind != MEMO_KIND_NOTE)
    {
      result = roaring_bitmap_create ();
      if (node != 0)
        match_source (index, kind, node, result);
      return result;
    }
  bits = node != 0 && index->bits[kind][facet] != NULL
             ? g_hash_table_lookup (index->bits[kind][facet], GUINT_TO_POINTER (node))
             : NULL;
  return bits != NULL ? roaring_bitmap_copy (bits->bitmap) : roaring_bitmap_create ();
}

/* NULL: the facet lets everything through. */
static roaring_bitmap_t *
match_facet (MemoIndex *index, MemoFilter *filter, MemoKind kind, MemoFacet facet)
{
  const char *const *any = memo_filter_get_values (filter, facet, MEMO_CHOICE_ANY);
  const char *const *all = memo_filter_get_values (filter, facet, MEMO_CHOICE_ALL);
  const char *const *none = memo_filter_get_values (filter, facet, MEMO_CHOICE_NONE);
  roaring_bitmap_t *result;

  if (any[0] == NULL && all[0] == NULL && none[0] == NULL)
    return NULL;
  if (any[0] != NULL)
    {
      result = roaring_bitmap_create ();
      for (guint i = 0; any[i] != NULL; i++)
        {
          g_autoptr (roaring_bitmap_t) matches = match_value (index, kind, facet, any[i]);

          roaring_bitmap_or_inplace (result, matches);
        }
    }
  else
    result = roaring_bitmap_copy (memo_index_live (index, kind));
  for (guint i = 0; all[i] != NULL; i++)
    {
      g_autoptr (roaring_bitmap_t) matches = match_value (index, kind, facet, all[i]);

      roaring_bitmap_and_inplace (result, matches);
    }
  for (guint i = 0; none[i] != NULL; i++)
    {
      g_autoptr (roaring_bitmap_t) matches = match_value (index, kind, facet, none[i]);

      roaring_bitmap_andnot_inplace (result, matches);
    }
  return result;
}

static gboolean
overlaps (MemoIndex *index, guint node, gint32 first, gint32 last)
{
  guint number = node / MEMO_CHUNK_ROWS, place = node % MEMO_CHUNK_ROWS;
  const MemoChunk *chunk = number < index->chunks->len ? g_ptr_array_index (index->chunks, number) : NULL;

  return chunk != NULL && chunk->last[place] >= first && chunk->first[place] <= last &&
         chunk->first[place] <= chunk->last[place];
}

static void
keep_dates (MemoIndex *index, MemoFilter *filter, MemoKind kind, roaring_bitmap_t *base)
{
  MemoDate *from = memo_filter_get_from (filter), *to = memo_filter_get_to (filter);
  gint32 first = from != NULL ? memo_date_get_first (from) : MEMO_DATE_OPEN_START;
  gint32 last = to != NULL ? memo_date_get_last (to) : MEMO_DATE_OPEN_END;
  g_autoptr (roaring_bitmap_t) kept = NULL;
  roaring_uint32_iterator_t iter;
  guint32 nodes[512];
  guint n;

  if (from == NULL && to == NULL)
    return;
  kept = roaring_bitmap_create ();
  roaring_init_iterator (base, &iter);
  while ((n = roaring_read_uint32_iterator (&iter, nodes, G_N_ELEMENTS (nodes))) > 0)
    {
      guint n_kept = 0;

      for (guint i = 0; i < n; i++)
        {
          guint node = kind == MEMO_KIND_ANNOTATION ? memo_index_row (index, nodes[i])->owner : nodes[i];

          if (overlaps (index, node, first, last))
            nodes[n_kept++] = nodes[i];
        }
      roaring_bitmap_add_many (kept, n_kept, nodes);
    }
  roaring_bitmap_and_inplace (base, kept);
}

static void
keep_words (MemoIndex *index, MemoKind kind, GArray *ids, roaring_bitmap_t *base)
{
  g_autoptr (roaring_bitmap_t) kept = roaring_bitmap_create ();

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      const MemoIndexRow *row = memo_index_row_by_id (index, kind, g_array_index (ids, gint64, i));

      if (row != NULL)
        roaring_bitmap_add (kept, row->node);
    }
  roaring_bitmap_and_inplace (base, kept);
}

static gboolean
counts_hold (MemoIndex *index, MemoFilter *filter, guint node)
{
  MemoCounts counts;

  memo_index_count (index, node, &counts);
  return (!memo_filter_get_single_source (filter) || counts.sources == 1) &&
         (!memo_filter_get_no_evidence (filter) || counts.evidence == 0);
}

static void
keep_flagged (MemoIndex *index, MemoFilter *filter, roaring_bitmap_t *base[MEMO_N_KINDS])
{
  g_autoptr (roaring_bitmap_t) annotations = NULL;
  g_autoptr (roaring_bitmap_t) articles = NULL;
  roaring_uint32_iterator_t iter;

  if (!memo_filter_get_single_source (filter) && !memo_filter_get_no_evidence (filter))
    return;

  /* Agreements and events are weighed; articles and annotations come along as their evidence. */
  annotations = roaring_bitmap_create ();
  articles = roaring_bitmap_create ();
  for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
    {
      g_autoptr (roaring_bitmap_t) kept = NULL;

      if (kind != MEMO_KIND_AGREEMENT && kind != MEMO_KIND_EVENT)
        continue;
      kept = roaring_bitmap_create ();
      FOREACH_NODE (memo_index_live (index, kind), iter)
      if (counts_hold (index, filter, iter.current_value))
        roaring_bitmap_add (kept, iter.current_value);
      roaring_bitmap_and_inplace (base[kind], kept);
      add_related (index, MEMO_RELATION_EVIDENCE, kept, MEMO_KIND_ANNOTATION, annotations);
    }
  add_articles_of (index, annotations, articles);
  roaring_bitmap_and_inplace (base[MEMO_KIND_ANNOTATION], annotations);
  roaring_bitmap_and_inplace (base[MEMO_KIND_ARTICLE], articles);
  roaring_bitmap_clear (base[MEMO_KIND_NOTE]);
  roaring_bitmap_clear (base[MEMO_KIND_BODY]);
}

void
memo_matches_init (MemoMatches *self, MemoIndex *index, MemoFilter *filter, GArray *words[MEMO_N_KINDS])
{
  memset (self, 0, sizeof *self);
  for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
    {
      if (!memo_kind_is_selected (kind))
        continue;
      self->base[kind] = roaring_bitmap_copy (memo_index_live (index, kind));
      keep_dates (index, filter, kind, self->base[kind]);
      if (words != NULL)
        keep_words (index, kind, words[kind], self->base[kind]);
      for (guint facet = 0; facet < MEMO_N_FACETS; facet++)
        self->facets[kind][facet] = match_facet (index, filter, kind, facet);
    }
  keep_flagged (index, filter, self->base);
}

void
memo_matches_clear (MemoMatches *self)
{
  for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
    {
      g_clear_pointer (&self->base[kind], roaring_bitmap_free);
      for (guint facet = 0; facet < MEMO_N_FACETS; facet++)
        g_clear_pointer (&self->facets[kind][facet], roaring_bitmap_free);
    }
}

roaring_bitmap_t *
memo_matches_combine (MemoMatches *self, MemoKind kind, int except)
{
  roaring_bitmap_t *result = roaring_bitmap_copy (self->base[kind]);

  for (int facet = 0; facet < MEMO_N_FACETS; facet++)
    if (facet != except && self->facets[kind][facet] != NULL)
      roaring_bitmap_and_inplace (result, self->facets[kind][facet]);
  return result;
}
