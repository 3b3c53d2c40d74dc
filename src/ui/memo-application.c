#include "memo-application.h"

#include <glib/gi18n.h>

#include "memo-config.h"
#include "memo-screenshot.h"
#include "memo-settings.h"
#include "memo-shortcuts.h"
#include "memo-start-times.h"
#include "memo-ui-resources.h"
#include "memo-window.h"

struct _MemoApplication
{
  AdwApplication parent_instance;

  gboolean sample;
  gboolean plain; /* started without a word about what to open */
  char *new_library;
  char *screenshots;
};

G_DEFINE_FINAL_TYPE (MemoApplication, memo_application, ADW_TYPE_APPLICATION)

void
memo_application_init_resources (void)
{
  g_resources_register (memo_ui_get_resource ());
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (data));

  for (GList *l = windows; l; l = l->next)
    gtk_window_close (l->data);
}

static const GActionEntry actions[] = {
  { "quit", quit_cb },
};

/* The one window: raised when it is there. */
static MemoWindow *
get_window (MemoApplication *self, gboolean *ret_is_new)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l; l = l->next)
    if (MEMO_IS_WINDOW (l->data))
      {
        *ret_is_new = FALSE;
        return l->data;
      }
  *ret_is_new = TRUE;
  return memo_window_new (GTK_APPLICATION (self));
}

static void
memo_application_activate (GApplication *application)
{
  MemoApplication *self = MEMO_APPLICATION (application);
  gboolean is_new;
  MemoWindow *window = get_window (self, &is_new);

  /* The library is read in its thread while the window appears. */
  if (self->sample || self->screenshots)
    memo_window_open_sample (window);
  else if (self->new_library)
    memo_window_open_library (window, self->new_library, TRUE);
  else if (is_new)
    memo_window_open_last (window);
  if (is_new && g_getenv ("MEMO_PRINT_FRAMES"))
    memo_start_times_print (window);
  gtk_window_present (GTK_WINDOW (window));
  if (self->screenshots)
    memo_screenshot_run (window, self->screenshots);
  self->sample = FALSE;
  g_clear_pointer (&self->new_library, g_free);
}

static void
memo_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  gboolean is_new;
  MemoWindow *window = get_window (MEMO_APPLICATION (application), &is_new);

  memo_window_open_files (window, files, n_files, is_new);
  gtk_window_present (GTK_WINDOW (window));
}

/* While it starts GTK reads the theme that is named to it, a tenth of all work until the first frame, and libadwaita then puts its
 * own style in place of that. So it is given the empty theme that libadwaita will name; whoever names one in the environment gets
 * that. Only while there are no other threads the environment may be added to: before_gtk() comes first of all. */
#define EMPTY_THEME "Adwaita-empty"

static void
before_gtk (void)
{
  if (!g_getenv ("GTK_THEME"))
    g_setenv ("GTK_THEME", EMPTY_THEME, TRUE);
}

static void
start_gtk (void)
{
  if (gtk_init_check ())
    gtk_settings_get_default ();
  /* libadwaita and other programs are not to hear of it. The store's thread is there already, but to take a variable away moves
   * pointers and frees nothing: at worst that thread misses another variable once. */
  if (g_strcmp0 (g_getenv ("GTK_THEME"), EMPTY_THEME) == 0)
    g_unsetenv ("GTK_THEME");
}

static void
memo_application_startup (GApplication *application)
{
  if (MEMO_APPLICATION (application)->plain)
    memo_window_open_early ();
  start_gtk ();
  G_APPLICATION_CLASS (memo_application_parent_class)->startup (application);

  /* A title that gets the focus when a view changes is not chosen by anybody. */
  g_object_set (gtk_settings_get_default (), "gtk-label-select-on-focus", FALSE, NULL);
  gtk_window_set_default_icon_name (MEMO_APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  memo_shortcuts_install (GTK_APPLICATION (application));
}

static int
memo_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  MemoApplication *self = MEMO_APPLICATION (application);

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("Memorandum %s\n", MEMO_VERSION);
      return 0;
    }
  self->plain = !g_variant_dict_contains (options, "sample") && !g_variant_dict_contains (options, "new-library") &&
                !g_variant_dict_contains (options, "screenshot") &&
                !g_variant_dict_contains (options, G_OPTION_REMAINING);
  if (g_variant_dict_lookup (options, "screenshot", "^ay", &self->screenshots))
    g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  return -1;
}

/* Options travel to the instance that is already there. */
static int
memo_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  MemoApplication *self = MEMO_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  g_autofree GFile **files = NULL;
  g_autofree char *path = NULL;
  g_autofree const char **names = NULL;

  self->sample = g_variant_dict_contains (options, "sample");
  if (g_variant_dict_lookup (options, "new-library", "^ay", &path))
    {
      g_autoptr (GFile) file = g_application_command_line_create_file_for_arg (command_line, path);

      g_free (self->new_library);
      self->new_library = g_file_get_path (file);
    }
  if (g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &names) && names[0])
    {
      guint n = g_strv_length ((char **) names);

      files = g_new0 (GFile *, n + 1);
      for (guint i = 0; i < n; i++)
        files[i] = g_application_command_line_create_file_for_arg (command_line, names[i]);
      memo_application_open (application, files, n, "");
      for (guint i = 0; i < n; i++)
        g_object_unref (files[i]);
      return 0;
    }
  g_application_activate (application);
  return 0;
}

static void
memo_application_finalize (GObject *object)
{
  MemoApplication *self = MEMO_APPLICATION (object);

  g_free (self->new_library);
  g_free (self->screenshots);
  G_OBJECT_CLASS (memo_application_parent_class)->finalize (object);
}

static void
memo_application_class_init (MemoApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = memo_application_finalize;
  application_class->activate = memo_application_activate;
  application_class->open = memo_application_open;
  application_class->startup = memo_application_startup;
  application_class->handle_local_options = memo_application_handle_local_options;
  application_class->command_line = memo_application_command_line;
}

static const GOptionEntry options[] = {
  { "sample", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Open a copy of the sample library"), NULL },
  { "new-library", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Make a new library"), N_ ("FILE") },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version"), NULL },
  { "screenshot", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, NULL, NULL, NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_ ("[FILE…]") },
  { NULL },
};

static void
memo_application_init (MemoApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

MemoApplication *
memo_application_new (void)
{
  before_gtk ();
  memo_application_init_resources ();
  return g_object_new (MEMO_TYPE_APPLICATION, "application-id", MEMO_APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN | G_APPLICATION_HANDLES_COMMAND_LINE, "resource-base-path",
                       "/io/github/memorandum_app/Memorandum", NULL);
}
