#pragma once

#include "memo-database.h"

G_BEGIN_DECLS

/* Another library's records into this one, as one action. A record is known by its UUID. Not here: added with its original.
 * On both sides and different: decided field by field. A field that somebody changed beats one that is as it was made;
 * then the newer time wins, then the larger value, so that both directions lead to the same. What loses goes to the
 * table "earlier". Lists that both sides changed become one list. In the trash on one side: trashed, unless the other has
 * changed it since. The place of an annotation is found again when its article's text is replaced. */

/* A field that both sides had said something about. */
typedef struct
{
  MemoKind kind;
  char *uuid;
  char *title; /* of the record here */
  char *field;
  char *kept;      /* nullable */
  char *set_aside; /* nullable */
  char *origin;    /* name of the library that @set_aside stood in */
} MemoMergeDecision;

typedef struct
{
  char *name;                    /* of the other library */
  guint added[MEMO_N_KINDS];     /* new here */
  guint changed[MEMO_N_KINDS];   /* got at least one value from there */
  guint same;                    /* nothing to do */
  guint trashed, restored, kept; /* kept: deleted there, changed here since */
  guint decided;                 /* fields; the first of them in @decisions */
  guint moved, orphaned;         /* annotations in a replaced text */
  guint damaged;                 /* articles and originals that were not taken */
  GPtrArray *decisions;          /* of MemoMergeDecision */
  GPtrArray *
      fresh; /* of MemoRecord, without heavy fields: articles, agreements, bodies, parties to be added; only when dry */
} MemoMerge;
void memo_merge_free (MemoMerge *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoMerge, memo_merge_free)
/* Whether merging changes anything here. */
gboolean memo_merge_has_changes (MemoMerge *self);

/* In the store's thread, every few hundred records. */
typedef void (*MemoMergeProgress) (guint done, guint total, gpointer data);

/* @dry: only looks. The file at @path is not changed by one byte: an older schema is read from a copy. @progress nullable.
 * @ret_notice (nullable, transfer full). Errors as memo_database_open(); MEMO_ERROR_INVALID: it is this library.
 * (transfer full) */
MemoMerge *memo_database_merge (MemoDatabase *self,
                                const char *path,
                                gboolean dry,
                                MemoMergeProgress progress,
                                gpointer data,
                                MemoNotice **ret_notice,
                                GError **error);

/* A value that a merge set aside. */
typedef struct
{
  gint64 id;
  char *field;
  char *value; /* as stored; nullable */
  gint64 time; /* when it was set, UTC microseconds */
  char *origin;
  gint64 merged;
} MemoEarlier;
void memo_earlier_free (MemoEarlier *self);
/* Of the record with that UUID, newest first. (transfer full): GPtrArray of MemoEarlier */
GPtrArray *memo_database_read_earlier (MemoDatabase *self, const char *uuid, GError **error);

G_END_DECLS
