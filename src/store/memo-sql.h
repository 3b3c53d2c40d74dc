#pragma once

/* What the files of store/ share: the connection, statements, errors, transactions. No other folder includes this. */

#include <sqlite3.h>
#include "base/memo-error.h"
#include "memo-database.h"

G_BEGIN_DECLS

struct _MemoDatabase
{
  sqlite3 *db;
  char *path;
  char *name; /* for messages */
  GCancellable *cancellable;
  gint64 busy_since;      /* monotonic: when the wait for another connection began */
  MemoBusyFunc busy_func; /* nullable */
  gpointer busy_data;
  gint64 held_since; /* monotonic: when memo_database_hold() began; 0: nothing is held */
  gint64 held_until;
  GHashTable *statements; /* SQL -> sqlite3_stmt */
  gboolean read_only;
  gboolean unclean; /* a journal was left behind before this opening */
  gboolean second;  /* this process had the file open already, and looked through it then */
  int schema;
  char *action;        /* of the newest change that was applied here; nullable */
  gint64 action_row;   /* its row in the history */
  gint64 seen;         /* change_log.seq up to which notices were given */
  gint64 data_version; /* PRAGMA data_version at the last look */
  gint64 inode;
  gint64 device;
  GSList *copies; /* of MemoCopy under way */
};

/* Microseconds that memo_database_hold() holds at most. */
#define MEMO_HOLD_MOST (2 * G_TIME_SPAN_SECOND)

/* A statement that is kept by the connection; reset when it goes out of scope. */
typedef sqlite3_stmt MemoStatement;
static inline void
memo_statement_reset (sqlite3_stmt *statement)
{
  if (statement != NULL)
    {
      sqlite3_reset (statement);
      sqlite3_clear_bindings (statement);
    }
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoStatement, memo_statement_reset)

GHashTable *memo_sql_statements_new (void);
/* NULL with an error. (transfer none), yet to be declared g_autoptr (MemoStatement). The same SQL must not be prepared
 * while it is in use. */
MemoStatement *memo_sql_prepare (MemoDatabase *self, const char *sql, GError **error);
/* TRUE: a row. FALSE without an error: the end. */
gboolean memo_sql_step (MemoDatabase *self, MemoStatement *statement, GError **error);
/* Runs a statement that gives no rows. */
gboolean memo_sql_run (MemoDatabase *self, MemoStatement *statement, GError **error);
/* Any number of statements. */
gboolean memo_sql_exec (MemoDatabase *self, const char *sql, GError **error);
/* First column of the first row. FALSE with an error; 0 when there is no row. */
gboolean memo_sql_int (MemoDatabase *self, const char *sql, gint64 *ret_value, GError **error);
void
memo_sql_bind_text (MemoStatement *statement, int index, const char *text); /* borrowed until the reset; NULL is NULL */
/* A text as valid UTF-8, whatever the file holds: what is damaged becomes U+FFFD. (nullable), borrowed until the next step.
 * @ret_own: what to free afterwards, NULL when nothing was damaged. */
const char *memo_sql_get_text (MemoStatement *statement, int column, char **ret_own);
char *memo_sql_dup_text (MemoStatement *statement, int column); /* the same, own */
/* Puts SQLite's last error into @error as a sentence. */
void memo_sql_set_error (MemoDatabase *self, int code, GError **error);
/* For connections that are no MemoDatabase: @name is what the message calls the file. */
void memo_sql_set_error_for (sqlite3 *db, int code, const char *name, GError **error);
/* Says that the library's file, called @name, is not where it was opened; @code: as what. */
void memo_sql_set_moved (const char *name, MemoError code, GError **error);

gboolean memo_sql_begin (MemoDatabase *self, gboolean write, GError **error);
/* Rolls back when it fails. */
gboolean memo_sql_commit (MemoDatabase *self, GError **error);
void memo_sql_rollback (MemoDatabase *self);

/* Opening a plain connection with the settings that every connection of the project has. */
int memo_sql_open (const char *path, int flags, sqlite3 **ret_db);

/* memo-database.c: goes on with a nameless copy of the library and lets go of the file. */
gboolean memo_database_move_to_copy (MemoDatabase *self, GError **error);

/* memo-schema.c */
#define MEMO_APPLICATION_ID 0x4d656d6f /* "Memo" */
int memo_schema_latest (void);
/* SQL of step @version, 1 .. latest. (transfer full) */
GBytes *memo_schema_step (int version);
gboolean memo_schema_create (MemoDatabase *self, GError **error);
/* A backup beside the library comes first; a library that may only be read is migrated in a copy. */
gboolean memo_schema_migrate (MemoDatabase *self, GError **error);
/* MEMO_ERROR_CORRUPT when the file holds a table, trigger, view or index that is not of the version it says it has: before
 * that nothing in it may run. */
gboolean memo_schema_verify (MemoDatabase *self, GError **error);

/* memo-records.c: @n steps, in their order. */
gboolean memo_records_write (MemoDatabase *self, const MemoStep *steps, guint n, gint64 now, GError **error);

/* Bytes of an original as they were handed in; NULL when they are damaged. (transfer full) */
GBytes *memo_records_unpack (MemoStatement *statement, int column, int codec, gint64 size);

/* memo-changes.c: what the change log holds beyond what was seen; NULL when nothing. @ret_seen is to be stored in
 * self->seen once the transaction is through. */
gboolean memo_changes_collect (MemoDatabase *self, MemoNotice **ret_notice, gint64 *ret_seen, GError **error);
gboolean memo_changes_trim (MemoDatabase *self, GError **error);
/* Ends the transaction that has made changes; what it touched becomes the notice (nullable, transfer full). Rolls back when it
 * fails. */
gboolean memo_changes_commit (MemoDatabase *self, MemoNotice **ret_notice, GError **error);
gboolean memo_changes_start (MemoDatabase *self, GError **error);

/* memo-history.c */
gint64 memo_history_clock (void); /* UTC microseconds */
/* Runs @write in a transaction that becomes one entry of the history, or nothing. @times: the fields that it changed get
 * the time of the action; without it @write sees to their times itself. @ret_notice (nullable, transfer full). */
typedef gboolean (*MemoHistoryWrite) (MemoDatabase *self, gpointer data, gint64 now, GError **error);
gboolean memo_history_record (MemoDatabase *self,
                              const char *name,
                              const char *detail,
                              gboolean times,
                              MemoHistoryWrite write,
                              gpointer data,
                              MemoNotice **ret_notice,
                              GError **error);

/* memo-changeset.c: applies @changeset, or its inverse, inside a transaction that is rolled back when it fails.
 * FALSE with @ret_conflict and without an error: a later change is in the way. Records that are not there are passed over. */
#define MEMO_EARLIER "earlier" /* table of what merges have set aside, taken back with them */
gboolean memo_changeset_apply (MemoDatabase *self,
                               const void *changeset,
                               int size,
                               gboolean invert,
                               gboolean *ret_conflict,
                               GError **error);

/* memo-edits.c: times of fields. All inside a transaction. @invert: the changeset was undone. */
gboolean
memo_edits_note (MemoDatabase *self, const void *changeset, int size, gboolean invert, gint64 now, GError **error);
gboolean memo_edits_set (MemoDatabase *self, const char *record, const char *field, gint64 time, GError **error);

/* memo-backup.c: before the connection closes. */
void memo_backup_stop_all (MemoDatabase *self);
/* Copies the library as it is, whole or not, to a file beside it. */
gboolean memo_backup_put_aside (MemoDatabase *self, GError **error);

/* memo-trash.c: the time that something goes into the trash: not before anything that was done, however the clock stands. */
gboolean memo_trash_time (MemoDatabase *self, gint64 now, gint64 *ret_time, GError **error);

/* memo-search.c: functions that FTS5 calls. */
gboolean memo_search_register (sqlite3 *db);

/* memo-check.c */
gboolean memo_check_quick (MemoDatabase *self, GError **error);
gboolean memo_check_index_kind (MemoKind kind);
/* Problems of the file, its index, texts and originals: what a copy can have spoilt. (transfer full) GPtrArray of char * */
GPtrArray *memo_check_copy (MemoDatabase *self, GError **error);

G_END_DECLS
