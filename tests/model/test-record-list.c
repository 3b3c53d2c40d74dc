#include "model-fixture.h"
#include "model/memo-record-list.h"

typedef struct
{
  MemoLibrary *library;
  GArray *ids;
} Setup;

static MemoRecord *
note_record (const char *title)
{
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_NOTE, NULL);

  memo_record_builder_set_text (builder, MEMO_NOTE_TITLE, title);
  return memo_record_builder_end (builder);
}

static void
set_up (Setup *setup, gconstpointer name)
{
  g_autofree char *path = fixture_path (name);
  g_autoptr (MemoChange) change = memo_change_new ("Import", NULL);
  g_autoptr (MemoFilter) filter = memo_filter_new ();
  g_autoptr (MemoSelection) selection = NULL;

  setup->library = fixture_open (path, MEMO_OPEN_CREATE);
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *title = g_strdup_printf ("Note %03u", i);
      g_autoptr (MemoRecord) record = note_record (title);

      memo_change_insert (change, record);
    }
  fixture_apply (setup->library, change);
  selection = fixture_select (setup->library, filter);
  setup->ids = memo_selection_get_ids (selection, MEMO_KIND_NOTE, MEMO_SORT_TITLE, FALSE);
  g_assert_cmpuint (setup->ids->len, ==, 200);
}

static void
tear_down (Setup *setup, gconstpointer name)
{
  fixture_close (setup->library);
  fixture_end (setup->library);
  g_array_unref (setup->ids);
}

static void
wait_for_record (MemoRow *row)
{
  while (memo_row_get_record (row) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  GString *log = data;

  g_string_append_printf (log, "%u-%u+%u ", position, removed, added);
}

static void
notify_cb (GObject *row, GParamSpec *pspec, gpointer data)
{
  guint *count = data;

  (*count)++;
}

static void
test_pages (Setup *setup, gconstpointer name)
{
  g_autoptr (MemoRecordList) list = memo_record_list_new (setup->library, MEMO_KIND_NOTE);
  GListModel *model = G_LIST_MODEL (list);
  g_autoptr (MemoRow) row = NULL;
  g_autoptr (MemoRow) same = NULL;
  g_autoptr (MemoRow) neighbour = NULL;
  g_autoptr (MemoRow) far = NULL;
  g_autoptr (MemoRecord) record = NULL;
  guint notified = 0;
  gint64 id;

  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 0);
  g_assert_true (g_list_model_get_item_type (model) == MEMO_TYPE_ROW);
  memo_record_list_set_ids (list, setup->ids);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 200);
  g_assert_null (g_list_model_get_item (model, 200));

  row = g_list_model_get_item (model, 3);
  g_assert_null (memo_row_get_record (row));
  g_signal_connect (row, "notify::record", G_CALLBACK (notify_cb), &notified);
  same = g_list_model_get_item (model, 3);
  g_assert_true (row == same);
  wait_for_record (row);
  g_assert_cmpuint (notified, ==, 1);
  g_assert_cmpstr (memo_record_get_title (memo_row_get_record (row)), ==, "Note 003");
  /* The rest of the page came with it. */
  neighbour = g_list_model_get_item (model, 4);
  g_assert_nonnull (memo_row_get_record (neighbour));
  far = g_list_model_get_item (model, 150);
  g_object_get (far, "record", &record, NULL);
  g_assert_null (record);
  id = memo_row_get_id (far);
  wait_for_record (far);

  g_assert_cmpuint (memo_record_list_find (list, id), ==, 150);
  g_assert_cmpuint (memo_record_list_find (list, 123456), ==, G_MAXUINT);
}

static void
test_one_splice (Setup *setup, gconstpointer name)
{
  g_autoptr (MemoRecordList) list = memo_record_list_new (setup->library, MEMO_KIND_NOTE);
  GListModel *model = G_LIST_MODEL (list);
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GArray) less = g_array_copy (setup->ids);
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (MemoRow) kept = NULL;
  g_autoptr (MemoRow) again = NULL;

  g_signal_connect (list, "items-changed", G_CALLBACK (changed_cb), log);
  memo_record_list_set_ids (list, setup->ids);
  kept = g_list_model_get_item (model, 20);
  g_array_remove_range (less, 10, 5);
  memo_record_list_set_ids (list, less);
  again = g_list_model_get_item (model, 15);
  g_assert_true (kept == again);
  g_assert_cmpuint (memo_record_list_find (list, memo_row_get_id (kept)), ==, 15);
  memo_record_list_set_ids (list, less);
  memo_record_list_set_ids (list, setup->ids);
  g_assert_cmpuint (memo_record_list_find (list, memo_row_get_id (kept)), ==, 20);
  memo_record_list_set_ids (list, none);
  g_assert_cmpstr (log->str, ==, "0-0+200 10-5+0 10-0+5 0-200+0 ");
}

/* Another order, as of another filter: rows keep their places, and say what stands there now. */
static void
test_another_order (Setup *setup, gconstpointer name)
{
  g_autoptr (MemoRecordList) list = memo_record_list_new (setup->library, MEMO_KIND_NOTE);
  GListModel *model = G_LIST_MODEL (list);
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GArray) reversed = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (MemoRow) top = NULL, second = NULL, third = NULL, same = NULL, last = NULL, gone = NULL;
  gint64 gone_id;
  guint notified = 0;

  for (guint i = 150; i > 0; i--)
    g_array_append_val (reversed, g_array_index (setup->ids, gint64, i - 1));
  memo_record_list_set_ids (list, setup->ids);
  top = g_list_model_get_item (model, 0);
  second = g_list_model_get_item (model, 1);
  third = g_list_model_get_item (model, 2);
  last = g_list_model_get_item (model, 149);
  gone = g_list_model_get_item (model, 180);
  gone_id = memo_row_get_id (gone);
  wait_for_record (top);
  wait_for_record (last);
  g_signal_connect (top, "notify::record", G_CALLBACK (notify_cb), &notified);
  g_signal_connect (list, "items-changed", G_CALLBACK (changed_cb), log);
  memo_record_list_set_ids (list, reversed);
  g_assert_cmpstr (log->str, ==, "150-50+0 ");
  g_assert_cmpuint (notified, ==, 1);
  g_assert_cmpint (memo_row_get_id (top), ==, g_array_index (setup->ids, gint64, 149));
  g_assert_cmpstr (memo_record_get_title (memo_row_get_record (top)), ==, "Note 149");
  g_assert_cmpstr (memo_record_get_title (memo_row_get_record (last)), ==, "Note 000");
  same = g_list_model_get_item (model, 0);
  g_assert_true (same == top);
  /* Who has a row that is not in the list any more has what it had, also after the next order. */
  g_assert_cmpint (memo_row_get_id (gone), ==, gone_id);
  memo_record_list_set_ids (list, setup->ids);
  g_assert_cmpint (memo_row_get_id (gone), ==, gone_id);
  g_assert_cmpstr (memo_record_get_title (memo_row_get_record (top)), ==, "Note 000");
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (MemoRow) row = g_list_model_get_item (model, i);

      g_assert_cmpint (memo_row_get_id (row), ==, g_array_index (setup->ids, gint64, i));
    }
}

/* What a view shows far down comes to the top when the list gets shorter: it keeps its widgets. */
static void
test_window (Setup *setup, gconstpointer name)
{
  g_autoptr (MemoRecordList) list = memo_record_list_new (setup->library, MEMO_KIND_NOTE);
  GListModel *model = G_LIST_MODEL (list);
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GArray) odd = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (MemoRow) cursor = NULL;
  MemoRow *top;

  for (guint i = 1; i < 200; i += 2)
    g_array_append_val (odd, g_array_index (setup->ids, gint64, i));
  memo_record_list_set_ids (list, setup->ids);
  cursor = g_list_model_get_item (model, 2);
  for (guint i = 90; i < 120; i++)
    g_ptr_array_add (shown, g_list_model_get_item (model, i));
  top = shown->pdata[0];
  g_signal_connect (list, "items-changed", G_CALLBACK (changed_cb), log);
  memo_record_list_set_ids (list, odd);
  g_assert_cmpstr (log->str, ==, "0-90+0 99-10+0 ");
  for (guint i = 0; i < shown->len; i++)
    {
      g_autoptr (MemoRow) row = g_list_model_get_item (model, i);

      g_assert_true (row == shown->pdata[i]);
      g_assert_cmpint (memo_row_get_id (row), ==, g_array_index (odd, gint64, i));
    }
  wait_for_record (top);
  g_assert_cmpstr (memo_record_get_title (memo_row_get_record (top)), ==, "Note 001");
}

typedef struct
{
  guint position;
  MemoRow *row; /* asked for at the first change */
} Question;

static void
ask_cb (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  Question *question = data;

  if (question->row == NULL)
    question->row = g_list_model_get_item (model, question->position);
}

/* A view asks for rows while those above its own go: these, too, are of the new order in the end. */
static void
test_asked_between (Setup *setup, gconstpointer name)
{
  g_autoptr (MemoRecordList) list = memo_record_list_new (setup->library, MEMO_KIND_NOTE);
  GListModel *model = G_LIST_MODEL (list);
  g_autoptr (GArray) odd = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_object_unref);
  Question question = { 0, NULL };

  for (guint i = 1; i < 200; i += 2)
    g_array_append_val (odd, g_array_index (setup->ids, gint64, i));
  memo_record_list_set_ids (list, setup->ids);
  for (guint i = 150; i < 180; i++)
    g_ptr_array_add (shown, g_list_model_get_item (model, i));
  g_signal_connect (list, "items-changed", G_CALLBACK (ask_cb), &question);
  g_assert_true (memo_record_list_set_ids (list, odd));
  g_assert_cmpint (memo_row_get_id (question.row), ==, g_array_index (odd, gint64, 0));
  g_object_unref (question.row);
}

/* Two rows of one record, of which one is not in the list any more, outlive the list. */
static void
test_outlives (Setup *setup, gconstpointer name)
{
  MemoRecordList *list = memo_record_list_new (setup->library, MEMO_KIND_NOTE);
  GListModel *model = G_LIST_MODEL (list);
  g_autoptr (GArray) some = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) reversed = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (MemoRow) one = NULL, other = NULL;

  for (guint i = 150; i > 0; i--)
    g_array_append_val (some, g_array_index (setup->ids, gint64, i - 1));
  for (guint i = 200; i > 0; i--)
    g_array_append_val (reversed, g_array_index (setup->ids, gint64, i - 1));
  memo_record_list_set_ids (list, setup->ids);
  one = g_list_model_get_item (model, 19);
  other = g_list_model_get_item (model, 180);
  memo_record_list_set_ids (list, some);
  memo_record_list_set_ids (list, reversed);
  g_assert_cmpint (memo_row_get_id (one), ==, memo_row_get_id (other));
  g_assert_true (one != other);
  while (G_OBJECT (list)->ref_count > 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (list);
}

static void
test_edit (Setup *setup, gconstpointer name)
{
  MemoRecordList *list = memo_record_list_new (setup->library, MEMO_KIND_NOTE);
  GListModel *model = G_LIST_MODEL (list);
  g_autoptr (MemoChange) change = memo_change_new ("Edit note", NULL);
  g_autoptr (MemoRow) row = NULL;
  g_autoptr (MemoRow) untouched = NULL;
  MemoRecord *before;
  guint notified = 0;
  g_autofree char *undone = NULL;

  memo_record_list_set_ids (list, setup->ids);
  row = g_list_model_get_item (model, 0);
  untouched = g_list_model_get_item (model, 1);
  wait_for_record (row);
  before = memo_row_get_record (row);
  {
    MemoRecordBuilder *builder = memo_record_builder_edit (before);
    g_autoptr (MemoRecord) edited = NULL;

    memo_record_builder_set_text (builder, MEMO_NOTE_TITLE, "Renamed");
    edited = memo_record_builder_end (builder);
    memo_change_update (change, before, edited);
  }
  g_signal_connect (untouched, "notify::record", G_CALLBACK (notify_cb), &notified);
  fixture_apply (setup->library, change);
  while (g_strcmp0 (memo_record_get_title (memo_row_get_record (row)), "Renamed") != 0)
    g_main_context_iteration (NULL, TRUE);
  undone = fixture_walk (setup->library, TRUE, NULL);
  while (g_strcmp0 (memo_record_get_title (memo_row_get_record (row)), "Note 000") != 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (notified, ==, 0);
  {
    g_autoptr (MemoNotice) everything = memo_notice_new (NULL, TRUE);
    g_autoptr (MemoNotice) other = memo_notice_new (NULL, FALSE);
    MemoRecord *old = memo_row_get_record (row);

    g_signal_emit_by_name (setup->library, "changed", other);
    g_signal_emit_by_name (setup->library, "changed", everything);
    while (memo_row_get_record (row) == old)
      g_main_context_iteration (NULL, TRUE);
    g_assert_cmpstr (memo_record_get_title (memo_row_get_record (row)), ==, "Note 000");
  }
  /* Rows outlive the list. */
  g_assert_finalize_object (list);
  g_assert_cmpstr (memo_record_get_title (memo_row_get_record (row)), ==, "Note 000");
}

int
main (int argc, char *argv[])
{
  fixture_init (&argc, &argv);
  g_test_add ("/record-list/pages", Setup, "pages", set_up, test_pages, tear_down);
  g_test_add ("/record-list/one-splice", Setup, "splice", set_up, test_one_splice, tear_down);
  g_test_add ("/record-list/another-order", Setup, "order", set_up, test_another_order, tear_down);
  g_test_add ("/record-list/window", Setup, "window", set_up, test_window, tear_down);
  g_test_add ("/record-list/asked-between", Setup, "between", set_up, test_asked_between, tear_down);
  g_test_add ("/record-list/outlives", Setup, "outlives", set_up, test_outlives, tear_down);
  g_test_add ("/record-list/edit", Setup, "edit", set_up, test_edit, tear_down);
  return fixture_run ();
}
