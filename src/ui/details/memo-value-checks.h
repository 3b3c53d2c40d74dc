#pragma once

#include "model/memo-digest.h"
#include "ui/memo-session.h"

G_BEGIN_DECLS

/* What several agreements have of a @facet (parties, sectors or tags), to tick; of what not all have it stands how many do. Of many
 * the most frequent, and how many more there are. NULL: they have none. (transfer floating) */
GtkWidget *memo_value_checks_new (MemoIndex *index, MemoFacet facet, MemoDigest *digest);
/* What is ticked: UUIDs, or tags. (transfer full) */
GStrv memo_value_checks_dup_values (GtkWidget *checks);

G_END_DECLS
