#include "model-fixture.h"

/* Random edits, undo and redo in a library that stays open: its index, brought up to date step by step, must say the same as
 * that of a library just opened. */

#define STEPS 120
#define FRESH 12 /* steps between two fresh looks */

static const MemoKind kinds[] = { MEMO_KIND_ARTICLE, MEMO_KIND_ANNOTATION, MEMO_KIND_AGREEMENT, MEMO_KIND_FOLLOW_UP,
                                  MEMO_KIND_EVENT,   MEMO_KIND_BODY,       MEMO_KIND_EVIDENCE,  MEMO_KIND_NOTE,
                                  MEMO_KIND_PARTY,   MEMO_KIND_SECTOR };

typedef struct
{
  GRand *rand;
  MemoLibrary *library;
  GPtrArray *uuids[MEMO_N_KINDS]; /* all that were ever made */
} Run;

static guint
draw (Run *run, guint n)
{
  return g_rand_int_range (run->rand, 0, n);
}

static const char *
draw_uuid (Run *run, MemoKind kind)
{
  GPtrArray *uuids = run->uuids[kind];

  return uuids->len > 0 ? g_ptr_array_index (uuids, draw (run, uuids->len)) : NULL;
}

/* Fills every field that the index reads from what is there. */
static void
fill (Run *run, MemoKind kind, MemoRecordBuilder *builder)
{
  static const char *const names[] = { "sectors", "parties", "authors", "speaker", "article",   "agreement",
                                       "record",  "body",    "package", "parent",  "annotation" };
  static const MemoKind targets[] = { MEMO_KIND_SECTOR,    MEMO_KIND_PARTY,     MEMO_KIND_PARTY,     MEMO_KIND_PARTY,
                                      MEMO_KIND_ARTICLE,   MEMO_KIND_AGREEMENT, MEMO_KIND_AGREEMENT, MEMO_KIND_BODY,
                                      MEMO_KIND_AGREEMENT, MEMO_KIND_SECTOR,    MEMO_KIND_ANNOTATION };
  static const char *const dates[] = { "signed", "published", "when", "founded", "date", "ends" };
  static const char *const tags[] = { "oil", "gas", NULL };
  int field;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *uuid = draw_uuid (run, targets[i]);

      field = memo_kind_find_field (kind, names[i]);
      if (field >= 0 && uuid != NULL && draw (run, 5) != 0)
        g_assert_true (memo_record_builder_set_stored (builder, field, uuid, NULL));
    }
  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autofree char *date = g_strdup_printf ("%u", 1990 + draw (run, 40));

      field = memo_kind_find_field (kind, dates[i]);
      if (field >= 0 && draw (run, 3) != 0)
        g_assert_true (memo_record_builder_set_stored (builder, field, date, NULL));
    }
  field = memo_kind_find_field (kind, "tags");
  if (field >= 0)
    memo_record_builder_set_texts (builder, field, tags + draw (run, 3));
  field = memo_kind_find_field (kind, "status");
  if (field >= 0)
    memo_record_builder_set_text (builder, field, draw (run, 2) ? "signed" : "ended");
  field = memo_kind_get_title_field (kind);
  if (field >= 0)
    {
      g_autofree char *title = g_strdup_printf ("%s %u", memo_kind_get_name (kind), draw (run, 1000));

      memo_record_builder_set_text (builder, field, title);
    }
}

static void
add_step (Run *run, MemoChange *change)
{
  MemoKind kind = kinds[draw (run, G_N_ELEMENTS (kinds))];
  const char *uuid = draw_uuid (run, kind);
  guint what = draw (run, 10);
  MemoRecordBuilder *builder;
  g_autoptr (MemoRecord) base = NULL;
  g_autoptr (MemoRecord) record = NULL;

  if (uuid == NULL || what < 5)
    {
      builder = memo_record_builder_new (kind, NULL);
      fill (run, kind, builder);
      record = memo_record_builder_end (builder);
      g_ptr_array_add (run->uuids[kind], g_strdup (memo_record_get_uuid (record)));
      memo_change_insert (change, record);
      return;
    }
  base = fixture_get (run->library, uuid, TRUE, NULL);
  if (base == NULL)
    return;
  if (memo_record_get_deleted (base) != 0)
    memo_change_restore (change, base);
  else if (what < 7)
    memo_change_trash (change, base);
  else
    {
      builder = memo_record_builder_edit (base);
      fill (run, kind, builder);
      record = memo_record_builder_end (builder);
      memo_change_update (change, base, record);
    }
}

static void
take_step (Run *run)
{
  guint what = draw (run, 10);
  g_autoptr (MemoChange) change = NULL;

  if (what < 2 && fixture_flag (run->library, "can-undo"))
    {
      g_autofree char *name = fixture_walk (run->library, TRUE, NULL);

      g_assert_nonnull (name);
      return;
    }
  if (what == 2 && fixture_flag (run->library, "can-redo"))
    {
      g_autofree char *name = fixture_walk (run->library, FALSE, NULL);

      g_assert_nonnull (name);
      return;
    }
  change = memo_change_new ("Edit", NULL);
  add_step (run, change);
  fixture_apply (run->library, change);
}

/* All that the index says, as text. */
static char *
describe (MemoLibrary *library, const char *filter_json)
{
  g_autoptr (MemoFilter) filter = memo_filter_from_json (filter_json, NULL);
  g_autoptr (MemoSelection) selection = fixture_select (library, filter);
  MemoIndex *index = memo_library_get_index (library);
  GString *text = g_string_new (NULL);
  GArray *entries = memo_selection_get_entries (selection);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GArray) ids = memo_selection_get_ids (selection, kinds[i], MEMO_SORT_TITLE, FALSE);

      g_string_append_printf (text, "\n%s %u:", memo_kind_get_name (kinds[i]), memo_index_get_n (index, kinds[i]));
      for (guint k = 0; k < ids->len; k++)
        {
          gint64 id = g_array_index (ids, gint64, k);
          MemoCounts counts = { 0 };

          memo_index_get_counts (index, kinds[i] == MEMO_KIND_AGREEMENT ? id : 0, &counts);
          g_string_append_printf (text, " %s (%u %u %u %u %u)", memo_index_get_uuid (index, kinds[i], id),
                                  counts.evidence, counts.sources, counts.independent, counts.identified,
                                  kinds[i] == MEMO_KIND_ARTICLE ? memo_index_get_annotations (index, id) : 0);
        }
    }
  for (MemoFacet facet = 0; facet < MEMO_N_FACETS; facet++)
    {
      GArray *counts = memo_selection_get_facet (selection, facet);

      g_string_append_printf (text, "\n%s:", memo_facet_get_name (facet));
      for (guint i = 0; i < counts->len; i++)
        {
          MemoFacetCount *count = &g_array_index (counts, MemoFacetCount, i);

          g_string_append_printf (text, " %s %u %u %u", count->value, count->count, count->articles,
                                  count->annotations);
        }
    }
  for (guint i = 0; i < entries->len; i++)
    {
      MemoEntry *entry = &g_array_index (entries, MemoEntry, i);

      g_string_append_printf (text, "\n%s %s %d %d", entry->uuid, entry->title, entry->first, entry->last);
    }
  return g_string_free (text, FALSE);
}

static void
test_follows (void)
{
  g_autofree char *path = fixture_path ("follows.memorandum");
  Run run = { g_rand_new_with_seed (20251128), fixture_open (path, MEMO_OPEN_CREATE) };

  for (MemoKind kind = 0; kind < MEMO_N_KINDS; kind++)
    run.uuids[kind] = g_ptr_array_new_with_free_func (g_free);
  for (guint step = 1; step <= STEPS; step++)
    {
      take_step (&run);
      if (step % FRESH == 0)
        {
          static const char *const filters[] = { "{}", "{\"tag\":{\"any\":[\"oil\"]}}",
                                                 "{\"status\":{\"none\":[\"ended\"]},\"from\":\"2005\"}" };
          g_autoptr (MemoLibrary) fresh = fixture_open (path, MEMO_OPEN_READ_ONLY);

          for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
            {
              g_autofree char *followed = describe (run.library, filters[i]);
              g_autofree char *read = describe (fresh, filters[i]);

              g_assert_cmpstr (followed, ==, read);
            }
          fixture_close (fresh);
        }
    }
  for (MemoKind kind = 0; kind < MEMO_N_KINDS; kind++)
    g_ptr_array_unref (run.uuids[kind]);
  fixture_close (run.library);
  g_object_unref (run.library);
  g_rand_free (run.rand);
}

static void
changed_cb (MemoLibrary *library, MemoNotice *notice, gboolean *ret_all)
{
  *ret_all |= memo_notice_is_everything (notice);
}

/* A large library is there before its annotations are. */
static void
test_at_once (void)
{
  g_autofree char *path = fixture_path ("large.memorandum");
  g_autoptr (MemoLibrary) library = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (MemoChange) change = memo_change_new ("Fill", NULL);
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_ARTICLE, NULL);
  g_autoptr (MemoRecord) article = NULL;
  g_autoptr (MemoSelection) selection = NULL;
  g_autoptr (MemoFilter) filter = memo_filter_new ();
  GArray *sources;
  gboolean all = FALSE;

  memo_record_builder_set_text (builder, MEMO_ARTICLE_TITLE, "Ports");
  article = memo_record_builder_end (builder);
  memo_change_insert (change, article);
  for (guint i = 0; i < 1200; i++)
    {
      g_autoptr (MemoRecord) annotation = NULL;

      builder = memo_record_builder_new (MEMO_KIND_ANNOTATION, NULL);
      memo_record_builder_set_text (builder, MEMO_ANNOTATION_ARTICLE, memo_record_get_uuid (article));
      memo_record_builder_set_int (builder, MEMO_ANNOTATION_START, i);
      annotation = memo_record_builder_end (builder);
      memo_change_insert (change, annotation);
    }
  fixture_apply (library, change);
  fixture_close (library);
  g_clear_object (&library);

  library = fixture_open (path, MEMO_OPEN_AT_ONCE);
  g_assert_true (fixture_flag (library, "loading"));
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (library), MEMO_KIND_ARTICLE), ==, 1);
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (library), MEMO_KIND_ANNOTATION), ==, 0);
  g_signal_connect (library, "changed", G_CALLBACK (changed_cb), &all);
  while (!all)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (fixture_flag (library, "loading"));
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (library), MEMO_KIND_ANNOTATION), ==, 1200);
  selection = fixture_select (library, filter);
  g_assert_cmpuint (memo_selection_get_count (selection, MEMO_KIND_ANNOTATION), ==, 1200);
  sources = memo_selection_get_facet (selection, MEMO_FACET_SOURCE);
  g_assert_cmpuint (sources->len, ==, 0);
  fixture_close (library);
}

int
main (int argc, char *argv[])
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/indexer/follows", test_follows);
  g_test_add_func ("/indexer/at-once", test_at_once);
  return fixture_run ();
}
