#pragma once

#include "memo-finder.h"

G_BEGIN_DECLS

/* What a search finds through the names in the register, whatever language they are in: the sectors, parties and bodies themselves
 * and, while @hits are fewer than @limit, the records that belong to them, which say why they are there. @words: all that is
 * left for the search index. @within (nullable): where they may be. Adds to @hits and sorts them. In the store's thread. */
gboolean memo_named_hits_add (GPtrArray *hits,
                              MemoIndex *index,
                              MemoNames *names,
                              MemoDatabase *database,
                              const char *words,
                              gboolean typing,
                              const MemoRows *within,
                              guint limit,
                              GError **error);

/* Adds the newest records of @rows that are not among @hits yet until there are @limit; each says @reason (nullable). */
gboolean memo_hits_fill (GPtrArray *hits,
                         MemoIndex *index,
                         MemoDatabase *database,
                         const MemoRows *rows,
                         const char *reason,
                         guint limit,
                         GError **error);

G_END_DECLS
