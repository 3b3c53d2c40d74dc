#pragma once

#include "model/memo-library.h"

G_BEGIN_DECLS

/* Words that a person has written, on their way into the library: held until they are there. What fails is tried again by
 * itself, after a second, then two, up to a minute. When another library is opened in the place of theirs, they go into that
 * one. In another place it is theirs, too, when it has their record and nothing is where theirs was: it was moved. While theirs
 * is there they wait for it: a backup or a colleague's copy has the same records. A record that is gone from the library
 * comes back with them, unless it is a comment whose article is gone.
 * Signals: "saved" (uuid); "discarded" (uuid); "changed": memo_saver_dup_trouble() or memo_saver_is_busy() may say something
 * else; "gather": editors hand over what they still hold. */
#define MEMO_TYPE_SAVER (memo_saver_get_type ())
G_DECLARE_FINAL_TYPE (MemoSaver, memo_saver, MEMO, SAVER, GObject)

MemoSaver *memo_saver_new (void);
/* What is open now; nullable. */
void memo_saver_set_library (MemoSaver *self, MemoLibrary *library);
/* @library: that it belongs to. @name: of the action, as for memo_change_new(). @before (nullable): what it was edited from;
 * of a record that waits already, the later words take the place of the earlier. */
void memo_saver_save (MemoSaver *self, MemoLibrary *library, const char *name, MemoRecord *before, MemoRecord *after);
/* The words of that record that are in no library yet; nullable, borrowed. */
MemoRecord *memo_saver_get_waiting (MemoSaver *self, const char *uuid);
/* They are not wanted any more. FALSE: they had never reached the library. */
gboolean memo_saver_forget (MemoSaver *self, const char *uuid);
/* The same of all that could not be saved. What is being written at this moment may still arrive. */
void memo_saver_discard (MemoSaver *self);
/* Emits "gather": afterwards the saver has all that was written, to the last letter, and is busy with it. */
void memo_saver_gather (MemoSaver *self);
/* Gathers, and tries all that failed at once. */
void memo_saver_try_now (MemoSaver *self);
/* Something is being written at this moment. */
gboolean memo_saver_is_busy (MemoSaver *self);
/* What could not be saved, as a sentence, and the cause as the library says it; NULL when all is well. (transfer full) */
char *memo_saver_dup_trouble (MemoSaver *self, const char **ret_cause);
/* All that could not be saved, for the clipboard. (transfer full) */
char *memo_saver_dup_words (MemoSaver *self);

G_END_DECLS
