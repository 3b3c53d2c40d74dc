#pragma once

#include "memo-timeline-canvas.h"
#include "memo-timeline-painter.h"

G_BEGIN_DECLS

/* What the two halves of the canvas share: memo-timeline-canvas.c has the data, its layouts and the drawing,
 * memo-timeline-input.c what a person does to it. */
struct _MemoTimelineCanvas
{
  GtkWidget parent_instance;

  MemoTimelinePainter painter;
  MemoTimelineData *data; /* the newest; the painter's layout may still be of another */
  GtkAdjustment *vadjustment;
  GQueue kept; /* layouts of the newest data, the last used first */
  GCancellable *making;
  char *wanted; /* UUID of the selected record, also while it is not here */
  guint rows;
  gboolean fitted;

  double pointer; /* where it is, less than 0: not here */
  double drag_origin, drag_offset, pinch_density;
  gboolean dragged;
};

/* memo-timeline-canvas.c */
/* The scale of the painter is another: limits it, finds the layout, draws, emits "moved". */
void memo_timeline_canvas_moved (MemoTimelineCanvas *self);
/* Moves so that @item is seen. */
void memo_timeline_canvas_reveal (MemoTimelineCanvas *self, guint item);
/* Draws and describes @item as the selected one (G_MAXUINT: none); no signal, no move. */
void memo_timeline_canvas_mark (MemoTimelineCanvas *self, guint item);

/* memo-timeline-input.c */
/* Pointer, wheel, touch, keys and tooltips. Once, when the canvas is made. */
void memo_timeline_input_add (MemoTimelineCanvas *self);

G_END_DECLS
