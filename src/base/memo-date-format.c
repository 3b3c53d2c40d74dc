/* Dates in the grammar of English, Turkish and Russian. This is not translation of the interface: an export or a
 * card may be in another language than the window, so gettext has no say here. */

#include "memo-date-private.h"

#include <string.h>

typedef enum
{
  ENGLISH,
  TURKISH,
  RUSSIAN
} Grammar;

static const char *const month_names[3][12] = {
  { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December" },
  { "Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık" },
  { "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь",
    "декабрь" },
};

static const char *const month_short[3][12] = {
  { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" },
  { "Oca", "Şub", "Mar", "Nis", "May", "Haz", "Tem", "Ağu", "Eyl", "Eki", "Kas", "Ara" },
  { "янв.", "февр.", "март", "апр.", "май", "июнь", "июль", "авг.", "сент.", "окт.", "нояб.", "дек." },
};

static const char *const russian_genitive[12] = { "января", "февраля", "марта",    "апреля",  "мая",    "июня",
                                                  "июля",   "августа", "сентября", "октября", "ноября", "декабря" };

static const char *const russian_genitive_short[12] = { "янв.", "февр.", "мар.",  "апр.", "мая",   "июн.",
                                                        "июл.", "авг.",  "сент.", "окт.", "нояб.", "дек." };

static const char *const seasons[3][4] = { { "spring", "summer", "autumn", "winter" },
                                           { "ilkbahar", "yaz", "sonbahar", "kış" },
                                           { "весна", "лето", "осень", "зима" } };
static const char *const russian_season_genitive[4] = { "весны", "лета", "осени", "зимы" };

static Grammar
get_grammar (const char *language)
{
  if (language == NULL || g_ascii_isalpha (language[0]) == 0 || g_ascii_isalpha (language[1]) == 0 ||
      g_ascii_isalpha (language[2]))
    return ENGLISH;
  if (g_str_has_prefix (language, "tr"))
    return TURKISH;
  return g_str_has_prefix (language, "ru") ? RUSSIAN : ENGLISH;
}

char *
memo_month_name (int month, const char *language, gboolean abbreviated)
{
  g_return_val_if_fail (month >= 1 && month <= 12, NULL);

  return g_strdup ((abbreviated ? month_short : month_names)[get_grammar (language)][month - 1]);
}

/* Case endings of Turkish numbers follow the last word of the number as it is spoken. */
typedef enum
{
  TURKISH_ABLATIVE, /* 2019'dan */
  TURKISH_DATIVE,   /* 2008'e */
  TURKISH_PLURAL,   /* 1980'ler */
  TURKISH_GENITIVE  /* 2025'in */
} TurkishCase;

static const char *
turkish_ending (int number, TurkishCase wanted)
{
  static const char *const endings[][4] = {
    { "den", "e", "ler", "in" },   /* yüz, bin, sıfır */
    { "den", "e", "ler", "in" },   /* bir */
    { "den", "ye", "ler", "nin" }, /* iki */
    { "ten", "e", "ler", "ün" },   /* üç */
    { "ten", "e", "ler", "ün" },   /* dört */
    { "ten", "e", "ler", "in" },   /* beş */
    { "dan", "ya", "lar", "nın" }, /* altı */
    { "den", "ye", "ler", "nin" }, /* yedi */
    { "den", "e", "ler", "in" },   /* sekiz */
    { "dan", "a", "lar", "un" },   /* dokuz */
  };
  static const char *const tens[][4] = {
    { "den", "e", "ler", "ün" },   /* yüz */
    { "dan", "a", "lar", "un" },   /* on */
    { "den", "ye", "ler", "nin" }, /* yirmi */
    { "dan", "a", "lar", "un" },   /* otuz */
    { "tan", "a", "lar", "ın" },   /* kırk */
    { "den", "ye", "ler", "nin" }, /* elli */
    { "tan", "a", "lar", "ın" },   /* altmış */
    { "ten", "e", "ler", "in" },   /* yetmiş */
    { "den", "e", "ler", "in" },   /* seksen */
    { "dan", "a", "lar", "ın" },   /* doksan */
  };

  number = ABS (number);
  if (number % 10 != 0)
    return endings[number % 10][wanted];
  if (number % 1000 == 0)
    return endings[0][wanted];
  return tens[number / 10 % 10][wanted];
}

static void
append_year (GString *out, int year, Grammar grammar)
{
  if (year > 0)
    g_string_append_printf (out, "%d", year);
  else
    switch (grammar)
      {
      case TURKISH:
        g_string_append_printf (out, "MÖ %d", 1 - year);
        break;
      case RUSSIAN:
        g_string_append_printf (out, "%d до н. э.", 1 - year);
        break;
      case ENGLISH:
      default:
        g_string_append_printf (out, "%d BC", 1 - year);
      }
}

static void
append_roman (GString *out, int number)
{
  static const char *const tens[] = { "", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC" };
  static const char *const units[] = { "", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX" };

  if (number >= 100)
    g_string_append_c (out, 'C');
  g_string_append (out, tens[number / 10 % 10]);
  g_string_append (out, units[number % 10]);
}

static const char *
english_ordinal (int number)
{
  if (number / 10 % 10 == 1)
    return "th";
  switch (number % 10)
    {
    case 1:
      return "st";
    case 2:
      return "nd";
    case 3:
      return "rd";
    default:
      return "th";
    }
}

static void
append_century (GString *out, int year, Grammar grammar, gboolean genitive)
{
  gboolean before = year < 0;
  int century = ABS (year) / 100 + 1;

  switch (grammar)
    {
    case TURKISH:
      g_string_append_printf (out, "%s%d. yüzyıl", before ? "MÖ " : "", century);
      break;
    case RUSSIAN:
      append_roman (out, century);
      g_string_append (out, genitive ? " века" : " век");
      g_string_append (out, before ? " до н. э." : "");
      break;
    case ENGLISH:
    default:
      g_string_append_printf (out, "%d%s century%s", century, english_ordinal (century), before ? " BC" : "");
    }
}

static void
append_decade (GString *out, int year, Grammar grammar, gboolean genitive)
{
  const char *bc = "";

  if (year < 0)
    bc = grammar == TURKISH ? "MÖ " : grammar == RUSSIAN ? " до н. э." : " BC";
  year = ABS (year);
  switch (grammar)
    {
    case TURKISH:
      g_string_append_printf (out, "%s%d'%s", bc, year, turkish_ending (year, TURKISH_PLURAL));
      break;
    case RUSSIAN:
      g_string_append_printf (out, genitive ? "%d-х%s" : "%d-е%s", year, bc);
      break;
    case ENGLISH:
    default:
      g_string_append_printf (out, "%ds%s", year, bc);
    }
}

static void
append_group (GString *out, const Edge *edge, Grammar grammar, gboolean genitive)
{
  static const char *const ordinals[] = { "first", "second", "third", "fourth" };
  int n;

  if (edge->month < EDGE_QUARTER)
    {
      n = edge->month - EDGE_SEASON;
      g_string_append_printf (out, "%s ",
                              grammar == RUSSIAN && genitive ? russian_season_genitive[n] : seasons[grammar][n]);
      append_year (out, edge->year, grammar);
      return;
    }

  n = edge->month - (edge->month < EDGE_HALF ? EDGE_QUARTER : EDGE_HALF);
  switch (grammar)
    {
    case TURKISH:
      append_year (out, edge->year, grammar);
      g_string_append_printf (out, "'%s %d. %s", turkish_ending (edge->year, TURKISH_GENITIVE), n + 1,
                              edge->month < EDGE_HALF ? "çeyreği" : "yarısı");
      break;
    case RUSSIAN:
      if (edge->month < EDGE_HALF)
        g_string_append_printf (out, genitive ? "%d-го квартала " : "%d-й квартал ", n + 1);
      else
        g_string_append_printf (out, genitive ? "%d-го полугодия " : "%d-е полугодие ", n + 1);
      append_year (out, edge->year, grammar);
      break;
    case ENGLISH:
    default:
      g_string_append_printf (out, "%s %s of ", ordinals[n], edge->month < EDGE_HALF ? "quarter" : "half");
      append_year (out, edge->year, grammar);
    }
}

/* @genitive: what Russian wants after "с" and "около". */
static void
append_edge (GString *out, const Edge *edge, Grammar grammar, MemoDateStyle style, gboolean genitive)
{
  gboolean brief = style == MEMO_DATE_STYLE_SHORT;
  int m = edge->month - 1;

  switch (edge->precision)
    {
    case MEMO_PRECISION_DAY:
      if (grammar == RUSSIAN)
        g_string_append_printf (out, "%d %s ", edge->day, (brief ? russian_genitive_short : russian_genitive)[m]);
      else
        g_string_append_printf (out, "%d %s ", edge->day, (brief ? month_short : month_names)[grammar][m]);
      append_year (out, edge->year, grammar);
      break;
    case MEMO_PRECISION_MONTH:
      if (grammar == RUSSIAN && genitive)
        g_string_append_printf (out, "%s ", (brief ? russian_genitive_short : russian_genitive)[m]);
      else
        g_string_append_printf (out, "%s ", (brief ? month_short : month_names)[grammar][m]);
      append_year (out, edge->year, grammar);
      break;
    case MEMO_PRECISION_DECADE:
      append_decade (out, edge->year, grammar, genitive);
      break;
    case MEMO_PRECISION_CENTURY:
      append_century (out, edge->year, grammar, genitive);
      break;
    case MEMO_PRECISION_INTERVAL:
      append_group (out, edge, grammar, genitive);
      break;
    case MEMO_PRECISION_YEAR:
    default:
      append_year (out, edge->year, grammar);
    }
}

/* With "about" and "?". */
static void
append_qualified (GString *out, const Edge *edge, Grammar grammar, MemoDateStyle style, gboolean genitive)
{
  static const char *const about[] = { "about ", "yaklaşık ", "около " };

  if (edge->approximate)
    g_string_append (out, about[grammar]);
  append_edge (out, edge, grammar, style, genitive || edge->approximate);
  if (edge->uncertain)
    g_string_append_c (out, '?');
}

/* "'dan", "ndan": what "beri" and "kadar" want behind the last word of @edge. */
static void
append_turkish_case (GString *out, const Edge *edge, TurkishCase wanted)
{
  gboolean from = wanted == TURKISH_ABLATIVE;

  if (edge->uncertain)
    g_string_append (out, from ? " tarihinden" : " tarihine");
  else if (edge->precision == MEMO_PRECISION_CENTURY)
    g_string_append (out, from ? "dan" : "a");
  else if (edge->precision == MEMO_PRECISION_DECADE)
    {
      gboolean front = strcmp (turkish_ending (edge->year, TURKISH_PLURAL), "ler") == 0;

      g_string_append (out, from ? (front ? "den" : "dan") : (front ? "e" : "a"));
    }
  else if (edge->precision == MEMO_PRECISION_INTERVAL && edge->month >= EDGE_HALF)
    g_string_append (out, from ? "ndan" : "na");
  else if (edge->precision == MEMO_PRECISION_INTERVAL && edge->month >= EDGE_QUARTER)
    g_string_append (out, from ? "nden" : "ne");
  else
    {
      int number = edge->year > 0 ? edge->year : 1 - edge->year;

      g_string_append_printf (out, "'%s", turkish_ending (number, wanted));
    }
}

static void
append_since (GString *out, const Edge *edge, Grammar grammar, MemoDateStyle style)
{
  switch (grammar)
    {
    case TURKISH:
      append_qualified (out, edge, grammar, style, FALSE);
      append_turkish_case (out, edge, TURKISH_ABLATIVE);
      g_string_append (out, " beri");
      break;
    case RUSSIAN:
      g_string_append (out, edge->approximate ? "примерно с " : "с ");
      append_edge (out, edge, grammar, style, TRUE);
      if (edge->precision == MEMO_PRECISION_YEAR && edge->year > 0)
        g_string_append (out, " года");
      if (edge->uncertain)
        g_string_append_c (out, '?');
      break;
    case ENGLISH:
    default:
      g_string_append (out, "since ");
      append_qualified (out, edge, grammar, style, FALSE);
    }
}

static void
append_until (GString *out, const Edge *edge, Grammar grammar, MemoDateStyle style)
{
  switch (grammar)
    {
    case TURKISH:
      append_qualified (out, edge, grammar, style, FALSE);
      append_turkish_case (out, edge, TURKISH_DATIVE);
      g_string_append (out, " kadar");
      break;
    case RUSSIAN:
      g_string_append (out, edge->approximate ? "примерно по " : "по ");
      append_edge (out, edge, grammar, style, FALSE);
      if (edge->precision == MEMO_PRECISION_YEAR && edge->year > 0)
        g_string_append (out, " год");
      if (edge->uncertain)
        g_string_append_c (out, '?');
      break;
    case ENGLISH:
    default:
      g_string_append (out, "until ");
      append_qualified (out, edge, grammar, style, FALSE);
    }
}

static gboolean
is_plain (const Edge *edge, MemoPrecision precision)
{
  return edge->precision == precision && !edge->uncertain && !edge->approximate;
}

char *
memo_date_format (const MemoDate *self, const char *language, MemoDateStyle style)
{
  Grammar grammar = get_grammar (language);
  const Edge *a, *b;
  GString *out;

  g_return_val_if_fail (self != NULL, NULL);

  out = g_string_new (NULL);
  a = &self->edges[0];
  b = &self->edges[1];
  if (!self->interval)
    append_qualified (out, a, grammar, style, FALSE);
  else if (b->kind != EDGE_DATE)
    append_since (out, a, grammar, style);
  else if (a->kind != EDGE_DATE)
    append_until (out, b, grammar, style);
  else if (is_plain (a, MEMO_PRECISION_DAY) && is_plain (b, MEMO_PRECISION_DAY) && a->year == b->year &&
           a->month == b->month)
    {
      g_string_append_printf (out, "%d–", a->day);
      append_edge (out, b, grammar, style, FALSE);
    }
  else
    {
      append_qualified (out, a, grammar, style, FALSE);
      g_string_append (out, is_plain (a, MEMO_PRECISION_YEAR) && is_plain (b, MEMO_PRECISION_YEAR) ? "–" : " – ");
      append_qualified (out, b, grammar, style, FALSE);
    }
  return g_string_free (out, FALSE);
}
