#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Progress of running work in the bottom bar, with Cancel; hidden while nothing runs. One work at a time is shown: a
 * later one takes the place. */
#define MEMO_TYPE_WORK_BAR (memo_work_bar_get_type ())
G_DECLARE_FINAL_TYPE (MemoWorkBar, memo_work_bar, MEMO, WORK_BAR, GtkWidget)

GtkWidget *memo_work_bar_new (void);
/* Shows itself after half a second. (transfer full): triggered by Cancel. */
GCancellable *memo_work_bar_begin (MemoWorkBar *self, const char *text);
/* @fraction < 0: unknown, the bar pulses. @text nullable: as it was. Of @work alone; others are ignored. */
void memo_work_bar_progress (MemoWorkBar *self, GCancellable *work, double fraction, const char *text);
void memo_work_bar_end (MemoWorkBar *self, GCancellable *work);
void memo_work_bar_cancel (MemoWorkBar *self);

G_END_DECLS
