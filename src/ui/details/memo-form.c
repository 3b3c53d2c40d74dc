#include "memo-form.h"

#include <adwaita.h>

#include "model/memo-words.h"

static void
clear_value (gpointer data)
{
  g_free ((char *) ((MemoValue *) data)->value);
}

GArray *
memo_form_values_new (void)
{
  GArray *values = g_array_new (FALSE, FALSE, sizeof (MemoValue));

  g_array_set_clear_func (values, clear_value);
  return values;
}

void
memo_form_add (GArray *values, const char *field, const char *text)
{
  MemoValue pair = { field, g_strdup (text) };

  g_array_append_val (values, pair);
}

void
memo_form_add_many (GArray *values, const char *field, const char *const *texts)
{
  if (!*texts)
    memo_form_add (values, field, "");
  for (; *texts; texts++)
    memo_form_add (values, field, *texts);
}

GtkWidget *
memo_form_entry_new (const char *title, const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (text)
    gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_object_set (row, "activates-default", TRUE, NULL);
  return row;
}

GStrv
memo_form_split (const char *text)
{
  g_auto (GStrv) typed = g_strsplit (text, ",", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (char **word = typed; *word; word++)
    if (g_strstrip (*word)[0])
      g_strv_builder_add (builder, *word);
  return g_strv_builder_end (builder);
}

GtkWidget *
memo_form_choice_new (MemoField field, const char *first, const char *now)
{
  GtkWidget *row = adw_combo_row_new ();
  const char *const *values = memo_word_get_values (field);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (list, first);
  for (guint i = 0; values && values[i]; i++)
    {
      gtk_string_list_append (list, field == MEMO_AGREEMENT_STATUS ? memo_word_status (values[i])
                                                                   : memo_word_kind (field >> 8, values[i]));
      if (g_strcmp0 (values[i], now) == 0)
        selected = i + 1;
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), memo_word_field (memo_field_get_info (field)->name));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  return row;
}

const char *
memo_form_choice_get (GtkWidget *row, MemoField field)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row));

  return selected == 0 || selected == GTK_INVALID_LIST_POSITION ? NULL : memo_word_get_values (field)[selected - 1];
}

GtkWidget *
memo_form_error_new (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "error");
  gtk_widget_set_visible (label, FALSE);
  return label;
}

void
memo_form_error_say (GtkWidget *label, const char *message)
{
  gtk_label_set_text (GTK_LABEL (label), message);
  gtk_widget_set_visible (label, TRUE);
}
