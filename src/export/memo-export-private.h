#pragma once

#include "memo-export.h"

G_BEGIN_DECLS

/* A passage, as it is written. */
typedef struct
{
  MemoRecord *record;  /* borrowed */
  MemoRecord *article; /* borrowed; NULL for JSON, which writes articles as they are read */
  guint place;         /* of the article among those that are written */
  guint paragraph;     /* number; 0: none */
  gboolean written;    /* it stands somewhere already */
} MemoPassage;

/* All that an export needs, gathered on the library's thread; afterwards used by one worker thread alone. */
typedef struct
{
  MemoIndex *index;
  MemoSelection *selection;
  char *title; /* of the library */
  char *format;
  MemoKind kind;
  MemoGroup group;
  char *language;
  GPtrArray *articles, *annotations, *agreements, *events, *notes, *evidence; /* of MemoRecord; none is NULL */
  GArray *quotes;       /* of MemoPassage: the annotations in the order of their articles and of the text */
  GArray *first_quotes; /* of guint: for each article its first quote; and their number at the end */
  GHashTable *by_uuid;  /* UUID (borrowed) → MemoRecord (borrowed): articles, agreements, events, notes */
  GHashTable *by_quote; /* annotation's UUID (borrowed) → index in quotes + 1; made when it is asked for; nullable */
  GHashTable *follow_ups; /* agreement's UUID (borrowed) → GPtrArray of MemoRecord (borrowed) */
  GString *articles_json; /* for JSON: whole articles are too big to hold as records */
  GHashTable *names;      /* UUID (borrowed) → name in the language; filled as they are asked for */
  MemoRecord *cited;      /* whose citation was made last; borrowed, nullable */
  gboolean cited_marked;
  char *citation;
  GHashTable *wanted; /* JSON: UUIDs of small records that others point to; NULL: everything is written */
  /* Words between others, looked up once. */
  const char *between_names, *between_parts, *paragraph_format;
} MemoExportData;

void memo_export_data_free (gpointer data);
/* Gathers; the task's result is a MemoExportData. */
void memo_export_gather_async (MemoLibrary *library,
                               MemoSelection *selection,
                               const MemoExportOptions *options,
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
/* The name of a party, sector or body in the language of the export; "" for none. Belongs to @data; so must @uuid. */
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
/* (transfer full) */
char *memo_document_write_lines (MemoDocument *self, const MemoLineFormat *format);

/* Each gives the whole file. (transfer full) */
char *memo_export_markdown (MemoExportData *data);
char *memo_export_html (MemoExportData *data);
char *memo_export_text (MemoExportData *data);
char *memo_export_csv (MemoExportData *data);
char *memo_export_json (MemoExportData *data);

/* A note's Markdown below a heading of level 3 that is its title. MEMO_MARK_NOTE stays in it. (transfer full) */
char *memo_note_to_markdown (const char *text, const char *title);
char *memo_note_to_html (const char *text, const char *title);
/* @length bytes of @text with what HTML needs escaped, and the marks set. */
void memo_html_append (GString *out, const char *text, gsize length);

/* A cell for a spreadsheet: what would be read as a formula is made text; quoted as RFC 4180 asks. (transfer full) */
char *memo_csv_cell (const char *text);

/* Writes a temporary beside @file, flushes, renames. Blocks. Nothing is left on error. */
gboolean memo_export_write (GFile *file, GBytes *bytes, GCancellable *cancellable, GError **error);

G_END_DECLS
