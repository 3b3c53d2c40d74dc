#include "memo-timeline-stamps.h"

#include <math.h>

#define MAX_STAMPS 1000

struct _MemoTimelineStamps
{
  GtkWidget *widget;
  GHashTable *textures; /* Key → GdkTexture */
};

typedef struct
{
  MemoTimelineStampType type;
  MemoTimelineStampFlags flags;
  guint32 rgb, alpha;
  int width, height, scale;
} Key;

static guint
key_hash (gconstpointer data)
{
  const Key *key = data;

  return key->rgb * 31u + key->alpha * 7u + (guint) key->width * 8191u + (guint) key->height * 127u +
         (guint) key->type * 131071u + (guint) key->flags * 524287u + (guint) key->scale * 3u;
}

static gboolean
key_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (Key)) == 0;
}

MemoTimelineStamps *
memo_timeline_stamps_new (GtkWidget *widget)
{
  MemoTimelineStamps *self = g_new0 (MemoTimelineStamps, 1);

  self->widget = widget;
  self->textures = g_hash_table_new_full (key_hash, key_equal, g_free, g_object_unref);
  return self;
}

void
memo_timeline_stamps_free (MemoTimelineStamps *self)
{
  g_hash_table_unref (self->textures);
  g_free (self);
}

static void
add_pill (cairo_t *cr, double x, double width, double height, double inset)
{
  double radius = MIN (width, height) / 2 - inset;

  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - inset - radius, inset + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, x + width - inset - radius, height - inset - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x + inset + radius, height - inset - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + inset + radius, inset + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

static void
draw_bar (cairo_t *cr, const Key *key, const GdkRGBA *color)
{
  /* An end is that of a bar that goes on out of the picture. */
  double x = (key->flags & MEMO_TIMELINE_RIGHT) ? -key->width : 0;
  double width = (key->flags & (MEMO_TIMELINE_LEFT | MEMO_TIMELINE_RIGHT)) ? 2 * key->width : key->width;
  double fade = MIN (MEMO_TIMELINE_FADE, width * 0.4) / width;
  cairo_pattern_t *pattern = cairo_pattern_create_linear (x, 0, x + width, 0);

  if (key->flags & MEMO_TIMELINE_FADE_IN)
    cairo_pattern_add_color_stop_rgba (pattern, 0, color->red, color->green, color->blue, 0);
  cairo_pattern_add_color_stop_rgba (pattern, (key->flags & MEMO_TIMELINE_FADE_IN) ? fade : 0, color->red, color->green,
                                     color->blue, color->alpha);
  cairo_pattern_add_color_stop_rgba (pattern, (key->flags & MEMO_TIMELINE_FADE_OUT) ? 1 - fade : 1, color->red,
                                     color->green, color->blue, color->alpha);
  if (key->flags & MEMO_TIMELINE_FADE_OUT)
    cairo_pattern_add_color_stop_rgba (pattern, 1, color->red, color->green, color->blue, 0);
  cairo_set_source (cr, pattern);
  cairo_pattern_destroy (pattern);
  add_pill (cr, x, width, key->height, 0);
  cairo_fill (cr);
}

static GdkTexture *
make (const Key *key, const GdkRGBA *color)
{
  int width = key->width * key->scale, height = key->height * key->scale;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GBytes) bytes = NULL;
  GdkTexture *texture;
  int stride;

  cairo_scale (cr, key->scale, key->scale);
  gdk_cairo_set_source_rgba (cr, color);
  switch (key->type)
    {
    case MEMO_TIMELINE_STAMP_POINT:
      add_pill (cr, 0, key->width, key->height, 0);
      cairo_fill (cr);
      break;
    case MEMO_TIMELINE_STAMP_RING:
      cairo_set_line_width (cr, 3);
      add_pill (cr, 0, key->width, key->height, 1.5);
      cairo_stroke (cr);
      break;
    case MEMO_TIMELINE_STAMP_CLUSTER:
      /* The ground within, and the edge over it. */
      cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha);
      add_pill (cr, 0, key->width, key->height, 0);
      cairo_fill (cr);
      cairo_set_source_rgb (cr, color->red, color->green, color->blue);
      cairo_set_line_width (cr, 1);
      add_pill (cr, 0, key->width, key->height, 0.5);
      cairo_stroke (cr);
      break;
    case MEMO_TIMELINE_STAMP_BAR:
    default:
      draw_bar (cr, key, color);
      break;
    }
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  stride = cairo_image_surface_get_stride (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), (gsize) stride * height,
                                      (GDestroyNotify) cairo_surface_destroy, surface);
  texture = gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
  return texture;
}

void
memo_timeline_stamps_draw (MemoTimelineStamps *self,
                           GtkSnapshot *snapshot,
                           MemoTimelineStampType type,
                           MemoTimelineStampFlags flags,
                           const GdkRGBA *color,
                           double x,
                           double y,
                           int width,
                           int height)
{
  GdkTexture *texture;
  Key key;

  if (width < 1 || height < 1)
    return;
  /* Compared as bytes. */
  memset (&key, 0, sizeof key);
  key.type = type;
  key.flags = flags;
  key.rgb = (guint32) (color->red * 255 + 0.5) << 16 | (guint32) (color->green * 255 + 0.5) << 8 |
            (guint32) (color->blue * 255 + 0.5);
  key.alpha = (guint32) (color->alpha * 255 + 0.5);
  key.width = width;
  key.height = height;
  key.scale = gtk_widget_get_scale_factor (self->widget);
  texture = g_hash_table_lookup (self->textures, &key);
  if (!texture)
    {
      if (g_hash_table_size (self->textures) >= MAX_STAMPS)
        g_hash_table_remove_all (self->textures);
      texture = make (&key, color);
      g_hash_table_insert (self->textures, g_memdup2 (&key, sizeof key), texture);
    }
  /* On whole pixels nothing has to be interpolated. */
  gtk_snapshot_append_texture (snapshot, texture, &GRAPHENE_RECT_INIT (floor (x), floor (y), width, height));
}
