#include <string.h>

#include "model/memo-index-private.h"

/* A seeded world of records is changed at random; what the index selects and counts must equal what a plain look at every
 * record gives. */

enum
{
  N_SECTORS = 12,
  N_PARTIES = 8,
  N_BODIES = 3,
  N_ARTICLES = 14,
  N_ANNOTATIONS = 40,
  N_AGREEMENTS = 20,
  N_EVENTS = 8,
  N_FOLLOW_UPS = 12,
  N_EVIDENCE = 45,
  N_NOTES = 5
};
static const guint sizes[MEMO_N_KINDS] = {
  [MEMO_KIND_SECTOR] = N_SECTORS,   [MEMO_KIND_PARTY] = N_PARTIES,          [MEMO_KIND_BODY] = N_BODIES,
  [MEMO_KIND_ARTICLE] = N_ARTICLES, [MEMO_KIND_ANNOTATION] = N_ANNOTATIONS, [MEMO_KIND_AGREEMENT] = N_AGREEMENTS,
  [MEMO_KIND_EVENT] = N_EVENTS,     [MEMO_KIND_FOLLOW_UP] = N_FOLLOW_UPS,   [MEMO_KIND_EVIDENCE] = N_EVIDENCE,
  [MEMO_KIND_NOTE] = N_NOTES,
};
static const char *const tags[] = { "oil", "aşı", "мир" };
static const char *const languages[] = { "en", "tr", "ru" };
static const char *const statuses[] = { "announced", "signed", "in_force" };
static const char *const kinds[] = { "analysis", "statement", "package", "session", "treaty" };

typedef struct
{
  GRand *rand;
  GPtrArray *records[MEMO_N_KINDS]; /* of MemoRecord, NULL: gone */
  MemoIndex *index;
} World;

static guint
draw (World *world, guint n)
{
  return g_rand_int_range (world->rand, 0, n);
}

static char *
uuid_of (MemoKind kind, guint i)
{
  return g_strdup_printf ("%s-%u", memo_kind_get_name (kind), i);
}

static void
set_ref (World *world, MemoRecordBuilder *builder, MemoField field, MemoKind kind, guint chance)
{
  g_autofree char *uuid = uuid_of (kind, draw (world, sizes[kind]));

  if (draw (world, 100) < chance)
    memo_record_builder_set_text (builder, field, uuid);
}

static void
set_refs (World *world, MemoRecordBuilder *builder, MemoField field, MemoKind kind, guint most)
{
  g_autoptr (GStrvBuilder) refs = g_strv_builder_new ();
  g_auto (GStrv) values = NULL;

  for (guint n = draw (world, most + 1); n > 0; n--)
    {
      g_autofree char *uuid = uuid_of (kind, draw (world, sizes[kind]));

      g_strv_builder_add (refs, uuid);
    }
  values = g_strv_builder_end (refs);
  memo_record_builder_set_texts (builder, field, (const char *const *) values);
}

static void
set_one (World *world, MemoRecordBuilder *builder, MemoField field, const char *const *values, guint n)
{
  if (draw (world, 4) != 0)
    memo_record_builder_set_text (builder, field, values[draw (world, n)]);
}

static void
set_tags (World *world, MemoRecordBuilder *builder, MemoField field)
{
  const char *values[] = { tags[draw (world, 3)], tags[draw (world, 3)], NULL };

  if (draw (world, 2))
    memo_record_builder_set_texts (builder, field, values);
}

static MemoDate *
draw_date (World *world)
{
  static const char *const forms[] = { "%d", "%d-05", "%d-11-28", "%d~", "%d/..", "../%d" };
  g_autofree char *text = g_strdup_printf (forms[draw (world, 6)], 2000 + (int) draw (world, 12));

  return memo_date_new (text, NULL);
}

static void
set_date (World *world, MemoRecordBuilder *builder, MemoField field, guint chance)
{
  g_autoptr (MemoDate) date = draw_date (world);

  if (draw (world, 100) < chance)
    memo_record_builder_set_date (builder, field, date);
}

static void
fill_article (World *world, MemoRecordBuilder *builder)
{
  g_autofree char *cited = uuid_of (MEMO_KIND_ARTICLE, draw (world, N_ARTICLES));
  g_autofree char *references =
      g_strdup_printf ("[{\"label\":\"i\",\"cites\":\"%s\"},{\"label\":\"ii\",\"cites\":null}]", cited);
  g_autofree char *work = g_strdup_printf ("work-%u", draw (world, 6));
  g_autofree char *title = g_strdup_printf ("Title %u", draw (world, 50));

  if (draw (world, 5))
    memo_record_builder_set_text (builder, MEMO_ARTICLE_TITLE, title);
  if (draw (world, 2))
    memo_record_builder_set_text (builder, MEMO_ARTICLE_WORK, work);
  if (draw (world, 2))
    memo_record_builder_set_text (builder, MEMO_ARTICLE_REFERENCES, references);
  set_one (world, builder, MEMO_ARTICLE_KIND, kinds, 2);
  set_one (world, builder, MEMO_ARTICLE_LANGUAGE, languages, 3);
  set_date (world, builder, MEMO_ARTICLE_PUBLISHED, 80);
  set_refs (world, builder, MEMO_ARTICLE_SECTORS, MEMO_KIND_SECTOR, 2);
  set_refs (world, builder, MEMO_ARTICLE_AUTHORS, MEMO_KIND_PARTY, 1);
  set_tags (world, builder, MEMO_ARTICLE_TAGS);
}

static void
fill_agreement (World *world, MemoRecordBuilder *builder)
{
  g_autofree char *title = g_strdup_printf ("Agreement %u", draw (world, 50));

  memo_record_builder_set_text (builder, MEMO_AGREEMENT_TITLE, title);
  set_one (world, builder, MEMO_AGREEMENT_KIND, kinds, 5);
  set_one (world, builder, MEMO_AGREEMENT_STATUS, statuses, 3);
  set_date (world, builder, MEMO_AGREEMENT_SIGNED, 70);
  set_date (world, builder, MEMO_AGREEMENT_IN_FORCE, 20);
  set_date (world, builder, MEMO_AGREEMENT_ENDS, 20);
  set_date (world, builder, MEMO_AGREEMENT_HORIZON, 20);
  set_refs (world, builder, MEMO_AGREEMENT_PARTIES, MEMO_KIND_PARTY, 3);
  set_refs (world, builder, MEMO_AGREEMENT_SECTORS, MEMO_KIND_SECTOR, 3);
  set_ref (world, builder, MEMO_AGREEMENT_PACKAGE, MEMO_KIND_AGREEMENT, 30);
  set_ref (world, builder, MEMO_AGREEMENT_BODY, MEMO_KIND_BODY, 50);
  set_tags (world, builder, MEMO_AGREEMENT_TAGS);
  if (draw (world, 3) == 0)
    memo_record_builder_set_int (builder, MEMO_AGREEMENT_DECLARED, draw (world, 50));
}

static void
fill_evidence (World *world, MemoRecordBuilder *builder)
{
  static const MemoKind targets[] = { MEMO_KIND_AGREEMENT, MEMO_KIND_AGREEMENT, MEMO_KIND_FOLLOW_UP,
                                      MEMO_KIND_EVENT,     MEMO_KIND_BODY,      MEMO_KIND_PARTY };

  set_ref (world, builder, MEMO_EVIDENCE_RECORD, targets[draw (world, G_N_ELEMENTS (targets))], 98);
  set_ref (world, builder, MEMO_EVIDENCE_ANNOTATION, MEMO_KIND_ANNOTATION, 98);
}

static void
fill (World *world, MemoKind kind, guint i, MemoRecordBuilder *builder)
{
  g_autofree char *parent = uuid_of (MEMO_KIND_SECTOR, i > 0 ? draw (world, i) : 0);
  g_autofree char *name = g_strdup_printf ("%s %u", memo_kind_get_name (kind), i);

  switch (kind)
    {
    case MEMO_KIND_SECTOR:
      memo_record_builder_set_text (builder, MEMO_SECTOR_CODE, name);
      memo_record_builder_set_int (builder, MEMO_SECTOR_POSITION, draw (world, 5));
      if (i > 2)
        memo_record_builder_set_text (builder, MEMO_SECTOR_PARENT, parent);
      break;
    case MEMO_KIND_PARTY:
      memo_record_builder_set_text (builder, MEMO_PARTY_NAME, name);
      memo_record_builder_set_text (builder, MEMO_PARTY_KIND, i < 3 ? "person" : "state");
      break;
    case MEMO_KIND_BODY:
      memo_record_builder_set_text (builder, MEMO_BODY_NAME, name);
      set_date (world, builder, MEMO_BODY_FOUNDED, 70);
      set_refs (world, builder, MEMO_BODY_PARTIES, MEMO_KIND_PARTY, 2);
      break;
    case MEMO_KIND_ARTICLE:
      fill_article (world, builder);
      break;
    case MEMO_KIND_ANNOTATION:
      set_ref (world, builder, MEMO_ANNOTATION_ARTICLE, MEMO_KIND_ARTICLE, 100);
      memo_record_builder_set_int (builder, MEMO_ANNOTATION_START, draw (world, 1000));
      set_refs (world, builder, MEMO_ANNOTATION_SECTORS, MEMO_KIND_SECTOR, 1);
      set_ref (world, builder, MEMO_ANNOTATION_SPEAKER, MEMO_KIND_PARTY, 20);
      set_tags (world, builder, MEMO_ANNOTATION_TAGS);
      break;
    case MEMO_KIND_AGREEMENT:
      fill_agreement (world, builder);
      break;
    case MEMO_KIND_EVENT:
      memo_record_builder_set_text (builder, MEMO_EVENT_TITLE, name);
      set_one (world, builder, MEMO_EVENT_KIND, kinds, 5);
      set_date (world, builder, MEMO_EVENT_WHEN, 80);
      set_refs (world, builder, MEMO_EVENT_PARTIES, MEMO_KIND_PARTY, 2);
      set_refs (world, builder, MEMO_EVENT_SECTORS, MEMO_KIND_SECTOR, 2);
      set_ref (world, builder, MEMO_EVENT_BODY, MEMO_KIND_BODY, 50);
      set_tags (world, builder, MEMO_EVENT_TAGS);
      break;
    case MEMO_KIND_FOLLOW_UP:
      set_ref (world, builder, MEMO_FOLLOW_UP_AGREEMENT, MEMO_KIND_AGREEMENT, 100);
      set_one (world, builder, MEMO_FOLLOW_UP_STATUS, statuses, 3);
      set_date (world, builder, MEMO_FOLLOW_UP_DATE, 80);
      break;
    case MEMO_KIND_EVIDENCE:
      fill_evidence (world, builder);
      break;
    default:
      memo_record_builder_set_text (builder, MEMO_NOTE_TITLE, name);
      set_tags (world, builder, MEMO_NOTE_TAGS);
      break;
    }
}

static MemoRecord *
make_record (World *world, MemoKind kind, guint i, gboolean deleted)
{
  g_autofree char *uuid = uuid_of (kind, i);
  MemoRecordBuilder *builder = memo_record_builder_new (kind, uuid);

  fill (world, kind, i, builder);
  memo_record_builder_set_identity (builder, i + 1, 1000 + i, 2000 + draw (world, 100), deleted ? 5 : 0, FALSE);
  return memo_record_builder_end (builder);
}

static void
change_one (World *world, MemoIndexBuilder *builder, MemoKind kind, guint i)
{
  MemoRecord **place = (MemoRecord **) &g_ptr_array_index (world->records[kind], i);

  switch (draw (world, 6))
    {
    case 0:
      memo_index_builder_remove (builder, kind, i + 1);
      g_clear_object (place);
      break;
    case 1:
      {
        g_autoptr (MemoRecord) trashed = make_record (world, kind, i, TRUE);

        memo_index_builder_put (builder, trashed);
        g_clear_object (place);
        break;
      }
    default:
      g_clear_object (place);
      *place = make_record (world, kind, i, FALSE);
      memo_index_builder_put (builder, *place);
      break;
    }
}

static World *
world_new (guint32 seed)
{
  World *world = g_new0 (World, 1);
  MemoIndexBuilder *builder = memo_index_builder_new (NULL, NULL);

  world->rand = g_rand_new_with_seed (seed);
  for (MemoKind kind = 0; kind < MEMO_N_KINDS; kind++)
    {
      world->records[kind] = g_ptr_array_new_full (sizes[kind], (GDestroyNotify) NULL);
      for (guint i = 0; i < sizes[kind]; i++)
        {
          MemoRecord *record = draw (world, 10) ? make_record (world, kind, i, FALSE) : NULL;

          g_ptr_array_add (world->records[kind], record);
          if (record != NULL)
            memo_index_builder_put (builder, record);
        }
    }
  world->index = memo_index_builder_end (builder);
  return world;
}

static void
world_free (World *world)
{
  for (MemoKind kind = 0; kind < MEMO_N_KINDS; kind++)
    {
      for (guint i = 0; i < sizes[kind]; i++)
        g_clear_object ((MemoRecord **) &g_ptr_array_index (world->records[kind], i));
      g_ptr_array_unref (world->records[kind]);
    }
  g_object_unref (world->index);
  g_rand_free (world->rand);
  g_free (world);
}

/* The plain look */

static MemoRecord *
find (World *world, MemoKind kind, const char *uuid)
{
  for (guint i = 0; uuid != NULL && i < sizes[kind]; i++)
    {
      MemoRecord *record = g_ptr_array_index (world->records[kind], i);

      if (record != NULL && strcmp (memo_record_get_uuid (record), uuid) == 0)
        return record;
    }
  return NULL;
}

static MemoRecord *
article_of (World *world, MemoRecord *annotation)
{
  return annotation != NULL
             ? find (world, MEMO_KIND_ARTICLE, memo_record_get_text (annotation, MEMO_ANNOTATION_ARTICLE))
             : NULL;
}

static gboolean
is_live (World *world, MemoRecord *record)
{
  return record != NULL &&
         (memo_record_get_kind (record) != MEMO_KIND_ANNOTATION || article_of (world, record) != NULL);
}

static void
add (GHashTable *set, const char *value)
{
  if (value != NULL && *value != '\0')
    g_hash_table_add (set, g_strdup (value));
}

static void
add_field (GHashTable *set, MemoRecord *record, const char *name)
{
  MemoKind kind = memo_record_get_kind (record);
  int field = memo_kind_find_field (kind, name);
  MemoFieldType type;

  if (field < 0)
    return;
  type = memo_field_get_info (field)->type;
  if (type == MEMO_FIELD_TEXTS || type == MEMO_FIELD_REFS)
    {
      const char *const *values = memo_record_get_texts (record, field);

      for (guint i = 0; values[i] != NULL; i++)
        add (set, values[i]);
    }
  else
    add (set, memo_record_get_text (record, field));
}

static void
add_own (GHashTable *set, MemoRecord *record, MemoFacet facet)
{
  static const char *const fields[MEMO_N_FACETS] = { "sectors",  "parties", "status", "kind",
                                                     "language", "tags",    NULL,     "body" };
  MemoKind kind = memo_record_get_kind (record);

  if (fields[facet] != NULL)
    add_field (set, record, fields[facet]);
  if (facet == MEMO_FACET_PARTY)
    {
      add_field (set, record, "authors");
      add_field (set, record, "speaker");
    }
  if (facet == MEMO_FACET_SOURCE && kind == MEMO_KIND_ARTICLE)
    add (set, memo_record_get_uuid (record));
  if (facet == MEMO_FACET_BODY && kind == MEMO_KIND_BODY)
    add (set, memo_record_get_uuid (record));
}

static const char *
target_of (World *world, MemoRecord *evidence)
{
  const char *uuid = memo_record_get_text (evidence, MEMO_EVIDENCE_RECORD);
  MemoRecord *follow_up = find (world, MEMO_KIND_FOLLOW_UP, uuid);

  return follow_up != NULL ? memo_record_get_text (follow_up, MEMO_FOLLOW_UP_AGREEMENT) : uuid;
}

static gboolean
is_through_evidence (MemoFacet facet)
{
  return facet == MEMO_FACET_SECTOR || facet == MEMO_FACET_PARTY || facet == MEMO_FACET_STATUS ||
         facet == MEMO_FACET_BODY;
}

static void
add_of_annotation (World *world, GHashTable *set, MemoRecord *annotation, MemoFacet facet)
{
  static const MemoKind registers[] = { MEMO_KIND_AGREEMENT, MEMO_KIND_EVENT, MEMO_KIND_BODY };

  add_own (set, annotation, facet);
  for (guint i = 0; is_through_evidence (facet) && i < N_EVIDENCE; i++)
    {
      MemoRecord *evidence = g_ptr_array_index (world->records[MEMO_KIND_EVIDENCE], i);

      if (evidence == NULL ||
          g_strcmp0 (memo_record_get_text (evidence, MEMO_EVIDENCE_ANNOTATION), memo_record_get_uuid (annotation)))
        continue;
      for (guint k = 0; k < G_N_ELEMENTS (registers); k++)
        {
          MemoRecord *record = find (world, registers[k], target_of (world, evidence));

          if (record != NULL)
            add_own (set, record, facet);
        }
    }
}

/* Everything a record has of a facet; sectors with those above them. */
static GHashTable *
values_of (World *world, MemoRecord *record, MemoFacet facet)
{
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  MemoKind kind = memo_record_get_kind (record);
  gboolean nature = facet == MEMO_FACET_KIND || facet == MEMO_FACET_LANGUAGE || facet == MEMO_FACET_SOURCE;

  if (kind == MEMO_KIND_ANNOTATION)
    {
      if (nature)
        add_own (set, article_of (world, record), facet);
      else
        add_of_annotation (world, set, record, facet);
    }
  else
    add_own (set, record, facet);
  for (guint i = 0; kind == MEMO_KIND_ARTICLE && !nature && i < N_ANNOTATIONS; i++)
    {
      MemoRecord *annotation = g_ptr_array_index (world->records[MEMO_KIND_ANNOTATION], i);

      if (annotation != NULL && article_of (world, annotation) == record)
        add_of_annotation (world, set, annotation, facet);
    }
  for (guint i = 0; (facet == MEMO_FACET_LANGUAGE || facet == MEMO_FACET_SOURCE) && i < N_EVIDENCE; i++)
    {
      MemoRecord *evidence = g_ptr_array_index (world->records[MEMO_KIND_EVIDENCE], i);
      MemoRecord *article;

      if (evidence == NULL || kind == MEMO_KIND_ANNOTATION || kind == MEMO_KIND_ARTICLE || kind == MEMO_KIND_NOTE ||
          g_strcmp0 (target_of (world, evidence), memo_record_get_uuid (record)))
        continue;
      article = article_of (world, find (world, MEMO_KIND_ANNOTATION,
                                         memo_record_get_text (evidence, MEMO_EVIDENCE_ANNOTATION)));
      if (article != NULL)
        add_own (set, article, facet);
    }
  if (facet == MEMO_FACET_SECTOR)
    {
      for (guint i = 0; i < N_SECTORS * 2; i++)
        {
          g_autofree char *uuid = uuid_of (MEMO_KIND_SECTOR, i % N_SECTORS);
          MemoRecord *sector = g_hash_table_contains (set, uuid) ? find (world, MEMO_KIND_SECTOR, uuid) : NULL;

          for (guint depth = 0; sector != NULL && depth < N_SECTORS; depth++)
            {
              const char *parent = memo_record_get_text (sector, MEMO_SECTOR_PARENT);

              add (set, parent);
              sector = find (world, MEMO_KIND_SECTOR, parent);
            }
        }
    }
  return set;
}

static const char *
work_of (MemoRecord *article)
{
  const char *work = memo_record_get_text (article, MEMO_ARTICLE_WORK);

  return work != NULL ? work : memo_record_get_uuid (article);
}

static MemoRecord *
cited_by (World *world, MemoRecord *article)
{
  const char *references = memo_record_get_text (article, MEMO_ARTICLE_REFERENCES);
  g_autofree char *uuid = NULL;
  const char *at;

  if (references == NULL)
    return NULL;
  at = strstr (references, "article-");
  uuid = g_strndup (at, strcspn (at, "\""));
  return find (world, MEMO_KIND_ARTICLE, uuid);
}

static MemoCounts
counts_of (World *world, MemoRecord *record)
{
  g_autoptr (GPtrArray) articles = g_ptr_array_new ();
  g_autoptr (GHashTable) works = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) citing = g_hash_table_new (g_str_hash, g_str_equal);
  MemoCounts counts = { 0 };

  for (guint i = 0; i < N_EVIDENCE; i++)
    {
      MemoRecord *evidence = g_ptr_array_index (world->records[MEMO_KIND_EVIDENCE], i);
      MemoRecord *article = NULL;

      if (evidence != NULL && g_strcmp0 (target_of (world, evidence), memo_record_get_uuid (record)) == 0)
        article = article_of (world, find (world, MEMO_KIND_ANNOTATION,
                                           memo_record_get_text (evidence, MEMO_EVIDENCE_ANNOTATION)));
      if (article == NULL)
        continue;
      counts.evidence++;
      g_ptr_array_add (articles, article);
      g_hash_table_add (works, (gpointer) work_of (article));
    }
  for (guint i = 0; i < articles->len; i++)
    {
      MemoRecord *article = g_ptr_array_index (articles, i);
      MemoRecord *cited = cited_by (world, article);

      if (cited != NULL && strcmp (work_of (cited), work_of (article)) != 0 &&
          g_hash_table_contains (works, work_of (cited)))
        g_hash_table_add (citing, (gpointer) work_of (article));
    }
  counts.sources = g_hash_table_size (works);
  counts.independent = counts.sources - g_hash_table_size (citing);
  if (counts.sources > 0)
    counts.independent = MAX (counts.independent, 1);
  for (guint i = 0; i < N_AGREEMENTS; i++)
    {
      MemoRecord *child = g_ptr_array_index (world->records[MEMO_KIND_AGREEMENT], i);

      if (child != NULL &&
          g_strcmp0 (memo_record_get_text (child, MEMO_AGREEMENT_PACKAGE), memo_record_get_uuid (record)) == 0)
        counts.identified++;
    }
  return counts;
}

static gboolean
passes_facet (World *world, MemoFilter *filter, MemoRecord *record, MemoFacet facet)
{
  const char *const *any = memo_filter_get_values (filter, facet, MEMO_CHOICE_ANY);
  const char *const *all = memo_filter_get_values (filter, facet, MEMO_CHOICE_ALL);
  const char *const *none = memo_filter_get_values (filter, facet, MEMO_CHOICE_NONE);
  g_autoptr (GHashTable) values = values_of (world, record, facet);
  gboolean found = any[0] == NULL;

  for (guint i = 0; any[i] != NULL; i++)
    found = found || g_hash_table_contains (values, any[i]);
  for (guint i = 0; all[i] != NULL; i++)
    found = found && g_hash_table_contains (values, all[i]);
  for (guint i = 0; none[i] != NULL; i++)
    found = found && !g_hash_table_contains (values, none[i]);
  return found;
}

static gboolean
span_of (World *world, MemoRecord *record, gint32 *first, gint32 *last)
{
  MemoDate *start = NULL, *ends[2] = { NULL, NULL };

  switch (memo_record_get_kind (record))
    {
    case MEMO_KIND_ARTICLE:
      start = memo_record_get_date (record, MEMO_ARTICLE_PUBLISHED);
      break;
    case MEMO_KIND_ANNOTATION:
      return span_of (world, article_of (world, record), first, last);
    case MEMO_KIND_EVENT:
      start = memo_record_get_date (record, MEMO_EVENT_WHEN);
      break;
    case MEMO_KIND_BODY:
      start = memo_record_get_date (record, MEMO_BODY_FOUNDED);
      break;
    case MEMO_KIND_FOLLOW_UP:
      start = memo_record_get_date (record, MEMO_FOLLOW_UP_DATE);
      break;
    case MEMO_KIND_AGREEMENT:
      start = memo_record_get_date (record, MEMO_AGREEMENT_SIGNED);
      if (start == NULL)
        start = memo_record_get_date (record, MEMO_AGREEMENT_IN_FORCE);
      ends[0] = memo_record_get_date (record, MEMO_AGREEMENT_ENDS);
      ends[1] = memo_record_get_date (record, MEMO_AGREEMENT_HORIZON);
      break;
    default:
      break;
    }
  if (start == NULL)
    {
      /* Nothing but an end: that is all there is to place it. */
      start = ends[0];
      if (start == NULL || (ends[1] != NULL && memo_date_get_last (ends[1]) > memo_date_get_last (start)))
        start = ends[1] != NULL ? ends[1] : start;
    }
  if (start == NULL)
    return FALSE;
  *first = memo_date_get_first (start);
  *last = memo_date_get_last (start);
  for (guint i = 0; i < 2; i++)
    if (ends[i] != NULL)
      *last = MAX (*last, memo_date_get_last (ends[i]));
  return TRUE;
}

static gboolean is_evidence_of_flagged (World *world, MemoFilter *filter, MemoRecord *annotation);

static gboolean
passes_flags (World *world, MemoFilter *filter, MemoRecord *record)
{
  gboolean single = memo_filter_get_single_source (filter), bare = memo_filter_get_no_evidence (filter);
  MemoKind kind = memo_record_get_kind (record);
  MemoCounts counts;

  if (!single && !bare)
    return TRUE;
  if (kind == MEMO_KIND_AGREEMENT || kind == MEMO_KIND_EVENT)
    {
      counts = counts_of (world, record);
      return (!single || counts.sources == 1) && (!bare || counts.evidence == 0);
    }
  if (kind == MEMO_KIND_ANNOTATION)
    return is_evidence_of_flagged (world, filter, record);
  for (guint i = 0; kind == MEMO_KIND_ARTICLE && i < N_ANNOTATIONS; i++)
    {
      MemoRecord *annotation = g_ptr_array_index (world->records[MEMO_KIND_ANNOTATION], i);

      if (annotation != NULL && article_of (world, annotation) == record &&
          is_evidence_of_flagged (world, filter, annotation))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_evidence_of_flagged (World *world, MemoFilter *filter, MemoRecord *annotation)
{
  for (guint i = 0; i < N_EVIDENCE; i++)
    {
      MemoRecord *evidence = g_ptr_array_index (world->records[MEMO_KIND_EVIDENCE], i);
      MemoRecord *record;

      if (evidence == NULL ||
          g_strcmp0 (memo_record_get_text (evidence, MEMO_EVIDENCE_ANNOTATION), memo_record_get_uuid (annotation)))
        continue;
      record = find (world, MEMO_KIND_AGREEMENT, target_of (world, evidence));
      if (record == NULL)
        record = find (world, MEMO_KIND_EVENT, target_of (world, evidence));
      if (record != NULL && passes_flags (world, filter, record))
        return TRUE;
    }
  return FALSE;
}

static gboolean
passes_dates (World *world, MemoFilter *filter, MemoRecord *record)
{
  MemoDate *from = memo_filter_get_from (filter), *to = memo_filter_get_to (filter);
  gint32 first, last;

  if (from == NULL && to == NULL)
    return TRUE;
  return span_of (world, record, &first, &last) && (from == NULL || last >= memo_date_get_first (from)) &&
         (to == NULL || first <= memo_date_get_last (to));
}

static gboolean
passes (World *world, MemoFilter *filter, MemoRecord *record, int except, GArray *words[MEMO_N_KINDS])
{
  gboolean found = words == NULL;

  if (!is_live (world, record) || !passes_dates (world, filter, record) || !passes_flags (world, filter, record))
    return FALSE;
  for (int facet = 0; facet < MEMO_N_FACETS; facet++)
    if (facet != except && !passes_facet (world, filter, record, facet))
      return FALSE;
  if (words != NULL && words[memo_record_get_kind (record)] != NULL)
    {
      GArray *ids = words[memo_record_get_kind (record)];

      for (guint i = 0; i < ids->len; i++)
        found = found || g_array_index (ids, gint64, i) == memo_record_get_id (record);
    }
  return found;
}

/* The comparison */

static guint
naive_facet_count (World *world,
                   MemoFilter *filter,
                   MemoKind kind,
                   MemoFacet facet,
                   const char *value,
                   GArray *words[MEMO_N_KINDS])
{
  guint n = 0;

  for (guint i = 0; i < sizes[kind]; i++)
    {
      MemoRecord *record = g_ptr_array_index (world->records[kind], i);
      g_autoptr (GHashTable) values = NULL;

      if (!is_live (world, record) || !passes (world, filter, record, facet, words))
        continue;
      values = values_of (world, record, facet);
      n += g_hash_table_contains (values, value);
    }
  return n;
}

static void
compare_facets (World *world, MemoFilter *filter, MemoSelection *selection, GArray *words[MEMO_N_KINDS])
{
  for (MemoFacet facet = 0; facet < MEMO_N_FACETS; facet++)
    {
      GArray *counts = memo_selection_get_facet (selection, facet);
      guint sum = 0;

      for (guint i = 0; i < counts->len; i++)
        {
          MemoFacetCount *count = &g_array_index (counts, MemoFacetCount, i);

          sum += count->count;
          g_assert_cmpuint (count->count, ==,
                            naive_facet_count (world, filter, MEMO_KIND_AGREEMENT, facet, count->value, words));
          g_assert_cmpuint (count->articles, ==,
                            naive_facet_count (world, filter, MEMO_KIND_ARTICLE, facet, count->value, words));
          g_assert_cmpuint (count->annotations, ==,
                            naive_facet_count (world, filter, MEMO_KIND_ANNOTATION, facet, count->value, words));
          if (i > 0 && facet != MEMO_FACET_SECTOR)
            g_assert_cmpuint (count[-1].count, >=, count->count);
        }
      if (facet == MEMO_FACET_STATUS)
        {
          /* Nothing is missing from the list. */
          guint all = 0;

          for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
            all += naive_facet_count (world, filter, MEMO_KIND_AGREEMENT, facet, statuses[i], words);
          g_assert_cmpuint (sum, ==, all);
        }
      if (facet == MEMO_FACET_SECTOR)
        g_assert_cmpuint (counts->len, ==, memo_index_get_n (world->index, MEMO_KIND_SECTOR));
    }
}

static int
year_of (MemoRecord *record)
{
  MemoDate *date = memo_record_get_date (record, MEMO_AGREEMENT_SIGNED);
  int year, month, day;

  if (date == NULL)
    date = memo_record_get_date (record, MEMO_AGREEMENT_IN_FORCE);
  if (date == NULL)
    return G_MININT;
  memo_day_to_ymd (memo_date_get_first (date) != MEMO_DATE_OPEN_START ? memo_date_get_first (date)
                                                                      : memo_date_get_last (date),
                   &year, &month, &day);
  return year;
}

static void
compare_years (World *world, MemoFilter *filter, MemoSelection *selection, GArray *words[MEMO_N_KINDS])
{
  guint declared = 0, identified = 0, undated = 0, all_declared, all_identified, total = 0;
  GArray *years = memo_selection_get_years (selection);
  guint cells[N_SECTORS] = { 0 }, in_2005[N_SECTORS] = { 0 };

  for (guint i = 0; i < N_AGREEMENTS; i++)
    {
      MemoRecord *record = g_ptr_array_index (world->records[MEMO_KIND_AGREEMENT], i);
      g_autoptr (GHashTable) values = NULL;
      gint64 n;

      if (record == NULL || !passes (world, filter, record, -1, words))
        continue;
      values = values_of (world, record, MEMO_FACET_SECTOR);
      for (guint k = 0; k < N_SECTORS; k++)
        {
          g_autofree char *uuid = uuid_of (MEMO_KIND_SECTOR, k);

          cells[k] += g_hash_table_contains (values, uuid);
          in_2005[k] += g_hash_table_contains (values, uuid) && year_of (record) == 2005;
        }
      undated += year_of (record) == G_MININT;
      n = memo_record_get_int (record, MEMO_AGREEMENT_DECLARED);
      if ((n != MEMO_UNSET && n > 0) || g_strcmp0 (memo_record_get_text (record, MEMO_AGREEMENT_KIND), "package") == 0)
        {
          declared += n != MEMO_UNSET ? n : 0;
          identified += counts_of (world, record).identified;
        }
    }
  memo_selection_get_packages (selection, &all_declared, &all_identified);
  g_assert_cmpuint (all_declared, ==, declared);
  g_assert_cmpuint (all_identified, ==, identified);
  for (guint i = 0; i < years->len; i++)
    {
      MemoYearCount *year = &g_array_index (years, MemoYearCount, i);

      total += year->count;
      if (i > 0)
        g_assert_cmpint (year[-1].year, <, year->year);
    }
  g_assert_cmpuint (total + undated, ==, memo_selection_get_count (selection, MEMO_KIND_AGREEMENT));
  for (guint k = 0; k < N_SECTORS; k++)
    {
      g_autofree char *uuid = uuid_of (MEMO_KIND_SECTOR, k);

      g_assert_cmpuint (memo_selection_get_cell (selection, uuid, G_MAXINT), ==, cells[k]);
      g_assert_cmpuint (memo_selection_get_cell (selection, uuid, 2005), ==, in_2005[k]);
    }
}

static void
compare_entries (World *world, MemoFilter *filter, MemoSelection *selection)
{
  GArray *entries = memo_selection_get_entries (selection);
  guint expected = memo_selection_get_count (selection, MEMO_KIND_AGREEMENT) +
                   memo_selection_get_count (selection, MEMO_KIND_EVENT) +
                   memo_selection_get_count (selection, MEMO_KIND_ARTICLE);

  for (guint i = 0; i < N_BODIES; i++)
    {
      MemoRecord *body = g_ptr_array_index (world->records[MEMO_KIND_BODY], i);

      if (body != NULL && memo_selection_contains (selection, MEMO_KIND_BODY, i + 1) &&
          memo_record_get_date (body, MEMO_BODY_FOUNDED) != NULL)
        expected++;
    }
  for (guint i = 0; i < N_FOLLOW_UPS; i++)
    {
      MemoRecord *follow_up = g_ptr_array_index (world->records[MEMO_KIND_FOLLOW_UP], i);
      MemoRecord *agreement = follow_up != NULL ? find (world, MEMO_KIND_AGREEMENT,
                                                        memo_record_get_text (follow_up, MEMO_FOLLOW_UP_AGREEMENT))
                                                : NULL;

      if (agreement != NULL &&
          memo_selection_contains (selection, MEMO_KIND_AGREEMENT, memo_record_get_id (agreement)) &&
          passes_dates (world, filter, follow_up))
        expected++;
    }
  g_assert_cmpuint (entries->len, ==, expected);
  for (guint i = 0; i < entries->len; i++)
    {
      MemoEntry *entry = &g_array_index (entries, MemoEntry, i);
      MemoRecord *record = find (world, entry->kind, entry->uuid);
      gint32 first, last;

      g_assert_nonnull (record);
      g_assert_cmpint (memo_record_get_id (record), ==, entry->id);
      g_assert_true (span_of (world, record, &first, &last) == (entry->when != NULL));
      if (entry->when != NULL)
        {
          g_assert_cmpint (first, ==, entry->first);
          g_assert_cmpint (last, ==, entry->last);
          g_assert_cmpint ((entry->soft & 4) != 0, ==, first == MEMO_DATE_OPEN_START);
          g_assert_cmpint ((entry->soft & 8) != 0, ==, last == MEMO_DATE_OPEN_END);
        }
      if (i > 0 && entry->when != NULL)
        g_assert_true (entry[-1].when != NULL && entry[-1].first <= entry->first);
    }
}

static void
compare (World *world, MemoFilter *filter, GArray *words[MEMO_N_KINDS])
{
  static const MemoKind selected[] = { MEMO_KIND_ARTICLE, MEMO_KIND_ANNOTATION, MEMO_KIND_AGREEMENT,
                                       MEMO_KIND_EVENT,   MEMO_KIND_NOTE,       MEMO_KIND_BODY };
  g_autoptr (MemoSelection) selection = memo_index_select (world->index, filter, words);
  g_autofree char *json = memo_filter_to_json (filter);

  g_test_message ("%s", json);
  for (guint k = 0; k < G_N_ELEMENTS (selected); k++)
    {
      MemoKind kind = selected[k];
      MemoSort sort = draw (world, MEMO_SORT_AUTHOR + 1);
      g_autoptr (GArray) ids = memo_selection_get_ids (selection, kind, sort, draw (world, 2));
      guint n = 0;

      for (guint i = 0; i < sizes[kind]; i++)
        {
          MemoRecord *record = g_ptr_array_index (world->records[kind], i);
          gboolean expected = passes (world, filter, record, -1, words);
          gboolean listed = FALSE;

          g_assert_cmpint (memo_selection_contains (selection, kind, i + 1), ==, expected);
          for (guint p = 0; p < ids->len; p++)
            listed = listed || g_array_index (ids, gint64, p) == i + 1;
          g_assert_cmpint (listed, ==, expected);
          n += expected;
        }
      g_assert_cmpuint (memo_selection_get_count (selection, kind), ==, n);
      g_assert_cmpuint (ids->len, ==, n);
    }
  compare_facets (world, filter, selection, words);
  compare_years (world, filter, selection, words);
  compare_entries (world, filter, selection);
}

static void
compare_index (World *world)
{
  for (guint i = 0; i < N_AGREEMENTS; i++)
    {
      MemoRecord *record = g_ptr_array_index (world->records[MEMO_KIND_AGREEMENT], i);
      MemoCounts counts, expected;

      g_assert_cmpint (memo_index_get_counts (world->index, i + 1, &counts), ==, record != NULL);
      if (record == NULL)
        continue;
      expected = counts_of (world, record);
      g_assert_cmpuint (counts.evidence, ==, expected.evidence);
      g_assert_cmpuint (counts.sources, ==, expected.sources);
      g_assert_cmpuint (counts.independent, ==, expected.independent);
      g_assert_cmpuint (counts.identified, ==, expected.identified);
    }
  for (guint i = 0; i < N_ARTICLES; i++)
    {
      MemoRecord *article = g_ptr_array_index (world->records[MEMO_KIND_ARTICLE], i);
      guint n = 0;

      for (guint k = 0; article != NULL && k < N_ANNOTATIONS; k++)
        n += article_of (world, g_ptr_array_index (world->records[MEMO_KIND_ANNOTATION], k)) == article;
      g_assert_cmpuint (memo_index_get_annotations (world->index, i + 1), ==, n);
    }
  for (MemoKind kind = 0; kind < MEMO_N_KINDS; kind++)
    {
      guint n = 0;

      for (guint i = 0; i < sizes[kind]; i++)
        n += is_live (world, g_ptr_array_index (world->records[kind], i));
      g_assert_cmpuint (memo_index_get_n (world->index, kind), ==, n);
    }
}

static MemoFilter *
draw_filter (World *world)
{
  MemoFilter *filter = memo_filter_new ();
  g_autoptr (MemoDate) from = draw (world, 4) ? NULL : draw_date (world);
  g_autoptr (MemoDate) to = draw (world, 4) ? NULL : draw_date (world);

  for (guint n = draw (world, 4); n > 0; n--)
    {
      MemoFacet facet = draw (world, MEMO_N_FACETS);
      MemoChoice choice = draw (world, 5) < 3 ? MEMO_CHOICE_ANY : draw (world, 2) ? MEMO_CHOICE_ALL : MEMO_CHOICE_NONE;
      g_autofree char *value = NULL;
      MemoFilter *next;

      switch (facet)
        {
        case MEMO_FACET_SECTOR:
          value = uuid_of (MEMO_KIND_SECTOR, draw (world, N_SECTORS + 1));
          break;
        case MEMO_FACET_PARTY:
          value = uuid_of (MEMO_KIND_PARTY, draw (world, N_PARTIES));
          break;
        case MEMO_FACET_SOURCE:
          value = uuid_of (MEMO_KIND_ARTICLE, draw (world, N_ARTICLES));
          break;
        case MEMO_FACET_BODY:
          value = uuid_of (MEMO_KIND_BODY, draw (world, N_BODIES));
          break;
        case MEMO_FACET_STATUS:
          value = g_strdup (statuses[draw (world, 3)]);
          break;
        case MEMO_FACET_KIND:
          value = g_strdup (kinds[draw (world, 5)]);
          break;
        case MEMO_FACET_LANGUAGE:
          value = g_strdup (languages[draw (world, 3)]);
          break;
        default:
          value = g_strdup (tags[draw (world, 3)]);
          break;
        }
      next = memo_filter_with (filter, facet, choice, value);
      g_object_unref (filter);
      filter = next;
    }
  {
    g_autoptr (MemoFilter) dated = memo_filter_with_dates (filter, from, to);
    g_autoptr (MemoFilter) single = memo_filter_with_single_source (dated, draw (world, 8) == 0);

    g_object_unref (filter);
    return memo_filter_with_no_evidence (single, draw (world, 12) == 0);
  }
}

static void
test_random (void)
{
  guint steps = g_test_slow () ? 400 : 60;

  for (guint32 seed = 1; seed <= 4; seed++)
    {
      World *world = world_new (seed);

      for (guint step = 0; step < steps; step++)
        {
          g_autoptr (MemoFilter) filter = draw_filter (world);
          MemoIndexBuilder *builder;
          MemoIndex *next;

          compare_index (world);
          compare (world, filter, NULL);
          builder = memo_index_builder_new (world->index, NULL);
          for (guint n = 1 + draw (world, 4); n > 0; n--)
            {
              MemoKind kind;

              do
                kind = draw (world, MEMO_N_KINDS);
              while (sizes[kind] == 0);
              change_one (world, builder, kind, draw (world, sizes[kind]));
            }
          next = memo_index_builder_end (builder);
          g_object_unref (world->index);
          world->index = next;
        }
      world_free (world);
    }
}

static void
test_words (void)
{
  World *world = world_new (77);

  for (guint step = 0; step < 10; step++)
    {
      g_autoptr (MemoFilter) filter = draw_filter (world);
      GArray *words[MEMO_N_KINDS] = { NULL };

      for (MemoKind kind = 0; kind < MEMO_N_KINDS; kind++)
        {
          if (kind == MEMO_KIND_EVENT)
            continue;
          words[kind] = g_array_new (FALSE, FALSE, sizeof (gint64));
          for (gint64 id = 1; id <= sizes[kind] + 1; id++)
            if (draw (world, 2))
              g_array_append_val (words[kind], id);
        }
      compare (world, filter, words);
      for (MemoKind kind = 0; kind < MEMO_N_KINDS; kind++)
        g_clear_pointer (&words[kind], g_array_unref);
    }
  world_free (world);
}

/* What was handed out stays as it was while the next snapshot is made from it. */
static void
test_snapshot (void)
{
  World *world = world_new (5);
  g_autoptr (MemoFilter) filter = memo_filter_new ();
  g_autoptr (MemoIndex) old = g_object_ref (world->index);
  g_autoptr (MemoSelection) before = memo_index_select (old, filter, NULL);
  MemoIndexBuilder *builder = memo_index_builder_new (old, NULL);
  MemoIndexBuilder *dropped = memo_index_builder_new (old, NULL);
  g_autoptr (MemoSelection) after = NULL;

  memo_index_builder_remove (dropped, MEMO_KIND_ARTICLE, 1);
  memo_index_builder_free (dropped);
  for (guint i = 0; i < N_AGREEMENTS; i++)
    memo_index_builder_remove (builder, MEMO_KIND_AGREEMENT, i + 1);
  g_object_unref (world->index);
  world->index = memo_index_builder_end (builder);
  after = memo_index_select (old, filter, NULL);
  g_assert_cmpuint (memo_index_get_n (world->index, MEMO_KIND_AGREEMENT), ==, 0);
  g_assert_cmpuint (memo_index_get_n (old, MEMO_KIND_AGREEMENT), >, 10);
  g_assert_cmpuint (memo_selection_get_count (before, MEMO_KIND_AGREEMENT), ==,
                    memo_selection_get_count (after, MEMO_KIND_AGREEMENT));
  g_assert_cmpuint (memo_selection_get_facet (before, MEMO_FACET_STATUS)->len, ==,
                    memo_selection_get_facet (after, MEMO_FACET_STATUS)->len);
  world_free (world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/selection/random", test_random);
  g_test_add_func ("/selection/words", test_words);
  g_test_add_func ("/selection/snapshot", test_snapshot);
  return g_test_run ();
}
