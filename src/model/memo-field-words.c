#include "memo-field-words.h"

#include <string.h>

#include "base/memo-language.h"
#include "base/memo-text.h"
#include "memo-actions.h"
#include "memo-index-private.h"

/* The values of the fields that are no records, in three languages: a search finds them whatever language the interface has. */

typedef struct
{
  const char *value;
  const char *names[8];
} Value;

static const Value statuses[] = {
  { "announced", { "announced", "duyuruldu", "объявлено" } },
  { "signed", { "signed", "imzalandı", "подписано" } },
  { "in_force", { "in force", "yürürlükte", "действует", "в силе" } },
  { "under_review", { "under review", "gözden geçiriliyor", "на рассмотрении" } },
  { "implemented", { "implemented", "uygulandı", "выполнено" } },
  { "suspended", { "suspended", "askıda", "приостановлено" } },
  { "ended", { "ended", "sona erdi", "прекращено" } },
};

/* Kinds of articles, agreements and events. */
static const Value types[] = {
  { "analysis", { "analysis", "analiz", "анализ" } },
  { "news", { "news", "haber", "новость", "новости" } },
  { "statement", { "statement", "joint statement", "açıklama", "ortak bildiri", "заявление", "совместное заявление" } },
  { "document", { "document", "belge", "документ" } },
  { "opinion", { "opinion", "görüş", "мнение" } },
  { "interview", { "interview", "söyleşi", "интервью" } },
  { "academic", { "academic", "akademik", "научная статья" } },
  { "treaty", { "treaty", "antlaşma", "договор" } },
  { "protocol", { "protocol", "protokol", "протокол" } },
  { "memorandum", { "memorandum", "mutabakat zaptı", "меморандум" } },
  { "contract", { "contract", "sözleşme", "контракт" } },
  { "plan", { "plan", "план" } },
  { "package", { "package", "paket", "пакет" } },
  { "session", { "session", "oturum", "заседание", "сессия" } },
  { "meeting", { "meeting", "toplantı", "встреча" } },
  { "founding", { "founding", "kuruluş", "создание" } },
  { "context", { "context", "bağlam", "контекст" } },
  { "other", { "other", "diğer", "прочее" } },
};

static const struct
{
  MemoKind kind;
  const char *names[8];
} records[] = {
  { MEMO_KIND_ARTICLE, { "article", "articles", "makale", "makaleler", "статья", "статьи" } },
  { MEMO_KIND_ANNOTATION, { "annotation", "annotations", "highlight", "açıklama", "alıntı", "аннотация", "цитата" } },
  { MEMO_KIND_AGREEMENT, { "agreement", "agreements", "anlaşma", "anlaşmalar", "соглашение", "соглашения" } },
  { MEMO_KIND_EVENT, { "event", "events", "olay", "olaylar", "событие", "события" } },
  { MEMO_KIND_BODY, { "body", "bodies", "kurul", "kurullar", "орган", "органы" } },
  { MEMO_KIND_NOTE, { "note", "notes", "not", "notlar", "заметка", "заметки" } },
};

/* How the value is compared: in the form in which all spellings are the same. */
typedef struct
{
  char *key;
  gboolean open; /* a beginning is enough */
} Wanted;

/* "in_force", "in-force" and "In force" are one. */
static char *
make_key (const char *text)
{
  g_autofree char *plain = g_strdelimit (g_strdup (text), "_-*", ' ');

  return memo_text_key (plain);
}

/* 2: the same, 1: a beginning, 0: neither. */
static guint
fits (const Wanted *wanted, const char *text)
{
  g_autofree char *key = make_key (text);

  if (strcmp (key, wanted->key) == 0)
    return 2;
  return wanted->open && g_str_has_prefix (key, wanted->key) ? 1 : 0;
}

static guint
fits_any (const Wanted *wanted, const char *const *names)
{
  guint best = 0;

  for (; *names != NULL; names++)
    best = MAX (best, fits (wanted, *names));
  return best;
}

static void
take_values (MemoFieldWord *word, MemoFacet facet, GPtrArray *values)
{
  g_autoptr (MemoFilter) all = memo_filter_new ();

  if (values->len == 0)
    return;
  g_ptr_array_add (values, NULL);
  word->filter = memo_filter_with_many (all, facet, MEMO_CHOICE_ANY, (const char *const *) values->pdata);
}

/* Values that are just that come before those that begin so. */
static void
read_table (const Wanted *wanted, MemoFacet facet, const Value *table, guint n, MemoFieldWord *word)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new ();

  for (guint least = 2; least > 0 && values->len == 0; least--)
    for (guint i = 0; i < n; i++)
      if (MAX (fits_any (wanted, table[i].names), fits (wanted, table[i].value)) >= least)
        g_ptr_array_add (values, (char *) table[i].value);
  take_values (word, facet, values);
}

static void
read_kind (const Wanted *wanted, MemoFieldWord *word)
{
  for (guint least = 2; least > 0 && word->kinds == 0; least--)
    for (guint i = 0; i < G_N_ELEMENTS (records); i++)
      if (fits_any (wanted, records[i].names) >= least)
        word->kinds |= 1u << records[i].kind;
  read_table (wanted, MEMO_FACET_KIND, types, G_N_ELEMENTS (types), word);
}

/* UUIDs of the sectors or parties of that name; else of those that begin so, or that an inflected form names. */
static GPtrArray *
find_records (MemoIndex *index, MemoNames *names, MemoKind kind, const MemoQueryItem *item, const Wanted *wanted)
{
  GPtrArray *found = g_ptr_array_new ();
  g_autofree char *text = g_strdelimit (g_strdup (item->text), "*", ' ');
  MemoRecord *record = kind == MEMO_KIND_SECTOR ? memo_action_find_sector (index, text) : NULL;
  g_autoptr (GPtrArray) words = NULL;
  g_autoptr (GArray) named = NULL;

  if (kind == MEMO_KIND_PARTY)
    record = memo_index_find_party (index, text);
  if (record != NULL)
    {
      g_ptr_array_add (found, (char *) memo_record_get_uuid (record));
      return found;
    }
  words = memo_query_forms (text);
  named = memo_names_find (names, words, wanted->open);
  for (guint i = 0; i < named->len; i++)
    {
      const MemoNamed *one = &g_array_index (named, MemoNamed, i);

      if (memo_record_get_kind (one->record) == kind && one->n == words->len)
        g_ptr_array_add (found, (char *) memo_record_get_uuid (one->record));
    }
  return found;
}

static void
read_records (MemoIndex *index,
              MemoNames *names,
              MemoFacet facet,
              const MemoQueryItem *item,
              const Wanted *wanted,
              MemoFieldWord *word)
{
  g_autoptr (GPtrArray) found =
      find_records (index, names, facet == MEMO_FACET_SECTOR ? MEMO_KIND_SECTOR : MEMO_KIND_PARTY, item, wanted);

  take_values (word, facet, found);
}

/* The articles that the parties of that name have written. */
static void
read_author (MemoIndex *index, MemoNames *names, const MemoQueryItem *item, const Wanted *wanted, MemoFieldWord *word)
{
  g_autoptr (GPtrArray) parties = find_records (index, names, MEMO_KIND_PARTY, item, wanted);
  g_autoptr (GPtrArray) articles = g_ptr_array_new ();
  GHashTable *authors = index->bits[MEMO_KIND_ARTICLE][MEMO_FACET_PARTY];

  for (guint i = 0; authors != NULL && i < parties->len; i++)
    {
      guint node = memo_dict_find (index->dict, parties->pdata[i]);
      MemoBits *bits = g_hash_table_lookup (authors, GUINT_TO_POINTER (node));
      roaring_uint32_iterator_t iter;

      if (bits == NULL)
        continue;
      for (roaring_init_iterator (bits->bitmap, &iter); iter.has_value; roaring_advance_uint32_iterator (&iter))
        g_ptr_array_add (articles, (char *) memo_dict_get (index->dict, iter.current_value));
    }
  take_values (word, MEMO_FACET_SOURCE, articles);
}

static void
read_tag (MemoIndex *index, const Wanted *wanted, MemoFieldWord *word)
{
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) same = g_ptr_array_new ();
  g_autoptr (GPtrArray) longer = g_ptr_array_new ();

  for (guint kind = 0; kind < MEMO_N_KINDS; kind++)
    {
      GHashTableIter iter;
      gpointer node;

      if (index->bits[kind][MEMO_FACET_TAG] == NULL)
        continue;
      g_hash_table_iter_init (&iter, index->bits[kind][MEMO_FACET_TAG]);
      while (g_hash_table_iter_next (&iter, &node, NULL))
        if (g_hash_table_add (known, node))
          {
            const char *tag = memo_dict_get (index->dict, GPOINTER_TO_UINT (node));
            guint fit = fits (wanted, tag);

            if (fit > 0)
              g_ptr_array_add (fit == 2 ? same : longer, (char *) tag);
          }
    }
  take_values (word, MEMO_FACET_TAG, same->len > 0 ? same : longer);
}

static void
read_language (MemoIndex *index, const MemoQueryItem *item, MemoFieldWord *word)
{
  const char *code = memo_language_from_name (item->text);
  g_autoptr (GPtrArray) values = g_ptr_array_new ();

  /* Any two letters might be a code. */
  if (code != NULL && (strcmp (memo_language_own_name (code), code) != 0 || memo_dict_find (index->dict, code) != 0))
    g_ptr_array_add (values, (char *) code);
  take_values (word, MEMO_FACET_LANGUAGE, values);
}

static void
read_date (const MemoQueryItem *item, MemoFieldWord *word)
{
  g_autoptr (MemoDate) today = memo_date_new_day (memo_day_today ());
  g_autoptr (MemoDate) date = memo_date_parse (item->text, NULL, today, NULL);
  g_autoptr (MemoFilter) all = memo_filter_new ();

  if (date != NULL)
    word->filter = item->field == MEMO_QUERY_AFTER ? memo_filter_with_dates (all, date, NULL)
                                                   : memo_filter_with_dates (all, NULL, date);
}

gboolean
memo_field_word_read (MemoIndex *index, MemoNames *names, const MemoQueryItem *item, MemoFieldWord *ret_word)
{
  g_autofree char *key = make_key (item->text);
  Wanted wanted = { key, item->prefix || item->unfinished };

  memset (ret_word, 0, sizeof *ret_word);
  if (*key == '\0')
    return FALSE;
  switch (item->field)
    {
    case MEMO_QUERY_AUTHOR:
      read_author (index, names, item, &wanted, ret_word);
      break;
    case MEMO_QUERY_SECTOR:
      read_records (index, names, MEMO_FACET_SECTOR, item, &wanted, ret_word);
      break;
    case MEMO_QUERY_PARTY:
      read_records (index, names, MEMO_FACET_PARTY, item, &wanted, ret_word);
      break;
    case MEMO_QUERY_STATUS:
      read_table (&wanted, MEMO_FACET_STATUS, statuses, G_N_ELEMENTS (statuses), ret_word);
      break;
    case MEMO_QUERY_LANGUAGE:
      read_language (index, item, ret_word);
      break;
    case MEMO_QUERY_TAG:
      read_tag (index, &wanted, ret_word);
      break;
    case MEMO_QUERY_AFTER:
    case MEMO_QUERY_BEFORE:
      read_date (item, ret_word);
      break;
    case MEMO_QUERY_KIND:
      read_kind (&wanted, ret_word);
      break;
    case MEMO_QUERY_WORDS:
    case MEMO_QUERY_TITLE:
    default:
      break;
    }
  return ret_word->filter != NULL || ret_word->kinds != 0;
}
