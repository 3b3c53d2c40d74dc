#include "reader-fixture.h"

#include <glib/gstdio.h>

#include "ui/memo-settings.h"
#include "ui/reader/memo-reader-buffer.h"
#include "ui/reader/memo-reader-card.h"
#include "ui/reader/memo-reader-find.h"
#include "ui/reader/memo-reader-highlights.h"
#include "ui/reader/memo-reader-pair.h"
#include "ui/reader/memo-reader-text.h"
#include "ui/reader/memo-reader.h"

static gboolean
is_loaded (gpointer reader)
{
  return memo_reader_get_article (reader) != NULL;
}

static MemoReader *
open_reader (Fixture *fixture)
{
  MemoReader *reader = memo_reader_new (fixture->session);

  fixture_show (fixture, GTK_WIDGET (reader), 900, 640);
  memo_reader_open (reader, memo_record_get_uuid (fixture->article), -1, -1);
  fixture_until (is_loaded, reader);
  fixture_wait (150);
  gtk_widget_grab_focus (GTK_WIDGET (reader));
  return reader;
}

static guint
count_marks (Fixture *fixture)
{
  gint64 id = memo_record_get_id (fixture->article);

  return memo_index_get_annotations (memo_library_get_index (fixture->library), id);
}

static gboolean
has_mark (gpointer fixture)
{
  return count_marks (fixture) == 1;
}

static gboolean
has_no_mark (gpointer fixture)
{
  return count_marks (fixture) == 0;
}

static gboolean
has_tag (MemoReader *reader, glong offset, const char *name)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (memo_reader_get_view (reader));
  GtkTextTag *tag = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), name);
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (buffer, &iter,
                                      memo_reader_buffer_from_text (MEMO_READER_BUFFER (buffer), offset));
  return gtk_text_iter_has_tag (&iter, tag);
}

static void
test_mapping (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  MemoReaderHeader header = { "Analysis", NULL, "Ada" };
  g_autoptr (MemoReaderBuffer) buffer = memo_reader_buffer_new (fixture->article, &header);
  const char *text = memo_record_get_text (fixture->article, MEMO_ARTICLE_TEXT);
  GArray *blocks = memo_reader_buffer_get_blocks (buffer);
  g_autofree char *footnote = NULL;
  GtkTextIter from, to;
  glong start, end;
  int a, b;

  /* Every character of every block is at its place. */
  for (guint i = 0; i < blocks->len; i++)
    {
      MemoBlock *block = &g_array_index (blocks, MemoBlock, i);

      for (guint at = block->start; at < block->end; at++)
        {
          int place = memo_reader_buffer_from_text (buffer, at);

          gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (buffer), &from, place);
          g_assert_cmpuint (gtk_text_iter_get_char (&from), ==, g_utf8_get_char (g_utf8_offset_to_pointer (text, at)));
          g_assert_cmpint (memo_reader_buffer_to_text (buffer, place), ==, at);
        }
    }
  /* The summary comes first on the page and last in the text. */
  g_assert_true (memo_reader_buffer_get_summary (buffer, &a, &b));
  g_assert_cmpint (b, <, memo_reader_buffer_from_text (buffer, 0));
  g_assert_cmpint (memo_reader_buffer_to_text (buffer, a), >, memo_reader_buffer_to_text (buffer, b + 1));
  /* The header is no part of the text. */
  g_assert_cmpint (memo_reader_buffer_to_text (buffer, 0), ==, -1);
  g_assert_false (memo_reader_buffer_range_to_text (buffer, 0, 8, NULL, NULL));
  /* All: what counts is the body. */
  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (buffer), &from, &to);
  gtk_text_buffer_select_range (GTK_TEXT_BUFFER (buffer), &from, &to);
  g_assert_true (memo_reader_buffer_get_passage (buffer, &start, &end));
  g_assert_cmpint (start, ==, 0);
  g_assert_cmpint (end, ==, memo_blocks_get_body_end (blocks, g_utf8_strlen (text, -1)));
  footnote = memo_reader_buffer_dup_footnote (buffer, "i");
  g_assert_nonnull (footnote);
}

static void
test_keys (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  MemoReader *reader = open_reader (fixture);
  glong start, end;

  g_assert_true (memo_action_locate (fixture->article, "forty-two papers", NULL, NULL, &start, &end, NULL));
  memo_reader_select (reader, start, end);
  fixture_wait (400);
  fixture_picture (GTK_WIDGET (reader), "reader-bar");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (reader), "reader.highlight", "s", "green"));
  fixture_until (has_mark, fixture);
  fixture_wait (100);
  g_assert_true (has_tag (reader, start, "highlight-green"));
  g_assert_true (has_tag (reader, end - 1, "highlight-green"));
  g_assert_false (has_tag (reader, end, "highlight-green"));
  /* The same words again: another colour, not another mark. */
  memo_reader_select (reader, start, end);
  gtk_widget_activate_action (GTK_WIDGET (reader), "reader.highlight", "s", "pink");
  fixture_wait (200);
  g_assert_cmpuint (count_marks (fixture), ==, 1);
  g_assert_true (has_tag (reader, start, "highlight-pink"));
  g_assert_false (has_tag (reader, start, "highlight-green"));
  gtk_widget_activate_action (GTK_WIDGET (reader), "reader.remove", NULL);
  fixture_until (has_no_mark, fixture);
  fixture_wait (100);
  g_assert_false (has_tag (reader, start, "highlight-pink"));
  memo_session_undo (fixture->session);
  fixture_until (has_mark, fixture);
  fixture_wait (100);
  g_assert_true (has_tag (reader, start, "highlight-pink"));
}

static void
test_copy_text (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  MemoReader *reader = open_reader (fixture);
  glong start, end;

  g_assert_true (memo_action_locate (fixture->article, "forty-two papers", NULL, NULL, &start, &end, NULL));
  memo_reader_select (reader, start, end);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (reader), "reader.copy", NULL));
  g_assert_true (gdk_clipboard_is_local (gtk_widget_get_clipboard (GTK_WIDGET (reader))));
}

static void
test_margin (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (MemoRecord) first =
      fixture_mark (fixture, "forty-two papers signed on 28 November 2025", "yellow", "How many have a text?");
  g_autoptr (MemoRecord) second =
      fixture_mark (fixture, "make vaccines together; laboratories were named, but no budget", "green",
                    "Also in the report, in other words.");
  g_autoptr (MemoRecord) third = fixture_mark (fixture, "but no budget", "purple", "No budget: ask the ministry.");
  g_autoptr (MemoRecord) fourth = fixture_mark (fixture, "every year only since 2019", "blue", NULL);
  g_autoptr (MemoRecord) fifth =
      fixture_mark (fixture, "Vaccines and flights", "pink", "The summary can be marked too.");
  MemoReader *reader = open_reader (fixture);
  GtkWidget *card;

  fixture_wait (200);
  card = fixture_find (GTK_WIDGET (reader), MEMO_TYPE_READER_CARD);
  g_assert_nonnull (card);
  g_assert_true (memo_reader_card_has_words (MEMO_READER_CARD (card)));
  memo_session_show (fixture->session, memo_record_get_uuid (fourth));
  fixture_wait (100);
  fixture_picture (GTK_WIDGET (reader), "reader-light");
  memo_settings_set_string ("reader-theme", "sepia");
  fixture_picture (GTK_WIDGET (reader), "reader-sepia");
  memo_settings_set_string ("reader-theme", "dark");
  fixture_picture (GTK_WIDGET (reader), "reader-dark");
  memo_settings_set_string ("reader-theme", "system");
}

/* Nothing holds a reader that was closed. */
static void
test_gone (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (MemoRecord) mark = fixture_mark (fixture, "forty-two papers", "yellow", "Count them.");
  MemoReader *reader = open_reader (fixture);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *popover;
  glong start, end;

  g_assert_true (memo_action_locate (fixture->article, "forty-two papers", NULL, NULL, &start, &end, NULL));
  memo_reader_select (reader, start, end);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (reader), "reader.comment", NULL));
  fixture_wait (100);
  for (popover = gtk_widget_get_first_child (GTK_WIDGET (memo_reader_get_view (reader)));
       !gtk_widget_has_css_class (popover, "memo-reader-editor");)
    popover = gtk_widget_get_next_sibling (popover);
  gtk_popover_popdown (GTK_POPOVER (popover));
  fixture_wait (100);
  g_object_add_weak_pointer (G_OBJECT (reader), (gpointer *) &reader);
  adw_window_set_content (ADW_WINDOW (fixture->window), box);
  fixture_wait (300);
  g_assert_null (reader);
}

static gboolean
has_failed (gpointer reader)
{
  GtkWidget *page = fixture_find (reader, ADW_TYPE_STATUS_PAGE);

  return gtk_widget_get_mapped (page) && adw_status_page_get_description (ADW_STATUS_PAGE (page));
}

/* What cannot be shown is said, nothing of what was shown before it can be marked, and it comes when it is there again. */
static void
test_failure (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (MemoChange) change = memo_change_new ("Trash", NULL);
  g_autoptr (MemoChange) add = memo_change_new ("Add", NULL);
  g_autoptr (MemoRecord) other = fixture_make_article (3);
  MemoReader *reader;
  GtkWidget *retry;

  memo_change_insert_article (add, other, NULL);
  fixture_apply (fixture, add);
  reader = open_reader (fixture);
  memo_change_trash (change, other);
  fixture_apply (fixture, change);
  memo_reader_open (reader, memo_record_get_uuid (other), -1, -1);
  fixture_until (has_failed, reader);
  g_assert_null (memo_reader_get_article (reader));
  g_assert_cmpstr (memo_reader_get_title (reader), ==, "The article cannot be shown");
  retry = fixture_find (fixture_find (GTK_WIDGET (reader), ADW_TYPE_STATUS_PAGE), GTK_TYPE_BUTTON);
  g_signal_emit_by_name (retry, "clicked");
  g_assert_false (has_failed (reader));
  fixture_until (has_failed, reader);

  memo_session_undo (fixture->session);
  fixture_until (is_loaded, reader);
  g_assert_false (has_failed (reader));
}

/* The editor of a comment on these words, open. */
static GtkWidget *
open_comment (Fixture *fixture, MemoReader *reader, const char *words)
{
  GtkWidget *popover;
  glong start, end;

  g_assert_true (memo_action_locate (fixture->article, words, NULL, NULL, &start, &end, NULL));
  memo_reader_select (reader, start, end);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (reader), "reader.comment", NULL));
  fixture_wait (100);
  popover = gtk_widget_get_last_child (GTK_WIDGET (memo_reader_get_view (reader)));
  while (!gtk_widget_has_css_class (popover, "memo-reader-editor"))
    popover = gtk_widget_get_prev_sibling (popover);
  return popover;
}

static gboolean
has_trouble (gpointer saver)
{
  const char *cause;
  g_autofree char *trouble = memo_saver_dup_trouble (saver, &cause);

  return trouble != NULL;
}

static gboolean
is_well (gpointer saver)
{
  return !has_trouble (saver);
}

/* A comment that cannot be saved is held, and is there when it can. */
static void
test_comment_held (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  MemoSaver *saver = memo_session_get_saver (fixture->session);
  MemoReader *reader = open_reader (fixture);
  GtkWidget *popover = open_comment (fixture, reader, "forty-two papers");
  GtkWidget *entry = fixture_find (popover, GTK_TYPE_TEXT_VIEW);
  g_autofree char *aside = g_strconcat (fixture->path, ".aside", NULL);
  g_autofree char *words = NULL;

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (entry)), "Which ones?", -1);
  g_assert_cmpint (g_rename (fixture->path, aside), ==, 0);
  gtk_popover_popdown (GTK_POPOVER (popover));
  fixture_until (has_trouble, saver);
  words = memo_saver_dup_words (saver);
  g_assert_cmpstr (words, ==, "Which ones?");
  g_assert_cmpint (g_rename (aside, fixture->path), ==, 0);
  memo_saver_try_now (saver);
  fixture_until (is_well, saver);
  g_assert_true (has_mark (fixture));
}

/* An editor that is open when the reader goes does not keep the reader, nor the reader it. */
static void
test_gone_while_editing (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  MemoReader *reader = open_reader (fixture);
  GtkWidget *popover = open_comment (fixture, reader, "forty-two papers");

  g_object_add_weak_pointer (G_OBJECT (reader), (gpointer *) &reader);
  g_object_add_weak_pointer (G_OBJECT (popover), (gpointer *) &popover);
  adw_window_set_content (ADW_WINDOW (fixture->window), gtk_label_new (NULL));
  fixture_wait (300);
  g_assert_null (popover);
  g_assert_null (reader);
}

static void
write_run (const MemoHighlightRun *run, gpointer user_data)
{
  g_string_append_printf (user_data, "%ld-%ld %s", run->start, run->end, memo_reader_colors[run->top->color]);
  if (run->under)
    g_string_append_printf (user_data, " over %s", memo_reader_colors[run->under->color]);
  g_string_append_c (user_data, '\n');
}

static gboolean
has_color (MemoReaderBuffer *buffer, glong offset, const char *color)
{
  g_autofree char *name = g_strconcat ("highlight-", color, NULL);
  GtkTextTag *tag = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (GTK_TEXT_BUFFER (buffer)), name);
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (buffer), &iter, memo_reader_buffer_from_text (buffer, offset));
  return gtk_text_iter_has_tag (&iter, tag);
}

static void
test_overlap (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  MemoReaderHeader header = { "", NULL, NULL };
  g_autoptr (MemoReaderBuffer) buffer = memo_reader_buffer_new (fixture->article, &header);
  g_autoptr (MemoReaderHighlights) highlights = memo_reader_highlights_new (buffer);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  const struct
  {
    glong start, end;
    const char *color;
  } marks[] = { { 0, 40, "yellow" }, { 10, 20, "green" }, { 15, 30, "pink" }, { 60, 70, "blue" } };
  g_autoptr (GString) runs = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      MemoRecord *annotation = NULL;
      g_autoptr (MemoChange) change = memo_action_annotate (fixture->article, marks[i].start, marks[i].end,
                                                            marks[i].color, NULL, NULL, NULL, NULL, &annotation, NULL);

      g_ptr_array_add (records, annotation);
    }
  memo_reader_highlights_set_records (highlights, records);
  g_assert_cmpuint (memo_reader_highlights_get_n (highlights), ==, 4);
  g_assert_cmpuint (memo_reader_highlights_get_at (highlights, 12)->color, ==, memo_reader_color_find ("green"));
  g_assert_cmpuint (memo_reader_highlights_get_at (highlights, 35)->color, ==, memo_reader_color_find ("yellow"));
  g_assert_null (memo_reader_highlights_get_at (highlights, 50));
  g_assert_cmpuint (memo_reader_highlights_seek (highlights, 16), ==, 3);

  /* Of two the later one is on top, and comes again where one above it ends; the one below is known. */
  memo_reader_highlights_foreach_run (highlights, 5, 65, write_run, runs);
  g_assert_cmpstr (runs->str, ==,
                   "5-10 yellow\n"
                   "10-15 green over yellow\n"
                   "15-20 pink over green\n"
                   "20-30 pink over yellow\n"
                   "30-40 yellow\n"
                   "60-65 blue\n");
  g_string_truncate (runs, 0);
  memo_reader_highlights_foreach_run (highlights, 40, 60, write_run, runs);
  g_assert_cmpstr (runs->str, ==, "");

  /* What a screen reader can ask for where the cursor is. */
  g_assert_false (has_color (buffer, 12, "green"));
  memo_reader_highlights_tell (highlights, 0, 30);
  g_assert_true (has_color (buffer, 12, "green"));
  g_assert_false (has_color (buffer, 12, "yellow"));
  g_assert_true (has_color (buffer, 29, "pink"));
  g_assert_false (has_color (buffer, 30, "yellow"));
  g_ptr_array_remove_index (records, 1);
  memo_reader_highlights_set_records (highlights, records);
  g_assert_false (has_color (buffer, 12, "green"));
  g_assert_true (has_color (buffer, 12, "yellow"));
  memo_reader_highlights_tell (highlights, 60, 90);
  g_assert_false (has_color (buffer, 12, "yellow"));
  g_assert_true (has_color (buffer, 60, "blue"));
}

static void
test_find (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  MemoReader *reader = open_reader (fixture);
  MemoReaderFind *find = MEMO_READER_FIND (fixture_find (GTK_WIDGET (reader), MEMO_TYPE_READER_FIND));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (memo_reader_get_view (reader));
  GtkTextIter from, to;
  g_autofree char *found = NULL;

  memo_reader_find (reader);
  memo_reader_find_set_words (find, "COMMISSION");
  g_assert_cmpuint (memo_reader_find_get_n (find), ==, 3);
  memo_reader_find_step (find, TRUE);
  g_assert_true (gtk_text_buffer_get_selection_bounds (buffer, &from, &to));
  found = gtk_text_buffer_get_text (buffer, &from, &to, FALSE);
  g_assert_cmpstr (found, ==, "commission");
  memo_reader_find_set_words (find, "istanbul");
  g_assert_cmpuint (memo_reader_find_get_n (find), ==, 1);
  memo_reader_find_set_words (find, "елка");
  g_assert_cmpuint (memo_reader_find_get_n (find), ==, 1);
  memo_reader_find_set_words (find, "nowhere");
  g_assert_cmpuint (memo_reader_find_get_n (find), ==, 0);
  fixture_picture (GTK_WIDGET (reader), "reader-find");
}

static GArray *
make_blocks (const char *kinds)
{
  GArray *blocks = memo_blocks_new ();

  for (guint i = 0; kinds[i]; i++)
    memo_blocks_add (blocks, kinds[i] == 'h' ? MEMO_BLOCK_HEADING : MEMO_BLOCK_PARAGRAPH, i * 10, i * 10 + 8);
  return blocks;
}

static void
test_pair (void)
{
  g_autoptr (GArray) first = make_blocks ("pphpphp");
  g_autoptr (GArray) same = make_blocks ("pphpphp");
  g_autoptr (GArray) longer = make_blocks ("pphpppphp");
  g_autoptr (GArray) other = make_blocks ("pppppppppppppp");
  g_autoptr (Fixture) fixture = fixture_new ();
  MemoReaderPair *pair = memo_reader_pair_new (fixture->session);

  g_assert_cmpfloat (memo_reader_pair_map (first, same, 3.5), ==, 3.5);
  /* Headings stand beside headings. */
  g_assert_cmpfloat (memo_reader_pair_map (first, longer, 2), ==, 2);
  g_assert_cmpfloat (memo_reader_pair_map (first, longer, 5), ==, 7);
  g_assert_cmpfloat (memo_reader_pair_map (first, other, 3.5), ==, 7);

  fixture_show (fixture, GTK_WIDGET (pair), 1000, 500);
  memo_reader_open (memo_reader_pair_get_reader (pair), memo_record_get_uuid (fixture->article), -1, -1);
  memo_reader_pair_compare (pair, memo_record_get_uuid (fixture->article));
  fixture_until (is_loaded, memo_reader_pair_get_other (pair));
  fixture_wait (400);
  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (
                                GTK_SCROLLABLE (memo_reader_get_view (memo_reader_pair_get_reader (pair)))),
                            150);
  fixture_wait (100);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (gtk_scrollable_get_vadjustment (
                                      GTK_SCROLLABLE (memo_reader_get_view (memo_reader_pair_get_other (pair))))),
                                  150, 8);
  fixture_picture (GTK_WIDGET (pair), "reader-pair");
  memo_reader_pair_compare (pair, NULL);
  g_assert_null (memo_reader_pair_get_other (pair));
}

/* Opening costs little more than putting the text into a buffer. */
static void
test_large (void)
{
  g_autoptr (MemoRecord) article = fixture_make_article (18000);
  const char *text = memo_record_get_text (article, MEMO_ARTICLE_TEXT);
  glong length = g_utf8_strlen (text, -1);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkTextBuffer) plain = gtk_text_buffer_new (NULL);
  g_autoptr (MemoReaderBuffer) buffer = NULL;
  g_autoptr (MemoReaderHighlights) highlights = NULL;
  MemoReaderHeader header = { "", NULL, NULL };
  double floor, whole;

  for (int i = 0; i < 10000; i++)
    {
      MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_ANNOTATION, NULL);
      glong start = length / 10000 * i;

      memo_record_builder_set_text (builder, MEMO_ANNOTATION_ARTICLE, memo_record_get_uuid (article));
      memo_record_builder_set_int (builder, MEMO_ANNOTATION_START, start);
      memo_record_builder_set_int (builder, MEMO_ANNOTATION_END, start + 60);
      memo_record_builder_set_text (builder, MEMO_ANNOTATION_COLOR, memo_reader_colors[i % 5]);
      g_ptr_array_add (records, memo_record_builder_end (builder));
    }
  g_test_timer_start ();
  gtk_text_buffer_set_text (plain, text, -1);
  floor = g_test_timer_elapsed ();
  g_test_timer_start ();
  g_array_unref (memo_blocks_from_json (memo_record_get_text (article, MEMO_ARTICLE_BLOCKS), NULL));
  g_test_message ("structure %.0f ms", g_test_timer_elapsed () * 1000);
  g_test_timer_start ();
  buffer = memo_reader_buffer_new (article, &header);
  whole = g_test_timer_elapsed ();
  g_test_message ("%zu bytes: set_text %.0f ms, laid out %.0f ms", strlen (text), floor * 1000, whole * 1000);
  g_test_timer_start ();
  highlights = memo_reader_highlights_new (buffer);
  memo_reader_highlights_set_records (highlights, records);
  g_test_message ("10,000 highlights %.0f ms", g_test_timer_elapsed () * 1000);
  g_assert_cmpuint (memo_reader_highlights_get_n (highlights), ==, 10000);
}

static gboolean
is_filled (gpointer buffer)
{
  GtkTextIter iter;

  gtk_text_buffer_get_end_iter (buffer, &iter);
  return gtk_text_iter_backward_char (&iter) && gtk_text_iter_get_char (&iter) == 0x3a9;
}

/* A long text comes in slices; who asks for a place in it has it at once; in the end it is the same as in one piece. */
static void
test_slices (void)
{
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_ARTICLE, NULL);
  g_autoptr (MemoRecord) article = NULL;
  g_autoptr (MemoReaderBuffer) buffer = NULL, other = NULL;
  g_autoptr (GArray) blocks = memo_blocks_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *json = NULL, *whole = NULL, *same = NULL;
  MemoReaderHeader header = { "", NULL, NULL };
  GtkTextTagTable *table;
  GtkTextIter from, to;
  guint at = 0;

  /* Characters of one to four bytes, so that slices end within them. */
  for (guint i = 0; i < 4000; i++)
    {
      static const char *const words[] = { "A heading", "Статья ", "İstanbul’da bir gün ", "𝄞 and so on ",
                                           "plain words only " };
      const char *word = words[i % 5];
      guint n = i % 5 ? 1 + i % 13 : 1, start;

      if (i > 0)
        g_string_append (text, "\n\n");
      start = at += i > 0 ? 2 : 0;
      for (guint j = 0; j < n; j++)
        g_string_append (text, word);
      at += n * (guint) g_utf8_strlen (word, -1);
      memo_blocks_add (blocks, i % 5 ? MEMO_BLOCK_PARAGRAPH : MEMO_BLOCK_HEADING, start, at);
    }
  g_string_append (text, "\n\nΩ");
  memo_blocks_add (blocks, MEMO_BLOCK_QUOTATION, at + 2, at + 3);
  json = memo_blocks_to_json (blocks);
  memo_record_builder_set_text (builder, MEMO_ARTICLE_TITLE, "Slices");
  memo_record_builder_set_text (builder, MEMO_ARTICLE_TEXT, text->str);
  memo_record_builder_set_text (builder, MEMO_ARTICLE_BLOCKS, json);
  article = memo_record_builder_end (builder);

  buffer = memo_reader_buffer_new (article, &header);
  g_assert_false (is_filled (buffer));
  fixture_until (is_filled, buffer);
  other = memo_reader_buffer_new (article, &header);
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (other), &from, memo_reader_buffer_from_text (other, at + 2));
  g_assert_true (is_filled (other));
  table = gtk_text_buffer_get_tag_table (GTK_TEXT_BUFFER (other));
  g_assert_true (gtk_text_iter_has_tag (&from, gtk_text_tag_table_lookup (table, "quotation")));

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (buffer), &from, &to);
  whole = gtk_text_buffer_get_text (GTK_TEXT_BUFFER (buffer), &from, &to, TRUE);
  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (other), &from, &to);
  same = gtk_text_buffer_get_text (GTK_TEXT_BUFFER (other), &from, &to, TRUE);
  g_assert_cmpstr (whole, ==, same);
  table = gtk_text_buffer_get_tag_table (GTK_TEXT_BUFFER (buffer));
  for (guint i = 0; i < blocks->len; i++)
    {
      MemoBlock *block = &g_array_index (blocks, MemoBlock, i);
      const char *first = g_utf8_offset_to_pointer (text->str, block->start);

      gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (buffer), &from,
                                          memo_reader_buffer_from_text (buffer, block->start));
      g_assert_cmpuint (gtk_text_iter_get_char (&from), ==, g_utf8_get_char (first));
      g_assert_true (gtk_text_iter_starts_line (&from));
      g_assert_cmpint (gtk_text_iter_has_tag (&from, gtk_text_tag_table_lookup (table, "heading-1")), ==,
                       block->type == MEMO_BLOCK_HEADING);
    }
}

/* The whole way: library, annotations, first frame, and how long the window would not answer. */
static gboolean
tick_cb (gpointer user_data)
{
  gint64 *times = user_data, now = g_get_monotonic_time ();

  times[1] = MAX (times[1], now - times[0]);
  times[0] = now;
  return G_SOURCE_CONTINUE;
}

static void
test_large_view (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (MemoRecord) article = fixture_make_article (18000);
  g_autoptr (MemoChange) change = memo_change_new ("Add article", NULL);
  MemoReader *reader = memo_reader_new (fixture->session);
  glong length = g_utf8_strlen (memo_record_get_text (article, MEMO_ARTICLE_TEXT), -1);
  gint64 times[2] = { 0, 0 }, start;
  guint id;

  memo_change_insert_article (change, article, NULL);
  for (int i = 0; i < 6000; i++)
    {
      g_autoptr (MemoRecord) annotation = NULL;
      MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_ANNOTATION, NULL);

      memo_record_builder_set_text (builder, MEMO_ANNOTATION_ARTICLE, memo_record_get_uuid (article));
      memo_record_builder_set_int (builder, MEMO_ANNOTATION_START, length / 6000 * i);
      memo_record_builder_set_int (builder, MEMO_ANNOTATION_END, length / 6000 * i + 60);
      memo_record_builder_set_text (builder, MEMO_ANNOTATION_COLOR, memo_reader_colors[i % 5]);
      memo_record_builder_set_text (builder, MEMO_ANNOTATION_COMMENT, "Seen.");
      annotation = memo_record_builder_end (builder);
      memo_change_insert (change, annotation);
    }
  fixture_apply (fixture, change);
  fixture_show (fixture, GTK_WIDGET (reader), 1000, 640);
  start = times[0] = g_get_monotonic_time ();
  id = g_timeout_add (1, tick_cb, times);
  memo_reader_open (reader, memo_record_get_uuid (article), -1, -1);
  fixture_until (is_loaded, reader);
  g_test_message ("loaded after %ld ms", (long) (g_get_monotonic_time () - start) / 1000);
  fixture_wait (1500);
  g_test_message ("longest pause %ld ms", (long) times[1] / 1000);
  times[1] = 0;
  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (memo_reader_get_view (reader))), 90000);
  fixture_wait (500);
  g_test_message ("longest pause after a jump %ld ms", (long) times[1] / 1000);
  g_source_remove (id);
  g_assert_nonnull (fixture_find (GTK_WIDGET (reader), MEMO_TYPE_READER_CARD));
}

/* A word without an end: broken at words, its layout would take a quarter of a minute. */
static void
test_unbroken (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_ARTICLE, NULL);
  g_autoptr (MemoRecord) article = NULL;
  g_autoptr (MemoChange) change = memo_change_new ("Add article", NULL);
  g_autoptr (GString) text = g_string_new ("A line before.\n\n");
  MemoReader *reader = memo_reader_new (fixture->session);
  gint64 times[2] = { 0, 0 };
  guint id;

  for (guint i = 0; i < 60000; i++)
    g_string_append_unichar (text, 0x430 + i * 7 % 32);
  /* Many of them: none is looked for from the beginning. */
  for (guint line = 0; line < 1000; line++)
    {
      g_string_append_c (text, '\n');
      for (guint i = 0; i < 2100; i++)
        g_string_append_unichar (text, 0x430 + i * 7 % 32);
    }
  memo_record_builder_set_text (builder, MEMO_ARTICLE_TITLE, "Unbroken");
  memo_record_builder_set_text (builder, MEMO_ARTICLE_TEXT, text->str);
  article = memo_record_builder_end (builder);
  memo_change_insert_article (change, article, NULL);
  fixture_apply (fixture, change);
  fixture_show (fixture, GTK_WIDGET (reader), 900, 640);
  times[0] = g_get_monotonic_time ();
  id = g_timeout_add (1, tick_cb, times);
  memo_reader_open (reader, memo_record_get_uuid (article), -1, -1);
  fixture_until (is_loaded, reader);
  fixture_wait (500);
  g_source_remove (id);
  g_test_message ("longest pause %ld ms", (long) times[1] / 1000);
  g_assert_false (has_tag (reader, 3, "unbroken"));
  g_assert_true (has_tag (reader, 16, "unbroken"));
  g_assert_cmpint (times[1], <, 4 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  if (!fixture_init (&argc, &argv))
    return 77;
  g_test_add_func ("/reader/mapping", test_mapping);
  g_test_add_func ("/reader/overlap", test_overlap);
  g_test_add_func ("/reader/keys", test_keys);
  g_test_add_func ("/reader/copy", test_copy_text);
  g_test_add_func ("/reader/margin", test_margin);
  g_test_add_func ("/reader/gone", test_gone);
  g_test_add_func ("/reader/comment-held", test_comment_held);
  g_test_add_func ("/reader/gone-while-editing", test_gone_while_editing);
  g_test_add_func ("/reader/failure", test_failure);
  g_test_add_func ("/reader/find", test_find);
  g_test_add_func ("/reader/pair", test_pair);
  g_test_add_func ("/reader/slices", test_slices);
  g_test_add_func ("/reader/unbroken", test_unbroken);
  g_test_add_func ("/reader/large", test_large);
  g_test_add_func ("/reader/large-view", test_large_view);
  return g_test_run ();
}
