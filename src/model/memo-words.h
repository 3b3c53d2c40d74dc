#pragma once

#include "memo-index.h"

G_BEGIN_DECLS

/* Words for people, in the interface's language (gettext) or the named one. */
const char *memo_word_status (const char *status); /* "in_force" → "In force"; static */
const char *
memo_word_kind (MemoKind kind,
                const char *value); /* article, agreement, event, party, body kinds; annotations: states; static */
const char *memo_word_record (MemoKind kind); /* "Agreement" */
const char *memo_word_color (const char *color);
const char *memo_word_field (const char *field); /* "signed" → "Signed" */
const char *memo_word_facet (MemoFacet facet);
const char *memo_word_action (const char *msgid); /* names of changes */
/* Values that a field may take, NULL-terminated; NULL when any. Static. */
const char *const *memo_word_get_values (MemoField field);
/* Name of a party, sector, body, by the interface's language. (transfer full) */
char *memo_word_name (MemoIndex *index, MemoKind kind, const char *uuid);
/* "Russia, Venezuela" (transfer full) */
char *memo_word_names (MemoIndex *index, MemoKind kind, const char *const *uuids);
/* The same in @language: a code. */
char *memo_word_name_in (MemoIndex *index, MemoKind kind, const char *uuid, const char *language);
char *memo_word_names_in (MemoIndex *index, MemoKind kind, const char *const *uuids, const char *language);
/* Number of the paragraph in a whole @article where @annotation (nullable) starts; 0 when not known. */
guint memo_word_paragraph (MemoRecord *article, MemoRecord *annotation);
/* "Kavşak Institute, “A new chapter”, 30 November 2025, ¶ 2" (transfer full) */
char *memo_word_citation (MemoIndex *index, MemoRecord *article, MemoRecord *annotation);

G_END_DECLS
