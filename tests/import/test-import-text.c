#include "import-test.h"

#include "base/memo-text.h"

typedef struct
{
  const char *file, *language, *title, *author, *written, *point, *caption;
  const char *citing, *cited_author, *cited_title, *cited_outlet, *url;
  const char *versions[2];
} Case;

static const Case cases[] = {
  { "paste-en.txt",
    "en",
    "Two capitals, one screen: what a day of signatures leaves behind",
    "Deniz İncesu",
    "30 November 2025",
    "The lasting result is the commission and its calendar.",
    "The delegations on the screen, 28 November. Photo: Harbour Institute",
    "Notes",
    "M. Salvaterra",
    "Commission ends its nineteenth session",
    "Harbour Press",
    "https://harbour.example/2025/11/28/session",
    { "tr", "ru" } },
  { "paste-tr.txt",
    "tr",
    "Tek ekranda iki başkent: bir günlük imzadan geriye ne kalıyor",
    "Deniz İncesu",
    "30 Kasım 2025",
    "Kalıcı sonuç komisyonun kendisi ve takvimidir.",
    NULL,
    "Dipnotlar",
    "M. Salvaterra",
    "Komisyon on dokuzuncu oturumunu bitirdi",
    "Liman Haber",
    "https://liman.example/2025/11/28/oturum",
    { "en", "ru" } },
  { "paste-ru.txt",
    "ru",
    "Две столицы на одном экране: что остаётся от дня подписей",
    "Дениз Инджесу",
    "30 ноября 2025 г.",
    "Прочный итог — сама комиссия и её календарь.",
    NULL,
    "Примечания",
    "Салватерра М.",
    "Комиссия завершила девятнадцатую сессию",
    "Вести гавани",
    "https://gavan.example/2025/11/28/sessiya",
    { "en", "tr" } },
};

/* A page that was copied from a browser. */
static void
test_paste (gconstpointer data)
{
  static const char *const furniture[] = { "Share",         "WhatsApp",       "Paylaş",           "Поделиться",
                                           "available",     "mevcuttur",      "доступна",         "Similar",
                                           "Benzer",        "Похожие",        "eighteenth",       "On sekizinci",
                                           "восемнадцатая", "senior fellow",  "kıdemli",          "старший научный",
                                           "Skip to",       "About us",       "About the author", "Yazar hakkında",
                                           "Об авторе",     "Leave a comment" };
  const Case *test = data;
  g_autoptr (JsonObject) draft = parse_fixture (test->file);
  g_autofree char *body = body_of (draft);
  JsonObject *reference, *ibid;

  g_assert_cmpstr (get (draft, "format"), ==, "text");
  g_assert_cmpstr (get (draft, "language"), ==, test->language);
  g_assert_cmpstr (get (draft, "kind"), ==, "analysis");
  g_assert_cmpstr (get (draft, "title"), ==, test->title);
  g_assert_cmpuint (count (draft, "authors"), ==, 1);
  g_assert_cmpstr (nth_string (draft, "authors", 0), ==, test->author);
  g_assert_cmpstr (get (draft, "published"), ==, "2025-11-30");
  g_assert_cmpstr (get (draft, "published_written"), ==, test->written);
  g_assert_cmpuint (count (draft, "summary"), ==, 3);
  g_assert_cmpstr (nth_string (draft, "summary", 2), ==, test->point);
  g_assert_cmpuint (count (draft, "versions"), ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpstr (get (nth (draft, "versions", i), "language"), ==, test->versions[i]);
  g_assert_cmpuint (count (draft, "biographies"), ==, 1);
  g_assert_cmpstr (get (nth (draft, "biographies", 0), "author"), ==, test->author);

  for (guint i = 0; i < G_N_ELEMENTS (furniture); i++)
    assert_without (body, furniture[i]);
  assert_without (body, test->point);
  assert_without (body, test->title);
  assert_block (draft, "heading", 1, test->citing);
  if (test->caption)
    assert_block (draft, "caption", 0, test->caption);

  g_assert_cmpuint (count (draft, "references"), ==, 2);
  reference = nth (draft, "references", 0);
  ibid = nth (draft, "references", 1);
  g_assert_cmpstr (get (reference, "label"), ==, "i");
  g_assert_cmpstr (get (reference, "author"), ==, test->cited_author);
  g_assert_cmpstr (get (reference, "title"), ==, test->cited_title);
  g_assert_cmpstr (get (reference, "outlet"), ==, test->cited_outlet);
  g_assert_cmpstr (get (reference, "published"), ==, "2025-11-28");
  g_assert_cmpstr (get (reference, "accessed"), ==, "2025-11-29");
  g_assert_cmpstr (get (reference, "url"), ==, test->url);
  g_assert_true (json_object_get_boolean_member (ibid, "ibid"));
  g_assert_cmpstr (get (ibid, "title"), ==, test->cited_title);
}

static void
test_dateline (void)
{
  g_autoptr (JsonObject) draft = parse_fixture ("paste-en.txt");
  g_autoptr (JsonObject) agency = parse_text (
      "Bakanlar kırk iki belge imzaladı\n\nANKARA (AA) – Bakanlar dün akşam görüntülü bir toplantıda bir araya geldi; "
      "sağlık, bilim, ulaştırma ve ekonomi alanlarında kırk iki belge imzalandığı, takvimin ise sonra "
      "açıklanacağı bildirildi.\n",
      -1, "a.txt");

  g_assert_cmpstr (get (draft, "place"), ==, "LISBOA");
  g_assert_cmpstr (get (agency, "place"), ==, "ANKARA");
  g_assert_cmpstr (get (agency, "title"), ==, "Bakanlar kırk iki belge imzaladı");
  g_assert_false (json_object_has_member (agency, "published"));
}

/* Lines of a fixed width belong together. */
/* The dateline may stand alone in its line, where it looks like a heading. */
static void
test_lone_dateline (void)
{
  static const struct
  {
    const char *line, *place;
  } lines[] = {
    { "ANKARA, 12 March 2024", "ANKARA" },
    { "Ankara, 12 March 2024", "Ankara" },
    { "12 March 2024", NULL },
    { "12 March 2024, Ankara", "Ankara" },
    { "NEW YORK – March 12, 2024", "NEW YORK" },
    { "ANKARA (AA) – 12 Mart 2024", "ANKARA" },
    { "МОСКВА, 12 марта 2024 года", "МОСКВА" },
    { "Москва. 12 марта 2024 г.", "Москва" },
  };
  static const char body[] =
      "The two ministries signed the protocol on 3 May 2014 in the capital. It was the first of five "
      "agreements on water, and the ministers said that others would follow it soon.";

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    for (guint gaps = 1; gaps <= 2; gaps++)
      {
        const char *gap = gaps == 1 ? "\n" : "\n\n";
        g_autofree char *text =
            g_strconcat ("The river treaty after ten years", gap, lines[i].line, gap, body, gap, body, "\n", NULL);
        g_autoptr (JsonObject) draft = parse_text (text, -1, "river.txt");

        g_assert_cmpstr (get (draft, "title"), ==, "The river treaty after ten years");
        g_assert_cmpstr (get (draft, "published"), ==, "2024-03-12");
        g_assert_cmpstr (get (draft, "place"), ==, lines[i].place);
        g_assert_true (g_str_has_prefix (get (draft, "text"), "The two ministries"));
      }
}

/* A heading that names a day is one. */
static void
test_dated_heading (void)
{
  static const char text[] =
      "The river treaty after ten years\n\nWhat was signed on 12 March 2024\n\nThe two ministries signed the protocol "
      "in the "
      "capital. It was the first of five agreements on water, and the ministers said that others would follow it "
      "soon.\n\n"
      "A second paragraph says that the agreements are still in force, and that nobody thinks of ending any of them.\n";
  g_autoptr (JsonObject) draft = parse_text (text, -1, "river.txt");
  g_autofree char *heading = block_text (draft, "heading", 0);

  g_assert_cmpstr (heading, ==, "What was signed on 12 March 2024");
  g_assert_cmpstr (get (draft, "published"), ==, NULL);
}

/* UTF-16 as Windows programs write it, with and without a mark. */
static void
test_utf16 (void)
{
  static const char *const texts[] = {
    "Two papers on water\n\nThe ministers signed them, and went home on the same day.\n",
    "Два документа о воде\n\nМинистры подписали их и в тот же день уехали домой.\n",
    "Su üzerine iki belge\n\nBakanlar belgeleri imzaladı ve aynı gün ülkelerine döndü.\n",
  };
  static const char *const encodings[] = { "UTF-16LE", "UTF-16BE", "UTF-16" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint k = 0; k < G_N_ELEMENTS (encodings); k++)
      {
        gsize length = 0;
        g_autofree char *bytes = g_convert (texts[i], -1, encodings[k], "UTF-8", NULL, &length, NULL);
        g_autoptr (JsonObject) draft = parse_text (bytes, length, "water.txt");

        g_assert_true (g_str_has_prefix (texts[i], get (draft, "title")));
        g_assert_nonnull (strstr (texts[i], get (draft, "text")));
      }
}

static void
test_wrapped (void)
{
  static const char text[] = "A plan of the two ministries\n"
                             "\n"
                             "The two ministries have agreed on a plan that\n"
                             "gathers health, science and transport under one\n"
                             "calendar, and that is to be looked at every year by\n"
                             "the commission which was founded for it, in turns.\n"
                             "\n"
                             "The next session is to be held in spring, and what\n"
                             "was promised in the last one will be read out then,\n"
                             "as the secretary said when the session was closed.\n";
  g_autoptr (JsonObject) draft = parse_text (text, -1, "a.txt");

  g_assert_cmpstr (get (draft, "title"), ==, "A plan of the two ministries");
  g_assert_cmpuint (count (draft, "blocks"), ==, 2);
  assert_block (
      draft, "paragraph", 1,
      "The next session is to be held in spring, and what was promised in the last one will be read out then, as the "
      "secretary said when the session was closed.");
}

static void
test_short (void)
{
  g_autoptr (JsonObject) draft = parse_text ("Forty-two agreements were signed.", -1, NULL);
  g_autoptr (JsonObject) odd = parse_text ("x", -1, "note.txt");

  g_assert_true (strstr (get (draft, "text"), "agreements") || strstr (get (draft, "title"), "agreements"));
  g_assert_nonnull (odd);
}

/* Blocks cover the text in order, and offsets are code points. */
static void
test_offsets (void)
{
  g_autoptr (JsonObject) draft = parse_fixture ("paste-tr.txt");
  JsonArray *blocks = json_object_get_array_member (draft, "blocks");
  glong length = g_utf8_strlen (get (draft, "text"), -1);
  gint64 end = 0;

  for (guint i = 0; i < json_array_get_length (blocks); i++)
    {
      JsonObject *block = json_array_get_object_element (blocks, i);
      gint64 start = json_object_get_int_member (block, "start");

      g_assert_cmpint (start, >=, end);
      g_assert_cmpint (start - end, <=, 2);
      end = json_object_get_int_member (block, "end");
      g_assert_cmpint (end, >, start);
    }
  g_assert_cmpint (end, ==, length);
}

static void
test_options (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("Forty-two papers\n\nThe ministers signed them.\n", 45);
  MemoImportOptions options = { .language = "Turkish", .kind = "statement", .format = "text" };
  g_autoptr (JsonObject) draft = memo_import_parse (bytes, NULL, &options, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (get (draft, "language"), ==, "tr");
  g_assert_cmpstr (get (draft, "kind"), ==, "statement");
  options.format = "spreadsheet";
  g_assert_null (memo_import_parse (bytes, NULL, &options, &error));
  g_assert_error (error, MEMO_ERROR, MEMO_ERROR_FORMAT);
}

/* A paragraph as nobody writes one comes in parts, with all its words. */
static void
test_long_paragraph (void)
{
  g_autoptr (GString) page = g_string_new ("<html lang=\"en\"><body><article><h1>A plan</h1><p>");
  g_autoptr (JsonObject) draft = NULL;
  g_autoptr (GArray) blocks = NULL;
  g_autoptr (GString) words = g_string_new (NULL), found = g_string_new (NULL);
  const char *text;
  guint links = 0;

  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *sentence = g_strdup_printf ("Sentence %u says that Ankara’da the plan holds.", i);

      g_string_append_printf (words, "%s ", sentence);
      g_string_append_printf (page, i % 10 ? "%s " : "<a href=\"https://example.org/\">%s</a> ", sentence);
    }
  for (guint i = 0; i < 50000; i++)
    g_string_append (page, "ж");
  g_string_append (page, "</p></article></body></html>");
  draft = parse_text (page->str, page->len, "a.html");
  text = get (draft, "text");
  blocks = blocks_of (draft);
  for (guint i = 0; i < blocks->len; i++)
    {
      MemoBlock *block = &g_array_index (blocks, MemoBlock, i);
      g_autofree char *part = memo_text_slice (text, block->start, block->end);

      g_assert_cmpuint (block->end - block->start, <=, 20000);
      for (guint j = 0; block->spans && j < block->spans->len; j++)
        {
          MemoSpan *span = &g_array_index (block->spans, MemoSpan, j);
          g_autofree char *linked = memo_text_slice (text, span->start, span->end);

          links++;
          g_assert_true (g_str_has_prefix (linked, "Sentence ") &&
                         g_str_has_suffix (linked, "0 says that Ankara’da the plan holds."));
        }
      if (block->type == MEMO_BLOCK_PARAGRAPH)
        g_string_append_printf (found, "%s ", part);
      if (g_str_has_prefix (part, "Sentence"))
        g_assert_true (g_str_has_suffix (part, "holds.") || strchr (part, 0xd0));
    }
  g_assert_cmpuint (links, ==, 300);
  g_assert_true (g_str_has_prefix (found->str, words->str));
  g_assert_cmpint (memo_text_length (found->str + words->len), >=, 50000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/import/text/paste/", cases[i].language, NULL);
      g_test_add_data_func (path, &cases[i], test_paste);
    }
  g_test_add_func ("/import/text/dateline", test_dateline);
  g_test_add_func ("/import/text/lone-dateline", test_lone_dateline);
  g_test_add_func ("/import/text/dated-heading", test_dated_heading);
  g_test_add_func ("/import/text/utf-16", test_utf16);
  g_test_add_func ("/import/text/wrapped", test_wrapped);
  g_test_add_func ("/import/text/short", test_short);
  g_test_add_func ("/import/text/offsets", test_offsets);
  g_test_add_func ("/import/text/options", test_options);
  g_test_add_func ("/import/text/long-paragraph", test_long_paragraph);
  return g_test_run ();
}
