#pragma once

#include "memo-index.h"

G_BEGIN_DECLS

/* The names of sectors, parties and bodies in all languages, word by word and with their inflected forms, as a search finds them:
 * "здравоохранения" is the sector "Health". One thread at a time. */
typedef struct _MemoNames MemoNames;

MemoNames *memo_names_new (void);
MemoNames *memo_names_ref (MemoNames *self);
void memo_names_unref (MemoNames *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoNames, memo_names_unref)

/* Reads again what is not as it was in the snapshot before. */
void memo_names_refresh (MemoNames *self, MemoIndex *index);

/* A name that words of a query stand in, one after the other. */
typedef struct
{
  MemoRecord *record; /* borrowed until the next refresh */
  const char *name;   /* the same */
  guint first, n;     /* the words of the query */
  guint size;         /* words of the name */
  gboolean exact;     /* neither by an inflected form nor by a mere beginning */
  gboolean inflected;
} MemoNamed;

/* @words: as memo_query_forms() gives them. @unfinished: the last of them is a beginning. Of each record the name that holds most
 * of the words. (transfer full) GArray of MemoNamed, best first. */
GArray *memo_names_find (MemoNames *self, GPtrArray *words, gboolean unfinished);

G_END_DECLS
