#include <string.h>

#include "model-fixture.h"
#include "model/memo-seed.h"

/* One library with a little of everything; what a search finds in it is written as the first letters of the titles. */

static MemoLibrary *library;

static char *
party_id (const char *code)
{
  return memo_seed_dup_uuid (MEMO_KIND_PARTY, code);
}

static char *
sector_id (const char *code)
{
  return memo_seed_dup_uuid (MEMO_KIND_SECTOR, code);
}

static MemoRecord *
add (MemoRecordBuilder *builder)
{
  MemoRecord *record = memo_record_builder_end (builder);

  fixture_insert (library, "Add", record);
  return record;
}

static MemoRecord *
add_agreement (const char *title,
               const char *kind,
               const char *when,
               const char *sector,
               const char *party,
               const char *status,
               const char *tag)
{
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_AGREEMENT, NULL);
  g_autofree char *sector_uuid = sector_id (sector);
  g_autofree char *party_uuid = party_id (party);
  const char *sectors[] = { sector_uuid, NULL }, *parties[] = { party_uuid, NULL }, *tags[] = { tag, NULL };
  g_autoptr (MemoDate) date = memo_date_new (when, NULL);

  memo_record_builder_set_text (builder, MEMO_AGREEMENT_TITLE, title);
  memo_record_builder_set_text (builder, MEMO_AGREEMENT_KIND, kind);
  memo_record_builder_set_date (builder, MEMO_AGREEMENT_SIGNED, date);
  memo_record_builder_set_texts (builder, MEMO_AGREEMENT_SECTORS, sectors);
  memo_record_builder_set_texts (builder, MEMO_AGREEMENT_PARTIES, parties);
  memo_record_builder_set_text (builder, MEMO_AGREEMENT_STATUS, status);
  memo_record_builder_set_texts (builder, MEMO_AGREEMENT_TAGS, tags);
  return add (builder);
}

static void
fill (void)
{
  g_autofree char *path = fixture_path ("search.memorandum");
  g_autoptr (MemoRecord) author = NULL;
  g_autoptr (MemoRecord) article = NULL;
  g_autoptr (MemoRecord) annotation = NULL;
  g_autoptr (MemoRecord) protocol = NULL;
  MemoRecordBuilder *builder;
  const char *authors[2] = { NULL };

  library = fixture_open (path, MEMO_OPEN_CREATE);
  builder = memo_record_builder_new (MEMO_KIND_PARTY, NULL);
  memo_record_builder_set_text (builder, MEMO_PARTY_NAME, "Deniz Aydın");
  memo_record_builder_set_text (builder, MEMO_PARTY_KIND, "person");
  author = add (builder);
  builder = memo_record_builder_new (MEMO_KIND_ARTICLE, NULL);
  authors[0] = memo_record_get_uuid (author);
  memo_record_builder_set_text (builder, MEMO_ARTICLE_TITLE, "Caracas diary");
  memo_record_builder_set_text (builder, MEMO_ARTICLE_LANGUAGE, "tr");
  memo_record_builder_set_text (builder, MEMO_ARTICLE_KIND, "news");
  memo_record_builder_set_texts (builder, MEMO_ARTICLE_AUTHORS, authors);
  memo_record_builder_set_text (builder, MEMO_ARTICLE_TEXT, "Ortak üretim başlıyor.");
  article = add (builder);
  builder = memo_record_builder_new (MEMO_KIND_ANNOTATION, NULL);
  memo_record_builder_set_text (builder, MEMO_ANNOTATION_ARTICLE, memo_record_get_uuid (article));
  memo_record_builder_set_text (builder, MEMO_ANNOTATION_EXACT, "Passage: ortak üretim");
  memo_record_builder_set_int (builder, MEMO_ANNOTATION_START, 0);
  memo_record_builder_set_int (builder, MEMO_ANNOTATION_END, 12);
  annotation = add (builder);
  protocol = add_agreement ("Vaccine protocol", "protocol", "2008-05", "122", "VE", "in_force", "draft");
  g_object_unref (add_agreement ("Tanker contract", "contract", "2025-11-28", "230", "GB", "signed", "ships"));
  builder = memo_record_builder_new (MEMO_KIND_EVIDENCE, NULL);
  memo_record_builder_set_text (builder, MEMO_EVIDENCE_RECORD, memo_record_get_uuid (protocol));
  memo_record_builder_set_text (builder, MEMO_EVIDENCE_ANNOTATION, memo_record_get_uuid (annotation));
  g_object_unref (add (builder));
  builder = memo_record_builder_new (MEMO_KIND_NOTE, NULL);
  memo_record_builder_set_text (builder, MEMO_NOTE_TITLE, "Note on vaccines");
  memo_record_builder_set_text (builder, MEMO_NOTE_TEXT, "The protocol is a tanker of words.");
  g_object_unref (add (builder));
}

static GPtrArray *
search_some (const char *words, gboolean typing, MemoFilter *filter, guint limit)
{
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *hits;

  memo_library_search_async (library, words, typing, filter, limit, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  hits = memo_library_search_finish (library, result, &error);
  g_assert_no_error (error);
  return hits;
}

static GPtrArray *
search (const char *words, gboolean typing, MemoFilter *filter)
{
  return search_some (words, typing, filter, 50);
}

static int
compare_letters (gconstpointer a, gconstpointer b)
{
  return *(const char *) a - *(const char *) b;
}

/* First letters of what is found but sectors and parties, in alphabetical order: C(aracas), N(ote), P(assage), T(anker),
 * V(accine). */
static void
assert_found (const char *words, gboolean typing, const char *letters)
{
  g_autoptr (GPtrArray) hits = search (words, typing, NULL);
  g_autoptr (GArray) found = g_array_new (TRUE, FALSE, 1);

  for (guint i = 0; i < hits->len; i++)
    {
      MemoHit *hit = hits->pdata[i];

      if (hit->kind != MEMO_KIND_SECTOR && hit->kind != MEMO_KIND_PARTY)
        g_array_append_val (found, hit->title[0]);
    }
  g_array_sort (found, compare_letters);
  if (strcmp (found->data, letters) != 0)
    g_error ("“%s” finds “%s”, not “%s”", words, found->data, letters);
}

static void
test_fields (void)
{
  assert_found ("title:protocol", FALSE, "V");
  assert_found ("başlık:PROTOCOL", FALSE, "V");
  assert_found ("заголовок:protocol", FALSE, "V");
  assert_found ("title:ortak", FALSE, "");
  assert_found ("-title:protocol vaccine", FALSE, "N");
  assert_found ("author:\"Deniz Aydın\"", FALSE, "CPV");
  assert_found ("yazar:aydin", FALSE, "CPV");
  assert_found ("автор:deniz kind:article", FALSE, "C");
  assert_found ("sector:health", FALSE, "CPV");
  assert_found ("sektör:sağlık", FALSE, "CPV");
  assert_found ("SEKTÖR:SAĞLIK", FALSE, "CPV");
  assert_found ("сектор:здравоохранение", FALSE, "CPV");
  assert_found ("sector:122", FALSE, "CPV");
  assert_found ("sector:energy", FALSE, "T");
  assert_found ("party:VE", FALSE, "CPV");
  assert_found ("party:\"United Kingdom\"", FALSE, "T");
  assert_found ("taraf:“Birleşik Krallık”", FALSE, "T");
  assert_found ("сторона:Великобритания", FALSE, "T");
  assert_found ("party:uk", FALSE, "T");
  assert_found ("status:in_force kind:agreement", FALSE, "V");
  assert_found ("status:\"in force\" kind:agreement", FALSE, "V");
  assert_found ("durum:imzalandı", FALSE, "T");
  assert_found ("статус:подписано", FALSE, "T");
  assert_found ("lang:tr kind:article", FALSE, "C");
  assert_found ("dil:türkçe kind:article", FALSE, "C");
  assert_found ("язык:турецкий kind:article", FALSE, "C");
  assert_found ("tag:draft", FALSE, "V");
  assert_found ("etiket:DRAFT", FALSE, "V");
  assert_found ("тег:ships", FALSE, "T");
  assert_found ("метка:ships", FALSE, "T");
  assert_found ("after:2020", FALSE, "T");
  assert_found ("sonra:2025-11", FALSE, "T");
  assert_found ("после:2020", FALSE, "T");
  assert_found ("before:2008", FALSE, "V");
  assert_found ("before:2008-04", FALSE, "");
  assert_found ("before:\"31 Mayıs 2008\"", FALSE, "V");
  assert_found ("до:2008 sonra:2008", FALSE, "V");
  assert_found ("kind:contract", FALSE, "T");
  assert_found ("tür:sözleşme", FALSE, "T");
  assert_found ("вид:контракт", FALSE, "T");
  assert_found ("kind:note", FALSE, "N");
}

static void
test_together (void)
{
  assert_found ("vaccine kind:agreement", FALSE, "V");
  assert_found ("kind:agreement vaccine", FALSE, "V");
  assert_found ("vaccine -sector:health", FALSE, "N");
  assert_found ("kind:agreement -tag:draft", FALSE, "T");
  assert_found ("kind:agreement -vaccine", FALSE, "T");
  assert_found ("-vaccine kind:agreement", FALSE, "T");
  assert_found ("kind:agreement -after:2020", FALSE, "V");
  assert_found ("sector:health sector:energy", FALSE, "");
  assert_found ("sector:energy OR kind:note", FALSE, "NT");
  assert_found ("status:signed OR ortak kind:article", FALSE, "CT");
  assert_found ("protocol kind:agreement OR tanker kind:note", FALSE, "NV");
}

/* Nothing is an error: what is no field word is plain words. */
static void
test_malformed (void)
{
  assert_found ("colour:red", FALSE, "");
  assert_found ("protocol:vaccine", FALSE, "NV");
  assert_found ("sector:nonsense", FALSE, "");
  assert_found ("tag:vaccine", FALSE, "");
  assert_found ("kind:", FALSE, "");
  assert_found ("sector: vaccine", FALSE, "");
  assert_found ("after:yesteryear", FALSE, "");
  assert_found ("title:", FALSE, "");
  assert_found ("party:\"", FALSE, "");
  assert_found ("lang:qq", FALSE, "");
  assert_found (":::", FALSE, "");
  assert_found ("-", FALSE, "");
  assert_found ("-sector:", FALSE, "");
}

/* Whatever is typed is answered. */
static void
test_anything (void)
{
  static const char *const parts[] = {
    "sector:", "-",     "\"",      "“",        " ",     "OR ",  "party:", "VE",      "health", "*", "title:", "after:",
    "2019",    "kind:", "ИЛИ ",    "тег:",     "draft", "до:",  "ve",     ":",       "^",      "(", ")",      "NEAR(",
    "{",       "'",     "author:", "vaccine ", "\2",    "\xff", "−",      "status:", "ı",      "\t"
  };

  for (guint i = 0; i < 1500; i++)
    {
      g_autoptr (GString) words = g_string_new (NULL);
      g_autoptr (GPtrArray) hits = NULL;
      g_autoptr (MemoFilter) all = memo_filter_new ();

      for (int n = g_test_rand_int_range (1, 12); n > 0; n--)
        g_string_append (words, parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);
      hits = search (words->str, i % 2, NULL);
      if (i % 10 == 0)
        {
          g_autofree char *valid = g_utf8_make_valid (words->str, -1);
          g_autoptr (MemoFilter) filter = memo_filter_with_words (all, valid);
          g_autoptr (MemoSelection) selection = fixture_select (library, filter);

          g_assert_nonnull (selection);
        }
    }
}

static void
test_typing (void)
{
  assert_found ("sector:he", TRUE, "CPV");
  assert_found ("sector:здрав", TRUE, "CPV");
  assert_found ("party:\"united k", TRUE, "T");
  assert_found ("party:vene", TRUE, "CPV");
  assert_found ("tag:dra", TRUE, "V");
  assert_found ("tag:dra", FALSE, "");
  assert_found ("status:sig", TRUE, "T");
  assert_found ("kind:contr", TRUE, "T");
  assert_found ("title:proto", TRUE, "V");
  assert_found ("kind:agreement vacc", TRUE, "V");
  assert_found ("proto kind:agreement", TRUE, "");
}

static MemoHit *
find_hit (GPtrArray *hits, MemoKind kind)
{
  for (guint i = 0; i < hits->len; i++)
    if (((MemoHit *) hits->pdata[i])->kind == kind)
      return hits->pdata[i];
  return NULL;
}

/* The names in the register lead from one language to the others. */
static void
test_names (void)
{
  static const char *const health[] = { "health",          "HEALTH",          "sağlık",          "sağlığa", "SAĞLIK",
                                        "здравоохранение", "здравоохранения", "Здравоохранению", "medicine" };
  static const char *const venezuela[] = { "Venezuela", "venezuela", "Венесуэла",
                                           "Венесуэлы", "венесуэле", "Venezuela'nın" };
  g_autoptr (GPtrArray) hits = NULL;
  g_autofree char *code = sector_id ("120");
  g_autofree char *state = party_id ("VE");

  for (guint i = 0; i < G_N_ELEMENTS (health); i++)
    {
      g_autoptr (GPtrArray) found = search (health[i], FALSE, NULL);
      MemoHit *hit;

      if (strcmp (health[i], "medicine") == 0)
        continue;
      g_test_message ("%s", health[i]);
      hit = find_hit (found, MEMO_KIND_SECTOR);
      g_assert_nonnull (hit);
      g_assert_cmpstr (hit->uuid, ==, code);
      hit = find_hit (found, MEMO_KIND_AGREEMENT);
      g_assert_nonnull (hit);
      g_assert_cmpstr (hit->title, ==, "Vaccine protocol");
      g_assert_cmpstr (hit->reason, ==, "Sector: Health");
      hit = find_hit (found, MEMO_KIND_ANNOTATION);
      g_assert_nonnull (hit);
      g_assert_cmpstr (hit->title, ==, "Passage: ortak üretim");
    }
  for (guint i = 0; i < G_N_ELEMENTS (venezuela); i++)
    {
      g_autoptr (GPtrArray) found = search (venezuela[i], FALSE, NULL);
      MemoHit *hit;

      g_test_message ("%s", venezuela[i]);
      hit = find_hit (found, MEMO_KIND_PARTY);
      g_assert_nonnull (hit);
      g_assert_cmpstr (hit->uuid, ==, state);
      hit = find_hit (found, MEMO_KIND_AGREEMENT);
      g_assert_nonnull (hit);
      g_assert_cmpstr (hit->reason, ==, "Party: Venezuela");
    }
  /* Several names, and words beside them. */
  assert_found ("Венесуэла здравоохранение", FALSE, "CPV");
  assert_found ("Венесуэла энергетика", FALSE, "");
  assert_found ("великобритания tanker", FALSE, "T");
  assert_found ("здравоохранение -vaccine", FALSE, "CP");
  assert_found ("здравоохранение kind:agreement", FALSE, "V");
  /* What holds the words itself stands first. */
  hits = search ("vaccine", FALSE, NULL);
  g_assert_null (((MemoHit *) hits->pdata[0])->reason);
}

/* Names stand in the list however many records hold the words, and never make it longer. */
static void
test_limit (void)
{
  g_autofree char *health = sector_id ("120");
  g_autoptr (MemoChange) change = memo_change_new ("Add notes", NULL);

  for (guint i = 0; i < 60; i++)
    {
      MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_NOTE, NULL);
      g_autoptr (MemoRecord) note = NULL;

      memo_record_builder_set_text (builder, MEMO_NOTE_TITLE, "Ministry of health");
      note = memo_record_builder_end (builder);
      memo_change_insert (change, note);
    }
  fixture_apply (library, change);
  for (guint limit = 1; limit <= 50; limit += 7)
    {
      g_autoptr (GPtrArray) hits = search_some ("health", FALSE, NULL, limit);

      g_assert_cmpuint (hits->len, ==, limit);
      g_assert_cmpstr (((MemoHit *) hits->pdata[0])->uuid, ==, health);
      for (guint i = 1; i < hits->len; i++)
        g_assert_cmpfloat (((MemoHit *) hits->pdata[i])->rank, >=, ((MemoHit *) hits->pdata[i - 1])->rank);
      if (limit > 5)
        {
          guint names = 0;

          for (guint i = 0; i < hits->len; i++)
            names += ((MemoHit *) hits->pdata[i])->kind != MEMO_KIND_NOTE;
          g_assert_cmpuint (names, >=, 5);
        }
    }
}

/* Field words work wherever a filter has words. */
static void
test_filter (void)
{
  static const char *const words[] = { "sector:health", "party:VE -after:2020", "сектор:здравоохранение",
                                       "vaccine kind:agreement" };
  g_autoptr (MemoFilter) all = memo_filter_new ();

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (MemoFilter) filter = memo_filter_with_words (all, words[i]);
      g_autoptr (MemoSelection) selection = fixture_select (library, filter);
      g_autoptr (GPtrArray) hits = search ("vaccine OR tanker", FALSE, filter);

      g_assert_cmpuint (memo_selection_get_count (selection, MEMO_KIND_AGREEMENT), ==, 1);
      g_assert_true (memo_selection_get_filter (selection) == filter);
      g_assert_nonnull (find_hit (hits, MEMO_KIND_AGREEMENT));
      g_assert_cmpstr (find_hit (hits, MEMO_KIND_AGREEMENT)->title, ==, "Vaccine protocol");
      g_assert_null (find_hit (hits, MEMO_KIND_NOTE));
    }
}

/* A renamed party is found by its new name at once. */
static void
test_follows (void)
{
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_PARTY, NULL);
  g_autoptr (MemoRecord) party = NULL;
  g_autoptr (GPtrArray) before = search ("Zubrowka", FALSE, NULL);
  g_autoptr (GPtrArray) after = NULL;

  memo_record_builder_set_text (builder, MEMO_PARTY_NAME, "Zubrowka");
  party = add (builder);
  after = search ("Zubrowka", FALSE, NULL);
  g_assert_cmpuint (before->len, ==, 0);
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_cmpstr (((MemoHit *) after->pdata[0])->uuid, ==, memo_record_get_uuid (party));
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = memo_library_search_finish (MEMO_LIBRARY (source), result, &error);

  g_assert_null (hits);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  ++*(guint *) data;
}

/* Every key stroke takes back the question before it. */
static void
test_cancelled (void)
{
  guint cancelled = 0;
  g_autoptr (GPtrArray) last = NULL;

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();

      memo_library_search_async (library, "vac", TRUE, NULL, 50, cancellable, cancelled_cb, &cancelled);
      g_cancellable_cancel (cancellable);
    }
  last = search ("vaccine", TRUE, NULL);
  while (cancelled < 20)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (last->len, >, 0);
}

static void
test_close (void)
{
  fixture_close (library);
  g_clear_object (&library);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  fill ();
  g_test_add_func ("/model/search/fields", test_fields);
  g_test_add_func ("/model/search/together", test_together);
  g_test_add_func ("/model/search/malformed", test_malformed);
  g_test_add_func ("/model/search/anything", test_anything);
  g_test_add_func ("/model/search/typing", test_typing);
  g_test_add_func ("/model/search/names", test_names);
  g_test_add_func ("/model/search/filter", test_filter);
  g_test_add_func ("/model/search/follows", test_follows);
  g_test_add_func ("/model/search/cancelled", test_cancelled);
  g_test_add_func ("/model/search/limit", test_limit);
  g_test_add_func ("/model/search/close", test_close);
  return fixture_run ();
}
