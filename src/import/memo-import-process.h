#pragma once

#include "memo-import.h"

G_BEGIN_DECLS

/* The helper processes: two at most, started when they are needed, stopped when nobody holds them. */

/* While held, helpers stay alive between files. Any thread. */
void memo_import_process_hold (void);
void memo_import_process_release (void);
/* Has a helper read @bytes; blocks: for worker threads alone. A crash, a hang over the time limit or hunger of the helper
 * is an error for these bytes only. (transfer full) */
JsonObject *memo_import_process_parse (GBytes *bytes,
                                       const char *name,
                                       const MemoImportOptions *options,
                                       GCancellable *cancellable,
                                       GError **error);
/* Where the helper is. (transfer full) (nullable) */
char *memo_import_process_find_helper (void);

/* A request is a header and then @name_length bytes of JSON {"name","language","kind","format","seconds"} and @length
 * bytes of the file; after so many seconds of processor time it answers with MEMO_ERROR_LIMIT and ends. A reply is a header (name_length: 0, or the MemoError + 1) and @length bytes: the draft, or an error's message. */
typedef struct
{
  guint32 magic;
  guint32 name_length;
  guint64 length;
} MemoImportHeader;

#define MEMO_IMPORT_MAGIC 0x4D454D31
#define MEMO_IMPORT_FD 3

G_END_DECLS
