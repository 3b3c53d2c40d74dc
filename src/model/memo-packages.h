#pragma once

#include "memo-index.h"

G_BEGIN_DECLS

/* Row id of the package that an agreement is one of; 0: of none, or of one in the trash. */
gint64 memo_index_get_package (MemoIndex *self, gint64 agreement);

G_END_DECLS
