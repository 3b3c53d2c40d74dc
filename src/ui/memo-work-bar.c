#include "memo-work-bar.h"

#include <glib/gi18n.h>

#include "memo-dialog.h"

struct _MemoWorkBar
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *label;
  GtkWidget *bar;
  GCancellable *work;
  guint show_id;
  guint pulse_id;
};

G_DEFINE_FINAL_TYPE (MemoWorkBar, memo_work_bar, GTK_TYPE_WIDGET)

static gboolean
show_cb (gpointer data)
{
  MemoWorkBar *self = data;

  self->show_id = 0;
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  return G_SOURCE_REMOVE;
}

static gboolean
pulse_cb (gpointer data)
{
  MemoWorkBar *self = data;

  gtk_progress_bar_pulse (GTK_PROGRESS_BAR (self->bar));
  return G_SOURCE_CONTINUE;
}

void
memo_work_bar_cancel (MemoWorkBar *self)
{
  g_return_if_fail (MEMO_IS_WORK_BAR (self));

  if (self->work)
    g_cancellable_cancel (self->work);
}

static void
memo_work_bar_dispose (GObject *object)
{
  MemoWorkBar *self = MEMO_WORK_BAR (object);

  g_clear_handle_id (&self->show_id, g_source_remove);
  g_clear_handle_id (&self->pulse_id, g_source_remove);
  if (self->work)
    g_cancellable_cancel (self->work);
  g_clear_object (&self->work);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (memo_work_bar_parent_class)->dispose (object);
}

static void
memo_work_bar_class_init (MemoWorkBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = memo_work_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
memo_work_bar_init (MemoWorkBar *self)
{
  GtkWidget *cancel = gtk_button_new_from_icon_name ("process-stop-symbolic");

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->label), 40);
  gtk_widget_add_css_class (self->label, "dim-label");
  self->bar = gtk_progress_bar_new ();
  gtk_widget_set_size_request (self->bar, 140, -1);
  gtk_widget_set_valign (self->bar, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (cancel, "flat");
  memo_dialog_name (cancel, _ ("Cancel"));
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (memo_work_bar_cancel), self);
  gtk_box_append (GTK_BOX (self->box), self->label);
  gtk_box_append (GTK_BOX (self->box), self->bar);
  gtk_box_append (GTK_BOX (self->box), cancel);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
memo_work_bar_new (void)
{
  return g_object_new (MEMO_TYPE_WORK_BAR, NULL);
}

GCancellable *
memo_work_bar_begin (MemoWorkBar *self, const char *text)
{
  GCancellable *work = g_cancellable_new ();

  g_set_object (&self->work, work);
  gtk_label_set_text (GTK_LABEL (self->label), text);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), 0);
  if (!self->show_id)
    self->show_id = g_timeout_add (500, show_cb, self);
  if (!self->pulse_id)
    self->pulse_id = g_timeout_add (120, pulse_cb, self);
  return work;
}

void
memo_work_bar_progress (MemoWorkBar *self, GCancellable *work, double fraction, const char *text)
{
  if (work != self->work)
    return;
  if (text)
    gtk_label_set_text (GTK_LABEL (self->label), text);
  if (fraction >= 0)
    {
      g_clear_handle_id (&self->pulse_id, g_source_remove);
      gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), CLAMP (fraction, 0, 1));
    }
}

void
memo_work_bar_end (MemoWorkBar *self, GCancellable *work)
{
  if (work != self->work)
    return;
  g_clear_object (&self->work);
  g_clear_handle_id (&self->show_id, g_source_remove);
  g_clear_handle_id (&self->pulse_id, g_source_remove);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
