/* Each call that changes a file fails in turn, or kills the process, while a backup is written over an older one, a library is
 * restored, and an export replaces a file or makes one: what was there is there, or the new, whole; the error is said, and
 * nothing is left lying about.
 *
 * test-saves [--long | --number N] [--seed N]    every Nth call; without options every 11th, --long every one */
#include "fail-calls.h"
#include "torture.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/memo-error.h"
#include "export/memo-export-private.h"

#define EXPORT_SIZE (3 * 1024 * 1024 + 17)

static const struct
{
  FailMode mode;
  int code;
  const char *name;
} ways[] = {
  { FAIL_KILL, 0, "killed" },
  { FAIL_ONCE, EIO, "input/output error" },
  { FAIL_FOREVER, EIO, "input/output errors" },
  { FAIL_ONCE, ENOSPC, "full" },
  { FAIL_FOREVER, ENOSPC, "full for good" },
};

static char *folder; /* everything that may fail is in here */
static char *target; /* what is written */
static char *source; /* a library outside */
static char *older;  /* another one */
static char *library_sum, *older_sum;
static GPtrArray *queries;
static GBytes *export_old, *export_new;
static guint tried;

static void
put (const char *name, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  g_file_set_contents_full (name, data, size, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

static GBytes *
get (const char *name)
{
  char *data = NULL;
  gsize size;

  return g_file_get_contents (name, &data, &size, NULL) ? g_bytes_new_take (data, size) : NULL;
}

static gboolean
save_backup (GError **error)
{
  MemoDatabase *database = memo_database_open (source, MEMO_OPEN_READ_ONLY, error);
  gboolean fine = database != NULL && memo_database_backup (database, target, error);

  memo_database_close (database);
  return fine;
}

static gboolean
save_restored (GError **error)
{
  return memo_store_restore (target, source, error);
}

static gboolean
save_export (GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (target);
  g_autoptr (MemoExportTarget) export = memo_export_target_open (NULL, file, error);
  g_autoptr (GBytes) done = NULL;

  if (export == NULL)
    return FALSE;
  g_string_append_len (memo_export_target_get_text (export), g_bytes_get_data (export_new, NULL),
                       g_bytes_get_size (export_new));
  memo_export_target_pass (export);
  done = memo_export_target_close (export, NULL, error);
  return done != NULL;
}

static void
begin_library (void)
{
  g_autoptr (GBytes) bytes = get (older);

  put (target, bytes);
}

static void
begin_export (void)
{
  put (target, export_old);
}

static void
begin_nothing (void)
{
}

/* Each tells whether the new is there; aborts when neither is. */

static gboolean
judge_library (const char *cause)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sum = NULL;
  MemoDatabase *database = memo_database_open (target, MEMO_OPEN_DEFAULT, &error);

  if (error != NULL)
    g_error ("%s: %s", cause, error->message);
  torture_check (database);
  memo_database_close (database);
  sum = torture_digest (target, queries);
  if (strcmp (sum, library_sum) == 0)
    return TRUE;
  if (strcmp (sum, older_sum) != 0)
    g_error ("%s: neither the old nor the new library", cause);
  return FALSE;
}

static gboolean
judge_export (const char *cause)
{
  g_autoptr (GBytes) bytes = get (target);

  if (bytes != NULL && g_bytes_equal (bytes, export_new))
    return TRUE;
  if (bytes == NULL || !g_bytes_equal (bytes, export_old))
    g_error ("%s: %" G_GSIZE_FORMAT " bytes of the export", cause, bytes != NULL ? g_bytes_get_size (bytes) : 0);
  return FALSE;
}

static gboolean
judge_new_export (const char *cause)
{
  g_autoptr (GBytes) bytes = get (target);

  if (bytes == NULL)
    return FALSE;
  if (!g_bytes_equal (bytes, export_new))
    g_error ("%s: %" G_GSIZE_FORMAT " bytes of a new export", cause, g_bytes_get_size (bytes));
  return TRUE;
}

static const struct
{
  const char *name;
  void (*begin) (void);
  gboolean (*save) (GError **error);
  gboolean (*judge) (const char *cause);
  guint kept; /* files beside it in the end, at most */
} saves[] = {
  { "backup", begin_library, save_backup, judge_library, 0 },
  { "restore", begin_library, save_restored, judge_library, 1 },
  { "export", begin_export, save_export, judge_export, 0 },
  { "new export", begin_nothing, save_export, judge_new_export, 0 },
};

static guint
count_others (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *own = g_path_get_basename (target);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += strcmp (name, own) != 0;
  return n;
}

/* FALSE when call @at is beyond the last. */
static gboolean
fail_one (guint what, guint way, guint at)
{
  g_autofree char *cause = g_strdup_printf ("%s, %s, call %u", saves[what].name, ways[way].name, at);
  g_autoptr (GError) error = NULL;
  gboolean any, fine = FALSE, done;

  torture_clean (folder, FALSE);
  saves[what].begin ();
  if (ways[way].mode == FAIL_KILL)
    {
      int status = 0;
      pid_t pid = fork ();

      g_assert_cmpint (pid, >=, 0);
      if (pid == 0)
        {
          fail_calls_arm (at, FAIL_KILL, 0);
          _exit (saves[what].save (NULL) ? 0 : 1);
        }
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      any = WIFSIGNALED (status);
      fine = !any && WEXITSTATUS (status) == 0;
    }
  else
    {
      fail_calls_arm (at, ways[way].mode, ways[way].code);
      fine = saves[what].save (&error);
      any = fail_calls_has_failed ();
      fail_calls_arm (0, FAIL_ONCE, 0);
      if (fine != (error == NULL) || (error != NULL && (error->domain != MEMO_ERROR || strlen (error->message) < 20)))
        g_error ("%s: %s", cause, error != NULL ? error->message : "no error");
      /* What cannot be removed stays. */
      if (ways[way].mode == FAIL_ONCE && count_others () > saves[what].kept + 1)
        g_error ("%s: %u files are left", cause, count_others ());
    }
  if (!any && !fine)
    g_error ("%s: failed by itself", cause);
  done = saves[what].judge (cause);
  if (fine && !done)
    g_error ("%s: said to be done and is not", cause);
  tried += any;
  return any;
}

static char *
make_library (const char *root, const char *name, GRand *rand)
{
  char *path = g_build_filename (root, name, NULL);
  g_autoptr (GError) error = NULL;
  MemoDatabase *database = memo_database_open (path, MEMO_OPEN_CREATE, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (MemoRecord) record = torture_record (rand);

      torture_insert (database, record);
    }
  memo_database_close (database);
  return path;
}

int
main (int argc, char **argv)
{
  TortureOptions options = torture_options (argc, argv, 11, 1);
  g_autoptr (GRand) rand = g_rand_new_with_seed (options.seed);
  g_autofree char *root = torture_folder ();
  guint every = MAX (options.number, 1);

  folder = g_build_filename (root, "saves", NULL);
  g_mkdir (folder, 0700);
  target = g_build_filename (folder, "target", NULL);
  source = make_library (root, "source", rand);
  older = make_library (root, "older", rand);
  queries = torture_queries (source);
  library_sum = torture_digest (source, queries);
  older_sum = torture_digest (older, queries);
  export_new = g_bytes_new_take (g_strnfill (EXPORT_SIZE, 'n'), EXPORT_SIZE);
  export_old = g_bytes_new_take (g_strnfill (1000, 'o'), 1000);
  fail_calls_watch (folder);
  for (guint what = 0; what < G_N_ELEMENTS (saves); what++)
    for (guint way = 0; way < G_N_ELEMENTS (ways); way++)
      for (guint at = 1 + (what + way) % every; fail_one (what, way, at); at += every)
        ;
  fail_calls_watch (NULL);
  torture_clean (folder, TRUE);
  torture_clean (root, TRUE);
  g_print ("%u calls failed: backups, restored libraries and exports were the old or the new, whole\n", tried);
  g_free (folder);
  g_free (target);
  g_free (source);
  g_free (older);
  g_free (library_sum);
  g_free (older_sum);
  g_ptr_array_unref (queries);
  g_bytes_unref (export_old);
  g_bytes_unref (export_new);
  return 0;
}
