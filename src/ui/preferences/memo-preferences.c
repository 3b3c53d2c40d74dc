#include "memo-preferences.h"

#include <glib/gi18n.h>

#include "base/memo-language.h"
#include "ui/memo-dialog.h"
#include "ui/memo-settings.h"

static const char *const themes[] = { "system", "light", "sepia", "dark" };

static void
int_cb (GtkAdjustment *adjustment, const char *key)
{
  memo_settings_set_int (key, (int) gtk_adjustment_get_value (adjustment));
}

static void
double_cb (GtkAdjustment *adjustment, const char *key)
{
  memo_settings_set_double (key, gtk_adjustment_get_value (adjustment));
}

/* @key is static. */
static GtkWidget *
make_row (const char *title,
          const char *subtitle,
          const char *key,
          GtkAdjustment *adjustment,
          int digits,
          GCallback changed)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *spin = gtk_spin_button_new (adjustment, 1, digits);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  g_signal_connect (adjustment, "value-changed", changed, (gpointer) key);
  return row;
}

static void
theme_cb (AdwComboRow *row)
{
  guint selected = adw_combo_row_get_selected (row);

  if (selected < G_N_ELEMENTS (themes))
    memo_settings_set_string ("reader-theme", themes[selected]);
}

static GtkWidget *
make_theme (void)
{
  GtkWidget *row = adw_combo_row_new ();
  const char *names[] = { _ ("Like the System"), _ ("Light"), _ ("Sepia"), _ ("Dark"), NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (names);
  g_autofree char *now = memo_settings_get_string ("reader-theme");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Colours of the Page"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  for (guint i = 0; i < G_N_ELEMENTS (themes); i++)
    if (g_str_equal (themes[i], now))
      adw_combo_row_set_selected (ADW_COMBO_ROW (row), i);
  g_signal_connect (row, "notify::selected", G_CALLBACK (theme_cb), NULL);
  return row;
}

static void
switch_cb (GtkSwitch *toggle, GParamSpec *pspec, const char *key)
{
  memo_settings_set_boolean (key, gtk_switch_get_active (toggle));
}

/* @key is static. */
static GtkWidget *
make_switch (const char *title, const char *subtitle, const char *key)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_switch_set_active (GTK_SWITCH (toggle), memo_settings_get_boolean (key));
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  g_signal_connect (toggle, "notify::active", G_CALLBACK (switch_cb), (gpointer) key);
  return row;
}

void
memo_preferences_present (GtkWidget *parent)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *reading = adw_preferences_group_new ();
  GtkWidget *library = adw_preferences_group_new ();
  GtkWidget *language = adw_preferences_group_new ();
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *window;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (reading), _ ("Reading"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (reading),
                             make_row (_ ("Size of the Type"), _ ("In percent"), "reader-size",
                                       gtk_adjustment_new (memo_settings_get_int ("reader-size"), 60, 250, 10, 20, 0),
                                       0, G_CALLBACK (int_cb)));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (reading),
                             make_row (_ ("Width of the Column"), _ ("In pixels"), "reader-width",
                                       gtk_adjustment_new (memo_settings_get_int ("reader-width"), 400, 1200, 20, 100,
                                                           0),
                                       0, G_CALLBACK (int_cb)));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (reading),
                             make_row (_ ("Space between the Lines"), _ ("In lines"), "reader-spacing",
                                       gtk_adjustment_new (memo_settings_get_double ("reader-spacing"), 1.0, 2.5, 0.1,
                                                           0.5, 0),
                                       1, G_CALLBACK (double_cb)));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (reading), make_theme ());
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (reading));

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (library), _ ("Library"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (library),
                             make_switch (_ ("Automatic Backups"), _ ("Every day on which something was done"),
                                          "automatic-backups"));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (library));

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (language), _ ("Language"));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (language),
      _ ("Memorandum speaks English, Turkish and Russian, and follows the language of your system. Articles are read "
         "and searched by the rules of their own language."));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Language of the Interface"));
  gtk_widget_set_focusable (row, FALSE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_label_new (memo_language_own_name (memo_language_of_interface ())));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (language), row);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (language));

  window = memo_dialog_new (parent, _ ("Preferences"), page, NULL, NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), 560, 520);
  gtk_window_present (GTK_WINDOW (window));
}
