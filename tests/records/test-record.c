#include <glib.h>

#include "base/memo-error.h"
#include "records/memo-record.h"

static MemoRecord *
make_agreement (void)
{
  g_autoptr (MemoRecordBuilder) builder = memo_record_builder_new (MEMO_KIND_AGREEMENT, NULL);
  g_autoptr (MemoDate) date = memo_date_new ("2025-11-28 (28 Kasım 2025)", NULL);
  const char *const parties[] = { "a-1", "b-2", NULL };
  const char *const tags[] = { "су и “право”", "çay, şeker", NULL };

  memo_record_builder_set_text (builder, MEMO_AGREEMENT_TITLE, "Anlaşma");
  memo_record_builder_set_date (builder, MEMO_AGREEMENT_SIGNED, date);
  memo_record_builder_set_texts (builder, MEMO_AGREEMENT_PARTIES, parties);
  memo_record_builder_set_texts (builder, MEMO_AGREEMENT_TAGS, tags);
  memo_record_builder_set_int (builder, MEMO_AGREEMENT_DECLARED, 42);
  g_assert_true (memo_record_builder_set_stored (builder, MEMO_AGREEMENT_ROLES, "{\"a-1\":\"host\"}", NULL));
  return memo_record_builder_end (g_steal_pointer (&builder));
}

static void
test_kinds (void)
{
  for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
    {
      MemoKind found;
      guint n;
      const MemoFieldInfo *fields = memo_kind_get_fields (kind, &n);

      g_assert_true (memo_kind_from_name (memo_kind_get_name (kind), &found));
      g_assert_cmpint (found, ==, kind);
      g_assert_cmpuint (n, >, 0);
      for (guint i = 0; i < n; i++)
        {
          g_assert_cmpint (memo_kind_find_field (kind, fields[i].name), ==, (int) MEMO_FIELD (kind, i));
          g_assert_true (memo_field_get_info (MEMO_FIELD (kind, i)) == &fields[i]);
        }
      g_assert_cmpint (memo_kind_find_field (kind, "no such field"), ==, -1);
    }
  g_assert_false (memo_kind_from_name ("nonsense", &(MemoKind){ 0 }));
  g_assert_cmpint (memo_kind_get_title_field (MEMO_KIND_EVIDENCE), ==, -1);
}

static void
test_values (void)
{
  g_autoptr (MemoRecord) record = make_agreement ();

  g_assert_cmpstr (memo_record_get_title (record), ==, "Anlaşma");
  g_assert_cmpint (memo_record_get_int (record, MEMO_AGREEMENT_DECLARED), ==, 42);
  g_assert_cmpint (memo_record_get_int (record, MEMO_AGREEMENT_SESSION), ==, MEMO_UNSET);
  g_assert_cmpstr (memo_date_get_edtf (memo_record_get_date (record, MEMO_AGREEMENT_SIGNED)), ==, "2025-11-28");
  g_assert_null (memo_record_get_date (record, MEMO_AGREEMENT_ENDS));
  g_assert_cmpstr (memo_record_get_texts (record, MEMO_AGREEMENT_PARTIES)[1], ==, "b-2");
  g_assert_nonnull (memo_record_get_texts (record, MEMO_AGREEMENT_SECTORS));
  g_assert_null (*memo_record_get_texts (record, MEMO_AGREEMENT_SECTORS));
  g_assert_cmpint (memo_record_get_kind (record), ==, MEMO_KIND_AGREEMENT);
  g_assert_cmpint (memo_record_get_id (record), ==, 0);
  g_assert_true (memo_record_is_whole (record));
  g_assert_cmpuint (strlen (memo_record_get_uuid (record)), ==, 36);
}

/* What is stored is read back the same, field by field. */
static void
test_stored (void)
{
  g_autoptr (MemoRecord) record = make_agreement ();
  g_autoptr (MemoRecordBuilder) builder = memo_record_builder_new (MEMO_KIND_AGREEMENT, memo_record_get_uuid (record));
  g_autoptr (MemoRecord) copy = NULL;
  guint n;

  memo_kind_get_fields (MEMO_KIND_AGREEMENT, &n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *stored = memo_record_dup_stored (record, MEMO_FIELD (MEMO_KIND_AGREEMENT, i));
      g_autoptr (GError) error = NULL;

      g_assert_true (memo_record_builder_set_stored (builder, MEMO_FIELD (MEMO_KIND_AGREEMENT, i), stored, &error));
      g_assert_no_error (error);
    }
  copy = memo_record_builder_end (g_steal_pointer (&builder));
  for (guint i = 0; i < n; i++)
    g_assert_true (memo_record_field_equal (record, copy, MEMO_FIELD (MEMO_KIND_AGREEMENT, i)));
}

static void
test_bad_values (void)
{
  g_autoptr (MemoRecordBuilder) builder = memo_record_builder_new (MEMO_KIND_AGREEMENT, NULL);
  const struct
  {
    MemoField field;
    const char *stored;
  } bad[] = {
    { MEMO_AGREEMENT_DECLARED, "many" },     { MEMO_AGREEMENT_DECLARED, "99999999999999999999" },
    { MEMO_AGREEMENT_SIGNED, "2025-02-30" }, { MEMO_AGREEMENT_TAGS, "no JSON" },
    { MEMO_AGREEMENT_TAGS, "{}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (memo_record_builder_set_stored (builder, bad[i].field, bad[i].stored, &error));
      g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
    }
}

/* An edit is a changed copy: the record itself stays. */
static void
test_edit (void)
{
  g_autoptr (MemoRecord) record = make_agreement ();
  g_autoptr (MemoRecordBuilder) builder = memo_record_builder_edit (record);
  g_autoptr (MemoRecord) edited = NULL;

  memo_record_builder_set_text (builder, MEMO_AGREEMENT_TITLE, "Another");
  memo_record_builder_set_text (builder, MEMO_AGREEMENT_SUMMARY, "");
  memo_record_builder_set_texts (builder, MEMO_AGREEMENT_TAGS, NULL);
  memo_record_builder_set_date (builder, MEMO_AGREEMENT_SIGNED, NULL);
  memo_record_builder_set_identity (builder, 7, 1, 2, 3, FALSE);
  edited = memo_record_builder_end (g_steal_pointer (&builder));
  g_assert_cmpstr (memo_record_get_title (record), ==, "Anlaşma");
  g_assert_cmpstr (memo_record_get_title (edited), ==, "Another");
  g_assert_null (memo_record_get_text (edited, MEMO_AGREEMENT_SUMMARY));
  g_assert_null (*memo_record_get_texts (edited, MEMO_AGREEMENT_TAGS));
  g_assert_null (memo_record_get_date (edited, MEMO_AGREEMENT_SIGNED));
  g_assert_cmpstr (memo_record_get_uuid (record), ==, memo_record_get_uuid (edited));
  g_assert_false (memo_record_field_equal (record, edited, MEMO_AGREEMENT_SIGNED));
  g_assert_true (memo_record_field_equal (record, edited, MEMO_AGREEMENT_PARTIES));
  g_assert_cmpint (memo_record_get_id (edited), ==, 7);
  g_assert_cmpint (memo_record_get_created (edited), ==, 1);
  g_assert_cmpint (memo_record_get_modified (edited), ==, 2);
  g_assert_cmpint (memo_record_get_deleted (edited), ==, 3);
  g_assert_false (memo_record_is_whole (edited));
}

static void
test_names (void)
{
  g_autoptr (MemoRecordBuilder) builder = memo_record_builder_new (MEMO_KIND_SECTOR, NULL);
  g_autoptr (MemoRecord) sector = NULL;
  g_autofree char *turkish = NULL;
  g_autofree char *german = NULL;

  memo_record_builder_set_text (builder, MEMO_SECTOR_NAMES, "{\"en\":\"Health\",\"tr\":\"Sağlık\"}");
  sector = memo_record_builder_end (g_steal_pointer (&builder));
  turkish = memo_record_dup_name_in (sector, MEMO_SECTOR_NAMES, "tr");
  german = memo_record_dup_name_in (sector, MEMO_SECTOR_NAMES, "de");
  g_assert_cmpstr (turkish, ==, "Sağlık");
  g_assert_cmpstr (german, ==, "Health");
}

static void
test_json (void)
{
  g_autoptr (MemoRecord) record = make_agreement ();
  g_autoptr (JsonObject) object = memo_record_to_json (record);
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) copy = memo_record_from_json (object, &error);
  guint n;

  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (object, "signed"), ==, "2025-11-28");
  g_assert_cmpstr (json_object_get_string_member (object, "signed_written"), ==, "28 Kasım 2025");
  g_assert_cmpstr (memo_record_get_uuid (record), ==, memo_record_get_uuid (copy));
  memo_kind_get_fields (MEMO_KIND_AGREEMENT, &n);
  for (guint i = 0; i < n; i++)
    g_assert_true (memo_record_field_equal (record, copy, MEMO_FIELD (MEMO_KIND_AGREEMENT, i)));
}

static void
test_bad_json (void)
{
  const char *const bad[] = {
    "{}",
    "{\"type\":\"nonsense\"}",
    "{\"type\":\"agreement\",\"title\":5}",
    "{\"type\":\"agreement\",\"declared\":\"x\"}",
    "{\"type\":\"agreement\",\"signed\":\"someday\"}",
    "{\"type\":\"agreement\",\"signed\":2025}",
    "{\"type\":\"agreement\",\"parties\":\"RU\"}",
    "{\"type\":\"agreement\",\"tags\":[1]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (JsonNode) node = json_from_string (bad[i], NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (memo_record_from_json (json_node_get_object (node), &error));
      g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
    }
}

/* The text is what a tree of the same record gives, whatever stands in it. */
static void
test_json_text (void)
{
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_ARTICLE, NULL);
  const char *const tags[] = { "a", "\"b\\", "ü\n", NULL };
  g_autoptr (MemoRecord) record = NULL;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *wanted = NULL;

  memo_record_builder_set_text (builder, MEMO_ARTICLE_FILE, "“Q” \"q\" \\ / \t \r \001 \037 \177 Ж");
  memo_record_builder_set_text (builder, MEMO_ARTICLE_TEXT, "one\ntwo");
  memo_record_builder_set_texts (builder, MEMO_ARTICLE_TAGS, tags);
  g_assert_true (memo_record_builder_set_stored (builder, MEMO_ARTICLE_PUBLISHED, "2025-11-28", NULL));
  memo_record_builder_set_text (builder, MEMO_ARTICLE_VERSIONS, "{ \"a\": [1, true] }");
  memo_record_builder_set_text (builder, MEMO_ARTICLE_REFERENCES, "damaged");
  memo_record_builder_set_text (builder, MEMO_ARTICLE_BLOCKS,
                                "[{\"type\":\"paragraph\",\"start\":0,\"end\":3,\"level\":0}]");
  record = memo_record_builder_end (builder);
  json_node_take_object (node, memo_record_to_json (record));
  wanted = json_to_string (node, FALSE);
  memo_record_append_json (text, record);
  g_assert_cmpstr (text->str, ==, wanted);
}

/* What names a record is one line, from wherever it comes; prose keeps its lines. */
static void
test_lines (void)
{
  static const MemoField lines[] = { MEMO_ARTICLE_TITLE, MEMO_AGREEMENT_TITLE, MEMO_EVENT_TITLE, MEMO_BODY_NAME,
                                     MEMO_PARTY_NAME,    MEMO_NOTE_TITLE,      MEMO_FILTER_NAME };
  static const MemoField prose[] = { MEMO_ARTICLE_TEXT, MEMO_ANNOTATION_EXACT, MEMO_AGREEMENT_SUMMARY, MEMO_NOTE_TEXT };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      MemoRecordBuilder *builder = memo_record_builder_new (lines[i] >> 8, NULL);
      g_autoptr (MemoRecord) record = NULL;

      g_assert_true (memo_record_builder_set_stored (builder, lines[i], " Oil\tand\r\n gas\n", NULL));
      record = memo_record_builder_end (builder);
      g_assert_cmpstr (memo_record_get_text (record, lines[i]), ==, "Oil and gas");
    }
  for (guint i = 0; i < G_N_ELEMENTS (prose); i++)
    {
      MemoRecordBuilder *builder = memo_record_builder_new (prose[i] >> 8, NULL);
      g_autoptr (MemoRecord) record = NULL;

      memo_record_builder_set_text (builder, prose[i], "Oil\tand\ngas");
      record = memo_record_builder_end (builder);
      g_assert_cmpstr (memo_record_get_text (record, prose[i]), ==, "Oil\tand\ngas");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/records/kinds", test_kinds);
  g_test_add_func ("/records/values", test_values);
  g_test_add_func ("/records/stored", test_stored);
  g_test_add_func ("/records/bad-values", test_bad_values);
  g_test_add_func ("/records/edit", test_edit);
  g_test_add_func ("/records/names", test_names);
  g_test_add_func ("/records/json", test_json);
  g_test_add_func ("/records/json-text", test_json_text);
  g_test_add_func ("/records/bad-json", test_bad_json);
  g_test_add_func ("/records/lines", test_lines);
  return g_test_run ();
}
