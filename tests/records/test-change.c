#include <glib.h>

#include "records/memo-change.h"

static void
test_steps (void)
{
  g_autoptr (MemoRecord) record =
      memo_record_builder_end (memo_record_builder_new (MEMO_KIND_NOTE, "00000000-0000-4000-8000-000000000000"));
  g_autoptr (MemoRecord) edited = memo_record_builder_end (memo_record_builder_edit (record));
  g_autoptr (MemoChange) change = memo_change_new ("Add note", "A title");
  g_autoptr (GBytes) bytes = g_bytes_new_static ("bytes", 5);
  g_autoptr (MemoOriginal) original = memo_original_new (bytes);
  g_autoptr (MemoRecord) article = memo_record_builder_end (memo_record_builder_new (MEMO_KIND_ARTICLE, NULL));
  GArray *steps;

  memo_change_insert (change, record);
  memo_change_update (change, record, edited);
  memo_change_trash (change, edited);
  memo_change_restore (change, edited);
  memo_change_insert_article (change, article, original);
  g_assert_cmpstr (memo_change_get_name (change), ==, "Add note");
  g_assert_cmpstr (memo_change_get_detail (change), ==, "A title");
  steps = memo_change_get_steps (change);
  g_assert_cmpuint (steps->len, ==, 5);
  g_assert_cmpint (g_array_index (steps, MemoStep, 1).op, ==, MEMO_OP_UPDATE);
  g_assert_true (g_array_index (steps, MemoStep, 1).base == record);
  g_assert_true (g_array_index (steps, MemoStep, 4).original == original);
  memo_change_unref (memo_change_ref (change));
}

static void
test_notice (void)
{
  GArray *touched = g_array_new (FALSE, FALSE, sizeof (MemoTouched));
  MemoTouched one = { MEMO_KIND_NOTE, 5 };
  g_autoptr (MemoNotice) notice = NULL;
  g_autoptr (MemoNotice) everything = memo_notice_new (NULL, TRUE);

  g_array_append_val (touched, one);
  notice = memo_notice_new (touched, FALSE);
  g_assert_true (memo_notice_touches (notice, MEMO_KIND_NOTE));
  g_assert_false (memo_notice_touches (notice, MEMO_KIND_EVENT));
  g_assert_false (memo_notice_is_everything (notice));
  g_assert_cmpuint (memo_notice_get_touched (notice)->len, ==, 1);
  g_assert_true (memo_notice_touches (everything, MEMO_KIND_EVENT));
  memo_notice_unref (memo_notice_ref (notice));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/change/steps", test_steps);
  g_test_add_func ("/change/notice", test_notice);
  return g_test_run ();
}
