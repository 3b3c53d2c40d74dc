#include <string.h>
#include "base/memo-text.h"
#include "import/memo-furniture.h"
#include "import/memo-metadata.h"

gboolean
memo_byline_is_nobody (const char *name)
{
  static const char *const words[] = { "admin",     "administrator", "editor",        "staff",    "web desk",
                                       "news desk", "editör",        "haber merkezi", "редакция", "администратор",
                                       "by",        "author",        "yazar",         "автор" };
  g_autofree char *key = memo_text_key (name);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *other = memo_text_key (words[i]);
      if (g_str_equal (key, other))
        return TRUE;
    }
  return FALSE;
}

/* A run that no name holds: digits, addresses. */
static gboolean
is_name (const char *name)
{
  if (g_utf8_strlen (name, -1) < 3 || g_utf8_strlen (name, -1) > 80 || strpbrk (name, "0123456789@/<>{}|"))
    return FALSE;
  return !memo_furniture_is_sentence (name, 6) && !memo_byline_is_nobody (name);
}

const char *
memo_byline_skip_titles (const char *name)
{
  static const char *const titles[] = { "dr.",  "prof.", "doç.",  "doc.",  "assoc.", "asst.", "yrd.",   "öğr.",
                                        "gör.", "uzm.",  "arş.",  "üyesi", "amb.",   "mr.",   "mrs.",   "ms.",
                                        "dr",   "prof",  "проф.", "д-р",   "акад.",  "доц.",  "к.и.н.", "д.и.н." };

  for (gboolean found = TRUE; found;)
    {
      gsize length = strcspn (name, " ");
      g_autofree char *word = g_strndup (name, length);
      g_autofree char *key = memo_text_key (word);

      found = FALSE;
      for (guint i = 0; i < G_N_ELEMENTS (titles) && !found && name[length] == ' ' && name[length + 1]; i++)
        {
          g_autofree char *title = memo_text_key (titles[i]);
          found = g_str_equal (key, title);
        }
      if (found)
        name += length + 1;
    }
  return name;
}

static const char *
trim_name (char *name)
{
  char *end;

  g_strstrip (name);
  while (*name && !g_unichar_isalpha (g_utf8_get_char (name)))
    name = g_utf8_next_char (name);
  end = name + strlen (name);
  while (end > name && strchr (" ,;:-|*", end[-1]))
    *--end = '\0';
  while (g_str_has_suffix (name, "–") || g_str_has_suffix (name, "—") || g_str_has_suffix (name, "·") ||
         g_str_has_suffix (name, "•"))
    {
      *g_utf8_prev_char (name + strlen (name)) = '\0';
      g_strchomp (name);
    }
  return memo_byline_skip_titles (name);
}

void
memo_metadata_add_byline (MemoDraft *draft, const char *byline)
{
  static const char *const separators[] = { " and ", " & ", " ve ", " и ", " with ", ";", " | ", "\n", " · ", " • " };
  static const char *const titles[] = { "phd", "md",  "jr",   "sr",  "dr", "ma", "msc",
                                        "esq", "mba", "ph.d", "m.d", "rn", "iii" };
  g_autofree char *plain = memo_text_collapse (byline);
  g_autoptr (GString) line = NULL;
  const char *rest = memo_furniture_byline (plain);
  g_auto (GStrv) names = NULL;

  if (strlen (plain) > 400)
    return;
  line = g_string_new (rest ? rest : plain);
  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    g_string_replace (line, separators[i], ",", 0);
  names = g_strsplit (line->str, ",", 20);
  for (guint i = 0; names[i]; i++)
    {
      const char *name = trim_name (names[i]);
      g_autofree char *key = g_ascii_strdown (name, -1);
      gboolean title = FALSE;

      for (guint j = 0; j < G_N_ELEMENTS (titles); j++)
        title = title || g_str_equal (key, titles[j]);
      if (!title && is_name (name))
        memo_draft_add_author (draft, name);
    }
}
