#include "memo-cli.h"

#include <string.h>

#include "base/memo-text.h"
#include "records/memo-blocks.h"
#include "model/memo-library-merge.h"
#include "model/memo-words.h"

static MemoIndex *
get_index (MemoCli *cli)
{
  return memo_library_get_index (cli->library);
}

static void
add_text (JsonObject *object, const char *name, const char *text)
{
  if (text)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

static void
add_int (JsonObject *object, const char *name, gint64 number)
{
  if (number == MEMO_UNSET)
    json_object_set_null_member (object, name);
  else
    json_object_set_int_member (object, name, number);
}

static void
add_date (JsonObject *object, const char *name, MemoDate *date)
{
  add_text (object, name, date ? memo_date_get_edtf (date) : NULL);
  if (date && memo_date_get_written (date))
    {
      g_autofree char *written = g_strconcat (name, "_written", NULL);
      json_object_set_string_member (object, written, memo_date_get_written (date));
    }
}

static void
add_texts (JsonObject *object, const char *name, const char *const *texts)
{
  JsonArray *array = json_array_new ();

  for (; *texts; texts++)
    json_array_add_string_element (array, *texts);
  json_object_set_array_member (object, name, array);
}

/* Sectors by code, parties by ISO code or name, as lists give them. */
static void
add_names (MemoCli *cli, JsonObject *object, const char *name, MemoKind kind, const char *const *uuids)
{
  JsonArray *array = json_array_new ();

  for (; *uuids; uuids++)
    {
      MemoRecord *record = memo_index_get_record (get_index (cli), kind, *uuids);
      const char *code = NULL;

      if (!record)
        continue;
      code = memo_record_get_text (record, kind == MEMO_KIND_SECTOR ? MEMO_SECTOR_CODE : MEMO_PARTY_CODE);
      json_array_add_string_element (array, code ? code : memo_record_get_title (record));
    }
  json_object_set_array_member (object, name, array);
}

/* A JSON field as it is; an empty array when unset. */
static void
add_json (JsonObject *object, const char *name, const char *json)
{
  JsonNode *node = json ? json_from_string (json, NULL) : NULL;

  if (node)
    json_object_set_member (object, name, node);
  else
    json_object_set_array_member (object, name, json_array_new ());
}

/* The references; each has the members that the contract names, null where nothing is known. */
static void
add_references (JsonObject *object, const char *json)
{
  static const char *const names[] = { "label", "text", "cites", "url", "accessed" };
  JsonArray *references;

  add_json (object, "references", json);
  references = json_object_get_array_member (object, "references");
  for (guint i = 0; i < json_array_get_length (references); i++)
    {
      JsonObject *reference = json_array_get_object_element (references, i);
      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        if (!json_object_has_member (reference, names[j]))
          json_object_set_null_member (reference, names[j]);
    }
}

JsonObject *
memo_cli_article_json (MemoCli *cli, MemoRecord *article)
{
  JsonObject *object = json_object_new ();
  JsonArray *authors = json_array_new ();
  const char *const *uuids = memo_record_get_texts (article, MEMO_ARTICLE_AUTHORS);

  for (; *uuids; uuids++)
    {
      MemoRecord *person = memo_index_get_record (get_index (cli), MEMO_KIND_PARTY, *uuids);
      if (person)
        json_array_add_string_element (authors, memo_record_get_title (person));
    }
  json_object_set_string_member (object, "id", memo_record_get_uuid (article));
  json_object_set_string_member (object, "type", "article");
  json_object_set_string_member (object, "title", memo_record_get_title (article));
  add_text (object, "subtitle", memo_record_get_text (article, MEMO_ARTICLE_SUBTITLE));
  json_object_set_array_member (object, "authors", authors);
  add_text (object, "outlet", memo_record_get_text (article, MEMO_ARTICLE_OUTLET));
  add_date (object, "published", memo_record_get_date (article, MEMO_ARTICLE_PUBLISHED));
  add_text (object, "language", memo_record_get_text (article, MEMO_ARTICLE_LANGUAGE));
  add_text (object, "kind", memo_record_get_text (article, MEMO_ARTICLE_KIND));
  add_text (object, "url", memo_record_get_text (article, MEMO_ARTICLE_URL));
  add_date (object, "accessed", memo_record_get_date (article, MEMO_ARTICLE_ACCESSED));
  json_object_set_int_member (object, "annotations",
                              memo_index_get_annotations (get_index (cli), memo_record_get_id (article)));
  add_text (object, "work", memo_record_get_text (article, MEMO_ARTICLE_WORK));
  return object;
}

JsonObject *
memo_cli_annotation_json (MemoCli *cli, MemoRecord *annotation)
{
  JsonObject *object = json_object_new ();
  const char *speaker = memo_record_get_text (annotation, MEMO_ANNOTATION_SPEAKER);
  MemoRecord *person = speaker ? memo_index_get_record (get_index (cli), MEMO_KIND_PARTY, speaker) : NULL;

  json_object_set_string_member (object, "id", memo_record_get_uuid (annotation));
  json_object_set_string_member (object, "type", "annotation");
  add_text (object, "article", memo_record_get_text (annotation, MEMO_ANNOTATION_ARTICLE));
  add_int (object, "start", memo_record_get_int (annotation, MEMO_ANNOTATION_START));
  add_int (object, "end", memo_record_get_int (annotation, MEMO_ANNOTATION_END));
  add_text (object, "exact", memo_record_get_text (annotation, MEMO_ANNOTATION_EXACT));
  add_text (object, "prefix", memo_record_get_text (annotation, MEMO_ANNOTATION_PREFIX));
  add_text (object, "suffix", memo_record_get_text (annotation, MEMO_ANNOTATION_SUFFIX));
  add_text (object, "comment", memo_record_get_text (annotation, MEMO_ANNOTATION_COMMENT));
  add_text (object, "color", memo_record_get_text (annotation, MEMO_ANNOTATION_COLOR));
  add_texts (object, "tags", memo_record_get_texts (annotation, MEMO_ANNOTATION_TAGS));
  add_names (cli, object, "sectors", MEMO_KIND_SECTOR, memo_record_get_texts (annotation, MEMO_ANNOTATION_SECTORS));
  add_text (object, "speaker", person ? memo_record_get_title (person) : NULL);
  add_text (object, "state", memo_record_get_text (annotation, MEMO_ANNOTATION_STATE));
  return object;
}

static void
add_counts (MemoCli *cli, JsonObject *object, MemoRecord *agreement)
{
  MemoCounts counts = { 0 };

  memo_index_get_counts (get_index (cli), memo_record_get_id (agreement), &counts);
  json_object_set_int_member (object, "identified", counts.identified);
  json_object_set_int_member (object, "sources", counts.sources);
  json_object_set_int_member (object, "independent", counts.independent);
}

JsonObject *
memo_cli_agreement_json (MemoCli *cli, MemoRecord *agreement)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", memo_record_get_uuid (agreement));
  json_object_set_string_member (object, "type", "agreement");
  json_object_set_string_member (object, "title", memo_record_get_title (agreement));
  add_text (object, "kind", memo_record_get_text (agreement, MEMO_AGREEMENT_KIND));
  add_date (object, "signed", memo_record_get_date (agreement, MEMO_AGREEMENT_SIGNED));
  add_names (cli, object, "parties", MEMO_KIND_PARTY, memo_record_get_texts (agreement, MEMO_AGREEMENT_PARTIES));
  add_names (cli, object, "sectors", MEMO_KIND_SECTOR, memo_record_get_texts (agreement, MEMO_AGREEMENT_SECTORS));
  add_text (object, "status", memo_record_get_text (agreement, MEMO_AGREEMENT_STATUS));
  add_text (object, "package", memo_record_get_text (agreement, MEMO_AGREEMENT_PACKAGE));
  add_int (object, "declared", memo_record_get_int (agreement, MEMO_AGREEMENT_DECLARED));
  add_counts (cli, object, agreement);
  return object;
}

static JsonArray *
whole_parties (MemoCli *cli, MemoRecord *agreement)
{
  JsonArray *array = json_array_new ();
  const char *roles_json = memo_record_get_text (agreement, MEMO_AGREEMENT_ROLES);
  g_autoptr (JsonNode) root = roles_json ? json_from_string (roles_json, NULL) : NULL;
  JsonObject *roles = root && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  const char *const *uuids = memo_record_get_texts (agreement, MEMO_AGREEMENT_PARTIES);

  for (; *uuids; uuids++)
    {
      MemoRecord *party = memo_index_get_record (get_index (cli), MEMO_KIND_PARTY, *uuids);
      g_autofree char *name = memo_word_name (get_index (cli), MEMO_KIND_PARTY, *uuids);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "id", *uuids);
      add_text (object, "name", name);
      add_text (object, "code", party ? memo_record_get_text (party, MEMO_PARTY_CODE) : NULL);
      add_text (object, "role", roles ? json_object_get_string_member_with_default (roles, *uuids, NULL) : NULL);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonArray *
whole_sectors (MemoCli *cli, const char *const *uuids)
{
  JsonArray *array = json_array_new ();

  for (; *uuids; uuids++)
    {
      MemoRecord *sector = memo_index_get_record (get_index (cli), MEMO_KIND_SECTOR, *uuids);
      g_autofree char *name = memo_word_name (get_index (cli), MEMO_KIND_SECTOR, *uuids);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "id", *uuids);
      add_text (object, "code", sector ? memo_record_get_text (sector, MEMO_SECTOR_CODE) : NULL);
      add_text (object, "name", name);
      json_array_add_object_element (array, object);
    }
  return array;
}

static int
compare_follow_ups (gconstpointer a, gconstpointer b)
{
  return memo_date_compare (memo_record_get_date (*(MemoRecord **) a, MEMO_FOLLOW_UP_DATE),
                            memo_record_get_date (*(MemoRecord **) b, MEMO_FOLLOW_UP_DATE));
}

static gboolean
add_follow_ups (MemoCli *cli, JsonObject *object, MemoRecord *agreement, GError **error)
{
  g_autoptr (GPtrArray) records =
      memo_cli_where (cli, MEMO_FOLLOW_UP_AGREEMENT, memo_record_get_uuid (agreement), error);
  JsonArray *array;

  if (!records)
    return FALSE;
  g_ptr_array_sort (records, compare_follow_ups);
  array = json_array_new ();
  for (guint i = 0; i < records->len; i++)
    {
      JsonObject *entry = json_object_new ();

      json_object_set_string_member (entry, "id", memo_record_get_uuid (records->pdata[i]));
      add_text (entry, "status", memo_record_get_text (records->pdata[i], MEMO_FOLLOW_UP_STATUS));
      add_date (entry, "date", memo_record_get_date (records->pdata[i], MEMO_FOLLOW_UP_DATE));
      add_text (entry, "comment", memo_record_get_text (records->pdata[i], MEMO_FOLLOW_UP_COMMENT));
      json_array_add_object_element (array, entry);
    }
  json_object_set_array_member (object, "follow_ups", array);
  return TRUE;
}

static JsonObject *
whole_agreement (MemoCli *cli, MemoRecord *agreement, GError **error)
{
  g_autoptr (JsonObject) object = memo_cli_agreement_json (cli, agreement);
  const char *body = memo_record_get_text (agreement, MEMO_AGREEMENT_BODY);
  g_autofree char *body_name = body ? memo_word_name (get_index (cli), MEMO_KIND_BODY, body) : NULL;

  json_object_set_array_member (object, "parties", whole_parties (cli, agreement));
  json_object_set_array_member (object, "sectors",
                                whole_sectors (cli, memo_record_get_texts (agreement, MEMO_AGREEMENT_SECTORS)));
  add_date (object, "in_force", memo_record_get_date (agreement, MEMO_AGREEMENT_IN_FORCE));
  add_date (object, "ends", memo_record_get_date (agreement, MEMO_AGREEMENT_ENDS));
  add_date (object, "horizon", memo_record_get_date (agreement, MEMO_AGREEMENT_HORIZON));
  add_text (object, "body", body_name);
  add_text (object, "body_id", body);
  add_int (object, "session", memo_record_get_int (agreement, MEMO_AGREEMENT_SESSION));
  add_text (object, "summary", memo_record_get_text (agreement, MEMO_AGREEMENT_SUMMARY));
  add_texts (object, "tags", memo_record_get_texts (agreement, MEMO_AGREEMENT_TAGS));
  if (!add_follow_ups (cli, object, agreement, error))
    return NULL;
  return g_steal_pointer (&object);
}

/* Blocks and text of the body alone: the summary has its own member. */
static gboolean
add_body (JsonObject *object, MemoRecord *article, GError **error)
{
  const char *text = memo_record_get_text (article, MEMO_ARTICLE_TEXT);
  g_autoptr (GArray) blocks = memo_blocks_from_json (memo_record_get_text (article, MEMO_ARTICLE_BLOCKS), error);
  g_autofree char *json = NULL;
  g_autofree char *body = NULL;

  if (!blocks)
    return FALSE;
  text = text ? text : "";
  body = memo_text_slice (text, 0, memo_blocks_get_body_end (blocks, memo_text_length (text)));
  for (guint i = blocks->len; i > 0; i--)
    if (g_array_index (blocks, MemoBlock, i - 1).type == MEMO_BLOCK_SUMMARY)
      g_array_remove_index (blocks, i - 1);
  json = memo_blocks_to_json (blocks);
  add_json (object, "blocks", json);
  json_object_set_string_member (object, "text", body);
  return TRUE;
}

static int
by_language (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (memo_record_get_text (*(MemoRecord *const *) a, MEMO_ARTICLE_LANGUAGE),
                    memo_record_get_text (*(MemoRecord *const *) b, MEMO_ARTICLE_LANGUAGE));
}

static JsonArray *
find_versions (MemoCli *cli, MemoRecord *article, GError **error)
{
  const char *work = memo_record_get_text (article, MEMO_ARTICLE_WORK);
  g_autoptr (GPtrArray) records = work ? memo_cli_where (cli, MEMO_ARTICLE_WORK, work, error) : NULL;
  JsonArray *array = json_array_new ();

  if (records)
    g_ptr_array_sort (records, by_language);
  for (guint i = 0; records && i < records->len; i++)
    {
      MemoRecord *other = records->pdata[i];
      JsonObject *version;

      if (g_str_equal (memo_record_get_uuid (other), memo_record_get_uuid (article)))
        continue;
      version = json_object_new ();
      json_object_set_string_member (version, "id", memo_record_get_uuid (other));
      add_text (version, "language", memo_record_get_text (other, MEMO_ARTICLE_LANGUAGE));
      json_array_add_object_element (array, version);
    }
  return array;
}

static JsonObject *
whole_article (MemoCli *cli, MemoRecord *article, GError **error)
{
  g_autoptr (JsonObject) object = memo_cli_article_json (cli, article);

  add_texts (object, "summary", memo_record_get_texts (article, MEMO_ARTICLE_SUMMARY));
  add_texts (object, "tags", memo_record_get_texts (article, MEMO_ARTICLE_TAGS));
  add_names (cli, object, "sectors", MEMO_KIND_SECTOR, memo_record_get_texts (article, MEMO_ARTICLE_SECTORS));
  add_text (object, "place", memo_record_get_text (article, MEMO_ARTICLE_PLACE));
  add_text (object, "file", memo_record_get_text (article, MEMO_ARTICLE_FILE));
  add_text (object, "original", memo_record_get_text (article, MEMO_ARTICLE_ORIGINAL));
  add_references (object, memo_record_get_text (article, MEMO_ARTICLE_REFERENCES));
  add_json (object, "biographies", memo_record_get_text (article, MEMO_ARTICLE_BIOGRAPHIES));
  add_json (object, "named_versions", memo_record_get_text (article, MEMO_ARTICLE_VERSIONS));
  json_object_set_array_member (object, "versions", find_versions (cli, article, error));
  if (!add_body (object, article, error))
    return NULL;
  return g_steal_pointer (&object);
}

/* What merges have set aside: [{"number","field","value","words","time","origin"}], newest first; @words is the value for
 * people. */
static gboolean
add_earlier (MemoCli *cli, MemoRecord *record, JsonObject *object, GError **error)
{
  MemoAwait await = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) all = NULL;
  JsonArray *array;

  memo_library_earlier_async (cli->library, memo_record_get_uuid (record), NULL, memo_await_cb, &await);
  result = memo_await (&await);
  if (!(all = memo_library_earlier_finish (cli->library, result, error)))
    return FALSE;
  if (all->len == 0)
    return TRUE;
  array = json_array_new ();
  for (guint i = 0; i < all->len; i++)
    {
      MemoEarlier *earlier = g_ptr_array_index (all, i);
      JsonObject *one = json_object_new ();
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (earlier->time / G_USEC_PER_SEC);
      g_autofree char *time = g_date_time_format_iso8601 (utc);
      g_autofree char *words =
          memo_cli_value_words (cli, memo_kind_find_field (memo_record_get_kind (record), earlier->field),
                                earlier->value);

      json_object_set_int_member (one, "number", earlier->id);
      json_object_set_string_member (one, "field", earlier->field);
      if (earlier->value)
        json_object_set_string_member (one, "value", earlier->value);
      else
        json_object_set_null_member (one, "value");
      json_object_set_string_member (one, "words", words);
      json_object_set_string_member (one, "time", time);
      json_object_set_string_member (one, "origin", earlier->origin);
      json_array_add_object_element (array, one);
    }
  json_object_set_array_member (object, "earlier", array);
  return TRUE;
}

static JsonObject *
whole_json (MemoCli *cli, MemoRecord *record, GError **error)
{
  switch (memo_record_get_kind (record))
    {
    case MEMO_KIND_ARTICLE:
      return whole_article (cli, record, error);
    case MEMO_KIND_ANNOTATION:
      return memo_cli_annotation_json (cli, record);
    case MEMO_KIND_AGREEMENT:
      return whole_agreement (cli, record, error);
    default:
      return memo_record_to_json (record);
    }
}

JsonObject *
memo_cli_whole_json (MemoCli *cli, MemoRecord *record, GError **error)
{
  g_autoptr (JsonObject) object = whole_json (cli, record, error);

  if (!object || !add_earlier (cli, record, object, error))
    return NULL;
  return g_steal_pointer (&object);
}
