#include "base/memo-anchor.h"

#include <string.h>

#include "base/memo-text.h"

static const char *const article =
    "The XIXth session of the Joint Commission was held in Baghdad on 28 November. Forty-two agreements were signed "
    "“in the "
    "presence of both presidents” — a record. Most concern transport, energy and education. A plan for water was "
    "announced. İki taraf çalışma grubu kurdu. Стороны договорились о встрече. The agreements were signed in two "
    "languages. Trade reached 15 billion.";

static void
make_selector (const char *text, const char *quote, MemoSelector *selector, char **exact, char **prefix, char **suffix)
{
  const char *at = strstr (text, quote);

  g_assert_nonnull (at);
  selector->start = g_utf8_pointer_to_offset (text, at);
  selector->end = selector->start + memo_text_length (quote);
  memo_anchor_describe (text, selector->start, selector->end, exact, prefix, suffix);
  g_assert_cmpstr (*exact, ==, quote);
  selector->exact = *exact;
  selector->prefix = *prefix;
  selector->suffix = *suffix;
}

/* Where @quote of @before is in @after, and that it reads @expected there; NULL: nowhere. */
static void
check (const char *before, const char *quote, const char *after, MemoAnchorResult result, const char *expected)
{
  g_autofree char *exact = NULL;
  g_autofree char *prefix = NULL;
  g_autofree char *suffix = NULL;
  g_autofree char *found = NULL;
  MemoSelector selector;
  glong start = -7;
  glong end = -7;
  double score = -7;

  make_selector (before, quote, &selector, &exact, &prefix, &suffix);
  g_assert_cmpint (memo_anchor_find (after, &selector, &start, &end, &score), ==, result);
  if (result == MEMO_ANCHOR_ORPHAN)
    {
      g_assert_cmpint (start, ==, -7);
      g_assert_cmpint (end, ==, -7);
      g_assert_cmpfloat (score, ==, -7);
      return;
    }
  found = memo_text_slice (after, start, end);
  g_assert_cmpstr (found, ==, expected);
  g_assert_cmpfloat (score, >, 0.4);
  g_assert_cmpfloat (score, <=, 1.0);
}

static char *
replace (const char *text, const char *what, const char *with)
{
  g_auto (GStrv) parts = g_strsplit (text, what, 2);

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  return g_strjoinv (with, parts);
}

static void
check_after (const char *quote, const char *what, const char *with, MemoAnchorResult result, const char *expected)
{
  g_autofree char *after = replace (article, what, with);

  check (article, quote, after, result, expected);
}

static void
test_same (void)
{
  check (article, "Forty-two agreements were signed", article, MEMO_ANCHOR_SAME, "Forty-two agreements were signed");
  check (article, "The", article, MEMO_ANCHOR_SAME, "The");
  check (article, "billion.", article, MEMO_ANCHOR_SAME, "billion.");
  check (article, article, article, MEMO_ANCHOR_SAME, article);
  /* A change elsewhere that moves nothing. */
  check_after ("a record", "Trade reached 15", "Trade reached 16", MEMO_ANCHOR_SAME, "a record");
  check_after ("a record", "Baghdad", "Karbala", MEMO_ANCHOR_SAME, "a record");
}

static void
test_moved (void)
{
  check_after ("çalışma grubu", "The XIXth", "Yesterday the XIXth", MEMO_ANCHOR_MOVED, "çalışma grubu");
  check_after ("a record", "Forty-two", "42", MEMO_ANCHOR_MOVED, "a record");
  /* The second of two. */
  check_after ("agreements were signed in two", "The XIXth session of the", "A", MEMO_ANCHOR_MOVED,
               "agreements were signed in two");
  check_after ("Стороны", "İki taraf çalışma grubu kurdu. ", "", MEMO_ANCHOR_MOVED, "Стороны");
}

/* The words "agreements were signed" stand twice: context tells which, then place. */
static void
test_twice (void)
{
  const char *quote = "agreements were signed";
  const char *second = strstr (strstr (article, quote) + 1, quote);
  glong offset = g_utf8_pointer_to_offset (article, second);
  g_autofree char *longer = g_strconcat ("Some more words here. ", article, NULL);
  MemoSelector selector = { quote, NULL, NULL, -1, -1 };
  glong start, end;

  /* Nothing known: the first. */
  g_assert_cmpint (memo_anchor_find (article, &selector, &start, &end, NULL), ==, MEMO_ANCHOR_MOVED);
  g_assert_cmpint (start, <, offset);
  /* Context only. */
  selector.prefix = "о встрече. The ";
  selector.suffix = " in two languages.";
  g_assert_cmpint (memo_anchor_find (longer, &selector, &start, &end, NULL), ==, MEMO_ANCHOR_MOVED);
  g_assert_cmpint (start, ==, offset + 22);
  g_assert_cmpint (end, ==, start + 22);
  /* Place only. */
  selector.prefix = selector.suffix = NULL;
  selector.start = offset + 5;
  g_assert_cmpint (memo_anchor_find (article, &selector, &start, NULL, NULL), ==, MEMO_ANCHOR_MOVED);
  g_assert_cmpint (start, ==, offset);
  selector.start = offset;
  g_assert_cmpint (memo_anchor_find (article, &selector, &start, NULL, NULL), ==, MEMO_ANCHOR_SAME);
  /* The place is taken by other words of the same letters, the context is elsewhere. */
  selector.prefix = "Forty-two ";
  selector.suffix = " “in the presence";
  g_assert_cmpint (memo_anchor_find (article, &selector, &start, NULL, NULL), ==, MEMO_ANCHOR_MOVED);
  g_assert_cmpint (start, <, offset);
  /* A place beyond the text. */
  selector.start = 100000;
  g_assert_cmpint (memo_anchor_find (article, &selector, &start, NULL, NULL), ==, MEMO_ANCHOR_MOVED);
}

static void
test_variants (void)
{
  check_after ("signed “in the presence of both presidents” — a", "“in the presence of both presidents” —",
               "\"in the presence of both presidents\" -", MEMO_ANCHOR_SAME,
               "signed \"in the presence of both presidents\" - a");
  check_after ("in the presence of both presidents", "in the presence of both", "in  the\npresence\u00A0of both",
               MEMO_ANCHOR_SAME, "in  the\npresence\u00A0of both presidents");
  check_after ("transport, energy and education", "energy and edu", "ener\u00ADgy and edu", MEMO_ANCHOR_SAME,
               "transport, ener\u00ADgy and education");
  check ("one ‘two’ three", "‘two’", "one 'two' three", MEMO_ANCHOR_SAME, "'two'");
  {
    MemoSelector selector = { "cafe\u0301 is open", "the ", " today", -1, -1 };
    glong start;

    g_assert_cmpint (memo_anchor_find ("so the café is open today", &selector, &start, NULL, NULL), ==,
                     MEMO_ANCHOR_MOVED);
    g_assert_cmpint (start, ==, 7);
  }
}

/* Capitals are kept apart: the same letters in another case are another word. */
static void
test_case (void)
{
  MemoSelector selector = { "Trade", NULL, NULL, -1, -1 };
  glong start;

  g_assert_cmpint (memo_anchor_find ("trade and Trade", &selector, &start, NULL, NULL), ==, MEMO_ANCHOR_MOVED);
  g_assert_cmpint (start, ==, 10);
}

static void
test_approximate (void)
{
  check_after ("Forty-two agreements were signed", "Forty-two agreements were", "Forty two agreements have been",
               MEMO_ANCHOR_APPROXIMATE, "Forty two agreements have been signed");
  check_after ("Most concern transport, energy and education", "energy and", "power and", MEMO_ANCHOR_APPROXIMATE,
               "Most concern transport, power and education");
  check_after ("İki taraf çalışma grubu kurdu", "çalışma grubu", "çalışma grupları", MEMO_ANCHOR_APPROXIMATE,
               "İki taraf çalışma grupları kurdu");
  /* The border is where the context says. */
  check_after ("A plan for water was announced", "A plan for", "One plan for", MEMO_ANCHOR_APPROXIMATE,
               "One plan for water was announced");
  check_after ("A plan for water was announced", "was announced", "was made public", MEMO_ANCHOR_ORPHAN, NULL);
  check_after ("water", "water", "waters", MEMO_ANCHOR_SAME, "water");
}

static void
test_orphan (void)
{
  check_after ("A plan for water was announced.", "A plan for water was announced. ", "", MEMO_ANCHOR_ORPHAN, NULL);
  check_after ("a record", " — a record", "", MEMO_ANCHOR_ORPHAN, NULL);
  check_after ("Trade reached 15 billion.", "Trade reached 15 billion.", "Nothing else.", MEMO_ANCHOR_ORPHAN, NULL);
  check (article, "energy", "", MEMO_ANCHOR_ORPHAN, NULL);
  /* "the" is there, but not that one. */
  check (article, "the", "Nothing of the sort was ever written in this other text about something else.",
         MEMO_ANCHOR_ORPHAN, NULL);
  {
    MemoSelector selector = { "", NULL, NULL, 0, 0 };
    MemoSelector blank = { "  ", "x", NULL, -1, -1 };
    MemoSelector none = { NULL, NULL, NULL, 0, 0 };

    g_assert_cmpint (memo_anchor_find (article, &selector, NULL, NULL, NULL), ==, MEMO_ANCHOR_ORPHAN);
    g_assert_cmpint (memo_anchor_find (article, &none, NULL, NULL, NULL), ==, MEMO_ANCHOR_ORPHAN);
    g_assert_cmpint (memo_anchor_find (article, &blank, NULL, NULL, NULL), ==, MEMO_ANCHOR_ORPHAN);
  }
}

/* Without context only what is long and nearly the same counts, and only when nothing else is like it. */
static void
test_no_context (void)
{
  MemoSelector selector = { "agreements on transport, energy and education were signed", NULL, NULL, -1, -1 };
  MemoSelector brief = { "signed on Monday", NULL, NULL, -1, -1 };
  glong start;

  g_assert_cmpint (memo_anchor_find ("Several agreements on transport, energy and education were sighed.", &selector,
                                     &start, NULL, NULL),
                   ==, MEMO_ANCHOR_APPROXIMATE);
  g_assert_cmpint (start, ==, 8);
  g_assert_cmpint (memo_anchor_find ("They signed on Munday", &brief, &start, NULL, NULL), ==, MEMO_ANCHOR_ORPHAN);
  g_assert_cmpint (memo_anchor_find ("The agreements on transport, energy and education were sighed. "
                                     "The agreements on transport, energy and education were singed.",
                                     &selector, &start, NULL, NULL),
                   ==, MEMO_ANCHOR_ORPHAN);
}

/* A text of words that occur again and again, as texts do. Each character has a number, so that after any change one
 * knows which of the first text's characters are still there. */
typedef struct
{
  GArray *chars; /* gunichar */
  GArray *ids;   /* int, -1 = new */
} Tracked;

static const char *const words[] = {
  "agreement", "the",      "of",      "and",       "signed",  "in",   "energy", "transport", "commission", "session",
  "ortak",     "komisyon", "anlaşma", "imzalandı", "ve",      "için", "enerji", "ulaştırma", "сессия",     "комиссии",
  "подписали", "и",        "в",       "области",   "энергии", "2008", "2025",   "trade",     "water",      "to",
  "education", "for",      "çalışma", "grubu",     "встреча", "plan", "report", "progress",  "reviewed",   "two"
};

static void
append_words (GString *text, GRand *random, int count)
{
  for (int i = 0; i < count; i++)
    {
      g_string_append (text, words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))]);
      g_string_append (text, g_rand_int_range (random, 0, 12) == 0 ? ". " : " ");
    }
}

static void
tracked_init (Tracked *tracked, const char *text)
{
  tracked->chars = g_array_new (FALSE, FALSE, sizeof (gunichar));
  tracked->ids = g_array_new (FALSE, FALSE, sizeof (int));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      int id = tracked->ids->len;

      g_array_append_val (tracked->chars, c);
      g_array_append_val (tracked->ids, id);
    }
}

static void
tracked_clear (Tracked *tracked)
{
  g_array_unref (tracked->chars);
  g_array_unref (tracked->ids);
}

static void
tracked_delete (Tracked *tracked, guint at, guint length)
{
  length = MIN (length, tracked->chars->len - at);
  g_array_remove_range (tracked->chars, at, length);
  g_array_remove_range (tracked->ids, at, length);
}

static void
tracked_insert (Tracked *tracked, guint at, const char *text)
{
  int id = -1;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p), at++)
    {
      gunichar c = g_utf8_get_char (p);

      g_array_insert_val (tracked->chars, at, c);
      g_array_insert_val (tracked->ids, at, id);
    }
}

static char *
tracked_text (Tracked *tracked)
{
  return g_ucs4_to_utf8 ((const gunichar *) (gpointer) tracked->chars->data, tracked->chars->len, NULL, NULL, NULL);
}

static void
edit_at_random (Tracked *tracked, GRand *random)
{
  g_autoptr (GString) inserted = g_string_new (NULL);
  guint at = g_rand_int_range (random, 0, tracked->chars->len);

  switch (g_rand_int_range (random, 0, 6))
    {
    case 0: /* a slip of the pen */
      tracked_delete (tracked, at, 1);
      break;
    case 1:
      tracked_delete (tracked, at, g_rand_int_range (random, 1, 30));
      break;
    case 2: /* a paragraph goes */
      tracked_delete (tracked, at, g_rand_int_range (random, 100, 400));
      break;
    case 3:
      append_words (inserted, random, 1);
      tracked_insert (tracked, at, inserted->str);
      break;
    case 4:
      append_words (inserted, random, g_rand_int_range (random, 2, 60));
      tracked_insert (tracked, at, inserted->str);
      break;
    default: /* other words */
      tracked_delete (tracked, at, g_rand_int_range (random, 1, 12));
      append_words (inserted, random, 1);
      tracked_insert (tracked, at, inserted->str);
    }
}

typedef struct
{
  guint whole, whole_found; /* every letter of the quote is still there, together */
  guint most, most_found;   /* nine of ten */
  guint gone;               /* less than a fifth */
} Tally;

static void
judge (const char *after, Tracked *tracked, const MemoSelector *selector, Tally *tally)
{
  glong start, end;
  MemoAnchorResult result = memo_anchor_find (after, selector, &start, &end, NULL);
  glong length = selector->end - selector->start;
  glong kept = 0;
  glong inside = 0;
  glong first = -1;
  glong last = -1;
  g_autofree char *found = NULL;

  for (guint i = 0; i < tracked->ids->len; i++)
    {
      int id = g_array_index (tracked->ids, int, i);

      if (id < selector->start || id >= selector->end)
        continue;
      kept++;
      if (first < 0)
        first = i;
      last = i;
      if (result != MEMO_ANCHOR_ORPHAN && (glong) i >= start && (glong) i < end)
        inside++;
    }
  tally->whole += kept == length && last - first + 1 == length;
  tally->most += kept * 10 >= length * 9 && last - first + 1 <= length * 11 / 10;
  tally->gone += kept * 5 < length;
  if (result == MEMO_ANCHOR_ORPHAN)
    return;

  found = memo_text_slice (after, start, end);
  if (kept == length && last - first + 1 == length)
    {
      /* It must be just these letters, unless others are the same ones. */
      if (start != first)
        g_test_message ("“%s” (%s|%s)\nfound %ld, was at %ld", selector->exact, selector->prefix, selector->suffix,
                        start, first);
      g_assert_cmpint (start, ==, first);
      g_assert_cmpint (end, ==, last + 1);
      tally->whole_found++;
    }
  if (kept * 10 >= length * 9 && last - first + 1 <= length * 11 / 10)
    tally->most_found++;
  /* Never other words: at least half of what is marked is the quote, or it is the same to the letter. */
  if (inside * 2 < end - start && strcmp (found, selector->exact) != 0)
    g_test_message ("“%s”\n(%s|%s)\nbecame “%s”", selector->exact, selector->prefix, selector->suffix, found);
  g_assert_true (inside * 2 >= end - start || strcmp (found, selector->exact) == 0);
}

static void
test_edits (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (42);
  Tally tally = { 0 };

  for (int round = 0; round < 400; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *after = NULL;
      Tracked tracked;
      int edits = g_rand_int_range (random, 0, 25);

      append_words (text, random, g_rand_int_range (random, 60, 500));
      tracked_init (&tracked, text->str);
      for (int i = 0; i < edits && tracked.chars->len > 500; i++)
        edit_at_random (&tracked, random);
      after = tracked_text (&tracked);
      for (int i = 0; i < 10; i++)
        {
          glong length = memo_text_length (text->str);
          MemoSelector selector;
          g_autofree char *exact = NULL;
          g_autofree char *prefix = NULL;
          g_autofree char *suffix = NULL;

          selector.start = g_rand_int_range (random, 0, length - 20);
          selector.end = MIN (length, selector.start + g_rand_int_range (random, 4, i == 0 ? 600 : 120));
          /* As people select: not from a blank. */
          memo_anchor_describe (text->str, selector.start, selector.end, &exact, &prefix, &suffix);
          if (g_ascii_isspace (exact[0]) || g_ascii_isspace (exact[strlen (exact) - 1]))
            continue;
          selector.exact = exact;
          selector.prefix = prefix;
          selector.suffix = suffix;
          judge (after, &tracked, &selector, &tally);
        }
      tracked_clear (&tracked);
    }
  g_test_message ("unharmed: %u of %u found; nine tenths there: %u of %u; %u gone", tally.whole_found, tally.whole,
                  tally.most_found, tally.most, tally.gone);
  g_assert_cmpuint (tally.whole_found * 100, >=, tally.whole * 98);
  g_assert_cmpuint (tally.most_found * 100, >=, tally.most * 95);
}

/* Half a million words, ten thousand highlights, once unchanged and once with everything moved. */
static void
test_many (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *moved = NULL;
  g_autoptr (MemoAnchorText) before = NULL;
  g_autoptr (MemoAnchorText) after = NULL;
  const glong shift = memo_text_length ("A new beginning. ");
  const char *p;
  glong step;
  gint64 begin;

  append_words (text, random, g_test_perf () ? 600000 : 60000);
  step = (memo_text_length (text->str) - 200) / 10000;
  p = g_utf8_offset_to_pointer (text->str, 40);
  moved = g_strconcat ("A new beginning. ", text->str, NULL);
  begin = g_get_monotonic_time ();
  before = memo_anchor_text_new (text->str);
  after = memo_anchor_text_new (moved);
  for (int i = 0; i < 10000; i++)
    {
      MemoSelector selector;
      g_autofree char *exact = NULL;
      g_autofree char *prefix = NULL;
      g_autofree char *suffix = NULL;
      glong start, end;

      selector.start = 40 + i * step;
      selector.end = selector.start + 20 + i % 60;
      if (i > 0)
        p = g_utf8_offset_to_pointer (p, step);
      prefix = g_utf8_substring (g_utf8_offset_to_pointer (p, -32), 0, 32);
      exact = g_utf8_substring (p, 0, selector.end - selector.start);
      suffix = g_utf8_substring (g_utf8_offset_to_pointer (p, selector.end - selector.start), 0, 32);
      selector.exact = exact;
      selector.prefix = prefix;
      selector.suffix = suffix;
      g_assert_cmpint (memo_anchor_text_find (before, &selector, &start, &end, NULL), ==, MEMO_ANCHOR_SAME);
      g_assert_cmpint (start, ==, selector.start);
      g_assert_cmpint (end, ==, selector.end);
      /* A quote that begins or ends with a blank is found without it. */
      if (g_ascii_isspace (exact[0]))
        continue;
      g_assert_cmpint (memo_anchor_text_find (after, &selector, &start, &end, NULL), ==, MEMO_ANCHOR_MOVED);
      g_assert_cmpint (start, ==, selector.start + shift);
    }
  g_test_message ("%" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - begin) / 1000);
}

/* In a large text only what something points at is searched. */
static void
test_large (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (9);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *exact = NULL;
  g_autofree char *prefix = NULL;
  g_autofree char *suffix = NULL;
  g_autofree char *changed = NULL;
  g_autofree char *head = NULL;
  g_autofree char *long_quote = NULL;
  MemoSelector selector;
  glong start, end;
  gint64 begin = g_get_monotonic_time ();

  append_words (text, random, 400000);
  g_string_append (text, "The parties reaffirmed that the protocol on railways will enter into force in spring. ");
  append_words (text, random, 1000);
  make_selector (text->str, "the protocol on railways will enter into force", &selector, &exact, &prefix, &suffix);
  head = replace (text->str, "railways will enter", "railway lines will enter");
  changed = g_strconcat ("Other words, and many more of them. ", head, NULL);
  g_assert_cmpint (memo_anchor_find (changed, &selector, &start, &end, NULL), ==, MEMO_ANCHOR_APPROXIMATE);
  g_assert_cmpint (end - start, ==, selector.end - selector.start + 5);
  /* Nothing but its own words leads to it. */
  selector.start = -1;
  selector.prefix = selector.suffix = NULL;
  g_assert_cmpint (memo_anchor_find (changed, &selector, &start, &end, NULL), ==, MEMO_ANCHOR_APPROXIMATE);
  selector.exact = "nothing like this was ever written anywhere in it";
  g_assert_cmpint (memo_anchor_find (changed, &selector, &start, &end, NULL), ==, MEMO_ANCHOR_ORPHAN);
  long_quote = g_strnfill (70000, 'q');
  selector.exact = long_quote;
  g_assert_cmpint (memo_anchor_find (changed, &selector, &start, &end, NULL), ==, MEMO_ANCHOR_ORPHAN);
  g_test_message ("%" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - begin) / 1000);
}

/* Many quotes that are gone, or far from where they were, in one large text: it must not be read again for each. */
static void
test_far (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *turned = NULL;
  g_autoptr (MemoAnchorText) after = NULL;
  glong length, half, start, end;
  guint found = 0;
  const char *p;
  gint64 begin;

  append_words (text, random, g_test_perf () ? 600000 : 60000);
  length = memo_text_length (text->str);
  half = length / 2;
  p = g_utf8_offset_to_pointer (text->str, half);
  turned = g_strdup_printf ("%s%.*s", p, (int) (p - text->str), text->str);
  after = memo_anchor_text_new (turned);
  begin = g_get_monotonic_time ();
  p = text->str;
  for (int i = 0; i < 2000; i++)
    {
      g_autofree char *exact = g_utf8_substring (p, 33, 90);
      g_autofree char *prefix = g_utf8_substring (p, 1, 33);
      g_autofree char *suffix = g_utf8_substring (p, 90, 122);
      MemoSelector selector = { exact, prefix, suffix, i * 25 + 33, i * 25 + 90 };
      MemoSelector gone = { "заключительный протокол вступает в силу летом", "никогда здесь не было ",
                            " и не будет, нет", i * 25, i * 25 + 45 };

      p = g_utf8_offset_to_pointer (p, 25);
      g_assert_cmpint (memo_anchor_text_find (after, &gone, NULL, NULL, NULL), ==, MEMO_ANCHOR_ORPHAN);
      if (g_ascii_isspace (exact[0]) || g_ascii_isspace (exact[strlen (exact) - 1]))
        continue;
      g_assert_cmpint (memo_anchor_text_find (after, &selector, &start, &end, NULL), ==, MEMO_ANCHOR_MOVED);
      g_assert_cmpint (start, ==, selector.start + length - half);
      g_assert_cmpint (end, ==, selector.end + length - half);
      found++;
    }
  g_assert_cmpuint (found, >, 1000);
  g_test_message ("%" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - begin) / 1000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/anchor/same", test_same);
  g_test_add_func ("/anchor/moved", test_moved);
  g_test_add_func ("/anchor/twice", test_twice);
  g_test_add_func ("/anchor/variants", test_variants);
  g_test_add_func ("/anchor/case", test_case);
  g_test_add_func ("/anchor/approximate", test_approximate);
  g_test_add_func ("/anchor/orphan", test_orphan);
  g_test_add_func ("/anchor/no-context", test_no_context);
  g_test_add_func ("/anchor/edits", test_edits);
  g_test_add_func ("/anchor/many", test_many);
  g_test_add_func ("/anchor/large", test_large);
  g_test_add_func ("/anchor/far", test_far);
  return g_test_run ();
}
