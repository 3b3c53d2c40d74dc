#include "memo-related.h"

#include "memo-selection-private.h"

static gboolean
is_selected (MemoSelection *selection, const MemoIndexRow *row)
{
  return row != NULL && memo_selection_contains (selection, row->kind, row->id);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;
  return (x > y) - (x < y);
}

GArray *
memo_related_evidence (MemoSelection *selection)
{
  MemoIndex *index = memo_selection_get_index (selection);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  roaring_uint32_iterator_t *iterator = roaring_create_iterator (memo_index_live (index, MEMO_KIND_EVIDENCE));

  for (; iterator->has_value; roaring_advance_uint32_iterator (iterator))
    {
      MemoIndexRow *row = memo_index_row_of (index, MEMO_KIND_EVIDENCE, iterator->current_value);
      MemoIndexRow *record = row ? memo_index_row (index, row->owner) : NULL;
      if (row == NULL)
        continue;
      if (record != NULL && record->kind == MEMO_KIND_FOLLOW_UP)
        record = memo_index_row_of (index, MEMO_KIND_AGREEMENT, record->owner);
      if (is_selected (selection, record) ||
          is_selected (selection, memo_index_row_of (index, MEMO_KIND_ANNOTATION, row->other)))
        g_array_append_val (ids, row->id);
    }
  roaring_free_uint32_iterator (iterator);
  g_array_sort (ids, compare_ids);
  return ids;
}

/* Appends the article of @annotation (nullable) when it is in none of the sets. */
static void
add_article (MemoIndex *index,
             const MemoIndexRow *annotation,
             const roaring_bitmap_t *selected,
             roaring_bitmap_t *added,
             GArray *ids)
{
  const MemoIndexRow *article =
      annotation != NULL ? memo_index_row_of (index, MEMO_KIND_ARTICLE, annotation->owner) : NULL;

  if (article != NULL && !roaring_bitmap_contains (selected, article->node) &&
      roaring_bitmap_add_checked (added, article->node))
    g_array_append_val (ids, article->id);
}

/* Whether the articles of all @annotations are in the selection. */
static gboolean
has_articles (MemoIndex *index, const roaring_bitmap_t *annotations, const roaring_bitmap_t *selected)
{
  roaring_uint32_iterator_t iter;
  guint last = 0;

  for (roaring_init_iterator (annotations, &iter); iter.has_value; roaring_advance_uint32_iterator (&iter))
    {
      guint owner = memo_index_row (index, iter.current_value)->owner;

      /* Most stand with others of their article. */
      if (owner != last && !roaring_bitmap_contains (selected, owner))
        return FALSE;
      last = owner;
    }
  return TRUE;
}

static MemoIndexRow *
annotation_of (MemoIndex *index, gint64 evidence)
{
  MemoIndexRow *row = memo_index_row_by_id (index, MEMO_KIND_EVIDENCE, evidence);

  return row != NULL ? memo_index_row_of (index, MEMO_KIND_ANNOTATION, row->other) : NULL;
}

MemoPassages *
memo_related_passages (MemoSelection *selection, GArray *evidence)
{
  MemoIndex *index = memo_selection_get_index (selection);
  const roaring_bitmap_t *articles = memo_selection_get_shown (selection, MEMO_KIND_ARTICLE);
  g_autoptr (roaring_bitmap_t) annotations =
      roaring_bitmap_copy (memo_selection_get_shown (selection, MEMO_KIND_ANNOTATION));
  MemoPassages *self = g_new0 (MemoPassages, 1);

  self->articles = memo_selection_get_ids (selection, MEMO_KIND_ARTICLE, MEMO_SORT_DATE, FALSE);
  for (guint i = 0; i < evidence->len; i++)
    {
      const MemoIndexRow *row = annotation_of (index, g_array_index (evidence, gint64, i));

      if (row != NULL)
        roaring_bitmap_add (annotations, row->node);
    }
  if (!has_articles (index, annotations, articles))
    {
      g_autoptr (roaring_bitmap_t) added = roaring_bitmap_create ();
      g_autoptr (GArray) ids = memo_selection_get_ids (selection, MEMO_KIND_ANNOTATION, MEMO_SORT_POSITION, FALSE);

      for (guint i = 0; i < ids->len; i++)
        add_article (index, memo_index_row_by_id (index, MEMO_KIND_ANNOTATION, g_array_index (ids, gint64, i)),
                     articles, added, self->articles);
      for (guint i = 0; i < evidence->len; i++)
        add_article (index, annotation_of (index, g_array_index (evidence, gint64, i)), articles, added,
                     self->articles);
    }
  self->annotations = g_array_sized_new (FALSE, FALSE, sizeof (gint64), roaring_bitmap_get_cardinality (annotations));
  self->firsts = g_array_sized_new (FALSE, FALSE, sizeof (guint), self->articles->len + 1);
  for (guint i = 0; i < self->articles->len; i++)
    {
      MemoIndexRow *article =
          memo_index_row_by_id (index, MEMO_KIND_ARTICLE, g_array_index (self->articles, gint64, i));
      guint n = 0;
      const guint32 *nodes =
          article != NULL ? memo_index_related (index, MEMO_RELATION_ANNOTATIONS, article->node, &n) : NULL;

      g_array_append_val (self->firsts, self->annotations->len);
      for (guint k = 0; k < n; k++)
        if (roaring_bitmap_contains (annotations, nodes[k]))
          g_array_append_val (self->annotations, memo_index_row (index, nodes[k])->id);
    }
  g_array_append_val (self->firsts, self->annotations->len);
  return self;
}

void
memo_passages_free (MemoPassages *self)
{
  g_clear_pointer (&self->articles, g_array_unref);
  g_clear_pointer (&self->annotations, g_array_unref);
  g_clear_pointer (&self->firsts, g_array_unref);
  g_free (self);
}
