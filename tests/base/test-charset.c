#include "base/memo-language.h"

#include <string.h>
#include <time.h>

static const char *const russian =
    "Стороны подписали меморандум о взаимопонимании в области транспорта и энергетики. Документ вступит в силу после "
    "ратификации.";
static const char *const turkish = "İki ülke ulaştırma ve enerji alanında mutabakat zaptı imzaladı. Belgeler, "
                                   "onaylandıktan sonra yürürlüğe girecek ve "
                                   "çalışma grubu yılda bir kez toplanacak.";
static const char *const french = "Les deux parties ont signé un accord de coopération dans les domaines de l'énergie "
                                  "et des transports, qui entrera en "
                                  "vigueur après la ratification prévue cet été.";

static const char *const german = "Beide Länder unterzeichneten ein Abkommen über Verkehr und Energie, das nächstes "
                                  "Jahr in Kraft treten soll; die Arbeitsgruppe prüft jährlich die Durchführung.";
static const char *const icelandic = "Ríkin tvö skrifuðu undir samning um samgöngur og orkumál í gær. Samningurinn "
                                     "tekur gildi þegar bæði þingin hafa samþykkt hann, að því er fram kom á fundinum.";

static void
check (const char *text, const char *encoding, const char *hint, const char *expected)
{
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  char *bytes = g_convert (text, -1, encoding, "UTF-8", NULL, &length, &error);
  g_autoptr (GBytes) data = NULL;
  g_autofree char *result = NULL;
  const char *charset = NULL;

  g_assert_no_error (error);
  data = g_bytes_new_take (bytes, length);
  result = memo_charset_to_utf8 (data, hint, &charset);
  g_assert_cmpstr (charset, ==, expected);
  g_assert_cmpstr (result, ==, text);
}

static void
check_bytes (const void *bytes, gsize length, const char *hint, const char *expected, const char *text)
{
  g_autoptr (GBytes) data = g_bytes_new (bytes, length);
  const char *charset = NULL;
  g_autofree char *result = memo_charset_to_utf8 (data, hint, &charset);

  g_assert_cmpstr (charset, ==, expected);
  g_assert_cmpstr (result, ==, text);
}

static void
test_unicode (void)
{
  check (russian, "UTF-8", NULL, "UTF-8");
  check (russian, "UTF-8", "windows-1251", "UTF-8");
  check (turkish, "UTF-8", "iso-8859-9", "UTF-8");
  check ("plain", "UTF-8", NULL, "UTF-8");
  check (russian, "UTF-16LE", NULL, "UTF-16LE");
  check (russian, "UTF-16BE", NULL, "UTF-16BE");
  check (turkish, "UTF-16LE", NULL, "UTF-16LE");
  check (turkish, "UTF-16BE", "utf-8", "UTF-16BE");
  check_bytes ("\xEF\xBB\xBF\xD0\x94\xD0\xB0", 7, "windows-1251", "UTF-8", "Да");
  check_bytes ("\xFF\xFE\x14\x04\x30\x04", 6, NULL, "UTF-16LE", "Да");
  check_bytes ("\xFE\xFF\x04\x14\x04\x30", 6, NULL, "UTF-16BE", "Да");
  check_bytes ("\xFF\xFE\0\0\x14\x04\0\0", 8, NULL, "UTF-32LE", "Д");
  check_bytes ("\0\0\xFE\xFF\0\0\x04\x14", 8, NULL, "UTF-32BE", "Д");
  check_bytes ("", 0, NULL, "UTF-8", "");
  check_bytes ("", 0, "windows-1251", "UTF-8", "");
  /* Cut in a letter, but plainly UTF-8. */
  check_bytes ("Да, это русский текст\xD0", sizeof "Да, это русский текст\xD0" - 1, NULL, "UTF-8",
               "Да, это русский текст\uFFFD");
}

static void
check_wide (const char *text, const char *encoding, gboolean expected)
{
  gsize length = 0;
  char *bytes = g_convert (text, -1, encoding, "UTF-8", NULL, &length, NULL);
  g_autoptr (GBytes) data = g_bytes_new_take (bytes, length);

  g_assert_nonnull (bytes);
  g_assert_true (memo_charset_is_wide (data) == expected);
}

static void
test_wide (void)
{
  static const char *const wide[] = { "UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32" };

  for (gsize i = 0; i < G_N_ELEMENTS (wide); i++)
    {
      check_wide (russian, wide[i], TRUE);
      check_wide (turkish, wide[i], TRUE);
    }
  check_wide (russian, "UTF-8", FALSE);
  check_wide (russian, "WINDOWS-1251", FALSE);
  check_wide ("", "UTF-8", FALSE);
}

static void
test_single_byte (void)
{
  check (russian, "WINDOWS-1251", NULL, "windows-1251");
  check (russian, "KOI8-R", NULL, "KOI8-R");
  check (russian, "CP866", NULL, "IBM866");
  check (russian, "ISO-8859-5", NULL, "ISO-8859-5");
  check ("Да, соглашение", "WINDOWS-1251", NULL, "windows-1251");
  check ("Да, соглашение", "KOI8-R", NULL, "KOI8-R");
  check (turkish, "WINDOWS-1254", NULL, "windows-1254");
  check (turkish, "ISO-8859-9", NULL, "windows-1254");
  check ("Çalışma planı ve ortak açıklama", "ISO-8859-9", NULL, "windows-1254");
  check (french, "WINDOWS-1252", NULL, "windows-1252");
}

static void
test_hints (void)
{
  check (russian, "KOI8-R", "koi8-r", "KOI8-R");
  check (russian, "KOI8-R", " KOI8-R ", "KOI8-R");
  check (turkish, "ISO-8859-9", "iso-8859-9", "windows-1254");
  check (turkish, "WINDOWS-1254", "windows-1254", "windows-1254");
  check (french, "ISO-8859-1", "latin1", "windows-1252");
  check ("ただいま工事中です", "SHIFT_JIS", "shift_jis", "shift_jis");
  check ("ただいま工事中です", "ISO-2022-JP", "iso-2022-jp", "iso-2022-jp");
  /* A wrong or unknown label does no harm. */
  check (russian, "WINDOWS-1251", "utf-8", "windows-1251");
  check (russian, "WINDOWS-1251", "utf-16", "windows-1251");
  check (russian, "WINDOWS-1251", "no-such-charset", "windows-1251");
  check (russian, "WINDOWS-1251", "", "windows-1251");
  check (russian, "WINDOWS-1251", "shift_jis", "windows-1251");
}

/* Latin-1 is what programs write of themselves; the letters tell. */
static void
test_latin1_in_name_only (void)
{
  static const char *const labels[] = { "iso-8859-1", "windows-1252", "latin1" };
  g_autofree char *script = g_strnfill (30000, 'x');
  g_autofree char *page = g_strdup_printf ("<html lang=\"tr\"><head><title>Mutabakat zaptı</title><script>%s</script>"
                                           "<!-- %s --></head><body class=\"the and that with this from\"><p>%s</p>",
                                           script, script, turkish);

  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      check (russian, "WINDOWS-1251", labels[i], "windows-1251");
      check (russian, "KOI8-R", labels[i], "KOI8-R");
      check (turkish, "WINDOWS-1254", labels[i], "windows-1254");
      check (page, "WINDOWS-1254", labels[i], "windows-1254");
      check (french, "WINDOWS-1252", labels[i], "windows-1252");
      check (german, "WINDOWS-1252", labels[i], "windows-1252");
      check (icelandic, "WINDOWS-1252", labels[i], "windows-1252");
      check ("A café; “résumé”", "WINDOWS-1252", labels[i], "windows-1252");
    }
}

/* What is no text comes out as text. */
static void
test_noise (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  static const char *const hints[] = {
    NULL, "utf-8", "utf-16", "windows-1251", "gb18030", "iso-2022-jp", "utf-7", "hz"
  };

  for (int i = 0; i < 400; i++)
    {
      guint8 bytes[200];
      gsize n = g_rand_int_range (random, 0, sizeof bytes);
      g_autoptr (GBytes) data = NULL;
      g_autofree char *text = NULL;

      for (gsize k = 0; k < n; k++)
        bytes[k] = g_rand_int_range (random, 0, 256);
      data = g_bytes_new (bytes, n);
      text = memo_charset_to_utf8 (data, hints[i % G_N_ELEMENTS (hints)], NULL);
      g_assert_true (g_utf8_validate (text, -1, NULL));
    }
}

/* A NUL does not end the text. */
static void
test_nul (void)
{
  check_bytes ("one\0two", 7, NULL, "UTF-8", "onetwo");
  check_bytes ("one\0two \xE9t\xE9", 11, "windows-1252", "windows-1252", "onetwo été");
}

/* Tags, comments, scripts that are opened by the thousand and never closed are read once, not a thousand times. */
static void
test_unclosed (void)
{
  static const char *const opened[] = { "<a", "<!--", "<script", "<style ", "<a<!--<script<style" };
  g_autofree char *page = g_strdup_printf ("%s<!-- <style <script <a href=", turkish);

  for (gsize i = 0; i < G_N_ELEMENTS (opened); i++)
    {
      GString *text = g_string_new ("\xE7");
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char *read = NULL;
      clock_t start = clock ();

      while (text->len < 64 * 1024)
        g_string_append (text, opened[i]);
      bytes = g_string_free_to_bytes (text);
      read = memo_charset_to_utf8 (bytes, "iso-8859-1", NULL);
      g_assert_true (g_str_has_prefix (read, "ç<"));
      g_assert_cmpint (clock () - start, <, 2 * CLOCKS_PER_SEC);
    }
  /* What is not closed is text, as what stands behind it. */
  check (page, "WINDOWS-1254", NULL, "windows-1254");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charset/unicode", test_unicode);
  g_test_add_func ("/charset/wide", test_wide);
  g_test_add_func ("/charset/single-byte", test_single_byte);
  g_test_add_func ("/charset/hints", test_hints);
  g_test_add_func ("/charset/latin1-in-name-only", test_latin1_in_name_only);
  g_test_add_func ("/charset/noise", test_noise);
  g_test_add_func ("/charset/nul", test_nul);
  g_test_add_func ("/charset/unclosed", test_unclosed);
  return g_test_run ();
}
