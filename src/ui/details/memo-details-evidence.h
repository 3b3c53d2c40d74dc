#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* Who says what about a record: for each field the claims with their quotes, and whether they agree. @claims: GPtrArray of
 * MemoClaims, as memo_claims_finish() gives it. A click on a quote opens the passage. (transfer floating) */
GtkWidget *memo_details_evidence_new (MemoSession *session, GPtrArray *claims);
/* One quote as a card: the words, their source, the passage's paragraph. (transfer floating) */
GtkWidget *memo_details_quote_new (MemoSession *session, MemoRecord *annotation, MemoRecord *article, gboolean cited);

G_END_DECLS
