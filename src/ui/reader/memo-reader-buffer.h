#pragma once

#include <gtk/gtk.h>
#include "records/memo-blocks.h"
#include "records/memo-record.h"

G_BEGIN_DECLS

/* What stands above the text of an article and does not belong to it. */
typedef struct
{
  const char *text;
  const char *target; /* nullable: where a link leads */
} MemoReaderLink;

typedef struct
{
  const char *facts;   /* "Analysis · Kavşak Institute · 30 November 2025" */
  GArray *versions;    /* of MemoReaderLink: own name of the language, article/UUID or an address; nullable */
  const char *authors; /* nullable */
} MemoReaderHeader;

/* A text buffer with one article laid out for reading: facts, title, authors, the summary, then the body. The order and the
 * breaks differ from the article's text, so offsets of the buffer and of the text are mapped exactly, in code points. A long
 * text comes into the buffer in slices while the main loop runs, so that its beginning can be read and the window answers. */
#define MEMO_TYPE_READER_BUFFER (memo_reader_buffer_get_type ())
G_DECLARE_FINAL_TYPE (MemoReaderBuffer, memo_reader_buffer, MEMO, READER_BUFFER, GtkTextBuffer)

/* @article is whole. (transfer full) */
MemoReaderBuffer *memo_reader_buffer_new (MemoRecord *article, const MemoReaderHeader *header);
MemoRecord *memo_reader_buffer_get_article (MemoReaderBuffer *self);
GArray *memo_reader_buffer_get_blocks (MemoReaderBuffer *self); /* of MemoBlock; borrowed */

/* Offset in the article's text of the character at @offset of the buffer; between two characters of the text, that of the next.
 * -1 when there is none (the header; behind the end). */
glong memo_reader_buffer_to_text (MemoReaderBuffer *self, int offset);
/* The way back; an offset between two blocks gives the next block's start. The buffer is filled to there. */
int memo_reader_buffer_from_text (MemoReaderBuffer *self, glong offset);
/* Fills the buffer at least behind @offset (G_MAXINT: all), at once. */
void memo_reader_buffer_fill (MemoReaderBuffer *self, int offset);
/* What is selected, as a range of the article's text; FALSE when it holds none of it. A selection that reaches over the summary
 * and the body counts for the body. */
gboolean memo_reader_buffer_get_passage (MemoReaderBuffer *self, glong *ret_start, glong *ret_end);
/* Any range of the buffer in the same way. */
gboolean memo_reader_buffer_range_to_text (MemoReaderBuffer *self, int from, int to, glong *ret_start, glong *ret_end);

typedef void (*MemoReaderRangeFunc) (int from, int to, gpointer user_data);
/* Calls @func with each range of the buffer that shows a part of the text's [start, end). */
void memo_reader_buffer_foreach (MemoReaderBuffer *self,
                                 glong start,
                                 glong end,
                                 MemoReaderRangeFunc func,
                                 gpointer user_data);

typedef struct
{
  int from, to; /* buffer */
  MemoSpanType type;
  char *target;
} MemoReaderSpot;
/* The link or footnote mark at @offset of the buffer; NULL when there is none. Borrowed. */
const MemoReaderSpot *memo_reader_buffer_get_spot (MemoReaderBuffer *self, int offset);

/* Where the summary's box is; FALSE when the article has no summary. */
gboolean memo_reader_buffer_get_summary (MemoReaderBuffer *self, int *ret_from, int *ret_to);
/* (transfer full) (nullable): text of the footnote that @label names, from the text or the references. */
char *memo_reader_buffer_dup_footnote (MemoReaderBuffer *self, const char *label);

/* Room above paragraphs in pixels, in step with the size of the text. */
void memo_reader_buffer_set_spacing (MemoReaderBuffer *self, int pixels);

G_END_DECLS
