#include "memo-export-private.h"

#include "base/memo-language.h"
#include "model/memo-filter.h"
#include "model/memo-words.h"

#include <glib/gi18n.h>
#include <string.h>

void
memo_export_data_free (gpointer data)
{
  MemoExportData *self = data;
  g_clear_pointer (&self->target, memo_export_target_free);
  g_clear_object (&self->index);
  g_clear_object (&self->selection);
  g_free (self->title);
  g_free (self->language);
  g_ptr_array_unref (self->articles);
  g_ptr_array_unref (self->annotations);
  g_ptr_array_unref (self->agreements);
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->notes);
  g_ptr_array_unref (self->evidence);
  g_hash_table_unref (self->by_uuid);
  g_array_unref (self->quotes);
  g_array_unref (self->first_quotes);
  g_clear_pointer (&self->follow_ups, g_hash_table_unref);
  g_clear_pointer (&self->by_quote, g_hash_table_unref);
  g_clear_pointer (&self->wanted, g_hash_table_unref);
  g_clear_pointer (&self->written, g_hash_table_unref);
  g_hash_table_unref (self->names);
  g_string_free (self->common, TRUE);
  g_string_free (self->citation, TRUE);
  g_free (self->cited_text);
  g_strfreev (self->paragraph_words);
  g_free (self);
}

MemoExportData *
memo_export_data_new (MemoSelection *selection, const MemoExportWriter *writer, const MemoExportOptions *options)
{
  MemoExportData *self = g_new0 (MemoExportData, 1);
  self->writer = writer;
  self->selection = g_object_ref (selection);
  self->index = g_object_ref (memo_selection_get_index (selection));
  self->filtered = !memo_filter_is_empty (memo_selection_get_filter (selection));
  self->kind = options->kind;
  self->group = options->group;
  self->language = g_strdup (options->language ? options->language : memo_language_of_interface ());
  self->articles = g_ptr_array_new_with_free_func (g_object_unref);
  self->annotations = g_ptr_array_new_with_free_func (g_object_unref);
  self->agreements = g_ptr_array_new_with_free_func (g_object_unref);
  self->events = g_ptr_array_new_with_free_func (g_object_unref);
  self->notes = g_ptr_array_new_with_free_func (g_object_unref);
  self->evidence = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_uuid = g_hash_table_new (g_str_hash, g_str_equal);
  self->quotes = g_array_new (FALSE, FALSE, sizeof (MemoPassage));
  self->first_quotes = g_array_new (FALSE, FALSE, sizeof (guint));
  /* Translators: between the names of a list: "Russia, Venezuela". */
  self->between_names = C_ ("between names", ", ");
  self->between_parts = C_ ("between parts of a citation", ", ");
  /* Translators: %u is the number of a paragraph. */
  self->paragraph_words = g_strsplit (C_ ("citation", "¶ %u"), "%u", 2);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->common = g_string_new (NULL);
  self->citation = g_string_new (NULL);
  return self;
}

MemoRecord *
memo_export_get (MemoExportData *data, const char *uuid)
{
  return uuid ? g_hash_table_lookup (data->by_uuid, uuid) : NULL;
}

MemoPassage *
memo_export_find_quote (MemoExportData *data, const char *uuid)
{
  guint found;

  if (data->by_quote == NULL)
    {
      data->by_quote = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; i < data->quotes->len; i++)
        g_hash_table_insert (data->by_quote,
                             (gpointer) memo_record_get_uuid (g_array_index (data->quotes, MemoPassage, i).record),
                             GUINT_TO_POINTER (i + 1));
    }
  found = uuid != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (data->by_quote, uuid)) : 0;
  return found > 0 ? &g_array_index (data->quotes, MemoPassage, found - 1) : NULL;
}

static void
want_uuid (MemoExportData *data, const char *uuid)
{
  if (!g_hash_table_contains (data->wanted, uuid))
    g_hash_table_add (data->wanted, g_strdup (uuid));
}

void
memo_export_want (MemoExportData *data, MemoRecord *record)
{
  MemoKind kind = memo_record_get_kind (record);
  guint n;
  const MemoFieldInfo *fields = memo_kind_get_fields (kind, &n);

  for (guint i = 0; data->wanted != NULL && i < n; i++)
    if (fields[i].type == MEMO_FIELD_REF && memo_record_get_text (record, MEMO_FIELD (kind, i)) != NULL)
      want_uuid (data, memo_record_get_text (record, MEMO_FIELD (kind, i)));
    else if (fields[i].type == MEMO_FIELD_REFS)
      for (const char *const *uuids = memo_record_get_texts (record, MEMO_FIELD (kind, i)); *uuids != NULL; uuids++)
        want_uuid (data, *uuids);
}

const char *
memo_export_name (MemoExportData *data, MemoKind kind, const char *uuid)
{
  char *name = uuid ? g_hash_table_lookup (data->names, uuid) : NULL;
  if (uuid == NULL)
    return "";
  /* A name is JSON in all languages: read once, not for every annotation. */
  if (name == NULL)
    {
      name = memo_word_name_in (data->index, kind, uuid, data->language);
      g_hash_table_insert (data->names, g_strdup (uuid), name);
    }
  return name;
}

char *
memo_export_names (MemoExportData *data, MemoKind kind, const char *const *uuids)
{
  GString *names = g_string_new (NULL);
  for (guint i = 0; uuids[i] != NULL; i++)
    {
      const char *name = memo_export_name (data, kind, uuids[i]);
      if (*name == '\0')
        continue;
      if (names->len > 0)
        g_string_append (names, data->between_names);
      g_string_append (names, name);
    }
  return g_string_free (names, FALSE);
}

static int
compare_follow_ups (gconstpointer a, gconstpointer b)
{
  return memo_date_compare (memo_record_get_date (*(MemoRecord **) a, MEMO_FOLLOW_UP_DATE),
                            memo_record_get_date (*(MemoRecord **) b, MEMO_FOLLOW_UP_DATE));
}

static GHashTable *
sort_follow_ups (MemoExportData *data)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  GPtrArray *all = memo_index_get_records (data->index, MEMO_KIND_FOLLOW_UP);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const char *agreement = memo_record_get_text (g_ptr_array_index (all, i), MEMO_FOLLOW_UP_AGREEMENT);
      GPtrArray *found = agreement ? g_hash_table_lookup (table, agreement) : NULL;

      if (agreement != NULL && found == NULL)
        {
          found = g_ptr_array_new ();
          g_hash_table_insert (table, (gpointer) agreement, found);
        }
      if (found != NULL)
        g_ptr_array_add (found, g_ptr_array_index (all, i));
    }
  return table;
}

GPtrArray *
memo_export_list_follow_ups (MemoExportData *data, const char *agreement)
{
  GPtrArray *found;

  if (data->follow_ups == NULL)
    data->follow_ups = sort_follow_ups (data);
  found = g_hash_table_lookup (data->follow_ups, agreement);
  if (found == NULL)
    return g_ptr_array_new ();
  g_ptr_array_sort (found, compare_follow_ups);
  return g_ptr_array_ref (found);
}

char *
memo_export_format_date (MemoExportData *data, MemoDate *date)
{
  return date ? memo_date_format (date, data->language, MEMO_DATE_STYLE_LONG) : NULL;
}

/* Takes @text; nothing for "". */
static void
add_part (GPtrArray *parts, char *text)
{
  if (text != NULL && *text != '\0')
    g_ptr_array_add (parts, text);
  else
    g_free (text);
}

/* The citation of @article without a paragraph; @marked: with marks around the address. (transfer full) */
static char *
cite_article (MemoExportData *data, MemoRecord *article, gboolean marked)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  const char *title = memo_record_get_title (article);
  const char *url = memo_record_get_text (article, MEMO_ARTICLE_URL);
  g_autofree char *accessed = memo_export_format_date (data, memo_record_get_date (article, MEMO_ARTICLE_ACCESSED));

  add_part (parts, memo_export_names (data, MEMO_KIND_PARTY, memo_record_get_texts (article, MEMO_ARTICLE_AUTHORS)));
  if (*title != '\0')
    /* Translators: %s is the title of an article. */
    add_part (parts, g_strdup_printf (C_ ("title in a citation", "“%s”"), title));
  add_part (parts, g_strdup (memo_record_get_text (article, MEMO_ARTICLE_OUTLET)));
  add_part (parts, memo_export_format_date (data, memo_record_get_date (article, MEMO_ARTICLE_PUBLISHED)));
  if (url != NULL)
    add_part (parts, marked ? g_strconcat (MEMO_MARK_URL, url, MEMO_MARK_URL_END, NULL) : g_strdup (url));
  if (accessed != NULL)
    /* Translators: in a citation; %s is the day on which a web page was read. */
    add_part (parts, g_strdup_printf (C_ ("citation", "accessed %s"), accessed));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (data->between_parts, (char **) parts->pdata);
}

void
memo_export_cite (MemoExportData *data, MemoRecord *article, guint paragraph, gboolean marked, GString *out)
{
  /* Annotations of an article stand together: what they have in common is made once. */
  if (data->cited != article || data->cited_marked != marked)
    {
      g_free (data->cited_text);
      data->cited_text = cite_article (data, article, marked);
      data->cited = article;
      data->cited_marked = marked;
    }
  g_string_append (out, data->cited_text);
  if (paragraph == 0)
    return;
  if (*data->cited_text != '\0')
    g_string_append (out, data->between_parts);
  g_string_append (out, data->paragraph_words[0]);
  memo_export_append_number (out, paragraph);
  g_string_append (out, data->paragraph_words[1]);
}

void
memo_export_append_number (GString *out, gint64 number)
{
  char digits[24];
  guint at = sizeof digits;
  guint64 left = number < 0 ? -(guint64) number : (guint64) number;

  do
    digits[--at] = '0' + left % 10;
  while ((left /= 10) > 0);
  if (number < 0)
    digits[--at] = '-';
  g_string_append_len (out, digits + at, sizeof digits - at);
}
