#pragma once

#include "model/memo-matrix.h"

G_BEGIN_DECLS

/* The numbers of the sectors view: sectors down, years, parties or statuses across. No widget, no display. */
typedef enum
{
  MEMO_ACROSS_YEAR,
  MEMO_ACROSS_PARTY,
  MEMO_ACROSS_STATUS,
  MEMO_N_ACROSS
} MemoAcross;

typedef struct
{
  char *label;  /* short */
  char *name;   /* whole */
  char *value;  /* UUID of a party, a status; NULL: years */
  int from, to; /* years; G_MININT and G_MAXINT: no limit */
} MemoSectorsColumn;

typedef struct
{
  char *uuid; /* NULL: all agreements */
  char *name;
  char *code;
  guint depth;
  gboolean parent; /* has others below it */
  guint total;
  guint *counts; /* by column */
  guint *years;  /* first_year … last_year */
} MemoSectorsRow;

typedef struct
{
  MemoAcross across;
  GArray *columns;           /* of MemoSectorsColumn */
  GPtrArray *rows;           /* of MemoSectorsRow, in tree order; the last one is that of all agreements */
  int first_year, last_year; /* last < first: nothing is dated */
  guint highest;             /* count of a cell, without the row of all */
  guint undated;             /* agreements without a year */
} MemoSectorsTable;

/* @matrix: of the facet that is across; NULL for years. @n: at most so many columns; the earliest years share one, of the
 * parties those with most are there. @year: this one; what is later shares a column. @folded: UUIDs of sectors whose rows
 * below are left out (nullable). @all: sectors without a record too. (transfer full) */
MemoSectorsTable *memo_sectors_table_new (MemoSelection *selection,
                                          MemoAcross across,
                                          MemoMatrix *matrix,
                                          guint n,
                                          int year,
                                          GHashTable *folded,
                                          gboolean all);
void memo_sectors_table_free (MemoSectorsTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoSectorsTable, memo_sectors_table_free)

/* The filter for a cell on top of @filter: @row's sector (none for all agreements) and @column (-1: the whole row).
 * (transfer full) */
MemoFilter *memo_sectors_table_make_filter (MemoSectorsTable *self, MemoFilter *filter, guint row, int column);
/* "Counts are records. …" (transfer full) */
char *memo_sectors_table_make_footer (MemoSectorsTable *self, MemoSelection *selection);

G_END_DECLS
