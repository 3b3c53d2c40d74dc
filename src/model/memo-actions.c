#include "memo-action-private.h"

#include "base/memo-anchor.h"
#include "base/memo-error.h"
#include "base/memo-text.h"
#include "memo-words.h"

#include <glib/gi18n.h>
#include <string.h>

MemoRecord *
memo_annotation_new (MemoRecord *article,
                     glong start,
                     glong end,
                     const char *color,
                     const char *comment,
                     const char *const *tags,
                     const char *const *sectors,
                     const char *speaker,
                     GError **error)
{
  const char *text = memo_record_get_text (article, MEMO_ARTICLE_TEXT);
  g_autofree char *exact = NULL;
  g_autofree char *prefix = NULL;
  g_autofree char *suffix = NULL;

  if (text == NULL || start < 0 || end <= start || end > memo_text_length (text))
    {
      g_set_error_literal (error, MEMO_ERROR, MEMO_ERROR_INVALID,
                           _ ("The passage does not lie in the text of the article."));
      return NULL;
    }
  if (color != NULL && !g_strv_contains (memo_word_get_values (MEMO_ANNOTATION_COLOR), color))
    {
      g_autofree char *all = g_strjoinv (", ", (char **) memo_word_get_values (MEMO_ANNOTATION_COLOR));
      /* Translators: first what the user typed, then the colours there are. */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("There is no colour “%s”. It can be: %s."), color, all);
      return NULL;
    }

  memo_anchor_describe (text, start, end, &exact, &prefix, &suffix);
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_ANNOTATION, NULL);
  memo_record_builder_set_text (builder, MEMO_ANNOTATION_ARTICLE, memo_record_get_uuid (article));
  memo_record_builder_set_int (builder, MEMO_ANNOTATION_START, start);
  memo_record_builder_set_int (builder, MEMO_ANNOTATION_END, end);
  memo_record_builder_set_text (builder, MEMO_ANNOTATION_EXACT, exact);
  memo_record_builder_set_text (builder, MEMO_ANNOTATION_PREFIX, prefix);
  memo_record_builder_set_text (builder, MEMO_ANNOTATION_SUFFIX, suffix);
  memo_record_builder_set_text (builder, MEMO_ANNOTATION_COLOR, color ? color : "yellow");
  memo_record_builder_set_text (builder, MEMO_ANNOTATION_COMMENT, comment);
  memo_record_builder_set_texts (builder, MEMO_ANNOTATION_TAGS, tags);
  memo_record_builder_set_texts (builder, MEMO_ANNOTATION_SECTORS, sectors);
  memo_record_builder_set_text (builder, MEMO_ANNOTATION_SPEAKER, speaker);
  memo_record_builder_set_text (builder, MEMO_ANNOTATION_STATE, "anchored");
  return memo_record_builder_end (builder);
}

static char *
dup_detail (const char *text)
{
  g_autofree char *line = memo_text_collapse (text);
  return memo_text_ellipsize (line, 80);
}

MemoChange *
memo_action_annotate (MemoRecord *article,
                      glong start,
                      glong end,
                      const char *color,
                      const char *comment,
                      const char *const *tags,
                      const char *const *sectors,
                      const char *speaker,
                      MemoRecord **ret_annotation,
                      GError **error)
{
  g_autoptr (MemoRecord) annotation =
      memo_annotation_new (article, start, end, color, comment, tags, sectors, speaker, error);
  if (annotation == NULL)
    return NULL;
  g_autofree char *detail = dup_detail (memo_record_get_title (annotation));
  MemoChange *change = memo_change_new (comment && *comment ? N_ ("Add comment") : N_ ("Add highlight"), detail);
  memo_change_insert (change, annotation);
  if (ret_annotation != NULL)
    *ret_annotation = g_steal_pointer (&annotation);
  return change;
}

gboolean
memo_action_locate (MemoRecord *article,
                    const char *quote,
                    const char *prefix,
                    const char *suffix,
                    glong *ret_start,
                    glong *ret_end,
                    GError **error)
{
  const char *text = memo_record_get_text (article, MEMO_ARTICLE_TEXT);
  MemoSelector selector = { quote, prefix, suffix, -1, -1 };
  g_autofree char *trimmed = memo_text_collapse (quote ? quote : "");

  if (text == NULL || *trimmed == '\0' ||
      memo_anchor_find (text, &selector, ret_start, ret_end, NULL) == MEMO_ANCHOR_ORPHAN)
    {
      g_autofree char *detail = memo_text_ellipsize (trimmed, 80);
      /* Translators: first the title of an article, then the words looked for. */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND, _ ("The article “%s” does not contain “%s”."),
                   memo_record_get_title (article), detail);
      return FALSE;
    }
  return TRUE;
}

MemoChange *
memo_action_follow_up (MemoIndex *index,
                       MemoRecord *agreement,
                       const char *status,
                       MemoDate *date,
                       const char *comment,
                       MemoRecord **ret_follow_up,
                       GError **error)
{
  const MemoValue values[] = { { "status", status }, { "comment", comment } };
  g_auto (MemoDraft) draft = { 0 };
  gboolean latest = TRUE;

  if (status == NULL || *status == '\0')
    {
      g_set_error_literal (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("A follow-up needs a status."));
      return NULL;
    }
  memo_draft_init (&draft, index, N_ ("Add follow-up"), memo_record_get_title (agreement));
  g_autoptr (MemoRecord) plain =
      memo_draft_edit (&draft, MEMO_KIND_FOLLOW_UP, NULL, values, G_N_ELEMENTS (values), error);
  if (plain == NULL)
    return NULL;
  MemoRecordBuilder *builder = memo_record_builder_edit (plain);
  memo_record_builder_set_text (builder, MEMO_FOLLOW_UP_AGREEMENT, memo_record_get_uuid (agreement));
  memo_record_builder_set_date (builder, MEMO_FOLLOW_UP_DATE, date);
  g_autoptr (MemoRecord) follow_up = memo_record_builder_end (builder);
  MemoStep *step = &g_array_index (memo_change_get_steps (draft.change), MemoStep, 0);
  g_set_object (&step->record, follow_up);

  GPtrArray *all = memo_index_get_records (index, MEMO_KIND_FOLLOW_UP);
  for (guint i = 0; date != NULL && all != NULL && i < all->len; i++)
    {
      MemoRecord *other = g_ptr_array_index (all, i);
      MemoDate *when = memo_record_get_date (other, MEMO_FOLLOW_UP_DATE);
      if (when != NULL && memo_date_compare (when, date) > 0 &&
          g_strcmp0 (memo_record_get_text (other, MEMO_FOLLOW_UP_AGREEMENT), memo_record_get_uuid (agreement)) == 0)
        latest = FALSE;
    }
  status = memo_record_get_text (follow_up, MEMO_FOLLOW_UP_STATUS);
  if (latest && g_strcmp0 (memo_record_get_text (agreement, MEMO_AGREEMENT_STATUS), status) != 0)
    {
      builder = memo_record_builder_edit (agreement);
      memo_record_builder_set_text (builder, MEMO_AGREEMENT_STATUS, status);
      g_autoptr (MemoRecord) changed = memo_record_builder_end (builder);
      memo_change_update (draft.change, agreement, changed);
    }
  if (ret_follow_up != NULL)
    *ret_follow_up = g_steal_pointer (&follow_up);
  return memo_draft_end (&draft);
}

/* The form in which values of a field are kept: EDTF for dates. (transfer full) (nullable) */
static char *
dup_value (MemoRecord *record, int field, const char *value, GError **error)
{
  MemoFieldType type = memo_field_get_info (field)->type;
  if (value == NULL)
    {
      MemoDate *date = type == MEMO_FIELD_DATE ? memo_record_get_date (record, field) : NULL;
      return date ? g_strdup (memo_date_get_edtf (date)) : memo_record_dup_stored (record, field);
    }
  if (type == MEMO_FIELD_DATE)
    {
      g_autoptr (MemoDate) date = memo_date_new (value, NULL);
      if (date == NULL)
        date = memo_date_parse (value, NULL, NULL, error);
      return date ? g_strdup (memo_date_get_edtf (date)) : NULL;
    }
  if (field == MEMO_AGREEMENT_SESSION || field == MEMO_EVENT_SESSION)
    {
      int number = memo_number_parse (value);
      if (number > 0)
        return g_strdup_printf ("%d", number);
    }
  return g_strdup (value);
}

static MemoRecord *
new_evidence (MemoRecord *record, MemoRecord *annotation, const char *field, const char *value)
{
  MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_EVIDENCE, NULL);
  memo_record_builder_set_text (builder, MEMO_EVIDENCE_RECORD, memo_record_get_uuid (record));
  memo_record_builder_set_text (builder, MEMO_EVIDENCE_ANNOTATION, memo_record_get_uuid (annotation));
  memo_record_builder_set_text (builder, MEMO_EVIDENCE_FIELD, field);
  memo_record_builder_set_text (builder, MEMO_EVIDENCE_VALUE, value);
  return memo_record_builder_end (builder);
}

MemoChange *
memo_action_evidence (MemoRecord *record,
                      MemoRecord *annotation,
                      const char *field,
                      const char *value,
                      MemoRecord **ret_evidence,
                      GError **error)
{
  MemoKind kind = memo_record_get_kind (record);
  g_autofree char *name = field && *field ? g_strdelimit (g_ascii_strdown (field, -1), "- ", '_') : NULL;
  int number = name ? memo_kind_find_field (kind, name) : -1;
  g_autofree char *kept = NULL;
  g_autoptr (GError) cause = NULL;

  if (memo_record_get_kind (annotation) != MEMO_KIND_ANNOTATION)
    {
      g_set_error_literal (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("Evidence has to be an annotation."));
      return NULL;
    }
  if (kind != MEMO_KIND_AGREEMENT && kind != MEMO_KIND_FOLLOW_UP && kind != MEMO_KIND_EVENT && kind != MEMO_KIND_BODY &&
      kind != MEMO_KIND_PARTY)
    {
      /* Translators: %s is a kind of record: "Article". */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("This kind of record takes no evidence: %s."),
                   memo_word_record (kind));
      return NULL;
    }
  if (name != NULL && number < 0)
    {
      /* Translators: first a kind of record, then what the user typed. */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("%s: there is no field “%s”."), memo_word_record (kind),
                   field);
      return NULL;
    }
  if (number >= 0)
    kept = dup_value (record, number, value, &cause);
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }

  g_autoptr (MemoRecord) evidence = new_evidence (record, annotation, name, number >= 0 ? kept : value);
  g_autofree char *detail = dup_detail (memo_record_get_title (annotation));
  MemoChange *change = memo_change_new (N_ ("Add evidence"), detail);
  memo_change_insert (change, evidence);
  if (ret_evidence != NULL)
    *ret_evidence = g_steal_pointer (&evidence);
  return change;
}

MemoChange *
memo_action_agreement_from_passage (MemoIndex *index,
                                    MemoRecord *article,
                                    glong start,
                                    glong end,
                                    MemoRecord *annotation,
                                    const MemoValue *values,
                                    guint n_values,
                                    MemoRecord **ret_agreement,
                                    GError **error)
{
  g_autoptr (MemoRecord) passage = annotation
                                       ? g_object_ref (annotation)
                                       : memo_annotation_new (article, start, end, NULL, NULL, NULL, NULL, NULL, error);
  if (passage == NULL)
    return NULL;

  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (MemoValue));
  const char *title = NULL;
  for (guint i = 0; i < n_values; i++)
    if (g_strcmp0 (values[i].field, "title") == 0)
      title = values[i].value;
  g_autofree char *quote = dup_detail (memo_record_get_title (passage));
  if (title == NULL || *title == '\0')
    {
      MemoValue value = { "title", quote };
      g_array_append_val (all, value);
      title = quote;
    }
  for (guint i = 0; i < n_values; i++)
    if (g_strcmp0 (values[i].field, "title") != 0 || (values[i].value != NULL && *values[i].value != '\0'))
      g_array_append_val (all, values[i]);

  g_auto (MemoDraft) draft = { 0 };
  g_autofree char *detail = dup_detail (title);
  memo_draft_init (&draft, index, N_ ("Add agreement"), detail);
  draft.reference = article ? memo_record_get_date (article, MEMO_ARTICLE_PUBLISHED) : NULL;
  if (annotation == NULL)
    memo_change_insert (draft.change, passage);
  g_autoptr (MemoRecord) agreement =
      memo_draft_edit (&draft, MEMO_KIND_AGREEMENT, NULL, (MemoValue *) all->data, all->len, error);
  if (agreement == NULL)
    return NULL;
  g_autoptr (MemoRecord) evidence = new_evidence (agreement, passage, NULL, NULL);
  memo_change_insert (draft.change, evidence);
  if (ret_agreement != NULL)
    *ret_agreement = g_steal_pointer (&agreement);
  return memo_draft_end (&draft);
}
