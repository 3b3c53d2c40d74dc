/* Random edits, undo, redo and reopening against a plain model in memory: equal at every step, and the search index
 * equals the content.
 *
 * test-random [--long | --steps N] [--seed N]    without arguments 1,500 steps; --long 100,000 */
#include <stdlib.h>
#include <string.h>
#include "base/memo-error.h"
#include "fault-vfs.h"
#include "store/memo-store.h"

/* The model: title by UUID, a title that begins with "~" is in the trash; and the states before and after each
 * action. */
static GHashTable *state;
static GPtrArray *past; /* of GHashTable: states to go back to */
static GPtrArray *future;

static GHashTable *
copy_state (void)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  const char *uuid, *title;

  g_hash_table_iter_init (&iter, state);
  while (g_hash_table_iter_next (&iter, (gpointer *) &uuid, (gpointer *) &title))
    g_hash_table_insert (copy, g_strdup (uuid), g_strdup (title));
  return copy;
}

static void
push (void)
{
  g_ptr_array_add (past, copy_state ());
  g_ptr_array_set_size (future, 0);
}

static MemoRecord *
read_any (MemoDatabase *database, GRand *rand)
{
  g_autofree char **uuids = (char **) g_hash_table_get_keys_as_array (state, NULL);
  guint n = g_hash_table_size (state);
  const char *one[] = { NULL, NULL };
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;

  if (n == 0)
    return NULL;
  one[0] = uuids[g_rand_int_range (rand, 0, n)];
  found = memo_database_read_uuids (database, MEMO_KIND_NOTE, one, TRUE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (found->pdata[0]);
  return g_object_ref (found->pdata[0]);
}

static MemoRecord *
set_title (MemoRecordBuilder *builder, GRand *rand)
{
  static const char *const words[] = { "anlaşma", "agreement", "соглашение", "İncesu", "XIX", "health" };
  g_autofree char *title = g_strdup_printf ("%s %s %u", words[g_rand_int_range (rand, 0, 6)],
                                            words[g_rand_int_range (rand, 0, 6)], g_rand_int_range (rand, 0, 1000));

  memo_record_builder_set_text (builder, MEMO_NOTE_TITLE, title);
  return memo_record_builder_end (builder);
}

static void
edit (MemoDatabase *database, GRand *rand)
{
  g_autoptr (MemoChange) change = memo_change_new ("Edit", NULL);
  g_autoptr (MemoRecord) old = read_any (database, rand);
  g_autoptr (MemoRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  int what = old != NULL ? g_rand_int_range (rand, 0, 4) : 0;

  if (what == 0)
    {
      record = set_title (memo_record_builder_new (MEMO_KIND_NOTE, NULL), rand);
      memo_change_insert (change, record);
    }
  else if (what == 1)
    {
      record = set_title (memo_record_builder_edit (old), rand);
      if (strcmp (memo_record_get_title (record), memo_record_get_title (old)) == 0)
        return;
      memo_change_update (change, old, record);
    }
  else if (memo_record_get_deleted (old) == 0)
    memo_change_trash (change, old);
  else
    memo_change_restore (change, old);
  push ();
  if (what == 0 || what == 1)
    {
      gboolean trash = what == 1 && memo_record_get_deleted (old) != 0;

      g_hash_table_insert (state, g_strdup (memo_record_get_uuid (record)),
                           g_strconcat (trash ? "~" : "", memo_record_get_title (record), NULL));
    }
  else
    g_hash_table_insert (state, g_strdup (memo_record_get_uuid (old)),
                         g_strconcat (memo_record_get_deleted (old) == 0 ? "~" : "", memo_record_get_title (old),
                                      NULL));
  g_assert_true (memo_database_apply (database, change, NULL, &error));
  g_assert_no_error (error);
}

/* Undo when @back, else redo; both sides agree on whether there is anything. */
static void
walk (MemoDatabase *database, gboolean back)
{
  GPtrArray *from = back ? past : future, *to = back ? future : past;
  g_autoptr (GError) error = NULL;
  gboolean done =
      back ? memo_database_undo (database, NULL, NULL, &error) : memo_database_redo (database, NULL, NULL, &error);

  if (from->len == 0)
    {
      g_assert_false (done);
      g_assert_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND);
      return;
    }
  g_assert_no_error (error);
  g_ptr_array_add (to, state);
  state = g_ptr_array_steal_index (from, from->len - 1);
}

static void
compare (MemoDatabase *database)
{
  guint n = 0;

  for (int trash = 0; trash < 2; trash++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) notes = memo_database_scan (database, MEMO_KIND_NOTE, 0, G_MAXINT, trash, TRUE, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < notes->len; i++)
        {
          const char *wanted = g_hash_table_lookup (state, memo_record_get_uuid (notes->pdata[i]));

          g_assert_nonnull (wanted);
          g_assert_cmpint (wanted[0] == '~', ==, trash);
          g_assert_cmpstr (wanted + trash, ==, memo_record_get_title (notes->pdata[i]));
        }
      n += notes->len;
    }
  g_assert_cmpuint (n, ==, g_hash_table_size (state));
}

int
main (int argc, char **argv)
{
  guint steps = 1500;
  guint32 seed = g_random_int ();
  const char *path = "/memory/random.memorandum";
  g_autoptr (GRand) rand = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  MemoDatabase *database;

  for (int i = 1; i < argc; i++)
    if (strcmp (argv[i], "--long") == 0)
      steps = 100000;
    else if (strcmp (argv[i], "--steps") == 0 && i + 1 < argc)
      steps = atoi (argv[++i]);
    else if (strcmp (argv[i], "--seed") == 0 && i + 1 < argc)
      seed = strtoul (argv[++i], NULL, 10);
  g_print ("seed %u\n", seed);
  rand = g_rand_new_with_seed (seed);
  state = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  past = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  future = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  /* In memory: a hundred thousand commits would wait for the disk for an hour. */
  fault_vfs_register ();
  database = memo_database_open (path, MEMO_OPEN_CREATE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < steps; i++)
    {
      int what = g_rand_int_range (rand, 0, 100);

      if (what < 50)
        edit (database, rand);
      else if (what < 99)
        walk (database, what < 77);
      else
        {
          memo_database_close (database);
          database = memo_database_open (path, MEMO_OPEN_CREATE, &error);
          g_assert_no_error (error);
        }
      if (steps < 5000 || i % 50 == 0)
        compare (database);
      /* The history forgets beyond 5,000 actions: so does the model's. */
      if (past->len > 4000)
        {
          g_assert_true (memo_database_clear_history (database, NULL));
          g_ptr_array_set_size (past, 0);
          g_ptr_array_set_size (future, 0);
        }
    }
  compare (database);
  problems = memo_database_check (database, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  memo_database_close (database);
  g_print ("%u steps equal, %u records, index equals content\n", steps, g_hash_table_size (state));
  fault_vfs_reset ();
  g_hash_table_unref (state);
  g_ptr_array_unref (past);
  g_ptr_array_unref (future);
  return 0;
}
