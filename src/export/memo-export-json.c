#include "memo-export-private.h"

#include "model/memo-filter.h"

/* {"format":"memorandum","version":1,"article":[…],"annotation":[…] …}: records as memo_record_to_json() gives them, by kind; and
 * all that they point to, so that the file stands alone. */

typedef struct
{
  MemoExportData *data;
  GString *out;
  GHashTable *wanted; /* UUIDs of small records that others point to */
} Writer;

static void
append_record (GString *out, MemoRecord *record, gboolean first)
{
  g_string_append (out, first ? "\n" : ",\n");
  memo_record_append_json (out, record);
}

static void
want (Writer *self, MemoRecord *record)
{
  guint n;
  const MemoFieldInfo *fields = memo_kind_get_fields (memo_record_get_kind (record), &n);
  for (guint i = 0; i < n; i++)
    {
      MemoField field = MEMO_FIELD (memo_record_get_kind (record), i);
      if (fields[i].type == MEMO_FIELD_REF && memo_record_get_text (record, field) != NULL)
        g_hash_table_add (self->wanted, (gpointer) memo_record_get_text (record, field));
      if (fields[i].type == MEMO_FIELD_REFS)
        for (const char *const *uuids = memo_record_get_texts (record, field); *uuids != NULL; uuids++)
          g_hash_table_add (self->wanted, (gpointer) *uuids);
    }
}

static void
append_kind (Writer *self, MemoKind kind, GPtrArray *records)
{
  g_string_append_printf (self->out, ",\n\"%s\":[", memo_kind_get_name (kind));
  for (guint i = 0; i < records->len; i++)
    {
      append_record (self->out, g_ptr_array_index (records, i), i == 0);
      want (self, g_ptr_array_index (records, i));
    }
  g_string_append (self->out, "]");
}

/* Those of a small kind that the export holds: all, or what is pointed to. */
static GPtrArray *
choose (Writer *self, MemoKind kind)
{
  GPtrArray *all = memo_index_get_records (self->data->index, kind);
  GPtrArray *chosen = g_ptr_array_new ();
  gboolean everything = memo_filter_is_empty (memo_selection_get_filter (self->data->selection));
  /* From the last to the first: a sector's parents stand before it. */
  for (guint i = all ? all->len : 0; i > 0; i--)
    {
      MemoRecord *record = g_ptr_array_index (all, i - 1);
      gboolean chosen_one =
          everything ||
          (kind == MEMO_KIND_FOLLOW_UP
               ? memo_export_get (self->data, memo_record_get_text (record, MEMO_FOLLOW_UP_AGREEMENT)) != NULL
               : g_hash_table_contains (self->wanted, memo_record_get_uuid (record)));
      if (!chosen_one)
        continue;
      want (self, record);
      g_ptr_array_insert (chosen, 0, record);
    }
  return chosen;
}

char *
memo_export_json (MemoExportData *data)
{
  static const MemoKind small[] = { MEMO_KIND_FOLLOW_UP, MEMO_KIND_BODY, MEMO_KIND_PARTY, MEMO_KIND_SECTOR,
                                    MEMO_KIND_FILTER };
  Writer self = { data, g_string_new ("{\"format\":\"memorandum\",\"version\":1"),
                  g_hash_table_new (g_str_hash, g_str_equal) };

  g_string_append_printf (self.out, ",\n\"article\":[%s]", data->articles_json->str);
  for (guint i = 0; i < data->articles->len; i++)
    want (&self, g_ptr_array_index (data->articles, i));
  append_kind (&self, MEMO_KIND_ANNOTATION, data->annotations);
  append_kind (&self, MEMO_KIND_AGREEMENT, data->agreements);
  append_kind (&self, MEMO_KIND_EVENT, data->events);
  append_kind (&self, MEMO_KIND_EVIDENCE, data->evidence);
  append_kind (&self, MEMO_KIND_NOTE, data->notes);
  for (guint i = 0; i < G_N_ELEMENTS (small); i++)
    {
      g_autoptr (GPtrArray) records = choose (&self, small[i]);
      append_kind (&self, small[i], records);
    }
  g_string_append (self.out, "}\n");
  g_hash_table_unref (self.wanted);
  return g_string_free (self.out, FALSE);
}
