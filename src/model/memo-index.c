#include "memo-index-private.h"

#include "base/memo-text.h"

G_DEFINE_FINAL_TYPE (MemoIndex, memo_index, G_TYPE_OBJECT)

static void
memo_index_finalize (GObject *object)
{
  MemoIndex *self = MEMO_INDEX (object);

  for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
    {
      g_clear_pointer (&self->live[kind], memo_bits_unref);
      g_clear_pointer (&self->records[kind], g_ptr_array_unref);
      g_clear_pointer (&self->names[kind], g_hash_table_unref);
      for (guint facet = 0; facet < MEMO_N_VALUES; facet++)
        g_clear_pointer (&self->bits[kind][facet], g_hash_table_unref);
    }
  for (guint type = 0; type < MEMO_N_RELATIONS; type++)
    g_clear_pointer (&self->relations[type], memo_relation_unref);
  g_clear_pointer (&self->chunks, g_ptr_array_unref);
  g_clear_pointer (&self->dict, memo_dict_unref);
  G_OBJECT_CLASS (memo_index_parent_class)->finalize (object);
}

static void
memo_index_class_init (MemoIndexClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = memo_index_finalize;
}

static void
memo_index_init (MemoIndex *self)
{
}

MemoIndexRow *
memo_index_row_by_id (MemoIndex *self, MemoKind kind, gint64 id)
{
  MemoIndexRow *row = memo_index_row_of (self, kind, memo_dict_find_id (self->dict, kind, id));

  return row != NULL && row->id == id ? row : NULL;
}

guint
memo_index_get_n (MemoIndex *self, MemoKind kind)
{
  g_return_val_if_fail (MEMO_IS_INDEX (self) && kind < MEMO_N_KINDS, 0);
  return roaring_bitmap_get_cardinality (memo_index_live (self, kind));
}

MemoRecord *
memo_index_get_record (MemoIndex *self, MemoKind kind, const char *uuid)
{
  MemoIndexRow *row;

  g_return_val_if_fail (MEMO_IS_INDEX (self) && kind < MEMO_N_KINDS, NULL);
  row = memo_index_row_of (self, kind, memo_dict_find (self->dict, uuid));
  return row != NULL ? row->about->record : NULL;
}

GPtrArray *
memo_index_get_records (MemoIndex *self, MemoKind kind)
{
  g_return_val_if_fail (MEMO_IS_INDEX (self) && memo_kind_is_small (kind), NULL);
  return self->records[kind];
}

static MemoRecord *
find_named (MemoIndex *self, MemoKind kind, const char *text)
{
  g_autofree char *key = NULL;
  MemoIndexRow *row;

  g_return_val_if_fail (MEMO_IS_INDEX (self), NULL);
  if (text == NULL || *text == '\0')
    return NULL;
  row = memo_index_row_of (self, kind, memo_dict_find (self->dict, text));
  if (row == NULL)
    {
      key = memo_text_key (text);
      row = g_hash_table_lookup (self->names[kind], key);
    }
  return row != NULL ? row->about->record : NULL;
}

MemoRecord *
memo_index_find_sector (MemoIndex *self, const char *text)
{
  return find_named (self, MEMO_KIND_SECTOR, text);
}

MemoRecord *
memo_index_find_party (MemoIndex *self, const char *text)
{
  return find_named (self, MEMO_KIND_PARTY, text);
}

MemoRecord *
memo_index_find_body (MemoIndex *self, const char *text)
{
  return find_named (self, MEMO_KIND_BODY, text);
}

const char *
memo_index_get_uuid (MemoIndex *self, MemoKind kind, gint64 id)
{
  MemoIndexRow *row;

  g_return_val_if_fail (MEMO_IS_INDEX (self) && kind < MEMO_N_KINDS, NULL);
  row = memo_index_row_by_id (self, kind, id);
  return row != NULL ? memo_dict_get (self->dict, row->node) : NULL;
}

gint64
memo_index_get_id (MemoIndex *self, MemoKind kind, const char *uuid)
{
  MemoIndexRow *row;

  g_return_val_if_fail (MEMO_IS_INDEX (self) && kind < MEMO_N_KINDS, 0);
  row = memo_index_row_of (self, kind, memo_dict_find (self->dict, uuid));
  return row != NULL ? row->id : 0;
}

typedef struct
{
  const MemoIndexRow *article; /* of one piece of evidence; its work is article->other */
  gboolean first;              /* of its work */
  gboolean cites;              /* the work of another */
} Source;

static gboolean
cites_another (MemoIndex *self, const MemoIndexRow *article, const Source *sources, guint n)
{
  const guint32 *cites = memo_index_row_get_cites (article);

  for (guint i = 0; i < article->n_cites; i++)
    {
      const MemoIndexRow *cited = memo_index_row_of (self, MEMO_KIND_ARTICLE, cites[i]);

      for (guint k = 0; cited != NULL && cited->other != article->other && k < n; k++)
        if (sources[k].article->other == cited->other)
          return TRUE;
    }
  return FALSE;
}

static guint
find_work (const Source *sources, guint work)
{
  guint i = 0;

  while (sources[i].article->other != work)
    i++;
  return i;
}

void
memo_index_count (MemoIndex *self, guint node, MemoCounts *ret_counts)
{
  MemoCounts counts = { 0 };
  Source few[16];
  g_autofree Source *many = NULL;
  Source *sources = few;
  guint n;
  const guint32 *values = memo_index_related (self, MEMO_RELATION_EVIDENCE, node, &n);

  if (n > G_N_ELEMENTS (few))
    sources = many = g_new (Source, n);
  for (guint i = 0; i < n; i++)
    {
      const MemoIndexRow *annotation = memo_index_row_of (self, MEMO_KIND_ANNOTATION, values[i]);
      const MemoIndexRow *article =
          annotation != NULL ? memo_index_row_of (self, MEMO_KIND_ARTICLE, annotation->owner) : NULL;
      Source *source = &sources[counts.evidence];

      if (article == NULL)
        continue;
      source->article = article;
      source->first = find_work (sources, article->other) == counts.evidence;
      source->cites = FALSE;
      counts.evidence++;
      counts.sources += source->first;
    }
  counts.independent = counts.sources;
  for (guint i = 0; counts.sources > 1 && i < counts.evidence; i++)
    {
      Source *first = &sources[find_work (sources, sources[i].article->other)];

      if (!first->cites && cites_another (self, sources[i].article, sources, counts.evidence))
        {
          first->cites = TRUE;
          counts.independent--;
        }
    }
  /* Sources that cite each other in a circle: at least one of them saw something. */
  if (counts.sources > 0)
    counts.independent = MAX (counts.independent, 1);

  values = memo_index_related (self, MEMO_RELATION_CHILDREN, node, &n);
  for (guint i = 0; i < n; i++)
    if (memo_index_row_of (self, MEMO_KIND_AGREEMENT, values[i]) != NULL)
      counts.identified++;
  *ret_counts = counts;
}

gboolean
memo_index_get_counts (MemoIndex *self, gint64 agreement, MemoCounts *ret_counts)
{
  MemoIndexRow *row;

  g_return_val_if_fail (MEMO_IS_INDEX (self) && ret_counts != NULL, FALSE);
  row = memo_index_row_by_id (self, MEMO_KIND_AGREEMENT, agreement);
  if (row == NULL)
    return FALSE;
  memo_index_count (self, row->node, ret_counts);
  return TRUE;
}

guint
memo_index_get_annotations (MemoIndex *self, gint64 article)
{
  MemoIndexRow *row;
  guint n = 0;

  g_return_val_if_fail (MEMO_IS_INDEX (self), 0);
  row = memo_index_row_by_id (self, MEMO_KIND_ARTICLE, article);
  if (row != NULL)
    memo_index_related (self, MEMO_RELATION_ANNOTATIONS, row->node, &n);
  return n;
}
