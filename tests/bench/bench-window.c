/* Row 12: the longest time that the main loop is busy while somebody works in the window on the standard library. */
#include "memo-bench.h"

#include <adwaita.h>
#include "export/memo-export.h"
#include "ui/memo-window.h"

#define IMPORTED 1000
#define COLUMNS 7 /* of the register at first */

/* What GTK alone needs for a table as the register is one, plain labels in its cells. */
static struct
{
  GtkWidget *window, *scroller, *table;
} bare;

static gboolean
timeout_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
settle (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, timeout_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_for_selection (MemoSession *session)
{
  gboolean busy = TRUE;

  while (busy)
    {
      settle (20);
      g_object_get (session, "busy", &busy, NULL);
      busy = busy || memo_session_get_library (session) == NULL || memo_session_get_selection (session) == NULL;
    }
  settle (300);
}

static void
show_view (MemoWindow *window, const char *view)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), "view", g_variant_new_string (view));
  settle (700);
}

/* The first one below @widget that can be seen. */
static GtkWidget *
find_widget (GtkWidget *widget, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found)
        return found;
    }
  return NULL;
}

static void
bare_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, gtk_label_new (NULL));
}

static void
bare_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static void
make_bare (guint n)
{
  GtkStringList *strings = gtk_string_list_new (NULL);

  for (guint i = 0; i < n; i++)
    gtk_string_list_take (strings, g_strdup_printf ("Agreement %u", i));
  bare.table = gtk_column_view_new (GTK_SELECTION_MODEL (gtk_multi_selection_new (G_LIST_MODEL (strings))));
  for (guint i = 0; i < COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;

      g_signal_connect (factory, "setup", G_CALLBACK (bare_setup_cb), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (bare_bind_cb), NULL);
      column = gtk_column_view_column_new ("Column", factory);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (bare.table), column);
    }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (bare.scroller), bare.table);
}

static void
jump_about (GtkWidget *list)
{
  MemoDraw draw = memo_draw_new (1, 300, 0);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));

  for (guint i = 0; i < 20; i++)
    {
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) * memo_draw (&draw, 1000) / 1000.0);
      settle (150);
    }
}

/* The floor of the first look at the register. */
static void
watch_bare (guint n)
{
  bare.window = gtk_window_new ();
  bare.scroller = gtk_scrolled_window_new ();
  gtk_window_set_child (GTK_WINDOW (bare.window), bare.scroller);
  gtk_window_set_default_size (GTK_WINDOW (bare.window), 1280, 800);
  gtk_window_present (GTK_WINDOW (bare.window));
  settle (500);
  memo_bench_watch ();
  make_bare (n);
  settle (700);
  memo_bench_watch_floor ();
}

static void
watch_bare_jumps (void)
{
  memo_bench_watch ();
  jump_about (bare.table);
  memo_bench_watch_floor ();
  gtk_window_destroy (GTK_WINDOW (bare.window));
}

static void
watch_open (MemoBench *bench, MemoWindow *window, const char *path, const char *size)
{
  memo_bench_watch ();
  gtk_window_present (GTK_WINDOW (window));
  memo_window_open_library (window, path, FALSE);
  wait_for_selection (memo_window_get_session (window));
  memo_bench_watch_end (bench, "opening the library", size);
}

static void
watch_views (MemoBench *bench, MemoWindow *window, const char *size)
{
  static const char *const views[] = { "register", "timeline", "sectors", "notes", "articles" };

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      g_autofree char *what = g_strconcat ("first look at ", views[i], NULL);

      memo_bench_watch ();
      show_view (window, views[i]);
      memo_bench_watch_end (bench, what, size);
    }
  memo_bench_watch ();
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    show_view (window, views[i]);
  memo_bench_watch_end (bench, "going round the views again", size);
}

static void
watch_list (MemoBench *bench, MemoWindow *window, const char *size)
{
  GtkWidget *list;

  show_view (window, "register");
  list = find_widget (GTK_WIDGET (window), GTK_TYPE_COLUMN_VIEW);
  if (list == NULL)
    list = find_widget (GTK_WIDGET (window), GTK_TYPE_LIST_VIEW);
  g_assert_nonnull (list);
  watch_bare_jumps ();
  gtk_window_present (GTK_WINDOW (window));
  settle (300);
  memo_bench_watch ();
  jump_about (list);
  memo_bench_watch_end (bench, "jumps in the register", size);
}

static void
watch_filter (MemoBench *bench, MemoWindow *window, const char *size)
{
  MemoSession *session = memo_window_get_session (window);
  g_autoptr (MemoFilter) none = memo_filter_new ();
  g_autoptr (MemoFilter) status = memo_filter_with (none, MEMO_FACET_STATUS, MEMO_CHOICE_ANY, "in_force");

  memo_bench_watch ();
  memo_session_set_filter (session, status);
  wait_for_selection (session);
  memo_session_set_filter (session, none);
  wait_for_selection (session);
  memo_bench_watch_end (bench, "a filter in the register", size);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = memo_library_search_finish (MEMO_LIBRARY (source), result, &error);

  memo_bench_check (error);
  *(gboolean *) data = TRUE;
}

static void
watch_search (MemoBench *bench, MemoWindow *window, const char *size)
{
  MemoLibrary *library = memo_session_get_library (memo_window_get_session (window));
  static const char *const words[] = { "agreement", "anlaşma", "соглашение" };

  memo_bench_watch ();
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    for (const char *end = g_utf8_next_char (words[i]);; end = g_utf8_next_char (end))
      {
        g_autofree char *prefix = g_strndup (words[i], end - words[i]);
        gboolean done = FALSE;

        memo_library_search_async (library, prefix, TRUE, NULL, 50, NULL, done_cb, &done);
        while (!done)
          g_main_context_iteration (NULL, TRUE);
        if (*end == '\0')
          break;
      }
  memo_bench_watch_end (bench, "search as one types", size);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  memo_session_apply_finish (MEMO_SESSION (source), result, &error);
  memo_bench_check (error);
  *(gboolean *) data = TRUE;
}

static void
apply (MemoWindow *window, MemoChange *change)
{
  gboolean done = FALSE;

  memo_session_apply (memo_window_get_session (window), change, NULL, applied_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  wait_for_selection (memo_window_get_session (window));
}

static void
watch_highlights (MemoBench *bench, MemoWindow *window, MemoGenerate *here, const char *size)
{
  g_autoptr (MemoRecord) article = memo_generate_record (here, MEMO_KIND_ARTICLE, 3);

  memo_bench_watch ();
  memo_session_open_article (memo_window_get_session (window), memo_record_get_uuid (article), -1, -1);
  settle (800);
  memo_bench_watch_end (bench, "opening an article of 5 kB", size);
  memo_bench_watch ();
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (MemoChange) change = NULL;
      g_autoptr (GError) error = NULL;

      change = memo_action_annotate (article, 100 * i, 100 * i + 60, "green", NULL, NULL, NULL, NULL, NULL, &error);
      memo_bench_check (error);
      apply (window, change);
    }
  memo_bench_watch_end (bench, "highlights in the open article", size);
}

/* That are shown. */
static guint
count_articles (MemoSession *session)
{
  return memo_index_get_n (memo_selection_get_index (memo_session_get_selection (session)), MEMO_KIND_ARTICLE);
}

static void
watch_import (MemoBench *bench, MemoWindow *window, const char *size)
{
  MemoGenerateSize numbers = { .articles = IMPORTED };
  g_autoptr (MemoGenerate) other = memo_generate_new (&numbers, 2);
  g_autoptr (MemoChange) change = memo_change_new ("Import", NULL);
  MemoSession *session = memo_window_get_session (window);
  guint before = count_articles (session);

  for (guint i = 0; i < IMPORTED; i++)
    {
      g_autoptr (MemoRecord) record = memo_generate_record (other, MEMO_KIND_ARTICLE, i);

      memo_change_insert (change, record);
    }
  show_view (window, "articles");
  memo_bench_watch ();
  apply (window, change);
  memo_bench_watch_end (bench, "1,000 articles come in", size);
  memo_bench_watch ();
  memo_session_undo (session);
  while (count_articles (session) != before)
    settle (20);
  wait_for_selection (session);
  memo_bench_watch_end (bench, "undo of 1,000 articles", size);
}

static void
export_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  memo_export_file_finish (MEMO_LIBRARY (source), result, &error);
  memo_bench_check (error);
  *(gboolean *) data = TRUE;
}

static void
watch_export (MemoBench *bench, MemoWindow *window, const char *size)
{
  MemoSession *session = memo_window_get_session (window);
  g_autofree char *path = g_build_filename (memo_bench_get_folder (bench), "export.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  MemoExportOptions options = { .format = "csv", .kind = MEMO_KIND_ANNOTATION };
  gboolean done = FALSE;

  memo_bench_watch ();
  memo_export_file_async (memo_session_get_library (session), memo_session_get_selection (session), file, &options,
                          NULL, export_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  memo_bench_watch_end (bench, "export of all annotations", size);
}

static void
closed_cb (gpointer data, GObject *window)
{
  *(gboolean *) data = TRUE;
}

int
main (int argc, char **argv)
{
  MemoBench *bench = memo_bench_new ("window");
  const char *size = memo_bench_get_size ();
  g_autofree char *path = g_build_filename (memo_bench_get_folder (bench), "window.memorandum", NULL);
  g_autoptr (MemoGenerate) here = NULL;
  g_autoptr (GError) error = NULL;
  gboolean closed = FALSE;
  MemoGenerateSize numbers;
  MemoWindow *window;

  memo_generate_parse_size (size, &numbers);
  here = memo_generate_new (&numbers, 1);
  memo_generate_copy (memo_bench_get_cache (), size, 1, path, &error);
  memo_bench_check (error);
  adw_init ();
  window = memo_window_new (NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  watch_open (bench, window, path, size);
  watch_bare (numbers.agreements);
  watch_views (bench, window, size);
  watch_list (bench, window, size);
  watch_filter (bench, window, size);
  watch_search (bench, window, size);
  watch_highlights (bench, window, here, size);
  watch_import (bench, window, size);
  watch_export (bench, window, size);
  g_object_weak_ref (G_OBJECT (window), closed_cb, &closed);
  gtk_window_close (GTK_WINDOW (window));
  for (guint i = 0; i < 50 && !closed; i++)
    settle (100);
  return memo_bench_end (bench);
}
