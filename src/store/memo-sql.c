#include "memo-sql.h"
#include "memo-tokenizer.h"

#include <string.h>
#include <glib/gi18n.h>
#include "base/memo-error.h"

/* Beyond this many, a statement is not worth keeping: updates are built from the columns they change. */
#define STATEMENTS_MAX 200

void
memo_sql_set_moved (const char *name, MemoError code, GError **error)
{
  /* Translators: %s is the name of the library's file */
  g_set_error (error, MEMO_ERROR, code,
               _ ("The file of the library “%s” was moved away or deleted while it was open; nothing more can be "
                  "saved in it."),
               name);
}

void
memo_sql_set_error_for (sqlite3 *db, int code, const char *name, GError **error)
{
  const char *cause = db != NULL && sqlite3_errcode (db) != SQLITE_OK ? sqlite3_errmsg (db) : sqlite3_errstr (code);
  int number = db != NULL ? sqlite3_system_errno (db) : 0;

  switch (code & 0xff)
    {
    case SQLITE_INTERRUPT:
    case SQLITE_ABORT:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                           _ ("The operation was cancelled. Nothing was changed."));
      break;
    case SQLITE_FULL:
      /* Translators: name of the library's file */
      g_set_error (
          error, MEMO_ERROR, MEMO_ERROR_FULL,
          _ ("There is no space left to write the library “%s”. Nothing was changed; everything saved before is kept."),
          name);
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      if (code == SQLITE_READONLY_DBMOVED)
        memo_sql_set_moved (name, MEMO_ERROR_READ_ONLY, error);
      else
        /* Translators: name of the library's file */
        g_set_error (error, MEMO_ERROR, MEMO_ERROR_READ_ONLY,
                     _ ("The library “%s” cannot be written where it lies. Nothing was changed."), name);
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      /* Translators: name of the library's file */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_BUSY,
                   _ ("Another program is holding the library “%s”. Nothing was changed; try again in a moment."),
                   name);
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      /* Translators: name of the library's file, then the cause as the system words it */
      g_set_error (
          error, MEMO_ERROR, MEMO_ERROR_CORRUPT,
          _ ("The library “%s” is damaged (%s). Nothing was changed; a backup, if there is one, can be restored."),
          name, cause);
      break;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL:
    case SQLITE_NOLFS:
      /* SQLite says only that it could not; the system says why: "No such file or directory". */
      cause = number != 0 ? g_strerror (number) : cause;
      /* Translators: name of the library's file, then the cause as the system words it */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_IO,
                   _ ("The library “%s” could not be read or written (%s). Nothing was changed."), name, cause);
      break;
    case SQLITE_TOOBIG:
      /* Translators: name of the library's file */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_LIMIT,
                   _ ("Something is too large for the library “%s”. Nothing was changed."), name);
      break;
    case SQLITE_CONSTRAINT:
      /* Translators: name of the library's file, then the cause as the system words it */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_CONFLICT,
                   _ ("The library “%s” already holds a record with this identity (%s). Nothing was changed."), name,
                   cause);
      break;
    default:
      /* Translators: name of the library's file, then the cause as the system words it */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_FAILED, _ ("The library “%s” reports: %s. Nothing was changed."), name,
                   cause);
      break;
    }
}

void
memo_sql_set_error (MemoDatabase *self, int code, GError **error)
{
  memo_sql_set_error_for (self->db, code, self->name, error);
}

static void
finalize_cb (gpointer statement)
{
  sqlite3_finalize (statement);
}

GHashTable *
memo_sql_statements_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize_cb);
}

MemoStatement *
memo_sql_prepare (MemoDatabase *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);
  int code;

  if (statement != NULL)
    {
      g_return_val_if_fail (!sqlite3_stmt_busy (statement), NULL);
      return statement;
    }
  if (g_hash_table_size (self->statements) >= STATEMENTS_MAX)
    {
      GHashTableIter iter;
      gpointer old;

      g_hash_table_iter_init (&iter, self->statements);
      while (g_hash_table_iter_next (&iter, NULL, &old))
        if (!sqlite3_stmt_busy (old))
          g_hash_table_iter_remove (&iter);
    }
  code = sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  if (code != SQLITE_OK)
    {
      memo_sql_set_error (self, code, error);
      return NULL;
    }
  g_hash_table_insert (self->statements, g_strdup (sql), statement);
  return statement;
}

gboolean
memo_sql_step (MemoDatabase *self, MemoStatement *statement, GError **error)
{
  int code = sqlite3_step (statement);

  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    memo_sql_set_error (self, code, error);
  return FALSE;
}

gboolean
memo_sql_run (MemoDatabase *self, MemoStatement *statement, GError **error)
{
  int code = sqlite3_step (statement);

  if (code == SQLITE_DONE || code == SQLITE_ROW)
    return TRUE;
  memo_sql_set_error (self, code, error);
  return FALSE;
}

gboolean
memo_sql_exec (MemoDatabase *self, const char *sql, GError **error)
{
  int code = sqlite3_exec (self->db, sql, NULL, NULL, NULL);

  if (code != SQLITE_OK)
    memo_sql_set_error (self, code, error);
  return code == SQLITE_OK;
}

gboolean
memo_sql_int (MemoDatabase *self, const char *sql, gint64 *ret_value, GError **error)
{
  g_autoptr (MemoStatement) statement = memo_sql_prepare (self, sql, error);
  int code;

  if (statement == NULL)
    return FALSE;
  code = sqlite3_step (statement);
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    {
      memo_sql_set_error (self, code, error);
      return FALSE;
    }
  *ret_value = code == SQLITE_ROW ? sqlite3_column_int64 (statement, 0) : 0;
  return TRUE;
}

void
memo_sql_bind_text (MemoStatement *statement, int index, const char *text)
{
  if (text != NULL)
    sqlite3_bind_text (statement, index, text, -1, SQLITE_STATIC);
  else
    sqlite3_bind_null (statement, index);
}

/* Most of what is stored is ASCII, and this is asked for every value that is read. */
static gboolean
is_ascii (const char *text, gsize length)
{
  guint64 all = 0, eight;
  gsize i = 0;

  for (; i + sizeof eight <= length; i += sizeof eight)
    {
      memcpy (&eight, text + i, sizeof eight);
      all |= eight;
    }
  for (; i < length; i++)
    all |= (guchar) text[i];
  return (all & G_GUINT64_CONSTANT (0x8080808080808080)) == 0;
}

const char *
memo_sql_get_text (MemoStatement *statement, int column, char **ret_own)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  *ret_own = NULL;
  if (text == NULL || is_ascii (text, sqlite3_column_bytes (statement, column)) || g_utf8_validate (text, -1, NULL))
    return text;
  return *ret_own = g_utf8_make_valid (text, -1);
}

char *
memo_sql_dup_text (MemoStatement *statement, int column)
{
  char *own;
  const char *text = memo_sql_get_text (statement, column, &own);

  return own != NULL ? own : g_strdup (text);
}

gboolean
memo_sql_begin (MemoDatabase *self, gboolean write, GError **error)
{
  g_autoptr (MemoStatement) statement = NULL;

  if (write && self->read_only)
    {
      memo_sql_set_error_for (NULL, SQLITE_READONLY, self->name, error);
      return FALSE;
    }
  statement = memo_sql_prepare (self, write ? "BEGIN IMMEDIATE" : "BEGIN", error);
  return statement != NULL && memo_sql_run (self, statement, error);
}

gboolean
memo_sql_commit (MemoDatabase *self, GError **error)
{
  g_autoptr (MemoStatement) statement = memo_sql_prepare (self, "COMMIT", error);

  if (statement != NULL && memo_sql_run (self, statement, error))
    return TRUE;
  memo_statement_reset (g_steal_pointer (&statement));
  memo_sql_rollback (self);
  return FALSE;
}

void
memo_sql_rollback (MemoDatabase *self)
{
  /* An I/O error or a full disk may have rolled back by itself. */
  if (!sqlite3_get_autocommit (self->db))
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
}

int
memo_sql_open (const char *path, int flags, sqlite3 **ret_db)
{
  sqlite3 *db = NULL;
  int code = sqlite3_open_v2 (path, &db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);

  if (db != NULL)
    {
      sqlite3_extended_result_codes (db, 1);
      sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
      sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
      sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
      sqlite3_db_config (db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
      sqlite3_db_config (db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
      sqlite3_limit (db, SQLITE_LIMIT_ATTACHED, 0);
      sqlite3_limit (db, SQLITE_LIMIT_TRIGGER_DEPTH, 4);
      sqlite3_limit (db, SQLITE_LIMIT_SQL_LENGTH, 1000000);
      sqlite3_limit (db, SQLITE_LIMIT_EXPR_DEPTH, 100);
      sqlite3_limit (db, SQLITE_LIMIT_VDBE_OP, 25000);
      sqlite3_limit (db, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000);
      if (!memo_tokenizer_register (db) || !memo_search_register (db))
        code = code == SQLITE_OK ? SQLITE_ERROR : code;
    }
  *ret_db = db;
  return code;
}
