#pragma once

#include "memo-blocks.h"

G_BEGIN_DECLS

extern const char *const memo_block_names[];
extern const char *const memo_span_names[];
#define MEMO_N_BLOCK_TYPES 9
#define MEMO_N_SPAN_TYPES 4

/* Reads the plain form that memo_blocks_to_json() writes, many times as fast as a parser that builds a tree: the structure of
 * a book is a megabyte. FALSE when there is anything else in it (escapes, members of another kind, damage): @blocks may hold
 * a part then, and the full parser decides. */
gboolean memo_blocks_read_plain (GArray *blocks, const char *json);

G_END_DECLS
