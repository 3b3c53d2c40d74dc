#pragma once

#include "model/memo-actions.h"

G_BEGIN_DECLS

typedef enum
{
  MEMO_GROUP_ARTICLE,
  MEMO_GROUP_SECTOR,
  MEMO_GROUP_AGREEMENT
} MemoGroup;

typedef struct
{
  const char *format; /* markdown, html, text, csv, json */
  MemoKind kind;      /* csv: agreement or annotation */
  MemoGroup group;
  const char *language; /* of headings and dates; NULL: the interface's */
} MemoExportOptions;

typedef struct
{
  const char *name, *extension, *media_type;
  const char *title; /* N_() */
} MemoExportFormat;
const MemoExportFormat *memo_export_get_formats (guint *ret_n);

/* Writes what @selection holds to @file: a temporary beside it, flushed, renamed. On error nothing is left,
 * as soon as it is reported; until then the application, if there is one, is held. */
void memo_export_file_async (MemoLibrary *library,
                             MemoSelection *selection,
                             GFile *file,
                             const MemoExportOptions *options,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean memo_export_file_finish (MemoLibrary *library, GAsyncResult *result, GError **error);
/* The same as bytes. */
void memo_export_bytes_async (MemoLibrary *library,
                              MemoSelection *selection,
                              const MemoExportOptions *options,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
GBytes *memo_export_bytes_finish (MemoLibrary *library, GAsyncResult *result, GError **error);

G_END_DECLS
