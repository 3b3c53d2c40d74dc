#include "memo-follow-up-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "model/memo-words.h"
#include "ui/memo-dialog.h"

typedef struct
{
  MemoSession *session;
  MemoRecord *agreement;
  GtkWidget *window, *status, *date, *comment;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;

  g_object_unref (dialog->session);
  g_object_unref (dialog->agreement);
  g_free (dialog);
}

static void
add_cb (GtkWidget *button, Dialog *dialog)
{
  const char *const *statuses = memo_word_get_values (MEMO_FOLLOW_UP_STATUS);
  const char *comment = gtk_editable_get_text (GTK_EDITABLE (dialog->comment));
  g_autoptr (MemoDate) today = memo_date_new_day (memo_day_today ());
  g_autoptr (MemoDate) date = memo_date_parse (gtk_editable_get_text (GTK_EDITABLE (dialog->date)), NULL, today, NULL);
  g_autoptr (MemoChange) change = NULL;
  g_autoptr (GError) error = NULL;

  if (!date)
    {
      gtk_widget_add_css_class (dialog->date, "error");
      gtk_widget_grab_focus (dialog->date);
      return;
    }
  change =
      memo_action_follow_up (memo_library_get_index (memo_session_get_library (dialog->session)), dialog->agreement,
                             statuses[adw_combo_row_get_selected (ADW_COMBO_ROW (dialog->status))], date,
                             comment[0] ? comment : NULL, NULL, &error);
  if (change)
    memo_session_apply (dialog->session, change, _ ("The follow-up was added"), NULL, NULL);
  else
    memo_session_toast (dialog->session, error->message, FALSE);
  gtk_window_destroy (GTK_WINDOW (dialog->window));
}

void
memo_follow_up_dialog_present (GtkWidget *parent, MemoSession *session, MemoRecord *agreement)
{
  Dialog *dialog = g_new0 (Dialog, 1);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *page = adw_preferences_page_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  g_autoptr (MemoDate) today = memo_date_new_day (memo_day_today ());
  const char *now = memo_record_get_text (agreement, MEMO_AGREEMENT_STATUS);
  const char *const *statuses = memo_word_get_values (MEMO_FOLLOW_UP_STATUS);
  GtkWidget *button;
  guint selected = 0;

  dialog->session = g_object_ref (session);
  dialog->agreement = g_object_ref (agreement);
  for (guint i = 0; statuses[i]; i++)
    {
      gtk_string_list_append (list, memo_word_status (statuses[i]));
      if (g_strcmp0 (statuses[i], now) == 0)
        selected = i;
    }
  dialog->status = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (dialog->status), memo_word_field ("status"));
  adw_combo_row_set_model (ADW_COMBO_ROW (dialog->status), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (dialog->status), selected);
  dialog->date = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (dialog->date), memo_word_field ("date"));
  gtk_editable_set_text (GTK_EDITABLE (dialog->date), memo_date_get_edtf (today));
  dialog->comment = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (dialog->comment), memo_word_field ("comment"));
  g_object_set (dialog->comment, "activates-default", TRUE, NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), dialog->status);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), dialog->date);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), dialog->comment);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));

  dialog->window = memo_dialog_new (parent, _ ("Add Follow-up"), page, _ ("_Add"), &button);
  g_object_set_data_full (G_OBJECT (dialog->window), "memo-dialog", dialog, dialog_free);
  g_signal_connect (button, "clicked", G_CALLBACK (add_cb), dialog);
  gtk_window_set_default_size (GTK_WINDOW (dialog->window), 460, 320);
  gtk_window_present (GTK_WINDOW (dialog->window));
}
