#pragma once

#include "memo-reader.h"

G_BEGIN_DECLS

/* A reader, and beside it another version of the same work when one is compared: both scroll together, paragraph by
 * paragraph. Property "title": the first reader's. Action "pair.compare" (UUID; "" ends it). */
#define MEMO_TYPE_READER_PAIR (memo_reader_pair_get_type ())
G_DECLARE_FINAL_TYPE (MemoReaderPair, memo_reader_pair, MEMO, READER_PAIR, GtkWidget)

/* (transfer floating) */
MemoReaderPair *memo_reader_pair_new (MemoSession *session);
MemoReader *memo_reader_pair_get_reader (MemoReaderPair *self); /* borrowed */
MemoReader *memo_reader_pair_get_other (MemoReaderPair *self);  /* nullable; borrowed */
/* @uuid NULL: no longer. */
void memo_reader_pair_compare (MemoReaderPair *self, const char *uuid);

/* Where in the text @position of @from stands in @to: sections between headings correspond when both have as many, else all
 * of the body. Positions are numbers of blocks of the body, with the fraction that is scrolled past. */
double memo_reader_pair_map (GArray *from, GArray *to, double position);

G_END_DECLS
