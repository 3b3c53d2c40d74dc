#include "memo-named-hits.h"

#include <glib/gi18n.h>
#include <string.h>

#include "memo-words.h"

#define SHOWN 5            /* names at most */
#define RANK_EXACT -6.0    /* of a name that is just what was typed, less ten for each word */
#define RANK_STEMMED 990.0 /* as in the store: below all that holds the words as they were typed */
#define RANK_RELATED 2000.0

/* Agreements and quotes before long texts. */
static const MemoKind order[] = { MEMO_KIND_AGREEMENT, MEMO_KIND_ANNOTATION, MEMO_KIND_EVENT,
                                  MEMO_KIND_BODY,      MEMO_KIND_ARTICLE,    MEMO_KIND_NOTE };

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const MemoHit *first = *(MemoHit *const *) a, *second = *(MemoHit *const *) b;

  return first->rank < second->rank ? -1 : first->rank > second->rank;
}

static MemoHit *
find_hit (GPtrArray *hits, MemoKind kind, const char *uuid)
{
  for (guint i = 0; i < hits->len; i++)
    {
      MemoHit *hit = hits->pdata[i];

      if (hit->kind == kind && strcmp (hit->uuid, uuid) == 0)
        return hit;
    }
  return NULL;
}

gboolean
memo_hits_fill (GPtrArray *hits,
                MemoIndex *index,
                MemoDatabase *database,
                const MemoRows *rows,
                const char *reason,
                guint limit,
                GError **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  double rank = RANK_RELATED;

  for (guint i = 0; i < hits->len; i++)
    g_hash_table_add (known, ((MemoHit *) hits->pdata[i])->uuid);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      const roaring_bitmap_t *nodes = rows->kinds[order[i]];
      guint n = nodes != NULL ? roaring_bitmap_get_cardinality (nodes) : 0;

      /* Later nodes are newer records, but for those that were put in order otherwise. */
      while (n > 0 && hits->len < limit)
        {
          guint32 node;
          MemoHit *hit;
          g_autoptr (GError) cause = NULL;

          if (!roaring_bitmap_select (nodes, --n, &node) ||
              g_hash_table_contains (known, memo_dict_get (index->dict, node)))
            continue;
          hit = memo_database_get_hit (database, order[i], memo_index_row (index, node)->id, &cause);
          if (cause != NULL)
            {
              g_propagate_error (error, g_steal_pointer (&cause));
              return FALSE;
            }
          if (hit == NULL)
            continue;
          hit->rank = rank++;
          hit->reason = g_strdup (reason);
          g_ptr_array_add (hits, hit);
        }
    }
  return TRUE;
}

/* The names of all the words: they are hits themselves. */
static void
add_names (GPtrArray *hits, MemoIndex *index, GArray *named, guint n_words, guint limit)
{
  guint added = 0;

  for (guint i = 0; i < named->len && added < SHOWN; i++)
    {
      const MemoNamed *one = &g_array_index (named, MemoNamed, i);
      MemoKind kind = memo_record_get_kind (one->record);
      const char *uuid = memo_record_get_uuid (one->record);
      double rank = (one->inflected ? RANK_STEMMED : one->exact ? RANK_EXACT : 0) - 10.0 * one->n * one->n / one->size;
      MemoHit *hit = find_hit (hits, kind, uuid);

      if (one->n < n_words)
        continue;
      added++;
      if (hit == NULL)
        {
          /* They stand in the list however many other records hold the words. */
          if (hits->len >= limit && limit > SHOWN)
            g_ptr_array_set_size (hits, limit - 1);
          hit = g_new0 (MemoHit, 1);
          hit->kind = kind;
          hit->id = memo_record_get_id (one->record);
          hit->uuid = g_strdup (uuid);
          hit->title = memo_word_name (index, kind, uuid);
          hit->snippet = strcmp (one->name, hit->title) != 0 ? g_strdup (one->name) : NULL;
          hit->offset = -1;
          hit->rank = rank;
          g_ptr_array_insert (hits, 0, hit);
        }
      hit->rank = MIN (hit->rank, rank);
    }
}

/* Words of the query that stand in names, and what these name. */
typedef struct
{
  guint first, n;
  GPtrArray *records; /* of MemoRecord, borrowed */
} Span;

static void
span_clear (gpointer data)
{
  g_ptr_array_unref (((Span *) data)->records);
}

/* The longest ones that do not overlap. */
static GArray *
choose_spans (GArray *named)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (Span));

  g_array_set_clear_func (spans, span_clear);
  for (guint i = 0; i < named->len; i++)
    {
      const MemoNamed *one = &g_array_index (named, MemoNamed, i);
      gboolean free_place = TRUE;

      for (guint k = 0; k < spans->len && free_place; k++)
        {
          Span *span = &g_array_index (spans, Span, k);

          if (span->first == one->first && span->n == one->n)
            g_ptr_array_add (span->records, one->record);
          free_place = one->first + one->n <= span->first || span->first + span->n <= one->first;
        }
      if (free_place)
        {
          Span span = { one->first, one->n, g_ptr_array_new () };

          g_ptr_array_add (span.records, one->record);
          g_array_append_val (spans, span);
        }
    }
  return spans;
}

static void
init_belonging (MemoRows *rows, MemoIndex *index, const Span *span)
{
  static const struct
  {
    MemoKind kind;
    MemoFacet facet;
  } facets[] = { { MEMO_KIND_SECTOR, MEMO_FACET_SECTOR },
                 { MEMO_KIND_PARTY, MEMO_FACET_PARTY },
                 { MEMO_KIND_BODY, MEMO_FACET_BODY } };

  for (guint i = 0; i < G_N_ELEMENTS (facets); i++)
    {
      g_autoptr (MemoFilter) all = memo_filter_new ();
      g_autoptr (MemoFilter) filter = NULL;
      g_autoptr (GPtrArray) values = g_ptr_array_new ();
      g_auto (MemoRows) some = { { NULL } };

      for (guint k = 0; k < span->records->len; k++)
        if (memo_record_get_kind (span->records->pdata[k]) == facets[i].kind)
          g_ptr_array_add (values, (char *) memo_record_get_uuid (span->records->pdata[k]));
      if (values->len == 0)
        continue;
      g_ptr_array_add (values, NULL);
      filter = memo_filter_with_many (all, facets[i].facet, MEMO_CHOICE_ANY, (const char *const *) values->pdata);
      memo_rows_init_filter (rows->kinds[MEMO_KIND_ARTICLE] == NULL ? rows : &some, index, filter);
      if (some.kinds[MEMO_KIND_ARTICLE] != NULL)
        memo_rows_or (rows, &some);
    }
}

/* "Sector: Health; Party: Venezuela" */
static char *
make_reason (MemoIndex *index, GArray *spans)
{
  GString *reason = g_string_new (NULL);

  for (guint i = 0; i < spans->len; i++)
    {
      MemoRecord *record = g_array_index (spans, Span, i).records->pdata[0];
      MemoKind kind = memo_record_get_kind (record);
      g_autofree char *name = memo_word_name (index, kind, memo_record_get_uuid (record));

      if (i > 0)
        g_string_append (reason, "; ");
      /* Translators: why a search found something: "Sector: Health". */
      g_string_append_printf (reason, C_ ("reason", "%s: %s"), memo_word_record (kind), name);
    }
  return g_string_free (reason, FALSE);
}

/* Words [first, first + n) as one question to the search index. */
static char *
join_words (GPtrArray *words, guint first, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = first; i < first + n; i++)
    g_string_append_printf (text, "%s%s", i > first ? " " : "", ((GStrv) words->pdata[i])[0]);
  return g_string_free (text, FALSE);
}

/* Every word is either held by the record or part of a name that it belongs to. */
static gboolean
find_related (MemoRows *rows,
              MemoIndex *index,
              MemoDatabase *database,
              GArray *spans,
              GPtrArray *words,
              gboolean typing,
              GError **error)
{
  g_autofree gboolean *named = g_new0 (gboolean, words->len);

  for (guint i = 0; i < spans->len; i++)
    {
      const Span *span = &g_array_index (spans, Span, i);
      g_auto (MemoRows) belonging = { { NULL } };
      g_auto (MemoRows) holding = { { NULL } };
      g_autofree char *text = join_words (words, span->first, span->n);

      for (guint k = 0; k < span->n; k++)
        named[span->first + k] = TRUE;
      init_belonging (i == 0 ? rows : &belonging, index, span);
      /* Those that hold all the words have been found before. */
      if (span->n < words->len)
        {
          if (!memo_rows_init_words (&holding, index, database, text, typing && span->first + span->n == words->len,
                                     error))
            return FALSE;
          memo_rows_or (i == 0 ? rows : &belonging, &holding);
        }
      if (i > 0)
        memo_rows_and (rows, &belonging);
    }
  for (guint i = 0; i < words->len; i++)
    {
      g_auto (MemoRows) holding = { { NULL } };
      g_autofree char *text = join_words (words, i, 1);

      if (named[i])
        continue;
      if (!memo_rows_init_words (&holding, index, database, text, typing && i + 1 == words->len, error))
        return FALSE;
      memo_rows_and (rows, &holding);
    }
  return TRUE;
}

static void
append_forms (GPtrArray *words, const char *text)
{
  g_autoptr (GPtrArray) forms = memo_query_forms (text);

  for (guint i = 0; i < forms->len; i++)
    g_ptr_array_add (words, g_strdupv (forms->pdata[i]));
}

gboolean
memo_named_hits_add (GPtrArray *hits,
                     MemoIndex *index,
                     MemoNames *names,
                     MemoDatabase *database,
                     const char *words,
                     gboolean typing,
                     const MemoRows *within,
                     guint limit,
                     GError **error)
{
  g_autoptr (GArray) items = memo_query_read (words, typing);
  g_autoptr (GPtrArray) forms = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr (GArray) named = NULL;
  g_autoptr (GString) without = g_string_new (NULL);
  g_autoptr (GArray) spans = NULL;
  g_auto (MemoRows) rows = { { NULL } };
  g_autofree char *reason = NULL;
  gboolean unfinished = FALSE;

  for (guint i = 0; i < items->len; i++)
    {
      const MemoQueryItem *item = &g_array_index (items, MemoQueryItem, i);

      /* What is asked for in so many words is not to be widened. */
      if (item->alternative || item->field == MEMO_QUERY_TITLE)
        return TRUE;
      if (item->negative)
        g_string_append_printf (without, "%s%s", without->len > 0 ? " OR " : "", g_utf8_next_char (item->typed));
      else
        append_forms (forms, item->text);
      unfinished = item->unfinished || item->prefix;
    }
  if (forms->len == 0)
    return TRUE;
  named = memo_names_find (names, forms, unfinished);
  if (within == NULL)
    add_names (hits, index, named, forms->len, limit);
  spans = choose_spans (named);
  if (hits->len < limit && spans->len > 0 &&
      (!unfinished || g_utf8_strlen (((GStrv) forms->pdata[forms->len - 1])[0], -1) >= 3))
    {
      if (!find_related (&rows, index, database, spans, forms, unfinished, error))
        return FALSE;
      if (within != NULL)
        memo_rows_and (&rows, within);
      if (without->len > 0)
        {
          g_auto (MemoRows) unwanted = { { NULL } };

          if (!memo_rows_init_words (&unwanted, index, database, without->str, FALSE, error))
            return FALSE;
          memo_rows_andnot (&rows, &unwanted);
        }
      reason = make_reason (index, spans);
      if (!memo_hits_fill (hits, index, database, &rows, reason, limit, error))
        return FALSE;
    }
  g_ptr_array_sort (hits, compare_hits);
  if (hits->len > limit)
    g_ptr_array_set_size (hits, limit);
  return TRUE;
}
