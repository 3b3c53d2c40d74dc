#include "memo-anchor.h"

#include <string.h>

#include "memo-edit.h"
#include "memo-needle.h"
#include "memo-text.h"

/* A quote as people would still call it the same: three of four characters. */
#define SIMILAR_ENOUGH 0.75
/* An exact quote this long says by itself that it is the passage; shorter ones need their context. */
#define TELLING_LENGTH 40
/* Steps of the search for an altered quote: up to so many the whole text is searched, beyond it only what something
 * points at, and no single window that takes more than the second. */
#define SMALL_SEARCH_WORK (G_GINT64_CONSTANT (250) * 1000)
#define FULL_SEARCH_WORK (G_GINT64_CONSTANT (24) * 1000 * 1000)
#define LENGTH_MAX 65536
#define STEP 128 /* code points between two marks in the table of offsets */
#define SEED 12
#define WINDOWS_MAX 32
/* After so many searches of the whole of a large text it gets an index. */
#define INDEX_AFTER 4
#define INDEX_LENGTH 100000

typedef MemoHaystack Plain;

struct _MemoAnchorText
{
  const char *text;
  gsize n_bytes;
  gsize *marks; /* byte offset of each STEPth code point */
  gsize n_marks;
  glong length; /* code points */
  Plain plain;  /* with plain quotes and dashes, white space folded; made when first needed */
  guint32 *map; /* code point offset of each of its characters */
  guint searches;
};

typedef struct
{
  Plain exact;
  MemoPattern *before; /* the prefix, backwards */
  MemoPattern *after;
  Plain prefix;
  Plain suffix;
  gssize expected; /* in the plain text; -1 */
} Query;

typedef struct
{
  gsize start; /* in the plain text */
  gsize end;
  double similarity;
  double context; /* 0..1 */
  double score;
} Candidate;

static gboolean
is_invisible (gunichar c)
{
  return c == 0x00AD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF || c == 0x034F;
}

/* @map (nullable) must have room for all of @text. */
static void
make_plain (const char *text, Plain *plain, guint32 *map)
{
  gsize n = 0;
  guint32 offset = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p), offset++)
    {
      gunichar c = memo_char_plain (g_utf8_get_char (p));

      if (is_invisible (c) || (c == ' ' && n > 0 && plain->chars[n - 1] == ' '))
        continue;
      if (map != NULL)
        map[n] = offset;
      plain->chars[n++] = c;
    }
  plain->length = n;
}

static Plain
plain_of (const char *text)
{
  g_autofree char *clean = memo_text_clean (text != NULL ? text : "", -1);
  Plain plain = { 0 };

  plain.chars = g_new (guint32, strlen (clean) + 1);
  make_plain (clean, &plain, NULL);
  return plain;
}

static void
trim (Plain *plain)
{
  gsize skip = plain->length > 0 && plain->chars[0] == ' ';

  if (plain->length > skip && plain->chars[plain->length - 1] == ' ')
    plain->length--;
  plain->length -= skip;
  memmove (plain->chars, plain->chars + skip, plain->length * sizeof (guint32));
}

MemoAnchorText *
memo_anchor_text_new (const char *text)
{
  MemoAnchorText *self;
  GArray *marks;

  g_return_val_if_fail (text != NULL, NULL);

  self = g_new0 (MemoAnchorText, 1);
  self->text = text;
  marks = g_array_new (FALSE, FALSE, sizeof (gsize));
  for (const char *p = text;; p = g_utf8_next_char (p), self->length++)
    {
      if (self->length % STEP == 0)
        {
          gsize offset = p - text;

          g_array_append_val (marks, offset);
        }
      if (*p == '\0')
        {
          self->n_bytes = p - text;
          break;
        }
    }
  self->n_marks = marks->len;
  self->marks = (gsize *) (gpointer) g_array_free (marks, FALSE);
  return self;
}

void
memo_anchor_text_free (MemoAnchorText *self)
{
  g_free (self->marks);
  memo_haystack_clear (&self->plain);
  g_free (self->map);
  g_free (self);
}

static const char *
pointer_at (MemoAnchorText *self, glong offset)
{
  const char *p = self->text + self->marks[offset / STEP];

  for (glong i = offset % STEP; i > 0; i--)
    p = g_utf8_next_char (p);
  return p;
}

static void
ensure_plain (MemoAnchorText *self)
{
  if (self->plain.chars != NULL)
    return;
  self->plain.chars = g_new (guint32, self->length + 1);
  self->map = g_new (guint32, self->length + 1);
  make_plain (self->text, &self->plain, self->map);
}

/* The first plain character at or behind the code point @offset. */
static gsize
plain_index (MemoAnchorText *self, glong offset)
{
  gsize low = 0;
  gsize high = self->plain.length;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (self->map[middle] < (guint32) offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static MemoPattern *
reversed_pattern (const Plain *plain)
{
  g_autofree guint32 *reversed = g_new (guint32, plain->length + 1);

  for (gsize i = 0; i < plain->length; i++)
    reversed[i] = plain->chars[plain->length - 1 - i];
  return memo_pattern_new (reversed, plain->length);
}

/* Unrelated prose is about a third alike letter for letter; that counts as nothing. */
static double
context_score (int distance, gsize length)
{
  double alike = 1.0 - (double) distance / length;

  return CLAMP ((alike - 0.4) / 0.6, 0.0, 1.0);
}

/* How well what stands around [start, end) is what stood around the quote; 1 when nothing is known. */
static double
score_context (MemoAnchorText *self, const Query *query, gsize start, gsize end)
{
  double sum = 0;
  int sides = 0;

  if (query->prefix.length > 0)
    {
      guint32 reversed[MEMO_ANCHOR_CONTEXT * 2];
      gsize n = MIN (query->prefix.length * 3 / 2, MIN (start, G_N_ELEMENTS (reversed)));

      for (gsize i = 0; i < n; i++)
        reversed[i] = self->plain.chars[start - 1 - i];
      sum += context_score (memo_pattern_distance (query->before, reversed, n, NULL), query->prefix.length);
      sides++;
    }
  if (query->suffix.length > 0)
    {
      gsize n = MIN (query->suffix.length * 3 / 2, self->plain.length - end);

      sum +=
          context_score (memo_pattern_distance (query->after, self->plain.chars + end, n, NULL), query->suffix.length);
      sides++;
    }
  return sides > 0 ? sum / sides : 1.0;
}

static gboolean
has_context (const Query *query)
{
  return query->prefix.length > 0 || query->suffix.length > 0;
}

static gsize
distance_from_expected (const Query *query, gsize start)
{
  if (query->expected < 0)
    return start;
  return (gssize) start > query->expected ? start - query->expected : query->expected - start;
}

/* Context first; among those with the same one the nearest to where it was. */
static gboolean
is_better (const Query *query, const Candidate *candidate, const Candidate *best)
{
  if (ABS (candidate->score - best->score) > 0.02)
    return candidate->score > best->score;
  return distance_from_expected (query, candidate->start) < distance_from_expected (query, best->start);
}

static gboolean
same_case_and_marks (MemoAnchorText *self, const char *exact, gsize start)
{
  const char *p = pointer_at (self, self->map[start]);

  return strncmp (p, exact, strlen (exact)) == 0;
}

/* Best exact match in [from, to) of the plain text; how many there are. */
static guint
find_exact_in (MemoAnchorText *self, const Query *query, const char *exact, gsize from, gsize to, Candidate *best)
{
  guint count = 0;
  MemoNeedle needle;
  gssize at;

  memo_needle_init (&needle, query->exact.chars, query->exact.length);
  while ((at = memo_needle_find (&needle, &self->plain, from, to)) >= 0)
    {
      Candidate candidate = { .start = at, .end = at + query->exact.length, .similarity = 1 };

      candidate.context = score_context (self, query, candidate.start, candidate.end);
      candidate.score = candidate.context + (same_case_and_marks (self, exact, at) ? 0.05 : 0);
      if (count == 0 || is_better (query, &candidate, best))
        *best = candidate;
      count++;
      from = at + 1;
    }
  return count;
}

/* Is one exact match, with this context, the passage itself? */
static gboolean
is_convincing (const Query *query, const Candidate *best, guint count)
{
  double needed;

  if (!has_context (query))
    return TRUE;
  if (query->exact.length >= TELLING_LENGTH)
    return count == 1 || best->context >= 0.2;
  needed = 0.45 * (1.0 - (double) query->exact.length / TELLING_LENGTH);
  if ((gssize) best->start == query->expected)
    needed -= 0.1;
  return best->context >= needed && (count == 1 || best->context >= 0.2);
}

static gboolean
find_exact (MemoAnchorText *self, const Query *query, const char *exact, Candidate *best)
{
  static const gsize reaches[] = { 4096, 65536, G_MAXSSIZE };
  gsize length = self->plain.length;
  guint count = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (reaches); i++)
    {
      gsize from = 0;
      gsize to = length;

      if (query->expected >= 0 && reaches[i] < length)
        {
          from = query->expected > (gssize) reaches[i] ? query->expected - reaches[i] : 0;
          to = MIN (length, query->expected + reaches[i] + query->exact.length);
        }
      else
        {
          i = G_N_ELEMENTS (reaches);
          if (length >= INDEX_LENGTH && ++self->searches == INDEX_AFTER)
            memo_haystack_index (&self->plain);
        }
      count = find_exact_in (self, query, exact, from, to, best);
      /* Nothing further away can have a better context. */
      if (count > 0 && best->context > 0.98 && query->expected >= 0)
        return TRUE;
    }
  return count > 0 && is_convincing (query, best, count);
}

typedef struct
{
  gsize from;
  gsize to;
} Window;

static int
compare_windows (gconstpointer a, gconstpointer b)
{
  const Window *x = a;
  const Window *y = b;

  return (x->from > y->from) - (x->from < y->from);
}

static void
add_window (MemoAnchorText *self, GArray *windows, gssize from, gssize to)
{
  Window window = { MAX (from, 0), CLAMP (to, 0, (gssize) self->plain.length) };

  if (window.from < window.to)
    g_array_append_val (windows, window);
}

static void
merge_windows (GArray *windows)
{
  guint kept = 0;

  g_array_sort (windows, compare_windows);
  for (guint i = 1; i < windows->len; i++)
    {
      Window *last = &g_array_index (windows, Window, kept);
      const Window *next = &g_array_index (windows, Window, i);

      if (next->from <= last->to)
        last->to = MAX (last->to, next->to);
      else
        g_array_index (windows, Window, ++kept) = *next;
    }
  if (windows->len > 0)
    g_array_set_size (windows, kept + 1);
}

/* Windows around each place of [offset, offset + length) of the quote or its context. */
static void
add_seed (MemoAnchorText *self, GArray *windows, const Query *query, const guint32 *seed, gsize length, gssize offset)
{
  gssize slack = query->exact.length / 4 + MEMO_ANCHOR_CONTEXT;
  gsize from = 0;
  MemoNeedle needle;
  gssize at;
  guint found = 0;

  memo_needle_init (&needle, seed, length);
  while (found++ < 8 && (at = memo_needle_find (&needle, &self->plain, from, self->plain.length)) >= 0)
    {
      add_window (self, windows, at - offset - slack, at - offset + (gssize) query->exact.length + slack);
      from = at + 1;
    }
}

/* Where an altered quote may stand: where it was, behind its prefix, before its suffix, around pieces of itself. */
static GArray *
find_windows (MemoAnchorText *self, const Query *query)
{
  GArray *windows = g_array_new (FALSE, FALSE, sizeof (Window));
  gsize m = query->exact.length;
  gsize pieces = MIN (8, m / SEED);

  if (query->expected >= 0)
    add_window (self, windows, query->expected - 2048, query->expected + m + 2048);
  if (query->prefix.length >= SEED)
    add_seed (self, windows, query, query->prefix.chars + query->prefix.length - SEED, SEED, -SEED);
  if (query->suffix.length >= SEED)
    add_seed (self, windows, query, query->suffix.chars, SEED, m);
  for (gsize i = 0; i < pieces && windows->len < WINDOWS_MAX; i++)
    {
      gsize offset = pieces > 1 ? i * (m - SEED) / (pieces - 1) : 0;

      add_seed (self, windows, query, query->exact.chars + offset, SEED, offset);
    }
  merge_windows (windows);
  return windows;
}

typedef struct
{
  GArray *candidates;
  gsize base;
  gsize apart;
} Search;

/* Keeps the best end of each run of ends that belong to one place. */
static void
keep_end_cb (gsize end, int distance, gpointer data)
{
  Search *search = data;
  Candidate candidate = { .end = search->base + end, .similarity = -distance };

  if (search->candidates->len > 0)
    {
      Candidate *last = &g_array_index (search->candidates, Candidate, search->candidates->len - 1);

      if (candidate.end < last->end + search->apart)
        {
          if (candidate.similarity > last->similarity)
            *last = candidate;
          return;
        }
    }
  if (search->candidates->len < 256)
    g_array_append_val (search->candidates, candidate);
}

/* The exact border between context and quote, when the context is still there next to the place found. */
static void
snap (MemoAnchorText *self, const Query *query, Candidate *candidate)
{
  gsize reach = query->exact.length / 4 + 2;
  MemoNeedle needle;
  gsize n;
  gssize best = -1;
  gssize at;

  n = MIN (query->prefix.length, SEED);
  if (n >= 4)
    {
      gsize from = candidate->start > reach + n ? candidate->start - reach - n : 0;
      gsize to = MIN (candidate->start + reach, candidate->end);

      memo_needle_init (&needle, query->prefix.chars + query->prefix.length - n, n);
      for (; (at = memo_needle_find (&needle, &self->plain, from, to)) >= 0; from = at + 1)
        if (best < 0 || ABS (at + (gssize) n - (gssize) candidate->start) < ABS (best - (gssize) candidate->start))
          best = at + n;
      if (best >= 0 && (gsize) best < candidate->end)
        candidate->start = best;
    }

  n = MIN (query->suffix.length, SEED);
  best = -1;
  if (n >= 4)
    {
      gsize from = candidate->end > reach ? candidate->end - reach : 0;
      gsize to = MIN (candidate->end + reach + n, self->plain.length);

      from = MAX (from, candidate->start + 1);
      memo_needle_init (&needle, query->suffix.chars, n);
      for (; (at = memo_needle_find (&needle, &self->plain, from, to)) >= 0; from = at + 1)
        if (best < 0 || ABS (at - (gssize) candidate->end) < ABS (best - (gssize) candidate->end))
          best = at;
      if (best >= 0)
        candidate->end = best;
    }
}

static void
complete (MemoAnchorText *self, const Query *query, const MemoPattern *backwards, Candidate *candidate)
{
  gsize m = query->exact.length;
  gsize n = MIN (candidate->end, m + m / 4 + 1);
  g_autofree guint32 *reversed = g_new (guint32, n + 1);
  g_autoptr (MemoPattern) found = NULL;
  gsize length = 0;
  gsize whole;
  int distance;

  for (gsize i = 0; i < n; i++)
    reversed[i] = self->plain.chars[candidate->end - 1 - i];
  memo_pattern_distance (backwards, reversed, n, &length);
  candidate->start = candidate->end - length;
  snap (self, query, candidate);

  /* The distance of what is really marked: its whole length against the whole quote. */
  found = memo_pattern_new (self->plain.chars + candidate->start, candidate->end - candidate->start);
  distance = memo_pattern_distance (found, query->exact.chars, m, &whole);
  distance += m - whole;
  candidate->similarity = 1.0 - (double) distance / MAX (m, candidate->end - candidate->start);
  candidate->context = score_context (self, query, candidate->start, candidate->end);
  candidate->score = 0.6 * candidate->similarity + 0.4 * (has_context (query) ? candidate->context : 0.5);
}

/* An altered quote must also stand where it stood: the more it is altered, and the shorter it is, the more of its
 * context must be there. Without that it must be long and nearly the same. */
static gboolean
is_acceptable (const Query *query, const Candidate *best)
{
  gsize m = query->exact.length;
  double needed;

  if (best->end <= best->start || best->similarity < SIMILAR_ENOUGH)
    return FALSE;
  if (!has_context (query))
    return m >= 24 && best->similarity >= 0.85;
  needed = 1.4 - best->similarity;
  if (m < 20)
    needed = MAX (needed, 1.15 - m / 50.0);
  if (best->context >= needed)
    return TRUE;
  return m >= 2 * TELLING_LENGTH && best->similarity >= 0.93;
}

static gboolean
find_approximate (MemoAnchorText *self, const Query *query, Candidate *best)
{
  gsize m = query->exact.length;
  int limit = m / 4;
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr (GArray) windows = NULL;
  g_autoptr (MemoPattern) forwards = NULL;
  g_autoptr (MemoPattern) backwards = NULL;
  gboolean rival = FALSE;
  guint chosen = 0;

  if (limit == 0 || m > LENGTH_MAX)
    return FALSE;

  forwards = memo_pattern_new (query->exact.chars, m);
  backwards = reversed_pattern (&query->exact);
  if ((gint64) self->plain.length * ((m + 63) / 64) <= SMALL_SEARCH_WORK)
    {
      windows = g_array_new (FALSE, FALSE, sizeof (Window));
      add_window (self, windows, 0, self->plain.length);
    }
  else
    windows = find_windows (self, query);

  for (guint i = 0; i < windows->len; i++)
    {
      const Window *window = &g_array_index (windows, Window, i);
      Search search = { candidates, window->from, MAX (m / 2, 4) };

      if ((gint64) (window->to - window->from) * ((m + 63) / 64) > FULL_SEARCH_WORK)
        continue;
      memo_pattern_search (forwards, self->plain.chars + window->from, window->to - window->from, FALSE, limit,
                           keep_end_cb, &search);
    }
  if (candidates->len == 0)
    return FALSE;

  for (guint i = 0; i < candidates->len; i++)
    {
      Candidate *candidate = &g_array_index (candidates, Candidate, i);

      complete (self, query, backwards, candidate);
      if (i == 0 || is_better (query, candidate, best))
        {
          *best = *candidate;
          chosen = i;
        }
    }
  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *other = &g_array_index (candidates, Candidate, i);

      if (i != chosen && (other->end <= best->start || other->start >= best->end) &&
          other->similarity >= SIMILAR_ENOUGH && other->score > best->score - 0.06)
        rival = TRUE;
    }
  return !rival && is_acceptable (query, best);
}

static void
query_init (Query *query, MemoAnchorText *self, const MemoSelector *selector)
{
  g_autofree char *prefix = NULL;
  g_autofree char *suffix = NULL;
  glong length = memo_text_length (selector->prefix);

  prefix = memo_text_slice (selector->prefix, MAX (0, length - MEMO_ANCHOR_CONTEXT), length);
  suffix = memo_text_slice (selector->suffix, 0, MEMO_ANCHOR_CONTEXT);
  query->exact = plain_of (selector->exact);
  trim (&query->exact);
  query->prefix = plain_of (prefix);
  query->suffix = plain_of (suffix);
  query->before = reversed_pattern (&query->prefix);
  query->after = memo_pattern_new (query->suffix.chars, query->suffix.length);
  query->expected = selector->start >= 0 ? (gssize) plain_index (self, MIN (selector->start, self->length)) : -1;
}

static void
query_clear (Query *query)
{
  g_free (query->exact.chars);
  g_free (query->prefix.chars);
  g_free (query->suffix.chars);
  memo_pattern_free (query->before);
  memo_pattern_free (query->after);
}

/* The quote letter for letter where it was, and something beside it that was there too. */
static gboolean
is_where_it_was (MemoAnchorText *self, const MemoSelector *selector, glong *ret_end)
{
  const char *p, *end;
  gsize exact = strlen (selector->exact);
  gsize prefix = selector->prefix != NULL ? strlen (selector->prefix) : 0;
  gsize suffix = selector->suffix != NULL ? strlen (selector->suffix) : 0;
  gboolean before, after;

  if (selector->start < 0 || selector->start >= self->length)
    return FALSE;
  p = pointer_at (self, selector->start);
  if (strncmp (p, selector->exact, exact) != 0)
    return FALSE;
  end = p + exact;
  before = prefix > 0 && (gsize) (p - self->text) >= prefix && memcmp (p - prefix, selector->prefix, prefix) == 0;
  after = suffix > 0 && strncmp (end, selector->suffix, suffix) == 0;
  if (!before && !after && prefix + suffix > 0)
    return FALSE;
  *ret_end = selector->start + g_utf8_strlen (p, exact);
  return TRUE;
}

MemoAnchorResult
memo_anchor_text_find (MemoAnchorText *self,
                       const MemoSelector *selector,
                       glong *ret_start,
                       glong *ret_end,
                       double *ret_score)
{
  MemoAnchorResult result = MEMO_ANCHOR_ORPHAN;
  Candidate best = { 0 };
  Query query = { 0 };
  double score = 1.0;
  glong start = selector->start;
  glong end;

  g_return_val_if_fail (self != NULL, MEMO_ANCHOR_ORPHAN);

  if (selector->exact == NULL || selector->exact[0] == '\0')
    return MEMO_ANCHOR_ORPHAN;
  if (is_where_it_was (self, selector, &end))
    result = MEMO_ANCHOR_SAME;
  else
    {
      ensure_plain (self);
      query_init (&query, self, selector);
      if (query.exact.length > 0 && find_exact (self, &query, selector->exact, &best))
        {
          result = MEMO_ANCHOR_MOVED;
          score = 0.8 + 0.2 * best.context;
        }
      else if (query.exact.length > 0 && find_approximate (self, &query, &best))
        {
          result = MEMO_ANCHOR_APPROXIMATE;
          score = best.score;
        }
      query_clear (&query);
      if (result == MEMO_ANCHOR_ORPHAN)
        return result;
      start = self->map[best.start];
      end = self->map[best.end - 1] + 1;
      if (result == MEMO_ANCHOR_MOVED && start == selector->start)
        result = MEMO_ANCHOR_SAME;
    }

  if (ret_start != NULL)
    *ret_start = start;
  if (ret_end != NULL)
    *ret_end = end;
  if (ret_score != NULL)
    *ret_score = score;
  return result;
}

MemoAnchorResult
memo_anchor_find (const char *text, const MemoSelector *selector, glong *ret_start, glong *ret_end, double *ret_score)
{
  g_autoptr (MemoAnchorText) self = NULL;

  g_return_val_if_fail (text != NULL && selector != NULL, MEMO_ANCHOR_ORPHAN);

  self = memo_anchor_text_new (text);
  return memo_anchor_text_find (self, selector, ret_start, ret_end, ret_score);
}

void
memo_anchor_describe (const char *text, glong start, glong end, char **ret_exact, char **ret_prefix, char **ret_suffix)
{
  if (ret_exact != NULL)
    *ret_exact = memo_text_slice (text, start, end);
  if (ret_prefix != NULL)
    *ret_prefix = memo_text_slice (text, MAX (0, start - MEMO_ANCHOR_CONTEXT), start);
  if (ret_suffix != NULL)
    *ret_suffix = memo_text_slice (text, end, end + MEMO_ANCHOR_CONTEXT);
}
