#include "memo-export-private.h"

#include "base/memo-language.h"
#include "model/memo-filter.h"
#include "model/memo-related.h"
#include "model/memo-words.h"
#include "model/memo-worker.h"
#include "records/memo-blocks.h"

#include <glib/gi18n.h>
#include <string.h>

/* So many records are read at a time; whole articles and their structures are big. */
#define BATCH 2000
#define BATCH_WHOLE 50
#define BATCH_BLOCKS 500

void
memo_export_data_free (gpointer data)
{
  MemoExportData *self = data;
  g_clear_object (&self->index);
  g_clear_object (&self->selection);
  g_free (self->title);
  g_free (self->format);
  g_free (self->language);
  g_ptr_array_unref (self->articles);
  g_ptr_array_unref (self->annotations);
  g_ptr_array_unref (self->agreements);
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->notes);
  g_ptr_array_unref (self->evidence);
  g_hash_table_unref (self->by_uuid);
  g_hash_table_unref (self->follow_ups);
  g_array_unref (self->quotes);
  g_array_unref (self->first_quotes);
  g_clear_pointer (&self->by_quote, g_hash_table_unref);
  g_clear_pointer (&self->wanted, g_hash_table_unref);
  g_hash_table_unref (self->names);
  g_string_free (self->articles_json, TRUE);
  g_free (self->citation);
  g_free (self);
}

static MemoExportData *
data_new (MemoSelection *selection, const MemoExportOptions *options)
{
  MemoExportData *self = g_new0 (MemoExportData, 1);
  self->selection = g_object_ref (selection);
  self->index = g_object_ref (memo_selection_get_index (selection));
  self->format = g_strdup (options->format);
  self->kind = options->kind;
  self->group = options->group;
  self->language = g_strdup (options->language ? options->language : memo_language_of_interface ());
  self->articles = g_ptr_array_new_with_free_func (g_object_unref);
  self->annotations = g_ptr_array_new_with_free_func (g_object_unref);
  self->agreements = g_ptr_array_new_with_free_func (g_object_unref);
  self->events = g_ptr_array_new_with_free_func (g_object_unref);
  self->notes = g_ptr_array_new_with_free_func (g_object_unref);
  self->evidence = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_uuid = g_hash_table_new (g_str_hash, g_str_equal);
  self->quotes = g_array_new (FALSE, FALSE, sizeof (MemoPassage));
  self->first_quotes = g_array_new (FALSE, FALSE, sizeof (guint));
  if (g_str_equal (self->format, "json") && !memo_filter_is_empty (memo_selection_get_filter (selection)))
    self->wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  /* Translators: between the names of a list: "Russia, Venezuela". */
  self->between_names = C_ ("between names", ", ");
  self->between_parts = C_ ("between parts of a citation", ", ");
  /* Translators: %u is the number of a paragraph. */
  self->paragraph_format = C_ ("citation", "¶ %u");
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->articles_json = g_string_new (NULL);
  self->follow_ups = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  GPtrArray *all = memo_index_get_records (self->index, MEMO_KIND_FOLLOW_UP);
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const char *agreement = memo_record_get_text (g_ptr_array_index (all, i), MEMO_FOLLOW_UP_AGREEMENT);
      GPtrArray *found = agreement ? g_hash_table_lookup (self->follow_ups, agreement) : NULL;
      if (agreement != NULL && found == NULL)
        {
          found = g_ptr_array_new ();
          g_hash_table_insert (self->follow_ups, (gpointer) agreement, found);
        }
      if (found != NULL)
        g_ptr_array_add (found, g_ptr_array_index (all, i));
    }
  return self;
}

/* What is read one after the other: the later ids follow from the earlier records. */
typedef enum
{
  STEP_EVIDENCE,
  STEP_AGREEMENTS,
  STEP_EVENTS,
  STEP_NOTES,
  STEP_ANNOTATIONS,
  STEP_ARTICLES, /* light: their names, and the order of annotations; JSON: whole, written at once */
  STEP_BLOCKS,   /* other formats: structures alone, for the numbers of paragraphs */
  N_STEPS
} Step;

/* The store reads the next batch while the last one is taken in. */
typedef struct
{
  MemoExportData *data;
  Step step;
  GArray *ids;        /* of the step; nullable: not listed yet */
  GArray *slots;      /* of guint: where each of ids stands in the order in which they are written */
  GPtrArray *records; /* of the step, in that order; elements nullable */
  guint next;         /* in ids: to be read */
  guint taken;        /* in ids: taken in */
  GPtrArray *ready;   /* read; nullable */
  GPtrArray *loaded;  /* being taken in; nullable */
  gboolean reading, digesting;
  gboolean taking;    /* of digesting: the last batch, nothing else */
  GError *error;      /* nullable: it ends as soon as nothing is under way */
  GHashTable *places; /* article's UUID → its place + 1 */
} Gather;

static void
gather_free (gpointer data)
{
  Gather *self = data;
  g_clear_pointer (&self->data, memo_export_data_free);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->slots, g_array_unref);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->ready, g_ptr_array_unref);
  g_clear_pointer (&self->loaded, g_ptr_array_unref);
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static gboolean
is_json (Gather *self)
{
  return g_str_equal (self->data->format, "json");
}

/* Whether the format writes, or needs to know, what the step reads. */
static gboolean
is_needed (Gather *self, Step step)
{
  MemoExportData *data = self->data;
  gboolean annotations = data->kind == MEMO_KIND_ANNOTATION;

  if (step == STEP_BLOCKS && is_json (self))
    return FALSE;
  if (!g_str_equal (data->format, "csv"))
    return TRUE;
  switch (step)
    {
    case STEP_EVIDENCE:
      /* Its annotations may be others than those that are chosen. */
      return annotations && !memo_filter_is_empty (memo_selection_get_filter (data->selection));
    case STEP_AGREEMENTS:
      return !annotations;
    case STEP_EVENTS:
    case STEP_NOTES:
      return FALSE;
    default:
      return annotations;
    }
}

/* Adds the ids that @field of @records points to and that are not in @ids yet. */
static void
add_targets (GArray *ids, MemoIndex *index, GPtrArray *records, MemoField field, MemoKind kind)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  const char *last = NULL;

  for (guint i = 0; records->len > 0 && i < ids->len; i++)
    g_hash_table_add (seen, GSIZE_TO_POINTER (g_array_index (ids, gint64, i)));
  for (guint i = 0; i < records->len; i++)
    {
      const char *uuid = memo_record_get_text (g_ptr_array_index (records, i), field);
      gint64 id;

      /* Annotations of an article stand together. */
      if (uuid == NULL || (last != NULL && strcmp (uuid, last) == 0))
        continue;
      last = uuid;
      id = memo_index_get_id (index, kind, uuid);
      if (id != 0 && g_hash_table_add (seen, GSIZE_TO_POINTER (id)))
        g_array_append_val (ids, id);
    }
}

/* Row ids for the step, in the order in which they shall be written. (transfer full) */
static GArray *
list_ids (Gather *self)
{
  MemoExportData *data = self->data;
  GArray *ids;
  switch (self->step)
    {
    case STEP_EVIDENCE:
      return memo_related_evidence (data->selection);
    case STEP_AGREEMENTS:
      return memo_selection_get_ids (data->selection, MEMO_KIND_AGREEMENT, MEMO_SORT_DATE, FALSE);
    case STEP_EVENTS:
      return memo_selection_get_ids (data->selection, MEMO_KIND_EVENT, MEMO_SORT_DATE, FALSE);
    case STEP_NOTES:
      return memo_selection_get_ids (data->selection, MEMO_KIND_NOTE, MEMO_SORT_TITLE, FALSE);
    case STEP_ANNOTATIONS:
      ids = memo_selection_get_ids (data->selection, MEMO_KIND_ANNOTATION, MEMO_SORT_POSITION, FALSE);
      add_targets (ids, data->index, data->evidence, MEMO_EVIDENCE_ANNOTATION, MEMO_KIND_ANNOTATION);
      return ids;
    case STEP_ARTICLES:
      ids = memo_selection_get_ids (data->selection, MEMO_KIND_ARTICLE, MEMO_SORT_DATE, FALSE);
      add_targets (ids, data->index, data->annotations, MEMO_ANNOTATION_ARTICLE, MEMO_KIND_ARTICLE);
      return ids;
    default:
      ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      for (guint i = 0; i < data->articles->len; i++)
        {
          gint64 id = memo_record_get_id (g_ptr_array_index (data->articles, i));

          /* Where nothing is quoted nothing is needed. */
          if (g_array_index (data->first_quotes, guint, i) < g_array_index (data->first_quotes, guint, i + 1))
            g_array_append_val (ids, id);
        }
      return ids;
    }
}

static GPtrArray *
get_place (Gather *self)
{
  GPtrArray *places[N_STEPS] = { self->data->evidence, self->data->agreements,  self->data->events,
                                 self->data->notes,    self->data->annotations, self->data->articles };

  return places[self->step];
}

/* Of the places that no record was read for. */
static void
record_unref (gpointer record)
{
  g_clear_object ((MemoRecord **) &record);
}

static MemoKind
get_kind (Step step)
{
  static const MemoKind kinds[N_STEPS] = { MEMO_KIND_EVIDENCE,   MEMO_KIND_AGREEMENT, MEMO_KIND_EVENT,  MEMO_KIND_NOTE,
                                           MEMO_KIND_ANNOTATION, MEMO_KIND_ARTICLE,   MEMO_KIND_ARTICLE };
  return kinds[step];
}

static int
compare_slots (gconstpointer a, gconstpointer b, gpointer data)
{
  const gint64 *ids = data;
  gint64 x = ids[*(const guint *) a], y = ids[*(const guint *) b];

  return (x > y) - (x < y);
}

/* The store reads fastest in the order in which records lie in the file. */
static void
order_reading (Gather *self)
{
  g_autoptr (GArray) wanted = g_steal_pointer (&self->ids);

  self->slots = g_array_sized_new (FALSE, FALSE, sizeof (guint), wanted->len);
  for (guint i = 0; i < wanted->len; i++)
    g_array_append_val (self->slots, i);
  g_array_sort_with_data (self->slots, compare_slots, wanted->data);
  self->ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), wanted->len);
  for (guint i = 0; i < wanted->len; i++)
    g_array_append_val (self->ids, g_array_index (wanted, gint64, g_array_index (self->slots, guint, i)));
  self->records = g_ptr_array_new_full (wanted->len, record_unref);
  g_ptr_array_set_size (self->records, wanted->len);
}

/* Lists what the next step that there is reads. */
static void
start_step (Gather *self)
{
  self->next = self->taken = 0;
  for (; self->step < N_STEPS; self->step++)
    {
      if (!is_needed (self, self->step))
        continue;
      self->ids = list_ids (self);
      /* Whole articles are written as they come, and structures have no place of their own. */
      if (self->step < STEP_ARTICLES || (self->step == STEP_ARTICLES && !is_json (self)))
        order_reading (self);
      return;
    }
}

static void
note_article (Gather *self, const char *uuid)
{
  g_hash_table_insert (self->places, g_strdup (uuid), GUINT_TO_POINTER (g_hash_table_size (self->places) + 1));
}

static int
compare_quotes (gconstpointer a, gconstpointer b, gpointer data)
{
  const MemoPassage *x = a, *y = b;
  gint64 start = memo_record_get_int (x->record, MEMO_ANNOTATION_START);
  gint64 other = memo_record_get_int (y->record, MEMO_ANNOTATION_START);

  return (start > other) - (start < other);
}

/* Annotations in the order of their articles and of the text. One whose article is gone has no place any more: it is left out. */
static void
order_quotes (Gather *self)
{
  MemoExportData *data = self->data;
  guint n_articles = g_hash_table_size (self->places), n = 0;
  g_autoptr (GArray) ends = NULL;

  g_array_set_size (data->first_quotes, n_articles + 1);
  memset (data->first_quotes->data, 0, (n_articles + 1) * sizeof (guint));
  for (guint i = 0; i < data->annotations->len; i++)
    {
      MemoPassage quote = { .record = g_ptr_array_index (data->annotations, i) };
      const char *article = memo_record_get_text (quote.record, MEMO_ANNOTATION_ARTICLE);
      gpointer place = article != NULL ? g_hash_table_lookup (self->places, article) : NULL;

      if (place == NULL)
        continue;
      quote.place = GPOINTER_TO_UINT (place) - 1;
      quote.article = is_json (self) ? NULL : g_ptr_array_index (data->articles, quote.place);
      g_array_append_val (data->quotes, quote);
      g_array_index (data->first_quotes, guint, quote.place)++;
    }
  for (guint i = 0; i <= n_articles; i++)
    {
      guint count = g_array_index (data->first_quotes, guint, i);

      g_array_index (data->first_quotes, guint, i) = n;
      n += count;
    }
  g_autoptr (GArray) ordered = g_array_new (FALSE, FALSE, sizeof (MemoPassage));
  g_array_set_size (ordered, data->quotes->len);
  ends = g_array_copy (data->first_quotes);
  for (guint i = 0; i < data->quotes->len; i++)
    {
      MemoPassage *quote = &g_array_index (data->quotes, MemoPassage, i);

      g_array_index (ordered, MemoPassage, g_array_index (ends, guint, quote->place)++) = *quote;
    }
  for (guint i = 0; i < n_articles; i++)
    {
      guint first = g_array_index (data->first_quotes, guint, i), end = g_array_index (ends, guint, i);

      if (end > first)
        g_qsort_with_data (&g_array_index (ordered, MemoPassage, first), end - first, sizeof (MemoPassage),
                           compare_quotes, NULL);
    }
  g_array_unref (data->quotes);
  data->quotes = g_steal_pointer (&ordered);
}

/* All of the step is read: what is there stands in its order. */
static void
end_step (Gather *self)
{
  MemoExportData *data = self->data;
  GPtrArray *place = self->records != NULL ? get_place (self) : NULL;

  for (guint i = 0; self->records != NULL && i < self->records->len; i++)
    {
      MemoRecord *record = g_ptr_array_index (self->records, i);

      if (record == NULL)
        continue;
      g_ptr_array_add (place, g_object_ref (record));
      if (self->step == STEP_ARTICLES)
        note_article (self, memo_record_get_uuid (record));
      if (self->step != STEP_EVIDENCE && self->step != STEP_ANNOTATIONS)
        g_hash_table_insert (data->by_uuid, (gpointer) memo_record_get_uuid (record), record);
    }
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->slots, g_array_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  if (self->step == STEP_ARTICLES)
    order_quotes (self);
  self->step++;
}

/* In which paragraphs of an article its quotes stand; @json: its structure. */
static void
number_quotes (Gather *self, gint64 article, const char *json)
{
  MemoExportData *data = self->data;
  const char *uuid = memo_index_get_uuid (data->index, MEMO_KIND_ARTICLE, article);
  guint place = uuid != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->places, uuid)) : 0;
  g_autoptr (GArray) blocks = place > 0 ? memo_blocks_from_json (json, NULL) : NULL;

  if (blocks == NULL)
    return;
  for (guint i = g_array_index (data->first_quotes, guint, place - 1);
       i < g_array_index (data->first_quotes, guint, place); i++)
    {
      MemoPassage *quote = &g_array_index (data->quotes, MemoPassage, i);
      gint64 start = memo_record_get_int (quote->record, MEMO_ANNOTATION_START);

      if (start >= 0 && g_strcmp0 (memo_record_get_text (quote->record, MEMO_ANNOTATION_STATE), "orphan") != 0)
        quote->paragraph = memo_blocks_get_paragraph (blocks, start);
    }
}

static void
append_whole (MemoExportData *data, MemoRecord *article)
{
  g_string_append (data->articles_json, data->articles_json->len > 0 ? ",\n" : "\n");
  memo_record_append_json (data->articles_json, article);
  memo_export_want (data, article);
}

/* Takes in what was loaded. */
static void
take_loaded (Gather *self)
{
  for (guint i = 0; i < self->loaded->len; i++, self->taken++)
    {
      gpointer loaded = g_ptr_array_index (self->loaded, i);

      if (self->step == STEP_BLOCKS)
        number_quotes (self, g_array_index (self->ids, gint64, self->taken), loaded);
      else if (loaded == NULL || memo_record_get_deleted (loaded) != 0)
        continue;
      else if (self->records != NULL)
        g_ptr_array_index (self->records, g_array_index (self->slots, guint, self->taken)) = g_object_ref (loaded);
      else
        {
          note_article (self, memo_record_get_uuid (loaded));
          append_whole (self->data, loaded);
        }
    }
  g_clear_pointer (&self->loaded, g_ptr_array_unref);
}

/* Everything but the reading itself happens here: the main loop only hands over. */
static void
digest_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Gather *self = task_data;

  if (self->loaded != NULL)
    take_loaded (self);
  else
    {
      if (self->ids != NULL)
        end_step (self);
      start_step (self);
    }
  g_task_return_boolean (task, TRUE);
}

static void go_on (GTask *task);

static void
digested_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Gather *self = g_task_get_task_data (task);

  self->digesting = FALSE;
  go_on (task);
}

static void
digest (GTask *task)
{
  Gather *self = g_task_get_task_data (task);
  g_autoptr (GTask) work = g_task_new (g_task_get_source_object (task), NULL, digested_cb, g_object_ref (task));

  self->digesting = TRUE;
  self->taking = self->loaded != NULL;
  g_task_set_source_tag (work, digest);
  g_task_set_task_data (work, self, NULL);
  memo_worker_run (work, digest_thread);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Gather *self = g_task_get_task_data (task);
  GError **error = self->error == NULL ? &self->error : NULL;

  self->reading = FALSE;
  self->ready = self->step == STEP_BLOCKS ? memo_library_load_texts_finish (MEMO_LIBRARY (source), result, error)
                                          : memo_library_load_finish (MEMO_LIBRARY (source), result, error);
  go_on (task);
}

static void
read_next (GTask *task)
{
  Gather *self = g_task_get_task_data (task);
  MemoLibrary *library = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GArray) batch = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean whole = self->step == STEP_ARTICLES && is_json (self);
  guint most = whole ? BATCH_WHOLE : self->step == STEP_BLOCKS ? BATCH_BLOCKS : BATCH;

  self->reading = TRUE;
  most = MIN (most, self->ids->len - self->next);
  g_array_append_vals (batch, &g_array_index (self->ids, gint64, self->next), most);
  self->next += most;
  if (self->step == STEP_BLOCKS)
    memo_library_load_texts_async (library, MEMO_ARTICLE_BLOCKS, batch, cancellable, loaded_cb, g_object_ref (task));
  else
    memo_library_load_async (library, get_kind (self->step), batch, whole, cancellable, loaded_cb, g_object_ref (task));
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
      if (!self->reading && !self->digesting && !g_task_get_completed (task))
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
  if (self->step < N_STEPS)
    digest (task);
  else
    g_task_return_pointer (task, g_steal_pointer (&self->data), memo_export_data_free);
}

void
memo_export_gather_async (MemoLibrary *library,
                          MemoSelection *selection,
                          const MemoExportOptions *options,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (library, cancellable, callback, user_data);
  Gather *self = g_new0 (Gather, 1);
  g_task_set_source_tag (task, memo_export_gather_async);
  self->data = data_new (selection, options);
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->data->title = memo_library_dup_name (library);
  g_task_set_task_data (task, self, gather_free);
  go_on (task);
  g_object_unref (task);
}

MemoExportData *
memo_export_gather_finish (MemoLibrary *library, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

MemoRecord *
memo_export_get (MemoExportData *data, const char *uuid)
{
  return uuid ? g_hash_table_lookup (data->by_uuid, uuid) : NULL;
}

MemoPassage *
memo_export_find_quote (MemoExportData *data, const char *uuid)
{
  guint found;

  if (data->by_quote == NULL)
    {
      data->by_quote = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; i < data->quotes->len; i++)
        g_hash_table_insert (data->by_quote,
                             (gpointer) memo_record_get_uuid (g_array_index (data->quotes, MemoPassage, i).record),
                             GUINT_TO_POINTER (i + 1));
    }
  found = uuid != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (data->by_quote, uuid)) : 0;
  return found > 0 ? &g_array_index (data->quotes, MemoPassage, found - 1) : NULL;
}

static void
want_uuid (MemoExportData *data, const char *uuid)
{
  if (!g_hash_table_contains (data->wanted, uuid))
    g_hash_table_add (data->wanted, g_strdup (uuid));
}

void
memo_export_want (MemoExportData *data, MemoRecord *record)
{
  MemoKind kind = memo_record_get_kind (record);
  guint n;
  const MemoFieldInfo *fields = memo_kind_get_fields (kind, &n);

  for (guint i = 0; data->wanted != NULL && i < n; i++)
    if (fields[i].type == MEMO_FIELD_REF && memo_record_get_text (record, MEMO_FIELD (kind, i)) != NULL)
      want_uuid (data, memo_record_get_text (record, MEMO_FIELD (kind, i)));
    else if (fields[i].type == MEMO_FIELD_REFS)
      for (const char *const *uuids = memo_record_get_texts (record, MEMO_FIELD (kind, i)); *uuids != NULL; uuids++)
        want_uuid (data, *uuids);
}

const char *
memo_export_name (MemoExportData *data, MemoKind kind, const char *uuid)
{
  char *name = uuid ? g_hash_table_lookup (data->names, uuid) : NULL;
  if (uuid == NULL)
    return "";
  /* A name is JSON in all languages: read once, not for every annotation. */
  if (name == NULL)
    {
      name = memo_word_name_in (data->index, kind, uuid, data->language);
      g_hash_table_insert (data->names, (gpointer) uuid, name);
    }
  return name;
}

char *
memo_export_names (MemoExportData *data, MemoKind kind, const char *const *uuids)
{
  GString *names = g_string_new (NULL);
  for (guint i = 0; uuids[i] != NULL; i++)
    {
      const char *name = memo_export_name (data, kind, uuids[i]);
      if (*name == '\0')
        continue;
      if (names->len > 0)
        g_string_append (names, data->between_names);
      g_string_append (names, name);
    }
  return g_string_free (names, FALSE);
}

static int
compare_follow_ups (gconstpointer a, gconstpointer b)
{
  return memo_date_compare (memo_record_get_date (*(MemoRecord **) a, MEMO_FOLLOW_UP_DATE),
                            memo_record_get_date (*(MemoRecord **) b, MEMO_FOLLOW_UP_DATE));
}

GPtrArray *
memo_export_list_follow_ups (MemoExportData *data, const char *agreement)
{
  GPtrArray *found = g_hash_table_lookup (data->follow_ups, agreement);
  if (found == NULL)
    return g_ptr_array_new ();
  g_ptr_array_sort (found, compare_follow_ups);
  return g_ptr_array_ref (found);
}

char *
memo_export_format_date (MemoExportData *data, MemoDate *date)
{
  return date ? memo_date_format (date, data->language, MEMO_DATE_STYLE_LONG) : NULL;
}

/* Takes @text; nothing for "". */
static void
add_part (GPtrArray *parts, char *text)
{
  if (text != NULL && *text != '\0')
    g_ptr_array_add (parts, text);
  else
    g_free (text);
}

/* The citation of @article without a paragraph; @marked: with marks around the address. (transfer full) */
static char *
cite_article (MemoExportData *data, MemoRecord *article, gboolean marked)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  const char *title = memo_record_get_title (article);
  const char *url = memo_record_get_text (article, MEMO_ARTICLE_URL);
  g_autofree char *accessed = memo_export_format_date (data, memo_record_get_date (article, MEMO_ARTICLE_ACCESSED));

  add_part (parts, memo_export_names (data, MEMO_KIND_PARTY, memo_record_get_texts (article, MEMO_ARTICLE_AUTHORS)));
  if (*title != '\0')
    /* Translators: %s is the title of an article. */
    add_part (parts, g_strdup_printf (C_ ("title in a citation", "“%s”"), title));
  add_part (parts, g_strdup (memo_record_get_text (article, MEMO_ARTICLE_OUTLET)));
  add_part (parts, memo_export_format_date (data, memo_record_get_date (article, MEMO_ARTICLE_PUBLISHED)));
  if (url != NULL)
    add_part (parts, marked ? g_strconcat (MEMO_MARK_URL, url, MEMO_MARK_URL_END, NULL) : g_strdup (url));
  if (accessed != NULL)
    /* Translators: in a citation; %s is the day on which a web page was read. */
    add_part (parts, g_strdup_printf (C_ ("citation", "accessed %s"), accessed));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (data->between_parts, (char **) parts->pdata);
}

void
memo_export_cite (MemoExportData *data, MemoRecord *article, guint paragraph, gboolean marked, GString *out)
{
  /* Annotations of an article stand together: what they have in common is made once. */
  if (data->cited != article || data->cited_marked != marked)
    {
      g_free (data->citation);
      data->citation = cite_article (data, article, marked);
      data->cited = article;
      data->cited_marked = marked;
    }
  g_string_append (out, data->citation);
  if (paragraph == 0)
    return;
  if (*data->citation != '\0')
    g_string_append (out, data->between_parts);
  g_string_append_printf (out, data->paragraph_format, paragraph);
}

void
memo_export_append_number (GString *out, gint64 number)
{
  char digits[24];
  guint at = sizeof digits;
  guint64 left = number < 0 ? -(guint64) number : (guint64) number;

  do
    digits[--at] = '0' + left % 10;
  while ((left /= 10) > 0);
  if (number < 0)
    digits[--at] = '-';
  g_string_append_len (out, digits + at, sizeof digits - at);
}
