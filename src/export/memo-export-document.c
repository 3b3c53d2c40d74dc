#include "memo-export-private.h"

#include "base/memo-language.h"
#include "base/memo-text.h"
#include "model/memo-words.h"

#include <glib/gi18n.h>
#include <string.h>

/* Builds the text that Markdown, HTML and plain text set: passages with their sources as footnotes, in groups. */

typedef struct
{
  MemoExportData *data;
  MemoDocument *document;
  GHashTable *numbers;  /* citation (borrowed) → number of its footnote */
  GHashTable *evidence; /* record's UUID → GPtrArray of evidence */
  GString *citation;
  const char *speaker, *sectors, *tags; /* names of fields that nearly every passage has */
} Build;

static void
clear_node (gpointer data)
{
  MemoNode *self = data;
  g_free (self->owned);
}

void
memo_document_free (MemoDocument *self)
{
  g_free (self->title);
  g_free (self->language);
  g_array_unref (self->nodes);
  g_ptr_array_unref (self->footnotes);
  g_free (self);
}

/* @label (nullable) and @text live as long as the data. */
static void
add (Build *self, MemoNodeType type, guint level, const char *label, const char *text, guint footnote)
{
  if (text == NULL || *text == '\0')
    return;
  MemoNode node = { type, level, label, text, NULL, footnote };
  g_array_append_val (self->document->nodes, node);
}

/* Takes @text. */
static void
add_taken (Build *self, MemoNodeType type, guint level, const char *label, char *text)
{
  MemoNode node = { type, level, label, text, text, 0 };

  if (text == NULL || *text == '\0')
    g_free (text);
  else
    g_array_append_val (self->document->nodes, node);
}

/* Takes @text. */
static void
add_field (Build *self, const char *field, char *text)
{
  if (text != NULL && *text != '\0')
    add_taken (self, MEMO_NODE_FIELD, 0, memo_word_field (field), text);
  else
    g_free (text);
}

/* Sets @index's name for every one of @uuids. */
static char *
names_of (Build *self, MemoKind kind, const char *const *uuids)
{
  return memo_export_names (self->data, kind, uuids);
}

static guint
get_footnote (Build *self, MemoRecord *article, guint paragraph)
{
  guint number;
  char *citation;

  g_string_truncate (self->citation, 0);
  memo_export_cite (self->data, article, paragraph, TRUE, self->citation);
  number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, self->citation->str));
  if (number == 0)
    {
      citation = g_strndup (self->citation->str, self->citation->len);
      g_ptr_array_add (self->document->footnotes, citation);
      number = self->document->footnotes->len;
      g_hash_table_insert (self->numbers, citation, GUINT_TO_POINTER (number));
    }
  return number;
}

static void
push (GHashTable *table, const char *key, gpointer value)
{
  GPtrArray *values = g_hash_table_lookup (table, key);
  if (values == NULL)
    {
      values = g_ptr_array_new ();
      g_hash_table_insert (table, (gpointer) key, values);
    }
  g_ptr_array_add (values, value);
}

/* One passage with the words on it. @label (nullable): what it is evidence of. */
static void
add_quote (Build *self, MemoPassage *quote, const char *label)
{
  MemoRecord *annotation = quote->record;
  const char *const *sectors = memo_record_get_texts (annotation, MEMO_ANNOTATION_SECTORS);
  const char *const *tags = memo_record_get_texts (annotation, MEMO_ANNOTATION_TAGS);

  add (self, MEMO_NODE_QUOTE, 0, label, memo_record_get_title (annotation),
       get_footnote (self, quote->article, quote->paragraph));
  add (self, MEMO_NODE_COMMENT, 0, NULL, memo_record_get_text (annotation, MEMO_ANNOTATION_COMMENT), 0);
  add (self, MEMO_NODE_FIELD, 0, self->speaker,
       memo_export_name (self->data, MEMO_KIND_PARTY, memo_record_get_text (annotation, MEMO_ANNOTATION_SPEAKER)), 0);
  if (*sectors != NULL && sectors[1] == NULL)
    add (self, MEMO_NODE_FIELD, 0, self->sectors, memo_export_name (self->data, MEMO_KIND_SECTOR, *sectors), 0);
  else if (*sectors != NULL)
    add_taken (self, MEMO_NODE_FIELD, 0, self->sectors, names_of (self, MEMO_KIND_SECTOR, sectors));
  if (*tags != NULL && tags[1] == NULL)
    add (self, MEMO_NODE_FIELD, 0, self->tags, *tags, 0);
  else if (*tags != NULL)
    add_taken (self, MEMO_NODE_FIELD, 0, self->tags, g_strjoinv (self->data->between_names, (char **) tags));
  quote->written = TRUE;
}

static void
add_article_head (Build *self, MemoRecord *article)
{
  const char *language = memo_record_get_text (article, MEMO_ARTICLE_LANGUAGE);
  const char *title = memo_record_get_title (article);
  add (self, MEMO_NODE_HEADING, 2, NULL, *title ? title : _ ("Untitled"), 0);
  add_field (self, "authors", names_of (self, MEMO_KIND_PARTY, memo_record_get_texts (article, MEMO_ARTICLE_AUTHORS)));
  add_field (self, "outlet", g_strdup (memo_record_get_text (article, MEMO_ARTICLE_OUTLET)));
  add_field (self, "published",
             memo_export_format_date (self->data, memo_record_get_date (article, MEMO_ARTICLE_PUBLISHED)));
  add_field (self, "kind",
             g_strdup (memo_word_kind (MEMO_KIND_ARTICLE, memo_record_get_text (article, MEMO_ARTICLE_KIND))));
  add_field (self, "language", language ? g_strdup (memo_language_name (language, self->data->language)) : NULL);
  const char *url = memo_record_get_text (article, MEMO_ARTICLE_URL);
  add_field (self, "url", url ? g_strconcat (MEMO_MARK_URL, url, MEMO_MARK_URL_END, NULL) : NULL);
}

/* "Title (Russia, Venezuela; 28 November 2025; signed)": one line. (transfer full) */
static char *
describe_agreement (Build *self, MemoRecord *agreement)
{
  const char *status = memo_record_get_text (agreement, MEMO_AGREEMENT_STATUS);
  g_autofree char *parties =
      names_of (self, MEMO_KIND_PARTY, memo_record_get_texts (agreement, MEMO_AGREEMENT_PARTIES));
  g_autofree char *date = memo_export_format_date (self->data, memo_record_get_date (agreement, MEMO_AGREEMENT_SIGNED));
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  if (*parties != '\0')
    g_ptr_array_add (parts, parties);
  if (date != NULL)
    g_ptr_array_add (parts, date);
  if (status != NULL)
    g_ptr_array_add (parts, (gpointer) memo_word_status (status));
  g_ptr_array_add (parts, NULL);
  g_autofree char *inner = g_strjoinv (C_ ("between facts in brackets", "; "), (char **) parts->pdata);
  if (*inner == '\0')
    return g_strdup (memo_record_get_title (agreement));
  /* Translators: first the title of an agreement, then its parties, date and status. */
  return g_strdup_printf (C_ ("agreement in a list", "%s (%s)"), memo_record_get_title (agreement), inner);
}

static void
add_agreement_fields (Build *self, MemoRecord *agreement)
{
  MemoExportData *data = self->data;
  static const MemoField dates[] = { MEMO_AGREEMENT_SIGNED, MEMO_AGREEMENT_IN_FORCE, MEMO_AGREEMENT_ENDS,
                                     MEMO_AGREEMENT_HORIZON };
  const char *status = memo_record_get_text (agreement, MEMO_AGREEMENT_STATUS);
  const char *package = memo_record_get_text (agreement, MEMO_AGREEMENT_PACKAGE);
  const char *body = memo_record_get_text (agreement, MEMO_AGREEMENT_BODY);
  gint64 declared = memo_record_get_int (agreement, MEMO_AGREEMENT_DECLARED);
  gint64 session = memo_record_get_int (agreement, MEMO_AGREEMENT_SESSION);
  MemoCounts counts;

  add_field (self, "kind",
             g_strdup (memo_word_kind (MEMO_KIND_AGREEMENT, memo_record_get_text (agreement, MEMO_AGREEMENT_KIND))));
  add_field (self, "parties",
             names_of (self, MEMO_KIND_PARTY, memo_record_get_texts (agreement, MEMO_AGREEMENT_PARTIES)));
  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    add_field (self, memo_field_get_info (dates[i])->name,
               memo_export_format_date (data, memo_record_get_date (agreement, dates[i])));
  add_field (self, "sectors",
             names_of (self, MEMO_KIND_SECTOR, memo_record_get_texts (agreement, MEMO_AGREEMENT_SECTORS)));
  add_field (self, "status", status ? g_strdup (memo_word_status (status)) : NULL);
  add_field (self, "body", g_strdup (memo_export_name (data, MEMO_KIND_BODY, body)));
  add_field (self, "session", session > 0 && session < 4000 ? memo_number_to_roman (session) : NULL);
  if (memo_export_get (data, package) != NULL)
    add_field (self, "package", g_strdup (memo_record_get_title (memo_export_get (data, package))));
  if (memo_index_get_counts (data->index, memo_record_get_id (agreement), &counts))
    {
      if (declared > 0)
        /* Translators: of the agreements of a package, so many are registered one by one. */
        add_field (self, "declared", g_strdup_printf (_ ("identified %u of %u"), counts.identified, (guint) declared));
      if (counts.sources > 0)
        {
          g_autofree char *sources =
              g_strdup_printf (ngettext ("%u source", "%u sources", counts.sources), counts.sources);
          /* Translators: first "2 sources", then how many of them do not lean on another one. */
          g_autofree char *weighed = g_strdup_printf (_ ("%s, independent: %u"), sources, counts.independent);
          add_taken (self, MEMO_NODE_FIELD, 0, C_ ("field", "Sources"), g_steal_pointer (&weighed));
        }
    }
  add (self, MEMO_NODE_PARAGRAPH, 0, NULL, memo_record_get_text (agreement, MEMO_AGREEMENT_SUMMARY), 0);
}

static void
add_agreement (Build *self, MemoRecord *agreement)
{
  MemoExportData *data = self->data;
  const char *uuid = memo_record_get_uuid (agreement);
  g_autoptr (GPtrArray) follow_ups = memo_export_list_follow_ups (data, uuid);
  GPtrArray *evidence = g_hash_table_lookup (self->evidence, uuid);

  add (self, MEMO_NODE_HEADING, 2, NULL, memo_record_get_title (agreement), 0);
  add_agreement_fields (self, agreement);
  for (guint i = 0; i < follow_ups->len; i++)
    {
      MemoRecord *entry = g_ptr_array_index (follow_ups, i);
      const char *comment = memo_record_get_text (entry, MEMO_FOLLOW_UP_COMMENT);
      g_autofree char *date = memo_export_format_date (data, memo_record_get_date (entry, MEMO_FOLLOW_UP_DATE));
      const char *parts[] = { date ? date : C_ ("date", "undated"),
                              memo_word_status (memo_record_get_text (entry, MEMO_FOLLOW_UP_STATUS)), comment, NULL };
      add_taken (self, MEMO_NODE_ITEM, 0, NULL, g_strjoinv (C_ ("between parts of a status", ": "), (char **) parts));
    }
  for (guint i = 0; evidence != NULL && i < evidence->len; i++)
    {
      MemoRecord *one = g_ptr_array_index (evidence, i);
      MemoPassage *quote = memo_export_find_quote (data, memo_record_get_text (one, MEMO_EVIDENCE_ANNOTATION));
      const char *field = memo_record_get_text (one, MEMO_EVIDENCE_FIELD);
      if (quote != NULL)
        add_quote (self, quote, field ? memo_word_field (field) : NULL);
    }
}

static void
add_agreement_list (Build *self)
{
  if (self->data->agreements->len > 0)
    add (self, MEMO_NODE_HEADING, 2, NULL, _ ("Agreements"), 0);
  for (guint i = 0; i < self->data->agreements->len; i++)
    add_taken (self, MEMO_NODE_ITEM, 0, NULL, describe_agreement (self, g_ptr_array_index (self->data->agreements, i)));
}

/* Where the quotes of an article end, and those of the next begin. */
static guint
first_quote (Build *self, guint article)
{
  GArray *firsts = self->data->first_quotes;

  return article < firsts->len ? g_array_index (firsts, guint, article) : self->data->quotes->len;
}

static void
add_by_article (Build *self)
{
  MemoExportData *data = self->data;
  gboolean headed = FALSE;
  for (guint i = 0; i < data->articles->len; i++)
    {
      if (first_quote (self, i) == first_quote (self, i + 1))
        continue;
      add_article_head (self, g_ptr_array_index (data->articles, i));
      for (guint k = first_quote (self, i); k < first_quote (self, i + 1); k++)
        add_quote (self, &g_array_index (data->quotes, MemoPassage, k), NULL);
    }
  for (guint i = 0; i < data->articles->len; i++)
    {
      if (first_quote (self, i) != first_quote (self, i + 1))
        continue;
      if (!headed)
        add (self, MEMO_NODE_HEADING, 2, NULL, _ ("Articles without annotations"), 0);
      headed = TRUE;
      g_string_truncate (self->citation, 0);
      memo_export_cite (data, g_ptr_array_index (data->articles, i), 0, TRUE, self->citation);
      add_taken (self, MEMO_NODE_ITEM, 0, NULL, g_strdup (self->citation->str));
    }
  add_agreement_list (self);
}

/* Passages that stand nowhere else. */
static void
add_other_quotes (Build *self)
{
  gboolean headed = FALSE;
  for (guint i = 0; i < self->data->quotes->len; i++)
    {
      MemoPassage *quote = &g_array_index (self->data->quotes, MemoPassage, i);
      if (quote->written)
        continue;
      if (!headed)
        add (self, MEMO_NODE_HEADING, 2, NULL, _ ("Other passages"), 0);
      headed = TRUE;
      add_quote (self, quote, NULL);
    }
}

static void
add_by_agreement (Build *self)
{
  for (guint i = 0; i < self->data->agreements->len; i++)
    add_agreement (self, g_ptr_array_index (self->data->agreements, i));
  add_other_quotes (self);
}

/* Puts @one (a record or a quote) into the buckets of all of @sectors. */
static void
sort_into (GHashTable *buckets, const char *const *sectors, gpointer one)
{
  for (guint i = 0; sectors[i] != NULL; i++)
    {
      GPtrArray *bucket = g_hash_table_lookup (buckets, sectors[i]);
      if (bucket == NULL || g_ptr_array_index (bucket, bucket->len - 1) != one)
        push (buckets, sectors[i], one);
    }
}

/* An annotation without sectors of its own stands in those of the agreements that it is evidence of. */
static void
sort_annotation (Build *self, GHashTable *buckets, MemoPassage *quote)
{
  const char *const *sectors = memo_record_get_texts (quote->record, MEMO_ANNOTATION_SECTORS);
  GPtrArray *evidence = g_hash_table_lookup (self->evidence, memo_record_get_uuid (quote->record));
  sort_into (buckets, sectors, quote);
  for (guint i = 0; *sectors == NULL && evidence != NULL && i < evidence->len; i++)
    {
      MemoRecord *record =
          memo_export_get (self->data, memo_record_get_text (g_ptr_array_index (evidence, i), MEMO_EVIDENCE_RECORD));
      if (record != NULL && memo_record_get_kind (record) == MEMO_KIND_AGREEMENT)
        sort_into (buckets, memo_record_get_texts (record, MEMO_AGREEMENT_SECTORS), quote);
    }
}

/* A heading with agreements as a list, and passages. */
static void
add_sector (Build *self, const char *heading, GPtrArray *agreements, GPtrArray *quotes)
{
  if (agreements == NULL && quotes == NULL)
    return;
  add (self, MEMO_NODE_HEADING, 2, NULL, heading, 0);
  for (guint i = 0; agreements != NULL && i < agreements->len; i++)
    add_taken (self, MEMO_NODE_ITEM, 0, NULL, describe_agreement (self, g_ptr_array_index (agreements, i)));
  for (guint i = 0; quotes != NULL && i < quotes->len; i++)
    add_quote (self, g_ptr_array_index (quotes, i), NULL);
}

static void
add_by_sector (Build *self)
{
  MemoExportData *data = self->data;
  GPtrArray *sectors = memo_index_get_records (data->index, MEMO_KIND_SECTOR);
  g_autoptr (GHashTable) agreements =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GHashTable) quotes =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  static const char *const none[] = { "", NULL };

  for (guint i = 0; i < data->agreements->len; i++)
    {
      MemoRecord *agreement = g_ptr_array_index (data->agreements, i);
      const char *const *own = memo_record_get_texts (agreement, MEMO_AGREEMENT_SECTORS);
      sort_into (agreements, *own != NULL ? own : none, agreement);
    }
  for (guint i = 0; i < data->quotes->len; i++)
    sort_annotation (self, quotes, &g_array_index (data->quotes, MemoPassage, i));
  for (guint i = 0; sectors != NULL && i < sectors->len; i++)
    {
      const char *uuid = memo_record_get_uuid (g_ptr_array_index (sectors, i));
      const char *name = memo_export_name (data, MEMO_KIND_SECTOR, uuid);
      add_sector (self, name, g_hash_table_lookup (agreements, uuid), g_hash_table_lookup (quotes, uuid));
    }
  add_sector (self, _ ("Agreements without a sector"), g_hash_table_lookup (agreements, ""), NULL);
  add_other_quotes (self);
}

static void
add_events (Build *self)
{
  MemoExportData *data = self->data;
  if (data->events->len > 0)
    add (self, MEMO_NODE_HEADING, 2, NULL, _ ("Events"), 0);
  for (guint i = 0; i < data->events->len; i++)
    {
      MemoRecord *event = g_ptr_array_index (data->events, i);
      g_autofree char *date = memo_export_format_date (data, memo_record_get_date (event, MEMO_EVENT_WHEN));
      /* Translators: first a date, then the title of an event. */
      add_taken (self, MEMO_NODE_ITEM, 0, NULL,
                 g_strdup_printf (C_ ("event in a list", "%s: %s"), date ? date : C_ ("date", "undated"),
                                  memo_record_get_title (event)));
    }
}

/* Links of a note to passages and articles become footnotes. (transfer full) */
static char *
link_footnotes (Build *self, const char *text)
{
  g_autoptr (GRegex) regex =
      g_regex_new ("\\[([^\\]\\n]*)\\]\\(memo:([a-z-]+)/([0-9a-fA-F-]{36})\\)", G_REGEX_DEFAULT, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  GString *linked = g_string_new (NULL);
  int done = 0, start, end;

  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *words = g_match_info_fetch (match, 1);
      g_autofree char *uuid = g_match_info_fetch (match, 3);
      MemoPassage *quote = memo_export_find_quote (self->data, uuid);
      MemoRecord *record = quote ? quote->record : memo_export_get (self->data, uuid);
      MemoRecord *article = quote                                                          ? quote->article
                            : record && memo_record_get_kind (record) == MEMO_KIND_ARTICLE ? record
                                                                                           : NULL;
      g_match_info_fetch_pos (match, 0, &start, &end);
      g_string_append_len (linked, text + done, start - done);
      g_string_append (linked, *words == '\0' && record ? memo_record_get_title (record) : words);
      if (article != NULL)
        g_string_append_printf (linked, MEMO_MARK_NOTE "%u" MEMO_MARK_NOTE_END,
                                get_footnote (self, article, quote ? quote->paragraph : 0));
      done = end;
    }
  g_string_append (linked, text + done);
  return g_string_free (linked, FALSE);
}

static void
add_notes (Build *self)
{
  if (self->data->notes->len > 0)
    add (self, MEMO_NODE_HEADING, 2, NULL, _ ("Notes"), 0);
  for (guint i = 0; i < self->data->notes->len; i++)
    {
      MemoRecord *note = g_ptr_array_index (self->data->notes, i);
      const char *text = memo_record_get_text (note, MEMO_NOTE_TEXT);
      add (self, MEMO_NODE_HEADING, 3, NULL, memo_record_get_title (note), 0);
      add_taken (self, MEMO_NODE_SOURCE, 0, memo_record_get_title (note), text ? link_footnotes (self, text) : NULL);
    }
}

static void
add_counts (Build *self)
{
  guint n[] = { self->data->articles->len, self->data->quotes->len, self->data->agreements->len };
  g_autofree char *articles = g_strdup_printf (ngettext ("%u article", "%u articles", n[0]), n[0]);
  g_autofree char *annotations = g_strdup_printf (ngettext ("%u annotation", "%u annotations", n[1]), n[1]);
  g_autofree char *agreements = g_strdup_printf (ngettext ("%u agreement", "%u agreements", n[2]), n[2]);
  /* Translators: "3 articles, 5 annotations, 2 agreements". */
  add_taken (self, MEMO_NODE_PARAGRAPH, 0, NULL, g_strdup_printf (_ ("%s, %s, %s"), articles, annotations, agreements));
}

MemoDocument *
memo_document_new (MemoExportData *data)
{
  Build self = {
    data,
    g_new0 (MemoDocument, 1),
    g_hash_table_new (g_str_hash, g_str_equal),
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref),
    g_string_new (NULL),
    memo_word_field ("speaker"),
    memo_word_field ("sectors"),
    memo_word_field ("tags"),
  };
  self.document->title = g_strdup (data->title);
  self.document->language = g_strdup (data->language);
  /* Translators: between the name of a field and its value. */
  self.document->after_label = C_ ("after the name of a field", ": ");
  self.document->footnotes = g_ptr_array_new_with_free_func (g_free);
  self.document->nodes = g_array_new (FALSE, FALSE, sizeof (MemoNode));
  g_array_set_clear_func (self.document->nodes, clear_node);
  /* Nobody asks for it where passages stand by their articles. */
  for (guint i = 0; data->group != MEMO_GROUP_ARTICLE && i < data->evidence->len; i++)
    {
      MemoRecord *one = g_ptr_array_index (data->evidence, i);
      push (self.evidence, memo_record_get_text (one, MEMO_EVIDENCE_RECORD), one);
      push (self.evidence, memo_record_get_text (one, MEMO_EVIDENCE_ANNOTATION), one);
    }
  add (&self, MEMO_NODE_HEADING, 1, NULL, data->title, 0);
  add_counts (&self);
  if (data->group == MEMO_GROUP_SECTOR)
    add_by_sector (&self);
  else if (data->group == MEMO_GROUP_AGREEMENT)
    add_by_agreement (&self);
  else
    add_by_article (&self);
  add_events (&self);
  add_notes (&self);

  g_hash_table_unref (self.numbers);
  g_hash_table_unref (self.evidence);
  g_string_free (self.citation, TRUE);
  return self.document;
}
