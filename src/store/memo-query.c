#include "memo-query.h"

#include <string.h>
#include "base/memo-text.h"
#include "memo-tokenizer.h"

#define ITEMS_MAX 24
#define TOKENS_MAX 32

/* English, Turkish, Russian; further names after that. */
static const char *const field_names[MEMO_N_QUERY_FIELDS][5] = {
  [MEMO_QUERY_TITLE] = { "title", "başlık", "заголовок", "название" },
  [MEMO_QUERY_AUTHOR] = { "author", "yazar", "автор" },
  [MEMO_QUERY_SECTOR] = { "sector", "sektör", "сектор", "отрасль" },
  [MEMO_QUERY_PARTY] = { "party", "taraf", "сторона" },
  [MEMO_QUERY_STATUS] = { "status", "durum", "статус" },
  [MEMO_QUERY_LANGUAGE] = { "lang", "dil", "язык", "language" },
  [MEMO_QUERY_TAG] = { "tag", "etiket", "метка", "тег" },
  [MEMO_QUERY_AFTER] = { "after", "sonra", "после" },
  [MEMO_QUERY_BEFORE] = { "before", "önce", "до" },
  [MEMO_QUERY_KIND] = { "kind", "tür", "вид" },
};

const char *
memo_query_field_name (MemoQueryField field, const char *language)
{
  g_return_val_if_fail (field > MEMO_QUERY_WORDS && field < MEMO_N_QUERY_FIELDS, "");
  return field_names[field][g_strcmp0 (language, "tr") == 0 ? 1 : g_strcmp0 (language, "ru") == 0 ? 2 : 0];
}

static void
item_clear (gpointer data)
{
  MemoQueryItem *item = data;

  g_free (item->text);
  g_free (item->typed);
}

static gboolean
is_or (const char *word)
{
  return strcmp (word, "OR") == 0 || strcmp (word, "VEYA") == 0 || strcmp (word, "ИЛИ") == 0;
}

static gboolean
is_quote (gunichar c)
{
  return c == '"' || memo_char_plain (c) == '"';
}

static gboolean
is_space (const char *p)
{
  return g_unichar_isspace (g_utf8_get_char (p));
}

static gboolean
count_cb (const char *form, const char *word, int start, int end, gpointer data)
{
  *(gboolean *) data = TRUE;
  return FALSE;
}

static gboolean
has_words (const char *text)
{
  gboolean any = FALSE;

  memo_tokenizer_words (text, strlen (text), count_cb, &any);
  return any;
}

/* The field word that begins at *@place, which moves behind its colon; a value must follow at once. */
static MemoQueryField
read_field (const char **place)
{
  const char *end = *place;
  g_autofree char *name = NULL;
  g_autofree char *key = NULL;

  while (g_unichar_isalpha (g_utf8_get_char (end)) || g_unichar_ismark (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);
  if (*end != ':' || end[1] == '\0' || is_space (end + 1))
    return MEMO_QUERY_WORDS;
  name = g_strndup (*place, end - *place);
  key = memo_text_key (name);
  for (guint field = MEMO_QUERY_TITLE; field < MEMO_N_QUERY_FIELDS; field++)
    for (const char *const *known = field_names[field]; *known != NULL; known++)
      {
        g_autofree char *its_key = memo_text_key (*known);

        if (strcmp (key, its_key) == 0)
          {
            *place = end + 1;
            return field;
          }
      }
  return MEMO_QUERY_WORDS;
}

/* What stands at *@place, in quotes or up to a blank. */
static void
read_text (const char **place, MemoQueryItem *item)
{
  const char *p = *place, *start = p;

  if (is_quote (g_utf8_get_char (p)))
    {
      start = p = g_utf8_next_char (p);
      while (*p != '\0' && !is_quote (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
      item->text = g_strndup (start, p - start);
      item->phrase = *p != '\0'; /* an open quote is a word being typed */
      if (*p != '\0')
        p = g_utf8_next_char (p);
    }
  else
    {
      while (*p != '\0' && !is_space (p) && !is_quote (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
      item->text = g_strndup (start, p - start);
      item->prefix = g_str_has_suffix (item->text, "*");
    }
  *place = p;
}

GArray *
memo_query_read (const char *words, gboolean typing)
{
  GArray *items = g_array_new (FALSE, TRUE, sizeof (MemoQueryItem));
  g_autofree char *valid = g_utf8_make_valid (words, -1);
  gboolean alternative = FALSE, end = FALSE;
  const char *p = valid;

  g_array_set_clear_func (items, item_clear);
  while (items->len < ITEMS_MAX)
    {
      MemoQueryItem item = { MEMO_QUERY_WORDS };
      const char *start;

      while (*p != '\0' && is_space (p))
        p = g_utf8_next_char (p);
      if (*p == '\0')
        break;
      start = p;
      if ((*p == '-' || g_str_has_prefix (p, "−")) && *g_utf8_next_char (p) != '\0' && !is_space (g_utf8_next_char (p)))
        {
          item.negative = TRUE;
          p = g_utf8_next_char (p);
        }
      item.field = read_field (&p);
      read_text (&p, &item);
      item.typed = g_strndup (start, p - start);
      end = *p == '\0';
      if (item.field == MEMO_QUERY_WORDS && !item.phrase && !item.negative && is_or (item.text) && items->len > 0 &&
          !alternative && has_words (p))
        {
          alternative = TRUE;
          item_clear (&item);
          continue;
        }
      /* "vaccine OR", before the second word is typed */
      if (typing && item.field == MEMO_QUERY_WORDS && !item.phrase && !item.negative && is_or (item.text) &&
          items->len > 0 && !alternative && !has_words (p))
        {
          item_clear (&item);
          break;
        }
      if (!has_words (item.text))
        {
          item_clear (&item);
          continue;
        }
      item.alternative = alternative;
      alternative = FALSE;
      g_array_append_val (items, item);
    }
  if (typing && end && items->len > 0)
    {
      MemoQueryItem *last = &g_array_index (items, MemoQueryItem, items->len - 1);

      last->unfinished = !last->phrase;
    }
  return items;
}

typedef struct
{
  GPtrArray *forms;
  GPtrArray *words;
} Tokens;

static gboolean
token_cb (const char *form, const char *word, int start, int end, gpointer data)
{
  Tokens *tokens = data;

  g_ptr_array_add (tokens->forms, g_strdup (form));
  g_ptr_array_add (tokens->words, g_strndup (word, end - start));
  return tokens->forms->len < TOKENS_MAX;
}

static void
append_alternative (GString *out, GHashTable *known, char kind, const char *token)
{
  g_autofree char *one = g_strdup_printf ("\"%c%s\"", kind, token);

  if (!g_hash_table_add (known, g_strdup (one)))
    return;
  g_string_append (out, " OR ");
  g_string_append (out, one);
}

/* One word with all the forms under which it is found: ("a" OR "b"). */
static void
append_word (GString *out, const char *form, const char *word, gboolean prefix, gboolean stems)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *number = memo_tokenizer_number (word);

  g_string_append_printf (out, "(\"%c%s\"%s", MEMO_QUERY_EXACT, form, prefix ? " *" : "");
  g_hash_table_add (known, g_strdup_printf ("\"%c%s\"", MEMO_QUERY_EXACT, form));
  if (number != NULL)
    append_alternative (out, known, MEMO_QUERY_EXACT, number);
  if (stems)
    {
      g_auto (GStrv) found = memo_tokenizer_stems (word, strlen (word));

      append_alternative (out, known, MEMO_QUERY_STEM, form);
      for (guint i = 0; found[i] != NULL; i++)
        {
          append_alternative (out, known, MEMO_QUERY_STEM, found[i]);
          /* A word that is its own stem has no other token. */
          append_alternative (out, known, MEMO_QUERY_EXACT, found[i]);
        }
    }
  g_string_append_c (out, ')');
}

/* What the item looks for in the words: all of it when its field is not known here. */
static const char *
item_text (const MemoQueryItem *item)
{
  return item->field == MEMO_QUERY_WORDS || item->field == MEMO_QUERY_TITLE ? item->text : item->typed;
}

/* "19-я", "XIX-й": a number and its ending, which is no word that must be there. */
static gboolean
is_ordinal (const MemoQueryItem *item, GPtrArray *words)
{
  g_autofree char *second = words->len == 2 ? memo_tokenizer_number (words->pdata[1]) : NULL;

  return words->len == 2 && second == NULL && memo_number_parse (item_text (item)) > 0;
}

/* " OR the number that the words say together", when they do: "twenty-first", "on dokuzuncu". */
static void
append_number (GString *out, const char *words)
{
  int number = memo_number_parse (words);

  if (number > 0)
    g_string_append_printf (out, " OR \"%c%d\"", MEMO_QUERY_EXACT, number);
}

static void
append_item (GString *out, const MemoQueryItem *item, gboolean stems)
{
  g_autoptr (GPtrArray) forms = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  Tokens tokens = { forms, words };
  const char *text = item_text (item);

  memo_tokenizer_words (text, strlen (text), token_cb, &tokens);
  if (item->field == MEMO_QUERY_TITLE)
    g_string_append (out, "title : ");
  g_string_append_c (out, '(');
  if (item->phrase && forms->len > 1)
    for (guint i = 0; i < forms->len; i++)
      g_string_append_printf (out, "%s\"%c%s\"", i > 0 ? " + " : "", MEMO_QUERY_EXACT, (char *) forms->pdata[i]);
  else if (!item->phrase && is_ordinal (item, words))
    append_word (out, forms->pdata[0], words->pdata[0], FALSE, stems && !item->prefix);
  else
    {
      for (guint i = 0; i < forms->len; i++)
        {
          if (i > 0)
            g_string_append (out, " AND ");
          append_word (out, forms->pdata[i], words->pdata[i],
                       i + 1 == forms->len && (item->prefix || (item->unfinished && !item->negative)),
                       stems && !item->phrase && !item->prefix);
        }
      if (!item->phrase && forms->len == 2)
        append_number (out, text);
    }
  g_string_append_c (out, ')');
}

static gboolean
is_plain (const MemoQueryItem *item)
{
  return item->field == MEMO_QUERY_WORDS && !item->phrase && !item->prefix && !item->negative;
}

/* "on dokuzuncu", "двадцать первая": two words that are one number. */
static gboolean
append_pair (GString *out, const MemoQueryItem *tens, const MemoQueryItem *units, gboolean stems)
{
  g_autofree char *both = NULL;

  if (!is_plain (tens) || !is_plain (units) || memo_number_parse (tens->text) < 10)
    return FALSE;
  both = g_strconcat (tens->text, " ", units->text, NULL);
  if (memo_number_parse (both) == 0)
    return FALSE;
  g_string_append_c (out, '(');
  append_item (out, tens, stems);
  g_string_append (out, " AND ");
  append_item (out, units, stems);
  append_number (out, both);
  g_string_append_c (out, ')');
  return TRUE;
}

/* The items [from, to) that all have to be there, and those that must not. FALSE, and nothing, when no record without a title
 * can be among them. */
static gboolean
append_group (GString *out, GArray *items, guint from, guint to, gboolean stems, gboolean titled)
{
  guint positive = 0, n = 0;

  for (guint i = from; i < to; i++)
    positive += !g_array_index (items, MemoQueryItem, i).negative;
  for (guint i = from; i < to && !titled; i++)
    {
      const MemoQueryItem *item = &g_array_index (items, MemoQueryItem, i);

      if (item->field == MEMO_QUERY_TITLE && (!item->negative || positive == 0))
        return FALSE;
    }
  if (out->len > 0)
    g_string_append (out, " OR ");
  g_string_append (out, "((");
  for (guint i = from; i < to; i++)
    {
      const MemoQueryItem *item = &g_array_index (items, MemoQueryItem, i);

      if (item->negative && positive > 0)
        continue;
      if (n++ > 0)
        g_string_append (out, " AND ");
      if (i + 1 < to && append_pair (out, item, item + 1, stems))
        i++;
      else
        append_item (out, item, stems);
    }
  g_string_append_c (out, ')');
  for (guint i = from; i < to && positive > 0; i++)
    {
      const MemoQueryItem *item = &g_array_index (items, MemoQueryItem, i);

      if (!item->negative || (item->field == MEMO_QUERY_TITLE && !titled))
        continue;
      g_string_append (out, " NOT ");
      append_item (out, item, stems);
    }
  g_string_append_c (out, ')');
  return TRUE;
}

char *
memo_query_build (const char *words, gboolean typing, gboolean stems, gboolean titled)
{
  g_autoptr (GArray) items = memo_query_read (words, typing);
  g_autoptr (GString) out = g_string_new (NULL);
  guint from = 0;

  if (items->len == 0)
    return NULL;
  for (guint i = 1; i <= items->len; i++)
    if (i == items->len || g_array_index (items, MemoQueryItem, i).alternative)
      {
        append_group (out, items, from, i, stems, titled);
        from = i;
      }
  /* A token that no record holds. */
  if (out->len == 0)
    g_string_append_printf (out, "\"%c \"", MEMO_QUERY_EXACT);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

GPtrArray *
memo_query_forms (const char *text)
{
  g_autoptr (GPtrArray) forms = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  Tokens tokens = { forms, words };
  GPtrArray *result = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  memo_tokenizer_words (text, strlen (text), token_cb, &tokens);
  for (guint i = 0; i < forms->len; i++)
    {
      g_auto (GStrv) stems = memo_tokenizer_stems (words->pdata[i], strlen (words->pdata[i]));
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

      g_strv_builder_add (builder, forms->pdata[i]);
      g_strv_builder_addv (builder, (const char **) stems);
      g_ptr_array_add (result, g_strv_builder_end (builder));
    }
  return result;
}
