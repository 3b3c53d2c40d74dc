#include "memo-timeline-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "memo-timeline-canvas.h"
#include "memo-timeline-lanes.h"
#include "memo-timeline-list.h"
#include "memo-timeline-overview.h"
#include "model/memo-worker.h"
#include "ui/details/memo-agreement-dialog.h"
#include "ui/memo-settings.h"

/* From here on the lanes are sorted in a thread. */
#define AT_ONCE 20000

#define MEMO_TYPE_TIMELINE_VIEW (memo_timeline_view_get_type ())
G_DECLARE_FINAL_TYPE (MemoTimelineView, memo_timeline_view, MEMO, TIMELINE_VIEW, GtkBox)

struct _MemoTimelineView
{
  GtkBox parent_instance;

  MemoSession *session;
  GtkWidget *canvas, *overview, *scrollbar, *lanes, *undated, *spinner, *stack;
  GtkWidget *cluster; /* the popover of a cluster, while it is open */

  MemoLanes grouping;
  MemoShow show;
  gboolean stale; /* something changed while the view was not seen */
  GCancellable *building;
};

G_DEFINE_FINAL_TYPE (MemoTimelineView, memo_timeline_view, GTK_TYPE_BOX)

static void rebuild (MemoTimelineView *self);

static MemoTimelineCanvas *
get_canvas (MemoTimelineView *self)
{
  return MEMO_TIMELINE_CANVAS (self->canvas);
}

static void
open_entry (MemoTimelineView *self, const MemoEntry *entry)
{
  memo_session_show (self->session, entry->uuid);
}

static void
agreement_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MemoTimelineView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) record = memo_library_get_finish (MEMO_LIBRARY (source), result, &error);

  if (record)
    memo_agreement_dialog_present (GTK_WIDGET (self), self->session, record, NULL, -1, -1);
  else
    memo_session_toast (self->session, error->message, FALSE);
}

static void
chosen_cb (const MemoEntry *entry, gpointer user_data)
{
  MemoTimelineView *self = user_data;

  open_entry (self, entry);
  memo_timeline_canvas_select (get_canvas (self), entry->uuid, TRUE);
}

static void
selected_cb (MemoTimelineView *self, guint item)
{
  MemoTimelineData *data = memo_timeline_canvas_get_data (get_canvas (self));

  if (data && item != G_MAXUINT)
    open_entry (self, memo_timeline_data_get_entry (data, item));
}

static void
activated_cb (MemoTimelineView *self, guint item)
{
  MemoTimelineData *data = memo_timeline_canvas_get_data (get_canvas (self));
  const MemoEntry *entry = data ? memo_timeline_data_get_entry (data, item) : NULL;

  if (!entry)
    return;
  open_entry (self, entry);
  if (entry->kind == MEMO_KIND_ARTICLE)
    memo_session_open_article (self->session, entry->uuid, -1, -1);
  else if (entry->kind == MEMO_KIND_AGREEMENT)
    memo_library_get_async (memo_session_get_library (self->session), entry->uuid, TRUE, NULL, agreement_cb,
                            g_object_ref (self));
}

static gboolean
unparent_cb (gpointer popover)
{
  gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

static void
cluster_closed_cb (GtkPopover *popover, MemoTimelineView *self)
{
  if (self->cluster == GTK_WIDGET (popover))
    self->cluster = NULL;
  g_idle_add_full (G_PRIORITY_DEFAULT, unparent_cb, g_object_ref (popover), g_object_unref);
}

static void
cluster_cb (MemoTimelineView *self, MemoTimelineMembers *members, const GdkRectangle *place)
{
  g_clear_pointer (&self->cluster, gtk_widget_unparent);
  self->cluster = memo_timeline_list_new (memo_timeline_canvas_get_data (get_canvas (self)), members->items, members->n,
                                          FALSE, chosen_cb, self);
  gtk_widget_set_parent (self->cluster, GTK_WIDGET (self->canvas));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->cluster), place);
  g_signal_connect (self->cluster, "closed", G_CALLBACK (cluster_closed_cb), self);
  gtk_popover_popup (GTK_POPOVER (self->cluster));
}

static void
show_data (MemoTimelineView *self, MemoTimelineData *data)
{
  GArray *undated = memo_timeline_data_get_undated (data);
  MemoLibrary *library = memo_session_get_library (self->session);
  MemoIndex *index = library ? memo_library_get_index (library) : NULL;
  g_autofree char *label = g_strdup_printf (ngettext ("Undated (%u)", "Undated (%u)", undated->len), undated->len);
  guint n;

  memo_timeline_data_get_items (data, &n);
  memo_timeline_canvas_set_data (get_canvas (self), data);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->undated), label);
  gtk_widget_set_visible (self->undated, undated->len > 0);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->undated),
                               undated->len > 0
                                   ? memo_timeline_list_new (data, NULL, undated->len, TRUE, chosen_cb, self)
                                   : NULL);
  if (n > 0)
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "picture");
  else if (index && memo_index_get_n (index, MEMO_KIND_AGREEMENT) + memo_index_get_n (index, MEMO_KIND_EVENT) == 0)
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "empty");
  else
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "nothing");
}

typedef struct
{
  MemoSelection *selection;
  MemoLanes grouping;
  MemoShow show;
} Building;

static void
building_free (gpointer data)
{
  Building *building = data;

  g_object_unref (building->selection);
  g_free (building);
}

static void
build (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Building *building = task_data;

  g_task_return_pointer (task,
                         memo_lanes_build (building->selection, building->grouping, building->show, memo_day_today ()),
                         (GDestroyNotify) memo_timeline_data_unref);
}

static void
built_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  MemoTimelineView *self = MEMO_TIMELINE_VIEW (source);
  g_autoptr (MemoTimelineData) data = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Cancelled: a newer selection is on its way. */
  if (!data || !self->session)
    return;
  g_clear_object (&self->building);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), FALSE);
  show_data (self, data);
}

static void
rebuild (MemoTimelineView *self)
{
  MemoSelection *selection = self->session ? memo_session_get_selection (self->session) : NULL;
  g_autoptr (GTask) task = NULL;
  Building *building;

  g_cancellable_cancel (self->building);
  g_clear_object (&self->building);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      self->stale = TRUE;
      return;
    }
  self->stale = FALSE;
  if (!selection)
    return;
  if (memo_selection_get_entries (selection)->len <= AT_ONCE)
    {
      g_autoptr (MemoTimelineData) data = memo_lanes_build (selection, self->grouping, self->show, memo_day_today ());

      show_data (self, data);
      return;
    }
  building = g_new (Building, 1);
  *building = (Building){ g_object_ref (selection), self->grouping, self->show };
  self->building = g_cancellable_new ();
  task = g_task_new (self, self->building, built_cb, NULL);
  g_task_set_source_tag (task, rebuild);
  g_task_set_task_data (task, building, building_free);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), TRUE);
  memo_worker_run (task, build);
}

static void
shown_cb (MemoTimelineView *self)
{
  memo_timeline_canvas_select (get_canvas (self), memo_session_get_shown (self->session),
                               gtk_widget_get_mapped (GTK_WIDGET (self)));
}

static void
lanes_cb (MemoTimelineView *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->lanes));

  if (selected >= MEMO_N_LANES || selected == self->grouping)
    return;
  self->grouping = selected;
  memo_settings_set_string ("timeline-lanes", memo_lanes_get_name (selected));
  rebuild (self);
}

static void
zoom_in (GtkWidget *widget, const char *name, GVariant *parameter)
{
  memo_timeline_canvas_zoom (get_canvas (MEMO_TIMELINE_VIEW (widget)), 1.5);
}

static void
zoom_out (GtkWidget *widget, const char *name, GVariant *parameter)
{
  memo_timeline_canvas_zoom (get_canvas (MEMO_TIMELINE_VIEW (widget)), 1 / 1.5);
}

static void
fit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  memo_timeline_canvas_fit (get_canvas (MEMO_TIMELINE_VIEW (widget)));
}

static void
today (GtkWidget *widget, const char *name, GVariant *parameter)
{
  memo_timeline_canvas_center (get_canvas (MEMO_TIMELINE_VIEW (widget)), memo_day_today ());
}

static void
new_agreement (GtkWidget *widget, const char *name, GVariant *parameter)
{
  memo_agreement_dialog_present (widget, MEMO_TIMELINE_VIEW (widget)->session, NULL, NULL, -1, -1);
}

static void
clear_filter (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MemoTimelineView *self = MEMO_TIMELINE_VIEW (widget);
  g_autoptr (MemoFilter) filter = memo_filter_new ();

  g_object_set (self, "agreements", TRUE, "context", TRUE, NULL);
  memo_session_set_filter (self->session, filter);
}

enum
{
  PROP_0,
  PROP_AGREEMENTS,
  PROP_FOLLOW_UPS,
  PROP_CONTEXT,
  PROP_ARTICLES,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
memo_timeline_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MemoTimelineView *self = MEMO_TIMELINE_VIEW (object);

  if (id >= PROP_AGREEMENTS && id < N_PROPS)
    g_value_set_boolean (value, (self->show & (1u << (id - PROP_AGREEMENTS))) != 0);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
memo_timeline_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MemoTimelineView *self = MEMO_TIMELINE_VIEW (object);
  guint bit, show;

  if (id < PROP_AGREEMENTS || id >= N_PROPS)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  bit = 1u << (id - PROP_AGREEMENTS);
  show = g_value_get_boolean (value) ? self->show | bit : self->show & ~bit;
  if (show == self->show)
    return;
  self->show = show;
  g_object_notify_by_pspec (object, props[id]);
  rebuild (self);
}

static void
memo_timeline_view_map (GtkWidget *widget)
{
  MemoTimelineView *self = MEMO_TIMELINE_VIEW (widget);

  GTK_WIDGET_CLASS (memo_timeline_view_parent_class)->map (widget);
  if (self->stale)
    rebuild (self);
  if (self->session)
    shown_cb (self);
}

static gboolean
memo_timeline_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (MEMO_TIMELINE_VIEW (widget)->canvas);
}

static void
memo_timeline_view_dispose (GObject *object)
{
  MemoTimelineView *self = MEMO_TIMELINE_VIEW (object);

  g_cancellable_cancel (self->building);
  g_clear_object (&self->building);
  g_clear_pointer (&self->cluster, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (memo_timeline_view_parent_class)->dispose (object);
}

static void
memo_timeline_view_class_init (MemoTimelineViewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  static const char *const toggles[] = { "agreements", "follow-ups", "context", "articles" };

  object_class->get_property = memo_timeline_view_get_property;
  object_class->set_property = memo_timeline_view_set_property;
  object_class->dispose = memo_timeline_view_dispose;
  widget_class->map = memo_timeline_view_map;
  widget_class->grab_focus = memo_timeline_view_grab_focus;

  for (guint i = 0; i < G_N_ELEMENTS (toggles); i++)
    {
      g_autofree char *action = g_strconcat ("timeline.", toggles[i], NULL);

      props[PROP_AGREEMENTS + i] =
          g_param_spec_boolean (toggles[i], NULL, NULL, TRUE,
                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
      g_object_class_install_property (object_class, PROP_AGREEMENTS + i, props[PROP_AGREEMENTS + i]);
      gtk_widget_class_install_property_action (widget_class, action, toggles[i]);
    }
  gtk_widget_class_install_action (widget_class, "timeline.zoom-in", NULL, zoom_in);
  gtk_widget_class_install_action (widget_class, "timeline.zoom-out", NULL, zoom_out);
  gtk_widget_class_install_action (widget_class, "timeline.fit", NULL, fit);
  gtk_widget_class_install_action (widget_class, "timeline.today", NULL, today);
  gtk_widget_class_install_action (widget_class, "timeline.new-agreement", NULL, new_agreement);
  gtk_widget_class_install_action (widget_class, "timeline.clear-filter", NULL, clear_filter);

  g_type_ensure (MEMO_TYPE_TIMELINE_CANVAS);
  g_type_ensure (MEMO_TYPE_TIMELINE_OVERVIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/memorandum_app/Memorandum/memo-timeline-view.ui");
  gtk_widget_class_bind_template_child (widget_class, MemoTimelineView, canvas);
  gtk_widget_class_bind_template_child (widget_class, MemoTimelineView, overview);
  gtk_widget_class_bind_template_child (widget_class, MemoTimelineView, scrollbar);
  gtk_widget_class_bind_template_child (widget_class, MemoTimelineView, lanes);
  gtk_widget_class_bind_template_child (widget_class, MemoTimelineView, undated);
  gtk_widget_class_bind_template_child (widget_class, MemoTimelineView, spinner);
  gtk_widget_class_bind_template_child (widget_class, MemoTimelineView, stack);
  gtk_widget_class_bind_template_callback (widget_class, lanes_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, cluster_cb);
}

static gboolean
exceeds (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  GtkAdjustment *adjustment = GTK_ADJUSTMENT (g_binding_dup_source (binding));

  g_value_set_boolean (to, gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment) + 0.5);
  g_object_unref (adjustment);
  return TRUE;
}

static void
memo_timeline_view_init (MemoTimelineView *self)
{
  const char *labels[MEMO_N_LANES + 1] = { NULL };
  g_autoptr (GtkStringList) names = NULL;
  g_autofree char *lanes = memo_settings_get_string ("timeline-lanes");
  GtkAdjustment *adjustment;

  self->grouping = memo_lanes_from_name (lanes);
  self->show = MEMO_SHOW_AGREEMENTS | MEMO_SHOW_CONTEXT;
  self->stale = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  memo_timeline_overview_set_canvas (MEMO_TIMELINE_OVERVIEW (self->overview), get_canvas (self));
  adjustment = memo_timeline_canvas_get_vadjustment (get_canvas (self));
  gtk_scrollbar_set_adjustment (GTK_SCROLLBAR (self->scrollbar), adjustment);
  g_object_bind_property_full (adjustment, "upper", self->scrollbar, "visible", G_BINDING_SYNC_CREATE, exceeds, NULL,
                               NULL, NULL);
  g_object_bind_property_full (adjustment, "page-size", self->scrollbar, "visible", G_BINDING_SYNC_CREATE, exceeds,
                               NULL, NULL, NULL);

  for (guint i = 0; i < MEMO_N_LANES; i++)
    labels[i] = memo_lanes_get_label (i);
  names = gtk_string_list_new (labels);
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->lanes), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->lanes), self->grouping);
}

GtkWidget *
memo_timeline_view_new (MemoSession *session)
{
  MemoTimelineView *self = g_object_new (MEMO_TYPE_TIMELINE_VIEW, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::selection", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::shown", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
  rebuild (self);
  return GTK_WIDGET (self);
}
