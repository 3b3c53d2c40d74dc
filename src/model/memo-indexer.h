#pragma once

#include "memo-index-private.h"
#include "store/memo-database.h"

G_BEGIN_DECLS

/* Keeps the index in step with the database. Lives in the store's thread: every function but ref and unref is called inside a
 * job, so that snapshots follow the commits in their order. */
typedef struct _MemoIndexer MemoIndexer;

MemoIndexer *memo_indexer_new (void);
MemoIndexer *memo_indexer_ref (MemoIndexer *self);
void memo_indexer_unref (MemoIndexer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoIndexer, memo_indexer_unref)

/* Begins to read everything; the index that is there stays until all is read. */
void memo_indexer_start (MemoIndexer *self);
/* Reads on, a few hundred records; @ret_done: the index is new now. Nothing to do counts as done. When there was no index and
 * there are many annotations, one without them is there before. */
gboolean memo_indexer_slice (MemoIndexer *self, MemoDatabase *database, gboolean *ret_done, GError **error);
/* Takes in what @notice touches; starts to read everything when it does not say what. */
gboolean memo_indexer_update (MemoIndexer *self, MemoDatabase *database, MemoNotice *notice, GError **error);
/* (transfer full) (nullable); @ret_serial grows with each snapshot. */
MemoIndex *memo_indexer_ref_index (MemoIndexer *self, guint64 *ret_serial);

G_END_DECLS
