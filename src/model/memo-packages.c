#include "memo-packages.h"

#include "memo-index-private.h"

gint64
memo_index_get_package (MemoIndex *self, gint64 agreement)
{
  MemoIndexRow *row, *package;

  g_return_val_if_fail (MEMO_IS_INDEX (self), 0);
  row = memo_index_row_by_id (self, MEMO_KIND_AGREEMENT, agreement);
  package = row != NULL && row->owner != 0 ? memo_index_row_of (self, MEMO_KIND_AGREEMENT, row->owner) : NULL;
  return package != NULL && roaring_bitmap_contains (memo_index_live (self, MEMO_KIND_AGREEMENT), package->node)
             ? package->id
             : 0;
}
