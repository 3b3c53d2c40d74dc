#pragma once

#include <gtk/gtk.h>

#include "memo-register-order.h"
#include "model/memo-record-list.h"
#include "ui/memo-cell.h"
#include "ui/memo-session.h"

G_BEGIN_DECLS

/* The columns of the register. What they show comes from the row's record and from the index; they ask the view for the rest
 * through these. */
typedef struct
{
  MemoSession *session;
  MemoRegisterOrder *(*get_order) (gpointer view); /* nullable */
  gboolean (*is_open) (gpointer view, gint64 package);
  /* TRUE when sources say different things; asked for again when it becomes known. */
  gboolean (*has_conflict) (gpointer view, MemoRow *row);
  gpointer view;
} MemoRegisterHost;

/* Adds all columns to @view. @host stays the caller's and must outlive the view. Hidden columns and those hidden later are
 * kept in the settings. Returns the menu of columns, whose actions are in @actions. (transfer full) */
GMenuModel *memo_register_columns_add (GtkColumnView *view, MemoRegisterHost *host, GActionMap *actions);
/* What the header asks for. FALSE: nothing. */
gboolean memo_register_columns_get_sort (GtkColumnView *view, MemoSort *ret_sort, gboolean *ret_descending);
/* The cells in @widget, a table or a part of one, are filled again: something beside their records is another. */
void memo_register_columns_refresh (GtkWidget *widget);
/* The row at @x, @y of @view, and its cell there; NULL when there is none. */
MemoRow *memo_register_columns_pick (GtkColumnView *view, double x, double y, MemoCell **ret_cell);

typedef enum
{
  MEMO_REGISTER_PART_TEXT,
  MEMO_REGISTER_PART_ARROW, /* opens and closes the package */
  MEMO_REGISTER_PART_STATUS /* opens the menu of statuses */
} MemoRegisterPart;

/* What a press at @x of @cell is meant for. */
MemoRegisterPart memo_register_columns_get_part (MemoCell *cell, double x);
/* The row at @position comes into view. */
void memo_register_columns_scroll_to (GtkColumnView *table, guint position);

G_END_DECLS
