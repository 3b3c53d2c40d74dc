#include "import-test.h"

#include <glib/gstdio.h>

/* Files into a library, through the helper. */

typedef struct
{
  char *folder;
  MemoLibrary *library;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  MemoAwait await = { 0 };

  self->folder = g_dir_make_tmp ("memo-import-XXXXXX", NULL);
  path = g_build_filename (self->folder, "test.memorandum", NULL);
  memo_library_open_async (path, MEMO_OPEN_CREATE, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  self->library = memo_library_open_finish (result, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GDir) dir = NULL;
  MemoAwait await = { 0 };
  const char *name;

  memo_library_close_async (self->library, memo_await_cb, &await);
  result = memo_await (&await);
  g_assert_true (memo_library_close_finish (self->library, result, NULL));
  g_object_unref (self->library);
  dir = g_dir_open (self->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
}

static void
add_file (Fixture *self, GPtrArray *files, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  if (text)
    g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_ptr_array_add (files, g_file_new_for_path (path));
}

static void
add_fixture (GPtrArray *files, const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "import", "fixtures", name, NULL);

  g_ptr_array_add (files, g_file_new_for_path (path));
}

static GPtrArray *
import (Fixture *self,
        GPtrArray *files,
        MemoImportProgress progress,
        gpointer data,
        GCancellable *cancellable,
        GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  MemoAwait await = { 0 };

  memo_import_files_async (self->library, files, NULL, progress, data, cancellable, memo_await_cb, &await);
  result = memo_await (&await);
  return memo_import_files_finish (self->library, result, error);
}

static void
count_cb (guint done, guint total, const char *file, gpointer data)
{
  guint *last = data;

  g_assert_cmpuint (done, ==, *last + 1);
  g_assert_cmpuint (done, <=, total);
  *last = done;
}

static MemoRecord *
load (Fixture *self, const char *uuid)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  MemoAwait await = { 0 };
  MemoRecord *record;

  memo_library_get_async (self->library, uuid, TRUE, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  record = memo_library_get_finish (self->library, result, &error);
  g_assert_no_error (error);
  return record;
}

static MemoImportResult *
nth_result (GPtrArray *results, guint i)
{
  return results->pdata[i];
}

static void
test_files (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) article = NULL;
  guint last = 0;

  add_fixture (files, "page-en.html");
  add_file (self, files, "missing.html", NULL);
  add_fixture (files, "paste-tr.txt");
  add_file (self, files, "empty.txt", "");
  g_ptr_array_add (files, g_file_new_for_path (self->folder));
  results = import (self, files, count_cb, &last, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (results->len, ==, 5);
  g_assert_cmpuint (last, ==, 5);
  g_assert_no_error (nth_result (results, 0)->error);
  g_assert_error (nth_result (results, 1)->error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND);
  g_assert_no_error (nth_result (results, 2)->error);
  g_assert_error (nth_result (results, 3)->error, MEMO_ERROR, MEMO_ERROR_FORMAT);
  g_assert_error (nth_result (results, 4)->error, MEMO_ERROR, MEMO_ERROR_FORMAT);
  g_assert_cmpstr (nth_result (results, 2)->language, ==, "tr");
  g_assert_cmpuint (memo_index_get_n (memo_library_get_index (self->library), MEMO_KIND_ARTICLE), ==, 2);

  article = load (self, nth_result (results, 0)->uuid);
  g_assert_cmpstr (memo_record_get_text (article, MEMO_ARTICLE_MEDIA_TYPE), ==, "text/html");
  g_assert_cmpstr (memo_record_get_text (article, MEMO_ARTICLE_FILE), ==, "page-en.html");
  g_assert_nonnull (memo_record_get_text (article, MEMO_ARTICLE_ORIGINAL));
}

/* An article that is there already comes in with a warning, whether it is the file or the page again; another one of the same
 * name does not. */
static void
test_again (Fixture *self, gconstpointer data)
{
  static const char other[] =
      "<html lang=\"en\"><head><title>Harbours and screens: a session in forty-two papers</title></head>"
      "<body><h1>Harbours and screens: a session in forty-two papers</h1><p>Another text under the same "
      "headline, in a paper of another town and of another day, which is no copy.</p></body></html>";

  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (GPtrArray) results = NULL;
      g_autoptr (GError) error = NULL;

      add_fixture (files, "page-en.html");
      add_fixture (files, "paste-tr.txt");
      if (round == 0)
        add_fixture (files, "paste-tr.txt");
      else
        add_file (self, files, "other.html", other);
      results = import (self, files, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < 3; i++)
        {
          gboolean again = round == 0 ? i == 2 : i < 2;
          GStrv warnings = nth_result (results, i)->warnings;

          g_assert_no_error (nth_result (results, i)->error);
          g_assert_cmpuint (warnings ? g_strv_length (warnings) : 0, ==, again ? 1 : 0);
        }
    }
}

/* Under one headline, without a day or an outlet: that may be any two statements. */
static void
test_same_headline (Fixture *self, gconstpointer data)
{
  static const char *const texts[] = {
    "<html lang=\"en\"><head><title>Joint statement</title></head><body><h1>Joint statement</h1><p>The ministers of "
    "the two harbours met on the quay, and they spoke of the fishing fleet and of the winter.</p></body></html>",
    "<html lang=\"en\"><head><title>Joint statement</title></head><body><h1>Joint statement</h1><p>Three railways "
    "agreed on one timetable for the mountain line, which begins to be used in the spring.</p></body></html>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (GPtrArray) results = NULL;
      g_autoptr (GError) error = NULL;
      GStrv warnings;

      add_file (self, files, i == 0 ? "one.html" : "two.html", texts[i]);
      results = import (self, files, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_no_error (nth_result (results, 0)->error);
      warnings = nth_result (results, 0)->warnings;
      g_assert_cmpuint (warnings ? g_strv_length (warnings) : 0, ==, 0);
    }
}

/* The author of many articles is one person, also within one change. */
static void
test_authors (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (MemoRecord) first = NULL;

  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.html", i);
      g_autofree char *page = g_strdup_printf (
          "<html><head><title>Paper number %u of the harbours</title><meta name=author content='Deniz "
          "%s'></head><body><p>The "
          "harbours agreed on paper %u, and on its calendar, and everybody was content.</p></body></html>",
          i, i % 2 ? "İncesu" : "İNCESU", i);
      add_file (self, files, name, page);
    }
  results = import (self, files, NULL, NULL, NULL, NULL);
  g_assert_nonnull (results);
  first = load (self, nth_result (results, 0)->uuid);
  for (guint i = 0; i < results->len; i++)
    {
      g_autoptr (MemoRecord) article = NULL;

      g_assert_no_error (nth_result (results, i)->error);
      article = load (self, nth_result (results, i)->uuid);
      g_assert_cmpuint (g_strv_length ((GStrv) memo_record_get_texts (article, MEMO_ARTICLE_AUTHORS)), ==, 1);
      g_assert_cmpstr (memo_record_get_texts (article, MEMO_ARTICLE_AUTHORS)[0], ==,
                       memo_record_get_texts (first, MEMO_ARTICLE_AUTHORS)[0]);
    }
}

/* Versions of one work that come together become one work. */
static void
test_versions (Fixture *self, gconstpointer data)
{
  static const char page[] =
      "<html lang=%s><head><title>%s</title><link rel=canonical href='https://h.example/%s/'>"
      "<link rel=alternate hreflang=%s href='https://h.example/%s/'></head><body><p>%s</p></body></html>";
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (MemoRecord) a = NULL;
  g_autoptr (MemoRecord) b = NULL;
  g_autofree char *en =
      g_strdup_printf (page, "en", "Two harbours and a plan", "en", "tr", "tr",
                       "The harbours agreed on a plan, and on its calendar, and everybody was content with it.");
  g_autofree char *tr =
      g_strdup_printf (page, "tr", "İki liman ve bir plan", "tr", "en", "en",
                       "Limanlar bir plan ve takvim üzerinde anlaştı, herkes de bundan memnun kaldı.");

  add_file (self, files, "en.html", en);
  add_file (self, files, "tr.html", tr);
  results = import (self, files, NULL, NULL, NULL, NULL);
  a = load (self, nth_result (results, 0)->uuid);
  b = load (self, nth_result (results, 1)->uuid);
  g_assert_cmpstr (memo_record_get_text (b, MEMO_ARTICLE_LANGUAGE), ==, "tr");
  g_assert_cmpstr (memo_record_get_text (a, MEMO_ARTICLE_WORK), ==, memo_record_get_text (b, MEMO_ARTICLE_WORK));
}

static void
test_cancel (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 10; i++)
    add_fixture (files, "page-en.html");
  g_cancellable_cancel (cancellable);
  g_assert_null (import (self, files, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
cancel_cb (guint done, guint total, const char *file, gpointer data)
{
  if (done == 60)
    g_cancellable_cancel (data);
}

static GPtrArray *
list_history (Fixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  MemoAwait await = { 0 };

  memo_library_history_async (self->library, 100, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  return memo_library_history_finish (self->library, result, NULL);
}

static guint
count_articles (Fixture *self)
{
  return memo_index_get_n (memo_library_get_index (self->library), MEMO_KIND_ARTICLE);
}

static void
undo (Fixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  MemoAwait await = { 0 };

  memo_library_undo_async (self->library, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  name = memo_library_undo_finish (self->library, result, &error);
  g_assert_no_error (error);
}

/* What was imported before the cancel stays, and is undone in one step. */
static void
test_cancel_midway (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *count = NULL;

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.txt", i);
      g_autofree char *text =
          g_strdup_printf ("Paper number %u\n\nThe harbours agreed on a plan, and on its calendar.\n", i);
      add_file (self, files, name, text);
    }
  g_assert_null (import (self, files, cancel_cb, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_articles (self), >=, 60);
  g_assert_cmpuint (count_articles (self), <, 300);
  history = list_history (self);
  g_assert_cmpuint (history->len, ==, 1);
  count = g_strdup_printf ("%u", count_articles (self));
  g_assert_cmpstr (((MemoHistoryEntry *) history->pdata[0])->detail, ==, count);
  undo (self);
  g_assert_cmpuint (count_articles (self), ==, 0);
}

/* However many there are, and whatever they say of each other, it is one step to undo. */
static void
test_one_step (Fixture *self, gconstpointer data)
{
  static const char page[] =
      "<html lang=en><head><title>Harbour paper %u</title><link rel=canonical href='https://h.example/%u'></head><body>"
      "<h1>Harbour paper %u</h1><p>The harbours agreed on a plan, and on its calendar, and all were content.<a href=#n1"
      ">[1]</a></p><p>A second paragraph says that the plan is still in force, and that it will be.</p><p id=n1>[1] "
      "Deniz "
      "İncesu, “Harbour paper %u”, h.example, 3 May 2024, https://h.example/%u</p></body></html>";
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GPtrArray) history = NULL;

  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.html", i);
      guint cited = i % 3 == 2 ? i - 2 : i + 1;
      g_autofree char *text = g_strdup_printf (page, i, i, i, cited, cited);
      add_file (self, files, name, i == 70 ? "" : text);
    }
  results = import (self, files, NULL, NULL, NULL, NULL);
  g_assert_cmpuint (count_articles (self), ==, 119);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (MemoRecord) article = load (self, nth_result (results, i)->uuid);
      const char *cited = nth_result (results, (i + 1) % 3)->uuid;

      g_assert_nonnull (strstr (memo_record_get_text (article, MEMO_ARTICLE_REFERENCES), cited));
    }
  history = list_history (self);
  g_assert_cmpuint (history->len, ==, 1);
  g_assert_cmpstr (((MemoHistoryEntry *) history->pdata[0])->name, ==, "Import articles");
  g_assert_cmpstr (((MemoHistoryEntry *) history->pdata[0])->detail, ==, "119");
  undo (self);
  g_assert_cmpuint (count_articles (self), ==, 0);
}

static void
test_none (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) results = import (self, files, NULL, NULL, NULL, NULL);

  g_assert_nonnull (results);
  g_assert_cmpuint (results->len, ==, 0);
}

static void
test_paste (Fixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) article = NULL;
  MemoAwait await = { 0 };
  MemoImportResult *imported;

  memo_import_text_async (self->library,
                          "<h1>A plan of two harbours</h1><p>The harbours agreed on a plan, and on its calendar.</p>",
                          TRUE, NULL, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  imported = memo_import_text_finish (self->library, result, &error);
  g_assert_no_error (error);
  article = load (self, imported->uuid);
  g_assert_cmpstr (memo_record_get_title (article), ==, "A plan of two harbours");
  memo_import_result_free (imported);
}

static void
test_draft (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "import", "fixtures", "page-en.html", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) draft = NULL;
  g_autoptr (MemoOriginal) original = NULL;
  MemoAwait await = { 0 };

  memo_import_draft_async (file, NULL, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  draft = memo_import_draft_finish (result, &original, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (get (draft, "kind"), ==, "analysis");
  g_assert_nonnull (original);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/import/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("files", test_files);
  ADD ("authors", test_authors);
  ADD ("again", test_again);
  ADD ("same-headline", test_same_headline);
  ADD ("versions", test_versions);
  ADD ("cancel", test_cancel);
  ADD ("cancel-midway", test_cancel_midway);
  ADD ("one-step", test_one_step);
  ADD ("none", test_none);
  ADD ("paste", test_paste);
  ADD ("draft", test_draft);
  return g_test_run ();
}
