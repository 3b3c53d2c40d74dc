#include "memo-cli.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>

#include "base/memo-error.h"
#include "model/memo-value-words.h"

#define VALUE_LENGTH 300

int
memo_cli_fail (const char *what, GError *error)
{
  g_printerr ("memorandum-cli: %s: %s\n", what, error ? error->message : _ ("unknown cause"));
  return 1;
}

int
memo_cli_misuse (const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("memorandum-cli: %s\n", message);
  return 2;
}

void
memo_cli_print_json (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, TRUE);
  g_print ("%s\n", text);
  json_node_unref (node);
}

void
memo_cli_print_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  memo_cli_print_json (node);
}

void
memo_cli_print_array (JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, array);
  memo_cli_print_json (node);
}

typedef struct
{
  int number;
  guint source; /* 0: not caught */
  MemoCli *cli;
} Signal;

static Signal end_signals[] = { { SIGHUP, 0, NULL }, { SIGINT, 0, NULL }, { SIGTERM, 0, NULL } };

static gboolean
signal_cb (gpointer data)
{
  Signal *self = data;

  self->source = 0;
  self->cli->signal = self->number;
  g_cancellable_cancel (self->cli->work);
  return G_SOURCE_REMOVE;
}

GCancellable *
memo_cli_start (MemoCli *cli)
{
  cli->work = g_cancellable_new ();
  for (guint i = 0; i < G_N_ELEMENTS (end_signals); i++)
    {
      struct sigaction now;

      /* nohup, or a job in the background: who started it wants it to go on. */
      if (sigaction (end_signals[i].number, NULL, &now) != 0 || now.sa_handler == SIG_IGN)
        continue;
      end_signals[i].cli = cli;
      end_signals[i].source = g_unix_signal_add (end_signals[i].number, signal_cb, &end_signals[i]);
    }
  return cli->work;
}

GAsyncResult *
memo_cli_await (MemoCli *cli, MemoAwait *await)
{
  GAsyncResult *result = memo_await (await);

  for (guint i = 0; i < G_N_ELEMENTS (end_signals); i++)
    g_clear_handle_id (&end_signals[i].source, g_source_remove);
  g_clear_object (&cli->work);
  return result;
}

static MemoLibrary *
try_open (const char *path, MemoOpenFlags flags, GError **error)
{
  MemoAwait await = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  memo_library_open_async (path, flags, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  return memo_library_open_finish (result, error);
}

/* What lies where nothing can be written can be read all the same; a command that writes then fails by itself. The user's own
 * library is made when it is first asked for; another one only by what puts something into it: its path may be mistyped. */
gboolean
memo_cli_open (MemoCli *cli, GError **error)
{
  gboolean create = cli->creates || cli->path == NULL;
  g_autoptr (GError) cause = NULL;

  cli->library = try_open (cli->path, create ? MEMO_OPEN_CREATE : MEMO_OPEN_DEFAULT, &cause);
  if (!cli->library && g_error_matches (cause, MEMO_ERROR, MEMO_ERROR_READ_ONLY))
    cli->library = try_open (cli->path, MEMO_OPEN_READ_ONLY, NULL);
  if (!cli->library)
    g_propagate_error (error, g_steal_pointer (&cause));
  return cli->library != NULL;
}

void
memo_cli_close (MemoCli *cli)
{
  MemoAwait await = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  memo_library_close_async (cli->library, memo_await_cb, &await);
  result = memo_await (&await);
  memo_library_close_finish (cli->library, result, NULL);
  g_clear_object (&cli->library);
}

gboolean
memo_cli_apply (MemoCli *cli, MemoChange *change, GError **error)
{
  MemoAwait await = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  memo_library_apply_async (cli->library, change, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  return memo_library_apply_finish (cli->library, result, error);
}

MemoRecord *
memo_cli_get (MemoCli *cli, const char *uuid, gboolean whole, GError **error)
{
  MemoAwait await = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  memo_library_get_async (cli->library, uuid, whole, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  return memo_library_get_finish (cli->library, result, error);
}

MemoRecord *
memo_cli_get_kind (MemoCli *cli, const char *uuid, MemoKind kind, gboolean whole, GError **error)
{
  g_autoptr (MemoRecord) record = memo_cli_get (cli, uuid, whole, error);

  if (record && memo_record_get_kind (record) != kind)
    {
      /* Translators: the first %s is an identifier, the second the name of a kind of record, such as “article”. */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("“%s” is of another kind (%s)."), uuid,
                   memo_kind_get_name (memo_record_get_kind (record)));
      return NULL;
    }
  return g_steal_pointer (&record);
}

GPtrArray *
memo_cli_where (MemoCli *cli, MemoField field, const char *uuid, GError **error)
{
  MemoAwait await = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  memo_library_where_async (cli->library, field, uuid, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  return memo_library_where_finish (cli->library, result, error);
}

MemoSelection *
memo_cli_select (MemoCli *cli, MemoFilter *filter, GError **error)
{
  MemoAwait await = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  memo_library_select_async (cli->library, filter, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  return memo_library_select_finish (cli->library, result, error);
}

GPtrArray *
memo_cli_list (MemoCli *cli, MemoKind kind, MemoSort sort, gboolean descending, GError **error)
{
  g_autoptr (MemoFilter) filter = memo_cli_filter (cli, error);
  g_autoptr (MemoSelection) selection = filter ? memo_cli_select (cli, filter, error) : NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) records = NULL;
  MemoAwait await = { NULL };

  if (!selection)
    return NULL;
  ids = memo_selection_get_ids (selection, kind, sort, descending);
  memo_library_load_async (cli->library, kind, ids, FALSE, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  records = memo_library_load_finish (cli->library, result, error);
  for (guint i = records ? records->len : 0; i > 0; i--)
    if (!records->pdata[i - 1])
      g_ptr_array_remove_index (records, i - 1);
  return g_steal_pointer (&records);
}

char *
memo_cli_date (MemoCli *cli, MemoDate *date)
{
  return date ? memo_date_format (date, cli->language, MEMO_DATE_STYLE_SHORT) : g_strdup ("–");
}

char *
memo_cli_pad (const char *text, guint columns)
{
  GString *padded = g_string_new (text);
  guint width = 0;

  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }
  for (; width < columns; width++)
    g_string_append_c (padded, ' ');
  return g_string_free (padded, FALSE);
}

char *
memo_cli_value_words (MemoCli *cli, MemoField field, const char *stored)
{
  g_autofree char *words = memo_value_words (memo_library_get_index (cli->library), field, stored, VALUE_LENGTH);
  g_autoptr (MemoRecord) record = NULL;

  if (memo_field_get_info (field)->type == MEMO_FIELD_REF && g_strcmp0 (words, stored) == 0)
    record = memo_cli_get (cli, stored, FALSE, NULL);
  return g_strdup (record ? memo_record_get_title (record) : words);
}
