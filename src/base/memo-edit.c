#include "memo-edit.h"

#include <string.h>

#define DIRECT 0x0600

struct _MemoPattern
{
  gsize length;
  gsize blocks;
  guint64 *masks;         /* one row of blocks for each distinct code point; row 0 is that of strangers */
  guint16 direct[DIRECT]; /* row of a code point */
  GHashTable *others;     /* rows of those above */
};

static guint
find_row (const MemoPattern *self, guint32 c)
{
  if (c < DIRECT)
    return self->direct[c];
  if (self->others == NULL)
    return 0;
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->others, GUINT_TO_POINTER (c)));
}

MemoPattern *
memo_pattern_new (const guint32 *pattern, gsize length)
{
  MemoPattern *self = g_new0 (MemoPattern, 1);
  guint rows = 1;

  self->length = length;
  self->blocks = MAX (1, (length + 63) / 64);
  for (gsize i = 0; i < length; i++)
    {
      guint32 c = pattern[i];

      if (find_row (self, c) != 0 || rows == G_MAXUINT16)
        continue;
      if (c < DIRECT)
        self->direct[c] = rows++;
      else
        {
          if (self->others == NULL)
            self->others = g_hash_table_new (NULL, NULL);
          g_hash_table_insert (self->others, GUINT_TO_POINTER (c), GUINT_TO_POINTER (rows++));
        }
    }
  self->masks = g_new0 (guint64, rows * self->blocks);
  for (gsize i = 0; i < length; i++)
    {
      guint row = find_row (self, pattern[i]);

      if (row != 0)
        self->masks[row * self->blocks + i / 64] |= G_GUINT64_CONSTANT (1) << (i % 64);
    }
  return self;
}

void
memo_pattern_free (MemoPattern *self)
{
  g_clear_pointer (&self->others, g_hash_table_unref);
  g_free (self->masks);
  g_free (self);
}

typedef struct
{
  guint64 plus;
  guint64 minus;
} Block;

/* One column of one block; the horizontal difference goes in at the top and comes out at @high. */
static inline int
advance (Block *block, guint64 equal, int in, guint64 high)
{
  guint64 plus = block->plus;
  guint64 minus = block->minus;
  guint64 vertical = equal | minus;
  guint64 horizontal, up, down;
  int out = 0;

  if (in < 0)
    equal |= 1;
  horizontal = (((equal & plus) + plus) ^ plus) | equal;
  up = minus | ~(horizontal | plus);
  down = plus & horizontal;
  if (up & high)
    out = 1;
  else if (down & high)
    out = -1;
  up <<= 1;
  down <<= 1;
  if (in < 0)
    down |= 1;
  else if (in > 0)
    up |= 1;
  block->plus = down | ~(vertical | up);
  block->minus = up & vertical;
  return out;
}

void
memo_pattern_search (const MemoPattern *self,
                     const guint32 *text,
                     gsize length,
                     gboolean anchored,
                     int limit,
                     MemoPatternFunc func,
                     gpointer data)
{
  g_autofree Block *blocks = g_new (Block, self->blocks);
  gsize last = self->blocks - 1;
  guint64 high = G_GUINT64_CONSTANT (1) << 63;
  guint64 last_high = G_GUINT64_CONSTANT (1) << ((self->length - 1) % 64);
  int distance = self->length;

  if (self->length == 0)
    return;
  for (gsize b = 0; b <= last; b++)
    {
      blocks[b].plus = ~G_GUINT64_CONSTANT (0);
      blocks[b].minus = 0;
    }
  if (anchored && distance <= limit)
    func (0, distance, data);
  for (gsize i = 0; i < length; i++)
    {
      const guint64 *row = self->masks + (gsize) find_row (self, text[i]) * self->blocks;
      int carry = anchored ? 1 : 0;

      for (gsize b = 0; b < last; b++)
        carry = advance (&blocks[b], row[b], carry, high);
      distance += advance (&blocks[last], row[last], carry, last_high);
      if (distance <= limit)
        func (i + 1, distance, data);
    }
}

typedef struct
{
  int distance;
  gsize end;
} Best;

static void
keep_best_cb (gsize end, int distance, gpointer data)
{
  Best *best = data;

  if (distance <= best->distance)
    {
      best->distance = distance;
      best->end = end;
    }
}

int
memo_pattern_distance (const MemoPattern *self, const guint32 *text, gsize length, gsize *ret_end)
{
  Best best = { self->length, 0 };

  memo_pattern_search (self, text, length, TRUE, self->length, keep_best_cb, &best);
  if (ret_end != NULL)
    *ret_end = best.end;
  return best.distance;
}
