#include "memo-record-list.h"

/* Rows exist for the positions that somebody has asked for. The list knows them without owning them: they go when the last
 * view lets go of them, and are the same objects as long as one has them. Records come by the page. */

#define PAGE 64
#define SPLICE 32        /* where more rows than these are replaced at once, they are given other records */
#define RECORDS_MAX 4096 /* kept for rows that come back */

enum
{
  PROP_ROW_0,
  PROP_ROW_RECORD,
  N_ROW_PROPS
};
static GParamSpec *row_props[N_ROW_PROPS];

struct _MemoRow
{
  GObject parent_instance;
  gint64 id;
  guint position; /* G_MAXUINT: it is not in the list any more */
  MemoRecord *record;
};

G_DEFINE_FINAL_TYPE (MemoRow, memo_row, G_TYPE_OBJECT)

struct _MemoRecordList
{
  GObject parent_instance;
  MemoLibrary *library;
  MemoKind kind;
  GArray *ids;
  GHashTable *rows;      /* id → MemoRow, not owned */
  GHashTable *records;   /* id → MemoRecord */
  GQueue ages;           /* ids in records, the oldest first; some may have gone */
  GHashTable *requested; /* ids on their way */
  GHashTable *places;    /* id → position + 1; made when first asked for */
};

static void list_model_init (GListModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (MemoRecordList,
                               memo_record_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* Row */

static void
memo_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MemoRow *self = MEMO_ROW (object);

  switch (prop_id)
    {
    case PROP_ROW_RECORD:
      g_value_set_object (value, self->record);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
memo_row_finalize (GObject *object)
{
  g_clear_object (&MEMO_ROW (object)->record);
  G_OBJECT_CLASS (memo_row_parent_class)->finalize (object);
}

static void
memo_row_class_init (MemoRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = memo_row_get_property;
  object_class->finalize = memo_row_finalize;
  row_props[PROP_ROW_RECORD] = g_param_spec_object ("record", NULL, NULL, MEMO_TYPE_RECORD, flags);
  g_object_class_install_properties (object_class, N_ROW_PROPS, row_props);
}

static void
memo_row_init (MemoRow *self)
{
}

gint64
memo_row_get_id (MemoRow *self)
{
  g_return_val_if_fail (MEMO_IS_ROW (self), 0);
  return self->id;
}

MemoRecord *
memo_row_get_record (MemoRow *self)
{
  g_return_val_if_fail (MEMO_IS_ROW (self), NULL);
  return self->record;
}

/* List */

static gint64
id_at (MemoRecordList *self, guint position)
{
  return g_array_index (self->ids, gint64, position);
}

static void
put_record (MemoRecordList *self, MemoRecord *record)
{
  gint64 id = memo_record_get_id (record);
  MemoRow *row = g_hash_table_lookup (self->rows, &id);

  if (!g_hash_table_contains (self->records, &id))
    g_queue_push_tail (&self->ages, g_memdup2 (&id, sizeof id));
  /* One goes as one comes: thousands at once would keep the main loop busy. */
  if (self->ages.length > RECORDS_MAX)
    {
      g_autofree gint64 *oldest = g_queue_pop_head (&self->ages);

      g_hash_table_remove (self->records, oldest);
    }
  g_hash_table_insert (self->records, g_memdup2 (&id, sizeof id), g_object_ref (record));
  if (row != NULL && g_set_object (&row->record, record))
    g_object_notify_by_pspec (G_OBJECT (row), row_props[PROP_ROW_RECORD]);
}

typedef struct
{
  MemoRecordList *list;
  GArray *ids;
} Load;

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Load *load = data;
  MemoRecordList *self = load->list;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = memo_library_load_finish (MEMO_LIBRARY (source), result, &error);

  for (guint i = 0; i < load->ids->len; i++)
    g_hash_table_remove (self->requested, &g_array_index (load->ids, gint64, i));
  if (records == NULL)
    g_message ("A page of a list could not be read: %s", error->message);
  for (guint i = 0; records != NULL && i < records->len; i++)
    if (g_ptr_array_index (records, i) != NULL)
      put_record (self, g_ptr_array_index (records, i));
  g_array_unref (load->ids);
  g_object_unref (self);
  g_free (load);
}

static void
load_ids (MemoRecordList *self, GArray *ids)
{
  Load *load;

  if (ids->len == 0)
    return;
  load = g_new0 (Load, 1);
  load->list = g_object_ref (self);
  load->ids = g_array_ref (ids);
  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (self->requested, g_memdup2 (&g_array_index (ids, gint64, i), sizeof (gint64)));
  memo_library_load_async (self->library, self->kind, ids, FALSE, NULL, loaded_cb, load);
}

static void
load_page (MemoRecordList *self, guint position)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint start = position - position % PAGE;

  for (guint i = start; i < MIN (start + PAGE, self->ids->len); i++)
    {
      gint64 id = id_at (self, i);

      if (!g_hash_table_contains (self->records, &id) && !g_hash_table_contains (self->requested, &id))
        g_array_append_val (ids, id);
    }
  load_ids (self, ids);
}

static void
row_gone_cb (gpointer data, GObject *row)
{
  MemoRecordList *self = data;

  /* Its memory is still there: weak references go before the rest of the object. */
  g_hash_table_remove (self->rows, &((MemoRow *) row)->id);
}

static gpointer
memo_record_list_get_item (GListModel *model, guint position)
{
  MemoRecordList *self = MEMO_RECORD_LIST (model);
  MemoRow *row;
  gint64 id;

  if (position >= self->ids->len)
    return NULL;
  id = id_at (self, position);
  row = g_hash_table_lookup (self->rows, &id);
  if (row != NULL)
    {
      row->position = position;
      return g_object_ref (row);
    }

  row = g_object_new (MEMO_TYPE_ROW, NULL);
  row->id = id;
  row->position = position;
  g_set_object (&row->record, g_hash_table_lookup (self->records, &id));
  g_hash_table_insert (self->rows, g_memdup2 (&id, sizeof id), row);
  g_object_weak_ref (G_OBJECT (row), row_gone_cb, self);
  if (row->record == NULL && !g_hash_table_contains (self->requested, &id))
    load_page (self, position);
  return row;
}

static GType
memo_record_list_get_item_type (GListModel *model)
{
  return MEMO_TYPE_ROW;
}

static guint
memo_record_list_get_n_items (GListModel *model)
{
  return MEMO_RECORD_LIST (model)->ids->len;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item = memo_record_list_get_item;
  iface->get_item_type = memo_record_list_get_item_type;
  iface->get_n_items = memo_record_list_get_n_items;
}

static void
changed_cb (MemoLibrary *library, MemoNotice *notice, gpointer data)
{
  MemoRecordList *self = data;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!memo_notice_touches (notice, self->kind))
    return;
  if (memo_notice_is_everything (notice))
    {
      GHashTableIter iter;
      gpointer key;

      g_hash_table_remove_all (self->records);
      g_queue_clear_full (&self->ages, g_free);
      g_hash_table_iter_init (&iter, self->rows);
      while (g_hash_table_iter_next (&iter, &key, NULL))
        g_array_append_val (ids, *(gint64 *) key);
    }
  else
    {
      GArray *touched = memo_notice_get_touched (notice);

      for (guint i = 0; i < touched->len; i++)
        {
          MemoTouched *one = &g_array_index (touched, MemoTouched, i);

          if (one->kind != self->kind)
            continue;
          g_hash_table_remove (self->records, &one->id);
          if (g_hash_table_contains (self->rows, &one->id) || g_hash_table_contains (self->requested, &one->id))
            g_array_append_val (ids, one->id);
        }
    }
  load_ids (self, ids);
}

static void
memo_record_list_finalize (GObject *object)
{
  MemoRecordList *self = MEMO_RECORD_LIST (object);
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    g_object_weak_unref (row, row_gone_cb, self);
  g_hash_table_unref (self->rows);
  g_hash_table_unref (self->records);
  g_queue_clear_full (&self->ages, g_free);
  g_hash_table_unref (self->requested);
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_array_unref (self->ids);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (memo_record_list_parent_class)->finalize (object);
}

static void
memo_record_list_class_init (MemoRecordListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = memo_record_list_finalize;
}

static void
memo_record_list_init (MemoRecordList *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->records = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  self->requested = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

MemoRecordList *
memo_record_list_new (MemoLibrary *library, MemoKind kind)
{
  MemoRecordList *self;

  g_return_val_if_fail (MEMO_IS_LIBRARY (library) && kind < MEMO_N_KINDS, NULL);
  self = g_object_new (MEMO_TYPE_RECORD_LIST, NULL);
  self->library = g_object_ref (library);
  self->kind = kind;
  g_signal_connect_object (library, "changed", G_CALLBACK (changed_cb), self, 0);
  return self;
}

void
memo_record_list_add_records (MemoRecordList *self, GPtrArray *records)
{
  g_return_if_fail (MEMO_IS_RECORD_LIST (self) && records != NULL);

  for (guint i = 0; i < records->len; i++)
    put_record (self, g_ptr_array_index (records, i));
}

/* Rows that stand at their places from @start to before @end show what stands there now. (transfer full) GPtrArray of these, which have
 * yet to notify it. */
static GPtrArray *
reuse_rows (MemoRecordList *self, GList *rows, guint start, guint end)
{
  GPtrArray *reused = g_ptr_array_new_with_free_func (g_object_unref);

  for (GList *link = rows; link != NULL; link = link->next)
    {
      MemoRow *row = link->data;

      if (row->position < start || row->position >= end)
        continue;
      g_hash_table_remove (self->rows, &row->id);
      g_ptr_array_add (reused, g_object_ref (row));
    }
  for (guint i = 0; i < reused->len; i++)
    {
      MemoRow *row = reused->pdata[i];
      GObject *other;

      row->id = id_at (self, row->position);
      g_set_object (&row->record, g_hash_table_lookup (self->records, &row->id));
      /* The list knows one row of a record: one that is not in it any more, and that somebody still has, is left to him. */
      other = g_hash_table_lookup (self->rows, &row->id);
      if (other != NULL)
        g_object_weak_unref (other, row_gone_cb, self);
      g_hash_table_insert (self->rows, g_memdup2 (&row->id, sizeof row->id), row);
    }
  return reused;
}

static void
notify_rows (MemoRecordList *self, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      MemoRow *row = rows->pdata[i];

      if (row->record == NULL && row->position < self->ids->len && !g_hash_table_contains (self->requested, &row->id))
        load_page (self, row->position);
      g_object_notify_by_pspec (G_OBJECT (row), row_props[PROP_ROW_RECORD]);
    }
}

/* What was below the splice has moved with it, what was in it has gone. */
static void
move_rows (GList *rows, guint start, guint removed, guint added)
{
  for (GList *link = rows; link != NULL; link = link->next)
    {
      MemoRow *row = link->data;

      if (row->position == G_MAXUINT || row->position < start)
        continue;
      row->position = row->position < start + removed ? G_MAXUINT : row->position - removed + added;
    }
}

static int
compare_positions (gconstpointer a, gconstpointer b)
{
  guint one = *(const guint *) a, other = *(const guint *) b;

  return one < other ? -1 : one > other;
}

/* Where the rows begin that a view shows, from @start to before @end: those around the middle one of them, for a view holds others
 * too, as that of the cursor. */
static guint
find_window (GList *rows, guint start, guint end)
{
  g_autoptr (GArray) positions = g_array_new (FALSE, FALSE, sizeof (guint));
  guint i;

  for (GList *link = rows; link != NULL; link = link->next)
    {
      guint position = ((MemoRow *) link->data)->position;

      if (position >= start && position < end)
        g_array_append_val (positions, position);
    }
  if (positions->len == 0)
    return start;
  g_array_sort (positions, compare_positions);
  for (i = positions->len / 2; i > 0; i--)
    if (g_array_index (positions, guint, i - 1) + 1 != g_array_index (positions, guint, i))
      break;
  return g_array_index (positions, guint, i);
}

/* (transfer full) the rows that somebody has */
static GList *
hold_rows (MemoRecordList *self)
{
  GList *rows = g_hash_table_get_values (self->rows);

  g_list_foreach (rows, (GFunc) (void (*) (void)) g_object_ref, NULL);
  return rows;
}

/* @removed of the ids from @start on go. */
static void
take_out (MemoRecordList *self, guint start, guint removed)
{
  g_autolist (MemoRow) rows = hold_rows (self);

  g_array_remove_range (self->ids, start, removed);
  move_rows (rows, start, removed, 0);
  g_list_model_items_changed (G_LIST_MODEL (self), start, removed, 0);
}

gboolean
memo_record_list_set_ids (MemoRecordList *self, GArray *ids)
{
  g_autolist (MemoRow) before = NULL, held = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  guint head = 0, tail = 0, shorter, removed, added, reused, above = 0;

  g_return_val_if_fail (MEMO_IS_RECORD_LIST (self) && ids != NULL, FALSE);

  shorter = MIN (self->ids->len, ids->len);
  while (head < shorter && id_at (self, head) == g_array_index (ids, gint64, head))
    head++;
  while (tail < shorter - head &&
         id_at (self, self->ids->len - 1 - tail) == g_array_index (ids, gint64, ids->len - 1 - tail))
    tail++;
  removed = self->ids->len - head - tail;
  added = ids->len - head - tail;
  if (removed == 0 && added == 0)
    return FALSE;

  /* Views let go of the rows in between and ask for them again. */
  before = hold_rows (self);
  g_clear_pointer (&self->places, g_hash_table_unref);
  reused = MIN (removed, added) > SPLICE ? MIN (removed, added) : 0;
  /* The rows that stay are those that a view has: they come to the top. */
  if (reused > 0 && removed > added)
    above = MIN (find_window (before, head, head + removed) - head, removed - added);
  if (above > 0)
    take_out (self, head, above);
  removed -= above;
  /* The view may have asked for others meanwhile. */
  held = hold_rows (self);
  g_array_unref (self->ids);
  self->ids = g_array_copy (ids);
  move_rows (held, head + reused, removed - reused, added - reused);
  rows = reuse_rows (self, held, head, head + reused);
  if (removed != reused || added != reused)
    g_list_model_items_changed (G_LIST_MODEL (self), head + reused, removed - reused, added - reused);
  notify_rows (self, rows);
  return reused > 0;
}

guint
memo_record_list_find (MemoRecordList *self, gint64 id)
{
  gpointer place;

  g_return_val_if_fail (MEMO_IS_RECORD_LIST (self), G_MAXUINT);
  if (self->places == NULL)
    {
      self->places = g_hash_table_new (g_int64_hash, g_int64_equal);
      for (guint i = 0; i < self->ids->len; i++)
        g_hash_table_insert (self->places, &g_array_index (self->ids, gint64, i), GUINT_TO_POINTER (i + 1));
    }
  place = g_hash_table_lookup (self->places, &id);
  return place != NULL ? GPOINTER_TO_UINT (place) - 1 : G_MAXUINT;
}
