#include "import-test.h"

static const char text[] =
    "---\n"
    "title: \"A calendar for two harbours\"\n"
    "author: Deniz İncesu\n"
    "date: 2025-11-30\n"
    "lang: en\n"
    "source: https://harbour.example/calendar\n"
    "---\n"
    "\n"
    "# A calendar for two harbours\n"
    "\n"
    "The ministers agreed on *one* calendar for both harbours, and on a **plan** that goes with it.[^i] The\n"
    "[earlier note](https://harbour.example/note) has the details; [this](javascript:alert(1)) has not.\n"
    "\n"
    "## What it holds\n"
    "\n"
    "1. ships;\n"
    "2. grain;\n"
    "   - wheat\n"
    "\n"
    "> We count what is carried out.\n"
    "\n"
    "| Year | Ships |\n"
    "|------|-------|\n"
    "| 2025 | 42    |\n"
    "\n"
    "```\n"
    "ships = 42\n"
    "```\n"
    "\n"
    "[^i]: M. Salvaterra, “Ships and grain”, Harbour Press, 28 November 2025, https://press.example/ships "
    "(accessed 29 November 2025).\n";

static void
test_document (void)
{
  g_autoptr (JsonObject) draft = parse_text (text, -1, "note.md");
  g_autofree char *body = body_of (draft);

  g_assert_cmpstr (get (draft, "format"), ==, "markdown");
  g_assert_cmpstr (get (draft, "title"), ==, "A calendar for two harbours");
  g_assert_cmpstr (nth_string (draft, "authors", 0), ==, "Deniz İncesu");
  g_assert_cmpstr (get (draft, "published"), ==, "2025-11-30");
  g_assert_cmpstr (get (draft, "url"), ==, "https://harbour.example/calendar");
  g_assert_true (g_str_has_prefix (body, "The ministers agreed on one calendar"));
  assert_block (draft, "heading", 0, "What it holds");
  assert_block (draft, "item", 1, "grain;");
  assert_block (draft, "item", 2, "wheat");
  assert_block (draft, "quotation", 0, "We count what is carried out.");
  assert_block (draft, "row", 1, "2025\t42");
  assert_block (draft, "code", 0, "ships = 42");
  assert_without (body, "*");
}

static void
test_footnote (void)
{
  g_autoptr (JsonObject) draft = parse_text (text, -1, "note.md");
  JsonObject *reference;

  g_assert_cmpuint (count (draft, "references"), ==, 1);
  reference = nth (draft, "references", 0);
  g_assert_cmpstr (get (reference, "label"), ==, "i");
  g_assert_cmpstr (get (reference, "title"), ==, "Ships and grain");
  g_assert_cmpstr (get (reference, "accessed"), ==, "2025-11-29");
}

static void
test_guess (void)
{
  g_autoptr (JsonObject) draft =
      parse_text ("# A heading\n\nWords of a text.\n\n## Another\n\nMore words.\n", -1, NULL);

  g_assert_cmpstr (get (draft, "format"), ==, "markdown");
  g_assert_cmpstr (get (draft, "title"), ==, "A heading");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/markdown/document", test_document);
  g_test_add_func ("/import/markdown/footnote", test_footnote);
  g_test_add_func ("/import/markdown/guess", test_guess);
  return g_test_run ();
}
