#pragma once

#include "memo-window.h"

G_BEGIN_DECLS

/* For tests/bench/bench-start.py, when MEMO_PRINT_FRAMES is set: prints when the first frame of @window was painted, the first
 * one with the library's records in it, and the first one that knows the whole library (microseconds of the monotonic
 * clock). */
void memo_start_times_print (MemoWindow *window);

G_END_DECLS
