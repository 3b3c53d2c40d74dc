#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A cell or a line of a row in a long list: text on as many lines as there is room for, cut where it is longer (the tooltip has
 * the whole).
 *
 * A list view makes two hundred rows however few of them fit, so a cell is one widget without children that asks for its text
 * only when it comes into sight; its height goes with the font and its width, never with the text: all rows are of one height. */
#define MEMO_TYPE_CELL (memo_cell_get_type ())
G_DECLARE_FINAL_TYPE (MemoCell, memo_cell, MEMO, CELL, GtkWidget)

typedef enum
{
  MEMO_CELL_ARROW_NONE,
  MEMO_CELL_ARROW_ROOM, /* none, with room for one: what stands below others with arrows */
  MEMO_CELL_ARROW_CLOSED,
  MEMO_CELL_ARROW_OPEN
} MemoCellArrow;

/* Says what @cell shows, by the setters below; called while it is drawn. */
typedef void (*MemoCellFill) (MemoCell *cell, gpointer user_data);

/* The cell asks for the height of @lines, of @narrow_lines where it is narrow; with 0 it takes what the others of its row need.
 * @user_data is borrowed for as long as the cell lives. */
GtkWidget *memo_cell_new (guint lines, guint narrow_lines, MemoCellFill fill, gpointer user_data);
/* What the cell shows is another: it is filled again when it is in sight. */
void memo_cell_refill (MemoCell *self);
/* @text is nullable: nothing. It is what a screen reader says and what the tooltip shows when the text is cut, unless other
 * words are set after it. */
void memo_cell_set_text (MemoCell *self, const char *text, gboolean dim);
const char *memo_cell_get_text (MemoCell *self);
/* How much of its height the text left when the cell was last drawn, in pixels: half of it above, half below. */
int memo_cell_get_slack (MemoCell *self);
/* @tip is nullable. */
void memo_cell_set_tip (MemoCell *self, const char *tip);
void memo_cell_set_spoken (MemoCell *self, const char *spoken);
/* @indent in pixels, before the arrow; @tip says what a press on it does, a static string. */
void memo_cell_set_arrow (MemoCell *self, MemoCellArrow arrow, int indent, const char *tip);
/* A bar after the text, full at 1; none below 0. */
void memo_cell_set_part (MemoCell *self, double part);
/* Is @x, of the cell, on its arrow? */
gboolean memo_cell_is_on_arrow (MemoCell *self, double x);

/* @pixels of the usual size of text, at the size that @widget has. */
int memo_cell_scale (GtkWidget *widget, int pixels);

G_END_DECLS
