#include "memo-matrix.h"

#include "memo-selection-private.h"

struct _MemoMatrix
{
  MemoDict *dict;
  GHashTable *cells; /* sector and value → count */
};

typedef struct
{
  guint64 key;
  guint count;
} Cell;

static guint64
make_key (guint sector, guint value)
{
  return ((guint64) sector << 32) | value;
}

static void
add_value (GArray *values, guint value)
{
  for (guint i = 0; i < values->len; i++)
    if (g_array_index (values, guint32, i) == value)
      return;
  g_array_append_val (values, value);
}

static void
collect_cb (guint value, gpointer data)
{
  add_value (data, value);
}

static void
count (MemoMatrix *self, guint sector, guint value)
{
  guint64 key = make_key (sector, value);
  Cell *cell = g_hash_table_lookup (self->cells, &key);

  if (cell == NULL)
    {
      cell = g_new0 (Cell, 1);
      cell->key = key;
      g_hash_table_insert (self->cells, &cell->key, cell);
    }
  cell->count++;
}

MemoMatrix *
memo_matrix_new (MemoSelection *selection, MemoFacet facet)
{
  MemoIndex *index = memo_selection_get_index (selection);
  MemoMatrix *self = g_new0 (MemoMatrix, 1);
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) sectors = g_array_new (FALSE, FALSE, sizeof (guint32));
  roaring_uint32_iterator_t iter;

  self->dict = memo_dict_ref (index->dict);
  self->cells = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  for (roaring_init_iterator (selection->shown[MEMO_KIND_AGREEMENT], &iter); iter.has_value;
       roaring_advance_uint32_iterator (&iter))
    {
      const MemoIndexRow *row = memo_index_row (index, iter.current_value);

      g_array_set_size (values, 0);
      g_array_set_size (sectors, 0);
      memo_index_visit_values (index, row, facet, collect_cb, values);
      add_value (sectors, 0);
      for (guint i = 0; i < row->n_sectors; i++)
        {
          guint sector = row->values[i];

          /* The depth is bounded, lest a circle in a damaged tree hold us. */
          for (guint depth = 0; sector != 0 && depth < 32; depth++)
            {
              const MemoIndexRow *above = memo_index_row_of (index, MEMO_KIND_SECTOR, sector);

              add_value (sectors, sector);
              sector = above != NULL ? above->owner : 0;
            }
        }
      for (guint i = 0; i < sectors->len; i++)
        for (guint j = 0; j < values->len; j++)
          count (self, g_array_index (sectors, guint32, i), g_array_index (values, guint32, j));
    }
  return self;
}

void
memo_matrix_free (MemoMatrix *self)
{
  g_hash_table_unref (self->cells);
  memo_dict_unref (self->dict);
  g_free (self);
}

guint
memo_matrix_get (MemoMatrix *self, const char *sector, const char *value)
{
  guint64 key = make_key (sector != NULL ? memo_dict_find (self->dict, sector) : 0, memo_dict_find (self->dict, value));
  Cell *cell;

  g_return_val_if_fail (self != NULL, 0);
  cell = g_hash_table_lookup (self->cells, &key);
  return cell != NULL ? cell->count : 0;
}
