#include "fixture.h"

#include <string.h>
#include "store/memo-place.h"

static void
test_folders (void)
{
  static const char *const synced[][2] = {
    { "Dropbox", "Dropbox" },
    { "Dropbox (Institute)", "Dropbox" },
    { "OneDrive", "OneDrive" },
    { "OneDrive - Üniversite", "OneDrive" },
    { "Nextcloud", "Nextcloud" },
    { "ownCloud", "ownCloud" },
    { "Syncthing", "Syncthing" },
    { "Google Drive", "Google Drive" },
    { "iCloud Drive", "iCloud" },
    { "Yandex.Disk", "Yandex.Disk" },
    { "Яндекс.Диск", "Yandex.Disk" },
    { "pCloudDrive", "pCloud" },
    { "MEGA", "MEGA" },
    { "MEGAsync", "MEGA" },
  };
  static const char *const local[] = { "Documents", "dropboxes", "Mega project", "my-nextcloud", "Sync", "", "\xff" };

  for (guint i = 0; i < G_N_ELEMENTS (synced); i++)
    g_assert_cmpstr (memo_place_judge_folder (synced[i][0]), ==, synced[i][1]);
  for (guint i = 0; i < G_N_ELEMENTS (local); i++)
    g_assert_null (memo_place_judge_folder (local[i]));
}

static void
test_markers (void)
{
  g_assert_cmpstr (memo_place_judge_marker (".stfolder", TRUE), ==, "Syncthing");
  g_assert_cmpstr (memo_place_judge_marker (".stfolder", FALSE), ==, "Syncthing");
  g_assert_cmpstr (memo_place_judge_marker (".dropbox", FALSE), ==, "Dropbox");
  g_assert_null (memo_place_judge_marker (".dropbox", TRUE));
  g_assert_cmpstr (memo_place_judge_marker (".sync_0123abcd.db", FALSE), ==, "Nextcloud");
  g_assert_cmpstr (memo_place_judge_marker (".owncloudsync.log", FALSE), ==, "ownCloud");
  g_assert_null (memo_place_judge_marker (".config", TRUE));
  g_assert_null (memo_place_judge_marker ("stfolder", TRUE));
}

static void
test_types (void)
{
  static const char mounts[] = "22 27 0:20 / /sys rw - sysfs sysfs rw\n"
                               "27 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw\n"
                               "40 27 0:35 / /home/me/My\\040Share rw - cifs //server/share rw\n"
                               "41 27 0:36 / /home/me/far rw - fuse.sshfs me@there: rw\n"
                               "42 41 0:37 / /home/me/far/near rw - tmpfs tmpfs rw\n"
                               "43 27 0:38 / /srv/nfs rw - nfs4 server:/x rw\n"
                               "broken line\n";
  static const char *const cases[][2] = {
    { "/home/me/a.memorandum", "ext4" },           { "/home/me/My Share/a.memorandum", "cifs" },
    { "/home/me/far/a.memorandum", "fuse.sshfs" }, { "/home/me/farther/a.memorandum", "ext4" },
    { "/home/me/far/near/a.memorandum", "tmpfs" }, { "/srv/nfs/x/y/a.memorandum", "nfs4" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *type = memo_place_find_type (mounts, cases[i][0]);

      g_assert_cmpstr (type, ==, cases[i][1]);
    }
  g_assert_null (memo_place_find_type ("", "/a"));
  g_assert_true (memo_place_is_remote ("nfs4"));
  g_assert_true (memo_place_is_remote ("fuse.sshfs"));
  g_assert_true (memo_place_is_remote ("cifs"));
  g_assert_false (memo_place_is_remote ("ext4"));
  g_assert_false (memo_place_is_remote ("fuse"));
  g_assert_false (memo_place_is_remote ("fuse.gocryptfs"));
}

static void
test_look (Fixture *fixture, gconstpointer data)
{
  g_autofree char *marker = g_build_filename (fixture->folder, ".stfolder", NULL);
  g_autofree char *folder = g_build_filename (fixture->folder, "Dropbox", NULL);
  g_autofree char *deep = g_build_filename (folder, "research", NULL);
  g_autofree char *inside = g_build_filename (deep, "a.memorandum", NULL);
  g_autofree char *local = NULL;
  g_autofree char *advice = NULL;
  g_autofree char *far = memo_place_dup_advice (MEMO_PLACE_REMOTE, NULL);
  const char *service = "x";

  g_assert_cmpint (memo_place_look (fixture->path, &service), ==, MEMO_PLACE_LOCAL);
  g_assert_null (service);
  local = memo_place_dup_advice (MEMO_PLACE_LOCAL, NULL);
  g_assert_null (local);
  g_assert_nonnull (far);
  g_assert_cmpint (g_mkdir_with_parents (deep, 0700), ==, 0);
  g_assert_cmpint (memo_place_look (inside, &service), ==, MEMO_PLACE_SYNCED);
  g_assert_cmpstr (service, ==, "Dropbox");
  advice = memo_place_dup_advice (MEMO_PLACE_SYNCED, service);
  g_assert_nonnull (strstr (advice, "Dropbox"));
  g_rmdir (deep);
  g_rmdir (folder);
  g_assert_cmpint (g_mkdir (marker, 0700), ==, 0);
  g_assert_cmpint (memo_place_look (fixture->path, &service), ==, MEMO_PLACE_SYNCED);
  g_assert_cmpstr (service, ==, "Syncthing");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/place/folders", test_folders);
  g_test_add_func ("/store/place/markers", test_markers);
  g_test_add_func ("/store/place/types", test_types);
  fixture_add_test ("/store/place/look", test_look);
  return g_test_run ();
}
