#include "fixture.h"

static void
undo (Fixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoNotice) notice = NULL;
  MemoHistoryEntry *entry = NULL;

  memo_database_undo (fixture->database, &notice, &entry, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (entry->name, ==, name);
  g_assert_true (entry->undone);
  g_assert_nonnull (notice);
  memo_history_entry_free (entry);
}

static void
redo (Fixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoNotice) notice = NULL;
  MemoHistoryEntry *entry = NULL;

  memo_database_redo (fixture->database, &notice, &entry, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (entry->name, ==, name);
  g_assert_false (entry->undone);
  g_assert_nonnull (notice);
  memo_history_entry_free (entry);
}

static void
test_undo_redo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRecord) first = NULL;
  g_autoptr (MemoRecord) edited = NULL;
  g_autoptr (MemoRecord) now = NULL;
  g_autoptr (GError) error = NULL;
  MemoChange *change = memo_change_new ("Rename", "Health protocol");

  first = insert_record (fixture->database, make_record (MEMO_KIND_AGREEMENT, MEMO_AGREEMENT_TITLE, "Health protocol",
                                                         MEMO_AGREEMENT_SIGNED, "2025-11-28", -1));
  edited = edit_record (first, MEMO_AGREEMENT_TITLE, "Health treaty");
  memo_change_update (change, first, edited);
  memo_notice_unref (apply (fixture->database, change));
  undo (fixture, "Rename");
  now = read_record (fixture->database, first);
  g_assert_cmpstr (memo_record_get_title (now), ==, "Health protocol");
  /* After a restart too. */
  fixture_reopen (fixture);
  undo (fixture, "Add");
  g_assert_null (read_record (fixture->database, first));
  g_assert_false (memo_database_undo (fixture->database, NULL, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  redo (fixture, "Add");
  fixture_reopen (fixture);
  redo (fixture, "Rename");
  g_clear_object (&now);
  now = read_record (fixture->database, first);
  g_assert_cmpstr (memo_record_get_title (now), ==, "Health treaty");
  g_assert_cmpint (memo_record_get_id (now), ==, memo_record_get_id (first));
  g_assert_false (memo_database_redo (fixture->database, NULL, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND);
  assert_clean (fixture->database);
}

static void
test_new_action_drops_redo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRecord) one =
      insert_record (fixture->database, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "One", -1));
  g_autoptr (MemoRecord) two = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  undo (fixture, "Add");
  two = insert_record (fixture->database, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "Two", -1));
  g_assert_false (memo_database_redo (fixture->database, NULL, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND);
  entries = memo_database_read_history (fixture->database, 10, NULL);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_null (read_record (fixture->database, one));
}

/* What no action did cannot be undone over: nothing changes. */
static void
test_conflict (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRecord) first =
      insert_record (fixture->database, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "One", -1));
  g_autoptr (MemoRecord) edited = edit_record (first, MEMO_NOTE_TITLE, "Two");
  g_autoptr (MemoRecord) later = NULL;
  g_autoptr (MemoRecord) now = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  MemoChange *change = memo_change_new ("Rename", NULL);

  memo_change_update (change, first, edited);
  memo_notice_unref (apply (fixture->database, change));
  change = memo_change_new ("Second", NULL);
  later = edit_record (edited, MEMO_NOTE_TITLE, "Three");
  memo_change_update (change, edited, later);
  memo_notice_unref (apply (fixture->database, change));
  run_sql (fixture->path, "DELETE FROM history WHERE name = 'Second'");
  g_assert_false (memo_database_undo (fixture->database, NULL, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_CONFLICT);
  now = read_record (fixture->database, first);
  g_assert_cmpstr (memo_record_get_title (now), ==, "Three");
  entries = memo_database_read_history (fixture->database, 10, NULL);
  g_assert_cmpuint (entries->len, ==, 2);
  assert_clean (fixture->database);
}

static void
add_entries (Fixture *fixture, int n, gint64 bytes)
{
  g_autofree char *sql =
      g_strdup_printf ("INSERT INTO history (name, time, step, total, changeset)"
                       " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
                       " SELECT 'Old', 1, i, i * %" G_GINT64_FORMAT ", x'' FROM n",
                       n, bytes);

  run_sql (fixture->path, sql);
}

/* The oldest go first: beyond 5,000 actions, and beyond 200 MB. */
static void
test_bound (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) large = NULL;

  add_entries (fixture, 5000, 10);
  for (int i = 0; i < 3; i++)
    g_object_unref (insert_record (fixture->database, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "n", -1)));
  entries = memo_database_read_history (fixture->database, 10000, NULL);
  g_assert_cmpuint (entries->len, ==, 5000);
  g_assert_cmpstr (((MemoHistoryEntry *) entries->pdata[0])->name, ==, "Add");
  run_sql (fixture->path, "DELETE FROM history");
  add_entries (fixture, 100, 10 * 1024 * 1024);
  g_object_unref (insert_record (fixture->database, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "n", -1)));
  large = memo_database_read_history (fixture->database, 10000, NULL);
  /* Those that begin within the last 200 MB, and the one that reaches into it. */
  g_assert_cmpuint (large->len, ==, 21);
  undo (fixture, "Add");
  /* An action of many changes is dropped whole, or not at all. */
  run_sql (fixture->path, "DELETE FROM history");
  add_entries (fixture, 100, 10 * 1024 * 1024);
  run_sql (fixture->path, "UPDATE history SET step = 80 WHERE step BETWEEN 78 AND 84");
  g_object_unref (insert_record (fixture->database, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "n", -1)));
  g_clear_pointer (&large, g_ptr_array_unref);
  large = memo_database_read_history (fixture->database, 10000, NULL);
  g_assert_cmpuint (large->len, ==, 18);
}

static void
test_clear (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRecord) note =
      insert_record (fixture->database, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "n", -1));
  g_autoptr (MemoRecord) now = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (memo_database_clear_history (fixture->database, &error));
  g_assert_false (memo_database_undo (fixture->database, NULL, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND);
  now = read_record (fixture->database, note);
  g_assert_nonnull (now);
}

/* A failing action leaves nothing, not even its first half. */
static void
test_atomic (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRecord) good = make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "good", -1);
  g_autoptr (MemoRecord) missing = make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "missing", -1);
  g_autoptr (MemoChange) change = memo_change_new ("Both", NULL);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  memo_change_insert (change, good);
  memo_change_trash (change, missing);
  g_assert_false (memo_database_apply (fixture->database, change, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND);
  g_assert_null (read_record (fixture->database, good));
  entries = memo_database_read_history (fixture->database, 10, NULL);
  g_assert_cmpuint (entries->len, ==, 0);
  g_clear_error (&error);
  g_clear_pointer (&change, memo_change_unref);
  change = memo_change_new ("Twice", NULL);
  memo_change_insert (change, good);
  memo_change_insert (change, good);
  g_assert_false (memo_database_apply (fixture->database, change, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_CONFLICT);
  g_assert_null (read_record (fixture->database, good));
}

static MemoRecord *
add_of_action (Fixture *fixture, const char *action, const char *detail)
{
  MemoRecord *record = make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, detail, -1);
  MemoChange *change = memo_change_new ("Import articles", detail);

  memo_change_insert (change, record);
  memo_change_set_action (change, action);
  memo_notice_unref (apply (fixture->database, change));
  return record;
}

static guint
count_notes (Fixture *fixture)
{
  g_autoptr (GPtrArray) notes = memo_database_scan (fixture->database, MEMO_KIND_NOTE, 0, 100, FALSE, FALSE, NULL);

  return notes->len;
}

/* Changes of one action are one step, unless something came in between. */
static void
test_action (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  g_object_unref (add_of_action (fixture, "a", "1"));
  g_object_unref (add_of_action (fixture, "a", "2"));
  g_object_unref (add_of_action (fixture, "a", "3"));
  g_object_unref (add_of_action (fixture, "b", "1"));
  g_object_unref (insert_record (fixture->database, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "n", -1)));
  g_object_unref (add_of_action (fixture, "b", "2"));
  entries = memo_database_read_history (fixture->database, 10, NULL);
  g_assert_cmpuint (entries->len, ==, 4);
  g_assert_cmpstr (((MemoHistoryEntry *) entries->pdata[3])->detail, ==, "3");
  undo (fixture, "Import articles");
  g_assert_cmpuint (count_notes (fixture), ==, 5);
  undo (fixture, "Add");
  undo (fixture, "Import articles");
  undo (fixture, "Import articles");
  g_assert_cmpuint (count_notes (fixture), ==, 0);
  fixture_reopen (fixture);
  redo (fixture, "Import articles");
  g_assert_cmpuint (count_notes (fixture), ==, 3);
  /* After an undo the rest begins a step of its own. */
  g_object_unref (add_of_action (fixture, "a", "4"));
  undo (fixture, "Import articles");
  g_assert_cmpuint (count_notes (fixture), ==, 3);
  redo (fixture, "Import articles");
  undo (fixture, "Import articles");
  undo (fixture, "Import articles");
  g_assert_cmpuint (count_notes (fixture), ==, 0);
  g_assert_false (memo_database_undo (fixture->database, NULL, NULL, &error));
  assert_clean (fixture->database);
}

/* One that cannot be undone leaves the others of its action as they are. */
static void
test_action_conflict (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRecord) first = add_of_action (fixture, "a", "1");
  g_autoptr (MemoRecord) second = add_of_action (fixture, "a", "2");
  g_autoptr (MemoRecord) edited = edit_record (first, MEMO_NOTE_TITLE, "Edited");
  g_autoptr (GError) error = NULL;
  MemoChange *change = memo_change_new ("Rename", NULL);

  memo_change_update (change, first, edited);
  memo_notice_unref (apply (fixture->database, change));
  run_sql (fixture->path, "DELETE FROM history WHERE name = 'Rename'");
  g_assert_false (memo_database_undo (fixture->database, NULL, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_CONFLICT);
  g_assert_cmpuint (count_notes (fixture), ==, 2);
}

static gint64
count_rows (Fixture *fixture, const char *table)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) stats = memo_database_stats (fixture->database, &error);

  g_assert_no_error (error);
  return json_object_get_int_member (stats, table);
}

/* Many records of several kinds in one action, more than one statement takes, and an edit among them. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRecord) first =
      insert_record (fixture->database, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "One", -1));
  g_autoptr (MemoRecord) edited = edit_record (first, MEMO_NOTE_TITLE, "Two");
  g_autoptr (MemoRecord) last = NULL;
  g_autoptr (MemoRecord) now = NULL;
  g_autoptr (GError) error = NULL;
  MemoChange *change = memo_change_new ("Many", NULL);
  gint64 id;

  for (int i = 0; i < 700; i++)
    {
      g_autofree char *title = g_strdup_printf ("word%d", i);
      g_autoptr (MemoRecord) record = i < 300   ? make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, title, -1)
                                      : i < 400 ? make_record (MEMO_KIND_FOLLOW_UP, MEMO_FOLLOW_UP_COMMENT, title, -1)
                                                : make_record (MEMO_KIND_AGREEMENT, MEMO_AGREEMENT_TITLE, title, -1);

      memo_change_insert (change, record);
      if (i == 350)
        memo_change_update (change, first, edited);
      g_set_object (&last, record);
    }
  memo_notice_unref (apply (fixture->database, change));
  g_assert_cmpint (count_rows (fixture, "notes"), ==, 301);
  g_assert_cmpint (count_rows (fixture, "follow_ups"), ==, 100);
  g_assert_cmpint (count_rows (fixture, "agreements"), ==, 300);
  now = read_record (fixture->database, last);
  g_assert_cmpstr (memo_record_get_title (now), ==, "word699");
  id = memo_record_get_id (now);
  assert_clean (fixture->database);

  undo (fixture, "Many");
  g_assert_cmpint (count_rows (fixture, "notes"), ==, 1);
  g_assert_cmpint (count_rows (fixture, "follow_ups"), ==, 0);
  g_assert_cmpint (count_rows (fixture, "agreements"), ==, 0);
  g_clear_object (&now);
  now = read_record (fixture->database, first);
  g_assert_cmpstr (memo_record_get_title (now), ==, "One");
  assert_clean (fixture->database);

  redo (fixture, "Many");
  g_clear_object (&now);
  now = read_record (fixture->database, last);
  g_assert_cmpint (memo_record_get_id (now), ==, id);
  g_assert_cmpint (count_rows (fixture, "notes"), ==, 301);
  assert_clean (fixture->database);

  /* One that is gone is passed over; one that is another is in the way of all. */
  run_sql (fixture->path, "DELETE FROM follow_up WHERE id = (SELECT id FROM follow_up LIMIT 1 OFFSET 50)");
  undo (fixture, "Many");
  g_assert_cmpint (count_rows (fixture, "follow_ups"), ==, 0);
  redo (fixture, "Many");
  run_sql (fixture->path, "UPDATE follow_up SET comment = 'x' WHERE id = (SELECT id FROM follow_up LIMIT 1 OFFSET 99)");
  g_assert_false (memo_database_undo (fixture->database, NULL, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_CONFLICT);
  g_assert_cmpint (count_rows (fixture, "notes"), ==, 301);
  g_assert_cmpint (count_rows (fixture, "follow_ups"), ==, 100);
  g_assert_cmpint (count_rows (fixture, "agreements"), ==, 300);
  assert_clean (fixture->database);
}

/* Numbers that no library reaches: what was done before is given up, and actions go on. */
static void
test_senseless (Fixture *fixture, gconstpointer data)
{
  static const char *const damages[] = {
    "UPDATE history SET step = 9223372036854775807",
    "UPDATE history SET step = -9223372036854775807 - 1",
    "UPDATE history SET total = 9223372036854775807",
    "UPDATE history SET total = -9223372036854775807 - 1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr (MemoRecord) before =
          insert_record (fixture->database, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "Before", -1));
      g_autoptr (MemoRecord) one = NULL;
      g_autoptr (MemoRecord) two = NULL;
      g_autoptr (MemoRecord) kept = NULL;
      g_autoptr (GError) error = NULL;

      run_sql (fixture->path, damages[i]);
      fixture_reopen (fixture);
      one = insert_record (fixture->database, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "One", -1));
      two = insert_record (fixture->database, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "Two", -1));
      undo (fixture, "Add");
      g_assert_null (read_record (fixture->database, two));
      undo (fixture, "Add");
      g_assert_null (read_record (fixture->database, one));
      g_assert_false (memo_database_undo (fixture->database, NULL, NULL, &error));
      g_assert_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND);
      kept = read_record (fixture->database, before);
      g_assert_nonnull (kept);
    }
  assert_clean (fixture->database);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add_test ("/store/history/undo-redo", test_undo_redo);
  fixture_add_test ("/store/history/new-action", test_new_action_drops_redo);
  fixture_add_test ("/store/history/conflict", test_conflict);
  fixture_add_test ("/store/history/bound", test_bound);
  fixture_add_test ("/store/history/clear", test_clear);
  fixture_add_test ("/store/history/atomic", test_atomic);
  fixture_add_test ("/store/history/action", test_action);
  fixture_add_test ("/store/history/action-conflict", test_action_conflict);
  fixture_add_test ("/store/history/many", test_many);
  fixture_add_test ("/store/history/senseless", test_senseless);
  return g_test_run ();
}
