#pragma once

#include "memo-library.h"

G_BEGIN_DECLS

/* The first rows of a list with all that stands on them: what a window shows of a library while the index is being read.
 * Which rows those are is kept in the library (memo_library_keep_head()), and holds only as long as no record was changed
 * since, by whomever; what they say is read from the library anew. Immutable. */
#define MEMO_TYPE_HEAD (memo_head_get_type ())
G_DECLARE_FINAL_TYPE (MemoHead, memo_head, MEMO, HEAD, GObject)

/* The library that is being opened: only for a MemoRecordList until it is there. Borrowed. */
MemoLibrary *memo_head_get_library (MemoHead *self);
/* Whether it is the beginning of that list. */
gboolean memo_head_is_of (MemoHead *self, MemoKind kind, MemoSort sort, gboolean descending);
/* Its rows alone, for their order; the index behind it holds what stands on them and nothing else. Borrowed. */
MemoSelection *memo_head_get_selection (MemoHead *self);
/* The rows' records: GPtrArray of MemoRecord. Borrowed. */
GPtrArray *memo_head_get_records (MemoHead *self);
/* Number of rows of the whole list. */
guint memo_head_get_total (MemoHead *self);
/* It is on the screen. The rest of the library is read only now, so that the first frame has the machine for itself; it is read
 * too when the head is let go, or half a second after it was found. */
void memo_head_set_shown (MemoHead *self);

/* Opens as memo_library_open_async() does; @head is called before that is over, when the beginning of the list of @kind is
 * known, with @rows rows at most. It gets @user_data too. */
typedef void (*MemoHeadFunc) (MemoHead *head, gpointer user_data);
void memo_library_open_with_head_async (const char *path,
                                        MemoOpenFlags flags,
                                        MemoKind kind,
                                        guint rows,
                                        MemoHeadFunc head,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
/* A list tells what it shows now: @ids of @selection, in order, of a list of @total. The first of them are kept for the next
 * opening, at once when that is new and at the closing when it has changed; those of a filter are not. */
void memo_library_keep_head (MemoLibrary *self,
                             MemoSelection *selection,
                             MemoKind kind,
                             MemoSort sort,
                             gboolean descending,
                             GArray *ids);

G_END_DECLS
