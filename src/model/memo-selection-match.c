#include "memo-selection-private.h"

#include <string.h>

/* Which records match a facet's value. A record has values of its own; an article also those of its annotations (sectors,
 * tags, speakers); articles and annotations also those of the records that they are evidence of (sectors, parties, status,
 * body); agreements, events and bodies also the language and the article of their evidence. */

#define FOREACH_NODE(bitmap, iter)                                                                                     \
  for (roaring_init_iterator ((bitmap), &(iter)); (iter).has_value; roaring_advance_uint32_iterator (&(iter)))

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

/* The value and, for a sector, all that is below it. */
static void
add_below (MemoIndex *index, MemoFacet facet, guint value, roaring_bitmap_t *values)
{
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint32));

  g_array_append_val (stack, value);
  while (stack->len > 0)
    {
      const guint32 *children;
      guint n;

      value = g_array_index (stack, guint32, stack->len - 1);
      g_array_set_size (stack, stack->len - 1);
      if (!roaring_bitmap_add_checked (values, value) || facet != MEMO_FACET_SECTOR)
        continue;
      children = memo_index_related (index, MEMO_RELATION_CHILDREN, value, &n);
      for (guint i = 0; i < n; i++)
        if (memo_index_row_of (index, MEMO_KIND_SECTOR, children[i]) != NULL)
          g_array_append_val (stack, children[i]);
    }
}

static void
add_own (MemoIndex *index, MemoKind kind, MemoFacet facet, const roaring_bitmap_t *values, roaring_bitmap_t *result)
{
  GHashTable *table = index->bits[kind][facet];
  roaring_uint32_iterator_t iter;

  if (table == NULL)
    return;
  FOREACH_NODE (values, iter)
  {
    MemoBits *bits = g_hash_table_lookup (table, GUINT_TO_POINTER (iter.current_value));

    if (bits != NULL)
      roaring_bitmap_or_inplace (result, bits->bitmap);
  }
}

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

/* Articles that match by themselves: KIND, LANGUAGE, SOURCE. */
static void
add_articles_by_nature (MemoIndex *index, MemoFacet facet, const roaring_bitmap_t *values, roaring_bitmap_t *result)
{
  if (facet == MEMO_FACET_SOURCE)
    roaring_bitmap_or_inplace (result, values);
  else
    add_own (index, MEMO_KIND_ARTICLE, facet, values, result);
}

static void
match_annotations (MemoIndex *index, MemoFacet facet, const roaring_bitmap_t *values, roaring_bitmap_t *result)
{
  static const MemoKind kinds[] = { MEMO_KIND_AGREEMENT, MEMO_KIND_EVENT, MEMO_KIND_BODY };

  if (facet == MEMO_FACET_KIND || facet == MEMO_FACET_LANGUAGE || facet == MEMO_FACET_SOURCE)
    {
      g_autoptr (roaring_bitmap_t) articles = roaring_bitmap_create ();

      add_articles_by_nature (index, facet, values, articles);
      add_related (index, MEMO_RELATION_ANNOTATIONS, articles, MEMO_KIND_ANNOTATION, result);
      return;
    }
  add_own (index, MEMO_KIND_ANNOTATION, facet, values, result);
  if (comes_by_evidence (facet))
    {
      g_autoptr (roaring_bitmap_t) records = roaring_bitmap_create ();

      for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
        add_own (index, kinds[i], facet, values, records);
      add_related (index, MEMO_RELATION_EVIDENCE, records, MEMO_KIND_ANNOTATION, result);
    }
}

static void
match_articles (MemoIndex *index, MemoFacet facet, const roaring_bitmap_t *values, roaring_bitmap_t *result)
{
  g_autoptr (roaring_bitmap_t) annotations = NULL;

  add_articles_by_nature (index, facet, values, result);
  if (facet == MEMO_FACET_KIND || facet == MEMO_FACET_LANGUAGE || facet == MEMO_FACET_SOURCE)
    return;
  annotations = roaring_bitmap_create ();
  match_annotations (index, facet, values, annotations);
  add_articles_of (index, annotations, result);
}

static void
match_register (MemoIndex *index,
                MemoKind kind,
                MemoFacet facet,
                const roaring_bitmap_t *values,
                roaring_bitmap_t *result)
{
  if (facet == MEMO_FACET_LANGUAGE || facet == MEMO_FACET_SOURCE)
    {
      g_autoptr (roaring_bitmap_t) annotations = roaring_bitmap_create ();

      match_annotations (index, facet, values, annotations);
      add_related (index, MEMO_RELATION_TARGETS, annotations, kind, result);
    }
  else
    add_own (index, kind, facet, values, result);
}

static roaring_bitmap_t *
match_value (MemoIndex *index, MemoKind kind, MemoFacet facet, const char *value)
{
  roaring_bitmap_t *result = roaring_bitmap_create ();
  g_autoptr (roaring_bitmap_t) values = roaring_bitmap_create ();
  guint node = memo_dict_find (index->dict, value);

  if (node == 0)
    return result;
  add_below (index, facet, node, values);
  if (kind == MEMO_KIND_ARTICLE)
    match_articles (index, facet, values, result);
  else if (kind == MEMO_KIND_ANNOTATION)
    match_annotations (index, facet, values, result);
  else if (is_register (kind))
    match_register (index, kind, facet, values, result);
  else
    add_own (index, kind, facet, values, result);
  return result;
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

static void
keep_dates (MemoIndex *index, MemoFilter *filter, MemoKind kind, roaring_bitmap_t *base)
{
  MemoDate *from = memo_filter_get_from (filter), *to = memo_filter_get_to (filter);
  gint32 first = from != NULL ? memo_date_get_first (from) : MEMO_DATE_OPEN_START;
  gint32 last = to != NULL ? memo_date_get_last (to) : MEMO_DATE_OPEN_END;
  g_autoptr (roaring_bitmap_t) kept = NULL;
  roaring_uint32_iterator_t iter;

  if (from == NULL && to == NULL)
    return;
  kept = roaring_bitmap_create ();
  FOREACH_NODE (base, iter)
  {
    const MemoIndexRow *row = memo_index_row (index, iter.current_value);

    if (kind == MEMO_KIND_ANNOTATION)
      row = memo_index_row_of (index, MEMO_KIND_ARTICLE, row->owner);
    if (row != NULL && row->spanned && row->last >= first && row->first <= last)
      roaring_bitmap_add (kept, iter.current_value);
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
