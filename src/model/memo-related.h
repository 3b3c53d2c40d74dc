#pragma once

#include "memo-index.h"

G_BEGIN_DECLS

/* Row ids of the evidence that belongs to a selection: of its agreements and their follow-ups, of its events, and all that
 * stands on its annotations. (transfer full): GArray of gint64, ascending. */
GArray *memo_related_evidence (MemoSelection *selection);

G_END_DECLS
