#include "memo-places.h"

#define MAX_PLACES 200

struct _MemoPlaces
{
  GObject parent_instance;

  GPtrArray *places;
  int current; /* -1: none */
};

G_DEFINE_FINAL_TYPE (MemoPlaces, memo_places, G_TYPE_OBJECT)

static void
place_free (gpointer data)
{
  MemoPlace *place = data;

  g_free (place->view);
  g_free (place->article);
  g_free (place->shown);
  g_free (place);
}

static void
memo_places_finalize (GObject *object)
{
  g_ptr_array_unref (MEMO_PLACES (object)->places);
  G_OBJECT_CLASS (memo_places_parent_class)->finalize (object);
}

static void
memo_places_class_init (MemoPlacesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = memo_places_finalize;
}

static void
memo_places_init (MemoPlaces *self)
{
  self->places = g_ptr_array_new_with_free_func (place_free);
  self->current = -1;
}

MemoPlaces *
memo_places_new (void)
{
  return g_object_new (MEMO_TYPE_PLACES, NULL);
}

void
memo_places_visit (MemoPlaces *self, const char *view, const char *article, glong start, glong end)
{
  MemoPlace *place;

  g_return_if_fail (MEMO_IS_PLACES (self));

  if (self->current >= 0)
    {
      place = g_ptr_array_index (self->places, self->current);
      if (g_str_equal (place->view, view) && g_strcmp0 (place->article, article) == 0 && place->start == start)
        return;
    }
  if (self->current + 1 < (int) self->places->len)
    g_ptr_array_remove_range (self->places, self->current + 1, self->places->len - self->current - 1);
  if (self->places->len == MAX_PLACES)
    g_ptr_array_remove_index (self->places, 0);

  place = g_new0 (MemoPlace, 1);
  place->view = g_strdup (view);
  place->article = g_strdup (article);
  place->start = start;
  place->end = end;
  g_ptr_array_add (self->places, place);
  self->current = self->places->len - 1;
}

void
memo_places_set_shown (MemoPlaces *self, const char *shown)
{
  MemoPlace *place;

  g_return_if_fail (MEMO_IS_PLACES (self));

  if (self->current < 0)
    return;
  place = g_ptr_array_index (self->places, self->current);
  g_free (place->shown);
  place->shown = g_strdup (shown);
}

gboolean
memo_places_can_move (MemoPlaces *self, int step)
{
  g_return_val_if_fail (MEMO_IS_PLACES (self), FALSE);
  return self->current >= 0 && self->current + step >= 0 && self->current + step < (int) self->places->len;
}

const MemoPlace *
memo_places_move (MemoPlaces *self, int step)
{
  if (!memo_places_can_move (self, step))
    return NULL;
  self->current += step;
  return g_ptr_array_index (self->places, self->current);
}

void
memo_places_clear (MemoPlaces *self)
{
  g_return_if_fail (MEMO_IS_PLACES (self));
  g_ptr_array_set_size (self->places, 0);
  self->current = -1;
}
