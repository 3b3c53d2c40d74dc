#include "memo-library.h"

void
memo_await_cb (GObject *source, GAsyncResult *result, gpointer await)
{
  MemoAwait *self = await;

  self->result = g_object_ref (result);
  if (self->loop != NULL)
    g_main_loop_quit (self->loop);
}

GAsyncResult *
memo_await (MemoAwait *await)
{
  g_return_val_if_fail (await != NULL, NULL);

  if (await->result == NULL)
    {
      GMainContext *context = g_main_context_get_thread_default ();

      await->loop = g_main_loop_new (context, FALSE);
      g_main_loop_run (await->loop);
      g_clear_pointer (&await->loop, g_main_loop_unref);
    }
  return g_steal_pointer (&await->result);
}
