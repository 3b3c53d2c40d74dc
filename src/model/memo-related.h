#pragma once

#include "memo-index.h"

G_BEGIN_DECLS

/* Row ids of the evidence that belongs to a selection: of its agreements and their follow-ups, of its events, and all that
 * stands on its annotations. (transfer full): GArray of gint64, ascending. */
GArray *memo_related_evidence (MemoSelection *selection);

/* Annotations with their articles, all by row ids. */
typedef struct
{
  GArray *articles;    /* of gint64: those of the selection by date, then others that have one of the annotations */
  GArray *annotations; /* of gint64: those of the selection and of the evidence, by article and as in the text */
  GArray *firsts;      /* of guint: for each article its first annotation; and their number at the end */
} MemoPassages;
/* @evidence: row ids. (transfer full) */
MemoPassages *memo_related_passages (MemoSelection *selection, GArray *evidence);
void memo_passages_free (MemoPassages *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoPassages, memo_passages_free)

G_END_DECLS
