#pragma once

#include <roaring/roaring.h>

#include "memo-dict.h"
#include "memo-index.h"

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (roaring_bitmap_t, roaring_bitmap_free)

#ifdef MEMO_ROARING_RENAMED
/* CRoaring 2 has other names for these. */
#define roaring_init_iterator roaring_iterator_init
#define roaring_advance_uint32_iterator roaring_uint32_iterator_advance
#define roaring_create_iterator roaring_iterator_create
#define roaring_free_uint32_iterator roaring_uint32_iterator_free
#endif

/* Inside of the index: rows, one for each record, found by their node (memo-dict.h). A snapshot shares with the one before it
 * all that did not change: rows, chunks of rows, bitmaps, relations are counted and copied when written. */

enum
{
  MEMO_SOFT_START = 1,
  MEMO_SOFT_END = 2,
  MEMO_OPEN_BEFORE = 4,
  MEMO_OPEN_AFTER = 8
};

/* What the index keeps of a record. Never changes once built. */
typedef struct
{
  gatomicrefcount refs;
  guint8 kind; /* MemoKind */
  guint8 soft;
  guint dated : 1;   /* when is the date of signature (or in force), publication, foundation … */
  guint spanned : 1; /* first and last hold */
  guint person : 1;  /* a party that is a person */
  guint node;
  gint64 id, created, modified;
  char *title;        /* nullable; not of annotations */
  char *key;          /* sort key of the title, in the interface's language; nullable */
  char *outlet;       /* article: sort key of the outlet */
  MemoRecord *record; /* small kinds only */
  GStrv names;        /* party, sector, body: keys under which it is found, best first */
  MemoDate *when;
  gint32 first, last;
  guint owner;     /* annotation: article; follow-up: agreement; evidence: record; agreement: package; sector: parent */
  guint other;     /* evidence: annotation; article: work */
  gint32 position; /* annotation: start; sector: place among its siblings; agreement: declared count */
  guint status, type, language, body; /* nodes */
  guint16 n_sectors, n_parties, n_tags, n_cites;
  guint32 values[]; /* sectors, parties (authors, speaker), tags, cited articles */
} MemoIndexRow;

MemoIndexRow *memo_index_row_ref (MemoIndexRow *self);
void memo_index_row_unref (MemoIndexRow *self);
/* (transfer full) */
MemoIndexRow *memo_index_row_new_from_record (MemoDict *dict, MemoRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoIndexRow, memo_index_row_unref)

static inline const guint32 *
memo_index_row_get_cites (const MemoIndexRow *self)
{
  return self->values + self->n_sectors + self->n_parties + self->n_tags;
}

/* The row's own values for a facet: what the record itself says. */
static inline const guint32 *
memo_index_row_get_values (const MemoIndexRow *self, MemoFacet facet, guint *ret_n)
{
  const guint32 *one;

  switch (facet)
    {
    case MEMO_FACET_SECTOR:
      *ret_n = self->n_sectors;
      return self->values;
    case MEMO_FACET_PARTY:
      *ret_n = self->n_parties;
      return self->values + self->n_sectors;
    case MEMO_FACET_TAG:
      *ret_n = self->n_tags;
      return self->values + self->n_sectors + self->n_parties;
    case MEMO_FACET_STATUS:
      one = &self->status;
      break;
    case MEMO_FACET_KIND:
      one = &self->type;
      break;
    case MEMO_FACET_LANGUAGE:
      one = &self->language;
      break;
    case MEMO_FACET_BODY:
      one = &self->body;
      break;
    case MEMO_FACET_SOURCE:
    default:
      *ret_n = 0;
      return NULL;
    }
  *ret_n = *one != 0;
  return one;
}

#define MEMO_CHUNK_ROWS 256

typedef struct
{
  gatomicrefcount refs;
  MemoIndexRow *rows[MEMO_CHUNK_ROWS];
} MemoChunk;

/* A counted bitmap of nodes. */
typedef struct
{
  gatomicrefcount refs;
  roaring_bitmap_t *bitmap;
} MemoBits;

/* node → nodes, in one array. */
typedef struct
{
  gatomicrefcount refs;
  guint n; /* keys are below this */
  guint32 *offsets;
  guint32 *values;
} MemoRelation;

typedef enum
{
  MEMO_RELATION_ANNOTATIONS, /* article that is there → its annotations, in text order */
  MEMO_RELATION_EVIDENCE,    /* record → annotations that are evidence of it (an agreement: of its follow-ups too) */
  MEMO_RELATION_TARGETS,     /* annotation → records that it is evidence of (the agreement for a follow-up) */
  MEMO_RELATION_FOLLOW_UPS,  /* agreement → follow-ups, by date */
  MEMO_RELATION_CHILDREN,    /* package → agreements; sector → sectors below it */
  MEMO_N_RELATIONS
} MemoRelationType;

struct _MemoIndex
{
  GObject parent_instance;
  MemoDict *dict;
  MemoBits *annotations;        /* nodes of all annotations, also those whose article is gone */
  GPtrArray *chunks;            /* of MemoChunk, nullable elements */
  MemoBits *live[MEMO_N_KINDS]; /* nodes of the records that are not in the trash; annotations: nor is their article */
  GHashTable *bits[MEMO_N_KINDS][MEMO_N_FACETS]; /* node of the value → MemoBits; NULL: none */
  MemoRelation *relations[MEMO_N_RELATIONS];
  GPtrArray *records[MEMO_N_KINDS]; /* of MemoRecord; small kinds */
  GHashTable *names[MEMO_N_KINDS];  /* key → MemoIndexRow; party, sector, body */
};

static inline MemoIndexRow *
memo_index_row (MemoIndex *self, guint node)
{
  guint chunk = node / MEMO_CHUNK_ROWS;
  MemoChunk *rows = chunk < self->chunks->len ? g_ptr_array_index (self->chunks, chunk) : NULL;

  return rows != NULL ? rows->rows[node % MEMO_CHUNK_ROWS] : NULL;
}

/* The row when it is of that kind, else NULL. */
static inline MemoIndexRow *
memo_index_row_of (MemoIndex *self, MemoKind kind, guint node)
{
  MemoIndexRow *row = memo_index_row (self, node);

  return row != NULL && row->kind == kind ? row : NULL;
}

static inline const guint32 *
memo_index_related (MemoIndex *self, MemoRelationType type, guint node, guint *ret_n)
{
  MemoRelation *relation = self->relations[type];

  if (relation == NULL || node >= relation->n)
    {
      *ret_n = 0;
      return NULL;
    }
  *ret_n = relation->offsets[node + 1] - relation->offsets[node];
  return relation->values + relation->offsets[node];
}

static inline const roaring_bitmap_t *
memo_index_live (MemoIndex *self, MemoKind kind)
{
  return self->live[kind]->bitmap;
}

MemoIndexRow *memo_index_row_by_id (MemoIndex *self, MemoKind kind, gint64 id);
/* Counts of any record that can have evidence. */
void memo_index_count (MemoIndex *self, guint node, MemoCounts *ret_counts);
/* All of the small kinds, which are held whole. */
gboolean memo_kind_is_small (MemoKind kind);

MemoBits *memo_bits_new (void);
MemoBits *memo_bits_ref (MemoBits *self);
void memo_bits_unref (MemoBits *self);
/* *@place may be written afterwards. */
roaring_bitmap_t *memo_bits_own (MemoBits **place);
void memo_relation_unref (MemoRelation *self);
/* @pairs: key, value, key, value …; values of a key keep their order. */
MemoRelation *memo_relation_new (const guint32 *pairs, gsize n_pairs, guint n_keys);

/* Makes the next snapshot. One thread at a time. */
typedef struct _MemoIndexBuilder MemoIndexBuilder;
/* @base NULL: from nothing, with a dictionary of its own or @dict. */
MemoIndexBuilder *memo_index_builder_new (MemoIndex *base, MemoDict *dict);
MemoDict *memo_index_builder_get_dict (MemoIndexBuilder *self);
/* A saved record: one in the trash counts as gone. */
void memo_index_builder_put (MemoIndexBuilder *self, MemoRecord *record);
void memo_index_builder_remove (MemoIndexBuilder *self, MemoKind kind, gint64 id);
/* Frees the builder. (transfer full) */
MemoIndex *memo_index_builder_end (MemoIndexBuilder *self);
void memo_index_builder_free (MemoIndexBuilder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoIndexBuilder, memo_index_builder_free)
/* Recomputes what is derived from @changed kinds and relations. */
void memo_index_derive (MemoIndex *self,
                        const gboolean changed_kinds[MEMO_N_KINDS],
                        const gboolean changed_relations[MEMO_N_RELATIONS]);

G_END_DECLS
