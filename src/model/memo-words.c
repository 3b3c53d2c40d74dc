#include "memo-words.h"

#include "base/memo-language.h"
#include "base/memo-text.h"
#include "records/memo-blocks.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  const char *name;
  const char *word;
} Word;

static const Word statuses[] = {
  { "announced", NC_ ("status of an agreement", "Announced") },
  { "signed", NC_ ("status of an agreement", "Signed") },
  { "in_force", NC_ ("status of an agreement", "In force") },
  { "under_review", NC_ ("status of an agreement", "Under review") },
  { "implemented", NC_ ("status of an agreement", "Implemented") },
  { "suspended", NC_ ("status of an agreement", "Suspended") },
  { "ended", NC_ ("status of an agreement", "Ended") },
};

static const Word article_kinds[] = {
  { "analysis", NC_ ("kind of article", "Analysis") },   { "news", NC_ ("kind of article", "News") },
  { "statement", NC_ ("kind of article", "Statement") }, { "document", NC_ ("kind of article", "Document") },
  { "opinion", NC_ ("kind of article", "Opinion") },     { "interview", NC_ ("kind of article", "Interview") },
  { "academic", NC_ ("kind of article", "Academic") },   { "other", NC_ ("kind of article", "Other") },
};

static const Word agreement_kinds[] = {
  { "treaty", NC_ ("kind of agreement", "Treaty") },     { "agreement", NC_ ("kind of agreement", "Agreement") },
  { "protocol", NC_ ("kind of agreement", "Protocol") }, { "memorandum", NC_ ("kind of agreement", "Memorandum") },
  { "contract", NC_ ("kind of agreement", "Contract") }, { "statement", NC_ ("kind of agreement", "Joint statement") },
  { "plan", NC_ ("kind of agreement", "Plan") },         { "package", NC_ ("kind of agreement", "Package") },
  { "other", NC_ ("kind of agreement", "Other") },
};

static const Word event_kinds[] = {
  { "session", NC_ ("kind of event", "Session") },     { "meeting", NC_ ("kind of event", "Meeting") },
  { "founding", NC_ ("kind of event", "Founding") },   { "plan", NC_ ("kind of event", "Plan") },
  { "statement", NC_ ("kind of event", "Statement") }, { "context", NC_ ("kind of event", "Context") },
  { "other", NC_ ("kind of event", "Other") },
};

static const Word body_kinds[] = {
  { "commission", NC_ ("kind of body", "Commission") },
  { "organisation", NC_ ("kind of body", "Organisation") },
  { "forum", NC_ ("kind of body", "Forum") },
};

static const Word party_kinds[] = {
  { "state", NC_ ("kind of party", "State") },
  { "organisation", NC_ ("kind of party", "Organisation") },
  { "company", NC_ ("kind of party", "Company") },
  { "person", NC_ ("kind of party", "Person") },
};

static const Word colors[] = {
  { "yellow", NC_ ("colour", "Yellow") }, { "green", NC_ ("colour", "Green") },   { "blue", NC_ ("colour", "Blue") },
  { "pink", NC_ ("colour", "Pink") },     { "purple", NC_ ("colour", "Purple") },
};

static const Word states[] = {
  { "anchored", NC_ ("state of an annotation", "In its place") },
  { "orphan", NC_ ("state of an annotation", "Lost its place") },
};

static const Word records[] = {
  [MEMO_KIND_ARTICLE] = { "article", NC_ ("record", "Article") },
  [MEMO_KIND_ANNOTATION] = { "annotation", NC_ ("record", "Annotation") },
  [MEMO_KIND_AGREEMENT] = { "agreement", NC_ ("record", "Agreement") },
  [MEMO_KIND_FOLLOW_UP] = { "follow_up", NC_ ("record", "Follow-up") },
  [MEMO_KIND_EVENT] = { "event", NC_ ("record", "Event") },
  [MEMO_KIND_BODY] = { "body", NC_ ("record", "Body") },
  [MEMO_KIND_PARTY] = { "party", NC_ ("record", "Party") },
  [MEMO_KIND_SECTOR] = { "sector", NC_ ("record", "Sector") },
  [MEMO_KIND_EVIDENCE] = { "evidence", NC_ ("record", "Evidence") },
  [MEMO_KIND_NOTE] = { "note", NC_ ("record", "Note") },
  [MEMO_KIND_FILTER] = { "filter", NC_ ("record", "Filter") },
};

static const Word fields[] = {
  { "title", NC_ ("field", "Title") },
  { "subtitle", NC_ ("field", "Subtitle") },
  { "summary", NC_ ("field", "Summary") },
  { "authors", NC_ ("field", "Authors") },
  { "biographies", NC_ ("field", "About the authors") },
  { "outlet", NC_ ("field", "Outlet") },
  { "published", NC_ ("field", "Published") },
  { "accessed", NC_ ("field", "Accessed") },
  { "language", NC_ ("field", "Language") },
  { "kind", NC_ ("field", "Kind") },
  { "url", NC_ ("field", "Web address") },
  { "work", NC_ ("field", "Work") },
  { "versions", NC_ ("field", "Other versions") },
  { "tags", NC_ ("field", "Tags") },
  { "sectors", NC_ ("field", "Sectors") },
  { "place", NC_ ("field", "Place") },
  { "byline", NC_ ("field", "Byline") },
  { "file", NC_ ("field", "File") },
  { "original", NC_ ("field", "Original") },
  { "media_type", NC_ ("field", "Media type") },
  { "references", NC_ ("field", "References") },
  { "blocks", NC_ ("field", "Structure") },
  { "text", NC_ ("field", "Text") },
  { "sha256", NC_ ("field", "Checksum") },
  { "article", NC_ ("field", "Article") },
  { "start", NC_ ("field", "Start") },
  { "end", NC_ ("field", "End") },
  { "exact", NC_ ("field", "Quote") },
  { "prefix", NC_ ("field", "Words before") },
  { "suffix", NC_ ("field", "Words after") },
  { "comment", NC_ ("field", "Comment") },
  { "color", NC_ ("field", "Colour") },
  { "speaker", NC_ ("field", "Speaker") },
  { "state", NC_ ("field", "State") },
  { "signed", NC_ ("field", "Signed") },
  { "in_force", NC_ ("field", "In force") },
  { "ends", NC_ ("field", "Ends") },
  { "horizon", NC_ ("field", "Horizon") },
  { "parties", NC_ ("field", "Parties") },
  { "roles", NC_ ("field", "Roles") },
  { "status", NC_ ("field", "Status") },
  { "package", NC_ ("field", "Package") },
  { "declared", NC_ ("field", "Declared number") },
  { "body", NC_ ("field", "Body") },
  { "session", NC_ ("field", "Session") },
  { "agreement", NC_ ("field", "Agreement") },
  { "date", NC_ ("field", "Date") },
  { "when", NC_ ("field", "When") },
  { "name", NC_ ("field", "Name") },
  { "names", NC_ ("field", "Names") },
  { "acronym", NC_ ("field", "Acronym") },
  { "founded", NC_ ("field", "Founded") },
  { "code", NC_ ("field", "Code") },
  { "aliases", NC_ ("field", "Other names") },
  { "parent", NC_ ("field", "Part of") },
  { "position", NC_ ("field", "Position") },
  { "record", NC_ ("field", "Record") },
  { "annotation", NC_ ("field", "Annotation") },
  { "field", NC_ ("field", "Field") },
  { "value", NC_ ("field", "Value") },
  { "json", NC_ ("field", "Choice") },
};

static const Word facets[] = {
  [MEMO_FACET_SECTOR] = { "sector", NC_ ("facet", "Sector") },
  [MEMO_FACET_PARTY] = { "party", NC_ ("facet", "Party") },
  [MEMO_FACET_STATUS] = { "status", NC_ ("facet", "Status") },
  [MEMO_FACET_KIND] = { "kind", NC_ ("facet", "Kind") },
  [MEMO_FACET_LANGUAGE] = { "language", NC_ ("facet", "Language") },
  [MEMO_FACET_TAG] = { "tag", NC_ ("facet", "Tag") },
  [MEMO_FACET_SOURCE] = { "source", NC_ ("facet", "Source") },
  [MEMO_FACET_BODY] = { "body", NC_ ("facet", "Body") },
};

/* The word that people read; a value that is not in the table is its own word. */
static const char *
find_word (const Word *words, guint n_words, const char *context, const char *name)
{
  if (name == NULL)
    return "";
  for (guint i = 0; i < n_words; i++)
    if (g_str_equal (words[i].name, name))
      return g_dpgettext2 (NULL, context, words[i].word);
  return g_intern_string (name);
}

const char *
memo_word_status (const char *status)
{
  return find_word (statuses, G_N_ELEMENTS (statuses), "status of an agreement", status);
}

const char *
memo_word_kind (MemoKind kind, const char *value)
{
  switch (kind)
    {
    case MEMO_KIND_ARTICLE:
      return find_word (article_kinds, G_N_ELEMENTS (article_kinds), "kind of article", value);
    case MEMO_KIND_AGREEMENT:
      return find_word (agreement_kinds, G_N_ELEMENTS (agreement_kinds), "kind of agreement", value);
    case MEMO_KIND_EVENT:
      return find_word (event_kinds, G_N_ELEMENTS (event_kinds), "kind of event", value);
    case MEMO_KIND_BODY:
      return find_word (body_kinds, G_N_ELEMENTS (body_kinds), "kind of body", value);
    case MEMO_KIND_PARTY:
      return find_word (party_kinds, G_N_ELEMENTS (party_kinds), "kind of party", value);
    case MEMO_KIND_ANNOTATION:
      return find_word (states, G_N_ELEMENTS (states), "state of an annotation", value);
    default:
      return find_word (NULL, 0, NULL, value);
    }
}

const char *
memo_word_record (MemoKind kind)
{
  g_return_val_if_fail (kind < MEMO_N_KINDS, "");
  return g_dpgettext2 (NULL, "record", records[kind].word);
}

const char *
memo_word_color (const char *color)
{
  return find_word (colors, G_N_ELEMENTS (colors), "colour", color);
}

const char *
memo_word_field (const char *field)
{
  return find_word (fields, G_N_ELEMENTS (fields), "field", field);
}

const char *
memo_word_facet (MemoFacet facet)
{
  g_return_val_if_fail (facet < MEMO_N_FACETS, "");
  return g_dpgettext2 (NULL, "facet", facets[facet].word);
}

const char *
memo_word_action (const char *msgid)
{
  return msgid != NULL && *msgid != '\0' ? _ (msgid) : "";
}

const char *const *
memo_word_get_values (MemoField field)
{
  static const char *const status_values[] = { "announced",   "signed",    "in_force", "under_review",
                                               "implemented", "suspended", "ended",    NULL };
  static const char *const article_values[] = { "analysis",  "news",     "statement", "document", "opinion",
                                                "interview", "academic", "other",     NULL };
  static const char *const agreement_values[] = { "treaty",    "agreement", "protocol", "memorandum", "contract",
                                                  "statement", "plan",      "package",  "other",      NULL };
  static const char *const event_values[] = { "session",   "meeting", "founding", "plan",
                                              "statement", "context", "other",    NULL };
  static const char *const body_values[] = { "commission", "organisation", "forum", NULL };
  static const char *const party_values[] = { "state", "organisation", "company", "person", NULL };
  static const char *const color_values[] = { "yellow", "green", "blue", "pink", "purple", NULL };
  static const char *const state_values[] = { "anchored", "orphan", NULL };

  switch ((int) field)
    {
    case MEMO_AGREEMENT_STATUS:
    case MEMO_FOLLOW_UP_STATUS:
      return status_values;
    case MEMO_ARTICLE_KIND:
      return article_values;
    case MEMO_AGREEMENT_KIND:
      return agreement_values;
    case MEMO_EVENT_KIND:
      return event_values;
    case MEMO_BODY_KIND:
      return body_values;
    case MEMO_PARTY_KIND:
      return party_values;
    case MEMO_ANNOTATION_COLOR:
      return color_values;
    case MEMO_ANNOTATION_STATE:
      return state_values;
    default:
      return NULL;
    }
}

char *
memo_word_name_in (MemoIndex *index, MemoKind kind, const char *uuid, const char *language)
{
  MemoRecord *record = uuid ? memo_index_get_record (index, kind, uuid) : NULL;
  if (record == NULL)
    return g_strdup ("");
  int field = memo_kind_find_field (kind, "names");
  char *name = field >= 0 ? memo_record_dup_name_in (record, field, language) : NULL;
  return name ? name : g_strdup (memo_record_get_title (record));
}

char *
memo_word_name (MemoIndex *index, MemoKind kind, const char *uuid)
{
  return memo_word_name_in (index, kind, uuid, memo_language_of_interface ());
}

char *
memo_word_names_in (MemoIndex *index, MemoKind kind, const char *const *uuids, const char *language)
{
  GString *names = g_string_new (NULL);
  for (guint i = 0; uuids != NULL && uuids[i] != NULL; i++)
    {
      g_autofree char *name = memo_word_name_in (index, kind, uuids[i], language);
      if (*name == '\0')
        continue;
      if (names->len > 0)
        /* Translators: between the names of a list: "Russia, Venezuela". */
        g_string_append (names, C_ ("between names", ", "));
      g_string_append (names, name);
    }
  return g_string_free (names, FALSE);
}

char *
memo_word_names (MemoIndex *index, MemoKind kind, const char *const *uuids)
{
  return memo_word_names_in (index, kind, uuids, memo_language_of_interface ());
}

guint
memo_word_paragraph (MemoRecord *article, MemoRecord *annotation)
{
  gint64 start = annotation ? memo_record_get_int (annotation, MEMO_ANNOTATION_START) : MEMO_UNSET;
  if (start < 0 || !memo_record_is_whole (article))
    return 0;
  g_autoptr (GArray) blocks = memo_blocks_from_json (memo_record_get_text (article, MEMO_ARTICLE_BLOCKS), NULL);
  return blocks ? memo_blocks_get_paragraph (blocks, start) : 0;
}

char *
memo_word_citation (MemoIndex *index, MemoRecord *article, MemoRecord *annotation)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  const char *language = memo_language_of_interface ();
  const char *outlet = memo_record_get_text (article, MEMO_ARTICLE_OUTLET);
  MemoDate *published = memo_record_get_date (article, MEMO_ARTICLE_PUBLISHED);
  guint paragraph = memo_word_paragraph (article, annotation);

  if (outlet != NULL)
    g_ptr_array_add (parts, g_strdup (outlet));
  else
    {
      char *authors = memo_word_names (index, MEMO_KIND_PARTY, memo_record_get_texts (article, MEMO_ARTICLE_AUTHORS));
      if (*authors != '\0')
        g_ptr_array_add (parts, authors);
      else
        g_free (authors);
    }
  if (*memo_record_get_title (article) != '\0')
    /* Translators: %s is the title of an article. */
    g_ptr_array_add (parts, g_strdup_printf (C_ ("title in a citation", "“%s”"), memo_record_get_title (article)));
  if (published != NULL)
    g_ptr_array_add (parts, memo_date_format (published, language, MEMO_DATE_STYLE_LONG));
  if (paragraph > 0)
    /* Translators: %u is the number of a paragraph. */
    g_ptr_array_add (parts, g_strdup_printf (C_ ("citation", "¶ %u"), paragraph));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (C_ ("between parts of a citation", ", "), (char **) parts->pdata);
}
