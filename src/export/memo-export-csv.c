#include "memo-export-private.h"

#include "base/memo-text.h"
#include "model/memo-words.h"

#include <string.h>

/* RFC 4180 in UTF-8 with a byte order mark, which is what spreadsheets need to read it as UTF-8. Names of columns and of values
 * are those of the JSON form in every language, so that a mapping reads the file back. */

static void
append_cell (GString *out, const char *text)
{
  const char *mark = "";
  gsize plain;

  if (text == NULL)
    return;
  if (*text == '=' || *text == '+' || *text == '-' || *text == '@' || *text == '\t' || *text == '\r')
    mark = "'";
  plain = strcspn (text, "\",\r\n");
  if (text[plain] == '\0')
    {
      g_string_append (out, mark);
      g_string_append_len (out, text, plain);
      return;
    }
  g_string_append_c (out, '"');
  g_string_append (out, mark);
  for (const char *quote; (quote = strchr (text, '"')) != NULL; text = quote + 1)
    {
      g_string_append_len (out, text, quote - text);
      g_string_append (out, "\"\"");
    }
  g_string_append (out, text);
  g_string_append_c (out, '"');
}

char *
memo_csv_cell (const char *text)
{
  GString *cell = g_string_new (NULL);

  append_cell (cell, text);
  return g_string_free (cell, FALSE);
}

static void
start_row (GString *out)
{
  g_string_append (out, "\r\n");
}

static void
start_cell (GString *out, gboolean empty)
{
  if (out->len > 0 && out->str[out->len - 1] != '\n')
    g_string_append_c (out, ',');
  else if (empty)
    /* An empty first cell has to be seen as one. */
    g_string_append (out, "\"\"");
}

static void
add_cell (GString *out, const char *text)
{
  start_cell (out, text == NULL || *text == '\0');
  append_cell (out, text);
}

/* Takes @text. */
static void
take_cell (GString *out, char *text)
{
  add_cell (out, text);
  g_free (text);
}

static void
add_number (GString *out, gint64 number)
{
  /* The mark that a minus sign would get is for words. */
  if (number < 0)
    take_cell (out, number == MEMO_UNSET ? NULL : g_strdup_printf ("%" G_GINT64_FORMAT, number));
  else
    {
      start_cell (out, FALSE);
      memo_export_append_number (out, number);
    }
}

static void
add_date (GString *out, MemoDate *date)
{
  add_cell (out, date ? memo_date_get_edtf (date) : NULL);
}

static void
add_names (GString *out, MemoExportData *data, MemoKind kind, const char *const *uuids)
{
  GString *names;

  if (uuids[0] == NULL || uuids[1] == NULL)
    {
      add_cell (out, uuids[0] != NULL ? memo_export_name (data, kind, uuids[0]) : NULL);
      return;
    }
  names = g_string_new (NULL);
  for (guint i = 0; uuids[i] != NULL; i++)
    {
      if (names->len > 0)
        g_string_append (names, "; ");
      g_string_append (names, memo_export_name (data, kind, uuids[i]));
    }
  take_cell (out, g_string_free (names, FALSE));
}

static void
add_texts (GString *out, const char *const *texts)
{
  if (texts[0] == NULL || texts[1] == NULL)
    add_cell (out, texts[0]);
  else
    take_cell (out, g_strjoinv ("; ", (char **) texts));
}

static void
add_header (GString *out, const char *const *names)
{
  g_string_append (out, "\357\273\277");
  for (guint i = 0; names[i] != NULL; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? "," : "", names[i]);
  start_row (out);
}

static void
add_agreement (GString *out, MemoExportData *data, MemoRecord *agreement)
{
  const char *body = memo_record_get_text (agreement, MEMO_AGREEMENT_BODY);
  MemoCounts counts = { 0 };
  memo_index_get_counts (data->index, memo_record_get_id (agreement), &counts);

  add_cell (out, memo_record_get_uuid (agreement));
  add_cell (out, memo_record_get_title (agreement));
  add_cell (out, memo_record_get_text (agreement, MEMO_AGREEMENT_KIND));
  add_date (out, memo_record_get_date (agreement, MEMO_AGREEMENT_SIGNED));
  add_date (out, memo_record_get_date (agreement, MEMO_AGREEMENT_IN_FORCE));
  add_date (out, memo_record_get_date (agreement, MEMO_AGREEMENT_ENDS));
  add_date (out, memo_record_get_date (agreement, MEMO_AGREEMENT_HORIZON));
  add_names (out, data, MEMO_KIND_PARTY, memo_record_get_texts (agreement, MEMO_AGREEMENT_PARTIES));
  add_names (out, data, MEMO_KIND_SECTOR, memo_record_get_texts (agreement, MEMO_AGREEMENT_SECTORS));
  add_cell (out, memo_record_get_text (agreement, MEMO_AGREEMENT_STATUS));
  add_cell (out, memo_record_get_text (agreement, MEMO_AGREEMENT_PACKAGE));
  add_number (out, memo_record_get_int (agreement, MEMO_AGREEMENT_DECLARED));
  add_number (out, counts.identified);
  add_cell (out, memo_export_name (data, MEMO_KIND_BODY, body));
  add_number (out, memo_record_get_int (agreement, MEMO_AGREEMENT_SESSION));
  add_number (out, counts.sources);
  add_number (out, counts.independent);
  add_texts (out, memo_record_get_texts (agreement, MEMO_AGREEMENT_TAGS));
  add_cell (out, memo_record_get_text (agreement, MEMO_AGREEMENT_SUMMARY));
  start_row (out);
}

/* What all annotations of an article have in common. */
static void
add_article (GString *out, MemoExportData *data, MemoRecord *article)
{
  add_cell (out, memo_record_get_uuid (article));
  add_cell (out, memo_record_get_title (article));
  add_names (out, data, MEMO_KIND_PARTY, memo_record_get_texts (article, MEMO_ARTICLE_AUTHORS));
  add_cell (out, memo_record_get_text (article, MEMO_ARTICLE_OUTLET));
  add_date (out, memo_record_get_date (article, MEMO_ARTICLE_PUBLISHED));
  add_cell (out, memo_record_get_text (article, MEMO_ARTICLE_URL));
  add_date (out, memo_record_get_date (article, MEMO_ARTICLE_ACCESSED));
  add_cell (out, memo_record_get_text (article, MEMO_ARTICLE_LANGUAGE));
}

static void
add_annotation (GString *out, MemoExportData *data, const MemoPassage *quote)
{
  MemoRecord *annotation = quote->record;
  const char *speaker = memo_record_get_text (annotation, MEMO_ANNOTATION_SPEAKER);

  add_cell (out, memo_record_get_uuid (annotation));
  g_string_append_c (out, ',');
  g_string_append_len (out, data->common->str, data->common->len);
  add_number (out, quote->paragraph > 0 ? (gint64) quote->paragraph : MEMO_UNSET);
  add_number (out, memo_record_get_int (annotation, MEMO_ANNOTATION_START));
  add_number (out, memo_record_get_int (annotation, MEMO_ANNOTATION_END));
  add_cell (out, memo_record_get_text (annotation, MEMO_ANNOTATION_EXACT));
  add_cell (out, memo_record_get_text (annotation, MEMO_ANNOTATION_COMMENT));
  add_cell (out, memo_record_get_text (annotation, MEMO_ANNOTATION_COLOR));
  add_texts (out, memo_record_get_texts (annotation, MEMO_ANNOTATION_TAGS));
  add_names (out, data, MEMO_KIND_SECTOR, memo_record_get_texts (annotation, MEMO_ANNOTATION_SECTORS));
  add_cell (out, memo_export_name (data, MEMO_KIND_PARTY, speaker));
  add_cell (out, memo_record_get_text (annotation, MEMO_ANNOTATION_STATE));
  g_string_truncate (data->citation, 0);
  memo_export_cite (data, quote->article, quote->paragraph, FALSE, data->citation);
  add_cell (out, data->citation->str);
  start_row (out);
}

static void
start_kind (MemoExportData *data, MemoKind kind)
{
  static const char *const agreements[] = { "id",      "title",       "kind",       "signed",  "in_force",
                                            "ends",    "horizon",     "parties",    "sectors", "status",
                                            "package", "declared",    "identified", "body",    "session",
                                            "sources", "independent", "tags",       "summary", NULL };
  static const char *const annotations[] = { "id",    "article",  "title",    "authors",   "outlet",  "published",
                                             "url",   "accessed", "language", "paragraph", "start",   "end",
                                             "exact", "comment",  "color",    "tags",      "sectors", "speaker",
                                             "state", "citation", NULL };

  /* Of articles there are only names. */
  if (kind != MEMO_KIND_ARTICLE)
    add_header (memo_export_target_get_text (data->target), kind == MEMO_KIND_ANNOTATION ? annotations : agreements);
}

static void
take (MemoExportData *data, MemoRecord *record, const MemoPassage *passage)
{
  GString *out = memo_export_target_get_text (data->target);

  if (passage == NULL)
    add_agreement (out, data, record);
  else
    {
      /* Those of an article stand together. */
      if (passage->article != data->last)
        {
          g_string_truncate (data->common, 0);
          add_article (data->common, data, passage->article);
          data->last = passage->article;
        }
      add_annotation (out, data, passage);
    }
  memo_export_target_pass (data->target);
}

const MemoExportWriter memo_export_csv = {
  .one_kind = TRUE,
  .article_fields = MEMO_DOCUMENT_ARTICLE_FIELDS,
  .annotation_fields = MEMO_DOCUMENT_ANNOTATION_FIELDS,
  .start_kind = start_kind,
  .take = take,
};
