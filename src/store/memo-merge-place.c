#include "memo-merge-private.h"

#include "base/memo-anchor.h"

/* Annotations that stand in another text than the one their place was counted in. That the place is another says nothing
 * about the annotation: its times stay. */

#define MARK_COLUMNS "id, \"exact\", \"prefix\", \"suffix\", \"start\", \"end\", \"state\""

typedef struct
{
  gint64 id;
  char *exact, *prefix, *suffix, *state;
  glong start, end;
} Mark;

static void
mark_free (gpointer data)
{
  Mark *mark = data;

  g_free (mark->exact);
  g_free (mark->prefix);
  g_free (mark->suffix);
  g_free (mark->state);
  g_free (mark);
}

/* (transfer full) */
static GPtrArray *
read_marks (MemoDatabase *database, const char *article, GError **error)
{
  g_autoptr (MemoStatement) statement =
      memo_sql_prepare (database,
                        "SELECT " MARK_COLUMNS " FROM annotation WHERE \"article\" = ? AND deleted = 0 ORDER BY id",
                        error);
  g_autoptr (GPtrArray) marks = g_ptr_array_new_with_free_func (mark_free);
  g_autoptr (GError) cause = NULL;

  if (statement == NULL)
    return NULL;
  memo_sql_bind_text (statement, 1, article);
  while (memo_sql_step (database, statement, &cause))
    {
      Mark *mark = g_new0 (Mark, 1);

      mark->id = sqlite3_column_int64 (statement, 0);
      mark->exact = memo_sql_dup_text (statement, 1);
      mark->prefix = memo_sql_dup_text (statement, 2);
      mark->suffix = memo_sql_dup_text (statement, 3);
      mark->start = sqlite3_column_type (statement, 4) != SQLITE_NULL ? sqlite3_column_int64 (statement, 4) : -1;
      mark->end = sqlite3_column_type (statement, 5) != SQLITE_NULL ? sqlite3_column_int64 (statement, 5) : -1;
      mark->state = memo_sql_dup_text (statement, 6);
      g_ptr_array_add (marks, mark);
    }
  if (cause == NULL)
    return g_steal_pointer (&marks);
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

static gboolean
write_mark (MemoDatabase *database, const Mark *mark, GError **error)
{
  g_autoptr (MemoStatement) statement =
      memo_sql_prepare (database,
                        "UPDATE annotation SET \"exact\" = ?2, \"prefix\" = ?3, \"suffix\" = ?4, \"start\" = ?5,"
                        " \"end\" = ?6, \"state\" = ?7 WHERE id = ?1",
                        error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, mark->id);
  memo_sql_bind_text (statement, 2, mark->exact);
  memo_sql_bind_text (statement, 3, mark->prefix);
  memo_sql_bind_text (statement, 4, mark->suffix);
  sqlite3_bind_int64 (statement, 5, mark->start);
  sqlite3_bind_int64 (statement, 6, mark->end);
  memo_sql_bind_text (statement, 7, mark->state);
  return memo_sql_run (database, statement, error);
}

static gboolean
find_place (Merge *self, MemoAnchorText *text, const char *plain, Mark *mark, GError **error)
{
  MemoSelector selector = { mark->exact, mark->prefix, mark->suffix, mark->start, mark->end };
  MemoAnchorResult found;
  glong start, end;
  const char *state;

  if (selector.start < 0 || selector.end < 0)
    selector.start = selector.end = -1;
  found = mark->exact != NULL ? memo_anchor_text_find (text, &selector, &start, &end, NULL) : MEMO_ANCHOR_ORPHAN;
  state = found == MEMO_ANCHOR_ORPHAN ? "orphan" : "anchored";
  if ((found == MEMO_ANCHOR_SAME || found == MEMO_ANCHOR_ORPHAN) && g_strcmp0 (mark->state, state) == 0)
    return TRUE;
  g_free (mark->state);
  mark->state = g_strdup (state);
  if (found == MEMO_ANCHOR_ORPHAN)
    self->result->orphaned++;
  else
    {
      g_clear_pointer (&mark->exact, g_free);
      g_clear_pointer (&mark->prefix, g_free);
      g_clear_pointer (&mark->suffix, g_free);
      memo_anchor_describe (plain, start, end, &mark->exact, &mark->prefix, &mark->suffix);
      mark->start = start;
      mark->end = end;
      self->result->moved++;
    }
  return write_mark (self->ours, mark, error);
}

gboolean
memo_merge_find_places (Merge *self, GError **error)
{
  GHashTableIter iter;
  const char *article;

  g_hash_table_iter_init (&iter, self->unsound);
  while (!self->dry && g_hash_table_iter_next (&iter, (gpointer *) &article, NULL))
    {
      g_autoptr (MemoStatement) statement =
          memo_sql_prepare (self->ours, "SELECT \"text\" FROM article WHERE uuid = ?", error);
      g_autoptr (MemoAnchorText) text = NULL;
      g_autoptr (GPtrArray) marks = NULL;
      g_autoptr (GError) cause = NULL;
      g_autofree char *plain = NULL;

      if (statement == NULL)
        return FALSE;
      memo_sql_bind_text (statement, 1, article);
      if (memo_sql_step (self->ours, statement, &cause))
        plain = memo_sql_dup_text (statement, 0);
      if (cause != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      marks = plain != NULL ? read_marks (self->ours, article, error) : NULL;
      if (plain == NULL)
        continue;
      if (marks == NULL)
        return FALSE;
      text = memo_anchor_text_new (plain);
      for (guint i = 0; i < marks->len; i++)
        if (!find_place (self, text, plain, g_ptr_array_index (marks, i), error))
          return FALSE;
    }
  return TRUE;
}
