#include "memo-selection-private.h"

static const char *
first_of (MemoIndex *index, const MemoIndexRow *row, MemoFacet facet)
{
  guint n;
  const guint32 *values = memo_index_row_get_values (row, facet, &n);

  return n > 0 ? memo_dict_get (index->dict, values[0]) : NULL;
}

static void
add_entry (MemoSelection *self, const MemoIndexRow *row)
{
  /* A follow-up stands where its agreement stands. */
  const MemoIndexRow *place = row->kind == MEMO_KIND_FOLLOW_UP ? memo_index_row (self->index, row->owner) : row;
  gboolean article = row->kind == MEMO_KIND_ARTICLE;
  MemoEntry entry = { .kind = row->kind,
                      .id = row->id,
                      .uuid = memo_dict_get (self->index->dict, row->node),
                      .title = place->about->title,
                      .type = memo_dict_get (self->index->dict, row->about->type),
                      .when = row->about->when,
                      .first = row->about->first,
                      .last = row->about->last,
                      .soft = row->soft,
                      .sector = first_of (self->index, place, MEMO_FACET_SECTOR),
                      .party = article ? NULL : first_of (self->index, place, MEMO_FACET_PARTY),
                      .body = first_of (self->index, place, MEMO_FACET_BODY),
                      .status = memo_dict_get (self->index->dict, row->about->status) };

  if (row->kind == MEMO_KIND_FOLLOW_UP)
    entry.type = entry.status;
  g_array_append_val (self->entries, entry);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const MemoEntry *x = a, *y = b;

  if ((x->when == NULL) != (y->when == NULL))
    return x->when == NULL ? 1 : -1;
  if (x->when != NULL && x->first != y->first)
    return x->first < y->first ? -1 : 1;
  if (x->when != NULL && x->last != y->last)
    return x->last < y->last ? -1 : 1;
  if (x->kind != y->kind)
    return x->kind < y->kind ? -1 : 1;
  return x->id < y->id ? -1 : x->id > y->id;
}

void
memo_selection_make_entries (MemoSelection *self)
{
  static const MemoKind kinds[] = { MEMO_KIND_AGREEMENT, MEMO_KIND_EVENT, MEMO_KIND_ARTICLE, MEMO_KIND_BODY,
                                    MEMO_KIND_FOLLOW_UP };
  roaring_uint32_iterator_t iter;

  g_rec_mutex_lock (&self->lock);
  if (self->entries != NULL)
    {
      g_rec_mutex_unlock (&self->lock);
      return;
    }
  self->entries = g_array_new (FALSE, FALSE, sizeof (MemoEntry));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (roaring_init_iterator (memo_selection_get_shown (self, kinds[i]), &iter); iter.has_value;
         roaring_advance_uint32_iterator (&iter))
      {
        const MemoIndexRow *row = memo_index_row (self->index, iter.current_value);

        /* A body without a date is no undated happening. */
        if (row->kind != MEMO_KIND_BODY || row->spanned)
          add_entry (self, row);
      }
  g_array_sort (self->entries, compare_entries);
  g_rec_mutex_unlock (&self->lock);
}
