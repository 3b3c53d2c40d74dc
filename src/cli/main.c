#include "memo-cli.h"

#include <glib/gi18n.h>
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/memo-error.h"
#include "base/memo-language.h"
#include "memo-config.h"

static const MemoCommand *const groups[] = { memo_commands_articles, memo_commands_register, memo_commands_exchange,
                                             memo_commands_history,  memo_commands_merge,    memo_commands_trash,
                                             memo_commands_care };

static char *library_path;
static char *language;
static gboolean as_json;
static gboolean show_version;

static const GOptionEntry global_entries[] = {
  { "library", 0, 0, G_OPTION_ARG_FILENAME, &library_path, N_ ("The library to use"), N_ ("FILE") },
  { "lang", 0, 0, G_OPTION_ARG_STRING, &language, N_ ("Language of words for people: en, tr or ru"), N_ ("LANGUAGE") },
  { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("Print one JSON document"), NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, &show_version, N_ ("Print the version"), NULL },
  { NULL },
};

/* "agreement add" before "agreement": the longest name wins. @ret_words: how many arguments the name takes. */
static const MemoCommand *
find_command (const char *first, const char *second, guint *ret_words)
{
  g_autofree char *both = second ? g_strconcat (first, " ", second, NULL) : NULL;
  const MemoCommand *single = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    for (const MemoCommand *command = groups[i]; command->name; command++)
      {
        if (g_strcmp0 (command->name, both) == 0)
          {
            *ret_words = 2;
            return command;
          }
        if (g_strcmp0 (command->name, first) == 0)
          single = command;
      }
  *ret_words = 1;
  return single;
}

static void
print_help (void)
{
  g_print ("%s\n\n", _ ("Usage: memorandum-cli [--library FILE] [--lang LANGUAGE] [--json] COMMAND [OPTIONS]"));
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    for (const MemoCommand *command = groups[i]; command->name; command++)
      g_print ("  %-20s %s\n", command->name, _ (command->summary));
  g_print ("\n%s\n", _ ("“memorandum-cli COMMAND --help” tells the options of a command."));
}

/* Position of the command's first word: the first argument that is no option and no option's value; 0 when there is none. */
static int
find_command_word (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    {
      if (g_str_equal (argv[i], "--library") || g_str_equal (argv[i], "--lang"))
        i++;
      else if (argv[i][0] != '-')
        return i;
    }
  return 0;
}

/* Newer C libraries look at LANGUAGE in no "C" locale, C.UTF-8 neither: any other one that is there will do, but not to decide
 * on a language that nobody asked for. */
static void
leave_c_locale (void)
{
  static const char *const locales[] = { "en_US.UTF-8", "tr_TR.UTF-8", "ru_RU.UTF-8", "en_GB.UTF-8", "de_DE.UTF-8" };
  const char *wanted = g_getenv ("LANGUAGE");
  gboolean asked = wanted && *wanted != '\0';

  for (guint i = 0; asked && i < G_N_ELEMENTS (locales) && g_str_has_prefix (setlocale (LC_MESSAGES, NULL), "C"); i++)
    setlocale (LC_MESSAGES, locales[i]);
}

/* Before gettext is set up: words must come in the language asked for. */
static void
set_language (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    {
      const char *value = NULL;

      if (g_str_equal (argv[i], "--lang") && i + 1 < argc)
        value = argv[i + 1];
      else if (g_str_has_prefix (argv[i], "--lang="))
        value = argv[i] + strlen ("--lang=");
      if (value)
        g_setenv ("LANGUAGE", value, TRUE);
    }
  /* Arguments and JSON are UTF-8 in every locale; in C alone gettext would not look at LANGUAGE. */
  if (setlocale (LC_ALL, "") == NULL || g_str_equal (setlocale (LC_MESSAGES, NULL), "C"))
    {
      g_setenv ("LC_ALL", "C.UTF-8", TRUE);
      setlocale (LC_ALL, "");
    }
  if (!g_get_charset (NULL))
    setlocale (LC_CTYPE, "C.UTF-8");
  leave_c_locale ();
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("MEMO_LOCALEDIR") ? g_getenv ("MEMO_LOCALEDIR") : MEMO_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

static int
run_command (const MemoCommand *command, const char *const *arguments, guint n)
{
  MemoCli cli = { NULL, library_path, as_json, memo_language_of_interface (), command->creates, NULL, 0 };
  g_autoptr (GError) error = NULL;
  int status;

  if (!command->closed && !memo_cli_open (&cli, &error))
    {
      g_autofree char *path = library_path ? g_strdup (library_path) : memo_library_get_default_path ();
      /* Translators: %s is the path of a library. */
      g_autofree char *what = g_strdup_printf (_ ("opening “%s”"), path);
      return memo_cli_fail (what, error);
    }
  status = command->run (&cli, arguments, n);
  if (cli.library)
    memo_cli_close (&cli);
  /* As the shell has it for what a signal ended. */
  return status != 0 && cli.signal != 0 ? 128 + cli.signal : status;
}

/* errno of the first thing that could not be printed; 0: all could. */
static int print_problem;

static void
print_cb (const char *text)
{
  if (fputs (text, stdout) == EOF && !print_problem)
    print_problem = errno;
}

/* The status, unless what was printed did not arrive: a full disk, a closed descriptor. */
static int
finish_output (int status)
{
  g_autoptr (GError) error = NULL;

  if (fflush (stdout) != 0 && !print_problem)
    print_problem = errno;
  if (!print_problem)
    return status;
  g_set_error_literal (&error, MEMO_ERROR, MEMO_ERROR_IO, g_strerror (print_problem));
  memo_cli_fail (_ ("printing"), error);
  return status ? status : 1;
}

static GOptionContext *
make_context (const MemoCommand *command)
{
  g_autofree char *usage = g_strconcat (command->name, " ", command->usage, NULL);
  GOptionContext *context = g_option_context_new (usage);
  GOptionGroup *filter;

  g_option_context_set_summary (context, _ (command->summary));
  g_option_context_add_main_entries (context, global_entries, GETTEXT_PACKAGE);
  if (command->entries)
    g_option_context_add_main_entries (context, command->entries, GETTEXT_PACKAGE);
  if (command->more_entries)
    g_option_context_add_main_entries (context, command->more_entries, GETTEXT_PACKAGE);
  if (command->filter)
    {
      filter = g_option_group_new ("filter", _ ("Filter:"), _ ("Show the options of the filter"), NULL, NULL);
      g_option_group_set_translation_domain (filter, GETTEXT_PACKAGE);
      g_option_group_add_entries (filter, memo_cli_filter_entries);
      g_option_context_add_group (context, filter);
    }
  return context;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();
  g_auto (GStrv) arguments = NULL;
  const MemoCommand *command;
  guint words, n;
  int word;

  set_language (argc, argv);
  g_set_print_handler (print_cb);
  g_set_prgname ("memorandum-cli");
  word = find_command_word (argc, argv);
  if (!word)
    {
      for (int i = 1; i < argc; i++)
        if (g_str_equal (argv[i], "--version"))
          {
            g_print ("memorandum-cli %s\n", MEMO_VERSION);
            return 0;
          }
      print_help ();
      for (int i = 1; i < argc; i++)
        if (g_str_equal (argv[i], "--help") || g_str_equal (argv[i], "-h"))
          return 0;
      return 2;
    }
  command = find_command (argv[word], word + 1 < argc ? argv[word + 1] : NULL, &words);
  if (!command)
    /* Translators: %s is what was typed. */
    return memo_cli_misuse (_ ("there is no command “%s”"), argv[word]);

  for (int i = 0; i < argc; i++)
    if (i < word || i >= word + (int) words)
      g_ptr_array_add (rest, argv[i]);
  g_ptr_array_add (rest, NULL);
  arguments = g_strdupv ((char **) rest->pdata);
  context = make_context (command);
  if (!g_option_context_parse_strv (context, &arguments, &error))
    return memo_cli_misuse ("%s", error->message);
  n = g_strv_length (arguments) - 1;
  /* GOption leaves a "--" that separated options from arguments. */
  if (n > 0 && g_str_equal (arguments[1], "--"))
    {
      g_free (arguments[1]);
      memmove (&arguments[1], &arguments[2], n * sizeof (char *));
      n--;
    }
  if (n < command->min_arguments || n > command->max_arguments)
    return memo_cli_misuse (_ ("usage: memorandum-cli %s %s"), command->name, command->usage);
  return finish_output (run_command (command, (const char *const *) arguments + 1, n));
}
