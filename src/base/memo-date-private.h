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
  gint32 year;
  guint8 kind;          /* EdgeKind */
  guint8 month;         /* 1..12, a season or quarter 21..41, or 0 */
  guint8 day;           /* 1..31, or 0 */
  guint8 precision : 6; /* MemoPrecision */
  guint8 uncertain : 1;
  guint8 approximate : 1;
} Edge;

/* Small, for a library keeps tens of thousands. */
struct _MemoDate
{
  gatomicrefcount references;
  gint32 first;
  gint32 last;
  guint8 precision; /* MemoPrecision */
  guint8 uncertain : 1;
  guint8 approximate : 1;
  guint8 interval : 1;
  char *edtf;
  char *written; /* nullable */
  Edge edges[2]; /* only the first, when no interval */
};

#define EDGE_SEASON 21
#define EDGE_QUARTER 33
#define EDGE_HALF 40

/* Days in that month of the proleptic Gregorian calendar. */
int memo_days_in_month (int year, int month);

G_END_DECLS
