#include "memo-screenshot.h"

#include "base/memo-language.h"
#include "memo-window-private.h"

#define PAUSE 400 /* ms between two looks */
#define SAME 3    /* looks that see the same: the view has loaded and laid itself out */
#define MOST 60   /* looks, for a view and for the library */

static const char *const views[] = { "articles", "register", "timeline", "sectors", "notes" };

typedef struct
{
  MemoWindow *window;
  char *directory;
  guint step;       /* view, and light or dark */
  guint looks;      /* at the library, or at a view that is shown */
  gboolean shown;   /* the view is chosen, its picture is to be taken */
  GdkTexture *seen; /* by the last look; nullable */
  guint same;       /* looks that saw it */
} Shooting;

static GdkTexture *
draw (GtkWidget *widget, GError **error)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GskRenderer *renderer = native ? gtk_native_get_renderer (native) : NULL;
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  g_autoptr (GskRenderNode) node = NULL;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (!node || !renderer)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The window is not drawn");
      return NULL;
    }
  return gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, width, height));
}

static gboolean
is_same (GdkTexture *one, GdkTexture *other)
{
  gsize stride = 4 * (gsize) gdk_texture_get_width (one), size = stride * gdk_texture_get_height (one);
  g_autofree guchar *pixels = NULL, *others = NULL;

  if (gdk_texture_get_width (one) != gdk_texture_get_width (other) ||
      gdk_texture_get_height (one) != gdk_texture_get_height (other))
    return FALSE;
  pixels = g_malloc (size);
  others = g_malloc (size);
  gdk_texture_download (one, pixels, stride);
  gdk_texture_download (other, others, stride);
  return memcmp (pixels, others, size) == 0;
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

/* A view is ready when it stays as it is. */
static gboolean
is_ready (Shooting *shooting, GdkTexture *texture)
{
  shooting->same = shooting->seen && is_same (shooting->seen, texture) ? shooting->same + 1 : 1;
  g_set_object (&shooting->seen, texture);
  return shooting->same >= SAME;
}

static void
end (Shooting *shooting)
{
  gtk_window_close (GTK_WINDOW (shooting->window));
  g_object_unref (shooting->window);
  g_clear_object (&shooting->seen);
  g_free (shooting->directory);
  g_free (shooting);
}

static gboolean
look_cb (gpointer data)
{
  Shooting *shooting = data;
  MemoSession *session = memo_window_get_session (shooting->window);
  g_autofree char *name = NULL, *path = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GError) error = NULL;

  if (!memo_session_get_selection (session) && shooting->looks++ < MOST)
    return G_SOURCE_CONTINUE;
  if (!shooting->shown)
    {
      show_view (shooting);
      shooting->shown = TRUE;
      shooting->looks = 0;
      g_clear_object (&shooting->seen);
      return G_SOURCE_CONTINUE;
    }

  texture = draw (adw_application_window_get_content (ADW_APPLICATION_WINDOW (shooting->window)), &error);
  if ((!texture || !is_ready (shooting, texture)) && shooting->looks++ < MOST)
    return G_SOURCE_CONTINUE;
  name = g_strdup_printf ("%s-%s%s.png", views[shooting->step % G_N_ELEMENTS (views)], memo_language_of_interface (),
                          shooting->step < G_N_ELEMENTS (views) ? "" : "-dark");
  path = g_build_filename (shooting->directory, name, NULL);
  if (!texture)
    g_printerr ("memorandum: %s\n", error->message);
  else if (!gdk_texture_save_to_png (texture, path))
    g_printerr ("memorandum: %s could not be written\n", path);
  shooting->shown = FALSE;
  if (++shooting->step < 2 * G_N_ELEMENTS (views))
    return G_SOURCE_CONTINUE;
  end (shooting);
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
  g_object_set (gtk_widget_get_settings (GTK_WIDGET (window)), "gtk-cursor-blink", FALSE, NULL);
  shooting->window = g_object_ref (window);
  shooting->directory = g_strdup (directory);
  g_timeout_add (PAUSE, look_cb, shooting);
}
