#include "memo-library-private.h"
#include "memo-seed.h"

/* The jobs that change the library or follow its changes. Each leaves the index as the database is then. */

#define SEEDED "seeded"

MemoQuery *
memo_query_new (const char *text)
{
  MemoQuery *self = g_new0 (MemoQuery, 1);

  self->text = g_strdup (text);
  return self;
}

void
memo_query_free (gpointer query)
{
  MemoQuery *self = query;

  g_clear_pointer (&self->indexer, memo_indexer_unref);
  g_clear_pointer (&self->hold, memo_hold_unref);
  g_clear_pointer (&self->change, memo_change_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self->text);
  g_free (self->value);
  g_free (self);
}

void
memo_commit_free (gpointer commit)
{
  MemoCommit *self = commit;

  if (self == NULL)
    return;
  g_clear_pointer (&self->notice, memo_notice_unref);
  g_clear_object (&self->index);
  g_free (self->undo_name);
  g_free (self->redo_name);
  g_free (self->name);
  g_free (self);
}

/* Undone actions are the newest ones: the oldest of them is next to redo, the one before it next to undo. */
static gboolean
read_names (MemoDatabase *database, MemoCommit *commit, GError **error)
{
  for (guint limit = 16;; limit *= 8)
    {
      g_autoptr (GPtrArray) history = memo_database_read_history (database, limit, error);
      guint next = 0;

      if (history == NULL)
        return FALSE;
      while (next < history->len && ((MemoHistoryEntry *) g_ptr_array_index (history, next))->undone)
        next++;
      if (next == limit)
        continue;
      commit->can_undo = next < history->len;
      commit->can_redo = next > 0;
      if (commit->can_undo)
        {
          commit->standing = ((MemoHistoryEntry *) g_ptr_array_index (history, next))->id;
          commit->undo_name = g_strdup (((MemoHistoryEntry *) g_ptr_array_index (history, next))->name);
        }
      if (commit->can_redo)
        commit->redo_name = g_strdup (((MemoHistoryEntry *) g_ptr_array_index (history, next - 1))->name);
      return TRUE;
    }
}

/* What is done is done: a failure to read it back means to read everything again, not that it did not happen. */
MemoCommit *
memo_commit_new (MemoDatabase *database, MemoIndexer *indexer, MemoNotice *notice, MemoHistoryEntry *entry)
{
  MemoCommit *self = g_new0 (MemoCommit, 1);
  g_autoptr (GError) error = NULL;

  if (notice != NULL && !memo_indexer_update (indexer, database, notice, &error))
    {
      g_message ("The index is read again: %s", error->message);
      g_clear_error (&error);
      memo_indexer_start (indexer);
      self->reading = TRUE;
    }
  if (notice != NULL && memo_notice_is_everything (notice))
    self->reading = TRUE;
  self->notice = notice != NULL ? memo_notice_ref (notice) : NULL;
  self->index = memo_indexer_ref_index (indexer, &self->serial);
  self->seen = memo_database_get_seen (database);
  self->name = entry != NULL ? g_strdup (entry->name) : NULL;
  if (!read_names (database, self, &error))
    g_message ("The history cannot be read: %s", error->message);
  return self;
}

gpointer
memo_commit_apply_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  MemoQuery *query = data;
  g_autoptr (MemoNotice) notice = NULL;

  if (!memo_database_apply (database, query->change, &notice, error))
    return NULL;
  memo_database_set_cancellable (database, NULL);
  return memo_commit_new (database, query->indexer, notice, NULL);
}

static gpointer
walk (MemoDatabase *database, MemoQuery *query, gboolean undo, GError **error)
{
  g_autoptr (MemoNotice) notice = NULL;
  MemoHistoryEntry *entry = NULL;
  MemoCommit *commit;

  if (!(undo ? memo_database_undo : memo_database_redo) (database, &notice, &entry, error))
    return NULL;
  memo_database_set_cancellable (database, NULL);
  commit = memo_commit_new (database, query->indexer, notice, entry);
  memo_history_entry_free (entry);
  return commit;
}

gpointer
memo_commit_undo_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return walk (database, data, TRUE, error);
}

gpointer
memo_commit_redo_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return walk (database, data, FALSE, error);
}

gpointer
memo_commit_poll_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  MemoQuery *query = data;
  g_autoptr (GError) cause = NULL;
  g_autoptr (MemoNotice) notice = memo_database_poll (database, &cause);

  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  if (notice == NULL)
    return g_new0 (MemoCommit, 1);
  return memo_commit_new (database, query->indexer, notice, NULL);
}

static gboolean
is_bare (MemoDatabase *database, gboolean *ret_bare, GError **error)
{
  static const MemoKind kinds[] = { MEMO_KIND_SECTOR, MEMO_KIND_PARTY };

  *ret_bare = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (gboolean trash = FALSE; trash <= TRUE; trash++)
      {
        g_autoptr (GPtrArray) records = memo_database_scan (database, kinds[i], 0, 1, trash, FALSE, error);

        if (records == NULL)
          return FALSE;
        if (records->len > 0)
          *ret_bare = FALSE;
      }
  return TRUE;
}

/* A new library gets sectors and states. That is where it begins: nothing to undo. */
static gboolean
seed (MemoDatabase *database, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *seeded = memo_database_get_state (database, SEEDED, &cause);
  g_autoptr (MemoChange) change = NULL;
  gboolean bare;

  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (seeded != NULL)
    return TRUE;
  if (!is_bare (database, &bare, error))
    return FALSE;
  if (bare)
    {
      change = memo_seed_change ();
      if (!memo_database_apply (database, change, NULL, &cause))
        {
          /* Another process may have opened it for the first time at the same moment. */
          if (!is_bare (database, &bare, error))
            return FALSE;
          if (bare)
            {
              g_propagate_error (error, g_steal_pointer (&cause));
              return FALSE;
            }
        }
      else if (!memo_database_clear_history (database, error))
        return FALSE;
    }
  return memo_database_set_state (database, SEEDED, "1", error);
}

gpointer
memo_commit_open_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  MemoQuery *query = data;
  g_autoptr (MemoCommit) commit = NULL;

  if (query->hold != NULL)
    memo_hold_wait (query->hold, cancellable);
  if (query->flag && !seed (database, error))
    return NULL;
  memo_indexer_start (query->indexer);
  commit = memo_commit_new (database, query->indexer, NULL, NULL);
  /* Nobody can ask for anything before there is an index: it is read in one go, beside whatever the caller's thread does. */
  while (commit->index == NULL)
    {
      gboolean done;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !memo_indexer_slice (query->indexer, database, &done, error))
        return NULL;
      commit->reading = !done;
      commit->index = memo_indexer_ref_index (query->indexer, &commit->serial);
    }
  return g_steal_pointer (&commit);
}

gpointer
memo_commit_slice_job (MemoDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  MemoQuery *query = data;
  gboolean done;
  MemoCommit *commit;

  if (!memo_indexer_slice (query->indexer, database, &done, error))
    return NULL;
  commit = g_new0 (MemoCommit, 1);
  commit->reading = !done;
  commit->index = memo_indexer_ref_index (query->indexer, &commit->serial);
  commit->seen = memo_database_get_seen (database);
  return commit;
}
