#include "memo-library-merge.h"
#include "memo-library-private.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "base/memo-error.h"

/* As many steps as the store can remember. */
#define ALL_STEPS 5000

/* Step by step until the action @id is the last that stands. What another process does meanwhile stands behind it, and is undone
 * with the rest. */
typedef struct
{
  gint64 id;
  gint64 standing; /* the newest action that is not undone, as of the last step */
  guint total;     /* steps that are to be expected */
  guint undone, redone;
  gboolean back;
  MemoLibraryProgress progress;
  gpointer progress_data;
} Jump;

static void step (GTask *task);

static void
step_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  MemoLibrary *self = MEMO_LIBRARY (source);
  Jump *jump = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *name =
      jump->back ? memo_library_undo_finish (self, result, &error) : memo_library_redo_finish (self, result, &error);

  if (name == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }
  *(jump->back ? &jump->undone : &jump->redone) += 1;
  jump->standing = self->standing;
  jump->total = MAX (jump->total, jump->undone + jump->redone);
  if (jump->progress != NULL)
    jump->progress (jump->undone + jump->redone, jump->total, jump->progress_data);
  step (task);
}

static void
step (GTask *task)
{
  MemoLibrary *self = g_task_get_source_object (task);
  Jump *jump = g_task_get_task_data (task);

  if (jump->back ? jump->standing <= jump->id : jump->standing >= jump->id)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
  else if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      g_task_return_error_if_cancelled (task);
      g_object_unref (task);
    }
  else
    (jump->back ? memo_library_undo_async : memo_library_redo_async) (self, NULL, step_cb, task);
}

/* Newest first: what is undone stands before what is not. */
static void
history_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Jump *jump = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = memo_library_history_finish (MEMO_LIBRARY (source), result, &error);
  guint at, standing = 0;

  if (entries == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }
  for (at = 0; at < entries->len && ((MemoHistoryEntry *) entries->pdata[at])->id != jump->id; at++)
    ;
  while (standing < entries->len && ((MemoHistoryEntry *) entries->pdata[standing])->undone)
    standing++;
  if (at == entries->len && jump->id != 0)
    {
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, jump->id);

      g_task_return_new_error (task, MEMO_ERROR, MEMO_ERROR_NOT_FOUND,
                               /* Translators: number of an action in the history */
                               _ ("There is no action %s in the history."), id);
      g_object_unref (task);
      return;
    }
  jump->standing = standing < entries->len ? ((MemoHistoryEntry *) entries->pdata[standing])->id : 0;
  jump->back = at > standing;
  jump->total = jump->back ? at - standing : standing - at;
  step (task);
}

void
memo_library_jump_async (MemoLibrary *self,
                         gint64 id,
                         MemoLibraryProgress progress,
                         gpointer progress_data,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task;
  Jump *jump;

  g_return_if_fail (MEMO_IS_LIBRARY (self));
  jump = g_new0 (Jump, 1);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, memo_library_jump_async);
  g_task_set_task_data (task, jump, g_free);
  jump->id = id;
  jump->progress = progress;
  jump->progress_data = progress_data;
  memo_library_history_async (self, ALL_STEPS, cancellable, history_cb, task);
}

gboolean
memo_library_jump_finish (MemoLibrary *self, GAsyncResult *result, guint *ret_undone, guint *ret_redone, GError **error)
{
  Jump *jump;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, memo_library_jump_async), FALSE);
  jump = g_task_get_task_data (G_TASK (result));
  if (ret_undone != NULL)
    *ret_undone = jump->undone;
  if (ret_redone != NULL)
    *ret_redone = jump->redone;
  return g_task_propagate_boolean (G_TASK (result), error);
}
