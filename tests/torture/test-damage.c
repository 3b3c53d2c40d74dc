/* Damaged and hostile files in a library's place: no crash, no hang, and an article whose text is not what was saved never
 * passes for whole. Each is opened, read, searched, checked, edited, undone and repaired in a process of its own that may take
 * 2 seconds of the processor.
 *
 * test-damage [--long | --number N] [--seed N]    without options 100 files; --long 5,000. File i of seed S is file 0 of seed
 * S + i. */
#include "store/memo-sql.h"
#include "torture.h"

#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/memo-error.h"

#define ARTICLES 25
#define OTHERS 60
#ifdef __SANITIZE_ADDRESS__
#define CPU_SECONDS 20
#define MEMORY RLIM_INFINITY /* it reserves more than any limit by itself */
#else
#define CPU_SECONDS 2
#define MEMORY (G_GUINT64_CONSTANT (2) << 30)
#endif
#define CLOCK_SECONDS 100 /* for a process that hangs and takes none of the processor */

/* How a process ends. */
enum
{
  WHOLE,    /* all articles are there, the check finds nothing */
  REFUSED,  /* not opened */
  REPORTED, /* opened, and something is said to be wrong */
  SILENT,   /* an article is gone or altered and nobody says so */
  BAD_ERROR /* refused without a sentence */
};

static char *folder, *path, *journal;
static char *base; /* bytes of the sound library */
static gsize base_size;
static guint page_size;
static GHashTable *texts; /* UUID of an article -> its text */

/* The work */

/* Articles that are not as they were saved. @ret_said: reading said so. */
static guint
count_altered (MemoDatabase *database, gboolean *ret_said)
{
  GHashTableIter iter;
  const char *uuid, *text;
  guint altered = 0;

  g_hash_table_iter_init (&iter, texts);
  while (g_hash_table_iter_next (&iter, (gpointer *) &uuid, (gpointer *) &text))
    {
      const char *const one[] = { uuid, NULL };
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) found = memo_database_read_uuids (database, MEMO_KIND_ARTICLE, one, TRUE, &error);

      *ret_said |= found == NULL;
      if (found == NULL || found->pdata[0] == NULL ||
          g_strcmp0 (memo_record_get_text (found->pdata[0], MEMO_ARTICLE_TEXT), text) != 0)
        altered++;
      /* What is read as whole is whole. */
      if (found != NULL && found->pdata[0] != NULL &&
          g_strcmp0 (memo_record_get_text (found->pdata[0], MEMO_ARTICLE_TEXT), text) != 0)
        _exit (SILENT);
    }
  return altered;
}

static void
read_all (MemoDatabase *database)
{
  static const char *const queries[] = { "agreement", "соглаш*", "\"sağlık enerji\"", "a -b OR \"", "19", "w17 x" };
  g_autoptr (JsonObject) stats = memo_database_stats (database, NULL);
  g_autoptr (GPtrArray) history = memo_database_read_history (database, 100, NULL);
  g_autofree char *state = memo_database_get_state (database, "place", NULL);

  for (MemoKind kind = 0; kind < MEMO_N_KINDS; kind++)
    for (int trash = 0; trash < 2; trash++)
      {
        g_autoptr (GPtrArray) all = memo_database_scan (database, kind, 0, 1000, trash, FALSE, NULL);
        g_autoptr (GPtrArray) whole = memo_database_scan (database, kind, 0, 1000, trash, TRUE, NULL);
        g_autoptr (GArray) ids =
            memo_database_match (database, kind, queries[kind % G_N_ELEMENTS (queries)], FALSE, NULL);

        for (guint i = 0; all != NULL && i < all->len; i++)
          {
            g_autoptr (JsonObject) json = memo_record_to_json (all->pdata[i]);
            const char *original =
                kind == MEMO_KIND_ARTICLE ? memo_record_get_text (all->pdata[i], MEMO_ARTICLE_ORIGINAL) : NULL;
            g_autoptr (GBytes) bytes = original != NULL ? memo_database_read_original (database, original, NULL) : NULL;
          }
      }
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (GPtrArray) hits = memo_database_search (database, queries[i], i % 2, 50, NULL);
    }
}

static void
edit_all (MemoDatabase *database)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  MemoNotice *notice = memo_database_poll (database, NULL);

  g_clear_pointer (&notice, memo_notice_unref);
  for (int i = 0; i < 8; i++)
    {
      g_autoptr (MemoRecord) record = torture_record (rand);
      g_autoptr (MemoChange) change = memo_change_new ("Edit", NULL);

      memo_change_insert (change, record);
      memo_database_apply (database, change, NULL, NULL);
    }
  for (int i = 0; i < 14; i++)
    memo_database_undo (database, NULL, NULL, NULL);
  for (int i = 0; i < 14; i++)
    memo_database_redo (database, NULL, NULL, NULL);
  memo_database_set_state (database, "place", "2", NULL);
}

static MemoDatabase *
open_it (MemoOpenFlags flags)
{
  g_autoptr (GError) error = NULL;
  MemoDatabase *database = memo_database_open (path, flags, &error);

  if (database == NULL && (error == NULL || strlen (error->message) < 20))
    _exit (BAD_ERROR);
  return database;
}

static void G_GNUC_NORETURN
work (void)
{
  struct rlimit cpu = { CPU_SECONDS, CPU_SECONDS };
  struct rlimit memory = { MEMORY, MEMORY };
  struct rlimit core = { 0, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) repaired = NULL;
  MemoDatabase *database;
  gboolean said = FALSE, found;
  guint altered;

  setrlimit (RLIMIT_CPU, &cpu);
  setrlimit (RLIMIT_AS, &memory);
  setrlimit (RLIMIT_CORE, &core);
  alarm (CLOCK_SECONDS);
  /* Only to read first: that leaves the file as it is. */
  database = open_it (MEMO_OPEN_READ_ONLY);
  if (database != NULL)
    read_all (database);
  memo_database_close (database);
  database = open_it (MEMO_OPEN_DEFAULT);
  if (database == NULL)
    _exit (REFUSED);
  altered = count_altered (database, &said);
  read_all (database);
  problems = memo_database_check (database, FALSE, &error);
  said |= problems == NULL || problems->len > 0;
  found = said;
  if (altered > 0 && !found)
    _exit (SILENT);
  edit_all (database);
  repaired = memo_database_check (database, TRUE, NULL);
  read_all (database);
  count_altered (database, &said);
  memo_database_close (database);
  database = memo_database_open (path, MEMO_OPEN_CREATE, NULL);
  memo_database_close (database);
  _exit (found ? REPORTED : WHOLE);
}

/* The damage */

static void
write_at (const char *name, const char *bytes, gsize size)
{
  FILE *file = fopen (name, "wb");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (bytes, 1, size, file), ==, size);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
randomize (GRand *rand, char *bytes, gsize size)
{
  for (gsize i = 0; i < size; i++)
    bytes[i] = g_rand_int (rand);
}

static char *
any_page (GRand *rand, char *bytes)
{
  return bytes + (gsize) page_size * g_rand_int_range (rand, 0, base_size / page_size);
}

static void
flip_bits (GRand *rand, char *bytes, gsize from, gsize to, guint n)
{
  for (guint i = 0; i < n; i++)
    bytes[g_rand_int_range (rand, from, to)] ^= 1 << g_rand_int_range (rand, 0, 8);
}

/* Page by page; one page of each b-tree has its structure in the first bytes. */
static void
damage_bytes (GRand *rand, int how, const char **ret_name)
{
  static const char *const names[] = {
    "bits",   "many bits", "page heads",        "zeroed pages", "random pages",   "swapped pages",    "doubled page",
    "header", "truncated", "cut within a page", "longer",       "runs of a byte", "page size, counts"
  };
  g_autofree char *bytes = g_memdup2 (base, base_size + 1);
  g_autofree char *page = g_malloc (page_size);
  gsize size = base_size;
  guint n = 1 + g_rand_int_range (rand, 0, 4);
  char *one, *other;

  *ret_name = names[how];
  switch (how)
    {
    case 0:
      flip_bits (rand, bytes, 100, size, n);
      break;
    case 1:
      flip_bits (rand, bytes, 100, size, 50 * n);
      break;
    case 2:
      for (guint i = 0; i < n; i++)
        {
          one = any_page (rand, bytes);
          flip_bits (rand, one, one == bytes ? 100 : 0, one == bytes ? 140 : 40, 2);
        }
      break;
    case 3:
      for (guint i = 0; i < n; i++)
        memset (any_page (rand, bytes), 0, page_size);
      break;
    case 4:
      for (guint i = 0; i < n; i++)
        randomize (rand, any_page (rand, bytes), page_size);
      break;
    case 5:
      one = any_page (rand, bytes);
      other = any_page (rand, bytes);
      memcpy (page, one, page_size);
      memcpy (one, other, page_size);
      memcpy (other, page, page_size);
      break;
    case 6:
      memmove (any_page (rand, bytes), any_page (rand, bytes), page_size);
      break;
    case 7:
      flip_bits (rand, bytes, 0, 100, n);
      break;
    case 8:
      size = (gsize) page_size * g_rand_int_range (rand, 1, size / page_size);
      break;
    case 9:
      size = g_rand_int_range (rand, 1, size);
      break;
    case 10:
      write_at (path, bytes, size);
      randomize (rand, bytes, MIN (size, 10 * page_size));
      {
        FILE *file = fopen (path, "ab");

        fwrite (bytes, 1, g_rand_int_range (rand, 1, 10 * page_size), file);
        fclose (file);
      }
      return;
    case 11:
      {
        gsize start = g_rand_int_range (rand, 100, size - 1),
              length = MIN (size - start, g_rand_int_range (rand, 1, 5000));

        memset (bytes + start, g_rand_int (rand), length);
        break;
      }
    default:
      randomize (rand, bytes + g_rand_int_range (rand, 16, 60), 4);
      break;
    }
  write_at (path, bytes, size);
}

static void
damage_journal (GRand *rand, const char **ret_name)
{
  static const guchar magic[] = { 0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7 };
  g_autofree char *bytes = g_malloc (100000);
  gsize size = g_rand_int_range (rand, 1, 100000);

  *ret_name = "journal";
  write_at (path, base, base_size);
  randomize (rand, bytes, size);
  if (size > 600 && g_rand_boolean (rand))
    {
      guint32 head[5] = { GUINT32_TO_BE (g_rand_int_range (rand, -1, 20)), g_rand_int (rand),
                          GUINT32_TO_BE (g_rand_int_range (rand, 0, 200)), GUINT32_TO_BE (512),
                          GUINT32_TO_BE (page_size) };

      memcpy (bytes, magic, sizeof magic);
      memcpy (bytes + sizeof magic, head, sizeof head);
      if (g_rand_boolean (rand))
        memset (bytes + 28, 0, 512 - 28);
    }
  write_at (journal, bytes, size);
}

/* With SQL, as somebody who means harm would. */
static void
damage_content (GRand *rand, const char **ret_name)
{
  static const char *const statements[] = {
    "UPDATE article SET text = text || ' '",
    "UPDATE article SET text = upper (text) WHERE id % 3 = 1",
    "UPDATE article SET text = x'61ff6200e2' WHERE id % 5 = 0",
    "UPDATE article SET text = NULL",
    "UPDATE article SET sha256 = 'x'",
    "UPDATE article SET text = zeroblob (3000000) WHERE id = 4",
    "UPDATE note SET text = hex (zeroblob (300000))",
    "UPDATE article SET title = x'fffefd', tags = '[[[[[[[[', \"references\" = '{', published = '9999-99-99/..'",
    "UPDATE agreement SET signed = '0000', in_force = 'x', parties = 'a b  c', roles = '[]', declared = 'many'",
    "UPDATE annotation SET start = -5, \"end\" = 9223372036854775807, article = 'nobody', tags = '{\"a\":1}'",
    "UPDATE sector SET parent = uuid",
    "UPDATE note SET uuid = x'00' || uuid",
    "UPDATE note SET deleted = 'gone', created = 'x', modified = 1e300",
    "UPDATE party SET names = '[1,2', name = NULL",
    "UPDATE history SET changeset = randomblob (length (changeset))",
    "UPDATE history SET changeset = substr (changeset, 1, length (changeset) / 2)",
    "UPDATE history SET changeset = x'54' || zeroblob (50)",
    "UPDATE history SET changeset = replace (changeset, 'note', 'state'), name = NULL",
    "UPDATE history SET changeset = 7, time = 'x', total = -1, step = 9223372036854775807",
    "UPDATE history SET undone = 1",
    "INSERT INTO history (id, name, time, step, total, changeset) VALUES (9223372036854775807, '%s%n', 1, 1, 1, x'')",
    "UPDATE change_log SET kind = 99, id = -1",
    "INSERT INTO change_log (seq, kind, id) VALUES (9223372036854775807, -7, 0)",
    "UPDATE sqlite_sequence SET seq = 9223372036854775807",
    "UPDATE original SET data = randomblob (length (data))",
    "UPDATE original SET size = 9223372036854775807, codec = 1",
    "UPDATE original SET size = -1, codec = 17",
    "UPDATE article SET id = -id",
    "UPDATE article_words_data SET block = randomblob (length (block))",
    "UPDATE note_words_data SET block = substr (block, 1, length (block) / 2)",
    "DELETE FROM agreement_words_data",
    "DELETE FROM article_words_idx",
    "UPDATE note_words_config SET v = 99",
    "UPDATE article_words_data SET block = zeroblob (length (block)) WHERE id = 10",
  };
  guint which = g_rand_int_range (rand, 0, G_N_ELEMENTS (statements));
  sqlite3 *db = NULL;
  char *message = NULL;

  *ret_name = statements[which];
  write_at (path, base, base_size);
  g_assert_cmpint (memo_sql_open (path, SQLITE_OPEN_READWRITE, &db), ==, SQLITE_OK);
  sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 1, NULL);
  if (sqlite3_exec (db, statements[which], NULL, NULL, &message) != SQLITE_OK)
    {
      /* The index may notice first what it is told. */
      g_assert_nonnull (message);
      sqlite3_free (message);
    }
  sqlite3_close (db);
}

/* Foreign parts of the schema: never opened. */
static void
damage_schema (GRand *rand, const char **ret_name)
{
  static const char *const statements[] = {
    "CREATE TRIGGER steal AFTER INSERT ON article BEGIN DELETE FROM note; END",
    "CREATE TRIGGER steal AFTER INSERT ON history BEGIN DELETE FROM history; END",
    "CREATE TRIGGER steal AFTER UPDATE ON note BEGIN INSERT INTO note (uuid) SELECT hex (randomblob (9)) FROM note; "
    "END",
    "CREATE VIEW steal AS WITH RECURSIVE x (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM x) SELECT i FROM x",
    "DROP VIEW note_content; CREATE VIEW note_content AS WITH RECURSIVE x (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM "
    "x) "
    "SELECT i AS id, 'a' AS title, 'b' AS extra, 'c' AS text FROM x",
    "CREATE TABLE steal (a, b AS (zeroblob (1000000000)) STORED)",
    "CREATE INDEX steal ON note (hex (hex (text)))",
    "DROP TRIGGER note_words_update",
    "DROP TABLE state; CREATE VIEW state AS SELECT 'place' AS key, 'x' AS value",
    "CREATE VIRTUAL TABLE steal USING fts5 (x, tokenize='memo')",
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = sql || '(' WHERE name = 'note'",
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 1 WHERE name = 'article'",
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 99999 WHERE name = 'note_words_data'",
    "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'history'",
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = NULL WHERE type = 'table'",
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET name = x'00ff', tbl_name = NULL WHERE name = 'note'",
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = "
    "'note')"
    " WHERE name = 'event'",
    "PRAGMA journal_mode = WAL",
    "PRAGMA user_version = 2147483647",
    "PRAGMA user_version = -1",
    "PRAGMA application_id = 1",
    "PRAGMA auto_vacuum = FULL; VACUUM",
    "PRAGMA encoding = 'UTF-16'; VACUUM",
  };
  guint which = g_rand_int_range (rand, 0, G_N_ELEMENTS (statements));
  sqlite3 *db = NULL;

  *ret_name = statements[which];
  write_at (path, base, base_size);
  g_assert_cmpint (memo_sql_open (path, SQLITE_OPEN_READWRITE, &db), ==, SQLITE_OK);
  sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 1, NULL);
  sqlite3_exec (db, statements[which], NULL, NULL, NULL);
  sqlite3_close (db);
}

/* What is no library at all. */
static void
put_other (GRand *rand, const char **ret_name)
{
  static const char *const names[] = {
    "FIFO", "link to nothing", "link to itself",      "link to a device",    "folder",    "empty", "magic and no more",
    "text", "sparse",          "journal is a folder", "link to the library", "unreadable"
  };
  guint which = g_rand_int_range (rand, 0, G_N_ELEMENTS (names));
  g_autofree char *elsewhere = g_build_filename (folder, "elsewhere", NULL);

  *ret_name = names[which];
  switch (which)
    {
    case 0:
      g_assert_cmpint (mkfifo (path, 0600), ==, 0);
      break;
    case 1:
      g_assert_cmpint (symlink (elsewhere, path), ==, 0);
      break;
    case 2:
      g_assert_cmpint (symlink (path, path), ==, 0);
      break;
    case 3:
      g_assert_cmpint (symlink ("/dev/zero", path), ==, 0);
      break;
    case 4:
      g_mkdir (path, 0700);
      break;
    case 5:
      write_at (path, "", 0);
      break;
    case 6:
      write_at (path, "SQLite format 3", 16);
      break;
    case 7:
      write_at (path, "A memorandum is no library of memoranda.\n", 41);
      break;
    case 8:
      write_at (path, base, MIN (base_size, page_size));
      g_assert_cmpint (truncate (path, G_GINT64_CONSTANT (1) << 33), ==, 0);
      break;
    case 9:
      write_at (path, base, base_size);
      g_mkdir (journal, 0700);
      break;
    case 10:
      write_at (elsewhere, base, base_size);
      g_assert_cmpint (symlink (elsewhere, path), ==, 0);
      break;
    default:
      write_at (path, base, base_size);
      chmod (path, 0);
      break;
    }
}

static void
damage (GRand *rand, const char **ret_name)
{
  int how = g_rand_int_range (rand, 0, 22);

  if (how < 13)
    damage_bytes (rand, how, ret_name);
  else if (how < 15)
    damage_journal (rand, ret_name);
  else if (how < 18)
    damage_content (rand, ret_name);
  else if (how < 21)
    damage_schema (rand, ret_name);
  else
    put_other (rand, ret_name);
}

static void
make_base (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GError) error = NULL;
  MemoDatabase *database = memo_database_open (path, MEMO_OPEN_CREATE, &error);

  g_assert_no_error (error);
  texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < ARTICLES; i++)
    {
      g_autofree char *text = torture_text (rand, g_rand_int_range (rand, 100, 1500));
      MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_ARTICLE, NULL);
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
      g_autoptr (MemoOriginal) original = memo_original_new (bytes);
      g_autoptr (MemoChange) change = memo_change_new ("Import", NULL);
      g_autoptr (MemoRecord) record = NULL;

      memo_record_builder_set_text (builder, MEMO_ARTICLE_TITLE, torture_word (rand));
      memo_record_builder_set_text (builder, MEMO_ARTICLE_TEXT, text);
      record = memo_record_builder_end (builder);
      memo_change_insert_article (change, record, original);
      g_assert_true (memo_database_apply (database, change, NULL, &error));
      g_hash_table_insert (texts, g_strdup (memo_record_get_uuid (record)), g_steal_pointer (&text));
    }
  for (guint i = 0; i < OTHERS; i++)
    {
      g_autoptr (MemoRecord) record = torture_record (rand);

      torture_insert (database, record);
    }
  for (int i = 0; i < 3; i++)
    g_assert_true (memo_database_undo (database, NULL, NULL, &error));
  memo_database_set_state (database, "place", "1", &error);
  memo_database_close (database);
  g_file_get_contents (path, &base, &base_size, &error);
  g_assert_no_error (error);
  page_size = (guchar) base[16] << 8 | (guchar) base[17];
  g_assert_cmpuint (base_size, >, 50 * page_size);
}

static const char *
judge (int status, gboolean foreign)
{
  if (WIFSIGNALED (status))
    return WTERMSIG (status) == SIGXCPU || WTERMSIG (status) == SIGKILL ? "hang"
           : WTERMSIG (status) == SIGALRM                               ? "waits"
                                                                        : "crash";
  switch (WEXITSTATUS (status))
    {
    case WHOLE:
    case REPORTED:
      return foreign ? "a foreign schema was opened" : NULL;
    case REFUSED:
      return NULL;
    case SILENT:
      return "an article was altered and nobody said so";
    case BAD_ERROR:
      return "refused without a sentence";
    default:
      return "the process ended otherwise";
    }
}

int
main (int argc, char **argv)
{
  TortureOptions options = torture_options (argc, argv, 100, 5000);
  guint counts[3] = { 0 }, bad = 0;
  g_autofree char *root = torture_folder ();

  folder = g_build_filename (root, "library", NULL);
  g_mkdir (folder, 0700);
  path = g_build_filename (folder, "damaged.memorandum", NULL);
  journal = g_strconcat (path, "-journal", NULL);
  make_base ();
  for (guint i = 0; i < options.number; i++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (options.seed + i);
      const char *name = NULL, *problem;
      int status = 0;
      pid_t pid;

      torture_clean (folder, FALSE);
      damage (rand, &name);
      pid = fork ();
      g_assert_cmpint (pid, >=, 0);
      if (pid == 0)
        work ();
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      problem = judge (status, g_str_has_prefix (name, "CREATE ") || g_str_has_prefix (name, "DROP "));
      if (problem == NULL)
        counts[WEXITSTATUS (status)]++;
      else if (bad++ < 20)
        g_printerr ("%s (status %d): --seed %u --number 1: %s\n", problem, status, options.seed + i, name);
    }
  torture_clean (folder, TRUE);
  torture_clean (root, TRUE);
  g_print ("%u damaged files: %u refused, %u opened and reported, %u unharmed; %u crashed, hung or silent\n",
           options.number, counts[REFUSED], counts[REPORTED], counts[WHOLE], bad);
  g_hash_table_unref (texts);
  g_free (base);
  g_free (path);
  g_free (journal);
  g_free (folder);
  return bad > 0;
}
