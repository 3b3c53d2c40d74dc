#include "model-fixture.h"
#include "model/memo-head.h"
#include "model/memo-record-list.h"

#include <locale.h>

/* What a list shows before the index is there. */

#define N 120

typedef struct
{
  MemoHead *head;
  gboolean opened;
  MemoLibrary *library;
  gboolean unseen; /* nobody says that the head was shown */
} Opening;

static void
head_cb (MemoHead *head, gpointer data)
{
  Opening *opening = data;

  g_assert_null (opening->head);
  /* It comes first, or it would be of no use. */
  g_assert_false (opening->opened);
  g_assert_null (memo_library_get_index (memo_head_get_library (head)));
  opening->head = g_object_ref (head);
  if (!opening->unseen)
    memo_head_set_shown (head);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Opening *opening = data;
  g_autoptr (GError) error = NULL;

  opening->library = memo_library_open_finish (result, &error);
  g_assert_no_error (error);
  opening->opened = TRUE;
}

static void
open_and_wait (const char *path, MemoKind kind, guint rows, Opening *opening)
{
  memo_library_open_with_head_async (path, MEMO_OPEN_DEFAULT, kind, rows, head_cb, NULL, opened_cb, opening);
  while (!opening->opened)
    g_main_context_iteration (NULL, TRUE);
}

static Opening
open_with_head (const char *path, MemoKind kind, guint rows)
{
  Opening opening = { NULL };

  open_and_wait (path, kind, rows, &opening);
  g_assert_true (opening.head == NULL || memo_head_get_library (opening.head) == opening.library);
  return opening;
}

static void
opening_clear (Opening *opening)
{
  g_clear_object (&opening->head);
  fixture_close (opening->library);
  fixture_end (opening->library);
}

static MemoRecord *
article (const char *title, const char *published)
{
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_ARTICLE, NULL);
  g_autoptr (MemoDate) date = memo_date_new (published, NULL);

  memo_record_builder_set_text (builder, MEMO_ARTICLE_TITLE, title);
  memo_record_builder_set_text (builder, MEMO_ARTICLE_TEXT, "Some words.");
  memo_record_builder_set_date (builder, MEMO_ARTICLE_PUBLISHED, date);
  return memo_record_builder_end (builder);
}

static MemoRecord *
annotation (MemoRecord *article_record, gint64 start)
{
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_ANNOTATION, NULL);

  memo_record_builder_set_text (builder, MEMO_ANNOTATION_ARTICLE, memo_record_get_uuid (article_record));
  memo_record_builder_set_int (builder, MEMO_ANNOTATION_START, start);
  memo_record_builder_set_int (builder, MEMO_ANNOTATION_END, start + 1);
  memo_record_builder_set_text (builder, MEMO_ANNOTATION_EXACT, "w");
  return memo_record_builder_end (builder);
}

static void
fill (MemoLibrary *library)
{
  static const char *const titles[] = { "Ilıman iklim", "İklim", "çay",   "Çay",   "ısı", "Ель",
                                        "Ёлка",         "ель",   "Apple", "zebra", "Öğle" };
  g_autoptr (MemoChange) change = memo_change_new ("Fill", NULL);

  for (guint i = 0; i < N; i++)
    {
      g_autofree char *title = g_strdup_printf ("%s %u", titles[i % G_N_ELEMENTS (titles)], i * 7 % 31);
      g_autofree char *published = i % 5 == 0 ? g_strdup_printf ("%u", 1990 + i % 30)
                                              : g_strdup_printf ("%u-%02u-%02u", 1990 + i % 30, 1 + i % 12, 1 + i % 28);
      g_autoptr (MemoRecord) record = article (title, published);

      memo_change_insert_article (change, record, NULL);
      for (guint k = 0; k < i % 4; k++)
        {
          g_autoptr (MemoRecord) mark = annotation (record, k);

          memo_change_insert (change, mark);
        }
    }
  fixture_apply (library, change);
}

/* What the list would be told after the index was read. (transfer full) */
static GArray *
keep (MemoLibrary *library, MemoKind kind, MemoSort sort, gboolean descending)
{
  g_autoptr (MemoFilter) filter = memo_filter_new ();
  g_autoptr (MemoSelection) selection = fixture_select (library, filter);
  GArray *ids = memo_selection_get_ids (selection, kind, sort, descending);

  memo_library_keep_head (library, selection, kind, sort, descending, ids);
  return ids;
}

static void
assert_begins (MemoHead *head, MemoKind kind, MemoSort sort, gboolean descending, GArray *ids, guint rows)
{
  g_autoptr (GArray) found = NULL;

  g_assert_nonnull (head);
  g_assert_true (memo_head_is_of (head, kind, sort, descending));
  g_assert_false (memo_head_is_of (head, kind, sort, !descending));
  g_assert_cmpuint (memo_head_get_total (head), ==, ids->len);
  found = memo_selection_get_ids (memo_head_get_selection (head), kind, sort, descending);
  g_assert_cmpuint (found->len, ==, MIN (rows, ids->len));
  g_assert_cmpmem (found->data, found->len * sizeof (gint64), ids->data, found->len * sizeof (gint64));
  g_assert_cmpuint (memo_head_get_records (head)->len, ==, found->len);
}

/* In every order and in every language: the rows that come first afterwards, with the same numbers beside them. */
static void
test_orders (void)
{
  static const struct
  {
    MemoSort sort;
    gboolean descending;
  } orders[] = {
    { MEMO_SORT_DATE, TRUE },        { MEMO_SORT_TITLE, FALSE },    { MEMO_SORT_AUTHOR, FALSE },
    { MEMO_SORT_OUTLET, FALSE },     { MEMO_SORT_LANGUAGE, FALSE }, { MEMO_SORT_KIND, FALSE },
    { MEMO_SORT_ANNOTATIONS, TRUE }, { MEMO_SORT_CREATED, TRUE },
  };
  static const char *const languages[] = { "en", "tr", "ru" };
  g_autofree char *path = fixture_path ("orders");
  MemoLibrary *library = fixture_open (path, MEMO_OPEN_CREATE);

  fill (library);
  fixture_close (library);
  fixture_end (library);
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_setenv ("LANGUAGE", languages[i], TRUE);
      for (guint k = 0; k < G_N_ELEMENTS (orders); k++)
        {
          MemoLibrary *first = fixture_open (path, MEMO_OPEN_DEFAULT);
          g_autoptr (GArray) ids = keep (first, MEMO_KIND_ARTICLE, orders[k].sort, orders[k].descending);
          Opening opening;
          MemoIndex *beginning, *index;

          g_assert_cmpuint (ids->len, ==, N);
          fixture_close (first);
          fixture_end (first);
          opening = open_with_head (path, MEMO_KIND_ARTICLE, 20);
          assert_begins (opening.head, MEMO_KIND_ARTICLE, orders[k].sort, orders[k].descending, ids, 20);
          beginning = memo_selection_get_index (memo_head_get_selection (opening.head));
          index = memo_library_get_index (opening.library);
          for (guint n = 0; n < 20; n++)
            g_assert_cmpuint (memo_index_get_annotations (beginning, g_array_index (ids, gint64, n)), ==,
                              memo_index_get_annotations (index, g_array_index (ids, gint64, n)));
          opening_clear (&opening);
        }
    }
  g_setenv ("LANGUAGE", "en", TRUE);
}

static MemoRecord *
agreement (const char *title, const char *signed_on, const char *package)
{
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_AGREEMENT, NULL);
  g_autoptr (MemoDate) date = memo_date_new (signed_on, NULL);

  memo_record_builder_set_text (builder, MEMO_AGREEMENT_TITLE, title);
  memo_record_builder_set_date (builder, MEMO_AGREEMENT_SIGNED, date);
  memo_record_builder_set_text (builder, MEMO_AGREEMENT_PACKAGE, package);
  return memo_record_builder_end (builder);
}

static MemoRecord *
evidence (MemoRecord *record, MemoRecord *mark)
{
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_EVIDENCE, NULL);

  memo_record_builder_set_text (builder, MEMO_EVIDENCE_RECORD, memo_record_get_uuid (record));
  memo_record_builder_set_text (builder, MEMO_EVIDENCE_ANNOTATION, memo_record_get_uuid (mark));
  return memo_record_builder_end (builder);
}

/* An agreement's row counts its sources and, of a package, what belongs to it. */
static void
test_agreements (void)
{
  g_autofree char *path = fixture_path ("agreements");
  MemoLibrary *library = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (MemoChange) change = memo_change_new ("Fill", NULL);
  g_autoptr (MemoRecord) package = agreement ("Package", "2024-05", NULL);
  g_autoptr (MemoRecord) inside = agreement ("Inside", "2024-05-02", memo_record_get_uuid (package));
  g_autoptr (MemoRecord) older = agreement ("Older", "2001", NULL);
  g_autoptr (MemoRecord) one = article ("One", "2024-05-03");
  g_autoptr (MemoRecord) two = article ("Two", "2024-05-04");
  g_autoptr (MemoRecord) first = annotation (one, 1);
  g_autoptr (MemoRecord) second = annotation (two, 1);
  g_autoptr (MemoRecord) says = evidence (package, first);
  g_autoptr (MemoRecord) confirms = evidence (package, second);
  g_autoptr (GArray) ids = NULL;
  Opening opening;
  MemoCounts then, now;
  gint64 id;

  memo_change_insert_article (change, one, NULL);
  memo_change_insert_article (change, two, NULL);
  memo_change_insert (change, first);
  memo_change_insert (change, second);
  memo_change_insert (change, package);
  memo_change_insert (change, inside);
  memo_change_insert (change, older);
  memo_change_insert (change, says);
  memo_change_insert (change, confirms);
  fixture_apply (library, change);
  ids = keep (library, MEMO_KIND_AGREEMENT, MEMO_SORT_DATE, TRUE);
  id = memo_index_get_id (memo_library_get_index (library), MEMO_KIND_AGREEMENT, memo_record_get_uuid (package));
  fixture_close (library);
  fixture_end (library);

  opening = open_with_head (path, MEMO_KIND_AGREEMENT, 20);
  assert_begins (opening.head, MEMO_KIND_AGREEMENT, MEMO_SORT_DATE, TRUE, ids, 20);
  g_assert_true (memo_index_get_counts (memo_selection_get_index (memo_head_get_selection (opening.head)), id, &then));
  g_assert_true (memo_index_get_counts (memo_library_get_index (opening.library), id, &now));
  g_assert_cmpuint (now.sources, ==, 2);
  g_assert_cmpuint (now.identified, ==, 1);
  g_assert_cmpmem (&then, sizeof then, &now, sizeof now);
  opening_clear (&opening);
}

static gboolean
has_head (const char *path)
{
  Opening opening = open_with_head (path, MEMO_KIND_ARTICLE, 20);
  gboolean has = opening.head != NULL;

  opening_clear (&opening);
  return has;
}

/* A library that is not as it was then shows nothing of then. */
static void
test_changed (void)
{
  g_autofree char *path = fixture_path ("changed");
  g_autoptr (MemoFilter) none = memo_filter_new ();
  g_autoptr (MemoFilter) filter = memo_filter_with (none, MEMO_FACET_LANGUAGE, MEMO_CHOICE_ANY, "de");
  MemoLibrary *library = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (MemoRecord) record = article ("Later", "2031-01-01");
  g_autoptr (GArray) ids = NULL, again = NULL;
  g_autoptr (MemoSelection) filtered = NULL, old = NULL;

  fill (library);
  g_assert_false (has_head (path));
  ids = keep (library, MEMO_KIND_ARTICLE, MEMO_SORT_DATE, TRUE);
  old = fixture_select (library, none);
  fixture_close (library);
  fixture_end (library);
  g_assert_true (has_head (path));

  /* Changed by somebody who shows no lists, as the command line. */
  library = fixture_open (path, MEMO_OPEN_DEFAULT);
  fixture_insert (library, "Add", record);
  /* What a filter lets through, and what an older index knows, is not what the list will begin with. */
  filtered = fixture_select (library, filter);
  g_array_set_size (ids, 1);
  memo_library_keep_head (library, filtered, MEMO_KIND_ARTICLE, MEMO_SORT_DATE, TRUE, ids);
  memo_library_keep_head (library, old, MEMO_KIND_ARTICLE, MEMO_SORT_DATE, TRUE, ids);
  fixture_close (library);
  fixture_end (library);
  g_assert_false (has_head (path));

  /* Shown, changed, and shown again: the last is what counts, and is written at the closing. */
  library = fixture_open (path, MEMO_OPEN_DEFAULT);
  g_array_unref (keep (library, MEMO_KIND_ARTICLE, MEMO_SORT_DATE, TRUE));
  g_free (fixture_walk (library, TRUE, NULL));
  again = keep (library, MEMO_KIND_ARTICLE, MEMO_SORT_TITLE, FALSE);
  fixture_close (library);
  fixture_end (library);
  {
    Opening opening = open_with_head (path, MEMO_KIND_ARTICLE, 20);

    assert_begins (opening.head, MEMO_KIND_ARTICLE, MEMO_SORT_TITLE, FALSE, again, 20);
    opening_clear (&opening);
  }
  /* Titles have other places in another language. */
  g_setenv ("LANGUAGE", "tr", TRUE);
  g_assert_false (has_head (path));
  g_setenv ("LANGUAGE", "en", TRUE);
  g_assert_true (has_head (path));
}

/* Whatever stands where it is kept, a library opens, and no row is made up. */
static void
test_damaged (void)
{
  static const char *const texts[] = {
    "", "(", "[]", "('', 1)", "('0.1.0 en', 0, 1, true, 3, [1, 2, 3])", "nonsense\n"
  };
  g_autofree char *path = fixture_path ("damaged");
  MemoLibrary *library = fixture_open (path, MEMO_OPEN_CREATE);

  fill (library);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      memo_library_set_state (library, "head-article", texts[i]);
      fixture_close (library);
      fixture_end (library);
      g_assert_false (has_head (path));
      library = fixture_open (path, MEMO_OPEN_DEFAULT);
    }
  fixture_close (library);
  fixture_end (library);
}

/* Rows are the same objects before the index is there and after. */
static void
test_rows (void)
{
  g_autofree char *path = fixture_path ("rows");
  MemoLibrary *library = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (GArray) ids = NULL, few = NULL;
  g_autoptr (MemoRecordList) list = NULL;
  g_autoptr (MemoRow) before = NULL;
  g_autoptr (MemoRow) after = NULL;
  Opening opening;

  fill (library);
  ids = keep (library, MEMO_KIND_ARTICLE, MEMO_SORT_TITLE, FALSE);
  fixture_close (library);
  fixture_end (library);
  opening = open_with_head (path, MEMO_KIND_ARTICLE, 20);
  list = memo_record_list_new (opening.library, MEMO_KIND_ARTICLE);
  few = memo_selection_get_ids (memo_head_get_selection (opening.head), MEMO_KIND_ARTICLE, MEMO_SORT_TITLE, FALSE);
  memo_record_list_add_records (list, memo_head_get_records (opening.head));
  memo_record_list_set_ids (list, few);
  before = g_list_model_get_item (G_LIST_MODEL (list), 7);
  g_assert_nonnull (memo_row_get_record (before));
  g_assert_cmpint (memo_record_get_id (memo_row_get_record (before)), ==, g_array_index (ids, gint64, 7));
  memo_record_list_set_ids (list, ids);
  after = g_list_model_get_item (G_LIST_MODEL (list), 7);
  g_assert_true (after == before);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, N);
  g_clear_object (&before);
  g_clear_object (&after);
  g_clear_object (&list);
  opening_clear (&opening);
}

/* Seconds that the library takes once its head is there, the least of three tries. @unseen: nobody says that it was shown. */
static double
time_opening (const char *path, gboolean unseen)
{
  double least = G_MAXDOUBLE;

  for (guint i = 0; i < 3; i++)
    {
      Opening opening = { .unseen = unseen };

      g_test_timer_start ();
      open_and_wait (path, MEMO_KIND_ARTICLE, 20, &opening);
      least = MIN (least, g_test_timer_elapsed ());
      g_assert_nonnull (opening.head);
      opening_clear (&opening);
    }
  return least;
}

/* The index is read when the head was shown; half a second later in any case. */
static void
test_held (void)
{
  g_autofree char *path = fixture_path ("held");
  MemoLibrary *library = fixture_open (path, MEMO_OPEN_CREATE);
  g_autoptr (GArray) ids = NULL;
  double seen, unseen;

  fill (library);
  ids = keep (library, MEMO_KIND_ARTICLE, MEMO_SORT_DATE, TRUE);
  fixture_close (library);
  fixture_end (library);
  seen = time_opening (path, FALSE);
  unseen = time_opening (path, TRUE);
  g_test_message ("shown %.3f s, never shown %.3f s", seen, unseen);
  g_assert_cmpfloat (unseen, >=, 0.5);
  g_assert_cmpfloat (seen, <, 0.5);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_add_func ("/head/orders", test_orders);
  g_test_add_func ("/head/agreements", test_agreements);
  g_test_add_func ("/head/changed", test_changed);
  g_test_add_func ("/head/damaged", test_damaged);
  g_test_add_func ("/head/rows", test_rows);
  g_test_add_func ("/head/held", test_held);
  return fixture_run ();
}
