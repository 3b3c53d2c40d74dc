#include "memo-tokenizer.h"

#include <libstemmer.h>
#include <string.h>
#include "base/memo-text.h"

/* The FTS5 tokenizer "memo". A token is a Unicode word in the form of memo_char_key(), so that İNCESU, İncesu and
 * incesu are one. At the same position follow, as synonyms,
 *   - its Snowball stems where they differ from it (English, Turkish or Russian by the column's mark or the script);
 *   - its number, for XIX, XIXth and 19th;
 *   - what stands behind an apostrophe, when it is long (İstanbul'dakilerden); a short one is a mere suffix.
 * Soft hyphens and joiners are no part of a word.
 *
 * Stems must not be found by a prefix query, nor fill the prefix indexes: a stem's token is the byte 0xC0 followed by a
 * FNV-1a hash in seven bytes 0x80..0xBF. FTS5 takes it for a single character and makes no entry for it in the indexes
 * of longer prefixes. */

#define WORD_MAX 120 /* bytes of a token */
#define STEM_LENGTH 8
#define TABLE 0x530 /* Latin, Greek, Cyrillic */

enum
{
  EN,
  TR,
  RU,
  N_STEMMERS
};

enum
{
  CLASS_NONE, /* between words */
  CLASS_LETTER,
  CLASS_UPPER,
  CLASS_DIGIT,
  CLASS_IGNORED, /* part of a word, but not seen */
  CLASS_APOSTROPHE,
  CLASS_SINGLE /* a word by itself: Han, Kana */
};

static struct
{
  guint8 class[TABLE];
  gunichar key[TABLE];
} table;

static int
classify (gunichar c)
{
  switch (c)
    {
    case '\'':
    case 0x2019:
    case 0x2018:
    case 0x02BC:
    case 0x02B9:
    case 0xFF07:
      return CLASS_APOSTROPHE;
    case 0x00AD:
    case 0x200B:
    case 0x200C:
    case 0x200D:
    case 0x2060:
    case 0xFEFF:
      return CLASS_IGNORED;
    default:
      break;
    }
  switch (g_unichar_type (c))
    {
    case G_UNICODE_UPPERCASE_LETTER:
    case G_UNICODE_TITLECASE_LETTER:
      return CLASS_UPPER;
    case G_UNICODE_LOWERCASE_LETTER:
    case G_UNICODE_MODIFIER_LETTER:
      return CLASS_LETTER;
    case G_UNICODE_OTHER_LETTER:
      switch (g_unichar_get_script (c))
        {
        case G_UNICODE_SCRIPT_HAN:
        case G_UNICODE_SCRIPT_HIRAGANA:
        case G_UNICODE_SCRIPT_KATAKANA:
          return CLASS_SINGLE;
        default:
          return CLASS_LETTER;
        }
    case G_UNICODE_DECIMAL_NUMBER:
      return CLASS_DIGIT;
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
      return CLASS_IGNORED;
    default:
      return CLASS_NONE;
    }
}

static void
prepare_table (void)
{
  static gsize ready = 0;

  if (!g_once_init_enter (&ready))
    return;
  for (gunichar c = 0; c < TABLE; c++)
    {
      table.class[c] = classify (c);
      table.key[c] = memo_char_key (c);
    }
  g_once_init_leave (&ready, 1);
}

static inline int
get_class (gunichar c)
{
  return c < TABLE ? table.class[c] : classify (c);
}

static inline gunichar
get_key (gunichar c)
{
  return c < TABLE ? table.key[c] : memo_char_key (c);
}

/* Reads a character of text that need not be valid. */
static inline gunichar
next_char (const char *text, int length, int *at)
{
  guchar first = text[*at];
  gunichar c;

  if (first < 0x80)
    {
      *at += 1;
      return first;
    }
  if (first >= 0xC2 && first < 0xE0 && *at + 1 < length && ((guchar) text[*at + 1] & 0xC0) == 0x80)
    {
      c = (first & 0x1F) << 6 | ((guchar) text[*at + 1] & 0x3F);
      *at += 2;
      return c;
    }
  c = g_utf8_get_char_validated (text + *at, length - *at);
  if (c == (gunichar) -1 || c == (gunichar) -2 || c == 0)
    {
      *at += 1;
      return 0xFFFD;
    }
  *at += g_utf8_skip[first];
  return c;
}

typedef struct
{
  char form[WORD_MAX + 8];
  int length;
  int start, end; /* bytes of the text, apostrophe and what follows included */
  int bare_end;   /* without them */
  int digits;     /* bytes of @form that are leading digits */
  int letters;    /* characters */
  gboolean upper; /* it begins with upper case roman numerals */
  gboolean cyrillic;
  gboolean latin;
  int tail_start; /* letters behind the apostrophe, or 0 */
} Word;

static inline void
append_key (Word *word, gunichar c)
{
  gunichar key = get_key (c);

  if (key == 0 || word->length >= WORD_MAX)
    return;
  if (key < 0x80)
    word->form[word->length++] = key;
  else
    word->length += g_unichar_to_utf8 (key, word->form + word->length);
}

/* The next word at or behind @at; FALSE at the end. */
static gboolean
next_word (const char *text, int length, int *at, Word *word)
{
  int i = *at, before, class = CLASS_NONE;
  gunichar c = 0;

  memset (&word->length, 0, sizeof *word - G_STRUCT_OFFSET (Word, length));
  for (before = i; i < length; before = i)
    {
      c = next_char (text, length, &i);
      class = get_class (c);
      if (class == CLASS_LETTER || class == CLASS_UPPER || class == CLASS_DIGIT || class == CLASS_SINGLE)
        break;
    }
  if (class != CLASS_LETTER && class != CLASS_UPPER && class != CLASS_DIGIT && class != CLASS_SINGLE)
    {
      *at = length;
      return FALSE;
    }
  word->start = before;
  word->end = i;
  if (class == CLASS_SINGLE)
    {
      append_key (word, c);
      word->letters = 1;
    }
  else
    while (TRUE)
      {
        if (class == CLASS_APOSTROPHE)
          {
            int next = i;
            gunichar follower = i < length ? next_char (text, length, &next) : 0;
            int its = follower != 0 ? get_class (follower) : CLASS_NONE;

            if (its != CLASS_LETTER && its != CLASS_UPPER)
              break;
            /* O'Neill, d'Estaing are one word; İstanbul'da and Turkey's end here. */
            if (word->letters > 1 || word->digits > 0)
              {
                word->tail_start = i;
                break;
              }
          }
        else if (class == CLASS_LETTER || class == CLASS_UPPER || class == CLASS_DIGIT)
          {
            append_key (word, c);
            if (class == CLASS_DIGIT)
              {
                if (word->letters == 0)
                  word->digits = word->length;
              }
            else
              {
                word->letters++;
                if (c < 0x250)
                  word->latin = TRUE;
                else if (c >= 0x400 && c < TABLE)
                  word->cyrillic = TRUE;
                if (class == CLASS_UPPER && word->letters == 1 && word->digits == 0)
                  word->upper = TRUE;
              }
            word->end = i;
          }
        else if (class != CLASS_IGNORED)
          break;
        if (i >= length)
          break;
        before = i;
        c = next_char (text, length, &i);
        class = get_class (c);
      }
  word->bare_end = word->end;
  if (word->tail_start > 0)
    {
      i = word->tail_start;
      while (i < length)
        {
          before = i;
          class = get_class (next_char (text, length, &i));
          if (class != CLASS_LETTER && class != CLASS_UPPER && class != CLASS_IGNORED)
            {
              i = before;
              break;
            }
        }
      word->end = i;
    }
  word->form[word->length] = '\0';
  *at = word->end;
  return TRUE;
}

/* Value of the roman numeral that @form (lower case) begins with, when nothing but an ordinal's ending follows;
 * canonical spelling below 400 only, so that "civil" and "mild" are words. */
static int
roman (const char *form, int length)
{
  static const struct
  {
    const char *text;
    int value;
  } parts[] = { { "c", 100 }, { "xc", 90 }, { "l", 50 }, { "xl", 40 }, { "x", 10 },
                { "ix", 9 },  { "v", 5 },   { "iv", 4 }, { "i", 1 } };
  static const char *const endings[] = { "", "th", "st", "nd", "rd", "inci", "nci" };
  int at = 0, value = 0;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      int size = strlen (parts[i].text), most = size == 2 || parts[i].text[0] == 'l' || parts[i].text[0] == 'v' ? 1 : 3;

      while (most-- > 0 && at + size <= length && strncmp (form + at, parts[i].text, size) == 0)
        {
          value += parts[i].value;
          at += size;
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (strcmp (form + at, endings[i]) == 0)
      return at >= 2 || (at == 1 && i > 0) ? value : 0;
  return 0;
}

static gboolean
only_roman_capitals (const char *text, const Word *word)
{
  int n = strspn (text + word->start, "IVXLC");

  return n >= 1 && (word->start + n == word->bare_end || g_ascii_islower (text[word->start + n]));
}

static int
number_token (const char *text, const Word *word, char *token)
{
  int value;

  if (word->digits > 0)
    {
      /* 19th, 2025г; but not the 3 of 3d2f1a. */
      if (word->letters == 0 || word->letters > 4)
        return 0;
      memcpy (token, word->form, word->digits);
      token[word->digits] = '\0';
      return word->digits;
    }
  if (!word->upper || !only_roman_capitals (text, word))
    return 0;
  value = roman (word->form, word->length);
  return value > 0 ? g_snprintf (token, 16, "%d", value) : 0;
}

static void
stem_token (const char *stem, int length, char *token)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (int i = 0; i < length; i++)
    hash = (hash ^ (guchar) stem[i]) * G_GUINT64_CONSTANT (0x100000001b3);
  token[0] = (char) 0xC0;
  for (int i = 1; i < STEM_LENGTH; i++)
    {
      token[i] = (char) (0x80 | (hash & 0x3F));
      hash >>= 6;
    }
}

/* Texts repeat their words: the stems of those seen last are kept. */
#define CACHE 16384
#define CACHE_WORD 48

typedef struct
{
  guint8 length; /* 0: free */
  guint8 mark;
  guint8 n;
  char word[CACHE_WORD]; /* as it stands in the text */
  char tokens[2][STEM_LENGTH];
} Cached;

typedef struct
{
  struct sb_stemmer *stemmers[N_STEMMERS];
  Cached *cache; /* NULL until a document is read */
} Tokenizer;

static void
tokenizer_free (Tokenizer *self)
{
  for (int i = 0; i < N_STEMMERS; i++)
    if (self->stemmers[i] != NULL)
      sb_stemmer_delete (self->stemmers[i]);
  g_free (self->cache);
  g_free (self);
}

static Tokenizer *
tokenizer_new (void)
{
  static const char *const names[N_STEMMERS] = { "english", "turkish", "russian" };
  Tokenizer *self = g_new0 (Tokenizer, 1);

  prepare_table ();
  for (int i = 0; i < N_STEMMERS; i++)
    {
      self->stemmers[i] = sb_stemmer_new (names[i], "UTF_8");
      g_assert (self->stemmers[i] != NULL);
    }
  return self;
}

/* Lower case as the stemmer wants it; "ё" as "е", the spelling it knows. */
static int
lower (const char *text, int start, int end, int language, char *out)
{
  int at = start, length = 0;

  while (at < end && length < WORD_MAX)
    {
      gunichar c = next_char (text, end, &at);
      int class = get_class (c);

      if (class != CLASS_LETTER && class != CLASS_UPPER && class != CLASS_DIGIT)
        continue;
      if (c == 'I' && language == TR)
        c = 0x131;
      else if (c == 0x130)
        c = 'i';
      else if (class == CLASS_UPPER)
        c = g_unichar_tolower (c);
      if (c == 0x451)
        c = 0x435;
      length += g_unichar_to_utf8 (c, out + length);
    }
  return length;
}

static int
fold (const char *text, int length, char *out)
{
  int at = 0, n = 0;

  while (at < length && n < WORD_MAX)
    {
      gunichar key = get_key (next_char (text, length, &at));

      if (key != 0)
        n += g_unichar_to_utf8 (key, out + n);
    }
  return n;
}

static gboolean
is_vowel (guchar c)
{
  return c != 0 && strchr ("aeiou", c) != NULL;
}

/* Folded stem of the word in text[start, end); its length, or 0 when there is none worth having. */
static int
stem (Tokenizer *self, int language, const char *text, int start, int end, char *out)
{
  char word[WORD_MAX + 8], whole[WORD_MAX + 8];
  int length = lower (text, start, end, language, word);
  const char *result = (const char *) sb_stemmer_stem (self->stemmers[language], (const sb_symbol *) word, length);
  int n, all;

  if (result == NULL)
    return 0;
  n = fold (result, sb_stemmer_length (self->stemmers[language]), out);
  if (language != TR)
    return n;
  /* Where Snowball's Turkish stems of one word part ways: "anlaşması" keeps the s of its ending ("anlaşmas"), and short
   * words lose what is no ending ("aşı" becomes "aş"). */
  all = fold (word, length, whole);
  if (n >= 4 && all == n + 1 && out[n - 1] == 's' && is_vowel (out[n - 2]) && is_vowel (whole[n]))
    n--;
  if (n < 3)
    {
      memcpy (out, whole, all);
      n = all;
    }
  return n;
}

typedef int (*TokenFunc) (void *context, int flags, const char *token, int length, int start, int end);

/* The stems of a word, each once, without the word itself. */
static int
stems_of (Tokenizer *self, int mark, const char *text, const Word *word, char stems[2][WORD_MAX + 8], int lengths[2])
{
  int languages[2], n_languages = 0, n = 0;

  if (word->letters < 3 || mark == MEMO_MARK_OTHER)
    return 0;
  if (word->cyrillic)
    languages[n_languages++] = RU;
  else if (word->latin)
    {
      if (mark != MEMO_MARK_TR)
        languages[n_languages++] = EN;
      if (mark != MEMO_MARK_EN)
        languages[n_languages++] = TR;
    }
  for (int i = 0; i < n_languages; i++)
    {
      lengths[n] = stem (self, languages[i], text, word->start, word->bare_end, stems[n]);
      if (lengths[n] == 0 || (lengths[n] == word->length && memcmp (stems[n], word->form, word->length) == 0))
        continue;
      if (n == 1 && lengths[0] == lengths[1] && memcmp (stems[0], stems[1], lengths[0]) == 0)
        continue;
      n++;
    }
  return n;
}

/* The tokens of a word's stems. */
static int
stem_tokens (Tokenizer *self, int mark, const char *text, const Word *word, char tokens[2][STEM_LENGTH])
{
  int length = word->bare_end - word->start, n;
  guint32 hash = 2166136261u ^ mark;
  char stems[2][WORD_MAX + 8];
  int lengths[2];
  Cached *cached = NULL;

  if (word->letters < 3 || mark == MEMO_MARK_OTHER)
    return 0;
  if (length <= CACHE_WORD)
    {
      if (self->cache == NULL)
        self->cache = g_new0 (Cached, CACHE);
      for (int i = word->start; i < word->bare_end; i++)
        hash = (hash ^ (guchar) text[i]) * 16777619u;
      cached = &self->cache[(hash ^ hash >> 15) % CACHE];
      if (cached->length == length && cached->mark == (guint8) mark &&
          memcmp (cached->word, text + word->start, length) == 0)
        {
          memcpy (tokens, cached->tokens, sizeof cached->tokens);
          return cached->n;
        }
    }
  n = stems_of (self, mark, text, word, stems, lengths);
  for (int i = 0; i < n; i++)
    stem_token (stems[i], lengths[i], tokens[i]);
  if (cached != NULL)
    {
      cached->length = length;
      cached->mark = mark;
      cached->n = n;
      memcpy (cached->word, text + word->start, length);
      memcpy (cached->tokens, tokens, sizeof cached->tokens);
    }
  return n;
}

/* One for all tables of a thread, so that they share what is kept. */
static Tokenizer *
tokenizer_get (void)
{
  static GPrivate own = G_PRIVATE_INIT ((GDestroyNotify) tokenizer_free);
  Tokenizer *self = g_private_get (&own);

  if (self == NULL)
    {
      self = tokenizer_new ();
      g_private_set (&own, self);
    }
  return self;
}

static int
create_cb (void *user_data, const char **arguments, int n_arguments, Fts5Tokenizer **ret_tokenizer)
{
  prepare_table ();
  *ret_tokenizer = (Fts5Tokenizer *) &table;
  return SQLITE_OK;
}

static void
delete_cb (Fts5Tokenizer *tokenizer)
{
  /* It is the thread's. */
}

static int
tokenize_cb (Fts5Tokenizer *tokenizer, void *context, int flags, const char *text, int length, TokenFunc func)
{
  Tokenizer *self = tokenizer_get ();
  int at = 0, mark = 0, code = SQLITE_OK;
  char token[WORD_MAX + 8], stems[2][STEM_LENGTH] = { { 0 } };
  Word word;

  if (text == NULL || length <= 0)
    return SQLITE_OK;
  if ((flags & FTS5_TOKENIZE_QUERY) && text[0] == MEMO_QUERY_STEM)
    {
      stem_token (text + 1, length - 1, token);
      return func (context, 0, token, STEM_LENGTH, 0, length);
    }
  if ((flags & FTS5_TOKENIZE_QUERY) && text[0] == MEMO_QUERY_EXACT)
    return func (context, 0, text + 1, length - 1, 0, length);
  if (length >= 3 && (guchar) text[0] == 0xEE)
    {
      mark = next_char (text, length, &at);
      if (mark < MEMO_MARK_EN || mark > MEMO_MARK_OTHER)
        mark = at = 0;
    }
  while (code == SQLITE_OK && next_word (text, length, &at, &word))
    {
      int n;

      if (word.length == 0)
        continue;
      code = func (context, 0, word.form, word.length, word.start, word.end);
      if (!(flags & FTS5_TOKENIZE_DOCUMENT))
        continue;
      n = number_token (text, &word, token);
      if (code == SQLITE_OK && n > 0)
        code = func (context, FTS5_TOKEN_COLOCATED, token, n, word.start, word.end);
      if (code == SQLITE_OK && word.tail_start > 0 && word.end - word.tail_start >= 4)
        {
          n = fold (text + word.tail_start, word.end - word.tail_start, token);
          if (n > 0)
            code = func (context, FTS5_TOKEN_COLOCATED, token, n, word.start, word.end);
        }
      n = stem_tokens (self, mark, text, &word, stems);
      for (int i = 0; i < n && code == SQLITE_OK; i++)
        code = func (context, FTS5_TOKEN_COLOCATED, stems[i], STEM_LENGTH, word.start, word.end);
    }
  return code;
}

void
memo_tokenizer_words (const char *text, int length, MemoWordFunc func, gpointer data)
{
  int at = 0;
  Word word;

  prepare_table ();
  while (next_word (text, length, &at, &word))
    if (word.length > 0 && !func (word.form, text + word.start, word.start, word.end, data))
      break;
}

/* Vowels that come and go, which Snowball's Russian stems keep apart: "столбец" and "столбцов", "список" and "списки". Only
 * questions ask for both, the index need not know. */
static void
add_fleeting (GPtrArray *found, const char *stem)
{
  static const char *const endings[][2] = { { "ец", "ц" }, { "ок", "к" } };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      gboolean full = g_str_has_suffix (stem, endings[i][0]);
      const char *ending = endings[i][full ? 0 : 1];

      /* Short words have no such vowel: "рок". */
      if (!g_str_has_suffix (stem, ending) || g_utf8_strlen (stem, -1) < (full ? 5 : 4))
        continue;
      g_ptr_array_add (found, g_strdup_printf ("%.*s%s", (int) (strlen (stem) - strlen (ending)), stem,
                                               endings[i][full ? 1 : 0]));
      return;
    }
}

char **
memo_tokenizer_stems (const char *text, int length)
{
  Tokenizer *self = tokenizer_get ();
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  char stems[2][WORD_MAX + 8];
  int lengths[2], at = 0, n;
  Word word;

  if (next_word (text, length, &at, &word))
    {
      n = stems_of (self, 0, text, &word, stems, lengths);
      for (int i = 0; i < n; i++)
        g_ptr_array_add (found, g_strndup (stems[i], lengths[i]));
      if (word.cyrillic)
        {
          g_autofree char *own = n > 0 ? g_strdup (found->pdata[0]) : g_strndup (word.form, word.length);

          add_fleeting (found, own);
        }
    }
  g_ptr_array_add (found, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&found), FALSE);
}

char *
memo_tokenizer_number (const char *word)
{
  int number;
  g_autofree char *form = memo_text_key (word);

  /* One letter is a word, or the beginning of one. */
  if (form[0] == '\0' || (form[1] == '\0' && !g_ascii_isdigit (form[0])))
    return NULL;
  number = roman (form, strlen (form));
  if (number == 0)
    number = memo_number_parse (word);
  return number > 0 ? g_strdup_printf ("%d", number) : NULL;
}

gboolean
memo_tokenizer_register (sqlite3 *db)
{
  static fts5_tokenizer functions = { create_cb, delete_cb, tokenize_cb };
  fts5_api *api = NULL;
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, "SELECT fts5 (?1)", -1, &statement, NULL) != SQLITE_OK)
    return FALSE;
  sqlite3_bind_pointer (statement, 1, &api, "fts5_api_ptr", NULL);
  sqlite3_step (statement);
  sqlite3_finalize (statement);
  return api != NULL && api->xCreateTokenizer (api, "memo", NULL, &functions, NULL) == SQLITE_OK;
}
