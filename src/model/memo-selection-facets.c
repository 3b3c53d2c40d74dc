#include "memo-selection-private.h"

#include <string.h>

typedef struct
{
  MemoIndex *index;
  gboolean tree;
  guint column;
  guint32 stamp;
  guint size;
  guint32 *stamps;
  guint32 (*counts)[3];
  GArray *values; /* nodes that have a count or are chosen */
} Counter;

static void
note_value (Counter *self, guint value)
{
  if (self->counts[value][0] == 0 && self->counts[value][1] == 0 && self->counts[value][2] == 0)
    g_array_append_val (self->values, value);
}

static void
count_value (guint value, gpointer data)
{
  Counter *self = data;

  /* Up the tree until a sector that this record has counted for: also the end of a circle. */
  while (value != 0 && value < self->size && self->stamps[value] != self->stamp)
    {
      const MemoIndexRow *sector;

      self->stamps[value] = self->stamp;
      note_value (self, value);
      self->counts[value][self->column]++;
      if (!self->tree)
        return;
      sector = memo_index_row_of (self->index, MEMO_KIND_SECTOR, value);
      value = sector != NULL ? sector->owner : 0;
    }
}

#define BLOCK 128 /* rows that one facet after the other looks at while they are at hand */

/* Counts @rows for each facet in @facets, a set of bits. */
static void
count_rows (Counter counters[MEMO_N_FACETS], guint facets, const roaring_bitmap_t *rows, guint column)
{
  MemoIndex *index = counters[0].index;
  roaring_uint32_iterator_t iter;

  roaring_init_iterator (rows, &iter);
  while (iter.has_value)
    {
      const MemoIndexRow *block[BLOCK];
      guint n = 0;

      for (; iter.has_value && n < BLOCK; roaring_advance_uint32_iterator (&iter))
        block[n++] = memo_index_row (index, iter.current_value);
      for (MemoFacet facet = 0; facet < MEMO_N_FACETS; facet++)
        {
          Counter *counter = &counters[facet];

          counter->column = column;
          for (guint i = 0; (facets & 1u << facet) != 0 && i < n; i++)
            {
              counter->stamp++;
              memo_index_visit_values (index, block[i], facet, count_value, counter);
            }
        }
    }
}

static gboolean
is_chosen (MemoFilter *filter, MemoFacet facet, const char *value)
{
  return g_strv_contains (memo_filter_get_values (filter, facet, MEMO_CHOICE_ANY), value) ||
         g_strv_contains (memo_filter_get_values (filter, facet, MEMO_CHOICE_ALL), value) ||
         g_strv_contains (memo_filter_get_values (filter, facet, MEMO_CHOICE_NONE), value);
}

/* Values of records name records: one that is gone is not offered, nor an author who takes part in nothing. */
static gboolean
is_offered (MemoIndex *index, MemoFacet facet, guint value, const MemoFacetCount *count)
{
  const MemoIndexRow *row;

  switch (facet)
    {
    case MEMO_FACET_PARTY:
      row = memo_index_row_of (index, MEMO_KIND_PARTY, value);
      return row != NULL && (!row->person || count->count > 0);
    case MEMO_FACET_BODY:
      return memo_index_row_of (index, MEMO_KIND_BODY, value) != NULL;
    case MEMO_FACET_SOURCE:
      return memo_index_row_of (index, MEMO_KIND_ARTICLE, value) != NULL && count->count > 0;
    default:
      return TRUE;
    }
}

static int
compare_counts (gconstpointer a, gconstpointer b)
{
  const MemoFacetCount *x = a, *y = b;

  if (x->count != y->count)
    return x->count > y->count ? -1 : 1;
  if (x->articles != y->articles)
    return x->articles > y->articles ? -1 : 1;
  if (x->annotations != y->annotations)
    return x->annotations > y->annotations ? -1 : 1;
  return strcmp (x->value, y->value);
}

static MemoFacetCount
count_of (Counter *counter, guint value, const char *text)
{
  return (MemoFacetCount){ text, counter->counts[value][0], counter->counts[value][1], counter->counts[value][2] };
}

static void
add_chosen (MemoSelection *self, Counter *counter, MemoFacet facet, GArray *result)
{
  for (MemoChoice choice = MEMO_CHOICE_ANY; choice <= MEMO_CHOICE_NONE; choice++)
    {
      const char *const *values = memo_filter_get_values (self->filter, facet, choice);

      for (guint i = 0; values[i] != NULL; i++)
        {
          guint node = memo_dict_find (self->index->dict, values[i]);
          MemoFacetCount count = { values[i], 0, 0, 0 };

          if (node != 0 && node < counter->size)
            count = count_of (counter, node, values[i]);
          g_array_append_val (result, count);
        }
    }
}

static GArray *
collect (MemoSelection *self, Counter *counter, MemoFacet facet)
{
  GArray *result = g_array_new (FALSE, FALSE, sizeof (MemoFacetCount));

  if (facet == MEMO_FACET_SECTOR)
    {
      GPtrArray *sectors = self->index->records[MEMO_KIND_SECTOR];

      for (guint i = 0; i < sectors->len; i++)
        {
          const char *uuid = memo_record_get_uuid (g_ptr_array_index (sectors, i));
          guint node = memo_dict_find (self->index->dict, uuid);
          MemoFacetCount count = count_of (counter, node, uuid);

          g_array_append_val (result, count);
        }
      return result;
    }
  add_chosen (self, counter, facet, result);
  for (guint i = 0; i < counter->values->len; i++)
    {
      guint value = g_array_index (counter->values, guint, i);
      const char *text = memo_dict_get (self->index->dict, value);
      MemoFacetCount count = count_of (counter, value, text);

      if (!is_chosen (self->filter, facet, text) && is_offered (self->index, facet, value, &count))
        g_array_append_val (result, count);
    }
  g_array_sort (result, compare_counts);
  return result;
}

void
memo_selection_count_facets (MemoSelection *self, MemoMatches *matches)
{
  static const MemoKind kinds[] = { MEMO_KIND_AGREEMENT, MEMO_KIND_ARTICLE, MEMO_KIND_ANNOTATION };
  Counter counters[MEMO_N_FACETS] = { 0 };
  guint size = memo_dict_get_size (self->index->dict);

  for (MemoFacet facet = 0; facet < MEMO_N_FACETS; facet++)
    {
      Counter *counter = &counters[facet];

      counter->index = self->index;
      counter->tree = facet == MEMO_FACET_SECTOR;
      counter->size = size;
      counter->stamps = g_new0 (guint32, size);
      counter->counts = g_malloc0_n (size, sizeof *counter->counts);
      counter->values = g_array_new (FALSE, FALSE, sizeof (guint));
    }
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      guint free = 0;

      /* Facets without a choice look at what is shown; the others at what would be without theirs. */
      for (MemoFacet facet = 0; facet < MEMO_N_FACETS; facet++)
        if (matches->facets[kinds[i]][facet] == NULL)
          free |= 1u << facet;
        else
          {
            g_autoptr (roaring_bitmap_t) rows = memo_matches_combine (matches, kinds[i], facet);

            count_rows (counters, 1u << facet, rows, i);
          }
      count_rows (counters, free, self->shown[kinds[i]], i);
    }
  for (MemoFacet facet = 0; facet < MEMO_N_FACETS; facet++)
    {
      self->facets[facet] = collect (self, &counters[facet], facet);
      g_array_unref (counters[facet].values);
      g_free (counters[facet].stamps);
      g_free (counters[facet].counts);
    }
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

static int
year_of (const MemoIndexRow *row)
{
  gint32 day = row->first;
  int year, month, mday;

  if (!row->dated)
    return G_MININT;
  if (day == MEMO_DATE_OPEN_START)
    day = memo_date_get_last (row->when);
  if (day == MEMO_DATE_OPEN_END)
    return G_MININT;
  memo_day_to_ymd (day, &year, &month, &mday);
  return year;
}

static int
compare_years (gconstpointer a, gconstpointer b)
{
  const MemoYearCount *x = a, *y = b;

  return x->year < y->year ? -1 : x->year > y->year;
}

/* Years, the cells of sector × year, and the sums over packages. Sector 0 of the cells: all agreements. */
void
memo_selection_count_years (MemoSelection *self)
{
  guint size = memo_dict_get_size (self->index->dict);
  g_autofree guint32 *stamps = g_new0 (guint32, size);
  guint32 stamp = 0;
  roaring_uint32_iterator_t iter;
  GHashTableIter cells;
  gpointer value;

  self->cells = g_hash_table_new_full (cell_hash, cell_equal, NULL, g_free);
  for (roaring_init_iterator (self->shown[MEMO_KIND_AGREEMENT], &iter); iter.has_value;
       roaring_advance_uint32_iterator (&iter))
    {
      const MemoIndexRow *row = memo_index_row (self->index, iter.current_value);
      int year = year_of (row);

      stamp++;
      add_to_cell (self, 0, year);
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
      if (row->position > 0 || g_strcmp0 (memo_dict_get (self->index->dict, row->type), "package") == 0)
        {
          MemoCounts counts;

          memo_index_count (self->index, row->node, &counts);
          self->declared += row->position;
          self->identified += counts.identified;
        }
    }

  self->years = g_array_new (FALSE, FALSE, sizeof (MemoYearCount));
  g_hash_table_iter_init (&cells, self->cells);
  while (g_hash_table_iter_next (&cells, &value, NULL))
    {
      const MemoCell *cell = value;
      MemoYearCount count = { cell->year, cell->count };

      if (cell->sector == 0 && cell->year != G_MININT)
        g_array_append_val (self->years, count);
    }
  g_array_sort (self->years, compare_years);
}
