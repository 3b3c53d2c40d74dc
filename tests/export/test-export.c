#include "../model/action-fixture.h"

#include "base/memo-error.h"
#include "export/memo-export-private.h"
#include "model/memo-seed.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static MemoLibrary *library;
static MemoRecord *analysis, *quote;

static void
fill (void)
{
  g_autoptr (GError) error = NULL;
  analysis = import (
      library,
      "{\"title\":\"A *new* chapter\",\"authors\":[\"Emre İncesu\"],\"outlet\":\"Kavşak "
      "Institute\",\"published\":\"2025-11-30\","
      "\"accessed\":\"2025-12-01\",\"language\":\"en\",\"kind\":\"analysis\",\"url\":\"https://k.example/a_new_b\","
      "\"text\":\"Head\\n\\nThey signed <42> agreements & more.\\n\\n# Talks were \\\"fruitful\\\".\","
      "\"blocks\":[{\"type\":\"heading\",\"start\":0,\"end\":4,\"level\":1},{\"type\":\"paragraph\",\"start\":6,"
      "\"end\":41},"
      "{\"type\":\"paragraph\",\"start\":43,\"end\":66}]}",
      NULL);
  g_autoptr (MemoRecord) bare =
      import (library, "{\"title\":\"Without marks\",\"language\":\"tr\",\"text\":\"Boş.\"}", NULL);

  const char *const tags[] = { "=cmd()", "two", NULL };
  const char *const sectors[] = {
    memo_record_get_uuid (memo_index_find_sector (memo_library_get_index (library), "120")), NULL
  };
  glong start, end;
  g_autoptr (MemoRecord) annotation = NULL;
  g_assert_true (
      memo_action_locate (analysis, "They signed <42> agreements & more.", NULL, NULL, &start, &end, &error));
  apply (library,
         memo_action_annotate (analysis, start, end, "green", "=SUM(A1)", tags, sectors, NULL, &annotation, &error),
         error);
  quote = g_steal_pointer (&annotation);
  g_autoptr (MemoRecord) second = annotate (library, analysis, "# Talks were \"fruitful\".");

  g_autoptr (MemoRecord) package =
      ADD (library, MEMO_KIND_AGREEMENT, { "title", "The 42, \"together\"" }, { "signed", "28 November 2025" },
           { "party", "RU" }, { "party", "VE" }, { "sector", "health" }, { "status", "signed" }, { "declared", "42" },
           { "body", "Commission (CIAN)" }, { "session", "19" });
  g_autoptr (MemoRecord) child =
      ADD (library, MEMO_KIND_AGREEMENT, { "title", "+Flights" }, { "package", memo_record_get_uuid (package) });
  apply (library, memo_action_evidence (package, quote, "declared", NULL, NULL, &error), error);
  apply (library, memo_action_evidence (package, second, NULL, NULL, NULL, &error), error);
  g_autoptr (MemoRecord) event =
      ADD (library, MEMO_KIND_EVENT, { "title", "Founding" }, { "when", "2008" }, { "kind", "founding" });
  g_autofree char *text = g_strdup_printf ("See [the passage](memo:annotation/%s) and [](memo:agreement/%s).",
                                           memo_record_get_uuid (quote), memo_record_get_uuid (package));
  g_autoptr (MemoRecord) note = ADD (library, MEMO_KIND_NOTE, { "title", "My note" }, { "text", text });
}

static char *
export_as (const char *format, MemoKind kind, MemoGroup group, MemoFilter *filter, const char *language)
{
  MemoExportOptions options = { format, kind, group, language };
  MemoAwait await = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoSelection) selection = fixture_select (library, filter);
  memo_export_bytes_async (library, selection, &options, NULL, memo_await_cb, &await);
  g_autoptr (GAsyncResult) result = memo_await (&await);
  g_autoptr (GBytes) bytes = memo_export_bytes_finish (library, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (bytes);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static char *
export_all (const char *format, MemoKind kind, MemoGroup group)
{
  g_autoptr (MemoFilter) filter = memo_filter_new ();
  return export_as (format, kind, group, filter, "en");
}

#define assert_has(text, words)                                                                                        \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    if (strstr (text, words) == NULL)                                                                                  \
      g_error ("line %d: “%s” is not in:\n%s", __LINE__, words, text);                                                 \
  }                                                                                                                    \
  G_STMT_END
#define assert_lacks(text, words) g_assert_null (strstr (text, words))

static void
test_markdown (void)
{
  g_autofree char *text = export_all ("markdown", MEMO_KIND_AGREEMENT, MEMO_GROUP_ARTICLE);
  assert_has (text, "# export\n");
  assert_has (text, "2 articles, 2 annotations, 2 agreements");
  assert_has (text, "## A \\*new\\* chapter\n");
  assert_has (text, "> They signed \\<42\\> agreements \\& more.[^1]\n\n\\=SUM(A1)\n");
  assert_has (text, "> \\# Talks were");
  assert_has (text, "- **Tags**: \\=cmd(), two\n");
  assert_has (text, "- **Sectors**: Health\n");
  assert_has (text, "## Articles without annotations");
  assert_has (text, "- The 42, \"together\" (Russia, Venezuela; 28 November 2025; Signed)");
  assert_has (text, "- 2008: Founding\n");
  assert_has (text, "See the passage[^1] and The 42, \"together\".");
  assert_has (text, "[^1]: Emre İncesu, “A \\*new\\* chapter”, Kavşak Institute, 30 November 2025, "
                    "<https://k.example/a_new_b>, accessed 1 December 2025, ¶ 1\n");
  assert_has (text, "[^2]: ");
  assert_lacks (text, "[^3]");
}

static void
test_markdown_groups (void)
{
  g_autofree char *sectors = export_all ("markdown", MEMO_KIND_AGREEMENT, MEMO_GROUP_SECTOR);
  const char *health = strstr (sectors, "## Health\n");
  g_assert_nonnull (health);
  assert_has (health, "> They signed");
  assert_has (health, "> \\# Talks were"); /* by the agreement that it is evidence of */
  assert_has (health, "## Agreements without a sector\n\n- \\+Flights");
  assert_lacks (sectors, "## Other passages");

  g_autofree char *agreements = export_all ("markdown", MEMO_KIND_AGREEMENT, MEMO_GROUP_AGREEMENT);
  assert_has (agreements, "## The 42, \"together\"\n");
  assert_has (agreements, "- **Declared number**: identified 1 of 42\n");
  assert_has (agreements, "- **Session**: XIX\n");
  assert_has (agreements, "- **Body**: Commission\n");
  assert_has (agreements, "- **Sources**: 1 source, independent: 1");
  assert_has (agreements, "- 28 November 2025: Signed");
  assert_has (agreements, "> **Declared number**: They signed");
  assert_has (agreements, "- **Package**: The 42, \"together\"\n");
}

static void
test_html (void)
{
  g_autofree char *html = export_all ("html", MEMO_KIND_AGREEMENT, MEMO_GROUP_AGREEMENT);
  assert_has (html, "<!DOCTYPE html>\n<html lang=\"en\">");
  assert_has (html, "<title>export</title>");
  assert_has (html, "They signed &lt;42&gt; agreements &amp; more.<sup><a href=\"#note-1\"");
  assert_has (html, "<h2>The 42, &quot;together&quot;</h2>");
  assert_has (html, "<dl>\n<dt>Kind</dt><dd>Package</dd>\n");
  assert_has (html, "<li id=\"note-1\">");
  assert_has (html, "<a href=\"https://k.example/a_new_b\">https://k.example/a_new_b</a>, accessed");
  assert_has (html, "See the passage<sup><a href=\"#note-");
  assert_lacks (html, "<script");
  assert_lacks (html, "<42>");
}

static void
test_text (void)
{
  g_autofree char *text = export_all ("text", MEMO_KIND_AGREEMENT, MEMO_GROUP_ARTICLE);
  assert_has (text, "export\n======\n");
  assert_has (text, "A *new* chapter\n---------------\n");
  assert_has (text, "    They signed <42> agreements & more. [1]\n");
  assert_has (text, "See the passage [1] and");
  assert_has (text, "[1] Emre İncesu, “A *new* chapter”");
  assert_has (text, "https://k.example/a_new_b, accessed");
}

static void
test_csv (void)
{
  g_autofree char *agreements = export_all ("csv", MEMO_KIND_AGREEMENT, MEMO_GROUP_ARTICLE);
  g_assert_true (g_str_has_prefix (agreements, "\357\273\277id,title,kind,signed,"));
  assert_has (agreements, ",\"The 42, \"\"together\"\"\",package,2025-11-28,,,,Russia; Venezuela,Health,signed,,42,1,"
                          "Commission,19,1,1,,\r\n");
  assert_has (agreements, ",'+Flights,");

  g_autofree char *annotations = export_all ("csv", MEMO_KIND_ANNOTATION, MEMO_GROUP_ARTICLE);
  assert_has (annotations, "'=SUM(A1),green,'=cmd(); two,Health,,anchored,");
  assert_has (annotations, ",\"# Talks were \"\"fruitful\"\".\",");
  g_auto (GStrv) lines = g_strsplit (annotations, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
}

static void
test_csv_cell (void)
{
  static const struct
  {
    const char *text, *cell;
  } cases[] = {
    { NULL, "" },
    { "", "" },
    { "a", "a" },
    { "a,b", "\"a,b\"" },
    { "a\"b", "\"a\"\"b\"" },
    { "=1", "'=1" },
    { "+1", "'+1" },
    { "-1", "'-1" },
    { "@x", "'@x" },
    { "\tx", "'\tx" },
    { "\rx", "\"'\rx\"" },
    { "a\nb", "\"a\nb\"" },
    { "=a,b", "\"'=a,b\"" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *cell = memo_csv_cell (cases[i].text);
      g_assert_cmpstr (cell, ==, cases[i].cell);
    }
}

static JsonArray *
get_kind (JsonObject *root, MemoKind kind)
{
  return json_object_get_array_member (root, memo_kind_get_name (kind));
}

static void
test_json (void)
{
  g_autofree char *text = export_all ("json", MEMO_KIND_AGREEMENT, MEMO_GROUP_ARTICLE);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);
  g_assert_no_error (error);
  JsonObject *root = json_node_get_object (node);
  g_assert_cmpuint (json_array_get_length (get_kind (root, MEMO_KIND_ARTICLE)), ==, 2);
  g_assert_cmpuint (json_array_get_length (get_kind (root, MEMO_KIND_EVIDENCE)), ==, 2);
  g_assert_cmpuint (json_array_get_length (get_kind (root, MEMO_KIND_FOLLOW_UP)), ==, 1);
  g_assert_cmpuint (json_array_get_length (get_kind (root, MEMO_KIND_NOTE)), ==, 1);
  g_assert_cmpuint (json_array_get_length (get_kind (root, MEMO_KIND_PARTY)), >, 200);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (MemoRecord) article =
          memo_record_from_json (json_array_get_object_element (get_kind (root, MEMO_KIND_ARTICLE), i), &error);
      g_assert_no_error (error);
      g_assert_nonnull (memo_record_get_text (article, MEMO_ARTICLE_TEXT));
    }

  /* What is filtered, and no more of the rest than it needs: a sector with those above it. */
  g_autoptr (MemoFilter) all = memo_filter_new ();
  g_autofree char *health = memo_seed_dup_uuid (MEMO_KIND_SECTOR, "120");
  g_autoptr (MemoFilter) filter = memo_filter_with (all, MEMO_FACET_SECTOR, MEMO_CHOICE_ANY, health);
  g_autofree char *part = export_as ("json", MEMO_KIND_AGREEMENT, MEMO_GROUP_ARTICLE, filter, NULL);
  g_autoptr (JsonNode) part_node = json_from_string (part, &error);
  g_assert_no_error (error);
  JsonObject *part_root = json_node_get_object (part_node);
  g_assert_cmpuint (json_array_get_length (get_kind (part_root, MEMO_KIND_AGREEMENT)), ==, 1);
  g_assert_cmpuint (json_array_get_length (get_kind (part_root, MEMO_KIND_SECTOR)), ==, 1);
  g_assert_cmpuint (json_array_get_length (get_kind (part_root, MEMO_KIND_PARTY)), ==, 3);
  g_assert_cmpuint (json_array_get_length (get_kind (part_root, MEMO_KIND_BODY)), ==, 1);
}

static void
test_language (void)
{
  g_autoptr (MemoFilter) filter = memo_filter_new ();
  g_autofree char *text = export_as ("markdown", MEMO_KIND_AGREEMENT, MEMO_GROUP_AGREEMENT, filter, "ru");
  assert_has (text, "Россия, Венесуэла");
  assert_has (text, "28 ноября 2025");
}

static gboolean
export_to (const char *path, const char *format, GCancellable *cancellable, GError **error)
{
  MemoExportOptions options = { format, MEMO_KIND_AGREEMENT, MEMO_GROUP_ARTICLE, NULL };
  MemoAwait await = { 0 };
  g_autoptr (MemoFilter) filter = memo_filter_new ();
  g_autoptr (MemoSelection) selection = fixture_select (library, filter);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  memo_export_file_async (library, selection, file, &options, cancellable, memo_await_cb, &await);
  g_autoptr (GAsyncResult) result = memo_await (&await);
  return memo_export_file_finish (library, result, error);
}

static guint
count_files (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_file (void)
{
  g_autofree char *folder = fixture_path ("out");
  g_autofree char *path = g_build_filename (folder, "çıktı.md", NULL);
  g_autofree char *link = g_build_filename (folder, "link.md", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  struct stat info;

  g_mkdir (folder, 0700);
  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  g_assert_cmpint (g_chmod (path, 0640), ==, 0);
  g_assert_cmpint (symlink (path, link), ==, 0);
  g_assert_true (export_to (link, "markdown", NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  assert_has (text, "They signed");
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0640);
  g_assert_cmpuint (count_files (folder), ==, 2);
}

static void
test_file_errors (void)
{
  g_autofree char *folder = fixture_path ("bad");
  g_autofree char *kept = g_build_filename (folder, "kept.md", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "no", "where.md", NULL);
  g_autofree char *long_name = g_strnfill (300, 'x');
  g_autofree char *too_long = g_build_filename (folder, long_name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_mkdir (folder, 0700);
  g_assert_true (g_file_set_contents (kept, "old", -1, NULL));
  g_assert_false (export_to (nowhere, "html", NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND);
  assert_has (error->message, "where.md");
  g_clear_error (&error);
  g_assert_false (export_to (folder, "html", NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_IO);
  g_clear_error (&error);
  g_assert_false (export_to (too_long, "html", NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_IO);
  g_clear_error (&error);
  g_assert_false (export_to (kept, "docx", NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
  assert_has (error->message, "markdown");
  g_clear_error (&error);
  /* A full disk. */
  if (g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    {
      g_assert_false (export_to ("/dev/full", "text", NULL, &error));
      g_assert_error (error, MEMO_ERROR, MEMO_ERROR_FULL);
      g_clear_error (&error);
    }
  g_assert_true (export_to ("/dev/null", "text", NULL, &error));
  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  g_assert_false (export_to (kept, "text", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_assert_true (g_file_get_contents (kept, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "old");
  g_assert_cmpuint (count_files (folder), ==, 1);
}

/* Before anything is written. */
static void
test_file_cancel (void)
{
  MemoExportOptions options = { "json", MEMO_KIND_AGREEMENT, MEMO_GROUP_ARTICLE, NULL };
  MemoAwait await = { 0 };
  g_autofree char *folder = fixture_path ("cancelled");
  g_autofree char *path = g_build_filename (folder, "new.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (MemoFilter) filter = memo_filter_new ();
  g_autoptr (MemoSelection) selection = fixture_select (library, filter);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_mkdir (folder, 0700);
  memo_export_file_async (library, selection, file, &options, cancellable, memo_await_cb, &await);
  g_cancellable_cancel (cancellable);
  result = memo_await (&await);
  g_assert_false (memo_export_file_finish (library, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (folder), ==, 0);
}

/* While much is written. */

typedef struct
{
  GApplication *application; /* nullable */
  MemoLibrary *library;
  MemoSelection *selection;
  GCancellable *cancellable;
  char *folder, *path;
  gboolean blocked;   /* the file cannot be replaced any more, instead of a cancellation */
  gboolean seen;      /* the temporary with more than 1 MB */
  guint n_left;       /* files, when the answer came */
  GError *error;      /* of the answer */
  GMainLoop *loop;    /* nullable */
  gboolean completed; /* the answer came */
} Large;

static MemoLibrary *
make_large (void)
{
  g_autofree char *path = fixture_path ("large.memorandum");
  g_autofree char *text = g_strnfill (100 * 1000, 'x');
  MemoLibrary *large = fixture_open (path, MEMO_OPEN_CREATE);

  for (guint i = 20; i < 100 * 1000; i += 20)
    text[i] = ' ';
  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"title\":\"%u\",\"language\":\"en\",\"text\":\"%u %s\"}", i, i, text);
      g_autoptr (MemoRecord) article = import (large, json, NULL);
    }
  return large;
}

static goffset
get_largest (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  goffset largest = 0;
  const char *name;
  struct stat info;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_stat (path, &info) == 0)
        largest = MAX (largest, info.st_size);
    }
  return largest;
}

static gboolean
large_look_cb (gpointer data)
{
  Large *self = data;

  if (self->completed)
    return G_SOURCE_REMOVE;
  if (get_largest (self->folder) <= 1024 * 1024)
    return G_SOURCE_CONTINUE;
  self->seen = TRUE;
  if (self->blocked)
    g_assert_cmpint (g_mkdir (self->path, 0700), ==, 0);
  else if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static void
large_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Large *self = data;

  self->completed = TRUE;
  self->n_left = count_files (self->folder);
  memo_export_file_finish (MEMO_LIBRARY (source), result, &self->error);
  if (self->loop != NULL)
    g_main_loop_quit (self->loop);
}

static void
large_start (Large *self)
{
  MemoExportOptions options = { "json", MEMO_KIND_AGREEMENT, MEMO_GROUP_ARTICLE, NULL };
  g_autoptr (GFile) file = g_file_new_for_path (self->path);

  memo_export_file_async (self->library, self->selection, file, &options, self->cancellable, large_cb, self);
  g_idle_add_full (G_PRIORITY_DEFAULT, large_look_cb, self, NULL);
}

static void
large_activate_cb (GApplication *application, gpointer data)
{
  large_start (data);
}

static void
large_clear (Large *self)
{
  g_clear_error (&self->error);
  g_clear_object (&self->selection);
  g_clear_object (&self->cancellable);
  g_free (self->folder);
  g_free (self->path);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Large, large_clear)

static void
large_init (Large *self, MemoLibrary *large, const char *name)
{
  g_autoptr (MemoFilter) filter = memo_filter_new ();

  *self = (Large){ .library = large, .selection = fixture_select (large, filter), .folder = fixture_path (name) };
  self->path = g_build_filename (self->folder, "new.json", NULL);
  g_mkdir (self->folder, 0700);
}

static void
large_run (Large *self)
{
  self->loop = g_main_loop_new (NULL, FALSE);
  large_start (self);
  g_main_loop_run (self->loop);
  g_clear_pointer (&self->loop, g_main_loop_unref);
}

static void
check_large_cancel (MemoLibrary *large)
{
  g_auto (Large) self = { 0 };

  large_init (&self, large, "large-cancelled");
  self.cancellable = g_cancellable_new ();
  large_run (&self);
  g_assert_true (self.seen);
  g_assert_error (self.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (self.n_left, ==, 0);
}

/* At the end: in place of the file is a folder. */
static void
check_large_failure (MemoLibrary *large)
{
  g_auto (Large) self = { 0 };

  large_init (&self, large, "large-failed");
  self.blocked = TRUE;
  large_run (&self);
  g_assert_true (self.seen);
  g_assert_error (self.error, MEMO_ERROR, MEMO_ERROR_IO);
  g_assert_cmpuint (self.n_left, ==, 1);
}

/* Nothing else holds the application, as when its window was closed. */
static void
check_large_hold (MemoLibrary *large, gboolean cancel)
{
  g_auto (Large) self = { 0 };
  g_autoptr (GApplication) application = g_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  large_init (&self, large, cancel ? "large-closed" : "large-held");
  self.cancellable = cancel ? g_cancellable_new () : NULL;
  g_signal_connect (application, "activate", G_CALLBACK (large_activate_cb), &self);
  g_assert_cmpint (g_application_run (application, 0, NULL), ==, 0);
  g_assert_true (self.seen);
  g_assert_true (self.completed);
  if (cancel)
    g_assert_error (self.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  else
    g_assert_no_error (self.error);
  g_assert_cmpuint (count_files (self.folder), ==, cancel ? 0 : 1);
}

static void
test_file_large (void)
{
  MemoLibrary *large = make_large ();

  check_large_cancel (large);
  check_large_failure (large);
  check_large_hold (large, TRUE);
  check_large_hold (large, FALSE);
  fixture_close (large);
  fixture_end (large);
}

/* What could not be closed is gone at once, not only when it is freed. */
static void
test_target_close (void)
{
  g_autofree char *folder = fixture_path ("target");
  g_autofree char *path = g_build_filename (folder, "new.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_mkdir (folder, 0700);
  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (MemoExportTarget) target = memo_export_target_open (library, file, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (count_files (folder), ==, 1);
      if (i == 1)
        g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
      g_assert_null (memo_export_target_close (target, i == 0 ? cancellable : NULL, &error));
      g_assert_nonnull (error);
      g_assert_cmpuint (count_files (folder), ==, i);
      g_clear_error (&error);
    }
}

static void
test_note (void)
{
  const char *note =
      "# My note\n\n## Part\nA **strong** and *soft* `x<y` word, 2 * 3 * 4,\n[there](https://x.example/?a=1&b) "
      "[not](memo:x).\n\n- one\n- two\n  more\n> said\n\n```\n# code <b>\n```\n1. first";
  g_autofree char *markdown = memo_note_to_markdown (note, "My note");
  g_autofree char *html = memo_note_to_html (note, "My note");

  g_assert_true (g_str_has_prefix (markdown, "##### Part\nA **strong**"));
  assert_has (markdown, "```\n# code <b>\n```");
  g_assert_cmpstr (
      html, ==,
      "<h5>Part</h5>\n<p>A <strong>strong</strong> and <em>soft</em> <code>x&lt;y</code> word, 2 * 3 * 4,<br>\n"
      "<a href=\"https://x.example/?a=1&amp;b\">there</a> not.</p>\n<ul>\n<li>one</li>\n<li>two<br>\n  more</li>\n"
      "</ul>\n<blockquote><p>said</p></blockquote>\n<pre><code># code &lt;b&gt;\n</code></pre>\n<ul>\n<li>first"
      "</li>\n</ul>\n");
}

static void
test_formats (void)
{
  guint n;
  const MemoExportFormat *formats = memo_export_get_formats (&n);
  g_assert_cmpuint (n, ==, 5);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = export_all (formats[i].name, MEMO_KIND_AGREEMENT, MEMO_GROUP_SECTOR);
      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_cmpstr (formats[i].extension, !=, "");
    }
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_autofree char *path = fixture_path ("export.memorandum");
  library = fixture_open (path, MEMO_OPEN_CREATE);
  fill ();
  g_test_add_func ("/export/markdown", test_markdown);
  g_test_add_func ("/export/markdown/groups", test_markdown_groups);
  g_test_add_func ("/export/html", test_html);
  g_test_add_func ("/export/text", test_text);
  g_test_add_func ("/export/csv", test_csv);
  g_test_add_func ("/export/csv/cell", test_csv_cell);
  g_test_add_func ("/export/json", test_json);
  g_test_add_func ("/export/language", test_language);
  g_test_add_func ("/export/file", test_file);
  g_test_add_func ("/export/file/errors", test_file_errors);
  g_test_add_func ("/export/file/cancel", test_file_cancel);
  g_test_add_func ("/export/file/large", test_file_large);
  g_test_add_func ("/export/target/close", test_target_close);
  g_test_add_func ("/export/note", test_note);
  g_test_add_func ("/export/formats", test_formats);
  int result = fixture_run ();
  fixture_close (library);
  g_clear_object (&analysis);
  g_clear_object (&quote);
  g_clear_object (&library);
  return result;
}
