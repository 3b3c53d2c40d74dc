/* Every operation on the disk fails in turn: the library is as before or as after, and the error is said.
 *
 * test-faults [--long]    without arguments every 31st operation; --long every one */
#include <string.h>
#include "base/memo-error.h"
#include "fault-vfs.h"
#include "store/memo-store.h"

#define PATH "/memory/faults.memorandum"

static gboolean
insert (MemoDatabase *database, MemoField title_field, MemoField text_field, const char *title, GError **error)
{
  MemoRecordBuilder *builder = memo_record_builder_new (title_field >> 8, NULL);
  g_autofree char *text = g_strnfill (5000, 'x');
  g_autoptr (MemoRecord) record = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (MemoOriginal) original = memo_original_new (bytes);
  g_autoptr (MemoChange) change = memo_change_new ("Edit", NULL);

  memo_record_builder_set_text (builder, title_field, title);
  memo_record_builder_set_text (builder, text_field, text);
  record = memo_record_builder_end (builder);
  if (memo_record_get_kind (record) == MEMO_KIND_ARTICLE)
    memo_change_insert_article (change, record, original);
  else
    memo_change_insert (change, record);
  return memo_database_apply (database, change, NULL, error);
}

static gboolean
insert_note (MemoDatabase *database, GError **error)
{
  return insert (database, MEMO_NOTE_TITLE, MEMO_NOTE_TEXT, "new", error);
}

static gboolean
insert_article (MemoDatabase *database, GError **error)
{
  return insert (database, MEMO_ARTICLE_TITLE, MEMO_ARTICLE_TEXT, "article", error);
}

static gboolean
undo (MemoDatabase *database, GError **error)
{
  return memo_database_undo (database, NULL, NULL, error);
}

static gboolean
redo (MemoDatabase *database, GError **error)
{
  return memo_database_redo (database, NULL, NULL, error);
}

/* The old note into the trash, or out of it. */
static gboolean throw (MemoDatabase * database, GError **error)
{
  gint64 id = 1;
  g_autoptr (GPtrArray) found = memo_database_read (database, MEMO_KIND_NOTE, &id, 1, FALSE, error);
  g_autoptr (MemoChange) change = memo_change_new ("Edit", NULL);

  if (found == NULL)
    return FALSE;
  if (memo_record_get_deleted (found->pdata[0]) == 0)
    memo_change_trash (change, found->pdata[0]);
  else
    memo_change_restore (change, found->pdata[0]);
  return memo_database_apply (database, change, NULL, error);
}

static gboolean
search (MemoDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) hits = memo_database_search (database, "new", TRUE, 10, error);

  return hits != NULL;
}

static gboolean
set_state (MemoDatabase *database, GError **error)
{
  return memo_database_set_state (database, "place", "17", error);
}

static gboolean
repair (MemoDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) problems = memo_database_check (database, TRUE, error);

  return problems != NULL;
}

/* Titles of all notes and articles by id: "a b". (transfer full) */
static char *
read_state (MemoDatabase *database)
{
  g_autoptr (GError) error = NULL;
  GString *state = g_string_new (NULL);
  static const MemoKind kinds[] = { MEMO_KIND_NOTE, MEMO_KIND_ARTICLE };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (GPtrArray) records = memo_database_scan (database, kinds[k], 0, 1000, FALSE, TRUE, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < records->len; i++)
        g_string_append_printf (state, "%s ", memo_record_get_title (records->pdata[i]));
    }
  return g_string_free (state, FALSE);
}

/* The work in which something fails, and what is there after each part. */
static const struct
{
  gboolean (*part) (MemoDatabase *database, GError **error);
  const char *state;
} parts[] = {
  { insert_note, "old new " },
  { undo, "old " },
  { redo, "old new " },
  { search, "old new " },
  { throw, "new " },
  { insert_article, "new article " },
  { set_state, "new article " },
  { undo, "new " },
  { undo, "old new " },
  { throw, "new " },
  { throw, "old new " },
  { repair, "old new " },
};

/* Stops at the first error. Returns how many parts were done. */
static guint
work (GError **error)
{
  MemoDatabase *database = memo_database_open (PATH, MEMO_OPEN_DEFAULT | MEMO_OPEN_CREATE, error);
  guint done = 0;

  while (database != NULL && done < G_N_ELEMENTS (parts) && parts[done].part (database, error))
    done++;
  memo_database_close (database);
  return done;
}

static gboolean
run (gpointer snapshot, guint at, gboolean lasting, gboolean full)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *state = NULL;
  MemoDatabase *database;
  gboolean any;
  guint done;

  fault_vfs_go_back (snapshot);
  fault_vfs_fail (at, lasting, full);
  done = work (&error);
  any = fault_vfs_has_failed ();
  if (any && error != NULL)
    g_assert_true (error->domain == MEMO_ERROR && strlen (error->message) > 20);
  if (!any)
    g_assert_no_error (error);
  fault_vfs_fail (0, FALSE, FALSE);
  database = memo_database_open (PATH, MEMO_OPEN_DEFAULT | MEMO_OPEN_CREATE, &again);
  g_assert_no_error (again);
  state = read_state (database);
  /* The last that was acknowledged, or the one that failed after it had been written. */
  if (strcmp (state, done > 0 ? parts[done - 1].state : "old ") != 0 &&
      (done == G_N_ELEMENTS (parts) || strcmp (state, parts[done].state) != 0))
    g_error ("Operation %u: “%s” after %u", at, state, done);
  problems = memo_database_check (database, FALSE, &again);
  g_assert_no_error (again);
  g_assert_cmpuint (problems->len, ==, 0);
  memo_database_close (database);
  return any;
}

int
main (int argc, char **argv)
{
  guint step = argc > 1 && strcmp (argv[1], "--long") == 0 ? 1 : 31, total = 0;
  MemoDatabase *database;
  g_autoptr (GError) error = NULL;
  gpointer snapshot;

  fault_vfs_register ();
  fault_vfs_reset ();
  database = memo_database_open (PATH, MEMO_OPEN_CREATE, &error);
  g_assert_no_error (error);
  insert (database, MEMO_NOTE_TITLE, MEMO_NOTE_TEXT, "old", &error);
  g_assert_no_error (error);
  memo_database_close (database);
  snapshot = fault_vfs_snapshot ();
  for (int kind = 0; kind < 4; kind++)
    for (guint at = 1 + kind; run (snapshot, at, kind & 1, kind & 2); at += step)
      total++;
  g_print ("%u operations failed, each left the library whole\n", total);
  fault_vfs_snapshot_free (snapshot);
  fault_vfs_reset ();
  return 0;
}
