#include "memo-register-order.h"

#include "model/memo-packages.h"

#define DEEPEST 8 /* packages of packages; a circle in damaged data ends here */

struct _MemoRegisterOrder
{
  GArray *roots;
  GHashTable *children; /* package → GArray of ids */
  GHashTable *parents;  /* id → id of its package */
};

static gint64 *
copy_id (gint64 id)
{
  return g_memdup2 (&id, sizeof id);
}

/* TRUE when following the packages upwards from @id comes back to it, or does not end. */
static gboolean
is_circular (MemoIndex *index, gint64 id)
{
  gint64 above = id;

  for (int depth = 0; depth < DEEPEST; depth++)
    {
      above = memo_index_get_package (index, above);
      if (above == 0)
        return FALSE;
    }
  return TRUE;
}

MemoRegisterOrder *
memo_register_order_new (MemoSelection *selection, MemoSort sort, gboolean descending)
{
  MemoRegisterOrder *self = g_new0 (MemoRegisterOrder, 1);
  MemoIndex *index = memo_selection_get_index (selection);
  g_autoptr (GArray) ids = memo_selection_get_ids (selection, MEMO_KIND_AGREEMENT, sort, descending);

  self->roots = g_array_sized_new (FALSE, FALSE, sizeof (gint64), ids->len);
  self->children = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_array_unref);
  self->parents = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i), package = memo_index_get_package (index, id);
      GArray *children;

      if (package == 0 || !memo_selection_contains (selection, MEMO_KIND_AGREEMENT, package) || is_circular (index, id))
        {
          g_array_append_val (self->roots, id);
          continue;
        }
      children = g_hash_table_lookup (self->children, &package);
      if (!children)
        {
          children = g_array_new (FALSE, FALSE, sizeof (gint64));
          g_hash_table_insert (self->children, copy_id (package), children);
        }
      g_array_append_val (children, id);
      g_hash_table_insert (self->parents, copy_id (id), copy_id (package));
    }
  return self;
}

void
memo_register_order_free (MemoRegisterOrder *self)
{
  g_array_unref (self->roots);
  g_hash_table_unref (self->children);
  g_hash_table_unref (self->parents);
  g_free (self);
}

GArray *
memo_register_order_get_roots (MemoRegisterOrder *self)
{
  return self->roots;
}

guint
memo_register_order_get_n_children (MemoRegisterOrder *self, gint64 package)
{
  GArray *children = g_hash_table_lookup (self->children, &package);

  return children ? children->len : 0;
}

gint64
memo_register_order_get_parent (MemoRegisterOrder *self, gint64 id)
{
  gint64 *parent = g_hash_table_lookup (self->parents, &id);

  return parent ? *parent : 0;
}

guint
memo_register_order_get_depth (MemoRegisterOrder *self, gint64 id)
{
  guint depth = 0;

  while ((id = memo_register_order_get_parent (self, id)) != 0 && depth < DEEPEST)
    depth++;
  return depth;
}

GArray *
memo_register_order_get_packages (MemoRegisterOrder *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->children);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_array_append_vals (ids, key, 1);
  return ids;
}

static void
append (MemoRegisterOrder *self, GHashTable *open, GArray *from, GArray *to)
{
  for (guint i = 0; i < from->len; i++)
    {
      gint64 id = g_array_index (from, gint64, i);
      GArray *children;

      g_array_append_val (to, id);
      if (g_hash_table_contains (open, &id) && (children = g_hash_table_lookup (self->children, &id)))
        append (self, open, children, to);
    }
}

GArray *
memo_register_order_flatten (MemoRegisterOrder *self, GHashTable *open)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), self->roots->len);

  if (g_hash_table_size (open) == 0)
    g_array_append_vals (ids, self->roots->data, self->roots->len);
  else
    append (self, open, self->roots, ids);
  return ids;
}
