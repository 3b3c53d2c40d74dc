/* The search index is what the content says after random edits and kills: FTS5's own check finds nothing, every query answers as
 * with an index made anew, and single words as the tokenizer finds them in the content.
 *
 * A child edits and writes a byte into a pipe after each commit; after a random number of them it is killed.
 *
 * test-index [--long | --number N] [--seed N]    without options 3,000 edits; --long 100,000; a kill every 200 edits */
#include "store/memo-sql.h"
#include "store/memo-tokenizer.h"
#include "torture.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/memo-error.h"

#define EDITS 200 /* between two kills, in the middle */
#define KILLS_PER_FILE 20
#define RECORDS 150 /* of each kind, more or less */
#define QUERIES 40

static const MemoKind kinds[] = { MEMO_KIND_ARTICLE, MEMO_KIND_ANNOTATION, MEMO_KIND_AGREEMENT, MEMO_KIND_EVENT,
                                  MEMO_KIND_BODY,    MEMO_KIND_PARTY,      MEMO_KIND_NOTE };

static void
add_step (MemoDatabase *database, GRand *rand, MemoChange *change)
{
  gint64 id = g_rand_int_range (rand, 1, RECORDS);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found =
      memo_database_read (database, kinds[g_rand_int_range (rand, 0, G_N_ELEMENTS (kinds))], &id, 1, TRUE, &error);
  g_autoptr (MemoRecord) record = NULL;
  int what = g_rand_int_range (rand, 0, 10);

  g_assert_no_error (error);
  if (found->pdata[0] == NULL || what == 0)
    {
      record = torture_record (rand);
      memo_change_insert (change, record);
    }
  else if (what < 6)
    {
      record = torture_edit (rand, found->pdata[0]);
      memo_change_update (change, found->pdata[0], record);
    }
  else if (memo_record_get_deleted (found->pdata[0]) != 0)
    memo_change_restore (change, found->pdata[0]);
  else if (what < 9)
    memo_change_trash (change, found->pdata[0]);
}

static void G_GNUC_NORETURN
work (const char *path, guint32 seed, int fd)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GError) error = NULL;
  MemoDatabase *database = memo_database_open (path, MEMO_OPEN_CREATE, &error);

  g_assert_no_error (error);
  for (;;)
    {
      int what = g_rand_int_range (rand, 0, 10);

      if (what < 2)
        memo_database_undo (database, NULL, NULL, &error);
      else if (what < 3)
        memo_database_redo (database, NULL, NULL, &error);
      else
        {
          g_autoptr (MemoChange) change = memo_change_new ("Edit", NULL);
          int steps = g_rand_int_range (rand, 0, 20) == 0 ? 25 : 1;

          for (int i = 0; i < steps; i++)
            add_step (database, rand, change);
          memo_database_apply (database, change, NULL, &error);
        }
      if (!g_error_matches (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND))
        g_assert_no_error (error);
      g_clear_error (&error);
      if (write (fd, "x", 1) != 1)
        _exit (3);
    }
}

/* Kills the child a moment after it has made @edits; returns how many it has acknowledged. */
static guint
run_and_kill (const char *path, guint32 seed, guint edits, gulong delay)
{
  guint done = 0;
  int fds[2], status = 0;
  char buffer[512];
  ssize_t n;
  pid_t pid;

  g_assert_cmpint (pipe (fds), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      g_autofree char *number = g_strdup_printf ("%u", seed);
      g_autofree char *fd = g_strdup_printf ("%d", fds[1]);

      close (fds[0]);
      execl ("/proc/self/exe", "test-index", "--work", path, number, fd, NULL);
      _exit (4);
    }
  close (fds[1]);
  while (done < edits && (n = read (fds[0], buffer, sizeof buffer)) > 0)
    done += n;
  g_usleep (delay);
  kill (pid, SIGKILL);
  while ((n = read (fds[0], buffer, sizeof buffer)) > 0)
    done += n;
  close (fds[0]);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
  return done;
}

static char *
make_query (GRand *rand)
{
  const char *one = torture_word (rand), *other = torture_word (rand);
  const char *end = one;

  switch (g_rand_int_range (rand, 0, 8))
    {
    case 0:
      return g_strdup (one);
    case 1:
      return g_strdup_printf ("\"%s\"", one);
    case 2:
      for (int i = g_rand_int_range (rand, 1, 5); i > 0 && *end != '\0'; i--)
        end = g_utf8_next_char (end);
      return g_strdup_printf ("%.*s*", (int) (end - one), one);
    case 3:
      return g_strdup_printf ("%s %s", one, other);
    case 4:
      return g_strdup_printf ("\"%s %s\"", one, other);
    case 5:
      return g_strdup_printf ("%s -%s", one, other);
    case 6:
      return g_strdup_printf ("%s OR %s", one, other);
    default:
      return g_strdup_printf ("w%d", g_rand_int_range (rand, 0, 400));
    }
}

/* "3 17 20 " of what holds @query. */
static char *
ask (MemoDatabase *database, MemoKind kind, const char *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = memo_database_match (database, kind, query, FALSE, &error);
  GString *answer = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (answer, "%" G_GINT64_FORMAT " ", g_array_index (ids, gint64, i));
  return g_string_free (answer, FALSE);
}

typedef struct
{
  char *form; /* looked for, or what was found */
  gboolean found;
} Look;

static gboolean
take_form_cb (const char *form, const char *word, int start, int end, gpointer data)
{
  ((Look *) data)->form = g_strdup (form);
  return FALSE;
}

static gboolean
look_cb (const char *form, const char *word, int start, int end, gpointer data)
{
  Look *look = data;

  look->found = strcmp (form, look->form) == 0;
  return !look->found;
}

/* The same by going through the content. */
static char *
scan (MemoDatabase *database, MemoKind kind, const char *word)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT id, title, extra, text FROM %s_content ORDER BY id", memo_kind_get_name (kind));
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoStatement) statement = memo_sql_prepare (database, sql, &error);
  GString *answer = g_string_new (NULL);
  Look look = { NULL };

  memo_tokenizer_words (word, strlen (word), take_form_cb, &look);
  while (memo_sql_step (database, statement, &error))
    {
      look.found = FALSE;
      for (int column = 1; column <= 3 && !look.found; column++)
        {
          g_autofree char *text = memo_sql_dup_text (statement, column);

          memo_tokenizer_words (text, strlen (text), look_cb, &look);
        }
      if (look.found)
        g_string_append_printf (answer, "%d ", sqlite3_column_int (statement, 0));
    }
  g_assert_no_error (error);
  g_free (look.form);
  return g_string_free (answer, FALSE);
}

/* Whether all documents that a quoted word finds hold that very word: not when it stands for a number. */
static gboolean
is_plain (const char *word)
{
  g_autofree char *number = memo_tokenizer_number (word);

  return number == NULL && strpbrk (word, "0123456789'’№-") == NULL;
}

static void
verify (const char *path, const char *copy, GRand *rand)
{
  g_autoptr (GError) error = NULL;
  MemoDatabase *database = memo_database_open (path, MEMO_OPEN_CREATE, &error);
  g_autoptr (GPtrArray) queries = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_no_error (error);
  torture_check (database);
  for (guint i = 0; i < QUERIES; i++)
    {
      g_ptr_array_add (queries, make_query (rand));
      for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
        g_ptr_array_add (answers, ask (database, kinds[k], queries->pdata[i]));
    }
  for (guint i = 0; i < 5; i++)
    {
      const char *word = torture_word (rand);
      g_autofree char *query = g_strdup_printf ("\"%s\"", word);

      for (guint k = 0; k < G_N_ELEMENTS (kinds) && is_plain (word); k++)
        {
          g_autofree char *answer = ask (database, kinds[k], query);
          g_autofree char *scanned = scan (database, kinds[k], word);

          if (strcmp (answer, scanned) != 0)
            g_error ("%s in %s: index %s; content %s", word, memo_kind_get_name (kinds[k]), answer, scanned);
        }
    }
  memo_database_close (database);

  g_file_get_contents (path, &bytes, &size, &error);
  g_assert_no_error (error);
  g_file_set_contents_full (copy, bytes, size, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
  database = memo_database_open (copy, MEMO_OPEN_DEFAULT, &error);
  g_assert_no_error (error);
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      const char *name = memo_kind_get_name (kinds[k]);
      g_autofree char *sql = g_strdup_printf ("INSERT INTO %s_words (%s_words) VALUES ('rebuild')", name, name);

      g_assert_true (memo_sql_exec (database, sql, &error));
    }
  for (guint i = 0; i < answers->len; i++)
    {
      const char *query = queries->pdata[i / G_N_ELEMENTS (kinds)];
      MemoKind kind = kinds[i % G_N_ELEMENTS (kinds)];
      g_autofree char *answer = ask (database, kind, query);

      if (strcmp (answer, answers->pdata[i]) != 0)
        g_error ("%s in %s: %s; made anew: %s", query, memo_kind_get_name (kind), (char *) answers->pdata[i], answer);
    }
  memo_database_close (database);
}

int
main (int argc, char **argv)
{
  TortureOptions options;
  guint edits = 0, kills = 0, journals = 0;
  g_autoptr (GRand) rand = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autofree char *copy = NULL;
  g_autofree char *journal = NULL;

  if (argc == 5 && strcmp (argv[1], "--work") == 0)
    work (argv[2], strtoul (argv[3], NULL, 10), atoi (argv[4]));
  options = torture_options (argc, argv, 3000, 100000);
  rand = g_rand_new_with_seed (options.seed);
  folder = torture_folder ();
  path = g_build_filename (folder, "index.memorandum", NULL);
  copy = g_build_filename (folder, "copy.memorandum", NULL);
  journal = g_strconcat (path, "-journal", NULL);
  while (edits < options.number || kills < options.number / EDITS)
    {
      edits += run_and_kill (path, g_rand_int (rand), g_rand_int_range (rand, 1, 2 * EDITS - 1),
                             g_rand_int_range (rand, 0, 2000));
      kills++;
      journals += g_file_test (journal, G_FILE_TEST_EXISTS);
      verify (path, copy, rand);
      if (kills % KILLS_PER_FILE == 0)
        torture_clean (folder, FALSE);
    }
  torture_clean (folder, TRUE);
  g_print ("%u edits, %u kills, %u journals rolled back: index equals content\n", edits, kills, journals);
  return 0;
}
