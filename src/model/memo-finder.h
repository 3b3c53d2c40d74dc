#pragma once

#include "memo-field-words.h"
#include "memo-selection-private.h"
#include "store/memo-database.h"

G_BEGIN_DECLS

/* Records of the kinds that can be filtered, as nodes of an index; other kinds are NULL. */
typedef struct
{
  roaring_bitmap_t *kinds[MEMO_N_KINDS];
} MemoRows;

void memo_rows_clear (MemoRows *self);
gboolean memo_rows_contain (const MemoRows *self, MemoIndex *index, MemoKind kind, gint64 id);
void memo_rows_and (MemoRows *self, const MemoRows *other);
void memo_rows_or (MemoRows *self, const MemoRows *other);
void memo_rows_andnot (MemoRows *self, const MemoRows *other);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MemoRows, memo_rows_clear)

/* Of what the filter lets through, its words left aside. */
void memo_rows_init_filter (MemoRows *self, MemoIndex *index, MemoFilter *filter);
/* Of what holds the words; field words but title: are plain words. */
gboolean memo_rows_init_words (MemoRows *self,
                               MemoIndex *index,
                               MemoDatabase *database,
                               const char *words,
                               gboolean typing,
                               GError **error);

/* What somebody typed, read: words for the search index, and field words as filters; AND within a group, OR between. In the
 * store's thread. */
typedef struct _MemoFinder MemoFinder;

MemoFinder *memo_finder_new (MemoIndex *index, MemoNames *names, const char *words, gboolean typing);
void memo_finder_free (MemoFinder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoFinder, memo_finder_free)
/* All that is left for the search index, as one expression; "" when nothing is. Borrowed. */
const char *memo_finder_get_words (MemoFinder *self);
gboolean memo_finder_is_typing (MemoFinder *self); /* the last of these words is unfinished */
gboolean memo_finder_has_fields (MemoFinder *self);
/* Some of what is sought need hold no words. */
gboolean memo_finder_is_wordless (MemoFinder *self);
gboolean memo_finder_run (MemoFinder *self, MemoDatabase *database, MemoRows *ret_rows, GError **error);
/* Where hits of memo_finder_get_words() may be: the words are left aside when they alone decide what their group finds. */
gboolean memo_finder_run_around (MemoFinder *self, MemoDatabase *database, MemoRows *ret_rows, GError **error);

G_END_DECLS
