#include <glib.h>

#include "base/memo-error.h"
#include "records/memo-blocks-private.h"

/* Heading [0,5), paragraph [7,20), footnote [22,30), summary [32,40). */
static GArray *
make_blocks (void)
{
  GArray *blocks = memo_blocks_new ();
  MemoBlock *block;

  memo_blocks_add (blocks, MEMO_BLOCK_HEADING, 0, 5)->level = 2;
  block = memo_blocks_add (blocks, MEMO_BLOCK_PARAGRAPH, 7, 20);
  memo_block_add_span (block, MEMO_SPAN_LINK, 8, 12, "https://example.org/");
  memo_block_add_span (block, MEMO_SPAN_MARK, 19, 20, "i");
  memo_blocks_add (blocks, MEMO_BLOCK_FOOTNOTE, 22, 30)->label = g_strdup ("i");
  memo_blocks_add (blocks, MEMO_BLOCK_SUMMARY, 32, 40)->number = 1;
  return blocks;
}

static void
test_round_trip (void)
{
  g_autoptr (GArray) blocks = make_blocks ();
  g_autofree char *json = memo_blocks_to_json (blocks);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) copy = memo_blocks_from_json (json, &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  again = memo_blocks_to_json (copy);
  g_assert_cmpstr (json, ==, again);
  g_assert_cmpuint (copy->len, ==, 4);
  g_assert_cmpstr (g_array_index (g_array_index (copy, MemoBlock, 1).spans, MemoSpan, 1).target, ==, "i");
}

/* The quick reader and the full one give the same; what only the full one understands is not lost. */
static void
test_plain (void)
{
  g_autoptr (GArray) blocks = make_blocks ();
  g_autofree char *json = memo_blocks_to_json (blocks);
  g_autoptr (GArray) quick = memo_blocks_new ();
  g_autoptr (GArray) full = NULL;
  g_autofree char *again = NULL;
  const char *const other[] = {
    "[{\"type\":\"footnote\",\"start\":0,\"end\":1,\"label\":\"a\\\"b\"}]",
    "[{\"type\":\"paragraph\",\"start\":0,\"end\":1,\"unknown\":true}]",
    "[{\"type\":\"paragraph\",\"start\":0,\"end\":1}",
    "[{\"type\":\"paragraph\",\"start\":0,\"end\":99999999999}]",
    "[] x",
    "",
  };

  g_assert_true (memo_blocks_read_plain (quick, json));
  again = memo_blocks_to_json (quick);
  g_assert_cmpstr (json, ==, again);
  g_array_set_size (quick, 0);
  g_assert_true (memo_blocks_read_plain (quick, " [ ] "));
  for (guint i = 0; i < G_N_ELEMENTS (other); i++)
    {
      g_autoptr (GArray) part = memo_blocks_new ();

      g_assert_false (memo_blocks_read_plain (part, other[i]));
    }
  full = memo_blocks_from_json (other[0], NULL);
  g_assert_cmpuint (full->len, ==, 1);
  g_assert_cmpstr (g_array_index (full, MemoBlock, 0).label, ==, "a\"b");
}

static void
test_places (void)
{
  g_autoptr (GArray) blocks = make_blocks ();

  g_assert_cmpuint (memo_blocks_get_body_end (blocks, 40), ==, 30);
  g_assert_cmpuint (memo_blocks_get_paragraph (blocks, 3), ==, 0);
  g_assert_cmpuint (memo_blocks_get_paragraph (blocks, 7), ==, 1);
  g_assert_cmpuint (memo_blocks_get_paragraph (blocks, 25), ==, 2);
  g_assert_cmpuint (memo_blocks_get_paragraph (blocks, 500), ==, 0);
  g_array_set_size (blocks, 3);
  g_assert_cmpuint (memo_blocks_get_body_end (blocks, 31), ==, 31);
  g_assert_cmpstr (memo_block_type_get_name (MEMO_BLOCK_SUMMARY), ==, "summary");
}

static void
test_bad_json (void)
{
  const char *const bad[] = {
    "{}",
    "[1]",
    "[{\"type\":\"nonsense\",\"start\":0,\"end\":1}]",
    "[{\"type\":\"paragraph\",\"start\":5,\"end\":1}]",
    "[{\"type\":\"paragraph\",\"start\":-5,\"end\":1}]",
    "[{\"type\":\"paragraph\",\"start\":0,\"end\":1,\"spans\":{}}]",
    "[{\"type\":\"paragraph\",\"start\":0,\"end\":1,\"spans\":[{\"type\":\"blink\",\"start\":0,\"end\":1}]}]",
  };
  g_autoptr (GArray) none = memo_blocks_from_json (NULL, NULL);

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_null (memo_blocks_from_json ("[", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (memo_blocks_from_json (bad[i], &error));
      g_assert_error (error, MEMO_ERROR, MEMO_ERROR_INVALID);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/blocks/plain", test_plain);
  g_test_add_func ("/blocks/round-trip", test_round_trip);
  g_test_add_func ("/blocks/places", test_places);
  g_test_add_func ("/blocks/bad-json", test_bad_json);
  return g_test_run ();
}
