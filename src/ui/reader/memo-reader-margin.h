#pragma once

#include "memo-reader-text.h"
#include "ui/memo-session.h"

G_BEGIN_DECLS

/* The cards beside their passages: comment, tags, sectors, and the records that a passage is evidence for. Only what is beside
 * the visible text has a widget. A click shows the annotation in the details pane. */
#define MEMO_TYPE_READER_MARGIN (memo_reader_margin_get_type ())
G_DECLARE_FINAL_TYPE (MemoReaderMargin, memo_reader_margin, MEMO, READER_MARGIN, GtkWidget)

/* (transfer floating) */
MemoReaderMargin *memo_reader_margin_new (MemoSession *session, MemoReaderText *text);
void memo_reader_margin_set (MemoReaderMargin *self, MemoReaderHighlights *highlights);
/* The visible part of the text changed, or what is marked in it. */
void memo_reader_margin_update (MemoReaderMargin *self);
/* Forgets what was known about evidence. */
void memo_reader_margin_refresh (MemoReaderMargin *self);

G_END_DECLS
