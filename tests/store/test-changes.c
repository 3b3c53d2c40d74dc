#include "fixture.h"

static void
test_poll (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  MemoDatabase *other = memo_database_open (fixture->path, MEMO_OPEN_DEFAULT, &error);
  g_autoptr (MemoRecord) note = NULL;
  g_autoptr (MemoNotice) notice = NULL;
  GArray *touched;

  g_assert_no_error (error);
  g_assert_null (memo_database_poll (other, &error));
  note = insert_record (fixture->database, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "A", -1));
  /* Its own commits were told already. */
  g_assert_null (memo_database_poll (fixture->database, &error));
  g_assert_no_error (error);
  notice = memo_database_poll (other, &error);
  g_assert_no_error (error);
  g_assert_nonnull (notice);
  touched = memo_notice_get_touched (notice);
  g_assert_cmpuint (touched->len, ==, 1);
  g_assert_cmpint (g_array_index (touched, MemoTouched, 0).kind, ==, MEMO_KIND_NOTE);
  g_assert_cmpint (g_array_index (touched, MemoTouched, 0).id, ==, memo_record_get_id (note));
  g_assert_null (memo_database_poll (other, &error));
  memo_database_close (other);
}

/* Undone in one, told to the other; one record touched twice is named once. */
static void
test_once (Fixture *fixture, gconstpointer data)
{
  MemoDatabase *other = memo_database_open (fixture->path, MEMO_OPEN_DEFAULT, NULL);
  g_autoptr (MemoRecord) note = NULL;
  g_autoptr (MemoNotice) notice = NULL;

  note = insert_record (fixture->database, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "A", -1));
  g_assert_true (memo_database_undo (fixture->database, NULL, NULL, NULL));
  notice = memo_database_poll (other, NULL);
  g_assert_cmpuint (memo_notice_get_touched (notice)->len, ==, 1);
  memo_database_close (other);
}

static void
add_many (MemoDatabase *database, int n)
{
  MemoChange *change = memo_change_new ("Import", NULL);

  for (int i = 0; i < n; i++)
    {
      g_autoptr (MemoRecord) record = make_record (MEMO_KIND_SECTOR, MEMO_SECTOR_CODE, "1", -1);

      memo_change_insert (change, record);
    }
  memo_notice_unref (apply (database, change));
}

/* Too many to name, and a log that was trimmed before we came. */
static void
test_everything (Fixture *fixture, gconstpointer data)
{
  MemoDatabase *other = memo_database_open (fixture->path, MEMO_OPEN_DEFAULT, NULL);
  g_autoptr (MemoNotice) notice = NULL;
  g_autoptr (MemoNotice) second = NULL;

  add_many (fixture->database, 6000);
  notice = memo_database_poll (other, NULL);
  g_assert_true (memo_notice_is_everything (notice));
  add_many (fixture->database, 36000);
  add_many (fixture->database, 1);
  second = memo_database_poll (other, NULL);
  g_assert_true (memo_notice_is_everything (second));
  memo_database_close (other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add_test ("/store/changes/poll", test_poll);
  fixture_add_test ("/store/changes/once", test_once);
  fixture_add_test ("/store/changes/everything", test_everything);
  return g_test_run ();
}
