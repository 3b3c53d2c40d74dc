#include "views-fixture.h"

#include "ui/sectors/memo-sectors-table.h"

static int
find_row (MemoSectorsTable *table, const char *name)
{
  for (guint i = 0; i < table->rows->len; i++)
    if (g_str_equal (((MemoSectorsRow *) g_ptr_array_index (table->rows, i))->name, name))
      return i;
  return -1;
}

static const MemoSectorsRow *
get_row (MemoSectorsTable *table, const char *name)
{
  int row = find_row (table, name);

  g_assert_cmpint (row, >=, 0);
  return g_ptr_array_index (table->rows, row);
}

static int
find_column (MemoSectorsTable *table, const char *name)
{
  for (guint i = 0; i < table->columns->len; i++)
    if (g_str_equal (g_array_index (table->columns, MemoSectorsColumn, i).name, name))
      return i;
  return -1;
}

static void
test_years (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (MemoSectorsTable) table = NULL, narrow = NULL;
  g_autofree char *footer = NULL;
  MemoSelection *selection;
  const MemoSectorsRow *air, *transport, *all;
  guint sum = 0;

  views_fill (fixture->session);
  selection = memo_session_get_selection (fixture->session);
  table = memo_sectors_table_new (selection, MEMO_ACROSS_YEAR, NULL, 40, 2026, NULL, FALSE);
  air = get_row (table, "Air transport");
  transport = get_row (table, "Transport and storage");
  all = get_row (table, "All agreements");
  g_assert_cmpuint (air->depth, ==, 1);
  g_assert_true (transport->parent);
  g_assert_cmpuint (air->total, ==, transport->total);
  g_assert_cmpuint (air->counts[find_column (table, "2025")], ==, 2);
  g_assert_cmpuint (all->total, ==, 49);
  g_assert_cmpuint (table->undated, ==, 2);
  for (guint i = 0; i < table->columns->len; i++)
    sum += all->counts[i];
  g_assert_cmpuint (sum, ==, 47);

  /* Less room: the early years share a column, and nothing is lost. */
  narrow = memo_sectors_table_new (selection, MEMO_ACROSS_YEAR, NULL, 5, 2026, NULL, FALSE);
  g_assert_cmpuint (narrow->columns->len, ==, 5);
  all = get_row (narrow, "All agreements");
  sum = 0;
  for (guint i = 0; i < narrow->columns->len; i++)
    sum += all->counts[i];
  g_assert_cmpuint (sum, ==, 47);

  footer = memo_sectors_table_make_footer (table, selection);
  g_assert_cmpstr (footer, ==,
                   "Counts are records. Packages declare 54 agreements. Of these 3 are identified. "
                   "2 undated records are not in the columns.");
}

static void
test_later (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (MemoSectorsTable) table = NULL;
  const MemoSectorsColumn *last;

  views_fill (fixture->session);
  table = memo_sectors_table_new (memo_session_get_selection (fixture->session), MEMO_ACROSS_YEAR, NULL, 6, 2020, NULL,
                                  FALSE);
  g_assert_cmpuint (table->columns->len, ==, 6);
  last = &g_array_index (table->columns, MemoSectorsColumn, 5);
  g_assert_cmpint (last->from, ==, 2021);
  g_assert_cmpstr (last->label, ==, "→ 2025");
}

static void
test_parties (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (MemoSectorsTable) table = NULL;
  g_autoptr (MemoMatrix) matrix = NULL;
  const MemoSectorsRow *health;

  views_fill (fixture->session);
  matrix = memo_matrix_new (memo_session_get_selection (fixture->session), MEMO_FACET_PARTY);
  table = memo_sectors_table_new (memo_session_get_selection (fixture->session), MEMO_ACROSS_PARTY, matrix, 10, 2026,
                                  NULL, FALSE);
  health = get_row (table, "Health");
  g_assert_cmpstr (g_array_index (table->columns, MemoSectorsColumn, 0).label, ==, "RU");
  g_assert_cmpuint (health->counts[0], ==, health->total);
  g_assert_cmpint (find_column (table, "Cuba"), >, 0);
}

static void
test_fold (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) folded = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (MemoSectorsTable) table = NULL, all = NULL;
  MemoSelection *selection;
  guint n;

  views_fill (fixture->session);
  selection = memo_session_get_selection (fixture->session);
  table = memo_sectors_table_new (selection, MEMO_ACROSS_YEAR, NULL, 9, 2026, NULL, TRUE);
  n = memo_index_get_records (memo_selection_get_index (selection), MEMO_KIND_SECTOR)->len;
  g_assert_cmpuint (table->rows->len, ==, n + 1);
  g_hash_table_add (folded, get_row (table, "Transport and storage")->uuid);
  all = memo_sectors_table_new (selection, MEMO_ACROSS_YEAR, NULL, 9, 2026, folded, TRUE);
  g_assert_cmpint (find_row (all, "Air transport"), ==, -1);
  g_assert_cmpint (find_row (all, "Transport and storage"), >=, 0);
}

static void
test_filter (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (MemoSectorsTable) table = NULL;
  g_autoptr (MemoFilter) empty = memo_filter_new (), filter = NULL, row = NULL;
  int health;

  views_fill (fixture->session);
  table = memo_sectors_table_new (memo_session_get_selection (fixture->session), MEMO_ACROSS_YEAR, NULL, 40, 2026, NULL,
                                  FALSE);
  health = find_row (table, "Health");
  filter = memo_sectors_table_make_filter (table, empty, health, find_column (table, "2025"));
  g_assert_cmpstr (memo_filter_get_values (filter, MEMO_FACET_SECTOR, MEMO_CHOICE_ANY)[0], ==,
                   get_row (table, "Health")->uuid);
  g_assert_cmpstr (memo_date_get_edtf (memo_filter_get_from (filter)), ==, "2025");
  g_assert_cmpstr (memo_date_get_edtf (memo_filter_get_to (filter)), ==, "2025");
  /* The cell's count is what the register then has. */
  memo_session_set_filter (fixture->session, filter);
  ui_wait_until (ui_has_selection, fixture->session);
  g_assert_cmpuint (memo_selection_get_count (memo_session_get_selection (fixture->session), MEMO_KIND_AGREEMENT), ==,
                    get_row (table, "Health")->counts[find_column (table, "2025")]);

  row = memo_sectors_table_make_filter (table, filter, find_row (table, "Energy"), -1);
  g_assert_cmpuint (g_strv_length ((char **) memo_filter_get_values (row, MEMO_FACET_SECTOR, MEMO_CHOICE_ANY)), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, UiFixture, NULL, ui_fixture_set_up, func, ui_fixture_tear_down)
  ADD ("/sectors/table/years", test_years);
  ADD ("/sectors/table/later", test_later);
  ADD ("/sectors/table/parties", test_parties);
  ADD ("/sectors/table/fold", test_fold);
  ADD ("/sectors/table/filter", test_filter);
  return g_test_run ();
}
