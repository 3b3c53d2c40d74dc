#include "torture.h"
#include "store/memo-sql.h"

#include <stdlib.h>
#include <string.h>

TortureOptions
torture_options (int argc, char **argv, guint brief, guint full)
{
  TortureOptions options = { brief, g_random_int () };

  for (int i = 1; i < argc; i++)
    if (strcmp (argv[i], "--long") == 0)
      options.number = full;
    else if (strcmp (argv[i], "--number") == 0 && i + 1 < argc)
      options.number = strtoul (argv[++i], NULL, 10);
    else if (strcmp (argv[i], "--seed") == 0 && i + 1 < argc)
      options.seed = strtoul (argv[++i], NULL, 10);
    else
      {
        g_printerr ("%s [--long | --number N] [--seed N]\n", argv[0]);
        exit (2);
      }
  g_print ("seed %u\n", options.seed);
  return options;
}

char *
torture_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("memo-torture-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

void
torture_clean (const char *folder, gboolean all)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  if (all)
    g_rmdir (folder);
}

static const char *const words[] = {
  "agreement",  "agreements", "signed",     "protocol",     "health",
  "energy",     "İstanbul",   "anlaşma",    "anlaşması",    "anlaşmanın",
  "sağlık",     "enerji",     "ışık",       "IŞIK",         "protokol",
  "imzalandı",  "соглашение", "соглашения", "соглашений",   "энергетика",
  "здоровье",   "ёлка",       "елка",       "подписан",     "подписание",
  "XIX",        "19",         "2019",       "co-operation", "e-mail",
  "naïve",      "straße",     "memorandum", "memoranda",    "ministry",
  "ministries", "bakanlık",   "bakanlığın", "министр",      "министерства",
  "trade",      "trading",    "ticaret",    "ticareti",     "торговля",
  "торговли",   "Venezuela",  "Венесуэла",  "the",          "a",
  "ve",         "и",          "x",          "don't",        "Türkiye'nin",
  "№5",
};

const char *
torture_word (GRand *rand)
{
  return words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))];
}

char *
torture_text (GRand *rand, guint n)
{
  static const char *const between[] = { " ", " ", " ", " ", ", ", ". ", "\n", " – " };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append (text, between[g_rand_int_range (rand, 0, G_N_ELEMENTS (between))]);
      if (g_rand_int_range (rand, 0, 6) == 0)
        g_string_append_printf (text, "w%d", g_rand_int_range (rand, 0, 400));
      else
        g_string_append (text, torture_word (rand));
    }
  return g_string_free (text, FALSE);
}

/* What is filled, and with how many words; the kinds are those that can be searched. */
static const struct
{
  MemoField field;
  guint least, most;
} fields[] = {
  { MEMO_ARTICLE_TITLE, 1, 8 },   { MEMO_ARTICLE_SUBTITLE, 0, 5 },    { MEMO_ARTICLE_LANGUAGE, 1, 1 },
  { MEMO_ARTICLE_TAGS, 0, 3 },    { MEMO_ARTICLE_TEXT, 1, 120 },      { MEMO_ANNOTATION_EXACT, 1, 20 },
  { MEMO_ANNOTATION_TAGS, 0, 3 }, { MEMO_ANNOTATION_COMMENT, 0, 20 }, { MEMO_AGREEMENT_TITLE, 1, 10 },
  { MEMO_AGREEMENT_TAGS, 0, 3 },  { MEMO_AGREEMENT_SUMMARY, 0, 40 },  { MEMO_EVENT_TITLE, 1, 10 },
  { MEMO_EVENT_SUMMARY, 0, 20 },  { MEMO_BODY_NAME, 1, 5 },           { MEMO_BODY_NAMES, 1, 2 },
  { MEMO_PARTY_NAME, 1, 3 },      { MEMO_PARTY_NAMES, 1, 2 },         { MEMO_PARTY_ALIASES, 0, 3 },
  { MEMO_NOTE_TITLE, 1, 6 },      { MEMO_NOTE_TAGS, 0, 3 },           { MEMO_NOTE_TEXT, 0, 60 },
};

static void
fill (MemoRecordBuilder *builder, GRand *rand, guint i)
{
  static const char *const languages[] = { "en", "tr", "ru", "und", "de", NULL };
  guint n = g_rand_int_range (rand, fields[i].least, fields[i].most + 1);
  g_autofree char *text = torture_text (rand, n);

  if (fields[i].field == MEMO_ARTICLE_LANGUAGE)
    memo_record_builder_set_text (builder, fields[i].field, languages[g_rand_int_range (rand, 0, 6)]);
  else if (memo_field_get_info (fields[i].field)->type == MEMO_FIELD_TEXTS)
    {
      g_auto (GStrv) tags = g_new0 (char *, n + 1);

      for (guint k = 0; k < n; k++)
        tags[k] = g_strdup_printf ("%s%s", torture_word (rand), k == 1 ? " \"x\"\\y" : "");
      memo_record_builder_set_texts (builder, fields[i].field, (const char *const *) tags);
    }
  else if (memo_field_get_info (fields[i].field)->type == MEMO_FIELD_JSON)
    {
      g_autofree char *names = g_strdup_printf ("{\"en\":\"%s\",\"tr\":\"%s\",\"ru\":\"%s\"}", torture_word (rand),
                                                torture_word (rand), torture_word (rand));

      g_assert_true (memo_record_builder_set_stored (builder, fields[i].field, names, NULL));
    }
  else
    memo_record_builder_set_text (builder, fields[i].field, text);
}

MemoRecord *
torture_record (GRand *rand)
{
  static const MemoKind kinds[] = { MEMO_KIND_ARTICLE, MEMO_KIND_ANNOTATION, MEMO_KIND_AGREEMENT, MEMO_KIND_EVENT,
                                    MEMO_KIND_BODY,    MEMO_KIND_PARTY,      MEMO_KIND_NOTE };
  MemoKind kind = kinds[g_rand_int_range (rand, 0, G_N_ELEMENTS (kinds))];
  MemoRecordBuilder *builder = memo_record_builder_new (kind, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].field >> 8 == kind)
      fill (builder, rand, i);
  return memo_record_builder_end (builder);
}

MemoRecord *
torture_edit (GRand *rand, MemoRecord *record)
{
  MemoRecordBuilder *builder = memo_record_builder_edit (record);
  gboolean any = FALSE;

  while (!any)
    for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
      if (fields[i].field >> 8 == memo_record_get_kind (record) && g_rand_boolean (rand))
        {
          fill (builder, rand, i);
          any = TRUE;
        }
  return memo_record_builder_end (builder);
}

void
torture_insert (MemoDatabase *database, MemoRecord *record)
{
  g_autoptr (MemoChange) change = memo_change_new ("Edit", memo_record_get_title (record));
  g_autoptr (GError) error = NULL;

  memo_change_insert (change, record);
  memo_database_apply (database, change, NULL, &error);
  g_assert_no_error (error);
}

void
torture_check (MemoDatabase *database)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = memo_database_check (database, FALSE, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_printerr ("%s\n", (char *) problems->pdata[i]);
  g_assert_cmpuint (problems->len, ==, 0);
}

char *
torture_digest (const char *name, GPtrArray *queries)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  sqlite3 *db = NULL;

  g_assert_cmpint (memo_sql_open (name, SQLITE_OPEN_READWRITE, &db), ==, SQLITE_OK);
  for (guint i = 0; i < queries->len; i++)
    {
      sqlite3_stmt *statement = NULL;
      int code = sqlite3_prepare_v2 (db, queries->pdata[i], -1, &statement, NULL);

      g_assert_cmpint (code, ==, SQLITE_OK);
      while ((code = sqlite3_step (statement)) == SQLITE_ROW)
        for (int column = 0; column < sqlite3_column_count (statement); column++)
          {
            int size = sqlite3_column_bytes (statement, column);

            g_checksum_update (sum, (const guchar *) &size, sizeof size);
            if (size > 0)
              g_checksum_update (sum, sqlite3_column_blob (statement, column), size);
          }
      g_assert_cmpint (code, ==, SQLITE_DONE);
      sqlite3_finalize (statement);
    }
  sqlite3_close (db);
  return g_strdup (g_checksum_get_string (sum));
}

GPtrArray *
torture_queries (const char *name)
{
  GPtrArray *queries = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement = NULL;
  sqlite3 *db = NULL;

  g_assert_cmpint (memo_sql_open (name, SQLITE_OPEN_READWRITE, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (
                       db,
                       "SELECT format ('SELECT %s FROM \"%w\" ORDER BY 1', "
                       "(SELECT group_concat (format ('\"%w\"', i.name)) FROM pragma_table_info (s.name) i), s.name) "
                       "FROM sqlite_schema s WHERE type = 'table' AND name NOT LIKE '%\\_words%' ESCAPE '\\' "
                       "ORDER BY name",
                       -1, &statement, NULL),
                   ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_ptr_array_add (queries, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
  sqlite3_finalize (statement);
  sqlite3_close (db);
  g_assert_cmpuint (queries->len, >, MEMO_N_KINDS);
  return queries;
}
