#include "memo-blocks-private.h"

#include "base/memo-error.h"
#include <glib/gi18n.h>

const char *const memo_block_names[] = { "paragraph", "heading", "quotation", "item",   "caption",
                                         "row",       "code",    "footnote",  "summary" };
const char *const memo_span_names[] = { "emphasis", "strong", "link", "mark" };

static void
clear_span (gpointer data)
{
  g_free (((MemoSpan *) data)->target);
}

static void
clear_block (gpointer data)
{
  MemoBlock *block = data;
  g_free (block->label);
  g_clear_pointer (&block->spans, g_array_unref);
}

GArray *
memo_blocks_new (void)
{
  GArray *blocks = g_array_new (FALSE, TRUE, sizeof (MemoBlock));
  g_array_set_clear_func (blocks, clear_block);
  return blocks;
}

MemoBlock *
memo_blocks_add (GArray *blocks, MemoBlockType type, guint start, guint end)
{
  MemoBlock block = { type, start, end, 0, 0, NULL, NULL };
  g_array_append_val (blocks, block);
  return &g_array_index (blocks, MemoBlock, blocks->len - 1);
}

void
memo_block_add_span (MemoBlock *block, MemoSpanType type, guint start, guint end, const char *target)
{
  MemoSpan span = { type, start, end, g_strdup (target) };

  if (!block->spans)
    {
      block->spans = g_array_new (FALSE, TRUE, sizeof (MemoSpan));
      g_array_set_clear_func (block->spans, clear_span);
    }
  g_array_append_val (block->spans, span);
}

static int
find_name (const char *const *names, guint n, const char *name)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (names[i], name) == 0)
      return i;
  return -1;
}

static gboolean
read_spans (MemoBlock *block, JsonArray *spans)
{
  for (guint i = 0; spans && i < json_array_get_length (spans); i++)
    {
      JsonNode *node = json_array_get_element (spans, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      int type = object ? find_name (memo_span_names, G_N_ELEMENTS (memo_span_names),
                                     json_object_get_string_member_with_default (object, "type", ""))
                        : -1;
      gint64 start = object ? json_object_get_int_member_with_default (object, "start", -1) : -1;
      gint64 end = object ? json_object_get_int_member_with_default (object, "end", -1) : -1;

      if (type < 0 || start < 0 || end < start || end > G_MAXINT32)
        return FALSE;
      memo_block_add_span (block, type, start, end,
                           json_object_get_string_member_with_default (object, "target", NULL));
    }
  return TRUE;
}

static gboolean
read_block (GArray *blocks, JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  int type = object ? find_name (memo_block_names, G_N_ELEMENTS (memo_block_names),
                                 json_object_get_string_member_with_default (object, "type", ""))
                    : -1;
  gint64 start = object ? json_object_get_int_member_with_default (object, "start", -1) : -1;
  gint64 end = object ? json_object_get_int_member_with_default (object, "end", -1) : -1;
  JsonNode *spans;
  MemoBlock *block;

  if (type < 0 || start < 0 || end < start || end > G_MAXINT32)
    return FALSE;
  block = memo_blocks_add (blocks, type, start, end);
  block->level = CLAMP (json_object_get_int_member_with_default (object, "level", 0), 0, 64);
  block->number = CLAMP (json_object_get_int_member_with_default (object, "number", 0), 0, G_MAXINT32);
  block->label = g_strdup (json_object_get_string_member_with_default (object, "label", NULL));
  spans = json_object_get_member (object, "spans");
  return !spans || (JSON_NODE_HOLDS_ARRAY (spans) && read_spans (block, json_node_get_array (spans)));
}

GArray *
memo_blocks_from_json (const char *json, GError **error)
{
  g_autoptr (GArray) blocks = memo_blocks_new ();
  g_autoptr (JsonNode) root = NULL;
  JsonArray *array;

  if (!json || memo_blocks_read_plain (blocks, json))
    return g_steal_pointer (&blocks);
  g_array_set_size (blocks, 0);
  root = json_from_string (json, error);
  if (!root)
    return NULL;
  array = JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
  for (guint i = 0; array && i < json_array_get_length (array); i++)
    if (!read_block (blocks, json_array_get_element (array, i)))
      array = NULL;
  if (!array)
    {
      g_set_error_literal (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("The structure of the article is damaged."));
      return NULL;
    }
  return g_steal_pointer (&blocks);
}

static JsonArray *
spans_to_json (GArray *spans)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < spans->len; i++)
    {
      MemoSpan *span = &g_array_index (spans, MemoSpan, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "type", memo_span_names[span->type]);
      json_object_set_int_member (object, "start", span->start);
      json_object_set_int_member (object, "end", span->end);
      if (span->target)
        json_object_set_string_member (object, "target", span->target);
      json_array_add_object_element (array, object);
    }
  return array;
}

char *
memo_blocks_to_json (GArray *blocks)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (JsonArray) array = json_array_new ();

  for (guint i = 0; i < blocks->len; i++)
    {
      MemoBlock *block = &g_array_index (blocks, MemoBlock, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "type", memo_block_names[block->type]);
      json_object_set_int_member (object, "start", block->start);
      json_object_set_int_member (object, "end", block->end);
      json_object_set_int_member (object, "level", block->level);
      if (block->number)
        json_object_set_int_member (object, "number", block->number);
      if (block->label)
        json_object_set_string_member (object, "label", block->label);
      if (block->spans)
        json_object_set_array_member (object, "spans", spans_to_json (block->spans));
      json_array_add_object_element (array, object);
    }
  json_node_set_array (root, array);
  return json_to_string (root, FALSE);
}

const char *
memo_block_type_get_name (MemoBlockType type)
{
  g_return_val_if_fail (type < G_N_ELEMENTS (memo_block_names), NULL);
  return memo_block_names[type];
}

guint
memo_blocks_get_body_end (GArray *blocks, glong text_length)
{
  guint end = 0;
  gboolean summary = FALSE;

  for (guint i = 0; i < blocks->len; i++)
    {
      MemoBlock *block = &g_array_index (blocks, MemoBlock, i);
      if (block->type == MEMO_BLOCK_SUMMARY)
        summary = TRUE;
      else
        end = MAX (end, block->end);
    }
  return summary ? end : (guint) text_length;
}

guint
memo_blocks_get_paragraph (GArray *blocks, guint offset)
{
  guint number = 0;

  for (guint i = 0; i < blocks->len; i++)
    {
      MemoBlock *block = &g_array_index (blocks, MemoBlock, i);

      if (block->type == MEMO_BLOCK_HEADING || block->type == MEMO_BLOCK_CAPTION)
        continue;
      number++;
      if (offset >= block->start && offset < block->end)
        return number;
    }
  return 0;
}
