#include "memo-cli.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/memo-error.h"
#include "base/memo-text.h"
#include "records/memo-blocks.h"
#include "model/memo-words.h"

static char *import_language, *import_kind, *import_version_of, *import_format;
static const GOptionEntry import_entries[] = {
  { "language", 0, 0, G_OPTION_ARG_STRING, &import_language, N_ ("Language of the files"), N_ ("LANGUAGE") },
  { "kind", 0, 0, G_OPTION_ARG_STRING, &import_kind, N_ ("Kind of article: analysis, news, statement …"), N_ ("KIND") },
  { "version-of", 0, 0, G_OPTION_ARG_STRING, &import_version_of,
    N_ ("The article of which the file is another version"), N_ ("ARTICLE") },
  { "format", 0, 0, G_OPTION_ARG_STRING, &import_format, N_ ("Format: html, text or markdown"), N_ ("FORMAT") },
  { NULL },
};

static MemoImportOptions
get_import_options (void)
{
  return (MemoImportOptions){ import_language, import_kind, import_version_of, import_format };
}

static JsonObject *
imported_json (MemoImportResult *result)
{
  JsonObject *object = json_object_new ();
  JsonArray *warnings = json_array_new ();
  g_autofree char *file = g_filename_display_name (result->file); /* JSON is UTF-8; names of files are bytes */

  json_object_set_string_member (object, "id", result->uuid);
  json_object_set_string_member (object, "type", result->type ? result->type : "article");
  json_object_set_string_member (object, "title", result->title ? result->title : "");
  json_object_set_string_member (object, "language", result->language ? result->language : "und");
  json_object_set_string_member (object, "file", file);
  for (guint i = 0; result->warnings && result->warnings[i]; i++)
    json_array_add_string_element (warnings, result->warnings[i]);
  json_object_set_array_member (object, "warnings", warnings);
  return object;
}

static void
print_imported (MemoCli *cli, GPtrArray *results)
{
  JsonArray *imported = json_array_new (), *failed = json_array_new ();
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < results->len; i++)
    {
      MemoImportResult *result = results->pdata[i];

      if (result->error)
        {
          JsonObject *entry = json_object_new ();

          g_autofree char *file = g_filename_display_name (result->file);
          g_autofree char *message = g_utf8_make_valid (result->error->message, -1);

          json_object_set_string_member (entry, "file", file);
          json_object_set_string_member (entry, "error", message);
          json_array_add_object_element (failed, entry);
          /* Translators: %s is the path of a file. */
          g_autofree char *what = g_strdup_printf (_ ("importing “%s”"), file);
          memo_cli_fail (what, result->error);
        }
      else
        {
          json_array_add_object_element (imported, imported_json (result));
          if (!cli->json)
            g_print ("%s  %s  %s\n", result->uuid, result->language ? result->language : "und",
                     result->title ? result->title : "");
          for (guint j = 0; !cli->json && result->warnings && result->warnings[j]; j++)
            g_printerr ("memorandum-cli: %s: %s\n", result->file, result->warnings[j]);
        }
    }
  json_object_set_array_member (object, "imported", imported);
  json_object_set_array_member (object, "failed", failed);
  if (cli->json)
    memo_cli_print_object (object);
  else
    json_object_unref (object);
}

static int
run_import (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  MemoImportOptions options = get_import_options ();
  MemoAwait await = { NULL };

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (files, g_file_new_for_commandline_arg (arguments[i]));
  memo_import_files_async (cli->library, files, &options, NULL, NULL, memo_cli_start (cli), memo_await_cb, &await);
  result = memo_cli_await (cli, &await);
  results = memo_import_files_finish (cli->library, result, &error);
  if (!results)
    return memo_cli_fail (_ ("importing"), error);
  print_imported (cli, results);
  for (guint i = 0; i < results->len; i++)
    if (((MemoImportResult *) results->pdata[i])->error)
      return 1;
  return 0;
}

static int
run_articles (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = memo_cli_list (cli, MEMO_KIND_ARTICLE, MEMO_SORT_DATE, TRUE, &error);
  JsonArray *array;

  if (!records)
    return memo_cli_fail (_ ("listing articles"), error);
  array = json_array_new ();
  for (guint i = 0; i < records->len; i++)
    {
      MemoRecord *article = records->pdata[i];
      g_autofree char *date = memo_cli_date (cli, memo_record_get_date (article, MEMO_ARTICLE_PUBLISHED));
      const char *outlet = memo_record_get_text (article, MEMO_ARTICLE_OUTLET);

      if (cli->json)
        json_array_add_object_element (array, memo_cli_article_json (cli, article));
      else
        {
          g_autofree char *when = memo_cli_pad (date, 12);

          g_print ("%s  %s  %s  %s%s%s\n", memo_record_get_uuid (article), when,
                   memo_record_get_text (article, MEMO_ARTICLE_LANGUAGE)
                       ? memo_record_get_text (article, MEMO_ARTICLE_LANGUAGE)
                       : "  ",
                   memo_record_get_title (article), outlet ? " · " : "", outlet ? outlet : "");
        }
    }
  if (cli->json)
    memo_cli_print_array (array);
  else
    json_array_unref (array);
  return 0;
}

static gboolean show_text;
static const GOptionEntry show_entries[] = {
  { "text", 0, 0, G_OPTION_ARG_NONE, &show_text, N_ ("Only the plain text of an article"), NULL },
  { NULL },
};

static int
run_show (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) record = memo_cli_get (cli, arguments[0], TRUE, &error);
  g_autoptr (JsonObject) object = record ? memo_cli_whole_json (cli, record, &error) : NULL;

  if (!object)
    return memo_cli_fail (_ ("showing a record"), error);
  if (show_text && memo_record_get_kind (record) != MEMO_KIND_ARTICLE)
    return memo_cli_misuse (_ ("--text is for articles"));
  if (show_text)
    g_print ("%s\n", json_object_get_string_member (object, "text"));
  else
    memo_cli_print_object (g_steal_pointer (&object));
  return 0;
}

static char *quote, *prefix, *suffix, *comment, *color, *speaker, **tags, **sectors;
static const GOptionEntry annotate_entries[] = {
  { "quote", 0, 0, G_OPTION_ARG_STRING, &quote, N_ ("The words to mark"), N_ ("TEXT") },
  { "prefix", 0, 0, G_OPTION_ARG_STRING, &prefix, N_ ("Words before them"), N_ ("TEXT") },
  { "suffix", 0, 0, G_OPTION_ARG_STRING, &suffix, N_ ("Words behind them"), N_ ("TEXT") },
  { "comment", 0, 0, G_OPTION_ARG_STRING, &comment, N_ ("A comment"), N_ ("TEXT") },
  { "color", 0, 0, G_OPTION_ARG_STRING, &color, N_ ("yellow, green, blue, pink or purple"), N_ ("COLOUR") },
  { "speaker", 0, 0, G_OPTION_ARG_STRING, &speaker, N_ ("Person whose statement the words are"), N_ ("NAME") },
  { "tag", 0, 0, G_OPTION_ARG_STRING_ARRAY, &tags, N_ ("A tag; may be repeated"), N_ ("TAG") },
  { "sector", 0, 0, G_OPTION_ARG_STRING_ARRAY, &sectors, N_ ("A sector; may be repeated"), N_ ("SECTOR") },
  { NULL },
};

/* UUIDs of the sectors named on the command line: (transfer full). */
static GStrv
find_sectors (MemoCli *cli, GError **error)
{
  g_autoptr (GStrvBuilder) uuids = g_strv_builder_new ();

  for (char **name = sectors; name && *name; name++)
    {
      MemoRecord *sector = memo_action_find_sector (memo_library_get_index (cli->library), *name);
      if (!sector)
        {
          g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("There is no sector “%s”."), *name);
          return NULL;
        }
      g_strv_builder_add (uuids, memo_record_get_uuid (sector));
    }
  return g_strv_builder_end (uuids);
}

/* The person named by --speaker: UUID of one that is there, or of a new record that *ret_person gets. (transfer full) */
static char *
find_speaker (MemoCli *cli, MemoRecord **ret_person)
{
  MemoRecord *known = speaker ? memo_index_find_party (memo_library_get_index (cli->library), speaker) : NULL;
  MemoRecordBuilder *builder;

  if (!speaker || known)
    return known ? g_strdup (memo_record_get_uuid (known)) : NULL;
  builder = memo_record_builder_new (MEMO_KIND_PARTY, NULL);
  memo_record_builder_set_text (builder, MEMO_PARTY_NAME, speaker);
  memo_record_builder_set_text (builder, MEMO_PARTY_KIND, "person");
  *ret_person = memo_record_builder_end (builder);
  return g_strdup (memo_record_get_uuid (*ret_person));
}

static int
run_annotate (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) article = NULL;
  g_autoptr (MemoRecord) annotation = NULL;
  g_autoptr (MemoChange) change = NULL;
  g_autoptr (MemoRecord) person = NULL;
  g_autofree char *speaker_uuid = find_speaker (cli, &person);
  g_auto (GStrv) uuids = NULL;
  glong start, end;

  if (!quote)
    return memo_cli_misuse (_ ("annotate needs --quote"));
  if (!(article = memo_cli_get_kind (cli, arguments[0], MEMO_KIND_ARTICLE, TRUE, &error)) ||
      !(uuids = find_sectors (cli, &error)) ||
      !memo_action_locate (article, quote, prefix, suffix, &start, &end, &error) ||
      !(change = memo_action_annotate (article, start, end, color, comment, (const char *const *) tags,
                                       (const char *const *) uuids, speaker_uuid, &annotation, &error)))
    return memo_cli_fail (_ ("annotating"), error);
  if (person)
    memo_change_insert (change, person);
  if (!memo_cli_apply (cli, change, &error))
    return memo_cli_fail (_ ("annotating"), error);
  if (cli->json)
    memo_cli_print_object (memo_cli_annotation_json (cli, annotation));
  else
    g_print ("%s\n", memo_record_get_uuid (annotation));
  return 0;
}

static int
run_annotations (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = memo_cli_list (cli, MEMO_KIND_ANNOTATION, MEMO_SORT_POSITION, FALSE, &error);
  JsonArray *array;

  if (!records)
    return memo_cli_fail (_ ("listing annotations"), error);
  array = json_array_new ();
  for (guint i = 0; i < records->len; i++)
    {
      g_autofree char *line = memo_text_ellipsize (memo_record_get_title (records->pdata[i]), 100);

      if (cli->json)
        json_array_add_object_element (array, memo_cli_annotation_json (cli, records->pdata[i]));
      else
        g_print ("%s  “%s”\n", memo_record_get_uuid (records->pdata[i]), line);
    }
  if (cli->json)
    memo_cli_print_array (array);
  else
    json_array_unref (array);
  return 0;
}

static int
run_update (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) article = memo_cli_get_kind (cli, arguments[0], MEMO_KIND_ARTICLE, TRUE, &error);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (arguments[1]);
  g_autoptr (GPtrArray) annotations = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonObject) draft = NULL;
  g_autoptr (MemoOriginal) original = NULL;
  g_autoptr (MemoChange) change = NULL;
  MemoImportOptions options = get_import_options ();
  MemoAwait await = { NULL };
  guint anchored, moved, orphaned;
  JsonObject *object;

  if (!article || !(annotations = memo_cli_where (cli, MEMO_ANNOTATION_ARTICLE, arguments[0], &error)))
    return memo_cli_fail (_ ("updating"), error);
  memo_import_draft_async (file, &options, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  if (!(draft = memo_import_draft_finish (result, &original, &error)) ||
      !(change =
            memo_action_update_text (article, draft, original, annotations, &anchored, &moved, &orphaned, &error)) ||
      !memo_cli_apply (cli, change, &error))
    return memo_cli_fail (_ ("updating"), error);
  object = json_object_new ();
  json_object_set_int_member (object, "anchored", anchored);
  json_object_set_int_member (object, "moved", moved);
  json_object_set_int_member (object, "orphaned", orphaned);
  memo_cli_print_object (object);
  return 0;
}

const MemoCommand memo_commands_articles[] = {
  { "import", "FILE…", N_ ("Bring in articles: HTML pages, plain text, Markdown"), run_import, import_entries, FALSE,
    FALSE, 1, G_MAXUINT, TRUE },
  { "articles", "[FILTER]", N_ ("List the articles"), run_articles, NULL, TRUE, FALSE, 0, 0 },
  { "show", "ID", N_ ("Show one record"), run_show, show_entries, FALSE, FALSE, 1, 1 },
  { "annotate", "ARTICLE --quote TEXT", N_ ("Mark a passage"), run_annotate, annotate_entries, FALSE, FALSE, 1, 1 },
  { "annotations", "[FILTER]", N_ ("List the annotations"), run_annotations, NULL, TRUE, FALSE, 0, 0 },
  { "update", "ARTICLE FILE", N_ ("Give an article a new text; annotations find their place again"), run_update,
    import_entries, FALSE, FALSE, 2, 2 },
  { NULL },
};
