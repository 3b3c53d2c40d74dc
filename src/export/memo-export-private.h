#pragma once

#include "memo-export.h"

G_BEGIN_DECLS

/* Where an export goes. Used by one worker thread at a time: its functions block. */
typedef struct _MemoExportTarget MemoExportTarget;
/* @file: nullable, the text becomes bytes. A file is written beside what it replaces; it cannot be that of @library (nullable). */
MemoExportTarget *memo_export_target_open (MemoLibrary *library, GFile *file, GError **error);
/* What is written is appended to this; afterwards memo_export_target_pass() is called, now and then. Borrowed. */
GString *memo_export_target_get_text (MemoExportTarget *self);
/* May write what there is, and empty the text. */
void memo_export_target_pass (MemoExportTarget *self);
/* FALSE: something could not be written. */
gboolean memo_export_target_check (MemoExportTarget *self, GError **error);
/* Writes the rest, flushes, renames. (transfer full): without a file the bytes, else none; NULL on error. Nothing is left then. */
GBytes *memo_export_target_close (MemoExportTarget *self, GCancellable *cancellable, GError **error);
/* What was not closed leaves nothing. */
void memo_export_target_free (MemoExportTarget *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoExportTarget, memo_export_target_free)

/* A passage, as it is written. */
typedef struct
{
  MemoRecord *record;  /* borrowed */
  MemoRecord *article; /* borrowed; NULL where articles are written whole, as they are read */
  guint paragraph;     /* number; 0: none */
  gboolean written;    /* it stands somewhere already */
} MemoPassage;

typedef struct _MemoExportData MemoExportData;

/* How a format is written. All is called in a worker thread, in this order. */
typedef struct
{
  gboolean one_kind; /* agreements, or annotations with the names of their articles; else everything */
  gboolean whole;    /* articles with their texts, which are too big to be kept */
  guint32 article_fields, annotation_fields; /* what is read of them, as MEMO_FIELD_BIT() names it; 0: all */
  /* Before the first record of each kind, also where there is none: articles, annotations, agreements, events, evidence, notes.
   * Nullable. */
  void (*start_kind) (MemoExportData *data, MemoKind kind);
  /* Each record in its order; @passage of an annotation. NULL: they are kept in @data. Articles are kept unless they are whole. */
  void (*take) (MemoExportData *data, MemoRecord *record, const MemoPassage *passage);
  /* The rest. */
  void (*end) (MemoExportData *data);
} MemoExportWriter;

/* All that an export needs; used by one worker thread at a time. */
struct _MemoExportData
{
  const MemoExportWriter *writer;
  MemoExportTarget *target; /* NULL: not opened yet */
  MemoIndex *index;
  MemoSelection *selection;
  gboolean filtered; /* the selection is not everything */
  char *title;       /* of the library */
  MemoKind kind;
  MemoGroup group;
  char *language;
  GPtrArray *articles, *annotations, *agreements, *events, *notes, *evidence; /* of MemoRecord: those that are kept */
  GArray *quotes;       /* of MemoPassage: the annotations in the order of their articles and of the text */
  GArray *first_quotes; /* of guint: for each article its first quote, up to the last that has one */
  GHashTable *by_uuid;  /* UUID (borrowed) → MemoRecord (borrowed): articles, agreements, events, notes */
  GHashTable *by_quote; /* annotation's UUID (borrowed) → index in quotes + 1; made when it is asked for; nullable */
  GHashTable *follow_ups; /* agreement's UUID (borrowed) → GPtrArray of MemoRecord (borrowed); as by_quote */
  GHashTable *names;      /* UUID → name in the language; filled as they are asked for */
  MemoRecord *cited;      /* whose citation was made last; borrowed, nullable */
  gboolean cited_marked;
  char *cited_text;
  /* Words between others, looked up once. */
  const char *between_names, *between_parts;
  GStrv paragraph_words; /* before and after a paragraph's number */
  /* CSV: what the rows of an article have in common, and a string to write citations in. */
  MemoRecord *last; /* borrowed, nullable */
  GString *common, *citation;
  /* JSON: whether the next record is the first of its kind; of a selection the UUIDs of small records that others point to, and those
   * of its agreements. */
  gboolean first;
  GHashTable *wanted, *written; /* nullable: all are */
};

/* @writer lives on. */
MemoExportData *
memo_export_data_new (MemoSelection *selection, const MemoExportWriter *writer, const MemoExportOptions *options);
void memo_export_data_free (gpointer data);
/* Reads what the format asks for, and opens @file (nullable) before. Takes @data; the task's result is @data. */
void memo_export_gather_async (MemoLibrary *library,
                               MemoExportData *data,
                               GFile *file,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
MemoExportData *memo_export_gather_finish (MemoLibrary *library, GAsyncResult *result, GError **error);

/* An article, agreement, event or note. (nullable) */
MemoRecord *memo_export_get (MemoExportData *data, const char *uuid);
/* (nullable) */
MemoPassage *memo_export_find_quote (MemoExportData *data, const char *uuid);
/* Notes what @record points to as wanted. */
void memo_export_want (MemoExportData *data, MemoRecord *record);
/* The name of a party, sector or body in the language of the export; "" for none. Belongs to @data. */
const char *memo_export_name (MemoExportData *data, MemoKind kind, const char *uuid);
/* "Russia, Venezuela". (transfer full) */
char *memo_export_names (MemoExportData *data, MemoKind kind, const char *const *uuids);
/* Follow-ups of an agreement, by date. (transfer container) */
GPtrArray *memo_export_list_follow_ups (MemoExportData *data, const char *agreement);
/* Appends "Author, “Title”, Outlet, 30 November 2025, https://…, accessed 1 December 2025, ¶ 2". @paragraph 0: none.
 * @marked: with the address between MEMO_MARK_URL and MEMO_MARK_URL_END. */
void memo_export_cite (MemoExportData *data, MemoRecord *article, guint paragraph, gboolean marked, GString *out);
void memo_export_append_number (GString *out, gint64 number);
/* Controls that clean text never holds: they frame what each format sets in its own way. */
#define MEMO_MARK_NOTE "\002" /* number of a footnote */
#define MEMO_MARK_NOTE_END "\003"
#define MEMO_MARK_URL "\016"
#define MEMO_MARK_URL_END "\017"
/* (transfer full) (nullable) */
char *memo_export_format_date (MemoExportData *data, MemoDate *date);

/* A text to be set in Markdown, HTML or plain text. */
typedef enum
{
  MEMO_NODE_HEADING, /* level 1.. */
  MEMO_NODE_FIELD,   /* label: text */
  MEMO_NODE_PARAGRAPH,
  MEMO_NODE_QUOTE,   /* words of a source, with a footnote */
  MEMO_NODE_COMMENT, /* the researcher's words on it */
  MEMO_NODE_ITEM,    /* of a list */
  MEMO_NODE_SOURCE   /* text that is Markdown already: a note */
} MemoNodeType;

typedef struct
{
  MemoNodeType type;
  guint level;
  const char *label; /* nullable; one of the program's words, or of the data */
  const char *text;
  char *owned;    /* the text, when it does not belong to the data; nullable */
  guint footnote; /* 0: none */
} MemoNode;

typedef struct
{
  char *title;
  char *language;
  GArray *nodes;        /* of MemoNode */
  GPtrArray *footnotes; /* of char *; number = index + 1 */
  const char *after_label;
} MemoDocument;

MemoDocument *memo_document_new (MemoExportData *data);
void memo_document_free (MemoDocument *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoDocument, memo_document_free)

/* How a format of lines writes a document: its marks, and what it does with words. */
typedef struct
{
  /* Lines of words; @prefix stands in front of all but the first. */
  void (*append_lines) (GString *out, const char *text, const char *prefix);
  void (*append_heading) (GString *out, const MemoNode *node); /* without the empty line behind */
  void (*append_source) (GString *out, const MemoNode *node);  /* nullable: as other words */
  const char *field, *field_indent;                            /* before a field; before its further lines */
  const char *bold;                                            /* around a label */
  const char *quote;                                           /* before each line of a quote */
  const char *call, *call_end;                                 /* around the number of a footnote in the text */
  const char *note, *note_end;                                 /* the same where it stands */
} MemoLineFormat;
void memo_document_write_lines (MemoDocument *self, const MemoLineFormat *format, MemoExportTarget *target);

extern const MemoExportWriter memo_export_markdown, memo_export_html, memo_export_text, memo_export_csv,
    memo_export_json;
/* What formats that set a text read of articles and annotations. */
#define MEMO_DOCUMENT_ARTICLE_FIELDS                                                                                   \
  (MEMO_FIELD_BIT (MEMO_ARTICLE_TITLE) | MEMO_FIELD_BIT (MEMO_ARTICLE_AUTHORS) |                                       \
   MEMO_FIELD_BIT (MEMO_ARTICLE_OUTLET) | MEMO_FIELD_BIT (MEMO_ARTICLE_PUBLISHED) |                                    \
   MEMO_FIELD_BIT (MEMO_ARTICLE_ACCESSED) | MEMO_FIELD_BIT (MEMO_ARTICLE_LANGUAGE) |                                   \
   MEMO_FIELD_BIT (MEMO_ARTICLE_KIND) | MEMO_FIELD_BIT (MEMO_ARTICLE_URL) | MEMO_FIELD_BIT (MEMO_ARTICLE_BLOCKS))
#define MEMO_DOCUMENT_ANNOTATION_FIELDS                                                                                \
  (MEMO_FIELD_BIT (MEMO_ANNOTATION_START) | MEMO_FIELD_BIT (MEMO_ANNOTATION_END) |                                     \
   MEMO_FIELD_BIT (MEMO_ANNOTATION_EXACT) | MEMO_FIELD_BIT (MEMO_ANNOTATION_COMMENT) |                                 \
   MEMO_FIELD_BIT (MEMO_ANNOTATION_COLOR) | MEMO_FIELD_BIT (MEMO_ANNOTATION_TAGS) |                                    \
   MEMO_FIELD_BIT (MEMO_ANNOTATION_SECTORS) | MEMO_FIELD_BIT (MEMO_ANNOTATION_SPEAKER) |                               \
   MEMO_FIELD_BIT (MEMO_ANNOTATION_STATE))

/* A note's Markdown below a heading of level 3 that is its title. MEMO_MARK_NOTE stays in it. (transfer full) */
char *memo_note_to_markdown (const char *text, const char *title);
char *memo_note_to_html (const char *text, const char *title);
/* @length bytes of @text with what HTML needs escaped, and the marks set. */
void memo_html_append (GString *out, const char *text, gsize length);

/* A cell for a spreadsheet: what would be read as a formula is made text; quoted as RFC 4180 asks. (transfer full) */
char *memo_csv_cell (const char *text);

G_END_DECLS
