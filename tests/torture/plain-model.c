#include "plain-model.h"

#include <string.h>

static PlainRecord *
record_ref (PlainRecord *record)
{
  if (record != NULL)
    record->refs++;
  return record;
}

static void
record_unref (PlainRecord *record)
{
  if (record == NULL || --record->refs > 0)
    return;
  g_free (record->title);
  g_free (record->text);
  g_free (record);
}

PlainRecord *
plain_record_new (MemoKind kind)
{
  PlainRecord *record = g_new0 (PlainRecord, 1);
  g_autofree char *uuid = g_uuid_string_random ();

  record->refs = 1;
  record->kind = kind;
  g_strlcpy (record->uuid, uuid, sizeof record->uuid);
  record->article = record->record = record->annotation = -1;
  return record;
}

PlainRecord *
plain_record_copy (const PlainRecord *record)
{
  PlainRecord *copy = g_memdup2 (record, sizeof *record);

  copy->refs = 1;
  copy->title = g_strdup (record->title);
  copy->text = g_strdup (record->text);
  return copy;
}

static void
clear_step (gpointer data)
{
  PlainStep *step = data;

  record_unref (step->before);
  record_unref (step->after);
}

PlainModel *
plain_model_new (void)
{
  PlainModel *self = g_new0 (PlainModel, 1);

  self->past = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  self->future = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  return self;
}

void
plain_model_free (PlainModel *self)
{
  for (guint i = 0; i < self->n_records; i++)
    record_unref (self->records[i]);
  g_ptr_array_unref (self->past);
  g_ptr_array_unref (self->future);
  g_free (self->views);
  g_free (self);
}

static void
put (PlainModel *self, guint place, PlainRecord *record)
{
  record_ref (record);
  record_unref (self->records[place]);
  self->records[place] = record;
  self->n_records = MAX (self->n_records, place + 1);
  g_clear_pointer (&self->views, g_free);
}

void
plain_model_apply (PlainModel *self, GArray *steps)
{
  g_array_set_clear_func (steps, clear_step);
  for (guint i = 0; i < steps->len; i++)
    {
      PlainStep *step = &g_array_index (steps, PlainStep, i);

      step->before = record_ref (self->records[step->place]);
      put (self, step->place, step->after);
    }
  g_ptr_array_add (self->past, steps);
  g_ptr_array_set_size (self->future, 0);
}

gboolean
plain_model_walk (PlainModel *self, gboolean undo)
{
  GPtrArray *from = undo ? self->past : self->future, *to = undo ? self->future : self->past;
  GArray *steps;

  if (from->len == 0)
    return FALSE;
  steps = g_ptr_array_steal_index (from, from->len - 1);
  for (guint i = 0; i < steps->len; i++)
    {
      PlainStep *step = &g_array_index (steps, PlainStep, i);

      put (self, step->place, undo ? step->before : step->after);
    }
  g_ptr_array_add (to, steps);
  return TRUE;
}

static PlainRecord *
there (PlainModel *self, int place)
{
  return place >= 0 && self->records[place] != NULL && !self->records[place]->deleted ? self->records[place] : NULL;
}

static void
take_own (PlainModel *self, const PlainRecord *record, guint64 has[MEMO_N_FACETS])
{
  has[MEMO_FACET_SECTOR] = record->sectors;
  for (guint pass = 0; pass < 3; pass++)
    for (guint i = 0; i < self->n_values[MEMO_FACET_SECTOR]; i++)
      if ((has[MEMO_FACET_SECTOR] >> i & 1) && self->above[i] >= 0)
        has[MEMO_FACET_SECTOR] |= G_GUINT64_CONSTANT (1) << self->above[i];
  has[MEMO_FACET_PARTY] = record->parties;
  has[MEMO_FACET_STATUS] = record->status;
  has[MEMO_FACET_KIND] = record->type;
  has[MEMO_FACET_LANGUAGE] = record->language;
  has[MEMO_FACET_TAG] = record->tags;
  has[MEMO_FACET_BODY] = record->body;
}

static void
add_evidence (PlainModel *self, const PlainRecord *evidence)
{
  static const MemoFacet given[] = { MEMO_FACET_SECTOR, MEMO_FACET_PARTY, MEMO_FACET_STATUS, MEMO_FACET_BODY };
  PlainRecord *record = there (self, evidence->record), *annotation = there (self, evidence->annotation);
  PlainView *view;

  if (record == NULL || annotation == NULL)
    return;
  view = &self->views[evidence->record];
  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    self->views[evidence->annotation].has[given[i]] |= view->has[given[i]];
  if (there (self, annotation->article) == NULL)
    return;
  view->n_evidence++;
  view->has[MEMO_FACET_LANGUAGE] |= self->records[annotation->article]->language;
  view->n_sources += !view->sources[annotation->article];
  view->sources[annotation->article] = TRUE;
}

static void
add_annotation (PlainModel *self, guint place)
{
  static const MemoFacet given[] = { MEMO_FACET_SECTOR, MEMO_FACET_PARTY, MEMO_FACET_STATUS, MEMO_FACET_BODY,
                                     MEMO_FACET_TAG };
  const PlainRecord *annotation = self->records[place];
  PlainView *article = &self->views[annotation->article];

  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    article->has[given[i]] |= self->views[place].has[given[i]];
  self->views[place].has[MEMO_FACET_KIND] = self->records[annotation->article]->type;
  self->views[place].has[MEMO_FACET_LANGUAGE] = self->records[annotation->article]->language;
  self->views[place].sources[annotation->article] = TRUE;
}

static void
work_out (PlainModel *self)
{
  self->views = g_new0 (PlainView, MAX (self->n_records, 1));
  for (guint i = 0; i < self->n_records; i++)
    {
      const PlainRecord *record = there (self, i);

      if (record == NULL)
        continue;
      self->views[i].live = record->kind != MEMO_KIND_ANNOTATION || there (self, record->article) != NULL;
      self->views[i].sources[i] = record->kind == MEMO_KIND_ARTICLE;
      take_own (self, record, self->views[i].has);
    }
  for (guint i = 0; i < self->n_records; i++)
    if (there (self, i) != NULL && self->records[i]->kind == MEMO_KIND_EVIDENCE)
      add_evidence (self, self->records[i]);
  for (guint i = 0; i < self->n_records; i++)
    if (self->views[i].live && self->records[i]->kind == MEMO_KIND_ANNOTATION)
      add_annotation (self, i);
}

const PlainView *
plain_model_view (PlainModel *self, guint place)
{
  if (self->views == NULL)
    work_out (self);
  return &self->views[place];
}

static gboolean
weighs (PlainModel *self, const PlainFilter *filter, guint place)
{
  const PlainView *view = plain_model_view (self, place);
  MemoKind kind = self->records[place]->kind;

  return view->live && (kind == MEMO_KIND_AGREEMENT || kind == MEMO_KIND_EVENT) &&
         (!filter->single_source || view->n_sources == 1) && (!filter->no_evidence || view->n_evidence == 0);
}

/* Agreements and events by themselves; annotations and articles with those that they are evidence of. */
static gboolean
passes_flags (PlainModel *self, const PlainFilter *filter, guint place)
{
  MemoKind kind = self->records[place]->kind;

  if (!filter->single_source && !filter->no_evidence)
    return TRUE;
  if (kind != MEMO_KIND_ARTICLE && kind != MEMO_KIND_ANNOTATION)
    return weighs (self, filter, place);
  for (guint i = 0; i < self->n_records; i++)
    {
      const PlainRecord *evidence = there (self, i);

      if (evidence == NULL || evidence->kind != MEMO_KIND_EVIDENCE || there (self, evidence->annotation) == NULL ||
          there (self, evidence->record) == NULL || !weighs (self, filter, evidence->record))
        continue;
      if (evidence->annotation == (int) place || self->records[evidence->annotation]->article == (int) place)
        return TRUE;
    }
  return FALSE;
}

static gboolean
passes_facet (PlainModel *self, const PlainFilter *filter, MemoFacet facet, guint place)
{
  const PlainView *view = plain_model_view (self, place);
  const guint64 *chosen = filter->chosen[facet];
  const int *sources = filter->sources;

  if (facet == MEMO_FACET_SOURCE)
    return (sources[MEMO_CHOICE_ANY] < 0 || view->sources[sources[MEMO_CHOICE_ANY]]) &&
           (sources[MEMO_CHOICE_ALL] < 0 || view->sources[sources[MEMO_CHOICE_ALL]]) &&
           (sources[MEMO_CHOICE_NONE] < 0 || !view->sources[sources[MEMO_CHOICE_NONE]]);
  return (chosen[MEMO_CHOICE_ANY] == 0 || (view->has[facet] & chosen[MEMO_CHOICE_ANY]) != 0) &&
         (view->has[facet] & chosen[MEMO_CHOICE_ALL]) == chosen[MEMO_CHOICE_ALL] &&
         (view->has[facet] & chosen[MEMO_CHOICE_NONE]) == 0;
}

static gboolean
passes (PlainModel *self, const PlainFilter *filter, guint place, int except)
{
  const PlainRecord *record = self->records[place];
  const PlainRecord *dated = record;

  if (record == NULL || record->kind == MEMO_KIND_EVIDENCE || !plain_model_view (self, place)->live)
    return FALSE;
  if (record->kind == MEMO_KIND_ANNOTATION)
    dated = self->records[record->article];
  if ((filter->from != 0 && (dated->first == 0 || dated->last < filter->from)) ||
      (filter->to != 0 && (dated->first == 0 || dated->first > filter->to)))
    return FALSE;
  if ((record->words & filter->words) != filter->words || (record->words & filter->without) != 0)
    return FALSE;
  for (MemoFacet facet = 0; facet < MEMO_N_FACETS; facet++)
    if ((int) facet != except && !passes_facet (self, filter, facet, place))
      return FALSE;
  return passes_flags (self, filter, place);
}

void
plain_model_select (PlainModel *self, const PlainFilter *filter, int except, guint8 shown[PLAIN_MAX])
{
  for (guint i = 0; i < PLAIN_MAX; i++)
    shown[i] = i < self->n_records && passes (self, filter, i, except);
}

guint
plain_model_count (PlainModel *self, const guint8 shown[PLAIN_MAX], MemoFacet facet, guint value, MemoKind kind)
{
  guint n = 0;

  for (guint i = 0; i < self->n_records; i++)
    if (shown[i] && self->records[i]->kind == kind)
      {
        const PlainView *view = plain_model_view (self, i);

        n += facet == MEMO_FACET_SOURCE ? view->sources[value] : view->has[facet] >> value & 1;
      }
  return n;
}
