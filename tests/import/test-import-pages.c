#include "import-test.h"

/* Pages and pasted texts with the furniture of other sites: what their heads say, and that none of it stays in the body. */

typedef struct
{
  const char *file, *title, *subtitle, *kind, *published;
  const char *authors[3];
  guint points;
  const char *versions[2];
  const char *begin; /* of the body */
  const char *without[8];
} Case;

static const Case cases[] = {
  { "council-en.html",
    "Kazakhstan and Türkiye sign 20 documents at Strategic Council",
    "Health, transit and defence industry dominate the sixth meeting of the council",
    "news",
    "2025-10-14",
    { "Aigerim Bekova", "Murat Şahin" },
    0,
    { "tr", "ru" },
    "ASTANA, 14 October 2025",
    { "min read", "Telegram", "weekly brief", "Read also", "Tags:", "diplomatic correspondent", "First!",
      "Grain deal" } },
  { "council-tr.html",
    "Astana'da imzalanan yirmi belge ne anlatıyor?",
    NULL,
    "analysis",
    "2025-10-16",
    { "Işıl İncirli" },
    3,
    { "en", "ru" },
    "Kazakistan ile Türkiye,",
    { "Okuma süresi", "Paylaş", "WhatsApp", "mevcut", "Yazar Hakkında", "kıdemli", "Benzer", "Hazar" } },
  { "council-ru.html",
    "Двадцать документов Астаны: что за ними стоит",
    "Из двадцати соглашений подробно известны только два.",
    "analysis",
    "2025-10-17",
    { "Ышыл Инджирли" },
    0,
    { "en", "tr" },
    "Казахстан и Турция подписали",
    { "Автор:", "Поделиться", "Одноклассники", "доступен", "Об авторе", "сотрудник", "Читайте", "Каспий" } },
  { "visit-en.html",
    "Seoul and Tashkent: sixteen memoranda, one question",
    NULL,
    "analysis",
    "2024-04-11",
    { "Kim Min-jun" },
    3,
    { NULL },
    "On 11 April 2024 the Republic",
    { "Posted on", "Leave a comment", "Facebook", "Key takeaways", "Download", "Related", "professor", "Recent" } },
  { "visit-tr.html",
    "Türkiye ile Irak 26 anlaşma imzaladı",
    "İki ülke arasında savunma sanayii, ticaret, sağlık ve eğitim gibi alanlarda 26 anlaşma imzalandı.",
    "news",
    "2024-04-22",
    { "Haydar Karaalp", "Ömer Faruk Çelik" },
    0,
    { NULL },
    "Bağdat",
    { "Gündem", "Güncelleme", "ilginizi", "Petrol", "İlgili konular" } },
  { "wire-en.txt",
    "China, Pakistan agree on 21 documents as commission meets",
    NULL,
    "news",
    "2025-09-05",
    { "Reporter Name", "Another Writer" },
    0,
    { NULL },
    "Item 1 of 2 Delegations",
    { "Skip to", "Updated", "Related", "Gold" } },
  { "wire-tr.txt",
    "Türkiye ile Özbekistan 12 anlaşma imzaladı",
    NULL,
    "news",
    "2024-06-03",
    { "Gülşah ÇIĞLIK" },
    0,
    { NULL },
    "Ankara\n",
    { "03.06.2024", "Paylaş", "Twitter", "Etiketler", "İlgili", "Semerkant" } },
  { "wire-ru.txt",
    "Россия и Индия подписали 29 документов по итогам саммита",
    NULL,
    "news",
    "2025-12-05",
    { NULL },
    0,
    { NULL },
    "НЬЮ-ДЕЛИ, 5 декабря.",
    { "Редакция", "14:30", "Поделиться", "Теги", "Похожие", "Итоги" } },
  { "council-tr.txt",
    "Belgrad–Ankara hattında on bir imza",
    NULL,
    "analysis",
    "2024-10-12",
    { "Çağrı Özışık" },
    3,
    { NULL },
    "Türkiye ile Sırbistan, 11 Ekim",
    { "Dr. Öğr.", "Cumartesi", "YAZAR", "öğretim üyesidir" } },
};

static void
test_page (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (JsonObject) draft = parse_fixture (test->file);
  g_autofree char *body = body_of (draft);

  g_assert_cmpstr (get (draft, "title"), ==, test->title);
  g_assert_cmpstr (get (draft, "subtitle"), ==, test->subtitle);
  g_assert_cmpstr (get (draft, "kind"), ==, test->kind);
  g_assert_cmpstr (get (draft, "published"), ==, test->published);
  for (guint i = 0; i < G_N_ELEMENTS (test->authors); i++)
    if (test->authors[i])
      g_assert_cmpstr (nth_string (draft, "authors", i), ==, test->authors[i]);
    else
      {
        g_assert_cmpuint (count (draft, "authors"), ==, i);
        break;
      }
  g_assert_cmpuint (count (draft, "summary"), ==, test->points);
  for (guint i = 0; i < G_N_ELEMENTS (test->versions) && test->versions[i]; i++)
    g_assert_cmpstr (get (nth (draft, "versions", i), "language"), ==, test->versions[i]);
  g_assert_cmpuint (count (draft, "versions"), ==, test->versions[0] ? 2 : 0);
  if (!g_str_has_prefix (body, test->begin))
    g_error ("The body does not begin with “%s”: %s", test->begin, body);
  for (guint i = 0; i < G_N_ELEMENTS (test->without) && test->without[i]; i++)
    assert_without (body, test->without[i]);
}

/* A short report is no summary of what stands behind it. */
static void
test_short (void)
{
  g_autoptr (JsonObject) draft =
      parse_text ("Two states agree on fisheries\n\nBy Ann Other\n\nThe ministers met on the coast.\n\n"
                  "Five agreements were signed in an hour.\n\nNobody spoke to the press.\n\n"
                  "Related Articles\n\nGold hits record\n",
                  -1, "short.txt");
  g_autofree char *body = body_of (draft);

  g_assert_cmpuint (count (draft, "summary"), ==, 0);
  g_assert_nonnull (strstr (body, "Five agreements"));
  assert_without (body, "Gold");
}

/* Days within a chronology are its own. */
static void
test_chronology (void)
{
  g_autoptr (JsonObject) draft =
      parse_text ("<html><head><title>Ten years of talks</title><meta property=\"article:published_time\" "
                  "content=\"2024-05-01\"></head><body><article><h1>Ten years of talks</h1>"
                  "<p>What was said, and when, in the words of those who were there.</p>"
                  "<p>12 March 2014</p><p>The first meeting takes place in a hotel at the harbour, and "
                  "nobody expects that there will be a second one after it.</p>"
                  "<p>3 April 2019</p><p>The treaty is signed at last, in two copies, both of them "
                  "authentic, and is registered before the year is over.</p></article></body></html>",
                  -1, "chronology.html");
  g_autofree char *body = body_of (draft);

  g_assert_cmpstr (get (draft, "published"), ==, "2024-05-01");
  g_assert_nonnull (strstr (body, "12 March 2014"));
  g_assert_nonnull (strstr (body, "3 April 2019"));
}

/* Files of other programs are no articles, whatever letters their bytes would make. */
static void
test_foreign (void)
{
  static const char *const starts[] = { "\177ELF\2\1\1", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "\x89PNG\r\n\x1A\n",
                                        "SQLite format 3" };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autoptr (GString) file = g_string_new (starts[i]);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;

      for (guint j = 0; j < 600; j++)
        g_string_append_len (file, "w\0rds\0\0", 7);
      bytes = g_bytes_new (file->str, file->len);
      g_assert_null (memo_import_parse (bytes, "file.txt", NULL, &error));
      g_assert_error (error, MEMO_ERROR, MEMO_ERROR_FORMAT);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/import/pages/", cases[i].file, NULL);
      g_test_add_data_func (path, &cases[i], test_page);
    }
  g_test_add_func ("/import/pages/foreign", test_foreign);
  g_test_add_func ("/import/pages/short", test_short);
  g_test_add_func ("/import/pages/chronology", test_chronology);
  return g_test_run ();
}
