/* Several processes write into one library at once: no write is lost, each hears of the others' changes.
 *
 * test-writers [--long | --writes N]    without arguments 2 × 150 writes; --long 2 × 5,000 */
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "store/memo-store.h"

#define WRITERS 2

static int
work (const char *path, int writer, int writes)
{
  g_autoptr (GError) error = NULL;
  MemoDatabase *database = memo_database_open (path, MEMO_OPEN_CREATE, &error);

  for (int i = 0; database != NULL && i < writes; i++)
    {
      g_autofree char *title = g_strdup_printf ("writer %d edit %d", writer, i);
      MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_NOTE, NULL);
      g_autoptr (MemoRecord) record = NULL;
      g_autoptr (MemoChange) change = memo_change_new ("Edit", NULL);

      memo_record_builder_set_text (builder, MEMO_NOTE_TITLE, title);
      record = memo_record_builder_end (builder);
      memo_change_insert (change, record);
      if (!memo_database_apply (database, change, NULL, &error))
        break;
    }
  memo_database_close (database);
  if (error != NULL)
    g_printerr ("writer %d: %s\n", writer, error->message);
  return error != NULL;
}

int
main (int argc, char **argv)
{
  int writes = 150, running = WRITERS;
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) heard = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  gboolean everything = FALSE;
  MemoDatabase *database;

  if (argc == 5 && strcmp (argv[1], "--work") == 0)
    return work (argv[2], atoi (argv[3]), atoi (argv[4]));
  if (argc > 1 && strcmp (argv[1], "--long") == 0)
    writes = 5000;
  else if (argc > 2 && strcmp (argv[1], "--writes") == 0)
    writes = atoi (argv[2]);
  folder = g_dir_make_tmp ("memo-writers-XXXXXX", NULL);
  path = g_build_filename (folder, "writers.memorandum", NULL);
  database = memo_database_open (path, MEMO_OPEN_CREATE, &error);
  g_assert_no_error (error);
  for (int writer = 0; writer < WRITERS; writer++)
    if (fork () == 0)
      {
        char number[16], count[16];

        g_snprintf (number, sizeof number, "%d", writer);
        g_snprintf (count, sizeof count, "%d", writes);
        execl ("/proc/self/exe", "test-writers", "--work", path, number, count, NULL);
        _exit (4);
      }
  while (running > 0)
    {
      g_autoptr (MemoNotice) notice = memo_database_poll (database, &error);
      GArray *touched = notice != NULL ? memo_notice_get_touched (notice) : NULL;
      int status;

      g_assert_no_error (error);
      everything |= notice != NULL && memo_notice_is_everything (notice);
      for (guint i = 0; touched != NULL && i < touched->len; i++)
        g_hash_table_add (heard, g_memdup2 (&g_array_index (touched, MemoTouched, i).id, sizeof (gint64)));
      if (notice == NULL)
        {
          g_usleep (2000);
          if (waitpid (-1, &status, WNOHANG) > 0)
            {
              g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
              running--;
            }
        }
    }
  notes = memo_database_scan (database, MEMO_KIND_NOTE, 0, G_MAXINT, FALSE, FALSE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < notes->len; i++)
    g_assert_true (g_hash_table_add (titles, g_strdup (memo_record_get_title (notes->pdata[i]))));
  for (int writer = 0; writer < WRITERS; writer++)
    for (int i = 0; i < writes; i++)
      {
        g_autofree char *title = g_strdup_printf ("writer %d edit %d", writer, i);

        g_assert_true (g_hash_table_contains (titles, title));
      }
  g_assert_true (everything || g_hash_table_size (heard) == notes->len);
  problems = memo_database_check (database, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  memo_database_close (database);
  g_print ("%d × %d writes, 0 lost, all heard of, check clean\n", WRITERS, writes);
  g_unlink (path);
  g_rmdir (folder);
  return 0;
}
