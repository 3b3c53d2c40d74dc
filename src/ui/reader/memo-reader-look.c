#include "memo-reader-look.h"

#include <glib/gi18n.h>

#include "memo-ui-resources.h"
#include "ui/memo-settings.h"

static const char *const themes[] = { "system", "light", "sepia", "dark" };

typedef struct
{
  const char *key, *label;
  double low, high, step;
} Measure;

static const Measure measures[] = {
  { "reader-size", N_ ("Size"), 70, 200, 10 },
  { "reader-width", N_ ("Width"), 480, 960, 20 },
  { "reader-spacing", N_ ("Line spacing"), 1.0, 2.4, 0.1 },
};

static double
read_measure (const Measure *measure)
{
  return measure->step < 1 ? memo_settings_get_double (measure->key) : memo_settings_get_int (measure->key);
}

static void
changed_cb (GtkRange *range, gpointer data)
{
  const Measure *measure = data;
  double value = gtk_range_get_value (range);

  /* Writing only what differs keeps the watchers of the settings quiet. */
  if (ABS (value - read_measure (measure)) < measure->step / 10)
    return;
  if (measure->step < 1)
    memo_settings_set_double (measure->key, value);
  else
    memo_settings_set_int (measure->key, (int) (value + 0.5));
}

static void
theme_cb (GtkCheckButton *button, gpointer data)
{
  if (gtk_check_button_get_active (button))
    memo_settings_set_string ("reader-theme", data);
}

static void
show_cb (GtkWidget *popover)
{
  g_autofree char *theme = memo_settings_get_string ("reader-theme");

  for (guint i = 0; i < G_N_ELEMENTS (measures); i++)
    gtk_range_set_value (g_object_get_data (G_OBJECT (popover), measures[i].key), read_measure (&measures[i]));
  for (guint i = 0; i < G_N_ELEMENTS (themes); i++)
    if (g_str_equal (themes[i], theme))
      gtk_check_button_set_active (g_object_get_data (G_OBJECT (popover), themes[i]), TRUE);
}

GtkWidget *
memo_reader_look_new (void)
{
  const char *const words[] = { _ ("As the system"), _ ("Light"), _ ("Sepia"), _ ("Dark") };
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *first = NULL;

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  for (guint i = 0; i < G_N_ELEMENTS (measures); i++)
    {
      GtkWidget *label = gtk_label_new (_ (measures[i].label));
      GtkWidget *scale =
          gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, measures[i].low, measures[i].high, measures[i].step);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_set_size_request (scale, 180, -1);
      gtk_widget_set_hexpand (scale, TRUE);
      gtk_accessible_update_relation (GTK_ACCESSIBLE (scale), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
      g_signal_connect (scale, "value-changed", G_CALLBACK (changed_cb), (gpointer) &measures[i]);
      g_object_set_data (G_OBJECT (popover), measures[i].key, scale);
      gtk_grid_attach (GTK_GRID (grid), label, 0, i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), scale, 1, i, 1, 1);
    }
  gtk_box_append (GTK_BOX (box), grid);
  for (guint i = 0; i < G_N_ELEMENTS (themes); i++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (words[i]);

      if (first)
        gtk_check_button_set_group (GTK_CHECK_BUTTON (check), GTK_CHECK_BUTTON (first));
      else
        first = check;
      g_signal_connect (check, "toggled", G_CALLBACK (theme_cb), (gpointer) themes[i]);
      g_object_set_data (G_OBJECT (popover), themes[i], check);
      gtk_box_append (GTK_BOX (box), check);
    }
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  g_signal_connect (popover, "show", G_CALLBACK (show_cb), NULL);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "font-x-generic-symbolic");
  gtk_widget_set_tooltip_text (button, _ ("Look of the text"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Look of the text"), -1);
  gtk_widget_add_css_class (button, "flat");
  return button;
}

void
memo_reader_add_style (void)
{
  static gsize done;

  if (g_once_init_enter (&done))
    {
      g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

      g_resources_register (memo_ui_get_resource ());
      gtk_css_provider_load_from_resource (provider, "/io/github/memorandum_app/Memorandum/reader.css");
      gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                                  GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
      g_once_init_leave (&done, 1);
    }
}
