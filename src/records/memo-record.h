#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>
#include "base/memo-date.h"

G_BEGIN_DECLS

/* Records are values: built once, never changed. An edit is a changed copy (MemoRecordBuilder) that is saved through a
 * MemoChange. One table of fields per kind (memo-fields.c) gives every layer the same names: column, JSON member, claim. */
typedef enum
{
  MEMO_KIND_ARTICLE,
  MEMO_KIND_ANNOTATION,
  MEMO_KIND_AGREEMENT,
  MEMO_KIND_FOLLOW_UP, /* one entry of an agreement's status history */
  MEMO_KIND_EVENT,
  MEMO_KIND_BODY,
  MEMO_KIND_PARTY, /* state, organisation, company or person; authors and speakers are persons */
  MEMO_KIND_SECTOR,
  MEMO_KIND_EVIDENCE,
  MEMO_KIND_NOTE,
  MEMO_KIND_FILTER, /* a named filter */
  MEMO_N_KINDS
} MemoKind;

typedef enum
{
  MEMO_FIELD_TEXT,  /* char *, NULL when unset */
  MEMO_FIELD_INT,   /* gint64, MEMO_UNSET when unset */
  MEMO_FIELD_DATE,  /* MemoDate * */
  MEMO_FIELD_TEXTS, /* GStrv, stored as a JSON array */
  MEMO_FIELD_REF,   /* UUID of another record */
  MEMO_FIELD_REFS,  /* GStrv of UUIDs, stored with spaces between */
  MEMO_FIELD_JSON   /* a JSON document as text */
} MemoFieldType;

#define MEMO_UNSET G_MININT64

/* A field names its kind in the high byte, so that a wrong pair of record and field is caught. */
#define MEMO_FIELD(kind, index) (((kind) << 8) | (index))
typedef enum
{
  MEMO_ARTICLE_TITLE = MEMO_FIELD (MEMO_KIND_ARTICLE, 0),
  MEMO_ARTICLE_SUBTITLE,
  MEMO_ARTICLE_SUMMARY,     /* TEXTS: points, apart from the body */
  MEMO_ARTICLE_AUTHORS,     /* REFS: persons */
  MEMO_ARTICLE_BIOGRAPHIES, /* JSON: [{"author","text"}] */
  MEMO_ARTICLE_OUTLET,
  MEMO_ARTICLE_PUBLISHED, /* DATE */
  MEMO_ARTICLE_ACCESSED,  /* DATE */
  MEMO_ARTICLE_LANGUAGE,  /* "en" */
  MEMO_ARTICLE_KIND,      /* analysis, news, statement, document, opinion, interview, academic, other */
  MEMO_ARTICLE_URL,
  MEMO_ARTICLE_WORK,       /* TEXT: UUID shared by the versions of one work */
  MEMO_ARTICLE_VERSIONS,   /* JSON: [{"language","url"}] that the page names */
  MEMO_ARTICLE_TAGS,       /* TEXTS */
  MEMO_ARTICLE_SECTORS,    /* REFS */
  MEMO_ARTICLE_PLACE,      /* TEXT: dateline place */
  MEMO_ARTICLE_BYLINE,     /* TEXT: the authors' names, so that search finds them in any casing */
  MEMO_ARTICLE_FILE,       /* TEXT: name of the file it came from */
  MEMO_ARTICLE_ORIGINAL,   /* TEXT: SHA-256 of the original's bytes */
  MEMO_ARTICLE_MEDIA_TYPE, /* of the original */
  MEMO_ARTICLE_REFERENCES, /* JSON: [{"label","text","cites":UUID or null,"url","accessed","author","title","outlet","published","ibid":bool}] */
  MEMO_ARTICLE_BLOCKS, /* JSON, heavy: see memo-blocks.h */
  MEMO_ARTICLE_TEXT,   /* heavy: the whole text that offsets count in; summary points stand at its end */
  MEMO_ARTICLE_SHA256, /* of TEXT, verified when read */

  MEMO_ANNOTATION_ARTICLE = MEMO_FIELD (MEMO_KIND_ANNOTATION, 0), /* REF */
  MEMO_ANNOTATION_START,                                          /* INT: code points */
  MEMO_ANNOTATION_END,
  MEMO_ANNOTATION_EXACT,
  MEMO_ANNOTATION_PREFIX,
  MEMO_ANNOTATION_SUFFIX,
  MEMO_ANNOTATION_COMMENT,
  MEMO_ANNOTATION_COLOR,   /* yellow, green, blue, pink, purple */
  MEMO_ANNOTATION_TAGS,    /* TEXTS */
  MEMO_ANNOTATION_SECTORS, /* REFS */
  MEMO_ANNOTATION_SPEAKER, /* REF: person whose statement the passage is */
  MEMO_ANNOTATION_STATE,   /* anchored, orphan */

  MEMO_AGREEMENT_TITLE = MEMO_FIELD (MEMO_KIND_AGREEMENT, 0),
  MEMO_AGREEMENT_KIND,   /* treaty, agreement, protocol, memorandum, contract, statement, plan, package, other */
  MEMO_AGREEMENT_SIGNED, /* DATE */
  MEMO_AGREEMENT_IN_FORCE,
  MEMO_AGREEMENT_ENDS,
  MEMO_AGREEMENT_HORIZON,
  MEMO_AGREEMENT_PARTIES,  /* REFS */
  MEMO_AGREEMENT_ROLES,    /* JSON: {"party UUID": "role"} */
  MEMO_AGREEMENT_SECTORS,  /* REFS */
  MEMO_AGREEMENT_STATUS,   /* announced, signed, in_force, under_review, implemented, suspended, ended */
  MEMO_AGREEMENT_PACKAGE,  /* REF: the package it is one of */
  MEMO_AGREEMENT_DECLARED, /* INT: a package's declared count */
  MEMO_AGREEMENT_BODY,     /* REF */
  MEMO_AGREEMENT_SESSION,  /* INT */
  MEMO_AGREEMENT_SUMMARY,
  MEMO_AGREEMENT_TAGS,

  MEMO_FOLLOW_UP_AGREEMENT = MEMO_FIELD (MEMO_KIND_FOLLOW_UP, 0), /* REF */
  MEMO_FOLLOW_UP_STATUS,
  MEMO_FOLLOW_UP_DATE,
  MEMO_FOLLOW_UP_COMMENT,

  MEMO_EVENT_TITLE = MEMO_FIELD (MEMO_KIND_EVENT, 0),
  MEMO_EVENT_KIND, /* session, meeting, founding, plan, statement, context, other */
  MEMO_EVENT_WHEN, /* DATE */
  MEMO_EVENT_PARTIES,
  MEMO_EVENT_SECTORS,
  MEMO_EVENT_BODY,
  MEMO_EVENT_SESSION,
  MEMO_EVENT_SUMMARY,
  MEMO_EVENT_TAGS,

  MEMO_BODY_NAME = MEMO_FIELD (MEMO_KIND_BODY, 0),
  MEMO_BODY_NAMES, /* JSON: {"en","tr","ru"} */
  MEMO_BODY_ACRONYM,
  MEMO_BODY_KIND,    /* commission, organisation, forum */
  MEMO_BODY_FOUNDED, /* DATE */
  MEMO_BODY_PARTIES,
  MEMO_BODY_SUMMARY,

  MEMO_PARTY_NAME = MEMO_FIELD (MEMO_KIND_PARTY, 0),
  MEMO_PARTY_NAMES,   /* JSON: {"en","tr","ru"} */
  MEMO_PARTY_CODE,    /* ISO 3166-1 alpha-2 of a state */
  MEMO_PARTY_KIND,    /* state, organisation, company, person */
  MEMO_PARTY_ALIASES, /* TEXTS */
  MEMO_PARTY_SUMMARY,

  MEMO_SECTOR_CODE = MEMO_FIELD (MEMO_KIND_SECTOR, 0),
  MEMO_SECTOR_NAMES,    /* JSON: {"en","tr","ru"} */
  MEMO_SECTOR_PARENT,   /* REF */
  MEMO_SECTOR_POSITION, /* INT: among its siblings */

  MEMO_EVIDENCE_RECORD = MEMO_FIELD (MEMO_KIND_EVIDENCE, 0), /* REF: agreement, follow-up, event, body, party */
  MEMO_EVIDENCE_ANNOTATION,                                  /* REF */
  MEMO_EVIDENCE_FIELD, /* name of the record's field; NULL: the record as a whole */
  MEMO_EVIDENCE_VALUE, /* the field's value as this source has it (EDTF for dates) */

  MEMO_NOTE_TITLE = MEMO_FIELD (MEMO_KIND_NOTE, 0),
  MEMO_NOTE_TEXT, /* Markdown; links memo:annotation/UUID, memo:agreement/UUID, memo:article/UUID … */
  MEMO_NOTE_TAGS,

  MEMO_FILTER_NAME = MEMO_FIELD (MEMO_KIND_FILTER, 0),
  MEMO_FILTER_JSON /* JSON form of MemoFilter */
} MemoField;

typedef struct
{
  const char *name; /* column and JSON member: "in_force" */
  MemoFieldType type;
  gboolean heavy; /* read only when a record is loaded whole */
} MemoFieldInfo;

/* For a set of fields of one kind. */
#define MEMO_FIELD_BIT(field) (1u << ((field) &0xff))

/* "article"; also the table's name. Static. */
const char *memo_kind_get_name (MemoKind kind);
/* FALSE when there is no such kind. */
gboolean memo_kind_from_name (const char *name, MemoKind *ret_kind);
/* The table of fields; index i is MEMO_FIELD (kind, i). */
const MemoFieldInfo *memo_kind_get_fields (MemoKind kind, guint *ret_n);
const MemoFieldInfo *memo_field_get_info (MemoField field);
/* Field of @kind with that name; -1 when there is none. */
int memo_kind_find_field (MemoKind kind, const char *name);
/* The field that names a record to people (title, name, exact, code), or -1. */
int memo_kind_get_title_field (MemoKind kind);

#define MEMO_TYPE_RECORD (memo_record_get_type ())
G_DECLARE_FINAL_TYPE (MemoRecord, memo_record, MEMO, RECORD, GObject)

MemoKind memo_record_get_kind (MemoRecord *self);
const char *memo_record_get_uuid (MemoRecord *self);
gint64 memo_record_get_id (MemoRecord *self);      /* local row id; 0 while not saved */
gint64 memo_record_get_created (MemoRecord *self); /* UTC microseconds */
gint64 memo_record_get_modified (MemoRecord *self);
gint64 memo_record_get_deleted (MemoRecord *self); /* 0, or since when it is in the trash */
gboolean memo_record_is_whole (MemoRecord *self);  /* heavy fields are loaded */

/* Borrowed. TEXT, REF and JSON fields. */
const char *memo_record_get_text (MemoRecord *self, MemoField field);
/* MEMO_UNSET when unset. */
gint64 memo_record_get_int (MemoRecord *self, MemoField field);
MemoDate *memo_record_get_date (MemoRecord *self, MemoField field);
/* TEXTS and REFS; never NULL: an empty vector when unset. */
const char *const *memo_record_get_texts (MemoRecord *self, MemoField field);
/* The title field's text; "" when there is none. */
const char *memo_record_get_title (MemoRecord *self);
/* Any field as text for storage: (transfer full) (nullable) */
char *memo_record_dup_stored (MemoRecord *self, MemoField field);
gboolean memo_record_field_equal (MemoRecord *a, MemoRecord *b, MemoField field);
/* From JSON {"en","tr","ru"} of a names field: in @language, else English, else any, else NULL. (transfer full) */
char *memo_record_dup_name_in (MemoRecord *self, MemoField names_field, const char *language);

/* "id" (UUID), "type", then every set field by its name; dates as EDTF ("signed_written" beside when kept). (transfer full) */
JsonObject *memo_record_to_json (MemoRecord *self);
/* Appends the same as text: exports write many, and need no tree for it. */
void memo_record_append_json (GString *out, MemoRecord *self);
/* The way back; unknown members are ignored, a bad value is MEMO_ERROR_INVALID. (transfer full) */
MemoRecord *memo_record_from_json (JsonObject *object, GError **error);

/* Who a record is. */
typedef struct
{
  const char *uuid;
  gint64 id, created, modified, deleted;
  gboolean whole;
} MemoIdentity;
/* A field's value as the store has it. Of an INT field @number counts; @text ends with NUL and is NULL when it is unset. */
typedef struct
{
  const char *text;
  gsize length; /* bytes */
  gint64 number;
} MemoStored;
/* A record that was read: as one piece of memory, for many are read at a time. @stored: one for each field of @kind; what cannot
 * be stays unset. (transfer full) */
MemoRecord *memo_record_new_stored (MemoKind kind, const MemoIdentity *identity, const MemoStored *stored);

typedef struct _MemoRecordBuilder MemoRecordBuilder;
/* @uuid nullable: a new one. (transfer full) */
MemoRecordBuilder *memo_record_builder_new (MemoKind kind, const char *uuid);
/* A copy of @record to change. (transfer full) */
MemoRecordBuilder *memo_record_builder_edit (MemoRecord *record);
/* "" counts as NULL. What names a record is one line: a tab or a line break in it becomes a space. */
void memo_record_builder_set_text (MemoRecordBuilder *self, MemoField field, const char *text);
void memo_record_builder_set_int (MemoRecordBuilder *self, MemoField field, gint64 value);
void memo_record_builder_set_date (MemoRecordBuilder *self, MemoField field, MemoDate *date);
void memo_record_builder_set_texts (MemoRecordBuilder *self, MemoField field, const char *const *texts);
/* What memo_record_dup_stored() gives, or what the command line was given: EDTF, number, JSON … MEMO_ERROR_INVALID. */
gboolean memo_record_builder_set_stored (MemoRecordBuilder *self, MemoField field, const char *stored, GError **error);
/* For the store alone. */
void memo_record_builder_set_identity (MemoRecordBuilder *self,
                                       gint64 id,
                                       gint64 created,
                                       gint64 modified,
                                       gint64 deleted,
                                       gboolean whole);
/* Frees the builder. (transfer full) */
MemoRecord *memo_record_builder_end (MemoRecordBuilder *self);
void memo_record_builder_free (MemoRecordBuilder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoRecordBuilder, memo_record_builder_free)

G_END_DECLS
