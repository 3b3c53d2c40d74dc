#include "memo-selection-private.h"

G_DEFINE_FINAL_TYPE (MemoSelection, memo_selection, G_TYPE_OBJECT)

static void
memo_selection_finalize (GObject *object)
{
  MemoSelection *self = MEMO_SELECTION (object);

  for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
    g_clear_pointer (&self->shown[kind], roaring_bitmap_free);
  for (guint facet = 0; facet < MEMO_N_FACETS; facet++)
    g_clear_pointer (&self->facets[facet], g_array_unref);
  g_clear_pointer (&self->years, g_array_unref);
  g_clear_pointer (&self->cells, g_hash_table_unref);
  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_object (&self->index);
  g_clear_object (&self->filter);
  g_rec_mutex_clear (&self->lock);
  G_OBJECT_CLASS (memo_selection_parent_class)->finalize (object);
}

static void
memo_selection_class_init (MemoSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = memo_selection_finalize;
}

static void
memo_selection_init (MemoSelection *self)
{
  g_rec_mutex_init (&self->lock);
}

/* Follow-ups of the agreements that are shown, within the filter's dates. */
static roaring_bitmap_t *
select_follow_ups (MemoSelection *self)
{
  MemoDate *from = memo_filter_get_from (self->filter), *to = memo_filter_get_to (self->filter);
  gint32 first = from != NULL ? memo_date_get_first (from) : MEMO_DATE_OPEN_START;
  gint32 last = to != NULL ? memo_date_get_last (to) : MEMO_DATE_OPEN_END;
  roaring_bitmap_t *result = roaring_bitmap_create ();
  roaring_uint32_iterator_t iter;

  for (roaring_init_iterator (memo_index_live (self->index, MEMO_KIND_FOLLOW_UP), &iter); iter.has_value;
       roaring_advance_uint32_iterator (&iter))
    {
      const MemoIndexRow *row = memo_index_row (self->index, iter.current_value);

      if (!roaring_bitmap_contains (self->shown[MEMO_KIND_AGREEMENT], row->owner))
        continue;
      if ((from == NULL && to == NULL) || (row->spanned && row->about->last >= first && row->about->first <= last))
        roaring_bitmap_add (result, row->node);
    }
  return result;
}

const roaring_bitmap_t *
memo_selection_get_shown (MemoSelection *self, MemoKind kind)
{
  const roaring_bitmap_t *shown;

  if (memo_kind_is_selected (kind))
    return self->shown[kind];
  if (kind != MEMO_KIND_FOLLOW_UP)
    return memo_index_live (self->index, kind);
  g_rec_mutex_lock (&self->lock);
  if (self->shown[kind] == NULL)
    self->shown[kind] = select_follow_ups (self);
  shown = self->shown[kind];
  g_rec_mutex_unlock (&self->lock);
  return shown;
}

MemoSelection *
memo_index_select (MemoIndex *self, MemoFilter *filter, GArray *words[MEMO_N_KINDS])
{
  MemoSelection *selection;
  MemoMatches matches;

  g_return_val_if_fail (MEMO_IS_INDEX (self) && MEMO_IS_FILTER (filter), NULL);

  selection = g_object_new (MEMO_TYPE_SELECTION, NULL);
  selection->index = g_object_ref (self);
  selection->filter = g_object_ref (filter);
  memo_matches_init (&matches, self, filter, words);
  for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
    if (memo_kind_is_selected (kind))
      selection->shown[kind] = memo_matches_combine (&matches, kind, -1);
  memo_selection_count (selection, &matches);
  memo_matches_clear (&matches);
  return selection;
}

MemoIndex *
memo_selection_get_index (MemoSelection *self)
{
  g_return_val_if_fail (MEMO_IS_SELECTION (self), NULL);
  return self->index;
}

MemoFilter *
memo_selection_get_filter (MemoSelection *self)
{
  g_return_val_if_fail (MEMO_IS_SELECTION (self), NULL);
  return self->filter;
}

guint
memo_selection_get_count (MemoSelection *self, MemoKind kind)
{
  g_return_val_if_fail (MEMO_IS_SELECTION (self) && kind < MEMO_N_KINDS, 0);
  return roaring_bitmap_get_cardinality (memo_selection_get_shown (self, kind));
}

gboolean
memo_selection_contains (MemoSelection *self, MemoKind kind, gint64 id)
{
  MemoIndexRow *row;

  g_return_val_if_fail (MEMO_IS_SELECTION (self) && kind < MEMO_N_KINDS, FALSE);
  row = memo_index_row_by_id (self->index, kind, id);
  return row != NULL && roaring_bitmap_contains (memo_selection_get_shown (self, kind), row->node);
}

GArray *
memo_selection_get_facet (MemoSelection *self, MemoFacet facet)
{
  g_return_val_if_fail (MEMO_IS_SELECTION (self) && facet < MEMO_N_FACETS, NULL);
  return self->facets[facet];
}

GArray *
memo_selection_get_years (MemoSelection *self)
{
  g_return_val_if_fail (MEMO_IS_SELECTION (self), NULL);
  return self->years;
}

guint
memo_selection_get_cell (MemoSelection *self, const char *sector, int year)
{
  MemoCell key = { 0 };
  MemoCell *cell;

  g_return_val_if_fail (MEMO_IS_SELECTION (self) && sector != NULL, 0);
  self->asked |= MEMO_PART_CELLS;
  memo_selection_count_cells (self);
  key.sector = memo_dict_find (self->index->dict, sector);
  key.year = year;
  cell = key.sector != 0 ? g_hash_table_lookup (self->cells, &key) : NULL;
  return cell != NULL ? cell->count : 0;
}

void
memo_selection_get_packages (MemoSelection *self, guint *ret_declared, guint *ret_identified)
{
  g_return_if_fail (MEMO_IS_SELECTION (self));
  self->asked |= MEMO_PART_CELLS;
  memo_selection_count_cells (self);
  if (ret_declared != NULL)
    *ret_declared = self->declared;
  if (ret_identified != NULL)
    *ret_identified = self->identified;
}

GArray *
memo_selection_get_entries (MemoSelection *self)
{
  g_return_val_if_fail (MEMO_IS_SELECTION (self), NULL);
  self->asked |= MEMO_PART_ENTRIES;
  memo_selection_make_entries (self);
  return self->entries;
}

guint
memo_selection_get_asked (MemoSelection *self)
{
  return self->asked;
}

void
memo_selection_prepare (MemoSelection *self, guint parts)
{
  if ((parts & MEMO_PART_CELLS) != 0)
    memo_selection_count_cells (self);
  if ((parts & MEMO_PART_ENTRIES) != 0)
    memo_selection_make_entries (self);
}
