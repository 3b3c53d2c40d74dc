#include "memo-merge-private.h"

#include <string.h>

/* One record that both libraries have. Fields that belong together are one unit and are decided together: the text of an
 * article with its blocks and its original, the place of an annotation with its quote. */

typedef enum
{
  SAME,
  OURS,
  THEIRS,
  BOTH /* two lists become one */
} Verdict;

const char *
memo_merge_text (MemoStatement *statement, int column)
{
  return (const char *) sqlite3_column_text (statement, column);
}

/* Index of the field that stands for the unit of field @i. */
static guint
leader_of (MemoKind kind, guint i)
{
  switch (MEMO_FIELD (kind, i))
    {
    case MEMO_ARTICLE_BLOCKS:
    case MEMO_ARTICLE_SHA256:
    case MEMO_ARTICLE_ORIGINAL:
    case MEMO_ARTICLE_MEDIA_TYPE:
    case MEMO_ARTICLE_FILE:
      return MEMO_ARTICLE_TEXT & 0xff;
    case MEMO_ANNOTATION_START:
    case MEMO_ANNOTATION_END:
    case MEMO_ANNOTATION_PREFIX:
    case MEMO_ANNOTATION_SUFFIX:
    case MEMO_ANNOTATION_STATE:
      return MEMO_ANNOTATION_EXACT & 0xff;
    default:
      return i;
    }
}

static int
compare (MemoStatement *a, MemoStatement *b, guint i)
{
  int column = MERGE_IDENTITY + i;
  const char *first, *second;
  gint64 one, other;

  if (sqlite3_column_type (a, column) == SQLITE_INTEGER && sqlite3_column_type (b, column) == SQLITE_INTEGER)
    {
      one = sqlite3_column_int64 (a, column);
      other = sqlite3_column_int64 (b, column);
      return one < other ? -1 : one > other;
    }
  first = memo_merge_text (a, column);
  second = memo_merge_text (b, column);
  return g_strcmp0 (first, second);
}

/* Of the whole unit, its leader first. */
static int
compare_unit (MemoKind kind, MemoStatement *a, MemoStatement *b, guint leader, guint n)
{
  int order = compare (a, b, leader);

  for (guint i = 0; i < n && order == 0; i++)
    if (leader_of (kind, i) == leader)
      order = compare (a, b, i);
  return order;
}

gboolean
memo_merge_read_times (MemoDatabase *side, MemoKind kind, const char *uuid, MergeTimes *ret, GError **error)
{
  g_autoptr (MemoStatement) statement = memo_sql_prepare (side, "SELECT field, time FROM edit WHERE record = ?", error);
  g_autoptr (GError) cause = NULL;

  memset (ret, 0, sizeof *ret);
  if (statement == NULL)
    return FALSE;
  memo_sql_bind_text (statement, 1, uuid);
  while (memo_sql_step (side, statement, &cause))
    {
      const char *name = memo_merge_text (statement, 0);
      gint64 time = sqlite3_column_int64 (statement, 1);
      int field = name != NULL ? memo_kind_find_field (kind, name) : -1;

      ret->latest = MAX (ret->latest, time);
      if (g_strcmp0 (name, "deleted") == 0)
        ret->trash = time;
      if (field < 0)
        continue;
      ret->edited[field & 0xff] = TRUE;
      ret->time[field & 0xff] = time;
    }
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* One side of a unit. */
typedef struct
{
  gboolean edited;
  gboolean never; /* as it was when the record was made, for certain */
  gint64 time;
} Side;

static Side
side_of (MemoKind kind, MemoStatement *row, const MergeTimes *times, guint leader, guint n)
{
  Side side = { FALSE, FALSE, sqlite3_column_int64 (row, 2) };

  for (guint i = 0; i < n; i++)
    if (leader_of (kind, i) == leader && times->edited[i])
      {
        side.time = side.edited ? MAX (side.time, times->time[i]) : times->time[i];
        side.edited = TRUE;
      }
  /* Before times were kept, "modified" is all there is to tell. */
  side.never = !side.edited && sqlite3_column_int64 (row, 3) <= MAX (sqlite3_column_int64 (row, 2), times->latest);
  return side;
}

/* Whether that side has set aside just this value, so that what it holds was said in its knowledge. */
static gboolean
knows (MemoDatabase *side, MemoStatement *row, const char *field, guint i, gint64 time, gboolean *ret, GError **error)
{
  g_autoptr (MemoStatement) statement =
      memo_sql_prepare (side, "SELECT 1 FROM earlier WHERE record = ?1 AND field = ?2 AND time = ?3 AND value IS ?4",
                        error);
  g_autoptr (GError) cause = NULL;

  if (statement == NULL)
    return FALSE;
  memo_sql_bind_text (statement, 1, memo_merge_text (row, 1));
  memo_sql_bind_text (statement, 2, field);
  sqlite3_bind_int64 (statement, 3, time);
  memo_sql_bind_text (statement, 4, memo_merge_text (row, MERGE_IDENTITY + i));
  *ret = memo_sql_step (side, statement, &cause);
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* Puts field @i of @row by, which stood in the library @from. */
static gboolean
set_aside (Merge *self, MemoKind kind, MemoStatement *row, MemoDatabase *from, guint i, gint64 time, GError **error)
{
  const char *field = memo_field_get_info (MEMO_FIELD (kind, i))->name;
  g_autoptr (MemoStatement) statement = NULL;
  gboolean known;

  if (!knows (self->ours, row, field, i, time, &known, error))
    return FALSE;
  if (known || self->dry)
    return TRUE;
  statement =
      memo_sql_prepare (self->ours,
                        "INSERT INTO earlier (record, field, value, time, origin, merged) VALUES (?, ?, ?, ?, ?, ?)",
                        error);
  if (statement == NULL)
    return FALSE;
  memo_sql_bind_text (statement, 1, memo_merge_text (row, 1));
  memo_sql_bind_text (statement, 2, field);
  memo_sql_bind_text (statement, 3, memo_merge_text (row, MERGE_IDENTITY + i));
  sqlite3_bind_int64 (statement, 4, time);
  memo_sql_bind_text (statement, 5, from->name);
  sqlite3_bind_int64 (statement, 6, self->now);
  return memo_sql_run (self->ours, statement, error);
}

static gboolean
set_unit_aside (Merge *self,
                MemoKind kind,
                MemoStatement *ours,
                MemoStatement *theirs,
                gboolean from_ours,
                guint leader,
                guint n,
                gint64 time,
                GError **error)
{
  for (guint i = 0; i < n; i++)
    if (leader_of (kind, i) == leader && compare (ours, theirs, i) != 0 &&
        MEMO_FIELD (kind, i) != MEMO_ARTICLE_SHA256 &&
        !set_aside (self, kind, from_ours ? ours : theirs, from_ours ? self->ours : self->theirs, i, time, error))
      return FALSE;
  return TRUE;
}

/* The items of a stored list. (transfer full) */
static char **
dup_items (MemoField field, const char *stored)
{
  MemoRecordBuilder *builder = memo_record_builder_new (field >> 8, NULL);
  g_autoptr (MemoRecord) record = NULL;

  if (stored != NULL)
    memo_record_builder_set_stored (builder, field, stored, NULL);
  record = memo_record_builder_end (builder);
  return g_strdupv ((char **) memo_record_get_texts (record, field));
}

/* The items of @first, then what only @second has, as stored. (transfer full) (nullable) */
static char *
dup_union (MemoField field, const char *first, const char *second)
{
  g_auto (GStrv) front = dup_items (field, first);
  g_auto (GStrv) back = dup_items (field, second);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (MemoRecord) record = NULL;
  MemoRecordBuilder *builder = memo_record_builder_new (field >> 8, NULL);

  for (guint i = 0; front[i] != NULL; i++)
    g_ptr_array_add (all, front[i]);
  for (guint i = 0; back[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) front, back[i]))
      g_ptr_array_add (all, back[i]);
  g_ptr_array_add (all, NULL);
  memo_record_builder_set_texts (builder, field, (const char *const *) all->pdata);
  record = memo_record_builder_end (builder);
  return memo_record_dup_stored (record, field);
}

static void
note_decision (Merge *self,
               MemoKind kind,
               MemoStatement *ours,
               guint leader,
               const char *kept,
               const char *aside,
               MemoDatabase *from)
{
  int title = memo_kind_get_title_field (kind);
  MemoMergeDecision *decision;

  self->result->decided++;
  if (self->result->decisions->len >= MERGE_DECISIONS)
    return;
  decision = g_new0 (MemoMergeDecision, 1);
  decision->kind = kind;
  decision->uuid = g_strdup (memo_merge_text (ours, 1));
  decision->title = title >= 0 ? memo_sql_dup_text (ours, MERGE_IDENTITY + (title & 0xff)) : NULL;
  decision->field = g_strdup (memo_field_get_info (MEMO_FIELD (kind, leader))->name);
  decision->kept = g_strdup (kept);
  decision->set_aside = g_strdup (aside);
  decision->origin = g_strdup (from->name);
  g_ptr_array_add (self->result->decisions, decision);
}

/* What is to be written into one record of ours. */
typedef struct
{
  gboolean taken[MERGE_FIELDS]; /* from theirs */
  char *made[MERGE_FIELDS];     /* a list that is neither's */
  gint64 time[MERGE_FIELDS];    /* 0: leave the time as it is */
  gboolean any;
} Plan;

static void
plan_clear (Plan *plan)
{
  for (guint i = 0; i < MERGE_FIELDS; i++)
    g_free (plan->made[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

/* Decides one unit that differs. */
static gboolean
decide (Merge *self,
        MemoKind kind,
        MemoStatement *ours,
        MemoStatement *theirs,
        const Side *us,
        const Side *them,
        guint leader,
        guint n,
        Plan *plan,
        GError **error)
{
  MemoField field = MEMO_FIELD (kind, leader);
  const MemoFieldInfo *info = memo_field_get_info (field);
  int column = MERGE_IDENTITY + leader;
  const char *our_value = memo_merge_text (ours, column), *their_value = memo_merge_text (theirs, column);
  gboolean place = field == MEMO_ANNOTATION_EXACT, known_here, known_there;
  guint told = leader; /* the field whose value tells whether this was decided before */
  Verdict verdict;

  for (guint i = 0; i < n && compare (ours, theirs, told) == 0; i++)
    if (leader_of (kind, i) == leader && compare (ours, theirs, i) != 0)
      told = i;
  if (!knows (self->ours, theirs, memo_field_get_info (MEMO_FIELD (kind, told))->name, told, them->time, &known_here,
              error) ||
      !knows (self->theirs, ours, memo_field_get_info (MEMO_FIELD (kind, told))->name, told, us->time, &known_there,
              error))
    return FALSE;
  if (known_here != known_there)
    verdict = known_here ? OURS : THEIRS;
  else if (us->edited != them->edited)
    verdict = us->edited ? OURS : THEIRS;
  else if ((info->type == MEMO_FIELD_TEXTS || info->type == MEMO_FIELD_REFS) && !us->never && !them->never &&
           !known_here)
    verdict = BOTH;
  else if (us->time != them->time)
    verdict = us->time > them->time ? OURS : THEIRS;
  /* Places differ by themselves where the texts do. */
  else if (place)
    verdict = OURS;
  else
    verdict = compare_unit (kind, ours, theirs, leader, n) > 0 ? OURS : THEIRS;

  if (verdict == OURS)
    {
      if (them->never || known_here || (place && us->time == them->time))
        return TRUE;
      note_decision (self, kind, ours, leader, our_value, their_value, self->theirs);
      return set_unit_aside (self, kind, ours, theirs, FALSE, leader, n, them->time, error);
    }
  plan->any = TRUE;
  if (verdict == THEIRS)
    {
      for (guint i = 0; i < n; i++)
        if (leader_of (kind, i) == leader && compare (ours, theirs, i) != 0)
          {
            plan->taken[i] = TRUE;
            plan->time[i] = them->edited ? them->time : 0;
          }
      if (!us->never && !known_there)
        note_decision (self, kind, ours, leader, their_value, our_value, self->ours);
      return known_there || set_unit_aside (self, kind, ours, theirs, TRUE, leader, n, us->time, error);
    }
  plan->time[leader] = us->edited ? MAX (us->time, them->time) : 0;
  if (us->time > them->time || (us->time == them->time && compare (ours, theirs, leader) > 0))
    plan->made[leader] = dup_union (field, our_value, their_value);
  else
    plan->made[leader] = dup_union (field, their_value, our_value);
  if (g_strcmp0 (plan->made[leader], our_value) == 0)
    {
      /* Nothing of theirs that ours lacks. */
      g_clear_pointer (&plan->made[leader], g_free);
      plan->time[leader] = 0;
      return set_unit_aside (self, kind, ours, theirs, FALSE, leader, n, them->time, error);
    }
  note_decision (self, kind, ours, leader, plan->made[leader], our_value, self->ours);
  return set_unit_aside (self, kind, ours, theirs, TRUE, leader, n, us->time, error) &&
         set_unit_aside (self, kind, ours, theirs, FALSE, leader, n, them->time, error);
}

static gboolean
write_plan (Merge *self, MemoKind kind, MemoStatement *ours, MemoStatement *theirs, guint n, Plan *plan, GError **error)
{
  g_autofree char *uuid = memo_sql_dup_text (ours, 1);
  gint64 id = sqlite3_column_int64 (ours, 0);
  gint64 modified = MAX (sqlite3_column_int64 (ours, 3), sqlite3_column_int64 (theirs, 3));
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (MemoStatement) statement = NULL;
  int index = 1;

  g_string_printf (sql, "UPDATE %s SET modified = ?", memo_kind_get_name (kind));
  for (guint i = 0; i < n; i++)
    if (plan->taken[i] || plan->made[i] != NULL)
      g_string_append_printf (sql, ", \"%s\" = ?", memo_field_get_info (MEMO_FIELD (kind, i))->name);
  g_string_append (sql, " WHERE id = ?");
  statement = memo_sql_prepare (self->ours, sql->str, error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, index++, modified);
  for (guint i = 0; i < n; i++)
    if (plan->made[i] != NULL)
      memo_sql_bind_text (statement, index++, plan->made[i]);
    else if (plan->taken[i])
      sqlite3_bind_value (statement, index++, sqlite3_column_value (theirs, MERGE_IDENTITY + i));
  sqlite3_bind_int64 (statement, index, id);
  sqlite3_reset (ours); /* what it stood on is about to change */
  if (!memo_sql_run (self->ours, statement, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (plan->time[i] != 0 && MEMO_FIELD (kind, i) != MEMO_ARTICLE_SHA256 &&
        !memo_edits_set (self->ours, uuid, memo_field_get_info (MEMO_FIELD (kind, i))->name, plan->time[i], error))
      return FALSE;
  return TRUE;
}

gboolean
memo_merge_changed_since (MemoDatabase *side,
                          MemoKind kind,
                          const char *uuid,
                          const MergeTimes *times,
                          gint64 time,
                          gboolean *ret,
                          GError **error)
{
  static const struct
  {
    MemoKind kind;
    const char *sql;
  } hangers[] = {
    { MEMO_KIND_ARTICLE,
      "SELECT count(*) FROM annotation WHERE \"article\" = ?1 AND deleted = 0 AND max (created, modified) > ?2" },
    { MEMO_KIND_AGREEMENT,
      "SELECT count(*) FROM follow_up WHERE \"agreement\" = ?1 AND deleted = 0 AND max (created, modified) > ?2" },
    { MEMO_KIND_AGREEMENT,
      "SELECT count(*) FROM agreement WHERE \"package\" = ?1 AND deleted = 0 AND max (created, modified) > ?2" },
    { MEMO_N_KINDS,
      "SELECT count(*) FROM evidence WHERE \"record\" = ?1 AND deleted = 0 AND max (created, modified) > ?2" },
    { MEMO_KIND_ANNOTATION,
      "SELECT count(*) FROM evidence WHERE \"annotation\" = ?1 AND deleted = 0 AND max (created, modified) > ?2" },
  };

  *ret = times->latest > time;
  for (guint i = 0; i < G_N_ELEMENTS (hangers) && !*ret; i++)
    {
      g_autoptr (MemoStatement) statement = NULL;
      g_autoptr (GError) cause = NULL;

      if (hangers[i].kind != kind && hangers[i].kind != MEMO_N_KINDS)
        continue;
      statement = memo_sql_prepare (side, hangers[i].sql, error);
      if (statement == NULL)
        return FALSE;
      memo_sql_bind_text (statement, 1, uuid);
      sqlite3_bind_int64 (statement, 2, time);
      *ret = memo_sql_step (side, statement, &cause) && sqlite3_column_int64 (statement, 0) > 0;
      if (cause != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
memo_merge_set_deleted (Merge *self, MemoKind kind, const char *uuid, gint64 deleted, gint64 time, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE %s SET deleted = ?1 WHERE uuid = ?2", memo_kind_get_name (kind));
  g_autoptr (MemoStatement) statement = NULL;

  if (deleted != 0)
    self->result->trashed++;
  else
    self->result->restored++;
  if (self->dry)
    return TRUE;
  statement = memo_sql_prepare (self->ours, sql, error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, deleted);
  memo_sql_bind_text (statement, 2, uuid);
  return memo_sql_run (self->ours, statement, error) && memo_edits_set (self->ours, uuid, "deleted", time, error);
}

/* One of the two has it in the trash. */
static gboolean
decide_trash (Merge *self,
              MemoKind kind,
              const char *uuid,
              gint64 our_deleted,
              gint64 their_deleted,
              const MergeTimes *us,
              const MergeTimes *them,
              gboolean *ret_done,
              GError **error)
{
  gboolean here = our_deleted != 0, alive;
  const MergeTimes *gone = here ? us : them, *live = here ? them : us;
  gint64 time = gone->trash != 0 ? gone->trash : our_deleted + their_deleted; /* one of them is 0 */

  if (!memo_merge_changed_since (here ? self->theirs : self->ours, kind, uuid, live, time, &alive, error))
    return FALSE;
  *ret_done = TRUE;
  if (here && alive)
    return memo_merge_set_deleted (self, kind, uuid, 0, MAX (live->latest, time), error);
  if (!here && !alive)
    return memo_merge_set_deleted (self, kind, uuid, their_deleted, time, error);
  if (!here)
    self->result->kept++;
  *ret_done = FALSE;
  return TRUE;
}

gboolean
memo_merge_take_article (Merge *self, MemoStatement *theirs, gboolean *ret_sound, GError **error)
{
  const char *text = memo_merge_text (theirs, MERGE_IDENTITY + (MEMO_ARTICLE_TEXT & 0xff));
  const char *wanted = memo_merge_text (theirs, MERGE_IDENTITY + (MEMO_ARTICLE_SHA256 & 0xff));
  const char *sha256 = memo_merge_text (theirs, MERGE_IDENTITY + (MEMO_ARTICLE_ORIGINAL & 0xff));
  g_autofree char *found = text != NULL ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1) : NULL;
  g_autoptr (MemoStatement) from = NULL;
  g_autoptr (MemoStatement) into = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) cause = NULL;
  g_autofree char *sum = NULL;

  *ret_sound = g_strcmp0 (found, wanted) == 0;
  if (!*ret_sound)
    {
      self->result->damaged++;
      return TRUE;
    }
  if (sha256 == NULL)
    return TRUE;
  from = memo_sql_prepare (self->theirs, "SELECT sha256, size, codec, data FROM original WHERE sha256 = ?", error);
  if (from == NULL)
    return FALSE;
  memo_sql_bind_text (from, 1, sha256);
  if (!memo_sql_step (self->theirs, from, &cause))
    {
      if (cause == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  bytes = memo_records_unpack (from, 3, sqlite3_column_int (from, 2), sqlite3_column_int64 (from, 1));
  sum = bytes != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes) : NULL;
  if (g_strcmp0 (sum, sha256) != 0)
    {
      self->result->damaged++;
      return TRUE;
    }
  if (self->dry)
    return TRUE;
  into = memo_sql_prepare (self->ours, "INSERT OR IGNORE INTO original (sha256, size, codec, data) VALUES (?, ?, ?, ?)",
                           error);
  if (into == NULL)
    return FALSE;
  for (int i = 0; i < 4; i++)
    sqlite3_bind_value (into, i + 1, sqlite3_column_value (from, i));
  return memo_sql_run (self->ours, into, error);
}

/* What replacing a text, or the place of a mark, means for the marks on it. */
static gboolean
follow_text (Merge *self, MemoKind kind, MemoStatement *ours, MemoStatement *theirs, Plan *plan, GError **error)
{
  guint text = MEMO_ARTICLE_TEXT & 0xff;
  gboolean sound;

  if (kind == MEMO_KIND_ARTICLE && (plan->taken[text] || plan->taken[MEMO_ARTICLE_ORIGINAL & 0xff]))
    {
      if (!memo_merge_take_article (self, theirs, &sound, error))
        return FALSE;
      for (guint i = 0; !sound && i < MERGE_FIELDS; i++)
        if (i == text || leader_of (kind, i) == text)
          plan->taken[i] = FALSE;
    }
  if (kind == MEMO_KIND_ARTICLE && compare (ours, theirs, text) != 0)
    {
      char *uuid = memo_sql_dup_text (ours, 1);

      if (plan->taken[text])
        g_hash_table_add (self->unsound, g_strdup (uuid));
      g_hash_table_add (self->texts, uuid);
    }
  for (guint i = 0; kind == MEMO_KIND_ANNOTATION && i <= (MEMO_ANNOTATION_STATE & 0xff); i++)
    if (plan->taken[i] && leader_of (kind, i) == (MEMO_ANNOTATION_EXACT & 0xff))
      {
        const char *article = memo_merge_text (theirs, MERGE_IDENTITY + (MEMO_ANNOTATION_ARTICLE & 0xff));

        if (article != NULL && g_hash_table_contains (self->texts, article))
          g_hash_table_add (self->unsound, g_strdup (article));
      }
  return TRUE;
}

gboolean
memo_merge_record (Merge *self, MemoKind kind, MemoStatement *ours, MemoStatement *theirs, GError **error)
{
  g_autofree char *uuid = memo_sql_dup_text (ours, 1);
  g_autofree char *article =
      kind == MEMO_KIND_ANNOTATION ? memo_sql_dup_text (ours, MERGE_IDENTITY + (MEMO_ANNOTATION_ARTICLE & 0xff)) : NULL;
  gint64 our_deleted = sqlite3_column_int64 (ours, 4), their_deleted = sqlite3_column_int64 (theirs, 4);
  gboolean trash = (our_deleted != 0) != (their_deleted != 0), differs = FALSE, done = FALSE;
  gboolean unit[MERGE_FIELDS] = { FALSE };
  g_auto (Plan) plan = { 0 };
  MergeTimes us, them;
  guint n;

  memo_kind_get_fields (kind, &n);
  for (guint i = 0; i < n; i++)
    if (compare (ours, theirs, i) != 0)
      differs = unit[leader_of (kind, i)] = TRUE;
  if (!differs && !trash)
    {
      self->result->same++;
      return TRUE;
    }
  if (!memo_merge_read_times (self->ours, kind, uuid, &us, error) ||
      !memo_merge_read_times (self->theirs, kind, uuid, &them, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (unit[i])
      {
        Side our_side = side_of (kind, ours, &us, i, n), their_side = side_of (kind, theirs, &them, i, n);

        if (!decide (self, kind, ours, theirs, &our_side, &their_side, i, n, &plan, error))
          return FALSE;
      }
  if (!follow_text (self, kind, ours, theirs, &plan, error))
    return FALSE;
  plan.any = FALSE;
  for (guint i = 0; i < n; i++)
    plan.any |= plan.taken[i] || plan.made[i] != NULL;
  if (plan.any && !self->dry && !write_plan (self, kind, ours, theirs, n, &plan, error))
    return FALSE;
  sqlite3_reset (ours);
  if (trash && !decide_trash (self, kind, uuid, our_deleted, their_deleted, &us, &them, &done, error))
    return FALSE;
  /* The text may have become another one while the mark lay in the trash. */
  if (kind == MEMO_KIND_ANNOTATION && done && our_deleted != 0 && article != NULL)
    g_hash_table_add (self->unsound, g_steal_pointer (&article));
  if (plan.any)
    self->result->changed[kind]++;
  else if (!done)
    self->result->same++;
  return TRUE;
}
