#include "memo-original.h"

#include <gio/gio.h>

struct _MemoOriginal
{
  gatomicrefcount refs;
  GBytes *packed;
  MemoCodec codec;
  gsize size;
  char *sha256;
};

/* All of @from through @converter into at most @most bytes; NULL when it does not fit or cannot be. (transfer full) */
static GBytes *
convert (GConverter *converter, const void *from, gsize size, gsize most)
{
  g_autofree guint8 *out = g_try_malloc (most);
  gsize read = 0, written = 0;
  GConverterResult result = G_CONVERTER_CONVERTED;

  while (out != NULL && result != G_CONVERTER_FINISHED)
    {
      gsize in = 0, made = 0;

      if (written == most)
        return NULL;
      result = g_converter_convert (converter, (const guint8 *) from + read, size - read, out + written, most - written,
                                    G_CONVERTER_INPUT_AT_END, &in, &made, NULL);
      if (result == G_CONVERTER_ERROR)
        return NULL;
      read += in;
      written += made;
    }
  return out != NULL ? g_bytes_new_take (g_realloc (g_steal_pointer (&out), MAX (written, 1)), written) : NULL;
}

MemoOriginal *
memo_original_new (GBytes *bytes)
{
  MemoOriginal *self = g_new0 (MemoOriginal, 1);
  const void *data = g_bytes_get_data (bytes, &self->size);

  g_atomic_ref_count_init (&self->refs);
  self->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  /* Only when it saves a quarter: pictures and PDF files stay as they are. */
  if (self->size > 512)
    {
      g_autoptr (GConverter) converter = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, 1));

      self->packed = convert (converter, data, self->size, self->size / 4 * 3);
    }
  self->codec = self->packed != NULL ? MEMO_CODEC_DEFLATE : MEMO_CODEC_PLAIN;
  if (self->packed == NULL)
    self->packed = g_bytes_ref (bytes);
  return self;
}

MemoOriginal *
memo_original_ref (MemoOriginal *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
memo_original_unref (MemoOriginal *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_bytes_unref (self->packed);
  g_free (self->sha256);
  g_free (self);
}

const char *
memo_original_get_sha256 (MemoOriginal *self)
{
  return self->sha256;
}

gsize
memo_original_get_size (MemoOriginal *self)
{
  return self->size;
}

GBytes *
memo_original_get_packed (MemoOriginal *self, MemoCodec *ret_codec)
{
  *ret_codec = self->codec;
  return self->packed;
}

GBytes *
memo_original_unpack (const void *data, gsize length, int codec, gint64 size)
{
  g_autoptr (GConverter) converter = NULL;

  if (codec == MEMO_CODEC_PLAIN)
    return g_bytes_new (data, length);
  /* One byte more than it should need, so that the end is seen. */
  if (codec != MEMO_CODEC_DEFLATE || size < 0 || size >= G_MAXINT32)
    return NULL;
  converter = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW));
  return convert (converter, data, length, size + 1);
}
