#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* The dialog for all fields of an agreement: @agreement NULL makes a new one. With an @article (whole; nullable) and
 * @start >= 0 the passage [start, end) in code points becomes its evidence, in the same change. */
void memo_agreement_dialog_present (GtkWidget *parent,
                                    MemoSession *session,
                                    MemoRecord *agreement,
                                    MemoRecord *article,
                                    glong start,
                                    glong end);

G_END_DECLS
