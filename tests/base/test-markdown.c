#include "base/memo-markdown.h"

#include <string.h>

static void
assert_words (const char *text, const char *title, const char *words)
{
  g_autofree char *shown = memo_markdown_hide (text, title, '\2');
  g_autoptr (GString) left = g_string_new (NULL);

  g_assert_cmpuint (strlen (shown), ==, strlen (text));
  g_assert_true (g_utf8_validate (shown, -1, NULL));
  for (const char *p = shown; *p != '\0'; p++)
    if (*p != '\2')
      g_string_append_c (left, *p);
  g_assert_cmpstr (left->str, ==, words);
}

static void
test_inline (void)
{
  assert_words ("Ortak [aşılar](memo:agreement/3db32483-0000) için", NULL, "Ortak aşılar için");
  assert_words ("[**bold** words](https://a.b/c_(d)) and ![a *picture*](x.png)", NULL, "bold words and a picture");
  assert_words ("*em*, __strong__, ***both***, `a*b*c`, ~~gone~~", NULL, "em, strong, both, a*b*c, gone");
  assert_words ("2 * 3 * 4, snake_case_name, 5*, [a] (b), [open](", NULL,
                "2 * 3 * 4, snake_case_name, 5*, [a] (b), [open](");
  assert_words ("1\\. \\*not\\* `", NULL, "1. *not* `");
  assert_words ("", NULL, "");
  assert_words ("\\", NULL, "\\");
}

static void
test_lines (void)
{
  assert_words ("# Kazan\n\nFirst\n## Kazan\n- one\n* two\n> > said\n\n***\n#tag", "Kazan",
                "\n\nFirst\n Kazan\none\ntwo\n  said\n\n\n#tag");
  assert_words ("# Other\nText", "Kazan", " Other\nText");
  assert_words ("```c\na * b * c\n```\nEnd", NULL, "\na * b * c\n\nEnd");
  assert_words ("> \n-\n#\n**", NULL, " \n-\n\n**");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/markdown/inline", test_inline);
  g_test_add_func ("/markdown/lines", test_lines);
  return g_test_run ();
}
