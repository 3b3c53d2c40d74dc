#pragma once

#include <gtk/gtk.h>

#include "memo-register-order.h"
#include "model/memo-record-list.h"
#include "ui/memo-session.h"

G_BEGIN_DECLS

/* The columns of the register. What they show comes from the row's record and from the index; they ask the view for the rest
 * through these. */
typedef struct
{
  MemoSession *session;
  MemoRegisterOrder *(*get_order) (gpointer view); /* nullable */
  gboolean (*is_open) (gpointer view, gint64 package);
  void (*toggle) (gpointer view, gint64 package);
  /* TRUE when sources say different things; asked for again when it becomes known. */
  gboolean (*has_conflict) (gpointer view, MemoRow *row);
  gpointer view;
} MemoRegisterHost;

/* Adds all columns to @view. @host stays the caller's and must outlive the view. Hidden columns and those hidden later are
 * kept in the settings. Returns the menu of columns, whose actions are in @actions. (transfer full) */
GMenuModel *memo_register_columns_add (GtkColumnView *view, MemoRegisterHost *host, GActionMap *actions);
/* What the header asks for. FALSE: nothing. */
gboolean memo_register_columns_get_sort (GtkColumnView *view, MemoSort *ret_sort, gboolean *ret_descending);
/* Cells of @id show again what they show: something beside their record is another. */
void memo_register_columns_refresh (GtkColumnView *view);
/* The row whose cell is at @x, @y of @view; NULL when there is none. */
MemoRow *memo_register_columns_pick (GtkColumnView *view, double x, double y);

G_END_DECLS
