#pragma once

#include "export/memo-export.h"
#include "import/memo-import.h"

G_BEGIN_DECLS

/* What every command of memorandum-cli gets. Commands may block: there is no display to keep alive. */
typedef struct
{
  MemoLibrary *library; /* open, unless the command says that it works on the closed file */
  char *path;           /* nullable: the user's own library */
  gboolean json;
  const char *language; /* of words for people */
  gboolean creates;     /* the command may make a library where there is none */
  GCancellable *work;   /* of memo_cli_start() */
  int signal;           /* that cancelled it; 0: none */
} MemoCli;

/* Returns 0, 1 (failed; said on standard error) or 2 (wrong usage). @context holds the command's options already parsed. */
typedef int (*MemoCommandRun) (MemoCli *cli, const char *const *arguments, guint n_arguments);

typedef struct
{
  const char *name;
  const char *usage;   /* "ARTICLE --quote TEXT" */
  const char *summary; /* N_() */
  MemoCommandRun run;
  const GOptionEntry *entries;        /* nullable */
  gboolean filter;                    /* takes the options of a FILTER */
  gboolean closed;                    /* works on the file while no library is open */
  guint min_arguments, max_arguments; /* G_MAXUINT: any number */
  gboolean creates;                   /* makes the library that is named when there is none */
  const GOptionEntry *more_entries;   /* further options; nullable */
} MemoCommand;

extern const MemoCommand memo_commands_articles[];
extern const MemoCommand memo_commands_register[];
extern const MemoCommand memo_commands_exchange[];
extern const MemoCommand memo_commands_history[];
extern const MemoCommand memo_commands_merge[];
extern const MemoCommand memo_commands_trash[];
extern const MemoCommand memo_commands_care[];

/* Prints "memorandum-cli: what: why" and returns 1. */
int memo_cli_fail (const char *what, GError *error);
/* A usage error: prints it and returns 2. */
int memo_cli_misuse (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* Takes @node; prints it as one document. */
void memo_cli_print_json (JsonNode *node);
void memo_cli_print_object (JsonObject *object); /* (transfer full) */
void memo_cli_print_array (JsonArray *array);    /* (transfer full) */

/* For commands that work on the closed file. */
gboolean memo_cli_open (MemoCli *cli, GError **error);
void memo_cli_close (MemoCli *cli);

/* What would leave something behind if the process ended: from here on a signal that asks it to end cancels what this returns
 * (borrowed), until memo_cli_await() has the result. A second one ends the process all the same. */
GCancellable *memo_cli_start (MemoCli *cli);
GAsyncResult *memo_cli_await (MemoCli *cli, MemoAwait *await); /* (transfer full) */

/* The library's calls, awaited. */
gboolean memo_cli_apply (MemoCli *cli, MemoChange *change, GError **error);
MemoRecord *memo_cli_get (MemoCli *cli, const char *uuid, gboolean whole, GError **error);
/* The same, and MEMO_ERROR_INVALID when it is of another kind. */
MemoRecord *memo_cli_get_kind (MemoCli *cli, const char *uuid, MemoKind kind, gboolean whole, GError **error);
GPtrArray *memo_cli_where (MemoCli *cli, MemoField field, const char *uuid, GError **error);
MemoSelection *memo_cli_select (MemoCli *cli, MemoFilter *filter, GError **error);
/* All records of a kind that the filter of the command line chooses, in order; (transfer full) */
GPtrArray *memo_cli_list (MemoCli *cli, MemoKind kind, MemoSort sort, gboolean descending, GError **error);

/* The filter that the command's options describe: (transfer full); MEMO_ERROR_INVALID for unknown sectors, parties, dates. */
MemoFilter *memo_cli_filter (MemoCli *cli, GError **error);
extern const GOptionEntry memo_cli_filter_entries[];

/* Records as the contract of the command line shows them: (transfer full). */
JsonObject *memo_cli_article_json (MemoCli *cli, MemoRecord *article);
JsonObject *memo_cli_annotation_json (MemoCli *cli, MemoRecord *annotation);
JsonObject *memo_cli_agreement_json (MemoCli *cli, MemoRecord *agreement);
/* Whole: with follow-ups, versions, text … */
JsonObject *memo_cli_whole_json (MemoCli *cli, MemoRecord *record, GError **error);
/* @text and spaces behind it, until it takes @columns of a terminal: wide characters take two, accents that combine none.
 * (transfer full) */
char *memo_cli_pad (const char *text, guint columns);
/* A stored value in words, as memo_value_words() has it, and the title of a record that the index does not hold whole. */
char *memo_cli_value_words (MemoCli *cli, MemoField field, const char *stored);
/* Names for people. */
char *memo_cli_date (MemoCli *cli, MemoDate *date);

G_END_DECLS
