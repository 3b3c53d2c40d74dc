#pragma once

/* What the programs share: options, a folder of their own, files as bytes, records of random content. */

#include <glib.h>
#include <glib/gstdio.h>
#include "store/memo-store.h"

G_BEGIN_DECLS

typedef struct
{
  guint number; /* how many of what the program counts */
  guint32 seed;
} TortureOptions;

/* Reads "--long", "--number N" and "--seed N"; ends the program with a usage line at anything else. @brief: the number without
 * options; @full: with --long. The seed is printed when the program ends by a signal of its own, too: it stands in the first
 * line. */
TortureOptions torture_options (int argc, char **argv, guint brief, guint full);

/* A new folder, below TMPDIR. (transfer full) */
char *torture_folder (void);
/* Empties @folder, and removes it when @all. Not below it. */
void torture_clean (const char *folder, gboolean all);

/* A random text of @words words in the three languages; some words are inflected forms of others. (transfer full) */
char *torture_text (GRand *rand, guint words);
/* One word of that text. Static. */
const char *torture_word (GRand *rand);
/* A new record of a random kind that can be searched, with random content. (transfer full) */
MemoRecord *torture_record (GRand *rand);
/* A copy with other content in some fields. (transfer full) */
MemoRecord *torture_edit (GRand *rand, MemoRecord *record);
/* One action that saves @record; aborts when it fails. */
void torture_insert (MemoDatabase *database, MemoRecord *record);

/* Prints what the check finds, and aborts when that is anything. */
void torture_check (MemoDatabase *database);

/* Questions for all that the tables of the library at @path hold, by the columns they have, but for the search index. (transfer
 * full) GPtrArray of char * */
GPtrArray *torture_queries (const char *path);
/* The answers in the library at @path, of the same or a later schema, as one sum. A journal is played back. (transfer full) */
char *torture_digest (const char *path, GPtrArray *queries);

G_END_DECLS
