#pragma once

#include <gtk/gtk.h>

#include "memo-sectors-table.h"

G_BEGIN_DECLS

/* The picture of the sectors: names with bars over the years, shaded cells, totals. One cell has the cursor; arrow keys move
 * it, Enter chooses it. Signals: "chosen" (row: guint, column: int, -1 the whole row), "fold" (row), "menu" (row, GdkRectangle
 * *), "room" (): another number of columns fits now. */
#define MEMO_TYPE_SECTORS_MATRIX (memo_sectors_matrix_get_type ())
G_DECLARE_FINAL_TYPE (MemoSectorsMatrix, memo_sectors_matrix, MEMO, SECTORS_MATRIX, GtkWidget)

GtkWidget *memo_sectors_matrix_new (void);
/* How many columns fit now. */
guint memo_sectors_matrix_get_room (MemoSectorsMatrix *self);
/* @table: (transfer full). @folded: borrowed, the same as the table was made with. */
void memo_sectors_matrix_take_table (MemoSectorsMatrix *self, MemoSectorsTable *table, GHashTable *folded);
MemoSectorsTable *memo_sectors_matrix_get_table (MemoSectorsMatrix *self); /* nullable */
GtkAdjustment *memo_sectors_matrix_get_vadjustment (MemoSectorsMatrix *self);
/* Row of the cursor. */
guint memo_sectors_matrix_get_row (MemoSectorsMatrix *self);
/* What a screen reader is told about a cell. (transfer full) */
char *memo_sectors_matrix_dup_description (MemoSectorsMatrix *self, guint row, int column);

G_END_DECLS
