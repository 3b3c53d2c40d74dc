#include "memo-export-private.h"

#include "model/memo-related.h"
#include "model/memo-worker.h"
#include "records/memo-blocks.h"

/* So many records are read at a time; whole articles are big. */
#define BATCH 2000
#define BATCH_WHOLE 50
/* The store reads fastest in the order in which records lie in the file: so many are read in that order before they are taken in
 * in theirs. Annotations of an article lie together anyway. */
#define WINDOW (4 * BATCH)

/* What is read, one kind after the other: passages need their articles. */
static const MemoKind kinds[] = { MEMO_KIND_ARTICLE, MEMO_KIND_ANNOTATION, MEMO_KIND_AGREEMENT,
                                  MEMO_KIND_EVENT,   MEMO_KIND_EVIDENCE,   MEMO_KIND_NOTE };

/* The store reads the next batch while the last one is taken in, which is where formats that can write. */
typedef struct
{
  MemoExportData *data;
  GFile *file; /* nullable */
  gboolean begun;
  guint step;                   /* in kinds */
  GArray *listed[MEMO_N_KINDS]; /* of gint64: what is written of a kind, in that order; NULL: nothing */
  GArray *firsts;               /* of guint: for each article its first annotation; and their number at the end */
  GArray *ids;                  /* of the step, in the order in which they are read; nullable: not begun yet */
  GArray *slots;                /* of guint: where each of ids stands in the order in which they are written */
  GPtrArray *records;           /* of the step, in that order; those that are neither read nor taken in yet are NULL */
  guint batch, window;          /* of the step */
  guint next;                   /* in ids: to be read */
  guint placed;                 /* in ids: in records */
  guint taken;                  /* in records: taken in */
  GPtrArray *ready;             /* read; nullable */
  GPtrArray *loaded;            /* being taken in; nullable */
  gboolean reading, digesting;
  gboolean taking;   /* of digesting: the last batch, nothing else */
  gboolean abandon;  /* of digesting: there is an error, all is let go of */
  GError *error;     /* nullable: it ends as soon as nothing is under way */
  GByteArray *there; /* for each article that is listed: whether it is not gone */
  guint article;     /* whose annotations are taken in */
  GArray *blocks;    /* its structure; nullable */
} Gather;

static void
gather_free (gpointer data)
{
  Gather *self = data;
  g_clear_pointer (&self->data, memo_export_data_free);
  g_clear_object (&self->file);
  for (guint i = 0; i < MEMO_N_KINDS; i++)
    g_clear_pointer (&self->listed[i], g_array_unref);
  g_clear_pointer (&self->firsts, g_array_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->slots, g_array_unref);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->ready, g_ptr_array_unref);
  g_clear_pointer (&self->loaded, g_ptr_array_unref);
  g_clear_pointer (&self->blocks, g_array_unref);
  g_byte_array_unref (self->there);
  g_clear_error (&self->error);
  g_free (self);
}

/* Of the places that no record was read for. */
static void
record_unref (gpointer record)
{
  g_clear_object ((MemoRecord **) &record);
}

/* Lists all that will be read: the index knows what belongs together. */
static void
list_records (Gather *self)
{
  MemoExportData *data = self->data;
  const MemoExportWriter *writer = data->writer;
  gboolean passages = !writer->one_kind || data->kind == MEMO_KIND_ANNOTATION;
  g_autoptr (GArray) evidence = NULL;
  g_autoptr (MemoPassages) related = NULL;

  /* Its annotations may be others than those that are chosen. */
  if (passages && (!writer->one_kind || data->filtered))
    evidence = memo_related_evidence (data->selection);
  else
    evidence = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (passages)
    {
      related = memo_related_passages (data->selection, evidence);
      self->listed[MEMO_KIND_ARTICLE] = g_steal_pointer (&related->articles);
      self->listed[MEMO_KIND_ANNOTATION] = g_steal_pointer (&related->annotations);
      self->firsts = g_steal_pointer (&related->firsts);
    }
  if (!writer->one_kind || data->kind == MEMO_KIND_AGREEMENT)
    self->listed[MEMO_KIND_AGREEMENT] =
        memo_selection_get_ids (data->selection, MEMO_KIND_AGREEMENT, MEMO_SORT_DATE, FALSE);
  if (writer->one_kind)
    return;
  self->listed[MEMO_KIND_EVENT] = memo_selection_get_ids (data->selection, MEMO_KIND_EVENT, MEMO_SORT_DATE, FALSE);
  self->listed[MEMO_KIND_EVIDENCE] = g_steal_pointer (&evidence);
  self->listed[MEMO_KIND_NOTE] = memo_selection_get_ids (data->selection, MEMO_KIND_NOTE, MEMO_SORT_TITLE, FALSE);
}

static int
compare_slots (gconstpointer a, gconstpointer b, gpointer data)
{
  const gint64 *ids = data;
  gint64 x = ids[*(const guint *) a], y = ids[*(const guint *) b];

  return (x > y) - (x < y);
}

/* Begins the next kind of which there is something to read. */
static void
start_step (Gather *self)
{
  MemoExportData *data = self->data;
  GArray *wanted = NULL;

  for (; self->step < G_N_ELEMENTS (kinds); self->step++)
    {
      wanted = self->listed[kinds[self->step]];
      if (wanted != NULL && data->writer->start_kind != NULL)
        data->writer->start_kind (data, kinds[self->step]);
      if (wanted != NULL && wanted->len > 0)
        break;
    }
  if (self->step == G_N_ELEMENTS (kinds))
    return;
  self->batch = self->window = BATCH;
  if (kinds[self->step] == MEMO_KIND_ARTICLE && data->writer->whole)
    self->batch = self->window = BATCH_WHOLE;
  else if (kinds[self->step] != MEMO_KIND_ANNOTATION)
    self->window = WINDOW;
  self->next = self->placed = self->taken = 0;
  self->slots = g_array_sized_new (FALSE, FALSE, sizeof (guint), wanted->len);
  for (guint i = 0; i < wanted->len; i++)
    g_array_append_val (self->slots, i);
  for (guint i = 0; i < wanted->len; i += self->window)
    g_qsort_with_data (&g_array_index (self->slots, guint, i), MIN (self->window, wanted->len - i), sizeof (guint),
                       compare_slots, wanted->data);
  self->ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), wanted->len);
  for (guint i = 0; i < wanted->len; i++)
    g_array_append_val (self->ids, g_array_index (wanted, gint64, g_array_index (self->slots, guint, i)));
  self->records = g_ptr_array_new_full (wanted->len, record_unref);
  g_ptr_array_set_size (self->records, wanted->len);
}

/* An article that is gone takes its annotations with it: they have no place any more. */
static void
drop_gone_articles (Gather *self)
{
  GArray *annotations = self->listed[MEMO_KIND_ANNOTATION];
  guint n_articles = 0, n = 0;

  for (guint i = 0; i < self->there->len; i++)
    {
      guint first = g_array_index (self->firsts, guint, i), end = g_array_index (self->firsts, guint, i + 1);

      if (!self->there->data[i])
        continue;
      g_array_index (self->firsts, guint, n_articles++) = n;
      for (guint k = first; k < end; k++)
        g_array_index (annotations, gint64, n++) = g_array_index (annotations, gint64, k);
    }
  g_array_index (self->firsts, guint, n_articles) = n;
  g_array_set_size (annotations, n);
}

static void
end_step (Gather *self)
{
  if (kinds[self->step] == MEMO_KIND_ARTICLE)
    drop_gone_articles (self);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->slots, g_array_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  self->step++;
}

/* The number of the paragraph that a passage stands in; 0: none. */
static guint
get_paragraph (Gather *self, MemoRecord *article, MemoRecord *annotation)
{
  gint64 start = memo_record_get_int (annotation, MEMO_ANNOTATION_START);

  if (start < 0 || g_strcmp0 (memo_record_get_text (annotation, MEMO_ANNOTATION_STATE), "orphan") == 0)
    return 0;
  if (self->blocks == NULL)
    self->blocks = memo_blocks_from_json (memo_record_get_text (article, MEMO_ARTICLE_BLOCKS), NULL);
  /* What cannot be read has no paragraphs. */
  if (self->blocks == NULL)
    self->blocks = memo_blocks_new ();
  return memo_blocks_get_paragraph (self->blocks, start);
}

/* Takes @record, the one at @place among the annotations. */
static void
take_annotation (Gather *self, guint place, MemoRecord *record)
{
  MemoExportData *data = self->data;
  MemoPassage passage = { .record = record };

  while (place >= g_array_index (self->firsts, guint, self->article + 1))
    {
      self->article++;
      g_clear_pointer (&self->blocks, g_array_unref);
    }
  if (!data->writer->whole)
    {
      passage.article = g_ptr_array_index (data->articles, self->article);
      passage.paragraph = get_paragraph (self, passage.article, record);
    }
  if (data->writer->take != NULL)
    {
      data->writer->take (data, record, &passage);
      g_object_unref (record);
      return;
    }
  g_ptr_array_add (data->annotations, record);
  /* Also those of the articles before that have none. */
  while (data->first_quotes->len <= self->article)
    g_array_append_val (data->first_quotes, data->quotes->len);
  g_array_append_val (data->quotes, passage);
}

/* Takes @record (nullable), the one at @place among those of the step. */
static void
take_record (Gather *self, guint place, MemoRecord *record)
{
  MemoExportData *data = self->data;
  MemoKind kind = kinds[self->step];
  GPtrArray *kept[MEMO_N_KINDS] = {
    [MEMO_KIND_ARTICLE] = data->articles,  [MEMO_KIND_AGREEMENT] = data->agreements, [MEMO_KIND_EVENT] = data->events,
    [MEMO_KIND_EVIDENCE] = data->evidence, [MEMO_KIND_NOTE] = data->notes,
  };
  guint8 there = record != NULL && memo_record_get_deleted (record) == 0;

  if (kind == MEMO_KIND_ARTICLE)
    g_byte_array_append (self->there, &there, 1);
  if (!there)
    g_clear_object (&record);
  else if (kind == MEMO_KIND_ANNOTATION)
    take_annotation (self, place, record);
  else if (data->writer->take != NULL && (kind != MEMO_KIND_ARTICLE || data->writer->whole))
    {
      data->writer->take (data, record, NULL);
      g_object_unref (record);
    }
  else
    {
      g_ptr_array_add (kept[kind], record);
      if (kind != MEMO_KIND_EVIDENCE)
        g_hash_table_insert (data->by_uuid, (gpointer) memo_record_get_uuid (record), record);
    }
}

/* Takes in what was loaded: as soon as all of a window is there, in its order. */
static void
take_loaded (Gather *self)
{
  for (guint i = 0; i < self->loaded->len; i++)
    g_ptr_array_index (self->records, g_array_index (self->slots, guint, self->placed++)) =
        g_steal_pointer (&g_ptr_array_index (self->loaded, i));
  g_clear_pointer (&self->loaded, g_ptr_array_unref);
  while (self->taken < self->placed &&
         (self->placed == self->ids->len || self->taken / self->window < self->placed / self->window))
    {
      take_record (self, self->taken, g_steal_pointer (&g_ptr_array_index (self->records, self->taken)));
      self->taken++;
    }
}

/* What was begun is gone before the answer. Many records are not: nobody should wait for their end. */
static void
abandon (GTask *task, Gather *self)
{
  MemoExportData *data = g_steal_pointer (&self->data);
  g_autoptr (GPtrArray) ready = g_steal_pointer (&self->ready);
  g_autoptr (GPtrArray) loaded = g_steal_pointer (&self->loaded);
  g_autoptr (GPtrArray) rest = g_steal_pointer (&self->records);

  g_clear_pointer (&data->target, memo_export_target_free);
  g_task_return_boolean (task, TRUE);
  memo_export_data_free (data);
}

/* Everything but the reading itself happens here: the main loop only hands over. */
static void
digest_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Gather *self = task_data;
  MemoExportData *data = self->data;
  GError *error = NULL;

  if (self->abandon)
    {
      abandon (task, self);
      return;
    }
  if (self->loaded != NULL)
    take_loaded (self);
  else if (self->ids != NULL)
    {
      end_step (self);
      start_step (self);
    }
  else if ((data->target = memo_export_target_open (source, self->file, &error)) != NULL)
    {
      list_records (self);
      start_step (self);
      self->begun = TRUE;
    }
  if (error == NULL && memo_export_target_check (data->target, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void go_on (GTask *task);

static void
digested_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Gather *self = g_task_get_task_data (task);

  g_task_propagate_boolean (G_TASK (result), self->error == NULL ? &self->error : NULL);
  self->digesting = FALSE;
  go_on (task);
}

/* Lets the worker do what there is to do. */
static void
digest (GTask *task)
{
  Gather *self = g_task_get_task_data (task);
  g_autoptr (GTask) work = g_task_new (g_task_get_source_object (task), NULL, digested_cb, g_object_ref (task));

  self->digesting = TRUE;
  self->taking = self->loaded != NULL;
  self->abandon = self->error != NULL;
  g_task_set_source_tag (work, digest);
  g_task_set_task_data (work, self, NULL);
  memo_worker_run (work, digest_thread);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Gather *self = g_task_get_task_data (task);

  self->reading = FALSE;
  self->ready =
      memo_library_load_fields_finish (MEMO_LIBRARY (source), result, self->error == NULL ? &self->error : NULL);
  go_on (task);
}

static guint32
get_fields (const MemoExportWriter *writer, MemoKind kind)
{
  guint32 fields = kind == MEMO_KIND_ARTICLE      ? writer->article_fields
                   : kind == MEMO_KIND_ANNOTATION ? writer->annotation_fields
                                                  : 0;

  return fields != 0 ? fields : G_MAXUINT32;
}

static void
read_next (GTask *task)
{
  Gather *self = g_task_get_task_data (task);
  const MemoExportWriter *writer = self->data->writer;
  MemoKind kind = kinds[self->step];
  g_autoptr (GArray) batch = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint most = MIN (self->batch, self->ids->len - self->next);

  self->reading = TRUE;
  g_array_append_vals (batch, &g_array_index (self->ids, gint64, self->next), most);
  self->next += most;
  memo_library_load_fields_async (g_task_get_source_object (task), kind, get_fields (writer, kind), batch,
                                  g_task_get_cancellable (task), loaded_cb, g_object_ref (task));
}

/* Starts what can be done now. */
static void
go_on (GTask *task)
{
  Gather *self = g_task_get_task_data (task);

  if (self->error == NULL)
    g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &self->error);
  if (self->error != NULL)
    {
      if (self->reading || self->digesting)
        return;
      if (self->data != NULL)
        digest (task);
      else
        g_task_return_error (task, g_steal_pointer (&self->error));
      return;
    }
  if (!self->digesting && self->ready != NULL)
    {
      self->loaded = g_steal_pointer (&self->ready);
      digest (task);
    }
  /* While a step is begun or ended nobody else looks at it. */
  if (!self->reading && self->ready == NULL && self->ids != NULL && self->next < self->ids->len &&
      (!self->digesting || self->taking))
    read_next (task);
  if (self->reading || self->digesting)
    return;
  if (!self->begun || self->step < G_N_ELEMENTS (kinds))
    digest (task);
  else
    g_task_return_pointer (task, g_steal_pointer (&self->data), memo_export_data_free);
}

void
memo_export_gather_async (MemoLibrary *library,
                          MemoExportData *data,
                          GFile *file,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (library, cancellable, callback, user_data);
  Gather *self = g_new0 (Gather, 1);
  g_task_set_source_tag (task, memo_export_gather_async);
  /* It was asked for: @data of a gathering that is through goes on to who ends it in a worker. */
  g_task_set_check_cancellable (task, FALSE);
  self->data = data;
  self->file = file != NULL ? g_object_ref (file) : NULL;
  self->there = g_byte_array_new ();
  g_task_set_task_data (task, self, gather_free);
  go_on (task);
  g_object_unref (task);
}

MemoExportData *
memo_export_gather_finish (MemoLibrary *library, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
