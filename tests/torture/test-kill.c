/* Killed at any moment: no acknowledged edit lost, no damage.
 *
 * A child edits the library and writes one line into a pipe after each commit; it is killed with SIGKILL at a random
 * moment. Then everything that was acknowledged has to be there, what was not acknowledged there whole or not at all,
 * and the check has to find nothing.
 *
 * test-kill [--long | --number N] [--seed N]    without options 20 kills; --long 10,000 */
#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/memo-error.h"
#include "torture.h"

#define LONG_TEXT 20000
#define KILLS_PER_FILE 25 /* comparing takes longer the more there is */
#define OPENING 25000     /* microseconds */
#define EDITS 30          /* before a kill, at most */
#define MOMENT 3000       /* microseconds */

static const char *
number_text (char *out, gsize size, const char *what, guint number)
{
  g_snprintf (out, size, "%s %u", what, number);
  return out;
}

/* The record that edit @number makes: a note "edit N", or an article with a long text that names it. */
static MemoRecord *
make_record (guint number)
{
  gboolean article = number % 4 == 3;
  MemoRecordBuilder *builder = memo_record_builder_new (article ? MEMO_KIND_ARTICLE : MEMO_KIND_NOTE, NULL);
  char title[32];

  number_text (title, sizeof title, "edit", number);
  if (article)
    {
      GString *text = g_string_new (NULL);

      while (text->len < LONG_TEXT)
        g_string_append_printf (text, "%s word%u ", title, (guint) text->len * number);
      memo_record_builder_set_text (builder, MEMO_ARTICLE_TITLE, title);
      memo_record_builder_set_text (builder, MEMO_ARTICLE_TEXT, text->str);
      g_string_free (text, TRUE);
    }
  else
    memo_record_builder_set_text (builder, MEMO_NOTE_TITLE, title);
  return memo_record_builder_end (builder);
}

static void
acknowledge (int fd, char what, guint number)
{
  char line[32];
  int length = g_snprintf (line, sizeof line, "%c%u\n", what, number);

  /* Less than PIPE_BUF: whole or not at all. */
  if (write (fd, line, length) != length)
    _exit (3);
}

static G_GNUC_NORETURN void
work (const char *path, guint first, int fd)
{
  g_autoptr (GError) error = NULL;
  MemoDatabase *database = memo_database_open (path, MEMO_OPEN_CREATE, &error);

  if (database == NULL)
    {
      g_printerr ("%s\n", error->message);
      _exit (2);
    }
  for (guint number = first;; number++)
    {
      g_autoptr (MemoRecord) record = make_record (number);
      g_autoptr (MemoChange) change = memo_change_new ("Edit", NULL);

      memo_change_insert (change, record);
      if (!memo_database_apply (database, change, NULL, &error))
        {
          g_printerr ("%s\n", error->message);
          _exit (2);
        }
      acknowledge (fd, 'i', number);
      if (number % 7 == 5)
        {
          /* Undone and done again: it is there in the end, and in between it must not be half there. */
          if (!memo_database_undo (database, NULL, NULL, &error))
            _exit (2);
          acknowledge (fd, 'u', number);
          if (!memo_database_redo (database, NULL, NULL, &error))
            _exit (2);
          acknowledge (fd, 'r', number);
        }
    }
}

/* Runs a child and kills it @delay microseconds after it has acknowledged @edits; what it acknowledged goes into @lines. */
static void
run_and_kill (const char *path, guint first, guint edits, gulong delay, GString *lines)
{
  int fds[2], status = 0;
  pid_t pid;
  char buffer[4096];
  ssize_t n;

  g_assert_cmpint (pipe (fds), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      char number[16], fd[16];

      /* A program of its own: random numbers would go on from ours. */
      g_snprintf (number, sizeof number, "%u", first);
      g_snprintf (fd, sizeof fd, "%d", fds[1]);
      close (fds[0]);
      execl ("/proc/self/exe", "test-kill", "--work", path, number, fd, NULL);
      _exit (4);
    }
  close (fds[1]);
  for (guint done = 0; done < edits && (n = read (fds[0], buffer, sizeof buffer)) > 0;)
    {
      g_string_append_len (lines, buffer, n);
      for (ssize_t i = 0; i < n; i++)
        done += buffer[i] == '\n';
    }
  g_usleep (delay);
  kill (pid, SIGKILL);
  while ((n = read (fds[0], buffer, sizeof buffer)) > 0 || (n < 0 && errno == EINTR))
    if (n > 0)
      g_string_append_len (lines, buffer, n);
  close (fds[0]);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
}

/* Adds the numbers of all "edit N" to @found. */
static void
collect (MemoDatabase *database, MemoKind kind, GHashTable *found)
{
  for (gint64 after = 0;;)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) records = memo_database_scan (database, kind, after, 100, FALSE, TRUE, &error);

      g_assert_no_error (error);
      if (records->len == 0)
        break;
      for (guint i = 0; i < records->len; i++)
        {
          guint number = 0;

          g_assert_cmpint (sscanf (memo_record_get_title (records->pdata[i]), "edit %u", &number), ==, 1);
          g_assert_true (g_hash_table_add (found, GUINT_TO_POINTER (number)));
          after = memo_record_get_id (records->pdata[i]);
        }
    }
}

/* Compares the library with what was acknowledged; returns the first free number. */
static guint
verify (const char *path, GHashTable *acknowledged, guint undone, guint first, gboolean thorough)
{
  g_autoptr (GError) error = NULL;
  MemoDatabase *database = memo_database_open (path, MEMO_OPEN_CREATE, &error);
  g_autoptr (GHashTable) found = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer key;
  guint next = first;

  g_assert_no_error (error);
  collect (database, MEMO_KIND_NOTE, found);
  collect (database, MEMO_KIND_ARTICLE, found);
  g_hash_table_iter_init (&iter, acknowledged);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_hash_table_contains (found, key) && GPOINTER_TO_UINT (key) != undone)
      g_error ("Edit %u was acknowledged and is lost.", GPOINTER_TO_UINT (key));
  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      next = MAX (next, GPOINTER_TO_UINT (key) + 1);
      g_hash_table_add (acknowledged, key);
    }
  /* At most one edit was under way. */
  g_assert_cmpuint (g_hash_table_size (found) + 1, >=, g_hash_table_size (acknowledged));
  if (undone != 0 && !g_hash_table_contains (found, GUINT_TO_POINTER (undone)))
    g_hash_table_remove (acknowledged, GUINT_TO_POINTER (undone));
  if (thorough)
    torture_check (database);
  memo_database_close (database);
  return MAX (next, undone + 1);
}

int
main (int argc, char **argv)
{
  TortureOptions options;
  guint next = 1, total = 0;
  g_autoptr (GRand) rand = NULL;
  g_autoptr (GHashTable) acknowledged = g_hash_table_new (NULL, NULL);
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autofree char *journal = NULL;
  guint journals = 0;

  if (argc == 5 && strcmp (argv[1], "--work") == 0)
    work (argv[2], strtoul (argv[3], NULL, 10), atoi (argv[4]));
  options = torture_options (argc, argv, 20, 10000);
  folder = torture_folder ();
  path = g_build_filename (folder, "kill.memorandum", NULL);
  journal = g_strconcat (path, "-journal", NULL);
  rand = g_rand_new_with_seed (options.seed);
  for (guint i = 0; i < options.number; i++)
    {
      g_autoptr (GString) lines = g_string_new (NULL);
      guint undone = 0;

      /* The first ones hit the making of the library itself. */
      if (i % KILLS_PER_FILE < 5)
        run_and_kill (path, next, 0, g_rand_int_range (rand, 0, OPENING), lines);
      else
        run_and_kill (path, next, g_rand_int_range (rand, 1, EDITS), g_rand_int_range (rand, 0, MOMENT), lines);
      journals += g_file_test (journal, G_FILE_TEST_EXISTS);
      for (char *line = lines->str; *line != '\0'; line = strchr (line, '\n') + 1)
        {
          guint number = strtoul (line + 1, NULL, 10);

          g_assert_nonnull (strchr (line, '\n'));
          g_hash_table_add (acknowledged, GUINT_TO_POINTER (number));
          total++;
          /* From here until the redo is acknowledged both are right; an undo may be under way after 'i'. */
          undone = (line[0] == 'u' || (line[0] == 'i' && number % 7 == 5)) ? number : 0;
        }
      next = verify (path, acknowledged, undone, next, i % 5 == 4 || i + 1 == options.number);
      if (i % KILLS_PER_FILE == KILLS_PER_FILE - 1)
        {
          torture_clean (folder, FALSE);
          g_hash_table_remove_all (acknowledged);
          next = 1;
        }
    }
  g_print ("%u kills, %u acknowledged, %u journals rolled back, 0 lost, check clean\n", options.number, total,
           journals);
  torture_clean (folder, TRUE);
  return 0;
}
