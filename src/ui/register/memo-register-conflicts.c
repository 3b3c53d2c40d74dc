#include "memo-register-conflicts.h"

#define MOST_AT_ONCE 2

struct _MemoRegisterConflicts
{
  GObject parent_instance;
  MemoLibrary *library;
  GCancellable *cancellable;
  GHashTable *known; /* id → whether there is a conflict; while it is looked up: FALSE */
  GQueue waiting;    /* ids, the one asked for last first: it is seen now */
  guint running;
};

G_DEFINE_FINAL_TYPE (MemoRegisterConflicts, memo_register_conflicts, G_TYPE_OBJECT)

enum
{
  FOUND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void look (MemoRegisterConflicts *self);

typedef struct
{
  MemoRegisterConflicts *self;
  GCancellable *cancellable;
  gint64 id;
} Look;

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Look *one = user_data;
  MemoRegisterConflicts *self = one->self;
  g_autoptr (GPtrArray) claims = memo_claims_finish (MEMO_LIBRARY (source), result, NULL);
  gboolean conflict = FALSE;

  for (guint i = 0; claims && i < claims->len; i++)
    conflict |= !((MemoClaims *) g_ptr_array_index (claims, i))->agree;
  /* Answers from before the last change are late. */
  if (one->cancellable == self->cancellable)
    {
      self->running--;
      if (conflict)
        {
          g_hash_table_insert (self->known, g_memdup2 (&one->id, sizeof one->id), GINT_TO_POINTER (TRUE));
          g_signal_emit (self, signals[FOUND], 0);
        }
      look (self);
    }
  g_object_unref (one->cancellable);
  g_object_unref (self);
  g_free (one);
}

static void
look (MemoRegisterConflicts *self)
{
  while (self->library && self->running < MOST_AT_ONCE && self->waiting.length > 0)
    {
      g_autofree gint64 *id = g_queue_pop_head (&self->waiting);
      const char *uuid = memo_index_get_uuid (memo_library_get_index (self->library), MEMO_KIND_AGREEMENT, *id);
      Look *one;

      if (!uuid)
        continue;
      one = g_new (Look, 1);
      *one = (Look){ g_object_ref (self), g_object_ref (self->cancellable), *id };
      self->running++;
      memo_claims_async (self->library, uuid, self->cancellable, looked_cb, one);
    }
}

static void
forget (MemoRegisterConflicts *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->running = 0;
  g_queue_clear_full (&self->waiting, g_free);
  g_hash_table_remove_all (self->known);
}

static void
changed_cb (MemoRegisterConflicts *self, MemoNotice *notice)
{
  if (memo_notice_is_everything (notice) || memo_notice_touches (notice, MEMO_KIND_EVIDENCE) ||
      memo_notice_touches (notice, MEMO_KIND_AGREEMENT) || memo_notice_touches (notice, MEMO_KIND_ANNOTATION))
    forget (self);
}

static void
memo_register_conflicts_dispose (GObject *object)
{
  MemoRegisterConflicts *self = MEMO_REGISTER_CONFLICTS (object);

  memo_register_conflicts_set_library (self, NULL);
  G_OBJECT_CLASS (memo_register_conflicts_parent_class)->dispose (object);
}

static void
memo_register_conflicts_finalize (GObject *object)
{
  MemoRegisterConflicts *self = MEMO_REGISTER_CONFLICTS (object);

  g_hash_table_unref (self->known);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (memo_register_conflicts_parent_class)->finalize (object);
}

static void
memo_register_conflicts_class_init (MemoRegisterConflictsClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = memo_register_conflicts_dispose;
  object_class->finalize = memo_register_conflicts_finalize;
  signals[FOUND] =
      g_signal_new ("found", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
memo_register_conflicts_init (MemoRegisterConflicts *self)
{
  self->known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
  g_queue_init (&self->waiting);
}

MemoRegisterConflicts *
memo_register_conflicts_new (void)
{
  return g_object_new (MEMO_TYPE_REGISTER_CONFLICTS, NULL);
}

void
memo_register_conflicts_set_library (MemoRegisterConflicts *self, MemoLibrary *library)
{
  if (self->library == library)
    return;
  if (self->library)
    g_signal_handlers_disconnect_by_func (self->library, changed_cb, self);
  g_set_object (&self->library, library);
  forget (self);
  if (library)
    g_signal_connect_object (library, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

gboolean
memo_register_conflicts_has (MemoRegisterConflicts *self, gint64 agreement)
{
  gpointer conflict;

  if (g_hash_table_lookup_extended (self->known, &agreement, NULL, &conflict))
    return GPOINTER_TO_INT (conflict);
  g_hash_table_insert (self->known, g_memdup2 (&agreement, sizeof agreement), GINT_TO_POINTER (FALSE));
  g_queue_push_head (&self->waiting, g_memdup2 (&agreement, sizeof agreement));
  look (self);
  return FALSE;
}
