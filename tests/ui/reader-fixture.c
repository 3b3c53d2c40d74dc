#include "reader-fixture.h"

#include <glib/gstdio.h>

#include "records/memo-blocks.h"
#include "ui-fixture.h"

typedef struct
{
  GString *text;
  GArray *blocks;
  guint at;
} Writer;

static MemoBlock *
write_block (Writer *writer, MemoBlockType type, const char *text)
{
  guint start, end;

  if (writer->at > 0)
    {
      g_string_append (writer->text, "\n\n");
      writer->at += 2;
    }
  start = writer->at;
  end = start + (guint) g_utf8_strlen (text, -1);
  g_string_append (writer->text, text);
  writer->at = end;
  return memo_blocks_add (writer->blocks, type, start, end);
}

static MemoRecord *
finish_article (Writer *writer, MemoRecordBuilder *builder)
{
  g_autofree char *json = memo_blocks_to_json (writer->blocks);

  memo_record_builder_set_text (builder, MEMO_ARTICLE_TEXT, writer->text->str);
  memo_record_builder_set_text (builder, MEMO_ARTICLE_BLOCKS, json);
  g_string_free (writer->text, TRUE);
  g_array_unref (writer->blocks);
  return memo_record_builder_end (builder);
}

static MemoRecord *
make_article (void)
{
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_ARTICLE, NULL);
  Writer writer = { g_string_new (NULL), memo_blocks_new (), 0 };
  g_autoptr (MemoDate) published = memo_date_new ("2025-11-30", NULL);
  MemoBlock *block;

  memo_record_builder_set_text (builder, MEMO_ARTICLE_TITLE, "A long table between two capitals");
  memo_record_builder_set_text (builder, MEMO_ARTICLE_OUTLET, "Harbour Institute");
  memo_record_builder_set_text (builder, MEMO_ARTICLE_KIND, "analysis");
  memo_record_builder_set_text (builder, MEMO_ARTICLE_LANGUAGE, "en");
  memo_record_builder_set_date (builder, MEMO_ARTICLE_PUBLISHED, published);
  memo_record_builder_set_text (builder, MEMO_ARTICLE_URL, "https://harbour.example/long-table");
  memo_record_builder_set_text (builder, MEMO_ARTICLE_VERSIONS,
                                "[{\"language\":\"tr\",\"url\":\"https://harbour.example/tr\"},"
                                "{\"language\":\"ru\",\"url\":\"https://harbour.example/ru\"}]");
  memo_record_builder_set_text (builder, MEMO_ARTICLE_REFERENCES,
                                "[{\"label\":\"i\",\"text\":\"Press office, Minutes of the session, 2025.\","
                                "\"url\":\"https://press.example/minutes\"}]");
  write_block (
      &writer, MEMO_BLOCK_PARAGRAPH,
      "The nineteenth session of the commission closed with forty-two papers signed on 28 November 2025, most of "
      "them short and several without a published text.");
  block = write_block (&writer, MEMO_BLOCK_PARAGRAPH,
                       "In health, both sides will make vaccines together; laboratories were named, but no budget.[i] "
                       "The ministries “İstanbul” and “Ёлка” follow.");
  {
    guint at = (guint) g_utf8_strlen (writer.text->str, strstr (writer.text->str, "[i]") - writer.text->str);

    memo_block_add_span (block, MEMO_SPAN_MARK, at, at + 3, "i");
  }
  write_block (&writer, MEMO_BLOCK_HEADING, "A body that meets")->level = 2;
  write_block (
      &writer, MEMO_BLOCK_PARAGRAPH,
      "Founded in 2008, the commission has met every year only since 2019. More direct flights were promised for "
      "the coming season, a promise first heard in 2023.");
  write_block (&writer, MEMO_BLOCK_ITEM, "Energy and farming came last.")->level = 1;
  write_block (&writer, MEMO_BLOCK_ITEM, "Tourism was not on the list.")->level = 1;
  write_block (&writer, MEMO_BLOCK_QUOTATION, "“The meeting was fruitful,” the minister said.");
  block = write_block (&writer, MEMO_BLOCK_FOOTNOTE, "[i] Press office, Minutes of the session, 2025.");
  block->label = g_strdup ("i");
  write_block (&writer, MEMO_BLOCK_SUMMARY, "Forty-two texts in one afternoon, agreed by video.");
  write_block (&writer, MEMO_BLOCK_SUMMARY, "Vaccines and flights are the two that can be checked.");
  write_block (&writer, MEMO_BLOCK_SUMMARY, "The commission itself is the result.");
  return finish_article (&writer, builder);
}

MemoRecord *
fixture_make_article (guint n)
{
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_ARTICLE, NULL);
  Writer writer = { g_string_new (NULL), memo_blocks_new (), 0 };

  memo_record_builder_set_text (builder, MEMO_ARTICLE_TITLE, "The long report");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text =
          g_strdup_printf ("Paragraph %u of the report says what the one before it said, with other words and the same "
                           "figures, so that the "
                           "reader who comes so far may rest a little and go on to the next, which is no shorter and "
                           "no better than this one "
                           "was, until the end of the document is in sight and the appendix begins.",
                           i);

      if (i % 40 == 0)
        write_block (&writer, MEMO_BLOCK_HEADING, "A chapter")->level = 2;
      write_block (&writer, MEMO_BLOCK_PARAGRAPH, text);
    }
  return finish_article (&writer, builder);
}

gboolean
fixture_init (int *argc, char ***argv)
{
  gtk_test_init (argc, argv, NULL);
  adw_init ();
  return TRUE;
}

Fixture *
fixture_new (void)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  MemoAwait await = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (MemoChange) change = memo_change_new ("Add article", NULL);
  g_autoptr (MemoRecord) article = make_article ();

  fixture->folder = g_dir_make_tmp ("memo-reader-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "test.memorandum", NULL);
  memo_library_open_async (fixture->path, MEMO_OPEN_CREATE, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  fixture->library = memo_library_open_finish (result, &error);
  g_assert_no_error (error);
  memo_change_insert_article (change, article, NULL);
  fixture_apply (fixture, change);
  {
    MemoAwait get = { 0 };
    g_autoptr (GAsyncResult) got = NULL;

    memo_library_get_async (fixture->library, memo_record_get_uuid (article), TRUE, NULL, memo_await_cb, &get);
    got = memo_await (&get);
    fixture->article = memo_library_get_finish (fixture->library, got, &error);
    g_assert_no_error (error);
  }
  fixture->session = memo_session_new ();
  memo_session_set_library (fixture->session, fixture->library);
  return fixture;
}

void
fixture_free (Fixture *fixture)
{
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (fixture->window)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  fixture_wait (20);
  memo_session_set_library (fixture->session, NULL);
  memo_library_close_async (fixture->library, memo_await_cb, &await);
  result = memo_await (&await);
  memo_library_close_finish (fixture->library, result, &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->article);
  g_clear_object (&fixture->session);
  g_clear_object (&fixture->library);
  dir = g_dir_open (fixture->folder, 0, NULL);
  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture);
}

void
fixture_apply (Fixture *fixture, MemoChange *change)
{
  MemoAwait await = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  memo_library_apply_async (fixture->library, change, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  memo_library_apply_finish (fixture->library, result, &error);
  g_assert_no_error (error);
}

MemoRecord *
fixture_mark (Fixture *fixture, const char *words, const char *color, const char *comment)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) annotation = NULL;
  g_autoptr (MemoChange) change = NULL;
  glong start, end;

  g_assert_true (memo_action_locate (fixture->article, words, NULL, NULL, &start, &end, &error));
  change = memo_action_annotate (fixture->article, start, end, color, comment, NULL, NULL, NULL, &annotation, &error);
  g_assert_no_error (error);
  fixture_apply (fixture, change);
  return g_steal_pointer (&annotation);
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_get_width (widget) > 0;
}

void
fixture_show (Fixture *fixture, GtkWidget *widget, int width, int height)
{
  fixture->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, height);
  adw_window_set_content (ADW_WINDOW (fixture->window), widget);
  gtk_window_present (GTK_WINDOW (fixture->window));
  fixture_until (is_mapped, widget);
}

void
fixture_until (FixtureDone done, gpointer user_data)
{
  ui_wait_until (done, user_data);
}

void
fixture_wait (guint milliseconds)
{
  ui_settle (milliseconds);
}

void
fixture_picture (GtkWidget *widget, const char *name)
{
  const char *folder = g_getenv ("MEMO_TEST_PICTURES");
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *file = NULL;
  g_autofree char *path = NULL;

  if (folder == NULL)
    return;
  fixture_wait (300);
  /* With what lies behind it. */
  widget = GTK_WIDGET (gtk_widget_get_root (widget));
  paintable = gtk_widget_paintable_new (widget);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), gtk_widget_get_width (widget),
                          gtk_widget_get_height (widget));
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  if (node == NULL)
    return;
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)), node, NULL);
  file = g_strconcat (name, ".png", NULL);
  path = g_build_filename (folder, file, NULL);
  gdk_texture_save_to_png (texture, path);
}

GtkWidget *
fixture_find (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = fixture_find (child, type);

      if (found)
        return found;
    }
  return NULL;
}
