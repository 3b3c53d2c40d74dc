#include "memo-selection-private.h"

#include <string.h>

enum
{
  AGREEMENTS,
  ARTICLES,
  ANNOTATIONS,
  N_COLUMNS
};

/* Counts of one facet. */
typedef struct
{
  MemoIndex *index;
  gboolean tree;
  guint size;
  gboolean on[N_COLUMNS];       /* the columns that a value is counted in now */
  guint32 stamp[N_COLUMNS];     /* of the record that is looked at */
  guint32 (*stamps)[N_COLUMNS]; /* of the last record that had the value */
  guint32 (*counts)[N_COLUMNS];
  GArray *values; /* nodes that have a count */
} Counter;

static void
count_in (Counter *self, guint value, guint column, guint n)
{
  /* Up the tree until a sector that this record has counted for: also the end of a circle. */
  while (value != 0 && value < self->size && self->stamps[value][column] != self->stamp[column])
    {
      guint32 *counts = self->counts[value];
      const MemoIndexRow *sector;

      self->stamps[value][column] = self->stamp[column];
      if (counts[AGREEMENTS] == 0 && counts[ARTICLES] == 0 && counts[ANNOTATIONS] == 0)
        g_array_append_val (self->values, value);
      counts[column] += n;
      if (!self->tree)
        return;
      sector = memo_index_row_of (self->index, MEMO_KIND_SECTOR, value);
      value = sector != NULL ? sector->owner : 0;
    }
}

static void
count_cb (guint value, gpointer data)
{
  Counter *self = data;

  for (guint column = 0; column < N_COLUMNS; column++)
    if (self->on[column])
      count_in (self, value, column, 1);
}

static void
switch_columns (Counter *self, gboolean agreements, gboolean articles, gboolean annotations)
{
  self->on[AGREEMENTS] = agreements;
  self->on[ARTICLES] = articles;
  self->on[ANNOTATIONS] = annotations;
}

/* Facets in @facets, a set of bits, over agreements. */
static void
count_agreements (Counter counters[MEMO_N_FACETS], guint facets, const roaring_bitmap_t *rows)
{
  roaring_uint32_iterator_t iter;

  for (roaring_init_iterator (rows, &iter); iter.has_value; roaring_advance_uint32_iterator (&iter))
    for (MemoFacet facet = 0; facet < MEMO_N_FACETS; facet++)
      if ((facets & 1u << facet) != 0)
        {
          Counter *counter = &counters[facet];

          switch_columns (counter, TRUE, FALSE, FALSE);
          counter->stamp[AGREEMENTS]++;
          memo_index_visit_values (counter->index, memo_index_row (counter->index, iter.current_value), facet, count_cb,
                                   counter);
        }
}

typedef struct
{
  const MemoIndexRow *article;
  gboolean shown;
  GPtrArray *annotations;    /* of MemoIndexRow: all that stand in it */
  GArray *annotations_shown; /* of gboolean */
  guint n_shown;
} Page;

/* The values that an article shares with what is marked in it: its annotations give them to it. */
static void
count_page (Counter *counter, MemoFacet facet, const Page *page)
{
  MemoIndex *index = counter->index;
  guint n;
  const guint32 *values = memo_index_row_get_values (page->article, facet, &n);

  counter->stamp[ARTICLES]++;
  for (guint i = 0; page->shown && i < n; i++)
    count_in (counter, values[i], ARTICLES, 1);
  for (guint i = 0; i < page->annotations->len; i++)
    {
      gboolean shown = g_array_index (page->annotations_shown, gboolean, i);

      if (!shown && !page->shown)
        continue;
      counter->stamp[ANNOTATIONS]++;
      switch_columns (counter, FALSE, page->shown, shown);
      memo_index_visit_values (index, g_ptr_array_index (page->annotations, i), facet, count_cb, counter);
    }
}

/* What the article is, its annotations are of. */
static void
count_nature (Counter *counter, MemoFacet facet, const Page *page)
{
  guint n;
  const guint32 *values = memo_index_row_get_values (page->article, facet, &n);
  guint value = facet == MEMO_FACET_SOURCE ? page->article->node : n > 0 ? values[0] : 0;

  counter->stamp[ARTICLES]++;
  counter->stamp[ANNOTATIONS]++;
  if (page->shown)
    count_in (counter, value, ARTICLES, 1);
  if (page->n_shown > 0)
    count_in (counter, value, ANNOTATIONS, page->n_shown);
}

/* Facets in @facets over articles and annotations: page by page, so that what is marked is looked at once, while it is at
 * hand. */
static void
count_pages (Counter counters[MEMO_N_FACETS],
             guint facets,
             const roaring_bitmap_t *articles,
             const roaring_bitmap_t *annotations)
{
  MemoIndex *index = counters[0].index;
  Page page = { NULL, FALSE, g_ptr_array_new (), g_array_new (FALSE, FALSE, sizeof (gboolean)), 0 };
  roaring_uint32_iterator_t iter;

  for (roaring_init_iterator (memo_index_live (index, MEMO_KIND_ARTICLE), &iter); iter.has_value;
       roaring_advance_uint32_iterator (&iter))
    {
      guint n;
      const guint32 *nodes = memo_index_related (index, MEMO_RELATION_ANNOTATIONS, iter.current_value, &n);

      page.article = memo_index_row (index, iter.current_value);
      page.shown = roaring_bitmap_contains (articles, iter.current_value);
      page.n_shown = 0;
      g_ptr_array_set_size (page.annotations, 0);
      g_array_set_size (page.annotations_shown, 0);
      for (guint i = 0; i < n; i++)
        {
          gboolean shown = roaring_bitmap_contains (annotations, nodes[i]);

          g_ptr_array_add (page.annotations, memo_index_row (index, nodes[i]));
          g_array_append_val (page.annotations_shown, shown);
          page.n_shown += shown;
        }
      if (!page.shown && page.n_shown == 0)
        continue;
      for (MemoFacet facet = 0; facet < MEMO_N_FACETS; facet++)
        if ((facets & 1u << facet) == 0)
          continue;
        else if (facet == MEMO_FACET_KIND || facet == MEMO_FACET_LANGUAGE || facet == MEMO_FACET_SOURCE)
          count_nature (&counters[facet], facet, &page);
        else
          count_page (&counters[facet], facet, &page);
    }
  g_ptr_array_unref (page.annotations);
  g_array_unref (page.annotations_shown);
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
  Counter counters[MEMO_N_FACETS] = { 0 };
  guint size = memo_dict_get_size (self->index->dict);
  guint free = 0;

  for (MemoFacet facet = 0; facet < MEMO_N_FACETS; facet++)
    {
      Counter *counter = &counters[facet];

      counter->index = self->index;
      counter->tree = facet == MEMO_FACET_SECTOR;
      counter->size = size;
      counter->stamps = g_malloc0_n (size, sizeof *counter->stamps);
      counter->counts = g_malloc0_n (size, sizeof *counter->counts);
      counter->values = g_array_new (FALSE, FALSE, sizeof (guint));
    }

  /* Facets without a choice look at what is shown; the others at what would be without theirs. */
  for (MemoFacet facet = 0; facet < MEMO_N_FACETS; facet++)
    {
      g_autoptr (roaring_bitmap_t) agreements = NULL;
      g_autoptr (roaring_bitmap_t) articles = NULL;
      g_autoptr (roaring_bitmap_t) annotations = NULL;

      if (matches->facets[MEMO_KIND_AGREEMENT][facet] == NULL)
        {
          free |= 1u << facet;
          continue;
        }
      agreements = memo_matches_combine (matches, MEMO_KIND_AGREEMENT, facet);
      articles = memo_matches_combine (matches, MEMO_KIND_ARTICLE, facet);
      annotations = memo_matches_combine (matches, MEMO_KIND_ANNOTATION, facet);
      count_agreements (counters, 1u << facet, agreements);
      count_pages (counters, 1u << facet, articles, annotations);
    }
  count_agreements (counters, free, self->shown[MEMO_KIND_AGREEMENT]);
  count_pages (counters, free, self->shown[MEMO_KIND_ARTICLE], self->shown[MEMO_KIND_ANNOTATION]);

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
