#pragma once

#include <gtk/gtk.h>

#include "memo-timeline-data.h"

G_BEGIN_DECLS

/* A popover with entries to choose from: the members of a cluster, or what has no date. Long lists say how many more there
 * are. @chosen is called with the entry and @user_data. (transfer floating) */
typedef void (*MemoTimelineChosen) (const MemoEntry *entry, gpointer user_data);
GtkWidget *memo_timeline_list_new (MemoTimelineData *data,
                                   const guint32 *items,
                                   guint n,
                                   gboolean undated,
                                   MemoTimelineChosen chosen,
                                   gpointer user_data);

G_END_DECLS
