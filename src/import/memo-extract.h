#pragma once

#include "memo-node.h"

G_BEGIN_DECLS

/* Finding the article in a web page. Paragraphs give points to what holds them, for their length and commas; names of
 * classes and the share of links weigh them; the best holder and its like neighbours are the article; then what is
 * improbable within it is taken out. The scheme is that of Arc90's Readability as Mozilla's continues it. */
typedef struct
{
  MemoArena *arena;
  const GumboNode *body;
  char *title;         /* the page's: a heading with the same words is no part of the body; nullable */
  gboolean has_byline; /* metadata name the author already */
  guint limit;         /* nodes at most */
  MemoNode *top;       /* the best candidate within the article, while cleaning */
  char *byline;        /* out: what stood on the author's line; nullable */
  gboolean cut;        /* out: the page went over the limit */
} MemoExtract;

/* The article's tree, or NULL when the page holds no text at all. Owned by the arena. */
MemoNode *memo_extract_article (MemoExtract *self);

/* The steps, each in its file. */
typedef enum
{
  MEMO_EXTRACT_UNLIKELY = 1 << 0, /* leave out what bears a name of furniture */
  MEMO_EXTRACT_WEIGH = 1 << 1,    /* names of classes count */
  MEMO_EXTRACT_CLEAN = 1 << 2     /* take out what looks improbable */
} MemoExtractFlags;

/* Lone line breaks that part paragraphs become paragraphs. */
void memo_extract_replace_breaks (MemoExtract *self, MemoNode *root);
void memo_extract_clean (MemoExtract *self, MemoNode *article, guint flags);
/* Whether a table holds data, not layout. */
gboolean memo_extract_is_data_table (MemoNode *table);
int memo_extract_weight (MemoNode *node, guint flags);
/* How much of @b's words are in @a: 0..1. */
double memo_extract_similarity (const char *a, const char *b);

G_END_DECLS
