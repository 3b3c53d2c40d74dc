#pragma once

#include "memo-library-care.h"

G_BEGIN_DECLS

/* Looks after a library that stays open: soon after the opening and then every day it empties the trash of what is old and makes a
 * backup. Signal "failed" (text): what went wrong, once for each cause. */
#define MEMO_TYPE_CARETAKER (memo_caretaker_get_type ())
G_DECLARE_FINAL_TYPE (MemoCaretaker, memo_caretaker, MEMO, CARETAKER, GObject)

/* It ends when it is disposed of; what is under way is cancelled. */
MemoCaretaker *memo_caretaker_new (MemoLibrary *library);
/* Whether backups are made; TRUE unless told. */
void memo_caretaker_set_backups (MemoCaretaker *self, gboolean backups);
/* Does now what is due. @now: UTC microseconds. */
void memo_caretaker_run (MemoCaretaker *self, gint64 now);

G_END_DECLS
