#include "memo-saver.h"

#include <glib/gi18n.h>

#include "base/memo-error.h"
#include "base/memo-text.h"
#include "model/memo-worker.h"

#define FIRST_PAUSE 1 /* seconds */
#define LONGEST_PAUSE 60

typedef struct
{
  MemoLibrary *library;
  char *name;
  MemoRecord *before; /* as the library has it; NULL: not there */
  MemoRecord *after;
  gboolean busy;
  char *cause; /* why it failed last; nullable */
} Draft;

struct _MemoSaver
{
  GObject parent_instance;

  MemoLibrary *library;
  GPtrArray *drafts; /* of Draft, the oldest first */
  guint pause;       /* seconds, before the next try */
  guint retry_id;
};

G_DEFINE_FINAL_TYPE (MemoSaver, memo_saver, G_TYPE_OBJECT)

enum
{
  SAVED,
  CHANGED,
  GATHER,
  DISCARDED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
draft_free (gpointer data)
{
  Draft *draft = data;

  g_object_unref (draft->library);
  g_free (draft->name);
  g_clear_object (&draft->before);
  g_object_unref (draft->after);
  g_free (draft->cause);
  g_free (draft);
}

static Draft *
find (MemoSaver *self, const char *uuid)
{
  for (guint i = 0; uuid && i < self->drafts->len; i++)
    {
      Draft *draft = g_ptr_array_index (self->drafts, i);

      if (g_str_equal (memo_record_get_uuid (draft->after), uuid))
        return draft;
    }
  return NULL;
}

/* One try: it is over when the library has answered, whatever became of the draft meanwhile. */
typedef struct
{
  MemoSaver *saver;
  MemoRecord *sent;
  MemoRecord *there; /* as a library was found to have it; nullable */
  char *cause;       /* why it is looked for; nullable */
} Try;

static Try *
try_new (MemoSaver *self, Draft *draft, const char *cause)
{
  Try *try = g_new0 (Try, 1);

  try->saver = g_object_ref (self);
  try->sent = g_object_ref (draft->after);
  try->cause = g_strdup (cause);
  draft->busy = TRUE;
  return try;
}

static void
try_free (Try *try)
{
  g_object_unref (try->saver);
  g_object_unref (try->sent);
  g_clear_object (&try->there);
  g_free (try->cause);
  g_free (try);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Try, try_free)

/* The draft that the library has answered about; NULL: there is none any more. */
static Draft *
end_try (Try *try)
{
  Draft *draft = find (try->saver, memo_record_get_uuid (try->sent));

  if (draft)
    draft->busy = FALSE;
  return draft;
}

static void send (MemoSaver *self, Draft *draft);
static void look_up (MemoSaver *self, Draft *draft, const char *cause);

static void
try_one (MemoSaver *self, Draft *draft)
{
  if (draft->busy || self->library == NULL)
    return;
  if (draft->library == self->library)
    send (self, draft);
  else
    look_up (self, draft, NULL);
}

static void
try_all (MemoSaver *self)
{
  for (guint i = 0; i < self->drafts->len; i++)
    try_one (self, g_ptr_array_index (self->drafts, i));
}

static gboolean
retry_cb (gpointer data)
{
  MemoSaver *self = data;

  self->retry_id = 0;
  try_all (self);
  return G_SOURCE_REMOVE;
}

static void
fail (MemoSaver *self, Draft *draft, const char *cause)
{
  g_free (draft->cause);
  draft->cause = g_strdup (cause);
  if (self->retry_id != 0)
    return;
  self->retry_id = g_timeout_add_seconds (self->pause, retry_cb, self);
  self->pause = MIN (self->pause * 2, LONGEST_PAUSE);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Try) try = data;
  MemoSaver *self = try->saver;
  const char *uuid = memo_record_get_uuid (try->sent);
  g_autoptr (GError) error = NULL;
  gboolean saved = memo_library_apply_finish (MEMO_LIBRARY (source), result, &error);
  Draft *draft = end_try (try);

  if (draft && !saved && draft->before && draft->library == self->library &&
      g_error_matches (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND))
    look_up (self, draft, error->message);
  else if (draft && !saved)
    {
      fail (self, draft, error->message);
      if (draft->library != self->library)
        try_one (self, draft);
    }
  else if (draft)
    {
      self->pause = FIRST_PAUSE;
      g_clear_pointer (&draft->cause, g_free);
      if (draft->after == try->sent)
        g_ptr_array_remove (self->drafts, draft);
      else
        {
          g_set_object (&draft->before, try->sent);
          send (self, draft);
        }
    }
  if (saved)
    g_signal_emit (self, signals[SAVED], 0, uuid);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
send (MemoSaver *self, Draft *draft)
{
  g_autoptr (MemoChange) change = memo_change_new (draft->name, memo_record_get_title (draft->after));

  if (draft->before && memo_record_get_deleted (draft->before) != 0)
    memo_change_restore (change, draft->before);
  if (draft->before)
    memo_change_update (change, draft->before, draft->after);
  else
    memo_change_insert (change, draft->after);
  memo_library_apply_async (draft->library, change, NULL, sent_cb, try_new (self, draft, NULL));
}

/* Another library has come while it was looked for: it is no less unsaved. */
static void
look_elsewhere (MemoSaver *self, Draft *draft, const char *cause)
{
  if (draft->cause == NULL)
    fail (self, draft, cause);
  try_one (self, draft);
}

/* What went from the library while it was written comes back with the words: as what a comment is about is there. */
static void
article_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Try) try = data;
  MemoSaver *self = try->saver;
  MemoLibrary *library = MEMO_LIBRARY (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) article = memo_library_get_finish (library, result, &error);
  Draft *draft = end_try (try);

  if (draft == NULL)
    return;
  if (library != self->library)
    look_elsewhere (self, draft, try->cause);
  else if (article)
    {
      g_clear_object (&draft->before);
      send (self, draft);
    }
  else if (g_error_matches (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND))
    fail (self, draft, _ ("The article of this comment is not in the library any more."));
  else
    fail (self, draft, error->message);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* What was not found is put there anew. */
static void
insert (MemoSaver *self, Draft *draft, const char *cause)
{
  const char *article = memo_record_get_kind (draft->after) == MEMO_KIND_ANNOTATION
                            ? memo_record_get_text (draft->after, MEMO_ANNOTATION_ARTICLE)
                            : NULL;

  if (article)
    memo_library_get_async (draft->library, article, FALSE, NULL, article_cb, try_new (self, draft, cause));
  else
    {
      g_clear_object (&draft->before);
      send (self, draft);
    }
}

/* The words go into @library, which has the record as @there; NULL: not at all. */
static void
move_to (MemoSaver *self, Draft *draft, MemoLibrary *library, MemoRecord *there, const char *cause)
{
  g_set_object (&draft->library, library);
  if (!there)
    insert (self, draft, cause);
  else
    {
      g_set_object (&draft->before, there);
      send (self, draft);
    }
}

typedef struct
{
  char *path; /* of the library that the words are for */
  gboolean there;
} Place;

static void
place_free (gpointer data)
{
  Place *place = data;

  g_free (place->path);
  g_free (place);
}

/* A copy and a colleague's library have the same records: who has them is theirs only when theirs is nowhere else. In a thread, for a
 * file system may take its time. */
static void
is_theirs (GTask *task, gpointer library, gpointer data, GCancellable *cancellable)
{
  Place *place = data;

  g_task_return_boolean (task, g_str_equal (place->path, memo_library_get_path (library)) ||
                                   memo_library_is_at (library, place->path) ||
                                   (place->there && !g_file_test (place->path, G_FILE_TEST_EXISTS)));
}

static void
placed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Try) try = data;
  MemoSaver *self = try->saver;
  MemoLibrary *library = MEMO_LIBRARY (source);
  gboolean theirs = g_task_propagate_boolean (G_TASK (result), NULL);
  Draft *draft = end_try (try);

  if (draft == NULL)
    return;
  if (library != self->library)
    look_elsewhere (self, draft, try->cause);
  else if (theirs)
    move_to (self, draft, library, try->there, try->cause);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
ask_place (MemoSaver *self, Draft *draft, MemoLibrary *library, MemoRecord *there, const char *cause)
{
  Try *try = try_new (self, draft, cause);
  Place *place = g_new (Place, 1);
  g_autoptr (GTask) task = g_task_new (library, NULL, placed_cb, try);

  g_set_object (&try->there, there);
  place->path = g_strdup (memo_library_get_path (draft->library));
  place->there = there != NULL;
  g_task_set_source_tag (task, ask_place);
  g_task_set_task_data (task, place, place_free);
  memo_worker_run (task, is_theirs);
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Try) try = data;
  MemoSaver *self = try->saver;
  MemoLibrary *library = MEMO_LIBRARY (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) there = memo_library_get_finish (library, result, &error);
  Draft *draft = end_try (try);

  if (draft == NULL)
    return;
  if (library != self->library)
    look_elsewhere (self, draft, try->cause);
  else if (!there && !g_error_matches (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND))
    fail (self, draft, error->message);
  else if (there && try->cause)
    /* Something else was not found: the file was moved away. */
    fail (self, draft, try->cause);
  else if (draft->library == library)
    move_to (self, draft, library, there, try->cause);
  else
    ask_place (self, draft, library, there, try->cause);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* @cause (nullable): what the library said when it did not find the record. */
static void
look_up (MemoSaver *self, Draft *draft, const char *cause)
{
  memo_library_get_async (self->library, memo_record_get_uuid (draft->after), TRUE, NULL, looked_up_cb,
                          try_new (self, draft, cause));
}

static void
memo_saver_dispose (GObject *object)
{
  MemoSaver *self = MEMO_SAVER (object);

  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_ptr_array_set_size (self->drafts, 0);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (memo_saver_parent_class)->dispose (object);
}

static void
memo_saver_finalize (GObject *object)
{
  g_ptr_array_unref (MEMO_SAVER (object)->drafts);
  G_OBJECT_CLASS (memo_saver_parent_class)->finalize (object);
}

static void
memo_saver_class_init (MemoSaverClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = memo_saver_dispose;
  G_OBJECT_CLASS (klass)->finalize = memo_saver_finalize;
  signals[SAVED] = g_signal_new ("saved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DISCARDED] =
      g_signal_new ("discarded", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[GATHER] = g_signal_new ("gather", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
memo_saver_init (MemoSaver *self)
{
  self->drafts = g_ptr_array_new_with_free_func (draft_free);
  self->pause = FIRST_PAUSE;
}

MemoSaver *
memo_saver_new (void)
{
  return g_object_new (MEMO_TYPE_SAVER, NULL);
}

void
memo_saver_set_library (MemoSaver *self, MemoLibrary *library)
{
  g_return_if_fail (MEMO_IS_SAVER (self));

  if (!g_set_object (&self->library, library))
    return;
  self->pause = FIRST_PAUSE;
  try_all (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
memo_saver_save (MemoSaver *self, MemoLibrary *library, const char *name, MemoRecord *before, MemoRecord *after)
{
  Draft *draft;

  g_return_if_fail (MEMO_IS_SAVER (self) && MEMO_IS_LIBRARY (library));

  draft = find (self, memo_record_get_uuid (after));
  if (draft == NULL)
    {
      draft = g_new0 (Draft, 1);
      draft->library = g_object_ref (library);
      draft->name = g_strdup (name);
      g_set_object (&draft->before, before);
      g_ptr_array_add (self->drafts, draft);
    }
  g_set_object (&draft->after, after);
  if (!draft->busy && draft->cause == NULL)
    send (self, draft);
  g_signal_emit (self, signals[CHANGED], 0);
}

MemoRecord *
memo_saver_get_waiting (MemoSaver *self, const char *uuid)
{
  Draft *draft;

  g_return_val_if_fail (MEMO_IS_SAVER (self), NULL);

  draft = find (self, uuid);
  return draft ? draft->after : NULL;
}

gboolean
memo_saver_forget (MemoSaver *self, const char *uuid)
{
  Draft *draft;
  gboolean there;

  g_return_val_if_fail (MEMO_IS_SAVER (self), TRUE);

  draft = find (self, uuid);
  if (draft == NULL)
    return TRUE;
  there = draft->before || draft->busy;
  g_ptr_array_remove (self->drafts, draft);
  g_signal_emit (self, signals[CHANGED], 0);
  return there;
}

void
memo_saver_discard (MemoSaver *self)
{
  g_autoptr (GPtrArray) uuids = g_ptr_array_new_with_free_func (g_free);

  g_return_if_fail (MEMO_IS_SAVER (self));

  for (guint i = self->drafts->len; i-- > 0;)
    {
      Draft *draft = g_ptr_array_index (self->drafts, i);

      if (draft->cause == NULL)
        continue;
      g_ptr_array_add (uuids, g_strdup (memo_record_get_uuid (draft->after)));
      g_ptr_array_remove_index (self->drafts, i);
    }
  for (guint i = 0; i < uuids->len; i++)
    g_signal_emit (self, signals[DISCARDED], 0, uuids->pdata[i]);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
memo_saver_gather (MemoSaver *self)
{
  g_return_if_fail (MEMO_IS_SAVER (self));
  g_signal_emit (self, signals[GATHER], 0);
}

void
memo_saver_try_now (MemoSaver *self)
{
  memo_saver_gather (self);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  self->pause = FIRST_PAUSE;
  try_all (self);
}

gboolean
memo_saver_is_busy (MemoSaver *self)
{
  g_return_val_if_fail (MEMO_IS_SAVER (self), FALSE);

  for (guint i = 0; i < self->drafts->len; i++)
    if (((Draft *) g_ptr_array_index (self->drafts, i))->busy)
      return TRUE;
  return FALSE;
}

char *
memo_saver_dup_trouble (MemoSaver *self, const char **ret_cause)
{
  Draft *failed = NULL;
  g_autofree char *title = NULL;
  guint n = 0;

  g_return_val_if_fail (MEMO_IS_SAVER (self), NULL);

  for (guint i = 0; i < self->drafts->len; i++)
    {
      Draft *draft = g_ptr_array_index (self->drafts, i);

      if (draft->cause == NULL)
        continue;
      failed = draft;
      n++;
    }
  if (failed == NULL)
    return NULL;
  *ret_cause = failed->cause;
  if (n > 1)
    return g_strdup_printf (ngettext ("%u text is not saved yet. It is tried again until it works.",
                                      "%u texts are not saved yet. They are tried again until it works.", n),
                            n);
  title = memo_text_ellipsize (memo_record_get_title (failed->after), 60);
  if (self->library && failed->library != self->library && !failed->busy)
    /* Translators: %s is the title of a note, or the words that a comment is about. */
    return g_strdup_printf (_ ("“%s” is not saved: it belongs to a library that is not open."), title);
  /* Translators: %s is the title of a note, or the words that a comment is about. */
  return g_strdup_printf (_ ("“%s” is not saved yet. It is tried again until it works."), title);
}

char *
memo_saver_dup_words (MemoSaver *self)
{
  g_autoptr (GString) words = g_string_new (NULL);

  g_return_val_if_fail (MEMO_IS_SAVER (self), NULL);

  for (guint i = 0; i < self->drafts->len; i++)
    {
      Draft *draft = g_ptr_array_index (self->drafts, i);
      gboolean note = memo_record_get_kind (draft->after) == MEMO_KIND_NOTE;
      const char *text = memo_record_get_text (draft->after, note ? MEMO_NOTE_TEXT : MEMO_ANNOTATION_COMMENT);

      if (draft->cause && text)
        g_string_append_printf (words, "%s%s", words->len > 0 ? "\n\n" : "", text);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}
