#include "model-fixture.h"
#include "model/memo-words.h"

static void
test_words (void)
{
  g_assert_cmpstr (memo_word_status ("in_force"), ==, "In force");
  g_assert_cmpstr (memo_word_status (NULL), ==, "");
  g_assert_cmpstr (memo_word_status ("something else"), ==, "something else");
  g_assert_cmpstr (memo_word_kind (MEMO_KIND_AGREEMENT, "memorandum"), ==, "Memorandum");
  g_assert_cmpstr (memo_word_kind (MEMO_KIND_ARTICLE, "news"), ==, "News");
  g_assert_cmpstr (memo_word_kind (MEMO_KIND_EVENT, "founding"), ==, "Founding");
  g_assert_cmpstr (memo_word_kind (MEMO_KIND_BODY, "forum"), ==, "Forum");
  g_assert_cmpstr (memo_word_kind (MEMO_KIND_PARTY, "state"), ==, "State");
  g_assert_cmpstr (memo_word_kind (MEMO_KIND_NOTE, "x"), ==, "x");
  g_assert_cmpstr (memo_word_record (MEMO_KIND_FOLLOW_UP), ==, "Follow-up");
  g_assert_cmpstr (memo_word_color ("purple"), ==, "Purple");
  g_assert_cmpstr (memo_word_facet (MEMO_FACET_SOURCE), ==, "Source");
  g_assert_cmpstr (memo_word_action ("Add highlight"), ==, "Add highlight");
  g_assert_cmpstr (memo_word_action (NULL), ==, "");
}

/* Every kind, field and value has a word of its own. */
static void
test_complete (void)
{
  for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
    {
      guint n;
      const MemoFieldInfo *fields = memo_kind_get_fields (kind, &n);
      g_assert_cmpstr (memo_word_record (kind), !=, "");
      for (guint i = 0; i < n; i++)
        {
          MemoField field = MEMO_FIELD (kind, i);
          const char *const *values = memo_word_get_values (field);
          g_assert_cmpstr (memo_word_field (fields[i].name), !=, fields[i].name);
          for (guint k = 0; values != NULL && values[k] != NULL; k++)
            {
              const char *word = g_str_equal (fields[i].name, "status")  ? memo_word_status (values[k])
                                 : g_str_equal (fields[i].name, "color") ? memo_word_color (values[k])
                                                                         : memo_word_kind (kind, values[k]);
              g_assert_cmpstr (word, !=, values[k]);
            }
        }
    }
  for (guint i = 0; i < MEMO_N_FACETS; i++)
    g_assert_cmpstr (memo_word_facet (i), !=, "");
}

static void
test_names (void)
{
  g_autofree char *path = fixture_path ("words.memorandum");
  g_autoptr (MemoLibrary) library = fixture_open (path, MEMO_OPEN_CREATE);
  MemoIndex *index = memo_library_get_index (library);
  const char *uuids[] = { memo_record_get_uuid (memo_index_find_party (index, "RU")), "gone",
                          memo_record_get_uuid (memo_index_find_party (index, "VE")), NULL };
  g_autofree char *names = memo_word_names (index, MEMO_KIND_PARTY, uuids);
  g_autofree char *in_russian = memo_word_names_in (index, MEMO_KIND_PARTY, uuids, "ru");
  g_autofree char *one = memo_word_name (index, MEMO_KIND_PARTY, uuids[0]);
  g_autofree char *none = memo_word_name (index, MEMO_KIND_PARTY, NULL);

  g_assert_cmpstr (names, ==, "Russia, Venezuela");
  g_assert_cmpstr (in_russian, ==, "Россия, Венесуэла");
  g_assert_cmpstr (one, ==, "Russia");
  g_assert_cmpstr (none, ==, "");
  fixture_close (library);
}

static MemoRecord *
make_article (const char *outlet, const char *author)
{
  g_autoptr (MemoDate) date = memo_date_new ("2025-11-30", NULL);
  const char *authors[] = { author, NULL };
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_ARTICLE, NULL);
  memo_record_builder_set_text (builder, MEMO_ARTICLE_TITLE, "A new chapter");
  memo_record_builder_set_text (builder, MEMO_ARTICLE_OUTLET, outlet);
  memo_record_builder_set_texts (builder, MEMO_ARTICLE_AUTHORS, authors);
  memo_record_builder_set_date (builder, MEMO_ARTICLE_PUBLISHED, date);
  memo_record_builder_set_text (builder, MEMO_ARTICLE_TEXT, "First.\n\nSecond.");
  memo_record_builder_set_text (builder, MEMO_ARTICLE_BLOCKS,
                                "[{\"type\":\"paragraph\",\"start\":0,\"end\":6},"
                                "{\"type\":\"paragraph\",\"start\":8,\"end\":15}]");
  return memo_record_builder_end (builder);
}

static void
test_citation (void)
{
  g_autofree char *path = fixture_path ("citation.memorandum");
  g_autoptr (MemoLibrary) library = fixture_open (path, MEMO_OPEN_CREATE);
  MemoIndex *index = memo_library_get_index (library);
  const char *author = memo_record_get_uuid (memo_index_find_party (index, "NATO"));
  g_autoptr (MemoRecord) article = make_article ("Kavşak Institute", author);
  g_autoptr (MemoRecord) loose = make_article (NULL, author);
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_ANNOTATION, NULL);
  memo_record_builder_set_int (builder, MEMO_ANNOTATION_START, 8);
  g_autoptr (MemoRecord) annotation = memo_record_builder_end (builder);

  g_autofree char *full = memo_word_citation (index, article, annotation);
  g_autofree char *plain = memo_word_citation (index, loose, NULL);
  g_assert_cmpstr (full, ==, "Kavşak Institute, “A new chapter”, 30 November 2025, ¶ 2");
  g_assert_cmpstr (plain, ==, "North Atlantic Treaty Organization, “A new chapter”, 30 November 2025");
  g_assert_cmpuint (memo_word_paragraph (article, annotation), ==, 2);
  g_assert_cmpuint (memo_word_paragraph (article, NULL), ==, 0);
  fixture_close (library);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/words/words", test_words);
  g_test_add_func ("/words/complete", test_complete);
  g_test_add_func ("/words/names", test_names);
  g_test_add_func ("/words/citation", test_citation);
  return fixture_run ();
}
