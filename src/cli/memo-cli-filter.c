#include "memo-cli.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/memo-error.h"
#include "base/memo-language.h"
#include "base/memo-text.h"
#include "model/memo-words.h"

/* The options of a FILTER: they combine with AND; one that is repeated with OR. */
static char **sectors, **all_sectors, **not_sectors;
static char **parties, **all_parties, **not_parties;
static char **statuses, **not_statuses, **kinds, **not_kinds, **languages, **not_languages;
static char **tags, **all_tags, **not_tags, **sources, **not_sources, **bodies, **not_bodies;
static char *from, *to, *words, *file;
static gboolean single_source, no_evidence;

#define MANY(name, variable, text, value)                                                                              \
  {                                                                                                                    \
    name, 0, 0, G_OPTION_ARG_STRING_ARRAY, &variable, text, value                                                      \
  }
const GOptionEntry memo_cli_filter_entries[] = {
  MANY ("sector", sectors, N_ ("In this sector or below it (name in any language, code or id)"), N_ ("SECTOR")),
  MANY ("all-sector", all_sectors, N_ ("In every sector named so"), N_ ("SECTOR")),
  MANY ("not-sector", not_sectors, N_ ("Not in this sector"), N_ ("SECTOR")),
  MANY ("party", parties, N_ ("With this party (name in any language, ISO code or id)"), N_ ("PARTY")),
  MANY ("all-party", all_parties, N_ ("With every party named so"), N_ ("PARTY")),
  MANY ("not-party", not_parties, N_ ("Without this party"), N_ ("PARTY")),
  { "from", 0, 0, G_OPTION_ARG_STRING, &from, N_ ("Overlapping the time from this date"), N_ ("DATE") },
  { "to", 0, 0, G_OPTION_ARG_STRING, &to, N_ ("Overlapping the time up to this date"), N_ ("DATE") },
  MANY ("status", statuses, N_ ("With this status"), N_ ("STATUS")),
  MANY ("not-status", not_statuses, N_ ("Without this status"), N_ ("STATUS")),
  MANY ("kind", kinds, N_ ("Of this kind"), N_ ("KIND")),
  MANY ("not-kind", not_kinds, N_ ("Not of this kind"), N_ ("KIND")),
  MANY ("language", languages, N_ ("In this language"), N_ ("LANGUAGE")),
  MANY ("not-language", not_languages, N_ ("Not in this language"), N_ ("LANGUAGE")),
  MANY ("tag", tags, N_ ("With this tag"), N_ ("TAG")),
  MANY ("all-tag", all_tags, N_ ("With every tag named so"), N_ ("TAG")),
  MANY ("not-tag", not_tags, N_ ("Without this tag"), N_ ("TAG")),
  MANY ("source", sources, N_ ("From this article"), N_ ("ARTICLE")),
  MANY ("not-source", not_sources, N_ ("Not from this article"), N_ ("ARTICLE")),
  MANY ("body", bodies, N_ ("Of this commission, organisation or forum"), N_ ("BODY")),
  MANY ("not-body", not_bodies, N_ ("Not of this commission, organisation or forum"), N_ ("BODY")),
  { "text", 0, 0, G_OPTION_ARG_STRING, &words, N_ ("With these words"), N_ ("WORDS") },
  { "single-source", 0, 0, G_OPTION_ARG_NONE, &single_source, N_ ("Known from one source alone"), NULL },
  { "no-evidence", 0, 0, G_OPTION_ARG_NONE, &no_evidence, N_ ("Without evidence"), NULL },
  { "filter", 0, 0, G_OPTION_ARG_FILENAME, &file, N_ ("A saved filter (JSON)"), N_ ("FILE") },
  { NULL },
};

/* One of the values that the fields behind a facet may take, from the way people write it: "In force" → "in_force".
 * (transfer full) */
static char *
resolve_value (MemoFacet facet, const char *text, GError **error)
{
  static const MemoField statuses_of[] = { MEMO_AGREEMENT_STATUS };
  static const MemoField kinds_of[] = { MEMO_ARTICLE_KIND, MEMO_AGREEMENT_KIND, MEMO_EVENT_KIND, MEMO_BODY_KIND };
  const MemoField *fields = facet == MEMO_FACET_STATUS ? statuses_of : kinds_of;
  guint n = facet == MEMO_FACET_STATUS ? G_N_ELEMENTS (statuses_of) : G_N_ELEMENTS (kinds_of);
  g_autofree char *plain = g_strdelimit (g_ascii_strdown (text, -1), "- ", '_');
  g_autofree char *key = memo_text_key (text);
  g_autofree char *joined = NULL;
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    for (const char *const *value = memo_word_get_values (fields[i]); *value; value++)
      {
        g_autofree char *word = memo_text_key (facet == MEMO_FACET_STATUS ? memo_word_status (*value)
                                                                          : memo_word_kind (fields[i] >> 8, *value));
        if (g_str_equal (*value, plain) || g_str_equal (word, key))
          return g_strdup (*value);
        if (!g_ptr_array_find_with_equal_func (all, *value, g_str_equal, NULL))
          g_ptr_array_add (all, (char *) *value);
      }
  g_ptr_array_add (all, NULL);
  joined = g_strjoinv (", ", (char **) all->pdata);
  /* Translators: first what the user typed, then the name of a field, then the values it may take. */
  g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("“%s” is no value of “%s”. It can be: %s."), text,
               memo_word_facet (facet), joined);
  return NULL;
}

/* A code, from a name or a code; articles may be in one that has no name here. (transfer full) */
static char *
resolve_language (const char *text, GError **error)
{
  const char *code = memo_language_from_name (text);
  gsize length = strlen (text);

  if (code || ((length == 2 || length == 3) && strspn (text, "abcdefghijklmnopqrstuvwxyz") == length))
    return g_strdup (code ? code : text);
  /* Translators: %s is what the user typed. */
  g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("“%s” is no language that is known here."), text);
  return NULL;
}

/* The value as the filter keeps it: (transfer full). */
static char *
resolve (MemoCli *cli, MemoFacet facet, const char *text, GError **error)
{
  MemoIndex *index = memo_library_get_index (cli->library);
  MemoRecord *record = NULL;

  switch (facet)
    {
    case MEMO_FACET_SECTOR:
      record = memo_action_find_sector (index, text);
      if (!record)
        g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("There is no sector “%s”."), text);
      break;
    case MEMO_FACET_PARTY:
      record = memo_index_find_party (index, text);
      if (!record)
        g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("There is no party “%s”."), text);
      break;
    case MEMO_FACET_BODY:
      record = memo_index_find_body (index, text);
      if (!record)
        g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("There is no commission, organisation or forum “%s”."),
                     text);
      break;
    case MEMO_FACET_SOURCE:
      if (memo_index_get_id (index, MEMO_KIND_ARTICLE, text))
        return g_strdup (text);
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("There is no article “%s”."), text);
      break;
    case MEMO_FACET_LANGUAGE:
      return resolve_language (text, error);
    case MEMO_FACET_STATUS:
    case MEMO_FACET_KIND:
      return resolve_value (facet, text, error);
    default:
      return g_strdup (text);
    }
  return record ? g_strdup (memo_record_get_uuid (record)) : NULL;
}

static gboolean
add (MemoCli *cli, MemoFilter **filter, MemoFacet facet, MemoChoice choice, char **values, GError **error)
{
  for (; values && *values; values++)
    {
      g_autofree char *value = resolve (cli, facet, *values, error);
      MemoFilter *next;

      if (!value)
        return FALSE;
      if (choice == MEMO_CHOICE_NONE &&
          (g_strv_contains (memo_filter_get_values (*filter, facet, MEMO_CHOICE_ANY), value) ||
           g_strv_contains (memo_filter_get_values (*filter, facet, MEMO_CHOICE_ALL), value)))
        {
          /* Translators: %s is what somebody filters by: a sector, a party … */
          g_set_error (error, MEMO_ERROR, MEMO_ERROR_INVALID, _ ("“%s” is asked for and left out at once."), *values);
          return FALSE;
        }
      next = memo_filter_with (*filter, facet, choice, value);
      g_object_unref (*filter);
      *filter = next;
    }
  return TRUE;
}

static gboolean
replace (MemoFilter **filter, MemoFilter *next)
{
  g_object_unref (*filter);
  *filter = next;
  return TRUE;
}

static gboolean
add_dates (MemoCli *cli, MemoFilter **filter, GError **error)
{
  g_autoptr (MemoDate) first = NULL;
  g_autoptr (MemoDate) last = NULL;

  if (!from && !to)
    return TRUE;
  if (from && !(first = memo_date_parse (from, NULL, NULL, error)))
    return FALSE;
  if (to && !(last = memo_date_parse (to, NULL, NULL, error)))
    return FALSE;
  return replace (filter, memo_filter_with_dates (*filter, first, last));
}

MemoFilter *
memo_cli_filter (MemoCli *cli, GError **error)
{
  g_autoptr (MemoFilter) filter = NULL;
  const struct
  {
    MemoFacet facet;
    MemoChoice choice;
    char **values;
  } lists[] = {
    { MEMO_FACET_SECTOR, MEMO_CHOICE_ANY, sectors },
    { MEMO_FACET_SECTOR, MEMO_CHOICE_ALL, all_sectors },
    { MEMO_FACET_SECTOR, MEMO_CHOICE_NONE, not_sectors },
    { MEMO_FACET_PARTY, MEMO_CHOICE_ANY, parties },
    { MEMO_FACET_PARTY, MEMO_CHOICE_ALL, all_parties },
    { MEMO_FACET_PARTY, MEMO_CHOICE_NONE, not_parties },
    { MEMO_FACET_STATUS, MEMO_CHOICE_ANY, statuses },
    { MEMO_FACET_STATUS, MEMO_CHOICE_NONE, not_statuses },
    { MEMO_FACET_KIND, MEMO_CHOICE_ANY, kinds },
    { MEMO_FACET_KIND, MEMO_CHOICE_NONE, not_kinds },
    { MEMO_FACET_LANGUAGE, MEMO_CHOICE_ANY, languages },
    { MEMO_FACET_LANGUAGE, MEMO_CHOICE_NONE, not_languages },
    { MEMO_FACET_TAG, MEMO_CHOICE_ANY, tags },
    { MEMO_FACET_TAG, MEMO_CHOICE_ALL, all_tags },
    { MEMO_FACET_TAG, MEMO_CHOICE_NONE, not_tags },
    { MEMO_FACET_SOURCE, MEMO_CHOICE_ANY, sources },
    { MEMO_FACET_SOURCE, MEMO_CHOICE_NONE, not_sources },
    { MEMO_FACET_BODY, MEMO_CHOICE_ANY, bodies },
    { MEMO_FACET_BODY, MEMO_CHOICE_NONE, not_bodies },
  };

  if (file)
    {
      g_autofree char *json = NULL;
      if (!g_file_get_contents (file, &json, NULL, error) || !(filter = memo_filter_from_json (json, error)))
        return NULL;
    }
  else
    filter = memo_filter_new ();
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (!add (cli, &filter, lists[i].facet, lists[i].choice, lists[i].values, error))
      return NULL;
  if (!add_dates (cli, &filter, error))
    return NULL;
  if (words)
    replace (&filter, memo_filter_with_words (filter, words));
  if (single_source)
    replace (&filter, memo_filter_with_single_source (filter, TRUE));
  if (no_evidence)
    replace (&filter, memo_filter_with_no_evidence (filter, TRUE));
  return g_steal_pointer (&filter);
}
