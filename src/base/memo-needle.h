#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Exact search over code points. */
typedef struct
{
  guint32 *chars;
  gsize length;
  guint32 *starts; /* nullable: where the places of each hash begin in @places */
  guint32 *places; /* of all runs of GRAM code points */
} MemoHaystack;

/* Makes later searches of the whole cheap; costs some bytes for each code point. */
void memo_haystack_index (MemoHaystack *self);
void memo_haystack_clear (MemoHaystack *self);

typedef struct
{
  const guint32 *chars;
  gsize length;
  guint32 skip[256];
} MemoNeedle;

/* @chars is borrowed. @length is not 0. */
void memo_needle_init (MemoNeedle *self, const guint32 *chars, gsize length);
/* The next place in [from, to) of @haystack, or -1. */
gssize memo_needle_find (const MemoNeedle *self, const MemoHaystack *haystack, gsize from, gsize to);

G_END_DECLS
