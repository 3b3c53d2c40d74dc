#include "memo-indexer.h"

#define SLICE 500

/* In this order everything is read: what lists and the timeline show, then what stands behind it, which is the most. */
static const MemoKind order[] = {
  MEMO_KIND_SECTOR, MEMO_KIND_PARTY, MEMO_KIND_BODY,      MEMO_KIND_FILTER,     MEMO_KIND_ARTICLE,  MEMO_KIND_AGREEMENT,
  MEMO_KIND_EVENT,  MEMO_KIND_NOTE,  MEMO_KIND_FOLLOW_UP, MEMO_KIND_ANNOTATION, MEMO_KIND_EVIDENCE,
};
G_STATIC_ASSERT (G_N_ELEMENTS (order) == MEMO_N_KINDS);

struct _MemoIndexer
{
  gatomicrefcount refs;
  MemoDict *dict;
  MemoIndex *index;
  guint64 serial;
  /* While everything is read: what is read so far, and where. */
  MemoIndexBuilder *reading;
  guint place; /* in the order */
  gint64 after;
};

MemoIndexer *
memo_indexer_new (void)
{
  MemoIndexer *self = g_new0 (MemoIndexer, 1);

  g_atomic_ref_count_init (&self->refs);
  self->dict = memo_dict_new ();
  return self;
}

MemoIndexer *
memo_indexer_ref (MemoIndexer *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
memo_indexer_unref (MemoIndexer *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->reading, memo_index_builder_free);
  g_clear_object (&self->index);
  memo_dict_unref (self->dict);
  g_free (self);
}

void
memo_indexer_start (MemoIndexer *self)
{
  g_clear_pointer (&self->reading, memo_index_builder_free);
  self->reading = memo_index_builder_new (NULL, self->dict);
  self->place = 0;
  self->after = 0;
}

static void
take_index (MemoIndexer *self, MemoIndex *index)
{
  g_set_object (&self->index, index);
  g_object_unref (index);
  self->serial++;
}

/* The first time, people need not wait for the many annotations to see the rest. */
static void
show_early (MemoIndexer *self)
{
  take_index (self, memo_index_builder_end (self->reading));
  self->reading = memo_index_builder_new (self->index, self->dict);
}

gboolean
memo_indexer_slice (MemoIndexer *self, MemoDatabase *database, gboolean *ret_done, GError **error)
{
  g_autoptr (GPtrArray) records = NULL;

  if (self->reading == NULL)
    {
      *ret_done = TRUE;
      return TRUE;
    }
  records = memo_database_scan_fields (database, order[self->place], memo_index_row_fields (order[self->place]),
                                       self->after, SLICE, error);
  if (records == NULL)
    return FALSE;
  if (self->index == NULL && order[self->place] == MEMO_KIND_ANNOTATION && records->len == SLICE)
    show_early (self);
  for (guint i = 0; i < records->len; i++)
    memo_index_builder_put (self->reading, g_ptr_array_index (records, i));
  if (records->len == SLICE)
    self->after = memo_record_get_id (g_ptr_array_index (records, records->len - 1));
  else
    {
      self->place++;
      self->after = 0;
    }
  *ret_done = self->place == G_N_ELEMENTS (order);
  if (*ret_done)
    take_index (self, memo_index_builder_end (g_steal_pointer (&self->reading)));
  return TRUE;
}

static gboolean
update_kind (MemoIndexer *self,
             MemoDatabase *database,
             MemoIndexBuilder *builder,
             MemoKind kind,
             GArray *ids,
             GError **error)
{
  g_autoptr (GPtrArray) records =
      memo_database_read (database, kind, (const gint64 *) (gpointer) ids->data, ids->len, FALSE, error);

  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      MemoRecord *record = g_ptr_array_index (records, i);
      gint64 id = g_array_index (ids, gint64, i);

      if (record != NULL)
        memo_index_builder_put (builder, record);
      else
        memo_index_builder_remove (builder, kind, id);
      if (self->reading == NULL)
        continue;
      if (record != NULL)
        memo_index_builder_put (self->reading, record);
      else
        memo_index_builder_remove (self->reading, kind, id);
    }
  return TRUE;
}

gboolean
memo_indexer_update (MemoIndexer *self, MemoDatabase *database, MemoNotice *notice, GError **error)
{
  GArray *touched = memo_notice_get_touched (notice);
  g_autoptr (MemoIndexBuilder) builder = NULL;

  if (memo_notice_is_everything (notice))
    {
      memo_indexer_start (self);
      return TRUE;
    }
  builder = memo_index_builder_new (self->index, self->dict);
  for (MemoKind kind = 0; kind < MEMO_N_KINDS; kind++)
    {
      g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

      for (guint i = 0; i < touched->len; i++)
        if (g_array_index (touched, MemoTouched, i).kind == kind)
          g_array_append_val (ids, g_array_index (touched, MemoTouched, i).id);
      if (ids->len > 0 && !update_kind (self, database, builder, kind, ids, error))
        return FALSE;
    }
  take_index (self, memo_index_builder_end (g_steal_pointer (&builder)));
  return TRUE;
}

MemoIndex *
memo_indexer_ref_index (MemoIndexer *self, guint64 *ret_serial)
{
  *ret_serial = self->serial;
  return self->index != NULL ? g_object_ref (self->index) : NULL;
}
