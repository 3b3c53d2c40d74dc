#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The bytes that an article was read from, summed and packed as the library keeps them. Web pages shrink to a fifth. An
 * immutable value; made in any thread, which takes as long as reading the bytes: where nobody waits. */
typedef struct _MemoOriginal MemoOriginal;

typedef enum
{
  MEMO_CODEC_PLAIN = 0,
  MEMO_CODEC_DEFLATE = 1
} MemoCodec;

/* Reads @bytes through twice; keeps no reference to them. (transfer full) */
MemoOriginal *memo_original_new (GBytes *bytes);
MemoOriginal *memo_original_ref (MemoOriginal *self); /* (transfer full) */
void memo_original_unref (MemoOriginal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoOriginal, memo_original_unref)
const char *memo_original_get_sha256 (MemoOriginal *self); /* of the bytes as they were handed in */
gsize memo_original_get_size (MemoOriginal *self);         /* in bytes, as they were handed in */
/* As they are kept; borrowed. */
GBytes *memo_original_get_packed (MemoOriginal *self, MemoCodec *ret_codec);

/* @size bytes as they were handed in, from @length packed ones; NULL when they are damaged. (transfer full) */
GBytes *memo_original_unpack (const void *data, gsize length, int codec, gint64 size);

G_END_DECLS
