#include "memo-settings.h"

#define SCHEMA_ID "io.github.memorandum_app.Memorandum"

/* Defaults, for a program that runs from its build directory. */
static const struct
{
  const char *key, *value;
} defaults[] = {
  { "window-width", "1280" },       { "window-height", "800" },        { "window-maximized", "false" },
  { "filter-visible", "true" },     { "details-visible", "true" },     { "view", "'articles'" },
  { "last-library", "''" },         { "recent-libraries", "@as []" },  { "reader-size", "100" },
  { "reader-width", "680" },        { "reader-spacing", "1.5" },       { "reader-theme", "'system'" },
  { "timeline-lanes", "'sector'" }, { "articles-sort", "'date'" },     { "register-columns", "@as []" },
  { "automatic-backups", "true" },  { "advised-libraries", "@as []" }, { "search-grouped", "true" },
};

GSettings *
memo_settings_get (void)
{
  static GSettings *settings;
  static gboolean looked;

  if (!looked)
    {
      GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
      g_autoptr (GSettingsSchema) schema = source ? g_settings_schema_source_lookup (source, SCHEMA_ID, TRUE) : NULL;

      looked = TRUE;
      if (schema)
        settings = g_settings_new_full (schema, NULL, NULL);
    }
  return settings;
}

/* Without a schema one action group stands for the settings: it has names, values and a signal for each change. */
static GSimpleActionGroup *
get_memory (void)
{
  static GSimpleActionGroup *memory;

  if (!memory)
    {
      memory = g_simple_action_group_new ();
      for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
        {
          g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_parsed (defaults[i].value));
          g_autoptr (GSimpleAction) action = g_simple_action_new_stateful (defaults[i].key, NULL, value);

          g_action_map_add_action (G_ACTION_MAP (memory), G_ACTION (action));
        }
    }
  return memory;
}

static GVariant *
read_value (const char *key)
{
  GSettings *settings = memo_settings_get ();
  GVariant *value;

  if (settings)
    return g_settings_get_value (settings, key);
  value = g_action_group_get_action_state (G_ACTION_GROUP (get_memory ()), key);
  if (!value)
    g_error ("There is no setting %s", key);
  return value;
}

static void
write_value (const char *key, GVariant *value)
{
  GSettings *settings = memo_settings_get ();
  g_autoptr (GVariant) sunk = g_variant_ref_sink (value);

  if (settings)
    g_settings_set_value (settings, key, sunk);
  else
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (get_memory ()), key);

      g_return_if_fail (action);
      g_simple_action_set_state (G_SIMPLE_ACTION (action), sunk);
    }
}

gboolean
memo_settings_get_boolean (const char *key)
{
  g_autoptr (GVariant) value = read_value (key);

  return g_variant_get_boolean (value);
}

void
memo_settings_set_boolean (const char *key, gboolean value)
{
  write_value (key, g_variant_new_boolean (value));
}

int
memo_settings_get_int (const char *key)
{
  g_autoptr (GVariant) value = read_value (key);

  return g_variant_get_int32 (value);
}

void
memo_settings_set_int (const char *key, int value)
{
  write_value (key, g_variant_new_int32 (value));
}

double
memo_settings_get_double (const char *key)
{
  g_autoptr (GVariant) value = read_value (key);

  return g_variant_get_double (value);
}

void
memo_settings_set_double (const char *key, double value)
{
  write_value (key, g_variant_new_double (value));
}

char *
memo_settings_get_string (const char *key)
{
  g_autoptr (GVariant) value = read_value (key);

  return g_variant_dup_string (value, NULL);
}

void
memo_settings_set_string (const char *key, const char *value)
{
  write_value (key, g_variant_new_string (value ? value : ""));
}

GStrv
memo_settings_get_strv (const char *key)
{
  g_autoptr (GVariant) value = read_value (key);

  return g_variant_dup_strv (value, NULL);
}

void
memo_settings_set_strv (const char *key, const char *const *value)
{
  write_value (key, g_variant_new_strv (value, -1));
}

typedef struct
{
  GCallback changed;
  GWeakRef owner;
} Watch;

static void
watch_free (gpointer data, GClosure *closure)
{
  Watch *watch = data;

  g_weak_ref_clear (&watch->owner);
  g_free (watch);
}

static void
tell (Watch *watch, const char *key)
{
  g_autoptr (GObject) owner = g_weak_ref_get (&watch->owner);

  if (owner)
    ((void (*) (gpointer, const char *)) watch->changed) (owner, key);
}

static void
setting_changed_cb (GSettings *settings, const char *key, gpointer data)
{
  tell (data, key);
}

static void
state_changed_cb (GActionGroup *group, const char *key, GVariant *value, gpointer data)
{
  tell (data, key);
}

void
memo_settings_watch (const char *key, GCallback changed, GObject *owner)
{
  GSettings *settings = memo_settings_get ();
  GObject *source = settings ? G_OBJECT (settings) : G_OBJECT (get_memory ());
  const char *name = settings ? "changed" : "action-state-changed";
  g_autofree char *detailed = key ? g_strconcat (name, "::", key, NULL) : g_strdup (name);
  Watch *watch = g_new0 (Watch, 1);

  g_weak_ref_init (&watch->owner, owner);
  watch->changed = changed;
  g_signal_connect_data (source, detailed, settings ? G_CALLBACK (setting_changed_cb) : G_CALLBACK (state_changed_cb),
                         watch, watch_free, 0);

  /* GSettings tells of a key alone that was read while somebody listened. */
  for (guint i = 0; settings && i < G_N_ELEMENTS (defaults); i++)
    if (!key || g_str_equal (defaults[i].key, key))
      g_variant_unref (g_settings_get_value (settings, defaults[i].key));
}
