#pragma once

#include "memo-node.h"

G_BEGIN_DECLS

/* What the words in class and id names say (MemoTraits). Both nullable. */
guint memo_traits_of (const char *klass, const char *id);

G_END_DECLS
