#include "memo-library-private.h"
#include "memo-selection-private.h"
#include "memo-named-hits.h"
#include "memo-worker.h"

/* A filter to a selection, and words to hits. Words go through the store; the rest of a selection is computed from the index
 * in a worker thread. */

/* What a job in the store's thread needs to search. */
typedef struct
{
  MemoIndex *index;
  MemoNames *names;
  char *words;
  gboolean by_reader; /* who may hold back what others commit */
  gboolean typing;
  guint limit;
  MemoFilter *filter; /* nullable: everything */
} Search;

static Search *
search_new (MemoLibrary *library, const char *words)
{
  Search *self = g_new0 (Search, 1);

  self->index = g_object_ref (library->index);
  self->by_reader = library->reader_open;
  self->names = memo_names_ref (library->reader_open ? library->reader_names : library->names);
  self->words = g_strdup (words);
  return self;
}

static void
reader_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoLibrary) self = data;

  /* Without it the store answers as before. */
  self->reader_open = memo_store_open_finish (MEMO_STORE (source), result, NULL) && !self->closed;
}

/* Who answers a search: the reader, once the first search has had it opened. */
static MemoStore *
get_reader (MemoLibrary *self)
{
  if (self->reader == NULL && !self->closed && !self->read_only)
    {
      self->reader = memo_store_new ();
      memo_store_set_reader (self->store, self->reader);
      memo_store_open_async (self->reader, self->path, MEMO_OPEN_READ_ONLY, NULL, reader_opened_cb,
                             g_object_ref (self));
    }
  return self->reader_open ? self->reader : self->store;
}

static void
search_free (gpointer data)
{
  Search *self = data;

  g_object_unref (self->index);
  memo_names_unref (self->names);
  g_free (self->words);
  g_clear_object (&self->filter);
  g_free (self);
}

typedef struct
{
  MemoIndex *index;
  MemoFilter *filter;
  GPtrArray *words; /* of GArray of gint64, by kind, elements nullable; NULL: no words */
  guint parts;      /* to prepare before it is returned */
} Select;

static void
select_free (gpointer data)
{
  Select *self = data;

  g_clear_object (&self->index);
  g_clear_object (&self->filter);
  g_clear_pointer (&self->words, g_ptr_array_unref);
  g_free (self);
}

static void
clear_words (gpointer ids)
{
  if (ids != NULL)
    g_array_unref (ids);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 first = *(const gint64 *) a, second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

/* Row ids, as a filter takes them. */
static GArray *
list_ids (MemoIndex *index, const roaring_bitmap_t *nodes)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  roaring_uint32_iterator_t iter;

  for (roaring_init_iterator (nodes, &iter); iter.has_value; roaring_advance_uint32_iterator (&iter))
    g_array_append_val (ids, memo_index_row (index, iter.current_value)->id);
  g_array_sort (ids, compare_ids);
  return ids;
}

static gpointer
words_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Search *search = data;
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (clear_words);
  g_autoptr (MemoFinder) finder = NULL;
  g_auto (MemoRows) rows = { { NULL } };

  if (search->by_reader && !memo_database_hold (database, error))
    return NULL;
  memo_names_refresh (search->names, search->index);
  finder = memo_finder_new (search->index, search->names, search->words, FALSE);
  if (memo_finder_has_fields (finder) && !memo_finder_run (finder, database, &rows, error))
    return NULL;
  g_ptr_array_set_size (words, MEMO_N_KINDS);
  for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
    {
      GArray *ids;

      if (!memo_kind_is_selected (kind))
        continue;
      /* What the index does not know yet may be there when it is asked. */
      ids = rows.kinds[kind] != NULL ? list_ids (search->index, rows.kinds[kind])
                                     : memo_database_match (database, kind, search->words, FALSE, error);
      if (ids == NULL)
        return NULL;
      g_ptr_array_index (words, kind) = ids;
    }
  return g_steal_pointer (&words);
}

static void
select_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Select *self = data;
  MemoSelection *selection;

  /* Nobody waits any more for what was asked before the last key stroke. */
  if (g_task_return_error_if_cancelled (task))
    return;
  selection =
      memo_index_select (self->index, self->filter, self->words != NULL ? (GArray **) self->words->pdata : NULL);
  memo_selection_prepare (selection, self->parts);
  g_task_return_pointer (task, g_object_ref (selection), g_object_unref);
  /* A view that opens later finds its part made, unless the next key stroke was faster. */
  if (!g_cancellable_is_cancelled (cancellable))
    memo_selection_prepare (selection, MEMO_PART_CELLS | MEMO_PART_ENTRIES);
  g_object_unref (selection);
}

static void
words_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Select *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  self->words = memo_store_run_finish (MEMO_STORE (source), result, &error);
  if (self->words == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  /* The newest: it knows all that the words were found in. */
  g_set_object (&self->index, memo_library_get_index (g_task_get_source_object (task)));
  memo_worker_run (task, select_thread);
}

void
memo_library_select_async (MemoLibrary *self,
                           MemoFilter *filter,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (MemoSelection) before = NULL;
  Select *select;

  g_return_if_fail (MEMO_IS_LIBRARY (self) && MEMO_IS_FILTER (filter));
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, memo_library_select_async);
  select = g_new0 (Select, 1);
  select->index = g_object_ref (self->index);
  before = g_weak_ref_get (&self->selection);
  select->parts = before != NULL ? memo_selection_get_asked (before) : 0;
  select->filter = g_object_ref (filter);
  g_task_set_task_data (task, select, select_free);
  if (*memo_filter_get_words (filter) == '\0')
    memo_worker_run (task, select_thread);
  else
    memo_store_run_async (get_reader (self), MEMO_PRIORITY_PERSON, words_job,
                          search_new (self, memo_filter_get_words (filter)), search_free,
                          (GDestroyNotify) g_ptr_array_unref, cancellable, words_cb, g_steal_pointer (&task));
}

MemoSelection *
memo_library_select_finish (MemoLibrary *self, GAsyncResult *result, GError **error)
{
  MemoSelection *selection = memo_library_take (self, result, memo_library_select_async, error);

  if (selection != NULL)
    g_weak_ref_set (&self->selection, selection);
  return selection;
}

/* Where hits may be. */
typedef struct
{
  MemoIndex *index;
  MemoRows rows;
} Within;

static gboolean
is_within (MemoKind kind, gint64 id, gpointer data)
{
  Within *within = data;

  return memo_rows_contain (&within->rows, within->index, kind, id);
}

/* A mark goes with its article into the trash. What the index does not know yet is there. */
static gboolean
is_there (MemoKind kind, gint64 id, gpointer data)
{
  Within *within = data;
  const MemoIndexRow *row = kind == MEMO_KIND_ANNOTATION ? memo_index_row_by_id (within->index, kind, id) : NULL;

  return row == NULL || roaring_bitmap_contains (memo_index_live (within->index, kind), row->node);
}

/* What the filter and the field words let through. */
static gboolean
find_within (Search *self, MemoFinder *finder, MemoDatabase *database, MemoRows *rows, GError **error)
{
  const char *words = self->filter != NULL ? memo_filter_get_words (self->filter) : "";

  if (self->filter != NULL)
    memo_rows_init_filter (rows, self->index, self->filter);
  if (*words != '\0')
    {
      g_autoptr (MemoFinder) narrow = memo_finder_new (self->index, self->names, words, FALSE);
      g_auto (MemoRows) some = { { NULL } };

      if (!memo_finder_run (narrow, database, &some, error))
        return FALSE;
      memo_rows_and (rows, &some);
    }
  if (memo_finder_has_fields (finder))
    {
      g_auto (MemoRows) some = { { NULL } };

      if (!memo_finder_run_around (finder, database, self->filter != NULL ? &some : rows, error))
        return FALSE;
      if (self->filter != NULL)
        memo_rows_and (rows, &some);
    }
  return TRUE;
}

static gpointer
search_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Search *self = data;
  g_autoptr (MemoFinder) finder = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  Within within = { self->index, { { NULL } } };
  gboolean narrow, done;

  if (self->by_reader && !memo_database_hold (database, error))
    return NULL;
  memo_names_refresh (self->names, self->index);
  finder = memo_finder_new (self->index, self->names, self->words, self->typing);
  narrow = self->filter != NULL || memo_finder_has_fields (finder);
  done = (!narrow || find_within (self, finder, database, &within.rows, error)) &&
         (hits = memo_database_search_within (database, memo_finder_get_words (finder), memo_finder_is_typing (finder),
                                              self->limit, narrow ? is_within : is_there, &within, error)) != NULL &&
         memo_named_hits_add (hits, self->index, self->names, database, memo_finder_get_words (finder),
                              memo_finder_is_typing (finder), narrow ? &within.rows : NULL, self->limit, error) &&
         (!memo_finder_is_wordless (finder) ||
          memo_hits_fill (hits, self->index, database, &within.rows, NULL, self->limit, error));
  memo_rows_clear (&within.rows);
  return done ? g_steal_pointer (&hits) : NULL;
}

static void
searched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *hits = memo_store_run_finish (MEMO_STORE (source), result, &error);

  if (hits == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, hits, (GDestroyNotify) g_ptr_array_unref);
}

void
memo_library_search_async (MemoLibrary *self,
                           const char *words,
                           gboolean typing,
                           MemoFilter *filter,
                           guint limit,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Search *search;

  g_return_if_fail (MEMO_IS_LIBRARY (self) && words != NULL);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, memo_library_search_async);
  search = search_new (self, words);
  search->typing = typing;
  search->limit = MAX (limit, 1);
  if (filter != NULL && !memo_filter_is_empty (filter))
    search->filter = g_object_ref (filter);
  memo_store_run_async (get_reader (self), MEMO_PRIORITY_PERSON, search_job, search, search_free,
                        (GDestroyNotify) g_ptr_array_unref, cancellable, searched_cb, g_steal_pointer (&task));
}

GPtrArray *
memo_library_search_finish (MemoLibrary *self, GAsyncResult *result, GError **error)
{
  return memo_library_take (self, result, memo_library_search_async, error);
}
