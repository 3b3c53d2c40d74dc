#include "memo-place.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

/* A library is one file that is written in many places at a time. Programs that keep folders in step copy it in the middle of
 * that, and shares do not always lock; SQLite's "How To Corrupt An SQLite Database File" has the cases. */

static const struct
{
  const char *service;
  const char *names[5]; /* of its folder, in lower case; with "*": the beginning */
} folders[] = {
  { "Dropbox", { "dropbox", "dropbox (*" } },
  { "OneDrive", { "onedrive", "onedrive - *", "skydrive" } },
  { "Nextcloud", { "nextcloud", "nextcloud *", "nextcloud-*" } },
  { "ownCloud", { "owncloud", "owncloud *", "owncloud-*" } },
  { "Syncthing", { "syncthing" } },
  { "Google Drive", { "google drive", "googledrive", "google-drive", "googledrive-*" } },
  { "iCloud", { "icloud", "icloud drive", "iclouddrive", "mobile documents", "com~apple~clouddocs" } },
  { "Yandex.Disk", { "yandex.disk", "yandexdisk", "яндекс.диск", "яндекс диск", "yandex.disk.*" } },
  { "pCloud", { "pcloud", "pclouddrive", "pcloud drive", "pcloud sync" } },
  { "MEGA", { "mega", "megasync", "megasync *" } },
};

typedef enum
{
  MARKER_FILE = 1 << 0,
  MARKER_FOLDER = 1 << 1,
  MARKER_ANY = MARKER_FILE | MARKER_FOLDER
} Marker;

static const struct
{
  const char *service;
  const char *pattern;
  Marker marker;
} markers[] = {
  { "Syncthing", ".stfolder", MARKER_ANY },
  { "Syncthing", ".stversions", MARKER_FOLDER },
  /* In the home folder Dropbox has a folder of that name, which says nothing. */
  { "Dropbox", ".dropbox", MARKER_FILE },
  { "Dropbox", ".dropbox.cache", MARKER_FOLDER },
  { "Nextcloud", ".sync_*.db", MARKER_FILE },
  { "Nextcloud", "._sync_*.db", MARKER_FILE },
  { "Nextcloud", ".nextcloudsync.log", MARKER_FILE },
  { "ownCloud", ".owncloudsync.log", MARKER_FILE },
  { "OneDrive", ".849C9593-D756-4E56-8D6E-42412F2A707B", MARKER_FILE },
  { "Google Drive", ".tmp.driveupload", MARKER_FOLDER },
  { "Google Drive", ".tmp.drivedownload", MARKER_FOLDER },
  { "MEGA", ".megaignore", MARKER_FILE },
};

static const char *const remote[] = {
  "nfs",       "nfs4",   "cifs", "smb3",       "smbfs",  "smb2",    "ncpfs",
  "afs",       "coda",   "ceph", "glusterfs",  "lustre", "davfs",   "sshfs",
  "curlftpfs", "rclone", "s3fs", "gvfsd-fuse", "davfs2", "gcsfuse", "google-drive-ocamlfuse"
};

const char *
memo_place_judge_folder (const char *name)
{
  g_autofree char *key = g_utf8_validate (name, -1, NULL) ? g_utf8_strdown (name, -1) : g_strdup ("");

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    for (guint j = 0; j < G_N_ELEMENTS (folders[i].names) && folders[i].names[j] != NULL; j++)
      if (g_pattern_match_simple (folders[i].names[j], key))
        return folders[i].service;
  return NULL;
}

const char *
memo_place_judge_marker (const char *name, gboolean is_folder)
{
  for (guint i = 0; i < G_N_ELEMENTS (markers); i++)
    if ((markers[i].marker & (is_folder ? MARKER_FOLDER : MARKER_FILE)) != 0 &&
        g_pattern_match_simple (markers[i].pattern, name))
      return markers[i].service;
  return NULL;
}

gboolean
memo_place_is_remote (const char *type)
{
  if (g_str_has_prefix (type, "fuse."))
    type += strlen ("fuse.");
  for (guint i = 0; i < G_N_ELEMENTS (remote); i++)
    if (g_str_equal (type, remote[i]))
      return TRUE;
  return FALSE;
}

char *
memo_place_find_type (const char *mounts, const char *path)
{
  g_auto (GStrv) lines = g_strsplit (mounts, "\n", -1);
  char *type = NULL;
  gsize longest = 0;

  for (char **line = lines; *line != NULL; line++)
    {
      /* 36 35 98:0 /root /mount/point options … - type source options */
      g_auto (GStrv) words = g_strsplit (*line, " ", -1);
      const char *dash = strstr (*line, " - ");
      g_autofree char *point = g_strv_length (words) > 5 && dash != NULL ? g_strcompress (words[4]) : NULL;
      gsize length = point != NULL ? strlen (point) : 0;

      if (length > 1 && point[length - 1] == '/')
        length--;
      if (point == NULL || length < longest || strncmp (point, path, length) != 0 ||
          (length > 1 && path[length] != '/' && path[length] != '\0'))
        continue;
      longest = length;
      g_free (type);
      dash += strlen (" - ");
      type = g_strndup (dash, strcspn (dash, " "));
    }
  return type;
}

/* The service of any of the folders above @path, @path being absolute. */
static const char *
look_above (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  while (TRUE)
    {
      g_autofree char *name = g_path_get_basename (folder);
      g_autoptr (GDir) dir = NULL;
      const char *service = memo_place_judge_folder (name);
      const char *file;
      char *above;

      if (service != NULL)
        return service;
      dir = g_dir_open (folder, 0, NULL);
      while (dir != NULL && (file = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *whole = file[0] == '.' ? g_build_filename (folder, file, NULL) : NULL;

          if (whole != NULL)
            service = memo_place_judge_marker (file, g_file_test (whole, G_FILE_TEST_IS_DIR));
          if (service != NULL)
            return service;
        }
      above = g_path_get_dirname (folder);
      if (g_str_equal (above, folder))
        {
          g_free (above);
          return NULL;
        }
      g_free (folder);
      folder = above;
    }
}

MemoPlace
memo_place_look (const char *path, const char **ret_service)
{
  g_autofree char *asked = g_canonicalize_filename (path, NULL);
  char *real = realpath (path, NULL);
  g_autofree char *resolved = g_strdup (real != NULL ? real : asked);
  g_autofree char *mounts = NULL;
  g_autofree char *type = NULL;
  const char *service;

  free (real);
  if (ret_service != NULL)
    *ret_service = NULL;
  if (g_file_get_contents ("/proc/self/mountinfo", &mounts, NULL, NULL))
    type = memo_place_find_type (mounts, resolved);
  if (type != NULL && memo_place_is_remote (type))
    return MEMO_PLACE_REMOTE;
  service = look_above (asked);
  if (service == NULL && !g_str_equal (asked, resolved))
    service = look_above (resolved);
  if (service == NULL)
    return MEMO_PLACE_LOCAL;
  if (ret_service != NULL)
    *ret_service = service;
  return MEMO_PLACE_SYNCED;
}

char *
memo_place_dup_advice (MemoPlace place, const char *service)
{
  switch (place)
    {
    case MEMO_PLACE_SYNCED:
      /* Translators: name of a program that keeps folders in step: "Dropbox" */
      return g_strdup_printf (
          _ ("This library lies in a folder that %s keeps in step with other computers. While the library is open, it "
             "may be copied half written, or another computer’s version may take its place. Close Memorandum before "
             "the folder is synchronised, and open the library on one computer at a time. To work on several, keep a "
             "library on each and merge them; backups are kept elsewhere in any case."),
          service);
    case MEMO_PLACE_REMOTE:
      return g_strdup (
          _ ("This library lies on another computer. Not every share keeps two programs from writing at once, and a "
             "lost connection interrupts what is being saved. Open the library on one computer at a time, or keep it "
             "on this computer and put backups on the share; libraries of several people can be merged."));
    default:
      return NULL;
    }
}
