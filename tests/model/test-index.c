#include <string.h>

#include "model/memo-index-private.h"

/* The index of a small library made by hand: an analysis in two languages, the report that it cites, a package of agreements
 * and the commission behind it. */

typedef struct
{
  MemoIndexBuilder *builder;
  gint64 ids[MEMO_N_KINDS];
} Maker;

typedef struct
{
  MemoField field;
  const char *stored; /* as memo_record_builder_set_stored() takes it */
} Value;

static gint64
put_deleted (Maker *maker, MemoKind kind, const char *uuid, const Value *values, guint n, gint64 deleted)
{
  MemoRecordBuilder *builder = memo_record_builder_new (kind, uuid);
  g_autoptr (MemoRecord) record = NULL;
  gint64 id = ++maker->ids[kind];

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;

      memo_record_builder_set_stored (builder, values[i].field, values[i].stored, &error);
      g_assert_no_error (error);
    }
  memo_record_builder_set_identity (builder, id, 1000 - id, 2000 + id, deleted, FALSE);
  record = memo_record_builder_end (builder);
  memo_index_builder_put (maker->builder, record);
  return id;
}

#define PUT(maker, kind, uuid, ...)                                                                                    \
  put_deleted (maker, kind, uuid, (const Value[]){ __VA_ARGS__ }, G_N_ELEMENTS (((const Value[]){ __VA_ARGS__ })), 0)

static MemoIndex *
make_library (void)
{
  Maker maker = { memo_index_builder_new (NULL, NULL) };
  Maker *m = &maker;

  PUT (m, MEMO_KIND_SECTOR, "health", { MEMO_SECTOR_CODE, "health" },
       { MEMO_SECTOR_NAMES, "{\"en\":\"Health\",\"tr\":\"Sağlık\",\"ru\":\"Здравоохранение\"}" },
       { MEMO_SECTOR_POSITION, "2" });
  PUT (m, MEMO_KIND_SECTOR, "vaccines", { MEMO_SECTOR_CODE, "vaccines" }, { MEMO_SECTOR_PARENT, "health" });
  PUT (m, MEMO_KIND_SECTOR, "energy", { MEMO_SECTOR_CODE, "energy" }, { MEMO_SECTOR_NAMES, "{\"en\":\"Energy\"}" },
       { MEMO_SECTOR_POSITION, "1" });
  PUT (m, MEMO_KIND_SECTOR, "lost", { MEMO_SECTOR_CODE, "lost" }, { MEMO_SECTOR_PARENT, "gone" });
  PUT (m, MEMO_KIND_SECTOR, "round", { MEMO_SECTOR_CODE, "round" }, { MEMO_SECTOR_PARENT, "about" });
  PUT (m, MEMO_KIND_SECTOR, "about", { MEMO_SECTOR_CODE, "about" }, { MEMO_SECTOR_PARENT, "round" });

  PUT (m, MEMO_KIND_PARTY, "person", { MEMO_PARTY_NAME, "Russia" }, { MEMO_PARTY_KIND, "person" });
  PUT (m, MEMO_KIND_PARTY, "ru", { MEMO_PARTY_NAME, "Russia" }, { MEMO_PARTY_CODE, "RU" }, { MEMO_PARTY_KIND, "state" },
       { MEMO_PARTY_NAMES, "{\"en\":\"Russia\",\"tr\":\"Rusya\",\"ru\":\"Россия\"}" },
       { MEMO_PARTY_ALIASES, "[\"Russian Federation\"]" });
  PUT (m, MEMO_KIND_PARTY, "ve", { MEMO_PARTY_NAME, "Venezuela" }, { MEMO_PARTY_CODE, "VE" },
       { MEMO_PARTY_KIND, "state" });
  PUT (m, MEMO_KIND_PARTY, "incesu", { MEMO_PARTY_NAME, "İncesu" }, { MEMO_PARTY_KIND, "person" });
  PUT (m, MEMO_KIND_BODY, "cian", { MEMO_BODY_NAME, "Intergovernmental Commission" }, { MEMO_BODY_ACRONYM, "CIAN" },
       { MEMO_BODY_NAMES, "{\"en\":\"Intergovernmental Commission\",\"ru\":\"Комиссия\"}" },
       { MEMO_BODY_KIND, "commission" }, { MEMO_BODY_FOUNDED, "2008" }, { MEMO_BODY_PARTIES, "ru ve" });

  PUT (m, MEMO_KIND_ARTICLE, "analysis", { MEMO_ARTICLE_TITLE, "A new chapter" }, { MEMO_ARTICLE_LANGUAGE, "en" },
       { MEMO_ARTICLE_KIND, "analysis" }, { MEMO_ARTICLE_WORK, "work" }, { MEMO_ARTICLE_OUTLET, "Kavşak" },
       { MEMO_ARTICLE_PUBLISHED, "2025-11-30" }, { MEMO_ARTICLE_AUTHORS, "incesu" },
       { MEMO_ARTICLE_TAGS, "[\"read\"]" },
       { MEMO_ARTICLE_REFERENCES, "[{\"cites\":\"report\"},{\"cites\":null},{\"cites\":7},[]]" });
  PUT (m, MEMO_KIND_ARTICLE, "analiz", { MEMO_ARTICLE_TITLE, "Yeni bir sayfa" }, { MEMO_ARTICLE_LANGUAGE, "tr" },
       { MEMO_ARTICLE_KIND, "analysis" }, { MEMO_ARTICLE_WORK, "work" }, { MEMO_ARTICLE_OUTLET, "Kavşak" },
       { MEMO_ARTICLE_PUBLISHED, "2025-12-01" });
  PUT (m, MEMO_KIND_ARTICLE, "report", { MEMO_ARTICLE_TITLE, "Commission signs 42 agreements" },
       { MEMO_ARTICLE_LANGUAGE, "en" }, { MEMO_ARTICLE_KIND, "news" }, { MEMO_ARTICLE_OUTLET, "Agency" },
       { MEMO_ARTICLE_PUBLISHED, "2025-11-28" }, { MEMO_ARTICLE_SECTORS, "energy" });
  PUT (m, MEMO_KIND_ARTICLE, "bare", { MEMO_ARTICLE_REFERENCES, "\"cites\" is no JSON" });

  PUT (m, MEMO_KIND_ANNOTATION, "a-later", { MEMO_ANNOTATION_ARTICLE, "analysis" }, { MEMO_ANNOTATION_START, "90" },
       { MEMO_ANNOTATION_EXACT, "2030 vision" }, { MEMO_ANNOTATION_SPEAKER, "person" });
  PUT (m, MEMO_KIND_ANNOTATION, "a-vaccine", { MEMO_ANNOTATION_ARTICLE, "analysis" }, { MEMO_ANNOTATION_START, "40" },
       { MEMO_ANNOTATION_SECTORS, "vaccines" });
  PUT (m, MEMO_KIND_ANNOTATION, "t-vaccine", { MEMO_ANNOTATION_ARTICLE, "analiz" }, { MEMO_ANNOTATION_START, "41" });
  PUT (m, MEMO_KIND_ANNOTATION, "r-vaccine", { MEMO_ANNOTATION_ARTICLE, "report" }, { MEMO_ANNOTATION_START, "7" });
  PUT (m, MEMO_KIND_ANNOTATION, "r-status", { MEMO_ANNOTATION_ARTICLE, "report" }, { MEMO_ANNOTATION_START, "70" });

  PUT (m, MEMO_KIND_AGREEMENT, "package", { MEMO_AGREEMENT_TITLE, "Package of 42" }, { MEMO_AGREEMENT_KIND, "package" },
       { MEMO_AGREEMENT_DECLARED, "42" }, { MEMO_AGREEMENT_SIGNED, "2025-11-28" }, { MEMO_AGREEMENT_PARTIES, "ru ve" },
       { MEMO_AGREEMENT_SECTORS, "health energy" }, { MEMO_AGREEMENT_STATUS, "signed" },
       { MEMO_AGREEMENT_HORIZON, "2030" }, { MEMO_AGREEMENT_BODY, "cian" });
  PUT (m, MEMO_KIND_AGREEMENT, "vaccine", { MEMO_AGREEMENT_TITLE, "Cancer vaccine" },
       { MEMO_AGREEMENT_KIND, "contract" }, { MEMO_AGREEMENT_SIGNED, "2025-11" }, { MEMO_AGREEMENT_PACKAGE, "package" },
       { MEMO_AGREEMENT_SECTORS, "vaccines" }, { MEMO_AGREEMENT_STATUS, "in_force" }, { MEMO_AGREEMENT_PARTIES, "ve" });
  PUT (m, MEMO_KIND_AGREEMENT, "flights", { MEMO_AGREEMENT_TITLE, "Çarter flights" },
       { MEMO_AGREEMENT_PACKAGE, "package" }, { MEMO_AGREEMENT_STATUS, "announced" });
  PUT (m, MEMO_KIND_AGREEMENT, "old", { MEMO_AGREEMENT_TITLE, "Old protocol" }, { MEMO_AGREEMENT_IN_FORCE, "1999~" },
       { MEMO_AGREEMENT_ENDS, "2010/.." }, { MEMO_AGREEMENT_STATUS, "strange" });
  PUT (m, MEMO_KIND_FOLLOW_UP, "review", { MEMO_FOLLOW_UP_AGREEMENT, "flights" },
       { MEMO_FOLLOW_UP_STATUS, "under_review" }, { MEMO_FOLLOW_UP_DATE, "2026-02" });
  PUT (m, MEMO_KIND_FOLLOW_UP, "undated", { MEMO_FOLLOW_UP_AGREEMENT, "flights" });
  PUT (m, MEMO_KIND_FOLLOW_UP, "first", { MEMO_FOLLOW_UP_AGREEMENT, "flights" }, { MEMO_FOLLOW_UP_DATE, "2025" });
  PUT (m, MEMO_KIND_EVENT, "session", { MEMO_EVENT_TITLE, "XIX session" }, { MEMO_EVENT_KIND, "session" },
       { MEMO_EVENT_WHEN, "2025-11-28" }, { MEMO_EVENT_BODY, "cian" });
  PUT (m, MEMO_KIND_EVENT, "sometime", { MEMO_EVENT_TITLE, "Undated meeting" }, { MEMO_EVENT_KIND, "meeting" });

  PUT (m, MEMO_KIND_EVIDENCE, "e1", { MEMO_EVIDENCE_RECORD, "vaccine" }, { MEMO_EVIDENCE_ANNOTATION, "a-vaccine" });
  PUT (m, MEMO_KIND_EVIDENCE, "e2", { MEMO_EVIDENCE_RECORD, "vaccine" }, { MEMO_EVIDENCE_ANNOTATION, "t-vaccine" });
  PUT (m, MEMO_KIND_EVIDENCE, "e3", { MEMO_EVIDENCE_RECORD, "vaccine" }, { MEMO_EVIDENCE_ANNOTATION, "r-vaccine" });
  PUT (m, MEMO_KIND_EVIDENCE, "e4", { MEMO_EVIDENCE_RECORD, "review" }, { MEMO_EVIDENCE_ANNOTATION, "r-status" });
  PUT (m, MEMO_KIND_NOTE, "note", { MEMO_NOTE_TITLE, "Thoughts" }, { MEMO_NOTE_TAGS, "[\"read\"]" });
  PUT (m, MEMO_KIND_FILTER, "filter", { MEMO_FILTER_NAME, "Health" }, { MEMO_FILTER_JSON, "{}" });
  return memo_index_builder_end (maker.builder);
}

static void
test_find (void)
{
  g_autoptr (MemoIndex) index = make_library ();
  static const char *const russia[] = { "ru", "RU", "russia", "RUSYA", "россия", "Russian federation" };
  static const char *const health[] = { "health", "HEALTH", "sağlık", "Saglik", "здравоохранение" };

  for (guint i = 0; i < G_N_ELEMENTS (russia); i++)
    g_assert_cmpstr (memo_record_get_uuid (memo_index_find_party (index, russia[i])), ==, "ru");
  for (guint i = 0; i < G_N_ELEMENTS (health); i++)
    g_assert_cmpstr (memo_record_get_uuid (memo_index_find_sector (index, health[i])), ==, "health");
  g_assert_cmpstr (memo_record_get_uuid (memo_index_find_party (index, "person")), ==, "person");
  g_assert_cmpstr (memo_record_get_uuid (memo_index_find_party (index, "INCESU")), ==, "incesu");
  g_assert_cmpstr (memo_record_get_uuid (memo_index_find_body (index, "cian")), ==, "cian");
  g_assert_cmpstr (memo_record_get_uuid (memo_index_find_body (index, "комиссия")), ==, "cian");
  g_assert_null (memo_index_find_body (index, "opec"));
  g_assert_null (memo_index_find_sector (index, "ru"));
  g_assert_null (memo_index_find_party (index, ""));
  g_assert_null (memo_index_find_party (index, NULL));

  g_assert_cmpstr (memo_record_get_title (memo_index_get_record (index, MEMO_KIND_FILTER, "filter")), ==, "Health");
  g_assert_null (memo_index_get_record (index, MEMO_KIND_PARTY, "health"));
  g_assert_null (memo_index_get_record (index, MEMO_KIND_PARTY, "nobody"));
  g_assert_cmpint (memo_index_get_id (index, MEMO_KIND_ARTICLE, "report"), ==, 3);
  g_assert_cmpint (memo_index_get_id (index, MEMO_KIND_EVENT, "report"), ==, 0);
  g_assert_cmpstr (memo_index_get_uuid (index, MEMO_KIND_ARTICLE, 3), ==, "report");
  g_assert_null (memo_index_get_uuid (index, MEMO_KIND_ARTICLE, 33));
}

static void
assert_records (MemoIndex *index, MemoKind kind, const char *expected)
{
  g_autoptr (GString) uuids = g_string_new (NULL);
  GPtrArray *records = memo_index_get_records (index, kind);

  for (guint i = 0; i < records->len; i++)
    g_string_append_printf (uuids, "%s ", memo_record_get_uuid (g_ptr_array_index (records, i)));
  g_assert_cmpstr (uuids->str, ==, expected);
}

static void
test_records (void)
{
  g_autoptr (MemoIndex) index = make_library ();

  assert_records (index, MEMO_KIND_SECTOR, "energy health vaccines lost about round ");
  assert_records (index, MEMO_KIND_PARTY, "incesu person ru ve ");
  assert_records (index, MEMO_KIND_FOLLOW_UP, "first review undated ");
  assert_records (index, MEMO_KIND_BODY, "cian ");
}

static void
test_counts (void)
{
  g_autoptr (MemoIndex) index = make_library ();
  MemoCounts counts;

  /* Two versions of one work and the report that they cite. */
  g_assert_true (memo_index_get_counts (index, 2, &counts));
  g_assert_cmpuint (counts.evidence, ==, 3);
  g_assert_cmpuint (counts.sources, ==, 2);
  g_assert_cmpuint (counts.independent, ==, 1);
  g_assert_cmpuint (counts.identified, ==, 0);
  g_assert_true (memo_index_get_counts (index, 1, &counts));
  g_assert_cmpuint (counts.identified, ==, 2);
  g_assert_cmpuint (counts.sources, ==, 0);
  g_assert_cmpuint (counts.independent, ==, 0);
  /* Evidence of a follow-up is evidence of its agreement. */
  g_assert_true (memo_index_get_counts (index, 3, &counts));
  g_assert_cmpuint (counts.evidence, ==, 1);
  g_assert_cmpuint (counts.sources, ==, 1);
  g_assert_false (memo_index_get_counts (index, 99, &counts));
  g_assert_cmpuint (memo_index_get_annotations (index, 1), ==, 2);
  g_assert_cmpuint (memo_index_get_annotations (index, 4), ==, 0);
  g_assert_cmpuint (memo_index_get_annotations (index, 99), ==, 0);
}

static char *
list (MemoSelection *selection, MemoKind kind, MemoSort sort, gboolean descending)
{
  g_autoptr (GArray) ids = memo_selection_get_ids (selection, kind, sort, descending);
  GString *result = g_string_new (NULL);

  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (result, i > 0 ? " %s" : "%s",
                            memo_index_get_uuid (memo_selection_get_index (selection), kind,
                                                 g_array_index (ids, gint64, i)));
  return g_string_free (result, FALSE);
}

static void
test_sort (void)
{
  static const struct
  {
    MemoKind kind;
    MemoSort sort;
    gboolean descending;
    const char *expected;
  } rows[] = {
    { MEMO_KIND_ARTICLE, MEMO_SORT_TITLE, FALSE, "analysis report analiz bare" },
    { MEMO_KIND_ARTICLE, MEMO_SORT_TITLE, TRUE, "analiz report analysis bare" },
    { MEMO_KIND_ARTICLE, MEMO_SORT_DATE, FALSE, "report analysis analiz bare" },
    { MEMO_KIND_ARTICLE, MEMO_SORT_DATE, TRUE, "analiz analysis report bare" },
    { MEMO_KIND_ARTICLE, MEMO_SORT_OUTLET, FALSE, "report analysis analiz bare" },
    { MEMO_KIND_ARTICLE, MEMO_SORT_LANGUAGE, TRUE, "analiz analysis report bare" },
    { MEMO_KIND_ARTICLE, MEMO_SORT_KIND, TRUE, "report analysis analiz bare" },
    { MEMO_KIND_ARTICLE, MEMO_SORT_ANNOTATIONS, TRUE, "analysis report analiz bare" },
    { MEMO_KIND_ARTICLE, MEMO_SORT_AUTHOR, FALSE, "analysis report analiz bare" },
    { MEMO_KIND_ARTICLE, MEMO_SORT_CREATED, FALSE, "bare report analiz analysis" },
    { MEMO_KIND_ARTICLE, MEMO_SORT_MODIFIED, FALSE, "analysis analiz report bare" },
    { MEMO_KIND_ARTICLE, MEMO_SORT_POSITION, TRUE, "bare report analiz analysis" },
    { MEMO_KIND_ARTICLE, MEMO_SORT_SECTORS, FALSE, "report analysis analiz bare" },
    { MEMO_KIND_AGREEMENT, MEMO_SORT_TITLE, FALSE, "vaccine flights old package" },
    { MEMO_KIND_AGREEMENT, MEMO_SORT_STATUS, FALSE, "flights package vaccine old" },
    { MEMO_KIND_AGREEMENT, MEMO_SORT_DATE, FALSE, "old vaccine package flights" },
    { MEMO_KIND_AGREEMENT, MEMO_SORT_SOURCES, TRUE, "vaccine flights old package" },
    { MEMO_KIND_AGREEMENT, MEMO_SORT_IDENTIFIED, TRUE, "package vaccine flights old" },
    { MEMO_KIND_AGREEMENT, MEMO_SORT_ANNOTATIONS, TRUE, "vaccine flights old package" },
    { MEMO_KIND_AGREEMENT, MEMO_SORT_PARTIES, FALSE, "package vaccine flights old" },
    { MEMO_KIND_AGREEMENT, MEMO_SORT_SECTORS, FALSE, "package vaccine flights old" },
    { MEMO_KIND_ANNOTATION, MEMO_SORT_POSITION, FALSE, "a-vaccine a-later r-vaccine r-status t-vaccine" },
    { MEMO_KIND_ANNOTATION, MEMO_SORT_DATE, FALSE, "r-vaccine r-status a-vaccine a-later t-vaccine" },
    { MEMO_KIND_ANNOTATION, MEMO_SORT_TITLE, TRUE, "t-vaccine r-vaccine r-status a-vaccine a-later" },
    { MEMO_KIND_ANNOTATION, MEMO_SORT_KIND, TRUE, "r-vaccine r-status a-vaccine a-later t-vaccine" },
    { MEMO_KIND_ANNOTATION, MEMO_SORT_CREATED, FALSE, "r-status r-vaccine t-vaccine a-vaccine a-later" },
    { MEMO_KIND_ANNOTATION, MEMO_SORT_SECTORS, FALSE, "a-vaccine a-later t-vaccine r-vaccine r-status" },
    { MEMO_KIND_ANNOTATION, MEMO_SORT_AUTHOR, FALSE, "a-vaccine a-later r-vaccine r-status t-vaccine" },
  };
  g_autoptr (MemoIndex) index = make_library ();
  g_autoptr (MemoFilter) filter = memo_filter_new ();
  g_autoptr (MemoSelection) selection = memo_index_select (index, filter, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *found = list (selection, rows[i].kind, rows[i].sort, rows[i].descending);

      g_test_message ("sort %u of %s", rows[i].sort, memo_kind_get_name (rows[i].kind));
      g_assert_cmpstr (found, ==, rows[i].expected);
    }
}

static void
test_filter (void)
{
  static const struct
  {
    const char *json;
    MemoKind kind;
    const char *expected;
  } rows[] = {
    { "{\"sector\":{\"any\":[\"health\"]}}", MEMO_KIND_AGREEMENT, "vaccine package" },
    { "{\"sector\":{\"all\":[\"health\",\"energy\"]}}", MEMO_KIND_AGREEMENT, "package" },
    { "{\"sector\":{\"none\":[\"vaccines\"]}}", MEMO_KIND_AGREEMENT, "flights old package" },
    { "{\"sector\":{\"any\":[\"health\"]}}", MEMO_KIND_ARTICLE, "analysis report analiz" },
    { "{\"sector\":{\"any\":[\"energy\"]}}", MEMO_KIND_ARTICLE, "report" },
    { "{\"sector\":{\"any\":[\"about\"]}}", MEMO_KIND_ARTICLE, "" },
    { "{\"party\":{\"any\":[\"ve\"]}}", MEMO_KIND_ANNOTATION, "a-vaccine r-vaccine t-vaccine" },
    { "{\"party\":{\"any\":[\"person\"]}}", MEMO_KIND_ANNOTATION, "a-later" },
    { "{\"party\":{\"any\":[\"incesu\"]}}", MEMO_KIND_ARTICLE, "analysis" },
    { "{\"party\":{\"any\":[\"ru\"]}}", MEMO_KIND_BODY, "cian" },
    { "{\"status\":{\"any\":[\"announced\"]}}", MEMO_KIND_ARTICLE, "report" },
    { "{\"status\":{\"any\":[\"announced\"]}}", MEMO_KIND_EVENT, "" },
    { "{\"kind\":{\"any\":[\"analysis\",\"session\"]}}", MEMO_KIND_ARTICLE, "analysis analiz" },
    { "{\"kind\":{\"any\":[\"analysis\",\"session\"]}}", MEMO_KIND_EVENT, "session" },
    { "{\"kind\":{\"any\":[\"news\"]}}", MEMO_KIND_ANNOTATION, "r-vaccine r-status" },
    { "{\"language\":{\"any\":[\"tr\"]}}", MEMO_KIND_AGREEMENT, "vaccine" },
    { "{\"language\":{\"none\":[\"tr\"]}}", MEMO_KIND_AGREEMENT, "flights old package" },
    { "{\"source\":{\"any\":[\"report\"]}}", MEMO_KIND_AGREEMENT, "vaccine flights" },
    { "{\"source\":{\"any\":[\"report\"]}}", MEMO_KIND_ARTICLE, "report" },
    { "{\"tag\":{\"any\":[\"read\"]}}", MEMO_KIND_NOTE, "note" },
    { "{\"body\":{\"any\":[\"cian\"]}}", MEMO_KIND_EVENT, "session" },
    { "{\"body\":{\"any\":[\"cian\"]}}", MEMO_KIND_NOTE, "" },
    { "{\"from\":\"2009\",\"to\":\"2011\"}", MEMO_KIND_AGREEMENT, "old" },
    { "{\"from\":\"2028\"}", MEMO_KIND_AGREEMENT, "old package" },
    { "{\"to\":\"2025-11-28\"}", MEMO_KIND_ARTICLE, "report" },
    { "{\"to\":\"2025-11-28\"}", MEMO_KIND_EVENT, "session" },
    { "{\"single_source\":true}", MEMO_KIND_AGREEMENT, "flights" },
    { "{\"single_source\":true}", MEMO_KIND_ARTICLE, "report" },
    { "{\"no_evidence\":true}", MEMO_KIND_AGREEMENT, "old package" },
    { "{\"no_evidence\":true}", MEMO_KIND_ANNOTATION, "" },
  };
  g_autoptr (MemoIndex) index = make_library ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MemoFilter) filter = memo_filter_from_json (rows[i].json, &error);
      g_autoptr (MemoSelection) selection = memo_index_select (index, filter, NULL);
      MemoSort sort = rows[i].kind == MEMO_KIND_ANNOTATION ? MEMO_SORT_POSITION : MEMO_SORT_TITLE;
      g_autofree char *found = list (selection, rows[i].kind, sort, FALSE);

      g_assert_no_error (error);
      g_test_message ("%s of %s", rows[i].json, memo_kind_get_name (rows[i].kind));
      g_assert_cmpstr (found, ==, rows[i].expected);
    }
}

static char *
facet_text (MemoSelection *selection, MemoFacet facet)
{
  GArray *counts = memo_selection_get_facet (selection, facet);
  GString *result = g_string_new (NULL);

  for (guint i = 0; i < counts->len; i++)
    {
      MemoFacetCount *count = &g_array_index (counts, MemoFacetCount, i);

      g_string_append_printf (result, i > 0 ? ", %s %u/%u/%u" : "%s %u/%u/%u", count->value, count->count,
                              count->articles, count->annotations);
    }
  return g_string_free (result, FALSE);
}

static void
test_facets (void)
{
  g_autoptr (MemoIndex) index = make_library ();
  g_autoptr (MemoFilter) filter =
      memo_filter_from_json ("{\"status\":{\"any\":[\"signed\"]},\"tag\":{\"none\":[\"never seen\"]}}", NULL);
  g_autoptr (MemoSelection) selection = memo_index_select (index, filter, NULL);
  g_autofree char *sectors = facet_text (selection, MEMO_FACET_SECTOR);
  g_autofree char *status = facet_text (selection, MEMO_FACET_STATUS);
  g_autofree char *parties = facet_text (selection, MEMO_FACET_PARTY);
  g_autofree char *tags = facet_text (selection, MEMO_FACET_TAG);
  g_autofree char *sources = facet_text (selection, MEMO_FACET_SOURCE);

  g_assert_cmpstr (sectors, ==, "energy 1/0/0, health 1/0/0, vaccines 0/0/0, lost 0/0/0, about 0/0/0, round 0/0/0");
  g_assert_cmpstr (status, ==, "in_force 1/3/3, announced 1/1/1, signed 1/0/0, strange 1/0/0");
  g_assert_cmpstr (parties, ==, "ru 1/0/0, ve 1/0/0");
  g_assert_cmpstr (tags, ==, "never seen 0/0/0");
  g_assert_cmpstr (sources, ==, "");
}

static void
test_years (void)
{
  g_autoptr (MemoIndex) index = make_library ();
  g_autoptr (MemoFilter) filter = memo_filter_new ();
  g_autoptr (MemoSelection) selection = memo_index_select (index, filter, NULL);
  GArray *years = memo_selection_get_years (selection);
  guint declared, identified;

  g_assert_cmpuint (years->len, ==, 2);
  g_assert_cmpint (g_array_index (years, MemoYearCount, 0).year, ==, 1999);
  g_assert_cmpint (g_array_index (years, MemoYearCount, 1).year, ==, 2025);
  g_assert_cmpuint (g_array_index (years, MemoYearCount, 1).count, ==, 2);
  g_assert_cmpuint (memo_selection_get_cell (selection, "health", 2025), ==, 2);
  g_assert_cmpuint (memo_selection_get_cell (selection, "health", G_MAXINT), ==, 2);
  g_assert_cmpuint (memo_selection_get_cell (selection, "vaccines", 2025), ==, 1);
  g_assert_cmpuint (memo_selection_get_cell (selection, "vaccines", 2024), ==, 0);
  g_assert_cmpuint (memo_selection_get_cell (selection, "vaccines", G_MININT), ==, 0);
  g_assert_cmpuint (memo_selection_get_cell (selection, "unknown", 2025), ==, 0);
  memo_selection_get_packages (selection, &declared, &identified);
  g_assert_cmpuint (declared, ==, 42);
  g_assert_cmpuint (identified, ==, 2);
  memo_selection_get_packages (selection, NULL, NULL);
}

static void
test_entries (void)
{
  g_autoptr (MemoIndex) index = make_library ();
  g_autoptr (MemoFilter) filter = memo_filter_new ();
  g_autoptr (MemoSelection) selection = memo_index_select (index, filter, NULL);
  GArray *entries = memo_selection_get_entries (selection);
  g_autoptr (GString) uuids = g_string_new (NULL);
  MemoEntry *entry;

  for (guint i = 0; i < entries->len; i++)
    g_string_append_printf (uuids, "%s ", g_array_index (entries, MemoEntry, i).uuid);
  g_assert_cmpstr (uuids->str, ==,
                   "old cian first vaccine report session package analysis analiz review bare flights undated "
                   "sometime ");

  entry = &g_array_index (entries, MemoEntry, 0);
  g_assert_cmpint (entry->soft, ==, MEMO_SOFT_START | MEMO_OPEN_AFTER);
  g_assert_cmpstr (entry->status, ==, "strange");
  entry = &g_array_index (entries, MemoEntry, 1);
  g_assert_cmpint (entry->kind, ==, MEMO_KIND_BODY);
  g_assert_cmpstr (entry->title, ==, "Intergovernmental Commission");
  g_assert_cmpstr (entry->body, ==, "cian");
  entry = &g_array_index (entries, MemoEntry, 6);
  g_assert_cmpint (entry->last, ==, memo_day_from_ymd (2030, 12, 31));
  g_assert_cmpstr (entry->type, ==, "package");
  g_assert_cmpstr (entry->sector, ==, "health");
  g_assert_cmpstr (entry->party, ==, "ru");
  entry = &g_array_index (entries, MemoEntry, 9);
  g_assert_cmpint (entry->kind, ==, MEMO_KIND_FOLLOW_UP);
  g_assert_cmpstr (entry->title, ==, "Çarter flights");
  g_assert_cmpstr (entry->type, ==, "under_review");
}

/* An article in the trash takes its annotations along, and brings them back. */
static void
test_trash (void)
{
  g_autoptr (MemoIndex) index = make_library ();
  Maker maker = { memo_index_builder_new (index, NULL) };
  g_autoptr (MemoIndex) without = NULL;
  g_autoptr (MemoIndex) again = NULL;
  const Value values[] = { { MEMO_ARTICLE_TITLE, "Commission signs 42 agreements" } };
  MemoCounts counts;

  maker.ids[MEMO_KIND_ARTICLE] = 2;
  put_deleted (&maker, MEMO_KIND_ARTICLE, "report", values, 1, 77);
  without = memo_index_builder_end (maker.builder);
  g_assert_cmpuint (memo_index_get_n (index, MEMO_KIND_ANNOTATION), ==, 5);
  g_assert_cmpuint (memo_index_get_n (without, MEMO_KIND_ANNOTATION), ==, 3);
  g_assert_true (memo_index_get_counts (without, 2, &counts));
  g_assert_cmpuint (counts.sources, ==, 1);
  g_assert_cmpuint (counts.evidence, ==, 2);

  maker.builder = memo_index_builder_new (without, NULL);
  maker.ids[MEMO_KIND_ARTICLE] = 2;
  put_deleted (&maker, MEMO_KIND_ARTICLE, "report", values, 1, 0);
  again = memo_index_builder_end (maker.builder);
  g_assert_cmpuint (memo_index_get_n (again, MEMO_KIND_ANNOTATION), ==, 5);
}

/* Nobody makes a tree like this; a damaged or hostile library may hold it. */
static void
test_deep_tree (void)
{
  Maker maker = { memo_index_builder_new (NULL, NULL) };
  g_autoptr (MemoIndex) index = NULL;
  g_autoptr (MemoFilter) all = memo_filter_new ();
  g_autoptr (MemoFilter) top = memo_filter_with (all, MEMO_FACET_SECTOR, MEMO_CHOICE_ANY, "s0");
  g_autoptr (MemoSelection) selection = NULL;

  for (guint i = 0; i < 50000; i++)
    {
      g_autofree char *uuid = g_strdup_printf ("s%u", i);
      g_autofree char *parent = g_strdup_printf ("s%d", (int) i - 1);

      PUT (&maker, MEMO_KIND_SECTOR, uuid, { MEMO_SECTOR_PARENT, i > 0 ? parent : NULL });
    }
  PUT (&maker, MEMO_KIND_AGREEMENT, "deep", { MEMO_AGREEMENT_SECTORS, "s49999" });
  index = memo_index_builder_end (maker.builder);
  g_assert_cmpuint (memo_index_get_records (index, MEMO_KIND_SECTOR)->len, ==, 50000);
  selection = memo_index_select (index, top, NULL);
  g_assert_cmpuint (memo_selection_get_count (selection, MEMO_KIND_AGREEMENT), ==, 1);
  g_assert_cmpuint (memo_selection_get_cell (selection, "s7", G_MAXINT), ==, 1);
}

/* A damaged library: one UUID in two tables. The later record stands, nothing else breaks. */
static void
test_one_uuid_twice (void)
{
  Maker maker = { memo_index_builder_new (NULL, NULL) };
  g_autoptr (MemoIndex) index = NULL;

  PUT (&maker, MEMO_KIND_NOTE, "same", { MEMO_NOTE_TITLE, "A note" });
  PUT (&maker, MEMO_KIND_EVENT, "same", { MEMO_EVENT_TITLE, "An event" });
  memo_index_builder_remove (maker.builder, MEMO_KIND_NOTE, 1);
  memo_index_builder_remove (maker.builder, MEMO_KIND_NOTE, 17);
  index = memo_index_builder_end (maker.builder);
  g_assert_cmpuint (memo_index_get_n (index, MEMO_KIND_NOTE), ==, 0);
  g_assert_cmpuint (memo_index_get_n (index, MEMO_KIND_EVENT), ==, 1);
}

/* Row ids as they may be, and more texts than the first table holds. */
static void
test_dict (void)
{
  static const gint64 ids[] = { 1, 255, 256, 257, 70000, G_MAXINT64, -1, G_MININT64 };
  g_autoptr (MemoDict) dict = memo_dict_new ();

  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *text = g_strdup_printf ("text %u", i);

      g_assert_cmpuint (memo_dict_find (dict, text), ==, 0);
      g_assert_cmpuint (memo_dict_add (dict, text), ==, i + 1);
    }
  g_assert_cmpuint (memo_dict_get_size (dict), ==, 5001);
  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *text = g_strdup_printf ("text %u", i);

      g_assert_cmpuint (memo_dict_find (dict, text), ==, i + 1);
      g_assert_cmpuint (memo_dict_add (dict, text), ==, i + 1);
      g_assert_cmpstr (memo_dict_get (dict, i + 1), ==, text);
    }
  g_assert_cmpuint (memo_dict_add (dict, ""), ==, 0);
  g_assert_cmpuint (memo_dict_find (dict, NULL), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    memo_dict_set_id (dict, MEMO_KIND_NOTE, ids[i], i + 1);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_assert_cmpuint (memo_dict_find_id (dict, MEMO_KIND_NOTE, ids[i]), ==, i + 1);
      g_assert_cmpuint (memo_dict_find_id (dict, MEMO_KIND_EVENT, ids[i]), ==, 0);
    }
  g_assert_cmpuint (memo_dict_find_id (dict, MEMO_KIND_NOTE, 254), ==, 0);
}

#define N_LARGE 70000
#define N_TAGS 40000
#define N_PARTIES 700

/* So many that facets are counted side by side, most values with few records, and few records chosen. */
static void
test_large (void)
{
  Maker maker = { memo_index_builder_new (NULL, NULL) };
  g_autoptr (MemoIndex) index = NULL;
  g_autoptr (MemoFilter) all = memo_filter_new ();
  g_autoptr (MemoFilter) one = memo_filter_with (all, MEMO_FACET_PARTY, MEMO_CHOICE_ANY, "p1");
  g_autoptr (MemoFilter) two = memo_filter_with (one, MEMO_FACET_STATUS, MEMO_CHOICE_ANY, "signed");
  g_autoptr (MemoSelection) selection = NULL;
  static const MemoFacet facets[] = { MEMO_FACET_PARTY, MEMO_FACET_TAG, MEMO_FACET_STATUS };
  GHashTable *counts[G_N_ELEMENTS (facets)];

  for (guint i = 0; i < G_N_ELEMENTS (facets); i++)
    counts[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < N_PARTIES; i++)
    {
      g_autofree char *uuid = g_strdup_printf ("p%u", i);

      PUT (&maker, MEMO_KIND_PARTY, uuid, { MEMO_PARTY_NAME, uuid });
    }
  for (guint i = 0; i < N_LARGE; i++)
    {
      g_autofree char *uuid = g_strdup_printf ("a%u", i);
      g_autofree char *party = g_strdup_printf ("p%u", i % N_PARTIES);
      g_autofree char *tag = g_strdup_printf ("t%u", i % N_TAGS);
      g_autofree char *tags = g_strdup_printf ("[\"%s\"]", tag);
      const char *status = i % 3 == 0 ? "signed" : i % 3 == 1 ? "ended" : "suspended";
      const char *values[] = { party, tag, status };
      gboolean within[] = { i % 3 == 0, i % N_PARTIES == 1 && i % 3 == 0, i % N_PARTIES == 1 };

      PUT (&maker, MEMO_KIND_AGREEMENT, uuid, { MEMO_AGREEMENT_PARTIES, party }, { MEMO_AGREEMENT_TAGS, tags },
           { MEMO_AGREEMENT_STATUS, status });
      for (guint k = 0; k < G_N_ELEMENTS (facets); k++)
        if (within[k])
          {
            gpointer n = g_hash_table_lookup (counts[k], values[k]);

            g_hash_table_replace (counts[k], g_strdup (values[k]), GUINT_TO_POINTER (GPOINTER_TO_UINT (n) + 1));
          }
    }
  index = memo_index_builder_end (maker.builder);
  selection = memo_index_select (index, two, NULL);
  for (guint k = 0; k < G_N_ELEMENTS (facets); k++)
    {
      GArray *facet = memo_selection_get_facet (selection, facets[k]);

      g_assert_cmpuint (facet->len, ==, g_hash_table_size (counts[k]));
      for (guint i = 0; i < facet->len; i++)
        {
          const MemoFacetCount *count = &g_array_index (facet, MemoFacetCount, i);

          g_assert_cmpuint (count->count, ==, GPOINTER_TO_UINT (g_hash_table_lookup (counts[k], count->value)));
        }
      g_hash_table_unref (counts[k]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/index/find", test_find);
  g_test_add_func ("/index/records", test_records);
  g_test_add_func ("/index/counts", test_counts);
  g_test_add_func ("/index/sort", test_sort);
  g_test_add_func ("/index/filter", test_filter);
  g_test_add_func ("/index/facets", test_facets);
  g_test_add_func ("/index/years", test_years);
  g_test_add_func ("/index/entries", test_entries);
  g_test_add_func ("/index/trash", test_trash);
  g_test_add_func ("/index/deep-tree", test_deep_tree);
  g_test_add_func ("/index/one-uuid-twice", test_one_uuid_twice);
  g_test_add_func ("/index/dict", test_dict);
  g_test_add_func ("/index/large", test_large);
  return g_test_run ();
}
