#pragma once

#include "memo-index-private.h"

G_BEGIN_DECLS

struct _MemoSelection
{
  GObject parent_instance;
  MemoIndex *index;
  MemoFilter *filter;
  roaring_bitmap_t *shown[MEMO_N_KINDS]; /* never NULL */
  GArray *facets[MEMO_N_FACETS];
  GArray *years;
  GHashTable *cells; /* Cell → itself */
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
/* Kinds that a filter is asked about; follow-ups come with their agreement. */
gboolean memo_kind_is_selected (MemoKind kind);

void memo_selection_count_facets (MemoSelection *self, MemoMatches *matches);
void memo_selection_count_years (MemoSelection *self);
void memo_selection_make_entries (MemoSelection *self);

typedef struct
{
  guint sector;
  int year;
  guint count;
} MemoCell;

/* Calls @visit for every value that @row has of @facet, its own ones and those that it has through relations; a value may
 * come more than once. Sectors as they are named, without what is above them. */
typedef void (*MemoVisit) (guint value, gpointer data);
void
memo_index_visit_values (MemoIndex *self, const MemoIndexRow *row, MemoFacet facet, MemoVisit visit, gpointer data);

G_END_DECLS
