#pragma once

#include "memo-links.h"

G_BEGIN_DECLS

/* Numbers for texts: every UUID, tag, status … that the index holds becomes a node, a small number that stays the same for
 * all snapshots of one library. Only grows; safe in any thread. Node 0 stands for nothing. */
typedef struct _MemoDict MemoDict;

MemoDict *memo_dict_new (void);
MemoDict *memo_dict_ref (MemoDict *self);
void memo_dict_unref (MemoDict *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoDict, memo_dict_unref)

/* 0 for NULL and "". */
guint memo_dict_add (MemoDict *self, const char *text);
/* 0 when it was never added. */
guint memo_dict_find (MemoDict *self, const char *text);
/* Valid as long as the dictionary; NULL for node 0. */
const char *memo_dict_get (MemoDict *self, guint node);
/* Nodes are below this. */
guint memo_dict_get_size (MemoDict *self);

/* Row id → node, for each kind. */
void memo_dict_set_id (MemoDict *self, MemoKind kind, gint64 id, guint node);
guint memo_dict_find_id (MemoDict *self, MemoKind kind, gint64 id);

/* What articles find each other by; the dictionary's own. */
MemoLinks *memo_dict_get_links (MemoDict *self);

G_END_DECLS
