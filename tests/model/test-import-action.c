#include "action-fixture.h"

#include "base/memo-error.h"
#include "model/memo-links.h"
#include "records/memo-blocks.h"

/* Drafts into articles: authors, works, cited articles. */

static MemoLibrary *library;

static void
open_library (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".memorandum", NULL);
  g_autofree char *path = fixture_path (file);
  library = fixture_open (path, MEMO_OPEN_CREATE);
}

static void
close_library (void)
{
  fixture_close (library);
  g_clear_object (&library);
}

static const char *
get_author (MemoRecord *article)
{
  const char *uuid = memo_record_get_texts (article, MEMO_ARTICLE_AUTHORS)[0];
  g_assert_nonnull (uuid);
  return memo_record_get_title (memo_index_get_record (memo_library_get_index (library), MEMO_KIND_PARTY, uuid));
}

static void
test_fields (void)
{
  open_library ("fields");
  g_autoptr (MemoRecord) article = import (
      library,
      "{\"title\":\"T\",\"subtitle\":\"S\",\"summary\":[\"a\",\"b\"],\"authors\":[\"Emre İncesu\",\"EMRE İNCESU\"],"
      "\"biographies\":[{\"author\":\"Emre "
      "İncesu\",\"text\":\"Writes.\"}],\"outlet\":\"O\",\"published\":\"2025-11-28\","
      "\"published_written\":\"28 Kasım 2025\",\"accessed\":\"2025-12-01\",\"language\":\"tr\",\"kind\":\"analysis\","
      "\"url\":\"https://x.example/"
      "a\",\"place\":\"Ankara\",\"versions\":[],\"references\":[],\"blocks\":[],\"text\":\"Metin\","
      "\"warnings\":[\"w\"],\"tags\":[\"t\"],\"extra\":{\"ignored\":true}}",
      NULL);
  g_assert_cmpstr (memo_record_get_text (article, MEMO_ARTICLE_SUBTITLE), ==, "S");
  g_assert_cmpstr (memo_record_get_texts (article, MEMO_ARTICLE_SUMMARY)[1], ==, "b");
  g_assert_cmpstr (memo_date_get_written (memo_record_get_date (article, MEMO_ARTICLE_PUBLISHED)), ==, "28 Kasım 2025");
  g_assert_cmpstr (memo_date_get_edtf (memo_record_get_date (article, MEMO_ARTICLE_ACCESSED)), ==, "2025-12-01");
  g_assert_cmpuint (g_strv_length ((GStrv) memo_record_get_texts (article, MEMO_ARTICLE_AUTHORS)), ==, 1);
  g_assert_cmpstr (memo_record_get_text (article, MEMO_ARTICLE_PLACE), ==, "Ankara");
  g_assert_nonnull (memo_record_get_text (article, MEMO_ARTICLE_WORK));
  g_assert_nonnull (memo_record_get_text (article, MEMO_ARTICLE_ORIGINAL));
  MemoRecord *author = memo_index_find_party (memo_library_get_index (library), "emre incesu");
  g_assert_cmpstr (memo_record_get_text (author, MEMO_PARTY_SUMMARY), ==, "Writes.");
  g_assert_cmpstr (memo_record_get_text (author, MEMO_PARTY_KIND), ==, "person");
  close_library ();
}

static void
test_authors (void)
{
  open_library ("authors");
  g_autoptr (MemoRecord) loud =
      import (library, "{\"title\":\"1\",\"authors\":[\"Emre İNCESU\"],\"text\":\"x\"}", NULL);
  g_assert_cmpstr (get_author (loud), ==, "Emre İNCESU");
  g_autoptr (MemoRecord) calm = import (library,
                                        "{\"title\":\"2\",\"authors\":[\"Emre İncesu\"],\"text\":\"x\","
                                        "\"biographies\":[{\"author\":\"Emre İNCESU\",\"text\":\"Reads.\"}]}",
                                        NULL);
  g_assert_cmpstr (memo_record_get_texts (loud, MEMO_ARTICLE_AUTHORS)[0], ==,
                   memo_record_get_texts (calm, MEMO_ARTICLE_AUTHORS)[0]);
  g_assert_cmpstr (get_author (loud), ==, "Emre İncesu");
  g_autoptr (MemoRecord) third =
      import (library, "{\"title\":\"3\",\"authors\":[\"EMRE INCESU\"],\"text\":\"x\"}", NULL);
  g_assert_cmpstr (get_author (third), ==, "Emre İncesu");
  /* A person whose name is a state's is a person. */
  g_autoptr (MemoRecord) chad = import (library, "{\"title\":\"4\",\"authors\":[\"Chad\"],\"text\":\"x\"}", NULL);
  MemoRecord *person = memo_index_get_record (memo_library_get_index (library), MEMO_KIND_PARTY,
                                              memo_record_get_texts (chad, MEMO_ARTICLE_AUTHORS)[0]);
  g_assert_cmpstr (memo_record_get_text (person, MEMO_PARTY_KIND), ==, "person");
  close_library ();
}

static const char *
get_work (MemoRecord *article)
{
  return memo_record_get_text (article, MEMO_ARTICLE_WORK);
}

static void
test_versions (void)
{
  open_library ("versions");
  g_autoptr (MemoRecord) turkish = import (
      library,
      "{\"title\":\"Yeni\",\"language\":\"tr\",\"url\":\"http://www.k.example/tr/yeni/?utm_source=x\",\"text\":\"x\"}",
      NULL);
  g_autoptr (MemoRecord) russian =
      import (library,
              "{\"title\":\"Новая\",\"language\":\"ru\",\"url\":\"https://k.example/ru/novaya\",\"text\":\"x\","
              "\"versions\":[{\"language\":\"en\",\"url\":\"https://k.example/new/\"}]}",
              NULL);
  g_assert_cmpstr (get_work (turkish), !=, get_work (russian));
  /* It names the one, and is named by the other: all three are one work. */
  g_autoptr (MemoRecord) english =
      import (library,
              "{\"title\":\"New\",\"language\":\"en\",\"url\":\"https://k.example/new\",\"text\":\"x\","
              "\"versions\":[{\"language\":\"tr\",\"url\":\"https://k.example/tr/yeni\"}]}",
              NULL);
  g_autoptr (MemoRecord) turkish_now = get (library, memo_record_get_uuid (turkish));
  g_autoptr (MemoRecord) russian_now = get (library, memo_record_get_uuid (russian));
  g_assert_cmpstr (get_work (english), ==, get_work (turkish_now));
  g_assert_cmpstr (get_work (english), ==, get_work (russian_now));
  g_assert_cmpstr (memo_record_get_title (turkish_now), ==, "Yeni");
  g_assert_cmpstr (memo_record_get_text (turkish_now, MEMO_ARTICLE_TEXT), ==, "x");

  g_autoptr (MemoRecord) german =
      import (library, "{\"title\":\"Neu\",\"language\":\"de\",\"text\":\"x\"}", memo_record_get_uuid (english));
  g_assert_cmpstr (get_work (german), ==, get_work (english));

  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) draft = draft_new ("{\"title\":\"?\",\"text\":\"x\"}");
  g_assert_null (memo_action_import (memo_library_get_index (library), draft, NULL, "nobody", NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND);
  close_library ();
}

/* Pasted text names the languages alone: author, outlet and day decide. */
static void
test_versions_without_address (void)
{
  open_library ("languages");
  g_autoptr (MemoRecord) english = import (
      library,
      "{\"title\":\"New\",\"language\":\"en\",\"authors\":[\"A B\"],\"outlet\":\"Kavşak\",\"published\":\"2025-11-30\","
      "\"text\":\"x\",\"versions\":[{\"language\":\"tr\"},{\"language\":\"ru\",\"url\":null}]}",
      NULL);
  g_autoptr (MemoRecord) turkish = import (library,
                                           "{\"title\":\"Yeni\",\"language\":\"tr\",\"authors\":[\"A "
                                           "B\"],\"outlet\":\"KAVŞAK\",\"published\":\"2025-11-30\","
                                           "\"text\":\"x\"}",
                                           NULL);
  g_autoptr (MemoRecord) other = import (library,
                                         "{\"title\":\"Başka\",\"language\":\"tr\",\"authors\":[\"C "
                                         "D\"],\"outlet\":\"Kavşak\",\"published\":\"2025-11-30\","
                                         "\"text\":\"x\"}",
                                         NULL);
  g_assert_cmpstr (get_work (english), ==, get_work (turkish));
  g_assert_cmpstr (get_work (english), !=, get_work (other));
  close_library ();
}

static const char *const analysis =
    "{\"title\":\"Analysis of a session\",\"language\":\"en\",\"text\":\"x\",\"references\":["
    "{\"label\":\"i\",\"text\":\"Wire\",\"url\":\"https://wire.example/report?utm_medium=a\"},"
    "{\"label\":\"ii\",\"text\":\"Ibid.\",\"ibid\":true,\"title\":\"Forty-two agreements “signed”\"},"
    "{\"label\":\"iii\",\"text\":\"Elsewhere\",\"url\":\"https://other.example/\"}]}";
static const char *const report =
    "{\"title\":\"Forty-two agreements "
    "'signed'\",\"language\":\"en\",\"text\":\"x\",\"url\":\"https://wire.example/report\"}";

static void
assert_cites (MemoRecord *article, const char *uuid, guint expected)
{
  const char *json = memo_record_get_text (article, MEMO_ARTICLE_REFERENCES);
  guint n = 0;
  for (const char *p = json; (p = strstr (p, uuid)) != NULL; p += strlen (uuid))
    n++;
  g_assert_cmpuint (n, ==, expected);
}

static void
test_references (void)
{
  open_library ("cited-first");
  g_autoptr (MemoRecord) cited = import (library, report, NULL);
  g_autoptr (MemoRecord) citing = import (library, analysis, NULL);
  assert_cites (citing, memo_record_get_uuid (cited), 2);
  close_library ();

  open_library ("citing-first");
  g_autoptr (MemoRecord) early = import (library, analysis, NULL);
  g_autoptr (MemoRecord) late = import (library, report, NULL);
  g_autoptr (MemoRecord) now = get (library, memo_record_get_uuid (early));
  assert_cites (now, memo_record_get_uuid (late), 2);
  g_assert_cmpstr (memo_record_get_text (now, MEMO_ARTICLE_TEXT), ==, "x");

  /* A new text of the citing article keeps what was found. */
  g_autoptr (JsonObject) draft = draft_new (analysis);
  g_autoptr (GError) error = NULL;
  apply (library, memo_action_update_text (now, draft, NULL, NULL, NULL, NULL, NULL, &error), error);
  g_autoptr (MemoRecord) updated = get (library, memo_record_get_uuid (early));
  assert_cites (updated, memo_record_get_uuid (late), 2);

  /* One that is silent about them keeps them; one that names others replaces them. */
  g_autoptr (JsonObject) plain = draft_new ("{\"text\":\"y\",\"references\":[]}");
  apply (library, memo_action_update_text (updated, plain, NULL, NULL, NULL, NULL, NULL, &error), error);
  g_autoptr (MemoRecord) silent = get (library, memo_record_get_uuid (early));
  g_assert_cmpstr (memo_record_get_text (silent, MEMO_ARTICLE_TEXT), ==, "y");
  assert_cites (silent, memo_record_get_uuid (late), 2);
  g_autoptr (JsonObject) others = draft_new ("{\"text\":\"z\",\"references\":[{\"label\":\"i\",\"text\":\"New\"}]}");
  apply (library, memo_action_update_text (silent, others, NULL, NULL, NULL, NULL, NULL, &error), error);
  g_autoptr (MemoRecord) replaced = get (library, memo_record_get_uuid (early));
  assert_cites (replaced, memo_record_get_uuid (late), 0);
  close_library ();
}

/* The summary points of the old text stand behind a new one that has none. */
static void
test_update_summary (void)
{
  open_library ("update-summary");
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) article =
      import (library,
              "{\"title\":\"T\",\"text\":\"Body\\n\\nPoint\",\"summary\":[\"Point\"],\"blocks\":["
              "{\"type\":\"paragraph\",\"start\":0,\"end\":4},{\"type\":\"summary\",\"start\":6,\"end\":11}]}",
              NULL);
  g_autoptr (JsonObject) plain = draft_new ("{\"text\":\"Gövde\"}");
  apply (library, memo_action_update_text (article, plain, NULL, NULL, NULL, NULL, NULL, &error), error);
  g_autoptr (MemoRecord) now = get (library, memo_record_get_uuid (article));
  g_assert_cmpstr (memo_record_get_text (now, MEMO_ARTICLE_TEXT), ==, "Gövde\n\nPoint");
  g_assert_cmpstr (memo_record_get_texts (now, MEMO_ARTICLE_SUMMARY)[0], ==, "Point");
  g_autoptr (GArray) blocks = memo_blocks_from_json (memo_record_get_text (now, MEMO_ARTICLE_BLOCKS), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (blocks->len, ==, 2);
  g_assert_cmpuint (memo_blocks_get_body_end (blocks, 12), ==, 5);
  g_assert_cmpuint (g_array_index (blocks, MemoBlock, 1).end, ==, 12);

  g_autoptr (JsonObject) other =
      draft_new ("{\"text\":\"Body\\n\\nOther\",\"summary\":[\"Other\"],\"blocks\":["
                 "{\"type\":\"paragraph\",\"start\":0,\"end\":4},{\"type\":\"summary\",\"start\":6,\"end\":11}]}");
  apply (library, memo_action_update_text (now, other, NULL, NULL, NULL, NULL, NULL, &error), error);
  g_autoptr (MemoRecord) last = get (library, memo_record_get_uuid (article));
  g_assert_cmpstr (memo_record_get_text (last, MEMO_ARTICLE_TEXT), ==, "Body\n\nOther");
  g_assert_cmpstr (memo_record_get_texts (last, MEMO_ARTICLE_SUMMARY)[0], ==, "Other");
  close_library ();
}

static void
test_damaged_draft (void)
{
  open_library ("damaged");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) draft =
      draft_new ("{\"title\":7,\"authors\":[1,{}],\"published\":\"2025-02-30\",\"references\":[3],"
                 "\"versions\":[null],\"summary\":\"s\",\"text\":null}");
  g_autoptr (MemoChange) change =
      memo_action_import (memo_library_get_index (library), draft, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (change);

  g_autoptr (JsonObject) blocks = draft_new ("{\"title\":\"x\",\"text\":\"x\",\"blocks\":[{\"type\":\"circus\"}]}");
  g_assert_null (memo_action_import (memo_library_get_index (library), blocks, NULL, NULL, NULL, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
  close_library ();
}

static void
test_url_key (void)
{
  static const struct
  {
    const char *url, *key;
  } cases[] = {
    { "https://www.Example.org/a/", "example.org/a" },
    { "http://example.org:80/a#top", "example.org/a" },
    { "https://example.org:443", "example.org" },
    { "//example.org/a?utm_source=x&id=3&fbclid=y", "example.org/a?id=3" },
    { "example.org/%D0%B0", "example.org/а" },
    { "  https://example.org/a.  ", "example.org/a" },
    { "not an address", NULL },
    { "word", NULL },
    { "", NULL },
    { NULL, NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *key = memo_url_key (cases[i].url);
      g_assert_cmpstr (key, ==, cases[i].key);
    }
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/import-action/fields", test_fields);
  g_test_add_func ("/import-action/authors", test_authors);
  g_test_add_func ("/import-action/versions", test_versions);
  g_test_add_func ("/import-action/versions/no-address", test_versions_without_address);
  g_test_add_func ("/import-action/references", test_references);
  g_test_add_func ("/import-action/update-summary", test_update_summary);
  g_test_add_func ("/import-action/damaged", test_damaged_draft);
  g_test_add_func ("/import-action/url-key", test_url_key);
  return fixture_run ();
}
