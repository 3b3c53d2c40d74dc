#include "memo-cli.h"

#include <glib/gi18n.h>

#include "base/memo-error.h"
#include "model/memo-library-care.h"
#include "model/memo-words.h"

static GPtrArray *
read_trash (MemoCli *cli, GError **error)
{
  MemoAwait await = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  memo_library_trash_async (cli->library, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  return memo_library_trash_finish (cli->library, result, error);
}

static int
run_list (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) trash = read_trash (cli, &error);
  gint64 now = g_get_real_time ();
  JsonArray *array;

  if (!trash)
    return memo_cli_fail (_ ("reading the trash"), error);
  array = json_array_new ();
  for (guint i = 0; i < trash->len; i++)
    {
      MemoRecord *record = trash->pdata[i];
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (memo_record_get_deleted (record) / G_USEC_PER_SEC);
      g_autofree char *time = utc ? g_date_time_format_iso8601 (utc) : g_strdup ("");
      g_autofree char *title = memo_trash_dup_title (record);
      guint days = memo_trash_get_days_left (record, now);

      if (cli->json)
        {
          JsonObject *object = json_object_new ();

          json_object_set_string_member (object, "id", memo_record_get_uuid (record));
          json_object_set_string_member (object, "type", memo_kind_get_name (memo_record_get_kind (record)));
          json_object_set_string_member (object, "title", title);
          json_object_set_string_member (object, "deleted", time);
          json_object_set_int_member (object, "days_left", days);
          json_array_add_object_element (array, object);
        }
      else
        {
          /* Translators: %u is how many days something stays in the trash. */
          g_autofree char *left = g_strdup_printf (ngettext ("%u day left", "%u days left", days), days);

          g_print ("%s  %s  %s · %s · %s\n", memo_record_get_uuid (record), time,
                   memo_word_record (memo_record_get_kind (record)), title, left);
        }
    }
  if (cli->json)
    memo_cli_print_array (array);
  else
    json_array_unref (array);
  return 0;
}

static int
run_restore (MemoCli *cli, const char *const *arguments, guint n)
{
  MemoAwait await = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) uuids = NULL;

  for (guint i = 0; i < n; i++)
    g_strv_builder_add (builder, arguments[i]);
  uuids = g_strv_builder_end (builder);
  memo_library_restore_async (cli->library, (const char *const *) uuids, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  if (!memo_library_restore_finish (cli->library, result, &error))
    return memo_cli_fail (_ ("restoring from the trash"), error);
  return 0;
}

/* Nothing is removed when one of the records is not in the trash. */
static int
run_empty (MemoCli *cli, const char *const *arguments, guint n)
{
  MemoAwait await = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) uuids = NULL;
  guint removed = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MemoRecord) record = memo_cli_get (cli, arguments[i], FALSE, &error);

      if (record && memo_record_get_deleted (record) == 0)
        g_set_error (&error, MEMO_ERROR, MEMO_ERROR_INVALID,
                     /* Translators: identifier of a record */
                     _ ("The record “%s” is not in the trash."), arguments[i]);
      if (error)
        return memo_cli_fail (_ ("emptying the trash"), error);
      g_strv_builder_add (builder, arguments[i]);
    }
  uuids = g_strv_builder_end (builder);
  memo_library_empty_trash_async (cli->library, n > 0 ? (const char *const *) uuids : NULL, NULL, memo_await_cb,
                                  &await);
  result = memo_await (&await);
  if (!memo_library_empty_trash_finish (cli->library, result, &removed, &error))
    return memo_cli_fail (_ ("emptying the trash"), error);
  if (cli->json)
    {
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "removed", removed);
      memo_cli_print_object (object);
    }
  else
    g_print (ngettext ("%u record was deleted permanently\n", "%u records were deleted permanently\n", removed),
             removed);
  return 0;
}

static int
run_delete (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (MemoChange) change = memo_change_new (N_ ("Move to the trash"), NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MemoRecord) record = memo_cli_get (cli, arguments[i], FALSE, &error);

      if (!record)
        return memo_cli_fail (_ ("deleting"), error);
      if (i == 0)
        memo_change_set_detail (change, memo_record_get_title (record));
      if (memo_record_get_deleted (record) == 0)
        memo_change_trash (change, record);
    }
  if (!memo_cli_apply (cli, change, &error))
    return memo_cli_fail (_ ("deleting"), error);
  return 0;
}

const MemoCommand memo_commands_trash[] = {
  { "delete", "ID...", N_ ("Move records to the trash"), run_delete, NULL, FALSE, FALSE, 1, G_MAXUINT },
  { "trash list", "", N_ ("List what is in the trash, the newest first"), run_list, NULL, FALSE, FALSE, 0, 0 },
  { "trash restore", "ID...", N_ ("Bring records back, with what went with them"), run_restore, NULL, FALSE, FALSE, 1,
    G_MAXUINT },
  { "trash empty", "[ID...]", N_ ("Delete permanently what is in the trash, or only some of it"), run_empty, NULL,
    FALSE, FALSE, 0, G_MAXUINT },
  { "trash", "", N_ ("List what is in the trash, the newest first"), run_list, NULL, FALSE, FALSE, 0, 0 },
  { NULL },
};
