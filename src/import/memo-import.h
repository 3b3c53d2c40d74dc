#pragma once

#include "model/memo-actions.h"

G_BEGIN_DECLS

/* Import of files in the helper process (memo-import-process.c speaks to it, memo-import-helper.c is its main). The helper gets
 * bytes on a pipe and gives a draft back as JSON; it can open no file and no socket.
 * Draft: {"format","type":"article","title","subtitle","summary":[],"authors":[],"biographies":[{"author","text"}],"outlet","published",
 * "published_written","accessed","language","kind","url","place","versions":[{"language","url"}],"references":[{"label","text","author","title",
 * "outlet","published","url","accessed","ibid"}],"blocks":[],"text","warnings":[]}. */
typedef struct
{
  const char *language; /* nullable: overrides what is detected */
  const char *kind;
  const char *version_of; /* UUID */
  const char *format;     /* html, text, markdown; NULL: by content */
} MemoImportOptions;

typedef struct
{
  char *file;
  char *uuid; /* nullable */
  char *type, *title, *language;
  GStrv warnings;
  GError *error; /* set: failed */
} MemoImportResult;
void memo_import_result_free (MemoImportResult *result);

typedef void (*MemoImportProgress) (guint done, guint total, const char *file, gpointer user_data);

/* However many files there are, they are one step of the history ("Import article", or "Import articles" with their number),
 * unless something else is done meanwhile: then what comes after it is the next step, as it is after 5,000 articles or 64 MB of
 * text. One bad file does not stop the rest; cancelling keeps what was imported until then, as that one step. */
void memo_import_files_async (MemoLibrary *library,
                              GPtrArray *files /* of GFile */,
                              const MemoImportOptions *options,
                              MemoImportProgress progress,
                              gpointer progress_data,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* GPtrArray of MemoImportResult, in the order of the files. */
GPtrArray *memo_import_files_finish (MemoLibrary *library, GAsyncResult *result, GError **error);
/* Text from the clipboard as if it were a file named @name. @html: what is pasted is HTML. */
void memo_import_text_async (MemoLibrary *library,
                             const char *text,
                             gboolean html,
                             const MemoImportOptions *options,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
MemoImportResult *memo_import_text_finish (MemoLibrary *library, GAsyncResult *result, GError **error);
/* For "update ARTICLE FILE": (transfer full) draft. */
void memo_import_draft_async (GFile *file,
                              const MemoImportOptions *options,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
JsonObject *memo_import_draft_finish (GAsyncResult *result, MemoOriginal **ret_original, GError **error);

/* In the helper and in tests: the parser alone, no process. (transfer full) */
JsonObject *memo_import_parse (GBytes *bytes, const char *name, const MemoImportOptions *options, GError **error);

G_END_DECLS
