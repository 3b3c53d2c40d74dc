/* Writes a made-up library. generate-library --size S|L|N|A,B,C,D --seed N (--out FILE | --cache FOLDER) */
#include <stdlib.h>
#include "memo-generate.h"

int
main (int argc, char **argv)
{
  g_autofree char *size = NULL;
  g_autofree char *out = NULL;
  g_autofree char *cache = NULL;
  int seed = 1;
  const GOptionEntry entries[] = {
    { "size", 0, 0, G_OPTION_ARG_STRING, &size, "S, L, articles, or articles,annotations,agreements,events", "SIZE" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "Which library of that size", "N" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, "A new file", "FILE" },
    { "cache", 0, 0, G_OPTION_ARG_FILENAME, &cache, "Make it here once, print its path", "FOLDER" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  MemoGenerateSize numbers;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_printerr ("%s\n", error->message);
  else if (size == NULL || !memo_generate_parse_size (size, &numbers) || (out == NULL) == (cache == NULL))
    g_printerr ("%s", g_option_context_get_help (context, TRUE, NULL));
  else if (cache != NULL)
    path = memo_generate_cached (cache, size, seed, &error);
  else
    {
      g_autoptr (MemoGenerate) generate = memo_generate_new (&numbers, seed);

      path = memo_generate_write (generate, out, &error) ? g_strdup (out) : NULL;
    }
  if (path == NULL)
    {
      if (error != NULL)
        g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }
  g_print ("%s\n", path);
  return EXIT_SUCCESS;
}
