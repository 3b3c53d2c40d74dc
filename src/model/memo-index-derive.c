#include "memo-index-private.h"

#include <string.h>

/* What follows from the rows: relations, the lists of small records, the names under which people find them. */

void
memo_relation_unref (MemoRelation *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->offsets);
  g_free (self->values);
  g_free (self);
}

MemoRelation *
memo_relation_new (const guint32 *pairs, gsize n_pairs, guint n_keys)
{
  MemoRelation *self = g_new0 (MemoRelation, 1);

  g_atomic_ref_count_init (&self->refs);
  self->n = n_keys;
  self->offsets = g_new0 (guint32, n_keys + 2);
  self->values = g_new (guint32, n_pairs + 1);
  for (gsize i = 0; i < n_pairs; i++)
    self->offsets[pairs[2 * i] + 2]++;
  for (guint key = 1; key < n_keys + 1; key++)
    self->offsets[key + 1] += self->offsets[key];
  /* offsets[key + 1] is where the next value of key goes; afterwards it is where those of key + 1 begin */
  for (gsize i = 0; i < n_pairs; i++)
    self->values[self->offsets[pairs[2 * i] + 1]++] = pairs[2 * i + 1];
  return self;
}

static void
add_pair (GArray *pairs, guint32 key, guint32 value)
{
  guint32 pair[2] = { key, value };

  if (key != 0 && value != 0)
    g_array_append_vals (pairs, pair, 2);
}

static void
take_relation (MemoIndex *self, MemoRelationType type, GArray *pairs)
{
  g_clear_pointer (&self->relations[type], memo_relation_unref);
  self->relations[type] =
      memo_relation_new ((guint32 *) (gpointer) pairs->data, pairs->len / 2, memo_dict_get_size (self->dict));
  g_array_set_size (pairs, 0);
}

typedef gboolean (*RowLess) (const MemoIndexRow *a, const MemoIndexRow *b);

static gboolean
annotation_less (const MemoIndexRow *a, const MemoIndexRow *b)
{
  return a->position != b->position ? a->position < b->position : a->id < b->id;
}

static gboolean
follow_up_less (const MemoIndexRow *a, const MemoIndexRow *b)
{
  if (a->spanned != b->spanned)
    return a->spanned;
  return a->first != b->first ? a->first < b->first : a->id < b->id;
}

/* Sorts the values of each key; they are few and mostly in order. */
static void
sort_relation (MemoIndex *self, MemoRelation *relation, RowLess less)
{
  for (guint key = 0; key < relation->n; key++)
    for (guint32 i = relation->offsets[key] + 1; i < relation->offsets[key + 1]; i++)
      {
        guint32 value = relation->values[i];
        MemoIndexRow *row = memo_index_row (self, value);
        guint32 place = i;

        while (place > relation->offsets[key] && less (row, memo_index_row (self, relation->values[place - 1])))
          {
            relation->values[place] = relation->values[place - 1];
            place--;
          }
        relation->values[place] = value;
      }
}

static void
add_owned (MemoIndex *self, GArray *pairs, MemoKind kind)
{
  roaring_uint32_iterator_t iter;

  for (roaring_init_iterator (memo_index_live (self, kind), &iter); iter.has_value;
       roaring_advance_uint32_iterator (&iter))
    add_pair (pairs, memo_index_row (self, iter.current_value)->owner, iter.current_value);
}

/* An annotation shows while its article is there. */
static void
derive_annotations (MemoIndex *self, GArray *pairs)
{
  MemoBits *live = memo_bits_new ();
  roaring_uint32_iterator_t iter;

  for (roaring_init_iterator (self->annotations->bitmap, &iter); iter.has_value;
       roaring_advance_uint32_iterator (&iter))
    {
      guint article = memo_index_row (self, iter.current_value)->owner;

      if (memo_index_row_of (self, MEMO_KIND_ARTICLE, article) == NULL)
        continue;
      roaring_bitmap_add (live->bitmap, iter.current_value);
      add_pair (pairs, article, iter.current_value);
    }
  memo_bits_unref (self->live[MEMO_KIND_ANNOTATION]);
  self->live[MEMO_KIND_ANNOTATION] = live;
  take_relation (self, MEMO_RELATION_ANNOTATIONS, pairs);
  sort_relation (self, self->relations[MEMO_RELATION_ANNOTATIONS], annotation_less);
}

static void
derive_evidence (MemoIndex *self, GArray *pairs)
{
  g_autoptr (GArray) targets = g_array_new (FALSE, FALSE, sizeof (guint32));
  roaring_uint32_iterator_t iter;

  for (roaring_init_iterator (memo_index_live (self, MEMO_KIND_EVIDENCE), &iter); iter.has_value;
       roaring_advance_uint32_iterator (&iter))
    {
      const MemoIndexRow *evidence = memo_index_row (self, iter.current_value);
      const MemoIndexRow *follow_up = memo_index_row_of (self, MEMO_KIND_FOLLOW_UP, evidence->owner);

      add_pair (pairs, evidence->owner, evidence->other);
      if (follow_up != NULL)
        add_pair (pairs, follow_up->owner, evidence->other);
      add_pair (targets, evidence->other, follow_up != NULL ? follow_up->owner : evidence->owner);
    }
  take_relation (self, MEMO_RELATION_EVIDENCE, pairs);
  take_relation (self, MEMO_RELATION_TARGETS, targets);
}

static int
compare_named (gconstpointer a, gconstpointer b)
{
  const MemoIndexRow *x = *(const MemoIndexRow *const *) a;
  const MemoIndexRow *y = *(const MemoIndexRow *const *) b;
  int order = 0;

  if (x->kind == MEMO_KIND_SECTOR && x->position != y->position)
    return x->position < y->position ? -1 : 1;
  if (x->kind == MEMO_KIND_FOLLOW_UP)
    return follow_up_less (x, y) ? -1 : 1;
  if (x->key != NULL && y->key != NULL)
    order = strcmp (x->key, y->key);
  else if (x->key != y->key)
    return x->key != NULL ? -1 : 1;
  if (order == 0)
    order = x->id < y->id ? -1 : x->id > y->id;
  return order;
}

/* Puts @rows, which are in sibling order, on top of @stack so that the first comes off first. */
static void
push_siblings (GPtrArray *stack, GPtrArray *rows)
{
  for (guint i = rows != NULL ? rows->len : 0; i > 0; i--)
    g_ptr_array_add (stack, g_ptr_array_index (rows, i - 1));
}

static void
take_branches (GPtrArray *stack, GHashTable *below, GHashTable *done, GPtrArray *result)
{
  while (stack->len > 0)
    {
      MemoIndexRow *row = g_ptr_array_steal_index (stack, stack->len - 1);

      if (!g_hash_table_add (done, row))
        continue;
      g_ptr_array_add (result, row);
      push_siblings (stack, g_hash_table_lookup (below, GUINT_TO_POINTER (row->node)));
    }
}

/* Sectors in tree order. Those below a sector that is gone, then those in a circle, stand at the end, as roots. */
static GPtrArray *
tree_order (MemoIndex *self, GPtrArray *rows)
{
  g_autoptr (GHashTable) below = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GHashTable) done = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) stack = g_ptr_array_new ();
  GPtrArray *result = g_ptr_array_new ();

  for (guint i = 0; i < rows->len; i++)
    {
      MemoIndexRow *row = g_ptr_array_index (rows, i);
      GPtrArray *siblings = g_hash_table_lookup (below, GUINT_TO_POINTER (row->owner));

      if (siblings == NULL)
        {
          siblings = g_ptr_array_new ();
          g_hash_table_insert (below, GUINT_TO_POINTER (row->owner), siblings);
        }
      g_ptr_array_add (siblings, row);
    }
  push_siblings (stack, g_hash_table_lookup (below, NULL));
  take_branches (stack, below, done, result);
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < rows->len; i++)
      {
        MemoIndexRow *row = g_ptr_array_index (rows, i);

        if (pass == 0 && memo_index_row_of (self, MEMO_KIND_SECTOR, row->owner) != NULL)
          continue;
        g_ptr_array_add (stack, row);
        take_branches (stack, below, done, result);
      }
  return result;
}

static GPtrArray *
sorted_rows (MemoIndex *self, MemoKind kind)
{
  GPtrArray *rows = g_ptr_array_new ();
  roaring_uint32_iterator_t iter;

  for (roaring_init_iterator (memo_index_live (self, kind), &iter); iter.has_value;
       roaring_advance_uint32_iterator (&iter))
    g_ptr_array_add (rows, memo_index_row (self, iter.current_value));
  g_ptr_array_sort (rows, compare_named);
  if (kind == MEMO_KIND_SECTOR)
    {
      GPtrArray *ordered = tree_order (self, rows);

      g_ptr_array_unref (rows);
      rows = ordered;
    }
  return rows;
}

static int
compare_found (gconstpointer a, gconstpointer b)
{
  const MemoIndexRow *x = *(const MemoIndexRow *const *) a;
  const MemoIndexRow *y = *(const MemoIndexRow *const *) b;

  return x->id < y->id ? -1 : x->id > y->id;
}

/* Enters the names @from and following, below @to, of each row under which nothing is found yet. */
static void
enter_names (GHashTable *table, GPtrArray *rows, gboolean persons, guint from, guint to)
{
  for (guint i = 0; i < rows->len; i++)
    {
      MemoIndexRow *row = g_ptr_array_index (rows, i);
      guint n = g_strv_length (row->names);

      for (guint k = from; row->person == persons && k < MIN (n, to); k++)
        if (!g_hash_table_contains (table, row->names[k]))
          g_hash_table_insert (table, row->names[k], memo_index_row_ref (row));
    }
}

/* A state wins over a person, a code over a name, a name over further ones, an older record over a newer one. */
static GHashTable *
find_table (GPtrArray *rows)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) memo_index_row_unref);
  g_autoptr (GPtrArray) order = g_ptr_array_sized_new (rows->len);

  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (order, g_ptr_array_index (rows, i));
  g_ptr_array_sort (order, compare_found);
  for (gboolean persons = FALSE; persons <= TRUE; persons++)
    {
      enter_names (table, order, persons, 0, 1);
      enter_names (table, order, persons, 1, 2);
      enter_names (table, order, persons, 2, G_MAXUINT);
    }
  return table;
}

static void
derive_records (MemoIndex *self, MemoKind kind)
{
  g_autoptr (GPtrArray) rows = sorted_rows (self, kind);

  g_clear_pointer (&self->records[kind], g_ptr_array_unref);
  self->records[kind] = g_ptr_array_new_full (rows->len, g_object_unref);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (self->records[kind], g_object_ref (((MemoIndexRow *) g_ptr_array_index (rows, i))->record));
  if (kind == MEMO_KIND_PARTY || kind == MEMO_KIND_SECTOR || kind == MEMO_KIND_BODY)
    {
      g_clear_pointer (&self->names[kind], g_hash_table_unref);
      self->names[kind] = find_table (rows);
    }
}

void
memo_index_derive (MemoIndex *self,
                   const gboolean changed_kinds[MEMO_N_KINDS],
                   const gboolean changed_relations[MEMO_N_RELATIONS])
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (guint32));

  if (changed_relations[MEMO_RELATION_ANNOTATIONS])
    derive_annotations (self, pairs);
  if (changed_relations[MEMO_RELATION_EVIDENCE])
    derive_evidence (self, pairs);
  if (changed_relations[MEMO_RELATION_FOLLOW_UPS])
    {
      add_owned (self, pairs, MEMO_KIND_FOLLOW_UP);
      take_relation (self, MEMO_RELATION_FOLLOW_UPS, pairs);
      sort_relation (self, self->relations[MEMO_RELATION_FOLLOW_UPS], follow_up_less);
    }
  if (changed_relations[MEMO_RELATION_CHILDREN])
    {
      add_owned (self, pairs, MEMO_KIND_AGREEMENT);
      add_owned (self, pairs, MEMO_KIND_SECTOR);
      take_relation (self, MEMO_RELATION_CHILDREN, pairs);
    }
  for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
    if (changed_kinds[kind] && memo_kind_is_small (kind))
      derive_records (self, kind);
}
