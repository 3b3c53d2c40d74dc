#include "memo-library-private.h"

/* A filter to a selection, and words to hits within a selection. Words go through the store; the rest is computed from the
 * index in a worker thread. */

static const MemoKind worded[] = { MEMO_KIND_ARTICLE, MEMO_KIND_ANNOTATION, MEMO_KIND_AGREEMENT,
                                   MEMO_KIND_EVENT,   MEMO_KIND_NOTE,       MEMO_KIND_BODY };

typedef struct
{
  MemoIndex *index;
  MemoFilter *filter;
  GPtrArray *words; /* of GArray of gint64, by kind, elements nullable; NULL: no words */
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

static gpointer
words_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  MemoQuery *query = data;
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (clear_words);

  g_ptr_array_set_size (words, MEMO_N_KINDS);
  for (guint i = 0; i < G_N_ELEMENTS (worded); i++)
    {
      GArray *ids = memo_database_match (database, worded[i], query->text, error);

      if (ids == NULL)
        return NULL;
      g_ptr_array_index (words, worded[i]) = ids;
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

  g_task_return_pointer (task, selection, g_object_unref);
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
  g_task_run_in_thread (task, select_thread);
}

void
memo_library_select_async (MemoLibrary *self,
                           MemoFilter *filter,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Select *select;

  g_return_if_fail (MEMO_IS_LIBRARY (self) && MEMO_IS_FILTER (filter));
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, memo_library_select_async);
  select = g_new0 (Select, 1);
  select->index = g_object_ref (self->index);
  select->filter = g_object_ref (filter);
  g_task_set_task_data (task, select, select_free);
  if (*memo_filter_get_words (filter) == '\0')
    g_task_run_in_thread (task, select_thread);
  else
    memo_store_run_async (self->store, MEMO_PRIORITY_PERSON, words_job, memo_query_new (memo_filter_get_words (filter)),
                          memo_query_free, (GDestroyNotify) g_ptr_array_unref, cancellable, words_cb,
                          g_steal_pointer (&task));
}

MemoSelection *
memo_library_select_finish (MemoLibrary *self, GAsyncResult *result, GError **error)
{
  return memo_library_take (self, result, memo_library_select_async, error);
}

typedef struct
{
  char *words;
  gboolean typing;
  guint limit;
  MemoSelection *selection; /* NULL: everything */
} Search;

static void
search_free (gpointer data)
{
  Search *self = data;

  g_free (self->words);
  g_clear_object (&self->selection);
  g_free (self);
}

static gboolean
is_within (MemoSelection *selection, MemoHit *hit)
{
  for (guint i = 0; i < G_N_ELEMENTS (worded); i++)
    if (worded[i] == hit->kind)
      return memo_selection_contains (selection, hit->kind, hit->id);
  return FALSE;
}

/* Asks for more until enough of them are within the selection. */
static gpointer
search_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Search *self = data;

  for (guint limit = self->limit;; limit *= 8)
    {
      g_autoptr (GPtrArray) hits = memo_database_search (database, self->words, self->typing, limit, error);
      guint found;

      if (hits == NULL)
        return NULL;
      found = hits->len;
      for (guint i = 0; self->selection != NULL && i < hits->len;)
        if (is_within (self->selection, g_ptr_array_index (hits, i)))
          i++;
        else
          g_ptr_array_remove_index (hits, i);
      if (hits->len < self->limit && found == limit && limit < G_MAXUINT / 16)
        continue;
      if (hits->len > self->limit)
        g_ptr_array_set_size (hits, self->limit);
      return g_steal_pointer (&hits);
    }
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

static void
run_search (GTask *task, Search *search)
{
  MemoLibrary *self = g_task_get_source_object (task);

  memo_store_run_async (self->store, MEMO_PRIORITY_PERSON, search_job, search, search_free,
                        (GDestroyNotify) g_ptr_array_unref, g_task_get_cancellable (task), searched_cb,
                        g_object_ref (task));
}

static void
search_selected_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Search *search = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  Search *copy;

  search->selection = memo_library_select_finish (MEMO_LIBRARY (source), result, &error);
  if (search->selection == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  copy = g_new0 (Search, 1);
  copy->words = g_strdup (search->words);
  copy->typing = search->typing;
  copy->limit = search->limit;
  copy->selection = g_object_ref (search->selection);
  run_search (task, copy);
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
  search = g_new0 (Search, 1);
  search->words = g_strdup (words);
  search->typing = typing;
  search->limit = MAX (limit, 1);
  if (filter == NULL || memo_filter_is_empty (filter))
    run_search (task, search);
  else
    {
      g_task_set_task_data (task, search, search_free);
      memo_library_select_async (self, filter, cancellable, search_selected_cb, g_steal_pointer (&task));
    }
}

GPtrArray *
memo_library_search_finish (MemoLibrary *self, GAsyncResult *result, GError **error)
{
  return memo_library_take (self, result, memo_library_search_async, error);
}
