#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Words of three languages for made-up texts: stems with their endings, drawn by Zipf's law as words of real texts are. The
 * same seed gives the same words everywhere. */

/* Draws of one record: a number below @below; every record has its own state, so that records can be made in any order. */
typedef guint64 MemoDraw;
MemoDraw memo_draw_new (guint32 seed, guint kind, guint64 index);
guint32 memo_draw (MemoDraw *self, guint32 below);

typedef enum
{
  MEMO_WORDS_EN,
  MEMO_WORDS_TR,
  MEMO_WORDS_RU,
  MEMO_N_WORDS
} MemoWords;

/* "en". Static. */
const char *memo_words_get_language (MemoWords words);

typedef struct _MemoVocabulary MemoVocabulary;
MemoVocabulary *memo_vocabulary_new (void);
void memo_vocabulary_free (MemoVocabulary *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoVocabulary, memo_vocabulary_free)

/* Number of words of each language; the most common are first. */
guint memo_vocabulary_get_n (MemoVocabulary *self);
const char *memo_vocabulary_get (MemoVocabulary *self, MemoWords words, guint rank);
/* Any word by its frequency. */
const char *memo_vocabulary_draw (MemoVocabulary *self, MemoWords words, MemoDraw *draw);
/* Appends @n words, none of them articles, prepositions and the like; the first begins with a capital. */
void memo_vocabulary_append_title (MemoVocabulary *self, MemoWords words, MemoDraw *draw, guint n, GString *text);
/* Appends a sentence with its full stop. @name (nullable) stands somewhere in it. */
void memo_vocabulary_append_sentence (MemoVocabulary *self,
                                      MemoWords words,
                                      MemoDraw *draw,
                                      const char *name,
                                      GString *text);

G_END_DECLS
