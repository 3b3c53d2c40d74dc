#include "memo-index-private.h"

#include <string.h>

#include "base/memo-language.h"
#include "base/memo-text.h"

#define KEY_LENGTH 80 /* code points of a title that count for its place in a list */

MemoIndexRow *
memo_index_row_ref (MemoIndexRow *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
memo_index_row_unref (MemoIndexRow *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->title);
  g_free (self->key);
  g_free (self->outlet);
  g_clear_object (&self->record);
  g_strfreev (self->names);
  g_clear_pointer (&self->when, memo_date_unref);
  g_free (self);
}

gboolean
memo_index_follow_up_less (const MemoIndexRow *a, const MemoIndexRow *b)
{
  if (a->spanned != b->spanned)
    return a->spanned;
  return a->first != b->first ? a->first < b->first : a->id < b->id;
}

gboolean
memo_index_annotation_less (const MemoIndexRow *a, const MemoIndexRow *b)
{
  return a->position != b->position ? a->position < b->position : a->id < b->id;
}

int
memo_index_row_get_year (const MemoIndexRow *self)
{
  gint32 day = self->first;
  int year, month, mday;

  if (!self->dated)
    return G_MININT;
  if (day == MEMO_DATE_OPEN_START)
    day = memo_date_get_last (self->when);
  if (day == MEMO_DATE_OPEN_END)
    return G_MININT;
  memo_day_to_ymd (day, &year, &month, &mday);
  return year;
}

static char *
sort_key (const char *text)
{
  const char *end;
  g_autofree char *head = NULL;

  if (text == NULL || *text == '\0')
    return NULL;
  end = text;
  for (guint i = 0; i < KEY_LENGTH && *end != '\0'; i++)
    end = g_utf8_next_char (end);
  head = g_strndup (text, end - text);
  return memo_text_sort_key (head, memo_language_of_interface ());
}

static guint
soft_edge (MemoDate *date, guint bit)
{
  MemoPrecision precision;

  if (date == NULL)
    return 0;
  precision = memo_date_get_precision (date);
  return memo_date_is_uncertain (date) || memo_date_is_approximate (date) || precision == MEMO_PRECISION_DECADE ||
                 precision == MEMO_PRECISION_CENTURY
             ? bit
             : 0;
}

static void
set_span (MemoIndexRow *self, MemoDate *start, MemoDate *end)
{
  MemoDate *from = start != NULL ? start : end;
  MemoDate *to = end != NULL ? end : start;

  if (from == NULL)
    return;
  self->dated = start != NULL;
  self->spanned = TRUE;
  self->when = memo_date_ref (from);
  self->first = memo_date_get_first (from);
  self->last = MAX (memo_date_get_last (from), memo_date_get_last (to));
  self->soft = soft_edge (from, MEMO_SOFT_START) | soft_edge (to, MEMO_SOFT_END);
  if (self->first == MEMO_DATE_OPEN_START)
    self->soft |= MEMO_OPEN_BEFORE;
  if (self->last == MEMO_DATE_OPEN_END)
    self->soft |= MEMO_OPEN_AFTER;
}

static MemoDate *
later_end (MemoDate *a, MemoDate *b)
{
  if (a == NULL || b == NULL)
    return a != NULL ? a : b;
  return memo_date_get_last (b) > memo_date_get_last (a) ? b : a;
}

static void
add_texts (GArray *values, MemoDict *dict, const char *const *texts, guint16 *ret_n)
{
  guint start = values->len;

  for (guint i = 0; texts[i] != NULL && values->len - start < G_MAXUINT16; i++)
    {
      guint32 node = memo_dict_add (dict, texts[i]);
      gboolean known = node == 0;

      for (guint k = start; k < values->len && !known; k++)
        known = g_array_index (values, guint32, k) == node;
      if (!known)
        g_array_append_val (values, node);
    }
  *ret_n = values->len - start;
}

static void
add_one (GArray *values, MemoDict *dict, const char *text, guint16 *ret_n)
{
  const char *const texts[] = { text, NULL };

  add_texts (values, dict, texts, ret_n);
}

/* UUIDs under "cites" of the references. */
static GStrv
read_cites (const char *json)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  if (json != NULL && strstr (json, "\"cites\"") != NULL)
    root = json_from_string (json, NULL);
  if (root != NULL && JSON_NODE_HOLDS_ARRAY (root))
    {
      JsonArray *array = json_node_get_array (root);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          JsonNode *element = json_array_get_element (array, i);
          JsonNode *cites = JSON_NODE_HOLDS_OBJECT (element)
                                ? json_object_get_member (json_node_get_object (element), "cites")
                                : NULL;

          if (cites != NULL && json_node_get_value_type (cites) == G_TYPE_STRING)
            g_strv_builder_add (builder, json_node_get_string (cites));
        }
    }
  return g_strv_builder_end (builder);
}

static void
add_key (GStrvBuilder *builder, const char *text)
{
  g_autofree char *key = text != NULL ? memo_text_key (text) : NULL;

  if (key != NULL && *key != '\0')
    g_strv_builder_add (builder, key);
}

static void
add_names (GStrvBuilder *builder, const char *json)
{
  g_autoptr (JsonNode) root = json != NULL ? json_from_string (json, NULL) : NULL;
  g_autoptr (GList) members = NULL;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return;
  members = json_object_get_values (json_node_get_object (root));
  for (GList *link = members; link != NULL; link = link->next)
    if (json_node_get_value_type (link->data) == G_TYPE_STRING)
      add_key (builder, json_node_get_string (link->data));
}

/* The keys under which people find a party, sector or body. */
static GStrv
read_names (MemoRecord *record)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  switch (memo_record_get_kind (record))
    {
    case MEMO_KIND_SECTOR:
      add_key (builder, memo_record_get_text (record, MEMO_SECTOR_CODE));
      add_names (builder, memo_record_get_text (record, MEMO_SECTOR_NAMES));
      break;
    case MEMO_KIND_BODY:
      add_key (builder, memo_record_get_text (record, MEMO_BODY_ACRONYM));
      add_key (builder, memo_record_get_text (record, MEMO_BODY_NAME));
      add_names (builder, memo_record_get_text (record, MEMO_BODY_NAMES));
      break;
    case MEMO_KIND_PARTY:
      {
        const char *const *aliases = memo_record_get_texts (record, MEMO_PARTY_ALIASES);

        add_key (builder, memo_record_get_text (record, MEMO_PARTY_CODE));
        add_key (builder, memo_record_get_text (record, MEMO_PARTY_NAME));
        add_names (builder, memo_record_get_text (record, MEMO_PARTY_NAMES));
        for (guint i = 0; aliases[i] != NULL; i++)
          add_key (builder, aliases[i]);
        break;
      }
    default:
      break;
    }
  return g_strv_builder_end (builder);
}

static void
set_title (MemoIndexRow *self, const char *title)
{
  if (title != NULL && *title != '\0')
    {
      self->title = g_strdup (title);
      self->key = sort_key (title);
    }
}

static void
set_small (MemoIndexRow *self, MemoRecord *record, MemoField names_field)
{
  g_autofree char *name = memo_record_dup_name_in (record, names_field, memo_language_of_interface ());

  set_title (self, name != NULL ? name : memo_record_get_title (record));
  self->names = read_names (record);
}

static guint
node_of (MemoDict *dict, MemoRecord *record, MemoField field)
{
  return memo_dict_add (dict, memo_record_get_text (record, field));
}

static gint32
small_int (MemoRecord *record, MemoField field)
{
  gint64 value = memo_record_get_int (record, field);

  return value == MEMO_UNSET ? 0 : (gint32) CLAMP (value, 0, G_MAXINT32);
}

static void
fill_article (MemoIndexRow *self, MemoDict *dict, MemoRecord *record, GArray *values)
{
  g_auto (GStrv) cites = read_cites (memo_record_get_text (record, MEMO_ARTICLE_REFERENCES));
  guint16 ignored;

  set_title (self, memo_record_get_title (record));
  self->outlet = sort_key (memo_record_get_text (record, MEMO_ARTICLE_OUTLET));
  self->type = node_of (dict, record, MEMO_ARTICLE_KIND);
  self->language = node_of (dict, record, MEMO_ARTICLE_LANGUAGE);
  self->other = node_of (dict, record, MEMO_ARTICLE_WORK);
  if (self->other == 0)
    self->other = self->node;
  set_span (self, memo_record_get_date (record, MEMO_ARTICLE_PUBLISHED), NULL);
  add_texts (values, dict, memo_record_get_texts (record, MEMO_ARTICLE_SECTORS), &self->n_sectors);
  add_texts (values, dict, memo_record_get_texts (record, MEMO_ARTICLE_AUTHORS), &self->n_parties);
  add_texts (values, dict, memo_record_get_texts (record, MEMO_ARTICLE_TAGS), &self->n_tags);
  add_texts (values, dict, (const char *const *) cites, &ignored);
  self->n_cites = ignored;
  memo_links_put (memo_dict_get_links (dict), record);
}

static void
fill_annotation (MemoIndexRow *self, MemoDict *dict, MemoRecord *record, GArray *values)
{
  self->owner = node_of (dict, record, MEMO_ANNOTATION_ARTICLE);
  self->position = small_int (record, MEMO_ANNOTATION_START);
  add_texts (values, dict, memo_record_get_texts (record, MEMO_ANNOTATION_SECTORS), &self->n_sectors);
  add_one (values, dict, memo_record_get_text (record, MEMO_ANNOTATION_SPEAKER), &self->n_parties);
  add_texts (values, dict, memo_record_get_texts (record, MEMO_ANNOTATION_TAGS), &self->n_tags);
}

static void
fill_agreement (MemoIndexRow *self, MemoDict *dict, MemoRecord *record, GArray *values)
{
  MemoDate *start = memo_record_get_date (record, MEMO_AGREEMENT_SIGNED);

  set_title (self, memo_record_get_title (record));
  if (start == NULL)
    start = memo_record_get_date (record, MEMO_AGREEMENT_IN_FORCE);
  set_span (self, start,
            later_end (memo_record_get_date (record, MEMO_AGREEMENT_ENDS),
                       memo_record_get_date (record, MEMO_AGREEMENT_HORIZON)));
  self->status = node_of (dict, record, MEMO_AGREEMENT_STATUS);
  self->type = node_of (dict, record, MEMO_AGREEMENT_KIND);
  self->body = node_of (dict, record, MEMO_AGREEMENT_BODY);
  self->owner = node_of (dict, record, MEMO_AGREEMENT_PACKAGE);
  self->position = small_int (record, MEMO_AGREEMENT_DECLARED);
  add_texts (values, dict, memo_record_get_texts (record, MEMO_AGREEMENT_SECTORS), &self->n_sectors);
  add_texts (values, dict, memo_record_get_texts (record, MEMO_AGREEMENT_PARTIES), &self->n_parties);
  add_texts (values, dict, memo_record_get_texts (record, MEMO_AGREEMENT_TAGS), &self->n_tags);
}

static void
fill_event (MemoIndexRow *self, MemoDict *dict, MemoRecord *record, GArray *values)
{
  set_title (self, memo_record_get_title (record));
  set_span (self, memo_record_get_date (record, MEMO_EVENT_WHEN), NULL);
  self->type = node_of (dict, record, MEMO_EVENT_KIND);
  self->body = node_of (dict, record, MEMO_EVENT_BODY);
  add_texts (values, dict, memo_record_get_texts (record, MEMO_EVENT_SECTORS), &self->n_sectors);
  add_texts (values, dict, memo_record_get_texts (record, MEMO_EVENT_PARTIES), &self->n_parties);
  add_texts (values, dict, memo_record_get_texts (record, MEMO_EVENT_TAGS), &self->n_tags);
}

static void
fill_small (MemoIndexRow *self, MemoDict *dict, MemoRecord *record, GArray *values)
{
  switch (memo_record_get_kind (record))
    {
    case MEMO_KIND_FOLLOW_UP:
      self->owner = node_of (dict, record, MEMO_FOLLOW_UP_AGREEMENT);
      self->status = node_of (dict, record, MEMO_FOLLOW_UP_STATUS);
      set_span (self, memo_record_get_date (record, MEMO_FOLLOW_UP_DATE), NULL);
      break;
    case MEMO_KIND_BODY:
      set_small (self, record, MEMO_BODY_NAMES);
      set_span (self, memo_record_get_date (record, MEMO_BODY_FOUNDED), NULL);
      self->type = node_of (dict, record, MEMO_BODY_KIND);
      self->body = self->node;
      add_texts (values, dict, memo_record_get_texts (record, MEMO_BODY_PARTIES), &self->n_parties);
      break;
    case MEMO_KIND_PARTY:
      set_small (self, record, MEMO_PARTY_NAMES);
      self->person = g_strcmp0 (memo_record_get_text (record, MEMO_PARTY_KIND), "person") == 0;
      break;
    case MEMO_KIND_SECTOR:
      set_small (self, record, MEMO_SECTOR_NAMES);
      self->owner = node_of (dict, record, MEMO_SECTOR_PARENT);
      self->position = small_int (record, MEMO_SECTOR_POSITION);
      break;
    default:
      set_title (self, memo_record_get_title (record));
      break;
    }
}

guint32
memo_index_row_fields (MemoKind kind)
{
#define BIT MEMO_FIELD_BIT
  switch (kind)
    {
    case MEMO_KIND_ARTICLE:
      return BIT (MEMO_ARTICLE_KIND) | BIT (MEMO_ARTICLE_SECTORS) | BIT (MEMO_ARTICLE_TAGS) | memo_links_fields ();
    case MEMO_KIND_ANNOTATION:
      return BIT (MEMO_ANNOTATION_ARTICLE) | BIT (MEMO_ANNOTATION_START) | BIT (MEMO_ANNOTATION_SECTORS) |
             BIT (MEMO_ANNOTATION_SPEAKER) | BIT (MEMO_ANNOTATION_TAGS);
    case MEMO_KIND_AGREEMENT:
      return BIT (MEMO_AGREEMENT_TITLE) | BIT (MEMO_AGREEMENT_KIND) | BIT (MEMO_AGREEMENT_SIGNED) |
             BIT (MEMO_AGREEMENT_IN_FORCE) | BIT (MEMO_AGREEMENT_ENDS) | BIT (MEMO_AGREEMENT_HORIZON) |
             BIT (MEMO_AGREEMENT_PARTIES) | BIT (MEMO_AGREEMENT_SECTORS) | BIT (MEMO_AGREEMENT_STATUS) |
             BIT (MEMO_AGREEMENT_PACKAGE) | BIT (MEMO_AGREEMENT_DECLARED) | BIT (MEMO_AGREEMENT_BODY) |
             BIT (MEMO_AGREEMENT_TAGS);
    case MEMO_KIND_EVENT:
      return BIT (MEMO_EVENT_TITLE) | BIT (MEMO_EVENT_KIND) | BIT (MEMO_EVENT_WHEN) | BIT (MEMO_EVENT_PARTIES) |
             BIT (MEMO_EVENT_SECTORS) | BIT (MEMO_EVENT_BODY) | BIT (MEMO_EVENT_TAGS);
    case MEMO_KIND_NOTE:
      return BIT (MEMO_NOTE_TITLE) | BIT (MEMO_NOTE_TAGS);
    case MEMO_KIND_EVIDENCE:
      return BIT (MEMO_EVIDENCE_RECORD) | BIT (MEMO_EVIDENCE_ANNOTATION);
    default:
      /* The small kinds are held whole. */
      return G_MAXUINT32;
    }
#undef BIT
}

MemoIndexRow *
memo_index_row_new_from_record (MemoDict *dict, MemoRecord *record)
{
  MemoKind kind = memo_record_get_kind (record);
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (guint32));
  MemoIndexRow head = { 0 };
  MemoIndexRow *self;

  head.kind = kind;
  head.node = memo_dict_add (dict, memo_record_get_uuid (record));
  head.id = memo_record_get_id (record);
  head.created = memo_record_get_created (record);
  head.modified = memo_record_get_modified (record);
  if (memo_kind_is_small (kind))
    head.record = g_object_ref (record);

  switch (kind)
    {
    case MEMO_KIND_ARTICLE:
      fill_article (&head, dict, record, values);
      break;
    case MEMO_KIND_ANNOTATION:
      fill_annotation (&head, dict, record, values);
      break;
    case MEMO_KIND_AGREEMENT:
      fill_agreement (&head, dict, record, values);
      break;
    case MEMO_KIND_EVENT:
      fill_event (&head, dict, record, values);
      break;
    case MEMO_KIND_NOTE:
      set_title (&head, memo_record_get_title (record));
      add_texts (values, dict, memo_record_get_texts (record, MEMO_NOTE_TAGS), &head.n_tags);
      break;
    case MEMO_KIND_EVIDENCE:
      head.owner = node_of (dict, record, MEMO_EVIDENCE_RECORD);
      head.other = node_of (dict, record, MEMO_EVIDENCE_ANNOTATION);
      break;
    default:
      fill_small (&head, dict, record, values);
      break;
    }

  self = g_malloc (sizeof (MemoIndexRow) + values->len * sizeof (guint32));
  *self = head;
  if (values->len > 0)
    memcpy (self->values, values->data, values->len * sizeof (guint32));
  g_atomic_ref_count_init (&self->refs);
  return self;
}
