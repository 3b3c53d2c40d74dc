#include "memo-text.h"

#include <string.h>

#include <unicode/ucol.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#define REPLACEMENT 0xFFFD
#define UNBROKEN 4000 /* bytes; Pango breaks a word of so many in some hundredths of a second */

/* Unicode Annex 15, Stream-Safe Text Format: a longer run of marks is cut by a COMBINING GRAPHEME JOINER, which keeps
 * normalisation linear on hostile input. */
#define MARKS_MAX 30
#define GRAPHEME_JOINER 0x034F

/* Code points that are in NFC whatever stands beside them, for the scripts read most. */
static inline gboolean
is_settled (gunichar c)
{
  return c < 0x0300 || (c >= 0x0400 && c <= 0x0481) || (c >= 0x2010 && c <= 0x2027) || c == REPLACEMENT;
}

static char *
normalize (const char *text, gsize length)
{
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *nfc = unorm2_getNFCInstance (&status);
  gsize capacity = length + 1;
  g_autofree UChar *in = NULL;
  g_autofree UChar *out = NULL;
  gint32 in_length = 0;
  gint32 out_length;
  char *result;
  gint32 result_length = 0;

  /* ICU counts in 32 bits, and NFC can be three times as long. */
  if (U_FAILURE (status) || length > G_MAXINT32 / 8)
    return g_strndup (text, length);

  in = g_new (UChar, capacity);
  u_strFromUTF8 (in, capacity, &in_length, text, length, &status);
  capacity = (gsize) in_length * 3 + 1;
  out = g_new (UChar, capacity);
  out_length = unorm2_normalize (nfc, in, in_length, out, capacity, &status);
  capacity = (gsize) out_length * 3 + 1;
  result = g_malloc (capacity);
  u_strToUTF8 (result, capacity, &result_length, out, out_length, &status);
  if (U_FAILURE (status))
    {
      g_free (result);
      return g_strndup (text, length);
    }
  result[result_length] = '\0';
  return g_realloc (result, result_length + 1);
}

/* The code point that stands for @c in clean text, or 0 when it goes. */
static inline gunichar
clean_char (gint32 c)
{
  if (c < 0)
    return REPLACEMENT;
  if (c < 0x20)
    return c == '\t' || c == '\n' ? c : 0;
  if (c < 0x7F)
    return c;
  if (c < 0xA0)
    return c == 0x85 ? '\n' : 0;
  if (c == 0x2028 || c == 0x2029)
    return '\n';
  if ((c & 0xFFFE) == 0xFFFE)
    return REPLACEMENT;
  return c;
}

char *
memo_text_clean (const char *bytes, gssize length)
{
  const guint8 *s = (const guint8 *) bytes;
  gsize n = length < 0 ? (bytes != NULL ? strlen (bytes) : 0) : (gsize) length;
  GString *out;
  gboolean settled = TRUE;
  guint marks = 0;
  gsize i = 0;

  /* ICU's macro needs an index of 32 bits in the worst case of nothing: gsize is fine as it is only incremented. */
  out = g_string_sized_new (n + 1);
  if (n >= 3 && s[0] == 0xEF && s[1] == 0xBB && s[2] == 0xBF)
    i = 3;
  while (i < n)
    {
      gint32 c;

      if (s[i] >= 0x20 && s[i] < 0x7F)
        {
          gsize from = i;

          while (i < n && s[i] >= 0x20 && s[i] < 0x7F)
            i++;
          g_string_append_len (out, bytes + from, i - from);
          marks = 0;
          continue;
        }
      if (s[i] == '\r')
        {
          i++;
          if (i < n && s[i] == '\n')
            i++;
          g_string_append_c (out, '\n');
          marks = 0;
          continue;
        }

      U8_NEXT (s, i, n, c);
      c = clean_char (c);
      if (c == 0)
        continue;
      if (!is_settled (c))
        {
          settled = FALSE;
          if (g_unichar_combining_class (c) == 0)
            marks = 0;
          else if (++marks > MARKS_MAX)
            {
              g_string_append_unichar (out, GRAPHEME_JOINER);
              marks = 1;
            }
        }
      else
        marks = 0;
      g_string_append_unichar (out, c);
    }

  if (!settled)
    {
      char *result = normalize (out->str, out->len);

      g_string_free (out, TRUE);
      return result;
    }
  return g_string_free (out, FALSE);
}

glong
memo_text_length (const char *text)
{
  return text != NULL ? g_utf8_strlen (text, -1) : 0;
}

char *
memo_text_slice (const char *text, glong start, glong end)
{
  const char *from = text;
  const char *to;
  glong i;

  if (text == NULL || end <= start)
    return g_strdup ("");
  for (i = 0; i < start && *from != '\0'; i++)
    from = g_utf8_next_char (from);
  for (to = from, i = MAX (start, 0); i < end && *to != '\0'; i++)
    to = g_utf8_next_char (to);
  return g_strndup (from, to - from);
}

char *
memo_text_collapse (const char *text)
{
  GString *out = g_string_new (NULL);
  gboolean space = FALSE;

  for (const char *p = text != NULL ? text : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        {
          space = TRUE;
          continue;
        }
      if (space && out->len > 0)
        g_string_append_c (out, ' ');
      space = FALSE;
      g_string_append_len (out, p, g_utf8_next_char (p) - p);
    }
  return g_string_free (out, FALSE);
}

char *
memo_text_ellipsize (const char *text, glong length)
{
  const char *p = text != NULL ? text : "";
  const char *word = NULL; /* end of the last whole word that fits */
  gboolean in_word = FALSE;
  glong i;

  for (i = 0; i < length && *p != '\0'; i++, p = g_utf8_next_char (p))
    {
      gboolean space = g_unichar_isspace (g_utf8_get_char (p));

      if (space && in_word && i > length / 2)
        word = p;
      in_word = !space;
    }
  if (*p == '\0')
    return g_strdup (text != NULL ? text : "");
  if (length <= 0)
    return g_strdup ("");
  if (word == NULL)
    word = g_utf8_prev_char (p);
  while (word > text && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (word))))
    word = g_utf8_prev_char (word);
  return g_strdup_printf ("%.*s…", (int) (word - text), text);
}

gboolean
memo_text_is_unbroken (const char *text, gsize length)
{
  const char *end = text + length, *p = text;

  while (end - p >= UNBROKEN)
    {
      const char *q = p + UNBROKEN;

      while (q > p && !g_ascii_isspace (q[-1]))
        q--;
      if (q == p)
        return TRUE;
      p = q;
    }
  return FALSE;
}

static gboolean
is_turkic (const char *language)
{
  return language != NULL && (g_str_has_prefix (language, "tr") || g_str_has_prefix (language, "az")) &&
         !g_ascii_isalpha (language[2]);
}

char *
memo_text_lower (const char *text, const char *language)
{
  gboolean turkic = is_turkic (language);
  GString *out;

  if (text == NULL)
    return g_strdup ("");
  out = g_string_sized_new (strlen (text) + 1);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == 0x0130)
        c = 'i';
      else if (c == 'I')
        c = turkic ? 0x0131 : 'i';
      else if (c >= 'A')
        c = g_unichar_tolower (c);
      g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

gunichar
memo_char_plain (gunichar c)
{
  if (c < 0x80)
    return c >= '\t' && c <= '\r' ? ' ' : c == '`' ? '\'' : c;
  switch (c)
    {
    case 0x00AB:
    case 0x00BB:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2033:
    case 0x301D:
    case 0x301E:
      return '"';
    case 0x00B4:
    case 0x02B9:
    case 0x02BB:
    case 0x02BC:
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032:
    case 0x2039:
    case 0x203A:
      return '\'';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
      return '-';
    case 0x0085:
    case 0x00A0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202F:
    case 0x205F:
    case 0x3000:
      return ' ';
    default:
      return c >= 0x2000 && c <= 0x200A ? ' ' : c;
    }
}

static gunichar
compute_key (gunichar c)
{
  gunichar first, second;

  c = memo_char_plain (c);
  if (g_unichar_ismark (c) || c == 0x00AD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF)
    return 0;
  c = g_unichar_tolower (c);
  /* й is a letter of its own: the breve on и is no mark that people leave out. */
  while (c != 0x0439 && g_unichar_decompose (c, &first, &second) && second != 0 && g_unichar_ismark (second))
    c = first;
  switch (c)
    {
    case 0x0131:
      return 'i';
    case 0x00F8:
      return 'o';
    case 0x0111:
      return 'd';
    case 0x0142:
      return 'l';
    case 0x03C2:
      return 0x03C3;
    default:
      return c;
    }
}

#define KEY_TABLE 0x0600

static const guint16 *
key_table (void)
{
  static gsize once = 0;
  static guint16 table[KEY_TABLE];

  if (g_once_init_enter (&once))
    {
      for (gunichar c = 0; c < KEY_TABLE; c++)
        table[c] = compute_key (c);
      g_once_init_leave (&once, 1);
    }
  return table;
}

gunichar
memo_char_key (gunichar c)
{
  if (c < KEY_TABLE)
    return key_table ()[c];
  return compute_key (c);
}

char *
memo_text_key (const char *text)
{
  GString *out = g_string_new (NULL);
  gboolean space = FALSE;

  for (const char *p = text != NULL ? text : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      /* и + breve is й, which is kept. */
      if ((c == 0x0438 || c == 0x0418) && g_utf8_get_char (g_utf8_next_char (p)) == 0x0306)
        c = 0x0439;
      c = memo_char_key (c);
      if (c == 0)
        continue;
      if (c == ' ')
        {
          space = TRUE;
          continue;
        }
      if (space && out->len > 0)
        g_string_append_c (out, ' ');
      space = FALSE;
      g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

/* A collator is cheap to use and dear to open; each thread keeps its own, because ICU promises nothing for one that is
 * shared. */
static void
free_collators (gpointer data)
{
  g_hash_table_unref (data);
}

static void
close_collator (gpointer data)
{
  if (data != NULL)
    ucol_close (data);
}

static UCollator *
get_collator (const char *language)
{
  static GPrivate collators = G_PRIVATE_INIT (free_collators);
  GHashTable *table = g_private_get (&collators);
  const char *name = language != NULL ? language : "";
  gpointer collator;

  if (table == NULL)
    {
      table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, close_collator);
      g_private_set (&collators, table);
    }
  if (!g_hash_table_lookup_extended (table, name, NULL, &collator))
    {
      UErrorCode status = U_ZERO_ERROR;

      /* "" is ICU's root order; "und" too. */
      collator = ucol_open (name, &status);
      if (U_SUCCESS (status))
        ucol_setAttribute (collator, UCOL_NUMERIC_COLLATION, UCOL_ON, &status);
      /* Languages come from files: keep the table small. */
      if (g_hash_table_size (table) > 64)
        g_hash_table_remove_all (table);
      g_hash_table_insert (table, g_strdup (name), collator);
    }
  return collator;
}

char *
memo_text_sort_key (const char *text, const char *language)
{
  UCollator *collator = get_collator (language);
  const char *source = text != NULL ? text : "";
  gsize length = strlen (source);
  g_autofree UChar *wide = NULL;
  UErrorCode status = U_ZERO_ERROR;
  gint32 wide_length = 0;
  gint32 key_length;
  guint8 most[512]; /* keys fit into this */
  char *key;

  /* A name longer than this sorts by its beginning. */
  if (length > 65536)
    length = g_utf8_find_prev_char (source, source + 65536) - source;
  wide = g_new (UChar, length + 1);
  u_strFromUTF8 (wide, length + 1, &wide_length, source, length, &status);
  if (collator == NULL || U_FAILURE (status))
    return memo_text_key (source);
  key_length = ucol_getSortKey (collator, wide, wide_length, most, sizeof most);
  key = g_malloc (key_length + 1);
  if (key_length <= (gint32) sizeof most)
    memcpy (key, most, key_length);
  else
    ucol_getSortKey (collator, wide, wide_length, (guint8 *) key, key_length);
  key[key_length] = '\0';
  return key;
}

char *
memo_uuid_new (void)
{
  return g_uuid_string_random ();
}
