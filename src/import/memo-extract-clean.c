#include "import/memo-extract.h"

#include <stdlib.h>
#include <string.h>

/* What stands within the article and is no part of it. */

gboolean
memo_extract_is_data_table (MemoNode *table)
{
  const char *role = memo_node_get_attribute (table, "role");
  const char *datatable = memo_node_get_attribute (table, "datatable");
  guint rows = 0, columns = 0, cells = 0, seen = 0;

  if (role && g_str_equal (role, "presentation"))
    return FALSE;
  if (datatable && g_str_equal (datatable, "0"))
    return FALSE;
  if (memo_node_get_attribute (table, "summary"))
    return TRUE;
  /* What tells is near the beginning; nested tables would be walked once for each level. */
  for (MemoNode *node = memo_node_walk (table, table, FALSE); node && seen < 5000;
       node = memo_node_walk (node, table, FALSE), seen++)
    switch (node->text ? GUMBO_TAG_LAST : (GumboTag) node->tag)
      {
      case GUMBO_TAG_CAPTION:
        if (node->first)
          return TRUE;
        break;
      case GUMBO_TAG_COL:
      case GUMBO_TAG_COLGROUP:
      case GUMBO_TAG_TFOOT:
      case GUMBO_TAG_THEAD:
      case GUMBO_TAG_TH:
        return TRUE;
      default:
        break;
      }
  for (MemoNode *node = memo_node_walk (table, table, FALSE); node; node = memo_node_walk (node, table, FALSE))
    {
      const char *span;

      if (node->text)
        continue;
      if (node->tag == GUMBO_TAG_TABLE)
        return FALSE;
      if (node->tag == GUMBO_TAG_TR)
        {
          span = memo_node_get_attribute (node, "rowspan");
          rows += span ? CLAMP (atoi (span), 1, 1000) : 1;
          cells = 0;
        }
      else if (node->tag == GUMBO_TAG_TD)
        {
          span = memo_node_get_attribute (node, "colspan");
          cells += span ? CLAMP (atoi (span), 1, 1000) : 1;
          columns = MAX (columns, cells);
        }
    }
  if (columns <= 1 || rows <= 1)
    return FALSE;
  return rows >= 10 || columns > 4 || rows * columns > 10;
}

static void
mark_data_tables (MemoNode *article)
{
  for (MemoNode *node = article; node; node = memo_node_walk (node, article, FALSE))
    if (!node->text && node->tag == GUMBO_TAG_TABLE)
      {
        node->data_table = memo_extract_is_data_table (node);
        if (node->data_table)
          memo_node_changed (node);
      }
}

static gboolean
in_data_table (MemoNode *node)
{
  for (node = node->parent; node; node = node->parent)
    if (node->data_table)
      return TRUE;
  return FALSE;
}

/* The whole text is the word for an advertisement or for waiting. */
static gboolean
is_placeholder (MemoNode *node, guint length)
{
  static const char *const words[] = { "ad",       "ads",        "advertisement", "advertising", "advertisements",
                                       "loading",  "pub",        "publicité",     "werb",        "werbung",
                                       "anuncio",  "reklam",     "реклама",       "広告",        "广告",
                                       "загрузка", "yükleniyor", "chargement",    "cargando",    "正在加载",
                                       NULL };
  g_autofree char *text = NULL, *lower = NULL;

  if (length > 20)
    return FALSE;
  text = memo_node_dup_text (node, 100);
  lower = g_utf8_strdown (text, -1);
  for (char *end = lower + strlen (lower); end > lower && (end[-1] == '.' || (guchar) end[-1] >= 0x80);)
    {
      if (g_str_has_suffix (lower, "…"))
        end = lower + strlen (lower) - strlen ("…");
      else if (end[-1] == '.')
        end--;
      else
        break;
      *end = '\0';
    }
  return g_strv_contains (words, lower);
}

static gboolean
is_simple_list (MemoNode *node)
{
  for (MemoNode *item = memo_node_first_element (node); item; item = memo_node_next_element (item))
    {
      MemoNode *child = memo_node_first_element (item);
      if (child && memo_node_next_element (child))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_improbable (MemoExtract *self, MemoNode *node, guint flags)
{
  MemoMeasure m = *memo_node_measure (self->arena, node);
  GumboTag tag = node->tag;
  gboolean list = tag == GUMBO_TAG_UL || tag == GUMBO_TAG_OL;
  int weight, items;
  float links, headings;
  gboolean figure, improbable, textish = FALSE;

  if (tag == GUMBO_TAG_TABLE && node->data_table)
    return FALSE;
  if (in_data_table (node) || memo_node_has_ancestor (node, GUMBO_TAG_CODE) || m.has_data_table)
    return FALSE;
  if (!list && m.length > 0)
    list = (float) m.list_length / m.length > 0.9f;
  weight = memo_extract_weight (node, flags);
  if (weight < 0)
    return TRUE;
  if (m.commas >= 10)
    return FALSE;
  if (m.videos > 0)
    return FALSE;
  if (is_placeholder (node, m.length))
    return TRUE;

  items = (int) m.items - 100;
  links = m.length ? m.link_length / m.length : 0;
  headings = m.length ? (float) m.heading_length / m.length : 0;
  for (MemoNode *child = node->first; child && !textish; child = child->next)
    textish = memo_node_measure (self->arena, child)->has_textish;
  figure = memo_node_has_ancestor (node, GUMBO_TAG_FIGURE);
  improbable = (!figure && m.images > 1 && (float) m.paragraphs / m.images < 0.5f) ||
               (!list && items > (int) m.paragraphs) || m.inputs > m.paragraphs / 3 ||
               (!list && !figure && headings < 0.9f && m.length < 25 && (m.images == 0 || m.images > 2) && links > 0) ||
               (!list && weight < 25 && links > 0.2f) || (weight >= 25 && links > 0.5f) ||
               (m.embeds == 1 && m.length < 75) || m.embeds > 1 || (m.images == 0 && !textish);
  /* A list of pictures alone is a gallery. */
  if (list && improbable && is_simple_list (node))
    return m.images != m.items;
  return improbable;
}

static void
clean_improbable (MemoExtract *self, MemoNode *article, guint flags, GumboTag a, GumboTag b)
{
  MemoNode *previous;

  if (!(flags & MEMO_EXTRACT_CLEAN))
    return;
  for (MemoNode *node = memo_node_deepest_last (article); node && node != article; node = previous)
    {
      previous = memo_node_walk_back (node, article);
      if (!node->text && (node->tag == a || node->tag == b) && is_improbable (self, node, flags))
        memo_node_remove (node);
    }
}

static void
remove_tags (MemoNode *article, const GumboTag *tags, guint n_tags)
{
  MemoNode *next;

  for (MemoNode *node = article->first; node; node = next)
    {
      gboolean found = FALSE;

      for (guint i = 0; i < n_tags && !node->text && !found; i++)
        found = node->tag == tags[i];
      next = memo_node_walk (node, article, found);
      if (found)
        memo_node_remove (node);
    }
}

/* Rows of share buttons: short, and named so. */
static void
remove_share (MemoExtract *self, MemoNode *article)
{
  for (MemoNode *part = article->first; part; part = part->next)
    {
      MemoNode *next;

      if (part->text)
        continue;
      for (MemoNode *node = part->first; node; node = next)
        {
          gboolean share =
              !node->text && (node->traits & MEMO_TRAIT_SHARE) && memo_node_measure (self->arena, node)->length < 500;

          next = memo_node_walk (node, part, share);
          if (share)
            memo_node_remove (node);
        }
    }
}

static void
remove_empty_paragraphs (MemoExtract *self, MemoNode *article)
{
  MemoNode *next;

  for (MemoNode *node = article->first; node; node = next)
    {
      gboolean empty = FALSE;

      if (!node->text && node->tag == GUMBO_TAG_P)
        {
          const MemoMeasure *m = memo_node_measure (self->arena, node);
          empty = m->length == 0 && m->images == 0 && m->embeds == 0 && m->videos == 0;
        }
      next = memo_node_walk (node, article, empty);
      if (empty)
        memo_node_remove (node);
    }
}

static void
remove_bad_headings (MemoNode *article, guint flags)
{
  MemoNode *next;

  for (MemoNode *node = article->first; node; node = next)
    {
      gboolean bad = !node->text && (node->tag == GUMBO_TAG_H1 || node->tag == GUMBO_TAG_H2) &&
                     memo_extract_weight (node, flags) < 0;

      next = memo_node_walk (node, article, bad);
      if (bad)
        memo_node_remove (node);
    }
}

void
memo_extract_clean (MemoExtract *self, MemoNode *article, guint flags)
{
  static const GumboTag first[] = { GUMBO_TAG_OBJECT, GUMBO_TAG_EMBED, GUMBO_TAG_FOOTER, GUMBO_TAG_ASIDE };
  static const GumboTag then[] = { GUMBO_TAG_IFRAME, GUMBO_TAG_INPUT,  GUMBO_TAG_TEXTAREA,
                                   GUMBO_TAG_SELECT, GUMBO_TAG_BUTTON, GUMBO_TAG_DATALIST };

  mark_data_tables (article);
  clean_improbable (self, article, flags, GUMBO_TAG_FORM, GUMBO_TAG_FIELDSET);
  remove_tags (article, first, G_N_ELEMENTS (first));
  remove_share (self, article);
  remove_tags (article, then, G_N_ELEMENTS (then));
  remove_bad_headings (article, flags);
  clean_improbable (self, article, flags, GUMBO_TAG_TABLE, GUMBO_TAG_TABLE);
  clean_improbable (self, article, flags, GUMBO_TAG_UL, GUMBO_TAG_UL);
  clean_improbable (self, article, flags, GUMBO_TAG_DIV, GUMBO_TAG_DIV);
  remove_empty_paragraphs (self, article);
}
