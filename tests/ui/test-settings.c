#include "ui/memo-settings.h"

static void
test_defaults (void)
{
  g_autofree char *view = memo_settings_get_string ("view");
  g_auto (GStrv) recent = memo_settings_get_strv ("recent-libraries");

  g_assert_cmpint (memo_settings_get_int ("reader-size"), ==, 100);
  g_assert_cmpfloat (memo_settings_get_double ("reader-spacing"), ==, 1.5);
  g_assert_true (memo_settings_get_boolean ("filter-visible"));
  g_assert_cmpstr (view, ==, "articles");
  g_assert_cmpuint (g_strv_length (recent), ==, 0);
}

static void
test_written_values_are_read (void)
{
  const char *names[] = { "/a.memorandum", "/ö.memorandum", NULL };
  g_auto (GStrv) recent = NULL;
  g_autofree char *theme = NULL;

  memo_settings_set_int ("reader-width", 720);
  memo_settings_set_double ("reader-spacing", 1.75);
  memo_settings_set_boolean ("details-visible", FALSE);
  memo_settings_set_string ("reader-theme", "sepia");
  memo_settings_set_strv ("recent-libraries", names);
  recent = memo_settings_get_strv ("recent-libraries");
  theme = memo_settings_get_string ("reader-theme");
  g_assert_cmpint (memo_settings_get_int ("reader-width"), ==, 720);
  g_assert_cmpfloat (memo_settings_get_double ("reader-spacing"), ==, 1.75);
  g_assert_false (memo_settings_get_boolean ("details-visible"));
  g_assert_cmpstr (theme, ==, "sepia");
  g_assert_cmpstr (recent[1], ==, "/ö.memorandum");
}

static guint calls;

static void
changed_cb (GObject *owner, const char *key)
{
  g_assert_cmpstr (key, ==, "reader-size");
  calls++;
}

static void
test_watch (void)
{
  GObject *owner = g_object_new (G_TYPE_OBJECT, NULL);

  memo_settings_watch ("reader-size", G_CALLBACK (changed_cb), owner);
  memo_settings_set_int ("reader-size", 120);
  memo_settings_set_int ("reader-width", 640);
  g_assert_cmpuint (calls, ==, 1);
  g_object_unref (owner);
  memo_settings_set_int ("reader-size", 130);
  g_assert_cmpuint (calls, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/settings/defaults", test_defaults);
  g_test_add_func ("/settings/written-values-are-read", test_written_values_are_read);
  g_test_add_func ("/settings/watch", test_watch);
  return g_test_run ();
}
