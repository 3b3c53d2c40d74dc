#include "memo-library-private.h"

#include <glib/gi18n.h>

#include "base/memo-error.h"

/* Reading through the library: each call is one job in the store's thread. */

static void
run_query (MemoLibrary *self,
           MemoStoreJob job,
           MemoQuery *query,
           GDestroyNotify result_free,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data,
           gpointer tag)
{
  memo_library_run (self, MEMO_PRIORITY_PERSON, job, query, memo_query_free, result_free, cancellable, callback,
                    user_data, tag);
}

static gpointer
get_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  MemoQuery *query = data;
  const char *uuids[] = { query->text, NULL };
  g_autoptr (GPtrArray) records = NULL;
  MemoKind kind;

  if (!memo_database_find_kind (database, query->text, &kind, error))
    return NULL;
  records = memo_database_read_uuids (database, kind, uuids, query->flag, error);
  if (records == NULL)
    return NULL;
  if (records->len == 0 || g_ptr_array_index (records, 0) == NULL)
    {
      /* Translators: %s is the id of a record, as a script names it */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND, _ ("The library has no record “%s”."), query->text);
      return NULL;
    }
  return g_object_ref (g_ptr_array_index (records, 0));
}

void
memo_library_get_async (MemoLibrary *self,
                        const char *uuid,
                        gboolean whole,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  MemoQuery *query;

  g_return_if_fail (MEMO_IS_LIBRARY (self) && uuid != NULL);
  query = memo_query_new (uuid);
  query->flag = whole;
  run_query (self, get_job, query, g_object_unref, cancellable, callback, user_data, memo_library_get_async);
}

MemoRecord *
memo_library_get_finish (MemoLibrary *self, GAsyncResult *result, GError **error)
{
  return memo_library_take (self, result, memo_library_get_async, error);
}

static gpointer
load_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  MemoQuery *query = data;

  return memo_database_read (database, query->kind, (const gint64 *) (gpointer) query->ids->data, query->ids->len,
                             query->flag, error);
}

void
memo_library_load_async (MemoLibrary *self,
                         MemoKind kind,
                         GArray *ids,
                         gboolean whole,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  MemoQuery *query;

  g_return_if_fail (MEMO_IS_LIBRARY (self) && kind < MEMO_N_KINDS && ids != NULL);
  query = memo_query_new (NULL);
  query->kind = kind;
  query->ids = g_array_copy (ids);
  query->flag = whole;
  run_query (self, load_job, query, (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data,
             memo_library_load_async);
}

GPtrArray *
memo_library_load_finish (MemoLibrary *self, GAsyncResult *result, GError **error)
{
  return memo_library_take (self, result, memo_library_load_async, error);
}

static gpointer
load_fields_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  MemoQuery *query = data;

  return memo_database_read_fields (database, query->kind, query->fields, (const gint64 *) (gpointer) query->ids->data,
                                    query->ids->len, error);
}

void
memo_library_load_fields_async (MemoLibrary *self,
                                MemoKind kind,
                                guint32 fields,
                                GArray *ids,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  MemoQuery *query;

  g_return_if_fail (MEMO_IS_LIBRARY (self) && kind < MEMO_N_KINDS && ids != NULL);
  query = memo_query_new (NULL);
  query->kind = kind;
  query->fields = fields;
  query->ids = g_array_copy (ids);
  run_query (self, load_fields_job, query, (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data,
             memo_library_load_fields_async);
}

GPtrArray *
memo_library_load_fields_finish (MemoLibrary *self, GAsyncResult *result, GError **error)
{
  return memo_library_take (self, result, memo_library_load_fields_async, error);
}

static gpointer
where_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  MemoQuery *query = data;

  return memo_database_read_where (database, query->field, query->text, error);
}

void
memo_library_where_async (MemoLibrary *self,
                          MemoField field,
                          const char *uuid,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  MemoQuery *query;

  g_return_if_fail (MEMO_IS_LIBRARY (self) && uuid != NULL);
  query = memo_query_new (uuid);
  query->field = field;
  run_query (self, where_job, query, (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data,
             memo_library_where_async);
}

GPtrArray *
memo_library_where_finish (MemoLibrary *self, GAsyncResult *result, GError **error)
{
  return memo_library_take (self, result, memo_library_where_async, error);
}

static gpointer
original_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return memo_database_read_original (database, ((MemoQuery *) data)->text, error);
}

void
memo_library_original_async (MemoLibrary *self,
                             const char *sha256,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (MEMO_IS_LIBRARY (self) && sha256 != NULL);
  run_query (self, original_job, memo_query_new (sha256), (GDestroyNotify) g_bytes_unref, cancellable, callback,
             user_data, memo_library_original_async);
}

GBytes *
memo_library_original_finish (MemoLibrary *self, GAsyncResult *result, GError **error)
{
  return memo_library_take (self, result, memo_library_original_async, error);
}

static gpointer
history_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return memo_database_read_history (database, ((MemoQuery *) data)->limit, error);
}

void
memo_library_history_async (MemoLibrary *self,
                            guint limit,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  MemoQuery *query;

  g_return_if_fail (MEMO_IS_LIBRARY (self));
  query = memo_query_new (NULL);
  query->limit = limit;
  run_query (self, history_job, query, (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data,
             memo_library_history_async);
}

GPtrArray *
memo_library_history_finish (MemoLibrary *self, GAsyncResult *result, GError **error)
{
  return memo_library_take (self, result, memo_library_history_async, error);
}

/* A vector of one, or of none when there is no such state. */
static gpointer
get_state_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  GStrv result = g_new0 (char *, 2);
  g_autoptr (GError) cause = NULL;

  result[0] = memo_database_get_state (database, ((MemoQuery *) data)->text, &cause);
  if (cause == NULL)
    return result;
  g_strfreev (result);
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

void
memo_library_get_state_async (MemoLibrary *self, const char *key, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (MEMO_IS_LIBRARY (self) && key != NULL);
  run_query (self, get_state_job, memo_query_new (key), (GDestroyNotify) g_strfreev, NULL, callback, user_data,
             memo_library_get_state_async);
}

char *
memo_library_get_state_finish (MemoLibrary *self, GAsyncResult *result, GError **error)
{
  g_auto (GStrv) values = memo_library_take (self, result, memo_library_get_state_async, error);

  return values != NULL ? g_strdup (values[0]) : NULL;
}

static gpointer
set_state_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  MemoQuery *query = data;

  return GINT_TO_POINTER (memo_database_set_state (database, query->text, query->value, error));
}

static void
set_state_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  memo_library_take (MEMO_LIBRARY (source), result, memo_library_set_state, &error);
  if (error != NULL)
    g_message ("A state of the library was not kept: %s", error->message);
}

void
memo_library_set_state (MemoLibrary *self, const char *key, const char *value)
{
  MemoQuery *query;

  g_return_if_fail (MEMO_IS_LIBRARY (self) && key != NULL);
  if (self->read_only || self->closed)
    return;
  query = memo_query_new (key);
  query->value = g_strdup (value);
  memo_library_run (self, MEMO_PRIORITY_SOON, set_state_job, query, memo_query_free, NULL, NULL, set_state_cb, NULL,
                    memo_library_set_state);
}

static gpointer
stats_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return memo_database_stats (database, error);
}

void
memo_library_stats_async (MemoLibrary *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (MEMO_IS_LIBRARY (self));
  run_query (self, stats_job, memo_query_new (NULL), (GDestroyNotify) json_object_unref, cancellable, callback,
             user_data, memo_library_stats_async);
}

JsonObject *
memo_library_stats_finish (MemoLibrary *self, GAsyncResult *result, GError **error)
{
  return memo_library_take (self, result, memo_library_stats_async, error);
}
