#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Finds a quote again in a text that may have changed (W3C Web Annotation: TextQuoteSelector, TextPositionSelector).
 * Offsets are code points. Position if the quote is there; else exact quote with the best context; else approximate
 * match scored by quote, context and position; below the threshold an orphan, never a guess. */
typedef struct
{
  const char *exact;
  const char *prefix; /* nullable; up to 32 code points before */
  const char *suffix; /* nullable; up to 32 code points after */
  glong start;        /* -1 when not known */
  glong end;
} MemoSelector;

typedef enum
{
  MEMO_ANCHOR_ORPHAN,
  MEMO_ANCHOR_SAME,  /* where it was */
  MEMO_ANCHOR_MOVED, /* same words elsewhere */
  MEMO_ANCHOR_APPROXIMATE
} MemoAnchorResult;

/* Outputs are untouched for an orphan. @ret_score 0..1 (nullable). Without position, an ambiguous exact quote with no
 * deciding context anchors to the first. */
MemoAnchorResult
memo_anchor_find (const char *text, const MemoSelector *selector, glong *ret_start, glong *ret_end, double *ret_score);

/* The selector's parts for [start, end) of @text. All (transfer full). */
void
memo_anchor_describe (const char *text, glong start, glong end, char **ret_exact, char **ret_prefix, char **ret_suffix);

#define MEMO_ANCHOR_CONTEXT 32

/* A text that many quotes are looked up in, one after the other: @text is borrowed and must outlive it. Not for two
 * threads at once. Finding a quote where it was costs nothing that grows with the text. */
typedef struct _MemoAnchorText MemoAnchorText;

MemoAnchorText *memo_anchor_text_new (const char *text);
void memo_anchor_text_free (MemoAnchorText *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoAnchorText, memo_anchor_text_free)

/* As memo_anchor_find(). */
MemoAnchorResult memo_anchor_text_find (MemoAnchorText *self,
                                        const MemoSelector *selector,
                                        glong *ret_start,
                                        glong *ret_end,
                                        double *ret_score);

G_END_DECLS
