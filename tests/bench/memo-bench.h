#pragma once

#include "memo-generate.h"
#include "model/memo-library.h"

G_BEGIN_DECLS

/* What the programs of the benchmark share: times, the rows that they report, how long the main loop was busy. */

/* Milliseconds. */
double memo_bench_now (void);
GArray *memo_bench_times_new (void);                       /* of double */
double memo_bench_percentile (GArray *times, double part); /* 0.5: the median; sorts @times */
#define memo_bench_add(times, value) g_array_append_vals (times, &(double){ value }, 1)

/* One row of performance.md. The figure is held against @limit: itself (MEMO_LIMIT_FIGURE), its ratio to the floor
 * (MEMO_LIMIT_RATIO) or its difference from it (MEMO_LIMIT_MORE). */
typedef enum
{
  MEMO_LIMIT_NONE,
  MEMO_LIMIT_FIGURE,
  MEMO_LIMIT_RATIO,
  MEMO_LIMIT_MORE
} MemoLimit;

typedef struct
{
  int row;
  const char *what;
  const char *size;
  const char *unit; /* "ms" */
  double figure;
  double floor; /* 0: none */
  MemoLimit type;
  double limit;
  const char *extra; /* further members as JSON without the braces: "\"p99\":3.1"; nullable */
} MemoBenchRow;

typedef struct _MemoBench MemoBench;
/* The program ends with a failure when it is not done in ten minutes. */
MemoBench *memo_bench_new (const char *name);
void memo_bench_report (MemoBench *self, const MemoBenchRow *row);
/* Prints a table, then everything as one JSON object on the last line; frees. Returns the exit status. */
int memo_bench_end (MemoBench *self);

/* From here on, the longest time between two waits of the main context, in wall clock and in processor time. */
void memo_bench_watch (void);
/* Ends it without a row: the next one has this as its floor, what the toolkit alone costs for the same thing. */
void memo_bench_watch_floor (void);
/* Ends it, and reports row 12 for @what: the clock's time, or the processor's while the machine is busy with other things. */
void memo_bench_watch_end (MemoBench *self, const char *what, const char *size);

/* A folder that goes at memo_bench_end(); borrowed. */
const char *memo_bench_get_folder (MemoBench *self);
/* A copy of a generated library in that folder, opened. Ends the program when it cannot be. (transfer full) */
MemoDatabase *memo_bench_open_database (MemoBench *self, const char *size);
MemoLibrary *memo_bench_open_library (MemoBench *self, const char *size);
/* Where the generated libraries are: $MEMO_BENCH_CACHE. */
const char *memo_bench_get_cache (void);
/* $MEMO_BENCH_SIZE or "S". */
const char *memo_bench_get_size (void);
void memo_bench_close_library (MemoLibrary *library);
/* Ends the program when there is an error. */
void memo_bench_check (GError *error);

G_END_DECLS
