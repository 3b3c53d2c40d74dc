#pragma once

#include "memo-index.h"

G_BEGIN_DECLS

/* How many agreements of a selection have a sector (or one below it) and a value of another facet: the cells of
 * sector × party and sector × status. Immutable once made; made in any thread. */
typedef struct _MemoMatrix MemoMatrix;

/* (transfer full) */
MemoMatrix *memo_matrix_new (MemoSelection *selection, MemoFacet facet);
void memo_matrix_free (MemoMatrix *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoMatrix, memo_matrix_free)
/* @sector NULL: all agreements. */
guint memo_matrix_get (MemoMatrix *self, const char *sector, const char *value);

G_END_DECLS
