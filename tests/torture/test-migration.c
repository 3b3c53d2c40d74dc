/* Every older schema with content, brought up to date while each call that changes a file fails in turn, or kills the process:
 * the library is as it was or migrated, and whole; a verified backup stands beside it before anything changes. A newer library
 * is refused, and an older one that holds what does not belong to it, with not a byte changed.
 *
 * test-migration [--long | --number N] [--seed N]    every Nth call; without options every 9th, --long every one */
#include "fail-calls.h"
#include "store/memo-sql.h"
#include "torture.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/memo-error.h"

static char *folder;
static char *path;
static guint tried;

static char *
read_file (const char *name, gsize *ret_size)
{
  char *bytes = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (name, &bytes, ret_size, &error);
  g_assert_no_error (error);
  return bytes;
}

static void
write_file (const char *name, const char *bytes, gsize size)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (name, bytes, size, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

static void
run (sqlite3 *db, const char *sql)
{
  char *message = NULL;

  if (sqlite3_exec (db, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", sql, message);
}

/* The tables of records hold random rows, and so do those beside them. */
static void
fill (sqlite3 *db, GRand *rand)
{
  for (MemoKind kind = 0; kind < MEMO_N_KINDS; kind++)
    for (guint row = 0; row < 30; row++)
      {
        guint n;
        const MemoFieldInfo *fields = memo_kind_get_fields (kind, &n);
        g_autofree char *text = torture_text (rand, g_rand_int_range (rand, 1, 200));
        g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
        g_autofree char *title = torture_text (rand, 3);
        char *sql;

        if (memo_kind_get_title_field (kind) < 0)
          sql = sqlite3_mprintf ("INSERT INTO %s (uuid, created, modified, deleted) VALUES ('%u', 1, 2, %u)",
                                 memo_kind_get_name (kind), row, row % 5 == 4);
        else if (kind == MEMO_KIND_ARTICLE)
          sql =
              sqlite3_mprintf ("INSERT INTO article (uuid, created, modified, deleted, title, text, sha256, language) "
                               "VALUES ('%u', 1, 2, %u, %Q, %Q, %Q, 'tr')",
                               row, row % 5 == 4, title, text, sum);
        else
          sql =
              sqlite3_mprintf ("INSERT INTO %s (uuid, created, modified, deleted, \"%s\") VALUES ('%u', 1, 2, %u, %Q)",
                               memo_kind_get_name (kind), fields[memo_kind_get_title_field (kind) & 0xff].name, row,
                               row % 5 == 4, title);
        run (db, sql);
        sqlite3_free (sql);
      }
  run (db, "INSERT INTO state (key, value) VALUES ('place', '17'), ('recent', 'sağlık')");
  run (db, "INSERT INTO history (name, detail, time, step, total, changeset) VALUES ('Edit', 'x', 3, 1, 20, x'00')");
  run (db, "INSERT INTO original (sha256, size, codec, data) VALUES "
           "('01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b', 1, 0, x'0a')");
}

/* The file at @name becomes a library of @schema. */
static void
make_library (const char *name, int schema, GRand *rand)
{
  g_autofree char *mark =
      g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d;", MEMO_APPLICATION_ID, schema);
  sqlite3 *db = NULL;

  g_assert_cmpint (memo_sql_open (name, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &db), ==, SQLITE_OK);
  sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 1, NULL);
  run (db, "PRAGMA synchronous = OFF; BEGIN");
  for (int version = 1; version <= schema; version++)
    {
      g_autoptr (GBytes) step = memo_schema_step (version);
      g_autofree char *sql = g_strndup (g_bytes_get_data (step, NULL), g_bytes_get_size (step));

      run (db, sql);
    }
  run (db, mark);
  fill (db, rand);
  run (db, "COMMIT");
  sqlite3_close (db);
}

static int
version_of (const char *name)
{
  gsize size;
  g_autofree guint8 *bytes = (guint8 *) read_file (name, &size);

  g_assert_cmpuint (size, >, 100);
  return bytes[62] << 8 | bytes[63];
}

typedef struct
{
  int schema;
  char *bytes;
  gsize size;
  GPtrArray *queries;
  char *sum;
} Old;

static void
verify (const Old *old, const char *cause, guint at, const GError *shown)
{
  g_autofree char *backup = g_strdup_printf ("%s.before-%d", path, memo_schema_latest ());
  g_autofree char *sum = NULL;
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;
  MemoDatabase *database;

  if (shown != NULL && (shown->domain != MEMO_ERROR || strlen (shown->message) < 20))
    g_error ("%s, call %u: bad error “%s”", cause, at, shown->message);
  sum = torture_digest (path, old->queries); /* plays a journal back */
  if (strcmp (sum, old->sum) != 0)
    g_error ("%s, call %u: the content is not what it was", cause, at);
  if (version_of (path) != old->schema)
    {
      g_autofree char *kept = torture_digest (backup, old->queries);

      g_assert_cmpstr (kept, ==, old->sum);
      g_assert_cmpint (version_of (backup), ==, old->schema);
    }
  database = memo_database_open (path, MEMO_OPEN_DEFAULT, &error);
  g_assert_no_error (error);
  torture_check (database);
  memo_database_close (database);
  g_assert_cmpint (version_of (path), ==, memo_schema_latest ());
  again = torture_digest (path, old->queries);
  g_assert_cmpstr (again, ==, old->sum);
}

static gboolean
attempt (GError **error)
{
  MemoDatabase *database = memo_database_open (path, MEMO_OPEN_DEFAULT, error);

  memo_database_close (database);
  return database != NULL;
}

/* FALSE when call @at is beyond the last. */
static gboolean
fail_one (const Old *old, guint at, FailMode mode, int code)
{
  g_autofree char *cause =
      g_strdup_printf ("schema %d, %s%s", old->schema, mode == FAIL_KILL ? "killed" : g_strerror (code),
                       mode == FAIL_FOREVER ? " from then on" : "");
  g_autoptr (GError) error = NULL;
  gboolean any, fine;

  torture_clean (folder, FALSE);
  write_file (path, old->bytes, old->size);
  if (mode == FAIL_KILL)
    {
      int status = 0;
      pid_t pid = fork ();

      g_assert_cmpint (pid, >=, 0);
      if (pid == 0)
        {
          fail_calls_arm (at, mode, 0);
          _exit (attempt (NULL) ? 0 : 1);
        }
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      any = WIFSIGNALED (status);
      g_assert_true (any || WEXITSTATUS (status) == 0);
    }
  else
    {
      fail_calls_arm (at, mode, code);
      fine = attempt (&error);
      any = fail_calls_has_failed ();
      fail_calls_arm (0, FAIL_ONCE, 0);
      g_assert_true (fine == (error == NULL));
      g_assert_true (any || fine);
    }
  verify (old, cause, at, error);
  tried += any;
  return any;
}

static void
test_failures (int schema, guint every, GRand *rand)
{
  static const struct
  {
    FailMode mode;
    int code;
  } ways[] = {
    { FAIL_KILL, 0 }, { FAIL_ONCE, EIO }, { FAIL_FOREVER, EIO }, { FAIL_ONCE, ENOSPC }, { FAIL_FOREVER, ENOSPC }
  };
  Old old = { schema };

  torture_clean (folder, FALSE);
  make_library (path, schema, rand);
  old.bytes = read_file (path, &old.size);
  old.queries = torture_queries (path);
  old.sum = torture_digest (path, old.queries);
  for (guint way = 0; way < G_N_ELEMENTS (ways); way++)
    {
      guint at = 1 + way % every;

      while (fail_one (&old, at, ways[way].mode, ways[way].code))
        at += every;
      g_assert_cmpuint (at, >, 20);
    }
  g_free (old.bytes);
  g_free (old.sum);
  g_ptr_array_unref (old.queries);
}

/* Opening fails with @code, and the folder holds the same single file as before. */
static void
assert_refused (int code, const char *what)
{
  gsize size, size_after;
  g_autofree char *before = read_file (path, &size);
  struct stat status, status_after;

  g_assert_cmpint (stat (path, &status), ==, 0);
  for (int flags = MEMO_OPEN_DEFAULT; flags <= MEMO_OPEN_READ_ONLY; flags++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;
      g_autoptr (GDir) dir = NULL;
      MemoDatabase *database = memo_database_open (path, flags, &error);

      if (database != NULL || !g_error_matches (error, MEMO_ERROR, code))
        g_error ("%s: %s", what, error != NULL ? error->message : "opened");
      after = read_file (path, &size_after);
      g_assert_cmpmem (before, size, after, size_after);
      g_assert_cmpint (stat (path, &status_after), ==, 0);
      g_assert_true (memcmp (&status.st_mtim, &status_after.st_mtim, sizeof status.st_mtim) == 0);
      dir = g_dir_open (folder, 0, NULL);
      g_assert_nonnull (g_dir_read_name (dir));
      g_assert_null (g_dir_read_name (dir));
    }
  tried++;
}

static void
test_newer (GRand *rand)
{
  for (int i = 0; i < 20; i++)
    {
      int version =
          i < 3 ? memo_schema_latest () + 1 + i : g_rand_int_range (rand, memo_schema_latest () + 1, G_MAXINT);
      g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %d", version);
      sqlite3 *db = NULL;

      torture_clean (folder, FALSE);
      make_library (path, memo_schema_latest (), rand);
      g_assert_cmpint (memo_sql_open (path, SQLITE_OPEN_READWRITE, &db), ==, SQLITE_OK);
      run (db, sql);
      if (i % 2 == 1)
        run (db, "CREATE TABLE of_tomorrow (x)");
      sqlite3_close (db);
      assert_refused (MEMO_ERROR_NEWER, sql);
    }
}

/* What does not belong to an older library: nothing of it may run. */
static void
test_hostile (int schema, GRand *rand)
{
  static const char *const foreign[] = {
    "CREATE TRIGGER steal AFTER INSERT ON article BEGIN DELETE FROM note; END",
    "CREATE TRIGGER steal AFTER UPDATE ON history BEGIN DELETE FROM history; END",
    "CREATE TRIGGER steal INSTEAD OF INSERT ON note_content BEGIN DELETE FROM note; END",
    "CREATE VIEW steal AS WITH RECURSIVE x (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM x) SELECT i FROM x",
    "DROP VIEW note_content; CREATE VIEW note_content AS SELECT id, uuid AS title, '' AS extra, '' AS text FROM note",
    "CREATE TABLE steal (a, b AS (zeroblob (1000000000)) STORED)",
    "CREATE TABLE steal (a CHECK (a IN (SELECT 1)))",
    "CREATE INDEX steal ON note (hex (text))",
    "CREATE INDEX steal ON note (id) WHERE length (text) > 5",
    "DROP TRIGGER note_words_update",
    "DROP TABLE state",
    "CREATE VIRTUAL TABLE steal USING fts5 (x, tokenize='memo')",
    "ALTER TABLE note ADD COLUMN extra TEXT DEFAULT 'x'",
    "DROP TABLE note_words_config; CREATE TABLE note_words_config (k PRIMARY KEY, v CHECK (length (hex (v)) < 5)) "
    "WITHOUT ROWID",
    "DROP TABLE note_words_config; CREATE TABLE note_words_config (k PRIMARY KEY, v AS (zeroblob (1000000000)))",
    "DROP TABLE note_words_config; CREATE VIRTUAL TABLE note_words_config USING fts5vocab (event_words, row)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    {
      sqlite3 *db = NULL;

      torture_clean (folder, FALSE);
      make_library (path, schema, rand);
      g_assert_cmpint (memo_sql_open (path, SQLITE_OPEN_READWRITE, &db), ==, SQLITE_OK);
      sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 1, NULL);
      sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
      /* One CHECK with a question in it cannot be made: it is skipped. */
      if (sqlite3_exec (db, foreign[i], NULL, NULL, NULL) != SQLITE_OK)
        {
          g_assert_nonnull (strstr (foreign[i], "SELECT 1"));
          sqlite3_close (db);
          continue;
        }
      sqlite3_close (db);
      assert_refused (MEMO_ERROR_CORRUPT, foreign[i]);
    }
  /* A version that is not its own, one way and the other. */
  for (int lie = 1; lie <= memo_schema_latest (); lie++)
    if (lie != schema)
      {
        g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %d", lie);
        sqlite3 *db = NULL;

        torture_clean (folder, FALSE);
        make_library (path, schema, rand);
        g_assert_cmpint (memo_sql_open (path, SQLITE_OPEN_READWRITE, &db), ==, SQLITE_OK);
        run (db, sql);
        sqlite3_close (db);
        assert_refused (MEMO_ERROR_CORRUPT, sql);
      }
}

/* An older library that is only read shows what it holds, and stays as it is; nothing appears beside it. A backup of that age
 * can be restored. */
static void
test_read_only (int schema, GRand *rand)
{
  g_autofree char *other = g_build_filename (folder, "restored.memorandum", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *sum = NULL;
  g_autofree char *restored = NULL;
  g_autoptr (GPtrArray) queries = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (MemoRecord) record = NULL;
  g_autoptr (MemoChange) change = memo_change_new ("Edit", NULL);
  g_autoptr (GError) error = NULL;
  MemoDatabase *database;
  gsize size, size_after;

  torture_clean (folder, FALSE);
  make_library (path, schema, rand);
  queries = torture_queries (path);
  sum = torture_digest (path, queries);
  before = read_file (path, &size);
  database = memo_database_open (path, MEMO_OPEN_READ_ONLY, &error);
  g_assert_no_error (error);
  notes = memo_database_scan (database, MEMO_KIND_NOTE, 0, 1000, FALSE, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (notes->len, ==, 24);
  hits = memo_database_search (database, memo_record_get_title (notes->pdata[0]), FALSE, 50, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, >, 0);
  record = torture_record (rand);
  memo_change_insert (change, record);
  g_assert_false (memo_database_apply (database, change, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_READ_ONLY);
  g_clear_error (&error);
  memo_database_close (database);
  after = read_file (path, &size_after);
  g_assert_cmpmem (before, size, after, size_after);
  g_assert_true (memo_store_restore (other, path, &error));
  g_assert_no_error (error);
  g_assert_cmpint (version_of (other), ==, memo_schema_latest ());
  restored = torture_digest (other, queries);
  g_assert_cmpstr (restored, ==, sum);
  tried++;
}

int
main (int argc, char **argv)
{
  TortureOptions options = torture_options (argc, argv, 9, 1);
  g_autoptr (GRand) rand = g_rand_new_with_seed (options.seed);
  g_autofree char *root = torture_folder ();

  folder = g_build_filename (root, "library", NULL);
  g_mkdir (folder, 0700);
  path = g_build_filename (folder, "old.memorandum", NULL);
  fail_calls_watch (folder);
  for (int schema = 1; schema < memo_schema_latest (); schema++)
    {
      test_failures (schema, MAX (options.number, 1), rand);
      test_read_only (schema, rand);
    }
  for (int schema = 1; schema <= memo_schema_latest (); schema++)
    test_hostile (schema, rand);
  test_newer (rand);
  torture_clean (folder, TRUE);
  torture_clean (root, TRUE);
  g_free (path);
  g_free (folder);
  g_print ("%d older schemas, %u attempts: old or migrated, whole, backup first; newer and foreign refused unchanged\n",
           memo_schema_latest () - 1, tried);
  return 0;
}
