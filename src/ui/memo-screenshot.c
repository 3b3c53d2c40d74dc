#include "memo-screenshot.h"

#include "base/memo-language.h"
#include "memo-window-private.h"

#define SETTLE 900 /* ms that a view gets to load and lay itself out */

static const char *const views[] = { "articles", "register", "timeline", "sectors", "notes" };

typedef struct
{
  MemoWindow *window;
  char *directory;
  guint step;     /* view, and light or dark */
  guint waited;   /* for the library */
  gboolean dirty; /* the view is chosen, its picture is to be taken */
} Shooting;

gboolean
memo_screenshot_save (GtkWidget *widget, const char *path, GError **error)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GskRenderer *renderer = native ? gtk_native_get_renderer (native) : NULL;
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (!node || !renderer)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The window is not drawn");
      return FALSE;
    }
  texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, width, height));
  if (!gdk_texture_save_to_png (texture, path))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s could not be written", path);
      return FALSE;
    }
  return TRUE;
}

/* The best known record of a kind: what a picture should show. */
static char *
pick (MemoSession *session, MemoKind kind, MemoSort sort, guint position)
{
  MemoSelection *selection = memo_session_get_selection (session);
  g_autoptr (GArray) ids = selection ? memo_selection_get_ids (selection, kind, sort, TRUE) : NULL;

  if (!ids || ids->len <= position)
    return NULL;
  return g_strdup (
      memo_index_get_uuid (memo_selection_get_index (selection), kind, g_array_index (ids, gint64, position)));
}

/* The sample has the same note in every language, the last one written in Russian, the first in English. */
static guint
get_note (void)
{
  const char *language = memo_language_of_interface ();

  return g_str_equal (language, "ru") ? 0 : g_str_equal (language, "tr") ? 1 : 2;
}

static void
show_view (Shooting *shooting)
{
  MemoSession *session = memo_window_get_session (shooting->window);
  const char *view = views[shooting->step % G_N_ELEMENTS (views)];
  g_autofree char *uuid = NULL;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), shooting->step < G_N_ELEMENTS (views)
                                                                            ? ADW_COLOR_SCHEME_FORCE_LIGHT
                                                                            : ADW_COLOR_SCHEME_FORCE_DARK);
  memo_session_go (session, view);
  if (g_str_equal (view, "articles"))
    {
      uuid = pick (session, MEMO_KIND_ARTICLE, MEMO_SORT_ANNOTATIONS, 0);
      if (uuid)
        memo_session_open_article (session, uuid, -1, -1);
    }
  else if (g_str_equal (view, "notes"))
    uuid = pick (session, MEMO_KIND_NOTE, MEMO_SORT_MODIFIED, get_note ());
  else
    uuid = pick (session, MEMO_KIND_AGREEMENT, MEMO_SORT_SOURCES, 0);
  if (uuid)
    memo_session_show (session, uuid);
  /* Both side panes, also where the text comes first. */
  if (memo_window_text_comes_first (shooting->window))
    g_action_group_activate_action (G_ACTION_GROUP (shooting->window), "details-pane", NULL);
}

static gboolean
step_cb (gpointer data)
{
  Shooting *shooting = data;
  MemoSession *session = memo_window_get_session (shooting->window);
  g_autofree char *name = NULL, *path = NULL;
  g_autoptr (GError) error = NULL;

  if (!memo_session_get_selection (session) && shooting->waited++ < 30)
    return G_SOURCE_CONTINUE;
  if (!shooting->dirty)
    {
      show_view (shooting);
      shooting->dirty = TRUE;
      return G_SOURCE_CONTINUE;
    }

  name = g_strdup_printf ("%s-%s%s.png", views[shooting->step % G_N_ELEMENTS (views)], memo_language_of_interface (),
                          shooting->step < G_N_ELEMENTS (views) ? "" : "-dark");
  path = g_build_filename (shooting->directory, name, NULL);
  if (!memo_screenshot_save (adw_application_window_get_content (ADW_APPLICATION_WINDOW (shooting->window)), path,
                             &error))
    g_printerr ("memorandum: %s\n", error->message);
  shooting->dirty = FALSE;
  if (++shooting->step < 2 * G_N_ELEMENTS (views))
    return G_SOURCE_CONTINUE;

  gtk_window_close (GTK_WINDOW (shooting->window));
  g_object_unref (shooting->window);
  g_free (shooting->directory);
  g_free (shooting);
  return G_SOURCE_REMOVE;
}

void
memo_screenshot_run (MemoWindow *window, const char *directory)
{
  Shooting *shooting = g_new0 (Shooting, 1);

  g_mkdir_with_parents (directory, 0755);
  /* The picture is of the content, without the frame that a display without a compositor draws around the window. */
  gtk_widget_add_css_class (adw_application_window_get_content (ADW_APPLICATION_WINDOW (window)), "background");
  gtk_window_set_default_size (GTK_WINDOW (window), 1290, 810);
  shooting->window = g_object_ref (window);
  shooting->directory = g_strdup (directory);
  g_timeout_add (SETTLE, step_cb, shooting);
}
