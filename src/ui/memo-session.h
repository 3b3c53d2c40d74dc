#pragma once

#include <gtk/gtk.h>
#include "model/memo-actions.h"
#include "model/memo-head.h"
#include "memo-saver.h"

G_BEGIN_DECLS

/* What the views of one window share: library, filter, its selection, the record whose details are shown, places visited.
 * Properties (all notify): "library", "filter" (MemoFilter), "selection" (MemoSelection: recomputed when filter or library
 * change; NULL until the first is there), "shown" (UUID of the record in the details pane, nullable; notifies also when several
 * agreements are shown instead), "view" (name of the view that is seen, nullable), "busy", "head" (MemoHead: the beginning of a
 * list, while the library is read; nullable).
 * Signals: "open-article" (uuid, start, end: code points, -1 none): go to the reader at a passage; "toast" (text, undoable);
 * "go" (view name). */
#define MEMO_TYPE_SESSION (memo_session_get_type ())
G_DECLARE_FINAL_TYPE (MemoSession, memo_session, MEMO, SESSION, GObject)

MemoSession *memo_session_new (void);
MemoLibrary *memo_session_get_library (MemoSession *self); /* nullable */
void memo_session_set_library (MemoSession *self, MemoLibrary *library);
/* Lists show it from before the library is there until it is read. Goes when another library comes. */
void memo_session_set_head (MemoSession *self, MemoHead *head);
/* For lists: the library, or the one whose head is there; nullable. */
MemoLibrary *memo_session_get_listed (MemoSession *self);
/* For lists: the selection or, before there is one, the rows of the head when it is of that list (@ret_head, nullable,
 * borrowed); nullable. */
MemoSelection *
memo_session_get_rows (MemoSession *self, MemoKind kind, MemoSort sort, gboolean descending, MemoHead **ret_head);
/* For what a row shows beside its record: the index that knows all about it; nullable. */
MemoIndex *memo_session_get_index (MemoSession *self, MemoKind kind, gint64 id);
MemoFilter *memo_session_get_filter (MemoSession *self);
void memo_session_set_filter (MemoSession *self, MemoFilter *filter);
MemoSelection *memo_session_get_selection (MemoSession *self); /* nullable */
const char *memo_session_get_shown (MemoSession *self);        /* nullable */
void memo_session_show (MemoSession *self, const char *uuid);
/* Agreements together, by their row ids (GArray of gint64): of two or more nothing is "shown", and memo_session_get_several() has
 * them; one is shown as itself. Whatever is shown next takes their place. */
void memo_session_show_several (MemoSession *self, GArray *agreements);
GArray *memo_session_get_several (MemoSession *self);  /* nullable; borrowed */
const char *memo_session_get_view (MemoSession *self); /* nullable */
/* Says which view is seen; see memo_session_go() to go to one. */
void memo_session_set_view (MemoSession *self, const char *view);
/* Article in the reader, at a passage when start >= 0. */
void memo_session_open_article (MemoSession *self, const char *uuid, glong start, glong end);
/* Applies and says so: on success a toast with Undo when @said (translated, nullable), on failure a toast with the cause.
 * @callback (nullable) is called after; memo_session_apply_finish() in it. Takes no ownership. */
void memo_session_apply (MemoSession *self,
                         MemoChange *change,
                         const char *said,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
/* As memo_session_apply(), and shows the record @uuid once it is there. */
void memo_session_apply_and_show (MemoSession *self, MemoChange *change, const char *said, const char *uuid);
gboolean memo_session_apply_finish (MemoSession *self, GAsyncResult *result, GError **error);
/* For words that must not be lost: notes, comments. Borrowed. */
MemoSaver *memo_session_get_saver (MemoSession *self);
void memo_session_toast (MemoSession *self, const char *text, gboolean undoable);
void memo_session_go (MemoSession *self, const char *view); /* articles, register, timeline, sectors, notes */
void memo_session_undo (MemoSession *self);
void memo_session_redo (MemoSession *self);

G_END_DECLS
