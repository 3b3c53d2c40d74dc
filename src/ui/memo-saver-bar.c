#include "memo-saver-bar.h"

#include <glib/gi18n.h>

#include "memo-compat.h"

struct _MemoSaverBar
{
  GtkWidget parent_instance;

  MemoSaver *saver;
  GtkWidget *box, *what, *cause;
};

G_DEFINE_FINAL_TYPE (MemoSaverBar, memo_saver_bar, GTK_TYPE_WIDGET)

static void
copy_cb (MemoSaverBar *self)
{
  g_autofree char *words = memo_saver_dup_words (self->saver);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), words);
}

static void
discard_answered_cb (gboolean accepted, gpointer data)
{
  g_autoptr (MemoSaver) saver = data;

  if (accepted)
    memo_saver_discard (saver);
}

static void
discard_cb (MemoSaverBar *self)
{
  const char *cause = NULL;
  g_autofree char *trouble = NULL;
  g_autofree char *body = NULL;

  memo_saver_gather (self->saver);
  trouble = memo_saver_dup_trouble (self->saver, &cause);
  if (!trouble)
    return;
  body = g_strconcat (trouble, "\n\n", cause, NULL);
  memo_compat_ask (GTK_WIDGET (self), _ ("Discard What Is Not Saved?"), body, _ ("_Cancel"), _ ("_Discard"), TRUE,
                   discard_answered_cb, g_object_ref (self->saver));
}

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

/* Made when it is needed: the first frame does not wait for it. */
static void
make_box (MemoSaverBar *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *copy = gtk_button_new_with_mnemonic (_ ("_Copy Text"));
  GtkWidget *discard = gtk_button_new_with_mnemonic (_ ("_Discard…"));
  GtkWidget *save = gtk_button_new_with_mnemonic (_ ("_Save Now"));

  /* Screen readers say at once what an alert says. */
  self->box = g_object_new (GTK_TYPE_BOX, "spacing", 8, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, NULL);
  self->what = make_label ("heading");
  self->cause = make_label ("caption");
  gtk_box_append (GTK_BOX (words), self->what);
  gtk_box_append (GTK_BOX (words), self->cause);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (copy, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (discard, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (save, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (copy, "clicked", G_CALLBACK (copy_cb), self);
  g_signal_connect_swapped (discard, "clicked", G_CALLBACK (discard_cb), self);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (save), "win.save");
  gtk_box_append (GTK_BOX (self->box), words);
  gtk_box_append (GTK_BOX (self->box), copy);
  gtk_box_append (GTK_BOX (self->box), discard);
  gtk_box_append (GTK_BOX (self->box), save);
  gtk_widget_add_css_class (self->box, "memo-unsaved");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
changed_cb (MemoSaverBar *self)
{
  const char *cause = NULL;
  g_autofree char *trouble = memo_saver_dup_trouble (self->saver, &cause);

  if (trouble)
    {
      if (!self->box)
        make_box (self);
      gtk_label_set_text (GTK_LABEL (self->what), trouble);
      gtk_label_set_text (GTK_LABEL (self->cause), cause);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), trouble != NULL);
}

static void
memo_saver_bar_dispose (GObject *object)
{
  MemoSaverBar *self = MEMO_SAVER_BAR (object);

  if (self->saver)
    g_signal_handlers_disconnect_by_data (self->saver, self);
  g_clear_object (&self->saver);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (memo_saver_bar_parent_class)->dispose (object);
}

static void
memo_saver_bar_class_init (MemoSaverBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = memo_saver_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
memo_saver_bar_init (MemoSaverBar *self)
{
}

GtkWidget *
memo_saver_bar_new (MemoSaver *saver)
{
  MemoSaverBar *self = g_object_new (MEMO_TYPE_SAVER_BAR, NULL);

  self->saver = g_object_ref (saver);
  g_signal_connect_swapped (saver, "changed", G_CALLBACK (changed_cb), self);
  changed_cb (self);
  return GTK_WIDGET (self);
}
