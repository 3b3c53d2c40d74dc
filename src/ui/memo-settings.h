#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The user's settings, also when the schema is not installed: values live in memory then, with the schema's defaults.
 * Borrowed; NULL without a schema. For main thread alone. */
GSettings *memo_settings_get (void);
gboolean memo_settings_get_boolean (const char *key);
void memo_settings_set_boolean (const char *key, gboolean value);
int memo_settings_get_int (const char *key);
void memo_settings_set_int (const char *key, int value);
double memo_settings_get_double (const char *key);
void memo_settings_set_double (const char *key, double value);
/* (transfer full) */
char *memo_settings_get_string (const char *key);
void memo_settings_set_string (const char *key, const char *value);
/* (transfer full) */
GStrv memo_settings_get_strv (const char *key);
void memo_settings_set_strv (const char *key, const char *const *value);
/* Calls @changed (user_data, key) when @key (NULL: any) gets another value, until @owner is gone. */
void memo_settings_watch (const char *key, GCallback changed, GObject *owner);

G_END_DECLS
