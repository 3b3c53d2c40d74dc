#include "memo-caretaker.h"

#define FIRST_SECONDS 5
#define SECONDS 3600
#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

struct _MemoCaretaker
{
  GObject parent_instance;
  MemoLibrary *library;
  GCancellable *cancellable;
  GSource *timer;
  gboolean backups;
  gint64 swept; /* when it was done last; 0: not yet */
  char *told;   /* what was said last */
};

G_DEFINE_FINAL_TYPE (MemoCaretaker, memo_caretaker, G_TYPE_OBJECT)

enum
{
  SIGNAL_FAILED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
backed_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoCaretaker) self = data;
  g_autoptr (GError) error = NULL;

  if (memo_library_keep_backup_finish (MEMO_LIBRARY (source), result, NULL, &error))
    {
      g_clear_pointer (&self->told, g_free);
      return;
    }
  if (g_cancellable_is_cancelled (self->cancellable) || g_strcmp0 (self->told, error->message) == 0)
    return;
  g_free (self->told);
  self->told = g_strdup (error->message);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error->message);
}

static void
swept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MemoCaretaker) self = data;
  g_autoptr (GError) error = NULL;

  /* It is tried again the next time; nobody has to do anything about it. */
  if (!memo_library_sweep_finish (MEMO_LIBRARY (source), result, NULL, &error))
    {
      g_debug ("The trash was not looked through: %s", error->message);
      self->swept = 0;
    }
}

void
memo_caretaker_run (MemoCaretaker *self, gint64 now)
{
  g_return_if_fail (MEMO_IS_CARETAKER (self));

  if (memo_library_get_read_only (self->library))
    return;
  if (self->swept == 0 || ABS (now - self->swept) >= DAY)
    {
      self->swept = now;
      memo_library_sweep_async (self->library, now, self->cancellable, swept_cb, g_object_ref (self));
    }
  if (self->backups)
    memo_library_keep_backup_async (self->library, now, FALSE, self->cancellable, backed_up_cb, g_object_ref (self));
}

static void
set_timer (MemoCaretaker *self, guint seconds, GSourceFunc func)
{
  self->timer = g_timeout_source_new_seconds (seconds);
  g_source_set_priority (self->timer, G_PRIORITY_LOW);
  g_source_set_callback (self->timer, func, self, NULL);
  g_source_set_static_name (self->timer, "memo-caretaker");
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

static gboolean
hour_cb (gpointer data)
{
  memo_caretaker_run (data, g_get_real_time ());
  return G_SOURCE_CONTINUE;
}

static gboolean
first_cb (gpointer data)
{
  MemoCaretaker *self = data;

  g_clear_pointer (&self->timer, g_source_unref);
  set_timer (self, SECONDS, hour_cb);
  memo_caretaker_run (self, g_get_real_time ());
  return G_SOURCE_REMOVE;
}

static void
memo_caretaker_dispose (GObject *object)
{
  MemoCaretaker *self = MEMO_CARETAKER (object);

  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (memo_caretaker_parent_class)->dispose (object);
}

static void
memo_caretaker_finalize (GObject *object)
{
  MemoCaretaker *self = MEMO_CARETAKER (object);

  g_object_unref (self->cancellable);
  g_free (self->told);
  G_OBJECT_CLASS (memo_caretaker_parent_class)->finalize (object);
}

static void
memo_caretaker_class_init (MemoCaretakerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = memo_caretaker_dispose;
  object_class->finalize = memo_caretaker_finalize;
  signals[SIGNAL_FAILED] = g_signal_new ("failed", MEMO_TYPE_CARETAKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
memo_caretaker_init (MemoCaretaker *self)
{
  self->cancellable = g_cancellable_new ();
  self->backups = TRUE;
}

MemoCaretaker *
memo_caretaker_new (MemoLibrary *library)
{
  MemoCaretaker *self;

  g_return_val_if_fail (MEMO_IS_LIBRARY (library), NULL);
  self = g_object_new (MEMO_TYPE_CARETAKER, NULL);
  self->library = g_object_ref (library);
  set_timer (self, FIRST_SECONDS, first_cb);
  return self;
}

void
memo_caretaker_set_backups (MemoCaretaker *self, gboolean backups)
{
  g_return_if_fail (MEMO_IS_CARETAKER (self));
  self->backups = backups;
}
