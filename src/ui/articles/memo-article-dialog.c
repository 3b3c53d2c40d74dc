#include "memo-article-dialog.h"

#include <glib/gi18n.h>

#include "base/memo-language.h"
#include "base/memo-text.h"
#include "model/memo-words.h"
#include "ui/memo-dialog.h"
#include "ui/reader/memo-reader-editors.h"

typedef struct
{
  MemoSession *session;
  MemoRecord *article;
  GtkWidget *window, *accept, *problem;
  GtkWidget *title, *authors, *outlet, *published, *language, *kind, *url, *tags;
  GStrv languages; /* codes of the drop-down */
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;

  g_object_unref (dialog->session);
  g_object_unref (dialog->article);
  g_strfreev (dialog->languages);
  g_free (dialog);
}

static GtkWidget *
add_entry (GtkWidget *group, const char *title, const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text ? text : "");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static GtkWidget *
add_combo (GtkWidget *group, const char *title, const char *const *words, guint selected)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (words);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static void
add_value (GArray *values, GPtrArray *kept, const char *field, char *text)
{
  MemoValue value = { field, text };

  g_ptr_array_add (kept, text);
  g_array_append_val (values, value);
}

static void
add_text (GArray *values, GPtrArray *kept, const char *field, GtkWidget *entry)
{
  add_value (values, kept, field, g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry)))));
}

static void
accept_cb (Dialog *dialog)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (MemoValue));
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (MemoChange) change = NULL;
  g_auto (GStrv) authors = g_strsplit_set (gtk_editable_get_text (GTK_EDITABLE (dialog->authors)), ";\n", -1);
  g_auto (GStrv) tags = memo_reader_split_tags (gtk_editable_get_text (GTK_EDITABLE (dialog->tags)));
  const char *const *kinds = memo_word_get_values (MEMO_ARTICLE_KIND);
  guint language = adw_combo_row_get_selected (ADW_COMBO_ROW (dialog->language));
  guint kind = adw_combo_row_get_selected (ADW_COMBO_ROW (dialog->kind));
  MemoIndex *index = memo_library_get_index (memo_session_get_library (dialog->session));
  g_autofree char *authors_now = g_strdup (gtk_editable_get_text (GTK_EDITABLE (dialog->authors)));

  add_text (values, kept, "title", dialog->title);
  add_text (values, kept, "outlet", dialog->outlet);
  add_text (values, kept, "published", dialog->published);
  add_text (values, kept, "url", dialog->url);
  add_value (values, kept, "language",
             g_strdup (language > 0 && language != GTK_INVALID_LIST_POSITION ? dialog->languages[language - 1] : ""));
  add_value (values, kept, "kind", g_strdup (kind > 0 && kind != GTK_INVALID_LIST_POSITION ? kinds[kind - 1] : ""));
  /* Names that were not touched stay the persons they are, whatever the language they are shown in. */
  if (g_strcmp0 (authors_now, g_object_get_data (G_OBJECT (dialog->authors), "before")) != 0)
    {
      add_value (values, kept, "authors", g_strdup (""));
      for (guint i = 0; authors[i]; i++)
        add_value (values, kept, "author", memo_text_collapse (authors[i]));
    }
  add_value (values, kept, "tags", g_strdup (""));
  for (guint i = 0; tags[i]; i++)
    add_value (values, kept, "tag", g_strdup (tags[i]));
  change = memo_action_edit (index, MEMO_KIND_ARTICLE, dialog->article, (MemoValue *) (gpointer) values->data,
                             values->len, NULL, &error);
  if (change == NULL)
    {
      gtk_label_set_text (GTK_LABEL (dialog->problem), error->message);
      gtk_widget_set_visible (dialog->problem, TRUE);
      return;
    }
  memo_session_apply (dialog->session, change, _ ("Article changed"), NULL, NULL);
  gtk_window_destroy (GTK_WINDOW (dialog->window));
}

/* The languages of the library, those of the interface, and the article's own. (transfer full) */
static GStrv
list_languages (MemoSession *session, const char *own)
{
  static const char *const common[] = { "en", "tr", "ru", "az", "de", "es", "fr",
                                        "it", "pt", "ar", "fa", "zh", "uk", "el" };
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func (g_free);
  MemoSelection *selection = memo_session_get_selection (session);
  GArray *facet = selection ? memo_selection_get_facet (selection, MEMO_FACET_LANGUAGE) : NULL;

  if (own)
    g_ptr_array_add (codes, g_strdup (own));
  for (guint i = 0; facet && i < facet->len; i++)
    if (!g_ptr_array_find_with_equal_func (codes, g_array_index (facet, MemoFacetCount, i).value, g_str_equal, NULL))
      g_ptr_array_add (codes, g_strdup (g_array_index (facet, MemoFacetCount, i).value));
  for (guint i = 0; i < G_N_ELEMENTS (common); i++)
    if (!g_ptr_array_find_with_equal_func (codes, common[i], g_str_equal, NULL))
      g_ptr_array_add (codes, g_strdup (common[i]));
  g_ptr_array_add (codes, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&codes), FALSE);
}

static guint
find_word (const char *const *words, const char *word)
{
  for (guint i = 0; word && words[i]; i++)
    if (g_str_equal (words[i], word))
      return i + 1;
  return 0;
}

static char *
make_authors (MemoIndex *index, MemoRecord *article)
{
  const char *const *uuids = memo_record_get_texts (article, MEMO_ARTICLE_AUTHORS);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; uuids[i]; i++)
    {
      g_autofree char *name = memo_word_name (index, MEMO_KIND_PARTY, uuids[i]);

      if (name)
        g_string_append_printf (names, "%s%s", names->len ? "; " : "", name);
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

void
memo_article_dialog_present (GtkWidget *parent, MemoSession *session, MemoRecord *article)
{
  Dialog *dialog = g_new0 (Dialog, 1);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *group = adw_preferences_group_new ();
  const char *const *kinds = memo_word_get_values (MEMO_ARTICLE_KIND);
  const char *own = memo_record_get_text (article, MEMO_ARTICLE_LANGUAGE);
  MemoDate *published = memo_record_get_date (article, MEMO_ARTICLE_PUBLISHED);
  g_autofree char *date = published ? memo_date_to_string (published) : NULL;
  g_autofree char *authors = NULL;
  g_autofree char *tags = g_strjoinv (", ", (char **) memo_record_get_texts (article, MEMO_ARTICLE_TAGS));
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  g_return_if_fail (memo_record_get_kind (article) == MEMO_KIND_ARTICLE);
  dialog->session = g_object_ref (session);
  dialog->article = g_object_ref (article);
  dialog->languages = list_languages (session, own);
  authors = make_authors (memo_library_get_index (memo_session_get_library (session)), article);

  dialog->title = add_entry (group, _ ("Title"), memo_record_get_title (article));
  dialog->authors = add_entry (group, _ ("Authors, with semicolons between"), authors);
  g_object_set_data_full (G_OBJECT (dialog->authors), "before", g_strdup (authors), g_free);
  dialog->outlet = add_entry (group, _ ("Outlet"), memo_record_get_text (article, MEMO_ARTICLE_OUTLET));
  dialog->published = add_entry (group, _ ("Published"), date);
  g_ptr_array_add (words, (char *) _ ("Unknown"));
  for (guint i = 0; dialog->languages[i]; i++)
    g_ptr_array_add (words, (char *) memo_language_name (dialog->languages[i], memo_language_of_interface ()));
  g_ptr_array_add (words, NULL);
  dialog->language = add_combo (group, _ ("Language"), (const char *const *) words->pdata,
                                find_word ((const char *const *) dialog->languages, own));
  g_ptr_array_set_size (words, 0);
  g_ptr_array_add (words, (char *) _ ("Unknown"));
  for (guint i = 0; kinds && kinds[i]; i++)
    g_ptr_array_add (words, (char *) memo_word_kind (MEMO_KIND_ARTICLE, kinds[i]));
  g_ptr_array_add (words, NULL);
  dialog->kind = add_combo (group, _ ("Kind"), (const char *const *) words->pdata,
                            find_word (kinds, memo_record_get_text (article, MEMO_ARTICLE_KIND)));
  dialog->url = add_entry (group, _ ("Web address"), memo_record_get_text (article, MEMO_ARTICLE_URL));
  dialog->tags = add_entry (group, _ ("Tags, with commas between"), tags);

  dialog->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (dialog->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (dialog->problem), 0);
  gtk_widget_add_css_class (dialog->problem, "error");
  gtk_widget_set_visible (dialog->problem, FALSE);
  gtk_box_append (GTK_BOX (content), dialog->problem);
  gtk_box_append (GTK_BOX (content), group);
  gtk_widget_set_margin_top (content, 12);
  gtk_widget_set_margin_bottom (content, 18);
  gtk_widget_set_margin_start (content, 18);
  gtk_widget_set_margin_end (content, 18);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 640);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), content);
  gtk_widget_set_vexpand (scroller, TRUE);
  dialog->window = memo_dialog_new (parent, _ ("Edit Article"), scroller, _ ("_Save"), &dialog->accept);
  gtk_window_set_default_size (GTK_WINDOW (dialog->window), 520, 600);
  g_object_set_data_full (G_OBJECT (dialog->window), "memo-dialog", dialog, dialog_free);
  g_signal_connect_swapped (dialog->accept, "clicked", G_CALLBACK (accept_cb), dialog);
  gtk_window_present (GTK_WINDOW (dialog->window));
  gtk_widget_grab_focus (dialog->title);
}
