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

static const MemoIndexAbout nothing = { NULL };

void
memo_index_row_unref (MemoIndexRow *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  if (self->about != &nothing)
    {
      g_autofree MemoIndexAbout *about = (MemoIndexAbout *) self->about;

      g_clear_object (&about->record);
      g_strfreev (about->names);
      g_clear_pointer (&about->when, memo_date_unref);
    }
  g_free (self);
}

gboolean
memo_index_follow_up_less (const MemoIndexRow *a, const MemoIndexRow *b)
{
  if (a->spanned != b->spanned)
    return a->spanned;
  return a->about->first != b->about->first ? a->about->first < b->about->first : a->id < b->id;
}

gboolean
memo_index_annotation_less (const MemoIndexRow *a, const MemoIndexRow *b)
{
  return a->position != b->position ? a->position < b->position : a->id < b->id;
}

int
memo_index_row_get_year (const MemoIndexRow *self)
{
  gint32 day = self->about->first;
  int year, month, mday;

  if (!self->dated)
    return G_MININT;
  if (day == MEMO_DATE_OPEN_START)
    day = memo_date_get_last (self->about->when);
  if (day == MEMO_DATE_OPEN_END)
    return G_MININT;
  memo_day_to_ymd (day, &year, &month, &mday);
  return year;
}

/* A row while it is made. */
typedef struct
{
  MemoDict *dict;
  GArray *values;            /* of guint32 */
  char *name, *key, *outlet; /* owned; about points to them, or into the record */
  MemoIndexAbout about;
  MemoIndexRow row;
} Draft;

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
set_span (Draft *self, MemoDate *start, MemoDate *end)
{
  MemoDate *from = start != NULL ? start : end;
  MemoDate *to = end != NULL ? end : start;

  if (from == NULL)
    return;
  self->row.dated = start != NULL;
  self->row.spanned = TRUE;
  self->about.when = memo_date_ref (from);
  self->about.first = memo_date_get_first (from);
  self->about.last = MAX (memo_date_get_last (from), memo_date_get_last (to));
  self->row.soft = soft_edge (from, MEMO_SOFT_START) | soft_edge (to, MEMO_SOFT_END);
  if (self->about.first == MEMO_DATE_OPEN_START)
    self->row.soft |= MEMO_OPEN_BEFORE;
  if (self->about.last == MEMO_DATE_OPEN_END)
    self->row.soft |= MEMO_OPEN_AFTER;
}

static MemoDate *
later_end (MemoDate *a, MemoDate *b)
{
  if (a == NULL || b == NULL)
    return a != NULL ? a : b;
  return memo_date_get_last (b) > memo_date_get_last (a) ? b : a;
}

static void
add_texts (Draft *self, const char *const *texts, guint16 *ret_n)
{
  GArray *values = self->values;
  guint start = values->len;

  for (guint i = 0; texts[i] != NULL && values->len - start < G_MAXUINT16; i++)
    {
      guint32 node = memo_dict_add (self->dict, texts[i]);
      gboolean known = node == 0;

      for (guint k = start; k < values->len && !known; k++)
        known = g_array_index (values, guint32, k) == node;
      if (!known)
        g_array_append_val (values, node);
    }
  *ret_n = values->len - start;
}

static void
add_one (Draft *self, const char *text, guint16 *ret_n)
{
  const char *const texts[] = { text, NULL };

  add_texts (self, texts, ret_n);
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
set_title (Draft *self, const char *title)
{
  if (title != NULL && *title != '\0')
    {
      self->about.title = title;
      self->about.key = self->key = sort_key (title);
    }
}

static void
set_outlet (Draft *self, const char *outlet)
{
  self->about.outlet = self->outlet = sort_key (outlet);
}

static void
set_names (Draft *self, MemoRecord *record, MemoField names_field)
{
  self->name = memo_record_dup_name_in (record, names_field, memo_language_of_interface ());
  set_title (self, self->name != NULL ? self->name : memo_record_get_title (record));
  self->about.names = read_names (record);
}

static guint
node_of (Draft *self, MemoRecord *record, MemoField field)
{
  return memo_dict_add (self->dict, memo_record_get_text (record, field));
}

static gint32
small_int (MemoRecord *record, MemoField field)
{
  gint64 value = memo_record_get_int (record, field);

  return value == MEMO_UNSET ? 0 : (gint32) CLAMP (value, 0, G_MAXINT32);
}

static void
fill_article (Draft *self, MemoRecord *record)
{
  g_auto (GStrv) cites = read_cites (memo_record_get_text (record, MEMO_ARTICLE_REFERENCES));
  guint16 ignored;

  set_title (self, memo_record_get_title (record));
  set_outlet (self, memo_record_get_text (record, MEMO_ARTICLE_OUTLET));
  self->about.type = node_of (self, record, MEMO_ARTICLE_KIND);
  self->about.language = node_of (self, record, MEMO_ARTICLE_LANGUAGE);
  self->row.other = node_of (self, record, MEMO_ARTICLE_WORK);
  if (self->row.other == 0)
    self->row.other = self->row.node;
  set_span (self, memo_record_get_date (record, MEMO_ARTICLE_PUBLISHED), NULL);
  add_texts (self, memo_record_get_texts (record, MEMO_ARTICLE_SECTORS), &self->row.n_sectors);
  add_texts (self, memo_record_get_texts (record, MEMO_ARTICLE_AUTHORS), &self->row.n_parties);
  add_texts (self, memo_record_get_texts (record, MEMO_ARTICLE_TAGS), &self->row.n_tags);
  add_texts (self, (const char *const *) cites, &ignored);
  self->row.n_cites = ignored;
  memo_links_put (memo_dict_get_links (self->dict), record);
}

static void
fill_annotation (Draft *self, MemoRecord *record)
{
  self->row.owner = node_of (self, record, MEMO_ANNOTATION_ARTICLE);
  self->row.position = small_int (record, MEMO_ANNOTATION_START);
  add_texts (self, memo_record_get_texts (record, MEMO_ANNOTATION_SECTORS), &self->row.n_sectors);
  add_one (self, memo_record_get_text (record, MEMO_ANNOTATION_SPEAKER), &self->row.n_parties);
  add_texts (self, memo_record_get_texts (record, MEMO_ANNOTATION_TAGS), &self->row.n_tags);
}

static void
fill_agreement (Draft *self, MemoRecord *record)
{
  MemoDate *start = memo_record_get_date (record, MEMO_AGREEMENT_SIGNED);

  set_title (self, memo_record_get_title (record));
  if (start == NULL)
    start = memo_record_get_date (record, MEMO_AGREEMENT_IN_FORCE);
  set_span (self, start,
            later_end (memo_record_get_date (record, MEMO_AGREEMENT_ENDS),
                       memo_record_get_date (record, MEMO_AGREEMENT_HORIZON)));
  self->about.status = node_of (self, record, MEMO_AGREEMENT_STATUS);
  self->about.type = node_of (self, record, MEMO_AGREEMENT_KIND);
  self->about.body = node_of (self, record, MEMO_AGREEMENT_BODY);
  self->row.owner = node_of (self, record, MEMO_AGREEMENT_PACKAGE);
  self->row.position = small_int (record, MEMO_AGREEMENT_DECLARED);
  add_texts (self, memo_record_get_texts (record, MEMO_AGREEMENT_SECTORS), &self->row.n_sectors);
  add_texts (self, memo_record_get_texts (record, MEMO_AGREEMENT_PARTIES), &self->row.n_parties);
  add_texts (self, memo_record_get_texts (record, MEMO_AGREEMENT_TAGS), &self->row.n_tags);
}

static void
fill_event (Draft *self, MemoRecord *record)
{
  set_title (self, memo_record_get_title (record));
  set_span (self, memo_record_get_date (record, MEMO_EVENT_WHEN), NULL);
  self->about.type = node_of (self, record, MEMO_EVENT_KIND);
  self->about.body = node_of (self, record, MEMO_EVENT_BODY);
  add_texts (self, memo_record_get_texts (record, MEMO_EVENT_SECTORS), &self->row.n_sectors);
  add_texts (self, memo_record_get_texts (record, MEMO_EVENT_PARTIES), &self->row.n_parties);
  add_texts (self, memo_record_get_texts (record, MEMO_EVENT_TAGS), &self->row.n_tags);
}

static void
fill_small (Draft *self, MemoRecord *record)
{
  switch (memo_record_get_kind (record))
    {
    case MEMO_KIND_FOLLOW_UP:
      self->row.owner = node_of (self, record, MEMO_FOLLOW_UP_AGREEMENT);
      self->about.status = node_of (self, record, MEMO_FOLLOW_UP_STATUS);
      set_span (self, memo_record_get_date (record, MEMO_FOLLOW_UP_DATE), NULL);
      break;
    case MEMO_KIND_BODY:
      set_names (self, record, MEMO_BODY_NAMES);
      set_span (self, memo_record_get_date (record, MEMO_BODY_FOUNDED), NULL);
      self->about.type = node_of (self, record, MEMO_BODY_KIND);
      self->about.body = self->row.node;
      add_texts (self, memo_record_get_texts (record, MEMO_BODY_PARTIES), &self->row.n_parties);
      break;
    case MEMO_KIND_PARTY:
      set_names (self, record, MEMO_PARTY_NAMES);
      self->row.person = g_strcmp0 (memo_record_get_text (record, MEMO_PARTY_KIND), "person") == 0;
      break;
    case MEMO_KIND_SECTOR:
      set_names (self, record, MEMO_SECTOR_NAMES);
      self->row.owner = node_of (self, record, MEMO_SECTOR_PARENT);
      self->row.position = small_int (record, MEMO_SECTOR_POSITION);
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

static void
fill (Draft *self, MemoRecord *record)
{
  switch (memo_record_get_kind (record))
    {
    case MEMO_KIND_ARTICLE:
      fill_article (self, record);
      break;
    case MEMO_KIND_ANNOTATION:
      fill_annotation (self, record);
      break;
    case MEMO_KIND_AGREEMENT:
      fill_agreement (self, record);
      break;
    case MEMO_KIND_EVENT:
      fill_event (self, record);
      break;
    case MEMO_KIND_NOTE:
      set_title (self, memo_record_get_title (record));
      add_texts (self, memo_record_get_texts (record, MEMO_NOTE_TAGS), &self->row.n_tags);
      break;
    case MEMO_KIND_EVIDENCE:
      self->row.owner = node_of (self, record, MEMO_EVIDENCE_RECORD);
      self->row.other = node_of (self, record, MEMO_EVIDENCE_ANNOTATION);
      break;
    default:
      fill_small (self, record);
      break;
    }
}

/* Copies *@text to *@place, which moves behind it, and lets it point there. */
static void
pack_text (const char **text, char **place)
{
  const char *from = *text;

  if (from == NULL)
    return;
  *text = *place;
  *place = g_stpcpy (*place, from) + 1;
}

static gsize
size_of (const char *text)
{
  return text != NULL ? strlen (text) + 1 : 0;
}

/* With its texts behind it in one piece. */
static const MemoIndexAbout *
pack_about (const MemoIndexAbout *about)
{
  MemoIndexAbout *self;
  char *place;

  if (memcmp (about, &nothing, sizeof nothing) == 0)
    return &nothing;
  self = g_malloc (sizeof *self + size_of (about->title) + size_of (about->key) + size_of (about->outlet));
  *self = *about;
  place = (char *) (self + 1);
  pack_text (&self->title, &place);
  pack_text (&self->key, &place);
  pack_text (&self->outlet, &place);
  return self;
}

MemoIndexRow *
memo_index_row_new_from_record (MemoDict *dict, MemoRecord *record)
{
  MemoKind kind = memo_record_get_kind (record);
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (guint32));
  Draft draft;
  MemoIndexRow *self;

  memset (&draft, 0, sizeof draft);
  draft.dict = dict;
  draft.values = values;
  draft.row.kind = kind;
  draft.row.node = memo_dict_add (dict, memo_record_get_uuid (record));
  draft.row.id = memo_record_get_id (record);
  draft.row.created = memo_record_get_created (record);
  draft.row.modified = memo_record_get_modified (record);
  if (memo_kind_is_small (kind))
    draft.about.record = g_object_ref (record);
  fill (&draft, record);

  self = g_malloc (sizeof (MemoIndexRow) + values->len * sizeof (guint32));
  *self = draft.row;
  self->about = pack_about (&draft.about);
  if (values->len > 0)
    memcpy (self->values, values->data, values->len * sizeof (guint32));
  g_atomic_ref_count_init (&self->refs);
  g_free (draft.name);
  g_free (draft.key);
  g_free (draft.outlet);
  return self;
}
