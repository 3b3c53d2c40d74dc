/* Row 9: an article of 5 MB with 10,000 highlights is opened in a window, beside a text view that is given the same text. */
#include "memo-bench.h"

#include <adwaita.h>
#include "ui/reader/memo-reader.h"

#define BYTES 5000000
#define HIGHLIGHTS 10000
#define RUNS 5

typedef struct
{
  MemoBench *bench;
  MemoSession *session;
  GtkWidget *window;
  char *uuid;
  char *text;
} Reading;

static void
apply (MemoLibrary *library, MemoChange *change)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  MemoAwait await = { 0 };

  memo_library_apply_async (library, change, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  memo_library_apply_finish (library, result, &error);
  memo_bench_check (error);
}

static void
add_article (Reading *reading, MemoGenerate *generate)
{
  MemoDraw draw = memo_draw_new (1, 200, 0);
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_ARTICLE, NULL);
  g_autoptr (MemoChange) change = memo_change_new ("Import", NULL);
  g_autoptr (MemoRecord) article = NULL;
  g_autofree char *blocks = NULL;
  const char *p;
  glong length, step, at = 0;

  reading->text = memo_generate_text (generate, MEMO_WORDS_EN, &draw, BYTES, &blocks);
  length = g_utf8_strlen (reading->text, -1);
  step = length / HIGHLIGHTS;
  memo_record_builder_set_text (builder, MEMO_ARTICLE_TITLE, "A long report");
  memo_record_builder_set_text (builder, MEMO_ARTICLE_LANGUAGE, "en");
  memo_record_builder_set_text (builder, MEMO_ARTICLE_TEXT, reading->text);
  memo_record_builder_set_text (builder, MEMO_ARTICLE_BLOCKS, blocks);
  article = memo_record_builder_end (builder);
  reading->uuid = g_strdup (memo_record_get_uuid (article));
  memo_change_insert (change, article);
  p = reading->text;
  for (guint i = 0; i < HIGHLIGHTS; i++, at += step)
    {
      static const char *const colors[] = { "yellow", "green", "blue", "pink", "purple" };
      glong n = 20 + memo_draw (&draw, 200);
      g_autofree char *exact = g_utf8_substring (p, 0, MIN (n, length - at));
      MemoRecordBuilder *mark = memo_record_builder_new (MEMO_KIND_ANNOTATION, NULL);
      g_autoptr (MemoRecord) record = NULL;

      memo_record_builder_set_text (mark, MEMO_ANNOTATION_ARTICLE, reading->uuid);
      memo_record_builder_set_int (mark, MEMO_ANNOTATION_START, at);
      memo_record_builder_set_int (mark, MEMO_ANNOTATION_END, MIN (at + n, length));
      memo_record_builder_set_text (mark, MEMO_ANNOTATION_EXACT, exact);
      memo_record_builder_set_text (mark, MEMO_ANNOTATION_COLOR, colors[memo_draw (&draw, 5)]);
      memo_record_builder_set_text (mark, MEMO_ANNOTATION_STATE, "anchored");
      record = memo_record_builder_end (mark);
      memo_change_insert (change, record);
      p = g_utf8_offset_to_pointer (p, step);
    }
  apply (memo_session_get_library (reading->session), change);
}

static void
painted_cb (GdkFrameClock *clock, gpointer data)
{
  *(gboolean *) data = TRUE;
}

static void
wait_for_paint (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  gboolean painted = FALSE;

  gtk_widget_queue_draw (window);
  g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &painted);
  while (!painted)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (clock, &painted);
}

/* The same with the least: a text view. */
static double
measure_floor (Reading *reading)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  double start = memo_bench_now (), took;

  gtk_text_buffer_set_text (buffer, reading->text, -1);
  took = memo_bench_now () - start;
  g_object_ref_sink (view);
  g_object_unref (view);
  return took;
}

static gboolean
has_length (GtkTextView *view, gsize length)
{
  return view != NULL && (gsize) gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (view)) >= length;
}

/* @length: nearly that of the text. @ret_shown: until the first screen is painted; returns until all text and marks are there. */
static double
measure_open (Reading *reading, glong length, double *ret_shown)
{
  MemoReader *reader = memo_reader_new (reading->session);
  double start, took;

  adw_application_window_set_content (ADW_APPLICATION_WINDOW (reading->window), GTK_WIDGET (reader));
  wait_for_paint (reading->window);
  start = memo_bench_now ();
  memo_reader_open (reader, reading->uuid, -1, -1);
  while (memo_reader_get_article (reader) == NULL)
    g_main_context_iteration (NULL, TRUE);
  wait_for_paint (reading->window);
  *ret_shown = memo_bench_now () - start;
  for (;;)
    {
      /* Marks are no part of the text: what knows of them is asked. */
      if (has_length (memo_reader_get_view (reader), length) && memo_reader_get_n_annotations (reader) == HIGHLIGHTS)
        {
          took = memo_bench_now () - start;
          wait_for_paint (reading->window);
          return took;
        }
      g_main_context_iteration (NULL, TRUE);
    }
}

int
main (int argc, char **argv)
{
  Reading reading = { memo_bench_new ("reader") };
  MemoGenerateSize size = { .articles = 1 };
  g_autoptr (MemoGenerate) generate = memo_generate_new (&size, 1);
  g_autoptr (GArray) floors = memo_bench_times_new ();
  g_autoptr (GArray) times = memo_bench_times_new ();
  g_autoptr (GArray) shown = memo_bench_times_new ();
  MemoLibrary *library;
  glong length;

  adw_init ();
  library = memo_bench_open_library (reading.bench, "1000");
  reading.session = memo_session_new ();
  memo_session_set_library (reading.session, library);
  add_article (&reading, generate);
  /* The buffer leaves out what is between paragraphs. */
  length = g_utf8_strlen (reading.text, -1) * 99 / 100;
  reading.window = adw_application_window_new (NULL);
  gtk_window_set_default_size (GTK_WINDOW (reading.window), 1000, 720);
  gtk_window_present (GTK_WINDOW (reading.window));
  memo_bench_watch ();
  for (guint i = 0; i < RUNS; i++)
    {
      double first;

      memo_bench_add (times, measure_open (&reading, length, &first));
      memo_bench_add (shown, first);
    }
  memo_bench_watch_end (reading.bench, "opening 5 MB with 10,000 highlights", "5 MB");
  for (guint i = 0; i < RUNS; i++)
    memo_bench_add (floors, measure_floor (&reading));
  memo_bench_report (reading.bench, &(MemoBenchRow){ .row = 9,
                                                     .what = "open an article, first screen painted",
                                                     .size = "5 MB",
                                                     .unit = "ms",
                                                     .figure = memo_bench_percentile (shown, 0.5),
                                                     .floor = memo_bench_percentile (floors, 0.5),
                                                     .type = MEMO_LIMIT_RATIO,
                                                     .limit = 1.5 });
  memo_bench_report (reading.bench, &(MemoBenchRow){ .row = 9,
                                                     .what = "open an article, all text and marks there",
                                                     .size = "5 MB",
                                                     .unit = "ms",
                                                     .figure = memo_bench_percentile (times, 0.5),
                                                     .floor = memo_bench_percentile (floors, 0.5),
                                                     .type = MEMO_LIMIT_RATIO,
                                                     .limit = 1.5 });
  gtk_window_destroy (GTK_WINDOW (reading.window));
  memo_session_set_library (reading.session, NULL);
  g_object_unref (reading.session);
  memo_bench_close_library (library);
  g_free (reading.uuid);
  g_free (reading.text);
  return memo_bench_end (reading.bench);
}
