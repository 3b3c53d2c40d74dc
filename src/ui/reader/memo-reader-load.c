#include "memo-reader-private.h"

#include <glib/gi18n.h>

/* More changed records than this are read again as a whole. */
#define MAX_SINGLE 200

static gboolean
is_cancelled (GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
place_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MemoReader) self = user_data;
  g_autofree char *place = memo_library_get_state_finish (MEMO_LIBRARY (source), result, NULL);

  /* Without a kept place reading starts at the top. */
  memo_reader_settle (self, place);
}

static void
annotations_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MemoReader) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) annotations = memo_library_where_finish (MEMO_LIBRARY (source), result, &error);

  if (annotations == NULL)
    {
      if (!is_cancelled (error))
        memo_session_toast (self->session, error->message, FALSE);
      return;
    }
  if (!self->loading)
    {
      if (self->highlights)
        memo_reader_highlights_set_records (self->highlights, annotations);
      return;
    }
  g_clear_pointer (&self->annotations, g_ptr_array_unref);
  self->annotations = g_steal_pointer (&annotations);
}

static void
load_annotations (MemoReader *self)
{
  memo_library_where_async (self->library, MEMO_ANNOTATION_ARTICLE, self->uuid, self->cancellable, annotations_cb,
                            g_object_ref (self));
}

typedef struct
{
  MemoReader *reader;
  MemoRecord *article;
} Loading;

static void
loading_free (Loading *loading)
{
  g_object_unref (loading->reader);
  g_clear_object (&loading->article);
  g_free (loading);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Loading, loading_free)

static void
loaded (MemoReader *self, MemoRecord *article, GPtrArray *versions)
{
  g_autofree char *key = g_strconcat ("place/", self->uuid, NULL);

  memo_reader_show_article (self, article, versions);
  self->loading = FALSE;
  if (self->annotations)
    memo_reader_highlights_set_records (self->highlights, self->annotations);
  g_clear_pointer (&self->annotations, g_ptr_array_unref);
  memo_library_get_state_async (self->library, key, place_cb, g_object_ref (self));
}

static void
versions_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Loading) loading = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) versions = memo_library_where_finish (MEMO_LIBRARY (source), result, &error);

  if (error && is_cancelled (error))
    return;
  if (error)
    g_message ("Versions of an article: %s", error->message);
  loaded (loading->reader, loading->article, versions);
}

/* Nothing more is waited for. */
static void
fail (MemoReader *self, const char *message)
{
  self->loading = FALSE;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->annotations, g_ptr_array_unref);
  memo_reader_show_failure (self, message);
}

static void
article_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MemoReader) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) article = memo_library_get_finish (MEMO_LIBRARY (source), result, &error);
  const char *work;

  if (article == NULL)
    {
      if (!is_cancelled (error))
        fail (self, error->message);
      return;
    }
  if (memo_record_get_kind (article) != MEMO_KIND_ARTICLE || memo_record_get_deleted (article) != 0)
    {
      fail (self, _ ("The article is in the trash."));
      return;
    }
  work = memo_record_get_text (article, MEMO_ARTICLE_WORK);
  if (work)
    {
      Loading *loading = g_new0 (Loading, 1);

      loading->reader = g_object_ref (self);
      loading->article = g_object_ref (article);
      memo_library_where_async (self->library, MEMO_ARTICLE_WORK, work, self->cancellable, versions_cb, loading);
    }
  else
    loaded (self, article, NULL);
}

void
memo_reader_load (MemoReader *self)
{
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->annotations, g_ptr_array_unref);
  self->loading = self->library != NULL && self->uuid != NULL;
  if (!self->loading)
    return;
  self->cancellable = g_cancellable_new ();
  memo_library_get_async (self->library, self->uuid, TRUE, self->cancellable, article_cb, g_object_ref (self));
  /* Read while the text is laid out. */
  load_annotations (self);
}

typedef struct
{
  MemoReader *reader;
  GArray *ids;
} Changed;

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Changed *changed = user_data;
  g_autoptr (MemoReader) self = changed->reader;
  g_autoptr (GArray) ids = changed->ids;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = memo_library_load_finish (MEMO_LIBRARY (source), result, &error);

  g_free (changed);
  if (records == NULL)
    {
      if (!is_cancelled (error))
        memo_session_toast (self->session, error->message, FALSE);
      return;
    }
  for (guint i = 0; self->highlights && i < records->len && i < ids->len; i++)
    memo_reader_highlights_update (self->highlights, g_array_index (ids, gint64, i), g_ptr_array_index (records, i));
}

void
memo_reader_notice (MemoReader *self, MemoNotice *notice)
{
  GArray *touched = memo_notice_get_touched (notice);
  g_autoptr (GArray) ids = NULL;
  Changed *changed;

  /* What was read before this change is read again. */
  if (self->loading && memo_notice_touches (notice, MEMO_KIND_ANNOTATION))
    load_annotations (self);
  if (self->article == NULL)
    {
      /* What could not be shown may be there again. */
      if (!self->loading && (memo_notice_is_everything (notice) || memo_notice_touches (notice, MEMO_KIND_ARTICLE)))
        memo_reader_load (self);
      return;
    }
  if (memo_notice_is_everything (notice))
    {
      memo_reader_keep_place (self);
      memo_reader_load (self);
      return;
    }
  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; touched && i < touched->len; i++)
    {
      MemoTouched *one = &g_array_index (touched, MemoTouched, i);

      if (one->kind == MEMO_KIND_ARTICLE && one->id == memo_record_get_id (self->article))
        {
          memo_reader_keep_place (self);
          memo_reader_load (self);
          return;
        }
      if (one->kind == MEMO_KIND_ANNOTATION)
        g_array_append_val (ids, one->id);
    }
  if (memo_notice_touches (notice, MEMO_KIND_EVIDENCE) || memo_notice_touches (notice, MEMO_KIND_AGREEMENT) ||
      memo_notice_touches (notice, MEMO_KIND_EVENT))
    memo_reader_margin_refresh (memo_reader_page_get_margin (self->page));
  if (ids->len == 0)
    return;
  if (ids->len > MAX_SINGLE)
    {
      load_annotations (self);
      return;
    }
  changed = g_new0 (Changed, 1);
  changed->reader = g_object_ref (self);
  changed->ids = g_array_ref (ids);
  memo_library_load_async (self->library, MEMO_KIND_ANNOTATION, ids, FALSE, self->cancellable, changed_cb, changed);
}
