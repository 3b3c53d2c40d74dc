#pragma once

#include "memo-database.h"

G_BEGIN_DECLS

/* The trash of a library. What is in it is marked alone (memo_record_get_deleted()), and is removed for good after
 * MEMO_TRASH_DAYS or when a person says so. All functions block, in the store's thread. */
#define MEMO_TRASH_DAYS 30

/* What is in the trash, without heavy fields, the newest first. (transfer full) GPtrArray of MemoRecord */
GPtrArray *memo_database_read_trash (MemoDatabase *self, GError **error);

/* The change that brings the records @uuids back: with what they hang on (the article of an annotation), and with what hangs on
 * them and went into the trash in the same action. MEMO_ERROR_NOT_FOUND, MEMO_ERROR_INVALID for what is in use.
 * (transfer full) */
MemoChange *memo_database_restore_trashed (MemoDatabase *self, const char *const *uuids, GError **error);

/* Removing for good, in slices. Annotations of an article, steps of an agreement and evidence go with what they hang on; nothing
 * else that is in use is touched. It cannot be undone: the step before it that needs what is gone says so and changes
 * nothing. */
typedef struct _MemoSweep MemoSweep;
/* What is older than MEMO_TRASH_DAYS, and originals of articles that nothing can bring back. @now: UTC microseconds.
 *
 * A wrong clock must not hurry it. Nothing is removed while @now is before the last action. A clock that has gone on by more
 * than ten days since the last sweep is believed only after it went on from there for a week and three sweeps; until then the
 * library's time stands still. (transfer full) */
MemoSweep *memo_sweep_new (gint64 now);
/* All that is in the trash, or only @uuids (nullable). (transfer full) */
MemoSweep *memo_sweep_new_emptying (const char *const *uuids);
void memo_sweep_free (MemoSweep *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoSweep, memo_sweep_free)
/* Records that were in the trash and are gone, without what hung on them; originals that are gone. */
guint memo_sweep_get_removed (MemoSweep *self);
guint memo_sweep_get_originals (MemoSweep *self);
/* One slice, a transaction of its own, that ends after @milliseconds and the record it is at. FALSE with an error: the slice changed
 * nothing. @ret_notice (transfer full, nullable) */
gboolean memo_database_sweep (MemoDatabase *self,
                              MemoSweep *sweep,
                              guint milliseconds,
                              gboolean *ret_done,
                              MemoNotice **ret_notice,
                              GError **error);

G_END_DECLS
