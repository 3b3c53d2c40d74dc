#include "memo-paced.h"

#define STEP 20    /* rows in a frame: the first screen, and not too many for a frame */
#define ENOUGH 220 /* more than a view makes widgets for */

struct _MemoPaced
{
  GObject parent_instance;
  MemoRecordList *list;
  GtkSliceListModel *slice;
  GtkWidget *view;
  guint tick_id;
};

G_DEFINE_FINAL_TYPE (MemoPaced, memo_paced, G_TYPE_OBJECT)

enum
{
  WHOLE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
stop (MemoPaced *self)
{
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (self->view, self->tick_id);
  self->tick_id = 0;
}

static gboolean
tick_cb (GtkWidget *view, GdkFrameClock *clock, gpointer user_data)
{
  MemoPaced *self = user_data;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->slice));

  if (n < ENOUGH && n + STEP < g_list_model_get_n_items (G_LIST_MODEL (self->list)))
    {
      gtk_slice_list_model_set_size (self->slice, n + STEP);
      return G_SOURCE_CONTINUE;
    }
  self->tick_id = 0;
  gtk_slice_list_model_set_size (self->slice, G_MAXUINT);
  g_signal_emit (self, signals[WHOLE], 0);
  return G_SOURCE_REMOVE;
}

static void
memo_paced_dispose (GObject *object)
{
  MemoPaced *self = MEMO_PACED (object);

  stop (self);
  g_clear_object (&self->slice);
  g_clear_object (&self->list);
  G_OBJECT_CLASS (memo_paced_parent_class)->dispose (object);
}

static void
memo_paced_class_init (MemoPacedClass *class)
{
  G_OBJECT_CLASS (class)->dispose = memo_paced_dispose;
  signals[WHOLE] = g_signal_new ("whole", MEMO_TYPE_PACED, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
memo_paced_init (MemoPaced *self)
{
}

MemoPaced *
memo_paced_new (MemoRecordList *list, GtkWidget *view)
{
  MemoPaced *self = g_object_new (MEMO_TYPE_PACED, NULL);

  self->list = g_object_ref (list);
  self->slice = gtk_slice_list_model_new (G_LIST_MODEL (g_object_ref (list)), 0, STEP);
  self->view = view;
  return self;
}

GListModel *
memo_paced_get_model (MemoPaced *self)
{
  g_return_val_if_fail (MEMO_IS_PACED (self), NULL);
  return G_LIST_MODEL (self->slice);
}

gboolean
memo_paced_set_ids (MemoPaced *self, GArray *ids)
{
  gboolean pacing, ended = FALSE, reused;
  guint n;

  g_return_val_if_fail (MEMO_IS_PACED (self), FALSE);
  pacing = self->tick_id != 0;
  n = g_list_model_get_n_items (G_LIST_MODEL (self->slice));
  if (n >= ENOUGH || ids->len <= n + STEP)
    {
      stop (self);
      ended = pacing;
      gtk_slice_list_model_set_size (self->slice, G_MAXUINT);
    }
  else
    {
      gtk_slice_list_model_set_size (self->slice, MAX (n, STEP));
      if (self->tick_id == 0)
        self->tick_id = gtk_widget_add_tick_callback (self->view, tick_cb, self, NULL);
    }
  reused = memo_record_list_set_ids (self->list, ids);
  if (ended)
    g_signal_emit (self, signals[WHOLE], 0);
  return reused;
}
