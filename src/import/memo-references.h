#pragma once

#include "memo-draft.h"

G_BEGIN_DECLS

/* What a footnote cites, from its text: author, title, outlet, date, address, when it was read. @previous (nullable): the
 * one before, that "Ibid." stands for. (transfer full); never NULL. */
MemoReference *
memo_reference_parse (MemoDraft *draft, const char *label, const char *text, const MemoReference *previous);

G_END_DECLS
