#include "memo-sectors-table.h"

#include <glib/gi18n.h>

#include "model/memo-words.h"

static void
clear_column (gpointer data)
{
  MemoSectorsColumn *column = data;

  g_free (column->label);
  g_free (column->name);
  g_free (column->value);
}

static void
free_row (gpointer data)
{
  MemoSectorsRow *row = data;

  g_free (row->uuid);
  g_free (row->name);
  g_free (row->code);
  g_free (row->counts);
  g_free (row->years);
  g_free (row);
}

static void
add_years (MemoSectorsTable *self, int from, int to)
{
  MemoSectorsColumn column = { .from = from, .to = to };

  if (from == to)
    column.label = g_strdup_printf ("%d", from);
  else if (from == G_MININT)
    /* Translators: a column for this year and all before it. */
    column.label = g_strdup_printf (_ ("to %d"), to);
  else
    column.label = g_strdup_printf ("→ %d", self->last_year);
  column.name = from == to ? g_strdup (column.label)
                           : g_strdup_printf ("%d–%d", MAX (from, self->first_year), MIN (to, self->last_year));
  g_array_append_val (self->columns, column);
}

static void
add_year_columns (MemoSectorsTable *self, guint n, int year)
{
  int last, first;
  gboolean later = self->last_year > year;

  if (self->last_year < self->first_year)
    return;
  n = MAX (n, 3);
  last = later ? MAX (year, self->first_year - 1) : self->last_year;
  first = MAX (self->first_year, last - (int) n + 1 + later);
  if (first > self->first_year)
    {
      first++;
      add_years (self, G_MININT, first - 1);
    }
  for (int i = first; i <= last; i++)
    add_years (self, i, i);
  /* A single year to come is named as itself. */
  if (later && last + 1 == self->last_year)
    add_years (self, self->last_year, self->last_year);
  else if (later)
    add_years (self, last + 1, G_MAXINT);
}

static void
add_value_column (MemoSectorsTable *self, MemoIndex *index, const char *value)
{
  MemoSectorsColumn column = { .value = g_strdup (value), .from = G_MININT, .to = G_MAXINT };

  if (self->across == MEMO_ACROSS_PARTY)
    {
      MemoRecord *party = memo_index_get_record (index, MEMO_KIND_PARTY, value);
      const char *code = party ? memo_record_get_text (party, MEMO_PARTY_CODE) : NULL;

      column.name = memo_word_name (index, MEMO_KIND_PARTY, value);
      column.label = g_strdup (code ? code : column.name);
    }
  else
    {
      column.name = g_strdup (memo_word_status (value));
      column.label = g_strdup (column.name);
    }
  g_array_append_val (self->columns, column);
}

static void
add_columns (MemoSectorsTable *self, MemoSelection *selection, MemoMatrix *matrix, guint n, int year)
{
  MemoIndex *index = memo_selection_get_index (selection);

  if (self->across == MEMO_ACROSS_YEAR)
    {
      add_year_columns (self, n, year);
    }
  else if (self->across == MEMO_ACROSS_PARTY)
    {
      GArray *parties = memo_selection_get_facet (selection, MEMO_FACET_PARTY);

      for (guint i = 0; parties && i < parties->len && self->columns->len < n; i++)
        {
          const char *value = g_array_index (parties, MemoFacetCount, i).value;

          if (memo_matrix_get (matrix, NULL, value) > 0)
            add_value_column (self, index, value);
        }
    }
  else
    {
      const char *const *values = memo_word_get_values (MEMO_AGREEMENT_STATUS);

      for (guint i = 0; values && values[i]; i++)
        add_value_column (self, index, values[i]);
    }
}

static guint
get_year (MemoSelection *selection, const char *sector, int year)
{
  GArray *years;

  if (sector)
    return memo_selection_get_cell (selection, sector, year);
  years = memo_selection_get_years (selection);
  for (guint i = 0; i < years->len; i++)
    if (g_array_index (years, MemoYearCount, i).year == year)
      return g_array_index (years, MemoYearCount, i).count;
  return 0;
}

static void
count_row (MemoSectorsTable *self, MemoSectorsRow *row, MemoSelection *selection, MemoMatrix *matrix)
{
  row->counts = g_new0 (guint, self->columns->len + 1);
  row->years = g_new0 (guint, MAX (self->last_year - self->first_year + 1, 0) + 1);
  row->total = row->uuid ? memo_selection_get_cell (selection, row->uuid, G_MAXINT)
                         : memo_selection_get_count (selection, MEMO_KIND_AGREEMENT);
  for (int year = self->first_year; year <= self->last_year; year++)
    row->years[year - self->first_year] = get_year (selection, row->uuid, year);
  for (guint i = 0; i < self->columns->len; i++)
    {
      const MemoSectorsColumn *column = &g_array_index (self->columns, MemoSectorsColumn, i);

      if (column->value)
        row->counts[i] = memo_matrix_get (matrix, row->uuid, column->value);
      else
        for (int year = MAX (column->from, self->first_year); year <= MIN (column->to, self->last_year); year++)
          row->counts[i] += row->years[year - self->first_year];
      if (row->uuid)
        self->highest = MAX (self->highest, row->counts[i]);
    }
}

/* Depth of a sector in the tree; -1 when it stands below a folded one. */
static int
get_depth (MemoIndex *index, MemoRecord *sector, GHashTable *folded)
{
  const char *parent = memo_record_get_text (sector, MEMO_SECTOR_PARENT);
  int depth = 0;

  for (; parent && depth < 32; depth++)
    {
      MemoRecord *above = memo_index_get_record (index, MEMO_KIND_SECTOR, parent);

      if (!above)
        break;
      if (folded && g_hash_table_contains (folded, parent))
        return -1;
      parent = memo_record_get_text (above, MEMO_SECTOR_PARENT);
    }
  return depth;
}

static gboolean
is_listed (MemoSelection *selection, const char *uuid, gboolean all)
{
  return all || memo_selection_get_cell (selection, uuid, G_MAXINT) > 0;
}

/* Is anything below it in the table, or would be if it were not folded? */
static gboolean
has_below (GPtrArray *sectors, MemoSelection *selection, const char *uuid, gboolean all)
{
  for (guint i = 0; i < sectors->len; i++)
    {
      MemoRecord *sector = g_ptr_array_index (sectors, i);

      if (g_strcmp0 (memo_record_get_text (sector, MEMO_SECTOR_PARENT), uuid) == 0 &&
          is_listed (selection, memo_record_get_uuid (sector), all))
        return TRUE;
    }
  return FALSE;
}

static void
add_rows (MemoSectorsTable *self, MemoSelection *selection, MemoMatrix *matrix, GHashTable *folded, gboolean all)
{
  MemoIndex *index = memo_selection_get_index (selection);
  GPtrArray *sectors = memo_index_get_records (index, MEMO_KIND_SECTOR);
  MemoSectorsRow *row;

  for (guint i = 0; sectors && i < sectors->len; i++)
    {
      MemoRecord *sector = g_ptr_array_index (sectors, i);
      const char *uuid = memo_record_get_uuid (sector);
      int depth = get_depth (index, sector, folded);

      if (depth < 0 || !is_listed (selection, uuid, all))
        continue;
      row = g_new0 (MemoSectorsRow, 1);
      row->uuid = g_strdup (uuid);
      row->name = memo_word_name (index, MEMO_KIND_SECTOR, uuid);
      row->code = g_strdup (memo_record_get_text (sector, MEMO_SECTOR_CODE));
      row->depth = depth;
      row->parent = has_below (sectors, selection, uuid, all);
      count_row (self, row, selection, matrix);
      g_ptr_array_add (self->rows, row);
    }
  row = g_new0 (MemoSectorsRow, 1);
  row->name = g_strdup (_ ("All agreements"));
  count_row (self, row, selection, matrix);
  g_ptr_array_add (self->rows, row);
}

MemoSectorsTable *
memo_sectors_table_new (MemoSelection *selection,
                        MemoAcross across,
                        MemoMatrix *matrix,
                        guint n,
                        int year,
                        GHashTable *folded,
                        gboolean all)
{
  MemoSectorsTable *self = g_new0 (MemoSectorsTable, 1);
  GArray *years = memo_selection_get_years (selection);
  guint dated = 0;

  self->across = across;
  self->columns = g_array_new (FALSE, TRUE, sizeof (MemoSectorsColumn));
  g_array_set_clear_func (self->columns, clear_column);
  self->rows = g_ptr_array_new_with_free_func (free_row);
  self->first_year = years->len > 0 ? g_array_index (years, MemoYearCount, 0).year : 0;
  self->last_year = years->len > 0 ? g_array_index (years, MemoYearCount, years->len - 1).year : -1;
  for (guint i = 0; i < years->len; i++)
    dated += g_array_index (years, MemoYearCount, i).count;
  self->undated = memo_selection_get_count (selection, MEMO_KIND_AGREEMENT) - dated;
  add_columns (self, selection, matrix, n, year);
  add_rows (self, selection, matrix, folded, all);
  return self;
}

void
memo_sectors_table_free (MemoSectorsTable *self)
{
  g_array_unref (self->columns);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static MemoDate *
make_year (int year)
{
  g_autofree char *text = year == G_MININT || year == G_MAXINT ? NULL : g_strdup_printf ("%04d", year);

  return text ? memo_date_new (text, NULL) : NULL;
}

static MemoFilter *
choose (MemoFilter *filter, MemoFacet facet, const char *value)
{
  g_autoptr (MemoFilter) without = memo_filter_without_facet (filter, facet);

  return memo_filter_with (without, facet, MEMO_CHOICE_ANY, value);
}

MemoFilter *
memo_sectors_table_make_filter (MemoSectorsTable *self, MemoFilter *filter, guint row, int column)
{
  const MemoSectorsRow *sector = g_ptr_array_index (self->rows, row);
  g_autoptr (MemoFilter) chosen =
      sector->uuid ? choose (filter, MEMO_FACET_SECTOR, sector->uuid) : g_object_ref (filter);

  if (column >= 0 && column < (int) self->columns->len)
    {
      const MemoSectorsColumn *info = &g_array_index (self->columns, MemoSectorsColumn, column);

      if (info->value)
        {
          return choose (chosen, self->across == MEMO_ACROSS_PARTY ? MEMO_FACET_PARTY : MEMO_FACET_STATUS, info->value);
        }
      else
        {
          g_autoptr (MemoDate) from = make_year (info->from), to = make_year (info->to);

          return memo_filter_with_dates (chosen, from, to);
        }
    }
  return g_steal_pointer (&chosen);
}

char *
memo_sectors_table_make_footer (MemoSectorsTable *self, MemoSelection *selection)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
  guint declared, identified;

  memo_selection_get_packages (selection, &declared, &identified);
  g_ptr_array_add (sentences, g_strdup (_ ("Counts are records.")));
  if (declared > 0)
    {
      g_ptr_array_add (sentences, g_strdup_printf (ngettext ("Packages declare %u agreement.",
                                                             "Packages declare %u agreements.", declared),
                                                   declared));
      g_ptr_array_add (sentences, g_strdup_printf (ngettext ("Of these %u is identified.",
                                                             "Of these %u are identified.", identified),
                                                   identified));
    }
  if (self->undated > 0 && self->across == MEMO_ACROSS_YEAR)
    g_ptr_array_add (sentences, g_strdup_printf (ngettext ("%u undated record is not in the columns.",
                                                           "%u undated records are not in the columns.", self->undated),
                                                 self->undated));
  g_ptr_array_add (sentences, NULL);
  return g_strjoinv (" ", (char **) sentences->pdata);
}
