#pragma once

#include "memo-index-private.h"

G_BEGIN_DECLS

struct _MemoSelection
{
  GObject parent_instance;
  MemoIndex *index;
  MemoFilter *filter;
  roaring_bitmap_t *shown[MEMO_N_KINDS]; /* see memo_selection_get_shown() */
  GArray *facets[MEMO_N_FACETS];
  GArray *years;
  /* Made when first asked for, under the lock. */
  GRecMutex lock;
  guint asked;
  GHashTable *cells; /* MemoCell → itself */
  guint declared, identified;
  GArray *entries;
};

/* For one filter: what each facet alone lets through, so that a facet's counts can ignore its own choice. */
typedef struct
{
  roaring_bitmap_t *base[MEMO_N_KINDS];                  /* live, within dates, words and flags */
  roaring_bitmap_t *facets[MEMO_N_KINDS][MEMO_N_FACETS]; /* NULL: all */
} MemoMatches;

void memo_matches_init (MemoMatches *self, MemoIndex *index, MemoFilter *filter, GArray *words[MEMO_N_KINDS]);
void memo_matches_clear (MemoMatches *self);
/* What all facets but @except (-1: none) let through. (transfer full) */
roaring_bitmap_t *memo_matches_combine (MemoMatches *self, MemoKind kind, int except);

/* Nodes of the records of @kind that the filter lets through. Borrowed. */
const roaring_bitmap_t *memo_selection_get_shown (MemoSelection *self, MemoKind kind);
/* Facets and years, once what is shown is known. */
void memo_selection_count (MemoSelection *self, MemoMatches *matches);
void memo_selection_count_years (MemoSelection *self);
void memo_selection_count_cells (MemoSelection *self);
void memo_selection_make_entries (MemoSelection *self);
/* What is made when it is first asked for: a selection that follows one that was asked for it makes it at once, in its own
 * thread, so that no view waits. */
enum
{
  MEMO_PART_CELLS = 1,
  MEMO_PART_ENTRIES = 2
};
guint memo_selection_get_asked (MemoSelection *self);
void memo_selection_prepare (MemoSelection *self, guint parts);

typedef struct
{
  guint sector;
  int year;
  guint count;
} MemoCell;
void
memo_index_visit_values (MemoIndex *self, const MemoIndexRow *row, MemoFacet facet, MemoVisit visit, gpointer data);

G_END_DECLS
