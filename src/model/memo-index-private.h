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
#define roaring_read_uint32_iterator roaring_uint32_iterator_read
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

/* What lists, the timeline and filters know of a record that has a name or a date of its own. */
typedef struct
{
  const char *title;  /* nullable */
  const char *key;    /* sort key of the title, in the interface's language; nullable */
  const char *outlet; /* article: sort key of the outlet */
  MemoRecord *record; /* small kinds only */
  GStrv names;        /* party, sector, body: keys under which it is found, best first */
  MemoDate *when;
  gint32 first, last;
  guint status, type, language, body; /* nodes */
} MemoIndexAbout;

/* What the index keeps of a record. Never changes once built. Annotations and evidence, which are the most, have nothing of
 * the above. */
typedef struct
{
  gatomicrefcount refs;
  guint8 kind; /* MemoKind */
  guint8 soft;
  guint8 dated : 1;   /* when is the date of signature (or in force), publication, foundation … */
  guint8 spanned : 1; /* first and last hold */
  guint8 person : 1;  /* a party that is a person */
  guint node;
  guint owner;     /* annotation: article; follow-up: agreement; evidence: record; agreement: package; sector: parent */
  guint other;     /* evidence: annotation; article: work */
  gint32 position; /* annotation: start; sector: place among its siblings; agreement: declared count */
  guint16 n_sectors, n_parties, n_tags, n_cites;
  gint64 id, created, modified;
  const MemoIndexAbout *about; /* never NULL */
  guint32 values[];            /* sectors, parties (authors, speaker), tags, cited articles */
} MemoIndexRow;

MemoIndexRow *memo_index_row_ref (MemoIndexRow *self);
void memo_index_row_unref (MemoIndexRow *self);
/* The fields that a row is made of, as MEMO_FIELD_BIT() names them. */
guint32 memo_index_row_fields (MemoKind kind);
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
      one = &self->about->status;
      break;
    case MEMO_FACET_KIND:
      one = &self->about->type;
      break;
    case MEMO_FACET_LANGUAGE:
      one = &self->about->language;
      break;
    case MEMO_FACET_BODY:
      one = &self->about->body;
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

/* @first and @last: the rows' spans once more, in columns that a filter by dates runs through; first > last: none. */
typedef struct
{
  gatomicrefcount refs;
  MemoIndexRow *rows[MEMO_CHUNK_ROWS];
  gint32 first[MEMO_CHUNK_ROWS], last[MEMO_CHUNK_ROWS];
} MemoChunk;

/* A counted bitmap of nodes. */
typedef struct
{
  gatomicrefcount refs;
  roaring_bitmap_t *bitmap;
} MemoBits;

/* node → nodes: lists, each its length and then its values. Those of neighbouring keys share a chunk. */
#define MEMO_RELATION_KEYS 64

typedef struct
{
  gatomicrefcount refs;
  guint32 *lists[MEMO_RELATION_KEYS];
} MemoRelationChunk;

typedef struct
{
  gatomicrefcount refs;
  GPtrArray *chunks; /* of MemoRelationChunk, nullable elements */
} MemoRelation;

typedef enum
{
  MEMO_RELATION_ANNOTATIONS, /* article → its annotations, in text order */
  MEMO_RELATION_EVIDENCE,    /* record → annotations that are evidence of it (an agreement: of its follow-ups too) */
  MEMO_RELATION_TARGETS,     /* annotation → records that it is evidence of (the agreement for a follow-up) */
  MEMO_RELATION_FOLLOW_UPS,  /* agreement → follow-ups, by date */
  MEMO_RELATION_CHILDREN,    /* package → agreements; sector → sectors below it */
  MEMO_N_RELATIONS
} MemoRelationType;

/* Behind the facets: the year of an agreement, as memo_year_value(). */
#define MEMO_VALUES_YEAR MEMO_N_FACETS
#define MEMO_N_VALUES (MEMO_N_FACETS + 1)

struct _MemoIndex
{
  GObject parent_instance;
  MemoDict *dict;
  GPtrArray *chunks;            /* of MemoChunk, nullable elements */
  MemoBits *live[MEMO_N_KINDS]; /* nodes of the records that are not in the trash; annotations: nor is their article */
  /* What a filter asks: value → nodes (MemoBits) of the live records that match it, by themselves or through others; NULL: none.
   * A sector's nodes are those of the sectors below it too. MEMO_FACET_SOURCE goes by the relations alone. */
  GHashTable *bits[MEMO_N_KINDS][MEMO_N_VALUES];
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
  guint number = node / MEMO_RELATION_KEYS;
  MemoRelationChunk *chunk = number < relation->chunks->len ? g_ptr_array_index (relation->chunks, number) : NULL;
  const guint32 *list = chunk != NULL ? chunk->lists[node % MEMO_RELATION_KEYS] : NULL;

  *ret_n = list != NULL ? list[0] : 0;
  return list != NULL ? list + 1 : NULL;
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

MemoRelation *memo_relation_new (void);
MemoRelation *memo_relation_ref (MemoRelation *self);
void memo_relation_unref (MemoRelation *self);
/* Puts @value into the list of @key, at @position. */
void memo_relation_insert (MemoRelation **place, guint key, guint32 value, guint position);
/* Takes it out once, when it is there. */
void memo_relation_remove (MemoRelation **place, guint key, guint32 value);

/* Orders of the lists: follow-ups by date, undated last; annotations as in the text. */
gboolean memo_index_follow_up_less (const MemoIndexRow *a, const MemoIndexRow *b);
gboolean memo_index_annotation_less (const MemoIndexRow *a, const MemoIndexRow *b);

/* Kinds that a filter is asked about; follow-ups come with their agreement. */
gboolean memo_kind_is_selected (MemoKind kind);
/* Year of signature, publication …; G_MININT: undated. */
int memo_index_row_get_year (const MemoIndexRow *self);
#define memo_year_value(year) ((guint) (year) + (1u << 30))
#define memo_value_year(value) ((int) ((value) - (1u << 30)))

/* Calls @visit for every value that @row has of @facet, its own ones and those that it has through relations; a value may
 * come more than once. Sectors as they are named, without what is above them. */
typedef void (*MemoVisit) (guint value, gpointer data);
void
memo_index_visit_values (MemoIndex *self, const MemoIndexRow *row, MemoFacet facet, MemoVisit visit, gpointer data);
/* Fills all bits from the rows and relations. */
void memo_index_fill_bits (MemoIndex *self);
/* Brings the bits, shared with @base, up to date for the @touched nodes. */
void memo_index_update_bits (MemoIndex *self, MemoIndex *base, const roaring_bitmap_t *touched);

/* Makes the next snapshot. One thread at a time. */
typedef struct _MemoIndexBuilder MemoIndexBuilder;
/* @base NULL: from nothing, with a dictionary of its own or @dict. */
MemoIndexBuilder *memo_index_builder_new (MemoIndex *base, MemoDict *dict);
/* A saved record: one in the trash counts as gone. */
void memo_index_builder_put (MemoIndexBuilder *self, MemoRecord *record);
void memo_index_builder_remove (MemoIndexBuilder *self, MemoKind kind, gint64 id);
/* Frees the builder. (transfer full) */
MemoIndex *memo_index_builder_end (MemoIndexBuilder *self);
void memo_index_builder_free (MemoIndexBuilder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoIndexBuilder, memo_index_builder_free)
/* Recomputes the lists of the small kinds and their names. */
void memo_index_derive (MemoIndex *self, const gboolean changed_kinds[MEMO_N_KINDS]);

G_END_DECLS
