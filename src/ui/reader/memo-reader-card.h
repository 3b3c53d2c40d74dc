#pragma once

#include "memo-reader-highlights.h"
#include "ui/memo-session.h"

G_BEGIN_DECLS

/* One card in the margin. */
#define MEMO_TYPE_READER_CARD (memo_reader_card_get_type ())
G_DECLARE_FINAL_TYPE (MemoReaderCard, memo_reader_card, MEMO, READER_CARD, GtkButton)

/* (transfer floating) */
MemoReaderCard *memo_reader_card_new (MemoSession *session);
void memo_reader_card_set_record (MemoReaderCard *self, MemoRecord *annotation);
MemoRecord *memo_reader_card_get_record (MemoReaderCard *self);
/* What the passage is evidence for is asked again. */
void memo_reader_card_refresh (MemoReaderCard *self);
/* A mark without words has no card, unless it is selected. */
gboolean memo_reader_card_has_words (MemoReaderCard *self);
void memo_reader_card_set_selected (MemoReaderCard *self, gboolean selected);

G_END_DECLS
