#include "memo-index-private.h"

#include <string.h>

/* What follows from the rows: the lists of small records, the names under which people find them. */

static int
compare_named (gconstpointer a, gconstpointer b)
{
  const MemoIndexRow *x = *(const MemoIndexRow *const *) a;
  const MemoIndexRow *y = *(const MemoIndexRow *const *) b;
  int order = 0;

  if (x->kind == MEMO_KIND_SECTOR && x->position != y->position)
    return x->position < y->position ? -1 : 1;
  if (x->kind == MEMO_KIND_FOLLOW_UP)
    return memo_index_follow_up_less (x, y) ? -1 : 1;
  if (x->about->key != NULL && y->about->key != NULL)
    order = strcmp (x->about->key, y->about->key);
  else if (x->about->key != y->about->key)
    return x->about->key != NULL ? -1 : 1;
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
      guint n = g_strv_length (row->about->names);

      for (guint k = from; row->person == persons && k < MIN (n, to); k++)
        if (!g_hash_table_contains (table, row->about->names[k]))
          g_hash_table_insert (table, row->about->names[k], memo_index_row_ref (row));
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
    {
      const MemoIndexRow *row = g_ptr_array_index (rows, i);

      g_ptr_array_add (self->records[kind], g_object_ref (row->about->record));
    }
  if (kind == MEMO_KIND_PARTY || kind == MEMO_KIND_SECTOR || kind == MEMO_KIND_BODY)
    {
      g_clear_pointer (&self->names[kind], g_hash_table_unref);
      self->names[kind] = find_table (rows);
    }
}

void
memo_index_derive (MemoIndex *self, const gboolean changed_kinds[MEMO_N_KINDS])
{
  for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
    if (changed_kinds[kind] && memo_kind_is_small (kind))
      derive_records (self, kind);
}
