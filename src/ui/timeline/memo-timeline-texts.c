#include "memo-timeline-texts.h"

#include <math.h>

#define MAX_TEXTS 3000
/* Microseconds of a frame for texts that are new. */
#define MAX_SHAPING 4000

struct _MemoTimelineText
{
  PangoLayout *layout;
  char *string;
  int width, height;
  gboolean bold;
  gboolean leftward; /* begins at the right */
  GList link;        /* in the order of use */
};

struct _MemoTimelineTexts
{
  GtkWidget *widget;
  GHashTable *texts[2]; /* plain, bold; string → MemoTimelineText */
  GQueue used;          /* the last first */
  gint64 until;
  gboolean starved;
};

static void
text_free (gpointer data)
{
  MemoTimelineText *text = data;

  g_object_unref (text->layout);
  g_free (text->string);
  g_free (text);
}

MemoTimelineTexts *
memo_timeline_texts_new (GtkWidget *widget)
{
  MemoTimelineTexts *self = g_new0 (MemoTimelineTexts, 1);

  self->widget = widget;
  for (guint bold = 0; bold < 2; bold++)
    self->texts[bold] = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, text_free);
  g_queue_init (&self->used);
  return self;
}

void
memo_timeline_texts_free (MemoTimelineTexts *self)
{
  for (guint bold = 0; bold < 2; bold++)
    g_hash_table_unref (self->texts[bold]);
  g_free (self);
}

void
memo_timeline_texts_forget (MemoTimelineTexts *self)
{
  g_queue_init (&self->used);
  for (guint bold = 0; bold < 2; bold++)
    g_hash_table_remove_all (self->texts[bold]);
}

void
memo_timeline_texts_begin (MemoTimelineTexts *self)
{
  self->until = g_get_monotonic_time () + MAX_SHAPING;
  self->starved = FALSE;
}

static MemoTimelineText *
shape (MemoTimelineTexts *self, const char *string, gboolean bold)
{
  MemoTimelineText *text = g_new0 (MemoTimelineText, 1);

  text->string = g_strdup (string);
  text->bold = bold;
  text->layout = gtk_widget_create_pango_layout (self->widget, string);
  if (bold)
    {
      g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

      pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
      pango_layout_set_attributes (text->layout, attributes);
    }
  pango_layout_set_single_paragraph_mode (text->layout, TRUE);
  pango_layout_get_pixel_size (text->layout, &text->width, &text->height);
  text->leftward = pango_layout_get_direction (text->layout, 0) == PANGO_DIRECTION_RTL;
  return text;
}

MemoTimelineText *
memo_timeline_texts_get (MemoTimelineTexts *self, const char *string, gboolean bold, gboolean needed)
{
  GHashTable *texts = self->texts[bold ? 1 : 0];
  MemoTimelineText *text = g_hash_table_lookup (texts, string);

  if (text)
    {
      g_queue_unlink (&self->used, &text->link);
    }
  else
    {
      if (!needed && g_get_monotonic_time () > self->until)
        {
          self->starved = TRUE;
          return NULL;
        }
      if (self->used.length >= MAX_TEXTS)
        {
          MemoTimelineText *last = self->used.tail->data;

          g_queue_unlink (&self->used, &last->link);
          g_hash_table_remove (self->texts[last->bold ? 1 : 0], last->string);
        }
      text = shape (self, string, bold);
      text->link.data = text;
      g_hash_table_insert (texts, text->string, text);
    }
  g_queue_push_head_link (&self->used, &text->link);
  return text;
}

gboolean
memo_timeline_texts_get_starved (MemoTimelineTexts *self)
{
  return self->starved;
}

int
memo_timeline_text_get_width (MemoTimelineText *text)
{
  return text->width;
}

int
memo_timeline_text_get_height (MemoTimelineText *text)
{
  return text->height;
}

/* Pixels at the beginning of @text that stay when an ellipsis is to fit into @room with them: whole letters. */
static double
cut (MemoTimelineText *text, MemoTimelineText *dots, double room)
{
  PangoLayoutLine *line = pango_layout_get_line_readonly (text->layout, 0);
  double most = MAX (room - dots->width, 0);
  int index, trailing, x;

  pango_layout_line_x_to_index (line, (text->leftward ? text->width - most : most) * PANGO_SCALE, &index, &trailing);
  pango_layout_line_index_to_x (line, index, FALSE, &x);
  return text->leftward ? text->width - x / (double) PANGO_SCALE : x / (double) PANGO_SCALE;
}

double
memo_timeline_texts_measure (MemoTimelineTexts *self, MemoTimelineText *text, double room)
{
  MemoTimelineText *dots;

  if (text->width <= room)
    return text->width;
  dots = memo_timeline_texts_get (self, "…", text->bold, TRUE);
  return cut (text, dots, room) + dots->width;
}

static void
append (GtkSnapshot *snapshot, MemoTimelineText *text, double x, double y, const GdkRGBA *color)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (floor (x), y));
  gtk_snapshot_append_layout (snapshot, text->layout, color);
  gtk_snapshot_restore (snapshot);
}

void
memo_timeline_texts_draw (MemoTimelineTexts *self,
                          GtkSnapshot *snapshot,
                          MemoTimelineText *text,
                          double x,
                          double middle,
                          double room,
                          const GdkRGBA *color)
{
  double y = floor (middle - text->height / 2.0), kept, clip;
  MemoTimelineText *dots;

  if (text->width <= room)
    {
      append (snapshot, text, x, y, color);
      return;
    }
  /* A clip and three dots cost a tenth of shaping the text for another width, which zooming would do in every frame. */
  dots = memo_timeline_texts_get (self, "…", text->bold, TRUE);
  kept = cut (text, dots, room);
  x = floor (x);
  clip = text->leftward ? x + dots->width : x;
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (clip, y, kept, text->height));
  append (snapshot, text, text->leftward ? clip + kept - text->width : x, y, color);
  gtk_snapshot_pop (snapshot);
  append (snapshot, dots, text->leftward ? x : x + kept, y, color);
}
