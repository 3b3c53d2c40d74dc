#pragma once

#include "memo-head.h"
#include "memo-indexer.h"
#include "memo-library.h"
#include "memo-names.h"

G_BEGIN_DECLS

struct _MemoLibrary
{
  GObject parent_instance;
  MemoStore *store;
  MemoIndexer *indexer;
  char *path;
  gboolean read_only, closed;
  gboolean at_once; /* is opened so, and not there yet */
  MemoIndex *index;
  MemoNames *names;  /* of the index, for searches; the store's thread refreshes it */
  MemoStore *reader; /* a second connection, so that a search does not wait for an import; NULL before the first one */
  MemoNames *reader_names; /* the reader's thread refreshes it */
  gboolean reader_open;
  guint64 serial;     /* of index */
  gint64 index_seen;  /* the last change that the index knows */
  gboolean again;     /* does not hold: much has changed, and is being read */
  GWeakRef selection; /* the last one */
  gboolean loading;   /* a run of slices is under way */
  GPtrArray *waiting; /* of Waiting: what is reported when it is over */
  gboolean can_undo, can_redo;
  char *undo_name, *redo_name;
  gint64 standing;           /* number of the newest action that is not undone; 0: none */
  char *heads[MEMO_N_KINDS]; /* the beginnings of lists as they are kept for the next opening; NULL: none yet */
  gboolean head_changed[MEMO_N_KINDS];
  GError *open_error;      /* while it opens */
  guint backups_asked_for; /* under way */
  GSource *poll;
  gboolean polling;
};

/* Runs a job and hands its result to a GTask of the library, for memo_library_take(). */
void memo_library_run (MemoLibrary *self,
                       MemoPriority priority,
                       MemoStoreJob job,
                       gpointer data,
                       GDestroyNotify data_free,
                       GDestroyNotify result_free,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data,
                       gpointer tag);
gpointer memo_library_take (MemoLibrary *self, GAsyncResult *result, gpointer tag, GError **error);
/* Reads everything again; @task (nullable, transfer full) returns TRUE or its pointer @value when that is over. */
void
memo_library_reload (MemoLibrary *self, MemoNotice *notice, GTask *task, gpointer value, GDestroyNotify value_free);

/* @job makes a MemoChange in the store's thread, which is applied then. @task (transfer full) returns TRUE. */
void
memo_library_run_change (MemoLibrary *self, MemoStoreJob job, gpointer data, GDestroyNotify data_free, GTask *task);
/* In the store's thread: a record of any kind by its UUID. (transfer full) */
MemoRecord *memo_library_read_whole (MemoDatabase *database, const char *uuid, GError **error);

/* What keeps the store's thread from reading the index before the head was shown. */
typedef struct _MemoHold MemoHold;

/* Arguments of a job, each as it needs them. */
typedef struct
{
  MemoIndexer *indexer;
  MemoHold *hold; /* nullable */
  MemoKind kind;
  MemoField field;
  guint32 fields; /* as MEMO_FIELD_BIT() names them */
  char *text, *value;
  GArray *ids;
  guint limit;
  gboolean flag;
  MemoChange *change;
} MemoQuery;
MemoQuery *memo_query_new (const char *text);
void memo_query_free (gpointer query);

/* What a commit led to. */
typedef struct
{
  MemoNotice *notice; /* NULL: nothing changed */
  MemoIndex *index;
  guint64 serial;
  gint64 seen;      /* memo_database_get_seen() */
  gboolean reading; /* everything has to be read (again) before the index knows */
  gboolean can_undo, can_redo;
  char *undo_name, *redo_name; /* msgids */
  gint64 standing;             /* the newest action that is not undone */
  char *name;                  /* of what was undone or redone */
} MemoCommit;
/* In the store's thread, after a commit that led to @notice (nullable) by @entry (of undo and redo; nullable). (transfer full) */
MemoCommit *memo_commit_new (MemoDatabase *database, MemoIndexer *indexer, MemoNotice *notice, MemoHistoryEntry *entry);
void memo_commit_free (gpointer commit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoCommit, memo_commit_free)
/* Takes in a commit; @task (nullable, transfer full) returns @value, or TRUE, when the index knows it. */
void memo_library_take_commit (MemoLibrary *self,
                               MemoCommit *commit,
                               GTask *task,
                               gpointer value,
                               GDestroyNotify value_free);
/* Jobs: result MemoCommit, data MemoQuery. The first leaves an index; "reading": without annotations and what is behind. */
gpointer memo_commit_open_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error);
gpointer memo_commit_slice_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error);
gpointer memo_commit_apply_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error);
gpointer memo_commit_undo_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error);
gpointer memo_commit_redo_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error);
gpointer memo_commit_poll_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error);

/* Beginnings of lists (memo-head.h). A job: data MemoQuery with kind and limit; result (transfer full) a MemoHead, NULL: nothing
 * is known. */
gpointer memo_head_read_job (MemoDatabase *database, gpointer query, GCancellable *cancellable, GError **error);
void memo_head_set_library (MemoHead *self, MemoLibrary *library);
/* For that job and those behind it. (transfer full) */
MemoHold *memo_hold_new (void);
MemoHold *memo_hold_ref (MemoHold *self);
void memo_hold_unref (MemoHold *self);
/* In the store's thread: returns at once when that job has found no head; else when it was shown or let go, or after a moment. */
void memo_hold_wait (MemoHold *self, GCancellable *cancellable);
/* Before the library closes: what has changed since it was kept. */
void memo_library_keep_heads (MemoLibrary *self);

G_END_DECLS
