#include "memo-action-private.h"

#include "base/memo-error.h"
#include "base/memo-language.h"
#include "base/memo-text.h"
#include "memo-words.h"

#include <glib/gi18n.h>
#include <string.h>

/* Names under which values come besides those of the fields themselves. */
static const struct
{
  const char *alias, *field;
} aliases[] = {
  { "party", "parties" }, { "sector", "sectors" }, { "tag", "tags" },     { "author", "authors" },
  { "alias", "aliases" }, { "date", "when" },      { "colour", "color" },
};

/* A list that values can be added to and taken out of; authors stand in the byline too, which is written whole. */
static gboolean
is_open_list (MemoField field)
{
  MemoFieldType type = memo_field_get_info (field)->type;

  return (type == MEMO_FIELD_TEXTS || type == MEMO_FIELD_REFS) && field != MEMO_ARTICLE_AUTHORS;
}

/* What is done to a list. */
typedef enum
{
  LIST_SET, /* the first value empties it */
  LIST_ADD,
  LIST_REMOVE
} ListOp;

/* @ret_op: what "add_" and "remove_" before the name say. */
static int
find_field (MemoKind kind, const char *name, ListOp *ret_op)
{
  g_autofree char *written = g_strdelimit (g_ascii_strdown (name, -1), "- ", '_');
  ListOp op = g_str_has_prefix (written, "add_")      ? LIST_ADD
              : g_str_has_prefix (written, "remove_") ? LIST_REMOVE
                                                      : LIST_SET;
  const char *plain = op == LIST_SET ? written : strchr (written, '_') + 1;
  int field = memo_kind_find_field (kind, plain);
  for (guint i = 0; field < 0 && i < G_N_ELEMENTS (aliases); i++)
    if (g_str_equal (aliases[i].alias, plain))
      field = memo_kind_find_field (kind, aliases[i].field);
  *ret_op = op;
  return field < 0 || op == LIST_SET || is_open_list (field) ? field : -1;
}

int
memo_draft_find_field (MemoKind kind, const char *name)
{
  ListOp op;

  return find_field (kind, name, &op);
}

/* One of the values that @field may take, from the way people write it: "In force" → "in_force". */
static const char *
match_value (MemoField field, const char *const *values, const char *text, GError **error)
{
  g_autofree char *plain = g_strdelimit (g_ascii_strdown (text, -1), "- ", '_');
  g_autofree char *key = memo_text_key (text);
  for (guint i = 0; values[i] != NULL; i++)
    {
      const char *word = field == MEMO_AGREEMENT_STATUS || field == MEMO_FOLLOW_UP_STATUS ? memo_word_status (values[i])
                         : field == MEMO_ANNOTATION_COLOR                                 ? memo_word_color (values[i])
                                                          : memo_word_kind (field >> 8, values[i]);
      g_autofree char *word_key = memo_text_key (word);
      if (g_str_equal (values[i], plain) || g_str_equal (word_key, key))
        return values[i];
    }
  g_autofree char *all = g_strjoinv (", ", (char **) values);
  /* Translators: first what the user typed, then the name of a field, then the values it may take. */
  g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("“%s” is no value of “%s”. It can be: %s."), text,
               memo_word_field (memo_field_get_info (field)->name), all);
  return NULL;
}

static gboolean
set_date (MemoDraft *self, MemoRecordBuilder *builder, MemoField field, const char *text, GError **error)
{
  g_autoptr (MemoDate) date = NULL;
  if (*text != '\0')
    {
      date = memo_date_new (text, NULL);
      if (date == NULL)
        date = memo_date_parse (text, NULL, self->reference, error);
      if (date == NULL)
        return FALSE;
    }
  memo_record_builder_set_date (builder, field, date);
  return TRUE;
}

static gboolean
set_number (MemoRecordBuilder *builder, MemoField field, const char *text, GError **error)
{
  gint64 number = MEMO_UNSET;
  gboolean session = field == MEMO_AGREEMENT_SESSION || field == MEMO_EVENT_SESSION;
  if (*text != '\0' && session)
    {
      number = memo_number_parse (text);
      if (number <= 0)
        {
          /* Translators: %s is what the user typed. */
          g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("“%s” is no number of a session."), text);
          return FALSE;
        }
    }
  else if (*text != '\0' && !g_ascii_string_to_signed (text, 10, 0, G_MAXINT32, &number, NULL))
    {
      /* Translators: first what the user typed, then the name of a field. */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("“%s” is no number for “%s”."), text,
                   memo_word_field (memo_field_get_info (field)->name));
      return FALSE;
    }
  memo_record_builder_set_int (builder, field, number);
  return TRUE;
}

/* UUID that @text stands for in a field that points to another record; NULL with an error. (transfer full) */
static char *
resolve (MemoDraft *self, MemoField field, const char *own_uuid, const char *text, GError **error)
{
  switch ((int) field)
    {
    case MEMO_AGREEMENT_PARTIES:
    case MEMO_EVENT_PARTIES:
    case MEMO_BODY_PARTIES:
      return memo_draft_get_party (self, text, NULL, error);
    case MEMO_ARTICLE_AUTHORS:
    case MEMO_ANNOTATION_SPEAKER:
      return memo_draft_get_party (self, text, "person", error);
    case MEMO_AGREEMENT_SECTORS:
    case MEMO_EVENT_SECTORS:
    case MEMO_ARTICLE_SECTORS:
    case MEMO_ANNOTATION_SECTORS:
    case MEMO_SECTOR_PARENT:
      {
        g_autofree char *uuid = memo_draft_get_sector (self, text, error);
        if (uuid != NULL && field == MEMO_SECTOR_PARENT && g_str_equal (uuid, own_uuid))
          {
            g_set_error_literal (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("A sector cannot be part of itself."));
            return NULL;
          }
        return g_steal_pointer (&uuid);
      }
    case MEMO_AGREEMENT_BODY:
    case MEMO_EVENT_BODY:
      return memo_draft_get_body (self, text, error);
    case MEMO_AGREEMENT_PACKAGE:
      if (g_str_equal (text, own_uuid))
        {
          g_set_error_literal (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("An agreement cannot be part of itself."));
          return NULL;
        }
      if (memo_index_get_id (self->index, MEMO_KIND_AGREEMENT, text) == 0)
        {
          /* Translators: %s is the id of a record. */
          g_set_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND, _ ("There is no agreement “%s” in this library."),
                       text);
          return NULL;
        }
      return g_strdup (text);
    default:
      return g_strdup (text);
    }
}

/* The UUID in a list that @text names; nothing is made for what is to be taken out. NULL with an error. (transfer full) */
static char *
find_listed (MemoDraft *self, MemoField field, const char *text, GError **error)
{
  g_autofree char *name = memo_text_collapse (text);
  MemoRecord *party;

  switch ((int) field)
    {
    case MEMO_AGREEMENT_PARTIES:
    case MEMO_EVENT_PARTIES:
    case MEMO_BODY_PARTIES:
      party = memo_index_find_party (self->index, name);
      if (party == NULL)
        /* Translators: %s is what the user typed. */
        g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("There is no party “%s” in this library."), text);
      return party ? g_strdup (memo_record_get_uuid (party)) : NULL;
    default:
      return memo_draft_get_sector (self, name, error);
    }
}

/* Gathers what is given for a list. */
typedef struct
{
  int field;
  GPtrArray *texts;
} List;

static void
clear_list (gpointer data)
{
  g_ptr_array_unref (((List *) data)->texts);
}

/* An object of texts that is changed member by member: names by language, roles by party. */
typedef struct
{
  int field;
  JsonNode *root; /* NULL until asked for */
} Members;

static JsonObject *
get_members (Members *self, MemoRecord *base)
{
  const char *old = base ? memo_record_get_text (base, self->field) : NULL;
  if (self->root == NULL && old != NULL)
    self->root = json_from_string (old, NULL);
  if (self->root == NULL || !JSON_NODE_HOLDS_OBJECT (self->root))
    {
      g_clear_pointer (&self->root, json_node_unref);
      self->root = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (self->root, json_object_new ());
    }
  return json_node_get_object (self->root);
}

static void
set_member (JsonObject *object, const char *member, const char *text)
{
  if (*text != '\0')
    json_object_set_string_member (object, member, text);
  else if (json_object_has_member (object, member))
    json_object_remove_member (object, member);
}

static void
store_members (Members *self, MemoRecordBuilder *builder)
{
  if (self->root == NULL)
    return;
  g_autofree char *json =
      json_object_get_size (json_node_get_object (self->root)) > 0 ? json_to_string (self->root, FALSE) : NULL;
  memo_record_builder_set_text (builder, self->field, json);
}

/* One edit on its way. */
typedef struct
{
  MemoDraft *draft;
  MemoKind kind;
  MemoRecord *base;
  MemoRecordBuilder *builder;
  const char *uuid; /* of the record */
  GArray *lists;
  Members names, roles;
  MemoDate *status_date;
  const char *status_comment;
} Edit;

static void
edit_clear (Edit *self)
{
  g_clear_pointer (&self->builder, memo_record_builder_free);
  g_clear_pointer (&self->lists, g_array_unref);
  g_clear_pointer (&self->names.root, json_node_unref);
  g_clear_pointer (&self->roles.root, json_node_unref);
  g_clear_pointer (&self->status_date, memo_date_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Edit, edit_clear)

static gboolean
set_text (Edit *self, MemoField field, const char *text, GError **error)
{
  const char *const *allowed = memo_word_get_values (field);
  if (*text == '\0')
    {
      memo_record_builder_set_text (self->builder, field, NULL);
      return TRUE;
    }
  if (allowed != NULL && (text = match_value (field, allowed, text, error)) == NULL)
    return FALSE;
  if (field == MEMO_ARTICLE_LANGUAGE)
    {
      const char *code = memo_language_from_name (text);
      if (code == NULL)
        {
          /* Translators: %s is what the user typed. */
          g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("“%s” is no language that is known here."), text);
          return FALSE;
        }
      text = code;
    }
  memo_record_builder_set_text (self->builder, field, text);
  return TRUE;
}

static gboolean
set_json (Edit *self, MemoField field, const char *text, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (JsonNode) node = *text != '\0' ? json_from_string (text, &cause) : NULL;
  if (cause != NULL)
    {
      /* Translators: first the name of a field, then the parser's own words. */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("The value of “%s” is no JSON: %s"),
                   memo_word_field (memo_field_get_info (field)->name), cause->message);
      return FALSE;
    }
  memo_record_builder_set_text (self->builder, field, text);
  return TRUE;
}

/* "Party=role". */
static gboolean
set_role (Edit *self, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "=", 2);
  if (g_strv_length (parts) != 2)
    {
      /* Translators: %s is what the user typed. */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("“%s” is no role: write it as PARTY=ROLE."), text);
      return FALSE;
    }
  g_autofree char *party = memo_draft_get_party (self->draft, parts[0], NULL, error);
  if (party == NULL)
    return FALSE;
  set_member (get_members (&self->roles, self->base), party, g_strstrip (parts[1]));
  return TRUE;
}

static GPtrArray *
get_list (Edit *self, MemoField field, ListOp op)
{
  List list = { field, NULL };
  const char *const *old;

  for (guint i = 0; i < self->lists->len; i++)
    if (g_array_index (self->lists, List, i).field == (int) field)
      return g_array_index (self->lists, List, i).texts;
  list.texts = g_ptr_array_new_with_free_func (g_free);
  for (old = self->base != NULL && op != LIST_SET ? memo_record_get_texts (self->base, field) : NULL; old && *old;
       old++)
    g_ptr_array_add (list.texts, g_strdup (*old));
  g_array_append_val (self->lists, list);
  return list.texts;
}

/* What plays no part any more has no role. */
static void
drop_role (Edit *self, const char *party)
{
  if (self->roles.field >= 0 && json_object_has_member (get_members (&self->roles, self->base), party))
    set_member (get_members (&self->roles, self->base), party, "");
}

static gboolean
set_list (Edit *self, MemoField field, ListOp op, const char *text, GError **error)
{
  gboolean refs = memo_field_get_info (field)->type == MEMO_FIELD_REFS;
  GPtrArray *list = get_list (self, field, op);
  g_autofree char *item = NULL;
  guint at;

  if (*text == '\0')
    return TRUE;
  /* As it stands in the list, it need not be known any more to be taken out. */
  if (!refs || (op == LIST_REMOVE && g_ptr_array_find_with_equal_func (list, text, g_str_equal, NULL)))
    item = memo_text_collapse (text);
  else if (op == LIST_REMOVE)
    item = find_listed (self->draft, field, text, error);
  else
    item = resolve (self->draft, field, self->uuid, text, error);
  if (item == NULL)
    return FALSE;
  if (*item == '\0' || g_ptr_array_find_with_equal_func (list, item, g_str_equal, &at) == (op != LIST_REMOVE))
    return TRUE;
  if (op != LIST_REMOVE)
    {
      g_ptr_array_add (list, g_steal_pointer (&item));
      return TRUE;
    }
  g_ptr_array_remove_index (list, at);
  if (field == MEMO_AGREEMENT_PARTIES)
    drop_role (self, item);
  return TRUE;
}

/* Values that are no field of their own. FALSE: @name is none of them. */
static gboolean
set_special (Edit *self, const char *name, const char *text, gboolean *ret_ok, GError **error)
{
  *ret_ok = TRUE;
  if (self->names.field >= 0 && g_str_has_prefix (name, "name") && strlen (name) == 7 &&
      (name[4] == '_' || name[4] == '-'))
    set_member (get_members (&self->names, self->base), name + 5, text);
  else if (self->roles.field >= 0 && g_str_equal (name, "role"))
    *ret_ok = set_role (self, text, error);
  else if (self->kind == MEMO_KIND_AGREEMENT && (g_str_equal (name, "date") || g_str_equal (name, "status_date")))
    {
      g_clear_pointer (&self->status_date, memo_date_unref);
      if (*text != '\0')
        self->status_date = memo_date_parse (text, NULL, self->draft->reference, error);
      *ret_ok = *text == '\0' || self->status_date != NULL;
    }
  else if (self->kind == MEMO_KIND_AGREEMENT && g_str_equal (name, "comment"))
    self->status_comment = text;
  else
    return FALSE;
  return TRUE;
}

static gboolean
set_value (Edit *self, const char *name, const char *text, GError **error)
{
  gboolean ok;
  ListOp op;
  int field;

  if (set_special (self, name, text, &ok, error))
    return ok;
  field = find_field (self->kind, name, &op);
  if (field < 0)
    {
      /* Translators: first a kind of record, then what the user typed. */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("%s: there is no field “%s”."),
                   memo_word_record (self->kind), name);
      return FALSE;
    }
  switch (memo_field_get_info (field)->type)
    {
    case MEMO_FIELD_INT:
      return set_number (self->builder, field, text, error);
    case MEMO_FIELD_DATE:
      return set_date (self->draft, self->builder, field, text, error);
    case MEMO_FIELD_JSON:
      return set_json (self, field, text, error);
    case MEMO_FIELD_TEXTS:
    case MEMO_FIELD_REFS:
      return set_list (self, field, op, text, error);
    case MEMO_FIELD_REF:
      {
        g_autofree char *uuid = *text != '\0' ? resolve (self->draft, field, self->uuid, text, error) : NULL;
        if (uuid == NULL && *text != '\0')
          return FALSE;
        memo_record_builder_set_text (self->builder, field, uuid);
        return TRUE;
      }
    default:
      return set_text (self, field, text, error);
    }
}

/* What a new record is when nothing else was said. */
static MemoRecord *
complete (Edit *self, GError **error)
{
  g_autoptr (MemoRecord) record = memo_record_builder_end (g_steal_pointer (&self->builder));
  int title = memo_kind_get_title_field (self->kind);
  int kind = memo_kind_find_field (self->kind, "kind");
  const char *guess = NULL;

  g_autofree char *seen = memo_text_collapse (memo_record_get_title (record));

  if (title >= 0 && self->kind != MEMO_KIND_ARTICLE && *seen == '\0')
    {
      /* Translators: first a kind of record, then the name of a field. */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("%s: “%s” is missing."), memo_word_record (self->kind),
                   memo_word_field (memo_field_get_info (title)->name));
      return NULL;
    }
  if (kind >= 0 && memo_record_get_text (record, kind) == NULL)
    {
      if (self->kind == MEMO_KIND_AGREEMENT && memo_record_get_int (record, MEMO_AGREEMENT_DECLARED) > 0)
        guess = "package";
      else if (self->kind == MEMO_KIND_BODY)
        guess = "commission";
      else if (self->kind == MEMO_KIND_PARTY)
        guess = memo_draft_guess_party_kind (memo_record_get_title (record));
    }
  if (guess != NULL)
    {
      MemoRecordBuilder *builder = memo_record_builder_edit (record);
      memo_record_builder_set_text (builder, kind, guess);
      g_set_object (&record, NULL);
      record = memo_record_builder_end (builder);
    }
  return g_steal_pointer (&record);
}

/* The history of statuses starts with the record; a change of status with a date is a further entry. */
static void
add_history (Edit *self, MemoRecord *record)
{
  const char *status = memo_record_get_text (record, MEMO_AGREEMENT_STATUS);
  MemoDate *date = self->status_date;
  if (status == NULL || (self->base != NULL && date == NULL))
    return;
  if (date == NULL && g_str_equal (status, "in_force"))
    date = memo_record_get_date (record, MEMO_AGREEMENT_IN_FORCE);
  if (date == NULL && g_str_equal (status, "ended"))
    date = memo_record_get_date (record, MEMO_AGREEMENT_ENDS);
  if (date == NULL)
    date = memo_record_get_date (record, MEMO_AGREEMENT_SIGNED);

  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_FOLLOW_UP, NULL);
  memo_record_builder_set_text (builder, MEMO_FOLLOW_UP_AGREEMENT, memo_record_get_uuid (record));
  memo_record_builder_set_text (builder, MEMO_FOLLOW_UP_STATUS, status);
  memo_record_builder_set_date (builder, MEMO_FOLLOW_UP_DATE, date);
  memo_record_builder_set_text (builder, MEMO_FOLLOW_UP_COMMENT, self->status_comment);
  g_autoptr (MemoRecord) follow_up = memo_record_builder_end (builder);
  memo_change_insert (self->draft->change, follow_up);
}

/* The byline of an article whose authors are given anew: their names as they were typed. */
static void
set_byline (MemoRecordBuilder *builder, const MemoValue *values, guint n_values)
{
  g_autoptr (GString) byline = g_string_new (NULL);
  gboolean given = FALSE;

  for (guint i = 0; i < n_values; i++)
    if (g_str_equal (values[i].field, "author") || g_str_equal (values[i].field, "authors"))
      {
        given = TRUE;
        if (byline->len > 0)
          g_string_append (byline, "; ");
        g_string_append (byline, values[i].value ? values[i].value : "");
      }
  if (given)
    memo_record_builder_set_text (builder, MEMO_ARTICLE_BYLINE, byline->str);
}

static gboolean
is_same (MemoRecord *a, MemoRecord *b)
{
  guint n;

  memo_kind_get_fields (memo_record_get_kind (a), &n);
  for (guint i = 0; i < n; i++)
    if (!memo_record_field_equal (a, b, MEMO_FIELD (memo_record_get_kind (a), i)))
      return FALSE;
  return TRUE;
}

MemoRecord *
memo_draft_edit (MemoDraft *self,
                 MemoKind kind,
                 MemoRecord *base,
                 const MemoValue *values,
                 guint n_values,
                 GError **error)
{
  g_autofree char *uuid = base ? g_strdup (memo_record_get_uuid (base)) : memo_uuid_new ();
  g_auto (Edit) edit = {
    .draft = self,
    .kind = kind,
    .base = base,
    .builder = base ? memo_record_builder_edit (base) : memo_record_builder_new (kind, uuid),
    .uuid = uuid,
    .lists = g_array_new (FALSE, FALSE, sizeof (List)),
    .names = { memo_kind_find_field (kind, "names"), NULL },
    .roles = { memo_kind_find_field (kind, "roles"), NULL },
  };
  g_array_set_clear_func (edit.lists, clear_list);

  for (guint i = 0; i < n_values; i++)
    if (!set_value (&edit, values[i].field, values[i].value ? values[i].value : "", error))
      return NULL;
  for (guint i = 0; i < edit.lists->len; i++)
    {
      List *list = &g_array_index (edit.lists, List, i);
      g_ptr_array_add (list->texts, NULL);
      memo_record_builder_set_texts (edit.builder, list->field, (const char *const *) list->texts->pdata);
    }
  store_members (&edit.names, edit.builder);
  store_members (&edit.roles, edit.builder);
  if (kind == MEMO_KIND_ARTICLE)
    set_byline (edit.builder, values, n_values);

  MemoRecord *record = complete (&edit, error);
  if (record == NULL)
    return NULL;
  if (base == NULL)
    memo_change_insert (self->change, record);
  else if (!self->only_changed || !is_same (base, record))
    memo_change_update (self->change, base, record);
  if (kind == MEMO_KIND_AGREEMENT)
    add_history (&edit, record);
  return record;
}

/* Names of changes: what is made, and what is changed. */
static const struct
{
  const char *add, *edit;
} change_names[MEMO_N_KINDS] = {
  [MEMO_KIND_ARTICLE] = { N_ ("Add article"), N_ ("Edit article") },
  [MEMO_KIND_ANNOTATION] = { N_ ("Add annotation"), N_ ("Edit annotation") },
  [MEMO_KIND_AGREEMENT] = { N_ ("Add agreement"), N_ ("Edit agreement") },
  [MEMO_KIND_FOLLOW_UP] = { N_ ("Add follow-up"), N_ ("Edit follow-up") },
  [MEMO_KIND_EVENT] = { N_ ("Add event"), N_ ("Edit event") },
  [MEMO_KIND_BODY] = { N_ ("Add body"), N_ ("Edit body") },
  [MEMO_KIND_PARTY] = { N_ ("Add party"), N_ ("Edit party") },
  [MEMO_KIND_SECTOR] = { N_ ("Add sector"), N_ ("Edit sector") },
  [MEMO_KIND_EVIDENCE] = { N_ ("Add evidence"), N_ ("Edit evidence") },
  [MEMO_KIND_NOTE] = { N_ ("Add note"), N_ ("Edit note") },
  [MEMO_KIND_FILTER] = { N_ ("Add filter"), N_ ("Edit filter") },
};

MemoChange *
memo_action_edit (MemoIndex *index,
                  MemoKind kind,
                  MemoRecord *base,
                  const MemoValue *values,
                  guint n_values,
                  MemoRecord **ret_record,
                  GError **error)
{
  g_return_val_if_fail (kind < MEMO_N_KINDS, NULL);
  g_return_val_if_fail (base == NULL || memo_record_get_kind (base) == kind, NULL);

  const char *detail = base ? memo_record_get_title (base) : NULL;
  int title = memo_kind_get_title_field (kind);
  for (guint i = 0; i < n_values; i++)
    if (title >= 0 && g_strcmp0 (values[i].field, memo_field_get_info (title)->name) == 0)
      detail = values[i].value;
  g_autofree char *short_detail = detail ? memo_text_ellipsize (detail, 80) : NULL;

  g_auto (MemoDraft) draft = { 0 };
  memo_draft_init (&draft, index, base ? change_names[kind].edit : change_names[kind].add, short_detail);
  g_autoptr (MemoRecord) record = memo_draft_edit (&draft, kind, base, values, n_values, error);
  if (record == NULL)
    return NULL;
  if (ret_record != NULL)
    *ret_record = g_steal_pointer (&record);
  return memo_draft_end (&draft);
}
