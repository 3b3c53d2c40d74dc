/* Dates as people write them in English, Turkish and Russian. */

#include "memo-date-private.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "memo-date-words.h"
#include "memo-error.h"
#include "memo-language.h"
#include "memo-text.h"

typedef enum
{
  NO_DATE,
  NO_YEAR,
  NO_REFERENCE,
  TWO_READINGS
} Trouble;

typedef struct
{
  const MemoDate *reference;
  gboolean day_first; /* 05/06/2025 is the fifth of June */
  Trouble trouble;
  int year, first, second; /* TWO_READINGS: the numbers as they stand */
} Context;

/* What one side of a range says; 0 = not said. */
typedef struct
{
  int year;
  int month;
  int day;
  MemoPrecision kind; /* YEAR, DECADE, CENTURY; else by what is said */
  gboolean approximate;
  gboolean uncertain;
  gboolean short_year; /* "2019-20" */
} Part;

static char *
part_to_edtf (const Part *part)
{
  GString *out = g_string_new (NULL);

  if (part->kind == MEMO_PRECISION_CENTURY)
    g_string_append_printf (out, "%02dXX", part->year / 100);
  else if (part->kind == MEMO_PRECISION_DECADE)
    g_string_append_printf (out, "%03dX", part->year / 10);
  else
    {
      g_string_append_printf (out, "%04d", part->year);
      if (part->month != 0)
        g_string_append_printf (out, "-%02d", part->month);
      if (part->day != 0)
        g_string_append_printf (out, "-%02d", part->day);
    }
  if (part->approximate && part->uncertain)
    g_string_append_c (out, '%');
  else if (part->approximate || part->uncertain)
    g_string_append_c (out, part->approximate ? '~' : '?');
  return g_string_free (out, FALSE);
}

static gboolean
is_year (const Token *token)
{
  return token->kind == TOKEN_NUMBER && token->digits == 4;
}

static gboolean
is_day (const Token *token)
{
  return token->kind == TOKEN_NUMBER && token->digits <= 2 && token->value >= 1 && token->value <= 31;
}

/* 28.11.2025, 28/11/2025, 2025/11/28, 11.2025: only when one reading is possible. */
static gboolean
parse_numeric (const Token *t, guint n, Context *context, Part *part)
{
  TokenKind mark = n >= 3 ? t[1].kind : TOKEN_UNKNOWN;
  int a, b;

  if (mark != TOKEN_DOT && mark != TOKEN_SLASH && mark != TOKEN_DASH)
    return FALSE;
  /* 28-Nov-2025 */
  if (n == 5 && t[2].kind == TOKEN_MONTH && t[3].kind == mark && is_day (&t[0]) && is_year (&t[4]))
    {
      part->year = t[4].value;
      part->month = t[2].value;
      part->day = t[0].value;
      return TRUE;
    }
  if (t[0].kind != TOKEN_NUMBER || t[2].kind != TOKEN_NUMBER)
    return FALSE;
  if (n == 3)
    {
      if (mark == TOKEN_DASH)
        return FALSE;
      if (is_year (&t[2]) && t[0].digits <= 2 && t[0].value >= 1 && t[0].value <= 12)
        {
          part->year = t[2].value;
          part->month = t[0].value;
          return TRUE;
        }
      if (is_year (&t[0]) && t[2].digits == 2 && t[2].value >= 1 && t[2].value <= 12)
        {
          part->year = t[0].value;
          part->month = t[2].value;
          return TRUE;
        }
      return FALSE;
    }
  if (n != 5 || t[3].kind != mark || t[4].kind != TOKEN_NUMBER)
    return FALSE;
  if (is_year (&t[0]) && t[2].digits <= 2 && t[4].digits <= 2)
    {
      part->year = t[0].value;
      part->month = t[2].value;
      part->day = t[4].value;
      return part->month >= 1 && part->month <= 12 && part->day >= 1;
    }
  if (!is_year (&t[4]) || !is_day (&t[0]) || !is_day (&t[2]))
    return FALSE;
  part->year = t[4].value;
  a = t[0].value;
  b = t[2].value;
  if (b > 12 && a <= 12)
    {
      part->day = b;
      part->month = a;
      return TRUE;
    }
  part->day = a;
  part->month = b;
  if (b > 12 || mark == TOKEN_DOT || context->day_first || a > 12 || a == b)
    return b <= 12;
  context->trouble = TWO_READINGS;
  context->year = part->year;
  context->first = a;
  context->second = b;
  return FALSE;
}

/* The words of one date; not all of it need be said. */
static gboolean
parse_words (const Token *t, guint n, Part *part)
{
  int number = 0; /* of a century or quarter */
  TokenKind group = TOKEN_UNKNOWN;
  int season = -1;

  for (guint i = 0; i < n; i++)
    switch (t[i].kind)
      {
      case TOKEN_NUMBER:
        if (is_year (&t[i]))
          {
            if (part->year != 0)
              return FALSE;
            part->year = t[i].value;
            if (t[i].suffix == SUFFIX_PLURAL && t[i].value % 10 == 0)
              part->kind = MEMO_PRECISION_DECADE;
          }
        else if (number == 0 && t[i].value >= 1 && t[i].digits <= 2)
          number = t[i].value;
        else
          return FALSE;
        break;
      case TOKEN_MONTH:
        if (part->month != 0)
          return FALSE;
        part->month = t[i].value;
        break;
      case TOKEN_SEASON:
        season = t[i].value;
        break;
      case TOKEN_CENTURY:
      case TOKEN_QUARTER:
      case TOKEN_HALF:
        if (group != TOKEN_UNKNOWN)
          return FALSE;
        group = t[i].kind;
        break;
      case TOKEN_WEEKDAY:
        /* "Friday, 28 November 2025" */
        break;
      case TOKEN_DOT:
        break;
      default:
        return FALSE;
      }

  if (season >= 0)
    {
      if (number != 0 || part->month != 0 || group != TOKEN_UNKNOWN)
        return FALSE;
      part->month = EDGE_SEASON + season;
      return TRUE;
    }
  switch (group)
    {
    case TOKEN_CENTURY:
      if (number < 1 || number > 30 || part->year != 0 || part->month != 0)
        return FALSE;
      part->kind = MEMO_PRECISION_CENTURY;
      part->year = (number - 1) * 100;
      if (part->year == 0)
        return FALSE;
      return TRUE;
    case TOKEN_QUARTER:
    case TOKEN_HALF:
      if (number < 1 || number > (group == TOKEN_QUARTER ? 4 : 2) || part->month != 0)
        return FALSE;
      part->month = (group == TOKEN_QUARTER ? EDGE_QUARTER : EDGE_HALF) + number - 1;
      return TRUE;
    default:
      part->day = number;
      return part->year != 0 || part->month != 0 || part->day != 0;
    }
}

static gboolean
parse_part (const Token *tokens, guint n, Context *context, Part *part)
{
  g_autofree Token *kept = g_new (Token, n + 1);
  guint count = 0;

  memset (part, 0, sizeof *part);
  part->kind = MEMO_PRECISION_YEAR;
  for (guint i = 0; i < n; i++)
    {
      if (tokens[i].kind == TOKEN_ABOUT)
        part->approximate = TRUE;
      else if (tokens[i].kind == TOKEN_MAYBE)
        part->uncertain = TRUE;
      else
        kept[count++] = tokens[i];
    }
  if (count > 1 && kept[0].kind == TOKEN_WEEKDAY)
    {
      memmove (kept, kept + 1, --count * sizeof (Token));
    }
  if (count > 3 && kept[count - 1].kind == TOKEN_DOT)
    count--;
  if (count == 0)
    return FALSE;
  if (parse_numeric (kept, count, context, part))
    return TRUE;
  /* "mid-1980s" */
  if (count > 1 && kept[0].kind == TOKEN_DASH)
    return parse_words (kept + 1, count - 1, part);
  return parse_words (kept, count, part);
}

static MemoDate *
finish_part (const Part *part, Context *context)
{
  g_autofree char *edtf = NULL;

  if (part->year == 0)
    {
      context->trouble = NO_YEAR;
      return NULL;
    }
  if (part->day != 0 && part->month == 0)
    return NULL;
  edtf = part_to_edtf (part);
  return memo_date_new (edtf, NULL);
}

static MemoDate *
make_interval (const char *start, const char *end)
{
  g_autofree char *edtf = g_strdup_printf ("%s/%s", start, end);

  return memo_date_new (edtf, NULL);
}

/* EDTF has no bound that is left out: "before 2020" is "../2019", "after May 2019" is "2019-06/..". */
static void
step_outside (Part *part, gboolean since)
{
  const Part bare = { .year = part->year, .month = part->month, .day = part->day, .kind = part->kind };
  g_autofree char *edtf = part_to_edtf (&bare);
  g_autoptr (MemoDate) date = memo_date_new (edtf, NULL);
  int month, day;

  if (date == NULL)
    return;
  memo_day_to_ymd (since ? memo_date_get_last (date) + 1 : memo_date_get_first (date) - 1, &part->year, &month, &day);
  if (part->day != 0 || part->month >= EDGE_SEASON)
    part->day = day;
  if (part->month != 0)
    part->month = month;
}

static MemoDate *
parse_open (const Token *tokens, guint n, Context *context, gboolean since, Bound bound)
{
  Part part;
  g_autofree char *edtf = NULL;

  if (!parse_part (tokens, n, context, &part))
    return NULL;
  if (part.year == 0)
    {
      context->trouble = NO_YEAR;
      return NULL;
    }
  if (part.day != 0 && part.month == 0)
    return NULL;
  if (bound == BOUND_OUTSIDE)
    step_outside (&part, since);
  edtf = part_to_edtf (&part);
  return since ? make_interval (edtf, "..") : make_interval ("..", edtf);
}

/* "28–30 November 2025": each side takes from the other what it does not say itself. */
static MemoDate *
parse_range (const Token *left, guint n_left, const Token *right, guint n_right, Context *context)
{
  Part a, b;
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;

  if (!parse_part (left, n_left, context, &a) || !parse_part (right, n_right, context, &b))
    return NULL;
  /* "2019–20" */
  if (a.year != 0 && a.month == 0 && b.year == 0 && b.month == 0 && n_right == 1 && right[0].digits == 2 &&
      right[0].value > a.year % 100)
    {
      b.year = a.year / 100 * 100 + right[0].value;
      b.day = 0;
    }
  if (a.year == 0)
    a.year = b.year;
  if (b.year == 0)
    b.year = a.year;
  if (a.month == 0 && a.day != 0)
    a.month = b.month;
  if (b.month == 0 && b.day != 0)
    b.month = a.month;
  if (a.year == 0)
    {
      context->trouble = NO_YEAR;
      return NULL;
    }
  if ((a.day != 0 && a.month == 0) || (b.day != 0 && b.month == 0))
    return NULL;
  start = part_to_edtf (&a);
  end = part_to_edtf (&b);
  return make_interval (start, end);
}

static int
find_kind (const Token *tokens, guint n, guint from, TokenKind kind)
{
  for (guint i = from; i < n; i++)
    if (tokens[i].kind == kind)
      return i;
  return -1;
}

/* The word or dash that parts the two ends of a range. */
static int
find_middle (const Token *t, guint n, guint from, gboolean with_and)
{
  int at = -1;
  guint dashes = 0;

  for (guint i = from; i + 1 < n; i++)
    {
      if (t[i].kind == TOKEN_TO || (t[i].kind == TOKEN_UNTIL && i > from) || (with_and && t[i].kind == TOKEN_AND))
        return i;
      if (t[i].kind == TOKEN_DASH && i > from)
        {
          /* Of 01-02-2025 - 03-02-2025 the middle one. */
          dashes++;
          at = i;
        }
    }
  if (dashes == 5)
    {
      for (guint i = from; i < n; i++)
        if (t[i].kind == TOKEN_DASH && --dashes == 2)
          return i;
    }
  return at;
}

/* "2008'den 2012'ye": the end of the first date is its ablative. */
static int
find_ablative (const Token *t, guint n)
{
  for (guint i = 0; i + 1 < n; i++)
    if (t[i].suffix == SUFFIX_ABLATIVE)
      return i;
  return -1;
}

static MemoDate *
parse_absolute (const Token *t, guint n, Context *context)
{
  Part part;
  Bound bound;
  int at;

  if (n == 0)
    return NULL;
  if (n > 1 && t[n - 1].kind == TOKEN_SINCE)
    {
      bound = t[--n].value;
      if (n > 1 && t[n - 1].kind == TOKEN_THIS) /* "bu yana" */
        n--;
      if (t[0].kind == TOKEN_FROM)
        {
          t++;
          n--;
        }
      return parse_open (t, n, context, TRUE, bound);
    }
  if (n > 1 && t[n - 1].kind == TOKEN_UP_TO)
    {
      n--;
      at = find_ablative (t, n);
      if (at >= 0)
        return parse_range (t, at + 1, t + at + 1, n - at - 1, context);
      return parse_open (t, n, context, FALSE, BOUND_INSIDE);
    }
  /* "2020'den önce"; without the ablative it is "ago" */
  if (n > 1 && t[n - 1].kind == TOKEN_AGO && t[n - 2].suffix == SUFFIX_ABLATIVE)
    return parse_open (t, n - 1, context, FALSE, BOUND_OUTSIDE);
  if (t[0].kind == TOKEN_BETWEEN || t[n - 1].kind == TOKEN_AMONG)
    {
      if (t[0].kind == TOKEN_BETWEEN)
        {
          t++;
          n--;
        }
      if (n > 0 && t[n - 1].kind == TOKEN_AMONG)
        n--;
      at = find_middle (t, n, 0, TRUE);
      return at > 0 ? parse_range (t, at, t + at + 1, n - at - 1, context) : NULL;
    }
  if (t[0].kind == TOKEN_FROM)
    {
      bound = t->value;
      t++;
      n--;
      at = find_middle (t, n, 0, FALSE);
      if (at > 0 && find_kind (t, n, 0, TOKEN_DASH) == at && parse_part (t, n, context, &part))
        at = -1;
      return at > 0 ? parse_range (t, at, t + at + 1, n - at - 1, context) : parse_open (t, n, context, TRUE, bound);
    }
  if (t[0].kind == TOKEN_UNTIL || t[0].kind == TOKEN_TO)
    return parse_open (t + 1, n - 1, context, FALSE, t[0].value);

  if (parse_part (t, n, context, &part))
    return finish_part (&part, context);
  at = find_ablative (t, n);
  if (at >= 0 && t[n - 1].suffix == SUFFIX_DATIVE)
    return parse_range (t, at + 1, t + at + 1, n - at - 1, context);
  at = find_middle (t, n, 0, FALSE);
  return at > 0 ? parse_range (t, at, t + at + 1, n - at - 1, context) : NULL;
}

static int
weekday_of (gint32 day)
{
  int weekday = (day % 7 + 7 + 3) % 7; /* 1970-01-01 was a Thursday */

  return weekday + 1;
}

/* @relation: TOKEN_THIS is the nearest, today counted. */
static MemoDate *
resolve_weekday (int weekday, TokenKind relation, gint32 today)
{
  int difference = weekday - weekday_of (today);

  switch (relation)
    {
    case TOKEN_LAST:
    case TOKEN_PAST:
      if (difference >= 0)
        difference -= 7;
      break;
    case TOKEN_NEXT:
      if (difference <= 0)
        difference += 7;
      break;
    default:
      if (difference > 3)
        difference -= 7;
      else if (difference < -3)
        difference += 7;
      break;
    }
  return memo_date_new_day (today + difference);
}

static char *
month_edtf (int year, int month, int shift, const char *mark)
{
  int months = year * 12 + month - 1 + shift;

  return g_strdup_printf ("%04d-%02d%s", months / 12, months % 12 + 1, mark);
}

/* "this year", "geçen ay", "на следующей неделе" */
static MemoDate *
resolve_unit (Unit unit, int shift, gint32 today)
{
  g_autofree char *edtf = NULL;
  int year, month, day;

  memo_day_to_ymd (today, &year, &month, &day);
  switch (unit)
    {
    case UNIT_DAY:
      return memo_date_new_day (today + shift);
    case UNIT_WEEK:
      {
        gint32 monday = today - (weekday_of (today) - 1) + shift * 7;
        g_autoptr (MemoDate) first = memo_date_new_day (monday);
        g_autoptr (MemoDate) last = memo_date_new_day (monday + 6);

        return make_interval (memo_date_get_edtf (first), memo_date_get_edtf (last));
      }
    case UNIT_MONTH:
      edtf = month_edtf (year, month, shift, "");
      break;
    case UNIT_YEAR:
      edtf = g_strdup_printf ("%04d", year + shift);
      break;
    case UNIT_DECADE:
    default:
      edtf = g_strdup_printf ("%03dX", year / 10 + shift);
    }
  return memo_date_new (edtf, NULL);
}

/* "three years ago" */
static MemoDate *
resolve_ago (Unit unit, int count, gint32 today)
{
  g_autofree char *edtf = NULL;
  int year, month, day;

  memo_day_to_ymd (today, &year, &month, &day);
  switch (unit)
    {
    case UNIT_DAY:
      return memo_date_new_day (today - count);
    case UNIT_WEEK:
      {
        g_autoptr (MemoDate) date = memo_date_new_day (today - count * 7);

        edtf = g_strdup_printf ("%s~", memo_date_get_edtf (date));
        break;
      }
    case UNIT_MONTH:
      edtf = month_edtf (year, month, -count, "~");
      break;
    case UNIT_YEAR:
      edtf = g_strdup_printf ("%04d~", year - count);
      break;
    case UNIT_DECADE:
    default:
      edtf = g_strdup_printf ("%04d~", year - count * 10);
    }
  return memo_date_new (edtf, NULL);
}

/* "over the past twenty years": it began about then and ends with the reference. */
static MemoDate *
resolve_past (Unit unit, int count, gint32 today)
{
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;
  int year, month, day;

  memo_day_to_ymd (today, &year, &month, &day);
  switch (unit)
    {
    case UNIT_DAY:
    case UNIT_WEEK:
      {
        g_autoptr (MemoDate) first = memo_date_new_day (today - count * (unit == UNIT_WEEK ? 7 : 1));
        g_autoptr (MemoDate) last = memo_date_new_day (today);

        start = g_strdup_printf ("%s~", memo_date_get_edtf (first));
        return make_interval (start, memo_date_get_edtf (last));
      }
    case UNIT_MONTH:
      start = month_edtf (year, month, -count, "~");
      end = month_edtf (year, month, 0, "");
      break;
    case UNIT_YEAR:
    case UNIT_DECADE:
    default:
      start = g_strdup_printf ("%04d~", year - count * (unit == UNIT_DECADE ? 10 : 1));
      end = g_strdup_printf ("%04d", year);
    }
  return make_interval (start, end);
}

/* "last November": the month, not in this article's month for last and next. */
static MemoDate *
resolve_month (int month, TokenKind relation, gint32 today)
{
  g_autofree char *edtf = NULL;
  int year, now, day;

  memo_day_to_ymd (today, &year, &now, &day);
  if ((relation == TOKEN_LAST || relation == TOKEN_PAST) && month >= now)
    year--;
  else if (relation == TOKEN_NEXT && month <= now)
    year++;
  edtf = month_edtf (year, month, 0, "");
  return memo_date_new (edtf, NULL);
}

/* Sets *ret_is_relative when the words can only mean something relative. */
static MemoDate *
parse_relative (const Token *tokens, guint n, Context *context, gboolean *ret_is_relative)
{
  g_autofree Token *t = g_new (Token, n + 1);
  TokenKind relation = TOKEN_UNKNOWN;
  gboolean stated = FALSE;
  guint count = 0;
  int number = 0;
  gint32 today;

  *ret_is_relative = FALSE;
  for (guint i = 0; i < n; i++)
    switch (tokens[i].kind)
      {
      case TOKEN_THIS:
        if (relation == TOKEN_UNKNOWN)
          relation = TOKEN_THIS;
        break;
      case TOKEN_LAST:
      case TOKEN_PAST:
      case TOKEN_NEXT:
      case TOKEN_AGO:
        relation = tokens[i].kind;
        break;
      case TOKEN_NUMBER:
        if (stated || tokens[i].digits > 3)
          return NULL;
        number = tokens[i].value;
        stated = TRUE;
        break;
      case TOKEN_ABOUT:
        break;
      default:
        t[count++] = tokens[i];
      }
  if (count == 0)
    return NULL;
  /* "yesterday, Thursday", "Friday" */
  if (count == 2 && t[0].kind == TOKEN_DAY_WORD && t[1].kind == TOKEN_WEEKDAY)
    count = 1;
  if (count != 1)
    return NULL;
  if (t[0].kind != TOKEN_DAY_WORD && t[0].kind != TOKEN_WEEKDAY && t[0].kind != TOKEN_UNIT &&
      (t[0].kind != TOKEN_MONTH || relation == TOKEN_UNKNOWN || relation == TOKEN_AGO || stated))
    return NULL;
  if (t[0].kind == TOKEN_UNIT && relation == TOKEN_UNKNOWN)
    return NULL;
  if (number > 5000)
    return NULL;

  *ret_is_relative = TRUE;
  if (context->reference == NULL || memo_date_get_first (context->reference) == MEMO_DATE_OPEN_START)
    {
      context->trouble = NO_REFERENCE;
      return NULL;
    }
  /* A month or year as the reference resolves months and years, not days. */
  if ((t[0].kind == TOKEN_DAY_WORD || t[0].kind == TOKEN_WEEKDAY ||
       (t[0].kind == TOKEN_UNIT && t[0].value < UNIT_MONTH)) &&
      memo_date_get_precision (context->reference) != MEMO_PRECISION_DAY)
    {
      context->trouble = NO_REFERENCE;
      return NULL;
    }
  if ((t[0].kind == TOKEN_MONTH || (t[0].kind == TOKEN_UNIT && t[0].value == UNIT_MONTH)) &&
      memo_date_get_precision (context->reference) > MEMO_PRECISION_MONTH)
    {
      context->trouble = NO_REFERENCE;
      return NULL;
    }
  today = memo_date_get_first (context->reference);

  switch (t[0].kind)
    {
    case TOKEN_DAY_WORD:
      return stated ? NULL : memo_date_new_day (today + t[0].value);
    case TOKEN_WEEKDAY:
      return stated ? NULL : resolve_weekday (t[0].value, relation, today);
    case TOKEN_MONTH:
      return resolve_month (t[0].value, relation, today);
    default:
      break;
    }
  if (relation == TOKEN_AGO)
    return resolve_ago (t[0].value, stated ? number : 1, today);
  if (relation == TOKEN_PAST || (relation == TOKEN_LAST && stated))
    return resolve_past (t[0].value, stated ? number : 1, today);
  if (stated)
    return NULL;
  return resolve_unit (t[0].value, relation == TOKEN_LAST ? -1 : relation == TOKEN_NEXT ? 1 : 0, today);
}

/* What programs write: "2025-11-28T10:30:00Z", "20251128", "2025-11-00" for what a database does not know, and the
 * slashes of RIS, "2025/11//". */
static MemoDate *
parse_machine (const char *text)
{
  gsize length = strlen (text);
  g_autofree char *date = NULL;
  gsize n;

  if (length > 13 && text[4] == '-' && text[7] == '-' && (text[10] == 'T' || text[10] == 't' || text[10] == ' ') &&
      g_ascii_isdigit (text[11]) && g_ascii_isdigit (text[12]) && text[13] == ':')
    date = g_strndup (text, 10);
  else if (length == 8 && strspn (text, "0123456789") == 8)
    date = g_strdup_printf ("%.4s-%.2s-%.2s", text, text + 4, text + 6);
  else if (length == 10 && g_str_has_suffix (text, "-00-00"))
    date = g_strndup (text, 4);
  else if (length == 10 && g_str_has_suffix (text, "-00"))
    date = g_strndup (text, 7);
  else if (length >= 6 && length <= 11 && text[4] == '/' && text[length - 1] == '/' &&
           strspn (text, "0123456789/") == length)
    {
      date = g_strdelimit (g_strdup (text), "/", '-');
      for (n = length; n > 0 && date[n - 1] == '-'; n--)
        date[n - 1] = '\0';
    }
  return date != NULL ? memo_date_new (date, NULL) : NULL;
}

static MemoDate *
parse_written (const char *text, Context *context)
{
  g_autoptr (GArray) tokens = NULL;
  const Token *t;
  MemoDate *date = parse_machine (text);
  gboolean relative;

  if (date != NULL)
    return date;
  tokens = memo_date_tokenize (text);
  /* A date is a few words; more is a sentence. */
  if (tokens->len == 0 || tokens->len > 24)
    return NULL;
  t = (const Token *) (gpointer) tokens->data;
  if (find_kind (t, tokens->len, 0, TOKEN_UNKNOWN) >= 0)
    return NULL;
  date = parse_relative (t, tokens->len, context, &relative);
  if (date != NULL || relative)
    return date;
  return parse_absolute (t, tokens->len, context);
}

/* @part in words of the interface. */
static char *
read_out (const Part *part)
{
  g_autofree char *edtf = part_to_edtf (part);
  g_autoptr (MemoDate) date = memo_date_new (edtf, NULL);

  return memo_date_format (date, memo_language_of_interface (), MEMO_DATE_STYLE_LONG);
}

static void
set_two_readings (const char *written, const Context *context, GError **error)
{
  g_autofree char *one = read_out (&(Part){ .year = context->year, .month = context->second, .day = context->first });
  g_autofree char *other = read_out (&(Part){ .year = context->year, .month = context->first, .day = context->second });

  g_set_error (
      error, MEMO_ERROR, MEMO_ERROR_INVALID,
      /* Translators: a date as it was typed, such as "03/04/2025", then what it can mean: "3 April 2025", "4 March 2025". */
      _ ("“%1$s” can be %2$s or %3$s. Write the month as a word."), written, one, other);
}

static MemoDate *
with_written (MemoDate *date, const char *written)
{
  MemoDate *copy;

  if (strcmp (memo_date_get_edtf (date), written) == 0)
    return date;
  copy = memo_date_new (memo_date_get_edtf (date), NULL);
  copy->written = g_strdup (written);
  memo_date_unref (date);
  return copy;
}

MemoDate *
memo_date_parse (const char *text, const char *language, const MemoDate *reference, GError **error)
{
  g_autofree char *written = memo_text_collapse (text);
  Context context = { reference, FALSE, NO_DATE };
  MemoDate *date;
  int year, month;

  context.day_first = language != NULL && (g_str_has_prefix (language, "tr") || g_str_has_prefix (language, "ru"));
  /* "2019-20" is two years to people, though EDTF has numbers above 12 for seasons. */
  if (sscanf (written, "%4d-%2d", &year, &month) != 2 || strlen (written) != 7 || month <= 12)
    {
      date = memo_date_new (written, NULL);
      if (date != NULL)
        return date;
    }
  date = parse_written (written, &context);
  if (date != NULL)
    return with_written (date, written);

  date = memo_date_new (written, NULL);
  if (date != NULL)
    return date;
  switch (context.trouble)
    {
    case NO_YEAR:
      /* Translators: %s is a date as it was typed or found in a file. */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("“%s” has no year."), written);
      break;
    case NO_REFERENCE:
      /* Translators: %s is a date as it was typed or found in a file, such as "this Friday". */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("“%s” needs a date to count from."), written);
      break;
    case TWO_READINGS:
      set_two_readings (written, &context, error);
      break;
    case NO_DATE:
    default:
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("“%s” is not a date."), written);
    }
  return NULL;
}
