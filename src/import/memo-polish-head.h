#pragma once

#include "memo-draft.h"

G_BEGIN_DECLS

/* The parts of memo_polish_head(). */

#define MEMO_HEAD_LONG 160 /* characters: a paragraph from here on is surely body */
#define MEMO_HEAD_LINES 14 /* between headline and body at most */

/* A line (memo-polish-line.c). */
typedef enum
{
  MEMO_HEAD_OTHER,
  MEMO_HEAD_META, /* byline, date, counters: nothing else */
  MEMO_HEAD_NAME, /* might be an author: only beside a date */
} MemoHeadLine;
/* What a line says goes into the draft unless it says something else too: its parts between · | – or line breaks. */
MemoHeadLine memo_head_read_line (MemoDraft *draft, const char *line);
/* "Işıl İNCİRLİ 16 Ekim 2025 Okuma süresi: 6 dk", with nothing but spaces between: adds the parts of @part to @parts. */
void memo_head_add_parts (MemoDraft *draft, GPtrArray *parts, const char *part);
/* The date in a line such as "Published on Friday, 28 November 2025, 10:30 (GMT+3)"; NULL when the line is more than that.
 * @ret_written (transfer full) (nullable): its words. (transfer full) */
MemoDate *memo_head_read_date (MemoDraft *draft, const char *line, char **ret_written);
void memo_head_set_published (MemoDraft *draft, MemoDate *date, const char *written);
/* Two to nine words that begin with capitals, or are small ones of names. */
gboolean memo_head_looks_like_name (const char *text);
/* A short line of byline and date. */
gboolean memo_head_is_meta (MemoDraft *draft, const MemoPiece *piece);
guint memo_head_count_words (const char *text);

/* Place and date (memo-polish-dateline.c). */

/* "CARACAS, 28 November 2025 –", "ANKARA (AA) –", "МОСКВА, 28 ноября 2025. /ТАСС/." at the start of the body: place and date.
 * The words stay where they are. */
void memo_head_read_dateline (MemoDraft *draft, const char *text);
/* "ANKARA, 12 March 2024", "12 Mart 2024 – Ankara (AA)", "Москва. 12 марта 2024 г." alone in its line: a day, and at most names
 * beside it. FALSE: the line is more than that. */
gboolean memo_head_read_lone_dateline (MemoDraft *draft, const char *text);

/* The summary (memo-polish-summary.c); numbers of pieces from @i on, 0: none. */

/* A point of a summary: a sentence of its own, no link, not as long as a paragraph of the body. */
gboolean memo_head_is_point (const MemoPiece *piece);
/* A row of two to six items (or, behind a heading of summaries, paragraphs) from @i on. Number of pieces; 0: none. */
guint memo_head_points_at (GPtrArray *pieces, guint i, gboolean headed);
/* Two to six sentences, each a paragraph, with byline or date behind them: points of a summary. */
guint memo_head_paragraphs_before_byline (MemoDraft *draft, GPtrArray *pieces, guint i);
/* Unmarked lines between headline and body are a summary when they stand together without empty lines while paragraphs
 * have those, when byline or date follow them, or when a label and three of them say so. */
guint memo_head_lines_of_summary (MemoDraft *draft, guint from, guint body);
void memo_head_take_points (MemoDraft *draft, GPtrArray *pieces, guint i, guint n);

/* Plain text (memo-polish-plain.c). */
void memo_head_read_plain (MemoDraft *draft);

/* memo-polish-head.c */
gboolean memo_head_is_body (const MemoPiece *piece);

G_END_DECLS
