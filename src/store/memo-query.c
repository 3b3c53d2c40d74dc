#include "memo-query.h"

#include <string.h>
#include "base/memo-text.h"
#include "memo-tokenizer.h"

#define ITEMS_MAX 24
#define TOKENS_MAX 32

typedef struct
{
  char *text;
  gboolean phrase;
  gboolean prefix;
  gboolean negative;
  gboolean alternative; /* OR stands before it */
} Item;

static void
item_clear (gpointer data)
{
  g_free (((Item *) data)->text);
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

/* Cuts what was typed into words and phrases. */
static GArray *
read_items (const char *words)
{
  GArray *items = g_array_new (FALSE, TRUE, sizeof (Item));
  gboolean alternative = FALSE;
  const char *p = words;

  g_array_set_clear_func (items, item_clear);
  while (items->len < ITEMS_MAX)
    {
      Item item = { NULL };
      const char *start;

      while (*p != '\0' && g_unichar_isspace (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
      if (*p == '\0')
        break;
      if ((*p == '-' || g_str_has_prefix (p, "−")) && *g_utf8_next_char (p) != '\0' &&
          !g_unichar_isspace (g_utf8_get_char (g_utf8_next_char (p))))
        {
          item.negative = TRUE;
          p = g_utf8_next_char (p);
        }
      if (is_quote (g_utf8_get_char (p)))
        {
          start = p = g_utf8_next_char (p);
          while (*p != '\0' && !is_quote (g_utf8_get_char (p)))
            p = g_utf8_next_char (p);
          item.text = g_strndup (start, p - start);
          item.phrase = *p != '\0'; /* an open quote is a word being typed */
          if (*p != '\0')
            p = g_utf8_next_char (p);
        }
      else
        {
          start = p;
          while (*p != '\0' && !g_unichar_isspace (g_utf8_get_char (p)) && !is_quote (g_utf8_get_char (p)))
            p = g_utf8_next_char (p);
          item.text = g_strndup (start, p - start);
          item.prefix = g_str_has_suffix (item.text, "*");
          if (is_or (item.text) && items->len > 0 && !alternative && !item.negative && has_words (p))
            {
              alternative = TRUE;
              g_free (item.text);
              continue;
            }
        }
      if (!has_words (item.text))
        {
          g_free (item.text);
          continue;
        }
      item.alternative = alternative;
      alternative = FALSE;
      g_array_append_val (items, item);
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

/* "19-я", "XIX-й": a number and its ending, which is no word that must be there. */
static gboolean
is_ordinal (const Item *item, GPtrArray *words)
{
  g_autofree char *second = words->len == 2 ? memo_tokenizer_number (words->pdata[1]) : NULL;

  return words->len == 2 && second == NULL && memo_number_parse (item->text) > 0;
}

static void
append_item (GString *out, const Item *item, gboolean typed, gboolean stems)
{
  g_autoptr (GPtrArray) forms = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  Tokens tokens = { forms, words };

  memo_tokenizer_words (item->text, strlen (item->text), token_cb, &tokens);
  if (item->phrase && forms->len > 1)
    {
      for (guint i = 0; i < forms->len; i++)
        g_string_append_printf (out, "%s\"%c%s\"", i > 0 ? " + " : "", MEMO_QUERY_EXACT, (char *) forms->pdata[i]);
      return;
    }
  if (!item->phrase && is_ordinal (item, words))
    {
      append_word (out, forms->pdata[0], words->pdata[0], FALSE, stems && !item->prefix);
      return;
    }
  g_string_append_c (out, '(');
  for (guint i = 0; i < forms->len; i++)
    {
      gboolean last = i + 1 == forms->len;

      if (i > 0)
        g_string_append (out, " AND ");
      append_word (out, forms->pdata[i], words->pdata[i], last && (item->prefix || typed),
                   stems && !item->phrase && !item->prefix);
    }
  g_string_append_c (out, ')');
}

/* The items [from, to) that all have to be there, and those that must not. */
static void
append_group (GString *out, GArray *items, guint from, guint to, gboolean typing, gboolean stems)
{
  guint positive = 0, n = 0;

  for (guint i = from; i < to; i++)
    positive += !g_array_index (items, Item, i).negative;
  g_string_append (out, "((");
  for (guint i = from; i < to; i++)
    {
      const Item *item = &g_array_index (items, Item, i);

      if (item->negative && positive > 0)
        continue;
      if (n++ > 0)
        g_string_append (out, " AND ");
      append_item (out, item, typing && i + 1 == items->len && !item->phrase, stems);
    }
  g_string_append_c (out, ')');
  for (guint i = from; i < to && positive > 0; i++)
    {
      const Item *item = &g_array_index (items, Item, i);

      if (!item->negative)
        continue;
      g_string_append (out, " NOT ");
      append_item (out, item, FALSE, stems);
    }
  g_string_append_c (out, ')');
}

char *
memo_query_build (const char *words, gboolean typing, gboolean stems)
{
  g_autofree char *valid = g_utf8_make_valid (words, -1);
  g_autoptr (GArray) items = read_items (valid);
  GString *out;
  guint from = 0;

  if (items->len == 0)
    return NULL;
  /* White space behind the last word: it is finished. */
  if (typing && valid[0] != '\0' && g_ascii_isspace (valid[strlen (valid) - 1]))
    typing = FALSE;
  out = g_string_new (NULL);
  for (guint i = 1; i <= items->len; i++)
    if (i == items->len || g_array_index (items, Item, i).alternative)
      {
        if (from > 0)
          g_string_append (out, " OR ");
        append_group (out, items, from, i, typing, stems);
        from = i;
      }
  return g_string_free (out, FALSE);
}
