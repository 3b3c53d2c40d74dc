#include "action-fixture.h"

#include "base/memo-error.h"

static MemoLibrary *library;

static MemoIndex *
get_index (void)
{
  return memo_library_get_index (library);
}

/* Three that differ. */
static GPtrArray *
add_three (void)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (records, ADD (library, MEMO_KIND_AGREEMENT, { "title", "Vaccines" }, { "party", "RU" },
                                 { "party", "VE" }, { "sector", "health" }, { "status", "signed" }, { "tag", "draft" },
                                 { "role", "VE=host" }, { "signed", "28 Kasım 2025" }));
  g_ptr_array_add (records, ADD (library, MEMO_KIND_AGREEMENT, { "title", "Oil" }, { "party", "VE" },
                                 { "sector", "energy" }, { "sector", "health" }, { "status", "in force" }));
  g_ptr_array_add (records, ADD (library, MEMO_KIND_AGREEMENT, { "title", "Flights" }, { "party", "TR" },
                                 { "party", "VE" }, { "status", "in force" }, { "tag", "air" }, { "tag", "draft" }));
  return records;
}

static GPtrArray *
read_again (GPtrArray *records)
{
  GPtrArray *read = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (read, get (library, memo_record_get_uuid (records->pdata[i])));
  return read;
}

/* @words: names of parties, sectors or tags with spaces between. */
static void
assert_list (MemoRecord *record, MemoField field, const char *words)
{
  g_auto (GStrv) expected = g_strsplit (words, " ", -1);
  const char *const *values = memo_record_get_texts (record, field);
  guint n = *words ? g_strv_length (expected) : 0;

  g_assert_cmpuint (g_strv_length ((GStrv) values), ==, n);
  for (guint i = 0; i < n; i++)
    {
      MemoRecord *named = field == MEMO_AGREEMENT_PARTIES   ? memo_index_find_party (get_index (), expected[i])
                          : field == MEMO_AGREEMENT_SECTORS ? memo_index_find_sector (get_index (), expected[i])
                                                            : NULL;

      g_assert_cmpstr (values[i], ==, named ? memo_record_get_uuid (named) : expected[i]);
    }
}

static void
assert_as_before (GPtrArray *records)
{
  g_autoptr (GPtrArray) read = read_again (records);
  guint n;

  memo_kind_get_fields (MEMO_KIND_AGREEMENT, &n);
  for (guint i = 0; i < records->len; i++)
    for (guint k = 0; k < n; k++)
      g_assert_true (memo_record_field_equal (records->pdata[i], read->pdata[i], MEMO_FIELD (MEMO_KIND_AGREEMENT, k)));
}

#define EDIT(records, ret_changed, error, ...)                                                                         \
  memo_action_edit_many (get_index (), records, (const MemoValue[]){ __VA_ARGS__ },                                    \
                         G_N_ELEMENTS (((const MemoValue[]){ __VA_ARGS__ })), ret_changed, error)

static void
test_lists (void)
{
  g_autoptr (GPtrArray) records = add_three (), read = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *undone = NULL;
  guint changed, n_parties = memo_index_get_n (get_index (), MEMO_KIND_PARTY);

  apply (library,
         EDIT (records, &changed, &error, { "add_party", "Türkiye" }, { "add-party", "New Holding" },
               { "remove_party", "Венесуэла" }, { "Add sector", "SMEs" }, { "remove_sector", "Sağlık" },
               { "add_tag", "checked" }, { "remove_tag", "draft" }),
         error);
  g_assert_cmpuint (changed, ==, 3);
  read = read_again (records);
  g_assert_cmpuint (memo_index_get_n (get_index (), MEMO_KIND_PARTY), ==, n_parties + 1);
  MemoRecord *holding = memo_index_find_party (get_index (), "New Holding");
  g_autofree char *made = g_strdup_printf ("RU TR %s", memo_record_get_uuid (holding));
  g_autofree char *kept = g_strdup_printf ("TR %s", memo_record_get_uuid (holding));

  assert_list (read->pdata[0], MEMO_AGREEMENT_PARTIES, made);
  assert_list (read->pdata[1], MEMO_AGREEMENT_PARTIES, kept);
  assert_list (read->pdata[2], MEMO_AGREEMENT_PARTIES, kept);
  g_autofree char *smes = g_strdup (memo_record_get_uuid (memo_action_find_sector (get_index (), "SMEs")));
  g_autofree char *both = g_strdup_printf ("energy %s", smes);

  assert_list (read->pdata[0], MEMO_AGREEMENT_SECTORS, smes);
  assert_list (read->pdata[1], MEMO_AGREEMENT_SECTORS, both);
  assert_list (read->pdata[2], MEMO_AGREEMENT_TAGS, "air checked");
  /* Who takes no part has no role, and what was not said is as it was written. */
  g_assert_null (memo_record_get_text (read->pdata[0], MEMO_AGREEMENT_ROLES));
  g_assert_cmpstr (memo_date_get_written (memo_record_get_date (read->pdata[0], MEMO_AGREEMENT_SIGNED)), ==,
                   "28 Kasım 2025");
  g_assert_cmpstr (memo_record_get_text (read->pdata[0], MEMO_AGREEMENT_STATUS), ==, "signed");

  undone = fixture_walk (library, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (undone, ==, "Edit agreements");
  assert_as_before (records);
  g_assert_cmpuint (memo_index_get_n (get_index (), MEMO_KIND_PARTY), ==, n_parties);
}

static void
test_values (void)
{
  g_autoptr (MemoRecord) package = ADD (library, MEMO_KIND_AGREEMENT, { "title", "Many" }, { "declared", "12" });
  g_autoptr (GPtrArray) records = add_three (), read = NULL;
  g_autoptr (GError) error = NULL;
  guint changed, n_history = memo_index_get_n (get_index (), MEMO_KIND_FOLLOW_UP);

  apply (library,
         EDIT (records, &changed, &error, { "status", "In force" }, { "kind", "Protocol" },
               { "body", "New Forum (NF)" }, { "package", memo_record_get_uuid (package) }, { "session", "XIX" }),
         error);
  g_assert_cmpuint (changed, ==, 3);
  read = read_again (records);
  for (guint i = 0; i < read->len; i++)
    {
      g_assert_cmpstr (memo_record_get_text (read->pdata[i], MEMO_AGREEMENT_KIND), ==, "protocol");
      g_assert_cmpstr (memo_record_get_text (read->pdata[i], MEMO_AGREEMENT_BODY), ==,
                       memo_record_get_uuid (memo_index_find_body (get_index (), "NF")));
      g_assert_cmpstr (memo_record_get_text (read->pdata[i], MEMO_AGREEMENT_PACKAGE), ==,
                       memo_record_get_uuid (package));
      g_assert_cmpint (memo_record_get_int (read->pdata[i], MEMO_AGREEMENT_SESSION), ==, 19);
    }
  g_assert_cmpuint (memo_index_get_n (get_index (), MEMO_KIND_FOLLOW_UP), ==, n_history);
}

/* Who has the value already is not written. */
static void
test_unchanged (void)
{
  g_autoptr (GPtrArray) records = add_three ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoChange) change = EDIT (records, NULL, &error, { "status", "in_force" });
  guint changed;

  g_assert_no_error (error);
  g_assert_cmpuint (memo_change_get_steps (change)->len, ==, 1);
  g_assert_cmpstr (memo_change_get_detail (change), ==, "Vaccines");
  g_clear_pointer (&change, memo_change_unref);
  change = EDIT (records, &changed, &error, { "add_party", "VE" }, { "remove_tag", "nowhere" },
                 { "remove_sector", "Education" });
  g_assert_no_error (error);
  g_assert_cmpuint (changed, ==, 0);
  g_assert_cmpuint (memo_change_get_steps (change)->len, ==, 0);
  g_clear_pointer (&change, memo_change_unref);
  /* With its date the status is an entry of the history also for the two that have it. */
  change = EDIT (records, &changed, &error, { "status", "in_force" }, { "date", "2020-01-01" });
  g_assert_no_error (error);
  g_assert_cmpuint (changed, ==, 3);
  g_assert_cmpuint (memo_change_get_steps (change)->len, ==, 4);
  g_assert_cmpstr (memo_change_get_detail (change), ==, "3 agreements");
}

static void
test_errors (void)
{
  static const MemoValue wrong[] = { { "remove_party", "Atlantis" },
                                     { "add_sector", "juggling" },
                                     { "status", "forgotten" },
                                     { "add_title", "T" },
                                     { "title", "T" },
                                     { "Title", "T" },
                                     { "Summary", "S" },
                                     { "declared", "3" } };
  g_autoptr (GPtrArray) records = add_three ();

  g_assert_false (memo_action_is_for_many ("Declared"));
  g_assert_true (memo_action_is_for_many ("Add party"));
  g_assert_true (memo_action_is_for_many ("status"));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (memo_action_edit_many (get_index (), records, &wrong[i], 1, NULL, &error));
      g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
    }
  g_autoptr (GError) error = NULL;

  /* A package is not one of those it holds. */
  g_assert_null (EDIT (records, NULL, &error, { "package", memo_record_get_uuid (records->pdata[1]) }));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
}

/* The same values for one. */
static void
test_one (void)
{
  g_autoptr (GPtrArray) records = add_three ();
  const MemoValue values[] = { { "party", "IR" }, { "add_party", "TR" }, { "remove_tag", "draft" } };
  g_autoptr (GError) error = NULL;

  apply (library,
         memo_action_edit (get_index (), MEMO_KIND_AGREEMENT, records->pdata[2], values, G_N_ELEMENTS (values), NULL,
                           &error),
         error);
  g_autoptr (MemoRecord) read = get (library, memo_record_get_uuid (records->pdata[2]));

  assert_list (read, MEMO_AGREEMENT_PARTIES, "IR TR");
  assert_list (read, MEMO_AGREEMENT_TAGS, "air");
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_autofree char *path = fixture_path ("edit-many.memorandum");
  library = fixture_open (path, MEMO_OPEN_CREATE);
  g_test_add_func ("/edit-many/lists", test_lists);
  g_test_add_func ("/edit-many/values", test_values);
  g_test_add_func ("/edit-many/unchanged", test_unchanged);
  g_test_add_func ("/edit-many/errors", test_errors);
  g_test_add_func ("/edit-many/one", test_one);
  int result = fixture_run ();
  fixture_close (library);
  g_clear_object (&library);
  return result;
}
