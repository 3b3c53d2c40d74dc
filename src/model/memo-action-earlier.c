#include "memo-action-private.h"

#include "base/memo-error.h"

#include <glib/gi18n.h>

/* Fields that were set aside together are taken back together: the text of an article with its blocks and its original, the
 * place of an annotation with its quote. */
static MemoField
unit_of (MemoField field)
{
  switch ((int) field)
    {
    case MEMO_ARTICLE_BLOCKS:
    case MEMO_ARTICLE_ORIGINAL:
    case MEMO_ARTICLE_MEDIA_TYPE:
    case MEMO_ARTICLE_FILE:
      return MEMO_ARTICLE_TEXT;
    case MEMO_ANNOTATION_START:
    case MEMO_ANNOTATION_END:
    case MEMO_ANNOTATION_PREFIX:
    case MEMO_ANNOTATION_SUFFIX:
    case MEMO_ANNOTATION_STATE:
      return MEMO_ANNOTATION_EXACT;
    default:
      return field;
    }
}

gboolean
memo_action_is_earlier_shown (MemoRecord *record, GPtrArray *earlier, guint position)
{
  MemoEarlier *one = g_ptr_array_index (earlier, position);
  int field = memo_kind_find_field (memo_record_get_kind (record), one->field);
  g_autofree char *now = NULL;

  if (field < 0 || unit_of (field) != (MemoField) field)
    return FALSE;
  if (memo_field_get_info (field)->heavy && !memo_record_is_whole (record))
    return TRUE;
  now = memo_record_dup_stored (record, field);
  return g_strcmp0 (now, one->value) != 0;
}

static gboolean
set_stored (MemoRecordBuilder *builder, MemoField field, const char *stored, GError **error)
{
  if (stored != NULL)
    return memo_record_builder_set_stored (builder, field, stored, error);
  switch (memo_field_get_info (field)->type)
    {
    case MEMO_FIELD_INT:
      memo_record_builder_set_int (builder, field, MEMO_UNSET);
      break;
    case MEMO_FIELD_DATE:
      memo_record_builder_set_date (builder, field, NULL);
      break;
    case MEMO_FIELD_TEXTS:
    case MEMO_FIELD_REFS:
      memo_record_builder_set_texts (builder, field, NULL);
      break;
    default:
      memo_record_builder_set_text (builder, field, NULL);
    }
  return TRUE;
}

MemoChange *
memo_action_use_earlier (MemoRecord *record, GPtrArray *earlier, gint64 id, GPtrArray *annotations, GError **error)
{
  MemoKind kind = memo_record_get_kind (record);
  g_autoptr (MemoRecordBuilder) builder = memo_record_builder_edit (record);
  g_autoptr (MemoRecord) changed = NULL;
  g_autoptr (MemoChange) change = NULL;
  MemoEarlier *wanted = NULL;
  MemoField unit;

  for (guint i = 0; i < earlier->len && wanted == NULL; i++)
    if (((MemoEarlier *) earlier->pdata[i])->id == id)
      wanted = earlier->pdata[i];
  if (wanted == NULL || memo_kind_find_field (kind, wanted->field) < 0)
    {
      g_set_error_literal (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND, _ ("The record has no such earlier value."));
      return NULL;
    }
  unit = unit_of (memo_kind_find_field (kind, wanted->field));
  for (guint i = 0; i < earlier->len; i++)
    {
      MemoEarlier *one = g_ptr_array_index (earlier, i);
      int field = memo_kind_find_field (kind, one->field);

      if (field >= 0 && unit_of (field) == unit && one->merged == wanted->merged && one->time == wanted->time &&
          g_strcmp0 (one->origin, wanted->origin) == 0 && !set_stored (builder, field, one->value, error))
        return NULL;
    }
  changed = memo_record_builder_end (g_steal_pointer (&builder));
  change = memo_change_new (N_ ("Use earlier value"), memo_record_get_title (record));
  memo_change_update (change, record, changed);
  for (guint i = 0; unit == MEMO_ARTICLE_TEXT && annotations != NULL && i < annotations->len; i++)
    {
      const char *text = memo_record_get_text (changed, MEMO_ARTICLE_TEXT);
      g_autoptr (MemoRecord) placed =
          memo_annotation_find_again (annotations->pdata[i], text != NULL ? text : "", NULL);

      memo_change_update (change, annotations->pdata[i], placed);
    }
  return g_steal_pointer (&change);
}
