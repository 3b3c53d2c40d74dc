#pragma once

#include "model/memo-digest.h"
#include "ui/memo-session.h"

G_BEGIN_DECLS

/* The dialog for what several @agreements (of MemoRecord, two or more) can be given, added or taken away, all in one step. @digest: of
 * them. */
void
memo_agreements_dialog_present (GtkWidget *parent, MemoSession *session, GPtrArray *agreements, MemoDigest *digest);

G_END_DECLS
