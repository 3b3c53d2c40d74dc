#include "reader-fixture.h"

#include "ui/articles/memo-article-actions.h"
#include "ui/articles/memo-article-dialog.h"
#include "ui/articles/memo-article-row.h"
#include "ui/articles/memo-articles-list.h"
#include "ui/articles/memo-articles-view.h"
#include "ui/reader/memo-reader.h"

typedef struct
{
  Fixture *fixture;
  GtkWidget *view;
  guint n;
} Check;

static MemoArticlesList *
get_list (GtkWidget *view)
{
  return MEMO_ARTICLES_LIST (fixture_find (view, MEMO_TYPE_ARTICLES_LIST));
}

static gboolean
has_n (gpointer data)
{
  Check *check = data;

  return memo_articles_list_get_n (get_list (check->view)) == check->n;
}

static gboolean
is_open (gpointer data)
{
  Check *check = data;
  GtkWidget *reader = fixture_find (check->view, MEMO_TYPE_READER);

  return reader && memo_reader_get_article (MEMO_READER (reader)) != NULL;
}

static gboolean
is_closed (gpointer data)
{
  Check *check = data;

  return fixture_find (check->view, MEMO_TYPE_READER) == NULL;
}

static MemoRecord *
add_article (Fixture *fixture, const char *title, const char *language, const char *kind, const char *date)
{
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_ARTICLE, NULL);
  g_autoptr (MemoChange) change = memo_change_new ("Add article", title);
  g_autoptr (MemoDate) published = memo_date_new (date, NULL);
  MemoRecord *record;

  memo_record_builder_set_text (builder, MEMO_ARTICLE_TITLE, title);
  memo_record_builder_set_text (builder, MEMO_ARTICLE_LANGUAGE, language);
  memo_record_builder_set_text (builder, MEMO_ARTICLE_KIND, kind);
  memo_record_builder_set_text (builder, MEMO_ARTICLE_OUTLET, "Harbour Press");
  memo_record_builder_set_text (builder, MEMO_ARTICLE_TEXT, "Words.");
  memo_record_builder_set_date (builder, MEMO_ARTICLE_PUBLISHED, published);
  record = memo_record_builder_end (builder);
  memo_change_insert_article (change, record, NULL);
  fixture_apply (fixture, change);
  return record;
}

static void
test_list (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (MemoRecord) second =
      add_article (fixture, "İkinci metin: karma komisyonun on sekizinci oturumundan kalanlar", "tr", "news",
                   "2024-05-02");
  g_autoptr (MemoRecord) third = add_article (fixture, "Прямые рейсы: вторая попытка", "ru", "opinion", "2023");
  g_autoptr (MemoRecord) mark = fixture_mark (fixture, "forty-two papers", "yellow", "Count them.");
  g_autoptr (MemoFilter) all = memo_filter_new ();
  g_autoptr (MemoFilter) filter = memo_filter_with (all, MEMO_FACET_LANGUAGE, MEMO_CHOICE_ANY, "de");
  Check check = { fixture, memo_articles_view_new (fixture->session), 3 };

  fixture_show (fixture, check.view, 1000, 640);
  fixture_until (has_n, &check);
  fixture_picture (check.view, "articles-none");
  memo_session_open_article (fixture->session, memo_record_get_uuid (fixture->article), -1, -1);
  fixture_until (is_open, &check);
  fixture_wait (200);
  g_assert_nonnull (memo_articles_list_get_selected (get_list (check.view)));
  fixture_picture (check.view, "articles");
  memo_session_set_filter (fixture->session, filter);
  check.n = 0;
  fixture_until (has_n, &check);
  fixture_picture (check.view, "articles-hidden");
  memo_session_set_filter (fixture->session, all);
  check.n = 3;
  fixture_until (has_n, &check);
  memo_article_trash (fixture->session, fixture->article);
  check.n = 2;
  fixture_until (has_n, &check);
  fixture_until (is_closed, &check);
  memo_session_undo (fixture->session);
  check.n = 3;
  fixture_until (has_n, &check);
}

static gboolean
is_loaded (gpointer row)
{
  return memo_row_get_record (row) != NULL;
}

static MemoRow *
load_row (MemoRecordList *list, guint position)
{
  MemoRow *row = g_list_model_get_item (G_LIST_MODEL (list), position);

  fixture_until (is_loaded, row);
  return row;
}

/* A row that is not drawn has the name of what it shows, and of nothing else. */
static void
test_names (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (MemoRecord) second = add_article (fixture, "Second", "tr", "news", "2024-05-02");
  g_autoptr (MemoRecord) third = add_article (fixture, "", "ru", "opinion", "2023");
  g_autoptr (MemoRecordList) list = memo_record_list_new (fixture->library, MEMO_KIND_ARTICLE);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (MemoRow) one = NULL;
  g_autoptr (MemoRow) other = NULL;
  g_autoptr (GtkWidget) item = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  GtkWidget *row = memo_article_row_new (fixture->session);
  MemoIndex *index = memo_library_get_index (fixture->library);
  gint64 id;

  id = memo_index_get_id (index, MEMO_KIND_ARTICLE, memo_record_get_uuid (second));
  g_array_append_val (ids, id);
  id = memo_index_get_id (index, MEMO_KIND_ARTICLE, memo_record_get_uuid (third));
  g_array_append_val (ids, id);
  memo_record_list_set_ids (list, ids);
  one = load_row (list, 0);
  other = load_row (list, 1);
  gtk_box_append (GTK_BOX (item), row);
  g_assert_false (gtk_test_accessible_has_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL));
  memo_article_row_bind (MEMO_ARTICLE_ROW (row), one);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Second, Harbour Press\302\240· News\302\240· TR, 2 May 2024");
  memo_article_row_bind (MEMO_ARTICLE_ROW (row), other);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Untitled article, Harbour Press\302\240· Opinion\302\240· RU, 2023");
  memo_article_row_bind (MEMO_ARTICLE_ROW (row), NULL);
  g_assert_false (gtk_test_accessible_has_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL));
}

static void
test_empty (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (MemoChange) change = memo_change_new ("Move article to the trash", NULL);
  Check check = { fixture, memo_articles_view_new (fixture->session), 0 };

  memo_change_trash (change, fixture->article);
  fixture_apply (fixture, change);
  fixture_show (fixture, check.view, 900, 600);
  fixture_until (has_n, &check);
  fixture_picture (check.view, "articles-empty");
}

static GtkWindow *
get_dialog (Fixture *fixture)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if ((GtkWidget *) window != fixture->window)
        return window;
    }
  return NULL;
}

static void
test_dialogs (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  Check check = { fixture, memo_articles_view_new (fixture->session), 1 };

  fixture_show (fixture, check.view, 900, 600);
  fixture_until (has_n, &check);
  memo_article_dialog_present (check.view, fixture->session, fixture->article);
  fixture_wait (300);
  g_assert_nonnull (get_dialog (fixture));
  fixture_picture (gtk_window_get_child (get_dialog (fixture)), "article-dialog");
  gtk_window_destroy (get_dialog (fixture));
  memo_article_attach (check.view, fixture->session, fixture->article);
  fixture_wait (300);
  g_assert_nonnull (get_dialog (fixture));
  fixture_picture (gtk_window_get_child (get_dialog (fixture)), "article-picker");
  gtk_window_destroy (get_dialog (fixture));
  memo_article_show_address (check.view, fixture->session, fixture->article);
  fixture_wait (100);
  g_assert_nonnull (get_dialog (fixture));
  gtk_window_destroy (get_dialog (fixture));
}

int
main (int argc, char **argv)
{
  if (!fixture_init (&argc, &argv))
    return 77;
  g_test_add_func ("/articles/names", test_names);
  g_test_add_func ("/articles/list", test_list);
  g_test_add_func ("/articles/empty", test_empty);
  g_test_add_func ("/articles/dialogs", test_dialogs);
  return g_test_run ();
}
