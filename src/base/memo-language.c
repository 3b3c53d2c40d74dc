/* Which language a text is in: what the file says, the script, the commonest words, and n-grams (libexttextcat). */

#include "memo-language.h"

#include <stdlib.h>
#include <string.h>

#include <textcat.h>

#include "memo-text.h"

#define UNDETERMINED "und"
/* n-grams settle on a few kilobytes; more only costs time. */
#define SAMPLE_BYTES 4096

typedef struct
{
  const char *code;
  const char *code3;
  const char *own;
  const char *english;
  const char *turkish;
  const char *russian;
} Language;

static const Language languages[] = {
  { "en", "eng", "English", "English", "İngilizce", "английский" },
  { "tr", "tur", "Türkçe", "Turkish", "Türkçe", "турецкий" },
  { "ru", "rus", "Русский", "Russian", "Rusça", "русский" },
  { "ar", "ara", "العربية", "Arabic", "Arapça", "арабский" },
  { "az", "aze", "Azərbaycanca", "Azerbaijani", "Azerbaycanca", "азербайджанский" },
  { "be", "bel", "Беларуская", "Belarusian", "Belarusça", "белорусский" },
  { "bg", "bul", "Български", "Bulgarian", "Bulgarca", "болгарский" },
  { "bs", "bos", "Bosanski", "Bosnian", "Boşnakça", "боснийский" },
  { "ca", "cat", "Català", "Catalan", "Katalanca", "каталанский" },
  { "cs", "ces", "Čeština", "Czech", "Çekçe", "чешский" },
  { "da", "dan", "Dansk", "Danish", "Danca", "датский" },
  { "de", "deu", "Deutsch", "German", "Almanca", "немецкий" },
  { "el", "ell", "Ελληνικά", "Greek", "Yunanca", "греческий" },
  { "es", "spa", "Español", "Spanish", "İspanyolca", "испанский" },
  { "et", "est", "Eesti", "Estonian", "Estonca", "эстонский" },
  { "fa", "fas", "فارسی", "Persian", "Farsça", "персидский" },
  { "fi", "fin", "Suomi", "Finnish", "Fince", "финский" },
  { "fr", "fra", "Français", "French", "Fransızca", "французский" },
  { "he", "heb", "עברית", "Hebrew", "İbranice", "иврит" },
  { "hi", "hin", "हिन्दी", "Hindi", "Hintçe", "хинди" },
  { "hr", "hrv", "Hrvatski", "Croatian", "Hırvatça", "хорватский" },
  { "hu", "hun", "Magyar", "Hungarian", "Macarca", "венгерский" },
  { "hy", "hye", "Հայերեն", "Armenian", "Ermenice", "армянский" },
  { "id", "ind", "Bahasa Indonesia", "Indonesian", "Endonezce", "индонезийский" },
  { "it", "ita", "Italiano", "Italian", "İtalyanca", "итальянский" },
  { "ja", "jpn", "日本語", "Japanese", "Japonca", "японский" },
  { "ka", "kat", "ქართული", "Georgian", "Gürcüce", "грузинский" },
  { "kk", "kaz", "Қазақша", "Kazakh", "Kazakça", "казахский" },
  { "ko", "kor", "한국어", "Korean", "Korece", "корейский" },
  { "ku", "kur", "Kurdî", "Kurdish", "Kürtçe", "курдский" },
  { "ky", "kir", "Кыргызча", "Kyrgyz", "Kırgızca", "киргизский" },
  { "lt", "lit", "Lietuvių", "Lithuanian", "Litvanca", "литовский" },
  { "lv", "lav", "Latviešu", "Latvian", "Letonca", "латышский" },
  { "mk", "mkd", "Македонски", "Macedonian", "Makedonca", "македонский" },
  { "mn", "mon", "Монгол", "Mongolian", "Moğolca", "монгольский" },
  { "nl", "nld", "Nederlands", "Dutch", "Felemenkçe", "нидерландский" },
  { "no", "nor", "Norsk", "Norwegian", "Norveççe", "норвежский" },
  { "nb", "nob", "Norsk bokmål", "Norwegian Bokmål", "Norveççe (Bokmål)", "норвежский букмол" },
  { "pl", "pol", "Polski", "Polish", "Lehçe", "польский" },
  { "pt", "por", "Português", "Portuguese", "Portekizce", "португальский" },
  { "ro", "ron", "Română", "Romanian", "Romence", "румынский" },
  { "sk", "slk", "Slovenčina", "Slovak", "Slovakça", "словацкий" },
  { "sl", "slv", "Slovenščina", "Slovenian", "Slovence", "словенский" },
  { "sq", "sqi", "Shqip", "Albanian", "Arnavutça", "албанский" },
  { "sr", "srp", "Српски", "Serbian", "Sırpça", "сербский" },
  { "sv", "swe", "Svenska", "Swedish", "İsveççe", "шведский" },
  { "tg", "tgk", "Тоҷикӣ", "Tajik", "Tacikçe", "таджикский" },
  { "tk", "tuk", "Türkmençe", "Turkmen", "Türkmence", "туркменский" },
  { "tt", "tat", "Татарча", "Tatar", "Tatarca", "татарский" },
  { "uk", "ukr", "Українська", "Ukrainian", "Ukraynaca", "украинский" },
  { "ur", "urd", "اردو", "Urdu", "Urduca", "урду" },
  { "uz", "uzb", "Oʻzbekcha", "Uzbek", "Özbekçe", "узбекский" },
  { "vi", "vie", "Tiếng Việt", "Vietnamese", "Vietnamca", "вьетнамский" },
  { "zh", "zho", "中文", "Chinese", "Çince", "китайский" },
};

static const Language *
find_language (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    if (strcmp (languages[i].code, code) == 0)
      return &languages[i];
  return NULL;
}

static gboolean
same_name (const char *key, const char *name)
{
  g_autofree char *other = memo_text_key (name);

  return strcmp (key, other) == 0;
}

const char *
memo_language_from_name (const char *name)
{
  /* What ISO 639-2/B and old tags say. */
  static const char *const aliases[][2] = { { "ger", "de" }, { "fre", "fr" }, { "dut", "nl" }, { "gre", "el" },
                                            { "chi", "zh" }, { "cze", "cs" }, { "per", "fa" }, { "rum", "ro" },
                                            { "geo", "ka" }, { "arm", "hy" }, { "iw", "he" },  { "in", "id" },
                                            { "slo", "sk" }, { "alb", "sq" }, { "mac", "mk" }, { "nn", "no" } };
  g_autofree char *key = memo_text_key (name);
  g_autofree char *tag = NULL;
  gsize length;

  length = strspn (key, "abcdefghijklmnopqrstuvwxyz");
  if ((length == 2 || length == 3) && (key[length] == '\0' || strchr ("-_.@", key[length]) != NULL))
    {
      tag = g_strndup (key, length);
      for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
        if (strcmp (languages[i].code, tag) == 0 || strcmp (languages[i].code3, tag) == 0)
          return languages[i].code;
      for (gsize i = 0; i < G_N_ELEMENTS (aliases); i++)
        if (strcmp (aliases[i][0], tag) == 0)
          return aliases[i][1];
      return length == 2 && strcmp (tag, "xx") != 0 ? g_intern_string (tag) : NULL;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    if (same_name (key, languages[i].own) || same_name (key, languages[i].english) ||
        same_name (key, languages[i].turkish) || same_name (key, languages[i].russian))
      return languages[i].code;
  return NULL;
}

const char *
memo_language_own_name (const char *code)
{
  const Language *language;

  g_return_val_if_fail (code != NULL, "");

  language = find_language (code);
  return language != NULL ? language->own : g_intern_string (code);
}

static const char *
interface_language (const char *locale)
{
  if (g_str_has_prefix (locale, "tr") && !g_ascii_isalpha (locale[2]))
    return "tr";
  if (g_str_has_prefix (locale, "ru") && !g_ascii_isalpha (locale[2]))
    return "ru";
  if (g_str_has_prefix (locale, "en") && !g_ascii_isalpha (locale[2]))
    return "en";
  return NULL;
}

const char *
memo_language_of_interface (void)
{
  static const char *const variables[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
  const char *locale = NULL;
  const char *list = g_getenv ("LANGUAGE");

  for (gsize i = 0; i < G_N_ELEMENTS (variables) && (locale == NULL || *locale == '\0'); i++)
    locale = g_getenv (variables[i]);
  if (locale == NULL || strcmp (locale, "C") == 0 || strcmp (locale, "POSIX") == 0)
    return "en"; /* gettext looks at LANGUAGE in no such locale */
  if (list != NULL && *list != '\0')
    {
      g_auto (GStrv) names = g_strsplit (list, ":", -1);

      for (guint i = 0; names[i] != NULL; i++)
        {
          const char *found = interface_language (names[i]);

          if (found != NULL)
            return found;
        }
    }
  locale = interface_language (locale);
  return locale != NULL ? locale : "en";
}

/* The scripts that decide, or narrow. */
typedef struct
{
  guint letters;
  guint latin;
  guint cyrillic;
  guint greek, arabic, hebrew, armenian, georgian, han, kana, hangul, devanagari;
  guint turkish;   /* ğ ı ş İ: hardly any other language has them */
  guint turkic;    /* ə: Azerbaijani */
  guint ukrainian; /* і ї є ґ */
  guint ykyz;      /* ы э ъ ё: Russian, not Ukrainian, Bulgarian, Serbian */
  guint foreign;   /* Cyrillic letters that Russian has not */
} Script;

static void
count_script (const char *text, Script *script)
{
  memset (script, 0, sizeof *script);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isalpha (c))
        continue;
      script->letters++;
      switch (g_unichar_get_script (c))
        {
        case G_UNICODE_SCRIPT_LATIN:
          script->latin++;
          script->turkish += c == 0x011F || c == 0x011E || c == 0x0131 || c == 0x0130 || c == 0x015F || c == 0x015E;
          script->turkic += c == 0x0259 || c == 0x018F;
          break;
        case G_UNICODE_SCRIPT_CYRILLIC:
          script->cyrillic++;
          c = g_unichar_tolower (c);
          script->ukrainian += c == 0x0456 || c == 0x0457 || c == 0x0454 || c == 0x0491;
          script->ykyz += c == 0x044B || c == 0x044D || c == 0x0451;
          script->foreign += !((c >= 0x0430 && c <= 0x044F) || c == 0x0451);
          break;
        case G_UNICODE_SCRIPT_GREEK:
          script->greek++;
          break;
        case G_UNICODE_SCRIPT_ARABIC:
          script->arabic++;
          break;
        case G_UNICODE_SCRIPT_HEBREW:
          script->hebrew++;
          break;
        case G_UNICODE_SCRIPT_ARMENIAN:
          script->armenian++;
          break;
        case G_UNICODE_SCRIPT_GEORGIAN:
          script->georgian++;
          break;
        case G_UNICODE_SCRIPT_HAN:
          script->han++;
          break;
        case G_UNICODE_SCRIPT_HIRAGANA:
        case G_UNICODE_SCRIPT_KATAKANA:
          script->kana++;
          break;
        case G_UNICODE_SCRIPT_HANGUL:
          script->hangul++;
          break;
        case G_UNICODE_SCRIPT_DEVANAGARI:
          script->devanagari++;
          break;
        default:
          break;
        }
    }
}

/* The commonest words in the form of memo_text_key(), only such as the others of the alphabet do not have. */
static const char *const english_words[] = {
  "the",   "of",   "and",   "to",   "is",   "that", "for",  "with", "are",  "this",  "from", "which", "you",
  "your",  "be",   "by",    "was",  "were", "has",  "have", "will", "can",  "not",   "it",   "its",   "their",
  "click", "or",   "if",    "when", "then", "use",  "used", "into", "been", "these", "they", "there", "would",
  "about", "what", "where", "all",  "each", "an",   "as",   "at",   "on",   "in",    NULL
};
static const char *const turkish_words[] = {
  "ve",       "bir",      "bu",       "icin",  "ile",  "olarak", "olan",  "daha", "gibi",  "kadar",      "sonra",
  "veya",     "ya",       "da",       "de",    "ise",  "icinde", "olur",  "var",  "degil", "tarafindan", "uzerinde",
  "gore",     "ancak",    "hem",      "her",   "cok",  "en",     "olmak", "eger", "iki",   "tum",        "secin",
  "tiklayin", "kullanin", "secenegi", "dosya", "onun", "olan",   "ne",    "ki",   "mi",    NULL
};
static const char *const german_words[] = { "der", "die", "das", "und", "ist", "nicht", "ein", "eine",
                                            "mit", "auf", "fur", "von", "dem", "den",   NULL };
static const char *const french_words[] = { "le",  "la",  "les",  "des", "est", "une", "dans", "pour",
                                            "que", "qui", "avec", "sur", "et",  "du",  NULL };

static GHashTable *
make_words (void)
{
  static const struct
  {
    const char *const *words;
    guint bit;
  } lists[] = { { english_words, 1 }, { turkish_words, 2 }, { german_words, 4 }, { french_words, 8 } };
  GHashTable *table = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; lists[i].words[j] != NULL; j++)
      {
        guint bits = GPOINTER_TO_UINT (g_hash_table_lookup (table, lists[i].words[j]));

        g_hash_table_insert (table, (gpointer) lists[i].words[j], GUINT_TO_POINTER (bits | lists[i].bit));
      }
  return table;
}

typedef struct
{
  guint total;
  guint english, turkish, german, french;
} Words;

static void
count_words (const char *sample, Words *words)
{
  static gsize once = 0;
  static GHashTable *table;
  g_autofree char *key = memo_text_key (sample);
  char *p = key;

  if (g_once_init_enter (&once))
    {
      table = make_words ();
      g_once_init_leave (&once, 1);
    }
  memset (words, 0, sizeof *words);
  while (*p != '\0')
    {
      char *end;
      char kept;
      guint bits;

      while (*p != '\0' && !g_ascii_isalpha (*p) && (guchar) *p < 0x80)
        p++;
      for (end = p; g_ascii_isalpha (*end) || (guchar) *end >= 0x80;)
        end++;
      if (end == p)
        break;
      kept = *end;
      *end = '\0';
      bits = GPOINTER_TO_UINT (g_hash_table_lookup (table, p));
      words->total++;
      words->english += (bits & 1) != 0;
      words->turkish += (bits & 2) != 0;
      words->german += (bits & 4) != 0;
      words->french += (bits & 8) != 0;
      *end = kept;
      p = end;
    }
}

static void
free_textcat (gpointer data)
{
  if (data != NULL)
    textcat_Done (data);
}

/* Loading the fingerprints takes some milliseconds and a handle must not be shared: one for each thread. */
static void *
get_textcat (void)
{
  static GPrivate handles = G_PRIVATE_INIT (free_textcat);
  static GPrivate tried = G_PRIVATE_INIT (NULL);
  void *handle = g_private_get (&handles);
  const char *const *dirs;
  g_autoptr (GStrvBuilder) builder = NULL;
  g_auto (GStrv) all = NULL;

  if (handle != NULL || g_private_get (&tried) != NULL)
    return handle;
  g_private_set (&tried, GINT_TO_POINTER (1));

  builder = g_strv_builder_new ();
  dirs = g_get_system_data_dirs ();
  for (guint i = 0; dirs[i] != NULL; i++)
    g_strv_builder_add (builder, dirs[i]);
  g_strv_builder_add_many (builder, "/app/share", "/usr/share", "/usr/local/share", NULL);
  all = g_strv_builder_end (builder);
  for (guint i = 0; all[i] != NULL && handle == NULL; i++)
    {
      g_autofree char *folder = g_build_filename (all[i], "libexttextcat", NULL);
      g_autofree char *prefix = g_strconcat (folder, G_DIR_SEPARATOR_S, NULL);
      g_autofree char *conf = g_build_filename (folder, "fpdb.conf", NULL);

      if (g_file_test (conf, G_FILE_TEST_IS_REGULAR))
        handle = special_textcat_Init (conf, prefix);
    }
  if (handle != NULL)
    g_private_set (&handles, handle);
  return handle;
}

/* Best code by n-grams, NULL when they do not know. */
static const char *
classify (const char *sample)
{
  void *handle = get_textcat ();
  const char *answer;
  g_autofree char *code = NULL;

  if (handle == NULL)
    return NULL;
  answer = textcat_Classify (handle, sample, strlen (sample));
  if (answer == NULL || answer[0] != '[')
    return NULL;
  code = g_strndup (answer + 1, strcspn (answer + 1, "-]"));
  return memo_language_from_name (code);
}

/* Scripts that belong to one language, or nearly. */
static const char *
detect_by_script (const Script *s)
{
  guint half = s->letters / 2;

  if (s->kana > 0 && s->kana + s->han > half)
    return s->kana * 10 >= s->han ? "ja" : "zh";
  if (s->han > half)
    return "zh";
  if (s->hangul > half)
    return "ko";
  if (s->greek > half)
    return "el";
  if (s->hebrew > half)
    return "he";
  if (s->armenian > half)
    return "hy";
  if (s->georgian > half)
    return "ka";
  return NULL;
}

static const char *
detect_text (const char *text, gboolean *ret_sure)
{
  g_autofree char *sample = NULL;
  Script script;
  Words words;
  const char *found;
  const char *guess;
  gsize length = strlen (text);

  *ret_sure = FALSE;
  if (length > SAMPLE_BYTES)
    {
      /* The middle is body text more often than the beginning. */
      const char *start = text + MIN (length / 4, length - SAMPLE_BYTES);
      const char *end = start + SAMPLE_BYTES;

      while (((guchar) *start & 0xC0) == 0x80)
        start++;
      while (((guchar) *end & 0xC0) == 0x80)
        end--;
      sample = g_strndup (start, end - start);
    }
  else
    sample = g_strdup (text);

  count_script (sample, &script);
  if (script.letters < 4)
    return UNDETERMINED;
  found = detect_by_script (&script);
  if (found != NULL)
    {
      *ret_sure = TRUE;
      return found;
    }

  guess = classify (sample);
  if (script.cyrillic * 2 > script.letters)
    {
      /* Headings and product names make n-grams see Bulgarian or Serbian in short Russian texts; letters do not lie. */
      if (script.foreign == 0 && (script.ykyz > 0 || script.cyrillic < 60))
        {
          *ret_sure = script.ykyz * 60 > script.cyrillic;
          return "ru";
        }
      if (script.foreign * 200 < script.cyrillic && script.ykyz * 100 > script.cyrillic)
        return "ru";
      if (script.ukrainian > 0 && script.ykyz == 0 && script.ukrainian == script.foreign)
        return "uk";
      *ret_sure = guess != NULL && script.cyrillic > 100;
      return guess != NULL ? guess : script.foreign == 0 ? "ru" : UNDETERMINED;
    }
  if (script.latin * 2 <= script.letters)
    return guess != NULL ? guess : UNDETERMINED;

  count_words (sample, &words);
  if (script.turkic * 50 < script.latin)
    {
      if (script.turkish * 50 >= script.latin || (script.turkish > 0 && words.turkish > words.english))
        {
          *ret_sure = script.turkish > 3;
          return "tr";
        }
      if (words.turkish >= 2 && words.turkish > words.english && words.turkish * 12 >= words.total &&
          words.turkish > words.german && words.turkish > words.french)
        return "tr";
    }
  if (words.english * 5 >= words.total && words.english > words.german && words.english > words.french &&
      words.english > words.turkish)
    {
      *ret_sure = words.english > 4;
      return "en";
    }
  if (guess == NULL || words.total < 8)
    {
      if (words.english > 0 && words.english >= MAX (words.turkish, MAX (words.german, words.french)))
        return "en";
      if (words.turkish > 0)
        return "tr";
    }
  *ret_sure = guess != NULL && script.letters > 400;
  return guess != NULL ? guess : UNDETERMINED;
}

const char *
memo_language_detect (const char *text, const char *hint)
{
  const char *named = hint != NULL ? memo_language_from_name (hint) : NULL;
  gboolean sure;
  const char *found;

  if (text == NULL)
    return named != NULL ? named : UNDETERMINED;
  found = detect_text (text, &sure);
  if (named != NULL && (!sure || strcmp (found, UNDETERMINED) == 0))
    return named;
  return found;
}
