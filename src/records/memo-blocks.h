#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The structure of an article: blocks over its one plain text, in text order, offsets in code points. JSON form:
 * [{"type":"heading","start":0,"end":12,"level":2,"spans":[{"type":"link","start","end","target"}]}].
 * Summary points stand at the end of the text, behind the body; a reader shows them first. */
typedef enum
{
  MEMO_BLOCK_PARAGRAPH,
  MEMO_BLOCK_HEADING, /* level 1..6 */
  MEMO_BLOCK_QUOTATION,
  MEMO_BLOCK_ITEM, /* of a list; level 1.. is the depth; ordered: number > 0 */
  MEMO_BLOCK_CAPTION,
  MEMO_BLOCK_ROW, /* of a table: cells with TAB between */
  MEMO_BLOCK_CODE,
  MEMO_BLOCK_FOOTNOTE, /* a note's text; label names it */
  MEMO_BLOCK_SUMMARY   /* one summary point */
} MemoBlockType;

typedef enum
{
  MEMO_SPAN_EMPHASIS,
  MEMO_SPAN_STRONG,
  MEMO_SPAN_LINK, /* target: address */
  MEMO_SPAN_MARK  /* target: label of the footnote it calls */
} MemoSpanType;

typedef struct
{
  MemoSpanType type;
  guint start, end; /* code points of the whole text */
  char *target;     /* nullable */
} MemoSpan;

typedef struct
{
  MemoBlockType type;
  guint start, end; /* [start, end) without the line break between blocks */
  guint level, number;
  char *label;   /* footnotes */
  GArray *spans; /* of MemoSpan; nullable */
} MemoBlock;

/* An array of MemoBlock that frees what it holds. Text between blocks is "\n\n" ("\n" between items and rows). */
GArray *memo_blocks_new (void);
/* (transfer full); MEMO_ERROR_INVALID. @json nullable: no blocks. */
GArray *memo_blocks_from_json (const char *json, GError **error);
/* (transfer full) */
char *memo_blocks_to_json (GArray *blocks);
/* JSON name: "paragraph". Static. */
const char *memo_block_type_get_name (MemoBlockType type);
/* Code points of the text in front of the summary: the body's length. */
guint memo_blocks_get_body_end (GArray *blocks, glong text_length);
/* 1-based number of the block that holds offset, counting all but headings and captions: the ¶ in a citation. 0: none. */
guint memo_blocks_get_paragraph (GArray *blocks, guint offset);
MemoBlock *memo_blocks_add (GArray *blocks, MemoBlockType type, guint start, guint end);
void memo_block_add_span (MemoBlock *block, MemoSpanType type, guint start, guint end, const char *target);

G_END_DECLS
