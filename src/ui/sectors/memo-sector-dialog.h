#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* Names in three languages and code of @sector; with @sector NULL a new one below @parent (nullable: at the top). */
void memo_sector_dialog_present (GtkWidget *widget, MemoSession *session, MemoRecord *sector, const char *parent);
/* Deletes a sector that nothing uses and that has none below it; says why when it cannot. */
void memo_sector_delete (MemoSession *session, MemoRecord *sector);
/* Moves a sector among its siblings by @step (-1: up). */
void memo_sector_move (MemoSession *session, MemoRecord *sector, int step);

G_END_DECLS
