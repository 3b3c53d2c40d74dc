#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Edit distance over code points, bit-parallel: G. Myers, "A fast bit-vector algorithm for approximate string
 * matching based on dynamic programming" (1999), in the blocks of H. Hyyrö, "A bit-vector algorithm for computing
 * Levenshtein and Damerau edit distances" (2003). */

typedef struct _MemoPattern MemoPattern;

MemoPattern *memo_pattern_new (const guint32 *pattern, gsize length);
void memo_pattern_free (MemoPattern *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoPattern, memo_pattern_free)

/* Called with the distance of the best match that ends before @end. */
typedef void (*MemoPatternFunc) (gsize end, int distance, gpointer data);

/* The pattern against @text, for each place of @text where it comes within @limit edits. @anchored: the match begins
 * where @text begins; else anywhere. */
void memo_pattern_search (const MemoPattern *self,
                          const guint32 *text,
                          gsize length,
                          gboolean anchored,
                          int limit,
                          MemoPatternFunc func,
                          gpointer data);

/* The smallest distance to a beginning of @text; the longest such beginning's length in @ret_end. */
int memo_pattern_distance (const MemoPattern *self, const guint32 *text, gsize length, gsize *ret_end);

G_END_DECLS
