#pragma once

#include <string.h>
#include "base/memo-error.h"
#include "import/memo-import.h"
#include "records/memo-blocks.h"

/* What the tests of importers share. */

static inline JsonObject *
parse_text (const char *text, gssize length, const char *name)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);
  g_autoptr (GError) error = NULL;
  JsonObject *draft = memo_import_parse (bytes, name, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (draft);
  return draft;
}

static inline JsonObject *
parse_fixture (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "import", "fixtures", name, NULL);
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  return parse_text (text, length, name);
}

static inline const char *
get (JsonObject *object, const char *member)
{
  return json_object_get_string_member_with_default (object, member, NULL);
}

static inline guint
count (JsonObject *object, const char *member)
{
  return json_array_get_length (json_object_get_array_member (object, member));
}

static inline JsonObject *
nth (JsonObject *object, const char *member, guint i)
{
  return json_array_get_object_element (json_object_get_array_member (object, member), i);
}

static inline const char *
nth_string (JsonObject *object, const char *member, guint i)
{
  return json_array_get_string_element (json_object_get_array_member (object, member), i);
}

/* The text of the @i-th block of a type. (transfer full) (nullable) */
static inline char *
block_text (JsonObject *draft, const char *type, guint i)
{
  const char *text = get (draft, "text");
  JsonArray *blocks = json_object_get_array_member (draft, "blocks");

  for (guint j = 0; j < json_array_get_length (blocks); j++)
    {
      JsonObject *block = json_array_get_object_element (blocks, j);
      if (g_str_equal (get (block, "type"), type) && i-- == 0)
        return g_utf8_substring (text, json_object_get_int_member (block, "start"),
                                 json_object_get_int_member (block, "end"));
    }
  return NULL;
}

static inline void
assert_block (JsonObject *draft, const char *type, guint i, const char *want)
{
  g_autofree char *text = block_text (draft, type, i);

  g_assert_cmpstr (text, ==, want);
}

/* GArray of MemoBlock. (transfer full) */
static inline GArray *
blocks_of (JsonObject *draft)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autofree char *json = NULL;
  GArray *blocks;

  json_node_set_array (node, json_object_get_array_member (draft, "blocks"));
  json = json_to_string (node, FALSE);
  blocks = memo_blocks_from_json (json, NULL);
  g_assert_nonnull (blocks);
  return blocks;
}

/* The text without the summary at its end. (transfer full) */
static inline char *
body_of (JsonObject *draft)
{
  g_autoptr (GArray) blocks = blocks_of (draft);
  const char *text = get (draft, "text");

  return g_utf8_substring (text, 0, memo_blocks_get_body_end (blocks, g_utf8_strlen (text, -1)));
}

static inline void
assert_without (const char *text, const char *words)
{
  if (strstr (text, words))
    g_error ("“%s” stands in the text: %s", words, text);
}
