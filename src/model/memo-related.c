#include "memo-related.h"

#include "memo-index-private.h"

static gboolean
is_selected (MemoSelection *selection, const MemoIndexRow *row)
{
  return row != NULL && memo_selection_contains (selection, row->kind, row->id);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;
  return (x > y) - (x < y);
}

GArray *
memo_related_evidence (MemoSelection *selection)
{
  MemoIndex *index = memo_selection_get_index (selection);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  roaring_uint32_iterator_t *iterator = roaring_create_iterator (memo_index_live (index, MEMO_KIND_EVIDENCE));

  for (; iterator->has_value; roaring_advance_uint32_iterator (iterator))
    {
      MemoIndexRow *row = memo_index_row_of (index, MEMO_KIND_EVIDENCE, iterator->current_value);
      MemoIndexRow *record = row ? memo_index_row (index, row->owner) : NULL;
      if (row == NULL)
        continue;
      if (record != NULL && record->kind == MEMO_KIND_FOLLOW_UP)
        record = memo_index_row_of (index, MEMO_KIND_AGREEMENT, record->owner);
      if (is_selected (selection, record) ||
          is_selected (selection, memo_index_row_of (index, MEMO_KIND_ANNOTATION, row->other)))
        g_array_append_val (ids, row->id);
    }
  roaring_free_uint32_iterator (iterator);
  g_array_sort (ids, compare_ids);
  return ids;
}
