#include "import/memo-extract.h"

#include <string.h>
#include "base/memo-text.h"

#define ENOUGH_TEXT 500
#define TOP_CANDIDATES 5

int
memo_extract_weight (MemoNode *node, guint flags)
{
  return flags & MEMO_EXTRACT_WEIGH ? memo_node_class_weight (node) : 0;
}

/* Titles. */

static void
add_words (GHashTable *words, const char *text, GPtrArray *list)
{
  g_autofree char *key = memo_text_key (text);
  const char *start = NULL;

  for (const char *at = key;; at = g_utf8_next_char (at))
    {
      gunichar c = *at ? g_utf8_get_char (at) : 0;
      gboolean letter = c && (g_unichar_isalnum (c) || c == '_');

      if (letter && !start)
        start = at;
      else if (!letter && start)
        {
          char *word = g_strndup (start, at - start);
          if (list)
            g_ptr_array_add (list, word);
          else
            g_hash_table_add (words, word);
          start = NULL;
        }
      if (!c)
        break;
    }
}

double
memo_extract_similarity (const char *a, const char *b)
{
  g_autoptr (GHashTable) in_a = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) in_b = g_ptr_array_new_with_free_func (g_free);
  gsize all = 0, other = 0;

  add_words (in_a, a, NULL);
  add_words (NULL, b, in_b);
  if (g_hash_table_size (in_a) == 0 || in_b->len == 0)
    return 0;
  for (guint i = 0; i < in_b->len; i++)
    {
      gsize length = strlen (in_b->pdata[i]) + (i > 0);

      all += length;
      if (!g_hash_table_contains (in_a, in_b->pdata[i]))
        other += length;
    }
  return 1.0 - (double) other / all;
}

/* What is left out from the start. */

static gboolean
is_visible (MemoNode *node)
{
  const char *style, *value;

  if (!node->source || node->source->v.element.attributes.length == 0)
    return TRUE;
  style = memo_node_get_attribute (node, "style");
  if (style && (strstr (style, "display") || strstr (style, "visibility")))
    {
      g_autoptr (GString) plain = g_string_new (NULL);

      for (const char *at = style; *at && plain->len < 4000; at++)
        if (!g_ascii_isspace (*at))
          g_string_append_c (plain, g_ascii_tolower (*at));
      if (strstr (plain->str, "display:none") || strstr (plain->str, "visibility:hidden"))
        return FALSE;
    }
  if (memo_node_get_attribute (node, "hidden"))
    return FALSE;
  value = memo_node_get_attribute (node, "aria-hidden");
  if (value && g_str_equal (value, "true"))
    {
      const char *klass = memo_node_get_attribute (node, "class");
      return klass && strstr (klass, "fallback-image");
    }
  return TRUE;
}

static gboolean
has_unlikely_role (MemoNode *node)
{
  static const char *const roles[] = { "menu",  "menubar",     "complementary", "navigation",
                                       "alert", "alertdialog", "dialog",        NULL };
  const char *role = memo_node_get_attribute (node, "role");

  return role && g_strv_contains (roles, role);
}

static gboolean
is_byline (MemoExtract *self, MemoNode *node)
{
  const char *rel = NULL, *itemprop = NULL;
  guint length;

  if (!node->source || node->source->v.element.attributes.length == 0)
    return FALSE;
  rel = memo_node_get_attribute (node, "rel");
  itemprop = memo_node_get_attribute (node, "itemprop");
  if (!(node->traits & MEMO_TRAIT_BYLINE) && !(rel && g_str_equal (rel, "author")) &&
      !(itemprop && strstr (itemprop, "author")))
    return FALSE;
  length = memo_node_measure (self->arena, node)->length;
  if (length == 0 || length >= 100)
    return FALSE;
  /* A box with a heading, "About the author", is no line with a name. */
  for (MemoNode *at = node->first; at; at = memo_node_walk (at, node, FALSE))
    if (!at->text && memo_tag_is_heading (at->tag))
      return FALSE;
  return TRUE;
}

/* Within the line of the author, the part marked as the name. */
static char *
dup_byline (MemoNode *node)
{
  for (MemoNode *at = node; at; at = memo_node_walk (at, node, FALSE))
    {
      const char *itemprop = at->text ? NULL : memo_node_get_attribute (at, "itemprop");

      if (itemprop && g_str_equal (itemprop, "name"))
        return memo_node_dup_text (at, 400);
    }
  return memo_node_dup_text (node, 400);
}

static gboolean
repeats_title (MemoExtract *self, MemoNode *node)
{
  g_autofree char *heading = NULL;

  if (!self->title || (node->tag != GUMBO_TAG_H1 && node->tag != GUMBO_TAG_H2))
    return FALSE;
  heading = memo_node_dup_text (node, 1000);
  return memo_extract_similarity (self->title, heading) > 0.75;
}

/* Nothing but rules and line breaks. */
static gboolean
is_empty (MemoExtract *self, MemoNode *node)
{
  if (memo_node_measure (self->arena, node)->raw)
    return FALSE;
  for (MemoNode *child = memo_node_first_element (node); child; child = memo_node_next_element (child))
    if (child->tag != GUMBO_TAG_BR && child->tag != GUMBO_TAG_HR)
      return FALSE;
  return TRUE;
}

static gboolean
holds_only_paragraph (MemoNode *node)
{
  MemoNode *child = memo_node_first_element (node);

  if (!child || child->tag != GUMBO_TAG_P || memo_node_next_element (child))
    return FALSE;
  for (child = node->first; child; child = child->next)
    if (child->text && !child->whitespace)
      return FALSE;
  return TRUE;
}

static gboolean
is_phrasing (MemoNode *node)
{
  if (node->text || memo_tag_is_phrasing (node->tag))
    return TRUE;
  if (node->tag != GUMBO_TAG_A && node->tag != GUMBO_TAG_DEL && node->tag != GUMBO_TAG_INS)
    return FALSE;
  for (MemoNode *at = memo_node_walk (node, node, FALSE); at; at = memo_node_walk (at, node, FALSE))
    if (!at->text && !memo_tag_is_phrasing (at->tag) && at->tag != GUMBO_TAG_A && at->tag != GUMBO_TAG_DEL &&
        at->tag != GUMBO_TAG_INS)
      return FALSE;
  return TRUE;
}

static gboolean
is_blank (MemoNode *node)
{
  return node->text ? node->whitespace : node->tag == GUMBO_TAG_BR;
}

static void
trim_end (MemoNode *paragraph)
{
  while (paragraph->last && is_blank (paragraph->last))
    memo_node_remove (paragraph->last);
}

/* Runs of text and inline elements straight in a div become paragraphs, so that they can be scored. */
static void
wrap_phrasing (MemoExtract *self, MemoNode *node)
{
  MemoNode *paragraph = NULL;

  for (MemoNode *child = node->first, *next; child; child = next)
    {
      next = child->next;
      if (is_phrasing (child))
        {
          if (paragraph)
            memo_node_append (paragraph, child);
          else if (!is_blank (child))
            {
              paragraph = memo_node_new (self->arena, GUMBO_TAG_P);
              memo_node_replace (child, paragraph);
              memo_node_append (paragraph, child);
            }
        }
      else if (paragraph)
        {
          trim_end (paragraph);
          paragraph = NULL;
        }
    }
  if (paragraph)
    trim_end (paragraph);
}

static MemoNode *
next_content (MemoNode *node)
{
  while (node && node->text && node->whitespace)
    node = node->next;
  return node;
}

void
memo_extract_replace_breaks (MemoExtract *self, MemoNode *root)
{
  MemoNode *following;

  for (MemoNode *node = root; node; node = following)
    {
      MemoNode *next, *paragraph;
      gboolean several = FALSE;

      following = memo_node_walk (node, root, FALSE);
      if (node->text || node->tag != GUMBO_TAG_BR || !node->parent)
        continue;
      next = next_content (node->next);
      while (next && !next->text && next->tag == GUMBO_TAG_BR)
        {
          MemoNode *behind = next->next;

          several = TRUE;
          memo_node_remove (next);
          next = next_content (behind);
        }
      if (!several)
        continue;
      paragraph = memo_node_new (self->arena, GUMBO_TAG_P);
      memo_node_replace (node, paragraph);
      next = paragraph->next;
      while (next)
        {
          MemoNode *behind = next->next;

          if (!next->text && next->tag == GUMBO_TAG_BR)
            {
              MemoNode *after = next_content (next->next);
              if (after && !after->text && after->tag == GUMBO_TAG_BR)
                break;
            }
          if (!is_phrasing (next))
            break;
          memo_node_append (paragraph, next);
          next = behind;
        }
      trim_end (paragraph);
      if (paragraph->parent->tag == GUMBO_TAG_P)
        paragraph->parent->tag = GUMBO_TAG_DIV;
      memo_node_changed (paragraph);
      following = memo_node_walk (paragraph, root, FALSE);
    }
}

/* One walk: leaves out what is no part of any article, and collects what is worth points. */
static void
collect (MemoExtract *self, MemoNode *root, guint flags, GPtrArray *scorable)
{
  gboolean look_for_title = TRUE;
  MemoNode *node = root;

  while (node)
    {
      MemoNode *child;

      if (node->text)
        {
          node = memo_node_walk (node, root, FALSE);
          continue;
        }
      if (node != root)
        {
          gboolean leave = FALSE;

          if (!is_visible (node))
            leave = TRUE;
          else if (!self->byline && !self->has_byline && is_byline (self, node))
            {
              self->byline = dup_byline (node);
              leave = TRUE;
            }
          else if (look_for_title && repeats_title (self, node))
            {
              look_for_title = FALSE;
              leave = TRUE;
            }
          else if (flags & MEMO_EXTRACT_UNLIKELY)
            {
              if ((node->traits & MEMO_TRAIT_UNLIKELY) && !(node->traits & MEMO_TRAIT_MAYBE) &&
                  node->tag != GUMBO_TAG_BODY && node->tag != GUMBO_TAG_A &&
                  !memo_node_has_ancestor (node, GUMBO_TAG_TABLE) && !memo_node_has_ancestor (node, GUMBO_TAG_CODE))
                leave = TRUE;
              else if (has_unlikely_role (node))
                leave = TRUE;
            }
          if (!leave &&
              (node->tag == GUMBO_TAG_DIV || node->tag == GUMBO_TAG_SECTION || node->tag == GUMBO_TAG_HEADER ||
               memo_tag_is_heading (node->tag)) &&
              is_empty (self, node))
            leave = TRUE;
          if (leave)
            {
              MemoNode *next = memo_node_walk (node, root, TRUE);
              memo_node_remove (node);
              node = next;
              continue;
            }
        }
      switch ((GumboTag) node->tag)
        {
        case GUMBO_TAG_SECTION:
        case GUMBO_TAG_H2:
        case GUMBO_TAG_H3:
        case GUMBO_TAG_H4:
        case GUMBO_TAG_H5:
        case GUMBO_TAG_H6:
        case GUMBO_TAG_P:
        case GUMBO_TAG_TD:
        case GUMBO_TAG_PRE:
          g_ptr_array_add (scorable, node);
          break;
        case GUMBO_TAG_DIV:
          wrap_phrasing (self, node);
          if (holds_only_paragraph (node) && memo_node_link_density (self->arena, node) < 0.25)
            {
              child = memo_node_first_element (node);
              memo_node_replace (node, child);
              node = child;
              g_ptr_array_add (scorable, node);
            }
          else
            {
              gboolean block = FALSE;

              for (child = node->first; child && !block; child = child->next)
                block = memo_node_measure (self->arena, child)->has_block;
              if (!block)
                {
                  node->tag = GUMBO_TAG_P;
                  memo_node_changed (node);
                  g_ptr_array_add (scorable, node);
                }
            }
          break;
        default:
          break;
        }
      node = memo_node_walk (node, root, FALSE);
    }
}

/* Scoring. */

static void
start_score (MemoNode *node, guint flags)
{
  node->scored = TRUE;
  node->score = 0;
  switch ((GumboTag) node->tag)
    {
    case GUMBO_TAG_DIV:
      node->score += 5;
      break;
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_BLOCKQUOTE:
      node->score += 3;
      break;
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_FORM:
      node->score -= 3;
      break;
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_TH:
      node->score -= 5;
      break;
    default:
      break;
    }
  node->score += memo_extract_weight (node, flags);
}

static GPtrArray *
score (MemoExtract *self, GPtrArray *scorable, guint flags)
{
  GPtrArray *candidates = g_ptr_array_new ();

  for (guint i = 0; i < scorable->len; i++)
    {
      MemoNode *node = scorable->pdata[i];
      const MemoMeasure *measure;
      float points;
      guint level = 0;

      if (!node->parent)
        continue;
      measure = memo_node_measure (self->arena, node);
      if (measure->length < 25)
        continue;
      points = 2 + measure->commas + MIN (measure->length / 100, 3);
      for (MemoNode *holder = node->parent; holder && level < 5; holder = holder->parent, level++)
        {
          if (!holder->scored)
            {
              start_score (holder, flags);
              g_ptr_array_add (candidates, holder);
            }
          holder->score += points / (level == 0 ? 1 : level == 1 ? 2 : level * 3);
        }
    }
  for (guint i = 0; i < candidates->len; i++)
    {
      MemoNode *node = candidates->pdata[i];
      node->score *= 1 - memo_node_link_density (self->arena, node);
    }
  return candidates;
}

static guint
find_best (GPtrArray *candidates, MemoNode **best)
{
  guint n = 0;

  for (guint i = 0; i < candidates->len; i++)
    {
      MemoNode *node = candidates->pdata[i];
      guint at = n;

      while (at > 0 && best[at - 1]->score < node->score)
        at--;
      if (at >= TOP_CANDIDATES)
        continue;
      n = MIN (n + 1, TOP_CANDIDATES);
      for (guint j = n - 1; j > at; j--)
        best[j] = best[j - 1];
      best[at] = node;
    }
  return n;
}

static gboolean
is_above (MemoNode *ancestor, MemoNode *node)
{
  for (node = node->parent; node; node = node->parent)
    if (node == ancestor)
      return TRUE;
  return FALSE;
}

/* The best candidate may be one of several equal pieces, or a part of the article: look above it. */
static MemoNode *
widen (MemoNode *root, MemoNode **best, guint n, guint flags)
{
  MemoNode *top = best[0], *parent;
  guint near[TOP_CANDIDATES], n_near = 0;
  float last, threshold;

  /* A table of data is a part of the article, never the whole. */
  for (parent = top; parent && parent != root; parent = parent->parent)
    if (parent->tag == GUMBO_TAG_TABLE && parent->parent && memo_extract_is_data_table (parent))
      top = parent->parent;
  if (top == root)
    return top;

  for (guint i = 1; i < n; i++)
    if (best[0]->score > 0 && best[i]->score / best[0]->score >= 0.75)
      near[n_near++] = i;
  if (n_near >= 3)
    for (parent = top->parent; parent && parent != root; parent = parent->parent)
      {
        guint holds = 0;

        for (guint i = 0; i < n_near; i++)
          holds += is_above (parent, best[near[i]]);
        if (holds >= 3)
          {
            top = parent;
            break;
          }
      }
  if (!top->scored)
    start_score (top, flags);

  /* More paragraphs elsewhere in a parent raise its score above the candidate's own. */
  last = top->score;
  threshold = last / 3;
  for (parent = top->parent; parent && parent != root; parent = parent->parent)
    {
      if (!parent->scored)
        continue;
      if (parent->score < threshold)
        break;
      if (parent->score > last)
        {
          top = parent;
          break;
        }
      last = parent->score;
    }
  /* An only child has its siblings at its parent. */
  for (parent = top->parent; parent && parent != root; parent = top->parent)
    {
      MemoNode *only = memo_node_first_element (parent);
      if (only != top || memo_node_next_element (only))
        break;
      top = parent;
    }
  if (!top->scored)
    start_score (top, flags);
  return top;
}

static gboolean
ends_sentence (MemoNode *node)
{
  g_autofree char *text = memo_node_dup_text (node, 1000);
  const char *at = strstr (text, ". ");

  return at != NULL || g_str_has_suffix (text, ".");
}

static gboolean
belongs (MemoExtract *self, MemoNode *sibling, MemoNode *top, float threshold)
{
  const char *klass = memo_node_get_attribute (top, "class");
  const char *own = memo_node_get_attribute (sibling, "class");
  float bonus = klass && *klass && own && g_str_equal (klass, own) ? top->score * 0.2f : 0;
  const MemoMeasure *measure;
  float density;

  if (sibling->scored && sibling->score + bonus >= threshold)
    return TRUE;
  if (sibling->tag != GUMBO_TAG_P)
    return FALSE;
  measure = memo_node_measure (self->arena, sibling);
  density = memo_node_link_density (self->arena, sibling);
  if (measure->length > 80)
    return density < 0.25;
  return measure->length > 0 && density == 0 && ends_sentence (sibling);
}

static MemoNode *
gather (MemoExtract *self, MemoNode *top)
{
  MemoNode *article = memo_node_new (self->arena, GUMBO_TAG_DIV);
  MemoNode *parent = top->parent;
  float threshold = MAX (10, top->score * 0.2f);

  if (!parent)
    {
      memo_node_append (article, top);
      return article;
    }
  for (MemoNode *sibling = memo_node_first_element (parent), *next; sibling; sibling = next)
    {
      next = memo_node_next_element (sibling);
      if (sibling != top && !belongs (self, sibling, top, threshold))
        continue;
      switch ((GumboTag) sibling->tag)
        {
        case GUMBO_TAG_DIV:
        case GUMBO_TAG_ARTICLE:
        case GUMBO_TAG_SECTION:
        case GUMBO_TAG_P:
        case GUMBO_TAG_OL:
        case GUMBO_TAG_UL:
          break;
        default:
          sibling->tag = GUMBO_TAG_DIV;
          break;
        }
      memo_node_append (article, sibling);
    }
  return article;
}

static MemoNode *
attempt (MemoExtract *self, guint flags)
{
  g_autoptr (GPtrArray) scorable = g_ptr_array_new ();
  g_autoptr (GPtrArray) candidates = NULL;
  MemoNode *root = memo_node_build (self->arena, self->body, self->limit, &self->cut);
  MemoNode *best[TOP_CANDIDATES] = { NULL };
  MemoNode *article;
  guint n;

  memo_extract_replace_breaks (self, root);
  collect (self, root, flags, scorable);
  candidates = score (self, scorable, flags);
  n = find_best (candidates, best);
  if (n == 0 || best[0] == root)
    {
      /* No part stands out: everything below the body. */
      root->tag = GUMBO_TAG_DIV;
      self->top = root;
      article = memo_node_new (self->arena, GUMBO_TAG_DIV);
      memo_node_append (article, root);
    }
  else
    {
      self->top = widen (root, best, n, flags);
      article = gather (self, self->top);
    }
  memo_extract_clean (self, article, flags);
  return article;
}

MemoNode *
memo_extract_article (MemoExtract *self)
{
  guint flags = MEMO_EXTRACT_UNLIKELY | MEMO_EXTRACT_WEIGH | MEMO_EXTRACT_CLEAN;
  MemoNode *longest = NULL;
  guint longest_length = 0;

  /* A page with little text may have lost it to one of the rules: try again without them, one after the other. */
  while (TRUE)
    {
      MemoNode *article;
      guint length;

      g_clear_pointer (&self->byline, g_free);
      article = attempt (self, flags);
      length = memo_node_measure (self->arena, article)->length;
      if (length >= ENOUGH_TEXT)
        return article;
      if (length > longest_length)
        {
          longest = article;
          longest_length = length;
        }
      if (flags & MEMO_EXTRACT_UNLIKELY)
        flags &= ~MEMO_EXTRACT_UNLIKELY;
      else if (flags & MEMO_EXTRACT_WEIGH)
        flags &= ~MEMO_EXTRACT_WEIGH;
      else if (flags & MEMO_EXTRACT_CLEAN)
        flags &= ~MEMO_EXTRACT_CLEAN;
      else
        break;
    }
  return longest;
}
