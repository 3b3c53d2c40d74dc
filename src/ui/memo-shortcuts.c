#include "memo-shortcuts.h"

#include <glib/gi18n.h>

#include "memo-dialog.h"

typedef struct
{
  const char *action; /* detailed; NULL: keys that a view handles itself */
  const char *keys;   /* accelerators with spaces between */
  const char *title;
  guint menus;
  guint section; /* of the menu */
} Command;

typedef struct
{
  const char *title;
  const Command *commands;
} Group;

static const Command library_commands[] = {
  { "win.new-library", "<Primary><Shift>n", N_ ("New Library…"), MEMO_MENU_MAIN, 0 },
  { "win.open-library", "<Primary>o", N_ ("Open Library…"), MEMO_MENU_MAIN, 0 },
  { "win.sample-library", "", N_ ("Open Sample Library"), MEMO_MENU_MAIN, 0 },
  { "win.import", "<Primary>i", N_ ("Import Files…"), MEMO_MENU_ADD, 0 },
  { "win.paste-article", "<Primary><Shift>v", N_ ("Paste as Article"), MEMO_MENU_ADD, 0 },
  { "win.new-agreement", "<Primary>n", N_ ("New Agreement…"), MEMO_MENU_ADD, 1 },
  { "win.new-record::event", "", N_ ("New Event…"), MEMO_MENU_ADD, 1 },
  { "win.new-record::body", "", N_ ("New Body…"), MEMO_MENU_ADD, 1 },
  { "win.new-record::party", "", N_ ("New Party…"), MEMO_MENU_ADD, 1 },
  { "win.export", "<Primary>e", N_ ("Export…"), MEMO_MENU_MAIN, 1 },
  { "win.merge", "", N_ ("Merge Library…"), MEMO_MENU_MAIN, 1 },
  { "win.duplicates", "", N_ ("Possible Duplicates…"), MEMO_MENU_MAIN, 1 },
  { "win.trash", "", N_ ("Trash…"), MEMO_MENU_MAIN, 1 },
  { "win.backups", "", N_ ("Backups…"), MEMO_MENU_MAIN, 1 },
  { "win.check", "", N_ ("Check Library"), MEMO_MENU_MAIN, 1 },
  { NULL },
};

static const Command edit_commands[] = {
  { "win.undo", "<Primary>z", N_ ("Undo") },
  { "win.redo", "<Primary><Shift>z <Primary>y", N_ ("Redo") },
  { "win.save", "<Primary>s", N_ ("Save What Was Written") },
  { "win.search", "<Primary>k <Primary><Shift>f", N_ ("Search Everything") },
  { NULL, "<Primary>f", N_ ("Find in the Article") },
  { NULL },
};

static const Command view_commands[] = {
  { "win.view::articles", "<Primary>1", N_ ("Articles") },
  { "win.view::register", "<Primary>2", N_ ("Register") },
  { "win.view::timeline", "<Primary>3", N_ ("Timeline") },
  { "win.view::sectors", "<Primary>4", N_ ("Sectors") },
  { "win.view::notes", "<Primary>5", N_ ("Notes") },
  { "win.back", "<Alt>Left", N_ ("Previous Place") },
  { "win.forward", "<Alt>Right", N_ ("Next Place") },
  { "win.filter-pane", "F9", N_ ("Filter") },
  { "win.details-pane", "<Shift>F9", N_ ("Details") },
  { "win.clear-filter", "<Primary><Shift>BackSpace", N_ ("Clear Filter") },
  { "win.save-filter", "<Primary><Shift>s", N_ ("Save Filter…") },
  { "win.fullscreen", "F11", N_ ("Full Screen"), MEMO_MENU_MAIN, 2 },
  { NULL },
};

static const Command reader_commands[] = {
  { NULL, "h", N_ ("Highlight the Selection") },
  { NULL, "n", N_ ("Comment on the Selection") },
  { NULL, "t", N_ ("Tag the Selection") },
  { NULL, "s", N_ ("Give the Selection a Sector") },
  { NULL, "a", N_ ("Make an Agreement of the Selection") },
  { NULL, "c", N_ ("Copy the Selection with Citation") },
  { NULL },
};

static const Command timeline_commands[] = {
  { NULL, "Left Right", N_ ("Previous or Next Entry") },
  { NULL, "plus minus", N_ ("Zoom In or Out") },
  { NULL, "Home End", N_ ("First or Last Entry") },
  { NULL },
};

static const Command general_commands[] = {
  { "win.preferences", "<Primary>comma", N_ ("Preferences"), MEMO_MENU_MAIN, 3 },
  { "win.shortcuts", "<Primary>question", N_ ("Keyboard Shortcuts"), MEMO_MENU_MAIN, 3 },
  { "win.help", "F1", N_ ("Help"), MEMO_MENU_MAIN, 3 },
  { "win.about", "", N_ ("About Memorandum"), MEMO_MENU_MAIN, 3 },
  { "window.close", "<Primary>w", N_ ("Close Window") },
  { "app.quit", "<Primary>q", N_ ("Quit"), MEMO_MENU_MAIN, 4 },
  { NULL },
};

static const Group groups[] = {
  { N_ ("Library"), library_commands },   { N_ ("Editing and searching"), edit_commands },
  { N_ ("Views"), view_commands },        { N_ ("Reader"), reader_commands },
  { N_ ("Timeline"), timeline_commands }, { N_ ("General"), general_commands },
};

static gboolean
is_end (const Command *command)
{
  return !command->title;
}

void
memo_shortcuts_install (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    for (const Command *command = groups[i].commands; !is_end (command); command++)
      {
        g_auto (GStrv) keys = NULL;

        if (!command->action || !command->keys[0])
          continue;
        keys = g_strsplit (command->keys, " ", -1);
        gtk_application_set_accels_for_action (application, command->action, (const char *const *) keys);
      }
}

GMenuModel *
memo_shortcuts_build_menu (MemoMenu menu)
{
  GMenu *model = g_menu_new ();

  for (guint section = 0; section < 8; section++)
    {
      g_autoptr (GMenu) items = g_menu_new ();

      for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
        for (const Command *command = groups[i].commands; !is_end (command); command++)
          if ((command->menus & menu) && command->section == section)
            g_menu_append (items, _ (command->title), command->action);
      if (g_menu_model_get_n_items (G_MENU_MODEL (items)) > 0)
        g_menu_append_section (model, NULL, G_MENU_MODEL (items));
    }
  return G_MENU_MODEL (model);
}

static char *
dup_key_label (const char *key)
{
  guint value = 0;
  GdkModifierType modifiers = 0;

  if (!gtk_accelerator_parse (key, &value, &modifiers))
    return g_strdup (key);
  return gtk_accelerator_get_label (value, modifiers);
}

char *
memo_shortcuts_dup_tooltip (const char *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    for (const Command *command = groups[i].commands; !is_end (command); command++)
      if (g_strcmp0 (command->action, action) == 0)
        {
          g_auto (GStrv) keys = g_strsplit (command->keys, " ", -1);
          g_autofree char *label = NULL;

          if (!keys[0] || !keys[0][0])
            return g_strdup (_ (command->title));
          label = dup_key_label (keys[0]);
          /* Translators: a command and its keys: “Undo (Ctrl+Z)”. */
          return g_strdup_printf (_ ("%s (%s)"), _ (command->title), label);
        }
  return g_strdup (action);
}

static GtkWidget *
make_row (const Command *command)
{
  GtkWidget *row = adw_action_row_new ();
  g_auto (GStrv) keys = g_strsplit (command->keys, " ", -1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (command->title));
  for (char **key = keys; *key; key++)
    {
      g_autofree char *label = dup_key_label (*key);
      GtkWidget *widget = gtk_label_new (label);

      gtk_widget_add_css_class (widget, "memo-key");
      gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), widget);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), box);
  return row;
}

void
memo_shortcuts_present (GtkWindow *parent)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *window;

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      GtkWidget *group = adw_preferences_group_new ();

      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ (groups[i].title));
      for (const Command *command = groups[i].commands; !is_end (command); command++)
        if (command->keys[0])
          adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_row (command));
      adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
    }

  window = memo_dialog_new (GTK_WIDGET (parent), _ ("Keyboard Shortcuts"), page, NULL, NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), 560, 560);
  gtk_window_present (GTK_WINDOW (window));
}
