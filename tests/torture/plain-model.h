#pragma once

/* What a library of a few hundred records has to answer, kept in plain arrays and worked out anew at every question. */

#include "model/memo-filter.h"

G_BEGIN_DECLS

#define PLAIN_MAX 800   /* records of a library */
#define PLAIN_VALUES 64 /* values of a facet, and words */
#define PLAIN_WORDS 40  /* the words below are those of texts, above those of tags */

/* One version of a record; never changed. Sets are bits: values of a facet by their place in PlainModel.values. */
typedef struct
{
  int refs;
  MemoKind kind;
  char uuid[40];
  gboolean deleted;
  guint64 words; /* those of the tags too */
  char *title, *text;
  guint64 tags, sectors, parties, type, status, language, body;
  int first, last;                 /* years; 0: undated */
  int article, record, annotation; /* places of other records, or -1 */
} PlainRecord;

/* What follows for a record from the others. */
typedef struct
{
  gboolean live;
  guint64 has[MEMO_N_FACETS]; /* but the sources; sectors with those above them */
  guint8 sources[PLAIN_MAX];  /* by place of an article */
  guint n_sources, n_evidence;
} PlainView;

typedef struct
{
  const char *values[MEMO_N_FACETS][PLAIN_VALUES]; /* of all facets but the sources */
  guint n_values[MEMO_N_FACETS];
  gint8 above[PLAIN_VALUES];       /* by sector: the one above, or -1 */
  gboolean person[PLAIN_VALUES];   /* by party */
  PlainRecord *records[PLAIN_MAX]; /* NULL: there is none */
  guint n_records;                 /* places in use */
  GPtrArray *past, *future;        /* of GArray of PlainStep */
  PlainView *views;                /* by place; NULL: to be worked out */
} PlainModel;

typedef struct
{
  guint place;
  PlainRecord *before, *after; /* NULL: there was none */
} PlainStep;

/* A filter; words are bits. */
typedef struct
{
  guint64 chosen[MEMO_N_FACETS][3]; /* but of sources */
  int sources[3];                   /* places of articles, or -1 */
  guint64 words, without;
  int from, to; /* years, or 0 */
  gboolean single_source, no_evidence;
} PlainFilter;

PlainModel *plain_model_new (void);
void plain_model_free (PlainModel *self);
PlainRecord *plain_record_new (MemoKind kind);
PlainRecord *plain_record_copy (const PlainRecord *record);

/* One action: @steps of GArray of PlainStep (transfer full); their versions become the present ones. */
void plain_model_apply (PlainModel *self, GArray *steps);
/* FALSE when there is nothing. */
gboolean plain_model_walk (PlainModel *self, gboolean undo);

const PlainView *plain_model_view (PlainModel *self, guint place);
/* Which places are shown; @except: a facet whose choice is ignored, or -1. */
void plain_model_select (PlainModel *self, const PlainFilter *filter, int except, guint8 shown[PLAIN_MAX]);
/* Of these, the records of @kind that have @value. Value of a source: its place. */
guint plain_model_count (PlainModel *self, const guint8 shown[PLAIN_MAX], MemoFacet facet, guint value, MemoKind kind);

G_END_DECLS
