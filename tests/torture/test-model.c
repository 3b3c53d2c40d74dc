/* Random work with a library against a plain model in memory: content, filters with all their counts, search results, what can
 * be undone, equal at every step. Two libraries take turns, are closed and opened again, and the clock jumps by up to two years
 * either way; every other round in the Turkish locale when there is one.
 *
 * test-model [--long | --number N] [--seed N]    without options 1,500 steps; --long 100,000 */
#include "../model/model-fixture.h"
#include "plain-model.h"
#include "torture.h"

#include <locale.h>
#include <string.h>
#include <sys/time.h>
#include "base/memo-error.h"
#include "base/memo-text.h"
#include "store/memo-tokenizer.h"

#define STEPS_PER_ROUND 1250
#define YEAR (G_GINT64_CONSTANT (365) * 24 * 3600 * G_USEC_PER_SEC)

/* Words that nothing else in a new library has, and whose inflected forms are nobody else's. */
static const char *const words[] = {
  "zarfik",
  "brumel",
  "irlikon",
  "ışbaklı",
  "çömrek",
  "güzvan",
  "ökremi",
  "şilvat",
  "tündrik",
  "ipkolu",
  "vornat",
  "quizzle",
  "йолкар",
  "ёрмуна",
  "жадвик",
  "щурбан",
  "эквилор",
  "ъмавра",
  "фимбул",
  "цократ",
  "naïvola",
  "strögok",
  "krambels",
  "dolfinx",
  "perrunt",
  "hagrimo",
  "wobbenka",
  "xylofta",
  "jumbrik",
  "ostvang",
  /* tags */
  "etikalfa",
  "etikbrav",
  "etikçarli",
  "етикделта",
};
#define TAGS_FROM 30
#define N_TAGS 4

static GRand *rnd;
static guint steps_left;
static guint32 seed;
static gint64 clock_offset;
static guint n_steps, n_filters, n_searches, n_turkish;

/* The clock that the library sees. */
gint64
g_get_real_time (void)
{
  struct timeval now;

  gettimeofday (&now, NULL);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_usec + clock_offset;
}

typedef struct
{
  char *path;
  MemoLibrary *library;
  PlainModel *model;
} World;

static gboolean
chance (int percent)
{
  return g_rand_int_range (rnd, 0, 100) < percent;
}

static guint64
bit (guint i)
{
  return G_GUINT64_CONSTANT (1) << i;
}

/* Words, written in one of the ways people write them */

static void
append_word (GString *text, guint word)
{
  static const struct
  {
    const char *one, *other;
  } turkish[] = { { "i", "ı" }, { "I", "İ" } };
  g_autofree char *upper = g_utf8_strup (words[word], -1);
  const char *written = chance (30) ? upper : words[word];

  if (text->len > 0)
    g_string_append (text, chance (20) ? ", " : chance (10) ? "\n" : " ");
  for (const char *p = written; *p != '\0'; p = g_utf8_next_char (p))
    {
      gboolean swapped = FALSE;

      for (guint i = 0; i < G_N_ELEMENTS (turkish) && !swapped; i++)
        if (g_str_has_prefix (p, turkish[i].one) && chance (20))
          {
            g_string_append (text, turkish[i].other);
            swapped = TRUE;
          }
      if (!swapped)
        g_string_append_len (text, p, g_utf8_next_char (p) - p);
    }
}

static char *
write_words (guint least, guint most, guint64 *set)
{
  GString *text = g_string_new (NULL);
  guint n = g_rand_int_range (rnd, least, most + 1);

  for (guint i = 0; i < n; i++)
    {
      guint word = g_rand_int_range (rnd, 0, TAGS_FROM);

      append_word (text, word);
      *set |= bit (word);
    }
  return g_string_free (text, FALSE);
}

/* The words must not be each other's forms, or the model were not plain. */
static void
check_words (void)
{
  g_autoptr (GHashTable) forms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_auto (GStrv) stems = memo_tokenizer_stems (words[i], strlen (words[i]));

      g_assert_true (g_hash_table_add (forms, memo_text_key (words[i])));
      for (guint k = 0; stems[k] != NULL; k++)
        if (!g_hash_table_add (forms, g_strdup (stems[k])))
          g_error ("“%s” shares the stem “%s”", words[i], stems[k]);
    }
}

/* Versions of records */

static guint64
some (MemoFacet facet, PlainModel *model, guint most)
{
  guint64 set = 0;
  guint n = g_rand_int_range (rnd, 0, most + 1);

  for (guint i = 0; i < n; i++)
    set |= bit (g_rand_int_range (rnd, 0, model->n_values[facet]));
  return set;
}

static guint
first_bit (guint64 set)
{
  for (guint i = 0; i < 64; i++)
    if (set >> i & 1)
      return i;
  return 64;
}

/* One of @from .. @to, or none. */
static guint64
maybe_one (guint from, guint to)
{
  return chance (30) ? 0 : bit (g_rand_int_range (rnd, from, to));
}

static void
roll_words (PlainRecord *record)
{
  guint64 set = 0;

  g_free (record->title);
  g_free (record->text);
  record->title = write_words (1, 3, &set);
  record->text = record->kind == MEMO_KIND_BODY ? NULL : write_words (1, 8, &set);
  record->words = set;
}

static void
roll_years (PlainRecord *record)
{
  record->first = chance (25) ? 0 : g_rand_int_range (rnd, 1990, 2026);
  record->last = record->first;
  if (record->first != 0 && record->kind == MEMO_KIND_AGREEMENT && chance (40))
    record->last += g_rand_int_range (rnd, 0, 8);
}

/* Kinds of articles are values 0 to 2, of agreements 3 to 5, of events 6 and 7; parties from 8 on are persons. */
static void
roll_values (PlainModel *model, PlainRecord *record)
{
  MemoKind kind = record->kind;

  record->tags = some (MEMO_FACET_TAG, model, 2);
  record->sectors = some (MEMO_FACET_SECTOR, model, 3);
  record->body = kind == MEMO_KIND_AGREEMENT || kind == MEMO_KIND_EVENT ? maybe_one (0, 3) : 0;
  record->status = kind == MEMO_KIND_AGREEMENT ? maybe_one (0, model->n_values[MEMO_FACET_STATUS]) : 0;
  if (kind == MEMO_KIND_ARTICLE)
    {
      record->parties = maybe_one (8, 10);
      record->type = maybe_one (0, 3);
      record->language = maybe_one (0, model->n_values[MEMO_FACET_LANGUAGE]);
    }
  else if (kind == MEMO_KIND_ANNOTATION)
    record->parties = maybe_one (8, 10);
  else if (kind == MEMO_KIND_AGREEMENT || kind == MEMO_KIND_EVENT)
    {
      record->parties = some (MEMO_FACET_PARTY, model, 3) & (bit (8) - 1);
      record->type = kind == MEMO_KIND_AGREEMENT ? maybe_one (3, 6) : maybe_one (6, 8);
    }
  else
    record->sectors = 0;
}

static void
roll (PlainModel *model, PlainRecord *record, gboolean all)
{
  if (record->kind == MEMO_KIND_EVIDENCE)
    return;
  if (all || chance (50))
    roll_words (record);
  if (all || chance (60))
    roll_values (model, record);
  if ((all || chance (40)) && record->kind != MEMO_KIND_ANNOTATION && record->kind != MEMO_KIND_NOTE)
    roll_years (record);
  record->words &= bit (TAGS_FROM) - 1;
  record->words |= record->tags << TAGS_FROM;
}

static gboolean
equal (const PlainRecord *a, const PlainRecord *b)
{
  return g_strcmp0 (a->title, b->title) == 0 && g_strcmp0 (a->text, b->text) == 0 && a->tags == b->tags &&
         a->sectors == b->sectors && a->parties == b->parties && a->type == b->type && a->status == b->status &&
         a->language == b->language && a->body == b->body && a->first == b->first && a->last == b->last;
}

/* Records of the library */

static void
set_refs (MemoRecordBuilder *builder, MemoField field, PlainModel *model, MemoFacet facet, guint64 set)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  for (guint i = 0; i < model->n_values[facet]; i++)
    if (set >> i & 1)
      g_ptr_array_add (texts, (gpointer) model->values[facet][i]);
  g_ptr_array_add (texts, NULL);
  memo_record_builder_set_texts (builder, field, (const char *const *) texts->pdata);
}

static void
set_one (MemoRecordBuilder *builder, MemoField field, PlainModel *model, MemoFacet facet, guint64 set)
{
  memo_record_builder_set_text (builder, field, set != 0 ? model->values[facet][first_bit (set)] : NULL);
}

static void
set_year (MemoRecordBuilder *builder, MemoField field, int year)
{
  g_autofree char *text = year != 0 ? g_strdup_printf ("%d", year) : NULL;
  g_autoptr (GError) error = NULL;

  if (text != NULL)
    memo_record_builder_set_stored (builder, field, text, &error);
  else
    memo_record_builder_set_date (builder, field, NULL);
  g_assert_no_error (error);
}

static const char *
uuid_of (PlainModel *model, int place)
{
  return model->records[place]->uuid;
}

static MemoRecord *
build (PlainModel *model, const PlainRecord *plain, MemoRecord *base)
{
  MemoRecordBuilder *builder =
      base != NULL ? memo_record_builder_edit (base) : memo_record_builder_new (plain->kind, plain->uuid);

#define TEXT(field, value) memo_record_builder_set_text (builder, field, value)
#define ONE(field, facet, set) set_one (builder, field, model, facet, set)
#define SET(field, facet, set) set_refs (builder, field, model, facet, set)
  switch (plain->kind)
    {
    case MEMO_KIND_ARTICLE:
      TEXT (MEMO_ARTICLE_TITLE, plain->title);
      TEXT (MEMO_ARTICLE_TEXT, plain->text);
      SET (MEMO_ARTICLE_TAGS, MEMO_FACET_TAG, plain->tags);
      SET (MEMO_ARTICLE_SECTORS, MEMO_FACET_SECTOR, plain->sectors);
      SET (MEMO_ARTICLE_AUTHORS, MEMO_FACET_PARTY, plain->parties);
      ONE (MEMO_ARTICLE_KIND, MEMO_FACET_KIND, plain->type);
      ONE (MEMO_ARTICLE_LANGUAGE, MEMO_FACET_LANGUAGE, plain->language);
      set_year (builder, MEMO_ARTICLE_PUBLISHED, plain->first);
      break;
    case MEMO_KIND_ANNOTATION:
      TEXT (MEMO_ANNOTATION_ARTICLE, uuid_of (model, plain->article));
      TEXT (MEMO_ANNOTATION_EXACT, plain->title);
      TEXT (MEMO_ANNOTATION_COMMENT, plain->text);
      SET (MEMO_ANNOTATION_TAGS, MEMO_FACET_TAG, plain->tags);
      SET (MEMO_ANNOTATION_SECTORS, MEMO_FACET_SECTOR, plain->sectors);
      ONE (MEMO_ANNOTATION_SPEAKER, MEMO_FACET_PARTY, plain->parties);
      break;
    case MEMO_KIND_AGREEMENT:
      TEXT (MEMO_AGREEMENT_TITLE, plain->title);
      TEXT (MEMO_AGREEMENT_SUMMARY, plain->text);
      SET (MEMO_AGREEMENT_TAGS, MEMO_FACET_TAG, plain->tags);
      SET (MEMO_AGREEMENT_SECTORS, MEMO_FACET_SECTOR, plain->sectors);
      SET (MEMO_AGREEMENT_PARTIES, MEMO_FACET_PARTY, plain->parties);
      ONE (MEMO_AGREEMENT_KIND, MEMO_FACET_KIND, plain->type);
      ONE (MEMO_AGREEMENT_STATUS, MEMO_FACET_STATUS, plain->status);
      ONE (MEMO_AGREEMENT_BODY, MEMO_FACET_BODY, plain->body);
      set_year (builder, MEMO_AGREEMENT_SIGNED, plain->first);
      set_year (builder, MEMO_AGREEMENT_ENDS, plain->last != plain->first ? plain->last : 0);
      break;
    case MEMO_KIND_EVENT:
      TEXT (MEMO_EVENT_TITLE, plain->title);
      TEXT (MEMO_EVENT_SUMMARY, plain->text);
      SET (MEMO_EVENT_TAGS, MEMO_FACET_TAG, plain->tags);
      SET (MEMO_EVENT_SECTORS, MEMO_FACET_SECTOR, plain->sectors);
      SET (MEMO_EVENT_PARTIES, MEMO_FACET_PARTY, plain->parties);
      ONE (MEMO_EVENT_KIND, MEMO_FACET_KIND, plain->type);
      ONE (MEMO_EVENT_BODY, MEMO_FACET_BODY, plain->body);
      set_year (builder, MEMO_EVENT_WHEN, plain->first);
      break;
    case MEMO_KIND_NOTE:
      TEXT (MEMO_NOTE_TITLE, plain->title);
      TEXT (MEMO_NOTE_TEXT, plain->text);
      SET (MEMO_NOTE_TAGS, MEMO_FACET_TAG, plain->tags);
      break;
    case MEMO_KIND_BODY:
      TEXT (MEMO_BODY_NAME, plain->title);
      SET (MEMO_BODY_PARTIES, MEMO_FACET_PARTY, plain->parties);
      break;
    default:
      TEXT (MEMO_EVIDENCE_RECORD, uuid_of (model, plain->record));
      TEXT (MEMO_EVIDENCE_ANNOTATION, uuid_of (model, plain->annotation));
      break;
    }
#undef TEXT
#undef ONE
#undef SET
  return memo_record_builder_end (builder);
}

/* The record as it has to be; all its fields are compared. (transfer full) */
static MemoRecord *
fetch (World *world, guint place)
{
  const PlainRecord *plain = world->model->records[place];
  g_autoptr (GError) error = NULL;
  MemoRecord *record = fixture_get (world->library, plain->uuid, TRUE, &error);
  g_autoptr (MemoRecord) wanted = NULL;
  guint n;

  g_assert_no_error (error);
  g_assert_cmpint (memo_record_get_kind (record), ==, plain->kind);
  g_assert_true ((memo_record_get_deleted (record) != 0) == plain->deleted);
  wanted = build (world->model, plain, record);
  memo_kind_get_fields (plain->kind, &n);
  for (guint i = 0; i < n; i++)
    if (!memo_record_field_equal (record, wanted, MEMO_FIELD (plain->kind, i)))
      {
        g_autofree char *found = memo_record_dup_stored (record, MEMO_FIELD (plain->kind, i));
        g_autofree char *plainly = memo_record_dup_stored (wanted, MEMO_FIELD (plain->kind, i));

        g_error ("%s %s, %s: %s; model: %s", memo_kind_get_name (plain->kind), plain->uuid,
                 memo_field_get_info (MEMO_FIELD (plain->kind, i))->name, found, plainly);
      }
  return record;
}

/* Actions */

static int
any_place (PlainModel *model, MemoKind kind, gboolean deleted)
{
  guint start = g_rand_int_range (rnd, 0, MAX (model->n_records, 1));

  for (guint i = 0; i < model->n_records; i++)
    {
      guint place = (start + i) % model->n_records;
      const PlainRecord *record = model->records[place];

      if (record != NULL && record->deleted == deleted && record->kind != MEMO_KIND_BODY &&
          (kind == MEMO_N_KINDS || record->kind == kind))
        return place;
    }
  return -1;
}

static PlainRecord *
invent (PlainModel *model)
{
  static const MemoKind kinds[] = { MEMO_KIND_ARTICLE,   MEMO_KIND_ANNOTATION, MEMO_KIND_ANNOTATION,
                                    MEMO_KIND_AGREEMENT, MEMO_KIND_AGREEMENT,  MEMO_KIND_EVIDENCE,
                                    MEMO_KIND_EVIDENCE,  MEMO_KIND_EVENT,      MEMO_KIND_NOTE };
  MemoKind kind = kinds[g_rand_int_range (rnd, 0, G_N_ELEMENTS (kinds))];
  int article = any_place (model, MEMO_KIND_ARTICLE, FALSE);
  int annotation = any_place (model, MEMO_KIND_ANNOTATION, FALSE);
  int target = any_place (model, chance (75) ? MEMO_KIND_AGREEMENT : MEMO_KIND_EVENT, FALSE);
  PlainRecord *record;

  if ((kind == MEMO_KIND_ANNOTATION && article < 0) || (kind == MEMO_KIND_EVIDENCE && (annotation < 0 || target < 0)))
    kind = MEMO_KIND_ARTICLE;
  record = plain_record_new (kind);
  if (kind == MEMO_KIND_ANNOTATION)
    record->article = article;
  else if (kind == MEMO_KIND_EVIDENCE)
    {
      record->annotation = annotation;
      record->record = target;
    }
  roll (model, record, TRUE);
  return record;
}

static gboolean
has_step (GArray *steps, int place)
{
  for (guint i = 0; i < steps->len; i++)
    if (g_array_index (steps, PlainStep, i).place == (guint) place)
      return TRUE;
  return FALSE;
}

static void
add_step (World *world, MemoChange *change, GArray *steps)
{
  PlainModel *model = world->model;
  int what = g_rand_int_range (rnd, 0, 100);
  gboolean restore = what >= 90;
  int place = any_place (model, MEMO_N_KINDS, restore);
  g_autoptr (MemoRecord) old = NULL;
  PlainStep step = { 0 };

  if (what < 35 || place < 0)
    {
      guint next = model->n_records;

      while (has_step (steps, next))
        next++;
      if (next >= PLAIN_MAX)
        return;
      step.place = next;
      step.after = invent (model);
      old = build (model, step.after, NULL);
      memo_change_insert (change, old);
      g_array_append_val (steps, step);
      return;
    }
  if (has_step (steps, place))
    return;
  step.place = place;
  step.after = plain_record_copy (model->records[place]);
  old = fetch (world, place);
  if (what < 70)
    {
      g_autoptr (MemoRecord) record = NULL;

      for (guint i = 0; i < 20 && equal (step.after, model->records[place]); i++)
        roll (model, step.after, FALSE);
      record = build (model, step.after, old);
      /* Evidence has nothing to edit. */
      if (!equal (step.after, model->records[place]))
        memo_change_update (change, old, record);
      else
        {
          step.after->deleted = TRUE;
          memo_change_trash (change, old);
        }
    }
  else
    {
      step.after->deleted = !restore;
      if (restore)
        memo_change_restore (change, old);
      else
        memo_change_trash (change, old);
    }
  g_array_append_val (steps, step);
}

static void
act (World *world)
{
  g_autoptr (MemoChange) change = memo_change_new ("Edit", NULL);
  GArray *steps = g_array_new (FALSE, TRUE, sizeof (PlainStep));
  guint n = chance (8) ? g_rand_int_range (rnd, 2, 12) : 1;

  for (guint i = 0; i < n; i++)
    add_step (world, change, steps);
  if (steps->len == 0)
    {
      g_array_unref (steps);
      return;
    }
  fixture_apply (world->library, change);
  plain_model_apply (world->model, steps);
}

static void
walk (World *world, gboolean undo)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = fixture_walk (world->library, undo, &error);

  if (plain_model_walk (world->model, undo))
    {
      g_assert_no_error (error);
      g_assert_cmpstr (name, ==, "Edit");
    }
  else
    g_assert_error (error, MEMO_ERROR, MEMO_ERROR_NOT_FOUND);
}

/* Questions */

static void
choose (PlainModel *model, PlainFilter *plain, MemoFilter **filter, MemoFacet facet)
{
  MemoChoice choice = g_rand_int_range (rnd, MEMO_CHOICE_ANY, MEMO_CHOICE_NONE + 1);
  g_autoptr (MemoFilter) old = *filter;
  const char *value;

  if (facet == MEMO_FACET_SOURCE)
    {
      int place = any_place (model, MEMO_KIND_ARTICLE, chance (10));

      if (place >= 0)
        plain->sources[choice] = place;
      value = place >= 0 ? model->records[place]->uuid : NULL;
    }
  else
    {
      guint i = g_rand_int_range (rnd, 0, model->n_values[facet]);

      for (MemoChoice other = MEMO_CHOICE_ANY; other <= MEMO_CHOICE_NONE; other++)
        plain->chosen[facet][other] &= ~bit (i);
      plain->chosen[facet][choice] |= bit (i);
      value = model->values[facet][i];
    }
  *filter = value != NULL ? memo_filter_with (old, facet, choice, value) : g_object_ref (old);
}

static MemoDate *
year_date (int year)
{
  g_autofree char *text = g_strdup_printf ("%d", year);

  return memo_date_new (text, NULL);
}

static MemoFilter *
make_filter (PlainModel *model, PlainFilter *plain)
{
  MemoFilter *filter = memo_filter_new ();
  int n = chance (20) ? 0 : g_rand_int_range (rnd, 1, 4);

  memset (plain, 0, sizeof *plain);
  plain->sources[0] = plain->sources[1] = plain->sources[2] = -1;
  for (int i = 0; i < n; i++)
    {
      MemoFacet facet = g_rand_int_range (rnd, 0, MEMO_N_FACETS);

      /* A source is chosen once: the model has place for one. */
      if (facet != MEMO_FACET_SOURCE || (plain->sources[0] & plain->sources[1] & plain->sources[2]) == -1)
        choose (model, plain, &filter, facet);
    }
#define WITH(changed)                                                                                                  \
  {                                                                                                                    \
    MemoFilter *with = changed;                                                                                        \
    g_object_unref (filter);                                                                                           \
    filter = with;                                                                                                     \
  }
  if (chance (15))
    {
      g_autoptr (MemoDate) from = NULL;
      g_autoptr (MemoDate) to = NULL;

      if (chance (70))
        {
          plain->from = g_rand_int_range (rnd, 1988, 2028);
          from = year_date (plain->from);
        }
      if (chance (70))
        {
          plain->to = g_rand_int_range (rnd, 1988, 2028);
          to = year_date (plain->to);
        }
      WITH (memo_filter_with_dates (filter, from, to));
    }
  if (chance (15))
    {
      g_autoptr (GString) text = g_string_new (NULL);
      guint one = g_rand_int_range (rnd, 0, G_N_ELEMENTS (words)),
            other = g_rand_int_range (rnd, 0, G_N_ELEMENTS (words));

      append_word (text, one);
      plain->words = bit (one);
      if (chance (30))
        {
          append_word (text, other);
          plain->words |= bit (other);
        }
      else if (chance (30) && other != one)
        {
          g_string_append_printf (text, " -%s", words[other]);
          plain->without = bit (other);
        }
      WITH (memo_filter_with_words (filter, text->str));
    }
  if (chance (8))
    {
      plain->single_source = TRUE;
      WITH (memo_filter_with_single_source (filter, TRUE));
    }
  if (chance (8))
    {
      plain->no_evidence = TRUE;
      WITH (memo_filter_with_no_evidence (filter, TRUE));
    }
#undef WITH
  return filter;
}

/* Place in the model, or value of the facet; G_MAXUINT: unknown to it. */
static guint
value_of (PlainModel *model, MemoFacet facet, const char *text)
{
  guint n = facet == MEMO_FACET_SOURCE ? model->n_records : model->n_values[facet];

  for (guint i = 0; i < n; i++)
    if (facet == MEMO_FACET_SOURCE ? model->records[i] != NULL && strcmp (model->records[i]->uuid, text) == 0
                                   : strcmp (model->values[facet][i], text) == 0)
      return i;
  return G_MAXUINT;
}

static gboolean
is_chosen (const PlainFilter *filter, MemoFacet facet, guint value)
{
  for (MemoChoice choice = MEMO_CHOICE_ANY; choice <= MEMO_CHOICE_NONE; choice++)
    if (facet == MEMO_FACET_SOURCE ? filter->sources[choice] == (int) value
                                   : filter->chosen[facet][choice] >> value & 1)
      return TRUE;
  return FALSE;
}

static void
compare_facet (World *world, MemoSelection *selection, const PlainFilter *filter, MemoFacet facet, const char *json)
{
  PlainModel *model = world->model;
  GArray *counts = memo_selection_get_facet (selection, facet);
  guint n = facet == MEMO_FACET_SOURCE ? model->n_records : model->n_values[facet], wanted = 0, found = 0;
  guint8 shown[PLAIN_MAX];

  plain_model_select (model, filter, facet, shown);
  for (guint i = 0; i < counts->len; i++)
    {
      const MemoFacetCount *count = &g_array_index (counts, MemoFacetCount, i);
      guint value = value_of (model, facet, count->value);
      guint plain[3] = { 0 };

      if (value != G_MAXUINT)
        {
          plain[0] = plain_model_count (model, shown, facet, value, MEMO_KIND_AGREEMENT);
          plain[1] = plain_model_count (model, shown, facet, value, MEMO_KIND_ARTICLE);
          plain[2] = plain_model_count (model, shown, facet, value, MEMO_KIND_ANNOTATION);
        }
      if (count->count != plain[0] || count->articles != plain[1] || count->annotations != plain[2])
        g_error ("%s, %s %s: %u %u %u; model: %u %u %u", json, memo_facet_get_name (facet), count->value, count->count,
                 count->articles, count->annotations, plain[0], plain[1], plain[2]);
      found += value != G_MAXUINT;
    }
  /* Each value that has to be offered is there: those that are counted are equal, so their number is enough. */
  for (guint value = 0; value < n; value++)
    {
      guint agreements, others;

      if (facet == MEMO_FACET_SOURCE &&
          (model->records[value] == NULL || model->records[value]->kind != MEMO_KIND_ARTICLE))
        continue;
      agreements = plain_model_count (model, shown, facet, value, MEMO_KIND_AGREEMENT);
      others = plain_model_count (model, shown, facet, value, MEMO_KIND_ARTICLE) +
               plain_model_count (model, shown, facet, value, MEMO_KIND_ANNOTATION);
      if (facet == MEMO_FACET_SOURCE || (facet == MEMO_FACET_PARTY && model->person[value]))
        others = 0;
      wanted += facet == MEMO_FACET_SECTOR || agreements + others > 0 || is_chosen (filter, facet, value);
    }
  if (found != wanted)
    g_error ("%s: %u values of %s; model: %u", json, found, memo_facet_get_name (facet), wanted);
}

static void
compare_selection (World *world)
{
  static const MemoKind kinds[] = { MEMO_KIND_ARTICLE, MEMO_KIND_ANNOTATION, MEMO_KIND_AGREEMENT,
                                    MEMO_KIND_EVENT,   MEMO_KIND_NOTE,       MEMO_KIND_BODY };
  PlainFilter plain;
  g_autoptr (MemoFilter) filter = make_filter (world->model, &plain);
  g_autoptr (MemoSelection) selection = fixture_select (world->library, filter);
  g_autofree char *json = memo_filter_to_json (filter);
  MemoIndex *index = memo_library_get_index (world->library);
  guint8 shown[PLAIN_MAX];
  guint n[MEMO_N_KINDS] = { 0 };

  plain_model_select (world->model, &plain, -1, shown);
  for (guint i = 0; i < world->model->n_records; i++)
    if (shown[i])
      {
        const PlainRecord *record = world->model->records[i];
        gint64 id = memo_index_get_id (index, record->kind, record->uuid);

        n[record->kind]++;
        if (id == 0 || !memo_selection_contains (selection, record->kind, id))
          g_error ("%s: %s “%s” is not shown", json, memo_kind_get_name (record->kind), record->title);
      }
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (n[kinds[i]] != memo_selection_get_count (selection, kinds[i]))
      g_error ("%s: %u of %s; model: %u", json, memo_selection_get_count (selection, kinds[i]),
               memo_kind_get_name (kinds[i]), n[kinds[i]]);
  for (MemoFacet facet = 0; facet < MEMO_N_FACETS; facet++)
    compare_facet (world, selection, &plain, facet, json);
  n_filters++;
}

static void
compare_search (World *world)
{
  PlainModel *model = world->model;
  PlainFilter plain;
  g_autoptr (MemoFilter) filter = NULL;
  g_autoptr (GString) query = g_string_new (NULL);
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GHashTable) found = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  MemoAwait await = { 0 };
  guint one = g_rand_int_range (rnd, 0, G_N_ELEMENTS (words));
  guint8 shown[PLAIN_MAX];
  guint n = 0;

  filter = make_filter (model, &plain);
  if (chance (40))
    {
      g_object_unref (filter);
      filter = memo_filter_new ();
      memset (&plain, 0, sizeof plain);
      plain.sources[0] = plain.sources[1] = plain.sources[2] = -1;
    }
  append_word (query, one);
  memo_library_search_async (world->library, query->str, chance (50), filter, 2000, NULL, memo_await_cb, &await);
  result = memo_await (&await);
  hits = memo_library_search_finish (world->library, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < hits->len; i++)
    if (!g_hash_table_add (found, ((MemoHit *) hits->pdata[i])->uuid))
      g_error ("“%s”: %s twice", query->str, ((MemoHit *) hits->pdata[i])->uuid);
  plain_model_select (model, &plain, -1, shown);
  for (guint i = 0; i < model->n_records; i++)
    if (shown[i] && (model->records[i]->words >> one & 1))
      {
        n++;
        if (!g_hash_table_contains (found, model->records[i]->uuid))
          g_error ("“%s”: %s “%s” was not found", query->str, memo_kind_get_name (model->records[i]->kind),
                   model->records[i]->title);
      }
  for (guint i = 0; n != hits->len && i < hits->len; i++)
    {
      const MemoHit *hit = hits->pdata[i];
      guint place = 0;

      while (place < model->n_records && (!shown[place] || strcmp (model->records[place]->uuid, hit->uuid) != 0 ||
                                          !(model->records[place]->words >> one & 1)))
        place++;
      if (place == model->n_records)
        g_error ("“%s” found %s %s “%s”, which does not hold it or is not there", query->str,
                 memo_kind_get_name (hit->kind), hit->uuid, hit->title);
    }
  n_searches++;
}

static void
compare (World *world, gboolean whole)
{
  PlainModel *model = world->model;

  g_assert_true (fixture_flag (world->library, "can-undo") == (model->past->len > 0));
  g_assert_true (fixture_flag (world->library, "can-redo") == (model->future->len > 0));
  compare_selection (world);
  if (chance (50))
    compare_search (world);
  for (guint i = 0; whole && i < model->n_records; i++)
    if (model->records[i] != NULL)
      g_object_unref (fetch (world, i));
}

/* Worlds */

static void
add_value (PlainModel *model, MemoFacet facet, const char *value)
{
  g_assert_cmpuint (model->n_values[facet], <, PLAIN_VALUES);
  model->values[facet][model->n_values[facet]++] = g_intern_string (value);
}

/* Twenty sectors from the top of the tree, each after the one above it; eight states. */
static void
take_values (World *world)
{
  static const char *const kinds[] = { "news",     "analysis", "document", "treaty",
                                       "protocol", "contract", "session",  "meeting" };
  static const char *const languages[] = { "en", "tr", "ru" };
  static const char *const statuses[] = { "announced", "signed", "in_force", "ended" };
  PlainModel *model = world->model;
  MemoIndex *index = memo_library_get_index (world->library);
  GPtrArray *sectors = memo_index_get_records (index, MEMO_KIND_SECTOR);
  GPtrArray *parties = memo_index_get_records (index, MEMO_KIND_PARTY);

  for (guint i = 0; i < sectors->len && model->n_values[MEMO_FACET_SECTOR] < 20; i++)
    {
      const char *parent = memo_record_get_text (sectors->pdata[i], MEMO_SECTOR_PARENT);
      guint above = parent != NULL ? value_of (model, MEMO_FACET_SECTOR, parent) : G_MAXUINT;

      model->above[model->n_values[MEMO_FACET_SECTOR]] = above != G_MAXUINT ? (int) above : -1;
      add_value (model, MEMO_FACET_SECTOR, memo_record_get_uuid (sectors->pdata[i]));
    }
  for (guint i = 0; i < 8; i++)
    add_value (model, MEMO_FACET_PARTY, memo_record_get_uuid (parties->pdata[i * 20]));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    add_value (model, MEMO_FACET_KIND, kinds[i]);
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    add_value (model, MEMO_FACET_LANGUAGE, languages[i]);
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    add_value (model, MEMO_FACET_STATUS, statuses[i]);
  for (guint i = 0; i < N_TAGS; i++)
    add_value (model, MEMO_FACET_TAG, words[TAGS_FROM + i]);
}

/* Two persons and three bodies that stay. */
static void
add_register (World *world)
{
  g_autoptr (MemoChange) change = memo_change_new ("Edit", NULL);
  GArray *steps = g_array_new (FALSE, TRUE, sizeof (PlainStep));

  for (guint i = 0; i < 2; i++)
    {
      MemoRecordBuilder *builder = memo_record_builder_new (MEMO_KIND_PARTY, NULL);
      g_autoptr (MemoRecord) record = NULL;

      memo_record_builder_set_text (builder, MEMO_PARTY_NAME, i == 0 ? "First Person" : "Second Person");
      memo_record_builder_set_text (builder, MEMO_PARTY_KIND, "person");
      record = memo_record_builder_end (builder);
      world->model->person[world->model->n_values[MEMO_FACET_PARTY]] = TRUE;
      add_value (world->model, MEMO_FACET_PARTY, memo_record_get_uuid (record));
      memo_change_insert (change, record);
    }
  for (guint i = 0; i < 3; i++)
    {
      PlainStep step = { i, NULL, plain_record_new (MEMO_KIND_BODY) };
      g_autoptr (MemoRecord) record = NULL;

      /* No word of its name is searched for: that leads to all that it takes part in. */
      step.after->title = g_strdup_printf ("Gremium%u", i);
      step.after->body = bit (i);
      step.after->parties = bit (i);
      record = build (world->model, step.after, NULL);
      add_value (world->model, MEMO_FACET_BODY, step.after->uuid);
      memo_change_insert (change, record);
      g_array_append_val (steps, step);
    }
  fixture_apply (world->library, change);
  plain_model_apply (world->model, steps);
}

/* The register is not to be undone: the model begins behind it. */
static void
forget_past (World *world)
{
  g_autoptr (GError) error = NULL;
  MemoDatabase *database;

  fixture_close (world->library);
  g_object_unref (world->library);
  database = memo_database_open (world->path, MEMO_OPEN_DEFAULT, &error);
  g_assert_no_error (error);
  g_assert_true (memo_database_clear_history (database, &error));
  memo_database_close (database);
  world->library = fixture_open (world->path, MEMO_OPEN_DEFAULT);
  g_ptr_array_set_size (world->model->past, 0);
}

static void
world_begin (World *world, const char *name)
{
  world->path = fixture_path (name);
  world->library = fixture_open (world->path, MEMO_OPEN_CREATE);
  world->model = plain_model_new ();
  take_values (world);
  add_register (world);
  forget_past (world);
}

static void
world_reopen (World *world)
{
  fixture_close (world->library);
  g_object_unref (world->library);
  world->library = fixture_open (world->path, MEMO_OPEN_DEFAULT);
}

static void
world_end (World *world)
{
  g_autoptr (GError) error = NULL;
  MemoDatabase *database;

  compare (world, TRUE);
  fixture_close (world->library);
  g_object_unref (world->library);
  database = memo_database_open (world->path, MEMO_OPEN_DEFAULT, &error);
  g_assert_no_error (error);
  torture_check (database);
  memo_database_close (database);
  g_remove (world->path);
  g_free (world->path);
  plain_model_free (world->model);
}

static void
play_round (gboolean turkish)
{
  World worlds[2] = { 0 };

  if (setlocale (LC_ALL, turkish ? "tr_TR.UTF-8" : "C.UTF-8") != NULL)
    n_turkish += turkish;
  world_begin (&worlds[0], "first.memorandum");
  world_begin (&worlds[1], "second.memorandum");
  for (guint i = 0; i < STEPS_PER_ROUND && steps_left > 0; i++, steps_left--)
    {
      World *world = &worlds[g_rand_int_range (rnd, 0, 10) / 6];
      int what = g_rand_int_range (rnd, 0, 100);

      if (chance (2))
        clock_offset = g_rand_double_range (rnd, -2, 2) * YEAR;
      if (what < 70)
        act (world);
      else if (what < 99)
        walk (world, what < 87);
      else
        world_reopen (world);
      compare (world, what == 99 || i % 100 == 99);
      n_steps++;
    }
  for (guint i = 0; i < G_N_ELEMENTS (worlds); i++)
    world_end (&worlds[i]);
}

static void
test_model (void)
{
  for (guint i = 0; steps_left > 0; i++)
    play_round (i % 2 == 1);
  g_test_message ("seed %u", seed);
}

int
main (int argc, char **argv)
{
  TortureOptions options = torture_options (argc, argv, 1500, 100000);
  int result;

  argc = 1;
  fixture_init (&argc, &argv);
  seed = options.seed;
  steps_left = options.number;
  rnd = g_rand_new_with_seed (seed);
  check_words ();
  g_test_add_func ("/torture/model", test_model);
  result = fixture_run ();
  g_print ("# %u steps, %u filters with all counts and %u searches equal the model, %u rounds in Turkish\n", n_steps,
           n_filters, n_searches, n_turkish);
  g_rand_free (rnd);
  return result;
}
