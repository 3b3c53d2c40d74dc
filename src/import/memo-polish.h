#pragma once

#include "memo-draft.h"

G_BEGIN_DECLS

/* The parts of memo_draft_polish(). */

/* Headline, label, byline, date, summary, subtitle, dateline (memo-polish-head.c; its parts in memo-polish-head.h). */
void memo_polish_head (MemoDraft *draft);
/* Biography and what comes behind the article (memo-polish-tail.c). */
void memo_polish_biographies (MemoDraft *draft);
void memo_polish_end (MemoDraft *draft);
/* Footnotes, their marks and the references (memo-polish-notes.c). */
void memo_polish_notes (MemoDraft *draft);

/* For these files. */
gboolean memo_piece_is_short (const MemoPiece *piece, guint length);
/* Share of the piece's characters that are links: 0..1. */
double memo_piece_link_share (const MemoPiece *piece);
MemoPiece *memo_polish_piece (GPtrArray *pieces, guint i);
/* "This post is also available in: …": its languages become versions. */
gboolean memo_polish_versions (MemoDraft *draft, GPtrArray *pieces, guint i, guint *ret_n);

G_END_DECLS
