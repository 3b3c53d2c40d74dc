#include "memo-finder.h"

#include <string.h>

void
memo_rows_clear (MemoRows *self)
{
  for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
    g_clear_pointer (&self->kinds[kind], roaring_bitmap_free);
}

gboolean
memo_rows_contain (const MemoRows *self, MemoIndex *index, MemoKind kind, gint64 id)
{
  MemoIndexRow *row = self->kinds[kind] != NULL ? memo_index_row_by_id (index, kind, id) : NULL;

  return row != NULL && roaring_bitmap_contains (self->kinds[kind], row->node);
}

void
memo_rows_and (MemoRows *self, const MemoRows *other)
{
  for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
    if (self->kinds[kind] != NULL)
      roaring_bitmap_and_inplace (self->kinds[kind], other->kinds[kind]);
}

void
memo_rows_or (MemoRows *self, const MemoRows *other)
{
  for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
    if (self->kinds[kind] != NULL)
      roaring_bitmap_or_inplace (self->kinds[kind], other->kinds[kind]);
}

void
memo_rows_andnot (MemoRows *self, const MemoRows *other)
{
  for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
    if (self->kinds[kind] != NULL)
      roaring_bitmap_andnot_inplace (self->kinds[kind], other->kinds[kind]);
}

void
memo_rows_init_filter (MemoRows *self, MemoIndex *index, MemoFilter *filter)
{
  MemoMatches matches;

  memo_matches_init (&matches, index, filter, NULL);
  for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
    self->kinds[kind] = memo_kind_is_selected (kind) ? memo_matches_combine (&matches, kind, -1) : NULL;
  memo_matches_clear (&matches);
}

gboolean
memo_rows_init_words (MemoRows *self,
                      MemoIndex *index,
                      MemoDatabase *database,
                      const char *words,
                      gboolean typing,
                      GError **error)
{
  for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
    self->kinds[kind] = memo_kind_is_selected (kind) ? roaring_bitmap_create () : NULL;
  for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
    {
      g_autoptr (GArray) ids = NULL;

      if (self->kinds[kind] == NULL)
        continue;
      ids = memo_database_match (database, kind, words, typing, error);
      if (ids == NULL)
        {
          memo_rows_clear (self);
          return FALSE;
        }
      for (guint i = 0; i < ids->len; i++)
        {
          MemoIndexRow *row = memo_index_row_by_id (index, kind, g_array_index (ids, gint64, i));

          if (row != NULL)
            roaring_bitmap_add (self->kinds[kind], row->node);
        }
    }
  return TRUE;
}

typedef struct
{
  GString *words;      /* those that have to be there, and those that must not */
  GString *without;    /* words that must not be there, when none has to */
  GArray *wanted;      /* of MemoFieldWord */
  GArray *unwanted;    /* of MemoFieldWord */
  gboolean unfinished; /* the last of the words */
} Group;

struct _MemoFinder
{
  MemoIndex *index;
  GPtrArray *groups; /* of Group */
  GString *words;
  gboolean typing, fields, wordless;
};

static void
field_word_clear (gpointer data)
{
  g_clear_object (&((MemoFieldWord *) data)->filter);
}

static Group *
group_new (void)
{
  Group *group = g_new0 (Group, 1);

  group->words = g_string_new (NULL);
  group->without = g_string_new (NULL);
  group->wanted = g_array_new (FALSE, FALSE, sizeof (MemoFieldWord));
  group->unwanted = g_array_new (FALSE, FALSE, sizeof (MemoFieldWord));
  g_array_set_clear_func (group->wanted, field_word_clear);
  g_array_set_clear_func (group->unwanted, field_word_clear);
  return group;
}

static void
group_free (gpointer data)
{
  Group *group = data;

  g_string_free (group->words, TRUE);
  g_string_free (group->without, TRUE);
  g_array_unref (group->wanted);
  g_array_unref (group->unwanted);
  g_free (group);
}

static void
append_word (GString *words, const char *between, const char *word)
{
  if (words->len > 0)
    g_string_append (words, between);
  g_string_append (words, word);
}

/* What is left of a group for the search index; the word that is unfinished stays the last. */
static void
end_group (MemoFinder *self, Group *group, GPtrArray *negative)
{
  gboolean fields = group->wanted->len + group->unwanted->len > 0;

  for (guint i = 0; i < negative->len; i++)
    {
      const char *typed = negative->pdata[i];

      /* A minus alone is no question to the search index, which then takes the word as wanted. */
      if (group->words->len == 0 && fields)
        append_word (group->without, " OR ", g_utf8_next_char (typed));
      else
        {
          g_string_prepend_c (group->words, ' ');
          g_string_prepend (group->words, typed);
        }
    }
  if (group->words->len > 0)
    append_word (self->words, " OR ", group->words->str);
  else
    self->wordless |= fields;
  self->fields |= fields;
  g_ptr_array_set_size (negative, 0);
}

MemoFinder *
memo_finder_new (MemoIndex *index, MemoNames *names, const char *words, gboolean typing)
{
  MemoFinder *self = g_new0 (MemoFinder, 1);
  g_autoptr (GArray) items = memo_query_read (words, typing);
  g_autoptr (GPtrArray) negative = g_ptr_array_new ();
  Group *group = NULL;

  self->index = g_object_ref (index);
  self->groups = g_ptr_array_new_with_free_func (group_free);
  self->words = g_string_new (NULL);
  for (guint i = 0; i < items->len; i++)
    {
      const MemoQueryItem *item = &g_array_index (items, MemoQueryItem, i);
      MemoFieldWord word;

      if (group == NULL || item->alternative)
        {
          if (group != NULL)
            end_group (self, group, negative);
          group = group_new ();
          g_ptr_array_add (self->groups, group);
        }
      if (memo_field_word_read (index, names, item, &word))
        g_array_append_val (item->negative ? group->unwanted : group->wanted, word);
      else if (item->negative)
        g_ptr_array_add (negative, item->typed);
      else
        {
          append_word (group->words, " ", item->typed);
          self->typing = group->unfinished = item->unfinished;
        }
    }
  if (group != NULL)
    end_group (self, group, negative);
  return self;
}

void
memo_finder_free (MemoFinder *self)
{
  g_object_unref (self->index);
  g_ptr_array_unref (self->groups);
  g_string_free (self->words, TRUE);
  g_free (self);
}

const char *
memo_finder_get_words (MemoFinder *self)
{
  return self->words->str;
}

gboolean
memo_finder_is_typing (MemoFinder *self)
{
  return self->typing;
}

gboolean
memo_finder_has_fields (MemoFinder *self)
{
  return self->fields;
}

gboolean
memo_finder_is_wordless (MemoFinder *self)
{
  return self->wordless;
}

static void
init_field_word (MemoRows *rows, MemoIndex *index, const MemoFieldWord *word)
{
  for (guint kind = 0; kind < MEMO_N_KINDS && word->filter == NULL; kind++)
    rows->kinds[kind] = memo_kind_is_selected (kind) ? roaring_bitmap_create () : NULL;
  if (word->filter != NULL)
    memo_rows_init_filter (rows, index, word->filter);
  for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
    if (rows->kinds[kind] != NULL && (word->kinds & 1u << kind) != 0)
      roaring_bitmap_or_inplace (rows->kinds[kind], memo_index_live (index, kind));
}

static gboolean
run_group (MemoFinder *self, Group *group, MemoDatabase *database, gboolean words, MemoRows *rows, GError **error)
{
  if (words && group->words->len > 0)
    {
      if (!memo_rows_init_words (rows, self->index, database, group->words->str, group->unfinished, error))
        return FALSE;
    }
  else
    {
      g_autoptr (MemoFilter) all = memo_filter_new ();

      memo_rows_init_filter (rows, self->index, all);
    }
  for (guint i = 0; i < group->wanted->len; i++)
    {
      g_auto (MemoRows) some = { { NULL } };

      init_field_word (&some, self->index, &g_array_index (group->wanted, MemoFieldWord, i));
      memo_rows_and (rows, &some);
    }
  for (guint i = 0; i < group->unwanted->len; i++)
    {
      g_auto (MemoRows) some = { { NULL } };

      init_field_word (&some, self->index, &g_array_index (group->unwanted, MemoFieldWord, i));
      memo_rows_andnot (rows, &some);
    }
  if (group->without->len > 0)
    {
      g_auto (MemoRows) some = { { NULL } };

      if (!memo_rows_init_words (&some, self->index, database, group->without->str, FALSE, error))
        {
          memo_rows_clear (rows);
          return FALSE;
        }
      memo_rows_andnot (rows, &some);
    }
  return TRUE;
}

static gboolean
run_groups (MemoFinder *self, MemoDatabase *database, gboolean words, MemoRows *ret_rows, GError **error)
{
  g_auto (MemoRows) result = { { NULL } };

  for (guint i = 0; i < self->groups->len; i++)
    {
      g_auto (MemoRows) rows = { { NULL } };

      if (!run_group (self, self->groups->pdata[i], database, words, i == 0 ? &result : &rows, error))
        return FALSE;
      if (i > 0)
        memo_rows_or (&result, &rows);
    }
  /* No words: everything holds them. */
  if (self->groups->len == 0)
    {
      g_autoptr (MemoFilter) all = memo_filter_new ();

      memo_rows_init_filter (&result, self->index, all);
    }
  *ret_rows = result;
  memset (&result, 0, sizeof result);
  return TRUE;
}

gboolean
memo_finder_run (MemoFinder *self, MemoDatabase *database, MemoRows *ret_rows, GError **error)
{
  return run_groups (self, database, TRUE, ret_rows, error);
}

gboolean
memo_finder_run_around (MemoFinder *self, MemoDatabase *database, MemoRows *ret_rows, GError **error)
{
  return run_groups (self, database, self->groups->len > 1, ret_rows, error);
}
