#include "memo-cli.h"

#include <glib/gi18n.h>
#include <errno.h>
#include <stdio.h>

#include "base/memo-error.h"
#include "model/memo-words.h"

/* The lane that an entry of the timeline stands in by default: its sector's name, else the kind of thing it is. */
static char *
dup_lane (MemoCli *cli, MemoEntry *entry)
{
  if (entry->sector && entry->kind == MEMO_KIND_AGREEMENT)
    return memo_word_name (memo_library_get_index (cli->library), MEMO_KIND_SECTOR, entry->sector);
  if (entry->kind == MEMO_KIND_EVENT)
    return g_strdup (memo_word_kind (MEMO_KIND_EVENT, entry->type));
  return g_strdup (memo_word_record (entry->kind));
}

static void
add_day (JsonObject *object, const char *name, MemoDate *when, gint32 day)
{
  if (when && day != MEMO_DATE_OPEN_START && day != MEMO_DATE_OPEN_END)
    {
      g_autoptr (MemoDate) date = memo_date_new_day (day);
      json_object_set_string_member (object, name, memo_date_get_edtf (date));
    }
  else
    json_object_set_null_member (object, name);
}

static JsonObject *
entry_json (MemoCli *cli, MemoEntry *entry)
{
  JsonObject *object = json_object_new ();
  g_autofree char *lane = dup_lane (cli, entry);

  json_object_set_string_member (object, "id", entry->uuid);
  json_object_set_string_member (object, "type", memo_kind_get_name (entry->kind));
  json_object_set_string_member (object, "kind", entry->type ? entry->type : "");
  json_object_set_string_member (object, "title", entry->title);
  if (entry->when)
    json_object_set_string_member (object, "when", memo_date_get_edtf (entry->when));
  else
    json_object_set_null_member (object, "when");
  add_day (object, "from", entry->when, entry->first);
  add_day (object, "to", entry->when, entry->last);
  json_object_set_string_member (object, "lane", lane ? lane : "");
  return object;
}

static MemoSelection *
select_filtered (MemoCli *cli, GError **error)
{
  g_autoptr (MemoFilter) filter = memo_cli_filter (cli, error);
  return filter ? memo_cli_select (cli, filter, error) : NULL;
}

static int
run_timeline (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoSelection) selection = select_filtered (cli, &error);
  GArray *entries;
  JsonArray *array;

  if (!selection)
    return memo_cli_fail (_ ("showing the timeline"), error);
  entries = memo_selection_get_entries (selection);
  array = json_array_new ();
  for (guint i = 0; i < entries->len; i++)
    {
      MemoEntry *entry = &g_array_index (entries, MemoEntry, i);
      g_autofree char *date = entry->when ? memo_cli_date (cli, entry->when) : g_strdup (_ ("undated"));

      if (cli->json)
        json_array_add_object_element (array, entry_json (cli, entry));
      else
        {
          g_autofree char *when = memo_cli_pad (date, 24);

          g_print ("%s  %s  (%s)\n", when, entry->title, memo_word_record (entry->kind));
        }
    }
  if (cli->json)
    memo_cli_print_array (array);
  else
    json_array_unref (array);
  return 0;
}

static guint
get_depth (MemoIndex *index, MemoRecord *sector)
{
  guint depth = 0;
  const char *parent = memo_record_get_text (sector, MEMO_SECTOR_PARENT);

  while (parent && depth < 16 && (sector = memo_index_get_record (index, MEMO_KIND_SECTOR, parent)))
    {
      parent = memo_record_get_text (sector, MEMO_SECTOR_PARENT);
      depth++;
    }
  return depth;
}

static JsonObject *
sector_json (MemoRecord *sector, const char *name, MemoFacetCount *count)
{
  JsonObject *object = json_object_new ();
  const char *names = memo_record_get_text (sector, MEMO_SECTOR_NAMES);
  const char *parent = memo_record_get_text (sector, MEMO_SECTOR_PARENT);

  json_object_set_string_member (object, "id", memo_record_get_uuid (sector));
  json_object_set_string_member (object, "code", memo_record_get_title (sector));
  json_object_set_string_member (object, "name", name ? name : "");
  json_object_set_member (object, "names", names ? json_from_string (names, NULL) : json_node_new (JSON_NODE_NULL));
  if (parent)
    json_object_set_string_member (object, "parent", parent);
  else
    json_object_set_null_member (object, "parent");
  json_object_set_int_member (object, "agreements", count ? count->count : 0);
  json_object_set_int_member (object, "articles", count ? count->articles : 0);
  json_object_set_int_member (object, "annotations", count ? count->annotations : 0);
  return object;
}

static int
run_sectors (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoSelection) selection = select_filtered (cli, &error);
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  MemoIndex *index;
  GPtrArray *sectors;
  GArray *facet;
  JsonArray *array;

  if (!selection)
    return memo_cli_fail (_ ("listing sectors"), error);
  index = memo_selection_get_index (selection);
  facet = memo_selection_get_facet (selection, MEMO_FACET_SECTOR);
  for (guint i = 0; i < facet->len; i++)
    {
      MemoFacetCount *count = &g_array_index (facet, MemoFacetCount, i);
      g_hash_table_insert (counts, (char *) count->value, count);
    }
  sectors = memo_index_get_records (index, MEMO_KIND_SECTOR);
  array = json_array_new ();
  for (guint i = 0; i < sectors->len; i++)
    {
      MemoRecord *sector = sectors->pdata[i];
      MemoFacetCount *count = g_hash_table_lookup (counts, memo_record_get_uuid (sector));
      g_autofree char *name = memo_word_name (index, MEMO_KIND_SECTOR, memo_record_get_uuid (sector));

      if (cli->json)
        json_array_add_object_element (array, sector_json (sector, name, count));
      else
        {
          g_autofree char *code = memo_cli_pad (memo_record_get_title (sector), 6);

          g_print ("%*s%s %s  %u\n", (int) get_depth (index, sector) * 2, "", code, name, count ? count->count : 0);
        }
    }
  if (cli->json)
    memo_cli_print_array (array);
  else
    json_array_unref (array);
  return 0;
}

static int limit = 50;
static const GOptionEntry search_entries[] = {
  { "limit", 0, 0, G_OPTION_ARG_INT, &limit, N_ ("At most so many results"), N_ ("NUMBER") },
  { NULL },
};

/* Hits stand between U+0002 and U+0003 in a snippet. */
static char *
mark_hits (const char *snippet, const char *open, const char *close)
{
  GString *text = g_string_new (NULL);

  for (; snippet && *snippet; snippet++)
    if (*snippet == '\x02')
      g_string_append (text, open);
    else if (*snippet == '\x03')
      g_string_append (text, close);
    else
      g_string_append_c (text, *snippet);
  return g_string_free (text, FALSE);
}

static JsonObject *
hit_json (MemoHit *hit)
{
  JsonObject *object = json_object_new ();
  g_autofree char *snippet = mark_hits (hit->snippet, "**", "**");

  json_object_set_string_member (object, "id", hit->uuid);
  json_object_set_string_member (object, "type", memo_kind_get_name (hit->kind));
  json_object_set_string_member (object, "title", hit->title ? hit->title : "");
  json_object_set_string_member (object, "snippet", snippet);
  if (hit->language)
    json_object_set_string_member (object, "language", hit->language);
  else
    json_object_set_null_member (object, "language");
  if (hit->reason)
    json_object_set_string_member (object, "reason", hit->reason);
  else
    json_object_set_null_member (object, "reason");
  json_object_set_double_member (object, "rank", hit->rank);
  return object;
}

static int
run_search (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *words = g_strjoinv (" ", (char **) arguments);
  g_autoptr (MemoFilter) filter = memo_cli_filter (cli, &error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  MemoAwait await = { NULL };
  JsonArray *array;

  if (!filter)
    return memo_cli_fail (_ ("searching"), error);
  memo_library_search_async (cli->library, words, FALSE, memo_filter_is_empty (filter) ? NULL : filter,
                             limit > 0 ? limit : 50, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  hits = memo_library_search_finish (cli->library, result, &error);
  if (!hits)
    return memo_cli_fail (_ ("searching"), error);
  array = json_array_new ();
  for (guint i = 0; i < hits->len; i++)
    {
      MemoHit *hit = hits->pdata[i];
      g_autofree char *snippet = mark_hits (hit->snippet, "", "");

      if (cli->json)
        json_array_add_object_element (array, hit_json (hit));
      else
        {
          g_print ("%s  %s: %s\n", hit->uuid, memo_word_record (hit->kind), hit->title ? hit->title : "");
          if (hit->reason || *snippet)
            g_print ("    %s\n", hit->reason ? hit->reason : snippet);
        }
    }
  if (cli->json)
    memo_cli_print_array (array);
  else
    json_array_unref (array);
  return 0;
}

static char *format, *output, *group, *records;
static const GOptionEntry export_entries[] = {
  { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("markdown, html, text, csv or json"), N_ ("FORMAT") },
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("The file to write"), N_ ("FILE") },
  { "group", 0, 0, G_OPTION_ARG_STRING, &group, N_ ("Group by article, sector or agreement"), N_ ("WHAT") },
  { "records", 0, 0, G_OPTION_ARG_STRING, &records, N_ ("What a table lists: agreements or annotations"), N_ ("WHAT") },
  { NULL },
};

static int
parse_export (MemoExportOptions *options)
{
  const char *const groups[] = { "article", "sector", "agreement", NULL };
  guint n;
  const MemoExportFormat *formats = memo_export_get_formats (&n);
  gboolean known = FALSE;

  if (!format)
    return memo_cli_misuse (_ ("export needs --format"));
  for (guint i = 0; i < n; i++)
    known = known || g_str_equal (formats[i].name, format);
  if (!known)
    return memo_cli_misuse (_ ("there is no format “%s” to export to"), format);
  options->format = format;
  if (group && !g_strv_contains (groups, group))
    return memo_cli_misuse (_ ("--group takes article, sector or agreement"));
  for (guint i = 0; group && groups[i]; i++)
    if (g_str_equal (groups[i], group))
      options->group = i;
  if (records && !g_str_equal (records, "agreements") && !g_str_equal (records, "annotations"))
    return memo_cli_misuse (_ ("--records takes agreements or annotations"));
  options->kind = g_strcmp0 (records, "annotations") == 0 ? MEMO_KIND_ANNOTATION : MEMO_KIND_AGREEMENT;
  return 0;
}

static int
run_export (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoSelection) selection = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  MemoExportOptions options = { .language = cli->language };
  MemoAwait await = { NULL };
  int status = parse_export (&options);

  if (status)
    return status;
  if (!(selection = select_filtered (cli, &error)))
    return memo_cli_fail (_ ("exporting"), error);
  if (output)
    {
      file = g_file_new_for_commandline_arg (output);
      memo_export_file_async (cli->library, selection, file, &options, memo_cli_start (cli), memo_await_cb, &await);
      result = memo_cli_await (cli, &await);
      if (!memo_export_file_finish (cli->library, result, &error))
        return memo_cli_fail (_ ("exporting"), error);
      return 0;
    }
  memo_export_bytes_async (cli->library, selection, &options, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  if (!(bytes = memo_export_bytes_finish (cli->library, result, &error)))
    return memo_cli_fail (_ ("exporting"), error);
  if (fwrite (g_bytes_get_data (bytes, NULL), 1, g_bytes_get_size (bytes), stdout) != g_bytes_get_size (bytes) ||
      fflush (stdout) != 0)
    {
      g_set_error_literal (&error, MEMO_ERROR, MEMO_ERROR_IO, g_strerror (errno));
      return memo_cli_fail (_ ("exporting"), error);
    }
  return 0;
}

static char *note_title, *note_body;
static char **note_tags;
static const GOptionEntry note_entries[] = {
  { "title", 0, 0, G_OPTION_ARG_STRING, &note_title, N_ ("Title"), N_ ("TEXT") },
  { "body", 0, 0, G_OPTION_ARG_STRING, &note_body, N_ ("File with the text in Markdown; “-” for standard input"),
    N_ ("FILE") },
  { "tag", 0, 0, G_OPTION_ARG_STRING_ARRAY, &note_tags, N_ ("A tag; may be repeated"), N_ ("TAG") },
  { NULL },
};

static char *
read_note (GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (g_str_equal (note_body, "-") ? "/dev/stdin" : note_body);
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_load_contents (file, NULL, &text, &length, NULL, error))
    return NULL;
  if (!g_utf8_validate (text, length, NULL))
    {
      g_set_error_literal (error, MEMO_ERROR, MEMO_ERROR_FORMAT, _ ("The text of the note is not UTF-8."));
      return NULL;
    }
  return g_steal_pointer (&text);
}

static int
run_note_add (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecordBuilder) builder = memo_record_builder_new (MEMO_KIND_NOTE, NULL);
  g_autoptr (MemoChange) change = memo_change_new (N_ ("Add note"), note_title);
  g_autoptr (MemoRecord) note = NULL;
  g_autofree char *text = NULL;

  if (!note_title || !note_body)
    return memo_cli_misuse (_ ("note add needs --title and --body"));
  if (!(text = read_note (&error)))
    return memo_cli_fail (_ ("adding a note"), error);
  memo_record_builder_set_text (builder, MEMO_NOTE_TITLE, note_title);
  memo_record_builder_set_text (builder, MEMO_NOTE_TEXT, text);
  memo_record_builder_set_texts (builder, MEMO_NOTE_TAGS, (const char *const *) note_tags);
  note = memo_record_builder_end (g_steal_pointer (&builder));
  memo_change_insert (change, note);
  if (!memo_cli_apply (cli, change, &error))
    return memo_cli_fail (_ ("adding a note"), error);
  if (cli->json)
    memo_cli_print_object (memo_record_to_json (note));
  else
    g_print ("%s\n", memo_record_get_uuid (note));
  return 0;
}

static int
run_notes (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notes = memo_cli_list (cli, MEMO_KIND_NOTE, MEMO_SORT_TITLE, FALSE, &error);
  JsonArray *array;

  if (!notes)
    return memo_cli_fail (_ ("listing notes"), error);
  array = json_array_new ();
  for (guint i = 0; i < notes->len; i++)
    if (cli->json)
      json_array_add_object_element (array, memo_record_to_json (notes->pdata[i]));
    else
      g_print ("%s  %s\n", memo_record_get_uuid (notes->pdata[i]), memo_record_get_title (notes->pdata[i]));
  if (cli->json)
    memo_cli_print_array (array);
  else
    json_array_unref (array);
  return 0;
}

const MemoCommand memo_commands_exchange[] = {
  { "timeline", "[FILTER]", N_ ("List what is dated, the undated last"), run_timeline, NULL, TRUE, FALSE, 0, 0 },
  { "sectors", "[FILTER]", N_ ("List the sectors with their counts"), run_sectors, NULL, TRUE, FALSE, 0, 0 },
  { "search", "WORDS… [FILTER]", N_ ("Search everything"), run_search, search_entries, TRUE, FALSE, 1, G_MAXUINT },
  { "note add", "--title TITLE --body FILE", N_ ("Add a note"), run_note_add, note_entries, FALSE, FALSE, 0, 0, TRUE },
  { "notes", "[FILTER]", N_ ("List the notes"), run_notes, NULL, TRUE, FALSE, 0, 0 },
  { "export", "--format FORMAT [FILTER] [-o FILE]", N_ ("Write what the filter chooses"), run_export, export_entries,
    TRUE, FALSE, 0, 0 },
  { NULL },
};
