#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the user typed as an expression for FTS5 whose strings are all tokens made here (memo-tokenizer.h): words,
 * "phrases", prefix*, -not, OR (also VEYA, ИЛИ). What cannot be read as such is plain words. @typing: the last word is
 * a prefix.
 * @stems: inflected forms too. NULL when there is no word in it. (transfer full) */
char *memo_query_build (const char *words, gboolean typing, gboolean stems);

G_END_DECLS
