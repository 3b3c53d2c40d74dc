/* What the store's work costs beside plain SQLite doing the same in the same run. Prints one JSON object.
 * bench-store [ARTICLES [ANNOTATIONS]] */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include "fixture.h"

static guint32 seed = 1;

static guint32
draw (guint32 below)
{
  seed = seed * 1664525u + 1013904223u;
  return (seed >> 8) % below;
}

/* Zipf's law, roughly: small numbers come often. */
static guint32
draw_rank (guint32 below)
{
  double u = (draw (1 << 20) + 1) / (double) (1 << 20);

  return MIN (below - 1, (guint32) (below * u * u * u));
}

#define WORDS 20000
static char *words[3][WORDS];

static void
make_words (void)
{
  static const char *const parts[3][16] = {
    { "agree", "co", "pro", "ment", "tion", "er", "in", "trade", "sta", "ver", "ing", "s", "al", "pan", "de", "re" },
    { "anlaş", "ma", "lar", "ı", "nın", "ba", "kan", "lık", "üre", "tim", "de", "ka", "sağ", "yö", "net", "im" },
    { "согла", "ше", "ни", "е", "ями", "про", "из", "вод", "ство", "ком", "мис", "сия", "раз", "ви", "тие", "ст" },
  };

  for (int language = 0; language < 3; language++)
    for (int i = 0; i < WORDS; i++)
      {
        GString *word = g_string_new (NULL);
        int n = 1 + draw (4);

        while (n-- > 0)
          g_string_append (word, parts[language][draw (16)]);
        if (draw (3) == 0)
          g_string_append_unichar (word, language == 2 ? 0x430 + draw (32) : 'a' + draw (26));
        words[language][i] = g_string_free (word, FALSE);
      }
}

static char *
make_text (int language, gsize bytes)
{
  GString *text = g_string_sized_new (bytes + 64);

  while (text->len < bytes)
    {
      g_string_append (text, words[language][draw_rank (WORDS)]);
      g_string_append (text, draw (12) == 0 ? ". " : " ");
    }
  return g_string_free (text, FALSE);
}

static double
now (void)
{
  return g_get_monotonic_time () / 1000.0;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return first < second ? -1 : first > second;
}

static void
print_row (const char *name, GArray *times, GArray *floors)
{
  g_array_sort (times, compare_doubles);
  g_print ("\"%s\":{\"p50\":%.3f,\"p99\":%.3f,\"max\":%.3f", name, g_array_index (times, double, times->len / 2),
           g_array_index (times, double, times->len * 99 / 100), g_array_index (times, double, times->len - 1));
  if (floors != NULL)
    {
      g_array_sort (floors, compare_doubles);
      g_print (",\"floor_p50\":%.3f,\"ratio\":%.2f", g_array_index (floors, double, floors->len / 2),
               g_array_index (times, double, times->len / 2) / g_array_index (floors, double, floors->len / 2));
    }
  g_print ("},\n");
}

static void
exec (sqlite3 *db, const char *sql)
{
  char *message = NULL;

  if (sqlite3_exec (db, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", sql, message);
}

static MemoRecord *
make_annotation (const char *article, int language)
{
  g_autofree char *exact = make_text (language, 80);
  g_autofree char *comment = make_text (language, 40);
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_ANNOTATION, NULL);

  memo_record_builder_set_text (builder, MEMO_ANNOTATION_ARTICLE, article);
  memo_record_builder_set_text (builder, MEMO_ANNOTATION_EXACT, exact);
  memo_record_builder_set_text (builder, MEMO_ANNOTATION_COMMENT, comment);
  memo_record_builder_set_text (builder, MEMO_ANNOTATION_COLOR, "yellow");
  memo_record_builder_set_int (builder, MEMO_ANNOTATION_START, 10);
  memo_record_builder_set_int (builder, MEMO_ANNOTATION_END, 90);
  return memo_record_builder_end (builder);
}

int
main (int argc, char **argv)
{
  int n_articles = argc > 1 ? atoi (argv[1]) : 2000, n_annotations = argc > 2 ? atoi (argv[2]) : n_articles * 10;
  static const char *const languages[3] = { "en", "tr", "ru" };
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) floors = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (MemoRecord) article = NULL;
  Fixture fixture;
  sqlite3 *plain = NULL;
  sqlite3_stmt *statement;
  g_autofree char *plain_path = NULL;
  double start, mine, floor;

  make_words ();
  fixture_set_up (&fixture, NULL);
  plain_path = g_build_filename (fixture.folder, "plain.db", NULL);
  sqlite3_open (plain_path, &plain);
  exec (plain,
        "PRAGMA synchronous=FULL; PRAGMA cache_size=-32768; CREATE TABLE a (id INTEGER PRIMARY KEY, uuid TEXT UNIQUE,"
        " title TEXT, text TEXT); CREATE VIRTUAL TABLE w USING fts5 (title, text, content='a', content_rowid='id',"
        " prefix='1 2 3'); CREATE TABLE n (id INTEGER PRIMARY KEY, uuid TEXT UNIQUE, article TEXT, exact TEXT,"
        " comment TEXT); CREATE VIRTUAL TABLE nw USING fts5 (exact, comment, content='n', content_rowid='id',"
        " prefix='1 2 3')");
  for (int i = 0; i < n_articles; i++)
    g_ptr_array_add (texts, make_text (i % 3, 5000));

  /* Import in transactions of 200. */
  start = now ();
  for (int i = 0; i < n_articles;)
    {
      MemoChange *change = memo_change_new ("Import", NULL);

      for (int k = 0; k < 200 && i < n_articles; k++, i++)
        {
          MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_ARTICLE, NULL);
          g_autofree char *title = g_strndup (texts->pdata[i], 30);
          g_autofree char *valid = g_utf8_make_valid (title, -1);
          g_autoptr (MemoRecord) record = NULL;

          memo_record_builder_set_text (builder, MEMO_ARTICLE_TITLE, valid);
          memo_record_builder_set_text (builder, MEMO_ARTICLE_LANGUAGE, languages[i % 3]);
          memo_record_builder_set_text (builder, MEMO_ARTICLE_TEXT, texts->pdata[i]);
          record = memo_record_builder_end (builder);
          memo_change_insert (change, record);
          g_set_object (&article, record);
        }
      memo_notice_unref (apply (fixture.database, change));
    }
  mine = now () - start;
  start = now ();
  exec (plain, "BEGIN IMMEDIATE");
  sqlite3_prepare_v2 (plain, "INSERT INTO a (uuid, title, text) VALUES (?, ?, ?)", -1, &statement, NULL);
  for (int i = 0; i < n_articles; i++)
    {
      g_autofree char *uuid = g_uuid_string_random ();

      sqlite3_bind_text (statement, 1, uuid, -1, SQLITE_TRANSIENT);
      sqlite3_bind_text (statement, 2, texts->pdata[i], 30, SQLITE_TRANSIENT);
      sqlite3_bind_text (statement, 3, texts->pdata[i], -1, SQLITE_STATIC);
      sqlite3_step (statement);
      sqlite3_reset (statement);
    }
  sqlite3_finalize (statement);
  exec (plain, "INSERT INTO w (w) VALUES ('rebuild')");
  exec (plain, "COMMIT");
  floor = now () - start;
  g_print ("{\"articles\":%d,\"annotations\":%d,\n\"import\":{\"ms\":%.0f,\"floor_ms\":%.0f,\"ratio\":%.2f},\n",
           n_articles, n_annotations, mine, floor, mine / floor);

  start = now ();
  for (int i = 0; i < n_annotations;)
    {
      MemoChange *change = memo_change_new ("Import", NULL);

      for (int k = 0; k < 2000 && i < n_annotations; k++, i++)
        {
          g_autoptr (MemoRecord) record = make_annotation (memo_record_get_uuid (article), i % 3);

          memo_change_insert (change, record);
        }
      memo_notice_unref (apply (fixture.database, change));
    }
  g_print ("\"annotations_ms\":%.0f,\n", now () - start);

  /* One highlight until it is on disk. */
  for (int i = 0; i < 200; i++)
    {
      g_autoptr (MemoRecord) record = make_annotation (memo_record_get_uuid (article), i % 3);
      MemoChange *change = memo_change_new ("Add highlight", NULL);
      double took;

      memo_change_insert (change, record);
      start = now ();
      memo_notice_unref (apply (fixture.database, change));
      took = now () - start;
      g_array_append_val (times, took);
      start = now ();
      exec (plain, "BEGIN IMMEDIATE");
      sqlite3_prepare_v2 (plain, "INSERT INTO n (uuid, article, exact, comment) VALUES (?, ?, ?, ?)", -1, &statement,
                          NULL);
      sqlite3_bind_text (statement, 1, memo_record_get_uuid (record), -1, SQLITE_STATIC);
      sqlite3_bind_text (statement, 2, memo_record_get_uuid (article), -1, SQLITE_STATIC);
      sqlite3_bind_text (statement, 3, memo_record_get_text (record, MEMO_ANNOTATION_EXACT), -1, SQLITE_STATIC);
      sqlite3_bind_text (statement, 4, memo_record_get_text (record, MEMO_ANNOTATION_COMMENT), -1, SQLITE_STATIC);
      sqlite3_step (statement);
      sqlite3_finalize (statement);
      exec (plain, "COMMIT");
      took = now () - start;
      g_array_append_val (floors, took);
    }
  print_row ("highlight_ms", times, floors);

  /* As one types: every prefix of words from all three languages. */
  g_array_set_size (times, 0);
  g_array_set_size (floors, 0);
  for (int i = 0; i < 200; i++)
    {
      const char *word = words[i % 3][draw_rank (WORDS)];

      for (const char *end = word; *end != '\0';)
        {
          g_autofree char *prefix = NULL;
          g_autofree char *expression = NULL;
          g_autoptr (GPtrArray) hits = NULL;
          double took;

          end = g_utf8_next_char (end);
          prefix = g_strndup (word, end - word);
          start = now ();
          hits = memo_database_search (fixture.database, prefix, TRUE, 50, NULL);
          took = now () - start;
          if (took > 16)
            g_printerr ("%s: %.1f ms\n", prefix, took);
          g_array_append_val (times, took);
          expression = g_strdup_printf ("\"%s\" *", prefix);
          start = now ();
          sqlite3_prepare_v2 (
              plain, "SELECT rowid, snippet (w, 1, '', '', '', 20) FROM w WHERE w MATCH ? ORDER BY rank LIMIT 50", -1,
              &statement, NULL);
          sqlite3_bind_text (statement, 1, expression, -1, SQLITE_STATIC);
          while (sqlite3_step (statement) == SQLITE_ROW)
            ;
          sqlite3_finalize (statement);
          took = now () - start;
          g_array_append_val (floors, took);
        }
    }
  print_row ("typing_ms", times, floors);

  start = now ();
  memo_database_undo (fixture.database, NULL, NULL, NULL);
  g_print ("\"undo_ms\":%.1f,\n", now () - start);
  start = now ();
  fixture_reopen (&fixture);
  g_print ("\"open_ms\":%.1f,\n", now () - start);
  start = now ();
  for (gint64 after = 0;;)
    {
      g_autoptr (GPtrArray) slice =
          memo_database_scan (fixture.database, MEMO_KIND_ANNOTATION, after, 1000, FALSE, FALSE, NULL);

      if (slice->len == 0)
        break;
      after = memo_record_get_id (slice->pdata[slice->len - 1]);
    }
  g_print ("\"scan_annotations_ms\":%.1f,\n", now () - start);
  start = now ();
  assert_clean (fixture.database);
  g_print ("\"check_ms\":%.1f}\n", now () - start);
  sqlite3_close (plain);
  if (g_getenv ("KEEP") != NULL)
    g_printerr ("%s\n", fixture.path);
  else
    fixture_tear_down (&fixture, NULL);
  return 0;
}
