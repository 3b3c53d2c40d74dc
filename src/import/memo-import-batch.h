#pragma once

#include "memo-import.h"

G_BEGIN_DECLS

/* Drafts that go into the library together, as one change. */
typedef struct
{
  guint file; /* which of the files */
  JsonObject *draft;
  MemoOriginal *original;
  gsize size;     /* bytes of its text */
  char *uuid;     /* once built */
  gboolean again; /* the library, or an earlier one of the same import, is the same article */
  GError *error;  /* why it cannot */
} MemoImportItem;

/* References what it is given. */
MemoImportItem *memo_import_item_new (guint file, JsonObject *draft, MemoOriginal *original);
void memo_import_item_free (MemoImportItem *item);

typedef struct
{
  MemoChange *change; /* nullable when nothing was taken */
  GPtrArray *taken;   /* of MemoImportItem: in the change */
  GPtrArray *later;   /* speak of one in the change: to be built when the index knows that */
  GPtrArray *failed;
} MemoImportBatch;

void memo_import_batch_free (MemoImportBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoImportBatch, memo_import_batch_free)

/* Builds the change in a thread: one author is one person, however many of the drafts name him. Takes the items. @before: so
 * many articles are in earlier changes of the same action; the change is named after all of them. */
void memo_import_batch_build_async (MemoIndex *index,
                                    GPtrArray *items,
                                    const char *version_of,
                                    guint before,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
MemoImportBatch *memo_import_batch_build_finish (GAsyncResult *result);

G_END_DECLS
