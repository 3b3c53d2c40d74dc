#include "memo-digest.h"

#include "memo-index-private.h"
#include "memo-worker.h"

/* Facets of what an agreement says of itself. */
static const MemoFacet own[] = { MEMO_FACET_SECTOR, MEMO_FACET_PARTY, MEMO_FACET_STATUS,
                                 MEMO_FACET_KIND,   MEMO_FACET_TAG,   MEMO_FACET_BODY };

static void
take_date (MemoDigest *self, MemoDate *date)
{
  if (date == NULL)
    {
      self->undated++;
      return;
    }
  if (self->earliest == NULL || memo_date_compare (date, self->earliest) < 0)
    {
      g_clear_pointer (&self->earliest, memo_date_unref);
      self->earliest = memo_date_ref (date);
    }
  if (self->latest == NULL || memo_date_compare (date, self->latest) > 0)
    {
      g_clear_pointer (&self->latest, memo_date_unref);
      self->latest = memo_date_ref (date);
    }
}

static void
clear_count (gpointer data)
{
  g_free ((char *) ((MemoFacetCount *) data)->value);
}

/* Most first; of as many in the order of their values, so that the same is always said the same way. */
static int
compare_counts (gconstpointer a, gconstpointer b)
{
  const MemoFacetCount *x = a, *y = b;

  if (x->count != y->count)
    return x->count > y->count ? -1 : 1;
  return g_strcmp0 (x->value, y->value);
}

static GArray *
list_counts (MemoIndex *index, GHashTable *counts)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (MemoFacetCount));
  GHashTableIter iter;
  gpointer node, count;

  g_array_set_clear_func (list, clear_count);
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &node, &count))
    {
      MemoFacetCount one = { .value = g_strdup (memo_dict_get (index->dict, GPOINTER_TO_UINT (node))),
                             .count = GPOINTER_TO_UINT (count) };

      g_array_append_val (list, one);
    }
  g_array_sort (list, compare_counts);
  return list;
}

/* Cancelled, it is of some of them only. */
static MemoDigest *
make_digest (MemoIndex *index, GArray *agreements, GCancellable *cancellable)
{
  MemoDigest *self = g_new0 (MemoDigest, 1);
  GHashTable *counts[G_N_ELEMENTS (own)];

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    counts[i] = g_hash_table_new (NULL, NULL);
  for (guint k = 0; k < agreements->len && !g_cancellable_is_cancelled (cancellable); k++)
    {
      MemoIndexRow *row = memo_index_row_by_id (index, MEMO_KIND_AGREEMENT, g_array_index (agreements, gint64, k));

      if (row == NULL)
        continue;
      self->n++;
      take_date (self, row->about->when);
      for (guint i = 0; i < G_N_ELEMENTS (own); i++)
        {
          guint n;
          const guint32 *values = memo_index_row_get_values (row, own[i], &n);

          for (guint v = 0; v < n; v++)
            {
              gpointer node = GUINT_TO_POINTER (values[v]);
              guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts[i], node));

              g_hash_table_insert (counts[i], node, GUINT_TO_POINTER (count + 1));
            }
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    {
      self->values[own[i]] = list_counts (index, counts[i]);
      g_hash_table_unref (counts[i]);
    }
  return self;
}

MemoDigest *
memo_digest_new (MemoIndex *index, GArray *agreements)
{
  return make_digest (index, agreements, NULL);
}

static void
digest_thread (GTask *task, gpointer source, gpointer agreements, GCancellable *cancellable)
{
  g_task_return_pointer (task, make_digest (source, agreements, cancellable), (GDestroyNotify) memo_digest_free);
}

void
memo_digest_new_async (MemoIndex *index,
                       GArray *agreements,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (index, cancellable, callback, user_data);

  g_task_set_source_tag (task, memo_digest_new_async);
  g_task_set_task_data (task, g_array_ref (agreements), (GDestroyNotify) g_array_unref);
  memo_worker_run (task, digest_thread);
}

MemoDigest *
memo_digest_new_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, memo_digest_new_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
memo_digest_free (MemoDigest *self)
{
  g_clear_pointer (&self->earliest, memo_date_unref);
  g_clear_pointer (&self->latest, memo_date_unref);
  for (guint facet = 0; facet < MEMO_N_FACETS; facet++)
    g_clear_pointer (&self->values[facet], g_array_unref);
  g_free (self);
}

guint
memo_digest_count (MemoDigest *self, MemoFacet facet, const char *value)
{
  GArray *values = self->values[facet];

  for (guint i = 0; values != NULL && i < values->len; i++)
    if (g_str_equal (g_array_index (values, MemoFacetCount, i).value, value))
      return g_array_index (values, MemoFacetCount, i).count;
  return 0;
}

GStrv
memo_digest_dup_values (MemoDigest *self, MemoFacet facet, guint least)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GArray *values = self->values[facet];

  for (guint i = 0; values != NULL && i < values->len; i++)
    if (g_array_index (values, MemoFacetCount, i).count >= least)
      g_strv_builder_add (builder, g_array_index (values, MemoFacetCount, i).value);
  return g_strv_builder_end (builder);
}
