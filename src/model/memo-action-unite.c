#include "memo-action-private.h"

#include "base/memo-error.h"
#include "base/memo-text.h"
#include "memo-words.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
is_list (MemoField field)
{
  MemoFieldType type = memo_field_get_info (field)->type;

  return type == MEMO_FIELD_TEXTS || type == MEMO_FIELD_REFS;
}

static gboolean
is_set (MemoRecord *record, MemoField field)
{
  g_autofree char *stored = memo_record_dup_stored (record, field);

  return stored != NULL;
}

/* The items of @into, then those that only @from has. */
static void
set_union (MemoRecordBuilder *builder, MemoRecord *into, MemoRecord *from, MemoField field, const char *also)
{
  const char *const *ours = memo_record_get_texts (into, field);
  const char *const *theirs = memo_record_get_texts (from, field);
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  g_auto (GStrv) items = NULL;

  for (guint i = 0; ours[i] != NULL; i++)
    g_strv_builder_add (all, ours[i]);
  for (guint i = 0; theirs[i] != NULL; i++)
    if (!g_strv_contains (ours, theirs[i]))
      g_strv_builder_add (all, theirs[i]);
  if (also != NULL && !g_strv_contains (ours, also) && !g_strv_contains (theirs, also))
    g_strv_builder_add (all, also);
  items = g_strv_builder_end (all);
  memo_record_builder_set_texts (builder, field, (const char *const *) items);
}

/* The text of an article stays what its annotations were made on. */
static gboolean
is_body (MemoField field)
{
  return field == MEMO_ARTICLE_TEXT || field == MEMO_ARTICLE_BLOCKS || field == MEMO_ARTICLE_SHA256 ||
         field == MEMO_ARTICLE_ORIGINAL || field == MEMO_ARTICLE_MEDIA_TYPE || field == MEMO_ARTICLE_FILE ||
         field == MEMO_ARTICLE_REFERENCES || field == MEMO_ARTICLE_BIOGRAPHIES;
}

/* (transfer full); NULL with an error. */
static MemoRecord *
combine (MemoRecord *from, MemoRecord *into, const char *const *take, GError **error)
{
  MemoKind kind = memo_record_get_kind (into);
  g_autoptr (MemoRecordBuilder) builder = memo_record_builder_edit (into);
  guint n;
  const MemoFieldInfo *fields = memo_kind_get_fields (kind, &n);

  for (guint i = 0; take != NULL && take[i] != NULL; i++)
    if (memo_kind_find_field (kind, take[i]) < 0)
      {
        /* Translators: first a kind of record, then what the user typed. */
        g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("%s: there is no field “%s”."), memo_word_record (kind),
                     take[i]);
        return NULL;
      }
  for (guint i = 0; i < n; i++)
    {
      MemoField field = MEMO_FIELD (kind, i);
      gboolean taken = take != NULL && g_strv_contains (take, fields[i].name);
      g_autofree char *stored = NULL;

      if (is_body (field))
        continue;
      if (is_list (field) && !taken)
        set_union (builder, into, from, field,
                   field == MEMO_PARTY_ALIASES &&
                           g_strcmp0 (memo_record_get_title (from), memo_record_get_title (into)) != 0
                       ? memo_record_get_title (from)
                       : NULL);
      else if (taken || !is_set (into, field))
        {
          stored = memo_record_dup_stored (from, field);
          if (stored == NULL && memo_field_get_info (field)->type == MEMO_FIELD_INT)
            memo_record_builder_set_int (builder, field, MEMO_UNSET);
          else if (stored == NULL && memo_field_get_info (field)->type == MEMO_FIELD_DATE)
            memo_record_builder_set_date (builder, field, NULL);
          else if (stored == NULL)
            memo_record_builder_set_text (builder, field, NULL);
          else if (!memo_record_builder_set_stored (builder, field, stored, error))
            return NULL;
        }
    }
  return memo_record_builder_end (g_steal_pointer (&builder));
}

static char *
replace (const char *text, const char *from, const char *into)
{
  g_auto (GStrv) parts = g_strsplit (text, from, -1);

  return g_strjoinv (into, parts);
}

/* Whatever in @record names one record, names the other. @keep: a record that must not come to name itself. (transfer full) */
static MemoRecord *
redirect (MemoRecord *record, const char *from, const char *into)
{
  MemoKind kind = memo_record_get_kind (record);
  const char *own = memo_record_get_uuid (record);
  MemoRecordBuilder *builder = memo_record_builder_edit (record);
  guint n;
  const MemoFieldInfo *fields = memo_kind_get_fields (kind, &n);

  for (guint i = 0; i < n; i++)
    {
      MemoField field = MEMO_FIELD (kind, i);
      g_autofree char *stored = fields[i].heavy ? NULL : memo_record_dup_stored (record, field);
      g_autofree char *changed = NULL;

      if (stored == NULL || strstr (stored, from) == NULL)
        continue;
      changed = replace (stored, from, into);
      if (fields[i].type == MEMO_FIELD_REFS)
        {
          g_auto (GStrv) items = g_strsplit (changed, " ", -1);
          g_autoptr (GStrvBuilder) once = g_strv_builder_new ();
          g_auto (GStrv) kept = NULL;

          for (guint k = 0; items[k] != NULL; k++)
            {
              gboolean known = g_str_equal (items[k], own);

              for (guint j = 0; j < k && !known; j++)
                known = g_str_equal (items[j], items[k]);
              if (!known)
                g_strv_builder_add (once, items[k]);
            }
          kept = g_strv_builder_end (once);
          memo_record_builder_set_texts (builder, field, (const char *const *) kept);
        }
      else if (fields[i].type == MEMO_FIELD_REF)
        memo_record_builder_set_text (builder, field, g_str_equal (changed, own) ? NULL : changed);
      else
        memo_record_builder_set_stored (builder, field, changed, NULL);
    }
  return memo_record_builder_end (builder);
}

MemoChange *
memo_action_unite (MemoRecord *from, MemoRecord *into, const char *const *take, GPtrArray *referring, GError **error)
{
  MemoKind kind = memo_record_get_kind (into);
  const char *old = memo_record_get_uuid (from), *kept = memo_record_get_uuid (into);
  g_autoptr (MemoRecord) combined = NULL;
  g_autoptr (MemoRecord) changed = NULL;
  g_autoptr (MemoChange) change = NULL;
  const char *text = kind == MEMO_KIND_ARTICLE ? memo_record_get_text (into, MEMO_ARTICLE_TEXT) : NULL;

  if (memo_record_get_kind (from) != kind || g_str_equal (old, kept))
    {
      g_set_error_literal (error, MEMO_ERROR, MEMO_ERROR_INVALID,
                           _ ("Only two different records of one kind can become one."));
      return NULL;
    }
  if (memo_record_get_deleted (from) != 0 || memo_record_get_deleted (into) != 0)
    {
      g_set_error_literal (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("What is in the trash cannot be united."));
      return NULL;
    }
  combined = combine (from, into, take, error);
  if (combined == NULL)
    return NULL;
  changed = redirect (combined, old, kept);
  change = memo_change_new (N_ ("Unite duplicates"), memo_record_get_title (changed));
  memo_change_update (change, into, changed);
  for (guint i = 0; i < referring->len; i++)
    {
      MemoRecord *record = g_ptr_array_index (referring, i);
      g_autoptr (MemoRecord) redirected = NULL;

      if (g_str_equal (memo_record_get_uuid (record), old) || g_str_equal (memo_record_get_uuid (record), kept))
        continue;
      redirected = redirect (record, old, kept);
      if (text != NULL && memo_record_get_kind (record) == MEMO_KIND_ANNOTATION &&
          g_strcmp0 (memo_record_get_text (record, MEMO_ANNOTATION_ARTICLE), old) == 0)
        {
          g_autoptr (MemoRecord) placed = memo_annotation_find_again (redirected, text, NULL);

          g_set_object (&redirected, placed);
        }
      memo_change_update (change, record, redirected);
    }
  memo_change_trash (change, from);
  return g_steal_pointer (&change);
}
