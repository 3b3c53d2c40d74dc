#pragma once

#include <json-glib/json-glib.h>
#include "base/memo-date.h"
#include "records/memo-blocks.h"

G_BEGIN_DECLS

/* What every importer makes: the article as a row of pieces with what is known about it. memo_draft_polish() then applies
 * what holds for every format: furniture goes, label, headline, byline, dateline, summary, biography and footnotes are
 * recognised. Mutable, one thread. */
typedef struct
{
  MemoBlockType type;
  guint level, number;
  char *label; /* of a footnote; nullable */
  char *text;
  GArray *spans;   /* of MemoSpan, code points from the piece's start; nullable */
  guint gap : 1;   /* an empty line stood before it (plain text) */
  guint after : 1; /* furniture stood before it: buttons, lists of versions */
} MemoPiece;

typedef struct
{
  char *language; /* nullable */
  char *url;
} MemoDraftVersion;

typedef struct
{
  char *author; /* nullable */
  char *text;
} MemoDraftBiography;

typedef struct
{
  char *label, *text, *author, *title, *outlet, *published, *url, *accessed; /* dates in EDTF; all but text nullable */
  gboolean ibid;
} MemoReference;

typedef struct
{
  const char *format;
  char *title, *subtitle, *outlet, *kind, *url, *place, *published_written;
  char *language_hint; /* what the file says */
  const char *language;
  MemoDate *published, *accessed;
  GPtrArray *summary;     /* of char * */
  GPtrArray *authors;     /* of char * */
  GPtrArray *biographies; /* of MemoDraftBiography */
  GPtrArray *versions;    /* of MemoDraftVersion */
  GPtrArray *references;  /* of MemoReference */
  GPtrArray *pieces;      /* of MemoPiece */
  GPtrArray *head, *tail; /* of MemoPiece: what stands around the article, read but no part of it */
  GPtrArray *warnings;    /* of char * */
  GString *overflow;      /* text of pieces beyond any article's number; nullable */
  MemoPiece *spare;       /* … what memo_draft_add() gave back for them */
} MemoDraft;

MemoDraft *memo_draft_new (const char *format);
void memo_draft_free (MemoDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoDraft, memo_draft_free)

/* @text (transfer full). Borrowed until the next call. */
MemoPiece *memo_draft_add (MemoDraft *self, MemoBlockType type, char *text);
MemoPiece *memo_piece_new (MemoBlockType type, char *text);
void memo_piece_free (MemoPiece *piece);
void memo_piece_add_span (MemoPiece *piece, MemoSpanType type, guint start, guint end, const char *target);
/* Leaves out the first @count code points, and white space behind them. */
void memo_piece_cut_start (MemoPiece *piece, guint count);
/* Leaves out what stands behind the first @count code points. */
void memo_piece_cut_end (MemoPiece *piece, guint count);
void memo_draft_add_author (MemoDraft *self, const char *name);
void memo_draft_add_version (MemoDraft *self, const char *language, const char *url);
void memo_draft_warn (MemoDraft *self, const char *warning);
void memo_reference_free (MemoReference *reference);

/* Takes out of the pieces what is no body, and finds what they say about the article (memo-polish.c). */
void memo_draft_polish (MemoDraft *self);
/* A date as people write it, in the article's language or any; NULL when it is none. (transfer full) */
MemoDate *memo_draft_parse_date (MemoDraft *self, const char *text);

/* Paragraphs that nobody can have meant, of more than 20,000 code points without a break, become several: at the end of a sentence, of a
 * word, or in the midst of it. Spans go with their words. */
void memo_draft_break_long (MemoDraft *self);
/* Text that came when there were too many pieces becomes the last of them. */
void memo_draft_settle (MemoDraft *self);

/* The draft as the helper gives it. (transfer full) */
JsonObject *memo_draft_to_json (MemoDraft *self);

G_END_DECLS
