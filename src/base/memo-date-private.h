#pragma once

#include "memo-date.h"

G_BEGIN_DECLS

/* One side of an EDTF interval, or a whole date that is none. */
typedef enum
{
  EDGE_DATE,
  EDGE_OPEN,   /* ".." */
  EDGE_UNKNOWN /* nothing on that side of the slash */
} EdgeKind;

typedef struct
{
  EdgeKind kind;
  int year;
  int month; /* 1..12, a season or quarter 21..41, or 0 */
  int day;   /* 1..31, or 0 */
  MemoPrecision precision;
  gboolean uncertain;
  gboolean approximate;
} Edge;

struct _MemoDate
{
  gatomicrefcount references;
  char *edtf;
  char *written; /* nullable */
  gint32 first;
  gint32 last;
  MemoPrecision precision;
  gboolean uncertain;
  gboolean approximate;
  gboolean interval;
  Edge edges[2]; /* only the first, when no interval */
};

#define EDGE_SEASON 21
#define EDGE_QUARTER 33
#define EDGE_HALF 40

/* Days in that month of the proleptic Gregorian calendar. */
int memo_days_in_month (int year, int month);

G_END_DECLS
