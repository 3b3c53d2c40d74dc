#pragma once

#include <gio/gio.h>
#include "records/memo-change.h"

G_BEGIN_DECLS

/* One SQLite connection. Every function here blocks and is called in the store's thread alone (memo-store.h), inside a
 * job. sqlite3.h stays inside store/. */
typedef struct _MemoDatabase MemoDatabase;

typedef enum
{
  MEMO_OPEN_DEFAULT = 0,
  MEMO_OPEN_CREATE = 1 << 0, /* make it when there is none */
  MEMO_OPEN_READ_ONLY = 1 << 1,
  MEMO_OPEN_AT_ONCE = 1 << 2 /* for memo-library.h: do not wait for the whole index */
} MemoOpenFlags;

MemoDatabase *memo_database_open (const char *path, MemoOpenFlags flags, GError **error);
void memo_database_close (MemoDatabase *self);
const char *memo_database_get_path (MemoDatabase *self);
void memo_database_set_cancellable (MemoDatabase *self, GCancellable *cancellable); /* of the running job; nullable */
/* Called in the store's thread, again and again, while another connection keeps this one waiting. */
typedef void (*MemoBusyFunc) (gpointer data);
void memo_database_set_busy_func (MemoDatabase *self, MemoBusyFunc func, gpointer data);

/* For a connection that only reads, and reads again in a moment, as for somebody who types: whoever commits waits until
 * memo_database_let_go(), so that the next words do not wait for a commit. Each call holds on for as long as lies between two strokes,
 * two seconds in all: then those that wait have their turn. The store lets go (memo_store_set_reader()). */
gboolean memo_database_hold (MemoDatabase *self, GError **error);
/* Monotonic time in microseconds at which to let go; 0: nothing is held. */
gint64 memo_database_get_held_until (MemoDatabase *self);
void memo_database_let_go (MemoDatabase *self);

/* One transaction, recorded for undo; as one step with the change before when both are of one action. @ret_notice
 * (nullable, transfer full). */
gboolean memo_database_apply (MemoDatabase *self, MemoChange *change, MemoNotice **ret_notice, GError **error);

/* Records by row id or UUID in the order asked for; missing ones are NULL in the array. Trash included. @whole loads
 * heavy fields and verifies their SHA-256 (MEMO_ERROR_CORRUPT). (transfer full): GPtrArray of MemoRecord with free
 * func. */
GPtrArray *
memo_database_read (MemoDatabase *self, MemoKind kind, const gint64 *ids, guint n, gboolean whole, GError **error);
GPtrArray *
memo_database_read_uuids (MemoDatabase *self, MemoKind kind, const char *const *uuids, gboolean whole, GError **error);
/* As memo_database_read(), with @fields alone, as MEMO_FIELD_BIT() names them: who needs no more reads no more. All: whole. */
GPtrArray *memo_database_read_fields (MemoDatabase *self,
                                      MemoKind kind,
                                      guint32 fields,
                                      const gint64 *ids,
                                      guint n,
                                      GError **error);
/* Which kind has this UUID; FALSE with MEMO_ERROR_NOT_FOUND. */
gboolean memo_database_find_kind (MemoDatabase *self, const char *uuid, MemoKind *ret_kind, GError **error);
/* Up to @limit live records with id > @after, by id; for loading the index in slices. @trash: those in the trash
 * instead. */
GPtrArray *memo_database_scan (MemoDatabase *self,
                               MemoKind kind,
                               gint64 after,
                               guint limit,
                               gboolean trash,
                               gboolean whole,
                               GError **error);
/* The same for who reads everything and needs little of it: live records with @fields alone, as MEMO_FIELD_BIT() names them;
 * heavy ones are never among them. What was read for it does not stay in the cache. */
GPtrArray *memo_database_scan_fields (MemoDatabase *self,
                                      MemoKind kind,
                                      guint32 fields,
                                      gint64 after,
                                      guint limit,
                                      GError **error);
/* Live records whose REF field is @uuid (annotations of an article, evidence of a record …). */
GPtrArray *memo_database_read_where (MemoDatabase *self, MemoField field, const char *uuid, GError **error);

/* Records of @kind, trash included, that name @uuid anywhere but in a heavy field: in a REF, a list, a JSON document, the links
 * of a note. (transfer full) */
GPtrArray *memo_database_read_naming (MemoDatabase *self, MemoKind kind, const char *uuid, GError **error);

/* The original's bytes, verified. (transfer full); MEMO_ERROR_NOT_FOUND, MEMO_ERROR_CORRUPT. */
GBytes *memo_database_read_original (MemoDatabase *self, const char *sha256, GError **error);

/* Search: words as the user types them. */
typedef struct
{
  MemoKind kind; /* article, annotation, agreement, event, body, party, sector, note */
  gint64 id;
  char *uuid;
  char *title;
  char *snippet; /* plain text with the hits between U+0002 and U+0003; NULL: none */
  char *reason;  /* why a record is found that does not hold the words: "Sector: Health"; else NULL */
  char *language;
  glong offset; /* code points of the first hit in an article's text, or -1 */
  double rank;  /* smaller is better */
} MemoHit;
void memo_hit_free (MemoHit *hit);
/* @typing: the last word is a prefix. Malformed queries are plain words. GPtrArray of MemoHit, best first. */
GPtrArray *memo_database_search (MemoDatabase *self, const char *words, gboolean typing, guint limit, GError **error);
/* Whether a record may be found. */
typedef gboolean (*MemoHitFunc) (MemoKind kind, gint64 id, gpointer data);
/* The same among those records that @within lets through. */
GPtrArray *memo_database_search_within (MemoDatabase *self,
                                        const char *words,
                                        gboolean typing,
                                        guint limit,
                                        MemoHitFunc within,
                                        gpointer data,
                                        GError **error);
/* One record as a hit without a snippet. (transfer full) NULL without an error: it is gone. */
MemoHit *memo_database_get_hit (MemoDatabase *self, MemoKind kind, gint64 id, GError **error);
/* Row ids of @kind that hold all the words: for filters. (transfer full) GArray of gint64, ascending. */
GArray *memo_database_match (MemoDatabase *self, MemoKind kind, const char *words, gboolean typing, GError **error);

/* History. */
typedef struct
{
  gint64 id;
  char *name;   /* msgid */
  char *detail; /* nullable */
  gint64 time;  /* UTC microseconds */
  gboolean undone;
} MemoHistoryEntry;
void memo_history_entry_free (MemoHistoryEntry *entry);
/* Newest first. */
GPtrArray *memo_database_read_history (MemoDatabase *self, guint limit, GError **error);
/* MEMO_ERROR_NOT_FOUND: nothing to undo; MEMO_ERROR_CONFLICT: a later change is in the way, nothing was changed.
 * @ret_entry (nullable, transfer full): what was undone or redone. */
gboolean memo_database_undo (MemoDatabase *self, MemoNotice **ret_notice, MemoHistoryEntry **ret_entry, GError **error);
gboolean memo_database_redo (MemoDatabase *self, MemoNotice **ret_notice, MemoHistoryEntry **ret_entry, GError **error);
/* Forgets all actions: what is there now is where undo ends. */
gboolean memo_database_clear_history (MemoDatabase *self, GError **error);

/* What changed since the last call, by this or another process; NULL when nothing did. MEMO_ERROR_NOT_FOUND: another file, or none,
 * is where the library was opened; it cannot be written any more. */
MemoNotice *memo_database_poll (MemoDatabase *self, GError **error);

/* Grows with every change of a record, whoever makes it: up to where memo_database_poll() has looked. */
gint64 memo_database_get_seen (MemoDatabase *self);

/* Small state that is no part of the work and of its history (reading places, recent searches). (nullable) (transfer
 * full) */
char *memo_database_get_state (MemoDatabase *self, const char *key, GError **error);
gboolean memo_database_set_state (MemoDatabase *self, const char *key, const char *value, GError **error);

/* Care. Problems: GPtrArray of char *, each naming the record it touches; empty when all is well. */
GPtrArray *memo_database_check (MemoDatabase *self, gboolean repair, GError **error);
gboolean memo_database_backup (MemoDatabase *self, const char *path, GError **error);
/* {"articles":N,…,"bytes":N,"schema":N} */
JsonObject *memo_database_stats (MemoDatabase *self, GError **error);

G_END_DECLS
