#include "import-test.h"

#include <time.h>

/* Input that is made to hurt: parsed to the end, in a time that grows with its size alone. */

#define SECONDS 10 /* of the processor; each takes well under two */

static const char paragraph[] = "<p>The states have agreed on a plan, and the plan holds, and everybody says so.</p>";

static void
repeat (GString *page, const char *what, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append (page, what);
}

/* (transfer full) */
static JsonObject *
survive (GString *page, const char *name)
{
  g_autoptr (GBytes) bytes = g_bytes_new (page->str, page->len);
  g_autoptr (GError) error = NULL;
  clock_t start = clock ();
  JsonObject *draft = memo_import_parse (bytes, name, NULL, &error);

  g_assert_cmpint (clock () - start, <, SECONDS * CLOCKS_PER_SEC);
  g_assert_true (draft || g_error_matches (error, MEMO_ERROR, MEMO_ERROR_FORMAT));
  return draft;
}

static void
test_nested (void)
{
  static const char *const tags[] = { "<div>",        "<span>",          "<b>",     "<ul><li>",
                                      "<blockquote>", "<table><tr><td>", "<svg><g>" };

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      g_autoptr (GString) page = g_string_new ("<html><body>");
      g_autoptr (JsonObject) draft = NULL;

      repeat (page, tags[i], 200000 / (i == 5 ? 4 : 1));
      repeat (page, paragraph, 20);
      draft = survive (page, "a.html");
      g_assert_nonnull (draft);
      g_assert_nonnull (strstr (get (draft, "text"), "the plan holds"));
    }
}

/* What is nested within reason stays as it is. */
static void
test_nested_little (void)
{
  g_autoptr (GString) page = g_string_new ("<html><body><article>");
  g_autoptr (JsonObject) draft = NULL;

  repeat (page, "<div>", 300);
  repeat (page, paragraph, 10);
  repeat (page, "</div>", 300);
  g_string_append (page, "<h2>And on</h2>");
  repeat (page, paragraph, 10);
  draft = survive (page, "a.html");
  g_assert_nonnull (draft);
}

static void
test_attributes (void)
{
  g_autoptr (GString) page = g_string_new ("<html><body><div");
  g_autoptr (JsonObject) draft = NULL;

  for (guint i = 0; i < 60000; i++)
    g_string_append_printf (page, " a%u=\"%u\"", i, i);
  g_string_append_c (page, '>');
  repeat (page, paragraph, 20);
  draft = survive (page, "a.html");
  g_assert_nonnull (draft);
}

static void
test_long (void)
{
  g_autoptr (GString) page = g_string_new ("<html><body><p>");
  g_autoptr (JsonObject) draft = NULL;

  repeat (page, "The states agreed, ", 200000);
  draft = survive (page, "a.html");
  g_assert_nonnull (draft);
  g_assert_cmpuint (strlen (get (draft, "text")), >, 3700000);
}

static void
test_many (void)
{
  static const char *const pieces[] = { "<p>x, y",   "a<br><br>", "<tr><td>a<td>b</tr>", "<p><font color=red>x",
                                        "<option>x", "<" };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) page = g_string_new ("<html><body><table>");
      g_autoptr (JsonObject) draft = NULL;

      repeat (page, pieces[i], 50000);
      repeat (page, paragraph, 20);
      draft = survive (page, "a.html");
    }
}

static void
test_scripts (void)
{
  static const char *const addresses[] = { "javascript:alert(1)", " java\nscript:alert(1)", "JAVASCRIPT:x",
                                           "\tjavascript:x",      "data:text/html,x",       "vbscript:x",
                                           "file:///etc/passwd",  "&#106;avascript:x",      "java&#x09;script:x",
                                           "\x01javascript:x" };
  g_autoptr (GString) page = g_string_new ("<html><body><article>");
  g_autoptr (JsonObject) draft = NULL;
  g_autofree char *json = NULL;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    g_string_append_printf (page,
                            "<p>The states agree on this, and on <a href=\"%s\">that</a>, and on more than that.</p>",
                            addresses[i]);
  repeat (page, paragraph, 10);
  draft = survive (page, "a.html");
  json_node_set_object (node, draft);
  json = json_to_string (node, FALSE);
  g_assert_null (strstr (json, "cript:"));
  g_assert_null (strstr (json, "data:"));
  g_assert_null (strstr (json, "file:"));
}

static void
test_json (void)
{
  g_autoptr (GString) page = g_string_new ("<html><head><script type=\"application/ld+json\">");
  g_autoptr (JsonObject) draft = NULL;

  repeat (page, "[", 300000);
  g_string_append (page, "</script></head><body>");
  repeat (page, paragraph, 20);
  draft = survive (page, "a.html");
  g_assert_nonnull (draft);
}

static void
test_text (void)
{
  static const char *const lines[] = { "x\n", "[", "share\n", "a ", "> ", "*a_", "[^1]: ", "1. \n" };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (JsonObject) draft = NULL;
      g_autoptr (JsonObject) markdown = NULL;

      repeat (text, lines[i], 30000);
      draft = survive (text, "a.txt");
      markdown = survive (text, "a.md");
    }
}

/* A table of Markdown with a row of a hundred thousand cells. */
static void
test_wide_row (void)
{
  g_autoptr (GString) text = g_string_new ("# Plan\n\n");
  g_autoptr (JsonObject) draft = NULL;

  repeat (text, "|x", 5000);
  g_string_append (text, "|\n");
  repeat (text, "|-", 5000);
  g_string_append (text, "|\n");
  repeat (text, "|a", 100000);
  draft = survive (text, "a.md");
  g_assert_nonnull (draft);
}

static void
test_bytes (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (42);

  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (GString) page = g_string_new ("<html><head><title>Words of a title</title></head><body><article>");
      g_autoptr (JsonObject) draft = NULL;

      repeat (page, paragraph, 8);
      g_string_append (page, "<ul><li>one</li></ul><table><tr><td>x</table><a href='#n1'>[1]</a><p id=n1>[1] Ibid.");
      for (guint j = 0; j < 30; j++)
        page->str[g_rand_int_range (random, 0, page->len)] =
            g_rand_int_range (random, i % 2 ? 1 : 32, i % 2 ? 256 : 64);
      draft = survive (page, "a.html");
      if (draft)
        g_assert_true (g_utf8_validate (get (draft, "text"), -1, NULL));
    }
}

static void
test_nothing (void)
{
  static const char *const texts[] = { "", " \n\n ", "<html></html>", "<!DOCTYPE html>", "\xef\xbb\xbf" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
      g_autoptr (GError) error = NULL;

      g_assert_null (memo_import_parse (bytes, i == 2 ? "a.html" : "a", NULL, &error));
      g_assert_error (error, MEMO_ERROR, MEMO_ERROR_FORMAT);
    }
}

/* The headline behind the article, with something between them that belongs to both sides. */
static void
test_headline_behind (void)
{
  static const char page[] = "<html><head><title>A plan of two harbours</title></head><body><article><p>The harbours "
                             "agreed on a plan, and on its "
                             "calendar, and everybody was content with it, as they said. The ministers signed "
                             "forty-two papers on energy, health and "
                             "transport, and went home on the same day, which nobody had expected of "
                             "them.</p></article><div><p>Some more words</p>"
                             "</div><h1>A plan of two harbours</h1></body></html>";
  g_autoptr (JsonObject) draft = parse_text (page, -1, "a.html");

  g_assert_cmpstr (get (draft, "title"), ==, "A plan of two harbours");
  g_assert_nonnull (strstr (get (draft, "text"), "forty-two papers"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/hostile/nested", test_nested);
  g_test_add_func ("/import/hostile/nested-little", test_nested_little);
  g_test_add_func ("/import/hostile/attributes", test_attributes);
  g_test_add_func ("/import/hostile/long", test_long);
  g_test_add_func ("/import/hostile/many", test_many);
  g_test_add_func ("/import/hostile/scripts", test_scripts);
  g_test_add_func ("/import/hostile/json", test_json);
  g_test_add_func ("/import/hostile/text", test_text);
  g_test_add_func ("/import/hostile/wide-row", test_wide_row);
  g_test_add_func ("/import/hostile/bytes", test_bytes);
  g_test_add_func ("/import/hostile/nothing", test_nothing);
  g_test_add_func ("/import/hostile/headline-behind", test_headline_behind);
  return g_test_run ();
}
