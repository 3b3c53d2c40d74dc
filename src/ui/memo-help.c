#include "memo-help.h"

#include <glib/gi18n.h>

#include "memo-dialog.h"

static const struct
{
  const char *title, *text;
} chapters[] = {
  { N_ ("Collect"),
    N_ ("Drop saved web pages or text files on the window, use Add, or paste with Ctrl+Shift+V. The article "
        "arrives "
        "clean: title, author, outlet, date, language, headings, body and footnotes. The original file is kept.") },
  { N_ ("Read and annotate"),
    N_ ("Select a passage and press a key: H highlights, N comments, T tags, S gives a sector, A makes an agreement of "
        "it, C copies it with its citation. Notes stand in the margin beside their passage.") },
  { N_ ("Register"),
    N_ ("An agreement made from a passage keeps that passage as its evidence. A package such as “42 agreements” is one "
        "record with a declared count; those named one by one are its children. Several agreements that are selected "
        "are edited in one step.") },
  { N_ ("Filter"), N_ ("One filter works for all views. Click a sector, a party, a year or a status; the words beside "
                       "each heading say "
                       "whether any, all or none of the chosen values must hold. The chips at the bottom show what is "
                       "filtered and take it off.") },
  { N_ ("Dates as they are known"),
    N_ ("Write dates as the source gives them: 2025, 2025-11, 28 November 2025, since 2019, 1984~. Nothing is rounded, "
        "and what is undated is never dropped.") },
  { N_ ("Weigh"),
    N_ ("The details of a record show which sources say what, in which words, and which of them are independent. Where "
        "sources differ, it is said. One click leads to the passage, Alt+Left back.") },
  { N_ ("Write"),
    N_ ("Notes take citations; Export writes what is filtered to Markdown, HTML, text, CSV or JSON for your paper.") },
  { N_ ("Nothing is lost"),
    N_ ("Every change is on disk at once and can be undone with Ctrl+Z, after a restart too. The arrow beside Undo "
        "shows the history.") },
};

void
memo_help_present (GtkWidget *parent)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *window;

  for (guint i = 0; i < G_N_ELEMENTS (chapters); i++)
    {
      GtkWidget *group = adw_preferences_group_new ();
      GtkWidget *label = gtk_label_new (_ (chapters[i].text));

      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ (chapters[i].title));
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), label);
      adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
    }
  window = memo_dialog_new (parent, _ ("Help"), page, NULL, NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), 600, 620);
  gtk_window_present (GTK_WINDOW (window));
}
