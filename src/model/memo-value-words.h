#pragma once

#include "memo-index.h"

G_BEGIN_DECLS

/* A value as it is stored, in words for people: names for identifiers, "In force" for "in_force", lists with commas between;
 * at most @length code points. @index nullable: identifiers that it does not know stay. (transfer full), "" for NULL. */
char *memo_value_words (MemoIndex *index, MemoField field, const char *stored, glong length);

G_END_DECLS
