#include "memo-change.h"

struct _MemoChange
{
  gatomicrefcount refs;
  char *name;
  char *detail;
  char *action;
  GArray *steps;
};

struct _MemoNotice
{
  gatomicrefcount refs;
  GArray *touched;
  gboolean everything;
};

G_DEFINE_BOXED_TYPE (MemoNotice, memo_notice, memo_notice_ref, memo_notice_unref)

static void
clear_step (gpointer data)
{
  MemoStep *step = data;
  g_clear_object (&step->base);
  g_clear_object (&step->record);
  g_clear_pointer (&step->original, memo_original_unref);
}

MemoChange *
memo_change_new (const char *name, const char *detail)
{
  MemoChange *self = g_new0 (MemoChange, 1);

  g_atomic_ref_count_init (&self->refs);
  self->name = g_strdup (name);
  self->detail = g_strdup (detail);
  self->steps = g_array_new (FALSE, TRUE, sizeof (MemoStep));
  g_array_set_clear_func (self->steps, clear_step);
  return self;
}

MemoChange *
memo_change_ref (MemoChange *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
memo_change_unref (MemoChange *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->name);
  g_free (self->detail);
  g_free (self->action);
  g_array_unref (self->steps);
  g_free (self);
}

void
memo_change_set_detail (MemoChange *self, const char *detail)
{
  g_return_if_fail (self != NULL);
  g_free (self->detail);
  self->detail = g_strdup (detail);
}

void
memo_change_set_action (MemoChange *self, const char *action)
{
  g_return_if_fail (self != NULL);
  g_free (self->action);
  self->action = g_strdup (action);
}

const char *
memo_change_get_action (MemoChange *self)
{
  return self->action;
}

const char *
memo_change_get_name (MemoChange *self)
{
  return self->name;
}

const char *
memo_change_get_detail (MemoChange *self)
{
  return self->detail;
}

GArray *
memo_change_get_steps (MemoChange *self)
{
  return self->steps;
}

static void
add_step (MemoChange *self, MemoOp op, MemoRecord *base, MemoRecord *record, MemoOriginal *original)
{
  MemoStep step = { op, base ? g_object_ref (base) : NULL, g_object_ref (record),
                    original ? memo_original_ref (original) : NULL };
  g_array_append_val (self->steps, step);
}

void
memo_change_insert (MemoChange *self, MemoRecord *record)
{
  add_step (self, MEMO_OP_INSERT, NULL, record, NULL);
}

void
memo_change_insert_article (MemoChange *self, MemoRecord *record, MemoOriginal *original)
{
  add_step (self, MEMO_OP_INSERT, NULL, record, original);
}

void
memo_change_update (MemoChange *self, MemoRecord *base, MemoRecord *record)
{
  g_return_if_fail (memo_record_get_kind (base) == memo_record_get_kind (record));
  add_step (self, MEMO_OP_UPDATE, base, record, NULL);
}

void
memo_change_trash (MemoChange *self, MemoRecord *record)
{
  add_step (self, MEMO_OP_TRASH, NULL, record, NULL);
}

void
memo_change_restore (MemoChange *self, MemoRecord *record)
{
  add_step (self, MEMO_OP_RESTORE, NULL, record, NULL);
}

MemoNotice *
memo_notice_new (GArray *touched, gboolean everything)
{
  MemoNotice *self = g_new0 (MemoNotice, 1);

  g_atomic_ref_count_init (&self->refs);
  self->touched = touched ? touched : g_array_new (FALSE, FALSE, sizeof (MemoTouched));
  self->everything = everything;
  return self;
}

MemoNotice *
memo_notice_ref (MemoNotice *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
memo_notice_unref (MemoNotice *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_array_unref (self->touched);
  g_free (self);
}

GArray *
memo_notice_get_touched (MemoNotice *self)
{
  return self->touched;
}

gboolean
memo_notice_is_everything (MemoNotice *self)
{
  return self->everything;
}

gboolean
memo_notice_touches (MemoNotice *self, MemoKind kind)
{
  for (guint i = 0; i < self->touched->len; i++)
    if (g_array_index (self->touched, MemoTouched, i).kind == kind)
      return TRUE;
  return self->everything;
}
