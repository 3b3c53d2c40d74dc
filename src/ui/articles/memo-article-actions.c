#include "memo-article-actions.h"

#include <glib/gi18n.h>

#include "base/memo-text.h"
#include "memo-article-dialog.h"
#include "ui/memo-dialog.h"
#include "ui/reader/memo-reader-footnote.h"

void
memo_article_trash (MemoSession *session, MemoRecord *article)
{
  g_autoptr (MemoChange) change = memo_change_new (N_ ("Move article to the trash"), memo_record_get_title (article));

  memo_change_trash (change, article);
  memo_session_apply (session, change, _ ("Article moved to the trash"), NULL, NULL);
}

typedef struct
{
  MemoSession *session;
  MemoRecord *article;
} Attach;

static void
attach_free (gpointer data)
{
  Attach *attach = data;

  g_object_unref (attach->session);
  g_object_unref (attach->article);
  g_free (attach);
}

static void
set_work (MemoChange *change, MemoRecord *article, const char *work)
{
  g_autoptr (MemoRecordBuilder) builder = NULL;
  g_autoptr (MemoRecord) record = NULL;

  if (g_strcmp0 (memo_record_get_text (article, MEMO_ARTICLE_WORK), work) == 0)
    return;
  builder = memo_record_builder_edit (article);
  memo_record_builder_set_text (builder, MEMO_ARTICLE_WORK, work);
  record = memo_record_builder_end (g_steal_pointer (&builder));
  memo_change_update (change, article, record);
}

static void
other_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Attach *attach = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) other = memo_library_get_finish (MEMO_LIBRARY (source), result, &error);

  if (other == NULL)
    memo_session_toast (attach->session, error->message, FALSE);
  else
    {
      g_autoptr (MemoChange) change = memo_change_new (N_ ("Attach version"), memo_record_get_title (attach->article));
      const char *work = memo_record_get_text (other, MEMO_ARTICLE_WORK);
      g_autofree char *fresh = work ? NULL : memo_uuid_new ();

      set_work (change, attach->article, work ? work : fresh);
      set_work (change, other, work ? work : fresh);
      if (memo_change_get_steps (change)->len == 0)
        memo_session_toast (attach->session, _ ("They are versions of one work already."), FALSE);
      else
        memo_session_apply (attach->session, change, _ ("Attached as a version"), NULL, NULL);
    }
  attach_free (attach);
}

static void
picked_cb (const char *uuid, gpointer user_data)
{
  Attach *attach = user_data;
  Attach *copy = g_new0 (Attach, 1);

  copy->session = g_object_ref (attach->session);
  copy->article = g_object_ref (attach->article);
  memo_library_get_async (memo_session_get_library (attach->session), uuid, FALSE, NULL, other_cb, copy);
}

void
memo_article_attach (GtkWidget *parent, MemoSession *session, MemoRecord *article)
{
  Attach *attach = g_new0 (Attach, 1);

  attach->session = g_object_ref (session);
  attach->article = g_object_ref (article);
  memo_article_picker_present (parent, session, _ ("Attach as Version of…"), memo_record_get_uuid (article), picked_cb,
                               attach, attach_free);
}

/* A name for the file that keeps its ending, so that the right program opens it, and nothing of a path. */
static char *
make_name (MemoRecord *article)
{
  const char *file = memo_record_get_text (article, MEMO_ARTICLE_FILE);
  const char *type = memo_record_get_text (article, MEMO_ARTICLE_MEDIA_TYPE);
  g_autofree char *name = file ? g_path_get_basename (file) : g_strdup ("original");

  g_strdelimit (name, "/\\:", '_');
  if (strchr (name, '.') == NULL)
    {
      const char *ending = g_strcmp0 (type, "application/pdf") == 0 ? ".pdf"
                           : type && strstr (type, "html")          ? ".html"
                                                                    : ".txt";
      return g_strconcat (name, ending, NULL);
    }
  return g_steal_pointer (&name);
}

static void
original_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Attach *attach = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = memo_library_original_finish (MEMO_LIBRARY (source), result, &error);
  g_autofree char *folder = bytes ? g_dir_make_tmp ("memorandum-XXXXXX", &error) : NULL;

  if (folder)
    {
      g_autofree char *name = make_name (attach->article);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error))
        {
          g_autofree char *uri = g_filename_to_uri (path, NULL, &error);

          if (uri)
            g_app_info_launch_default_for_uri (uri, NULL, &error);
        }
    }
  if (error)
    memo_session_toast (attach->session, error->message, FALSE);
  attach_free (attach);
}

void
memo_article_open_original (GtkWidget *parent, MemoSession *session, MemoRecord *article)
{
  const char *original = memo_record_get_text (article, MEMO_ARTICLE_ORIGINAL);
  Attach *attach;

  if (original == NULL)
    {
      memo_session_toast (session, _ ("No original file was kept for this article."), FALSE);
      return;
    }
  attach = g_new0 (Attach, 1);
  attach->session = g_object_ref (session);
  attach->article = g_object_ref (article);
  memo_library_original_async (memo_session_get_library (session), original, NULL, original_cb, attach);
}

static void
copy_cb (GtkWidget *button, const char *url)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (button), url);
}

static void
open_cb (GtkWidget *button, MemoSession *session)
{
  memo_reader_follow (button, session, g_object_get_data (G_OBJECT (button), "url"));
}

void
memo_article_show_address (GtkWidget *parent, MemoSession *session, MemoRecord *article)
{
  const char *url = memo_record_get_text (article, MEMO_ARTICLE_URL);
  GtkWidget *box, *label, *copy, *open, *buttons, *window;

  if (url == NULL)
    {
      memo_session_toast (session, _ ("No web address is known for this article."), FALSE);
      return;
    }
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  label = gtk_label_new (url);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 50);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), label);
  buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  copy = gtk_button_new_with_label (_ ("Copy"));
  g_object_set_data_full (G_OBJECT (copy), "url", g_strdup (url), g_free);
  g_signal_connect (copy, "clicked", G_CALLBACK (copy_cb), g_object_get_data (G_OBJECT (copy), "url"));
  open = gtk_button_new_with_label (_ ("Open in the Browser"));
  gtk_widget_add_css_class (open, "suggested-action");
  g_object_set_data_full (G_OBJECT (open), "url", g_strdup (url), g_free);
  g_signal_connect_object (open, "clicked", G_CALLBACK (open_cb), session, 0);
  gtk_box_append (GTK_BOX (buttons), copy);
  gtk_box_append (GTK_BOX (buttons), open);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  window = memo_dialog_new (parent, _ ("Web Address"), box, NULL, NULL);
  gtk_window_present (GTK_WINDOW (window));
}
