/* Power cut at any operation on the disk: acknowledged edits are there, no damage.
 *
 * test-power [--long | --cuts N] [--seed N]    without arguments 100 cuts; --long 2,000 */
#include <stdlib.h>
#include <string.h>
#include "fault-vfs.h"
#include "store/memo-store.h"

#define PATH "/memory/power.memorandum"

static GHashTable *acknowledged; /* titles */
static guint next = 1;

/* Edits until power goes. */
static void
work (void)
{
  MemoDatabase *database = memo_database_open (PATH, MEMO_OPEN_CREATE, NULL);

  while (database != NULL)
    {
      g_autofree char *title = g_strdup_printf ("edit %u", next++);
      g_autofree char *text = g_strnfill (1 + next * 7919 % 9000, 'a' + next % 26);
      MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_NOTE, NULL);
      g_autoptr (MemoRecord) record = NULL;
      g_autoptr (MemoChange) change = memo_change_new ("Edit", NULL);

      memo_record_builder_set_text (builder, MEMO_NOTE_TITLE, title);
      memo_record_builder_set_text (builder, MEMO_NOTE_TEXT, text);
      record = memo_record_builder_end (builder);
      memo_change_insert (change, record);
      if (!memo_database_apply (database, change, NULL, NULL))
        break;
      g_hash_table_add (acknowledged, g_steal_pointer (&title));
    }
  memo_database_close (database);
}

static void
verify (gboolean thorough)
{
  g_autoptr (GError) error = NULL;
  MemoDatabase *database = memo_database_open (PATH, MEMO_OPEN_CREATE, &error);
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) notes = NULL;
  GHashTableIter iter;
  const char *title;

  g_assert_no_error (error);
  notes = memo_database_scan (database, MEMO_KIND_NOTE, 0, 1000000, FALSE, FALSE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < notes->len; i++)
    g_hash_table_add (found, g_strdup (memo_record_get_title (notes->pdata[i])));
  g_hash_table_iter_init (&iter, acknowledged);
  while (g_hash_table_iter_next (&iter, (gpointer *) &title, NULL))
    if (!g_hash_table_contains (found, title))
      g_error ("“%s” was acknowledged and is lost.", title);
  g_assert_cmpuint (g_hash_table_size (found), <=, g_hash_table_size (acknowledged) + 1);
  for (guint i = 0; i < notes->len; i++)
    g_hash_table_add (acknowledged, g_strdup (memo_record_get_title (notes->pdata[i])));
  if (thorough)
    {
      g_autoptr (GPtrArray) problems = memo_database_check (database, FALSE, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < problems->len; i++)
        g_printerr ("%s\n", (char *) problems->pdata[i]);
      g_assert_cmpuint (problems->len, ==, 0);
    }
  memo_database_close (database);
}

int
main (int argc, char **argv)
{
  guint cuts = 100, total = 0;
  guint32 seed = g_random_int ();
  g_autoptr (GRand) rand = NULL;

  for (int i = 1; i < argc; i++)
    if (strcmp (argv[i], "--long") == 0)
      cuts = 2000;
    else if (strcmp (argv[i], "--cuts") == 0 && i + 1 < argc)
      cuts = atoi (argv[++i]);
    else if (strcmp (argv[i], "--seed") == 0 && i + 1 < argc)
      seed = strtoul (argv[++i], NULL, 10);
    else
      {
        g_printerr ("test-power [--long | --cuts N] [--seed N]\n");
        return 2;
      }
  g_print ("seed %u\n", seed);
  rand = g_rand_new_with_seed (seed);
  acknowledged = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  fault_vfs_register ();
  for (guint i = 0; i < cuts; i++)
    {
      guint before = g_hash_table_size (acknowledged);

      fault_vfs_cut (g_rand_int_range (rand, 1, i % 50 < 10 ? 400 : 1500));
      work ();
      total += g_hash_table_size (acknowledged) - before;
      fault_vfs_restart (rand);
      verify (i % 10 == 9);
      if (i % 50 == 49)
        {
          fault_vfs_reset ();
          g_hash_table_remove_all (acknowledged);
        }
    }
  g_print ("%u cuts, %u acknowledged, 0 lost, check clean\n", cuts, total);
  fault_vfs_reset ();
  g_hash_table_unref (acknowledged);
  return 0;
}
