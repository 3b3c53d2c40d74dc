#include "memo-value-words.h"

#include "base/memo-language.h"
#include "base/memo-text.h"
#include "memo-words.h"

/* The kind of the records that a field names; -1: not held whole in the index. */
static int
kind_named_by (MemoField field)
{
  switch ((int) field)
    {
    case MEMO_ARTICLE_AUTHORS:
    case MEMO_ANNOTATION_SPEAKER:
    case MEMO_AGREEMENT_PARTIES:
    case MEMO_EVENT_PARTIES:
    case MEMO_BODY_PARTIES:
      return MEMO_KIND_PARTY;
    case MEMO_ARTICLE_SECTORS:
    case MEMO_ANNOTATION_SECTORS:
    case MEMO_AGREEMENT_SECTORS:
    case MEMO_EVENT_SECTORS:
    case MEMO_SECTOR_PARENT:
      return MEMO_KIND_SECTOR;
    case MEMO_AGREEMENT_BODY:
    case MEMO_EVENT_BODY:
      return MEMO_KIND_BODY;
    default:
      return -1;
    }
}

/* "Türkiye, Venezuela"; what is not known stays as it is. */
static char *
name_all (MemoIndex *index, int kind, const char *const *uuids)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; uuids[i] != NULL; i++)
    {
      gboolean known = index != NULL && kind >= 0 && memo_index_get_record (index, kind, uuids[i]) != NULL;
      g_autofree char *name = known ? memo_word_name (index, kind, uuids[i]) : NULL;

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name != NULL ? name : uuids[i]);
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

/* {"uuid":"guarantor"} → "Türkiye: guarantor" */
static char *
name_roles (MemoIndex *index, const char *json)
{
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GList) parties = NULL;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return g_strdup (json);
  parties = json_object_get_members (json_node_get_object (root));
  for (GList *at = parties; at != NULL; at = at->next)
    {
      const char *uuids[] = { at->data, NULL };
      g_autofree char *name = name_all (index, MEMO_KIND_PARTY, uuids);
      JsonNode *role = json_object_get_member (json_node_get_object (root), at->data);

      if (json_node_get_value_type (role) == G_TYPE_STRING)
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? ", " : "", name, json_node_get_string (role));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
memo_value_words (MemoIndex *index, MemoField field, const char *stored, glong length)
{
  MemoKind kind = field >> 8;
  const MemoFieldInfo *info = memo_field_get_info (field);
  MemoRecordBuilder *builder;
  g_autoptr (MemoRecord) record = NULL;
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;

  if (stored == NULL)
    return g_strdup ("");
  builder = memo_record_builder_new (kind, NULL);
  memo_record_builder_set_stored (builder, field, stored, NULL);
  record = memo_record_builder_end (builder);
  if (info->type == MEMO_FIELD_REFS)
    text = name_all (index, kind_named_by (field), memo_record_get_texts (record, field));
  else if (info->type == MEMO_FIELD_REF)
    {
      const char *uuids[] = { stored, NULL };

      text = name_all (index, kind_named_by (field), uuids);
    }
  else if (field == MEMO_AGREEMENT_ROLES)
    text = name_roles (index, stored);
  else if (info->type == MEMO_FIELD_TEXTS)
    text = g_strjoinv (", ", (char **) memo_record_get_texts (record, field));
  else if (info->type == MEMO_FIELD_DATE && memo_record_get_date (record, field) != NULL)
    text = memo_date_format (memo_record_get_date (record, field), memo_language_of_interface (), MEMO_DATE_STYLE_LONG);
  else if (field == MEMO_AGREEMENT_STATUS || field == MEMO_FOLLOW_UP_STATUS)
    text = g_strdup (memo_word_status (stored));
  else if (field == MEMO_ANNOTATION_COLOR)
    text = g_strdup (memo_word_color (stored));
  else if ((int) field == memo_kind_find_field (kind, "kind"))
    text = g_strdup (memo_word_kind (kind, stored));
  else
    text = g_strdup (stored);
  line = memo_text_collapse (text);
  return memo_text_ellipsize (line, length);
}
