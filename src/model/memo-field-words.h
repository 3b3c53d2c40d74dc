#pragma once

#include "memo-names.h"
#include "store/memo-query.h"

G_BEGIN_DECLS

/* What a field word of a search stands for: the records that a filter lets through, and all of some kinds. */
typedef struct
{
  MemoFilter *filter; /* nullable */
  guint kinds;        /* bits 1 << MemoKind */
} MemoFieldWord;

/* Reads the value of @item by names in any of the languages, or codes; several that fit are alternatives. FALSE: it says
 * nothing that the library knows. */
gboolean memo_field_word_read (MemoIndex *index, MemoNames *names, const MemoQueryItem *item, MemoFieldWord *ret_word);

G_END_DECLS
