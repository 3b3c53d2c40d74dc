#include "memo-selection-private.h"

#include <string.h>

static const MemoKind columns[] = { MEMO_KIND_AGREEMENT, MEMO_KIND_ARTICLE, MEMO_KIND_ANNOTATION };
#define N_COLUMNS G_N_ELEMENTS (columns)

/* A set is thin when fewer than one in so many may be in it: that is when Roaring keeps it as numbers and not as bits. */
#define THIN 16

/* Counts of one facet. */
typedef struct
{
  MemoIndex *index;
  MemoFacet facet;
  roaring_bitmap_t *rows[N_COLUMNS]; /* that are counted */
  guint live[N_COLUMNS];             /* how many there could be */
  gboolean all[N_COLUMNS];           /* they are all that there are */
  guint64 *bits[N_COLUMNS];          /* when they are few, one bit for each node: whether it is one of them */
  GHashTable *sources;               /* MEMO_FACET_SOURCE: article → agreements that it is a source of */
} Counter;

static void
add_source (Counter *self, guint article)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->sources, GUINT_TO_POINTER (article)));

  g_hash_table_insert (self->sources, GUINT_TO_POINTER (article), GUINT_TO_POINTER (n + 1));
}

/* Each article once for an agreement, whose @annotations are evidence of it. */
static void
add_sources (Counter *self, const guint32 *annotations, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      const MemoIndexRow *row = memo_index_row_of (self->index, MEMO_KIND_ANNOTATION, annotations[i]);
      gboolean known = row == NULL || memo_index_row_of (self->index, MEMO_KIND_ARTICLE, row->owner) == NULL;

      for (guint k = 0; k < i && !known; k++)
        {
          const MemoIndexRow *other = memo_index_row_of (self->index, MEMO_KIND_ANNOTATION, annotations[k]);

          known = other != NULL && other->owner == row->owner;
        }
      if (!known)
        add_source (self, row->owner);
    }
}

static void
find_sources (Counter *self)
{
  GPtrArray *chunks = self->index->relations[MEMO_RELATION_EVIDENCE]->chunks;

  self->sources = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < chunks->len; i++)
    {
      const MemoRelationChunk *chunk = g_ptr_array_index (chunks, i);

      for (guint k = 0; chunk != NULL && k < MEMO_RELATION_KEYS; k++)
        if (chunk->lists[k] != NULL && roaring_bitmap_contains (self->rows[0], i * MEMO_RELATION_KEYS + k))
          add_sources (self, chunk->lists[k] + 1, chunk->lists[k][0]);
    }
}

static guint64 *
plain_bits (MemoIndex *index, const roaring_bitmap_t *rows)
{
  guint64 *bits = g_new0 (guint64, memo_dict_get_size (index->dict) / 64 + 1);
  roaring_uint32_iterator_t iter;

  for (roaring_init_iterator (rows, &iter); iter.has_value; roaring_advance_uint32_iterator (&iter))
    bits[iter.current_value / 64] |= G_GUINT64_CONSTANT (1) << iter.current_value % 64;
  return bits;
}

/* Facets without a choice look at what is shown; the others at what would be without theirs. */
static void
counter_init (Counter *self, MemoSelection *selection, MemoMatches *matches, MemoFacet facet)
{
  guint n;

  self->index = selection->index;
  self->facet = facet;
  self->sources = NULL;
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      self->rows[i] = matches->facets[columns[i]][facet] != NULL ? memo_matches_combine (matches, columns[i], facet)
                                                                 : selection->shown[columns[i]];
      n = roaring_bitmap_get_cardinality (self->rows[i]);
      self->live[i] = roaring_bitmap_get_cardinality (memo_index_live (self->index, columns[i]));
      self->all[i] = n == self->live[i];
      self->bits[i] = n < self->live[i] / THIN ? plain_bits (self->index, self->rows[i]) : NULL;
    }
  if (facet == MEMO_FACET_SOURCE)
    find_sources (self);
}

static void
counter_clear (Counter *self, MemoSelection *selection)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      if (self->rows[i] != selection->shown[columns[i]])
        roaring_bitmap_free (self->rows[i]);
      g_free (self->bits[i]);
    }
  g_clear_pointer (&self->sources, g_hash_table_unref);
}

/* How many of @nodes have their bit. */
static guint
count_plain (const guint64 *bits, const roaring_bitmap_t *nodes)
{
  roaring_uint32_iterator_t iter;
  guint32 some[512];
  guint count = 0, n;

  roaring_init_iterator (nodes, &iter);
  while ((n = roaring_read_uint32_iterator (&iter, some, G_N_ELEMENTS (some))) > 0)
    for (guint i = 0; i < n; i++)
      count += bits[some[i] / 64] >> some[i] % 64 & 1;
  return count;
}

static guint
count_bits (Counter *self, guint column, guint value)
{
  GHashTable *table = self->index->bits[columns[column]][self->facet];
  MemoBits *bits = g_hash_table_lookup (table, GUINT_TO_POINTER (value));
  guint n = bits != NULL ? roaring_bitmap_get_cardinality (bits->bitmap) : 0;

  if (n == 0 || self->all[column])
    return n;
  /* To compare numbers with numbers, Roaring walks through both sets, and through the rows again for every value. */
  if (self->bits[column] != NULL && n < self->live[column] / THIN)
    return count_plain (self->bits[column], bits->bitmap);
  return roaring_bitmap_and_cardinality (bits->bitmap, self->rows[column]);
}

static MemoFacetCount
count_source (Counter *self, guint article, const char *text)
{
  MemoFacetCount count = { text, 0, 0, 0 };
  guint n;
  const guint32 *annotations = memo_index_related (self->index, MEMO_RELATION_ANNOTATIONS, article, &n);

  count.count = GPOINTER_TO_UINT (g_hash_table_lookup (self->sources, GUINT_TO_POINTER (article)));
  count.articles = roaring_bitmap_contains (self->rows[1], article);
  for (guint i = 0; i < n; i++)
    count.annotations += roaring_bitmap_contains (self->rows[2], annotations[i]);
  return count;
}

/* @value 0: nobody has it. */
static MemoFacetCount
count_of (Counter *self, guint value, const char *text)
{
  if (value == 0)
    return (MemoFacetCount){ text, 0, 0, 0 };
  if (self->facet == MEMO_FACET_SOURCE)
    return count_source (self, value, text);
  return (MemoFacetCount){ text, count_bits (self, 0, value), count_bits (self, 1, value),
                           count_bits (self, 2, value) };
}

/* All values that may have a count, each once. (transfer full) */
static GHashTable *
find_values (Counter *self)
{
  GHashTable *values = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer value;

  if (self->sources != NULL)
    {
      g_hash_table_iter_init (&iter, self->sources);
      while (g_hash_table_iter_next (&iter, &value, NULL))
        g_hash_table_add (values, value);
      return values;
    }
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      g_hash_table_iter_init (&iter, self->index->bits[columns[i]][self->facet]);
      while (g_hash_table_iter_next (&iter, &value, NULL))
        g_hash_table_add (values, value);
    }
  return values;
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

static void
add_chosen (MemoSelection *self, Counter *counter, MemoFacet facet, GArray *result)
{
  for (MemoChoice choice = MEMO_CHOICE_ANY; choice <= MEMO_CHOICE_NONE; choice++)
    {
      const char *const *values = memo_filter_get_values (self->filter, facet, choice);

      for (guint i = 0; values[i] != NULL; i++)
        {
          guint node = memo_dict_find (self->index->dict, values[i]);
          MemoFacetCount count = count_of (counter, node, values[i]);

          g_array_append_val (result, count);
        }
    }
}

static GArray *
collect (MemoSelection *self, Counter *counter, MemoFacet facet)
{
  GArray *result = g_array_new (FALSE, FALSE, sizeof (MemoFacetCount));
  g_autoptr (GHashTable) values = NULL;
  GHashTableIter iter;
  gpointer value;

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
  values = find_values (counter);
  add_chosen (self, counter, facet, result);
  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    {
      const char *text = memo_dict_get (self->index->dict, GPOINTER_TO_UINT (value));
      MemoFacetCount count;

      if (is_chosen (self->filter, facet, text))
        continue;
      count = count_of (counter, GPOINTER_TO_UINT (value), text);
      if ((count.count > 0 || count.articles > 0 || count.annotations > 0) &&
          is_offered (self->index, facet, GPOINTER_TO_UINT (value), &count))
        g_array_append_val (result, count);
    }
  g_array_sort (result, compare_counts);
  return result;
}

static void
count_facet (MemoSelection *self, MemoMatches *matches, MemoFacet facet)
{
  Counter counter;

  counter_init (&counter, self, matches, facet);
  self->facets[facet] = collect (self, &counter, facet);
  counter_clear (&counter, self);
}

/* Facets and years do not know of each other: in a large library they are counted side by side. */
#define SIDE_BY_SIDE 100000 /* rows, from which on a second thread pays */

typedef struct
{
  MemoSelection *selection;
  MemoMatches *matches;
  int next; /* facet that nobody has taken yet, behind them the years; atomic */
} Counting;

static gpointer
count_some (gpointer data)
{
  Counting *counting = data;
  int facet;

  while ((facet = g_atomic_int_add (&counting->next, 1)) <= MEMO_N_FACETS)
    if (facet < MEMO_N_FACETS)
      count_facet (counting->selection, counting->matches, facet);
    else
      memo_selection_count_years (counting->selection);
  return NULL;
}

void
memo_selection_count (MemoSelection *self, MemoMatches *matches)
{
  Counting counting = { self, matches, 0 };
  gboolean large = memo_dict_get_size (self->index->dict) > SIDE_BY_SIDE && g_get_num_processors () > 1;
  /* When there is no thread to be had, it goes without. */
  GThread *second = large ? g_thread_try_new ("memo-facets", count_some, &counting, NULL) : NULL;

  count_some (&counting);
  if (second != NULL)
    g_thread_join (second);
}
