#include <string.h>
#include "store/memo-query.h"

/* \1 and \2 as s: and e:, for reading. */
static void
assert_query (const char *words, gboolean typing, gboolean stems, const char *expected)
{
  g_autofree char *built = memo_query_build (words, typing, stems, TRUE);
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = built; p != NULL && *p != '\0'; p++)
    if (*p == '\1')
      g_string_append (out, "s:");
    else if (*p == '\2')
      g_string_append (out, "e:");
    else
      g_string_append_c (out, *p);
  g_assert_cmpstr (built != NULL ? out->str : NULL, ==, expected);
}

static void
test_words (void)
{
  assert_query ("", FALSE, FALSE, NULL);
  assert_query ("\"\" - * …", TRUE, TRUE, NULL);
  assert_query ("health", FALSE, FALSE, "((((\"e:health\"))))");
  assert_query ("health", TRUE, FALSE, "((((\"e:health\" *))))");
  assert_query ("health ", TRUE, FALSE, "((((\"e:health\"))))");
  assert_query ("a b", TRUE, FALSE, "((((\"e:a\")) AND ((\"e:b\" *))))");
}

static void
test_operators (void)
{
  assert_query ("\"a b\"", TRUE, FALSE, "(((\"e:a\" + \"e:b\")))");
  assert_query ("“a b”", TRUE, FALSE, "(((\"e:a\" + \"e:b\")))");
  assert_query ("a -b", FALSE, FALSE, "((((\"e:a\"))) NOT ((\"e:b\")))");
}

static void
test_contains (void)
{
  g_autofree char *either = memo_query_build ("a OR b", FALSE, FALSE, TRUE);
  g_autofree char *turkish = memo_query_build ("a VEYA b", FALSE, FALSE, TRUE);
  g_autofree char *russian = memo_query_build ("a ИЛИ b", FALSE, FALSE, TRUE);
  g_autofree char *last = memo_query_build ("a OR", FALSE, FALSE, TRUE);
  g_autofree char *begun = memo_query_build ("a OR ", TRUE, FALSE, TRUE);
  g_autofree char *alone = memo_query_build ("a ", TRUE, FALSE, TRUE);
  g_autofree char *stems = memo_query_build ("agreements", FALSE, TRUE, TRUE);
  g_autofree char *number = memo_query_build ("XIX", FALSE, FALSE, TRUE);
  g_autofree char *many = NULL;
  g_autoptr (GString) words = g_string_new (NULL);

  g_assert_nonnull (strstr (either, ") OR ("));
  /* Whoever types the second word later finds by the first one meanwhile. */
  g_assert_cmpstr (begun, ==, alone);
  g_assert_cmpstr (either, ==, turkish);
  g_assert_cmpstr (either, ==, russian);
  g_assert_nonnull (strstr (last, "\"\2or\""));
  g_assert_nonnull (strstr (stems, "\"\1agreement\""));
  g_assert_nonnull (strstr (stems, "\"\2agreements\""));
  g_assert_nonnull (strstr (number, "\"\00219\""));
  for (int i = 0; i < 1000; i++)
    g_string_append_printf (words, "w%d-x%d ", i, i);
  many = memo_query_build (words->str, FALSE, TRUE, TRUE);
  g_assert_cmpuint (strlen (many), <, 20000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/query/words", test_words);
  g_test_add_func ("/store/query/operators", test_operators);
  g_test_add_func ("/store/query/contains", test_contains);
  return g_test_run ();
}
