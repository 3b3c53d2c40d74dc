#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* A record's set fields as rows of name and value; parties, sectors, tags and bodies are links that set the filter.
 * (transfer floating) */
GtkWidget *memo_details_fields_new (MemoSession *session, MemoRecord *record);
/* "Agreement · Protocol". (transfer full) */
char *memo_details_describe (MemoRecord *record);

G_END_DECLS
