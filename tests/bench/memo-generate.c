#include "memo-generate.h"

#include <stdio.h>
#include "model/memo-seed.h"
#include "records/memo-blocks.h"

#define ARTICLE_BYTES 5000
#define PERSONS_PER_ARTICLES 20
#define PACKAGE_EVERY 100
#define PACKAGE_OF 10

struct _MemoGenerate
{
  MemoGenerateSize size;
  guint32 seed;
  MemoVocabulary *vocabulary;
  GPtrArray *states, *sectors;    /* of MemoRecord */
  GPtrArray *names[MEMO_N_WORDS]; /* of the states */
  guint article;                  /* whose text this is */
  char *text;
  const char **starts; /* every 100 code points */
  glong length;
};

gboolean
memo_generate_parse_size (const char *text, MemoGenerateSize *ret_size)
{
  MemoGenerateSize size = { 10000, 100000, 20000, 2000 };
  char *end = NULL;
  guint64 n;

  if (g_str_equal (text, "S"))
    ;
  else if (g_str_equal (text, "L"))
    size = (MemoGenerateSize){ 100000, 1000000, 1000000, 20000 };
  else if (g_utf8_strchr (text, -1, ',') != NULL)
    {
      char rest;

      if (sscanf (text, "%u,%u,%u,%u%c", &size.articles, &size.annotations, &size.agreements, &size.events, &rest) !=
              4 ||
          (size.articles == 0 && size.annotations > 0))
        return FALSE;
    }
  else
    {
      n = g_ascii_strtoull (text, &end, 10);
      if (*end != '\0' || n == 0 || n > 1000000)
        return FALSE;
      size = (MemoGenerateSize){ n, n * 10, n * 2, MAX (n / 5, 1) };
    }
  *ret_size = size;
  return TRUE;
}

MemoGenerate *
memo_generate_new (const MemoGenerateSize *size, guint32 seed)
{
  MemoGenerate *self = g_new0 (MemoGenerate, 1);
  g_autoptr (MemoChange) change = memo_seed_change ();
  GArray *steps = memo_change_get_steps (change);

  self->size = *size;
  self->seed = seed;
  self->vocabulary = memo_vocabulary_new ();
  self->states = g_ptr_array_new_with_free_func (g_object_unref);
  self->sectors = g_ptr_array_new_with_free_func (g_object_unref);
  self->article = G_MAXUINT;
  for (MemoWords words = 0; words < MEMO_N_WORDS; words++)
    self->names[words] = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < steps->len; i++)
    {
      MemoRecord *record = g_array_index (steps, MemoStep, i).record;

      if (memo_record_get_kind (record) == MEMO_KIND_SECTOR)
        g_ptr_array_add (self->sectors, g_object_ref (record));
      else if (g_strcmp0 (memo_record_get_text (record, MEMO_PARTY_KIND), "state") == 0)
        {
          g_ptr_array_add (self->states, g_object_ref (record));
          for (MemoWords words = 0; words < MEMO_N_WORDS; words++)
            g_ptr_array_add (self->names[words],
                             memo_record_dup_name_in (record, MEMO_PARTY_NAMES, memo_words_get_language (words)));
        }
    }
  return self;
}

void
memo_generate_free (MemoGenerate *self)
{
  memo_vocabulary_free (self->vocabulary);
  g_ptr_array_unref (self->states);
  g_ptr_array_unref (self->sectors);
  for (MemoWords words = 0; words < MEMO_N_WORDS; words++)
    g_ptr_array_unref (self->names[words]);
  g_free (self->text);
  g_free (self->starts);
  g_free (self);
}

MemoVocabulary *
memo_generate_get_vocabulary (MemoGenerate *self)
{
  return self->vocabulary;
}

guint
memo_generate_get_n (MemoGenerate *self, MemoKind kind)
{
  switch (kind)
    {
    case MEMO_KIND_ARTICLE:
      return self->size.articles;
    case MEMO_KIND_ANNOTATION:
      return self->size.annotations;
    case MEMO_KIND_AGREEMENT:
      return self->size.agreements;
    case MEMO_KIND_FOLLOW_UP:
      return self->size.agreements / 4;
    case MEMO_KIND_EVENT:
      return self->size.events;
    case MEMO_KIND_BODY:
      return 40;
    case MEMO_KIND_PARTY: /* persons */
      return 10 + self->size.articles / PERSONS_PER_ARTICLES;
    case MEMO_KIND_EVIDENCE:
      return MIN (self->size.agreements / 2, self->size.annotations);
    case MEMO_KIND_NOTE:
      return self->size.articles / 50;
    case MEMO_KIND_SECTOR:
    case MEMO_KIND_FILTER:
    default:
      return 0;
    }
}

/* Of the record @index of @kind. */
static char *
make_uuid (MemoGenerate *self, MemoKind kind, guint index)
{
  MemoDraw draw = memo_draw_new (self->seed, 32 + kind, index);
  guint32 a = memo_draw (&draw, G_MAXUINT32), b = memo_draw (&draw, G_MAXUINT32), c = memo_draw (&draw, G_MAXUINT32);
  guint32 d = memo_draw (&draw, G_MAXUINT32);

  return g_strdup_printf ("%08x-%04x-4%03x-%04x-%04x%08x", a, b >> 16, b & 0xfff, 0x8000 | (c >> 16 & 0x3fff),
                          c & 0xffff, d);
}

/* Small numbers come often. */
static guint
draw_rank (MemoDraw *draw, guint below)
{
  return memo_draw (draw, 1 + memo_draw (draw, 1 + memo_draw (draw, below)));
}

static MemoWords
words_of (guint article)
{
  return article % MEMO_N_WORDS;
}

static void
set_words (MemoGenerate *self, MemoRecordBuilder *builder, MemoField field, MemoWords words, MemoDraw *draw, guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);

  memo_vocabulary_append_title (self->vocabulary, words, draw, n, text);
  memo_record_builder_set_text (builder, field, text->str);
}

static void
set_sentences (MemoGenerate *self,
               MemoRecordBuilder *builder,
               MemoField field,
               MemoWords words,
               MemoDraw *draw,
               guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (text, ' ');
      memo_vocabulary_append_sentence (self->vocabulary, words, draw, NULL, text);
    }
  memo_record_builder_set_text (builder, field, text->str);
}

/* 1 to @most different ones. */
static void
set_refs (MemoRecordBuilder *builder, MemoField field, GPtrArray *records, MemoDraw *draw, guint least, guint most)
{
  const char *uuids[8] = { NULL };
  guint n = least + memo_draw (draw, most - least + 1), filled = 0;

  while (filled < n)
    {
      const char *uuid = memo_record_get_uuid (records->pdata[draw_rank (draw, records->len)]);

      if (!g_strv_contains (uuids, uuid))
        uuids[filled++] = uuid;
    }
  memo_record_builder_set_texts (builder, field, uuids);
}

static void
set_ref (MemoGenerate *self, MemoRecordBuilder *builder, MemoField field, MemoKind kind, guint index)
{
  g_autofree char *uuid = make_uuid (self, kind, index);

  if (memo_field_get_info (field)->type == MEMO_FIELD_REFS)
    memo_record_builder_set_texts (builder, field, (const char *const[]){ uuid, NULL });
  else
    memo_record_builder_set_text (builder, field, uuid);
}

static void
set_one_of (MemoRecordBuilder *builder, MemoField field, MemoDraw *draw, const char *const *values)
{
  memo_record_builder_set_text (builder, field, values[draw_rank (draw, g_strv_length ((char **) values))]);
}

static void
set_tags (MemoRecordBuilder *builder, MemoField field, MemoDraw *draw)
{
  static const char *const tags[] = { "health",   "to check",  "quote",     "first hand", "numbers",   "sanctions",
                                      "доктрина", "ikinci el", "chapter 1", "chapter 2",  "chapter 3", "map" };
  const char *chosen[] = { tags[draw_rank (draw, G_N_ELEMENTS (tags))], NULL };

  if (memo_draw (draw, 3) == 0)
    memo_record_builder_set_texts (builder, field, chosen);
}

/* Years from 1950 to 2030, later ones more often; as precise as registers are. */
static void
set_date (MemoRecordBuilder *builder, MemoField field, MemoDraw *draw, gboolean only_days)
{
  guint year = 2030 - MIN (memo_draw (draw, 81), memo_draw (draw, 81));
  guint month = 1 + memo_draw (draw, 12), day = 1 + memo_draw (draw, 28), form = only_days ? 0 : memo_draw (draw, 100);
  g_autofree char *text = NULL;

  if (form < 70)
    text = g_strdup_printf ("%04u-%02u-%02u", year, month, day);
  else if (form < 80)
    text = g_strdup_printf ("%04u-%02u", year, month);
  else if (form < 90)
    text = g_strdup_printf ("%04u", year);
  else if (form < 93)
    text = g_strdup_printf ("%04u~", year);
  else if (form < 95)
    text = g_strdup_printf ("%04u-%02u-%02u?", year, month, day);
  else if (form < 98)
    text = g_strdup_printf ("%04u/%04u", year, year + 1 + memo_draw (draw, 20));
  else if (form < 99)
    text = g_strdup_printf ("%03uX", year / 10);
  else
    text = g_strdup_printf ("%04u/..", year);
  if (!memo_record_builder_set_stored (builder, field, text, NULL))
    g_assert_not_reached ();
}

char *
memo_generate_text (MemoGenerate *self, MemoWords words, MemoDraw *draw, gsize bytes, char **ret_blocks)
{
  g_autoptr (GArray) blocks = memo_blocks_new ();
  GString *text = g_string_sized_new (bytes + 512);
  guint offset = 0;

  while (text->len < bytes)
    {
      gboolean heading = blocks->len > 0 && memo_draw (draw, 8) == 0;
      gsize start;
      guint length;

      if (text->len > 0)
        {
          g_string_append (text, "\n\n");
          offset += 2;
        }
      start = text->len;
      if (heading)
        memo_vocabulary_append_title (self->vocabulary, words, draw, 3 + memo_draw (draw, 4), text);
      for (guint i = heading ? 0 : 2 + memo_draw (draw, 5); i > 0; i--)
        {
          const char *name = NULL;

          if (memo_draw (draw, 6) == 0)
            name = self->names[words]->pdata[draw_rank (draw, self->states->len)];
          memo_vocabulary_append_sentence (self->vocabulary, words, draw, name, text);
          if (i > 1)
            g_string_append_c (text, ' ');
        }
      length = g_utf8_strlen (text->str + start, text->len - start);
      memo_blocks_add (blocks, heading ? MEMO_BLOCK_HEADING : MEMO_BLOCK_PARAGRAPH, offset, offset + length)->level =
          heading ? 2 : 0;
      offset += length;
    }
  if (ret_blocks != NULL)
    *ret_blocks = memo_blocks_to_json (blocks);
  return g_string_free (text, FALSE);
}

static char *
make_article_text (MemoGenerate *self, guint index, char **ret_blocks)
{
  MemoDraw draw = memo_draw_new (self->seed, 64, index);

  return memo_generate_text (self, words_of (index), &draw, ARTICLE_BYTES, ret_blocks);
}

/* Annotations of one article follow each other: its text is kept. */
static void
take_text (MemoGenerate *self, guint article)
{
  const char *p;

  if (self->article == article)
    return;
  self->article = article;
  g_free (self->text);
  g_free (self->starts);
  self->text = make_article_text (self, article, NULL);
  self->length = g_utf8_strlen (self->text, -1);
  self->starts = g_new (const char *, self->length / 100 + 1);
  p = self->text;
  for (glong i = 0; i <= self->length / 100; i++)
    {
      self->starts[i] = p;
      p = i < self->length / 100 ? g_utf8_offset_to_pointer (p, 100) : p;
    }
}

static char *
take_slice (MemoGenerate *self, glong start, glong end)
{
  const char *first, *last;

  start = CLAMP (start, 0, self->length);
  end = CLAMP (end, start, self->length);
  first = g_utf8_offset_to_pointer (self->starts[start / 100], start % 100);
  last = g_utf8_offset_to_pointer (first, end - start);
  return g_strndup (first, last - first);
}

static void
fill_article (MemoGenerate *self, MemoRecordBuilder *builder, guint index, MemoDraw *draw)
{
  static const char *const outlets[] = { "Granma",
                                         "Anadolu Ajansı",
                                         "ТАСС",
                                         "Reuters",
                                         "Cumhuriyet",
                                         "Prensa Latina",
                                         "Известия",
                                         "Xinhua",
                                         "BBC",
                                         "Коммерсантъ",
                                         "Le Monde diplomatique",
                                         "Milliyet",
                                         NULL };
  static const char *const kinds[] = { "news",    "analysis",  "statement", "document",
                                       "opinion", "interview", "academic",  NULL };
  MemoWords words = words_of (index);
  g_autofree char *blocks = NULL;
  g_autofree char *text = make_article_text (self, index, &blocks);
  g_autofree char *url = g_strdup_printf ("https://example.org/%s/%u", memo_words_get_language (words), index);
  g_autoptr (GString) byline = g_string_new (NULL);
  guint person = draw_rank (draw, memo_generate_get_n (self, MEMO_KIND_PARTY));
  g_autoptr (MemoRecord) author = memo_generate_record (self, MEMO_KIND_PARTY, person);

  set_words (self, builder, MEMO_ARTICLE_TITLE, words, draw, 4 + memo_draw (draw, 6));
  if (memo_draw (draw, 4) == 0)
    set_words (self, builder, MEMO_ARTICLE_SUBTITLE, words, draw, 6 + memo_draw (draw, 6));
  set_ref (self, builder, MEMO_ARTICLE_AUTHORS, MEMO_KIND_PARTY, person);
  memo_record_builder_set_text (builder, MEMO_ARTICLE_BYLINE, memo_record_get_title (author));
  set_one_of (builder, MEMO_ARTICLE_OUTLET, draw, outlets);
  set_date (builder, MEMO_ARTICLE_PUBLISHED, draw, TRUE);
  memo_record_builder_set_text (builder, MEMO_ARTICLE_LANGUAGE, memo_words_get_language (words));
  set_one_of (builder, MEMO_ARTICLE_KIND, draw, kinds);
  memo_record_builder_set_text (builder, MEMO_ARTICLE_URL, url);
  set_tags (builder, MEMO_ARTICLE_TAGS, draw);
  if (memo_draw (draw, 2) == 0)
    set_refs (builder, MEMO_ARTICLE_SECTORS, self->sectors, draw, 1, 2);
  memo_record_builder_set_text (builder, MEMO_ARTICLE_BLOCKS, blocks);
  memo_record_builder_set_text (builder, MEMO_ARTICLE_TEXT, text);
}

static void
fill_annotation (MemoGenerate *self, MemoRecordBuilder *builder, guint index, MemoDraw *draw)
{
  static const char *const colors[] = { "yellow", "green", "blue", "pink", "purple", NULL };
  guint article = (guint64) index * self->size.articles / self->size.annotations;
  glong start, end;
  g_autofree char *exact = NULL;
  g_autofree char *prefix = NULL;
  g_autofree char *suffix = NULL;

  take_text (self, article);
  start = memo_draw (draw, MAX (self->length - 200, 1));
  end = MIN (start + 40 + memo_draw (draw, 120), self->length);
  exact = take_slice (self, start, end);
  prefix = take_slice (self, start - 32, start);
  suffix = take_slice (self, end, end + 32);
  set_ref (self, builder, MEMO_ANNOTATION_ARTICLE, MEMO_KIND_ARTICLE, article);
  memo_record_builder_set_int (builder, MEMO_ANNOTATION_START, start);
  memo_record_builder_set_int (builder, MEMO_ANNOTATION_END, end);
  memo_record_builder_set_text (builder, MEMO_ANNOTATION_EXACT, exact);
  memo_record_builder_set_text (builder, MEMO_ANNOTATION_PREFIX, prefix);
  memo_record_builder_set_text (builder, MEMO_ANNOTATION_SUFFIX, suffix);
  if (memo_draw (draw, 3) == 0)
    set_sentences (self, builder, MEMO_ANNOTATION_COMMENT, memo_draw (draw, MEMO_N_WORDS), draw, 1);
  set_one_of (builder, MEMO_ANNOTATION_COLOR, draw, colors);
  set_tags (builder, MEMO_ANNOTATION_TAGS, draw);
  if (memo_draw (draw, 3) == 0)
    set_refs (builder, MEMO_ANNOTATION_SECTORS, self->sectors, draw, 1, 1);
  if (memo_draw (draw, 8) == 0)
    set_ref (self, builder, MEMO_ANNOTATION_SPEAKER, MEMO_KIND_PARTY,
             draw_rank (draw, memo_generate_get_n (self, MEMO_KIND_PARTY)));
  memo_record_builder_set_text (builder, MEMO_ANNOTATION_STATE, "anchored");
}

static void
fill_agreement (MemoGenerate *self, MemoRecordBuilder *builder, guint index, MemoDraw *draw)
{
  static const char *const kinds[] = { "agreement", "memorandum", "contract", "protocol", "treaty",
                                       "statement", "plan",       "other",    NULL };
  static const char *const statuses[] = { "signed",       "in_force",  "announced", "implemented",
                                          "under_review", "suspended", "ended",     NULL };
  MemoWords words = memo_draw (draw, MEMO_N_WORDS);
  guint place = index % PACKAGE_EVERY;

  set_words (self, builder, MEMO_AGREEMENT_TITLE, words, draw, 4 + memo_draw (draw, 6));
  set_one_of (builder, MEMO_AGREEMENT_KIND, draw, kinds);
  if (place == 0)
    {
      memo_record_builder_set_text (builder, MEMO_AGREEMENT_KIND, "package");
      memo_record_builder_set_int (builder, MEMO_AGREEMENT_DECLARED, PACKAGE_OF + memo_draw (draw, 5));
    }
  else if (place <= PACKAGE_OF)
    set_ref (self, builder, MEMO_AGREEMENT_PACKAGE, MEMO_KIND_AGREEMENT, index - place);
  if (memo_draw (draw, 20) > 0)
    set_date (builder, MEMO_AGREEMENT_SIGNED, draw, FALSE);
  if (memo_draw (draw, 4) == 0)
    set_date (builder, MEMO_AGREEMENT_IN_FORCE, draw, FALSE);
  if (memo_draw (draw, 10) == 0)
    memo_record_builder_set_stored (builder, MEMO_AGREEMENT_HORIZON, "2030", NULL);
  set_refs (builder, MEMO_AGREEMENT_PARTIES, self->states, draw, 2, 4);
  set_refs (builder, MEMO_AGREEMENT_SECTORS, self->sectors, draw, 1, 3);
  set_one_of (builder, MEMO_AGREEMENT_STATUS, draw, statuses);
  if (memo_draw (draw, 5) == 0)
    {
      set_ref (self, builder, MEMO_AGREEMENT_BODY, MEMO_KIND_BODY,
               draw_rank (draw, memo_generate_get_n (self, MEMO_KIND_BODY)));
      memo_record_builder_set_int (builder, MEMO_AGREEMENT_SESSION, 1 + memo_draw (draw, 30));
    }
  if (memo_draw (draw, 2) == 0)
    set_sentences (self, builder, MEMO_AGREEMENT_SUMMARY, words, draw, 1);
  set_tags (builder, MEMO_AGREEMENT_TAGS, draw);
}

static void
fill_follow_up (MemoGenerate *self, MemoRecordBuilder *builder, guint index, MemoDraw *draw)
{
  static const char *const statuses[] = { "in_force", "implemented", "under_review", "suspended", "ended", NULL };

  set_ref (self, builder, MEMO_FOLLOW_UP_AGREEMENT, MEMO_KIND_AGREEMENT, index * 4);
  set_one_of (builder, MEMO_FOLLOW_UP_STATUS, draw, statuses);
  set_date (builder, MEMO_FOLLOW_UP_DATE, draw, FALSE);
  set_sentences (self, builder, MEMO_FOLLOW_UP_COMMENT, memo_draw (draw, MEMO_N_WORDS), draw, 1);
}

static void
fill_event (MemoGenerate *self, MemoRecordBuilder *builder, guint index, MemoDraw *draw)
{
  static const char *const kinds[] = {
    "meeting", "session", "statement", "plan", "founding", "context", "other", NULL
  };
  MemoWords words = memo_draw (draw, MEMO_N_WORDS);

  set_words (self, builder, MEMO_EVENT_TITLE, words, draw, 3 + memo_draw (draw, 5));
  set_one_of (builder, MEMO_EVENT_KIND, draw, kinds);
  set_date (builder, MEMO_EVENT_WHEN, draw, FALSE);
  set_refs (builder, MEMO_EVENT_PARTIES, self->states, draw, 1, 4);
  set_refs (builder, MEMO_EVENT_SECTORS, self->sectors, draw, 1, 2);
  set_tags (builder, MEMO_EVENT_TAGS, draw);
}

static void
fill_body (MemoGenerate *self, MemoRecordBuilder *builder, guint index, MemoDraw *draw)
{
  g_autofree char *acronym = g_strdup_printf ("C%c%c", 'A' + index / 26, 'A' + index % 26);

  set_words (self, builder, MEMO_BODY_NAME, MEMO_WORDS_EN, draw, 3);
  memo_record_builder_set_text (builder, MEMO_BODY_ACRONYM, acronym);
  memo_record_builder_set_text (builder, MEMO_BODY_KIND, "commission");
  set_date (builder, MEMO_BODY_FOUNDED, draw, FALSE);
  set_refs (builder, MEMO_BODY_PARTIES, self->states, draw, 2, 2);
}

/* A person whose two names are rare words. */
static void
fill_person (MemoGenerate *self, MemoRecordBuilder *builder, guint index, MemoDraw *draw)
{
  g_autoptr (GString) name = g_string_new (NULL);
  guint n = memo_vocabulary_get_n (self->vocabulary);

  for (guint i = 0; i < 2; i++)
    {
      const char *word = memo_vocabulary_get (self->vocabulary, words_of (index), n / 2 + memo_draw (draw, n / 2));

      if (i > 0)
        g_string_append_c (name, ' ');
      g_string_append_unichar (name, g_unichar_toupper (g_utf8_get_char (word)));
      g_string_append (name, g_utf8_next_char (word));
    }
  memo_record_builder_set_text (builder, MEMO_PARTY_NAME, name->str);
  memo_record_builder_set_text (builder, MEMO_PARTY_KIND, "person");
}

static void
fill_evidence (MemoGenerate *self, MemoRecordBuilder *builder, guint index, MemoDraw *draw)
{
  set_ref (self, builder, MEMO_EVIDENCE_RECORD, MEMO_KIND_AGREEMENT, memo_draw (draw, self->size.agreements));
  set_ref (self, builder, MEMO_EVIDENCE_ANNOTATION, MEMO_KIND_ANNOTATION, memo_draw (draw, self->size.annotations));
  if (memo_draw (draw, 4) == 0)
    {
      memo_record_builder_set_text (builder, MEMO_EVIDENCE_FIELD, "status");
      memo_record_builder_set_text (builder, MEMO_EVIDENCE_VALUE, "signed");
    }
}

static void
fill_note (MemoGenerate *self, MemoRecordBuilder *builder, guint index, MemoDraw *draw)
{
  MemoWords words = memo_draw (draw, MEMO_N_WORDS);

  set_words (self, builder, MEMO_NOTE_TITLE, words, draw, 2 + memo_draw (draw, 4));
  set_sentences (self, builder, MEMO_NOTE_TEXT, words, draw, 3 + memo_draw (draw, 10));
  set_tags (builder, MEMO_NOTE_TAGS, draw);
}

MemoRecord *
memo_generate_record (MemoGenerate *self, MemoKind kind, guint index)
{
  static void (*const fill[MEMO_N_KINDS]) (MemoGenerate *, MemoRecordBuilder *, guint, MemoDraw *) = {
    [MEMO_KIND_ARTICLE] = fill_article,     [MEMO_KIND_ANNOTATION] = fill_annotation,
    [MEMO_KIND_AGREEMENT] = fill_agreement, [MEMO_KIND_FOLLOW_UP] = fill_follow_up,
    [MEMO_KIND_EVENT] = fill_event,         [MEMO_KIND_BODY] = fill_body,
    [MEMO_KIND_PARTY] = fill_person,        [MEMO_KIND_EVIDENCE] = fill_evidence,
    [MEMO_KIND_NOTE] = fill_note,
  };
  g_autofree char *uuid = make_uuid (self, kind, index);
  MemoDraw draw = memo_draw_new (self->seed, kind, index);
  MemoRecordBuilder *builder;

  g_return_val_if_fail (index < memo_generate_get_n (self, kind), NULL);
  builder = memo_record_builder_new (kind, uuid);
  fill[kind](self, builder, index, &draw);
  return memo_record_builder_end (builder);
}
