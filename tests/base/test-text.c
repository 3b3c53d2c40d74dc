#include "base/memo-text.h"

#include <string.h>

static void
assert_text (char *taken, const char *expected)
{
  g_assert_cmpstr (taken, ==, expected);
  g_free (taken);
}

static void
test_clean (void)
{
  g_autoptr (GString) long_text = g_string_new (NULL);
  g_autofree char *cleaned = NULL;
  g_autofree char *again = NULL;

  assert_text (memo_text_clean ("plain", -1), "plain");
  assert_text (memo_text_clean ("plain text", 5), "plain");
  assert_text (memo_text_clean (NULL, -1), "");
  assert_text (memo_text_clean ("", 0), "");
  assert_text (memo_text_clean ("a\0b", 3), "ab");
  assert_text (memo_text_clean ("a\tb\nc\x01\x7F"
                                "d",
                                -1),
               "a\tb\ncd");
  assert_text (memo_text_clean ("a\r\nb\rc\r", -1), "a\nb\nc\n");
  assert_text (memo_text_clean ("\xEF\xBB\xBFmark", -1), "mark");
  assert_text (memo_text_clean ("bad \xFF\xC3( \xE2\x82", -1), "bad \uFFFD\uFFFD( \uFFFD");
  assert_text (memo_text_clean ("\xED\xA0\x80", -1), "\uFFFD\uFFFD\uFFFD"); /* a surrogate */
  assert_text (memo_text_clean ("\xEF\xBF\xBF", -1), "\uFFFD");             /* no character */
  assert_text (memo_text_clean ("e\u0301 s\u0327 й", -1), "é ş й");
  assert_text (memo_text_clean ("и\u0306", -1), "й");
  assert_text (memo_text_clean ("a\xC2\x85"
                                "b\u2028c\u2029d\xC2\x90"
                                "e",
                                -1),
               "a\nb\nc\nde");
  assert_text (memo_text_clean ("한국 日本 ﬁ", -1), "한국 日本 ﬁ");

  /* A million marks on one letter neither hang nor vanish. */
  g_string_append_c (long_text, 'a');
  for (int i = 0; i < 200000; i++)
    g_string_append (long_text, i % 2 != 0 ? "\u0301" : "\u0323");
  cleaned = memo_text_clean (long_text->str, long_text->len);
  g_assert_true (g_utf8_validate (cleaned, -1, NULL));
  g_assert_cmpint (memo_text_length (cleaned), >, 150000);
  again = memo_text_clean (cleaned, -1);
  g_assert_cmpstr (again, ==, cleaned);
}

static void
test_clean_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (int i = 0; i < 3000; i++)
    {
      char bytes[64];
      int n = g_rand_int_range (random, 0, sizeof bytes);
      g_autofree char *once = NULL;
      g_autofree char *twice = NULL;

      for (int k = 0; k < n; k++)
        bytes[k] = g_rand_int_range (random, 0, 256);
      once = memo_text_clean (bytes, n);
      twice = memo_text_clean (once, -1);
      g_assert_true (g_utf8_validate (once, -1, NULL));
      g_assert_cmpstr (once, ==, twice);
    }
}

static void
test_slices (void)
{
  const char *text = "Işık ёж 日本";

  g_assert_cmpint (memo_text_length (text), ==, 10);
  g_assert_cmpint (memo_text_length (""), ==, 0);
  g_assert_cmpint (memo_text_length (NULL), ==, 0);
  assert_text (memo_text_slice (text, 0, 4), "Işık");
  assert_text (memo_text_slice (text, 5, 7), "ёж");
  assert_text (memo_text_slice (text, 8, 100), "日本");
  assert_text (memo_text_slice (text, -3, 2), "Iş");
  assert_text (memo_text_slice (text, 4, 4), "");
  assert_text (memo_text_slice (text, 5, 2), "");
  assert_text (memo_text_slice (text, 50, 60), "");
  assert_text (memo_text_slice (NULL, 0, 3), "");

  assert_text (memo_text_collapse ("  a \n\t b\u00A0c  "), "a b c");
  assert_text (memo_text_collapse (NULL), "");
  assert_text (memo_text_collapse (" \n "), "");

  assert_text (memo_text_ellipsize ("short", 10), "short");
  assert_text (memo_text_ellipsize ("exactly ten", 11), "exactly ten");
  assert_text (memo_text_ellipsize ("a memorandum of understanding", 20), "a memorandum of…");
  assert_text (memo_text_ellipsize ("Donaudampfschifffahrt", 8), "Donauda…");
  assert_text (memo_text_ellipsize ("çalışma planı", 9), "çalışma…");
  assert_text (memo_text_ellipsize ("abc", 0), "");
  assert_text (memo_text_ellipsize (NULL, 3), "");
  for (glong n = 1; n < 30; n++)
    {
      g_autofree char *cut = memo_text_ellipsize ("a memorandum of understanding", n);

      g_assert_cmpint (memo_text_length (cut), <=, n);
    }
}

static void
test_lower (void)
{
  assert_text (memo_text_lower ("ISPARTA İZMİR", "tr"), "ısparta izmir");
  assert_text (memo_text_lower ("ISPARTA İZMİR", "tr-TR"), "ısparta izmir");
  assert_text (memo_text_lower ("IRAQ", "az"), "ıraq");
  assert_text (memo_text_lower ("IRAQ İ", "en"), "iraq i");
  assert_text (memo_text_lower ("IRAQ", "trv"), "iraq");
  assert_text (memo_text_lower ("СОГЛАШЕНИЕ ЁЛКА", "ru"), "соглашение ёлка");
  assert_text (memo_text_lower ("ÇĞÖŞÜ", NULL), "çğöşü");
  assert_text (memo_text_lower (NULL, "tr"), "");
}

static void
test_key (void)
{
  static const char *const same[][2] = {
    { "İNCESU", "incesu" },
    { "İncesu", "incesu" },
    { "ıncesu", "incesu" },
    { "INCESU", "incesu" },
    { "Ёлка", "елка" },
    { "ЁЛКА", "елка" },
    { "Çağrı Öztürk", "cagri ozturk" },
    { "“x” «y»", "\"x\" \"y\"" },
    { "Ankara’nın", "ankara'nin" },
    { "2008–2012", "2008-2012" },
    { "  a\u00A0\n b ", "a b" },
    { "café", "cafe" },
    { "cafe\u0301", "cafe" },
    { "Łódź", "lodz" },
    { "Đakovo Ørsted", "dakovo orsted" },
    { "soft\u00ADhyphen", "softhyphen" },
    { "Straße", "straße" },
    { "ﬁn", "ﬁn" },
    { "Андрей", "андрей" },
    { "Андреи\u0306", "андрей" },
    { "ΣΑΣ σας", "σασ σασ" },
    { "Ệ", "e" },
    { "`x´", "'x'" },
    { "a−b", "a-b" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    assert_text (memo_text_key (same[i][0]), same[i][1]);
  assert_text (memo_text_key (NULL), "");

  g_assert_cmpuint (memo_char_key (0x0301), ==, 0);
  g_assert_cmpuint (memo_char_key (0x200D), ==, 0);
  g_assert_cmpuint (memo_char_key (0x1EC6), ==, 'e');
  g_assert_cmpuint (memo_char_key (0x2019), ==, '\'');
  g_assert_cmpuint (memo_char_key ('\n'), ==, ' ');
  g_assert_cmpuint (memo_char_key (0x65E5), ==, 0x65E5);
  g_assert_cmpuint (memo_char_plain (0x201C), ==, '"');
  g_assert_cmpuint (memo_char_plain (0x2009), ==, ' ');
  g_assert_cmpuint (memo_char_plain (0x202F), ==, ' ');
  g_assert_cmpuint (memo_char_plain ('A'), ==, 'A');
  g_assert_cmpuint (memo_char_plain (0x011F), ==, 0x011F);

  /* Folding is done once. */
  for (gunichar c = 1; c < 0x3000; c++)
    {
      gunichar key = memo_char_key (c);

      if (key != 0)
        g_assert_cmpuint (memo_char_key (key), ==, key);
    }
}

static int
compare_keys (gconstpointer a, gconstpointer b, gpointer language)
{
  g_autofree char *x = memo_text_sort_key (*(const char *const *) a, language);
  g_autofree char *y = memo_text_sort_key (*(const char *const *) b, language);

  return strcmp (x, y);
}

static void
assert_order (const char *language, const char *words)
{
  g_auto (GStrv) sorted = g_strsplit (words, " ", -1);
  g_autofree char *joined = NULL;
  guint n = g_strv_length (sorted);

  /* From the wrong end. */
  for (guint i = 0; i < n / 2; i++)
    {
      char *swap = sorted[i];

      sorted[i] = sorted[n - 1 - i];
      sorted[n - 1 - i] = swap;
    }
  g_qsort_with_data (sorted, n, sizeof (char *), compare_keys, (gpointer) language);
  joined = g_strjoinv (" ", sorted);
  g_assert_cmpstr (joined, ==, words);
}

static void
test_sort (void)
{
  g_autofree char *long_text = g_strnfill (100000, 'x');
  g_autofree char *key = memo_text_sort_key (long_text, "en");

  assert_order ("tr", "cam çam dam gaz ğaz ısı isim kol ova öğle sal şal un üst zar");
  assert_order ("ru", "аист ежа ёжик ель жук ива йод яма");
  assert_order ("en", "apple élan Enver ice zoo");
  assert_order (NULL, "a b c");
  assert_order ("xx-nonsense", "a b c");
  assert_order ("en", "Session2 Session10 Session19");
  g_assert_cmpuint (strlen (key), >, 1000);
  g_free (memo_text_sort_key (NULL, "tr"));
  /* Any number of languages in files. */
  for (int i = 0; i < 150; i++)
    {
      g_autofree char *language = g_strdup_printf ("q%d", i);

      g_free (memo_text_sort_key ("x", language));
    }
}

static gpointer
sort_in_thread (gpointer data)
{
  for (int i = 0; i < 300; i++)
    {
      g_autofree char *a = memo_text_sort_key ("çam", "tr");
      g_autofree char *b = memo_text_sort_key ("dam", "tr");
      g_autofree char *c = memo_text_key ("ÇAM");

      g_assert_cmpint (strcmp (a, b), <, 0);
      g_assert_cmpstr (c, ==, "cam");
    }
  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("sort", sort_in_thread, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *text;
    int number;
  } cases[] = {
    { "19", 19 },
    { "19.", 19 },
    { "19)", 19 },
    { "19th", 19 },
    { "21st", 21 },
    { "2nd", 2 },
    { "3rd", 3 },
    { "XIX", 19 },
    { "XIX.", 19 },
    { "XIXth", 19 },
    { "xix", 19 },
    { "ii", 2 },
    { "MMXXV", 2025 },
    { "ХIХ", 19 },
    { "XX-е", 20 },
    { "XIX-я", 19 },
    { "19-я", 19 },
    { "19-й", 19 },
    { "19'uncu", 19 },
    { "19’uncu", 19 },
    { "19uncu", 19 },
    { "XIX'uncu", 19 },
    { "3'üncü", 3 },
    { "nineteen", 19 },
    { "nineteenth", 19 },
    { "Nineteenth", 19 },
    { "twenty-first", 21 },
    { "twenty first", 21 },
    { "one hundred and fifth", 105 },
    { "hundredth", 100 },
    { "on dokuzuncu", 19 },
    { "On dokuzuncu", 19 },
    { "ondokuzuncu", 19 },
    { "birinci", 1 },
    { "ikinci", 2 },
    { "İKİNCİ", 2 },
    { "üçüncü", 3 },
    { "dördüncü", 4 },
    { "altıncı", 6 },
    { "yirmi birinci", 21 },
    { "yirmibirinci", 21 },
    { "kırk", 40 },
    { "yüz beşinci", 105 },
    { "первая", 1 },
    { "второй", 2 },
    { "третья", 3 },
    { "третьего", 3 },
    { "девятнадцатая", 19 },
    { "Девятнадцатое", 19 },
    { "двадцать первая", 21 },
    { "сто пятый", 105 },
    { "двадцати", 20 },
    { "пять", 5 },
    { "два", 2 },
    { "две", 2 },
    { "три", 3 },
    { "четырёх", 4 },
    { "шестьдесят", 60 },
    { "пятидесятый", 50 },
    { "", 0 },
    { NULL, 0 },
    { "IIX", 0 },
    { "XIXX", 0 },
    { "MMMMMMMMMMMMMMMMMMMMMM", 0 },
    { "19x", 0 },
    { "mix", 0 },
    { "session", 0 },
    { "99999999999", 0 },
    { "nineteen nineteen", 0 },
    { "first second", 0 },
    { "twenty thirty", 0 },
    { "сто двадцать пятая сессия", 0 },
    { "двор", 0 },
    { "-", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int number = memo_number_parse (cases[i].text);

      if (number != cases[i].number)
        g_test_message ("“%s” is %d", cases[i].text, number);
      g_assert_cmpint (number, ==, cases[i].number);
    }
  for (int i = 1; i < 4000; i++)
    {
      g_autofree char *roman = memo_number_to_roman (i);

      g_assert_cmpint (memo_number_parse (roman), ==, i);
    }
  assert_text (memo_number_to_roman (0), "0");
  assert_text (memo_number_to_roman (4000), "4000");
}

static void
test_uuid (void)
{
  g_autofree char *a = memo_uuid_new ();
  g_autofree char *b = memo_uuid_new ();

  g_assert_true (g_uuid_string_is_valid (a));
  g_assert_cmpstr (a, !=, b);
  for (const char *p = a; *p != '\0'; p++)
    g_assert_false (g_ascii_isupper (*p));
}

static void
test_unbroken (void)
{
  g_autofree char *wide = g_strnfill (4000, 'x'), *narrow = g_strnfill (3999, 'x');
  g_autofree char *at_end = g_strconcat ("Two words, ", narrow, "x", NULL);
  g_autofree char *in_midst = g_strconcat (narrow, " ", wide, "\n", narrow, NULL);
  g_autofree char *spaced = g_strconcat (narrow, " ", narrow, "\n", narrow, "\t", narrow, NULL);

  g_assert_false (memo_text_is_unbroken ("", 0));
  g_assert_false (memo_text_is_unbroken (narrow, 3999));
  g_assert_true (memo_text_is_unbroken (wide, 4000));
  g_assert_false (memo_text_is_unbroken (wide, 3999));
  g_assert_true (memo_text_is_unbroken (at_end, strlen (at_end)));
  g_assert_true (memo_text_is_unbroken (in_midst, strlen (in_midst)));
  g_assert_false (memo_text_is_unbroken (spaced, strlen (spaced)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/clean", test_clean);
  g_test_add_func ("/text/clean-random", test_clean_random);
  g_test_add_func ("/text/slices", test_slices);
  g_test_add_func ("/text/lower", test_lower);
  g_test_add_func ("/text/unbroken", test_unbroken);
  g_test_add_func ("/text/key", test_key);
  g_test_add_func ("/text/sort", test_sort);
  g_test_add_func ("/text/threads", test_threads);
  g_test_add_func ("/text/numbers", test_numbers);
  g_test_add_func ("/text/uuid", test_uuid);
  return g_test_run ();
}
