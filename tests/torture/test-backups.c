/* Backups while the library is written to, by its own connection and by another process: each holds every action that was
 * acknowledged before it began, whole and without a gap, passes all checks, and restored it equals itself.
 *
 * Each action makes a pair of records with the number of the action; between pairs other records are edited.
 *
 * test-backups [--long | --number N] [--seed N]    without options 6 backups; --long 200 */
#include "torture.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/memo-error.h"
#include "store/memo-backup.h"

#define PER_LIBRARY 5 /* looking through it takes longer the more there is */

/* Pairs have titles like "own pair 17". */
static void
write_pair (MemoDatabase *database, GRand *rand, const char *writer, guint number)
{
  g_autofree char *title = g_strdup_printf ("%s pair %u", writer, number);
  g_autoptr (MemoChange) change = memo_change_new ("Edit", title);
  g_autoptr (GError) error = NULL;
  static const MemoField fields[] = { MEMO_NOTE_TITLE, MEMO_AGREEMENT_TITLE };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      MemoRecordBuilder *builder = memo_record_builder_new (fields[i] >> 8, NULL);
      g_autoptr (MemoRecord) record = NULL;

      memo_record_builder_set_text (builder, fields[i], title);
      record = memo_record_builder_end (builder);
      memo_change_insert (change, record);
    }
  memo_database_apply (database, change, NULL, &error);
  g_assert_no_error (error);
}

/* Something that makes pages wander: long texts that come and go. */
static void
stir (MemoDatabase *database, GRand *rand)
{
  gint64 id = g_rand_int_range (rand, 1, 40);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = memo_database_read (database, MEMO_KIND_ARTICLE, &id, 1, TRUE, &error);
  g_autoptr (MemoChange) change = memo_change_new ("Edit", NULL);
  g_autoptr (MemoRecord) record = NULL;
  g_autofree char *text = torture_text (rand, g_rand_int_range (rand, 10, 2000));
  MemoRecordBuilder *builder;

  g_assert_no_error (error);
  builder = found->pdata[0] != NULL ? memo_record_builder_edit (found->pdata[0])
                                    : memo_record_builder_new (MEMO_KIND_ARTICLE, NULL);
  memo_record_builder_set_text (builder, MEMO_ARTICLE_TITLE, "stirred");
  memo_record_builder_set_text (builder, MEMO_ARTICLE_TEXT, text);
  record = memo_record_builder_end (builder);
  if (found->pdata[0] != NULL)
    memo_change_update (change, found->pdata[0], record);
  else
    memo_change_insert (change, record);
  memo_database_apply (database, change, NULL, &error);
  g_assert_no_error (error);
}

/* The other process: a line for each pair. */
static void G_GNUC_NORETURN
work (const char *path, guint32 seed, int fd)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GError) error = NULL;
  MemoDatabase *database = memo_database_open (path, MEMO_OPEN_DEFAULT, &error);

  g_assert_no_error (error);
  for (guint number = 1;; number++)
    {
      write_pair (database, rand, "other", number);
      if (write (fd, "x", 1) != 1)
        _exit (3);
      if (g_rand_boolean (rand))
        stir (database, rand);
      g_usleep (g_rand_int_range (rand, 0, 20000));
    }
}

static pid_t
start_writer (const char *path, guint32 seed, int *ret_fd)
{
  int fds[2];
  pid_t pid;

  g_assert_cmpint (pipe (fds), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      g_autofree char *number = g_strdup_printf ("%u", seed);
      g_autofree char *fd = g_strdup_printf ("%d", fds[1]);

      close (fds[0]);
      execl ("/proc/self/exe", "test-backups", "--work", path, number, fd, NULL);
      _exit (4);
    }
  close (fds[1]);
  g_unix_set_fd_nonblocking (fds[0], TRUE, NULL);
  *ret_fd = fds[0];
  return pid;
}

/* What the other has acknowledged by now. */
static guint
hear (int fd)
{
  char buffer[4096];
  guint n = 0;
  ssize_t size;

  while ((size = read (fd, buffer, sizeof buffer)) > 0)
    n += size;
  return n;
}

/* The pairs of @writer are 1 .. n; returns n. */
static guint
count_pairs (MemoDatabase *database, const char *writer)
{
  static const MemoKind kinds[] = { MEMO_KIND_NOTE, MEMO_KIND_AGREEMENT };
  g_autofree char *format = g_strconcat (writer, " pair ", NULL);
  guint counts[2] = { 0 };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) records = memo_database_scan (database, kinds[k], 0, G_MAXINT, FALSE, FALSE, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < records->len; i++)
        {
          const char *title = memo_record_get_title (records->pdata[i]);

          if (g_str_has_prefix (title, format))
            g_assert_cmpuint (strtoul (title + strlen (format), NULL, 10), ==, ++counts[k]);
        }
    }
  g_assert_cmpuint (counts[0], ==, counts[1]);
  return counts[0];
}

static void
verify (const char *backup, const char *other, guint own, guint others)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) queries = torture_queries (backup);
  g_autofree char *sum = torture_digest (backup, queries);
  g_autofree char *restored = NULL;
  MemoDatabase *database = memo_database_open (backup, MEMO_OPEN_READ_ONLY, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (count_pairs (database, "own"), >=, own);
  g_assert_cmpuint (count_pairs (database, "other"), >=, others);
  memo_database_close (database);
  g_assert_true (memo_store_restore (other, backup, &error));
  g_assert_no_error (error);
  restored = torture_digest (other, queries);
  g_assert_cmpstr (restored, ==, sum);
  database = memo_database_open (other, MEMO_OPEN_DEFAULT, &error);
  g_assert_no_error (error);
  torture_check (database);
  memo_database_close (database);
}

/* Slices, between which the connection itself writes; @ret_own counts on. */
static void
back_up_in_slices (MemoDatabase *database, GRand *rand, const char *backup, guint *own)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoCopy) copy = memo_database_copy (database, backup, &error);
  gboolean done = FALSE;

  g_assert_no_error (error);
  while (!done)
    {
      memo_database_copy_step (database, copy, 0, &done, &error);
      g_assert_no_error (error);
      if (!done && g_rand_boolean (rand))
        {
          write_pair (database, rand, "own", ++*own);
          stir (database, rand);
        }
    }
  memo_copy_keep (copy, NULL, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  TortureOptions options;
  g_autoptr (GRand) rand = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autofree char *backup = NULL;
  g_autofree char *restored = NULL;
  guint written = 0;

  if (argc == 5 && strcmp (argv[1], "--work") == 0)
    work (argv[2], strtoul (argv[3], NULL, 10), atoi (argv[4]));
  options = torture_options (argc, argv, 6, 200);
  rand = g_rand_new_with_seed (options.seed);
  folder = torture_folder ();
  path = g_build_filename (folder, "busy.memorandum", NULL);
  backup = g_build_filename (folder, "backup.memorandum", NULL);
  restored = g_build_filename (folder, "restored.memorandum", NULL);
  for (guint i = 0; i < options.number;)
    {
      g_autoptr (GError) error = NULL;
      MemoDatabase *database = memo_database_open (path, MEMO_OPEN_CREATE, &error);
      guint own = 0, others = 0;
      int fd, status;
      pid_t pid;

      g_assert_no_error (error);
      for (guint k = 0; k < 100; k++)
        stir (database, rand);
      pid = start_writer (path, g_rand_int (rand), &fd);
      for (guint k = 0; k < PER_LIBRARY && i < options.number; k++, i++)
        {
          guint before;

          write_pair (database, rand, "own", ++own);
          others += hear (fd);
          before = own;
          if (i % 2 == 0)
            back_up_in_slices (database, rand, backup, &own);
          else
            g_assert_true (memo_database_backup (database, backup, &error));
          g_assert_no_error (error);
          verify (backup, restored, before, others);
        }
      others += hear (fd);
      g_assert_cmpuint (others, >, 0);
      g_assert_cmpint (waitpid (pid, &status, WNOHANG), ==, 0);
      kill (pid, SIGKILL);
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      close (fd);
      written += own + others;
      memo_database_close (database);
      torture_clean (folder, FALSE);
    }
  torture_clean (folder, TRUE);
  g_print ("%u backups during %u writes passed all checks, restored equal\n", options.number, written);
  return 0;
}
