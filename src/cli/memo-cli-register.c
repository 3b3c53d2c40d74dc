#include "memo-cli-values.h"

#include <glib/gi18n.h>

#include "base/memo-error.h"
#include "model/memo-words.h"

static int
print_record (MemoCli *cli, const char *uuid)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) record = memo_cli_get (cli, uuid, TRUE, &error);
  JsonObject *object = record ? memo_cli_whole_json (cli, record, &error) : NULL;

  if (!object)
    return memo_cli_fail (_ ("showing a record"), error);
  if (cli->json)
    memo_cli_print_object (object);
  else
    {
      g_print ("%s  %s\n", uuid, memo_record_get_title (record));
      json_object_unref (object);
    }
  return 0;
}

static int
misuse_for_nothing (void)
{
  return memo_cli_misuse (_ ("no field to change was given"));
}

/* A new record of @kind, or @base changed. */
static int
save (MemoCli *cli, MemoKind kind, MemoRecord *base, const char *what)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) values = memo_cli_values ();
  g_autoptr (MemoRecord) record = NULL;
  g_autoptr (MemoChange) change = NULL;

  if (base && values->len == 0)
    return misuse_for_nothing ();
  change = memo_action_edit (memo_library_get_index (cli->library), kind, base, (MemoValue *) values->data, values->len,
                             &record, &error);
  if (!change || !memo_cli_apply (cli, change, &error))
    return memo_cli_fail (what, error);
  return print_record (cli, memo_record_get_uuid (record));
}

static int
run_agreement_add (MemoCli *cli, const char *const *arguments, guint n)
{
  if (!memo_cli_has_value ("title"))
    return memo_cli_misuse (_ ("agreement add needs --title"));
  return save (cli, MEMO_KIND_AGREEMENT, NULL, _ ("adding an agreement"));
}

static int
run_edit (MemoCli *cli, MemoKind kind, const char *uuid, const char *what)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) base = memo_cli_get_kind (cli, uuid, kind, TRUE, &error);

  if (!base)
    return memo_cli_fail (what, error);
  return save (cli, kind, base, what);
}

/* @records as they are now: all of them, in one document. */
static int
print_records (MemoCli *cli, GPtrArray *records)
{
  g_autoptr (JsonArray) array = json_array_new ();

  for (guint i = 0; i < records->len; i++)
    {
      const char *uuid = memo_record_get_uuid (records->pdata[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (MemoRecord) record = memo_cli_get (cli, uuid, TRUE, &error);
      JsonObject *object = record && cli->json ? memo_cli_whole_json (cli, record, &error) : NULL;

      if (error)
        return memo_cli_fail (_ ("showing a record"), error);
      if (object)
        json_array_add_object_element (array, object);
      else
        g_print ("%s  %s\n", uuid, memo_record_get_title (record));
    }
  if (cli->json)
    memo_cli_print_array (g_steal_pointer (&array));
  return 0;
}

/* One change of all of them, or none. */
static int
edit_agreements (MemoCli *cli, const char *const *uuids, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) values = memo_cli_values ();
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (MemoChange) change = NULL;
  const char *what = _ ("editing agreements");
  guint changed;
  int status;

  if (values->len == 0)
    return misuse_for_nothing ();
  for (guint i = 0; i < n; i++)
    {
      MemoRecord *record;

      if (!g_hash_table_add (seen, (char *) uuids[i]))
        continue;
      record = memo_cli_get_kind (cli, uuids[i], MEMO_KIND_AGREEMENT, TRUE, &error);
      if (!record)
        return memo_cli_fail (what, error);
      g_ptr_array_add (records, record);
    }
  change = memo_action_edit_many (memo_library_get_index (cli->library), records, (MemoValue *) values->data,
                                  values->len, &changed, &error);
  if (!change || (changed > 0 && !memo_cli_apply (cli, change, &error)))
    return memo_cli_fail (what, error);
  status = print_records (cli, records);
  /* That nothing was, too: the next undo would then be of something else. */
  if (!cli->json)
    {
      g_print (ngettext ("%u agreement was changed", "%u agreements were changed", changed), changed);
      g_print ("\n");
    }
  return status;
}

static int
run_agreement_edit (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GArray) values = memo_cli_values ();

  if (n == 1)
    return run_edit (cli, MEMO_KIND_AGREEMENT, arguments[0], _ ("editing an agreement"));
  for (guint i = 0; i < values->len; i++)
    if (!memo_action_is_for_many (g_array_index (values, MemoValue, i).field))
      /* Translators: %s is the name of an option, such as “title”. */
      return memo_cli_misuse (_ ("--%s is for one agreement"), g_array_index (values, MemoValue, i).field);
  return edit_agreements (cli, arguments, n);
}

static int
run_event_add (MemoCli *cli, const char *const *arguments, guint n)
{
  if (!memo_cli_has_value ("title"))
    return memo_cli_misuse (_ ("event add needs --title"));
  return save (cli, MEMO_KIND_EVENT, NULL, _ ("adding an event"));
}

static int
run_event_edit (MemoCli *cli, const char *const *arguments, guint n)
{
  return run_edit (cli, MEMO_KIND_EVENT, arguments[0], _ ("editing an event"));
}

static int
run_body_add (MemoCli *cli, const char *const *arguments, guint n)
{
  if (!memo_cli_has_value ("name"))
    return memo_cli_misuse (_ ("body add needs --name"));
  return save (cli, MEMO_KIND_BODY, NULL, _ ("adding a commission, organisation or forum"));
}

static int
run_body_edit (MemoCli *cli, const char *const *arguments, guint n)
{
  return run_edit (cli, MEMO_KIND_BODY, arguments[0], _ ("editing a commission, organisation or forum"));
}

static char *follow_up_status, *follow_up_date, *follow_up_comment;
static const GOptionEntry follow_up_entries[] = {
  { "status", 0, 0, G_OPTION_ARG_STRING, &follow_up_status,
    N_ ("announced, signed, in_force, under_review, implemented, suspended or ended"), N_ ("STATUS") },
  { "date", 0, 0, G_OPTION_ARG_STRING, &follow_up_date, N_ ("Since when"), N_ ("DATE") },
  { "comment", 0, 0, G_OPTION_ARG_STRING, &follow_up_comment, N_ ("A comment"), N_ ("TEXT") },
  { NULL },
};

static int
run_follow_up (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) agreement = NULL;
  g_autoptr (MemoRecord) follow_up = NULL;
  g_autoptr (MemoChange) change = NULL;
  g_autoptr (MemoDate) date = NULL;

  if (!follow_up_status || !follow_up_date)
    return memo_cli_misuse (_ ("agreement follow-up needs --status and --date"));
  if (!(date = memo_date_parse (follow_up_date, NULL, NULL, &error)) ||
      !(agreement = memo_cli_get_kind (cli, arguments[0], MEMO_KIND_AGREEMENT, TRUE, &error)) ||
      !(change = memo_action_follow_up (memo_library_get_index (cli->library), agreement, follow_up_status, date,
                                        follow_up_comment, &follow_up, &error)) ||
      !memo_cli_apply (cli, change, &error))
    return memo_cli_fail (_ ("adding to the history of an agreement"), error);
  return print_record (cli, arguments[0]);
}

static int
run_agreements (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = memo_cli_list (cli, MEMO_KIND_AGREEMENT, MEMO_SORT_DATE, FALSE, &error);
  MemoIndex *index = memo_library_get_index (cli->library);
  JsonArray *array;

  if (!records)
    return memo_cli_fail (_ ("listing agreements"), error);
  array = json_array_new ();
  for (guint i = 0; i < records->len; i++)
    {
      MemoRecord *agreement = records->pdata[i];
      const char *status = memo_record_get_text (agreement, MEMO_AGREEMENT_STATUS);
      g_autofree char *date = memo_cli_date (cli, memo_record_get_date (agreement, MEMO_AGREEMENT_SIGNED));
      g_autofree char *parties =
          memo_word_names (index, MEMO_KIND_PARTY, memo_record_get_texts (agreement, MEMO_AGREEMENT_PARTIES));

      if (cli->json)
        json_array_add_object_element (array, memo_cli_agreement_json (cli, agreement));
      else
        {
          g_autofree char *when = memo_cli_pad (date, 12);
          g_autofree char *state = memo_cli_pad (status ? memo_word_status (status) : "–", 14);

          g_print ("%s  %s  %s  %s (%s)\n", memo_record_get_uuid (agreement), when, state,
                   memo_record_get_title (agreement), parties);
        }
    }
  if (cli->json)
    memo_cli_print_array (array);
  else
    json_array_unref (array);
  return 0;
}

static char *evidence_field, *evidence_value;
static const GOptionEntry evidence_entries[] = {
  { "field", 0, 0, G_OPTION_ARG_STRING, &evidence_field, N_ ("The fact that the passage supports: signed, parties …"),
    N_ ("FIELD") },
  { "value", 0, 0, G_OPTION_ARG_STRING, &evidence_value, N_ ("The value that the passage gives"), N_ ("VALUE") },
  { NULL },
};

/* A date as the source has it ("this Friday") counts from the day of the source: (transfer full). Other values, and
 * dates that need no help, stay as they are. */
static char *
resolve_value (MemoCli *cli, MemoRecord *record, MemoRecord *annotation, GError **error)
{
  int field = evidence_field ? memo_kind_find_field (memo_record_get_kind (record), evidence_field) : -1;
  g_autoptr (MemoRecord) article = NULL;
  g_autoptr (MemoDate) date = NULL;

  if (!evidence_value || field < 0 || memo_field_get_info (field)->type != MEMO_FIELD_DATE)
    return g_strdup (evidence_value);
  article = memo_cli_get (cli, memo_record_get_text (annotation, MEMO_ANNOTATION_ARTICLE), FALSE, error);
  if (!article)
    return NULL;
  date = memo_date_parse (evidence_value, memo_record_get_text (article, MEMO_ARTICLE_LANGUAGE),
                          memo_record_get_date (article, MEMO_ARTICLE_PUBLISHED), error);
  return date ? memo_date_to_string (date) : NULL;
}

static int
run_evidence_add (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoRecord) record = NULL;
  g_autoptr (MemoRecord) annotation = NULL;
  g_autoptr (MemoRecord) evidence = NULL;
  g_autoptr (MemoChange) change = NULL;
  g_autofree char *value = NULL;

  if (!(record = memo_cli_get (cli, arguments[0], TRUE, &error)) ||
      !(annotation = memo_cli_get_kind (cli, arguments[1], MEMO_KIND_ANNOTATION, TRUE, &error)) ||
      (!(value = resolve_value (cli, record, annotation, &error)) && error) ||
      !(change = memo_action_evidence (record, annotation, evidence_field, value, &evidence, &error)) ||
      !memo_cli_apply (cli, change, &error))
    return memo_cli_fail (_ ("adding evidence"), error);
  return print_record (cli, memo_record_get_uuid (evidence));
}

static JsonObject *
claim_json (MemoClaim *claim)
{
  JsonObject *object = json_object_new ();
  JsonArray *quotes = json_array_new ();

  if (claim->value)
    json_object_set_string_member (object, "value", claim->value);
  else
    json_object_set_null_member (object, "value");
  for (guint i = 0; i < claim->quotes->len; i++)
    {
      MemoQuote *one = claim->quotes->pdata[i];
      JsonObject *entry = json_object_new ();

      json_object_set_string_member (entry, "annotation", memo_record_get_uuid (one->annotation));
      json_object_set_string_member (entry, "article", memo_record_get_text (one->annotation, MEMO_ANNOTATION_ARTICLE));
      json_object_set_string_member (entry, "exact", memo_record_get_title (one->annotation));
      json_object_set_string_member (entry, "title", one->article ? memo_record_get_title (one->article) : "");
      json_array_add_object_element (quotes, entry);
    }
  json_object_set_array_member (object, "quotes", quotes);
  json_object_set_int_member (object, "independent", claim->independent);
  return object;
}

static void
print_claims (MemoClaims *claims)
{
  g_print ("%s%s\n", claims->field ? memo_word_field (claims->field) : _ ("The record as a whole"),
           claims->agree ? "" : " ≠");
  for (guint i = 0; i < claims->claims->len; i++)
    {
      MemoClaim *claim = claims->claims->pdata[i];

      for (guint j = 0; j < claim->quotes->len; j++)
        {
          MemoQuote *one = claim->quotes->pdata[j];
          g_print ("  %s  “%s” (%s)\n", claim->value ? claim->value : "", memo_record_get_title (one->annotation),
                   one->article ? memo_record_get_title (one->article) : "");
        }
    }
}

static int
run_evidence (MemoCli *cli, const char *const *arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) fields = NULL;
  g_autoptr (MemoRecord) record = memo_cli_get (cli, arguments[0], FALSE, &error);
  MemoAwait await = { NULL };
  JsonArray *array;

  if (!record)
    return memo_cli_fail (_ ("reading the evidence"), error);
  memo_claims_async (cli->library, arguments[0], NULL, memo_await_cb, &await);
  result = memo_await (&await);
  fields = memo_claims_finish (cli->library, result, &error);
  if (!fields)
    return memo_cli_fail (_ ("reading the evidence"), error);
  array = json_array_new ();
  for (guint i = 0; i < fields->len; i++)
    {
      MemoClaims *claims = fields->pdata[i];
      JsonObject *object = json_object_new ();
      JsonArray *list = json_array_new ();

      if (claims->field)
        json_object_set_string_member (object, "field", claims->field);
      else
        json_object_set_null_member (object, "field");
      for (guint j = 0; j < claims->claims->len; j++)
        json_array_add_object_element (list, claim_json (claims->claims->pdata[j]));
      json_object_set_array_member (object, "claims", list);
      json_object_set_boolean_member (object, "agree", claims->agree);
      json_array_add_object_element (array, object);
      if (!cli->json)
        print_claims (claims);
    }
  if (cli->json)
    memo_cli_print_array (array);
  else
    json_array_unref (array);
  return 0;
}

const MemoCommand memo_commands_register[] = {
  { "agreement add", "--title TITLE", N_ ("Add an agreement to the register"), run_agreement_add,
    memo_cli_agreement_entries, FALSE, FALSE, 0, 0, TRUE },
  { "agreement edit", "ID…", N_ ("Change agreements, several at once too"), run_agreement_edit,
    memo_cli_agreement_entries, FALSE, FALSE, 1, G_MAXUINT, FALSE, memo_cli_agreement_list_entries },
  { "agreement follow-up", "ID --status STATUS --date DATE", N_ ("Say what became of an agreement"), run_follow_up,
    follow_up_entries, FALSE, FALSE, 1, 1 },
  { "agreements", "[FILTER]", N_ ("List the register"), run_agreements, NULL, TRUE, FALSE, 0, 0 },
  { "evidence add", "RECORD ANNOTATION", N_ ("Tie a fact to a passage"), run_evidence_add, evidence_entries, FALSE,
    FALSE, 2, 2 },
  { "evidence", "RECORD", N_ ("Show who says what"), run_evidence, NULL, FALSE, FALSE, 1, 1 },
  { "event add", "--title TITLE", N_ ("Add an event"), run_event_add, memo_cli_event_entries, FALSE, FALSE, 0, 0,
    TRUE },
  { "event edit", "ID", N_ ("Change an event"), run_event_edit, memo_cli_event_entries, FALSE, FALSE, 1, 1 },
  { "body add", "--name NAME", N_ ("Add a commission, organisation or forum"), run_body_add, memo_cli_body_entries,
    FALSE, FALSE, 0, 0, TRUE },
  { "body edit", "ID", N_ ("Change a commission, organisation or forum"), run_body_edit, memo_cli_body_entries, FALSE,
    FALSE, 1, 1 },
  { NULL },
};
