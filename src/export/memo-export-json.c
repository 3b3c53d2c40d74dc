#include "memo-export-private.h"

/* {"format":"memorandum","version":1,"article":[…],"annotation":[…] …}: records as memo_record_to_json() gives them, by kind; and
 * all that they point to, so that the file stands alone. */

typedef struct
{
  MemoExportData *data;
  GString *out;
} Writer;

static void
append_record (GString *out, MemoRecord *record, gboolean first)
{
  g_string_append (out, first ? "\n" : ",\n");
  memo_record_append_json (out, record);
}

static void
start_kind (Writer *self, MemoKind kind)
{
  g_string_append_printf (self->out, ",\n\"%s\":[", memo_kind_get_name (kind));
}

static void
append_kind (Writer *self, MemoKind kind, GPtrArray *records)
{
  start_kind (self, kind);
  for (guint i = 0; i < records->len; i++)
    {
      append_record (self->out, g_ptr_array_index (records, i), i == 0);
      memo_export_want (self->data, g_ptr_array_index (records, i));
    }
  g_string_append (self->out, "]");
}

static void
append_quotes (Writer *self)
{
  start_kind (self, MEMO_KIND_ANNOTATION);
  for (guint i = 0; i < self->data->quotes->len; i++)
    {
      MemoRecord *annotation = g_array_index (self->data->quotes, MemoPassage, i).record;

      append_record (self->out, annotation, i == 0);
      memo_export_want (self->data, annotation);
    }
  g_string_append (self->out, "]");
}

/* Those of a small kind that the export holds: all, or what is pointed to. */
static GPtrArray *
choose (Writer *self, MemoKind kind)
{
  GPtrArray *all = memo_index_get_records (self->data->index, kind);
  GPtrArray *chosen = g_ptr_array_new ();
  /* From the last to the first: a sector's parents stand before it. */
  for (guint i = all ? all->len : 0; i > 0; i--)
    {
      MemoRecord *record = g_ptr_array_index (all, i - 1);
      gboolean chosen_one =
          self->data->wanted == NULL ||
          (kind == MEMO_KIND_FOLLOW_UP
               ? memo_export_get (self->data, memo_record_get_text (record, MEMO_FOLLOW_UP_AGREEMENT)) != NULL
               : g_hash_table_contains (self->data->wanted, memo_record_get_uuid (record)));
      if (!chosen_one)
        continue;
      memo_export_want (self->data, record);
      g_ptr_array_insert (chosen, 0, record);
    }
  return chosen;
}

char *
memo_export_json (MemoExportData *data)
{
  static const MemoKind small[] = { MEMO_KIND_FOLLOW_UP, MEMO_KIND_BODY, MEMO_KIND_PARTY, MEMO_KIND_SECTOR,
                                    MEMO_KIND_FILTER };
  Writer self = { data, data->articles_json };

  /* What was written while it was read goes on here. */
  data->articles_json = g_string_new (NULL);
  g_string_prepend (self.out, "{\"format\":\"memorandum\",\"version\":1,\n\"article\":[");
  g_string_append_c (self.out, ']');
  append_quotes (&self);
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
  return g_string_free (self.out, FALSE);
}
