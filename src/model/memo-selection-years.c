#include "memo-selection-private.h"

/* Agreements by year, and by sector and year. */

static int
compare_years (gconstpointer a, gconstpointer b)
{
  const MemoYearCount *x = a, *y = b;

  return x->year < y->year ? -1 : x->year > y->year;
}

void
memo_selection_count_years (MemoSelection *self)
{
  GHashTable *table = self->index->bits[MEMO_KIND_AGREEMENT][MEMO_VALUES_YEAR];
  GHashTableIter iter;
  gpointer value, bits;

  self->years = g_array_new (FALSE, FALSE, sizeof (MemoYearCount));
  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &value, &bits))
    {
      MemoYearCount count = { memo_value_year (GPOINTER_TO_UINT (value)),
                              roaring_bitmap_and_cardinality (((MemoBits *) bits)->bitmap,
                                                              self->shown[MEMO_KIND_AGREEMENT]) };

      if (count.count > 0)
        g_array_append_val (self->years, count);
    }
  g_array_sort (self->years, compare_years);
}

static guint
cell_hash (gconstpointer key)
{
  const MemoCell *cell = key;

  return cell->sector * 2654435761u ^ (guint) cell->year;
}

static gboolean
cell_equal (gconstpointer a, gconstpointer b)
{
  const MemoCell *x = a, *y = b;

  return x->sector == y->sector && x->year == y->year;
}

static void
add_to_cell (MemoSelection *self, guint sector, int year)
{
  MemoCell key = { sector, year, 0 };
  MemoCell *cell = g_hash_table_lookup (self->cells, &key);

  if (cell == NULL)
    {
      cell = g_memdup2 (&key, sizeof key);
      g_hash_table_add (self->cells, cell);
    }
  cell->count++;
}

/* The cells of sector × year, and the sums over packages. */
void
memo_selection_count_cells (MemoSelection *self)
{
  g_autofree guint32 *stamps = NULL;
  guint32 stamp = 0;
  roaring_uint32_iterator_t iter;

  g_rec_mutex_lock (&self->lock);
  if (self->cells != NULL)
    {
      g_rec_mutex_unlock (&self->lock);
      return;
    }
  stamps = g_new0 (guint32, memo_dict_get_size (self->index->dict));
  self->cells = g_hash_table_new_full (cell_hash, cell_equal, NULL, g_free);
  for (roaring_init_iterator (self->shown[MEMO_KIND_AGREEMENT], &iter); iter.has_value;
       roaring_advance_uint32_iterator (&iter))
    {
      const MemoIndexRow *row = memo_index_row (self->index, iter.current_value);
      int year = memo_index_row_get_year (row);

      stamp++;
      for (guint i = 0; i < row->n_sectors; i++)
        {
          guint sector = row->values[i];

          while (sector != 0 && stamps[sector] != stamp)
            {
              const MemoIndexRow *above = memo_index_row_of (self->index, MEMO_KIND_SECTOR, sector);

              stamps[sector] = stamp;
              add_to_cell (self, sector, year);
              add_to_cell (self, sector, G_MAXINT);
              sector = above != NULL ? above->owner : 0;
            }
        }
      if (row->position > 0 || g_strcmp0 (memo_dict_get (self->index->dict, row->about->type), "package") == 0)
        {
          MemoCounts counts;

          memo_index_count (self->index, row->node, &counts);
          self->declared += row->position;
          self->identified += counts.identified;
        }
    }
  g_rec_mutex_unlock (&self->lock);
}
