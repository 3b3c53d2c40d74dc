#include "memo-export-private.h"

/* {"format":"memorandum","version":1,"article":[…],"annotation":[…] …}: records as memo_record_to_json() gives them, by kind; and
 * all that they point to, so that the file stands alone. */

static void
start_kind (MemoExportData *data, MemoKind kind)
{
  GString *out = memo_export_target_get_text (data->target);

  if (kind == MEMO_KIND_ARTICLE)
    g_string_append (out, "{\"format\":\"memorandum\",\"version\":1,");
  else
    g_string_append (out, "],");
  g_string_append_printf (out, "\n\"%s\":[", memo_kind_get_name (kind));
  data->first = TRUE;
  if (data->filtered && data->wanted == NULL)
    {
      data->wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      data->written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    }
}

static void
take (MemoExportData *data, MemoRecord *record, const MemoPassage *passage)
{
  GString *out = memo_export_target_get_text (data->target);

  g_string_append (out, data->first ? "\n" : ",\n");
  data->first = FALSE;
  memo_record_append_json (out, record);
  memo_export_want (data, record);
  if (data->written != NULL && memo_record_get_kind (record) == MEMO_KIND_AGREEMENT)
    g_hash_table_add (data->written, g_strdup (memo_record_get_uuid (record)));
  memo_export_target_pass (data->target);
}

static gboolean
is_chosen (MemoExportData *data, MemoRecord *record)
{
  if (data->wanted == NULL)
    return TRUE;
  if (memo_record_get_kind (record) != MEMO_KIND_FOLLOW_UP)
    return g_hash_table_contains (data->wanted, memo_record_get_uuid (record));
  return memo_record_get_text (record, MEMO_FOLLOW_UP_AGREEMENT) != NULL &&
         g_hash_table_contains (data->written, memo_record_get_text (record, MEMO_FOLLOW_UP_AGREEMENT));
}

/* Those of a small kind that the export holds: all, or what is pointed to. */
static GPtrArray *
choose (MemoExportData *data, MemoKind kind)
{
  GPtrArray *all = memo_index_get_records (data->index, kind);
  GPtrArray *chosen = g_ptr_array_new ();

  /* From the last to the first: a sector's parents stand before it. */
  for (guint i = all ? all->len : 0; i > 0; i--)
    {
      MemoRecord *record = g_ptr_array_index (all, i - 1);

      if (!is_chosen (data, record))
        continue;
      memo_export_want (data, record);
      g_ptr_array_insert (chosen, 0, record);
    }
  return chosen;
}

static void
end (MemoExportData *data)
{
  static const MemoKind small[] = { MEMO_KIND_FOLLOW_UP, MEMO_KIND_BODY, MEMO_KIND_PARTY, MEMO_KIND_SECTOR,
                                    MEMO_KIND_FILTER };

  for (guint i = 0; i < G_N_ELEMENTS (small); i++)
    {
      g_autoptr (GPtrArray) records = choose (data, small[i]);

      start_kind (data, small[i]);
      for (guint k = 0; k < records->len; k++)
        take (data, g_ptr_array_index (records, k), NULL);
    }
  g_string_append (memo_export_target_get_text (data->target), "]}\n");
}

const MemoExportWriter memo_export_json = { .whole = TRUE, .start_kind = start_kind, .take = take, .end = end };
