#pragma once

#include "memo-original.h"
#include "memo-record.h"

G_BEGIN_DECLS

/* One user action: a name and the records it saves and deletes, applied as one transaction. A value while it is built in
 * one thread; not changed after it is handed to the library. */
typedef struct _MemoChange MemoChange;

typedef enum
{
  MEMO_OP_INSERT,
  MEMO_OP_UPDATE,
  MEMO_OP_TRASH,
  MEMO_OP_RESTORE
} MemoOp;

typedef struct
{
  MemoOp op;
  MemoRecord *base; /* UPDATE: what the edit started from; only the fields that differ from it are written */
  MemoRecord *record;
  MemoOriginal *original; /* INSERT or UPDATE of an article: what it was read from; nullable */
} MemoStep;

/* @name is a msgid marked with N_(): "Add highlight". @detail (nullable) is the user's own words: a title, a quote. */
MemoChange *memo_change_new (const char *name, const char *detail);
MemoChange *memo_change_ref (MemoChange *self);
void memo_change_unref (MemoChange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoChange, memo_change_unref)
void memo_change_set_detail (MemoChange *self, const char *detail); /* while nobody else has it */
/* Changes of one action (any unique text; nullable), applied one after the other with nothing in between, are one step of
 * the history, named as the last of them is: what is too much for one transaction. */
void memo_change_set_action (MemoChange *self, const char *action);
const char *memo_change_get_action (MemoChange *self); /* nullable */
const char *memo_change_get_name (MemoChange *self);
const char *memo_change_get_detail (MemoChange *self);
GArray *memo_change_get_steps (MemoChange *self); /* of MemoStep; borrowed */

void memo_change_insert (MemoChange *self, MemoRecord *record);
void memo_change_insert_article (MemoChange *self, MemoRecord *record, MemoOriginal *original);
void memo_change_update (MemoChange *self, MemoRecord *base, MemoRecord *record);
void memo_change_trash (MemoChange *self, MemoRecord *record);
void memo_change_restore (MemoChange *self, MemoRecord *record);

/* What became of which records: sent after every commit, undo, redo, merge, and change by another process. */
typedef struct
{
  MemoKind kind;
  gint64 id;
} MemoTouched;

typedef struct _MemoNotice MemoNotice;
MemoNotice *memo_notice_new (GArray *touched, gboolean everything); /* of MemoTouched; (transfer full) array */
MemoNotice *memo_notice_ref (MemoNotice *self);
void memo_notice_unref (MemoNotice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoNotice, memo_notice_unref)
#define MEMO_TYPE_NOTICE (memo_notice_get_type ())
GType memo_notice_get_type (void);
GArray *memo_notice_get_touched (MemoNotice *self);    /* borrowed */
gboolean memo_notice_is_everything (MemoNotice *self); /* too many to name: reload */
gboolean memo_notice_touches (MemoNotice *self, MemoKind kind);

G_END_DECLS
