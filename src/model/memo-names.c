#include "memo-names.h"

#include <string.h>

#include "store/memo-query.h"

#define N_KINDS 3

static const MemoKind kinds[N_KINDS] = { MEMO_KIND_SECTOR, MEMO_KIND_PARTY, MEMO_KIND_BODY };

typedef struct
{
  MemoRecord *record;
  char *name;
  GPtrArray *words; /* of GStrv */
} Name;

struct _MemoNames
{
  GPtrArray *records[N_KINDS]; /* those that were read, of MemoRecord; NULL: none yet */
  GPtrArray *names[N_KINDS];   /* of Name */
};

static void
name_free (gpointer data)
{
  Name *name = data;

  g_object_unref (name->record);
  g_free (name->name);
  g_ptr_array_unref (name->words);
  g_free (name);
}

MemoNames *
memo_names_new (void)
{
  return g_atomic_rc_box_new0 (MemoNames);
}

MemoNames *
memo_names_ref (MemoNames *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
names_clear (gpointer data)
{
  MemoNames *self = data;

  for (guint i = 0; i < N_KINDS; i++)
    {
      g_clear_pointer (&self->records[i], g_ptr_array_unref);
      g_clear_pointer (&self->names[i], g_ptr_array_unref);
    }
}

void
memo_names_unref (MemoNames *self)
{
  g_atomic_rc_box_release_full (self, names_clear);
}

static void
add_name (GPtrArray *names, MemoRecord *record, const char *text)
{
  Name *name;

  if (text == NULL || *text == '\0')
    return;
  for (guint i = names->len; i > 0; i--)
    {
      Name *known = names->pdata[i - 1];

      if (known->record != record)
        break;
      if (strcmp (known->name, text) == 0)
        return;
    }
  name = g_new0 (Name, 1);
  name->record = g_object_ref (record);
  name->name = g_strdup (text);
  name->words = memo_query_forms (text);
  g_ptr_array_add (names, name);
}

/* All languages of {"en":…}. */
static void
add_names (GPtrArray *names, MemoRecord *record, const char *json)
{
  g_autoptr (JsonNode) root = json != NULL ? json_from_string (json, NULL) : NULL;
  g_autoptr (GList) members = NULL;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return;
  members = json_object_get_values (json_node_get_object (root));
  for (GList *link = members; link != NULL; link = link->next)
    if (json_node_get_value_type (link->data) == G_TYPE_STRING)
      add_name (names, record, json_node_get_string (link->data));
}

static void
add_record (GPtrArray *names, MemoRecord *record)
{
  const char *const *aliases;

  switch (memo_record_get_kind (record))
    {
    case MEMO_KIND_SECTOR:
      add_names (names, record, memo_record_get_text (record, MEMO_SECTOR_NAMES));
      break;
    case MEMO_KIND_BODY:
      add_name (names, record, memo_record_get_text (record, MEMO_BODY_NAME));
      add_name (names, record, memo_record_get_text (record, MEMO_BODY_ACRONYM));
      add_names (names, record, memo_record_get_text (record, MEMO_BODY_NAMES));
      break;
    case MEMO_KIND_PARTY:
    default:
      add_name (names, record, memo_record_get_text (record, MEMO_PARTY_NAME));
      add_names (names, record, memo_record_get_text (record, MEMO_PARTY_NAMES));
      aliases = memo_record_get_texts (record, MEMO_PARTY_ALIASES);
      for (guint i = 0; aliases[i] != NULL; i++)
        add_name (names, record, aliases[i]);
    }
}

void
memo_names_refresh (MemoNames *self, MemoIndex *index)
{
  for (guint i = 0; i < N_KINDS; i++)
    {
      GPtrArray *records = memo_index_get_records (index, kinds[i]);

      /* Snapshots share what did not change. */
      if (records == self->records[i])
        continue;
      g_clear_pointer (&self->records[i], g_ptr_array_unref);
      g_clear_pointer (&self->names[i], g_ptr_array_unref);
      self->names[i] = g_ptr_array_new_with_free_func (name_free);
      self->records[i] = records != NULL ? g_ptr_array_ref (records) : NULL;
      for (guint k = 0; records != NULL && k < records->len; k++)
        add_record (self->names[i], records->pdata[k]);
    }
}

/* How alike two words are. */
typedef enum
{
  NOT_ALIKE,
  BEGINNING,
  INFLECTED,
  SAME
} Likeness;

static Likeness
compare_words (GStrv word, GStrv of_name, gboolean unfinished)
{
  if (strcmp (word[0], of_name[0]) == 0)
    return SAME;
  for (guint i = 0; word[i] != NULL; i++)
    for (guint k = 0; of_name[k] != NULL; k++)
      if (strcmp (word[i], of_name[k]) == 0)
        return INFLECTED;
  return unfinished && g_str_has_prefix (of_name[0], word[0]) ? BEGINNING : NOT_ALIKE;
}

/* A word that stands in many names says nothing about any of them. */
static gboolean
is_telling (GStrv word)
{
  static const char *const empty[] = { "and", "the", "for", "ile", "для", NULL };

  return g_utf8_strlen (word[0], -1) >= 3 && !g_strv_contains (empty, word[0]);
}

static gboolean
is_better (const MemoNamed *a, const MemoNamed *b)
{
  if (a->n != b->n)
    return a->n > b->n;
  if (a->size != b->size)
    return a->size < b->size;
  return a->exact && !b->exact;
}

/* The longest run of the query's words in the name. FALSE: none worth having. */
static gboolean
find_run (const Name *name, GPtrArray *words, gboolean unfinished, MemoNamed *ret_named)
{
  MemoNamed best = { name->record, name->name, 0, 0, name->words->len, FALSE, FALSE };

  for (guint first = 0; first < words->len; first++)
    for (guint start = 0; start < name->words->len; start++)
      {
        MemoNamed run = best;

        run.first = first;
        run.n = 0;
        run.exact = TRUE;
        while (first + run.n < words->len && start + run.n < name->words->len)
          {
            gboolean open = unfinished && first + run.n + 1 == words->len;
            Likeness likeness = compare_words (words->pdata[first + run.n], name->words->pdata[start + run.n], open);

            if (likeness == NOT_ALIKE)
              break;
            run.exact &= likeness == SAME;
            run.inflected |= likeness == INFLECTED;
            run.n++;
          }
        if (run.n > 0 && is_better (&run, &best))
          best = run;
      }
  if (best.n == 0)
    return FALSE;
  /* One word out of several. */
  if (best.n == 1 && best.size > 1 && !is_telling (words->pdata[best.first]) && !(unfinished && words->len == 1))
    return FALSE;
  *ret_named = best;
  return TRUE;
}

static int
compare_named (gconstpointer a, gconstpointer b)
{
  const MemoNamed *first = a, *second = b;
  guint covered = first->n * second->size, other = second->n * first->size;

  if (first->n != second->n)
    return first->n > second->n ? -1 : 1;
  if (covered != other)
    return covered > other ? -1 : 1;
  if (first->exact != second->exact)
    return first->exact ? -1 : 1;
  return 0;
}

GArray *
memo_names_find (MemoNames *self, GPtrArray *words, gboolean unfinished)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (MemoNamed));

  for (guint i = 0; i < N_KINDS; i++)
    {
      guint mine = found->len;

      for (guint k = 0; self->names[i] != NULL && k < self->names[i]->len; k++)
        {
          MemoNamed named;
          MemoNamed *last = found->len > mine ? &g_array_index (found, MemoNamed, found->len - 1) : NULL;

          if (!find_run (self->names[i]->pdata[k], words, unfinished, &named))
            continue;
          if (last == NULL || last->record != named.record)
            g_array_append_val (found, named);
          else if (is_better (&named, last))
            *last = named;
        }
    }
  g_array_sort (found, compare_named);
  return found;
}
