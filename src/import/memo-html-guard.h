#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Takes from markup what makes parsers slow or deep: start tags nested beyond any page's depth, and attributes beyond any
 * element's number, are blanked out (with their end tags). @markup is changed in place. TRUE: something was. */
gboolean memo_html_guard (char *markup, gsize length);

G_END_DECLS
