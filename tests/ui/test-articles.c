#include "reader-fixture.h"

#include "ui/articles/memo-article-actions.h"
#include "ui/articles/memo-article-dialog.h"
#include "ui/articles/memo-article-row.h"
#include "ui/articles/memo-articles-list.h"
#include "ui/articles/memo-articles-view.h"
#include "ui/memo-paced.h"
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
count_cb (guint *n)
{
  (*n)++;
}

static GArray *
make_ids (guint n)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 i = 1; i <= n; i++)
    g_array_append_val (ids, i);
  return ids;
}

/* Who waits for all rows is told also when a shorter list comes before the longer one was whole. */
static void
test_paced (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (MemoRecordList) list = memo_record_list_new (fixture->library, MEMO_KIND_ARTICLE);
  g_autoptr (GtkWidget) view = g_object_ref_sink (gtk_list_view_new (NULL, NULL));
  g_autoptr (MemoPaced) paced = memo_paced_new (list, view);
  g_autoptr (GArray) many = make_ids (300);
  g_autoptr (GArray) few = make_ids (3);
  guint n = 0;

  g_signal_connect_swapped (paced, "whole", G_CALLBACK (count_cb), &n);
  memo_paced_set_ids (paced, many);
  g_assert_cmpuint (g_list_model_get_n_items (memo_paced_get_model (paced)), <, 300);
  g_assert_cmpuint (n, ==, 0);
  memo_paced_set_ids (paced, few);
  g_assert_cmpuint (g_list_model_get_n_items (memo_paced_get_model (paced)), ==, 3);
  g_assert_cmpuint (n, ==, 1);
  memo_paced_set_ids (paced, few);
  g_assert_cmpuint (n, ==, 1);
}

static GtkWidget *
get_list_view (GtkWidget *view)
{
  return fixture_find (GTK_WIDGET (get_list (view)), GTK_TYPE_LIST_VIEW);
}

/* The list is refilled while one is asked for that the view has not got yet. */
static void
refilled_cb (MemoSession *session, GParamSpec *pspec, Check *check)
{
  MemoIndex *index = memo_library_get_index (check->fixture->library);

  if (!memo_session_get_selection (session) || !memo_articles_list_get_n (get_list (check->view)))
    return;
  g_signal_handlers_disconnect_by_func (session, refilled_cb, check);
  memo_articles_list_select (get_list (check->view),
                             memo_index_get_id (index, MEMO_KIND_ARTICLE,
                                                memo_record_get_uuid (check->fixture->article)));
  g_assert_null (memo_articles_list_get_selected (get_list (check->view)));
  g_object_notify (G_OBJECT (session), "selection");
}

static gboolean
has_scrolled (gpointer data)
{
  Check *check = data;
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (get_list_view (check->view)));

  return memo_articles_list_get_selected (get_list (check->view)) && gtk_adjustment_get_value (adjustment) > 0;
}

static void
test_scroll (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (MemoChange) change = memo_change_new ("Add articles", NULL);
  g_autoptr (MemoDate) published = memo_date_new ("2999", NULL);
  g_autoptr (MemoFilter) all = memo_filter_new ();
  g_autoptr (MemoFilter) none = memo_filter_with (all, MEMO_FACET_LANGUAGE, MEMO_CHOICE_ANY, "de");
  Check check = { fixture, memo_articles_view_new (fixture->session), 0 };

  for (guint i = 0; i < 300; i++)
    {
      MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_ARTICLE, NULL);
      g_autoptr (MemoRecord) record = NULL;

      memo_record_builder_set_text (builder, MEMO_ARTICLE_TITLE, "Later");
      memo_record_builder_set_text (builder, MEMO_ARTICLE_LANGUAGE, "en");
      memo_record_builder_set_text (builder, MEMO_ARTICLE_TEXT, "Words.");
      memo_record_builder_set_date (builder, MEMO_ARTICLE_PUBLISHED, published);
      record = memo_record_builder_end (builder);
      memo_change_insert_article (change, record, NULL);
    }
  fixture_apply (fixture, change);
  memo_session_set_filter (fixture->session, none);
  fixture_show (fixture, check.view, 1000, 640);
  fixture_wait (200);
  g_assert_cmpuint (memo_articles_list_get_n (get_list (check.view)), ==, 0);
  g_signal_connect_after (fixture->session, "notify::selection", G_CALLBACK (refilled_cb), &check);
  memo_session_set_filter (fixture->session, all);
  fixture_until (has_scrolled, &check);
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
  g_test_add_func ("/articles/paced", test_paced);
  g_test_add_func ("/articles/scroll", test_scroll);
  g_test_add_func ("/articles/list", test_list);
  g_test_add_func ("/articles/empty", test_empty);
  g_test_add_func ("/articles/dialogs", test_dialogs);
  return g_test_run ();
}
