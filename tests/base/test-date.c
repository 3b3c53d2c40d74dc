#include "base/memo-date.h"

#include "base/memo-error.h"

#include <string.h>

#define REFERENCE "2025-11-28" /* a Friday */

static gint32
day_of (const char *edtf)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoDate) date = memo_date_new (edtf, &error);

  g_assert_no_error (error);
  return memo_date_get_first (date);
}

static void
test_calendar (void)
{
  int year, month, day;

  g_assert_cmpint (memo_day_from_ymd (1970, 1, 1), ==, 0);
  g_assert_cmpint (memo_day_from_ymd (2000, 3, 1), ==, 11017);
  g_assert_cmpint (memo_day_from_ymd (1969, 12, 31), ==, -1);
  g_assert_cmpint (memo_day_from_ymd (0, 1, 1), ==, -719528);
  for (gint32 i = -1000000; i < 4000000; i += 97)
    {
      memo_day_to_ymd (i, &year, &month, &day);
      g_assert_cmpint (memo_day_from_ymd (year, month, day), ==, i);
    }
  for (gint32 i = -800; i < 800; i++)
    {
      memo_day_to_ymd (i, &year, NULL, NULL);
      memo_day_to_ymd (i, NULL, &month, &day);
      g_assert_cmpint (memo_day_from_ymd (year, month, day), ==, i);
    }
  memo_day_to_ymd (memo_day_today (), &year, NULL, NULL);
  g_assert_cmpint (year, >=, 2025);
}

static void
test_edtf (void)
{
  static const struct
  {
    const char *text;
    const char *first;
    const char *last;
    MemoPrecision precision;
    gboolean uncertain;
    gboolean approximate;
  } cases[] = {
    { "2025-11-28", "2025-11-28", "2025-11-28", MEMO_PRECISION_DAY, FALSE, FALSE },
    { "2024-02-29", "2024-02-29", "2024-02-29", MEMO_PRECISION_DAY, FALSE, FALSE },
    { "2000-02-29", "2000-02-29", "2000-02-29", MEMO_PRECISION_DAY, FALSE, FALSE },
    { "2025-11", "2025-11-01", "2025-11-30", MEMO_PRECISION_MONTH, FALSE, FALSE },
    { "2024-02", "2024-02-01", "2024-02-29", MEMO_PRECISION_MONTH, FALSE, FALSE },
    { "2008", "2008-01-01", "2008-12-31", MEMO_PRECISION_YEAR, FALSE, FALSE },
    { "0000", "0000-01-01", "0000-12-31", MEMO_PRECISION_YEAR, FALSE, FALSE },
    { "-0043-03-15", "-0043-03-15", "-0043-03-15", MEMO_PRECISION_DAY, FALSE, FALSE },
    { "1897-05-15?", "1897-05-15", "1897-05-15", MEMO_PRECISION_DAY, TRUE, FALSE },
    { "1984~", "1984-01-01", "1984-12-31", MEMO_PRECISION_YEAR, FALSE, TRUE },
    { "2004%", "2004-01-01", "2004-12-31", MEMO_PRECISION_YEAR, TRUE, TRUE },
    { "198X", "1980-01-01", "1989-12-31", MEMO_PRECISION_DECADE, FALSE, FALSE },
    { "-198X", "-1989-01-01", "-1980-12-31", MEMO_PRECISION_DECADE, FALSE, FALSE },
    { "19XX", "1900-01-01", "1999-12-31", MEMO_PRECISION_CENTURY, FALSE, FALSE },
    { "-01XX", "-0199-01-01", "-0100-12-31", MEMO_PRECISION_CENTURY, FALSE, FALSE },
    { "2004-XX", "2004-01-01", "2004-12-31", MEMO_PRECISION_YEAR, FALSE, FALSE },
    { "2004-XX-XX", "2004-01-01", "2004-12-31", MEMO_PRECISION_YEAR, FALSE, FALSE },
    { "2004-06-XX", "2004-06-01", "2004-06-30", MEMO_PRECISION_MONTH, FALSE, FALSE },
    { "2001-21", "2001-03-01", "2001-05-31", MEMO_PRECISION_INTERVAL, FALSE, FALSE },
    { "2001-24", "2001-12-01", "2002-02-28", MEMO_PRECISION_INTERVAL, FALSE, FALSE },
    { "2001-33", "2001-01-01", "2001-03-31", MEMO_PRECISION_INTERVAL, FALSE, FALSE },
    { "2001-41", "2001-07-01", "2001-12-31", MEMO_PRECISION_INTERVAL, FALSE, FALSE },
    { "2008/2012", "2008-01-01", "2012-12-31", MEMO_PRECISION_INTERVAL, FALSE, FALSE },
    { "2004-02-01/2005-02", "2004-02-01", "2005-02-28", MEMO_PRECISION_INTERVAL, FALSE, FALSE },
    { "2004-06~/2004-08?", "2004-06-01", "2004-08-31", MEMO_PRECISION_INTERVAL, TRUE, TRUE },
    { "2005~/2025", "2005-01-01", "2025-12-31", MEMO_PRECISION_INTERVAL, FALSE, TRUE },
  };
  static const char *const wrong[] = {
    "",         "2025-02-30",  "2023-02-29", "1900-02-29", "2025-13",     "2025-00",       "2025-11-00", "2025-11-31",
    "25",       "20255",       "2025-1",     "2025-11-2",  "2025-11-28 ", "2012/2008",     "/",          "..",
    "../..",    "2008/2012/",  "abcd",       "20X5",       "XXXX",        "198X-05",       "2004-XX-15", "2025?~",
    "2025-11-", "2025-11-28-", "Y123",       "Y99999999",  "-0000",       "2025-11-28T10", "2019/...",   "-",
    "20X",      "2",           "2025 (x",    "2001-25",    "2004-06-X",   "2004-X",        NULL
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MemoDate) date = memo_date_new (cases[i].text, &error);
      g_autofree char *again = NULL;

      g_assert_no_error (error);
      g_assert_cmpint (memo_date_get_first (date), ==, day_of (cases[i].first));
      g_assert_cmpint (memo_date_get_last (date), ==, day_of (cases[i].last));
      g_assert_cmpint (memo_date_get_precision (date), ==, cases[i].precision);
      g_assert_cmpint (memo_date_is_uncertain (date), ==, cases[i].uncertain);
      g_assert_cmpint (memo_date_is_approximate (date), ==, cases[i].approximate);
      g_assert_cmpstr (memo_date_get_edtf (date), ==, cases[i].text);
      g_assert_null (memo_date_get_written (date));
      again = memo_date_to_string (date);
      g_assert_cmpstr (again, ==, cases[i].text);
    }
  for (guint i = 0; wrong[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MemoDate) date = NULL;

      /* Spaces around are forgiven. */
      if (g_str_has_suffix (wrong[i], " "))
        continue;
      date = memo_date_new (wrong[i], &error);
      if (date != NULL)
        g_test_message ("accepted: %s", wrong[i]);
      g_assert_null (date);
      g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
    }
  g_assert_null (memo_date_new (NULL, NULL));
}

static void
test_open (void)
{
  static const char *const since[] = { "2019/..", "2019/", NULL };
  static const char *const until[] = { "../2008", "/2008", NULL };

  for (guint i = 0; since[i] != NULL; i++)
    {
      g_autoptr (MemoDate) date = memo_date_new (since[i], NULL);

      g_assert_cmpint (memo_date_get_first (date), ==, day_of ("2019-01-01"));
      g_assert_cmpint (memo_date_get_last (date), ==, MEMO_DATE_OPEN_END);
    }
  for (guint i = 0; until[i] != NULL; i++)
    {
      g_autoptr (MemoDate) date = memo_date_new (until[i], NULL);

      g_assert_cmpint (memo_date_get_first (date), ==, MEMO_DATE_OPEN_START);
      g_assert_cmpint (memo_date_get_last (date), ==, day_of ("2008-12-31"));
    }
}

static void
test_long_years (void)
{
  g_autoptr (MemoDate) early = memo_date_new ("Y-170000", NULL);
  g_autoptr (MemoDate) late = memo_date_new ("Y2000000", NULL);
  g_autoptr (MemoDate) year = memo_date_new ("2008", NULL);

  g_assert_nonnull (early);
  g_assert_nonnull (late);
  g_assert_cmpint (memo_date_compare (early, year), <, 0);
  g_assert_cmpint (memo_date_compare (late, year), >, 0);
}

static void
test_written (void)
{
  g_autoptr (MemoDate) date = memo_date_new ("2025-11-28 (28 Kasım 2025 (cuma))", NULL);
  g_autoptr (MemoDate) empty = memo_date_new ("2025-11-28 ()", NULL);
  g_autofree char *text = memo_date_to_string (date);

  g_assert_cmpstr (memo_date_get_edtf (date), ==, "2025-11-28");
  g_assert_cmpstr (memo_date_get_written (date), ==, "28 Kasım 2025 (cuma)");
  g_assert_cmpstr (text, ==, "2025-11-28 (28 Kasım 2025 (cuma))");
  g_assert_null (memo_date_get_written (empty));
}

static void
test_relations (void)
{
  g_autoptr (MemoDate) year = memo_date_new ("2008", NULL);
  g_autoptr (MemoDate) month = memo_date_new ("2008-01", NULL);
  g_autoptr (MemoDate) same = memo_date_new ("2008 (in 2008)", NULL);
  g_autoptr (MemoDate) later = memo_date_new ("2009-05-03", NULL);
  g_autoptr (MemoDate) open = memo_date_new ("../2008", NULL);
  g_autoptr (MemoDate) day = memo_date_new_day (day_of ("2009-05-03"));
  g_autoptr (MemoDate) ancient = memo_date_new_day (memo_day_from_ymd (-43, 3, 15));
  g_autoptr (MemoDate) reference = memo_date_ref (year);
  GValue value = G_VALUE_INIT;

  g_assert_true (reference == year);
  g_assert_true (memo_date_equal (year, same));
  g_assert_false (memo_date_equal (year, month));
  g_assert_true (memo_date_equal (NULL, NULL));
  g_assert_false (memo_date_equal (year, NULL));
  g_assert_true (memo_date_equal (day, later));
  g_assert_cmpstr (memo_date_get_edtf (ancient), ==, "-0043-03-15");

  g_assert_cmpint (memo_date_compare (month, year), <, 0);
  g_assert_cmpint (memo_date_compare (year, month), >, 0);
  g_assert_cmpint (memo_date_compare (year, same), ==, 0);
  g_assert_cmpint (memo_date_compare (year, later), <, 0);
  g_assert_cmpint (memo_date_compare (later, year), >, 0);
  g_assert_cmpint (memo_date_compare (open, month), <, 0);
  g_assert_cmpint (memo_date_compare (NULL, later), >, 0);
  g_assert_cmpint (memo_date_compare (later, NULL), <, 0);
  g_assert_cmpint (memo_date_compare (NULL, NULL), ==, 0);

  g_assert_true (memo_date_overlaps (year, month));
  g_assert_true (memo_date_overlaps (open, month));
  g_assert_false (memo_date_overlaps (year, later));
  g_assert_false (memo_date_overlaps (year, NULL));

  g_value_init (&value, MEMO_TYPE_DATE);
  g_value_set_boxed (&value, year);
  g_assert_true (g_value_get_boxed (&value) == year);
  g_value_unset (&value);
}

static const struct
{
  const char *text;
  const char *edtf;
} readings[] = {
  /* English */
  { "28 November 2025", "2025-11-28" },
  { "28 NOVEMBER 2025", "2025-11-28" },
  { "Nov. 28, 2025", "2025-11-28" },
  { "November 28, 2025", "2025-11-28" },
  { "November 28th, 2025", "2025-11-28" },
  { "the 28th of November, 2025", "2025-11-28" },
  { "on 28 November 2025", "2025-11-28" },
  { "Friday, 28 November 2025", "2025-11-28" },
  { "Fri, 28 Nov 2025 10:15:00 +0300", "2025-11-28" },
  { "Nov 28, 2025 5:06 pm GMT", "2025-11-28" },
  { "28-Nov-2025", "2025-11-28" },
  { "2025 November 28", "2025-11-28" },
  { "November 2025", "2025-11" },
  { "in November 2025", "2025-11" },
  { "November, 2025", "2025-11" },
  { "in 2008", "2008" },
  { "the year 2008", "2008" },
  { "early 2008", "2008" },
  { "by the end of 2008", "../2008" },
  { "29 February 2024", "2024-02-29" },
  { "since 2019", "2019/.." },
  /* EDTF has no bound that is left out. */
  { "after 2019", "2020/.." },
  { "после 2019 года", "2020/.." },
  { "2019'dan sonra", "2020/.." },
  { "after December 2019", "2020-01/.." },
  { "after 28 February 2024", "2024-02-29/.." },
  { "after the 1980s", "199X/.." },
  { "after the beginning of 2019", "2019/.." },
  { "after the end of 2019", "2020/.." },
  { "before 2020", "../2019" },
  { "before about 2020", "../2019~" },
  { "before January 2020", "../2019-12" },
  { "before 1 March 2024", "../2024-02-29" },
  { "before 28 November 2025", "../2025-11-27" },
  { "before the 1980s", "../197X" },
  { "before the 20th century", "../18XX" },
  { "before the second half of 2025", "../2025-06-30" },
  { "before the end of 2020", "../2020" },
  { "before the beginning of 2020", "../2019" },
  { "2020'den önce", "../2019" },
  { "Kasım 2025'ten önce", "../2025-10" },
  { "28 Kasım 2025'ten önce", "../2025-11-27" },
  { "28 Kasım 2025 tarihinden önce", "../2025-11-27" },
  { "2024 sonu", "2024" },
  { "2024 başları", "2024" },
  { "since November 2019", "2019-11/.." },
  { "from 2019 onwards", "2019/.." },
  { "until 2008", "../2008" },
  { "up to 2008", "../2008" },
  { "from 2008 to 2012", "2008/2012" },
  { "between 2008 and 2012", "2008/2012" },
  { "2008–2012", "2008/2012" },
  { "2008 - 2012", "2008/2012" },
  { "2019–20", "2019/2020" },
  { "2021-22", "2021/2022" },
  { "28–30 November 2025", "2025-11-28/2025-11-30" },
  { "November 28–30, 2025", "2025-11-28/2025-11-30" },
  { "28 November – 3 December 2025", "2025-11-28/2025-12-03" },
  { "from 28 November to 3 December 2025", "2025-11-28/2025-12-03" },
  { "September-December 2025", "2025-09/2025-12" },
  { "about 1984", "1984~" },
  { "c. 1984", "1984~" },
  { "circa 1984", "1984~" },
  { "probably 1984", "1984?" },
  { "1984?", "1984?" },
  { "about 1984?", "1984%" },
  { "the 1980s", "198X" },
  { "1980's", "198X" },
  { "mid-1980s", "198X" },
  { "the 19th century", "18XX" },
  { "nineteenth century", "18XX" },
  { "spring 2025", "2025-21" },
  { "winter of 2025", "2025-24" },
  { "first quarter of 2025", "2025-33" },
  { "Q3 2025", "2025-35" },
  { "second half of 2025", "2025-41" },
  /* Turkish */
  { "28 Kasım 2025", "2025-11-28" },
  { "28 KASIM 2025", "2025-11-28" },
  { "28 Kasım 2025'te", "2025-11-28" },
  { "28 Kasım 2025’te", "2025-11-28" },
  { "28 Kasım 2025 Cuma", "2025-11-28" },
  { "28 Kasım 2025 Cuma günü", "2025-11-28" },
  { "28 Kasım 2025 tarihinde", "2025-11-28" },
  { "28 Kasım 2025 tarihli", "2025-11-28" },
  { "15 Şubat 2024", "2024-02-15" },
  { "1 Ağustos 2024", "2024-08-01" },
  { "3 Eylül 2024", "2024-09-03" },
  { "9 Aralık 2024", "2024-12-09" },
  { "9 ARALIK 2024", "2024-12-09" },
  { "Kasım 2025", "2025-11" },
  { "Kasım 2025'te", "2025-11" },
  { "Kasım ayı 2025", "2025-11" },
  { "2025 yılının Kasım ayında", "2025-11" },
  { "2025 Kasım", "2025-11" },
  { "2025 Kasım'ında", "2025-11" },
  { "2008 yılında", "2008" },
  { "2008'de", "2008" },
  { "2019 yılından beri", "2019/.." },
  { "2019'dan beri", "2019/.." },
  { "2019'dan bu yana", "2019/.." },
  { "Kasım 2019'dan itibaren", "2019-11/.." },
  { "28 Kasım 2019 tarihinden itibaren", "2019-11-28/.." },
  { "2008'e kadar", "../2008" },
  { "2008 yılına kadar", "../2008" },
  { "2008'den 2012'ye kadar", "2008/2012" },
  { "2008'den 2012'ye", "2008/2012" },
  { "2008 ile 2012 arasında", "2008/2012" },
  { "2008 ve 2012 yılları arasında", "2008/2012" },
  { "2008-2012 yılları arasında", "2008/2012" },
  { "28-30 Kasım 2025", "2025-11-28/2025-11-30" },
  { "yaklaşık 1984", "1984~" },
  { "1984 civarında", "1984~" },
  { "muhtemelen 1984", "1984?" },
  { "1980'ler", "198X" },
  { "1980'li yıllar", "198X" },
  { "1990'larda", "199X" },
  { "19. yüzyıl", "18XX" },
  { "XIX. yüzyılda", "18XX" },
  { "2025 ilkbaharı", "2025-21" },
  { "2025'in üçüncü çeyreği", "2025-35" },
  { "2025'in ikinci yarısı", "2025-41" },
  /* Russian */
  { "28 ноября 2025 года", "2025-11-28" },
  { "28 ноября 2025 г.", "2025-11-28" },
  { "28 НОЯБРЯ 2025", "2025-11-28" },
  { "28-го ноября 2025 года", "2025-11-28" },
  { "пятница, 28 ноября 2025 г.", "2025-11-28" },
  { "в пятницу, 28 ноября 2025 года", "2025-11-28" },
  { "от 28 ноября 2025 г.", "2025-11-28" },
  { "9 мая 1945", "1945-05-09" },
  { "3 марта 2024 года", "2024-03-03" },
  { "28 нояб. 2025", "2025-11-28" },
  { "ноябрь 2025", "2025-11" },
  { "ноябрь 2025 г.", "2025-11" },
  { "в ноябре 2025", "2025-11" },
  { "в мае 2025 года", "2025-05" },
  { "2008 год", "2008" },
  { "в 2008 году", "2008" },
  { "с 2019 года", "2019/.." },
  { "с ноября 2019 года", "2019-11/.." },
  { "начиная с 2019 года", "2019/.." },
  { "до 2030 года", "../2030" },
  { "до ноября 2025 года", "../2025-11" },
  { "до 28 ноября 2025 г.", "../2025-11-28" },
  { "ранее 2008 года", "../2007" },
  { "раньше ноября 2025 года", "../2025-10" },
  { "до конца 2025 года", "../2025" },
  { "до начала 2025 года", "../2024" },
  { "по 2008 год", "../2008" },
  { "к 2030 году", "../2030" },
  { "by 2030", "../2030" },
  { "2030'a kadar", "../2030" },
  { "1980s–1990s", "198X/199X" },
  { "с 2008 по 2012 год", "2008/2012" },
  { "с 2008 до 2012 года", "2008/2012" },
  { "в период с 2008 по 2012 гг.", "2008/2012" },
  { "в 2008–2012 годах", "2008/2012" },
  { "между 2008 и 2012 годами", "2008/2012" },
  { "28–30 ноября 2025 года", "2025-11-28/2025-11-30" },
  { "с 28 ноября по 3 декабря 2025 года", "2025-11-28/2025-12-03" },
  { "около 1984 года", "1984~" },
  { "примерно в 1984 году", "1984~" },
  { "вероятно, 1984", "1984?" },
  { "1980-е годы", "198X" },
  { "в 1980-х годах", "198X" },
  { "XIX век", "18XX" },
  { "в ХХ веке", "19XX" },
  { "весна 2025", "2025-21" },
  { "летом 2025 года", "2025-22" },
  { "третий квартал 2025 года", "2025-35" },
  { "III квартал 2025 г.", "2025-35" },
  { "второе полугодие 2025 года", "2025-41" },
  /* Figures */
  { "28.11.2025", "2025-11-28" },
  { "05.06.2025", "2025-06-05" },
  { "5.6.2025", "2025-06-05" },
  { "28.11.2025 г.", "2025-11-28" },
  { "28.11.2025 10:30", "2025-11-28" },
  { "28/11/2025", "2025-11-28" },
  { "11/28/2025", "2025-11-28" },
  { "05/05/2025", "2025-05-05" },
  { "2025/11/28", "2025-11-28" },
  { "2025.11.28", "2025-11-28" },
  { "11.2025", "2025-11" },
  { "11/2025", "2025-11" },
  { "20251128", "2025-11-28" },
  { "2025-11-28T10:30:00+03:00", "2025-11-28" },
  { "2025-11-28 10:30", "2025-11-28" },
  { "2025-11-00", "2025-11" },
  { "2025-00-00", "2025" },
  { "2025//", "2025" },
  { "2025///", "2025" },
  { "2025/11//", "2025-11" },
  { "2025/11/28/", "2025-11-28" },
  { "28.11.2025 - 10:30", "2025-11-28" },
  { "28 Kasım 2025 · 10:30", "2025-11-28" },
  { "28 Kasım 2025 | 10:30 (GMT+3)", "2025-11-28" },
  { "November 28, 2025 at 5:06 p.m. EST", "2025-11-28" },
  { "— 28 ноября 2025, 10:30 мск", "2025-11-28" },
  { "01.02.2025 - 03.02.2025", "2025-02-01/2025-02-03" },
  /* EDTF */
  { "2019/..", "2019/.." },
  { "198X", "198X" },
  { "1897-05-15?", "1897-05-15?" },
  /* From the reference */
  { "this Friday", "2025-11-28" },
  { "on Friday", "2025-11-28" },
  { "Friday", "2025-11-28" },
  { "this Tuesday", "2025-11-25" },
  { "this Monday", "2025-12-01" },
  { "last Friday", "2025-11-21" },
  { "next Friday", "2025-12-05" },
  { "last Thursday", "2025-11-27" },
  { "this coming Monday", "2025-12-01" },
  { "bu cuma", "2025-11-28" },
  { "bu Cuma günü", "2025-11-28" },
  { "cuma günü", "2025-11-28" },
  { "geçen salı", "2025-11-25" },
  { "önümüzdeki pazartesi", "2025-12-01" },
  { "в эту пятницу", "2025-11-28" },
  { "в пятницу", "2025-11-28" },
  { "в прошлую пятницу", "2025-11-21" },
  { "в следующий понедельник", "2025-12-01" },
  { "today", "2025-11-28" },
  { "yesterday", "2025-11-27" },
  { "yesterday, Thursday", "2025-11-27" },
  { "tomorrow", "2025-11-29" },
  { "bugün", "2025-11-28" },
  { "dün", "2025-11-27" },
  { "yarın", "2025-11-29" },
  { "сегодня", "2025-11-28" },
  { "вчера", "2025-11-27" },
  { "позавчера", "2025-11-26" },
  { "завтра", "2025-11-29" },
  { "over the past twenty years", "2005~/2025" },
  { "in the last 20 years", "2005~/2025" },
  { "the last twenty-five years", "2000~/2025" },
  { "past two decades", "2005~/2025" },
  { "the past decade", "2015~/2025" },
  { "son yirmi yılda", "2005~/2025" },
  { "son 20 yıl", "2005~/2025" },
  { "son on yılda", "2015~/2025" },
  { "son on iki ayda", "2024-11~/2025-11" },
  { "за последние двадцать лет", "2005~/2025" },
  { "в течение последних 20 лет", "2005~/2025" },
  { "последние два десятилетия", "2005~/2025" },
  { "the last three months", "2025-08~/2025-11" },
  { "past two weeks", "2025-11-14~/2025-11-28" },
  { "three days ago", "2025-11-25" },
  { "a week ago", "2025-11-21~" },
  { "two months ago", "2025-09~" },
  { "two years ago", "2023~" },
  { "two decades ago", "2005~" },
  { "üç gün önce", "2025-11-25" },
  { "on yıl önce", "2015~" },
  { "on beş yıl önce", "2010~" },
  { "5 yıl önce", "2020~" },
  { "три дня назад", "2025-11-25" },
  { "пять лет назад", "2020~" },
  { "год назад", "2024~" },
  { "this year", "2025" },
  { "last year", "2024" },
  { "next year", "2026" },
  { "bu yıl", "2025" },
  { "geçen yıl", "2024" },
  { "gelecek yıl", "2026" },
  { "в этом году", "2025" },
  { "в прошлом году", "2024" },
  { "в следующем году", "2026" },
  { "this month", "2025-11" },
  { "geçen ay", "2025-10" },
  { "в прошлом месяце", "2025-10" },
  { "last week", "2025-11-17/2025-11-23" },
  { "bu hafta", "2025-11-24/2025-11-30" },
  { "на следующей неделе", "2025-12-01/2025-12-07" },
  { "last November", "2024-11" },
  { "this November", "2025-11" },
  { "next January", "2026-01" },
  { "geçen ekim", "2025-10" },
  { "this decade", "202X" },
  { "next day", "2025-11-29" },
};

static void
test_readings (void)
{
  g_autoptr (MemoDate) reference = memo_date_new (REFERENCE, NULL);
  guint failures = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (readings); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MemoDate) date = memo_date_parse (readings[i].text, NULL, reference, &error);
      g_autofree char *text = NULL;
      g_autoptr (MemoDate) again = NULL;

      if (date == NULL || strcmp (memo_date_get_edtf (date), readings[i].edtf) != 0)
        {
          g_test_message ("“%s”: %s instead of %s", readings[i].text,
                          date != NULL ? memo_date_get_edtf (date) : error->message, readings[i].edtf);
          failures++;
          continue;
        }
      if (strcmp (readings[i].text, readings[i].edtf) == 0)
        g_assert_null (memo_date_get_written (date));
      else
        g_assert_cmpstr (memo_date_get_written (date), ==, readings[i].text);
      text = memo_date_to_string (date);
      again = memo_date_new (text, &error);
      g_assert_no_error (error);
      g_assert_true (memo_date_equal (date, again));
      g_assert_cmpstr (memo_date_get_written (again), ==, memo_date_get_written (date));
    }
  g_assert_cmpuint (failures, ==, 0);
}

/* What can be two dates is none, and is told which. */
static void
test_two_readings (void)
{
  static const struct
  {
    const char *text, *said;
  } texts[] = {
    { "03/04/2025", "“03/04/2025” can be 3 April 2025 or 4 March 2025. Write the month as a word." },
    { "5-6-2025", "“5-6-2025” can be 5 June 2025 or 6 May 2025. Write the month as a word." },
    { "13/13/2025", "“13/13/2025” is not a date." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (memo_date_parse (texts[i].text, NULL, NULL, &error));
      g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, texts[i].said);
    }
}

static void
test_unreadable (void)
{
  static const char *const texts[] = { "28 November",
                                       "28 Kasım",
                                       "28 ноября",
                                       "November",
                                       "28–30 November",
                                       "since November",
                                       "until May",
                                       "30 February 2025",
                                       "29 February 2023",
                                       "31.04.2025",
                                       "05/06/2025",
                                       "05-06-2025",
                                       "13/13/2025",
                                       "28.11.25",
                                       "hello",
                                       "",
                                       "28",
                                       "recently",
                                       "2025 2026",
                                       "November December",
                                       "from",
                                       "between 2008",
                                       "2008 arasında",
                                       "May the force be with you 2025",
                                       "32 November 2025",
                                       "November 28 29 30 2025",
                                       "0th century",
                                       "five 2025",
                                       "5th quarter of 2025",
                                       "2012–2008",
                                       "2025 § 3",
                                       "28 29 2025",
                                       "since",
                                       "the",
                                       "spring",
                                       "1984 12 7",
                                       "century",
                                       "99th century",
                                       "quarter 2025",
                                       "spring May 2025",
                                       "from 28 to 30",
                                       "a b c d e f g h i j k l m n o p q r s t u v w x y z",
                                       "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24",
                                       "three Fridays ago",
                                       "3 today",
                                       "2 weeks",
                                       "two last Friday",
                                       "3 this week",
                                       "since 28",
                                       NULL };
  static const char *const relative[] = { "today",         "bu cuma",         "вчера",         "last year",
                                          "two years ago", "son yirmi yılda", "last November", NULL };
  g_autoptr (MemoDate) reference = memo_date_new (REFERENCE, NULL);
  g_autoptr (MemoDate) year = memo_date_new ("2025", NULL);
  g_autoptr (MemoDate) month = memo_date_new ("2025-11", NULL);
  g_autoptr (MemoDate) open = memo_date_new ("../2008", NULL);
  g_autoptr (MemoDate) past = NULL;

  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MemoDate) date = memo_date_parse (texts[i], NULL, reference, &error);

      if (date != NULL)
        g_test_message ("“%s” is %s", texts[i], memo_date_get_edtf (date));
      g_assert_null (date);
      g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
    }
  for (guint i = 0; relative[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) error_open = NULL;

      g_assert_null (memo_date_parse (relative[i], NULL, NULL, &error));
      g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
      g_assert_null (memo_date_parse (relative[i], NULL, open, &error_open));
      g_assert_error (error_open, MEMO_ERROR, MEMO_ERROR_INVALID);
    }
  /* What the reference does not know cannot be counted from it. */
  g_assert_null (memo_date_parse ("yesterday", NULL, year, NULL));
  g_assert_null (memo_date_parse ("this Friday", NULL, month, NULL));
  g_assert_null (memo_date_parse ("last month", NULL, year, NULL));
  past = memo_date_parse ("last year", NULL, year, NULL);
  g_assert_cmpstr (memo_date_get_edtf (past), ==, "2024");
}

/* A slash is read by the habit of the language, where there is one. */
static void
test_habit (void)
{
  static const char *const languages[] = { "tr", "ru-RU" };

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (MemoDate) date = memo_date_parse ("05/06/2025", languages[i], NULL, NULL);

      g_assert_cmpstr (memo_date_get_edtf (date), ==, "2025-06-05");
    }
  g_assert_null (memo_date_parse ("05/06/2025", "en", NULL, NULL));
}

static void
test_weekdays (void)
{
  static const char *const names[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };

  for (gint32 today = day_of ("2025-11-24"); today < day_of ("2025-12-08"); today++)
    {
      g_autoptr (MemoDate) reference = memo_date_new_day (today);

      for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
        {
          g_autoptr (MemoDate) date = memo_date_parse (names[i], "en", reference, NULL);
          gint32 day = memo_date_get_first (date);

          g_assert_cmpint (ABS (day - today), <=, 3);
          g_assert_cmpint ((day - day_of ("2025-11-24")) % 7, ==, (int) i - (day < day_of ("2025-11-24") ? 7 : 0));
        }
    }
}

static void
test_format (void)
{
  static const struct
  {
    const char *edtf;
    const char *language;
    const char *full;
    const char *brief;
  } cases[] = {
    { "2025-11-28", "en", "28 November 2025", "28 Nov 2025" },
    { "2025-11-28", "tr", "28 Kasım 2025", "28 Kas 2025" },
    { "2025-11-28", "ru", "28 ноября 2025", "28 нояб. 2025" },
    { "2025-11-28", "de", "28 November 2025", "28 Nov 2025" },
    { "2025-11-28", NULL, "28 November 2025", "28 Nov 2025" },
    { "2025-11-28", "tr-TR", "28 Kasım 2025", "28 Kas 2025" },
    { "2025-05", "en", "May 2025", "May 2025" },
    { "2025-11", "tr", "Kasım 2025", "Kas 2025" },
    { "2025-11", "ru", "ноябрь 2025", "нояб. 2025" },
    { "2008", "en", "2008", "2008" },
    { "2008", "ru", "2008", "2008" },
    { "-0043", "en", "44 BC", "44 BC" },
    { "-0043", "tr", "MÖ 44", "MÖ 44" },
    { "-0043", "ru", "44 до н. э.", "44 до н. э." },
    { "198X", "en", "1980s", "1980s" },
    { "198X", "tr", "1980'ler", "1980'ler" },
    { "199X", "tr", "1990'lar", "1990'lar" },
    { "201X", "tr", "2010'lar", "2010'lar" },
    { "200X", "tr", "2000'ler", "2000'ler" },
    { "190X", "tr", "1900'ler", "1900'ler" },
    { "198X", "ru", "1980-е", "1980-е" },
    { "-198X", "en", "1980s BC", "1980s BC" },
    { "-198X", "tr", "MÖ 1980'ler", "MÖ 1980'ler" },
    { "-198X", "ru", "1980-е до н. э.", "1980-е до н. э." },
    { "19XX", "en", "20th century", "20th century" },
    { "20XX", "en", "21st century", "21st century" },
    { "21XX", "en", "22nd century", "22nd century" },
    { "22XX", "en", "23rd century", "23rd century" },
    { "10XX", "en", "11th century", "11th century" },
    { "-01XX", "en", "2nd century BC", "2nd century BC" },
    { "19XX", "tr", "20. yüzyıl", "20. yüzyıl" },
    { "19XX", "ru", "XX век", "XX век" },
    { "99XX", "ru", "C век", "C век" },
    { "-01XX", "ru", "II век до н. э.", "II век до н. э." },
    { "19XX/..", "ru", "с XX века", "с XX века" },
    { "2004-XX", "en", "2004", "2004" },
    { "1897-05-15?", "en", "15 May 1897?", "15 May 1897?" },
    { "1984~", "en", "about 1984", "about 1984" },
    { "1984~", "tr", "yaklaşık 1984", "yaklaşık 1984" },
    { "1984~", "ru", "около 1984", "около 1984" },
    { "1984-05~", "ru", "около мая 1984", "около мая 1984" },
    { "1984%", "en", "about 1984?", "about 1984?" },
    { "2019/..", "en", "since 2019", "since 2019" },
    { "2019/..", "tr", "2019'dan beri", "2019'dan beri" },
    { "2013/..", "tr", "2013'ten beri", "2013'ten beri" },
    { "2020/..", "tr", "2020'den beri", "2020'den beri" },
    { "1940/..", "tr", "1940'tan beri", "1940'tan beri" },
    { "2000/..", "tr", "2000'den beri", "2000'den beri" },
    { "198X/..", "tr", "1980'lerden beri", "1980'lerden beri" },
    { "199X/..", "tr", "1990'lardan beri", "1990'lardan beri" },
    { "19XX/..", "tr", "20. yüzyıldan beri", "20. yüzyıldan beri" },
    { "2025-33/..", "tr", "2025'in 1. çeyreğinden beri", "2025'in 1. çeyreğinden beri" },
    { "2025-41/..", "tr", "2025'in 2. yarısından beri", "2025'in 2. yarısından beri" },
    { "2019?/..", "tr", "2019? tarihinden beri", "2019? tarihinden beri" },
    { "2019/..", "ru", "с 2019 года", "с 2019 года" },
    { "2019-11/..", "ru", "с ноября 2019", "с нояб. 2019" },
    { "2019~/..", "ru", "примерно с 2019 года", "примерно с 2019 года" },
    { "2019?/..", "ru", "с 2019 года?", "с 2019 года?" },
    { "2019-11-28/..", "ru", "с 28 ноября 2019", "с 28 нояб. 2019" },
    { "../2008", "en", "until 2008", "until 2008" },
    { "../2008", "tr", "2008'e kadar", "2008'e kadar" },
    { "../2006", "tr", "2006'ya kadar", "2006'ya kadar" },
    { "../2012", "tr", "2012'ye kadar", "2012'ye kadar" },
    { "../2009", "tr", "2009'a kadar", "2009'a kadar" },
    { "../198X", "tr", "1980'lere kadar", "1980'lere kadar" },
    { "../199X", "tr", "1990'lara kadar", "1990'lara kadar" },
    { "../19XX", "tr", "20. yüzyıla kadar", "20. yüzyıla kadar" },
    { "../2025-33", "tr", "2025'in 1. çeyreğine kadar", "2025'in 1. çeyreğine kadar" },
    { "../2025-41", "tr", "2025'in 2. yarısına kadar", "2025'in 2. yarısına kadar" },
    { "../2008?", "tr", "2008? tarihine kadar", "2008? tarihine kadar" },
    { "../2008", "ru", "по 2008 год", "по 2008 год" },
    { "../2008-11", "ru", "по ноябрь 2008", "по нояб. 2008" },
    { "../2008~", "ru", "примерно по 2008 год", "примерно по 2008 год" },
    { "../2008?", "ru", "по 2008 год?", "по 2008 год?" },
    { "2008/2012", "en", "2008–2012", "2008–2012" },
    { "2005~/2025", "en", "about 2005 – 2025", "about 2005 – 2025" },
    { "2025-11-28/2025-11-30", "en", "28–30 November 2025", "28–30 Nov 2025" },
    { "2025-11-28/2025-11-30", "tr", "28–30 Kasım 2025", "28–30 Kas 2025" },
    { "2025-11-28/2025-11-30", "ru", "28–30 ноября 2025", "28–30 нояб. 2025" },
    { "2025-11-28/2025-12-03", "en", "28 November 2025 – 3 December 2025", "28 Nov 2025 – 3 Dec 2025" },
    { "2025-21", "en", "spring 2025", "spring 2025" },
    { "2025-22", "tr", "yaz 2025", "yaz 2025" },
    { "2025-23", "ru", "осень 2025", "осень 2025" },
    { "2025-23/..", "ru", "с осени 2025", "с осени 2025" },
    { "2025-35", "en", "third quarter of 2025", "third quarter of 2025" },
    { "2025-35", "tr", "2025'in 3. çeyreği", "2025'in 3. çeyreği" },
    { "2025-35", "ru", "3-й квартал 2025", "3-й квартал 2025" },
    { "2025-41", "en", "second half of 2025", "second half of 2025" },
    { "2025-41", "tr", "2025'in 2. yarısı", "2025'in 2. yarısı" },
    { "2025-41", "ru", "2-е полугодие 2025", "2-е полугодие 2025" },
    { "2025-41/..", "ru", "с 2-го полугодия 2025", "с 2-го полугодия 2025" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MemoDate) date = memo_date_new (cases[i].edtf, &error);
      g_autofree char *full = NULL;
      g_autofree char *brief = NULL;

      g_assert_no_error (error);
      full = memo_date_format (date, cases[i].language, MEMO_DATE_STYLE_LONG);
      brief = memo_date_format (date, cases[i].language, MEMO_DATE_STYLE_SHORT);
      g_assert_cmpstr (full, ==, cases[i].full);
      g_assert_cmpstr (brief, ==, cases[i].brief);
    }
}

/* What is printed of a plain date can be read again. */
static void
test_round_trip (void)
{
  static const char *const languages[] = { "en", "tr", "ru" };
  static const char *const kinds[] = { "2025-%02d-11", "2025-%02d", "2025-%02d/..", "../2025-%02d", NULL };

  for (gsize l = 0; l < G_N_ELEMENTS (languages); l++)
    for (int month = 1; month <= 12; month++)
      for (guint k = 0; kinds[k] != NULL; k++)
        for (int style = MEMO_DATE_STYLE_LONG; style <= MEMO_DATE_STYLE_SHORT; style++)
          {
            g_autofree char *edtf = g_strdup_printf (kinds[k], month);
            g_autoptr (MemoDate) date = memo_date_new (edtf, NULL);
            g_autofree char *text = memo_date_format (date, languages[l], style);
            g_autoptr (MemoDate) again = memo_date_parse (text, languages[l], NULL, NULL);

            if (!memo_date_equal (date, again))
              g_test_message ("%s: %s", edtf, text);
            g_assert_true (memo_date_equal (date, again));
          }
}

static void
test_months (void)
{
  g_autofree char *english = memo_month_name (11, "en", FALSE);
  g_autofree char *brief = memo_month_name (11, "en", TRUE);
  g_autofree char *turkish = memo_month_name (2, "tr", FALSE);
  g_autofree char *russian = memo_month_name (11, "ru", FALSE);

  g_assert_cmpstr (english, ==, "November");
  g_assert_cmpstr (brief, ==, "Nov");
  g_assert_cmpstr (turkish, ==, "Şubat");
  g_assert_cmpstr (russian, ==, "ноябрь");
}

/* Whatever is thrown at the readers, they neither crash nor make a date that cannot be read again. */
static void
test_noise (void)
{
  static const char *const pieces[] = {
    "2025",    "28",    "Kasım",    "ноября", "November", "-",   "–",   "/",           ".",    " ",     "'te",
    "’dan",    "since", "beri",     "с",      "по",       "X",   "~",   "?",           "%",    "(",     ")",
    "last",    "son",   "on",       "yıl",    "лет",      "ago", "00",  "99999999999", "\xFF", "ç",     "T10:00",
    "between", "and",   "arasında", "kadar",  "th",       "s",   "XIX", "век",         "to",   "until", "Friday"
  };
  g_autoptr (MemoDate) reference = memo_date_new (REFERENCE, NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (int i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *clean = NULL;
      g_autoptr (MemoDate) date = NULL;
      int n = g_rand_int_range (random, 1, 8);

      for (int k = 0; k < n; k++)
        {
          g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
          if (g_rand_boolean (random))
            g_string_append_c (text, ' ');
        }
      clean = g_utf8_make_valid (text->str, -1);
      date = memo_date_parse (clean, NULL, g_rand_boolean (random) ? reference : NULL, NULL);
      if (date != NULL)
        {
          g_autofree char *string = memo_date_to_string (date);
          g_autoptr (MemoDate) again = memo_date_new (string, NULL);
          g_autofree char *format = memo_date_format (date, "tr", MEMO_DATE_STYLE_LONG);

          g_assert_true (memo_date_equal (date, again));
          g_assert_cmpint (memo_date_get_first (date), <=, memo_date_get_last (date));
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date/calendar", test_calendar);
  g_test_add_func ("/date/edtf", test_edtf);
  g_test_add_func ("/date/open", test_open);
  g_test_add_func ("/date/long-years", test_long_years);
  g_test_add_func ("/date/written", test_written);
  g_test_add_func ("/date/relations", test_relations);
  g_test_add_func ("/date/readings", test_readings);
  g_test_add_func ("/date/two-readings", test_two_readings);
  g_test_add_func ("/date/unreadable", test_unreadable);
  g_test_add_func ("/date/habit", test_habit);
  g_test_add_func ("/date/weekdays", test_weekdays);
  g_test_add_func ("/date/format", test_format);
  g_test_add_func ("/date/round-trip", test_round_trip);
  g_test_add_func ("/date/months", test_months);
  g_test_add_func ("/date/noise", test_noise);
  return g_test_run ();
}
