#include "memo-register-menu.h"

#include <glib/gi18n.h>

#include "model/memo-words.h"

GMenuModel *
memo_register_menu_new (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) first = g_menu_new (), statuses = g_menu_new (), last = g_menu_new ();
  const char *const *values = memo_word_get_values (MEMO_AGREEMENT_STATUS);

  g_menu_append (first, _ ("_Edit…"), "register.edit");
  g_menu_append (first, _ ("_Rename…"), "register.rename");
  for (guint i = 0; values && values[i]; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (memo_word_status (values[i]), NULL);

      g_menu_item_set_action_and_target (item, "register.set-statuses", "s", values[i]);
      g_menu_append_item (statuses, item);
    }
  g_menu_append_submenu (first, _ ("_Status"), G_MENU_MODEL (statuses));
  g_menu_append (last, _ ("Move to the _Trash"), "register.trash");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (last));
  return G_MENU_MODEL (menu);
}

GMenuModel *
memo_register_menu_new_statuses (gint64 id)
{
  GMenu *menu = g_menu_new ();
  const char *const *values = memo_word_get_values (MEMO_AGREEMENT_STATUS);

  for (guint i = 0; values && values[i]; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (memo_word_status (values[i]), NULL);

      g_menu_item_set_action_and_target (item, "register.set-status", "(xs)", id, values[i]);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

GtkWidget *
memo_register_menu_add (GtkWidget *parent, GMenuModel *model)
{
  GtkWidget *menu = gtk_popover_menu_new_from_model (model);

  gtk_popover_set_has_arrow (GTK_POPOVER (menu), FALSE);
  gtk_widget_set_halign (menu, GTK_ALIGN_START);
  gtk_widget_set_parent (menu, parent);
  return menu;
}

void
memo_register_menu_popup (GtkWidget *menu, GtkWidget *widget, double x, double y)
{
  gtk_widget_translate_coordinates (widget, gtk_widget_get_parent (menu), x, y, &x, &y);
  gtk_popover_set_pointing_to (GTK_POPOVER (menu), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (menu));
}
