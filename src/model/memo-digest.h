#pragma once

#include "memo-index.h"

G_BEGIN_DECLS

/* What several agreements are together, from the index alone: no SQL, any thread. As it takes the longer the more there are, the
 * interface has it made in a thread. */
typedef struct
{
  guint n;                       /* agreements that are there */
  guint undated;                 /* of them */
  MemoDate *earliest, *latest;   /* by the first day; NULL: all are undated */
  GArray *values[MEMO_N_FACETS]; /* of MemoFacetCount: how many have it by themselves; most first. Without a source. */
} MemoDigest;

/* @agreements: row ids (GArray of gint64); what is gone does not count. (transfer full) */
MemoDigest *memo_digest_new (MemoIndex *index, GArray *agreements);
/* In a worker thread; @agreements must not change any more. */
void memo_digest_new_async (MemoIndex *index,
                            GArray *agreements,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
/* (transfer full); NULL with an error only when it was cancelled. */
MemoDigest *memo_digest_new_finish (GAsyncResult *result, GError **error);
void memo_digest_free (MemoDigest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoDigest, memo_digest_free)
/* How many have @value. */
guint memo_digest_count (MemoDigest *self, MemoFacet facet, const char *value);
/* What at least @least of them have, most first: with the number of all, what they have in common. (transfer full) */
GStrv memo_digest_dup_values (MemoDigest *self, MemoFacet facet, guint least);

G_END_DECLS
