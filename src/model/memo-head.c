#include "memo-head.h"

#include "base/memo-language.h"
#include "memo-config.h"
#include "memo-index-private.h"
#include "memo-library-private.h"

#define ROWS 48 /* more than a tall window has room for */
/* Whose order it is, number of the last change, sort, descending, number of rows, ids of the first. */
#define FORMAT "(sxibuax)"

/* A window that nobody sees draws no frame. */
#define HELD_AT_MOST (G_TIME_SPAN_SECOND / 2)

struct _MemoHead
{
  GObject parent_instance;
  MemoLibrary *library;
  MemoHold *hold; /* nullable: it was shown */
  MemoKind kind;
  MemoSort sort;
  gboolean descending;
  MemoSelection *selection;
  GPtrArray *records;
  guint total;
};

G_DEFINE_FINAL_TYPE (MemoHead, memo_head, G_TYPE_OBJECT)

struct _MemoHold
{
  gatomicrefcount refs;
  GMutex mutex;
  GCond changed;
  gboolean held;
};

MemoHold *
memo_hold_new (void)
{
  MemoHold *self = g_new0 (MemoHold, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  return self;
}

MemoHold *
memo_hold_ref (MemoHold *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
memo_hold_unref (MemoHold *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self);
}

static void
set_held (MemoHold *self, gboolean held)
{
  g_mutex_lock (&self->mutex);
  self->held = held;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
}

static void
let_go_cb (GCancellable *cancellable, MemoHold *self)
{
  set_held (self, FALSE);
}

void
memo_hold_wait (MemoHold *self, GCancellable *cancellable)
{
  gint64 end = g_get_monotonic_time () + HELD_AT_MOST;
  gulong id = cancellable != NULL ? g_cancellable_connect (cancellable, G_CALLBACK (let_go_cb), self, NULL) : 0;

  g_mutex_lock (&self->mutex);
  while (self->held && g_cond_wait_until (&self->changed, &self->mutex, end))
    ;
  g_mutex_unlock (&self->mutex);
  g_cancellable_disconnect (cancellable, id);
}

void
memo_head_set_shown (MemoHead *self)
{
  g_return_if_fail (MEMO_IS_HEAD (self));
  if (self->hold == NULL)
    return;
  set_held (self->hold, FALSE);
  g_clear_pointer (&self->hold, memo_hold_unref);
}

static void
memo_head_finalize (GObject *object)
{
  MemoHead *self = MEMO_HEAD (object);

  memo_head_set_shown (self);
  g_clear_object (&self->library);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  G_OBJECT_CLASS (memo_head_parent_class)->finalize (object);
}

static void
memo_head_class_init (MemoHeadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = memo_head_finalize;
}

static void
memo_head_init (MemoHead *self)
{
}

static char *
key_of (MemoKind kind)
{
  return g_strconcat ("head-", memo_kind_get_name (kind), NULL);
}

/* Reading: in the store's thread. */

typedef struct
{
  MemoDatabase *database;
  MemoIndexBuilder *builder;
  GError *error;
} Reading;

static void
put (Reading *self, GPtrArray *records)
{
  for (guint i = 0; records != NULL && i < records->len; i++)
    if (g_ptr_array_index (records, i) != NULL)
      memo_index_builder_put (self->builder, g_ptr_array_index (records, i));
}

/* Those whose REF @field is @uuid. (transfer full) (nullable) */
static GPtrArray *
read_where (Reading *self, MemoField field, const char *uuid)
{
  GPtrArray *records =
      self->error == NULL ? memo_database_read_where (self->database, field, uuid, &self->error) : NULL;

  put (self, records);
  return records;
}

/* Those that @field of @records names. (transfer full) (nullable) */
static GPtrArray *
read_named (Reading *self, GPtrArray *records, MemoField field, MemoKind kind)
{
  g_autoptr (GHashTable) uuids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree const char **keys = NULL;
  MemoFieldType type = memo_field_get_info (field)->type;
  GPtrArray *named;

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      MemoRecord *record = g_ptr_array_index (records, i);
      const char *one = record != NULL && type == MEMO_FIELD_REF ? memo_record_get_text (record, field) : NULL;

      if (one != NULL)
        g_hash_table_add (uuids, (gpointer) one);
      else if (record != NULL && type == MEMO_FIELD_REFS)
        for (const char *const *uuid = memo_record_get_texts (record, field); *uuid != NULL; uuid++)
          g_hash_table_add (uuids, (gpointer) *uuid);
    }
  if (self->error != NULL || g_hash_table_size (uuids) == 0)
    return NULL;
  keys = (const char **) g_hash_table_get_keys_as_array (uuids, NULL);
  named = memo_database_read_uuids (self->database, kind, keys, FALSE, &self->error);
  put (self, named);
  return named;
}

static void
read_evidence (Reading *self, const char *uuid)
{
  g_autoptr (GPtrArray) evidence = read_where (self, MEMO_EVIDENCE_RECORD, uuid);
  g_autoptr (GPtrArray) annotations = read_named (self, evidence, MEMO_EVIDENCE_ANNOTATION, MEMO_KIND_ANNOTATION);
  g_autoptr (GPtrArray) articles = read_named (self, annotations, MEMO_ANNOTATION_ARTICLE, MEMO_KIND_ARTICLE);
}

/* What the rows of @records show beside what they say themselves. */
static void
read_around (Reading *self, MemoKind kind, GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      const char *uuid = memo_record_get_uuid (g_ptr_array_index (records, i));
      g_autoptr (GPtrArray) around = NULL;

      if (kind == MEMO_KIND_ARTICLE)
        around = read_where (self, MEMO_ANNOTATION_ARTICLE, uuid);
      else if (kind == MEMO_KIND_AGREEMENT)
        {
          g_autoptr (GPtrArray) children = read_where (self, MEMO_AGREEMENT_PACKAGE, uuid);

          around = read_where (self, MEMO_FOLLOW_UP_AGREEMENT, uuid);
          read_evidence (self, uuid);
          for (guint k = 0; around != NULL && k < around->len; k++)
            read_evidence (self, memo_record_get_uuid (g_ptr_array_index (around, k)));
        }
    }
  if (kind == MEMO_KIND_ARTICLE)
    {
      g_autoptr (GPtrArray) authors = read_named (self, records, MEMO_ARTICLE_AUTHORS, MEMO_KIND_PARTY);
    }
  else if (kind == MEMO_KIND_AGREEMENT)
    {
      g_autoptr (GPtrArray) parties = read_named (self, records, MEMO_AGREEMENT_PARTIES, MEMO_KIND_PARTY);
      g_autoptr (GPtrArray) sectors = read_named (self, records, MEMO_AGREEMENT_SECTORS, MEMO_KIND_SECTOR);
    }
}

/* The live ones of the first @limit records of @kind with the ids that @iter gives. (transfer full) (nullable) */
static GPtrArray *
read_rows (Reading *self, MemoKind kind, GVariantIter *iter, guint limit)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) found = NULL;
  GPtrArray *rows;
  gint64 id;

  while (ids->len < limit && g_variant_iter_next (iter, "x", &id))
    g_array_append_val (ids, id);
  found =
      memo_database_read (self->database, kind, (const gint64 *) (gpointer) ids->data, ids->len, FALSE, &self->error);
  if (found == NULL)
    return NULL;
  rows = g_ptr_array_new_full (found->len, g_object_unref);
  for (guint i = 0; i < found->len; i++)
    {
      MemoRecord *record = g_ptr_array_index (found, i);

      if (record != NULL && memo_record_get_deleted (record) == 0)
        g_ptr_array_add (rows, g_object_ref (record));
    }
  put (self, rows);
  return rows;
}

/* In whose order rows stand: titles go by the language, and a later version may order differently. */
static char *
dup_order (void)
{
  return g_strconcat (MEMO_VERSION, " ", memo_language_of_interface (), NULL);
}

gpointer
memo_head_read_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  MemoQuery *query = data;
  MemoKind kind = query->kind;
  g_autofree char *key = key_of (kind);
  g_autofree char *text = memo_database_get_state (database, key, error);
  g_autoptr (GVariant) kept = text != NULL ? g_variant_parse (G_VARIANT_TYPE (FORMAT), text, NULL, NULL, NULL) : NULL;
  g_autoptr (GVariantIter) ids = NULL;
  g_autoptr (MemoFilter) filter = NULL;
  g_autoptr (MemoIndex) index = NULL;
  g_autoptr (MemoHead) self = NULL;
  g_autofree char *order = dup_order ();
  Reading reading = { database };
  const char *made;
  gint64 seen;

  /* What is damaged is made anew, as what is not there. */
  if (kept == NULL)
    return NULL;
  self = g_object_new (MEMO_TYPE_HEAD, NULL);
  self->kind = kind;
  g_variant_get (kept, "(&sxibuax)", &made, &seen, &self->sort, &self->descending, &self->total, &ids);
  if (seen != memo_database_get_seen (database) || !g_str_equal (made, order))
    return NULL;
  reading.builder = memo_index_builder_new (NULL, NULL);
  self->records = read_rows (&reading, kind, ids, MIN (query->limit, ROWS));
  if (self->records != NULL)
    read_around (&reading, kind, self->records);
  if (reading.error != NULL)
    {
      memo_index_builder_free (reading.builder);
      g_propagate_error (error, reading.error);
      return NULL;
    }
  index = memo_index_builder_end (reading.builder);
  filter = memo_filter_new ();
  self->selection = memo_index_select (index, filter, NULL);
  if (self->records->len == 0 || self->records->len > self->total)
    return NULL;
  if (query->hold != NULL)
    {
      self->hold = memo_hold_ref (query->hold);
      set_held (self->hold, TRUE);
    }
  return g_steal_pointer (&self);
}

void
memo_head_set_library (MemoHead *self, MemoLibrary *library)
{
  g_set_object (&self->library, library);
}

/* Keeping */

static gpointer
keep_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  MemoQuery *query = data;
  g_autoptr (GError) cause = NULL;
  g_autofree char *present = memo_database_get_state (database, query->text, &cause);

  if (cause == NULL && g_strcmp0 (present, query->value) != 0)
    memo_database_set_state (database, query->text, query->value, &cause);
  if (cause == NULL)
    return GINT_TO_POINTER (TRUE);
  g_debug ("The beginning of a list is not kept: %s", cause->message);
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

/* A library that cannot be written to opens a little later the next time; nothing else is lost. */
static void
keep (MemoLibrary *self, MemoKind kind)
{
  g_autofree char *key = key_of (kind);
  MemoQuery *query = memo_query_new (key);

  query->value = g_strdup (self->heads[kind]);
  self->head_changed[kind] = FALSE;
  memo_store_run_async (self->store, MEMO_PRIORITY_SOON, keep_job, query, memo_query_free, NULL, NULL, NULL, NULL);
}

/* Annotations and evidence are read last. */
static gboolean
goes_by_evidence (MemoSort sort)
{
  return sort == MEMO_SORT_ANNOTATIONS || sort == MEMO_SORT_SOURCES || sort == MEMO_SORT_IDENTIFIED;
}

void
memo_library_keep_head (MemoLibrary *self,
                        MemoSelection *selection,
                        MemoKind kind,
                        MemoSort sort,
                        gboolean descending,
                        GArray *ids)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("ax"));
  g_autoptr (GVariant) value = NULL;
  g_autofree char *order = NULL;
  g_autofree char *text = NULL;
  gboolean is_first;

  g_return_if_fail (MEMO_IS_LIBRARY (self) && MEMO_IS_SELECTION (selection) && kind < MEMO_N_KINDS && ids != NULL);

  if (self->read_only || self->closed || self->again || (self->loading && goes_by_evidence (sort)) ||
      memo_selection_get_index (selection) != self->index ||
      !memo_filter_is_empty (memo_selection_get_filter (selection)))
    return;
  order = dup_order ();
  for (guint i = 0; i < MIN (ids->len, ROWS); i++)
    g_variant_builder_add (&builder, "x", g_array_index (ids, gint64, i));
  value = g_variant_ref_sink (
      g_variant_new (FORMAT, order, self->index_seen, (int) sort, descending, (guint32) ids->len, &builder));
  text = g_variant_print (value, FALSE);
  if (g_strcmp0 (self->heads[kind], text) == 0)
    return;
  is_first = self->heads[kind] == NULL;
  g_free (self->heads[kind]);
  self->heads[kind] = g_steal_pointer (&text);
  self->head_changed[kind] = TRUE;
  if (is_first)
    keep (self, kind);
}

void
memo_library_keep_heads (MemoLibrary *self)
{
  for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
    if (self->head_changed[kind])
      keep (self, kind);
}

MemoLibrary *
memo_head_get_library (MemoHead *self)
{
  g_return_val_if_fail (MEMO_IS_HEAD (self), NULL);
  return self->library;
}

gboolean
memo_head_is_of (MemoHead *self, MemoKind kind, MemoSort sort, gboolean descending)
{
  g_return_val_if_fail (MEMO_IS_HEAD (self), FALSE);
  return self->kind == kind && self->sort == sort && !self->descending == !descending;
}

MemoSelection *
memo_head_get_selection (MemoHead *self)
{
  g_return_val_if_fail (MEMO_IS_HEAD (self), NULL);
  return self->selection;
}

GPtrArray *
memo_head_get_records (MemoHead *self)
{
  g_return_val_if_fail (MEMO_IS_HEAD (self), NULL);
  return self->records;
}

guint
memo_head_get_total (MemoHead *self)
{
  g_return_val_if_fail (MEMO_IS_HEAD (self), 0);
  return self->total;
}
