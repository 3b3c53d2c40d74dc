#include "fixture.h"

#include <unistd.h>
#include "base/memo-anchor.h"
#include "store/memo-merge.h"
#include "store/memo-sql.h"

/* A second library beside the fixture's: a copy of it, or an empty one. */
static char *
copy_of (Fixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (fixture->folder, name, NULL);

  memo_database_backup (fixture->database, path, &error);
  g_assert_no_error (error);
  return path;
}

static MemoDatabase *
open_at (const char *path)
{
  g_autoptr (GError) error = NULL;
  MemoDatabase *database = memo_database_open (path, MEMO_OPEN_CREATE, &error);

  g_assert_no_error (error);
  return database;
}

static MemoMerge *
merge (MemoDatabase *database, const char *path, gboolean dry)
{
  g_autoptr (GError) error = NULL;
  MemoMerge *result = memo_database_merge (database, path, dry, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (result);
  return result;
}

/* Nobody wants to know what an action touched. */
static void
drop (MemoNotice *notice)
{
  g_clear_pointer (&notice, memo_notice_unref);
}

/* Changes one field of a record as it is now. */
static void
set (MemoDatabase *database, MemoRecord *record, MemoField field, const char *stored)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) now = read_record (database, record);
  MemoRecordBuilder *builder = memo_record_builder_edit (now);
  g_autoptr (MemoRecord) changed = NULL;
  MemoChange *change = memo_change_new ("Edit", NULL);

  if (stored == NULL)
    memo_record_builder_set_text (builder, field, NULL);
  else
    memo_record_builder_set_stored (builder, field, stored, &error);
  g_assert_no_error (error);
  changed = memo_record_builder_end (builder);
  memo_change_update (change, now, changed);
  drop (apply (database, change));
}

/* Another text for an article; its annotations find their place again, in the same action. */
static void
set_text (MemoDatabase *database, MemoRecord *article, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) now = read_record (database, article);
  g_autoptr (MemoRecord) changed = edit_record (now, MEMO_ARTICLE_TEXT, text);
  g_autoptr (GPtrArray) marks =
      memo_database_read_where (database, MEMO_ANNOTATION_ARTICLE, memo_record_get_uuid (article), &error);
  MemoChange *change = memo_change_new ("Update text", NULL);

  g_assert_no_error (error);
  memo_change_update (change, now, changed);
  for (guint i = 0; i < marks->len; i++)
    {
      MemoRecord *mark = marks->pdata[i];
      MemoSelector selector = { memo_record_get_text (mark, MEMO_ANNOTATION_EXACT),
                                memo_record_get_text (mark, MEMO_ANNOTATION_PREFIX),
                                memo_record_get_text (mark, MEMO_ANNOTATION_SUFFIX),
                                memo_record_get_int (mark, MEMO_ANNOTATION_START),
                                memo_record_get_int (mark, MEMO_ANNOTATION_END) };
      MemoRecordBuilder *builder = memo_record_builder_edit (mark);
      g_autoptr (MemoRecord) moved = NULL;
      glong start, end;

      if (memo_anchor_find (text, &selector, &start, &end, NULL) == MEMO_ANCHOR_ORPHAN)
        memo_record_builder_set_text (builder, MEMO_ANNOTATION_STATE, "orphan");
      else
        {
          g_autofree char *exact = NULL;
          g_autofree char *prefix = NULL;
          g_autofree char *suffix = NULL;

          memo_anchor_describe (text, start, end, &exact, &prefix, &suffix);
          memo_record_builder_set_int (builder, MEMO_ANNOTATION_START, start);
          memo_record_builder_set_int (builder, MEMO_ANNOTATION_END, end);
          memo_record_builder_set_text (builder, MEMO_ANNOTATION_EXACT, exact);
          memo_record_builder_set_text (builder, MEMO_ANNOTATION_PREFIX, prefix);
          memo_record_builder_set_text (builder, MEMO_ANNOTATION_SUFFIX, suffix);
          memo_record_builder_set_text (builder, MEMO_ANNOTATION_STATE, "anchored");
        }
      moved = memo_record_builder_end (builder);
      memo_change_update (change, mark, moved);
    }
  drop (apply (database, change));
}

static void
put_away (MemoDatabase *database, MemoRecord *record, gboolean back)
{
  g_autoptr (MemoRecord) now = read_record (database, record);
  MemoChange *change = memo_change_new (back ? "Restore" : "Delete", NULL);

  (back ? memo_change_restore : memo_change_trash) (change, now);
  drop (apply (database, change));
}

static char *
get (MemoDatabase *database, MemoRecord *record, MemoField field)
{
  g_autoptr (MemoRecord) now = read_record (database, record);

  g_assert_nonnull (now);
  return memo_record_dup_stored (now, field);
}

#define assert_field(database, record, field, expected)                                                                \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *found = get (database, record, field);                                                            \
    g_assert_cmpstr (found, ==, expected);                                                                             \
  }                                                                                                                    \
  G_STMT_END

static void
assert_stable (MemoDatabase *database, const char *path)
{
  g_autoptr (MemoMerge) again = merge (database, path, FALSE);

  g_assert_false (memo_merge_has_changes (again));
}

static gint64
read_int (const char *path, const char *sql)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  gint64 value;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  value = sqlite3_step (statement) == SQLITE_ROW ? sqlite3_column_int64 (statement, 0) : -1;
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return value;
}

static gint
compare_lines (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* All that lives in a library, as text: "uuid {…}" in order. */
static char *
dump (MemoDatabase *database)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  GString *all = g_string_new (NULL);

  for (MemoKind kind = 0; kind < MEMO_N_KINDS; kind++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) records = memo_database_scan (database, kind, 0, 100000, FALSE, TRUE, &error);
      guint n;
      const MemoFieldInfo *fields = memo_kind_get_fields (kind, &n);

      g_assert_no_error (error);
      for (guint i = 0; i < records->len; i++)
        {
          GString *line = g_string_new (memo_record_get_uuid (records->pdata[i]));

          for (guint k = 0; k < n; k++)
            {
              g_autofree char *value = memo_record_dup_stored (records->pdata[i], MEMO_FIELD (kind, k));

              if (value != NULL)
                g_string_append_printf (line, " %s=%s", fields[k].name, value);
            }
          g_ptr_array_add (lines, g_string_free (line, FALSE));
        }
    }
  g_ptr_array_sort (lines, compare_lines);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (all, "%s\n", (char *) lines->pdata[i]);
  return g_string_free (all, FALSE);
}

static void
test_times (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRecord) one =
      insert_record (fixture->database, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "One", -1));
  g_autoptr (GError) error = NULL;
  gint64 first, second;

  /* What is new has no times; an edit gives its field one, and only that. */
  g_assert_cmpint (read_int (fixture->path, "SELECT count(*) FROM edit"), ==, 0);
  set (fixture->database, one, MEMO_NOTE_TITLE, "Two");
  g_assert_cmpint (read_int (fixture->path, "SELECT count(*) FROM edit"), ==, 1);
  first = read_int (fixture->path, "SELECT time FROM edit WHERE field = 'title'");
  g_assert_cmpint (g_get_real_time () - first, <, 60 * G_USEC_PER_SEC);
  /* Undo is a change too. */
  memo_database_undo (fixture->database, NULL, NULL, &error);
  g_assert_no_error (error);
  second = read_int (fixture->path, "SELECT time FROM edit WHERE field = 'title'");
  g_assert_cmpint (second, >, first);
  put_away (fixture->database, one, FALSE);
  g_assert_cmpint (read_int (fixture->path, "SELECT count(*) FROM edit WHERE field = 'deleted'"), ==, 1);
  put_away (fixture->database, one, TRUE);
  g_assert_cmpint (read_int (fixture->path, "SELECT count(*) FROM edit"), ==, 2);
  /* Undone up to before it was made: as though it had never been. */
  for (int i = 0; i < 3; i++)
    memo_database_undo (fixture->database, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read_int (fixture->path, "SELECT count(*) FROM edit"), ==, 0);
}

static void
test_add (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "other.memorandum", NULL);
  MemoDatabase *other = open_at (path);
  g_autoptr (GBytes) page = g_bytes_new_static ("<p>Body</p>", 11);
  MemoChange *change = memo_change_new ("Import", NULL);
  g_autoptr (MemoRecord) article =
      make_record (MEMO_KIND_ARTICLE, MEMO_ARTICLE_TITLE, "Page", MEMO_ARTICLE_TEXT, "Body", -1);
  g_autoptr (MemoRecord) note = NULL;
  g_autoptr (MemoRecord) found = NULL;
  g_autoptr (MemoMerge) first = NULL;
  g_autoptr (MemoMerge) dry = NULL;
  g_autoptr (MemoMerge) again = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GBytes) original = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *contents = NULL;
  g_autofree char *contents_after = NULL;
  gsize size, size_after;

  memo_change_insert (change, article);
  g_array_index (memo_change_get_steps (change), MemoStep, 0).original = memo_original_new (page);
  memo_notice_unref (apply (other, change));
  note = insert_record (other, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "Note", -1));
  memo_database_close (other);
  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));

  before = dump (fixture->database);
  dry = merge (fixture->database, path, TRUE);
  g_assert_cmpuint (dry->added[MEMO_KIND_ARTICLE], ==, 1);
  g_assert_cmpuint (dry->added[MEMO_KIND_NOTE], ==, 1);
  g_assert_cmpuint (dry->fresh->len, ==, 1);
  after = dump (fixture->database);
  g_assert_cmpstr (before, ==, after);
  first = merge (fixture->database, path, FALSE);
  g_assert_cmpuint (first->added[MEMO_KIND_ARTICLE], ==, 1);
  g_assert_cmpstr (first->name, ==, "other.memorandum");
  found = read_record (fixture->database, article);
  g_assert_cmpstr (memo_record_get_text (found, MEMO_ARTICLE_TEXT), ==, "Body");
  original =
      memo_database_read_original (fixture->database, memo_record_get_text (found, MEMO_ARTICLE_ORIGINAL), &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (original, page));
  again = merge (fixture->database, path, FALSE);
  g_assert_false (memo_merge_has_changes (again));
  history = memo_database_read_history (fixture->database, 10, &error);
  g_assert_cmpuint (history->len, ==, 1);
  g_assert_cmpstr (((MemoHistoryEntry *) history->pdata[0])->name, ==, "Merge library");
  g_assert_cmpstr (((MemoHistoryEntry *) history->pdata[0])->detail, ==, "other.memorandum");
  assert_clean (fixture->database);
  memo_database_undo (fixture->database, NULL, NULL, &error);
  g_assert_no_error (error);
  g_free (after);
  after = dump (fixture->database);
  g_assert_cmpstr (before, ==, after);
  /* It can be merged again, and the other file is what it was. */
  memo_merge_free (g_steal_pointer (&again));
  again = merge (fixture->database, path, FALSE);
  g_assert_cmpuint (again->added[MEMO_KIND_NOTE], ==, 1);
  g_assert_true (g_file_get_contents (path, &contents_after, &size_after, NULL));
  g_assert_cmpmem (contents, size, contents_after, size_after);
}

static void
test_fields (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRecord) one =
      insert_record (fixture->database,
                     make_record (MEMO_KIND_AGREEMENT, MEMO_AGREEMENT_TITLE, "First", MEMO_AGREEMENT_SIGNED,
                                  "2025-11-28", MEMO_AGREEMENT_TAGS, "[\"a\"]", -1));
  g_autofree char *path = copy_of (fixture, "other.memorandum");
  MemoDatabase *other = open_at (path);
  g_autoptr (MemoMerge) result = NULL;
  g_autoptr (MemoMerge) again = NULL;
  g_autoptr (GPtrArray) earlier = NULL;
  g_autoptr (GError) error = NULL;
  MemoEarlier *aside;

  set (fixture->database, one, MEMO_AGREEMENT_TITLE, "Ours, older");
  set (other, one, MEMO_AGREEMENT_TITLE, "Theirs, newer");
  set (other, one, MEMO_AGREEMENT_SIGNED, "2025-11");
  set (fixture->database, one, MEMO_AGREEMENT_SIGNED, "2025-12-01");
  set (other, one, MEMO_AGREEMENT_SUMMARY, "Only theirs");
  set (fixture->database, one, MEMO_AGREEMENT_TAGS, "[\"a\",\"b\"]");
  set (other, one, MEMO_AGREEMENT_TAGS, "[\"a\",\"c\"]");
  memo_database_close (other);

  result = merge (fixture->database, path, FALSE);
  g_assert_cmpuint (result->changed[MEMO_KIND_AGREEMENT], ==, 1);
  g_assert_cmpuint (result->decided, ==, 3);
  assert_field (fixture->database, one, MEMO_AGREEMENT_TITLE, "Theirs, newer");
  assert_field (fixture->database, one, MEMO_AGREEMENT_SIGNED, "2025-12-01");
  assert_field (fixture->database, one, MEMO_AGREEMENT_SUMMARY, "Only theirs");
  assert_field (fixture->database, one, MEMO_AGREEMENT_TAGS, "[\"a\",\"c\",\"b\"]");
  earlier = memo_database_read_earlier (fixture->database, memo_record_get_uuid (one), &error);
  g_assert_no_error (error);
  aside = NULL;
  for (guint i = 0; i < earlier->len; i++)
    if (g_str_equal (((MemoEarlier *) earlier->pdata[i])->field, "title"))
      aside = earlier->pdata[i];
  g_assert_nonnull (aside);
  g_assert_cmpstr (aside->value, ==, "Ours, older");
  g_assert_cmpstr (aside->origin, ==, "test.memorandum");
  again = merge (fixture->database, path, FALSE);
  g_assert_false (memo_merge_has_changes (again));

  /* A tag that is taken away later stays away, though the other library still has it. */
  set (fixture->database, one, MEMO_AGREEMENT_TAGS, "[\"a\"]");
  memo_merge_free (g_steal_pointer (&again));
  again = merge (fixture->database, path, FALSE);
  g_assert_false (memo_merge_has_changes (again));
  assert_field (fixture->database, one, MEMO_AGREEMENT_TAGS, "[\"a\"]");
  other = open_at (path);
  memo_merge_free (g_steal_pointer (&again));
  again = merge (other, fixture->path, FALSE);
  assert_field (other, one, MEMO_AGREEMENT_TAGS, "[\"a\"]");
  assert_field (other, one, MEMO_AGREEMENT_TITLE, "Theirs, newer");
  memo_database_close (other);
}

static void
test_deleted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRecord) quiet =
      insert_record (fixture->database, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "Quiet", -1));
  g_autoptr (MemoRecord) busy =
      insert_record (fixture->database, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "Busy", -1));
  g_autoptr (MemoRecord) page = insert_record (fixture->database, make_record (MEMO_KIND_ARTICLE, MEMO_ARTICLE_TITLE,
                                                                               "Page", MEMO_ARTICLE_TEXT, "Body", -1));
  g_autofree char *path = copy_of (fixture, "other.memorandum");
  MemoDatabase *other = open_at (path);
  g_autoptr (MemoRecord) mark = NULL;
  g_autoptr (MemoMerge) result = NULL;
  g_autoptr (MemoRecord) now = NULL;

  put_away (other, quiet, FALSE);
  put_away (other, busy, FALSE);
  put_away (other, page, FALSE);
  memo_database_close (other);
  set (fixture->database, busy, MEMO_NOTE_TEXT, "Changed since");
  mark = insert_record (fixture->database, make_record (MEMO_KIND_ANNOTATION, MEMO_ANNOTATION_EXACT, "Body",
                                                        MEMO_ANNOTATION_ARTICLE, memo_record_get_uuid (page), -1));
  result = merge (fixture->database, path, FALSE);
  g_assert_cmpuint (result->trashed, ==, 1);
  g_assert_cmpuint (result->kept, ==, 2);
  now = read_record (fixture->database, quiet);
  g_assert_cmpint (memo_record_get_deleted (now), !=, 0);
  g_set_object (&now, NULL);
  now = read_record (fixture->database, busy);
  g_assert_cmpint (memo_record_get_deleted (now), ==, 0);
  g_set_object (&now, NULL);
  now = read_record (fixture->database, page);
  g_assert_cmpint (memo_record_get_deleted (now), ==, 0);

  /* In the other direction what was changed comes back. */
  other = open_at (path);
  memo_merge_free (g_steal_pointer (&result));
  result = merge (other, fixture->path, FALSE);
  g_assert_cmpuint (result->restored, ==, 2);
  assert_field (other, busy, MEMO_NOTE_TEXT, "Changed since");
  memo_database_close (other);
}

/* What was deleted for good on one side does not come back, nor what hung on it; what was changed since does. */
static void
test_gone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRecord) page = insert_record (fixture->database, make_record (MEMO_KIND_ARTICLE, MEMO_ARTICLE_TITLE,
                                                                               "Page", MEMO_ARTICLE_TEXT, "Body", -1));
  g_autoptr (MemoRecord) mark =
      insert_record (fixture->database, make_record (MEMO_KIND_ANNOTATION, MEMO_ANNOTATION_EXACT, "Body",
                                                     MEMO_ANNOTATION_ARTICLE, memo_record_get_uuid (page), -1));
  g_autoptr (MemoRecord) busy =
      insert_record (fixture->database, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "Busy", -1));
  g_autofree char *path = copy_of (fixture, "other.memorandum");
  MemoDatabase *other = open_at (path);
  g_autoptr (MemoMerge) result = NULL;
  g_autoptr (MemoMerge) back = NULL;
  g_autoptr (MemoRecord) now = NULL;
  g_autoptr (GError) error = NULL;

  put_away (fixture->database, page, FALSE);
  put_away (fixture->database, busy, FALSE);
  memo_sql_exec (fixture->database, "DELETE FROM annotation; DELETE FROM article; DELETE FROM note", &error);
  g_assert_no_error (error);
  set (other, busy, MEMO_NOTE_TEXT, "Changed since");
  memo_database_close (other);
  result = merge (fixture->database, path, FALSE);
  g_assert_cmpuint (result->added[MEMO_KIND_ARTICLE] + result->added[MEMO_KIND_ANNOTATION], ==, 0);
  g_assert_cmpuint (result->added[MEMO_KIND_NOTE], ==, 1);
  g_assert_null (read_record (fixture->database, page));
  g_assert_null (read_record (fixture->database, mark));
  assert_clean (fixture->database);

  /* There it goes to the trash. */
  other = open_at (path);
  back = merge (other, fixture->path, FALSE);
  g_assert_cmpuint (back->trashed, ==, 1);
  now = read_record (other, page);
  g_assert_cmpint (memo_record_get_deleted (now), !=, 0);
  memo_database_close (other);
}

/* What lies in their trash comes along, for what refers to it. */
static void
test_trash (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "other.memorandum", NULL);
  MemoDatabase *other = open_at (path);
  g_autoptr (MemoRecord) page =
      insert_record (other, make_record (MEMO_KIND_ARTICLE, MEMO_ARTICLE_TITLE, "Page", MEMO_ARTICLE_TEXT, "Body", -1));
  g_autoptr (MemoRecord) mark =
      insert_record (other, make_record (MEMO_KIND_ANNOTATION, MEMO_ANNOTATION_EXACT, "Body", MEMO_ANNOTATION_ARTICLE,
                                         memo_record_get_uuid (page), -1));
  g_autoptr (MemoMerge) result = NULL;
  g_autoptr (MemoRecord) now = NULL;

  put_away (other, page, FALSE);
  memo_database_close (other);
  result = merge (fixture->database, path, FALSE);
  g_assert_cmpuint (result->added[MEMO_KIND_ARTICLE], ==, 0);
  now = read_record (fixture->database, page);
  g_assert_cmpint (memo_record_get_deleted (now), !=, 0);
  assert_clean (fixture->database);
  assert_stable (fixture->database, path);
}

/* (transfer full) */
static MemoRecord *
make_mark (MemoRecord *article, const char *exact, const char *prefix, const char *suffix, int start, int end)
{
  g_autofree char *first = g_strdup_printf ("%d", start);
  g_autofree char *last = g_strdup_printf ("%d", end);

  return make_record (MEMO_KIND_ANNOTATION, MEMO_ANNOTATION_ARTICLE, memo_record_get_uuid (article),
                      MEMO_ANNOTATION_EXACT, exact, MEMO_ANNOTATION_PREFIX, prefix, MEMO_ANNOTATION_SUFFIX, suffix,
                      MEMO_ANNOTATION_START, first, MEMO_ANNOTATION_END, last, MEMO_ANNOTATION_STATE, "anchored", -1);
}

/* Annotations of both sides in the text that won. */
static void
test_places (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRecord) page =
      insert_record (fixture->database, make_record (MEMO_KIND_ARTICLE, MEMO_ARTICLE_TITLE, "Page", MEMO_ARTICLE_TEXT,
                                                     "The council met in May and signed a protocol.", -1));
  g_autoptr (MemoRecord) shared =
      insert_record (fixture->database, make_mark (page, "protocol", "signed a ", ".", 36, 44));
  g_autofree char *path = copy_of (fixture, "other.memorandum");
  MemoDatabase *other = open_at (path);
  g_autoptr (MemoRecord) mine = insert_record (fixture->database, make_mark (page, "May", "met in ", " and", 19, 22));
  g_autoptr (MemoMerge) result = NULL;
  g_autoptr (MemoMerge) back = NULL;
  g_autofree char *ours = NULL;
  g_autofree char *theirs = NULL;

  set_text (other, page, "As is known, the council met in May and signed a protocol.");
  memo_database_close (other);
  result = merge (fixture->database, path, FALSE);
  g_assert_cmpuint (result->moved, ==, 1);
  assert_field (fixture->database, mine, MEMO_ANNOTATION_START, "32");
  assert_field (fixture->database, shared, MEMO_ANNOTATION_START, "49");
  other = open_at (path);
  back = merge (other, fixture->path, FALSE);
  ours = dump (fixture->database);
  theirs = dump (other);
  g_assert_cmpstr (ours, ==, theirs);
  memo_database_close (other);
  assert_clean (fixture->database);
}

/* The text becomes another one while the mark lies in the trash, from which the other library takes it out again. */
static void
test_places_trash (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRecord) page =
      insert_record (fixture->database, make_record (MEMO_KIND_ARTICLE, MEMO_ARTICLE_TITLE, "Page", MEMO_ARTICLE_TEXT,
                                                     "The council met in May and signed a protocol.", -1));
  g_autoptr (MemoRecord) mark =
      insert_record (fixture->database, make_mark (page, "protocol", "signed a ", ".", 36, 44));
  g_autofree char *path = copy_of (fixture, "other.memorandum");
  MemoDatabase *other = open_at (path);
  g_autoptr (MemoMerge) result = NULL;
  g_autoptr (MemoMerge) back = NULL;
  g_autofree char *ours_path = NULL;
  g_autofree char *ours = NULL;
  g_autofree char *theirs = NULL;

  put_away (fixture->database, mark, FALSE);
  set_text (fixture->database, page, "As is known, the council met in May and signed a protocol.");
  set (other, mark, MEMO_ANNOTATION_COMMENT, "Which one?");
  ours_path = copy_of (fixture, "ours.memorandum");
  result = merge (fixture->database, path, FALSE);
  assert_field (fixture->database, mark, MEMO_ANNOTATION_START, "49");
  back = merge (other, ours_path, FALSE);
  ours = dump (fixture->database);
  theirs = dump (other);
  g_assert_cmpstr (ours, ==, theirs);
  memo_database_close (other);
  assert_clean (fixture->database);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = copy_of (fixture, "other.memorandum");
  g_autofree char *alias = g_build_filename (fixture->folder, "alias.memorandum", NULL);
  g_autofree char *text = g_build_filename (fixture->folder, "text.txt", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (memo_database_merge (fixture->database, fixture->path, FALSE, NULL, NULL, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_cmpint (symlink (fixture->path, alias), ==, 0);
  g_assert_null (memo_database_merge (fixture->database, alias, FALSE, NULL, NULL, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (text, "no library", -1, NULL));
  g_assert_null (memo_database_merge (fixture->database, text, FALSE, NULL, NULL, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_NOT_A_LIBRARY);
  g_clear_error (&error);
  run_sql (path, "PRAGMA user_version = 999");
  g_assert_null (memo_database_merge (fixture->database, path, FALSE, NULL, NULL, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_NEWER);
  g_clear_error (&error);
}

/* A library of the first schema is read, and stays as it is to the byte. */
static void
test_older (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "old.memorandum", NULL);
  g_autoptr (GBytes) first = memo_schema_step (1);
  g_autofree char *schema = g_strndup (g_bytes_get_data (first, NULL), g_bytes_get_size (first));
  sqlite3 *db = NULL;
  g_autoptr (MemoMerge) result = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GDir) dir = NULL;
  gsize size_before, size_after;
  guint files = 0;

  g_assert_cmpint (memo_sql_open (path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, schema, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 1, NULL);
  g_assert_cmpint (sqlite3_exec (db,
                                 "INSERT INTO note (uuid, created, modified, title) VALUES ('old', 1, 1, 'Old note');"
                                 "PRAGMA application_id = 1298492783; PRAGMA user_version = 1;",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (db);
  g_assert_true (g_file_get_contents (path, &before, &size_before, NULL));
  result = merge (fixture->database, path, FALSE);
  g_assert_cmpuint (result->added[MEMO_KIND_NOTE], ==, 1);
  g_assert_true (g_file_get_contents (path, &after, &size_after, NULL));
  g_assert_cmpmem (before, size_before, after, size_after);
  dir = g_dir_open (fixture->folder, 0, NULL);
  while (g_dir_read_name (dir) != NULL)
    files++;
  g_assert_cmpuint (files, ==, 2);
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "other.memorandum", NULL);
  MemoDatabase *other = open_at (path);
  g_autoptr (MemoMerge) result = NULL;

  g_object_unref (insert_record (other, make_record (MEMO_KIND_ARTICLE, MEMO_ARTICLE_TITLE, "Page", MEMO_ARTICLE_TEXT,
                                                     "Body", -1)));
  g_object_unref (insert_record (other, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "Note", -1)));
  memo_database_close (other);
  {
    sqlite3 *db = NULL;

    /* Without the triggers, as a bad disk does it. */
    g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
    sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    g_assert_cmpint (sqlite3_exec (db, "UPDATE article SET \"text\" = 'Bodx'", NULL, NULL, NULL), ==, SQLITE_OK);
    sqlite3_close (db);
  }
  result = merge (fixture->database, path, FALSE);
  g_assert_cmpuint (result->damaged, ==, 1);
  g_assert_cmpuint (result->added[MEMO_KIND_ARTICLE], ==, 0);
  g_assert_cmpuint (result->added[MEMO_KIND_NOTE], ==, 1);
}

/* Random work on two copies of a random library. */

static const char *const titles[] = { "Health", "Trade", "Energy", "Culture", "Defence", "Sağlık", "Торговля" };
static const char *const words[] = { "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta" };
#define PICK(array) array[g_test_rand_int_range (0, G_N_ELEMENTS (array))]

static char *
random_text (void)
{
  GString *text = g_string_new ("Start");

  for (int i = 0; i < 12; i++)
    g_string_append_printf (text, " %s", PICK (words));
  return g_string_free (text, FALSE);
}

static char *
random_tags (void)
{
  GString *tags = g_string_new ("[\"a\"");

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_test_rand_int_range (0, 3) == 0)
      g_string_append_printf (tags, ",\"%s\"", words[i]);
  g_string_append_c (tags, ']');
  return g_string_free (tags, FALSE);
}

static MemoRecord *
random_mark (MemoDatabase *database, MemoRecord *article)
{
  g_autofree char *text = get (database, article, MEMO_ARTICLE_TEXT);
  int start = g_test_rand_int_range (0, strlen (text) - 8), end = start + 7;
  g_autofree char *exact = g_strndup (text + start, end - start);
  g_autofree char *prefix = g_strndup (text + MAX (0, start - 32), MIN (start, 32));
  g_autofree char *suffix = g_strndup (text + end, MIN (32, strlen (text) - end));

  return make_mark (article, exact, prefix, suffix, start, end);
}

static void
random_insert (MemoDatabase *database, GPtrArray *records)
{
  MemoRecord *record;
  g_autofree char *text = random_text ();
  g_autofree char *tags = random_tags ();
  guint articles = 0;

  switch (g_test_rand_int_range (0, 4))
    {
    case 0:
      record = make_record (MEMO_KIND_ARTICLE, MEMO_ARTICLE_TITLE, PICK (titles), MEMO_ARTICLE_TEXT, text,
                            MEMO_ARTICLE_TAGS, tags, -1);
      break;
    case 1:
      record = make_record (MEMO_KIND_AGREEMENT, MEMO_AGREEMENT_TITLE, PICK (titles), MEMO_AGREEMENT_TAGS, tags, -1);
      break;
    case 2:
      for (guint i = 0; i < records->len; i++)
        articles += memo_record_get_kind (records->pdata[i]) == MEMO_KIND_ARTICLE;
      if (articles > 0)
        {
          guint chosen = g_test_rand_int_range (0, records->len);

          while (memo_record_get_kind (records->pdata[chosen]) != MEMO_KIND_ARTICLE)
            chosen = (chosen + 1) % records->len;
          record = random_mark (database, records->pdata[chosen]);
          break;
        }
      G_GNUC_FALLTHROUGH;
    default:
      record = make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, PICK (titles), MEMO_NOTE_TEXT, text, -1);
    }
  g_ptr_array_add (records, insert_record (database, record));
}

static void
random_work (MemoDatabase *database, GPtrArray *known, guint steps)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < known->len; i++)
    g_ptr_array_add (records, g_object_ref (known->pdata[i]));
  for (guint i = 0; i < steps; i++)
    {
      MemoRecord *record = records->pdata[g_test_rand_int_range (0, records->len)];
      g_autoptr (MemoRecord) now = read_record (database, record);
      g_autofree char *text = random_text ();
      g_autofree char *tags = random_tags ();
      int chance = g_test_rand_int_range (0, 20);
      MemoKind kind = memo_record_get_kind (record);

      if (chance < 3)
        random_insert (database, records);
      else if (chance < 5)
        put_away (database, record, memo_record_get_deleted (now) != 0);
      else if (chance == 5)
        {
          memo_database_undo (database, NULL, NULL, NULL);
          memo_database_redo (database, NULL, NULL, NULL);
        }
      else if (kind == MEMO_KIND_ARTICLE && chance < 9)
        set_text (database, record, text);
      else if (kind == MEMO_KIND_ARTICLE)
        set (database, record, chance & 1 ? MEMO_ARTICLE_TITLE : MEMO_ARTICLE_TAGS, chance & 1 ? PICK (titles) : tags);
      else if (kind == MEMO_KIND_AGREEMENT)
        set (database, record, chance & 1 ? MEMO_AGREEMENT_TITLE : MEMO_AGREEMENT_TAGS,
             chance & 1 ? PICK (titles) : tags);
      else if (kind == MEMO_KIND_ANNOTATION)
        set (database, record, chance & 1 ? MEMO_ANNOTATION_COMMENT : MEMO_ANNOTATION_TAGS,
             chance & 1 ? PICK (words) : tags);
      else
        set (database, record, chance & 1 ? MEMO_NOTE_TITLE : MEMO_NOTE_TEXT, chance & 1 ? PICK (titles) : text);
    }
}

static void
test_random (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *path = NULL;
  g_autofree char *ours_path = NULL;
  g_autofree char *before = NULL;
  g_autofree char *ours = NULL;
  g_autofree char *theirs = NULL;
  g_autofree char *undone = NULL;
  g_autoptr (MemoMerge) there = NULL;
  g_autoptr (MemoMerge) here = NULL;
  g_autoptr (GError) error = NULL;
  MemoDatabase *other;

  for (int i = 0; i < 12; i++)
    random_insert (fixture->database, records);
  path = copy_of (fixture, "other.memorandum");
  other = open_at (path);
  for (int i = 0; i < 6; i++)
    {
      random_work (fixture->database, records, g_test_rand_int_range (1, 8));
      random_work (other, records, g_test_rand_int_range (1, 8));
    }
  /* Each into the other as it was before. */
  ours_path = copy_of (fixture, "ours.memorandum");
  before = dump (fixture->database);
  here = merge (fixture->database, path, FALSE);
  there = merge (other, ours_path, FALSE);
  ours = dump (fixture->database);
  theirs = dump (other);
  g_assert_cmpstr (ours, ==, theirs);
  assert_clean (fixture->database);
  /* Again, with what was merged and with what has been. */
  assert_stable (fixture->database, path);
  assert_stable (other, ours_path);
  assert_stable (other, fixture->path);
  if (memo_merge_has_changes (here))
    {
      memo_database_undo (fixture->database, NULL, NULL, &error);
      g_assert_no_error (error);
      undone = dump (fixture->database);
      g_assert_cmpstr (undone, ==, before);
      assert_clean (fixture->database);
    }
  memo_database_close (other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add_test ("/merge/times", test_times);
  fixture_add_test ("/merge/add", test_add);
  fixture_add_test ("/merge/fields", test_fields);
  fixture_add_test ("/merge/deleted", test_deleted);
  fixture_add_test ("/merge/gone", test_gone);
  fixture_add_test ("/merge/trash", test_trash);
  fixture_add_test ("/merge/places", test_places);
  fixture_add_test ("/merge/places-trash", test_places_trash);
  fixture_add_test ("/merge/refused", test_refused);
  fixture_add_test ("/merge/older", test_older);
  fixture_add_test ("/merge/damaged", test_damaged);
  for (int i = 0; i < 25; i++)
    {
      g_autofree char *name = g_strdup_printf ("/merge/random/%d", i);

      fixture_add_test (name, test_random);
    }
  return g_test_run ();
}
