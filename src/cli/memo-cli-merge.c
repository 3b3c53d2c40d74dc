#include "memo-cli.h"

#include <glib/gi18n.h>

#include "base/memo-error.h"
#include "model/memo-duplicates.h"
#include "model/memo-library-merge.h"
#include "model/memo-words.h"

static gboolean dry_run;
static const GOptionEntry merge_entries[] = {
  { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Only say what would be done"), NULL },
  { NULL },
};

static JsonObject *
count_kinds (const guint *counts)
{
  JsonObject *object = json_object_new ();

  for (MemoKind kind = 0; kind < MEMO_N_KINDS; kind++)
    if (counts[kind] > 0)
      json_object_set_int_member (object, memo_kind_get_name (kind), counts[kind]);
  return object;
}

static void
set_text (JsonObject *object, const char *member, const char *text)
{
  if (text)
    json_object_set_string_member (object, member, text);
  else
    json_object_set_null_member (object, member);
}

static void
print_merge_json (MemoMerge *merge)
{
  JsonObject *object = json_object_new ();
  JsonArray *decisions = json_array_new ();

  json_object_set_string_member (object, "library", merge->name);
  json_object_set_boolean_member (object, "dry_run", dry_run);
  json_object_set_object_member (object, "added", count_kinds (merge->added));
  json_object_set_object_member (object, "changed", count_kinds (merge->changed));
  json_object_set_int_member (object, "same", merge->same);
  json_object_set_int_member (object, "trashed", merge->trashed);
  json_object_set_int_member (object, "restored", merge->restored);
  json_object_set_int_member (object, "kept", merge->kept);
  json_object_set_int_member (object, "decided", merge->decided);
  json_object_set_int_member (object, "moved", merge->moved);
  json_object_set_int_member (object, "orphaned", merge->orphaned);
  json_object_set_int_member (object, "damaged", merge->damaged);
  for (guint i = 0; i < merge->decisions->len; i++)
    {
      MemoMergeDecision *decision = g_ptr_array_index (merge->decisions, i);
      JsonObject *one = json_object_new ();

      json_object_set_string_member (one, "id", decision->uuid);
      json_object_set_string_member (one, "type", memo_kind_get_name (decision->kind));
      set_text (one, "title", decision->title);
      json_object_set_string_member (one, "field", decision->field);
      set_text (one, "kept", decision->kept);
      set_text (one, "set_aside", decision->set_aside);
      json_object_set_string_member (one, "origin", decision->origin);
      json_array_add_object_element (decisions, one);
    }
  json_object_set_array_member (object, "decisions", decisions);
  memo_cli_print_object (object);
}

static void
print_kinds (const char *what, const guint *counts)
{
  g_autofree char *padded = memo_cli_pad (what, 12);

  for (MemoKind kind = 0; kind < MEMO_N_KINDS; kind++)
    if (counts[kind] > 0)
      g_print ("%s %s: %u\n", padded, memo_word_record (kind), counts[kind]);
}

static void
print_count (const char *what, guint count)
{
  if (count > 0)
    g_print ("%s: %u\n", what, count);
}

static void
print_merge (MemoCli *cli, MemoMerge *merge)
{
  print_kinds (_ ("new"), merge->added);
  print_kinds (_ ("changed"), merge->changed);
  print_count (_ ("Moved to the trash"), merge->trashed);
  print_count (_ ("Taken out of the trash"), merge->restored);
  print_count (_ ("Deleted there, but changed here since: kept"), merge->kept);
  print_count (_ ("Fields that both had changed"), merge->decided);
  for (guint i = 0; i < merge->decisions->len; i++)
    {
      MemoMergeDecision *decision = g_ptr_array_index (merge->decisions, i);
      MemoField field = memo_kind_find_field (decision->kind, decision->field);
      g_autofree char *kept = memo_cli_value_words (cli, field, decision->kept);
      g_autofree char *aside = memo_cli_value_words (cli, field, decision->set_aside);

      /* Translators: title of a record, name of a field, its value, the value that was set aside, and the name of the library
       * that it comes from. */
      g_print (_ ("  %s, %s: “%s”, not “%s” (%s)\n"), decision->title ? decision->title : decision->uuid,
               memo_word_field (decision->field), kept, aside, decision->origin);
    }
  print_count (_ ("Passages that stand elsewhere in a new text"), merge->moved);
  print_count (_ ("Passages that a new text does not have"), merge->orphaned);
  print_count (_ ("Damaged in the other library and left there"), merge->damaged);
  print_count (_ ("The same in both"), merge->same);
}

static int
run_merge (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (MemoMerge) merge = NULL;
  MemoAwait await = { NULL };

  memo_library_merge_async (cli->library, arguments[0], dry_run, NULL, NULL, memo_cli_start (cli), memo_await_cb,
                            &await);
  result = memo_cli_await (cli, &await);
  if (!(merge = memo_library_merge_finish (cli->library, result, &error)))
    return memo_cli_fail (_ ("merging"), error);
  if (cli->json)
    print_merge_json (merge);
  else
    print_merge (cli, merge);
  return 0;
}

static JsonObject *
side_json (MemoRecord *record)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", memo_record_get_uuid (record));
  json_object_set_string_member (object, "title", memo_record_get_title (record));
  return object;
}

static int
run_duplicates (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) found = NULL;
  MemoAwait await = { NULL };
  JsonArray *array;

  memo_library_duplicates_async (cli->library, NULL, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  if (!(found = memo_library_duplicates_finish (cli->library, result, &error)))
    return memo_cli_fail (_ ("looking for duplicates"), error);
  array = json_array_new ();
  for (guint i = 0; i < found->len; i++)
    {
      MemoDuplicate *duplicate = g_ptr_array_index (found, i);

      if (cli->json)
        {
          JsonObject *object = json_object_new ();

          json_object_set_string_member (object, "type", memo_kind_get_name (memo_record_get_kind (duplicate->one)));
          json_object_set_double_member (object, "score", duplicate->score);
          json_object_set_string_member (object, "reason", duplicate->reason);
          json_object_set_object_member (object, "one", side_json (duplicate->one));
          json_object_set_object_member (object, "other", side_json (duplicate->other));
          json_array_add_object_element (array, object);
        }
      else
        g_print ("%.2f  %s\n      %s  %s\n      %s  %s\n", duplicate->score,
                 memo_word_record (memo_record_get_kind (duplicate->one)), memo_record_get_uuid (duplicate->one),
                 memo_record_get_title (duplicate->one), memo_record_get_uuid (duplicate->other),
                 memo_record_get_title (duplicate->other));
    }
  if (cli->json)
    memo_cli_print_array (array);
  else
    json_array_unref (array);
  return 0;
}

static char **take;
static const GOptionEntry unite_entries[] = {
  { "take", 0, 0, G_OPTION_ARG_STRING_ARRAY, &take, N_ ("A field whose value comes from the first; may be repeated"),
    N_ ("FIELD") },
  { NULL },
};

static int
run_unite (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (MemoRecord) record = NULL;
  g_autoptr (JsonObject) object = NULL;
  MemoAwait await = { NULL };

  memo_library_unite_async (cli->library, arguments[0], arguments[1], (const char *const *) take, NULL, memo_await_cb,
                            &await);
  result = memo_await (&await);
  if (!memo_library_unite_finish (cli->library, result, &error) ||
      !(record = memo_cli_get (cli, arguments[1], TRUE, &error)) ||
      !(object = memo_cli_whole_json (cli, record, &error)))
    return memo_cli_fail (_ ("uniting two records"), error);
  if (cli->json)
    memo_cli_print_object (g_steal_pointer (&object));
  return 0;
}

static int
run_apart (MemoCli *cli, const char *const *arguments, guint n)
{
  memo_library_keep_apart (cli->library, arguments[0], arguments[1]);
  return 0;
}

static int
run_use_earlier (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  MemoAwait await = { NULL };
  gint64 id;

  if (!g_ascii_string_to_signed (arguments[1], 10, 1, G_MAXINT64, &id, NULL))
    /* Translators: %s is what was typed. */
    return memo_cli_misuse (_ ("“%s” is no number of an earlier value"), arguments[1]);
  memo_library_use_earlier_async (cli->library, arguments[0], id, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  if (!memo_library_use_earlier_finish (cli->library, result, &error))
    return memo_cli_fail (_ ("taking an earlier value"), error);
  return 0;
}

const MemoCommand memo_commands_merge[] = {
  { "merge", "FILE", N_ ("Take over what another library holds; of two values the newer one is kept"), run_merge,
    merge_entries, FALSE, FALSE, 1, 1, TRUE },
  { "earlier use", "ID NUMBER", N_ ("Take back a value that a merge has set aside"), run_use_earlier, NULL, FALSE,
    FALSE, 2, 2 },
  { "duplicates", "", N_ ("List records that may be the same thing"), run_duplicates, NULL, FALSE, FALSE, 0, 0 },
  { "duplicates merge", "ID INTO-ID",
    N_ ("Make one of two records; what refers to the first refers to the second then"), run_unite, unite_entries, FALSE,
    FALSE, 2, 2 },
  { "duplicates apart", "ID ID", N_ ("Remember that two records are no duplicates"), run_apart, NULL, FALSE, FALSE, 2,
    2 },
  { NULL },
};
