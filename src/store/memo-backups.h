#pragma once

#include "memo-database.h"

G_BEGIN_DECLS

/* The copies that are kept of a library: those made by themselves, in a folder of the library's own in the user's data directory, named
 * by their time ("2026-11-21T21-47-52Z.memorandum", UTC); and those made beside it before something large. All functions
 * block, in any thread. */
typedef enum
{
  MEMO_BACKUP_REGULAR,
  MEMO_BACKUP_BEFORE_UPDATE, /* of the file's format */
  MEMO_BACKUP_BEFORE_RESTORE,
  MEMO_BACKUP_BEFORE_REPAIR
} MemoBackupReason;

typedef struct
{
  char *path;
  char *name;  /* of the file */
  gint64 time; /* UTC microseconds */
  gint64 size; /* bytes */
  MemoBackupReason reason;
} MemoBackup;
void memo_backup_free (MemoBackup *backup);

/* $XDG_DATA_HOME/memorandum/backups/NAME-HASH; it need not be there. (transfer full) */
char *memo_backups_get_folder (const char *library);
/* The newest first; empty when there are none. (transfer full) GPtrArray of MemoBackup */
GPtrArray *memo_backups_list (const char *library, GError **error);
/* The backup that @text names: a file of the list, or its time or the beginning of it ("2026-11-21", then the newest of them).
 * MEMO_ERROR_NOT_FOUND. (transfer full): its path */
char *memo_backups_find (const char *library, const char *text, GError **error);
/* Where the backup of @time (UTC microseconds) is to be; the folder is made. (transfer full) */
char *memo_backups_prepare (const char *library, gint64 time, GError **error);
/* The time in a backup's file name; FALSE when it is none of ours. */
gboolean memo_backups_parse_name (const char *name, gint64 *ret_time);

/* Which of @n backups of @times (UTC microseconds, in any order) stay: of the 12 newest days, the 10 newest weeks (from Monday) and
 * the 9 newest months that have any, the newest each; those dated after @now too, which take no place. Pure. */
void memo_backups_choose (const gint64 *times, guint n, gint64 now, gboolean *ret_keep);
/* Removes the regular backups that memo_backups_choose() does not keep, and what a killed program left. */
gboolean memo_backups_thin (const char *library, gint64 now, GError **error);

/* What a library or backup holds, as a text that differs when anything was done in between; state is none of it. (nullable)
 * (transfer full) */
char *memo_database_get_stamp (MemoDatabase *self, GError **error); /* store's thread */
char *memo_backups_read_stamp (const char *path);
/* Live articles, annotations and agreements of a backup, without changing it; FALSE when it cannot be read. */
gboolean memo_backups_count (const char *path, guint *ret_articles, guint *ret_annotations, guint *ret_agreements);

G_END_DECLS
