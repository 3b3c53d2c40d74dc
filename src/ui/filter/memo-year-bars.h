#pragma once

#include "ui/memo-session.h"

G_BEGIN_DECLS

/* Agreements by year as small bars: a click takes a year as the filter's dates, a drag a range, a click outside of it
 * takes it off. Arrow keys move, Enter takes, Shift+arrows stretch the range. */
#define MEMO_TYPE_YEAR_BARS (memo_year_bars_get_type ())
G_DECLARE_FINAL_TYPE (MemoYearBars, memo_year_bars, MEMO, YEAR_BARS, GtkWidget)

GtkWidget *memo_year_bars_new (MemoSession *session);
/* First and last year shown; FALSE while there is none. */
gboolean memo_year_bars_get_range (MemoYearBars *self, int *ret_first, int *ret_last);

G_END_DECLS
