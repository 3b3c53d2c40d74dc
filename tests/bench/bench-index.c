/* Row 5: a filter with all its facet counts over a register in memory, beside one pass over one column of as many rows; and how
 * long the index takes to learn of an edit. */
#include "memo-bench.h"

#include "model/memo-index-private.h"
#include "model/memo-seed.h"

#define RUNS 15

static MemoRecord *
with_id (MemoRecord *record, gint64 id)
{
  MemoRecordBuilder *builder = memo_record_builder_edit (record);

  memo_record_builder_set_identity (builder, id, id, id, 0, FALSE);
  return memo_record_builder_end (builder);
}

static MemoIndex *
make_index (MemoGenerate *generate)
{
  MemoIndexBuilder *builder = memo_index_builder_new (NULL, NULL);
  g_autoptr (MemoChange) seed = memo_seed_change ();
  GArray *steps = memo_change_get_steps (seed);
  static const MemoKind kinds[] = { MEMO_KIND_BODY, MEMO_KIND_AGREEMENT, MEMO_KIND_FOLLOW_UP, MEMO_KIND_EVENT };
  gint64 id = 0;

  for (guint i = 0; i < steps->len; i++)
    {
      g_autoptr (MemoRecord) saved = with_id (g_array_index (steps, MemoStep, i).record, ++id);

      memo_index_builder_put (builder, saved);
    }
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (guint i = 0; i < memo_generate_get_n (generate, kinds[k]); i++)
      {
        g_autoptr (MemoRecord) record = memo_generate_record (generate, kinds[k], i);
        g_autoptr (MemoRecord) saved = with_id (record, ++id);

        memo_index_builder_put (builder, saved);
      }
  return memo_index_builder_end (builder);
}

/* All that the filter pane shows. */
static double
measure_filter (MemoIndex *index, MemoFilter *filter)
{
  double start = memo_bench_now ();
  g_autoptr (MemoSelection) selection = memo_index_select (index, filter, NULL);

  for (MemoFacet facet = 0; facet < MEMO_N_FACETS; facet++)
    memo_selection_get_facet (selection, facet);
  memo_selection_get_years (selection);
  g_assert_cmpuint (memo_selection_get_count (selection, MEMO_KIND_AGREEMENT), >, 0);
  return memo_bench_now () - start;
}

static MemoFilter *
make_filter (guint number, const char *sector, const char *party)
{
  g_autoptr (MemoFilter) filter = memo_filter_new ();
  g_autoptr (MemoFilter) first = NULL;

  if (number == 0)
    return g_steal_pointer (&filter);
  if (number == 1)
    return memo_filter_with (filter, MEMO_FACET_STATUS, MEMO_CHOICE_ANY, "in_force");
  first = memo_filter_with (filter, MEMO_FACET_SECTOR, MEMO_CHOICE_ANY, sector);
  return memo_filter_with (first, MEMO_FACET_PARTY, MEMO_CHOICE_ANY, party);
}

static double
measure_floor (const guint32 *column, guint n)
{
  double start = memo_bench_now ();
  guint32 wanted = column[n / 2];
  volatile guint found = 0;
  guint count = 0;

  for (guint i = 0; i < n; i++)
    count += column[i] == wanted;
  found = count;
  g_assert_cmpuint (found, >, 0);
  return memo_bench_now () - start;
}

/* One agreement is edited: until there is a snapshot that knows it. */
static double
measure_edit (MemoIndex *index, MemoGenerate *generate, guint run)
{
  guint number = memo_generate_get_n (generate, MEMO_KIND_AGREEMENT) / (run + 2);
  g_autoptr (MemoRecord) record = memo_generate_record (generate, MEMO_KIND_AGREEMENT, number);
  gint64 id = memo_index_get_id (index, MEMO_KIND_AGREEMENT, memo_record_get_uuid (record));
  MemoRecordBuilder *edit = memo_record_builder_edit (record);
  g_autoptr (MemoRecord) edited = NULL;
  g_autoptr (MemoRecord) saved = NULL;
  g_autoptr (MemoIndex) next = NULL;
  MemoIndexBuilder *builder;
  double start, took;

  memo_record_builder_set_text (edit, MEMO_AGREEMENT_STATUS, run % 2 == 0 ? "suspended" : "ended");
  edited = memo_record_builder_end (edit);
  saved = with_id (edited, id);
  start = memo_bench_now ();
  builder = memo_index_builder_new (index, NULL);
  memo_index_builder_put (builder, saved);
  next = memo_index_builder_end (builder);
  took = memo_bench_now () - start;
  g_assert_cmpuint (memo_index_get_n (next, MEMO_KIND_AGREEMENT), ==, memo_index_get_n (index, MEMO_KIND_AGREEMENT));
  return took;
}

static void
measure (MemoBench *bench, guint n, const char *name)
{
  MemoGenerateSize size = { .agreements = n, .events = n / 10 };
  g_autoptr (MemoGenerate) generate = memo_generate_new (&size, 1);
  g_autoptr (MemoIndex) index = make_index (generate);
  g_autofree guint32 *column = g_new (guint32, n);
  g_autoptr (GArray) edits = memo_bench_times_new ();
  g_autoptr (MemoRecord) like = memo_generate_record (generate, MEMO_KIND_AGREEMENT, 7);
  const char *sector = memo_record_get_texts (like, MEMO_AGREEMENT_SECTORS)[0];
  const char *party = memo_record_get_texts (like, MEMO_AGREEMENT_PARTIES)[0];
  static const char *const names[] = { "filter and facets: nothing chosen", "filter and facets: a status",
                                       "filter and facets: a sector and a party" };
  for (guint i = 0; i < n; i++)
    column[i] = i * 2654435761u >> 29;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GArray) times = memo_bench_times_new ();
      g_autoptr (GArray) floors = memo_bench_times_new ();
      g_autoptr (MemoFilter) filter = make_filter (i, sector, party);
      g_autofree char *extra = NULL;

      for (guint run = 0; run < RUNS; run++)
        {
          memo_bench_add (times, measure_filter (index, filter));
          memo_bench_add (floors, measure_floor (column, n));
        }
      extra = g_strdup_printf ("\"most\":%.3f", memo_bench_percentile (times, 1));
      memo_bench_report (bench, &(MemoBenchRow){ .row = 5,
                                                 .what = names[i],
                                                 .size = name,
                                                 .unit = "ms",
                                                 .figure = memo_bench_percentile (times, 0.5),
                                                 .floor = memo_bench_percentile (floors, 0.5),
                                                 .type = MEMO_LIMIT_FIGURE,
                                                 .limit = 16,
                                                 .extra = extra });
    }
  for (guint run = 0; run < RUNS; run++)
    memo_bench_add (edits, measure_edit (index, generate, run));
  memo_bench_report (bench, &(MemoBenchRow){ .row = 5,
                                             .what = "index after an edit of one agreement",
                                             .size = name,
                                             .unit = "ms",
                                             .figure = memo_bench_percentile (edits, 0.5),
                                             .type = MEMO_LIMIT_FIGURE,
                                             .limit = 5 });
}

int
main (int argc, char **argv)
{
  MemoBench *bench = memo_bench_new ("index");

  measure (bench, 100000, "100,000");
  measure (bench, 1000000, "1,000,000");
  return memo_bench_end (bench);
}
