#pragma once

/* A library in a folder of its own, for the tests of store/. */

#include <sqlite3.h>
#include <glib/gstdio.h>
#include "base/memo-error.h"
#include "store/memo-store.h"

typedef struct
{
  char *folder;
  char *path;
  MemoDatabase *database;
} Fixture;

static inline void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("memo-store-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "test.memorandum", NULL);
  fixture->database = memo_database_open (fixture->path, MEMO_OPEN_CREATE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (fixture->database);
}

static inline void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  memo_database_close (fixture->database);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static inline void
fixture_reopen (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  memo_database_close (fixture->database);
  fixture->database = memo_database_open (fixture->path, MEMO_OPEN_DEFAULT, &error);
  g_assert_no_error (error);
}

#define fixture_add_test(path, function) g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

/* A record of @kind with text fields: field, text, …, -1. (transfer full) */
static inline MemoRecord *
make_record (MemoKind kind, ...)
{
  MemoRecordBuilder *builder = memo_record_builder_new (kind, NULL);
  va_list list;
  int field;

  va_start (list, kind);
  while ((field = va_arg (list, int)) != -1)
    {
      g_autoptr (GError) error = NULL;

      memo_record_builder_set_stored (builder, field, va_arg (list, const char *), &error);
      g_assert_no_error (error);
    }
  va_end (list);
  return memo_record_builder_end (builder);
}

/* A copy with one field changed. (transfer full) */
static inline MemoRecord *
edit_record (MemoRecord *record, MemoField field, const char *text)
{
  MemoRecordBuilder *builder = memo_record_builder_edit (record);

  memo_record_builder_set_text (builder, field, text);
  return memo_record_builder_end (builder);
}

/* Applies and frees @change. (transfer full) */
static inline MemoNotice *
apply (MemoDatabase *database, MemoChange *change)
{
  g_autoptr (GError) error = NULL;
  MemoNotice *notice = NULL;

  memo_database_apply (database, change, &notice, &error);
  g_assert_no_error (error);
  memo_change_unref (change);
  return notice;
}

/* Inserts and reads back. (transfer full) */
static inline MemoRecord *
insert_record (MemoDatabase *database, MemoRecord *record)
{
  MemoChange *change = memo_change_new ("Add", NULL);
  g_autoptr (MemoNotice) notice = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  const char *uuids[] = { memo_record_get_uuid (record), NULL };

  memo_change_insert (change, record);
  notice = apply (database, change);
  g_assert_nonnull (notice);
  found = memo_database_read_uuids (database, memo_record_get_kind (record), uuids, TRUE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (found->pdata[0]);
  g_object_unref (record);
  return g_object_ref (found->pdata[0]);
}

static inline MemoRecord *
read_record (MemoDatabase *database, MemoRecord *record)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  const char *uuids[] = { memo_record_get_uuid (record), NULL };

  found = memo_database_read_uuids (database, memo_record_get_kind (record), uuids, TRUE, &error);
  g_assert_no_error (error);
  return found->pdata[0] != NULL ? g_object_ref (found->pdata[0]) : NULL;
}

/* What a stranger does to the file. */
static inline void
run_sql (const char *path, const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

static inline void
assert_clean (MemoDatabase *database)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = memo_database_check (database, FALSE, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("problem: %s", (char *) problems->pdata[i]);
  g_assert_cmpuint (problems->len, ==, 0);
}
