#include "model/memo-seed.h"
#include "base/memo-text.h"

/* What a new library starts with. */

static MemoRecord *
find (MemoChange *change, MemoKind kind, const char *code)
{
  g_autofree char *uuid = memo_seed_dup_uuid (kind, code);
  GArray *steps = memo_change_get_steps (change);
  for (guint i = 0; i < steps->len; i++)
    {
      MemoRecord *record = g_array_index (steps, MemoStep, i).record;
      if (g_str_equal (memo_record_get_uuid (record), uuid))
        return record;
    }
  return NULL;
}

static void
assert_name (MemoRecord *record, MemoField field, const char *language, const char *expected)
{
  g_autofree char *name = memo_record_dup_name_in (record, field, language);
  g_assert_cmpstr (name, ==, expected);
}

static void
test_sectors (void)
{
  static const char *const codes[] = { "110", "120", "210", "230", "310", "332", "810", "820", "830", "840", "850" };
  g_autoptr (MemoChange) change = memo_seed_change ();
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      MemoRecord *sector = find (change, MEMO_KIND_SECTOR, codes[i]);
      g_assert_nonnull (sector);
      g_assert_null (memo_record_get_text (sector, MEMO_SECTOR_PARENT));
    }

  MemoRecord *air = find (change, MEMO_KIND_SECTOR, "21050");
  g_assert_cmpstr (memo_record_get_text (air, MEMO_SECTOR_PARENT), ==,
                   memo_record_get_uuid (find (change, MEMO_KIND_SECTOR, "210")));
  assert_name (air, MEMO_SECTOR_NAMES, "en", "Air transport");
  assert_name (air, MEMO_SECTOR_NAMES, "tr", "Hava taşımacılığı");
  assert_name (air, MEMO_SECTOR_NAMES, "ru", "Воздушный транспорт");
}

/* Every sector has three names that no other sector has, and a parent that stands before it. */
static void
test_sectors_are_sound (void)
{
  static const char *const languages[] = { "en", "tr", "ru" };
  g_autoptr (MemoChange) change = memo_seed_change ();
  g_autoptr (GHashTable) uuids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GArray *steps = memo_change_get_steps (change);
  guint n = 0;

  for (guint i = 0; i < steps->len; i++)
    {
      MemoRecord *record = g_array_index (steps, MemoStep, i).record;
      g_assert_true (g_hash_table_add (uuids, (gpointer) memo_record_get_uuid (record)));
      g_assert_true (g_uuid_string_is_valid (memo_record_get_uuid (record)));
      if (memo_record_get_kind (record) != MEMO_KIND_SECTOR)
        continue;
      n++;
      const char *parent = memo_record_get_text (record, MEMO_SECTOR_PARENT);
      g_assert_true (parent == NULL || g_hash_table_contains (uuids, parent));
      for (guint k = 0; k < G_N_ELEMENTS (languages); k++)
        {
          g_autofree char *name = memo_record_dup_name_in (record, MEMO_SECTOR_NAMES, languages[k]);
          char *key = g_strconcat (languages[k], name, NULL);
          g_assert_cmpstr (name, !=, "");
          g_assert_true (g_hash_table_add (names, key));
        }
    }
  g_assert_cmpuint (n, >=, 100);
}

static void
test_states (void)
{
  g_autoptr (MemoChange) change = memo_seed_change ();
  MemoRecord *russia = find (change, MEMO_KIND_PARTY, "RU");
  MemoRecord *venezuela = find (change, MEMO_KIND_PARTY, "VE");
  MemoRecord *turkey = find (change, MEMO_KIND_PARTY, "TR");

  assert_name (russia, MEMO_PARTY_NAMES, "en", "Russia");
  assert_name (russia, MEMO_PARTY_NAMES, "tr", "Rusya");
  assert_name (russia, MEMO_PARTY_NAMES, "ru", "Россия");
  g_assert_cmpstr (memo_record_get_text (russia, MEMO_PARTY_CODE), ==, "RU");
  g_assert_cmpstr (memo_record_get_text (russia, MEMO_PARTY_KIND), ==, "state");
  g_assert_true (g_strv_contains (memo_record_get_texts (russia, MEMO_PARTY_ALIASES), "Russian Federation"));
  assert_name (venezuela, MEMO_PARTY_NAMES, "en", "Venezuela");
  assert_name (venezuela, MEMO_PARTY_NAMES, "ru", "Венесуэла");
  assert_name (turkey, MEMO_PARTY_NAMES, "en", "Türkiye");
  assert_name (turkey, MEMO_PARTY_NAMES, "ru", "Турция");

  MemoRecord *nato = find (change, MEMO_KIND_PARTY, "NATO");
  g_assert_cmpstr (memo_record_get_text (nato, MEMO_PARTY_KIND), ==, "organisation");
  g_assert_null (memo_record_get_text (nato, MEMO_PARTY_CODE));
  g_assert_true (g_strv_contains (memo_record_get_texts (nato, MEMO_PARTY_ALIASES), "НАТО"));
}

/* No name leads to two parties. */
static void
test_parties_are_distinct (void)
{
  g_autoptr (MemoChange) change = memo_seed_change ();
  g_autoptr (GHashTable) owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GArray *steps = memo_change_get_steps (change);
  for (guint i = 0; i < steps->len; i++)
    {
      MemoRecord *record = g_array_index (steps, MemoStep, i).record;
      if (memo_record_get_kind (record) != MEMO_KIND_PARTY)
        continue;
      g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
      static const char *const languages[] = { "en", "tr", "ru" };
      const char *const *aliases = memo_record_get_texts (record, MEMO_PARTY_ALIASES);
      for (guint k = 0; k < G_N_ELEMENTS (languages); k++)
        g_ptr_array_add (names, memo_record_dup_name_in (record, MEMO_PARTY_NAMES, languages[k]));
      g_ptr_array_add (names, g_strdup (memo_record_get_text (record, MEMO_PARTY_CODE)));
      for (guint k = 0; aliases[k] != NULL; k++)
        g_ptr_array_add (names, g_strdup (aliases[k]));
      for (guint k = 0; k < names->len; k++)
        {
          const char *name = g_ptr_array_index (names, k);
          if (name == NULL)
            continue;
          char *key = memo_text_key (name);
          const char *owner = g_hash_table_lookup (owners, key);
          if (owner != NULL && !g_str_equal (owner, memo_record_get_uuid (record)))
            g_error ("“%s” is a name of two parties", name);
          g_hash_table_replace (owners, key, (gpointer) memo_record_get_uuid (record));
        }
    }
}

static void
test_uuids (void)
{
  g_autofree char *a = memo_seed_dup_uuid (MEMO_KIND_SECTOR, "120");
  g_autofree char *b = memo_seed_dup_uuid (MEMO_KIND_SECTOR, "120");
  g_autofree char *c = memo_seed_dup_uuid (MEMO_KIND_PARTY, "120");
  g_assert_cmpstr (a, ==, b);
  g_assert_cmpstr (a, !=, c);
  g_assert_cmpint (a[14], ==, '5');
  g_assert_nonnull (strchr ("89ab", a[19]));
  /* Libraries that exist already hold this one. */
  g_assert_cmpstr (a, ==, "7885edd4-aa72-5ad6-b328-fe99ef8e2b7a");
}

static void
test_find_sector (void)
{
  g_assert_cmpstr (memo_seed_find_sector ("defence"), ==, "830");
  g_assert_cmpstr (memo_seed_find_sector ("SMEs"), ==, "32130");
  g_assert_cmpstr (memo_seed_find_sector ("Kobİ"), ==, "32130");
  g_assert_cmpstr (memo_seed_find_sector ("авиация"), ==, "21050");
  g_assert_cmpstr (memo_seed_find_sector ("SAĞLIK"), ==, "120");
  g_assert_cmpstr (memo_seed_find_sector ("Science"), ==, "810");
  g_assert_null (memo_seed_find_sector ("weaving of baskets"));
  g_assert_null (memo_seed_find_sector (""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/seed/sectors", test_sectors);
  g_test_add_func ("/seed/sectors/sound", test_sectors_are_sound);
  g_test_add_func ("/seed/states", test_states);
  g_test_add_func ("/seed/parties/distinct", test_parties_are_distinct);
  g_test_add_func ("/seed/uuids", test_uuids);
  g_test_add_func ("/seed/find-sector", test_find_sector);
  return g_test_run ();
}
