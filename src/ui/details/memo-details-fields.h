#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* A record's set fields as rows of name and value; parties, sectors, tags and bodies are links that set the filter.
 * (transfer floating) */
GtkWidget *memo_details_fields_new (MemoSession *session, MemoRecord *record);
/* The same, row by row. (transfer floating) */
GtkWidget *memo_details_grid_new (void);
void memo_details_grid_add (GtkWidget *grid, MemoSession *session, int row, const char *title, const char *markup);
/* Parties, sectors, bodies or tags as links that set the filter: markup. (transfer full) */
char *memo_details_links (MemoIndex *index, MemoFacet facet, const char *const *values);
/* "Agreement · Protocol". (transfer full) */
char *memo_details_describe (MemoRecord *record);

G_END_DECLS
