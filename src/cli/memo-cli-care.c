#include "memo-cli.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/memo-error.h"
#include "model/memo-library-care.h"
#include "store/memo-place.h"
#include "store/memo-salvage.h"

/* For people: where a library lies that others may change. */
static void
advise (MemoCli *cli)
{
  const char *service;
  MemoPlace place = cli->json ? MEMO_PLACE_LOCAL : memo_place_look (memo_library_get_path (cli->library), &service);
  g_autofree char *advice = place != MEMO_PLACE_LOCAL ? memo_place_dup_advice (place, service) : NULL;

  if (advice)
    g_printerr ("%s\n", advice);
}

static gboolean repair;
static const GOptionEntry check_entries[] = {
  { "repair", 0, 0, G_OPTION_ARG_NONE, &repair, N_ ("Mend what can be mended"), NULL },
  { NULL },
};

/* A library that is too damaged to be opened: what can be read of it goes into a new one. */
static int
run_salvage (MemoCli *cli, const char *path, GError *damage)
{
  g_autoptr (GError) error = NULL;
  guint records = 0, lost = 0;
  g_autofree char *saved = memo_store_salvage (path, &records, &lost, &error);

  if (!saved)
    return memo_cli_fail (_ ("saving what can be read"), error);
  if (cli->json)
    {
      JsonArray *problems = json_array_new ();
      JsonObject *object = json_object_new ();

      json_array_add_string_element (problems, damage->message);
      json_object_set_array_member (object, "problems", problems);
      json_object_set_string_member (object, "saved", saved);
      json_object_set_int_member (object, "records", records);
      json_object_set_int_member (object, "lost", lost);
      memo_cli_print_object (object);
    }
  else
    {
      g_print ("%s\n", damage->message);
      /* Translators: %u is a number of records, %s the path of a file. */
      g_print (ngettext ("%u record that can be read was saved in “%s”.\n",
                         "%u records that can be read were saved in “%s”.\n", records),
               records, saved);
    }
  return 1;
}

static int
run_check (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  MemoAwait await = { NULL };
  JsonArray *array;

  if (!memo_cli_open (cli, &error))
    {
      g_autofree char *path = cli->path ? g_strdup (cli->path) : memo_library_get_default_path ();
      /* Translators: %s is the path of a library. */
      g_autofree char *what = g_strdup_printf (_ ("opening “%s”"), path);

      return repair && g_error_matches (error, MEMO_ERROR, MEMO_ERROR_CORRUPT) ? run_salvage (cli, path, error)
                                                                               : memo_cli_fail (what, error);
    }
  advise (cli);
  memo_library_check_async (cli->library, repair, repair ? NULL : memo_cli_start (cli), memo_await_cb, &await);
  result = memo_cli_await (cli, &await);
  if (!(problems = memo_library_check_finish (cli->library, result, &error)))
    return memo_cli_fail (_ ("checking"), error);
  array = json_array_new ();
  for (guint i = 0; i < problems->len; i++)
    if (cli->json)
      json_array_add_string_element (array, problems->pdata[i]);
    else
      g_print ("%s\n", (char *) problems->pdata[i]);
  if (cli->json)
    {
      JsonObject *object = json_object_new ();
      json_object_set_array_member (object, "problems", array);
      memo_cli_print_object (object);
    }
  else
    {
      json_array_unref (array);
      if (problems->len == 0)
        g_print ("%s\n", _ ("The library is sound."));
    }
  return problems->len > 0;
}

static int
run_backup (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  MemoAwait await = { NULL };

  /* Nobody was asked whether it may be replaced. What is the library itself is told apart further down. */
  if (g_file_test (arguments[0], G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK) &&
      !memo_library_is_at (cli->library, arguments[0]))
    {
      g_set_error (&error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("“%s” is there already."), arguments[0]);
      return memo_cli_fail (_ ("backing up"), error);
    }
  memo_library_backup_async (cli->library, arguments[0], memo_cli_start (cli), memo_await_cb, &await);
  result = memo_cli_await (cli, &await);
  if (!memo_library_backup_finish (cli->library, result, &error))
    return memo_cli_fail (_ ("backing up"), error);
  return 0;
}

/* A file, or the name or time of a backup in the list. */
static int
run_restore (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = cli->path ? g_strdup (cli->path) : memo_library_get_default_path ();
  gboolean file = g_file_test (arguments[0], G_FILE_TEST_EXISTS) || strchr (arguments[0], G_DIR_SEPARATOR);
  g_autofree char *backup = file ? g_strdup (arguments[0]) : memo_backups_find (path, arguments[0], &error);

  if (!backup || !memo_store_restore (path, backup, &error))
    return memo_cli_fail (_ ("restoring"), error);
  return 0;
}

static const char *
describe (MemoBackupReason reason)
{
  static const char *const words[] = {
    [MEMO_BACKUP_REGULAR] = NULL,
    [MEMO_BACKUP_BEFORE_UPDATE] = N_ ("before an update of the format"),
    [MEMO_BACKUP_BEFORE_RESTORE] = N_ ("before a restore"),
    [MEMO_BACKUP_BEFORE_REPAIR] = N_ ("before a repair"),
  };

  return words[reason] ? _ (words[reason]) : "";
}

static int
run_backups (MemoCli *cli, const char *const *arguments, guint n)
{
  static const char *const reasons[] = { "regular", "update", "restore", "repair" };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = cli->path ? g_strdup (cli->path) : memo_library_get_default_path ();
  g_autoptr (GPtrArray) list = memo_backups_list (path, &error);
  JsonArray *array;

  if (!list)
    return memo_cli_fail (_ ("listing the backups"), error);
  array = json_array_new ();
  for (guint i = 0; i < list->len; i++)
    {
      MemoBackup *backup = list->pdata[i];
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (backup->time / G_USEC_PER_SEC);
      g_autofree char *time = g_date_time_format_iso8601 (utc);
      g_autofree char *size = g_format_size (backup->size);
      guint articles = 0, annotations = 0, agreements = 0;
      gboolean readable = memo_backups_count (backup->path, &articles, &annotations, &agreements);

      if (cli->json)
        {
          JsonObject *object = json_object_new ();

          json_object_set_string_member (object, "name", backup->name);
          json_object_set_string_member (object, "file", backup->path);
          json_object_set_string_member (object, "time", time);
          json_object_set_string_member (object, "reason", reasons[backup->reason]);
          json_object_set_int_member (object, "bytes", backup->size);
          if (readable)
            {
              json_object_set_int_member (object, "articles", articles);
              json_object_set_int_member (object, "annotations", annotations);
              json_object_set_int_member (object, "agreements", agreements);
            }
          json_array_add_object_element (array, object);
        }
      else
        {
          /* Translators: %u is a number of articles; then of annotations, then of agreements. */
          g_autofree char *counts =
              g_strdup_printf (_ ("articles: %u, annotations: %u, agreements: %u"), articles, annotations, agreements);

          g_print ("%s  %s  %s  %s%s%s\n", time, backup->name, size, readable ? counts : _ ("cannot be read"),
                   backup->reason ? " · " : "", describe (backup->reason));
        }
    }
  if (cli->json)
    memo_cli_print_array (array);
  else
    json_array_unref (array);
  return 0;
}

static int
run_stats (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonObject) stats = NULL;
  MemoAwait await = { NULL };

  advise (cli);
  memo_library_stats_async (cli->library, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  if (!(stats = memo_library_stats_finish (cli->library, result, &error)))
    return memo_cli_fail (_ ("counting"), error);
  memo_cli_print_object (g_steal_pointer (&stats));
  return 0;
}

const MemoCommand memo_commands_care[] = {
  { "check", "", N_ ("Check the library"), run_check, check_entries, FALSE, TRUE, 0, 0 },
  { "backup", "FILE", N_ ("Write a verified copy of the library"), run_backup, NULL, FALSE, FALSE, 1, 1 },
  { "backups", "", N_ ("List the backups that are kept of the library"), run_backups, NULL, FALSE, TRUE, 0, 0 },
  { "restore", "FILE|TIME", N_ ("Put a backup in the library’s place; the old one is kept beside it"), run_restore,
    NULL, FALSE, TRUE, 1, 1 },
  { "stats", "", N_ ("Count what the library holds"), run_stats, NULL, FALSE, FALSE, 0, 0 },
  { NULL },
};
