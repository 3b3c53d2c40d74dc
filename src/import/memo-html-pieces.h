#pragma once

#include "memo-draft.h"
#include "memo-node.h"

G_BEGIN_DECLS

/* The article's tree as pieces of text: paragraphs, headings, items, quotations, captions, rows, code, footnotes, with
 * their spans. @base (nullable): the page's address, for relative links. */
void memo_html_add_pieces (MemoDraft *draft, MemoArena *arena, MemoNode *article, const char *base);
/* Fills head and tail of @draft: what stands between the headline and the article, just before the headline, and behind the
 * article. The pieces must be there. */
void memo_html_add_surroundings (MemoDraft *draft, MemoArena *arena, MemoNode *page, const char *base);
/* An absolute address, or NULL for those that must not be followed (javascript: in every disguise, data:). */
char *memo_html_resolve (const char *href, const char *base);
/* "[i]", "12", "*" → "i", "12", "*"; NULL when it is no footnote's label. (transfer full) */
char *memo_html_label (const char *text);

G_END_DECLS
