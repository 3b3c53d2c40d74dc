#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Memory that is given back all at once: a parsed page is millions of small pieces that die together, and freeing a tree
 * piece by piece would recurse as deep as a hostile page nests. One thread. */
typedef struct _MemoArena MemoArena;

MemoArena *memo_arena_new (void);
void memo_arena_free (MemoArena *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoArena, memo_arena_free)
/* Aligned for any type, not zeroed; aborts when there is no memory (the helper's limit). */
void *memo_arena_alloc (MemoArena *self, gsize size);
void *memo_arena_alloc0 (MemoArena *self, gsize size);
/* Gives back a large piece early; small ones wait for memo_arena_free(). */
void memo_arena_release (MemoArena *self, void *piece);

G_END_DECLS
