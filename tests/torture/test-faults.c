/* Every operation on the disk fails in turn: the library is as before or as after, and the error is said.
 *
 * test-faults [--long]    without arguments every 7th operation; --long every one */
#include <string.h>
#include "base/memo-error.h"
#include "fault-vfs.h"
#include "store/memo-store.h"

#define PATH "/memory/faults.memorandum"

static MemoRecord *
make_note (const char *title)
{
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_NOTE, NULL);
  g_autofree char *text = g_strnfill (5000, 'x');

  memo_record_builder_set_text (builder, MEMO_NOTE_TITLE, title);
  memo_record_builder_set_text (builder, MEMO_NOTE_TEXT, text);
  return memo_record_builder_end (builder);
}

static gboolean
insert (MemoDatabase *database, const char *title, GError **error)
{
  g_autoptr (MemoRecord) note = make_note (title);
  g_autoptr (MemoChange) change = memo_change_new ("Edit", NULL);

  memo_change_insert (change, note);
  return memo_database_apply (database, change, NULL, error);
}

/* Titles of all notes, sorted by id: "a b". (transfer full) */
static char *
read_state (MemoDatabase *database)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notes = memo_database_scan (database, MEMO_KIND_NOTE, 0, 1000, FALSE, TRUE, &error);
  GString *state = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < notes->len; i++)
    g_string_append_printf (state, "%s ", memo_record_get_title (notes->pdata[i]));
  return g_string_free (state, FALSE);
}

/* The work in which something fails: open, edit, undo, redo, search. Stops at the first error. Returns how many of the
 * edits were acknowledged. */
static int
work (GError **error)
{
  MemoDatabase *database = memo_database_open (PATH, MEMO_OPEN_DEFAULT | MEMO_OPEN_CREATE, error);
  g_autoptr (GPtrArray) hits = NULL;
  int done = 0;

  if (database == NULL)
    return 0;
  if (insert (database, "new", error))
    {
      done++;
      if (memo_database_undo (database, NULL, NULL, error))
        {
          done++;
          if (memo_database_redo (database, NULL, NULL, error))
            {
              done++;
              hits = memo_database_search (database, "new", TRUE, 10, error);
            }
        }
    }
  memo_database_close (database);
  return done;
}

static gboolean
run (gpointer snapshot, guint at, gboolean lasting, gboolean full)
{
  static const char *const states[] = { "old ", "old new ", "old ", "old new " };
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *state = NULL;
  MemoDatabase *database;
  gboolean any;
  int done;

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
  if (strcmp (state, states[done]) != 0 && (done == 3 || strcmp (state, states[done + 1]) != 0))
    g_error ("Operation %u: “%s” after %d", at, state, done);
  problems = memo_database_check (database, FALSE, &again);
  g_assert_no_error (again);
  g_assert_cmpuint (problems->len, ==, 0);
  memo_database_close (database);
  return any;
}

int
main (int argc, char **argv)
{
  guint step = argc > 1 && strcmp (argv[1], "--long") == 0 ? 1 : 7, total = 0;
  MemoDatabase *database;
  g_autoptr (GError) error = NULL;
  gpointer snapshot;

  fault_vfs_register ();
  fault_vfs_reset ();
  database = memo_database_open (PATH, MEMO_OPEN_CREATE, &error);
  g_assert_no_error (error);
  insert (database, "old", &error);
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
