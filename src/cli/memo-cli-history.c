#include "memo-cli.h"

#include <glib/gi18n.h>

#include "base/memo-error.h"
#include "model/memo-library-merge.h"
#include "model/memo-words.h"

static gint64 jump_to;
static gboolean jump_given;

static gboolean
parse_to (const char *option, const char *value, gpointer data, GError **error)
{
  jump_given = g_ascii_string_to_signed (value, 10, 0, G_MAXINT64, &jump_to, NULL);
  if (!jump_given)
    /* Translators: %s is what was typed. */
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%s” is no number of an action"), value);
  return jump_given;
}

static const GOptionEntry walk_entries[] = {
  { "to", 0, 0, G_OPTION_ARG_CALLBACK, parse_to,
    N_ ("Until the action with this number is the last that stands; 0: none"), N_ ("NUMBER") },
  { NULL },
};

static void
print_steps (gboolean undo, guint steps)
{
  if (undo)
    g_print (ngettext ("%u step was undone\n", "%u steps were undone\n", steps), steps);
  else
    g_print (ngettext ("%u step was done again\n", "%u steps were done again\n", steps), steps);
}

/* To the action that was named: everything behind it is undone, or everything up to it redone. */
static int
jump (MemoCli *cli, gboolean undo)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  MemoAwait await = { NULL };
  guint undone, redone;
  gboolean fine;

  memo_library_jump_async (cli->library, jump_to, NULL, NULL, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  fine = memo_library_jump_finish (cli->library, result, &undone, &redone, &error);
  if (undone > 0)
    print_steps (TRUE, undone);
  if (redone > 0)
    print_steps (FALSE, redone);
  if (!fine)
    return memo_cli_fail (undo ? _ ("undoing") : _ ("redoing"), error);
  return 0;
}

/* Steps in the history, back or forth; as many as there are when more are asked for. */
static int
walk (MemoCli *cli, gboolean undo, const char *number)
{
  guint64 steps = 1;

  if (number && !g_ascii_string_to_unsigned (number, 10, 1, G_MAXUINT, &steps, NULL))
    /* Translators: %s is what was typed. */
    return memo_cli_misuse (_ ("“%s” is no number of steps"), number);
  if (jump_given)
    return jump (cli, undo);
  for (guint64 i = 0; i < steps; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GAsyncResult) result = NULL;
      g_autofree char *name = NULL;
      MemoAwait await = { NULL };

      (undo ? memo_library_undo_async : memo_library_redo_async) (cli->library, NULL, memo_await_cb, &await);
      result = memo_await (&await);
      name = (undo ? memo_library_undo_finish : memo_library_redo_finish) (cli->library, result, &error);
      if (!name && i > 0)
        {
          gboolean more;

          print_steps (undo, i);
          g_object_get (cli->library, undo ? "can-undo" : "can-redo", &more, NULL);
          if (!more)
            return 0;
        }
      if (!name)
        return memo_cli_fail (undo ? _ ("undoing") : _ ("redoing"), error);
      /* Translators: %s is the name of an action, such as “Add highlight”. */
      g_print (undo ? _ ("Undone: %s\n") : _ ("Redone: %s\n"), name);
    }
  return 0;
}

static int
run_undo (MemoCli *cli, const char *const *arguments, guint n)
{
  return walk (cli, TRUE, n > 0 ? arguments[0] : NULL);
}

static int
run_redo (MemoCli *cli, const char *const *arguments, guint n)
{
  return walk (cli, FALSE, n > 0 ? arguments[0] : NULL);
}

static int
run_history (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  MemoAwait await = { NULL };
  JsonArray *array;

  memo_library_history_async (cli->library, 5000, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  if (!(entries = memo_library_history_finish (cli->library, result, &error)))
    return memo_cli_fail (_ ("reading the history"), error);
  array = json_array_new ();
  for (guint i = 0; i < entries->len; i++)
    {
      MemoHistoryEntry *entry = entries->pdata[i];
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (entry->time / G_USEC_PER_SEC);
      g_autofree char *time = g_date_time_format_iso8601 (utc);

      if (cli->json)
        {
          JsonObject *object = json_object_new ();

          json_object_set_int_member (object, "id", entry->id);
          json_object_set_string_member (object, "name", memo_word_action (entry->name));
          json_object_set_string_member (object, "detail", entry->detail ? entry->detail : "");
          json_object_set_string_member (object, "time", time);
          json_object_set_boolean_member (object, "undone", entry->undone);
          json_array_add_object_element (array, object);
        }
      else
        g_print ("%5" G_GINT64_FORMAT "  %s  %s%s%s%s\n", entry->id, time, memo_word_action (entry->name),
                 entry->detail ? " · " : "", entry->detail ? entry->detail : "", entry->undone ? _ (" (undone)") : "");
    }
  if (cli->json)
    memo_cli_print_array (array);
  else
    json_array_unref (array);
  return 0;
}

const MemoCommand memo_commands_history[] = {
  { "undo", "[STEPS]", N_ ("Undo the last action, or some of them"), run_undo, walk_entries, FALSE, FALSE, 0, 1 },
  { "redo", "[STEPS]", N_ ("Redo what was undone last, or some of it"), run_redo, walk_entries, FALSE, FALSE, 0, 1 },
  { "history", "", N_ ("List what was done, the newest first"), run_history, NULL, FALSE, FALSE, 0, 0 },
  { NULL },
};
