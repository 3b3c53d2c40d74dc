#include <string.h>
#include "store/memo-tokenizer.h"

static gboolean
collect_cb (const char *form, const char *word, int start, int end, gpointer data)
{
  GString *out = data;

  if (out->len > 0)
    g_string_append_c (out, '|');
  g_string_append (out, form);
  return TRUE;
}

static void
assert_words (const char *text, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);

  memo_tokenizer_words (text, strlen (text), collect_cb, out);
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_words (void)
{
  assert_words ("", "");
  assert_words (" … — !", "");
  assert_words ("The 42 agreements", "the|42|agreements");
  assert_words ("İNCESU İncesu ıncesu INCESU", "incesu|incesu|incesu|incesu");
  assert_words ("Ёлка ЁЛКА елка", "елка|елка|елка");
  assert_words ("co\xC2\xADoperation", "cooperation");
  assert_words ("cafe\xCC\x81", "cafe");
  assert_words ("İstanbul'da İstanbul’dakilerden", "istanbul|istanbul");
  assert_words ("O'Neill d’Estaing 'quoted'", "oneill|destaing|quoted");
  assert_words ("19-я XIXth", "19|я|xixth");
  assert_words ("Russia–Venezuela", "russia|venezuela");
  assert_words ("中国", "中|国");
  assert_words ("kâğıt KÂĞIT kağıt", "kagit|kagit|kagit");
  assert_words ("1.250,50 28.11.2025", "1|250|50|28|11|2025");
  assert_words ("торгово-экономическое «ООН»", "торгово|экономическое|оон");
  assert_words ("йод ЙОД", "йод|йод");
  assert_words ("bad \xff\xc3 bytes", "bad|bytes");
}

static gboolean
stop_cb (const char *form, const char *word, int start, int end, gpointer data)
{
  int *n = data;

  g_assert_cmpint (end, >, start);
  return ++*n < 2;
}

static void
test_stop (void)
{
  int n = 0;

  memo_tokenizer_words ("one two three", 13, stop_cb, &n);
  g_assert_cmpint (n, ==, 2);
}

static void
test_long (void)
{
  g_autofree char *word = g_strnfill (100000, 'x');
  g_autoptr (GString) out = g_string_new (NULL);

  memo_tokenizer_words (word, strlen (word), collect_cb, out);
  g_assert_cmpuint (out->len, <=, 128);
}

static void
assert_stem (const char *word, const char *stem)
{
  g_auto (GStrv) stems = memo_tokenizer_stems (word, strlen (word));

  if (!g_strv_contains ((const char *const *) stems, stem))
    {
      g_autofree char *all = g_strjoinv (" ", stems);

      g_error ("%s: no %s among: %s", word, stem, all);
    }
}

static void
test_stems (void)
{
  g_auto (GStrv) none = memo_tokenizer_stems ("in", 2);

  g_assert_cmpuint (g_strv_length (none), ==, 0);
  assert_stem ("agreements", "agreement");
  assert_stem ("anlaşmaları", "anlasma");
  assert_stem ("anlaşması", "anlasma");
  assert_stem ("ANLAŞMALARI", "anlasma");
  assert_stem ("соглашениями", "соглашен");
  assert_stem ("СОГЛАШЕНИЕ", "соглашен");
  assert_stem ("aşısı", "asi");
  assert_stem ("столбец", "столбц");
  assert_stem ("столбцов", "столбец");
  assert_stem ("список", "списк");
  assert_stem ("списками", "список");
  assert_stem ("рынок", "рынк");
}

static void
assert_number (const char *word, const char *expected)
{
  g_autofree char *number = memo_tokenizer_number (word);

  g_assert_cmpstr (number, ==, expected);
}

static void
test_numbers (void)
{
  assert_number ("XIX", "19");
  assert_number ("xixth", "19");
  assert_number ("19th", "19");
  assert_number ("nineteenth", "19");
  assert_number ("civil", NULL);
  assert_number ("i", NULL);
  assert_number ("", NULL);
  assert_number ("word", NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/tokenizer/words", test_words);
  g_test_add_func ("/store/tokenizer/stop", test_stop);
  g_test_add_func ("/store/tokenizer/long", test_long);
  g_test_add_func ("/store/tokenizer/stems", test_stems);
  g_test_add_func ("/store/tokenizer/numbers", test_numbers);
  return g_test_run ();
}
