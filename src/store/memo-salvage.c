#include "memo-salvage.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include "base/memo-error.h"
#include "memo-sql.h"

/* A file whose pages are damaged is read row by row from both ends of every table; what lies between two damaged places is asked for
 * by its number. What was read goes into a new library, where the index is made anew. */

#define GAP_MAX 200000 /* numbers asked for one by one */

typedef struct
{
  sqlite3 *from;
  MemoDatabase *to;
  guint saved, lost;
} Salvage;

/* The columns of @table that both files have: "id", "uuid", … (transfer full) */
static char *
list_columns (Salvage *salvage, const char *table, guint *ret_n)
{
  g_autofree char *sql = g_strdup_printf ("SELECT name FROM pragma_table_info ('%s')", table);
  g_autoptr (GString) columns = g_string_new (NULL);
  sqlite3_stmt *statement = NULL;

  *ret_n = 0;
  if (sqlite3_prepare_v2 (salvage->to->db, sql, -1, &statement, NULL) == SQLITE_OK)
    while (sqlite3_step (statement) == SQLITE_ROW)
      {
        const char *name = (const char *) sqlite3_column_text (statement, 0);
        g_autofree char *try = g_strdup_printf ("SELECT \"%s\" FROM %s LIMIT 0", name, table);
        sqlite3_stmt *there = NULL;

        if (sqlite3_prepare_v2 (salvage->from, try, -1, &there, NULL) == SQLITE_OK)
          {
            g_string_append_printf (columns, "%s\"%s\"", *ret_n > 0 ? ", " : "", name);
            (*ret_n)++;
          }
        sqlite3_finalize (there);
      }
  sqlite3_finalize (statement);
  return *ret_n > 0 ? g_string_free (g_steal_pointer (&columns), FALSE) : NULL;
}

/* The row that @from stands on. */
static void
put_row (Salvage *salvage, sqlite3_stmt *from, sqlite3_stmt *to, guint n)
{
  for (guint i = 0; i < n; i++)
    sqlite3_bind_value (to, i + 1, sqlite3_column_value (from, i + 1));
  /* One that cannot be is not worth the others. */
  if (sqlite3_step (to) == SQLITE_DONE)
    salvage->saved++;
  else
    salvage->lost++;
  sqlite3_reset (to);
  sqlite3_clear_bindings (to);
}

/* Rows with numbers beyond @after, upwards or downwards, until the end or the first damage. @ret_last: the last that was read. FALSE:
 * damage. */
static gboolean
run_along (Salvage *salvage, const char *sql, sqlite3_stmt *to, guint n, gint64 after, gint64 *ret_last)
{
  sqlite3_stmt *from = NULL;
  int code = sqlite3_prepare_v2 (salvage->from, sql, -1, &from, NULL);

  if (code == SQLITE_OK)
    {
      sqlite3_bind_int64 (from, 1, after);
      while ((code = sqlite3_step (from)) == SQLITE_ROW)
        {
          *ret_last = sqlite3_column_int64 (from, 0);
          put_row (salvage, from, to, n);
        }
    }
  sqlite3_finalize (from);
  return code == SQLITE_DONE;
}

static void
save_table (Salvage *salvage, const char *table)
{
  guint n;
  g_autofree char *columns = list_columns (salvage, table, &n);
  g_autoptr (GString) places = g_string_new ("?");
  g_autofree char *insert = NULL;
  g_autofree char *up = NULL;
  g_autofree char *down = NULL;
  g_autofree char *one = NULL;
  sqlite3_stmt *to = NULL, *from = NULL;
  gint64 first = G_MININT64, last = G_MAXINT64;

  if (columns == NULL)
    return;
  for (guint i = 1; i < n; i++)
    g_string_append (places, ", ?");
  insert = g_strdup_printf ("INSERT OR IGNORE INTO %s (%s) VALUES (%s)", table, columns, places->str);
  up = g_strdup_printf ("SELECT rowid, %s FROM %s NOT INDEXED WHERE rowid > ? ORDER BY rowid", columns, table);
  down = g_strdup_printf ("SELECT rowid, %s FROM %s NOT INDEXED WHERE rowid > ? ORDER BY rowid DESC", columns, table);
  one = g_strdup_printf ("SELECT rowid, %s FROM %s NOT INDEXED WHERE rowid = ?", columns, table);
  if (sqlite3_prepare_v2 (salvage->to->db, insert, -1, &to, NULL) == SQLITE_OK &&
      !run_along (salvage, up, to, n, G_MININT64, &first) && !run_along (salvage, down, to, n, first, &last) &&
      sqlite3_prepare_v2 (salvage->from, one, -1, &from, NULL) == SQLITE_OK)
    {
      if (first == G_MININT64)
        first = 0;
      for (gint64 id = first + 1; id < last && id - first < GAP_MAX; id++)
        {
          int code;

          sqlite3_bind_int64 (from, 1, id);
          code = sqlite3_step (from);
          if (code == SQLITE_ROW)
            put_row (salvage, from, to, n);
          else if (code != SQLITE_DONE)
            salvage->lost++;
          sqlite3_reset (from);
        }
    }
  sqlite3_finalize (from);
  sqlite3_finalize (to);
}

/* The times of edits have no numbers to ask for: they are read from both ends. */
static void
save_edits (Salvage *salvage)
{
  sqlite3_stmt *to = NULL;
  gint64 ignored;

  if (sqlite3_prepare_v2 (salvage->to->db, "INSERT OR IGNORE INTO edit (record, field, time) VALUES (?, ?, ?)", -1, &to,
                          NULL) == SQLITE_OK &&
      !run_along (salvage, "SELECT ?1, record, field, time FROM edit ORDER BY record, field", to, 3, 0, &ignored))
    run_along (salvage, "SELECT ?1, record, field, time FROM edit ORDER BY record DESC, field DESC", to, 3, 0,
               &ignored);
  sqlite3_finalize (to);
}

char *
memo_store_salvage (const char *path, guint *ret_saved, guint *ret_lost, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *saved = g_strdup_printf ("%s.salvaged-%s.memorandum", path, time);
  Salvage salvage = { NULL };
  int code;

  if (g_file_test (saved, G_FILE_TEST_EXISTS))
    {
      /* Translators: path of a file */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_FAILED, _ ("“%s” is there already."), saved);
      return NULL;
    }
  code = memo_sql_open (path, SQLITE_OPEN_READONLY, &salvage.from);
  if (code == SQLITE_OK)
    code = sqlite3_exec (salvage.from, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
  if (code != SQLITE_OK)
    {
      memo_sql_set_error_for (salvage.from, code, name, error);
      sqlite3_close (salvage.from);
      return NULL;
    }
  salvage.to = memo_database_open (saved, MEMO_OPEN_CREATE, error);
  if (salvage.to == NULL)
    {
      sqlite3_close (salvage.from);
      return NULL;
    }
  if (memo_sql_begin (salvage.to, TRUE, error))
    {
      for (MemoKind kind = 0; kind < MEMO_N_KINDS; kind++)
        save_table (&salvage, memo_kind_get_name (kind));
      *ret_saved = salvage.saved;
      *ret_lost = salvage.lost;
      save_table (&salvage, "original");
      save_table (&salvage, "earlier");
      save_edits (&salvage);
      if (memo_sql_commit (salvage.to, error))
        {
          memo_database_close (salvage.to);
          sqlite3_close (salvage.from);
          return g_steal_pointer (&saved);
        }
    }
  memo_database_close (salvage.to);
  sqlite3_close (salvage.from);
  g_unlink (saved);
  return NULL;
}
