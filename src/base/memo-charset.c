/* Bytes of any charset to UTF-8. ICU converts; its detector decides about what nothing else says. */

#include "memo-language.h"

#include <string.h>

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/ustring.h>

#include "memo-text.h"

#define SAMPLE_BYTES 16384
/* ICU counts in 32 bits. */
#define BYTES_MAX (G_MAXINT32 / 8)

/* As browsers read the labels (https://encoding.spec.whatwg.org/#names-and-labels): supersets for what people mean. */
static const char *const labels[][2] = {
  { "ascii", "windows-1252" },
  { "us-ascii", "windows-1252" },
  { "iso-8859-1", "windows-1252" },
  { "iso8859-1", "windows-1252" },
  { "latin1", "windows-1252" },
  { "latin-1", "windows-1252" },
  { "iso-8859-9", "windows-1254" },
  { "iso8859-9", "windows-1254" },
  { "latin5", "windows-1254" },
  { "turkish", "windows-1254" },
  { "cp1254", "windows-1254" },
  { "cp1251", "windows-1251" },
  { "cp1252", "windows-1252" },
  { "cp1250", "windows-1250" },
  { "gb2312", "gb18030" },
  { "gbk", "gb18030" },
  { "koi8", "KOI8-R" },
  { "koi8-r", "KOI8-R" },
  { "koi8-u", "KOI8-U" },
  { "cp866", "IBM866" },
  { "utf8", "UTF-8" },
  { "utf-8", "UTF-8" },
  { "unicode-1-1-utf-8", "UTF-8" },
  { "x-sjis", "Shift_JIS" },
  { "utf-16", "UTF-16LE" },
};

static const char *
resolve_label (const char *label)
{
  g_autofree char *name = g_strstrip (g_ascii_strdown (label, -1));
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter;

  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    if (strcmp (labels[i][0], name) == 0)
      return labels[i][1];
  /* ucnv_open ("") would be the locale's. */
  if (name[0] == '\0' || strlen (name) > UCNV_MAX_CONVERTER_NAME_LENGTH - 1)
    return NULL;
  converter = ucnv_open (name, &status);
  if (U_FAILURE (status))
    return NULL;
  ucnv_close (converter);
  return g_intern_string (name);
}

/* NULL when ICU cannot; *ret_bad counts what had no meaning in @charset. */
static char *
convert (const guint8 *bytes, gsize length, const char *charset, gsize *ret_bad)
{
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter;
  g_autofree UChar *wide = NULL;
  gint32 wide_length;
  gint32 text_length = 0;
  char *text;
  gsize bad = 0;

  if (length > BYTES_MAX)
    return NULL;
  converter = ucnv_open (charset, &status);
  if (U_FAILURE (status))
    return NULL;
  wide = g_new (UChar, length * 2 + 2);
  wide_length = ucnv_toUChars (converter, wide, length * 2 + 2, (const char *) bytes, length, &status);
  ucnv_close (converter);
  if (U_FAILURE (status))
    return NULL;
  for (gint32 i = 0; i < wide_length; i++)
    {
      bad += wide[i] == 0xFFFD;
      if (wide[i] == 0) /* the string must not end here */
        wide[i] = 1;
    }
  text = g_malloc ((gsize) wide_length * 3 + 1);
  u_strToUTF8WithSub (text, wide_length * 3 + 1, &text_length, wide, wide_length, 0xFFFD, NULL, &status);
  text[text_length] = '\0';
  if (ret_bad != NULL)
    *ret_bad = bad;
  return text;
}

static const char *
find_bom (const guint8 *bytes, gsize length, gsize *ret_skip)
{
  static const struct
  {
    const char *charset;
    gsize size;
    guint8 mark[4];
  } marks[] = { { "UTF-8", 3, { 0xEF, 0xBB, 0xBF } },
                { "UTF-32LE", 4, { 0xFF, 0xFE, 0, 0 } },
                { "UTF-32BE", 4, { 0, 0, 0xFE, 0xFF } },
                { "UTF-16LE", 2, { 0xFF, 0xFE } },
                { "UTF-16BE", 2, { 0xFE, 0xFF } } };

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (length >= marks[i].size && memcmp (bytes, marks[i].mark, marks[i].size) == 0)
      {
        *ret_skip = marks[i].size;
        return marks[i].charset;
      }
  return NULL;
}

/* UTF-16 without a mark: in European text every other byte is 0 (Latin), 1 (ğ, ş, ı) or 4 (Cyrillic). */
static const char *
find_utf16 (const guint8 *bytes, gsize length)
{
  gsize n = MIN (length, SAMPLE_BYTES) / 2;
  gsize high[2] = { 0, 0 };
  gsize zero = 0;

  for (gsize i = 0; i < n * 2; i++)
    {
      high[i % 2] += bytes[i] == 0 || bytes[i] == 1 || bytes[i] == 4 || bytes[i] == 0x20;
      zero += bytes[i] == 0;
    }
  if (n < 2 || zero == 0 || length % 2 != 0)
    return NULL;
  if (high[1] * 10 >= n * 9 && high[0] * 2 < n)
    return "UTF-16LE";
  if (high[0] * 10 >= n * 9 && high[1] * 2 < n)
    return "UTF-16BE";
  return NULL;
}

/* How much of what is not ASCII reads as Russian words, 0..1: runs of frequent small letters, capitals only in
 * front. In the wrong one of windows-1251, KOI8-R, ISO 8859-5 and CP 866 case is inverted or signs stand among the
 * letters. */
static double
russian_share (const char *text)
{
  double good = 0;
  guint total = 0;
  guint joined = 0; /* in other languages letters beyond ASCII stand alone */
  gunichar previous = ' ';

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean small = (c >= 0x0430 && c <= 0x044F) || c == 0x0451;
      gboolean capital = (c >= 0x0410 && c <= 0x042F) || c == 0x0401;
      gboolean inside = (previous >= 0x0410 && previous <= 0x044F) || previous == 0x0401 || previous == 0x0451;
      gboolean capital_before = (previous >= 0x0410 && previous <= 0x042F) || previous == 0x0401;

      if (c >= 0x80)
        {
          total++;
          joined += inside && (small || capital);
          if (small)
            good += inside ? 1.0 : 0.5;
          else if (capital)
            good += !inside ? 0.8 : capital_before ? 0.3 : -2.0;
          else if (g_unichar_isspace (c) || memo_char_plain (c) < 0x80 || c == 0x2116 || c == 0x2026)
            total--;
          else
            good -= 1.0;
        }
      previous = c;
    }
  return total >= 4 && joined * 2 >= total ? good / total : 0;
}

static guint
count_frequent (const char *text, guint *ret_letters)
{
  static const char frequent[] = "оеаинтсрвлкмдпуяы";
  guint count = 0;
  guint letters = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_unichar_tolower (g_utf8_get_char (p));

      if (c < 0x0400 || c > 0x04FF)
        continue;
      letters++;
      count += g_utf8_strchr (frequent, -1, c) != NULL;
    }
  *ret_letters = letters;
  return count;
}

static const char *
find_russian (const guint8 *bytes, gsize length)
{
  static const char *const charsets[] = { "windows-1251", "KOI8-R", "IBM866", "ISO-8859-5", "x-mac-cyrillic" };
  const char *best = NULL;
  double best_share = 0.6;

  for (gsize i = 0; i < G_N_ELEMENTS (charsets); i++)
    {
      g_autofree char *text = convert (bytes, length, charsets[i], NULL);
      guint letters = 0;
      double share;

      if (text == NULL)
        continue;
      share = russian_share (text);
      if (share > best_share && count_frequent (text, &letters) * 10 >= letters * 6)
        {
          best = charsets[i];
          best_share = share;
        }
    }
  return best;
}

static const char *
find_with_icu (const guint8 *bytes, gsize length)
{
  UErrorCode status = U_ZERO_ERROR;
  UCharsetDetector *detector = ucsdet_open (&status);
  const UCharsetMatch *match;
  const char *name = NULL;

  if (U_FAILURE (status))
    return NULL;
  ucsdet_setText (detector, (const char *) bytes, length, &status);
  ucsdet_enableInputFilter (detector, TRUE); /* tags are not prose */
  match = ucsdet_detect (detector, &status);
  if (U_SUCCESS (status) && match != NULL && ucsdet_getConfidence (match, &status) >= 10)
    name = resolve_label (ucsdet_getName (match, &status));
  ucsdet_close (detector);
  return name;
}

/* What says nothing about the letters of a text, as it begins and ends; any other tag comes last. */
static const struct
{
  const char *open, *close;
} markup[] = { { "<!--", "-->" }, { "<script", "</script>" }, { "<style", "</style>" }, { "<", ">" } };

static gboolean
starts_with (const char *p, const char *end, const char *what)
{
  gsize length = strlen (what);

  return (gsize) (end - p) >= length && g_ascii_strncasecmp (p, what, length) == 0;
}

/* Where the tag, comment, script or style that begins at @p ends, or @p. @unclosed: what is known to end no more, so that a
 * page that opens a thousand tags and closes none is not read a thousand times. */
static const char *
skip_markup (const char *p, const char *end, gboolean *unclosed)
{
  gsize i = 0;

  if (end - p < 2 || *p != '<' || (!g_ascii_isalpha (p[1]) && strchr ("/!?", p[1]) == NULL))
    return p;
  while (!starts_with (p, end, markup[i].open))
    i++;
  for (const char *q = p + 1; q < end && !unclosed[i]; q++)
    if (starts_with (q, end, markup[i].close))
      return q + strlen (markup[i].close);
  unclosed[i] = TRUE;
  return p;
}

/* What there is to read at the beginning of a page or text. */
static GByteArray *
take_prose (const guint8 *bytes, gsize length)
{
  GByteArray *prose = g_byte_array_new ();
  const char *p = (const char *) bytes;
  const char *end = p + length;
  gboolean unclosed[G_N_ELEMENTS (markup)] = { FALSE };

  while (p < end && prose->len < SAMPLE_BYTES)
    {
      const char *next = skip_markup (p, end, unclosed);

      g_byte_array_append (prose, next > p ? (const guint8 *) " " : (const guint8 *) p, 1);
      p = MAX (next, p + 1);
    }
  return prose;
}

/* The Turkish letters stand where Icelandic ones do in windows-1252; Icelandic has á, í, ó and æ among them. */
static gboolean
is_turkish (const guint8 *bytes, gsize length)
{
  g_autofree char *text = convert (bytes, length, "windows-1254", NULL);
  guint own = 0;
  guint other = 0;

  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0xC0 || !g_unichar_isalpha (c))
        continue;
      if (g_utf8_strchr ("çğıöşüÇĞİÖŞÜâîûÂÎÛ", -1, c) != NULL)
        own++;
      else
        other++;
    }
  return text != NULL && other * 10 <= own && strcmp (memo_language_detect (text, NULL), "tr") == 0;
}

/* The charset of a page or text that is plainly Russian or Turkish, else NULL. */
static const char *
find_by_language (const guint8 *bytes, gsize length)
{
  g_autoptr (GByteArray) prose = take_prose (bytes, length);
  const char *russian = find_russian (prose->data, prose->len);

  if (russian != NULL)
    return russian;
  return is_turkish (prose->data, prose->len) ? "windows-1254" : NULL;
}

static const char *
detect (const guint8 *bytes, gsize length)
{
  const char *name = find_by_language (bytes, length);

  if (name == NULL)
    name = find_with_icu (bytes, MIN (length, SAMPLE_BYTES));
  return name != NULL ? name : "windows-1252";
}

/* Broken here and there, but UTF-8: at least nine of ten sequences are right. */
static gboolean
is_mostly_utf8 (const char *bytes, gsize length)
{
  const char *p = bytes;
  const char *end = bytes + length;
  gsize good = 0;
  gsize bad = 0;

  while (p < end)
    {
      gunichar c = g_utf8_get_char_validated (p, end - p);

      if (c == (gunichar) -1 || c == (gunichar) -2)
        {
          bad += *p != '\0';
          p++;
          continue;
        }
      good += c >= 0x80;
      p = g_utf8_next_char (p);
    }
  return bad * 10 <= good;
}

gboolean
memo_charset_is_wide (GBytes *bytes)
{
  gsize length, skip;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  const char *marked = find_bom (data, length, &skip);

  return marked != NULL ? strcmp (marked, "UTF-8") != 0 : find_utf16 (data, length) != NULL;
}

char *
memo_charset_to_utf8 (GBytes *bytes, const char *hint, const char **ret_charset)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  const char *charset;
  const char *named = hint != NULL ? resolve_label (hint) : NULL;
  g_autofree char *text = NULL;
  gsize skip = 0;
  gsize bad = 0;

  charset = find_bom (data, length, &skip);
  if (charset == NULL)
    charset = find_utf16 (data, length);
  if (charset == NULL && named != NULL && g_str_has_prefix (named, "iso-2022-") && memchr (data, 0x1B, length) != NULL)
    charset = named;
  if (charset == NULL && (length == 0 || g_utf8_validate_len ((const char *) data, length, NULL)))
    charset = "UTF-8";
  if (charset == NULL && is_mostly_utf8 ((const char *) data, length))
    charset = "UTF-8";

  /* "ISO-8859-1" is what editors wrote of themselves, whatever the letters were. */
  if (charset == NULL && g_strcmp0 (named, "windows-1252") == 0)
    {
      const char *better = find_by_language (data, length);

      named = better != NULL ? better : named;
    }
  if (charset == NULL && named != NULL && strcmp (named, "UTF-8") != 0 && !g_str_has_prefix (named, "UTF-16") &&
      !g_str_has_prefix (named, "utf-16"))
    {
      text = convert (data, length, named, &bad);
      /* A label that leaves holes is a wrong one. */
      if (text != NULL && bad * 20 <= length)
        charset = named;
      else
        g_clear_pointer (&text, g_free);
    }
  if (charset == NULL)
    charset = detect (data, length);
  if (text == NULL && strcmp (charset, "UTF-8") != 0)
    text = convert (data + skip, length - skip, charset, NULL);

  if (ret_charset != NULL)
    *ret_charset = charset;
  if (text != NULL)
    return memo_text_clean (text, -1);
  return memo_text_clean ((const char *) data + skip, length - skip);
}
