/* The words of dates in English, Turkish and Russian, in the form of memo_text_key(): no case, no marks. */

#include "memo-date-words.h"

#include <string.h>

#include "memo-text.h"

typedef struct
{
  const char *word;
  TokenKind kind;
  int value;
} Word;

static const Word exact_words[] = {
  { "january", TOKEN_MONTH, 1 },
  { "jan", TOKEN_MONTH, 1 },
  { "february", TOKEN_MONTH, 2 },
  { "feb", TOKEN_MONTH, 2 },
  { "march", TOKEN_MONTH, 3 },
  { "mar", TOKEN_MONTH, 3 },
  { "april", TOKEN_MONTH, 4 },
  { "apr", TOKEN_MONTH, 4 },
  { "may", TOKEN_MONTH, 5 },
  { "june", TOKEN_MONTH, 6 },
  { "jun", TOKEN_MONTH, 6 },
  { "july", TOKEN_MONTH, 7 },
  { "jul", TOKEN_MONTH, 7 },
  { "august", TOKEN_MONTH, 8 },
  { "aug", TOKEN_MONTH, 8 },
  { "september", TOKEN_MONTH, 9 },
  { "sept", TOKEN_MONTH, 9 },
  { "sep", TOKEN_MONTH, 9 },
  { "october", TOKEN_MONTH, 10 },
  { "oct", TOKEN_MONTH, 10 },
  { "november", TOKEN_MONTH, 11 },
  { "nov", TOKEN_MONTH, 11 },
  { "december", TOKEN_MONTH, 12 },
  { "dec", TOKEN_MONTH, 12 },
  { "oca", TOKEN_MONTH, 1 },
  { "sub", TOKEN_MONTH, 2 },
  { "nis", TOKEN_MONTH, 4 },
  { "haz", TOKEN_MONTH, 6 },
  { "tem", TOKEN_MONTH, 7 },
  { "agu", TOKEN_MONTH, 8 },
  { "eyl", TOKEN_MONTH, 9 },
  { "eki", TOKEN_MONTH, 10 },
  { "kas", TOKEN_MONTH, 11 },
  { "ara", TOKEN_MONTH, 12 },
  { "янв", TOKEN_MONTH, 1 },
  { "фев", TOKEN_MONTH, 2 },
  { "февр", TOKEN_MONTH, 2 },
  { "мар", TOKEN_MONTH, 3 },
  { "апр", TOKEN_MONTH, 4 },
  { "май", TOKEN_MONTH, 5 },
  { "мая", TOKEN_MONTH, 5 },
  { "мае", TOKEN_MONTH, 5 },
  { "маю", TOKEN_MONTH, 5 },
  { "маем", TOKEN_MONTH, 5 },
  { "авг", TOKEN_MONTH, 8 },
  { "сен", TOKEN_MONTH, 9 },
  { "сент", TOKEN_MONTH, 9 },
  { "окт", TOKEN_MONTH, 10 },
  { "ноя", TOKEN_MONTH, 11 },
  { "нояб", TOKEN_MONTH, 11 },
  { "дек", TOKEN_MONTH, 12 },

  { "monday", TOKEN_WEEKDAY, 1 },
  { "mon", TOKEN_WEEKDAY, 1 },
  { "tuesday", TOKEN_WEEKDAY, 2 },
  { "tues", TOKEN_WEEKDAY, 2 },
  { "tue", TOKEN_WEEKDAY, 2 },
  { "wednesday", TOKEN_WEEKDAY, 3 },
  { "wed", TOKEN_WEEKDAY, 3 },
  { "thursday", TOKEN_WEEKDAY, 4 },
  { "thurs", TOKEN_WEEKDAY, 4 },
  { "thu", TOKEN_WEEKDAY, 4 },
  { "friday", TOKEN_WEEKDAY, 5 },
  { "fri", TOKEN_WEEKDAY, 5 },
  { "saturday", TOKEN_WEEKDAY, 6 },
  { "sat", TOKEN_WEEKDAY, 6 },
  { "sunday", TOKEN_WEEKDAY, 7 },
  { "sun", TOKEN_WEEKDAY, 7 },
  { "пн", TOKEN_WEEKDAY, 1 },
  { "вт", TOKEN_WEEKDAY, 2 },
  { "ср", TOKEN_WEEKDAY, 3 },
  { "чт", TOKEN_WEEKDAY, 4 },
  { "пт", TOKEN_WEEKDAY, 5 },
  { "сб", TOKEN_WEEKDAY, 6 },
  { "вс", TOKEN_WEEKDAY, 7 },

  { "spring", TOKEN_SEASON, 0 },
  { "summer", TOKEN_SEASON, 1 },
  { "autumn", TOKEN_SEASON, 2 },
  { "fall", TOKEN_SEASON, 2 },
  { "winter", TOKEN_SEASON, 3 },
  { "лето", TOKEN_SEASON, 1 },
  { "лета", TOKEN_SEASON, 1 },
  { "летом", TOKEN_SEASON, 1 },

  { "day", TOKEN_UNIT, UNIT_DAY },
  { "days", TOKEN_UNIT, UNIT_DAY },
  { "week", TOKEN_UNIT, UNIT_WEEK },
  { "weeks", TOKEN_UNIT, UNIT_WEEK },
  { "month", TOKEN_UNIT, UNIT_MONTH },
  { "months", TOKEN_UNIT, UNIT_MONTH },
  { "year", TOKEN_UNIT, UNIT_YEAR },
  { "years", TOKEN_UNIT, UNIT_YEAR },
  { "decade", TOKEN_UNIT, UNIT_DECADE },
  { "decades", TOKEN_UNIT, UNIT_DECADE },
  { "день", TOKEN_UNIT, UNIT_DAY },
  { "дня", TOKEN_UNIT, UNIT_DAY },
  { "дней", TOKEN_UNIT, UNIT_DAY },
  { "дни", TOKEN_UNIT, UNIT_DAY },
  { "г", TOKEN_UNIT, UNIT_YEAR },
  { "гг", TOKEN_UNIT, UNIT_YEAR },
  { "лет", TOKEN_UNIT, UNIT_YEAR },
  { "century", TOKEN_CENTURY, 0 },
  { "centuries", TOKEN_CENTURY, 0 },
  { "yy", TOKEN_CENTURY, 0 },
  { "в", TOKEN_NOISE, 0 },
  { "quarter", TOKEN_QUARTER, 0 },
  { "q", TOKEN_QUARTER, 0 },
  { "half", TOKEN_HALF, 0 },

  { "today", TOKEN_DAY_WORD, 0 },
  { "tonight", TOKEN_DAY_WORD, 0 },
  { "yesterday", TOKEN_DAY_WORD, -1 },
  { "tomorrow", TOKEN_DAY_WORD, 1 },
  { "dun", TOKEN_DAY_WORD, -1 },
  { "dunku", TOKEN_DAY_WORD, -1 },
  { "bugunku", TOKEN_DAY_WORD, 0 },
  { "yarin", TOKEN_DAY_WORD, 1 },
  { "yarinki", TOKEN_DAY_WORD, 1 },
  { "сегодня", TOKEN_DAY_WORD, 0 },
  { "вчера", TOKEN_DAY_WORD, -1 },
  { "позавчера", TOKEN_DAY_WORD, -2 },
  { "завтра", TOKEN_DAY_WORD, 1 },
  { "послезавтра", TOKEN_DAY_WORD, 2 },

  { "this", TOKEN_THIS, 0 },
  { "current", TOKEN_THIS, 0 },
  { "bu", TOKEN_THIS, 0 },
  { "last", TOKEN_LAST, 0 },
  { "previous", TOKEN_LAST, 0 },
  { "gecen", TOKEN_LAST, 0 },
  { "gectigimiz", TOKEN_LAST, 0 },
  { "past", TOKEN_PAST, 0 },
  { "son", TOKEN_PAST, 0 },
  { "next", TOKEN_NEXT, 0 },
  { "coming", TOKEN_NEXT, 0 },
  { "upcoming", TOKEN_NEXT, 0 },
  { "gelecek", TOKEN_NEXT, 0 },
  { "onumuzdeki", TOKEN_NEXT, 0 },
  { "ago", TOKEN_AGO, 0 },
  { "once", TOKEN_AGO, 0 },
  { "evvel", TOKEN_AGO, 0 },
  { "назад", TOKEN_AGO, 0 },

  { "since", TOKEN_FROM, 0 },
  { "from", TOKEN_FROM, 0 },
  { "after", TOKEN_FROM, BOUND_OUTSIDE },
  { "после", TOKEN_FROM, BOUND_OUTSIDE },
  { "с", TOKEN_FROM, 0 },
  { "со", TOKEN_FROM, 0 },
  { "beri", TOKEN_SINCE, 0 },
  { "yana", TOKEN_SINCE, 0 },
  { "itibaren", TOKEN_SINCE, 0 },
  { "onwards", TOKEN_SINCE, 0 },
  { "onward", TOKEN_SINCE, 0 },
  { "sonra", TOKEN_SINCE, BOUND_OUTSIDE },
  { "to", TOKEN_TO, 0 },
  { "through", TOKEN_TO, 0 },
  { "until", TOKEN_UNTIL, 0 },
  { "before", TOKEN_UNTIL, BOUND_OUTSIDE },
  { "till", TOKEN_UNTIL, 0 },
  { "by", TOKEN_UNTIL, 0 },
  { "до", TOKEN_UNTIL, 0 }, /* a plan "до 2030 года" reaches into 2030 */
  { "ранее", TOKEN_UNTIL, BOUND_OUTSIDE },
  { "раньше", TOKEN_UNTIL, BOUND_OUTSIDE },
  { "по", TOKEN_UNTIL, 0 },
  { "к", TOKEN_UNTIL, 0 },
  { "kadar", TOKEN_UP_TO, 0 },
  { "dek", TOKEN_UP_TO, 0 },
  { "degin", TOKEN_UP_TO, 0 },
  { "between", TOKEN_BETWEEN, 0 },
  { "между", TOKEN_BETWEEN, 0 },
  { "arasinda", TOKEN_AMONG, 0 },
  { "arasi", TOKEN_AMONG, 0 },
  { "and", TOKEN_AND, 0 },
  { "ve", TOKEN_AND, 0 },
  { "ile", TOKEN_AND, 0 },
  { "и", TOKEN_AND, 0 },

  { "about", TOKEN_ABOUT, 0 },
  { "around", TOKEN_ABOUT, 0 },
  { "circa", TOKEN_ABOUT, 0 },
  { "ca", TOKEN_ABOUT, 0 },
  { "c", TOKEN_ABOUT, 0 },
  { "approximately", TOKEN_ABOUT, 0 },
  { "roughly", TOKEN_ABOUT, 0 },
  { "yaklasik", TOKEN_ABOUT, 0 },
  { "takriben", TOKEN_ABOUT, 0 },
  { "civari", TOKEN_ABOUT, 0 },
  { "civarinda", TOKEN_ABOUT, 0 },
  { "dolaylari", TOKEN_ABOUT, 0 },
  { "dolaylarinda", TOKEN_ABOUT, 0 },
  { "около", TOKEN_ABOUT, 0 },
  { "ок", TOKEN_ABOUT, 0 },
  { "примерно", TOKEN_ABOUT, 0 },
  { "приблизительно", TOKEN_ABOUT, 0 },
  { "probably", TOKEN_MAYBE, 0 },
  { "possibly", TOKEN_MAYBE, 0 },
  { "perhaps", TOKEN_MAYBE, 0 },
  { "muhtemelen", TOKEN_MAYBE, 0 },
  { "belki", TOKEN_MAYBE, 0 },
  { "вероятно", TOKEN_MAYBE, 0 },
  { "возможно", TOKEN_MAYBE, 0 },
  { "предположительно", TOKEN_MAYBE, 0 },

  { "the", TOKEN_NOISE, 0 },
  { "of", TOKEN_NOISE, 0 },
  { "on", TOKEN_NOISE, 0 },
  { "at", TOKEN_NOISE, 0 },
  { "in", TOKEN_NOISE, 0 },
  { "during", TOKEN_NOISE, 0 },
  { "over", TOKEN_NOISE, 0 },
  { "for", TOKEN_NOISE, 0 },
  { "within", TOKEN_NOISE, 0 },
  { "throughout", TOKEN_NOISE, 0 },
  { "up", TOKEN_NOISE, 0 },
  { "dated", TOKEN_NOISE, 0 },
  { "starting", TOKEN_NOISE, 0 },
  { "period", TOKEN_NOISE, 0 },
  { "early", TOKEN_NOISE, STRETCH_BEGINNING },
  { "late", TOKEN_NOISE, STRETCH_END },
  { "mid", TOKEN_NOISE, STRETCH_MIDDLE },
  { "beginning", TOKEN_NOISE, STRETCH_BEGINNING },
  { "start", TOKEN_NOISE, STRETCH_BEGINNING },
  { "middle", TOKEN_NOISE, STRETCH_MIDDLE },
  { "end", TOKEN_NOISE, STRETCH_END },
  { "am", TOKEN_NOISE, 0 },
  { "pm", TOKEN_NOISE, 0 },
  { "gmt", TOKEN_NOISE, 0 },
  { "utc", TOKEN_NOISE, 0 },
  { "msk", TOKEN_NOISE, 0 },
  { "est", TOKEN_NOISE, 0 },
  { "edt", TOKEN_NOISE, 0 },
  { "cet", TOKEN_NOISE, 0 },
  { "cest", TOKEN_NOISE, 0 },
  { "eet", TOKEN_NOISE, 0 },
  { "trt", TOKEN_NOISE, 0 },
  { "мск", TOKEN_NOISE, 0 },
  { "tsi", TOKEN_NOISE, 0 },
  { "saat", TOKEN_NOISE, 0 },
  { "tarihinde", TOKEN_NOISE, 0 },
  { "tarihli", TOKEN_NOISE, 0 },
  { "tarihi", TOKEN_NOISE, 0 },
  { "tarihinden", TOKEN_NOISE, 0 },
  { "tarihine", TOKEN_NOISE, 0 },
  { "boyunca", TOKEN_NOISE, 0 },
  { "icinde", TOKEN_NOISE, 0 },
  { "basinda", TOKEN_NOISE, 0 },
  { "basi", TOKEN_NOISE, 0 },
  { "basindan", TOKEN_NOISE, 0 },
  { "baslari", TOKEN_NOISE, 0 },
  { "ortasi", TOKEN_NOISE, 0 },
  { "sonu", TOKEN_NOISE, 0 },
  { "sonlari", TOKEN_NOISE, 0 },
  { "ortasinda", TOKEN_NOISE, 0 },
  { "ortalarinda", TOKEN_NOISE, 0 },
  { "sonunda", TOKEN_NOISE, 0 },
  { "sonuna", TOKEN_NOISE, 0 },
  { "sonlarinda", TOKEN_NOISE, 0 },
  { "donemi", TOKEN_NOISE, 0 },
  { "во", TOKEN_NOISE, 0 },
  { "на", TOKEN_NOISE, 0 },
  { "за", TOKEN_NOISE, 0 },
  { "от", TOKEN_NOISE, 0 },
  { "течение", TOKEN_NOISE, 0 },
  { "период", TOKEN_NOISE, 0 },
  { "начиная", TOKEN_NOISE, 0 },
  { "числа", TOKEN_NOISE, 0 },
  { "начале", TOKEN_NOISE, STRETCH_BEGINNING },
  { "начала", TOKEN_NOISE, STRETCH_BEGINNING },
  { "начало", TOKEN_NOISE, STRETCH_BEGINNING },
  { "середине", TOKEN_NOISE, STRETCH_MIDDLE },
  { "середины", TOKEN_NOISE, STRETCH_MIDDLE },
  { "конце", TOKEN_NOISE, STRETCH_END },
  { "конца", TOKEN_NOISE, STRETCH_END },
  { "конец", TOKEN_NOISE, STRETCH_END },
};

/* These take the endings of Turkish, with an apostrophe before them or not. */
static const Word turkish_stems[] = {
  { "ocak", TOKEN_MONTH, 1 },           { "ocag", TOKEN_MONTH, 1 },        { "subat", TOKEN_MONTH, 2 },
  { "mart", TOKEN_MONTH, 3 },           { "nisan", TOKEN_MONTH, 4 },       { "mayis", TOKEN_MONTH, 5 },
  { "haziran", TOKEN_MONTH, 6 },        { "temmuz", TOKEN_MONTH, 7 },      { "agustos", TOKEN_MONTH, 8 },
  { "eylul", TOKEN_MONTH, 9 },          { "ekim", TOKEN_MONTH, 10 },       { "kasim", TOKEN_MONTH, 11 },
  { "aralik", TOKEN_MONTH, 12 },        { "aralig", TOKEN_MONTH, 12 },     { "pazartesi", TOKEN_WEEKDAY, 1 },
  { "sali", TOKEN_WEEKDAY, 2 },         { "carsamba", TOKEN_WEEKDAY, 3 },  { "persembe", TOKEN_WEEKDAY, 4 },
  { "cuma", TOKEN_WEEKDAY, 5 },         { "cumartesi", TOKEN_WEEKDAY, 6 }, { "pazar", TOKEN_WEEKDAY, 7 },
  { "ilkbahar", TOKEN_SEASON, 0 },      { "bahar", TOKEN_SEASON, 0 },      { "yaz", TOKEN_SEASON, 1 },
  { "sonbahar", TOKEN_SEASON, 2 },      { "guz", TOKEN_SEASON, 2 },        { "kis", TOKEN_SEASON, 3 },
  { "bugun", TOKEN_DAY_WORD, 0 },       { "gun", TOKEN_UNIT, UNIT_DAY },   { "hafta", TOKEN_UNIT, UNIT_WEEK },
  { "ay", TOKEN_UNIT, UNIT_MONTH },     { "yil", TOKEN_UNIT, UNIT_YEAR },  { "sene", TOKEN_UNIT, UNIT_YEAR },
  { "onyil", TOKEN_UNIT, UNIT_DECADE }, { "yuzyil", TOKEN_CENTURY, 0 },    { "ceyrek", TOKEN_QUARTER, 0 },
  { "ceyreg", TOKEN_QUARTER, 0 },       { "yarisi", TOKEN_HALF, 0 },
};

static const struct
{
  const char *ending;
  Suffix suffix;
} turkish_endings[] = {
  { "", SUFFIX_NONE },           { "da", SUFFIX_OTHER },        { "de", SUFFIX_OTHER },
  { "ta", SUFFIX_OTHER },        { "te", SUFFIX_OTHER },        { "nda", SUFFIX_OTHER },
  { "nde", SUFFIX_OTHER },       { "i", SUFFIX_OTHER },         { "u", SUFFIX_OTHER },
  { "yi", SUFFIX_OTHER },        { "yu", SUFFIX_OTHER },        { "si", SUFFIX_OTHER },
  { "su", SUFFIX_OTHER },        { "ni", SUFFIX_OTHER },        { "in", SUFFIX_OTHER },
  { "un", SUFFIX_OTHER },        { "nin", SUFFIX_OTHER },       { "nun", SUFFIX_OTHER },
  { "inda", SUFFIX_OTHER },      { "inde", SUFFIX_OTHER },      { "unda", SUFFIX_OTHER },
  { "unde", SUFFIX_OTHER },      { "sinda", SUFFIX_OTHER },     { "sinde", SUFFIX_OTHER },
  { "inin", SUFFIX_OTHER },      { "unun", SUFFIX_OTHER },      { "daki", SUFFIX_OTHER },
  { "deki", SUFFIX_OTHER },      { "taki", SUFFIX_OTHER },      { "teki", SUFFIX_OTHER },
  { "indaki", SUFFIX_OTHER },    { "ndaki", SUFFIX_OTHER },     { "lik", SUFFIX_OTHER },
  { "dan", SUFFIX_ABLATIVE },    { "den", SUFFIX_ABLATIVE },    { "tan", SUFFIX_ABLATIVE },
  { "ten", SUFFIX_ABLATIVE },    { "ndan", SUFFIX_ABLATIVE },   { "nden", SUFFIX_ABLATIVE },
  { "indan", SUFFIX_ABLATIVE },  { "inden", SUFFIX_ABLATIVE },  { "unden", SUFFIX_ABLATIVE },
  { "undan", SUFFIX_ABLATIVE },  { "sindan", SUFFIX_ABLATIVE }, { "a", SUFFIX_DATIVE },
  { "e", SUFFIX_DATIVE },        { "ya", SUFFIX_DATIVE },       { "ye", SUFFIX_DATIVE },
  { "na", SUFFIX_DATIVE },       { "ne", SUFFIX_DATIVE },       { "ina", SUFFIX_DATIVE },
  { "ine", SUFFIX_DATIVE },      { "una", SUFFIX_DATIVE },      { "une", SUFFIX_DATIVE },
  { "sina", SUFFIX_DATIVE },     { "s", SUFFIX_PLURAL },        { "ler", SUFFIX_PLURAL },
  { "lar", SUFFIX_PLURAL },      { "leri", SUFFIX_PLURAL },     { "lari", SUFFIX_PLURAL },
  { "lerde", SUFFIX_PLURAL },    { "larda", SUFFIX_PLURAL },    { "lerin", SUFFIX_PLURAL },
  { "larin", SUFFIX_PLURAL },    { "lerinde", SUFFIX_PLURAL },  { "larinda", SUFFIX_PLURAL },
  { "lerden", SUFFIX_ABLATIVE }, { "lardan", SUFFIX_ABLATIVE }, { "li", SUFFIX_PLURAL },
  { "lu", SUFFIX_PLURAL },       { "st", SUFFIX_ORDINAL },      { "nd", SUFFIX_ORDINAL },
  { "rd", SUFFIX_ORDINAL },      { "th", SUFFIX_ORDINAL },      { "inci", SUFFIX_ORDINAL },
  { "uncu", SUFFIX_ORDINAL },    { "nci", SUFFIX_ORDINAL },     { "ncu", SUFFIX_ORDINAL },
};

static const Word russian_stems[] = {
  { "январ", TOKEN_MONTH, 1 },
  { "феврал", TOKEN_MONTH, 2 },
  { "март", TOKEN_MONTH, 3 },
  { "апрел", TOKEN_MONTH, 4 },
  { "июн", TOKEN_MONTH, 6 },
  { "июл", TOKEN_MONTH, 7 },
  { "август", TOKEN_MONTH, 8 },
  { "сентябр", TOKEN_MONTH, 9 },
  { "октябр", TOKEN_MONTH, 10 },
  { "ноябр", TOKEN_MONTH, 11 },
  { "декабр", TOKEN_MONTH, 12 },
  { "понедельник", TOKEN_WEEKDAY, 1 },
  { "вторник", TOKEN_WEEKDAY, 2 },
  { "сред", TOKEN_WEEKDAY, 3 },
  { "четверг", TOKEN_WEEKDAY, 4 },
  { "пятниц", TOKEN_WEEKDAY, 5 },
  { "суббот", TOKEN_WEEKDAY, 6 },
  { "воскресень", TOKEN_WEEKDAY, 7 },
  { "весн", TOKEN_SEASON, 0 },
  { "осен", TOKEN_SEASON, 2 },
  { "зим", TOKEN_SEASON, 3 },
  { "недел", TOKEN_UNIT, UNIT_WEEK },
  { "месяц", TOKEN_UNIT, UNIT_MONTH },
  { "год", TOKEN_UNIT, UNIT_YEAR },
  { "десятилети", TOKEN_UNIT, UNIT_DECADE },
  { "век", TOKEN_CENTURY, 0 },
  { "столети", TOKEN_CENTURY, 0 },
  { "квартал", TOKEN_QUARTER, 0 },
  { "полугоди", TOKEN_HALF, 0 },
  { "эт", TOKEN_THIS, 0 },
  { "текущ", TOKEN_THIS, 0 },
  { "прошл", TOKEN_LAST, 0 },
  { "предыдущ", TOKEN_LAST, 0 },
  { "последн", TOKEN_PAST, 0 },
  { "следующ", TOKEN_NEXT, 0 },
  { "будущ", TOKEN_NEXT, 0 },
};

static const char *const russian_endings[] = { "",    "ь",   "я",  "е",   "ю",   "ем",  "а",  "у",  "ом",  "и",
                                               "ы",   "ов",  "ев", "ей",  "ой",  "ою",  "ью", "ам", "ям",  "ах",
                                               "ях",  "й",   "ый", "ий",  "ая",  "яя",  "ое", "ее", "ые",  "ие",
                                               "ых",  "их",  "ую", "юю",  "им",  "ым",  "ом", "ем", "ого", "его",
                                               "ому", "ему", "от", "ими", "ами", "ями", "о",  NULL };

static gboolean
find_word (const char *word, Token *token)
{
  const char *stem = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (exact_words); i++)
    if (strcmp (exact_words[i].word, word) == 0)
      {
        token->kind = exact_words[i].kind;
        token->value = exact_words[i].value;
        return TRUE;
      }
  for (gsize i = 0; i < G_N_ELEMENTS (turkish_stems); i++)
    {
      stem = turkish_stems[i].word;
      if (!g_str_has_prefix (word, stem))
        continue;
      stem = word + strlen (stem);
      stem += *stem == '\'';
      for (gsize j = 0; j < G_N_ELEMENTS (turkish_endings); j++)
        if (strcmp (turkish_endings[j].ending, stem) == 0)
          {
            token->kind = turkish_stems[i].kind;
            token->value = turkish_stems[i].value;
            token->suffix = turkish_endings[j].suffix;
            return TRUE;
          }
    }
  for (gsize i = 0; i < G_N_ELEMENTS (russian_stems); i++)
    if (g_str_has_prefix (word, russian_stems[i].word) &&
        g_strv_contains (russian_endings, word + strlen (russian_stems[i].word)))
      {
        token->kind = russian_stems[i].kind;
        token->value = russian_stems[i].value;
        return TRUE;
      }
  return FALSE;
}

static gboolean
is_letter (const char *p)
{
  return g_unichar_isalpha (g_utf8_get_char (p));
}

static const char *
skip_letters (const char *p)
{
  while (*p != '\0' && (is_letter (p) || (*p == '\'' && is_letter (p + 1))))
    p = g_utf8_next_char (p);
  return p;
}

/* The ending behind a number: "2025'te", "28th", "1980s", "1980-е", "28-го". Returns where it ends, or @p. */
static const char *
read_suffix (const char *p, Token *token)
{
  static const char *const plural[] = { "е", "х", "ые", "ых", NULL };
  static const char *const ordinal[] = { "е",  "х",   "го",  "му",  "й",  "я",  "м",  "ю",  "ый", "ий", "ой", "ая",
                                         "ое", "ого", "ого", "ому", "ом", "ую", "ей", "ые", "ых", "и",  NULL };
  const char *start = p;
  const char *end;
  g_autofree char *ending = NULL;

  if (*p == '\'' || *p == '-')
    start++;
  if (!is_letter (start))
    return p;
  end = skip_letters (start);
  ending = g_strndup (start, end - start);
  if (token->value % 10 == 0 && token->digits == 4 && g_strv_contains (plural, ending))
    {
      token->suffix = SUFFIX_PLURAL;
      return end;
    }
  if (g_strv_contains (ordinal, ending))
    {
      token->suffix = SUFFIX_ORDINAL;
      return end;
    }
  if (*p == '-')
    return p;
  for (gsize i = 1; i < G_N_ELEMENTS (turkish_endings); i++)
    if (strcmp (turkish_endings[i].ending, ending) == 0)
      {
        token->suffix = turkish_endings[i].suffix;
        return end;
      }
  return p;
}

/* "10:30", "10:30:00.000Z", "10:30 +0300": the time of day says nothing about the date. */
static const char *
skip_time (const char *p)
{
  const char *q = p;

  while (g_ascii_isdigit (*q))
    q++;
  if (q - p > 2 || *q != ':' || !g_ascii_isdigit (q[1]))
    return p;
  while (g_ascii_isdigit (*q) || ((*q == ':' || *q == '.') && g_ascii_isdigit (q[1])))
    q++;
  if (*q == 'z')
    return q + 1;
  p = q;
  while (*q == ' ')
    q++;
  if ((*q == 'a' || *q == 'p') && g_str_has_prefix (q + 1, ".m"))
    return q + 3;
  if ((*q == '+' || *q == '-') && g_ascii_isdigit (q[1]) && g_ascii_isdigit (q[2]))
    {
      q++;
      while (g_ascii_isdigit (*q) || *q == ':')
        q++;
      return q;
    }
  return p;
}

static const char *
read_number (const char *p, Token *token)
{
  gint64 value = 0;

  token->kind = TOKEN_NUMBER;
  for (; g_ascii_isdigit (*p); p++)
    {
      token->digits++;
      if (value < 100000000)
        value = value * 10 + *p - '0';
    }
  token->value = MIN (value, G_MAXINT);
  return read_suffix (p, token);
}

static Token *
last_token (GArray *tokens)
{
  return tokens->len > 0 ? &g_array_index (tokens, Token, tokens->len - 1) : NULL;
}

/* Is the next word a Turkish number or unit, so that "on" is ten? */
static gboolean
is_ten (const char *rest)
{
  const char *end;
  g_autofree char *word = NULL;
  Token token = { 0 };

  while (*rest == ' ')
    rest++;
  end = skip_letters (rest);
  word = g_strndup (rest, end - rest);
  if (word[0] == '\0')
    return FALSE;
  if (find_word (word, &token))
    return token.kind == TOKEN_UNIT && memo_text_length (word) < 8 && strchr ("dwm", word[0]) == NULL &&
           !g_str_has_prefix (word, "year");
  if (strcmp (word, "the") == 0)
    return FALSE;
  return memo_number_parse (word) > 0 && memo_number_parse (word) < 10;
}

static void
add_word (GArray *tokens, const char *word, const char *rest, gboolean joined)
{
  Token token = { 0 };
  Token *last = last_token (tokens);
  int number = 0;

  if (strcmp (word, "on") == 0 && is_ten (rest))
    number = 10;
  else if ((strcmp (word, "a") == 0 || strcmp (word, "an") == 0))
    number = 1;
  else if (!find_word (word, &token))
    number = memo_number_parse (word);

  if (number > 0)
    {
      token.kind = TOKEN_NUMBER;
      token.value = number;
      /* "twenty five", "twenty-five" */
      if (joined && last != NULL && last->kind == TOKEN_DASH && tokens->len > 1)
        last = &g_array_index (tokens, Token, tokens->len - 2);
      if (last != NULL && last->kind == TOKEN_NUMBER && last->digits == 0 && last->value >= 10 && last->value < 100 &&
          last->value % 10 == 0 && number < 10)
        {
          last->value += number;
          if (last_token (tokens)->kind == TOKEN_DASH)
            g_array_set_size (tokens, tokens->len - 1);
          return;
        }
    }
  if (token.kind == TOKEN_NOISE)
    {
      /* "2025 tarihinden", "yıl sonuna": the case is that of the date. */
      if (last != NULL && g_str_has_suffix (word, "nden"))
        last->suffix = SUFFIX_ABLATIVE;
      else if (last != NULL && (g_str_has_suffix (word, "ine") || g_str_has_suffix (word, "una")))
        last->suffix = SUFFIX_DATIVE;
      /* "before the end of 2008" reaches into 2008, "до начала 2008 года" does not. */
      else if (last != NULL && last->kind == TOKEN_UNTIL && token.value != STRETCH_WHOLE)
        last->value = token.value == STRETCH_BEGINNING ? BOUND_OUTSIDE : BOUND_INSIDE;
      else if (last != NULL && last->kind == TOKEN_FROM && token.value != STRETCH_WHOLE && token.value != STRETCH_END)
        last->value = BOUND_INSIDE;
      return;
    }
  g_array_append_val (tokens, token);
}

static gboolean
is_year (const Token *token)
{
  return token->kind == TOKEN_NUMBER && token->digits == 4;
}

/* "2008 yılı", "Kasım ayı", "cuma günü", "2025 года": the unit only repeats what stands before it. */
static void
drop_units (GArray *tokens)
{
  for (guint i = 0; i < tokens->len; i++)
    {
      Token *token = &g_array_index (tokens, Token, i);
      Token *before = i > 0 ? token - 1 : NULL;
      Token *after = i + 1 < tokens->len ? token + 1 : NULL;
      Token *same = NULL;

      if (token->kind != TOKEN_UNIT)
        continue;
      if (token->value == UNIT_YEAR)
        same = before != NULL && is_year (before)                                                     ? before
               : after != NULL && is_year (after) && (before == NULL || before->kind != TOKEN_NUMBER) ? after
                                                                                                      : NULL;
      else if (token->value == UNIT_MONTH)
        same = before != NULL && before->kind == TOKEN_MONTH ? before : NULL;
      else if (token->value == UNIT_DAY)
        same = before != NULL &&
                       (before->kind == TOKEN_WEEKDAY || before->kind == TOKEN_MONTH || before->kind == TOKEN_DAY_WORD)
                   ? before
                   : NULL;
      if (same == NULL)
        continue;
      if (token->suffix == SUFFIX_ABLATIVE || token->suffix == SUFFIX_DATIVE)
        same->suffix = token->suffix;
      g_array_remove_index (tokens, i--);
    }
}

GArray *
memo_date_tokenize (const char *text)
{
  g_autofree char *key = memo_text_key (text);
  GArray *tokens = g_array_new (FALSE, TRUE, sizeof (Token));
  const char *p = key;
  gboolean spaced = TRUE;

  while (*p != '\0')
    {
      Token token = { 0 };
      const char *start = p;

      if (g_ascii_isdigit (*p))
        {
          p = skip_time (p);
          if (p == start)
            {
              p = read_number (p, &token);
              g_array_append_val (tokens, token);
            }
          spaced = FALSE;
          continue;
        }
      if (is_letter (p))
        {
          g_autofree char *word = NULL;

          p = skip_letters (p);
          word = g_strndup (start, p - start);
          add_word (tokens, word, p, !spaced);
          spaced = FALSE;
          continue;
        }
      if (*p == '.' && last_token (tokens) != NULL && last_token (tokens)->kind == TOKEN_NUMBER && !spaced)
        token.kind = TOKEN_DOT;
      else if (*p == '-')
        token.kind = TOKEN_DASH;
      else if (*p == '/')
        token.kind = TOKEN_SLASH;
      else if (*p == '?')
        token.kind = TOKEN_MAYBE;
      else if (*p == '~')
        token.kind = TOKEN_ABOUT;
      else if (*p == '+' && g_ascii_isdigit (p[1])) /* GMT+3 */
        {
          while (g_ascii_isdigit (p[1]) || p[1] == ':')
            p++;
          token.kind = TOKEN_NOISE;
        }
      else if (strchr (" .,;:'\"()[]|", *p) == NULL && !g_str_has_prefix (p, "·") && !g_str_has_prefix (p, "•"))
        token.kind = TOKEN_UNKNOWN;
      else
        token.kind = TOKEN_NOISE;
      spaced = *p == ' ' || (*p != '-' && spaced);
      p = g_utf8_next_char (p);
      if (token.kind != TOKEN_NOISE)
        g_array_append_val (tokens, token);
    }
  /* "28.11.2025 - 10:30", "— 28 ноября 2025" */
  while (last_token (tokens) != NULL && last_token (tokens)->kind == TOKEN_DASH)
    g_array_set_size (tokens, tokens->len - 1);
  while (tokens->len > 0 && g_array_index (tokens, Token, 0).kind == TOKEN_DASH)
    g_array_remove_index (tokens, 0);
  drop_units (tokens);
  return tokens;
}
