#include "import/memo-references.h"

#include <string.h>
#include "base/memo-text.h"
#include "import/memo-furniture.h"

/* Words in front of the day on which a page was read; behind them stands the date. As keys. */
static const char *const accessed_words[] = {
  "date accessed",     "last accessed on", "last accessed", "accessed on", "accessed",       "retrieved on",
  "retrieved",         "viewed on",        "visited on",    "access date", "date of access", "consulted",
  "son erisim tarihi", "erisim tarihi",    "erisildi",      "erisim",      "дата обращения", "дата доступа",
  "обращение",         "режим доступа",    "проверено"
};

static const char *
find_url (const char *text, gsize *ret_length)
{
  const char *at = strstr (text, "http");
  const char *end;
  guint brackets = 0;

  while (at && !g_str_has_prefix (at, "http://") && !g_str_has_prefix (at, "https://"))
    at = strstr (at + 4, "http");
  if (!at)
    {
      at = strstr (text, "www.");
      if (!at || (at > text && g_ascii_isalnum (at[-1])))
        return NULL;
    }
  for (end = at; *end && (guchar) *end > ' ' && !strchr ("<>\"", *end) && !g_str_has_prefix (end, "\u00a0") &&
                 !g_str_has_prefix (end, "”") && !g_str_has_prefix (end, "»");
       end++)
    {
      if (*end == '(')
        brackets++;
      else if (*end == ')')
        {
          if (brackets == 0)
            break;
          brackets--;
        }
    }
  while (end > at && strchr (".,;:]'", end[-1]))
    end--;
  *ret_length = end - at;
  return at;
}

static gboolean
has_year (const char *text)
{
  for (const char *at = text; *at; at++)
    if (g_ascii_isdigit (*at) && strspn (at, "0123456789") == 4 && (*at == '1' || *at == '2'))
      return TRUE;
    else if (g_ascii_isdigit (*at))
      at += strspn (at, "0123456789") - 1;
  return FALSE;
}

/* The date in @text when it is one as a whole, in EDTF. (transfer full) (nullable) */
static char *
read_date (MemoDraft *draft, const char *text)
{
  g_autofree char *plain = memo_text_collapse (text);
  g_autoptr (MemoDate) date = NULL;
  char *start = plain;
  gsize length;

  while (*start && strchr ("(),.:;- ", *start))
    start++;
  length = strlen (start);
  while (length > 0 && strchr ("(),.:;- ", start[length - 1]) && !g_str_has_suffix (start, "г."))
    start[--length] = '\0';
  if (length == 0 || length > 80 || !has_year (start))
    return NULL;
  date = memo_draft_parse_date (draft, start);
  return date ? g_strdup (memo_date_get_edtf (date)) : NULL;
}

/* Takes "(accessed 30 November 2025)" out of @text. */
static char *
take_accessed (MemoDraft *draft, GString *text)
{
  g_autofree char *collapsed = memo_text_collapse (text->str);
  g_autofree char *key = memo_text_key (collapsed);

  g_string_assign (text, collapsed);
  /* Keys of such text are as long in characters as the text when it is collapsed and composed. */
  for (guint i = 0; i < G_N_ELEMENTS (accessed_words); i++)
    {
      const char *at = strstr (key, accessed_words[i]);
      const char *from, *to;
      g_autofree char *tail = NULL;
      g_autofree char *date = NULL;
      gsize start;

      if (!at || (at > key && g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (at)))))
        continue;
      if (g_utf8_strlen (key, -1) != g_utf8_strlen (text->str, -1))
        return NULL;
      from = g_utf8_offset_to_pointer (text->str, g_utf8_pointer_to_offset (key, at));
      to = g_utf8_offset_to_pointer (from, g_utf8_strlen (accessed_words[i], -1));
      tail = g_strdup (to);
      /* up to the closing bracket, or the end */
      tail[strcspn (tail, ")]")] = '\0';
      date = read_date (draft, tail);
      if (!date)
        {
          /* the date may stand before something else: "accessed 30 November 2025, https://…" */
          char *cut = strpbrk (tail, ";");
          gsize unused;
          const char *url = find_url (tail, &unused);

          if (url)
            tail[url - tail] = '\0';
          else if (cut)
            *cut = '\0';
          date = read_date (draft, tail);
        }
      if (!date)
        {
          /* "30 Kasım 2025 tarihinde erişildi" and the like: what stands before, back to a comma */
          const char *begin = from;
          g_autofree char *before = NULL;

          while (begin > text->str && !strchr (",;(", begin[-1]))
            begin--;
          before = g_strndup (begin, from - begin);
          g_strchomp (before);
          if (g_str_has_suffix (before, "tarihinde"))
            before[strlen (before) - strlen ("tarihinde")] = '\0';
          date = read_date (draft, before);
          if (!date)
            continue;
          start = begin - text->str;
          g_string_erase (text, start, to - begin);
          return g_steal_pointer (&date);
        }
      start = from - text->str;
      g_string_erase (text, start, (to - from) + strlen (tail));
      return g_steal_pointer (&date);
    }
  return NULL;
}

/* A quoted title: “…”, «…», "…", ‘…’. Its place and length with the marks. */
static const char *
find_quoted (const char *text, gsize *ret_length, char **ret_title)
{
  static const char *const pairs[][2] = { { "“", "”" },   { "«", "»" }, { "„", "“" },
                                          { "\"", "\"" }, { "‘", "’" }, { "„", "”" } };
  const char *best = NULL;
  gsize best_length = 0, open_length = 0, close_length = 0;

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      const char *open = strstr (text, pairs[i][0]);
      const char *close = NULL;

      if (!open)
        continue;
      for (const char *at = strstr (open + strlen (pairs[i][0]), pairs[i][1]); at; at = strstr (at + 1, pairs[i][1]))
        {
          const char *after = at + strlen (pairs[i][1]);
          close = at;
          /* an apostrophe within words closes nothing */
          if (i != 4 || !*after || !g_unichar_isalpha (g_utf8_get_char (after)))
            break;
        }
      if (!close || (gsize) (close - open) < 6)
        continue;
      if (!best || open < best)
        {
          best = open;
          open_length = strlen (pairs[i][0]);
          close_length = strlen (pairs[i][1]);
          best_length = close + close_length - open;
        }
    }
  if (!best)
    return NULL;
  *ret_length = best_length;
  *ret_title = g_strndup (best + open_length, best_length - open_length - close_length);
  g_strstrip (*ret_title);
  while (g_str_has_suffix (*ret_title, ",") || g_str_has_suffix (*ret_title, "."))
    (*ret_title)[strlen (*ret_title) - 1] = '\0';
  return best;
}

static char *
trimmed (const char *text)
{
  g_autofree char *plain = memo_text_collapse (text);
  char *start = plain;
  gsize length;

  while (*start && (strchr (",.;:()[]- /", *start) || g_str_has_prefix (start, "–") || g_str_has_prefix (start, "—")))
    start = g_utf8_next_char (start);
  length = strlen (start);
  while (length > 0 && strchr (",;:([- /", start[length - 1]))
    start[--length] = '\0';
  while (length >= 3 && (g_str_has_suffix (start, "–") || g_str_has_suffix (start, "—")))
    {
      start[length -= 3] = '\0';
      g_strchomp (start);
      length = strlen (start);
    }
  if (g_str_has_suffix (start, ".") && length > 3 && start[length - 3] != '.' &&
      !(length > 2 && start[length - 3] == ' '))
    start[--length] = '\0';
  return length > 0 ? g_strdup (start) : NULL;
}

/* Outlet and date from the parts between commas behind the title; the rest of them is the outlet. */
static void
read_parts (MemoDraft *draft, MemoReference *reference, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", 30);
  g_autoptr (GString) outlet = g_string_new (NULL);

  for (guint i = 0; parts[i]; i++)
    {
      g_autofree char *part = NULL;
      g_autofree char *date = NULL;

      if (!reference->published)
        {
          /* "November 28, 2025" holds a comma itself */
          if (parts[i + 1])
            {
              g_autofree char *both = g_strdup_printf ("%s,%s", parts[i], parts[i + 1]);
              date = read_date (draft, both);
              if (date)
                i++;
            }
          if (!date)
            date = read_date (draft, parts[i]);
          if (date)
            {
              reference->published = g_steal_pointer (&date);
              continue;
            }
          /* "Outlet (28 November 2025)", "Outlet. 28.11.2025" */
          for (const char *at = parts[i]; *at && !reference->published; at++)
            if (*at == '(' || (*at == ' ' && at > parts[i] && at[-1] == '.'))
              {
                reference->published = read_date (draft, at + 1);
                if (reference->published)
                  parts[i][at - parts[i]] = '\0';
              }
        }
      part = trimmed (parts[i]);
      if (part && g_utf8_strlen (part, -1) < 100)
        {
          if (outlet->len > 0)
            g_string_append (outlet, ", ");
          g_string_append (outlet, part);
        }
    }
  if (outlet->len > 0 && outlet->len < 200 && !reference->outlet)
    reference->outlet = g_strdup (outlet->str);
}

/* Bytes of a name with initials at the start, as GOST has it: "Ivanov A. B. ", "Иванов А. Б., Петров В. Г. "; 0: none. */
static gsize
names_with_initials (const char *text)
{
  const char *at = text, *end = text;

  while (TRUE)
    {
      const char *word = at;
      guint initials = 0;

      if (!g_unichar_isupper (g_utf8_get_char (at)))
        break;
      while (*at && (g_unichar_isalpha (g_utf8_get_char (at)) || *at == '-'))
        at = g_utf8_next_char (at);
      if (g_utf8_strlen (word, at - word) < 2)
        break;
      at += strspn (at, ", ");
      while (g_unichar_isupper (g_utf8_get_char (at)) && *g_utf8_next_char (at) == '.')
        {
          at = g_utf8_next_char (at) + 1;
          at += strspn (at, " ");
          initials++;
        }
      if (initials == 0)
        break;
      end = at;
      if (*at != ',')
        break;
      at += strspn (at, ", ");
    }
  return end - text;
}

/* Full stops between parts become commas: those in front of a capital or a digit, behind more than an initial. */
static char *
stops_to_commas (const char *text)
{
  GString *plain = g_string_new (text);

  for (char *at = strstr (plain->str, ". "); at; at = strstr (at + 1, ". "))
    {
      gunichar next = g_utf8_get_char (at + 2);
      const char *before = at > plain->str ? g_utf8_prev_char (at) : at;
      gboolean initial = before == plain->str || g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (before)));

      if (!initial && (g_unichar_isupper (next) || g_unichar_isdigit (next) || next == 0x2013 || next == 0x2014))
        *at = ',';
    }
  return g_string_free (plain, FALSE);
}

/* Without quotation marks: "Author, Title, Outlet, date" or GOST's "Author. Title // Outlet. date". */
static void
read_unquoted (MemoDraft *draft, MemoReference *reference, const char *text)
{
  const char *slashes = strstr (text, "//");
  gsize names = names_with_initials (text);
  g_auto (GStrv) parts = NULL;
  g_autofree char *rest = NULL;
  guint i = 0;

  if (names > 0)
    {
      g_autofree char *author = g_strndup (text, names);
      reference->author = g_strdup (g_strstrip (author));
      text += names;
    }
  if (slashes)
    {
      g_autofree char *before = g_strndup (text, slashes - text);
      g_autofree char *behind = stops_to_commas (slashes + 2);

      reference->title = trimmed (before);
      read_parts (draft, reference, behind);
      return;
    }
  parts = g_strsplit (text, ",", 30);
  if (!reference->author && g_strv_length (parts) >= 3 && g_utf8_strlen (parts[0], -1) < 60 && !has_year (parts[0]))
    reference->author = trimmed (parts[i++]);
  if (parts[i] && !has_year (parts[i]))
    reference->title = trimmed (parts[i++]);
  rest = g_strjoinv (",", parts + i);
  read_parts (draft, reference, rest);
}

static void
inherit (MemoReference *reference, const MemoReference *previous)
{
  if (!reference->author)
    reference->author = g_strdup (previous->author);
  if (!reference->title)
    reference->title = g_strdup (previous->title);
  if (!reference->outlet)
    reference->outlet = g_strdup (previous->outlet);
  if (!reference->published)
    reference->published = g_strdup (previous->published);
  if (!reference->url)
    reference->url = g_strdup (previous->url);
  if (!reference->accessed)
    reference->accessed = g_strdup (previous->accessed);
}

/* What stood around an address or a date that was taken out. */
static void
remove_leftovers (GString *text)
{
  static const char *const words[] = {
    "URL:", "Url:", "url:", "Link:", "Available at:",     "Erişim adresi:", "Erişim:", "Режим доступа:",
    "()",   "( )",  "[]",   "(,",    "Электронный ресурс"
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_string_replace (text, words[i], "", 0);
}

MemoReference *
memo_reference_parse (MemoDraft *draft, const char *label, const char *text, const MemoReference *previous)
{
  MemoReference *reference = g_new0 (MemoReference, 1);
  g_autofree char *plain = memo_text_collapse (text);
  g_autoptr (GString) rest = NULL;
  g_autofree char *title = NULL;
  const char *at;
  gsize length;

  reference->label = g_strdup (label);
  reference->text = g_strdup (plain);
  if (strlen (plain) > 4000)
    return reference;
  if (memo_furniture_ibid (plain))
    {
      reference->ibid = TRUE;
      if (previous)
        inherit (reference, previous);
      return reference;
    }
  rest = g_string_new (plain);
  at = find_url (rest->str, &length);
  if (at)
    {
      g_autofree char *url = g_strndup (at, length);
      gsize start = at - rest->str;

      reference->url = g_str_has_prefix (url, "www.") ? g_strconcat ("https://", url, NULL) : g_steal_pointer (&url);
      g_string_erase (rest, start, length);
    }
  reference->accessed = take_accessed (draft, rest);
  remove_leftovers (rest);
  at = find_quoted (rest->str, &length, &title);
  if (at)
    {
      g_autofree char *before = g_strndup (rest->str, at - rest->str);

      reference->title = g_steal_pointer (&title);
      reference->author = trimmed (before);
      /* "Смотри: ", "Bkz. ", "See " say nothing of the author */
      if (reference->author && g_utf8_strlen (reference->author, -1) > 120)
        g_clear_pointer (&reference->author, g_free);
      read_parts (draft, reference, at + length);
    }
  else
    read_unquoted (draft, reference, rest->str);
  return reference;
}
