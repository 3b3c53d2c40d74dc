#pragma once

#include "model-fixture.h"
#include "model/memo-actions.h"

/* Actions on a real library, without callbacks. */

/* Applies and frees @change, which must be there. */
static inline void
apply (MemoLibrary *library, MemoChange *change, GError *error)
{
  g_assert_no_error (error);
  g_assert_nonnull (change);
  fixture_apply (library, change);
  memo_change_unref (change);
}

static inline MemoRecord *
get (MemoLibrary *library, const char *uuid)
{
  g_autoptr (GError) error = NULL;
  MemoRecord *record = fixture_get (library, uuid, TRUE, &error);
  g_assert_no_error (error);
  return record;
}

/* Makes a record from values, applies it and reads it back. */
static inline MemoRecord *
add (MemoLibrary *library, MemoKind kind, const MemoValue *values, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) record = NULL;
  apply (library, memo_action_edit (memo_library_get_index (library), kind, NULL, values, n, &record, &error), error);
  return get (library, memo_record_get_uuid (record));
}
#define ADD(library, kind, ...)                                                                                        \
  add (library, kind, (const MemoValue[]){ __VA_ARGS__ }, G_N_ELEMENTS (((const MemoValue[]){ __VA_ARGS__ })))

/* The draft that an importer would make. */
static inline JsonObject *
draft_new (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = json_from_string (json, &error);
  g_assert_no_error (error);
  return json_node_dup_object (root);
}

static inline MemoRecord *
import (MemoLibrary *library, const char *json, const char *version_of)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) draft = draft_new (json);
  g_autoptr (MemoRecord) article = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (MemoOriginal) original = memo_original_new (bytes);
  apply (library, memo_action_import (memo_library_get_index (library), draft, original, version_of, &article, &error),
         error);
  return get (library, memo_record_get_uuid (article));
}

static inline MemoRecord *
annotate (MemoLibrary *library, MemoRecord *article, const char *quote)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) annotation = NULL;
  glong start, end;
  g_assert_true (memo_action_locate (article, quote, NULL, NULL, &start, &end, &error));
  apply (library, memo_action_annotate (article, start, end, NULL, NULL, NULL, NULL, NULL, &annotation, &error), error);
  return get (library, memo_record_get_uuid (annotation));
}
