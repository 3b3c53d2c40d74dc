/* Numbers of sessions, congresses and notes as they are written: Roman, Arabic, in words. */

#include "memo-text.h"

#include <string.h>

typedef struct
{
  const char *stem; /* in the form of memo_text_key() */
  int value;
} Word;

/* Cardinals and ordinals. Russian ones are stems: the ending tells gender and case. */
static const Word english[] = {
  { "one", 1 },         { "first", 1 },      { "two", 2 },         { "second", 2 },       { "three", 3 },
  { "third", 3 },       { "four", 4 },       { "fourth", 4 },      { "five", 5 },         { "fifth", 5 },
  { "six", 6 },         { "sixth", 6 },      { "seven", 7 },       { "seventh", 7 },      { "eight", 8 },
  { "eighth", 8 },      { "nine", 9 },       { "ninth", 9 },       { "ten", 10 },         { "tenth", 10 },
  { "eleven", 11 },     { "eleventh", 11 },  { "twelve", 12 },     { "twelfth", 12 },     { "thirteen", 13 },
  { "thirteenth", 13 }, { "fourteen", 14 },  { "fourteenth", 14 }, { "fifteen", 15 },     { "fifteenth", 15 },
  { "sixteen", 16 },    { "sixteenth", 16 }, { "seventeen", 17 },  { "seventeenth", 17 }, { "eighteen", 18 },
  { "eighteenth", 18 }, { "nineteen", 19 },  { "nineteenth", 19 }, { "twenty", 20 },      { "twentieth", 20 },
  { "thirty", 30 },     { "thirtieth", 30 }, { "forty", 40 },      { "fortieth", 40 },    { "fifty", 50 },
  { "fiftieth", 50 },   { "sixty", 60 },     { "sixtieth", 60 },   { "seventy", 70 },     { "seventieth", 70 },
  { "eighty", 80 },     { "eightieth", 80 }, { "ninety", 90 },     { "ninetieth", 90 },   { "hundred", 100 },
  { "hundredth", 100 },
};

static const Word turkish[] = {
  { "bir", 1 },     { "ilk", 1 },     { "iki", 2 },   { "uc", 3 },    { "dord", 4 },    { "dort", 4 },
  { "bes", 5 },     { "alti", 6 },    { "yedi", 7 },  { "sekiz", 8 }, { "dokuz", 9 },   { "on", 10 },
  { "yirmi", 20 },  { "otuz", 30 },   { "kirk", 40 }, { "elli", 50 }, { "altmis", 60 }, { "yetmis", 70 },
  { "seksen", 80 }, { "doksan", 90 }, { "yuz", 100 },
};

static const Word russian[] = {
  { "перв", 1 },         { "один", 1 },         { "одн", 1 },          { "втор", 2 },        { "дв", 2 },
  { "трет", 3 },         { "тр", 3 },           { "четверт", 4 },      { "четыр", 4 },       { "пят", 5 },
  { "шест", 6 },         { "седьм", 7 },        { "семь", 7 },         { "семи", 7 },        { "восьм", 8 },
  { "восем", 8 },        { "девят", 9 },        { "десят", 10 },       { "одиннадцат", 11 }, { "двенадцат", 12 },
  { "тринадцат", 13 },   { "четырнадцат", 14 }, { "пятнадцат", 15 },   { "шестнадцат", 16 }, { "семнадцат", 17 },
  { "восемнадцат", 18 }, { "девятнадцат", 19 }, { "двадцат", 20 },     { "тридцат", 30 },    { "сорок", 40 },
  { "пятьдесят", 50 },   { "пятидесят", 50 },   { "шестьдесят", 60 },  { "шестидесят", 60 }, { "семьдесят", 70 },
  { "семидесят", 70 },   { "восемьдесят", 80 }, { "восьмидесят", 80 }, { "девяност", 90 },   { "ст", 100 },
};

static const char *const russian_endings[] = { "",    "ый",   "ий",  "ой",  "ая",   "ья",   "ое", "ье",  "ого",
                                               "его", "ьего", "ому", "ему", "ьему", "ым",   "им", "ьим", "ом",
                                               "ем",  "ьем",  "ую",  "ью",  "ей",   "ьей",  "ые", "ие",  "ьи",
                                               "ых",  "их",   "ьих", "ыми", "ими",  "ьими", "а",  "е",   "и",
                                               "ь",   "о",    "у",   "ми",  "я",    "ех",   "ёх", "мя",  "сот" };

static const char *const digit_suffixes[] = { "st",  "nd", "rd", "th", "inci", "uncu", "nci", "ncu", "й",  "я",  "е",
                                              "го",  "му", "м",  "ю",  "х",    "ый",   "ий",  "ой",  "ая", "ое", "ого",
                                              "ому", "ом", "ую", "ей", "ые",   "ых",   "ым",  "и",   "ми", "а",  NULL };

static const char *const turkish_endings[] = { "", "inci", "uncu", "nci", "ncu", NULL };

static int
roman_digit (gunichar c)
{
  switch (c)
    {
    case 'i':
    case 'I':
    case 0x0406: /* І and Х typed on a Cyrillic keyboard */
    case 0x0456:
      return 1;
    case 'v':
    case 'V':
      return 5;
    case 'x':
    case 'X':
    case 0x0425:
    case 0x0445:
      return 10;
    case 'l':
    case 'L':
      return 50;
    case 'C':
    case 0x0421:
      return 100;
    case 'D':
      return 500;
    case 'M':
    case 0x041C:
      return 1000;
    default:
      return 0;
    }
}

char *
memo_number_to_roman (int number)
{
  static const struct
  {
    int value;
    const char *digits;
  } steps[] = { { 1000, "M" }, { 900, "CM" }, { 500, "D" }, { 400, "CD" }, { 100, "C" }, { 90, "XC" }, { 50, "L" },
                { 40, "XL" },  { 10, "X" },   { 9, "IX" },  { 5, "V" },    { 4, "IV" },  { 1, "I" } };
  GString *out = g_string_new (NULL);

  if (number < 1 || number > 3999)
    {
      g_string_append_printf (out, "%d", number);
      return g_string_free (out, FALSE);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    for (; number >= steps[i].value; number -= steps[i].value)
      g_string_append (out, steps[i].digits);
  return g_string_free (out, FALSE);
}

/* Reads digits at the start of @text as far as they go; only the usual spelling counts ("IIX" is none). */
static int
parse_roman (const char *text, const char **ret_end)
{
  GString *digits = g_string_new (NULL);
  const char *p;
  gboolean lower = g_unichar_islower (g_utf8_get_char (text));
  int total = 0;
  int previous = 0;

  for (p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      int value = roman_digit (c);

      if (value == 0 || g_unichar_islower (c) != lower)
        break;
      total += value;
      if (previous != 0 && previous < value)
        total -= 2 * previous;
      previous = value;
      g_string_append_c (digits, "IVXLCDM"[value == 1     ? 0
                                           : value == 5   ? 1
                                           : value == 10  ? 2
                                           : value == 50  ? 3
                                           : value == 100 ? 4
                                           : value == 500 ? 5
                                                          : 6]);
      if (digits->len > 15)
        break;
    }
  if (total > 0 && total <= 3999)
    {
      g_autofree char *usual = memo_number_to_roman (total);

      if (strcmp (usual, digits->str) != 0)
        total = 0;
    }
  else
    total = 0;
  g_string_free (digits, TRUE);
  *ret_end = p;
  return total;
}

/* "", ".", "th", "-я", "'uncu" … behind a number. */
static gboolean
is_suffix (const char *rest)
{
  g_autofree char *key = memo_text_key (rest);
  const char *p = key;

  if (strcmp (p, ".") == 0 || strcmp (p, ")") == 0 || strcmp (p, "º") == 0 || strcmp (p, "°") == 0)
    return TRUE;
  if (*p == '-' || *p == '\'')
    p++;
  else if (*p == '\0')
    return TRUE;
  return g_strv_contains (digit_suffixes, p);
}

static int
find_english (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (english); i++)
    if (strcmp (english[i].stem, word) == 0)
      return english[i].value;
  return 0;
}

static int
find_russian (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (russian); i++)
    {
      if (!g_str_has_prefix (word, russian[i].stem))
        continue;
      for (gsize j = 0; j < G_N_ELEMENTS (russian_endings); j++)
        if (strcmp (word + strlen (russian[i].stem), russian_endings[j]) == 0)
          return russian[i].value;
    }
  return 0;
}

/* Turkish may be written together: "ondokuzuncu", "yirmibirinci". */
static int
find_turkish (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (turkish); i++)
    {
      const char *rest;
      int units;

      if (!g_str_has_prefix (word, turkish[i].stem))
        continue;
      rest = word + strlen (turkish[i].stem);
      if (g_strv_contains (turkish_endings, rest))
        return turkish[i].value;
      if (turkish[i].value >= 10 && (units = find_turkish (rest)) > 0 && units < 10)
        return turkish[i].value + units;
    }
  return 0;
}

static int
parse_words (const char *text, int (*find) (const char *word))
{
  g_autofree char *key = memo_text_key (text);
  g_auto (GStrv) words = g_strsplit_set (key, " -", -1);
  int total = 0;
  int previous = 1000;

  for (guint i = 0; words[i] != NULL; i++)
    {
      int value;

      if (words[i][0] == '\0' || (total > 0 && strcmp (words[i], "and") == 0))
        continue;
      value = find (words[i]);
      /* "two hundred", then tens, then units */
      if (value == 100 && total > 0 && total < 10)
        total *= 100;
      else if (value == 0 || value >= previous || (previous < 100 && value >= 10) || (previous < 10))
        return 0;
      else
        total += value;
      previous = value;
    }
  return total;
}

int
memo_number_parse (const char *text)
{
  g_autofree char *trimmed = memo_text_collapse (text);
  const char *end;
  int number = 0;

  if (trimmed[0] == '\0' || strlen (trimmed) > 100)
    return 0;

  if (g_ascii_isdigit (trimmed[0]))
    {
      for (end = trimmed; g_ascii_isdigit (*end); end++)
        {
          if (number > 100000)
            return 0;
          number = number * 10 + (*end - '0');
        }
      return is_suffix (end) ? number : 0;
    }

  number = parse_roman (trimmed, &end);
  if (number > 0 && is_suffix (end))
    return number;

  number = parse_words (trimmed, find_english);
  if (number == 0)
    number = parse_words (trimmed, find_turkish);
  if (number == 0)
    number = parse_words (trimmed, find_russian);
  return number;
}
