#include "memo-register-open.h"

struct _MemoRegisterOpen
{
  GHashTable *ids;
  MemoFilter *filter; /* of the last order; nullable */
  GArray *by_filter;  /* ids that are open because of it */
};

MemoRegisterOpen *
memo_register_open_new (void)
{
  MemoRegisterOpen *self = g_new0 (MemoRegisterOpen, 1);

  self->ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->by_filter = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

void
memo_register_open_free (MemoRegisterOpen *self)
{
  g_hash_table_unref (self->ids);
  g_clear_object (&self->filter);
  g_array_unref (self->by_filter);
  g_free (self);
}

gboolean
memo_register_open_has (MemoRegisterOpen *self, gint64 package)
{
  return g_hash_table_contains (self->ids, &package);
}

GHashTable *
memo_register_open_get_ids (MemoRegisterOpen *self)
{
  return self->ids;
}

static gboolean
add (MemoRegisterOpen *self, gint64 package)
{
  return g_hash_table_add (self->ids, g_memdup2 (&package, sizeof package));
}

void
memo_register_open_toggle (MemoRegisterOpen *self, gint64 package)
{
  if (!g_hash_table_remove (self->ids, &package))
    add (self, package);
}

void
memo_register_open_toggle_all (MemoRegisterOpen *self, MemoRegisterOrder *order)
{
  g_autoptr (GArray) packages = memo_register_order_get_packages (order);
  gboolean any = g_hash_table_size (self->ids) > 0;

  g_hash_table_remove_all (self->ids);
  for (guint i = 0; !any && i < packages->len; i++)
    add (self, g_array_index (packages, gint64, i));
}

void
memo_register_open_clear (MemoRegisterOpen *self)
{
  g_hash_table_remove_all (self->ids);
  g_clear_object (&self->filter);
  g_array_set_size (self->by_filter, 0);
}

void
memo_register_open_follow (MemoRegisterOpen *self, MemoFilter *filter, MemoRegisterOrder *order)
{
  g_autoptr (GArray) packages = NULL;

  if (self->filter && memo_filter_equal (self->filter, filter))
    return;
  g_set_object (&self->filter, filter);
  for (guint i = 0; i < self->by_filter->len; i++)
    g_hash_table_remove (self->ids, &g_array_index (self->by_filter, gint64, i));
  g_array_set_size (self->by_filter, 0);
  if (memo_filter_is_empty (filter))
    return;
  packages = memo_register_order_get_packages (order);
  for (guint i = 0; i < packages->len; i++)
    if (add (self, g_array_index (packages, gint64, i)))
      g_array_append_val (self->by_filter, g_array_index (packages, gint64, i));
}
