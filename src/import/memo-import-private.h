#pragma once

#include "memo-draft.h"
#include "memo-import.h"

G_BEGIN_DECLS

/* One function per format: UTF-8 text (or bytes) → draft. NULL with MEMO_ERROR_FORMAT or MEMO_ERROR_LIMIT. */
MemoDraft *memo_import_html (GBytes *bytes, GError **error);
MemoDraft *memo_import_plain (GBytes *bytes, GError **error);
MemoDraft *memo_import_markdown (GBytes *bytes, GError **error);

/* The language of the draft's words, from its pieces and the hint. */
void memo_draft_detect_language (MemoDraft *draft);

#define MEMO_IMPORT_LARGEST (100 * 1024 * 1024)

G_END_DECLS
