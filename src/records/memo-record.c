#include "memo-record.h"

#include <string.h>

#include "base/memo-error.h"
#include "base/memo-text.h"
#include <glib/gi18n.h>

/* A field's value: which member counts is said by the field's type. */
typedef union
{
  char *text;
  gint64 number;
  MemoDate *date;
  GStrv texts;
} Value;

struct _MemoRecord
{
  GObject parent_instance;
  MemoKind kind;
  gboolean whole;
  gint64 id, created, modified, deleted;
  char *uuid;
  Value *values;
  guint n_values;
  char *block; /* of a record that was read: it holds the values, the UUID and all texts; nullable */
  gsize block_size;
};

struct _MemoRecordBuilder
{
  MemoRecord *record;
};

G_DEFINE_FINAL_TYPE (MemoRecord, memo_record, G_TYPE_OBJECT)

static const char *const no_texts[] = { NULL };

static void
clear_value (const MemoFieldInfo *info, Value *value)
{
  switch (info->type)
    {
    case MEMO_FIELD_INT:
      value->number = MEMO_UNSET;
      break;
    case MEMO_FIELD_DATE:
      g_clear_pointer (&value->date, memo_date_unref);
      break;
    case MEMO_FIELD_TEXTS:
    case MEMO_FIELD_REFS:
      g_clear_pointer (&value->texts, g_strfreev);
      break;
    default:
      g_clear_pointer (&value->text, g_free);
      break;
    }
}

static void
copy_value (const MemoFieldInfo *info, const Value *from, Value *to)
{
  switch (info->type)
    {
    case MEMO_FIELD_INT:
      to->number = from->number;
      break;
    case MEMO_FIELD_DATE:
      to->date = from->date ? memo_date_ref (from->date) : NULL;
      break;
    case MEMO_FIELD_TEXTS:
    case MEMO_FIELD_REFS:
      to->texts = g_strdupv (from->texts);
      break;
    default:
      to->text = g_strdup (from->text);
      break;
    }
}

/* A list is in the block when its vector is. */
static gboolean
is_in_block (MemoRecord *self, const char *value)
{
  return value >= self->block && value < self->block + self->block_size;
}

static void
memo_record_finalize (GObject *object)
{
  MemoRecord *self = MEMO_RECORD (object);
  const MemoFieldInfo *fields = memo_kind_get_fields (self->kind, NULL);

  for (guint i = 0; i < self->n_values; i++)
    if (fields[i].type != MEMO_FIELD_INT && !is_in_block (self, self->values[i].text))
      clear_value (&fields[i], &self->values[i]);
  if (self->block == NULL)
    {
      g_free (self->values);
      g_free (self->uuid);
    }
  g_free (self->block);
  G_OBJECT_CLASS (memo_record_parent_class)->finalize (object);
}

static void
memo_record_class_init (MemoRecordClass *class)
{
  G_OBJECT_CLASS (class)->finalize = memo_record_finalize;
}

static void
memo_record_init (MemoRecord *self)
{
}

static MemoRecord *
new_record (MemoKind kind, const char *uuid)
{
  MemoRecord *self = g_object_new (MEMO_TYPE_RECORD, NULL);
  const MemoFieldInfo *fields = memo_kind_get_fields (kind, &self->n_values);

  self->kind = kind;
  self->uuid = uuid ? g_strdup (uuid) : memo_uuid_new ();
  self->whole = TRUE;
  self->values = g_new0 (Value, self->n_values);
  for (guint i = 0; i < self->n_values; i++)
    if (fields[i].type == MEMO_FIELD_INT)
      self->values[i].number = MEMO_UNSET;
  return self;
}

/* NULL for a field of another kind: a programmer's error. */
static Value *
find_value (MemoRecord *self, MemoField field)
{
  g_return_val_if_fail (MEMO_IS_RECORD (self), NULL);
  g_return_val_if_fail ((MemoKind) (field >> 8) == self->kind && (field & 0xff) < self->n_values, NULL);
  return &self->values[field & 0xff];
}

MemoKind
memo_record_get_kind (MemoRecord *self)
{
  return self->kind;
}

const char *
memo_record_get_uuid (MemoRecord *self)
{
  return self->uuid;
}

gint64
memo_record_get_id (MemoRecord *self)
{
  return self->id;
}

gint64
memo_record_get_created (MemoRecord *self)
{
  return self->created;
}

gint64
memo_record_get_modified (MemoRecord *self)
{
  return self->modified;
}

gint64
memo_record_get_deleted (MemoRecord *self)
{
  return self->deleted;
}

gboolean
memo_record_is_whole (MemoRecord *self)
{
  return self->whole;
}

const char *
memo_record_get_text (MemoRecord *self, MemoField field)
{
  Value *value = find_value (self, field);
  return value ? value->text : NULL;
}

gint64
memo_record_get_int (MemoRecord *self, MemoField field)
{
  Value *value = find_value (self, field);
  return value ? value->number : MEMO_UNSET;
}

MemoDate *
memo_record_get_date (MemoRecord *self, MemoField field)
{
  Value *value = find_value (self, field);
  return value ? value->date : NULL;
}

const char *const *
memo_record_get_texts (MemoRecord *self, MemoField field)
{
  Value *value = find_value (self, field);
  return value && value->texts ? (const char *const *) value->texts : no_texts;
}

const char *
memo_record_get_title (MemoRecord *self)
{
  int field = memo_kind_get_title_field (self->kind);
  const char *title = field >= 0 ? memo_record_get_text (self, field) : NULL;
  return title ? title : "";
}

static char *
texts_to_json (const char *const *texts)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (JsonArray) array = json_array_new ();

  for (; *texts; texts++)
    json_array_add_string_element (array, *texts);
  json_node_set_array (node, array);
  return json_to_string (node, FALSE);
}

char *
memo_record_dup_stored (MemoRecord *self, MemoField field)
{
  Value *value = find_value (self, field);
  g_return_val_if_fail (value, NULL);

  switch (memo_field_get_info (field)->type)
    {
    case MEMO_FIELD_INT:
      return value->number == MEMO_UNSET ? NULL : g_strdup_printf ("%" G_GINT64_FORMAT, value->number);
    case MEMO_FIELD_DATE:
      return value->date ? memo_date_to_string (value->date) : NULL;
    case MEMO_FIELD_TEXTS:
      return value->texts && *value->texts ? texts_to_json ((const char *const *) value->texts) : NULL;
    case MEMO_FIELD_REFS:
      return value->texts && *value->texts ? g_strjoinv (" ", value->texts) : NULL;
    default:
      return g_strdup (value->text);
    }
}

gboolean
memo_record_field_equal (MemoRecord *a, MemoRecord *b, MemoField field)
{
  Value *va = find_value (a, field), *vb = find_value (b, field);

  switch (memo_field_get_info (field)->type)
    {
    case MEMO_FIELD_INT:
      return va->number == vb->number;
    case MEMO_FIELD_DATE:
      {
        g_autofree char *sa = va->date ? memo_date_to_string (va->date) : NULL;
        g_autofree char *sb = vb->date ? memo_date_to_string (vb->date) : NULL;
        return g_strcmp0 (sa, sb) == 0;
      }
    case MEMO_FIELD_TEXTS:
    case MEMO_FIELD_REFS:
      return g_strv_equal (memo_record_get_texts (a, field), memo_record_get_texts (b, field));
    default:
      return g_strcmp0 (va->text, vb->text) == 0;
    }
}

char *
memo_record_dup_name_in (MemoRecord *self, MemoField names_field, const char *language)
{
  const char *json = memo_record_get_text (self, names_field);
  g_autoptr (JsonNode) root = json ? json_from_string (json, NULL) : NULL;
  JsonObject *names = root && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  const char *candidates[] = { language, "en" };
  const char *name = NULL;

  for (guint i = 0; names && !name && i < G_N_ELEMENTS (candidates); i++)
    if (candidates[i])
      name = json_object_get_string_member_with_default (names, candidates[i], NULL);
  if (names && !name)
    {
      g_autoptr (GList) members = json_object_get_members (names);
      for (GList *l = members; l && !name; l = l->next)
        name = json_object_get_string_member_with_default (names, l->data, NULL);
    }
  return g_strdup (name);
}

/* Ends the parts of @text, which lies in a block, and lists them in @vector. FALSE: it is not the plain form ["a","b"] without
 * escapes; @text is not changed then. */
static gboolean
split_plain_texts (char *text, gsize length, char **vector)
{
  char *p = text;
  guint n = 0;

  if (*p++ != '[')
    return FALSE;
  do
    {
      char *start = ++p;

      if (start[-1] != '"')
        return FALSE;
      while ((guchar) *p >= 0x20 && *p != '"' && *p != '\\')
        p++;
      if (*p != '"')
        return FALSE;
      p++;
      vector[n++] = start;
    }
  while (*p++ == ',');
  if (p[-1] != ']' || *p != '\0' || !g_utf8_validate (text, length, NULL))
    return FALSE;
  /* Each ends before the sign that stands before the next. */
  for (guint i = 1; i < n; i++)
    vector[i][-3] = '\0';
  text[length - 2] = '\0';
  vector[n] = NULL;
  return TRUE;
}

static void
split_refs (char *text, char **vector)
{
  guint n = 0;

  vector[n++] = text;
  for (char *space; (space = strchr (text, ' ')) != NULL; text = vector[n++])
    {
      *space = '\0';
      vector[n] = space + 1;
    }
  vector[n] = NULL;
}

/* How many elements a list has at most. */
static gsize
count_elements (const MemoStored *stored, char between)
{
  gsize n = 1;

  for (const char *p = stored->text; (p = memchr (p, between, stored->text + stored->length - p)) != NULL; p++)
    n++;
  return n;
}

/* What the block needs for a value: a list is its vector and its text. */
static gsize
measure_stored (MemoFieldType type, const MemoStored *stored)
{
  if (stored->text == NULL || type == MEMO_FIELD_INT || type == MEMO_FIELD_DATE)
    return 0;
  if (type == MEMO_FIELD_TEXTS || type == MEMO_FIELD_REFS)
    return (count_elements (stored, type == MEMO_FIELD_REFS ? ' ' : ',') + 1) * sizeof (char *) + stored->length + 1;
  return stored->length + 1;
}

MemoRecord *
memo_record_new_stored (MemoKind kind, const MemoIdentity *identity, const MemoStored *stored)
{
  MemoRecord *self = g_object_new (MEMO_TYPE_RECORD, NULL);
  MemoRecordBuilder builder = { self };
  const MemoFieldInfo *fields = memo_kind_get_fields (kind, &self->n_values);
  gsize uuid_size = strlen (identity->uuid) + 1, vectors = 0;
  char **vector;
  char *text;

  self->kind = kind;
  self->id = identity->id;
  self->created = identity->created;
  self->modified = identity->modified;
  self->deleted = identity->deleted;
  self->whole = identity->whole;
  self->block_size = self->n_values * sizeof (Value) + uuid_size;
  for (guint i = 0; i < self->n_values; i++)
    {
      gsize size = measure_stored (fields[i].type, &stored[i]);

      self->block_size += size;
      if (fields[i].type == MEMO_FIELD_TEXTS || fields[i].type == MEMO_FIELD_REFS)
        vectors += size - MIN (size, stored[i].length + 1);
    }
  /* Values and vectors come first: they are aligned. */
  self->block = g_malloc (self->block_size);
  self->values = (Value *) (gpointer) self->block;
  memset (self->values, 0, self->n_values * sizeof (Value));
  vector = (char **) (gpointer) (self->values + self->n_values);
  self->uuid = (char *) vector + vectors;
  text = (char *) memcpy (self->uuid, identity->uuid, uuid_size) + uuid_size;
  for (guint i = 0; i < self->n_values; i++)
    {
      MemoFieldType type = fields[i].type;
      g_autoptr (GError) cause = NULL;

      if (type == MEMO_FIELD_INT)
        self->values[i].number = stored[i].text != NULL ? stored[i].number : MEMO_UNSET;
      if (type == MEMO_FIELD_INT || stored[i].text == NULL || stored[i].length == 0)
        continue;
      if (type != MEMO_FIELD_DATE)
        {
          memcpy (text, stored[i].text, stored[i].length);
          text[stored[i].length] = '\0';
        }
      if (type == MEMO_FIELD_REFS)
        split_refs (text, vector);
      if (type == MEMO_FIELD_REFS || (type == MEMO_FIELD_TEXTS && split_plain_texts (text, stored[i].length, vector)))
        self->values[i].texts = vector;
      else if (type != MEMO_FIELD_TEXTS && type != MEMO_FIELD_DATE)
        self->values[i].text = text;
      /* One value that cannot be must not hide the record: it stays unset, and a check names it. */
      else if (!memo_record_builder_set_stored (&builder, MEMO_FIELD (kind, i), stored[i].text, &cause))
        g_info ("%s %s: %s: %s", memo_kind_get_name (kind), identity->uuid, fields[i].name, cause->message);
      if (type == MEMO_FIELD_DATE)
        continue;
      text += stored[i].length + 1;
      if (type == MEMO_FIELD_REFS || type == MEMO_FIELD_TEXTS)
        vector += count_elements (&stored[i], type == MEMO_FIELD_REFS ? ' ' : ',') + 1;
    }
  return self;
}

MemoRecordBuilder *
memo_record_builder_new (MemoKind kind, const char *uuid)
{
  MemoRecordBuilder *self = g_new0 (MemoRecordBuilder, 1);
  self->record = new_record (kind, uuid);
  return self;
}

MemoRecordBuilder *
memo_record_builder_edit (MemoRecord *record)
{
  MemoRecordBuilder *self = memo_record_builder_new (record->kind, record->uuid);
  const MemoFieldInfo *fields = memo_kind_get_fields (record->kind, NULL);

  for (guint i = 0; i < record->n_values; i++)
    copy_value (&fields[i], &record->values[i], &self->record->values[i]);
  memo_record_builder_set_identity (self, record->id, record->created, record->modified, record->deleted,
                                    record->whole);
  return self;
}

/* Names and titles are one line: with a tab or a line break in them, lists and tables would break. */
static gboolean
is_line (MemoField field)
{
  static const MemoField lines[] = {
    MEMO_ARTICLE_TITLE,   MEMO_ARTICLE_SUBTITLE, MEMO_ARTICLE_OUTLET, MEMO_ARTICLE_PLACE, MEMO_ARTICLE_BYLINE,
    MEMO_AGREEMENT_TITLE, MEMO_EVENT_TITLE,      MEMO_BODY_NAME,      MEMO_BODY_ACRONYM,  MEMO_PARTY_NAME,
    MEMO_PARTY_CODE,      MEMO_SECTOR_CODE,      MEMO_NOTE_TITLE,     MEMO_FILTER_NAME,
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (lines[i] == field)
      return TRUE;
  return FALSE;
}

void
memo_record_builder_set_text (MemoRecordBuilder *self, MemoField field, const char *text)
{
  Value *value = find_value (self->record, field);
  char *copy =
      text && is_line (field) && g_utf8_validate (text, -1, NULL) ? memo_text_collapse (text) : g_strdup (text);

  g_return_if_fail (value);
  if (copy && !*copy)
    g_clear_pointer (&copy, g_free);
  g_free (value->text);
  value->text = copy;
}

void
memo_record_builder_set_int (MemoRecordBuilder *self, MemoField field, gint64 number)
{
  Value *value = find_value (self->record, field);
  g_return_if_fail (value);
  value->number = number;
}

void
memo_record_builder_set_date (MemoRecordBuilder *self, MemoField field, MemoDate *date)
{
  Value *value = find_value (self->record, field);
  MemoDate *held = date ? memo_date_ref (date) : NULL;

  g_return_if_fail (value);
  g_clear_pointer (&value->date, memo_date_unref);
  value->date = held;
}

void
memo_record_builder_set_texts (MemoRecordBuilder *self, MemoField field, const char *const *texts)
{
  Value *value = find_value (self->record, field);
  GStrv copy = texts && *texts ? g_strdupv ((GStrv) texts) : NULL;

  g_return_if_fail (value);
  g_strfreev (value->texts);
  value->texts = copy;
}

/* Takes @texts. */
static void
take_texts (MemoRecordBuilder *self, MemoField field, GStrv texts)
{
  Value *value = find_value (self->record, field);

  g_strfreev (value->texts);
  value->texts = texts;
}

/* The plain form of a list, ["a","b"] without escapes, as it is stored; NULL when it is anything else. (transfer full) */
static GStrv
read_plain_texts (const char *json)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  const char *p = json;

  if (*p++ != '[')
    return NULL;
  do
    {
      const char *start = ++p;

      if (start[-1] != '"')
        return NULL;
      while ((guchar) *p >= 0x20 && *p != '"' && *p != '\\')
        p++;
      if (*p != '"')
        return NULL;
      g_ptr_array_add (texts, g_strndup (start, p++ - start));
    }
  while (*p++ == ',');
  if (p[-1] != ']' || *p != '\0' || !g_utf8_validate (json, p - json, NULL))
    return NULL;
  g_ptr_array_add (texts, NULL);
  return (GStrv) g_ptr_array_steal (texts, NULL);
}

static gboolean
set_json_texts (MemoRecordBuilder *self, MemoField field, const char *stored, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  g_auto (GStrv) vector = read_plain_texts (stored);
  JsonArray *array;

  if (vector)
    {
      take_texts (self, field, g_steal_pointer (&vector));
      return TRUE;
    }
  root = json_from_string (stored, NULL);
  if (!root || !JSON_NODE_HOLDS_ARRAY (root))
    {
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("“%s” is no list of texts."), stored);
      return FALSE;
    }
  array = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
      if (text)
        g_strv_builder_add (texts, text);
    }
  vector = g_strv_builder_end (texts);
  memo_record_builder_set_texts (self, field, (const char *const *) vector);
  return TRUE;
}

gboolean
memo_record_builder_set_stored (MemoRecordBuilder *self, MemoField field, const char *stored, GError **error)
{
  const MemoFieldInfo *info = memo_field_get_info (field);

  switch (info->type)
    {
    case MEMO_FIELD_INT:
      {
        gint64 number = MEMO_UNSET;
        if (stored && *stored && !g_ascii_string_to_signed (stored, 10, G_MININT64 + 1, G_MAXINT64, &number, NULL))
          {
            /* Translators: %s is what was given where a number was expected. */
            g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("“%s” is no number."), stored);
            return FALSE;
          }
        memo_record_builder_set_int (self, field, number);
        return TRUE;
      }
    case MEMO_FIELD_DATE:
      {
        g_autoptr (MemoDate) date = NULL;
        if (stored && *stored && !(date = memo_date_new (stored, error)))
          return FALSE;
        memo_record_builder_set_date (self, field, date);
        return TRUE;
      }
    case MEMO_FIELD_TEXTS:
      if (stored && *stored)
        return set_json_texts (self, field, stored, error);
      memo_record_builder_set_texts (self, field, NULL);
      return TRUE;
    case MEMO_FIELD_REFS:
      take_texts (self, field, stored && *stored ? g_strsplit (stored, " ", -1) : NULL);
      return TRUE;
    default:
      memo_record_builder_set_text (self, field, stored);
      return TRUE;
    }
}

void
memo_record_builder_set_identity (MemoRecordBuilder *self,
                                  gint64 id,
                                  gint64 created,
                                  gint64 modified,
                                  gint64 deleted,
                                  gboolean whole)
{
  self->record->id = id;
  self->record->created = created;
  self->record->modified = modified;
  self->record->deleted = deleted;
  self->record->whole = whole;
}

MemoRecord *
memo_record_builder_end (MemoRecordBuilder *self)
{
  MemoRecord *record = g_steal_pointer (&self->record);
  memo_record_builder_free (self);
  return record;
}

void
memo_record_builder_free (MemoRecordBuilder *self)
{
  g_clear_object (&self->record);
  g_free (self);
}
