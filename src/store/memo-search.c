#include "memo-sql.h"

#include <string.h>
#include "base/memo-markdown.h"
#include "base/memo-text.h"
#include "memo-query.h"
#include "memo-tokenizer.h"

/* Search asks each kind's FTS5 table twice at most: for the words as they were typed, and only when that does not fill
 * the list, for their inflected forms too; so exact hits always stand above. A word or prefix that nearly every record
 * holds would cost as much as the library is large, so each table gives its newest CANDIDATES at most, and only what
 * is shown gets a snippet. */

#define CANDIDATES 300
#define PLACES 8  /* hits remembered of a record */
#define WINDOW 28 /* words of a snippet */
#define LEAD 6    /* of these in front of the first hit */
#define COLUMNS 3 /* title, extra, text */
#define EXTRA 1
#define TEXT 2
#define STEMMED_RANK 1000.0
#define LEFT_OUT '\2' /* a byte of a text that a snippet does not show */

static const struct
{
  MemoKind kind;
  double bonus; /* short records above long texts */
  double weights[COLUMNS];
} sources[] = {
  { MEMO_KIND_AGREEMENT, 3, { 10, 4, 4 } }, { MEMO_KIND_EVENT, 2.5, { 10, 4, 4 } },
  { MEMO_KIND_BODY, 2.5, { 10, 8, 4 } },    { MEMO_KIND_PARTY, 2.5, { 10, 8, 4 } },
  { MEMO_KIND_NOTE, 2, { 10, 4, 2 } },      { MEMO_KIND_ANNOTATION, 2, { 5, 5, 1 } },
  { MEMO_KIND_ARTICLE, 0, { 10, 5, 1 } },
};

gboolean
memo_check_index_kind (MemoKind kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (sources[i].kind == kind)
      return TRUE;
  return FALSE;
}

void
memo_hit_free (MemoHit *hit)
{
  if (hit == NULL)
    return;
  g_free (hit->uuid);
  g_free (hit->title);
  g_free (hit->snippet);
  g_free (hit->language);
  g_free (hit->reason);
  g_free (hit);
}

/* What the function memo_score() of a row gives back. */
typedef struct
{
  guint16 column;
  guint16 size; /* words */
  int offset;   /* of the first, in words */
} Place;

typedef struct
{
  double score;
  int n;
  Place places[PLACES]; /* of the best column for a snippet, in order */
  int text_offset;      /* first hit in the text, in words, or -1 */
} Score;

/* FTS5 auxiliary function memo_score (table, weight of title, of extra, of text): a blob with a Score. Each word
 * counts by the best column it stands in, repetitions a little. */
static void
score_cb (const Fts5ExtensionApi *api,
          Fts5Context *context,
          sqlite3_context *result,
          int n_values,
          sqlite3_value **values)
{
  double best[64] = { 0 };
  int phrases = MIN (api->xPhraseCount (context), 64), n = 0;
  int counts[COLUMNS] = { 0 };
  Score score = { 0, 0, { { 0 } }, -1 };
  int column = 0;

  if (api->xInstCount (context, &n) != SQLITE_OK)
    n = 0;
  for (int i = 0; i < n; i++)
    {
      int phrase, its_column, offset;
      double weight;

      if (api->xInst (context, i, &phrase, &its_column, &offset) != SQLITE_OK || its_column >= COLUMNS)
        break;
      counts[its_column]++;
      if (its_column == TEXT && (score.text_offset < 0 || offset < score.text_offset))
        score.text_offset = offset;
      if (phrase >= phrases)
        continue;
      weight = its_column + 1 < n_values + 1 && its_column < n_values ? sqlite3_value_double (values[its_column]) : 1;
      if (weight > best[phrase])
        best[phrase] = weight;
    }
  for (int i = 0; i < phrases; i++)
    score.score += best[i];
  score.score += MIN (n, 20) * 0.02;
  column = counts[TEXT] > 0 ? TEXT : counts[EXTRA] > 0 ? EXTRA : 0;
  for (int i = 0; i < n && score.n < PLACES; i++)
    {
      int phrase, its_column, offset;

      if (api->xInst (context, i, &phrase, &its_column, &offset) != SQLITE_OK || its_column != column)
        continue;
      if (score.n > 0 && score.places[score.n - 1].offset == offset)
        continue;
      score.places[score.n].column = column;
      score.places[score.n].offset = offset;
      score.places[score.n].size = api->xPhraseSize (context, phrase);
      score.n++;
    }
  sqlite3_result_blob (result, &score, sizeof score, SQLITE_TRANSIENT);
}

/* Where a search may look. */
typedef struct
{
  MemoHitFunc func; /* NULL: everywhere */
  gpointer data;
} Within;

#define WITHIN_POINTER "memo-within"

/* SQL function memo_within (pointer to a Within, MemoKind, rowid). */
static void
within_cb (sqlite3_context *result, int n_values, sqlite3_value **values)
{
  const Within *within = sqlite3_value_pointer (values[0], WITHIN_POINTER);

  sqlite3_result_int (result, within != NULL && within->func (sqlite3_value_int (values[1]),
                                                              sqlite3_value_int64 (values[2]), within->data));
}

gboolean
memo_search_register (sqlite3 *db)
{
  fts5_api *api = NULL;
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, "SELECT fts5 (?1)", -1, &statement, NULL) != SQLITE_OK)
    return FALSE;
  sqlite3_bind_pointer (statement, 1, &api, "fts5_api_ptr", NULL);
  sqlite3_step (statement);
  sqlite3_finalize (statement);
  return api != NULL && api->xCreateFunction (api, "memo_score", NULL, score_cb, NULL) == SQLITE_OK &&
         sqlite3_create_function (db, "memo_within", 3, SQLITE_UTF8, NULL, within_cb, NULL, NULL) == SQLITE_OK;
}

typedef struct
{
  guint source;
  gint64 id;
  double rank;
  Score score;
} Candidate;

static int
compare_candidates (const void *a, const void *b)
{
  const Candidate *first = a, *second = b;

  if (first->rank != second->rank)
    return first->rank < second->rank ? -1 : 1;
  if (first->source != second->source)
    return first->source < second->source ? -1 : 1;
  return first->id > second->id ? -1 : first->id < second->id;
}

/* Adds the candidates of one kind that are not there yet. */
static gboolean
collect (MemoDatabase *self,
         guint source,
         const char *expression,
         double base,
         Within *within,
         GHashTable *known,
         GArray *candidates,
         GError **error)
{
  const char *name = memo_kind_get_name (sources[source].kind);
  char sql[320], narrow[64] = "";
  g_autoptr (MemoStatement) statement = NULL;
  g_autoptr (GError) cause = NULL;

  if (within->func != NULL)
    g_snprintf (narrow, sizeof narrow, " AND memo_within (?2, %d, rowid)", (int) sources[source].kind);
  g_snprintf (sql, sizeof sql,
              "SELECT rowid, memo_score (%s_words, %d, %d, %d) FROM %s_words WHERE %s_words MATCH ?1%s"
              " ORDER BY rowid DESC LIMIT %d",
              name, (int) sources[source].weights[0], (int) sources[source].weights[1],
              (int) sources[source].weights[2], name, name, narrow, CANDIDATES);
  statement = memo_sql_prepare (self, sql, error);
  if (statement == NULL)
    return FALSE;
  memo_sql_bind_text (statement, 1, expression);
  if (within->func != NULL)
    sqlite3_bind_pointer (statement, 2, within, WITHIN_POINTER, NULL);
  while (memo_sql_step (self, statement, &cause))
    {
      Candidate candidate = { source, sqlite3_column_int64 (statement, 0), base };
      const void *blob = sqlite3_column_blob (statement, 1);
      gint64 key = candidate.id * (gint64) G_N_ELEMENTS (sources) + source;

      if (blob == NULL || sqlite3_column_bytes (statement, 1) != sizeof (Score) || g_hash_table_contains (known, &key))
        continue;
      g_hash_table_add (known, g_memdup2 (&key, sizeof key));
      memcpy (&candidate.score, blob, sizeof (Score));
      candidate.rank -= candidate.score.score + sources[source].bonus;
      g_array_append_val (candidates, candidate);
    }
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* Where the words of the window and the hits lie in the text. */
typedef struct
{
  const Score *score;
  int first, last; /* words of the window */
  int word;        /* the next word's number */
  int start, end;  /* bytes of the window, start -1 before */
  int from[PLACES], to[PLACES];
  int text_start; /* byte of the first hit in the text, or -1 */
  int length;
} Window;

static gboolean
window_cb (const char *form, const char *word, int start, int end, gpointer data)
{
  Window *window = data;
  int n = window->word++;

  if (n == window->score->text_offset)
    window->text_start = start;
  if (n >= window->first && n <= window->last)
    {
      if (window->start < 0)
        window->start = start;
      window->end = end;
      for (int i = 0; i < window->score->n; i++)
        {
          const Place *place = &window->score->places[i];

          if (n == place->offset)
            window->from[i] = start;
          if (n >= place->offset && n < place->offset + place->size)
            window->to[i] = end;
        }
    }
  if (n > window->last)
    {
      window->length = start; /* more follows */
      return FALSE;
    }
  return TRUE;
}

/* Of each word whether it is shown. */
typedef struct
{
  const char *shown;
  GByteArray *words;
} Seen;

static gboolean
seen_cb (const char *form, const char *word, int start, int end, gpointer data)
{
  Seen *seen = data;
  guint8 is_seen = seen->shown[start] != LEFT_OUT;

  g_byte_array_append (seen->words, &is_seen, 1);
  return TRUE;
}

static gboolean
is_seen (const GByteArray *words, int n)
{
  return words == NULL || n >= (int) words->len || words->data[n];
}

/* The hit around which most others stand. */
static int
choose_window (const Score *score)
{
  int best = 0, most = 0;

  for (int i = 0; i < score->n; i++)
    {
      int n = 0;

      for (int k = i; k < score->n && score->places[k].offset <= score->places[i].offset + WINDOW - LEAD; k++)
        n++;
      if (n > most)
        {
          most = n;
          best = i;
        }
    }
  return score->n > 0 ? score->places[best].offset : 0;
}

/* So many words in front of the hit and in all; @words (nullable): what is not shown does not count. */
static void
set_window (Window *window, const GByteArray *words)
{
  int n = 0;

  window->first = choose_window (window->score);
  while (window->first > 0 && (n < LEAD || !is_seen (words, window->first - 1)))
    n += is_seen (words, --window->first);
  n = 0;
  for (window->last = window->first - 1; n < WINDOW; window->last++)
    n += is_seen (words, window->last + 1);
}

static void
append_plain (GString *out, const char *text, int length)
{
  for (int i = 0; i < length; i++)
    {
      char c = text[i];

      if (g_ascii_isspace (c))
        {
          if (out->len == 0 || out->str[out->len - 1] != ' ')
            g_string_append_c (out, ' ');
        }
      else if (c != '\2' && c != '\3')
        g_string_append_c (out, c);
    }
}

/* A hit in what is not shown has no mark. */
static void
append_marked (GString *out, const char *text, int length)
{
  gsize before = out->len;

  g_string_append_c (out, '\2');
  append_plain (out, text, length);
  if (out->len == before + 1)
    g_string_truncate (out, before);
  else
    g_string_append_c (out, '\3');
}

/* A mark of the tokenizer is no part of the text. */
static const char *
skip_mark (const char *text)
{
  return (guchar) text[0] == 0xEE && (guchar) text[1] == 0x80 && (guchar) text[2] >= 0x81 && (guchar) text[2] <= 0x84
             ? text + 3
             : text;
}

/* Words are counted in @text; what is seen of it stands in @shown at the same bytes. */
static char *
make_snippet (const char *text, const char *shown, const Score *score, glong *ret_offset)
{
  Window window = { score, 0, 0, 0, -1, 0, { 0 }, { 0 }, -1, 0 };
  g_autoptr (GByteArray) words = NULL;
  GString *out = g_string_new (NULL);
  int at;

  if (shown != text)
    {
      Seen seen = { shown, words = g_byte_array_new () };

      memo_tokenizer_words (text, strlen (text), seen_cb, &seen);
    }
  set_window (&window, words);
  memo_tokenizer_words (text, strlen (text), window_cb, &window);
  if (ret_offset != NULL && window.text_start >= 0)
    *ret_offset = g_utf8_strlen (text, window.text_start);
  if (window.start < 0)
    return g_string_free (out, FALSE);
  if (window.first > 0)
    g_string_append (out, "…");
  at = window.start;
  for (int i = 0; i < score->n; i++)
    if (window.to[i] > 0 && window.from[i] >= at)
      {
        append_plain (out, shown + at, window.from[i] - at);
        append_marked (out, shown + window.from[i], window.to[i] - window.from[i]);
        at = window.to[i];
      }
  /* A full stop at the end belongs to it. */
  append_plain (out, shown + at, (window.length > 0 ? window.end : (int) strlen (text)) - at);
  if (window.length > 0)
    g_string_append (out, "…");
  return g_strstrip (g_string_free (out, FALSE));
}

static gboolean
ends_sentence (const char *start, const char *end)
{
  g_autofree char *text = g_strndup (start, end - start);

  return g_str_has_suffix (text, ".") || g_str_has_suffix (text, "!") || g_str_has_suffix (text, "?") ||
         g_str_has_suffix (text, "…");
}

/* Lists are indexed as the JSON they are stored in: its signs become blanks, so that every word keeps its place. A comma
 * parts names; sentences part themselves. */
static char *
blank_json (const char *text)
{
  char *plain = g_strdup (text);

  for (char *p = plain; *p != '\0'; p++)
    if (g_str_has_prefix (p, "[\"") || g_str_has_prefix (p, "\"]"))
      memcpy (p, "  ", 2);
    else if (g_str_has_prefix (p, "\",\""))
      memcpy (p, ends_sentence (plain, p) ? "   " : ",  ", 3);
  return plain;
}

/* Reads what a hit shows. FALSE without an error: it is gone. */
static gboolean
load_hit (MemoDatabase *self, const Candidate *candidate, MemoHit *hit, GError **error)
{
  static const char *const columns[COLUMNS] = { "title", "extra", "text" };
  MemoKind kind = sources[candidate->source].kind;
  const char *name = memo_kind_get_name (kind);
  int column = candidate->score.n > 0 ? candidate->score.places[0].column : 0;
  g_autofree char *sql =
      g_strdup_printf ("SELECT r.uuid, r.\"%s\", %s, c.%s FROM %s r JOIN %s_content c ON c.id = r.id WHERE r.id = ?1",
                       memo_field_get_info (memo_kind_get_title_field (kind))->name,
                       kind == MEMO_KIND_ARTICLE ? "r.language" : "NULL", columns[column], name, name);
  g_autoptr (MemoStatement) statement = memo_sql_prepare (self, sql, error);
  g_autofree char *title = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *own = NULL;
  const char *text;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, candidate->id);
  if (!memo_sql_step (self, statement, error))
    return FALSE;
  hit->kind = kind;
  hit->id = candidate->id;
  hit->rank = candidate->rank;
  hit->offset = -1;
  hit->uuid = memo_sql_dup_text (statement, 0);
  title = memo_sql_dup_text (statement, 1);
  hit->title = title != NULL ? memo_text_collapse (title) : g_strdup ("");
  hit->language = memo_sql_dup_text (statement, 2);
  text = memo_sql_get_text (statement, 3, &own);
  if (candidate->score.n == 0)
    return TRUE;
  text = skip_mark (text != NULL ? text : "");
  plain = column == EXTRA ? blank_json (text) : g_strdup (text);
  shown = kind == MEMO_KIND_NOTE && column == TEXT ? memo_markdown_hide (plain, hit->title, LEFT_OUT) : NULL;
  hit->snippet = make_snippet (plain, shown != NULL ? shown : plain, &candidate->score,
                               kind == MEMO_KIND_ARTICLE && column == TEXT ? &hit->offset : NULL);
  return TRUE;
}

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const MemoHit *first = *(MemoHit *const *) a, *second = *(MemoHit *const *) b;

  return first->rank < second->rank ? -1 : first->rank > second->rank;
}

/* The words of an annotation are a quote, not a title. */
static gboolean
is_titled (MemoKind kind)
{
  return kind != MEMO_KIND_ANNOTATION;
}

static GPtrArray *
run_search (MemoDatabase *self, const char *words, gboolean typing, guint limit, Within *within, GError **error)
{
  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func ((GDestroyNotify) memo_hit_free);
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autofree char *key = memo_text_key (words);

  for (int stems = 0; stems <= 1 && candidates->len < limit; stems++)
    {
      g_autofree char *expression = memo_query_build (words, typing, stems, TRUE);
      g_autofree char *untitled = memo_query_build (words, typing, stems, FALSE);

      if (expression == NULL)
        break;
      for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
        if (!collect (self, i, is_titled (sources[i].kind) ? expression : untitled, stems ? STEMMED_RANK : 0, within,
                      known, candidates, error))
          return NULL;
    }
  g_array_sort (candidates, compare_candidates);
  for (guint i = 0; i < candidates->len && hits->len < limit; i++)
    {
      MemoHit *hit = g_new0 (MemoHit, 1);
      g_autoptr (GError) cause = NULL;
      g_autofree char *title_key = NULL;

      if (!load_hit (self, &g_array_index (candidates, Candidate, i), hit, &cause))
        {
          memo_hit_free (hit);
          if (cause == NULL)
            continue;
          g_propagate_error (error, g_steal_pointer (&cause));
          return NULL;
        }
      title_key = memo_text_key (hit->title);
      if (strcmp (title_key, key) == 0)
        hit->rank -= 5;
      g_ptr_array_add (hits, hit);
    }
  g_ptr_array_sort (hits, compare_hits);
  return g_steal_pointer (&hits);
}

GPtrArray *
memo_database_search_within (MemoDatabase *self,
                             const char *words,
                             gboolean typing,
                             guint limit,
                             MemoHitFunc func,
                             gpointer data,
                             GError **error)
{
  Within within = { func, data };
  gboolean begun = sqlite3_get_autocommit (self->db);
  GPtrArray *hits;

  /* One state of the library for all the questions, and one lock. */
  if (begun && !memo_sql_begin (self, FALSE, error))
    return NULL;
  hits = run_search (self, words, typing, limit, &within, error);
  if (begun)
    memo_sql_rollback (self);
  return hits;
}

GPtrArray *
memo_database_search (MemoDatabase *self, const char *words, gboolean typing, guint limit, GError **error)
{
  return memo_database_search_within (self, words, typing, limit, NULL, NULL, error);
}

MemoHit *
memo_database_get_hit (MemoDatabase *self, MemoKind kind, gint64 id, GError **error)
{
  Candidate candidate = { .id = id };
  MemoHit *hit;

  while (candidate.source < G_N_ELEMENTS (sources) && sources[candidate.source].kind != kind)
    candidate.source++;
  g_return_val_if_fail (candidate.source < G_N_ELEMENTS (sources), NULL);
  hit = g_new0 (MemoHit, 1);
  if (load_hit (self, &candidate, hit, error))
    return hit;
  memo_hit_free (hit);
  return NULL;
}

GArray *
memo_database_match (MemoDatabase *self, MemoKind kind, const char *words, gboolean typing, GError **error)
{
  const char *name = memo_kind_get_name (kind);
  g_autofree char *expression = memo_query_build (words, typing, TRUE, is_titled (kind));
  g_autofree char *sql = NULL;
  g_autoptr (MemoStatement) statement = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) cause = NULL;

  /* No words: everything holds them. */
  if (expression == NULL)
    sql = g_strdup_printf ("SELECT id FROM %s WHERE deleted = 0 ORDER BY id", name);
  else if (!memo_check_index_kind (kind))
    return g_steal_pointer (&ids);
  else
    sql = g_strdup_printf ("SELECT rowid FROM %s_words WHERE %s_words MATCH ?1 ORDER BY rowid", name, name);
  statement = memo_sql_prepare (self, sql, error);
  if (statement == NULL)
    return NULL;
  if (expression != NULL)
    memo_sql_bind_text (statement, 1, expression);
  while (memo_sql_step (self, statement, &cause))
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      g_array_append_val (ids, id);
    }
  if (cause == NULL)
    return g_steal_pointer (&ids);
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}
