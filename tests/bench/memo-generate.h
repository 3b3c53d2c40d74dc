#pragma once

#include "memo-vocabulary.h"
#include "store/memo-database.h"

G_BEGIN_DECLS

/* A made-up library for the benchmarks: articles in three languages, annotations of their passages, a register of agreements
 * and events with parties, sectors, packages, follow-ups and evidence. The same seed and size give the same records, UUIDs
 * included, whichever are asked for. */
typedef struct
{
  guint articles; /* of 5 kB of text each */
  guint annotations;
  guint agreements;
  guint events;
} MemoGenerateSize;

/* "S" (10,000 articles, 100,000 annotations, 20,000 agreements, 2,000 events), "L" (100,000, 1,000,000, 1,000,000, 20,000), a
 * number of articles with all else as in S, or the four numbers with commas between. FALSE when it is none of these. */
gboolean memo_generate_parse_size (const char *text, MemoGenerateSize *ret_size);

typedef struct _MemoGenerate MemoGenerate;
MemoGenerate *memo_generate_new (const MemoGenerateSize *size, guint32 seed);
void memo_generate_free (MemoGenerate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoGenerate, memo_generate_free)
MemoVocabulary *memo_generate_get_vocabulary (MemoGenerate *self); /* borrowed */

/* How many records of @kind there are, beside the countries and sectors that every new library has. */
guint memo_generate_get_n (MemoGenerate *self, MemoKind kind);
/* The record @index of @kind, not saved. (transfer full) */
MemoRecord *memo_generate_record (MemoGenerate *self, MemoKind kind, guint index);
/* A text of about @bytes bytes in paragraphs; @ret_blocks (nullable): its structure as JSON. (transfer full) */
char *memo_generate_text (MemoGenerate *self, MemoWords words, MemoDraw *draw, gsize bytes, char **ret_blocks);

/* Writes the library to a new file; without history, as after an import that nobody wants to undo, and without the words of the
 * search when there are no articles. */
gboolean memo_generate_write (MemoGenerate *self, const char *path, GError **error);

/* The path of such a library in @folder, made when it is not there yet; other processes wait meanwhile. It is shared: open
 * it read-only, or a copy (memo_generate_copy()). NULL with an error. (transfer full) */
char *memo_generate_cached (const char *folder, const char *size, guint32 seed, GError **error);
/* A copy of the cached library at @path. */
gboolean memo_generate_copy (const char *folder, const char *size, guint32 seed, const char *path, GError **error);

G_END_DECLS
