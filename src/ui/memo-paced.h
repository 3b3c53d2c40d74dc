#pragma once

#include <gtk/gtk.h>

#include "model/memo-record-list.h"

G_BEGIN_DECLS

/* Hands the rows of a list to a view a few in each frame, until the view has as many as it makes (GTK makes two hundred however
 * few fit); then all the rest at once, which costs nothing more. The first screen is there with the first frame, and no frame is
 * late.
 *
 * Signal "whole": the view has all rows now. Until then what is not among the first has no position in the model. */
#define MEMO_TYPE_PACED (memo_paced_get_type ())
G_DECLARE_FINAL_TYPE (MemoPaced, memo_paced, MEMO, PACED, GObject)

/* @view is the list view, borrowed: it must outlive this. */
MemoPaced *memo_paced_new (MemoRecordList *list, GtkWidget *view);
/* What the view shows. (transfer none) */
GListModel *memo_paced_get_model (MemoPaced *self);
/* As memo_record_list_set_ids(). */
gboolean memo_paced_set_ids (MemoPaced *self, GArray *ids);

G_END_DECLS
