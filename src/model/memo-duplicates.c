#include "memo-duplicates.h"

#include <math.h>
#include <string.h>

#include "base/memo-text.h"
#include "store/memo-query.h"

/* A key that more records share than this says nothing about them: a common word. */
#define BLOCK_MAX 48
/* More agreements of one day than a session signs, twice. */
#define DAY_MAX 256
#define SIMILAR 0.5
/* What a word says of an agreement: what kind of paper it is, in most of them; two or three letters, often a word of no
 * meaning in a language that is not known here, but "gas" and "oil" as well. */
#define KIND_WEIGHT 0.1
#define SHORT_WEIGHT 0.5

typedef struct
{
  MemoRecord *record; /* only what is compared */
  char *key;          /* of the title */
  char **words;       /* of the key */
  double *weights;    /* of an agreement's words; else NULL */
  char **stems;       /* of an agreement of a day: each once, those that say something; else NULL */
  double *stem_weights;
  gboolean fresh;
} Item;

struct _MemoDuplicates
{
  GPtrArray *items;   /* of Item */
  GHashTable *blocks; /* key → GArray of guint: positions of items */
  GHashTable *days;   /* the same: of agreements that the same parties signed on one day */
  GHashTable *common; /* stem → in how many agreements of any day it is */
  guint n_stemmed;    /* agreements of any day */
  gboolean any_fresh;
};

void
memo_duplicate_free (MemoDuplicate *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->one);
  g_object_unref (self->other);
  g_free (self);
}

static void
item_free (gpointer data)
{
  Item *item = data;

  g_object_unref (item->record);
  g_free (item->key);
  g_strfreev (item->words);
  g_free (item->weights);
  g_free (item->stem_weights);
  g_strfreev (item->stems);
  g_free (item);
}

MemoDuplicates *
memo_duplicates_new (void)
{
  MemoDuplicates *self = g_new0 (MemoDuplicates, 1);

  self->items = g_ptr_array_new_with_free_func (item_free);
  self->blocks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  self->days = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  self->common = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
memo_duplicates_free (MemoDuplicates *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->items);
  g_hash_table_unref (self->blocks);
  g_hash_table_unref (self->days);
  g_hash_table_unref (self->common);
  g_free (self);
}

gboolean
memo_duplicates_takes (MemoKind kind)
{
  return kind == MEMO_KIND_ARTICLE || kind == MEMO_KIND_AGREEMENT || kind == MEMO_KIND_BODY || kind == MEMO_KIND_PARTY;
}

/* A copy with what is compared alone: many of them are held. */
static MemoRecord *
slim (MemoRecord *record)
{
  static const MemoField kept[] = { MEMO_ARTICLE_TITLE,     MEMO_ARTICLE_PUBLISHED, MEMO_ARTICLE_LANGUAGE,
                                    MEMO_ARTICLE_URL,       MEMO_ARTICLE_WORK,      MEMO_ARTICLE_SHA256,
                                    MEMO_AGREEMENT_TITLE,   MEMO_AGREEMENT_SIGNED,  MEMO_AGREEMENT_IN_FORCE,
                                    MEMO_AGREEMENT_PARTIES, MEMO_AGREEMENT_PACKAGE, MEMO_AGREEMENT_KIND };
  MemoKind kind = memo_record_get_kind (record);
  MemoRecordBuilder *builder;

  if (kind == MEMO_KIND_BODY || kind == MEMO_KIND_PARTY)
    return g_object_ref (record);
  builder = memo_record_builder_new (kind, memo_record_get_uuid (record));
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if ((MemoKind) (kept[i] >> 8) == kind)
      {
        g_autofree char *stored = memo_record_dup_stored (record, kept[i]);

        if (stored != NULL)
          memo_record_builder_set_stored (builder, kept[i], stored, NULL);
      }
  memo_record_builder_set_identity (builder, memo_record_get_id (record), memo_record_get_created (record),
                                    memo_record_get_modified (record), 0, FALSE);
  return memo_record_builder_end (builder);
}

/* The last item under @key, which is taken. */
static void
put_in (MemoDuplicates *self, GHashTable *blocks, char *key)
{
  GArray *block = g_hash_table_lookup (blocks, key);
  guint position = self->items->len - 1;

  if (block == NULL)
    {
      block = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (blocks, key, block);
    }
  else
    g_free (key);
  if (block->len == 0 || g_array_index (block, guint, block->len - 1) != position)
    g_array_append_val (block, position);
}

static void
put (MemoDuplicates *self, char *key)
{
  put_in (self, self->blocks, key);
}

/* Where the same page is found: no scheme, no "www.", no end that does not count. (transfer full) (nullable) */
static char *
url_key (const char *url)
{
  const char *start = url != NULL ? strstr (url, "://") : NULL;
  char *key, *end;

  if (start == NULL)
    return NULL;
  start += 3;
  if (g_ascii_strncasecmp (start, "www.", 4) == 0)
    start += 4;
  key = g_strdup (start);
  end = strchr (key, '#');
  if (end != NULL)
    *end = '\0';
  for (end = key + strlen (key); end > key && end[-1] == '/'; end--)
    end[-1] = '\0';
  for (char *p = key; *p != '\0' && *p != '/'; p++)
    *p = g_ascii_tolower (*p);
  return key;
}

/* The day that an agreement counts from. */
static MemoDate *
date_of (MemoRecord *agreement)
{
  MemoDate *date = memo_record_get_date (agreement, MEMO_AGREEMENT_SIGNED);

  return date != NULL ? date : memo_record_get_date (agreement, MEMO_AGREEMENT_IN_FORCE);
}

/* Digits count: "Protocol 3" is another than "Protocol 4". */
static char **
split_words (const char *key)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  const char *start = NULL;

  for (const char *p = key;; p = g_utf8_next_char (p))
    {
      gboolean inside = *p != '\0' && g_unichar_isalnum (g_utf8_get_char (p));

      if (inside && start == NULL)
        start = p;
      else if (!inside && start != NULL)
        {
          g_autofree char *word = g_strndup (start, p - start);

          g_strv_builder_add (words, word);
          start = NULL;
        }
      if (*p == '\0')
        return g_strv_builder_end (words);
    }
}

static gboolean
is_package (const Item *item)
{
  return g_strcmp0 (memo_record_get_text (item->record, MEMO_AGREEMENT_KIND), "package") == 0;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Words of no meaning, in the languages that the program speaks. */
static GHashTable *
get_empty_words (void)
{
  static const char *const words[] = {
    "a",   "an",       "and",  "at",  "between", "by",        "field",       "fields",   "for", "from",    "in",
    "of",  "on",       "the",  "to",  "with",    "alanında",  "alanlarında", "arasında", "bir", "da",      "dair",
    "de",  "hakkında", "için", "ile", "ilişkin", "konusunda", "ve",          "в",        "во",  "для",     "до",
    "за",  "и",        "из",   "к",   "ко",      "между",     "на",          "о",        "об",  "области", "областях",
    "обо", "от",       "по",   "при", "с",       "со",        "сфере"
  };
  static gsize once;
  static GHashTable *table;

  if (g_once_init_enter (&once))
    {
      table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
        g_hash_table_add (table, memo_text_key (words[i]));
      g_once_init_leave (&once, 1);
    }
  return table;
}

/* What agreements are called, as words and stems: titles of two agreements have it in common. */
static GHashTable *
get_kind_words (void)
{
  static const char *const words[] = {
    "agreement",      "memorandum",  "memoranda",  "understanding", "protocol",        "treaty",     "convention",
    "contract",       "declaration", "statement",  "arrangement",   "accord",          "letter",     "intent",
    "cooperation",    "joint",       "anlaşma",    "anlaşması",     "antlaşma",        "antlaşması", "mutabakat",
    "zaptı",          "muhtıra",     "muhtırası",  "protokol",      "protokolü",       "sözleşme",   "sözleşmesi",
    "bildiri",        "bildirisi",   "beyanname",  "mektubu",       "niyet",           "işbirliği",  "iş",
    "birliği",        "ortak",       "соглашение", "меморандум",    "взаимопонимание", "протокол",   "договор",
    "конвенция",      "контракт",    "декларация", "заявление",     "договорённость",  "письмо",     "намерение",
    "сотрудничество", "совместное",  "совместный"
  };
  static gsize once;
  static GHashTable *table;

  if (g_once_init_enter (&once))
    {
      table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
        {
          g_autofree char *key = memo_text_key (words[i]);
          g_autoptr (GPtrArray) found = memo_query_forms (key);

          for (char **form = found->pdata[0]; *form != NULL; form++)
            g_hash_table_add (table, g_strdup (*form));
        }
      g_once_init_leave (&once, 1);
    }
  return table;
}

/* What a word says by itself; @forms as memo_query_forms() has them. */
static double
weigh_forms (char **forms)
{
  if (g_hash_table_contains (get_empty_words (), forms[0]))
    return 0;
  for (char **form = forms; *form != NULL; form++)
    if (g_hash_table_contains (get_kind_words (), *form))
      return KIND_WEIGHT;
  return memo_text_length (forms[0]) > 3 || strpbrk (forms[0], "0123456789") != NULL ? 1 : SHORT_WEIGHT;
}

static double *
weigh_words (char **words)
{
  double *weights = g_new0 (double, g_strv_length (words) + 1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) forms = memo_query_forms (words[i]);

      weights[i] = forms->len > 0 ? weigh_forms (forms->pdata[0]) : 0;
    }
  return weights;
}

/* The words of a title that say something, each once, as a stem. */
static void
find_stems (Item *item)
{
  g_autoptr (GPtrArray) words = memo_query_forms (item->key);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = 0;

  item->stem_weights = g_new0 (double, words->len);
  for (guint i = 0; i < words->len; i++)
    {
      char **forms = words->pdata[i];
      char *stem = forms[1] != NULL ? forms[1] : forms[0];
      double weight = weigh_forms (forms);

      if (weight <= 0 || !g_hash_table_add (seen, stem))
        continue;
      g_strv_builder_add (builder, stem);
      item->stem_weights[n++] = weight;
    }
  item->stems = g_strv_builder_end (builder);
}

static guint
get_count (GHashTable *counts, const char *stem)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (counts, stem));
}

static void
count_stems (GHashTable *counts, char **stems)
{
  for (guint i = 0; stems[i] != NULL; i++)
    g_hash_table_insert (counts, stems[i], GUINT_TO_POINTER (get_count (counts, stems[i]) + 1));
}

static void
put_day (MemoDuplicates *self, Item *item, const char *const *parties)
{
  MemoDate *signed_on = memo_record_get_date (item->record, MEMO_AGREEMENT_SIGNED);
  g_autofree const char **sorted = g_memdup2 (parties, (g_strv_length ((char **) parties) + 1) * sizeof *parties);
  g_autofree char *who = NULL;

  if (signed_on == NULL || memo_date_get_precision (signed_on) != MEMO_PRECISION_DAY || sorted[0] == NULL ||
      sorted[1] == NULL)
    return;
  qsort (sorted, g_strv_length ((char **) sorted), sizeof *sorted, compare_texts);
  who = g_strjoinv (" ", (char **) sorted);
  find_stems (item);
  count_stems (self->common, item->stems);
  self->n_stemmed++;
  put_in (self, self->days,
          g_strdup_printf ("%d %s%s", memo_date_get_first (signed_on), is_package (item) ? "package " : "", who));
}

static void
put_agreement (MemoDuplicates *self, Item *item)
{
  const char *const *parties = memo_record_get_texts (item->record, MEMO_AGREEMENT_PARTIES);
  MemoDate *date = date_of (item->record);
  int first, last;

  item->weights = weigh_words (item->words);
  if (*item->key != '\0')
    put (self, g_strdup_printf ("title %s", item->key));
  put_day (self, item, parties);
  if (date == NULL)
    return;
  /* Days to years, roughly: both ends, so that a month meets its days over the turn of a year. */
  first = memo_date_get_first (date) / 366;
  last = memo_date_get_last (date) / 366;
  for (guint i = 0; item->words[i] != NULL; i++)
    for (guint k = 0; memo_text_length (item->words[i]) > 3 && parties[k] != NULL; k++)
      {
        put (self, g_strdup_printf ("%d %s %s", first, parties[k], item->words[i]));
        if (last == first + 1)
          put (self, g_strdup_printf ("%d %s %s", last, parties[k], item->words[i]));
      }
}

static void
put_article (MemoDuplicates *self, Item *item)
{
  const char *sha256 = memo_record_get_text (item->record, MEMO_ARTICLE_SHA256);
  char *url = url_key (memo_record_get_text (item->record, MEMO_ARTICLE_URL));

  if (sha256 != NULL)
    put (self, g_strdup_printf ("text %s", sha256));
  if (url != NULL)
    put (self, url);
  if (*item->key != '\0')
    put (self, g_strdup_printf ("article %s", item->key));
}

static void
put_name (MemoDuplicates *self, MemoKind kind, const char *name)
{
  g_autofree char *key = name != NULL ? memo_text_key (name) : NULL;

  if (key != NULL && *g_strstrip (key) != '\0')
    put (self, g_strdup_printf ("%s %s", memo_kind_get_name (kind), key));
}

static void
put_names (MemoDuplicates *self, MemoRecord *record)
{
  static const char *const languages[] = { "en", "tr", "ru" };
  MemoKind kind = memo_record_get_kind (record);
  gboolean party = kind == MEMO_KIND_PARTY;
  const char *const *aliases = party ? memo_record_get_texts (record, MEMO_PARTY_ALIASES) : NULL;

  put_name (self, kind, memo_record_get_title (record));
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *name =
          memo_record_dup_name_in (record, party ? MEMO_PARTY_NAMES : MEMO_BODY_NAMES, languages[i]);

      put_name (self, kind, name);
    }
  for (guint i = 0; aliases != NULL && aliases[i] != NULL; i++)
    put_name (self, kind, aliases[i]);
  put_name (self, kind, memo_record_get_text (record, party ? MEMO_PARTY_CODE : MEMO_BODY_ACRONYM));
}

void
memo_duplicates_add (MemoDuplicates *self, MemoRecord *record, gboolean fresh)
{
  Item *item = g_new0 (Item, 1);

  item->record = slim (record);
  item->key = g_strstrip (memo_text_key (memo_record_get_title (record)));
  item->words = split_words (item->key);
  item->fresh = fresh;
  self->any_fresh |= fresh;
  g_ptr_array_add (self->items, item);
  switch (memo_record_get_kind (record))
    {
    case MEMO_KIND_AGREEMENT:
      put_agreement (self, item);
      break;
    case MEMO_KIND_ARTICLE:
      put_article (self, item);
      break;
    default:
      put_names (self, record);
    }
}

/* What share of all that their words say both have. */
static double
compare_words (const Item *a, const Item *b)
{
  double common = 0, all = 0;

  for (guint i = 0; b->words[i] != NULL; i++)
    all += b->weights[i];
  for (guint i = 0; a->words[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) b->words, a->words[i]))
      common += a->weights[i];
    else
      all += a->weights[i];
  return all > 0 ? common / all : 0;
}

static gboolean
same_parties (MemoRecord *a, MemoRecord *b)
{
  const char *const *ours = memo_record_get_texts (a, MEMO_AGREEMENT_PARTIES);
  const char *const *theirs = memo_record_get_texts (b, MEMO_AGREEMENT_PARTIES);

  for (guint i = 0; ours[i] != NULL; i++)
    if (!g_strv_contains (theirs, ours[i]))
      return FALSE;
  return g_strv_length ((char **) ours) == g_strv_length ((char **) theirs);
}

static gboolean
is_part_of (const Item *part, const Item *whole)
{
  return g_strcmp0 (memo_record_get_text (part->record, MEMO_AGREEMENT_PACKAGE),
                    memo_record_get_uuid (whole->record)) == 0;
}

static double
judge_agreements (const Item *a, const Item *b, const char **ret_reason)
{
  MemoDate *ours = date_of (a->record), *theirs = date_of (b->record);
  double score;

  if (is_part_of (a, b) || is_part_of (b, a))
    return 0;
  if (ours != NULL && theirs != NULL && !memo_date_overlaps (ours, theirs))
    return 0;
  *ret_reason = "title";
  if (g_str_equal (a->key, b->key))
    return same_parties (a->record, b->record) ? 1 : 0.9;
  if (ours == NULL || theirs == NULL || !same_parties (a->record, b->record))
    return 0;
  *ret_reason = "words";
  score = compare_words (a, b);
  return score >= SIMILAR ? score * 0.9 : 0;
}

static double
judge_articles (const Item *a, const Item *b, const char **ret_reason)
{
  const char *work = memo_record_get_text (a->record, MEMO_ARTICLE_WORK);
  const char *language = memo_record_get_text (a->record, MEMO_ARTICLE_LANGUAGE);
  const char *text = memo_record_get_text (a->record, MEMO_ARTICLE_SHA256);
  g_autofree char *ours = url_key (memo_record_get_text (a->record, MEMO_ARTICLE_URL));
  g_autofree char *theirs = url_key (memo_record_get_text (b->record, MEMO_ARTICLE_URL));

  *ret_reason = "text";
  if (text != NULL && g_strcmp0 (text, memo_record_get_text (b->record, MEMO_ARTICLE_SHA256)) == 0)
    return 1;
  if (g_strcmp0 (language, memo_record_get_text (b->record, MEMO_ARTICLE_LANGUAGE)) != 0 && work != NULL &&
      g_strcmp0 (work, memo_record_get_text (b->record, MEMO_ARTICLE_WORK)) == 0)
    return 0;
  *ret_reason = "url";
  if (ours != NULL && g_strcmp0 (ours, theirs) == 0)
    return 0.95;
  *ret_reason = "title";
  return *a->key != '\0' && g_str_equal (a->key, b->key) &&
                 memo_date_equal (memo_record_get_date (a->record, MEMO_ARTICLE_PUBLISHED),
                                  memo_record_get_date (b->record, MEMO_ARTICLE_PUBLISHED))
             ? 0.8
             : 0;
}

static double
judge_names (const Item *a, const Item *b, const char **ret_reason)
{
  MemoField kind = memo_record_get_kind (a->record) == MEMO_KIND_PARTY ? MEMO_PARTY_KIND : MEMO_BODY_KIND;
  const char *ours = memo_record_get_text (a->record, kind), *theirs = memo_record_get_text (b->record, kind);

  *ret_reason = "name";
  if (ours != NULL && theirs != NULL && !g_str_equal (ours, theirs))
    return 0;
  if (kind == MEMO_PARTY_KIND)
    {
      const char *our_code = memo_record_get_text (a->record, MEMO_PARTY_CODE);
      const char *their_code = memo_record_get_text (b->record, MEMO_PARTY_CODE);

      if (our_code != NULL && their_code != NULL && !g_str_equal (our_code, their_code))
        return 0;
    }
  return 0.9;
}

static double
judge (const Item *a, const Item *b, const char **ret_reason)
{
  if (memo_record_get_kind (a->record) != memo_record_get_kind (b->record) ||
      g_str_equal (memo_record_get_uuid (a->record), memo_record_get_uuid (b->record)))
    return 0;
  switch (memo_record_get_kind (a->record))
    {
    case MEMO_KIND_AGREEMENT:
      return judge_agreements (a, b, ret_reason);
    case MEMO_KIND_ARTICLE:
      return judge_articles (a, b, ret_reason);
    default:
      return judge_names (a, b, ret_reason);
    }
}

/* What a stem says about an agreement: no more than the word by itself, and all of that when at most two of its day and two
 * of the library have it; next to nothing, when all of either have it. */
static double
weigh (MemoDuplicates *self, GHashTable *counts, const char *stem, double weight)
{
  guint of_day = get_count (counts, stem), of_all = get_count (self->common, stem);

  if (of_day > 2)
    weight = MIN (weight, 1.0 / (of_day - 1));
  if (of_all > 2)
    weight = MIN (weight, log ((double) self->n_stemmed / of_all) / log (self->n_stemmed / 2.0));
  return weight;
}

/* Two of one day and the same parties. Many agreements are signed in one session, and their titles begin alike: what the
 * shorter title has of its own must be, by half, in the other. One from each library, and no other on that day, is reason
 * enough by itself unless they are of two kinds. */
static double
judge_day (const Item *a, const Item *b, gboolean alone, const char **ret_reason)
{
  const char *kind = memo_record_get_text (a->record, MEMO_AGREEMENT_KIND);
  const char *other_kind = memo_record_get_text (b->record, MEMO_AGREEMENT_KIND);
  double common = 0, ours = 0, theirs = 0, share;

  if (is_part_of (a, b) || is_part_of (b, a))
    return 0;
  for (guint i = 0; a->stems[i] != NULL; i++)
    {
      ours += a->stem_weights[i];
      if (g_strv_contains ((const char *const *) b->stems, a->stems[i]))
        common += a->stem_weights[i];
    }
  for (guint i = 0; b->stems[i] != NULL; i++)
    theirs += b->stem_weights[i];
  /* Two words of one stem may weigh a little less and more. */
  share = common > 0 ? MIN (common / MIN (ours, theirs), 1) : 0;
  *ret_reason = share >= SIMILAR ? "words" : "day";
  if (share >= SIMILAR)
    return share * 0.9;
  return alone && (kind == NULL || other_kind == NULL || g_str_equal (kind, other_kind)) ? 0.3 : 0;
}

static int
compare_duplicates (gconstpointer a, gconstpointer b)
{
  const MemoDuplicate *one = *(MemoDuplicate *const *) a, *other = *(MemoDuplicate *const *) b;

  if (one->score != other->score)
    return one->score > other->score ? -1 : 1;
  return strcmp (memo_record_get_uuid (one->one), memo_record_get_uuid (other->one));
}

/* @day: of agreements of one day. */
static void
judge_block (MemoDuplicates *self, GArray *block, gboolean day, GHashTable *seen, GPtrArray *found)
{
  for (guint i = 0; i < block->len; i++)
    for (guint k = i + 1; k < block->len; k++)
      {
        gint64 pair = ((gint64) g_array_index (block, guint, i) << 32) | g_array_index (block, guint, k);
        Item *a = g_ptr_array_index (self->items, g_array_index (block, guint, i));
        Item *b = g_ptr_array_index (self->items, g_array_index (block, guint, k));
        MemoDuplicate *duplicate;
        const char *reason = NULL;
        double score;

        if ((self->any_fresh && a->fresh == b->fresh) || !g_hash_table_add (seen, g_memdup2 (&pair, sizeof pair)))
          continue;
        if (day && !g_str_equal (a->key, b->key))
          score = judge_day (a, b, self->any_fresh && block->len == 2, &reason);
        else
          score = judge (a, b, &reason);
        if (score <= 0)
          continue;
        duplicate = g_new0 (MemoDuplicate, 1);
        if (memo_record_get_created (b->record) < memo_record_get_created (a->record))
          {
            Item *older = b;

            b = a;
            a = older;
          }
        duplicate->one = g_object_ref (a->record);
        duplicate->other = g_object_ref (b->record);
        duplicate->score = score;
        duplicate->reason = reason;
        g_ptr_array_add (found, duplicate);
      }
}

static void
judge_days (MemoDuplicates *self, GHashTable *seen, GPtrArray *found)
{
  GHashTableIter iter;
  GArray *day;

  g_hash_table_iter_init (&iter, self->days);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &day))
    {
      g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);

      if (day->len < 2 || day->len > DAY_MAX)
        continue;
      for (guint i = 0; i < day->len; i++)
        count_stems (counts, ((Item *) g_ptr_array_index (self->items, g_array_index (day, guint, i)))->stems);
      for (guint i = 0; i < day->len; i++)
        {
          Item *item = g_ptr_array_index (self->items, g_array_index (day, guint, i));

          for (guint k = 0; item->stems[k] != NULL; k++)
            item->stem_weights[k] = weigh (self, counts, item->stems[k], item->stem_weights[k]);
        }
      judge_block (self, day, TRUE, seen, found);
    }
}

GPtrArray *
memo_duplicates_find (MemoDuplicates *self)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) memo_duplicate_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GHashTableIter iter;
  GArray *block;

  judge_days (self, seen, found);
  g_hash_table_iter_init (&iter, self->blocks);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &block))
    if (block->len > 1 && block->len <= BLOCK_MAX)
      judge_block (self, block, FALSE, seen, found);
  g_ptr_array_sort (found, compare_duplicates);
  return found;
}
