#include "memo-record.h"

#include <string.h>

/* The one table of what a record of each kind holds; order is that of the enumeration MemoField. */

#define T MEMO_FIELD_TEXT
#define I MEMO_FIELD_INT
#define D MEMO_FIELD_DATE
#define TS MEMO_FIELD_TEXTS
#define R MEMO_FIELD_REF
#define RS MEMO_FIELD_REFS
#define J MEMO_FIELD_JSON

static const MemoFieldInfo article_fields[] = {
  { "title", T },      { "subtitle", T },     { "summary", TS },   { "authors", RS }, { "biographies", J },
  { "outlet", T },     { "published", D },    { "accessed", D },   { "language", T }, { "kind", T },
  { "url", T },        { "work", T },         { "versions", J },   { "tags", TS },    { "sectors", RS },
  { "place", T },      { "byline", T },       { "file", T },       { "original", T }, { "media_type", T },
  { "references", J }, { "blocks", J, TRUE }, { "text", T, TRUE }, { "sha256", T },
};
static const MemoFieldInfo annotation_fields[] = {
  { "article", R }, { "start", I }, { "end", I },   { "exact", T },    { "prefix", T },  { "suffix", T },
  { "comment", T }, { "color", T }, { "tags", TS }, { "sectors", RS }, { "speaker", R }, { "state", T },
};
static const MemoFieldInfo agreement_fields[] = {
  { "title", T },    { "kind", T },    { "signed", D },   { "in_force", D }, { "ends", D },    { "horizon", D },
  { "parties", RS }, { "roles", J },   { "sectors", RS }, { "status", T },   { "package", R }, { "declared", I },
  { "body", R },     { "session", I }, { "summary", T },  { "tags", TS },
};
static const MemoFieldInfo follow_up_fields[] = { { "agreement", R },
                                                  { "status", T },
                                                  { "date", D },
                                                  { "comment", T } };
static const MemoFieldInfo event_fields[] = {
  { "title", T }, { "kind", T },    { "when", D },    { "parties", RS }, { "sectors", RS },
  { "body", R },  { "session", I }, { "summary", T }, { "tags", TS },
};
static const MemoFieldInfo body_fields[] = {
  { "name", T }, { "names", J }, { "acronym", T }, { "kind", T }, { "founded", D }, { "parties", RS }, { "summary", T },
};
static const MemoFieldInfo party_fields[] = {
  { "name", T }, { "names", J }, { "code", T }, { "kind", T }, { "aliases", TS }, { "summary", T },
};
static const MemoFieldInfo sector_fields[] = { { "code", T }, { "names", J }, { "parent", R }, { "position", I } };
static const MemoFieldInfo evidence_fields[] = { { "record", R }, { "annotation", R }, { "field", T }, { "value", T } };
static const MemoFieldInfo note_fields[] = { { "title", T }, { "text", T }, { "tags", TS } };
static const MemoFieldInfo filter_fields[] = { { "name", T }, { "json", J } };

#undef T
#undef I
#undef D
#undef TS
#undef R
#undef RS
#undef J

static const struct
{
  const char *name;
  const MemoFieldInfo *fields;
  guint n_fields;
  int title;
} kinds[MEMO_N_KINDS] = {
#define KIND(name, fields, title)                                                                                      \
  {                                                                                                                    \
    name, fields, G_N_ELEMENTS (fields), title                                                                         \
  }
  [MEMO_KIND_ARTICLE] = KIND ("article", article_fields, MEMO_ARTICLE_TITLE),
  [MEMO_KIND_ANNOTATION] = KIND ("annotation", annotation_fields, MEMO_ANNOTATION_EXACT),
  [MEMO_KIND_AGREEMENT] = KIND ("agreement", agreement_fields, MEMO_AGREEMENT_TITLE),
  [MEMO_KIND_FOLLOW_UP] = KIND ("follow_up", follow_up_fields, MEMO_FOLLOW_UP_STATUS),
  [MEMO_KIND_EVENT] = KIND ("event", event_fields, MEMO_EVENT_TITLE),
  [MEMO_KIND_BODY] = KIND ("body", body_fields, MEMO_BODY_NAME),
  [MEMO_KIND_PARTY] = KIND ("party", party_fields, MEMO_PARTY_NAME),
  [MEMO_KIND_SECTOR] = KIND ("sector", sector_fields, MEMO_SECTOR_CODE),
  [MEMO_KIND_EVIDENCE] = KIND ("evidence", evidence_fields, -1),
  [MEMO_KIND_NOTE] = KIND ("note", note_fields, MEMO_NOTE_TITLE),
  [MEMO_KIND_FILTER] = KIND ("filter", filter_fields, MEMO_FILTER_NAME),
#undef KIND
};

G_STATIC_ASSERT (G_N_ELEMENTS (article_fields) == (MEMO_ARTICLE_SHA256 & 0xff) + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (annotation_fields) == (MEMO_ANNOTATION_STATE & 0xff) + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (agreement_fields) == (MEMO_AGREEMENT_TAGS & 0xff) + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (follow_up_fields) == (MEMO_FOLLOW_UP_COMMENT & 0xff) + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (event_fields) == (MEMO_EVENT_TAGS & 0xff) + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (body_fields) == (MEMO_BODY_SUMMARY & 0xff) + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (party_fields) == (MEMO_PARTY_SUMMARY & 0xff) + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (sector_fields) == (MEMO_SECTOR_POSITION & 0xff) + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (evidence_fields) == (MEMO_EVIDENCE_VALUE & 0xff) + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (note_fields) == (MEMO_NOTE_TAGS & 0xff) + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (filter_fields) == (MEMO_FILTER_JSON & 0xff) + 1);

const char *
memo_kind_get_name (MemoKind kind)
{
  g_return_val_if_fail (kind < MEMO_N_KINDS, NULL);
  return kinds[kind].name;
}

gboolean
memo_kind_from_name (const char *name, MemoKind *ret_kind)
{
  for (guint i = 0; i < MEMO_N_KINDS; i++)
    if (g_strcmp0 (kinds[i].name, name) == 0)
      {
        *ret_kind = i;
        return TRUE;
      }
  return FALSE;
}

const MemoFieldInfo *
memo_kind_get_fields (MemoKind kind, guint *ret_n)
{
  g_return_val_if_fail (kind < MEMO_N_KINDS, NULL);
  if (ret_n)
    *ret_n = kinds[kind].n_fields;
  return kinds[kind].fields;
}

const MemoFieldInfo *
memo_field_get_info (MemoField field)
{
  g_return_val_if_fail ((field >> 8) < MEMO_N_KINDS && (field & 0xff) < kinds[field >> 8].n_fields, NULL);
  return &kinds[field >> 8].fields[field & 0xff];
}

int
memo_kind_find_field (MemoKind kind, const char *name)
{
  g_return_val_if_fail (kind < MEMO_N_KINDS, -1);
  for (guint i = 0; i < kinds[kind].n_fields; i++)
    if (g_strcmp0 (kinds[kind].fields[i].name, name) == 0)
      return MEMO_FIELD (kind, i);
  return -1;
}

int
memo_kind_get_title_field (MemoKind kind)
{
  g_return_val_if_fail (kind < MEMO_N_KINDS, -1);
  return kinds[kind].title;
}
