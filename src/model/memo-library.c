#include "memo-head.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/memo-error.h"
#include "memo-library-private.h"

#define POLL_MILLISECONDS 500

G_DEFINE_FINAL_TYPE (MemoLibrary, memo_library, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_INDEX,
  PROP_LOADING,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  PROP_UNDO_NAME,
  PROP_REDO_NAME,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

enum
{
  SIGNAL_CHANGED,
  SIGNAL_MOVED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* Somebody who waits until everything is read. */
typedef struct
{
  MemoNotice *notice;
  GTask *task;
  gpointer value;
  GDestroyNotify value_free;
} Waiting;

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  g_clear_pointer (&waiting->notice, memo_notice_unref);
  if (waiting->value != NULL && waiting->value_free != NULL)
    waiting->value_free (waiting->value);
  g_clear_object (&waiting->task);
  g_free (waiting);
}

static void
return_value (GTask *task, gpointer value, GDestroyNotify value_free)
{
  if (value_free != NULL)
    g_task_return_pointer (task, value, value_free);
  else
    g_task_return_boolean (task, TRUE);
}

/* Jobs with answers */

typedef struct
{
  GTask *task;
  GDestroyNotify result_free;
} Forward;

static void
forward_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Forward *forward = data;
  g_autoptr (GError) error = NULL;
  gpointer value = memo_store_run_finish (MEMO_STORE (source), result, &error);

  if (error != NULL)
    g_task_return_error (forward->task, g_steal_pointer (&error));
  else
    g_task_return_pointer (forward->task, value, forward->result_free);
  g_object_unref (forward->task);
  g_free (forward);
}

void
memo_library_run (MemoLibrary *self,
                  MemoPriority priority,
                  MemoStoreJob job,
                  gpointer data,
                  GDestroyNotify data_free,
                  GDestroyNotify result_free,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data,
                  gpointer tag)
{
  Forward *forward = g_new0 (Forward, 1);

  forward->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (forward->task, tag);
  forward->result_free = result_free;
  memo_store_run_async (self->store, priority, job, data, data_free, result_free, cancellable, forward_cb, forward);
}

gpointer
memo_library_take (MemoLibrary *self, GAsyncResult *result, gpointer tag, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Commits */

static void
set_flag (MemoLibrary *self, gboolean *place, gboolean value, guint prop)
{
  if (*place == value)
    return;
  *place = value;
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
set_name (MemoLibrary *self, char **place, const char *msgid, guint prop)
{
  const char *name = msgid != NULL ? _ (msgid) : NULL;

  if (g_strcmp0 (*place, name) == 0)
    return;
  g_free (*place);
  *place = g_strdup (name);
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
take_index (MemoLibrary *self, MemoCommit *commit)
{
  if (commit->index == NULL || commit->serial <= self->serial)
    return;
  self->serial = commit->serial;
  self->index_seen = commit->seen;
  g_set_object (&self->index, commit->index);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_INDEX]);
}

static void
take_history (MemoLibrary *self, MemoCommit *commit)
{
  self->standing = commit->standing;
  set_name (self, &self->undo_name, commit->undo_name, PROP_UNDO_NAME);
  set_name (self, &self->redo_name, commit->redo_name, PROP_REDO_NAME);
  set_flag (self, &self->can_undo, commit->can_undo, PROP_CAN_UNDO);
  set_flag (self, &self->can_redo, commit->can_redo, PROP_CAN_REDO);
}

static MemoQuery *
commit_query (MemoLibrary *self)
{
  MemoQuery *query = memo_query_new (NULL);

  query->indexer = memo_indexer_ref (self->indexer);
  return query;
}

static void read_on (MemoLibrary *self);

static void
read_over (MemoLibrary *self, GError *error)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (waiting_free);
  self->again = FALSE;
  set_flag (self, &self->loading, FALSE, PROP_LOADING);
  for (guint i = 0; i < waiting->len; i++)
    {
      Waiting *one = g_ptr_array_index (waiting, i);

      if (error == NULL && one->notice != NULL)
        g_signal_emit (self, signals[SIGNAL_CHANGED], 0, one->notice);
      if (one->task == NULL)
        continue;
      if (error != NULL)
        g_task_return_error (one->task, g_error_copy (error));
      else
        return_value (one->task, g_steal_pointer (&one->value), one->value_free);
    }
}

/* Who asked for it gets the library as soon as there is an index, and hears later that the rest has come. */
static void
return_early (MemoLibrary *self)
{
  for (guint i = 0; i < self->waiting->len; i++)
    {
      Waiting *waiting = g_ptr_array_index (self->waiting, i);

      if (waiting->task == NULL)
        continue;
      g_clear_pointer (&waiting->notice, memo_notice_unref);
      waiting->notice = memo_notice_new (NULL, TRUE);
      return_value (waiting->task, g_steal_pointer (&waiting->value), waiting->value_free);
      g_clear_object (&waiting->task);
    }
}

static void
slice_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoLibrary) self = data;
  g_autoptr (GError) error = NULL;
  MemoCommit *commit = memo_store_run_finish (MEMO_STORE (source), result, &error);

  if (error != NULL)
    {
      g_message ("The library could not be read: %s", error->message);
      read_over (self, error);
      return;
    }
  take_index (self, commit);
  if (!commit->reading)
    read_over (self, NULL);
  else
    read_on (self);
  memo_commit_free (commit);
}

static void
read_on (MemoLibrary *self)
{
  memo_store_run_async (self->store, MEMO_PRIORITY_SOON, memo_commit_slice_job, commit_query (self), memo_query_free,
                        memo_commit_free, NULL, slice_cb, g_object_ref (self));
}

void
memo_library_reload (MemoLibrary *self, MemoNotice *notice, GTask *task, gpointer value, GDestroyNotify value_free)
{
  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->notice = notice != NULL ? memo_notice_ref (notice) : NULL;
  waiting->task = task;
  waiting->value = value;
  waiting->value_free = value_free;
  g_ptr_array_add (self->waiting, waiting);
  if (!self->loading)
    {
      set_flag (self, &self->loading, TRUE, PROP_LOADING);
      read_on (self);
    }
}

void
memo_library_take_commit (MemoLibrary *self, MemoCommit *commit, GTask *task, gpointer value, GDestroyNotify value_free)
{
  take_index (self, commit);
  take_history (self, commit);
  if (commit->reading)
    {
      self->again = commit->notice != NULL;
      memo_library_reload (self, commit->notice, task, value, value_free);
      return;
    }
  if (commit->notice != NULL)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0, commit->notice);
  if (task != NULL)
    return_value (task, value, value_free);
  g_clear_object (&task);
}

/* Following other processes */

static void stop_poll (MemoLibrary *self);

static void
poll_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoLibrary) self = data;
  g_autoptr (GError) error = NULL;
  MemoCommit *commit = memo_store_run_finish (MEMO_STORE (source), result, &error);

  self->polling = FALSE;
  if (commit == NULL)
    {
      if (!self->closed && g_error_matches (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND))
        {
          stop_poll (self);
          g_signal_emit (self, signals[SIGNAL_MOVED], 0, error->message);
        }
      else
        g_debug ("The library could not be looked at: %s", error->message);
      return;
    }
  if (commit->notice != NULL && !self->closed)
    memo_library_take_commit (self, commit, NULL, NULL, NULL);
  memo_commit_free (commit);
}

static gboolean
poll_timeout_cb (gpointer data)
{
  MemoLibrary *self = data;

  if (!self->polling)
    {
      self->polling = TRUE;
      memo_store_run_async (self->store, MEMO_PRIORITY_BACKGROUND, memo_commit_poll_job, commit_query (self),
                            memo_query_free, memo_commit_free, NULL, poll_cb, g_object_ref (self));
    }
  return G_SOURCE_CONTINUE;
}

static void
start_poll (MemoLibrary *self)
{
  self->poll = g_timeout_source_new (POLL_MILLISECONDS);
  g_source_set_priority (self->poll, G_PRIORITY_LOW);
  g_source_set_callback (self->poll, poll_timeout_cb, self, NULL);
  g_source_set_static_name (self->poll, "memo-library-poll");
  g_source_attach (self->poll, g_main_context_get_thread_default ());
}

static void
stop_poll (MemoLibrary *self)
{
  if (self->poll == NULL)
    return;
  g_source_destroy (self->poll);
  g_clear_pointer (&self->poll, g_source_unref);
}

/* The object */

static void
memo_library_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MemoLibrary *self = MEMO_LIBRARY (object);

  switch (prop_id)
    {
    case PROP_INDEX:
      g_value_set_object (value, self->index);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, self->can_undo);
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, self->can_redo);
      break;
    case PROP_UNDO_NAME:
      g_value_set_string (value, self->undo_name);
      break;
    case PROP_REDO_NAME:
      g_value_set_string (value, self->redo_name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
memo_library_dispose (GObject *object)
{
  MemoLibrary *self = MEMO_LIBRARY (object);

  stop_poll (self);
  g_clear_object (&self->store);
  g_clear_object (&self->reader);
  g_clear_object (&self->index);
  G_OBJECT_CLASS (memo_library_parent_class)->dispose (object);
}

static void
memo_library_finalize (GObject *object)
{
  MemoLibrary *self = MEMO_LIBRARY (object);

  memo_indexer_unref (self->indexer);
  g_weak_ref_clear (&self->selection);
  memo_names_unref (self->names);
  memo_names_unref (self->reader_names);
  g_ptr_array_unref (self->waiting);
  g_free (self->path);
  g_free (self->undo_name);
  g_free (self->redo_name);
  g_clear_error (&self->open_error);
  for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
    g_free (self->heads[kind]);
  G_OBJECT_CLASS (memo_library_parent_class)->finalize (object);
}

static void
memo_library_class_init (MemoLibraryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = memo_library_get_property;
  object_class->dispose = memo_library_dispose;
  object_class->finalize = memo_library_finalize;

  props[PROP_INDEX] = g_param_spec_object ("index", NULL, NULL, MEMO_TYPE_INDEX, flags);
  props[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  props[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  props[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  props[PROP_UNDO_NAME] = g_param_spec_string ("undo-name", NULL, NULL, NULL, flags);
  props[PROP_REDO_NAME] = g_param_spec_string ("redo-name", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", MEMO_TYPE_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, MEMO_TYPE_NOTICE);
  signals[SIGNAL_MOVED] =
      g_signal_new ("moved", MEMO_TYPE_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
memo_library_init (MemoLibrary *self)
{
  self->store = memo_store_new ();
  self->indexer = memo_indexer_new ();
  g_weak_ref_init (&self->selection, NULL);
  self->names = memo_names_new ();
  self->reader_names = memo_names_new ();
  self->waiting = g_ptr_array_new_with_free_func (waiting_free);
}

/* Opening and closing */

char *
memo_library_get_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "memorandum", "library.memorandum", NULL);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  MemoLibrary *self = MEMO_LIBRARY (source);
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    {
      start_poll (self);
      g_task_return_pointer (task, g_object_ref (self), g_object_unref);
    }
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoLibrary) self = data;

  memo_store_open_finish (MEMO_STORE (source), result, &self->open_error);
}

typedef struct
{
  MemoLibrary *library;
  MemoHeadFunc func;
  gpointer user_data;
} HeadCall;

static void
head_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree HeadCall *call = data;
  g_autoptr (MemoLibrary) self = call->library;
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoHead) head = memo_store_run_finish (MEMO_STORE (source), result, &error);

  if (error != NULL)
    g_debug ("There is no beginning of a list: %s", error->message);
  if (head == NULL)
    return;
  memo_head_set_library (head, self);
  call->func (head, call->user_data);
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  MemoLibrary *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoCommit) commit = memo_store_run_finish (MEMO_STORE (source), result, &error);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GTask *loaded;

  if (commit == NULL)
    {
      /* Why it could not be opened says more than that it is not open. */
      if (self->open_error != NULL)
        g_task_return_error (task, g_steal_pointer (&self->open_error));
      else
        g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  loaded = g_task_new (self, cancellable, loaded_cb, g_steal_pointer (&task));
  g_task_set_source_tag (loaded, memo_library_open_async);
  memo_library_take_commit (self, commit, loaded, NULL, NULL);
  if (self->at_once)
    return_early (self);
}

void
memo_library_open_with_head_async (const char *path,
                                   MemoOpenFlags flags,
                                   MemoKind kind,
                                   guint rows,
                                   MemoHeadFunc head,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  MemoLibrary *self = g_object_new (MEMO_TYPE_LIBRARY, NULL);
  MemoHold *hold = NULL;
  MemoQuery *query;

  g_task_set_source_tag (task, memo_library_open_async);
  g_task_set_task_data (task, self, g_object_unref);
  self->path = path != NULL ? g_canonicalize_filename (path, NULL) : memo_library_get_default_path ();
  self->read_only = (flags & MEMO_OPEN_READ_ONLY) != 0;
  self->at_once = (flags & MEMO_OPEN_AT_ONCE) != 0;
  if (path == NULL && (flags & MEMO_OPEN_CREATE) != 0)
    {
      g_autofree char *folder = g_path_get_dirname (self->path);

      if (g_mkdir_with_parents (folder, 0700) != 0)
        {
          int problem = errno;

          g_task_return_new_error (task, MEMO_ERROR, problem == ENOSPC ? MEMO_ERROR_FULL : MEMO_ERROR_READ_ONLY,
                                   /* Translators: a folder, then the cause as the system words it */
                                   _ ("The folder “%s” for the library cannot be made: %s."), folder,
                                   g_strerror (problem));
          return;
        }
    }
  /* All at once, so that none of it waits until the caller's thread looks again. */
  memo_store_open_async (self->store, self->path, flags, cancellable, opened_cb, g_object_ref (self));
  if (head != NULL)
    {
      HeadCall *call = g_new (HeadCall, 1);

      *call = (HeadCall){ g_object_ref (self), head, user_data };
      query = memo_query_new (NULL);
      query->kind = kind;
      query->limit = rows;
      hold = memo_hold_new ();
      query->hold = memo_hold_ref (hold);
      memo_store_run_async (self->store, MEMO_PRIORITY_PERSON, memo_head_read_job, query, memo_query_free,
                            g_object_unref, cancellable, head_cb, call);
    }
  query = commit_query (self);
  query->flag = !self->read_only && (flags & MEMO_OPEN_CREATE) != 0;
  query->hold = hold;
  memo_store_run_async (self->store, MEMO_PRIORITY_PERSON, memo_commit_open_job, query, memo_query_free,
                        memo_commit_free, cancellable, prepared_cb, g_steal_pointer (&task));
}

void
memo_library_open_async (const char *path,
                         MemoOpenFlags flags,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  memo_library_open_with_head_async (path, flags, MEMO_KIND_ARTICLE, 0, NULL, cancellable, callback, user_data);
}

MemoLibrary *
memo_library_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, memo_library_open_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (!memo_store_close_finish (MEMO_STORE (source), result, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
reader_closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  MemoLibrary *self = g_task_get_source_object (task);

  /* It never held anything that could be lost. */
  memo_store_close_finish (MEMO_STORE (source), result, NULL);
  memo_store_close_async (self->store, closed_cb, task);
}

void
memo_library_close_async (MemoLibrary *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (MEMO_IS_LIBRARY (self));
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, memo_library_close_async);
  memo_library_keep_heads (self);
  self->closed = TRUE;
  self->reader_open = FALSE;
  stop_poll (self);
  if (self->reader != NULL)
    memo_store_close_async (self->reader, reader_closed_cb, task);
  else
    memo_store_close_async (self->store, closed_cb, task);
}

gboolean
memo_library_close_finish (MemoLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

const char *
memo_library_get_path (MemoLibrary *self)
{
  g_return_val_if_fail (MEMO_IS_LIBRARY (self), NULL);
  return self->path;
}

gboolean
memo_library_is_at (MemoLibrary *self, const char *path)
{
  g_return_val_if_fail (MEMO_IS_LIBRARY (self) && path != NULL, FALSE);
  return memo_store_is_same_file (self->path, path);
}

char *
memo_library_dup_name (MemoLibrary *self)
{
  g_autofree char *own = memo_library_get_default_path ();
  char *name, *dot;

  g_return_val_if_fail (MEMO_IS_LIBRARY (self), NULL);
  if (g_strcmp0 (self->path, own) == 0)
    return g_strdup (_ ("My library"));
  name = g_filename_display_basename (self->path);
  dot = strrchr (name, '.');
  if (dot != NULL && dot != name)
    *dot = '\0';
  return name;
}

gboolean
memo_library_get_read_only (MemoLibrary *self)
{
  g_return_val_if_fail (MEMO_IS_LIBRARY (self), FALSE);
  return self->read_only;
}

MemoIndex *
memo_library_get_index (MemoLibrary *self)
{
  g_return_val_if_fail (MEMO_IS_LIBRARY (self), NULL);
  return self->index;
}

/* Changing */

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  MemoLibrary *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  MemoCommit *commit = memo_store_run_finish (MEMO_STORE (source), result, &error);

  if (commit == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }
  memo_library_take_commit (self, commit, task, NULL, NULL);
  memo_commit_free (commit);
}

/* What is committed cannot be cancelled any more: a cancellable counts only until it is on its way. */
static GTask *
commit_task (MemoLibrary *self,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data,
             gpointer tag)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  if (g_task_return_error_if_cancelled (task))
    g_clear_object (&task);
  else
    g_task_set_check_cancellable (task, FALSE);
  return task;
}

void
memo_library_apply_async (MemoLibrary *self,
                          MemoChange *change,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task;
  MemoQuery *query;

  g_return_if_fail (MEMO_IS_LIBRARY (self) && change != NULL);
  task = commit_task (self, cancellable, callback, user_data, memo_library_apply_async);
  if (task == NULL)
    return;
  query = commit_query (self);
  query->change = memo_change_ref (change);
  /* Who gives the action its name has more to come, as an import does: nobody waits for this part of it. */
  memo_store_run_async (self->store, memo_change_get_action (change) ? MEMO_PRIORITY_SOON : MEMO_PRIORITY_PERSON,
                        memo_commit_apply_job, query, memo_query_free, memo_commit_free, NULL, applied_cb, task);
}

gboolean
memo_library_apply_finish (MemoLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, memo_library_apply_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
walked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  MemoLibrary *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  MemoCommit *commit = memo_store_run_finish (MEMO_STORE (source), result, &error);

  if (commit == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }
  memo_library_take_commit (self, commit, task, g_strdup (commit->name != NULL ? _ (commit->name) : ""), g_free);
  memo_commit_free (commit);
}

static void
walk (MemoLibrary *self,
      MemoStoreJob job,
      GCancellable *cancellable,
      GAsyncReadyCallback callback,
      gpointer user_data,
      gpointer tag)
{
  GTask *task = commit_task (self, cancellable, callback, user_data, tag);

  if (task != NULL)
    memo_store_run_async (self->store, MEMO_PRIORITY_PERSON, job, commit_query (self), memo_query_free,
                          memo_commit_free, NULL, walked_cb, task);
}

void
memo_library_undo_async (MemoLibrary *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (MEMO_IS_LIBRARY (self));
  walk (self, memo_commit_undo_job, cancellable, callback, user_data, memo_library_undo_async);
}

char *
memo_library_undo_finish (MemoLibrary *self, GAsyncResult *result, GError **error)
{
  return memo_library_take (self, result, memo_library_undo_async, error);
}

void
memo_library_redo_async (MemoLibrary *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (MEMO_IS_LIBRARY (self));
  walk (self, memo_commit_redo_job, cancellable, callback, user_data, memo_library_redo_async);
}

char *
memo_library_redo_finish (MemoLibrary *self, GAsyncResult *result, GError **error)
{
  return memo_library_take (self, result, memo_library_redo_async, error);
}
