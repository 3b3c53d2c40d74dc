#include "memo-selection-private.h"

#include <string.h>

static const char *const statuses[] = { "announced",   "signed",    "in_force", "under_review",
                                        "implemented", "suspended", "ended" };

typedef struct
{
  const MemoIndexRow *row;
  const char *text; /* compared first when the sort goes by words */
  gint64 number;
  gboolean missing;
} Item;

static int
compare_texts (const char *a, const char *b)
{
  if (a == NULL || b == NULL)
    return (a == NULL) - (b == NULL);
  return strcmp (a, b);
}

static int
compare_items (gconstpointer a, gconstpointer b, gpointer data)
{
  const Item *x = a, *y = b;
  gboolean descending = GPOINTER_TO_INT (data);
  int order;

  if (x->missing != y->missing)
    return x->missing ? 1 : -1;
  order = x->missing ? 0 : x->number != y->number ? (x->number < y->number ? -1 : 1) : compare_texts (x->text, y->text);
  if (order != 0)
    return descending ? -order : order;
  order = compare_texts (x->row->about->key, y->row->about->key);
  return order != 0 ? order : (x->row->id > y->row->id) - (x->row->id < y->row->id);
}

static void
set_text (Item *item, const char *text)
{
  item->text = text;
  item->missing = text == NULL;
}

static void
set_first_party (MemoIndex *index, Item *item, const MemoIndexRow *row)
{
  const MemoIndexRow *party =
      row->n_parties > 0 ? memo_index_row_of (index, MEMO_KIND_PARTY, row->values[row->n_sectors]) : NULL;

  set_text (item, party != NULL ? party->about->key : NULL);
}

static void
set_status (MemoIndex *index, Item *item, const MemoIndexRow *row)
{
  const char *status = memo_dict_get (index->dict, row->about->status);

  item->missing = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (g_strcmp0 (statuses[i], status) == 0)
      {
        item->number = i;
        item->missing = FALSE;
      }
}

static void
fill (MemoIndex *index, MemoSort sort, GHashTable *sectors, Item *item)
{
  const MemoIndexRow *row = item->row;
  MemoCounts counts;
  guint n = 0;

  switch (sort)
    {
    case MEMO_SORT_TITLE:
      set_text (item, row->about->key);
      break;
    case MEMO_SORT_DATE:
      item->missing = !row->spanned;
      item->number = row->about->first;
      break;
    case MEMO_SORT_OUTLET:
      set_text (item, row->about->outlet);
      break;
    case MEMO_SORT_LANGUAGE:
      set_text (item, memo_dict_get (index->dict, row->about->language));
      break;
    case MEMO_SORT_KIND:
      set_text (item, memo_dict_get (index->dict, row->about->type));
      break;
    case MEMO_SORT_STATUS:
      set_status (index, item, row);
      break;
    case MEMO_SORT_ANNOTATIONS:
      memo_index_related (index, row->kind == MEMO_KIND_ARTICLE ? MEMO_RELATION_ANNOTATIONS : MEMO_RELATION_EVIDENCE,
                          row->node, &n);
      item->number = n;
      break;
    case MEMO_SORT_SOURCES:
    case MEMO_SORT_IDENTIFIED:
      memo_index_count (index, row->node, &counts);
      item->number = sort == MEMO_SORT_SOURCES ? counts.sources : counts.identified;
      break;
    case MEMO_SORT_PARTIES:
    case MEMO_SORT_AUTHOR:
      set_first_party (index, item, row);
      break;
    case MEMO_SORT_SECTORS:
      item->missing = row->n_sectors == 0;
      if (!item->missing)
        {
          gpointer place = g_hash_table_lookup (sectors, GUINT_TO_POINTER (row->values[0]));

          item->number = GPOINTER_TO_UINT (place);
          item->missing = place == NULL;
        }
      break;
    case MEMO_SORT_MODIFIED:
      item->number = row->modified;
      break;
    case MEMO_SORT_POSITION:
      item->number = row->id;
      break;
    case MEMO_SORT_CREATED:
    default:
      item->number = row->created;
      break;
    }
}

/* Sector → its place in the tree, from 1. */
static GHashTable *
sector_places (MemoIndex *index)
{
  GHashTable *places = g_hash_table_new (NULL, NULL);
  GPtrArray *sectors = index->records[MEMO_KIND_SECTOR];

  for (guint i = 0; i < sectors->len; i++)
    {
      guint node = memo_dict_find (index->dict, memo_record_get_uuid (g_ptr_array_index (sectors, i)));

      g_hash_table_insert (places, GUINT_TO_POINTER (node), GUINT_TO_POINTER (i + 1));
    }
  return places;
}

static GArray *
sorted_items (MemoIndex *index, const roaring_bitmap_t *rows, MemoSort sort, gboolean descending)
{
  GArray *items = g_array_sized_new (FALSE, FALSE, sizeof (Item), roaring_bitmap_get_cardinality (rows));
  g_autoptr (GHashTable) sectors = sort == MEMO_SORT_SECTORS ? sector_places (index) : NULL;
  roaring_uint32_iterator_t iter;

  for (roaring_init_iterator (rows, &iter); iter.has_value; roaring_advance_uint32_iterator (&iter))
    {
      Item item = { memo_index_row (index, iter.current_value) };

      fill (index, sort, sectors, &item);
      g_array_append_val (items, item);
    }
  g_array_sort_with_data (items, compare_items, GINT_TO_POINTER (descending));
  return items;
}

/* Whether annotations go by what their article is; within it they stand as in the text. */
static gboolean
is_of_article (MemoSort sort)
{
  return sort == MEMO_SORT_TITLE || sort == MEMO_SORT_DATE || sort == MEMO_SORT_OUTLET || sort == MEMO_SORT_LANGUAGE ||
         sort == MEMO_SORT_KIND || sort == MEMO_SORT_AUTHOR || sort == MEMO_SORT_POSITION;
}

static void
add_annotations (MemoSelection *self, MemoSort sort, gboolean descending, GArray *ids)
{
  g_autoptr (roaring_bitmap_t) articles = roaring_bitmap_create ();
  g_autoptr (GArray) items = NULL;
  roaring_uint32_iterator_t iter;

  for (roaring_init_iterator (self->shown[MEMO_KIND_ANNOTATION], &iter); iter.has_value;
       roaring_advance_uint32_iterator (&iter))
    roaring_bitmap_add (articles, memo_index_row (self->index, iter.current_value)->owner);
  items = sorted_items (self->index, articles, sort == MEMO_SORT_POSITION ? MEMO_SORT_TITLE : sort, descending);
  for (guint i = 0; i < items->len; i++)
    {
      guint n;
      const guint32 *nodes =
          memo_index_related (self->index, MEMO_RELATION_ANNOTATIONS, g_array_index (items, Item, i).row->node, &n);

      for (guint k = 0; k < n; k++)
        if (roaring_bitmap_contains (self->shown[MEMO_KIND_ANNOTATION], nodes[k]))
          g_array_append_val (ids, memo_index_row (self->index, nodes[k])->id);
    }
}

GArray *
memo_selection_get_ids (MemoSelection *self, MemoKind kind, MemoSort sort, gboolean descending)
{
  g_autoptr (GArray) items = NULL;
  GArray *ids;

  g_return_val_if_fail (MEMO_IS_SELECTION (self) && kind < MEMO_N_KINDS, NULL);

  ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), memo_selection_get_count (self, kind));
  if (kind == MEMO_KIND_ANNOTATION && is_of_article (sort))
    {
      add_annotations (self, sort, descending, ids);
      return ids;
    }
  items = sorted_items (self->index, memo_selection_get_shown (self, kind), sort, descending);
  for (guint i = 0; i < items->len; i++)
    g_array_append_val (ids, g_array_index (items, Item, i).row->id);
  return ids;
}
