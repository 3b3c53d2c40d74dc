#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Texts of one line, shaped once and kept while they are used: the last few thousand. A text is never shaped again to be cut. */
typedef struct _MemoTimelineTexts MemoTimelineTexts;
typedef struct _MemoTimelineText MemoTimelineText;

/* @widget: whose font it is; borrowed. */
MemoTimelineTexts *memo_timeline_texts_new (GtkWidget *widget);
void memo_timeline_texts_free (MemoTimelineTexts *self);
/* Forgets all: the font or the language is another. */
void memo_timeline_texts_forget (MemoTimelineTexts *self);

/* A frame begins: it may spend a few milliseconds on texts that were not seen before. */
void memo_timeline_texts_begin (MemoTimelineTexts *self);
/* NULL when the frame has shaped enough (unless @needed): that text comes with the next one. Borrowed, until the next call. */
MemoTimelineText *memo_timeline_texts_get (MemoTimelineTexts *self, const char *text, gboolean bold, gboolean needed);
/* Whether some waited since the frame began. */
gboolean memo_timeline_texts_get_starved (MemoTimelineTexts *self);

/* Pixels of the whole text. */
int memo_timeline_text_get_width (MemoTimelineText *text);
int memo_timeline_text_get_height (MemoTimelineText *text);
/* Pixels that memo_timeline_texts_draw() takes of @room. */
double memo_timeline_texts_measure (MemoTimelineTexts *self, MemoTimelineText *text, double room);
/* Draws it from @x on, its middle at @middle, cut with an ellipsis where it is longer than @room. */
void memo_timeline_texts_draw (MemoTimelineTexts *self,
                               GtkSnapshot *snapshot,
                               MemoTimelineText *text,
                               double x,
                               double middle,
                               double room,
                               const GdkRGBA *color);

G_END_DECLS
