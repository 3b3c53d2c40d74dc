#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @text of a note, byte for byte as long, with @sign (ASCII) in the place of what is Markdown and not words: marks of headings,
 * lists, quotations, emphasis and code, the targets of links, and a first heading that only repeats @title (nullable).
 * Returns: (transfer full) */
char *memo_markdown_hide (const char *text, const char *title, char sign);

G_END_DECLS
