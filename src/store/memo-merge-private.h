#pragma once

#include "memo-merge.h"
#include "memo-sql.h"

G_BEGIN_DECLS

/* What the files of the merge share. */
#define MERGE_IDENTITY 5 /* id, uuid, created, modified, deleted stand before the fields in what is read */
#define MERGE_FIELDS 32
#define MERGE_DECISIONS 500

typedef struct
{
  MemoDatabase *ours, *theirs;
  MemoMerge *result;
  gboolean dry;
  gint64 now;
  GHashTable *texts;   /* UUIDs of articles whose texts differ */
  GHashTable *left;    /* UUIDs of records that stay theirs: deleted for good here, or damaged */
  GHashTable *unsound; /* UUIDs of articles on which annotations have to find their place */
} Merge;

/* When the fields of a record were changed on one side. */
typedef struct
{
  gboolean edited[MERGE_FIELDS];
  gint64 time[MERGE_FIELDS];
  gint64 trash;  /* of the field "deleted"; 0 when never */
  gint64 latest; /* of all; 0 when none */
} MergeTimes;

/* memo-merge-record.c */
/* The record on which @theirs stands and the same one in @ours. */
gboolean memo_merge_record (Merge *self, MemoKind kind, MemoStatement *ours, MemoStatement *theirs, GError **error);
gboolean memo_merge_read_times (MemoDatabase *side, MemoKind kind, const char *uuid, MergeTimes *ret, GError **error);
/* Whether a live record of that side has been changed, or has got something that hangs on it, after @time. */
gboolean memo_merge_changed_since (MemoDatabase *side,
                                   MemoKind kind,
                                   const char *uuid,
                                   const MergeTimes *times,
                                   gint64 time,
                                   gboolean *ret,
                                   GError **error);
/* Whether the article on which @theirs stands is what was saved; its original comes along. */
gboolean memo_merge_take_article (Merge *self, MemoStatement *theirs, gboolean *ret_sound, GError **error);
gboolean
memo_merge_set_deleted (Merge *self, MemoKind kind, const char *uuid, gint64 deleted, gint64 time, GError **error);
/* Text of a column, borrowed (nullable). */
const char *memo_merge_text (MemoStatement *statement, int column);

/* memo-merge-place.c: annotations of articles in @unsound find their place again. */
gboolean memo_merge_find_places (Merge *self, GError **error);

G_END_DECLS
