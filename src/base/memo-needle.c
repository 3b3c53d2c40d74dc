#include "memo-needle.h"

#include <string.h>

#define GRAM 8
#define HASH_BITS 18
/* A shorter way is not worth two binary searches. */
#define INDEX_FROM 32768

static inline guint32
hash_gram (const guint32 *chars)
{
  guint64 hash = 0;

  for (guint i = 0; i < GRAM; i++)
    hash = (hash ^ chars[i]) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  return hash >> (64 - HASH_BITS);
}

void
memo_haystack_index (MemoHaystack *self)
{
  const gsize buckets = (gsize) 1 << HASH_BITS;
  gsize n = self->length >= GRAM ? self->length - GRAM + 1 : 0;
  g_autofree guint32 *next = NULL;
  g_autofree guint32 *hashes = NULL;

  if (self->starts != NULL || self->length > G_MAXUINT32)
    return;
  self->starts = g_new0 (guint32, buckets + 1);
  self->places = g_new (guint32, n + 1);
  hashes = g_new (guint32, n + 1);
  for (gsize i = 0; i < n; i++)
    {
      hashes[i] = hash_gram (self->chars + i);
      self->starts[hashes[i] + 1]++;
    }
  for (gsize b = 0; b < buckets; b++)
    self->starts[b + 1] += self->starts[b];
  next = g_memdup2 (self->starts, buckets * sizeof (guint32));
  for (gsize i = 0; i < n; i++)
    self->places[next[hashes[i]]++] = i;
}

void
memo_haystack_clear (MemoHaystack *self)
{
  g_clear_pointer (&self->chars, g_free);
  g_clear_pointer (&self->starts, g_free);
  g_clear_pointer (&self->places, g_free);
}

/* Horspool's search with the low byte of a code point as the alphabet: letters of one script differ in it. */
void
memo_needle_init (MemoNeedle *self, const guint32 *chars, gsize length)
{
  self->chars = chars;
  self->length = length;
  for (gsize i = 0; i < G_N_ELEMENTS (self->skip); i++)
    self->skip[i] = length;
  for (gsize i = 0; i + 1 < length; i++)
    self->skip[chars[i] & 0xFF] = length - 1 - i;
}

/* By the rarest run of the needle. */
static gssize
find_by_index (const MemoNeedle *self, const MemoHaystack *haystack, gsize from, gsize to)
{
  guint32 low = 0;
  guint32 high = G_MAXUINT32;
  gsize offset = 0;
  gsize runs = MIN (self->length - GRAM + 1, 32);

  for (gsize i = 0; i < runs; i++)
    {
      guint32 hash = hash_gram (self->chars + i);

      if (high == G_MAXUINT32 || haystack->starts[hash + 1] - haystack->starts[hash] < high - low)
        {
          low = haystack->starts[hash];
          high = haystack->starts[hash + 1];
          offset = i;
        }
    }
  /* The first place at or behind @from. */
  for (guint32 end = high; low < end;)
    {
      guint32 middle = low + (end - low) / 2;

      if (haystack->places[middle] < from + offset)
        low = middle + 1;
      else
        end = middle;
    }
  for (; low < high && haystack->places[low] - offset + self->length <= to; low++)
    {
      gsize at = haystack->places[low] - offset;

      if (memcmp (haystack->chars + at, self->chars, self->length * sizeof (guint32)) == 0)
        return at;
    }
  return -1;
}

gssize
memo_needle_find (const MemoNeedle *self, const MemoHaystack *haystack, gsize from, gsize to)
{
  gsize last = self->length - 1;
  guint32 tail = self->chars[last];

  if (haystack->starts != NULL && self->length >= GRAM && to - MIN (from, to) >= INDEX_FROM)
    return find_by_index (self, haystack, from, to);
  while (from + self->length <= to)
    {
      guint32 c = haystack->chars[from + last];

      if (c == tail && memcmp (haystack->chars + from, self->chars, last * sizeof (guint32)) == 0)
        return from;
      from += self->skip[c & 0xFF];
    }
  return -1;
}
