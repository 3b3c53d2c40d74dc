#pragma once

#include <gumbo.h>
#include "memo-arena.h"

G_BEGIN_DECLS

/* A tree of our own over what gumbo parsed: it can be changed while the article is looked for, and it remembers what was
 * counted below each node until that changes. Every walk is a loop: pages nest as deep as they like. */
typedef struct _MemoNode MemoNode;

/* What class and id names say about an element. */
typedef enum
{
  MEMO_TRAIT_UNLIKELY = 1 << 0, /* a name that furniture bears */
  MEMO_TRAIT_MAYBE = 1 << 1,    /* … unless it bears one of these too */
  MEMO_TRAIT_CLASS_GOOD = 1 << 2,
  MEMO_TRAIT_CLASS_BAD = 1 << 3,
  MEMO_TRAIT_ID_GOOD = 1 << 4,
  MEMO_TRAIT_ID_BAD = 1 << 5,
  MEMO_TRAIT_BYLINE = 1 << 6,
  MEMO_TRAIT_SHARE = 1 << 7
} MemoTraits;

typedef struct
{
  guint length; /* code points with runs of white space as one and ends trimmed */
  guint commas;
  guint paragraphs, images, items, inputs, embeds, videos;
  guint heading_length, list_length;
  float link_length; /* links within the page count less */
  guint8 starts_space, ends_space, has_block, has_textish, has_data_table;
  guint raw; /* length before trimming, at least 1 where there is white space alone */
} MemoMeasure;

struct _MemoNode
{
  MemoNode *parent, *first, *last, *prev, *next;
  const GumboNode *source; /* NULL: made here */
  const char *text;        /* of a text node; NULL: an element */
  MemoMeasure *measure;    /* NULL: not counted, or changed since */
  float score;
  guint16 tag;   /* GumboTag */
  guint8 traits; /* MemoTraits */
  guint8 scored : 1;
  guint8 data_table : 1;
  guint8 whitespace : 1;
};

/* Copies everything below @source that can hold text, without scripts, styles, templates and comments. At most @limit
 * nodes; ret_cut (nullable) tells whether there were more. */
MemoNode *memo_node_build (MemoArena *arena, const GumboNode *source, guint limit, gboolean *ret_cut);
MemoNode *memo_node_new (MemoArena *arena, GumboTag tag);
MemoNode *memo_node_new_text (MemoArena *arena, const char *text);

/* The node after @node in document order within @root, or NULL; @skip: not into its children. */
MemoNode *memo_node_walk (MemoNode *node, MemoNode *root, gboolean skip);
/* The last node within @root in document order, and the one before: for walks from the end. */
MemoNode *memo_node_deepest_last (MemoNode *root);
MemoNode *memo_node_walk_back (MemoNode *node, MemoNode *root);
MemoNode *memo_node_first_element (MemoNode *node);
MemoNode *memo_node_next_element (MemoNode *node);
gboolean memo_node_has_ancestor (MemoNode *node, GumboTag tag);

void memo_node_remove (MemoNode *node);
void memo_node_append (MemoNode *parent, MemoNode *child);
/* @child takes the place of @node. */
void memo_node_replace (MemoNode *node, MemoNode *child);
void memo_node_changed (MemoNode *node);

/* Borrowed; never NULL. */
const MemoMeasure *memo_node_measure (MemoArena *arena, MemoNode *node);
float memo_node_link_density (MemoArena *arena, MemoNode *node);
int memo_node_class_weight (MemoNode *node);
const char *memo_node_get_attribute (MemoNode *node, const char *name);
/* The text below, white space folded and trimmed; stops after @limit bytes (0: none). (transfer full) */
char *memo_node_dup_text (MemoNode *node, gsize limit);

gboolean memo_tag_is_phrasing (GumboTag tag);
gboolean memo_tag_is_heading (GumboTag tag);

G_END_DECLS
