#pragma once

#include <adwaita.h>

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* For a passage: whether it makes a new agreement or proves one that is there, and then which fact of it. Property
 * "target" notifies: the UUID of the agreement it proves, NULL for a new one. */
#define MEMO_TYPE_EVIDENCE_PAGE (memo_evidence_page_get_type ())
G_DECLARE_FINAL_TYPE (MemoEvidencePage, memo_evidence_page, MEMO, EVIDENCE_PAGE, GtkWidget)

GtkWidget *memo_evidence_page_new (MemoSession *session, const char *passage);
MemoRecord *memo_evidence_page_get_target (MemoEvidencePage *self); /* nullable */
/* Annotation and evidence for the passage, one change. (transfer full) */
MemoChange *
memo_evidence_page_make_change (MemoEvidencePage *self, MemoRecord *article, glong start, glong end, GError **error);

G_END_DECLS
