#include "import-test.h"

static void
test_metadata (void)
{
  g_autoptr (JsonObject) draft = parse_fixture ("page-en.html");

  g_assert_cmpstr (get (draft, "format"), ==, "html");
  g_assert_cmpstr (get (draft, "title"), ==, "Harbours and screens: a session in forty-two papers");
  g_assert_cmpstr (get (draft, "kind"), ==, "analysis");
  g_assert_cmpstr (get (draft, "outlet"), ==, "Harbour Institute");
  g_assert_cmpstr (get (draft, "published"), ==, "2025-11-30");
  g_assert_cmpstr (get (draft, "language"), ==, "en");
  g_assert_cmpstr (get (draft, "place"), ==, "CARACAS");
  g_assert_cmpstr (get (draft, "url"), ==, "https://harbour.example/en/harbours/");
  g_assert_cmpuint (count (draft, "authors"), ==, 1);
  g_assert_cmpstr (nth_string (draft, "authors", 0), ==, "Deniz İncesu");
  g_assert_cmpuint (count (draft, "versions"), ==, 2);
  g_assert_cmpstr (get (nth (draft, "versions", 0), "language"), ==, "tr");
  g_assert_cmpstr (get (nth (draft, "versions", 0), "url"), ==, "https://harbour.example/tr/limanlar/");
  g_assert_cmpstr (get (nth (draft, "versions", 1), "url"), ==, "https://harbour.example/ru/gavani/");
}

static void
test_body (void)
{
  static const char *const furniture[] = {
    "Share",     "WhatsApp",      "available in",     "cookies",         "Similar",
    "corridors", "senior fellow", "About the author", "rights reserved", "Forty-two papers were signed on one screen",
    "Home",      "By Deniz"
  };
  g_autoptr (JsonObject) draft = parse_fixture ("page-en.html");
  g_autofree char *body = body_of (draft);

  for (guint i = 0; i < G_N_ELEMENTS (furniture); i++)
    assert_without (body, furniture[i]);
  g_assert_true (g_str_has_prefix (body, "CARACAS, 28 November 2025 – The ministers"));
  assert_block (draft, "heading", 0, "What is said of health");
  assert_block (draft, "caption", 0, "The hall on 28 November. Photo: Harbour Institute");
  assert_block (draft, "row", 0, "Sector\tPapers");
  assert_block (draft, "row", 2, "Energy\t12");
  assert_block (draft, "item", 1, "then, the ministries are asked.");
  assert_block (draft, "code", 0, "papers = 42\nknown  = 2");
  assert_block (draft, "quotation", 0,
                "“We count what is carried out, not what is signed,” said the secretary of the commission.");
  assert_block (draft, "footnote", 1, "Ibid.");
  g_assert_cmpuint (count (draft, "summary"), ==, 3);
  g_assert_cmpstr (nth_string (draft, "summary", 2), ==, "The calendar of the commission is what will last.");
  assert_block (draft, "summary", 2, "The calendar of the commission is what will last.");
  g_assert_cmpuint (count (draft, "biographies"), ==, 1);
  g_assert_cmpstr (get (nth (draft, "biographies", 0), "author"), ==, "Deniz İncesu");
}

static JsonObject *
find_span (JsonObject *draft, const char *type, guint n)
{
  JsonArray *blocks = json_object_get_array_member (draft, "blocks");

  for (guint i = 0; i < json_array_get_length (blocks); i++)
    {
      JsonObject *block = json_array_get_object_element (blocks, i);
      JsonArray *spans = json_object_has_member (block, "spans") ? json_object_get_array_member (block, "spans") : NULL;

      for (guint j = 0; spans && j < json_array_get_length (spans); j++)
        if (g_str_equal (get (json_array_get_object_element (spans, j), "type"), type) && n-- == 0)
          return json_array_get_object_element (spans, j);
    }
  return NULL;
}

static void
assert_span (JsonObject *draft, const char *type, guint n, const char *words, const char *target)
{
  JsonObject *span = find_span (draft, type, n);
  g_autofree char *text = NULL;

  g_assert_nonnull (span);
  text = g_utf8_substring (get (draft, "text"), json_object_get_int_member (span, "start"),
                           json_object_get_int_member (span, "end"));
  g_assert_cmpstr (text, ==, words);
  g_assert_cmpstr (get (span, "target"), ==, target);
}

static void
test_spans (void)
{
  g_autoptr (JsonObject) draft = parse_fixture ("page-en.html");

  assert_span (draft, "mark", 0, "[i]", "i");
  assert_span (draft, "mark", 1, "[ii]", "ii");
  assert_span (draft, "emphasis", 0, "patience", NULL);
  /* relative to the page; the script's address is none */
  assert_span (draft, "link", 0, "earlier note", "https://harbour.example/en/vaccines/");
  for (guint i = 0; find_span (draft, "link", i); i++)
    g_assert_true (g_str_has_prefix (get (find_span (draft, "link", i), "target"), "https://"));
}

static void
test_references (void)
{
  g_autoptr (JsonObject) draft = parse_fixture ("page-en.html");
  JsonObject *first, *second;

  g_assert_cmpuint (count (draft, "references"), ==, 2);
  first = nth (draft, "references", 0);
  second = nth (draft, "references", 1);
  g_assert_cmpstr (get (first, "label"), ==, "i");
  g_assert_cmpstr (get (first, "author"), ==, "M. Salvaterra");
  g_assert_cmpstr (get (first, "title"), ==, "Commission closes its session");
  g_assert_cmpstr (get (first, "outlet"), ==, "Harbour Press");
  g_assert_cmpstr (get (first, "published"), ==, "2025-11-28");
  g_assert_cmpstr (get (first, "url"), ==, "https://press.example/session");
  g_assert_cmpstr (get (first, "accessed"), ==, "2025-11-29");
  g_assert_true (json_object_get_boolean_member (second, "ibid"));
  g_assert_cmpstr (get (second, "url"), ==, "https://press.example/session");
}

/* Lines between which the page has two breaks are paragraphs. */
static void
test_breaks (void)
{
  g_autofree char *filler = g_strnfill (3, ' ');
  g_autoptr (JsonObject) draft = NULL;
  g_autoptr (GString) page = g_string_new ("<html><head><title>Breaks in the text of a page</title></head><body><div>");

  for (guint i = 0; i < 6; i++)
    g_string_append_printf (page,
                            "Paragraph %u, in which the states agree, and go on agreeing, about many things.<br><br>%s",
                            i, filler);
  g_string_append (page, "</div></body></html>");
  draft = parse_text (page->str, -1, "a.html");
  assert_block (draft, "paragraph", 5,
                "Paragraph 5, in which the states agree, and go on agreeing, about many things.");
}

static void
test_charsets (void)
{
  static const char text[] = "Министры подписали соглашение о сотрудничестве, и это важно для всех сторон договора.";
  static const char *const charsets[] = { "WINDOWS-1251", "KOI8-R", "UTF-16LE", "ISO-8859-5" };

  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    {
      g_autofree char *page = g_strdup_printf ("<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; "
                                               "charset=%s\"><title>Соглашение</title></head>"
                                               "<body><p>%s</p></body></html>",
                                               charsets[i], text);
      gsize length;
      g_autofree char *encoded = g_convert (page, -1, charsets[i], "UTF-8", NULL, &length, NULL);
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autoptr (JsonObject) draft = NULL;

      g_assert_nonnull (encoded);
      if (i == 2)
        g_byte_array_append (bytes, (const guint8 *) "\xff\xfe", 2);
      g_byte_array_append (bytes, (const guint8 *) encoded, length);
      draft = parse_text ((const char *) bytes->data, bytes->len, "a.html");
      g_assert_cmpstr (get (draft, "language"), ==, "ru");
      assert_block (draft, "paragraph", 0, text);
    }
}

static void
test_titles (void)
{
  static const struct
  {
    const char *head, *title;
  } cases[] = {
    { "<title>Ministers sign forty-two papers today | The Harbour Daily</title>",
      "Ministers sign forty-two papers today" },
    { "<title>The Harbour Daily: ministers sign forty-two papers today</title>",
      "ministers sign forty-two papers today" },
    { "<title>A</title><meta property='og:title' content='Ministers sign'>", "Ministers sign" },
    { "<title>Ministers sign forty-two papers</title>", "Ministers sign forty-two papers" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *page =
          g_strdup_printf ("<html><head>%s</head><body><p>The states agreed, and signed.</p></body></html>",
                           cases[i].head);
      g_autoptr (JsonObject) draft = parse_text (page, -1, "a.html");

      g_assert_cmpstr (get (draft, "title"), ==, cases[i].title);
    }
}

/* Made of nested boxes without any element that says what it is. */
static void
test_boxes (void)
{
  static const char page[] =
      "<!-- saved from url=(0031)https://harbour.example/en/plan -->\n"
      "<html lang='en'><head><title>A plan of two harbours and its calendar - HARBOUR</title>"
      "<meta property='og:site_name' content='HARBOUR'></head><body class='single'>"
      "<div class='top'><ul class='menu'><li>Home</li><li>Analysis</li></ul></div>"
      "<div class='location-single'><section><div><span><a href='/analysis'>Analysis</a></span></div>"
      "<h1>A plan of two harbours and its calendar</h1>"
      "<div><p>The two harbours agreed upon a plan in one afternoon.</p>"
      "<p>Ships and grain stand out among the projects of it.</p>"
      "<p>The calendar is what the harbours will keep of it.</p></div>"
      "<h4>Deniz İNCESU</h4><span>30.11.2025 - 18:40</span></section>"
      "<div><span>Paylaş</span></div><div><div>"
      "<p>This post is also available in: <a href='/tr/plan'>Türkçe</a> <a href='/ru/plan'>Русский</a></p>"
      "<p>The harbours, which had not met for a year, agreed on a plan, on ships, and on grain, and the ministers of "
      "both "
      "were content with what was written down.<a href='#_e1' name='_r1'>[i]</a></p>"
      "<p>The commission was founded in 2008, it has met every year since 2019, and the plan, as far as it is known, "
      "goes "
      "on to the year 2030, with a session in each spring.<a href='#_e2'>[ii]</a></p>"
      "<p><a href='#_r1' name='_e1'>[i]</a> “Two harbours agree”, Harbour Press, <a "
      "href='https://press.example/agree'>https://press.example/agree</a>, (Date Accessed: 30.11.2025).</p>"
      "<p><a href='#_r2' name='_e2'>[ii]</a> Ibid.</p></div></div>"
      "<div class='author-box'><h4>Deniz İNCESU</h4><div>Deniz İncesu graduated in 2012, and writes on "
      "harbours.</div></div>"
      "<section><h3>Similar Posts</h3><article><h4><a href='/a'>What comes after the plan</a></h4><p>Some words of it, "
      "and "
      "some more, so that it is long.</p></article></section></div></body></html>";
  g_autoptr (JsonObject) draft = parse_text (page, -1, "a.html");
  g_autofree char *body = body_of (draft);

  g_assert_cmpstr (get (draft, "title"), ==, "A plan of two harbours and its calendar");
  g_assert_cmpstr (get (draft, "kind"), ==, "analysis");
  g_assert_cmpstr (get (draft, "url"), ==, "https://harbour.example/en/plan");
  g_assert_cmpstr (get (draft, "published"), ==, "2025-11-30");
  g_assert_cmpuint (count (draft, "summary"), ==, 3);
  g_assert_cmpuint (count (draft, "versions"), ==, 2);
  g_assert_cmpstr (get (nth (draft, "versions", 1), "url"), ==, "https://harbour.example/ru/plan");
  g_assert_cmpstr (nth_string (draft, "authors", 0), ==, "Deniz İncesu");
  g_assert_cmpuint (count (draft, "biographies"), ==, 1);
  g_assert_cmpuint (count (draft, "references"), ==, 2);
  g_assert_cmpstr (get (nth (draft, "references", 1), "accessed"), ==, "2025-11-30");
  g_assert_true (g_str_has_prefix (body, "The harbours, which had not met"));
  g_assert_true (g_str_has_suffix (body, "Ibid."));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/html/metadata", test_metadata);
  g_test_add_func ("/import/html/body", test_body);
  g_test_add_func ("/import/html/spans", test_spans);
  g_test_add_func ("/import/html/references", test_references);
  g_test_add_func ("/import/html/breaks", test_breaks);
  g_test_add_func ("/import/html/charsets", test_charsets);
  g_test_add_func ("/import/html/titles", test_titles);
  g_test_add_func ("/import/html/boxes", test_boxes);
  return g_test_run ();
}
