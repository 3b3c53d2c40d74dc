#pragma once

#include "records/memo-record.h"

G_BEGIN_DECLS

/* What is shown: one immutable value for all views, the command line, exports and named filters. Facets combine with AND;
 * within one facet the values of "any" combine with OR, all of "all" must hold, none of "none" may. */
#define MEMO_TYPE_FILTER (memo_filter_get_type ())
G_DECLARE_FINAL_TYPE (MemoFilter, memo_filter, MEMO, FILTER, GObject)

typedef enum
{
  MEMO_FACET_SECTOR,   /* values: UUIDs; what is below a sector counts too */
  MEMO_FACET_PARTY,    /* UUIDs */
  MEMO_FACET_STATUS,   /* announced … */
  MEMO_FACET_KIND,     /* kinds of articles, agreements and events by name */
  MEMO_FACET_LANGUAGE, /* codes */
  MEMO_FACET_TAG,
  MEMO_FACET_SOURCE, /* UUIDs of articles */
  MEMO_FACET_BODY,   /* UUIDs */
  MEMO_N_FACETS
} MemoFacet;

typedef enum
{
  MEMO_CHOICE_ANY,
  MEMO_CHOICE_ALL,
  MEMO_CHOICE_NONE
} MemoChoice;

MemoFilter *memo_filter_new (void); /* everything */
gboolean memo_filter_is_empty (MemoFilter *self);
gboolean memo_filter_equal (MemoFilter *a, MemoFilter *b);
/* Borrowed; never NULL. */
const char *const *memo_filter_get_values (MemoFilter *self, MemoFacet facet, MemoChoice choice);
/* A changed copy; adding to one choice takes the value off the two others. (transfer full) */
MemoFilter *memo_filter_with (MemoFilter *self, MemoFacet facet, MemoChoice choice, const char *value);
/* The same with all @values at once. */
MemoFilter *memo_filter_with_many (MemoFilter *self, MemoFacet facet, MemoChoice choice, const char *const *values);
MemoFilter *memo_filter_without (MemoFilter *self, MemoFacet facet, const char *value);
MemoFilter *memo_filter_without_facet (MemoFilter *self, MemoFacet facet);
MemoDate *memo_filter_get_from (MemoFilter *self); /* nullable; overlap counts, not the start */
MemoDate *memo_filter_get_to (MemoFilter *self);
MemoFilter *memo_filter_with_dates (MemoFilter *self, MemoDate *from, MemoDate *to);
const char *memo_filter_get_words (MemoFilter *self); /* "" when none */
MemoFilter *memo_filter_with_words (MemoFilter *self, const char *words);
gboolean memo_filter_get_single_source (MemoFilter *self);
gboolean memo_filter_get_no_evidence (MemoFilter *self);
MemoFilter *memo_filter_with_single_source (MemoFilter *self, gboolean on);
MemoFilter *memo_filter_with_no_evidence (MemoFilter *self, gboolean on);
/* {"sector":{"any":[],"all":[],"none":[]},"party":…,"from":"2019","to":…,"words":"…","single_source":true}. (transfer full) */
char *memo_filter_to_json (MemoFilter *self);
MemoFilter *memo_filter_from_json (const char *json, GError **error);
/* "sector"; static */
const char *memo_facet_get_name (MemoFacet facet);

G_END_DECLS
