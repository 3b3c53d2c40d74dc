#include "fixture.h"

#include <string.h>

static void
add_article (Fixture *fixture, const char *title, const char *language, const char *text)
{
  g_object_unref (
      insert_record (fixture->database, make_record (MEMO_KIND_ARTICLE, MEMO_ARTICLE_TITLE, title,
                                                     MEMO_ARTICLE_LANGUAGE, language, MEMO_ARTICLE_TEXT, text, -1)));
}

static GPtrArray *
search (Fixture *fixture, const char *words, gboolean typing)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *hits = memo_database_search (fixture->database, words, typing, 50, &error);

  g_assert_no_error (error);
  return hits;
}

static void
assert_count (Fixture *fixture, const char *words, gboolean typing, guint n)
{
  g_autoptr (GPtrArray) hits = search (fixture, words, typing);

  if (hits->len != n)
    g_error ("“%s” gives %u hits, not %u", words, hits->len, n);
}

static void
fill (Fixture *fixture)
{
  add_article (fixture, "On agreements", "en",
               "The XIXth session of the Commission. It signed forty-two agreements with Turkey’s ministry; the "
               "co\xC2\xADoperation was fruitful.\n\nA second paragraph about sessions.");
  add_article (fixture, "Komisyon", "tr",
               "Komisyonun 19. oturumunda İstanbul'da anlaşmaları imzaladılar. Bakan İncesu, aşısı için konuştu.");
  add_article (fixture, "Комиссия", "ru", "Стороны довольны соглашениями, подписанными на 19-й сессии. Ёлка и мёд.");
  g_object_unref (
      insert_record (fixture->database, make_record (MEMO_KIND_AGREEMENT, MEMO_AGREEMENT_TITLE, "Sağlık anlaşması",
                                                     MEMO_AGREEMENT_SUMMARY, "Joint vaccine production", -1)));
  g_object_unref (
      insert_record (fixture->database, make_record (MEMO_KIND_PARTY, MEMO_PARTY_NAME, "İNCESU", MEMO_PARTY_ALIASES,
                                                     "[\"M. Incesu\"]", MEMO_PARTY_NAMES, "{\"ru\":\"Инджесу\"}", -1)));
  g_object_unref (insert_record (fixture->database,
                                 make_record (MEMO_KIND_ANNOTATION, MEMO_ANNOTATION_EXACT, "forty-two agreements",
                                              MEMO_ANNOTATION_COMMENT, "compare the reports", -1)));
  g_object_unref (
      insert_record (fixture->database, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "Draft", MEMO_NOTE_TEXT,
                                                     "Agreements are *listed* in the register", -1)));
}

static void
test_languages (Fixture *fixture, gconstpointer data)
{
  static const char *const casings[] = { "incesu", "İNCESU", "ıncesu", "INCESU", "İncesu" };
  static const char *const sessions[] = { "XIX",         "XIXth",        "19th",         "19",           "xix",
                                          "nineteenth",  "19-я",         "XIX-й",        "on dokuzuncu", "On Dokuzuncu",
                                          "ondokuzuncu", "on-dokuzuncu", "девятнадцатой" };

  fill (fixture);
  assert_count (fixture, "соглашение", FALSE, 1);
  assert_count (fixture, "соглашений", TRUE, 1);
  assert_count (fixture, "anlaşma", FALSE, 2);
  assert_count (fixture, "anlaşmalar", FALSE, 2);
  assert_count (fixture, "agreement", FALSE, 3);
  assert_count (fixture, "aşı", FALSE, 1);
  assert_count (fixture, "елка мед", FALSE, 1);
  assert_count (fixture, "istanbul", FALSE, 1);
  assert_count (fixture, "İstanbul’da", FALSE, 1);
  assert_count (fixture, "cooperation", FALSE, 1);
  assert_count (fixture, "Инджесу", FALSE, 1);
  for (guint i = 0; i < G_N_ELEMENTS (casings); i++)
    assert_count (fixture, casings[i], FALSE, 2);
  for (guint i = 0; i < G_N_ELEMENTS (sessions); i++)
    assert_count (fixture, sessions[i], FALSE, 3);
}

/* How the three languages and others are written, and how people type them. */
static void
test_writing (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *language, *text, *queries[10];
  } texts[] = {
    { "tr",
      "Kâğıt üretimi İZMİR ve Iğdır’da başladı; Türkiye'nin T.C. kurumları resmî açıklama yaptı. Hâlâ sürüyor.",
      { "kâğıt", "kağıt", "KAĞIT", "kagit", "izmir", "ığdır", "IĞDIR", "Türkiye", "resmi", "hala" } },
    { "ru",
      "Ещё один самолёт СССР; торгово-экономическое сотрудничество с ООН («Объединённые Нации») в XXI веке.",
      { "еще", "ЕЩЁ", "самолет", "самолёты", "торгово-экономическое", "экономического", "оон", "«Объединенные Нации»",
        "21", "сотрудничества" } },
    { "en",
      "The U.S. and the co-operation “agreement” worth 1.250,50 on 28.11.2025: Russia’s ships, O’Neill’s café and "
      "naïve "
      "plans",
      { "U.S.", "co-operation", "\"agreement\"", "“agreement”", "1.250,50", "28.11.2025", "russia", "O'Neill", "cafe",
        "naive" } },
    { "de", "Die Zusammenarbeit für Öl, Straßen und Überflüge", { "öl", "OL", "straßen", "überflüge", "uberfluge" } },
    { "fr", "L’accord à l'été: coopération économique", { "l'accord", "L’ACCORD", "cooperation", "ÉCONOMIQUE" } },
    { "es", "El convenio de cooperación del año pasado en España", { "convenio", "cooperacion", "ano", "ESPAÑA" } },
    { "ar", "وُقِّعت اتفاقية التعاون في كاراكاس", { "وقعت", "اتفاقية", "التعاون" } },
    { "zh", "中俄合作协定在北京签署", { "合作", "协定", "北京" } },
    { "el", "Η συμφωνία υπογράφηκε στην Αθήνα", { "συμφωνια", "ΑΘΗΝΑ" } },
    { "tr", "Anlaşma (agreement) соглашение imzalandı", { "agreements", "anlaşmalar", "соглашения", "imza*" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      add_article (fixture, "Writing", texts[i].language, texts[i].text);
      for (guint k = 0; k < G_N_ELEMENTS (texts[i].queries) && texts[i].queries[k] != NULL; k++)
        {
          g_autoptr (GPtrArray) hits = search (fixture, texts[i].queries[k], k % 2);
          MemoHit *newest = NULL;

          for (guint n = 0; n < hits->len; n++)
            if (newest == NULL || ((MemoHit *) hits->pdata[n])->id > newest->id)
              newest = hits->pdata[n];
          if (newest == NULL || newest->id != i + 1)
            g_error ("“%s” does not find “%s”", texts[i].queries[k], texts[i].text);
        }
    }
  /* й and и, ß and ss are no variants of each other; a part of a word is not the word. */
  assert_count (fixture, "краи", FALSE, 0);
  assert_count (fixture, "kağ", FALSE, 0);
  assert_count (fixture, "\"京北\"", FALSE, 0);
  assert_clean (fixture->database);
}

/* title: looks at titles alone, and annotations have none. */
static void
test_title (Fixture *fixture, gconstpointer data)
{
  fill (fixture);
  assert_count (fixture, "title:agreements", FALSE, 1);
  assert_count (fixture, "title:agree", TRUE, 1);
  assert_count (fixture, "заголовок:комиссии", FALSE, 1);
  assert_count (fixture, "başlık:\"sağlık anlaşması\"", FALSE, 1);
  assert_count (fixture, "agreements -title:draft", FALSE, 2);
  assert_count (fixture, "title:agreements OR title:draft", FALSE, 2);
  assert_count (fixture, "title:forty", FALSE, 0);
  assert_count (fixture, "title:", FALSE, 0);
}

static void
test_syntax (Fixture *fixture, gconstpointer data)
{
  fill (fixture);
  assert_count (fixture, "\"forty two agreements\"", FALSE, 2);
  assert_count (fixture, "\"two forty agreements\"", FALSE, 0);
  assert_count (fixture, "agreements -commission", FALSE, 2);
  assert_count (fixture, "vaccine OR mёд OR мёд", FALSE, 2);
  assert_count (fixture, "vacc*", FALSE, 1);
  assert_count (fixture, "vacc", TRUE, 1);
  assert_count (fixture, "vacci", FALSE, 0);
  assert_count (fixture, "register listed", FALSE, 1);
  /* Nothing is an error. */
  assert_count (fixture, "", TRUE, 0);
  assert_count (fixture, "\"", TRUE, 0);
  assert_count (fixture, "OR", TRUE, 0);
  assert_count (fixture, "vaccine OR", FALSE, 0);
  assert_count (fixture, "-vaccine", FALSE, 1);
  assert_count (fixture, "\"vaccine", FALSE, 1);
  assert_count (fixture, "(vaccine) ^joint: {AND} NEAR(", FALSE, 0);
  assert_count (fixture, "vaccine'); DROP TABLE note; --", FALSE, 0);
  assert_count (fixture, "\xff\xfe vaccine", FALSE, 1);
  assert_count (fixture, "*** --- ''", TRUE, 0);
  assert_clean (fixture->database);
}

static void
test_rank (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) hits = NULL;
  MemoHit *hit;
  g_autofree char *marked = NULL;

  fill (fixture);
  hits = search (fixture, "agreements", FALSE);
  g_assert_cmpuint (hits->len, ==, 3);
  hit = hits->pdata[0];
  g_assert_cmpstr (hit->title, ==, "On agreements");
  g_assert_cmpint (hit->offset, ==, strlen ("The XIXth session of the Commission. It signed forty-two "));
  g_assert_cmpstr (hit->language, ==, "en");
  g_assert_nonnull (strstr (hit->snippet, "forty-two \2agreements\3 with"));
  g_clear_pointer (&hits, g_ptr_array_unref);
  /* Exact before stemmed. */
  hits = search (fixture, "agreement", FALSE);
  g_assert_cmpuint (hits->len, ==, 3);
  g_assert_cmpfloat (((MemoHit *) hits->pdata[0])->rank, >, 0);
  g_clear_pointer (&hits, g_ptr_array_unref);
  hits = search (fixture, "vaccine", FALSE);
  hit = hits->pdata[0];
  g_assert_cmpint (hit->kind, ==, MEMO_KIND_AGREEMENT);
  g_assert_cmpstr (hit->snippet, ==, "Joint \2vaccine\3 production");
  g_assert_cmpint (hit->offset, ==, -1);
}

/* A note shows its words and not its Markdown; points of a summary are sentences, names are a list. */
static void
test_plain_snippet (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *words, *snippet;
  } cases[] = {
    { "için", "Ortak aşılar \2için\3 üretim" },
    { "aşılar", "Ortak \2aşılar\3 için üretim" },
    { "видеосвязи", "По \2видеосвязи\3. Вакцины" },
    { "Ada", "\2Ada\3, Boris" },
  };

  g_object_unref (insert_record (
      fixture->database,
      make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "Kazan", MEMO_NOTE_TEXT,
                   "# Kazan\n\nOrtak [aşılar](memo:agreement/3db32483-1111-4222-8333-444455556666) **için** üretim",
                   -1)));
  g_object_unref (
      insert_record (fixture->database, make_record (MEMO_KIND_ARTICLE, MEMO_ARTICLE_TITLE, "X", MEMO_ARTICLE_SUMMARY,
                                                     "[\"По видеосвязи.\",\"Вакцины\"]", -1)));
  g_object_unref (insert_record (fixture->database, make_record (MEMO_KIND_PARTY, MEMO_PARTY_NAME, "Y",
                                                                 MEMO_PARTY_ALIASES, "[\"Ada\",\"Boris\"]", -1)));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) hits = search (fixture, cases[i].words, FALSE);
      MemoHit *hit;

      g_assert_cmpuint (hits->len, ==, 1);
      hit = hits->pdata[0];
      g_assert_nonnull (hit->snippet);
      g_assert_cmpstr (hit->snippet, ==, cases[i].snippet);
    }
}

/* The index follows edits, the trash and undo. */
static void
test_follows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MemoRecord) note = NULL;
  g_autoptr (MemoRecord) edited = NULL;
  g_autoptr (GError) error = NULL;
  MemoChange *change;

  note = insert_record (fixture->database, make_record (MEMO_KIND_NOTE, MEMO_NOTE_TITLE, "Kazan", -1));
  edited = edit_record (note, MEMO_NOTE_TITLE, "Ankara");
  assert_count (fixture, "kazan", FALSE, 1);
  change = memo_change_new ("Rename", NULL);
  memo_change_update (change, note, edited);
  memo_notice_unref (apply (fixture->database, change));
  assert_count (fixture, "kazan", FALSE, 0);
  assert_count (fixture, "ankara", FALSE, 1);
  change = memo_change_new ("Delete", NULL);
  memo_change_trash (change, edited);
  memo_notice_unref (apply (fixture->database, change));
  assert_count (fixture, "ankara", FALSE, 0);
  memo_database_undo (fixture->database, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_count (fixture, "ankara", FALSE, 1);
  memo_database_undo (fixture->database, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_count (fixture, "kazan", FALSE, 1);
  memo_database_undo (fixture->database, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_count (fixture, "kazan", FALSE, 0);
  assert_clean (fixture->database);
}

static void
test_match (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;

  fill (fixture);
  ids = memo_database_match (fixture->database, MEMO_KIND_ARTICLE, "19", FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, 3);
  for (guint i = 1; i < ids->len; i++)
    g_assert_cmpint (g_array_index (ids, gint64, i), >, g_array_index (ids, gint64, i - 1));
  g_clear_pointer (&ids, g_array_unref);
  ids = memo_database_match (fixture->database, MEMO_KIND_ARTICLE, "…", FALSE, &error);
  g_assert_cmpuint (ids->len, ==, 3);
  g_clear_pointer (&ids, g_array_unref);
  ids = memo_database_match (fixture->database, MEMO_KIND_SECTOR, "health", FALSE, &error);
  g_assert_cmpuint (ids->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add_test ("/store/search/languages", test_languages);
  fixture_add_test ("/store/search/syntax", test_syntax);
  fixture_add_test ("/store/search/writing", test_writing);
  fixture_add_test ("/store/search/title", test_title);
  fixture_add_test ("/store/search/rank", test_rank);
  fixture_add_test ("/store/search/plain-snippet", test_plain_snippet);
  fixture_add_test ("/store/search/follows", test_follows);
  fixture_add_test ("/store/search/match", test_match);
  return g_test_run ();
}
