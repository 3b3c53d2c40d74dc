#include "import/memo-arena.h"

#include <string.h>

#define CHUNK (256 * 1024)
#define LARGE (64 * 1024)

typedef struct _Chunk Chunk;
struct _Chunk
{
  Chunk *next;
  gsize padding; /* keeps what follows aligned to 16 bytes */
};

struct _MemoArena
{
  Chunk *chunks;
  char *at, *end;
  GHashTable *large; /* pieces with an allocation of their own */
};

MemoArena *
memo_arena_new (void)
{
  MemoArena *self = g_new0 (MemoArena, 1);

  self->large = g_hash_table_new_full (NULL, NULL, g_free, NULL);
  return self;
}

void
memo_arena_free (MemoArena *self)
{
  while (self->chunks)
    {
      Chunk *next = self->chunks->next;
      g_free (self->chunks);
      self->chunks = next;
    }
  g_hash_table_unref (self->large);
  g_free (self);
}

void *
memo_arena_alloc (MemoArena *self, gsize size)
{
  void *piece;

  size = (size + 15) & ~(gsize) 15;
  if (size > LARGE)
    {
      piece = g_malloc (size);
      g_hash_table_add (self->large, piece);
      return piece;
    }
  if ((gsize) (self->end - self->at) < size)
    {
      Chunk *chunk = g_malloc (CHUNK);

      chunk->next = self->chunks;
      self->chunks = chunk;
      self->at = (char *) (chunk + 1);
      self->end = (char *) chunk + CHUNK;
    }
  piece = self->at;
  self->at += size;
  return piece;
}

void *
memo_arena_alloc0 (MemoArena *self, gsize size)
{
  return memset (memo_arena_alloc (self, size), 0, size);
}

void
memo_arena_release (MemoArena *self, void *piece)
{
  if (piece && g_hash_table_size (self->large) > 0)
    g_hash_table_remove (self->large, piece);
}
