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
  { "en", "eng", "English", "English", "İngilizce", "Английский" },
  { "tr", "tur", "Türkçe", "Turkish", "Türkçe", "Турецкий" },
  { "ru", "rus", "Русский", "Russian", "Rusça", "Русский" },
  { "ar", "ara", "العربية", "Arabic", "Arapça", "Арабский" },
  { "az", "aze", "Azərbaycanca", "Azerbaijani", "Azerbaycanca", "Азербайджанский" },
  { "be", "bel", "Беларуская", "Belarusian", "Belarusça", "Белорусский" },
  { "bg", "bul", "Български", "Bulgarian", "Bulgarca", "Болгарский" },
  { "bs", "bos", "Bosanski", "Bosnian", "Boşnakça", "Боснийский" },
  { "ca", "cat", "Català", "Catalan", "Katalanca", "Каталанский" },
  { "cs", "ces", "Čeština", "Czech", "Çekçe", "Чешский" },
  { "da", "dan", "Dansk", "Danish", "Danca", "Датский" },
  { "de", "deu", "Deutsch", "German", "Almanca", "Немецкий" },
  { "el", "ell", "Ελληνικά", "Greek", "Yunanca", "Греческий" },
  { "es", "spa", "Español", "Spanish", "İspanyolca", "Испанский" },
  { "et", "est", "Eesti", "Estonian", "Estonca", "Эстонский" },
  { "fa", "fas", "فارسی", "Persian", "Farsça", "Персидский" },
  { "fi", "fin", "Suomi", "Finnish", "Fince", "Финский" },
  { "fr", "fra", "Français", "French", "Fransızca", "Французский" },
  { "he", "heb", "עברית", "Hebrew", "İbranice", "Иврит" },
  { "hi", "hin", "हिन्दी", "Hindi", "Hintçe", "Хинди" },
  { "hr", "hrv", "Hrvatski", "Croatian", "Hırvatça", "Хорватский" },
  { "hu", "hun", "Magyar", "Hungarian", "Macarca", "Венгерский" },
  { "hy", "hye", "Հայերեն", "Armenian", "Ermenice", "Армянский" },
  { "id", "ind", "Bahasa Indonesia", "Indonesian", "Endonezce", "Индонезийский" },
  { "it", "ita", "Italiano", "Italian", "İtalyanca", "Итальянский" },
  { "ja", "jpn", "日本語", "Japanese", "Japonca", "Японский" },
  { "ka", "kat", "ქართული", "Georgian", "Gürcüce", "Грузинский" },
  { "kk", "kaz", "Қазақша", "Kazakh", "Kazakça", "Казахский" },
  { "ko", "kor", "한국어", "Korean", "Korece", "Корейский" },
  { "ku", "kur", "Kurdî", "Kurdish", "Kürtçe", "Курдский" },
  { "ky", "kir", "Кыргызча", "Kyrgyz", "Kırgızca", "Киргизский" },
  { "lt", "lit", "Lietuvių", "Lithuanian", "Litvanca", "Литовский" },
  { "lv", "lav", "Latviešu", "Latvian", "Letonca", "Латышский" },
  { "mk", "mkd", "Македонски", "Macedonian", "Makedonca", "Македонский" },
  { "mn", "mon", "Монгол", "Mongolian", "Moğolca", "Монгольский" },
  { "nl", "nld", "Nederlands", "Dutch", "Felemenkçe", "Нидерландский" },
  { "no", "nor", "Norsk", "Norwegian", "Norveççe", "Норвежский" },
  { "nb", "nob", "Norsk bokmål", "Norwegian Bokmål", "Norveççe (Bokmål)", "Норвежский букмол" },
  { "pl", "pol", "Polski", "Polish", "Lehçe", "Польский" },
  { "pt", "por", "Português", "Portuguese", "Portekizce", "Португальский" },
  { "ro", "ron", "Română", "Romanian", "Romence", "Румынский" },
  { "sk", "slk", "Slovenčina", "Slovak", "Slovakça", "Словацкий" },
  { "sl", "slv", "Slovenščina", "Slovenian", "Slovence", "Словенский" },
  { "sq", "sqi", "Shqip", "Albanian", "Arnavutça", "Албанский" },
  { "sr", "srp", "Српски", "Serbian", "Sırpça", "Сербский" },
  { "sv", "swe", "Svenska", "Swedish", "İsveççe", "Шведский" },
  { "tg", "tgk", "Тоҷикӣ", "Tajik", "Tacikçe", "Таджикский" },
  { "tk", "tuk", "Türkmençe", "Turkmen", "Türkmence", "Туркменский" },
  { "tt", "tat", "Татарча", "Tatar", "Tatarca", "Татарский" },
  { "uk", "ukr", "Українська", "Ukrainian", "Ukraynaca", "Украинский" },
  { "ur", "urd", "اردو", "Urdu", "Urduca", "Урду" },
  { "uz", "uzb", "Oʻzbekcha", "Uzbek", "Özbekçe", "Узбекский" },
  { "vi", "vie", "Tiếng Việt", "Vietnamese", "Vietnamca", "Вьетнамский" },
  { "zh", "zho", "中文", "Chinese", "Çince", "Китайский" },
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

const char *
memo_language_name (const char *code, const char *in)
{
  const Language *language;

  g_return_val_if_fail (code != NULL && in != NULL, "");

  language = find_language (code);
  if (language == NULL)
    return g_intern_string (code);
  return strcmp (in, "tr") == 0 ? language->turkish : strcmp (in, "ru") == 0 ? language->russian : language->english;
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
/* Letters from which on a text must speak its own language. */
#define LONG_TEXT 1000

typedef struct
{
  guint letters;
  guint latin;
  guint cyrillic;
  guint greek, arabic, hebrew, armenian, georgian, han, kana, hangul;
  guint marked;    /* Latin letters beyond ASCII */
  guint turkish;   /* ğ ı ş İ: hardly any other language has them */
  guint azeri;     /* ə */
  guint ukrainian; /* і ї є ґ */
  guint russian;   /* ы э ё: not in Ukrainian, Bulgarian, Serbian, Macedonian */
  guint hard_sign; /* ъ: frequent in Bulgarian only */
  guint foreign;   /* Cyrillic letters that Russian has not */
} Script;

static void
count_latin (gunichar c, Script *script)
{
  script->latin++;
  if (c < 0x80)
    return;
  script->marked++;
  script->turkish += c == 0x011F || c == 0x011E || c == 0x0131 || c == 0x0130 || c == 0x015F || c == 0x015E;
  script->azeri += c == 0x0259 || c == 0x018F;
}

static void
count_cyrillic (gunichar c, Script *script)
{
  script->cyrillic++;
  c = g_unichar_tolower (c);
  script->ukrainian += c == 0x0456 || c == 0x0457 || c == 0x0454 || c == 0x0491;
  script->russian += c == 0x044B || c == 0x044D || c == 0x0451;
  script->hard_sign += c == 0x044A;
  script->foreign += !((c >= 0x0430 && c <= 0x044F) || c == 0x0451);
}

static void
count_script (const char *text, Script *script)
{
  memset (script, 0, sizeof *script);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x80 ? !g_ascii_isalpha (c) : !g_unichar_isalpha (c))
        continue;
      script->letters++;
      if (c < 0x80)
        {
          script->latin++;
          continue;
        }
      switch (g_unichar_get_script (c))
        {
        case G_UNICODE_SCRIPT_LATIN:
          count_latin (c, script);
          break;
        case G_UNICODE_SCRIPT_CYRILLIC:
          count_cyrillic (c, script);
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
        default:
          break;
        }
    }
}

/* The commonest words in the form of memo_text_key(). The first list is English alone; the second is shared by other
 * languages here and there. */
static const char *const english_words[] = {
  "the",  "and",  "that",  "with",   "this",   "from",  "which", "you",   "your",  "was",   "were",   "has",
  "have", "will", "not",   "their",  "been",   "these", "they",  "there", "would", "about", "what",   "where",
  "are",  "for",  "click", "each",   "it",     "its",   "when",  "then",  "used",  "into",  "choose", "between",
  "its",  "by",   "all",   "select", "should", "other", "than",  "such",  "also",  "said",  "more",   NULL
};
static const char *const english_shared[] = { "of",   "to",   "is",  "be",    "can",  "or",   "if", "use",
                                              "an",   "as",   "at",  "on",    "in",   "a",    "no", "open",
                                              "file", "page", "new", "print", "view", "menu", NULL };
static const char *const turkish_words[] = {
  "ve",        "bir",        "bu",       "icin",    "ile",      "olarak",   "olan",     "daha",     "gibi",
  "kadar",     "sonra",      "veya",     "ya",      "da",       "ise",      "icinde",   "olur",     "var",
  "degil",     "tarafindan", "gore",     "ancak",   "uzerinde", "her",      "cok",      "olmak",    "eger",
  "iki",       "tum",        "secin",    "secili",  "yeni",     "tiklayin", "kullanin", "secenegi", "ne",
  "ki",        "mi",         "oldugunu", "yok",     "yil",      "ulke",     "arasinda", "etti",     "hakkinda",
  "nedeniyle", "sadece",     "tarih",    "turkiye", "dedi",     NULL
};
static const char *const german_words[] = { "der", "die", "das", "und", "ist", "nicht", "ein", "eine",
                                            "mit", "auf", "fur", "von", "dem", "den",   NULL };
static const char *const french_words[] = { "le",  "la",  "les",  "des", "est", "une", "dans", "pour",
                                            "que", "qui", "avec", "sur", "et",  "du",  NULL };

/* How long Turkish words end; in other languages only a few do. */
static const char *const turkish_endings[] = { "ler",  "lar",  "leri", "lari", "lerin", "larin", "dir",
                                               "dur",  "mek",  "mak",  "lik",  "mis",   "yor",   "inin",
                                               "daki", "deki", "inda", "inde", "undan", "inden", "indan",
                                               "iyor", "mesi", "masi", "acak", "ecek",  NULL };

enum
{
  WORD_ENGLISH = 1,
  WORD_SHARED = 2,
  WORD_TURKISH = 4,
  WORD_GERMAN = 8,
  WORD_FRENCH = 16
};

static GHashTable *
make_words (void)
{
  static const struct
  {
    const char *const *words;
    guint bit;
  } lists[] = { { english_words, WORD_ENGLISH },
                { english_shared, WORD_SHARED },
                { turkish_words, WORD_TURKISH },
                { german_words, WORD_GERMAN },
                { french_words, WORD_FRENCH } };
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
  guint english; /* that are hardly anything else */
  guint shared;
  guint turkish;
  guint endings;
  guint german, french;
} Words;

static void
count_word (GHashTable *table, const char *word, gsize length, Words *words)
{
  guint bits = GPOINTER_TO_UINT (g_hash_table_lookup (table, word));

  words->total++;
  words->english += (bits & WORD_ENGLISH) != 0;
  words->shared += (bits & WORD_SHARED) != 0;
  words->turkish += (bits & WORD_TURKISH) != 0;
  words->german += (bits & WORD_GERMAN) != 0;
  words->french += (bits & WORD_FRENCH) != 0;
  for (guint i = 0; length > 5 && turkish_endings[i] != NULL; i++)
    if (g_str_has_suffix (word, turkish_endings[i]))
      {
        words->endings++;
        break;
      }
}

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
  for (;;)
    {
      char *end;
      char kept;

      while (*p != '\0' && !g_ascii_isalpha (*p) && (guchar) *p < 0x80)
        p++;
      for (end = p; g_ascii_isalpha (*end) || (guchar) *end >= 0x80;)
        end++;
      if (end == p)
        break;
      kept = *end;
      *end = '\0';
      count_word (table, p, end - p, words);
      *end = kept;
      p = end;
    }
}

static void
free_textcat (gpointer data)
{
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

/* Best code by n-grams, "und" when they do not know. */
static const char *
classify (const char *sample)
{
  void *handle = get_textcat ();
  const char *answer;
  const char *code;
  g_autofree char *tag = NULL;

  if (handle == NULL)
    return UNDETERMINED;
  answer = textcat_Classify (handle, sample, strlen (sample));
  if (answer == NULL || answer[0] != '[')
    return UNDETERMINED;
  tag = g_strndup (answer + 1, strcspn (answer + 1, "-]"));
  code = memo_language_from_name (tag);
  return code != NULL ? code : UNDETERMINED;
}

typedef struct
{
  Script script;
  Words words;
  const char *language;
  gboolean sure; /* whatever the file says */
} Finding;

/* Scripts that belong to one language, or nearly. */
static const char *
detect_by_script (const Script *s)
{
  guint half = s->letters / 2;

  if (s->kana + s->han > half)
    return s->kana * 10 >= s->han ? "ja" : "zh";
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

/* Names and headings make n-grams see Bulgarian or Serbian in short Russian texts; letters do not lie. */
static void
detect_cyrillic (const char *sample, Finding *finding)
{
  const Script *s = &finding->script;

  if (s->foreign * 100 <= s->cyrillic && (s->russian > 0 || (s->hard_sign == 0 && s->cyrillic < 80)))
    {
      finding->language = "ru";
      finding->sure = s->russian > 0;
      return;
    }
  if (s->ukrainian > 0 && s->russian == 0 && s->ukrainian == s->foreign)
    finding->language = "uk";
  else
    {
      finding->language = classify (sample);
      if (strcmp (finding->language, UNDETERMINED) == 0 && s->foreign == 0 && s->hard_sign == 0)
        finding->language = "ru";
      /* Every second Russian sentence has ы; ъ without it is Bulgarian. */
      if (strcmp (finding->language, "ru") == 0 && s->hard_sign > 0 && s->russian == 0 && s->cyrillic >= 80)
        finding->language = "bg";
    }
  finding->sure = s->cyrillic > 100 && strcmp (finding->language, "ru") != 0;
}

static gboolean
is_turkish (const Script *s, const Words *w)
{
  if (s->azeri * 100 >= s->latin)
    return FALSE;
  if (s->turkish * 50 >= s->latin && w->turkish * 4 + w->endings * 2 >= w->english + w->shared)
    return TRUE;
  if (s->turkish * 25 >= s->latin)
    return TRUE;
  /* Short, or written without the marks. */
  return w->turkish + w->endings > w->english + w->shared && (w->turkish + w->endings) * 5 >= w->total &&
         w->turkish >= w->german && w->turkish >= w->french && (w->turkish > 0 || s->marked > 0);
}

static void
detect_latin (const char *sample, Finding *finding)
{
  const Script *s = &finding->script;
  const Words *w = &finding->words;
  guint english;

  count_words (sample, &finding->words);
  english = w->english + w->shared;
  if (is_turkish (s, w))
    {
      finding->language = "tr";
      finding->sure = s->turkish * 33 >= s->latin && s->letters >= 60;
      return;
    }
  if (w->english * 12 >= w->total && english > 2 * MAX (w->german, w->french) && english > w->turkish)
    {
      finding->language = "en";
      finding->sure = s->letters >= 100 && s->turkish * 200 < s->latin;
      return;
    }
  finding->language = classify (sample);
  /* Below a sentence n-grams are dice; then it is one of the three languages unless its words say otherwise. */
  if (strcmp (finding->language, UNDETERMINED) == 0 || s->letters < 120)
    {
      if (w->turkish + w->endings > english)
        finding->language = "tr";
      else if (s->marked == 0 && w->german == 0 && w->french == 0)
        finding->language = "en";
      else if (english > MAX (w->german, w->french))
        finding->language = "en";
    }
  /* A list of menus or commands: no sentence, but English words. */
  else if (strcmp (finding->language, "en") != 0 && s->marked * 200 <= s->latin && english * 10 >= w->total &&
           w->english > 2 * MAX (w->german, w->french))
    finding->language = "en";
}

static void
detect_text (const char *text, Finding *finding)
{
  g_autofree char *sample = NULL;
  gsize length = strlen (text);
  const Script *s = &finding->script;

  if (length > SAMPLE_BYTES)
    {
      /* What stands behind the first quarter is body text more often than the beginning. */
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

  memset (finding, 0, sizeof *finding);
  finding->language = UNDETERMINED;
  count_script (sample, &finding->script);
  if (s->letters < 4)
    return;
  finding->language = detect_by_script (s);
  if (finding->language != NULL)
    finding->sure = TRUE;
  /* Latin names and commands stand in Russian texts, hardly ever the other way round. */
  else if (s->cyrillic * 10 >= s->letters * 3)
    detect_cyrillic (sample, finding);
  else if (s->latin * 2 > s->letters)
    detect_latin (sample, finding);
  else
    {
      finding->language = classify (sample);
      finding->sure = s->letters > 100;
    }
}

/* Does the text speak against @named so plainly that the file must be wrong? Pages of a Russian or Turkish site are often
 * half translated, and short: those stay what the site says. A long text without the letters of its language does not. */
static gboolean
contradicts (const Finding *finding, const char *named)
{
  const Script *s = &finding->script;
  const Words *w = &finding->words;

  if (strcmp (finding->language, UNDETERMINED) == 0)
    return FALSE;
  /* Neither what the site says nor the English that stands in for a translation. */
  if (finding->sure && strcmp (finding->language, "en") != 0 && strcmp (finding->language, named) != 0)
    return TRUE;
  if (strcmp (named, "ru") == 0)
    return s->cyrillic * 100 <= s->letters ? s->letters >= LONG_TEXT : s->cyrillic * 2 > s->letters && finding->sure;
  if (strcmp (named, "tr") == 0 && s->latin > s->cyrillic)
    return finding->sure && s->letters >= 2 * LONG_TEXT && s->turkish * 500 < s->latin && w->turkish * 50 < w->total;
  if (finding->sure)
    return TRUE;
  /* A template that says "en" over a text in Spanish. */
  return strcmp (named, "en") == 0 && s->letters > 400 && (w->english + w->shared) * 20 < w->total;
}

const char *
memo_language_detect (const char *text, const char *hint)
{
  const char *named = hint != NULL ? memo_language_from_name (hint) : NULL;
  Finding finding;

  if (text == NULL)
    return named != NULL ? named : UNDETERMINED;
  detect_text (text, &finding);
  if (named != NULL && !contradicts (&finding, named))
    return named;
  return finding.language;
}
