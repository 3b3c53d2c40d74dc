#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The places that were visited, for back and forward: a view, and in it the article's passage and the shown record. */
typedef struct
{
  char *view;
  char *article; /* nullable */
  glong start, end;
  char *shown; /* nullable */
} MemoPlace;

#define MEMO_TYPE_PLACES (memo_places_get_type ())
G_DECLARE_FINAL_TYPE (MemoPlaces, memo_places, MEMO, PLACES, GObject)

MemoPlaces *memo_places_new (void);
/* A new place; what was ahead is forgotten. The same place again is none. */
void memo_places_visit (MemoPlaces *self, const char *view, const char *article, glong start, glong end);
/* The current place's shown record. */
void memo_places_set_shown (MemoPlaces *self, const char *shown);
gboolean memo_places_can_move (MemoPlaces *self, int step);
/* Goes @step (-1 back, 1 forward): the place there, borrowed; NULL when there is none. */
const MemoPlace *memo_places_move (MemoPlaces *self, int step);
void memo_places_clear (MemoPlaces *self);

G_END_DECLS
