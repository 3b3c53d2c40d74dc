#include "import/memo-node.h"

#include <string.h>
#include "import/memo-traits.h"

static const char *
source_attribute (const GumboNode *source, const char *name)
{
  GumboAttribute *attribute = NULL;

  if (source && (source->type == GUMBO_NODE_ELEMENT || source->type == GUMBO_NODE_TEMPLATE))
    attribute = gumbo_get_attribute (&source->v.element.attributes, name);
  return attribute ? attribute->value : NULL;
}

const char *
memo_node_get_attribute (MemoNode *node, const char *name)
{
  return source_attribute (node->source, name);
}

/* The tree. */

MemoNode *
memo_node_new (MemoArena *arena, GumboTag tag)
{
  MemoNode *node = memo_arena_alloc0 (arena, sizeof (MemoNode));

  node->tag = tag;
  return node;
}

MemoNode *
memo_node_new_text (MemoArena *arena, const char *text)
{
  MemoNode *node = memo_node_new (arena, GUMBO_TAG_LAST);

  node->text = text;
  node->whitespace = text[strspn (text, " \t\n\r\f")] == '\0';
  return node;
}

void
memo_node_changed (MemoNode *node)
{
  for (; node; node = node->parent)
    node->measure = NULL;
}

static void
link_last (MemoNode *parent, MemoNode *child)
{
  child->parent = parent;
  child->prev = parent->last;
  child->next = NULL;
  if (parent->last)
    parent->last->next = child;
  else
    parent->first = child;
  parent->last = child;
}

void
memo_node_remove (MemoNode *node)
{
  MemoNode *parent = node->parent;

  if (!parent)
    return;
  if (node->prev)
    node->prev->next = node->next;
  else
    parent->first = node->next;
  if (node->next)
    node->next->prev = node->prev;
  else
    parent->last = node->prev;
  node->parent = node->prev = node->next = NULL;
  memo_node_changed (parent);
}

void
memo_node_append (MemoNode *parent, MemoNode *child)
{
  memo_node_remove (child);
  link_last (parent, child);
  memo_node_changed (parent);
}

void
memo_node_replace (MemoNode *node, MemoNode *child)
{
  MemoNode *parent = node->parent;

  memo_node_remove (child);
  child->parent = parent;
  child->prev = node->prev;
  child->next = node->next;
  if (node->prev)
    node->prev->next = child;
  else
    parent->first = child;
  if (node->next)
    node->next->prev = child;
  else
    parent->last = child;
  node->parent = node->prev = node->next = NULL;
  memo_node_changed (parent);
}

static gboolean
is_dropped (const GumboNode *source)
{
  switch (source->v.element.tag)
    {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_LINK:
    case GUMBO_TAG_META:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_TITLE:
      return TRUE;
    default:
      return FALSE;
    }
}

static MemoNode *
copy_node (MemoArena *arena, const GumboNode *source)
{
  MemoNode *node;

  switch (source->type)
    {
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_CDATA:
    case GUMBO_NODE_WHITESPACE:
      return memo_node_new_text (arena, source->v.text.text);
    case GUMBO_NODE_ELEMENT:
      if (is_dropped (source))
        return NULL;
      node = memo_node_new (arena, source->v.element.tag);
      node->source = source;
      if (source->v.element.attributes.length > 0)
        node->traits = memo_traits_of (source_attribute (source, "class"), source_attribute (source, "id"));
      return node;
    default:
      return NULL;
    }
}

/* gumbo keeps each node's place among its siblings, but nodes that it moved (misnested tables) may have a wrong one: a
 * stack of our own does not depend on it. */
typedef struct
{
  const GumboNode *source;
  MemoNode *node;
  guint next;
} Frame;

MemoNode *
memo_node_build (MemoArena *arena, const GumboNode *source, guint limit, gboolean *ret_cut)
{
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (Frame));
  MemoNode *root = copy_node (arena, source);
  guint count = 1;
  gboolean cut = FALSE;

  if (!root)
    root = memo_node_new (arena, GUMBO_TAG_BODY);
  g_array_append_val (stack, ((Frame){ source, root, 0 }));
  while (stack->len > 0)
    {
      Frame *frame = &g_array_index (stack, Frame, stack->len - 1);
      const GumboVector *children = &frame->source->v.element.children;
      const GumboNode *child;
      MemoNode *node;

      if (frame->next >= children->length)
        {
          g_array_set_size (stack, stack->len - 1);
          continue;
        }
      child = children->data[frame->next++];
      if (count >= limit)
        {
          cut = TRUE;
          break;
        }
      node = copy_node (arena, child);
      if (!node)
        continue;
      count++;
      link_last (frame->node, node);
      if (child->type == GUMBO_NODE_ELEMENT && child->v.element.children.length > 0)
        g_array_append_val (stack, ((Frame){ child, node, 0 }));
    }
  if (ret_cut)
    *ret_cut = cut;
  return root;
}

MemoNode *
memo_node_walk (MemoNode *node, MemoNode *root, gboolean skip)
{
  if (!skip && node->first)
    return node->first;
  while (node && node != root)
    {
      if (node->next)
        return node->next;
      node = node->parent;
    }
  return NULL;
}

MemoNode *
memo_node_deepest_last (MemoNode *root)
{
  while (root->last)
    root = root->last;
  return root;
}

MemoNode *
memo_node_walk_back (MemoNode *node, MemoNode *root)
{
  if (node == root)
    return NULL;
  if (node->prev)
    return memo_node_deepest_last (node->prev);
  return node->parent;
}

MemoNode *
memo_node_first_element (MemoNode *node)
{
  MemoNode *child = node->first;

  while (child && child->text)
    child = child->next;
  return child;
}

MemoNode *
memo_node_next_element (MemoNode *node)
{
  node = node->next;
  while (node && node->text)
    node = node->next;
  return node;
}

gboolean
memo_node_has_ancestor (MemoNode *node, GumboTag tag)
{
  for (node = node->parent; node; node = node->parent)
    if (node->tag == tag && !node->text)
      return TRUE;
  return FALSE;
}

/* Kinds of elements. */

gboolean
memo_tag_is_phrasing (GumboTag tag)
{
  switch (tag)
    {
    case GUMBO_TAG_ABBR:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_B:
    case GUMBO_TAG_BDO:
    case GUMBO_TAG_BR:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_CITE:
    case GUMBO_TAG_CODE:
    case GUMBO_TAG_DATA:
    case GUMBO_TAG_DATALIST:
    case GUMBO_TAG_DFN:
    case GUMBO_TAG_EM:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_I:
    case GUMBO_TAG_IMG:
    case GUMBO_TAG_INPUT:
    case GUMBO_TAG_KBD:
    case GUMBO_TAG_LABEL:
    case GUMBO_TAG_MARK:
    case GUMBO_TAG_MATH:
    case GUMBO_TAG_METER:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_OUTPUT:
    case GUMBO_TAG_PROGRESS:
    case GUMBO_TAG_Q:
    case GUMBO_TAG_RUBY:
    case GUMBO_TAG_SAMP:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_SMALL:
    case GUMBO_TAG_SPAN:
    case GUMBO_TAG_STRONG:
    case GUMBO_TAG_SUB:
    case GUMBO_TAG_SUP:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_TIME:
    case GUMBO_TAG_VAR:
    case GUMBO_TAG_WBR:
    case GUMBO_TAG_FONT:
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
memo_tag_is_heading (GumboTag tag)
{
  return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6;
}

/* Elements whose presence makes a div more than a paragraph. */
static gboolean
is_block (GumboTag tag)
{
  switch (tag)
    {
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_IMG:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_P:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_UL:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Counting. */

static gboolean
is_comma (gunichar c)
{
  switch (c)
    {
    case 0x2C:
    case 0x60C:
    case 0xFE50:
    case 0xFE10:
    case 0xFE11:
    case 0x2E41:
    case 0x2E34:
    case 0x2E32:
    case 0xFF0C:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
measure_text (const char *text, MemoMeasure *measure)
{
  gboolean space = FALSE, any = FALSE;

  for (const char *at = text; *at; at = g_utf8_next_char (at))
    {
      guchar byte = (guchar) *at;

      if (byte <= ' ' || (byte == 0xC2 && (guchar) at[1] == 0xA0))
        {
          if (!any && !space)
            measure->starts_space = TRUE;
          space = TRUE;
          continue;
        }
      if (any && space)
        measure->length++;
      any = TRUE;
      space = FALSE;
      measure->length++;
      if (byte == ',' || (byte >= 0xD8 && is_comma (g_utf8_get_char (at))))
        measure->commas++;
    }
  measure->ends_space = space;
  measure->raw = any;
}

static void
add_child (MemoMeasure *sum, const MemoMeasure *child)
{
  if (!child->raw)
    {
      if (child->starts_space || child->ends_space)
        {
          if (!sum->raw)
            sum->starts_space = TRUE;
          sum->ends_space = TRUE;
        }
    }
  else
    {
      if (!sum->raw)
        sum->starts_space |= child->starts_space;
      else if (sum->ends_space || child->starts_space)
        sum->length++;
      sum->length += child->length;
      sum->ends_space = child->ends_space;
      sum->raw = TRUE;
    }
  sum->commas += child->commas;
  sum->paragraphs += child->paragraphs;
  sum->images += child->images;
  sum->items += child->items;
  sum->inputs += child->inputs;
  sum->embeds += child->embeds;
  sum->videos += child->videos;
  sum->heading_length += child->heading_length;
  sum->list_length += child->list_length;
  sum->link_length += child->link_length;
  sum->has_block |= child->has_block;
  sum->has_textish |= child->has_textish;
  sum->has_data_table |= child->has_data_table;
}

static gboolean
is_video (MemoNode *node)
{
  static const char *const places[] = {
    "youtube.com",  "youtube-nocookie.com", "player.vimeo.com",     "dailymotion.com",  "v.qq.com",
    "bilibili.com", "archive.org",          "upload.wikimedia.org", "player.twitch.tv", NULL
  };
  const GumboVector *attributes;

  if (!node->source)
    return FALSE;
  attributes = &node->source->v.element.attributes;
  for (guint i = 0; i < attributes->length; i++)
    {
      const char *value = ((GumboAttribute *) attributes->data[i])->value;

      for (guint j = 0; places[j]; j++)
        {
          const char *at = strstr (value, places[j]);
          if (at && (g_str_has_prefix (value, "//") || strstr (value, "://")))
            return TRUE;
        }
    }
  return FALSE;
}

/* What the element itself adds to the counts of those above it. */
static void
add_self (MemoNode *node, MemoMeasure *measure)
{
  const char *href;

  if (is_block (node->tag))
    measure->has_block = TRUE;
  switch ((GumboTag) node->tag)
    {
    case GUMBO_TAG_P:
      measure->paragraphs++;
      break;
    case GUMBO_TAG_IMG:
      measure->images++;
      break;
    case GUMBO_TAG_LI:
      measure->items++;
      break;
    case GUMBO_TAG_INPUT:
      measure->inputs++;
      break;
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_IFRAME:
      if (is_video (node))
        measure->videos++;
      else
        measure->embeds++;
      break;
    case GUMBO_TAG_OL:
    case GUMBO_TAG_UL:
      measure->list_length += measure->length;
      break;
    case GUMBO_TAG_A:
      href = memo_node_get_attribute (node, "href");
      measure->link_length = measure->length * (href && href[0] == '#' && href[1] ? 0.3f : 1.0f);
      break;
    default:
      if (memo_tag_is_heading (node->tag))
        measure->heading_length = measure->length;
      break;
    }
  if (measure->length > 0 &&
      (is_block (node->tag) || node->tag == GUMBO_TAG_SPAN || node->tag == GUMBO_TAG_LI || node->tag == GUMBO_TAG_TD))
    measure->has_textish = TRUE;
  if (node->data_table)
    measure->has_data_table = TRUE;
}

/* An element counts itself too: callers that ask what is below subtract it. */
static void
measure_one (MemoArena *arena, MemoNode *node)
{
  MemoMeasure *measure = memo_arena_alloc0 (arena, sizeof (MemoMeasure));

  if (node->text)
    measure_text (node->text, measure);
  else
    {
      for (MemoNode *child = node->first; child; child = child->next)
        add_child (measure, child->measure);
      add_self (node, measure);
    }
  node->measure = measure;
}

const MemoMeasure *
memo_node_measure (MemoArena *arena, MemoNode *root)
{
  MemoNode *node = root;

  if (root->measure)
    return root->measure;
  /* Children first, without recursion. */
  while (TRUE)
    {
      while (!node->measure && node->first)
        node = node->first;
      if (!node->measure)
        measure_one (arena, node);
      while (node != root && !node->next)
        {
          node = node->parent;
          if (!node->measure)
            measure_one (arena, node);
        }
      if (node == root)
        break;
      node = node->next;
    }
  return root->measure;
}

float
memo_node_link_density (MemoArena *arena, MemoNode *node)
{
  const MemoMeasure *measure = memo_node_measure (arena, node);

  return measure->length > 0 ? measure->link_length / measure->length : 0;
}

int
memo_node_class_weight (MemoNode *node)
{
  int weight = 0;

  if (node->traits & MEMO_TRAIT_CLASS_BAD)
    weight -= 25;
  if (node->traits & MEMO_TRAIT_CLASS_GOOD)
    weight += 25;
  if (node->traits & MEMO_TRAIT_ID_BAD)
    weight -= 25;
  if (node->traits & MEMO_TRAIT_ID_GOOD)
    weight += 25;
  return weight;
}

char *
memo_node_dup_text (MemoNode *root, gsize limit)
{
  GString *text = g_string_new (NULL);
  gboolean space = FALSE;

  for (MemoNode *node = root; node; node = memo_node_walk (node, root, FALSE))
    {
      if (!node->text)
        continue;
      for (const char *at = node->text; *at; at = g_utf8_next_char (at))
        {
          gunichar c = g_utf8_get_char (at);

          if (c <= ' ' || c == 0xA0 || (c > 127 && g_unichar_isspace (c)))
            {
              space = text->len > 0;
              continue;
            }
          if (space)
            g_string_append_c (text, ' ');
          space = FALSE;
          g_string_append_len (text, at, g_utf8_next_char (at) - at);
        }
      if (limit && text->len > limit)
        break;
    }
  return g_string_free (text, FALSE);
}
