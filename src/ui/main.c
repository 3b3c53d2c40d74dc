#include <glib/gi18n.h>
#include <locale.h>

#include "memo-config.h"
#include "ui/memo-application.h"

int
main (int argc, char **argv)
{
  g_autoptr (MemoApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("MEMO_LOCALEDIR") ? g_getenv ("MEMO_LOCALEDIR") : MEMO_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name (_ ("Memorandum"));

  application = memo_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
