#pragma once

#include "memo-filter.h"
#include "records/memo-change.h"

G_BEGIN_DECLS

/* An immutable snapshot of the library in memory: columns and bitmaps. Filtering, facet counts, sorting and the timeline are
 * computed from it without SQL, in any thread. Indexed kinds: article, annotation, agreement, event, note (others are
 * held whole as records: party, sector, body, follow-up, filter — they are few). */
#define MEMO_TYPE_INDEX (memo_index_get_type ())
G_DECLARE_FINAL_TYPE (MemoIndex, memo_index, MEMO, INDEX, GObject)

guint memo_index_get_n (MemoIndex *self, MemoKind kind);
/* Small records held whole. Borrowed; NULL when there is none. */
MemoRecord *memo_index_get_record (MemoIndex *self, MemoKind kind, const char *uuid);
/* All of a small kind (party, sector, body, filter, follow-up); sectors in tree order, parents first. Borrowed. */
GPtrArray *memo_index_get_records (MemoIndex *self, MemoKind kind);
/* By UUID, code, or a name in any language, compared by memo_text_key(). Borrowed (nullable). */
MemoRecord *memo_index_find_sector (MemoIndex *self, const char *text);
MemoRecord *memo_index_find_party (MemoIndex *self, const char *text);
MemoRecord *memo_index_find_body (MemoIndex *self, const char *text);
/* Row id ↔ UUID of an indexed record. UUID borrowed (nullable); id 0 when there is none. */
const char *memo_index_get_uuid (MemoIndex *self, MemoKind kind, gint64 id);
gint64 memo_index_get_id (MemoIndex *self, MemoKind kind, const char *uuid);

/* Of one agreement. */
typedef struct
{
  guint identified;  /* children it has */
  guint sources;     /* articles its evidence stands in, a work's versions counted once */
  guint independent; /* those left when one that cites another of them is not counted */
  guint evidence;
} MemoCounts;
gboolean memo_index_get_counts (MemoIndex *self, gint64 agreement, MemoCounts *ret_counts);
/* Number of annotations of an article. */
guint memo_index_get_annotations (MemoIndex *self, gint64 article);

/* Result of a filter: which rows of each kind, all facet counts, what the timeline draws. Immutable. */
#define MEMO_TYPE_SELECTION (memo_selection_get_type ())
G_DECLARE_FINAL_TYPE (MemoSelection, memo_selection, MEMO, SELECTION, GObject)

/* A record matches by the values that it has of a facet:
 * - agreements, events, bodies: their own; as language and source those of the articles that their evidence stands in;
 * - annotations: their own sectors and tags, their speaker as party, kind and language of their article, which is the source;
 *   and sectors, parties, status and body of the records that they are evidence of;
 * - articles: their own, authors as parties; and those of their annotations;
 * - notes: their tags.
 * Evidence of a follow-up is evidence of its agreement. Follow-ups come with their agreement. Dates: the record's span (signed
 * or in force to the end or horizon; published; when; founded) overlaps; what has no date is not within dates. The flags ask
 * agreements and events; articles and annotations come with those that they are evidence of. */
/* @words (nullable): for each indexed kind the ascending row ids that hold the filter's words (GArray of gint64), as
 * memo_database_match() gives them. (transfer full) */
MemoSelection *memo_index_select (MemoIndex *self, MemoFilter *filter, GArray *words[MEMO_N_KINDS]);

MemoIndex *memo_selection_get_index (MemoSelection *self);
MemoFilter *memo_selection_get_filter (MemoSelection *self);
guint memo_selection_get_count (MemoSelection *self, MemoKind kind);
gboolean memo_selection_contains (MemoSelection *self, MemoKind kind, gint64 id);

typedef enum
{
  MEMO_SORT_TITLE,
  MEMO_SORT_DATE,
  MEMO_SORT_OUTLET,
  MEMO_SORT_LANGUAGE,
  MEMO_SORT_KIND,
  MEMO_SORT_STATUS,
  MEMO_SORT_ANNOTATIONS,
  MEMO_SORT_SOURCES,
  MEMO_SORT_PARTIES,
  MEMO_SORT_SECTORS,
  MEMO_SORT_CREATED,
  MEMO_SORT_POSITION,
  MEMO_SORT_IDENTIFIED,
  MEMO_SORT_MODIFIED,
  MEMO_SORT_AUTHOR
} MemoSort;
/* Row ids in order; undated and untitled last. (transfer full) GArray of gint64. */
GArray *memo_selection_get_ids (MemoSelection *self, MemoKind kind, MemoSort sort, gboolean descending);

typedef struct
{
  const char *value; /* as in MemoFilter; borrowed from the selection */
  guint count;       /* agreements that would be shown with this value, its own facet's choice ignored */
  guint articles;
  guint annotations;
} MemoFacetCount;
/* Values with a count or chosen; most first (sectors: tree order, all). GArray of MemoFacetCount, borrowed. */
GArray *memo_selection_get_facet (MemoSelection *self, MemoFacet facet);

/* Agreements of the selection by year: GArray of MemoYearCount, ascending, gaps not filled. Borrowed. */
typedef struct
{
  int year;
  guint count;
} MemoYearCount;
GArray *memo_selection_get_years (MemoSelection *self);
/* Number of agreements in the selection with this sector (or below it) in that year of signature; G_MININT: undated;
 * G_MAXINT: all. */
guint memo_selection_get_cell (MemoSelection *self, const char *sector, int year);
/* Sums over packages: declared, identified. */
void memo_selection_get_packages (MemoSelection *self, guint *ret_declared, guint *ret_identified);

/* What the timeline shows, by first day; undated at the end. */
typedef struct
{
  MemoKind kind; /* agreement, event, article, body (its founding), follow-up */
  gint64 id;
  const char *uuid;   /* borrowed from the index */
  const char *title;  /* borrowed from the index */
  const char *type;   /* kind within the kind: "session", "package"; borrowed */
  MemoDate *when;     /* NULL: undated; borrowed */
  gint32 first, last; /* days; last reaches to the horizon or end of an agreement */
  guint8 soft;        /* 1: start is uncertain, 2: end is uncertain, 4: open start, 8: open end */
  const char *sector; /* first sector's UUID or NULL; borrowed */
  const char *party;  /* first party's UUID or NULL */
  const char *body;
  const char *status;
} MemoEntry;
/* GArray of MemoEntry, borrowed. */
GArray *memo_selection_get_entries (MemoSelection *self);

G_END_DECLS
