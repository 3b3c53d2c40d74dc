#include "memo-cli.h"

#include <glib/gi18n.h>

#include "base/memo-error.h"

static gboolean repair;
static const GOptionEntry check_entries[] = {
  { "repair", 0, 0, G_OPTION_ARG_NONE, &repair, N_ ("Mend what can be mended"), NULL },
  { NULL },
};

static int
run_check (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  MemoAwait await = { NULL };
  JsonArray *array;

  memo_library_check_async (cli->library, repair, NULL, memo_await_cb, &await);
  result = memo_await (&await);
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

  memo_library_backup_async (cli->library, arguments[0], NULL, memo_await_cb, &await);
  result = memo_await (&await);
  if (!memo_library_backup_finish (cli->library, result, &error))
    return memo_cli_fail (_ ("backing up"), error);
  return 0;
}

static int
run_restore (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = cli->path ? g_strdup (cli->path) : memo_library_get_default_path ();

  if (!memo_store_restore (path, arguments[0], &error))
    return memo_cli_fail (_ ("restoring"), error);
  return 0;
}

static int
run_stats (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonObject) stats = NULL;
  MemoAwait await = { NULL };

  memo_library_stats_async (cli->library, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  if (!(stats = memo_library_stats_finish (cli->library, result, &error)))
    return memo_cli_fail (_ ("counting"), error);
  memo_cli_print_object (g_steal_pointer (&stats));
  return 0;
}

const MemoCommand memo_commands_care[] = {
  { "check", "", N_ ("Check the library"), run_check, check_entries, FALSE, FALSE, 0, 0 },
  { "backup", "FILE", N_ ("Write a verified copy of the library"), run_backup, NULL, FALSE, FALSE, 1, 1 },
  { "restore", "FILE", N_ ("Put a backup in the library’s place; the old one is kept beside it"), run_restore, NULL,
    FALSE, TRUE, 1, 1 },
  { "stats", "", N_ ("Count what the library holds"), run_stats, NULL, FALSE, FALSE, 0, 0 },
  { NULL },
};
