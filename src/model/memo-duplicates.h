#pragma once

#include "memo-library.h"

G_BEGIN_DECLS

/* Two records that may be the same thing: proposed to people, never decided. Compared are those that share a key, so that the
 * cost grows with the number of records:
 * - agreements: the same title, or a word of the title, a party and a year. The same title scores 1, similar ones (at least
 *   half of what their words say in common) what share of it they have in common, and need the same parties. What agreements
 *   are called ("memorandum", "соглашение") says little. Dates that do not overlap rule it out. Those that the same parties
 *   signed on one day are compared by what sets a title apart from the others of that day and of the library; the only one
 *   of a day that is about to be added and the only one that is there are proposed whatever their titles (0.3);
 * - articles: the same text (1), address (0.95), or title and date (0.8). Versions of one work in two languages are none;
 * - parties and bodies: a name, alias or acronym in any language (0.9), among those of one kind. States with two codes are
 *   two. */
typedef struct
{
  MemoRecord *one, *other; /* without heavy fields; the older one first */
  double score;            /* 0..1 */
  const char *reason;      /* "title", "text", "url", "name", "words", "day"; static */
} MemoDuplicate;
void memo_duplicate_free (MemoDuplicate *self);

typedef struct _MemoDuplicates MemoDuplicates;
MemoDuplicates *memo_duplicates_new (void);
void memo_duplicates_free (MemoDuplicates *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoDuplicates, memo_duplicates_free)
gboolean memo_duplicates_takes (MemoKind kind);
/* @fresh: of pairs, only those are wanted of which one is fresh, as soon as there is any. */
void memo_duplicates_add (MemoDuplicates *self, MemoRecord *record, gboolean fresh);
/* Best first. (transfer full): GPtrArray of MemoDuplicate */
GPtrArray *memo_duplicates_find (MemoDuplicates *self);

/* Over the whole library, in slices beside all else; what was said to be no duplicate is left out. @fresh (nullable): records
 * that are about to be added (MemoMerge), which alone are looked up then. */
void memo_library_duplicates_async (MemoLibrary *self,
                                    GPtrArray *fresh,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *memo_library_duplicates_finish (MemoLibrary *self, GAsyncResult *result, GError **error);
/* They are two: not proposed again. */
void memo_library_keep_apart (MemoLibrary *self, const char *uuid, const char *other_uuid);

/* Two records of one kind into one, as one action: @into gets the values of the fields named in @take (nullable,
 * NULL-terminated) from @from, what it lacks, and what its lists lack; all that refers to @from refers to @into then, and @from
 * goes to the trash. */
void memo_library_unite_async (MemoLibrary *self,
                               const char *from_uuid,
                               const char *into_uuid,
                               const char *const *take,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean memo_library_unite_finish (MemoLibrary *self, GAsyncResult *result, GError **error);

G_END_DECLS
