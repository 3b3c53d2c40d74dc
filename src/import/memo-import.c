#include "import/memo-import.h"

#include <string.h>
#include <glib/gi18n.h>
#include "base/memo-error.h"
#include "base/memo-text.h"
#include "import/memo-import-batch.h"
#include "import/memo-import-private.h"
#include "import/memo-import-process.h"
#include "model/memo-worker.h"

#define IN_FLIGHT 4 /* files that are read and parsed at a time */
/* Articles and bytes of their text in one transaction at most: what somebody does in between waits for no longer. */
#define BATCH 100
#define BATCH_BYTES (200 * 1024)
/* Half batches that are parsed ahead: the store does not wait for the parser, nor the parser for the store. */
#define AHEAD 8
/* An import is one step of the history up to here; what comes after begins the next one. */
#define ACTION_ARTICLES 5000
#define ACTION_BYTES (64 * 1024 * 1024) /* of text */

void
memo_import_result_free (MemoImportResult *result)
{
  if (!result)
    return;
  g_free (result->file);
  g_free (result->uuid);
  g_free (result->type);
  g_free (result->title);
  g_free (result->language);
  g_strfreev (result->warnings);
  g_clear_error (&result->error);
  g_free (result);
}

/* Options live as long as the import. */
typedef struct
{
  MemoImportOptions options;
  char *language, *kind, *version_of, *format;
} Options;

static void
options_init (Options *self, const MemoImportOptions *options)
{
  if (!options)
    return;
  self->options.language = self->language = g_strdup (options->language);
  self->options.kind = self->kind = g_strdup (options->kind);
  self->options.version_of = self->version_of = g_strdup (options->version_of);
  self->options.format = self->format = g_strdup (options->format);
}

static void
options_clear (Options *self)
{
  g_free (self->language);
  g_free (self->kind);
  g_free (self->version_of);
  g_free (self->format);
}

/* Reading one file, in a thread. */

typedef struct
{
  GFile *file; /* nullable: bytes are there */
  GBytes *bytes;
  char *name;
  Options options;
} Source;

static void
source_free (Source *self)
{
  g_clear_object (&self->file);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->name);
  options_clear (&self->options);
  g_free (self);
}

typedef struct
{
  JsonObject *draft;
  MemoOriginal *original;
} Parsed;

static void
parsed_free (Parsed *self)
{
  g_clear_pointer (&self->draft, json_object_unref);
  g_clear_pointer (&self->original, memo_original_unref);
  g_free (self);
}

/* GIO names the file before the cause, and so does whoever shows this: the cause alone. */
static const char *
get_reason (const GError *error, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  const char *reason = g_strrstr (error->message, ": ");
  const char *named = strstr (error->message, name);

  return reason != NULL && named != NULL && named < reason ? reason + 2 : error->message;
}

static GBytes *
load (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GError) cause = NULL;
  char *data;
  gsize length;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                            G_FILE_QUERY_INFO_NONE, cancellable, &cause);
  if (info && g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error_literal (error, MEMO_ERROR, MEMO_ERROR_FORMAT, _ ("This is not a file with text in it."));
      return NULL;
    }
  if (info && g_file_info_get_size (info) > MEMO_IMPORT_LARGEST)
    {
      g_set_error_literal (error, MEMO_ERROR, MEMO_ERROR_LIMIT, _ ("The file is too large to be an article."));
      return NULL;
    }
  if (info && g_file_load_contents (file, cancellable, &data, &length, NULL, &cause))
    return g_bytes_new_take (data, length);
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&cause));
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_set_error_literal (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND, _ ("There is no such file."));
  else
    /* Translators: %s is the system's message. */
    g_set_error (error, MEMO_ERROR, MEMO_ERROR_IO, _ ("The file cannot be read: %s"), get_reason (cause, file));
  return NULL;
}

static const char *
media_type_of (const char *format)
{
  if (g_strcmp0 (format, "html") == 0)
    return "text/html";
  return g_strcmp0 (format, "markdown") == 0 ? "text/markdown" : "text/plain";
}

static void
parse_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Source *source = data;
  GError *error = NULL;
  Parsed *parsed;
  JsonObject *draft;

  if (!source->bytes)
    source->bytes = load (source->file, cancellable, &error);
  draft = source->bytes
              ? memo_import_process_parse (source->bytes, source->name, &source->options.options, cancellable, &error)
              : NULL;
  if (!draft)
    {
      g_task_return_error (task, error);
      return;
    }
  if (source->file && source->name)
    {
      g_autofree char *shown = g_filename_display_name (source->name);
      json_object_set_string_member (draft, "file", shown);
    }
  json_object_set_string_member (draft, "media_type",
                                 media_type_of (json_object_get_string_member_with_default (draft, "format", NULL)));
  parsed = g_new0 (Parsed, 1);
  parsed->draft = draft;
  parsed->original = memo_original_new (source->bytes);
  g_task_return_pointer (task, parsed, (GDestroyNotify) parsed_free);
}

static void
parse_async (Source *source, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, parse_async);
  g_task_set_task_data (task, source, (GDestroyNotify) source_free);
  memo_worker_run (task, parse_thread);
}

static Source *
source_new (GFile *file, const MemoImportOptions *options)
{
  Source *source = g_new0 (Source, 1);

  source->file = g_object_ref (file);
  source->name = g_file_get_basename (file);
  options_init (&source->options, options);
  return source;
}

/* Many files: parsed some at a time, put into the library in batches. */

typedef struct
{
  MemoLibrary *library;
  GPtrArray *files;
  GPtrArray *results; /* of MemoImportResult, by file */
  Options options;
  MemoImportProgress progress;
  gpointer progress_data;
  guint next; /* file to start */
  guint in_flight, done;
  GQueue ready; /* of MemoImportItem: parsed, not yet in the library */
  gboolean applying;
  GPtrArray *applied; /* of MemoImportItem: in the change under way */
  guint left_alone;   /* so many items go one at a time: their batch failed as a whole */
  char *action;       /* the step of the history that goes on */
  guint action_articles;
  gsize action_bytes;
} Import;

static void
import_free (Import *self)
{
  memo_import_process_release ();
  g_object_unref (self->library);
  g_ptr_array_unref (self->files);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  options_clear (&self->options);
  g_queue_clear_full (&self->ready, (GDestroyNotify) memo_import_item_free);
  g_clear_pointer (&self->applied, g_ptr_array_unref);
  g_free (self->action);
  g_free (self);
}

static void advance (GTask *task);

/* Whether @halves of half a batch are parsed. */
static gboolean
is_ready (Import *self, guint halves)
{
  gsize bytes = 0;

  for (GList *link = self->ready.head; link; link = link->next)
    bytes += ((MemoImportItem *) link->data)->size;
  return self->ready.length >= BATCH / 2 * halves || bytes >= BATCH_BYTES / 2 * halves;
}

static MemoImportResult *
result_at (Import *self, guint i)
{
  return self->results->pdata[i];
}

static void
finish_one (Import *self, guint i, GError *error)
{
  MemoImportResult *result = result_at (self, i);

  if (error)
    {
      g_clear_pointer (&result->uuid, g_free);
      result->error = error;
    }
  self->done++;
  if (self->progress)
    self->progress (self->done, self->files->len, result->file, self->progress_data);
}

static void
fill_result (MemoImportResult *result, JsonObject *draft)
{
  JsonArray *warnings = json_object_get_array_member (draft, "warnings");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  result->type = g_strdup (json_object_get_string_member_with_default (draft, "type", "article"));
  result->title = g_strdup (json_object_get_string_member_with_default (draft, "title", ""));
  result->language = g_strdup (json_object_get_string_member_with_default (draft, "language", "und"));
  for (guint i = 0; warnings && i < json_array_get_length (warnings); i++)
    g_strv_builder_add (builder, json_array_get_string_element (warnings, i));
  result->warnings = g_strv_builder_end (builder);
}

/* Once it is known what goes into the library. */
static void
fill_built (MemoImportResult *result, MemoImportItem *item)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_free (result->uuid);
  result->uuid = g_strdup (item->uuid);
  if (!item->again)
    return;
  g_strv_builder_addv (builder, (const char **) result->warnings);
  g_strv_builder_add (builder, _ ("This article was in the library already. “Possible Duplicates” can join the two."));
  g_strfreev (result->warnings);
  result->warnings = g_strv_builder_end (builder);
}

/* Files are read side by side, and end as they like; of two that are the same article the later one is the one too many. */
static int
compare_files (gconstpointer a, gconstpointer b, gpointer data)
{
  guint first = ((const MemoImportItem *) a)->file, second = ((const MemoImportItem *) b)->file;

  return (first > second) - (first < second);
}

static void
parsed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Import *self = g_task_get_task_data (task);
  guint i = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (result), "memo-file"));
  GError *error = NULL;
  Parsed *parsed = g_task_propagate_pointer (G_TASK (result), &error);

  self->in_flight--;
  if (parsed)
    {
      fill_result (result_at (self, i), parsed->draft);
      g_queue_insert_sorted (&self->ready, memo_import_item_new (i, parsed->draft, parsed->original), compare_files,
                             NULL);
      parsed_free (parsed);
    }
  else
    finish_one (self, i, error);
  advance (task);
}

static void
start_next (GTask *task)
{
  Import *self = g_task_get_task_data (task);
  guint i = self->next++;
  Source *source = source_new (self->files->pdata[i], &self->options.options);
  g_autoptr (GTask) parse = g_task_new (NULL, g_task_get_cancellable (task), parsed_cb, g_object_ref (task));

  self->in_flight++;
  g_object_set_data (G_OBJECT (parse), "memo-file", GUINT_TO_POINTER (i));
  g_task_set_source_tag (parse, start_next);
  g_task_set_task_data (parse, source, (GDestroyNotify) source_free);
  memo_worker_run (parse, parse_thread);
}

static void
applied_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Import *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean good = memo_library_apply_finish (self->library, result, &error);

  self->applying = FALSE;
  if (!good && self->applied->len > 1 && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      /* One of them is the cause: each by itself. */
      self->left_alone = self->applied->len;
      for (guint i = self->applied->len; i > 0; i--)
        g_queue_push_head (&self->ready, g_ptr_array_steal_index (self->applied, i - 1));
    }
  else
    for (guint i = 0; i < self->applied->len; i++)
      {
        MemoImportItem *item = self->applied->pdata[i];
        finish_one (self, item->file, good ? NULL : g_error_copy (error));
        if (good)
          {
            self->action_articles++;
            self->action_bytes += item->size;
          }
      }
  g_clear_pointer (&self->applied, g_ptr_array_unref);
  advance (task);
}

static void
built_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Import *self = g_task_get_task_data (task);
  g_autoptr (MemoImportBatch) batch = memo_import_batch_build_finish (result);

  for (guint i = 0; i < batch->failed->len; i++)
    {
      MemoImportItem *item = batch->failed->pdata[i];
      finish_one (self, item->file, g_steal_pointer (&item->error));
    }
  for (guint i = batch->later->len; i > 0; i--)
    g_queue_push_head (&self->ready, g_ptr_array_steal_index (batch->later, i - 1));
  if (batch->taken->len == 0)
    {
      self->applying = FALSE;
      advance (task);
      return;
    }
  for (guint i = 0; i < batch->taken->len; i++)
    {
      MemoImportItem *item = batch->taken->pdata[i];
      fill_built (result_at (self, item->file), item);
    }
  /* Of a single file somebody waits for the whole. */
  if (self->files->len > 1)
    memo_change_set_action (batch->change, self->action);
  self->applied = g_ptr_array_ref (batch->taken);
  memo_library_apply_async (self->library, batch->change, NULL, applied_cb, g_object_ref (task));
}

static void
apply_ready (GTask *task)
{
  Import *self = g_task_get_task_data (task);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) memo_import_item_free);
  guint most = self->left_alone > 0 ? 1 : BATCH;
  gsize bytes = 0;

  if (self->left_alone > 0)
    self->left_alone--;
  while (items->len < most && bytes < BATCH_BYTES && !g_queue_is_empty (&self->ready))
    {
      MemoImportItem *item = g_queue_pop_head (&self->ready);

      bytes += item->size;
      g_ptr_array_add (items, item);
    }
  self->applying = TRUE;
  if (!self->action || self->action_articles + items->len > ACTION_ARTICLES || self->action_bytes > ACTION_BYTES)
    {
      g_free (self->action);
      self->action = memo_uuid_new ();
      self->action_articles = 0;
      self->action_bytes = 0;
    }
  memo_import_batch_build_async (memo_library_get_index (self->library), items, self->options.version_of,
                                 self->action_articles, built_cb, g_object_ref (task));
}

static void
fail_rest (Import *self, GError *cause)
{
  MemoImportItem *item;

  while ((item = g_queue_pop_head (&self->ready)))
    {
      finish_one (self, item->file, g_error_copy (cause));
      memo_import_item_free (item);
    }
  while (self->next < self->files->len)
    finish_one (self, self->next++, g_error_copy (cause));
}

/* What is to do next: start files, apply what is ready, or end. */
static void
advance (GTask *task)
{
  Import *self = g_task_get_task_data (task);
  gboolean cancelled = g_cancellable_is_cancelled (g_task_get_cancellable (task));

  if (cancelled)
    {
      g_autoptr (GError) error =
          g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The import was cancelled."));
      fail_rest (self, error);
    }
  while (self->next < self->files->len && self->in_flight < IN_FLIGHT && !is_ready (self, AHEAD))
    start_next (task);
  if (!self->applying && !g_queue_is_empty (&self->ready) &&
      (is_ready (self, 2) || (self->in_flight == 0 && self->next >= self->files->len) || self->left_alone > 0))
    {
      apply_ready (task);
      return;
    }
  if (!self->applying && self->in_flight == 0 && g_queue_is_empty (&self->ready) && self->next >= self->files->len &&
      !g_task_get_completed (task) && self->results)
    {
      if (cancelled && self->files->len > 0)
        g_task_return_error_if_cancelled (task);
      else
        g_task_return_pointer (task, g_steal_pointer (&self->results), (GDestroyNotify) g_ptr_array_unref);
      g_clear_pointer (&self->results, g_ptr_array_unref);
    }
}

void
memo_import_files_async (MemoLibrary *library,
                         GPtrArray *files,
                         const MemoImportOptions *options,
                         MemoImportProgress progress,
                         gpointer progress_data,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (library, cancellable, callback, user_data);
  Import *self = g_new0 (Import, 1);

  g_task_set_source_tag (task, memo_import_files_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, self, (GDestroyNotify) import_free);
  memo_import_process_hold ();
  self->library = g_object_ref (library);
  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  self->results = g_ptr_array_new_with_free_func ((GDestroyNotify) memo_import_result_free);
  self->progress = progress;
  self->progress_data = progress_data;
  g_queue_init (&self->ready);
  options_init (&self->options, options);
  for (guint i = 0; i < files->len; i++)
    {
      MemoImportResult *result = g_new0 (MemoImportResult, 1);
      const char *path = g_file_peek_path (files->pdata[i]);

      result->file = path ? g_strdup (path) : g_file_get_uri (files->pdata[i]);
      g_ptr_array_add (self->results, result);
      g_ptr_array_add (self->files, g_object_ref (files->pdata[i]));
    }
  advance (task);
}

GPtrArray *
memo_import_files_finish (MemoLibrary *library, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, library), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* One text. */

typedef struct
{
  MemoLibrary *library;
  MemoImportResult *result;
  char *version_of;
} Paste;

static void
paste_free (Paste *self)
{
  memo_import_process_release ();
  g_object_unref (self->library);
  g_free (self->version_of);
  memo_import_result_free (self->result);
  g_free (self);
}

static void
paste_applied_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Paste *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (memo_library_apply_finish (self->library, result, &error))
    g_task_return_pointer (task, g_steal_pointer (&self->result), (GDestroyNotify) memo_import_result_free);
  else
    g_task_return_error (task, error);
}

static void
paste_built_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Paste *self = g_task_get_task_data (task);
  g_autoptr (MemoImportBatch) batch = memo_import_batch_build_finish (result);

  if (batch->failed->len > 0)
    {
      MemoImportItem *item = batch->failed->pdata[0];
      g_task_return_error (task, g_steal_pointer (&item->error));
      return;
    }
  fill_built (self->result, batch->taken->pdata[0]);
  memo_library_apply_async (self->library, batch->change, g_task_get_cancellable (task), paste_applied_cb,
                            g_object_ref (task));
}

static void
paste_parsed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GPtrArray) items = NULL;
  Paste *self = g_task_get_task_data (task);
  GError *error = NULL;
  Parsed *parsed = g_task_propagate_pointer (G_TASK (result), &error);

  if (!parsed)
    {
      g_task_return_error (task, error);
      return;
    }
  fill_result (self->result, parsed->draft);
  items = g_ptr_array_new_with_free_func ((GDestroyNotify) memo_import_item_free);
  g_ptr_array_add (items, memo_import_item_new (0, parsed->draft, parsed->original));
  parsed_free (parsed);
  memo_import_batch_build_async (memo_library_get_index (self->library), items, self->version_of, 0, paste_built_cb,
                                 g_object_ref (task));
}

void
memo_import_text_async (MemoLibrary *library,
                        const char *text,
                        gboolean html,
                        const MemoImportOptions *options,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (library, cancellable, callback, user_data);
  Paste *self = g_new0 (Paste, 1);
  Source *source = g_new0 (Source, 1);

  g_task_set_source_tag (task, memo_import_text_async);
  g_task_set_task_data (task, self, (GDestroyNotify) paste_free);
  memo_import_process_hold ();
  self->library = g_object_ref (library);
  self->version_of = options ? g_strdup (options->version_of) : NULL;
  self->result = g_new0 (MemoImportResult, 1);
  /* Translators: stands for the name of a file where text was pasted. */
  self->result->file = g_strdup (_ ("Pasted text"));
  source->bytes = g_bytes_new (text, strlen (text));
  options_init (&source->options, options);
  if (html && !source->options.format)
    source->options.options.format = source->options.format = g_strdup ("html");
  parse_async (source, cancellable, paste_parsed_cb, g_object_ref (task));
}

MemoImportResult *
memo_import_text_finish (MemoLibrary *library, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, library), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A draft alone. */

void
memo_import_draft_async (GFile *file,
                         const MemoImportOptions *options,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  parse_async (source_new (file, options), cancellable, callback, user_data);
}

JsonObject *
memo_import_draft_finish (GAsyncResult *result, MemoOriginal **ret_original, GError **error)
{
  Parsed *parsed = g_task_propagate_pointer (G_TASK (result), error);
  JsonObject *draft;

  if (!parsed)
    return NULL;
  draft = g_steal_pointer (&parsed->draft);
  if (ret_original)
    *ret_original = g_steal_pointer (&parsed->original);
  parsed_free (parsed);
  return draft;
}
