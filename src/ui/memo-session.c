#include "memo-session.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/memo-error.h"

struct _MemoSession
{
  GObject parent_instance;

  MemoLibrary *library;
  MemoFilter *filter;
  MemoSelection *selection;
  MemoHead *head;
  MemoSaver *saver;
  char *shown;
  GArray *several; /* row ids of agreements that are shown together, instead of "shown"; NULL: none */
  char *view;

  GCancellable *selecting; /* the running computation of the selection; NULL when none */
  guint reselect_id;
  guint busy;
  gulong changed_id;
};

G_DEFINE_FINAL_TYPE (MemoSession, memo_session, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_LIBRARY,
  PROP_FILTER,
  PROP_SELECTION,
  PROP_SHOWN,
  PROP_VIEW,
  PROP_BUSY,
  PROP_HEAD,
  N_PROPS
};

enum
{
  OPEN_ARTICLE,
  TOAST,
  GO,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void
set_busy (MemoSession *self, int step)
{
  gboolean was = self->busy > 0;

  self->busy += step;
  if (was != (self->busy > 0))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}

static gboolean
is_cancelled (GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gboolean
is_loading (MemoLibrary *library)
{
  gboolean loading;

  g_object_get (library, "loading", &loading, NULL);
  return loading;
}

/* Of several those that are left, after @old. */
static void
forget_several (MemoSession *self, MemoSelection *old)
{
  MemoIndex *index = memo_selection_get_index (self->selection);
  gboolean filtered =
      old && !memo_filter_equal (memo_selection_get_filter (old), memo_selection_get_filter (self->selection));
  g_autoptr (GArray) left = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; self->several && i < self->several->len; i++)
    {
      gint64 id = g_array_index (self->several, gint64, i);

      if (memo_index_get_uuid (index, MEMO_KIND_AGREEMENT, id) &&
          (!filtered || memo_selection_contains (self->selection, MEMO_KIND_AGREEMENT, id)))
        g_array_append_val (left, id);
    }
  if (self->several && left->len < self->several->len)
    memo_session_show_several (self, left);
}

/* What a new filter takes from the lists goes from the details too; what the old one did not list either was shown on its own.
 * An article stays, as the reader keeps it open. */
static void
forget_filtered (MemoSession *self, MemoSelection *old)
{
  static const MemoKind kinds[] = { MEMO_KIND_AGREEMENT, MEMO_KIND_EVENT };
  MemoIndex *index = memo_selection_get_index (self->selection);

  if (!old || !self->shown ||
      memo_filter_equal (memo_selection_get_filter (old), memo_selection_get_filter (self->selection)))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gint64 id = memo_index_get_id (index, kinds[i], self->shown);

      if (id != 0 && memo_selection_contains (old, kinds[i], id) &&
          !memo_selection_contains (self->selection, kinds[i], id))
        {
          memo_session_show (self, NULL);
          return;
        }
    }
}

static void
selected_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoSession) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoSelection) selection = memo_library_select_finish (MEMO_LIBRARY (source), result, &error);
  g_autoptr (MemoSelection) old = NULL;

  set_busy (self, -1);
  if (source != (GObject *) self->library)
    return;
  if (!selection)
    {
      if (!is_cancelled (error))
        {
          g_clear_object (&self->selecting);
          memo_session_toast (self, error->message, FALSE);
        }
      return;
    }
  /* A later filter or a later index makes this answer old. */
  if (memo_selection_get_filter (selection) != self->filter &&
      !memo_filter_equal (memo_selection_get_filter (selection), self->filter))
    return;
  g_clear_object (&self->selecting);
  old = g_steal_pointer (&self->selection);
  self->selection = g_steal_pointer (&selection);
  if (!is_loading (self->library))
    memo_session_set_head (self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTION]);
  forget_filtered (self, old);
  forget_several (self, old);
}

static gboolean
reselect_cb (gpointer data)
{
  MemoSession *self = data;

  self->reselect_id = 0;
  if (self->selecting)
    g_cancellable_cancel (self->selecting);
  g_clear_object (&self->selecting);
  if (!self->library)
    {
      set_busy (self, -1);
      return G_SOURCE_REMOVE;
    }

  self->selecting = g_cancellable_new ();
  memo_library_select_async (self->library, self->filter, self->selecting, selected_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* Several changes in one turn of the main loop cost one computation. */
static void
reselect (MemoSession *self)
{
  if (self->reselect_id)
    return;
  self->reselect_id = g_idle_add_full (G_PRIORITY_DEFAULT, reselect_cb, self, NULL);
  set_busy (self, 1);
}

static void
memo_session_dispose (GObject *object)
{
  MemoSession *self = MEMO_SESSION (object);

  g_clear_handle_id (&self->reselect_id, g_source_remove);
  if (self->selecting)
    g_cancellable_cancel (self->selecting);
  g_clear_object (&self->selecting);
  if (self->library)
    g_clear_signal_handler (&self->changed_id, self->library);
  g_clear_object (&self->library);
  g_clear_object (&self->selection);
  g_clear_object (&self->head);
  g_clear_object (&self->saver);
  g_clear_object (&self->filter);
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->several, g_array_unref);
  g_clear_pointer (&self->view, g_free);
  G_OBJECT_CLASS (memo_session_parent_class)->dispose (object);
}

static void
memo_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MemoSession *self = MEMO_SESSION (object);

  switch (id)
    {
    case PROP_LIBRARY:
      g_value_set_object (value, self->library);
      break;
    case PROP_FILTER:
      g_value_set_object (value, self->filter);
      break;
    case PROP_SELECTION:
      g_value_set_object (value, self->selection);
      break;
    case PROP_SHOWN:
      g_value_set_string (value, self->shown);
      break;
    case PROP_VIEW:
      g_value_set_string (value, self->view);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy > 0);
      break;
    case PROP_HEAD:
      g_value_set_object (value, self->head);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
memo_session_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MemoSession *self = MEMO_SESSION (object);

  switch (id)
    {
    case PROP_LIBRARY:
      memo_session_set_library (self, g_value_get_object (value));
      break;
    case PROP_FILTER:
      memo_session_set_filter (self, g_value_get_object (value));
      break;
    case PROP_SHOWN:
      memo_session_show (self, g_value_get_string (value));
      break;
    case PROP_VIEW:
      memo_session_set_view (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
memo_session_class_init (MemoSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags read_write = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags read_only = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = memo_session_dispose;
  object_class->get_property = memo_session_get_property;
  object_class->set_property = memo_session_set_property;

  props[PROP_LIBRARY] = g_param_spec_object ("library", NULL, NULL, MEMO_TYPE_LIBRARY, read_write);
  props[PROP_FILTER] = g_param_spec_object ("filter", NULL, NULL, MEMO_TYPE_FILTER, read_write);
  props[PROP_SELECTION] = g_param_spec_object ("selection", NULL, NULL, MEMO_TYPE_SELECTION, read_only);
  props[PROP_SHOWN] = g_param_spec_string ("shown", NULL, NULL, NULL, read_write);
  props[PROP_VIEW] = g_param_spec_string ("view", NULL, NULL, NULL, read_write);
  props[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, read_only);
  props[PROP_HEAD] = g_param_spec_object ("head", NULL, NULL, MEMO_TYPE_HEAD, read_only);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[OPEN_ARTICLE] = g_signal_new ("open-article", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_LONG, G_TYPE_LONG);
  signals[TOAST] = g_signal_new ("toast", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[GO] = g_signal_new ("go", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                              G_TYPE_STRING);
}

static void
memo_session_init (MemoSession *self)
{
  self->filter = memo_filter_new ();
  self->saver = memo_saver_new ();
}

MemoSession *
memo_session_new (void)
{
  return g_object_new (MEMO_TYPE_SESSION, NULL);
}

MemoLibrary *
memo_session_get_library (MemoSession *self)
{
  g_return_val_if_fail (MEMO_IS_SESSION (self), NULL);
  return self->library;
}

void
memo_session_set_library (MemoSession *self, MemoLibrary *library)
{
  g_return_if_fail (MEMO_IS_SESSION (self));

  if (self->library == library)
    return;
  if (self->library)
    g_clear_signal_handler (&self->changed_id, self->library);
  g_set_object (&self->library, library);
  if (library)
    self->changed_id = g_signal_connect_swapped (library, "changed", G_CALLBACK (reselect), self);

  g_object_freeze_notify (G_OBJECT (self));
  if (self->selection)
    {
      g_clear_object (&self->selection);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTION]);
    }
  if (self->head && memo_head_get_library (self->head) != library)
    memo_session_set_head (self, NULL);
  memo_session_show (self, NULL);
  if (!memo_filter_is_empty (self->filter))
    {
      g_object_unref (self->filter);
      self->filter = memo_filter_new ();
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FILTER]);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LIBRARY]);
  g_object_thaw_notify (G_OBJECT (self));
  memo_saver_set_library (self->saver, library);
  reselect (self);
}

void
memo_session_set_head (MemoSession *self, MemoHead *head)
{
  g_return_if_fail (MEMO_IS_SESSION (self));

  if (g_set_object (&self->head, head))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HEAD]);
}

MemoLibrary *
memo_session_get_listed (MemoSession *self)
{
  g_return_val_if_fail (MEMO_IS_SESSION (self), NULL);
  return self->library || !self->head ? self->library : memo_head_get_library (self->head);
}

MemoSelection *
memo_session_get_rows (MemoSession *self, MemoKind kind, MemoSort sort, gboolean descending, MemoHead **ret_head)
{
  g_return_val_if_fail (MEMO_IS_SESSION (self), NULL);

  *ret_head = NULL;
  if (self->selection || !self->head || !memo_head_is_of (self->head, kind, sort, descending))
    return self->selection;
  *ret_head = self->head;
  return memo_head_get_selection (self->head);
}

MemoIndex *
memo_session_get_index (MemoSession *self, MemoKind kind, gint64 id)
{
  MemoIndex *beginning;

  g_return_val_if_fail (MEMO_IS_SESSION (self), NULL);

  beginning = self->head ? memo_selection_get_index (memo_head_get_selection (self->head)) : NULL;
  if (beginning && memo_index_get_uuid (beginning, kind, id))
    return beginning;
  return self->library ? memo_library_get_index (self->library) : NULL;
}

MemoFilter *
memo_session_get_filter (MemoSession *self)
{
  g_return_val_if_fail (MEMO_IS_SESSION (self), NULL);
  return self->filter;
}

void
memo_session_set_filter (MemoSession *self, MemoFilter *filter)
{
  g_return_if_fail (MEMO_IS_SESSION (self));
  g_return_if_fail (MEMO_IS_FILTER (filter));

  if (self->filter == filter || memo_filter_equal (self->filter, filter))
    return;
  g_set_object (&self->filter, filter);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FILTER]);
  reselect (self);
}

MemoSelection *
memo_session_get_selection (MemoSession *self)
{
  g_return_val_if_fail (MEMO_IS_SESSION (self), NULL);
  return self->selection;
}

const char *
memo_session_get_shown (MemoSession *self)
{
  g_return_val_if_fail (MEMO_IS_SESSION (self), NULL);
  return self->shown;
}

static gboolean
same_ids (GArray *a, GArray *b)
{
  return a == b || (a && b && a->len == b->len && memcmp (a->data, b->data, a->len * sizeof (gint64)) == 0);
}

/* One record, several, or nothing. */
static void
set_shown (MemoSession *self, const char *uuid, GArray *several)
{
  g_autofree char *old = NULL;

  if (g_strcmp0 (self->shown, uuid) == 0 && same_ids (self->several, several))
    return;
  old = g_steal_pointer (&self->shown);
  self->shown = g_strdup (uuid);
  g_clear_pointer (&self->several, g_array_unref);
  self->several = several ? g_array_copy (several) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOWN]);
}

void
memo_session_show (MemoSession *self, const char *uuid)
{
  g_return_if_fail (MEMO_IS_SESSION (self));

  set_shown (self, uuid, NULL);
}

void
memo_session_show_several (MemoSession *self, GArray *agreements)
{
  g_return_if_fail (MEMO_IS_SESSION (self));
  g_return_if_fail (agreements);

  if (!self->library)
    return;
  if (agreements->len > 1)
    set_shown (self, NULL, agreements);
  else if (agreements->len == 1)
    set_shown (self,
               memo_index_get_uuid (memo_library_get_index (self->library), MEMO_KIND_AGREEMENT,
                                    g_array_index (agreements, gint64, 0)),
               NULL);
  else
    set_shown (self, NULL, NULL);
}

GArray *
memo_session_get_several (MemoSession *self)
{
  g_return_val_if_fail (MEMO_IS_SESSION (self), NULL);
  return self->several;
}

const char *
memo_session_get_view (MemoSession *self)
{
  g_return_val_if_fail (MEMO_IS_SESSION (self), NULL);
  return self->view;
}

void
memo_session_set_view (MemoSession *self, const char *view)
{
  g_return_if_fail (MEMO_IS_SESSION (self));

  if (g_strcmp0 (self->view, view) == 0)
    return;
  g_free (self->view);
  self->view = g_strdup (view);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VIEW]);
}

void
memo_session_open_article (MemoSession *self, const char *uuid, glong start, glong end)
{
  g_return_if_fail (MEMO_IS_SESSION (self));
  g_return_if_fail (uuid);

  g_signal_emit (self, signals[OPEN_ARTICLE], 0, uuid, start, end);
}

typedef struct
{
  char *said;
} Applying;

static void
applying_free (gpointer data)
{
  Applying *applying = data;

  g_free (applying->said);
  g_free (applying);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  MemoSession *self = g_task_get_source_object (task);
  Applying *applying = g_task_get_task_data (task);
  GError *error = NULL;

  set_busy (self, -1);
  if (memo_library_apply_finish (MEMO_LIBRARY (source), result, &error))
    {
      if (applying->said)
        memo_session_toast (self, applying->said, TRUE);
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (!is_cancelled (error))
    memo_session_toast (self, error->message, FALSE);
  g_task_return_error (task, error);
}

void
memo_session_apply (MemoSession *self,
                    MemoChange *change,
                    const char *said,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Applying *applying;

  g_return_if_fail (MEMO_IS_SESSION (self));
  g_return_if_fail (change);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, memo_session_apply);
  applying = g_new0 (Applying, 1);
  applying->said = g_strdup (said);
  g_task_set_task_data (task, applying, applying_free);
  if (!self->library)
    {
      g_task_return_new_error (task, MEMO_ERROR, MEMO_ERROR_FAILED, "%s", _ ("No library is open."));
      return;
    }
  set_busy (self, 1);
  memo_library_apply_async (self->library, change, NULL, applied_cb, g_steal_pointer (&task));
}

static void
show_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree char *uuid = data;

  /* What went wrong was said. */
  if (memo_session_apply_finish (MEMO_SESSION (source), result, NULL))
    memo_session_show (MEMO_SESSION (source), uuid);
}

void
memo_session_apply_and_show (MemoSession *self, MemoChange *change, const char *said, const char *uuid)
{
  memo_session_apply (self, change, said, show_cb, g_strdup (uuid));
}

gboolean
memo_session_apply_finish (MemoSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

MemoSaver *
memo_session_get_saver (MemoSession *self)
{
  g_return_val_if_fail (MEMO_IS_SESSION (self), NULL);
  return self->saver;
}

void
memo_session_toast (MemoSession *self, const char *text, gboolean undoable)
{
  g_return_if_fail (MEMO_IS_SESSION (self));
  g_signal_emit (self, signals[TOAST], 0, text, undoable);
}

void
memo_session_go (MemoSession *self, const char *view)
{
  g_return_if_fail (MEMO_IS_SESSION (self));
  g_signal_emit (self, signals[GO], 0, view);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoSession) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = memo_library_undo_finish (MEMO_LIBRARY (source), result, &error);
  g_autofree char *text = NULL;

  set_busy (self, -1);
  if (name)
    /* Translators: %s is the name of an action, such as “Add highlight”. */
    text = g_strdup_printf (_ ("Undone: %s"), name);
  else if (!is_cancelled (error))
    text = g_strdup (error->message);
  if (text)
    memo_session_toast (self, text, FALSE);
}

static void
redone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoSession) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = memo_library_redo_finish (MEMO_LIBRARY (source), result, &error);
  g_autofree char *text = NULL;

  set_busy (self, -1);
  if (name)
    /* Translators: %s is the name of an action, such as “Add highlight”. */
    text = g_strdup_printf (_ ("Redone: %s"), name);
  else if (!is_cancelled (error))
    text = g_strdup (error->message);
  if (text)
    memo_session_toast (self, text, FALSE);
}

void
memo_session_undo (MemoSession *self)
{
  g_return_if_fail (MEMO_IS_SESSION (self));

  if (!self->library)
    return;
  set_busy (self, 1);
  memo_library_undo_async (self->library, NULL, undone_cb, g_object_ref (self));
}

void
memo_session_redo (MemoSession *self)
{
  g_return_if_fail (MEMO_IS_SESSION (self));

  if (!self->library)
    return;
  set_busy (self, 1);
  memo_library_redo_async (self->library, NULL, redone_cb, g_object_ref (self));
}
