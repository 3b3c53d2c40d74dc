#include "memo-export-private.h"

#include "base/memo-language.h"
#include "model/memo-related.h"
#include "model/memo-words.h"
#include "records/memo-blocks.h"

#include <glib/gi18n.h>

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
  g_hash_table_unref (self->paragraphs);
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
  self->paragraphs = g_hash_table_new (g_str_hash, g_str_equal);
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
  STEP_ARTICLES, /* light: their names, and the order of annotations */
  STEP_WHOLE,    /* JSON: the same with everything */
  STEP_BLOCKS,   /* other formats: structures alone, for the numbers of paragraphs */
  N_STEPS
} Step;

typedef struct
{
  MemoExportData *data;
  Step step;
  GArray *ids;        /* of the step */
  guint next;         /* in ids */
  GArray *batch;      /* to be read */
  GPtrArray *loaded;  /* read, not taken in yet */
  GHashTable *quotes; /* article's UUID → GPtrArray of annotations */
  GPtrArray *quoted;  /* of STEP_BLOCKS: for each of ids its quotes (borrowed) */
} Gather;

static void
gather_free (gpointer data)
{
  Gather *self = data;
  g_clear_pointer (&self->data, memo_export_data_free);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->batch, g_array_unref);
  g_clear_pointer (&self->loaded, g_ptr_array_unref);
  g_clear_pointer (&self->quotes, g_hash_table_unref);
  g_clear_pointer (&self->quoted, g_ptr_array_unref);
  g_free (self);
}

static gboolean
is_json (Gather *self)
{
  return g_str_equal (self->data->format, "json");
}

/* Adds the ids that @field of @records points to and that are not in @ids yet. */
static void
add_targets (GArray *ids, MemoIndex *index, GPtrArray *records, MemoField field, MemoKind kind)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (seen, g_memdup2 (&g_array_index (ids, gint64, i), sizeof (gint64)));
  for (guint i = 0; i < records->len; i++)
    {
      const char *uuid = memo_record_get_text (g_ptr_array_index (records, i), field);
      gint64 id = uuid ? memo_index_get_id (index, kind, uuid) : 0;
      if (id != 0 && g_hash_table_add (seen, g_memdup2 (&id, sizeof id)))
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
      for (guint i = 0; is_json (self) == (self->step == STEP_WHOLE) && i < data->articles->len; i++)
        {
          MemoRecord *article = g_ptr_array_index (data->articles, i);
          GPtrArray *quotes = g_hash_table_lookup (self->quotes, memo_record_get_uuid (article));
          gint64 id = memo_record_get_id (article);
          if (self->step == STEP_BLOCKS && quotes == NULL)
            continue;
          g_array_append_val (ids, id);
          g_ptr_array_add (self->quoted, quotes);
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

static MemoKind
get_kind (Step step)
{
  static const MemoKind kinds[N_STEPS] = { MEMO_KIND_EVIDENCE, MEMO_KIND_AGREEMENT,  MEMO_KIND_EVENT,
                                           MEMO_KIND_NOTE,     MEMO_KIND_ANNOTATION, MEMO_KIND_ARTICLE,
                                           MEMO_KIND_ARTICLE,  MEMO_KIND_ARTICLE };
  return kinds[step];
}

/* In which paragraphs of an article its @quotes stand; @json: its structure. */
static void
number_quotes (Gather *self, GPtrArray *quotes, const char *json)
{
  g_autoptr (GArray) blocks = memo_blocks_from_json (json, NULL);
  for (guint i = 0; blocks != NULL && i < quotes->len; i++)
    {
      MemoRecord *annotation = g_ptr_array_index (quotes, i);
      gint64 start = memo_record_get_int (annotation, MEMO_ANNOTATION_START);
      guint paragraph = start < 0 || g_strcmp0 (memo_record_get_text (annotation, MEMO_ANNOTATION_STATE), "orphan") == 0
                            ? 0
                            : memo_blocks_get_paragraph (blocks, start);
      g_hash_table_insert (self->data->paragraphs, (gpointer) memo_record_get_uuid (annotation),
                           GUINT_TO_POINTER (paragraph));
    }
}

static int
compare_starts (gconstpointer a, gconstpointer b)
{
  gint64 x = memo_record_get_int (*(MemoRecord **) a, MEMO_ANNOTATION_START);
  gint64 y = memo_record_get_int (*(MemoRecord **) b, MEMO_ANNOTATION_START);
  return (x > y) - (x < y);
}

/* Annotations in the order of their articles and of the text. */
static void
order_annotations (Gather *self)
{
  MemoExportData *data = self->data;
  self->quotes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < data->annotations->len; i++)
    {
      MemoRecord *annotation = g_ptr_array_index (data->annotations, i);
      const char *article = memo_record_get_text (annotation, MEMO_ANNOTATION_ARTICLE);
      GPtrArray *quotes = article ? g_hash_table_lookup (self->quotes, article) : NULL;
      if (article == NULL)
        continue;
      if (quotes == NULL)
        {
          quotes = g_ptr_array_new ();
          g_hash_table_insert (self->quotes, (gpointer) article, quotes);
        }
      g_ptr_array_add (quotes, annotation);
    }

  g_autoptr (GPtrArray) ordered = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < data->articles->len; i++)
    {
      MemoRecord *article = g_ptr_array_index (data->articles, i);
      GPtrArray *quotes = g_hash_table_lookup (self->quotes, memo_record_get_uuid (article));
      if (quotes != NULL)
        g_ptr_array_sort (quotes, compare_starts);
      for (guint k = 0; quotes != NULL && k < quotes->len; k++)
        g_ptr_array_add (ordered, g_object_ref (g_ptr_array_index (quotes, k)));
    }
  /* One whose article is gone has no place any more: it is left out. */
  for (guint i = 0; i < data->annotations->len; i++)
    {
      MemoRecord *annotation = g_ptr_array_index (data->annotations, i);
      const char *article = memo_record_get_text (annotation, MEMO_ANNOTATION_ARTICLE);
      if (memo_export_get (data, article) == NULL)
        g_hash_table_remove (data->by_uuid, memo_record_get_uuid (annotation));
    }
  g_ptr_array_unref (data->annotations);
  data->annotations = g_steal_pointer (&ordered);
}

/* Takes in the last batch of structures. */
static void
take_blocks (Gather *self, GPtrArray *texts)
{
  guint first = self->next - texts->len;
  for (guint i = 0; i < texts->len; i++)
    number_quotes (self, g_ptr_array_index (self->quoted, first + i), g_ptr_array_index (texts, i));
}

/* Takes in what was loaded. */
static void
take_records (Gather *self, GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      MemoRecord *record = g_ptr_array_index (records, i);
      if (record == NULL || memo_record_get_deleted (record) != 0)
        continue;
      if (self->step == STEP_WHOLE)
        {
          g_string_append (self->data->articles_json, self->data->articles_json->len > 0 ? ",\n" : "\n");
          memo_record_append_json (self->data->articles_json, record);
          continue;
        }
      g_ptr_array_add (get_place (self), g_object_ref (record));
      g_hash_table_insert (self->data->by_uuid, (gpointer) memo_record_get_uuid (record), record);
    }
}

/* The next batch of the step, or the first of the next step that has any. (transfer full); NULL: all is read. */
static GArray *
next_batch (Gather *self)
{
  for (; self->step < N_STEPS; self->step++)
    {
      if (self->ids == NULL)
        {
          self->ids = list_ids (self);
          self->next = 0;
        }
      guint most = self->step == STEP_WHOLE ? BATCH_WHOLE : self->step == STEP_BLOCKS ? BATCH_BLOCKS : BATCH;
      guint n = MIN (most, self->ids->len - self->next);
      if (n > 0)
        {
          GArray *batch = g_array_new (FALSE, FALSE, sizeof (gint64));
          g_array_append_vals (batch, &g_array_index (self->ids, gint64, self->next), n);
          self->next += n;
          return batch;
        }
      if (self->step == STEP_ARTICLES)
        order_annotations (self);
      g_clear_pointer (&self->ids, g_array_unref);
    }
  return NULL;
}

/* Everything but the reading itself happens here: the main loop only hands over. */
static void
digest_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Gather *self = task_data;
  if (self->loaded != NULL && self->step == STEP_BLOCKS)
    take_blocks (self, self->loaded);
  else if (self->loaded != NULL)
    take_records (self, self->loaded);
  g_clear_pointer (&self->loaded, g_ptr_array_unref);
  self->batch = next_batch (self);
  g_task_return_boolean (task, TRUE);
}

static void digested_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/* Takes @task. */
static void
digest_next (GTask *task)
{
  g_autoptr (GTask) work = g_task_new (g_task_get_source_object (task), NULL, digested_cb, task);
  g_task_set_source_tag (work, digest_next);
  g_task_set_task_data (work, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (work, digest_thread);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Gather *self = g_task_get_task_data (task);
  GError *error = NULL;
  self->loaded = self->step == STEP_BLOCKS ? memo_library_load_texts_finish (MEMO_LIBRARY (source), result, &error)
                                           : memo_library_load_finish (MEMO_LIBRARY (source), result, &error);
  if (self->loaded == NULL)
    g_task_return_error (task, error);
  else
    digest_next (g_steal_pointer (&task));
}

static void
digested_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Gather *self = g_task_get_task_data (task);
  g_autoptr (GArray) batch = g_steal_pointer (&self->batch);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (batch == NULL)
    g_task_return_pointer (task, g_steal_pointer (&self->data), memo_export_data_free);
  else if (self->step == STEP_BLOCKS)
    memo_library_load_texts_async (MEMO_LIBRARY (source), MEMO_ARTICLE_BLOCKS, batch, cancellable, loaded_cb,
                                   g_steal_pointer (&task));
  else
    memo_library_load_async (MEMO_LIBRARY (source), get_kind (self->step), batch, self->step == STEP_WHOLE, cancellable,
                             loaded_cb, g_steal_pointer (&task));
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
  self->quoted = g_ptr_array_new ();
  self->data->title = memo_library_dup_name (library);
  g_task_set_task_data (task, self, gather_free);
  digest_next (task);
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
        /* Translators: between the names of a list: "Russia, Venezuela". */
        g_string_append (names, C_ ("between names", ", "));
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
  return g_strjoinv (C_ ("between parts of a citation", ", "), (char **) parts->pdata);
}

/* Annotations of an article stand together: what they have in common is made once. */
static char *
cite (MemoExportData *data, MemoRecord *article, MemoRecord *annotation, gboolean marked)
{
  guint paragraph =
      annotation ? GPOINTER_TO_UINT (g_hash_table_lookup (data->paragraphs, memo_record_get_uuid (annotation))) : 0;
  g_autofree char *place = NULL;

  if (data->cited != article || data->cited_marked != marked)
    {
      g_free (data->citation);
      data->citation = cite_article (data, article, marked);
      data->cited = article;
      data->cited_marked = marked;
    }
  if (paragraph == 0)
    return g_strdup (data->citation);
  /* Translators: %u is the number of a paragraph. */
  place = g_strdup_printf (C_ ("citation", "¶ %u"), paragraph);
  return *data->citation != '\0' ? g_strconcat (data->citation, C_ ("between parts of a citation", ", "), place, NULL)
                                 : g_steal_pointer (&place);
}

char *
memo_export_cite (MemoExportData *data, MemoRecord *article, MemoRecord *annotation)
{
  return cite (data, article, annotation, FALSE);
}

char *
memo_export_cite_marked (MemoExportData *data, MemoRecord *article, MemoRecord *annotation)
{
  return cite (data, article, annotation, TRUE);
}
