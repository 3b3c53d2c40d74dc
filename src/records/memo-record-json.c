#include "memo-record.h"

#include "memo-blocks-private.h"

#include "base/memo-error.h"
#include <glib/gi18n.h>

static void
add_texts (JsonObject *object, const char *name, const char *const *texts)
{
  JsonArray *array = json_array_new ();

  for (; *texts; texts++)
    json_array_add_string_element (array, *texts);
  json_object_set_array_member (object, name, array);
}

static void
add_date (JsonObject *object, const char *name, MemoDate *date)
{
  json_object_set_string_member (object, name, memo_date_get_edtf (date));
  if (memo_date_get_written (date))
    {
      g_autofree char *written = g_strconcat (name, "_written", NULL);
      json_object_set_string_member (object, written, memo_date_get_written (date));
    }
}

JsonObject *
memo_record_to_json (MemoRecord *self)
{
  JsonObject *object = json_object_new ();
  MemoKind kind = memo_record_get_kind (self);
  guint n;
  const MemoFieldInfo *fields = memo_kind_get_fields (kind, &n);

  json_object_set_string_member (object, "id", memo_record_get_uuid (self));
  json_object_set_string_member (object, "type", memo_kind_get_name (kind));
  for (guint i = 0; i < n; i++)
    {
      MemoField field = MEMO_FIELD (kind, i);
      const char *name = fields[i].name;

      switch (fields[i].type)
        {
        case MEMO_FIELD_INT:
          if (memo_record_get_int (self, field) != MEMO_UNSET)
            json_object_set_int_member (object, name, memo_record_get_int (self, field));
          break;
        case MEMO_FIELD_DATE:
          if (memo_record_get_date (self, field))
            add_date (object, name, memo_record_get_date (self, field));
          break;
        case MEMO_FIELD_TEXTS:
        case MEMO_FIELD_REFS:
          if (*memo_record_get_texts (self, field))
            add_texts (object, name, memo_record_get_texts (self, field));
          break;
        case MEMO_FIELD_JSON:
          {
            const char *json = memo_record_get_text (self, field);
            JsonNode *node = json ? json_from_string (json, NULL) : NULL;
            if (node)
              json_object_set_member (object, name, node);
          }
          break;
        default:
          if (memo_record_get_text (self, field))
            json_object_set_string_member (object, name, memo_record_get_text (self, field));
          break;
        }
    }
  return object;
}

/* Takes @node. */
static void
append_node (GString *out, JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);

  g_string_append (out, text);
  json_node_unref (node);
}

static void
append_string (GString *out, const char *text)
{
  gsize start = out->len;

  g_string_append_c (out, '"');
  for (const char *p = text;;)
    {
      const char *end = p;

      while ((guchar) *end >= 0x20 && *end != '"' && *end != '\\' && *end != 0x7f)
        end++;
      g_string_append_len (out, p, end - p);
      if (*end == '\0')
        break;
      if (*end == '"' || *end == '\\')
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, *end);
        }
      else if (*end == '\n')
        g_string_append (out, "\\n");
      else
        {
          /* Other controls are rare. */
          g_string_truncate (out, start);
          append_node (out, json_node_init_string (json_node_alloc (), text));
          return;
        }
      p = end + 1;
    }
  g_string_append_c (out, '"');
}

static void
append_strings (GString *out, const char *const *texts)
{
  g_string_append_c (out, '[');
  for (guint i = 0; texts[i]; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_string (out, texts[i]);
    }
  g_string_append_c (out, ']');
}

/* ,"name@suffix": */
static void
append_name (GString *out, const char *name, const char *suffix)
{
  g_string_append (out, ",\"");
  g_string_append (out, name);
  g_string_append (out, suffix);
  g_string_append (out, "\":");
}

/* JSON that is stored. Nothing of it that is damaged. */
static void
append_stored (GString *out, MemoField field, const char *json)
{
  g_autoptr (GArray) blocks = memo_blocks_new ();
  const char *name = memo_field_get_info (field)->name;
  JsonNode *node;

  if (field == MEMO_ARTICLE_BLOCKS && memo_blocks_read_plain (blocks, json))
    {
      append_name (out, name, "");
      g_string_append (out, json);
    }
  else if ((node = json_from_string (json, NULL)))
    {
      append_name (out, name, "");
      append_node (out, node);
    }
}

void
memo_record_append_json (GString *out, MemoRecord *self)
{
  MemoKind kind = memo_record_get_kind (self);
  guint n;
  const MemoFieldInfo *fields = memo_kind_get_fields (kind, &n);

  g_string_append (out, "{\"id\":");
  append_string (out, memo_record_get_uuid (self));
  append_name (out, "type", "");
  append_string (out, memo_kind_get_name (kind));
  for (guint i = 0; i < n; i++)
    {
      MemoField field = MEMO_FIELD (kind, i);
      const char *const *texts;
      const char *text;
      MemoDate *date;
      gint64 number;

      switch (fields[i].type)
        {
        case MEMO_FIELD_INT:
          number = memo_record_get_int (self, field);
          if (number != MEMO_UNSET)
            {
              append_name (out, fields[i].name, "");
              g_string_append_printf (out, "%" G_GINT64_FORMAT, number);
            }
          break;
        case MEMO_FIELD_DATE:
          date = memo_record_get_date (self, field);
          if (date)
            {
              append_name (out, fields[i].name, "");
              append_string (out, memo_date_get_edtf (date));
            }
          if (date && memo_date_get_written (date))
            {
              append_name (out, fields[i].name, "_written");
              append_string (out, memo_date_get_written (date));
            }
          break;
        case MEMO_FIELD_TEXTS:
        case MEMO_FIELD_REFS:
          texts = memo_record_get_texts (self, field);
          if (*texts)
            {
              append_name (out, fields[i].name, "");
              append_strings (out, texts);
            }
          break;
        default:
          text = memo_record_get_text (self, field);
          if (text && fields[i].type == MEMO_FIELD_JSON)
            append_stored (out, field, text);
          else if (text)
            {
              append_name (out, fields[i].name, "");
              append_string (out, text);
            }
          break;
        }
    }
  g_string_append_c (out, '}');
}

static gboolean
fail_member (GError **error, const char *name)
{
  /* Translators: %s is the name of a member of a JSON document. */
  g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("The value of “%s” is of the wrong type."), name);
  return FALSE;
}

static gboolean
set_member_texts (MemoRecordBuilder *builder, MemoField field, const char *name, JsonNode *node, GError **error)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  g_auto (GStrv) vector = NULL;
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail_member (error, name);
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      if (json_node_get_value_type (element) != G_TYPE_STRING)
        return fail_member (error, name);
      g_strv_builder_add (texts, json_node_get_string (element));
    }
  vector = g_strv_builder_end (texts);
  memo_record_builder_set_texts (builder, field, (const char *const *) vector);
  return TRUE;
}

static gboolean
set_member_date (MemoRecordBuilder *builder,
                 MemoField field,
                 const char *name,
                 JsonObject *object,
                 JsonNode *node,
                 GError **error)
{
  g_autofree char *written_name = g_strconcat (name, "_written", NULL);
  const char *written = json_object_get_string_member_with_default (object, written_name, NULL);
  g_autofree char *stored = NULL;

  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return fail_member (error, name);
  stored = written ? g_strdup_printf ("%s (%s)", json_node_get_string (node), written) : json_node_dup_string (node);
  return memo_record_builder_set_stored (builder, field, stored, error);
}

static gboolean
set_member (MemoRecordBuilder *builder, MemoField field, const MemoFieldInfo *info, JsonObject *object, GError **error)
{
  JsonNode *node = json_object_get_member (object, info->name);

  if (!node || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  switch (info->type)
    {
    case MEMO_FIELD_INT:
      if (json_node_get_value_type (node) != G_TYPE_INT64)
        return fail_member (error, info->name);
      memo_record_builder_set_int (builder, field, json_node_get_int (node));
      return TRUE;
    case MEMO_FIELD_DATE:
      return set_member_date (builder, field, info->name, object, node, error);
    case MEMO_FIELD_TEXTS:
    case MEMO_FIELD_REFS:
      return set_member_texts (builder, field, info->name, node, error);
    case MEMO_FIELD_JSON:
      {
        g_autofree char *json = json_to_string (node, FALSE);
        memo_record_builder_set_text (builder, field, json);
        return TRUE;
      }
    default:
      if (json_node_get_value_type (node) != G_TYPE_STRING)
        return fail_member (error, info->name);
      memo_record_builder_set_text (builder, field, json_node_get_string (node));
      return TRUE;
    }
}

MemoRecord *
memo_record_from_json (JsonObject *object, GError **error)
{
  const char *type = json_object_get_string_member_with_default (object, "type", NULL);
  const char *id = json_object_get_string_member_with_default (object, "id", NULL);
  g_autoptr (MemoRecordBuilder) builder = NULL;
  const MemoFieldInfo *fields;
  MemoKind kind;
  guint n;

  if (!type || !memo_kind_from_name (type, &kind))
    {
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("“%s” is no kind of record."), type ? type : "");
      return NULL;
    }
  builder = memo_record_builder_new (kind, id);
  fields = memo_kind_get_fields (kind, &n);
  for (guint i = 0; i < n; i++)
    if (!set_member (builder, MEMO_FIELD (kind, i), &fields[i], object, error))
      return NULL;
  return memo_record_builder_end (g_steal_pointer (&builder));
}
