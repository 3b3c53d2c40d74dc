#include "records/memo-original.h"

#include <string.h>

static MemoOriginal *
make (const char *data, gsize size, MemoCodec *ret_codec, gsize *ret_length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  MemoOriginal *original = memo_original_new (bytes);

  *ret_length = g_bytes_get_size (memo_original_get_packed (original, ret_codec));
  return original;
}

static GBytes *
unpack (MemoOriginal *original, gsize shorter, gint64 size)
{
  MemoCodec codec;
  GBytes *packed = memo_original_get_packed (original, &codec);

  return memo_original_unpack (g_bytes_get_data (packed, NULL), g_bytes_get_size (packed) - shorter, codec, size);
}

/* What repeats itself is packed, what is short or random stays as it is, and both come back. */
static void
test_round (void)
{
  g_autofree char *page = g_strnfill (50000, 'x');
  g_autofree char *noise = g_malloc (50000);
  const char *const data[] = { page, noise, "short", "" };
  const gsize sizes[] = { 50000, 50000, 5, 0 };

  for (guint i = 0; i < 50000; i++)
    noise[i] = g_test_rand_int ();
  for (guint i = 0; i < G_N_ELEMENTS (data); i++)
    {
      MemoCodec codec;
      gsize length;
      g_autoptr (MemoOriginal) original = make (data[i], sizes[i], &codec, &length);
      g_autoptr (GBytes) back = unpack (original, 0, sizes[i]);
      g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) data[i], sizes[i]);

      g_assert_cmpint (codec, ==, i == 0 ? MEMO_CODEC_DEFLATE : MEMO_CODEC_PLAIN);
      g_assert_true (i == 0 ? length < 1000 : length == sizes[i]);
      g_assert_cmpuint (memo_original_get_size (original), ==, sizes[i]);
      g_assert_cmpstr (memo_original_get_sha256 (original), ==, sum);
      g_assert_cmpmem (g_bytes_get_data (back, NULL), g_bytes_get_size (back), data[i], sizes[i]);
      memo_original_unref (memo_original_ref (original));
    }
}

static void
test_damaged (void)
{
  g_autofree char *page = g_strnfill (50000, 'x');
  MemoCodec codec;
  gsize length;
  g_autoptr (MemoOriginal) original = make (page, 50000, &codec, &length);

  g_assert_null (unpack (original, 5, 50000));
  g_assert_null (unpack (original, 0, 40000));
  g_assert_null (unpack (original, 0, -1));
  g_assert_null (memo_original_unpack ("x", 1, 7, 1));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/records/original/round", test_round);
  g_test_add_func ("/records/original/damaged", test_damaged);
  return g_test_run ();
}
